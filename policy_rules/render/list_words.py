"""How much of a list the data have, in words."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from ..engines.lists import Extent, ListCoverage
from ..language.lists import ListOfFacts, ListOfNames, ListOfValues
from .wording import Language, pick, value_words


def coverage_words(coverage: ListCoverage, lang: Language) -> str:
    """How much there is of a list, and what is known to be missing."""
    match coverage.list:
        case ListOfFacts():
            told, notes = _counted(coverage, lang), _over(coverage, lang)
        case ListOfNames():
            told, notes = _counted(coverage, lang), _names(coverage, lang)
        case ListOfValues():  # pragma: no branch - the match is exhaustive
            return _values(coverage, lang)
    if coverage.undetermined:
        number = coverage.undetermined
        notes.append(pick(lang, f"另有{number}个未定", f"{number} more undetermined"))
    # What may still be found elsewhere is no news where all there is to find is found.
    if coverage.partial and coverage.extent is Extent.OPEN:
        cls = coverage.classes[0]
        notes.append(pick(lang, f"{cls.zh}名单不全", f"list of {cls.collection} partial"))
    if not notes:
        return told
    return pick(lang, f"{told}（{'；'.join(notes)}）", f"{told} ({'; '.join(notes)})")


def _counted(coverage: ListCoverage, lang: Language) -> str:
    found, expected = coverage.found, coverage.expected
    if expected is None:
        return pick(lang, f"已知{found}个", f"{found} known")
    return pick(lang, f"应有{expected}个，已知{found}个", f"{found} of {expected} known")


def _over(coverage: ListCoverage, lang: Language) -> list[str]:
    if coverage.extent is not Extent.OVER or coverage.expected is None:
        return []
    more = coverage.found - coverage.expected
    return [pick(lang, f"比文件多{more}个", f"{more} more than the text says")]


def _names(coverage: ListCoverage, lang: Language) -> list[str]:
    notes = []
    if coverage.missing:
        names = _joined(coverage.missing, lang)
        notes.append(pick(lang, f"未找到：{names}", f"not found: {names}"))
    if coverage.repeated:
        names = _joined(coverage.repeated, lang)
        notes.append(pick(lang, f"同名的不止一个：{names}", f"found more than once: {names}"))
    return notes


def _values(coverage: ListCoverage, lang: Language) -> str:
    if coverage.missing:  # years of a calendar
        missing = _joined(coverage.missing, lang)
        if not coverage.there:
            return pick(
                lang,
                f"未设定（缺 {missing} 年；参数 {coverage.parameter}）",
                f"not set (unknown: {missing}; parameter {coverage.parameter})",
            )
        there = _joined(coverage.there, lang)
        return pick(
            lang,
            f"已知 {there} 年（缺 {missing} 年；参数 {coverage.parameter}）",
            f"known for {there} (unknown: {missing}; parameter {coverage.parameter})",
        )
    if coverage.extent is Extent.OPEN:
        return pick(
            lang,
            f"未设定（参数 {coverage.parameter}）",
            f"not set (parameter {coverage.parameter})",
        )
    return _joined(coverage.there, lang) or pick(lang, "无", "none")


def _joined(values: Iterable[Any], lang: Language) -> str:
    return pick(lang, "、", ", ").join(_said(each, lang) for each in values)


def _said(value: Any, lang: Language) -> str:
    """A member of a list, or a year."""
    return str(value) if type(value) is int else value_words(value, lang)
