"""`--fail-on`: which answers make the exit status 1."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Final

import duckdb
import pytest

from policy_rules.cli import main
from tests.support.command_line import write

# 3.1/2 holds in principle, and nothing else is against it.
CASE: Final[dict[str, Any]] = {
    "id": "A1", "role": "lead", "causation_clear": True, "simple": True, "means": [],
    "place_codes": ["350102"], "complex": False, "category": "ordinary",
}  # fmt: skip


@pytest.fixture(params=["document", "tables"])
def source(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """A case that needs an exemption and a station of unknown strength, in either door."""
    if request.param == "document":
        return write(tmp_path / "facts.json", {"stations": [{"id": "S"}], "cases": [CASE]})
    path = tmp_path / "facts.duckdb"
    with duckdb.connect(str(path)) as connection:
        columns = ", ".join(
            f"{value!r}" + f" AS {name}" for name, value in CASE.items() if value != []
        )
        connection.execute(f"CREATE TABLE cases AS SELECT {columns}, [] :: VARCHAR[] AS means")
        connection.execute("CREATE TABLE stations AS SELECT 'S' AS id, NULL :: BOOLEAN AS pilot")
    return str(path)


@pytest.mark.parametrize("form", ["table", "json"])
@pytest.mark.parametrize(
    ("command", "fail_on", "status"),
    [
        ("check", [], 1),
        ("check", ["--fail-on", "exemption_needed"], 1),
        ("check", ["--fail-on", "prohibited"], 0),
        ("check", ["--fail-on", "prohibited, awaiting,exemption_needed"], 1),
        ("check", ["--fail-on", "prohibited", "--fail-on", "exemption_needed"], 1),
        ("decide", [], 1),
        ("decide", ["--fail-on", "undetermined"], 1),
        ("decide", ["--fail-on", "conflict"], 0),
        ("audit", ["--fail-on", "breached,prohibited,conflict"], 0),
        ("audit", ["--fail-on", "not_applicable"], 1),
        ("audit", ["--fail-on", "undetermined"], 1),
    ],
)
def test_what_makes_the_status(
    source: str,
    command: str,
    fail_on: list[str],
    status: int,
    form: str,
    capsys: pytest.CaptureFixture[str],
) -> None:
    arguments = [command, source, "--as-of", "2019-09-01", "--format", form]
    assert main([*arguments, *fail_on]) == status, capsys.readouterr()


def test_what_nobody_has_attested_never_does(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """What 1.2/3b asks of a city is attested; without an attestation it is undetermined."""
    facts = write(tmp_path / "facts.json", {"cities": [{"id": "C"}]})
    explain = ["explain", facts, "--subject", "cities/C", "--as-of", "2019-09-01", "--cite"]
    assert main([*explain, "1.2/3b"]) == 0
    assert main([*explain, "1.2/3b", "--fail-on", "undetermined,satisfied"]) == 0
    capsys.readouterr()


def test_what_is_no_outcome_and_no_status(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    facts = write(tmp_path / "facts.json", {"cases": [CASE]})
    for lang, said in (
        ("en", '--fail-on: there is no outcome or status "breeched"; did you mean `breached`?'),
        ("zh", '--fail-on：没有结论或结果 "breeched"；是否指 `breached`？'),
    ):
        assert main(["check", facts, "--fail-on", "breeched", "--lang", lang]) == 2
        told = capsys.readouterr()
        assert said in told.err
        assert told.out == ""


def test_it_is_told_with_all_that_is_wrong(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """With the faults of the facts and of the other options, not before them."""
    facts = write(tmp_path / "facts.json", {"cases": [CASE | {"complex": "maybe"}]})
    assert main(["check", facts, "--lang", "en", "--fail-on", "breeched", "--as-of", "x"]) == 2
    told = capsys.readouterr().err
    assert [line.partition(":")[0] for line in told.splitlines()] == [
        "--fail-on", "--as-of", "facts.json",
    ]  # fmt: skip
    assert "cases[0].complex" in told


def test_an_audit_of_requests_alone_does_not_say_that_there_is_nothing(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """FOUND 2.8: it said that there was no fact to audit, and then two prohibited."""
    facts = write(tmp_path / "facts.json", {"cases": [CASE]})
    assert main(["audit", facts, "--as-of", "2019-09-01", "--lang", "en"]) == 1
    shown = capsys.readouterr().out
    assert "no fact to audit" not in shown
    assert "1 exemption needed" in shown
