"""What is found and decided under a few made-up rules: the same by every engine."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any, Final, TypeVar

import policy_rules as pr
from policy_rules.answers import Decision, Finding
from policy_rules.facts import Fact, known_fields
from policy_rules.language import Clause, Directive, load
from policy_rules.language.rules import Provision
from policy_rules.policy import EngineName, LoadedDirective
from policy_rules.testing.comparing import said
from policy_rules.testing.random_facts import container
from tests.support.present import COMPILED

SAYS: Final[dict[str, Any]] = {"quote": "应当", "zh": "应当", "en": "must"}
LABELS: Final[dict[str, Any]] = {"zh": "事", "en": "thing"}
ISSUED: Final = date(2019, 7, 16)
_ENGINES: Final[tuple[EngineName, ...]] = ("interpreter", *COMPILED)
_F = TypeVar("_F", bound=Fact)


def directive(*provisions: Provision, issued: date = ISSUED) -> LoadedDirective:
    """A directive of one clause."""
    clause = Clause(heading="1", zh="一", en="one", provisions=provisions)
    written = Directive(
        id="made-up", number="试", zh="试", en="made up", issued=issued, clauses=[clause],
        sentences={f"1/{number}": "" for number in range(1, 10)},
    )  # fmt: skip
    return LoadedDirective(load(written))


def found(
    of: LoadedDirective,
    as_of: date,
    facts: Iterable[Fact],
    complete: Iterable[type[Fact]] = (),
    *,
    parameters: Mapping[str, object] | None = None,
    exemptions: Iterable[pr.Exemption] = (),
) -> Finding:
    """The finding on the first fact under the first rule."""
    given = list(facts)
    around = container(given, complete)
    answers = []
    for engine in _ENGINES:
        policy = of.policy(as_of=as_of, parameters=parameters, exemptions=exemptions, engine=engine)
        answers.append(next(iter(policy.audit(around, lambda _: given))))
    assert [said(answer) for answer in answers] == [said(answers[0])] * len(answers)
    return answers[0]


def decided(
    of: LoadedDirective,
    name: str,
    as_of: date,
    facts: Iterable[Fact],
    complete: Iterable[type[Fact]] = (),
) -> Decision:
    """The decision on the first fact."""
    first, *others = facts
    around = container([first, *others], complete)
    answers = [
        of.policy(as_of=as_of, engine=engine).decide(first, name, around) for engine in _ENGINES
    ]
    assert [said(answer) for answer in answers] == [said(answers[0])] * len(answers)
    return answers[0]


def but(fact: _F, **changed: Any) -> _F:
    """The fact with other values in some of its fields; None is unknown."""
    return type(fact)(**{**known_fields(fact), **changed})
