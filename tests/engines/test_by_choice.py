"""A value by the choice of a field, written once: the same from every engine, by hand.

FOUND 2.23: look-up by class.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any, Final

import pytest

from policy_rules.facts import NO_FACTS, NONE, Fact, Labelled, choice, fact, identity
from policy_rules.language import (
    DATE,
    INTEGER,
    RATIONAL,
    TEXT,
    Clause,
    Directive,
    RuleTypeError,
    Weekday,
    by_choice,
    choice_of,
    count,
    each,
    first_known,
    greatest,
    latest,
    load,
    percent,
    subject,
)
from policy_rules.language.decimals import places_of
from policy_rules.language.expressions import ByChoice, at_least
from policy_rules.language.units import unit_of
from policy_rules.policy import EngineName, LoadedDirective
from policy_rules.testing.made_up import Clerk, Colour, Office
from policy_rules.testing.variants import variants
from tests.engines.test_sets_and_nesting import ENGINES, told
from tests.support.made_up_rules import DAY, O, directive, must, office, value_is
from tests.support.present import EVERY_ENGINE
from tests.support.writing import at, defining, quoted, says

RED, GREEN, BLUE = Colour
COLOUR: Final = "offices/O.colour"
DESKS: Final = "offices/O.desks"
OPEN: Final = at("1/2")("定数")("定数", "a number").leaves_open("open_number", int)
SHARE: Final = at("1/2")("比例")("比例", "a share").leaves_open("open_share", Fraction)
SET: Final = at("1/2")("定数")("定数", "a number").sets("set_number", 7)

NUMBERS = by_choice(office.colour, {RED: 3, GREEN: 3, BLUE: 5})
REST = by_choice(office.colour, {RED: 3}, otherwise=office.desks)
OF_PARAMETERS = by_choice(office.colour, {RED: SET, GREEN: OPEN}, otherwise=office.desks + SET)
SHARES = by_choice(office.colour, {RED: Decimal("2.65"), GREEN: 1, BLUE: percent(40)})
MIXED = by_choice(office.colour, {RED: Fraction(1, 3), GREEN: SHARE, BLUE: office.desks})
DAYS = by_choice(office.colour, {RED: date(2020, 2, 29)}, otherwise=office.founded.plus_years(1))
COLOURS = by_choice(office.colour, {RED: GREEN, GREEN: BLUE, BLUE: RED})
MOTTOS = by_choice(office.colour, {RED: "stop", GREEN: office.motto}, otherwise="")
WEEKDAYS = by_choice(
    office.founded.weekday(), {Weekday.SUNDAY: 0, Weekday.SATURDAY: 4}, otherwise=8
)
# One value for every choice: which it is has to be known all the same.
ONE = by_choice(office.colour, {RED: office.desks, GREEN: office.desks, BLUE: office.desks})
ONE_SHARE = by_choice(office.colour, dict.fromkeys(Colour, Fraction(1, 3)))
FOUNDED: Final = "offices/O.founded"

VALUES: Final[list[tuple[Any, Any, Any, Any, tuple[str, ...]]]] = [
    (NUMBERS, INTEGER, O(colour=RED), 3, ()),
    (NUMBERS, INTEGER, O(colour=GREEN), 3, ()),
    (NUMBERS, INTEGER, O(colour=BLUE), 5, ()),
    (NUMBERS, INTEGER, O(), None, (COLOUR,)),
    # Only what is looked up has to be known.
    (REST, INTEGER, O(colour=RED), 3, ()),
    (REST, INTEGER, O(colour=BLUE, desks=9), 9, ()),
    (REST, INTEGER, O(colour=BLUE), None, (DESKS,)),
    (REST, INTEGER, O(desks=9), None, (COLOUR,)),
    (REST, INTEGER, O(), None, (COLOUR, DESKS)),
    (ONE, INTEGER, O(colour=GREEN, desks=9), 9, ()),
    (ONE, INTEGER, O(desks=9), None, (COLOUR,)),
    (ONE_SHARE, RATIONAL, O(colour=GREEN), Fraction(1, 3), ()),
    (ONE_SHARE, RATIONAL, O(), None, (COLOUR,)),
    (OF_PARAMETERS, INTEGER, O(colour=RED), 7, ()),
    (OF_PARAMETERS, INTEGER, O(colour=BLUE, desks=2), 9, ()),
    (OF_PARAMETERS, INTEGER, O(colour=GREEN, desks=2), None, ("parameters.open_number",)),
    (OF_PARAMETERS, INTEGER, O(desks=2), None, (COLOUR, "parameters.open_number")),
    (SHARES, RATIONAL, O(colour=RED), Fraction(53, 20), ()),
    (SHARES, RATIONAL, O(colour=GREEN), Fraction(1), ()),
    (SHARES, RATIONAL, O(colour=BLUE), Fraction(2, 5), ()),
    (SHARES * office.desks, RATIONAL, O(colour=RED, desks=4), Fraction(53, 5), ()),
    (MIXED, RATIONAL, O(colour=RED), Fraction(1, 3), ()),
    (MIXED, RATIONAL, O(colour=BLUE, desks=4), Fraction(4), ()),
    (MIXED, RATIONAL, O(colour=GREEN, desks=4), None, ("parameters.open_share",)),
    (MIXED * 3, RATIONAL, O(colour=BLUE, desks=4), Fraction(12), ()),
    (DAYS, DATE, O(colour=RED), date(2020, 2, 29), ()),
    (DAYS, DATE, O(colour=BLUE, founded=date(2020, 2, 29)), date(2021, 2, 28), ()),
    (DAYS, DATE, O(colour=GREEN), None, (FOUNDED,)),
    (COLOURS, choice_of(Colour), O(colour=RED), GREEN, ()),
    (COLOURS, choice_of(Colour), O(colour=BLUE), RED, ()),
    (by_choice(COLOURS, {RED: 1, GREEN: 2, BLUE: 3}), INTEGER, O(colour=GREEN), 3, ()),
    (MOTTOS, TEXT, O(colour=RED), "stop", ()),
    (MOTTOS, TEXT, O(colour=BLUE), "", ()),
    (MOTTOS, TEXT, O(colour=GREEN, motto="go"), "go", ()),
    (MOTTOS, TEXT, O(colour=GREEN), None, ("offices/O.motto",)),
    # 15 September 2019 was a Sunday.
    (WEEKDAYS, INTEGER, O(founded=date(2019, 9, 14)), 4, ()),
    (WEEKDAYS, INTEGER, O(founded=date(2019, 9, 15)), 0, ()),
    (WEEKDAYS, INTEGER, O(founded=date(2019, 9, 16)), 8, ()),
    (WEEKDAYS, INTEGER, O(), None, (FOUNDED,)),
]


@pytest.mark.parametrize("place", range(len(VALUES)))
def test_values(place: int) -> None:
    expression, type_, fact, expected, needs = VALUES[place]
    assert told(expression, fact, type_=type_) == (expected, needs)


@pytest.mark.parametrize("engine", EVERY_ENGINE)
def test_what_is_required_by_choice(engine: EngineName) -> None:
    policy = must(office.desks >= NUMBERS).policy(as_of=DAY, engine=engine)
    for desks, colour, expected in (
        (3, RED, ("satisfied", 3, 3, [])),
        (4, BLUE, ("breached", 4, 5, [])),
        (4, None, ("undetermined", 4, None, [COLOUR])),
        (None, BLUE, ("undetermined", None, 5, [DESKS])),
    ):
        (finding,) = policy.auditor(Office, policy.rules.requirements_of(Office))(
            O(desks=desks, colour=colour), NO_FACTS
        )
        told_ = str(finding.status), finding.actual, finding.required, list(finding.needs)
        assert told_ == expected


def test_a_number_over_a_partial_list_keeps_its_bounds_in_it() -> None:
    """As through a definition; or else it would have them where the choice is a constant."""
    clerks = count(each(Clerk, office_id=office))
    listed = by_choice(office.colour, {RED: clerks}, otherwise=0)
    by_reference = by_choice(first_known(office.colour, GREEN), {RED: 0}, otherwise=clerks)
    there: list[Fact] = [Clerk(id="A", office_id="O"), Clerk(id="B", office_id="O")]
    at_least_two = listed >= 2
    assert told(at_least_two, O(colour=RED), facts=there, complete=()) == (True, ())
    assert told(listed >= 3, O(colour=RED), facts=there, complete=()) == (
        None,
        ("complete.clerks",),
    )
    assert told(at_least_two, O(), facts=there, complete=())[0] is None
    assert told(by_reference >= 2, O(), facts=there, complete=()) == (True, ())
    assert told(by_reference < 2, O(colour=RED), facts=there, complete=()) == (True, ())
    assert told(at_least_two, O(colour=RED), facts=there, complete=(Clerk,)) == (True, ())
    assert told(at_least_two, O(colour=BLUE), facts=there, complete=()) == (False, ())


def test_a_day_by_choice_where_there_is_none_of_related_facts() -> None:
    clerk = each(Clerk, office_id=office)
    by_colour = by_choice(office.colour, {RED: date(2020, 1, 1)}, otherwise=date(2021, 1, 1))
    last = latest(clerk, clerk.since, otherwise=by_colour)
    there: list[Fact] = [Clerk(id="A", office_id="O", since=date(2019, 1, 2))]
    assert told(last, O(colour=RED), type_=DATE) == (date(2020, 1, 1), ())
    assert told(last, O(colour=BLUE), type_=DATE) == (date(2021, 1, 1), ())
    assert told(last, O(), type_=DATE) == (None, (COLOUR,))
    assert told(last, O(), type_=DATE, facts=there) == (date(2019, 1, 2), ())


def test_the_bounds_by_the_weekday_of_a_day_that_nobody_has_set() -> None:
    day = at("1/2")("日期")("日期", "a day").leaves_open("open_day", date)
    by_day = by_choice(day.weekday(), {Weekday.SUNDAY: 1}, otherwise=2)
    clerk = each(Clerk, office_id=office)
    files = greatest(clerk, clerk.files, otherwise=by_day)
    there: list[Fact] = [Clerk(id="A", office_id="O", files=3)]
    assert told(files, O(), there, type_=int) == (3, ())
    assert told(files, O(), type_=int) == (None, ("parameters.open_day",))
    assert told(files >= 1, O()) == (None, ("parameters.open_day",))


def test_it_is_told_in_both_languages() -> None:
    made = directive(value_is(int, by_choice(office.colour, {RED: 3, BLUE: 3}, otherwise=SET)))
    policy = made.policy(as_of=DAY)
    shown = policy.explain(policy.decide(O(colour=GREEN), "told"), "en").splitlines()
    assert shown[1:] == ["  ✓ thing is 7 [1 sentence 1: “字”]", "    ✓ colour: green"]
    asked = must(office.desks >= by_choice(office.colour, {RED: 3, BLUE: 3}, otherwise=SET))
    policy = asked.policy(as_of=DAY)
    finding = policy.auditor(Office, policy.rules.requirements_of(Office))(
        O(colour=GREEN, desks=5), NO_FACTS
    )[0]
    assert "desks is at least the value by colour (red, blue: 3, otherwise: 7)" in policy.explain(
        finding, "en"
    )
    assert "桌数不少于按颜色所定的值（红、蓝：3，其他：7）" in policy.explain(finding, "zh")


def test_its_unit_its_places_and_its_sign_follow_from_its_values() -> None:
    assert unit_of(REST) == ("件", "pieces")
    assert places_of(SHARES) == 2
    assert places_of(MIXED) is None
    assert at_least(NUMBERS, 1)
    assert not at_least(by_choice(office.colour, {RED: 0}, otherwise=1), 1)
    assert str(REST) == "by_choice(office.colour, red: 3; otherwise: office.desks)"


def test_a_slip_exchanges_two_values() -> None:
    made = {what: node for what, node in variants(NUMBERS, []) if isinstance(node, ByChoice)}
    exchanged = [node for node in made.values() if node.values[0].value == 5]  # type: ignore[union-attr]
    assert [str(node) for node in exchanged] == ["by_choice(office.colour, green, red: 5; blue: 3)"]


class Shade(Labelled):
    """Another choice."""

    DARK = ("dark", "深", "dark")


def test_what_is_refused() -> None:
    refused: list[tuple[Any, Any, Any, str]] = [
        (office.desks, {RED: 1}, None, "`by_choice` looks up by a choice, found integer in"),
        (office.colour, {}, 1, "`by_choice` of `office.colour` lists no choice"),
        (office.colour, {RED: 1, Shade.DARK: 2}, 1, "`office.colour` is one of Colour, found a"),
        (
            office.colour, {RED: 1}, None,
            "`by_choice` has no value for `green`, `blue` of `office.colour`; list it, or say",
        ),
        (office.colour, dict.fromkeys(Colour, 1), 2, "every choice of `office.colour` has a value"),
        (office.colour, {RED: 1}, "x", "the values of choices have one type, found integer and te"),
        (office.colour, {RED: True}, False, "what stands for a choice is a number, date, moment"),
        (office.colour, 5, None, "expected `by_choice` as a mapping"),
    ]  # fmt: skip
    for of, values, otherwise, message in refused:
        with pytest.raises(RuleTypeError) as error:
            by_choice(of, values, otherwise=otherwise)
        assert str(error.value).startswith(message), error.value


def test_of_a_choice_that_a_policy_settles_one_value_is_left() -> None:
    colour = at("1/2")("颜色")("颜色", "a colour").sets("colour_set", GREEN)
    least = by_choice(colour, {RED: 1, GREEN: office.floors}, otherwise=9)
    rule = says("1/1").forbids(office, office.desks < least)
    rules = load(directive(rule).rules.directive)
    assert rules.parameters.keys() == {"colour_set"}
    for engine in ("interpreter", "python"):
        policy = directive(rule).policy(as_of=DAY, engine=engine)
        assert str(policy.check(O(desks=1, floors=2)).outcome) == "prohibited"
        assert str(policy.check(O(desks=2, floors=2)).outcome) == "permitted"


@fact(collection="rooms", zh="房间", en="room")
class Room(Fact):
    """What may have no colour."""

    id: str = identity()
    colour: Colour | None = choice(
        Colour, zh="颜色", en="colour", may_be_none=True, meaning="Its colour."
    )


@pytest.mark.parametrize("rest", [False, True])
def test_a_choice_that_is_none(rest: bool) -> None:
    """It is among all others; where there is no value for others, there is none."""
    room = subject(Room)
    values = {RED: 1, GREEN: 2} if rest else {RED: 1, GREEN: 2, BLUE: 3}
    looked_up = by_choice(room.colour, values, otherwise=3 if rest else None)
    clause = Clause("1", "章", "clause")
    (s1,) = clause.sentences(1)
    for name, condition in (("equal", looked_up >= 1), ("not", ~(looked_up >= 1))):
        s1("字")("事", "thing").decides(room, name, condition)
    s1("字")("事", "thing").decides(room, "known", looked_up.is_known())
    if not rest:
        s1("字")("事", "thing").decides(room, "none", looked_up.is_none())
    written = Directive(
        id="rooms", number="1", zh="例", en="rooms", issued=date(2019, 7, 16), clauses=[clause],
        sentences={"1/1": ""}, fact_classes=[Room],
    )  # fmt: skip
    rules = LoadedDirective(load(written))
    for engine in ENGINES:
        policy = rules.policy(as_of=DAY, engine=engine)
        one = Room(id="A", colour=NONE)
        assert policy.decide(one, "equal").value is rest, engine
        assert policy.decide(one, "not").value is not rest, engine
        # That there is none is known.
        assert policy.decide(one, "known").value is True, engine
        assert policy.decide(Room(id="A", colour=BLUE), "known").value is True
        if not rest:
            assert policy.decide(one, "none").value is True
            assert policy.decide(Room(id="A", colour=BLUE), "none").value is False
            assert policy.decide(Room(id="A"), "none").needs == ("rooms/A.colour",)


def test_what_falls_back_on_a_choice_needs_no_choice() -> None:
    sure = by_choice(first_known(office.colour, RED), {RED: 2_000_000_000}, otherwise=1)
    assert told(sure * 4, O(), type_=INTEGER) == (8_000_000_000, ())
    assert told(sure + office.desks, O(), type_=INTEGER) == (None, (DESKS,))


def test_readings_of_what_is_not_looked_up_are_not_named() -> None:
    question = at("1/3").reading("question", default="one")("问", "which?")
    reading = question.options(one=("甲", "a"), other=("乙", "b"), why=("因为", "because"))
    hours = defining(office, "hours", int)("小时", "hours").by(
        quoted("1/3").makes(4, when=reading.is_("one")),
        quoted("1/3").makes(6, when=reading.is_("other")),
    )
    made = directive(
        hours, value_is(int, by_choice(office.colour, {RED: hours.of(office)}, otherwise=1))
    )
    policy = made.policy(as_of=DAY)
    assert policy.decide(O(colour=RED), "told").readings == {"question": "one"}
    assert policy.decide(O(colour=BLUE), "told").readings == {}
    assert policy.decide(O(), "told").readings == {"question": "one"}


def test_whether_a_choice_that_is_none_is_known_hangs_on_the_last_value() -> None:
    """Every engine asks it of the last value, which stands for all others.

    A bug found by random directives: compiled engines said that nothing is known, whatever stands
    last, unless all values are constants.
    """
    clerk = subject(Clerk)
    looked_up = by_choice(clerk.colour, {RED: 1, GREEN: clerk.files, BLUE: clerk.files})
    one, other = Clerk(id="C", colour=NONE, files=1), Clerk(id="C", colour=NONE)
    assert told(looked_up.is_known(), one) == (True, ())
    assert told(~looked_up.is_known(), one) == (False, ())
    assert told(looked_up.is_known(), other) == (False, ())
    assert told(looked_up.is_known(), Clerk(id="C", colour=RED)) == (True, ())
