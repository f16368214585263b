"""What an undetermined answer needs: enough to settle it, and nothing that cannot matter."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from itertools import pairwise, product
from typing import Any

from hypothesis import given, settings

from policy_rules.language import (
    AS_OF,
    TRUE,
    Clause,
    Directive,
    Recurrence,
    each,
    held,
    load,
    some,
    subject,
    the,
)
from policy_rules.language.expressions import Definition, Expression
from policy_rules.language.rules import Provision
from policy_rules.policy import Answer, LoadedDirective
from policy_rules.testing.choosing import Chooser, shuffled
from policy_rules.testing.comparing import answers_of
from policy_rules.testing.made_up import Claim, Clerk, Colour, Office
from policy_rules.testing.random_facts import (
    container,
)
from policy_rules.testing.strategies import chosen
from tests.support.asking import (
    DAY,
    Errand,
    again,
    attested,
    by_question,
    errand,
    outcome,
    policy_of,
)
from tests.support.learning import settled
from tests.support.writing import at, defining, says


def settlements(choose: Chooser) -> list[list[Answer]]:
    """Undetermined answers, each with what it becomes once all its needs are given, and so on."""
    directive, setting, facts = errand(choose)
    found = []
    for answer in answers_of(policy_of(directive, setting), facts):
        answers, then, more = [answer], setting, facts
        while outcome(answers[-1]) is None and answers[-1].needs:
            given_all = settled(choose, directive.rules, then, more, answers[-1].needs)
            if given_all is None:
                break
            then, more = given_all
            answers.append(again(policy_of(directive, then), more, answer))
        else:
            found.append(answers)
    return found


@settings(max_examples=30)
@given(chosen(settlements))
def test_settling_all_needs_settles_the_answer(of: list[list[Answer]]) -> None:
    """`needs` are enough: nothing else has to become known.

    But for what awaits an attestation, and for what comes to light behind a reference, or with a
    day of a year of which a calendar does not say which days are worked.
    """
    for answers in of:
        for before, now in pairwise(answers):
            years = bool(now.needs) and all(map(is_year, now.needs))
            known_to_come = years or any(map(refers, before.needs))
            assert outcome(now) is not None or attested(now) or known_to_come
            assert not set(before.needs) & set(now.needs), (before, now)
        assert answers[-1].needs == (), answers


def refers(need: str) -> bool:
    """Whether a need is a reference, behind which there is a fact to be known; or a year of a
    calendar, behind which there is another."""
    return need.endswith("_id") or is_year(need)


def is_year(need: str) -> bool:
    """Whether a need is of a year of a calendar."""
    return need.startswith("parameters.") and need.count(".") == 2


@given(chosen(errand))
def test_exactly_the_undetermined_answers_need_something(of: Errand) -> None:
    """A settled answer has no needs; an undetermined one has, unless it awaits an attestation."""
    directive, setting, facts = of
    policy = policy_of(directive, setting)
    for answer in answers_of(policy, facts):
        if outcome(answer) is not None:
            assert answer.needs == ()
        elif policy.regime.in_force and not attested(answer):
            assert answer.needs, answer
        assert answer.needs == tuple(sorted(set(answer.needs)))


# Each need can matter: rules in which no fact occurs twice

office = subject(Office)
member = each(Clerk, office_id=office)
claim = each(Claim, office_id=office)
WORDS: dict[str, Any] = {"quote": "字", "zh": "规则", "en": "a rule"}
LABELS = {"zh": "事", "en": "event"}
OPEN_TRUTH = says("1/1", **WORDS).leaves_open("open_truth", bool)
OFTEN = says("1/1", **WORDS).sets("often", Recurrence("FREQ=MONTHLY"))
OPEN_RECURRENCE = says("1/1", **WORDS).leaves_open("open_recurrence", Recurrence)
IN_AUGUST, IN_SEPTEMBER = date(2019, 8, 15), date(2019, 9, 2)  # of the two only August is judged
MID_AUGUST, EARLY_AUGUST = date(2019, 8, 15), date(2019, 8, 5)
# Each falls once between the day of issue and the policy's.
ON_MID, ON_EARLY = (Recurrence(f"FREQ=MONTHLY;BYMONTHDAY={day}") for day in (15, 5))

# Each with the values that its facts are tried with, enough for each fact to turn it whichever of
# the first two the others have.
LEAVES: tuple[tuple[Expression, dict[str, tuple[Any, ...]]], ...] = (
    (office.open, {"offices/O.open": (False, True)}),
    (office.large, {"offices/O.large": (False, True)}),
    (office.desks >= office.floors, {"offices/O.desks": (2, 3, 1), "offices/O.floors": (2, 3, 4)}),
    (office.founded <= DAY, {"offices/O.founded": (DAY, date(2019, 9, 2))}),
    (office.motto.is_("x"), {"offices/O.motto": ("x", "y")}),
    (office.colours.has(Colour.RED), {"offices/O.colours": (frozenset(), frozenset([Colour.RED]))}),
    (some(member, member.senior), {"clerks/C.senior": (False, True)}),
    (OPEN_TRUTH, {"parameters.open_truth": (False, True)}),
    (
        office.checked_at.plus_minutes(90) < datetime(2019, 9, 1),
        {"offices/O.checked_at": (datetime(2019, 8, 31), datetime(2019, 8, 31, 22, 30))},
    ),
    (some(claim, the(Clerk, claim.clerk_id).files >= 2), {"clerks/C.files": (1, 2)}),
    (
        held(member, TRUE, on=member.since, every=OFTEN).called(**LABELS),
        {"clerks/C.since": (IN_AUGUST, IN_SEPTEMBER)},
    ),
    (
        held(claim, TRUE, on=claim.on, every=OPEN_RECURRENCE).called(**LABELS),
        {
            "claims/A.on": (MID_AUGUST, EARLY_AUGUST),
            "parameters.open_recurrence": (ON_MID, ON_EARLY),
        },
    ),
)
LEAVES_OF_A_RULE = 6


class ReadOnce:
    """Rules of every form, in each of which no fact occurs twice; and what is known at first."""

    def __init__(self, choose: Chooser) -> None:
        self.choose = choose
        self.definitions: list[Definition] = []
        rules = [self.decision(), self.finding(), *self.verdict()]
        clause = Clause(heading="1", zh="章", en="clause", provisions=[*self.definitions, *rules])
        directive = Directive(
            id="once", number="1", zh="例", en="once", issued=date(2019, 7, 16), clauses=[clause],
            sentences={f"1/{place}": "" for place in range(1, 30)},
            fact_classes=[Office, Clerk, Claim],
        )  # fmt: skip
        self.directive = LoadedDirective(load(directive))
        self.tried = {name: values for _, facts in LEAVES for name, values in facts.items()}
        self.known = {
            name: choose.pick(values[:2])
            for name, values in self.tried.items()
            if choose.chance(40)
        }

    def formulas(self, number: int) -> list[Expression]:
        leaves = [leaf for leaf, _ in shuffled(self.choose, LEAVES)[:LEAVES_OF_A_RULE]]
        parts = [leaves[place::number] for place in range(number)]
        return [self.formula(part) for part in parts]

    def formula(self, leaves: list[Expression]) -> Expression:
        choose = self.choose
        if len(leaves) == 1:
            made = leaves[0]
        else:
            place = choose.number(1, len(leaves) - 1)
            parts = self.formula(leaves[:place]), self.formula(leaves[place:])
            made = parts[0] & parts[1] if choose.chance(50) else parts[0] | parts[1]
        if choose.chance(15):
            made = self.defined(made)
        return ~made if choose.chance(30) else made

    def defined(self, condition: Expression) -> Expression:
        number = len(self.definitions)
        rules = [at(f"1/{number + 5}")("字").makes(True, when=condition)]
        other = at(f"1/{number + 5}")("字").makes(False)
        made = defining(office, f"part{number}", bool)("部分", "part").by(*rules, otherwise=other)
        self.definitions.append(made)
        return made.of(office)

    def decision(self) -> Definition:
        one, two = self.formulas(2)
        rules = [at("1/1")("字").makes(1, when=one), at("1/2")("字").makes(2, when=two)]
        other = at("1/3")("字").makes(3)
        return defining(office, "number", int)("数", "number").by(*rules, otherwise=other)

    def finding(self) -> Provision:
        applies, must = self.formulas(2)
        return says("1/1", **WORDS).demands(office, must, applies=applies)

    def verdict(self) -> list[Provision]:
        condition, applies, one, two = self.formulas(4)
        steps = [says("1/1", **WORDS).step("one", one), says("1/1", **WORDS).step("two", two)]
        return [
            says("1/2", **WORDS).forbids(office, condition),
            says("1/3", **WORDS).needs(office, *steps, applies=applies, on=AS_OF),
        ]

    def answers(self, known: Mapping[str, Any]) -> dict[tuple[str, ...], Answer]:
        heads = ("offices/O", "clerks/C", "claims/A", "parameters")
        fields: dict[str, dict[str, Any]] = {head: {} for head in heads}
        for name, value in known.items():
            head, _, field = name.partition(".")
            if head != "parameters" or field in self.directive.rules.parameters:
                fields[head][field] = value
        facts = container(
            [Office(id="O", **fields["offices/O"]),
             Clerk(id="C", office_id="O", **fields["clerks/C"]),
             Claim(id="A", office_id="O", clerk_id="C", **fields["claims/A"])],
            [Clerk, Claim],
        )  # fmt: skip
        policy = self.directive.policy(as_of=DAY, parameters=fields["parameters"])
        found = by_question(policy, facts)
        return {question: found[question] for question in found if "O" in question[0]}


@settings(max_examples=30)
@given(chosen(ReadOnce))
def test_each_need_can_matter_where_no_fact_occurs_twice(of: ReadOnce) -> None:
    """For each need there are values of the others under which its value decides."""
    for question, answer in of.answers(of.known).items():
        if outcome(answer) is not None:
            continue
        names = answer.needs
        come_to = {
            values: outcome(
                of.answers({**of.known, **dict(zip(names, values, strict=True))})[question]
            )
            for values in product(*(of.tried[name] for name in names))
        }
        for place, name in enumerate(names):
            sides = [
                {(v[:place], v[place + 1 :]): found for v, found in come_to.items()
                 if v[place] == value}
                for value in of.tried[name]
            ]  # fmt: skip
            assert any(side != sides[0] for side in sides), (answer, name)
