"""What of the nation is not drawn plainly: how many there are, and what hangs together.

Most duties are mostly met, as they would be; the exceptions are frequent enough to be seen.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import date, timedelta
from random import Random
from typing import Final

from attrs import evolve, field, frozen

from policy_rules import load
from policy_rules.engines.sql.sources import codes_text, mask_of, year_column
from policy_rules.facts import Attestation, Fact, Labelled
from policy_rules.language.rules import AttestationRule
from policy_rules.police import (
    Appointment,
    Approver,
    Assignee,
    Award,
    Bureau,
    CaseCategory,
    CaseRole,
    City,
    Committee,
    CriminalCase,
    Direction,
    DutyMode,
    Education,
    Event,
    EventKind,
    Incident,
    Level,
    Means,
    Mediator,
    MediatorBackground,
    MediatorSource,
    Officer,
    Posting,
    Premises,
    Reviewer,
    Role,
    Selection,
    Station,
    Task,
    Township,
    Transfer,
    Workstation,
)

from ..contestants.ours import DIRECTIVE
from .drawing import Draws

# How many there are at scale 1; of officers, events and attestations, what their recipes give.
NUMBERS: Final[Mapping[type[Fact], int]] = {
    Bureau: 3_200,
    Station: 54_000,
    CriminalCase: 5_000_000,
    Task: 5_000_000,
    Transfer: 200_000,
    Appointment: 60_000,
    Posting: 60_000,
    Incident: 500_000,
    Township: 40_000,
    Committee: 500_000,
    Mediator: 100_000,
    Workstation: 80_000,
    Award: 40,
    Selection: 20_000,
}
_LEAST_STRENGTH: Final = 3
_MOST_STRENGTH: Final = 60
_SPREAD: Final = 4.3  # so that the mean strength is eleven
_STUDYING: Final = 5  # one station in so many keeps its calendar of events
_OCCASIONS: Final = 1_000  # more than a station has in a year
_OTHER_EVENTS: Final = 2  # besides, so many for each station
_CODE_SETS: Final = 500


@frozen
class Recipe:
    """How the rows of a class are made where that is not plain.

    `rows` is a query that gives their numbers `i`, and what hangs together; `columns` are
    expressions over it. `ranges` bound numbers, `likely` says in how many of a hundred a yes or no
    is yes, `favoured` names the usual choices; `well_known` fields are unknown a third as often.
    """

    rows: str = ""
    columns: Mapping[str, str] = field(factory=dict)
    ranges: Mapping[str, tuple[int, int]] = field(factory=dict)
    likely: Mapping[str, float] = field(factory=dict)
    favoured: Mapping[str, tuple[Labelled, ...]] = field(factory=dict)
    well_known: frozenset[str] = frozenset()


def strengths(draw: Draws) -> str:
    """The stations by number: strength, and how many officers those before it have."""
    of_stations = evolve(draw, collection=Station.collection)
    spread = f"{_SPREAD} * -ln({of_stations.share('one')} * {of_stations.share('other')})"
    strength = f"least({_MOST_STRENGTH}, {_LEAST_STRENGTH} + floor({spread}))::BIGINT"
    return (
        "SELECT i, strength, sum(strength) OVER (ORDER BY i)::BIGINT - strength AS before"
        f" FROM (SELECT i, {strength} AS strength FROM range({draw.sizes['stations']}) t(i))"
    )


def _bureau(draw: Draws) -> Recipe:
    return Recipe(
        ranges={
            "officers": (250, 500),
            "seconded": (1, 6),
            "organ_officers": (100, 200),
            "station_assessed": (150, 250),
            "station_excellent": (30, 50),
            "organ_assessed": (100, 200),
            "organ_excellent": (5, 25),
            "township_secondments": (1, 4),
        },
        favoured={"level": (Level.COUNTY,)},
    )


def _station(draw: Draws) -> Recipe:
    community = f"((2 * strength + 4) // 5 + {draw.number('more community', -1, 4)})"
    # Officers whose station is unknown make as many numbers differ from the roster again.
    off_by_one = f"CASE {draw.below('off by one', 200)} WHEN 0 THEN 1 WHEN 1 THEN -1 ELSE 0 END"
    by_rule = (
        f"CASE WHEN is_pilot THEN '{DutyMode.THREE_TEAMS_ONE_ROOM}'"
        f" WHEN strength >= 12 THEN '{DutyMode.TWO_TEAMS_ONE_ROOM}' ELSE '{DutyMode.ZONED}' END"
    )
    mode = (
        f"CASE WHEN {draw.chance('by rule', 90)} THEN {by_rule}"
        f" ELSE {draw.one_of('any mode', DutyMode)} END"
    )
    like_strength = ("beds", "rooms", "mobile_terminals", "body_cameras", "equipment_sets")
    of_years = {}
    for year in draw.years:
        of_years[year_column("grades", year)] = (
            f"CASE WHEN {draw.chance(f'grade of {year}', 10)} THEN 3"
            f" ELSE 1 + {draw.below('grade', 2)} END"
        )
    return Recipe(
        rows=f"SELECT *, {draw.chance('pilot', 10)} AS is_pilot, {community} AS community,"
        f" {draw.number('area', 1, 30)} AS area, {draw.number('fleet', 2, 9)} AS fleet"
        f" FROM ({strengths(draw)})",
        columns={
            "bureau_id": draw.id_in("bureaus", draw.bureau_of("i")),
            "pilot": "is_pilot",
            "officers": f"strength + {off_by_one}",
            "community_officers": "community",
            "resident_population": f"community * {draw.number('people', 2_000, 5_200)}",
            "villages": "area",
            "villages_covered": f"area - {draw.below('not covered', 10)} // 9",
            "duty_mode_in_use": mode,
            "vehicles": "fleet",
            "vehicles_fit": f"fleet - {draw.below('not fit', 10)} // 9",
            **{name: f"strength + {draw.number(name, -1, 8)}" for name in like_strength},
            **of_years,
        },
        ranges={
            "auxiliaries": (0, 40),
            "workstations": (1, 6),
            "mediators": (3, 8),
            "protective_needed": (5, 10),
            "protective_held": (9, 15),
            "zones": (1, 8),
            "leader_posts": (3, 6),
        },
        likely={"mediation_station": 10, "can_provide_relaxation_room": 50},
        favoured={"premises": (Premises.ADEQUATE,)},
        well_known=frozenset({"officers"}),
    )


def _officer(draw: Draws) -> Recipe:
    others = [role for role in Role if role not in (Role.CHIEF, Role.INSTRUCTOR, Role.COMMUNITY)]
    home = draw.id_in("stations", "station")
    bureau = draw.id_in("bureaus", draw.bureau_of("station"))
    roster = f"SELECT before + place AS i, i AS station, place FROM ({strengths(draw)}),"
    return Recipe(
        rows=f"SELECT *, {draw.day('born', date(1963, 1, 1), date(1995, 12, 31))} AS born"
        f" FROM ({roster} unnest(range(strength)) u(place))",
        columns={
            "station_id": home,
            "workplace_id": f"CASE WHEN {draw.chance('at home', 99)} THEN {home} ELSE {bureau} END",
            "role": f"CASE WHEN place = 0 THEN '{Role.CHIEF}' WHEN place = 1"
            f" THEN '{Role.INSTRUCTOR}' WHEN place % 2 = 0 THEN '{Role.COMMUNITY}'"
            f" ELSE {draw.one_of('other role', others)} END",
            "birth_date": "born",
            "service_since": f"born + {draw.number('into service', 20 * 365, 23 * 365)}::INTEGER",
            "station_since": f"born + {draw.number('into station', 23 * 365, 24 * 365)}::INTEGER",
            "zone": f"CASE WHEN {draw.chance('has a zone', 97)}"
            f" THEN {draw.one_of('zone', range(1, 9))} ELSE '-' END",
        },
        ranges={
            "trainings": (1, 4),
            "training_days": (14, 25),
            "live_rounds": (95, 150),
            "overtime_days": (0, 40),
            "compensatory_days": (0, 40),
        },
        likely={
            "recruit": 10,
            "specialist": 5,
            "party_member": 60,
            "township_leadership": 5,
            "community_committee": 40,
        },
    )


def _case(draw: Draws) -> Recipe:
    number = Random(draw.seed)
    sets = []
    for _ in range(_CODE_SETS):
        codes = [f"3503{number.randrange(100):02}" for _ in range(number.randint(1, 3))]
        if number.random() < 0.1:
            codes[0] = f"{number.randrange(110_000, 350_300)}"
        sets.append(codes_text(codes))
    other_means = draw.below("other means", 1 << len(Means))
    return Recipe(
        columns={
            "means": f"CASE {draw.below('means', 10)} WHEN 0 THEN {other_means}"
            f" WHEN 1 THEN {mask_of(())} ELSE {mask_of([Means.IMAGE])} END",
            "place_codes": draw.one_of("place codes", sets),
        },
        likely={"complex": 10},
        favoured={"category": (CaseCategory.ORDINARY,), "role": (CaseRole.LEAD,)},
    )


def _task(draw: Draws) -> Recipe:
    rows, day = draw.rows(level=draw.one_of("level", Level)), f"DATE '{draw.as_of}'"
    for name, low, high in (
        ("reported", -60, 3), ("reviewed", -1, 20), ("approved", -1, 20), ("starts", -3, 40),
    ):  # fmt: skip
        rows = f"SELECT *, {day} + {draw.number(name, low, high)}::INTEGER AS {name} FROM ({rows})"
        day = name
    any_level = draw.one_of("any level", Level)
    return Recipe(
        rows=rows,
        columns={
            "issuer_level": "level",
            "review_level": f"CASE WHEN {draw.chance('same level', 90)} THEN level"
            f" ELSE {any_level} END",
            "reported_on": "reported",
            "reviewed_on": "reviewed",
            "approved_on": "approved",
            "starts_on": "starts",
        },
        likely={"branch_duty": 30, "quota": 30},
        favoured={
            "assignee": (Assignee.OFFICER,),
            "reviewed_by": (Reviewer.PUBLIC_ORDER,),
            "approved_by": (Approver.MUNICIPAL_COMMITTEE,),
        },
    )


def _transfer(draw: Draws) -> Recipe:
    """Departures, each followed in number by the arrival that makes it good."""
    leaves = "i % 2 = 0"
    left = draw.day("on", date(2019, 7, 1), date(2020, 12, 31), "i // 2")
    return Recipe(
        columns={
            "station_id": draw.reference("station", "stations", "i // 2"),
            "direction": f"CASE WHEN {leaves} THEN '{Direction.OUT}' ELSE '{Direction.IN}' END",
            "on": f"CASE WHEN {leaves} THEN {left} ELSE {left}"
            f" - {draw.number('earlier', -3, 30)}::INTEGER END",
            "replaces": f"CASE WHEN {leaves} THEN '-' ELSE {draw.id_in('transfers', 'i - 1')} END",
        },
        likely={"to_organ": 5},
    )


def _appointment(draw: Draws) -> Recipe:
    return Recipe(
        rows=draw.rows(born=draw.day("born", date(1966, 1, 1), date(1992, 12, 31))),
        columns={
            "birth_date": "born",
            "service_since": f"born + {draw.number('into service', 20 * 365, 25 * 365)}::INTEGER",
        },
        favoured={"education": (Education.COLLEGE, Education.BACHELOR)},
    )


def _posting(draw: Draws) -> Recipe:
    return Recipe(
        rows=draw.rows(since=draw.day("since", date(2015, 1, 1), date(2020, 12, 31))),
        columns={
            "from_date": "since",
            "until_date": f"since + {draw.number('days', 1_050, 1_500)}::INTEGER",
        },
        likely={"specialist": 5, "special_post": 5},
    )


def _incident(draw: Draws) -> Recipe:
    ago = draw.number("received", 0, 365 * 24 * 3600)
    return Recipe(
        rows=draw.rows(received=f"TIMESTAMP '{draw.as_of}' - to_seconds({ago})"),
        columns={
            "received_at": "received",
            "transferred_at": f"received + to_seconds({draw.number('passed on', 0, 3600)})",
        },
    )


def _mediator(draw: Draws) -> Recipe:
    hired = tuple(each for each in MediatorBackground if each is not MediatorBackground.OTHER)
    return Recipe(
        ranges={"monthly_stipend": (790, 1_005)},
        favoured={"background": hired, "source": (MediatorSource.LAW_FIRM, MediatorSource.HIRED)},
    )


def _event(draw: Draws) -> Recipe:
    """Major operations and the teaching held for each; then what stations do in a year."""
    bureaus, stations = draw.sizes["bureaus"], draw.sizes["stations"]
    first, last = draw.as_of - timedelta(days=365), draw.as_of
    task, anywhere = draw.below("task", bureaus), draw.below("station", stations)
    major = draw.day("major", first, last - timedelta(days=30), f"i % {bureaus}")
    any_day = draw.day("day", first, last)
    due = ", ".join(
        f"({place}, '{kind}', DATE '{day}')" for place, (kind, day) in enumerate(_due(draw.as_of))
    )
    # Where the numbers of each sort begin; the major operations come first.
    actions, others = 2 * bureaus, 2 * bureaus + stations
    routines = others + _OTHER_EVENTS * stations
    sorts = (
        f"SELECT i, '{EventKind.MAJOR_TASK}' AS what, {anywhere} AS station, {major} AS day,"
        f" {task} AS task FROM range({bureaus}) t(i)",
        f"SELECT i, '{EventKind.MENTAL_TEACHING}', {anywhere},"
        f" {major} + {draw.number('after', -2, 20)}::INTEGER, i - {bureaus}"
        f" FROM range({bureaus}, {actions}) t(i)",
        f"SELECT i, '{EventKind.SAFETY_ACTION}', i - {actions}, {any_day}, {task}"
        f" FROM range({actions}, {others}) t(i)",
        f"SELECT i, {draw.one_of('what', EventKind)}, {anywhere}, {any_day}, {task}"
        f" FROM range({others}, {routines}) t(i)",
        f"SELECT i, what, station, day, {task} FROM (SELECT what, station, day,"
        f" {routines} + station // {_STUDYING} * {_OCCASIONS} + place AS i"
        f" FROM range(0, {stations}, {_STUDYING}) s(station), (VALUES {due}) d(place, what, day))"
        f" WHERE {draw.below('lax', 2, f'station // {_STUDYING}')} = 0"
        f" OR {draw.chance('held', 95)}",
    )
    return Recipe(
        rows=" UNION ALL ".join(sorts),
        columns={
            "station_id": draw.id_in("stations", "station"),
            "bureau_id": draw.id_in("bureaus", draw.bureau_of("station")),
            "kind": "what",
            "on": "day",
            "for_event_id": draw.id_in("events", "task"),
        },
        # Else every station's year would have an event of which too little is known.
        well_known=frozenset({"kind", "on"}),
    )


def _due(as_of: date) -> Iterator[tuple[EventKind, date]]:
    """What a station holds in the year before a day."""
    for days in range(366):
        day = as_of - timedelta(days=days)
        if day.weekday() in (1, 3):
            yield EventKind.POLITICAL_STUDY, day
        if day.weekday() == 4:
            yield EventKind.INCIDENT_NOTICE, day
        if day.day == 20:
            yield EventKind.THOUGHT_ANALYSIS, day
        if day.day == 1 and day.month % 3 == 0:
            yield EventKind.RISK_SCREENING, day


def _attestation(draw: Draws) -> Recipe:
    """Nearly all that can be attested, once."""
    rules = [rule for rule in load(DIRECTIVE).rules.rules if isinstance(rule, AttestationRule)]
    first, parts = 0, []
    for of in (Station, Bureau, City):
        cites = [str(rule.cite) for rule in rules if rule.subject.fact_class is of]
        last = first + len(cites) * draw.sizes[of.collection]
        number = f"(i - {first})"
        subject = draw.id_in(of.collection, f"({number} // {len(cites)})")
        cite = f"{cites}[1 + {number} % {len(cites)}]"
        parts.append(
            f"SELECT i, {subject} AS subject, {cite} AS rule FROM range({first}, {last}) t(i)"
        )
        first = last
    return Recipe(
        rows=f"SELECT * FROM ({' UNION ALL '.join(parts)}) WHERE {draw.chance('attested', 95)}",
        columns={
            "subject_id": "subject",
            "cite": "rule",
            "on": draw.day("on", date(2019, 7, 16), draw.as_of + timedelta(days=30)),
        },
    )


RECIPES: Final[Mapping[type[Fact], Callable[[Draws], Recipe]]] = {
    Bureau: _bureau,
    Station: _station,
    Officer: _officer,
    CriminalCase: _case,
    Task: _task,
    Transfer: _transfer,
    Appointment: _appointment,
    Posting: _posting,
    Incident: _incident,
    Township: lambda draw: Recipe(ranges={"patrol_members": (18, 52)}),
    Committee: lambda draw: Recipe(
        ranges={"chairs": (1, 1), "deputies": (1, 2), "members": (2, 9)}
    ),
    Mediator: _mediator,
    Event: _event,
    Attestation: _attestation,
}
