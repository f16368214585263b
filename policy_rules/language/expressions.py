"""Expressions: a small closed set of frozen, typed nodes that every reader of a rule walks.

A derived attribute refers to its definition, and a definition is made of expressions: so both stand
here. Every other form of rule is in `rules`.

Rules are written with Python's operators on these nodes (`room.seats >= 12`); nothing is
evaluated when they are written. `&`, `|` and `~` stand for and, or and not: Python's own `and`,
`or` and `not` cannot be overloaded, so a node used as a truth value is an error, not a guess.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Set
from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction
from functools import cached_property, partial, reduce
from itertools import pairwise
from typing import Any, ClassVar, Final, NoReturn, TypeAlias, TypeVar, cast
from typing import Literal as OneOf

from attrs import evolve, field, fields, frozen

from ..facts import NONE, Fact, FieldSpec, Labelled, fields_of, is_none
from ..facts.nothing import NO_DAY, NO_MOMENT, NO_NUMBER, NO_SHARE, NO_TEXT
from .caching import once_for_each
from .citations import Cite
from .exact import literal, number_text
from .expected import expect_labels
from .types import (
    BOOLEAN,
    BY_YEAR,
    CALENDAR,
    DATE,
    INTEGER,
    MOMENT,
    NUMERIC,
    RATIONAL,
    RECURRENCE,
    TEXT,
    TEXTS,
    RuleTypeError,
    Type,
    choice_of,
    set_of,
    type_of_field,
    type_of_value,
)
from .weekdays import Weekday

Operator: TypeAlias = OneOf["<", "<=", "==", "!=", ">=", ">"]
NEGATED: Mapping[Operator, Operator] = {
    "<": ">=", ">=": "<", "<=": ">", ">": "<=", "==": "!=", "!=": "==",
}  # fmt: skip
# The same with its sides in the other order.
MIRRORED: Mapping[Operator, Operator] = {
    "<": ">", ">": "<", "<=": ">=", ">=": "<=", "==": "==", "!=": "!=",
}  # fmt: skip


_E = TypeVar("_E", bound="Expression")

_ROUNDED: Final = (
    'round with `rounded(x, to=1, how="half_up")`',
    '取整请写 `rounded(x, to=1, how="half_up")`',
)
_WHOLE_QUOTIENT: Final = (
    'round a quotient: `rounded(x / y, how="down")`',
    '商取整请写 `rounded(x / y, how="down")`',
)
_MAGNITUDE: Final = ("write `greatest(x, 0 - x)`", "请写 `greatest(x, 0 - x)`")


def _refused(what: str, en: str, zh: str) -> Callable[..., NoReturn]:
    """An operation of Python that rules do not have: what to write instead."""

    def refuse(*_: object) -> NoReturn:
        raise RuleTypeError(f"`{what}` is not for rules: {en}", f"规则中不能用 `{what}`：{zh}")

    return refuse


class Expression:
    """What all nodes share: the operators that build larger nodes."""

    __slots__ = ()

    @property
    def type(self) -> Type:
        raise TypeError("a node has a type")  # pragma: no cover - every node overrides it

    def __bool__(self) -> bool:
        raise RuleTypeError(
            "a rule's expression has no truth value of its own: "
            "join expressions with `&`, `|` and `~`, and compare in one step at a time",
            "规则中的表达式没有真假值：请用 `&`、`|`、`~` 连接，比较分步书写",
        )

    def __ge__(self, other: object) -> Comparison:
        return compare(self, ">=", other)

    def __gt__(self, other: object) -> Comparison:
        return compare(self, ">", other)

    def __le__(self, other: object) -> Comparison:
        return compare(self, "<=", other)

    def __lt__(self, other: object) -> Comparison:
        return compare(self, "<", other)

    def is_(self, other: object) -> Comparison:
        """Equal to. A method, so that `==` keeps its meaning for Python objects."""
        return compare(self, "==", other)

    def is_not(self, other: object) -> Comparison:
        """Not equal to."""
        return compare(self, "!=", other)

    def is_in(self, members: Set[object] | Expression) -> Contains:
        """One of a closed set of members."""
        return Contains(lift(members), as_node(self))

    def has(self, member: object) -> Contains:
        """This set contains the member."""
        return Contains(as_node(self), lift(member))

    def within(self, members: Set[object] | Expression) -> Subset:
        """Every member of this set is in the other one."""
        return Subset(as_node(self), lift(members))

    def overlaps(self, members: Set[object] | Expression) -> Overlaps:
        """This set and the other one have a member in common."""
        return Overlaps(as_node(self), lift(members))

    def any_in(self, members: Set[object] | Expression) -> Overlaps:
        """Some member of this set is in the other one: the same as `overlaps`."""
        return self.overlaps(members)

    def includes(self, members: Set[object] | Expression) -> Subset:
        """Every member of the other set is in this one."""
        return Subset(lift(members), as_node(self))

    def all_start_with(self, prefix: str | Expression) -> AllStartWith:
        """Every text of this set begins with the prefix."""
        return AllStartWith(as_node(self), lift(prefix))

    def some_start_with(self, prefix: str | Expression) -> SomeStartWith:
        """A text of this set begins with the prefix."""
        return SomeStartWith(as_node(self), lift(prefix))

    def starts_with(self, prefix: str | Expression) -> StartsWith:
        """This text, id or reference begins with the prefix; case matters."""
        return StartsWith(as_node(self), lift(prefix))

    def ends_with(self, suffix: str | Expression) -> EndsWith:
        """This text, id or reference ends with the suffix; case matters."""
        return EndsWith(as_node(self), lift(suffix))

    def is_named_in(self, names: Set[str] | Expression, *, after: Iterable[str]) -> NamedIn:
        """This text is one of the names, or ends with one right after a word of `after`.

        So that an official prefix does no harm: `after={"局", "分局"}` finds 黄石派出所 in
        莆田市公安局荔城分局黄石派出所, also where a blank stands between, and not in 新黄石派出所.
        """
        return NamedIn(as_node(self), lift(names), tuple(sorted(set(after))))

    def is_known(self) -> IsKnown:
        """Whether there is a value. Never itself unknown, so use it sparingly: an answer that
        rests on it can change when more becomes known."""
        return IsKnown(as_node(self))

    def is_none(self) -> Node:
        """Whether it is known that there is none: no last day, no number. Unknown while that is.

        No comparison with a value that is none holds. Raises RuleTypeError for what always has a
        value: a field says that it `may_be_none`. Of a text that only `may_be_empty`, it asks
        whether it is; that is a text as any other.
        """
        if isinstance(self, Attribute) and self.spec.may_be_empty:
            return _is_none(self)
        found = absence(as_node(self))
        if found is None:
            raise RuleTypeError(
                f"`{self}` is never none: a field that can be is declared with `may_be_none=True`",
                f"`{self}` 不会没有：可以没有的字段须声明 `may_be_none=True`",
            )
        return found

    def in_year(self, offset: int) -> InYear:
        """The number for the calendar year of the policy's date, plus `offset` years."""
        if type(offset) is not int:
            raise RuleTypeError(
                f"`in_year` takes a number of years from the policy's, found {offset!r}",
                f"`in_year` 应为与基准年相差的年数，实为 {offset!r}",
            )
        return InYear(cast(Attribute, self), offset)

    def plus_years(self, years: int | Expression) -> Moved:
        """The same day that many years later; from 29 February, 28 February where there is none.

        Beyond the calendar (the years 1 to 9999) it is the calendar's last day, or its first.
        """
        return Moved(as_node(self), lift(years), "years")

    def plus_months(self, months: int | Expression) -> Moved:
        """The same day that many months later, or the last of that month where there is none."""
        return Moved(as_node(self), lift(months), "months")

    def plus_days(self, days: int | Expression) -> Moved:
        """The day that many days later."""
        return Moved(as_node(self), lift(days), "days")

    def plus_minutes(self, minutes: int | Expression) -> Moved:
        """The moment that many minutes later."""
        return Moved(as_node(self), lift(minutes), "minutes")

    def plus_working_days(self, days: int | Expression, calendar: Parameter) -> WorkingDaysLater:
        """The day that many working days later, this day not counted; earlier where negative.

        Unknown where the calendar does not know a year on the way.
        """
        return WorkingDaysLater(
            calendar=calendar, named=calendar.name, item=as_node(self), by=lift(days)
        )

    def working_days_until(self, end: date | Expression, calendar: Parameter) -> WorkingDays:
        """How many working days have passed by `end`: those after this day, `end` counted."""
        return WorkingDays(
            calendar=calendar, named=calendar.name, start=as_node(self), end=lift(end)
        )

    def without(self, days_off: Parameter) -> RecurrenceLess:
        """This recurrence less the days off of a calendar: what falls on them is not asked for.

        A period is taken away where each of its days is one. Of a year that the calendar does not
        know it is unknown, and only what was held is settled.
        """
        every = as_node(self)
        _expect(every, "how often something recurs", RECURRENCE)
        if not isinstance(every, Constant | Parameter):
            raise RuleTypeError(
                f"days off are taken from a recurrence once, found `{every}`",
                f"放假日只能从周期中除去一次，实为 `{every}`",
            )
        if not isinstance(days_off, Parameter):
            raise RuleTypeError(
                f"days off are a parameter that is a calendar, found {days_off!r}",
                f"放假日须为日历参数，实为 {days_off!r}",
            )
        return RecurrenceLess(every, days_off, days_off.name)

    def full_years_until(self, end: date | Expression) -> Elapsed:
        """How many whole years have passed by `end`."""
        return Elapsed(as_node(self), lift(end), "years")

    def days_until(self, end: date | Expression) -> Elapsed:
        """How many days have passed by `end`: 1 from one day to the next."""
        return Elapsed(as_node(self), lift(end), "days")

    def minutes_until(self, end: datetime | Expression) -> Elapsed:
        """How many whole minutes have passed from this moment to `end`."""
        return Elapsed(as_node(self), lift(end), "minutes")

    def year(self) -> YearNumber:
        """The calendar year of this date."""
        return YearNumber(as_node(self))

    def weekday(self) -> DayOfWeek:
        """The day of the week of this date, one of `Weekday`."""
        return DayOfWeek(as_node(self))

    def called(self: _E, zh: str = "", en: str = "") -> _E:
        """The same count or total, or a comparison of one; `zh` and `en` say what is counted."""
        zh, en = expect_labels((zh or en, en or zh))  # one that is alone stands for both
        if isinstance(self, Comparison):
            return cast(_E, Comparison(self.op, self.left.called(zh, en), self.right))
        if isinstance(self, Count):
            return cast(_E, Count(self.member, self.where, zh=zh, en=en))
        if isinstance(self, ValueAggregate | Held):
            return evolve(self, zh=zh, en=en)
        raise RuleTypeError(
            f"what is called so gathers related facts, found `{self}`",
            f"只有对关联事实的计数、合计等可以写明所计内容，实为 `{self}`",
        )

    def __and__(self, other: object) -> Node:
        return all_of(as_node(self), lift(other))

    def __or__(self, other: object) -> Node:
        return any_of(as_node(self), lift(other))

    def __invert__(self) -> Not:
        return Not(as_node(self))

    def __add__(self, other: object) -> Arithmetic:
        return Arithmetic("+", as_node(self), lift(other))

    def __radd__(self, other: object) -> Arithmetic:
        return Arithmetic("+", lift(other), as_node(self))

    def __sub__(self, other: object) -> Arithmetic:
        return Arithmetic("-", as_node(self), lift(other))

    def __rsub__(self, other: object) -> Arithmetic:
        return Arithmetic("-", lift(other), as_node(self))

    def __mul__(self, other: object) -> Arithmetic:
        return Arithmetic("*", as_node(self), lift(other))

    def __rmul__(self, other: object) -> Arithmetic:
        return Arithmetic("*", lift(other), as_node(self))

    def __truediv__(self, other: object) -> Arithmetic:
        return Arithmetic("/", as_node(self), lift(other))

    def __rtruediv__(self, other: object) -> Arithmetic:
        return Arithmetic("/", lift(other), as_node(self))

    # What Python would make of a number is refused in words of rules.
    __floordiv__ = __rfloordiv__ = _refused("//", *_WHOLE_QUOTIENT)
    __divmod__ = __rdivmod__ = _refused("divmod", *_WHOLE_QUOTIENT)
    __mod__ = __rmod__ = _refused("%", "there is no remainder in rules", "规则没有取余")
    __pow__ = __rpow__ = _refused("**", "multiply: `x * x`", "请连乘：`x * x`")
    __neg__ = _refused("-x", "subtract: `0 - x`", "请相减：`0 - x`")
    __pos__ = _refused("+x", "write `x`", "请写 `x`")
    __abs__ = _refused("abs", *_MAGNITUDE)
    __round__ = _refused("round", *_ROUNDED)
    __floor__ = _refused("math.floor", *_ROUNDED)
    __ceil__ = _refused("math.ceil", *_ROUNDED)
    __trunc__ = _refused("math.trunc", *_ROUNDED)
    __int__ = __index__ = _refused("int", *_ROUNDED)
    __float__ = __complex__ = _refused(
        "float", "numbers in rules are exact: write `x`", "规则中的数都是精确的：请写 `x`"
    )
    __xor__ = __rxor__ = _refused(
        "^", "one of two is `(a & ~b) | (b & ~a)`", "二者只居其一请写 `(a & ~b) | (b & ~a)`"
    )
    __lshift__ = __rlshift__ = __rshift__ = __rrshift__ = _refused(
        "<<` and `>>", "compare with `<` and `>`", "比较请用 `<` 和 `>`"
    )
    __matmul__ = __rmatmul__ = _refused("@", "multiply with `*`", "相乘请用 `*`")
    __len__ = _refused("len", "count facts: `count(xs)`", "请对事实计数：`count(xs)`")
    __iter__ = __getitem__ = __contains__ = _refused(
        "in", "ask with `x.is_in(xs)`, `xs.has(x)`", "请写 `x.is_in(xs)`、`xs.has(x)`"
    )


class Condition(Expression):
    """A node that is true or false, of whatever it is made."""

    __slots__ = ()

    @property
    def type(self) -> Type:
        return BOOLEAN


class Term(Expression):
    """A node that has a value and is never true or false.

    What reads a value as it was given (an attribute, a constant…) can be either, and is neither.
    """

    __slots__ = ()


class Operation(Expression):
    """A node that is unknown as soon as one of its parts is, and reads nothing else."""

    __slots__ = ()


def _expect(node: Node, what: str, *types: Type) -> None:
    if node.type not in types:
        wanted = " or ".join(str(each) for each in types)
        raise RuleTypeError(
            f"{what} must be {wanted}, found {node.type} in `{node}`",
            f"此处的类型须为 {wanted.replace(' or ', ' 或 ')}，`{node}` 的类型为 {node.type}",
        )


@frozen(eq=False, repr=False)
class Variable:
    """A fact that a rule speaks of: its subject, or each related fact of an aggregate.

    A related fact has a `link`, the field of its own that names the fact `of` which it is a part.
    A fact that another one refers to has a `via`, the field of the other that names it.
    """

    fact_class: type[Fact]
    link: str | None = None
    of: Variable | None = None
    via: str | None = None

    @property
    def root(self) -> Variable:
        """The variable that is bound to a fact: this one, or that from which references lead."""
        return self if self.via is None or self.of is None else self.of.root

    def __str__(self) -> str:
        return self.fact_class.en.replace(" ", "_")


_SUBJECTS: dict[type[Fact], Variable] = {}


def subject_variable(fact_class: type[Fact]) -> Variable:
    """The one variable that stands for the subject of every rule about a class of facts.

    One for all, so that an exception can speak of the subject of a rule in another clause.
    """
    return _SUBJECTS.setdefault(fact_class, Variable(fact_class))


@frozen(eq=False, repr=False)
class Constant(Expression):
    """A literal value. An empty set does not show its type, so it carries one."""

    value: Any
    of: Type | None = None

    @property
    def type(self) -> Type:
        return self.of or type_of_value(self.value)

    def __str__(self) -> str:
        if isinstance(self.value, frozenset):
            return "{" + ", ".join(sorted(str(member) for member in self.value)) + "}"
        return number_text(self.value) if self.type == RATIONAL else str(self.value)


@frozen
class AmendedValue:
    """The sentence of an amendment that gives a parameter its value from a day on."""

    since: date
    cite: str
    quote: str


@frozen(eq=False, repr=False)
class Parameter(Expression):
    """A number (or other value) that the directive sets, with the dates from which it holds.

    A parameter without a value stands for a number that the text leaves open ("regularly"): what
    depends on it is undetermined until the user sets one.

    In a rule on acts that amendments change, it stands as amended so many `amended_times`.
    """

    name: str
    type: Type
    values: tuple[tuple[date | None, Any], ...]
    cite: str
    quote: str
    zh: str
    en: str
    unit_zh: str = ""
    unit_en: str = ""
    amended: tuple[AmendedValue, ...] = ()
    amended_times: int | None = None

    def __attrs_post_init__(self) -> None:
        if self.type == RATIONAL:  # one that is whole is a number of this type all the same
            values = tuple((since, Fraction(value)) for since, value in self.values)
            object.__setattr__(self, "values", values)

    def at(self, day: date) -> Any:
        """The value that holds on a day, or None where there is none."""
        return _held(self.values, day)

    def since(self, day: date) -> date | None:
        """From when the value that holds on a day has held; None: from the beginning, or none."""
        held = [since for since, _ in self.values if since is None or since <= day]
        return held[-1] if held else None

    def __str__(self) -> str:
        return self.name


@frozen(eq=False, repr=False)
class ReadingIs(Condition):
    """True under one option of a reading. Readings are chosen, so this is never unknown."""

    reading: Reading
    option: str

    def __str__(self) -> str:
        return f"{self.reading.name} = {self.option}"


@frozen
class Option:
    """One way to read the text."""

    name: str
    zh: str
    en: str


@frozen(eq=False)
class Reading:
    """A question that the text leaves open, its competing answers, and the one taken by default."""

    name: str
    cite: str
    zh: str
    en: str
    options: tuple[Option, ...]
    default: str
    why_zh: str
    why_en: str

    def is_(self, option: str) -> ReadingIs:
        """True where the policy takes this option."""
        if option not in {each.name for each in self.options}:
            raise RuleTypeError(
                f"reading `{self.name}` has no option `{option}`",
                f"口径 `{self.name}` 没有选项 `{option}`",
            )
        return ReadingIs(self, option)


@frozen(eq=False, repr=False)
class AsOf(Term):
    """The date of the policy."""

    @property
    def type(self) -> Type:
        return DATE

    def __str__(self) -> str:
        return "as_of"


@frozen(eq=False, repr=False)
class Deadline(Term):
    """The date by which facts count: when the rule is due, or the policy's date if that is earlier.

    It stands in requirements that are due on a date, and nowhere else.
    """

    @property
    def type(self) -> Type:
        return DATE

    def __str__(self) -> str:
        return "deadline"


@frozen(eq=False, repr=False)
class Attribute(Expression):
    """A field of a fact, as it was given."""

    of: Variable
    spec: FieldSpec

    @property
    def type(self) -> Type:
        return type_of_field(self.spec)

    def __str__(self) -> str:
        return f"{self.of}.{self.spec.name}"


@frozen(eq=False, repr=False, kw_only=True)
class Ending:
    """The sentence of an amendment by which a rule ends, and what is said of it in our words.

    A rule that is `replaced` has another in its place, which stands in that sentence.
    """

    cite: Cite
    quote: str
    zh: str = ""
    en: str = ""
    replaced: bool = False


@frozen(eq=False, repr=False, kw_only=True)
class Source:
    """Where a rule stands: its citation, the operative words, and when it is valid.

    Both days are included. `ended_by` says what ended it, where an amendment did. A rule on acts
    that holds `by_day` has in its condition on which of them it holds, whatever the policy's date.
    """

    cite: Cite
    quote: str
    valid_from: date | None = None
    valid_until: date | None = None
    ended_by: Ending | None = None
    by_day: bool = False

    def in_force(self, day: date) -> bool:
        """Whether the rule's own validity covers the day."""
        since, until = self.valid_from, self.valid_until
        if self.by_day:  # what amendments begin and end is in the condition
            since = None if self.cite.document else since
            until = None if self.ended_by is not None else until
        return (since is None or since <= day) and (until is None or day <= until)


@frozen(eq=False, repr=False, kw_only=True)
class Constitutive(Source):
    """One rule of a definition: under the condition, the attribute has the value."""

    condition: Node
    value: Node


@frozen(eq=False, repr=False, kw_only=True)
class Definition:
    """A derived attribute of a fact, and the rules that give it a value.

    `otherwise` holds where none of the rules applies; `formerly` are those that did so before an
    amendment, each until a day. `no_zh` and `no_en` say that a yes or no is no. One that is `inner`
    stands in rules on acts, for one of the states of an amended directive; it is not asked for.
    A number has at most so many decimal `places`, where that is said.
    """

    subject: Variable
    name: str
    type: Type
    zh: str
    en: str
    rules: tuple[Constitutive, ...]
    unit_zh: str = ""
    unit_en: str = ""
    no_zh: str = ""
    no_en: str = ""
    formerly: tuple[Constitutive, ...] = ()
    otherwise: Constitutive | None = None
    inner: bool = False
    places: int | None = None

    @property
    def written_name(self) -> str:
        """The name by which its author and those who ask know it, for an inner one too."""
        return self.name.rpartition("__")[0] if self.inner else self.name

    def of(self, subject: Subject) -> Derived:
        """The attribute, as read from a fact."""
        return Derived(variable_of(subject), self)

    def outcomes(self) -> Iterator[Constitutive]:
        """All the rules, the one for all other cases last."""
        yield from self.rules
        yield from self.formerly
        if self.otherwise:
            yield self.otherwise


@frozen(eq=False, repr=False)
class Derived(Expression):
    """An attribute that a definition gives a fact."""

    of: Variable
    definition: Definition

    def __attrs_post_init__(self) -> None:
        if self.of.fact_class is not self.definition.subject.fact_class:
            raise RuleTypeError(
                f"`{self.definition.name}` is defined of {self.definition.subject}, not {self.of}",
                f"`{self.definition.name}` 是{self.definition.subject.fact_class.zh}的定义，"
                f"不是{self.of.fact_class.zh}的",
            )

    @property
    def type(self) -> Type:
        return self.definition.type

    def __str__(self) -> str:
        return f"{self.of}.{self.definition.name}"


@frozen(eq=False, repr=False)
class InYear(Term):
    """The number that a by-year field holds for the policy's year plus an offset."""

    item: Attribute
    offset: int

    def __attrs_post_init__(self) -> None:
        _expect(self.item, "what is read by year", BY_YEAR)

    @property
    def type(self) -> Type:
        return INTEGER

    def __str__(self) -> str:
        return f"{self.item}[year{self.offset:+d}]"


@frozen(eq=False, repr=False)
class Comparison(Condition):
    """Two values of one type, compared. Order is for numbers and dates only."""

    op: Operator
    left: Node
    right: Node

    def __attrs_post_init__(self) -> None:
        left, right = self.left.type, self.right.type
        if left != right and not (left in NUMERIC and right in NUMERIC):
            raise RuleTypeError(
                f"cannot compare {left} with {right} in `{self}`",
                f"不能比较 {left} 和 {right}：`{self}`",
            )
        if self.op not in ("==", "!=") and left not in (*NUMERIC, DATE, MOMENT):
            raise RuleTypeError(
                f"{left} has no order, in `{self}`", f"{left} 没有大小先后：`{self}`"
            )
        if left == BY_YEAR:
            raise RuleTypeError(
                f"compare the number of one year (`in_year`), in `{self}`",
                f"请取某一年的数（`in_year`）再比较：`{self}`",
            )
        if left in (RECURRENCE, CALENDAR):
            raise RuleTypeError(
                f"{left} cannot be compared, in `{self}`", f"{left} 不能比较：`{self}`"
            )

    def __str__(self) -> str:
        return f"({self.left} {self.op} {self.right})"


@frozen(eq=False, repr=False)
class IsNone(Comparison):
    """A field holds what stands in it for none."""

    def __str__(self) -> str:
        return f"({self.left} is none)"


@frozen(eq=False, repr=False)
class _Junction(Condition):
    items: tuple[Node, ...]

    def __attrs_post_init__(self) -> None:
        for item in self.items:
            _expect(item, "each operand", BOOLEAN)


@frozen(eq=False, repr=False)
class And(_Junction):
    """All of the items hold."""

    def __str__(self) -> str:
        return "(" + " & ".join(str(item) for item in self.items) + ")"


@frozen(eq=False, repr=False)
class Or(_Junction):
    """At least one of the items holds."""

    def __str__(self) -> str:
        return "(" + " | ".join(str(item) for item in self.items) + ")"


@frozen(eq=False, repr=False)
class Not(Condition):
    """The item does not hold."""

    item: Node

    def __attrs_post_init__(self) -> None:
        _expect(self.item, "what is negated", BOOLEAN)

    def __str__(self) -> str:
        return f"~{self.item}"


@frozen(eq=False, repr=False)
class Given(Not):
    """A value is not none: joined to whatever is asked about it, which is else false."""


@frozen(eq=False, repr=False)
class Arithmetic(Term, Operation):
    """Exact arithmetic. A quotient is rational; its divisor is shown by its form to be positive."""

    op: OneOf["+", "-", "*", "/"]
    left: Node
    right: Node

    def __attrs_post_init__(self) -> None:
        if DATE in (self.left.type, self.right.type):
            raise RuleTypeError(
                f"numbers are added and subtracted, found a date in `{self}`; the days between two "
                "are `start.days_until(end)`, a later day is `day.plus_days(10)`",
                f"加减的须为数，`{self}` 中有日期；两个日期之间的天数写作 `start.days_until(end)`，"
                "此后某日写作 `day.plus_days(10)`",
            )
        _expect(self.left, "the left operand", *NUMERIC)
        _expect(self.right, "the right operand", *NUMERIC)
        if self.op == "/" and not at_least(self.right, 1):
            raise RuleTypeError(
                f"the divisor may be 0, in `{self}`; compare by multiplication instead: "
                "`a >= share * b`",
                f"除数可能为 0：`{self}`；可改用乘法比较：`a >= share * b`",
            )

    @cached_property
    def type(self) -> Type:
        whole = self.left.type == self.right.type == INTEGER and self.op != "/"
        return INTEGER if whole else RATIONAL

    def __str__(self) -> str:
        return f"({self.left} {self.op} {self.right})"


@frozen(eq=False, repr=False)
class ExtremeOf(Term, Operation):
    """The greatest, or the least, of several values: numbers, dates or moments."""

    items: tuple[Node, ...]
    pick: OneOf["greatest", "least"]

    def __attrs_post_init__(self) -> None:
        if len(self.items) < 2:
            raise RuleTypeError(
                f"the {self.pick} is of two values or more, in `{self}`",
                f"须给出两个以上的值：`{self}`",
            )
        what, first = f"each value of which the {self.pick} is taken", self.items[0]
        _expect(first, what, *NUMERIC, DATE, MOMENT)
        for item in self.items:
            _expect(item, what, *(NUMERIC if first.type in NUMERIC else (first.type,)))

    @cached_property
    def type(self) -> Type:
        types = {item.type for item in self.items}
        return types.pop() if len(types) == 1 else RATIONAL

    def __str__(self) -> str:
        return f"{self.pick}({', '.join(map(str, self.items))})"


Rounding: TypeAlias = OneOf["half_up", "half_even", "up", "down"]


@frozen(eq=False, repr=False)
class Rounded(Term, Operation):
    """A number as a multiple of `to`, which is positive.

    `half_up` takes the nearest, of two that are as near the one farther from zero; `half_even` of
    these the even multiple; `up` the next one away from zero, `down` the one towards zero.
    """

    item: Node
    to: int | Fraction
    how: Rounding

    def __attrs_post_init__(self) -> None:
        _expect(self.item, "what is rounded", *NUMERIC)

    @property
    def type(self) -> Type:
        return INTEGER if self.to.denominator == 1 else RATIONAL

    @property
    def in_steps(self) -> Node:
        """The number, counted in what it is rounded to."""
        return self.item if self.to == 1 else self.item * (1 / Fraction(self.to))

    @property
    def steps_of(self) -> int:
        """How many of the parts in which `to` is told it has."""
        return self.to.numerator

    def __str__(self) -> str:
        return f"rounded({self.item}, to={number_text(self.to)}, how={self.how})"


@frozen(eq=False, repr=False)
class Tiers(Term, Operation):
    """A number in brackets, each part of it at the rate of its bracket (a progressive scale).

    `items` are the number, then of each bracket its rate and the limit up to which it reaches,
    included; the last bracket has a rate only. What is below zero counts as zero.
    """

    items: tuple[Node, ...]

    def __attrs_post_init__(self) -> None:
        _expect(self.items[0], "what is in brackets", *NUMERIC)
        for each in self.items[1:]:
            _expect(each, "each limit and rate", *NUMERIC)
            if not isinstance(each, Constant | Parameter):
                raise RuleTypeError(
                    f"limits and rates are constants or parameters, in `{self}`",
                    f"各级的限额和比率须为常数或参数：`{self}`",
                )
        limits = [limit for limit, _ in self.brackets if limit is not None]
        for below, above in pairwise((ZERO, *limits)):
            if not always_less(below, above):
                raise RuleTypeError(
                    f"the limits of brackets ascend, `{above}` does not, in `{self}`",
                    f"各级限额须递增，`{above}` 不是：`{self}`",
                )

    @property
    def of(self) -> Node:
        """The number that is in brackets."""
        return self.items[0]

    @property
    def brackets(self) -> tuple[tuple[Node | None, Node], ...]:
        """The limit and the rate of each bracket; the last one has no limit."""
        rates, limits = self.items[1::2], self.items[2::2]
        return tuple(zip((*limits, None), rates, strict=True))

    def parts(self) -> Iterator[Node]:
        """What of the number is in each bracket."""
        below: Node = ZERO
        for limit, _ in self.brackets:
            above = ExtremeOf((self.of, below), "greatest")
            upto = above if limit is None else ExtremeOf((above, limit), "least")
            yield upto if below is ZERO else Arithmetic("-", upto, below)
            below = ZERO if limit is None else limit

    @property
    def sum(self) -> Node:
        """What it comes to, in other nodes."""
        rates = (rate for _, rate in self.brackets)
        parts = (Arithmetic("*", rate, of) for rate, of in zip(rates, self.parts(), strict=True))
        return reduce(partial(Arithmetic, "+"), parts)

    @property
    def type(self) -> Type:
        return self.sum.type

    def __str__(self) -> str:
        *limited, (_, beyond) = self.brackets
        listed = [f"({limit}, {rate})" for limit, rate in limited]
        return f"tiers({', '.join([str(self.of), *listed, str(beyond)])})"


@frozen(eq=False, repr=False)
class ByChoice(Term):
    """The value that stands for a choice, of a list that has one for each.

    `items` are the choice, then the values; `choices` says for which choices each value stands.
    None: it is the last, and stands for all others. Only the value that is looked up is asked for:
    what another one comes to does not matter.
    """

    items: tuple[Node, ...]
    choices: tuple[frozenset[Labelled] | None, ...]

    def __attrs_post_init__(self) -> None:
        types = dict.fromkeys(value.type for value in self.values)
        numbers = all(type_ in NUMERIC for type_ in types)
        if len(types) > 1 and not numbers:
            listed = [str(each) for each in types]
            raise RuleTypeError(
                f"the values of choices have one type, found {' and '.join(listed)} in `{self}`",
                f"各选项的值须为同一类型，实为 {'、'.join(listed)}：`{self}`",
            )
        if not numbers and not (types.keys() <= {DATE, MOMENT, TEXT} or self.type.name == "choice"):
            raise RuleTypeError(
                f"what stands for a choice is a number, date, moment, text or choice, "
                f"found {self.type} in `{self}`",
                f"各选项的值须为数、日期、时间、文字或选项，`{self}` 的类型为 {self.type}",
            )

    @property
    def of(self) -> Node:
        """The choice."""
        return self.items[0]

    @property
    def values(self) -> tuple[Node, ...]:
        """What stands for the choices."""
        return self.items[1:]

    @property
    def entries(self) -> tuple[tuple[frozenset[Labelled] | None, Node], ...]:
        """The choices and the value that stands for them; the last one for all others.

        So it stands for a choice that is none, too, where no value is said to: that there is none
        is known then, as far as the last value is.
        """
        return tuple(zip((*self.choices[:-1], None), self.values, strict=True))

    def value_of(self, choice: object) -> Node:
        """The value that stands for a choice."""
        listed = self.entries[:-1]
        found = (value for choices, value in listed if choices is not None and choice in choices)
        return next(found, self.values[-1])

    def is_among(self, choices: frozenset[Labelled] | None) -> Node:
        """The choice, which is known, is one of these; None: it is one of the others."""
        if choices is None:
            listed = frozenset[Labelled]().union(*(each for each in self.choices[:-1] if each))
            return Not(self.is_among(listed)) if listed else TRUE
        first, *others = choices
        if not others:
            return Comparison("==", self.of, Constant(first))
        return Contains(Constant(choices, set_of(type(first))), self.of)

    def with_values(self, values: Iterable[Node]) -> ByChoice:
        """The same look-up of other values."""
        return ByChoice((self.of, *values), self.choices)

    @cached_property
    def type(self) -> Type:
        types = {value.type for value in self.values}
        return types.pop() if len(types) == 1 else RATIONAL

    def __str__(self) -> str:
        listed = [
            f"{'otherwise' if choices is None else ', '.join(sorted(map(str, choices)))}: {value}"
            for choices, value in zip(self.choices, self.values, strict=True)
        ]
        return f"by_choice({self.of}, {'; '.join(listed)})"


@frozen(eq=False, repr=False)
class Contains(Condition, Operation):
    """The set contains the member."""

    container: Node
    member: Node

    def __attrs_post_init__(self) -> None:
        inside, member = self.container.type, self.member.type
        fits = inside == TEXTS and member == TEXT
        if member.choices is not None:
            fits = inside == set_of(member.choices) and member == choice_of(member.choices)
        if not fits:
            raise RuleTypeError(
                f"{inside} cannot contain {member}, in `{self}`",
                f"{inside} 不能包含 {member}：`{self}`",
            )

    def __str__(self) -> str:
        return f"({self.member} in {self.container})"


@frozen(eq=False, repr=False)
class _TwoSets(Condition, Operation):
    left: Node
    right: Node

    def __attrs_post_init__(self) -> None:
        _expect(self.left, "the left set", self.right.type)
        if self.left.type != TEXTS and self.left.type.name != "set":
            raise RuleTypeError(
                f"{self.left.type} is not a set, in `{self}`",
                f"{self.left.type} 不是集合：`{self}`",
            )


@frozen(eq=False, repr=False)
class Subset(_TwoSets):
    """Every member of the left set is in the right one."""

    def __str__(self) -> str:
        return f"({self.left} within {self.right})"


@frozen(eq=False, repr=False)
class Overlaps(_TwoSets):
    """Some member of the left set is in the right one."""

    def __str__(self) -> str:
        return f"({self.left} overlaps {self.right})"


@frozen(eq=False, repr=False)
class _TextsStart(Condition, Operation):
    item: Node
    prefix: Node

    def __attrs_post_init__(self) -> None:
        _expect(self.item, "the set", TEXTS)
        _expect(self.prefix, "the prefix", TEXT)


@frozen(eq=False, repr=False)
class AllStartWith(_TextsStart):
    """Every text of the set begins with the prefix."""

    def __str__(self) -> str:
        return f"(every {self.item} starts with {self.prefix})"


@frozen(eq=False, repr=False)
class SomeStartWith(_TextsStart):
    """A text of the set begins with the prefix."""

    def __str__(self) -> str:
        return f"(some of {self.item} starts with {self.prefix})"


@frozen(eq=False, repr=False)
class StartsWith(Condition, Operation):
    """The text begins with the prefix."""

    item: Node
    prefix: Node

    def __attrs_post_init__(self) -> None:
        _expect(self.item, "what has a beginning", TEXT)
        _expect(self.prefix, "the prefix", TEXT)

    def __str__(self) -> str:
        return f"({self.item} starts with {self.prefix})"


@frozen(eq=False, repr=False)
class EndsWith(Condition, Operation):
    """The text ends with the suffix."""

    item: Node
    suffix: Node

    def __attrs_post_init__(self) -> None:
        _expect(self.item, "what has an end", TEXT)
        _expect(self.suffix, "the suffix", TEXT)

    def __str__(self) -> str:
        return f"({self.item} ends with {self.suffix})"


@frozen(eq=False, repr=False)
class NamedIn(Condition, Operation):
    """The text is one of the names, or ends with one that stands right after one of the words."""

    item: Node
    names: Node
    after: tuple[str, ...]

    def __attrs_post_init__(self) -> None:
        _expect(self.item, "what has a name", TEXT)
        _expect(self.names, "the names", TEXTS)
        if not isinstance(self.names, Constant | Parameter):
            raise RuleTypeError(
                f"the names are a constant or a parameter, found `{self.names}`",
                f"名称表须为常数或参数，实为 `{self.names}`",
            )
        if "" in self.after or not all(isinstance(word, str) for word in self.after):
            raise RuleTypeError(
                f"a name stands after words, found {self.after!r}",
                f"名称之前应为文字，实为 {self.after!r}",
            )

    @cached_property
    def before_names(self) -> tuple[str, ...]:
        """What may stand before a name: one of the words, and a blank of either width or none."""
        return tuple(word + blank for word in self.after for blank in ("", " ", "\u3000"))

    def __str__(self) -> str:
        return f"({self.item} named in {self.names} after {', '.join(self.after)})"


@frozen(eq=False, repr=False)
class Moved(Term, Operation):
    """A date moved by years, months or days, or a moment by minutes."""

    item: Node
    by: Node
    unit: OneOf["years", "months", "days", "minutes"]

    def __attrs_post_init__(self) -> None:
        _expect(self.item, "what is moved", MOMENT if self.unit == "minutes" else DATE)
        _expect(self.by, f"the number of {self.unit}", INTEGER)

    @cached_property
    def type(self) -> Type:
        return self.item.type

    def __str__(self) -> str:
        return f"({self.item} + {self.by} {self.unit})"


@frozen(eq=False, repr=False)
class Elapsed(Term, Operation):
    """Whole years or days between two dates, or minutes between two moments.

    What is not whole is left out; 0 or less where the end comes first.
    """

    start: Node
    end: Node
    unit: OneOf["years", "days", "minutes"]

    def __attrs_post_init__(self) -> None:
        between = MOMENT if self.unit == "minutes" else DATE
        _expect(self.start, "the start", between)
        _expect(self.end, "the end", between)

    @property
    def type(self) -> Type:
        return INTEGER

    def __str__(self) -> str:
        return f"full_{self.unit}({self.start}, {self.end})"


@frozen(eq=False, repr=False)
class DayOfWeek(Term, Operation):
    """The day of the week of a date."""

    item: Node

    def __attrs_post_init__(self) -> None:
        _expect(self.item, "what has a day of the week", DATE)

    @property
    def type(self) -> Type:
        return choice_of(Weekday)

    def __str__(self) -> str:
        return f"weekday({self.item})"


@frozen(eq=False, repr=False, kw_only=True)
class ByCalendar(Term):
    """What is worked out by a calendar of working days.

    It is unknown where a part is, and where the calendar does not know a year on the way. `named`
    is the parameter, also where its value has been put in its place.
    """

    calendar: Constant | Parameter
    named: str

    def __attrs_post_init__(self) -> None:
        _expect(self.calendar, "what says which days are worked", CALENDAR)


@frozen(eq=False, repr=False, kw_only=True)
class WorkingDaysLater(ByCalendar):
    """A date moved by working days."""

    item: Node
    by: Node

    def __attrs_post_init__(self) -> None:
        ByCalendar.__attrs_post_init__(self)
        _expect(self.item, "what is moved", DATE)
        _expect(self.by, "the number of working days", INTEGER)

    @property
    def type(self) -> Type:
        return DATE

    def __str__(self) -> str:
        return f"({self.item} + {self.by} working days by {self.named})"


@frozen(eq=False, repr=False, kw_only=True)
class WorkingDays(ByCalendar):
    """The working days after one date, up to and with another; negative where that comes first."""

    start: Node
    end: Node

    def __attrs_post_init__(self) -> None:
        ByCalendar.__attrs_post_init__(self)
        _expect(self.start, "the start", DATE)
        _expect(self.end, "the end", DATE)

    @property
    def type(self) -> Type:
        return INTEGER

    def __str__(self) -> str:
        return f"working_days({self.start}, {self.end}, {self.named})"


@frozen(eq=False, repr=False)
class YearNumber(Term, Operation):
    """The calendar year of a date."""

    item: Node

    def __attrs_post_init__(self) -> None:
        _expect(self.item, "what has a year", DATE)

    @property
    def type(self) -> Type:
        return INTEGER

    def __str__(self) -> str:
        return f"year({self.item})"


@frozen(eq=False, repr=False)
class Aggregate(Term):
    """What is gathered over related facts: each `member` for which the condition `where` holds.

    `zh` and `en` say what is gathered, in the author's words.
    """

    member: Variable
    where: Node
    zh: str = field(default="", kw_only=True, eq=False)
    en: str = field(default="", kw_only=True, eq=False)

    def __attrs_post_init__(self) -> None:
        _expect(self.where, f"the condition of a {type(self).__name__.lower()}", BOOLEAN)

    @property
    def gathered(self) -> Node:
        """What is gathered of each member."""
        raise TypeError("an aggregate gathers something")  # pragma: no cover - each overrides it

    @property
    def of_member(self) -> tuple[Node, ...]:
        """The parts that are asked of each member."""
        return (self.where, self.gathered)

    @property
    def asked_once(self) -> tuple[Node, ...]:
        """The parts that are asked once, whatever the members are."""
        return ()


class Additive(Expression):
    """What adds up over the members, so that it is known anew from what one of them adds.

    Nothing that is added is negative.
    """

    __slots__ = ()


@frozen(eq=False, repr=False)
class Count(Aggregate, Additive):
    """How many related facts satisfy the condition."""

    @property
    def gathered(self) -> Node:
        """Each counts one."""
        return ONE

    @property
    def type(self) -> Type:
        return INTEGER

    def __str__(self) -> str:
        return f"count({self.member} where {self.where})"


@frozen(eq=False, repr=False)
class ValueAggregate(Aggregate):
    """What the values come to that the members have.

    `words` say so in Chinese and in English, of a `{value}` and of the class `{of}`, where the
    author says nothing.
    """

    words: ClassVar[tuple[str, str]]

    value: Node

    @property
    def gathered(self) -> Node:
        """The value."""
        return self.value

    @property
    def compared(self) -> tuple[Node, ...]:
        """What is added up or compared: numbers of steps in common."""
        return (self.value,)


@frozen(eq=False, repr=False)
class Total(ValueAggregate, Additive):
    """The sum of a value over the related facts that satisfy the condition.

    Only of values that cannot be negative: otherwise a partial list would bound nothing.
    """

    words = "各{of}{value}之和", "total {value} over {of} records"

    def __attrs_post_init__(self) -> None:
        Aggregate.__attrs_post_init__(self)
        _expect(self.value, "what is summed", *NUMERIC)
        _expect_steps(self.value, "summed", "合计的值")
        if not at_least(self.value, 0):
            raise RuleTypeError(
                f"`{self.value}` may be negative, so its total has no bounds",
                f"`{self.value}` 可能为负，合计没有界限",
            )

    @property
    def type(self) -> Type:
        return self.value.type

    def __str__(self) -> str:
        return f"total({self.value} of {self.member} where {self.where})"


@frozen(eq=False, repr=False)
class AggregateOrElse(ValueAggregate):
    """What the values come to, and what it is `otherwise`, where no member counts.

    What it is otherwise may be any expression that does not speak of the members.
    """

    otherwise: Node

    @property
    def asked_once(self) -> tuple[Node, ...]:
        """What it is otherwise."""
        return (self.otherwise,)


@frozen(eq=False, repr=False)
class Extreme(AggregateOrElse):
    """The greatest, or the least, of a value over the related facts that satisfy the condition."""

    words = "各{of}{value}", "{value} of {of} records"

    pick: OneOf["greatest", "least"]

    def __attrs_post_init__(self) -> None:
        Aggregate.__attrs_post_init__(self)
        _expect(self.value, f"what the {self.pick} is sought of", *NUMERIC, DATE, MOMENT)
        wanted = NUMERIC if self.value.type in NUMERIC else (self.value.type,)
        _expect(self.otherwise, "what it is otherwise", *wanted)
        for each in (self.value, self.otherwise):
            _expect_steps(each, "compared over related facts", "关联事实中比较的值")

    @property
    def compared(self) -> tuple[Node, ...]:
        """The values, and what it is otherwise."""
        return (self.value, self.otherwise)

    @property
    def picked(self) -> tuple[str, str]:
        """Which of the values it is, in Chinese and in English."""
        if self.type in NUMERIC:
            return ("最大的" if self.pick == "greatest" else "最小的"), self.pick
        return ("最晚的", "latest") if self.pick == "greatest" else ("最早的", "earliest")

    @property
    def type(self) -> Type:
        same = self.value.type == self.otherwise.type
        return self.value.type if same else RATIONAL

    def __str__(self) -> str:
        of = f"{self.value} of {self.member} where {self.where}"
        return f"{self.pick}({of}, otherwise {self.otherwise})"


@frozen(eq=False, repr=False)
class Average(AggregateOrElse):
    """The exact mean of a value over the related facts that satisfy the condition.

    It is known where the list is whole, and it is known of each member whether it counts and with
    what value; it has no bounds before.
    """

    words = "各{of}{value}的平均数", "average {value} of {of} records"

    def __attrs_post_init__(self) -> None:
        Aggregate.__attrs_post_init__(self)
        _expect(self.value, "what is averaged", *NUMERIC)
        _expect_steps(self.value, "averaged", "求平均的值")
        _expect(self.otherwise, "what it is otherwise", *NUMERIC)

    @property
    def type(self) -> Type:
        return RATIONAL

    def __str__(self) -> str:
        of = f"{self.value} of {self.member} where {self.where}"
        return f"average({of}, otherwise {self.otherwise})"


@frozen(eq=False, repr=False)
class RecurrenceLess(Term):
    """A recurrence less the days off of a calendar; `named` is that parameter, also where its value
    has been put in its place. It is known where the recurrence is: which periods it takes away is
    another question."""

    every: Constant | Parameter
    days_off: Constant | Parameter
    named: str

    def __attrs_post_init__(self) -> None:
        _expect(self.days_off, "what says which days are off", CALENDAR)

    @property
    def type(self) -> Type:
        return RECURRENCE

    def __str__(self) -> str:
        return f"({self.every} without the days off of {self.named})"


@frozen(eq=False, repr=False)
class Periods(Term):
    """How many periods of a recurrence the policy judges: those of the twelve months before its
    date that have ended, or the last one where a period is longer, and that began when the
    directive was in force, and not before `since`."""

    every: Constant | Parameter | RecurrenceLess
    since: date | None = None

    def __attrs_post_init__(self) -> None:
        _expect_recurrence(self.every)

    @property
    def type(self) -> Type:
        return INTEGER

    def __str__(self) -> str:
        return f"periods({self.every})"


@frozen(eq=False, repr=False)
class Held(Aggregate):
    """In how many of those periods a related fact satisfies the condition; `on` is its date."""

    on: Node
    every: Constant | Parameter | RecurrenceLess
    since: date | None = None

    def __attrs_post_init__(self) -> None:
        Aggregate.__attrs_post_init__(self)
        _expect(self.on, "the date of what recurs", DATE)
        _expect_recurrence(self.every)

    @property
    def gathered(self) -> Node:
        """The date."""
        return self.on

    @property
    def asked_once(self) -> tuple[Node, ...]:
        """How often it recurs."""
        return (self.every,)

    @property
    def type(self) -> Type:
        return INTEGER

    def __str__(self) -> str:
        return f"held({self.member} where {self.where} on {self.on}, {self.every})"


def _expect_recurrence(node: Node) -> None:
    _expect(as_node(node), "how often something recurs", RECURRENCE)
    if not isinstance(node, Constant | Parameter | RecurrenceLess):
        raise RuleTypeError(
            f"a recurrence is a constant or a parameter, found `{node}`",
            f"周期须为常数或参数，实为 `{node}`",
        )


@frozen(eq=False, repr=False)
class FirstKnown(Expression):
    """The first value where it is known, else the second. To need it is to need the first."""

    first: Node
    second: Node

    def __attrs_post_init__(self) -> None:
        _expect(self.second, "the second value", self.first.type)

    @cached_property
    def type(self) -> Type:
        return self.first.type

    def __str__(self) -> str:
        return f"first_known({self.first}, {self.second})"


@frozen(eq=False, repr=False)
class IsKnown(Condition):
    """The item has a value."""

    item: Node

    def __str__(self) -> str:
        return f"known({self.item})"


@frozen(eq=False, repr=False)
class Exempted(Condition):
    """An exemption from the cited sentence is held by the subject and valid on a date."""

    of: Variable
    cite: str
    on: Node

    def __str__(self) -> str:
        return f"exempted({self.of}, {self.cite}, {self.on})"


@frozen(eq=False, repr=False)
class Noted(Expression):
    """A condition with a citation of its own (an exception), kept for proofs; else transparent."""

    item: Node
    cite: str
    quote: str
    zh: str
    en: str

    @cached_property
    def type(self) -> Type:
        return self.item.type

    def __str__(self) -> str:
        return str(self.item)


@frozen(eq=False, repr=False)
class BeforeForce(Noted):
    """That an act, or a year, was before its directive was in force, where such are left out."""


@frozen(eq=False, repr=False)
class ByDay(Noted):
    """A condition on an act that is not the same in all states of an amended directive.

    `zh_rules` and `en_rules` say of which each of its `parts` is; else it is as transparent as any
    note. `measured` is the comparison that it comes to, where it does.
    """

    zh_rules: tuple[str, ...]
    en_rules: tuple[str, ...]
    measured: Node = Constant(True)

    @property
    def parts(self) -> tuple[tuple[Node, Node], ...]:
        """When an act comes under each state, and the condition in it."""
        assert isinstance(self.item, FirstKnown)
        selected = self.item.first
        assert isinstance(selected, Or)
        pairs = [each.items for each in selected.items if isinstance(each, And)]
        return tuple((within, condition) for within, condition in pairs)


AdditiveNode: TypeAlias = Count | Total
OrElseNode: TypeAlias = Extreme | Average
AggregateNode: TypeAlias = AdditiveNode | Held | OrElseNode
Node: TypeAlias = (
    Constant | Parameter | ReadingIs | AsOf | Deadline | Attribute | Derived | InYear | Comparison
    | And | Or | Not | Arithmetic | ExtremeOf | Rounded | Tiers | ByChoice | Contains | Subset
    | Overlaps
    | AllStartWith | SomeStartWith | StartsWith | EndsWith | NamedIn | Moved | Elapsed | YearNumber
    | DayOfWeek
    | WorkingDaysLater | WorkingDays | AggregateNode | RecurrenceLess | Periods | FirstKnown
    | IsKnown | Exempted
    | Noted
)  # fmt: skip

ZERO: Node = Constant(0)
ONE: Node = Constant(1)
TRUE: Node = Constant(True)
FALSE: Node = Constant(False)
AS_OF: Node = AsOf()
DEADLINE: Node = Deadline()


_NO_VALUE_OF_ITS_OWN: Final = _refused(
    "a fact as a value",
    "take one of its fields, `room.seats`, or count facts, `count(xs)`",
    "请取其字段，如 `room.seats`，或对事实计数：`count(xs)`",
)


class Subject:
    """How an author names a fact in a rule: `station.officers`, `strength.of(station)`.

    Attributes are the fields of the fact's class, and the definitions that were `attached`. A
    related fact may be one only where some equalities hold: `joined`.
    """

    __slots__ = ("_attached", "_joined", "_variable")

    def __init__(
        self,
        variable: Variable,
        attached: Iterable[Definition] = (),
        joined: Mapping[str, object] | None = None,
    ) -> None:
        self._variable = variable
        self._attached = {each.name: each for each in attached}
        self._joined = tuple(
            getattr(self, name).is_(other) for name, other in (joined or {}).items()
        )

    def __getattr__(self, name: str) -> Node:
        if name in self._attached:
            return Derived(self._variable, self._attached[name])
        spec = fields_of(self._variable.fact_class).get(name)
        if spec is None:
            raise RuleTypeError(
                f"{self._variable} has no field `{name}`, and no definition of that name attached",
                f"{self._variable.fact_class.zh}没有字段 `{name}`，也没有附上同名的定义",
            )
        return Attribute(self._variable, spec)

    __lt__ = __le__ = __gt__ = __ge__ = _NO_VALUE_OF_ITS_OWN
    __and__ = __rand__ = __or__ = __ror__ = __invert__ = _NO_VALUE_OF_ITS_OWN
    __add__ = __radd__ = __sub__ = __rsub__ = _NO_VALUE_OF_ITS_OWN
    __mul__ = __rmul__ = __truediv__ = __rtruediv__ = _NO_VALUE_OF_ITS_OWN

    def __repr__(self) -> str:
        return str(self._variable)

    def __dir__(self) -> list[str]:
        """What can be asked for, for completion in an interactive session."""
        return [*fields_of(self._variable.fact_class), *self._attached]


def variable_of(subject: Subject) -> Variable:
    """The variable behind a subject. Raises RuleTypeError for what is none."""
    if not isinstance(subject, Subject):
        raise RuleTypeError(
            f"expected a subject, such as `subject(Room)`, found {subject!r}",
            f"应为规则的对象，如 `subject(Room)`，实为 {subject!r}",
        )
    return subject._variable


def among(member: Subject, where: Expression) -> Node:
    """The condition on related facts, with the equalities by which they are related."""
    if not member._joined:
        return as_node(where)
    joined = all_of(*member._joined)
    return joined if where is TRUE else all_of(joined, as_node(where))


def as_node(expression: Expression) -> Node:
    """The same object: every expression is one of the closed set of nodes.

    Raises RuleTypeError for what is no expression.
    """
    if not isinstance(expression, Expression):
        raise RuleTypeError(
            f"expected an expression, such as `room.seats >= 12`, found {expression!r}"
            + ("; `==` compares Python's objects: write `.is_(…)`" if expression is False else ""),
            f"应为表达式，如 `room.seats >= 12`，实为 {expression!r}"
            + ("；`==` 比较的是 Python 对象：请写 `.is_(…)`" if expression is False else ""),
        )
    return cast(Node, expression)


def lift(value: object) -> Node:
    """A node as it is, or a literal value made into one."""
    if isinstance(value, Expression):
        return as_node(value)
    value = literal(value)
    if isinstance(value, Fraction) and value.denominator == 1:
        value = int(value)
    type_of_value(value)
    return Constant(value)


def compare(left: Expression, op: Operator, right: object) -> Comparison:
    """The comparison node, with literals made into nodes."""
    return Comparison(op, as_node(left), lift(right))


def _join(kind: type[And] | type[Or], items: Iterable[Node]) -> Node:
    flat: list[Node] = []
    for item in items:
        flat.extend(item.items if type(item) is kind else [item])
    return flat[0] if len(flat) == 1 else kind(tuple(flat))


def all_of(*items: Node) -> Node:
    """All of the items hold; none: true."""
    return _join(And, items) if items else TRUE


def any_of(*items: Node) -> Node:
    """At least one of the items holds; none: false."""
    return _join(Or, items) if items else FALSE


def absence(node: Node) -> Node | None:
    """When a value is known to be none; None where it never is.

    What is computed is none as soon as a part of it is, and a derived attribute where a rule says
    so. What gathers over facts leaves out those whose value is none.
    """
    match node:
        case Attribute(spec=spec):
            return _is_none(node) if spec.may_be_none else None
        case FirstKnown(first=first, second=second):
            of_first, of_second = absence(first), absence(second)
            if of_first is None:
                return None if of_second is None else all_of(~IsKnown(first), of_second)
            return FirstKnown(of_first, FALSE if of_second is None else of_second)
        case Derived():
            if not gives_none(node.definition):
                return None
            return IsNone("==", node, none_of(node.type))
        case Condition():
            return None
        case ByChoice():  # what stands for all others stands for none, too
            chosen = absence(node.of) if node.choices[-1] is not None else None
            among = ((node.is_among(each), absence(value)) for each, value in node.entries)
            parts = [all_of(one, none) for one, none in among if none is not None]
            parts += [] if chosen is None else [chosen]
            return any_of(*parts) if parts else None
        case Operation() | ByCalendar():
            found = map(absence, _operands(node))
            parts = [each for each in found if each is not None]
            return any_of(*parts) if parts else None
        case _:
            return None


_FOR_NONE: Final[Mapping[Type, object]] = {
    INTEGER: NO_NUMBER, RATIONAL: NO_SHARE, DATE: NO_DAY, MOMENT: NO_MOMENT, TEXT: NO_TEXT,
}  # fmt: skip


def none_of(type_: Type) -> Constant:
    """What stands for none in a derived attribute of a type.

    Raises RuleTypeError where it is never none: of a yes or no, a set, and a choice that has a
    value of that name.
    """
    if type_.name == "choice" and type_.choices is not None:
        if NONE.value not in type_.choices.spellings():
            return Constant(NONE, type_)
    elif type_ in _FOR_NONE:
        return Constant(_FOR_NONE[type_], type_)
    raise RuleTypeError(
        f"{type_} is never none: a rule of a number, date, moment, text or choice can say so",
        f"{type_} 不会没有：数、日期、时间、文字或选项的规则才可写明没有",
    )


def is_no_value(node: Node) -> bool:
    """Whether a rule of a definition says that there is no value."""
    return isinstance(node, Constant) and is_none(node.value)


@once_for_each
def gives_none(definition: Definition) -> bool:
    """Whether a rule of a definition says that there is no value."""
    return any(is_no_value(each.value) for each in definition.outcomes())


def _is_none(node: Attribute) -> IsNone:
    none = node.spec.none
    held = int(none) if isinstance(none, int) else literal(none)
    return IsNone("==", node, Constant(held, node.type))


def same_account(first: Node, second: Node) -> Node:
    """Two accounts say the same: one value, or both that there is none."""
    same: Node = Comparison("==", first, second)
    none = [absence(each) for each in (first, second)]
    there = [Given(each) for each in none if each is not None]
    both = [each for each in none if each is not None]
    same = all_of(*there, same)
    return any_of(all_of(*both), same) if len(both) == len(none) else same


def _operands(node: Expression) -> Iterator[Node]:
    for each in fields(cast(Any, type(node))):
        value = getattr(node, each.name)
        items = value if type(value) is tuple else (value,)
        yield from (as_node(item) for item in items if isinstance(item, Expression))


def always_less(one: Node, other: Node) -> bool:
    """Whether a constant or parameter is less than another one on every day, as far as known."""
    listed = [
        each.values if isinstance(each, Parameter) else ((None, each.value),)
        for each in (one, other)
        if isinstance(each, Constant | Parameter)
    ]
    days = {since or date.min for values in listed for since, _ in values}
    known = ([_held(values, day) for values in listed] for day in days)
    return all(low < high for low, high in known if low is not None and high is not None)


def _held(values: Iterable[tuple[date | None, Any]], day: date) -> Any:
    held = [value for since, value in values if since is None or since <= day]
    return held[-1] if held else None


def _expect_steps(value: Node, en: str, zh: str) -> None:
    """What databases gather is a whole number of steps that are the same for each member."""
    if value.type in NUMERIC and not has_steps(value):
        raise RuleTypeError(
            f"`{value}` may end after any number of places: what is {en} is rounded, "
            f'`rounded(…, Decimal("0.01"), how=…)`, or a definition that says its `places`',
            f'`{value}` 的小数位数不定：{zh}须取整，如 `rounded(…, Decimal("0.01"), how=…)`，'
            f"或为写明 `places` 的定义",
        )


def has_steps(node: Node) -> bool:
    """Whether a number is shown by its form to be so many of one step, whatever the facts: a
    hundredth, or a third of one. Which step may hang on parameters."""
    if node.type == INTEGER:
        return True
    match node:
        case Constant() | Parameter() | Attribute() | Rounded() | Total() | Extreme():
            return True
        case Derived():
            return node.definition.places is not None
        case Arithmetic(op="/"):
            return isinstance(node.right, Constant | Parameter) and has_steps(node.left)
        case Arithmetic() | ExtremeOf() | Tiers() | FirstKnown() | ByChoice():
            return all(has_steps(each) for each in _operands(node) if each.type in NUMERIC)
        case _:
            return False


@once_for_each
def _least(definition: Definition) -> int:
    """0 or 1 where a defined number is shown to be that or more, else less."""
    values = [each.value for each in definition.outcomes() if not is_no_value(each.value)]
    return max((b for b in (0, 1) if all(at_least(value, b) for value in values)), default=-1)


def at_least(node: Node, bound: int | Fraction) -> bool:
    """Whether a number is shown by its form to be as much as a bound that is not negative."""
    match node:
        case Constant():
            return bool(node.value >= bound)
        case Parameter():
            # Of one that is left open it is known that it is not negative.
            known = bound == 0 or bool(node.values)
            return known and all(value >= bound for _, value in node.values)
        case Attribute():
            least = node.spec.minimum
            return isinstance(least, int | Decimal) and Fraction(least) >= bound
        case Derived():
            return _least(node.definition) >= bound
        case InYear():
            return at_least(node.item, bound)
        case Additive() | Held() | Periods():
            return bound == 0
        case YearNumber():
            return bound <= 1
        case Arithmetic(op="+"):
            return at_least(node.left, bound) and at_least(node.right, bound)
        case Arithmetic(op="*"):
            each = bound if bound == 0 else max(bound, 1)
            return at_least(node.left, each) and at_least(node.right, each)
        case Arithmetic(op="-", right=Constant(value=int() | Fraction() as less)):
            # As what lies in a bracket of tiers is written: what is above the limit, less that.
            return at_least(node.left, max(bound + less, 0))
        case Arithmetic(op="/"):
            return bound == 0 and at_least(node.left, 0)
        case FirstKnown():
            return at_least(node.first, bound) and at_least(node.second, bound)
        case AggregateOrElse():
            return at_least(node.value, bound) and at_least(node.otherwise, bound)
        case ExtremeOf():
            of_items = (at_least(item, bound) for item in node.items)
            return any(of_items) if node.pick == "greatest" else all(of_items)
        case ByChoice():
            return all(at_least(value, bound) for value in node.values)
        case Tiers():
            return bound == 0 and all(at_least(rate, 0) for _, rate in node.brackets)
        case Rounded():
            whole = node.to == 1 and bound == int(bound)
            return (bound == 0 or whole) and at_least(node.item, bound)
        case _:
            return False
