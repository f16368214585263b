"""How much of the lists that a text speaks of the facts have, on every engine."""

from __future__ import annotations

from datetime import date
from typing import Any, Final

import pytest
from attrs import evolve

from policy_rules.engines.lists import Extent, ListCoverage
from policy_rules.facts import NONE, Facts
from policy_rules.language import (
    DEADLINE,
    TEXTS,
    Amendment,
    Transition,
    WorkCalendar,
    amended,
    count,
    each,
    set_of,
)
from policy_rules.language.lists import TextList
from policy_rules.language.rules import Provision
from policy_rules.policy import EngineName, load
from policy_rules.render.list_words import coverage_words
from policy_rules.testing.made_up import Clerk, Colour, Office
from tests.support.amending import change, repeal
from tests.support.made_up_rules import DAY, SAYS, directive, office
from tests.support.present import EVERY_ENGINE
from tests.support.writing import defining, quoted, says

any_office = each(Office)
NUMBER: Final = says("1/1", **SAYS).sets("number", 3)
BY: Final = says("1/1", **SAYS).sets("by", date(2019, 9, 30))
OPEN: Final = says("1/1", zh="开放的办事处", en="open offices").lists(
    count(any_office, any_office.open), NUMBER
)
FOUNDED: Final = says("1/2", **SAYS).lists(
    count(any_office, any_office.founded <= DEADLINE), NUMBER, due=BY
)


def coverage(listed: TextList, facts: Facts, engine: EngineName, *rules: Provision) -> ListCoverage:
    """How much of the only list there is."""
    (found,) = directive(*rules, lists=[listed]).policy(as_of=DAY, engine=engine).lists_of(facts)
    return found


def offices(name: str, values: list[Any], *, whole: bool) -> Facts:
    """An office for each value of a field."""
    listed = [Office(id=f"O{n}", **{name: value}) for n, value in enumerate(values)]
    return Facts(others=listed, complete=[Office] if whole else [])


COUNTED: Final[list[tuple[list[bool | None], bool, str, int, int]]] = [
    # whether each is open, whether there are no others; how many of the three there are
    ([True, True, True], True, "whole", 3, 0),
    ([True, True, True, False], True, "whole", 3, 0),
    ([True] * 4, True, "over", 4, 0),
    ([True] * 4, False, "over", 4, 0),
    ([True, False], True, "short", 1, 0),
    ([True, None], True, "short", 1, 1),  # with the one that may be open it is two
    ([], True, "short", 0, 0),
    ([True, True, None], True, "open", 2, 1),
    ([True, True, True, None], True, "open", 3, 1),
    ([True, True, True], False, "open", 3, 0),  # there may be a fourth
    ([False], False, "open", 0, 0),
    ([], False, "open", 0, 0),
]


@pytest.mark.parametrize("engine", EVERY_ENGINE)
def test_facts_that_are_counted(engine: EngineName) -> None:
    for values, whole, extent, number, undetermined in COUNTED:
        found = coverage(OPEN, offices("open", values, whole=whole), engine)
        told = str(found.extent), found.found, found.undetermined, found.partial
        assert told == (extent, number, undetermined, not whole), (values, whole)
        assert (found.expected, found.classes, found.parameter) == (3, (Office,), None)


@pytest.mark.parametrize("engine", EVERY_ENGINE)
def test_dates_count_by_the_day_that_is_due(engine: EngineName) -> None:
    days = [date(2019, 9, 30), date(2019, 10, 1), None]
    found = coverage(FOUNDED, offices("founded", days, whole=True), engine)
    assert (found.found, found.undetermined, found.extent) == (1, 1, Extent.SHORT)


def test_a_number_that_the_text_leaves_open() -> None:
    number = says("1/1", **SAYS).leaves_open("some", int)
    listed = says("1/1", **SAYS).lists(count(any_office, any_office.open), number)
    found = coverage(listed, offices("open", [True], whole=True), "python")
    assert (found.expected, found.found, found.extent) == (None, 1, Extent.OPEN)
    assert coverage_words(found, "en") == "1 known"
    assert coverage_words(found, "zh") == "已知1个"


named: Final = defining(office, "named", Colour)("名", "name").by(
    quoted("1/3").makes(Colour.RED, when=office.motto.is_("red")),
    quoted("1/3").makes(Colour.GREEN, when=office.motto.is_("green")),
    otherwise=quoted("1/3").makes(Colour.BLUE),
)
NAMED: Final = says("1/3", **SAYS).lists(named)
RED, GREEN = Colour.RED, Colour.GREEN
NAMES: Final[list[tuple[list[str | None], bool, str, int, list[Colour], list[Colour]]]] = [
    # mottos, whether there are no others; how many are undetermined, which missing, which repeated
    (["red", "green", "x"], True, "whole", 0, [], []),
    (["red", "green"], False, "whole", 0, [], []),
    (["red", "green", None], True, "whole", 1, [], []),
    (["red", "x"], True, "short", 0, [GREEN], []),
    (["red", None], True, "open", 1, [GREEN], []),
    (["red"], False, "open", 0, [GREEN], []),
    (["red", "red"], True, "over", 0, [GREEN], [RED]),
    ([], True, "short", 0, [RED, GREEN], []),
]


@pytest.mark.parametrize("engine", EVERY_ENGINE)
def test_facts_that_the_text_names(engine: EngineName) -> None:
    for mottos, whole, extent, undetermined, missing, repeated in NAMES:
        found = coverage(NAMED, offices("motto", mottos, whole=whole), engine, named)
        told = str(found.extent), found.undetermined, list(found.missing), list(found.repeated)
        assert told == (extent, undetermined, missing, repeated), (mottos, whole)
        assert (found.expected, found.found) == (2, 2 - len(missing))
        assert {*found.there, *found.missing} == {RED, GREEN}, "blue is the name of all others"


def test_names_of_a_definition_without_all_others() -> None:
    all_ = defining(office, "named", Colour)("名", "name").by(
        quoted("1/3").makes(RED, when=office.open), quoted("1/3").makes(GREEN, when=~office.open)
    )
    listed = says("1/3", **SAYS).lists(all_)
    found = coverage(listed, offices("open", [True, False], whole=True), "python", all_)
    assert (found.there, found.missing) == ((RED, GREEN), (Colour.BLUE,))


COLOURS: Final = says("1/4", **SAYS).leaves_open("others", set_of(Colour))
TOWNS: Final = says("1/4", **SAYS).leaves_open("towns", TEXTS)
HOLIDAYS: Final = says("1/5", **SAYS).leaves_open("holidays", WorkCalendar)
READS: Final = [
    says("1/4a", **SAYS).demands(office, office.colour.is_in(COLOURS)),
    says("1/4b", **SAYS).demands(office, office.places.within(TOWNS)),
    says("1/5", **SAYS).demands(
        office, office.founded.plus_working_days(1, HOLIDAYS) <= DAY, applies=office.open
    ),
]
VALUES: Final = [
    says("1/4", **SAYS).lists(COLOURS),
    says("1/4", **SAYS).lists(TOWNS),
    says("1/5", **SAYS).lists(HOLIDAYS),
]


def test_values_that_the_text_leaves_open() -> None:
    made = directive(*READS, lists=VALUES)
    facts = offices("open", [], whole=False)
    colours, towns, days = made.policy(as_of=date(2021, 1, 1)).lists_of(facts)
    assert [each.extent for each in (colours, towns, days)] == [Extent.OPEN] * 3
    assert (colours.there, towns.there, days.there) == ((), (), ())
    assert days.missing == (2019, 2020, 2021), "the years in which it is in force"
    assert [each.parameter for each in (colours, towns, days)] == ["others", "towns", "holidays"]
    assert {each.classes for each in (colours, towns, days)} == {(Office,)}
    given: dict[str, object] = {
        "others": {Colour.BLUE, Colour.RED}, "towns": {"3504", "3503"},
        "holidays": WorkCalendar([2018, 2020], []),
    }  # fmt: skip
    colours, towns, days = made.policy(as_of=date(2021, 1, 1), parameters=given).lists_of(facts)
    assert (colours.there, towns.there) == ((Colour.RED, Colour.BLUE), ("3503", "3504"))
    assert (days.there, days.missing) == ((2018, 2020), (2019, 2021))
    extents = [each.extent for each in (colours, towns, days)]
    assert extents == [Extent.WHOLE, Extent.WHOLE, Extent.OPEN]
    assert [coverage_words(each, "en") for each in (colours, towns, days)] == [
        "red, blue", "3503, 3504", "known for 2018, 2020 (unknown: 2019, 2021; parameter holidays)",
    ]  # fmt: skip
    assert coverage_words(days, "zh") == "已知 2018、2020 年（缺 2019、2021 年；参数 holidays）"


def test_a_list_that_is_known_to_be_empty_and_a_calendar_of_all_years() -> None:
    made = directive(*READS, lists=VALUES)
    given: dict[str, object] = {"others": set(), "holidays": WorkCalendar([2019], [])}
    policy = made.policy(as_of=DAY, parameters=given)
    colours, towns, days = policy.lists_of(offices("open", [], whole=False))
    assert [str(each.extent) for each in (colours, towns, days)] == ["whole", "open", "whole"]
    assert [coverage_words(each, "zh") for each in (colours, towns, days)] == [
        "无", "未设定（参数 towns）", "2019",
    ]  # fmt: skip


def test_a_list_that_no_rule_reads_matters_to_no_class() -> None:
    alone = says("1/4", **SAYS).lists(COLOURS)
    assert coverage(alone, offices("open", [True], whole=True), "python").classes == ()


def test_in_words() -> None:
    def words(values: list[Any], whole: bool) -> list[str]:
        found = coverage(OPEN, offices("open", values, whole=whole), "python")
        return [coverage_words(found, "zh"), coverage_words(found, "en")]

    assert words([True] * 3, True) == ["应有3个，已知3个", "3 of 3 known"]
    assert words([True, None], False) == [
        "应有3个，已知1个（另有1个未定；办事处名单不全）",
        "1 of 3 known (1 more undetermined; list of offices partial)",
    ]
    assert words([True] * 5, False) == [
        "应有3个，已知5个（比文件多2个）", "5 of 3 known (2 more than the text says)",
    ]  # fmt: skip
    facts = offices("motto", ["red", "red"], whole=True)
    found = coverage(NAMED, facts, "python", named)
    assert coverage_words(found, "zh") == "应有2个，已知1个（未找到：绿；同名的不止一个：红）"
    assert coverage_words(found, "en") == (
        "1 of 2 known (not found: green; found more than once: red)"
    )
    (days,) = directive(lists=VALUES[2:]).policy(as_of=DAY).lists_of(Facts())
    assert coverage_words(days, "zh") == "未设定（缺 2019 年；参数 holidays）"
    assert coverage_words(days, "en") == "not set (unknown: 2019; parameter holidays)"


def test_as_json() -> None:
    facts = offices("motto", ["red"], whole=False)
    policy = directive(named, lists=[NAMED, *VALUES[:1]]).policy(as_of=DAY)
    assert policy.audit(facts).as_json()["lists"] == [
        {
            "cite": "1/3", "collection": "offices", "parameter": None, "extent": "open",
            "expected": 2, "found": 1, "undetermined": 0, "partial": True, "there": ["red"],
            "missing": ["green"], "repeated": [], "zh": "事", "en": "thing",
        },
        {
            "cite": "1/4", "collection": None, "parameter": "others", "extent": "open",
            "expected": None, "found": 0, "undetermined": 0, "partial": False, "there": [],
            "missing": [], "repeated": [], "zh": "事", "en": "thing",
        },
    ]  # fmt: skip


def test_before_the_directive_is_in_force_there_are_none() -> None:
    policy = directive(lists=[OPEN]).policy(as_of=date(2019, 7, 15))
    assert policy.lists_of(offices("open", [True], whole=True)) == ()


def test_an_amendment_changes_the_number_and_ends_the_list() -> None:
    """The list of a sentence of which no rule is left is no longer spoken of."""
    rule = says("1/1", **SAYS).demands(office, office.desks >= NUMBER)
    base = directive(rule, lists=[OPEN, FOUNDED]).rules.directive
    later = Amendment(
        id="later", number="2", zh="改", en="amends", issued=date(2020, 11, 1),
        in_force=date(2021, 1, 1), transition=Transition.ALL_ACTS,
        sentences={"1/1": "", "1/2": ""},
        changes=[change("number", 2, cite="later:1/1", quote="两个")],
    )  # fmt: skip
    facts = offices("open", [True, True], whole=True)
    made = load(amended(base, later))
    extents = {
        day.year: [str(each.extent) for each in made.policy(as_of=day).lists_of(facts)]
        for day in (date(2020, 12, 31), date(2021, 1, 1))
    }
    assert extents == {2020: ["short", "short"], 2021: ["whole", "open"]}
    ends = repeal("1/1", cite="later:1/2", quote="废止", zh="废止", en="repealed")
    gone = load(amended(base, evolve(later, changes=[ends])))
    cites = {
        day.year: [str(each.cite) for each in gone.policy(as_of=day).lists_of(facts)]
        for day in (date(2020, 12, 31), date(2021, 1, 1))
    }
    assert cites == {2020: ["1/1", "1/2"], 2021: ["1/2"]}


def test_where_values_were_lost_nothing_rests_on_their_being_unknown() -> None:
    asks = says("1/1", **SAYS).lists(count(any_office, ~any_office.motto.is_known()), NUMBER)
    made = directive(named, lists=[asks, NAMED])
    facts = offices("motto", [None, "red"], whole=True)
    (found, names) = made.policy(as_of=DAY).lists_of(facts)
    assert (found.found, found.undetermined) == (1, 0)
    (careful, same) = made.policy(as_of=DAY, lost=[(Office, "motto")]).lists_of(facts)
    assert (careful.found, careful.undetermined) == (0, 1)
    assert (same.undetermined, same.missing) == (names.undetermined, names.missing)


@pytest.mark.parametrize("engine", EVERY_ENGINE)
def test_what_may_be_none_is_no_value(engine: EngineName) -> None:
    """No comparison with a value that is none holds, on a list neither."""
    clerk = each(Clerk)
    listed = says("1/1", **SAYS).lists(count(clerk, clerk.wage >= 1), NUMBER)
    facts = Facts(others=[Clerk(id="C", wage=NONE)], complete=[Clerk])
    assert coverage(listed, facts, engine).found == 0
