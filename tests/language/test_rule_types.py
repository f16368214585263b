"""What does not fit together in a rule is said when the expression is built, with its place."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from fractions import Fraction
from typing import Any

import pytest

from policy_rules.language import (
    AS_OF,
    BOOLEAN,
    INTEGER,
    RATIONAL,
    TEXT,
    TEXTS,
    TRUE,
    Cite,
    RuleTypeError,
    choice_of,
    count,
    each,
    empty,
    first_known,
    set_of,
    some,
    subject,
    total,
)
from policy_rules.language.expressions import (
    Constant,
    Exempted,
    Expression,
    Noted,
    as_node,
    at_least,
    lift,
    variable_of,
)
from policy_rules.language.trees import key
from policy_rules.language.types import MOMENT, type_of_annotation, type_of_value
from policy_rules.police import (
    Bureau,
    CriminalCase,
    DutyMode,
    Incident,
    Means,
    Officer,
    Role,
    Setting,
    Station,
    Team,
    Transfer,
)
from tests.support.writing import at, defining, says

station = subject(Station)
bureau = subject(Bureau)
case = subject(CriminalCase)
transfer = subject(Transfer)
incident = subject(Incident)
officer = each(Officer, station_id=station)

strength = defining(station, "strength", int)("警力", "strength").by(
    at("1.1/1")("人").makes(station.officers)
)
OPEN = at("1.1/1")("若干")("数", "number").leaves_open("open", int)
MODE = (
    at("1.1/1")
    .reading("mode", default="one")("何解？", "which?")
    .options(one=("甲", "one"), two=("乙", "two"), why=("因", "because"))
)

TEXT_OF: dict[str, Any] = {"cite": "1.1/1", "quote": "应当", "zh": "应当", "en": "must"}
LABELS: dict[str, Any] = {"quote": "应当", "zh": "应当", "en": "must"}

REFUSED: dict[str, tuple[Callable[[], object], str]] = {
    "a float": (
        lambda: station.officers >= 0.4,
        '0.4 is not exact: write a whole number, `Decimal("0.4")` or a Fraction',
    ),
    "a value of no type": (lambda: lift([1]), "[1] cannot stand in a rule"),
    "an empty set without a type": (
        lambda: station.units.within(set()),
        "frozenset() cannot stand in a rule",
    ),
    "an unknown annotation": (
        lambda: type_of_annotation(list),
        "no expression has the type `list`",
    ),
    "a truth value": (
        lambda: bool(station.pilot),
        "a rule's expression has no truth value of its own: join expressions with `&`, `|` and "
        "`~`, and compare in one step at a time",
    ),
    "a chained comparison": (
        lambda: 1 <= station.officers <= 3,
        "a rule's expression has no truth value of its own: join expressions with `&`, `|` and "
        "`~`, and compare in one step at a time",
    ),
    "different types compared": (
        lambda: station.officers >= "12",
        "cannot compare integer with text in `(police_station.officers >= 12)`",
    ),
    "choices of two enumerations compared": (
        lambda: station.setting.is_(DutyMode.ZONED),
        "cannot compare choice of Setting with choice of DutyMode in "
        "`(police_station.setting == zoned)`",
    ),
    "a choice in order": (
        lambda: station.setting >= Setting.URBAN,
        "choice of Setting has no order, in `(police_station.setting >= urban)`",
    ),
    "numbers by year compared": (
        lambda: bureau.seconded.is_(bureau.seconded),
        "compare the number of one year (`in_year`), in `(bureau.seconded == bureau.seconded)`",
    ),
    "an operand of `and`": (
        lambda: station.pilot & station.officers,
        "each operand must be boolean, found integer in `police_station.officers`",
    ),
    "an operand of `or`": (
        lambda: station.pilot | "yes",
        "each operand must be boolean, found text in `yes`",
    ),
    "what is negated": (
        lambda: ~station.officers,
        "what is negated must be boolean, found integer in `police_station.officers`",
    ),
    "the left operand": (
        lambda: station.pilot + 1,
        "the left operand must be integer or rational, found boolean in `police_station.pilot`",
    ),
    "the right operand": (
        lambda: 1 - station.name,
        "the right operand must be integer or rational, found text in `police_station.name`",
    ),
    "a divisor that may be 0": (
        lambda: station.officers / station.villages,
        "the divisor may be 0, in `(police_station.officers / police_station.villages)`; "
        "compare by multiplication instead: `a >= share * b`",
    ),
    "a member of another kind": (
        lambda: station.setting.is_in({Team.CASE}),
        "set of Team cannot contain choice of Setting, in `(police_station.setting in {case})`",
    ),
    "a member of a set of texts": (
        lambda: case.place_codes.has(3503),
        "set of texts cannot contain integer, in `(3503 in criminal_case.place_codes)`",
    ),
    "sets of two kinds": (
        lambda: station.units.within({Means.IMAGE}),
        "the left set must be set of Means, found set of Team in `police_station.units`",
    ),
    "what is no set": (
        lambda: station.setting.within(Constant(Setting.URBAN)),
        "choice of Setting is not a set, in `(police_station.setting within urban)`",
    ),
    "a prefix of what is no set of texts": (
        lambda: station.name.all_start_with("35"),
        "the set must be set of texts, found text in `police_station.name`",
    ),
    "a prefix that is no text": (
        lambda: case.place_codes.all_start_with(AS_OF),
        "the prefix must be text, found date in `as_of`",
    ),
    "what is moved": (
        lambda: station.officers.plus_years(1),
        "what is moved must be date, found integer in `police_station.officers`",
    ),
    "by how much": (
        lambda: AS_OF.plus_years(lift("1")),
        "the number of years must be integer, found text in `1`",
    ),
    "by a fraction": (
        lambda: AS_OF.plus_days(station.officers / Constant(2)),
        "the number of days must be integer, found rational in `(police_station.officers / 2)`",
    ),
    "a date moved by minutes": (
        lambda: AS_OF.plus_minutes(5),
        "what is moved must be moment, found date in `as_of`",
    ),
    "minutes between dates": (
        lambda: AS_OF.minutes_until(AS_OF),
        "the start must be moment, found date in `as_of`",
    ),
    "the day of the week of a text": (
        lambda: station.name.weekday(),
        "what has a day of the week must be date, found text in `police_station.name`",
    ),
    "the beginning of a number": (
        lambda: station.officers.starts_with("1"),
        "what has a beginning must be text, found integer in `police_station.officers`",
    ),
    "names of a number": (
        lambda: station.officers.is_named_in({"黄石"}, after={"局"}),
        "what has a name must be text, found integer in `police_station.officers`",
    ),
    "a name in what is no list": (
        lambda: station.name.is_named_in(AS_OF, after={"局"}),
        "the names must be set of texts, found date in `as_of`",
    ),
    "a name in a list of each fact": (
        lambda: station.name.is_named_in(case.place_codes, after={"局"}),
        "the names are a constant or a parameter, found `criminal_case.place_codes`",
    ),
    "a name after nothing": (
        lambda: station.name.is_named_in({"黄石"}, after={""}),
        "a name stands after words, found ('',)",
    ),
    "the end of a number": (
        lambda: station.officers.ends_with("1"),
        "what has an end must be text, found integer in `police_station.officers`",
    ),
    "a suffix that is no text": (
        lambda: station.name.ends_with(AS_OF),
        "the suffix must be text, found date in `as_of`",
    ),
    "a beginning of what is no set of texts": (
        lambda: station.name.some_start_with("35"),
        "the set must be set of texts, found text in `police_station.name`",
    ),
    "the start of years": (
        lambda: station.officers.full_years_until(AS_OF),
        "the start must be date, found integer in `police_station.officers`",
    ),
    "the end of years": (
        lambda: AS_OF.full_years_until(lift(3)),
        "the end must be date, found integer in `3`",
    ),
    "the year of a number": (
        lambda: station.officers.year(),
        "what has a year must be date, found integer in `police_station.officers`",
    ),
    "one year of a number": (
        lambda: station.officers.in_year(0),
        "what is read by year must be numbers by year, found integer in `police_station.officers`",
    ),
    "the condition of a count": (
        lambda: count(officer, officer.zone),
        "the condition of a count must be boolean, found text in `officer.zone`",
    ),
    "the condition of a total": (
        lambda: total(officer, Constant(1), officer.zone),
        "the condition of a total must be boolean, found text in `officer.zone`",
    ),
    "what is summed": (
        lambda: total(officer, officer.zone),
        "what is summed must be integer or rational, found text in `officer.zone`",
    ),
    "a sum of what may be negative": (
        lambda: total(officer, Constant(1) - 2),
        "`(1 - 2)` may be negative, so its total has no bounds",
    ),
    "two values of two types": (
        lambda: first_known(station.officers, station.name),
        "the second value must be integer, found text in `police_station.name`",
    ),
    "an attribute that there is not": (
        lambda: station.beards,
        "police_station has no field `beards`, and no definition of that name attached",
    ),
    "a definition of another kind of fact": (
        lambda: strength.of(bureau),
        "`strength` is defined of police_station, not bureau",
    ),
    "an option that there is not": (
        lambda: MODE.is_("three"),
        "reading `mode` has no option `three`",
    ),
    "two links": (
        lambda: each(Officer, station_id=station, id=station),
        "a related fact has one link, such as `owner_id=owner`; "
        "join others by equal fields, such as `town=owner.town`",
    ),
    "a link of no such field": (
        lambda: each(Officer, post=station),
        "`post` of officer does not refer to a police station",
    ),
    "a link to another kind of fact": (
        lambda: each(Officer, station_id=bureau),
        "`station_id` of officer does not refer to a bureau",
    ),
    "a parameter of no type": (
        lambda: at("1.1/1")("数")("数", "number").sets("p"),
        "parameter `p` has no value; the sentence `leaves_open` its type",
    ),
    "a parameter of two types": (
        lambda: at("1.1/1")("数")("数", "number").sets("p", 1, since={date(2020, 1, 1): "2"}),
        "parameter `p` is integer, found '2'",
    ),
    "a reading of one option": (
        lambda: (
            at("1.1/1")
            .reading("r", default="one")("何", "what")
            .options(one=("甲", "one"), why=("因", "why"))
        ),
        "reading `r` needs two options or more, its default among them",
    ),
    "a reading without its default": (
        lambda: (
            at("1.1/1")
            .reading("r", default="three")("何", "what")
            .options(one=("甲", "one"), two=("乙", "two"), why=("因", "why"))
        ),
        "reading `r` needs two options or more, its default among them",
    ),
    "a condition that is none": (
        lambda: at("1.1/1")("一").makes(1, when=station.officers),
        "a condition is boolean, found integer in `police_station.officers`",
    ),
    "a value of another type than is defined": (
        lambda: defining(station, "size", int)("数", "size").by(at("1.1/2")("12人").makes("12")),
        "1.1/2: `size` is integer, found text in `12`",
    ),
    "a value of another type than is defined, otherwise": (
        lambda: defining(station, "size", int)("数", "size").by(
            at("1.1/1")("一").makes(1, when=station.pilot),
            otherwise=at("1.1/2")("半").makes(Fraction(1, 2)),
        ),
        "1.1/2: `size` is integer, found rational in `0.5`",
    ),
    "what must be is no condition": (
        lambda: says(**TEXT_OF).demands(station, station.officers),
        "a condition is boolean, found integer in `police_station.officers`",
    ),
    "where it applies is no condition": (
        lambda: says(**TEXT_OF).demands(station, station.pilot, applies=station.officers),
        "a condition is boolean, found integer in `police_station.officers`",
    ),
    "a due number": (
        lambda: says(**TEXT_OF).demands(
            station, station.pilot, due=at("1.1/1")("3")("数", "number").sets("p", 3)
        ),
        "1.1/1: what is due is a parameter with a date, or a date worked out of each fact, "
        "found `p`",
    ),
    "a due date that is left open": (
        lambda: says(**TEXT_OF).demands(
            station, station.pilot, due=at("1.1/1")("尽快")("日", "day").leaves_open("p", date)
        ),
        "1.1/1: what is due is a parameter with a date, or a date worked out of each fact, "
        "found `p`",
    ),
    "a prohibition of no condition": (
        lambda: says(**TEXT_OF).forbids(case, case.id),
        "a condition is boolean, found text in `criminal_case.id`",
    ),
    "an act without a date": (
        lambda: says(**TEXT_OF).forbids(case, case.simple, on=case.id),
        "the date of an act is a date, found text in `criminal_case.id`",
    ),
    "steps without a date": (
        lambda: says(**TEXT_OF).needs(transfer, on=transfer.id),
        "the date of an act is a date, found text in `transfer.id`",
    ),
    "a step that is no condition": (
        lambda: says("1/1", **LABELS).step("one", transfer.id),
        "a condition is boolean, found text in `transfer.id`",
    ),
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_does_not_fit_is_refused(name: str) -> None:
    build, message = REFUSED[name]
    with pytest.raises(RuleTypeError) as error:
        build()
    assert str(error.value) == message


@pytest.mark.parametrize("text", ["5.1", "5.1/0", "5.1/2ab", "5.1/a", "五/1", ""])
def test_a_citation_has_one_form(text: str) -> None:
    with pytest.raises(ValueError, match="is not a citation") as error:
        at(text)("一").makes(1)
    assert str(error.value) == (
        f"`{text}` is not a citation: expected the form `5.1/2` or `2.1/1b`"
    )


def test_citations_stand_in_order() -> None:
    written = ["5.1/2b", "5.1/2", "2/1", "5.1/1"]
    assert [str(each) for each in sorted(map(Cite.parse, written))] == [
        "2/1", "5.1/1", "5.1/2", "5.1/2b",
    ]  # fmt: skip
    assert Cite("5.1", 2, "b").of_sentence == Cite("5.1", 2)


def test_types_of_values_and_annotations() -> None:
    assert type_of_value(True) == BOOLEAN
    assert type_of_value(Fraction(1, 3)) == RATIONAL
    assert type_of_value(datetime(2019, 7, 16, 8, 30)) == MOMENT
    assert type_of_value(frozenset({"a", "b"})) == TEXTS
    assert type_of_value(frozenset({Team.CASE})) == set_of(Team)
    assert type_of_annotation(Team) == choice_of(Team)
    assert type_of_annotation(TEXTS) == TEXTS
    assert type_of_annotation(str) == TEXT
    assert [each.type for each in (incident.received_at, case.place_codes, bureau.seconded)] == [
        MOMENT, TEXTS, bureau.seconded.type,
    ]  # fmt: skip
    with pytest.raises(RuleTypeError):
        type_of_value(frozenset({"a", 1}))


def test_a_whole_fraction_is_a_whole_number() -> None:
    assert lift(Fraction(4, 2)) is not None
    assert lift(Fraction(4, 2)).type == INTEGER
    half = defining(station, "half", Fraction)("半", "half").by(at("1.1/1")("二").makes(2))
    assert half.type == RATIONAL


def test_expressions_read_as_they_are_written() -> None:
    """What messages quote is the expression as its author would recognise it."""
    share = Fraction(2, 5) * station.officers
    shown = {
        str(share + 1): "((0.4 * police_station.officers) + 1)",
        str(1 + share): "(1 + (0.4 * police_station.officers))",
        str(share * 2): "((0.4 * police_station.officers) * 2)",
        str(bureau.seconded.in_year(-1)): "bureau.seconded[year-1]",
        str(~station.pilot | TRUE): "(~police_station.pilot | True)",
        str(MODE.is_("one")): "mode = one",
        str(station.units.is_known()): "known(police_station.units)",
        str(total(officer, Constant(2))): "total(2 of officer where True)",
        str(some(officer)): "(count(officer where True) >= 1)",
        str(first_known(station.officers, OPEN)): "first_known(police_station.officers, open)",
        str(AS_OF.full_years_until(AS_OF)): "full_years(as_of, as_of)",
        str(AS_OF.plus_months(1).days_until(AS_OF.plus_days(-1))): (
            "full_days((as_of + 1 months), (as_of + -1 days))"
        ),
        str(AS_OF.weekday()): "weekday(as_of)",
        str(station.name.starts_with("黄")): "(police_station.name starts with 黄)",
        str(station.name.is_named_in({"黄石"}, after={"局", "分局"})): (
            "(police_station.name named in {黄石} after 分局, 局)"
        ),
        str(station.id.ends_with("0")): "(police_station.id ends with 0)",
        str(case.place_codes.some_start_with("35")): (
            "(some of criminal_case.place_codes starts with 35)"
        ),
        str(case.place_codes.all_start_with("35")): (
            "(every criminal_case.place_codes starts with 35)"
        ),
        str(officer.role.is_in({Role.CHIEF, Role.CASE})): "(officer.role in {case, chief})",
        str(station.units.includes(empty(Team))): "({} within police_station.units)",
        str(strength.of(station)): "police_station.strength",
        str(Exempted(variable_of(station), "1.1/1", AS_OF)): (
            "exempted(police_station, 1.1/1, as_of)"
        ),
        str(Noted(station.pilot, "1.1/1", "除外", "除外", "except")): "police_station.pilot",
    }  # fmt: skip
    assert list(shown) == list(shown.values())


def test_at_least_is_shown_by_form() -> None:
    assert at_least(OPEN, 0)  # a policy accepts no negative value for it
    assert not at_least(OPEN, 1)
    assert at_least(as_node(AS_OF.year()), 1)
    assert at_least(bureau.seconded.in_year(0), 0)
    assert at_least(first_known(station.officers, count(officer)), 0)
    assert not at_least(first_known(station.officers, count(officer)), 1)
    assert at_least(strength.of(station), 0)
    assert at_least(station.officers + 1, 0)
    assert not at_least(station.officers - 1, 0)
    assert at_least(station.officers / Constant(2), 0)
    assert not at_least(station.officers / Constant(2), 1)


def test_expressions_that_say_the_same_have_one_key() -> None:
    noted = Noted(station.pilot, "1.1/1", "除外", "除外", "except")
    exempted = Exempted(variable_of(station), "1.1/1", AS_OF)
    same: list[tuple[Expression, Expression]] = [
        (noted, station.pilot),
        (station.officers >= 12, subject(Station).officers >= 12),
        (bureau.seconded.in_year(-1), bureau.seconded.in_year(-1)),
        (count(officer), count(officer)),
        (MODE.is_("one"), MODE.is_("one")),
        (strength.of(station), strength.of(subject(Station))),
        (exempted, Exempted(variable_of(subject(Station)), "1.1/1", AS_OF)),
    ]  # fmt: skip
    assert [key(as_node(one)) for one, _ in same] == [key(as_node(other)) for _, other in same]
    different: list[Expression] = [
        station.officers >= 12, station.officers >= 13, station.officers > 12, OPEN,
        bureau.seconded.in_year(0), bureau.seconded.in_year(-1), count(officer),
        count(each(Officer, station_id=station)), MODE.is_("one"), MODE.is_("two"),
        Constant(1), Constant(True), AS_OF,
    ]  # fmt: skip
    assert len({key(as_node(one)) for one in different}) == len(different)


def test_a_literal_where_nothing_is_known() -> None:
    expected = first_known(subject(Station).officers, 1)
    assert str(expected) == "first_known(police_station.officers, 1)"
