"""The audit of a made-up city by every clause: its stations, officers and a year of events."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from datetime import date, timedelta
from random import Random
from statistics import median
from time import perf_counter
from typing import Final

from attrs import frozen

from policy_rules import (
    Attestation,
    Bureau,
    City,
    Committee,
    Direction,
    DutyMode,
    Education,
    Event,
    EventKind,
    Facts,
    Incident,
    IncidentKind,
    Mediator,
    Officer,
    Premises,
    Role,
    Setting,
    Station,
    Team,
    Terrain,
    Township,
    Transfer,
    Workstation,
    WorkstationFunction,
    load,
)
from policy_rules.facts import Fact
from policy_rules.language.rules import AttestationRule

from .contestants.ours import DIRECTIVE
from .inputs import SEED

AS_OF: Final = date(2020, 12, 31)
STATIONS: Final = 100
OFFICERS: Final = 3_000
_STATIONS_OF_A_BUREAU: Final = 20
_ROLES: Final = tuple(Role)
_TEAMS: Final = tuple(Team)
_YEARS: Final = (2018, 2019, 2020)


@frozen
class Audited:
    """Median seconds of making the facts and of auditing them, and how many findings there were."""

    making: float
    auditing: float
    findings: int


def audited(rounds: int) -> Audited:
    """Audit the city with the engine `python`."""
    policy = load(DIRECTIVE).policy(as_of=AS_OF)
    making, auditing, findings = [], [], 0
    for _ in range(rounds):
        gc.collect()
        start = perf_counter()
        facts = city()
        made = perf_counter()
        findings = len(policy.audit(facts))
        making.append(made - start)
        auditing.append(perf_counter() - made)
    return Audited(median(making), median(auditing), findings)


def city() -> Facts:
    """A city in which nearly everything is known; the same each time."""
    random = Random(SEED)
    bureaus = [_bureau(random, n) for n in range(STATIONS // _STATIONS_OF_A_BUREAU)]
    stations = [station(random, number) for number in range(STATIONS)]
    cities = [City(id="350300", name="city")]
    return Facts(
        bureaus=bureaus,
        stations=stations,
        officers=[officer(random, number, STATIONS) for number in range(OFFICERS)],
        transfers=[_transfer(random, number) for number in range(STATIONS)],
        incidents=[_incident(random, number) for number in range(STATIONS)],
        townships=[
            Township(id=f"T{number}", patrol_members=random.randint(15, 55))
            for number in range(STATIONS)
        ],
        committees=[
            Committee(
                id=f"V{number}", chairs=1, deputies=random.randint(0, 3),
                members=random.randint(2, 7),
            )
            for number in range(5 * STATIONS)
        ],
        mediators=[
            Mediator(
                id=f"M{number}",
                station_id=f"S{number % 21}",
                monthly_stipend=random.choice((0, 800, 900, 1000, 1200)),
            )
            for number in range(4 * 21)
        ],
        workstations=[_workstation(random, number) for number in range(3 * STATIONS)],
        events=_events(random),
        attestations=_attestations(random, [*cities, *bureaus, *stations]),
        cities=cities,
        complete=[
            "bureaus", "stations", "officers", "transfers", "workstations", "mediators", "events",
            "attestations",
        ],
    )  # fmt: skip


def _by_year(random: Random, most: int) -> dict[int, int]:
    return {year: random.randint(0, most) for year in _YEARS}


def _bureau(random: Random, number: int) -> Bureau:
    assessed = random.randint(100, 400)
    return Bureau(
        id=f"B{number}",
        officers=random.randint(800, 1600),
        seconded=_by_year(random, 5),
        organ_officers={year: random.randint(300, 500) for year in _YEARS},
        township_secondments=_by_year(random, 3),
        station_assessed=dict.fromkeys(_YEARS, assessed),
        station_excellent=_by_year(random, assessed),
        organ_assessed=dict.fromkeys(_YEARS, assessed),
        organ_excellent=_by_year(random, assessed),
    )


def station(random: Random, number: int) -> Station:
    """A station about which nearly everything is known."""
    officers = random.randint(4, 60)
    return Station(
        id=f"S{number}",
        name=f"派出所{number}",
        bureau_id=f"B{number // _STATIONS_OF_A_BUREAU}",
        setting=random.choice(tuple(Setting)),
        terrain=random.choice(tuple(Terrain)),
        pilot=number < 21,
        officers=officers,
        auxiliaries=random.randint(0, 80),
        community_officers=random.randint(0, officers),
        resident_population=random.randint(2_000, 120_000),
        villages=random.randint(1, 30),
        villages_covered=random.randint(0, 30),
        leader_posts=random.randint(3, 6),
        units={team for team in _TEAMS if random.random() < 0.8},
        zones=random.randint(0, 8),
        duty_mode_in_use=random.choice(tuple(DutyMode)),
        premises=random.choice(tuple(Premises)),
        beds=random.randint(0, 60),
        rooms=random.randint(0, 60),
        mediation_station=number < 21,
        mobile_terminals=random.randint(officers - 3, officers + 3),
        body_cameras=random.randint(officers - 3, officers + 3),
        equipment_sets=random.randint(officers - 3, officers + 3),
        protective_needed=10,
        protective_held=random.randint(8, 12),
        vehicles=5,
        vehicles_fit=random.randint(3, 5),
        smart_enforcement_area=random.random() < 0.5,
        can_provide_relaxation_room=random.random() < 0.5,
        relaxation_room=random.random() < 0.5,
        grades={year: random.randint(1, 3) for year in _YEARS},
        outstanding=random.random() < 0.5,
        notable=random.random() < 0.5,
        innovative=random.random() < 0.5,
    )


def officer(random: Random, number: int, stations: int) -> Officer:
    """An officer of one of so many stations."""
    station = f"S{number % stations}"
    return Officer(
        id=f"O{number}",
        station_id=station,
        workplace_id=station if random.random() < 0.97 else "B0",
        role=random.choice(_ROLES),
        education=random.choice(tuple(Education)),
        birth_date=date(random.randint(1960, 1996), 5, 1),
        station_since=date(random.randint(2005, 2019), 8, 1),
        party_member=random.random() < 0.5,
        township_leadership=random.random() < 0.5,
        community_committee=random.random() < 0.5,
        zone=random.choice(("", "1", "2", "3")),
        trainings=_by_year(random, 3),
        training_days={year: random.randint(10, 20) for year in _YEARS},
        live_rounds={year: random.randint(80, 120) for year in _YEARS},
        overtime_days=_by_year(random, 60),
        compensatory_days=_by_year(random, 60),
    )


def _transfer(random: Random, number: int) -> Transfer:
    return Transfer(
        id=f"X{number}",
        station_id=f"S{random.randrange(STATIONS)}",
        direction=random.choice(tuple(Direction)),
        on=AS_OF - timedelta(days=random.randrange(360)),
        to_organ=random.random() < 0.2,
    )


def _incident(random: Random, number: int) -> Incident:
    return Incident(
        id=f"I{number}", kind=random.choice(tuple(IncidentKind)), transferred=random.random() < 0.9
    )


def _workstation(random: Random, number: int) -> Workstation:
    functions = tuple(WorkstationFunction)
    return Workstation(
        id=f"W{number}",
        station_id=f"S{random.randrange(STATIONS)}",
        functions=set(functions if random.random() < 0.8 else functions[:5]),
        opened_on=date(2019, 1, 1) + timedelta(days=random.randrange(900)),
        open_24h=random.random() < 0.5,
    )


def _events(random: Random) -> Iterator[Event]:
    """What each station did in the year before: nearly all that is asked for."""
    year = [AS_OF - timedelta(days=days) for days in range(366)]
    due = [
        *((EventKind.POLITICAL_STUDY, day) for day in year if day.weekday() in (1, 3)),
        *((EventKind.INCIDENT_NOTICE, day) for day in year if day.weekday() == 4),
        *((EventKind.THOUGHT_ANALYSIS, day) for day in year if day.day == 20),
        *((EventKind.RISK_SCREENING, day) for day in year if day.day == 1 and day.month % 3 == 0),
    ]
    number = 0
    for station in range(STATIONS):
        for kind, day in due:
            if random.random() < 0.98:
                number += 1
                yield Event(id=f"E{number}", station_id=f"S{station}", kind=kind, on=day)


def _attestations(random: Random, subjects: list[Fact]) -> Iterator[Attestation]:
    rules = [r for r in load(DIRECTIVE).rules.rules if isinstance(r, AttestationRule)]
    number = 0
    for fact in subjects:
        for rule in rules:
            if rule.subject.fact_class is type(fact):
                number += 1
                yield Attestation(
                    id=f"A{number}", subject_id=fact.id, cite=str(rule.cite),
                    holds=random.random() < 0.8, on=date(2020, 3, 1),
                )  # fmt: skip
