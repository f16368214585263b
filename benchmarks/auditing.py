"""The audit of a made-up city: its stations, officers and the rest of the facts they need."""

from __future__ import annotations

import gc
from datetime import date
from random import Random
from statistics import median
from time import perf_counter
from typing import Final

from attrs import frozen

from policy_rules import Bureau, DutyMode, Facts, Officer, Role, Setting, Station, Team, load

from .contestants.ours import DIRECTIVE
from .inputs import AS_OF, SEED

STATIONS: Final = 100
OFFICERS: Final = 3_000
_STATIONS_OF_A_BUREAU: Final = 20
_ROLES: Final = tuple(Role)
_TEAMS: Final = tuple(Team)


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
    bureaus = [
        Bureau(id=f"B{number}", officers=random.randint(800, 1600), seconded={2018: 3})
        for number in range(STATIONS // _STATIONS_OF_A_BUREAU)
    ]
    stations = [_station(random, number) for number in range(STATIONS)]
    officers = [_officer(random, number) for number in range(OFFICERS)]
    return Facts(
        bureaus=bureaus,
        stations=stations,
        officers=officers,
        complete=["bureaus", "stations", "officers", "transfers", "attestations"],
    )


def _station(random: Random, number: int) -> Station:
    officers = random.randint(4, 60)
    return Station(
        id=f"S{number}",
        name=f"派出所{number}",
        bureau_id=f"B{number // _STATIONS_OF_A_BUREAU}",
        setting=random.choice(tuple(Setting)),
        pilot=random.random() < 0.2,
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
    )


def _officer(random: Random, number: int) -> Officer:
    station = f"S{number % STATIONS}"
    return Officer(
        id=f"O{number}",
        station_id=station,
        workplace_id=station if random.random() < 0.97 else "B0",
        role=random.choice(_ROLES),
        birth_date=date(random.randint(1960, 1996), 5, 1),
        zone=random.choice(("", "1", "2", "3")),
    )
