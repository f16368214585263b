"""What a policy refuses to be built or asked with, what it keeps, and how a report sums up."""

from __future__ import annotations

import contextlib
import gc
import pickle
from datetime import date, datetime
from fractions import Fraction
from importlib.metadata import EntryPoint
from itertools import count
from pathlib import Path
from typing import Any

import pytest

import policy_rules as pr
from policy_rules.answers import QuestionError, Status
from policy_rules.directives.putian_2019_52 import DIRECTIVE
from policy_rules.engines.python import Table
from policy_rules.facts import Attestation, Exemption, Facts
from policy_rules.language import (
    ChoiceError,
    Clause,
    Directive,
    DirectiveError,
    subject,
)
from policy_rules.police import Bureau, Committee, CriminalCase, Premises, Setting, Station, Task
from policy_rules.policy import (
    LoadedDirective,
    UnknownDirectiveError,
    load,
)
from tests.support.writing import at

AS_OF = date(2019, 9, 1)
_READINGS = ", ".join(f"`{name}`" for name in load("putian-2019-52").rules.readings)
_DECISIONS = ", ".join(f"`{name}`" for name in load("putian-2019-52").rules.named(Station))


@pytest.fixture
def directive() -> LoadedDirective:
    """The directive that the project models first."""
    return load("putian-2019-52")


# Loading by name


@pytest.mark.parametrize("name", ["putian-2020-1", ""])
def test_a_name_that_no_directive_has(name: str) -> None:
    with pytest.raises(UnknownDirectiveError) as error:
        load(name)
    assert str(error.value) == (
        f"no directive `{name}`; there is `putian-2019-52`, and your own as `module:NAME`"
    )


def test_what_is_no_directive() -> None:
    with pytest.raises(UnknownDirectiveError, match="`json:loads` is not a directive, found <fun"):
        load("json:loads")


def test_no_module_and_no_name_in_it_are_told_apart(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """FOUND: a missing module, a missing name and what is no directive gave one message."""
    (tmp_path / "one_directive.py").write_text(
        "from policy_rules.directives.putian_2019_52 import DIRECTIVE as MINE\nX = 1\n", "utf-8"
    )
    monkeypatch.syspath_prepend(tmp_path)
    for name, said in (
        ("no_such_module:MINE", "no module `no_such_module` for `no_such_module:MINE`; it is"),
        ("one_directive:THINE", "module `one_directive` has no `THINE`; its directives are `MINE`"),
        ("json:MINE", "module `json` has no `MINE`; its directives are none"),
        ("one_directive:X", "`one_directive:X` is not a directive, found 1"),
    ):
        with pytest.raises(UnknownDirectiveError) as error:
            load(name)
        assert str(error.value).startswith(said)
        again = pickle.loads(pickle.dumps(error.value))
        assert (again.en, again.zh) == (error.value.en, error.value.zh)


def test_a_directive_that_another_package_brings(monkeypatch: pytest.MonkeyPatch) -> None:
    """By the name of its entry point, which need not be that of a module here."""
    entry = EntryPoint("elsewhere-2024-1", "policy_rules.directives.putian_2019_52:DIRECTIVE", "g")
    monkeypatch.setattr("policy_rules.policy.installed", lambda: {entry.name: entry})
    assert load("elsewhere-2024-1").rules.directive is DIRECTIVE
    with pytest.raises(UnknownDirectiveError, match="there is `elsewhere-2024-1`, and your own"):
        load("elsewhere-2024-2")


def test_a_directive_is_loaded_once(directive: LoadedDirective) -> None:
    assert load("putian-2019-52") is directive
    assert load(DIRECTIVE) is load(DIRECTIVE)
    named = load("policy_rules.directives.putian_2019_52:DIRECTIVE")
    assert named.id == directive.id == "putian-2019-52"
    assert repr(directive) == "<directive putian-2019-52>"


def test_a_broken_module_is_not_taken_for_an_unknown_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "broken_rules.py").write_text("import there_is_no_such_module\n")
    monkeypatch.syspath_prepend(str(tmp_path))
    with pytest.raises(ModuleNotFoundError, match="there_is_no_such_module"):
        load("broken_rules:DIRECTIVE")


# Choices


REFUSED: dict[str, tuple[dict[str, Any], str]] = {
    "a date with a time": (
        {"as_of": datetime(2019, 9, 1, 8)},
        "`as_of` is a date, found datetime.datetime(2019, 9, 1, 8, 0)",
    ),
    "no date": ({"as_of": "2019-09-01"}, "`as_of` is a date, found '2019-09-01'"),
    "an engine that there is not": (
        {"engine": "rete"}, "no engine `rete`; there are `python`, `interpreter`, `durable`, `sql`",
    ),
    "a reading that there is not": (
        {"readings": {"strength": "sworn"}},
        f"no reading `strength`; there are {_READINGS}",
    ),
    "an option that there is not": (
        {"readings": {"strength_counts": "all"}},
        "reading `strength_counts` has no option `all`; it has `sworn`, `sworn_and_auxiliary`",
    ),
    "a parameter of another type": (
        {"parameters": {"two_team_strength": "12"}},
        "parameter `two_team_strength` is integer, found '12'",
    ),
    "a parameter that is not exact": (
        {"parameters": {"county_share": 0.4}},
        '0.4 is not exact: write a whole number, `Decimal("0.4")` or a Fraction',
    ),
    "a recurrence that is a text": (
        {"parameters": {"joint_meeting_period": "FREQ=MONTHLY"}},
        "parameter `joint_meeting_period` is recurrence, found 'FREQ=MONTHLY'; "
        'write `Recurrence("FREQ=MONTHLY")`',
    ),
    "a calendar that is a mapping": (
        {"parameters": {"holidays": {"2021": {}}}},
        "parameter `holidays` is calendar of working days, found {'2021': {}}; "
        'write `WorkCalendar.parse({"2021": {"off": ["2021-10-01/2021-10-07"]}})`',
    ),
    "a negative number": (
        {"parameters": {"secondment_number": -1}},
        "parameter `secondment_number` is 0 or more, found -1",
    ),
    "a divisor of nought": (
        {"parameters": {"most_population": 0}}, "parameter `most_population` is 1 or more, found 0",
    ),
    "several at once": (
        {"readings": {"strength_counts": "all"}, "parameters": {"two_team_strength": True}},
        "reading `strength_counts` has no option `all`; it has `sworn`, `sworn_and_auxiliary`; "
        "parameter `two_team_strength` is integer, found True",
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", REFUSED)
def test_what_a_policy_is_not_built_with(directive: LoadedDirective, name: str) -> None:
    given, message = REFUSED[name]
    with pytest.raises(ChoiceError) as error:
        directive.policy(**{"as_of": AS_OF, **given})
    assert str(error.value) == message


def test_a_parameter_that_there_is_not(directive: LoadedDirective) -> None:
    with pytest.raises(ChoiceError) as error:
        directive.policy(as_of=AS_OF, parameters={"least": 12})
    listed = ", ".join(f"`{name}`" for name in directive.rules.parameters)
    assert str(error.value) == f"no parameter `least`; there are {listed}"


def test_parameters_take_the_values_of_their_type(directive: LoadedDirective) -> None:
    policy = directive.policy(
        as_of=AS_OF,
        parameters={"county_share": 1, "two_teams": {pr.Team.CASE}, "changeover": AS_OF},
    )
    assert policy.regime.parameters == {
        "county_share": 1, "two_teams": frozenset({pr.Team.CASE}), "changeover": AS_OF,
    }  # fmt: skip


def exemption(id: str = "E1", cite: str = "3.1/2", subject: str = "cases/A1") -> Exemption:
    """An exemption in which nothing is wrong."""
    return Exemption(id=id, cite=cite, subject=subject)


IN_PRINCIPLE = "2.1/5, 2.1/5a, 2.2/2, 2.2/2c, 2.2/2f, 3.1/2, 5.1/3, 5.1/3b"


@pytest.mark.parametrize(
    ("given", "message"),
    [
        (
            [exemption(cite="3.1/1")],
            "exemptions/E1.cite: expected the citation of an in-principle rule, or of a sentence "
            f'with one, found "3.1/1"; there are {IN_PRINCIPLE}',
        ),
        (
            [exemption(cite="2.1/5b")],
            "exemptions/E1.cite: expected the citation of an in-principle rule, or of a sentence "
            f'with one, found "2.1/5b"; there are {IN_PRINCIPLE}',
        ),
        (
            [exemption(subject="A1")],
            "exemptions/E1.subject: expected the key of a fact that the citation is about, such as "
            '`cases/A1`, found "A1"; correct it',
        ),
        (  # It was passed over without a word.
            [exemption(subject="stations/S1"), exemption(id="E2", cite="2.1/5")],
            "exemptions/E1.subject: expected the key of a fact that the citation is about, such as "
            '`cases/A1`, found "stations/S1"; correct it; '
            "exemptions/E2.subject: expected the key of a fact that the citation is about, such as "
            '`postings/A1`, found "cases/A1"; correct it',
        ),
        (
            [
                Exemption(
                    id="E1",
                    cite="3.1/2",
                    subject="cases/A1",
                    valid_from=date(2020, 1, 2),
                    valid_until=date(2020, 1, 1),
                )
            ],
            "exemptions/E1.valid_until: expected a day not before 2020-01-02, from which it is "
            'valid, found "2020-01-01"; correct it',
        ),
        (
            [exemption(subject="gates/1"), exemption(), exemption()],
            "exemptions/E1.subject: expected the key of a fact that the citation is about, such as "
            '`cases/A1`, found "gates/1"; correct it; '
            "exemptions/E1: expected it once, found it given 3 times; keep one of them",
        ),
    ],
)
def test_exemptions_that_cannot_be(
    directive: LoadedDirective, given: list[Exemption], message: str
) -> None:
    with pytest.raises(ChoiceError) as error:
        directive.policy(as_of=AS_OF, exemptions=given)
    assert str(error.value) == message


# What is kept


def test_equal_policies_are_one(directive: LoadedDirective) -> None:
    policy = directive.policy(as_of=AS_OF)
    assert directive.policy(as_of=AS_OF, readings={"strength_counts": "sworn"}) is policy
    assert directive.policy(as_of=date(2019, 9, 2)) is not policy
    assert directive.policy(as_of=AS_OF, engine="interpreter") is not policy
    assert directive.policy(as_of=AS_OF, parameters={"two_team_strength": 13}) is not policy


def test_equal_sets_make_one_policy_however_they_are_printed() -> None:
    """Members whose hashes meet are printed in the order in which they came."""
    pairs = ((frozenset(["0", other]), frozenset([other, "0"])) for other in map(str, count(1)))
    sets = next(pair for pair in pairs if repr(pair[0]) != repr(pair[1]))
    assert sets[0] == sets[1]
    places = at("1/1")("字")("地", "places").sets("places", frozenset({"0"}))
    case = subject(CriminalCase)
    rule = at("1/1")("不得")("不得", "never").forbids(case, ~case.place_codes.within(places))
    own = LoadedDirective(load(Directive(
        id="places", number="试", zh="试", en="places", issued=date(2019, 1, 1),
        sentences={"1/1": ""}, clauses=[Clause(heading="1", zh="一", en="one", provisions=[rule])],
    )).rules)  # fmt: skip
    one, same = (own.policy(as_of=AS_OF, parameters={"places": each}) for each in sets)
    assert one is same


def test_policies_with_exemptions_are_not_kept(directive: LoadedDirective) -> None:
    policy = directive.policy(as_of=AS_OF, exemptions=[exemption("E2"), exemption("E1")])
    assert [each.id for each in policy.exemptions] == ["E1", "E2"]
    assert policy is not directive.policy(as_of=AS_OF, exemptions=policy.exemptions)
    assert bool(policy.exemption_index)
    assert not directive.policy(as_of=AS_OF).exemption_index


def test_what_is_kept_does_not_grow_without_end() -> None:
    own = LoadedDirective(load(DIRECTIVE).rules)
    first = own.policy(as_of=AS_OF)
    station = Station(id="S", pilot=True)
    for year in range(2020, 2100):
        answer = own.policy(as_of=date(year, 1, 1)).decide(station, "duty_mode")
        assert str(answer.value) == "three_teams_one_room"
    assert own.policy(as_of=AS_OF) is not first
    assert first.decide(station, "duty_mode") == own.policy(as_of=AS_OF).decide(
        station, "duty_mode"
    )


def test_a_policy_says_what_it_is(directive: LoadedDirective) -> None:
    policy = directive.policy(as_of=AS_OF, readings={"strength_counts": "sworn_and_auxiliary"})
    assert repr(policy) == "<policy putian-2019-52 as of 2019-09-01, engine python>"
    assert policy.engine == "python"
    assert policy.as_of == AS_OF
    assert policy.rules is directive.rules
    usual = {name: reading.default for name, reading in directive.rules.readings.items()}
    assert policy.readings == usual | {"strength_counts": "sworn_and_auxiliary"}


# Questions


@pytest.mark.parametrize(
    ("fact", "name", "message"),
    [
        (
            Station(id="S"), "duty_modes",
            "no decision `duty_modes` of a police station; did you mean `duty_mode`? there are "
            f"{_DECISIONS}",
        ),
        (
            Task(id="T"), "admissible",
            "no decision `admissible` of a task; there are `main_duty`, `needs_admission`",
        ),
        (
            Committee(id="C"), "duty_mode",
            "nothing is decided of a public security committee; decisions are of: bureau, city, "
            "incident, officer, police station, task, township, workstation",
        ),
        ("S", "duty_mode", "a policy is asked about a fact, found 'S'"),
    ],
)  # fmt: skip
@pytest.mark.parametrize("engine", ["python", "interpreter"])
def test_decisions_that_there_are_not(
    directive: LoadedDirective, engine: Any, fact: Any, name: str, message: str
) -> None:
    with pytest.raises(QuestionError) as error:
        directive.policy(as_of=AS_OF, engine=engine).decide(fact, name)
    assert str(error.value) == message


@pytest.mark.parametrize(
    ("request_", "message"),
    [
        (
            Station(id="S"),
            "a police station is not a request that the directive speaks of; requests are: "
            "appointment, criminal case, posting, task, transfer",
        ),
        (None, "a policy is asked about a fact, found None"),
    ],
)
def test_requests_that_there_are_not(
    directive: LoadedDirective, request_: Any, message: str
) -> None:
    with pytest.raises(QuestionError) as error:
        directive.policy(as_of=AS_OF).check(request_)
    assert str(error.value) == message


# Reports


def report(directive: LoadedDirective) -> pr.Report:
    """An audit of four stations of two counties."""
    stations = [
        Station(id="A", bureau_id="B", officers=10, community_officers=4, pilot=True),
        Station(id="B", bureau_id="B", officers=10, community_officers=1, pilot=False),
        Station(id="C", bureau_id="B", officers=20, community_officers=7, pilot=False),
        Station(id="D", bureau_id="B", pilot=False),
    ]
    facts = Facts(
        bureaus=[Bureau(id="B", officers=200, seconded={2018: 0})],
        stations=stations,
        cases=[CriminalCase(id="A1")],
    )
    return directive.policy(as_of=AS_OF).audit(facts)


def test_a_report_is_summed_up_in_the_order_of_the_text(directive: LoadedDirective) -> None:
    made = report(directive)
    rows = made.summary()
    order = [str(rule.cite) for rule in directive.rules.rules]
    cites = [str(row.cite) for row in rows]
    assert cites == [cite for cite in order if cite in cites]
    assert sum(sum(row.counts.values()) for row in rows) == len(made) == len(list(made))
    share = rows[cites.index("2.1/1b")]
    assert share.counts == {Status.SATISFIED: 1, Status.BREACHED: 2, Status.UNDETERMINED: 1}
    assert share.en == "community officers are at least 40% of a station's strength"
    assert [str(row.cite) for row in rows if row.attested and row.cite.clause == "2.1"] == [
        "2.1/2c"
    ]


def test_the_worst_come_first(directive: LoadedDirective) -> None:
    worst = report(directive).worst(3)
    assert [(str(each.cite), each.subject, each.shortfall) for each in worst] == [
        ("2.1/1b", "stations/B", 3),
        ("2.1/1b", "stations/C", 1),
    ]
    assert len(report(directive).worst()) == 2


def test_what_was_made_good_late_comes_after_what_is_open(directive: LoadedDirective) -> None:
    stations = [
        Station(
            id="A", name="黄石派出所", premises=Premises.ADEQUATE, relocated_on=date(2020, 5, 18)
        ),
        Station(
            id="B",
            name="东峤派出所",
            premises=Premises.NONE,
            beds=0,
            officers=4,
            setting=Setting.URBAN,
        ),
        Station(id="C", name="度尾派出所", premises=Premises.DANGEROUS),
    ]
    denied = Attestation(id="X", subject_id="B", cite="4/1", holds=False)
    facts = Facts(stations=stations, attestations=[denied])
    worst = directive.policy(as_of=date(2022, 4, 1)).audit(facts).worst(50)
    assert [(str(each.cite), each.subject) for each in worst if each.cite.clause[0] == "4"] == [
        ("4.1/5a", "stations/B"),
        ("4.1/2c", "stations/B"),
        ("4.1/2c", "stations/C"),
        ("4.1/2c", "stations/A"),
    ]


def test_a_report_as_json_has_every_kind_of_answer(directive: LoadedDirective) -> None:
    made = report(directive)
    document = made.as_json()
    assert list(document) == [
        "format", "directive", "fingerprint", "as_of", "readings", "lists", "decisions", "verdicts",
        "findings", "agreements",
    ]  # fmt: skip
    assert document["as_of"] == "2019-09-01"
    named = directive.rules.named
    assert len(document["decisions"]) == 4 * len(named(Station)) + len(named(Bureau))
    assert [each["subject"] for each in document["verdicts"]] == ["cases/A1"]
    assert len(document["findings"]) == len(made)


def test_a_directive_with_faults_is_not_loaded() -> None:
    from attrs import evolve

    with pytest.raises(DirectiveError):
        load(evolve(DIRECTIVE, sentences={}))


def test_a_share_is_a_fraction(directive: LoadedDirective) -> None:
    half = directive.policy(as_of=AS_OF, parameters={"community_share": Fraction(1, 2)})
    station = Station(id="S", officers=9, community_officers=4)
    (found,) = [f for f in half.audit(Facts(stations=[station])) if str(f.cite) == "2.1/1b"]
    assert (found.status, found.required, found.shortfall) == (Status.BREACHED, 5, 1)


def test_what_is_kept_of_conditions_does_not_grow_without_end() -> None:
    """A service that runs for years meets ever more combinations of what is known."""
    made: list[int] = []

    def worked_out(bits: int) -> int:
        made.append(bits)
        return -bits

    kept = Table(worked_out)
    assert [kept[bits] for bits in (1, 2, 1)] == [-1, -2, -1]
    assert made == [1, 2]
    for bits in range(100_000):
        assert kept[bits] == -bits
    assert len(kept) <= 20_000


@pytest.mark.parametrize(
    "wrong", [{"stations": [{"id": "S"}]}, "S", [], [pr.Station(id="S")], None]
)
def test_what_is_not_facts_is_refused_and_never_audited_as_nothing(wrong: Any) -> None:
    policy = pr.load("putian-2019-52").policy(as_of=date(2019, 9, 1))
    with pytest.raises(QuestionError, match="`facts` is a `Facts`"):
        policy.audit(wrong)
    with pytest.raises(QuestionError, match="`facts` is a `Facts`"):
        policy.decide(pr.Station(id="S", pilot=True), "duty_mode", wrong)
    with pytest.raises(QuestionError, match="`facts` is a `Facts`"):
        policy.check(pr.CriminalCase(id="A"), wrong)
    with pytest.raises(QuestionError, match="`facts` is a `Facts`"):
        policy.lists_of(wrong)


def test_a_language_that_there_is_not() -> None:
    policy = pr.load("putian-2019-52").policy(as_of=date(2019, 9, 1))
    answer = policy.decide(pr.Station(id="S", pilot=True), "duty_mode")
    lang: Any = "fr"
    with pytest.raises(pr.QuestionError, match="`lang` is `zh` or `en`, found 'fr'"):
        policy.explain(answer, lang)


def test_a_shared_policy_cannot_be_changed() -> None:
    policy = pr.load("putian-2019-52").policy(
        as_of=date(2019, 9, 1), parameters={"two_team_strength": 20}
    )
    parameters: Any = policy.regime.parameters
    readings: Any = policy.regime.readings
    with pytest.raises(TypeError):
        parameters["two_team_strength"] = 2
    with pytest.raises(TypeError):
        readings["strength_counts"] = "sworn_and_auxiliary"


def test_an_empty_prefix_would_match_everything() -> None:
    with pytest.raises(pr.ChoiceError, match="parameter `city_codes` may not be empty"):
        pr.load("putian-2019-52").policy(as_of=date(2019, 9, 1), parameters={"city_codes": ""})


@pytest.mark.parametrize("wrong", [None, 5, ["x"], [None], pr.Station(id="S")])
def test_exemptions_are_objects_of_their_class(wrong: Any) -> None:
    with pytest.raises(pr.ChoiceError, match="`exemptions` holds objects of class `Exemption`"):
        pr.load("putian-2019-52").policy(as_of=date(2019, 9, 1), exemptions=wrong)


def test_a_fault_in_a_module_of_ones_own_is_not_called_a_wrong_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "broken_directive.py").write_text(
        "from policy_rules.language import Cite\nCite.parse('foo')\n", "utf-8"
    )
    monkeypatch.syspath_prepend(tmp_path)
    with pytest.raises(ValueError, match="`foo` is not a citation"):
        pr.load("broken_directive:DIRECTIVE")
    for name in ("nosuch", "nosuch:D", "..:x", "policy_rules:NOSUCH", ":", "a b:c"):
        with pytest.raises(pr.UnknownDirectiveError, match=r"no directive|no module|has no"):
            pr.load(name)


def test_wrong_kinds_of_arguments_are_one_clear_error() -> None:
    directive = pr.load("putian-2019-52")
    with pytest.raises(pr.UnknownDirectiveError, match="loaded by its name, found 5"):
        pr.load(5)  # type: ignore[arg-type]
    with pytest.raises(pr.ChoiceError, match="`readings` is a mapping, found 3; `parameters`"):
        directive.policy(as_of=date(2019, 9, 1), readings=3, parameters=4)  # type: ignore[arg-type]
    with pytest.raises(pr.FactError, match="stations: expected a list, found"):
        pr.Facts(stations=None)  # type: ignore[arg-type]


def test_only_answers_of_the_same_directive_are_explained() -> None:
    policy = pr.load("putian-2019-52").policy(as_of=date(2019, 9, 1))
    other = pr.load("reading_rooms:DIRECTIVE")
    facts = pr.Facts(stations=[pr.Station(id="S", officers=3, community_officers=1)])
    for answer in (
        policy.decide(facts.all(pr.Station)[0], "strength"),
        next(iter(policy.audit(facts))),
    ):
        with pytest.raises(pr.QuestionError, match="this policy's own directive"):
            other.policy(as_of=date(2024, 1, 1)).explain(answer)
    with pytest.raises(pr.QuestionError, match="this policy's own directive"):
        policy.explain("duty_mode")  # type: ignore[arg-type]


@pytest.mark.parametrize("collects", [True, False])
def test_loading_leaves_the_collector_of_garbage_as_it_was(collects: bool) -> None:
    before = gc.isenabled()
    try:
        (gc.enable if collects else gc.disable)()
        for name in ("putian-2019-52", "no-such-directive"):
            with contextlib.suppress(UnknownDirectiveError):
                load(name)
            assert gc.isenabled() is collects
    finally:
        (gc.enable if before else gc.disable)()
