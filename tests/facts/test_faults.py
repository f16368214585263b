"""How faults are told: each kind once in a column, with what cannot be seen made visible."""

from __future__ import annotations

import json

import pytest

import policy_rules as pr
from policy_rules.facts import FactError, Fault
from policy_rules.facts.faults import FaultCode, Found, found, grouped, quoted

_CODE = FaultCode.OTHER
WHOLE = "expected a whole number, found {found}; correct it"


def unreadable(place: str, value: object, field: str = "officers") -> Fault:
    """One cell that cannot be read."""
    return Fault(
        place=place,
        field=field,
        code=FaultCode.UNREADABLE_VALUE,
        found=found(value),
        zh="应为整数，实为{found}；请改正",
        en=WHOLE,
    )


def lines(*faults: Fault, lang: str = "en") -> list[str]:
    """What is told of them all together."""
    return FactError(faults).text("zh" if lang == "zh" else "en").splitlines()


def test_one_fault_is_told_by_itself() -> None:
    fault = unreadable("stations.csv row 3", "x")
    assert lines(fault) == [
        'stations.csv row 3, officers: expected a whole number, found "x"; correct it'
    ]
    assert lines(fault, lang="zh") == ['stations.csv 第3行，officers：应为整数，实为 "x"；请改正']
    assert fault.as_json() == {
        "place": "stations.csv row 3",
        "field": "officers",
        "code": "unreadable_value",
        "zh": '应为整数，实为 "x"；请改正',
        "en": 'expected a whole number, found "x"; correct it',
    }


def test_values_of_a_column_are_told_together() -> None:
    cells = [(2, "x"), (3, "y "), (4, "x"), (9, "x")]
    faults = [unreadable(f"stations.csv row {row}", value) for row, value in cells]
    assert lines(*faults) == [
        'stations.csv, officers (4 times): expected a whole number, found "x" (3 times: rows 2, '
        '4, 9), "y␣" (row 3); correct it'
    ]
    assert lines(*faults, lang="zh") == [
        "stations.csv，officers（4 处）：应为整数，"
        '实为 "x"（3 处：第 2、4、9 行）、"y␣"（第 3 行）；请改正'
    ]
    (told,) = grouped(faults)
    assert told.as_json() | {"zh": "", "en": ""} == {
        "place": "stations.csv", "field": "officers", "code": "unreadable_value",
        "zh": "", "en": "", "count": 4,
        "values": [{"value": "x", "count": 3, "at": [2, 4, 9]},
                   {"value": "y␣", "count": 1, "at": [3]}],
    }  # fmt: skip


def test_values_for_programs_are_told_apart() -> None:
    """Nothing, the empty text, a text that is the word for nothing, and quotation marks."""
    values = (None, "", "nothing", 'say "yes"', 5)
    (told,) = grouped(
        unreadable(f"stations.csv row {row}", value) for row, value in enumerate(values)
    )
    assert [each["value"] for each in told.as_json()["values"]] == [
        None, "", "nothing", 'say "yes"', "5",
    ]  # fmt: skip


def test_one_value_again_and_again() -> None:
    faults = [unreadable(f"stations.csv row {row}", "x") for row in range(2, 41_354)]
    assert lines(*faults) == [
        "stations.csv, officers (41,352 times: rows 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, …): expected "
        'a whole number, found "x"; correct it'
    ]


def test_many_values_are_told_up_to_ten() -> None:
    faults = [unreadable(f"facts.json: stations[{row}]", str(row)) for row in range(300)]
    (line,) = lines(*faults)
    assert line.startswith("facts.json: stations.officers (300 times): expected a whole number, ")
    assert line.endswith('"8" ([8]), "9" ([9]), …; correct it')


def test_what_has_no_value_is_told_with_its_rows() -> None:
    faults = [
        Fault(place=f"officers/P{n}", field="id", code=FaultCode.MISSING_VALUE, zh="缺", en="gone")
        for n in range(12)
    ]
    assert lines(*faults) == [
        "officers.id (12 times: P0, P1, P2, P3, P4, P5, P6, P7, P8, P9, …): gone"
    ]
    assert lines(*faults[:2], lang="zh") == ["officers.id（2 处：P0、P1）：缺"]


def test_kinds_columns_and_places_stay_apart_in_their_order() -> None:
    faults = [
        unreadable("a.csv row 2", "x"),
        unreadable("b.csv row 2", "x"),
        unreadable("a.csv row 3", "x", "beds"),
        Fault(place="a.csv row 4", field="officers", code=_CODE, zh="另", en="other"),
        unreadable("a.csv row 5", "z"),
        Fault(place="a.csv", code=_CODE, zh="缺", en="gone"),
        Fault(place="a.csv", code=_CODE, zh="缺", en="also gone"),
    ]
    assert [line.partition(":")[0] for line in lines(*faults)] == [
        "a.csv, officers (2 times)", "b.csv row 2, officers", "a.csv row 3, beds",
        "a.csv row 4, officers", "a.csv", "a.csv",
    ]  # fmt: skip


def test_several_in_one_row_keep_it() -> None:
    faults = [
        Fault(
            place="a.csv row 1",
            code=_CODE,
            found=found(word),
            zh="没有{found}",
            en="unknown {found}",
        )
        for word in ("x", "y")
    ]
    assert lines(*faults) == ['a.csv row 1 (2 times): unknown "x", "y"']


def test_a_fault_that_was_counted_elsewhere() -> None:
    """As a database counts them."""
    fault = Fault(
        place="stations", field="MJS", code=_CODE, count=41_352,
        zh="实为{found}", en="found {found}",
        found=(Found(' "x"', '"x"', 41_000, ("S1", "S2")), Found(' "y"', '"y"', 1, ("S3",))),
    )  # fmt: skip
    assert lines(fault) == [
        'stations.MJS (41,352 times): found "x" (41,000 times: S1, S2, …), "y" (S3), …'
    ]


def test_what_was_found_is_never_taken_for_where_it_stands() -> None:
    fault = unreadable("a.csv row 2", "{found}")
    assert lines(fault) == [
        'a.csv row 2, officers: expected a whole number, found "{found}"; correct it'
    ]


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("1.1/2a ", "1.1/2a␣"),
        (" x", "␣x"),
        ("a b", "a b"),
        ("a  b", "a␣␣b"),
        (" ", "␣"),
        ("", ""),
        ("a\u200bb", "a\\u200bb"),
        ("a\u3000", "a\\u3000"),
        ("a\xa0b\t", "a\\xa0b\\t"),
        ("\ud800", "\\ud800"),
    ],
)
def test_what_cannot_be_seen_is_shown(text: str, shown: str) -> None:
    assert quoted(text) == f'"{shown}"'


def test_faults_of_facts_in_python_are_told_together() -> None:
    officers = [pr.Officer(id=f"P{n}", station_id="S9") for n in range(3)]
    with pytest.raises(FactError) as caught:
        pr.Facts(stations=[pr.Station(id="S1")], officers=officers)
    assert len(caught.value.faults) == 3
    assert str(caught.value) == (
        "officers.station_id (3 times: P0, P1, P2): expected the id of one of the given "
        '`stations`, found "S9"; correct it, or add what it refers to'
    )
    (told,) = grouped(caught.value.faults)
    assert json.loads(json.dumps(told.as_json()))["values"] == [
        {"value": "S9", "count": 3, "at": ["P0", "P1", "P2"]}
    ]
