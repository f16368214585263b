"""What those who embed the rules assert: engines agree, an upgrade answers as before."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any, Final

import pytest

import policy_rules as pr
from policy_rules.policy import Policy
from policy_rules.testing.assertions import assert_engines_agree, assert_policy_unchanged
from tests.support.made_up_rules import DAY, O, must, office

DESKS: Final = must(office.desks >= 3)
FACTS: Final = pr.Facts(others=[O(desks=2)])


def policy(as_of: date = DAY, **built: Any) -> Policy:
    return DESKS.policy(as_of=as_of, **built)


def kept(of: Policy) -> dict[str, Any]:
    answers: dict[str, Any] = json.loads(json.dumps(of.audit(FACTS).as_json()))
    return answers


def test_engines_that_agree() -> None:
    assert_engines_agree(policy(), FACTS, ("python", "interpreter", "sql"))


def test_what_engines_say_differently(monkeypatch: pytest.MonkeyPatch) -> None:
    many = [f"difference {number}" for number in range(12)]
    monkeypatch.setattr("policy_rules.testing.assertions.compared", lambda *_: (12, many))
    with pytest.raises(AssertionError) as caught:
        assert_engines_agree(policy(), FACTS, ["interpreter"])
    lines = str(caught.value).split("\n")
    assert lines[0] == "the engines give different answers:"
    assert (lines[1], lines[10], lines[11]) == (
        "  difference 0", "  difference 9", "  ... and 2 more",
    )  # fmt: skip


def test_the_same_answers_in_other_words(tmp_path: Path) -> None:
    before = kept(policy())
    before["findings"][0]["en"] = "said otherwise"
    file = tmp_path / "kept.json"
    file.write_text(json.dumps(before), "utf-8")
    assert_policy_unchanged(policy(), FACTS, file)


def test_what_is_concluded_otherwise() -> None:
    before = kept(policy())
    before["findings"][0].update(status="satisfied", shortfall=0)
    before["decisions"] = [{"subject": "offices/X", "name": "gone", "value": 1}]
    with pytest.raises(AssertionError) as caught:
        assert_policy_unchanged(policy(), FACTS, before)
    assert str(caught.value).split("\n") == [
        "the policy answers otherwise than before:",
        "  decisions: offices/X gone is gone",
        "  findings: offices/O 1/1: status satisfied -> breached, shortfall 0 -> 1",
    ]
    del before["decisions"]
    before["findings"] = []
    with pytest.raises(AssertionError, match="findings: offices/O 1/1 is new"):
        assert_policy_unchanged(policy(), FACTS, before)


def test_answers_of_another_date_are_not_compared() -> None:
    with pytest.raises(ValueError, match="as_of: kept of 2019-10-01, asked of 2020-01-01"):
        assert_policy_unchanged(policy(date(2020, 1, 1)), FACTS, kept(policy()))
