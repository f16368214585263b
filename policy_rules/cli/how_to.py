"""`how-to`: the least change that makes an answer what is wanted."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

from ..analysis.about import fact_of
from ..facts import FactError, Fault
from ..language import ChoiceError
from .answers_shown import caption, json_head
from .bilingual import BilingualCommand, option
from .choices import pairs
from .fetched import asked_anywhere
from .help_texts import TABLES_EN, TABLES_ZH
from .inputs import Asked, choice_faults
from .options import COMPARING, FACTS, Options
from .output import ascii_only, json_chunks, table_chunks, write
from .solver import no_solver

if TYPE_CHECKING:
    from ..analysis.how_to import Advice


@click.command(
    cls=BilingualCommand,
    short=(
        "怎样改才能达到目标，改动最小。",
        "What to change, at least, to reach an aim.",
    ),
    zh=f"""求出使一个事实达到目标的最小改动：事项可以实施、某项要求得到满足、全部要求都满足，
    或认定为某值。改动由求解器求出，已证明没有代价更小的；每个办法都经规则引擎核对。无法达到的，
    列出相互妨碍的语句。需要 policy-rules[analysis]。

    {TABLES_ZH}

    \b
    示例：
      policy-rules how-to facts.json --subject cases/A1 --goal permitted
      policy-rules how-to facts.json --subject stations/350304540000 --goal satisfied

    退出状态：0 已经达到或可以达到；1 无法达到或未决；2 输入或用法有误，标准输出没有内容。
    """,
    en=f"""Find the least change by which a fact reaches an aim: that a request is permitted, a
    requirement satisfied, all of them at once, or something decided in a way. A solver finds it,
    with the proof that nothing costs less; every way is put to the engines. Where it cannot be
    reached, the sentences that are in the way are named. Needs policy-rules[analysis].

    {TABLES_EN}

    \b
    Examples:
      policy-rules how-to facts.json --subject cases/A1 --goal permitted
      policy-rules how-to facts.json --subject stations/350304540000 --goal satisfied

    Exit status: 0 reached already, or possible; 1 impossible, or open; 2 bad input or usage, with
    nothing on standard output.
    """,
)
@FACTS
@option(
    "--subject",
    metavar="KEY",
    required=True,
    zh="哪个事实：列表和编号，如 cases/A1。",
    en="The fact: its collection and id, such as cases/A1.",
)
@option(
    "--goal",
    metavar="GOAL",
    required=True,
    zh="目标：permitted（可以实施），条款如 2.1/1b（该项符合），satisfied（全部符合），"
    "或认定事项=值，如 duty_mode=zoned。",
    en="The aim: permitted; a citation such as 2.1/1b, to be satisfied; satisfied, of all "
    "requirements; or a decision with its value, such as duty_mode=zoned.",
)
@option(
    "--may-change",
    "may_change",
    metavar="NAME",
    multiple=True,
    zh="可改变的字段，如 officers.role，或可增加事实的列表，如 officers；可重复使用。"
    "  [默认：基准日期起有人能做的]",
    en="A field that may change, such as officers.role, or a list to which facts may be added, "
    "such as officers; can be repeated.  [default: what somebody can do from the date on]",
)
@option(
    "--cost",
    "costs",
    metavar="NAME=N",
    multiple=True,
    zh="改变此字段或增加一个事实的代价，如 officers=5；可重复使用。  [默认：各为 1]",
    en="What a change of this field, or an added fact, costs, such as officers=5; can be repeated."
    "  [default: 1 each]",
)
@option(
    "--keep",
    metavar="NAME",
    multiple=True,
    zh="须保持不变的认定事项，或须保持符合的条款；all 为现已符合的全部条款；可重复使用。",
    en="A decision that stays as it is, or a citation that stays satisfied; all: every one that is "
    "satisfied now; can be repeated.",
)
@COMPARING
def how_to(
    options: Options,
    facts: str,
    subject: str,
    goal: str,
    may_change: tuple[str, ...],
    costs: tuple[str, ...],
    keep: tuple[str, ...],
) -> int:
    """Show the least change that makes an answer what is wanted."""
    faults: list[Fault] = []
    priced = dict(pairs("--cost", costs, "NAME=N", faults))
    if faults:
        raise FactError(faults)
    with asked_anywhere(options, facts, subject=subject) as (ask, watch):
        watch.stage("求解", "solving")
        found = _sought(ask, subject, goal, may_change, priced, keep)
    if options.format == "table":
        from ..render.how_to_tables import how_to_parts

        parts = [*caption(options, ask), *how_to_parts(found, ask.document.facts, options.lang)]
        write(table_chunks(parts, options.output), options.output)
    else:
        print(ask.as_of_words(options.lang), file=sys.stderr)
        told = found.as_json()
        lists = {name: told.pop(name) for name in ("ways", "obstacles")}
        head = json_head(ask) | told
        write(json_chunks(head, lists, ascii_only=ascii_only(options.output)), options.output)
    return max(ask.least_status, int(found.result.value in ("impossible", "open")))


def _sought(
    ask: Asked,
    subject: str,
    goal: str,
    may_change: tuple[str, ...],
    costs: dict[str, str],
    keep: tuple[str, ...],
) -> Advice:
    try:
        from ..analysis.how_to import how_to as seek
    except ImportError as error:
        raise FactError([no_solver("how-to")]) from error
    facts = ask.document.facts
    fact = fact_of(facts, subject, "--subject")
    try:
        return seek(
            ask.policy, fact, goal, facts, may_change=may_change or None, costs=costs, keep=keep
        )
    except ChoiceError as error:
        raise FactError(choice_faults(error, "how-to")) from error
