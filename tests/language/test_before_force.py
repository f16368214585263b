"""What came before a directive was in force, and is left out where it says so."""

from __future__ import annotations

from datetime import date, datetime

import pytest
from attrs import evolve

import policy_rules as pr
from policy_rules.language import Earlier, RuleTypeError
from policy_rules.police import Education, IncidentKind, Post

PUTIAN = pr.load("putian-2019-52")
POLICY = PUTIAN.policy(as_of=date(2019, 9, 1))
READING = PUTIAN.rules.readings["before_issue"]


def chief(on: date | None) -> pr.Appointment:
    return pr.Appointment(
        id="P", post=Post.CHIEF, on=on, education=Education.BELOW_COLLEGE,
        birth_date=date(1980, 1, 1), service_since=date(2000, 1, 1),
    )  # fmt: skip


def test_why_an_act_is_left_out_is_said_in_one_line() -> None:
    verdict = POLICY.check(chief(date(2012, 5, 1)))
    assert str(verdict.outcome) == "not_applicable"
    assert verdict.readings == {"before_issue": "leave_out"}
    assert "在文件施行之前（法不溯及既往）" in POLICY.explain(verdict, lang="zh")
    english = POLICY.explain(verdict, lang="en")
    assert "before the directive was in force (law is not retroactive)" in english
    assert "2.2/2" not in english


def test_an_act_in_time_says_nothing_of_it() -> None:
    verdict = POLICY.check(chief(date(2019, 8, 1)))
    assert str(verdict.outcome) == "prohibited"
    assert "before_issue" not in verdict.readings
    assert "retroactive" not in POLICY.explain(verdict, lang="en")


def test_an_act_of_unknown_day_needs_it() -> None:
    verdict = POLICY.check(chief(None))
    assert (str(verdict.outcome), verdict.needs) == ("undetermined", ("appointments/P.on",))
    assert "not before the directive was in force" in POLICY.explain(verdict, lang="en")


def test_why_a_year_is_left_out() -> None:
    officer = pr.Officer(id="O", trainings={2018: 0})
    (finding,) = (
        each
        for each in POLICY.audit(pr.Facts(officers=[officer])).findings
        if str(each.cite) == "1.3/2b"
    )
    assert str(finding.status) == "not_applicable"
    assert "法不溯及既往" in POLICY.explain(finding, lang="zh")


def test_why_a_call_before_the_issue_is_left_out_and_not_said_of_one_after_it() -> None:
    def explained(at: datetime) -> str:
        call = pr.Incident(id="I", kind=IncidentKind.NON_POLICE, transferred=False, received_at=at)
        (finding,) = (
            each
            for each in POLICY.audit(pr.Facts(incidents=[call])).findings
            if str(each.cite) == "3.2/1b"
        )
        return POLICY.explain(finding, lang="en")

    assert "retroactive" in explained(datetime(2019, 7, 15, 23, 59))
    assert "retroactive" not in explained(datetime(2019, 7, 16))


def test_a_session_follows_the_day_of_an_act() -> None:
    session = pr.Session(POLICY, pr.Facts(appointments=[chief(date(2019, 8, 1))]))

    def outcome() -> str:
        return str(session.check("appointments/P").outcome)

    assert outcome() == "prohibited"
    session.update("appointments/P", on=date(2019, 7, 15))
    assert outcome() == "not_applicable"


def test_what_is_no_option_is_refused() -> None:
    with pytest.raises(RuleTypeError, match="has no option `forget`"):
        Earlier(reading=READING, left_out="forget")
    with pytest.raises(RuleTypeError, match="what is left out"):
        evolve(PUTIAN.rules.directive, earlier=READING)  # type: ignore[arg-type]


def test_the_directive_in_one_language_keeps_it() -> None:
    english = evolve(PUTIAN.rules.directive, languages=("en",))
    rules = pr.language.load(english)
    assert rules.directive.earlier is not None
    assert rules.directive.earlier.reading is rules.readings["before_issue"]
