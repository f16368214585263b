"""`directive`: what the directive holds, or how an official text differs from it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, TypeAlias

import click

from ..facts import FactError, Fault
from ..facts.faults import FaultCode
from ..formats import directive_json
from ..formats.choices import day_of, unknown_name
from ..formats.text_files import text_of
from ..language import Regime, RuleSet, regime
from ..language.sentences import check_text, coverage
from .bilingual import BilingualCommand, option
from .directive_list import list_installed
from .inputs import as_of_words, dated, loaded_directive
from .options import DESCRIBING, Options, one_of
from .output import ascii_only, json_chunks, output_fault, table_chunks, write

if TYPE_CHECKING:
    from rich.console import RenderableType

View: TypeAlias = Literal["clauses", "coverage", "facts", "readings", "oddities", "parameters"]
_Parts: TypeAlias = "Callable[[], list[RenderableType]]"


@click.command(
    cls=BilingualCommand,
    short=("文件的内容；核对官方文本。", "What the directive holds; check an official text."),
    zh="""列出文件的内容：文号、标题和日期，由谁发给谁，各句的规则。

    \b
    示例：
      policy-rules directive --coverage
      policy-rules directive --list
      policy-rules directive --readings
      policy-rules directive --check-text official_text.md

    退出状态：0；1 所核对的文本不一致，或有已安装的文件不能加载；
    2 输入或用法有误，标准输出没有内容。
    """,
    en="""Show what the directive holds: its number, title and dates, from whom it is
    and to whom, and the rules of each sentence.

    \b
    Examples:
      policy-rules directive --coverage
      policy-rules directive --list
      policy-rules directive --readings
      policy-rules directive --check-text official_text.md

    Exit status: 0; 1 the text that is checked differs, or a directive that is installed cannot be
    loaded; 2 bad input or usage, with nothing on standard output.
    """,
)
@option(
    "--list",
    "view",
    flag_value="list",
    zh="已安装的各个文件，及其所在的软件包。",
    en="The directives that are installed, and the packages that bring them.",
)
@option(
    "--coverage",
    "view",
    flag_value="coverage",
    zh="每句及其处理：规则、用语和依据，或没有规则的原因。",
    en="Each sentence with what becomes of it: its rules, their words and what they rest on; or "
    "why it has none.",
)
@option(
    "--facts",
    "view",
    flag_value="facts",
    zh="各类事实及其字段：名称、取值，哪些规则用到。",
    en="The classes of facts with their fields: names, values, which rules read them.",
)
@option(
    "--readings",
    "view",
    flag_value="readings",
    zh="文字未明确的问题：各选项、默认选项及理由、哪些回答取决于它。",
    en="The questions that the text leaves open: options, default and why, what rests on them.",
)
@option(
    "--oddities",
    "view",
    flag_value="oddities",
    zh="文字有出入之处，以及规则如何处理。",
    en="Where the text does not fit, and how the rules treat it.",
)
@option(
    "--parameters",
    "view",
    flag_value="parameters",
    zh="各参数及其值。",
    en="The parameters with their values.",
)
@option(
    "--check-text",
    metavar="FILE",
    zh="把一份官方文本（纯文本或逐句标注）与所依据的文本核对。",
    en="Compare an official text, plain or cited by sentence, with the one that was modelled.",
)
@option(
    "--document",
    metavar="ID",
    zh="与 --check-text 同用：该文本属于哪个修改文件，如 putian-2021-8。",
    en="With --check-text: the amendment whose text it is, such as putian-2021-8.",
)
@DESCRIBING
def directive(
    options: Options,
    view: View | Literal["list"] | None,
    check_text: str | None,
    document: str | None,
) -> int:
    one_of((f"--{view}", view), ("--check-text", check_text))
    if view == "list":
        return list_installed(options)
    return _describe(options, view or "clauses", check_text, document)


def _describe(options: Options, view: View, text_file: str | None, document: str | None) -> int:
    """Show one view of the directive or, where a text is given, how it differs from it.

    `document` is the id of the amendment whose text it is, if it is one's.
    """
    faults = [
        fault for fault in [output_fault(options.output, options.format, options.forms)] if fault
    ]
    loaded = loaded_directive(options.directive, faults)
    given = None if options.as_of is None else day_of(options.as_of, "--as-of", faults)
    text = None if text_file is None else text_of(Path(text_file), text_file, faults)
    if loaded is not None and document is not None and text_file is None:
        faults.append(
            Fault(
                place="--document",
                code=FaultCode.WRONG_USAGE,
                zh="与 --check-text 同用",
                en="goes with --check-text",
            )
        )
    elif loaded is not None and document is not None:
        known = loaded.rules.directive.numbers
        if document not in known:
            faults.append(unknown_name("--document", "修改文件", "amendment", document, known))
    if loaded is None or faults:
        raise FactError(faults)
    rules = loaded.rules
    if text is not None:
        return _compare(options, rules, text, document or "")
    as_of, source = dated(given, None)
    chosen = regime(rules, as_of)
    words = as_of_words(as_of, source, options.lang)
    if view == "clauses":
        _clauses(options, rules)
    elif view == "coverage":
        _coverage(options, chosen, words)
    elif view == "facts":
        _facts(options, rules)
    elif view == "readings":
        _readings(options, rules)
    elif view == "oddities":
        _oddities(options, rules)
    else:
        _parameters(options, chosen, words)
    return 0


def _compare(options: Options, rules: RuleSet, text: str, document: str) -> int:
    from ..render.directive_tables import text_lines

    report = check_text(rules, text, document)
    _show(options, directive_json.text_json(report), {}, lambda: text_lines(report, options.lang))
    return 0 if report.agrees else 1


def _clauses(options: Options, rules: RuleSet) -> None:
    def parts() -> list[RenderableType]:
        from ..render.directive_tables import clause_tables, header_lines

        return [*header_lines(rules.directive, options.lang), *clause_tables(rules, options.lang)]

    listed = directive_json.clauses(rules)
    _show(options, directive_json.heading(rules), {"clauses": listed}, parts)


def _coverage(options: Options, chosen: Regime, as_of: str) -> None:
    def parts() -> list[RenderableType]:
        from ..render.coverage_tables import coverage_parts

        return coverage_parts(chosen, as_of, options.lang)

    rows = coverage(chosen.rules)
    _show(options, {}, {"sentences": map(directive_json.coverage_json, rows)}, parts)


def _facts(options: Options, rules: RuleSet) -> None:
    def parts() -> list[RenderableType]:
        from ..render.fact_tables import fact_tables

        return fact_tables(rules, options.lang)

    _show(options, {}, {"classes": directive_json.fact_classes(rules)}, parts)


def _oddities(options: Options, rules: RuleSet) -> None:
    oddities = rules.directive.oddities

    def parts() -> list[RenderableType]:
        from ..render.directive_tables import oddity_parts

        return oddity_parts(oddities, options.lang)

    _show(options, {}, {"oddities": map(directive_json.oddity_json, oddities)}, parts)


def _readings(options: Options, rules: RuleSet) -> None:
    def parts() -> list[RenderableType]:
        from ..render.directive_tables import reading_parts

        return reading_parts(rules, options.lang)

    listed = (directive_json.reading_json(rules, each) for each in rules.readings.values())
    rulings = map(directive_json.ruling_json, rules.rulings)
    _show(options, {}, {"readings": listed, "rulings": rulings}, parts)


def _parameters(options: Options, chosen: Regime, as_of: str) -> None:
    def parts() -> list[RenderableType]:
        from ..render.directive_tables import parameters_table
        from ..render.tables import line

        return [line(as_of, "dim"), parameters_table(chosen, options.lang)]

    listed = (
        directive_json.parameter_json(each, chosen) for each in chosen.rules.parameters.values()
    )
    _show(options, {}, {"parameters": listed}, parts)


def _show(
    options: Options,
    head: Mapping[str, Any],
    lists: Mapping[str, Iterable[Any]],
    parts: _Parts,
) -> None:
    if options.format == "table":
        write(table_chunks(parts(), options.output), options.output)
    else:
        chunks = json_chunks(head, lists, ascii_only=ascii_only(options.output))
        write(chunks, options.output)
