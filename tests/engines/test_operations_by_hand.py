"""Operations on texts, dates, numbers and sets on every engine: values derived by hand."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction
from typing import Any, Final

import duckdb
import pytest
from sqlglot import exp

from policy_rules.answers import ConflictError
from policy_rules.engines.folded import FoldedRegime
from policy_rules.engines.sql.databases import DIALECTS
from policy_rules.engines.sql.dialects import SQL_NULL, case
from policy_rules.engines.sql.ranges import Widths
from policy_rules.facts import Fact
from policy_rules.language import (
    AS_OF,
    RATIONAL,
    WorkCalendar,
    average,
    count,
    each,
    earliest,
    first_known,
    greatest,
    latest,
    least,
    rounded,
    set_of,
    subject,
    the,
)
from policy_rules.language.coverage import never_both
from policy_rules.language.expressions import Constant, all_of, any_of
from policy_rules.language.places import author_line
from policy_rules.language.rails import PartOf
from policy_rules.language.ranges import Bound
from policy_rules.language.rewriting import places_of
from policy_rules.language.units import unit_of
from policy_rules.tables.on_tables import on
from policy_rules.testing.made_up import Claim, Clerk, Colour, Office
from tests.engines.test_sets_and_nesting import ENGINES, told
from tests.support.made_up_rules import DAY, LABELS, SAYS, O, directive, office, value_is
from tests.support.writing import defining, quoted, says

OFFICE: Final = O(
    motto="Foo bar",
    places={"3503", "3504"},
    founded=date(2019, 3, 31),
    checked_at=datetime(2019, 3, 31, 10, 30),
    desks=3,
    floors=5,
    rent=Decimal("7.5"),
)
clerk: Any = each(Clerk, office_id=office)
CLERKS: Final[list[Fact]] = [
    Office(id="P"),
    Clerk(id="A", office_id="O", files=2, since=date(2019, 1, 2), senior=True),
    Clerk(id="B", office_id="O", files=5, since=date(2018, 1, 2), senior=True),
    Clerk(id="C", office_id="P", files=9, since=date(2020, 1, 2), senior=True),
]

TEXTS: Final[dict[str, tuple[Any, bool]]] = {
    "begins": (office.motto.starts_with("Foo"), True),
    "begins in other letters": (office.motto.starts_with("foo"), False),
    "no wildcard": (office.motto.starts_with("F%"), False),
    "ends": (office.motto.ends_with("bar"), True),
    "ends otherwise": (office.motto.ends_with("ba"), False),
    "some begins": (office.places.some_start_with("3504"), True),
    "none begins": (office.places.some_start_with("36"), False),
    "all begin": (office.places.all_start_with("350"), True),
    "named": (office.motto.is_named_in({"bar"}, after={"Foo "}), True),
    "named itself": (office.motto.is_named_in({"Foo bar"}, after={"x"}), True),
    "not named": (office.motto.is_named_in({"ar"}, after={"Foo "}), False),
}


@pytest.mark.parametrize("name", TEXTS)
def test_texts(name: str) -> None:
    expression, expected = TEXTS[name]
    assert told(expression, OFFICE) == (expected, ())
    field = "places" if "some" in name or "none" in name or "all" in name else "motto"
    assert told(expression, O()) == (None, (f"offices/O.{field}",))


VALUES: Final[dict[str, tuple[Any, Any, Any]]] = {
    "a month later": (office.founded.plus_months(1), date, date(2019, 4, 30)),
    "days of the facts later": (office.founded.plus_days(office.desks), date, date(2019, 4, 3)),
    "years later": (office.founded.plus_years(1), date, date(2020, 3, 31)),
    "days until": (office.founded.days_until(date(2019, 4, 2)), int, 2),
    "the greater": (greatest(office.desks, office.floors), int, 5),
    "the less": (least(office.desks, office.floors, 4), int, 3),
    "the later": (latest(office.founded, date(2019, 4, 1)), date, date(2019, 4, 1)),
    "half up": (rounded(office.floors / 2, 1, how="half_up"), int, 3),
    "half to even": (rounded(office.floors / 2, 1, how="half_even"), int, 2),
    "in fives": (rounded(office.desks * 4, 5, how="down"), int, 10),
    "a quarter": (rounded(office.desks / 7, Fraction(1, 4), how="up"), RATIONAL, Fraction(1, 2)),
    "of a decimal": (office.rent * 2, RATIONAL, 15),
}


@pytest.mark.parametrize("name", VALUES)
def test_values(name: str) -> None:
    expression, type_, expected = VALUES[name]
    assert told(expression, OFFICE, type_=type_) == (expected, ())
    assert told(expression, O(), type_=type_)[0] is None


RELATED: Final[dict[str, tuple[Any, Any, Any, Any]]] = {
    # The value of the clerks A and B; that where there is no clerk.
    "greatest": (greatest(clerk, clerk.files, otherwise=0), int, 5, 0),
    "least": (least(clerk, clerk.files, otherwise=0), int, 2, 0),
    "mean": (average(clerk, clerk.files, otherwise=0), RATIONAL, Fraction(7, 2), 0),
    "latest": (
        latest(clerk, clerk.since, otherwise=date(2000, 1, 1)), date, date(2019, 1, 2),
        date(2000, 1, 1),
    ),
    "earliest": (
        earliest(clerk, clerk.since, otherwise=date(2000, 1, 1)), date, date(2018, 1, 2),
        date(2000, 1, 1),
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", RELATED)
def test_values_of_related_facts(name: str) -> None:
    expression, type_, expected, without = RELATED[name]
    assert told(expression, OFFICE, CLERKS, type_=type_) == (expected, ())
    assert told(expression, OFFICE, type_=type_) == (without, ())
    assert told(expression, OFFICE, complete=(Office,), type_=type_)[0] is None


def test_what_operations_are_called() -> None:
    """As faults name them."""
    assert (
        str(rounded(office.rent, Decimal("0.5"), how="up"))
        == "rounded(office.rent, to=0.5, how=up)"
    )
    assert str(RELATED["mean"][0]) == "average(clerk.files of clerk where True, otherwise 0)"


def test_what_a_subject_can_be_asked_for() -> None:
    assert {"motto", "desks"} <= set(dir(office))


def test_sets_of_which_one_is_left_open() -> None:
    """Of nothing that is known, nothing is known, also where a database is never asked."""
    left_open: Any = says("1/2", **SAYS).leaves_open("colours_meant", set_of(Colour))
    assert told(office.colours.overlaps(left_open), O(colours={Colour.RED})) == (
        None, ("parameters.colours_meant",),
    )  # fmt: skip


def test_a_decimal_of_what_no_table_has() -> None:
    home: Any = the(Office, subject(Clerk).office_id)
    lone = Clerk(id="A", office_id="elsewhere")
    assert told(home.rent >= 1, lone, complete=(Clerk,)) == (None, ("offices/elsewhere.rent",))


def test_one_number_in_two_places() -> None:
    half: Any = rounded(office.floors / 2, 1, how="up")
    assert told((half >= 3) & (half * 2 <= 6), OFFICE) == (True, ())


def test_where_one_side_of_what_is_joined_is_in_no_table() -> None:
    alike: Any = each(Claim, colours=office.colours)
    assert told(count(alike) >= 1, O(), complete=()) == (
        None, ("complete.claims",),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("name", "divided"),
    [("postgres", "CAST(a / b AS DECIMAL(38, 0))"), ("duckdb", "a // b")],
)
def test_wide_numbers_are_divided_whole(name: str, divided: str) -> None:
    dialect = DIALECTS[name]
    made = dialect.whole_part(exp.column("a"), exp.column("b"), wide=True)
    assert dialect.sql(made) == divided


def test_how_databases_say_what_begins_and_what_is_said_once() -> None:
    begins = {
        name: DIALECTS[name].sql(DIALECTS[name].starts_with(exp.column("a"), exp.column("b")))
        for name in ("duckdb", "postgres", "spark", "mysql")
    }
    assert begins == {
        "duckdb": "STARTS_WITH(a, b)",
        "postgres": "STARTS_WITH(a, b)",
        "spark": "STARTSWITH(a, b)",
        "mysql": "LOCATE(b, a) = 1",
    }
    once = {
        name: DIALECTS[name].sql(DIALECTS[name].distinct_words(exp.column("a")))
        for name in ("postgres", "oracle")
    }
    assert once == {
        "postgres": "ARRAY_TO_STRING(ARRAY(SELECT DISTINCT UNNEST(STRING_TO_ARRAY(a, ' ')) "
        "ORDER BY 1), ' ')",
        "oracle": "a",
    }


def test_columns_have_the_types_of_their_database() -> None:
    kinds = ("text", "bigint", "boolean", "date", "timestamp")
    found = {
        name: [DIALECTS[name].column_type(each) for each in kinds]
        for name in ("postgres", "oracle", "mysql")
    }
    assert found == {
        "postgres": ["TEXT", "BIGINT", "BOOLEAN", "DATE", "TIMESTAMP"],
        "oracle": ["VARCHAR2(4000)", "NUMBER(19)", "NUMBER(1)", "DATE", "TIMESTAMP"],
        "mysql": ["LONGTEXT", "BIGINT", "BOOLEAN", "DATE", "DATETIME(6)"],
    }


def test_a_conflict_is_raised_of_a_bound_question_too() -> None:
    size = defining(office, "told", int)(**LABELS).by(
        quoted("1/1").makes(1, when=office.open), quoted("1/2").makes(2, when=office.large),
        otherwise=quoted("1/3").makes(0),
    )  # fmt: skip
    made = directive(size)
    for engine in ENGINES:
        ask = made.policy(as_of=DAY, engine=engine).asker(Office, "told")
        assert ask(O(open=True, large=False)).value == 1
        with pytest.raises(ConflictError):
            ask(O(open=True, large=True))


def test_where_the_parts_of_an_agreement_stand() -> None:
    agreed = says("1/1", **SAYS).agrees(office, office.desks, office.floors)
    assert [place for _, place in places_of(agreed)] == ["applies", "first", "second"]


def test_the_unit_of_what_is_rounded() -> None:
    assert unit_of(rounded(office.desks / 2, how="up")) == ("件", "pieces")


def test_a_quotient_has_a_unit_where_one_of_both_has() -> None:
    """People by people to an officer are no people."""
    assert unit_of(office.desks / office.floors) == ("", "")
    assert unit_of(office.desks / 2) == ("件", "pieces")


def test_working_days_by_their_name() -> None:
    calendar: Any = says("1/1", **SAYS).sets("working", WorkCalendar({2019}, (), ()))
    assert str(office.founded.plus_working_days(3, calendar)) == (
        "(office.founded + 3 working days by working)"
    )


def test_rules_of_which_too_many_combinations_could_meet() -> None:
    """They are taken to be able to: whether they do is found for each fact."""
    pairs: Any = [(office.desks >= n, office.floors >= n) for n in range(16)]
    one_of_each = all_of(*(one | other for one, other in pairs))
    neither_of_some = any_of(*(~one & ~other for one, other in pairs))
    assert not never_both(one_of_each, neither_of_some)


def test_the_line_of_what_cannot_be_read() -> None:
    with pytest.raises(SyntaxError) as error:
        compile("x = (", "rules.py", "exec")
    assert author_line(error.value) == "rules.py:1"


# On tables of which some are not there


def tables_of(told_: Any, type_: Any, *statements: str, complete: tuple[type[Fact], ...]) -> Any:
    """The value on tables that lack what the rules read, as the reference gives it too."""
    database = duckdb.connect()
    for statement in statements:
        database.execute(statement)
    policy = directive(value_is(type_, told_)).policy(as_of=DAY)
    (row,) = on(policy, database, complete=complete).decisions(Office, "told").fetchall()
    return row


@pytest.mark.parametrize("name", RELATED)
def test_values_of_related_facts_that_no_table_has(name: str) -> None:
    expression, type_, _, without = RELATED[name]
    offices = "CREATE TABLE offices AS SELECT 'O' AS id"
    known = tables_of(expression, type_, offices, complete=(Office, Clerk))
    assert str(without) in map(str, known)
    unknown = tables_of(expression, type_, offices, complete=(Office,))
    assert unknown[-1] == "complete.clerks"


def test_decimals_that_no_column_has() -> None:
    offices = "CREATE TABLE offices AS SELECT 'O' AS id"
    assert tables_of(office.rent * 2 >= 15, bool, offices, complete=(Office,))[-1] == (
        "offices/O.rent"
    )


def test_what_is_joined_by_columns_that_are_not_there() -> None:
    alike: Any = each(Clerk, colour=office.colour)
    row = tables_of(
        count(alike) >= 1, bool, "CREATE TABLE offices AS SELECT 'O' AS id",
        "CREATE TABLE clerks AS SELECT 'C' AS id, true AS senior", complete=(Office, Clerk),
    )  # fmt: skip
    assert set(row[-1].split()) == {"clerks/C.colour", "offices/O.colour"}


def test_decimals_in_conditions() -> None:
    assert told(office.rent * 2 >= 15, OFFICE) == (True, ())
    assert told(office.rent * 2 > 15, OFFICE) == (False, ())


def test_a_value_that_is_no_column() -> None:
    left_open: Any = says("1/2", **SAYS).leaves_open("number_meant", int)
    value = greatest(clerk, left_open, otherwise=0)
    assert told(value, OFFICE, CLERKS, type_=int) == (None, ("parameters.number_meant",))
    neither: Any = greatest(clerk, left_open, otherwise=left_open)
    assert told(neither, OFFICE, CLERKS, type_=int) == (None, ("parameters.number_meant",))
    constant: Any = greatest(clerk, Constant(3), otherwise=0)
    assert told(constant, OFFICE, CLERKS, type_=int) == (3, ())


def test_which_whole_numbers_have_64_bits() -> None:
    """Columns and counts have; literals, years and days between do not."""
    widths = Widths(
        FoldedRegime(directive(value_is(int, office.desks)).policy(as_of=DAY).regime, False)
    )
    some: Any = greatest(clerk, clerk.files, otherwise=0)
    calendar: Any = says("1/1", **SAYS).sets("working", WorkCalendar({2019}, (), ()))
    days: Any = office.founded.working_days_until(AS_OF, calendar)
    for wide in (office.desks, some, Bound(some, "low"), PartOf(office.rent, "steps"),
                 first_known(office.desks, Constant(1)), least(office.desks, 1), office.desks + 1,
                 rounded(office.desks / 2, how="up")):  # fmt: skip
        assert widths.is_bigint(wide), wide
    for narrow in (Constant(1), office.founded.year(), office.founded.year() + 1, days):
        assert not widths.is_bigint(narrow), narrow
    assert widths.largest(days) == 20_000 * 366


def test_what_is_read_many_times_is_looked_into_once() -> None:
    size = defining(office, "size", int)(**LABELS).by(
        quoted("1/2").makes(office.desks, when=office.open), otherwise=quoted("1/2").makes(1)
    )
    many: Any = size.of(office)
    for _ in range(11):
        many = many + size.of(office)
    made = directive(size, value_is(bool, many >= 24))
    for engine in ENGINES:
        policy = made.policy(as_of=DAY, engine=engine)
        assert policy.decide(O(), "told").needs == ("offices/O.desks", "offices/O.open")
        assert policy.decide(O(open=True, desks=2), "told").value is True


def test_a_case_of_nothing_known_is_nothing_known() -> None:
    """FOUND on PostgreSQL: it took such a case for a text, and could take no days from it."""
    when = exp.column("a")
    assert case([(when, SQL_NULL)]) is SQL_NULL
    assert case([(when, SQL_NULL)], SQL_NULL) is SQL_NULL
    assert case([], exp.column("b")).sql() == "b"
    assert case([(when, exp.column("b"))], SQL_NULL).sql() == ("CASE WHEN a THEN b ELSE NULL END")
