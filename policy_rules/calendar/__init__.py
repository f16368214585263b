"""A calendar: what falls due between two days, and its file for the calendars of offices."""

from .due import Due, DueKind, DueStatus
from .ics import to_ics
from .timetable import due_between

__all__ = ["Due", "DueKind", "DueStatus", "due_between", "to_ics"]
