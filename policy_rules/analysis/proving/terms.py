"""The values of expressions as terms of a solver, each with what is known of it.

Whole numbers, days and moments are integers (a day is its ordinal, a moment its seconds), other
numbers exact reals, a choice its place in the list, a set one truth for each member. A text is the
class to which it belongs, of those that the rules can tell apart, and a number within it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from fractions import Fraction
from typing import Any, Final, TypeAlias

import z3
from attrs import frozen

from ...facts import Labelled, is_none
from ...language.types import BOOLEAN, DATE, INTEGER, MOMENT, RATIONAL, Type

# The solver's own classes have no types.
Term: TypeAlias = Any

# Known by these objects, which is far faster than to ask the solver.
YES: Final = z3.BoolVal(True)
NO: Final = z3.BoolVal(False)
ZERO: Final = z3.IntVal(0)
_EPOCH: Final = datetime(1970, 1, 1)


class InexpressibleError(Exception):
    """What cannot be said to the solver: why, in Chinese and in English."""

    def __init__(self, zh: str, en: str) -> None:
        super().__init__(en)
        self.zh = zh
        self.en = en


@frozen(eq=False)
class Truth:
    """A condition as two that have two values each: it certainly holds, it certainly does not."""

    true: Term
    false: Term

    @property
    def known(self) -> Term:
        """It is one or the other."""
        return either(self.true, self.false)


@frozen(eq=False)
class Value:
    """A value: whether it is known, and which it is then.

    A number from a list can be known in part: `at_least` says that it is no less than the term,
    and `most` what it is no more than, and whether that is known, where that is not the term.
    """

    known: Term
    term: Term
    at_least: Term
    most: tuple[Term, Term] | None = None

    @property
    def ranged(self) -> bool:
        """Whether it can be known in part."""
        return self.at_least is not self.known or self.most is not None

    @property
    def low(self) -> tuple[Term, Term]:
        """Whether it is known what it is no less than, and that."""
        return self.at_least, self.term

    @property
    def high(self) -> tuple[Term, Term]:
        """Whether it is known what it is no more than, and that."""
        return (self.known, self.term) if self.most is None else self.most


@frozen(eq=False)
class Text:
    """A text: its class, and which of that class it is."""

    of: Term
    number: Term


Symbol: TypeAlias = Truth | Value


def valued(known: Term, term: Term) -> Value:
    """A value that is known as a whole or not at all."""
    return Value(known, term, known)


def sure(holds: Term) -> Truth:
    """A condition that is never unknown."""
    return Truth(holds, negated(holds))


def when_known(known: Term, holds: Term) -> Truth:
    """A condition that is unknown unless something is known."""
    return Truth(both(known, holds), both(known, negated(holds)))


def both(*items: Term) -> Term:
    """All of some formulas, without what is plainly true."""
    kept = [each for each in items if each is not YES]
    if any(each is NO for each in kept):
        return NO
    return YES if not kept else kept[0] if len(kept) == 1 else z3.And(kept)


def either(*items: Term) -> Term:
    """Any of some formulas, without what is plainly false."""
    kept = [each for each in items if each is not NO]
    if any(each is YES for each in kept):
        return YES
    return NO if not kept else kept[0] if len(kept) == 1 else z3.Or(kept)


def negated(item: Term) -> Term:
    """The denial of a formula."""
    if item is YES or item is NO:
        return NO if item is YES else YES
    return item.arg(0) if z3.is_not(item) else z3.Not(item)


def chosen(condition: Term, then: Any, other: Any) -> Any:
    """One of two terms of a type, by a condition."""
    if condition is YES or then is other:
        return then
    if condition is NO:
        return other
    if isinstance(then, Text):
        return Text(
            chosen(condition, then.of, other.of), chosen(condition, then.number, other.number)
        )
    if isinstance(then, tuple):
        return tuple(chosen(condition, *pair) for pair in zip(then, other, strict=True))
    if z3.is_real(then) != z3.is_real(other) and not z3.is_bool(then):
        then, other = as_real(then), as_real(other)
    return z3.If(condition, then, other)


def chosen_value(condition: Term, then: Value, other: Value) -> Value:
    """One of two values, by a condition."""
    known = chosen(condition, then.known, other.known)
    term = chosen(condition, then.term, other.term)
    if not (then.ranged or other.ranged):
        return valued(known, term)
    low = chosen(condition, then.at_least, other.at_least)
    most = None
    if then.most is not None or other.most is not None:
        most = chosen(condition, then.high, other.high)
    return Value(known, term, low, most)


def chosen_truth(condition: Term, then: Truth, other: Truth) -> Truth:
    """One of two conditions, by another one."""
    return Truth(
        chosen(condition, then.true, other.true), chosen(condition, then.false, other.false)
    )


def same(one: Any, other: Any) -> Term:
    """Two terms of a type are equal."""
    if isinstance(one, Text):
        return both(same(one.of, other.of), same(one.number, other.number))
    if isinstance(one, tuple):
        return both(*(same(*pair) for pair in zip(one, other, strict=True)))
    return settled(one == other, one, other)


def settled(formula: Term, *of: Term) -> Term:
    """A formula about some terms, worked out where they are literal."""
    if all(map(_settled, of)):
        return YES if z3.is_true(z3.simplify(formula)) else NO
    return formula


def evaluated(term: Term, *of: Term) -> Term:
    """A term that is made of some, worked out where they are literal.

    Others stay as they are: the solver would put their parts into the order in which it first met
    them, which hangs on what it was asked before.
    """
    return z3.simplify(term) if all(map(_settled, of)) else term


def _settled(term: Term) -> bool:
    return bool(z3.is_int_value(term) or z3.is_rational_value(term))


def as_real(term: Term) -> Term:
    """A number as a real one."""
    if z3.is_int_value(term):
        return z3.RealVal(term.as_long())
    return term if z3.is_real(term) else z3.ToReal(term)


def total_of(terms: Iterable[Term]) -> Term:
    """The sum of terms; none: nothing."""
    listed = list(terms)
    if len(listed) == 1:
        return listed[0]  # the standard language has no sum of one
    return z3.Sum(listed) if listed else z3.IntVal(0)


def place_of(choice: object, of: type[Labelled]) -> int:
    """The place of a choice in its list; after all others where it is none."""
    listed: Sequence[object] = list(of)
    return len(listed) if is_none(choice) else listed.index(choice)


def seconds(moment: datetime) -> int:
    """A moment as a number."""
    return int((moment - _EPOCH).total_seconds())


def number_of(type_: Type, value: Any) -> Term:
    """A literal number, day, moment or choice as a term."""
    if type_ == INTEGER:
        return z3.IntVal(int(value))
    if type_ == RATIONAL:
        share = Fraction(value)
        return z3.RealVal(f"{share.numerator}/{share.denominator}")
    if type_ == MOMENT:
        return z3.IntVal(seconds(value))
    if type_ == DATE:
        assert isinstance(value, date)
        return z3.IntVal(value.toordinal())
    assert type_.choices is not None
    return z3.IntVal(place_of(value, type_.choices))


def nothing(type_: Type) -> Symbol:
    """A value that is not known."""
    if type_ == BOOLEAN:
        return Truth(NO, NO)
    if type_.name == "set":
        assert type_.choices is not None
        return valued(NO, (NO,) * len(list(type_.choices)))
    if type_.name in ("text", "set of texts"):
        return valued(NO, Text(z3.IntVal(0), z3.IntVal(0)) if type_.name == "text" else {})
    # One is a day, a divisor and a choice, too.
    return valued(NO, z3.RealVal(1) if type_ == RATIONAL else z3.IntVal(1))
