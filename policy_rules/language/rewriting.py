"""Directives with another part in the place of one, and with what refers to it following."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any, TypeVar, cast

from attrs import Attribute, evolve, fields

from .citations import Cite
from .directives import Directive
from .expressions import Derived, Expression, Node, Parameter, Variable
from .loading import expressions_of
from .rules import (
    AttestationRule,
    Definition,
    Excuse,
    Prohibition,
    Provision,
    Requirement,
    Rule,
    RuleException,
    Steps,
)

_N = TypeVar("_N", bound=Expression)


def rewritten(
    node: _N,
    replace: Callable[[Expression], Expression | None],
    variable: Callable[[Variable], Variable] = lambda same: same,
) -> _N:
    """The expression with what `replace` gives for its parts; the same one if that is nothing."""
    found = replace(node)
    if found is not None:
        return cast(_N, found)
    changed: dict[str, object] = {}
    for member in _members(node):
        value = getattr(node, member.name)
        new: object = value
        if isinstance(value, Expression):
            new = rewritten(value, replace, variable)
        elif isinstance(value, Variable):
            new = variable(value)
        elif isinstance(value, tuple) and all(isinstance(each, Expression) for each in value):
            items = tuple(rewritten(each, replace, variable) for each in value)
            new = value if all(map(_same, items, value)) else items
        if new is not value:
            changed[member.name] = new
    return cast(_N, evolve(cast(Any, node), **changed)) if changed else node


def _members(node: Any) -> tuple[Attribute[Any], ...]:
    """The members of a node; every node is an attrs class, which its common superclass is not."""
    return tuple(fields(type(node)))


def _same(one: object, other: object) -> bool:
    return one is other


def with_variable(node: _N, old: Variable, new: Variable) -> _N:
    """The expression with one variable in the place of another, which others may be linked to."""
    known = {old: new}

    def variable(of: Variable) -> Variable:
        if of not in known:
            linked = of.of and variable(of.of)
            known[of] = of if linked is of.of else evolve(of, of=linked)
        return known[of]

    return rewritten(node, lambda _: None, variable)


def places_of(provision: Provision) -> Iterator[tuple[Cite, str]]:
    """Where each expression of a provision stands, in the order of `expressions_of`."""
    match provision:
        case Definition():
            for rule in provision.outcomes():
                yield rule.cite, f"condition of `{provision.name}`"
                yield rule.cite, f"value of `{provision.name}`"
        case Requirement():
            yield provision.cite, "applies"
            yield provision.cite, "must"
            if provision.due is not None:
                yield provision.cite, "due"
        case Prohibition():
            yield provision.cite, "condition"
            yield provision.cite, "on"
        case Steps():
            yield provision.cite, "applies"
            yield from ((provision.cite, f"step `{step.name}`") for step in provision.steps)
            yield provision.cite, "on"
        case RuleException():
            yield provision.cite, "condition"
        case AttestationRule():
            yield provision.cite, "applies"
        case Excuse():
            pass


def with_expressions(provision: Provision, given: tuple[Node, ...]) -> Provision:
    """The provision with other expressions, in the order of `expressions_of`."""
    match provision:
        case Definition():
            pairs = zip(provision.outcomes(), given[::2], given[1::2], strict=True)
            outcomes = tuple(evolve(r, condition=held, value=value) for r, held, value in pairs)
            number = len(provision.rules)
            return evolve(
                provision, rules=outcomes[:number], otherwise=next(iter(outcomes[number:]), None)
            )
        case Requirement():
            due = cast(Parameter, given[2]) if provision.due is not None else None
            return evolve(provision, applies=given[0], must=given[1], due=due)
        case Prohibition():
            return evolve(provision, condition=given[0], on=given[1])
        case Steps():
            steps = tuple(
                evolve(step, obtained=node)
                for step, node in zip(provision.steps, given[1:-1], strict=True)
            )
            return evolve(provision, applies=given[0], steps=steps, on=given[-1])
        case RuleException():
            return evolve(provision, condition=given[0])
        case AttestationRule():
            return evolve(provision, applies=given[0])
        case Excuse():
            return provision


def rewritten_directive(
    directive: Directive,
    provisions: Mapping[Provision, Provision | None],
    replace: Callable[[Expression], Expression | None] = lambda _: None,
) -> Directive:
    """The directive with other provisions (None: without one) and other parts of expressions.

    What refers to a changed definition refers to the new one; what is not concerned stays the
    same object.
    """
    known: dict[Provision, Provision | None] = {}

    def expression(node: Expression) -> Expression | None:
        if isinstance(node, Derived):
            definition = provision(node.definition)
            if isinstance(definition, Definition) and definition is not node.definition:
                return evolve(node, definition=definition)
        return replace(node)

    def provision(old: Provision) -> Provision | None:
        if old not in known:
            new = provisions.get(old, old)
            if new is not None and not isinstance(new, Excuse):
                parts = expressions_of(new)
                changed = tuple(rewritten(part, expression) for part in parts)
                new = new if all(map(_same, changed, parts)) else with_expressions(new, changed)
            known[old] = new
        return known[old]

    clauses = []
    for clause in directive.clauses:
        kept = tuple(new for old in clause.provisions if (new := provision(old)) is not None)
        unchanged = len(kept) == len(clause.provisions) and all(map(_same, kept, clause.provisions))
        clauses.append(clause if unchanged else evolve(clause, provisions=kept))
    return evolve(directive, clauses=clauses)


def rules_of(directive: Directive) -> Iterator[Rule | Definition | RuleException]:
    """The provisions that carry expressions or oblige, in the order in which they are written."""
    for clause in directive.clauses:
        for provision in clause.provisions:
            if not isinstance(provision, Excuse):
                yield provision
