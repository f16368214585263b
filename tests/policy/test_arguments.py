"""Arguments of a wrong kind: one clear error of the library each, and no raw one of Python."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any, Final

import duckdb
import pytest

import policy_rules as pr
from policy_rules import formats
from policy_rules.analysis.how_to import how_to
from policy_rules.calendar import due_between

DAY: Final = date(2019, 9, 1)
POLICY: Final = pr.load("putian-2019-52").policy(as_of=DAY)
STATION: Final = pr.Station(id="S1", officers=3)
FACTS: Final = pr.Facts(stations=[STATION])
REPORT: Final = POLICY.audit(FACTS)
WRONG: Final = (5, None, 3.5, b"x", [5], {"a": 5}, object())


@pytest.fixture(scope="module")
def tables() -> pr.OnTables:
    """The policy on one table."""
    connection = duckdb.connect()
    connection.execute("CREATE TABLE stations (id TEXT, officers INT)")
    return pr.on(POLICY, connection)


ASKED: Final[dict[str, tuple[Callable[[Any], object], type[Exception]]]] = {
    "read": (formats.read, pr.FactError),
    "read_mapping": (pr.read_mapping, pr.FactError),
    "worst": (lambda wrong: REPORT.worst(wrong), pr.QuestionError),
    "decisions_of": (lambda wrong: [*POLICY.decisions_of(wrong)], pr.QuestionError),
    "verdicts_of": (lambda wrong: [*POLICY.verdicts_of(wrong)], pr.QuestionError),
    "agreements_of": (lambda wrong: [*POLICY.agreements_of(wrong)], pr.QuestionError),
    "lists_of": (POLICY.lists_of, pr.QuestionError),
    "audit": (POLICY.audit, pr.QuestionError),
    "check": (POLICY.check, pr.QuestionError),
    "due_between": (lambda wrong: due_between(wrong, FACTS, DAY, DAY), pr.QuestionError),
    "due_between facts": (lambda wrong: due_between(POLICY, wrong, DAY, DAY), pr.QuestionError),
    "due_between since": (lambda wrong: due_between(POLICY, FACTS, wrong, DAY), pr.QuestionError),
    "sensitivity": (lambda wrong: pr.sensitivity(wrong, FACTS), pr.QuestionError),
    "sensitivity facts": (lambda wrong: pr.sensitivity(POLICY, wrong), pr.QuestionError),
    "how_to": (lambda wrong: how_to(wrong, STATION, "satisfied", FACTS), pr.QuestionError),
    "how_to fact": (lambda wrong: how_to(POLICY, wrong, "satisfied", FACTS), pr.QuestionError),
    "how_to goal": (lambda wrong: how_to(POLICY, STATION, wrong, FACTS), pr.QuestionError),
    "how_to facts": (lambda wrong: how_to(POLICY, STATION, "satisfied", wrong), pr.QuestionError),
}


@pytest.mark.parametrize("name", ASKED)
def test_one_clear_error(name: str) -> None:
    ask, error = ASKED[name]
    for wrong in WRONG:
        if name == "worst" and wrong == 5:
            continue
        with pytest.raises(error, match="found"):
            ask(wrong)


def test_what_else_is_refused(tmp_path: Path) -> None:
    """A mapping that is none, and parts of one that are."""
    others: tuple[Any, ...] = (5, "x", [5])
    for wrong in others:
        with pytest.raises(pr.FactError, match="expected what `read_mapping` reads, found"):
            formats.read(tmp_path, mapping=wrong)
    for wrong in others:
        with pytest.raises(pr.FactError, match="expected a table of TOML, found"):
            formats.parse_mapping(wrong)


@pytest.mark.parametrize("wrong", [*WRONG, "x"])
def test_tables_are_asked_about_classes_and_citations(tables: pr.OnTables, wrong: Any) -> None:
    of_no_class: Any = wrong or 0  # without a class, findings are of all
    for ask in (tables.verdicts, tables.findings, tables.agreements):
        with pytest.raises(pr.QuestionError, match="asked about a class of facts, found"):
            ask(of_no_class)
    with pytest.raises(pr.QuestionError, match="asked about a class of facts, found"):
        tables.decisions(wrong, "duty_mode")
    if wrong is not None:
        for cited in (tables.findings, tables.agreements):
            with pytest.raises(pr.QuestionError, match=r"`cite` is a citation such as .*, found"):
                cited(pr.Station, wrong)


def test_no_path_is_not_the_directory_where_it_is_run(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """`audit ""` read what happened to stand there."""
    from policy_rules.cli import main

    monkeypatch.chdir(tmp_path)
    (tmp_path / "stations.csv").write_text("id,officers\nS1,3\n")
    assert main(["audit", "", "--lang", "en"]) == 2
    said = capsys.readouterr()
    assert (said.out, "expected the path of a file or directory, found ''" in said.err) == (
        "",
        True,
    )
