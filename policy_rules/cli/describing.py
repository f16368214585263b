"""What `directive` does: list what the directive holds, or check it against an official text."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, TypeAlias

from ..facts import FactError
from ..formats.text_files import text_of
from ..language import RuleSet, regime
from ..language.sentences import check_text, coverage
from ..render.wording import pick
from . import catalogue
from .asking import Options, as_of_words, dated, loaded_directive
from .choices import day_of
from .output import ascii_only, json_chunks, output_fault, table_chunks, write

if TYPE_CHECKING:
    from rich.console import RenderableType

View: TypeAlias = Literal["clauses", "coverage", "readings", "parameters"]
_Parts: TypeAlias = "Callable[[], list[RenderableType]]"


def describe(options: Options, view: View, text_file: str | None) -> int:
    """Show one view of the directive or, where a text is given, how it differs from it."""
    faults = [fault for fault in [output_fault(options.output)] if fault]
    loaded = loaded_directive(options.directive, faults)
    given = None if options.as_of is None else day_of(options.as_of, "--as-of", faults)
    text = None if text_file is None else text_of(Path(text_file), text_file, faults)
    if loaded is None or faults:
        raise FactError(faults)
    rules = loaded.rules
    if text is not None:
        return _compare(options, rules, text)
    if view == "clauses":
        _clauses(options, rules)
    elif view == "coverage":
        _coverage(options, rules)
    elif view == "readings":
        _readings(options, rules)
    else:
        as_of, source = dated(given, None)
        chosen = regime(rules, as_of)
        pairs = [(each, chosen.value(each)) for each in rules.parameters.values()]
        _parameters(options, pairs, as_of_words(as_of, source, options.lang))
    return 0


def _compare(options: Options, rules: RuleSet, text: str) -> int:
    from ..render.directive_tables import text_lines

    report = check_text(rules, text)
    _show(options, catalogue.text_json(report), {}, lambda: text_lines(report, options.lang))
    return 0 if report.agrees else 1


def _clauses(options: Options, rules: RuleSet) -> None:
    listed = catalogue.clauses(rules)
    directive = rules.directive

    def parts() -> list[RenderableType]:
        from ..render.directive_tables import clause_tables
        from ..render.tables import line

        zh, en = f"{directive.issued} 印发", f"issued {directive.issued}"
        return [
            line(directive.number, "bold"),
            line(pick(options.lang, directive.zh, directive.en), "bold"),
            line(pick(options.lang, zh, en), "dim"),
            *clause_tables(listed, options.lang),
        ]

    _show(options, catalogue.heading(rules), {"clauses": listed}, parts)


def _coverage(options: Options, rules: RuleSet) -> None:
    rows = coverage(rules)

    def parts() -> list[RenderableType]:
        from ..render.directive_tables import coverage_table
        from ..render.tables import line

        bare = sum(1 for row in rows if row.bare)
        zh = f"共 {len(rows)} 句，{bare} 句尚未建模"
        en = f"{len(rows)} sentences, {bare} of them bare"
        return [coverage_table(rows, options.lang), line(pick(options.lang, zh, en))]

    _show(options, {}, {"sentences": map(catalogue.coverage_json, rows)}, parts)


def _readings(options: Options, rules: RuleSet) -> None:
    readings = list(rules.readings.values())

    def parts() -> list[RenderableType]:
        from ..render.directive_tables import readings_table

        return [readings_table(readings, options.lang)]

    _show(options, {}, {"readings": map(catalogue.reading_json, readings)}, parts)


def _parameters(options: Options, pairs: list[tuple[Any, Any]], as_of: str) -> None:
    def parts() -> list[RenderableType]:
        from ..render.directive_tables import parameters_table
        from ..render.tables import line

        return [line(as_of, "dim"), parameters_table(pairs, options.lang)]

    listed = (catalogue.parameter_json(each, value) for each, value in pairs)
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
