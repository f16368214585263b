"""What is known to be none: on every engine, by hand, and what is refused."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Any, Final

import pytest

import policy_rules as pr
from policy_rules.facts import Fact, FactError
from policy_rules.language import (
    BOOLEAN,
    DATE,
    RATIONAL,
    TRUE,
    DirectiveError,
    RuleTypeError,
    Type,
    average,
    count,
    each,
    earliest,
    first_known,
    greatest,
    held,
    latest,
    subject,
    total,
)
from policy_rules.language.expressions import Expression
from policy_rules.language.recurrences import Recurrence
from policy_rules.policy import EngineName
from policy_rules.testing.made_up import Claim, Clerk, Colour, Office
from policy_rules.testing.random_facts import container
from tests.support.made_up_rules import (
    DAY,
    LABELS,
    QUOTE,
    SAYS,
    O,
    directive,
    found,
    must,
    office,
    value_is,
)  # fmt: skip
from tests.support.present import EVERY_ENGINE
from tests.support.writing import defining, quoted, says

clerk, claim = subject(Clerk), subject(Claim)
CLERKS: Final = each(Clerk, office_id=office)
OTHERS: Final = each(Clerk)
NONE: Final = pr.NONE


def K(**known: Any) -> Clerk:
    return Clerk(id="K", **known)


def C(**known: Any) -> Claim:
    return Claim(id="C", **known)


TRUTHS: list[tuple[Expression, Fact, bool | None]] = [
    (clerk.until.is_none(), K(until=NONE), True),
    (clerk.until.is_none(), K(until=date(2020, 1, 1)), False),
    (clerk.until.is_none(), K(), None),
    (clerk.until >= date(2020, 1, 1), K(until=NONE), False),
    (~(clerk.until >= date(2020, 1, 1)), K(until=NONE), True),
    (clerk.until < date(2020, 1, 1), K(until=NONE), False),
    (~(clerk.until < date(2020, 1, 1)), K(until=NONE), True),
    (clerk.until.is_(date(2199, 12, 31)), K(until=NONE), False),
    (clerk.until.is_not(date(2199, 12, 31)), K(until=NONE), False),
    (~clerk.until.is_not(date(2199, 12, 31)), K(until=NONE), True),
    # None is not one value, either: it is not equal to another.
    (clerk.until.is_(clerk.until), K(until=NONE), False),
    # Whatever the other side is, and so also while that is unknown.
    (clerk.until >= clerk.since, K(until=NONE), False),
    (clerk.until >= clerk.since, K(since=date(2019, 1, 1)), None),
    # What is computed of it is none.
    (clerk.until.plus_years(3) > date(2000, 1, 1), K(until=NONE), False),
    (clerk.since.plus_days(clerk.wage) > date(2000, 1, 1),
     K(since=date(2019, 1, 1), wage=NONE), False),
    (clerk.until.days_until(DAY) < 10, K(until=NONE), False),
    (clerk.wage + clerk.files >= 0, K(wage=NONE, files=3), False),
    (clerk.wage + clerk.files >= 0, K(wage=NONE), False),
    (clerk.wage / 2 < 100, K(wage=NONE), False),
    (greatest(clerk.wage, clerk.files) >= 0, K(wage=NONE, files=3), False),
    ((clerk.wage + 1).is_none(), K(wage=NONE), True),
    ((clerk.wage + clerk.files).is_none(), K(files=3), None),
    ((clerk.wage + 1).is_none(), K(wage=9), False),
    # The greatest number that there can be is one.
    (clerk.wage >= 9, K(wage=9), True),
    (clerk.wage.is_known(), K(wage=NONE), True),
    (clerk.wage.is_known(), K(), False),
    (first_known(clerk.wage, clerk.files) >= 0, K(wage=NONE, files=3), False),
    (first_known(clerk.wage, clerk.files) >= 0, K(files=3), True),
    (first_known(clerk.wage, clerk.files).is_none(), K(files=3), False),
    (first_known(clerk.files, clerk.wage).is_none(), K(files=3, wage=NONE), False),
    (first_known(clerk.files, clerk.wage).is_none(), K(wage=NONE), True),
    (clerk.colour.is_(Colour.RED), K(colour=NONE), False),
    (clerk.colour.is_not(Colour.RED), K(colour=NONE), False),
    (~clerk.colour.is_(Colour.RED), K(colour=NONE), True),
    (clerk.colour.is_in(set(Colour)), K(colour=NONE), False),
    (~clerk.colour.is_in({Colour.RED}), K(colour=NONE), True),
    (clerk.colour.is_none(), K(colour="blue"), False),
    (claim.fee < 100, C(fee=NONE), False),
    (claim.fee * 2 > 1, C(fee=NONE), False),
    (claim.fee.is_none(), C(fee=NONE), True),
    (claim.fee >= 9, C(fee=9), True),
    (claim.heard_at > datetime(2000, 1, 1), C(heard_at=NONE), False),
    (claim.heard_at.plus_minutes(1) > datetime(2000, 1, 1), C(heard_at=NONE), False),
    (claim.heard_at.is_none(), C(heard_at=NONE), True),
    (claim.note.is_("x"), C(note=NONE), False),
    (claim.note.is_not("x"), C(note=NONE), False),
    (~claim.note.is_not("x"), C(note=NONE), True),
    (claim.note.ends_with(claim.note), C(note=NONE), False),
    (~claim.note.starts_with("x"), C(note=NONE), True),
    (claim.note.is_("none"), C(note="none"), True),
    (claim.note.is_none(), C(note="none"), False),
    (claim.note.is_none(), C(note=""), True),
    # A text that may be empty, and no more, has an empty one as any other.
    (office.motto.is_not("x"), O(motto=""), True),
    (office.motto.is_none(), O(motto=NONE), True),
]  # fmt: skip


@pytest.mark.parametrize("engine", EVERY_ENGINE)
def test_truths(engine: EngineName) -> None:
    for place, (condition, fact, truth) in enumerate(TRUTHS):
        of = subject(type(fact))
        policy = directive(value_is(BOOLEAN, condition, of)).policy(as_of=DAY, engine=engine)
        answer = policy.decide(fact, "told")
        assert answer.value is truth, (place, str(condition))
        assert bool(answer.needs) is (truth is None)


def of_office(*wages: Any, **more: Any) -> list[Clerk]:
    return [
        Clerk(id=f"K{place}", office_id="O", wage=wage, **more) for place, wage in enumerate(wages)
    ]


VALUES: list[tuple[Type | type, Expression, list[Clerk], Any]] = [
    (int, total(CLERKS, CLERKS.wage), of_office(3, NONE, 2), 5),
    (int, count(CLERKS, CLERKS.wage >= 0), of_office(3, NONE, 2), 2),
    (int, count(CLERKS, ~(CLERKS.wage >= 3)), of_office(3, NONE, 2), 2),
    (int, count(CLERKS, CLERKS.wage.is_none()), of_office(3, NONE, 2), 1),
    (int, greatest(CLERKS, CLERKS.wage, otherwise=7), of_office(3, NONE, 2), 3),
    (int, greatest(CLERKS, CLERKS.wage, otherwise=7), of_office(NONE), 7),
    (RATIONAL, average(CLERKS, CLERKS.wage, otherwise=0), of_office(3, NONE, 2), Decimal("2.5")),
    (date, latest(CLERKS, CLERKS.until, otherwise=DAY), of_office(1, until=NONE), DAY),
    (date, earliest(CLERKS, CLERKS.until.plus_days(1), otherwise=DAY), of_office(1, until=NONE),
     DAY),
    (int, total(CLERKS, CLERKS.wage), of_office(3, None), None),
]  # fmt: skip


@pytest.mark.parametrize("engine", EVERY_ENGINE)
def test_members_whose_value_is_none_do_not_enter(engine: EngineName) -> None:
    for place, (type_, value, clerks, expected) in enumerate(VALUES):
        policy = directive(value_is(type_, value)).policy(as_of=DAY, engine=engine)
        facts = container([O(), *clerks], [Clerk])
        assert policy.decide(O(), "told", facts=facts).value == expected, place


@pytest.mark.parametrize("engine", EVERY_ENGINE)
def test_what_recurs_on_a_day_that_is_none_does_not_take_place(engine: EngineName) -> None:
    every = says("1/2", **SAYS).sets("often", Recurrence("FREQ=YEARLY"))
    made = must(held(CLERKS, TRUE, on=CLERKS.until, every=every))
    facts = container([O(), *of_office(1, until=NONE)], [Clerk])
    (finding,) = made.policy(as_of=date(2021, 10, 1), engine=engine).audit(facts)
    assert str(finding.status) == "breached"


def long_until(otherwise: object) -> Any:
    made = defining(clerk, "told", DATE)(**LABELS)
    value = quoted("1/1", **QUOTE).makes(clerk.until.plus_days(1))
    return made.by(value, otherwise=quoted("1/2", **QUOTE).makes(otherwise))


@pytest.mark.parametrize("engine", EVERY_ENGINE)
def test_a_rule_whose_value_is_none_does_not_apply(engine: EngineName) -> None:
    policy = directive(long_until(date(2000, 1, 1))).policy(as_of=DAY, engine=engine)
    assert policy.decide(K(until=date(2019, 1, 1)), "told").value == date(2019, 1, 2)
    assert policy.decide(K(until=NONE), "told").value == date(2000, 1, 1)
    assert policy.decide(K(), "told").needs == ("clerks/K.until",)


@pytest.mark.parametrize("engine", EVERY_ENGINE)
@pytest.mark.parametrize(
    ("agreed", "on", "outcome"),
    [
        (NONE, None, "undetermined"),  # missing, and the day may have come
        (NONE, date(2020, 1, 1), "awaiting"),  # FOUND 2.9: certainly missing, the day is ahead
        (NONE, date(2019, 9, 1), "prohibited"),
        (None, date(2020, 1, 1), "undetermined"),
        (datetime(2019, 9, 1), date(2020, 1, 1), "permitted"),
        (datetime(2019, 11, 1), date(2020, 1, 1), "awaiting"),
    ],
)
def test_a_step_that_rests_on_a_day_that_is_none_is_missing(
    engine: EngineName, agreed: Any, on: date | None, outcome: str
) -> None:
    step = says("1/1", **SAYS).step("heard", claim.heard_at <= datetime(2019, 10, 1))
    policy = directive(says("1/1", **SAYS).needs(claim, step, on=claim.on)).policy(
        as_of=DAY, engine=engine
    )
    assert str(policy.check(C(heard_at=agreed, on=on)).outcome) == outcome


@pytest.mark.parametrize("engine", EVERY_ENGINE)
def test_an_act_whose_day_is_none_never_comes(engine: EngineName) -> None:
    step = says("1/1", **SAYS).step("senior", clerk.senior)
    policy = directive(says("1/1", **SAYS).needs(clerk, step, on=clerk.until)).policy(
        as_of=DAY, engine=engine
    )
    assert str(policy.check(K(senior=False, until=NONE)).outcome) == "awaiting"
    assert str(policy.check(K(senior=False)).outcome) == "undetermined"


@pytest.mark.parametrize("engine", EVERY_ENGINE)
@pytest.mark.parametrize(
    ("wage", "files", "status"),
    [
        (NONE, 3, "inconsistent"),
        (3, 3, "consistent"),
        (2, 3, "inconsistent"),
        (None, 3, "undetermined"),
        (NONE, None, "consistent"),  # both are then the wage, and there is none
    ],
)
def test_accounts_of_which_one_is_none(
    engine: EngineName, wage: Any, files: int | None, status: str
) -> None:
    rule = says("1/1", **SAYS).agrees(clerk, clerk.wage, first_known(clerk.files, clerk.wage))
    policy = directive(rule).policy(as_of=DAY, engine=engine)
    (agreement,) = policy.agreements_of(container([K(wage=wage, files=files)]))
    assert str(agreement.status) == status


def test_a_finding_measures_no_number_that_may_be_none() -> None:
    (finding,) = found(must(clerk.wage >= 5, of=clerk), [K(wage=NONE)])
    assert (str(finding.status), finding.actual, finding.required) == ("breached", None, None)


def test_an_explanation_says_that_there_is_none() -> None:
    policy = must((clerk.until >= DAY) & (clerk.wage >= 2), of=clerk).policy(as_of=DAY)
    (finding,) = policy.audit(container([K(until=NONE, wage=3)]))
    assert policy.explain(finding, "en").splitlines()[1:] == [
        "  ✗ required",
        "    ✗ all of",
        "      ✗ there is an until",
        "      ✓ wage is at least 2 yuan (it is 3 yuan)",
    ]
    shown = policy.explain(finding, "zh").splitlines()
    assert "      ✗ 有离任日期" in shown
    (finding,) = policy.audit(container([K(until=date(2020, 1, 1), wage=3)]))
    assert "until is not before 2019-10-01 (it is 2020-01-01)" in policy.explain(finding, "en")
    assert "there is" not in policy.explain(finding, "en")
    valued = directive(long_until(date(2000, 1, 1))).policy(as_of=DAY)
    decision = valued.decide(K(until=NONE), "told")
    assert "✗ there is an until" in valued.explain(decision, "en")


@pytest.mark.parametrize(
    ("provision", "message"),
    [
        (long_until(clerk.until), "what holds otherwise is never none, `clerk.until` may be"),
        (
            says("1/1", **SAYS).forbids(clerk, clerk.senior, on=clerk.until),
            "the date of an act is never none",
        ),
        (
            value_is(int, greatest(OTHERS, OTHERS.files, otherwise=clerk.wage), clerk),
            "what there is otherwise is never none, `clerk.wage` may be",
        ),
        (value_is(int, clerk.wage, clerk), "are not shown to cover everything"),
    ],
)
def test_where_a_value_has_to_be(provision: Any, message: str) -> None:
    with pytest.raises(DirectiveError, match=message) as raised:
        directive(provision)
    assert "可以没有" in raised.value.text("zh") or "涵盖" in raised.value.text("zh")


def test_what_always_has_a_value_is_never_asked_for_none() -> None:
    with pytest.raises(RuleTypeError, match="is never none: a field that can be is declared"):
        (clerk.files + 1).is_none()
    with pytest.raises(RuleTypeError, match="is never none"):
        count(CLERKS).is_none()
    with pytest.raises(RuleTypeError, match="is never none"):
        (clerk.wage > 1).is_none()


def test_fields_that_are_not_declared_so_refuse_none() -> None:
    with pytest.raises(FactError, match="expected a value, since this field is not declared"):
        K(since=NONE)
    with pytest.raises(FactError, match=r"found \"none\".*$"):
        Office(id="O", founded="none")  # type: ignore[arg-type]  # that is what is tested
