"""What callers give in the wrong place: one clear error of ours, and nothing is taken half."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any, Final

import duckdb
import pytest

import policy_rules as pr

PUTIAN: Any = pr.load("putian-2019-52")
DAY: Final = date(2022, 4, 1)
POLICY: Any = PUTIAN.policy(as_of=DAY)
STATION: Final = pr.Station(id="S", officers=3)


def session() -> Any:
    """A session in which there is one station."""
    return pr.Session(PUTIAN.policy(as_of=DAY), pr.Facts(stations=[STATION]))


CHOICES: Final[list[tuple[dict[str, Any], str]]] = [
    ({"readings": {"strength_counts": ["sworn"]}}, "reading `strength_counts` has no option"),
    ({"readings": {5: "sworn"}}, "no reading `5`"),
    ({"engine": ["python"]}, r"no engine `\['python'\]`"),
    ({"parameters": {"county_share": [1]}}, "cannot stand in a rule"),
    ({"exemptions": None}, "`exemptions` holds objects of class `Exemption`, found None"),
    ({"lost": 5}, "`lost` holds pairs of a class of facts and the name of a field, found 5"),
    ({"lost": ["x"]}, "`lost` holds pairs .* found 'x'"),
]


@pytest.mark.parametrize(("given", "said"), CHOICES)
def test_choices(given: dict[str, Any], said: str) -> None:
    with pytest.raises(pr.ChoiceError, match=said):
        PUTIAN.policy(as_of=DAY, **given)


TABLES: Final[list[tuple[Callable[[Any], object], str]]] = [
    (lambda c: pr.on(5, c), "`policy` is a `Policy`, found 5"),  # type: ignore[arg-type]
    (lambda c: pr.on(POLICY, c, mapping="x.toml"), "`mapping` is what `read_mapping` reads, found"),  # type: ignore[arg-type]
    (lambda c: pr.on(POLICY, c, complete=["officer"]), "names of their lists, found 'officer'"),
    (lambda c: pr.on(POLICY, c, complete=5), "names of their lists, found 5"),  # type: ignore[arg-type]
    (lambda _: pr.to_sql(POLICY, complete=[STATION]), "names of their lists, found Station"),  # type: ignore[list-item]
    (lambda _: pr.to_sql(POLICY, only="stations"), "no view `stations`; there are"),
]


@pytest.mark.parametrize(("ask", "said"), TABLES)
def test_tables(ask: Callable[[Any], object], said: str) -> None:
    with duckdb.connect() as connection:
        connection.execute("CREATE TABLE stations AS SELECT 'S' AS id")
        with pytest.raises(pr.ChoiceError, match=said):
            ask(connection)


def test_whole_tables_can_be_named() -> None:
    """As those of `Facts` can: a name, names, or classes."""
    with duckdb.connect() as connection:
        connection.execute("CREATE TABLE stations AS SELECT 'S' AS id")
        for complete in ("stations", ["stations"], [pr.Station]):
            assert pr.on(POLICY, connection, complete=complete).queries.complete == {"stations"}


QUESTIONS: Final[list[tuple[Callable[[], object], str]]] = [
    (lambda: POLICY.decide(STATION, ["duty_mode"]), "no decision .* of a police station"),
    (lambda: POLICY.decide(STATION, 5), "no decision `5` of a police station"),
    (lambda: POLICY.decide(5, "duty_mode"), "a policy is asked about a fact, found 5"),
    (lambda: POLICY.asker(5, "duty_mode"), "a question is bound to a class of facts, found 5"),
    (lambda: POLICY.asker(STATION, "duty_mode"), "a question is bound to a class of facts"),
    (lambda: POLICY.asker(pr.Station, ["x"]), "no decision"),
    (lambda: pr.sensitivity(5, pr.Facts()), "`policy` is a `Policy`, found 5"),  # type: ignore[arg-type]
    (lambda: session().decide("stations/S", 5), "no decision `5`"),
    (lambda: session().subscribe(5), "what is told of changes is a function, found 5"),
    (lambda: session().subscribe(print, only=5), "`only` holds keys, names and citations, found 5"),
    (lambda: session().subscribe(print, only=[5]), "`only` holds keys, names and citations"),
]


@pytest.mark.parametrize(("ask", "said"), QUESTIONS)
def test_questions(ask: Callable[[], object], said: str) -> None:
    with pytest.raises(pr.QuestionError, match=said):
        ask()


FACTS: Final[list[tuple[Callable[[], object], str]]] = [
    (lambda: pr.Facts(complete=5), "complete: expected the name of a collection, found 5"),  # type: ignore[arg-type]
    (lambda: pr.Facts(complete=[5]), "complete: expected the name of a collection, found 5"),  # type: ignore[list-item]
    (lambda: session().apply(5), "events: expected a list of events, found 5"),
    (lambda: session().apply(None), "events: expected a list of events, found nothing"),
]


@pytest.mark.parametrize(("give", "said"), FACTS)
def test_facts(give: Callable[[], object], said: str) -> None:
    with pytest.raises(pr.FactError, match=said):
        give()


def test_one_name_is_not_its_letters() -> None:
    assert pr.Facts(complete="stations").complete == {"stations"}
