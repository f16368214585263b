"""Counts, sums and what recurs: members gathered for each fact, and joined to it.

Where what counts does not hang on the fact around it, members are gathered by their link alone;
else each row is first paired with its members.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from itertools import count
from typing import Final, Literal, TypeAlias, TypeVar

from attrs import field, frozen
from sqlglot import exp

from ...language.exhaustive import assert_never
from ...language.expressions import (
    ONE,
    Additive,
    AggregateNode,
    AggregateOrElse,
    Average,
    Extreme,
    Held,
    Node,
    OrElseNode,
    ValueAggregate,
)
from ...language.joins import Join as MemberJoin
from ...language.joins import joined_by_one_of
from ...language.rails import fraction, gathered_steps, in_steps
from ...language.ranges import Side, bound
from ...language.trees import key
from ...language.types import RATIONAL
from ..generation import free_variables
from ..recurring import judged
from .context import Context
from .dialects import (
    SQL_FALSE,
    SQL_NULL,
    SQL_TRUE,
    Dialect,
    atom,
    case,
    cast,
    equal,
    is_given,
    is_null,
    is_one_of,
    number,
    sql_and,
    sql_not,
    sql_or,
)
from .places import Given, RowScope, TooLateError
from .relations import LINKED, Grouped, Join, Relation, Rows

_T = TypeVar("_T")
SIDES: Final[tuple[Side, Side]] = "low", "high"
Pick: TypeAlias = Literal["greatest", "least"]
_OPPOSITE: Final[Mapping[Pick, Pick]] = {"greatest": "least", "least": "greatest"}
_FURTHER: Final[Mapping[Pick, type[exp.Expression]]] = {"greatest": exp.GT, "least": exp.LT}
_EXTREME: Final[Mapping[Pick, type[exp.Expression]]] = {"greatest": exp.Max, "least": exp.Min}


@frozen(eq=False)
class BoundColumns:
    """The least and the greatest that an aggregate can be; NULL where it has none.

    `asked`: what is asked once, whatever the members are, can change it. `under`: the denominator
    of what is exact, where it is a fraction. `days_off`: the years of a calendar that can still
    change it, and when each can.
    """

    low: exp.Expression
    high: exp.Expression
    exact: exp.Expression
    asked: exp.Expression = SQL_TRUE
    under: exp.Expression = field(factory=lambda: number(1))
    days_off: tuple[tuple[str, exp.Expression], ...] = ()

    @classmethod
    def up_to(
        cls, most: exp.Expression, days_off: tuple[tuple[str, exp.Expression], ...] = ()
    ) -> BoundColumns:
        """Nothing is known to count, and so much may."""
        exact = number(0) if most == number(0) else SQL_NULL
        return cls(number(0), most, exact, days_off=days_off)


@frozen(eq=False)
class _Members:
    """The members of each row, or those of which it is unknown whose they are, gathered beside it.

    `sure` is when one counts, `may` when it may.
    """

    join: Join
    grouped: Grouped
    sure: exp.Expression
    may: exp.Expression


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

    def mean(self, node: Average, scope: RowScope) -> tuple[exp.Expression, exp.Expression]:
        """A mean by its numerator and denominator."""
        made = self._bounds(node, scope)
        return made.exact, made.under

    def asked(self, node: AggregateNode, scope: RowScope) -> exp.Expression:
        """What is asked once, whatever the members are, can change it."""
        return self._bounds(node, scope).asked

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
            case AggregateOrElse():
                if not there:
                    return self._of_none(node, scope, whole)
                if isinstance(node, Extreme):
                    return self._extreme(node, scope, whole)
                return self._mean(node, scope, whole)
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

    def _open_periods(self, node: Held) -> Mapping[int, frozenset[str]]:
        found = judged(self._context.regime, node)
        return {} if found is None else found.open

    def days_off(self, node: Held, scope: RowScope) -> tuple[tuple[str, exp.Expression], ...]:
        """The years of which the days off can change what recurs, and when each can."""
        return self._bounds(node, scope).days_off

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
            low = self._low(node, grouped, condition, value)
            maybe = self._maybe(grouped, condition, value) if whole else None
            return self._joined(node, scope, [(join, low, maybe)], whole)
        link = places.link(relation, member.link)
        grouped = self.grouped(relation, (link.name,), condition, value)
        of = places.at(scope, member.of, Given("id"))
        join = self.beside(scope.relation, grouped, {link.name: of})
        low = self._low(node, grouped, condition, value)
        listed: list[tuple[Join, str | None, str | None]] = [(join, low, None)]
        if whole:
            maybe = self._maybe(grouped, condition, value, is_given(link))
            unlinked = self.beside_unlinked(scope.relation, grouped, link.name)
            listed = [(join, low, maybe), (unlinked, None, maybe)]
        return self._joined(node, scope, listed, whole)

    def _counted(
        self, node: AggregateNode, inside: RowScope
    ) -> tuple[exp.Expression, exp.Expression | None]:
        """When a member counts, and what it adds to a sum; to a count it adds one."""
        condition = self._context.condition(node.where, inside)
        value = None if node.gathered is ONE else self._in_steps(node, node.gathered, inside)
        return condition, value

    def _in_steps(self, node: AggregateNode, value: Node, scope: RowScope) -> exp.Expression:
        """A value of a member, or what it is otherwise, in the steps in which it is gathered."""
        steps = gathered_steps(node) if isinstance(node, ValueAggregate) else 1
        return self._context.value(in_steps(value, steps), scope)

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
        self,
        node: AggregateNode,
        grouped: Grouped,
        condition: exp.Expression,
        value: exp.Expression | None,
    ) -> str:
        if value is None:
            return grouped.output("at_least", _counting(condition))
        summed = case([(condition, value)])
        if summed is SQL_NULL:  # which has no type of its own
            summed = cast(SQL_NULL, self._dialect.whole)
        kept = self._dialect.whole
        if self._context.widths.is_wide(node if node.type != RATIONAL else fraction(node)[0]):
            kept = self._dialect.wide
            summed = cast(summed, kept)
        return grouped.output("at_least", cast(exp.Sum(this=summed), kept))

    def _maybe(
        self,
        grouped: Grouped,
        condition: exp.Expression,
        value: exp.Expression | None,
        linked: exp.Expression = SQL_TRUE,
    ) -> str | None:
        """How many members may count more than they certainly do."""
        open_value = SQL_FALSE if value is None else is_null(value)
        counting = sql_or(
            self._dialect.unknown(condition),
            sql_and(condition, sql_or(open_value, sql_not(linked))),
        )
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
        joins = self._joins_of(node)
        by = tuple((join.field, key(join.other), also) for join, also in joins)
        identity = scope.relation, node.member, unlinked, only, by
        made = self._pairs.setdefault(identity, [])
        level = 0
        for place in count():
            if place == len(made):
                pairs = self._context.places.pairs(
                    scope, node.member, level, unlinked=unlinked, only=only, joins=joins
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

    def _joins_of(self, node: AggregateNode) -> list[tuple[MemberJoin, exp.Expression]]:
        """By what members are joined, and what each join asks of the members besides."""
        member = node.member
        inside = RowScope(self._context.places.listed(member.fact_class), {member: ""})
        found = []
        for join in joined_by_one_of(node):
            own = [part for part in join.also if {v.root for v in free_variables(part)} == {member}]
            asked = [self._context.condition(part, inside) for part in own]
            also = sql_and(*map(self._dialect.may, asked))
            if also is not SQL_FALSE:
                found.append((join, also))
        return found

    def _by_pairs(self, node: AggregateNode, scope: RowScope, whole: bool) -> BoundColumns:
        def write(inside: RowScope) -> BoundColumns:
            condition, value = self._counted(node, inside)
            linked = self.linked(inside)
            relation = inside.relation
            grouped = self.grouped(relation, scope.relation.keys, condition, value, linked)
            low = self._low(node, grouped, sql_and(linked, condition), value)
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

    # The greatest, the least and the mean

    def _of_none(self, node: OrElseNode, scope: RowScope, whole: bool) -> BoundColumns:
        """What it is where no member is listed."""
        if not whole:
            return BoundColumns(SQL_NULL, SQL_NULL, SQL_NULL)
        context, otherwise = self._context, node.otherwise
        if isinstance(node, Average):
            over, under = (*context.parts(otherwise, scope), number(1))[:2]
            return BoundColumns(SQL_NULL, SQL_NULL, over, under=under)
        low, high = (self._in_steps(node, bound(otherwise, side), scope) for side in SIDES)
        return BoundColumns(low, high, self._in_steps(node, otherwise, scope))

    def _of_members(
        self,
        node: OrElseNode,
        scope: RowScope,
        whole: bool,
        write: Callable[[list[_Members], tuple[exp.Expression, ...]], _T],
    ) -> _T:
        """What is written of the members of each row, and the bounds of their values."""
        context, member, dialect = self._context, node.member, self._dialect

        def read(inside: RowScope) -> tuple[exp.Expression, tuple[exp.Expression, ...]]:
            condition = context.condition(node.where, inside)
            if isinstance(node, Average):
                return condition, (self._in_steps(node, node.value, inside),)
            bounds = (bound(node.value, side) for side in SIDES)
            return condition, tuple(self._in_steps(node, each, inside) for each in bounds)

        def by_pairs(inside: RowScope) -> _T:
            condition, values = read(inside)
            linked, keys = self.linked(inside), scope.relation.keys
            grouped = self.grouped(inside.relation, keys, condition, linked, *values)
            join = self.beside(scope.relation, grouped, {n: self._query.column(n) for n in keys})
            sure = sql_and(linked, condition)
            return write([_Members(join, grouped, sure, dialect.may(condition))], values)

        if not self.independent(node):
            return self.paired(node, scope, by_pairs, unlinked=whole)
        relation = context.places.listed(member.fact_class)
        condition, values = read(RowScope(relation, {member: ""}))
        may = dialect.may(condition)
        if member.link is None or member.of is None:
            grouped = self.grouped(relation, (), condition, *values)
            join = self.beside(scope.relation, grouped, {})
            return write([_Members(join, grouped, condition, may)], values)
        link = context.places.link(relation, member.link)
        grouped = self.grouped(relation, (link.name,), condition, *values)
        of = context.places.at(scope, member.of, Given("id"))
        join = self.beside(scope.relation, grouped, {link.name: of})
        listed = [_Members(join, grouped, condition, may)]
        if whole:
            unlinked = self.beside_unlinked(scope.relation, grouped, link.name)
            listed.append(_Members(unlinked, grouped, SQL_FALSE, may))
        return write(listed, values)

    def _counted_of(
        self, node: AggregateNode, scope: RowScope, of: _Members, condition: exp.Expression
    ) -> exp.Expression:
        """How many of the members are so, beside the row."""
        if condition is SQL_FALSE or condition is SQL_NULL:
            return number(0)
        read = of.grouped.output("number", _counting(condition))
        name = f"{node.member.fact_class.collection}_number"
        return scope.relation.add(
            name, self._or_none(self._query.column(read, of.join.alias)), of.join
        )

    def _best(
        self,
        node: AggregateNode,
        scope: RowScope,
        pick: Pick,
        of: _Members,
        condition: exp.Expression,
        value: exp.Expression,
    ) -> exp.Expression:
        """The greatest, or the least, of the values of those members, beside the row."""
        if value is SQL_NULL or condition is SQL_FALSE or condition is SQL_NULL:
            return SQL_NULL
        read = of.grouped.output(pick, _EXTREME[pick](this=case([(condition, value)])))
        name = f"{node.member.fact_class.collection}_{pick}"
        return scope.relation.add(name, self._query.column(read, of.join.alias), of.join)

    def _extreme(self, node: Extreme, scope: RowScope, whole: bool) -> BoundColumns:
        """The greatest; or, with everything the other way round, the least.

        The bound near to the other values is there where one of them certainly counts; the far one
        where all that may count are known.
        """
        pick, opposite = node.pick, _OPPOSITE[node.pick]
        turned = pick == "least"
        sides = SIDES[::-1] if turned else SIDES
        otherwise = [self._in_steps(node, bound(node.otherwise, side), scope) for side in sides]

        def write(listed: list[_Members], values: tuple[exp.Expression, ...]) -> BoundColumns:
            near, far = values[::-1] if turned else values
            first = listed[0]
            certain = self._best(node, scope, pick, first, first.sure, near)
            none = equal(self._counted_of(node, scope, first, first.sure), number(0))
            if not whole:
                low, high = (SQL_NULL, certain) if turned else (certain, SQL_NULL)
                return BoundColumns(low, high, SQL_NULL, none)
            open_far, open_near = (
                [self._counted_of(node, scope, m, sql_and(m.may, is_null(end))) for m in listed]
                for end in (far, near)
            )
            all_far, all_near = (
                sql_and(*(equal(each, number(0)) for each in counted))
                for counted in (open_far, open_near)
            )
            furthest = _extreme_of(
                pick, [self._best(node, scope, pick, m, m.may, far) for m in listed]
            )
            nearest = _extreme_of(
                opposite, [self._best(node, scope, opposite, m, m.may, near) for m in listed]
            )
            at_near = self._kept(node, scope, case([
                (sql_not(none), certain),
                (all_near, _with(opposite, nearest, otherwise[0])),
            ]))  # fmt: skip
            at_far = self._kept(node, scope, case([
                (sql_and(sql_not(none), all_far), furthest),
                (sql_and(none, all_far), _with(pick, furthest, otherwise[1])),
            ]))  # fmt: skip
            low, high = (at_far, at_near) if turned else (at_near, at_far)
            exact = self._kept(node, scope, _same(low, high))
            return BoundColumns(low, high, exact, none)

        return self._of_members(node, scope, whole, write)

    def _mean(self, node: Average, scope: RowScope, whole: bool) -> BoundColumns:
        otherwise = (*self._context.parts(node.otherwise, scope), number(1))[:2]

        def write(listed: list[_Members], values: tuple[exp.Expression, ...]) -> BoundColumns:
            (value,) = values
            first = listed[0]
            some = self._counted_of(node, scope, first, first.sure)
            none = equal(some, number(0))
            if not whole:
                return BoundColumns(SQL_NULL, SQL_NULL, SQL_NULL, none)
            unsettled = [
                self._counted_of(
                    node,
                    scope,
                    m,
                    sql_and(m.may, sql_or(is_null(value), _unsure(m, self._dialect))),
                )
                for m in listed
            ]
            settled = sql_and(*(equal(each, number(0)) for each in unsettled))
            steps = gathered_steps(node)
            of_some: exp.Expression = some
            if steps != 1 and isinstance(some, exp.Column):
                of_some = exp.Mul(this=cast(some, self._dialect.wide), expression=number(steps))
            total = case([(first.sure, value)])
            if total is not SQL_NULL:
                summed = cast(exp.Sum(this=total), self._dialect.wide)
                read = self._query.column(first.grouped.output("total", summed), first.join.alias)
                name = f"{node.member.fact_class.collection}_total"
                total = scope.relation.add(name, read, first.join)
            parts = [
                self._kept(node, scope, case([
                    (sql_and(settled, none), other), (sql_and(settled, sql_not(none)), of),
                ]))
                for of, other in zip((total, of_some), otherwise, strict=True)
            ]  # fmt: skip
            return BoundColumns(SQL_NULL, SQL_NULL, parts[0], none, parts[1])

        return self._of_members(node, scope, whole, write)

    def _kept(
        self, node: Extreme | Average, scope: RowScope, made: exp.Expression
    ) -> exp.Expression:
        if isinstance(made, exp.Column | exp.Null | exp.Literal):
            return made
        return scope.relation.add(f"{node.member.fact_class.collection}_of_all", made)

    # What recurs

    def _held(self, node: Held, scope: RowScope, there: bool, whole: bool) -> BoundColumns:
        periods = self.periods(node)
        if periods is None:
            return BoundColumns.up_to(SQL_NULL)
        open_ = self._open_periods(node)
        if not there:
            days_off = tuple((year, SQL_TRUE) for year in _by_year(open_))
            return BoundColumns.up_to(number(len(open_) if whole else periods), days_off)
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
            days_off: list[tuple[str, exp.Expression]] = []
            for year, in_year in _by_year(open_).items():
                lies = SQL_FALSE if place is SQL_NULL else is_one_of(place, map(number, in_year))
                within = _places(sql_and(linked, condition, lies), place)
                held = beside("in_year", grouped.output("in_year", within))
                days_off.append((year, exp.LT(this=held, expression=number(len(in_year)))))
            if not whole:
                exactly = rows.add(f"{name}_exactly", case([(equal(low, most), low)]))
                return BoundColumns(low, most, exactly, days_off=tuple(days_off))
            may = dialect.may(condition)
            in_other = may
            if open_ and place is not SQL_NULL:
                in_other = sql_and(may, sql_not(is_one_of(place, map(number, open_))))
            possible = beside("possible", grouped.output("possible", _places(in_other, place)))
            if open_:
                possible = exp.Add(this=possible, expression=number(len(open_)))
            undated = grouped.output("undated", _counting(sql_and(may, is_null(on))))
            anywhere = exp.GT(this=beside("undated", undated), expression=number(0))
            high = rows.add(f"{name}_at_most", case([(anywhere, most)], possible))
            exactly = rows.add(f"{name}_exactly", case([(equal(low, high), low)]))
            return BoundColumns(low, high, exactly, days_off=tuple(days_off))

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


def _by_year(open_: Mapping[int, frozenset[str]]) -> Mapping[str, list[int]]:
    """The places of open periods, by the years that have to be known for them."""
    years = sorted(frozenset[str]().union(*open_.values()))
    return {year: [place for place, needed in open_.items() if year in needed] for year in years}


def _counting(condition: exp.Expression) -> exp.Expression:
    if condition is SQL_TRUE:
        return exp.Count(this=exp.Star())
    return exp.Count(this=case([(condition, number(1))]))


def _unsure(members: _Members, dialect: Dialect) -> exp.Expression:
    """A member does not certainly count."""
    return sql_not(dialect.surely(members.sure))


def _extreme_of(pick: Pick, values: list[exp.Expression]) -> exp.Expression:
    """The greatest, or the least, of those of some values that there are."""
    found: exp.Expression = SQL_NULL
    for value in values:
        if value is SQL_NULL or found is SQL_NULL:
            found = found if value is SQL_NULL else value
        else:
            further = _FURTHER[pick](this=found, expression=value)
            found = case([(sql_or(further, is_null(value)), found)], value)
    return found


def _with(pick: Pick, value: exp.Expression, other: exp.Expression) -> exp.Expression:
    """The greater, or the less, of a value, if there is one, and another."""
    if value is SQL_NULL or other is SQL_NULL:
        return other
    further = _FURTHER[pick](this=atom(value), expression=atom(other))
    return case([(further, value)], other)


def _same(low: exp.Expression, high: exp.Expression) -> exp.Expression:
    if low is SQL_NULL or high is SQL_NULL:
        return SQL_NULL
    return case([(equal(low, high), low)])


def _places(condition: exp.Expression, place: exp.Expression) -> exp.Expression:
    """In how many different periods something is."""
    return exp.Count(this=exp.Distinct(expressions=[case([(condition, place)])]))
