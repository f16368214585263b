"""From rails to rules of durable-rules: each rail as alternatives, each a plain conjunction.

An alternative becomes one rule, a list of comparisons of fields with constants. The `|` of
durable-rules is not used: what it joins fires once for each way in which it holds.
"""

from __future__ import annotations

from collections.abc import Iterable
from itertools import product
from typing import Any, Final

from attrs import evolve, field, frozen

from ...language.exhaustive import assert_never
from ...language.expressions import (
    MIRRORED,
    NEGATED,
    Aggregate,
    And,
    Arithmetic,
    AsOf,
    Attribute,
    ByCalendar,
    ByChoice,
    Comparison,
    Constant,
    Deadline,
    Derived,
    Exempted,
    FirstKnown,
    InYear,
    IsKnown,
    Node,
    Not,
    Noted,
    Operation,
    Or,
    Parameter,
    Periods,
    ReadingIs,
    RecurrenceLess,
)
from ...language.rails import PartOf, rails
from ...language.ranges import Bound
from ...language.trees import children, key
from ...language.types import BOOLEAN, DATE, MOMENT, NUMERIC
from .cutting import MOST_ALTERNATIVES, TooWideError
from .encoding import (
    UNKNOWN,
    Operand,
    Read,
    knownness_of,
    named,
    number_of,
    order_of,
    truth_of,
)
from .scope import Computed, Part

# An event has 252 properties at most.
_MOST_FIELDS: Final = 240
_OPERATORS: Final = {"==": None, "!=": "$neq", "<": "$lt", "<=": "$lte", ">": "$gt", ">=": "$gte"}


@frozen
class Field:
    """A field of an event: what it is of, and how its value is read."""

    of: object
    read: Read = field(eq=False)


@frozen
class Test:
    """One field compared with a constant.

    It fails where one of the inputs in `demands` is unknown; a `guard` asks nothing but that.
    """

    of: Field
    op: str
    constant: int
    demands: frozenset[object] = field(eq=False)
    guard: object = field(default=None, eq=False)

    def written(self, name: str) -> dict[str, Any]:
        """The test as durable-rules reads it."""
        operator = _OPERATORS[self.op]
        compared = {name: self.constant}
        return compared if operator is None else {operator: compared}


Alternative = tuple[Test, ...]


@frozen(eq=False)
class Lowered:
    """The alternatives in which a condition certainly holds, and certainly does not."""

    true: tuple[Alternative, ...]
    false: tuple[Alternative, ...]

    @property
    def settled(self) -> bool | None:
        """Its truth, where that hangs on nothing."""
        return True if () in self.true else False if () in self.false else None

    @property
    def open(self) -> bool:
        """Whether it can come to anything but unknown."""
        return bool(self.true or self.false)

    @property
    def rules(self) -> int:
        """How many rules it takes: one for each alternative, and one for what is unknown."""
        return len(self.true) + len(self.false) + 1


def lowered(condition: Node) -> Lowered:
    """The rails of a condition as alternatives.

    Raises TooWideError where they are more, or read more fields, than one event can have.
    """
    both = rails(condition)
    found = Lowered(_alternatives(both.true, True), _alternatives(both.false, True))
    fields = {test.of for each in (*found.true, *found.false) for test in each}
    if len(fields) > _MOST_FIELDS or found.rules > MOST_ALTERNATIVES + 1:
        raise TooWideError
    return found


def _alternatives(node: Any, holds: bool) -> tuple[Alternative, ...]:
    """The alternatives in which a two-valued expression holds, or does not."""
    match node:
        case Constant():
            return ((),) if node.value is holds else ()
        case Not():
            return _alternatives(node.item, not holds)
        case And() | Or():
            parts = [_alternatives(item, holds) for item in node.items]
            if isinstance(node, And) is holds:
                joined = (sum(choice, ()) for choice in product(*parts))
                return _distinct(each for each in map(_reduced, joined) if each is not None)
            return _distinct(each for part in parts for each in part)
        case _:
            return (_tests(node, holds),)


def _distinct(found: Iterable[Alternative]) -> tuple[Alternative, ...]:
    return tuple({frozenset(each): each for each in found}.values())


def _reduced(tests: Alternative) -> Alternative | None:
    """Without what is said twice, or asked by another test; None where tests exclude each other."""
    # Of equal tests the guard comes last, so that the one that is more than a guard is kept.
    kept = tuple(dict.fromkeys(sorted(tests, key=lambda test: test.guard is not None)))
    for one in kept:
        for other in kept:
            if one.of == other.of and one.op == "==" and not _allows(other, one.constant):
                return None
    demanded: frozenset[object] = frozenset().union(*(t.demands for t in kept if t.guard is None))
    return tuple(test for test in kept if test.guard is None or test.guard not in demanded)


def _allows(test: Test, value: int) -> bool:
    match test.op:
        case "==":
            return value == test.constant
        case ">":
            return value > test.constant
        case _:
            return True


def _tests(node: Any, holds: bool) -> Alternative:
    """The tests that come to one atom of a rail, or to its opposite."""
    match node:
        case IsKnown():
            asked = _of_knownness(node.item)
            if holds:
                return (Test(asked, ">", UNKNOWN, frozenset(), identity(node.item)),)
            return (Test(asked, "==", UNKNOWN, frozenset()),)
        case Comparison():
            return _compared(node if holds else evolve(node, op=NEGATED[node.op]))
        case _:
            asked = Field(("truth", identity(node)), truth_of(node))
            return (Test(asked, "==", int(holds), _demands(node)),)


def _of_knownness(item: Operand) -> Field:
    if item.type == BOOLEAN:
        return Field(("truth", identity(item)), truth_of(item))  # type: ignore[arg-type]
    if item.type in (*NUMERIC, DATE) or item.type.name == "choice":
        return Field(("number", identity(item)), number_of(item))
    return Field(("known", identity(item)), knownness_of(item))


def _compared(node: Comparison) -> Alternative:
    left, right, op = node.left, node.right, node.op
    if isinstance(left, Constant):
        left, right, op = right, left, MIRRORED[op]
    demands = _demands(left) | _demands(right)
    constant = named(left, right.value) if isinstance(right, Constant) else None
    if constant is None:
        ordered = left.type in (*NUMERIC, DATE, MOMENT)
        read = order_of(left, right, ordered)
        compared = Field(("order", identity(left), identity(right)), read)
        constant = 0
    else:
        compared = Field(("number", identity(left)), number_of(left))
    test = Test(compared, op, constant, demands)
    if op in ("==", ">", ">="):
        return (test,)
    return (Test(compared, ">", UNKNOWN, demands), test)


def _demands(node: Operand) -> frozenset[object]:
    """The inputs without which an expression has no value."""
    match node:
        case Constant() | FirstKnown() | ByChoice():
            return frozenset()
        case PartOf():
            return _demands(node.item)
        case (
            Bound() | Attribute() | Derived() | InYear() | Aggregate() | Exempted() | ByCalendar()
        ):  # fmt: skip
            return frozenset([identity(node)])
        case Comparison() | Operation() | Periods():
            return frozenset[object]().union(*map(_demands, children(node)))
        case (  # pragma: no cover - folded away, or taken apart before
            Parameter() | ReadingIs() | AsOf() | Deadline() | Noted() | And() | Or() | Not()
            | IsKnown() | RecurrenceLess()
        ):  # fmt: skip
            raise AssertionError(node)
    return assert_never(node)


def identity(node: Any) -> object:
    """Equal for two operands exactly when they say the same."""
    match node:
        case Part():
            return ("part", node.slot)
        case Computed():
            return ("computed", key(node.node))
        case Bound():
            return (node.side, identity(node.item))
        case PartOf():
            return (node.part, identity(node.item))
        case Arithmetic() | Comparison():
            return (node.op, identity(node.left), identity(node.right))
        case _:
            return key(node)
