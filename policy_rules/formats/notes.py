"""What is to be known of what was read, though nothing is wrong with it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, Literal

import attrs

_NAMED: Final = 10


@attrs.frozen(kw_only=True)
class Note:
    """Something to be known of a document: `place` is where, `zh` and `en` say in one line what."""

    place: str
    zh: str
    en: str

    def text(self, lang: Literal["zh", "en"] = "en") -> str:
        """Give the note as one line in Chinese (`zh`) or English (`en`)."""
        return f"{self.place}：{self.zh}" if lang == "zh" else f"{self.place}: {self.en}"


def rows_in_words(rows: Sequence[int]) -> tuple[str, str]:
    """Rows by their numbers, runs of them as such, the first ten: 第 3、5 至 7 行."""
    runs: list[list[int]] = []
    for row in rows:
        if runs and runs[-1][1] == row - 1:
            runs[-1][1] = row
        else:
            runs.append([row, row])
    shown = runs[:_NAMED]
    zh = "、".join(f"{first}" if first == last else f"{first} 至 {last}" for first, last in shown)
    en = ", ".join(f"{first}" if first == last else f"{first} to {last}" for first, last in shown)
    more = len(runs) > len(shown)
    return (
        f"第 {zh}{' ……' if more else ''} 行",
        f"row{'' if len(rows) == 1 else 's'} {en}{', …' if more else ''}",
    )
