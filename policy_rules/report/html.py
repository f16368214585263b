"""A report as one HTML file: it needs no network, no other file and no script to be read."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from html import escape
from typing import Final

from ..arguments import public
from ..language.exhaustive import assert_never
from .document import Block, Cell, Column, Document, Heading, Paragraph, Row, Table
from .style import SCRIPT, STYLE

# The width of a bar that stands for the whole, in pixels.
_WHOLE: Final = 56


@public
def to_html(document: Document) -> str:
    """The document as a page, in UTF-8."""
    return "".join(_page(document))


def _page(document: Document) -> Iterator[str]:
    zh = document.lang.startswith("zh")
    filter_, why = ("筛选", "判定依据") if zh else ("filter", "why")
    yield f'<!DOCTYPE html>\n<html lang="{document.lang}" data-filter="{filter_}">\n<head>\n'
    yield '<meta charset="utf-8">\n'
    yield '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
    yield f"<title>{escape(document.title)}</title>\n<style>{STYLE}</style>\n</head>\n<body>\n"
    yield f"<header>\n<h1>{escape(document.title)}</h1>\n"
    for line in document.under_title:
        yield f"<p>{escape(line)}</p>\n"
    yield "</header>\n<nav><ul>"
    for block in document.blocks:
        if isinstance(block, Heading) and block.level == 1:
            yield f'<li><a href="#{escape(block.anchor)}">{escape(block.text)}</a></li>'
    yield "</ul></nav>\n<main>\n"
    for block in document.blocks:
        yield from _block(block, why)
    yield f"</main>\n<script>{SCRIPT}</script>\n</body>\n</html>\n"


def _block(block: Block, why: str) -> Iterator[str]:
    match block:
        case Heading():
            level = block.level + 1
            anchor = f' id="{escape(block.anchor)}"' if block.anchor else ""
            yield f"<h{level}{anchor}>{escape(block.text)}</h{level}>\n"
        case Paragraph():
            note = ' class="note"' if block.note else ""
            yield f"<p{note}>{escape(block.text)}</p>\n"
        case Table():
            yield from _table(block, why)
        case _:
            assert_never(block)


def _table(table: Table, why: str) -> Iterator[str]:
    sortable = " data-sortable" if table.sortable else ""
    yield f'<div class="wrap"><table{sortable}><thead><tr>'
    for column in table.columns:
        number = ' class="n"' if column.number else ""
        yield f'<th scope="col"{number}>{escape(column.title)}</th>'
    yield "</tr></thead><tbody>\n"
    for row in table.rows:
        yield from _row(row, table.columns, why)
    yield "</tbody></table></div>\n"


def _row(row: Row, columns: tuple[Column, ...], why: str) -> Iterator[str]:
    if row.title:
        (cell,) = row.cells
        yield f'<tr class="title"><td colspan="{len(columns)}">{escape(cell.text)}</td></tr>\n'
        return
    yield "<tr>"
    for cell, column in zip(row.cells, columns, strict=True):
        yield _cell(cell, column)
    yield "</tr>\n"
    if row.explanation:
        # Beside the cells it would make one column wide, and all others narrow.
        yield (
            f'<tr class="why"><td colspan="{len(columns)}"><details><summary>{why}</summary>'
            f"<pre>{escape(row.explanation)}</pre></details></td></tr>\n"
        )


def _cell(cell: Cell, column: Column) -> str:
    classes = ["n" if column.number else "w" if column.wide else "t"]
    if cell.share is not None or column.kept:
        classes.append("s")
    if cell.share is None and cell.colour is not None:
        classes.append(str(cell.colour))
    bar = "" if cell.share is None else _bar(cell.share, str(cell.colour or "grey"))
    text = escape(cell.text)
    if cell.link:
        text = f'<a href="{escape(cell.link)}">{text}</a>'
    return f'<td class="{" ".join(classes)}">{text}{bar}</td>'


def _bar(share: Fraction, colour: str) -> str:
    long = (share * _WHOLE).__floor__()
    return (
        f'<svg width="{_WHOLE}" height="10" role="img" aria-hidden="true">'
        f'<rect width="{_WHOLE}" height="10" fill="#eceef1"/>'
        f'<rect class="{colour}" width="{long}" height="10" fill="currentColor"/></svg>'
    )
