"""Facts documents as directories of CSV files: what is read, what is refused and how."""

from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path

import pytest

from policy_rules.facts import Exemption, Facts
from policy_rules.formats import InputError, read
from policy_rules.police import (
    City,
    CriminalCase,
    Incident,
    Means,
    Officer,
    Premises,
    Reviewer,
    Setting,
    Station,
    Task,
    Team,
    Transfer,
)

NO_LIST = (
    "; if it is no list, pass it over with --ignore-sheet, or with `ignore_sheets` in a mapping"
)
Write = Callable[..., Path]


@pytest.fixture
def write(tmp_path: Path) -> Write:
    """Write files, given by name and content, into a directory named facts."""

    def written(files: dict[str, str | bytes]) -> Path:
        directory = tmp_path / "facts"
        directory.mkdir()
        for name, content in files.items():
            text = content if isinstance(content, bytes) else content.encode()
            (directory / name).write_bytes(text)
        return directory

    return written


def lines_of(directory: Path) -> list[str]:
    """Give the lines of the error that a directory is refused with."""
    with pytest.raises(InputError) as caught:
        read(directory)
    return [fault.text() for fault in caught.value.faults]


def test_a_directory_is_read(write: Write) -> None:
    directory = write(
        {
            "stations.csv": "id,name,setting,pilot,officers,units,grades,beds\n"
            "S1,黄石派出所,城区,是,３４,case；社区警务队,2018:1;2019：2,\n"
            '\n"S2",,rural,false,5,无,-, 3 \n',
            "民警.csv": "编号,派出所,警务区,出生日期\nP1,S1,无,1980年2月29日\nP2,S1,,19800301\n",
            "cities.csv": "id\n350300\n",
            "exemptions.csv": "id,cite,subject,valid_from\nE1,3.1/2,cases/A1,2019/8/1\n",
            "document.json": '{"as_of": "2019-09-01", "complete": ["stations", "民警"]}',
            "notes.txt": "not read",
            ".hidden.csv": "not read",
        }
    )
    document = read(directory)
    assert document.source == str(directory)
    assert document.as_of == date(2019, 9, 1)
    assert document.facts == Facts(
        cities=[City(id="350300")],
        stations=[
            Station(
                id="S1",
                name="黄石派出所",
                setting=Setting.URBAN,
                pilot=True,
                officers=34,
                units={Team.CASE, Team.COMMUNITY},
                grades={2018: 1, 2019: 2},
            ),
            Station(
                id="S2",
                setting=Setting.RURAL,
                pilot=False,
                officers=5,
                units=set(),
                grades={},
                beds=3,
            ),
        ],
        officers=[
            Officer(id="P1", station_id="S1", zone="", birth_date=date(1980, 2, 29)),
            Officer(id="P2", station_id="S1", birth_date=date(1980, 3, 1)),
        ],
        complete=["stations", "officers"],
    )
    assert document.exemptions == (
        Exemption(id="E1", cite="3.1/2", subject="cases/A1", valid_from=date(2019, 8, 1)),
    )


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_encodings(write: Write, encoding: str) -> None:
    directory = write({"派出所.csv": "编号,名称\r\n1,黄石派出所\r\n".encode(encoding)})
    assert read(directory).facts == Facts(stations=[Station(id="1", name="黄石派出所")])


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        ("true", True),
        ("TRUE", True),
        ("yes", True),
        ("是", True),
        ("1", True),
        ("１", True),
        ("false", False),
        ("no", False),
        ("否", False),
        ("0", False),
        ("", None),
        (" ", None),
    ],
)
def test_yes_and_no(write: Write, cell: str, value: bool | None) -> None:
    directory = write({"stations.csv": f"id,pilot\n1,{cell}\n"})
    assert read(directory).facts.all(Station)[0].pilot is value


@pytest.mark.parametrize(
    "cell",
    ["2019-07-16", "2019/7/16", "2019/07/16", "20190716", "2019年7月16日", "２０１９-０７-１６"],
)
def test_dates(write: Write, cell: str) -> None:
    directory = write({"officers.csv": f"id,birth_date\n1,{cell}\n"})
    assert read(directory).facts.all(Officer)[0].birth_date == date(2019, 7, 16)


@pytest.mark.parametrize(
    "cell", ["2019-07-16T08:30", "2019-07-16 08:30:00", "2019/7/16 8:30", "2019年7月16日 8：30"]
)
def test_moments(write: Write, cell: str) -> None:
    directory = write({"incidents.csv": f"id,received_at\n1,{cell}\n"})
    assert read(directory).facts.all(Incident)[0].received_at == datetime(2019, 7, 16, 8, 30)


@pytest.mark.parametrize("cell", ["image;other", "图侦；其他", "image、其他", " image | other "])
def test_sets(write: Write, cell: str) -> None:
    directory = write({"cases.csv": f"id,means,place_codes\n1,{cell},-\n"})
    assert read(directory).facts.all(CriminalCase) == (
        CriminalCase(id="1", means={Means.IMAGE, Means.OTHER}, place_codes=set()),
    )


def test_nothing_as_a_choice_is_that_choice(write: Write) -> None:
    directory = write(
        {"tasks.csv": "id,reviewed_by\n1,无\n", "stations.csv": "id,premises\n1,none\n"}
    )
    facts = read(directory).facts
    assert facts.all(Task)[0].reviewed_by is Reviewer.NONE
    assert facts.all(Station)[0].premises is Premises.NONE


def test_empty_columns_of_a_spreadsheet_are_nothing(write: Write) -> None:
    path = write({"stations.csv": "id,officers,,\n1,2,,\n2,,,\n,,,\n"})
    assert read(path).facts.all(Station) == (Station(id="1", officers=2), Station(id="2"))


def test_a_reference_that_is_known_to_be_none(write: Write) -> None:
    path = write({"调动.csv": "id,所接替的调出\nD1,\nA1,无\nA2,D1\n"})
    assert [each.replaces for each in read(path).facts.all(Transfer)] == [None, "", "D1"]


def test_a_line_break_in_a_cell_does_not_move_the_row_numbers(write: Write) -> None:
    directory = write({"stations.csv": 'id,name,officers\n1,"黄石\n派出所",1\n\n2,,x\n'})
    assert lines_of(directory)[0].startswith(
        "stations.csv row 5, officers: expected a whole number"
    )


UNKNOWN = ", or leave it out if unknown"


@pytest.mark.parametrize(
    ("files", "lines"),
    [
        (
            {"stations.csv": '编号,民警数,pilot\n1,-1,maybe\n2,12.5,\n3,"1,000",\n4,无,\n'},
            [
                'stations.csv row 2, pilot: expected yes or no, found "maybe"; '
                f"give either{UNKNOWN}",
                "stations.csv row 2, 民警数: expected a whole number from 0 to 10000000, found -1; "
                f"give the count of sworn officers{UNKNOWN}",
                "stations.csv row 3, 民警数: expected a whole number from 0 to 10000000, found "
                f'"12.5"; give the count of sworn officers{UNKNOWN}',
                "stations.csv row 4, 民警数: expected a whole number from 0 to 10000000, found "
                f'"1,000"; give the count of sworn officers{UNKNOWN}',
                "stations.csv row 5, 民警数: expected a whole number from 0 to 10000000, found "
                f'"无"; give the count of sworn officers{UNKNOWN}',
            ],
        ),
        (
            {"stations.csv": "id,officers\n1," + "9" * 5000 + "\n"},
            [
                "stations.csv row 2, officers: expected a whole number from 0 to 10000000, found "
                f'"{"9" * 60}…"; give the count of sworn officers{UNKNOWN}'
            ],
        ),
        (
            {"officers.csv": "id,birth_date\n1,2019-02-30\n2,2019.7.32\n"},
            [
                "officers.csv row 2, birth_date: expected a date from 1900-01-01 to 2199-12-31, "
                f'found "2019-02-30"; give a date such as 2019-07-16{UNKNOWN}',
                "officers.csv row 3, birth_date: expected a date from 1900-01-01 to 2199-12-31, "
                f'found "2019.7.32"; give a date such as 2019-07-16{UNKNOWN}',
            ],
        ),
        (
            {"incidents.csv": "id,received_at\n1,2019-07-16 24:30\n"},
            [
                "incidents.csv row 2, received_at: expected a local date and time from 1900-01-01 "
                'to 2199-12-31, to the second and without time zone, found "2019-07-16 24:30"; '
                f"give one such as 2019-07-16T08:30{UNKNOWN}"
            ],
        ),
        (
            {"stations.csv": "id,grades,units\n1,2019=1,case;\n2,2019:1;2019:2,\n3,2019:9,\n"},
            [
                "stations.csv row 2, grades: expected one number for each year, such as "
                f'2018:1;2019:2, found "2019=1"; correct it{UNKNOWN}',
                "stations.csv row 2, units: expected one of `community`, `case`, `patrol`, "
                f'`command`, found ""; correct it{UNKNOWN}',
                "stations.csv row 3, grades: expected one number for each year, such as "
                f'2018:1;2019:2, found "2019:1;2019:2"; correct it{UNKNOWN}',
                "stations.csv row 4, grades: expected a whole number from 1 to 5, found 9; "
                f"give the annual grade{UNKNOWN}",
            ],
        ),
        (
            {"stations.csv": "id,officers\n1,2,3\n,4\n"},
            [
                "stations.csv row 2: expected at most 2 cells, found 3; "
                "correct it, and put what contains a comma in quotation marks",
                "stations.csv row 3, id: expected the id, found nothing; give it",
            ],
        ),
        (
            {"stations.csv": "id,officers,民警数,oficers\n1,2,3,4\n"},
            [
                'stations.csv row 1: expected "民警数" once, found it given twice (as `officers`); '
                "keep one of them",
                'stations.csv row 1: expected a known heading, found "oficers"; '
                "did you mean `officers`? correct it",
            ],
        ),
        (
            {"stations.csv": ""},
            [
                "stations.csv: expected headings in the first row, found an empty file; "
                "export it again"
            ],
        ),
        (
            {"stations.csv": 'id,name\n1,"黄石'},
            [
                "stations.csv row 2: expected CSV, found a quotation mark opened in this row and "
                "never closed; correct it, or export the file again if it is cut off"
            ],
        ),
        (
            {"stations.csv": b"id\nS1\n\xff\xfeS2\n"},
            [
                "stations.csv: expected text in UTF-8 or GB18030, found something else in line 3 "
                "(bytes FF FE 53 32); correct the line, or export the file again as UTF-8"
            ],
        ),
        (
            {"station.csv": "id\n1\n", "xyz.csv": "id\n1\n"},
            [
                'station.csv: expected a known collection as its name, found "station"; '
                f"did you mean `stations`? correct it{NO_LIST}",
                'xyz.csv: expected a known collection as its name, found "xyz"; '
                f"correct it or remove it{NO_LIST}",
            ],
        ),
        (
            {"stations.csv": "id\n1\n", "派出所.csv": "id\n2\n"},
            [
                '派出所.csv: expected "stations" once, found it given twice (as `stations.csv`); '
                "keep one of them"
            ],
        ),
        (
            {"notes.txt": ""},
            ["facts: expected CSV files such as `bureaus.csv`, found none; check the path"],
        ),
        (
            {
                "stations.csv": "id\n1\n",
                "document.json": '{"as_of": 3, "complet": [], "complete": ["x"]}',
            },
            [
                'document.json: expected a known setting, found "complet"; '
                "did you mean `complete`? correct it",
                "document.json: as_of: expected a date from 1900-01-01 to 2199-12-31, found 3; "
                f"give a date such as 2019-07-16{UNKNOWN}",
                'document.json: complete[0]: expected a known collection, found "x"; '
                "correct it or remove it",
            ],
        ),
        (
            {"stations.csv": "id,shifts\n1,2\n", "document.json": '{"format": 2}'},
            [
                "document.json: format: expected 1, the format of documents that this version "
                "reads, found 2; use a later policy_rules"
            ],
        ),
        (
            {"stations.csv": "id\n1\n", "document.json": "["},
            [
                "document.json: expected JSON, found an error at 1:2 (Expecting value); "
                "correct it, or export it again if it is cut off"
            ],
        ),
        (
            {
                "stations.csv": "编号,民警数\n1,x\n1,3\n",
                "officers.csv": "id,派出所\na,1\nb,2\n",
            },
            [
                "stations.csv row 2, 民警数: expected a whole number from 0 to 10000000, found "
                f'"x"; give the count of sworn officers{UNKNOWN}',
                "stations.csv row 3, 编号: expected an id that is unique among `stations`, found "
                '"1" again; correct it or remove the repetition',
                "officers.csv row 3, 派出所: expected the id of one of the given `stations`, found "
                '"2"; correct it, or add what it refers to',
            ],
        ),
    ],
)
def test_faults_of_a_directory(
    write: Write, files: dict[str, str | bytes], lines: list[str]
) -> None:
    assert sorted(lines_of(write(files))) == sorted(lines)


def test_faults_in_chinese(write: Write) -> None:
    with pytest.raises(InputError) as caught:
        read(write({"派出所.csv": "编号,民警数\n1,一\n"}))
    assert caught.value.text("zh") == (
        '派出所.csv 第2行，民警数：应为 0 至 10000000 的整数，实为 "一"；'
        "请填民警数（人），不详则不填"
    )


def test_a_single_file_is_not_a_directory(write: Write) -> None:
    directory = write({"stations.csv": "id\n1\n"})
    assert lines_of(directory / "stations.csv") == [
        "stations.csv: expected a JSON file or a directory of CSV files, found a single CSV file; "
        "give the directory that it is in"
    ]


def test_a_directory_in_the_place_of_a_file(write: Write) -> None:
    directory = write({})
    (directory / "stations.csv").mkdir()
    (line,) = lines_of(directory)
    assert line.startswith("stations.csv: expected something that can be read, found an error (")
