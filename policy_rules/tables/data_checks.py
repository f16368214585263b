"""What may not be in the tables of a database, and would else become unknown or wrong unsaid."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from functools import partial

from sqlglot import exp

from ..engines.sql.databases import DIALECTS
from ..engines.sql.dialects import (
    SQL_FALSE,
    Dialect,
    case,
    equal,
    is_given,
    is_null,
    number,
    sql_and,
    unequal,
)
from ..facts import Fact, Fault, FieldSpec, Kind, fields_of
from ..facts.faults import FaultCode
from ..facts.faults import found as found_value
from ..facts.linking import dangling, duplicate, references_of
from ..facts.specs import EARLIEST, LATEST
from ..formats.forms import Forms
from .attested import attestation_checks
from .mapped import MappedSource
from .wrong_rows import (
    DataCheck,
    FoundWrong,
    Run,
    Wrong,
    check_of,
    count_of,
    found_wrong,
    leading_nowhere,
    rows_of,
    rows_where,
    selected,
    sql_of,
)

Attested = Mapping[str, type[Fact]]


def data_checks(
    sources: Mapping[type[Fact], MappedSource],
    dialect: str | Dialect,
    complete: Collection[type[Fact]] = (),
    attested: Attested | None = None,
) -> list[DataCheck]:
    """Say what to ask of the tables: once of every row of each, of its ids, of each reference.

    References are asked for where the table that they lead to holds anything, or is that of a
    class whose list is whole (`complete`). `attested` are the citations that attestations can have,
    with the classes of what they speak of; they are not looked at without it.
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
    if attested is not None:
        checks += attestation_checks(attested, sources, own, complete)
    return [check for check in checks if check.wrongs]


def faults_of_data(
    run: Run,
    sources: Mapping[type[Fact], MappedSource],
    dialect: str | Dialect,
    complete: Collection[type[Fact]] = (),
    attested: Attested | None = None,
) -> list[Fault]:
    """Find everything that is wrong in the tables; `run` runs a statement and gives its rows."""
    own = DIALECTS[dialect] if isinstance(dialect, str) else dialect
    found = wrong_in_data(run, sources, own, complete, attested)
    return [fault for each in found for fault in each.faults(run, own)]


def wrong_in_data(
    run: Run,
    sources: Mapping[type[Fact], MappedSource],
    dialect: Dialect,
    complete: Collection[type[Fact]] = (),
    attested: Attested | None = None,
) -> list[FoundWrong]:
    """Find the same, not told yet."""
    return found_wrong(run, data_checks(sources, dialect, complete, attested))


class _Table:
    """The checks of one table."""

    def __init__(self, cls: type[Fact], source: MappedSource, dialect: Dialect) -> None:
        self.cls, self.source, self.dialect = cls, source, dialect
        self.id = source.columns["id"]

    def rows(self) -> DataCheck:
        """What is to be asked of each row by itself, in one pass."""
        # Conversions are long, so each is written once, and questions are asked of it.
        taken: list[exp.Expr] = [_alias(self.source.raw["id"], "id")]
        taken += [each for name in self.source.converted for each in self._taken(name)]
        counts: list[exp.Expr] = []
        wrongs: list[Wrong] = []
        for name in self.source.converted:
            for condition, code, zh, en in self._conditions(name):
                counts.append(_alias(count_of(condition), f"wrong_{len(wrongs)}"))
                rows = partial(self._rows, name, condition)
                told = partial(_unlike, self.source.name, self._written(name), code, zh, en)
                wrongs.append(Wrong(self.cls, name, code, rows, told))
        inner = selected(taken, self.source.relation.copy())
        query = selected(counts, inner.subquery("given", copy=False))
        return DataCheck(f"{self.source.name}: rows", sql_of(query, self.dialect), tuple(wrongs))

    def _taken(self, name: str) -> list[exp.Expression]:
        """A column as it stands, as it is read, and whether it says anything."""
        found, at = self.source.converted[name], self._place(name)
        return [
            _alias(found.value, f"value_{at}"),
            _alias(self.source.raw[name], f"raw_{at}"),
            _alias(case([(found.says, number(1))], number(0)), f"says_{at}"),
        ]

    def _place(self, name: str) -> int:
        return [*self.source.converted].index(name)

    def _rows(self, name: str, condition: exp.Expression) -> exp.Query:
        """The rows in which a column is so."""
        taken = [_alias(self.source.raw["id"], "id"), *self._taken(name)]
        inner = selected(taken, rows_of(self.source.relation, taken))
        return rows_where(inner, condition, "id", f"raw_{self._place(name)}", self.dialect)

    def ids(self) -> DataCheck:
        """Whether an id is given again; the first row that has it is not counted."""
        given = selected([_alias(self.id, "id")], rows_of(self.source.relation, [self.id]))
        given = given.where(is_given(self.id.copy()), copy=False)
        times = (
            exp.select(_alias(exp.Count(this=exp.Star()), "times"))
            .from_(given.subquery("given"))
            .group_by("id")
            .having(exp.GT(this=exp.Count(this=exp.Star()), expression=number(1)))
        )
        more = exp.Sum(this=exp.Sub(this=exp.column("times"), expression=number(1)))
        counted = exp.select(exp.Coalesce(this=more, expressions=[number(0)])).from_(
            times.subquery("twice")
        )
        order = exp.Order(expressions=[exp.Ordered(this=exp.column("id"))])
        by_id = exp.Window(this=exp.RowNumber(), partition_by=[exp.column("id")], order=order)
        placed = exp.select("id", _alias(by_id, "place")).from_(given.subquery("given"))
        again = exp.GT(this=exp.column("place"), expression=number(1))
        rows = partial(rows_where, placed, again, "id", "id", self.dialect)
        wrong = Wrong(
            self.cls,
            "id",
            FaultCode.DUPLICATE_ID,
            rows,
            lambda value: duplicate(self.source.name, self._written("id"), value or "", self.cls),
        )
        return check_of(f"{self.source.name}: ids", wrong, self.dialect, counted)

    def reference(
        self, field: str, target: type[Fact], source: MappedSource, whole: bool
    ) -> DataCheck:
        """Whether a reference leads to a row."""
        value = self.source.columns[field]
        there = is_given(value)
        if fields_of(self.cls)[field].may_be_empty:
            there = sql_and(there, unequal(value, self.dialect.text("")))
        referring = selected(
            [_alias(self.id, "id"), _alias(value, "leads_to")],
            rows_of(self.source.relation, [self.id, value]),
        ).where(there.copy(), copy=False)
        rows = partial(leading_nowhere, referring, source, whole, self.dialect)
        wrong = Wrong(
            self.cls,
            field,
            FaultCode.DANGLING_REFERENCE,
            rows,
            lambda id_: dangling(
                self.source.name, self._written(field), id_ or "", target.collection
            ),
        )
        return check_of(f"{self.source.name}: {field}", wrong, self.dialect)

    def _written(self, name: str) -> str:
        return self.source.written.get(name, name)

    def _conditions(self, name: str) -> Iterator[tuple[exp.Expression, FaultCode, str, str]]:
        """What would be wrong in a column, and what is expected instead."""
        at = self._place(name)
        nothing = is_null(exp.column(f"value_{at}"))
        says = exp.column(f"says_{at}")
        if self.source.forms[name].spec.kind is Kind.ID:
            missing = sql_and(equal(says, number(0)), nothing)
            yield missing, FaultCode.MISSING_VALUE, "编号", "an id"
        if self.source.converted[name].says is not SQL_FALSE:
            lost = sql_and(equal(says.copy(), number(1)), nothing.copy())
            yield lost, FaultCode.UNREADABLE_VALUE, *_expected(self.source.forms[name])


def _unlike(place: str, field: str, code: FaultCode, zh: str, en: str, value: str | None) -> Fault:
    return Fault(
        place=place,
        field=field,
        code=code,
        found=found_value(value),
        zh=f"应为{zh}，实为{{found}}；请改正",
        en=f"expected {en}, found {{found}}; correct it",
    )


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
        case Kind.DECIMAL:
            low, high, places = spec.minimum, spec.maximum, spec.places
            return (
                f" {low} 至 {high} 的数，小数至多 {places} 位",
                f"a number from {low} to {high} with at most {places} decimal places",
            )
        case Kind.ID | Kind.REFERENCE:
            en = (
                "an id of at most 64 characters without white space, slashes or lost digits, and no"
                " total or formula"
            )
            return "编号，至多 64 个字符，不含空白、斜杠，数字没有缺失，不是合计或公式", en
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
