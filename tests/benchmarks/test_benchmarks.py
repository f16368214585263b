"""The contestants of the benchmarks answer alike; nothing here is timed."""

from datetime import date

import pytest

from benchmarks import compare_columns, reports, scale
from benchmarks.contestants import MODULES, QUESTIONS, line_up
from benchmarks.disagreements import disagreements
from benchmarks.inputs import made_up
from policy_rules import Facts, Station, load


def test_contestants_agree() -> None:
    present, skipped = line_up(made_up(number=150, seed=11))
    assert {"hand-written", "policy_rules"}.isdisjoint(skipped)
    assert skipped.keys() <= MODULES.keys()
    assert {contestant.question for contestant in present} == set(QUESTIONS)
    assert disagreements(present) == []


def test_inputs_are_the_same_each_time() -> None:
    assert made_up(number=20) == made_up(number=20)


def test_every_outcome_occurs() -> None:
    present, _ = line_up(made_up(number=500))
    for question, outcomes in {
        "duty_mode": {"three_teams_one_room", "two_teams_one_room", "zoned"},
        "case": {"permitted", "exemption_needed", "prohibited"},
        "task": {"permitted", "awaiting", "prohibited"},
    }.items():
        bare = next(each for each in present if each.question == question and each.bare)
        assert {bare.read(bare.ask(each))[0] for each in bare.inputs} == outcomes


def test_scale_runs(capsys: pytest.CaptureFixture[str]) -> None:
    assert scale.main(["--quick"]) == 0
    printed = capsys.readouterr().out
    # 54,000 stations and 5,000,000 tasks, a five-hundredth of each; and the tasks again.
    assert "A made-up nation of 108 stations" in printed
    assert "**Task checks**: 20,000 in" in printed
    # One verdict for each task and case, transfer, appointment and posting (400 + 120 + 120).
    assert "| verdicts | 5 | 20,640 |" in printed
    for clause in ("duty_mode | 108", "case_scope | 10,000", "task_admission | 10,000"):
        assert f"| {clause} | SQL by hand |" in printed
        assert f"| {clause} | policy_rules |" in printed


def test_columns_are_those_of_the_python_engine() -> None:
    # Of the 54,000 stations and 3,200 bureaus a five-hundredth, or where references are unknown a
    # ten-thousandth; a decision and eight duties of each station, three of each bureau.
    sizes = set()
    for number in range(4):
        counts, different = compare_columns.batch(f"test/{number}", scale=0.002, requests=200)
        assert different == []
        sizes.add(tuple(counts.values()))
    assert sizes == {(108, 200, 200, 18, 864), (5, 200, 200, 3, 40)}


def test_steps_of_a_report_are_all_measured() -> None:
    policy = load("putian-2019-52").policy(as_of=date(2020, 6, 30))
    facts = Facts(stations=[Station(id="S1", pilot=True)])
    seconds, counts = reports.steps(policy, lambda: facts)
    assert list(seconds)[-2:] == ["explained in Chinese", "explained in English"]
    assert counts["findings"] == len(policy.audit(facts))
    city = {name: len(each) for name, each in reports.city_with_requests().collections.items()}
    assert (city["stations"], city["officers"], city["cases"], city["tasks"]) == (100, 3000, 50, 50)


def test_the_service_is_measured(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    from benchmarks import service

    monkeypatch.setattr("sys.argv", ["service", "--rounds", "1", "--requests", "2"])
    assert service.main() == 0
    assert "of those of the bare handler" in capsys.readouterr().out


def test_rows_that_differ_are_told() -> None:
    station = Station(id="S1", pilot=True)
    policy = load("putian-2019-52").policy(as_of=date(2020, 6, 30))
    answers = [policy.decide(station, "duty_mode")]
    right = ("S1", "three_teams_one_room", "5.1/1", "", "")
    assert compare_columns.compared(answers, [right]) == (1, [])
    for place in range(1, 5):
        wrong = (*right[:place], "other", *right[place + 1 :])
        expected = [f"{wrong}, expected {right}"]
        assert compare_columns.compared(answers, [wrong]) == (1, expected)
    assert compare_columns.compared(answers, []) == (1, [f"no row, expected {right}"])
    assert compare_columns.compared(answers, [right, right]) == (1, [f"{right}, expected None"])
