"""Explanations: a proof as indented text."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from ..answers import Proof
from .wording import Language, cite_words

_MARKS: Final = {True: "✓", False: "✗", None: "？"}


def explanation(proof: Proof, lang: Language, numbers: Mapping[str, str]) -> str:
    """The proof in one language, a line for each step, indented under what it supports.

    `numbers` gives the number of each document that amends the directive, by its id.
    """
    lines: list[str] = []
    _add(lines, proof, lang, numbers, 0)
    return "\n".join(lines)


def _add(
    lines: list[str], proof: Proof, lang: Language, numbers: Mapping[str, str], depth: int
) -> None:
    text = proof.zh if lang == "zh" else proof.en
    if proof.cite is not None:
        quote = quoted(proof.quote)
        cited = cite_words(proof.cite, lang, numbers)
        text += (
            f"［{cited}{quote}］" if lang == "zh" else f" [{cited}{': ' + quote if quote else ''}]"
        )
    elif proof.quote:
        text += quoted(proof.quote) if lang == "zh" else f" {quoted(proof.quote)}"
    lines.append(f"{'  ' * depth}{_MARKS[proof.truth]} {text}" if depth else text)
    for part in proof.parts:
        _add(lines, part, lang, numbers, depth + 1)


def quoted(words: str) -> str:
    """The words of a text in quotation marks, those within it as inner ones."""
    if words.startswith("“") and words.endswith("”") and words.count("“") == 1:
        return words
    return f"“{words.translate(_INNER)}”" if words else ""


_INNER: Final = str.maketrans("“”", "‘’")
