"""Answers as tables for a terminal. Only the command line imports this, since it needs rich."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.text import Text

from ..answers import Consistency, Decision, Outcome, Standings, Status, Verdict
from ..facts import NO_FACTS, Fact, Facts
from ..language import Cite
from ..language.exact import number_words
from .naming import called
from .needed import needs_words
from .prose import Column, Grid, Prose
from .wording import Language, cite_shown, cites_shown, pick, value_words


def printable(text: str) -> str:
    """A text without what could disturb a terminal."""
    return "".join(char if char.isprintable() else ascii(char)[1:-1] for char in text)


def line(text: str, style: str = "") -> Text:
    """One line of text of its own."""
    return Prose(printable(text), style=style)


def titled(title: str, table: RenderableType) -> RenderableType:
    """A table under its title."""
    return Group("", Prose(title, style="bold"), table)


def table_of(
    columns: Sequence[Column], rows: Iterable[Sequence[str | Text]], *, headed: bool = True
) -> Grid:
    """A table of rows, without the columns that no row has anything in."""
    return Grid(columns, [[_cell(cell) for cell in row] for row in rows], headed)


def _cell(cell: str | Text) -> Text:
    return Prose(printable(cell)) if isinstance(cell, str) else cell


def subject_text(fact: Fact, lang: Language, facts: Facts = NO_FACTS) -> Text:
    """What a fact is called among others, with its id."""
    return Prose.assemble(printable(called(fact, facts, lang)), " ", (printable(fact.id), "dim"))


def outcome_text(outcome: Standings, lang: Language) -> Text:
    """A status or an outcome by its label."""
    return Prose(pick(lang, outcome.zh, outcome.en), style=outcome.standing.colour)


def verdict_text(verdict: Verdict, lang: Language) -> Text:
    """What a request comes to, by what is done with such requests."""
    return Prose(pick(lang, verdict.zh, verdict.en), style=verdict.outcome.standing.colour)


def _cites_of(decision: Decision) -> Sequence[Cite]:
    return decision.conflict.cites if decision.conflict else decision.cites


def decisions_table(decisions: Iterable[Decision], lang: Language) -> Grid:
    """What is decided of each fact, and by which sentences."""
    rows: list[tuple[str | Text, ...]] = []
    last = None
    for each in decisions:
        definition = each.definition
        rows.append(
            (
                subject_text(each.fact, lang, each.surroundings) if each.subject != last else "",
                pick(lang, definition.zh, definition.en),
                decision_text(each, lang),
                cites_shown(_cites_of(each), lang),
                needs_words(each.needs, each.fact, lang, each.regime.rules),
            )
        )
        last = each.subject
    columns = (
        Column(pick(lang, "对象", "subject")),
        Column(pick(lang, "认定事项", "decision")),
        Column(pick(lang, "结果", "value")),
        Column(pick(lang, "依据", "by"), fixed=True),
        Column(pick(lang, "需要补充", "needed")),
    )
    return table_of(columns, rows)


def decision_text(decision: Decision, lang: Language) -> Text:
    """What is decided, or that it is undetermined or in conflict."""
    if decision.conflict is not None:
        return outcome_text(Outcome.CONFLICT, lang)
    if decision.value is None:
        undetermined = Outcome.UNDETERMINED if decision.needs else Outcome.NOT_APPLICABLE
        return outcome_text(undetermined, lang)
    definition = decision.definition
    unit = definition.unit_zh, definition.unit_en
    return Prose(printable(value_words(decision.value, lang, unit, definition.places or 0)))


def verdicts_table(verdicts: Iterable[Verdict], lang: Language) -> Grid:
    """What each request comes to, and why."""
    columns = (
        Column(pick(lang, "事项", "request")),
        Column(pick(lang, "结论", "outcome"), fixed=True),
        Column(pick(lang, "理由", "why")),
    )
    rows = (
        (
            subject_text(each.fact, lang, each.surroundings),
            verdict_text(each, lang),
            _why(each, lang),
        )
        for each in verdicts
    )
    return table_of(columns, rows)


def _why(verdict: Verdict, lang: Language) -> Text:
    lines = []
    for reason in verdict.reasons:
        words = f"{cite_shown(reason.cite, lang)} {pick(lang, reason.zh, reason.en)}"
        if reason.exemption is not None:
            words += pick(
                lang, f"（豁免批准 {reason.exemption}）", f" (exemption {reason.exemption})"
            )
        elif (
            reason.strength == "in_principle" and pick(lang, "原则上", "in principle") not in words
        ):
            words += pick(lang, "（原则性规定）", " (in principle)")
        lines.append(words)
    if verdict.steps:
        steps = pick(lang, "；", "; ").join(pick(lang, s.zh, s.en) for s in verdict.steps)
        lines.append(pick(lang, f"未完成：{steps}", f"missing: {steps}"))
    if verdict.needs:
        needs = needs_words(verdict.needs, verdict.fact, lang, verdict.regime.rules)
        lines.append(pick(lang, f"需要补充：{needs}", f"needed: {needs}"))
    return Prose("\n".join(map(printable, lines)))


def tally(counts: Mapping[Any, int], lang: Language, *, at_least: bool = False) -> Text:
    """How many of each, in words: “9 satisfied, 3 breached”.

    `at_least`: rows were lost, so that there may be more of each. Not of what is undetermined,
    which the whole data may settle.
    """
    text = Prose()
    for kind in (*Status, *Outcome, *Consistency):
        if number := counts.get(kind, 0):
            text.append(pick(lang, "，", ", ") if text else "")
            said = counted(number, lang, at_least=at_least and not kind.standing.open)
            label = pick(lang, f"{kind.zh} {said}", f"{said} {kind.en}")
            text.append(label, style=kind.standing.colour)
    return text


def counted(number: int, lang: Language, *, at_least: bool) -> str:
    """A number of answers; where rows were lost, there may be more."""
    said = number_words(number)
    return pick(lang, f"至少 {said}", f"at least {said}") if at_least else said


def paragraph(text: str) -> RenderableType:
    """A line that keeps its indentation where it has to be wrapped."""
    words = text.lstrip(" ")
    return Padding(line(words), (0, 0, 0, len(text) - len(words)))
