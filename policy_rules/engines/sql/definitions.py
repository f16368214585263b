"""Derived attributes as columns: the value where it is settled, its bounds, and conflicts."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from attrs import frozen
from sqlglot import exp

from ...language.expressions import (
    FALSE as NEVER,
)
from ...language.expressions import (
    NEGATED,
    And,
    Comparison,
    Constant,
    Definition,
    Node,
    Not,
    Or,
    all_of,
    any_of,
    key,
)
from ...language.expressions import (
    TRUE as ALWAYS,
)
from ...language.ranges import Side
from ...language.types import BOOLEAN, RATIONAL
from ..folded import FoldedRule
from .dialects import FALSE, NULL, atom, both, case, cast, either, equal, is_given, is_null, unequal
from .places import Defined, Scope
from .relations import Relation

if TYPE_CHECKING:
    from .lowering import Lowering

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

    def __init__(self, lowering: Lowering) -> None:
        self._lowering = lowering
        self._dialect = lowering.dialect
        self._made: dict[tuple[Relation, Definition, str], exp.Expression] = {}
        self._values: dict[tuple[Relation, Definition, int], tuple[exp.Expression, ...]] = {}

    def column(self, relation: Relation, what: Defined) -> exp.Expression:
        """A part of a derived attribute of the facts of a relation."""
        identity = relation, what.definition, what.part
        found = self._made.get(identity)
        if found is None:
            made = self._computed(relation, what.definition, what.part)
            if not isinstance(made, exp.Column) and made is not NULL:
                name = what.definition.name
                wanted = name if what.part == "value" else f"{name}_{what.part}"
                cites = dict.fromkeys(str(each.cite) for each in what.definition.outcomes())
                made = relation.add(wanted, made, comment=f"{what.definition.zh} {' '.join(cites)}")
            found = self._made[identity] = made
        return found

    def candidates(self, definition: Definition) -> tuple[Candidate, ...]:
        """The rules that can apply, each with the condition under which it does."""
        rules = self._lowering.folded.rules(definition)
        others = [rule.condition for rule in rules if not _is_otherwise(rule, definition)]
        return tuple(
            Candidate(
                rule.place,
                conjunction(*map(negation, others)) if _is_otherwise(rule, definition)
                else rule.condition,
                rule.value,
                _is_otherwise(rule, definition),
            )
            for rule in rules
        )  # fmt: skip

    def scope(self, relation: Relation, definition: Definition) -> Scope:
        """Where the rules of a definition are evaluated for the facts of a relation."""
        return Scope(relation, {definition.subject: ""})

    def value_of(
        self, relation: Relation, definition: Definition, candidate: Candidate
    ) -> tuple[exp.Expression, ...]:
        """The value that a rule gives, by its parts, as columns where it is not simple."""
        identity = relation, definition, candidate.place
        found = self._values.get(identity)
        if found is None:
            parts = self._lowering.parts(candidate.value, self.scope(relation, definition))
            if definition.type == RATIONAL and len(parts) == 1:
                parts = (parts[0], case([(is_given(parts[0]), exp.Literal.number(1))]))
            name = f"{definition.name}_by_{candidate.place + 1}"
            simple = exp.Column | exp.Literal | exp.Null | exp.Boolean
            found = tuple(
                each if isinstance(each, simple) else relation.add(name, each) for each in parts
            )
            self._values[identity] = found
        return found

    def known_value(self, relation: Relation, definition: Definition) -> tuple[exp.Expression, ...]:
        """The value of the first rule that certainly applies and whose value is known."""
        scope = self.scope(relation, definition)
        branches: list[list[tuple[exp.Expression, exp.Expression]]] = []
        for each in self.candidates(definition):
            values = self.value_of(relation, definition, each)
            applies = both(self._lowering.condition(each.condition, scope), is_given(values[0]))
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
            found = made if made is NULL else relation.add(f"{definition.name}_{part}", made)
            self._made[identity] = found
        return found

    def _computed(self, relation: Relation, definition: Definition, part: str) -> exp.Expression:
        if part in ("low", "high"):
            return self._bound(relation, definition, "low" if part == "low" else "high")
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
        if len(candidates) == 1 and candidates[0].condition is ALWAYS:
            return self.value_of(relation, definition, candidates[0])[place]
        if all(isinstance(each.value, Constant) for each in candidates):
            return self._of_constants(relation, definition, candidates, place)
        known = self.known_value(relation, definition)
        if known[0] is NULL:
            return NULL
        scope = self.scope(relation, definition)
        agreed = []
        for each in candidates:
            condition = self._lowering.condition(negation(each.condition), scope)
            agreed.append(either(condition, self._same(known, relation, definition, each)))
        return case([(both(*agreed), known[place])])

    def _same(
        self,
        known: Sequence[exp.Expression],
        relation: Relation,
        definition: Definition,
        candidate: Candidate,
    ) -> exp.Expression:
        values = self.value_of(relation, definition, candidate)
        if values[0] is NULL:
            return FALSE
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
            return self._dialect.flag(self._lowering.condition(found, scope))
        branches = []
        for _, members in groups:
            others = [c for c in candidates if c not in members and not c.otherwise]
            applying = any_of(*(each.condition for each in members))
            sure = conjunction(*(negation(each.condition) for each in others), applying)
            value = self.value_of(relation, definition, members[0])[place]
            branches.append((self._lowering.condition(sure, scope), value))
        return case(branches)

    def _bound(self, relation: Relation, definition: Definition, side: Side) -> exp.Expression:
        candidates = self.candidates(definition)
        scope = self.scope(relation, definition)
        if len(candidates) == 1 and candidates[0].condition is ALWAYS:
            return self._lowering.bound(candidates[0].value, side, scope)
        branches = []
        for each in candidates:
            others = [c for c in candidates if c is not each and not c.otherwise]
            alone = conjunction(*(negation(c.condition) for c in others), each.condition)
            bound = self._lowering.bound(each.value, side, scope)
            branches.append((self._lowering.condition(alone, scope), bound))
        return case(branches, self.column(relation, Defined(definition, "value")))

    def _conflict(self, relation: Relation, definition: Definition) -> exp.Expression:
        """The citations of the rules that give different values; NULL where none do."""
        if definition not in self.conflicting:
            return NULL
        lowering, dialect = self._lowering, self._dialect
        scope = self.scope(relation, definition)
        known = self.known_value(relation, definition)
        if known[0] is NULL:
            return NULL
        outcomes = tuple(definition.outcomes())
        applying: dict[Any, exp.Expression] = {}
        unlike = []
        for each in self.candidates(definition):
            values = self.value_of(relation, definition, each)
            fired = both(lowering.condition(each.condition, scope), is_given(values[0]))
            cite = outcomes[each.place].cite
            applying[cite] = either(applying.get(cite, FALSE), fired)
            unlike.append(both(fired, unequal(*self.crosswise(known, values))))
        listed = dialect.listed(
            [(applying[cite], dialect.text(str(cite))) for cite in sorted(applying)]
        )
        return case([(either(*unlike), listed)])

    def _needed(self, relation: Relation, definition: Definition, part: str) -> exp.Expression:
        """What an undetermined value needs, or the conflicts on the way to it; else empty."""
        scope = self.scope(relation, definition)
        lowering = self._lowering
        needs, conflicts = lowering.needing.of_definition(definition, scope)
        found = needs if part == "needs" else conflicts
        if found is None:
            return NULL
        value = self.column(relation, Defined(definition, main_part(definition)))
        empty = self._dialect.text("")
        return case([(is_null(value), found)], empty)

    @property
    def conflicting(self) -> frozenset[Definition]:
        """The definitions whose rules were not shown to exclude or agree with each other."""
        rules = self._lowering.regime.rules
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
    return rule.place == len(definition.rules) and rule.condition is NEVER


def negation(node: Node) -> Node:
    """The condition does not hold, said of its smallest parts."""
    match node:
        case And():
            return any_of(*map(negation, node.items))
        case Or():
            return conjunction(*map(negation, node.items))
        case Not():
            return node.item
        case Comparison():
            return Comparison(NEGATED[node.op], node.left, node.right)
        case _ if node is ALWAYS:
            return NEVER
        case _:
            return Not(node)


def conjunction(*nodes: Node) -> Node:
    """All of the conditions, without those that follow from others."""
    items: dict[object, Node] = {}
    for node in nodes:
        for each in node.items if isinstance(node, And) else (node,):
            if each is not ALWAYS:
                items.setdefault(key(each), each)
    if any(each is NEVER for each in items.values()):
        return NEVER
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
