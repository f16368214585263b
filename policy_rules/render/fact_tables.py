"""The facts that a directive can speak of, as tables for a terminal."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from rich.console import RenderableType

from ..facts import Exemption, Fact, FieldSpec, Kind, fields_of
from ..facts.specs import MOST
from ..language import Cite, RuleSet
from ..language.annotation import readers
from .prose import Column, Grid
from .tables import table_of, titled
from .wording import Language, cite_shown, pick

KIND_WORDS: Final[dict[Kind, tuple[str, str]]] = {
    Kind.ID: ("编号", "id"),
    Kind.REFERENCE: ("编号", "id"),
    Kind.TEXT: ("文字", "text"),
    Kind.BOOLEAN: ("是/否", "yes or no"),
    Kind.INTEGER: ("整数", "whole number"),
    Kind.DECIMAL: ("小数", "number"),
    Kind.DATE: ("日期", "date"),
    Kind.MOMENT: ("日期和时间", "date and time"),
    Kind.CHOICE: ("选一", "one of"),
    Kind.CHOICES: ("可选多个", "any of"),
    Kind.CODES: ("代码的集合", "set of codes"),
    Kind.BY_YEAR: ("各年的整数", "whole number by year"),
}


def fact_tables(rules: RuleSet, lang: Language) -> list[RenderableType]:
    """Each class of facts with its fields: what they are called, what they take, who reads them."""
    read = readers(rules)
    found: list[RenderableType] = []
    classes: tuple[type[Fact], ...] = (*rules.directive.classes, Exemption)
    for of in classes:
        title = f"{of.collection}  {pick(lang, of.zh, of.en)}"
        found.append(titled(title, _table(of, read, lang)))
    return found


def _table(
    of: type[Fact], read: Mapping[tuple[type[Fact], str], tuple[Cite, ...]], lang: Language
) -> Grid:
    columns = (
        Column(pick(lang, "字段", "field")),
        Column(pick(lang, "名称", "label")),
        Column(pick(lang, "取值", "value")),
        Column(pick(lang, "用到的条款", "read by")),
    )
    return table_of(
        columns,
        (
            (
                spec.name,
                pick(lang, spec.zh, spec.en),
                _value(spec, lang),
                _cites(read.get((of, spec.name), ()), lang),
            )
            for spec in fields_of(of).values()
        ),
    )


def _value(spec: FieldSpec, lang: Language) -> str:
    """What the field takes, and whether it can be known to be none."""
    words = _kind(spec, lang)
    return words + pick(lang, "，或“无”", ", or none") if spec.may_be_none else words


def _kind(spec: FieldSpec, lang: Language) -> str:
    """Its kind, its unit and bounds, its members."""
    words = pick(lang, *KIND_WORDS[spec.kind])
    if spec.target is not None:
        return f"{words} ({spec.target})"
    if spec.choices is not None:
        listed = (f"{each} {each.zh}" if lang == "zh" else str(each) for each in spec.choices)
        return f"{words}{pick(lang, '：', ': ')}{pick(lang, '、', ', ').join(listed)}"
    if spec.places is not None:
        places = "1 place" if spec.places == 1 else f"{spec.places} places"
        words += pick(lang, f"，{spec.places}位小数", f" to {places}")
    if spec.unit is not None:
        words += pick(lang, f"（{spec.unit.zh}）", f" ({spec.unit.en})")
    if spec.kind in (Kind.INTEGER, Kind.BY_YEAR) and (spec.minimum, spec.maximum) != (0, MOST):
        words += f" {spec.minimum}–{spec.maximum}"
    return words


def _cites(cites: Sequence[Cite], lang: Language) -> str:
    return pick(lang, "、", ", ").join(cite_shown(cite, lang) for cite in cites)
