"""Derived attributes as columns: the value where it is settled, its bounds, and conflicts."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from attrs import frozen
from sqlglot import exp

from ...language.expressions import FALSE, TRUE, And, Constant, Definition, Node, Or, all_of, any_of
from ...language.logic import negation
from ...language.rails import in_steps
from ...language.ranges import Side, bound
from ...language.trees import key
from ...language.types import BOOLEAN, RATIONAL
from ..folded import FoldedRule
from .context import Context
from .dialects import (
    SQL_FALSE,
    SQL_NULL,
    atom,
    case,
    cast,
    equal,
    is_given,
    is_null,
    number,
    sql_and,
    sql_or,
    unequal,
)
from .places import Defined, RowScope
from .relations import Relation

_PARTS = {"value": 0, "numerator": 0, "denominator": 1}


@frozen(eq=False)
class Candidate:
    """A rule of a definition: its place, when it applies, and its value by its parts.

    `otherwise` is the one that applies where no other does.
    """

    place: int
    condition: Node
    value: Node
    otherwise: bool


class Definitions:
    """The derived attributes of a query, each computed once for the facts of a relation."""

    def __init__(self, context: Context) -> None:
        self._context = context
        self._dialect = context.dialect
        self._made: dict[tuple[Relation, Definition, str], exp.Expression] = {}
        self._values: dict[tuple[Relation, Definition, int], tuple[exp.Expression, ...]] = {}

    def column(self, relation: Relation, what: Defined) -> exp.Expression:
        """A part of a derived attribute of the facts of a relation."""
        identity = relation, what.definition, what.part
        found = self._made.get(identity)
        if found is None:
            made = self._computed(relation, what.definition, what.part)
            if not isinstance(made, exp.Column) and made is not SQL_NULL:
                name = what.definition.name
                wanted = name if what.part == "value" else f"{name}_{what.part}"
                cites = dict.fromkeys(str(each.cite) for each in what.definition.outcomes())
                made = relation.add(wanted, made, comment=f"{what.definition.zh} {' '.join(cites)}")
            found = self._made[identity] = made
        return found

    def candidates(self, definition: Definition) -> tuple[Candidate, ...]:
        """The rules that can apply, each with the condition under which it does."""
        rules = self._context.folded.rules(definition)
        others = [rule.condition for rule in rules if not _is_otherwise(rule, definition)]
        return tuple(
            Candidate(
                rule.place,
                reduced(*map(negation, others)) if _is_otherwise(rule, definition)
                else rule.condition,
                rule.value,
                _is_otherwise(rule, definition),
            )
            for rule in rules
        )  # fmt: skip

    def scope(self, relation: Relation, definition: Definition) -> RowScope:
        """Where the rules of a definition are evaluated for the facts of a relation."""
        return RowScope(relation, {definition.subject: ""})

    def value_of(
        self, relation: Relation, definition: Definition, candidate: Candidate
    ) -> tuple[exp.Expression, ...]:
        """The value that a rule gives, by its parts, as columns where it is not simple."""
        identity = relation, definition, candidate.place
        found = self._values.get(identity)
        if found is None:
            parts = self._parts(definition, candidate.value, self.scope(relation, definition))
            name = f"{definition.name}_by_{candidate.place + 1}"
            simple = exp.Column | exp.Literal | exp.Null | exp.Boolean
            found = tuple(
                each if isinstance(each, simple) else relation.add(name, each) for each in parts
            )
            self._values[identity] = found
        return found

    def _parts(
        self, definition: Definition, value: Node, scope: RowScope
    ) -> tuple[exp.Expression, ...]:
        """A value by its parts; one of so many places by its steps, and how many make one."""
        if definition.places is not None:
            steps = 10**definition.places
            return self._context.value(in_steps(value, steps), scope), number(steps)
        parts = self._context.parts(value, scope)
        if definition.type == RATIONAL and len(parts) == 1:
            return (parts[0], case([(is_given(parts[0]), number(1))]))
        return parts

    def known_value(self, relation: Relation, definition: Definition) -> tuple[exp.Expression, ...]:
        """The value of the first rule that certainly applies and whose value is known."""
        scope = self.scope(relation, definition)
        branches: list[list[tuple[exp.Expression, exp.Expression]]] = []
        for each in self.candidates(definition):
            values = self.value_of(relation, definition, each)
            applies = sql_and(self._context.condition(each.condition, scope), is_given(values[0]))
            branches.append([(applies, value) for value in values])
        made = []
        for place in range(2 if definition.type == RATIONAL else 1):
            first = case([parts[place] for parts in branches])
            made.append(self._kept(relation, definition, f"known{place}", first))
        return tuple(made)

    def _kept(
        self, relation: Relation, definition: Definition, part: str, made: exp.Expression
    ) -> exp.Expression:
        identity = relation, definition, part
        found = self._made.get(identity)
        if found is None:
            found = made if made is SQL_NULL else relation.add(f"{definition.name}_{part}", made)
            self._made[identity] = found
        return found

    def _computed(self, relation: Relation, definition: Definition, part: str) -> exp.Expression:
        if part in ("low", "high", "low_of", "high_of"):
            side: Side = "low" if part.startswith("low") else "high"
            return self._bound(relation, definition, side, int(part.endswith("_of")))
        if part == "conflict":
            return self._conflict(relation, definition)
        if part in ("needs", "conflicts"):
            return self._needed(relation, definition, part)
        candidates = self.candidates(definition)
        of, _, number = part.partition("/")
        if of == "known":
            return self.known_value(relation, definition)[int(number)]
        if of not in _PARTS:
            (candidate,) = (each for each in candidates if f"value{each.place}" == of)
            return self.value_of(relation, definition, candidate)[int(number)]
        place = _PARTS[part]
        if len(candidates) == 1 and candidates[0].condition is TRUE:
            return self.value_of(relation, definition, candidates[0])[place]
        if all(isinstance(each.value, Constant) for each in candidates):
            return self._of_constants(relation, definition, candidates, place)
        known = self.known_value(relation, definition)
        if known[0] is SQL_NULL:
            return SQL_NULL
        scope = self.scope(relation, definition)
        agreed = []
        for each in candidates:
            condition = self._context.condition(negation(each.condition), scope)
            agreed.append(sql_or(condition, self._same(known, relation, definition, each)))
        return case([(sql_and(*agreed), known[place])])

    def _same(
        self,
        known: Sequence[exp.Expression],
        relation: Relation,
        definition: Definition,
        candidate: Candidate,
    ) -> exp.Expression:
        values = self.value_of(relation, definition, candidate)
        if values[0] is SQL_NULL:
            return SQL_FALSE
        return equal(*self.crosswise(known, values))

    def crosswise(
        self, one: Sequence[exp.Expression], other: Sequence[exp.Expression]
    ) -> tuple[exp.Expression, exp.Expression]:
        """What is equal where two values are; fractions need not be in their lowest terms."""
        if len(one) == 1:
            return one[0], other[0]
        wide = self._dialect.wide
        return (
            exp.Mul(this=cast(one[0], wide), expression=atom(other[1])),
            exp.Mul(this=cast(other[0], wide), expression=atom(one[1])),
        )

    def _of_constants(
        self,
        relation: Relation,
        definition: Definition,
        candidates: Sequence[Candidate],
        place: int,
    ) -> exp.Expression:
        scope = self.scope(relation, definition)
        groups = grouped_by_value(candidates)
        if definition.type == BOOLEAN and is_plain(groups):
            (given, members), _ = groups
            found = any_of(*(each.condition for each in members))
            found = found if given else negation(found)
            return self._dialect.flag(self._context.condition(found, scope))
        branches = []
        for _, members in groups:
            others = [c for c in candidates if c not in members and not c.otherwise]
            applying = any_of(*(each.condition for each in members))
            sure = reduced(*(negation(each.condition) for each in others), applying)
            value = self.value_of(relation, definition, members[0])[place]
            branches.append((self._context.condition(sure, scope), value))
        return case(branches)

    def _bound(
        self, relation: Relation, definition: Definition, side: Side, place: int
    ) -> exp.Expression:
        """A bound of a value; of a fraction its numerator or, at place 1, its denominator."""
        candidates = self.candidates(definition)
        scope = self.scope(relation, definition)

        def read(value: Node) -> exp.Expression:
            if definition.type != RATIONAL:
                return self._context.bound(value, side, scope)
            if definition.places is None:
                return self._context.bound_parts(value, side, scope)[place]
            steps = 10**definition.places
            if place == 1:
                return number(steps)
            return self._context.value(in_steps(bound(value, side), steps), scope)

        if len(candidates) == 1 and candidates[0].condition is TRUE:
            return read(candidates[0].value)
        branches = []
        for each in candidates:
            others = [c for c in candidates if c is not each and not c.otherwise]
            alone = reduced(*(negation(c.condition) for c in others), each.condition)
            branches.append((self._context.condition(alone, scope), read(each.value)))
        part = "denominator" if place == 1 else main_part(definition)
        return case(branches, self.column(relation, Defined(definition, part)))

    def _conflict(self, relation: Relation, definition: Definition) -> exp.Expression:
        """The citations of the rules that give different values; NULL where none do."""
        if definition not in self.conflicting:
            return SQL_NULL
        context, dialect = self._context, self._dialect
        scope = self.scope(relation, definition)
        known = self.known_value(relation, definition)
        if known[0] is SQL_NULL:
            return SQL_NULL
        outcomes = tuple(definition.outcomes())
        applying: dict[Any, exp.Expression] = {}
        unlike = []
        for each in self.candidates(definition):
            values = self.value_of(relation, definition, each)
            fired = sql_and(context.condition(each.condition, scope), is_given(values[0]))
            cite = outcomes[each.place].cite
            applying[cite] = sql_or(applying.get(cite, SQL_FALSE), fired)
            unlike.append(sql_and(fired, unequal(*self.crosswise(known, values))))
        listed = dialect.listed(
            [(applying[cite], dialect.text(str(cite))) for cite in sorted(applying)]
        )
        return case([(sql_or(*unlike), listed)])

    def _needed(self, relation: Relation, definition: Definition, part: str) -> exp.Expression:
        """What an undetermined value needs, or the conflicts on the way to it; else empty."""
        scope = self.scope(relation, definition)
        context = self._context
        needs, conflicts = context.needs_of(definition, scope)
        found = needs if part == "needs" else conflicts
        if found is None:
            return SQL_NULL
        value = self.column(relation, Defined(definition, main_part(definition)))
        empty = self._dialect.text("")
        return case([(is_null(value), found)], empty)

    @property
    def conflicting(self) -> frozenset[Definition]:
        """The definitions whose rules were not shown to exclude or agree with each other."""
        rules = self._context.regime.rules
        return frozenset(rules.definitions[each] for each in rules.may_conflict)


def main_part(definition: Definition) -> str:
    """The part of a value that is known where the value is."""
    return "numerator" if definition.type == RATIONAL else "value"


def grouped_by_value(
    candidates: Sequence[Candidate],
) -> list[tuple[Any, list[Candidate]]]:
    """Rules that give constants, by the constant."""
    groups: list[tuple[Any, list[Candidate]]] = []
    for each in candidates:
        assert isinstance(each.value, Constant)
        for value, members in groups:
            if value == each.value.value:
                members.append(each)
                break
        else:
            groups.append((each.value.value, [each]))
    return groups


def is_plain(groups: Sequence[tuple[Any, list[Candidate]]]) -> bool:
    """Whether there is one value where rules apply, and another where none does."""
    if len(groups) != 2:
        return False
    (_, first), (_, second) = groups
    return not any(each.otherwise for each in first) and [e.otherwise for e in second] == [True]


def _is_otherwise(rule: FoldedRule, definition: Definition) -> bool:
    return rule.place == len(definition.rules) and rule.condition is FALSE


def reduced(*nodes: Node) -> Node:
    """All of the conditions, without those that follow from others."""
    items: dict[object, Node] = {}
    for node in nodes:
        for each in node.items if isinstance(node, And) else (node,):
            if each is not TRUE:
                items.setdefault(key(each), each)
    if any(each is FALSE for each in items.values()):
        return FALSE
    kept = [each for each in items.values() if not _follows(each, items)]
    return all_of(*kept)


def _follows(node: Node, from_: dict[object, Node]) -> bool:
    """Whether a choice is settled by one of its parts that holds anyway."""
    if not isinstance(node, Or):
        return False
    return any(
        all(key(part) in from_ for part in (each.items if isinstance(each, And) else (each,)))
        for each in node.items
    )
