"""Inspection reports: who is behind, by how much, by which sentence, and who must act."""

from .colours import Colour, Colours
from .comparing import (
    Answers,
    Cause,
    Comparison,
    Turn,
    Turned,
    What,
    Whole,
    Why,
    answers_of_rows,
    compared,
)
from .comparison_writing import comparison_document
from .document import Document
from .docx import to_docx
from .forms import REPORT_FORMS, ReportForm
from .html import to_html
from .ledger import State
from .ledger_xlsx import new_ledger, updated_ledger
from .making import inspected
from .model import Gap, Indicator, Inspection, Missing, Problem, Ranked
from .overview import Counted, Overview, Placed, Spread, overview
from .overview_writing import overview_document
from .report_json import REPORT_FORMAT, inspection_json, overview_json
from .shares import Share, share_of
from .sheets import to_xlsx
from .summary import Alike, Summary, mattering, summary_of
from .writing import document

__all__ = [
    "REPORT_FORMAT",
    "REPORT_FORMS",
    "Alike",
    "Answers",
    "Cause",
    "Colour",
    "Colours",
    "Comparison",
    "Counted",
    "Document",
    "Gap",
    "Indicator",
    "Inspection",
    "Missing",
    "Overview",
    "Placed",
    "Problem",
    "Ranked",
    "ReportForm",
    "Share",
    "Spread",
    "State",
    "Summary",
    "Turn",
    "Turned",
    "What",
    "Whole",
    "Why",
    "answers_of_rows",
    "compared",
    "comparison_document",
    "document",
    "inspected",
    "inspection_json",
    "mattering",
    "new_ledger",
    "overview",
    "overview_document",
    "overview_json",
    "share_of",
    "summary_of",
    "to_docx",
    "to_html",
    "to_xlsx",
    "updated_ledger",
]
