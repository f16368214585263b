"""The forms of a report: one table of what writes each."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType
from typing import Final

from attrs import frozen

from ..render.wording import Language
from .document import Document
from .docx import to_docx
from .html import to_html
from .ledger_xlsx import new_ledger
from .model import Inspection
from .overview import Overview
from .overview_writing import overview_document
from .writing import document

# Of the problems of one report so many are explained in a page; a body's own page explains all.
_EXPLAINED: Final = 200


@frozen
class ReportForm:
    """A form of report: how a document is written in it, or else an inspection.

    `explains`: its problems open to their explanations.
    """

    document: Callable[[Document], bytes] | None = None
    explains: bool = False
    inspection: Callable[[Inspection, Language], bytes] | None = None

    def content(
        self,
        of: Inspection,
        lang: Language,
        *,
        notes: Sequence[str] = (),
        details: Mapping[str, str] | None = None,
    ) -> bytes:
        """The content of a file that says what an inspection does.

        `notes` are said of the data as a whole; `details` gives, by the key of a body, the file
        that has its own report.
        """
        if self.document is None:
            assert self.inspection is not None  # it is one or the other
            return self.inspection(of, lang)
        explained = (_EXPLAINED if of.within is None else None) if self.explains else 0
        return self.document(document(of, lang, explained=explained, notes=notes, details=details))

    def summary(
        self,
        of: Overview,
        lang: Language,
        *,
        notes: Sequence[str] = (),
        details: Mapping[str, str] | None = None,
    ) -> bytes | None:
        """The same of an overview; None where the form lists single findings only."""
        if self.document is None:
            return None
        return self.document(overview_document(of, lang, notes=notes, details=details))


def _page(of: Document) -> bytes:
    return to_html(of).encode("utf-8")


REPORT_FORMS: Final[Mapping[str, ReportForm]] = MappingProxyType(
    {
        "html": ReportForm(_page, explains=True),
        "docx": ReportForm(to_docx),
        "xlsx": ReportForm(inspection=new_ledger),
    }
)
