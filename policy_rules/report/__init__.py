"""Inspection reports: who is behind, by how much, by which sentence, and who must act."""

from .bodies import Belonging
from .colours import Colour, Colours
from .document import Document
from .docx import to_docx
from .forms import REPORT_FORMS, ReportForm
from .html import to_html
from .making import inspected
from .model import Gap, Indicator, Inspection, Missing, Problem, Ranked
from .shares import Share, share_of
from .writing import document

__all__ = [
    "REPORT_FORMS",
    "Belonging",
    "Colour",
    "Colours",
    "Document",
    "Gap",
    "Indicator",
    "Inspection",
    "Missing",
    "Problem",
    "Ranked",
    "ReportForm",
    "Share",
    "document",
    "inspected",
    "share_of",
    "to_docx",
    "to_html",
]
