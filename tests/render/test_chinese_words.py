"""How answers say things in Chinese: measure words, what is denied, what is lacking, periods."""

from __future__ import annotations

from datetime import date
from typing import Any, Final

import pytest

from policy_rules.facts import Facts
from policy_rules.language import (
    AS_OF,
    Clause,
    Directive,
    Period,
    count,
    each,
    none,
    some,
    subject,
)
from policy_rules.language.citations import Cite
from policy_rules.language.expressions import Definition, Expression
from policy_rules.police import Officer, Station, Task, Workstation
from policy_rules.policy import load
from policy_rules.render.wording import cite_words
from tests.support.writing import at, defining, says

DAY: Final = date(2020, 6, 1)
SAYS: Final[dict[str, Any]] = {"quote": "应当", "zh": "派出所达到要求", "en": "it is as asked"}

station = subject(Station)
officer = each(Officer, station_id=station)
PARTY: Final = count(officer, officer.party_member).called("党员民警数", "officers of the Party")
FOUNDED: Final = officer.birth_date.year() < AS_OF.year() - 50


def explained(must: Expression, fact: Station, *officers: Officer) -> list[str]:
    """The lines of the explanation of one finding."""
    return _explained([says("1/1", **SAYS).demands(station, must)], fact, *officers)


def _explained(provisions: list[Any], fact: Station, *officers: Officer) -> list[str]:
    made = Directive(
        id="made-up", number="试", zh="试", en="made up", issued=DAY,
        sentences={"1/1": "", "1/2": ""},
        clauses=[Clause(heading="1", zh="一", en="one", provisions=provisions)],
    )  # fmt: skip
    policy = load(made).policy(as_of=DAY)
    facts = Facts(stations=[fact], officers=officers, complete=[Officer, Workstation])
    (finding,) = policy.audit(facts)
    lines = policy.explain(finding, lang="zh").splitlines()
    return [line.strip().removesuffix("［第一部分第一句“应当”］") for line in lines]


@pytest.mark.parametrize(
    ("must", "fact", "first"),
    [
        (station.beds >= 2, {"beds": 1}, "不符合（实有1张，应有2张，差1张）"),
        (station.beds >= 2, {"beds": 2}, "符合（实有2张，应有2张）"),
        (station.beds <= 2, {"beds": 3}, "不符合（实有3张，至多2张，超出1张）"),
        (station.beds.is_(2), {"beds": 3}, "不符合（实有3张，应为2张，相差1张）"),
        (station.beds >= 2, {}, "无法判定（应有2张）"),
        (station.zones >= count(officer), {"zones": 0}, "不符合（实有0个，应有1个，差1个）"),
        (count(officer) >= 2, {}, "不符合（实有1人，应有2人，差1人）"),
        (none(officer).called("民警", "officers"), {}, "不符合（民警1人）"),
        (none(officer), {}, "不符合（实有1人，至多0人，超出1人）"),
        # Two that are not measured in the same, so that the first number could be of either.
        ((station.beds >= 2) & (station.rooms >= 2), {"beds": 1}, "不符合（实有1，应有2，差1）"),
    ],
)  # fmt: skip
def test_a_finding_counts_with_measure_words(
    must: Expression, fact: dict[str, Any], first: str
) -> None:
    lines = explained(must, Station(id="S", **fact), Officer(id="O", station_id="S"))
    assert lines[0] == f"派出所（stations/S）：派出所达到要求：{first}"


def test_where_there_is_to_be_none_an_open_number_is_not_given() -> None:
    must = none(officer, officer.party_member).called("党员民警", "officers of the Party")
    lines = explained(must, Station(id="S"), Officer(id="O", station_id="S"))
    assert lines[0] == "派出所（stations/S）：派出所达到要求：无法判定"
    assert lines[2] == "？ 没有党员民警（未知）"


@pytest.mark.parametrize(
    ("must", "said"),
    [
        (station.pilot, "✗ 为改革试点"),
        (~station.relaxation_room, "✗ 没有放松减压室"),
        (~station.pilot & ~station.relaxation_room, "✗ 同时满足"),
        (none(officer, officer.recruit).called("新警", "recruits"), "✗ 没有新警（实有2人）"),
        (none(officer), "✗ 没有民警（实有2人）"),
        (none(officer, officer.recruit), "✗ 没有符合条件的民警（为新警）（实有2人）"),
        (some(officer, officer.zone.is_("甲")).called("人", "x"), "✗ 有人（实有0人）"),
        (PARTY >= 1, "✗ 党员民警数不少于1人（实有0人）"),
        (PARTY >= 2, "✗ 党员民警数不少于2人（实有0人）"),
        (PARTY.is_(2), "✗ 党员民警数为2人（实有0人）"),
        (station.officers.is_(count(officer)), "✗ 民警数等于民警数（民警数为5人；民警数为2人）"),
        (station.name.is_("甲"), "✗ 名称为甲（实为乙）"),
        (station.name.is_not("乙"), "✗ 名称不是乙（实为乙）"),
        (none(officer, FOUNDED), "✗ 没有符合条件的民警（出生日期所在年份早于1970年）（实有2人）"),
        (
            station.relocated_on.year().is_(AS_OF.year()),
            "✗ 搬迁日期所在年份为2020年（实为2019年）",
        ),
    ],
)  # fmt: skip
def test_conditions_read_as_people_say_them(must: Expression, said: str) -> None:
    fact = Station(
        id="S", name="乙", pilot=said != "✗ 为改革试点", relaxation_room=True, officers=5,
        relocated_on=date(2019, 3, 1),
    )  # fmt: skip
    officers = [
        Officer(
            id=str(number), station_id="S", recruit=True, party_member=False, zone="",
            birth_date=date(1960, 1, 1),
        )
        for number in range(2)
    ]  # fmt: skip
    assert explained(must, fact, *officers)[2] == said


def test_what_is_counted_in_no_measure_word_of_its_own_takes_that_of_its_bound() -> None:
    there = count(each(Workstation, station_id=station)).called("驻点数", "posts")
    least = at("1/2")("两座")("最少座数", "least").sets("least", 2, unit=("座", "posts"))
    lines = explained(there >= least, Station(id="S"))
    assert lines[0].endswith("不符合（实有0座，应有2座，差2座）")
    assert lines[2] == "✗ 驻点数不少于2座（实有0座）"


def denied(**given: Any) -> Definition:
    """A yes or no that is no."""
    return defining(station, "large", bool)(zh="大所", en="large", **given).by(
        at("1/2")("大").makes(True, when=station.officers > 9),
        otherwise=at("1/2")("大").makes(False),
    )


@pytest.mark.parametrize(("given", "said"), [({}, "非大所"), ({"no_zh": "属小所"}, "属小所")])
def test_what_is_not_so_is_denied(given: dict[str, Any], said: str) -> None:
    large = denied(**given)
    rule = says("1/1", **SAYS).demands(station, ~large.of(station))
    lines = _explained([large, rule], Station(id="S", officers=5))
    assert lines[2:4] == [f"✓ {said}［第一部分第二句“大”］", "✗ 民警数多于9人（实为5人）"]


@pytest.mark.parametrize(
    ("first", "last", "words"),
    [
        ("2019-09-03", "2019-09-03", "2019-09-03"),
        ("2019-09-02", "2019-09-08", "2019-09-02至2019-09-08"),
        ("2019-09-01", "2019-09-30", "2019年9月"),
        ("2020-02-01", "2020-02-29", "2020年2月"),
        ("2020-02-01", "2020-02-28", "2020-02-01至2020-02-28"),
        ("2019-01-01", "2019-03-31", "2019年第一季度"),
        ("2019-10-01", "2019-12-31", "2019年第四季度"),
        ("2019-02-01", "2019-04-30", "2019-02-01至2019-04-30"),
        ("2019-01-01", "2019-06-30", "2019年上半年"),
        ("2019-07-01", "2019-12-31", "2019年下半年"),
        ("2019-01-01", "2019-12-31", "2019年"),
        ("2019-01-01", "2019-02-28", "2019-01-01至2019-02-28"),
        ("2019-12-01", "2020-11-30", "2019-12-01至2020-11-30"),
    ],
)
def test_periods_have_their_names(first: str, last: str, words: str) -> None:
    assert Period(date.fromisoformat(first), date.fromisoformat(last)).zh == words


def test_measure_words_are_those_of_the_class() -> None:
    assert (Station.counter, Officer.counter, Task.counter) == ("个", "人", "项")


@pytest.mark.parametrize(
    ("number", "words"),
    [(3, "三"), (10, "十"), (11, "十一"), (20, "二十"), (99, "九十九"), (100, "100"), (111, "111")],
)
def test_the_number_of_a_sentence(number: int, words: str) -> None:
    """In Chinese numerals to 99; a heading of more sentences is cited in digits."""
    assert cite_words(Cite("5.1", number), "zh") == f"五（一）第{words}句"


def test_what_is_a_part_of_the_whole_is_said_of_the_whole() -> None:
    """Of five vehicles four are fit: not as though one were lacking (2.1/4 and 4.3/1g)."""
    policy = load("putian-2019-52").policy(as_of=date(2022, 4, 1))
    of = Station(id="S", vehicles=5, vehicles_fit=4)
    (finding,) = (each for each in policy.audit(Facts(stations=[of])) if str(each.cite) == "4.3/1g")
    assert finding.zh == "警用车辆均标识整齐、安全堪用：不符合（共5辆，达标4辆，1辆不达标）"
    assert finding.en.endswith(": breached (5 in all, 4 as required, 1 not)")
    whole = Station(id="S", vehicles=5, vehicles_fit=5)
    (finding,) = (
        each for each in policy.audit(Facts(stations=[whole])) if str(each.cite) == "4.3/1g"
    )
    assert finding.zh == "警用车辆均标识整齐、安全堪用：符合（共5辆，达标5辆）"


def test_a_yes_or_no_that_is_to_be_given_is_asked_for() -> None:
    lines = explained(station.mediation_station.is_known(), Station(id="S"))
    assert lines[-1] == "✗ 已填报是否列入调解员进驻名单"


def test_a_share_of_people_is_in_the_unit_of_what_it_is_compared_with() -> None:
    most = at("1/2")("5000人")("每名民警管理人口上限", "limit of people per officer").sets(
        "most_people", 5000, unit=("人", "people")
    )
    fact = Station(id="S", community_officers=2, resident_population=38000)
    lines = explained(station.community_officers >= station.resident_population / most, fact)
    assert "（社区民警数为2人；实有人口 ÷ 5,000人为7.6人）" in lines[2]


def test_what_is_asked_of_any_of_several_is_listed_once() -> None:
    lines = explained((station.beds >= 2) | (station.pilot | (station.rooms >= 2)), Station(id="S"))
    assert [line for line in lines if "满足其一" in line] == ["？ 满足其一"]
