"""The words in which an author speaks of facts: subjects, related facts, what they come to."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any, Literal, TypeAlias, get_args, overload

from ..facts import Fact, Labelled, fields_of
from .expected import expect, expect_fact_class, expect_mapping
from .expressions import (
    TRUE,
    Attribute,
    Average,
    ByChoice,
    Comparison,
    Constant,
    Count,
    Definition,
    Expression,
    Extreme,
    ExtremeOf,
    FirstKnown,
    Held,
    Node,
    Parameter,
    Periods,
    RecurrenceLess,
    Rounded,
    Rounding,
    Subject,
    Tiers,
    Total,
    Variable,
    among,
    as_node,
    lift,
    subject_variable,
    variable_of,
)
from .trees import key as node_key
from .types import DATE, MOMENT, NUMERIC, RuleTypeError, Type, set_of, type_of_value

# What a value is in a rule: an expression, or a literal that stands for itself.
Value: TypeAlias = Expression | int | Decimal | Fraction | date


def subject(fact_class: type[Fact], *attached: Definition) -> Subject:
    """The fact that a clause's rules speak of, with the definitions it may be asked for."""
    for each_attached in attached:
        expect(each_attached, Definition, "a definition to attach", "所附的定义")
    return Subject(subject_variable(expect_fact_class(fact_class)), attached)


def each(fact_class: type[Fact], *attached: Definition, **related: object) -> Subject:
    """Each related fact: `each(Officer, station_id=station)` is each officer of the station.

    Facts are also related by fields that are equal: `each(Facility, town=station.town)` is each
    facility of the station's town, and `each(Officer, station_id=station, zone=case.zone)` each
    officer of the station who is in the zone of the case. Without either, each fact of that class.
    """
    expect_fact_class(fact_class)
    links = {name: of for name, of in related.items() if isinstance(of, Subject)}
    if len(links) > 1:
        raise RuleTypeError(
            "a related fact has one link, such as `owner_id=owner`; "
            "join others by equal fields, such as `town=owner.town`",
            "关联事实只有一个关联，如 `owner_id=owner`；其余请写字段相等，如 `town=owner.town`",
        )
    variable = Variable(fact_class)
    for name, of in links.items():
        spec = fields_of(fact_class).get(name)
        target = of._variable.fact_class
        if spec is None or spec.target != target.collection:
            raise RuleTypeError(
                f"`{name}` of {fact_class.en} does not refer to a {target.en}",
                f"{fact_class.zh}的 `{name}` 不指向{target.zh}",
            )
        variable = Variable(fact_class, name, of._variable)
    joined = {name: other for name, other in related.items() if name not in links}
    for name, other in joined.items():
        _expect_joinable(fact_class, name, other)
    return Subject(variable, attached, joined)


def _expect_joinable(fact_class: type[Fact], name: str, other: object) -> None:
    spec = fields_of(fact_class).get(name)
    if spec is None:
        raise RuleTypeError(
            f"{fact_class.en} has no field `{name}`", f"{fact_class.zh}没有字段 `{name}`"
        )
    targets = {
        each.target for each in (spec, other.spec if isinstance(other, Attribute) else spec)
    } - {None}
    if len(targets) > 1:
        en, zh = " and ".join(sorted(map(str, targets))), "、".join(sorted(map(str, targets)))
        raise RuleTypeError(
            f"`{name}` of {fact_class.en} and `{other}` refer to different things: {en}",
            f"{fact_class.zh}的 `{name}` 和 `{other}` 所指不同：{zh}",
        )


def the(fact_class: type[Fact], reference: Expression, *attached: Definition) -> Subject:
    """The fact that another one refers to: `the(Station, officer.station_id)` is its station."""
    expect_fact_class(fact_class)
    if not isinstance(reference, Attribute) or reference.spec.target != fact_class.collection:
        raise RuleTypeError(
            f"`{reference}` does not refer to a {fact_class.en}",
            f"`{reference}` 不指向{fact_class.zh}",
        )
    if reference.spec.may_be_empty:
        raise RuleTypeError(
            f"`{reference}` may be empty, and then refers to nothing",
            f"`{reference}` 可为空，此时没有所指",
        )
    return Subject(Variable(fact_class, of=reference.of, via=reference.spec.name), attached)


def count(member: Subject, where: Expression = TRUE) -> Count:
    """How many of the related facts satisfy the condition; `called` says what is counted."""
    return Count(variable_of(member), among(member, where))


def total(member: Subject, value: Expression, where: Expression = TRUE) -> Total:
    """The sum of a value over the related facts that satisfy the condition."""
    return Total(variable_of(member), among(member, where), as_node(value))


@overload
def greatest(
    of: Subject, value: Expression, where: Expression = TRUE, *, otherwise: object = None
) -> Extreme: ...
@overload
def greatest(of: Value, *others: Value) -> ExtremeOf: ...
def greatest(of: Any, *others: Any, **said: Any) -> Extreme | ExtremeOf:
    """The greatest value of the related facts `of` that satisfy the condition `where`, or of
    several numbers: `greatest(a, b, 100)`.

    Of related facts, `otherwise` says what it is where there are none: a literal or another
    expression.
    """
    return _extreme("greatest", NUMERIC, of, *others, **said)


@overload
def least(
    of: Subject, value: Expression, where: Expression = TRUE, *, otherwise: object = None
) -> Extreme: ...
@overload
def least(of: Value, *others: Value) -> ExtremeOf: ...
def least(of: Any, *others: Any, **said: Any) -> Extreme | ExtremeOf:
    """The least value of the related facts `of` that satisfy the condition `where`, else
    `otherwise`; or the least of several numbers."""
    return _extreme("least", NUMERIC, of, *others, **said)


@overload
def latest(
    of: Subject, value: Expression, where: Expression = TRUE, *, otherwise: object = None
) -> Extreme: ...
@overload
def latest(of: Value, *others: Value) -> ExtremeOf: ...
def latest(of: Any, *others: Any, **said: Any) -> Extreme | ExtremeOf:
    """The latest date or moment of the related facts `of` that satisfy the condition `where`, or
    of several: `latest(a, AS_OF)`.

    Of related facts, `otherwise` says what it is where there are none: a literal or another
    expression.
    """
    return _extreme("greatest", (DATE, MOMENT), of, *others, **said)


@overload
def earliest(
    of: Subject, value: Expression, where: Expression = TRUE, *, otherwise: object = None
) -> Extreme: ...
@overload
def earliest(of: Value, *others: Value) -> ExtremeOf: ...
def earliest(of: Any, *others: Any, **said: Any) -> Extreme | ExtremeOf:
    """The earliest date or moment of the related facts `of` that satisfy the condition `where`,
    else `otherwise`; or the earliest of several."""
    return _extreme("least", (DATE, MOMENT), of, *others, **said)


def average(
    member: Subject, value: Expression, where: Expression = TRUE, *, otherwise: object = None
) -> Average:
    """The exact mean of a value over the related facts that satisfy the condition.

    `otherwise` says what it is where there are none: a literal or another expression.
    """
    given = _otherwise(otherwise, "average")
    return Average(variable_of(member), among(member, where), as_node(value), given)


def _extreme(
    pick: Literal["greatest", "least"], types: tuple[Type, ...], of: Any, *others: Any, **said: Any
) -> Extreme | ExtremeOf:
    """Over related facts or, where no class of them comes first, of the values themselves."""
    values = others[:1] if isinstance(of, Subject) else (of, *others)
    nodes = tuple(map(lift, values))
    for node in nodes:
        if node.type not in types:
            words = ("greatest", "latest") if pick == "greatest" else ("least", "earliest")
            raise RuleTypeError(
                f"`{words[0]}` is of numbers, `{words[1]}` of dates; found {node.type} in `{node}`",
                f"`{words[0]}` 用于数，`{words[1]}` 用于日期；`{node}` 的类型为 {node.type}",
            )
    if isinstance(of, Subject):
        return _of_related(pick, of, *others, **said)
    if said:
        raise RuleTypeError(
            f"`{'`, `'.join(said)}` is for related facts, found `{of}` first",
            f"`{'`、`'.join(said)}` 用于关联事实，首项实为 `{of}`",
        )
    return ExtremeOf(nodes, pick)


def _of_related(
    pick: Literal["greatest", "least"],
    member: Subject,
    value: Expression,
    where: Expression = TRUE,
    *,
    otherwise: object = None,
) -> Extreme:
    given = _otherwise(otherwise, pick)
    return Extreme(variable_of(member), among(member, where), as_node(value), given, pick)


def _otherwise(value: object, what: str) -> Node:
    if value is None:
        raise RuleTypeError(
            f"where no related fact counts, there is no {what}: say what it is then, `otherwise=`",
            "没有关联事实计入时，没有该值；请用 `otherwise=` 写明此时取何值",
        )
    return lift(value)


def some(member: Subject, where: Expression = TRUE) -> Comparison:
    """At least one related fact satisfies the condition."""
    return count(member, where) >= 1


def none(member: Subject, where: Expression = TRUE) -> Comparison:
    """No related fact satisfies the condition."""
    return count(member, where) <= 0


def every(member: Subject, where: Expression) -> Comparison:
    """Every related fact satisfies the condition; `called` names those that do not."""
    return none(member, ~where)


def held(
    member: Subject,
    where: Expression,
    *,
    on: Expression,
    every: Parameter | RecurrenceLess,
) -> Comparison:
    """In each period of a recurrence, a related fact satisfies the condition.

    `on` is the date of the related fact, `every` a parameter that is a recurrence, or one
    `without` the days off of a calendar. Judged are the periods of the twelve months before the
    policy's date that have ended, or the last one that has where a period is longer; `called` says
    what happens in them.
    """
    counted = Held(variable_of(member), among(member, where), as_node(on), every)
    return counted >= Periods(every)


def first_known(first: Expression, second: object) -> FirstKnown:
    """The first value where it is known, else the second: a literal or another expression."""
    return FirstKnown(as_node(first), lift(second))


def rounded(number: Expression, to: int | Decimal | Fraction = 1, *, how: Rounding) -> Rounded:
    """A number rounded to a multiple of `to`: 1, 10, `Decimal("0.01")`, `Fraction(1, 4)`.

    `how` is `half_up` (to the nearest, of two the one farther from zero), `half_even` (of two the
    even one), `up` (away from zero) or `down` (towards zero).
    """
    if how not in get_args(Rounding):
        listed = ", ".join(f"`{each}`" for each in get_args(Rounding))
        raise RuleTypeError(
            f"`how` is one of {listed}, found {how!r}", f"`how` 为 {listed} 之一，实为 {how!r}"
        )
    multiple = lift(to)
    if not isinstance(multiple, Constant) or multiple.type not in NUMERIC or multiple.value <= 0:
        raise RuleTypeError(
            f"`to` is a number above 0, found `{multiple}`",
            f"`to` 须为大于 0 的数，实为 `{multiple}`",
        )
    return Rounded(as_node(number), multiple.value, how)


def tiers(number: Expression, *brackets: object) -> Tiers:
    """A number in brackets, each part at its rate: `tiers(x, (36_000, percent(3)), percent(10))`.

    Each bracket but the last is the limit up to which it reaches, included, with its rate; the
    last one is the rate of what is beyond.
    """
    flat: list[object] = []
    for each in brackets[:-1]:
        if not isinstance(each, tuple) or len(each) != 2:
            raise RuleTypeError(
                f"a bracket is a limit and a rate, `(36_000, percent(3))`, found `{each}`",
                f"各级写作限额和比率，如 `(36_000, percent(3))`，实为 `{each}`",
            )
        flat += [each[1], each[0]]
    if not flat or isinstance(brackets[-1], tuple):
        raise RuleTypeError(
            "brackets are one or more limits with their rates, and the rate of what is beyond",
            "须写明一级以上的限额和比率，最后写超过部分的比率",
        )
    return Tiers(tuple(map(lift, (number, *flat, brackets[-1]))))


def by_choice(
    choice: Expression, values: Mapping[Any, object], *, otherwise: object = None
) -> ByChoice:
    """The value that stands for a choice: `by_choice(stall.size, {Size.SMALL: 3, Size.LARGE: 5})`.

    The values are numbers, dates, texts or choices: literals, parameters or other expressions, of
    which only the one that is looked up has to be known. Every choice has one, or `otherwise` is
    what stands for all others.
    """
    of = as_node(choice)
    if of.type.name != "choice" or of.type.choices is None:
        raise RuleTypeError(
            f"`by_choice` looks up by a choice, found {of.type} in `{of}`",
            f"`by_choice` 须按选项取值，`{of}` 的类型为 {of.type}",
        )
    every, given = of.type.choices, expect_mapping(values, "by_choice")
    if not given:
        raise RuleTypeError(
            f"`by_choice` of `{of}` lists no choice", f"`by_choice` 按 `{of}` 取值而没有列出选项"
        )
    for key in given:
        if not isinstance(key, every):
            raise RuleTypeError(
                f"`{of}` is one of {every.__name__}, found a value for {key!r}",
                f"`{of}` 的选项为 {every.__name__}，而所列为 {key!r}",
            )
    lacking = [str(each) for each in every if each not in given]
    if bool(lacking) is (otherwise is None):
        raise _otherwise_of_choices(of, lacking)
    grouped: dict[object, tuple[set[Labelled], Node]] = {}
    for key, value in given.items():
        node = lift(value)
        grouped.setdefault(node_key(node), (set(), node))[0].add(key)
    entries: list[tuple[frozenset[Labelled] | None, Node]] = [
        (frozenset(choices), node) for choices, node in grouped.values()
    ]
    if otherwise is not None:
        entries.append((None, lift(otherwise)))
    choices, nodes = zip(*entries, strict=True)
    return ByChoice((of, *nodes), choices)


def _otherwise_of_choices(of: Node, lacking: Sequence[str]) -> RuleTypeError:
    if not lacking:
        return RuleTypeError(
            f"every choice of `{of}` has a value, so that there is no `otherwise`",
            f"`{of}` 的每个选项都有值，不用 `otherwise`",
        )
    en, zh = "`, `".join(lacking), "`、`".join(lacking)
    return RuleTypeError(
        f"`by_choice` has no value for `{en}` of `{of}`; list it, or say what it is `otherwise`",
        f"`by_choice` 没有 `{of}` 为 `{zh}` 时的值；请列出，或用 `otherwise` 写明",
    )


def percent(number: int | Decimal | Fraction) -> Fraction:
    """A share that is given in per cent: `percent(40)`, `percent(Decimal("12.5"))`."""
    if type_of_value(number) not in NUMERIC:
        raise RuleTypeError(
            f"expected a number of per cent, such as `percent(40)`, found {number!r}",
            f"应为百分数，如 `percent(40)`，实为 {number!r}",
        )
    return Fraction(number) / 100


def empty(choices: type[Labelled]) -> Constant:
    """The empty set of members of an enumeration."""
    return Constant(frozenset(), set_of(choices))
