"""Relations of a query: rows whose columns are computed step by step, each step a named part.

A column stands at a level above those of all that it is computed from, in its own relation and in
others. What is written for a level therefore reads lower levels only, and no part reads itself.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from typing import Final, NamedTuple, TypeAlias

from attrs import define, field, frozen
from sqlglot import exp

from .dialects import (
    SQL_NULL,
    SQL_TRUE,
    Dialect,
    Names,
    cast,
    is_given,
    is_null,
    sql_and,
    sql_not,
    sql_or,
    united,
)
from .keeping import kept_parts, kept_texts

LINKED: Final = "linked"
_OWN: Final = "t"
OUTER: Final = "o"
MEMBER: Final = "m"


@define(eq=False)
class Grouped:
    """The rows of a relation gathered by some of its columns, or all of them into one row.

    All that it reads is there at its level; only the rows `where` something holds are gathered.
    """

    query: Query
    name: str
    of: Relation
    level: int
    by: tuple[str, ...]
    where: exp.Expression = SQL_TRUE
    outputs: dict[str, exp.Expression] = field(factory=dict)
    _names: Names = field(init=False)
    _gathered: dict[exp.Expression, str] = field(factory=dict, init=False)

    def __attrs_post_init__(self) -> None:
        self._names = Names(self.query.dialect, self.by)

    def output(self, wanted: str, expression: exp.Expression) -> str:
        """The name under which something is gathered, once."""
        name = self._gathered.get(expression)
        if name is None:
            name = self._gathered[expression] = self._names.new(wanted)
            self.outputs[name] = expression
        return name


@frozen(eq=False)
class Join:
    """Another part beside the rows, at most one of its rows for each; `on` says which."""

    alias: str
    other: Part
    level: int
    on: exp.Expression


@frozen(eq=False)
class Column:
    """A column of a relation, computed from what it reads; of which `kind`, where it is given."""

    level: int
    expression: exp.Expression
    reads: tuple[tuple[Part, str], ...] = ()
    join: Join | None = None
    comment: str = ""
    kind: str = ""


@frozen(eq=False)
class Rows:
    """The rows of a table or subquery."""

    relation: exp.Expression


@frozen(eq=False)
class WithAbsent:
    """The rows of a relation, and one for each id that `via` gives and that is not among them.

    `types` are those of its columns, of which such a row has nothing but the id.
    """

    listed: Relation
    referring: Relation
    via: str
    types: dict[str, str] = field(factory=dict)


@frozen(eq=False)
class Link:
    """A column of the rows around that a column of their members equals; `also` is of these.

    `loose`: the `of` can be unknown, and every member may be meant then.
    """

    of: str
    link: str
    also: exp.Expression = SQL_TRUE
    loose: bool = False


@frozen(eq=False)
class Pairs:
    """Each row of a relation with its members: all of them, or those that one of `links` gives it.

    With `unlinked` also those that may be: a side of the link is unknown. Only rows where `only`
    holds have members.
    """

    outer: Relation
    member: Relation
    links: tuple[Link, ...]
    unlinked: bool
    only: exp.Expression = SQL_TRUE


@define(eq=False)
class Relation:
    """Rows of one kind: what `base` gives is there from its level on, the rest is added."""

    query: Query
    name: str
    base: Rows | WithAbsent | Pairs
    level: int
    keys: tuple[str, ...] = ()
    columns: dict[str, Column] = field(factory=dict, init=False)
    _names: Names = field(init=False)

    def __attrs_post_init__(self) -> None:
        self._names = Names(self.query.dialect)

    def put(
        self, wanted: str, expression: exp.Expression, *reads: tuple[Part, str], kind: str = ""
    ) -> exp.Expression:
        """A column of the base; what it reads must be there below the level of the base."""
        name = self._names.new(wanted)
        self.columns[name] = Column(self.level, expression, reads, kind=kind)
        return self.query.column(name)

    def add(
        self,
        wanted: str,
        expression: exp.Expression,
        join: Join | None = None,
        comment: str = "",
    ) -> exp.Expression:
        """A new column, under the wanted name or one like it."""
        name = self._names.new(wanted)
        read = [*_columns_in(expression), *(() if join is None else _columns_in(join.on))]
        own = [each.name for each in read if not each.table]
        reads: list[tuple[Part, str]] = [(self, each) for each in own]
        level = max((self.columns[each].level for each in own), default=self.level)
        if join is not None:
            reads += [(join.other, each.name) for each in read if each.table == join.alias]
            level = max(level, join.level)
        self.columns[name] = Column(level + 1, expression, tuple(reads), join, comment)
        return self.query.column(name)

    def level_of(self, *expressions: exp.Expression) -> int:
        """The level at which all that expressions read of this relation is there."""
        names = [name for each in expressions for name in own_names(each)]
        return max((self.columns[name].level for name in names), default=self.level)


Part: TypeAlias = Relation | Grouped


def _is_selected(part: exp.Expr) -> bool:
    """A value that is selected, and no table."""
    return isinstance(part, exp.Alias | exp.Column)


def _table(name: str) -> exp.Table:
    # sqlglot's own function parses the name, which takes most of the time of writing a query.
    return exp.Table(this=exp.to_identifier(name))


def own_names(expression: exp.Expression) -> list[str]:
    """The columns that an expression reads of its own relation."""
    return [each.name for each in _columns_in(expression) if not each.table]


def _columns_in(expression: exp.Expression) -> Iterator[exp.Column]:
    waiting: list[exp.Expr] = [expression]
    while waiting:
        node = waiting.pop()
        if isinstance(node, exp.Column):
            yield node
        else:
            waiting += node.iter_expressions()


Outputs: TypeAlias = Sequence[tuple[str, exp.Expression]]


class Selection(NamedTuple):
    """Rows for each row of a relation, and in steps what is made of these, of all alike."""

    relation: Relation
    rows: Sequence[Outputs]
    steps: Sequence[Outputs] = ()


@define(eq=False)
class Query:
    """What the parts of a query share: how they are written, and their names."""

    dialect: Dialect
    _names: Names = field(init=False)

    def __attrs_post_init__(self) -> None:
        self._names = Names(self.dialect)

    def unique(self, wanted: str) -> str:
        """A name that no other part has."""
        return self._names.new(wanted)

    def column(self, name: str, table: str | None = None) -> exp.Expression:
        """A column by its name."""
        return exp.Column(
            this=self.dialect.identifier(name),
            table=None if table is None else exp.to_identifier(table),
        )

    def join(self, alias: str, other: Part, level: int, on: dict[str, exp.Expression]) -> Join:
        """Another part beside the rows, where columns of it equal expressions over the rows."""
        name = self.unique(alias)
        equal = [exp.EQ(this=self.column(own, name), expression=of) for own, of in on.items()]
        return Join(name, other, level, sql_and(*equal))

    def join_unlinked(self, alias: str, other: Grouped, link: str) -> Join:
        """The one row of what is gathered by a link that is unknown."""
        name = self.unique(alias)
        return Join(name, other, other.level, is_null(self.column(link, name)))

    def written(self, selections: Sequence[Selection]) -> exp.Query:
        """The whole query: what is selected of relations, one list of rows after the other."""
        return _Writing(self, selections).whole()


class _Writing:
    """Writing a query: only what is read in the end, each part once and after those it reads."""

    def __init__(self, query: Query, selections: Sequence[Selection]) -> None:
        self._query = query
        self._selections = selections
        self._until: dict[Part, dict[str, int]] = {}
        self._steps: dict[Relation, Sequence[int]] = {}
        self._alone: dict[tuple[str, str], str] = {}
        self._written: dict[tuple[Part, int], str] = {}
        self._parts: list[tuple[str, exp.Query]] = []

    def whole(self) -> exp.Query:
        levels = []
        for relation, rows, _ in self._selections:
            expressions = [each for outputs in rows for _, each in outputs]
            levels.append(relation.level_of(*expressions))
            for each in expressions:
                self._read_all(relation, own_names(each), levels[-1])
            self._read_all(relation, relation.keys, levels[-1])
        listed: dict[tuple[str, int], tuple[list[Outputs], Sequence[Outputs]]] = {}
        for (relation, rows, steps), level in zip(self._selections, levels, strict=True):
            stage = self._stage(relation, level)
            listed.setdefault((stage, id(steps)), ([], steps))[0].extend(rows)
        whole = united([self._told(_table(stage), *said) for (stage, _), said in listed.items()])
        times = Counter(
            table.name
            for query in (whole, *(part for _, part in self._parts))
            for table in query.walk(prune=_is_selected)
            if isinstance(table, exp.Table)
        )
        # Where one part is kept, all have to be: DuckDB takes long to plan those that are not,
        # under a LIMIT. A query that reads each part once streams through all of them.
        dialect = self._query.dialect
        keep = dialect.says_what_to_keep and max(times.values()) > 1
        kept = frozenset[str]()
        if dialect.inlines:
            kept = kept_parts(self._parts) | {*self._alone.values()}
        elif dialect.says_what_to_keep:
            kept = kept_texts(self._parts)
        parts = [
            exp.CTE(
                this=part,
                alias=exp.TableAlias(this=exp.to_identifier(name)),
                materialized=True if keep or name in kept else None,
            )
            for name, part in self._parts
        ]
        whole.set("with_", exp.With(expressions=parts))
        return whole

    def _told(
        self, source: exp.Table, rows: Sequence[Outputs], steps: Sequence[Outputs]
    ) -> exp.Query:
        """Rows for each of a source, and what is made of them."""
        told = self._query.dialect.spread(source, rows)
        for step in steps:
            said = exp.Subquery(this=told, alias=exp.TableAlias(this=exp.to_identifier("said")))
            told = self._query.dialect.selected(step).from_(said, copy=False)
        return told

    def _read_all(self, part: Part, names: Iterable[str], level: int) -> None:
        for name in names:
            self._read(part, name, level)

    def _read(self, part: Part, name: str, level: int) -> None:
        """Note that a column is read at a level, and what it reads itself."""
        until = self._until.setdefault(part, {})
        before = until.get(name)
        until[name] = level if before is None else max(before, level)
        if isinstance(part, Grouped):
            if before is None and len(until) == 1:
                # Whose rows are only counted need not be told apart.
                told = [*part.by, *own_names(part.where)] or part.of.keys
                self._read_all(part.of, told, part.level)
            if before is None and name in part.outputs:
                self._read_all(part.of, own_names(part.outputs[name]), part.level)
            return
        if before is not None:
            return
        column = part.columns[name]
        for other, each in column.reads:
            if other is part:
                self._read(part, each, column.level - 1)
            elif column.join is None:  # of a base, which reads what it is made of below its level
                self._read(other, each, part.level - 1)
            else:
                self._read(other, each, column.join.level)
        if len(until) == 1:
            self._read_base(part)

    def _read_base(self, part: Relation) -> None:
        match part.base:
            case Rows():
                pass
            case WithAbsent() as base:
                self._read_all(part, part.keys, part.level)
                self._read_all(base.listed, base.listed.keys, part.level - 1)
                self._read(base.referring, base.via, part.level - 1)
            case Pairs() as base:  # pragma: no branch - the match is exhaustive
                self._read_all(part, part.keys, part.level)
                self._read_all(base.outer, own_names(base.only), part.level - 1)
                for each in base.links:
                    self._read(base.outer, each.of, part.level - 1)
                    self._read_all(base.member, [each.link, *own_names(each.also)], part.level - 1)

    def _stage(self, part: Part, level: int) -> str:
        """The name of what is written for a part at a level."""
        if isinstance(part, Grouped):
            return self._once(part, 0, lambda: self._grouped(part), part.name)
        steps = self._steps_of(part)
        place = sum(each <= level for each in steps) - 1
        name = ""
        # From the first on, each in its turn: there can be more of them than calls in each other.
        for each in range(place + 1):
            name = self._once(
                part, steps[each], partial(self._part, part, steps, each),
                # Never the bare name, which a table may have that is read here.
                f"{part.name}_{each + 1}",
            )  # fmt: skip
        return name

    def _steps_of(self, part: Relation) -> Sequence[int]:
        found = self._steps.get(part)
        if found is None:
            columns = (part.columns[name] for name in self._until[part])
            found = self._steps[part] = sorted({part.level, *(each.level for each in columns)})
        return found

    def _part(self, part: Relation, steps: Sequence[int], place: int) -> exp.Query:
        if place == 0:
            return self._base(part)
        return self._step(part, steps[place], steps[place - 1])

    def _once(self, part: Part, at: int, write: Callable[[], exp.Query], wanted: str) -> str:
        name = self._written.get((part, at))
        if name is None:
            made = write()
            name = self._written[part, at] = self._query.unique(wanted)
            self._parts.append((name, made))
        return name

    def _grouped(self, part: Grouped) -> exp.Query:
        source = _table(self._stage(part.of, part.level))
        needed = self._until[part]
        keys = [self._query.column(each) for each in part.by]
        chosen = [
            *keys,
            *(self._named(e.copy(), name) for name, e in part.outputs.items() if name in needed),
        ]
        made = exp.Select(expressions=chosen).from_(source, copy=False)
        if part.where is not SQL_TRUE:
            made = made.where(part.where.copy(), copy=False)
        return made.group_by(*(each.copy() for each in keys), copy=False) if keys else made

    def _base(self, part: Relation) -> exp.Query:
        names = [n for n in self._until[part] if part.columns[n].level == part.level]
        names.sort(key=list(part.columns).index)

        def chosen(name: str) -> exp.Expression:
            return self._named(part.columns[name].expression.copy(), name)

        match part.base:
            case Rows(relation=relation):
                listed = [chosen(name) for name in names]
                return exp.Select(expressions=listed).from_(relation.copy(), copy=False)
            case WithAbsent() as base:
                return self._with_absent(part, base, names)
            case Pairs() as base:  # pragma: no branch - the match is exhaustive
                return self._pairs(part, base, names)

    def _with_absent(self, part: Relation, base: WithAbsent, names: list[str]) -> exp.Query:
        query = self._query
        listed = _table(self._stage(base.listed, part.level - 1))
        referring = _table(self._stage(base.referring, part.level - 1))
        (key,) = part.keys
        via = query.column(base.via)
        there = exp.Select(expressions=[query.column(key)]).from_(listed.copy(), copy=False)
        absent = exp.Select(
            expressions=[
                self._named(via.copy() if name == key else self._nothing(base.types[name]), name)
                for name in names
            ],
            distinct=exp.Distinct(),
        ).from_(referring, copy=False)
        given = exp.Not(this=is_null(via.copy()))
        missing = exp.Not(this=exp.In(this=via.copy(), query=exp.Subquery(this=there)))
        absent = absent.where(exp.And(this=given, expression=missing), copy=False)
        columns = [self._named(part.columns[n].expression.copy(), n) for n in names]
        present = exp.Select(expressions=columns).from_(listed, copy=False)
        return exp.Union(this=present, expression=absent, distinct=False)

    def _nothing(self, type_: str) -> exp.Expression:
        return cast(SQL_NULL, self._query.dialect.type(type_))

    def _pairs(self, part: Relation, base: Pairs, names: list[str]) -> exp.Query:
        query = self._query
        outer = exp.alias_(_table(self._stage(base.outer, part.level - 1)), OUTER, table=True)
        member = exp.alias_(_table(self._stage(base.member, part.level - 1)), MEMBER, table=True)

        def rows(linked: bool) -> exp.Select:
            columns = [
                self._named(
                    query.dialect.boolean(linked)
                    if name == LINKED
                    else part.columns[name].expression.copy(),
                    name,
                )
                for name in names
            ]
            return exp.Select(expressions=columns).from_(outer.copy(), copy=False)

        only = _qualified(base.only, OUTER)

        def crossed(*where: exp.Expression, linked: bool, of: exp.Expr = member) -> exp.Select:
            made = rows(linked).join(of.copy(), join_type="cross", copy=False)
            holds = sql_and(*where)
            return made if holds is SQL_TRUE else made.where(holds, copy=False)

        if not base.links:
            return crossed(only, linked=True)
        blocks: list[exp.Query] = []
        other = only  # than what an earlier link gives already
        for each in base.links:
            link, of = query.column(each.link, MEMBER), query.column(each.of, OUTER)
            also = _qualified(each.also, MEMBER)
            holds = sql_and(also, other)
            same = exp.EQ(this=link, expression=of)
            made = rows(True).join(member.copy(), on=same, copy=False)
            blocks.append(made if holds is SQL_TRUE else made.where(holds.copy(), copy=False))
            open_: list[exp.Expression] = []
            if base.unlinked:
                open_.append(is_null(link))
                few = self._unlinked(member, each.link)
                blocks.append(crossed(is_null(link), holds, linked=False, of=few))
            if base.unlinked and each.loose:
                open_.append(is_null(of))
                blocks.append(crossed(is_null(of), is_given(link), holds, linked=False))
            given = sql_or(*open_, sql_and(is_given(link), is_given(of), same))
            other = sql_and(other, sql_not(sql_and(also, given)))
        return united(blocks)

    def _unlinked(self, member: exp.Expr, link: str) -> exp.Expr:
        """The members whose link is unknown, where else all would be looked at for each row."""
        if not self._query.dialect.inlines:
            return member
        name = self._alone.get((member.this.name, link))
        if name is None:
            name = self._query.unique(f"unlinked_{member.this.name}")
            self._alone[member.this.name, link] = name
            made = exp.Select(expressions=[exp.Star()]).from_(member.this.copy(), copy=False)
            self._parts.append((name, made.where(is_null(self._query.column(link)), copy=False)))
        return exp.alias_(_table(name), MEMBER, table=True)

    def _step(self, part: Relation, level: int, before: int) -> exp.Query:
        needed = self._until[part]
        new = [
            name for name in part.columns if name in needed and part.columns[name].level == level
        ]
        carried = [
            name
            for name, column in part.columns.items()
            if name in needed and column.level < level and needed[name] >= level
        ]
        joins = {join: None for name in new if (join := part.columns[name].join) is not None}
        source: exp.Expr = _table(self._stage(part, before))
        table = None
        if joins:
            source, table = exp.alias_(source, _OWN, table=True), _OWN
        chosen: list[exp.Expression] = [self._query.column(name, table) for name in carried]
        for name in new:
            column = part.columns[name]
            made = self._named(_qualified(column.expression, table), name)
            if column.comment:
                made.add_comments([f" {column.comment} "])
            chosen.append(made)
        whole = exp.Select(expressions=chosen).from_(source, copy=False)
        for join in joins:
            other = exp.alias_(_table(self._stage(join.other, join.level)), join.alias, table=True)
            whole = whole.join(other, on=_qualified(join.on, table), join_type="left", copy=False)
        return whole

    def _named(self, expression: exp.Expression, name: str) -> exp.Expression:
        return self._query.dialect.named(expression, name)


def _qualified(expression: exp.Expression, table: str | None) -> exp.Expression:
    """A copy in which the columns of the rows themselves name their table."""
    if expression is SQL_TRUE:
        return SQL_TRUE
    made = expression.copy()
    if table is not None:
        for each in _columns_in(made):
            if not each.table:
                each.set("table", exp.to_identifier(table))
    return made
