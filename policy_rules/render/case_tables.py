"""What cases show of the parts of conditions, as tables for a terminal."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Protocol

from rich.console import RenderableType

from ..language import Cite
from .prose import Column, Grid
from .tables import line, table_of, titled
from .wording import Language, cite_shown, pick


class Sought(Protocol):
    """A part of a condition of which no case shows that it decides, and what was found of it."""

    @property
    def cite(self) -> Cite: ...
    @property
    def place(self) -> tuple[str, str]: ...
    @property
    def part(self) -> str: ...
    @property
    def holds(self) -> bool: ...
    @property
    def owed(self) -> bool: ...
    @property
    def open(self) -> bool: ...
    @property
    def why(self) -> tuple[str, str]: ...
    @property
    def day(self) -> date | None: ...
    @property
    def reading(self) -> tuple[str, str] | None: ...


def owed_parts(obligations: int, found: Sequence[Sought], lang: Language) -> list[RenderableType]:
    """How much the cases show, and each case that is owed or perhaps is."""
    owed = [each for each in found if each.owed]
    left = [each for each in found if each.open]
    shown = obligations - len(found)
    impossible = len(found) - len(owed) - len(left)
    parts: list[RenderableType] = [
        line(
            pick(
                lang,
                f"条件的各部分须起作用 {obligations:,} 处：用例已证明 {shown:,} 处，"
                f"已证明不可能 {impossible:,} 处，缺用例 {len(owed):,} 处，未决 {len(left):,} 处",
                f"parts of conditions have to decide in {obligations:,} ways: "
                f"{shown:,} shown by cases, {impossible:,} proved impossible, "
                f"{len(owed):,} owed, {len(left):,} open",
            )
        )
    ]
    for title, listed in (
        (pick(lang, f"缺的用例（{len(owed)}）", f"cases owed ({len(owed)})"), owed),
        (pick(lang, f"未决（{len(left)}）", f"open ({len(left)})"), left),
    ):
        if listed:
            parts.append(titled(title, _listed(listed, lang)))
    return parts


def _listed(found: Sequence[Sought], lang: Language) -> Grid:
    columns = (
        Column(pick(lang, "规则", "rule")),
        Column(pick(lang, "位置", "place")),
        Column(pick(lang, "条件", "part")),
        Column(pick(lang, "须", "has to")),
        Column(pick(lang, "何时、为何", "when, why")),
    )
    rows = []
    for each in found:
        when = [
            *([str(each.day)] if each.day else []),
            *(["=".join(each.reading)] if each.reading else []),
        ]
        rows.append(
            (
                cite_shown(each.cite, lang),
                pick(lang, *each.place),
                each.part,
                pick(lang, "成立", "hold") if each.holds else pick(lang, "不成立", "not hold"),
                " ".join(when) or pick(lang, *each.why),
            )
        )
    return table_of(columns, rows)
