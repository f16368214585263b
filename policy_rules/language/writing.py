"""The words in which an author writes a clause: subjects, related facts, parameters, readings."""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Set
from datetime import date

from attrs import frozen

from ..facts import Fact, Labelled, fields_of
from .citations import Cite
from .expressions import (
    AS_OF,
    TRUE,
    Attribute,
    Comparison,
    Constant,
    Constitutive,
    Count,
    Definition,
    Expression,
    FirstKnown,
    Held,
    Node,
    Option,
    Parameter,
    Periods,
    Reading,
    Subject,
    Total,
    Variable,
    as_node,
    lift,
    subject_variable,
    variable_of,
)
from .rules import (
    AttestationRule,
    Excuse,
    ExcuseKind,
    Modality,
    Prohibition,
    Requirement,
    RuleException,
    Step,
    Steps,
)
from .types import (
    BOOLEAN,
    DATE,
    INTEGER,
    RATIONAL,
    RuleTypeError,
    Type,
    set_of,
    type_of_annotation,
    type_of_value,
)


def subject(fact_class: type[Fact], *attached: Definition) -> Subject:
    """The fact that a clause's rules speak of, with the definitions it may be asked for."""
    return Subject(subject_variable(fact_class), attached)


def each(fact_class: type[Fact], *attached: Definition, **link: Subject) -> Subject:
    """Each related fact: `each(Officer, station_id=station)` is each officer of the station.

    Without a link, each fact of that class.
    """
    if not link:
        return Subject(Variable(fact_class), attached)
    if len(link) != 1:
        raise RuleTypeError("a related fact has one link, such as `station_id=station`")
    ((name, of),) = link.items()
    spec = fields_of(fact_class).get(name)
    target = of._variable.fact_class
    if spec is None or spec.target != target.collection:
        raise RuleTypeError(f"`{name}` of {fact_class.en} does not refer to a {target.en}")
    return Subject(Variable(fact_class, name, of._variable), attached)


def the(fact_class: type[Fact], reference: Expression, *attached: Definition) -> Subject:
    """The fact that another one refers to: `the(Station, officer.station_id)` is its station."""
    if not isinstance(reference, Attribute) or reference.spec.target != fact_class.collection:
        raise RuleTypeError(f"`{reference}` does not refer to a {fact_class.en}")
    if reference.spec.may_be_empty:
        raise RuleTypeError(f"`{reference}` may be empty, and then refers to nothing")
    return Subject(Variable(fact_class, of=reference.of, via=reference.spec.name), attached)


def count(member: Subject, where: Expression = TRUE, *, zh: str = "", en: str = "") -> Count:
    """How many of the related facts satisfy the condition; `zh` and `en` say what is counted."""
    return Count(variable_of(member), as_node(where), zh=zh, en=en)


def total(
    member: Subject, value: Expression, where: Expression = TRUE, *, zh: str = "", en: str = ""
) -> Total:
    """The sum of a value over the related facts that satisfy the condition."""
    return Total(variable_of(member), as_node(where), as_node(value), zh=zh, en=en)


def some(member: Subject, where: Expression = TRUE, *, zh: str = "", en: str = "") -> Comparison:
    """At least one related fact satisfies the condition."""
    return count(member, where, zh=zh, en=en) >= 1


def none(member: Subject, where: Expression = TRUE, *, zh: str = "", en: str = "") -> Comparison:
    """No related fact satisfies the condition."""
    return count(member, where, zh=zh, en=en) <= 0


def every(member: Subject, where: Expression, *, zh: str = "", en: str = "") -> Comparison:
    """Every related fact satisfies the condition; `zh` and `en` name those that do not."""
    return none(member, ~where, zh=zh, en=en)


def held(
    member: Subject,
    where: Expression,
    *,
    on: Expression,
    every: Parameter,
    zh: str,
    en: str,
) -> Comparison:
    """In each period of a recurrence, a related fact satisfies the condition.

    `on` is the date of the related fact, `every` a parameter that is a recurrence. Judged are the
    periods of the twelve months before the policy's date that have ended; `zh` and `en` say what
    happens in them.
    """
    counted = Held(variable_of(member), as_node(where), as_node(on), every, zh=zh, en=en)
    return counted >= Periods(every)


def first_known(first: Expression, second: Expression) -> FirstKnown:
    """The first value where it is known, else the second."""
    return FirstKnown(as_node(first), as_node(second))


def empty(choices: type[Labelled]) -> Constant:
    """The empty set of members of an enumeration."""
    return Constant(frozenset(), set_of(choices))


def parameter(
    name: str,
    value: object = None,
    *,
    cite: str,
    quote: str,
    zh: str,
    en: str,
    unit: tuple[str, str] = ("", ""),
    since: Mapping[date, object] | None = None,
    type: Type | None = None,
) -> Parameter:
    """A value that a sentence sets. `since` gives later values, each from its date.

    Without a `value`, the text leaves the number open; its `type` must then be given.
    """
    values = [] if value is None else [(None, _plain(value))]
    later = sorted((since or {}).items())
    values.extend((day, _plain(changed)) for day, changed in later)  # type: ignore[misc]
    if not values and type is None:
        raise RuleTypeError(f"parameter `{name}` has neither a value nor a type")
    kind = type or type_of_value(values[0][1])
    for _, each_value in values:
        check_value(name, kind, each_value)
    return Parameter(name, kind, tuple(values), cite, quote, zh, en, *unit)


def check_value(name: str, kind: Type, value: object) -> None:
    """Refuse a value that does not have the parameter's type."""
    found = type_of_value(value)
    if found != kind and not (kind == RATIONAL and found == INTEGER):
        raise RuleTypeError(f"parameter `{name}` is {kind}, found {value!r}")


def _plain(value: object) -> object:
    return frozenset(value) if isinstance(value, Set) else value


def reading(
    name: str, cite: str, *, zh: str, en: str, why: tuple[str, str], default: str,
    **options: tuple[str, str],
) -> Reading:  # fmt: skip
    """A question of interpretation: `options` are `name=(Chinese, English)`."""
    if default not in options or len(options) < 2:
        raise RuleTypeError(f"reading `{name}` needs two options or more, its default among them")
    listed = tuple(Option(key, *labels) for key, labels in options.items())
    return Reading(name, cite, zh, en, listed, default, *why)


@frozen(eq=False)
class When:
    """A condition that waits for its value: `when(condition).then(value, ...)`."""

    condition: Node

    def then(self, value: object, *, cite: str, quote: str) -> Constitutive:
        """The rule that gives the attribute this value under the condition."""
        return Constitutive(
            cite=Cite.parse(cite), quote=quote, condition=self.condition, value=lift(value)
        )


def when(condition: Expression) -> When:
    """Begin a rule of a definition."""
    return When(_boolean(condition))


def always(value: object, *, cite: str, quote: str) -> Constitutive:
    """The rule that gives the attribute this value in all cases, or in all others."""
    return When(TRUE).then(value, cite=cite, quote=quote)


def define(
    of: Subject,
    name: str,
    type: Type | type,
    rules: Sequence[Constitutive],
    *,
    zh: str,
    en: str,
    unit: tuple[str, str] = ("", ""),
    no_zh: str = "",
    otherwise: Constitutive | None = None,
) -> Definition:
    """A constitutive rule ("counts as"): a derived attribute and the rules that give it a value.

    `otherwise` holds where none of the rules applies; without it, the rules must be shown to
    cover everything, or the directive is refused when it is loaded. `no_zh` denies a yes or no in
    Chinese, by default with 非 before the label.
    """
    kind = type_of_annotation(type)
    for rule in (*rules, *([otherwise] if otherwise else [])):
        found = rule.value.type
        if found != kind and not (kind == RATIONAL and found == INTEGER):
            raise RuleTypeError(f"{rule.cite}: `{name}` is {kind}, found {found} in `{rule.value}`")
    return Definition(
        subject=variable_of(of), name=name, type=kind, zh=zh, en=en,
        unit_zh=unit[0], unit_en=unit[1], no_zh=no_zh or f"非{zh}",
        rules=tuple(rules), otherwise=otherwise,
    )  # fmt: skip


def require(
    of: Subject,
    must: Expression,
    *,
    cite: str,
    quote: str,
    zh: str,
    en: str,
    applies: Expression = TRUE,
    modality: Modality = Modality.MUST,
    due: Parameter | None = None,
) -> Requirement:
    """An obligation on a fact: where it `applies`, it `must` be so, by the date `due` if any.

    Facts with dates count by then where the condition compares them with `DEADLINE`.
    """
    if due is not None and (due.type != DATE or not due.values):
        raise RuleTypeError(f"{cite}: what is due is a parameter with a date, found `{due}`")
    return Requirement(
        cite=Cite.parse(cite), quote=quote, zh=zh, en=en, subject=variable_of(of),
        modality=modality, applies=_boolean(applies), must=_boolean(must), due=due,
    )  # fmt: skip


def attest(
    of: Subject,
    *,
    cite: str,
    quote: str,
    zh: str,
    en: str,
    applies: Expression = TRUE,
    modality: Modality = Modality.MUST,
) -> AttestationRule:
    """An obligation that rests on an attestation that a document or mechanism exists."""
    return AttestationRule(
        cite=Cite.parse(cite), quote=quote, zh=zh, en=en, subject=variable_of(of),
        modality=modality, applies=_boolean(applies),
    )  # fmt: skip


def forbid(
    of: Subject,
    condition: Expression,
    *,
    cite: str,
    quote: str,
    zh: str,
    en: str,
    modality: Modality = Modality.MUST_NOT,
    on: Expression = AS_OF,
) -> Prohibition:
    """A request must not be granted under the condition; `on` is the date of the act."""
    return Prohibition(
        cite=Cite.parse(cite), quote=quote, zh=zh, en=en, subject=variable_of(of),
        modality=modality, condition=_boolean(condition), on=_date(on),
    )  # fmt: skip


def step(name: str, obtained: Expression, *, quote: str, zh: str, en: str) -> Step:
    """Something to be obtained before an act, and when it counts as obtained."""
    return Step(name=name, zh=zh, en=en, quote=quote, obtained=_boolean(obtained))


def needs(
    of: Subject,
    steps: Sequence[Step],
    *,
    cite: str,
    quote: str,
    zh: str,
    en: str,
    on: Expression,
    applies: Expression = TRUE,
) -> Steps:
    """Where the rule applies, the act needs the steps first; `on` is the date of the act."""
    return Steps(
        cite=Cite.parse(cite), quote=quote, zh=zh, en=en, subject=variable_of(of),
        applies=_boolean(applies), steps=tuple(steps), on=_date(on),
    )  # fmt: skip


def exception(
    to: str, condition: Expression, *, cite: str, quote: str, zh: str, en: str
) -> RuleException:
    """Where the condition holds, the rule cited by `to` does not apply."""
    return RuleException(
        cite=Cite.parse(cite), quote=quote, zh=zh, en=en, to=Cite.parse(to),
        condition=_boolean(condition),
    )  # fmt: skip


def excuse(cite: str, kind: ExcuseKind, *, zh: str, en: str) -> Excuse:
    """Why a sentence, or the rest of one that also carries rules, is not computed."""
    return Excuse(cite=Cite.parse(cite), kind=kind, zh=zh, en=en)


def _boolean(expression: Expression) -> Node:
    if expression.type != BOOLEAN:
        raise RuleTypeError(f"a condition is boolean, found {expression.type} in `{expression}`")
    return as_node(expression)


def _date(expression: Expression) -> Node:
    if expression.type != DATE:
        raise RuleTypeError(
            f"the date of an act is a date, found {expression.type} in `{expression}`"
        )
    return as_node(expression)
