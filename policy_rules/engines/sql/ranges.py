"""How large a number can become, so that no database computes beyond what it can hold."""

from __future__ import annotations

from decimal import Decimal
from typing import Final

from ...language.exhaustive import assert_never
from ...language.expressions import (
    Aggregate,
    Arithmetic,
    AsOf,
    Attribute,
    Average,
    ByChoice,
    Condition,
    Constant,
    Count,
    DayOfWeek,
    Deadline,
    Definition,
    Derived,
    Elapsed,
    Extreme,
    ExtremeOf,
    FirstKnown,
    Held,
    InYear,
    Moved,
    Node,
    Noted,
    Parameter,
    Periods,
    RecurrenceLess,
    Rounded,
    Tiers,
    Total,
    WorkingDays,
    WorkingDaysLater,
    YearNumber,
)
from ...language.rails import PartOf, fraction, gathered_steps, in_steps
from ...language.ranges import Bound
from ...language.regimes import Regime
from ...language.rules import AgreementRule, Requirement
from ...language.types import RATIONAL
from ..conditions import finding_conditions
from ..folded import FoldedRegime

MOST_ROWS: Final = 10**12
OF_INT: Final = 2**31 - 1
OF_BIGINT: Final = 2**63 - 1
OF_WIDE: Final = 10**38 - 1
_YEARS: Final = 20_000
_IN_A_YEAR: Final = {"years": 1, "days": 366, "minutes": 366 * 24 * 60}


class Widths:
    """How large the numbers of a regime can become: by the values that its parameters have."""

    def __init__(self, folded: FoldedRegime) -> None:
        self._folded = folded
        self._values: dict[Definition, int] = {}
        self._parts: dict[Definition, tuple[int, int]] = {}

    def largest(self, node: Node | Bound | PartOf) -> int:
        """What a whole number, positive or negative, certainly does not exceed."""
        match node:
            case Constant():
                return abs(int(node.value))
            case Attribute():
                return _most(node.spec.minimum, node.spec.greatest)
            case InYear():
                return _most(node.item.spec.minimum, node.item.spec.maximum)
            case Derived():
                return self._largest_value(self._defined(node))
            case Count() | Held() | Periods():
                return MOST_ROWS
            case Total() | Extreme():
                return self._gathered(node, 1)
            case FirstKnown():
                return max(self.largest(node.first), self.largest(node.second))
            case Arithmetic(op="*"):
                return self.largest(node.left) * self.largest(node.right)
            case Arithmetic():
                return self.largest(node.left) + self.largest(node.right)
            case ExtremeOf():
                return max(map(self.largest, node.items))
            case ByChoice():
                return max(map(self.largest, node.values))
            case Rounded():
                over, under = fraction(node.in_steps)
                steps = self.largest(over) // (under.value if isinstance(under, Constant) else 1)
                return (steps + 1) * node.steps_of
            case WorkingDays():
                return _YEARS * _IN_A_YEAR["days"]
            case YearNumber():
                return _YEARS
            case Elapsed():
                return _YEARS * _IN_A_YEAR[node.unit]
            case Bound():
                return self.largest(node.item)
            case PartOf():
                return self._largest_part(node)
            case Parameter():  # one without a value
                return 0
            case (  # pragma: no cover - folded away, or no numbers
                Condition() | Noted() | AsOf() | Deadline() | Moved() | DayOfWeek() | Average()
                | Tiers() | WorkingDaysLater() | RecurrenceLess()
            ):  # fmt: skip
                raise AssertionError(node)
        return assert_never(node)

    def is_wide(self, node: Node | Bound | PartOf, values: int = 10**9) -> bool:
        """Whether a whole number is kept in more than 64 bits.

        Counts are not, and a sum is where so many of its values would not fit.
        """
        match node:
            case Count() | Held() | Periods():
                return False
            case Total():
                return self.largest(in_steps(node.value, 1)) > OF_BIGINT // values
        return self.largest(node) > OF_BIGINT

    def is_bigint(self, node: Node | Bound | PartOf) -> bool:
        """Whether a whole number is kept in 64 bits or more, whatever its value.

        What databases make of literals, and of parts of a date, has 32.
        """
        match node:
            case Extreme():
                return self.is_bigint(node.value) or self.is_bigint(node.otherwise)
            case Attribute() | InYear() | Aggregate():
                return True
            case FirstKnown():
                return self.is_bigint(node.first) or self.is_bigint(node.second)
            case Bound():
                return self.is_bigint(node.item)
            case PartOf():
                return isinstance(node.item, Attribute | Aggregate)
            case Arithmetic():
                wide = self.is_bigint(node.left) or self.is_bigint(node.right)
                return wide or self.largest(node) > OF_INT
            case ExtremeOf():
                return any(map(self.is_bigint, node.items))
            case ByChoice():
                return any(map(self.is_bigint, node.values))
            case Rounded():
                return self.is_bigint(fraction(node.in_steps)[0])
            case _:
                return self.largest(node) > OF_INT and isinstance(node, Constant)

    def _gathered(self, node: Total | Extreme, steps: int) -> int:
        """A sum of so many rows; or one of the values, or what there is without any."""
        value = self.largest(in_steps(node.value, steps))
        if isinstance(node, Total):
            return MOST_ROWS * value
        return max(value, self.largest(in_steps(node.otherwise, steps)))

    def _largest_part(self, node: PartOf) -> int:
        if node.part == "steps":
            return self._largest_in_steps(node.item, node.steps_of_one)
        place = 0 if node.part == "numerator" else 1
        match node.item:
            case Bound():
                return self._part(node.item.item, place)
            case Derived():
                return self._largest_parts(self._defined(node.item))[place]
            case FirstKnown():
                listed = [node.item.first, node.item.second]
            case ByChoice():
                listed = [*node.item.values]
            case Average(value=value, otherwise=otherwise):
                steps = gathered_steps(node.item)
                one = self.largest(in_steps(value, steps)) if place == 0 else steps
                return max(MOST_ROWS * one, self._part(otherwise, place))
            case _:
                return 0
        parts = [self._part(each, place) for each in listed]
        return max(parts)

    def _largest_in_steps(self, node: Node | Bound, steps: int) -> int:
        match node:
            case Attribute(spec=spec):
                bounds = [
                    each for each in (spec.minimum, spec.greatest) if isinstance(each, Decimal)
                ]
                return int(max(map(abs, bounds)) * steps)
            case Derived():
                return self._largest_parts(self._defined(node))[0]
            case Bound():
                return self.largest(in_steps(node.item, steps))
            case FirstKnown():
                listed = [node.first, node.second]
            case ByChoice():
                listed = [*node.values]
            case Total() | Extreme():
                return self._gathered(node, steps)
            case _:  # pragma: no cover - no other number has steps of its own
                raise AssertionError(node)
        return max(self.largest(in_steps(each, steps)) for each in listed)

    def _defined(self, node: Derived) -> Definition:
        return self._folded.regime.rules.definition(node)

    def _largest_value(self, definition: Definition) -> int:
        if definition not in self._values:
            values = [rule.value for rule in self._folded.rules(definition)]
            self._values[definition] = max(map(self.largest, values), default=0)
        return self._values[definition]

    def _largest_parts(self, definition: Definition) -> tuple[int, int]:
        if definition not in self._parts:
            values = [rule.value for rule in self._folded.rules(definition)]
            if definition.places is not None:
                steps = 10**definition.places
                over = max((self.largest(in_steps(each, steps)) for each in values), default=0)
                self._parts[definition] = over, steps
                return self._parts[definition]
            over, under = (max((self._part(each, n) for each in values), default=0) for n in (0, 1))
            self._parts[definition] = over, under
        return self._parts[definition]

    def _part(self, node: Node, place: int) -> int:
        if node.type != RATIONAL:
            return self.largest(node) if place == 0 else 1
        return self.largest(fraction(node)[place])


def _most(minimum: object, maximum: object) -> int:
    return max(abs(bound) for bound in (minimum, maximum) if isinstance(bound, int))


def measures_are_wide(regime: Regime, with_exemptions: bool) -> bool:
    """Whether what is measured under a rule of a regime can have more than 64 bits.

    Of sums where a million values can: what more of them come to has 64 bits where data are real.
    """
    folded = FoldedRegime(regime, with_exemptions)
    widths = Widths(folded)
    duties = [rule for rule in regime.rules.rules if isinstance(rule, Requirement)]
    duties += [rule.duty for rule in regime.rules.rules if isinstance(rule, AgreementRule)]
    return any(
        widths.is_wide(fraction(folded.fold(of))[0], 10**6)
        for rule in duties
        if regime.holds(rule)
        for _, measure in finding_conditions(regime, rule).measures
        for of in (measure.actual, measure.required)
    )
