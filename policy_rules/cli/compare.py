"""`compare`: what two documents of answers say differently."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import click

from ..facts import FactError, Fault
from ..facts.faults import FaultCode
from ..language import RuleSet
from ..policy import UnknownDirectiveError, load
from .bilingual import BilingualCommand, option
from .options import WEIGHING, Options
from .output import ascii_only, output_fault, table_chunks, write, write_bytes

if TYPE_CHECKING:
    from ..report import Answers


@click.command(
    cls=BilingualCommand,
    short=("比较两次的回答。", "What two answers say differently."),
    zh="""比较 OLD 和 NEW 两份回答（audit、decide 或 check 写成的 JSON 或 Parquet）：哪些问题
    消除了、新出现了、变差了、好转了，认定和审核结论有何改变；除数据外两次还有什么不同：文件、
    基准日期、口径、设定；每项变化可能出于其中哪些，只列一个的就是它。

    加上 --from 和 --table 时，OLD 和 NEW 是用 --into 和 --run 写入数据库的两次运行。

    \b
    示例：
      policy-rules audit facts.json --output 一季度.json
      policy-rules compare 一季度.json 二季度.json --output 对比.html
      policy-rules compare 2026-11-29 2026-11-30 --from ga.duckdb --table findings

    退出状态：0 没有变化；1 有变化；2 输入或用法有误，标准输出没有内容。
    """,
    en="""Compare OLD and NEW, two files of answers that audit, decide or check wrote as JSON or
    Parquet: which problems were closed, opened, got worse or better, which decisions and outcomes
    have changed; what besides the facts differs: directive, date, readings, settings; and which of
    it can be the reason of each change. One alone is it.

    With --from and --table, OLD and NEW are two runs that were written into a database with --into
    and --run.

    \b
    Examples:
      policy-rules audit facts.json --output spring.json
      policy-rules compare spring.json summer.json --output compared.html
      policy-rules compare 2026-11-29 2026-11-30 --from ga.duckdb --table findings

    Exit status: 0 nothing has changed; 1 something has; 2 bad input or usage, with nothing on
    standard output.
    """,
)
@click.argument("old", metavar="OLD")
@click.argument("new", metavar="NEW")
@option(
    "--from",
    "database",
    metavar="DATABASE",
    zh="运行所在的 DuckDB 文件或数据库地址；与 --table 合用。",
    en="The DuckDB file, or the URL of the database, that has the runs; goes with --table.",
)
@option(
    "--table",
    metavar="NAME",
    zh="运行写入的表。",
    en="The table that the runs were written into.",
)
@WEIGHING
def compare(options: Options, old: str, new: str, database: str | None, table: str | None) -> int:
    """Compare two files of answers, or two runs of a database."""
    from ..report import compared, comparison_document, to_html, to_xlsx
    from ..report.terminal import terminal_parts
    from .answers_read import answers_in, differing_in_files, differing_in_runs
    from .locations import is_parquet

    unwritable = output_fault(options.output, options.format, options.forms, new)
    faults = [unwritable] if unwritable else []
    read: list[Answers] = []
    wholes = None
    if (database is None) != (table is None):
        zh, en = "--from 和 --table 须同时给出", "--from and --table go together; give both"
        faults.append(Fault(place="--from --table", code=FaultCode.WRONG_USAGE, zh=zh, en=en))
    elif database is not None and table is not None:
        try:
            read, wholes = differing_in_runs(database, table, old, new)
        except FactError as error:
            faults += error.faults
    elif is_parquet(old) and is_parquet(new):
        try:
            read, wholes = differing_in_files(old, new)
        except FactError as error:
            faults += error.faults
    else:
        for path in (old, new):
            try:
                read.append(answers_in(path))
            except FactError as error:
                faults += error.faults
    if faults:
        raise FactError(faults)
    before, after = read
    try:
        found = compared(before, after, _rules_of(before, after), wholes)
    except (AttributeError, KeyError, TypeError, ValueError) as error:
        what = f"{type(error).__name__}: {error}"
        zh = f"两份回答之一已损坏（{what}）；请重新写出"
        en = f"one of the two is damaged ({what}); write it again"
        raise FactError(
            [Fault(place=f"{old} {new}", code=FaultCode.UNREADABLE_FILE, zh=zh, en=en)]
        ) from error
    if options.format == "json":
        text = json.dumps(found.as_json(), ensure_ascii=ascii_only(options.output), indent=1)
        write([text, "\n"], options.output)
    else:
        made = comparison_document(found, options.lang)
        if options.format == "html":
            write([to_html(made)], options.output, exactly=True)
        elif options.format == "xlsx":
            write_bytes([to_xlsx(made)], options.output)
        else:
            write(table_chunks([*terminal_parts(made)], options.output), options.output)
    return int(bool(found.turned))


def _rules_of(old: Answers, new: Answers) -> RuleSet | None:
    """The rules of the directive that both are of, where it is installed."""
    if old["directive"] != new["directive"]:
        return None
    try:
        return load(str(new["directive"])).rules
    except UnknownDirectiveError:
        return None
