"""The forms of a report: one table of what writes each."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Final

from attrs import frozen

from .document import Document
from .docx import to_docx
from .html import to_html


@frozen
class ReportForm:
    """What makes a file of a document, and how many problems open to their explanation in it."""

    write: Callable[[Document], bytes]
    explained: int


REPORT_FORMS: Final[Mapping[str, ReportForm]] = MappingProxyType(
    {
        "html": ReportForm(lambda document: to_html(document).encode("utf-8"), explained=200),
        "docx": ReportForm(to_docx, explained=0),
    }
)
