"""Answers as tables for a terminal. Only the command line imports this, since it needs rich."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Final, Protocol

from rich.cells import cell_len
from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.text import Text

from ..answers import Decision, Finding, Outcome, Status, Verdict
from ..facts import FACT_CLASSES, Fact, fields_of
from ..language.citations import Cite
from ..language.rules import AttestationRule
from .prose import Column, Grid, Prose
from .wording import Language, pick, value_words

_STYLES: Final[Mapping[Status | Outcome, str]] = {
    Status.SATISFIED: "green",
    Status.BREACHED: "bold red",
    Status.DEVIATES: "yellow",
    Status.MISSED: "bold yellow",
    Status.PENDING: "cyan",
    Status.EXEMPT: "blue",
    Status.NOT_APPLICABLE: "dim",
    Status.UNDETERMINED: "magenta",
    Status.CONFLICT: "bold red",
    Outcome.PERMITTED: "green",
    Outcome.AWAITING: "yellow",
    Outcome.PROHIBITED: "bold red",
    Outcome.UNDETERMINED: "magenta",
    Outcome.CONFLICT: "bold red",
    Outcome.NOT_APPLICABLE: "dim",
}
_NARROWEST_STATEMENT: Final = 26
_CLASSES: Final = {cls.collection: cls for cls in FACT_CLASSES}


class Counted(Protocol):
    """How many findings under one rule have each status."""

    @property
    def cite(self) -> Cite: ...
    @property
    def zh(self) -> str: ...
    @property
    def en(self) -> str: ...
    @property
    def counts(self) -> Mapping[Status, int]: ...


def printable(text: str) -> str:
    """A text without what could disturb a terminal."""
    return "".join(char if char.isprintable() else ascii(char)[1:-1] for char in text)


def line(text: str, style: str = "") -> Text:
    """One line of text of its own."""
    return Prose(printable(text), style=style)


def titled(title: str, table: RenderableType) -> RenderableType:
    """A table under its title."""
    return Group("", Prose(title, style="bold"), table)


def table_of(columns: Sequence[Column], rows: Iterable[Sequence[str | Text]]) -> Grid:
    """A table of rows, without the columns that no row has anything in."""
    return Grid(columns, [[_cell(cell) for cell in row] for row in rows])


def _cell(cell: str | Text) -> Text:
    return Prose(printable(cell)) if isinstance(cell, str) else cell


def subject_text(fact: Fact, lang: Language) -> Text:
    """What a fact is called, with its id."""
    name = getattr(fact, "name", None)
    label = name if isinstance(name, str) else pick(lang, fact.zh, fact.en)
    return Prose.assemble(printable(label), " ", (printable(fact.id), "dim"))


def outcome_text(outcome: Status | Outcome, lang: Language) -> Text:
    """A status or an outcome by its label."""
    return Prose(pick(lang, outcome.zh, outcome.en), style=_STYLES[outcome])


def needs_words(needs: Sequence[str], fact: Fact, lang: Language) -> str:
    """What is needed to settle an answer about a fact, gathered by field."""
    keys: dict[tuple[str, str], list[str]] = {}
    for need in needs:
        collection, name, key = _parted(need, fact)
        keys.setdefault((collection, name), []).append(key)
    words = (_needed(*of, keys[of], fact, lang) for of in sorted(keys))
    return pick(lang, "；", "; ").join(words)


def _parted(need: str, fact: Fact) -> tuple[str, str, str]:
    """The collection ("" for the fact itself), the field and its year, and the key of a need."""
    own = f"{fact.key}."
    if need.startswith(own):
        return "", need[len(own) :], fact.key
    if "/" not in need:
        collection, _, name = need.partition(".")
        return collection, name, ""
    key, _, name = need.rpartition(".")
    if name.isdecimal():
        key, _, by_year = key.rpartition(".")
        name = f"{by_year}.{name}"
    return key.partition("/")[0], name, key


def _needed(collection: str, name: str, keys: Sequence[str], fact: Fact, lang: Language) -> str:
    if collection == "parameters":
        return pick(lang, f"参数 {name}", f"parameter {name}")
    if collection == "complete":
        label = _CLASSES[name].zh if name in _CLASSES else name
        return pick(
            lang, f"完整的{label}名单（complete：{name}）", f"all {name} (complete: {name})"
        )
    cls = _CLASSES.get(collection) if collection else type(fact)
    spec = fields_of(cls).get(name.partition(".")[0]) if cls else None
    field = _labelled(spec.zh, name) if spec and lang == "zh" else name
    if not collection:
        return field
    if len(keys) == 1:
        return pick(lang, f"{keys[0]} 的{field}", f"{field} of {keys[0]}")
    if cls is not None:
        return pick(
            lang, f"{len(keys)} 条{cls.zh}的{field}", f"{field} of {len(keys)} {collection}"
        )
    return pick(
        lang, f"{len(keys)} 项{collection}的{field}", f"{field} of {len(keys)} {collection}"
    )


def _labelled(label: str, name: str) -> str:
    year = name.partition(".")[2]
    return f"{year}年{label}" if year else label


def decisions_table(decisions: Iterable[Decision], lang: Language) -> Grid:
    """What is decided of each fact, and by which sentences."""
    rows: list[tuple[str | Text, ...]] = []
    last = None
    for each in decisions:
        definition = each.definition
        rows.append(
            (
                subject_text(each.fact, lang) if each.subject != last else "",
                pick(lang, definition.zh, definition.en),
                _value(each, lang),
                " ".join(map(str, each.conflict.cites if each.conflict else each.cites)),
                needs_words(each.needs, each.fact, lang),
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


def _value(decision: Decision, lang: Language) -> Text:
    if decision.conflict is not None:
        return outcome_text(Outcome.CONFLICT, lang)
    if decision.value is None:
        undetermined = Outcome.UNDETERMINED if decision.needs else Outcome.NOT_APPLICABLE
        return outcome_text(undetermined, lang)
    definition = decision.definition
    unit = definition.unit_zh, definition.unit_en
    return Prose(printable(value_words(decision.value, lang, unit)))


def verdicts_table(verdicts: Iterable[Verdict], lang: Language) -> Grid:
    """What each request comes to, and why."""
    columns = (
        Column(pick(lang, "事项", "request")),
        Column(pick(lang, "结论", "outcome"), fixed=True),
        Column(pick(lang, "理由", "why")),
    )
    rows = (
        (subject_text(each.fact, lang), outcome_text(each.outcome, lang), _why(each, lang))
        for each in verdicts
    )
    return table_of(columns, rows)


def _why(verdict: Verdict, lang: Language) -> Text:
    lines = []
    for reason in verdict.reasons:
        words = f"{reason.cite} {pick(lang, reason.zh, reason.en)}"
        if reason.exemption is not None:
            words += pick(
                lang, f"（豁免批准 {reason.exemption}）", f" (exemption {reason.exemption})"
            )
        elif reason.strength == "in_principle":
            words += pick(lang, "（原则性规定）", " (in principle)")
        lines.append(words)
    if verdict.steps:
        steps = pick(lang, "；", "; ").join(pick(lang, s.zh, s.en) for s in verdict.steps)
        lines.append(pick(lang, f"未完成：{steps}", f"missing: {steps}"))
    if verdict.needs:
        needs = needs_words(verdict.needs, verdict.fact, lang)
        lines.append(pick(lang, f"需要补充：{needs}", f"needed: {needs}"))
    return Prose("\n".join(map(printable, lines)))


def tally(counts: Mapping[Status, int] | Mapping[Outcome, int], lang: Language) -> Text:
    """How many of each, in words: “9 satisfied, 3 breached”."""
    text = Prose()
    for kind in (*Status, *Outcome):
        if number := counts.get(kind, 0):
            text.append(pick(lang, "，", ", ") if text else "")
            label = pick(lang, f"{kind.zh} {number}", f"{number} {kind.en}")
            text.append(label, style=_STYLES[kind])
    return text


def summary_table(rows: Sequence[Counted], lang: Language, width: int) -> Grid:
    """Findings counted by rule and status: a column for each status, where there is room."""
    statuses = [status for status in Status if any(row.counts.get(status) for row in rows)]
    headings = [pick(lang, status.zh, status.en).replace(" ", "\n") for status in statuses]
    room = width - 10 - sum(max(map(cell_len, h.split("\n"))) + 2 for h in headings)
    wide = room >= _NARROWEST_STATEMENT
    results = [Column(heading, number=True) for heading in headings]
    columns = (
        Column(pick(lang, "条款", "cite"), fixed=True),
        Column(pick(lang, "要求", "requirement")),
        *(results if wide else [Column(pick(lang, "结果", "result"))]),
    )

    def cells(row: Counted) -> list[Text]:
        if not wide:
            return [tally(row.counts, lang)]
        numbers = ((status, row.counts.get(status, 0)) for status in statuses)
        return [Text(str(number or ""), style=_STYLES[status]) for status, number in numbers]

    return table_of(columns, ([str(r.cite), pick(lang, r.zh, r.en), *cells(r)] for r in rows))


def findings_table(findings: Iterable[Finding], lang: Language) -> Grid:
    """Findings one by one: the numbers compared, or what is needed to settle them.

    Where all are undetermined, their status has no column of its own.
    """
    listed = list(findings)
    open_ = all(each.status is Status.UNDETERMINED for each in listed)
    columns = (
        Column(pick(lang, "对象", "subject")),
        Column(pick(lang, "条款", "cite"), fixed=True),
        Column(pick(lang, "要求", "requirement")),
        Column(pick(lang, "结果", "status"), fixed=True),
        Column(pick(lang, "实有", "has"), number=True),
        Column(pick(lang, "应有", "asked"), number=True),
        Column(pick(lang, "相差", "off by"), number=True),
        Column(pick(lang, "期限", "due"), fixed=True),
        Column(pick(lang, "需要补充", "needed")),
    )
    rows = (
        (
            subject_text(each.fact, lang),
            str(each.cite),
            pick(lang, each.rule.zh, each.rule.en),
            "" if open_ else outcome_text(each.status, lang),
            _number(each.actual),
            _number(each.required),
            _number(each.shortfall),
            each.due.isoformat() if each.due else "",
            _finding_needs(each, lang),
        )
        for each in listed
    )
    return table_of(columns, rows)


def _finding_needs(finding: Finding, lang: Language) -> str:
    if isinstance(finding.rule, AttestationRule) and finding.status is Status.UNDETERMINED:
        return pick(lang, f"{finding.cite} 的证明", f"an attestation of {finding.cite}")
    return needs_words(finding.needs, finding.fact, lang)


def _number(number: int | None) -> str:
    return "" if number is None else str(number)


def paragraph(text: str) -> RenderableType:
    """A line that keeps its indentation where it has to be wrapped."""
    words = text.lstrip(" ")
    return Padding(line(words), (0, 0, 0, len(text) - len(words)))
