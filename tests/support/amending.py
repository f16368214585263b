"""A small made-up directive, and documents that amend it: what the tests of amendments share."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from attrs import evolve

from policy_rules.facts import DutyMode, Station, Task
from policy_rules.language import (
    INTEGER,
    Amendment,
    Clause,
    Directive,
    DirectiveError,
    Modality,
    amended,
    attest,
    define,
    exception,
    forbid,
    needs,
    parameter,
    require,
    step,
    subject,
    when,
)
from policy_rules.language import always as always_
from policy_rules.language.amendments import Change
from policy_rules.language.expressions import Constitutive
from policy_rules.policy import EngineName, LoadedDirective, Policy, load

ISSUED, BEFORE, FROM = date(2020, 1, 1), date(2020, 12, 31), date(2021, 1, 1)
SAYS: dict[str, Any] = {"quote": "应当", "zh": "应当", "en": "must"}
LABELS: dict[str, Any] = {"zh": "数", "en": "number"}

station, task = subject(Station), subject(Task)

LEAST = parameter("least", 12, cite="1/1", quote="十二人", zh="下限", en="minimum")
OPEN = parameter("open", type=INTEGER, cite="1/5", quote="一定数量", zh="数量", en="quantity")


def rule(condition: Any, value: object, cite: str) -> Constitutive:
    """A rule of a definition."""
    return when(condition).then(value, cite=cite, quote="应当")


def always(value: object, cite: str) -> Constitutive:
    """The rule for all cases, or for all others."""
    return always_(value, cite=cite, quote="应当")


mode = define(
    station, "mode", DutyMode, zh="模式", en="mode",
    rules=[
        rule(station.officers >= LEAST, DutyMode.TWO_TEAMS_ONE_ROOM, "1/1"),
        rule(station.officers < LEAST, DutyMode.ZONED, "1/2"),
    ],
)  # fmt: skip
large = define(
    station, "large", bool, zh="大所", en="large",
    rules=[rule(station.pilot, True, "1/3")], otherwise=always(False, "1/4"),
)  # fmt: skip
zones = require(
    station, station.zones >= 1, applies=mode.of(station).is_(DutyMode.ZONED), cite="1/5a", **SAYS
)
rooms = require(station, station.rooms >= OPEN, cite="1/5b", **SAYS)
norms = attest(station, cite="1/6", **SAYS)
quota = forbid(task, task.quota, modality=Modality.IN_PRINCIPLE, cite="2/1", **SAYS)
branch = exception("2/1", task.branch_duty, cite="2/2", **SAYS)
report = needs(
    task,
    [step("report", task.within_statutory_duty, **SAYS)],
    on=task.starts_on,
    cite="2/3",
    **SAYS,
)

BASE = Directive(
    id="made-up", number="试〔2020〕1号", zh="试", en="made up", issued=ISSUED,
    sentences={f"{part}/{number}": "" for part in (1, 2) for number in range(1, 8)},
    clauses=[
        Clause(heading="1", zh="一", en="one", provisions=[mode, large, zones, rooms, norms]),
        Clause(heading="2", zh="二", en="two", provisions=[quota, branch, report]),
    ],
)  # fmt: skip


def amendment(*changes: Change, **given: Any) -> Amendment:
    """A document that makes these changes from 2021 on."""
    made = Amendment(
        id="later", number="试〔2020〕8号", zh="改", en="amends", issued=date(2020, 11, 1),
        in_force=FROM, sentences={f"1/{number}": "" for number in range(1, 8)}, changes=changes,
    )  # fmt: skip
    return evolve(made, **given)


def second(*changes: Change, **given: Any) -> Amendment:
    """A document that makes these changes from 2022 on."""
    return amendment(
        *changes,
        **{"id": "latest", "number": "试〔2021〕9号", "in_force": date(2022, 1, 1)} | given,
    )


def changed(*changes: Change) -> LoadedDirective:
    """The directive as one document with these changes leaves it."""
    return load(amended(BASE, amendment(*changes)))


def on(directive: LoadedDirective, day: date, engine: EngineName = "python") -> Policy:
    """The policy on a day."""
    return directive.policy(as_of=day, engine=engine)


def faults(*changes: Change, to: Directive = BASE, **given: Any) -> list[str]:
    """What is wrong with these changes."""
    with pytest.raises(DirectiveError) as error:
        amended(to, amendment(*changes, **given))
    return list(error.value.faults)


def load_faults(*changes: Change) -> list[str]:
    """What is wrong with the directive that these changes make."""
    directive = amended(BASE, amendment(*changes))
    with pytest.raises(DirectiveError) as error:
        load(directive)
    return list(error.value.faults)
