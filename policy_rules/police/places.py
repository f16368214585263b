"""The city, its townships and their public security committees."""

from __future__ import annotations

from ..facts import Fact, fact, identity, integer, text
from .units import MEMBERS, PEOPLE


@fact(collection="cities", zh="市", en="city", single=True)
class City(Fact):
    """The city; rules for the whole city have it as their subject."""

    id: str = identity()
    name: str | None = text(zh="名称", en="name", meaning="The name of the city.")


@fact(collection="townships", zh="乡镇街道", en="township")
class Township(Fact):
    """A township or street office."""

    id: str = identity()
    name: str | None = text(zh="名称", en="name", meaning="The name of the township.")
    patrol_members: int | None = integer(
        zh="专职巡逻队人数",
        en="patrol members",
        unit=MEMBERS,
        meaning="Full-time members of the township's patrol.",
    )


@fact(collection="committees", zh="治保会", en="public security committee")
class Committee(Fact):
    """The public security committee of a village or neighbourhood."""

    id: str = identity()
    name: str | None = text(zh="名称", en="name", meaning="The name of the committee.")
    chairs: int | None = integer(zh="主任人数", en="chairs", unit=PEOPLE, meaning="Its chairs.")
    deputies: int | None = integer(
        zh="副主任人数", en="deputies", unit=PEOPLE, meaning="Its deputy chairs."
    )
    members: int | None = integer(
        zh="总人数",
        en="members",
        unit=MEMBERS,
        meaning="All its members, chairs and deputies included.",
    )
