"""The greatest of values, rounding and brackets: the same from every engine, by hand."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

import duckdb
import pytest

import policy_rules as pr
from policy_rules.engines.sql.ranges import measures_are_wide
from policy_rules.language import (
    AS_OF,
    DATE,
    INTEGER,
    RATIONAL,
    RuleTypeError,
    count,
    each,
    earliest,
    first_known,
    greatest,
    latest,
    least,
    percent,
    rounded,
    tiers,
    total,
)
from policy_rules.language.expressions import Constant, Expression, as_node, at_least
from policy_rules.language.types import MOMENT
from policy_rules.policy import EngineName
from policy_rules.testing.made_up import Clerk, Office
from tests.support.made_up_rules import (
    DAY,
    LABELS,
    QUOTE,
    SAYS,
    O,
    directive,
    found,
    office,
    told,
    value_is,
)
from tests.support.present import EVERY_ENGINE
from tests.support.writing import at, defining, quoted, says

HALF = office.desks / 2
OTHER = Constant(9)
# Desks less nine, in quarters: from -9/4 to 0.
QUARTERS = (office.desks - 9) / 4
SCALE = tiers(office.desks * 1000, (3_000, percent(3)), (Decimal("7000"), percent(10)), percent(20))
THIRDS = tiers(office.desks / 3, (1, 1), 2)

VALUES: list[tuple[Expression, Any, Office, Any]] = [
    (greatest(office.desks, office.floors), int, O(desks=5, floors=3), 5),
    (greatest(office.desks, office.floors), int, O(desks=3, floors=3), 3),
    (least(office.desks, office.floors, 4), int, O(desks=5, floors=9), 4),
    (least(office.desks, office.floors, 4), int, O(desks=0, floors=9), 0),
    # Unknown as soon as one is, though 9 is the most that there can be.
    (greatest(office.desks, office.floors), int, O(desks=9), None),
    (least(office.desks, office.floors), int, O(floors=1), None),
    (greatest(office.desks, 5), int, O(), None),
    # Five thirds, three halves and one; then 4/3 and 3/2.
    (greatest(office.desks / 3, office.floors / 2, 1), RATIONAL, O(desks=5, floors=3), "5/3"),
    (greatest(office.desks / 3, office.floors / 2, 1), RATIONAL, O(desks=4, floors=3), "1.5"),
    (greatest(office.desks / 3, office.floors / 2, 1), RATIONAL, O(desks=1, floors=1), "1"),
    (least(office.desks / office.floors, HALF), RATIONAL, O(desks=5, floors=3), "5/3"),
    (least(office.desks / office.floors, HALF), RATIONAL, O(desks=5, floors=1), "2.5"),
    (latest(office.founded, AS_OF), DATE, O(founded=DAY), DAY.isoformat()),
    (latest(office.founded, AS_OF), DATE, O(founded=date(2019, 10, 2)), "2019-10-02"),
    (earliest(office.founded, AS_OF), DATE, O(founded=date(2019, 10, 2)), "2019-10-01"),
    (earliest(office.founded, AS_OF), DATE, O(), None),
    (
        latest(office.checked_at, datetime(2019, 1, 2, 12)), MOMENT,
        O(checked_at=datetime(2019, 1, 2, 11, 59)), "2019-01-02 12:00:00",
    ),
    # 5/2; then whole numbers; -1/4, -2/4, -3/4, -6/4, -9/4.
    (rounded(HALF, how="half_up"), int, O(desks=5), 3),
    (rounded(HALF, how="half_even"), int, O(desks=5), 2),
    (rounded(HALF, how="half_even"), int, O(desks=7), 4),
    (rounded(HALF, how="up"), int, O(desks=5), 3),
    (rounded(HALF, how="down"), int, O(desks=5), 2),
    (rounded(HALF, how="up"), int, O(desks=6), 3),
    (rounded(HALF, how="up"), int, O(), None),
    (rounded(QUARTERS, how="half_up"), int, O(desks=8), 0),
    (rounded(QUARTERS, how="half_up"), int, O(desks=7), -1),
    (rounded(QUARTERS, how="half_even"), int, O(desks=7), 0),
    (rounded(QUARTERS, how="half_even"), int, O(desks=6), -1),
    (rounded(QUARTERS, how="half_even"), int, O(desks=3), -2),
    (rounded(QUARTERS, how="up"), int, O(desks=8), -1),
    (rounded(QUARTERS, how="up"), int, O(desks=0), -3),
    (rounded(QUARTERS, how="up"), int, O(desks=5), -1),
    (rounded(QUARTERS, how="down"), int, O(desks=6), 0),
    (rounded(QUARTERS, how="down"), int, O(desks=0), -2),
    (rounded(office.desks, how="half_up"), int, O(desks=5), 5),
    # Of 13 times the desks: 65 to tens, 39.
    (rounded(office.desks * 13, 10, how="half_up"), int, O(desks=5), 70),
    (rounded(office.desks * 13, 10, how="half_even"), int, O(desks=5), 60),
    (rounded(office.desks * 13, 10, how="down"), int, O(desks=3), 30),
    (rounded(office.desks * 13, Fraction(40), how="up"), int, O(desks=1), 40),
    # 5/7 is 0.714…, 1/8 is 0.125; 5/7 lies between no quarters and three.
    (rounded(office.desks / 7, Decimal("0.01"), how="half_up"), RATIONAL, O(desks=5), "0.71"),
    (rounded(office.desks / 7, Decimal("0.01"), how="up"), RATIONAL, O(desks=5), "0.72"),
    (rounded(office.desks / 8, Decimal("0.01"), how="half_up"), RATIONAL, O(desks=1), "0.13"),
    (rounded(office.desks / 8, Decimal("0.01"), how="half_even"), RATIONAL, O(desks=1), "0.12"),
    (rounded(office.desks / 7, Fraction(3, 4), how="up"), RATIONAL, O(desks=5), "0.75"),
    (rounded(office.desks / 7, Fraction(3, 4), how="down"), RATIONAL, O(desks=5), "0"),
    (rounded(QUARTERS, Decimal("0.1"), how="half_up"), RATIONAL, O(desks=8), "-0.3"),
    (rounded(office.desks / office.floors, how="half_up"), int, O(desks=7, floors=2), 4),
    (rounded(office.desks / office.floors, how="half_up"), int, O(desks=7), None),
    # A quotient of which one part is unknown.
    (office.desks / office.floors, RATIONAL, O(desks=7), None),
    (office.desks / office.floors, RATIONAL, O(floors=7), None),
    (first_known(office.desks / office.floors, HALF + 1), RATIONAL, O(floors=7), None),
    (first_known(office.desks / office.floors, HALF + 1), RATIONAL, O(desks=3), "2.5"),
    (first_known(Constant(6) / office.floors, office.desks / 4), RATIONAL, O(desks=3), "0.75"),
    (first_known(office.desks / office.floors, OTHER / 4), RATIONAL, O(floors=7), "2.25"),
    (rounded(rounded(HALF, Fraction(1, 4), how="up"), how="half_up"), int, O(desks=1), 1),
    # 3% of 3,000, then 10% of what is beyond it, from 7,000 on 20%.
    (SCALE, RATIONAL, O(desks=0), "0"),
    (SCALE, RATIONAL, O(desks=3), "90"),
    (SCALE, RATIONAL, O(desks=4), "190"),
    (SCALE, RATIONAL, O(desks=7), "490"),
    (SCALE, RATIONAL, O(desks=9), "890"),
    (SCALE, RATIONAL, O(), None),
    (THIRDS, RATIONAL, O(desks=2), "2/3"),
    (THIRDS, RATIONAL, O(desks=5), "7/3"),  # 1, and twice 2/3
    (tiers(office.desks - 5, (1, 2), 3), int, O(desks=3), 0),  # what is below zero
    (tiers(office.desks - 5, (1, 2), 3), int, O(desks=8), 8),
]  # fmt: skip


@pytest.mark.parametrize("engine", EVERY_ENGINE)
@pytest.mark.parametrize(("value", "type_", "fact", "expected"), VALUES)
def test_values(
    engine: EngineName, value: Expression, type_: Any, fact: Office, expected: Any
) -> None:
    policy = directive(value_is(type_, value)).policy(as_of=DAY, engine=engine)
    answer = policy.decide(fact, "told")
    assert answer.as_json()["value"] == expected
    assert (expected is None) == bool(answer.needs)


CONDITIONS: list[tuple[Expression, Office, bool | None]] = [
    (greatest(office.desks / 3, HALF) >= Fraction(5, 2), O(desks=5), True),
    (greatest(office.desks / 3, HALF) > Fraction(5, 2), O(desks=5), False),
    (greatest(office.desks / 3, HALF) > Fraction(5, 2), O(), None),
    (~(least(office.desks, office.floors) >= 3), O(desks=2, floors=5), True),
    (~(least(office.desks, office.floors) >= 3), O(desks=2), None),
    (rounded(office.desks / 7, Decimal("0.01"), how="up").is_(Decimal("0.72")), O(desks=5), True),
    (rounded(office.desks / 7, Decimal("0.01"), how="up") < Decimal("0.72"), O(desks=5), False),
    (rounded(QUARTERS, how="up").is_(-1), O(desks=8), True),
    (SCALE > 190, O(desks=4), False),
    (SCALE > 190, O(desks=5), True),
    (latest(office.founded, AS_OF).is_(AS_OF), O(founded=DAY), True),
    (earliest(office.founded, AS_OF) < AS_OF, O(founded=DAY), False),
]


@pytest.mark.parametrize(("condition", "fact", "truth"), CONDITIONS)
def test_conditions(condition: Expression, fact: Office, truth: bool | None) -> None:
    assert told(condition, fact)[0] is truth


def test_what_is_gathered_over_a_partial_list_is_unknown_in_them() -> None:
    """Bounds are for direct comparisons: the greater of a count that may grow is unknown."""
    clerks = each(Clerk, office_id=office)
    facts = [Clerk(id="a", office_id="O"), Clerk(id="b", office_id="O")]
    condition = greatest(count(clerks), 1) >= 2
    answer, needs = told(condition, O(), facts)
    assert (answer, needs) == (None, ("complete.clerks",))
    assert told(condition, O(), facts, complete=[Clerk])[0] is True


LIMIT = says("1/1").sets("limit", 3, since={date(2020, 1, 1): 7})
OPEN_LIMIT = says("1/1").leaves_open("open_limit", int)
REFUSED = {
    "one value": (lambda: greatest(office.desks), "the greatest is of two values or more"),
    "a text": (
        lambda: least(office.motto, "a"),  # type: ignore[call-overload]
        "`least` is of numbers, `earliest` of dates; found text in `office.motto`",
    ),
    "a day": (
        lambda: greatest(office.founded, 3),
        "`greatest` is of numbers, `latest` of dates; found date in `office.founded`",
    ),
    "a day and a number": (
        lambda: latest(office.founded, 3),
        "`greatest` is of numbers, `latest` of dates; found integer in `3`",
    ),
    "what is otherwise": (
        lambda: greatest(office.desks, 3, otherwise=0),  # type: ignore[call-overload]
        "`otherwise` is for related facts, found `office.desks` first",
    ),
    "a moment and a day": (
        lambda: latest(office.checked_at, office.founded), "must be moment, found date",
    ),
    "to nothing": (lambda: rounded(HALF, 0, how="up"), "`to` is a number above 0, found `0`"),
    "to a field": (
        lambda: rounded(HALF, office.floors, how="up"),  # type: ignore[arg-type]
        "`to` is a number above 0, found `office.floors`",
    ),
    "in no way": (
        lambda: rounded(HALF, how="nearest"),  # type: ignore[arg-type]
        "`how` is one of `half_up`, `half_even`, `up`, `down`, found 'nearest'",
    ),
    "a day rounded": (lambda: rounded(office.founded, how="up"), "what is rounded must be integer"),
    "no limit": (lambda: tiers(office.desks, 3), "brackets are one or more limits"),
    "no rate beyond": (lambda: tiers(office.desks, (3, 1)), "brackets are one or more limits"),
    "a limit alone": (lambda: tiers(office.desks, 3, 4), "a bracket is a limit and a rate"),
    "a field as a limit": (
        lambda: tiers(office.desks, (office.floors, 1), 2),
        "limits and rates are constants or parameters",
    ),
    "limits that descend": (
        lambda: tiers(office.desks, (3, 1), (2, 2), 3), "the limits of brackets ascend, `2` does",
    ),
    "a limit of zero": (lambda: tiers(office.desks, (0, 1), 2), "the limits of brackets ascend"),
    "limits that descend from a day on": (
        lambda: tiers(office.desks, (LIMIT, 1), (5, 2), 3), "the limits of brackets ascend, `5`",
    ),
    "a day in brackets": (lambda: tiers(office.founded, (3, 1), 2), "what is in brackets must be"),
    "a text as a rate": (lambda: tiers(office.desks, (3, "1"), 2), "each limit and rate must be"),
}  # fmt: skip


@pytest.mark.parametrize("name", REFUSED)
def test_what_does_not_fit_is_refused(name: str) -> None:
    build, message = REFUSED[name]
    with pytest.raises(RuleTypeError) as error:
        build()  # type: ignore[no-untyped-call]
    assert message in str(error.value)
    assert error.value.zh


def test_limits_that_are_left_open_are_not_compared() -> None:
    scale = tiers(office.desks, (LIMIT, 1), (9, 2), 3)
    assert str(scale) == "tiers(office.desks, (limit, 1), (9, 2), 3)"
    assert scale.type == INTEGER
    assert tiers(office.desks, (OPEN_LIMIT, 1), (5, 2), 3).type == INTEGER


def test_what_is_shown_not_to_be_negative() -> None:
    shown = [
        greatest(office.desks - 3, 0), least(office.desks, 5), SCALE,
        rounded(HALF, 10, how="down"), tiers(office.desks - 5, (1, 2), 3),
    ]  # fmt: skip
    assert all(at_least(as_node(each), 0) for each in shown)
    assert not at_least(least(office.desks - 3, 5), 0)
    assert not at_least(tiers(office.desks, (1, 2), -1), 0)
    # A half is rounded to nothing, one to one, and ten to ten.
    assert not at_least(rounded(HALF, how="half_up"), 1)
    assert at_least(rounded(office.floors, how="down"), 1)
    assert not at_least(rounded(office.floors, 10, how="down"), 1)


def explained(value: Expression, type_: Any, fact: Office, lang: Any) -> str:
    policy = directive(value_is(type_, value)).policy(as_of=DAY)
    return policy.explain(policy.decide(fact, "told"), lang=lang)


def test_how_they_are_explained() -> None:
    five = O(desks=5, floors=3)
    said = {
        greatest(office.desks, office.floors): (
            "桌数、层数中较大的", "the greater of desks and floors",
        ),
        least(office.desks, office.floors, 2): (
            "桌数、层数、2中较小的", "the least of desks, floors and 2",
        ),
        rounded(HALF, how="half_up"): (
            "桌数 ÷ 2（四舍五入取整）", "desks ÷ 2, rounded half up to a whole number",
        ),
        rounded(HALF, Decimal("0.1"), how="half_even"): (
            "桌数 ÷ 2（四舍六入五成双到0.1）", "desks ÷ 2, rounded half to even to 0.1",
        ),
        rounded(QUARTERS, how="up"): (
            "(桌数 - 9) ÷ 4（按绝对值进一取整）",
            "(desks - 9) ÷ 4, rounded up (away from zero) to a whole number",
        ),
        rounded(QUARTERS, 10, how="down"): (
            "(桌数 - 9) ÷ 4（按绝对值去尾到10）",
            "(desks - 9) ÷ 4, rounded down (towards zero) to 10",
        ),
    }  # fmt: skip
    for value, (zh, en) in said.items():
        assert f"事为{zh}［" in explained(value, value.type, five, "zh")
        assert f"thing is {en} [" in explained(value, value.type, five, "en")
    dated = O(founded=DAY)
    assert "成立日期、基准日期（2019年10月1日）中较晚的" in explained(
        latest(office.founded, AS_OF), DATE, dated, "zh"
    )
    assert "the earlier of founded and the policy's date" in explained(
        earliest(office.founded, AS_OF), DATE, dated, "en"
    )


def test_how_brackets_are_explained() -> None:
    """Each with its limit, its rate and what comes of it."""
    scale = tiers(office.desks, (3, percent(10)), (6, percent(20)), LIMIT)
    assert explained(scale, RATIONAL, O(desks=8), "zh").splitlines()[1:] == [
        "  ✓ 事为桌数分级计算（不超过3件的部分10%，超过3件至6件的部分20%，超过6件的部分3）"
        "［第一部分第一句“字”］",
        "    ✓ 桌数：8件",
        "    ✓ 不超过3件的部分10%：0.3件",
        "    ✓ 超过3件至6件的部分20%：0.6件",
        "    ✓ 超过6件的部分3：6件",
    ]
    assert explained(scale, RATIONAL, O(desks=8), "en").splitlines()[1:] == [
        "  ✓ thing is desks in brackets (10% up to 3 pieces, 20% of what exceeds 3 pieces up to 6 "
        "pieces, 3 of what exceeds 6 pieces) [1 sentence 1: “字”]",
        "    ✓ desks: 8 pieces",
        "    ✓ 10% up to 3 pieces: 0.3 pieces",
        "    ✓ 20% of what exceeds 3 pieces up to 6 pieces: 0.6 pieces",
        "    ✓ 3 of what exceeds 6 pieces: 6 pieces",
    ]
    unknown = explained(scale, RATIONAL, O(), "en")
    assert "？ 10% up to 3 pieces: unknown" in unknown


# What other rules read of a definition: how large it can become, by the values of its parameters

_RATE = says("1/2", quote="费率", **LABELS).sets("rate", Decimal("104857.61"))
_COST = defining(office, "cost", RATIONAL)(**LABELS).by(
    at("1/2")("费率").makes(tiers(office.desks, (3, _RATE), (6, 2), 1))
)
_TIMES = says("1/2", quote="倍数", **LABELS).sets("times", 5_000_000_000)
_COPIES = defining(office, "copies", int)(**LABELS).by(
    at("1/2")("倍数").makes(_TIMES * office.desks)
)


@pytest.mark.parametrize("engine", EVERY_ENGINE)
def test_brackets_of_a_definition_that_others_read(engine: EngineName) -> None:
    """By hand: 3 x 104857.61 + 1 x 2 = 314574.83; and half of it."""
    policy = directive(value_is(RATIONAL, _COST.of(office) / 2), _COST).policy(
        as_of=DAY, engine=engine
    )
    assert policy.decide(O(desks=4), "told").as_json()["value"] == "157287.415"


@pytest.mark.parametrize("engine", EVERY_ENGINE)
def test_a_product_of_definitions_has_the_width_of_their_parameters(engine: EngineName) -> None:
    """By hand: (5 000 000 000 x 9) squared is 2025 x 10^18, beyond 64 bits; and another time."""
    square = value_is(int, _COPIES.of(office) * _COPIES.of(office))
    for times, expected in ((5_000_000_000, 2025 * 10**18), (2, 324)):
        policy = directive(square, _COPIES).policy(
            as_of=DAY, engine=engine, parameters={"times": times}
        )
        assert policy.decide(O(desks=9), "told").as_json()["value"] == expected


def test_what_comes_of_rates_with_a_unit_is_not_in_that_of_the_number() -> None:
    """Yuan a desk times desks are no desks; a share of desks is desks."""
    rate = says("1/2", quote="费率", **LABELS).sets("rate", 5, unit=("元/张", "yuan a desk"))
    fee = value_is(int, tiers(office.desks, (3, rate), 2))
    policy = directive(fee).policy(as_of=DAY)
    shown = policy.explain(policy.decide(O(desks=4), "told"), "en")
    assert "5 yuan a desk up to 3 pieces: 15\n" in shown
    share = value_is(RATIONAL, tiers(office.desks, (3, percent(50)), 2))
    policy = directive(share).policy(as_of=DAY)
    assert "50% up to 3 pieces: 1.5 pieces\n" in policy.explain(
        policy.decide(O(desks=4), "told"), "en"
    )


def test_brackets_of_rates_in_the_unit_of_the_result() -> None:
    """0.20 yuan a piece is no share, and what comes of it is yuan: by hand 3 x 0.2, 1 x 0.5."""
    scale = tiers(office.desks, (3, Decimal("0.20")), Decimal("0.50"))
    fee = defining(office, "fee", RATIONAL, unit=("元", "yuan"))(**LABELS).by(
        at("1/1")("字").makes(rounded(least(scale, 15), Decimal("0.05"), how="down"))
    )
    policy = directive(fee).policy(as_of=DAY)
    answer = policy.decide(O(desks=4), "fee")
    assert policy.explain(answer, "en").splitlines()[-2:] == [
        "    ✓ 0.2 up to 3 pieces: 0.6 yuan",
        "    ✓ 0.5 of what exceeds 3 pieces: 0.5 yuan",
    ]
    assert policy.explain(answer, "zh").splitlines()[-2:] == [
        "    ✓ 不超过3件的部分0.2：0.6元",
        "    ✓ 超过3件的部分0.5：0.5元",
    ]
    assert "in brackets (0.2 up to 3 pieces, 0.5 of what" in policy.explain(answer, "en")


def test_dates_are_not_added_as_numbers_are() -> None:
    with pytest.raises(RuleTypeError, match=r"found a date in .*days_until.*plus_days"):
        AS_OF - office.founded
    with pytest.raises(RuleTypeError, match=r"found a date in .*days_until.*plus_days"):
        office.founded + 10


def test_a_score_of_small_weights_stays_within_whole_numbers_of_sql() -> None:
    """Of weights of a ten-thousandth, 90 of a score is 9e9 of what SQL compares it with."""
    weight = Fraction(1, 10_000)
    score = defining(office, "score", RATIONAL)(**LABELS).by(
        quoted("1/1", **QUOTE).makes(weight * office.desks + weight * office.floors)
    )
    high = says("1/2", **SAYS).demands(office, score.of(office) >= 90)
    low = says("1/3", **SAYS).demands(office, score.of(office) >= Fraction(9, 10_000))
    (not_high, enough) = found(directive(score, high, low), [O(desks=8, floors=1)])
    assert (str(not_high.status), str(enough.status)) == ("breached", "satisfied")


def test_what_is_measured_may_be_beyond_64_bits() -> None:
    """By hand: 9 x 9 x 3e18 = 243e18; clerks of 9 and 9 files 18e18. 64 bits end at 9.2e18."""
    clerk = each(Clerk, office_id=office)
    large = says("1/1", **SAYS).demands(office, office.desks * office.desks * (3 * 10**18) <= 5)
    many = says("1/2", **SAYS).demands(office, total(clerk, clerk.files * 10**18) >= 19 * 10**18)
    clerks = [Clerk(id=f"C{number}", office_id="O", files=9) for number in range(2)]
    facts = [O(desks=9), *clerks]
    measured = [
        (each_.actual, each_.required, each_.shortfall)
        for each_ in found(directive(large, many), facts, complete=[Clerk])
        if each_.subject == "offices/O"
    ]
    assert measured == [
        (243 * 10**18, 5, 243 * 10**18 - 5),
        (18 * 10**18, 19 * 10**18, 10**18),
    ]


def test_large_whole_numbers_keep_their_digits_in_files(tmp_path: Path) -> None:
    """A HUGEINT is written to Parquet as a DOUBLE, in which 27e18 and 1 is 27e18."""
    connection = duckdb.connect()
    connection.execute("CREATE TABLE offices AS SELECT 'O' AS id, 3 AS desks")
    cube = value_is(int, office.desks * office.desks * office.desks * 10**18 + 1)
    file = str(tmp_path / "values.parquet")
    tables = pr.on(directive(cube).policy(as_of=DAY), connection)
    tables.decisions(Office, "told").write_parquet(file)
    (row,) = connection.execute(f"SELECT value FROM '{file}'").fetchall()
    assert row == (27 * 10**18 + 1,)


def test_whether_measures_go_beyond_64_bits() -> None:
    """Of duties and of two accounts that should agree; sums of a million values are what counts."""
    clerk = each(Clerk, office_id=office)
    large = says("1/1", **SAYS).demands(office, office.desks * 10**19 >= 5)
    both = says("1/1", **SAYS).agrees(office, office.desks * 10**19, office.floors)
    small = says("1/1", **SAYS).demands(office, total(clerk, clerk.files * 10**11) >= office.desks)
    for rule, wide in ((large, True), (both, True), (small, False)):
        regime = directive(rule).policy(as_of=DAY).regime
        assert measures_are_wide(regime, with_exemptions=False) is wide
