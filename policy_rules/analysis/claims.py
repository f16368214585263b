"""What is claimed of rules: that they are complete and free of conflict, and that none is idle."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import combinations
from typing import Any, Literal, TypeAlias

from attrs import evolve, frozen

from ..answers import ConflictError, Decision, Finding, Outcome, Status, Verdict
from ..engines.conditions import (
    FindingConditions,
    VerdictConditions,
    finding_conditions,
    verdict_conditions,
)
from ..engines.counting import recurring
from ..facts import Fact, FieldSpec, Labelled
from ..language import Cite
from ..language.expressions import (
    FALSE,
    TRUE,
    Aggregate,
    Attribute,
    Comparison,
    Constant,
    Constitutive,
    Definition,
    Expression,
    Node,
    Noted,
    Variable,
    all_of,
    any_of,
    subject_variable,
)
from ..language.regimes import Regime
from ..language.rules import AgreementRule, AttestationRule, Judged, Prohibition, Requirement
from ..language.substitution import rewritten
from ..language.trees import key, walk
from .proving.asking import parts_of


class Property(Labelled):
    """What can be proved of a rule."""

    COMPLETE = ("complete", "完备", "complete")
    CONSISTENT = ("consistent", "无冲突", "free of conflict")
    APPLIES = ("applies", "可适用", "can apply")
    SATISFIABLE = ("satisfiable", "可满足", "can be satisfied")
    BREAKABLE = ("breakable", "可违反", "can be broken")
    MATTERS = ("matters", "不多余", "matters")
    EXCEPTION = ("exception", "例外有用", "its exception matters")
    PERMITS = ("permits", "可准许", "permits some act")
    TOGETHER = ("together", "可同时满足", "can be satisfied together")
    ONE_WORLD = ("one_world", "可同处一境", "is met in one world with all others")
    MONOTONE = ("monotone", "多了不会更差", "more never makes it worse")


# `never`: the condition must not hold of any facts, at any time; `somewhere`: at some time of some
# facts; `wherever`: of some facts at each time at which the guard holds of some.
Kind: TypeAlias = Literal["never", "somewhere", "wherever"]


@frozen(eq=False, kw_only=True)
class Claim:
    """A condition of the fact of which a rule speaks, and how it has to stand with it.

    `name` is the definition or step that is meant, if it is one of several of the sentence. `shows`
    says whether an answer of an engine is as claimed, `about` what to ask for it. Of a field of
    which more never makes it worse (`more`), the condition is that it is well, the guard that it is
    not with one more: both must never be.
    """

    of: Property
    cites: tuple[Cite, ...]
    name: str
    subject: Variable
    kind: Kind
    condition: Node
    guard: Node = TRUE
    more: FieldSpec | None = None
    about: Definition | Requirement | AttestationRule | None = None
    shows: Callable[[Any], bool]

    @property
    def identity(self) -> tuple[object, ...]:
        """The same claim at another time."""
        return self.of, self.cites, self.name, self.subject.fact_class


def claims_of(regime: Regime) -> Iterator[Claim]:
    """Everything that is claimed of the rules that hold in a regime, in the order of the text."""
    for definition in regime.rules.definitions.values():
        if not definition.inner:
            yield from _of_definition(regime, definition)
    for rule in regime.rules.rules:
        held = rule.duty if isinstance(rule, AgreementRule) else rule
        if not regime.holds(held):
            continue
        match held:
            case Requirement():
                yield from _of_requirement(regime, held)
            case AttestationRule():
                yield Claim(
                    of=Property.APPLIES, cites=(held.cite,), name="", subject=held.subject,
                    kind="somewhere", condition=held.applies, about=held, shows=_applicable,
                )  # fmt: skip
            case _:
                pass
    for fact_class in dict.fromkeys(rule.subject.fact_class for rule in regime.rules.rules):
        conditions = verdict_conditions(regime, fact_class)
        if conditions.prohibitions or conditions.groups:
            yield from _of_acts(conditions, fact_class)
        yield from _together(regime, fact_class)
    for said in regime.rules.directive.monotone:
        rule = regime.rules.rule(Cite.parse(said.cite))
        if isinstance(rule, Requirement) and regime.holds(rule):
            found, spec = finding_conditions(regime, rule), said.read.spec
            yield Claim(
                of=Property.MONOTONE, cites=(rule.cite,), name=spec.name, subject=rule.subject,
                kind="never", condition=any_of(~found.applies, found.must),
                guard=all_of(found.applies, ~found.must), more=spec, about=rule, shows=_well,
            )  # fmt: skip


def met_in_one_world(rule: Judged) -> Claim:
    """That a requirement applies, and is met, in one world with all others."""
    return Claim(
        of=Property.ONE_WORLD, cites=(rule.cite,), name="", subject=rule.subject,
        kind="somewhere", condition=TRUE, shows=_anything,
    )  # fmt: skip


def _of_definition(regime: Regime, definition: Definition) -> Iterator[Claim]:
    rules = [rule for rule in definition.rules if regime.holds(rule)]
    cites = tuple(dict.fromkeys(rule.cite for rule in definition.outcomes()))
    subject, name = definition.subject, definition.name

    def claim(of: Property, kind: Kind, condition: Node, cites: tuple[Cite, ...],
              shows: Callable[[Decision | ConflictError], bool]) -> Claim:  # fmt: skip
        return Claim(
            of=of, cites=cites, name=name, subject=subject, kind=kind,
            condition=condition, about=definition, shows=shows,
        )  # fmt: skip

    nothing = all_of(*(~rule.condition for rule in rules))
    complete = definition.otherwise is not None
    yield claim(
        Property.COMPLETE, "never", FALSE if complete else nothing, cites,
        lambda found: not isinstance(found, ConflictError) and found.value is None,
    )  # fmt: skip
    conflicts = [
        all_of(one.condition, other.condition, _unlike(one, other))
        for place, one in enumerate(rules)
        for other in rules[place + 1 :]
        if key(one.value) != key(other.value)
    ]
    yield claim(
        Property.CONSISTENT, "never", any_of(*conflicts), cites,
        lambda found: isinstance(found, ConflictError),
    )  # fmt: skip
    for place, rule in enumerate(rules):
        others = [each for at, each in enumerate(rules) if at != place]
        own, among = (rule.cite,), [each.cite for each in others]
        told = f"{name}.{place + 1}" if rule.cite in among else name
        for each in (
            claim(Property.APPLIES, "somewhere", rule.condition, own, _gives(rule.cite)),
            claim(
                Property.MATTERS, "somewhere",
                all_of(rule.condition, *(any_of(~o.condition, _unlike(rule, o)) for o in others)),
                own, _gives(rule.cite),
            ),
            *(
                claim(Property.EXCEPTION, "somewhere", condition, (cite, rule.cite), _anything)
                for cite, condition in _exceptions(rule.condition)
            ),
        ):  # fmt: skip
            yield evolve(each, name=told)


def _unlike(one: Constitutive, other: Constitutive) -> Node:
    if key(one.value) == key(other.value):
        return FALSE
    if isinstance(one.value, Constant) and isinstance(other.value, Constant):
        return TRUE if one.value.value != other.value.value else FALSE
    return Comparison("!=", one.value, other.value)


def _of_requirement(regime: Regime, rule: Requirement) -> Iterator[Claim]:
    found = finding_conditions(regime, rule)
    applies, must = found.applies, found.must

    def claim(of: Property, kind: Kind, condition: Node,
              shows: Callable[[Finding], bool], guard: Node = TRUE) -> Claim:  # fmt: skip
        return Claim(
            of=of, cites=(rule.cite,), name="", subject=rule.subject, kind=kind,
            condition=condition, guard=guard, about=rule, shows=shows,
        )  # fmt: skip

    yield claim(Property.APPLIES, "somewhere", applies, _applicable)
    met = all_of(applies, must)
    yield claim(
        Property.SATISFIABLE, "wherever", met,
        lambda found: found.status is Status.SATISFIED, applies,
    )  # fmt: skip
    yield claim(Property.BREAKABLE, "somewhere", all_of(applies, ~must), _unmet)
    for cite, condition in _exceptions(applies):
        yield Claim(
            of=Property.EXCEPTION, cites=(cite, rule.cite), name="", subject=rule.subject,
            kind="somewhere", condition=condition, about=rule, shows=_anything,
        )  # fmt: skip


def _of_acts(conditions: VerdictConditions, fact_class: type[Fact]) -> Iterator[Claim]:
    subject, in_time = subject_variable(fact_class), conditions.in_time

    def claim(
        of: Property,
        kind: Kind,
        cites: tuple[Cite, ...],
        parts: Sequence[Node],
        shows: Callable[[Verdict], bool],
        name: str = "",
        guard: Node = TRUE,
    ) -> Claim:
        return Claim(
            of=of, cites=cites, name=name, subject=subject, kind=kind,
            condition=all_of(in_time, *parts), guard=guard, shows=shows,
        )  # fmt: skip

    holds = [each.rule.holds for each in conditions.prohibitions]
    complete = [any_of(~group.applies, all_of(*group.obtained)) for group in conditions.groups]
    for place, prohibition in enumerate(conditions.prohibitions):
        rule = prohibition.rule
        others = [~each for at, each in enumerate(holds) if at != place]
        yield claim(Property.APPLIES, "somewhere", (rule.cite,), [rule.holds], _reason(rule))
        yield claim(
            Property.MATTERS, "somewhere", (rule.cite,), [rule.holds, *others, *complete],
            _reason(rule),
        )  # fmt: skip
        for cite, condition in _exceptions(rule.holds):
            yield claim(Property.EXCEPTION, "somewhere", (cite, rule.cite), [condition], _anything)
    for group in conditions.groups:
        cites = (group.rule.cite,)
        yield claim(Property.APPLIES, "somewhere", cites, [group.applies], _anything)
        yield claim(
            Property.SATISFIABLE, "wherever", cites, [group.applies, *group.obtained],
            lambda found: not found.missing_steps, guard=all_of(in_time, group.applies),
        )  # fmt: skip
        for place, step in enumerate(group.rule.steps):
            got = [each for at, each in enumerate(group.obtained) if at != place]
            yield claim(
                Property.MATTERS, "somewhere", cites,
                [group.applies, ~group.obtained[place], *got],
                _lacks_only(step.name),
                step.name,
            )  # fmt: skip
    cited = tuple(
        dict.fromkeys(
            [each.rule.cite for each in conditions.prohibitions]
            + [each.rule.cite for each in conditions.groups]
        )
    )
    yield claim(
        Property.PERMITS, "wherever", cited, [*(~each for each in holds), *complete],
        lambda found: found.outcome is Outcome.PERMITTED, guard=in_time,
    )  # fmt: skip


def _together(regime: Regime, fact_class: type[Fact]) -> Iterator[Claim]:
    """That all requirements can be met at once, and every two that ask for the same fields.

    What recurs is left to itself: so many events take long, and none is in the way of another.
    """
    rules = [
        rule
        for rule in regime.rules.requirements_of(fact_class)
        if isinstance(rule, Requirement) and regime.holds(rule)
    ]
    conditions = (finding_conditions(regime, rule) for rule in rules)
    found = [each for each in conditions if not recurring(each.must)]
    subject = subject_variable(fact_class)

    def claim(rules: Sequence[FindingConditions], condition: Node, guard: Node = TRUE) -> Claim:
        return Claim(
            of=Property.TOGETHER, cites=tuple(each.rule.cite for each in rules), name="",
            subject=subject, kind="wherever", condition=condition, guard=guard, shows=_anything,
        )  # fmt: skip

    for one, other in combinations(found, 2):
        if _demanded(regime, one) & _demanded(regime, other):
            both = all_of(one.applies, other.applies)
            yield claim((one, other), all_of(both, one.must, other.must), both)
    if len(found) > 2:
        yield claim(found, all_of(*(any_of(~each.applies, each.must) for each in found)))


def _demanded(regime: Regime, conditions: FindingConditions) -> frozenset[object]:
    """The fields, and the lists, of which a requirement demands something."""
    known = "demanded", conditions.rule
    found: frozenset[object] | None = regime.known.get(known)
    if found is None:
        read = set[object]()
        for part in parts_of(conditions.must, regime.rules, Definition.outcomes):
            for node in walk(part):
                match node:
                    case Attribute(of=of, spec=spec):
                        read.add((of.fact_class, spec.name))
                    case Aggregate(member=member):
                        read.add(member.fact_class)
        found = regime.known.setdefault(known, frozenset(read))
    return found


def _exceptions(condition: Node) -> Iterator[tuple[Cite, Node]]:
    """Of each exception in a condition: that it holds, where the rule would apply without it."""
    for noted in walk(condition):
        if type(noted) is Noted:

            def without(part: Expression, noted: Node = noted) -> Expression | None:
                return FALSE if part is noted else None

            yield Cite.parse(noted.cite), all_of(noted.item, rewritten(condition, without))


def _anything(_: object) -> bool:
    return True


def _gives(cite: Cite) -> Callable[[Decision | ConflictError], bool]:
    return lambda found: (
        isinstance(found, ConflictError) or found.value is None or cite in found.cites
    )


def _applicable(found: Finding) -> bool:
    return found.status is not Status.NOT_APPLICABLE


def _well(found: Finding) -> bool:
    return found.status in (Status.SATISFIED, Status.NOT_APPLICABLE)


def _unmet(found: Finding) -> bool:
    return found.status.standing.unmet or found.status is Status.PENDING


def _lacks_only(step: str) -> Callable[[Verdict], bool]:
    return lambda found: found.missing_steps == (step,)


def _reason(rule: Prohibition) -> Callable[[Verdict], bool]:
    return lambda found: rule.cite in [each.cite for each in found.reasons]
