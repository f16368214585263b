"""Expressions in words, Chinese and English, with the values that they had."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, datetime
from fractions import Fraction
from typing import Any, Final, Literal, TypeAlias

from ..facts import Labelled, fields_of
from ..language.citations import Cite
from ..language.expressions import (
    NEGATED,
    AllStartWith,
    And,
    Arithmetic,
    AsOf,
    Attribute,
    Comparison,
    Constant,
    Contains,
    Count,
    Derived,
    Exempted,
    FirstKnown,
    FullYears,
    Held,
    InYear,
    IsKnown,
    Node,
    Not,
    Noted,
    Or,
    Parameter,
    Periods,
    PlusMinutes,
    PlusYears,
    ReadingIs,
    Subset,
    Total,
    Variable,
    YearNumber,
)
from ..language.types import DATE, MOMENT, NUMERIC

Language: TypeAlias = Literal["zh", "en"]
_NUMERALS: Final = "零一二三四五六七八九十"
_NUMBERS: Final[Mapping[str, tuple[str, str]]] = {
    ">=": ("不少于", "at least"),
    ">": ("多于", "more than"),
    "<=": ("不多于", "at most"),
    "<": ("少于", "less than"),
    "==": ("等于", "equal to"),
    "!=": ("不等于", "other than"),
}
_DATES: Final[Mapping[str, tuple[str, str]]] = {
    ">=": ("不早于", "not before"),
    ">": ("晚于", "after"),
    "<=": ("不晚于", "not after"),
    "<": ("早于", "before"),
    "==": ("即", "on"),
    "!=": ("不在", "not on"),
}
_OTHERS: Final[Mapping[str, tuple[str, str]]] = {"==": ("为", ""), "!=": ("不为", "not")}


def pick(lang: Language, zh: str, en: str) -> str:
    """The text in the language."""
    return zh if lang == "zh" else en


def numeral(number: int) -> str:
    """A number to 99 in Chinese."""
    tens, ones = divmod(number, 10)
    if tens == 0:
        return _NUMERALS[ones]
    return ("" if tens == 1 else _NUMERALS[tens]) + "十" + (_NUMERALS[ones] if ones else "")


def cite_words(cite: Cite, lang: Language) -> str:
    """A citation as readers of the text say it: 五（一）第二句, or 5.1 sentence 2."""
    if lang == "en":
        return f"{cite.heading} sentence {cite.sentence}{cite.letter}"
    part, *items = (int(number) for number in cite.heading.split("."))
    heading = "序言" if part == 0 else numeral(part) + "".join(f"（{numeral(n)}）" for n in items)
    return f"{heading}第{numeral(cite.sentence)}句{cite.letter}"


def value_words(value: Any, lang: Language, unit: tuple[str, str] = ("", "")) -> str:
    """A value as people write it; None is unknown."""
    match value:
        case None:
            return pick(lang, "未知", "unknown")
        case bool():
            return pick(lang, "是" if value else "否", "yes" if value else "no")
        case Labelled():
            return pick(lang, value.zh, value.en)
        case Fraction():
            whole, tenths = divmod(value * 10, 10)
            number = f"{whole}.{tenths}" if tenths.denominator == 1 else str(value)
            return f"{number}{unit[0]}" if lang == "zh" else f"{number} {unit[1]}".strip()
        case int():
            return (
                f"{value}{unit[0]}"
                if lang == "zh"
                else f"{value} {_counted(value, unit[1])}".strip()
            )
        case datetime() | date():
            return value.isoformat(" ") if isinstance(value, datetime) else value.isoformat()
        case frozenset() if not value:
            return pick(lang, "无", "none")
        case frozenset():
            members = sorted(value, key=lambda member: str(member))
            if isinstance(members[0], Labelled):
                members = [member for member in type(members[0]) if member in value]
            return pick(lang, "、", ", ").join(value_words(member, lang) for member in members)
        case "":
            return pick(lang, "无", "none")
        case _:
            return str(value)


def _counted(number: int, unit: str) -> str:
    """An English unit, in the singular for one."""
    if number != 1:
        return unit
    return "person" if unit == "people" else unit.removesuffix("s")


def unit_of(node: Node) -> tuple[str, str]:
    """The unit that a number is counted in, or nothing."""
    match node:
        case Attribute():
            return (node.spec.unit.zh, node.spec.unit.en) if node.spec.unit else ("", "")
        case Derived():
            return node.definition.unit_zh, node.definition.unit_en
        case Parameter():
            return node.unit_zh, node.unit_en
        case InYear():
            return unit_of(node.item)
        case FirstKnown():
            return unit_of(node.first)
        case FullYears():
            return "年", "years"
        case Total():
            return unit_of(node.value)
        case Arithmetic():
            left = unit_of(node.left)
            return left if left != ("", "") else unit_of(node.right)
        case _:
            return "", ""


class Words:
    """Expressions in one language. `value` gives the value that an expression had."""

    def __init__(self, lang: Language, value: Callable[[Node], Any], year: int) -> None:
        self.lang = lang
        self._value = value
        self._year = year

    def pick(self, zh: str, en: str) -> str:
        """The text in the language."""
        return pick(self.lang, zh, en)

    def value(self, node: Node) -> str:
        """The value that an expression had."""
        return value_words(self._value(node), self.lang, unit_of(node))

    def term(self, node: Node) -> str:
        """What a value is called: a label, or a literal value itself."""
        match node:
            case Constant():
                return value_words(node.value, self.lang)
            case Parameter():
                return self._parameter(node)
            case Attribute():
                return self._of(node.of, node.spec.zh, node.spec.en)
            case Derived():
                return self._of(node.of, node.definition.zh, node.definition.en)
            case InYear():
                year = self._year + node.offset
                return self.pick(
                    f"{year}年{self.term(node.item)}", f"{self.term(node.item)} of {year}"
                )
            case AsOf():
                return self.pick(
                    f"基准日期（{self.value(node)}）", f"the policy's date ({self.value(node)})"
                )
            case FirstKnown():
                return self.term(node.first)
            case Arithmetic():
                sign = {"*": "×", "/": "÷"}.get(node.op, node.op)
                return f"{self._factor(node.left)} {sign} {self._factor(node.right)}"
            case PlusYears():
                return self.pick(
                    f"{self.term(node.item)}加{self.term(node.years)}",
                    f"{self.term(node.item)} plus {self.term(node.years)}",
                )
            case PlusMinutes():
                minutes = self.term(node.minutes)
                return self.pick(
                    f"{self.term(node.item)}加{minutes}", f"{self.term(node.item)} plus {minutes}"
                )
            case Periods():
                return self.pick("应有次数", "the number of periods")
            case FullYears():
                return self.pick(
                    f"{self.term(node.start)}至{self.term(node.end)}的整年数",
                    f"full years from {self.term(node.start)} to {self.term(node.end)}",
                )
            case YearNumber():
                return self.pick(
                    f"{self.term(node.item)}所在年份", f"year of {self.term(node.item)}"
                )
            case Count() | Total():
                return self._aggregate(node)
            case Held():
                return self.pick(f"{node.zh}的期数", f"periods with {node.en}")
            case _:
                return self.condition(node)

    def _of(self, variable: Variable, zh: str, en: str) -> str:
        """What is said of a fact, with the way to it where that is a reference."""
        if variable.via is None or variable.of is None:
            return self.pick(zh, en)
        link = fields_of(variable.of.fact_class)[variable.via]
        return self._of(variable.of, f"{link.zh}的{zh}", f"{en} of the {link.en}")

    def _factor(self, node: Node) -> str:
        words = self.term(node)
        return f"({words})" if isinstance(node, Arithmetic) else words

    def _parameter(self, node: Parameter) -> str:
        value = self._value(node)
        if value is None:
            return self.pick(f"{node.zh}（未设定）", f"{node.en} (not set)")
        if isinstance(value, Fraction) and (value * 100).denominator == 1:
            return f"{value * 100}%"
        return value_words(value, self.lang, unit_of(node))

    def _aggregate(self, node: Count | Total) -> str:
        if node.zh and node.en:
            return self.pick(node.zh, node.en)
        of = self.pick(node.member.fact_class.zh, node.member.fact_class.en)
        plain = isinstance(node.where, Constant) and node.where.value is True
        where = "" if plain else self.condition(node.where)
        if isinstance(node, Count):
            zh, en = f"{of}数", f"number of {of} records"
        else:
            value = self.term(node.value)
            zh, en = f"各{of}{value}之和", f"total {value} over {of} records"
        if not where:
            return self.pick(zh, en)
        return self.pick(f"符合条件的{zh}（{where}）", f"{en} where {where}")

    def condition(self, node: Node, holds: bool = True) -> str:
        """A condition as one phrase; with `holds` false, its negation."""
        match node:
            case Not():
                return self.condition(node.item, not holds)
            case Noted():
                return (
                    self.pick(node.zh, node.en)
                    if holds
                    else self.pick(f"非{node.zh}", f"not {node.en}")
                )
            case And() | Or():
                joint = isinstance(node, And) == holds
                word = self.pick("且" if joint else "或", " and " if joint else " or ")
                parts = (self.condition(item, holds) for item in node.items)
                return word.join(
                    self.pick(f"（{part}）", f"({part})") if isinstance(item, And | Or) else part
                    for part, item in zip(parts, node.items, strict=True)
                )
            case Comparison():
                return self._comparison(node, holds)
            case Contains():
                word = self.pick(
                    "属于" if holds else "不属于", "is one of" if holds else "is none of"
                )
                if isinstance(node.container, Attribute):
                    word = self.pick(
                        "包含" if holds else "不包含", "includes" if holds else "lacks"
                    )
                    return (
                        f"{self.term(node.container)}{self._spaced(word)}{self.term(node.member)}"
                    )
                return f"{self.term(node.member)}{self._spaced(word)}{self.term(node.container)}"
            case Subset():
                word = self.pick(
                    "不超出" if holds else "超出", "is within" if holds else "goes beyond"
                )
                if isinstance(node.right, Attribute):
                    word = self.pick(
                        "包含" if holds else "未包含", "includes" if holds else "lacks part of"
                    )
                    return f"{self.term(node.right)}{self._spaced(word)}{self.term(node.left)}"
                return f"{self.term(node.left)}{self._spaced(word)}{self.term(node.right)}"
            case AllStartWith():
                word = self.pick(
                    "均以" if holds else "并非均以",
                    "all begin with" if holds else "do not all begin with",
                )
                end = self.pick("开头", "")
                return f"{self.term(node.item)}{self._spaced(word)}{self.term(node.prefix)}{end}"
            case IsKnown():
                word = self.pick("已知" if holds else "未知", "is known" if holds else "is unknown")
                return f"{self.term(node.item)}{self.pick('', ' ')}{word}"
            case Exempted():
                return self.pick(
                    "获得豁免" if holds else "未获豁免", "exempted" if holds else "not exempted"
                )
            case ReadingIs():
                option = next(o for o in node.reading.options if o.name == node.option)
                word = self.pick(
                    "采用" if holds else "不采用", "read as" if holds else "not read as"
                )
                return f"{word}{self.pick('', ' ')}{self.pick(f'“{option.zh}”', f'“{option.en}”')}"
            case Constant():
                true = bool(node.value) == holds
                return self.pick("恒成立" if true else "恒不成立", "always" if true else "never")
            case _:
                answer = value_words(holds, self.lang)
                return self.pick(f"{self.term(node)}为{answer}", f"{self.term(node)} is {answer}")

    def _spaced(self, word: str) -> str:
        return word if self.lang == "zh" else f" {word} "

    def _comparison(self, node: Comparison, holds: bool) -> str:
        op = node.op if holds else NEGATED[node.op]
        words = _NUMBERS if node.left.type in NUMERIC else _OTHERS
        if node.left.type in (DATE, MOMENT):
            words = _DATES
        zh, en = words[op]
        right = self.term(node.right)
        if words is _OTHERS and not isinstance(node.right, Constant | Parameter):
            same = op == "=="
            if self.lang == "zh":
                return f"{self.term(node.left)}与{right}{'一致' if same else '不一致'}"
            return f"{self.term(node.left)} {'is the same as' if same else 'differs from'} {right}"
        if isinstance(node.right, Constant) and node.left.type in NUMERIC:
            right = value_words(node.right.value, self.lang, unit_of(node.left))
        if self.lang == "zh":
            return f"{self.term(node.left)}{zh}{right}"
        return " ".join(part for part in (self.term(node.left), "is", en, right) if part)
