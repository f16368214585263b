"""How each database writes what they do not all write alike, and conditions.

A condition is an SQL predicate: true, false, or NULL where it is unknown. What SQL makes of NULL in
AND, OR, NOT and comparisons is strong Kleene logic, so a predicate carries both rails.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from enum import Enum
from functools import cache
from typing import ClassVar, Final

from sqlglot import exp
from sqlglot.dialects.dialect import Dialect as Reader

SQL_TRUE: Final = exp.true()
SQL_FALSE: Final = exp.false()
SQL_NULL: Final = exp.null()
# What stands for the empty text where a database takes that for NULL.
_EMPTY: Final = "-"


class Feature(Enum):
    """What some databases do not support."""

    MAPPED_TABLES = "the functions on texts that conversions by a mapping use"
    LISTS = "columns of lists"


class Dialect:
    """How a database writes what databases do not all write alike; the rest is sqlglot's.

    A class for each of them (`databases.py`) says what it has otherwise. `reader` is what sqlglot
    calls its SQL; `says`: functions by what others call them; `unsupported`: what cannot be said in
    it, which is refused.

    `booleans`: it has columns of yes and no (else 1 and 0). `empty_text`: it can tell the empty
    text from NULL (else the empty text is kept as `-`). `whole` is a whole number of 18
    digits, `wide` one of 38; `most_letters` the longest name. `keeps_parts`: what is
    read twice within a query is computed once (else what rests on much grows with every step);
    `says_what_to_keep`: where that is said of a part. `inlines`: what is computed in a subquery is
    computed where it is read, as often as that is.
    `id_type` and `table_options` are of tables that are made for the rules.
    `guard`: a statement that fails in those modes of the database for which the text is not.
    `divides_by_div`: whole numbers are divided by an operator of their own. `lists_rows`: the rows
    of a fact are spread from lists, in one pass.
    """

    name: ClassVar[str]
    reader: ClassVar[str]
    says: ClassVar[Mapping[str, str]] = {}
    unsupported: ClassVar[frozenset[Feature]] = frozenset()
    booleans: ClassVar[bool] = True
    empty_text: ClassVar[bool] = True
    whole: ClassVar[str] = "BIGINT"
    wide: ClassVar[str] = "DECIMAL(38, 0)"
    text_type: ClassVar[str] = "TEXT"
    truth_type: ClassVar[str] = "BOOLEAN"
    moment_type: ClassVar[str] = "timestamp"
    most_letters: ClassVar[int] = 63
    upper_case: ClassVar[bool] = False
    keeps_parts: ClassVar[bool] = True
    says_what_to_keep: ClassVar[bool] = False
    inlines: ClassVar[bool] = False
    nulls_first: ClassVar[bool] = False
    divides_by_div: ClassVar[bool] = False
    lists_rows: ClassVar[bool] = False
    end_of_text: ClassVar[str] = "$"
    create_view: ClassVar[str] = "CREATE OR REPLACE VIEW"
    guard: ClassVar[str | None] = None
    id_type: ClassVar[str] = "VARCHAR(64)"
    table_options: ClassVar[str] = ""

    def call(self, name: str, *words: exp.Expression) -> exp.Expression:
        """A function by its usual name."""
        return call(self.says.get(name, name), *words)

    def type(self, name: str) -> str:
        """A type by what it is called where it has its usual name."""
        return {"boolean": self.truth_type, "bigint": self.whole, "text": self.text_type}.get(
            name, name
        )

    def column_type(self, name: str) -> str:
        """The same as a table's column has it."""
        given = self.moment_type if name == "timestamp" else self.type(name)
        if given in (self.whole, self.text_type, self.truth_type):
            return given
        return _type(given).sql(dialect=self.reader)

    def sql(self, expression: exp.Expr, pretty: bool = False) -> str:
        """An expression as text."""
        if not self.booleans:
            expression = _compared(expression)
        return expression.sql(dialect=self.reader, pretty=pretty, copy=False)

    def identifier(self, name: str) -> exp.Identifier:
        """A name, in quotation marks where the database would take it for a word of its own."""
        return exp.to_identifier(name, quoted=name.upper() in _keywords(self.reader))

    def stored(self, name: str) -> exp.Identifier:
        """The same of a column of a table, in the letters in which the database keeps its name."""
        made = self.identifier(name)
        upper = self.upper_case and made.quoted
        return exp.to_identifier(name.upper(), quoted=True) if upper else made

    def truth(self, column: exp.Expression) -> exp.Expression:
        """A column of yes and no as a condition."""
        if self.booleans or column is SQL_NULL:
            return column
        return exp.EQ(this=column, expression=number(1))

    def flag(self, condition: exp.Expression) -> exp.Expression:
        """A condition as a value: yes, no or NULL."""
        if condition is SQL_NULL:
            return SQL_NULL
        if self.booleans:
            return condition
        if isinstance(condition, exp.Boolean):
            return number(1 if condition.this else 0)
        return case([(condition, number(1)), (sql_not(condition), number(0))])

    def unknown(self, condition: exp.Expression) -> exp.Expression:
        """A condition is neither true nor false. Never NULL itself."""
        if isinstance(condition, exp.Not):
            return self.unknown(_bare(condition.this))
        if not self.booleans and isinstance(condition, exp.EQ) and _is_flag(condition):
            return is_null(condition.this)
        return is_null(self.flag(condition))

    def may(self, condition: exp.Expression) -> exp.Expression:
        """A condition is not certainly false. Never NULL itself."""
        return self._settled(condition, otherwise=True)

    def surely(self, condition: exp.Expression) -> exp.Expression:
        """A condition is certainly true. Never NULL itself."""
        return self._settled(condition, otherwise=False)

    def _settled(self, condition: exp.Expression, otherwise: bool) -> exp.Expression:
        if isinstance(condition, exp.Boolean | exp.Is):
            return condition
        if isinstance(condition, exp.Not) and isinstance(_bare(condition.this), exp.Is):
            return condition
        if condition is SQL_NULL:
            return SQL_TRUE if otherwise else SQL_FALSE
        known = exp.Coalesce(this=self.flag(condition), expressions=[self.boolean(otherwise)])
        return self.truth(known)

    def boolean(self, value: bool) -> exp.Expression:
        """Yes or no, as a value."""
        return self.flag(SQL_TRUE if value else SQL_FALSE)

    def constants(
        self, names: Sequence[str], rows: Sequence[Sequence[exp.Expression]]
    ) -> exp.Query:
        """A query that gives rows of constants."""
        blocks: list[exp.Query] = []
        for row in rows:
            named = [
                exp.Alias(this=each, alias=self.identifier(name))
                for each, name in zip(row, names, strict=True)
            ]
            blocks.append(self.row(exp.Select(expressions=named)))
        return united(blocks)

    def spread(
        self, source: exp.Table, rows: Sequence[Sequence[tuple[str, exp.Expression]]]
    ) -> exp.Query:
        """A query that gives several rows for each of a source."""
        return united([self.selected(each).from_(source.copy(), copy=False) for each in rows])

    def selected(self, row: Sequence[tuple[str, exp.Expression]]) -> exp.Select:
        """What selects expressions as columns of some names."""
        return exp.Select(expressions=[self.named(each.copy(), name) for name, each in row])

    def named(self, expression: exp.Expression, name: str) -> exp.Expression:
        """An expression as a column of a name."""
        if isinstance(expression, exp.Column) and expression.name == name and not expression.table:
            return expression
        return exp.Alias(this=expression, alias=self.identifier(name))

    def row(self, constants: exp.Select) -> exp.Select:
        """What selects constants, as a query of one row."""
        return constants

    def text(self, value: str) -> exp.Expression:
        """A text, as a value."""
        return literal(value or ("" if self.empty_text else _EMPTY))

    def day(self, value: date) -> exp.Expression:
        """A day, as a value."""
        return cast(exp.Literal.string(value.isoformat()), "date")

    def moment(self, value: datetime) -> exp.Expression:
        """A moment, as a value."""
        return cast(exp.Literal.string(value.isoformat(" ")), self.moment_type)

    def bits(self, mask: exp.Expression, of: exp.Expression) -> exp.Expression:
        """The bits that two whole numbers share."""
        return exp.Paren(this=exp.BitwiseAnd(this=atom(mask), expression=atom(of)))

    def whole_part(
        self, multiple: exp.Expression, divisor: exp.Expression, *, wide: bool = False
    ) -> exp.Expression:
        """A multiple of a divisor, divided by it; `wide`: of more digits than 18."""
        if wide:
            # Whole numbers would be cut off at 64 bits, or have places after the point.
            return cast(_quotient(multiple, divisor), "DECIMAL(38, 0)")
        if self.divides_by_div:
            return exp.IntDiv(this=atom(multiple), expression=atom(divisor))
        return _quotient(multiple, divisor)

    def day_of_year(self, day: exp.Expression) -> exp.Expression:
        """Month and day as one number, such as 229."""
        month = exp.Mul(this=number(100), expression=self.part("MONTH", day))
        return exp.Paren(this=exp.Add(this=month, expression=self.part("DAY", day)))

    def part(self, unit: str, day: exp.Expression) -> exp.Expression:
        """The year, month or day of a day, as a whole number."""
        return exp.Extract(this=exp.var(unit), expression=day)

    def day_number(self, day: exp.Expression) -> exp.Expression:
        """A day as one number that grows with it, such as 20190716."""
        year = exp.Mul(this=number(10_000), expression=self.part("YEAR", day))
        return exp.Add(this=year, expression=self.day_of_year(day))

    def gathered(self, texts: exp.Expression) -> exp.Expression:
        """All the texts of a group in their order, with a space between."""
        # Nulls are passed over, so they may stand where the database has them by itself.
        orders = [exp.Ordered(this=texts.copy(), nulls_first=self.nulls_first)]
        order = exp.Order(this=texts, expressions=orders)
        return exp.GroupConcat(this=order, separator=literal(" "))

    def gathered_words(self, texts: exp.Expression) -> exp.Expression:
        """The same of texts whose words are put in order (`distinct_words`) where they are read."""
        return self.gathered(texts)

    def listed(self, pieces: Sequence[tuple[exp.Expression, exp.Expression]]) -> exp.Expression:
        """The texts whose conditions hold, with a space between."""
        kept = [each for each in pieces if each[0] is not SQL_FALSE]
        if not kept:
            return self.text("")
        return self.joined_by_space(kept)

    def joined_by_space(
        self, pieces: Sequence[tuple[exp.Expression, exp.Expression]]
    ) -> exp.Expression:
        """The same of conditions none of which is plainly false."""
        if len(pieces) == 1:  # some databases join no fewer than two
            return case(pieces, self.text(""))
        return call("CONCAT_WS", literal(" "), *(case([each]) for each in pieces))

    def distinct_words(self, text: exp.Expression) -> exp.Expression:
        """The words of a text, each once, in their order; as they are where no such thing is known.

        What runs nowhere in the tests has not what takes texts apart, or each its own.
        """
        return text

    def words_of_codes(self, codes: exp.Expression) -> exp.Expression:
        """The codes of a set as words, with a space between."""
        found = codes
        for part, by in (("><", " "), ("<", ""), (">", "")):
            found = self.replaced(exp.Literal.string(part), exp.Literal.string(by), found)
        words = exp.Anonymous(this="SUBSTR", expressions=[found, number(2)])
        if self.empty_text:
            return words
        known = exp.Coalesce(this=words, expressions=[self.text("")])
        return case([(is_given(codes), known)])

    def replaced(
        self, part: exp.Expression, by: exp.Expression, text: exp.Expression
    ) -> exp.Expression:
        """A text with something else wherever a part stands in it."""
        return exp.Anonymous(this="REPLACE", expressions=[text, part, by])

    def place_in(self, text: exp.Expression, part: exp.Expression) -> exp.Expression:
        """Where a part begins in a text, counted from 1; 0 where it is not there."""
        return exp.StrPosition(this=text, substr=part)

    def starts_with(self, text: exp.Expression, prefix: exp.Expression) -> exp.Expression:
        """A text begins with another, letter by letter: nothing in it is a wildcard."""
        return equal(self.place_in(text, prefix), number(1))

    def ends_with(self, text: exp.Expression, suffix: exp.Expression) -> exp.Expression:
        """A text ends with another, letter by letter: nothing in it is a wildcard."""
        return equal(call("RIGHT", text, exp.Length(this=suffix)), suffix)

    def without(self, part: exp.Expression, text: exp.Expression) -> exp.Expression:
        """A text without any of the places where a part stands."""
        return call("REPLACE", text, part, literal(""))

    def moved(self, of: exp.Expression, by: exp.Expression, unit: str) -> exp.Expression:
        """A day or a moment moved by a number of a unit, where it stays within the calendar."""
        if unit == "minutes":
            return exp.TimestampAdd(this=of, expression=by, unit=exp.var("MINUTE"))
        return cast(exp.DateAdd(this=of, expression=by, unit=exp.var(unit[:-1].upper())), "date")

    def days_between(self, start: exp.Expression, end: exp.Expression) -> exp.Expression:
        """The days from one day to another."""
        return call("DATEDIFF", end, start)

    def minutes_between(self, start: exp.Expression, end: exp.Expression) -> exp.Expression:
        """Whole minutes, of which there are none in 59 seconds, back and forth."""
        return call("TIMESTAMPDIFF", exp.var("MINUTE"), start, end)

    def since_monday(self, day: exp.Expression) -> exp.Expression:
        """The days since the Monday on or before a day."""
        # The first day of the calendar was a Monday.
        since = self.days_between(self.day(date.min), day)
        return exp.Mod(this=atom(since), expression=number(7))

    def by_letters(self, text: exp.Expression) -> exp.Expression:
        """A text that is compared letter by letter, however its column compares."""
        return text

    def as_text(self, value: exp.Expression) -> exp.Expression:
        """A value of any type as a text."""
        return cast(value.copy(), self.type("text"))

    def read_time(self, text: exp.Expression, type_: str) -> exp.Expression:
        """The date or timestamp of a text that is one as ISO writes them."""
        return cast(text, self.moment_type if type_ == "timestamp" else type_)

    def at_offset(self, text: exp.Expression, offset: exp.Expression, zone: str) -> exp.Expression:
        """The moment of a text with an offset from UTC, by the clocks of a zone."""
        written = exp.DPipe(this=text, expression=offset)
        return exp.AtTimeZone(this=self.read_time(written, "timestamptz"), zone=literal(zone))

    def group_of(self, text: exp.Expression, pattern: str) -> exp.Expression:
        """The one group of a regular expression that a text fits; NULL or empty for others."""
        return call("REGEXP_EXTRACT", text.copy(), literal(pattern), number(1))

    def regex_replaced(self, text: exp.Expression, pattern: str, by: str) -> exp.Expression:
        r"""A text with another wherever a regular expression fits; `\1` is its first group."""
        return call("REGEXP_REPLACE", text, literal(pattern), literal(by))

    def character_range(self, first: int, last: int) -> str:
        """Characters by their numbers, as within the brackets of a regular expression."""
        return f"{chr(max(first, 1))}-{chr(last)}"

    def joined_list(self, listed: exp.Expression, between: str, damage: str) -> exp.Expression:
        """The members of a list as one text; those that are NULL as a word that stands for them."""
        joined = call("ARRAY_TO_STRING", listed, literal(between))
        whole = equal(call("LIST_COUNT", listed), self.length_of_list(listed))
        return case([(whole, joined), (is_given(listed), literal(damage))])

    def length_of_list(self, listed: exp.Expression) -> exp.Expression:
        """How many members a list has."""
        return self.call("LEN", listed.copy())

    def sorted_words(
        self, text: exp.Expression, mark: exp.Expression, between: exp.Expression
    ) -> exp.Expression:
        """What stands between marks in a text, once each and in order, with something else between.

        Databases without lists leave it as it is given.
        """
        return call("REPLACE", text, mark, between)

    def divided(self, over: str, under: str) -> str:
        """The whole part of a quotient of two whole numbers."""
        return f"DIV({over}, {under})"

    def name_of(self, wanted: str, taken: Container[str], again: int = 1) -> str:
        """A name that is not too long and not taken; of letters, digits and underscores only.

        How often it was wanted, `again` says, so that those taken then are not tried one by one.
        """
        wanted = "".join(each if each.isalnum() else "_" for each in wanted)
        name = self._again(wanted, again)
        while name in taken:
            again += 1
            name = self._again(wanted, again)
        return name

    def _again(self, wanted: str, again: int) -> str:
        number = f"_{again}" if again > 1 else ""
        return wanted[: self.most_letters - len(number)] + number


class Names:
    """Names that no two things of a kind have."""

    def __init__(self, dialect: Dialect, taken: Iterable[str] = ()) -> None:
        self._dialect = dialect
        self._taken = {*taken}
        self._wanted: Counter[str] = Counter()

    def new(self, wanted: str) -> str:
        """The wanted name, or one like it."""
        self._wanted[wanted] += 1
        name = self._dialect.name_of(wanted, self._taken, self._wanted[wanted])
        self._taken.add(name)
        return name


def literal(text: str) -> exp.Expression:
    """A text, as a value."""
    return exp.Literal.string(text)


def call(name: str, *words: exp.Expression) -> exp.Expression:
    """A function that sqlglot does not know."""
    return exp.Anonymous(this=name, expressions=list(words))


def number(value: int) -> exp.Expression:
    """A whole number, as a value."""
    literal = exp.Literal.number(abs(value))
    return literal if value >= 0 else exp.Paren(this=exp.Neg(this=literal))


def amount(value: Decimal) -> exp.Expression:
    """An exact number, as a value."""
    literal = exp.Literal.number(f"{abs(value):f}")
    return literal if value >= 0 else exp.Paren(this=exp.Neg(this=literal))


def cast(value: exp.Expression, type_: str) -> exp.Expression:
    """A value as of a type."""
    # A copy, since to print a tree can change it.
    return exp.Cast(this=value, to=_type(type_).copy())


@cache
def _type(name: str) -> exp.DataType:
    return exp.DataType.build(name)


_TAKEN_APART: Final = (exp.Binary, exp.Unary, exp.Between, exp.In, exp.Interval)


def atom(value: exp.Expression) -> exp.Expression:
    """A value in parentheses, where an operator beside it could take it apart."""
    if isinstance(value, _TAKEN_APART) and not isinstance(value, exp.Paren | exp.Dot):
        return exp.Paren(this=value)
    return value


def _quotient(multiple: exp.Expression, divisor: exp.Expression) -> exp.Expression:
    return exp.Div(this=atom(multiple), expression=atom(divisor), typed=True)


@cache
def _keywords(dialect: str) -> frozenset[str]:
    """The words that mean something to a database where they are not in quotation marks."""
    return frozenset(Reader.get_or_raise(dialect).tokenizer_class.KEYWORDS)


def _compared(expression: exp.Expr) -> exp.Expr:
    """The same where each truth that stands as a condition by itself is a comparison."""
    made = expression.copy()
    for truth in list(made.find_all(exp.Boolean, exp.Null)):
        if _is_condition(truth):
            unlike = SQL_NULL if isinstance(truth, exp.Null) else number(int(truth.this))
            truth.replace(exp.EQ(this=number(1), expression=unlike.copy()))
    return made


def _is_condition(part: exp.Expr) -> bool:
    """Whether it stands where a database without truth values expects a comparison."""
    place = part.parent
    while isinstance(place, exp.Paren):
        part, place = place, place.parent
    if isinstance(place, exp.If):
        return part.arg_key == "this"
    return isinstance(place, exp.Connector | exp.Not | exp.Where | exp.Join)


def united(blocks: Sequence[exp.Query]) -> exp.Query:
    """The rows of one query after those of the other."""
    whole = blocks[0]
    for block in blocks[1:]:
        whole = exp.Union(this=whole, expression=block, distinct=False)
    return whole


def sql_and(*conditions: exp.Expression) -> exp.Expression:
    """All of the conditions, each once and without what is plainly true."""
    return _joined(exp.And, conditions, SQL_TRUE, SQL_FALSE)


def sql_or(*conditions: exp.Expression) -> exp.Expression:
    """Any of the conditions, each once and without what is plainly false."""
    return _joined(exp.Or, conditions, SQL_FALSE, SQL_TRUE)


def _joined(
    kind: type[exp.And] | type[exp.Or],
    conditions: Iterable[exp.Expression],
    neutral: exp.Expression,
    settling: exp.Expression,
) -> exp.Expression:
    parts: dict[exp.Expression, None] = {}
    for condition in conditions:
        if condition is settling:
            return settling
        if condition is not neutral:
            parts.update(dict.fromkeys(_parts_of(kind, condition)))
    if not parts:
        return neutral
    other = exp.Or if kind is exp.And else exp.And
    found, *rest = (_within(each, other) for each in parts)
    for each in rest:
        found = kind(this=found, expression=each)
    return found


def conjuncts(condition: exp.Expression) -> Iterator[exp.Expression]:
    """The conditions of which all have to hold."""
    return _parts_of(exp.And, condition)


def _parts_of(kind: type[exp.Connector], condition: exp.Expression) -> Iterator[exp.Expression]:
    if isinstance(condition, kind):
        yield from _parts_of(kind, condition.this)
        yield from _parts_of(kind, condition.expression)
    else:
        yield condition


def _within(condition: exp.Expression, other: type[exp.Connector]) -> exp.Expression:
    return exp.Paren(this=condition) if isinstance(condition, other) else condition


def sql_not(condition: exp.Expression) -> exp.Expression:
    """A condition does not hold; unknown where it is."""
    if condition is SQL_NULL:
        return SQL_NULL
    if condition is SQL_TRUE or condition is SQL_FALSE:
        return SQL_FALSE if condition is SQL_TRUE else SQL_TRUE
    if isinstance(condition, exp.Not):
        return _bare(condition.this)
    return exp.Not(this=atom(condition))


def _bare(condition: exp.Expression) -> exp.Expression:
    return condition.this if isinstance(condition, exp.Paren) else condition


def _is_flag(condition: exp.EQ) -> bool:
    compared = condition.expression
    return isinstance(compared, exp.Literal) and compared.this == "1"


def is_null(value: exp.Expression) -> exp.Expression:
    """The value is unknown."""
    if isinstance(value, exp.Null):
        return SQL_TRUE
    if isinstance(value, exp.Literal | exp.Boolean):
        return SQL_FALSE
    return exp.Is(this=atom(value), expression=exp.null())


def is_given(value: exp.Expression) -> exp.Expression:
    """The value is known."""
    unknown = is_null(value)
    if unknown is SQL_TRUE or unknown is SQL_FALSE:
        return sql_not(unknown)
    return exp.Not(this=unknown)


def equal(left: exp.Expression, right: exp.Expression) -> exp.Expression:
    """Two values are the same."""
    return exp.EQ(this=atom(left), expression=atom(right))


def unequal(left: exp.Expression, right: exp.Expression) -> exp.Expression:
    """Two values are not the same."""
    return exp.NEQ(this=atom(left), expression=atom(right))


def case(
    branches: Iterable[tuple[exp.Expression, exp.Expression]],
    otherwise: exp.Expression | None = None,
) -> exp.Expression:
    """The value of the first branch whose condition holds, else another, else NULL.

    Where each is NULL it is NULL alone: PostgreSQL would take a case of nothing else for a text.
    """
    kept = []
    for condition, value in branches:
        if condition is SQL_FALSE or condition is SQL_NULL:
            continue
        if condition is SQL_TRUE:
            otherwise = value
            break
        kept.append(exp.If(this=condition, true=value))
    if otherwise is None or isinstance(otherwise, exp.Null):
        if all(isinstance(each.args["true"], exp.Null) for each in kept):
            return SQL_NULL
    elif not kept:
        return otherwise
    return exp.Case(ifs=kept, default=otherwise)


def is_one_of(value: exp.Expression, options: Iterable[exp.Expression]) -> exp.Expression:
    """The value is one of the options."""
    listed = list(options)
    if not listed:
        return SQL_FALSE
    if len(listed) == 1:
        return equal(value, listed[0])
    return exp.In(this=atom(value), expressions=listed)
