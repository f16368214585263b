"""Random well-typed expressions over any fact classes: every node of the language occurs."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from fractions import Fraction
from typing import Any, Final, get_args

from attrs import evolve, frozen

from ..facts import Fact, FieldSpec, Kind, fields_of
from ..language import (
    AS_OF,
    BOOLEAN,
    CALENDAR,
    DATE,
    DEADLINE,
    FALSE,
    INTEGER,
    RATIONAL,
    RECURRENCE,
    TEXT,
    TEXTS,
    TRUE,
    RuleTypeError,
    Type,
    Weekday,
    average,
    by_choice,
    choice_of,
    count,
    each,
    earliest,
    every,
    first_known,
    greatest,
    latest,
    least,
    none,
    rounded,
    some,
    the,
    tiers,
    total,
)
from ..language.expressions import (
    Attribute,
    Constant,
    Definition,
    Expression,
    Held,
    Operator,
    Parameter,
    Periods,
    Reading,
    Rounding,
    Subject,
    Variable,
    absence,
    all_of,
    among,
    any_of,
    as_node,
    compare,
    has_steps,
    variable_of,
)
from ..language.types import BY_YEAR, MOMENT, NUMERIC, ORDERED, type_of_field
from .choosing import Chooser
from .named_values import RECURRENCES

_OPERATORS: Final[tuple[Operator, ...]] = (">=", ">", "<=", "<", "==", "!=")
# What can stand for a choice, besides other choices.
_LOOKED_UP: Final = (*ORDERED, TEXT)
Scope = tuple[Subject, ...]
Make = Callable[[Scope, int], Expression]


@frozen
class Vocabulary:
    """What expressions can be made of. The `definitions` that there are grow with the directive.

    In a `monotone` directive nothing asks whether something is known, so that to learn a fact
    never reverses an answer.
    """

    classes: tuple[type[Fact], ...]
    parameters: Sequence[Parameter]
    readings: Sequence[Reading]
    definitions: list[Definition]
    monotone: bool = False


class Expressions:
    """Makes expressions of a wanted type; `depth` is how far they may still grow.

    While something is `due`, facts may be counted by the deadline.
    """

    def __init__(self, choose: Chooser, vocabulary: Vocabulary) -> None:
        self.choose = choose
        self.vocabulary = vocabulary
        self.due = False
        self._referred: dict[tuple[Variable, str], Subject] = {}
        self._simple: Mapping[Type, Make] = {
            BOOLEAN: self.boolean,
            INTEGER: self.whole,
            RATIONAL: self.rational,
            DATE: self.day,
            MOMENT: self.moment,
        }

    def of(self, type_: Type, scope: Scope, depth: int) -> Expression:
        """An expression of the type."""
        if depth > 0 and self.choose.chance(4) and type_ in _LOOKED_UP + _choices_of(type_):
            return self.by_choice(type_, scope, depth)
        make = self._simple.get(type_)
        return make(scope, depth) if make else self.read(type_, scope, depth)

    def read(self, type_: Type, scope: Scope, depth: int) -> Expression:
        """What reads a value: a field, a definition, a parameter, a constant."""
        if depth > 0 and not self.vocabulary.monotone and self.choose.chance(12):
            return first_known(self.read(type_, scope, 0), self.read(type_, scope, depth - 1))
        scope = self.reached(scope)
        fields = [
            Attribute(variable_of(subject), spec)
            for subject in scope
            for spec in fields_of(variable_of(subject).fact_class).values()
            if type_of_field(spec) == type_ and spec.kind is not Kind.ID
        ]
        derived = [
            definition.of(subject)
            for subject in scope
            for definition in self.vocabulary.definitions
            if definition.subject.fact_class is variable_of(subject).fact_class
            and definition.type == type_
        ]
        parameters = [each for each in self.vocabulary.parameters if each.type == type_]
        options: list[Sequence[Expression]] = [fields, fields, derived, derived, parameters]
        options = [option for option in options if option]
        if not options or self.choose.chance(8):
            return self.constant(type_, scope)
        return self.choose.pick(self.choose.pick(options))

    def reached(self, scope: Scope) -> Scope:
        """The facts in scope; or those that they refer to, and that these refer to, if any."""
        if not self.choose.chance(25):
            return scope
        once = [of for subject in scope for of in self.referred(subject)]
        return (*once, *(of for subject in once for of in self.referred(subject))) or scope

    def referred(self, subject: Subject) -> list[Subject]:
        """The facts that a fact refers to: the same each time, so that one is read as itself."""
        found = []
        variable = variable_of(subject)
        for name, spec in fields_of(variable.fact_class).items():
            for fact_class in self.vocabulary.classes:
                if _leads_to(spec, fact_class) and not spec.may_be_empty:
                    of = the(fact_class, Attribute(variable, spec))
                    found.append(self._referred.setdefault((variable, name), of))
        return found

    def constant(self, type_: Type, scope: Scope) -> Expression:
        """A literal of the type."""
        choose = self.choose
        if type_ == BOOLEAN:
            return choose.pick([FALSE, TRUE])
        if type_.choices is not None:
            members = tuple(type_.choices)
            if type_.name == "choice":
                return Constant(choose.pick(members))
            chosen = frozenset(member for member in members if choose.chance(50))
            return Constant(chosen, type_)
        if type_ == TEXT and scope and choose.chance(40):
            return as_node(choose.pick(scope).id)
        literals: dict[Type, list[Any]] = {
            INTEGER: [1, 0, 2, 3, 4],
            RATIONAL: [Fraction(1, 2), Fraction(2, 5), Fraction(3, 2)],
            DATE: [date(2019, 9, 15), date(2019, 7, 16), date(2016, 2, 29)],
            MOMENT: [datetime(2019, 9, 15, 12), datetime(2019, 9, 16)],
            TEXT: ["x", ""],
            TEXTS: [frozenset({"3503"}), frozenset({"3503", "3502"})],
            RECURRENCE: [*RECURRENCES],
        }
        return Constant(choose.pick(literals[type_]))

    def boolean(self, scope: Scope, depth: int) -> Expression:
        """A condition."""
        choose = self.choose
        if self.due and choose.chance(25):
            return self.in_time(scope, depth)
        if depth <= 0:
            return choose.pick([self.leaf, self.leaf, self.comparison])(scope, 0)
        makers: list[Make] = [
            self.leaf, self.comparison, self.comparison, self.junction, self.junction,
            self.negated, self.membership, self.related, self.recurring,
            self.sharing_either,
        ]  # fmt: skip
        if not self.vocabulary.monotone:
            makers.append(self.known)
        if TEXTS in self._field_types(scope):
            makers += [self.prefixed, self.prefixed]
        makers += [self.affixed, self.on_a_weekday, self.is_none]
        return choose.pick(makers)(scope, depth)

    def leaf(self, scope: Scope, depth: int) -> Expression:
        """A condition without parts."""
        if self.vocabulary.readings and self.choose.chance(10):
            reading = self.choose.pick(self.vocabulary.readings)
            return reading.is_(self.choose.pick(reading.options).name)
        return self.read(BOOLEAN, scope, depth)

    def junction(self, scope: Scope, depth: int) -> Expression:
        """Some conditions joined."""
        join = self.choose.pick([all_of, any_of])
        number = self.choose.number(2, 3)
        return join(*(as_node(self.boolean(scope, depth - 1)) for _ in range(number)))

    def negated(self, scope: Scope, depth: int) -> Expression:
        """A condition denied."""
        return ~self.boolean(scope, depth - 1)

    def is_none(self, scope: Scope, depth: int) -> Expression:
        """Whether a value is known to be none."""
        type_ = self.choose.pick(self._field_types(scope))
        value = self.of(type_, scope, depth - 1)
        return value.is_none() if absence(as_node(value)) is not None else self.leaf(scope, depth)

    def never_none(self, type_: Type, scope: Scope, depth: int) -> Expression:
        """A value that cannot be none."""
        value = self.of(type_, scope, depth)
        return value if absence(as_node(value)) is None else self.constant(type_, scope)

    def known(self, scope: Scope, depth: int) -> Expression:
        """Whether something is known, or a condition with something to fall back on."""
        if self.choose.chance(40):
            return first_known(self.boolean(scope, depth - 1), self.boolean(scope, depth - 1))
        types = [BOOLEAN, INTEGER, RATIONAL, DATE, RECURRENCE, *self._field_types(scope)]
        type_ = self.choose.pick(types)
        return self.of(type_, scope, depth - 1).is_known()

    def comparison(self, scope: Scope, depth: int) -> Expression:
        """Two values compared."""
        choose = self.choose
        types = [INTEGER, INTEGER, INTEGER, RATIONAL, DATE, *self._field_types(scope)]
        left = choose.pick(types)
        ordered = left in (*NUMERIC, DATE, MOMENT)
        op = choose.pick(_OPERATORS if ordered else ("==", "!="))
        right = choose.pick(NUMERIC) if left in NUMERIC else left
        return compare(self.of(left, scope, depth - 1), op, self.of(right, scope, depth - 1))

    def in_time(self, scope: Scope, depth: int) -> Expression:
        """A date held against the deadline."""
        op = self.choose.pick(("<=", "<=", *_OPERATORS))
        return compare(self.day(scope, min(depth, 1)), op, DEADLINE)

    def _field_types(self, scope: Scope) -> list[Type]:
        found = {
            type_of_field(spec): None
            for subject in scope
            for spec in fields_of(variable_of(subject).fact_class).values()
        }
        return [type_ for type_ in found if type_ != BY_YEAR]

    def membership(self, scope: Scope, depth: int) -> Expression:
        """A question about a set."""
        choose = self.choose
        types = self._field_types(scope)
        enumerations = list(
            dict.fromkeys(type_.choices for type_ in types if type_.choices is not None)
        )
        kinds = [*enumerations, None] if TEXTS in types else enumerations
        if not kinds:
            return self.comparison(scope, depth)
        chosen = choose.pick(kinds)
        whole = TEXTS if chosen is None else Type("set", chosen)
        member = TEXT if chosen is None else Type("choice", chosen)
        container = self.read(whole, scope, depth - 1)
        # No database compares two columns of codes.
        if choose.chance(50):
            return container.has(self.read(member, scope, depth - 1))
        if choose.chance(40):
            if chosen is None:
                return container.overlaps(self.constant(whole, scope))
            return container.overlaps(self.read(whole, scope, depth - 1))
        if chosen is None:
            return container.within(self.constant(whole, scope))
        return container.within(self.read(whole, scope, depth - 1))

    def prefixed(self, scope: Scope, depth: int) -> Expression:
        """Whether all codes of a set begin alike, or one does so."""
        prefixes = [p for p in self.vocabulary.parameters if p.type == TEXT]
        container = self.read(TEXTS, scope, depth - 1)
        prefix = self.choose.pick([*prefixes, Constant("350")])
        if self.choose.chance(50):
            return container.some_start_with(prefix)
        return container.all_start_with(prefix)

    def affixed(self, scope: Scope, depth: int) -> Expression:
        """Whether a text begins or ends with another."""
        text, part = self.read(TEXT, scope, depth - 1), self.read(TEXT, scope, 0)
        if self.choose.chance(30):
            return text.is_named_in({"x", "y"}, after={"x", "3503"})
        if self.choose.chance(50):
            return text.starts_with(part)
        return text.ends_with(part)

    def on_a_weekday(self, scope: Scope, depth: int) -> Expression:
        """Whether a date is some day of the week."""
        day = self.day(scope, depth - 1).weekday()
        if self.choose.chance(50):
            return day.is_in(self.constant(Type("set", Weekday), scope))
        return compare(day, self.choose.pick(("==", "!=")), self.day(scope, 0).weekday())

    def related(self, scope: Scope, depth: int) -> Expression:
        """A question about the facts related to one in scope."""
        member = self.member(scope)
        quantifier = self.choose.pick([some, none, every])
        return quantifier(member, self.boolean((member, *scope), depth - 1))

    def member(self, scope: Scope) -> Subject:
        """What an aggregate ranges over: facts with a link to one in scope, or all of a class."""
        links: list[tuple[type[Fact], str, Subject]] = [
            (fact_class, name, subject)
            for subject in scope
            for fact_class in self.vocabulary.classes
            for name, spec in fields_of(fact_class).items()
            if _leads_to(spec, variable_of(subject).fact_class)
        ]
        if self.choose.chance(20) and (joined := self.joined(scope)) is not None:
            return joined
        if not links or self.choose.chance(20):
            return each(self.choose.pick(self.vocabulary.classes))
        fact_class, name, subject = self.choose.pick(links)
        return each(fact_class, **{name: subject})

    def joined(self, scope: Scope) -> Subject | None:
        """Facts of a class that share a value with one in scope, where a field of theirs can."""
        fact_class = self.choose.pick(self.vocabulary.classes)
        shared = self.shareable(fact_class, scope)
        if not shared:
            return None
        name, other = self.choose.pick(shared)
        return each(fact_class, **{name: other})

    def shareable(self, fact_class: type[Fact], scope: Scope) -> list[tuple[str, Attribute]]:
        """The fields of a class that can have the value of a field of a fact in scope."""
        return [
            (spec.name, Attribute(variable_of(subject), other))
            for subject in self.reached(scope)
            for other in fields_of(variable_of(subject).fact_class).values()
            for spec in fields_of(fact_class).values()
            if type_of_field(spec) == type_of_field(other) != BY_YEAR
            and spec.target in (other.target, None)
        ]

    def sharing_either(self, scope: Scope, depth: int) -> Expression:
        """The first fact in scope shares one of two values with the others, each on a condition."""
        member = scope[0]
        fact_class = variable_of(member).fact_class
        shared = self.shareable(fact_class, scope[1:])
        if not shared:
            return self.leaf(scope, depth)
        ways = []
        for _ in range(2):
            name, other = self.choose.pick(shared)
            own = Attribute(variable_of(member), fields_of(fact_class)[name])
            ways.append(self.boolean((member,), depth - 1) & compare(own, "==", other))
        return any_of(*ways)

    def recurring(self, scope: Scope, depth: int) -> Expression:
        """In each period of a recurrence, something happens."""
        held = self.held(scope, depth)
        calendars = self.calendars()
        if calendars and self.choose.chance(30):
            held = evolve(held, every=as_node(held.every).without(self.choose.pick(calendars)))
        return held >= Periods(held.every)

    def held(self, scope: Scope, depth: int) -> Held:
        """In how many periods of a recurrence something happens."""
        member = self.member(scope)
        inside = (member, *scope)
        where = self.boolean(inside, depth - 1) if self.choose.chance(40) else TRUE
        on = self.read(DATE, (member,), 0) if self.choose.chance(80) else self.day(inside, 1)
        return Held(variable_of(member), among(member, where), as_node(on), self.often())

    def often(self) -> Constant | Parameter:
        """How often something has to happen."""
        literal = Constant(self.choose.pick(RECURRENCES))
        given = [each for each in self.vocabulary.parameters if each.type == RECURRENCE]
        options: list[Constant | Parameter] = [*given, literal]
        return self.choose.pick(options)

    def whole(self, scope: Scope, depth: int) -> Expression:
        """A whole number."""
        choose = self.choose
        if depth <= 0:
            return self.read(INTEGER, scope, 0)
        match choose.number(0, 14):
            case 0 | 1 | 2:
                return self.read(INTEGER, scope, depth)
            case 3:
                return self.day(scope, depth - 1).year()
            case 4 | 14:
                return self.elapsed(scope, depth)
            case 5:
                return self.by_year(scope)
            case 6:
                member = self.member(scope)
                return count(member, self.boolean((member, *scope), depth - 1))
            case 7:
                return self.sum(INTEGER, scope, depth)
            case 8:
                return self.held(scope, depth)
            case 9:
                return Periods(self.often())
            case 10 | 11:
                return self.extreme(INTEGER, scope, depth)
            case _:
                left, right = self.whole(scope, depth - 1), self.whole(scope, depth - 1)
                made = [left + right, left - right, left * right, self.picked(left, right)]
                return choose.pick([*made, self.rounded(scope, depth)])

    def picked(self, *values: Expression) -> Expression:
        """The greatest or least of values."""
        dates = values[0].type in (DATE, MOMENT)
        return self.choose.pick([latest, earliest] if dates else [greatest, least])(*values)

    def rounded(self, scope: Scope, depth: int, *to: int | Fraction) -> Expression:
        """A number rounded to whole ones, or to some other multiple."""
        number = self.choose.pick([self.whole, self.rational])(scope, depth - 1)
        how = self.choose.pick(get_args(Rounding))
        multiple: int | Fraction = self.choose.pick(to or (1, 1, 2, 10))
        return rounded(number, multiple, how=how)

    def by_choice(self, type_: Type, scope: Scope, depth: int) -> Expression:
        """A value that stands for a choice."""
        choose = self.choose
        choices = [each.choices for each in self._field_types(scope) if each.name == "choice"]
        if not choices:
            return self.of(type_, scope, depth - 1)
        of = choose.pick([each for each in choices if each is not None])
        chosen = self.read(choice_of(of), scope, depth - 1)
        if choose.chance(20):
            chosen, of = self.day(scope, depth - 1).weekday(), Weekday
        listed = [each for each in of if choose.chance(60)] or [next(iter(of))]
        values = {each: self.of(type_, scope, choose.number(0, depth - 1)) for each in listed}
        rest = None if len(listed) == len(of) else self.of(type_, scope, depth - 1)
        return by_choice(chosen, values, otherwise=rest)

    def tiered(self, scope: Scope, depth: int) -> Expression:
        """A number in brackets, each part at its rate."""
        number = self.choose.pick([self.whole, self.rational])(scope, depth - 1)
        rates = self.choose.pick([(0, 1), (Fraction(1, 10), Fraction(1, 4)), (1, Fraction(1, 2))])
        return tiers(number, (3, rates[0]), (Fraction(13, 2), rates[1]), 2)

    def elapsed(self, scope: Scope, depth: int) -> Expression:
        """The time between two dates or moments."""
        unit = self.choose.number(0, 6)
        if unit == 0:
            return self.moment(scope, depth - 1).minutes_until(self.moment(scope, depth - 1))
        start, end = self.day(scope, depth - 1), self.day(scope, depth - 1)
        if unit == 1:
            return start.full_years_until(end)
        calendars = self.calendars()
        if unit <= 5 and calendars:
            return start.working_days_until(end, self.choose.pick(calendars))
        return start.days_until(end)

    def sum(self, type_: Type, scope: Scope, depth: int) -> Expression:
        """A total of what cannot be negative."""
        member, value, where = self.values(type_, scope, depth)
        try:
            return total(member, value, where)
        except RuleTypeError:
            if type_ == INTEGER:
                return count(member, where)
            return total(member, greatest(value, 0), where)

    def extreme(self, type_: Type, scope: Scope, depth: int) -> Expression:
        """The greatest or least number of related facts, the latest or earliest day or moment."""
        words = (greatest, least) if type_ in NUMERIC else (latest, earliest)
        otherwise = self.never_none(type_, scope, depth - 1)
        if type_ == RATIONAL and not has_steps(as_node(otherwise)):
            otherwise = self.constant(type_, scope)
        return self.choose.pick(words)(*self.values(type_, scope, depth), otherwise=otherwise)

    def values(
        self, type_: Type, scope: Scope, depth: int
    ) -> tuple[Subject, Expression, Expression]:
        """Related facts, a value of theirs, and which of them count."""
        member = self.member(scope)
        inside = (member, *scope)
        value = self.of(type_, inside, depth - 1)
        if type_ == RATIONAL and not has_steps(as_node(value)):
            value = rounded(value, Fraction(1, 4), how=self.choose.pick(get_args(Rounding)))
        return member, value, self.boolean(inside, depth - 1)

    def by_year(self, scope: Scope) -> Expression:
        """A number of this year or another."""
        fields = [
            Attribute(variable_of(subject), spec)
            for subject in self.reached(scope)
            for spec in fields_of(variable_of(subject).fact_class).values()
            if spec.kind is Kind.BY_YEAR
        ]
        if not fields:
            return self.read(INTEGER, scope, 0)
        return self.choose.pick(fields).in_year(self.choose.pick([0, -1]))

    def rational(self, scope: Scope, depth: int) -> Expression:
        """A number that need not be whole."""
        choose = self.choose
        if depth <= 0:
            return self.read(RATIONAL, scope, 0)
        number = choose.pick([self.whole, self.rational])(scope, depth - 1)
        match choose.number(0, 9):
            case 0:
                return self.read(RATIONAL, scope, depth)
            case 8:
                return self.sum(RATIONAL, scope, depth)
            case 9:
                return self.extreme(RATIONAL, scope, depth)
            case 5:
                return self.picked(number, self.rational(scope, depth - 1))
            case 6:
                return self.rounded(scope, depth, Fraction(1, 100), Fraction(1, 4))
            case 7:
                return self.tiered(scope, depth)
            case 3:
                otherwise = self.never_none(choose.pick(NUMERIC), scope, depth - 1)
                of = choose.pick(NUMERIC)
                return average(*self.values(of, scope, depth), otherwise=otherwise)
            case 1:
                return choose.pick([number + Fraction(1, 2), Fraction(2, 5) * number])
            case 2:
                return number * self.rational(scope, depth - 1)
            case _:
                try:
                    return number / self.whole(scope, depth - 1)
                except RuleTypeError:
                    return number / choose.pick([2, 3, 5])

    def day(self, scope: Scope, depth: int) -> Expression:
        """A date."""
        choose = self.choose
        if depth > 0 and choose.chance(35):
            day, number = self.day(scope, depth - 1), self.span(scope, depth)
            if choose.chance(30):
                return self.picked(day, self.day(scope, depth - 1))
            calendars = self.calendars()
            if calendars and choose.chance(25):
                return day.plus_working_days(number, choose.pick(calendars))
            return choose.pick([day.plus_years, day.plus_months, day.plus_days])(number)
        if self.due and choose.chance(40):
            return DEADLINE
        if depth > 0 and choose.chance(15):
            return self.extreme(DATE, scope, depth)
        return AS_OF if choose.chance(20) else self.read(DATE, scope, depth)

    def moment(self, scope: Scope, depth: int) -> Expression:
        """A moment."""
        if depth > 0 and self.choose.chance(35):
            earlier = self.moment(scope, depth - 1)
            if self.choose.chance(30):
                return self.picked(earlier, self.moment(scope, depth - 1))
            return earlier.plus_minutes(self.span(scope, depth))
        if depth > 0 and self.choose.chance(15):
            return self.extreme(MOMENT, scope, depth)
        return self.read(MOMENT, scope, depth)

    def span(self, scope: Scope, depth: int) -> Expression:
        """By how much something is moved: now and then so far that the calendar ends."""
        if self.choose.chance(30):
            return self.whole(scope, depth - 1)
        far = Constant(self.choose.pick([9_000, -2_100, 4_000_000, 10**12]))
        return self.number(Constant(1), Constant(3), Constant(90), far)

    def calendars(self) -> Sequence[Parameter]:
        """The calendars of working days."""
        return [each for each in self.vocabulary.parameters if each.type == CALENDAR]

    def number(self, *literals: Constant) -> Expression:
        """A parameter that is a whole number, or one of the literals."""
        numbers = [each for each in self.vocabulary.parameters if each.type == INTEGER]
        return self.choose.pick([*numbers, *literals])


def _choices_of(type_: Type) -> tuple[Type, ...]:
    return (type_,) if type_.name == "choice" else ()


def _leads_to(spec: FieldSpec, fact_class: type[Fact]) -> bool:
    return spec.kind is Kind.REFERENCE and spec.target == fact_class.collection
