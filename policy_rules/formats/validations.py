"""What a workbook lets be entered in a column: a choice, a number, a date, another list's id."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, Final, Literal

from ..facts import FieldSpec, Kind
from ..facts.specs import EARLIEST, LATEST
from ..render.wording import Language, pick
from .filling_in import options_of

if TYPE_CHECKING:
    from openpyxl.worksheet.datavalidation import DataValidation

# What Excel takes: of a list of choices, of a prompt, of its title.
_LONGEST_LIST: Final = 255
_LONGEST_PROMPT: Final = 255
_LONGEST_TITLE: Final = 32
# Of what is no single choice, anything can be entered: the list is an offer.
_OFFERED: Final = (Kind.CHOICES, Kind.REFERENCE)


def validation_of(
    spec: FieldSpec, ids: Mapping[str, str], lang: Language, title: str, note: str
) -> DataValidation:
    """What a column takes, with a note for its cells; `ids` are the ranges of collections."""
    found = _validation(spec, ids, lang)
    found.allow_blank = True
    found.showInputMessage = True
    found.promptTitle = title[:_LONGEST_TITLE]
    found.prompt = note if len(note) <= _LONGEST_PROMPT else f"{note[: _LONGEST_PROMPT - 1]}…"
    found.errorTitle = pick(lang, "请检查", "please check")
    return found


def validation_of_choice(
    options: Sequence[str], lang: Language, title: str, note: str
) -> DataValidation:
    """One of some options, which are few."""
    found = _choosing(options, lang, strict=True)
    found.allow_blank = True
    found.showInputMessage = True
    found.promptTitle, found.prompt = title, note
    return found


def _validation(spec: FieldSpec, ids: Mapping[str, str], lang: Language) -> DataValidation:
    from openpyxl.worksheet.datavalidation import DataValidation

    if options := options_of(spec, lang):
        return _choosing(options, lang, strict=spec.kind not in _OFFERED)
    if spec.target in ids:
        return DataValidation(type="list", formula1=ids[str(spec.target)], showErrorMessage=False)
    bounds = _bounds(spec)
    if bounds is None:
        return DataValidation(showErrorMessage=False)
    kind, low, high = bounds
    return DataValidation(
        type=kind,
        operator="between",
        formula1=low,
        formula2=high,
        showErrorMessage=True,
        # A word that says that there is none is let through.
        errorStyle="warning" if spec.may_be_none else "stop",
        error=_refusal(spec, lang),
    )


def _choosing(options: Sequence[str], lang: Language, *, strict: bool) -> DataValidation:
    from openpyxl.worksheet.datavalidation import DataValidation

    listed = ",".join(options)
    if len(listed) > _LONGEST_LIST or any("," in each or '"' in each for each in options):
        return DataValidation(showErrorMessage=False)
    zh, en = "请从下拉列表中选择，不知道则留空。", "Choose from the list, or leave it empty."
    return DataValidation(
        type="list",
        formula1=f'"{listed}"',
        showErrorMessage=strict,
        error=pick(lang, zh, en),
    )


_Bounded = Literal["whole", "decimal", "date"]


def _bounds(spec: FieldSpec) -> tuple[_Bounded, str, str] | None:
    """What Excel is to hold the values of a field to: of which kind, from where to where."""
    match spec.kind:
        case Kind.INTEGER:
            return "whole", str(spec.minimum), str(spec.maximum)
        case Kind.DECIMAL:
            return "decimal", str(spec.minimum), str(spec.maximum)
        case Kind.DATE:
            return "date", _counted(EARLIEST), _counted(LATEST)
        case Kind.MOMENT:
            return "date", _counted(EARLIEST), str(int(_counted(LATEST)) + 1)
        case _:
            return None


def _counted(day: date) -> str:
    """A day as Excel counts it: one day too far, since it counts 29 February 1900."""
    return str((day - date(1899, 12, 30)).days)


def _refusal(spec: FieldSpec, lang: Language) -> str:
    if spec.kind in (Kind.DATE, Kind.MOMENT):
        zh, en = "应为日期，如 2020-01-15。", "A date is expected, such as 2020-01-15."
    else:
        zh = f"应为 {spec.minimum} 至 {spec.maximum} 的数。"
        en = f"A number from {spec.minimum} to {spec.maximum} is expected."
    if spec.may_be_none:
        zh, en = f"{zh}没有则填“无”，并选择继续。", f"{en} A hyphen says that there is none: go on."
    return pick(lang, zh, en)
