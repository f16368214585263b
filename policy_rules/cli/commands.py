"""The commands, each with its options and help."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from importlib.metadata import PackageNotFoundError, version

import click

from ..engines import ENGINES
from ..facts import FactError, Fault
from ..facts.faults import FaultCode
from . import answering, calendars, sensitivities, watching
from .asking import Options
from .describing import View, describe
from .languages import default_language
from .tables import are_readable

_FACTS = """FACTS is a JSON document, a directory of CSV files, or an Excel workbook (.xlsx)."""
_TABLES = f"""{_FACTS[:-1]};
    or tables: a Parquet file or a directory of them (stations.parquet, ...), a DuckDB file
    (.duckdb, .ddb), or the URL of a database (postgresql://user@host/db, duckdb:///file)."""
_STATUS = """Exit status: 0 nothing wrong; 1 something prohibited, awaiting, breached, missed,
deviating, in conflict or undetermined; 2 bad input or usage, with nothing on standard output."""
_LISTED = """Exit status: 0; 2 bad input or usage, with nothing on standard output."""

_LANG = click.option(
    "--lang",
    type=click.Choice(["zh", "en"]),
    default=default_language,
    help="Language of the answers.  [default: zh where the locale is Chinese, else en]",
)
_FORMAT = click.option(
    "--format",
    "format_",
    type=click.Choice(["table", "json"]),
    default="table",
    show_default=True,
    help="A table to read, or JSON to work with.",
)
_CALENDAR_FORMAT = click.option(
    "--format",
    "format_",
    type=click.Choice(["table", "json", "ics"]),
    default="table",
    show_default=True,
    help="A table to read, JSON to work with, or an iCalendar file for an office calendar.",
)
_STREAM_FORMAT = click.option(
    "--format",
    "format_",
    type=click.Choice(["table", "json"]),
    default="table",
    show_default=True,
    help="Lines to read, or JSON with an object on a line for each event.",
)
_DIRECTIVE = click.option(
    "--directive",
    metavar="NAME",
    default="putian-2019-52",
    show_default=True,
    help="The directive, or one's own as module:NAME.",
)
_OUTPUT = click.option(
    "--output", metavar="FILE", help="Write to a file, as a whole or not at all."
)
_TABLE_OUTPUT = click.option(
    "--output",
    metavar="FILE",
    help="Write to a file, as a whole or not at all; from tables, a name in .parquet gives rows.",
)
_AS_OF = click.option(
    "--as-of",
    metavar="YYYY-MM-DD",
    help="The date for which to answer.  [default: the document's, else today]",
)
_VALUES_AS_OF = click.option(
    "--as-of",
    metavar="YYYY-MM-DD",
    help="The date whose values --parameters and --coverage show.  [default: today]",
)
_CHOICES = (
    click.option(
        "--reading",
        "readings",
        metavar="NAME=OPTION",
        multiple=True,
        help="Another reading of the text; can be repeated. See directive --readings.",
    ),
    click.option(
        "--set",
        "parameters",
        metavar="PARAMETER=VALUE",
        multiple=True,
        help="Set a parameter: a whole number, a share such as 2/5, 0.4 or 40%, a date, yes or no, "
        "a text, values separated by commas, or how often, such as monthly; can be repeated. See "
        "directive --parameters.",
    ),
    click.option(
        "--engine",
        metavar="NAME",
        help=f"How the rules are run: {', '.join(ENGINES)}. They differ in speed only.  [default: "
        "python; sql for tables]",
    ),
)
_MAPPING = click.option(
    "--mapping",
    metavar="FILE",
    help="A TOML file that says how the tables, columns and codes of CSV, Excel, Parquet or a "
    "database are called.",
)
_OF_SHEETS = (
    click.option(
        "--ignore-sheet",
        "ignore_sheets",
        metavar="NAME",
        multiple=True,
        help="CSV and Excel: a sheet or file that is no list, and is passed over; can be repeated.",
    ),
    click.option(
        "--skip-totals",
        is_flag=True,
        help="CSV and Excel: leave out rows of totals, notes and repeated headings, and say how "
        "many; the list stays whole. Without it they are faults.",
    ),
)
# A watch keeps its facts, and would forget what was lost of them.
_TOLERANT = (
    click.option(
        "--tolerate",
        is_flag=True,
        help="Documents: take values that cannot be read as unknown, leave out rows without a "
        "readable id, and say how many; the exit status is then at least 1.",
    ),
    click.option(
        "--faults",
        metavar="FILE",
        help="With --tolerate: write all that was passed over, a JSON object on a line for each.",
    ),
)
_OF_TABLES = (
    click.option(
        "--whole",
        metavar="LIST",
        multiple=True,
        help="Tables: a list that is complete, such as stations, or several with commas between; "
        "can be repeated.",
    ),
    click.option(
        "--into",
        metavar="NAME",
        help="DuckDB and databases: write the answers back, as a new table of this name.",
    ),
)


def _with_options(
    *options: Callable[[Callable[..., int]], Callable[..., int]],
) -> Callable[[Callable[..., int]], Callable[..., int]]:
    """Give a command the options, and their values to its function as one `Options`."""

    def decorated(function: Callable[..., int]) -> Callable[..., int]:
        @wraps(function)
        def command(
            lang: str,
            directive: str,
            as_of: str | None = None,
            format_: str = "table",
            output: str | None = None,
            readings: tuple[str, ...] = (),
            parameters: tuple[str, ...] = (),
            engine: str | None = None,
            mapping: str | None = None,
            ignore_sheets: tuple[str, ...] = (),
            skip_totals: bool = False,
            tolerate: bool = False,
            faults: str | None = None,
            whole: tuple[str, ...] = (),
            into: str | None = None,
            **own: object,
        ) -> int:
            given = Options(
                as_of=as_of,
                lang="zh" if lang == "zh" else "en",
                format=format_,
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
                whole=whole,
                into=into,
            )
            return function(given, **own)

        for option in reversed(options):
            command = option(command)
        return command

    return decorated


_ANSWERING = _with_options(
    _AS_OF,
    _LANG,
    _FORMAT,
    *_CHOICES,
    _MAPPING,
    *_OF_SHEETS,
    *_TOLERANT,
    *_OF_TABLES,
    _DIRECTIVE,
    _TABLE_OUTPUT,
)
_EXPLAINING = _with_options(
    _AS_OF, _LANG, _FORMAT, *_CHOICES, _MAPPING, *_OF_SHEETS, *_TOLERANT, _DIRECTIVE, _OUTPUT
)
_LISTING = _with_options(
    _AS_OF,
    _LANG,
    _CALENDAR_FORMAT,
    *_CHOICES,
    _MAPPING,
    *_OF_SHEETS,
    *_TOLERANT,
    _DIRECTIVE,
    _OUTPUT,
)
_DESCRIBING = _with_options(_VALUES_AS_OF, _LANG, _FORMAT, _DIRECTIVE, _OUTPUT)
_WATCHING = _with_options(
    _AS_OF, _LANG, _STREAM_FORMAT, *_CHOICES, _MAPPING, *_OF_SHEETS, _DIRECTIVE
)
_FACTS_ARGUMENT = click.argument("facts", metavar="FACTS")


def _one_of(*options: tuple[str, str | None]) -> None:
    given = [name for name, value in options if value is not None]
    if len(given) > 1:
        both = " ".join(given)
        zh, en = "两个选项不能同时使用；请只保留一个", "they exclude each other; give one of them"
        raise FactError([Fault(place=both, code=FaultCode.WRONG_USAGE, zh=zh, en=en)])


def _show_version(context: click.Context, _: click.Parameter, wanted: bool) -> None:
    if wanted and not context.resilient_parsing:
        try:
            number = version("policy-rules")
        except PackageNotFoundError:
            number = "(not installed)"
        click.echo(f"policy-rules {number}")
        context.exit()


@click.group(
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    epilog=_STATUS,
    no_args_is_help=False,
)
@click.option(
    "--version",
    is_flag=True,
    is_eager=True,
    expose_value=False,
    callback=_show_version,
    help="Show the version and exit.",
)
def commands() -> None:
    """Decide, check, audit and explain facts by the sentences of a directive.

    \b
    Example:
      policy-rules audit examples/putian/facts.json --as-of 2019-09-01
    """


@commands.command(
    short_help="What the directive makes of each fact, by which sentence.",
    epilog=_STATUS,
    help=f"""Decide what the directive makes of each fact, such as
    a station's duty mode, and by which sentence.

    {_TABLES}

    \b
    Example:
      policy-rules decide facts.json --name duty_mode
    """,
)
@_FACTS_ARGUMENT
@click.option("--name", metavar="N", help="Only the decision of this name, such as duty_mode.")
@_ANSWERING
def decide(options: Options, facts: str, name: str | None) -> int:
    if are_readable(facts):
        from . import answering_tables

        return answering_tables.decide(options, facts, name)
    return answering.decide(options, facts, name)


@commands.command(
    short_help="Whether each request is permitted, and if not, why.",
    epilog=_STATUS,
    help=f"""Check the requests: cases, tasks, transfers,
    appointments and postings. Each is permitted, prohibited, awaiting steps or undetermined.

    {_TABLES}

    \b
    Example:
      policy-rules check facts.json --format json --output verdicts.json
    """,
)
@_FACTS_ARGUMENT
@_ANSWERING
def check(options: Options, facts: str) -> int:
    if are_readable(facts):
        from . import answering_tables

        return answering_tables.check(options, facts)
    return answering.check(options, facts)


@commands.command(
    short_help="How every fact stands to every obligation.",
    epilog=_STATUS,
    help=f"""Audit every fact against every obligation: a summary by
    rule, what is measured apart from what is attested; then the worst gaps and, of a document, what
    is attested not to be met and what is needed to settle the rest.

    {_TABLES}

    \b
    Examples:
      policy-rules audit facts.json --worst 20 --reading strength_counts=sworn_and_auxiliary
      policy-rules audit province.duckdb --whole stations,officers --output findings.parquet
      policy-rules audit postgresql://user@host/db --mapping county.toml --into findings
    """,
)
@_FACTS_ARGUMENT
@click.option(
    "--worst",
    metavar="N",
    type=click.IntRange(min=0),
    default=10,
    show_default=True,
    help="How many rows the lists after the summary have at most.",
)
@_ANSWERING
def audit(options: Options, facts: str, worst: int) -> int:
    if are_readable(facts):
        from . import answering_tables

        return answering_tables.audit(options, facts, worst)
    return answering.audit(options, facts, worst)


@commands.command(
    short_help="Why the answers about one fact are what they are.",
    epilog=_STATUS,
    help=f"""Explain the answers about one fact, from the conclusion
    down to the facts: all of them, or a decision's, or a citation's.

    {_FACTS}

    \b
    Example:
      policy-rules explain facts.json --subject stations/350304540000 --cite 2.1/1b
    """,
)
@_FACTS_ARGUMENT
@click.option(
    "--subject",
    metavar="KEY",
    required=True,
    help="The fact: its collection and id, such as cases/A1.",
)
@click.option("--name", metavar="N", help="Only the decision of this name.")
@click.option("--cite", metavar="C", help="Only what rests on this citation, such as 2.1/1b.")
@_EXPLAINING
def explain(options: Options, facts: str, subject: str, name: str | None, cite: str | None) -> int:
    _one_of(("--name", name), ("--cite", cite))
    return answering.explain(options, facts, subject, name, cite)


@commands.command(
    short_help="What falls due between two days.",
    epilog=_LISTED,
    help=f"""List what falls due between two days: each deadline, and each period of what
    recurs, with whether it is done as of the policy's date; then what recurs without a set
    period.

    {_FACTS}

    \b
    Examples:
      policy-rules calendar facts.json --subject bureaus/350304000000 --until 2019-12-31
      policy-rules calendar facts.json --subject stations/350304540000 --format ics \\
        --set mental_screening_period=quarterly --output huangshi.ics
    """,
)
@_FACTS_ARGUMENT
@click.option(
    "--from",
    "since",
    metavar="YYYY-MM-DD",
    help="The first day.  [default: the date for which to answer]",
)
@click.option(
    "--until",
    metavar="YYYY-MM-DD",
    help="The last day, included.  [default: a whole year from the first]",
)
@click.option(
    "--subject",
    metavar="KEY",
    help="Only what is due of this fact and of those that belong to it, such as "
    "stations/350304540000; a bureau's calendar has its stations in it.",
)
@_LISTING
def calendar(
    options: Options, facts: str, since: str | None, until: str | None, subject: str | None
) -> int:
    return calendars.calendar(options, facts, since, until, subject)


@commands.command(
    short_help="Which answers hang on how the text is read.",
    epilog=_LISTED,
    help=f"""Try every other option of every reading, each alone, and show which
    decisions, verdicts and findings change, with before and after. A reading on which nothing
    changes is listed too. With --reading, the comparison starts from there.

    {_FACTS}

    \b
    Example:
      policy-rules sensitivity facts.json --first 10
    """,
)
@_FACTS_ARGUMENT
@click.option(
    "--first",
    metavar="N",
    type=click.IntRange(min=0),
    default=5,
    show_default=True,
    help="How many changes under each option the table shows; JSON has them all.",
)
@_EXPLAINING
def sensitivity(options: Options, facts: str, first: int) -> int:
    return sensitivities.compare_readings(options, facts, first)


@commands.command(
    short_help="What each event of a stream changes.",
    help=f"""Apply dated changes to the facts as they come, each a JSON object on a line of its own,
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
@click.option(
    "--events",
    metavar="FILE",
    required=True,
    help="The events as JSON lines; - is standard input, in UTF-8.",
)
@click.option(
    "--only",
    metavar="WORD",
    multiple=True,
    help="Only what concerns this: a fact's key such as tasks/B10, a collection, a decision, or a "
    "citation such as 2.1/1b or 2.1; can be repeated.",
)
@click.option(
    "--journal",
    metavar="FOLDER",
    help="Keep the session in this folder, which is made: begin one with FACTS, or take up the one "
    "it holds.",
)
@_WATCHING
def watch(
    options: Options, facts: str | None, events: str, only: tuple[str, ...], journal: str | None
) -> int:
    if facts is None and journal is None:
        context = click.get_current_context()
        raise click.MissingParameter(ctx=context, param=context.command.params[0])
    return watching.watch(options, facts, events, only, journal)


@commands.command(
    short_help="What the directive holds; check an official text.",
    help="""Show what the directive holds: its number, title and dates, from whom it is
    and to whom, and the rules of each sentence.

    \b
    Examples:
      policy-rules directive --coverage
      policy-rules directive --readings
      policy-rules directive --check-text official_text.md

    Exit status: 0; 1 where the text that is checked differs; 2 bad input or usage, with nothing
    on standard output.
    """,
)
@click.option(
    "--coverage",
    "view",
    flag_value="coverage",
    help="Each sentence with what becomes of it: its rules, their words and what they rest on; or "
    "why it has none.",
)
@click.option(
    "--readings",
    "view",
    flag_value="readings",
    help="The questions that the text leaves open: options, default and why, what rests on them.",
)
@click.option(
    "--oddities",
    "view",
    flag_value="oddities",
    help="Where the text does not fit, and how the rules treat it.",
)
@click.option(
    "--parameters", "view", flag_value="parameters", help="The parameters with their values."
)
@click.option(
    "--check-text",
    metavar="FILE",
    help="Compare an official text, plain or cited by sentence, with the one that was modelled.",
)
@click.option(
    "--document",
    metavar="ID",
    help="With --check-text: the amendment whose text it is, such as putian-2021-8.",
)
@_DESCRIBING
def directive(
    options: Options, view: View | None, check_text: str | None, document: str | None
) -> int:
    _one_of((f"--{view}", view), ("--check-text", check_text))
    return describe(options, view or "clauses", check_text, document)


@commands.group(
    short_help="Write a first mapping of tables, or see what one reads.",
    help="""Write a first mapping of the tables that there are, or see what one reads from them.

    TABLES are a Parquet file or a directory of them, a DuckDB file, or the URL of a database.
    """,
    no_args_is_help=False,
)
def mapping() -> None:
    pass


@mapping.command(
    short_help="A first mapping, from names, labels and comments.",
    help="""Write a first mapping of TABLES: a TOML file in which columns are matched to fields by
    name, label and comment, and what was not found stands in comments. Go through every line.

    \b
    Example:
      policy-rules mapping init postgresql://audit@db.example/ga --output ga.toml

    Exit status: 0; 2 bad input or usage, with nothing on standard output.
    """,
)
@click.argument("tables", metavar="TABLES")
@_with_options(_LANG, _DIRECTIVE, _OUTPUT)
def init(options: Options, tables: str) -> int:
    from . import mappings

    return mappings.init(options, tables)


@mapping.command(
    "check",
    short_help="What each class is read from, and what is wrong.",
    help="""Show what MAPPING reads from TABLES: from which table or query each class, which
    columns give nothing, which fields are unknown, and what is wrong in the data.

    \b
    Example:
      policy-rules mapping check ga.toml postgresql://audit@db.example/ga

    Exit status: 0 nothing wrong in the data; 1 something is; 2 the mapping does not fit the tables,
    or bad usage, with nothing on standard output.
    """,
)
@click.argument("mapping_file", metavar="MAPPING")
@click.argument("tables", metavar="TABLES")
@_with_options(_LANG, _FORMAT, _DIRECTIVE, _OUTPUT)
def check_mapping(options: Options, mapping_file: str, tables: str) -> int:
    from . import mappings

    return mappings.check(options, mapping_file, tables)
