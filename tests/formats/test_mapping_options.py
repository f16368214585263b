"""What a mapping says of values: what is unknown or constant, forms of dates, the time zone."""

from __future__ import annotations

from collections.abc import Mapping as Table
from datetime import date
from typing import Any

import pytest

from policy_rules.facts import FactError, fields_of, loaded_presets
from policy_rules.formats import ColumnMapping, parse_mapping
from policy_rules.formats.date_forms import COMPACT_DAY, date_form
from policy_rules.formats.mapping import CodesFrom
from policy_rules.police import Direction, Means, Officer


def column(collection: str, field: str, said: object, **settings: object) -> ColumnMapping:
    """What a mapping that is parsed says of a field."""
    mapping = parse_mapping({collection: {"columns": {field: said}}, **settings})
    ((cls, _),) = mapping.tables.items()
    return mapping.column(cls, fields_of(cls)[field])


def refused(given: Table[str, Any]) -> list[str]:
    """Give the lines of the error that a mapping is refused with."""
    with pytest.raises(FactError) as caught:
        parse_mapping(given)
    return str(caught.value).splitlines()


def test_words_for_unknown() -> None:
    said = {"column": "A", "unknown": ["00000000", " / "]}
    assert column("officers", "birth_date", said) == ColumnMapping(
        column="A", unknown=frozenset({"00000000", "/"})
    )
    # What a blank says is known: a word for unknown may be one, and adds nothing.
    assert column("officers", "birth_date", {"unknown": ["", "-"]}).unknown == {"-"}
    grades = {"2018": "DJ2018", "unknown": "0"}
    assert column("stations", "grades", grades) == ColumnMapping(
        years={2018: "DJ2018"}, unknown=frozenset({"0"})
    )


def test_words_for_unknown_in_all_columns() -> None:
    words = ["NULL", "/", ""]
    assert column("officers", "birth_date", "A", unknown=words) == ColumnMapping(
        column="A", unknown=frozenset({"NULL", "/"})
    )
    said = {"column": "A", "unknown": "0"}
    assert column("officers", "birth_date", said, unknown=words).unknown == {"0", "NULL", "/"}
    # What the column says means something does not mean unknown there.
    yes_no = {"column": "A", "yes": ["1"], "no": ["/"]}
    assert column("stations", "pilot", yes_no, unknown=words).unknown == {"NULL"}
    codes = {"column": "A", "codes": {"NULL": "urban"}}
    assert column("stations", "setting", codes, unknown=words).unknown == {"/"}
    assert column("officers", "birth_date", "A", unknown=[]).unknown == set()
    # Fields that the mapping does not name have them too.
    mapping = parse_mapping({"unknown": ["/"]})
    assert mapping.column(Officer, fields_of(Officer)["zone"]).unknown == {"/"}


def test_a_blank_that_means_no() -> None:
    said = {"column": "A", "yes": ["√"], "no": ["×", " "]}
    assert column("stations", "pilot", said) == ColumnMapping(
        column="A", yes=frozenset({"√"}), no=frozenset({"×", ""})
    )


def test_several_forms_of_dates() -> None:
    said = {"column": "A", "date": ["yyyymmdd", "yyyy-mm-dd", "yyyymmdd"]}
    assert column("officers", "birth_date", said).dates == (COMPACT_DAY, date_form("yyyy-mm-dd"))


def test_codes_beside_a_preset() -> None:
    said = {"column": "XLDM", "codes": {"99": "unknown", "20": "bachelor"}}
    found = column("officers", "education", said, presets=["gb-t-4658"])
    assert found.codes == {"99": None, "20": "bachelor"}
    assert found.preset == loaded_presets()["gb-t-4658"]


def test_constants() -> None:
    for collection, field, given, value in (
        ("transfers", "direction", "out", Direction.OUT),
        ("transfers", "direction", "调出", Direction.OUT),
        ("transfers", "replaces", "", ""),
        ("stations", "bureau_id", "350304000000", "350304000000"),
        ("stations", "pilot", False, False),
        ("stations", "beds", 0, 0),
        ("stations", "relocated_on", date(2019, 7, 16), date(2019, 7, 16)),
        ("stations", "relocated_on", "2019-07-16", date(2019, 7, 16)),
        ("cases", "means", ["image"], frozenset({Means.IMAGE})),
        ("cases", "means", [], frozenset()),
        ("cases", "place_codes", ["350304"], frozenset({"350304"})),
    ):
        found = column(collection, field, {"constant": given})
        assert found == ColumnMapping(constant=value), (field, given)


def test_a_code_table_of_the_database() -> None:
    said = {
        "column": "ZWDM",
        "codes": {"99": "unknown"},
        "codes_from": {"table": "GA.T_DM", "code": "DMZ", "member": "DMMC", "where": "DMLB = 'ZW'"},
    }
    assert column("officers", "role", said) == ColumnMapping(
        column="ZWDM",
        codes={"99": None},
        codes_from=CodesFrom(table="GA.T_DM", code="DMZ", member="DMMC", where="DMLB = 'ZW'"),
    )
    whole = {"codes_from": {"table": "T", "code": "A", "member": "B"}}
    assert column("cases", "means", whole).codes_from == CodesFrom(table="T", code="A", member="B")


def test_the_zone_of_a_mapping() -> None:
    assert parse_mapping({}).zone == "Asia/Shanghai"
    assert parse_mapping({"zone": "Asia/Urumqi"}).zone == "Asia/Urumqi"


@pytest.mark.parametrize(
    ("given", "lines"),
    [
        (
            {"zone": "Shanghai", "unknown": [1]},
            [
                "mapping.unknown: expected a list of texts, found a list; correct it",
                "mapping.zone: expected a time zone such as `Asia/Shanghai`, "
                'found "Shanghai"; correct it',
            ],
        ),
        ({"zone": 8}, [
            "mapping.zone: expected a time zone such as `Asia/Shanghai`, found 8; correct it",
        ]),
        ({"zone": "../etc/passwd"}, [
            "mapping.zone: expected a time zone such as `Asia/Shanghai`, "
            'found "../etc/passwd"; correct it',
        ]),
        (
            {"stations": {"columns": {
                "pilot": {"yes": ["1"], "no": ["", "0"], "unknown": ["0", "9"]},
                "setting": {"codes": {"1": "urban", "9": "unknown"}, "unknown": "1"},
                "beds": {"unknown": 0},
            }}},
            [
                "mapping: stations.columns.pilot: expected nothing in `unknown` that stands for "
                'something else too, found "0"; correct it',
                "mapping: stations.columns.setting: expected nothing in `unknown` that stands for "
                'something else too, found "1"; correct it',
                "mapping: stations.columns.beds: expected a list of texts for `unknown`, found 0; "
                "correct it",
            ],
        ),
        (
            {"officers": {"columns": {
                "birth_date": {"date": ["yyyymmdd", "yyyymm", 3]},
                "service_since": {"date": []},
            }}},
            [
                "mapping: officers.columns.birth_date: expected how a date is written, such as "
                '`yyyymmdd`, found "yyyymm"; correct it',
                "mapping: officers.columns.birth_date: expected how a date is written, such as "
                "`yyyymmdd`, found 3; correct it",
                "mapping: officers.columns.service_since: expected how a date is written, such as "
                "`yyyymmdd`, found a list; correct it",
            ],
        ),
        (
            {"stations": {"columns": {
                "id": {"constant": "A"},
                "grades": {"constant": {}},
                "setting": {"constant": "urbann"},
                "beds": {"constant": "12"},
                "rooms": {"constant": -1},
                "pilot": {"constant": True, "yes": "1", "column": "A"},
            }}},
            [
                "mapping: stations.columns.id: expected an option of the id, found `constant`; "
                "remove it, or use one of `column`, `unknown`",
                'mapping: stations.columns.grades: expected years such as 2019, found "constant"; '
                "correct it",
                "mapping: stations.columns.setting: expected one of `urban`, `township`, `rural`, "
                'found "urbann"; did you mean `urban`? correct it, or leave it out if unknown',
                "mapping: stations.columns.beds: expected a whole number from 0 to 10000000, "
                'found "12"; give the count of on-call beds, or leave it out if unknown',
                "mapping: stations.columns.rooms: expected a whole number from 0 to 10000000, "
                "found -1; give the count of on-call rooms, or leave it out if unknown",
                "mapping: stations.columns.pilot: expected `constant` alone, without `column`, "
                'found "A"; correct it',
            ],
        ),
        (
            {"officers": {"columns": {
                "role": {"codes_from": "T_DM"},
                "education": {"codes_from": {"table": "T", "code": "A", "members": "B"}},
            }}},
            [
                "mapping: officers.columns.role: expected the `table`, `code` and `member` of a "
                'code table, found "T_DM"; correct it',
                "mapping: officers.columns.education.codes_from: expected a known option, found "
                '"members"; did you mean `member`? correct it',
                "mapping: officers.columns.education: expected `member` in `codes_from`, found "
                "nothing; correct it",
            ],
        ),
        (
            {"officers": {"columns": {
                "role": {"codes_from": {"table": "T", "code": "A", "member": "B", "where": ""}},
            }}},
            [
                "mapping: officers.columns.role: expected `where` in `codes_from`, found "
                '""; correct it',
            ],
        ),
    ],
)  # fmt: skip
def test_faults(given: Table[str, Any], lines: list[str]) -> None:
    assert refused(given) == lines
