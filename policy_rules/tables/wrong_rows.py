"""What may be wrong in the rows of a table: how many are so, which, and how a fault tells of it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any, Final

from attrs import evolve, frozen
from sqlglot import exp

from ..engines.sql.dialects import (
    SQL_FALSE,
    SQL_TRUE,
    Dialect,
    case,
    equal,
    is_null,
    number,
    sql_and,
    sql_or,
)
from ..engines.sql.sources import Source
from ..facts import Fact, Fault
from ..facts.faults import MOST_NAMED, FaultCode, Found, escaped, grouped
from ..facts.specs import ID_PATTERN

Run = Callable[[str], Iterable[Sequence[Any]]]

_RANKED: Final = (
    exp.column("id"),
    exp.column("value"),
    exp.alias_(
        exp.Window(this=exp.Count(this=exp.Star()), partition_by=[exp.column("value")]), "n"
    ),
    exp.alias_(
        exp.Window(
            this=exp.RowNumber(),
            partition_by=[exp.column("value")],
            order=exp.Order(expressions=[exp.Ordered(this=exp.column("id"))]),
        ),
        "place",
    ),
)


@frozen
class Wrong:
    """What may be wrong with the values of a field.

    `rows` makes a query of the `id` and `value` of each row that is so, as texts. `told` makes the
    fault of a value, of this `code`.
    """

    fact_class: type[Fact]
    field: str
    code: FaultCode
    rows: Callable[[], exp.Query]
    told: Callable[[str | None], Fault]


@frozen
class DataCheck:
    """A statement that gives one row: how many rows are so, for each of `wrongs` in turn."""

    description: str
    sql: str
    wrongs: tuple[Wrong, ...]


@frozen
class FoundWrong:
    """What is wrong with the values of a field, and in how many rows."""

    wrong: Wrong
    count: int

    def faults(self, run: Run, dialect: Dialect) -> list[Fault]:
        """Tell of it with the most frequent values, the number of each, and where it is first."""
        faults: dict[str | None, Fault] = {}
        for id_, value, count in run(sql_of(_examples(self.wrong.rows()), dialect)):
            fault = faults.get(value) or _of_value(self.wrong.told(value), int(count))
            faults[value] = _at(fault, id_, value)
        kinds = grouped([*faults.values()][:MOST_NAMED])
        return [evolve(kinds[0], count=self.count)] if len(kinds) == 1 else kinds

    def each(self, run: Run, dialect: Dialect) -> Iterator[Fault]:
        """Tell of every row by itself."""
        for id_, value in run(sql_of(self.wrong.rows(), dialect)):
            fault, at = self.wrong.told(value), _named(id_)
            yield evolve(fault, place=f"{fault.place}/{at}") if at else fault


def found_wrong(run: Run, checks: Iterable[DataCheck]) -> list[FoundWrong]:
    """Run checks, and give what is wrong."""
    found = []
    for check in checks:
        (counts,) = run(check.sql)
        for wrong, count in zip(check.wrongs, counts, strict=True):
            if count:
                found.append(FoundWrong(wrong, int(count)))
    return found


def check_of(
    description: str, wrong: Wrong, dialect: Dialect, counted: exp.Query | None = None
) -> DataCheck:
    """A check of one thing; `counted` counts it where that is quicker than counting its rows."""
    if counted is None:
        wrong_rows = wrong.rows().subquery("wrong", copy=False)
        counted = selected([exp.Count(this=exp.Star())], wrong_rows)
    return DataCheck(description, sql_of(counted, dialect), (wrong,))


def rows_where(
    given: exp.Query, condition: exp.Expression, id_: str, value: str, dialect: Dialect
) -> exp.Query:
    """The id and a value of each row of a query that is so."""
    columns = [
        exp.alias_(dialect.as_text(exp.column(name)), alias)
        for name, alias in ((id_, "id"), (value, "value"))
    ]
    return selected(columns, given.subquery("given")).where(condition.copy(), copy=False)


def selected(columns: Sequence[exp.Expr], rows: exp.Expression) -> exp.Select:
    """Columns of rows, taken as they are: conversions are long, and to copy them takes time."""
    return exp.Select(expressions=[*columns]).from_(rows, copy=False)


def rows_of(relation: exp.Expression, read: Iterable[exp.Expression]) -> exp.Expression:
    """A copy of a relation without what is worked out in it and not read."""
    made = relation.this
    if not isinstance(relation, exp.Subquery) or not isinstance(made, exp.Select):
        return relation.copy()
    names = {column.name for each in read for column in each.find_all(exp.Column)}
    columns = [
        each.copy()
        for each in made.expressions
        if isinstance(each, exp.Column) or each.alias_or_name in names
    ]
    rest = {name: part.copy() for name, part in made.args.items() if isinstance(part, exp.Expr)}
    return exp.Subquery(
        this=exp.Select(**rest, expressions=columns), alias=relation.args["alias"].copy()
    )


def count_of(condition: exp.Expression) -> exp.Expression:
    """How many rows are so."""
    one = case([(condition.copy(), number(1))], number(0))
    return exp.Coalesce(this=exp.Sum(this=one), expressions=[number(0)])


def leading_nowhere(
    referring: exp.Query,
    target: Source | None,
    whole: bool,
    dialect: Dialect,
    wrong_even_so: exp.Expression = SQL_FALSE,
) -> exp.Query:
    """The rows of a query of `id` and `leads_to` that lead to no row of another table.

    Where that holds nothing, and is not said to be `whole`, they may lead to what it could hold;
    then only those are given that are `wrong_even_so`.
    """
    if target is None:
        return rows_where(referring, wrong_even_so, "id", "leads_to", dialect)
    id_ = target.columns["id"]
    referred = selected([exp.alias_(id_.copy(), "there")], rows_of(target.relation, [id_]))
    any_ = exp.Exists(this=selected([number(1)], rows_of(target.relation, [])))
    columns = [
        exp.alias_(dialect.as_text(exp.column(name)), alias)
        for name, alias in (("id", "id"), ("leads_to", "value"))
    ]
    nowhere = is_null(exp.column("there"))
    return (
        selected(columns, referring.subquery("referring"))
        .join(
            referred.subquery("referred", copy=False),
            on=equal(exp.column("leads_to"), exp.column("there")),
            join_type="left",
            copy=False,
        )
        .where(
            sql_and(nowhere, SQL_TRUE if whole else sql_or(any_, wrong_even_so.copy())), copy=False
        )
    )


def sql_of(query: exp.Query, dialect: Dialect) -> str:
    """A query as text, with names that are words of the database in quotation marks from now on."""
    for name in query.find_all(exp.Identifier):
        if not name.quoted:
            name.set("quoted", dialect.identifier(name.name).quoted)
    return dialect.sql(query)


def _examples(rows: exp.Query) -> exp.Query:
    """The most frequent values of rows, each with its number and its first ids."""
    wrong = rows.subquery("wrong", copy=False)
    ranked = selected([each.copy() for each in _RANKED], wrong)
    first = exp.LTE(this=exp.column("place"), expression=number(MOST_NAMED))
    return (
        exp.select("id", "value", "n")
        .from_(ranked.subquery("ranked", copy=False), copy=False)
        .where(first, copy=False)
        .order_by("n DESC", "value", "place", copy=False)
        .limit(MOST_NAMED**2, copy=False)
    )


def _of_value(fault: Fault, count: int) -> Fault:
    (found,) = fault.found
    return evolve(fault, count=count, found=(evolve(found, count=count),))


def _at(fault: Fault, id_: str | None, value: str | None) -> Fault:
    """The fault, which is also in the row of an id."""
    named = _named(id_)
    if not named or id_ == value:
        return fault
    (found,) = fault.found
    at = (*found.at, named)
    return evolve(fault, found=(Found(found.zh, found.en, found.count, at[:MOST_NAMED]),))


def _named(id_: str | None) -> str:
    """An id, sound or not, as it can be shown; nothing where there is none."""
    said = (id_ or "").strip()
    return said if re.fullmatch(ID_PATTERN, said) else escaped(said)
