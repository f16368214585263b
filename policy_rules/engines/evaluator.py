"""The evaluator: a plain walk over the expressions, short enough to be the specification.

A value of None is unknown. Logic is strong Kleene logic; a number read from a list that may be
incomplete is an interval, which only a direct comparison uses.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from decimal import Decimal
from fractions import Fraction
from functools import partial
from operator import add, attrgetter, contains, eq, ge, gt, le, lt, mul, ne, sub
from typing import Any, Final

from attrs import field, frozen

from ..facts import Fact, Facts, Labelled
from ..language.exhaustive import assert_never
from ..language.expressions import (
    NEGATED,
    Aggregate,
    AggregateNode,
    AggregateOrElse,
    AllStartWith,
    And,
    Arithmetic,
    AsOf,
    Attribute,
    ByCalendar,
    ByChoice,
    Comparison,
    Constant,
    Contains,
    DayOfWeek,
    Deadline,
    Definition,
    Derived,
    Elapsed,
    EndsWith,
    Exempted,
    ExtremeOf,
    FirstKnown,
    Held,
    InYear,
    IsKnown,
    Moved,
    NamedIn,
    Node,
    Not,
    Noted,
    Operator,
    Or,
    Overlaps,
    Parameter,
    Periods,
    ReadingIs,
    RecurrenceLess,
    Rounded,
    SomeStartWith,
    StartsWith,
    Subset,
    Tiers,
    Variable,
    YearNumber,
)
from ..language.ranges import HOLDS_BY, BoundTest
from ..language.regimes import Regime
from ..language.trees import children
from ..language.types import RATIONAL, Type
from .calendar import BY_CALENDAR, ELAPSED, MOVED, weekday
from .exemptions import Exemptions
from .gathering import OPEN, Gathering, Interval, gathering
from .kleene import Truth, kleene_all, kleene_and, kleene_not, kleene_or
from .recurring import Tally, how_often, judged
from .rounding import rounded
from .settling import settle, with_otherwise

ARITHMETIC: Final[Mapping[str, Callable[[Any, Any], Any]]] = {
    "+": add,
    "-": sub,
    "*": mul,
    "/": Fraction,
}
# What is one value or unknown, and no range.
_PLAIN: Final = (Attribute, Constant, Parameter, AsOf)
_COMPARE: Final = {"==": eq, "!=": ne, "<": lt, "<=": le, ">": gt, ">=": ge}


@frozen(eq=False)
class Scope:
    """What an expression is evaluated against; `bound` gives each variable its fact.

    It is of one question: `known` keeps what has been worked out in it, once for each fact.
    """

    regime: Regime
    facts: Facts
    exemptions: Exemptions
    bound: Mapping[Variable, Fact]
    known: dict[object, Any] = field(factory=dict, kw_only=True)

    def having(self, variable: Variable, fact: Fact) -> Scope:
        """The same, with one more variable bound."""
        return self.binding({**self.bound, variable: fact})

    def binding(self, bound: Mapping[Variable, Fact]) -> Scope:
        """The same question with these variables bound."""
        return Scope(self.regime, self.facts, self.exemptions, bound, known=self.known)

    def truth(self, condition: Node) -> Truth:
        """The truth of a condition that a question asks about."""
        truth: Truth = evaluate(condition, self)
        return truth

    def truths(self, definition: Definition) -> list[Truth]:
        """The truth of the condition of each rule of a definition."""
        holds = self.regime.holds
        return [holds(rule) and evaluate(rule.condition, self) for rule in definition.rules]

    def values(self, definition: Definition) -> list[Any]:
        """The value of each rule of a definition, the one for all other cases last."""
        return [evaluate(rule.value, self) for rule in definition.outcomes()]


def evaluate(node: Node, scope: Scope) -> Any:
    """The value of an expression, or None where it is unknown."""
    match node:
        # What there is most of comes first.
        case Attribute():
            of = node.of
            fact = scope.bound[of] if of.via is None else fact_of(of, scope)
            found = None if fact is None else getattr(fact, node.spec.name)
            return Fraction(found) if isinstance(found, Decimal) else found
        case Constant():
            return node.value
        case Comparison():
            return _compare(node, scope)
        case Parameter():
            return scope.regime.value(node)
        case ReadingIs():
            return scope.regime.chooses(node)
        case AsOf():
            return scope.regime.as_of
        case Derived():
            inner = of_subject(node, scope)
            return None if inner is None else settle(*_defined(node, inner)).value
        case InYear():
            by_year = evaluate(node.item, scope)
            return None if by_year is None else by_year.get(_year(node, scope))
        case And():
            return kleene_all(evaluate(item, scope) for item in node.items)
        case Or():
            return kleene_or(evaluate(item, scope) for item in node.items)
        case Not():
            return kleene_not(evaluate(node.item, scope))
        case Noted():
            return evaluate(node.item, scope)
        case FirstKnown():
            first = evaluate(node.first, scope)
            return evaluate(node.second, scope) if first is None else first
        case ByChoice():
            choice = evaluate(node.of, scope)
            value = None if choice is None else evaluate(node.value_of(choice), scope)
            return _of_type(node.type, value)
        case IsKnown():
            return evaluate(node.item, scope) is not None
        case Aggregate():
            low, high = bounds(node, scope) or (None, None)
            return _of_type(node.type, low) if low == high else None
        case RecurrenceLess():
            return how_often(node, scope.regime)
        case Periods():
            found = judged(scope.regime, node)
            return None if found is None else len(found.periods)
        case Exempted():
            on = evaluate(node.on, scope)
            return scope.exemptions.displaces(scope.bound[node.of].key, node.cite, on)
        # What follows is unknown as soon as one operand is.
        case ByCalendar():
            return _applied(node, scope, BY_CALENDAR[type(node)])
        case Arithmetic() | ExtremeOf() | Rounded():
            return _applied(node, scope, computed(node))
        case Tiers():
            return evaluate(node.sum, scope)
        case Contains():
            return _applied(node, scope, contains)
        case Subset():
            return _applied(node, scope, le)
        case Overlaps():
            return _applied(node, scope, lambda one, other: not one.isdisjoint(other))
        case AllStartWith():
            return _applied(node, scope, all_start_with)
        case SomeStartWith():
            return _applied(node, scope, some_start_with)
        case StartsWith():
            return _applied(node, scope, str.startswith)
        case EndsWith():
            return _applied(node, scope, str.endswith)
        case NamedIn():
            return _applied(node, scope, partial(named_in, node.before_names))
        case Moved():
            return _applied(node, scope, MOVED[node.unit])
        case Elapsed():
            return _applied(node, scope, ELAPSED[node.unit])
        case YearNumber():
            return _applied(node, scope, attrgetter("year"))
        case DayOfWeek():
            return _applied(node, scope, weekday)
        case Deadline():  # pragma: no cover - a day has been put in its place
            raise AssertionError(node)
    return assert_never(node)


def _of_type(type_: Type, value: Any) -> Any:
    """A value that was looked up or gathered; a whole number as one of those that need not be."""
    return Fraction(value) if value is not None and type_ == RATIONAL else value


def _applied(node: Node, scope: Scope, operation: Callable[..., Any]) -> Any:
    values = [evaluate(child, scope) for child in children(node)]
    return None if None in values else operation(*values)


def computed(node: Arithmetic | ExtremeOf | Rounded) -> Callable[..., Any]:
    """What a number, or the greatest of values, is computed by from the values of its parts."""
    match node:
        case Arithmetic():
            return ARITHMETIC[node.op]
        case ExtremeOf():
            pick = max if node.pick == "greatest" else min
            return pick if node.type != RATIONAL else lambda *values: Fraction(pick(values))
        case Rounded():  # pragma: no branch - the match is exhaustive
            return partial(_rounded, node)


def _rounded(node: Rounded, value: int | Fraction) -> int | Fraction:
    steps = Fraction(value) / node.to
    return rounded(steps.numerator, steps.denominator, node.how) * node.to


def all_start_with(texts: Iterable[str], prefix: str) -> bool:
    """Every text of a set begins with the prefix."""
    # A loop takes half the time of `all` over a generator.
    for text in texts:  # noqa: SIM110
        if not text.startswith(prefix):
            return False
    return True


def some_start_with(texts: Iterable[str], prefix: str) -> bool:
    """A text of a set begins with the prefix."""
    return any(text.startswith(prefix) for text in texts)


def named_in(after: tuple[str, ...], text: str, names: Iterable[str]) -> bool:
    """A text is one of the names, or ends with one that stands right after one of the words."""
    return any(
        text.endswith(name) and (text == name or text.removesuffix(name).endswith(after))
        for name in names
    )


def _year(node: InYear, scope: Scope) -> int:
    return scope.regime.as_of.year + node.offset


def _compare(node: Comparison, scope: Scope) -> Truth:
    if isinstance(node.left, _PLAIN) and isinstance(node.right, _PLAIN):
        one, other = evaluate(node.left, scope), evaluate(node.right, scope)
        return None if one is None or other is None else bool(_COMPARE[node.op](one, other))
    left, right = bounds(node.left, scope), bounds(node.right, scope)
    if left is None or right is None:
        return None
    if left[0] is left[1] is not None and right[0] is right[1] is not None:
        return bool(_COMPARE[node.op](left[0], right[0]))  # two values that are known
    if _certainly(node.op, left, right):
        return True
    return False if _certainly(NEGATED[node.op], left, right) else None


def _certainly(op: Operator, left: Interval, right: Interval) -> bool:
    join = any if op == "!=" else all
    return join(_holds(test, left, right) for test in HOLDS_BY[op])


def _holds(test: BoundTest, left: Interval, right: Interval) -> bool:
    one, other = (right, left) if test.swapped else (left, right)
    end, other_end = one[test.side == "high"], other[test.other == "high"]
    return None not in (end, other_end) and bool(_COMPARE[test.op](end, other_end))


def bounds(node: Node, scope: Scope) -> Interval | None:
    """The interval in which a value certainly lies, an end that it has not being None; or None."""
    match node:
        case Attribute() | Constant():
            value = evaluate(node, scope)
            return None if value is None else (value, value)
        case FirstKnown() if evaluate(node.first, scope) is None:
            return bounds(node.second, scope)
        case ByChoice() if (choice := evaluate(node.of, scope)) is not None:
            return bounds(node.value_of(choice), scope)
        case Derived() if (only := _only_rule(node, scope)) is not None:
            return bounds(*only)
        case Aggregate():
            gathered = gathered_by(node, scope)
            whole = scope.facts.is_complete(node.member.fact_class)
            return (0, None) if gathered is None else gathered.bounds(whole)
        case _:
            value = evaluate(node, scope)
            return None if value is None else (value, value)


def _only_rule(node: Derived, scope: Scope) -> tuple[Node, Scope] | None:
    """The value of the one rule of a definition that may apply and does, and its scope."""
    definition = scope.regime.rules.definition(node)
    inner = of_subject(node, scope)
    if inner is None:
        return None
    truths = with_otherwise(definition, truths_of(definition, inner))
    may = [place for place, truth in enumerate(truths) if truth is not False]
    if len(may) != 1 or truths[may[0]] is not True:
        return None
    return tuple(definition.outcomes())[may[0]].value, inner


def gathered_by(node: AggregateNode, scope: Scope) -> Gathering | None:
    """What an aggregate gathers of its members, or None where the text leaves open what.

    Worked out once in a question, but for what is gathered anew for each member of another one.
    """
    if len(scope.bound) > 1:
        return _gathered(node, scope)
    (subject,) = scope.bound.values()
    key = "gathered", node, id(subject)
    if key not in scope.known:
        scope.known[key] = _gathered(node, scope)
    found: Gathering | None = scope.known[key]
    return found


def _gathered(node: AggregateNode, scope: Scope) -> Gathering | None:
    made = gathering(node, scope.regime)
    if made is None:
        return None
    ranges = isinstance(node, AggregateOrElse)
    otherwise = (node.otherwise,) if isinstance(node, AggregateOrElse) else ()
    gathered = made(*(bounds(each, scope) or OPEN for each in otherwise))
    for inner, counts in counting(node, scope):
        of = bounds(node.gathered, inner) or OPEN if ranges else evaluate(node.gathered, inner)
        (gathered.certain if counts else gathered.possible)(of)
    return gathered


def counting(node: AggregateNode, scope: Scope) -> Iterator[tuple[Scope, Truth]]:
    """The members that count (True) and those that may (None); found once, as what they come to."""
    if len(scope.bound) > 1:
        yield from _counting(node, scope)
        return
    (subject,) = scope.bound.values()
    key = "counting", node, id(subject)
    if key not in scope.known:
        # The facts alone are kept, which takes far less room than their scopes.
        scope.known[key] = [
            (inner.bound[node.member], counts) for inner, counts in _counting(node, scope)
        ]
    for fact, counts in scope.known[key]:
        yield scope.having(node.member, fact), counts


def _counting(node: AggregateNode, scope: Scope) -> Iterator[tuple[Scope, Truth]]:
    for inner, linked in _of_its_kind(node, scope):
        counts = kleene_and(linked, evaluate(node.where, inner))
        if counts is not False:
            yield inner, counts


def _of_its_kind(node: AggregateNode, scope: Scope) -> Iterator[tuple[Scope, Truth]]:
    """The members without those of another kind than the one that counts, which are many.

    Those of a subject are told apart once, for all that counts some of them.
    """
    member, kind = node.member, _kind_of(node, scope)
    if kind is None or member.link is None or member.of is None:
        yield from members(node, scope)
        return
    name, wanted = kind
    cls, link, subject = member.fact_class, member.link, scope.bound[member.of]
    facts = scope.facts
    certain = _kinds(
        scope, id(subject), cls, link, name, lambda: facts.related(cls, link, subject.id)
    )
    possible = _kinds(scope, None, cls, link, name, lambda: facts.unlinked(cls, link))
    if None in certain or None in possible:  # one whose kind is unknown may count too
        yield from members(node, scope)
        return
    for fact in certain.get(wanted, ()):
        yield scope.having(member, fact), True
    for fact in possible.get(wanted, ()):
        yield scope.having(member, fact), None


def _kinds(
    scope: Scope,
    of: int | None,
    cls: type[Fact],
    link: str,
    name: str,
    facts: Callable[[], Iterable[Fact]],
) -> Mapping[Any, list[Fact]]:
    """Some facts by what they have in a field, worked out once."""
    key = "kinds", of, cls, link, name
    found: dict[Any, list[Fact]] | None = scope.known.get(key)
    if found is None:
        found = scope.known[key] = {}
        for fact in facts():
            found.setdefault(getattr(fact, name), []).append(fact)
    return found


def _kind_of(node: AggregateNode, scope: Scope) -> tuple[str, Labelled] | None:
    """The choice that each member has to be of so as to count: the field, and the choice."""
    known = scope.regime.of_nodes("kind")
    if node not in known:
        where = node.where
        asked = where.items if isinstance(where, And) else (where,)
        known[node] = next(
            (
                (each.left.spec.name, each.right.value)
                for each in asked
                if isinstance(each, Comparison)
                and each.op == "=="
                and isinstance(each.left, Attribute)
                and each.left.of is node.member
                and isinstance(each.right, Constant)
                and isinstance(each.right.value, Labelled)
            ),
            None,
        )
    found: tuple[str, Labelled] | None = known[node]
    return found


def members(node: AggregateNode, scope: Scope) -> Iterator[tuple[Scope, Truth]]:
    """The facts that an aggregate ranges over: certain members, then those that may be ones."""
    member = node.member
    if member.link is None or member.of is None:
        for fact in scope.facts.all(member.fact_class):
            yield scope.having(member, fact), True
        return
    for fact in scope.facts.related(member.fact_class, member.link, scope.bound[member.of].id):
        yield scope.having(member, fact), True
    for fact in scope.facts.unlinked(member.fact_class, member.link):
        yield scope.having(member, fact), None


def tallied(node: Held, scope: Scope) -> Tally | None:
    """Which periods have their event, or None where the text leaves open how often."""
    found = gathered_by(node, scope)
    assert found is None or isinstance(found, Tally)
    return found


def fact_of(variable: Variable, scope: Scope) -> Fact | None:
    """The fact that a variable stands for, or None where a reference to it is unknown.

    Of a fact that is referred to but not given, only its id is known.
    """
    if variable.via is None or variable.of is None:
        return scope.bound[variable]
    source = fact_of(variable.of, scope)
    named = None if source is None else getattr(source, variable.via)
    if named is None:
        return None
    # The same object each time, so that what it comes to is worked out once.
    key = variable.fact_class, named
    found: Fact | None = scope.known.get(key)
    if found is None:
        found = scope.known[key] = scope.facts.named(variable.fact_class, named)
    return found


def _defined(node: Derived, scope: Scope) -> tuple[list[Truth], list[Any]]:
    return conditions_and_values(scope.regime.rules.definition(node), scope)


def of_subject(node: Derived, scope: Scope) -> Scope | None:
    """The scope in which a derived attribute's own rules are evaluated, if its fact is known."""
    fact = fact_of(node.of, scope)
    if fact is None:
        return None
    return scope.binding({scope.regime.rules.definition(node).subject: fact})


def conditions_and_values(definition: Definition, scope: Scope) -> tuple[list[Truth], list[Any]]:
    """The truth of each rule's condition, and each value."""
    values: list[Any] = once(scope, "values", definition, scope.values)
    return truths_of(definition, scope), values


def truths_of(definition: Definition, scope: Scope) -> list[Truth]:
    """The truth of the condition of each rule of a definition."""
    truths: list[Truth] = once(scope, "truths", definition, scope.truths)
    return truths


def once(
    scope: Scope, what: str, definition: Definition, work_out: Callable[[Definition], Any]
) -> Any:
    """Something of a definition of the fact in scope, worked out once in a question."""
    key = what, definition, id(scope.bound[definition.subject])
    if key not in scope.known:
        scope.known[key] = work_out(definition)
    return scope.known[key]
