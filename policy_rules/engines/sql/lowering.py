"""From the expressions of the language to SQL: conditions as predicates, values as expressions.

Both are NULL where they are unknown. SQL's own logic is strong Kleene logic, so that a condition is
one predicate; only where a number is known as a range do its two rails stand apart.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from datetime import date, datetime
from typing import Final

from sqlglot import exp

from ...facts import Exemption, Labelled
from ...language.exhaustive import assert_never
from ...language.expressions import (
    NEGATED,
    Aggregate,
    AllStartWith,
    And,
    Arithmetic,
    AsOf,
    Attribute,
    Average,
    ByCalendar,
    ByChoice,
    Comparison,
    Condition,
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
    Term,
    Tiers,
    YearNumber,
)
from ...language.rails import PartOf, fraction, in_steps, whole_numbers
from ...language.ranges import HOLDS_BY, Bound, Side, bounds_compared, ranged
from ...language.regimes import Regime
from ...language.types import BOOLEAN, BY_YEAR, NUMERIC, RATIONAL, TEXTS
from ...language.weekdays import Weekday
from ..exemptions import Exemptions
from .aggregates import Aggregates
from .context import Context
from .days import day_of_week, elapsed, moved
from .definitions import Definitions
from .dialects import (
    SQL_FALSE,
    SQL_NULL,
    SQL_TRUE,
    Dialect,
    atom,
    case,
    cast,
    equal,
    is_given,
    is_one_of,
    number,
    sql_and,
    sql_not,
    sql_or,
    unequal,
)
from .needing import Needing
from .numbers import extreme, rounded
from .places import Defined, Given, RowScope
from .ranges import OF_BIGINT, OF_INT, OF_WIDE
from .relations import Relation
from .sources import (
    CODE_CLOSES,
    CODE_OPENS,
    CODES_MARK,
    Sources,
    bit_of,
    codes_text,
    given_column,
    mask_of,
    year_column,
)
from .working_days import WorkingDaysOf

_COMPARED: Final[dict[str, type[exp.Expression]]] = {
    ">=": exp.GTE, ">": exp.GT, "<=": exp.LTE, "<": exp.LT, "==": exp.EQ, "!=": exp.NEQ,
}  # fmt: skip


_COMPUTED: Final[dict[str, type[exp.Expression]]] = {
    "+": exp.Add, "-": exp.Sub, "*": exp.Mul,
}  # fmt: skip
_LARGE: Final = 12


class NotLoweredError(NotImplementedError):
    """Something in a rule that cannot be said in SQL; the message names it."""


class Lowering(Context):
    """The rules of a regime over the facts of a database, for one query."""

    def __init__(
        self,
        regime: Regime,
        exemptions: Exemptions,
        dialect: Dialect,
        sources: Sources,
        *,
        complete: Collection[str] = (),
        subjects: Sources | None = None,
        beside: Lowering | None = None,
    ) -> None:
        super().__init__(regime, exemptions, dialect, sources, complete, subjects or {}, beside)
        self.definitions = Definitions(self)
        self.aggregates = Aggregates(self)
        self.working_days = WorkingDaysOf(self)
        self.needing = Needing(self, self.definitions, self.aggregates, self.working_days)
        self._conditions: dict[object, exp.Expression] = {}
        self._numbers: dict[object, exp.Expression] = {}

    def defined(self, relation: Relation, what: Defined) -> exp.Expression:
        """Something of a derived attribute of the facts of a relation."""
        return self.definitions.column(relation, what)

    def needs_of(
        self, definition: Definition, scope: RowScope
    ) -> tuple[exp.Expression, exp.Expression | None]:
        """What an undetermined derived attribute needs; and its conflict."""
        return self.needing.of_definition(definition, scope)

    # Conditions

    def condition(self, node: Node, scope: RowScope) -> exp.Expression:
        """A condition as a predicate; a large one, or one of a range, is a column of its own."""
        identity = self.identity(node, scope)
        found = self._conditions.get(identity)
        if found is None:
            found = self._condition(node, scope)
            if _is_large(found):
                column = scope.relation.add("holds", self.dialect.flag(found))
                found = self.dialect.truth(column)
            self._conditions[identity] = found
        return found

    def _condition(self, node: Node, scope: RowScope) -> exp.Expression:
        match node:
            case Constant():
                return SQL_TRUE if node.value else SQL_FALSE
            case Parameter():
                return SQL_NULL
            case And():
                return sql_and(*(self.condition(each, scope) for each in node.items))
            case Or():
                return sql_or(*(self.condition(each, scope) for each in node.items))
            case Not():
                return self._negated(node.item, scope)
            case IsKnown():
                return self.known(node.item, scope)
            case FirstKnown():
                flags = [
                    self.dialect.flag(self.condition(n, scope)) for n in (node.first, node.second)
                ]
                return self.dialect.truth(_first(*flags))
            case Attribute():
                return self.dialect.truth(self._attribute(node, scope))
            case Derived():
                return self.dialect.truth(self._derived(node, "value", scope))
            case Exempted():
                return self._exempted(node, scope)
            case Comparison():
                return self._comparison(node, scope)
            case Contains():
                return self._contains(node, scope)
            case Subset():
                return self._subset(node, scope)
            case Overlaps():
                return self._overlaps(node, scope)
            case AllStartWith():
                return self._all_start_with(node, scope)
            case SomeStartWith():
                return self._some_start_with(node, scope)
            case NamedIn():
                return self._named_in(node, scope)
            case StartsWith():
                return self._affixed(node.item, node.prefix, self.dialect.starts_with, scope)
            case EndsWith():
                return self._affixed(node.item, node.suffix, self.dialect.ends_with, scope)
            case ReadingIs() | Noted() | Term():  # pragma: no cover - folded away, or no condition
                raise AssertionError(node)
        return assert_never(node)

    def kept(self, node: Node, scope: RowScope, wanted: str, comment: str) -> exp.Expression:
        """A condition as a column of its own, which is read wherever the condition stands."""
        identity = self.identity(node, scope)
        made = self._conditions.get(identity) or self._condition(node, scope)
        bare = made.this if isinstance(made, exp.Not) else made
        if not isinstance(bare, exp.Column | exp.Boolean | exp.Null):
            column = scope.relation.add(wanted, self.dialect.flag(made), comment=comment)
            made = self.dialect.truth(column)
        self._conditions[identity] = made
        return made

    def _negated(self, node: Node, scope: RowScope) -> exp.Expression:
        if isinstance(node, Comparison) and node.left.type != BOOLEAN:
            return self._comparison(Comparison(NEGATED[node.op], node.left, node.right), scope)
        return sql_not(self.condition(node, scope))

    def known(self, node: Node, scope: RowScope) -> exp.Expression:
        """An expression has a value."""
        if node.type == BOOLEAN:
            return sql_not(self.dialect.unknown(self.condition(node, scope)))
        if node.type == BY_YEAR:
            assert isinstance(node, Attribute)
            given = self.places.at(scope, node.of, Given(given_column(node.spec.name)))
            return self.dialect.surely(self.dialect.truth(given))
        (first, *_) = self.parts(node, scope)
        return is_given(first)

    def _comparison(self, node: Comparison, scope: RowScope) -> exp.Expression:
        if node.left.type == BOOLEAN:
            flags = [self.dialect.flag(self.condition(n, scope)) for n in (node.left, node.right)]
            if any(flag is SQL_NULL for flag in flags):
                return SQL_NULL
            return (equal if node.op == "==" else unequal)(*flags)
        if ranged(node.left) or ranged(node.right):
            return self._bounded(node, scope)
        return self._compared(node.op, node.left, node.right, scope)

    def _compared(self, op: Operator, left: Node, right: Node, scope: RowScope) -> exp.Expression:
        whole = whole_numbers(Comparison(op, left, right))
        sides = self.value(whole.left, scope), self.value(whole.right, scope)
        if any(side is SQL_NULL for side in sides):
            return SQL_NULL
        return _COMPARED[op](this=atom(sides[0]), expression=atom(sides[1]))

    def _bounded(self, node: Comparison, scope: RowScope) -> exp.Expression:
        """A comparison of what is known as a range: its rails are put together."""
        true, false = (self._certainly(op, node, scope) for op in (node.op, NEGATED[node.op]))
        branches = [(true, self.dialect.boolean(True)), (false, self.dialect.boolean(False))]
        return self.dialect.truth(case(branches))

    def _certainly(self, op: Operator, node: Comparison, scope: RowScope) -> exp.Expression:
        """The bounds of both sides settle that a comparison by `op` holds."""
        tested = [
            self._compared(test.op, *bounds_compared(test, node.left, node.right), scope)
            for test in HOLDS_BY[op]
        ]
        return sql_or(*tested) if op == "!=" else sql_and(*tested)

    def _contains(self, node: Contains, scope: RowScope) -> exp.Expression:
        dialect, container, member = self.dialect, node.container, node.member
        of = self.value(member, scope)
        if isinstance(container, Constant):
            if of is SQL_NULL:
                return SQL_NULL
            listed = [dialect.text(each) for each in sorted(map(str, container.value))]
            return is_one_of(of, listed) if listed else _settled(of, False)
        inside = self.value(container, scope)
        if inside is SQL_NULL or of is SQL_NULL:
            return SQL_NULL
        if container.type == TEXTS:
            return self._has_code(inside, of, member)
        if isinstance(member, Constant):
            bit = number(bit_of(member.value))
        else:
            choices = member.type.choices
            assert choices is not None
            bit = case([(equal(of, dialect.text(str(e))), number(bit_of(e))) for e in choices])
        return unequal(dialect.bits(inside, bit), number(0))

    def _has_code(
        self, inside: exp.Expression, code: exp.Expression, member: Node
    ) -> exp.Expression:
        marked = _joined(exp.Literal.string(CODE_OPENS), code, exp.Literal.string(CODE_CLOSES))
        if isinstance(member, Constant):
            if _takes_apart(member.value):
                return _settled(inside, False)
            marked = self.dialect.text(f"{CODE_OPENS}{member.value}{CODE_CLOSES}")
        found = exp.GT(this=self.dialect.place_in(inside, marked), expression=number(0))
        if isinstance(member, Constant):
            return found
        return sql_and(*(self._lacks(code, mark) for mark in (CODE_OPENS, CODE_CLOSES)), found)

    def _lacks(self, text: exp.Expression, mark: str) -> exp.Expression:
        return equal(self.dialect.place_in(text, exp.Literal.string(mark)), number(0))

    def _subset(self, node: Subset, scope: RowScope) -> exp.Expression:
        left, right = self.value(node.left, scope), self.value(node.right, scope)
        if left is SQL_NULL or right is SQL_NULL:
            return SQL_NULL
        if node.left.type != TEXTS:
            return equal(self.dialect.bits(left, right), left)
        if isinstance(node.left, Constant):
            codes = [Constant(code) for code in sorted(node.left.value)]
            if not codes:
                return _settled(right, True)
            return sql_and(
                *(self._has_code(right, self.dialect.text(code.value), code) for code in codes)
            )
        if not isinstance(node.right, Constant):
            raise NotLoweredError(f"two sets of codes compared with each other, in `{node}`")
        rest = left
        for code in sorted(node.right.value):
            if not _takes_apart(code):
                rest = self.dialect.without(
                    self.dialect.text(f"{CODE_OPENS}{code}{CODE_CLOSES}"), rest
                )
        return equal(rest, self.dialect.text(CODES_MARK))

    def _overlaps(self, node: Overlaps, scope: RowScope) -> exp.Expression:
        left, right = self.value(node.left, scope), self.value(node.right, scope)
        if left is SQL_NULL or right is SQL_NULL:
            return SQL_NULL
        if node.left.type != TEXTS:
            return unequal(self.dialect.bits(left, right), number(0))
        for inside, other in ((left, node.right), (right, node.left)):
            if isinstance(other, Constant):
                codes = [Constant(code) for code in sorted(other.value)]
                has = (self._has_code(inside, self.dialect.text(c.value), c) for c in codes)
                return sql_or(*has) if codes else _settled(inside, False)
        raise NotLoweredError(f"two sets of codes compared with each other, in `{node}`")

    def _all_start_with(self, node: AllStartWith, scope: RowScope) -> exp.Expression:
        codes, prefix = self.value(node.item, scope), self.value(node.prefix, scope)
        if codes is SQL_NULL or prefix is SQL_NULL:
            return SQL_NULL
        opened = _joined(exp.Literal.string(CODE_OPENS), prefix)
        if isinstance(node.prefix, Constant):
            if _takes_apart(node.prefix.value):
                return equal(codes, self.dialect.text(CODES_MARK))
            opened = self.dialect.text(f"{CODE_OPENS}{node.prefix.value}")
        others = self._lacks(self.dialect.without(opened, codes), CODE_OPENS)
        if isinstance(node.prefix, Constant):
            return others
        whole = [self._lacks(prefix, mark) for mark in (CODE_OPENS, CODE_CLOSES)]
        return sql_or(equal(codes, self.dialect.text(CODES_MARK)), sql_and(*whole, others))

    def _some_start_with(self, node: SomeStartWith, scope: RowScope) -> exp.Expression:
        codes, prefix = self.value(node.item, scope), self.value(node.prefix, scope)
        if codes is SQL_NULL or prefix is SQL_NULL:
            return SQL_NULL
        if isinstance(node.prefix, Constant):
            if _takes_apart(node.prefix.value):
                return _settled(codes, False)
            opened = self.dialect.text(f"{CODE_OPENS}{node.prefix.value}")
            return exp.GT(this=self.dialect.place_in(codes, opened), expression=number(0))
        opened = _joined(exp.Literal.string(CODE_OPENS), prefix)
        found = exp.GT(this=self.dialect.place_in(codes, opened), expression=number(0))
        return sql_and(*(self._lacks(prefix, mark) for mark in (CODE_OPENS, CODE_CLOSES)), found)

    def _named_in(self, node: NamedIn, scope: RowScope) -> exp.Expression:
        text = self.value(node.item, scope)
        if text is SQL_NULL or not isinstance(node.names, Constant):
            return SQL_NULL
        dialect, names = self.dialect, sorted(node.names.value)
        if not names:
            return _settled(text, False)
        ends = [
            dialect.ends_with(text, dialect.text(word + name))
            for name in names
            for word in node.before_names
        ]
        return sql_or(is_one_of(text, [dialect.text(name) for name in names]), *ends)

    def _affixed(
        self,
        item: Node,
        affix: Node,
        test: Callable[[exp.Expression, exp.Expression], exp.Expression],
        scope: RowScope,
    ) -> exp.Expression:
        text, part = self.value(item, scope), self.value(affix, scope)
        if text is SQL_NULL or part is SQL_NULL:
            return SQL_NULL
        if isinstance(affix, Constant) and affix.value == "":
            return _settled(text, True)
        return test(text, part)

    def _exempted(self, node: Exempted, scope: RowScope) -> exp.Expression:
        branches = self.exempting(node, scope)
        return sql_or(*(condition for condition, _ in branches))

    def exempting(self, node: Exempted, scope: RowScope) -> list[tuple[exp.Expression, Exemption]]:
        """Each exemption that may displace, with the condition on which it does, in their order."""
        on = self.value(node.on, scope)
        of = self.id_of(scope, node.of)
        found = []
        for each in self.exemptions.reaching(node.cite):
            collection, _, id_ = (each.subject or "").partition("/")
            if collection != node.of.fact_class.collection:
                continue
            valid: exp.Expression = SQL_TRUE
            if each.valid_from is not None:
                valid = sql_and(valid, _on_day(exp.GTE, on, self.dialect.day(each.valid_from)))
            if each.valid_until is not None:
                valid = sql_and(valid, _on_day(exp.LTE, on, self.dialect.day(each.valid_until)))
            found.append((sql_and(equal(of, self.dialect.text(id_)), valid), each))
        return found

    # Values

    def value(self, node: Node | Bound | PartOf, scope: RowScope) -> exp.Expression:
        """A value; a number of fractions is read by its parts."""
        match node:
            case Constant():
                return self.constant(node)
            # Those without a value; others have been folded away.
            case Parameter() | RecurrenceLess() | Periods():
                return SQL_NULL
            case Condition():
                return self.dialect.flag(self.condition(node, scope))
            case Attribute() | Derived() | FirstKnown() if node.type == BOOLEAN:
                return self.dialect.flag(self.condition(node, scope))
            case Attribute():
                return self._attribute(node, scope)
            case InYear():
                year = self.regime.as_of.year + node.offset
                name = year_column(node.item.spec.name, year)
                return self.places.at(scope, node.item.of, Given(name))
            case Derived():
                return self._derived(node, "value", scope)
            case Arithmetic():
                return self._arithmetic(node, scope)
            case ExtremeOf() | Rounded():
                return self._computed(node, scope)
            case Moved():
                return self._moved(node, scope)
            case ByCalendar():
                return self.working_days.value(node, scope)
            case Elapsed():
                return self._elapsed(node, scope)
            case DayOfWeek():
                return self._day_of_week(node, scope)
            case YearNumber():
                day = self.value(node.item, scope)
                return SQL_NULL if day is SQL_NULL else self.dialect.part("YEAR", day)
            case Aggregate():
                return self.aggregates.exact(node, scope)
            case FirstKnown():
                return _first(self.value(node.first, scope), self.value(node.second, scope))
            case ByChoice():
                values = [self.value(value, scope) for value in node.values]
                return self._looked_up(node, values, scope)
            case Bound():
                return self.bound(node.item, node.side, scope)
            case PartOf():
                return self._part_of(node, scope)
            case Noted() | AsOf() | Deadline() | Tiers():  # pragma: no cover - folded away
                raise AssertionError(node)
        return assert_never(node)

    def parts(self, node: Node, scope: RowScope) -> tuple[exp.Expression, ...]:
        """A value by what it is kept in: a fraction by its numerator and denominator."""
        if node.type not in NUMERIC or node.type == NUMERIC[0]:
            return (self.value(node, scope),)
        over, under = fraction(node)
        above = self.value(over, scope)
        below = self.value(under, scope)
        if above is SQL_NULL or below is SQL_NULL:
            return SQL_NULL, SQL_NULL
        if isinstance(below, exp.Literal):
            return above, case([(is_given(above), below)])
        if isinstance(above, exp.Literal):
            return case([(is_given(below), above)]), below
        if isinstance(node, Derived):  # both are known, or neither
            return above, below
        return case([(is_given(below), above)]), case([(is_given(above), below)])

    def bound(self, node: Node, side: Side, scope: RowScope) -> exp.Expression:
        """The least, or the greatest, that a value can be; NULL where there is none.

        One of a number of fractions is read by its parts.
        """
        match node:
            case Aggregate():
                return self.aggregates.bound(node, side, scope)
            case Derived():
                return self._derived(node, side, scope)
            case FirstKnown():
                return _first(self.value(node.first, scope), self.bound(node.second, side, scope))
            case ByChoice():
                bounds = [self.bound(value, side, scope) for value in node.values]
                return self._looked_up(node, bounds, scope)
            case _:
                return self.value(node, scope)

    def bound_parts(
        self, node: Node, side: Side, scope: RowScope
    ) -> tuple[exp.Expression, exp.Expression]:
        """The numerator and denominator of a bound; the latter may be there without the former."""
        if not ranged(node):
            return self._as_fraction(node, scope)
        match node:
            case Aggregate():
                under = fraction(node)[1]
                assert isinstance(under, Constant)
                return self.aggregates.bound(node, side, scope), number(under.value)
            case Derived() if node.type == RATIONAL:
                return self._derived(node, side, scope), self._derived(node, f"{side}_of", scope)
            case FirstKnown():
                first = (*self.parts(node.first, scope), number(1))[:2]
                second = self.bound_parts(node.second, side, scope)
                return _first(first[0], second[0]), _first(first[1], second[1])
            case ByChoice():
                listed = [self.bound_parts(value, side, scope) for value in node.values]
                over_, under_ = zip(*listed, strict=True)
                return self._looked_up(node, over_, scope), self._looked_up(node, under_, scope)
            case _:
                return self.bound(node, side, scope), number(1)

    def constant(self, node: Constant) -> exp.Expression:
        """A literal."""
        dialect = self.dialect
        match node.value:
            case bool() as value:
                return dialect.boolean(value)
            case int() as value:
                return number(int(value))
            case datetime() as value:
                return dialect.moment(value)
            case date() as value:
                return dialect.day(value)
            case str() | Labelled() as value:
                return dialect.text(str(value))
            case frozenset() as value:
                if node.type == TEXTS:
                    return dialect.text(codes_text(value))
                return number(mask_of(value))
            case value:  # pragma: no cover - fractions are read by their parts
                raise AssertionError(value)

    def _attribute(self, node: Attribute, scope: RowScope) -> exp.Expression:
        return self.places.at(scope, node.of, Given(node.spec.name))

    def _derived(self, node: Derived, part: str, scope: RowScope) -> exp.Expression:
        definition = self.regime.rules.definition(node)
        return self.places.at(scope, node.of, Defined(definition, part))

    def _arithmetic(self, node: Arithmetic, scope: RowScope) -> exp.Expression:
        left, right = self.value(node.left, scope), self.value(node.right, scope)
        if left is SQL_NULL or right is SQL_NULL:
            return SQL_NULL
        most = self.widths.largest(node)
        if most > OF_WIDE:
            raise NotLoweredError(f"a number beyond 38 digits, in `{node}`")
        if most > OF_BIGINT:
            left = cast(left, self.dialect.wide)
        elif most > OF_INT and not (
            self.widths.is_bigint(node.left) or self.widths.is_bigint(node.right)
        ):
            left = cast(left, self.dialect.type("bigint"))
        return _COMPUTED[node.op](this=atom(left), expression=atom(right))

    def _computed(self, node: ExtremeOf | Rounded, scope: RowScope) -> exp.Expression:
        """What columns of its own are made for, once."""
        identity = self.identity(node, scope)
        found = self._numbers.get(identity)
        if found is None:
            made = extreme if isinstance(node, ExtremeOf) else rounded
            found = self._numbers[identity] = made(self, node, scope)  # type: ignore[arg-type]
        return found

    def _moved(self, node: Moved, scope: RowScope) -> exp.Expression:
        item, by = self.value(node.item, scope), self.value(node.by, scope)
        if item is SQL_NULL or by is SQL_NULL:
            return SQL_NULL
        near = isinstance(node.item, Attribute)  # facts lie in the years 1900 to 2199
        given = node.by.value if isinstance(node.by, Constant) else by
        return moved(self.dialect, item, given, node.unit, near=near)

    def _looked_up(
        self, node: ByChoice, values: Sequence[exp.Expression], scope: RowScope
    ) -> exp.Expression:
        """The value that stands for a choice, of these; NULL where the choice is."""
        if len(values) == 1:  # of one value there is no choice that it does not stand for
            within = [self.condition(IsKnown(node.of), scope)]
        else:
            within = [self.condition(node.is_among(each), scope) for each, _ in node.entries]
        return case(list(zip(within, values, strict=True)))

    def _as_fraction(self, node: Node, scope: RowScope) -> tuple[exp.Expression, exp.Expression]:
        """A number by its numerator and denominator, also where it is a whole one."""
        over, under = fraction(node)
        return self.value(over, scope), self.value(under, scope)

    def _elapsed(self, node: Elapsed, scope: RowScope) -> exp.Expression:
        start, end = self.value(node.start, scope), self.value(node.end, scope)
        if start is SQL_NULL or end is SQL_NULL:
            return SQL_NULL
        return elapsed(self.dialect, start, end, node.unit)

    def _day_of_week(self, node: DayOfWeek, scope: RowScope) -> exp.Expression:
        day = self.value(node.item, scope)
        if day is SQL_NULL:
            return SQL_NULL
        place = scope.relation.add("weekday", day_of_week(self.dialect, day))
        names = (self.dialect.text(each.value) for each in Weekday)
        return case([(equal(place, number(of)), name) for of, name in enumerate(names)])

    def _part_of(self, node: PartOf, scope: RowScope) -> exp.Expression:
        if node.part == "steps":
            return self._steps(node, scope)
        place = 0 if node.part == "numerator" else 1
        match node.item:
            case Bound():
                return self.bound_parts(node.item.item, node.item.side, scope)[place]
            case Derived():
                return self._derived(node.item, node.part, scope)
            case FirstKnown():
                first = self.parts(node.item.first, scope)
                second = self.parts(node.item.second, scope)
                return _first(first[place], second[place])
            case ByChoice():
                parts = [self._as_fraction(value, scope)[place] for value in node.item.values]
                return self._looked_up(node.item, parts, scope)
            case Average():
                return self.aggregates.mean(node.item, scope)[place]
            case _:  # a parameter without a value
                return SQL_NULL

    def _steps(self, node: PartOf, scope: RowScope) -> exp.Expression:
        """How many of the steps a number has, of which it is known how many make one."""
        item: Node | Bound = node.item
        match item:
            case Attribute():
                found = self._attribute(item, scope)
                if found is SQL_NULL:
                    return SQL_NULL
                whole = exp.Mul(this=found, expression=number(node.steps_of_one))
                return cast(whole, self.dialect.type("bigint"))
            case Derived():
                return self._derived(item, "numerator", scope)
            case Aggregate():
                return self.aggregates.exact(item, scope)
            case FirstKnown():
                listed = (
                    in_steps(item.first, node.steps_of_one),
                    in_steps(item.second, node.steps_of_one),
                )
                return _first(*(self.value(each, scope) for each in listed))
            case ByChoice():
                values = [in_steps(each, node.steps_of_one) for each in item.values]
                return self._looked_up(item, [self.value(each, scope) for each in values], scope)
            case Bound():
                over, under = self.bound_parts(item.item, item.side, scope)
                return self._in_steps(over, under, node)
            case _:  # pragma: no cover - no other number has steps of its own
                raise AssertionError(node)

    def _in_steps(
        self, over: exp.Expression, under: exp.Expression, node: PartOf
    ) -> exp.Expression:
        """A fraction in steps, of which one is a part of what it is divided by."""
        if over is SQL_NULL or under is SQL_NULL:
            return SQL_NULL
        if isinstance(under, exp.Literal):
            times: exp.Expression = number(node.steps_of_one // int(under.this))
        else:
            times = self.dialect.whole_part(number(node.steps_of_one), under)
        if times == number(1):
            return over
        wide = self.widths.largest(node) > OF_BIGINT
        return exp.Mul(this=cast(over, self.dialect.wide) if wide else over, expression=times)


def _is_large(condition: exp.Expression) -> bool:
    """Whether a predicate is better written once, since others are made of it."""
    if isinstance(condition, exp.Case):
        return True
    return sum(1 for _ in condition.walk()) > _LARGE


def _first(first: exp.Expression, second: exp.Expression) -> exp.Expression:
    if first is SQL_NULL:
        return second
    if second is SQL_NULL:
        return first
    return exp.Coalesce(this=first, expressions=[second])


def _joined(*texts: exp.Expression) -> exp.Expression:
    found = texts[0]
    for each in texts[1:]:
        found = exp.DPipe(this=found, expression=each)
    return exp.Paren(this=found)


def _settled(value: exp.Expression, truth: bool) -> exp.Expression:
    """Always so, or never, but unknown where the value is."""
    return (equal if truth else unequal)(value, value.copy())


def _takes_apart(text: str) -> bool:
    """Whether no code can hold the text, since it would take apart what codes are kept in."""
    return CODE_OPENS in text or CODE_CLOSES in text


def _on_day(kind: type[exp.Expression], on: exp.Expression, day: exp.Expression) -> exp.Expression:
    return SQL_NULL if on is SQL_NULL else kind(this=atom(on), expression=day)
