"""The options that several commands share, each with its help in both languages."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import wraps
from typing import TYPE_CHECKING, Final

import click
from attrs import frozen

from ..directives import DEFAULT
from ..engines import ENGINES
from ..facts import FactError, Fault
from ..facts.faults import FaultCode
from .bilingual import option
from .failing import Failing, failing
from .forms import FORMS, USUAL, form_of
from .languages import default_language

if TYPE_CHECKING:
    from ..render.wording import Language

FACTS: Final = click.argument("facts", metavar="FACTS")
_Command = Callable[..., int]
_Option = Callable[[_Command], _Command]


@frozen(kw_only=True)
class Options:
    """The options that all commands share, as they were written."""

    as_of: str | None
    lang: Language
    format: str
    forms: tuple[str, ...]
    readings: tuple[str, ...]
    parameters: tuple[str, ...]
    engine: str | None
    directive: str
    output: str | None
    mapping: str | None
    ignore_sheets: tuple[str, ...]
    skip_totals: bool
    tolerate: bool
    faults: str | None
    mark: str | None
    whole: tuple[str, ...]
    into: str | None
    run: str | None
    record: str | None
    correlation_id: str | None
    failing: Failing


def _spoken() -> Language:
    """The language that was given before the command, else that of the locale."""
    context = click.get_current_context(silent=True)
    return default_language() if context is None or context.obj is None else context.obj


LANG: Final[_Option] = option(
    "--lang",
    type=click.Choice(["zh", "en"]),
    default=_spoken,
    zh="回答所用的语言。  [默认：系统语言为中文时 zh，否则 en]",
    en="Language of the answers.  [default: zh where the locale is Chinese, else en]",
)


# Of what has commands; what it says is found before anything is parsed.
SPOKEN: Final[Callable[[Callable[[], None]], Callable[[], None]]] = option(
    "--lang",
    type=click.Choice(["zh", "en"]),
    expose_value=False,
    zh="语言，写在命令之前或之后。  [默认：系统语言为中文时 zh，否则 en]",
    en="The language, before the command or after it.  [default: zh where the locale is Chinese, "
    "else en]",
)


def _format(forms: Sequence[str], words: tuple[str, str] | None) -> _Option:
    zh = "、".join(f"{name}（{FORMS[name].zh}）" for name in forms)
    en = ", ".join(f"{name} ({FORMS[name].en})" for name in forms)
    by_ending = (
        f"写成什么：{zh}。  [默认：按 --output 的结尾，否则 table]",
        f"What is written: {en}.  [default: by the ending of --output, else table]",
    )
    said = words or by_ending
    choice = click.Choice(forms)
    return option("--format", "format_", metavar="FORM", type=choice, zh=said[0], en=said[1])


DIRECTIVE: Final[_Option] = option(
    "--directive",
    metavar="NAME",
    default=DEFAULT,
    show_default=True,
    zh="所依据的文件；自己的写作 module:NAME。",
    en="The directive, or one's own as module:NAME.",
)
OUTPUT: Final[_Option] = option(
    "--output",
    metavar="FILE",
    zh="写入文件，要么写全，要么不写。",
    en="Write to a file, as a whole or not at all.",
)
_ANSWERS_OUTPUT: Final[_Option] = option(
    "--output",
    metavar="FILE",
    zh="写入文件，要么写全，要么不写；由文件名的结尾决定写成什么，如 .csv、.xlsx。",
    en="Write to a file, as a whole or not at all; how its name ends says what, such as .csv.",
)
_AS_OF: Final[_Option] = option(
    "--as-of",
    metavar="YYYY-MM-DD",
    zh="基准日期。  [默认：数据中的日期，没有则为今天]",
    en="The date for which to answer.  [default: the document's, else today]",
)
_VALUES_AS_OF: Final[_Option] = option(
    "--as-of",
    metavar="YYYY-MM-DD",
    zh="--parameters 和 --coverage 显示哪一天的值。  [默认：今天]",
    en="The date whose values --parameters and --coverage show.  [default: today]",
)
_AS_OF_SCRIPT: Final[_Option] = option(
    "--as-of",
    metavar="YYYY-MM-DD",
    zh="视图固定的基准日期。  [默认：今天]",
    en="The date that the views have fixed.  [default: today]",
)
_AS_OF_RECORD: Final[_Option] = option(
    "--as-of",
    metavar="YYYY-MM-DD",
    zh="另一基准日期。  [默认：照记录]",
    en="Another date to answer for.  [default: as on record]",
)
_CHOICES: Final[tuple[_Option, ...]] = (
    option(
        "--reading",
        "readings",
        metavar="NAME=OPTION",
        multiple=True,
        zh="选用另一口径；可重复使用。见 directive --readings。",
        en="Another reading of the text; can be repeated. See directive --readings.",
    ),
    option(
        "--set",
        "parameters",
        metavar="PARAMETER=VALUE",
        multiple=True,
        zh="设定参数：整数，2/5、0.4 或 40% 之类的份额，日期，是或否，文字，用逗号分隔的几个值，"
        "或周期，如每月；可重复使用。见 directive --parameters。",
        en="Set a parameter: a whole number, a share such as 2/5, 0.4 or 40%, a date, yes or no, "
        "a text, values separated by commas, or how often, such as monthly; can be repeated. See "
        "directive --parameters.",
    ),
    option(
        "--engine",
        metavar="NAME",
        zh=f"运行规则的引擎：{'、'.join(ENGINES)}，只是速度不同。  [默认：python；表用 sql]",
        en=f"How the rules are run: {', '.join(ENGINES)}. They differ in speed only.  [default: "
        "python; sql for tables]",
    ),
)
_MAPPING: Final[_Option] = option(
    "--mapping",
    metavar="FILE",
    zh="映射：一个 TOML 文件，写明 CSV、Excel、Parquet 或数据库的表、列和代码叫什么。",
    en="A TOML file that says what the tables, columns and codes of CSV, Excel, Parquet or a "
    "database are called.",
)
_OF_SHEETS: Final[tuple[_Option, ...]] = (
    option(
        "--ignore-sheet",
        "ignore_sheets",
        metavar="NAME",
        multiple=True,
        zh="用于 CSV 和 Excel：略过不是列表的工作表或文件；可重复使用。",
        en="CSV and Excel: a sheet or file that is no list, and is passed over; can be repeated.",
    ),
    option(
        "--skip-totals",
        is_flag=True,
        zh="用于 CSV 和 Excel：略过合计、备注和重复的列名所在的行，并说明有多少行；列表仍为完整。"
        "不加此项，这些行是错误。",
        en="CSV and Excel: leave out rows of totals, notes and repeated headings, and say how "
        "many; the list stays whole. Without it they are faults.",
    ),
)
_FAIL_ON: Final[_Option] = option(
    "--fail-on",
    "fail_on",
    metavar="NAME",
    multiple=True,
    zh="哪些结论和结果使退出状态为 1，如 prohibited,breached；可重复使用。"
    "  [默认：退出状态 1 之下所列的]",
    en="Which outcomes and statuses make the exit status 1, such as prohibited,breached; can be "
    "repeated.  [default: those listed under exit status 1]",
)
# A watch keeps its facts, and would forget what was lost of them.
_TOLERANT: Final[tuple[_Option, ...]] = (
    option(
        "--tolerate",
        is_flag=True,
        zh="读不出的值按未知处理，编号读不出的行不计入，并说明各有多少；退出状态至少为 1。"
        "佐证材料和豁免仍须无误。",
        en="Take values that cannot be read as unknown, leave out rows without a readable id, "
        "and say how many; the exit status is then at least 1. Attestations and exemptions have "
        "to be right all the same.",
    ),
    option(
        "--faults",
        metavar="FILE",
        zh="与 --tolerate 同用：把略过的每一处写入文件，一行一个 JSON 对象。",
        en="With --tolerate: write all that was passed over, a JSON object on a line for each.",
    ),
)
_MARK: Final[_Option] = option(
    "--mark",
    metavar="FILE",
    zh="用于 Excel：有错误时另写一份工作簿，出错的单元格标为红色，批注写明错误。",
    en="Excel: where something is wrong, write a copy of the workbook in which the cells are red "
    "and have comments that say what.",
)
_WHOLE_TABLES: Final[_Option] = option(
    "--whole",
    metavar="LIST",
    multiple=True,
    zh="哪些表中的列表是完整的，如 stations，几个之间用逗号分隔；可重复使用。",
    en="A list whose table is complete, such as stations, or several with commas between; can "
    "be repeated.",
)
_WHOLE: Final[_Option] = option(
    "--whole",
    metavar="LIST",
    multiple=True,
    zh="用于表：完整的列表，如 stations，几个之间用逗号分隔；可重复使用。",
    en="Tables: a list that is complete, such as stations, or several with commas between; "
    "can be repeated.",
)
_OF_TABLES: Final[tuple[_Option, ...]] = (
    _WHOLE,
    option(
        "--into",
        metavar="NAME",
        zh="用于 DuckDB 和数据库：把回答写回，成为以此为名的新表。",
        en="DuckDB and databases: write the answers back, as a new table of this name.",
    ),
    option(
        "--run",
        metavar="ID",
        zh="与 --into 同用：作为此编号的一次运行加入该表（自动新建），其他运行的行不变；"
        "编号相同的一次被替换。",
        en="With --into: add the answers to the table, made where needed, as the run of this id, "
        "beside those of other runs; one of the same id is replaced.",
    ),
)


def with_options(
    *options: _Option, forms: Sequence[str] = USUAL, words: tuple[str, str] | None = None
) -> _Option:
    """Give a command the options, and their values to its function as one `Options`.

    `forms` are those that it writes, by their names, if there is a choice; `words` say so in
    Chinese and English where they are not written to a file.
    """

    def decorated(function: _Command) -> _Command:
        @wraps(function)
        def command(
            lang: str,
            directive: str = DEFAULT,
            as_of: str | None = None,
            format_: str | None = None,
            output: str | None = None,
            readings: tuple[str, ...] = (),
            parameters: tuple[str, ...] = (),
            engine: str | None = None,
            mapping: str | None = None,
            ignore_sheets: tuple[str, ...] = (),
            skip_totals: bool = False,
            tolerate: bool = False,
            faults: str | None = None,
            mark: str | None = None,
            whole: tuple[str, ...] = (),
            into: str | None = None,
            run: str | None = None,
            record: str | None = None,
            correlation_id: str | None = None,
            fail_on: tuple[str, ...] = (),
            **own: object,
        ) -> int:
            given = Options(
                as_of=as_of,
                lang="zh" if lang == "zh" else "en",
                format=form_of(format_, output, forms),
                forms=tuple(forms),
                readings=readings,
                parameters=parameters,
                engine=engine,
                directive=directive,
                output=output,
                mapping=mapping,
                ignore_sheets=ignore_sheets,
                skip_totals=skip_totals,
                tolerate=tolerate,
                faults=faults,
                mark=mark,
                whole=whole,
                into=into,
                run=run,
                record=record,
                correlation_id=correlation_id,
                failing=failing(fail_on),
            )
            return function(given, **own)

        taking: _Command = command
        written = (_format(forms, words),) if len(forms) > 1 else ()
        for each in reversed((*options, *written)):
            taking = each(taking)
        return taking

    return decorated


_RECORD: Final[tuple[_Option, ...]] = (
    option(
        "--record",
        metavar="LOG",
        zh="把回答及其依据写入此目录中的决定记录（自动新建）；见 log。",
        en="Write the answers and what they rest on to the record of decisions in this folder, "
        "begun where needed; see log.",
    ),
    option(
        "--correlation-id",
        metavar="ID",
        zh="与 --record 同用：调用者自己的编号，记入记录。",
        en="With --record: the caller's own id, which goes on record.",
    ),
)
_ANSWERING: Final[tuple[_Option, ...]] = (
    _AS_OF,
    LANG,
    *_CHOICES,
    _MAPPING,
    *_OF_SHEETS,
    *_TOLERANT,
    _MARK,
    *_OF_TABLES,
    *_RECORD,
    _FAIL_ON,
    DIRECTIVE,
    _ANSWERS_OUTPUT,
)
_ROWS: Final = (*USUAL, "csv", "parquet")
ANSWERING: Final = with_options(*_ANSWERING, forms=_ROWS)
AUDITING: Final = with_options(*_ANSWERING, forms=(*_ROWS, "html", "docx", "xlsx", "report-json"))
EXPLAINING: Final = with_options(
    _AS_OF,
    LANG,
    *_CHOICES,
    _MAPPING,
    *_OF_SHEETS,
    *_TOLERANT,
    _WHOLE,
    _FAIL_ON,
    DIRECTIVE,
    OUTPUT,
)
COMPARING: Final = with_options(
    _AS_OF, LANG, *_CHOICES, _MAPPING, *_OF_SHEETS, *_TOLERANT, _WHOLE, DIRECTIVE, OUTPUT
)
LISTING: Final = with_options(
    _AS_OF,
    LANG,
    *_CHOICES,
    _MAPPING,
    *_OF_SHEETS,
    *_TOLERANT,
    _WHOLE,
    DIRECTIVE,
    OUTPUT,
    forms=(*USUAL, "ics"),
)
DESCRIBING: Final = with_options(_VALUES_AS_OF, LANG, DIRECTIVE, OUTPUT)
KEEPING: Final = with_options(
    _AS_OF, LANG, *_CHOICES, _MAPPING, *_OF_SHEETS, *_TOLERANT, DIRECTIVE, OUTPUT, forms=("xlsx",)
)
OWING: Final = with_options(
    LANG,
    _CHOICES[1],
    DIRECTIVE,
    OUTPUT,
    forms=(*USUAL, "toml"),
    words=(
        "写成什么：table（供阅读的表格）、json、toml（所缺的用例）。"
        "  [默认：按 --output 文件名的结尾，否则 table]",
        "What is written: table (to read), json, toml (the cases that are owed).  [default: by the "
        "ending of --output, else table]",
    ),
)
PROVING: Final = with_options(LANG, DIRECTIVE, OUTPUT)
SCHEMING: Final = with_options(LANG, DIRECTIVE, OUTPUT, forms=("json",))
SCRIPTING: Final = with_options(
    _AS_OF_SCRIPT, LANG, *_CHOICES[:2], _WHOLE_TABLES, DIRECTIVE, OUTPUT, forms=("sql",)
)
SERVING: Final = with_options(_AS_OF, LANG, *_CHOICES, DIRECTIVE, _RECORD[0], forms=())
WEIGHING: Final = with_options(
    LANG,
    OUTPUT,
    forms=(*USUAL, "html", "xlsx"),
    words=(
        "写成什么：table（供阅读的表格）、json、html（网页）、xlsx（Excel 工作簿）。"
        "  [默认：按 --output 文件名的结尾，否则 table]",
        "What is written: table (to read), json, html (a page), xlsx (a workbook).  [default: by "
        "the ending of --output, else table]",
    ),
)
FILLING_IN: Final = with_options(
    _AS_OF, LANG, *_CHOICES, _MAPPING, *_OF_SHEETS, *_TOLERANT, DIRECTIVE, forms=()
)
REPLAYING: Final = with_options(_AS_OF_RECORD, LANG, *_CHOICES[:2], OUTPUT)
WATCHING: Final = with_options(
    _AS_OF,
    LANG,
    *_CHOICES,
    _MAPPING,
    *_OF_SHEETS,
    DIRECTIVE,
    words=(
        "供阅读的文字，或 JSON，每个事件一行一个对象。  [默认：table]",
        "Lines to read, or JSON with an object on a line for each event.  [default: table]",
    ),
)


def one_of(*options: tuple[str, str | None]) -> None:
    """Raise FactError where more than one of some options has a value."""
    given = [name for name, value in options if value is not None]
    if len(given) > 1:
        both = " ".join(given)
        zh, en = "两个选项不能同时使用；请只保留一个", "they exclude each other; give one of them"
        raise FactError([Fault(place=both, code=FaultCode.WRONG_USAGE, zh=zh, en=en)])
