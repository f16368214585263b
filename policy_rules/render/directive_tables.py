"""What a directive holds, as tables for a terminal. Only the command line imports this."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from fractions import Fraction
from typing import Any

from rich.console import RenderableType
from rich.text import Text

from ..language import Parameter, Reading
from ..language.sentences import CoverageRow, TextReport
from .prose import Column, Grid, Prose
from .tables import line, table_of, titled
from .wording import Language, pick, value_words


def clause_tables(clauses: Iterable[Mapping[str, Any]], lang: Language) -> list[RenderableType]:
    """A table for each clause, from its JSON form: its sentences with their rules."""
    columns = (
        Column(pick(lang, "条款", "cite"), fixed=True),
        Column(pick(lang, "形式", "form"), fixed=True),
        Column(pick(lang, "内容", "what it says")),
        Column(pick(lang, "原文", "words")),
    )
    parts = []
    for clause in clauses:
        rows = (
            (rule["cite"], _form(rule, lang), _content(rule, lang), rule["quote"])
            for sentence in clause["sentences"]
            for rule in sentence["rules"]
        )
        # Rules that differ in their condition only, and are shown without it, look the same.
        table = table_of(columns, dict.fromkeys(rows))
        parts.append(titled(f"{clause['heading']} {clause[lang]}", table))
    return parts


def _content(rule: Mapping[str, Any], lang: Language) -> str:
    label = rule[f"value_{lang}"]
    return f"{rule[lang]}{pick(lang, '：', ': ')}{label}" if label else str(rule[lang])


def _form(rule: Mapping[str, Any], lang: Language) -> str:
    labels = {
        "define": ("认定", "defines"),
        "must": ("应当", "must"),
        # Such a rule states what has to be so, for the request not to be prohibited.
        "must_not": ("须符合", "condition"),
        "in_principle": ("原则上", "in principle"),
        "target": ("力争", "target"),
        "needs": ("须经程序", "needs steps"),
        "exception": ("例外", "exception"),
        "excuse": ("不计算", "not computed"),
    }
    return pick(lang, *labels[rule["modality"] or rule["form"]])


def coverage_table(rows: Iterable[CoverageRow], lang: Language) -> Grid:
    """What becomes of each sentence: its rules, why it has none, or that it is bare."""
    columns = (
        Column(pick(lang, "条款", "sentence"), fixed=True),
        Column(pick(lang, "规则", "rules")),
        Column(pick(lang, "不计算的内容及原因", "not computed, and why")),
    )
    return table_of(
        columns,
        (
            (
                row.cite,
                ", ".join(row.rules),
                Prose(pick(lang, "尚未建模", "bare"), style="yellow")
                if row.bare
                else "; ".join(pick(lang, zh, en) for _, zh, en in row.excuses),
            )
            for row in rows
        ),
    )


def readings_table(readings: Iterable[Reading], lang: Language) -> Grid:
    """The questions that the text leaves open, and the answers to choose from."""
    columns = (
        Column(pick(lang, "口径", "reading")),
        Column(pick(lang, "条款", "cite"), fixed=True),
        Column(pick(lang, "选项", "option")),
        Column(pick(lang, "含义", "meaning")),
    )
    rows: list[tuple[str | Text, ...]] = []
    for each in readings:
        rows.append((each.name, each.cite, "", Prose(pick(lang, each.zh, each.en), style="bold")))
        for option in each.options:
            meaning = pick(lang, option.zh, option.en)
            if option.name == each.default:
                why = pick(lang, each.why_zh, each.why_en)
                meaning += pick(lang, f"（默认：{why}）", f" (default: {why})")
            rows.append(("", "", option.name, meaning))
    return table_of(columns, rows)


def parameters_table(parameters: Iterable[tuple[Parameter, Any]], lang: Language) -> Grid:
    """The figures that the text sets or leaves open, each with its value."""
    columns = (
        Column(pick(lang, "参数", "parameter")),
        Column(pick(lang, "条款", "cite"), fixed=True),
        Column(pick(lang, "值", "value")),
        Column(pick(lang, "含义", "meaning")),
    )
    unset = pick(lang, "未设定", "not set")
    return table_of(
        columns,
        (
            (
                each.name,
                each.cite,
                Prose(unset, style="yellow") if value is None else _enterable(each, value, lang),
                pick(lang, each.zh, each.en),
            )
            for each, value in parameters
        ),
    )


def _enterable(parameter: Parameter, value: Any, lang: Language) -> str:
    """A value as `--set` takes it where it is a fraction, else as people write it."""
    if isinstance(value, Fraction):
        return str(value)
    return value_words(value, lang, (parameter.unit_zh, parameter.unit_en))


def text_lines(report: TextReport, lang: Language) -> list[RenderableType]:
    """How an official text differs from the one that was modelled, line by line."""
    found: list[RenderableType] = [
        line(
            pick(
                lang,
                f"核对 {report.sentences} 句、{report.quotations} 处引文："
                + ("全部一致" if report.agrees else "有出入"),
                f"{report.sentences} sentences and {report.quotations} quotations checked: "
                + ("all agree" if report.agrees else "there are differences"),
            ),
            "green" if report.agrees else "bold red",
        )
    ]
    for cite in report.changed:
        words = "文字不同或未找到", "its words differ, or it is not found"
        found.append(line(f"{cite}  {pick(lang, *words)}"))
    for cite, quote in report.absent:
        found.append(line(f"{cite}  {pick(lang, '引文不在该句中', 'does not contain')}  “{quote}”"))
    for cite in report.added:
        words = "建模时没有这一句", "is not a sentence of the directive that was modelled"
        found.append(line(f"{cite}  {pick(lang, *words)}"))
    return found
