"""What a directive holds, as tables for a terminal. Only the command line imports this."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from rich.console import RenderableType
from rich.padding import Padding
from rich.text import Text

from ..language import (
    RECURRENCE,
    Amendment,
    Cite,
    Directive,
    Oddity,
    Parameter,
    Reading,
    Recurrence,
    Regime,
    RuleSet,
    Ruling,
)
from ..language.annotation import Entry, entries
from ..language.days import day_zh
from ..language.expressions import Constant, Definition, Option
from ..language.recurrences import WORDS
from ..language.sentences import TextReport
from .force import dates_said
from .prose import Column, Grid, Prose
from .provision_words import changed_words, cites_words, clause_title, form_words, validity_words
from .tables import line, table_of, titled
from .wording import Language, cite_shown, cite_words, parameter_words, pick, value_words


def header_lines(directive: Directive, lang: Language) -> list[RenderableType]:
    """What stands around the sentences: number, title, dates, from whom and to whom."""
    said = dates_said(directive)
    if directive.printed is not None:
        said.append((f"{day_zh(directive.printed)}印发", f"printed {directive.printed}"))
    if directive.public:
        said.append(("此件主动公开", "open to the public"))
    labelled = (
        (("印发机关", "issued by"), directive.issuer),
        (("效力", "authority"), directive.authority),
        (("主送", "addressed to"), directive.addressees),
        (("抄送", "copied to"), directive.copied_to),
    )
    return [
        line(directive.number, "bold"),
        line(pick(lang, directive.zh, directive.en), "bold"),
        line(pick(lang, "，", ", ").join(pick(lang, *each) for each in said), "dim"),
        *(
            line(f"{pick(lang, *label)}{pick(lang, '：', ': ')}{pick(lang, *words)}", "dim")
            for label, words in labelled
            if words[0]
        ),
        *(line(_amended_by(each, lang), "dim") for each in directive.amendments),
    ]


def _amended_by(amendment: Amendment, lang: Language) -> str:
    zh = f"自 {amendment.in_force} 起经{amendment.number}修改：{amendment.zh}（{amendment.id}）"
    en = f"amended from {amendment.in_force} by {amendment.number}: {amendment.en} ({amendment.id})"
    return pick(lang, zh, en)


def clause_tables(rules: RuleSet, lang: Language) -> list[RenderableType]:
    """A table for each clause: what stands under its sentences."""
    columns = (
        Column(pick(lang, "条款", "cite"), fixed=True),
        Column(pick(lang, "形式", "form"), fixed=True),
        Column(pick(lang, "内容", "what it says")),
        Column(pick(lang, "原文", "words")),
    )
    by_sentence = entries(rules)
    parts = []
    for clause in rules.directive.clauses:
        rows = (
            (
                cite_shown(each.cite, lang),
                form_words(each.provision, lang),
                _content(each, rules, lang),
                each.quote,
            )
            for sentence, listed in by_sentence.items()
            if sentence.partition("/")[0] == clause.heading
            for each in listed
        )
        # Rules that differ in their condition only, and are shown without it, look the same.
        table = table_of(columns, dict.fromkeys(rows))
        title = clause_title(clause.heading, pick(lang, clause.zh, clause.en), lang)
        parts.append(titled(title, table))
    return parts


def _content(entry: Entry, rules: RuleSet, lang: Language) -> str:
    """Our words; of a definition also the value, where it is the same for all facts."""
    said = changed_words(entry.provision, rules, lang)
    value = None if entry.rule is None else entry.rule.value
    if isinstance(value, Constant):
        said += pick(lang, "：", ": ") + value_words(value.value, lang)
    held = validity_words(entry, lang)
    return said + pick(lang, f"（{held}）", f" ({held})") if held else said


def reading_parts(rules: RuleSet, lang: Language) -> list[RenderableType]:
    """The questions that the text leaves open, in its order: the options, the default and why,
    and what rests on the answer."""
    order = list(rules.directive.sentences)
    readings = sorted(
        rules.readings.values(),
        key=lambda each: order.index(str(Cite.parse(each.cite).of_sentence)),
    )
    parts = [part for each in readings for part in _reading(rules, each, lang)]
    settled = ruling_parts(rules.rulings, lang)
    if not parts:
        return settled or [line(pick(lang, "没有列出口径", "there are no readings"))]
    zh = "换用另一选项：--reading 口径=选项。对一份数据有无影响：policy-rules sensitivity FACTS。"
    en = (
        "To take another option: --reading NAME=OPTION. Whether it matters for some facts: "
        "policy-rules sensitivity FACTS."
    )
    return [*parts, "", line(pick(lang, zh, en)), *settled]


def ruling_parts(rulings: Sequence[Ruling], lang: Language) -> list[RenderableType]:
    """What the text leaves open and is settled without another option, in its order."""
    parts: list[RenderableType] = []
    for each in rulings:
        rows = [
            (pick(lang, "认定", "taken"), pick(lang, each.taken_zh, each.taken_en)),
            (pick(lang, "不采", "not"), pick(lang, each.instead_zh, each.instead_en)),
            (pick(lang, "理由", "why"), pick(lang, each.why_zh, each.why_en)),
        ]
        shown = [cite_words(Cite.parse(cite), lang) for cite in each.cites]
        where = pick(lang, "、", ", ").join(shown) or pick(lang, "全文", "the whole document")
        parts += ["", line(f"{where}  {pick(lang, each.zh, each.en)}", "bold")]
        parts.append(indented(table_of((Column("", fixed=True), Column("")), rows, headed=False)))
    if parts:
        zh, en = "文件未写明、已作认定的事项（没有其他选项）", "Settled, without another option"
        parts[:0] = ["", line(pick(lang, zh, en), "bold")]
    return parts


def _reading(rules: RuleSet, reading: Reading, lang: Language) -> list[RenderableType]:
    resting = rules.resting_on(reading)
    comma = pick(lang, "、", ", ")
    decisions = comma.join(
        pick(lang, f"{each.zh}（{each.name}）", f"{each.en} ({each.name})")
        for each in resting
        if isinstance(each, Definition)
    )
    cites = comma.join(
        cite_shown(each.cite, lang) for each in resting if not isinstance(each, Definition)
    )
    rows = [(option.name, _option(reading, option, lang)) for option in reading.options]
    said = [
        (("理由", "why"), pick(lang, reading.why_zh, reading.why_en)),
        (("相关认定", "decisions"), decisions),
        (("相关规则", "rules"), cites),
    ]
    rows += [(pick(lang, *label), words) for label, words in said if words]
    title = f"{cite_words(rules.directive.cited(reading.cite), lang)}  {reading.name}"
    return [
        "",
        line(title, "bold"),
        line(pick(lang, reading.zh, reading.en)),
        indented(table_of((Column("", fixed=True), Column("")), rows, headed=False)),
    ]


def _option(reading: Reading, option: Option, lang: Language) -> str:
    meaning = pick(lang, option.zh, option.en)
    return meaning + pick(lang, "（默认）", " (default)") * (option.name == reading.default)


def oddity_parts(oddities: Sequence[Oddity], lang: Language) -> list[RenderableType]:
    """Where the text does not fit, sentence by sentence, and how the rules treat it."""
    parts: list[RenderableType] = []
    for place, each in enumerate(oddities, 1):
        where = cites_words(each.cites, lang) or pick(lang, "全文", "the whole document")
        rows = [
            (pick(lang, "疑点", "oddity"), pick(lang, each.zh, each.en)),
            (pick(lang, "处理", "treatment"), pick(lang, each.treatment_zh, each.treatment_en)),
        ]
        parts += ["", line(f"{place}  {where}", "bold")]
        parts.append(indented(table_of((Column("", fixed=True), Column("")), rows, headed=False)))
    if not parts:
        parts.append(line(pick(lang, "没有列出疑点", "no oddities are listed")))
    return parts


def indented(table: RenderableType) -> RenderableType:
    """A table set off from the line above it."""
    return Padding(table, (0, 0, 0, 2))


def parameters_table(chosen: Regime, lang: Language) -> Grid:
    """The figures that the text sets or leaves open, each with its value and who changed it."""
    parameters = [(each, chosen.value(each)) for each in chosen.rules.parameters.values()]
    columns = (
        Column(pick(lang, "参数", "parameter")),
        Column(pick(lang, "条款", "cite"), fixed=True),
        Column(pick(lang, "值", "value")),
        Column(pick(lang, "含义", "meaning")),
        Column(pick(lang, "修改", "amended")),
    )
    return table_of(
        columns,
        (
            (
                each.name,
                each.cite,
                _unset(each, lang) if value is None else _enterable(each, value, lang),
                pick(lang, each.zh, each.en),
                _set_by(each, chosen, lang),
            )
            for each, value in parameters
        ),
    )


def _enterable(parameter: Parameter, value: Any, lang: Language) -> str:
    """A value as people write it; of a recurrence, as `--set` takes it too."""
    words = parameter_words(parameter, value, lang)
    if isinstance(value, Recurrence) and value.rule not in (words, *WORDS):
        return pick(lang, f"{words}（{value}）", f"{words} ({value})")
    return words


def _set_by(parameter: Parameter, chosen: Regime, lang: Language) -> str:
    by = chosen.amended_by(parameter)
    if by is None:
        return ""
    cite = cite_words(chosen.rules.directive.cited(by.cite), lang, chosen.rules.directive.numbers)
    return pick(lang, f"自 {by.since} 起，经{cite}修改", f"from {by.since}, by {cite}")


def _unset(parameter: Parameter, lang: Language) -> Text:
    words = pick(lang, "未设定", "not set")
    if parameter.type == RECURRENCE:
        words += pick(lang, "（如每月）", " (e.g. monthly)")
    return Prose(words, style="yellow")


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
    for cite in report.contradicting:
        words = "有内容不同的两行；请只保留一行", "has lines that differ; keep one of them"
        found.append(line(f"{cite}  {pick(lang, *words)}"))
    for cite in report.changed:
        words = "文字不同或未找到", "its words differ, or it is not found"
        found.append(line(f"{cite}  {pick(lang, *words)}"))
    for cite, quote in report.absent:
        found.append(line(f"{cite}  {pick(lang, '引文不在该句中', 'does not contain')}  “{quote}”"))
    for cite in report.added:
        words = "建模时没有这一句", "is not a sentence of the directive that was modelled"
        found.append(line(f"{cite}  {pick(lang, *words)}"))
    return found
