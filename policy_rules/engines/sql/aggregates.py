"""Counts, sums and what recurs: members gathered for each fact, and joined to it.

Where what counts does not hang on the fact around it, members are gathered by their link alone;
else each row is first paired with its members.
"""

from __future__ import annotations

from collections.abc import Callable
from itertools import count
from typing import TypeVar

from attrs import frozen
from sqlglot import exp

from ...language.exhaustive import assert_never
from ...language.expressions import (
    ONE,
    Additive,
    AggregateNode,
    Held,
)
from ...language.ranges import Side
from ..generation import free_variables
from ..recurring import judged
from .context import Context
from .dialects import (
    SQL_FALSE,
    SQL_NULL,
    SQL_TRUE,
    case,
    cast,
    equal,
    is_null,
    number,
    sql_and,
    sql_not,
    sql_or,
)
from .places import Given, RowScope, TooLateError
from .relations import LINKED, Grouped, Join, Relation, Rows

_T = TypeVar("_T")


@frozen(eq=False)
class BoundColumns:
    """The least and the greatest that an aggregate can be; the greatest NULL where it has none."""

    low: exp.Expression
    high: exp.Expression
    exact: exp.Expression

    @classmethod
    def up_to(cls, most: exp.Expression) -> BoundColumns:
        """Nothing is known to count, and so much may."""
        return cls(number(0), most, number(0) if most == number(0) else SQL_NULL)


class Aggregates:
    """The aggregates of a query, each computed once for its rows."""

    def __init__(self, context: Context) -> None:
        self._context = context
        self._dialect = context.dialect
        self._query = context.query
        self._made: dict[object, BoundColumns] = {}
        self._grouped: dict[object, Grouped] = {}
        self._calendars: dict[object, Relation] = {}
        self._pairs: dict[object, list[RowScope]] = {}
        self._joins: dict[object, Join] = {}
        self._places: dict[object, exp.Expression] = {}

    def bound(self, node: AggregateNode, side: Side, scope: RowScope) -> exp.Expression:
        """The least, or the greatest, that an aggregate can be."""
        bounds = self._bounds(node, scope)
        return bounds.low if side == "low" else bounds.high

    def exact(self, node: AggregateNode, scope: RowScope) -> exp.Expression:
        """An aggregate where it is certain."""
        return self._bounds(node, scope).exact

    def _bounds(self, node: AggregateNode, scope: RowScope) -> BoundColumns:
        identity = self._context.identity(node, scope)
        found = self._made.get(identity)
        if found is None:
            found = self._made[identity] = self._computed(node, scope)
        return found

    def _computed(self, node: AggregateNode, scope: RowScope) -> BoundColumns:
        there = self._context.places.there(node.member.fact_class)
        whole = self._context.is_complete(node.member.fact_class)
        match node:
            case Held():
                return self._held(node, scope, there, whole)
            case Additive():
                if not there:
                    return BoundColumns.up_to(number(0) if whole else SQL_NULL)
                gather = self._by_link if self.independent(node) else self._by_pairs
                return gather(node, scope, whole)
        return assert_never(node)

    def periods(self, node: Held) -> int | None:
        """How many periods a recurrence has, where it is known how often it is."""
        found = judged(self._context.regime, node)
        return None if found is None else len(found.periods)

    def independent(self, node: AggregateNode) -> bool:
        """Whether what counts hangs on the members alone."""
        used = {v.root for part in node.of_member for v in free_variables(part)}
        return used <= {node.member}

    # Counts and sums, gathered by link

    def _by_link(self, node: AggregateNode, scope: RowScope, whole: bool) -> BoundColumns:
        member = node.member
        places = self._context.places
        relation = places.listed(member.fact_class)
        inside = RowScope(relation, {member: ""})
        condition, value = self._counted(node, inside)
        if member.link is None or member.of is None:
            grouped = self.grouped(relation, (), condition, value)
            join = self.beside(scope.relation, grouped, {})
            low = self._low(grouped, condition, value)
            maybe = self._maybe(grouped, condition, value) if whole else None
            return self._joined(node, scope, [(join, low, maybe)], whole)
        link = places.link(relation, member.link)
        grouped = self.grouped(relation, (link.name,), condition, value)
        of = places.at(scope, member.of, Given("id"))
        join = self.beside(scope.relation, grouped, {link.name: of})
        low = self._low(grouped, condition, value)
        maybe = self._maybe(grouped, condition, value) if whole else None
        listed: list[tuple[Join, str | None, str | None]] = [(join, low, maybe)]
        if whole:
            possible = grouped.output("possible", _counting(self._dialect.may(condition)))
            unlinked = self.beside_unlinked(scope.relation, grouped, link.name)
            listed.append((unlinked, None, possible))
        return self._joined(node, scope, listed, whole)

    def _counted(
        self, node: AggregateNode, inside: RowScope
    ) -> tuple[exp.Expression, exp.Expression | None]:
        """When a member counts, and what it adds to a sum; to a count it adds one."""
        condition = self._context.condition(node.where, inside)
        value = None if node.gathered is ONE else self._context.value(node.gathered, inside)
        return condition, value

    def grouped(
        self, relation: Relation, by: tuple[str, ...], *read: exp.Expression | None
    ) -> Grouped:
        """The rows of a relation, gathered where all that is read of them is there."""
        columns = (self._query.column(name) for name in by)
        level = relation.level_of(*(each for each in read if each is not None), *columns)
        identity = relation, by, level
        found = self._grouped.get(identity)
        if found is None:
            name = self._query.unique(
                "_by_".join([relation.name, *by[-1:]]) if by
                else f"all_{relation.name}"
            )  # fmt: skip
            found = self._grouped[identity] = Grouped(self._query, name, relation, level, by)
        return found

    def beside(self, rows: Relation, grouped: Grouped, on: dict[str, exp.Expression]) -> Join:
        """What is gathered beside the rows; joined once, however much is read of it."""
        identity = rows, grouped, tuple(on), tuple(on.values())
        found = self._joins.get(identity)
        if found is None:
            found = self._query.join(grouped.name, grouped, grouped.level, on)
            self._joins[identity] = found
        return found

    def beside_unlinked(self, rows: Relation, grouped: Grouped, link: str) -> Join:
        """What is gathered of the members whose link is unknown, beside the rows."""
        identity = rows, grouped
        found = self._joins.get(identity)
        if found is None:
            found = self._query.join_unlinked(f"unlinked_{grouped.name}", grouped, link)
            self._joins[identity] = found
        return found

    def _low(
        self, grouped: Grouped, condition: exp.Expression, value: exp.Expression | None
    ) -> str:
        if value is None:
            return grouped.output("at_least", _counting(condition))
        total = exp.Sum(this=case([(condition, value)]))
        return grouped.output("at_least", cast(total, self._dialect.whole))

    def _maybe(
        self,
        grouped: Grouped,
        condition: exp.Expression,
        value: exp.Expression | None,
        linked: exp.Expression = SQL_TRUE,
    ) -> str | None:
        """How many members may count more than they certainly do."""
        open_value = SQL_FALSE if value is None else is_null(value)
        unsettled = sql_or(self._dialect.unknown(condition), open_value, sql_not(linked))
        counting = sql_and(self._dialect.may(condition), unsettled)
        return None if counting is SQL_FALSE else grouped.output("maybe", _counting(counting))

    def _joined(
        self,
        node: AggregateNode,
        scope: RowScope,
        listed: list[tuple[Join, str | None, str | None]],
        whole: bool,
    ) -> BoundColumns:
        """The bounds as columns beside the rows."""
        relation = scope.relation
        name = node.member.fact_class.collection
        low: exp.Expression = number(0)
        certain: list[exp.Expression] = []
        for join, at_least, maybe in listed:
            if at_least is not None:
                read = self._query.column(at_least, join.alias)
                low = relation.add(f"{name}_at_least", self._or_none(read), join)
            if maybe is not None:
                read = self._query.column(maybe, join.alias)
                column = relation.add(f"{name}_maybe", self._or_none(read), join)
                certain.append(equal(column, number(0)))
        if not whole:
            return BoundColumns(low, SQL_NULL, SQL_NULL)
        if not certain:
            return BoundColumns(low, low, low)
        high = relation.add(f"{name}_at_most", case([(sql_and(*certain), low)]))
        return BoundColumns(low, high, high)

    def _or_none(self, number_of: exp.Expression) -> exp.Expression:
        return exp.Coalesce(this=number_of, expressions=[number(0)])

    # Counts and sums over pairs

    def paired(
        self,
        node: AggregateNode,
        scope: RowScope,
        write: Callable[[RowScope], _T],
        *,
        unlinked: bool,
        only: exp.Expression = SQL_TRUE,
    ) -> _T:
        """What is written over each row with its members, at the first level at which it can be."""
        identity = scope.relation, node.member, unlinked, only
        made = self._pairs.setdefault(identity, [])
        level = 0
        for place in count():
            if place == len(made):
                pairs = self._context.places.pairs(
                    scope, node.member, level, unlinked=unlinked, only=only
                )
                made.append(pairs)
            pairs = made[place]
            try:
                return write(pairs)
            except TooLateError as late:
                if late.pairs is not pairs.relation:
                    raise  # it is of pairs around these
                level = late.level + 1
        raise AssertionError  # pragma: no cover - the level reaches that of all that is read

    def _by_pairs(self, node: AggregateNode, scope: RowScope, whole: bool) -> BoundColumns:
        def write(inside: RowScope) -> BoundColumns:
            condition, value = self._counted(node, inside)
            linked = self.linked(inside)
            relation = inside.relation
            grouped = self.grouped(relation, scope.relation.keys, condition, value, linked)
            low = self._low(grouped, sql_and(linked, condition), value)
            maybe = self._maybe(grouped, condition, value, linked) if whole else None
            on = {name: self._query.column(name) for name in scope.relation.keys}
            join = self.beside(scope.relation, grouped, on)
            return self._joined(node, scope, [(join, low, maybe)], whole)

        return self.paired(node, scope, write, unlinked=whole)

    def linked(self, inside: RowScope) -> exp.Expression:
        """A member of a pair certainly belongs to the row."""
        if LINKED not in inside.relation.columns:
            return SQL_TRUE
        return self._dialect.truth(self._query.column(LINKED))

    # What recurs

    def _held(self, node: Held, scope: RowScope, there: bool, whole: bool) -> BoundColumns:
        periods = self.periods(node)
        if periods is None:
            return BoundColumns.up_to(SQL_NULL)
        if not there:
            return BoundColumns.up_to(number(0 if whole else periods))
        if periods == 0:
            return BoundColumns.up_to(number(0))
        most = number(periods)

        def write(inside: RowScope) -> BoundColumns:
            condition, place, on = self.dated(node, inside)
            linked = self.linked(inside)
            dialect, relation = self._dialect, inside.relation
            grouped = self.grouped(relation, scope.relation.keys, condition, place, on, linked)
            sure = grouped.output("periods", _places(sql_and(linked, condition), place))
            joined = {name: self._query.column(name) for name in scope.relation.keys}
            join = self.beside(scope.relation, grouped, joined)
            rows = scope.relation
            name = node.member.fact_class.collection

            def beside(wanted: str, output: str) -> exp.Expression:
                read = self._or_none(self._query.column(output, join.alias))
                return rows.add(f"{name}_{wanted}", read, join)

            low = beside("periods", sure)
            if not whole:
                return BoundColumns(
                    low, most, rows.add(f"{name}_exactly", case([(equal(low, most), low)]))
                )
            may = dialect.may(condition)
            possible = beside("possible", grouped.output("possible", _places(may, place)))
            undated = grouped.output("undated", _counting(sql_and(may, is_null(on))))
            anywhere = exp.GT(this=beside("undated", undated), expression=number(0))
            high = rows.add(f"{name}_at_most", case([(anywhere, most)], possible))
            return BoundColumns(
                low, high, rows.add(f"{name}_exactly", case([(equal(low, high), low)]))
            )

        return self.paired(node, scope, write, unlinked=whole)

    def dated(
        self, node: Held, inside: RowScope
    ) -> tuple[exp.Expression, exp.Expression, exp.Expression]:
        """When a member counts, in which period it is, and its day."""
        context, relation = self._context, inside.relation
        condition = context.condition(node.where, inside)
        on = context.value(node.on, inside)
        if on is SQL_NULL:
            return condition, SQL_NULL, SQL_NULL
        calendar = self._calendar(node)
        identity = relation, calendar, on
        place = self._places.get(identity)
        if place is None:
            join = self._query.join(calendar.name, calendar, 0, {"day": on})
            place = relation.add("period", self._query.column("place", join.alias), join)
            self._places[identity] = place
        return condition, place, on

    def _calendar(self, node: Held) -> Relation:
        found = judged(self._context.regime, node)
        assert found is not None
        calendar = self._calendars.get(found.periods)
        if calendar is None:
            dialect = self._dialect
            rows = [[dialect.day(day), number(place)] for day, place in found.place_of.items()]
            days = exp.Subquery(
                this=dialect.constants(["day", "place"], rows),
                alias=exp.TableAlias(this=exp.to_identifier("days")),
            )
            calendar = Relation(
                self._query, self._query.unique("calendar"), Rows(days), 0, ("day",)
            )
            for name in ("day", "place"):
                calendar.put(name, self._query.column(name))
            self._calendars[found.periods] = calendar
        return calendar


def _counting(condition: exp.Expression) -> exp.Expression:
    if condition is SQL_TRUE:
        return exp.Count(this=exp.Star())
    return exp.Count(this=case([(condition, number(1))]))


def _places(condition: exp.Expression, place: exp.Expression) -> exp.Expression:
    """In how many different periods something is."""
    return exp.Count(this=exp.Distinct(expressions=[case([(condition, place)])]))
