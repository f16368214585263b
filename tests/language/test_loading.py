"""A directive with a fault is refused as a whole, with every fault at once and its citation."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

import pytest
from attrs import evolve

from policy_rules.language import (
    DEADLINE,
    Clause,
    Directive,
    DirectiveError,
    Modality,
    RuleSet,
    count,
    each,
    first_known,
    load,
    none,
    subject,
)
from policy_rules.language.expressions import Definition, all_of, any_of
from policy_rules.language.rewriting import expressions_of
from policy_rules.language.rules import Provision
from policy_rules.police import (
    Appointment,
    Bureau,
    CriminalCase,
    DutyMode,
    Officer,
    Setting,
    Station,
    Task,
)
from tests.support.writing import at, defining, says

station = subject(Station)
bureau = subject(Bureau)
case = subject(CriminalCase)
task = subject(Task)
officer = each(Officer, station_id=station)

SENTENCES = {"1.1/1": "", "1.1/2": "", "1.1/3": "", "1.2/1": ""}
SAYS: dict[str, Any] = {"quote": "应当", "zh": "应当", "en": "must"}
LABELS: dict[str, Any] = {"zh": "数", "en": "number"}


def directive(*provisions: Provision, **clauses: Sequence[Provision]) -> Directive:
    """A made-up directive: provisions under heading 1.1, and `h12` those under 1.2."""
    return Directive(
        id="made-up", number="试〔2020〕1号", zh="试", en="made up", issued=date(2020, 1, 1),
        clauses=[
            Clause(heading="1.1", zh="一", en="one", provisions=provisions),
            Clause(heading="1.2", zh="二", en="two", provisions=tuple(clauses.get("h12", ()))),
        ],
        sentences=SENTENCES,
    )  # fmt: skip


def faults(*provisions: Provision, **clauses: Sequence[Provision]) -> list[str]:
    """What is wrong with the directive."""
    with pytest.raises(DirectiveError) as error:
        load(directive(*provisions, **clauses))
    return [each.text() for each in error.value.faults]


def size(name: str = "size", cite: str = "1.1/1", **changed: Any) -> Definition:
    """A definition in which nothing is wrong."""
    made = defining(station, name, int)(**LABELS).by(at(cite)("一").makes(1))
    return evolve(made, **changed)


def pilot(cite: str = "1.1/1", **changed: Any) -> Any:
    """A requirement in which nothing is wrong."""
    return evolve(says(cite, **SAYS).demands(station, station.pilot), **changed)


def opened(name: str = "report", **changed: Any) -> Any:
    """A step in which nothing is wrong."""
    return evolve(says("1/1", **SAYS).step(name, task.quota), **changed)


def number(name: str, value: object = 1, cite: str = "1.1/1", **changed: Any) -> Any:
    """A parameter in which nothing is wrong."""
    return evolve(says(cite, quote="一", **LABELS).sets(name, value), **changed)


def question(name: str = "mode", cite: str = "1.1/1") -> Any:
    """A reading in which nothing is wrong."""
    return (
        at(cite)
        .reading(name, default="one")("何", "what")
        .options(one=("甲", "one"), two=("乙", "two"), why=("因", "because"))
    )


def test_a_directive_without_faults_loads() -> None:
    rules = load(
        directive(
            size(),
            pilot("1.1/2"),
            at("1.1/3").background("背景", "background"),
            h12=[says("1.2/1", **SAYS).attests(station)],
        )
    )
    assert [str(rule.cite) for rule in rules.rules] == ["1.1/2", "1.2/1"]
    assert rules.named(Station) == ("size",)
    assert rules.named(Bureau) == ()
    assert rules.of_class(Station) is rules.of_class(Station)
    assert rules.in_principle() == {}


# Citations


def test_a_citation_of_no_sentence() -> None:
    assert faults(
        pilot("1.1/9"),
        size(cite="1.1/8"),
        at("1.1/7").background("背景", "background"),
        says("1.1/2", **SAYS).demands(station, station.officers >= number("least", cite="1.1/6")),
        says("1.1/3", **SAYS).demands(station, station.pilot | question(cite="1.1/5").is_("one")),
    ) == [
        "1.1/7: excuse cites a sentence that the directive has not",
        "1.1/8: `size` cites a sentence that the directive has not",
        "1.1/9: rule cites a sentence that the directive has not",
        "1.1/6: `least` cites a sentence that the directive has not",
        "1.1/5: `mode` cites a sentence that the directive has not",
    ]


def test_a_rule_under_another_heading() -> None:
    assert faults(pilot("1.2/1"), h12=[size(cite="1.1/1")]) == [
        "1.2/1: stands under heading 1.1; move it to the clause of its own heading"
    ]


def test_one_citation_for_two_rules() -> None:
    assert faults(pilot(), pilot(), pilot("1.1/2a"), pilot("1.1/2a")) == [
        "1.1/1: is the citation of 2 rules; letter them a, b, …",
        "1.1/2a: is the citation of 2 rules; letter them a, b, …",
    ]


@pytest.mark.parametrize(
    ("cites", "found"),
    [
        (["1.1/1b"], "b"),
        (["1.1/1a", "1.1/1c"], "a, c"),
        (["1.1/1", "1.1/1a"], "a, none"),
    ],
)
def test_letters_with_a_gap(cites: list[str], found: str) -> None:
    assert faults(*(pilot(cite) for cite in cites)) == [
        f"1.1/1: the letters of its rules are {found}; expected a, b, … without a gap"
    ]


def test_a_sentence_of_one_rule_may_have_its_letter() -> None:
    assert [str(r.cite) for r in load(directive(pilot("1.1/1a"))).rules] == ["1.1/1a"]


def test_rules_stand_in_the_order_of_the_text() -> None:
    rules = load(directive(pilot("1.1/3"), pilot("1.1/1b"), pilot("1.1/1a")))
    assert [str(rule.cite) for rule in rules.rules] == ["1.1/1a", "1.1/1b", "1.1/3"]


# Exceptions


def test_an_exception_to_no_rule() -> None:
    assert faults(says("1.1/1", **SAYS).excepts("1.1/2", station.pilot)) == [
        "1.1/1: is an exception to 1.1/2, which is no rule and no exception"
    ]


def test_an_exception_from_what_holds_in_all_other_cases() -> None:
    """It would change nothing, since there is no condition from which it could be."""
    mode = defining(station, "mode", int)(**LABELS).by(
        at("1.1/1")("一").makes(2, when=station.officers > 3),
        otherwise=at("1.1/2")("其他").makes(1),
    )
    assert faults(mode, says("1.1/3", **SAYS).excepts("1.1/2", station.pilot)) == [
        "1.1/3: is an exception to 1.1/2, which holds in all other cases, so it changes "
        "nothing; write what holds instead as a rule of the definition"
    ]


def test_a_deadline_where_nothing_is_due() -> None:
    appointment = subject(Appointment)
    counted = says("1.1/2", **SAYS).demands(appointment, appointment.on <= DEADLINE)
    assert faults(counted) == ["1.1/2: counts by a deadline, but nothing is due"]


def test_an_exception_that_speaks_of_another_fact() -> None:
    assert faults(pilot("1.1/2"), says("1.1/1", **SAYS).excepts("1.1/2", bureau.officers > 0)) == [
        "1.1/1: `bureau.officers` speaks of a fact that is neither the rule's subject nor in an "
        "aggregate"
    ]


def test_exceptions_are_compiled_away() -> None:
    mode = defining(station, "mode", DutyMode)(**LABELS).by(
        at("1.1/1")("一").makes(DutyMode.ZONED, when=station.pilot),
        otherwise=at("1.1/2")("二").makes(DutyMode.TWO_TEAMS_ONE_ROOM),
    )
    report = says("1.2/1a", **SAYS).needs(task, opened(), on=task.starts_on)
    forbidden = says("1.2/1b", **SAYS).forbids(task, task.quota)
    loaded = load(
        directive(
            mode,
            pilot("1.1/3"),
            says("1.1/1", **SAYS).excepts("1.1/1", station.terrain.is_known()),
            says("1.1/3", **SAYS).excepts("1.1/3", station.officers < 3),
            h12=[
                report,
                forbidden,
                says("1.2/1", **SAYS).excepts("1.2/1a", task.branch_duty),
                says("1.2/1", **SAYS).excepts("1.2/1b", task.branch_duty),
            ],
        )
    )
    (compiled,) = loaded.definitions.values()
    assert [str(rule.condition) for rule in compiled.rules] == [
        "(police_station.pilot & ~known(police_station.terrain))"
    ]
    assert [[str(part) for part in expressions_of(rule)] for rule in loaded.rules] == [
        ["(True & ~(police_station.officers < 3))", "police_station.pilot"],
        ["(True & ~task.branch_duty)", "task.quota", "task.starts_on"],
        ["(task.quota & ~task.branch_duty)", "as_of", "True"],
    ]
    assert len(loaded.exceptions) == 4


# Labels and names


def test_missing_labels() -> None:
    assert faults(
        size(zh=" ", en=""),
        pilot("1.1/2", quote=""),
        says("1.1/3", **SAYS).needs(task, opened(zh="", quote=""), on=task.starts_on),
        at("1.1/3").background("", "background"),
        h12=[
            says("1.2/1", **{**SAYS, "en": ""}).demands(
                station, station.officers >= number("least", cite="1.2/1", en="")
            ),
        ],
    ) == [
        "`size` of police_station (1.1/1): has no `zh` and no `en`",
        "1.1/2: has no `quote`",
        "1.1/3: step `report`: has no `zh` and no `quote`",
        "1.2/1: has no `en`",
        "1.1/3: has no `zh`",
        "parameter `least`: has no `en`",
    ]


def test_a_definition_without_its_quotation() -> None:
    made = defining(station, "size", int)(**LABELS).by(at("1.1/2")("").makes(1))
    assert faults(made) == ["1.1/2: has no `quote`"]


def test_one_name_for_two_things() -> None:
    least, most = number("bound"), number("bound", 2)
    assert faults(
        size(),
        size(cite="1.1/2"),
        says("1.1/1", **SAYS).demands(
            station, (station.officers >= least) & (station.officers <= most)
        ),
        says("1.1/2", **SAYS).demands(
            station, station.pilot | question().is_("one") | question().is_("two")
        ),
        says("1.1/3", **SAYS).needs(task, opened(), opened(), on=task.starts_on),
    ) == [
        "`size` of police station: is defined 2 times",
        "parameter `bound`: 2 different ones have this name",
        "reading `mode`: 2 different ones have this name",
        "1.1/3: has 2 steps named `report`",
    ]


def test_one_name_for_attributes_of_two_kinds_of_fact() -> None:
    other = defining(bureau, "size", int)(**LABELS).by(at("1.1/1")("一").makes(1))
    loaded = load(directive(size(), other))
    assert loaded.named(Station) == loaded.named(Bureau) == ("size",)


def test_a_definition_without_rules() -> None:
    assert faults(size(rules=())) == ["`size` of police_station: has no rule"]


# Scope


def test_a_rule_that_uses_what_no_clause_defines() -> None:
    assert faults(says("1.1/1", **SAYS).demands(station, size().of(station) >= 1)) == [
        "1.1/1: uses `police_station.size`, which no clause of the directive defines"
    ]


def test_a_rule_that_speaks_of_another_fact() -> None:
    assert faults(
        says("1.1/1", **SAYS).demands(station, bureau.officers >= 1),
        says("1.1/2", **SAYS).demands(station, count(officer, station.pilot & case.simple) >= 1),
        says("1.1/3", **SAYS).demands(bureau, none(officer)),
    ) == [
        "1.1/1: `bureau.officers` speaks of a fact that is neither the rule's subject nor in an "
        "aggregate",
        "1.1/2: `criminal_case.simple` speaks of a fact that is neither the rule's subject nor in "
        "an aggregate",
        "1.1/3: `count(officer where True)` ranges over facts related to one that is not in scope",
    ]


def test_a_related_fact_outside_its_aggregate() -> None:
    assert faults(says("1.1/1", **SAYS).demands(station, officer.recruit)) == [
        "1.1/1: `officer.recruit` speaks of a fact that is neither the rule's subject nor in an "
        "aggregate"
    ]


def test_an_aggregate_in_an_aggregate_speaks_of_both() -> None:
    other = each(Officer, station_id=station)
    rule = says("1.1/1", **SAYS).demands(
        station, none(officer, count(other, other.service_since < officer.service_since) > 3)
    )
    assert len(load(directive(rule)).rules) == 1


# Strata


def test_definitions_that_need_each_other() -> None:
    first, second = size("first", "1.1/1"), size("second", "1.1/2")
    rule = at("1.1/1")("一").makes(second.of(station) + 1)
    circular = evolve(first, rules=(rule,))
    back = at("1.1/2")("二").makes(first.of(station))
    assert faults(circular, evolve(second, rules=(back,)))[-1] == (
        "definitions that need each other: first (1.1/1) → second (1.1/2) → first (1.1/1)"
    )


def test_a_definition_that_needs_itself() -> None:
    own = size()
    circular = evolve(own, rules=(at("1.1/1")("一").makes(own.of(station)),))
    assert faults(circular)[-1] == "definitions that need each other: size (1.1/1) → size (1.1/1)"


def test_a_cycle_through_an_exception() -> None:
    mode = defining(station, "mode", int)(**LABELS).by(
        at("1.1/1")("一").makes(1, when=station.pilot), otherwise=at("1.1/2")("二").makes(0)
    )
    assert faults(mode, says("1.1/1", **SAYS).excepts("1.1/1", mode.of(station) > 0)) == [
        "definitions that need each other: mode (1.1/1) → mode (1.1/1)"
    ]


def test_definitions_come_after_those_they_use() -> None:
    base = size("base")
    top = defining(station, "top", int)(**LABELS).by(at("1.1/2")("二").makes(base.of(station) + 1))
    loaded = load(directive(top, base, says("1.1/3", **SAYS).demands(station, top.of(station) > 1)))
    assert loaded.named(Station) == ("base", "top")
    (rule,) = loaded.rules
    assert loaded.readings_of(rule) == ()


def test_readings_reach_through_definitions() -> None:
    mode, other = question(), question("other", "1.1/2")
    base = defining(station, "base", int)(**LABELS).by(
        at("1.1/1")("一").makes(1, when=mode.is_("one")),
        at("1.1/1")("一").makes(2, when=mode.is_("two")),
    )
    must = (base.of(station) + base.of(station) > 1) & (other.is_("one") | mode.is_("two"))
    loaded = load(directive(base, says("1.1/3", **SAYS).demands(station, must)))
    assert loaded.readings_of(loaded.rules[0]) == (mode, other)
    assert tuple(loaded.readings) == ("mode", "other")


# Coverage


MODE = question()


def covered(*conditions: Any) -> list[str]:
    """The faults of a definition whose rules have these conditions."""
    rules = [
        at("1.1/1")("一").makes(place, when=condition) for place, condition in enumerate(conditions)
    ]
    made = defining(station, "size", int)(**LABELS).by(*rules)
    try:
        load(directive(made))
    except DirectiveError as error:
        return [each.text() for each in error.faults]
    return []


NOT_COVERED = (
    "`size` of police_station: its rules ({}) are not shown to cover everything; "
    "say what holds `otherwise`"
)


@pytest.mark.parametrize(
    "conditions",
    [
        [station.pilot, ~station.pilot],
        [station.officers >= 12, station.officers < 12],
        [station.officers <= 12, station.officers > 12],
        [station.officers.is_(3), station.officers.is_not(3)],
        [station.setting.is_(Setting.URBAN), station.setting.is_not(Setting.URBAN)],
        [station.setting.is_(each_) for each_ in Setting],
        [
            station.setting.is_in({Setting.URBAN, Setting.RURAL}),
            station.setting.is_(Setting.TOWNSHIP),
        ],
        [station.pilot | (station.officers > 3), ~station.pilot & (station.officers <= 3)],
        [MODE.is_("one") | station.pilot, MODE.is_("two")],
    ],
)  # fmt: skip
def test_rules_that_cover_everything(conditions: list[Any]) -> None:
    assert covered(*conditions) == []


@pytest.mark.parametrize(
    "conditions",
    [
        [station.pilot, station.officers > 3],
        [station.officers >= 12, station.officers < 11],
        [station.setting.is_(Setting.URBAN), station.setting.is_(Setting.RURAL)],
        [station.beds.is_known(), ~station.pilot],
    ],
)
def test_rules_that_leave_something_open(conditions: list[Any]) -> None:
    assert covered(*conditions) == [NOT_COVERED.format("1.1/1, 1.1/1")]


def test_an_exception_can_leave_something_open() -> None:
    made = defining(station, "size", int)(**LABELS).by(
        at("1.1/1")("一").makes(1, when=station.pilot),
        at("1.1/2")("二").makes(0, when=~station.pilot),
    )
    notable = says("1.1/2", **SAYS).excepts("1.1/2", station.notable)
    assert faults(size("first", "1.1/3"), made, notable) == [NOT_COVERED.format("1.1/1, 1.1/2")]


@pytest.mark.parametrize("number", [12, 13, 40])
def test_equal_parts_are_one_however_many_there_are(number: int) -> None:
    """FOUND: with 13 parts it was refused, since there are more than 4,096 combinations."""
    many: Any = all_of(*(station.officers >= bound for bound in range(number)))
    some: Any = any_of(*(station.beds >= bound for bound in range(number)))
    other = station.pilot
    assert covered(many & other, many & ~other, ~many) == []
    assert covered(some & other, ~some, some & ~other) == []
    assert covered(many & some, ~many, ~some) == []
    assert covered(many & other, many & ~other) == [NOT_COVERED.format("1.1/1, 1.1/1")]


def test_more_than_is_looked_through_is_said() -> None:
    """Of each of sixteen pairs one holds, or of some pair neither: 65,536 combinations."""
    pairs: Any = [(station.officers >= n, station.beds >= n) for n in range(16)]
    one_of_each: Any = all_of(*(one | other for one, other in pairs))
    neither_of_some: Any = any_of(*(~one & ~other for one, other in pairs))
    assert covered(one_of_each, neither_of_some) == [
        NOT_COVERED.format("1.1/1, 1.1/1").replace(
            "everything;",
            "everything, since they have too many combinations (more than 20,000 tried);",
        )
    ]
    few: Any = all_of(*(one | other for one, other in pairs[:8]))
    assert covered(few, any_of(*(~one & ~other for one, other in pairs[:8]))) == []


def test_definitions_whose_rules_may_conflict_are_known() -> None:
    def defined(name: str, *rules: Any, otherwise: int | None = 0) -> Definition:
        last = None if otherwise is None else at("1.1/3")("三").makes(otherwise)
        return defining(station, name, int)(**LABELS).by(*rules, otherwise=last)

    one = at("1.1/1")("一").makes(1, when=station.pilot)
    loaded = load(
        directive(
            defined("apart", one, at("1.1/2")("二").makes(2, when=~station.pilot)),
            defined("same", one, at("1.1/2")("二").makes(1, when=station.officers > 3)),
            defined("other", one, at("1.1/2")("二").makes(2, when=station.officers > 3)),
            defined(
                "counted",
                one,
                at("1.1/2")("二").makes(station.beds, when=station.officers > 3),
            ),
        )
    )
    assert {name for _, name in loaded.may_conflict} == {"other", "counted"}


# All at once


def test_all_faults_at_once_and_nothing_loads_half() -> None:
    wrong = directive(pilot("1.1/9"), pilot("1.1/2", en=""), size(rules=()))
    with pytest.raises(DirectiveError) as error:
        load(wrong)
    assert str(error.value) == (
        "directive `made-up` cannot be loaded:\n"
        "  1.1/9: rule cites a sentence that the directive has not\n"
        "  1.1/2: has no `en`\n"
        "  `size` of police_station: has no rule"
    )
    lines = [line.strip() for line in str(error.value).splitlines()[1:]]
    assert [each.text() for each in error.value.faults] == lines


def test_parameters_of_a_loaded_directive() -> None:
    open_number = says("1.1/1", quote="若干", **LABELS).leaves_open("open", int)
    loaded = load(
        directive(
            says("1.1/1", **SAYS).demands(
                station,
                first_known(station.officers, open_number) >= number("least", cite="1.1/2"),
                due=number("by", date(2021, 1, 1)),
            )
        )
    )
    assert list(loaded.parameters) == ["by", "least", "open"]
    assert isinstance(loaded, RuleSet)


def test_in_principle_rules_of_both_forms() -> None:
    loaded = load(
        directive(
            pilot("1.1/1", modality=Modality.IN_PRINCIPLE),
            says("1.1/2", **SAYS, modality=Modality.IN_PRINCIPLE).forbids(case, case.simple),
            pilot("1.1/3", modality=Modality.TARGET),
        )
    )
    assert sorted(map(str, loaded.in_principle())) == ["1.1/1", "1.1/2"]
