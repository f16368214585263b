"""Facts documents as JSON: what is read, what is refused and how, what is written."""

import json
import pickle
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path

import pytest

from policy_rules.facts import Exemption, Fact, Facts, fact, identity, reference
from policy_rules.formats import Document, InputError, parse, read, to_json
from policy_rules.police import (
    City,
    CriminalCase,
    Incident,
    Means,
    Officer,
    Role,
    Setting,
    Station,
    Team,
)

Write = Callable[[str | bytes], Path]


@fact(collection="gates", zh="门", en="gate")
class Gate(Fact):
    """A class that a directive adds."""

    id: str = identity()
    station_id: str | None = reference("stations", zh="所", en="station", meaning="Where it is.")


@pytest.fixture
def write(tmp_path: Path) -> Write:
    """Write a file named facts.json."""

    def written(content: str | bytes) -> Path:
        path = tmp_path / "facts.json"
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return path

    return written


def lines_of(document: object, lang: str = "en") -> list[str]:
    """Give the lines of the error that a document is refused with."""
    with pytest.raises(InputError) as caught:
        parse(document, "d")  # type: ignore[arg-type]  # bad input is the point
    return [fault.text("zh" if lang == "zh" else "en") for fault in caught.value.faults]


ENGLISH = {
    "as_of": "2019-09-01",
    "city": {"id": "350300"},
    "stations": [
        {
            "id": "S1",
            "name": "黄石派出所",
            "setting": "urban",
            "pilot": True,
            "officers": 34,
            "units": ["case", "community"],
            "grades": {"2018": 1},
        }
    ],
    "officers": [{"id": "P1", "station_id": "S1", "zone": "", "birth_date": "1980-02-29"}],
    "exemptions": [{"id": "E1", "cite": "3.1/2", "subject": "cases/A1"}],
    "complete": ["stations"],
}
CHINESE = {
    "基准日期": "2019-09-01",
    "市": {"编号": "350300"},
    "派出所": [
        {
            "编号": "S1",
            "名称": "黄石派出所",
            "城乡类别": "城区",
            "改革试点": True,
            "民警数": 34,
            "已设队室": ["打击办案队", "社区警务队"],
            "年度等级": {"2018": 1},
        }
    ],
    "民警": [{"编号": "P1", "派出所": "S1", "警务区": "", "出生日期": "1980-02-29"}],
    "豁免批准": [{"编号": "E1", "条款": "3.1/2", "对象": "cases/A1"}],
    "完整列表": ["派出所"],
}
LABELS = {
    "as of": "2019-09-01",
    "city": {"id": "350300"},
    "police station": [
        {
            "id": "S1",
            "name": "黄石派出所",
            "setting": "urban",
            "pilot": True,
            "sworn officers": 34,
            "units": ["case team", "community policing team"],
            "grades": {"2018": 1},
        }
    ],
    "officer": [{"id": "P1", "station": "S1", "zone": "", "birth date": "1980-02-29"}],
    "exemption": [{"id": "E1", "citation": "3.1/2", "subject": "cases/A1"}],
    "complete": ["police station"],
}
MEANT = Facts(
    cities=[City(id="350300")],
    stations=[
        Station(
            id="S1",
            name="黄石派出所",
            setting=Setting.URBAN,
            pilot=True,
            officers=34,
            units={Team.CASE, Team.COMMUNITY},
            grades={2018: 1},
        )
    ],
    officers=[Officer(id="P1", station_id="S1", zone="", birth_date=date(1980, 2, 29))],
    complete=["stations"],
)


@pytest.mark.parametrize("document", [ENGLISH, CHINESE, LABELS], ids=["names", "zh", "en"])
def test_names_and_labels_mean_the_same(document: dict[str, object]) -> None:
    read_ = parse(document, "d")
    assert read_ == Document(
        source="d",
        as_of=date(2019, 9, 1),
        facts=MEANT,
        exemptions=(Exemption(id="E1", cite="3.1/2", subject="cases/A1"),),
    )


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_encodings(write: Write, encoding: str) -> None:
    path = write(json.dumps(CHINESE, ensure_ascii=False).encode(encoding))
    document = read(path)
    assert document.facts == MEANT
    assert document.source == str(path)
    assert document == read(str(path))


def test_a_document_can_be_empty_and_null_is_unknown() -> None:
    document = parse({"stations": None, "as_of": None, "officers": [{"id": "1", "zone": None}]})
    assert document.as_of is None
    assert document.source == "document"
    assert document.facts == Facts(officers=[Officer(id="1")])
    assert parse({}).facts == Facts()


def test_dates_can_be_given_as_such() -> None:
    document = parse(
        {"as_of": date(2019, 9, 1), "officers": [{"id": "1", "birth_date": date(1980, 1, 1)}]}
    )
    assert document.as_of == date(2019, 9, 1)
    assert document.facts.all(Officer)[0].birth_date == date(1980, 1, 1)


def test_moments_are_to_the_minute_or_second() -> None:
    rows = [
        {"id": "1", "received_at": "2019-07-16T08:30", "transferred_at": "2019-07-16T08:30:05"},
    ]
    assert parse({"incidents": rows}).facts.all(Incident) == (
        Incident(
            id="1",
            received_at=datetime(2019, 7, 16, 8, 30),
            transferred_at=datetime(2019, 7, 16, 8, 30, 5),
        ),
    )


def test_what_is_written_is_read_back() -> None:
    facts = Facts(
        stations=[Station(id="S1", units=set(), grades={}, smart_enforcement_area=False)],
        officers=[Officer(id="P1", station_id="S1", zone="", role=Role.CHIEF)],
        cases=[
            CriminalCase(id="A1", means={Means.OTHER, Means.IMAGE}, place_codes={"2" * 6, "1" * 6})
        ],
        incidents=[Incident(id="1", received_at=datetime(2019, 7, 16, 8, 30))],
        cities=[City(id="350300")],
        others=[Gate(id="g", station_id="S1")],
        complete=["officers", Gate],
    )
    exemptions = (
        Exemption(id="E1", cite="3.1/2", subject="cases/A1", valid_from=date(2019, 8, 1)),
    )
    written = to_json(facts, exemptions, date(2019, 9, 1))
    assert written == {
        "format": 1,
        "as_of": "2019-09-01",
        "stations": [{"id": "S1", "smart_enforcement_area": False, "units": [], "grades": {}}],
        "officers": [{"id": "P1", "station_id": "S1", "role": "chief", "zone": ""}],
        "cases": [{"id": "A1", "means": ["image", "other"], "place_codes": ["111111", "222222"]}],
        "incidents": [{"id": "1", "received_at": "2019-07-16T08:30:00"}],
        "gates": [{"id": "g", "station_id": "S1"}],
        "city": {"id": "350300"},
        "exemptions": [
            {"id": "E1", "cite": "3.1/2", "subject": "cases/A1", "valid_from": "2019-08-01"}
        ],
        "complete": ["gates", "officers"],
    }
    document = parse(json.loads(json.dumps(written)), extra_classes=[Gate])
    assert document.facts == facts
    assert document.exemptions == exemptions
    assert document.as_of == date(2019, 9, 1)
    assert to_json(Facts()) == {"format": 1}


def test_more_than_one_city_is_a_list() -> None:
    facts = Facts(cities=[City(id="1"), City(id="2")])
    assert to_json(facts) == {"format": 1, "cities": [{"id": "1"}, {"id": "2"}]}
    assert parse(to_json(facts)).facts == facts


STATION = "d: stations[0]"
NOT_KNOWN = ", or leave it out if unknown"


@pytest.mark.parametrize(
    ("row", "lines"),
    [
        (
            {"id": "1", "officers": "14"},
            [
                f'{STATION}.officers: expected a whole number from 0 to 10000000, found "14"; '
                f"give the count of sworn officers{NOT_KNOWN}"
            ],
        ),
        (
            {"id": "1", "民警数": -1},
            [
                f"{STATION}.民警数: expected a whole number from 0 to 10000000, found -1; "
                f"give the count of sworn officers{NOT_KNOWN}"
            ],
        ),
        (
            {"id": "1", "premises": "dangerus"},
            [
                f"{STATION}.premises: expected one of `adequate`, `none`, `dangerous`, "
                f'found "dangerus"; did you mean `dangerous`? correct it{NOT_KNOWN}'
            ],
        ),
        (
            {"id": "1", "pilot": 1},
            [f"{STATION}.pilot: expected true or false, found 1; give either{NOT_KNOWN}"],
        ),
        (
            {"id": "1", "oficers": 3},
            [
                f'{STATION}: expected a known field, found "oficers"; '
                "did you mean `officers`? correct it"
            ],
        ),
        (
            {"id": "1", "xyzzy": 3, 4: 5},
            [
                f'{STATION}: expected a known field, found "xyzzy"; correct it or remove it',
                f"{STATION}: expected a known field, found 4; correct it or remove it",
            ],
        ),
        (
            {"id": "1", "officers": 3, "民警数": 3},
            [
                f'{STATION}: expected "民警数" once, found it given twice (as `officers`); '
                "keep one of them"
            ],
        ),
        ({"officers": 3}, [f"{STATION}.id: expected the id, found nothing; give it"]),
        (
            {"id": "1", "grades": {"19": 1}},
            [
                f'{STATION}.grades: expected years from 1900 to 2199, found "19"; '
                f"correct it{NOT_KNOWN}"
            ],
        ),
        ("S1", [f'{STATION}: expected an object, found "S1"; correct it']),
        (None, [f"{STATION}: expected an object, found nothing; correct it"]),
    ],
)
def test_faults_of_a_row(row: object, lines: list[str]) -> None:
    assert lines_of({"stations": [row]}) == lines


@pytest.mark.parametrize(
    ("given", "found"),
    [
        ("2019-02-30", '"2019-02-30"'),
        ("2019-7-16", '"2019-7-16"'),
        ("16.7.2019", '"16.7.2019"'),
        ("", '""'),
        (20190716, "20190716"),
        (True, "true"),
        ([], "a list"),
    ],
)
def test_bad_dates(given: object, found: str) -> None:
    expected = (
        f"expected a date from 1900-01-01 to 2199-12-31, found {found}; "
        "give a date such as 2019-07-16"
    )
    assert lines_of({"as_of": given, "officers": [{"id": "1", "birth_date": given}]}) == [
        f"d: as_of: {expected}{NOT_KNOWN}",
        f"d: officers[0].birth_date: {expected}{NOT_KNOWN}",
    ]


@pytest.mark.parametrize(
    ("document", "line"),
    [
        ([], "d: expected an object, found a list; give a facts document"),
        (None, "d: expected an object, found nothing; give a facts document"),
        (
            {"Stations": []},
            'd: expected a known collection, found "Stations"; did you mean `stations`? correct it',
        ),
        (
            {"stations": [], "派出所": []},
            'd: expected "派出所" once, found it given twice (as `stations`); keep one of them',
        ),
        (
            {"city": {"id": "1"}, "cities": []},
            'd: expected "cities" once, found it given twice (as `city`); keep one of them',
        ),
        ({"stations": {}}, "d: stations: expected a list, found an object; correct it"),
        ({"city": []}, "d: city: expected an object, found a list; correct it"),
        (
            {"complete": "stations"},
            'd: complete: expected a list of names of collections, found "stations"; correct it',
        ),
        (
            {"complete": ["station"]},
            'd: complete[0]: expected a known collection, found "station"; '
            "did you mean `stations`? correct it",
        ),
        (
            {"complete": [None]},
            "d: complete[0]: expected a known collection, found nothing; correct it or remove it",
        ),
        (
            {"exemptions": [{"id": "1", "cite": "3.1/2"}]},
            "d: exemptions[0].subject: expected the subject, found nothing; give it",
        ),
        (
            {"exemptions": [{"id": "1", "cite": "1", "subject": "a/1"}] * 2},
            'd: exemptions[1].id: expected an id that is unique among `exemptions`, found "1" '
            "again; correct it or remove the repetition",
        ),
        (
            {"city": {"id": "a b"}},
            "d: city.id: expected a text of 1 to 64 characters without white space, slashes or "
            'invisible characters, found "a b"; correct it',
        ),
    ],
)
def test_faults_of_a_document(document: object, line: str) -> None:
    assert lines_of(document) == [line]


def test_faulty_rows_take_part_in_the_checks_of_ids_and_references() -> None:
    document = {
        "stations": [{"id": "S1", "officers": -1}, {"编号": "S1"}],
        "officers": [
            {"id": "a", "station_id": "S1", "role": "x"},
            {"id": "b", "派出所": "S2", "role": "chief"},
        ],
    }
    assert [line.split(", found")[0] for line in lines_of(document)] == [
        "d: stations[0].officers: expected a whole number from 0 to 10000000",
        "d: officers[0].role: expected one of `chief`, `deputy_chief`, `instructor`, `clerk`, "
        "`community`, `case`, `patrol`, `command`, `other`",
        "d: stations[1].编号: expected an id that is unique among `stations`",
        "d: officers[1].派出所: expected the id of one of the given `stations`",
    ]


def test_references_and_duplicates_of_sound_rows_have_their_places() -> None:
    document = {
        "stations": [{"id": "S1"}, {"id": "S1"}],
        "officers": [{"id": "a", "station_id": "S2"}],
        "transfers": [{"id": "t", "replaces": "u"}],
    }
    assert lines_of(document) == [
        'd: stations[1].id: expected an id that is unique among `stations`, found "S1" again; '
        "correct it or remove the repetition",
        'd: officers[0].station_id: expected the id of one of the given `stations`, found "S2"; '
        "correct it, or add what it refers to",
        'd: transfers[0].replaces: expected the id of one of the given `transfers`, found "u"; '
        "correct it, or add what it refers to",
    ]
    assert lines_of(document, "zh")[1:2] == [
        'd: officers[0].station_id：`stations` 中没有编号 "S2"；请改正，或补上该条'
    ]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ('{"stations": [{"id": "1" "x": 2}]}', "第 1 行第 26 列有误（缺少逗号或右括号）"),
        ('{"stations" []}', "第 1 行第 13 列有误（缺少冒号）"),
        ('{"stations": [{"pilot": yes}]}', "第 1 行第 25 列有误（缺少值，或此处的内容不是值）"),
        ("{stations: []}", "第 1 行第 2 列有误（缺少双引号中的键名）"),
        ("{}\n{}", "第 2 行第 1 列有误（其后有多余的内容）"),
        ('{"as_of', "第 1 行第 2 列有误（引号没有配对）"),
        ('{"as_of": "\t"}', "第 1 行第 12 列有误（文字中有控制字符）"),
        ('{"as_of": "\\q"}', "第 1 行第 12 列有误（反斜杠后的写法有误）"),
        ('{"as_of": "\\u12"}', "第 1 行第 13 列有误（反斜杠后的写法有误）"),
    ],
)
def test_what_is_wrong_with_json_is_said_in_chinese(write: Write, content: str, said: str) -> None:
    with pytest.raises(InputError) as error:
        read(write(content))
    (fault,) = error.value.faults
    assert fault.text("zh") == f"facts.json：应为 JSON，{said}；请改正，如文件不完整请重新导出"


NUMBER = "facts.json: stations[0].officers: expected a whole number from 0 to 10000000, found "


@pytest.mark.parametrize(
    ("content", "lines"),
    [
        ("", ["facts.json: expected a JSON object, found an empty file; export it again"]),
        (" \n", ["facts.json: expected a JSON object, found an empty file; export it again"]),
        (
            '{"stations": [{"id": "1"',
            [
                "facts.json: expected JSON, found an error at 1:25 (Expecting ',' delimiter); "
                "correct it, or export it again if it is cut off"
            ],
        ),
        (
            "[" * 200_000,
            ["facts.json: expected a facts document, found too deep a nesting; correct it"],
        ),
        ("3", ["facts.json: expected an object, found 3; give a facts document"]),
        ("null", ["facts.json: expected an object, found nothing; give a facts document"]),
        (
            b"{\xff\xfe}",
            [
                "facts.json: expected text in UTF-8 or GB18030, found something else in line 1 "
                "(bytes FF FE 7D); correct the line, or export the file again as UTF-8"
            ],
        ),
        (
            '{"stations": [{"id": "1", "officers": NaN}]}',
            [f"{NUMBER}NaN; give the count of sworn officers{NOT_KNOWN}"],
        ),
        (
            '{"stations": [{"id": "1", "officers": -Infinity}]}',
            [f"{NUMBER}-inf; give the count of sworn officers{NOT_KNOWN}"],
        ),
        (
            '{"stations": [{"id": "1", "officers": %s}]}' % ("9" * 5000),
            [f"{NUMBER}a number too large to show; give the count of sworn officers{NOT_KNOWN}"],
        ),
        (
            '{"stations": [{"id": "1", "officers": 12.0}]}',
            [f"{NUMBER}12.0; give the count of sworn officers{NOT_KNOWN}"],
        ),
        (
            '{"stations": [], "stations": [{"id": "1", "officers": 1, "officers": 2}]}',
            [
                'facts.json: expected "stations" once, found it given twice; keep one of them',
                'facts.json: stations[0]: expected "officers" once, found it given twice; '
                "keep one of them",
            ],
        ),
        (
            '{"stations": [{"id": "1", "grades": {"2019": 1, "2019": 2}}]}',
            [
                "facts.json: stations[0].grades: expected one number for each year, "
                f'found "2019"; correct it{NOT_KNOWN}'
            ],
        ),
        (
            '{"stations": [{"id": "\\ud800"}]}',
            [
                "facts.json: stations[0].id: expected a text of 1 to 64 characters without white "
                'space, slashes or invisible characters, found "\\ud800"; correct it'
            ],
        ),
    ],
)
def test_faults_of_a_file(write: Write, content: str | bytes, lines: list[str]) -> None:
    path = write(content)
    with pytest.raises(InputError) as caught:
        read(path)
    assert str(caught.value).splitlines() == lines
    assert caught.value.source == str(path)
    again = pickle.loads(pickle.dumps(caught.value))
    assert (str(again), again.source) == (str(caught.value), str(path))


def test_a_path_that_leads_nowhere(tmp_path: Path) -> None:
    path = tmp_path / "nothing"
    with pytest.raises(InputError) as caught:
        read(path)
    assert str(caught.value) == (
        f"{path}: expected a JSON file or a directory of CSV files, found nothing; check the path"
    )
    assert caught.value.text("zh") == f"{path}：应为 JSON 文件或 CSV 目录，实际不存在；请检查路径"


def test_an_exemption_of_nothing_given() -> None:
    with pytest.raises(InputError) as error:
        parse(
            {
                "cases": [{"id": "A1"}],
                "exemptions": [
                    {"id": "E1", "cite": "3.1/2", "subject": "cases/A1"},
                    {"id": "E2", "cite": "3.1/2", "subject": "cases/A2"},
                    {"id": "E3", "cite": "2.1/5", "subject": "postings/P1"},
                ],
            }
        )
    assert str(error.value) == (
        "document: exemptions[1].subject: expected the key of one of the given `cases`, found "
        '"cases/A2"; correct it, or add what it refers to'
    )


def test_a_document_says_its_format_or_has_the_first() -> None:
    """In Chinese too; what was written before documents said so is of the first."""
    for given in ({"format": 1}, {"格式": 1}, {}):
        assert len(parse({**given, "stations": [{"id": "S1"}]}).facts) == 1


def test_a_newer_format_is_one_fault() -> None:
    """Whatever else is not understood may be right in that format."""
    newer = {"format": 2, "stations": [{"id": "S1", "shifts": 3}], "patrols": []}
    assert lines_of(newer) == [
        "d: format: expected 1, the format of documents that this version reads, found 2; "
        "use a later policy_rules"
    ]
    assert lines_of({"格式": 2}, "zh") == [
        "d: 格式：应为 1（本版本支持的文档格式），实为 2；请升级 policy_rules"
    ]


@pytest.mark.parametrize("given", [0, "one", True, [1, 2], None, 1.5])
def test_what_is_no_format_is_a_fault(given: object) -> None:
    (line,) = lines_of({"format": given})
    assert line.startswith("d: format: expected 1, the format of documents")
    assert line.endswith("; correct it")
