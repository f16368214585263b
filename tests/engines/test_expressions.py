"""What each kind of expression comes to, known or not, under every engine; derived by hand."""

from __future__ import annotations

from datetime import date, datetime
from fractions import Fraction
from typing import Any, Final

import pytest

from policy_rules.answers import Finding, Status
from policy_rules.facts import Exemption, Facts
from policy_rules.language import (
    AS_OF,
    FALSE,
    TEXT,
    TRUE,
    Clause,
    Directive,
    Modality,
    count,
    each,
    every,
    first_known,
    none,
    some,
    subject,
    total,
)
from policy_rules.language.expressions import Constant, Definition, Noted
from policy_rules.language.rails import rails
from policy_rules.language.rules import Provision
from policy_rules.police import (
    Bureau,
    CriminalCase,
    Incident,
    Officer,
    Posting,
    Role,
    Setting,
    Station,
    Team,
)
from policy_rules.policy import EngineName, LoadedDirective, Policy, load
from tests.support.present import EVERY_ENGINE
from tests.support.writing import at, defining, says

SAYS: Final[dict[str, Any]] = {"quote": "应当", "zh": "应当", "en": "must"}
LABELS: Final[dict[str, Any]] = {"zh": "数", "en": "number"}
DAY: Final = date(2020, 6, 1)

station = subject(Station)
bureau = subject(Bureau)
posting = subject(Posting)
incident = subject(Incident)
case = subject(CriminalCase)
officer = each(Officer, station_id=station)
anyone = each(Officer)
OPEN = says("1/1", quote="若干", **LABELS).leaves_open("open", int)
OPEN_RULE = says("1/1", quote="视情", **LABELS).leaves_open("open_rule", bool)
SHARE = says("1/1", quote="40%", **LABELS).sets("share", Fraction(2, 5))


def directive(*provisions: Provision) -> LoadedDirective:
    """A directive of one clause."""
    sentences = {f"1/{number}": "" for number in range(1, 10)}
    return load(
        Directive(
            id="made-up", number="试", zh="试", en="made up", issued=date(2020, 1, 1),
            sentences=sentences,
            clauses=[Clause(heading="1", zh="一", en="one", provisions=provisions)],
        )
    )  # fmt: skip


@pytest.fixture(params=EVERY_ENGINE)
def engine(request: pytest.FixtureRequest) -> EngineName:
    """Each engine in turn."""
    name: EngineName = request.param
    return name


def S(**known: Any) -> Station:
    """The station of which everything else is unknown."""
    return Station(id="S", **known)


# Conditions: the expression, what is known of the subject, and its truth (None: unknown)

CONDITIONS: Final[list[tuple[Any, Any, bool | None]]] = [
    # one number against another
    (station.officers > 3, S(officers=3), False),
    (station.officers > 3, S(officers=4), True),
    (station.officers.is_not(3), S(officers=3), False),
    (station.officers.is_not(3), S(officers=4), True),
    (station.officers.is_not(3), S(), None),
    (station.officers.is_(station.beds), S(officers=3), None),
    (OPEN >= 0, S(), None),
    (station.officers >= OPEN, S(officers=3), None),
    # strong Kleene logic
    (station.pilot & station.notable, S(pilot=False), False),
    (station.pilot & station.notable, S(pilot=True), None),
    (station.pilot | station.notable, S(pilot=True), True),
    (station.pilot | station.notable, S(pilot=False), None),
    (~station.pilot, S(), None),
    (TRUE & station.pilot, S(pilot=True), True),
    (FALSE | station.pilot, S(pilot=False), False),
    (station.pilot | ~station.pilot, S(), None),
    (station.pilot & (OPEN > 3), S(pilot=False), False),
    (station.pilot | (OPEN > 3), S(pilot=True), True),
    (station.pilot | (OPEN > 3), S(pilot=False), None),
    (OPEN_RULE, S(), None),
    (OPEN_RULE | station.pilot, S(pilot=True), True),
    (OPEN_RULE & station.pilot, S(pilot=True), None),
    # truth compared with truth
    (station.pilot.is_(station.notable), S(pilot=True, notable=True), True),
    (station.pilot.is_(station.notable), S(pilot=True, notable=False), False),
    (station.pilot.is_(station.notable), S(pilot=True), None),
    (station.pilot.is_not(station.notable), S(pilot=True, notable=False), True),
    (station.pilot.is_not(station.notable), S(pilot=False, notable=False), False),
    ((station.pilot & station.notable).is_(False), S(pilot=False), True),
    # the first that is known
    (first_known(station.pilot, station.notable), S(pilot=False, notable=True), False),
    (first_known(station.pilot, station.notable), S(notable=True), True),
    (first_known(station.pilot, station.notable), S(notable=False), False),
    (first_known(station.pilot, station.notable), S(), None),
    (first_known(station.pilot & station.notable, TRUE), S(pilot=True), True),
    (first_known(station.officers, OPEN) > 3, S(officers=4), True),
    (first_known(station.officers, OPEN) > 3, S(), None),
    (first_known(OPEN, station.officers) > 3, S(officers=4), True),
    (first_known(OPEN, station.officers) > 3, S(), None),
    (first_known(station.officers, station.beds) + 1 > 3, S(beds=3), True),
    (first_known(station.officers, station.beds) + 1 > 3, S(officers=2, beds=3), False),
    (first_known(AS_OF, AS_OF) > DAY, S(), False),
    # whether there is a value
    (station.pilot.is_known(), S(), False),
    (station.pilot.is_known(), S(pilot=False), True),
    (~station.pilot.is_known(), S(), True),
    ((station.officers + station.beds).is_known(), S(officers=1), False),
    ((station.officers + station.beds).is_known(), S(officers=1, beds=0), True),
    ((station.pilot & station.notable).is_known(), S(pilot=False), True),
    (OPEN.is_known(), S(), False),
    (AS_OF.is_known(), S(), True),
    # exact arithmetic
    (station.officers + station.beds >= 5, S(officers=2, beds=3), True),
    (station.officers - station.beds >= 0, S(officers=2, beds=3), False),
    (station.officers * station.beds > 5, S(officers=2, beds=3), True),
    (station.officers * station.beds > 6, S(officers=2, beds=3), False),
    (station.officers / Constant(3) < 1, S(officers=3), False),
    (station.officers / Constant(3) < 1, S(officers=2), True),
    (station.officers / Constant(3) + SHARE > 1, S(officers=2), True),
    (station.officers / Constant(3) + SHARE > 1, S(officers=1), False),
    (SHARE - station.officers / Constant(3) < 0, S(officers=2), True),
    (SHARE - station.officers / Constant(5) <= 0, S(officers=2), True),
    (SHARE - station.officers / Constant(5) < 0, S(officers=2), False),
    (SHARE * station.officers >= 2, S(officers=5), True),
    (SHARE * station.officers >= 2, S(officers=4), False),
    ((station.officers / Constant(2)) / 3 >= 1, S(officers=6), True),
    ((station.officers / Constant(2)) / 3 >= 1, S(officers=5), False),
    (SHARE.is_(Fraction(2, 5)), S(), True),
    (first_known(SHARE * station.officers, SHARE) > 1, S(officers=3), True),
    (first_known(SHARE * station.officers, SHARE) > 1, S(), False),
    (first_known(SHARE, SHARE * station.officers) > 1, S(officers=3), False),
    # choices and sets
    (station.setting.is_(Setting.URBAN), S(setting="urban"), True),
    (station.setting.is_not(Setting.URBAN), S(setting="urban"), False),
    (station.setting.is_in({Setting.URBAN, Setting.RURAL}), S(setting="township"), False),
    (station.setting.is_in({Setting.URBAN, Setting.RURAL}), S(), None),
    (station.units.has(Team.CASE), S(units=set()), False),
    (station.units.has(Team.CASE), S(), None),
    (station.units.within({Team.CASE, Team.PATROL}), S(units={"case"}), True),
    (station.units.within({Team.CASE, Team.PATROL}), S(units={"case", "command"}), False),
    (station.units.includes({Team.CASE, Team.PATROL}), S(units={"case"}), False),
    (station.name.is_("白沙"), S(name="白沙"), True),
    # dates
    (AS_OF.year().is_(2020), S(), True),
    (AS_OF.plus_years(-1) < DAY, S(), True),
    (Constant(date(2020, 2, 29)).plus_years(1).is_(date(2021, 2, 28)), S(), True),
    (Constant(date(2020, 6, 2)).full_years_until(AS_OF) < 0, S(), False),
    (Constant(date(2019, 6, 1)).full_years_until(AS_OF).is_(1), S(), True),
    (Constant(date(2019, 6, 2)).full_years_until(AS_OF).is_(0), S(), True),
]  # fmt: skip


def answered(condition: Any, fact: Any, engine: EngineName, facts: Facts, *, as_value: bool) -> Any:
    """What a definition comes to whose rule has this condition, or this value."""
    of = {Station: station, Bureau: bureau, CriminalCase: case, Posting: posting,
          Incident: incident}[type(fact)]  # fmt: skip
    made = defining(of, "answer", bool)(**LABELS).by(
        *[at("1/1")("一").makes(condition)]
        if as_value
        else [at("1/1")("一").makes(True, when=condition)],
        otherwise=None if as_value else at("1/2")("二").makes(False),
    )
    policy = directive(made).policy(as_of=DAY, engine=engine)
    decision = policy.decide(fact, "answer", facts)
    # An open parameter or a list may be all that is needed; a settled answer needs nothing.
    assert bool(decision.needs) is (decision.value is None)
    return decision.value


@pytest.mark.parametrize("as_value", [False, True], ids=["condition", "value"])
@pytest.mark.parametrize(
    ("condition", "fact", "truth"), CONDITIONS, ids=[str(each[0]) for each in CONDITIONS]
)
def test_conditions(
    engine: EngineName, condition: Any, fact: Station, truth: bool | None, as_value: bool
) -> None:
    assert answered(condition, fact, engine, Facts(), as_value=as_value) is truth


# Lists: the expression, the officers of the roster, whether it is complete, and the truth

CHIEF: Final = Officer(id="C", station_id="S", role=Role.CHIEF, training_days={2020: 3})
CLERK: Final = Officer(id="K", station_id="S", role=Role.CLERK, training_days={2020: 2})
NO_ROLE: Final = Officer(id="N", station_id="S")
NO_STATION: Final = Officer(id="X", role=Role.CHIEF, training_days={2020: 1})
ELSEWHERE: Final = Officer(id="E", station_id="U", role=Role.CHIEF, training_days={2020: 9})
_chiefs = count(officer, officer.role.is_(Role.CHIEF))
_days = total(officer, officer.training_days.in_year(0))

LISTS: Final[list[tuple[Any, list[Officer], bool, bool | None]]] = [
    (_chiefs >= 1, [CHIEF, CLERK], True, True),
    (_chiefs >= 1, [CHIEF], False, True),
    (_chiefs >= 2, [CHIEF], False, None),
    (_chiefs >= 2, [CHIEF], True, False),
    (_chiefs <= 0, [CHIEF], False, False),
    (_chiefs <= 1, [CHIEF], False, None),
    (_chiefs < 1, [CHIEF], False, False),
    (_chiefs < 2, [CHIEF], True, True),
    (_chiefs > 0, [CHIEF], False, True),
    (_chiefs > 0, [CLERK], False, None),
    (_chiefs.is_(1), [CHIEF], True, True),
    (_chiefs.is_(1), [CHIEF], False, None),
    (_chiefs.is_(0), [CHIEF], False, False),
    (_chiefs.is_not(1), [CHIEF], True, False),
    (_chiefs.is_not(1), [CHIEF], False, None),
    (_chiefs.is_not(0), [CHIEF], False, True),
    (_chiefs >= 1, [NO_ROLE], True, None),
    (_chiefs >= 1, [NO_STATION], True, None),
    (_chiefs >= 1, [ELSEWHERE], True, False),
    (_chiefs >= 1, [CHIEF, NO_ROLE, NO_STATION], True, True),
    (_chiefs + 1 >= 2, [CHIEF], True, True),
    (_chiefs + 1 >= 2, [CHIEF], False, None),
    (_chiefs >= _chiefs, [CHIEF], False, None),
    (_chiefs >= _chiefs, [CHIEF], True, True),
    (count(anyone) >= 2, [NO_STATION, ELSEWHERE], False, True),
    (count(anyone, anyone.role.is_(Role.CHIEF)) <= 2, [CHIEF, ELSEWHERE, CLERK], True, True),
    (some(anyone, anyone.role.is_(Role.CLERK)), [CHIEF], True, False),
    (every(officer, officer.role.is_(Role.CHIEF)), [CHIEF], True, True),
    (every(officer, officer.role.is_(Role.CHIEF)), [CHIEF, CLERK], False, False),
    (every(officer, officer.role.is_(Role.CHIEF)), [CHIEF, NO_ROLE], True, None),
    (every(officer, officer.role.is_(Role.CHIEF)), [], True, True),
    (_days >= 5, [CHIEF, CLERK], False, True),
    (_days.is_(5), [CHIEF, CLERK], True, True),
    (_days <= 5, [CHIEF, CLERK, NO_ROLE], True, None),
    (_days >= 5, [CHIEF, CLERK, NO_ROLE], True, True),
    (_days <= 4, [CHIEF, CLERK, NO_ROLE], True, False),
    (_days <= 5, [CHIEF, CLERK, NO_STATION], True, None),
    (first_known(station.officers, count(officer)) >= 2, [CHIEF, CLERK], False, True),
    (first_known(station.officers, count(officer)) >= 3, [CHIEF, CLERK], False, None),
    (count(officer).is_known(), [CHIEF], False, False),
    (count(officer).is_known(), [CHIEF], True, True),
    (count(officer) / Constant(2) > SHARE, [CHIEF], True, True),
    (count(officer) / Constant(2) > SHARE, [CHIEF], False, None),
]  # fmt: skip


@pytest.mark.parametrize(
    ("condition", "officers", "complete", "truth"), LISTS,
    ids=[f"{e[0]} {''.join(o.id for o in e[1])} {e[2]}" for e in LISTS],
)  # fmt: skip
def test_lists(
    engine: EngineName, condition: Any, officers: list[Officer], complete: bool, truth: bool | None
) -> None:
    facts = Facts(officers=officers, complete=["officers"] if complete else [])
    assert answered(condition, S(), engine, facts, as_value=False) is truth


def test_an_aggregate_in_an_aggregate(engine: EngineName) -> None:
    """Officers who are not alone in their role."""
    other = each(Officer, station_id=station)
    shared = some(officer, count(other, other.role.is_(officer.role)) >= 2)
    facts = Facts(officers=[CHIEF, CLERK, ELSEWHERE], complete=["officers"])
    assert answered(shared, S(), engine, facts, as_value=False) is False
    two = Facts(officers=[CHIEF, CLERK, Officer(id="L", station_id="S", role=Role.CLERK)])
    assert answered(shared, S(), engine, two, as_value=False) is True


def test_what_an_aggregate_reads_of_its_subject(engine: EngineName) -> None:
    """The subject's numbers of a year, inside a count over others."""
    member = each(Station, bureau_id=bureau)
    many = some(member, member.officers > bureau.seconded.in_year(-1))
    facts = Facts(stations=[Station(id="S", bureau_id="B", officers=3)])
    for seconded, truth in (({2019: 2}, True), ({2019: 3}, None), ({2018: 2}, None), (None, None)):
        fact = Bureau(id="B", seconded=seconded)
        assert answered(many, fact, engine, facts, as_value=False) is truth


def test_moments_have_an_order(engine: EngineName) -> None:
    late = incident.transferred_at > incident.received_at
    facts: dict[str, Any] = {
        "received_at": datetime(2020, 1, 1, 8),
        "transferred_at": datetime(2020, 1, 1, 9),
    }
    assert answered(late, Incident(id="I", **facts), engine, Facts(), as_value=False) is True
    assert answered(late, Incident(id="I"), engine, Facts(), as_value=False) is None


def test_prefixes_of_every_code(engine: EngineName) -> None:
    ours = case.place_codes.all_start_with("3503")
    for codes, truth in (
        ({"350302"}, True),
        ({"350302", "110101"}, False),
        (set(), True),
        (None, None),
    ):
        fact = CriminalCase(id="A", place_codes=codes)
        assert answered(ours, fact, engine, Facts(), as_value=True) is truth


# Ranges that pass through definitions


def ranged(value: Any, *more: Any, otherwise: int | None = None) -> Definition:
    """A number that may be known in part."""
    last = None if otherwise is None else at("1/3")("三").makes(otherwise)
    return defining(station, "size", int)(**LABELS).by(value, *more, otherwise=last)


def at_least_two(size: Definition, fact: Station, engine: EngineName, **lists: Any) -> Finding:
    """The finding that the number is two or more."""
    rule = says("1/4", **SAYS).demands(station, size.of(station) >= 2)
    report = (
        directive(size, rule)
        .policy(as_of=DAY, engine=engine)
        .audit(Facts(stations=[fact], **lists))
    )
    (found,) = report
    return found


def test_a_partial_list_bounds_what_is_defined_by_it(engine: EngineName) -> None:
    by_count = ranged(at("1/1")("一").makes(count(officer)))
    two = at_least_two(by_count, S(), engine, officers=[CHIEF, CLERK])
    assert (two.status, two.actual, two.required) == (Status.SATISFIED, None, 2)
    one = at_least_two(by_count, S(), engine, officers=[CHIEF])
    assert (one.status, one.needs) == (Status.UNDETERMINED, ("complete.officers",))


def test_a_range_holds_under_the_one_rule_that_applies(engine: EngineName) -> None:
    by_kind = ranged(
        at("1/1")("一").makes(count(officer), when=station.pilot),
        at("1/2")("二").makes(station.beds, when=station.notable),
        otherwise=1,
    )
    roster = [CHIEF, CLERK]
    pilot = at_least_two(by_kind, S(pilot=True, notable=False), engine, officers=roster)
    assert pilot.status is Status.SATISFIED
    neither = at_least_two(by_kind, S(pilot=False, notable=False), engine, officers=roster)
    assert (neither.status, neither.actual) == (Status.BREACHED, 1)
    notable = at_least_two(by_kind, S(pilot=False, notable=True, beds=2), engine, officers=roster)
    assert (notable.status, notable.actual) == (Status.SATISFIED, 2)
    open_ = at_least_two(by_kind, S(notable=False), engine, officers=roster)
    assert (open_.status, open_.needs) == (
        Status.UNDETERMINED, ("complete.officers", "stations/S.pilot"),
    )  # fmt: skip
    same = at_least_two(by_kind, S(pilot=True, notable=True, beds=2), engine, officers=roster,
                        complete=["officers"])  # fmt: skip
    assert (same.status, same.actual) == (Status.SATISFIED, 2)


# What a finding measures: the least (or greatest) whole number that would do


@pytest.mark.parametrize(
    ("must", "required"),
    [
        (station.officers >= 3, 3),
        (station.officers > 3, 4),
        (station.officers <= 3, 3),
        (station.officers < 3, 2),
        (station.officers.is_(3), 3),
        (station.officers >= SHARE * station.beds, 5),
        (station.officers > SHARE * station.beds, 5),
        (station.officers <= SHARE * station.beds, 4),
        (station.officers < SHARE * station.beds, 4),
        (station.officers.is_(SHARE * station.beds), None),
        (station.officers >= SHARE * station.rooms, 4),
        (station.officers > SHARE * station.rooms, 5),
        (station.officers < SHARE * station.rooms, 3),
        (station.officers.is_(SHARE * station.rooms), 4),
        (station.officers >= station.villages, None),
        (station.officers >= OPEN, None),
    ],
    ids=str,
)
def test_what_is_required_is_a_whole_number(
    engine: EngineName, must: Any, required: int | None
) -> None:
    """Of 11 beds 40% are 4.4, of 10 rooms 4; the villages are not known."""
    policy = directive(says("1/1", **SAYS).demands(station, must)).policy(as_of=DAY, engine=engine)
    (found,) = policy.audit(Facts(stations=[S(officers=7, beds=11, rooms=10)]))
    assert (found.actual, found.required) == (7, required)


def test_a_finding_reports_the_comparison_that_fails(engine: EngineName) -> None:
    must = (station.officers >= 3) & (station.beds >= 5) & station.pilot
    policy = directive(says("1/1", **SAYS).demands(station, must)).policy(as_of=DAY, engine=engine)

    def reported(fact: Station) -> tuple[Status, int | None, int | None]:
        (found,) = policy.audit(Facts(stations=[fact]))
        return found.status, found.actual, found.required

    assert reported(S(officers=3, beds=4, pilot=True)) == (Status.BREACHED, 4, 5)
    assert reported(S(officers=2, beds=4, pilot=True)) == (Status.BREACHED, 2, 3)
    assert reported(S(officers=3, pilot=True)) == (Status.UNDETERMINED, None, 5)
    assert reported(S(officers=3, beds=5, pilot=True)) == (Status.SATISFIED, 3, 3)
    assert reported(S(beds=4)) == (Status.BREACHED, 4, 5)


def test_a_rule_that_the_date_switches_off(engine: EngineName) -> None:
    rule = says("1/1", **SAYS).demands(station, station.pilot, applies=date(2021, 1, 1) < AS_OF)
    (found,) = directive(rule).policy(as_of=DAY, engine=engine).audit(Facts(stations=[S()]))
    assert (found.status, found.needs) == (Status.NOT_APPLICABLE, ())


# Values that the regime settles


def test_a_definition_that_the_reading_settles(engine: EngineName) -> None:
    """A number that comes to a constant is put in where it is used."""
    which = (
        at("1/1")
        .reading("which", default="low")("何", "what")
        .options(low=("低", "low"), high=("高", "high"), why=("因", "because"))
    )
    bound = defining(station, "bound", int)(**LABELS).by(
        at("1/1")("低").makes(3, when=which.is_("low")),
        at("1/1")("高").makes(5, when=which.is_("high")),
    )
    enough = defining(station, "enough", bool)(**LABELS).by(
        at("1/2")("够").makes(True, when=bound.of(station) > 4),
        otherwise=at("1/2")("不够").makes(False),
    )
    rules = directive(
        bound, enough, says("1/3", **SAYS).demands(station, station.officers >= bound.of(station))
    )
    for option, required in (("low", 3), ("high", 5)):
        policy = rules.policy(as_of=DAY, readings={"which": option}, engine=engine)
        (found,) = policy.audit(Facts(stations=[S(officers=4)]))
        assert (found.required, found.readings) == (required, {"which": option})
        answer = policy.decide(S(), "enough")
        assert (answer.value, answer.readings) == (option == "high", {"which": option})


def test_an_exception_to_a_rule_of_a_definition(engine: EngineName) -> None:
    """A notable pilot is not large; the rule it would fall under is that of all others."""
    size = defining(station, "size", int)(**LABELS).by(
        at("1/1")("大").makes(3, when=station.pilot), otherwise=at("1/2")("小").makes(1)
    )
    rules = directive(size, says("1/1", **SAYS).excepts("1/1", station.notable))
    policy = rules.policy(as_of=DAY, engine=engine)
    assert policy.decide(S(pilot=True, notable=False), "size").value == 3
    assert policy.decide(S(pilot=True, notable=True), "size").value == 1
    assert policy.decide(S(pilot=True), "size").needs == ("stations/S.notable",)


def test_values_that_are_read_from_the_fact(engine: EngineName) -> None:
    """Two rules with values of their own, which may turn out to be the same."""
    size = defining(station, "size", int)(**LABELS).by(
        at("1/1")("一").makes(station.officers, when=station.pilot),
        at("1/2")("二").makes(station.beds, when=~station.pilot),
    )
    policy: Policy = directive(size).policy(as_of=DAY, engine=engine)
    assert policy.decide(S(pilot=True, officers=3), "size").value == 3
    same = policy.decide(S(officers=3, beds=3), "size")
    assert (same.value, same.needs) == (None, ("stations/S.pilot",))
    assert policy.decide(S(pilot=True, beds=3), "size").needs == ("stations/S.officers",)


def test_texts_and_dates_are_decided_too(engine: EngineName) -> None:
    name = defining(station, "title", TEXT)(**LABELS).by(at("1/1")("名").makes(station.name))
    end = defining(posting, "end", date)(**LABELS).by(
        at("1/2")("3年").makes(posting.from_date.plus_years(3))
    )
    policy = directive(name, end).policy(as_of=DAY, engine=engine)
    assert policy.decide(S(name="白沙"), "title").value == "白沙"
    fact = Posting(id="P", from_date=date(2020, 2, 29))
    assert policy.decide(fact, "end").value == date(2023, 2, 28)
    assert policy.decide(fact, "end").as_json()["value"] == "2023-02-28"


def test_a_share_is_decided_exactly(engine: EngineName) -> None:
    third = defining(station, "third", Fraction)(**LABELS).by(
        at("1/1")("三分之一").makes(station.officers / Constant(3) + 0)
    )
    answer = directive(third).policy(as_of=DAY, engine=engine).decide(S(officers=4), "third")
    assert answer.value == Fraction(4, 3)
    assert answer.as_json()["value"] == "4/3"


def test_rails_can_be_read() -> None:
    """What generated code is made from: certainly true, and certainly false."""
    enough = rails(count(officer) >= 2)
    assert str(enough.true) == "(low(count(officer where True)) >= 2)"
    assert str(enough.false) == (
        "(known(high(count(officer where True))) & (high(count(officer where True)) < 2))"
    )
    third = rails(first_known(station.officers / Constant(3), station.beds / Constant(3)) > 1)
    first = "first_known((police_station.officers / 3), (police_station.beds / 3))"
    assert str(third.true) == (
        f"((known(police_station.officers) | known(police_station.beds)) & ({first}.steps > 3))"
    )
    excepted = rails(Noted(station.pilot, "1/1", "除外", "除外", "except"))
    assert str(excepted.true) == "(known(police_station.pilot) & police_station.pilot)"


@pytest.mark.parametrize(("years", "end"), [(9000, date.max), (-9000, date.min)])
def test_years_beyond_the_calendar_come_to_its_end(
    engine: EngineName, years: int, end: date
) -> None:
    """A number of years can be set by the user, so any has to come to a date."""
    moved = says("1/1", quote="年", **LABELS).sets("years", years)
    assert answered(AS_OF.plus_years(moved).is_(end), S(), engine, Facts(), as_value=False) is True


def test_an_exemption_is_found_among_several(engine: EngineName) -> None:
    rule = says("1/1", **SAYS, modality=Modality.IN_PRINCIPLE).forbids(case, case.simple)
    held = [
        Exemption(id="E1", cite="1/1", subject="cases/A", valid_until=date(2019, 1, 1)),
        Exemption(id="E2", cite="1/1", subject="cases/A", valid_from=DAY),
    ]
    policy = directive(rule).policy(as_of=DAY, exemptions=held, engine=engine)
    (reason,) = policy.check(CriminalCase(id="A", simple=True)).reasons
    assert reason.exemption == "E2"
    index = policy.exemption_index
    assert index.named("cases/A", "1/1", date(2019, 6, 1)) is None
    assert index.named("cases/A", "1/1", None) is None


def test_nothing_of_a_list_of_none(engine: EngineName) -> None:
    assert (
        answered(none(officer), S(), engine, Facts(complete=["officers"]), as_value=False) is True
    )
