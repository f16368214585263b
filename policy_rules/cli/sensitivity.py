"""What `sensitivity` does once the options are read: try each other reading, show what changes."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from ..analysis.sensitivity import sensitivity
from .answers_shown import caption, json_head
from .faults_shown import tolerated_words
from .inputs import Options, asked
from .output import ascii_only, json_chunks, table_chunks, write
from .progress import Watch

if TYPE_CHECKING:
    from rich.console import RenderableType


def compare_readings(options: Options, path: str, first: int) -> int:
    """Show which answers change under which other reading; of each, the `first` few."""
    with Watch(options.lang) as watch:
        ask = asked(options, path, watch)
        facts = ask.document.facts
        found = sensitivity(
            ask.policy, facts, lambda given: watch.over(given, len(given), "比较", "comparing")
        )
    if options.format == "table":
        from ..render.sensitivity_tables import sensitivity_parts

        parts: list[RenderableType] = [*caption(options, ask)]
        parts += sensitivity_parts(
            found.summary(), found, first, options.lang, at_least=bool(ask.partial)
        )
        write(table_chunks(parts, options.output), options.output)
        return ask.least_status
    print(ask.as_of_words(options.lang), file=sys.stderr)
    if tolerated := ask.document.tolerated:
        print(tolerated_words(tolerated, options.lang), file=sys.stderr)
    told = found.as_json()
    head, lists = json_head(ask), {name: told[name] for name in ("summary", "changes")}
    write(json_chunks(head, lists, ascii_only=ascii_only(options.output)), options.output)
    return ask.least_status
