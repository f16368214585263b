"""What the search of the site takes for a word, in English and in Chinese.

Chinese has no blanks between words. So any two characters in a row are one, in the pages and in
what is searched for, and a page is found in which all of these stand.
"""

from __future__ import annotations

import re
from itertools import pairwise
from typing import Final

_HAN: Final = "\u4e00-\u9fff"
_RUN: Final = re.compile(rf"[{_HAN}]+|[^\W{_HAN}]+")


def words(text: str) -> list[str]:
    """The words of a text, in order."""
    found: list[str] = []
    for run in _RUN.findall(text):
        if "\u4e00" <= run[0] <= "\u9fff" and len(run) > 1:
            found += map("".join, pairwise(run))
        else:
            found.append(run)
    return found


# The same for the page on which one searches.
IN_JAVASCRIPT: Final = r"""
var splitQuery = (query) =>
  (query.match(/[\u4e00-\u9fff]+|(?:(?![\u4e00-\u9fff])[\p{Letter}\p{Number}_])+/gu) || []).flatMap(
    (run) =>
      /^[\u4e00-\u9fff]{2,}$/.test(run)
        ? Array.from({ length: run.length - 1 }, (_, at) => run.slice(at, at + 2))
        : [run],
  );
"""
