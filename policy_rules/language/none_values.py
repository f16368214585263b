"""Values that may be none, written into the conditions: nothing that is compared with one holds.

A field that is known to be none holds a value of its kind beyond all others. Wherever a condition
asks about a value that may be none, that it is not is joined to the condition: so the comparison is
false where it is none, and its negation true, whatever reads the rules.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TypeVar, cast

from attrs import evolve

from .caching import once_for_each
from .expressions import (
    TRUE,
    AggregateOrElse,
    Attribute,
    Comparison,
    Condition,
    Definition,
    Derived,
    Expression,
    Given,
    Held,
    IsNone,
    Node,
    Operation,
    ValueAggregate,
    absence,
    all_of,
    as_node,
    gives_none,
    is_no_value,
    none_of,
)
from .rewriting import expressions_of, nodes_of, with_expressions, with_outcomes
from .rules import Prohibition, Requirement, Rule, RuleException
from .substitution import rewritten, with_parts
from .trees import children
from .types import BOOLEAN

_P = TypeVar("_P", bound=Rule | Definition)


def ask_of_none(nodes: Iterable[Node]) -> bool:
    """Whether some of the nodes read a field that may be none."""
    return any(
        (isinstance(node, Attribute) and node.spec.may_be_none)
        or (isinstance(node, Derived) and gives_none(node.definition))
        for node in nodes
    )


@once_for_each
def _asks_of_none(provision: Rule | Definition) -> bool:
    return ask_of_none(nodes_of(provision))


def without_none(provision: _P) -> _P:
    """The provision, in which no condition takes what is none for a value.

    A rule of a definition whose value is none does not apply.
    """
    if isinstance(provision, Definition) and gives_none(provision):
        provision = cast(_P, _typed(provision))
    if not _asks_of_none(provision):
        return provision
    made = with_expressions(provision, tuple(map(guarded, expressions_of(provision))))
    if isinstance(made, Definition):
        outcomes = (
            evolve(rule, condition=_both(rule.condition, _there(rule.value)))
            for rule in made.outcomes()
        )
        made = with_outcomes(made, tuple(outcomes))
    assert isinstance(made, type(provision))
    return made


def _typed(definition: Definition) -> Definition:
    """The definition with what stands for none in its type, where rules say that there is none."""
    none = none_of(definition.type)
    outcomes = (
        evolve(rule, value=none) if is_no_value(rule.value) else rule
        for rule in definition.outcomes()
    )
    return with_outcomes(definition, tuple(outcomes))


def guarded(node: Node) -> Node:
    """The condition or value, with that nothing compared is none joined to each comparison."""
    return rewritten(node, _guarded)


def _guarded(node: Expression) -> Expression | None:
    match node:
        case IsNone():
            return node
        case Comparison() | Operation() if isinstance(node, Condition):
            there = [_there(item) for item in children(as_node(node))]
            inner = with_parts(node, lambda part: guarded(as_node(part)))
            return all_of(*(each for each in there if each is not TRUE), as_node(inner))
        case ValueAggregate() | Held():
            gathers = with_parts(node, lambda part: guarded(as_node(part)))
            return evolve(gathers, where=_both(gathers.where, _there(node.gathered)))
        case _:
            return None


def _there(value: Node) -> Node:
    """That a value is not none."""
    none = None if value.type == BOOLEAN else absence(value)
    return TRUE if none is None else Given(none)


def _both(one: Node, other: Node) -> Node:
    if other is TRUE:
        return one
    return other if one is TRUE else all_of(one, other)


def none_where_a_value_is(
    provision: Rule | Definition | RuleException,
) -> Iterator[tuple[str, str]]:
    """What may be none where a value has to be, said in English and Chinese."""
    places: list[tuple[Node, str, str]] = []
    if isinstance(provision, Definition):
        last = provision.outcomes()
        others = [each for each in last if each not in provision.rules]
        places += [(each.value, "what holds otherwise", "其余情形的值") for each in others]
    if isinstance(provision, Requirement) and provision.due is not None:
        places.append((provision.due, "what is due", "期限"))
    if isinstance(provision, Prohibition):
        places.append((provision.on, "the date of an act", "行为的日期"))
    places += [
        (node.otherwise, "what there is otherwise", "没有时的值")
        for node in nodes_of(provision)
        if isinstance(node, AggregateOrElse)
    ]
    for value, en, zh in places:
        if absence(value) is not None:
            yield f"{en} is never none, `{value}` may be", f"{zh}不能没有，而 `{value}` 可以没有"
