"""The commands, each with its help in both languages."""

from __future__ import annotations

from importlib.metadata import PackageNotFoundError, version
from typing import Final

import click

from . import answers_shown as answering
from . import calendar as calendars
from . import sensitivity as sensitivities
from . import watch as watching
from .bilingual import BilingualGroup, option
from .directive_command import directive
from .inputs import Options
from .mapping_commands import mapping
from .new_command import new
from .options import ANSWERING, EXPLAINING, LISTING, SPOKEN, WATCHING, one_of
from .tables import are_readable

_FACTS_ZH: Final = "FACTS 是 JSON 文档、CSV 文件的目录或 Excel 工作簿（.xlsx）。"
_FACTS: Final = "FACTS is a JSON document, a directory of CSV files, or an Excel workbook (.xlsx)."
_TABLES_ZH: Final = f"""{_FACTS_ZH[:-1]}；
    也可以是表：Parquet 文件或其目录（stations.parquet 等），DuckDB 文件（.duckdb、.ddb），
    或数据库的地址（postgresql://user@host/db，duckdb:///file）。"""
_TABLES: Final = f"""{_FACTS[:-1]};
    or tables: a Parquet file or a directory of them (stations.parquet, ...), a DuckDB file
    (.duckdb, .ddb), or the URL of a database (postgresql://user@host/db, duckdb:///file)."""
_STATUS: Final = (
    """退出状态：0 没有问题；1 有不准予、待履行程序、不符合、未达目标、不符合原则性规定、
规则冲突或无法判定的；2 输入或用法有误，标准输出没有内容。""",
    """Exit status: 0 nothing wrong; 1 something prohibited, awaiting, breached, missed,
deviating, in conflict or undetermined; 2 bad input or usage, with nothing on standard output.""",
)
_LISTED: Final = (
    "退出状态：0；2 输入或用法有误，标准输出没有内容。",
    "Exit status: 0; 2 bad input or usage, with nothing on standard output.",
)

_FACTS_ARGUMENT = click.argument("facts", metavar="FACTS")


def _show_version(context: click.Context, _: click.Parameter, wanted: bool) -> None:
    if wanted and not context.resilient_parsing:
        try:
            number = version("policy-rules")
        except PackageNotFoundError:
            number = "(not installed)"
        click.echo(f"policy-rules {number}")
        context.exit()


@click.group(
    cls=BilingualGroup,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    no_args_is_help=False,
    zh="""按文件的各句对事实作认定、审查、核查和说明。

    \b
    示例：
      policy-rules audit examples/putian/facts.json --as-of 2019-09-01
    """,
    en="""Decide, check, audit and explain facts by the sentences of a directive.

    \b
    Example:
      policy-rules audit examples/putian/facts.json --as-of 2019-09-01
    """,
    end=_STATUS,
)
@option(
    "--version",
    is_flag=True,
    is_eager=True,
    expose_value=False,
    callback=_show_version,
    zh="显示版本并退出。",
    en="Show the version and exit.",
)
@SPOKEN
def commands() -> None:
    pass


@commands.command(
    short=(
        "文件对每个事实如何认定，依据哪一句。",
        "What the directive makes of each fact, by which sentence.",
    ),
    zh=f"""按文件对每个事实作出认定，如派出所的勤务模式，并写明依据哪一句。

    {_TABLES_ZH}

    \b
    示例：
      policy-rules decide facts.json --name duty_mode
    """,
    en=f"""Decide what the directive makes of each fact, such as
    a station's duty mode, and by which sentence.

    {_TABLES}

    \b
    Example:
      policy-rules decide facts.json --name duty_mode
    """,
    end=_STATUS,
)
@_FACTS_ARGUMENT
@option(
    "--name",
    metavar="N",
    zh="只看此名称的认定事项，如 duty_mode。",
    en="Only the decision of this name, such as duty_mode.",
)
@ANSWERING
def decide(options: Options, facts: str, name: str | None) -> int:
    if are_readable(facts):
        from . import on_tables

        return on_tables.decide(options, facts, name)
    return answering.decide(options, facts, name)


@commands.command(
    short=(
        "每个申请事项是否准予，不准予的理由。",
        "Whether each request is permitted, and if not, why.",
    ),
    zh=f"""审查申请事项：刑事案件、任务、调动、任职和新警分配，
    各为准予、不准予、待履行程序或无法判定。

    {_TABLES_ZH}

    \b
    示例：
      policy-rules check facts.json --format json --output verdicts.json
    """,
    en=f"""Check the requests: cases, tasks, transfers,
    appointments and postings. Each is permitted, prohibited, awaiting steps or undetermined.

    {_TABLES}

    \b
    Example:
      policy-rules check facts.json --format json --output verdicts.json
    """,
    end=_STATUS,
)
@_FACTS_ARGUMENT
@ANSWERING
def check(options: Options, facts: str) -> int:
    if are_readable(facts):
        from . import on_tables

        return on_tables.check(options, facts)
    return answering.check(options, facts)


@commands.command(
    short=("每个事实是否符合每项要求。", "How every fact stands to every obligation."),
    zh=f"""对照每项要求核查每个事实：先逐条汇总，据数据判定的和凭证明判定的分开；
    再列出最大的差距，文档还列出证明为未落实的条款，以及其余事项需要补充什么才能判定。

    {_TABLES_ZH}

    \b
    示例：
      policy-rules audit facts.json --worst 20 --reading strength_counts=sworn_and_auxiliary
      policy-rules audit province.duckdb --whole stations,officers --output findings.parquet
      policy-rules audit postgresql://user@host/db --mapping county.toml --into findings
    """,
    en=f"""Audit every fact against every obligation: a summary by
    rule, what is measured apart from what is attested; then the worst gaps and, of a document, what
    is attested not to be met and what is needed to settle the rest.

    {_TABLES}

    \b
    Examples:
      policy-rules audit facts.json --worst 20 --reading strength_counts=sworn_and_auxiliary
      policy-rules audit province.duckdb --whole stations,officers --output findings.parquet
      policy-rules audit postgresql://user@host/db --mapping county.toml --into findings
    """,
    end=_STATUS,
)
@_FACTS_ARGUMENT
@option(
    "--worst",
    metavar="N",
    type=click.IntRange(min=0),
    default=10,
    show_default=True,
    zh="汇总之后的各表最多多少行。",
    en="How many rows the lists after the summary have at most.",
)
@ANSWERING
def audit(options: Options, facts: str, worst: int) -> int:
    if are_readable(facts):
        from . import on_tables

        return on_tables.audit(options, facts, worst)
    return answering.audit(options, facts, worst)


@commands.command(
    short=("关于一个事实的回答为何如此。", "Why the answers about one fact are what they are."),
    zh=f"""说明关于一个事实的回答，从结论直到数据：全部回答，或一项认定、一条条款的。

    {_FACTS_ZH}

    \b
    示例：
      policy-rules explain facts.json --subject stations/350304540000 --cite 2.1/1b
    """,
    en=f"""Explain the answers about one fact, from the conclusion
    down to the facts: all of them, or a decision's, or a citation's.

    {_FACTS}

    \b
    Example:
      policy-rules explain facts.json --subject stations/350304540000 --cite 2.1/1b
    """,
    end=_STATUS,
)
@_FACTS_ARGUMENT
@option(
    "--subject",
    metavar="KEY",
    required=True,
    zh="哪个事实：列表和编号，如 cases/A1。",
    en="The fact: its collection and id, such as cases/A1.",
)
@option("--name", metavar="N", zh="只看此名称的认定事项。", en="Only the decision of this name.")
@option(
    "--cite",
    metavar="C",
    zh="只看依据此条款的，如 2.1/1b。",
    en="Only what rests on this citation, such as 2.1/1b.",
)
@EXPLAINING
def explain(options: Options, facts: str, subject: str, name: str | None, cite: str | None) -> int:
    one_of(("--name", name), ("--cite", cite))
    return answering.explain(options, facts, subject, name, cite)


@commands.command(
    short=("两日之间有哪些事项到期。", "What falls due between two days."),
    zh=f"""列出两日之间到期的事项：每个期限，每个周期，
    以及到基准日期是否已完成；再列出未定周期的事项。

    {_FACTS_ZH}

    \b
    示例：
      policy-rules calendar facts.json --subject bureaus/350304000000 --until 2019-12-31
      policy-rules calendar facts.json --subject stations/350304540000 --format ics \\
        --set mental_screening_period=quarterly --output huangshi.ics
    """,
    en=f"""List what falls due between two days: each deadline, and each period of what
    recurs, with whether it is done as of the policy's date; then what recurs without a set
    period.

    {_FACTS}

    \b
    Examples:
      policy-rules calendar facts.json --subject bureaus/350304000000 --until 2019-12-31
      policy-rules calendar facts.json --subject stations/350304540000 --format ics \\
        --set mental_screening_period=quarterly --output huangshi.ics
    """,
    end=_LISTED,
)
@_FACTS_ARGUMENT
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
    return calendars.calendar(options, facts, since, until, subject)


@commands.command(
    short=("哪些回答取决于对文字的理解。", "Which answers hang on how the text is read."),
    zh=f"""逐一换用每个口径的每个其他选项，列出哪些认定、审查结论和核查结果随之不同，
    前后各是什么；没有任何不同的口径也列出。加 --reading，则从所选口径出发比较。

    {_FACTS_ZH}

    \b
    示例：
      policy-rules sensitivity facts.json --first 10
    """,
    en=f"""Try every other option of every reading, each alone, and show which
    decisions, verdicts and findings change, with before and after. A reading on which nothing
    changes is listed too. With --reading, the comparison starts from there.

    {_FACTS}

    \b
    Example:
      policy-rules sensitivity facts.json --first 10
    """,
    end=_LISTED,
)
@_FACTS_ARGUMENT
@option(
    "--first",
    metavar="N",
    type=click.IntRange(min=0),
    default=5,
    show_default=True,
    zh="表格中每个选项下显示多少处不同；JSON 含全部。",
    en="How many changes under each option the table shows; JSON has them all.",
)
@EXPLAINING
def sensitivity(options: Options, facts: str, first: int) -> int:
    return sensitivities.compare_readings(options, facts, first)


@commands.command(
    short=("事件流中的每个事件改变了什么。", "What each event of a stream changes."),
    zh=f"""按次序应用带日期的变动，每行一个 JSON 对象，并列出各自改变了哪些结论。
    所涉事实尚不存在的事件，等到该事实出现；编号已出现过的事件不再应用；
    同一字段的两次变动，以较晚的为准。最后列出仍在等待的事件。

    {_FACTS_ZH}--journal 中已有会话时可不给出。

    \b
    示例：
      policy-rules watch facts.json --events events.jsonl --only tasks/B10
      roster-feed | policy-rules watch facts.json --events - --journal county.journal

    退出状态：0；2 输入或用法有误，标准输出没有内容；或有的行不能应用：
    该行在标准错误中指出，其后的行照常应用。
    """,
    en=f"""Apply dated changes to the facts as they come, each a JSON object on a line of its own,
    and show the conclusions that each one changes. An event about a fact that is not there yet
    waits for it; one whose id was seen before is not applied again; of two changes of a field the
    later one holds. At the end, the events that still wait are listed.

    {_FACTS} It can be left out where --journal holds a session.

    \b
    Examples:
      policy-rules watch facts.json --events events.jsonl --only tasks/B10
      roster-feed | policy-rules watch facts.json --events - --journal county.journal

    Exit status: 0; 2 bad input or usage, with nothing on standard output, or a line that could not
    be applied: it is named on standard error, and the lines after it are applied all the same.
    """,
)
@click.argument("facts", metavar="FACTS", required=False)
@option(
    "--events",
    metavar="FILE",
    required=True,
    zh="事件，每行一个 JSON 对象；- 为标准输入，UTF-8 编码。",
    en="The events as JSON lines; - is standard input, in UTF-8.",
)
@option(
    "--only",
    metavar="WORD",
    multiple=True,
    zh="只看与此有关的：事实的键，如 tasks/B10，列表、认定事项，"
    "或条款，如 2.1/1b 或 2.1；可重复使用。",
    en="Only what concerns this: a fact's key such as tasks/B10, a collection, a decision, or a "
    "citation such as 2.1/1b or 2.1; can be repeated.",
)
@option(
    "--journal",
    metavar="FOLDER",
    zh="把会话保存在此目录（自动新建）：由 FACTS 开始一个，或接续其中已有的。",
    en="Keep the session in this folder, which is made: begin one with FACTS, or take up the one "
    "it holds.",
)
@WATCHING
def watch(
    options: Options, facts: str | None, events: str, only: tuple[str, ...], journal: str | None
) -> int:
    if facts is None and journal is None:
        context = click.get_current_context()
        raise click.MissingParameter(ctx=context, param=context.command.params[0])
    return watching.watch(options, facts, events, only, journal)


commands.add_command(directive)
commands.add_command(mapping)
commands.add_command(new)
