"""Fact classes: what their fields accept, how faults read, how facts compare and copy."""

import copy
import pickle
from collections.abc import Set
from datetime import date, datetime
from types import MappingProxyType
from typing import Any

import attrs
import pytest

from policy_rules.facts import (
    Exemption,
    Fact,
    FactError,
    Fault,
    Kind,
    Labelled,
    Unit,
    boolean,
    choices,
    codes,
    fact,
    fields_of,
    identity,
    integer,
    known_fields,
    reference,
    text,
)
from policy_rules.facts.faults import FaultCode
from policy_rules.police import (
    POLICE,
    CriminalCase,
    DutyMode,
    Incident,
    Means,
    Mediator,
    Officer,
    Setting,
    Station,
    Team,
)

EVERY_CLASS: tuple[type[Fact], ...] = (*POLICE.classes, Exemption)


def faults_of(cls: type[Fact], **values: object) -> str:
    """Give the message of the error that values are refused with."""
    with pytest.raises(FactError) as caught:
        cls(**values)
    return str(caught.value)


def test_a_fact_holds_what_it_is_given_and_knows_nothing_else() -> None:
    station = Station(id="350304540000", name="黄石派出所", pilot=False, officers=14)
    assert station.officers == 14
    assert station.beds is None
    assert station.units is None
    assert station.key == "stations/350304540000"
    assert known_fields(station) == {
        "id": "350304540000",
        "name": "黄石派出所",
        "pilot": False,
        "officers": 14,
    }
    assert repr(station) == (
        "Station(id='350304540000', name='黄石派出所', pilot=False, officers=14)"
    )


def test_texts_become_members_and_collections_become_read_only() -> None:
    # What the annotations do not promise, but documents rely on.
    given: dict[str, Any] = {
        "means": ["image", "技术侦查", Means.OTHER],
        "place_codes": ("350302",),
        "setting": "城区",
    }
    case = CriminalCase(id="A1", means=given["means"], place_codes=given["place_codes"])
    assert case.means == {Means.IMAGE, Means.TECHNICAL, Means.OTHER}
    assert isinstance(case.means, frozenset)
    assert case.place_codes == frozenset({"350302"})
    station = Station(id="1", setting=given["setting"], units=set(), grades={2019: 2, 2018: 1})
    assert station.setting is Setting.URBAN
    assert station.units == frozenset()
    assert isinstance(station.grades, MappingProxyType)
    assert list(station.grades.items()) == [(2018, 1), (2019, 2)]


def test_what_a_fact_was_made_of_can_change_without_changing_it() -> None:
    grades = {2019: 1}
    station = Station(id="1", grades=grades)
    grades[2019] = 5
    assert station.grades == {2019: 1}


def test_a_fact_cannot_be_changed() -> None:
    station = Station(id="1")
    with pytest.raises(attrs.exceptions.FrozenInstanceError):
        station.officers = 3  # type: ignore[misc]  # that is the point
    with pytest.raises(attrs.exceptions.FrozenInstanceError):
        del station.officers
    with pytest.raises(TypeError):
        Station("1")  # type: ignore[call-arg]  # that is the point
    with pytest.raises(TypeError, match="oficers"):
        Station(id="1", oficers=3)  # type: ignore[call-arg]  # that is the point


def test_facts_are_equal_by_all_fields_and_hash_by_class_and_id() -> None:
    assert Station(id="1", officers=3) == Station(id="1", officers=3)
    assert Station(id="1", officers=3) != Station(id="1", officers=4)
    assert hash(Station(id="1", officers=3)) == hash(Station(id="1", officers=4))
    assert hash(Station(id="1")) != hash(Officer(id="1"))
    assert Station(id="1") != Officer(id="1")
    assert Station(id="1") != "1"


def test_facts_can_be_pickled_copied_and_evolved() -> None:
    station = Station(id="1", grades={2019: 1}, units={Team.CASE}, setting=Setting.RURAL)
    assert pickle.loads(pickle.dumps(station)) == station
    assert copy.deepcopy(station) == copy.copy(station) == station
    assert attrs.evolve(station, officers=4) == Station(  # type: ignore[misc]  # attrs at run time
        id="1", grades={2019: 1}, units={Team.CASE}, setting=Setting.RURAL, officers=4
    )
    error = FactError([Fault(place="a", code=FaultCode.OTHER, zh="b", en="c")])
    assert str(pickle.loads(pickle.dumps(error))) == str(error)


def test_all_faults_of_a_fact_are_given_at_once_in_both_languages() -> None:
    with pytest.raises(FactError) as caught:
        Station(id="1", officers=-1, setting="urbn", pilot=1)  # type: ignore[arg-type]
    assert caught.value.text("en").splitlines() == [
        "Station.setting: expected one of `urban`, `township`, `rural`, "
        'found "urbn"; did you mean `urban`? correct it, or leave it out if unknown',
        "Station.pilot: expected true or false, found 1; give either, or leave it out if unknown",
        "Station.officers: expected a whole number from 0 to 10000000, found -1; "
        "give the count of sworn officers, or leave it out if unknown",
    ]
    assert caught.value.text("zh").splitlines() == [
        "Station.setting：应为下列之一：`urban`（城区）、`township`（乡镇）、`rural`（农村），"
        '实为 "urbn"；是否为 `urban`？请改正，不详则不填',
        "Station.pilot：应为 true 或 false，实为 1；请填 true 或 false，不详则不填",
        "Station.officers：应为 0 至 10000000 的整数，实为 -1；请填民警数（人），不详则不填",
    ]
    assert [fault.field for fault in caught.value.faults] == ["setting", "pilot", "officers"]


WHOLE = "Station.officers: expected a whole number from 0 to 10000000, found "
GIVE = "; give the count of sworn officers, or leave it out if unknown"


@pytest.mark.parametrize(
    ("value", "found"),
    [
        (10_000_001, "10000001"),
        (12.0, "12.0"),
        (float("nan"), "NaN"),
        (float("inf"), "inf"),
        ("12", '"12"'),
        (True, "true"),
        ([], "a list"),
        ({}, "an object"),
        # Python cannot show these, pytest's names of cases included.
        pytest.param(10**5000, "a number too large to show", id="huge"),
        pytest.param(-(10**5000), "a number too large to show", id="minus-huge"),
        (b"1", "a value of another type"),
        (date(2019, 7, 16), "2019-07-16"),
    ],
)
def test_only_whole_numbers_within_bounds_are_counts(value: object, found: str) -> None:
    assert faults_of(Station, id="1", officers=value) == WHOLE + found + GIVE


@pytest.mark.parametrize("value", [0, 10_000_000])
def test_bounds_of_numbers_are_included(value: int) -> None:
    assert Station(id="1", officers=value).officers == value


def test_population_can_be_larger_and_money_has_its_unit() -> None:
    assert Station(id="1", resident_population=2_000_000_000).resident_population
    assert faults_of(
        Mediator,
        id="1",
        monthly_stipend=-1,
    ) == (
        "Mediator.monthly_stipend: expected a whole number from 0 to 10000000, found -1; "
        "give the monthly stipend in yuan, or leave it out if unknown"
    )


@pytest.mark.parametrize(
    ("value", "found"),
    [
        (None, None),
        ("", '""'),
        ("a b", '"a b"'),
        ("a\u3000b", '"a\\u3000b"'),
        ("a/b", '"a/b"'),
        ("a\u200b", '"a\\u200b"'),
        ("\ud800", '"\\ud800"'),
        ("x" * 65, '"' + "x" * 60 + '…"'),
        (7, "7"),
    ],
)
def test_an_id_is_one_visible_word(value: object, found: str | None) -> None:
    advice = "put it in quotation marks" if value == 7 else "correct it"
    expected = (
        "Station.id: expected the id, found nothing; give it"
        if found is None
        else "Station.id: expected a text of 1 to 64 characters without white space, slashes or "
        f"invisible characters, found {found}; {advice}"
    )
    assert faults_of(Station, id=value) == expected


@pytest.mark.parametrize("value", ["350304540000", "330304WB9131", "黄石所", "A-1.b", "x" * 64])
def test_ids_are_opaque(value: str) -> None:
    assert Station(id=value).id == value


@pytest.mark.parametrize("value", ["", "  ", "\u3000", 3, "\ud800"])
def test_a_text_is_not_blank(value: object) -> None:
    assert faults_of(Station, id="1", name=value).startswith("Station.name: expected ")


def test_blanks_around_a_text_are_not_of_it() -> None:
    assert Station(id="1", name="\u3000黄石 派出所 \n\xa0").name == "黄石 派出所"


def test_an_officer_can_be_known_to_have_no_zone() -> None:
    assert Officer(id="1", zone="").zone == ""
    assert faults_of(Officer, id="1", workplace_id="") == (
        'Officer.workplace_id: expected a text that is not blank, found ""; '
        "correct it, or leave it out if unknown"
    )


@pytest.mark.parametrize(
    ("value", "found"),
    [
        (datetime(2019, 7, 16), "2019-07-16T00:00:00"),
        (date(1899, 12, 31), "1899-12-31"),
        (date(2200, 1, 1), "2200-01-01"),
        ("2019-07-16", '"2019-07-16"'),
        (20190716, "20190716"),
    ],
)
def test_only_dates_within_bounds_are_dates(value: object, found: str) -> None:
    assert faults_of(Officer, id="1", birth_date=value) == (
        f"Officer.birth_date: expected a date from 1900-01-01 to 2199-12-31, found {found}; "
        "give a date such as 2019-07-16, or leave it out if unknown"
    )


def test_bounds_of_dates_are_included() -> None:
    for value in (date(1900, 1, 1), date(2199, 12, 31)):
        assert Officer(id="1", birth_date=value).birth_date == value


def test_a_moment_is_local_and_to_the_second() -> None:
    assert Incident(id="1", received_at=datetime(2019, 7, 16, 8, 30)).received_at
    for value in (date(2019, 7, 16), datetime(2019, 7, 16, 8, 30, 0, 1), datetime(1899, 1, 1)):
        assert faults_of(Incident, id="1", received_at=value) == (
            "Incident.received_at: expected a local date and time from 1900-01-01 to 2199-12-31, "
            f"to the second and without time zone, found {value.isoformat()}; "
            "give one such as 2019-07-16T08:30, or leave it out if unknown"
        )


@pytest.mark.parametrize(
    ("values", "message"),
    [
        (
            {"means": "image"},
            'CriminalCase.means: expected a list, found "image"; '
            "give a list, empty for none, or leave it out if unknown",
        ),
        (
            {"means": ["imge"]},
            "CriminalCase.means: expected one of `image`, `forensic`, `technical`, `undercover`, "
            '`financial`, `other`, found "imge"; did you mean `image`? correct it, '
            "or leave it out if unknown",
        ),
        (
            {"means": [["image"]]},
            "CriminalCase.means: expected one of `image`, `forensic`, `technical`, `undercover`, "
            "`financial`, `other`, found a list; correct it, or leave it out if unknown",
        ),
        (
            {"category": Means.IMAGE},
            "CriminalCase.category: expected one of `ordinary`, `terrorism`, `mass_economic`, "
            "`organised_crime`, `other`, found a value of another type; correct it, "
            "or leave it out if unknown",
        ),
        (
            {"place_codes": ["35030"]},
            'CriminalCase.place_codes: expected codes that match `[0-9]{6}`, found "35030"; '
            "correct it, or leave it out if unknown",
        ),
        (
            {"place_codes": [350302]},
            "CriminalCase.place_codes: expected codes that match `[0-9]{6}`, found 350302; "
            "correct it, or leave it out if unknown",
        ),
    ],
)
def test_sets_and_choices_are_closed(values: dict[str, object], message: str) -> None:
    assert faults_of(CriminalCase, id="A1", **values) == message


@pytest.mark.parametrize(
    ("grades", "message"),
    [
        (
            [],
            'expected an object from years to numbers, found a list; give one such as {"2019": 1}',
        ),
        ({"2019": 1}, 'expected years from 1900 to 2199, found "2019"; correct it'),
        ({1899: 1}, "expected years from 1900 to 2199, found 1899; correct it"),
        ({2200: 1}, "expected years from 1900 to 2199, found 2200; correct it"),
        ({2019: 0}, "expected a whole number from 1 to 5, found 0; give the annual grade"),
        ({2019: 6}, "expected a whole number from 1 to 5, found 6; give the annual grade"),
        ({2019: True}, "expected a whole number from 1 to 5, found true; give the annual grade"),
        ({2019: None}, "expected a whole number from 1 to 5, found nothing; give the annual grade"),
    ],
)
def test_numbers_by_year_have_years_and_bounds(grades: object, message: str) -> None:
    assert faults_of(Station, id="1", grades=grades) == (
        f"Station.grades: {message}, or leave it out if unknown"
    )


def test_an_exemption_says_what_it_is_about() -> None:
    assert faults_of(Exemption, id="e1") == (
        "Exemption.cite: expected the citation, found nothing; give it\n"
        "Exemption.subject: expected the subject, found nothing; give it"
    )
    assert Exemption(id="e1", cite="3.1/2", subject="cases/A1").valid_until is None


def test_labelled_values_are_found_by_value_and_label() -> None:
    for spelling in ("zoned", "按片划责"):
        assert DutyMode.parse(spelling) is DutyMode.ZONED
    assert DutyMode.parse("three teams and one room") is DutyMode.THREE_TEAMS_ONE_ROOM
    assert str(DutyMode.ZONED) == DutyMode.ZONED.value == "zoned"
    assert (DutyMode.ZONED.zh, DutyMode.ZONED.en) == ("按片划责", "zoned")
    assert pickle.loads(pickle.dumps(DutyMode.ZONED)) is DutyMode.ZONED
    with pytest.raises(ValueError, match=r"expected one of `three_teams_one_room`, .* found `x`"):
        DutyMode.parse("x")


def test_a_label_for_two_members_is_refused() -> None:
    class Twice(Labelled):
        ONE = ("one", "一", "one")
        TWO = ("two", "一", "two")

    with pytest.raises(TypeError, match="`Twice` gives the label `一` twice"):
        Twice.parse("一")


@pytest.mark.parametrize("cls", EVERY_CLASS)
def test_every_field_is_described(cls: type[Fact]) -> None:
    specs = fields_of(cls)
    assert next(iter(specs)) == "id"
    assert cls.zh
    assert cls.en == cls.en.lower()
    for name, spec in specs.items():
        assert spec.name == name
        assert spec.en == spec.en.lower()
        assert spec.zh
        assert not spec.zh.isascii()
        assert spec.meaning.endswith(".")
        assert not spec.meaning_zh.isascii()
        assert not spec.meaning_zh.endswith("。")
        assert (spec.kind in (Kind.CHOICE, Kind.CHOICES)) == (spec.choices is not None)
        assert (spec.kind is Kind.REFERENCE) == (spec.target is not None)
        if spec.choices is not None:
            assert spec.choices.spellings()
        if spec.target is not None:
            assert spec.target in {each.collection for each in POLICE.classes}


def test_collections_can_be_told_apart_by_name_and_label() -> None:
    words = [word for cls in EVERY_CLASS for word in {cls.collection, cls.zh, cls.en}]
    assert len(words) == len(set(words))


def test_a_directive_can_add_a_class() -> None:
    @fact(collection="gates", zh="门", en="gate")
    class Gate(Fact):
        id: str = identity()
        station_id: str | None = reference("stations", zh="所", en="station", meaning="Where.")
        guards: int | None = integer(
            zh="警卫", en="guards", unit=Unit("人", "guards"), maximum=3, meaning="Guards."
        )
        teams: Set[Team] | None = choices(Team, zh="队", en="teams", meaning="Teams.")

    assert Gate(id="1", guards=3).key == "gates/1"
    assert faults_of(Gate, id="1", guards=4) == (
        "Gate.guards: expected a whole number from 0 to 3, found 4; "
        "give the count of guards, or leave it out if unknown"
    )


def test_codes_of_a_wide_pattern_are_whole_characters() -> None:
    """Half of one could not be written into any file."""

    @fact(collection="doors", zh="门", en="door")
    class Door(Fact):
        id: str = identity()
        marks: Set[str] | None = codes(zh="记号", en="marks", meaning="Marks.", pattern=".+")

    assert Door(id="1", marks={"甲"}).marks == {"甲"}
    assert faults_of(Door, id="1", marks={"\ud800"}) == (
        'Door.marks: expected whole characters, found "\\ud800"; '
        "correct it, or leave it out if unknown"
    )


def test_a_class_can_be_an_id_alone() -> None:
    @fact(collection="marks", zh="标记", en="mark")
    class Mark(Fact):
        id: str = identity()

    assert Mark(id="1") == Mark(id="1")
    assert known_fields(Mark(id="1")) == {"id": "1"}


def test_declarations_that_could_not_work_are_refused() -> None:
    with pytest.raises(TypeError, match="`Bad` uses `名称` for two fields"):

        @fact(collection="bads", zh="坏", en="bad")
        class Bad(Fact):
            id: str = identity()
            one: str | None = text(zh="名称", en="one", meaning="One.")
            two: str | None = text(zh="名称", en="two", meaning="Two.")

    with pytest.raises(TypeError, match="`Anonymous` must declare `id`"):

        @fact(collection="bads", zh="坏", en="bad")
        class Anonymous(Fact):
            one: str | None = text(zh="名称", en="one", meaning="One.")

    with pytest.raises(TypeError, match="what asks for it says 是否; write `zh='持证'`"):
        boolean(zh="是否持证", en="certified", meaning="Whether it is.")

    with pytest.raises(TypeError, match="`Sub` must have `Fact` as its only base"):

        class Sub(Station):
            pass
