"""Rules that say the same of other columns and other constants, worked out once for all of them.

A row of a fact is spread into one for each rule, with the columns and constants in which the rules
differ, and what they come to is computed above that: so a database plans it once for all of them.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, Final

from sqlglot import exp

from .dialects import Names
from .relations import Column, Outputs, Relation, Selection, own_names

# Of fewer, a list of what each comes to is planned as fast.
_FEW: Final = 8
# What is taken apart: what is made of its parts alone, and computes nothing that could overflow.
_TAKEN_APART: Final = (
    exp.And, exp.Anonymous, exp.Case, exp.Cast, exp.Coalesce, exp.DPipe, exp.EQ, exp.GT,
    exp.GTE, exp.If, exp.Is, exp.LT, exp.LTE, exp.NEQ, exp.Not, exp.Or, exp.Paren,
)  # fmt: skip
_TRUTHS: Final = (exp.Predicate, exp.Connector, exp.Not, exp.Boolean)


def put_together(selections: Sequence[Selection]) -> list[Selection]:
    """The same rows: what many selections of a relation say alike is selected by one."""
    groups: dict[object, list[Selection]] = {}
    for each in selections:
        (outputs,) = each.rows
        kinds = _Kinds(each.relation)
        shapes = tuple((name, kinds.shape(expression)) for name, expression in outputs)
        groups.setdefault((each.relation, shapes, id(each.steps)), []).append(each)
    found = []
    for group in groups.values():
        found += [_Together(group).selection()] if len(group) >= _FEW else group
    return found


class _Kinds:
    """Of which kind the values of a relation are, as far as that can be told."""

    def __init__(self, relation: Relation) -> None:
        self._relation = relation

    def shape(self, expression: exp.Expr) -> object:
        """Equal for what is made of parts of the same kinds in the same way."""
        if isinstance(expression, exp.Column) or _is_constant(expression):
            return self.of(expression)
        return type(expression), *map(self.shape, expression.iter_expressions())

    def of(self, expression: exp.Expr, column: Column | None = None) -> str:
        """The kind of an expression, or what a column computes; "" where it is not known."""
        match expression:
            case exp.Column():
                return self._of_column(expression, column)
            case exp.Literal():
                return "text" if expression.is_string else "bigint"
            case exp.Cast():
                return expression.to.sql().lower()
            case exp.Count():
                return "bigint"
            case exp.GroupConcat():
                return "text"
            case exp.Paren() | exp.Neg() | exp.Coalesce():
                return self.of(expression.this, column)
            case exp.Case():
                values = [each.args["true"] for each in expression.args["ifs"]]
                kinds = {self.of(each, column) for each in values}
                return kinds.pop() if len(kinds) == 1 else ""
        return "boolean" if isinstance(expression, _TRUTHS) else ""

    def _of_column(self, read: exp.Column, column: Column | None) -> str:
        if not read.table:
            found = self._relation.columns[read.name]
            base = found.level == self._relation.level
            return found.kind if base else self.of(found.expression, found)
        assert column is not None
        assert column.join is not None
        other = column.join.other
        if isinstance(other, Relation):
            return _Kinds(other).of(exp.column(read.name))
        gathered = other.outputs.get(read.name)
        return "" if gathered is None else _Kinds(other.of).of(gathered)


class _UnlikeError(Exception):
    """What rules say differs in more than columns and constants."""


class _Together:
    """Selections of a relation that are alike, as one."""

    def __init__(self, group: Sequence[Selection]) -> None:
        self._group = group
        self._relation = group[0].relation
        self._query = self._relation.query
        self._kinds = _Kinds(self._relation)
        self._names = Names(self._query.dialect, self._relation.columns)
        self._lists: dict[str, Sequence[exp.Expression]] = {}
        self._listed: dict[tuple[exp.Expression, ...], exp.Expression] = {}
        self._columns: dict[tuple[str, ...], exp.Expression | None] = {}
        # What is computed above the lists, each after what it reads.
        self._computed: dict[str, exp.Expression] = {}

    def selection(self) -> Selection:
        """What differs in lists, and above them in steps what all come to."""
        told: list[tuple[str, exp.Expression]] = []
        for said in zip(*(each.rows[0] for each in self._group), strict=True):
            each = [expression for _, expression in said]
            try:
                made = self._alike(each)
            except _UnlikeError:
                made = self._list(each)
            told.append((said[0][0], made))
        steps: list[Outputs] = [told]
        read = self._names_in(made for _, made in told)
        for name, computed in reversed(self._computed.items()):
            if name in read:
                del read[name]
                steps.insert(0, [*map(self._as_it_is, read), (name, computed)])
                read |= self._names_in([computed])
        rows = [
            [(name, self._lists[name][place]) if name in self._lists else self._as_it_is(name)
             for name in read]
            for place in range(len(self._group))
        ]  # fmt: skip
        return Selection(self._relation, rows, (*steps, *self._group[0].steps))

    def _names_in(self, expressions: Iterable[exp.Expression]) -> dict[str, None]:
        return dict.fromkeys(name for each in expressions for name in own_names(each))

    def _as_it_is(self, name: str) -> tuple[str, exp.Expression]:
        return name, self._query.column(name)

    def _alike(self, each: Sequence[exp.Expression]) -> exp.Expression:
        """What is the same of all, over what is listed."""
        first, *others = each
        if all(other == first for other in others):
            return first
        if all(isinstance(one, exp.Column) for one in each):
            return self._column(each)
        if all(map(_is_constant, each)):
            return self._list_of_kind(each)
        if not isinstance(first, _TAKEN_APART) or any(type(one) is not type(first) for one in each):
            raise _UnlikeError
        parts = {
            name: self._part([one.args.get(name) for one in each])
            for name in dict.fromkeys(name for one in each for name in one.args)
        }
        return type(first)(**parts)

    def _part(self, each: Sequence[Any]) -> Any:
        if all(isinstance(one, exp.Expr) for one in each):
            return self._alike(each)
        if all(isinstance(one, list) for one in each) and len({*map(len, each)}) == 1:
            return [self._part(parts) for parts in zip(*each, strict=True)]
        if any(one != each[0] for one in each):
            raise _UnlikeError
        return each[0]

    def _column(self, each: Sequence[exp.Expression]) -> exp.Expression:
        """Columns that are computed alike as one; others in a list."""
        names = tuple(one.name for one in each)
        if names not in self._columns:
            self._columns[names] = self._computed_column(names)
        return self._columns[names] or self._list_of_kind(each)

    def _computed_column(self, names: Sequence[str]) -> exp.Expression | None:
        columns = [self._relation.columns[name] for name in names]
        # Where several rules read one of them, it is computed once for these as it is.
        if len({*names}) < len(names) or any(
            each.join is not None or each.level == self._relation.level for each in columns
        ):
            return None
        try:
            made = self._alike([each.expression for each in columns])
        except _UnlikeError:
            return None
        name = self._names.new(names[0])
        self._computed[name] = made
        return self._query.column(name)

    def _list_of_kind(self, each: Sequence[exp.Expression]) -> exp.Expression:
        kinds = {self._kinds.of(one) for one in each}
        if len(kinds) > 1 or "" in kinds:
            raise _UnlikeError  # a list would make them one kind
        return self._list(each)

    def _list(self, each: Sequence[exp.Expression]) -> exp.Expression:
        found = self._listed.get(tuple(each))
        if found is None:
            name = self._names.new("each")
            self._lists[name] = each
            found = self._listed[tuple(each)] = self._query.column(name)
        return found


def _is_constant(expression: exp.Expr) -> bool:
    if isinstance(expression, exp.Cast | exp.Neg | exp.Paren):
        return _is_constant(expression.this)
    return isinstance(expression, exp.Literal)
