"""Permitted only if (a), (b), (c): a decision that others read, and the reasons of a verdict."""

from __future__ import annotations

from datetime import date
from typing import Any, Final

import pytest
from attrs import evolve

import policy_rules as pr
from policy_rules.facts import Fact
from policy_rules.language import (
    TRUE,
    Amendment,
    Clause,
    Directive,
    DirectiveError,
    RuleTypeError,
    Sentence,
    Transition,
    amended,
    subject,
)
from policy_rules.language.expressions import Expression
from policy_rules.policy import EngineName, LoadedDirective, Policy, load
from policy_rules.testing.made_up import CLASSES, Claim, Colour
from policy_rules.testing.random_facts import container
from tests.support.present import EVERY_ENGINE

DAY: Final = date(2020, 9, 1)
claim = subject(Claim)
EXEMPTION: Final = pr.Exemption(id="E", cite="1/1b", subject="claims/C", document="d")


def C(**known: Any) -> Claim:
    """The claim of which everything else is unknown."""
    return Claim(id="C", **known)


class Written:
    """A claim is granted only if it is (a) urgent, (b) of at most 5, (c) not red."""

    def __init__(
        self, *, applies: Expression = TRUE, everywhere: Expression = TRUE, principle: bool = False
    ) -> None:
        self.clause = Clause("1", "给付", "Grants", applies=everywhere, label=("第一条", "cl 1"))
        self.s1, self.s2, self.s3, self.s4 = self.clause.sentences(4)
        head, b = (self.s1.in_principle, self.s1.b) if principle else (self.s1, self.s1.b)
        self.grantable = head("符合下列条件的，方可给付")(
            "可以给付", "may be granted"
        ).permits_only(
            claim,
            "grantable",
            self.s1.a("（一）")("情况紧急", "it is urgent").proviso(claim.urgent),
            b("（二）")("数额不超过5", "it is of at most 5").proviso(claim.amount <= 5),
            self.s1.c("（三）")("不含红色", "it has no red").proviso(
                ~claim.colours.has(Colour.RED)
            ),
            applies=applies,
            on=claim.on,
            no_zh="不可给付",
        )

    def directive(self) -> Directive:
        for sentence in (self.s2, self.s3, self.s4):
            if not any(
                getattr(each, "cite", None) == sentence.cite for each in self.clause.provisions
            ):
                sentence.background("其他", "other matters")
        return Directive(
            id="grants", number="1", zh="例", en="made up", issued=date(2019, 7, 16),
            clauses=[self.clause], sentences={f"1/{place}": "" for place in range(1, 5)},
            fact_classes=CLASSES,
        )  # fmt: skip

    def policy(self, engine: EngineName = "python", **built: Any) -> Policy:
        return LoadedDirective(load(self.directive()).rules).policy(
            as_of=DAY, engine=engine, **built
        )


def told(policy: Policy, fact: Fact) -> tuple[Any, ...]:
    """The decision with its citations and needs; the verdict with its reasons and needs."""
    facts = container([fact], [])
    (decision,) = policy.decisions_of(facts, lambda _: [fact])
    verdict = policy.check(fact)
    return (
        decision.value, [str(cite) for cite in decision.cites], list(decision.needs),
        str(verdict.outcome), [str(reason.cite) for reason in verdict.reasons],
        list(verdict.needs),
    )  # fmt: skip


URGENT, AMOUNT, COLOURS = "claims/C.urgent", "claims/C.amount", "claims/C.colours"
NO_RED: Final = frozenset({Colour.BLUE})
GRANTED: Final[list[tuple[Any, ...]]] = [
    (True, 5, NO_RED, True, ["1/1"], [], "permitted", [], []),
    (True, 6, NO_RED, False, ["1/1b"], [], "prohibited", ["1/1b"], []),
    (False, 6, NO_RED, False, ["1/1a", "1/1b"], [], "prohibited", ["1/1a", "1/1b"], []),
    (False, None, None, False, ["1/1a"], [], "prohibited", ["1/1a"], []),
    (True, 5, {Colour.RED}, False, ["1/1c"], [], "prohibited", ["1/1c"], []),
    (True, None, NO_RED, None, [], [AMOUNT], "undetermined", [], [AMOUNT]),
    (None, 5, None, None, [], [COLOURS, URGENT], "undetermined", [], [COLOURS, URGENT]),
]


@pytest.mark.parametrize("engine", EVERY_ENGINE)
def test_each_condition_that_is_not_met_is_a_reason(engine: EngineName) -> None:
    policy = Written().policy(engine)
    for urgent, amount, colours, *expected in GRANTED:
        fact = C(urgent=urgent, amount=amount, colours=colours, on=DAY)
        assert told(policy, fact) == tuple(expected), (urgent, amount, colours)


@pytest.mark.parametrize("engine", EVERY_ENGINE)
@pytest.mark.parametrize("everywhere", [False, True])
def test_where_it_does_not_apply_nothing_is_against_it(
    engine: EngineName, everywhere: bool
) -> None:
    where = claim.colours.has(Colour.GREEN)
    written = Written(everywhere=where) if everywhere else Written(applies=where)
    policy = written.policy(engine)
    green, blue = frozenset({Colour.GREEN}), frozenset({Colour.BLUE})
    for colours, expected in (
        (green, (False, ["1/1a"], [], "prohibited", ["1/1a"], [])),
        (blue, (True, ["1/1"], [], "permitted", [], [])),
        (None, (None, [], [COLOURS], "undetermined", [], [COLOURS])),
    ):
        assert told(policy, C(urgent=False, amount=1, colours=colours, on=DAY)) == expected


@pytest.mark.parametrize("engine", EVERY_ENGINE)
def test_an_exemption_displaces_the_condition_that_it_is_from(engine: EngineName) -> None:
    fact = C(urgent=True, amount=6, colours=NO_RED, on=DAY)
    decided: tuple[Any, ...] = (False, ["1/1b"], [])
    assert told(Written(principle=True).policy(engine), fact) == (
        *decided, "exemption_needed", ["1/1b"], []
    )  # fmt: skip
    policy = Written(principle=True).policy(engine, exemptions=[EXEMPTION])
    # The attribute says what the text asks for; the verdict, what is allowed.
    assert told(policy, fact) == (*decided, "permitted", ["1/1b"], [])
    both = C(urgent=False, amount=6, colours=NO_RED, on=DAY)
    assert told(policy, both)[3] == "exemption_needed"


def test_one_condition_binds_otherwise_than_the_rest() -> None:
    clause = Clause("1", "给付", "Grants")
    s1, *_ = clause.sentences(4)
    s1("方可给付")("可以给付", "may be granted").permits_only(
        claim,
        "grantable",
        s1.a("（一）")("情况紧急", "it is urgent").proviso(claim.urgent),
        s1.b.in_principle("（二）")("数额不超过5", "it is of at most 5").proviso(claim.amount <= 5),
    )
    rules = {str(each.cite): each.modality for each in clause.provisions[1:]}  # type: ignore[union-attr]
    assert {cite: str(modality) for cite, modality in rules.items()} == {
        "1/1a": "must_not", "1/1b": "in_principle",
    }  # fmt: skip


@pytest.mark.parametrize("engine", EVERY_ENGINE)
@pytest.mark.parametrize("whole", [False, True])
def test_exceptions_from_one_condition_and_from_all(engine: EngineName, whole: bool) -> None:
    written = Written()
    written.s2("除外")("不含蓝色的除外", "not for what has no blue").excepts(
        written.s1 if whole else written.s1.b, ~claim.colours.has(Colour.BLUE)
    )
    policy = written.policy(engine)
    for urgent, amount, colours, cites in (
        (False, 6, frozenset({Colour.BLUE}), ["1/1a", "1/1b"]),
        (False, 6, frozenset({Colour.GREEN}), [] if whole else ["1/1a"]),
        (True, 6, frozenset({Colour.GREEN}), []),
    ):
        fact = C(urgent=urgent, amount=amount, colours=colours, on=DAY)
        value = not cites
        assert told(policy, fact) == (
            value, cites or ["1/1"], [], "permitted" if value else "prohibited", cites, []
        )  # fmt: skip


class Whole(Written):
    """The same with one condition, that it is urgent, which is cited as the sentence is."""

    def __init__(self) -> None:
        self.clause = Clause("1", "给付", "Grants")
        self.s1, self.s2, self.s3, self.s4 = self.clause.sentences(4)
        self.grantable = self.s1("方可给付")("可以给付", "may be granted").permits_only(
            claim, "grantable",
            self.s1("情况紧急的")("情况紧急", "it is urgent").proviso(claim.urgent),
            on=claim.on, no_zh="不可给付",
        )  # fmt: skip


@pytest.mark.parametrize("engine", EVERY_ENGINE)
def test_an_exception_from_a_condition_that_is_cited_as_what_is_permitted(
    engine: EngineName,
) -> None:
    written = Whole()
    written.s2("除外")("不含蓝色的除外", "not for what has no blue").excepts(
        written.s1, ~claim.colours.has(Colour.BLUE)
    )
    policy = written.policy(engine)
    for colour, value in ((Colour.BLUE, False), (Colour.GREEN, True)):
        fact = C(urgent=False, colours=frozenset({colour}), on=DAY)
        assert told(policy, fact)[:2] == (value, ["1/1"])
        explained = policy.explain(policy.check(fact), "en")
        assert explained.count("the exception") == 1  # and not as one from the whole, too


@pytest.mark.parametrize("engine", EVERY_ENGINE)
def test_others_read_it(engine: EngineName) -> None:
    written = Written()
    written.s2("给付的")("给付须有日期", "what may be granted has a day").demands(
        claim, claim.on <= DAY, applies=written.grantable.of(claim)
    )
    policy = written.policy(engine)
    for urgent, status in ((True, "satisfied"), (False, "not_applicable"), (None, "undetermined")):
        fact = C(urgent=urgent, amount=1, colours=NO_RED, on=DAY)
        (finding,) = policy.audit(container([fact], []))
        assert str(finding.status) == status


def test_explanations_name_what_is_not_met() -> None:
    policy = Written().policy()
    fact = C(urgent=False, amount=6, colours=NO_RED, on=DAY)
    decision = policy.decide(fact, "grantable")
    assert policy.explain(decision, "en").splitlines() == [
        "claim (claims/C), may be granted: no",
        "  ✓ may not be granted (condition: it is urgent) [cl 1(1)(a): “（一）”]",
        "    ✓ not urgent",
        "  ✓ may not be granted (condition: it is of at most 5) [cl 1(1)(b): “（二）”]",
        "    ✓ amount is more than 5 pieces (it is 6 pieces)",
    ]
    verdict = policy.check(fact)
    assert policy.explain(verdict, "zh").splitlines()[:2] == [
        "申请（claims/C）：不得实施",
        "  ✗ 情况紧急［第一条第一款第一项“（一）”］",
    ]


# Amendments

LATER: Final = date(2021, 1, 1)
OLD_ACT, NEW_ACT = date(2020, 12, 31), LATER


def later(
    written: Written, change: Any, transition: Transition = Transition.ACTS_FROM_ITS_DAY
) -> Directive:
    """The directive as a document of 2021 changes it."""
    clause = Clause("1", "改", "amends", document="later")
    s1, *_ = clause.sentences(1)
    change(clause, s1)
    document = Amendment(
        id="later", number="2", zh="改", en="amends", issued=date(2020, 11, 1), in_force=LATER,
        transition=transition, sentences={"1/1": ""}, clauses=[clause],
    )  # fmt: skip
    return amended(written.directive(), document)


def acts(directive: Directive, engine: EngineName, **known: Any) -> list[tuple[Any, ...]]:
    """What is said of an act of before, and of one of after."""
    policy = load(directive).policy(as_of=date(2021, 6, 1), engine=engine)
    return [told(policy, C(**known, on=day)) for day in (OLD_ACT, NEW_ACT)]


@pytest.mark.parametrize("engine", EVERY_ENGINE)
def test_a_condition_in_the_place_of_another(engine: EngineName) -> None:
    written = Written(applies=claim.colours.has(Colour.GREEN))

    def change(clause: Clause, s1: Sentence) -> None:
        clause.redefines(written.grantable, written.s1.b).by(
            s1("（二）")("数额不超过3", "it is of at most 3").proviso(claim.amount <= 3)
        )

    directive = later(written, change)
    green, blue = frozenset({Colour.GREEN}), frozenset({Colour.BLUE})
    assert acts(directive, engine, urgent=True, amount=4, colours=green) == [
        (True, ["1/1"], [], "permitted", [], []),
        (False, ["later:1/1"], [], "prohibited", ["later:1/1"], []),
    ]
    assert acts(directive, engine, urgent=True, amount=6, colours=green) == [
        (False, ["1/1b"], [], "prohibited", ["1/1b"], []),
        (False, ["later:1/1"], [], "prohibited", ["later:1/1"], []),
    ]
    assert (
        acts(directive, engine, urgent=True, amount=6, colours=blue)
        == [(True, ["1/1"], [], "permitted", [], [])] * 2
    )


@pytest.mark.parametrize("engine", EVERY_ENGINE)
def test_another_condition_and_one_that_ends(engine: EngineName) -> None:
    written = Written(principle=True)

    def more(clause: Clause, s1: Sentence) -> None:
        clause.redefines(written.grantable).by(
            s1("（四）")("数额为1以上", "it is of 1 or more").proviso(claim.amount >= 1)
        )

    known = {"urgent": True, "amount": 0, "colours": NO_RED}
    assert acts(later(written, more), engine, **known) == [
        (True, ["1/1"], [], "permitted", [], []),
        (False, ["later:1/1"], [], "exemption_needed", ["later:1/1"], []),
    ]
    written = Written()

    def fewer(clause: Clause, s1: Sentence) -> None:
        s1("废止")("不再要求紧急", "need no longer be urgent").repeals(
            written.s1.a, of=written.grantable
        )

    known = {"urgent": False, "amount": 0, "colours": NO_RED}
    assert (
        acts(later(written, fewer, Transition.ALL_ACTS), engine, **known)
        == [(True, ["1/1"], [], "permitted", [], [])] * 2
    )
    assert acts(later(written, fewer), engine, **known)[0][:2] == (False, ["1/1a"])


class Apart(Written):
    """The same of which the conditions have a sentence of their own: urgent, and of at most 5."""

    def __init__(self) -> None:
        self.clause = Clause("1", "给付", "Grants")
        self.s1, self.s2, self.s3, self.s4 = self.clause.sentences(4)
        self.grantable = self.s1("方可给付")("可以给付", "may be granted").permits_only(
            claim, "grantable",
            self.s2.a("（一）")("情况紧急", "it is urgent").proviso(claim.urgent),
            self.s2.b("（二）")("数额不超过5", "it is of at most 5").proviso(claim.amount <= 5),
            on=claim.on, no_zh="不可给付",
        )  # fmt: skip


@pytest.mark.parametrize("engine", EVERY_ENGINE)
def test_what_is_permitted_said_anew(engine: EngineName) -> None:
    """What was excepted from it as it was said before is so for acts of before, and no others."""
    written = Apart()
    written.s3("除外")("不含蓝色的除外", "not for what has no blue").excepts(
        written.s1, ~claim.colours.has(Colour.BLUE)
    )

    def change(clause: Clause, s1: Sentence) -> None:
        clause.redefines(written.grantable, written.s1).by(otherwise=s1("可以给付").makes(True))

    directive = later(written, change)
    green = frozenset({Colour.GREEN})
    assert acts(directive, engine, urgent=False, amount=6, colours=green) == [
        (True, ["1/1"], [], "permitted", [], []),
        (False, ["1/2a", "1/2b"], [], "prohibited", ["1/2a", "1/2b"], []),
    ]
    assert acts(directive, engine, urgent=True, amount=5, colours=green) == [
        (True, ["1/1"], [], "permitted", [], []),
        (True, ["later:1/1"], [], "permitted", [], []),
    ]


@pytest.mark.parametrize("engine", EVERY_ENGINE)
def test_a_permission_that_ends(engine: EngineName) -> None:
    written = Written()

    def change(clause: Clause, s1: Sentence) -> None:
        s1("废止")("不再限制给付", "no longer limited").repeals(written.s1, of=written.grantable)

    directive = later(written, change, Transition.ALL_ACTS)
    known = {"urgent": False, "amount": 0, "colours": NO_RED}
    assert acts(directive, engine, **known) == [(None, [], [], "permitted", [], [])] * 2


def test_another_rule_ends_beside_a_permission() -> None:
    written = Written()
    written.s2("字")("数额为1以上", "it is of 1 or more").forbids(claim, claim.amount < 1)

    def change(clause: Clause, s1: Sentence) -> None:
        s1("字")("废止", "is repealed").repeals("1/2")

    directive = later(written, change)
    for engine in ("interpreter", "python"):
        found = acts(directive, engine, urgent=True, amount=0, colours=NO_RED)
        assert [each[3] for each in found] == ["prohibited", "permitted"]


def amendment_faults(change: Any) -> list[str]:
    """What is wrong with a change."""
    with pytest.raises(DirectiveError) as error:
        later(Written(), change)
    return [each.en for each in error.value.faults]


def test_a_condition_is_not_replaced_or_ended_alone() -> None:
    written = Written()

    def forbids(clause: Clause, s1: Sentence) -> None:
        s1.in_place_of("1/1b")("字")("不超过3", "at most 3").forbids(claim, claim.amount > 3)

    def ends(clause: Clause, s1: Sentence) -> None:
        s1("字")("废止", "is repealed").repeals("1/1")

    for change, old in ((forbids, "1/1b"), (ends, "1/1")):
        assert amendment_faults(change) == [
            f"later:1/1: ends {old}, which is a condition of `grantable`; repeal it with `of`, "
            "or put another in its place with `redefines`"
        ]

    def makes(clause: Clause, s1: Sentence) -> None:
        clause.redefines(written.grantable, "1/1b").by(s1("字").makes(False, when=claim.amount > 3))

    assert amendment_faults(makes) == [
        "later:1/1: `grantable` is a permission; give its conditions, `s1.a(…)(…).proviso(…)`"
    ]


def test_the_rules_of_another_definition_are_no_conditions() -> None:
    written = Written()
    large = written.s2("大额")("大额", "large").decides(claim, "large", claim.amount > 5)

    def change(clause: Clause, s1: Sentence) -> None:
        clause.redefines(large).by(s1("字")("条件", "a condition").proviso(claim.urgent))

    with pytest.raises(DirectiveError) as error:
        later(written, change)
    assert error.value.faults[0].en == (
        "later:1/1: `large` is no permission; give rules, `s1(…).makes(…)`"
    )


# What is refused


def refused(write: Any) -> str:
    """The message of what cannot be written."""
    clause = Clause("1", "给付", "Grants")
    with pytest.raises(RuleTypeError) as error:
        write(clause, *clause.sentences(2))
    return str(error.value)


def test_what_is_refused() -> None:
    def proviso(s1: Sentence) -> Any:
        return s1.a("字")("紧急", "urgent").proviso(claim.urgent)

    def permits(s1: Any, *provisos: Any) -> Any:
        return s1("字")("可给付", "may be granted").permits_only(claim, "grantable", *provisos)

    assert refused(lambda c, s1, s2: permits(s1)) == "1/1: is permitted on one condition or more"
    assert refused(lambda c, s1, s2: permits(s1, claim.urgent)).startswith(
        "expected a condition, `s1.a(…)(…).proviso(…)`, found"
    )
    assert refused(lambda c, s1, s2: permits(s1.b, proviso(s1))).startswith(
        "1/1b: a letter is of a rule that binds"
    )
    other = Clause("2", "二", "two").sentences(1)[0]
    assert refused(lambda c, s1, s2: permits(s1, proviso(other))) == (
        "2/1a: is a condition of what 1/1 permits; write it under 1"
    )
    assert (
        refused(lambda c, s1, s2: c.defines(claim, "x", bool)("名", "name").by(proviso(s1)))
        == "1/1a: a condition of a permission stands in `permits_only`"
    )
    assert refused(
        lambda c, s1, s2: s1.in_place_of("1/2b")("字")("紧急", "urgent").proviso(claim.urgent)
    ).startswith("1/1: a condition of a permission takes the place of another in `clause.redefines")

    def twice(clause: Clause, s1: Sentence, s2: Sentence) -> None:
        one = proviso(s1)
        permits(s1, one)
        permits(s2, one)

    assert refused(twice) == "one quotation comes to one thing; quote the words again"


def test_a_condition_of_no_permission_is_told() -> None:
    written = Written()
    written.s2("字")("紧急", "urgent").proviso(claim.urgent)
    with pytest.raises(DirectiveError) as error:
        load(written.directive())
    assert [each.en for each in error.value.faults] == [
        "1/2: “字” is a condition of no permission; put it into `.permits_only(…)`",
    ]


def test_it_evolves_as_any_rule_does() -> None:
    (rule, *_), *_ = (each.rules for each in [Written().grantable])
    assert evolve(rule, quote="别").zh == "情况紧急"  # type: ignore[attr-defined]
