"""A document in one language, in the blocks that every form of it has: HTML, Word, text."""

from __future__ import annotations

from fractions import Fraction
from typing import TypeAlias

from attrs import frozen

from .colours import Colour


@frozen
class Heading:
    """A heading; `level` 1 is a part of the document. `anchor` names it for links."""

    level: int
    text: str
    anchor: str = ""


@frozen
class Paragraph:
    """Running text. `note`: it says how to read what follows, in smaller type."""

    text: str
    note: bool = False


@frozen
class Cell:
    """What stands in a table. `colour` is how it stands; `share` is drawn as a bar.

    `link` is the file to which it leads.
    """

    text: str
    colour: Colour | None = None
    share: Fraction | None = None
    link: str = ""


@frozen
class Column:
    """A column of a table; `number`: of figures. `wide`: it holds sentences.

    `kept`: what stands in a cell of it, such as a citation, is not broken over lines.
    """

    title: str
    number: bool = False
    wide: bool = False
    kept: bool = False


@frozen
class Row:
    """A row of a table, with the `explanation` that it opens to. `title`: it spans the table."""

    cells: tuple[Cell, ...]
    explanation: str = ""
    title: bool = False


@frozen
class Table:
    """A table; `sortable`: its rows have no order that matters, and may be many."""

    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    sortable: bool = True


Block: TypeAlias = Heading | Paragraph | Table


@frozen
class Document:
    """A document: its title, what stands below that, and its blocks."""

    lang: str
    title: str
    under_title: tuple[str, ...]
    blocks: tuple[Block, ...]
