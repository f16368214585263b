"""What unknown answers still need, as texts: the same that `engines/needs.py` says of one fact.

A need of the fact itself is a name after its key. Needs of members are gathered into one text for
each row. Where the rules of a definition contradict each other, this is noted apart.
"""

from __future__ import annotations

from heapq import heappop, heappush
from itertools import count
from typing import Final

from attrs import define, field, frozen
from sqlglot import exp

from ...language.exhaustive import assert_never
from ...language.expressions import (
    TRUE,
    Aggregate,
    AggregateNode,
    And,
    AsOf,
    Attribute,
    ByCalendar,
    ByChoice,
    Comparison,
    Constant,
    Deadline,
    Definition,
    Derived,
    Exempted,
    FirstKnown,
    Held,
    InYear,
    IsKnown,
    Node,
    Not,
    Noted,
    Operation,
    Or,
    Parameter,
    Periods,
    ReadingIs,
    RecurrenceLess,
    Variable,
    any_of,
)
from ...language.ranges import ranged
from ...language.trees import children, walk
from ...language.types import BOOLEAN
from ..columns import CONFLICT_MARK
from .aggregates import Aggregates
from .context import Context
from .definitions import Candidate, Definitions, grouped_by_value, is_plain
from .dialects import (
    SQL_FALSE,
    SQL_NULL,
    SQL_TRUE,
    case,
    cast,
    conjuncts,
    is_given,
    is_null,
    sql_and,
    sql_not,
    sql_or,
    unequal,
)
from .places import Defined, Given, RowScope
from .relations import Grouped, Join, Relation
from .working_days import WorkingDaysOf

# Beyond this many definitions on the way, what one needs is a column of its own: written into each
# place where it is asked, it would double with every step.
_DEEPEST: Final = 2
_LARGE: Final = 8
# Stands for the key of the fact while a text is put together; no name has it.
_KEY: Final = "@"


@define(eq=False)
class Needed:
    """What is needed of the facts of some rows, and when: named pieces, and texts gathered."""

    named: dict[tuple[str, str], exp.Expression] = field(factory=dict)
    keys: dict[str, exp.Expression] = field(factory=dict)
    texts: list[tuple[exp.Expression, exp.Expression]] = field(factory=list)
    conflicts: list[tuple[exp.Expression, exp.Expression]] = field(factory=list)

    def add(self, of: str, name: str, condition: exp.Expression) -> None:
        """Something that is needed on a condition; `of` names the fact, or nothing."""
        before = self.named.get((of, name), SQL_FALSE)
        self.named[of, name] = condition if before == condition else sql_or(before, condition)


@define(eq=False)
class _Waiting:
    """An expression that is still to be looked into, in a scope, and when: in any of some cases.

    `never` is a truth that it is known not to have in any of them.
    """

    node: Node
    scope: RowScope
    depth: int
    never: bool | None
    whens: list[exp.Expression]


@frozen(eq=False)
class _Asked:
    """A derived attribute of a variable's fact that is still to be looked into, and when."""

    definition: Definition
    scope: RowScope
    variable: Variable
    whens: list[exp.Expression]


class _Work:
    """What is still to be looked into, the largest first: so that what is part of several larger
    expressions is looked into once, when all of them have been."""

    def __init__(self, context: Context) -> None:
        self._context = context
        self._waiting: dict[object, _Waiting] = {}
        self._order: list[tuple[int, int, object]] = []
        self._attributes: dict[tuple[Definition, Relation, str], _Asked] = {}
        self._count = count()
        self.needed = Needed()

    def put(
        self,
        node: Node,
        scope: RowScope,
        when: exp.Expression,
        depth: int,
        never: bool | None = None,
    ) -> None:
        """Look into an expression where a condition holds."""
        if when is SQL_FALSE:
            return
        if not isinstance(node, And | Or | Not):
            never = None
        identity = self._context.identity(node, scope), depth, never
        waiting = self._waiting.get(identity)
        if waiting is None:
            self._waiting[identity] = _Waiting(node, scope, depth, never, [when])
            size = sum(1 for _ in walk(node))
            heappush(self._order, (-size, next(self._count), identity))
        elif when not in waiting.whens:
            waiting.whens.append(when)

    def put_attribute(
        self, definition: Definition, scope: RowScope, variable: Variable, when: exp.Expression
    ) -> None:
        """Look into a derived attribute to which there are many ways, once for all of them."""
        identity = definition, scope.relation, scope.prefixes[variable]
        asked = self._attributes.setdefault(identity, _Asked(definition, scope, variable, []))
        asked.whens.append(when)

    def next_attribute(self) -> _Asked | None:
        """The attribute to be looked into next, when no expression is left: one that no other of
        them reads."""
        if not self._attributes:
            return None
        ways = self._context.folded.ways
        identity = max(self._attributes, key=lambda each: ways[each[0]])
        return self._attributes.pop(identity)

    def next(self) -> _Waiting | None:
        """What is to be looked into next."""
        if not self._order:
            return None
        return self._waiting.pop(heappop(self._order)[2])


def _any(conditions: list[exp.Expression]) -> exp.Expression:
    """Any of the conditions, with common conjuncts factored out."""
    if len(conditions) == 1 or any(each is SQL_TRUE for each in conditions):
        return sql_or(*conditions)
    parts = [list(conjuncts(each)) for each in conditions]
    common = [each for each in parts[0] if all(each in other for other in parts[1:])]
    rest = [sql_and(*(each for each in listed if each not in common)) for listed in parts]
    return sql_and(*common, sql_or(*rest))


class Needing:
    """The needs of a query's rows."""

    def __init__(
        self,
        context: Context,
        definitions: Definitions,
        aggregates: Aggregates,
        working_days: WorkingDaysOf,
    ) -> None:
        self._context = context
        self._definitions = definitions
        self._aggregates = aggregates
        self._working_days = working_days
        self._dialect = context.dialect
        self._query = context.query
        self._gathered: dict[object, list[tuple[exp.Expression, exp.Expression | None]]] = {}
        self._groups: dict[object, Grouped] = {}
        self._columns: dict[tuple[Relation, exp.Expression], exp.Expression] = {}

    def texts(
        self, nodes: list[Node], scope: RowScope
    ) -> tuple[exp.Expression, exp.Expression | None]:
        """What the unknown ones of some expressions need; and their conflicts, if there can be any.

        Both are texts of words with spaces between.
        """
        work = _Work(self._context)
        for node in nodes:
            work.put(node, scope, SQL_TRUE, 0)
        return self._done(work)

    def of_definition(
        self, definition: Definition, scope: RowScope
    ) -> tuple[exp.Expression, exp.Expression | None]:
        """What an undetermined derived attribute needs; and its conflict."""
        work = _Work(self._context)
        self._of_definition(definition, scope, definition.subject, SQL_TRUE, 1, work)
        return self._done(work)

    def _done(self, work: _Work) -> tuple[exp.Expression, exp.Expression | None]:
        while True:
            if (waiting := work.next()) is not None:
                self._gather(waiting, self._kept(waiting.whens, waiting.scope), work)
            elif (asked := work.next_attribute()) is not None:
                when = self._kept(asked.whens, asked.scope)
                self._of_definition(asked.definition, asked.scope, asked.variable, when, 1, work)
            else:
                break
        return self._text(work.needed), self._conflict_text(work.needed)

    def _kept(self, whens: list[exp.Expression], scope: RowScope) -> exp.Expression:
        """Any of some cases, as a column where that is large."""
        when = _any([*dict.fromkeys(whens)])
        if sum(1 for _ in when.walk()) <= _LARGE:
            return when
        return self._dialect.truth(scope.relation.add("open", self._dialect.flag(when)))

    def _text(self, needed: Needed) -> exp.Expression:
        """What is needed as one text: first what has a name, in the order of the names."""
        dialect = self._dialect
        pieces = []
        for of, name in sorted(needed.named, key="".join):
            text = dialect.text(f"{_KEY}{name}" if of else name)
            pieces.append((needed.named[of, name], text))
        if not needed.keys:
            return self._once(dialect.listed([*pieces, *needed.texts]), needed)
        ((owner, id_),) = needed.keys.items()
        key = exp.DPipe(this=dialect.text(owner), expression=id_)
        named = dialect.replaced(dialect.text(_KEY), key, dialect.listed(pieces))
        if not needed.texts:
            return named
        filled = sql_or(*(condition for condition, _ in pieces))
        return self._once(dialect.listed([(filled, named), *needed.texts]), needed)

    def _once(self, text: exp.Expression, needed: Needed) -> exp.Expression:
        """Each word once: what was gathered of members can say the same as others do."""
        return self._dialect.distinct_words(text) if needed.texts else text

    def _conflict_text(self, needed: Needed) -> exp.Expression | None:
        return self._dialect.listed(needed.conflicts) if needed.conflicts else None

    def _gather(self, waiting: _Waiting, when: exp.Expression, work: _Work) -> None:
        node, scope, depth, never = waiting.node, waiting.scope, waiting.depth, waiting.never
        needed = work.needed
        match node:
            case Constant() | IsKnown():
                return
            case Parameter():
                needed.add("", f"parameters.{node.name}", when)
            case Attribute():
                value = self._context.places.at(scope, node.of, Given(node.spec.name))
                self._named(node.of, node.spec.name, sql_and(when, is_null(value)), scope, needed)
            case InYear():
                self._of_year(node, scope, when, needed)
            case Derived():
                self._derived(node, scope, when, depth, work)
            case Aggregate():
                self._aggregate(node, scope, when, depth, work)
            case ByCalendar():
                unknown = sql_and(when, self._unknown(node, scope))
                for child in children(node):
                    work.put(child, scope, unknown, depth)
                needed.texts += self._working_days.unknown_years(node, scope, when)
            case FirstKnown():
                work.put(node.first, scope, sql_and(when, self._unknown(node, scope)), depth)
            case ByChoice():
                work.put(node.of, scope, when, depth)
                for choices, stands in node.entries:
                    chosen = self._context.condition(node.is_among(choices), scope)
                    work.put(stands, scope, sql_and(when, self._dialect.may(chosen)), depth)
            case RecurrenceLess():
                work.put(node.every, scope, when, depth)
            case Not():
                work.put(node.item, scope, when, depth, None if never is None else not never)
            case And() | Or():
                # Unknown, and so none of its parts settles it: then each unknown part leaves it so.
                settling = isinstance(node, Or)
                if never is not settling:
                    when = sql_and(when, self._unknown(node, scope))
                for item in node.items:
                    work.put(item, scope, when, depth, settling)
            case Comparison() | Operation() | Exempted() | Periods():
                # What is unknown as soon as one of its parts is need not be asked itself.
                if isinstance(node, Exempted) or _is_ranged(node):
                    when = sql_and(when, self._unknown(node, scope))
                for child in children(node):
                    work.put(child, scope, when, depth)
            case Noted() | ReadingIs() | AsOf() | Deadline():  # pragma: no cover - folded away
                raise AssertionError(node)
            case _:
                assert_never(node)

    def _unknown(self, node: Node, scope: RowScope) -> exp.Expression:
        return sql_not(self._context.known(node, scope))

    def _named(
        self, of: Variable, name: str, when: exp.Expression, scope: RowScope, needed: Needed
    ) -> None:
        """A field; of a fact that is not known, the reference that leads to it."""
        if when is SQL_FALSE:
            return
        if of.via is not None and of.of is not None:
            via = self._context.places.at(scope, of.of, Given(of.via))
            self._named(of.of, of.via, sql_and(when, is_null(via)), scope, needed)
            when = sql_and(when, is_given(via))
        self._add(of, f".{name}", when, scope, needed)

    def _add(
        self, of: Variable, name: str, when: exp.Expression, scope: RowScope, needed: Needed
    ) -> None:
        if when is SQL_FALSE:
            return
        id_ = self._context.id_of(scope, of)
        owner = f"{of.fact_class.collection}/"
        if not needed.keys:
            needed.keys[owner] = id_
        if needed.keys.get(owner) == id_:
            needed.add(owner, name, when)
            return
        text = exp.DPipe(this=self._dialect.text(owner), expression=id_)
        whole = exp.DPipe(this=text, expression=self._dialect.text(name))
        needed.texts.append((when, whole))

    def _of_year(self, node: InYear, scope: RowScope, when: exp.Expression, needed: Needed) -> None:
        variable, name = node.item.of, node.item.spec.name
        value = self._context.value(node, scope)
        unknown = sql_and(when, is_null(value))
        known = self._context.known(node.item, scope)
        year = self._context.regime.as_of.year + node.offset
        self._named(variable, f"{name}.{year}", sql_and(unknown, known), scope, needed)
        self._named(variable, name, sql_and(unknown, sql_not(known)), scope, needed)

    def _derived(
        self, node: Derived, scope: RowScope, when: exp.Expression, depth: int, work: _Work
    ) -> None:
        context, needed = self._context, work.needed
        definition = context.regime.rules.definition(node)
        when = sql_and(when, self._unknown(node, scope))
        if node.of.via is not None and node.of.of is not None:
            via = context.places.at(scope, node.of.of, Given(node.of.via))
            self._named(node.of.of, node.of.via, sql_and(when, is_null(via)), scope, needed)
            when = sql_and(when, is_given(via))
        elif definition in context.folded.entangled:
            work.put_attribute(definition, scope, node.of, when)
            return
        elif depth < _DEEPEST:
            self._of_definition(definition, scope, node.of, when, depth + 1, work)
            return
        for part, texts in (("needs", needed.texts), ("conflicts", needed.conflicts)):
            column = context.places.at(scope, node.of, Defined(definition, part))
            if column is not SQL_NULL:
                filled = sql_and(when, unequal(column, self._dialect.text("")))
                texts.append((filled, column))

    def _of_definition(
        self,
        definition: Definition,
        scope: RowScope,
        variable: Variable,
        when: exp.Expression,
        depth: int,
        work: _Work,
    ) -> None:
        """What is needed where a derived attribute has no value."""
        context = self._context
        conflict = context.places.at(scope, variable, Defined(definition, "conflict"))
        if conflict is not SQL_NULL:
            id_ = context.id_of(scope, variable)
            mark = f"{CONFLICT_MARK}{variable.fact_class.collection}/"
            text = exp.DPipe(this=self._dialect.text(mark), expression=id_)
            named = self._dialect.text(f".{definition.written_name}=")
            text = exp.DPipe(this=text, expression=named)
            commas = exp.Anonymous(
                this="REPLACE",
                expressions=[conflict, exp.Literal.string(" "), exp.Literal.string(",")],
            )
            there = sql_and(when, is_given(conflict))
            work.needed.conflicts.append((there, exp.DPipe(this=text, expression=commas)))
            when = sql_and(when, is_null(conflict))
        inside = RowScope(
            scope.relation, {**scope.prefixes, definition.subject: scope.prefixes[variable]}
        )
        candidates = self._definitions.candidates(definition)
        for each in candidates:
            is_open = sql_and(when, self._open(each, candidates, definition, inside))
            if each.otherwise:
                for other in candidates[:-1]:
                    work.put(other.condition, inside, is_open, depth)
            else:
                work.put(each.condition, inside, is_open, depth)
            work.put(each.value, inside, is_open, depth)

    def _open(
        self,
        candidate: Candidate,
        candidates: tuple[Candidate, ...],
        definition: Definition,
        scope: RowScope,
    ) -> exp.Expression:
        """A rule could still decide: it may apply, and does not give the value that is known."""
        if candidate.condition is TRUE and len(candidates) == 1:
            return SQL_TRUE
        context, dialect = self._context, self._dialect
        constant = all(isinstance(each.value, Constant) for each in candidates)
        groups = grouped_by_value(candidates) if constant else []
        if constant and (is_plain(groups) or all(len(members) == 1 for _, members in groups)):
            # While there is no value, none of the rules certainly applies that could give it.
            return SQL_TRUE
        may = dialect.may(context.condition(candidate.condition, scope))
        if constant:
            (members,) = (members for _, members in groups if candidate in members)
            applying = any_of(*(each.condition for each in members))
            return sql_and(may, sql_not(dialect.surely(context.condition(applying, scope))))
        variable = definition.subject
        known = self._known_parts(definition, scope, variable, "known")
        value = self._known_parts(definition, scope, variable, f"value{candidate.place}")
        if value[0] is SQL_NULL or known[0] is SQL_NULL:
            return may
        differs = unequal(*self._definitions.crosswise(known, value))
        return sql_and(may, sql_or(is_null(value[0]), is_null(known[0]), differs))

    def _known_parts(
        self, definition: Definition, scope: RowScope, variable: Variable, part: str
    ) -> tuple[exp.Expression, ...]:
        places = self._context.places
        number = 2 if definition.type.name == "rational" else 1
        return tuple(
            places.at(scope, variable, Defined(definition, f"{part}/{place}"))
            for place in range(number)
        )

    # Needs of members

    def _aggregate(
        self, node: AggregateNode, scope: RowScope, when: exp.Expression, depth: int, work: _Work
    ) -> None:
        context, needed = self._context, work.needed
        exact = self._aggregates.exact(node, scope)
        unknown = is_null(exact)
        when = sql_and(when, unknown)
        if when is SQL_FALSE:
            return
        member_class = node.member.fact_class
        if not context.is_complete(member_class):
            needed.add("", f"complete.{member_class.collection}", when)
        once = sql_and(when, self._aggregates.asked(node, scope))
        for part in node.asked_once:
            work.put(part, scope, once, depth)
        if isinstance(node, Held):
            for year, open_ in self._aggregates.days_off(node, scope):
                needed.add("", f"parameters.{year}", sql_and(when, open_))
        if not context.places.there(member_class):
            return
        identity = context.identity(node, scope)
        gathered = self._gathered.get(identity)
        if gathered is None:
            if not isinstance(node, Held) and self._aggregates.independent(node):
                gathered = self._by_link(node, scope)
            else:
                gathered = self._by_pairs(node, scope, unknown)
            self._gathered[identity] = gathered
        for text, conflicts in gathered:
            for column, texts in ((text, needed.texts), (conflicts, needed.conflicts)):
                if column is not None:
                    texts.append((sql_and(when, is_given(column)), column))

    def _of_member(
        self, node: AggregateNode, inside: RowScope, unlinked: exp.Expression
    ) -> tuple[exp.Expression, exp.Expression | None]:
        """What one member needs that may count, as texts."""
        work = _Work(self._context)
        if unlinked is not SQL_FALSE and node.member.link is not None:
            self._add(node.member, f".{node.member.link}", unlinked, inside, work.needed)
        for part in node.of_member:
            work.put(part, inside, SQL_TRUE, 0)
        return self._done(work)

    def _by_link(
        self, node: AggregateNode, scope: RowScope
    ) -> list[tuple[exp.Expression, exp.Expression | None]]:
        context, member = self._context, node.member
        relation = context.places.listed(member.fact_class)
        inside = RowScope(relation, {member: ""})
        may = self._dialect.may(context.condition(node.where, inside))
        by: tuple[str, ...] = ()
        unlinked: exp.Expression = SQL_FALSE
        if member.link is not None and member.of is not None:
            link = context.places.link(relation, member.link)
            by, unlinked = (link.name,), is_null(link)
        text, conflicts = self._of_member(node, inside, unlinked)
        if text == self._dialect.text("") and conflicts is None:
            return []  # there would be a part without columns
        grouped, outputs = self._group(relation, by, may, text, conflicts)
        if not by:
            joins = [self._aggregates.beside(scope.relation, grouped, {})]
        else:
            assert member.of is not None
            of = context.places.at(scope, member.of, Given("id"))
            joins = [
                self._aggregates.beside(scope.relation, grouped, {by[0]: of}),
                self._aggregates.beside_unlinked(scope.relation, grouped, by[0]),
            ]
        return [self._beside(scope.relation, join, outputs) for join in joins]

    def _by_pairs(
        self, node: AggregateNode, scope: RowScope, unknown: exp.Expression
    ) -> list[tuple[exp.Expression, exp.Expression | None]]:
        context = self._context
        aggregates = self._aggregates

        def write(inside: RowScope) -> list[tuple[exp.Expression, exp.Expression | None]]:
            linked = aggregates.linked(inside)
            counting = self._dialect.may(context.condition(node.where, inside))
            if isinstance(node, Held) and isinstance(node.every, Constant):
                counting = sql_and(counting, self._matters(node, scope, inside, linked))
            text, conflicts = self._of_member(node, inside, sql_not(linked))
            grouped, outputs = self._group(
                inside.relation, scope.relation.keys, counting, text, conflicts
            )
            on = {name: self._query.column(name) for name in scope.relation.keys}
            join = aggregates.beside(scope.relation, grouped, on)
            return [self._beside(scope.relation, join, outputs)]

        return aggregates.paired(node, scope, write, unlinked=True, only=unknown)

    def _matters(
        self, node: Held, scope: RowScope, inside: RowScope, linked: exp.Expression
    ) -> exp.Expression:
        """An event could be the first of its period for the row."""
        condition, place, on = self._aggregates.dated(node, inside)
        relation, keys = inside.relation, scope.relation.keys
        sure = sql_and(linked, condition, is_given(place)) if place is not SQL_NULL else SQL_FALSE
        periods = self._aggregates.periods(node) or 0
        if place is SQL_NULL:  # no event has a day
            return SQL_TRUE if periods else SQL_FALSE
        level = relation.level_of(sure, place)
        name = self._query.unique(f"certain_{relation.name}")
        certain = Grouped(self._query, name, relation, level, (*keys, place.name), sure)
        once = certain.output("times", exp.Count(this=exp.Star()))
        beside = {each: self._query.column(each) for each in keys} | {place.name: place}
        join = self._query.join(name, certain, level, beside)
        times = relation.add("certain_times", self._query.column(once, join.alias), join)
        low = self._aggregates.bound(node, "low", scope)
        copied = self._context.places.copied(inside.relation, scope.relation, low)
        undated = sql_and(is_null(on), exp.LT(this=copied, expression=exp.Literal.number(periods)))
        return sql_or(undated, sql_and(is_given(place), is_null(times)))

    def _group(
        self,
        relation: Relation,
        by: tuple[str, ...],
        counting: exp.Expression,
        text: exp.Expression,
        conflicts: exp.Expression | None,
    ) -> tuple[Grouped, list[str]]:
        """The texts of members that may count, gathered; all those of a relation in one pass."""
        dialect = self._dialect
        empty = dialect.text("")
        columns = [self._column(relation, "needs", text)]
        if conflicts is not None:
            columns.append(self._column(relation, "conflicts", conflicts))
        # What keeps no part would write a filter out through all that the texts rest on.
        filled: exp.Expression = SQL_TRUE
        if dialect.keeps_parts:
            filled = sql_or(*(unequal(each, empty) for each in columns))
        level = relation.level_of(counting, *columns, *map(self._query.column, by))
        grouped = self._groups.get((relation, by, level))
        if grouped is None:
            name = self._query.unique(f"needs_of_{relation.name}")
            grouped = Grouped(self._query, name, relation, level, by, filled)
            self._groups[relation, by, level] = grouped
        else:
            grouped.where = sql_or(grouped.where, filled)
        chosen = [case([(sql_and(counting, unequal(each, empty)), each)]) for each in columns]
        # Where nothing can count it is NULL, which has no type of its own.
        needs, *conflicting = (
            cast(each, dialect.text_type) if each is SQL_NULL else each for each in chosen
        )
        outputs = [grouped.output("needs", dialect.gathered_words(needs))]
        outputs += [grouped.output("conflicts", dialect.gathered(each)) for each in conflicting]
        return grouped, outputs

    def _column(self, relation: Relation, wanted: str, text: exp.Expression) -> exp.Expression:
        """A text as a column, which others of the same words read, too."""
        found = self._columns.get((relation, text))
        if found is None:
            found = self._columns[relation, text] = relation.add(wanted, text)
        return found

    def _beside(
        self, rows: Relation, join: Join, outputs: list[str]
    ) -> tuple[exp.Expression, exp.Expression | None]:
        text, *conflicts = (
            rows.add("needed", self._query.column(each, join.alias), join) for each in outputs
        )
        return text, conflicts[0] if conflicts else None


def _is_ranged(node: Node) -> bool:
    return (
        isinstance(node, Comparison)
        and node.left.type != BOOLEAN
        and (ranged(node.left) or ranged(node.right))
    )
