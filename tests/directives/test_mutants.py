"""No small slip in a rule goes unnoticed: cases kill every mutant that makes a difference.

What mutants there are is shown on a made-up directive.
"""

from __future__ import annotations

from datetime import date
from typing import Any, Final

import pytest
from attrs import evolve

from policy_rules.directives.putian_2019_52 import DIRECTIVE
from policy_rules.language import (
    AS_OF,
    Amendment,
    Cite,
    Clause,
    Directive,
    Modality,
    amended,
    count,
    each,
    first_known,
    subject,
    total,
)
from policy_rules.language.expressions import Attribute, Constant, Elapsed, Parameter, as_node
from policy_rules.language.rules import Provision
from policy_rules.police import Bureau, Officer, Role, Setting, Station, Task, Team
from policy_rules.testing.cases import Case, read_cases
from policy_rules.testing.killing import outcomes, survivors
from policy_rules.testing.mutants import mutants
from policy_rules.testing.variants import variants
from tests.support.places import CASES
from tests.support.writing import at, defining, says

_SAME_YEAR = (
    "must: `(year(transfer.on) == year(as_of))` becomes `(year(transfer.on) >= year(as_of))`"
)
_OTHER_READING = "without `population_standard = urban_3000` (2)"
# What no case can notice, with the reason.
EQUIVALENT = {
    f"2.1/2a: {_SAME_YEAR}": (
        "a departure of a later year is after as_of, which another operand excludes"
    ),
    "2.1/2a: must: without `baseline = year_start`": (
        "on the day of a departure before the baseline nobody has left since the baseline"
    ),
    f"2.1/2d: {_SAME_YEAR}": "as for 2.1/2a",
    f"2.1/7c: {_SAME_YEAR}": "as for 2.1/2a",
    f"2.1/3: condition of `population_per_officer`: {_OTHER_READING}": (
        "under the other reading the first rule, from the same sentence, gives the same number"
    ),
}


@pytest.mark.mutants
@pytest.mark.parametrize(
    "heading", dict.fromkeys(Cite.parse(cite).heading for cite in DIRECTIVE.sentences)
)
def test_the_cases_notice_every_slip_in_the_rules(heading: str) -> None:
    unnoticed = {str(mutant) for mutant in survivors(DIRECTIVE, read_cases(CASES), heading)}
    equivalent = {each for each in EQUIVALENT if each.startswith(f"{heading}/")}
    assert sorted(unnoticed - equivalent) == []
    assert sorted(equivalent - unnoticed) == [], "noticed after all: take it off the list"


SAYS: Final[dict[str, Any]] = {"quote": "应当", "zh": "应当", "en": "must"}
LABELS: Final[dict[str, Any]] = {"zh": "数", "en": "number"}
station = subject(Station)
bureau = subject(Bureau)
task = subject(Task)
officer = each(Officer, station_id=station)


def directive(*provisions: Provision) -> Directive:
    """A made-up directive of one clause."""
    return Directive(
        id="made-up", number="试", zh="试", en="made up", issued=date(2020, 1, 1),
        sentences={f"1/{number}": "" for number in range(1, 10)},
        clauses=[Clause(heading="1", zh="一", en="one", provisions=provisions)],
    )  # fmt: skip


def changes(*provisions: Provision) -> list[str]:
    """The mutants of a directive, by what they change."""
    return [str(mutant) for mutant in mutants(directive(*provisions))]


def of_must(condition: Any) -> list[str]:
    """The mutants of a condition."""
    prefix = "1/1: must: "
    rule = says("1/1", **SAYS).demands(station, condition)
    return [text.removeprefix(prefix) for text in changes(rule) if text.startswith(prefix)]


def test_mutants_of_comparisons_and_logic() -> None:
    assert of_must(station.pilot & ~(station.officers >= 3)) == [
        "without `police_station.pilot`",
        "without `~(police_station.officers >= 3)`",
        "`(police_station.pilot & ~(police_station.officers >= 3))` becomes "
        "`(police_station.pilot | ~(police_station.officers >= 3))`",
        "`police_station.pilot` becomes `~police_station.pilot`",
        "`~(police_station.officers >= 3)` becomes `(police_station.officers >= 3)`",
        "`(police_station.officers >= 3)` becomes `(police_station.officers > 3)`",
        "`3` becomes `4`",
        "`3` becomes `2`",
    ]


def test_mutants_of_choices_sets_and_texts() -> None:
    assert of_must(station.setting.is_(Setting.URBAN)) == [
        "`(police_station.setting == urban)` becomes `(police_station.setting != urban)`",
        "`urban` becomes `township`",
        "`urban` becomes `rural`",
    ]
    assert of_must(station.units.within({Team.CASE, Team.PATROL}))[2:] == [
        "`{case, patrol}` becomes `{case, community, patrol}`",
        "`{case, patrol}` becomes `{patrol}`",
        "`{case, patrol}` becomes `{case}`",
        "`{case, patrol}` becomes `{case, command, patrol}`",
    ]
    assert of_must(station.name.is_in({"甲", "乙"}))[1:] == [
        "`{乙, 甲}` becomes `{甲}`", "`{乙, 甲}` becomes `{乙}`",
    ]  # fmt: skip
    assert of_must(station.name.is_("白沙"))[1:] == [
        "`白沙` becomes `白沙0`", "`白沙` becomes `白`",
    ]  # fmt: skip
    assert "`` becomes `0`" in of_must(station.name.is_(""))


def test_mutants_of_numbers_and_dates() -> None:
    share = says("1/1", quote="一", **LABELS).sets("share", 1)
    assert of_must((station.officers + 1) * share >= 0)[1:] == [
        "`(((police_station.officers + 1) * share) >= 0)` becomes "
        "`(((police_station.officers + 1) * share) > 0)`",
        "`((police_station.officers + 1) * share)` becomes "
        "`((police_station.officers + 1) / share)`",
        "`((police_station.officers + 1) * share)` becomes `(police_station.officers + 1)`",
        "`((police_station.officers + 1) * share)` becomes `share`",
        "`(police_station.officers + 1)` becomes `(police_station.officers - 1)`",
        "`(police_station.officers + 1)` becomes `police_station.officers`",
        "`(police_station.officers + 1)` becomes `1`",
        "`1` becomes `2`",
        "`1` becomes `0`",
        "`0` becomes `1`",
        "`0` becomes `-1`",
    ]
    assert of_must(AS_OF.plus_years(1) < date(2020, 1, 1))[2:] == [
        "`(as_of + 1 years)` becomes `as_of`",
        "`1` becomes `2`",
        "`1` becomes `0`",
        "`2020-01-01` becomes `2020-01-02`",
        "`2020-01-01` becomes `2019-12-31`",
    ]
    spell = Elapsed(as_node(AS_OF), Constant(date(2020, 1, 1)), "years")
    assert "`full_years(as_of, 2020-01-01)` becomes `full_years(2020-01-01, as_of)`" in of_must(
        spell > 3
    )
    assert of_must(station.beds.is_(3))[1:3] == [
        "`(police_station.beds == 3)` becomes `(police_station.beds >= 3)`",
        "`(police_station.beds == 3)` becomes `(police_station.beds <= 3)`",
    ]


def test_mutants_of_numbers_by_year() -> None:
    rule = says("1/1", **SAYS).demands(bureau, bureau.seconded.in_year(-1) >= 1)
    assert "1/1: must: `bureau.seconded[year-1]` becomes `bureau.seconded[year+0]`" in changes(rule)
    assert "1/1: must: `bureau.seconded[year-1]` becomes `bureau.seconded[year-2]`" in changes(rule)


def test_mutants_of_lists() -> None:
    chiefs = count(officer, officer.role.is_(Role.CHIEF))
    assert of_must(chiefs >= 1)[2:4] == [
        "`count(officer where (officer.role == chief))` without its condition",
        "`count(officer where (officer.role == chief))` without its link",
    ]
    days = total(officer, officer.training_days.in_year(0))
    assert (
        "`total(officer.training_days[year+0] of officer where True)` becomes "
        "`count(officer where True)`"
    ) in of_must(days >= 3)
    other = each(Officer, station_id=station)
    linked = count(officer, count(other, other.role.is_(officer.role)) > 1) >= 1
    assert sum("without its link" in text for text in of_must(linked)) == 2


def test_a_link_is_dropped_with_all_that_hangs_on_it() -> None:
    """Roles held by officers of stations of the bureau: without the bureau, of all stations."""
    member = each(Station, bureau_id=bureau)
    theirs = each(Officer, station_id=member)
    rule = says("1/1", **SAYS).demands(bureau, count(member, count(theirs) >= 2) >= 1)
    found = [str(m) for m in mutants(directive(rule)) if "without its link" in m.change]
    assert len(found) == 2


def test_mutants_of_what_is_known() -> None:
    first = first_known(station.officers, station.beds)
    assert of_must(first >= 1)[2:5] == [
        "`first_known(police_station.officers, police_station.beds)` becomes "
        "`first_known(police_station.beds, police_station.officers)`",
        "`first_known(police_station.officers, police_station.beds)` becomes "
        "`police_station.officers`",
        "`first_known(police_station.officers, police_station.beds)` becomes `police_station.beds`",
    ]
    assert "`police_station.officers` becomes `police_station.beds`" in of_must(first >= 1)


def test_mutants_of_what_there_is_none_of() -> None:
    """It is denied, or asked of another day that there may be none of."""
    asked = (task.reviewed_on, task.approved_on, task.starts_on)
    days = [each for each in asked if isinstance(each, Attribute)]
    absent = task.reviewed_on.is_none()
    assert [what for what, _ in variants(absent, days)] == [
        f"`{absent}` becomes `~{absent}`", "`task.reviewed_on` becomes `task.approved_on`",
    ]  # fmt: skip
    assert [what for what, _ in variants(~absent)] == [f"`~{absent}` becomes `{absent}`"]


def test_mutants_of_definitions() -> None:
    which = (
        at("1/1")
        .reading("which", default="low")("何", "what")
        .options(low=("低", "low"), high=("高", "high"), why=("因", "because"))
    )
    made = defining(station, "large", bool)(**LABELS).by(
        at("1/1")("一").makes(True, when=station.pilot & which.is_("low")),
        at("1/2")("二").makes(False, when=station.notable),
        otherwise=at("1/3")("三").makes(False),
    )
    found = changes(made)
    assert "1/1: condition of `large`: `which = low` becomes `which = high`" in found
    assert "1/3: value of `large`: `False` becomes `True`" in found
    assert [text for text in found if "value of" not in text and "condition of" not in text] == [
        "1/1: `large`: rule 1 is dropped",
        "1/2: `large`: rule 2 is dropped",
        "1/1: `large`: values of rules 1 and 2 are exchanged",
        "1/1: `large`: citations of rules 1 and 2 are exchanged",
        "1/1: `large`: values of rules 1 and 3 are exchanged",
        "1/1: `large`: citations of rules 1 and 3 are exchanged",
        "1/2: `large`: citations of rules 2 and 3 are exchanged",
    ]


def test_mutants_that_do_not_load_are_not_counted() -> None:
    """Without one of its rules the definition would not cover everything."""
    made = defining(station, "large", bool)(**LABELS).by(
        at("1/1")("一").makes(True, when=station.pilot),
        at("1/2")("二").makes(False, when=~station.pilot),
    )
    assert not any("dropped" in text for text in changes(made))


def test_a_change_that_could_not_be_written_is_no_mutant() -> None:
    """A divisor of nought is refused where it is written."""
    assert of_must(station.officers / Constant(1) > 3)[-4:] == [
        "`(police_station.officers / 1)` becomes `1`",
        "`1` becomes `2`",
        "`3` becomes `4`",
        "`3` becomes `2`",
    ]


def test_mutants_of_rules_that_hold_for_a_time() -> None:
    rule = at("1/1")("一").makes(2, when=station.pilot)
    last = at("1/2")("二").makes(1)
    made = defining(station, "size", int)(**LABELS).by(
        evolve(rule, valid_until=date(2021, 1, 1)), otherwise=last
    )
    assert [text for text in changes(made) if "valid" in text] == [
        "1/1: `size`: valid_until becomes 2021-01-02",
        "1/1: `size`: valid_until becomes 2020-12-31",
    ]


def test_mutants_of_obligations() -> None:
    by = says("1/1", quote="以前", **LABELS).sets("by", date(2020, 6, 30))
    rule = says("1/1", **SAYS).demands(station, station.pilot, due=by)
    assert changes(evolve(rule, valid_from=date(2020, 2, 1)))[1:] == [
        "1/1: must: `police_station.pilot` becomes `~police_station.pilot`",
        "1/1: becomes in principle",
        "1/1: becomes target",
        "1/1: due: dropped",
        "1/1: due: parameter `by`: 2020-06-30 becomes 2020-07-01",
        "1/1: due: parameter `by`: 2020-06-30 becomes 2020-06-29",
        "1/1: valid_from becomes 2020-02-02",
        "1/1: valid_from becomes 2020-01-31",
        "1/1: parameter `by`: 2020-06-30 becomes 2020-07-01",
        "1/1: parameter `by`: 2020-06-30 becomes 2020-06-29",
    ]


def test_mutants_of_prohibitions_and_exceptions() -> None:
    strict = says("1/1", **SAYS).forbids(task, task.quota, on=task.starts_on)
    principle = evolve(strict, modality=Modality.IN_PRINCIPLE)
    assert changes(strict) == [
        "1/1: condition: `task.quota` becomes `~task.quota`",
        "1/1: applies: `True` becomes `False`",
        "1/1: becomes in principle",
    ]
    assert changes(principle, says("1/1", **SAYS).excepts("1/1", task.branch_duty)) == [
        "1/1: condition: `task.quota` becomes `~task.quota`",
        "1/1: applies: `True` becomes `False`",
        "1/1: becomes must not",
        "1/1: on: becomes `as_of`",
        "1/1: condition: `task.branch_duty` becomes `~task.branch_duty`",
        "1/1: exception to 1/1: dropped",
    ]


def test_mutants_of_steps() -> None:
    steps = [
        says("1/1", **SAYS).step("report", task.quota),
        says("1/1", **SAYS).step("review", task.branch_duty),
    ]
    rule = says("1/1", **SAYS).needs(task, *steps, on=task.starts_on)
    assert changes(rule)[-4:] == [
        "1/1: on: becomes `as_of`",
        "1/1: step `report` is dropped",
        "1/1: step `review` is dropped",
        "1/1: names of steps `report` and `review` are exchanged",
    ]


def test_mutants_of_sentences_with_several_rules() -> None:
    found = changes(
        says("1/1a", **SAYS).demands(station, station.pilot),
        says("1/1b", **SAYS).demands(station, station.notable),
        says("1/1c", **SAYS).demands(bureau, bureau.officers > 0),
    )
    assert [text for text in found if "citations" in text] == [
        "1/1a: citations of 1/1a and 1/1b are exchanged"
    ]


def test_mutants_of_dated_values() -> None:
    least = says("1/2", quote="三", **LABELS).sets("least", 3, since={date(2021, 1, 1): 4})
    found = changes(says("1/1", **SAYS).demands(station, station.officers >= least))
    assert [text for text in found if text.startswith("1/2")] == [
        "1/2: parameter `least`: 3 becomes 4",
        "1/2: parameter `least`: 3 becomes 2",
        "1/2: parameter `least`: 4 becomes 5",
        "1/2: parameter `least`: 4 becomes 3",
        "1/2: parameter `least`: since 2021-01-01 becomes since 2021-01-02",
        "1/2: parameter `least`: since 2021-01-01 becomes since 2020-12-31",
    ]


def amended_values(least: Parameter, *rules: Provision) -> list[str]:
    """The mutants of the days of a value that an amendment changes."""
    clause = Clause("1", "改", "changes", document="other")
    (s1,) = clause.sentences(1)
    s1("四").changes(least, 4)
    amendment = Amendment(
        id="other", number="改", zh="改", en="changes", issued=date(2021, 1, 1),
        sentences={"1/1": ""}, clauses=[clause],
    )  # fmt: skip
    found = mutants(amended(directive(*rules), amendment))
    return [each.change for each in found if "since" in each.change]


def test_mutants_of_the_day_of_an_amended_value() -> None:
    """Of what only acts read, the day of the amendment decides, which has mutants of its own."""
    least = says("1/2", quote="三", **LABELS).sets("least", 3)
    act = says("1/1", **SAYS).forbids(task, task.quota & (AS_OF.year() >= least))
    assert amended_values(least, act) == []
    other = says("1/3", **SAYS).demands(station, station.officers >= least)
    assert amended_values(least, act, other) == [
        "parameter `least`: since 2021-01-01 becomes since 2021-01-02",
        "parameter `least`: since 2021-01-01 becomes since 2020-12-31",
    ]


# Killing


def case(name: str, sentence: str, **content: Any) -> Case:
    """A case of a station `S`."""
    facts = {"stations": [{"id": "S", **content.pop("station")}]}
    return Case(
        "made up", name, sentence, "by hand",
        {"as_of": date(2020, 6, 1), "facts": facts, **content},
    )  # fmt: skip


SIZE: Final = defining(station, "size", int)(**LABELS).by(
    at("1/1")("三").makes(2, when=station.officers >= 3), otherwise=at("1/2")("其他").makes(1)
)


def decided(name: str, sentence: str, officers: int, value: int) -> Case:
    """A case of the size of a station."""
    expected = [{"subject": "stations/S", "name": "size", "value": value}]
    return case(name, sentence, station={"officers": officers}, decision=expected)


def test_a_mutant_is_killed_by_a_case_of_its_sentence_first() -> None:
    cases = [decided("two", "1/2", 2, 1), decided("three", "1/1", 3, 2)]
    killers = {str(m): k and k.name for m, k in outcomes(directive(SIZE), cases)}
    assert killers["1/1: condition of `size`: `3` becomes `4`"] == "three"
    assert killers["1/1: condition of `size`: `3` becomes `2`"] == "two"
    assert killers["1/2: value of `size`: `1` becomes `2`"] == "two"
    unnoticed = "1/1: `size`: citations of rules 1 and 2 are exchanged"
    assert [mutant for mutant, killer in killers.items() if killer is None] == [unnoticed]


def test_a_missing_case_shows() -> None:
    found = survivors(directive(SIZE), [decided("three", "1/1", 3, 2)])
    assert "1/1: condition of `size`: `3` becomes `2`" in map(str, found)


def test_a_change_reaches_what_rests_on_it() -> None:
    """No case asks for the size itself, and an exception can reach anything."""
    rule = says("1/3", **SAYS).demands(station, SIZE.of(station) >= 2)
    notable = says("1/1", **SAYS).excepts("1/1", station.notable)
    finding = {"subject": "stations/S", "cite": "1/3"}
    cases = [
        case("three", "1/3", station={"officers": 3, "notable": False},
             finding=[{**finding, "status": "satisfied"}]),
        case("two", "1/3", station={"officers": 2}, finding=[{**finding, "status": "breached"}]),
        case("notable", "1/3", station={"officers": 3, "notable": True},
             finding=[{**finding, "status": "breached"}]),
    ]  # fmt: skip
    killers = {str(m): k and k.name for m, k in outcomes(directive(SIZE, rule, notable), cases)}
    assert killers["1/1: exception to 1/1: dropped"] == "notable"
    assert killers["1/1: condition of `size`: `3` becomes `4`"] == "three"
    assert killers["1/1: condition of `size`: `3` becomes `2`"] == "two"
