"""A comparison of two answers written down, in Chinese or English."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any, Final

from ..answers import Consistency, Outcome, Status
from ..render.wording import Language, pick
from .comparing import Cause, Comparison, Turn, Turned
from .document import Block, Cell, Column, Document, Heading, Paragraph, Row, Table

_TITLES: Final = {
    "findings": ("核查", "Findings"),
    "verdicts": ("事前审核", "Requests"),
    "agreements": ("数据是否一致", "Whether the data agree"),
    "decisions": ("认定", "Decisions"),
}
_WHAT: Final = {
    "directive": ("文件", "directive"),
    "as_of": ("基准日期", "date"),
    "readings": ("口径", "reading"),
    "parameters": ("设定", "setting"),
}


def comparison_document(comparison: Comparison, lang: Language) -> Document:
    """The comparison as a document."""

    def say(zh: str, en: str) -> str:
        return pick(lang, zh, en)

    blocks: list[Block] = [
        Heading(1, say("总体情况", "Overview"), "overview"),
        Paragraph(_overview(comparison, lang)),
        Paragraph(_reasons(comparison, lang)),
    ]
    for kind, (zh, en) in _TITLES.items():
        found = [each for each in comparison.turned if each.kind == kind]
        if found:
            blocks += [Heading(1, say(zh, en), kind), _table(found, lang)]
    return Document(
        lang=say("zh-CN", "en"),
        title=say("两次结果对比", "Two answers compared"),
        under_title=(),
        blocks=tuple(blocks),
    )


def _overview(comparison: Comparison, lang: Language) -> str:
    counts = Counter(each.turn for each in comparison.turned)
    if not counts:
        return pick(lang, "没有变化。", "Nothing has changed.")
    said = [
        pick(lang, f"{turn.zh} {counts[turn]} 项", f"{counts[turn]} {turn.en}")
        for turn in Turn
        if counts[turn]
    ]
    return pick(lang, "，".join(said) + "。", ", ".join(said) + ".")


def _reasons(comparison: Comparison, lang: Language) -> str:
    if not comparison.causes:
        return pick(
            lang,
            "两次的文件、基准日期、口径和设定相同：变化只来自数据。",
            "Directive, date, readings and settings are the same: only the facts differ.",
        )
    said = pick(lang, "；", "; ").join(_reason(each, lang) for each in comparison.causes)
    return pick(
        lang, f"除数据外，两次还有不同：{said}。", f"Besides the facts, these differ: {said}."
    )


def _reason(cause: Cause, lang: Language) -> str:
    what = pick(lang, *_WHAT[cause.what])
    named = f"{what} {cause.name}" if cause.name else what
    unset = pick(lang, "未设", "none")
    before, after = (unset if each is None else each for each in (cause.before, cause.after))
    return f"{named} {before} → {after}"


def _table(found: list[Turned], lang: Language) -> Table:
    columns = (
        Column(pick(lang, "变化", "change")),
        Column(pick(lang, "对象", "subject")),
        Column(pick(lang, "条款或事项", "sentence or decision")),
        Column(pick(lang, "原来", "before"), wide=True),
        Column(pick(lang, "现在", "now"), wide=True),
    )
    return Table(
        columns,
        tuple(
            Row(
                (
                    Cell(pick(lang, each.turn.zh, each.turn.en)),
                    Cell(_whom(each)),
                    Cell(each.by),
                    Cell(_said(each.kind, each.before, lang)),
                    Cell(_said(each.kind, each.after, lang)),
                )
            )
            for each in found
        ),
    )


def _whom(turned: Turned) -> str:
    said = turned.after or turned.before or {}
    name = said.get("name") if turned.kind in ("findings", "agreements") else None
    return f"{name} {turned.subject}" if name else turned.subject


def _said(kind: str, answer: Mapping[str, Any] | None, lang: Language) -> str:
    """What an answer says, in few words."""
    if answer is None:
        return ""
    if kind == "decisions":
        value = answer["value"]
        return pick(lang, "未定", "undetermined") if value is None else str(value)
    return "".join(_words(kind, answer, lang))


def _words(kind: str, answer: Mapping[str, Any], lang: Language) -> Iterator[str]:
    if kind == "verdicts":
        outcome = Outcome.parse(answer["outcome"])
        yield pick(lang, outcome.zh, outcome.en)
        return
    labelled = (Status if kind == "findings" else Consistency).parse(answer["status"])
    yield pick(lang, labelled.zh, labelled.en)
    numbers = [
        answer.get("actual", answer.get("first")),
        answer.get("required", answer.get("second")),
    ]
    if None not in numbers:
        yield pick(lang, f"（{numbers[0]} / {numbers[1]}）", f" ({numbers[0]} / {numbers[1]})")
    if answer.get("met_on"):
        yield pick(lang, f"，{answer['met_on']} 完成", f", met on {answer['met_on']}")
