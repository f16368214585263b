"""What is kept of the proofs beside the rules is of these rules, and of all that is claimed now."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, Final

import policy_rules as pr
from policy_rules.analysis.claims import Property
from policy_rules.directives import putian_2019_52
from policy_rules.language.fingerprints import fingerprint_of

KEPT: Final[dict[str, Any]] = json.loads(
    (Path(putian_2019_52.__file__).parent / "verification.json").read_text("utf-8")
)


def test_the_rules_are_those_that_were_proved() -> None:
    """Nothing is proved here: that takes a minute."""
    of = fingerprint_of(pr.load("putian-2019-52").rules)
    assert KEPT["fingerprint"] == of, "the rules have changed: prove them anew with `make verify`"


def test_every_property_was_asked_for_and_nothing_is_refuted() -> None:
    """A property that is claimed since is in no record of before."""
    assert set(KEPT["properties"]) == {each.value for each in Property}
    assert {each["result"] for each in KEPT["not_proved"]} <= {"open"}


def test_what_is_open_rests_on_what_the_text_leaves_open() -> None:
    """Nothing is open that the solver could not do."""
    assert all(each["en"].startswith("the text leaves open `") for each in KEPT["not_proved"])


def test_the_two_tables_count_the_same() -> None:
    """By property and by heading."""
    tables = [
        [sum(each[key] for each in KEPT[name].values()) for key in ("proved", "refuted", "open")]
        for name in ("properties", "headings")
    ]
    assert tables[0] == tables[1]
    assert tables[0][0] > 600
