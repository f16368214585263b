"""That there is no value is an answer of a definition, with citations: it is not undetermined."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction
from typing import Any, Final, cast

import pytest
from attrs import evolve

from policy_rules.answers import ConflictError
from policy_rules.cli.answered_rows import value_text
from policy_rules.facts import NONE, Labelled
from policy_rules.language import (
    DATE,
    INTEGER,
    RATIONAL,
    TEXT,
    Clause,
    RuleTypeError,
    amended,
    choice_of,
    count,
    each,
    first_known,
    subject,
    total,
)
from policy_rules.language.expressions import Definition, gives_none
from policy_rules.language.types import BOOLEAN, MOMENT, TEXTS, set_of
from policy_rules.police import Station
from policy_rules.policy import EngineName, load
from policy_rules.testing.made_up import Clerk, Colour, Office
from policy_rules.testing.random_facts import container
from tests.support.amending import (
    BASE,
    BEFORE,
    FROM,
    always,
    amendment,
    faults,
    large,
    replace,
    station,
)
from tests.support.made_up_rules import DAY, LABELS, SAYS, O, directive, office
from tests.support.present import EVERY_ENGINE
from tests.support.writing import defining, quoted, says

RED, GREEN, BLUE = Colour
LARGE, OPEN_ = "offices/O.large", "offices/O.open"


def fee(type_: Any = int, value: Any = None, otherwise: Any = 4) -> Definition:
    """A large office pays no fee: 1/2; an open one so much: 1/1; any other another: 1/3."""
    return defining(office, "fee", type_)("费", "fee").by(
        quoted("1/1").makes(3 if value is None else value, when=office.open & ~office.large),
        quoted("1/2").makes(NONE, when=office.large),
        otherwise=quoted("1/3").makes(otherwise),
    )


OF_TYPES: Final[list[tuple[Any, Any, Any]]] = [
    (INTEGER, 3, 4),
    (RATIONAL, Fraction(1, 3), Decimal("0.5")),
    (DATE, date(2020, 1, 1), date(2021, 1, 1)),
    (MOMENT, datetime(2020, 1, 1, 8), datetime(2020, 1, 1, 9)),
    (TEXT, "x", "y"),
    (choice_of(Colour), RED, BLUE),
]


@pytest.mark.parametrize("engine", EVERY_ENGINE)
@pytest.mark.parametrize(("type_", "value", "otherwise"), OF_TYPES)
def test_of_every_type(engine: EngineName, type_: Any, value: Any, otherwise: Any) -> None:
    policy = directive(fee(type_, value, otherwise)).policy(as_of=DAY, engine=engine)
    for fact, given, cites, needs in (
        (O(open=True, large=False), value, ["1/1"], ()),
        (O(open=True, large=True), NONE, ["1/2"], ()),
        (O(open=False, large=False), otherwise, ["1/3"], ()),
        (O(open=True), None, [], (LARGE,)),
        (O(large=True), NONE, ["1/2"], ()),
        (O(large=False), None, [], (OPEN_,)),
    ):
        decision = policy.decide(fact, "fee")
        assert (decision.value, [str(c) for c in decision.cites]) == (given, cites)
        assert decision.needs == needs
        if given is NONE:
            assert decision.value is NONE
            assert decision.as_json()["value"] == "none"


@pytest.mark.parametrize("engine", EVERY_ENGINE)
def test_of_decimals(engine: EngineName) -> None:
    begun = Clause("1", "章", "clause").defines(office, "fee", Decimal, places=2)("费", "fee")
    made = begun.by(
        quoted("1/2").makes(NONE, when=office.large), otherwise=quoted("1/3").makes(office.rent)
    )
    policy = directive(made).policy(as_of=DAY, engine=engine)
    assert policy.decide(O(large=True), "fee").value is NONE
    assert policy.decide(O(large=False, rent=Decimal("1.25")), "fee").value == Decimal("1.25")


@pytest.mark.parametrize("engine", EVERY_ENGINE)
def test_what_reads_it(engine: EngineName) -> None:
    """No comparison with it holds, each negation does, and `is_none` says so."""
    made = fee()
    of = made.of(office)
    asked = {
        "at_least": of >= 0,
        "not_at_least": ~(of >= 0),
        "none": of.is_none(),
        "plus": of + 1 >= 0,
        "known": of.is_known(),
        "falls_back": first_known(of, 7) >= 0,
    }
    clause = Clause("1", "章", "clause")
    (s1,) = clause.sentences(1)
    told = [s1("字")("事", "thing").decides(office, name, node) for name, node in asked.items()]
    policy = directive(made, *told).policy(as_of=DAY, engine=engine)
    for fact, expected in (
        (O(large=True), (False, True, True, False, True, False)),
        (O(large=False, open=True), (True, False, False, True, True, True)),
        (O(), (None, None, None, None, False, True)),
    ):
        found = tuple(policy.decide(fact, name).value for name in asked)
        assert found == expected, fact
    assert policy.decide(O(open=True), "at_least").needs == (LARGE,)


@pytest.mark.parametrize("engine", EVERY_ENGINE)
def test_a_value_and_none_contradict_each_other(engine: EngineName) -> None:
    made = defining(office, "fee", int)("费", "fee").by(
        quoted("1/1").makes(3, when=office.open),
        quoted("1/2").makes(NONE, when=office.large),
        otherwise=quoted("1/3").makes(NONE),
    )
    policy = directive(made).policy(as_of=DAY, engine=engine)
    with pytest.raises(ConflictError):
        policy.decide(O(open=True, large=True), "fee")
    assert policy.decide(O(open=False, large=False), "fee").value is NONE
    # Kleene: which of the two rules applies is not known, though both give none.
    assert policy.decide(O(open=False), "fee").needs == (LARGE,)


@pytest.mark.parametrize("engine", EVERY_ENGINE)
def test_members_whose_value_is_none_are_not_gathered(engine: EngineName) -> None:
    clerk = subject(Clerk)
    share = defining(clerk, "share", int)("份额", "share").by(
        quoted("1/1").makes(NONE, when=clerk.senior), otherwise=quoted("1/1").makes(clerk.files)
    )
    member = each(Clerk, office_id=office)
    sums = defining(office, "sum", int)("合计", "sum").by(
        quoted("1/2").makes(total(member, share.of(member)))
    )
    number = defining(office, "number", int)("数", "number").by(
        quoted("1/2").makes(count(member, share.of(member).is_none()))
    )
    policy = directive(share, sums, number).policy(as_of=DAY, engine=engine)
    facts = container(
        [
            O(),
            Clerk(id="A", office_id="O", senior=True, files=9),
            Clerk(id="B", office_id="O", senior=False, files=2),
            Clerk(id="C", office_id="O", senior=False, files=3),
        ],
        [Clerk],
    )
    (of,) = facts.all(Office)
    assert policy.decide(of, "sum", facts).value == 5
    assert policy.decide(of, "number", facts).value == 1


def test_explanations_and_tables_tell_none_from_undetermined() -> None:
    made = fee()
    duty = says("1/4", **SAYS).demands(office, made.of(office) <= 3, applies=office.open)
    policy = directive(made, duty).policy(as_of=DAY)
    decision = policy.decide(O(large=True), "fee")
    assert policy.explain(decision, "en").splitlines() == [
        "fee of office (offices/O): none",
        "  ✓ fee is none [1 sentence 2: “应当”]",
        "    ✓ large",
    ]
    assert policy.explain(decision, "zh").splitlines()[:2] == [
        "办事处（offices/O）的费：无",
        "  ✓ 费为无［第一部分第二句“应当”］",
    ]
    assert "undetermined" in policy.explain(policy.decide(O(), "fee"), "en")
    (finding,) = policy.audit(container([O(large=True, open=True)], [Office]))
    assert (str(finding.status), finding.actual, finding.required) == ("breached", None, None)


def test_relations_have_no_value_and_its_citations() -> None:
    import duckdb

    from policy_rules.tables.on_tables import on

    rows = {INTEGER: 3, RATIONAL: Fraction(1, 3), choice_of(Colour): RED}
    for type_, value in rows.items():
        made = fee(type_, value, value)
        policy = directive(made).policy(as_of=DAY)
        with duckdb.connect() as database:
            database.execute("CREATE TABLE offices (id TEXT, open BOOLEAN, large BOOLEAN)")
            given = "('A', true, true), ('B', true, NULL), ('C', true, false)"
            database.execute(f"INSERT INTO offices VALUES {given}")
            found = on(policy, database).decisions(Office, "fee")
            told = found.project("id, value IS NULL, cites, needs").order("id").fetchall()
            if type_ != RATIONAL:  # as the command line lists it
                text = value_text(cast(Any, None), made)
                listed = found.project(f"id, {text} AS said").order("id").fetchall()
                assert listed == [("A", "none"), ("B", None), ("C", str(value))]
        assert told == [
            ("A", True, "1/2", ""),
            ("B", True, "", "offices/B.large"),
            ("C", False, "1/1", ""),
        ]


def test_what_is_never_none_is_refused() -> None:
    for type_ in (BOOLEAN, TEXTS, set_of(Colour)):
        with pytest.raises(RuleTypeError) as error:
            defining(office, "fee", type_)(**LABELS).by(quoted("1/1").makes(NONE))
        assert str(error.value).startswith(f"{type_} is never none")
    with pytest.raises(RuleTypeError) as error:
        office.desks.is_none()
    assert "is never none" in str(error.value)
    sure = defining(office, "sure", int)(**LABELS).by(quoted("1/1").makes(3))
    assert not gives_none(sure)
    with pytest.raises(RuleTypeError):
        sure.of(office).is_none()


class Fuel(Labelled):
    """A choice that has a value of that name."""

    GAS = ("gas", "燃气", "gas")
    NONE = ("none", "无", "none")


def test_a_choice_that_has_a_value_none_is_asked_for_that() -> None:
    with pytest.raises(RuleTypeError) as error:
        defining(office, "fuel", Fuel)(**LABELS).by(quoted("1/1").makes(NONE))
    assert str(error.value).startswith("choice of Fuel is never none")


@pytest.mark.parametrize("engine", EVERY_ENGINE)
def test_an_amendment_says_that_there_is_none(engine: EngineName) -> None:
    dues = defining(station, "dues", int)("会费", "dues").by(
        always(10, "1/7"),
    )
    base = evolve(
        BASE, clauses=[BASE.clauses[0].with_provisions([*BASE.clauses[0].provisions, dues]),
                       *BASE.clauses[1:]],
    )  # fmt: skip
    change = replace("1/7", of=dues, otherwise=always(NONE, "later:1/1"))
    policy_of = load(amended(base, amendment(change))).policy
    one = Station(id="S")
    before = policy_of(as_of=BEFORE, engine=engine).decide(one, "dues")
    after = policy_of(as_of=FROM, engine=engine).decide(one, "dues")
    assert (before.value, after.value) == (10, NONE)
    assert [str(cite) for cite in after.cites] == ["later:1/1"]
    refused = replace("1/4", of=large, otherwise=always(NONE, "later:1/1"))
    assert faults(refused)[0].endswith(
        "boolean is never none: a rule of a number, date, moment, text or choice can say so"
    )
