"""What changed, as lines to read: the event, then each conclusion as it was and as it is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Final

from rich.console import RenderableType
from rich.padding import Padding

from ..answers import Agreement, Consistency, Decision, Finding, Standings, Status, Verdict
from ..language.days import day_zh
from ..policy import Answer
from ..render.audit_tables import Titled
from ..render.needed import needs_words
from ..render.prose import Prose
from ..render.tables import (
    decision_text,
    line,
    paragraph,
    printable,
    subject_text,
)
from ..render.wording import Language, cite_shown, pick
from ..session import Applied, Change
from ..session import Outcome as Became

_INDENT: Final = 2


def event_parts(
    applied: Applied, at: datetime | None, changes: Sequence[Change], lang: Language
) -> list[RenderableType]:
    """What became of an event, and the conclusions that it changed."""

    what = [] if applied.outcome is Became.APPLIED else [_label(applied.outcome, lang)]
    if applied.waits_for:
        what[0] += pick(lang, "：", ": ") + " ".join(applied.waits_for)
    if applied.woken:
        ids = " ".join(applied.woken)
        what.append(pick(lang, f"等待的事件随之生效：{ids}", f"applied with it, as waited: {ids}"))
    told = [change for change in changes if is_news(change)]
    if hidden := len(changes) - len(told):
        what.append(pick(lang, f"另有 {hidden} 项未列出", f"{hidden} more not listed"))
    elif applied.outcome is Became.APPLIED and not told:
        what.append(pick(lang, "结论不变", "no conclusion changes"))
    time = "" if at is None else f"{_time(at)} "
    head = Prose.assemble(time, (printable(applied.event), "bold"))
    if what:
        head.append(pick(lang, "：", ": ") + printable(pick(lang, "；", "; ").join(what)))
    return [head, *(_change(change, lang) for change in told)]


def waiting_parts(waiting: Mapping[str, Sequence[str]], lang: Language) -> list[RenderableType]:
    """The events that still wait, and for what."""

    number = len(waiting)
    parts: list[RenderableType] = [
        line(pick(lang, f"仍有 {number} 个事件在等待", f"events that still wait: {number}"))
    ]
    for id, keys in waiting.items():
        parts.append(paragraph(f"  {id}{pick(lang, '：', ': ')}{' '.join(keys)}"))
    return parts


def is_news(change: Change) -> bool:
    """Whether a reader sees that something changed; what is only needed otherwise is not news."""
    before, after = change.before, change.after
    if before is None or after is None:
        # Of a fact that is new or gone, what is not concluded is no news.
        return not _says_nothing(outcome_of(change.answer))
    now = outcome_of(after)
    well = now is Status.SATISFIED or now is Consistency.CONSISTENT
    if outcome_of(before) is now and (well or _says_nothing(now)):
        return False  # other numbers are no news where nobody has anything to do about them
    return said(before, "en") != said(after, "en")


def _says_nothing(outcome: Standings | None) -> bool:
    return outcome is not None and outcome.standing.says_nothing


def outcome_of(answer: Answer) -> Standings | None:
    """The status or outcome of an answer; of a decision, why it has no value."""
    match answer:
        case Finding() | Agreement():
            return answer.status
        case Verdict():
            return answer.outcome
        case Decision(conflict=None, value=None):
            return Status.UNDETERMINED if answer.needs else Status.NOT_APPLICABLE
        case _:
            return None if answer.conflict is None else Status.CONFLICT


def said(answer: Answer, lang: Language) -> str:
    """What an answer comes to, without what would settle it."""
    match answer:
        case Finding() | Agreement():
            line, label = pick(lang, answer.zh, answer.en), _label(answer.rule, lang)
            return line.removeprefix(label).lstrip("：: ")
        case Verdict():
            return pick(lang, answer.zh, answer.en) + _why(answer, lang)
        case _:
            return decision_text(answer, lang).plain


def _change(change: Change, lang: Language) -> RenderableType:

    answer = change.answer
    text = Prose.assemble(
        subject_text(answer.fact, lang, answer.surroundings),
        pick(lang, "：", ": "),
        printable(_about(answer, lang)),
        pick(lang, "：", ": "),
        (printable(_was(change, lang)), "dim"),
        " → ",
        (printable(_is(change, lang)), _style(change.after)),
        (f" [{' '.join(map(str, change.cites))}]" if change.cites else "", "dim"),
    )
    if (due := change.fell_due) is not None:
        text.append(pick(lang, f" 已于{day_zh(due)}到期", f" fell due on {due}"), style="bold red")
    return Padding(text, (0, 0, 0, _INDENT))


def _style(answer: Answer | None) -> str:
    outcome = None if answer is None else outcome_of(answer)
    return "" if outcome is None else outcome.standing.colour


def _about(answer: Answer, lang: Language) -> str:
    match answer:
        case Finding() | Agreement():
            return _label(answer.rule, lang)
        case Verdict():
            return pick(lang, "结论", "verdict")
        case _:
            return _label(answer.definition, lang)


def _was(change: Change, lang: Language) -> str:
    before = change.before
    if before is None:
        return pick(lang, "新增", "new")
    if isinstance(before, Verdict) and (missing := len(before.steps)):
        # Which they were was told when it came to that.
        words = pick(lang, f"（缺 {missing} 项）", f" ({missing} missing)")
        return pick(lang, before.zh, before.en) + words
    return said(before, lang)


def _is(change: Change, lang: Language) -> str:
    after = change.after
    if after is None:
        return pick(lang, "不再存在", "no longer there")
    words = said(after, lang)
    if after.needs:
        needs = needs_words(after.needs, after.fact, lang, after.regime.rules)
        words += pick(lang, f"（需要补充：{needs}）", f" (needed: {needs})")
    return words


def _why(verdict: Verdict, lang: Language) -> str:
    """Why a request is not permitted: the reasons against it, and the steps that are missing."""
    reasons = [
        f"{cite_shown(reason.cite, lang)} {_label(reason, lang)}"
        + ("" if reason.exemption is None else _exempted(reason.exemption, lang))
        for reason in verdict.reasons
    ]
    if verdict.steps:
        steps = pick(lang, "、", ", ").join(_label(step, lang) for step in verdict.steps)
        reasons.append(pick(lang, f"未完成：{steps}", f"missing: {steps}"))
    if not reasons:
        return ""
    words = pick(lang, "；", "; ").join(reasons)
    return pick(lang, f"（{words}）", f" ({words})")


def _exempted(id: str, lang: Language) -> str:
    return pick(lang, f"，豁免批准 {id}", f", exemption {id}")


def _time(at: datetime) -> str:
    """A time as people write it; that of a day alone is its beginning."""
    return f"{at:%Y-%m-%d %H:%M}" if at.hour or at.minute else f"{at:%Y-%m-%d}"


def _label(of: Titled, lang: Language) -> str:
    return pick(lang, of.zh, of.en)
