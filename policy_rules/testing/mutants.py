"""Mutants of a directive's rules: each has one small wrong change, which some case should notice.

A mutant that no case notices is a case that is missing, or a change that makes no difference.
`mutants` makes them of any directive; `outcomes` and `survivors` try cases on them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import combinations
from typing import Any, TypeVar

from attrs import evolve, frozen

from ..facts import act_day_of
from ..language import (
    Amendment,
    Cite,
    Directive,
    DirectiveError,
    Modality,
    RuleSet,
    Transition,
    load,
)
from ..language.expressions import (
    AS_OF,
    DEADLINE,
    Attribute,
    Constitutive,
    Definition,
    Expression,
    Parameter,
    Source,
)
from ..language.rewriting import (
    expressions_of,
    places_of,
    rewritten_directive,
    rules_of,
    with_expressions,
    with_outcomes,
)
from ..language.rules import (
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
from ..language.substitution import rewritten
from ..language.trees import walk
from ..language.types import INTEGER, RuleTypeError
from .variants import values_near, variants

_S = TypeVar("_S", bound=Source)
_Replaced = Mapping[Provision, Provision | None]
_Replace = Callable[[Expression], Expression | None]
_Change = tuple[Cite, str, _Replaced]


@frozen(eq=False)
class Mutant:
    """A directive with one change: the citation at which it stands, and what it is.

    `touched` are the provisions that the change reaches, or None where it may reach any.
    """

    cite: Cite
    change: str
    rules: RuleSet
    touched: tuple[Rule | Definition, ...] | None

    def __str__(self) -> str:
        return f"{self.cite}: {self.change}"


def mutants(directive: Directive, heading: str | None = None) -> Iterator[Mutant]:
    """Every mutant of a directive that loads, in the order in which its provisions are written; of
    one `heading`, those of its sentences only.
    """
    named: Counter[str] = Counter()
    for cite, change, replaced, replace in _changes(directive):
        if heading is not None and cite.heading != heading:
            continue
        try:
            changed = rewritten_directive(directive, replaced, replace)
            rules = load(changed)
        except (DirectiveError, RuleTypeError):
            continue  # who makes such a slip is told when the directive is loaded
        named[f"{cite}: {change}"] += 1
        times = named[f"{cite}: {change}"]
        numbered = change if times == 1 else f"{change} ({times})"
        yield Mutant(cite, numbered, rules, _touched(directive, changed))
    for place, amendment in enumerate(directive.amendments):
        cite = Cite.parse(f"{amendment.id}:{next(iter(amendment.sentences), '1/1')}")
        if heading is None or cite.heading == heading:
            yield from _amended_otherwise(directive, place, cite)


def _amended_otherwise(directive: Directive, place: int, cite: Cite) -> Iterator[Mutant]:
    """The mutants of the day of an amendment, and of the acts that its rules are for."""
    amendment = directive.amendments[place]
    changes: list[tuple[str, Amendment]] = [
        (f"in_force becomes {near}", evolve(amendment, in_force=near))
        for near in values_near(amendment.in_force, INTEGER)
    ]
    if amendment.transition is not Transition.ALL_ACTS:
        changes.append(("for all acts", evolve(amendment, transition=Transition.ALL_ACTS)))
    before, after = directive.amendments[:place], directive.amendments[place + 1 :]
    for change, other in changes:
        changed = evolve(directive, amendments=[*before, other, *after])
        yield Mutant(cite, change, load(changed), None)


def _changes(directive: Directive) -> Iterator[tuple[Cite, str, _Replaced, _Replace | None]]:
    for provision in rules_of(directive):
        for change in (*_of_expressions(provision), *_of_forms(provision)):
            yield *change, None
    for change in _of_sentences(directive):
        yield *change, None
    for parameter in _parameters(directive):
        days = not _only_by_day(directive, parameter)
        for what, values in _values_shifted(parameter, days=days):
            replace = _instead_of(parameter, evolve(parameter, values=values))
            yield Cite.parse(parameter.cite), what, {}, replace


def _of_expressions(provision: Rule | Definition | RuleException) -> Iterator[_Change]:
    parts = expressions_of(provision)
    read = {
        (node.of, node.spec.name): node
        for part in parts
        for node in walk(part)
        if isinstance(node, Attribute)
    }
    for place, (cite, where) in enumerate(places_of(provision)):
        last = isinstance(provision, Definition) and place >= 2 * len(provision.rules)
        if last and place % 2 == 0:
            continue  # `otherwise` holds where no rule does, whatever its own condition
        if isinstance(provision, Prohibition) and where == "on" and not _in_principle(provision):
            continue  # the date of the act is that of an exemption, which a strict rule has not
        for what, changed in variants(parts[place], read.values()):
            given = (*parts[:place], changed, *parts[place + 1 :])
            yield cite, f"{where}: {what}", {provision: with_expressions(provision, given)}


def _of_forms(provision: Rule | Definition | RuleException) -> Iterator[_Change]:
    match provision:
        case Definition():
            yield from _of_definition(provision)
        case Requirement():
            yield from _of_requirement(provision)
        case Prohibition():
            yield from _of_prohibition(provision)
        case Steps():
            yield from _of_steps(provision)
        case RuleException():
            yield provision.cite, f"exception to {provision.to}: dropped", {provision: None}
        case AttestationRule():
            yield from _of_modality(provision)
        case AgreementRule():  # pragma: no branch - the match is exhaustive
            pass  # it has no strength and no date: its expressions are all that can be mistaken
    if not isinstance(provision, Definition) and not _by_day(provision, provision):
        for what, shifted in _validity(provision):
            yield provision.cite, what, {provision: shifted}


def _of_definition(definition: Definition) -> Iterator[_Change]:
    name, outcomes = definition.name, tuple(definition.outcomes())

    def having(*changed: Constitutive) -> _Replaced:
        return {definition: with_outcomes(definition, changed)}

    def at(place: int, rule: Constitutive) -> _Replaced:
        return having(*outcomes[:place], rule, *outcomes[place + 1 :])

    for place, rule in enumerate(definition.rules):
        kept = definition.rules[:place] + definition.rules[place + 1 :]
        yield (
            rule.cite,
            f"`{name}`: rule {place + 1} is dropped",
            {definition: evolve(definition, rules=kept)},
        )
    for place, rule in enumerate(outcomes):
        for what, shifted in () if _by_day(definition, rule) else _validity(rule):
            yield rule.cite, f"`{name}`: {what}", at(place, shifted)
    for one, other in combinations(range(len(outcomes)), 2):
        first, second = outcomes[one], outcomes[other]
        for what, attribute in (("values", "value"), ("citations", "cite")):
            changed = list(outcomes)
            changed[one] = evolve(first, **{attribute: getattr(second, attribute)})
            changed[other] = evolve(second, **{attribute: getattr(first, attribute)})
            if str(getattr(first, attribute)) != str(getattr(second, attribute)):
                text = f"`{name}`: {what} of rules {one + 1} and {other + 1} are exchanged"
                yield first.cite, text, having(*changed)


def _of_modality(rule: Requirement | AttestationRule) -> Iterator[_Change]:
    for modality in (Modality.MUST, Modality.IN_PRINCIPLE, Modality.TARGET):
        same = rule.modality is modality or (
            modality is Modality.MUST and rule.modality is Modality.MUST_NOT
        )
        if not same:
            yield _remade(rule, f"becomes {modality.en}", modality=modality)


def _of_requirement(rule: Requirement) -> Iterator[_Change]:
    yield from _of_modality(rule)
    if rule.due is not None:
        by_now = _instead_of(DEADLINE, AS_OF)
        applies, must = rewritten(rule.applies, by_now), rewritten(rule.must, by_now)
        yield _remade(rule, "due: dropped", due=None, applies=applies, must=must)
    if isinstance(rule.due, Parameter):
        for what, values in _values_shifted(rule.due):
            # Under a name of its own, since elsewhere the parameter keeps its value.
            due = evolve(rule.due, name=f"{rule.due.name}_shifted", values=values)
            yield _remade(rule, f"due: {what}", due=due)


def _of_prohibition(rule: Prohibition) -> Iterator[_Change]:
    other = Modality.MUST_NOT if _in_principle(rule) else Modality.IN_PRINCIPLE
    yield _remade(rule, f"becomes {other.en}", modality=other)
    if _in_principle(rule) and rule.on is not AS_OF:
        yield _remade(rule, "on: becomes `as_of`", on=AS_OF)


def _in_principle(rule: Prohibition) -> bool:
    return rule.modality is Modality.IN_PRINCIPLE


def _of_steps(rule: Steps) -> Iterator[_Change]:
    if rule.on is not AS_OF:
        yield _remade(rule, "on: becomes `as_of`", on=AS_OF)
    for place, step in enumerate(rule.steps):
        kept = rule.steps[:place] + rule.steps[place + 1 :]
        yield _remade(rule, f"step `{step.name}` is dropped", steps=kept)
    for one, other in combinations(range(len(rule.steps)), 2):
        steps, names = list(rule.steps), (rule.steps[one].name, rule.steps[other].name)
        steps[one] = evolve(steps[one], name=names[1])
        steps[other] = evolve(steps[other], name=names[0])
        what = f"names of steps `{names[0]}` and `{names[1]}` are exchanged"
        yield _remade(rule, what, steps=tuple(steps))


def _remade(
    rule: Requirement | AttestationRule | Prohibition | Steps, what: str, **changed: Any
) -> _Change:
    return rule.cite, what, {rule: evolve(rule, **changed)}


def _of_sentences(directive: Directive) -> Iterator[_Change]:
    """The citations of two rules of one sentence about one kind of fact, exchanged."""
    every = rules_of(directive)
    rules = [each for each in every if not isinstance(each, Definition | RuleException)]
    for one, other in combinations(rules, 2):
        same_kind = one.subject.fact_class is other.subject.fact_class
        if same_kind and one.cite.of_sentence == other.cite.of_sentence:
            yield (
                one.cite,
                f"citations of {one.cite} and {other.cite} are exchanged",
                {
                    one: evolve(one, cite=other.cite),
                    other: evolve(other, cite=one.cite),
                },
            )


def _by_day(provision: Provision, source: Source) -> bool:
    """Whether the amendment's own day says on which acts a rule that it begins or ends holds."""
    if isinstance(provision, RuleException | Excuse):
        return False
    amended = source.cite.document or source.ended_by is not None
    return bool(amended) and act_day_of(provision.subject.fact_class) is not None


def _only_by_day(directive: Directive, parameter: Parameter) -> bool:
    """Whether an amendment's own day says on which acts a value holds that it sets."""
    days = {each.in_force for each in directive.amendments}
    return {since for since, _ in parameter.values} <= {None, *days} and all(
        not isinstance(provision, RuleException | Excuse)
        and act_day_of(provision.subject.fact_class) is not None
        for provision in rules_of(directive)
        if any(parameter is node for part in expressions_of(provision) for node in walk(part))
    )


def _validity(source: _S) -> Iterator[tuple[str, _S]]:
    for name in ("valid_from", "valid_until"):
        day = getattr(source, name)
        for near in () if day is None else values_near(day, INTEGER):
            yield f"{name} becomes {near}", evolve(source, **{name: near})


def _values_shifted(
    parameter: Parameter, *, days: bool = True
) -> Iterator[tuple[str, tuple[tuple[Any, Any], ...]]]:
    """With other values near by and, where they say something, from other `days`."""
    for place, (since, value) in enumerate(parameter.values):
        around = parameter.values[:place], parameter.values[place + 1 :]
        for near in values_near(value, parameter.type):
            what = f"parameter `{parameter.name}`: {_shown(value)} becomes {_shown(near)}"
            yield what, (*around[0], (since, near), *around[1])
        for day in () if since is None or not days else values_near(since, INTEGER):
            what = f"parameter `{parameter.name}`: since {since} becomes since {day}"
            yield what, (*around[0], (day, value), *around[1])


def _shown(value: object) -> str:
    if isinstance(value, frozenset):
        return "{" + ", ".join(sorted(str(member) for member in value)) + "}"
    return repr(value) if isinstance(value, str) else str(value)


def _parameters(directive: Directive) -> Iterable[Parameter]:
    found: dict[str, Parameter] = {}
    for provision in rules_of(directive):
        for part in expressions_of(provision):
            found.update({n.name: n for n in walk(part) if isinstance(n, Parameter)})
    return found.values()


def _instead_of(old: Expression, new: Expression) -> _Replace:
    return lambda node: new if node is old else None


def _touched(old: Directive, new: Directive) -> tuple[Rule | Definition, ...] | None:
    before, after = list(rules_of(old)), list(rules_of(new))
    there, kept = {id(each) for each in before}, {id(each) for each in after}
    # What was asked before as well: a finding whose citation an agreement has now is no more.
    changed = [each for each in after if id(each) not in there]
    changed += [each for each in before if id(each) not in kept]
    if len(after) < len(before) or any(isinstance(each, RuleException) for each in changed):
        return None
    return tuple(each for each in changed if not isinstance(each, RuleException))
