"""What `directive --list` does: show the directives that are installed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ..facts import FactError, Fault
from ..installed import installed
from ..policy import LoadedDirective
from ..render.wording import pick
from .faults_shown import show_faults
from .inputs import loaded_directive
from .options import Options
from .output import ascii_only, json_chunks, output_fault, table_chunks, write

if TYPE_CHECKING:
    from importlib.metadata import EntryPoint

    from rich.console import RenderableType


def list_installed(options: Options) -> int:
    """Show each directive with the package that brings it; tell of those that cannot be loaded.

    Gives 1 where there are such. Raises FactError for options that are wrong.
    """
    faults = [
        fault for fault in [output_fault(options.output, options.format, options.forms)] if fault
    ]
    if faults:
        raise FactError(faults)
    rows = [row for name, entry in installed().items() if (row := _row(name, entry, faults))]
    if options.format == "table":
        write(table_chunks(_parts(options, rows), options.output), options.output)
    else:
        chunks = json_chunks({}, {"installed": rows}, ascii_only=ascii_only(options.output))
        write(chunks, options.output)
    show_faults(faults, options.lang, as_json=options.format == "json")
    return int(bool(faults))


def _row(name: str, entry: EntryPoint, faults: list[Fault]) -> dict[str, Any] | None:
    loaded: LoadedDirective | None = loaded_directive(name, faults)
    if loaded is None:
        return None
    directive = loaded.rules.directive
    return {
        "id": name,
        "number": directive.number,
        "zh": directive.zh,
        "en": directive.en,
        "package": None if entry.dist is None else entry.dist.name,
        "version": None if entry.dist is None else entry.dist.version,
    }


def _parts(options: Options, rows: list[dict[str, Any]]) -> list[RenderableType]:
    from ..render.prose import Column
    from ..render.tables import line, table_of

    lang = options.lang
    if not rows:
        return [line(pick(lang, "没有已安装的文件", "no directive is installed"))]
    columns = (
        Column(pick(lang, "名称", "name"), fixed=True),
        Column(pick(lang, "文号", "number"), fixed=True),
        Column(pick(lang, "标题", "title")),
        Column(pick(lang, "软件包", "package"), fixed=True),
    )
    cells = [
        (
            row["id"],
            row["number"],
            pick(lang, row["zh"], row["en"]),
            " ".join(each for each in (row["package"], row["version"]) if each),
        )
        for row in rows
    ]
    return [table_of(columns, cells)]
