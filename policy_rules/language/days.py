"""Days as Chinese sentences say them; in tables and in English they stand as they are typed."""

from __future__ import annotations

from datetime import date


def day_zh(day: date) -> str:
    """A day by its year, month and day: 2019年7月16日."""
    return f"{day.year}年{day.month}月{day.day}日"
