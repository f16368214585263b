"""What another reading of the text would change, as tables for a terminal."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Protocol

from rich.console import RenderableType
from rich.text import Text

from ..answers import Agreement, Decision, Finding, Verdict
from ..language import Reading
from ..language.expressions import Option
from .needed import needs_words
from .prose import Column, Grid
from .tables import (
    decision_text,
    line,
    outcome_text,
    printable,
    subject_text,
    table_of,
    titled,
    verdict_text,
)
from .wording import Language, cite_shown, pick

_Answer = Decision | Verdict | Finding | Agreement


class Effect(Protocol):
    """What one reading comes to."""

    @property
    def reading(self) -> Reading: ...
    @property
    def taken(self) -> str: ...
    @property
    def answers(self) -> int: ...
    @property
    def changes(self) -> Mapping[str, int]: ...
    @property
    def turned(self) -> Mapping[str, int]: ...


class Change(Protocol):
    """An answer that is different under another option."""

    @property
    def reading(self) -> str: ...
    @property
    def option(self) -> str: ...
    @property
    def before(self) -> _Answer: ...
    @property
    def after(self) -> _Answer: ...
    @property
    def turned(self) -> bool: ...


def sensitivity_parts(
    effects: Sequence[Effect],
    changes: Iterable[Change],
    first: int,
    lang: Language,
    *,
    at_least: bool,
) -> list[RenderableType]:
    """Every reading with how many answers change under each other option, and the first changes.

    `at_least`: rows were lost, so that there may be more of what is counted.
    """
    if not effects:
        return ["", line(pick(lang, "文件没有列出口径", "the directive has no readings"))]
    by_option: dict[tuple[str, str], list[Change]] = {}
    for change in changes:
        by_option.setdefault((change.reading, change.option), []).append(change)
    parts: list[RenderableType] = [
        "",
        _overview(effects, lang, at_least),
        "",
        line(_sums(effects, lang)),
    ]
    for effect in effects:
        for option in effect.reading.options:
            listed = by_option.get((effect.reading.name, option.name), [])
            if listed and first:
                title = _title(effect, option, len(listed), first, lang)
                parts.append(titled(title, _changes(listed, first, lang)))
    return parts


def _overview(effects: Iterable[Effect], lang: Language, at_least: bool) -> Grid:
    more = pick(lang, "至少\n", "at least\n") if at_least else ""
    columns = (
        Column(pick(lang, "条款", "cite"), fixed=True),
        Column(pick(lang, "口径", "reading")),
        Column(pick(lang, "另一选项", "other option")),
        Column(more + pick(lang, "有关", "answers"), number=True),
        Column(pick(lang, "不同", "differ"), number=True),
        Column(pick(lang, "结论不同", "in outcome"), number=True),
    )
    rows = (
        (
            effect.reading.cite, effect.reading.name, option, str(effect.answers),
            str(effect.changes[option]), str(effect.turned[option]),
        )
        for effect in effects
        for option in effect.changes
    )  # fmt: skip
    return table_of(columns, rows)


def _sums(effects: Sequence[Effect], lang: Language) -> str:
    nothing = [each for each in effects if not any(each.changes.values())]
    return pick(
        lang,
        f"{len(effects)} 个口径中，{len(nothing)} 个换用另一选项后结果没有任何不同。",
        f"Of {len(effects)} readings, {len(nothing)} change nothing, whichever option is taken.",
    )


def _title(effect: Effect, option: Option, number: int, first: int, lang: Language) -> str:
    question = pick(lang, effect.reading.zh, effect.reading.en)
    taken = next(each for each in effect.reading.options if each.name == effect.taken)
    zh = f"{question}由“{taken.zh}”改为“{option.zh}”（{effect.reading.name}={option.name}）："
    en = f"{question} “{option.en}” instead of “{taken.en}” ({effect.reading.name}={option.name}): "
    some = pick(lang, f"共 {number} 项，列前 {first} 项", f"{first} of {number}")
    every = pick(lang, f"共 {number} 项", f"all {number}")
    return pick(lang, zh, en) + (some if number > first else every)


def _changes(changes: Sequence[Change], first: int, lang: Language) -> Grid:
    """The first changes: of findings and verdicts, of decisions, of mere numbers and needs."""
    columns = (
        Column(pick(lang, "对象", "subject")),
        Column(pick(lang, "条款", "cite"), fixed=True),
        Column(pick(lang, "事项", "answer")),
        Column(pick(lang, "现为", "now")),
        Column(pick(lang, "改后", "then")),
    )
    ordered = sorted(changes, key=lambda each: (not each.turned, isinstance(each.before, Decision)))
    return table_of(columns, (_row(each, lang) for each in ordered[:first]))


def _row(change: Change, lang: Language) -> tuple[str | Text, ...]:
    before, after = change.before, change.after
    one, other = _comes_to(before, lang), _comes_to(after, lang)
    if one.plain == other.plain:
        one.append(_detail(before, lang))
        other.append(_detail(after, lang))
    return subject_text(before.fact, lang), _cite(before), _asked(before, lang), one, other


def _comes_to(answer: _Answer, lang: Language) -> Text:
    match answer:
        case Decision():
            return decision_text(answer, lang)
        case Verdict():
            return verdict_text(answer, lang)
        case Finding():
            found = outcome_text(answer.status, lang)
            if answer.actual is not None and answer.required is not None:
                found.append(f" {answer.actual}/{answer.required}")
            return found
        case Agreement():
            return outcome_text(answer.status, lang)


def _detail(answer: _Answer, lang: Language) -> str:
    """What else tells two answers apart that come to the same."""
    parts = []
    if needs := needs_words(answer.needs, answer.fact, lang, answer.regime.rules):
        parts.append(pick(lang, f"需要{needs}", f"needs {needs}"))
    match answer:
        case Decision() if answer.cites:
            parts.append(" ".join(cite_shown(cite, lang) for cite in answer.cites))
        case Verdict() if answer.reasons:
            parts.append(" ".join(cite_shown(reason.cite, lang) for reason in answer.reasons))
        case _:
            pass
    words = printable(pick(lang, "；", "; ").join(parts))
    return pick(lang, f"（{words}）", f" ({words})") if words else ""


def _cite(answer: _Answer) -> str:
    match answer:
        case Decision():
            return str(next(answer.definition.outcomes()).cite)
        case Verdict():
            return ""
        case Finding() | Agreement():
            return str(answer.cite)


def _asked(answer: _Answer, lang: Language) -> str:
    match answer:
        case Decision():
            return pick(lang, answer.definition.zh, answer.definition.en)
        case Verdict():
            return pick(lang, f"能否{answer.fact.deed}", "whether it is permitted")
        case Finding() | Agreement():
            return pick(lang, answer.rule.zh, answer.rule.en)
