"""A class for each database: what it says otherwise, and what it does not support.

The tests run DuckDB, PostgreSQL, Spark and MariaDB; of the others they look at the text only.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import ClassVar, Final

from sqlglot import exp

from .dialects import (
    SQL_NULL,
    Dialect,
    Feature,
    atom,
    call,
    case,
    cast,
    equal,
    literal,
    number,
    sql_or,
)

_IN_A_DAY: Final = 24 * 60


class _MovingByIntervals(Dialect, ABC):
    """A database in which days and moments are moved by adding to them."""

    def moved(self, of: exp.Expression, by: exp.Expression, unit: str) -> exp.Expression:
        if unit == "days":
            days = by if _written(by) is not None else cast(by, "int")
            return exp.Paren(this=exp.Add(this=atom(of), expression=days))
        written = _written(by)
        span: exp.Expression
        if written is not None:
            span = exp.Interval(this=literal(written), unit=exp.var(unit[:-1].upper()))
        else:
            span = self.interval(by, unit)
        later = exp.Add(this=atom(of), expression=span)
        return exp.Paren(this=later) if unit == "minutes" else cast(later, "date")

    @abstractmethod
    def interval(self, by: exp.Expression, unit: str) -> exp.Expression:
        """Years, months or minutes of which there are as many as a number says."""

    def days_and_minutes(self, by: exp.Expression) -> list[exp.Expression]:
        """A number of minutes as days, no hours, and minutes, which are small numbers."""
        minutes = cast(by, "bigint")
        whole = exp.Paren(this=exp.Mod(this=minutes, expression=number(_IN_A_DAY)))
        of_days = exp.Paren(this=exp.Sub(this=minutes, expression=whole))
        days = self.whole_part(of_days, number(_IN_A_DAY))
        return [cast(days, "int"), number(0), cast(whole, "int")]


class DuckDB(_MovingByIntervals):
    name = reader = "duckdb"
    wide = "HUGEINT"
    says_what_to_keep = True
    divides_by_div = True
    lists_rows = True

    def by_letters(self, text: exp.Expression) -> exp.Expression:
        # Of a column with `COLLATE NOCASE`, whatever is made of it is compared so, too.
        return exp.Collate(this=text, expression=exp.var("C"))

    def spread(
        self, source: exp.Table, rows: Sequence[Sequence[tuple[str, exp.Expression]]]
    ) -> exp.Query:
        """From lists, in one pass: a union would be planned, and read all columns, for each."""
        chosen = []
        for (name, first), *others in zip(*rows, strict=True):
            value = first
            if any(each != first for _, each in others):
                listed = [each.copy() for _, each in ((name, first), *others)]
                value = call("UNNEST", exp.Array(expressions=listed))
            chosen.append((name, value))
        return self.selected(chosen).from_(source, copy=False)

    def whole_part(
        self, multiple: exp.Expression, divisor: exp.Expression, *, wide: bool = False
    ) -> exp.Expression:
        return super().whole_part(multiple, divisor)

    def gathered_words(self, texts: exp.Expression) -> exp.Expression:
        return exp.GroupConcat(this=texts, separator=literal(" "))

    def distinct_words(self, text: exp.Expression) -> exp.Expression:
        return self.sorted_words(text, literal(" "), literal(" "))

    def sorted_words(
        self, text: exp.Expression, mark: exp.Expression, between: exp.Expression
    ) -> exp.Expression:
        once = call("LIST_SORT", call("LIST_DISTINCT", call("STRING_SPLIT", text, mark)))
        return call("ARRAY_TO_STRING", once, between)

    def starts_with(self, text: exp.Expression, prefix: exp.Expression) -> exp.Expression:
        return call("STARTS_WITH", text, prefix)

    def ends_with(self, text: exp.Expression, suffix: exp.Expression) -> exp.Expression:
        return call("ENDS_WITH", text, suffix)

    def interval(self, by: exp.Expression, unit: str) -> exp.Expression:
        return call(f"TO_{unit.upper()}", cast(by, "bigint" if unit == "minutes" else "int"))

    def days_between(self, start: exp.Expression, end: exp.Expression) -> exp.Expression:
        return call("DATE_DIFF", literal("day"), start, end)

    def minutes_between(self, start: exp.Expression, end: exp.Expression) -> exp.Expression:
        # Counts whole ones; DATE_DIFF would count how often the minute changes.
        return call("DATE_SUB", literal("minute"), start, end)

    def read_time(self, text: exp.Expression, type_: str) -> exp.Expression:
        # Only days of the calendar come here; but it casts before it looks.
        return exp.TryCast(this=text, to=exp.DataType.build(type_))

    def regex_replaced(self, text: exp.Expression, pattern: str, by: str) -> exp.Expression:
        return call("REGEXP_REPLACE", text, literal(pattern), literal(by), literal("g"))

    def character_range(self, first: int, last: int) -> str:
        return f"\\x{{{first:X}}}-\\x{{{last:X}}}"

    def divided(self, over: str, under: str) -> str:
        return f"({over} // {under})"


class PostgreSQL(_MovingByIntervals):
    name = reader = "postgres"
    wide = "NUMERIC"
    inlines = True

    def part(self, unit: str, day: exp.Expression) -> exp.Expression:
        return cast(super().part(unit, day), "bigint")

    def distinct_words(self, text: exp.Expression) -> exp.Expression:
        space = literal(" ")
        words = call("UNNEST", call("STRING_TO_ARRAY", text, space))
        query = exp.select(words).distinct().order_by(number(1))
        return call("ARRAY_TO_STRING", call("ARRAY", query), space.copy())

    def starts_with(self, text: exp.Expression, prefix: exp.Expression) -> exp.Expression:
        return call("STARTS_WITH", text, prefix)

    def interval(self, by: exp.Expression, unit: str) -> exp.Expression:
        nothing = number(0)
        parts = {
            "years": lambda: [cast(by, "int")],
            "months": lambda: [nothing, cast(by, "int")],
            "minutes": lambda: [nothing, nothing, nothing, *self.days_and_minutes(by)],
        }
        return call("MAKE_INTERVAL", *parts[unit]())

    def days_between(self, start: exp.Expression, end: exp.Expression) -> exp.Expression:
        return _difference(end, start)

    def minutes_between(self, start: exp.Expression, end: exp.Expression) -> exp.Expression:
        span = exp.Extract(this=exp.var("EPOCH"), expression=_difference(end, start))
        return cast(call("DIV", cast(span, "decimal"), number(60)), "bigint")

    def group_of(self, text: exp.Expression, pattern: str) -> exp.Expression:
        return call("SUBSTRING", text.copy(), literal(pattern))

    def regex_replaced(self, text: exp.Expression, pattern: str, by: str) -> exp.Expression:
        return call("REGEXP_REPLACE", text, literal(pattern), literal(by), literal("g"))

    def character_range(self, first: int, last: int) -> str:
        return f"\\U{max(first, 1):08X}-\\U{last:08X}"

    def joined_list(self, listed: exp.Expression, between: str, damage: str) -> exp.Expression:
        return call("ARRAY_TO_STRING", listed, literal(between), literal(damage))

    def length_of_list(self, listed: exp.Expression) -> exp.Expression:
        return call("CARDINALITY", listed.copy())

    def sorted_words(
        self, text: exp.Expression, mark: exp.Expression, between: exp.Expression
    ) -> exp.Expression:
        # By the words' own characters, whatever language the database sorts by.
        word = exp.Collate(
            this=exp.column("code", table="codes"), expression=exp.to_identifier("C", quoted=True)
        )
        listed = exp.Order(
            this=exp.Distinct(expressions=[word]), expressions=[exp.Ordered(this=word.copy())]
        )
        words = exp.Unnest(
            expressions=[call("STRING_TO_ARRAY", text, mark)],
            alias=exp.TableAlias(
                this=exp.to_identifier("codes"), columns=[exp.to_identifier("code")]
            ),
        )
        joined = exp.GroupConcat(this=listed, separator=between)
        return exp.Subquery(this=exp.select(joined).from_(words))


class _LikePostgreSQL(PostgreSQL):
    """A database one of whose modes is PostgreSQL's; in others the text says other things."""

    guard = """DO $$ BEGIN
  IF '' IS NULL OR 3 / 2 <> 1 OR DATE '2020-03-01' - DATE '2020-02-28' <> 2 THEN
    RAISE EXCEPTION 'these views are for the mode of PostgreSQL';
  END IF;
END $$;"""


class Kingbase(_LikePostgreSQL):
    """KingbaseES in the mode of PostgreSQL."""

    name = "kingbase"


class OpenGauss(_LikePostgreSQL):
    """openGauss in the mode of PostgreSQL."""

    name = "opengauss"


class Spark(_MovingByIntervals):
    name = reader = "spark"
    says: ClassVar[Mapping[str, str]] = {"LEN": "SIZE"}
    text_type = id_type = "STRING"
    moment_type = "timestampntz"  # a timestamp without more is of the session's time zone
    keeps_parts = False
    divides_by_div = True
    end_of_text = r"\z"  # `$` also stands before the end of a last line

    def gathered(self, texts: exp.Expression) -> exp.Expression:
        in_order = call("SORT_ARRAY", call("COLLECT_LIST", texts))
        # Of none nothing, as elsewhere.
        return exp.Nullif(this=call("ARRAY_JOIN", in_order, literal(" ")), expression=literal(""))

    def distinct_words(self, text: exp.Expression) -> exp.Expression:
        return self.sorted_words(text, literal(" "), literal(" "))

    def sorted_words(
        self, text: exp.Expression, mark: exp.Expression, between: exp.Expression
    ) -> exp.Expression:
        once = call("ARRAY_SORT", call("ARRAY_DISTINCT", call("SPLIT", text, mark)))
        return call("ARRAY_JOIN", once, between)

    def starts_with(self, text: exp.Expression, prefix: exp.Expression) -> exp.Expression:
        return call("STARTSWITH", text, prefix)

    def ends_with(self, text: exp.Expression, suffix: exp.Expression) -> exp.Expression:
        return call("ENDSWITH", text, suffix)

    def moved(self, of: exp.Expression, by: exp.Expression, unit: str) -> exp.Expression:
        if unit == "minutes":
            return super().moved(of, by, unit)
        whole = by if _written(by) is not None else cast(by, "int")
        if unit == "days":
            return call("DATE_ADD", of, whole)
        return call("ADD_MONTHS", of, _months(whole, unit))

    def interval(self, by: exp.Expression, unit: str) -> exp.Expression:
        return call("MAKE_DT_INTERVAL", *self.days_and_minutes(by))

    def minutes_between(self, start: exp.Expression, end: exp.Expression) -> exp.Expression:
        days, hours, minutes = _parts_of(_difference(end, start))
        return _in_minutes(cast(days, "bigint"), hours, minutes)

    def read_time(self, text: exp.Expression, type_: str) -> exp.Expression:
        # Only days of the calendar come here; but it casts before it looks.
        of_type = self.moment_type if type_ == "timestamp" else type_
        return exp.TryCast(this=text, to=exp.DataType.build(of_type))

    def at_offset(self, text: exp.Expression, offset: exp.Expression, zone: str) -> exp.Expression:
        return call("CONVERT_TIMEZONE", offset, literal(zone), self.read_time(text, "timestamp"))

    def regex_replaced(self, text: exp.Expression, pattern: str, by: str) -> exp.Expression:
        return super().regex_replaced(text, pattern, by.replace("\\", "$"))

    def character_range(self, first: int, last: int) -> str:
        return f"\\x{{{first:X}}}-\\x{{{last:X}}}"

    def joined_list(self, listed: exp.Expression, between: str, damage: str) -> exp.Expression:
        return call("ARRAY_JOIN", listed, literal(between), literal(damage))


class Oracle(Dialect):
    name = reader = "oracle"
    unsupported = frozenset({Feature.LISTS})
    booleans = False
    empty_text = False
    whole = "NUMBER(19)"
    wide = "NUMBER(38)"
    text_type = "VARCHAR2(4000)"
    id_type = "VARCHAR2(64 CHAR)"
    truth_type = "NUMBER(1)"
    most_letters = 30
    upper_case = True
    create_view = "CREATE VIEW"  # so that no view of another purpose is replaced

    def row(self, constants: exp.Select) -> exp.Select:
        return constants.from_("dual", copy=False)

    def day(self, value: date) -> exp.Expression:
        return self.read_time(literal(value.isoformat()), "date")

    def moment(self, value: datetime) -> exp.Expression:
        form = "YYYY-MM-DD HH24:MI:SS" + ".FF6" * bool(value.microsecond)
        return call("TO_TIMESTAMP", literal(value.isoformat(" ")), literal(form))

    def bits(self, mask: exp.Expression, of: exp.Expression) -> exp.Expression:
        return call("BITAND", mask, of)

    def gathered(self, texts: exp.Expression) -> exp.Expression:
        """The same; of more than a text can hold the first, and in parentheses how many more."""
        found = super().gathered(texts)
        found.set("on_overflow", exp.OverflowTruncateBehavior(this=literal("..."), with_count=True))
        return found

    def joined_by_space(
        self, pieces: Sequence[tuple[exp.Expression, exp.Expression]]
    ) -> exp.Expression:
        found: exp.Expression = literal("")
        for condition, text in pieces:
            piece = case([(condition, exp.DPipe(this=literal(" "), expression=text))])
            found = exp.DPipe(this=found, expression=piece)
        return call("SUBSTR", found, number(2))

    def ends_with(self, text: exp.Expression, suffix: exp.Expression) -> exp.Expression:
        return equal(call("SUBSTR", text, exp.Neg(this=exp.Length(this=suffix))), suffix)

    def without(self, part: exp.Expression, text: exp.Expression) -> exp.Expression:
        return call("REPLACE", text, part)

    def moved(self, of: exp.Expression, by: exp.Expression, unit: str) -> exp.Expression:
        if unit == "minutes":
            span = call("NUMTODSINTERVAL", by, literal("MINUTE"))
            return exp.Paren(this=exp.Add(this=of, expression=span))
        if unit == "days":
            return exp.Paren(this=exp.Add(this=of, expression=by))
        later = call("ADD_MONTHS", of, _months(by, unit))
        # The last day of a month becomes that of another, which may be longer: 28 stays 28.
        day, other = self.part("DAY", of), self.part("DAY", later)
        back = exp.Sub(this=later, expression=_difference(other, day))
        return case([(exp.LT(this=day, expression=other), back)], later)

    def days_between(self, start: exp.Expression, end: exp.Expression) -> exp.Expression:
        return _difference(end, start)

    def minutes_between(self, start: exp.Expression, end: exp.Expression) -> exp.Expression:
        return _in_minutes(*_parts_of(_difference(end, start)))

    def since_monday(self, day: exp.Expression) -> exp.Expression:
        # Its calendar differs from ours before 1582.
        return exp.Sub(this=atom(day), expression=call("TRUNC", day, literal("IW")))

    def as_text(self, value: exp.Expression) -> exp.Expression:
        return call("TO_CHAR", value.copy())

    def read_time(self, text: exp.Expression, type_: str) -> exp.Expression:
        # A cast would go by the session's own form of dates.
        if type_ == "date":
            return call("TO_DATE", text, literal("YYYY-MM-DD"))
        if type_ == "timestamp":
            return call("TO_TIMESTAMP", text, literal("YYYY-MM-DD HH24:MI:SS"))
        return call("TO_TIMESTAMP_TZ", text, literal("YYYY-MM-DD HH24:MI:SSTZH:TZM"))

    def group_of(self, text: exp.Expression, pattern: str) -> exp.Expression:
        more = [number(1), number(1), SQL_NULL.copy(), number(1)]
        return call("REGEXP_SUBSTR", text.copy(), literal(pattern), *more)


class Dameng(Oracle):
    """Dameng in the mode of Oracle."""

    name = "dameng"
    most_letters = 128
    guard = """BEGIN
  IF '' IS NOT NULL
    OR TO_DATE('2020-03-01', 'YYYY-MM-DD') - TO_DATE('2020-02-28', 'YYYY-MM-DD') <> 2
  THEN
    RAISE_APPLICATION_ERROR(-20001, 'these views are for the mode of Oracle');
  END IF;
END;
/"""

    def gathered(self, texts: exp.Expression) -> exp.Expression:
        return Dialect.gathered(self, texts)


class MySQL(Dialect):
    name = reader = "mysql"
    moment_type = "datetime(6)"  # without a number, no part of a second
    text_type = "LONGTEXT"
    # By the characters alone: neither letters of two cases nor a blank at the end are the same.
    table_options = " CHARACTER SET utf8mb4 COLLATE utf8mb4_0900_bin"
    unsupported = frozenset({Feature.MAPPED_TABLES, Feature.LISTS})
    most_letters = 64
    nulls_first = True
    divides_by_div = True

    def gathered(self, texts: exp.Expression) -> exp.Expression:
        """The same; an error, which says so, where the setting would cut it off in silence."""
        whole = super().gathered(texts)
        one, several = exp.Count(this=texts.copy()), exp.Sum(this=exp.Length(this=texts.copy()))
        # With a space between, one less than there are texts.
        letters = exp.Sub(this=exp.Add(this=several, expression=one), expression=number(1))
        none = equal(one.copy(), number(0))
        uncut = sql_or(none, equal(exp.Length(this=whole.copy()), letters))
        said = exp.Length(this=literal("group_concat_max_len is too low"))
        beyond = exp.Mul(this=said, expression=one.copy())
        return case([(uncut, whole)], exp.Add(this=number(2**63 - 1), expression=beyond))

    def distinct_words(self, text: exp.Expression) -> exp.Expression:
        quoted = call("REPLACE", call("JSON_QUOTE", text), literal(" "), literal('","'))
        listed = exp.Concat(expressions=[literal("["), quoted, literal("]")])
        column = exp.JSONColumnDef(
            this=exp.to_identifier("word"),
            kind=exp.DataType.build("VARCHAR(255)", dialect=self.reader),
            path=literal("$"),
        )
        words = exp.JSONTable(
            this=listed, path=literal("$[*]"), schema=exp.JSONSchema(expressions=[column])
        )
        # By its own characters, whatever language the database sorts by.
        word = exp.Collate(
            this=exp.column("word", table="words"), expression=exp.to_identifier("utf8mb4_bin")
        )
        first = exp.Ordered(this=word.copy(), nulls_first=self.nulls_first)
        once = exp.Order(this=exp.Distinct(expressions=[word]), expressions=[first])
        query = exp.select(exp.GroupConcat(this=once, separator=literal(" ")))
        alias = exp.TableAlias(this=exp.to_identifier("words"))
        return exp.Subquery(this=query.from_(exp.Table(this=words, alias=alias)))


class MariaDB(MySQL):
    name = "mariadb"
    table_options = " CHARACTER SET utf8mb4 COLLATE utf8mb4_nopad_bin"
    keeps_parts = False  # each place that reads a part computes it anew


class OceanBase(MySQL):
    """OceanBase in the mode of MySQL."""

    name = "oceanbase"
    table_options = " CHARACTER SET utf8mb4 COLLATE utf8mb4_bin"
    guard = "SELECT CASE WHEN '' IS NULL THEN 1 / 0 ELSE 1 END AS the_mode_of_mysql;"

    def distinct_words(self, text: exp.Expression) -> exp.Expression:
        return text  # not every version has JSON_TABLE


class SQLServer(Dialect):
    name = reader = "tsql"
    unsupported = frozenset({Feature.MAPPED_TABLES, Feature.LISTS})
    booleans = False
    truth_type = "SMALLINT"
    text_type = "NVARCHAR(4000)"
    id_type = "NVARCHAR(64)"
    most_letters = 128
    nulls_first = True
    create_view = "CREATE VIEW"

    def days_between(self, start: exp.Expression, end: exp.Expression) -> exp.Expression:
        return call("DATEDIFF", exp.var("DAY"), start, end)

    def minutes_between(self, start: exp.Expression, end: exp.Expression) -> exp.Expression:
        of = call("DATEDIFF_BIG", exp.var("MICROSECOND"), start, end)
        return exp.Paren(this=exp.Div(this=of, expression=number(60_000_000), typed=True))


class Doris(Dialect):
    name = reader = "doris"
    unsupported = frozenset({Feature.LISTS})
    text_type = "STRING"
    table_options = "\nDUPLICATE KEY (id) DISTRIBUTED BY HASH (id) BUCKETS 1"
    nulls_first = True
    divides_by_div = True
    end_of_text = r"\z"

    def gathered(self, texts: exp.Expression) -> exp.Expression:
        orders = [exp.Ordered(this=texts.copy(), nulls_first=self.nulls_first)]
        return call("GROUP_CONCAT", texts, exp.Order(this=literal(" "), expressions=orders))

    def character_range(self, first: int, last: int) -> str:
        return f"\\x{{{first:X}}}-\\x{{{last:X}}}"


_OF_EACH_DATABASE: Final = (
    DuckDB, PostgreSQL, Spark, MariaDB, MySQL, Oracle, SQLServer, Doris,
    Kingbase, OpenGauss, Dameng, OceanBase,
)  # fmt: skip
DIALECTS: Final[Mapping[str, Dialect]] = {each.name: each() for each in _OF_EACH_DATABASE}


def _written(by: exp.Expression) -> str | None:
    """A number as it is written, where it is one."""
    bare = by.this if isinstance(by, exp.Paren) else by
    if isinstance(bare, exp.Neg):
        return f"-{bare.this.this}"
    return str(bare.this) if isinstance(bare, exp.Literal) else None


def _months(by: exp.Expression, unit: str) -> exp.Expression:
    if unit == "months":
        return by
    written = _written(by)
    return number(12 * int(written)) if written else exp.Mul(this=number(12), expression=atom(by))


def _difference(end: exp.Expression, start: exp.Expression) -> exp.Expression:
    return exp.Paren(this=exp.Sub(this=atom(end), expression=atom(start)))


def _parts_of(span: exp.Expression) -> tuple[exp.Expression, exp.Expression, exp.Expression]:
    """The days, hours and minutes of an interval."""
    days, hours, minutes = (
        exp.Extract(this=exp.var(unit), expression=span) for unit in ("DAY", "HOUR", "MINUTE")
    )
    return days, hours, minutes


def _in_minutes(
    days: exp.Expression, hours: exp.Expression, minutes: exp.Expression
) -> exp.Expression:
    in_days = exp.Mul(this=days, expression=number(_IN_A_DAY))
    in_hours = exp.Mul(this=hours, expression=number(60))
    found = exp.Add(this=in_days, expression=in_hours)
    return exp.Paren(this=exp.Add(this=found, expression=minutes))
