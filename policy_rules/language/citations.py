"""Citations: how a sentence of a directive, and a rule in it, is named."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

from attrs import field, frozen

_DOCUMENT = re.compile(r"[a-z0-9]+(?:[._-][a-z0-9]+)*")
_NUMERALS: Final = "零一二三四五六七八九十"
_FORM = re.compile(
    rf"(?:(?P<document>{_DOCUMENT.pattern}):)?"
    r"(?P<heading>\d+(?:\.\d+)*)/(?P<sentence>[1-9]\d*)(?P<letter>[a-z]?)"
)


@frozen(order=True)
class Cite:
    """A sentence of a directive: `Cite("5.1", 2)` is part 5, item 1, second sentence.

    Where a sentence carries several rules, a letter names the rule: `Cite("2.1", 1, "b")`. A
    sentence of another document, one that amends the directive, has the id of that `document`.

    Where the text itself is cited in another way (第五条第二款, cl 5(2)(a)), its `label` says
    how, in Chinese and English; it takes no part in comparisons.
    """

    document: str = field(default="", kw_only=True)
    heading: str = field(order=lambda heading: [int(part) for part in heading.split(".")])
    sentence: int
    letter: str = ""
    label: tuple[str, str] = field(
        default=("", ""), eq=False, order=False, repr=False, kw_only=True
    )

    @staticmethod
    @lru_cache(maxsize=4096)
    def parse(text: str) -> Cite:
        """The citation written as `5.1/2` or `2.1/1b`, or with a document: `putian-2021-8:1/2`.

        Raises ValueError if it is written in another way.
        """
        match = _FORM.fullmatch(text)
        if match is None:
            raise ValueError(f"`{text}` is not a citation: expected the form `5.1/2` or `2.1/1b`")
        return Cite(
            match["heading"],
            int(match["sentence"]),
            match["letter"],
            document=match["document"] or "",
        )

    @property
    def of_sentence(self) -> Cite:
        """The citation of the sentence, without a letter."""
        if not self.letter:
            return self
        return Cite(self.heading, self.sentence, document=self.document)

    @property
    def clause(self) -> str:
        """The heading under which the sentence stands, with the document if it is another one."""
        return f"{self.document}:{self.heading}" if self.document else self.heading

    def __str__(self) -> str:
        return f"{self.clause}/{self.sentence}{self.letter}"


def names_a_document(text: str) -> bool:
    """Whether a text can stand for a document in a citation."""
    return _DOCUMENT.fullmatch(text) is not None


def numeral(number: int) -> str:
    """A number in Chinese; from 100 on in digits, as it is read more easily then."""
    if number > 99:
        return str(number)
    tens, ones = divmod(number, 10)
    if tens == 0:
        return _NUMERALS[ones]
    return ("" if tens == 1 else _NUMERALS[tens]) + "十" + (_NUMERALS[ones] if ones else "")


def paragraph(heading: tuple[str, str], number: int, letter: str = "") -> tuple[str, str]:
    """How a text cites its paragraphs, by what it calls the heading: of 第五条 and cl 5, the
    second is 第五条第二款 and cl 5(2), and its item a 第五条第二款第一项 and cl 5(2)(a).
    """
    zh, en = heading
    zh = zh and f"{zh}第{numeral(number)}款"
    en = en and f"{en}({number})"
    if letter:
        zh = zh and f"{zh}第{numeral(ord(letter) - ord('a') + 1)}项"
        en = en and f"{en}({letter})"
    return zh, en
