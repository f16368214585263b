"""Answers as rows, CSV and Parquet: from documents as from tables, and what their cells say."""

from __future__ import annotations

import csv
import os
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

import duckdb
import pytest

import policy_rules as pr
from policy_rules.cli import main
from policy_rules.facts import Exemption
from policy_rules.formats import read
from policy_rules.police import POLICE
from policy_rules.testing.choosing import Seeded
from tests.support.command_line import MIXED, write
from tests.support.doors import load_duckdb, written_cells
from tests.support.places import ROOT

EXAMPLE: Final = ROOT / "examples" / "putian" / "facts.json"
# What a database lists in the order in which it comes to it, and which says the same in any.
_WORDS: Final = ("needs", "conflict")

# A decision of each kind of value, one in conflict; a request that an exemption lets pass.
_OWN = """
from datetime import date
from policy_rules.facts import NONE
from policy_rules.language import Clause, Directive, subject
from policy_rules.police import CriminalCase, DutyMode, Station

clause = Clause("1", "一", "one")
s1, s2, s3 = clause.sentences(3)
station, case = subject(Station), subject(CriminalCase)

def decides(name, type_, value):
    return clause.defines(station, name, type_)(name, name).by(
        s1("大").makes(value, when=station.officers >= 10), otherwise=s3("小").makes(value),
    )

decides("loss", int, -1)
decides("fee", int, NONE)
decides("large", bool, True)
decides("day", date, date(2020, 2, 29))
decides("mode", DutyMode, DutyMode.ZONED)
clause.defines(station, "torn", int)("争", "torn").by(
    s1("大").makes(3, when=station.officers >= 10),
    s2("中").makes(2, when=station.pilot),
    otherwise=s3("小").makes(1),
)
s2.in_principle("不办")("不办", "does not").forbids(case, case.complex)
MINE = Directive(
    id="mine", number="试", zh="试行", en="made up", issued=date(2019, 1, 1),
    sentences={f"1/{number}": "" for number in range(1, 4)}, clauses=[clause],
)
"""


def csv_rows(path: Path) -> list[dict[str, str]]:
    """The rows of a file as any program reads them."""
    with path.open(encoding="utf-8-sig", newline="") as stream:
        return list(csv.DictReader(stream))


def parquet_rows(path: Path) -> list[dict[str, Any]]:
    found = duckdb.read_parquet(str(path))
    return [dict(zip(found.columns, row, strict=True)) for row in found.fetchall()]


def alike(rows: Sequence[dict[str, Any]]) -> list[str]:
    """Rows whatever their order, and that of the words in a cell."""
    for row in rows:
        row.update({name: sorted((row[name] or "").split()) for name in _WORDS if name in row})
    return sorted(map(repr, rows))


def as_tables(path: Path, facts: pr.Facts, exemptions: Sequence[Exemption] = ()) -> str:
    """The same facts in a database."""
    with duckdb.connect(str(path)) as connection:
        choose = Seeded("rows")
        for fact_class in POLICE.classes:
            given = facts.all(fact_class)
            if given or facts.is_complete(fact_class):
                load_duckdb(written_cells(choose, fact_class, given), connection)
        if exemptions:
            load_duckdb(written_cells(choose, Exemption, exemptions), connection)
    return str(path)


# Tables write CSV from Parquet, so that each command is asked for one of them.
@pytest.mark.parametrize(
    ("command", "ending"), [("audit", "parquet"), ("decide", "parquet"), ("check", "csv")]
)
def test_documents_write_what_tables_do(
    command: str, ending: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An audit by the whole directive; decisions of every kind of value, and in conflict."""
    document, options = (
        (write(tmp_path / "facts.json", MIXED), ["--as-of", MIXED["as_of"]])
        if command == "audit"
        else own(tmp_path, monkeypatch)
    )
    of = read(document)
    tables = as_tables(tmp_path / "facts.duckdb", of.facts, of.exemptions)
    files = {name: tmp_path / f"{name}.{ending}" for name in ("document", "tables")}
    on_tables = [f"--whole={name}" for name in of.facts.complete]
    status = main([command, document, *options, "--output", str(files["document"])])
    assert main([command, tables, *options, *on_tables, "--output", str(files["tables"])]) == status
    rows_of = csv_rows if ending == "csv" else parquet_rows
    for name in ["", "_agreements"] if command == "audit" else [""]:
        one, other = (rows_of(each.with_stem(f"{each.stem}{name}")) for each in files.values())
        assert list(one[0]) == list(other[0])
        assert alike(one) == alike(other)


@pytest.mark.parametrize("command", ["audit", "decide", "check"])
def test_csv_says_what_parquet_does(command: str, tmp_path: Path) -> None:
    """What is not known, and an empty text, are both an empty cell."""
    files = [tmp_path / f"said.{ending}" for ending in ("csv", "parquet")]
    for each in files:
        assert main([command, str(EXAMPLE), "--output", str(each)]) == 1
    said, typed = csv_rows(files[0]), parquet_rows(files[1])
    assert said == [
        {name: "" if value is None else str(value) for name, value in row.items()} for row in typed
    ]


def own(directory: Path, monkeypatch: pytest.MonkeyPatch) -> tuple[str, list[str]]:
    """A document for the directive above, and the options that name it."""
    (directory / "own_rows.py").write_text(_OWN, "utf-8")
    monkeypatch.syspath_prepend(directory)
    document = {
        "stations": [{"id": "-S1", "officers": 14, "pilot": True}, {"id": "S2"}],
        "cases": [{"id": "A1", "complex": True}, {"id": "A2", "complex": True}],
        "exemptions": [{"id": "E1", "cite": "1/2", "subject": "cases/A2"}],
    }
    options = ["--directive", "own_rows:MINE", "--as-of", "2020-06-30"]
    return write(directory / "facts.json", document), options


def test_values_of_every_kind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """S1 is large, so that both rules give its `torn` a value; of S2 nothing is known.

    A text that begins as a formula has an apostrophe before it in CSV; a number is no formula.
    """
    document, options = own(tmp_path, monkeypatch)
    output = tmp_path / "said.csv"
    assert main(["decide", document, *options, "--output", str(output)]) == 1
    assert output.read_bytes().startswith(b"\xef\xbb\xbfcollection,id,name,value,")
    found = csv_rows(output)
    of_first = {each["name"]: each for each in found if each["id"] == "'-S1"}
    assert {name: each["value"] for name, each in of_first.items()} == {
        "loss": "-1", "fee": "none", "large": "true", "day": "2020-02-29", "mode": "zoned",
        "torn": "",
    }  # fmt: skip
    assert (of_first["loss"]["cites"], of_first["loss"]["needs"]) == ("1/1", "")
    assert of_first["torn"]["conflict"] == "!stations/-S1.torn=1/1,1/2"
    of_second = {each["name"]: each for each in found if each["id"] == "S2"}
    assert (of_second["loss"]["value"], of_second["loss"]["cites"]) == ("", "")
    assert of_second["torn"]["needs"] == "stations/S2.officers stations/S2.pilot"
    parquet = tmp_path / "said.parquet"
    assert main(["decide", document, *options, "--output", str(parquet)]) == 1
    (loss,) = (
        each for each in parquet_rows(parquet) if each["id"] == "S2" and each["name"] == "loss"
    )
    assert loss == {
        "collection": "stations", "id": "S2", "name": "loss", "value": None, "cites": "",
        "conflict": "", "needs": "stations/S2.officers",
    }  # fmt: skip
    assert {each["id"] for each in parquet_rows(parquet)} == {"-S1", "S2"}


def test_reasons_and_exemptions(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    document, options = own(tmp_path, monkeypatch)
    output = tmp_path / "said.csv"
    assert main(["check", document, *options, "--output", str(output)]) == 1
    empty = {"collection": "cases", "missing_steps": "", "needs": ""}
    assert csv_rows(output) == [
        empty | {"id": "A1", "outcome": "exemption_needed", "reasons": "1/2", "exemptions": ""},
        empty | {"id": "A2", "outcome": "permitted", "reasons": "", "exemptions": "1/2=E1"},
    ]


def test_numbers_and_dates_have_types_in_parquet(tmp_path: Path) -> None:
    output = tmp_path / "found.parquet"
    assert main(["audit", str(EXAMPLE), "--output", str(output)]) == 1
    found = duckdb.read_parquet(str(output))
    types = dict(zip(found.columns, map(str, found.types), strict=True))
    assert {name for name, type_ in types.items() if type_ == "BIGINT"} == {
        "actual", "required", "shortfall",
    }  # fmt: skip
    assert types["due"] == "DATE"


def test_what_is_said_beside_the_rows(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    document = {"stations": [{"id": "S1", "officers": -1}], "as_of": "2020-06-30"}
    facts, output = write(tmp_path / "facts.json", document), tmp_path / "said.csv"
    args = ["decide", facts, "--tolerate", "--lang", "en", "--name", "duty_mode"]
    assert main([*args, "--output", str(output)]) == 1
    assert capsys.readouterr() == (
        "",
        "as of 2020-06-30 (from the document)\n"
        "tolerated: 1 values are taken as unknown, 0 rows are left out\n"
        f"written to {output}: 1 rows\n",
    )


def test_both_files_or_neither(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """What keeps one from being written is told before anything is answered."""
    (tmp_path / "found_agreements.csv").mkdir()
    args = ["audit", str(EXAMPLE), "--output", str(tmp_path / "found.csv"), "--lang", "en"]
    assert main(args) == 2
    (line,) = capsys.readouterr().err.splitlines()
    assert line.startswith(
        f"--output {tmp_path / 'found_agreements.csv'}: it cannot be written (it"
    )
    assert os.listdir(tmp_path) == ["found_agreements.csv"]


@pytest.mark.parametrize("format_", ["csv", "parquet"])
def test_what_goes_into_two_files_is_not_written_to_a_stream(
    format_: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Agreements would become a file beside the device."""
    facts = write(tmp_path / "facts.json", {"townships": [{"id": "T1", "patrol_members": 20}]})
    given = ["--format", format_, "--output", "/dev/stdout"]
    assert main(["audit", facts, *given, "--lang", "zh"]) == 2
    shown = capsys.readouterr()
    assert shown.out == ""
    assert shown.err == (
        "--output /dev/stdout：核查结果和一致性核对分写两个文件，此处不是普通文件；请给出文件名\n"
    )


_WIDE = """
from datetime import date
from policy_rules.language import Clause, Directive, subject
from policy_rules.police import Station

clause = Clause("1", "一", "one")
s1, = clause.sentences(1)
station = subject(Station)
s1("大")("大", "large").demands(station, station.officers * 10**{power} >= 5)
WIDE = Directive(
    id="wide", number="试", zh="试行", en="made up", issued=date(2019, 1, 1),
    sentences={{"1/1": ""}}, clauses=[clause],
)
"""


@pytest.mark.parametrize("form", ["csv", "parquet", "into"])
def test_what_is_measured_beyond_64_bits_keeps_its_digits(
    form: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """By hand: 3 x 10^20, which has 21 digits; 64 bits end at 9.2 x 10^18."""
    (tmp_path / "wide_20.py").write_text(_WIDE.format(power=20), "utf-8")
    monkeypatch.syspath_prepend(tmp_path)
    own = ["--directive", "wide_20:WIDE", "--as-of", "2020-01-01"]
    station = pr.Station(id="S1", officers=3)
    document = write(tmp_path / "facts.json", {"stations": [{"id": "S1", "officers": 3}]})
    tables = as_tables(tmp_path / "facts.duckdb", pr.Facts(stations=[station]))
    if form == "into":
        assert main(["audit", tables, *own, "--into", "found"]) == 0
        with duckdb.connect(tables) as connection:
            rows = connection.execute("SELECT actual, shortfall FROM found").fetchall()
        assert rows == [(3 * 10**20, 0)]
        return
    for facts in (str(document), tables):
        output = tmp_path / f"answers.{form}"
        assert main(["audit", facts, *own, "--output", str(output)]) == 0
        (row,) = (csv_rows if form == "csv" else parquet_rows)(output)
        assert int(row["actual"]) == 3 * 10**20


def test_what_no_decimal_holds_is_refused_for_parquet(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "wide_40.py").write_text(_WIDE.format(power=40), "utf-8")
    monkeypatch.syspath_prepend(tmp_path)
    document = str(write(tmp_path / "facts.json", {"stations": [{"id": "S1", "officers": 3}]}))
    asked = ["audit", document, "--directive", "wide_40:WIDE", "--as-of", "2020-01-01"]
    output = str(tmp_path / "answers.parquet")
    assert main([*asked, "--output", output, "--lang", "en"]) == 2
    assert "found one of 41; write CSV or JSON" in capsys.readouterr().err
    assert not Path(output).exists()
    csv_output = tmp_path / "answers.csv"
    assert main([*asked, "--output", str(csv_output)]) == 0
    (row,) = csv_rows(csv_output)
    assert int(row["actual"]) == 3 * 10**40
