"""Directives rewritten: a part replaced, and everything that refers to it with it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from operator import is_

from attrs import evolve

from .caching import once_for_each
from .citations import Cite
from .directives import Directive
from .expressions import Constitutive, Definition, Derived, Expression, Node, Source
from .lists import ListOfFacts, ListOfNames, ListOfValues, TextList
from .rules import (
    AgreementRule,
    AttestationRule,
    Excuse,
    Prohibition,
    Provision,
    Requirement,
    Rule,
    RuleException,
    Steps,
)
from .substitution import rewritten
from .trees import walk
from .types import RuleTypeError


def expressions_of(provision: Rule | Definition | RuleException) -> tuple[Node, ...]:
    """The expressions that a provision is made of."""
    match provision:
        case Definition():
            return tuple(
                part for rule in provision.outcomes() for part in (rule.condition, rule.value)
            )
        case Requirement():
            due = (provision.due,) if provision.due is not None else ()
            return (provision.applies, provision.must, *due)
        case Prohibition():
            return (provision.condition, provision.on, provision.applies)
        case Steps():
            return (provision.applies, *(s.obtained for s in provision.steps), provision.on)
        case AgreementRule():
            accounts = (provision.first, provision.second)
            return (provision.applies, *(each for each in accounts if each is not None))
        case RuleException():
            return (provision.condition,)
        case AttestationRule():  # pragma: no branch - the match is exhaustive
            return (provision.applies,)


@once_for_each
def nodes_of(provision: Rule | Definition | RuleException) -> tuple[Node, ...]:
    """The nodes of all expressions of a provision."""
    return tuple(node for part in expressions_of(provision) for node in walk(part))


@once_for_each
def derived_of(provision: Rule | Definition | RuleException) -> tuple[Derived, ...]:
    """Where a provision asks for what is defined."""
    return tuple(node for node in nodes_of(provision) if isinstance(node, Derived))


def sources_of(
    provision: Rule | Definition | RuleException,
) -> Iterator[tuple[Source, tuple[Node, ...]]]:
    """The rules of a provision, itself or those of a definition, each with its expressions."""
    if isinstance(provision, Definition):
        for rule in provision.outcomes():
            yield rule, (rule.condition, rule.value)
    else:
        yield provision, expressions_of(provision)


def places_of(provision: Rule | Definition | RuleException) -> Iterator[tuple[Cite, str]]:
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
            yield provision.cite, "applies"
        case Steps():
            yield provision.cite, "applies"
            yield from ((provision.cite, f"step `{step.name}`") for step in provision.steps)
            yield provision.cite, "on"
        case AgreementRule():
            yield provision.cite, "applies"
            yield provision.cite, "first"
            if provision.second is not None:
                yield provision.cite, "second"
        case RuleException():
            yield provision.cite, "condition"
        case AttestationRule():  # pragma: no branch - the match is exhaustive
            yield provision.cite, "applies"


def with_outcomes(definition: Definition, given: tuple[Constitutive, ...]) -> Definition:
    """The definition with other rules, in the order of `outcomes`."""
    rules, formerly = len(definition.rules), len(definition.formerly)
    return evolve(
        definition,
        rules=given[:rules],
        formerly=given[rules : rules + formerly],
        otherwise=next(iter(given[rules + formerly :]), None),
    )


def with_expressions(
    provision: Rule | Definition | RuleException, given: tuple[Node, ...]
) -> Provision:
    """The provision with other expressions, in the order of `expressions_of`."""
    match provision:
        case Definition():
            pairs = zip(provision.outcomes(), given[::2], given[1::2], strict=True)
            outcomes = (evolve(r, condition=held, value=value) for r, held, value in pairs)
            return with_outcomes(provision, tuple(outcomes))
        case Requirement():
            due = given[2] if provision.due is not None else None
            return evolve(provision, applies=given[0], must=given[1], due=due)
        case Prohibition():
            return evolve(provision, condition=given[0], on=given[1], applies=given[2])
        case Steps():
            steps = tuple(
                evolve(step, obtained=node)
                for step, node in zip(provision.steps, given[1:-1], strict=True)
            )
            return evolve(provision, applies=given[0], steps=steps, on=given[-1])
        case AgreementRule():
            second = given[2] if provision.second is not None else None
            return evolve(provision, applies=given[0], first=given[1], second=second)
        case RuleException():
            return evolve(provision, condition=given[0])
        case AttestationRule():  # pragma: no branch - the match is exhaustive
            return evolve(provision, applies=given[0])


def rewritten_directive(
    directive: Directive,
    provisions: Mapping[Provision, Provision | None],
    replace: Callable[[Expression], Expression | None] | None = None,
) -> Directive:
    """The directive with other provisions (None: without one) and other parts of expressions.

    What refers to a definition refers to what is in its place, also where it still refers to it as
    it was before an earlier change; what is not concerned stays the same object. Raises
    RuleTypeError for definitions that need each other.
    """
    known: dict[Provision, Provision | None] = {}
    under_way: list[Provision] = []
    definitions = {
        (each.subject.fact_class, each.name): each
        for each in rules_of(directive)
        if isinstance(each, Definition)
    }
    own = frozenset(definitions.values())

    def meant(definition: Definition) -> Definition:
        if definition in own or definition in provisions:
            return definition
        found = definitions.get((definition.subject.fact_class, definition.name), definition)
        return found if found.type == definition.type else definition

    def expression(node: Expression) -> Expression | None:
        if isinstance(node, Derived):
            definition = provision(meant(node.definition))
            if isinstance(definition, Definition) and definition is not node.definition:
                return evolve(node, definition=definition)
        return None if replace is None else replace(node)

    def is_concerned(new: Rule | Definition | RuleException) -> bool:
        """Whether anything in its expressions is replaced, as far as that is seen at a glance."""
        if replace is not None:
            return True
        asked = dict.fromkeys(node.definition for node in derived_of(new))
        return any(provision(meant(each)) is not each for each in asked)

    def provision(old: Provision) -> Provision | None:
        if old in under_way:
            loop = [*under_way[under_way.index(old) :], old]
            names = " → ".join(each.name for each in loop if isinstance(each, Definition))
            raise RuleTypeError(
                f"definitions that need each other: {names}", f"互相依赖的定义：{names}"
            )
        if old not in known:
            under_way.append(old)
            new = provisions.get(old, old)
            if new is not None and not isinstance(new, Excuse) and is_concerned(new):
                parts = expressions_of(new)
                changed = tuple(rewritten(part, expression) for part in parts)
                new = new if all(map(is_, changed, parts)) else with_expressions(new, changed)
            known[old] = new
            under_way.pop()
        return known[old]

    clauses = []
    for clause in directive.clauses:
        kept = tuple(new for old in clause.provisions if (new := provision(old)) is not None)
        unchanged = len(kept) == len(clause.provisions) and all(map(is_, kept, clause.provisions))
        clauses.append(clause if unchanged else clause.with_provisions(kept))

    def listed(old: TextList) -> TextList:
        match old:
            case ListOfFacts():
                given = tuple(rewritten(part, expression) for part in expressions_of(old.duty))
                duty = with_expressions(old.duty, given)
                assert isinstance(duty, Requirement)  # it is what it was
                return evolve(old, duty=duty, number=rewritten(old.number, expression))
            case ListOfNames():
                definition = provision(meant(old.definition))
                assert isinstance(definition, Definition)  # only its rules end
                return evolve(old, definition=definition)
            case ListOfValues():  # pragma: no branch - the match is exhaustive
                return evolve(old, parameter=rewritten(old.parameter, expression))

    return evolve(directive, clauses=clauses, lists=tuple(map(listed, directive.lists)))


def rules_of(directive: Directive) -> Iterator[Rule | Definition | RuleException]:
    """The provisions that carry expressions or oblige, in the order in which they are written."""
    for clause in directive.clauses:
        for provision in clause.provisions:
            if not isinstance(provision, Excuse):
                yield provision
