"""The engine `sql`: days and moments as DuckDB computes them; derived by hand."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, Final

import duckdb
import pytest
from sqlglot import exp

from policy_rules.engines.sql.databases import DIALECTS
from policy_rules.engines.sql.days import elapsed, moved

DUCKDB: Final = DIALECTS["duckdb"]


def computed(value: exp.Expression) -> Any:
    """What DuckDB makes of an expression."""
    row = duckdb.connect().execute(f"SELECT {DUCKDB.sql(value)}").fetchone()
    assert row is not None
    return row[0]


@pytest.mark.parametrize(
    ("day", "years", "later"),
    [
        (date(2016, 2, 29), 3, date(2019, 2, 28)),
        (date(2016, 2, 29), 4, date(2020, 2, 29)),
        (date(2015, 2, 28), 1, date(2016, 2, 28)),
        (date(2016, 2, 29), -1, date(2015, 2, 28)),
        (date(2019, 7, 16), 0, date(2019, 7, 16)),
        (date(2019, 7, 16), 1_799, date(3818, 7, 16)),
        (date(2019, 7, 16), 7_980, date(9999, 7, 16)),
        (date(2019, 7, 16), 7_981, date.max),
        (date(2019, 7, 16), 10**12, date.max),
        (date(2019, 7, 16), -2_018, date(1, 7, 16)),
        (date(2019, 7, 16), -2_019, date.min),
        (date(2019, 7, 16), -(10**12), date.min),
    ],
)
def test_years_later(day: date, years: int, later: date) -> None:
    """As dateutil has it; the calendar's ends are the ends."""
    assert computed(moved(DUCKDB, DUCKDB.day(day), years, "years", near=True)) == later


@pytest.mark.parametrize(
    ("moment", "minutes", "later"),
    [
        (datetime(2019, 12, 31, 23, 57), 5, datetime(2020, 1, 1, 0, 2)),
        (datetime(2019, 12, 31, 23, 57), -5, datetime(2019, 12, 31, 23, 52)),
        # 1,600 years have 584,388 days; the 300 up to 3919 have 109,572, those from 119 one more
        (datetime(2019, 1, 1), (584_388 + 109_572) * 1_440, datetime(3919, 1, 1)),
        (datetime(2019, 1, 1), -(584_388 + 109_573) * 1_440, datetime(119, 1, 1)),
        (datetime(2019, 1, 1), 10**12, datetime.max),
        (datetime(2019, 1, 1), -(10**12), datetime.min),
        (datetime(2019, 1, 1), 10**20, datetime.max),
        (datetime(2019, 1, 1), -(10**20), datetime.min),
    ],
)
def test_minutes_later(moment: datetime, minutes: int, later: datetime) -> None:
    """Beyond the calendar, its last moment or its first."""
    assert computed(moved(DUCKDB, DUCKDB.moment(moment), minutes, "minutes", near=True)) == later


@pytest.mark.parametrize("by", [5, 10**9, -(10**9), 10**20])
def test_what_is_not_known_is_not_moved(by: int) -> None:
    """Also not to the end of the calendar."""
    nothing = exp.Cast(this=exp.null(), to=exp.DataType.build("timestamp"))
    assert computed(moved(DUCKDB, nothing, by, "minutes", near=True)) is None
    no_day = exp.Cast(this=exp.null(), to=exp.DataType.build("date"))
    assert computed(moved(DUCKDB, no_day, by, "years", near=True)) is None


@pytest.mark.parametrize(
    ("start", "end", "years"),
    [
        (date(2016, 6, 1), date(2019, 6, 1), 3),
        (date(2016, 6, 2), date(2019, 6, 1), 2),
        (date(2016, 2, 29), date(2019, 2, 28), 3),
        (date(2016, 2, 29), date(2019, 2, 27), 2),
        (date(2016, 2, 29), date(2020, 2, 28), 3),
        (date(2016, 2, 29), date(2020, 2, 29), 4),
        (date(1896, 2, 29), date(1900, 2, 28), 4),  # 1900 had no 29 February, 2000 had
        (date(1996, 2, 29), date(2000, 2, 28), 3),
        (date(2019, 6, 1), date(2019, 6, 1), 0),
        (date(2019, 6, 2), date(2019, 6, 1), 0),
        (date(2019, 6, 1), date(2018, 6, 1), -1),
        (date(2019, 6, 1), date(2018, 6, 2), 0),
        (date(2019, 6, 1), date(2016, 5, 31), -3),
    ],
)
def test_full_years(start: date, end: date, years: int) -> None:
    """Whole years passed; backwards they are negative, and rounded towards nought."""
    assert computed(elapsed(DUCKDB, DUCKDB.day(start), DUCKDB.day(end), "years")) == years


def test_parts_of_days() -> None:
    """A day as a number that grows with it, and a moment to its last microsecond."""
    assert computed(DUCKDB.day_number(DUCKDB.day(date(2019, 7, 16)))) == 20190716
    assert computed(DUCKDB.day(date(1, 2, 3))) == date(1, 2, 3)
    assert computed(DUCKDB.moment(datetime(1, 2, 3, 4, 5))) == datetime(1, 2, 3, 4, 5)
    assert computed(DUCKDB.moment(datetime.max)) == datetime.max
