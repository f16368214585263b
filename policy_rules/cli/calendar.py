"""What `calendar` does once the options are read: list what falls due, in one of three forms."""

from __future__ import annotations

import sys
from datetime import date, timedelta
from typing import TYPE_CHECKING, Final

from ..calendar import Due, due_between, to_ics
from ..engines.calendar import plus_years
from ..facts import Fact, FactError, Fault
from ..facts.faults import FaultCode
from ..facts.specs import LATEST
from ..render.naming import name_of
from ..render.wording import Language, pick
from .answers_shown import caption, json_head
from .choices import day_of
from .explain import subject_of
from .faults_shown import tolerated_words
from .inputs import Asked, Options, asked
from .output import ascii_only, json_chunks, table_chunks, write
from .progress import Watch

if TYPE_CHECKING:
    from rich.console import RenderableType

_DAY: Final = timedelta(days=1)


def calendar(
    options: Options, path: str, since: str | None, until: str | None, subject: str | None
) -> int:
    """Show what falls due between two days, for one subject or for all."""
    faults: list[Fault] = []
    first = None if since is None else day_of(since, "--from", faults)
    last = None if until is None else day_of(until, "--until", faults)
    with Watch(options.lang) as watch:
        ask = asked(options, path, watch, lambda _: faults)
        first = first or ask.policy.as_of
        last = last or min(plus_years(first, 1) - _DAY, LATEST)
        if last < first:
            raise FactError([_backwards(first, last)])
        facts = ask.document.facts
        fact = None if subject is None else subject_of(facts, subject)
        watch.stage("排列", "listing")
        dues = due_between(ask.policy, facts, first, last, None if fact is None else [fact])
    if options.format == "table":
        parts = [*caption(options, ask), *_parts(ask, dues, fact, first, last, options.lang)]
        write(table_chunks(parts, options.output), options.output)
        return ask.least_status
    print(ask.as_of_words(options.lang), file=sys.stderr)
    if tolerated := ask.document.tolerated:
        print(tolerated_words(tolerated, options.lang), file=sys.stderr)
    if options.format == "json":
        _write_json(options, ask, dues, fact, first, last)
    else:
        _write_ics(options, ask, dues, fact)
    return ask.least_status


def _backwards(first: date, last: date) -> Fault:
    return Fault(
        place="--from --until",
        code=FaultCode.WRONG_USAGE,
        zh=f"起始日期 {first} 晚于截止日期 {last}；请改正其一",
        en=f"the first day, {first}, is after the last, {last}; correct one of them",
    )


def _parts(
    ask: Asked,
    dues: tuple[Due, ...],
    fact: Fact | None,
    first: date,
    last: date,
    lang: Language,
) -> list[RenderableType]:
    from ..render.tables import line
    from .calendar_table import due_tables

    span = pick(lang, f"{first} 至 {last}", f"{first} to {last}")
    if fact is not None:
        label = f"{name_of(fact) or pick(lang, fact.zh, fact.en)} {fact.id}"
        span = label + pick(lang, "：", ": ") + span
    own = ask.policy.rules.directive.classes
    return [line(span), *due_tables(dues, fact, lang, own, partial=ask.partial)]


def _write_json(
    options: Options,
    ask: Asked,
    dues: tuple[Due, ...],
    fact: Fact | None,
    first: date,
    last: date,
) -> None:
    head = json_head(ask) | {
        "from": first.isoformat(),
        "until": last.isoformat(),
        "subject": None if fact is None else fact.key,
    }
    lists = {
        "due": (due.as_json() for due in dues if due.period is not None),
        "without_period": (due.as_json() for due in dues if due.period is None),
    }
    write(json_chunks(head, lists, ascii_only=ascii_only(options.output)), options.output)


def _write_ics(options: Options, ask: Asked, dues: tuple[Due, ...], fact: Fact | None) -> None:
    content = to_ics(ask.policy, dues, options.lang, fact)
    write([content.decode("utf-8")], options.output, exactly=True)
    unset = dict.fromkeys(str(due.cite) for due in dues if due.period is None)
    if unset:
        cites = ", ".join(unset)
        zh = f"{cites} 未定周期，未列入；可用 --set 参数=每月 等设定（见 directive --parameters）"
        en = (
            f"{cites}: no period is set, so they are not in it; set one with --set "
            "PARAMETER=monthly or the like (see directive --parameters)"
        )
        print(pick(options.lang, zh, en), file=sys.stderr)
