"""Mappings: what a TOML file may say, what is refused and how, and CSV files read through one."""

from __future__ import annotations

from collections.abc import Mapping as Table
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest

from policy_rules.facts import FactError, Facts, fields_of, loaded_presets
from policy_rules.facts.faults import FaultCode
from policy_rules.formats import (
    ColumnMapping,
    InputError,
    Mapping,
    TableMapping,
    parse_mapping,
    read,
    read_mapping,
)
from policy_rules.formats.date_forms import COMPACT_DAY, date_form
from policy_rules.police import (
    CriminalCase,
    Education,
    Incident,
    Means,
    Officer,
    Setting,
    Station,
    Task,
    Team,
)
from tests.support.places import EXAMPLES

NO_LIST = (
    "; if it is no list, pass it over with --ignore-sheet, or with `ignore_sheets` in a mapping"
)
COUNTY = """\
presets = ["ga-t-380", "gb-t-4658"]
complete = ["stations", "民警"]
ignore_sheets = ["填表说明"]

[codes.area]
"1" = "urban"
"2" = "乡镇"
"9" = "unknown"

[stations]
table = "GA.T_PCS"
[stations.columns]
id = "PCSDM"
officers = "MJS"
"城乡类别" = { column = "CXLB", codes = "area" }
pilot = { column = "SDBZ", yes = ["1", "Y"], no = "0" }
"relocation date" = { column = "BQRQ", date = "yyyymmdd" }
units = { column = "DSS", separator = ",", codes = { "01" = "community" } }
grades = { "2018" = "DJ2018", "2019" = "DJ2019" }
notable = { yes = "Y", no = "N" }

["民警"]
heading_row = 1
"""


def refused(given: Table[str, Any]) -> list[str]:
    """Give the lines of the error that a mapping is refused with."""
    with pytest.raises(FactError) as caught:
        parse_mapping(given)
    return str(caught.value).splitlines()


def columns(**said: object) -> dict[str, Any]:
    """A mapping of the columns of stations."""
    return {"stations": {"columns": said}}


def test_a_mapping_is_read(tmp_path: Path) -> None:
    file = tmp_path / "county.toml"
    file.write_text(COUNTY, encoding="utf-8")
    mapping = read_mapping(file)
    assert mapping == Mapping(
        source="county.toml",
        presets=(loaded_presets()["ga-t-380"], loaded_presets()["gb-t-4658"]),
        complete=(Station, Officer),
        ignore_sheets=("填表说明",),
        tables={
            Station: (
                TableMapping(
                    table="GA.T_PCS",
                    columns={
                        "id": ColumnMapping(column="PCSDM"),
                        "officers": ColumnMapping(column="MJS"),
                        "setting": ColumnMapping(
                            column="CXLB", codes={"1": "urban", "2": "township", "9": None}
                        ),
                        "pilot": ColumnMapping(
                            column="SDBZ", yes=frozenset({"1", "Y"}), no=frozenset({"0"})
                        ),
                        "relocated_on": ColumnMapping(column="BQRQ", dates=(COMPACT_DAY,)),
                        "units": ColumnMapping(
                            column="DSS", separator=",", codes={"01": "community"}
                        ),
                        "grades": ColumnMapping(years={2018: "DJ2018", 2019: "DJ2019"}),
                        "notable": ColumnMapping(yes=frozenset({"Y"}), no=frozenset({"N"})),
                    },
                ),
            ),
            Officer: (TableMapping(heading_row=1),),
        },
    )
    specs = fields_of(Station)
    assert mapping.column(Station, specs["id"]) == ColumnMapping(
        column="PCSDM", preset=loaded_presets()["ga-t-380"]
    )
    assert mapping.column(Station, specs["beds"]) == ColumnMapping()
    assert (
        mapping.column(Officer, fields_of(Officer)["education"]).preset
        == loaded_presets()["gb-t-4658"]
    )
    assert (
        mapping.column(Officer, fields_of(Officer)["station_id"]).preset
        == loaded_presets()["ga-t-380"]
    )
    assert mapping.column(Officer, fields_of(Officer)["id"]).preset is None
    assert mapping.column(Task, fields_of(Task)["issuer"]) == ColumnMapping()


@pytest.mark.parametrize(("given", "found"), [("Notes", '"Notes"'), ([""], "a list"), (3, "3")])
def test_sheets_to_ignore_that_are_no_names(given: object, found: str) -> None:
    assert refused({"ignore_sheets": given}) == [
        'mapping.ignore_sheets: expected a list of names of sheets such as ["Notes"], '
        f"found {found}; correct it"
    ]


@pytest.mark.parametrize(("given", "found"), [("3", '"3"'), (0, "0"), (True, "true"), (2.5, "2.5")])
def test_a_heading_row_that_is_none(given: object, found: str) -> None:
    assert refused({"stations": {"heading_row": given}}) == [
        "mapping: stations.heading_row: expected the number of the row that holds the headings, "
        f"such as 3, found {found}; correct it"
    ]


def test_an_empty_mapping_says_nothing() -> None:
    assert parse_mapping({}) == Mapping(source="mapping")


def test_files_that_are_no_mapping(tmp_path: Path) -> None:
    with pytest.raises(FactError) as caught:
        read_mapping(tmp_path / "none.toml")
    assert str(caught.value).startswith("none.toml: expected something that can be read, found")
    file = tmp_path / "county.toml"
    file.write_text('[stations]\ntable = "A"\ntable = "B"\n')
    with pytest.raises(FactError) as caught:
        read_mapping(file)
    assert str(caught.value).startswith("county.toml: expected TOML, found an error (")
    assert caught.value.text("zh").startswith("county.toml：应为 TOML，此处有误（")


@pytest.mark.parametrize("text", ["a = " + "[" * 5000, "a = " + "{a=" * 3000])
def test_a_mapping_that_is_nested_too_deeply(text: str, tmp_path: Path) -> None:
    (tmp_path / "deep.toml").write_text(text)
    with pytest.raises(FactError) as caught:
        read_mapping(tmp_path / "deep.toml")
    english = "deep.toml: expected a mapping, found too deep a nesting; correct it"
    assert str(caught.value) == english
    assert caught.value.text("zh") == "deep.toml：应为对照文件，实际嵌套过深；请改正"


def test_a_mapping_with_a_number_too_long_to_be_shown(tmp_path: Path) -> None:
    """Python reads it, as it is no decimal number, and cannot print it."""
    (tmp_path / "long.toml").write_text(f"[stations]\ntable = 0x{'f' * 5000}\n")
    with pytest.raises(FactError) as caught:
        read_mapping(tmp_path / "long.toml")
    assert "found a number too large to show" in str(caught.value)


def test_a_mapping_with_a_number_too_long_to_be_read(tmp_path: Path) -> None:
    (tmp_path / "long.toml").write_text(f"a = 1{'0' * 5000}")
    with pytest.raises(FactError) as caught:
        read_mapping(tmp_path / "long.toml")
    assert str(caught.value).startswith("long.toml: expected TOML, found an error (")


@pytest.mark.parametrize(
    ("given", "lines"),
    [
        (
            {"station": {}, "presets": ["ga-t-38"], "complete": ["officer", 1, "tasks"]},
            [
                'mapping: expected a known setting or collection, found "station"; '
                "did you mean `stations`? correct it",
                'mapping: presets[0]: expected a known preset, found "ga-t-38"; '
                "did you mean `ga-t-380`? correct it",
                "mapping: complete[1]: expected a known collection, found 1; "
                "correct it or remove it",
            ],
        ),
        (
            {"presets": "ga-t-380", "complete": {}, "codes": []},
            [
                "mapping: codes: expected a table of TOML, found a list; correct it",
                'mapping: presets: expected a list of names, found "ga-t-380"; correct it',
                "mapping: complete: expected a list of names, found an object; correct it",
            ],
        ),
        ({"complete": ["exemptions"]}, [
            'mapping: complete[0]: expected a known collection, found "exemptions"; '
            "did you mean `selections`? correct it",
        ]),
        (
            {"stations": {}, "派出所": {}, "tasks": [], "codes": {"x": 1}},
            [
                "mapping: codes.x: expected a table of TOML, found 1; correct it",
                'mapping: expected "派出所" once, found it given twice (as `stations`); '
                "keep one of them",
                "mapping: tasks: expected a table of TOML, found a list; correct it",
            ],
        ),
        (
            {
                "stations": {"table": 3, "column": {}},
                "tasks": {"table": " ", "columns": []},
                "officers": {"table": "T"},
                "cases": {"table": "t"},
            },
            [
                'mapping: stations: expected a known setting, found "column"; '
                "did you mean `columns`? correct it",
                "mapping: stations.table: expected the name of a table or view, found 3; "
                "correct it",
                'mapping: tasks.table: expected the name of a table or view, found "␣"; '
                "correct it",
                "mapping: tasks.columns: expected a table of TOML, found a list; correct it",
                'mapping: cases.table: expected a table of its own, found "t", which is that of '
                "`officers`; correct it, or say with `where` which rows each has, or give a "
                "`query` where a row holds two facts",
            ],
        ),
        (
            columns(officer="A", pilot="B", 改革试点="C", beds=4, rooms=""),
            [
                'mapping: stations.columns: expected a known field, found "officer"; '
                "did you mean `officers`? correct it",
                'mapping: stations.columns: expected "改革试点" once, found it given twice '
                "(as `pilot`); keep one of them",
                "mapping: stations.columns.beds: expected the name of a column, or a table of "
                "options, found 4; correct it",
                "mapping: stations.columns.rooms: expected the name of a column, or a table of "
                'options, found ""; correct it',
            ],
        ),
        (
            columns(setting={"column": "A", "code": {}, "date": "yyyymmdd"}, beds={"column": 1}),
            [
                'mapping: stations.columns.setting: expected a known option, found "code"; '
                "did you mean `codes`? correct it",
                "mapping: stations.columns.setting: expected an option of the setting, found "
                "`date`; remove it, or use one of `column`, `constant`, `codes`, `codes_from`, "
                "`unknown`",
                "mapping: stations.columns.beds: expected the name of a column, found 1; "
                "correct it",
            ],
        ),
        (
            {
                "codes": {"area": {"1": "urbann", "2": "x", "3": 4}},
                **columns(
                    setting={"codes": "area"},
                    terrain={"codes": "aera"},
                    premises={"codes": {}},
                    units={"codes": 7},
                ),
            },
            [
                'mapping: stations.columns.setting: expected code "1" to stand for one of '
                '`urban`, `township`, `rural`, found "urbann"; did you mean `urban`? correct it',
                'mapping: stations.columns.setting: expected code "2" to stand for one of '
                '`urban`, `township`, `rural`, found "x"; correct it, or write `unknown` for '
                "what says nothing",
                'mapping: stations.columns.setting: expected code "3" to stand for one of '
                "`urban`, `township`, `rural`, found 4; correct it, or write `unknown` for "
                "what says nothing",
                'mapping: stations.columns.terrain: expected a known code table, found "aera"; '
                "did you mean `area`? correct it",
                "mapping: stations.columns.premises: expected a code table that is not empty, or "
                "its name, found an object; correct it",
                "mapping: stations.columns.units: expected a code table that is not empty, or "
                "its name, found 7; correct it",
            ],
        ),
        (
            columns(
                pilot={"yes": "1"},
                notable={"yes": ["1", "2"], "no": ["2"]},
                innovative={"yes": [], "no": [1]},
                outstanding={"no": "1"},
            ),
            [
                "mapping: stations.columns.pilot: expected `no` as well, found nothing; "
                "correct it",
                "mapping: stations.columns.notable: expected nothing both `yes` and `no`, found "
                '"2"; correct it',
                "mapping: stations.columns.innovative: expected a list of texts for `yes`, found "
                "a list; correct it",
                "mapping: stations.columns.innovative: expected a list of texts for `no`, found "
                "a list; correct it",
                "mapping: stations.columns.outstanding: expected `yes` as well, found nothing; "
                "correct it",
            ],
        ),
        (
            {
                **columns(relocated_on={"date": "mmddyyyy"}, units={"separator": "a"}),
                "incidents": {"columns": {"received_at": {"date": "yyyymmdd"}}},
                "cases": {"columns": {"place_codes": {"separator": " "}}},
            },
            [
                "mapping: stations.columns.relocated_on: expected how a date is written, such as "
                '`yyyymmdd`, found "mmddyyyy"; correct it',
                "mapping: stations.columns.units: expected a separator such as `,` (no blank, "
                'letter or digit), found "a"; correct it',
                "mapping: incidents.columns.received_at: expected how a date and time is "
                'written, such as `yyyymmddhhmmss`, found "yyyymmdd"; correct it',
                "mapping: cases.columns.place_codes: expected a separator such as `,` (no blank, "
                'letter or digit), found "␣"; correct it',
            ],
        ),
        (
            columns(grades={"2018": "A", "2019": "A", "x": "B", "2020": 3}, beds="N", rooms="n"),
            [
                'mapping: stations.columns: expected "A" once, found it given twice; '
                "keep one of them",
                'mapping: stations.columns.grades: expected years such as 2019, found "x"; '
                "correct it",
                "mapping: stations.columns.grades: expected the name of the column of 2020, "
                "found 3; correct it",
                'mapping: stations.columns.rooms: expected a column of its own, found "n", which '
                "is that of `beds`; correct it",
            ],
        ),
    ],
)  # fmt: skip
def test_faults_of_a_mapping(given: Table[str, Any], lines: list[str]) -> None:
    assert refused(given) == lines


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ({"station": {}}, FaultCode.UNKNOWN_SETTING),
        ({"presets": ["x"]}, FaultCode.UNKNOWN_SETTING),
        ({"presets": "x"}, FaultCode.WRONG_SHAPE),
        ({"complete": ["x"]}, FaultCode.UNKNOWN_COLLECTION),
        ({"zone": "x"}, FaultCode.WRONG_SETTING),
        ({"stations": 1}, FaultCode.WRONG_SHAPE),
        ({"stations": {"x": 1}}, FaultCode.UNKNOWN_SETTING),
        ({"stations": {"query": "SELECT 1", "table": "x"}}, FaultCode.WRONG_SETTING),
        ({"stations": {}, "派出所": {}}, FaultCode.REPEATED_NAME),
        ({"stations": {"table": "x"}, "officers": {"table": "X"}}, FaultCode.REPEATED_NAME),
        (columns(x="y"), FaultCode.UNKNOWN_HEADING),
        (columns(name={"x": 1}), FaultCode.UNKNOWN_SETTING),
        (columns(name={"yes": "1"}), FaultCode.UNKNOWN_SETTING),
        (columns(name=5), FaultCode.WRONG_SETTING),
        (columns(officers={"constant": "x"}), FaultCode.UNREADABLE_VALUE),
        (columns(setting={"codes": "x"}), FaultCode.UNKNOWN_SETTING),
        (columns(setting={"codes": {"1": "x"}}), FaultCode.UNREADABLE_VALUE),
        (columns(beds="A", rooms="A"), FaultCode.REPEATED_NAME),
    ],
)
def test_kinds_of_faults_of_a_mapping(given: Table[str, Any], code: FaultCode) -> None:
    with pytest.raises(FactError) as caught:
        parse_mapping(given)
    assert {fault.code for fault in caught.value.faults} == {code}


def test_faults_in_chinese() -> None:
    with pytest.raises(FactError) as caught:
        parse_mapping(columns(setting={"codes": {"1": "城市"}, "yes": "1"}, beds="A", rooms="A"))
    assert caught.value.text("zh").splitlines() == [
        "mapping: stations.columns.setting：城乡类别没有选项 `yes`；"
        "可用的有 `column`, `constant`, `codes`, `codes_from`, `unknown`，请删去或改正",
        'mapping: stations.columns.setting：代码 "1" 应对应下列之一：`urban`（城区）、'
        '`township`（乡镇）、`rural`（农村），实为 "城市"；请改正，不详则填 `unknown`',
        'mapping: stations.columns.rooms：列 "A" 已作 `beds`；请改正',
    ]


@pytest.mark.parametrize(
    ("form", "text", "moment"),
    [
        ("yyyymmdd", "20200229", datetime(2020, 2, 29)),
        ("yyyymmdd", "20190229", None),
        ("yyyymmdd", "19000229", None),
        ("yyyymmdd", "20000229", datetime(2000, 2, 29)),
        ("yyyymmdd", "20190431", None),
        ("yyyymmdd", "20191231", datetime(2019, 12, 31)),
        ("yyyymmdd", "20191301", None),
        ("yyyymmdd", "00000000", None),
        ("yyyymmdd", "2019071", None),
        ("yyyymmdd", "20190716083000", None),
        ("YYYY/MM/DD", "2019/07/16", datetime(2019, 7, 16)),
        ("yyyy.mm.dd", "2019.07.16", datetime(2019, 7, 16)),
        ("yyyy.mm.dd", "2019x07x16", None),
        ("yyyy年mm月dd日", "2019年07月16日", datetime(2019, 7, 16)),
        ("yyyymmddhhmmss", "20190716235959", datetime(2019, 7, 16, 23, 59, 59)),
        ("yyyymmddhhmmss", "20190716240000", None),
        ("yyyy-mm-ddThh:mm", "2019-07-16T08:05", datetime(2019, 7, 16, 8, 5)),
    ],
)
def test_dates_as_a_form_writes_them(form: str, text: str, moment: datetime | None) -> None:
    found = date_form(form)
    assert found is not None
    assert found.moment(text) == moment


@pytest.mark.parametrize(
    "form", ["", "yyyymm", "yymmdd", "mmddyyyy", " yyyymmdd", "yyyymmddhh", "yyyyxmmxdd", "date"]
)
def test_what_is_no_form(form: str) -> None:
    assert date_form(form) is None


@pytest.mark.parametrize(
    ("code", "level"),
    [
        ("11", "postgraduate"),
        ("14", "postgraduate"),
        ("15", "bachelor"),
        ("21", "bachelor"),
        ("28", "bachelor"),
        ("22", "college"),
        ("23", "college"),
        ("31", "college"),
        ("32", "below_college"),
        ("33", "below_college"),
        ("41", "below_college"),
        ("20", None),
        ("90", None),
    ],
)
def test_codes_of_education(code: str, level: str | None) -> None:
    """Only who graduated has completed a level; who did not, the level below."""
    assert loaded_presets()["gb-t-4658"].codes[code] == level


@pytest.fixture
def county(tmp_path: Path) -> Path:
    """A directory of CSV files as a county exports them."""
    directory = tmp_path / "county"
    directory.mkdir()
    files = {
        "ga.t_pcs.csv": "PCSDM,MJS,CXLB,SDBZ,BQRQ,DSS,DJ2018,DJ2019,notable,备注,辅警数\n"
        "350304540000,34,1,Y,20190716,01,1,,Y,x,9\n"
        "3503040A0000,,9,0,,无,,,,,\n",
        "officers.csv": "id,station_id,education\nP1,350304540000,22\nP2,,本科\n",
    }
    for name, content in files.items():
        (directory / name).write_text(content, encoding="utf-8")
    (directory / "county.toml").write_text(COUNTY, encoding="utf-8")
    return directory


def test_csv_files_are_read_through_a_mapping(county: Path) -> None:
    assert read(county, mapping=read_mapping(county / "county.toml")).facts == Facts(
        stations=[
            Station(
                id="350304540000",
                officers=34,
                setting=Setting.URBAN,
                pilot=True,
                relocated_on=date(2019, 7, 16),
                units={Team.COMMUNITY},
                grades={2018: 1},
                notable=True,
                auxiliaries=9,
            ),
            Station(id="3503040A0000", pilot=False, units=frozenset()),
        ],
        officers=[
            Officer(id="P1", station_id="350304540000", education=Education.COLLEGE),
            Officer(id="P2", education=Education.BACHELOR),
        ],
        complete=["stations", "officers"],
    )


def test_moments_sets_and_codes_of_csv_files(tmp_path: Path) -> None:
    mapping = parse_mapping(
        {
            "presets": ["gb-t-2260"],
            "cases": {
                "columns": {
                    "means": {"column": "SD", "codes": {"1": "图侦", "2": "other", "0": "不详"}},
                    "place_codes": {"column": "DM", "separator": ","},
                }
            },
            "incidents": {"columns": {"received_at": {"date": "yyyymmddhhmmss"}}},
        }
    )
    (tmp_path / "cases.csv").write_text(
        'id,SD,DM\nC1,1;2,"350302, 110105"\nC2,1;0,-\nC3,无,\n', encoding="utf-8"
    )
    (tmp_path / "incidents.csv").write_text("id,received_at\nI1,20190716083015\n")
    assert read(tmp_path, mapping=mapping).facts == Facts(
        cases=[
            CriminalCase(
                id="C1", means={Means.IMAGE, Means.OTHER}, place_codes={"350302", "110105"}
            ),
            CriminalCase(id="C2", place_codes=frozenset()),
            CriminalCase(id="C3", means=frozenset()),
        ],
        incidents=[Incident(id="I1", received_at=datetime(2019, 7, 16, 8, 30, 15))],
    )


def test_faults_of_csv_files_read_through_a_mapping(county: Path) -> None:
    mapping = read_mapping(county / "county.toml")
    (county / "ga.t_pcs.csv").write_text(
        "PCSDM,CXLB,SDBZ,BQRQ,DSS,DJ2018,DJ2019,MJS,notable\n"
        "35030454000,3,是,2019-07-16,02,9,x,y,\n",
        encoding="utf-8",
    )
    with pytest.raises(InputError) as caught:
        read(county, mapping=mapping)
    place = "ga.t_pcs.csv row 2, "
    unknown = ", or leave it out if unknown"
    assert sorted(str(caught.value).splitlines()) == sorted(
        [
            f"{place}PCSDM: expected a code as of `ga-t-380`: organisation code (GA/T 380), "
            'found "35030454000"; correct it',
            f'{place}CXLB: expected one of the codes `1`, `2`, `9`, found "3"; '
            f"correct it, or add it to the mapping{unknown}",
            f'{place}SDBZ: expected `1`, `Y` for yes or `0` for no, found "是"; '
            f"correct it, or add it to the mapping{unknown}",
            f"{place}BQRQ: expected a date that is written `yyyymmdd`, "
            f'found "2019-07-16"; correct it{unknown}',
            f'{place}DSS: expected one of the codes `01`, found "02"; '
            f"correct it, or add it to the mapping{unknown}",
            f"{place}DJ2018, DJ2019: expected a whole number from 1 to 5, found 9; "
            f"give the annual grade{unknown}",
            f'{place}MJS: expected a whole number from 0 to 10000000, found "y"; '
            f"give the count of sworn officers{unknown}",
            "officers.csv row 2, station_id: expected the id of one of the given `stations`, "
            'found "350304540000"; correct it, or add what it refers to',
        ]
    )


def test_tables_and_columns_that_are_not_there(county: Path) -> None:
    mapping = parse_mapping(
        {
            "stations": {"table": "GA.T_PCS", "columns": {"id": "PCSD", "beds": "CW"}},
            "officers": {"table": "MJ"},
        }
    )
    with pytest.raises(InputError) as caught:
        read(county, mapping=mapping)
    assert str(caught.value).splitlines() == [
        'ga.t_pcs.csv row 1: expected a column "PCSD", found none; did you mean `PCSDM`? '
        "correct the mapping",
        'ga.t_pcs.csv row 1: expected a column "CW", found none; correct the mapping',
        'officers.csv: expected a known collection as its name, found "officers"; '
        f"correct it or remove it{NO_LIST}",
        'mapping: officers.table: expected a file or sheet of that name, found no "MJ"; '
        "correct it or remove it",
    ]


def test_a_column_given_twice_through_a_mapping(tmp_path: Path) -> None:
    (tmp_path / "stations.csv").write_text("BH,bh,beds,备勤床位\nS1,S2,1,2\n", encoding="utf-8")
    with pytest.raises(InputError) as caught:
        read(tmp_path, mapping=parse_mapping(columns(id="BH")))
    assert str(caught.value).splitlines() == [
        'stations.csv row 1: expected "bh" once, found it given twice (as `BH`); keep one of them',
        'stations.csv row 1: expected "备勤床位" once, found it given twice (as `beds`); '
        "keep one of them",
    ]


def test_a_file_that_a_mapping_gives_to_another_class(tmp_path: Path) -> None:
    (tmp_path / "officers.csv").write_text("id\nS1\n")
    mapping = parse_mapping({"stations": {"table": "officers"}})
    assert read(tmp_path, mapping=mapping).facts == Facts(stations=[Station(id="S1")])


def test_names_of_files_are_spelt_as_they_are(tmp_path: Path) -> None:
    (tmp_path / "Stations.csv").write_text("id\nS1\n")
    with pytest.raises(InputError, match="did you mean `stations`"):
        read(tmp_path)


def test_a_json_file_takes_no_mapping(tmp_path: Path) -> None:
    file = tmp_path / "facts.json"
    file.write_text("{}")
    with pytest.raises(InputError, match="leave the mapping out"):
        read(file, mapping=parse_mapping({}))


def test_the_example_is_sound() -> None:
    mapping = read_mapping(EXAMPLES / "county.toml")
    assert {cls: table.table for cls, (table,) in mapping.tables.items()} == {
        Station: "GA.T_PCS",
        Officer: "GA.T_MJ",
        CriminalCase: "GA.T_AJ",
        Incident: "GA.T_JQ",
    }
    assert mapping.tables[Station][0].columns["auxiliaries"].column == "FJS"
