"""A document for a terminal: its headings, paragraphs and tables, one after the other."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from ..language.exhaustive import assert_never
from ..render import prose
from .document import Document, Heading, Paragraph, Table

if TYPE_CHECKING:
    from rich.console import RenderableType


def terminal_parts(document: Document) -> Iterator[RenderableType]:
    """What a terminal shows of the document, without the explanations that rows open to."""
    from ..render.tables import line, table_of

    yield line(document.title, "bold")
    for under in document.under_title:
        yield line(under, "dim")
    for block in document.blocks:
        match block:
            case Heading():
                yield ""
                yield line(block.text, "bold")
            case Paragraph():
                yield line(block.text, "dim" if block.note else "")
            case Table():
                columns = [prose.Column(each.title, number=each.number) for each in block.columns]
                blank = [""] * (len(columns) - 1)
                yield table_of(
                    columns,
                    (
                        [row.cells[0].text, *blank]
                        if row.title
                        else [cell.text for cell in row.cells]
                        for row in block.rows
                    ),
                )
            case _:
                assert_never(block)
