"""The forms of a report: one table of what writes each."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType
from typing import Final, TypeAlias

from attrs import frozen

from ..render.wording import Language
from .document import Document
from .docx import to_docx
from .html import to_html
from .ledger_xlsx import new_ledger
from .model import Inspection
from .overview import Overview
from .overview_writing import overview_document
from .report_json import inspection_content, overview_content
from .writing import document

# Of the problems of one report so many are explained in a page; a body's own page explains all.
_EXPLAINED: Final = 200


_Links: TypeAlias = Mapping[str, str]
_OfInspection: TypeAlias = Callable[[Inspection, Language, Sequence[str], _Links], bytes]
_OfOverview: TypeAlias = Callable[[Overview, Language, Sequence[str], _Links], bytes]


@frozen
class ReportForm:
    """A form of report: what writes an inspection in it, and an overview.

    `overview` is None where the form lists single findings only. Both are given the language, notes
    that are said of the data as a whole, and by the key of a body the file that has its own report.
    """

    inspection: _OfInspection
    overview: _OfOverview | None = None


def _of_documents(write: Callable[[Document], bytes], *, explains: bool = False) -> ReportForm:
    """A form in which documents are written. `explains`: problems open to their explanations."""

    def inspection(of: Inspection, lang: Language, notes: Sequence[str], links: _Links) -> bytes:
        explained = (_EXPLAINED if of.within is None else None) if explains else 0
        return write(document(of, lang, explained=explained, notes=notes, details=links))

    def overview(of: Overview, lang: Language, notes: Sequence[str], links: _Links) -> bytes:
        return write(overview_document(of, lang, notes=notes, details=links))

    return ReportForm(inspection, overview)


REPORT_FORMS: Final[Mapping[str, ReportForm]] = MappingProxyType(
    {
        "html": _of_documents(lambda of: to_html(of).encode("utf-8"), explains=True),
        "docx": _of_documents(to_docx),
        "xlsx": ReportForm(lambda of, lang, notes, links: new_ledger(of, lang)),
        "report-json": ReportForm(inspection_content, overview_content),
    }
)
