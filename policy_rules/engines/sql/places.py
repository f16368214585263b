"""Where what rules speak of stands in a query: facts, their fields, what they refer to."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, TypeAlias

from attrs import frozen
from sqlglot import exp

from ...facts import Fact, Kind
from ...language.expressions import Definition, Variable
from ...language.joins import Join
from .dialects import SQL_NULL, SQL_TRUE, Dialect, cast, equal, number
from .relations import LINKED, MEMBER, OUTER, Link, Pairs, Query, Relation, Rows, WithAbsent
from .sources import Source, Sources, type_of_column


@frozen
class Given:
    """A column of a source."""

    name: str


@frozen
class Defined:
    """Something of a derived attribute: its value, its bounds, whether its rules conflict."""

    definition: Definition
    part: str


@frozen
class Through:
    """Something of the fact that a reference leads to."""

    via: str
    fact_class: type[Fact]
    what: What


What: TypeAlias = Given | Defined | Through


class TooLateError(Exception):
    """A pair reads what is there only at a level at which the pair is already."""

    def __init__(self, pairs: Relation, level: int) -> None:
        self.pairs = pairs
        self.level = level


@frozen(eq=False)
class RowScope:
    """The rows on which expressions are computed; `prefixes` says where each fact is in them."""

    relation: Relation
    prefixes: Mapping[Variable, str]


class Places:
    """The relations of a query, made when they are first asked for."""

    def __init__(
        self,
        query: Query,
        sources: Sources,
        subjects: Sources,
        defined: Callable[[Relation, Defined], exp.Expression],
    ) -> None:
        self.query = query
        self._defined = defined
        self._sources = sources
        self._subjects = subjects
        self._lists: dict[tuple[Any, ...], Relation] = {}
        self._classes: dict[Relation, tuple[type[Fact], Source]] = {}
        self._origins: dict[tuple[Relation, str], tuple[Relation, str, str]] = {}
        self._read: dict[tuple[Relation, str, What], exp.Expression] = {}

    def listed(self, fact_class: type[Fact]) -> Relation:
        """The facts of a class."""
        source = self._sources.get(fact_class) or _nowhere(self.query.dialect)
        return self._of_source("listed", fact_class, source)

    def read_classes(self) -> list[type[Fact]]:
        """The classes whose lists are read."""
        return [fact_class for how, fact_class, *_ in self._lists if how == "listed"]

    def there(self, fact_class: type[Fact]) -> bool:
        """Whether there is a source of the facts of a class."""
        return fact_class in self._sources

    def subjects(self, fact_class: type[Fact]) -> Relation:
        """The facts that are asked about: those of the class, unless others are given."""
        source = self._subjects.get(fact_class)
        if source is None:
            return self.listed(fact_class)
        return self._of_source("asked", fact_class, source)

    def _of_source(self, how: str, fact_class: type[Fact], source: Source) -> Relation:
        found = self._lists.get((how, fact_class))
        if found is None:
            name = fact_class.collection if how == "listed" else f"{how}_{fact_class.collection}"
            found = Relation(self.query, name, Rows(source.relation), 0)
            self._lists[how, fact_class] = found
            self._classes[found] = fact_class, source
            self.read(found, "", Given("id"))
            found.keys = ("id",)
        return found

    def _with_absent(self, fact_class: type[Fact], referring: Relation, via: str) -> Relation:
        """The facts of a class, and those that are referred to and not given."""
        identity = "named", fact_class, referring, via
        found = self._lists.get(identity)
        if found is None:
            listed = self.listed(fact_class)
            level = max(listed.level, referring.columns[via].level) + 1
            base = WithAbsent(listed, referring, via)
            name = self.query.unique(f"named_{fact_class.collection}")
            found = Relation(self.query, name, base, level)
            self._lists[identity] = found
            source = self._classes[listed][1]
            self._classes[found] = fact_class, source
            self.read(found, "", Given("id"))
            found.keys = ("id",)
        return found

    def at(self, scope: RowScope, variable: Variable, what: What) -> exp.Expression:
        """Something of the fact of a variable; NULL where it is unknown, or the fact is."""
        if variable.via is None or variable.of is None:
            return self.read(scope.relation, scope.prefixes[variable], what)
        if what == Given("id"):
            return self.at(scope, variable.of, Given(variable.via))
        return self.at(scope, variable.of, Through(variable.via, variable.fact_class, what))

    def read(self, relation: Relation, prefix: str, what: What) -> exp.Expression:
        """Something of a fact of a relation."""
        identity = relation, prefix, what
        found = self._read.get(identity)
        if found is None:
            origin = self._origins.get((relation, prefix))
            if origin is None:
                found = self._computed(relation, what)
            else:
                found = self._copied(relation, prefix, origin, what)
            self._read[identity] = found
        return found

    def link(self, relation: Relation, name: str) -> exp.Expression:
        """The column by which members are linked, also where nothing is known of it."""
        found = self.read(relation, "", Given(name))
        if not isinstance(found, exp.Column):
            found = relation.put(name, cast(SQL_NULL, self.query.dialect.type("text")))
            self._read[relation, "", Given(name)] = found
        return found

    def _computed(self, relation: Relation, what: What) -> exp.Expression:
        match what:
            case Given():
                return self._field(relation, what.name)
            case Defined():
                return self._defined(relation, what)
            case Through():  # pragma: no branch - the match is exhaustive
                return self._through(relation, what)

    def _field(self, relation: Relation, name: str) -> exp.Expression:
        if isinstance(relation.base, WithAbsent):
            listed = self.read(relation.base.listed, "", Given(name))
            if not isinstance(listed, exp.Column):
                return SQL_NULL
            kind = type_of_column(self._classes[relation][0], name)
            put = relation.put(name, listed, (relation.base.listed, listed.name), kind=kind)
            relation.base.types[put.name] = kind
            return put
        fact_class, source = self._classes[relation]
        expression = source.columns.get(name)
        if expression is None:
            return SQL_NULL
        return relation.put(name, expression, kind=type_of_column(fact_class, name))

    def _through(self, relation: Relation, what: Through) -> exp.Expression:
        via = self.read(relation, "", Given(what.via))
        if not isinstance(via, exp.Column):
            return SQL_NULL
        inner = what.what
        while isinstance(inner, Through):
            inner = inner.what
        if isinstance(inner, Defined):
            target = self._with_absent(what.fact_class, relation, via.name)
        elif self.there(what.fact_class):
            target = self.listed(what.fact_class)
        else:
            return SQL_NULL
        found = self.read(target, "", what.what)
        if not isinstance(found, exp.Column):
            return SQL_NULL
        join = self.query.join(what.via, target, target.columns[found.name].level, {"id": via})
        read = self.query.column(found.name, join.alias)
        return relation.add(f"{what.via}_{found.name}", read, join)

    def _copied(
        self, relation: Relation, prefix: str, origin: tuple[Relation, str, str], what: What
    ) -> exp.Expression:
        of, of_prefix, alias = origin
        found = self.read(of, of_prefix, what)
        if not isinstance(found, exp.Column):
            return found
        self._there_in_time(relation, of, found)
        wanted = found.name if alias == OUTER else f"{prefix}{found.name}"
        there = relation.columns.get(wanted)
        if there is not None and there.reads == ((of, found.name),):
            return self.query.column(wanted)
        return relation.put(wanted, self.query.column(found.name, alias), (of, found.name))

    def copied(self, relation: Relation, of: Relation, column: exp.Expression) -> exp.Expression:
        """A column of the outer rows of pairs, in the pairs."""
        self._there_in_time(relation, of, column)
        return relation.put(column.name, self.query.column(column.name, OUTER), (of, column.name))

    def _there_in_time(self, relation: Relation, of: Relation, column: exp.Expression) -> None:
        level = of.columns[column.name].level
        if level >= relation.level:
            raise TooLateError(relation, level)

    def pairs(
        self,
        scope: RowScope,
        member: Variable,
        level: int,
        *,
        unlinked: bool,
        only: exp.Expression = SQL_TRUE,
        joins: Sequence[tuple[Join, exp.Expression]] = (),
    ) -> RowScope:
        """Each row with its members; those that share a value with it, by joins.

        With each join is what else it asks of the members, as a condition on their rows.
        """
        others = self.listed(member.fact_class)
        links: list[Link] = []
        if member.of is not None and member.link is not None:
            of, link = self.at(scope, member.of, Given("id")), self.link(others, member.link)
            links.append(Link(of.name, link.name))
        for join, also in joins:
            of = self.at(scope, join.other.of, Given(join.other.spec.name))
            link = self.read(others, "", Given(join.field))
            if not (isinstance(of, exp.Column) and isinstance(link, exp.Column)):
                links = []  # of one side, nothing is known
                break
            itself = join.other.of.via is None and join.other.spec.kind is Kind.ID
            links.append(Link(of.name, link.name, also, loose=not itself))
        base = Pairs(scope.relation, others, tuple(links), unlinked and bool(links), only)
        reads = [level - 1, scope.relation.level_of(only), others.level]
        reads += [scope.relation.columns[each.of].level for each in links]
        reads += [others.level_of(each.also) for each in links]
        name = self.query.unique(f"{member.fact_class.collection}_of_{scope.relation.name}")
        made = Relation(self.query, name, base, max(reads) + 1)
        prefix = f"{member.fact_class.collection}_"
        while prefix in scope.prefixes.values():
            prefix = f"{prefix}_"
        for each in scope.prefixes.values():
            self._origins[made, each] = scope.relation, each, OUTER
        self._origins[made, prefix] = others, "", MEMBER
        for key in scope.relation.keys:
            made.put(key, self.query.column(key, OUTER), (scope.relation, key))
        own = self.read(made, prefix, Given("id"))
        made.keys = (*scope.relation.keys, own.name)
        if base.unlinked and not joins:  # what joins is among the conditions
            made.put(LINKED, SQL_TRUE)
        return RowScope(made, {**scope.prefixes, member: prefix})


def _nowhere(dialect: Dialect) -> Source:
    """No facts at all."""
    one = dialect.constants(["id"], [[cast(SQL_NULL, dialect.type("text"))]])
    empty = one.where(equal(number(0), number(1)), copy=False)
    return Source(exp.Subquery(this=empty, alias=exp.TableAlias(this=exp.to_identifier("nothing"))),
                  {"id": exp.column("id")})  # fmt: skip
