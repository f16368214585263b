"""Text that wraps as Chinese and English readers expect, and tables that fit the terminal.

Rich breaks lines at spaces only, so a Chinese sentence would begin on a line of its own and be cut
anywhere; and it gives a column less room than its longest word even where another has room left.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from attrs import frozen
from rich import box
from rich.cells import cell_len
from rich.console import Console, ConsoleOptions, JustifyMethod, OverflowMethod, RenderResult
from rich.containers import Lines
from rich.measure import Measurement
from rich.table import Table
from rich.text import Text

_OPENING: Final = "（“‘《〈［【([{"
_CLOSING: Final = "，。；：、？！）”’》〉］】,.;:?!)]}%"
# What is never divided: a wide character or a word (a long name may be divided after its joints),
# with the punctuation that belongs to it and the spaces that follow it.
_UNIT: Final = re.compile(
    rf"\s*[{re.escape(_OPENING)}]*"
    rf"(?:[\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef\U00020000-\U0003ffff]"
    rf"|[^\s_\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef\U00020000-\U0003ffff{re.escape(_OPENING)}]+"
    rf"_*|_+|)[{re.escape(_CLOSING)}]*[ ]*"
)


def units(text: str) -> list[str]:
    """The pieces between which a line may be broken; together they are the text."""
    found = [match[0] for match in _UNIT.finditer(text)]
    return [each for each in found if each]


def breaks(text: str, width: int) -> list[int]:
    """Where a line has to be broken to fit into so many columns."""
    places = []
    place = used = 0
    for unit in units(text):
        if used and used + cell_len(unit.rstrip()) > width:
            places.append(place)
            used = 0
        # A piece that is wider than a whole line has to be cut.
        for char in unit:
            size = cell_len(char)
            if used and used + size > width and not char.isspace():
                places.append(place)
                used = 0
            used += size
            place += 1
    return places


class Prose(Text):
    """Text that may be broken between Chinese characters, but not before punctuation."""

    def wrap(
        self,
        console: Console,
        width: int,
        *,
        justify: JustifyMethod | None = None,
        overflow: OverflowMethod | None = None,
        tab_size: int = 8,
        no_wrap: bool | None = None,
    ) -> Lines:
        """The text as lines of at most so many columns."""
        wrapped = Lines()
        for line in self.split(allow_blank=True):
            parts = Lines([line]) if no_wrap else line.divide(breaks(line.plain, width))
            for part in parts:
                part.rstrip()
            parts.justify(
                console, width, justify=justify or self.justify or "left", overflow="fold"
            )
            wrapped.extend(parts)
        return wrapped

    def __rich_measure__(self, console: Console, options: ConsoleOptions) -> Measurement:
        return Measurement(least_width(self.plain), natural_width(self.plain))


def least_width(text: str) -> int:
    """The width of the widest piece of a text that is not to be divided."""
    return max((cell_len(unit.strip()) for unit in units(text)), default=0)


def natural_width(text: str) -> int:
    """The width of the longest line of a text that is not wrapped."""
    return max(map(cell_len, text.split("\n")), default=0)


@frozen
class Column:
    """A column. One that is `fixed` or a `number` is not wrapped while others can be."""

    heading: str
    fixed: bool = False
    number: bool = False


@frozen
class Grid:
    """A table of rows, as wide as the terminal at most; columns without anything are left out."""

    columns: Sequence[Column]
    rows: Sequence[Sequence[Text]]
    headed: bool = True

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        shown = [n for n in range(len(self.columns)) if any(row[n].plain for row in self.rows)]
        room = options.max_width - _GAP * (len(shown) - 1)
        widths = self._widths(shown, room)
        table = Table(
            box=box.SIMPLE_HEAD,
            show_edge=False,
            pad_edge=False,
            padding=(0, 1),
            header_style="bold",
            show_header=self.headed,
        )
        for place in shown:
            column = self.columns[place]
            table.add_column(
                Prose(column.heading),
                justify="right" if column.number else "left",
                width=widths[place],
            )
        for row in self.rows:
            table.add_row(*(row[place] for place in shown))
        yield table

    def _widths(self, shown: Sequence[int], room: int) -> dict[int, int]:
        """Each column as wide as it needs; if that is too much, the widest give way."""
        texts = {n: [self.columns[n].heading, *(row[n].plain for row in self.rows)] for n in shown}
        widths = {n: max(map(natural_width, texts[n])) for n in shown}
        least = {n: max(map(least_width, texts[n])) for n in shown}
        wrapping = [n for n in shown if not (self.columns[n].fixed or self.columns[n].number)]
        for candidates, floor in ((wrapping, least), (wrapping, {}), (shown, {})):
            while sum(widths.values()) > room:
                wide = [n for n in candidates if widths[n] > floor.get(n, _NARROWEST)]
                if not wide:
                    break
                widths[max(wide, key=widths.__getitem__)] -= 1
        return widths


_GAP: Final = 3
_NARROWEST: Final = 4
