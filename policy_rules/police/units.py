"""The units that fields count or measure in."""

from ..facts import Unit

OFFICERS = Unit("人", "officers")
PEOPLE = Unit("人", "people")
MEMBERS = Unit("人", "members")
MEDIATORS = Unit("人", "mediators")
POSTS = Unit("个", "posts")
VILLAGES = Unit("个", "villages")
ZONES = Unit("个", "zones")
WORKSTATIONS = Unit("个", "workstations")
BEDS = Unit("张", "beds")
ROOMS = Unit("间", "rooms")
TERMINALS = Unit("台", "terminals")
CAMERAS = Unit("台", "cameras")
SETS = Unit("套", "sets")
VEHICLES = Unit("辆", "vehicles")
SESSIONS = Unit("次", "sessions")
DAYS = Unit("天", "days")
ROUNDS = Unit("发", "rounds")
YUAN = Unit("元", "yuan")
