"""The days of the week, as a value that rules can name."""

from __future__ import annotations

from ..facts import Labelled


class Weekday(Labelled):
    """A day of the week, in the order of ISO 8601: Monday is the first."""

    MONDAY = ("monday", "周一", "Monday")
    TUESDAY = ("tuesday", "周二", "Tuesday")
    WEDNESDAY = ("wednesday", "周三", "Wednesday")
    THURSDAY = ("thursday", "周四", "Thursday")
    FRIDAY = ("friday", "周五", "Friday")
    SATURDAY = ("saturday", "周六", "Saturday")
    SUNDAY = ("sunday", "周日", "Sunday")

    @property
    def code(self) -> str:
        """Its two letters in RFC 5545: MO, TU…"""
        return self.name[:2]
