"""Expressions in words, Chinese and English, with the values that they had."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, MutableMapping
from datetime import date, datetime
from fractions import Fraction
from typing import Any, Final, Literal, TypeAlias
from weakref import WeakKeyDictionary

from ..facts import NONE, Labelled, fields_of, is_none
from ..language.citations import Cite, numeral
from ..language.days import day_zh
from ..language.exact import number_text, number_words
from ..language.exhaustive import assert_never
from ..language.expressions import (
    MIRRORED,
    NEGATED,
    AggregateOrElse,
    AllStartWith,
    And,
    Arithmetic,
    AsOf,
    Attribute,
    ByChoice,
    Comparison,
    Condition,
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
    Given,
    Held,
    InYear,
    IsKnown,
    IsNone,
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
    ValueAggregate,
    Variable,
    WorkingDays,
    WorkingDaysLater,
    YearNumber,
    absence,
    all_of,
    at_least,
)
from ..language.recurrences import WORDS, Recurrence
from ..language.types import BOOLEAN, DATE, MOMENT, NUMERIC, Type
from ..language.units import TIMES, WORKING_DAYS, places_shown, unit_beside, unit_of
from ..language.weekdays import Weekday
from ..language.work_calendars import RecurrenceWithout, WorkCalendar
from .english import affirmed, agreeing, counted, denied, several

Language: TypeAlias = Literal["zh", "en"]
# Members of a set that are all said, and how many of a larger one.
_MOST: Final = 20
_FEW: Final = 5
_NUMBERS: Final[Mapping[str, tuple[str, str]]] = {
    ">=": ("不少于", "at least"),
    ">": ("多于", "more than"),
    "<=": ("不多于", "at most"),
    "<": ("少于", "less than"),
    "==": ("等于", ""),
    "!=": ("不等于", "not"),
}
_DATES: Final[Mapping[str, tuple[str, str]]] = {
    ">=": ("不早于", "not before"),
    ">": ("晚于", "after"),
    "<=": ("不晚于", "not after"),
    "<": ("早于", "before"),
    "==": ("为", "on"),
    "!=": ("不是", "not on"),
}
_YEARS: Final = {**_DATES, "==": (_DATES["=="][0], ""), "!=": (_DATES["!="][0], "not")}
_WEEKDAYS: Final[Mapping[str, tuple[str, str]]] = {
    each.code: (each.zh, each.en) for each in Weekday
}
_ELAPSED: Final[Mapping[str, tuple[str, str]]] = {
    "years": ("的周年数", "full years"),
    "days": ("的天数", "days"),
    "minutes": ("的分钟数", "minutes"),
}
_OTHERS: Final[Mapping[str, tuple[str, str]]] = {"==": ("为", ""), "!=": ("不是", "not")}
_NO_NUMBERS: Final[Mapping[str, str]] = {}
_EXTREMES: Final[Mapping[tuple[bool, str], tuple[str, str, str]]] = {
    (True, "greatest"): ("较大的", "greater", "greatest"),
    (True, "least"): ("较小的", "lesser", "least"),
    (False, "greatest"): ("较晚的", "later", "latest"),
    (False, "least"): ("较早的", "earlier", "earliest"),
}
_ROUNDINGS: Final[Mapping[str, tuple[str, str]]] = {
    "half_up": ("四舍五入", "half up"),
    "half_even": ("四舍六入五成双", "half to even"),
    "up": ("进一", "up"),
    "down": ("去尾", "down"),
}
# That a day that is so much later than another is not after a third, and the like.
_SPANS: Final[Mapping[str, tuple[str, str, str]]] = {
    "<=": ("已满", "{}", ""),
    ">": ("未满", "{}", " not"),
    "<": ("已超过", "more than {}", ""),
    ">=": ("未超过", "no more than {}", ""),
}
# How it is compared that there are none, or some.
_NONE: Final = {("<=", 0), ("==", 0), ("<", 1)}
_SOME: Final = {(">=", 1), (">", 0), ("!=", 0)}


def pick(lang: Language, zh: str, en: str) -> str:
    """The text in the language."""
    return zh if lang == "zh" else en


def cite_words(cite: Cite, lang: Language, numbers: Mapping[str, str] = _NO_NUMBERS) -> str:
    """A citation as readers of the text say it: 五（一）第二句, or 5.1 sentence 2.

    That of an amendment begins with the document's number, which `numbers` gives by its id. Where
    the text is cited in another way, it is said in that one.
    """
    if label := _label(cite, lang):
        number = numbers.get(cite.document, cite.document)
        return f"{number}{pick(lang, '', ', ')}{label}" if number else label
    if lang == "en":
        heading = heading_words(cite.clause, lang, numbers)
        return f"{heading} sentence {cite.sentence}{cite.letter}"
    heading = heading_of_sentence(cite.clause, numbers)
    return f"{heading}第{numeral(cite.sentence)}句{cite.letter}"


def cite_shown(cite: Cite, lang: Language) -> str:
    """A citation in a table: as the text is cited, or else in short, as it is typed."""
    return _label(cite, lang) or str(cite)


def cites_shown(cites: Iterable[Cite], lang: Language) -> str:
    """Several citations in a table; labels may contain blanks, what is typed does not."""
    shown = [cite_shown(cite, lang) for cite in cites]
    return (", " if any(" " in each for each in shown) else " ").join(shown)


def _label(cite: Cite, lang: Language) -> str:
    zh, en = cite.label
    return pick(lang, zh, en) or zh or en


def heading_words(heading: str, lang: Language, numbers: Mapping[str, str] = _NO_NUMBERS) -> str:
    """A heading as readers of the text say it: 五（一）, or 5.1."""
    document, _, own = heading.rpartition(":")
    if document:
        number = numbers.get(document, document)
        return number + pick(lang, "", ", ") + heading_words(own, lang)
    if lang == "en":
        return heading
    part, *items = (int(number) for number in heading.split("."))
    return "序言" if part == 0 else numeral(part) + "".join(f"（{numeral(n)}）" for n in items)


def heading_of_sentence(heading: str, numbers: Mapping[str, str] = _NO_NUMBERS) -> str:
    """A heading before 第一句 in Chinese, where 二 alone would not stand: 第二部分."""
    own = heading_words(heading.rpartition(":")[2], "zh")
    whole = heading_words(heading, "zh", numbers)
    return whole if "（" in own or own == "序言" else f"{whole.removesuffix(own)}第{own}部分"


def value_words(
    value: Any, lang: Language, unit: tuple[str, str] = ("", ""), places: int = 0
) -> str:
    """A value as people write it, a decimal with so many places at least; None is unknown."""
    match value:
        case None:
            return pick(lang, "未知", "unknown")
        case _ if is_none(value):
            return pick(lang, NONE.zh, NONE.en)
        case bool():
            return pick(lang, "是" if value else "否", "yes" if value else "no")
        case Labelled():
            return pick(lang, value.zh, value.en)
        case int() | Fraction():
            # Years are not written as amounts are: 2019, and not 2,019.
            year = unit[0] == "年" or unit[1] in ("year", "years")
            number = (number_text if year else number_words)(value, places)
            if lang == "zh":
                return f"{number}{unit[0]}"
            return f"{number} {counted(value, unit[1])}".strip()
        case Recurrence():
            return recurrence_words(value, lang)
        case WorkCalendar():
            years = pick(lang, "、", ", ").join(str(year) for year in sorted(value.years))
            return pick(lang, f"{years}年的工作日历", f"working days of {years}")
        case datetime() | date():
            return _day_words(value, lang)
        case frozenset() if not value:
            return pick(lang, "无", "none")
        case frozenset():
            members = sorted(value, key=lambda member: str(member))
            if isinstance(members[0], Labelled):
                members = [member for member in type(members[0]) if member in value]
            return _listed([value_words(each, lang) for each in members[:_MOST]], len(value), lang)
        case "":
            return pick(lang, "无", "none")
        case _:
            return str(value)


def _day_words(value: date, lang: Language) -> str:
    """A day or a moment: in Chinese by year, month and day, in English as it is typed."""
    if lang == "en":
        return value.isoformat(" ") if isinstance(value, datetime) else value.isoformat()
    return day_zh(value) + (f" {value.time()}" if isinstance(value, datetime) else "")


def _listed(first: list[str], number: int, lang: Language) -> str:
    """The members of a set; of a large one, such as a list of codes, a few and their number."""
    if number <= _MOST:
        return pick(lang, "、", ", ").join(first)
    few = pick(lang, "、", ", ").join(first[:_FEW])
    return pick(lang, f"{few}等 {number:,} 项", f"{few} and others, {number:,} in all")


def parameter_words(parameter: Parameter, value: Any, lang: Language, places: int = 0) -> str:
    """A value of a parameter as people write it: a share in per cent.

    One that is compared with a number of so many decimal `places` has them too, if any.
    """
    if is_share(parameter, value):
        return f"{number_text(value * 100)}%"
    unit = parameter.unit_zh, parameter.unit_en
    return value_words(value, lang, unit, _if_any(value, places))


def _also(label: str, remark: str) -> str:
    """A label with a remark, in the brackets that it ends with, if it does."""
    if label.endswith("）"):
        return f"{label[:-1]}，{remark}）"
    if label.endswith(")"):
        return f"{label[:-1]}, {remark})"
    return f"{label}（{remark}）" if remark == "未设定" else f"{label} ({remark})"


def _if_any(value: Any, places: int) -> int:
    """The decimal places of what is set or written: a whole number stands as it is."""
    return places if isinstance(value, Fraction) and value.denominator != 1 else 0


def is_share(parameter: Parameter, value: Any) -> bool:
    """Whether a value is a part of a whole that ends in per cent: of a number without a unit."""
    return (
        isinstance(value, Fraction)
        and not parameter.unit_en
        and 0 < value < 1
        and "/" not in number_text(value)
    )


def rounding_words(node: Rounded, lang: Language) -> str:
    """How a number is rounded; of one that may be negative, what up and down mean."""
    zh, en = _ROUNDINGS[node.how]
    if node.how in ("up", "down") and not at_least(node.item, 0):
        zh = f"按绝对值{zh}"
        en += " (away from zero)" if node.how == "up" else " (towards zero)"
    to = number_text(node.to)
    if to == "1":
        return pick(lang, f"{zh}取整", f"{en} to a whole number")
    return pick(lang, f"{zh}到{to}", f"{en} to {to}")


def predicate(zh: str, no_zh: str) -> str:
    """The label of a yes or no as a phrase; one that is denied with 非 is a noun."""
    return f"为{zh}" if no_zh == f"非{zh}" else zh


def recurrence_words(recurrence: Recurrence, lang: Language) -> str:
    """How often something recurs: the usual rules in words, any other as it is written."""
    if isinstance(recurrence, RecurrenceWithout):
        often = recurrence_words(Recurrence(recurrence.rule), lang)
        return often + pick(lang, "（放假日除外）", ", days off excepted")
    rule = str(recurrence)
    if rule in WORDS:
        return pick(lang, *WORDS[rule])
    frequency, _, days = rule.partition(";BYDAY=")
    named = [_WEEKDAYS.get(day) for day in days.split(",")]
    if frequency != "FREQ=WEEKLY" or None in named:
        return rule
    words = [pick(lang, *each) for each in named if each]
    return pick(lang, f"每{'、'.join(words)}", f"every {' and '.join(words)}")


def end_of_span(node: Node) -> Moved | None:
    """The end of a span of time that is compared with another day, or nothing."""
    if not isinstance(node, Comparison):
        return None
    for each in (node.left, node.right):
        match each:
            case Moved(unit="days", by=Constant(value=1 | -1)):
                continue
            case Moved(by=Parameter()):
                return each
            case Moved(by=Constant(value=int() as by)) if by > 0:
                return each
    return None


def besides_given(node: And) -> tuple[Node, ...]:
    """What is asked of values, without that they are not none."""
    asked = tuple(item for item in node.items if not isinstance(item, Given))
    return asked or node.items


NO_SCALES: Final[Mapping[Tiers, tuple[str, str]]] = {}


class Said:
    """What expressions are called in one language under one regime, each worked out once.

    It is of no facts: what is said of an expression names its settings, and not its value.
    """

    def __init__(self) -> None:
        self.terms: MutableMapping[Node, str] = WeakKeyDictionary()
        self.conditions: Mapping[bool, MutableMapping[Node, str]] = {
            True: WeakKeyDictionary(), False: WeakKeyDictionary(),
        }  # fmt: skip
        self.absences: MutableMapping[Node, Node | None] = WeakKeyDictionary()


class Words:
    """Expressions in one language. `value` gives the value that an expression had.

    `scales` are the brackets whose sum is in another unit than what is in brackets. `said` keeps
    what does not hang on the facts, for others with the same settings and scales.
    """

    def __init__(
        self,
        lang: Language,
        value: Callable[[Node], Any],
        year: int,
        scales: Mapping[Tiers, tuple[str, str]] = NO_SCALES,
        said: Said | None = None,
    ) -> None:
        self.lang = lang
        self._said = said or Said()
        self._value = value
        self._year = year
        self._scales = scales

    def pick(self, zh: str, en: str) -> str:
        """The text in the language."""
        return pick(self.lang, zh, en)

    def value(self, node: Node, beside: Node | None = None) -> str:
        """The value that an expression had; one without a unit has that of what it is `beside`."""
        none = self._absence(node)
        if none is not None and self._value(none):
            return value_words(NONE, self.lang)
        unit = unit_of(node) if beside is None else unit_beside(node, beside)
        return value_words(self._value(node), self.lang, unit, places_shown(node))

    def _absence(self, node: Node) -> Node | None:
        absences = self._said.absences
        try:
            return absences[node]
        except KeyError:
            return absences.setdefault(node, absence(node))

    def bound(self, word: str, end: Any, of: Node) -> str:
        """A bound of a value that is not known."""
        unit = unit_of(of) if self.lang == "zh" else ("", "")
        said = value_words(end, self.lang, unit, places_shown(of))
        return f"{word}{self.pick('', ' ')}{said}"

    def term(self, node: Node) -> str:
        """What a value is called: a label, or a literal value itself."""
        said = self._said.terms.get(node)
        if said is None:
            said = self._said.terms[node] = self._term(node)
        return said

    def _term(self, node: Node) -> str:
        match node:
            case Constant():
                return value_words(node.value, self.lang)
            case Parameter():
                return self._parameter(node)
            case Attribute():
                return self._of(node.of, node.spec.zh, node.spec.en, node.type)
            case Derived():
                return self._of(node.of, node.definition.zh, node.definition.en, node.type)
            case InYear():
                year = self._year + node.offset
                return self.pick(
                    f"{year}年{self.term(node.item).removeprefix('年')}",
                    f"{self.term(node.item)} in {year}",
                )
            case Deadline():
                # Seen only where a rule is shown without a policy: answers count by a known day.
                return self.pick(
                    "期限（尚未到期的，为基准日期）",
                    "the deadline (before that day, the policy's date)",
                )
            case AsOf():
                return self.pick(
                    f"基准日期（{self.value(node)}）", f"the policy's date ({self.value(node)})"
                )
            case FirstKnown():
                return self.term(node.first)
            case YearNumber() | Arithmetic() if (given := self._year_of(node)) is not None:
                return self.pick(f"{given}年", str(given))
            case Arithmetic(op="*", left=Parameter() as share) if self._is_share(share):
                of = self._factor(node.right)
                return self.pick(f"{of}的{self.term(share)}", f"{self.term(share)} of {of}")
            case Arithmetic():
                sign = {"*": "×", "/": "÷"}.get(node.op, node.op)
                return f"{self._factor(node.left)} {sign} {self._factor(node.right)}"
            case ExtremeOf():
                return self._extreme(node)
            case Rounded():
                words = self.term(node.item)
                how = rounding_words(node, self.lang)
                return self.pick(f"{words}（{how}）", f"{words}, rounded {how}")
            case Tiers():
                words = self.term(node.of)
                listed = self.pick("，", ", ").join(self.brackets(node))
                return self.pick(f"{words}分级计算（{listed}）", f"{words} in brackets ({listed})")
            case ByChoice():
                by, listed = self.term(node.of), self.pick("，", ", ").join(self.entries(node))
                return self.pick(f"按{by}所定的值（{listed}）", f"the value by {by} ({listed})")
            case Moved(unit="days", by=Constant(value=1 | -1 as days)):
                zh, en = ("次日", "after") if days == 1 else ("前一日", "before")
                of = self.term(node.item)
                return self.pick(f"{of}{zh}", f"the day {en} {of}")
            case Moved() | WorkingDaysLater():
                by = self._span(node)
                return self.pick(
                    f"{self.term(node.item)}加{by}", f"{self.term(node.item)} plus {by}"
                )
            case RecurrenceLess():
                of = self.term(node.every)
                return self.pick(f"{of}（放假日除外）", f"{of}, days off excepted")
            case Periods():
                return self.pick("应有期数", "the number of periods")
            case Elapsed():
                zh, en = _ELAPSED[node.unit]
                start, end = self.term(node.start), self.term(node.end)
                return self.pick(f"{start}至{end}{zh}", f"{en} from {start} to {end}")
            case WorkingDays():
                start, end = self.term(node.start), self.term(node.end)
                return self.pick(f"{start}至{end}的工作日数", f"working days from {start} to {end}")
            case DayOfWeek():
                day = self.term(node.item)
                return self.pick(f"{day}的星期", f"day of the week of {day}")
            case YearNumber():
                return self.pick(
                    f"{self.term(node.item)}所在年份", f"year of {self.term(node.item)}"
                )
            case Count() | ValueAggregate():
                return self._aggregate(node)
            case Held():
                return self.pick(f"有{node.zh}的期数", f"periods with {node.en}")
            case Condition() | Noted():
                return self.condition(node)
        return assert_never(node)

    def _extreme(self, node: ExtremeOf) -> str:
        words = [self.term(item) for item in node.items]
        zh, comparative, superlative = _EXTREMES[node.type in NUMERIC, node.pick]
        if self.lang == "zh":
            return f"{'、'.join(words)}中{zh}"
        listed = f"{', '.join(words[:-1])} and {words[-1]}"
        return f"the {comparative if len(words) == 2 else superlative} of {listed}"

    def brackets(self, node: Tiers) -> Iterator[str]:
        """The brackets of a scale: the limit of each, and its rate."""
        unit, below = unit_of(node.of), ""
        for limit, rate in node.brackets:
            of = self.term(rate) if node in self._scales else self._rate(rate)
            if limit is None:
                yield self.pick(f"超过{below}的部分{of}", f"{of} of what exceeds {below}")
                return
            setting = self.setting(limit)
            upto = value_words(setting, self.lang, unit, _if_any(setting, places_shown(node.of)))
            within = self.pick(f"至{upto}", f"up to {upto}")
            if below:
                yield self.pick(
                    f"超过{below}{within}的部分{of}", f"{of} of what exceeds {below} {within}"
                )
            else:
                yield self.pick(f"不超过{upto}的部分{of}", f"{of} {within}")
            below = upto

    def in_bracket(self, amount: Any, node: Tiers) -> str:
        """What comes of the part of a number in one bracket."""
        unit = self._scales.get(node) or unit_of(node)
        return value_words(amount, self.lang, unit, places_shown(node))

    def _rate(self, rate: Node) -> str:
        value = self.setting(rate)
        share = isinstance(value, Fraction) and unit_of(rate) == ("", "")
        return self.term(rate) if value is None or not share else f"{number_text(value * 100)}%"

    def entries(self, node: ByChoice) -> Iterator[str]:
        """The choices, each with the value that stands for it."""
        for choices, value in zip(node.choices, node.values, strict=True):
            said = self.pick("其他", "otherwise")
            if choices is not None:
                said = value_words(choices, self.lang)
            yield f"{said}{self.pick('：', ': ')}{self._factor(value)}"

    def setting(self, node: Node) -> Any:
        """The value of a constant or parameter."""
        return node.value if isinstance(node, Constant) else self._value(node)

    def _span(self, node: Moved | WorkingDaysLater) -> str:
        """By how much something is moved, with the unit where it has none of its own."""
        unit = TIMES[node.unit] if isinstance(node, Moved) else WORKING_DAYS
        if isinstance(node.by, Constant):
            return value_words(node.by.value, self.lang, unit)
        by = self.term(node.by)
        if isinstance(node.by, Parameter) or unit_of(node.by) == unit:
            return by
        return self.pick(f"{by}（{unit[0]}）", f"{by} ({unit[1]})")

    def _year_of(self, node: Node) -> int | None:
        """The year that is so many before or after the policy's own, where it is one."""
        match node:
            case YearNumber(item=AsOf()):
                return self._year
            case Arithmetic(
                op="+" | "-", left=YearNumber(item=AsOf()), right=Constant(value=int() as years)
            ):
                return self._year + (years if node.op == "+" else -years)
            case _:
                return None

    def _of(self, variable: Variable, zh: str, en: str, type: Type | None = None) -> str:
        """What is said of a fact, with the way to it where that is a reference."""
        if variable.via is None or variable.of is None:
            return self.pick(zh, en)
        link = fields_of(variable.of.fact_class)[variable.via]
        # A phrase that is true or not is said of something, and is none of its things.
        of = "" if type == BOOLEAN else "的"
        return self._of(variable.of, f"{link.zh}{of}{zh}", f"{en} of the {link.en}")

    def _factor(self, node: Node) -> str:
        words = self.term(node)
        return f"({words})" if isinstance(node, Arithmetic) else words

    def _parameter(self, node: Parameter, places: int = 0) -> str:
        value = self._value(node)
        if value is None:
            return self.pick(_also(node.zh, "未设定"), _also(node.en, "not set"))
        return parameter_words(node, value, self.lang, places)

    def _is_share(self, node: Parameter) -> bool:
        return is_share(node, self._value(node))

    def _aggregate(self, node: Count | ValueAggregate) -> str:
        if node.zh and node.en:
            return self.pick(node.zh, node.en)
        of = self.pick(node.member.fact_class.zh, node.member.fact_class.en)
        if isinstance(node, Count):
            return self._where(node, f"{of}数", f"number of {of} records")
        value = self.term(node.value)
        if isinstance(node, Extreme):
            value = self.pick(node.picked[0], f"{node.picked[1]} ") + value
        zh, en = (words.format(of=of, value=value) for words in node.words)
        return self._where(node, zh, en)

    def _where(self, node: Count | ValueAggregate, zh: str, en: str) -> str:
        if isinstance(node.where, Constant) and node.where.value is True:
            return self.pick(zh, en)
        where = self.condition(node.where)
        return self.pick(f"符合条件的{zh}（{where}）", f"{en} where {where}")

    def condition(self, node: Node, holds: bool = True) -> str:
        """A condition as one phrase; with `holds` false, its negation."""
        conditions = self._said.conditions[holds]
        said = conditions.get(node)
        if said is None:
            said = conditions[node] = self._condition(node, holds)
        return said

    def _condition(self, node: Node, holds: bool) -> str:
        match node:
            case Not():
                return self.condition(node.item, not holds)
            case Noted():
                return (
                    self.pick(node.zh, node.en)
                    if holds
                    else self.pick(f"不属于“{node.zh}”", f"not {node.en}")
                )
            case And() if len(asked := besides_given(node)) < len(node.items):
                return self.condition(all_of(*asked), holds)
            case And() | Or():
                joint = isinstance(node, And) == holds
                word = self.pick("，且" if joint else "，或", " and " if joint else " or ")
                parts = (self.condition(item, holds) for item in node.items)
                return word.join(
                    self.pick(f"（{part}）", f"({part})") if isinstance(item, And | Or) else part
                    for part, item in zip(parts, node.items, strict=True)
                )
            case IsNone():
                item = self.term(node.left)
                there = f"there {agreeing(item, 'is', 'are')}"
                a = "" if several(item) else "an " if item[0] in "aeiou" else "a "
                return self.pick(
                    f"{'没有' if holds else '有'}{item}", f"{there} {'no ' if holds else a}{item}"
                )
            case Comparison():
                return self._comparison(node, holds)
            case Contains():
                member, container = self.term(node.member), self.term(node.container)
                if isinstance(node.container, Attribute):
                    has = agreeing(container, "includes", "include")
                    lacks = agreeing(container, "lacks", "lack")
                    word = self.pick("包含" if holds else "不包含", has if holds else lacks)
                    return f"{container}{self._spaced(word)}{member}"
                one = agreeing(member, "is", "are") + (" one of" if holds else " none of")
                word = self.pick("属于" if holds else "不属于", one)
                return f"{member}{self._spaced(word)}{container}"
            case Overlaps():
                return self._in_common(node, holds)
            case Subset():
                left, right = self.term(node.left), self.term(node.right)
                if isinstance(node.right, Attribute):
                    has = agreeing(right, "includes", "include")
                    lacks = agreeing(right, "lacks", "lack") + " part of"
                    word = self.pick("包含" if holds else "未包含", has if holds else lacks)
                    return f"{right}{self._spaced(word)}{left}"
                within = agreeing(left, "is", "are") + " within"
                beyond = agreeing(left, "goes", "go") + " beyond"
                word = self.pick("不超出" if holds else "超出", within if holds else beyond)
                return f"{left}{self._spaced(word)}{right}"
            case AllStartWith():
                word = self.pick(
                    "均以" if holds else "中有不以",
                    "all begin with" if holds else "do not all begin with",
                )
                end = self.pick("开头" if holds else "开头的", "")
                return f"{self.term(node.item)}{self._spaced(word)}{self.term(node.prefix)}{end}"
            case SomeStartWith():
                word = self.pick(
                    "中有以" if holds else "中没有以",
                    "begins with" if holds else "begin with",
                )
                if self.lang == "en":
                    some = "at least one of the" if holds else "none of the"
                    return f"{some} {self.term(node.item)} {word} {self.term(node.prefix)}"
                return f"{self.term(node.item)}{word}{self.term(node.prefix)}开头的"
            case NamedIn():
                item, names = self.term(node.item), self.term(node.names)
                words = self.pick("、", ", ").join(f"“{word}”" for word in node.after)
                if self.lang == "zh":
                    is_in = "属于" if holds else "不属于"
                    return f"{item}（名称前可有以{words}结尾的上级名称）{is_in}{names}"
                is_in = "one of" if holds else "none of"
                return f"{item} (also after what ends with {words}) is {is_in} {names}"
            case StartsWith() | EndsWith():
                return self._affixed(node, holds)
            case IsKnown(item=Attribute() as item) if item.type == BOOLEAN:
                zh, en = ("已填报", "is given") if holds else ("未填报", "is not given")
                words = self.condition(item)
                return self.pick(f"{zh}是否{words}", f"whether {words} {en}")
            case IsKnown():
                word = self.pick("已知" if holds else "未知", "is known" if holds else "is unknown")
                return f"{self.term(node.item)}{self.pick('', ' ')}{word}"
            case Exempted():
                return self.pick(
                    "已获豁免" if holds else "未获豁免", "exempted" if holds else "not exempted"
                )
            case ReadingIs():
                option = next(o for o in node.reading.options if o.name == node.option)
                word = self.pick(
                    "口径取" if holds else "口径不取", "read as" if holds else "not read as"
                )
                return f"{word}{self.pick('', ' ')}{self.pick(f'“{option.zh}”', f'“{option.en}”')}"
            case Constant():
                true = bool(node.value) == holds
                return self.pick("恒成立" if true else "恒不成立", "always" if true else "never")
            case Attribute() | Derived():
                return self._predicate(node, holds)
            case Parameter() | FirstKnown() | Term():
                answer = value_words(holds, self.lang)
                return self.pick(f"{self.term(node)}为{answer}", f"{self.term(node)} is {answer}")
        return assert_never(node)

    def _affixed(self, node: StartsWith | EndsWith, holds: bool) -> str:
        """That a text begins or ends with another."""
        item = self.term(node.item)
        affix, zh, en = (
            (node.prefix, "开头", "begin") if isinstance(node, StartsWith)
            else (node.suffix, "结尾", "end")
        )  # fmt: skip
        said = self.term(affix)
        if isinstance(affix, Constant):
            said = self.pick(f"“{affix.value}”", f"“{affix.value}”")
        if self.lang == "zh":
            return f"{item}{'' if holds else '不'}以{said}{zh}"
        verb = agreeing(item, f"{en}s", en) if holds else f"{agreeing(item, 'does', 'do')} not {en}"
        return f"{item} {verb} with {said}"

    def _in_common(self, node: Overlaps, holds: bool) -> str:
        """That two sets have a member in common, or none."""
        left, right = self.term(node.left), self.term(node.right)
        if isinstance(node.right, Constant):
            some = agreeing(left, "includes", "include") + (" one of" if holds else " none of")
            word = self.pick("含有下列之一：" if holds else "不含下列任何一项：", some)
            return f"{left}{self._spaced(word)}{right}"
        some = "something" if holds else "nothing"
        return self.pick(
            f"{left}与{right}{'有' if holds else '没有'}相同项",
            f"{left} and {right} have {some} in common",
        )

    def _predicate(self, node: Attribute | Derived, holds: bool) -> str:
        """A yes or no as a phrase that holds or is denied."""
        said = node.spec if isinstance(node, Attribute) else node.definition
        if self.lang == "en":
            no = said.no_en or denied(said.en)
            words = affirmed(said.en, said.no_en) if holds else no
        else:
            words = predicate(said.zh, said.no_zh) if holds else said.no_zh
        if node.of.via is None or node.of.of is None:
            return words
        link = fields_of(node.of.of.fact_class)[node.of.via]
        of = self._of(node.of.of, link.zh, link.en)
        return self.pick(f"{of}{words}", f"{of}: {words}")

    def _spaced(self, word: str) -> str:
        return word if self.lang == "zh" else f" {word} "

    def _comparison(self, node: Comparison, holds: bool) -> str:
        op = node.op if holds else NEGATED[node.op]
        if short := self._in_short(node, op) or self._elapsed(node, op):
            return short
        words = _NUMBERS if node.left.type in NUMERIC else _OTHERS
        if node.left.type in (DATE, MOMENT):
            words = _DATES
        elif isinstance(node.left, YearNumber):
            words = _YEARS
        zh, en = words[op]
        right = self.term(node.right)
        if op == "==" and (shared := self._shared(node.left, node.right)):
            return shared
        if words is _OTHERS and not isinstance(node.right, Constant | Parameter):
            same = op == "=="
            if self.lang == "zh":
                return f"{self.term(node.left)}与{right}{'一致' if same else '不一致'}"
            left = self.term(node.left)
            verb = agreeing(left, "is", "are") if same else agreeing(left, "differs", "differ")
            return f"{left} {verb} {'the same as' if same else 'from'} {right}"
        if isinstance(node.right, Constant) and node.left.type in NUMERIC:
            value, unit = node.right.value, unit_of(node.left)
            right = value_words(value, self.lang, unit, _if_any(value, places_shown(node.left)))
        elif isinstance(node.right, Parameter):
            right = self._parameter(node.right, places_shown(node.left))
        if self.lang == "zh":
            exact = op in _OTHERS and isinstance(node.right, Constant | Parameter)
            return f"{self.term(node.left)}{_OTHERS[op][0] if exact else zh}{right}"
        left, verb = self.term(node.left), "is"
        if node.left.type in NUMERIC:
            left, right = self._number(node.left, left), self._number(node.right, right)
        elif words is _OTHERS:
            verb = agreeing(left, "is", "are")
        if isinstance(node.left, AggregateOrElse):  # the latest of some, their average
            left = f"the {left}"
        return " ".join(part for part in (left, verb, en, right) if part)

    def _shared(self, left: Node, right: Node) -> str:
        """That two facts have a value in common, as people say it, or nothing."""
        if not (isinstance(left, Attribute) and isinstance(right, Attribute)):
            return ""
        if left.of.root is right.of.root:
            return ""
        of = right.of.root.fact_class
        one, other = self.term(left), self.term(right)
        if one == other:
            return self.pick(f"与该{of.zh}{one}相同", f"{one} is that of the {of.en}")
        return self.pick(f"{one}与该{of.zh}的{other}相同", f"{one} is the {other} of the {of.en}")

    def _number(self, node: Node, words: str) -> str:
        """What is compared of things of which there are several is their number."""
        if isinstance(node, AggregateOrElse):
            return words
        literal = isinstance(node, Constant | Parameter | Arithmetic)
        return words if literal or not several(words) else f"the number of {words}"

    def _in_short(self, node: Comparison, op: str) -> str:
        """That there are some or none, or that something recurs, as people say it, or nothing."""
        match node.left, op, node.right:
            case Count() as left, op, Constant(value=int() as number):
                if self.lang == "zh" and left.zh.endswith("数"):
                    return ""  # the label is of a number, not of what there is
                of = left.member.fact_class
                things = self.pick(left.zh, left.en) or self._where(left, of.zh, f"{of.en} records")
                there = f"there {agreeing(things, 'is', 'are')}"
                if (op, number) in _NONE:
                    return self.pick(f"没有{things}", f"{there} no {things}")
                return (
                    self.pick(f"有{things}", f"{there} {things}") if (op, number) in _SOME else ""
                )
            case Held() as left, ">=", Periods():
                takes = agreeing(left.en, "takes", "take")
                often = self._often(left)
                return self.pick(f"{often}均有{left.zh}", f"{left.en} {takes} place {often}")
            case Held() as left, "<", Periods():
                does = agreeing(left.en, "does", "do")
                often = self._often(left)
                return self.pick(
                    f"并非{often}均有{left.zh}", f"{left.en} {does} not take place {often}"
                )
            case _:
                return ""

    def _elapsed(self, node: Comparison, op: Operator) -> str:
        """That so much time has passed between two days, as people say it, or nothing."""
        end = end_of_span(node)
        if end is None:
            return ""
        day = node.right
        if end is not node.left:
            day, op = node.left, MIRRORED[op]
        if (words := _SPANS.get(op)) is None:
            return ""
        start, until, by = self.term(end.item), self.term(day), self._span(end)
        zh, much, denied_by = words
        have = "has" if by.startswith("1 ") else "have"
        return self.pick(
            f"{start}至{until}{zh}{by}",
            f"{much.format(by)} {have}{denied_by} passed from {start} to {until}",
        )

    def _often(self, node: Held) -> str:
        every = node.every.value if isinstance(node.every, Constant) else self._value(node.every)
        words = "" if every is None else recurrence_words(every, self.lang)
        if self.lang == "zh":
            return words if words.startswith("每") else "各期"
        return words if words and "=" not in words else "in each period"


class NoWords(Words):
    """What stands for the words of a language that nobody asks for: nothing is worked out."""

    def pick(self, zh: str, en: str) -> str:
        """Nothing, as all that follows."""
        return ""

    def value(self, node: Node, beside: Node | None = None) -> str:
        """Nothing."""
        return ""

    def bound(self, word: str, end: Any, of: Node) -> str:
        """Nothing."""
        return ""

    def term(self, node: Node) -> str:
        """Nothing."""
        return ""

    def brackets(self, node: Tiers) -> Iterator[str]:
        """Nothing of each bracket."""
        return ("" for _ in node.brackets)

    def in_bracket(self, amount: Any, node: Tiers) -> str:
        """Nothing."""
        return ""

    def condition(self, node: Node, holds: bool = True) -> str:
        """Nothing."""
        return ""
