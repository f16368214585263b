"""What may not be in the tables of a database, and would else become unknown or wrong unsaid."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from typing import Any, Final

from attrs import frozen
from sqlglot import exp

from ..engines.sql.dialects import (
    DIALECTS,
    FALSE,
    Dialect,
    both,
    case,
    equal,
    is_given,
    is_null,
    number,
    unequal,
)
from ..facts import Fact, Fault, FieldSpec, Kind, fields_of
from ..facts.faults import quoted
from ..facts.linking import references_of
from ..facts.specs import EARLIEST, LATEST
from ..formats.forms import Forms
from .mapped import MappedSource

Run = Callable[[str], Iterable[Sequence[Any]]]

# Between the id and the value of an example.
_BETWEEN: Final = " || "
# What no id may hold, and how long it may be.
_NOT_IN_IDS: Final = "[/ \t\n\r]"
_LONGEST_ID: Final = 64


@frozen
class Wrong:
    """What may be wrong with a column: what it is called, and what is expected of each value."""

    place: str
    field: str
    zh: str
    en: str


@frozen
class DataCheck:
    """A statement that counts what is wrong in a table.

    It gives one row that has, for each of `wrongs` in turn, the number of rows that are so, and of
    one of them the id and what it has.
    """

    description: str
    sql: str
    wrongs: tuple[Wrong, ...]


def data_checks(
    sources: Mapping[type[Fact], MappedSource],
    dialect: str | Dialect,
    complete: Collection[type[Fact]] = (),
) -> list[DataCheck]:
    """Say what to ask of the tables: once of every row of each, of its ids, of each reference.

    References are asked for where the table that they lead to holds anything, or is that of a
    class whose list is whole (`complete`).
    """
    own = DIALECTS[dialect] if isinstance(dialect, str) else dialect
    checks = []
    for cls, source in sources.items():
        parts = source.parts if isinstance(source, MappedSource) else (source,)
        tables = [_Table(cls, each, own) for each in parts]
        checks += [table.rows() for table in tables]
        checks.append(_Table(cls, source, own).ids())
        for field, collection in references_of(cls).items():
            target = next((each for each in sources if each.collection == collection), None)
            if target is not None:
                checks += [
                    table.reference(field, target, sources[target], target in complete)
                    for table in tables
                    if field in table.source.columns
                ]
    return [check for check in checks if check.wrongs]


def faults_of_data(
    run: Run,
    sources: Mapping[type[Fact], MappedSource],
    dialect: str | Dialect,
    complete: Collection[type[Fact]] = (),
) -> list[Fault]:
    """Find everything that is wrong in the tables; `run` runs a statement and gives its rows."""
    faults = []
    for check in data_checks(sources, dialect, complete):
        (row,) = run(check.sql)
        pairs = zip(row[::2], row[1::2], strict=True)
        faults += [
            _fault(wrong, int(count), example)
            for wrong, (count, example) in zip(check.wrongs, pairs, strict=True)
            if count
        ]
    return faults


def _fault(wrong: Wrong, count: int, example: object) -> Fault:
    id_, _, value = ("" if example is None else str(example)).partition(_BETWEEN)
    id_, value = id_.strip(), value.strip()
    of_zh, of_en = (f"编号 {quoted(id_)}", f"id {quoted(id_)}") if id_ else ("", "")
    has = quoted(value) if value and value != id_ else ""
    such_zh, such_en = "：".join(filter(None, (of_zh, has))), ": ".join(filter(None, (of_en, has)))
    such_zh, such_en = such_zh and f"，如{such_zh}", such_en and f", such as {such_en}"
    rows = "1 row" if count == 1 else f"{count} rows"
    return Fault(
        place=wrong.place,
        field=wrong.field,
        zh=f"应为{wrong.zh}，有 {count} 行不是{such_zh}；请改正",
        en=f"expected {wrong.en}, found {rows} with something else{such_en}; correct it",
    )


class _Table:
    """The checks of one table."""

    def __init__(self, cls: type[Fact], source: MappedSource, dialect: Dialect) -> None:
        self.cls, self.source, self.dialect = cls, source, dialect
        self.id = source.columns["id"]

    def rows(self) -> DataCheck:
        """What is to be asked of each row by itself, in one pass."""
        taken: list[exp.Expression] = [_alias(self.source.raw["id"], "id")]
        columns: list[exp.Expression] = []
        wrongs: list[Wrong] = []
        for name, found in self.source.converted.items():
            # Conversions are long, so each is written once, and questions are asked of it.
            at = len(taken)
            value, raw, flag = (exp.column(f"{word}_{at}") for word in ("value", "raw", "says"))
            taken.append(_alias(found.value, value.name))
            taken.append(_alias(self.source.raw[name], raw.name))
            taken.append(_alias(case([(found.says, number(1))], number(0)), flag.name))
            lost = both(equal(flag, number(1)), is_null(value))
            for condition, zh, en in self._conditions(name, value, flag, lost):
                columns += self._counted(condition, raw, len(wrongs))
                wrongs.append(self._wrong(name, zh, en))
        inner = exp.select(*taken).from_(self.source.relation.copy())
        query = exp.select(*columns).from_(inner.subquery("given"))
        return DataCheck(f"{self.source.name}: rows", self._sql(query), tuple(wrongs))

    def ids(self) -> DataCheck:
        """Whether an id is given twice; the number is that of the ids that are."""
        inner = (
            exp.select(_alias(self.id, "id"))
            .from_(self.source.relation.copy())
            .where(is_given(self.id))
            .group_by(self.id.copy())
            .having(exp.GT(this=exp.Count(this=exp.Star()), expression=number(1)))
        )
        query = exp.select(
            _alias(exp.Count(this=exp.Star()), "wrong_0"),
            _alias(exp.Min(this=exp.column("id")), "example_0"),
        ).from_(inner.subquery("twice"))
        wrong = self._wrong("id", "唯一的编号", "each id once")
        return DataCheck(f"{self.source.name}: ids", self._sql(query), (wrong,))

    def reference(
        self, field: str, target: type[Fact], source: MappedSource, whole: bool
    ) -> DataCheck:
        """Whether a reference leads to a row."""
        value = self.source.columns[field]
        there = is_given(value)
        if fields_of(self.cls)[field].may_be_empty:
            there = both(there, unequal(value, self.dialect.text("")))
        referring = (
            exp.select(_alias(self.id, "id"), _alias(value, "leads_to"))
            .from_(self.source.relation.copy())
            .where(there.copy())
        )
        referred = exp.select(_alias(source.columns["id"], "there")).from_(source.relation.copy())
        leads_to, found = exp.column("leads_to"), exp.column("there")
        query = (
            exp.select(*self._counted(is_null(found), leads_to, 0))
            .from_(referring.subquery("referring"))
            .join(referred.subquery("referred"), on=equal(leads_to, found), join_type="left")
        )
        if not whole:
            any_ = exp.select(number(1)).from_(source.relation.copy())
            query = query.where(exp.Exists(this=any_))
        wrong = self._wrong(
            field,
            f" `{target.collection}`（{target.zh}）中有的编号",
            f"the id of one of the `{target.collection}`",
        )
        return DataCheck(f"{self.source.name}: {field}", self._sql(query), (wrong,))

    def _wrong(self, name: str, zh: str, en: str) -> Wrong:
        return Wrong(self.source.name, self.source.written.get(name, name), zh, en)

    def _counted(
        self, condition: exp.Expression, shown: exp.Expression, position: int
    ) -> list[exp.Expression]:
        """How many rows are so, and of one of them its id and what it has, as one text."""
        count = exp.Coalesce(
            this=exp.Sum(this=case([(condition.copy(), number(1))], number(0))),
            expressions=[number(0)],
        )
        words = (self._text(exp.column("id")), self._text(shown))
        blank, between = exp.Literal.string(" "), exp.Literal.string(_BETWEEN)
        known = [exp.Coalesce(this=word, expressions=[blank.copy()]) for word in words]
        example = exp.DPipe(this=exp.DPipe(this=known[0], expression=between), expression=known[1])
        first = exp.Min(this=case([(condition.copy(), example)]))
        return [
            _alias(count, f"wrong_{position}"),
            _alias(first, f"example_{position}"),
        ]

    def _sql(self, query: exp.Expression) -> str:
        def named(node: exp.Expression) -> exp.Expression:
            plain = isinstance(node, exp.Identifier) and not node.quoted
            return self.dialect.identifier(node.name) if plain else node

        return self.dialect.sql(query.transform(named))

    def _text(self, value: exp.Expression) -> exp.Expression:
        if self.dialect.name == "oracle":
            return exp.Anonymous(this="TO_CHAR", expressions=[value.copy()])
        return exp.Cast(this=value.copy(), to=exp.DataType.build("text"))

    def _conditions(
        self, name: str, value: exp.Expression, says: exp.Expression, lost: exp.Expression
    ) -> Iterator[tuple[exp.Expression, str, str]]:
        """What would be wrong in a column, and what is expected instead."""
        if self.source.forms[name].spec.kind is Kind.ID:
            yield both(equal(says, number(0)), is_null(value)), "编号", "an id"
        if self.source.converted[name].says is not FALSE:
            yield lost, *_expected(self.source.forms[name])


def _alias(value: exp.Expression, name: str) -> exp.Expression:
    return exp.Alias(this=value.copy(), alias=exp.to_identifier(name))


def _expected(forms: Forms) -> tuple[str, str]:
    """What a column that is read in some forms is to hold, in Chinese and English."""
    spec, preset = forms.spec, forms.mapping.preset
    if preset is not None and preset.pattern is not None:
        return preset.zh, f"a code as of `{preset.name}`: {preset.en}"
    match spec.kind:
        case Kind.BOOLEAN:
            return "是或否", "yes or no"
        case Kind.INTEGER | Kind.BY_YEAR:
            low, high = spec.minimum, spec.maximum
            return f" {low} 至 {high} 的整数", f"a whole number from {low} to {high}"
        case Kind.ID | Kind.REFERENCE:
            en = "an id of at most 64 characters without white space, slashes or lost digits"
            return "编号，至多 64 个字符，不含空白、斜杠，数字没有缺失", en
        case Kind.DATE:
            return f" {EARLIEST} 至 {LATEST} 的日期", f"a date from {EARLIEST} to {LATEST}"
        case Kind.MOMENT:
            return f" {EARLIEST} 至 {LATEST} 的时间", f"a time from {EARLIEST} to {LATEST}"
        case Kind.CHOICE | Kind.CHOICES:
            return _of_choices(spec)
        case Kind.CODES:
            return f"符合 `{spec.pattern}` 的编码", f"codes that match `{spec.pattern}`"
        case _:
            return "文本", "a text"


def _of_choices(spec: FieldSpec) -> tuple[str, str]:
    assert spec.choices is not None
    zh = "、".join(f"`{member.value}`（{member.zh}）" for member in spec.choices)
    en = ", ".join(f"`{member.value}`" for member in spec.choices)
    if spec.kind is Kind.CHOICES:
        return f"下列值或其代码的集合：{zh}", f"a set of {en}, or codes for them"
    return f"下列之一或其代码：{zh}", f"one of {en}, or a code for it"
