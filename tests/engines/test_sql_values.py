"""The engine `sql`: what each kind of value and condition comes to; derived by hand."""

from __future__ import annotations

from datetime import date, datetime
from fractions import Fraction
from typing import Any, Final

import pytest

from policy_rules.engines.sql.lowering import NotLoweredError
from policy_rules.facts import Fact
from policy_rules.language import (
    AS_OF,
    BOOLEAN,
    DATE,
    INTEGER,
    RATIONAL,
    TEXT,
    TEXTS,
    choice_of,
    count,
    each,
    first_known,
    set_of,
    subject,
    the,
)
from policy_rules.language.expressions import Constant, Expression
from policy_rules.language.types import MOMENT
from policy_rules.testing.made_up import Claim, Clerk, Colour, Office
from tests.support.made_up_rules import (
    LABELS,
    QUOTE,
    SAYS,
    O,
    decided,
    directive,
    found,
    must,
    office,
    told,
    value_is,
)
from tests.support.writing import defining, quoted, says

RED, GREEN, BLUE = Colour.RED, Colour.GREEN, Colour.BLUE
NO_CODES: Final = Constant(frozenset(), TEXTS)


def open_parameter(name: str, type_: Any) -> Expression:
    """A parameter without a value."""
    return says("1/1", **SAYS).leaves_open(name, type_)


OPEN_TEXT: Final = open_parameter("open_text", TEXT)
OPEN_TEXTS: Final = open_parameter("open_texts", TEXTS)
OPEN_NUMBER: Final = open_parameter("open_number", INTEGER)
OPEN_SHARE: Final = open_parameter("open_share", RATIONAL)
OPEN_DAY: Final = open_parameter("open_day", DATE)
OPEN_TRUTH: Final = open_parameter("open_truth", BOOLEAN)
OPEN_CHOICE: Final = open_parameter("open_choice", choice_of(Colour))

# The condition, the office, and its truth (None: unknown)

CONDITIONS: Final[list[tuple[Expression, Office, bool | None]]] = [
    # codes that begin alike
    (office.places.all_start_with("35"), O(places={"3501"}), True),
    (office.places.all_start_with("35"), O(places={"3501", "4401"}), False),
    (office.places.all_start_with("35"), O(places={"4435"}), False),
    (office.places.all_start_with("35"), O(places=set()), True),
    (office.places.all_start_with("35"), O(), None),
    (office.places.all_start_with("<"), O(places={"3501"}), False),
    (office.places.all_start_with("<"), O(places=set()), True),
    (office.places.all_start_with("1>"), O(places={"3501"}), False),
    (office.places.all_start_with(office.motto), O(places={"3501"}, motto="35"), True),
    (office.places.all_start_with(office.motto), O(places={"3501"}, motto="44"), False),
    (office.places.all_start_with(office.motto), O(places={"3501"}, motto=""), True),
    (office.places.all_start_with(office.motto), O(places={"3501"}, motto="<"), False),
    (office.places.all_start_with(office.motto), O(places={"3501"}, motto="1>"), False),
    (office.places.all_start_with(office.motto), O(places=set(), motto="<"), True),
    (office.places.all_start_with(office.motto), O(places={"3501"}), None),
    (office.places.all_start_with(OPEN_TEXT), O(places={"3501"}), None),
    (office.places.some_start_with("35"), O(places={"3501", "4401"}), True),
    (office.places.some_start_with("35"), O(places={"4435"}), False),
    (office.places.some_start_with("35"), O(places=set()), False),
    (office.places.some_start_with(""), O(places={"3501"}), True),
    (office.places.some_start_with(""), O(places=set()), False),
    (office.places.some_start_with("35"), O(), None),
    (office.places.some_start_with("<"), O(places={"3501"}), False),
    (office.places.some_start_with("<"), O(), None),
    (office.places.some_start_with(office.motto), O(places={"3501", "4401"}, motto="44"), True),
    (office.places.some_start_with(office.motto), O(places={"3501"}, motto="50"), False),
    (office.places.some_start_with(office.motto), O(places={"3501"}, motto="3501>"), False),
    (office.places.some_start_with(office.motto), O(places={"3501"}), None),
    (office.places.some_start_with(OPEN_TEXT), O(places={"3501"}), None),
    # a name, also after an official prefix
    *(
        (office.motto.is_named_in({"黄石派出所"}, after={"局", "分局"}), O(motto=motto), truth)
        for motto, truth in (
            ("黄石派出所", True), ("莆田市公安局荔城分局黄石派出所", True),
            ("荔城公安局黄石派出所", True), ("荔城分局新黄石派出所", False),
            ("新黄石派出所", False), ("荔城分局 黄石派出所", True), ("荔城分局　黄石派出所", True),
            ("荔城分局 新黄石派出所", False),
            ("黄石派出所荔城分局", False), ("荔城分局", False), ("", False), (None, None),
        )
    ),
    (office.motto.is_named_in({"a_"}, after={"%"}), O(motto="x%a_"), True),
    (office.motto.is_named_in({"a_"}, after={"%"}), O(motto="xya_"), False),
    (office.motto.is_named_in({"a"}, after=()), O(motto="a"), True),
    (office.motto.is_named_in({"a"}, after=()), O(motto="ba"), False),
    (office.motto.is_named_in(NO_CODES, after={"b"}), O(motto="b"), False),
    (office.motto.is_named_in(NO_CODES, after={"b"}), O(), None),
    (office.motto.is_named_in(OPEN_TEXTS, after={"b"}), O(motto="b"), None),
    # how a text begins and ends
    (office.motto.starts_with("a_"), O(motto="a_c"), True),
    (office.motto.starts_with("a_"), O(motto="abc"), False),
    (office.motto.starts_with("a%"), O(motto="abc"), False),
    (office.motto.starts_with("A"), O(motto="abc"), False),
    (office.motto.starts_with("abc"), O(motto="ab"), False),
    (office.motto.starts_with(""), O(motto="ab"), True),
    (office.motto.starts_with(""), O(), None),
    (office.motto.starts_with("a"), O(), None),
    (office.motto.starts_with(OPEN_TEXT), O(motto="a"), None),
    (office.motto.starts_with("𠀀"), O(motto="𠀀a"), True),
    (office.motto.ends_with("派出所"), O(motto="黄石派出所"), True),
    (office.motto.ends_with("派出所"), O(motto="派出所黄石"), False),
    (office.motto.ends_with("_b"), O(motto="ab"), False),
    (office.motto.ends_with("B"), O(motto="ab"), False),
    (office.motto.ends_with("ab "), O(motto="ab"), False),
    (office.motto.ends_with("cab"), O(motto="ab"), False),
    (office.motto.ends_with(""), O(motto=""), True),
    (office.motto.ends_with("a"), O(), None),
    (office.id.starts_with("O"), O(), True),
    (office.id.ends_with("o"), O(), False),
    (office.id.ends_with(office.motto), O(motto=""), True),
    (office.id.starts_with(office.motto), O(motto=""), True),
    (office.id.starts_with(office.motto), O(motto="OO"), False),
    # a code in a set
    (office.places.has("3501"), O(places={"3501", "4401"}), True),
    (office.places.has("3501"), O(places={"4401"}), False),
    (office.places.has("350"), O(places={"3501"}), False),
    (office.places.has("3501"), O(), None),
    (office.places.has("<3501>"), O(places={"3501"}), False),
    (office.places.has("3501><4401"), O(places={"3501", "4401"}), False),
    (office.places.has("<"), O(), None),
    (office.places.has(office.motto), O(places={"3501"}, motto="3501"), True),
    (office.places.has(office.motto), O(places={"3501"}, motto="501"), False),
    (office.places.has(office.motto), O(places={"3501", "4401"}, motto="3501><4401"), False),
    (office.places.has(office.motto), O(places={"3501"}), None),
    (office.places.has(office.motto), O(motto="3501"), None),
    (office.places.has(OPEN_TEXT), O(places={"3501"}), None),
    # a text among constants
    (office.motto.is_in({"a", "b"}), O(motto="b"), True),
    (office.motto.is_in({"a", "b"}), O(motto="c"), False),
    (office.motto.is_in({"a"}), O(motto="a"), True),
    (office.motto.is_in({"a"}), O(), None),
    (office.motto.is_in(NO_CODES), O(motto="a"), False),
    (office.motto.is_in(NO_CODES), O(), None),
    (OPEN_TEXT.is_in({"a"}), O(), None),
    (OPEN_TEXT.is_(office.motto), O(motto="a"), None),
    # sets of codes within each other
    (office.places.within({"3501", "4401"}), O(places={"3501"}), True),
    (office.places.within({"3501", "4401"}), O(places={"3501", "5501"}), False),
    (office.places.within({"3501"}), O(places=set()), True),
    (office.places.within({"3501"}), O(), None),
    (office.places.within({"<3501>", "3501"}), O(places={"3501"}), True),
    (office.places.within({"3501><4401"}), O(places={"3501", "4401"}), False),
    (office.places.within(NO_CODES), O(places=set()), True),
    (office.places.within(NO_CODES), O(places={"3501"}), False),
    (office.places.within(OPEN_TEXTS), O(places={"3501"}), None),
    (office.places.includes({"3501"}), O(places={"3501", "4401"}), True),
    (office.places.includes({"3501", "4401"}), O(places={"3501"}), False),
    (office.places.includes({"3501"}), O(), None),
    (office.places.includes({"350<"}), O(places={"3501"}), False),
    (office.places.includes(NO_CODES), O(places=set()), True),
    (office.places.includes(NO_CODES), O(), None),
    # sets of choices
    (office.colours.has(RED), O(colours={RED, BLUE}), True),
    (office.colours.has(GREEN), O(colours={RED, BLUE}), False),
    (office.colours.has(RED), O(), None),
    (office.colours.has(office.colour), O(colours={RED, BLUE}, colour=BLUE), True),
    (office.colours.has(office.colour), O(colours={RED, BLUE}, colour=GREEN), False),
    (office.colours.has(office.colour), O(colours={RED, BLUE}), None),
    (office.colours.has(office.colour), O(colour=RED), None),
    (office.colours.has(OPEN_CHOICE), O(colours={RED}), None),
    (office.colours.within({RED, BLUE}), O(colours={RED}), True),
    (office.colours.within({RED, BLUE}), O(colours={RED, GREEN}), False),
    (office.colours.includes({RED, BLUE}), O(colours={RED, GREEN, BLUE}), True),
    (office.colours.includes({RED, BLUE}), O(colours={RED}), False),
    (office.colours.within({RED}), O(colours=set()), True),
    (office.colours.within({RED}), O(), None),
    # a number by year, of which the year before 2019 is read
    (office.visits.in_year(-1) > 2, O(visits={2018: 3}), True),
    (office.visits.in_year(-1) > 3, O(visits={2018: 3}), False),
    (office.visits.in_year(-1) > 2, O(visits={2017: 9}), None),
    (office.visits.is_known(), O(visits={}), True),
    (office.visits.is_known(), O(), False),
    # what is known first
    (first_known(office.open, office.large), O(large=True), True),
    (first_known(office.open, office.large), O(open=False, large=True), False),
    (first_known(OPEN_TRUTH, office.large), O(large=True), True),
    (first_known(office.large, OPEN_TRUTH), O(), None),
    (first_known(OPEN_TRUTH, office.large).is_known(), O(), False),
    ((office.open & office.large).is_known(), O(large=False), True),
    ((office.desks + office.floors).is_known(), O(desks=1), False),
    ((office.desks / Constant(2)).is_known(), O(desks=1), True),
    (first_known(office.desks / Constant(2), OPEN_SHARE) >= 2, O(desks=4), True),
    (first_known(office.desks / Constant(2), OPEN_SHARE) >= 2, O(), None),
    (first_known(OPEN_SHARE, office.desks / Constant(2)) > 2, O(desks=4), False),
    (office.desks < OPEN_SHARE, O(desks=0), None),
    (office.founded.year() + 1 > 2018, O(founded=date(2018, 1, 1)), True),
    (office.founded.full_years_until(AS_OF) * 2 > 3, O(founded=date(2018, 1, 1)), False),
    # truths with each other
    (office.open.is_not(office.large), O(open=True, large=False), True),
    (office.open.is_(office.large), O(open=True), None),
    (office.open.is_(OPEN_TRUTH), O(open=True), None),
    # moments
    (office.checked_at < datetime(2019, 9, 1, 8), O(checked_at=datetime(2019, 9, 1, 7, 59)), True),
    (office.checked_at < datetime(2019, 9, 1, 8), O(checked_at=datetime(2019, 9, 1, 8)), False),
    (office.founded.year().is_(2018), O(founded=date(2018, 12, 31)), True),
    (OPEN_DAY.year().is_(2018), O(), None),
    (OPEN_DAY.plus_years(1) > AS_OF, O(), None),
    (office.founded.plus_years(OPEN_NUMBER) > AS_OF, O(founded=date(2018, 1, 1)), None),
    (OPEN_DAY.full_years_until(AS_OF) > 1, O(), None),
    (office.founded.full_years_until(OPEN_DAY) > 1, O(founded=date(2018, 1, 1)), None),
    # numbers beyond 64 bits
    (office.desks * Constant(10**18) * 10 > 8 * 10**19, O(desks=9), True),
    (office.desks * Constant(10**18) * 10 > 9 * 10**19, O(desks=9), False),
    (office.desks * Constant(10**37) >= 9 * 10**37, O(desks=9), True),
    (office.desks * Constant(10**37) >= 9 * 10**37, O(desks=8), False),
]  # fmt: skip


@pytest.mark.parametrize(("condition", "fact", "truth"), CONDITIONS)
def test_conditions(condition: Expression, fact: Office, truth: bool | None) -> None:
    """The truth, and the same from the reference, with its needs."""
    assert told(condition, fact)[0] is truth


# The value, its type, the office, and what comes of it

VALUES: Final[list[tuple[Expression, Any, Office, Any]]] = [
    (office.motto, TEXT, O(motto=""), ""),
    (office.places, TEXTS, O(places={"4401", "3501"}), {"3501", "4401"}),
    (office.places, TEXTS, O(places=set()), frozenset()),
    (office.places, TEXTS, O(), None),
    (Constant(frozenset({"b", "a"})), TEXTS, O(), {"a", "b"}),
    (office.colours, set_of(Colour), O(colours={RED, BLUE}), {RED, BLUE}),
    (office.colours, set_of(Colour), O(colours=set()), frozenset()),
    (Constant(frozenset({BLUE})), set_of(Colour), O(), {BLUE}),
    (office.colour, choice_of(Colour), O(colour=GREEN), GREEN),
    (office.founded, DATE, O(founded=date(2018, 2, 28)), date(2018, 2, 28)),
    (Constant(date(2019, 1, 2)), DATE, O(), date(2019, 1, 2)),
    (Constant(datetime(2019, 1, 2, 3, 4)), MOMENT, O(), datetime(2019, 1, 2, 3, 4)),
    (office.desks / Constant(4), RATIONAL, O(desks=2), Fraction(1, 2)),
    (office.desks / Constant(4), RATIONAL, O(), None),
    (Constant(1) / Constant(3), RATIONAL, O(), Fraction(1, 3)),
    (Constant(6) / office.floors, RATIONAL, O(floors=4), Fraction(3, 2)),
    (Constant(6) / office.floors, RATIONAL, O(), None),
    (office.desks / office.floors, RATIONAL, O(desks=3, floors=2), Fraction(3, 2)),
    (OPEN_SHARE, RATIONAL, O(), None),
    (OPEN_NUMBER, int, O(), None),
    (office.open & office.large, bool, O(large=False), False),
    (office.desks - office.floors, int, O(desks=1, floors=3), -2),
]  # fmt: skip


@pytest.mark.parametrize(("value", "type_", "fact", "expected"), VALUES)
def test_values(value: Expression, type_: Any, fact: Office, expected: Any) -> None:
    """Each type comes back as Python has it."""
    answer, _ = told(value, fact, type_=type_)
    assert answer == expected
    assert type(answer) is type(expected) or isinstance(answer, frozenset)


def test_a_whole_number_of_a_share_stays_whole() -> None:
    """A definition of shares says which rule gives which."""
    made = defining(office, "told", RATIONAL)(**LABELS).by(
        quoted("1/1", **QUOTE).makes(office.desks / Constant(2), when=office.open),
        otherwise=quoted("1/2", **QUOTE).makes(3),
    )
    half = decided(directive(made), O(open=True, desks=4))
    assert (half.value, type(half.value), str(half.cites[0])) == (2, Fraction, "1/1")
    whole = decided(directive(made), O(open=False))
    assert (whole.value, type(whole.value), str(whole.cites[0])) == (3, int, "1/2")
    assert decided(directive(made), O()).needs == ("offices/O.desks", "offices/O.open")


def test_the_needs_of_a_number_by_year() -> None:
    """Of the mapping, or of the year in it."""
    asked = office.visits.in_year(-1) > 2
    assert told(asked, O())[1] == ("offices/O.visits",)
    assert told(asked, O(visits={}))[1] == ("offices/O.visits.2018",)


@pytest.mark.parametrize(
    "value",
    [office.desks * Constant(10**38), office.desks * Constant(10**20) * Constant(10**20)],
)
def test_a_number_beyond_38_digits_is_refused(value: Expression) -> None:
    """It cannot be said in SQL, and the message names it."""
    with pytest.raises(NotLoweredError, match="a number beyond 38 digits, in `"):
        told(value > 0, O(desks=1))


def test_two_sets_of_codes_compared_are_refused() -> None:
    """Codes are one text, which no SQL takes apart."""
    other = the(Office, subject(Claim).office_id)
    with pytest.raises(NotLoweredError, match="two sets of codes compared with each other, in `"):
        told(other.places.within(other.places), Claim(id="A", office_id="O"), [O()])


def test_a_code_that_would_take_the_text_apart_is_refused() -> None:
    """No code of the directives has such a letter, but a class of facts could allow one."""
    fact = O(places={"3501"})
    object.__setattr__(fact, "places", frozenset({"35<1"}))
    with pytest.raises(ValueError, match="a code with `<` or `>` cannot be kept: 35<1"):
        told(office.places.has("3501"), fact)


def test_a_definition_that_always_applies_beside_others() -> None:
    """The others can only contradict it."""
    made = defining(office, "told", int)(**LABELS).by(
        quoted("1/1", **QUOTE).makes(1, when=~office.open), quoted("1/2", **QUOTE).makes(2)
    )
    assert decided(directive(made), O(open=True)).value == 2
    assert decided(directive(made), O(open=False)).conflict is not None
    assert decided(directive(made), O()).needs == ("offices/O.open",)


def test_three_values_of_which_one_has_alternatives() -> None:
    """It is the third only where neither of the first rule's alternatives may hold."""
    made = defining(office, "told", int)(**LABELS).by(
        quoted("1/1", **QUOTE).makes(1, when=office.open | (office.desks > 5)),
        quoted("1/2", **QUOTE).makes(2, when=office.large),
        otherwise=quoted("1/3", **QUOTE).makes(3),
    )
    of = directive(made)
    assert decided(of, O(open=False, desks=6, large=False)).value == 1
    assert decided(of, O(open=False, desks=5, large=True)).value == 2
    assert decided(of, O(open=False, desks=5, large=False)).value == 3
    assert decided(of, O(open=False, large=True)).needs == ("offices/O.desks",)


def test_a_share_that_another_rule_reads() -> None:
    """By its numerator and denominator, also where a rule gives a whole number."""
    share = defining(office, "share", RATIONAL)(**LABELS).by(
        quoted("1/1", **QUOTE).makes(office.desks / Constant(3), when=office.open),
        otherwise=quoted("1/2", **QUOTE).makes(office.floors),
    )
    asked = defining(office, "told", bool)(**LABELS).by(
        quoted("1/3", **QUOTE).makes(share.of(office) * 2 + 1 > office.floors)
    )
    of = directive(share, asked)
    assert decided(of, O(open=True, desks=4, floors=3)).value is True  # 11 thirds
    assert decided(of, O(open=True, desks=3, floors=3)).value is False
    assert decided(of, O(open=False, floors=3)).value is True
    assert decided(of, O(open=True, floors=3)).needs == ("offices/O.desks",)


# What a duty requires: the least, or the greatest, whole number that satisfies


HALF: Final = office.floors / Constant(2)
LESS: Final = (office.floors - 9) / Constant(2)


@pytest.mark.parametrize(
    ("condition", "floors", "required"),
    [
        (office.desks >= HALF, 5, 3),
        (office.desks > HALF, 5, 3),
        (office.desks <= HALF, 5, 2),
        (office.desks < HALF, 5, 2),
        (office.desks.is_(HALF), 5, None),
        (office.desks >= HALF, 4, 2),
        (office.desks > HALF, 4, 3),
        (office.desks <= HALF, 4, 2),
        (office.desks < HALF, 4, 1),
        (office.desks.is_(HALF), 4, 2),
        # minus five halves, and minus two
        (office.desks >= LESS, 4, -2),
        (office.desks > LESS, 4, -2),
        (office.desks <= LESS, 4, -3),
        (office.desks < LESS, 4, -3),
        (office.desks.is_(LESS), 4, None),
        (office.desks >= LESS, 5, -2),
        (office.desks > LESS, 5, -1),
        (office.desks <= LESS, 5, -2),
        (office.desks < LESS, 5, -3),
        (office.desks.is_(LESS), 5, -2),
        # three visits in the year before, of all that there were in years
        (office.desks >= office.visits.in_year(-1) / Constant(2), 5, 2),
        # whole numbers
        (office.desks >= office.floors, 5, 5),
        (office.desks > office.floors, 5, 6),
        (office.desks <= office.floors, 5, 5),
        (office.desks < office.floors, 5, 4),
        (office.desks.is_(office.floors), 5, 5),
        (office.desks >= OPEN_NUMBER, 5, None),
        (office.desks >= HALF, None, None),
        (office.desks < HALF, None, None),
    ],
)
def test_what_is_required(condition: Expression, floors: int | None, required: int | None) -> None:
    """Rounded towards what satisfies; a shortfall is how far off the number is."""
    (finding,) = found(must(condition), [O(desks=7, floors=floors, visits={2018: 3})])
    assert (finding.actual, finding.required) == (7, required)
    if required is not None and finding.status.value == "breached":
        assert finding.shortfall == abs(required - 7)


def test_of_several_comparisons_the_unmet_one_is_measured() -> None:
    """Else one that is open, else the first."""
    both = must((office.desks >= 3) & (office.floors >= 2))

    def measured(fact: Fact) -> tuple[str, int | None, int | None]:
        (finding,) = found(both, [fact])
        return finding.status.value, finding.actual, finding.required

    assert measured(O(desks=5, floors=1)) == ("breached", 1, 2)
    assert measured(O(desks=5)) == ("undetermined", None, 2)
    assert measured(O(desks=5, floors=2)) == ("satisfied", 5, 3)


# Derived attributes


def test_a_value_that_only_some_rules_give_alike_is_settled() -> None:
    """Rules that may apply and give the value that is known do not matter."""
    made = defining(office, "told", int)(**LABELS).by(
        quoted("1/1", **QUOTE).makes(office.desks + 1, when=office.open),
        quoted("1/2", **QUOTE).makes(office.floors + 1, when=office.large),
        otherwise=quoted("1/3", **QUOTE).makes(office.floors - 1),
    )
    agreed = decided(directive(made), O(open=True, desks=2, floors=2))
    assert (agreed.value, list(map(str, agreed.cites))) == (3, ["1/1"])
    assert decided(directive(made), O(open=True, desks=2, floors=3)).needs == ("offices/O.large",)
    assert decided(directive(made), O(open=False, large=False, floors=3)).value == 2
    conflict = decided(directive(made), O(open=True, large=True, desks=2, floors=3)).conflict
    assert conflict is not None
    assert list(map(str, conflict.cites)) == ["1/1", "1/2"]


def test_a_share_that_two_rules_give_can_be_the_same_in_other_terms() -> None:
    """One half is two quarters, and what is not that is a conflict."""
    made = defining(office, "told", RATIONAL)(**LABELS).by(
        quoted("1/1", **QUOTE).makes(office.desks / Constant(2), when=office.open),
        quoted("1/2", **QUOTE).makes(office.floors / Constant(4), when=office.large),
        otherwise=quoted("1/3", **QUOTE).makes(0),
    )
    same = decided(directive(made), O(open=True, large=True, desks=1, floors=2))
    assert (same.value, list(map(str, same.cites))) == (Fraction(1, 2), ["1/1", "1/2"])
    other = decided(directive(made), O(open=True, large=True, desks=1, floors=3))
    assert other.conflict is not None
    assert decided(directive(made), O(open=True, desks=1, floors=2)).value == Fraction(1, 2)
    assert decided(directive(made), O(open=True, desks=1)).needs == (
        "offices/O.floors",
        "offices/O.large",
    )


def test_what_no_rule_could_give_needs_the_parameter() -> None:
    """Every rule's value rests on a parameter that has none."""
    made = defining(office, "told", int)(**LABELS).by(
        quoted("1/1", **QUOTE).makes(OPEN_NUMBER, when=office.open),
        quoted("1/2", **QUOTE).makes(OPEN_NUMBER + office.desks, when=office.large),
        otherwise=quoted("1/3", **QUOTE).makes(OPEN_NUMBER),
    )
    answer = decided(directive(made), O(open=True, large=False))
    assert (answer.value, answer.needs) == (None, ("parameters.open_number",))


def test_a_definition_can_rest_on_numbers_that_are_known_in_part() -> None:
    """Its bounds serve a comparison, though it has no value."""
    clerks = count(each(Clerk, office_id=office))
    made = defining(office, "told", int)(**LABELS).by(
        quoted("1/1", **QUOTE).makes(clerks, when=office.open),
        otherwise=quoted("1/2", **QUOTE).makes(0),
    )
    large = defining(office, "many", bool)(**LABELS).by(
        quoted("1/3", **QUOTE).makes(made.of(office) >= 2)
    )
    two = [Clerk(id=name, office_id="O") for name in "ab"]
    of = directive(made, large)
    assert decided(of, O(open=True), "many", two).value is True
    assert decided(of, O(open=True), "told", two).needs == ("complete.clerks",)
    assert decided(of, O(), "many", two).value is None
    assert decided(of, O(open=True), "many", two[:1], [Clerk]).value is False


def test_a_truth_out_of_constants_needs_no_columns() -> None:
    """Nothing of the office is read but its id."""
    assert told(Constant(2) > 1, O()) == (True, ())
    assert decided(directive(value_is(bool, Constant(2) > 1)), O()).cites[0].of_sentence
