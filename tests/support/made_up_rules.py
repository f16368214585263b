"""Rules over the made-up classes, which have a field of every kind: what SQL makes of them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any, Final

import policy_rules as pr
from policy_rules.answers import Decision, Finding
from policy_rules.facts import Fact
from policy_rules.language import Clause, Directive, Modality, Monotone, load, subject
from policy_rules.language.expressions import Definition, Expression
from policy_rules.language.lists import TextList
from policy_rules.language.rules import Provision
from policy_rules.policy import LoadedDirective, Policy
from policy_rules.testing.comparing import said
from policy_rules.testing.made_up import CLASSES, Office
from policy_rules.testing.random_facts import container
from tests.support.writing import defining, quoted, says

DAY: Final = date(2019, 10, 1)
QUOTE: Final[dict[str, Any]] = {"quote": "字"}
LABELS: Final[dict[str, Any]] = {"zh": "事", "en": "thing"}
SAYS: Final[dict[str, Any]] = QUOTE | LABELS

office = subject(Office)


def O(**known: Any) -> Office:  # noqa: E743 - short, since it stands in many tables
    """The office of which everything else is unknown."""
    return Office(id="O", **known)


def directive(
    *provisions: Provision,
    issued: date = date(2019, 7, 16),
    lists: Sequence[TextList] = (),
    monotone: Sequence[Monotone] = (),
) -> LoadedDirective:
    """A directive of one clause."""
    clause = Clause(heading="1", zh="章", en="clause", provisions=provisions)
    written = Directive(
        id="made-up", number="1", zh="例", en="made up", issued=issued, clauses=[clause],
        sentences={f"1/{place}": "" for place in range(1, 10)}, fact_classes=CLASSES,
        lists=lists, monotone=monotone,
    )  # fmt: skip
    return LoadedDirective(load(written))


def policies(of: LoadedDirective, as_of: date = DAY, **built: Any) -> tuple[Policy, Policy]:
    """The policy on SQL, and the reference."""
    return (
        of.policy(as_of=as_of, engine="sql", **built),
        of.policy(as_of=as_of, engine="interpreter", **built),
    )


def value_is(type_: Any, value: Expression, of: Any = office) -> Definition:
    """A definition that always has the value."""
    return defining(of, "told", type_)(**LABELS).by(quoted("1/1", **QUOTE).makes(value))


def decided(
    of: LoadedDirective,
    fact: Fact,
    name: str = "told",
    facts: Iterable[Fact] = (),
    complete: Iterable[type[Fact]] = (),
    **built: Any,
) -> Decision:
    """The decision on a fact, on which SQL and the reference agree; it may be a conflict."""
    around = container([fact, *facts], complete)
    one, other = (
        next(each for each in policy.decisions_of(around, lambda _: [fact]) if each.name == name)
        for policy in policies(of, **built)
    )
    assert said(one) == said(other)
    return one


def told(
    value: Expression,
    fact: Fact,
    facts: Iterable[Fact] = (),
    complete: Iterable[type[Fact]] = (),
    *,
    type_: Any = bool,
) -> tuple[Any, tuple[str, ...]]:
    """What SQL says of an expression over a fact, and what it needs."""
    made = directive(value_is(type_, value, subject(type(fact))))
    answer = decided(made, fact, "told", facts, complete)
    return answer.value, answer.needs


def found(
    of: LoadedDirective,
    facts: Iterable[Fact],
    complete: Iterable[type[Fact]] = (),
    exemptions: Iterable[pr.Exemption] = (),
    parameters: Mapping[str, object] | None = None,
) -> list[Finding]:
    """The findings, on which SQL and the reference agree."""
    around = container(list(facts), complete)
    one, other = (
        list(policy.audit(around))
        for policy in policies(of, exemptions=exemptions, parameters=parameters)
    )
    assert [said(answer) for answer in one] == [said(answer) for answer in other]
    return one


def must(
    condition: Expression,
    of: Any = office,
    *,
    cite: str = "1/1",
    modality: Modality | None = None,
    **more: Any,
) -> LoadedDirective:
    """A directive that demands one thing."""
    return directive(says(cite, **SAYS, modality=modality).demands(of, condition, **more))
