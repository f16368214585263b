"""The days off that China announced, from the library `chinesecalendar` (extra `holidays`).

It holds what the State Council announces each autumn for the next year, with the weekend days that
are worked in exchange (调休). A year that it does not hold is refused: nobody knows its days.
"""

from __future__ import annotations

from collections.abc import Iterable

from ..language import WorkCalendar, WorkCalendarError


def days_of_china(years: Iterable[int]) -> WorkCalendar:
    """The calendar of working days of China, of these years.

    Raises WorkCalendarError for a year that the library does not know, and where it is not there.
    """
    try:
        from chinese_calendar import holidays, workdays
    except ModuleNotFoundError:
        raise WorkCalendarError(
            "未安装 chinesecalendar；请运行 pip install 'policy-rules[holidays]'",
            "chinesecalendar is not installed; run pip install 'policy-rules[holidays]'",
        ) from None
    wanted = frozenset(years)
    known = {day.year for day in holidays if (day.month, day.day) == (10, 1)}
    unknown = sorted(wanted - known)
    if unknown:
        raise WorkCalendarError(
            f"不知道 {unknown[0]} 年的放假安排；已有 {min(known)} 年至 {max(known)} 年，"
            "请更新 chinesecalendar",
            f"the days off of {unknown[0]} are not known, but those of {min(known)} to "
            f"{max(known)}; update chinesecalendar",
        )
    return WorkCalendar(
        wanted,
        [day for day in holidays if day.year in wanted],
        [day for day in workdays if day.year in wanted],
    )
