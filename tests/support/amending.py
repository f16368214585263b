"""A small made-up directive, and documents that amend it: what the tests of amendments share."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from attrs import evolve

from policy_rules.language import (
    Amendment,
    Cite,
    Clause,
    Directive,
    DirectiveError,
    Modality,
    Transition,
    amended,
    subject,
)
from policy_rules.language.changes import Change, NewProvision, NewRules, NewValue, Repeal
from policy_rules.language.expressions import Constitutive, Definition, Parameter
from policy_rules.language.rules import Provision, RuleException
from policy_rules.police import DutyMode, Station, Task
from policy_rules.policy import EngineName, LoadedDirective, Policy, load
from tests.support.writing import at, defining, says

ISSUED, BEFORE, FROM = date(2020, 1, 1), date(2020, 12, 31), date(2021, 1, 1)
SAYS: dict[str, Any] = {"quote": "应当", "zh": "应当", "en": "must"}
LABELS: dict[str, Any] = {"zh": "数", "en": "number"}

station, task = subject(Station), subject(Task)

LEAST = at("1/1")("十二人")("下限", "minimum").sets("least", 12)
OPEN = at("1/5")("一定数量")("数量", "quantity").leaves_open("open", int)


def rule(condition: Any, value: object, cite: str) -> Constitutive:
    """A rule of a definition."""
    return at(cite)("应当").makes(value, when=condition)


def always(value: object, cite: str) -> Constitutive:
    """The rule for all cases, or for all others."""
    return at(cite)("应当").makes(value)


mode = defining(station, "mode", DutyMode)("模式", "mode").by(
    rule(station.officers >= LEAST, DutyMode.TWO_TEAMS_ONE_ROOM, "1/1"),
    rule(station.officers < LEAST, DutyMode.ZONED, "1/2"),
)
large = defining(station, "large", bool)("大所", "large").by(
    rule(station.pilot, True, "1/3"), otherwise=always(False, "1/4")
)
zones = says("1/5a", **SAYS).demands(
    station, station.zones >= 1, applies=mode.of(station).is_(DutyMode.ZONED)
)
rooms = says("1/5b", **SAYS).demands(station, station.rooms >= OPEN)
norms = says("1/6", **SAYS).attests(station)
quota = says("2/1", **SAYS, modality=Modality.IN_PRINCIPLE).forbids(task, task.quota)
branch = says("2/2", **SAYS).excepts("2/1", task.branch_duty)
report = says("2/3", **SAYS).needs(
    task, says("2/3", **SAYS).step("report", task.within_statutory_duty), on=task.starts_on
)

BASE = Directive(
    id="made-up", number="试〔2020〕1号", zh="试", en="made up", issued=ISSUED,
    sentences={f"{part}/{number}": "" for part in (1, 2) for number in range(1, 8)},
    clauses=[
        Clause(heading="1", zh="一", en="one", provisions=[mode, large, zones, rooms, norms]),
        Clause(heading="2", zh="二", en="two", provisions=[quota, branch, report]),
    ],
)  # fmt: skip


def change(parameter: Parameter | str, value: object, *, cite: str, quote: str) -> NewValue:
    """A parameter has another value."""
    name = parameter if isinstance(parameter, str) else parameter.name
    plain = frozenset(value) if isinstance(value, set) else value
    return NewValue(cite=Cite.parse(cite), quote=quote, parameter=name, value=plain)


def add(
    *new: Provision | Constitutive,
    of: Definition | None = None,
    otherwise: Constitutive | None = None,
    old: str | None = None,
) -> Change:
    """A provision, or rules of a definition."""
    cited = None if old is None else Cite.parse(old)
    if of is None:
        (provision,) = new
        assert not isinstance(provision, Constitutive)
        return NewProvision(provision=provision, old=cited)
    rules = tuple(each for each in new if isinstance(each, Constitutive))
    return NewRules(of=of, rules=rules, otherwise=otherwise, old=cited)


def replace(old: str, *new: Provision | Constitutive, **of: Any) -> Change:
    """The same in the place of others."""
    return add(*new, **of, old=old)


def repeal(
    old: str | RuleException,
    *,
    cite: str,
    quote: str,
    zh: str,
    en: str,
    of: Definition | None = None,
) -> Repeal:
    """Rules end, or an exception alone."""
    alone = isinstance(old, RuleException)
    return Repeal(
        cite=Cite.parse(cite), quote=quote, zh=zh, en=en, of=of, exceptions_only=alone,
        old=old.cite if isinstance(old, RuleException) else Cite.parse(old),
    )  # fmt: skip


def amendment(*changes: Change, **given: Any) -> Amendment:
    """A document that makes these changes from 2021 on, for all acts."""
    made = Amendment(
        id="later", number="试〔2020〕8号", zh="改", en="amends", issued=date(2020, 11, 1),
        in_force=FROM, transition=Transition.ALL_ACTS,
        sentences={f"1/{number}": "" for number in range(1, 8)}, changes=changes,
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
    return [each.text() for each in error.value.faults]


def load_faults(*changes: Change) -> list[str]:
    """What is wrong with the directive that these changes make."""
    directive = amended(BASE, amendment(*changes))
    with pytest.raises(DirectiveError) as error:
        load(directive)
    return [each.text() for each in error.value.faults]


# The same as one later document leaves it: for acts from 2021 on, its quota is a strict one.
AMENDED = amended(
    BASE,
    amendment(
        replace("2/1", says("later:1/1", **SAYS).forbids(task, task.quota)),
        transition=Transition.ACTS_FROM_ITS_DAY,
    ),
)
