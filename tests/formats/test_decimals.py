"""Decimals: how they are declared, what facts hold, and what every door makes of them."""

from __future__ import annotations

from datetime import date
from decimal import Decimal, localcontext
from pathlib import Path
from typing import Any

import duckdb
import openpyxl
import pytest

import policy_rules as pr
from policy_rules.facts import Fact, FactError, Unit, decimal, fact, identity
from policy_rules.formats import InputError, parse, read, to_json
from tests.support.parcels import PARCELS, Parcel

_DAY = date(2019, 10, 1)
CLASSES = [Parcel]
WORTH = "expected a number from -0.50 to 10000000 with at most 2 decimal places, found "
DO = "; give the declared value in yuan, or leave it out if unknown"


@pytest.mark.parametrize(
    ("given", "held"),
    [
        (Decimal("105.48"), "105.48"),
        (Decimal("105.4"), "105.40"),
        (Decimal("1.054800E+2"), "105.48"),
        (105, "105.00"),
        (Decimal("-0.5"), "-0.50"),
        (Decimal("-0"), "0.00"),
        (10_000_000, "10000000.00"),
    ],
)
def test_what_a_fact_holds(given: Any, held: str) -> None:
    """The number with its places, whatever the program has set for its own decimals."""
    with localcontext() as context:
        context.prec = 3
        assert str(Parcel(id="P", worth=given).worth) == held


@pytest.mark.parametrize(
    ("given", "found"),
    [
        (Decimal("105.485"), "105.485"),
        (Decimal("-0.51"), "-0.51"),
        (Decimal("10000000.01"), "10000000.01"),
        (Decimal("1E+999999"), "1E+999999"),
        (Decimal("NaN"), "NaN"),
        (Decimal("sNaN"), "sNaN"),
        (Decimal("-Infinity"), "-Infinity"),
        ("105.48", '"105.48"'),
        (True, "true"),
    ],
)
def test_what_a_fact_refuses(given: Any, found: str) -> None:
    with pytest.raises(FactError) as error:
        Parcel(id="P", worth=given)
    assert str(error.value) == f"Parcel.worth: {WORTH}{found}{DO}"


def test_a_float_is_refused_with_what_to_write() -> None:
    with pytest.raises(FactError) as error:
        Parcel(id="P", worth=105.48)  # type: ignore[arg-type]
    assert 'found 105.48; write `Decimal("105.48")`, or leave it out' in str(error.value)
    assert '实为 105.48；请写 Decimal("105.48")' in error.value.faults[0].text("zh")


@pytest.mark.parametrize(
    "bounds",
    [
        {"places": 0}, {"places": 13}, {"places": 2, "maximum": Decimal("0.001")},
        {"places": 12, "maximum": 10_000_000}, {"places": 2, "minimum": -(10**16)},
    ],
)  # fmt: skip
def test_what_cannot_be_declared(bounds: dict[str, Any]) -> None:
    with pytest.raises(TypeError, match="1 to 12 places and 18 digits at most"):
        decimal(zh="数", en="number", meaning="A number.", unit=Unit("元", "yuan"), **bounds)


def test_the_most_digits() -> None:
    @fact(collection="sums", zh="款项", en="sum")
    class Sum(Fact):
        id: str = identity()
        of: Decimal | None = decimal(
            zh="数额", en="amount", meaning="How much.", unit=Unit("元", "yuan"), places=2,
            maximum=10**16 - 1,
        )  # fmt: skip

    assert Sum(id="S", of=Decimal("9999999999999998.99")).of == Decimal("9999999999999998.99")


@pytest.mark.parametrize("written", ["105.48", '"105.48"', "105.4800", "1.0548e2", '"105.480"'])
def test_json_is_read_to_the_last_digit(written: str, tmp_path: Path) -> None:
    file = tmp_path / "facts.json"
    file.write_text(f'{{"parcels": [{{"id": "P", "worth": {written}}}]}}', "utf-8")
    (parcel,) = read(file, extra_classes=CLASSES).facts.all(Parcel)
    assert str(parcel.worth) == "105.48"
    document = to_json(pr.Facts(others=[parcel]))
    assert document["parcels"] == [{"id": "P", "worth": "105.48"}]
    assert parse(document, extra_classes=CLASSES).facts.all(Parcel) == (parcel,)


@pytest.mark.parametrize(
    ("written", "found"),
    [
        ("105.480000000000000001", "105.480000000000000001"),
        ("1e400", "1E+400"),
        ("1e99999999999999999999", "NaN"),
        ('"1e2"', '"1e2"'),
        ('".5"', '".5"'),
        ("true", "true"),
    ],
)
def test_what_json_may_not_say(written: str, found: str, tmp_path: Path) -> None:
    file = tmp_path / "facts.json"
    file.write_text(f'{{"parcels": [{{"id": "P", "worth": {written}}}]}}', "utf-8")
    with pytest.raises(FactError) as error:
        read(file, extra_classes=CLASSES)
    assert f"{WORTH}{found}{DO}" in str(error.value)


def test_what_is_whole_is_still_refused_with_places(tmp_path: Path) -> None:
    file = tmp_path / "facts.json"
    file.write_text('{"parcels": [{"id": "P", "pieces": 2.5}]}', "utf-8")
    with pytest.raises(InputError, match=r"a whole number from 0 to 2000000, found 2\.5; give"):
        read(file, extra_classes=CLASSES)


@pytest.mark.parametrize(
    ("cell", "held"),
    [(105.48, "105.48"), (105, "105.00"), ("105.480", "105.48"), (1e-2, "0.01"), (5.0, "5.00")],
)
def test_a_workbook_has_numbers(cell: Any, held: str, tmp_path: Path) -> None:
    assert str(_in_workbook(cell, tmp_path).worth) == held


@pytest.mark.parametrize("cell", [105.48000000001, 105.485, "1,000.00", True])
def test_what_a_workbook_may_not_say(cell: Any, tmp_path: Path) -> None:
    with pytest.raises(FactError, match=WORTH):
        _in_workbook(cell, tmp_path)


def _in_workbook(cell: Any, directory: Path) -> Parcel:
    book = openpyxl.Workbook()
    sheet = book.create_sheet("parcels", 0)
    sheet.append(["id", "worth"])
    sheet.append(["P", cell])
    book.save(directory / "facts.xlsx")
    (parcel,) = read(directory / "facts.xlsx", extra_classes=CLASSES).facts.all(Parcel)
    return parcel


@pytest.mark.parametrize(
    ("column", "refund"),
    [
        ("105.48::DOUBLE", "105.48"), ("105.48::REAL", "105.48"), ("105::INTEGER", "105"),
        ("105.48::DECIMAL(38, 10)", "105.48"), ("'105.480'", "105.48"), ("105::HUGEINT", "105"),
        # What is lost: more places, or beyond the bounds.
        ("(0.1::DOUBLE + 0.2::DOUBLE)", None), ("105.485::DECIMAL(9, 3)", None),
        ("105.485::DOUBLE", None), ("1e20::DOUBLE", None), ("-0.51", None), ("'105.485'", None),
        ("10000000.01", None), ("'NaN'::DOUBLE", None), ("9999999999999999999999", None),
    ],
)  # fmt: skip
def test_a_column_of_any_type_of_number(column: str, refund: str | None) -> None:
    connection = duckdb.connect()
    connection.execute(f"CREATE TABLE parcels AS SELECT 'P' AS id, 0 AS pieces, {column} AS worth")
    tables = pr.on(pr.load(PARCELS).policy(as_of=_DAY), connection)
    (row,) = tables.decisions(Parcel, "refund").fetchall()
    assert row[1] == (None if refund is None else Decimal(refund))
    told = [fault.text("en") for fault in tables.faults()]
    assert (refund is None) == any("with at most 2 decimal places" in each for each in told)


def test_a_column_of_days_gives_no_number() -> None:
    connection = duckdb.connect()
    connection.execute("CREATE TABLE parcels AS SELECT 'P' AS id, DATE '2019-01-01' AS worth")
    with pytest.raises(FactError, match="a number, or a text of one"):
        pr.on(pr.load(PARCELS).policy(as_of=_DAY), connection)
