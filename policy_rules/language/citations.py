"""Citations: how a sentence of a directive, and a rule in it, is named."""

from __future__ import annotations

import re
from functools import lru_cache

from attrs import field, frozen

_FORM = re.compile(r"(?P<heading>\d+(?:\.\d+)*)/(?P<sentence>[1-9]\d*)(?P<letter>[a-z]?)")


@frozen(order=True)
class Cite:
    """A sentence of a directive: `Cite("5.1", 2)` is part 5, item 1, second sentence.

    Where a sentence carries several rules, a letter names the rule: `Cite("2.1", 1, "b")`.
    """

    heading: str = field(order=lambda heading: [int(part) for part in heading.split(".")])
    sentence: int
    letter: str = ""

    @staticmethod
    @lru_cache(maxsize=4096)
    def parse(text: str) -> Cite:
        """The citation written as `5.1/2` or `2.1/1b`.

        Raises ValueError if it is written in another way.
        """
        match = _FORM.fullmatch(text)
        if match is None:
            raise ValueError(f"`{text}` is not a citation: expected the form `5.1/2` or `2.1/1b`")
        return Cite(match["heading"], int(match["sentence"]), match["letter"])

    @property
    def of_sentence(self) -> Cite:
        """The citation of the sentence, without a letter."""
        return Cite(self.heading, self.sentence) if self.letter else self

    def __str__(self) -> str:
        return f"{self.heading}/{self.sentence}{self.letter}"
