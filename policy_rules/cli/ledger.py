"""`ledger new` and `ledger update`: the rectification ledger, from one inspection to the next."""

from __future__ import annotations

import sys
from pathlib import Path

import click
from attrs import evolve

from ..facts import FactError, Fault
from ..facts.faults import FaultCode
from ..policy import Report
from ..render.wording import pick
from .bilingual import BilingualGroup
from .inputs import asked
from .locations import shown_name
from .options import FACTS, KEEPING, SPOKEN, Options
from .output import write_bytes
from .progress import Watch


@click.group(
    cls=BilingualGroup,
    no_args_is_help=False,
    short=(
        "整改台账：新建，更新。",
        "The rectification ledger: a new one, or one brought up to date.",
    ),
    zh="""新建整改台账，或按新的核查更新台账。台账是 Excel 工作簿，每个问题一行。""",
    en="""Write a rectification ledger, or bring one up to date after another inspection: an Excel
    workbook with a row for each problem.
    """,
)
@SPOKEN
def ledger() -> None:
    pass


@ledger.command(
    short=("新建台账。", "A new ledger."),
    zh="""核查 FACTS，把未整改的问题写成台账。

    \b
    示例：
      policy-rules ledger new facts.json --output 台账.xlsx

    退出状态：0；2 输入或用法有误。
    """,
    en="""Audit FACTS, and write the problems that are open as a ledger.

    \b
    Example:
      policy-rules ledger new facts.json --output ledger.xlsx

    Exit status: 0; 2 bad input or usage.
    """,
)
@FACTS
@KEEPING
def new(options: Options, facts: str) -> int:
    """Write a new ledger."""
    from ..report import inspected, new_ledger

    made = inspected(_audited(options, facts), readings=False)
    _write(options, new_ledger(made, options.lang))
    return 0


@ledger.command(
    short=("按新的核查更新台账。", "A ledger brought up to date."),
    zh="""核查 FACTS，更新台账 LEDGER：保留填写的整改措施、时限和责任人，已符合的按日期销号，
    新增的问题接在后面，不删任何一行；改变的记入“变更记录”。写回 LEDGER，或写入 --output。

    \b
    示例：
      policy-rules ledger update 台账.xlsx facts.json

    退出状态：0；2 台账、输入或用法有误，台账不变。
    """,
    en="""Audit FACTS, and bring LEDGER up to date: what people wrote is kept, what is met is
    closed with its date, what is new comes after the rest, no row is lost, and what has changed is
    noted in a sheet of its own. LEDGER itself is written, or the file of --output.

    \b
    Example:
      policy-rules ledger update ledger.xlsx facts.json

    Exit status: 0; 2 a damaged ledger, bad input or usage, with the ledger as it was.
    """,
)
@click.argument("old", metavar="LEDGER")
@FACTS
@KEEPING
def update(options: Options, old: str, facts: str) -> int:
    """Bring a ledger up to date."""
    from ..report import inspected, updated_ledger

    try:
        content = Path(old).read_bytes()
    except (OSError, ValueError) as error:
        reason = str(getattr(error, "strerror", None) or error)
        zh, en = (
            f"无法读取（{reason}）；请检查路径",
            f"it cannot be read ({reason}); check the path",
        )
        place = shown_name(old)
        raise FactError(
            [Fault(place=place, code=FaultCode.UNREADABLE_FILE, zh=zh, en=en)]
        ) from error
    writing = evolve(options, output=options.output or old)
    made = inspected(_audited(writing, facts), readings=False)
    _write(writing, updated_ledger(content, Path(old).name, made, options.lang))
    return 0


def _audited(options: Options, facts: str) -> Report:
    with Watch(options.lang) as watch:
        ask = asked(options, facts, watch)
    print(ask.as_of_words(options.lang), file=sys.stderr)
    return ask.policy.audit(ask.document.facts)


def _write(options: Options, content: bytes) -> None:
    write_bytes([content], options.output)
    words = f"已写入 {options.output}", f"written to {options.output}"
    print(pick(options.lang, *words), file=sys.stderr)
