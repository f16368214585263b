"""The prover is checked: broken directives, and random ones against the interpreter."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from itertools import combinations_with_replacement, product

import pytest
from hypothesis import Phase, given, settings

import policy_rules as pr
from policy_rules.analysis.claims import Claim, Property, claims_of
from policy_rules.analysis.proving.asking import Never, Possible, Questions
from policy_rules.analysis.proving.pairs import Pair, PairQuestions
from policy_rules.analysis.proving.second_opinion import SecondOpinion
from policy_rules.analysis.verification import Result, verify
from policy_rules.engines.evaluator import Scope, evaluate
from policy_rules.engines.exemptions import Exemptions
from policy_rules.engines.folded import FoldedRegime
from policy_rules.facts import Fact
from policy_rules.language import (
    TRUE,
    DirectiveError,
    Monotone,
    Recurrence,
    RuleTypeError,
    count,
    held,
    least,
    load,
)
from policy_rules.language.expressions import as_node, lift, subject_variable
from policy_rules.policy import LoadedDirective, Policy
from policy_rules.testing.choosing import Chooser
from policy_rules.testing.made_up import Clerk, Office
from policy_rules.testing.random_directives import random_directive
from policy_rules.testing.random_facts import random_facts, random_setting
from policy_rules.testing.strategies import chosen
from tests.analysis.broken_directives import (
    BROKEN,
    Broken,
    clerks,
    demand,
    impossible_with_three_clerks,
    makes,
    office,
    overlap_only_with_three_clerks,
    overlap_with_three_clerks,
    overlap_with_two_kinds_of_clerks,
)
from tests.support.made_up_rules import directive
from tests.support.writing import defining, quoted, says


def loaded(made: Broken) -> LoadedDirective:
    """The directive with the defect."""
    return directive(*made[0])


@pytest.mark.parametrize("broken", BROKEN, ids=lambda made: made.__name__)
def test_a_defect_is_found_and_nothing_else_is_held_against_the_rules(
    broken: Callable[[], Broken],
) -> None:
    """What is wrong with a directive is found."""
    made = broken()
    found = verify(loaded(made))
    refuted = {(each.claimed, tuple(map(str, each.cites))) for each in found.of(Result.REFUTED)}
    assert made[1] in refuted
    assert {each.claimed for each in found.of(Result.OPEN)} <= {Property.ONE_WORLD}
    assert not found.holds


@pytest.mark.long
def test_two_solvers_find_the_same() -> None:
    """Of the questions about the broken directives, cvc5 answers one in five as Z3 does."""
    pytest.importorskip("cvc5")
    second = SecondOpinion(every=5, milliseconds=300)
    for broken in BROKEN:
        verify(loaded(broken()), hears=second)
    assert second.against == []
    # How many are answered in time hangs on the machine.
    assert min(second.agreed["sat"], second.agreed["unsat"]) > 0


def offices_with_clerks(number: int) -> Iterator[pr.Facts]:
    """An office with so many clerks, of every kind that the rules tell apart, and more."""
    kinds = list(product((True, False), (0, 4, 9)))
    for of in combinations_with_replacement(kinds, number):
        clerks = (
            Clerk(id=str(place), office_id="O", senior=senior, files=files)
            for place, (senior, files) in enumerate(of)
        )
        yield pr.Facts(others=[Office(id="O"), *clerks], complete=[Clerk])


@pytest.mark.parametrize(
    ("broken", "fewest"),
    [
        (overlap_with_three_clerks, 3),
        (overlap_with_two_kinds_of_clerks, 3),
        (overlap_only_with_three_clerks, 3),
        (impossible_with_three_clerks, 3),
    ],
)
def test_an_example_has_as_few_related_facts_as_can_be(
    broken: Callable[[], Broken], fewest: int
) -> None:
    """No office with fewer clerks shows the defect, as trying all of them tells."""
    of = loaded(broken())
    (found, *_) = verify(of).of(Result.REFUTED)
    assert found.facts is not None
    assert len(found.facts.all(Clerk)) == fewest
    policy = of.policy(as_of=date(2019, 10, 1), engine="interpreter")
    claim = found.claim
    shown = claim.condition if claim.kind == "never" else claim.guard
    for number in range(fewest + 1):
        holds = any(
            evaluate(shown, scope(policy, claim, office, facts)) is True
            for facts in offices_with_clerks(number)
            for office in facts.all(Office)
        )
        assert holds is (number == fewest), number


def test_what_the_text_leaves_open_is_proved_for_every_value() -> None:
    """No desks are at most any number, and nine, the most there are, are above any to eight. At
    least so many are nine to nine; no number is below none."""
    most = says("1/1").leaves_open("most", int)
    fewest = says("1/2").leaves_open("fewest", int)
    of = directive(demand("1/1", office.desks <= most), demand("1/2", office.desks >= fewest))
    found = {(each.claimed, str(each.cites[0])): each for each in verify(of)}
    told = {
        of: (each.result, each.why[1]) for of, each in found.items()
        if of[0] in (Property.SATISFIABLE, Property.BREAKABLE)
    }  # fmt: skip
    assert told == {
        (Property.SATISFIABLE, "1/1"): (Result.PROVED, "whatever `most` is"),
        (Property.BREAKABLE, "1/1"): (Result.PROVED, "whatever `most` is, up to 8"),
        (Property.SATISFIABLE, "1/2"): (Result.PROVED, "whatever `fewest` is, up to 9"),
        (Property.BREAKABLE, "1/2"): (
            Result.OPEN, "the text leaves open `fewest`; not where `fewest` is 0",
        ),
    }  # fmt: skip


def test_more_never_makes_it_worse() -> None:
    """More desks meet what asks for some, be they counted by themselves or in a definition."""
    many = defining(office, "many", bool)("多", "many").by(
        makes("1/2", value=True, when=office.desks >= 5), otherwise=quoted("1/2").makes(False)
    )
    of = directive(
        demand("1/1", 2 * office.desks >= office.floors), many, demand("1/3", many.of(office)),
        monotone=[Monotone("1/1", office.desks), Monotone("1/3", office.desks)],
    )  # fmt: skip
    found = [each for each in verify(of) if each.claimed is Property.MONOTONE]
    assert [(str(each.cites[0]), each.name, each.result) for each in found] == [
        ("1/1", "desks", Result.PROVED), ("1/3", "desks", Result.PROVED),
    ]  # fmt: skip


def test_where_more_makes_it_worse_is_shown() -> None:
    """Five desks at most are met by five and not by six; a closed office is no open one."""
    of = directive(
        demand("1/1", office.desks <= 5), demand("1/2", ~office.open),
        monotone=[Monotone("1/1", office.desks), Monotone("1/2", office.open)],
    )  # fmt: skip
    number, closed = verify(of).of(Result.REFUTED)
    assert number.claimed is closed.claimed is Property.MONOTONE
    assert isinstance(number.subject, Office)
    assert isinstance(closed.subject, Office)
    assert (number.subject.desks, closed.subject.open) == (5, False)
    assert number.why == (
        "桌数为5时还符合，再多就不符合",
        "it is met with desks 5, and not with more",
    )


def test_what_is_said_to_be_monotone_is_a_requirement_on_the_fact() -> None:
    with pytest.raises(DirectiveError) as raised:
        directive(demand("1/1", office.desks <= 5), monotone=[Monotone("1/2", office.desks)])
    assert "`monotone`: expected a requirement on the fact of `office.desks`" in str(raised.value)
    with pytest.raises(RuleTypeError, match="expected a field with a number, or yes or no"):
        Monotone("1/1", office.motto)


def test_what_recurs_as_often_as_the_text_leaves_open_stays_open() -> None:
    """Of how often something recurs there are no numbers to try."""
    often = says("1/1").leaves_open("often", Recurrence)
    kept = held(clerks, TRUE, on=clerks.since, every=often).called(zh="会", en="a meeting")
    of = directive(demand("1/1", kept))
    (found,) = (each for each in verify(of) if each.claimed is Property.SATISFIABLE)
    assert (found.result, found.why[1]) == (Result.OPEN, "the text leaves open `often`")


def a_directive_and_facts(choose: Chooser) -> tuple[LoadedDirective, date, pr.Facts]:
    """A random directive, a day on which it is in force, and facts."""
    directive = LoadedDirective(load(random_directive(choose, depth=2)))
    setting = random_setting(choose, directive.rules)
    return directive, setting.as_of, random_facts(choose, directive.rules, setting.as_of, most=3)


@settings(max_examples=25, phases=[Phase.generate])
@given(chosen(a_directive_and_facts))
def test_formulas_say_what_the_interpreter_does(
    of: tuple[LoadedDirective, date, pr.Facts],
) -> None:
    """What holds of some facts is never proved impossible, and examples do what is claimed."""
    directive, as_of, facts = of
    policy = directive.policy(as_of=as_of, engine="interpreter")
    folded = FoldedRegime(policy.regime, with_exemptions=False)
    questions = Questions(folded, milliseconds=500)
    for claim in claims_of(policy.regime):
        found = questions.can_hold(folded.fold(claim.condition), claim.subject)
        for fact in facts.all(claim.subject.fact_class):
            held = evaluate(claim.condition, scope(policy, claim, fact, facts))
            assert held is not True or not isinstance(found, Never), claim.condition
        if isinstance(found, Possible):
            at = scope(policy, claim, found.subject, found.facts)
            assert evaluate(claim.condition, at) is True, (str(claim.condition), found)


def scope(policy: Policy, claim: Claim, fact: Fact, facts: pr.Facts) -> Scope:
    """The scope in which the interpreter evaluates what is claimed of a fact."""
    return Scope(policy.regime, facts, Exemptions(), {claim.subject: fact})


@pytest.mark.parametrize(
    ("most", "expected"), [(5, Never), (4, Possible), (3, Possible)], ids=["both", "one", "none"]
)
def test_the_least_of_members_that_may_count_lies_between_bounds(
    most: int, expected: type[Never | Possible]
) -> None:
    """Of a whole list of which it is not known who counts, it is 3, or 5 where none does."""
    counts = says("1/1").leaves_open("counts", bool)
    bounded = least(clerks, lift(3), where=clerks.senior & counts, otherwise=5) <= most
    policy = directive(demand("1/1", bounded)).policy(as_of=date(2020, 6, 1))
    folded = FoldedRegime(policy.regime, with_exemptions=False)
    # No more than nine: of a list that is not whole that is not known.
    asked = Pair(
        ((0, folded.fold(as_node(count(clerks) <= 9))),), (((0, folded.fold(as_node(bounded))),),)
    )
    found = PairQuestions(folded, folded).can_hold(asked, subject_variable(Office))
    assert isinstance(found, expected)
