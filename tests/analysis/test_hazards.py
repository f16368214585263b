"""Where Kleene logic leaves open what every completion settles, and what would settle it."""

from __future__ import annotations

import json
import subprocess
import sys
from datetime import date
from itertools import product
from pathlib import Path
from typing import Any, Final

import pytest

import policy_rules as pr
from policy_rules.analysis import hazards
from policy_rules.analysis.hazards import LeftOpen, left_open
from policy_rules.language import count, each, subject
from policy_rules.language.regimes import Regime
from policy_rules.language.rules import Provision
from policy_rules.testing.made_up import Claim, Clerk, Office
from tests.support.made_up_rules import directive
from tests.support.writing import defining, quoted, says

DAY: Final = date(2019, 10, 1)
office, claim = subject(Office), subject(Claim)
clerks = each(Clerk, office_id=office)


def found_of(*provisions: Provision) -> list[LeftOpen]:
    """What is left open by a directive of these."""
    return list(left_open(directive(*provisions), DAY))


def demand(must: Any, **more: Any) -> Provision:
    return says("1/1").demands(office, must, **more)


def test_two_rules_that_split_cases() -> None:
    """An open office with two desks is small, a closed one with two desks is too: whether it is
    open need not be known."""
    sort = defining(office, "sort", int)("类", "sort").by(
        quoted("1/1").makes(1, when=office.open & (office.desks <= 3)),
        quoted("1/2").makes(1, when=~office.open & (office.desks <= 2)),
        otherwise=quoted("1/9").makes(2),
    )
    (found,) = found_of(sort)
    assert found.unknown == ("offices.open",)
    assert found.settles in (
        ("桌数不多于2件", "the number of desks is at most 2 pieces"),
        ("桌数多于3件", "the number of desks is more than 3 pieces"),
    )


@pytest.mark.parametrize(
    ("must", "unknown"),
    [
        (office.desks >= 0, ("offices.desks",)),  # no office has fewer
        (office.open | ~office.open, ("offices.open",)),
        ((office.desks <= 4) | (office.desks >= 5), ("offices.desks",)),
        (office.desks + office.floors >= 1, ("offices.desks",)),
    ],
)
def test_what_bounds_and_opposites_settle(must: Any, unknown: tuple[str, ...]) -> None:
    """No value of the field is left for which it is otherwise."""
    (found,) = found_of(demand(must))
    assert found.name == "must"
    assert len(found.unknown) == 1
    assert set(found.unknown) <= {*unknown, "offices.floors"}


@pytest.mark.parametrize(
    "must",
    [
        office.desks >= 1,
        office.open & office.large,
        (office.open & office.large)
        | (~office.open & (office.desks >= 2))
        | (office.large & (office.desks >= 2)),
        count(clerks, clerks.senior) >= 1,
    ],
)
def test_what_every_value_can_change_is_not_found(must: Any) -> None:
    """With the term that both cases have in common nothing is left open in vain."""
    assert found_of(demand(must)) == []


def test_the_term_that_cases_have_in_common_settles_it() -> None:
    """It is what an author would add; found by the solver, tried here with every completion."""
    must = (office.open & office.large) | (~office.open & (office.desks >= 2))
    (found,) = found_of(demand(must))
    assert found.unknown == ("offices.open",)
    of = directive(demand(must)).policy(as_of=DAY, engine="interpreter")
    known = found.subject

    def status(**more: Any) -> pr.Status:
        said = {"large": known.large, "desks": known.desks} | more  # type: ignore[attr-defined]
        (finding,) = of.audit(pr.Facts(others=[Office(id="O", **said)]))
        return finding.status

    assert status() is pr.Status.UNDETERMINED
    assert len({status(open=value) for value in (True, False)}) == 1
    alike = {
        (large, desks >= 2)
        for large, desks in product((True, False), range(10))
        if len({status(open=v, large=large, desks=desks) for v in (True, False)}) == 1
    }
    assert alike == {(True, True), (False, False)}
    assert found.settles[1] in (
        "large and the number of desks is at least 2 pieces",
        "not large and the number of desks is less than 2 pieces",
    )


def test_what_is_left_open_is_said_as_json() -> None:
    """The facts are a document that other commands read."""
    (found,) = found_of(demand(office.desks >= 0))
    told = found.as_json()
    assert told["cites"] == ["1/1"]
    assert told["unknown"] == ["offices.desks"]
    assert told["subject"] == f"offices/{told['facts']['offices'][0]['id']}"
    assert "desks" not in told["facts"]["offices"][0]
    assert (told["zh"], told["en"]) == ("", "")


def of_the_pack() -> list[str]:
    """What is left open of 6.2/1a and 3.3/3, of which there are many such facts, as JSON."""
    loaded, asked = pr.load("putian-2019-52"), hazards._asked
    with pytest.MonkeyPatch.context() as patch:

        def some(regime: Regime) -> list[Any]:
            return [each for each in asked(regime) if str(each[0][0]) in ("6.2/1a", "3.3/3")]

        patch.setattr(hazards, "_asked", some)
        found = [each.as_json() for each in left_open(loaded, date(2024, 1, 2))]
    return [json.dumps(each, sort_keys=True) for each in found]


def test_what_is_left_open_does_not_hang_on_what_was_asked_before() -> None:
    """The same facts are told first, after other questions, and in a process of their own."""
    first = of_the_pack()
    found_of(demand((office.desks <= 4) | (office.desks >= 5)))
    again = of_the_pack()
    alone = subprocess.run(
        [sys.executable, "-c",
         "import json; from tests.analysis.test_hazards import of_the_pack;"
         "print(json.dumps(of_the_pack()))"],
        cwd=Path(__file__).parents[2], capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert first
    assert first == again == json.loads(alone.stdout)
