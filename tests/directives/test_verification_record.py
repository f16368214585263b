"""What is kept of the proofs beside the rules is of these rules, and of all that is claimed now."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, Final

import pytest

import policy_rules as pr
from policy_rules.analysis.claims import Property
from policy_rules.cli import main
from policy_rules.directives import putian_2019_52
from policy_rules.language.fingerprints import fingerprint_of
from policy_rules.language.rules import AttestationRule, Requirement

KEPT: Final[dict[str, Any]] = json.loads(
    (Path(putian_2019_52.__file__).parent / "verification.json").read_text("utf-8")
)


WORLD: Final = Path(__file__).parents[2] / "examples" / "putian" / "world.json"


def test_the_rules_are_those_that_were_proved() -> None:
    """Nothing is proved here: that takes a minute."""
    of = fingerprint_of(pr.load("putian-2019-52").rules)
    assert KEPT["fingerprint"] == of, "the rules have changed: prove them anew with `make verify`"


def test_every_property_was_asked_for_and_nothing_is_refuted() -> None:
    """A property that is claimed since is in no record of before."""
    assert set(KEPT["properties"]) == {each.value for each in Property}
    assert {each["result"] for each in KEPT["not_proved"]} <= {"open"}


def test_what_is_open_rests_on_what_the_text_leaves_open() -> None:
    """Nothing is open that the solver could not do; 2.1/4 is for where 2.1/3 is not met."""
    open_ = {each["en"] for each in KEPT["not_proved"] if each["cites"] != ["2.1/4"]}
    assert all(each.startswith("the text leaves open `") for each in open_)


def test_the_two_tables_count_the_same() -> None:
    """By property and by heading."""
    tables = [
        [sum(each[key] for each in KEPT[name].values()) for key in ("proved", "refuted", "open")]
        for name in ("properties", "headings")
    ]
    assert tables[0] == tables[1]
    assert tables[0][0] > 600


@pytest.mark.parametrize("engine", ["interpreter", "python"])
def test_in_the_world_that_is_kept_every_requirement_applies_and_is_met(
    engine: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """But 2.1/4, which applies where what 2.1/3 asks for is not met; and what applies under another
    option of a reading alone."""
    world = KEPT["world"]
    given = [str(WORLD), "--engine", engine, "--format", "json"]
    for name, value in world["parameters"].items():
        given += ["--set", f"{name}={value if isinstance(value, str | int) else _written(value)}"]
    assert main(["audit", *given]) == 1  # not every decision is made
    audit = json.loads(capsys.readouterr().out)
    assert main(["check", *given]) == 0
    check = json.loads(capsys.readouterr().out)
    findings = audit["findings"]
    assert {each["status"] for each in findings} == {"satisfied", "not_applicable"}
    rules = pr.load("putian-2019-52").rules.rules
    asked = {str(r.cite) for r in rules if isinstance(r, Requirement | AttestationRule)}
    met = {each["cite"] for each in findings if each["status"] == "satisfied"}
    assert asked - met == {"1.1/2d", "2.1/4", "2.2/2d", "2.2/2e", "2.2/2f"}
    assert {each["status"] for each in audit["agreements"]} <= {
        "consistent", "not_applicable", "undetermined",
    }  # fmt: skip
    assert {each["outcome"] for each in check["verdicts"]} == {"permitted"}


def _written(value: Any) -> str:
    return json.dumps(value) if value else "-"
