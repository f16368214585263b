"""The forms of a report: one table of what writes each."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType
from typing import Final, TypeAlias

from ..render.wording import Language
from .docx import to_docx
from .html import to_html
from .ledger_xlsx import new_ledger
from .model import Inspection
from .writing import document

# Of an inspection, in a language, with notes on the data as a whole: the content of a file.
ReportForm: TypeAlias = Callable[[Inspection, Language, Sequence[str]], bytes]


def _page(of: Inspection, lang: Language, notes: Sequence[str]) -> bytes:
    return to_html(document(of, lang, notes=notes)).encode("utf-8")


def _word(of: Inspection, lang: Language, notes: Sequence[str]) -> bytes:
    return to_docx(document(of, lang, notes=notes, explained=0))


def _ledger(of: Inspection, lang: Language, notes: Sequence[str]) -> bytes:
    return new_ledger(of, lang)


REPORT_FORMS: Final[Mapping[str, ReportForm]] = MappingProxyType(
    {"html": _page, "docx": _word, "xlsx": _ledger}
)
