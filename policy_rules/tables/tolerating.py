"""Tables in which some values and rows are wrong: what is wrong is unknown, see `formats`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TypeAlias

from attrs import evolve
from sqlglot import exp

from ..engines.sql.dialects import (
    SQL_NULL,
    Dialect,
    case,
    equal,
    is_given,
    is_null,
    number,
    sql_and,
    sql_or,
)
from ..engines.sql.sources import type_of_column
from ..facts import Fact, Fault, Kind, fields_of
from ..facts.faults import FaultCode
from ..facts.linking import references_of
from ..formats.tolerating import Lost, Tolerated
from .mapped import MappedSource
from .wrong_rows import FoundWrong, Run, sql_of

Sources: TypeAlias = Mapping[type[Fact], MappedSource]


def tolerated_of(
    wrong: Iterable[FoundWrong],
    faults: Sequence[Fault],
    sources: Sources,
    run: Run,
    dialect: Dialect,
) -> Tolerated:
    """What is wrong in tables, as passed over."""
    values = rows = 0
    lost: set[Lost] = set()
    for found in wrong:
        cls, field = found.wrong.fact_class, found.wrong.field
        if field == "id":
            rows += found.count
        else:
            values += found.count
        lost.add((cls, _field_of(cls, field)))
        if found.wrong.code is FaultCode.DUPLICATE_ID:
            differing = _Tolerant(cls, sources, (), dialect).differing(run)
            lost |= {(cls, _field_of(cls, name)) for name in differing}
    return Tolerated(tuple(faults), values, rows, frozenset(lost))


def _field_of(cls: type[Fact], column: str) -> str:
    """The field that a column gives, alone or with the columns of other years."""
    if column in fields_of(cls):
        return column
    return next(
        name
        for name, spec in fields_of(cls).items()
        if spec.kind is Kind.BY_YEAR and column.startswith(f"{name}_")
    )


def tolerant(sources: Sources, wrong: Sequence[FoundWrong], dialect: Dialect) -> Sources:
    """The tables without what was lost of them: rows that share an id as one, of which is known
    what they have in common; references that lead nowhere unknown; rows without an id left out."""
    return {cls: _Tolerant(cls, sources, wrong, dialect).source() for cls in sources}


class _Tolerant:
    """A class in whose rows something is wrong."""

    def __init__(
        self, cls: type[Fact], sources: Sources, wrong: Iterable[FoundWrong], dialect: Dialect
    ) -> None:
        self.cls, self.sources, self.dialect = cls, sources, dialect
        self.given = sources[cls]
        of_class = [each.wrong for each in wrong if each.wrong.fact_class is cls]
        self.ids_are_wrong = any(each.field == "id" for each in of_class)
        self.leading_nowhere = [
            each.field for each in of_class if each.code is FaultCode.DANGLING_REFERENCE
        ]

    def source(self) -> MappedSource:
        """The table as it can be relied on."""
        if not self.ids_are_wrong and not self.leading_nowhere:
            return self.given
        names = [self._column(name) for name in self.given.columns]
        rows: exp.Query = exp.select(*names).from_(self._rows("given"))
        if self.ids_are_wrong:
            rows = self._merged()
        for name in dict.fromkeys(self.leading_nowhere):
            rows = self._linked(rows, name)
        if self.dialect.inlines:  # as where several tables give a class
            rows = rows.offset(0)
        read = {name: self._column(name) for name in self.given.columns}
        return evolve(self.given, relation=rows.subquery("relied_on"), columns=read)

    def differing(self, run: Run) -> Iterator[str]:
        """The columns in which rows of one id differ."""
        names = [name for name in self.given.columns if name != "id"]
        if not names:
            return iter(())
        flags = []
        for position, name in enumerate(names):
            some_known = exp.GT(this=exp.Count(this=self._column(name)), expression=number(0))
            differs = sql_and(some_known, is_null(self._shared(name)))
            flags.append(exp.alias_(case([(differs, number(1))], number(0)), f"n_{position}"))
        id_ = self._column("id")
        several = exp.GT(this=exp.Count(this=exp.Star()), expression=number(1))
        groups = exp.select(exp.alias_(number(1), "one"), *flags).from_(self._rows("of_ids"))
        groups = groups.group_by(id_).having(several)
        most = [exp.Max(this=exp.column(f"n_{position}")) for position in range(len(names))]
        (found,) = run(sql_of(exp.select(*most).from_(groups.subquery("several")), self.dialect))
        return (name for name, differs in zip(names, found, strict=True) if differs)

    def _rows(self, alias: str) -> exp.Subquery:
        """The rows that have an id, with the columns by what the rules call them."""
        columns = [
            exp.alias_(each.copy(), self.dialect.identifier(name))
            for name, each in self.given.columns.items()
        ]
        rows = exp.select(*columns).from_(self.given.relation.copy())
        return rows.where(is_given(self.given.columns["id"])).subquery(alias)

    def _column(self, name: str) -> exp.Column:
        return exp.Column(this=self.dialect.identifier(name))

    def _merged(self) -> exp.Query:
        """The rows by id; where those of one id differ in a column, it is unknown."""
        columns = [
            exp.alias_(self._shared(name), self.dialect.identifier(name))
            for name in self.given.columns
            if name != "id"
        ]
        id_ = self._column("id")
        return exp.select(id_, *columns).from_(self._rows("given")).group_by(id_.copy())

    def _shared(self, name: str) -> exp.Expression:
        column = self._column(name)
        is_flag = type_of_column(self.cls, name) == "boolean"
        value = case([(self.dialect.truth(column), number(1)), (is_given(column), number(0))])
        value = value if is_flag else column
        all_known = equal(exp.Count(this=value.copy()), exp.Count(this=exp.Star()))
        least, greatest = exp.Min(this=value.copy()), exp.Max(this=value.copy())
        same = sql_and(all_known, equal(least, greatest))
        if not is_flag:
            return case([(same, least.copy())])
        yes, no = (self.dialect.boolean(each) for each in (True, False))
        of_all = [
            (sql_and(same, equal(least, number(bit))), each) for bit, each in ((1, yes), (0, no))
        ]
        # Of a number by year it is always known whether it is known.
        return case(of_all, SQL_NULL if name in fields_of(self.cls) else no)

    def _linked(self, rows: exp.Query, name: str) -> exp.Query:
        """The rows, with a reference that leads nowhere unknown."""
        collection = references_of(self.cls)[name]
        target = next(of for cls, of in self.sources.items() if cls.collection == collection)
        ids = exp.select(exp.alias_(target.columns["id"].copy(), "there"))
        there = ids.from_(target.relation.copy()).distinct()
        leads_to = exp.Column(
            this=self.dialect.identifier(name), table=exp.to_identifier("rows_of")
        )
        found = exp.column("there", table="referred")
        kept = is_given(found)
        if fields_of(self.cls)[name].may_be_empty:
            kept = sql_or(kept, equal(leads_to, self.dialect.text("")))
        columns = [
            exp.alias_(case([(kept, leads_to.copy())]), self.dialect.identifier(name))
            if each == name
            else exp.Column(this=self.dialect.identifier(each), table=exp.to_identifier("rows_of"))
            for each in self.given.columns
        ]
        return (
            exp.select(*columns)
            .from_(rows.subquery("rows_of"))
            .join(there.subquery("referred"), on=equal(leads_to.copy(), found), join_type="left")
        )
