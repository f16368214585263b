"""Explanations, word for word: the goldens were read by people before they were kept.

To keep a wording that was changed on purpose, delete its file in tests/golden/explanations, run
this test once (it writes the file and fails), and read what it wrote.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

import policy_rules as pr
from policy_rules.formats.documents import read
from policy_rules.policy import Answer, Language
from policy_rules.render.explanations import explanation
from tests.support.places import EXAMPLES, GOLDEN

DIRECTIVE = pr.load("putian-2019-52")

STATION = pr.Station(
    id="350304540000", name="黄石派出所", pilot=False, officers=14, community_officers=5
)
TASK = pr.Task(
    id="T1",
    branch_duty=True,
    assignee=pr.Assignee.OFFICER,
    within_statutory_duty=True,
    starts_on=date(2019, 10, 1),
    report_sections={pr.ReportSection.NECESSITY},
    reported_on=date(2019, 8, 1),
    guarantees=frozenset(),
    reviewed_by=pr.Reviewer.NONE,
    approved_by=pr.Approver.NONE,
)
CASE = pr.CriminalCase(
    id="A1",
    causation_clear=True,
    simple=True,
    means={pr.Means.IMAGE},
    role=pr.CaseRole.LEAD,
    place_codes={"350302", "350100"},
    complex=False,
    category=pr.CaseCategory.ORDINARY,
)
EXEMPTION = pr.Exemption(
    id="E1",
    cite="3.1/2",
    subject="cases/A1",
    authority="市公安局",
    document="莆公〔2019〕1号",
    reason="专案指定",
    valid_from=date(2019, 8, 1),
    valid_until=date(2019, 12, 31),
)


def policy(**choices: object) -> pr.Policy:
    return DIRECTIVE.policy(as_of=date(2019, 9, 1), **choices)  # type: ignore[arg-type]  # any


def finding(cite: str, facts: pr.Facts, **choices: object) -> Answer:
    return next(f for f in policy(**choices).audit(facts) if str(f.cite) == cite)


ANSWERS: dict[str, Callable[[], Answer]] = {
    "decision": lambda: policy().decide(STATION, "duty_mode"),
    "decision_pilot_of_a_reading": lambda: policy(
        readings={"strength_counts": "sworn_and_auxiliary"}
    ).decide(pr.Station(id="S", pilot=False, officers=9, auxiliaries=4), "duty_mode"),
    "decision_chained": lambda: policy().decide(STATION, "teams"),
    "decision_otherwise": lambda: policy().decide(
        pr.Task(id="T2", branch_duty=False, quota=True, issuer=pr.Issuer.PARTY), "needs_admission"
    ),
    "decision_undetermined": lambda: policy().decide(pr.Station(id="S"), "duty_mode"),
    "decision_from_partial_roster": lambda: policy().decide(
        pr.Station(id="S", pilot=False),
        "duty_mode",
        pr.Facts(
            stations=[pr.Station(id="S", pilot=False)],
            officers=[pr.Officer(id=f"O{n}", station_id="S") for n in range(12)],
        ),
    ),
    "decision_before_the_directive": lambda: DIRECTIVE.policy(as_of=date(2019, 7, 1)).decide(
        STATION, "duty_mode"
    ),
    "verdict_prohibited": lambda: policy().check(CASE),
    "verdict_exempted": lambda: policy(exemptions=[EXEMPTION]).check(CASE),
    "verdict_awaiting": lambda: policy().check(TASK),
    "verdict_undetermined": lambda: policy().check(
        pr.Appointment(id="P1", post=pr.Post.CHIEF, on=date(2019, 8, 1))
    ),
    "verdict_exception": lambda: policy().check(
        pr.Posting(
            id="N1",
            specialist=True,
            special_post=False,
            to_station=False,
            from_date=date(2019, 8, 1),
        )
    ),
    "finding_breached": lambda: finding("2.1/1b", pr.Facts(stations=[STATION])),
    "finding_undetermined": lambda: finding("2.1/4", pr.Facts(stations=[STATION])),
    "finding_upper_bound": lambda: finding(
        "2.1/7b",
        pr.Facts(
            stations=[STATION],
            officers=[
                pr.Officer(
                    id="O1",
                    station_id=STATION.id,
                    workplace_id="350304000000",
                    township_secondment=False,
                )
            ],
            complete=["officers"],
        ),
    ),
    "finding_of_a_ledger": lambda: finding(
        "2.1/2a",
        pr.Facts(
            stations=[STATION],
            transfers=[
                pr.Transfer(
                    id=f"T{n}", station_id=STATION.id, direction=way, on=date(2019, month, day)
                )
                for n, (way, month, day) in enumerate(
                    [
                        (pr.Direction.OUT, 8, 10),
                        (pr.Direction.IN, 3, 4),
                        (pr.Direction.OUT, 3, 1),
                        (pr.Direction.OUT, 3, 31),
                        (pr.Direction.IN, 5, 20),
                    ]
                )
            ],
            complete=["transfers"],
        ),
    ),
    "finding_that_may_count": lambda: finding(
        "2.1/2d",
        pr.Facts(
            stations=[STATION],
            transfers=[
                pr.Transfer(
                    id="D1", station_id=STATION.id, direction=pr.Direction.OUT, on=date(2019, 3, 1)
                ),
                pr.Transfer(id="D2", station_id=STATION.id, direction=pr.Direction.OUT),
                pr.Transfer(
                    id="A1", station_id=STATION.id, direction=pr.Direction.IN, on=date(2019, 4, 1)
                ),
            ],
            complete=["transfers"],
        ),
    ),
    "finding_of_a_total": lambda: finding(
        "2.1/1a",
        pr.Facts(
            bureaus=[
                pr.Bureau(id="350304000000", name="荔城分局", level=pr.Level.COUNTY, officers=100)
            ],
            stations=[
                pr.Station(id=f"S{n}", name=name, bureau_id="350304000000", officers=officers)
                for n, (name, officers) in enumerate([("新度派出所", 9), ("黄石派出所", 14)])
            ],
            complete=["stations"],
        ),
    ),
    "finding_of_a_recurrence": lambda: finding(
        "1.1/2b",
        pr.Facts(
            stations=[STATION],
            events=[
                pr.Event(
                    id=f"E{day}",
                    station_id=STATION.id,
                    kind=pr.EventKind.POLITICAL_STUDY,
                    on=date(2019, 8, day),
                )
                for day in (1, 6, 8, 13, 15, 20, 22, 27, 29)
            ],
            complete=["events"],
        ),
    ),
    "finding_of_many": lambda: finding(
        "2.1/7b",
        pr.Facts(
            stations=[STATION],
            officers=[
                pr.Officer(
                    id=f"O{n:02}",
                    station_id=STATION.id,
                    workplace_id="350304000000",
                    township_secondment=False,
                )
                for n in range(12)
            ],
            complete=["officers"],
        ),
    ),
    "finding_retroactive": lambda: finding(
        "5.1/4",
        pr.Facts(
            stations=[
                pr.Station(id="S", pilot=True, duty_mode_in_use=pr.DutyMode.TWO_TEAMS_ONE_ROOM)
            ]
        ),
    ),
    "finding_attested": lambda: finding(
        "3.3/1a",
        pr.Facts(
            cities=[pr.City(id="350300", name="莆田市")],
            attestations=[
                pr.Attestation(
                    id="D1",
                    subject_id="350300",
                    cite="3.3/1a",
                    holds=True,
                    on=date(2019, 8, 20),
                    document="莆公综〔2019〕88号",
                )
            ],
        ),
    ),
}


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("name", ANSWERS)
def test_explanation_reads_as_it_was_kept(name: str, lang: Language) -> None:
    answer = ANSWERS[name]()
    exemptions = [EXEMPTION] if name == "verdict_exempted" else []
    asked = policy(exemptions=exemptions, readings=_readings(answer))
    if name == "decision_before_the_directive":
        asked = DIRECTIVE.policy(as_of=date(2019, 7, 1))
    text = asked.explain(answer, lang) + "\n"
    golden = GOLDEN / "explanations" / f"{name}.{lang}.txt"
    if not golden.exists():
        golden.write_text(text, "utf-8")
        pytest.fail(f"{golden.name} was not there; read what was written before you keep it")
    assert text == golden.read_text("utf-8")


def _readings(answer: Answer) -> dict[str, str]:
    return answer.readings


def _said(answer: Answer) -> object:
    match answer:
        case pr.Finding() | pr.Agreement():
            return answer.cite, answer.status
        case pr.Decision():
            return answer.name, answer.value
        case pr.Verdict():
            return answer.outcome, answer.reasons


@pytest.mark.long
@pytest.mark.parametrize("engine", ["python"])
def test_every_answer_of_the_example_has_an_explanation_that_cites_its_rule(engine: str) -> None:
    document = read(EXAMPLES / "putian" / "facts.json")
    assert document.as_of is not None
    asked = DIRECTIVE.policy(
        as_of=document.as_of,
        exemptions=document.exemptions,
        engine=engine,  # type: ignore[arg-type]  # both names are engines
    )
    report = asked.audit(document.facts)
    everything: list[Answer] = [*report, *report.decisions, *report.verdicts]
    # The first of each kind: a proof does not differ between stations that stand alike.
    kinds = {(type(each), each.subject.partition("/")[0], _said(each)): each for each in everything}
    answers = list(kinds.values())
    assert len(answers) > 200
    for answer in answers:
        proof = asked.prove(answer)
        zh, en = asked.explain(answer, "zh"), asked.explain(answer, "en")
        assert answer.subject in zh
        assert answer.subject in en
        for need in answer.needs:
            # A parameter is to be set, by its own name.
            assert need.removeprefix("parameters.") in zh
            assert need.removeprefix("parameters.") in en
        assert len(zh.splitlines()) == len(en.splitlines())
        assert proof.as_json()["zh"] == proof.zh


def test_what_was_explained_before_changes_nothing() -> None:
    """What is worked out is kept for the next explanation; the order of them must not tell."""

    def explained(engine: str, *, backwards: bool) -> list[str]:
        facts = read(EXAMPLES / "putian" / "facts.json").facts
        asked = policy(engine=engine)
        findings = list(asked.audit(facts, lambda facts: facts.all(pr.Station)[:3]))
        texts = {id(each): asked.explain(each) for each in findings[:: -1 if backwards else 1]}
        return [texts[id(each)] for each in findings]

    assert explained("python", backwards=False) == explained("interpreter", backwards=True)


@pytest.mark.long
def test_an_explanation_is_the_proof_in_one_language() -> None:
    """It is worded in that language alone, and says what the proof in both does."""
    given = read(EXAMPLES / "putian" / "facts.json")
    policy_ = DIRECTIVE.policy(as_of=date(2022, 4, 1), exemptions=given.exemptions)
    report = policy_.audit(given.facts)
    answers: list[Answer] = [*report, *report.decisions, *report.verdicts, *report.agreements]
    numbers = policy_.rules.directive.numbers
    # One in ten of them, of all kinds.
    for answer in answers[::10]:
        proof = policy_.prove(answer)
        for lang in ("zh", "en"):
            assert policy_.explain(answer, lang) == explanation(proof, lang, numbers)
