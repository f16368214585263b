"""Expressions as formulas: one more reader of the nodes, which prints terms of a solver.

A condition becomes its two rails, a value its term and whether it is known: the same meaning as the
evaluator's, of facts that are not given.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from typing import Any, Final, Literal, TypeAlias, cast

import z3

from ...engines.evaluator import named_in
from ...engines.folded import FoldedRegime
from ...engines.recurring import judged
from ...facts import fields_of
from ...language.exhaustive import assert_never
from ...language.expressions import (
    NEGATED,
    Aggregate,
    AggregateNode,
    AllStartWith,
    And,
    Arithmetic,
    AsOf,
    Attribute,
    Average,
    ByCalendar,
    ByChoice,
    Comparison,
    Constant,
    Contains,
    Count,
    DayOfWeek,
    Deadline,
    Derived,
    Elapsed,
    EndsWith,
    Exempted,
    Extreme,
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
    Total,
    Variable,
    YearNumber,
    as_node,
)
from ...language.rails import gathered_steps
from ...language.ranges import HOLDS_BY
from ...language.trees import children, key, walk
from ...language.types import (
    BOOLEAN,
    INTEGER,
    ORDERED,
    RATIONAL,
    TEXT,
    TEXTS,
    Type,
)
from .terms import (
    NO,
    YES,
    ZERO,
    InexpressibleError,
    Symbol,
    Term,
    Truth,
    Value,
    as_real,
    both,
    chosen,
    chosen_truth,
    chosen_value,
    either,
    evaluated,
    negated,
    nothing,
    number_of,
    same,
    settled,
    sure,
    total_of,
    valued,
    when_known,
)
from .worlds import Pool, SymbolicFact, World

Bound: TypeAlias = Mapping[Variable, SymbolicFact]
_ORDER: Final[Mapping[str, Callable[[Any, Any], Any]]] = {
    "<": lambda one, other: one < other,
    "<=": lambda one, other: one <= other,
    ">": lambda one, other: one > other,
    ">=": lambda one, other: one >= other,
}


class Lowering:
    """The expressions of a regime as formulas about a world."""

    def __init__(self, folded: FoldedRegime, world: World) -> None:
        self._folded = folded
        self._regime = folded.regime
        self.world = world
        self._known: dict[tuple[Node, tuple[int, ...]], Symbol] = {}
        self._settled: dict[tuple[object, SymbolicFact], Symbol] = {}
        self._keys: dict[Aggregate, tuple[object, ...]] = {}

    def holds(self, condition: Node, subject: Variable) -> Truth:
        """A condition on the fact that rules speak of."""
        return self._truth(condition, {subject: self.world.subject(subject)})

    def symbol(self, node: Node, subject: Variable) -> Symbol:
        """A condition on that fact, or a value that it has."""
        return self._symbol(node, {subject: self.world.subject(subject)})

    def _truth(self, node: Node, bound: Bound) -> Truth:
        found = self._symbol(node, bound)
        assert isinstance(found, Truth)
        return found

    def _value(self, node: Node, bound: Bound) -> Value:
        found = self._symbol(node, bound)
        assert isinstance(found, Value)
        return found

    def _symbol(self, node: Node, bound: Bound) -> Symbol:
        at = node, tuple(id(fact) for fact in bound.values())
        found = self._known.get(at)
        if found is None:
            found = self._known[at] = self._made(node, bound)
        return found

    def _made(self, node: Node, bound: Bound) -> Symbol:
        match node:
            case Constant():
                return self._constant(node)
            case Parameter():
                return self.world.parameter(node)  # one with a value has been put in
            case Attribute():
                fact, known = self._fact(node.of, bound)
                return if_known(known, self._read(fact, node))
            case InYear():
                fact, known = self._fact(node.item.of, bound)
                year = self._regime.as_of.year + node.offset
                return if_known(known, fact.field(node.item.spec, year))
            case Derived():
                fact, known = self._fact(node.of, bound)
                return if_known(known, self._defined(node, fact))
            case And():
                parts = [self._truth(each, bound) for each in node.items]
                return Truth(both(*(p.true for p in parts)), either(*(p.false for p in parts)))
            case Or():
                parts = [self._truth(each, bound) for each in node.items]
                return Truth(either(*(p.true for p in parts)), both(*(p.false for p in parts)))
            case Not():
                inner = self._truth(node.item, bound)
                return Truth(inner.false, inner.true)
            case Noted():
                return self._symbol(node.item, bound)
            case Comparison():
                return self._compared(node, bound)
            case IsKnown():
                return sure(self._symbol(node.item, bound).known)
            case FirstKnown():
                first, second = self._symbol(node.first, bound), self._symbol(node.second, bound)
                return _chosen(first.known, first, second)
            case ByChoice():
                return self._looked_up(node, bound)
            case Arithmetic():
                return self._worked_out(node, bound)
            case ExtremeOf():
                return self._extreme_of(node, bound)
            case Rounded():
                of = self._value(node.item, bound)
                return valued(of.known, _rounded(node, of.term))
            case Tiers():
                return self._symbol(node.sum, bound)
            case Contains() | Subset() | Overlaps():
                return self._of_sets(node, bound)
            case AllStartWith() | SomeStartWith() | StartsWith() | EndsWith() | NamedIn():
                return self._of_texts(node, bound)
            case Moved():
                return self._moved(node, bound)
            case Elapsed():
                start, end = self._value(node.start, bound), self._value(node.end, bound)
                return valued(both(start.known, end.known), self._elapsed(node, start, end))
            case YearNumber():
                day = self._value(node.item, bound)
                return valued(day.known, self.world.days.civil(day.term).year)
            case DayOfWeek():
                day = self._value(node.item, bound)
                return valued(day.known, (day.term + 6) % 7)
            case Periods():
                found = judged(self._regime, node)
                if found is None:
                    return nothing(INTEGER)
                return valued(YES, z3.IntVal(len(found.periods)))
            case Aggregate():
                return self._gathered(node, bound)
            case ByCalendar() | RecurrenceLess():
                raise InexpressibleError(
                    f"按工作日历计算：`{node}`", f"a calendar of working days is asked: `{node}`"
                )
            case AsOf() | Deadline() | ReadingIs() | Exempted():  # pragma: no cover - folded away
                raise AssertionError(node)
        return assert_never(node)

    # What is read

    def _constant(self, node: Constant) -> Symbol:
        type_, value = node.type, node.value
        if type_ == BOOLEAN:
            return sure(YES if value else NO)
        if type_ == TEXT:
            return valued(YES, self.world.texts.constant(value))
        if type_ == TEXTS:
            return valued(YES, frozenset(value))
        if type_.name == "set":
            assert type_.choices is not None
            return valued(YES, tuple(YES if each in value else NO for each in type_.choices))
        if type_ in ORDERED or type_.name == "choice":
            return valued(YES, number_of(type_, value))
        raise InexpressibleError(f"此值不能表达：`{node}`", f"`{node}` cannot be said")

    def _fact(self, variable: Variable, bound: Bound) -> tuple[SymbolicFact, Term]:
        """The fact that a variable stands for, and whether it is known which that is."""
        if variable.via is None or variable.of is None:
            return bound[variable], YES
        source, known = self._fact(variable.of, bound)
        spec = fields_of(source.fact_class)[variable.via]
        reference = source.field(spec)
        assert isinstance(reference, Value)
        fact = self.world.refers(source, spec, variable.fact_class)
        return fact, both(known, reference.known)

    def _read(self, fact: SymbolicFact, node: Attribute) -> Symbol:
        if fact.pool is not None and node.spec.name == "id":
            self.world.alone(fact)
        return fact.field(node.spec)

    def _defined(self, node: Derived, fact: SymbolicFact) -> Symbol:
        definition = self._regime.rules.definition(node)
        at = definition, fact
        found = self._settled.get(at)
        if found is None:
            bound = {definition.subject: fact}
            rules = self._folded.rules(definition)
            values = [self._symbol(rule.value, bound) for rule in rules]
            truths = [self._truth(rule.condition, bound) for rule in rules]
            *others, last = rules or (None,)
            if others and last is not None and last.place == len(definition.rules):
                listed = truths[:-1]
                truths[-1] = Truth(
                    both(*(t.false for t in listed)), either(*(t.true for t in listed))
                )
            found = self._settled[at] = _settle(truths, values, definition.type)
        return found

    # What is worked out

    def _compared(self, node: Comparison, bound: Bound) -> Truth:
        left, right = self._symbol(node.left, bound), self._symbol(node.right, bound)
        if isinstance(left, Truth):
            assert isinstance(right, Truth)
            alike = either(both(left.true, right.true), both(left.false, right.false))
            unlike = either(both(left.true, right.false), both(left.false, right.true))
            return Truth(alike, unlike) if node.op == "==" else Truth(unlike, alike)
        assert isinstance(right, Value)
        if node.left.type not in ORDERED:
            alike = self._same(left.term, right.term)
            known = both(left.known, right.known)
            return when_known(known, alike if node.op == "==" else negated(alike))
        if not (left.ranged or right.ranged):
            known = both(left.known, right.known)
            if node.op in ("==", "!="):
                alike = same(left.term, right.term)
                return when_known(known, alike if node.op == "==" else negated(alike))
            return when_known(known, _ordered(node.op, left.term, right.term))
        return Truth(_certainly(node.op, left, right), _certainly(NEGATED[node.op], left, right))

    def _same(self, one: Any, other: Any) -> Term:
        if isinstance(one, frozenset | dict) or isinstance(other, frozenset | dict):
            return both(self._within(one, other), self._within(other, one))
        return same(one, other)

    def _within(self, one: Any, other: Any) -> Term:
        """Every text of a set is in another one, of which one at least is constant."""
        texts = self.world.texts
        if isinstance(one, frozenset):
            if isinstance(other, frozenset):
                return YES if one <= other else NO
            places = {texts.constant(each).of.as_long() for each in one}
            return both(*(other.get(place, NO) for place in places))
        if isinstance(other, frozenset):
            listed = {texts.constant(each).of.as_long() for each in other}
            return both(*(negated(has) for place, has in one.items() if place not in listed))
        raise InexpressibleError(
            "比较两个代码集合", "two sets of codes are compared, of which none is constant"
        )

    def _of_sets(self, node: Contains | Subset | Overlaps, bound: Bound) -> Truth:
        one, other = (self._value(each, bound) for each in children(node))
        known, sets = both(one.known, other.known), (one.term, other.term)
        if isinstance(one.term, frozenset | dict):
            return when_known(known, self._of_codes(node, *sets))
        match node:
            case Contains():
                inside = (both(has, other.term == at) for at, has in enumerate(one.term))
                return when_known(known, either(*inside))
            case Subset():
                pairs = zip(*sets, strict=True)
                return when_known(known, both(*(either(negated(a), b) for a, b in pairs)))
            case Overlaps():
                pairs = zip(*sets, strict=True)
                return when_known(known, either(*(both(a, b) for a, b in pairs)))
        return assert_never(node)

    def _of_codes(self, node: Contains | Subset | Overlaps, one: Any, other: Any) -> Term:
        texts = self.world.texts
        match node:
            case Contains() if isinstance(one, frozenset):
                places = (texts.constant(each).of for each in sorted(one))
                return either(*(same(other.of, place) for place in places))
            case Contains() if (
                z3.is_int_value(other.of) and texts.classes[other.of.as_long()].named
            ):
                return one.get(other.of.as_long(), NO)
            case Subset():
                return self._within(one, other)
            case Overlaps() if isinstance(one, frozenset) or isinstance(other, frozenset):
                fixed, open_ = (one, other) if isinstance(one, frozenset) else (other, one)
                if isinstance(open_, frozenset):
                    return NO if fixed.isdisjoint(open_) else YES
                places = (texts.constant(each).of.as_long() for each in sorted(fixed))
                return either(*(open_.get(place, NO) for place in places))
            case _:
                raise InexpressibleError(
                    f"比较的代码均非常数：`{node}`", f"no side is constant: `{node}`"
                )

    def _of_texts(
        self, node: AllStartWith | SomeStartWith | StartsWith | EndsWith | NamedIn, bound: Bound
    ) -> Truth:
        item, of = children(node)
        asked, fixed = self._value(item, bound), of
        if not isinstance(fixed, Constant):
            if isinstance(fixed, Parameter):
                return Truth(NO, NO)
            raise InexpressibleError(
                f"文字的开头或结尾须为常数：`{node}`", f"how texts begin or end varies: `{node}`"
            )
        match node:
            case NamedIn(before_names=before):
                test: Callable[[str], bool] = lambda text: named_in(before, text, fixed.value)  # noqa: E731
            case EndsWith():
                test = lambda text: text.endswith(fixed.value)  # noqa: E731
            case _:
                test = lambda text: text.startswith(fixed.value)  # noqa: E731
        texts = self.world.texts
        if item.type == TEXT:
            return when_known(asked.known, texts.where(asked.term.of, test))
        if isinstance(asked.term, frozenset):
            listed = (texts.constant(each).of.as_long() for each in asked.term)
            has = dict.fromkeys(listed, YES)
        else:
            has = asked.term
        fits = {at for at in has if z3.is_true(z3.simplify(texts.where(z3.IntVal(at), test)))}
        if isinstance(node, SomeStartWith):
            return when_known(asked.known, either(*(has[at] for at in fits)))
        others = (negated(there) for at, there in has.items() if at not in fits)
        return when_known(asked.known, both(*others))

    def _looked_up(self, node: ByChoice, bound: Bound) -> Symbol:
        of = self._value(node.of, bound)
        choices = node.of.type.choices
        assert choices is not None
        *listed, (_, last) = node.entries
        found = _of_type(self._symbol(last, bound), node.type)
        for among, value in reversed(listed):
            places = [at for at, each in enumerate(choices) if among is None or each in among]
            within = either(*(same(of.term, z3.IntVal(at)) for at in places))
            found = _chosen(within, _of_type(self._symbol(value, bound), node.type), found)
        return if_known(of.known, found)

    def _worked_out(self, node: Arithmetic, bound: Bound) -> Value:
        left, right = self._value(node.left, bound), self._value(node.right, bound)
        one, other = left.term, right.term
        if node.type == RATIONAL:
            one, other = as_real(one), as_real(other)
        match node.op:
            case "+":
                made = one + other
            case "-":
                made = one - other
            case "*":
                made = one * other
            case "/":  # pragma: no branch - the match is exhaustive
                made = one / other
        return valued(both(left.known, right.known), evaluated(made, one, other))

    def _extreme_of(self, node: ExtremeOf, bound: Bound) -> Value:
        values = cast(
            "list[Value]", [_of_type(self._symbol(each, bound), node.type) for each in node.items]
        )
        term = values[0].term
        for each in values[1:]:
            more = each.term > term if node.pick == "greatest" else each.term < term
            term = z3.If(more, each.term, term)
        known = both(*(each.known for each in values))
        return valued(known, evaluated(term, *(each.term for each in values)))

    def _moved(self, node: Moved, bound: Bound) -> Value:
        of, by = self._value(node.item, bound), self._value(node.by, bound)
        days = self.world.days
        match node.unit:
            case "years":
                moved = days.moved_by_years(of.term, by.term)
            case "months":
                moved = days.moved_by_months(of.term, by.term)
            case "days":
                moved = days.moved_by_days(of.term, by.term)
            case "minutes":  # pragma: no branch - the match is exhaustive
                moved = of.term + 60 * by.term
        return valued(both(of.known, by.known), moved)

    def _elapsed(self, node: Elapsed, start: Value, end: Value) -> Term:
        if node.unit == "years":
            return self.world.days.full_years(start.term, end.term)
        between = end.term - start.term
        if node.unit == "days":
            return between
        return z3.If(between >= 0, between / 60, -(-between / 60))

    # What is gathered

    def _gathered(self, node: AggregateNode, bound: Bound) -> Value:
        pool = self._pool(node, bound)
        counted = self._counted(node, pool, bound)
        self._note_joins(node, pool, bound)
        # A member that may count leaves a number open; in whole lists there are no others.
        certain = both(
            pool.whole,
            *(either(truth.known, same(member.number, ZERO)) for member, truth in counted),
        )
        match node:
            case Count():
                low = total_of(chosen(t.true, m.number, ZERO) for m, t in counted)
                return Value(certain, low, YES)
            case Held():
                return self._held(node, pool, counted, certain, bound)
            case Total():
                return self._total(node, pool, counted, certain, bound)
            case Extreme():
                return self._extreme(node, pool, counted, bound)
            case Average():
                return self._average(node, pool, counted, certain, bound)
        return assert_never(node)

    def _counted(
        self, node: Aggregate, pool: Pool, bound: Bound
    ) -> list[tuple[SymbolicFact, Truth]]:
        """The members of a list, and whether each counts."""
        counted = [(member, self._counts(node, member, bound)) for member in pool.members]
        question = self._question(node, bound)
        return [(member, pool.ask(question, member, truth)) for member, truth in counted]

    def _owner(self, node: Aggregate, bound: Bound) -> SymbolicFact | None:
        of = node.member.of
        return None if node.member.link is None or of is None else self._fact(of, bound)[0]

    def _pool(self, node: Aggregate, bound: Bound) -> Pool:
        return self.world.pool(node.member, self._owner(node, bound))

    def _counts(self, node: Aggregate, member: SymbolicFact, bound: Bound) -> Truth:
        """A fact is a member, and the condition holds of it."""
        where = self._truth(node.where, {**bound, node.member: member})
        owner, link = self._owner(node, bound), node.member.link
        if owner is None or link is None or node.member.fact_class not in self.world.together:
            return where
        if owner.pool is not None:
            self.world.alone(owner)
        reference = member.field(fields_of(member.fact_class)[link])
        assert isinstance(reference, Value)
        linked = when_known(reference.known, same(reference.term, owner.id_text()))
        return Truth(both(linked.true, where.true), either(linked.false, where.false))

    def _question(self, node: Aggregate, bound: Bound) -> tuple[object, ...]:
        """What is asked of a member, whichever node asks it; of one that is held against others,
        with each of them."""
        others = (bound.get(each) for each in _speaks_of(node))
        asked = self._keys.get(node)
        if asked is None:
            asked = self._keys[node] = key(as_node(node))
        return (asked, *(id(fact) for fact in others if fact is not None and fact.pool is not None))

    def _note_joins(self, node: Aggregate, pool: Pool, bound: Bound) -> None:
        """Say where a condition on members speaks of other related facts too."""
        owners = {id(pool.owner)}
        above = pool.owner
        while above is not None and above.pool is not None:
            above = above.pool.owner
            owners.add(id(above))
        for variable in _speaks_of(node):
            fact = bound.get(variable)
            if fact is not None and fact.pool is not None and id(fact) not in owners:
                self.world.inexact(
                    f"关联事实相互比较（{_called(node, 'zh')}）",
                    f"related facts are compared with one another ({_called(node, 'en')})",
                )

    def _held(
        self,
        node: Held,
        pool: Pool,
        counted: list[tuple[SymbolicFact, Truth]],
        certain: Term,
        bound: Bound,
    ) -> Value:
        found = judged(self._regime, node)
        if found is None:
            return nothing(INTEGER)  # type: ignore[return-value]  # a number is a value
        question = self._question(node, bound)
        days = [self._value(node.on, {**bound, node.member: member}) for member, _ in counted]
        spans = [(p.first.toordinal(), p.last.toordinal()) for p in found.periods]
        there: list[list[Term]] = [[] for _ in spans]
        for (member, truth), day in zip(counted, days, strict=True):
            counts = both(truth.true, day.known)
            if z3.is_int_value(day.term):
                on = day.term.as_long()
                for place, (first, last) in enumerate(spans):
                    if first <= on <= last:
                        there[place].append(both(counts, member.number > 0))
                continue
            at = pool.ask_place(question, member, partial(self._period, counts, day.term, spans))
            if z3.is_int_value(at):  # the group is one of such facts
                place = at.as_long()
                self.world.assume(
                    z3.Implies(member.number > 0, _within(counts, day.term, spans, place))
                )
                if place >= 0:
                    there[place].append(member.number > 0)
            else:
                for place, inside in enumerate(there):
                    inside.append(both(at == place, member.number > 0))
        dated = both(
            *(
                either(day.known, truth.false, member.number == 0)
                for (member, truth), day in zip(counted, days, strict=True)
            )
        )
        held_in = [either(*inside) for inside in there]
        held = total_of(z3.If(each, 1, 0) for each in held_in)
        whole = both(certain, dated)
        # Of a period that may be one of days off only what was held in it is known.
        open_ = [held_in[place] for place in sorted(found.open)]
        if not open_:
            return Value(whole, held, YES)
        most = held + total_of(z3.If(each, 0, 1) for each in open_)
        return Value(both(whole, *open_), held, YES, (whole, most))

    def _period(self, counts: Term, day: Term, spans: Sequence[tuple[int, int]]) -> Term:
        """The place of the period in which a day is that counts; before all others, if in none."""
        at = self.world.fresh("period")
        places = (
            both(at == place, _within(counts, day, spans, place)) for place in range(-1, len(spans))
        )
        self.world.assume(either(*places))
        return at

    def _total(
        self,
        node: Total,
        pool: Pool,
        counted: list[tuple[SymbolicFact, Truth]],
        certain: Term,
        bound: Bound,
    ) -> Value:
        terms, known = [], [certain]
        for member, truth in counted:
            there, term = self._added(node, pool, member, truth, bound)
            known.append(either(there, truth.false, member.number == 0))
            terms.append(term)
        return Value(both(*known), total_of(terms), YES)

    def _added(
        self,
        node: Total | Average,
        pool: Pool,
        member: SymbolicFact,
        truth: Truth,
        bound: Bound,
    ) -> tuple[Term, Term]:
        """Whether it is known what the members of a group add to a sum, and how much they do."""
        inside = {**bound, node.member: member}
        value = self._value(node.value, inside)
        question = self._question(node, bound)
        there = pool.ask((question, "known"), member, sure(value.known)).true
        added = self._summed(node.value, node, pool, member, inside, question)
        zero = z3.RealVal(0) if node.type == RATIONAL else z3.IntVal(0)
        return there, chosen(both(truth.true, there), added, zero)

    def _summed(
        self,
        value: Node,
        node: Total | Average,
        pool: Pool,
        member: SymbolicFact,
        inside: Bound,
        question: tuple[object, ...],
    ) -> Term:
        """What a value comes to in sum, of all members of a group: of a sum, its parts do."""
        match value:
            case Arithmetic(op="+" | "-"):
                one, other = (
                    self._summed(each, node, pool, member, inside, question)
                    for each in (value.left, value.right)
                )
                return one + other if value.op == "+" else one - other
            case Constant():
                term = _number(self._value(value, inside).term, node.type)
                many = as_real(member.number) if node.type == RATIONAL else member.number
                return many * term
        term = _number(self._value(value, inside).term, node.type)
        asked = (key(value), node.type, *question[1:])
        return pool.total(asked, member, term, gathered_steps(node), self.world.assume)

    def _otherwise(self, node: Extreme | Average, bound: Bound) -> Value:
        otherwise = _of_type(self._value(node.otherwise, bound), node.type)
        assert isinstance(otherwise, Value)
        return otherwise

    def _extreme(
        self, node: Extreme, pool: Pool, counted: list[tuple[SymbolicFact, Truth]], bound: Bound
    ) -> Value:
        """Between what it lies, as `engines.gathering` says."""
        otherwise = self._otherwise(node, bound)
        # The greatest and the least of those that are alike.
        pool.extremes += 2
        values, certain, possible = list[Value](), list[Term](), list[Term]()
        for member, truth in counted:
            value = _of_type(self._value(node.value, {**bound, node.member: member}), node.type)
            assert isinstance(value, Value)
            values.append(value)
            certain.append(both(truth.true, member.number > 0))
            possible.append(both(negated(truth.true), negated(truth.false), member.number > 0))
        any_ = either(*certain)
        greatest = node.pick == "greatest"

        def end(side: Literal["low", "high"]) -> tuple[Term, Term]:
            ends = [getattr(each, side) for each in values]
            known, last = getattr(otherwise, side)
            # Where perhaps none counts, it may be any of them, or what it is otherwise.
            open_known = both(pool.whole, known, *_known_of(possible, ends))
            listed = [(p, term) for p, (_, term) in zip(possible, ends, strict=True)]
            open_end = _furthest([(YES, last), *listed], up=side == "high")
            if (side == "low") == greatest:  # what certainly counts is a bound, whatever others do
                told = [both(c, k) for c, (k, _) in zip(certain, ends, strict=True)]
                some_known = either(*told)
            else:
                told = [either(*each) for each in zip(certain, possible, strict=True)]
                some_known = both(pool.whole, *_known_of(told, ends))
            some = [(c, term) for c, (_, term) in zip(told, ends, strict=True)]
            some_end = _furthest([(NO, last), *some], up=greatest)
            return chosen(any_, some_known, open_known), chosen(any_, some_end, open_end)

        (low_known, low), (high_known, high) = end("low"), end("high")
        known = both(low_known, high_known, same(low, high))
        return Value(known, low, low_known, (high_known, high))

    def _average(
        self,
        node: Average,
        pool: Pool,
        counted: list[tuple[SymbolicFact, Truth]],
        certain: Term,
        bound: Bound,
    ) -> Value:
        otherwise = self._otherwise(node, bound)
        known, some = [certain], list[Term]()
        sums, number = list[Term](), list[Term]()
        for member, truth in counted:
            counts = both(truth.true, member.number > 0)
            some.append(counts)
            there, added = self._added(node, pool, member, truth, bound)
            known.append(either(there, negated(counts)))
            sums.append(added)
            number.append(z3.If(truth.true, member.number, 0))
        mean = total_of(sums) / z3.ToReal(total_of(number))
        known.append(either(otherwise.known, *some))
        return valued(both(*known), chosen(either(*some), mean, otherwise.term))


def _known_of(asked: Sequence[Term], ends: Sequence[tuple[Term, Term]]) -> Iterator[Term]:
    """Of each that is asked for, that its end is known."""
    return (either(negated(a), known) for a, (known, _) in zip(asked, ends, strict=True))


def _furthest(listed: Sequence[tuple[Term, Term]], *, up: bool) -> Term:
    """The greatest or the least of those that are there; the first, where none is."""
    (there, found), *others = listed
    for each, term in others:
        further = term > found if up else term < found
        found = chosen(both(each, either(negated(there), further)), term, found)
        there = either(there, each)
    return found


def _number(term: Term, type_: Type) -> Term:
    return as_real(term) if type_ == RATIONAL else term


def _called(node: Aggregate, lang: str) -> str:
    """What is gathered, in the author's words where there are any."""
    named = node.zh if lang == "zh" else node.en
    of = node.member.fact_class
    return named or (of.zh if lang == "zh" else of.en)


def _speaks_of(node: Aggregate) -> dict[Variable, None]:
    """The facts that what is asked of the members speaks of, besides them."""
    found = dict[Variable, None]()
    for part in node.of_member:
        for each in walk(part):
            if isinstance(each, Attribute | Derived):
                found[each.of.root] = None
            elif isinstance(each, Aggregate) and each.member.of is not None:
                found[each.member.of.root] = None
    found.pop(node.member, None)
    return found


def _within(counts: Term, day: Term, spans: Sequence[tuple[int, int]], place: int) -> Term:
    """A day that counts is in the period of a place; where that is none, in no period."""
    if place >= 0:
        first, last = spans[place]
        return both(counts, day >= first, day <= last)
    return either(negated(counts), both(*(either(day < a, day > b) for a, b in spans)))


def if_known(known: Term, symbol: Symbol) -> Symbol:
    """What is known only where something else is, too."""
    if known is YES:
        return symbol
    if isinstance(symbol, Truth):
        return Truth(both(known, symbol.true), both(known, symbol.false))
    all_known = both(known, symbol.known)
    if not symbol.ranged:
        return valued(all_known, symbol.term)
    most = None if symbol.most is None else (both(known, symbol.most[0]), symbol.most[1])
    return Value(all_known, symbol.term, both(known, symbol.at_least), most)


def _of_type(symbol: Symbol, type_: Type) -> Symbol:
    """A number of the type in which it is looked for."""
    if isinstance(symbol, Value) and type_ == RATIONAL:
        most = None if symbol.most is None else (symbol.most[0], as_real(symbol.most[1]))
        return Value(symbol.known, as_real(symbol.term), symbol.at_least, most)
    return symbol


def _chosen(condition: Term, then: Symbol, other: Symbol) -> Symbol:
    if isinstance(then, Truth):
        assert isinstance(other, Truth)
        return chosen_truth(condition, then, other)
    assert isinstance(other, Value)
    if isinstance(then.term, frozenset | dict) or isinstance(other.term, frozenset | dict):
        raise InexpressibleError("按条件取代码集合", "a set of codes is chosen by a condition")
    return chosen_value(condition, then, other)


def _settle(truths: list[Truth], values: list[Symbol], type_: Type) -> Symbol:
    """What the rules of a definition come to, as `settling.settle` says."""
    if not values:
        return nothing(type_)
    if all(isinstance(each, Truth) for each in values):
        of = cast("list[Truth]", values)
        rails = []
        for mine in ("true", "false"):
            some = either(
                *(both(t.true, getattr(v, mine)) for t, v in zip(truths, of, strict=True))
            )
            agreed = both(
                *(either(t.false, getattr(v, mine)) for t, v in zip(truths, of, strict=True))
            )
            rails.append(both(some, agreed))
        return Truth(*rails)
    listed = [cast(Value, _of_type(each, type_)) for each in values]
    pairs = list(zip(truths, listed, strict=True))
    settled, alone = [], []
    for place, (truth, value) in enumerate(pairs):
        others = [pair for at, pair in enumerate(pairs) if at != place]
        alone.append(both(truth.true, *(t.false for t, _ in others)))
        agreed = (either(t.false, both(v.known, same(v.term, value.term))) for t, v in others)
        settled.append(both(truth.true, value.known, *agreed))
    found = listed[0]
    for truth, value in pairs[1:]:
        found = chosen_value(truth.true, value, found)
    known = either(*settled)
    if not found.ranged:
        return valued(known, found.term)
    # Of the one rule that may apply and does, a range serves.
    only = either(*alone)
    most = both(either(known, only), found.high[0]), found.high[1]
    return Value(known, found.term, either(known, both(only, found.at_least)), most)


def _ordered(op: str, one: Term, other: Term) -> Term:
    return settled(_ORDER[op](one, other), one, other)


def _certainly(op: Operator, left: Value, right: Value) -> Term:
    join = either if op == "!=" else both

    def end(of: Value, side: str) -> tuple[Term, Term]:
        return of.low if side == "low" else of.high

    tests = []
    for test in HOLDS_BY[op]:
        one, other = (right, left) if test.swapped else (left, right)
        (there, bound), (also, limit) = end(one, test.side), end(other, test.other)
        tests.append(both(there, also, _ordered(test.op, bound, limit)))
    return join(*tests)


def _rounded(node: Rounded, term: Term) -> Term:
    to = z3.RealVal(f"{node.to.numerator}/{node.to.denominator}")
    steps = as_real(term) / to
    size = z3.If(steps >= 0, steps, -steps)
    match node.how:
        case "down":
            whole = z3.ToInt(size)
        case "up":
            whole = -z3.ToInt(-size)
        case "half_up":
            whole = z3.ToInt(size + z3.Q(1, 2))
        case "half_even":  # pragma: no branch - the match is exhaustive
            near = z3.ToInt(size + z3.Q(1, 2))
            tie = z3.ToReal(near) - size == z3.Q(1, 2)
            whole = z3.If(both(tie, near % 2 == 1), near - 1, near)
    signed = z3.If(steps >= 0, whole, -whole)
    if node.to.denominator == 1:
        return signed * int(node.to)
    return z3.ToReal(signed) * to
