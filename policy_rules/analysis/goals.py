"""What can be aimed at: that an act is permitted, a duty met, something decided in a way."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator
from typing import Any, Final

from attrs import frozen

from ..answers import ConflictError, Status
from ..engines.conditions import finding_conditions, verdict_conditions
from ..facts import Fact, Facts, Labelled
from ..facts.checks import nearest
from ..language import ChoiceError, Cite
from ..language.expressions import (
    TRUE,
    Comparison,
    Constant,
    Definition,
    Derived,
    Node,
    Variable,
    all_of,
    any_of,
    subject_variable,
)
from ..language.regimes import Regime
from ..language.rules import AttestationRule, Requirement
from ..language.types import BOOLEAN, INTEGER
from ..policy import Policy

PERMITTED: Final = "permitted"
SATISFIED: Final = "satisfied"
_YES_OR_NO: Final = {
    "true": True,
    "yes": True,
    "是": True,
    "false": False,
    "no": False,
    "否": False,
}


@frozen(eq=False, kw_only=True)
class Part:
    """What one sentence asks for so that the aim is reached."""

    cite: Cite | None
    zh: str
    en: str
    condition: Node


@frozen(eq=False, kw_only=True)
class Goal:
    """An aim: it is reached where every part certainly holds, as `reached` asks of a policy, some
    sentences set aside. `each`: a part is worth reaching without the others."""

    said: str
    zh: str
    en: str
    subject: Variable
    parts: tuple[Part, ...]
    reached: Callable[[Policy, Fact, Facts, Collection[Cite | None]], bool]
    each: bool = False


def goal_of(regime: Regime, subject: Fact, said: str, faults: list[tuple[str, str]]) -> Goal | None:
    """The aim that is said: `permitted`, `satisfied`, a citation, or a decision with its value.

    None where there is no such aim; what is wrong is added to the faults.
    """
    fact_class = type(subject)
    try:
        if said == PERMITTED:
            return _permitted(regime, fact_class)
        if said == SATISFIED:
            return _satisfied(regime, fact_class)
        name, separator, value = said.partition("=")
        if separator:
            return _decided(regime, fact_class, name.strip(), value.strip())
        return _met(regime, fact_class, said)
    except ChoiceError as error:
        faults += error.faults
        return None


def kept_parts(
    policy: Policy, subject: Fact, facts: Facts, keep: Iterable[str], faults: list[tuple[str, str]]
) -> list[Part]:
    """What is to stay as it is: decisions by their names, duties by their citations; `all`: every
    duty that is met now. A duty that is not met need not be."""
    regime, fact_class = policy.regime, type(subject)
    parts: list[Part] = []
    for name in [keep] if isinstance(keep, str) else keep:
        if name == "all":
            duties = _duties(regime, fact_class)
            met = {each.cite for each in policy.auditor(fact_class, duties)(subject, facts)
                   if each.status in (Status.SATISFIED, Status.NOT_APPLICABLE)}  # fmt: skip
            parts += [_in_order(regime, rule) for rule in duties if rule.cite in met]
        elif name in regime.rules.named(fact_class):
            try:
                value = policy.decide(subject, name, facts).value
            except ConflictError:
                continue
            if value is not None:
                definition = regime.rules.definitions[fact_class, name]
                parts += _decided_parts(regime, definition, value)
        else:
            try:
                rule = _duty(regime, fact_class, name)
            except ChoiceError as error:
                faults += error.faults
                continue
            (finding,) = policy.auditor(fact_class, [rule])(subject, facts)
            if finding.status in (Status.SATISFIED, Status.NOT_APPLICABLE):
                parts.append(_in_order(regime, rule))
    return parts


def _permitted(regime: Regime, fact_class: type[Fact]) -> Goal:
    conditions = verdict_conditions(regime, fact_class)
    if not (conditions.prohibitions or conditions.groups):
        raise ChoiceError(
            (
                f"{fact_class.zh}不是须审核的事项，没有 `{PERMITTED}` 可求",
                f"nothing is prohibited or needed of any {fact_class.en}, so none is `{PERMITTED}`",
            )
        )
    parts = [
        Part(cite=each.rule.cite, zh=each.rule.zh, en=each.rule.en, condition=~each.holds)
        for each in conditions.prohibitions
    ]
    for group in conditions.groups:
        parts += [
            Part(
                cite=group.rule.cite, zh=step.zh, en=step.en,
                condition=any_of(~group.applies, obtained),
            )
            for step, obtained in zip(group.rule.steps, group.obtained, strict=True)
        ]  # fmt: skip
    if conditions.in_time is not TRUE:
        parts.append(
            Part(
                cite=None, zh="在文件施行期间", en="the directive holds on the day of the act",
                condition=conditions.in_time,
            )
        )  # fmt: skip
    return Goal(
        said=PERMITTED, zh="可以实施", en="permitted", subject=subject_variable(fact_class),
        parts=tuple(parts),
        reached=lambda policy, fact, facts, _: policy.check(fact, facts).permitted,
    )  # fmt: skip


def _duties(regime: Regime, fact_class: type[Fact]) -> list[Requirement]:
    return [
        rule
        for rule in regime.rules.requirements_of(fact_class)
        if isinstance(rule, Requirement) and regime.holds(rule)
    ]


def _in_order(regime: Regime, rule: Requirement) -> Part:
    """That a duty is met, displaced or does not apply."""
    found = finding_conditions(regime, rule)
    condition = any_of(~found.applies, all_of(found.applies, any_of(found.must, found.exempted)))
    return Part(cite=rule.cite, zh=rule.zh, en=rule.en, condition=condition)


def _satisfied(regime: Regime, fact_class: type[Fact]) -> Goal:
    duties = _duties(regime, fact_class)
    if not duties:
        raise ChoiceError(
            (
                f"没有可核查的{fact_class.zh}要求，没有 `{SATISFIED}` 可求",
                f"nothing measured is required of any {fact_class.en}, so none is `{SATISFIED}`",
            )
        )
    well = (Status.SATISFIED, Status.NOT_APPLICABLE, Status.EXEMPT)

    def reached(policy: Policy, fact: Fact, facts: Facts, aside: Collection[Cite | None]) -> bool:
        own = [rule for rule in _duties(policy.regime, fact_class) if rule.cite not in aside]
        return all(each.status in well for each in policy.auditor(fact_class, own)(fact, facts))

    return Goal(
        said=SATISFIED, zh="全部符合", en="satisfied in all", subject=subject_variable(fact_class),
        parts=tuple(_in_order(regime, rule) for rule in duties), reached=reached, each=True,
    )  # fmt: skip


def _duty(regime: Regime, fact_class: type[Fact], said: str) -> Requirement:
    rules = regime.rules.requirements_of(fact_class)
    found = next((rule for rule in rules if str(rule.cite) == said), None)
    if isinstance(found, Requirement) and regime.holds(found):
        return found
    if isinstance(found, AttestationRule):
        raise ChoiceError(
            (
                f"`{said}` 以佐证为据，补上佐证（attestations）即可",
                f"`{said}` rests on an attestation: give one among `attestations`",
            )
        )
    if found is not None:
        raise ChoiceError(
            (f"`{said}` 在 {regime.as_of} 不适用", f"`{said}` does not hold on {regime.as_of}")
        )
    known = [str(rule.cite) for rule in _duties(regime, fact_class)]
    decided = [f"{name}=…" for name in regime.rules.named(fact_class)]
    acts = verdict_conditions(regime, fact_class)
    others = [PERMITTED] if acts.prohibitions or acts.groups else []
    listed = [*others, *([SATISFIED] if known else []), *known, *decided]
    near = nearest(said, listed)
    raise ChoiceError(
        (
            f"{fact_class.zh}没有目标 `{said}`；"
            + (f"是否为 `{near[0]}`？" if near else "")
            + f"可以是 {'、'.join(f'`{each}`' for each in listed) or '无'}",
            f"no goal `{said}` of a fact of `{fact_class.collection}`; "
            + (f"did you mean `{near[0]}`? " if near else "")
            + f"there are {', '.join(f'`{each}`' for each in listed) or 'none'}",
        )
    )


def _met(regime: Regime, fact_class: type[Fact], said: str) -> Goal:
    rule = _duty(regime, fact_class, said)
    found = finding_conditions(regime, rule)
    parts = [
        Part(cite=rule.cite, zh=rule.zh, en=rule.en, condition=all_of(found.applies, found.must))
    ]

    def reached(policy: Policy, fact: Fact, facts: Facts, _: object) -> bool:
        (finding,) = policy.auditor(fact_class, [rule])(fact, facts)
        return finding.status is Status.SATISFIED

    return Goal(
        said=said, zh=f"符合 {said}", en=f"{said} satisfied", subject=rule.subject,
        parts=tuple(parts), reached=reached,
    )  # fmt: skip


def _decided(regime: Regime, fact_class: type[Fact], name: str, said: str) -> Goal:
    if name not in regime.rules.named(fact_class):
        _duty(regime, fact_class, f"{name}={said}")
    definition = regime.rules.definitions[fact_class, name]
    value = _value(definition, said)
    zh, en = (value.zh, value.en) if isinstance(value, Labelled) else (said, said)

    def reached(policy: Policy, fact: Fact, facts: Facts, _: object) -> bool:
        try:
            return bool(policy.decide(fact, name, facts).value == value)
        except ConflictError:
            return False

    return Goal(
        said=f"{name}={said}", zh=f"{definition.zh}：{zh}", en=f"{definition.en}: {en}",
        subject=definition.subject, parts=tuple(_decided_parts(regime, definition, value)),
        reached=reached,
    )  # fmt: skip


def _decided_parts(regime: Regime, definition: Definition, value: Any) -> Iterator[Part]:
    """That a decision has a value, by the sentence that gives it where it is one."""
    derived = Derived(definition.subject, definition)
    if definition.type == BOOLEAN:
        condition: Node = derived if value else ~derived
    else:
        condition = Comparison("==", derived, Constant(value))
    rules = [each for each in definition.outcomes() if regime.holds(each)]
    giving = [
        each.cite
        for each in rules
        if not isinstance(each.value, Constant) or each.value.value == value
    ]
    cite = giving[0] if giving else rules[0].cite if rules else None
    yield Part(cite=cite, zh=definition.zh, en=definition.en, condition=condition)


def _value(definition: Definition, said: str) -> Any:
    type_ = definition.type
    if type_ == BOOLEAN and said.lower() in _YES_OR_NO:
        return _YES_OR_NO[said.lower()]
    if type_ == INTEGER and said.removeprefix("-").isdecimal():
        return int(said)
    if type_.name == "choice" and type_.choices is not None:
        found = type_.choices.spellings().get(said)
        if found is not None:
            return found
        allowed = [each.value for each in type_.choices]
    else:
        allowed = ["yes", "no"] if type_ == BOOLEAN else [f"a value of type {type_.name}"]
    raise ChoiceError(
        (
            f"`{definition.name}` 应为 {'、'.join(map(str, allowed))} 之一，实为 `{said}`",
            f"`{definition.name}` is one of {', '.join(map(str, allowed))}, found `{said}`",
        )
    )
