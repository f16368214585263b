"""`calendar`: what falls due between two days, in one of three forms."""

from __future__ import annotations

import sys
from datetime import date, timedelta
from typing import TYPE_CHECKING, Final

import click

from ..analysis.about import fact_of
from ..calendar import Due, due_between, to_ics
from ..engines.calendar import plus_years
from ..facts import Fact, FactError, Fault
from ..facts.faults import FaultCode
from ..facts.specs import LATEST
from ..formats.choices import day_of
from ..render.naming import name_of
from ..render.wording import Language, pick
from .answers_shown import caption, json_head
from .bilingual import BilingualCommand, option
from .faults_shown import tolerated_words
from .fetched import asked_anywhere
from .help_texts import LISTED, TABLES_EN, TABLES_ZH
from .inputs import Asked
from .options import FACTS, LISTING, Options
from .output import ascii_only, json_chunks, table_chunks, write

if TYPE_CHECKING:
    from rich.console import RenderableType

_DAY: Final = timedelta(days=1)


@click.command(
    cls=BilingualCommand,
    short=("两日之间有哪些事项到期。", "What falls due between two days."),
    zh=f"""列出两日之间到期的事项：每个期限，每个周期，
    以及到基准日期是否已完成；再列出未定周期的事项。

    {TABLES_ZH}

    \b
    示例：
      policy-rules calendar facts.json --subject bureaus/350304000000 --until 2019-12-31
      policy-rules calendar facts.json --subject stations/350304540000 --format ics \\
        --set mental_screening_period=quarterly --output huangshi.ics
    """,
    en=f"""List what falls due between two days: each deadline, and each period of what
    recurs, with whether it is done as of the policy's date; then what recurs without a set
    period.

    {TABLES_EN}

    \b
    Examples:
      policy-rules calendar facts.json --subject bureaus/350304000000 --until 2019-12-31
      policy-rules calendar facts.json --subject stations/350304540000 --format ics \\
        --set mental_screening_period=quarterly --output huangshi.ics
    """,
    end=LISTED,
)
@FACTS
@option(
    "--from",
    "since",
    metavar="YYYY-MM-DD",
    zh="起始日期。  [默认：基准日期]",
    en="The first day.  [default: the date for which to answer]",
)
@option(
    "--until",
    metavar="YYYY-MM-DD",
    zh="截止日期，含当日。  [默认：自起始日期起整一年]",
    en="The last day, included.  [default: a whole year from the first]",
)
@option(
    "--subject",
    metavar="KEY",
    zh="只看此事实和隶属于它的事实的到期事项，如 stations/350304540000；分局的日历含所属派出所。",
    en="Only what is due of this fact and of those that belong to it, such as "
    "stations/350304540000; a bureau's calendar has its stations in it.",
)
@LISTING
def calendar(
    options: Options, facts: str, since: str | None, until: str | None, subject: str | None
) -> int:
    """Show what falls due between two days, for one subject or for all."""
    faults: list[Fault] = []
    first = None if since is None else day_of(since, "--from", faults)
    last = None if until is None else day_of(until, "--until", faults)
    with asked_anywhere(options, facts, lambda _: faults, subject) as (ask, watch):
        first = first or ask.policy.as_of
        last = last or min(plus_years(first, 1) - _DAY, LATEST)
        if last < first:
            raise FactError([_backwards(first, last)])
        given = ask.document.facts
        fact = None if subject is None else fact_of(given, subject, "--subject")
        watch.stage("排列", "listing")
        dues = due_between(ask.policy, given, first, last, None if fact is None else [fact])
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
    return [line(span), *due_tables(dues, fact, lang, ask.policy.rules, partial=ask.partial)]


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
