"""What `policy-rules sql` writes for several days, and what is asked of it."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import redirect_stdout
from io import StringIO
from typing import Any, Final

from policy_rules.cli import main

_VIEWS: Final = ("stations_duty_mode", "stations_in_review_period")


class DatedScript:
    """Tables and views of two days, on either side of the end of the review of duty modes."""

    def __init__(self, dialect: str) -> None:
        days = [word for day in ("2020-06-30", "2022-06-30") for word in ("--day", day)]
        views = [word for name in _VIEWS for word in ("--only", name)]
        with redirect_stdout(StringIO()) as output:
            assert main(["sql", "--dialect", dialect, "--tables", *days, *views]) == 0
        self.written = output.getvalue()

    def try_with(self, ask: Callable[[str], list[Any]]) -> None:
        """Ask as a program would that knows nothing of rules."""
        ask("INSERT INTO stations (id, pilot, officers) VALUES ('S1', FALSE, 12)")
        ask("INSERT INTO policy_rules_as_of VALUES ('2020-06-30')")
        asked = "SELECT value FROM stations_in_review_period"
        assert [bool(value) for (value,) in ask(asked)] == [True]
        rows = ask("SELECT id, value, cites, needs FROM stations_duty_mode")
        assert [tuple(row) for row in rows] == [("S1", "two_teams_one_room", "5.1/2", "")]
        ask("UPDATE policy_rules_as_of SET as_of = '2022-06-30'")
        assert [bool(value) for (value,) in ask(asked)] == [False]
        ask("UPDATE policy_rules_as_of SET as_of = '2021-01-01'")
        assert ask(asked) == []
        assert len(ask("SELECT as_of FROM policy_rules_days")) == 2
