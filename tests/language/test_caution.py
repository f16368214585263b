"""Whether a value is known: undetermined where it may have been given and lost."""

from __future__ import annotations

from typing import Any, Final

import pytest

from policy_rules.language import (
    BOOLEAN,
    count,
    each,
    first_known,
    some,
    subject,
    the,
)
from policy_rules.testing.made_up import Clerk, Colour, Office
from policy_rules.testing.random_facts import container
from tests.support.made_up_rules import DAY, LABELS, QUOTE, O, directive, office, value_is
from tests.support.writing import defining, quoted

LOST: Final = frozenset({(Office, name) for name in ("desks", "colours", "places", "motto")})


KNOWN: Final[list[tuple[str, object]]] = [
    ("desks", 3), ("colours", {Colour.RED}), ("colours", set()), ("places", {"3503"}),
    ("places", set()), ("motto", "x"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("engine", "name", "value"),
    [
        (engine, name, value)
        for engine in ("interpreter", "python", "sql")
        for name, value in KNOWN
        if (engine, name) != ("sql", "places")  # two sets of codes are not compared there
    ],
)
def test_whether_a_value_is_known(engine: Any, name: str, value: object) -> None:
    written = directive(value_is(BOOLEAN, getattr(office, name).is_known()))
    as_usual = written.policy(as_of=DAY, engine=engine)
    careful = written.policy(as_of=DAY, engine=engine, lost=LOST)
    given = O(**{name: value})
    assert [policy.decide(given, "told").value for policy in (as_usual, careful)] == [True, True]
    assert as_usual.decide(O(), "told").value is False
    assert careful.decide(O(), "told").value is None


def test_what_stands_for_a_value_that_is_not_known() -> None:
    """Nothing, where it may have been lost; of other fields, and of other classes, as ever."""
    opens = defining(office, "opens", BOOLEAN)(**LABELS).by(
        quoted("1/1", **QUOTE).makes(office.desks > 3)
    )
    of = subject(Office, opens)
    first = value_is(BOOLEAN, first_known(of.opens, of.open) & first_known(of.opens, of.large), of)
    written = directive(opens, first)
    for lost, expected in ((LOST, None), (frozenset({(Clerk, "id")}), True), (frozenset(), True)):
        policy = written.policy(as_of=DAY, lost=lost)
        assert policy.decide(O(open=True, large=True), "told").value is expected
        assert policy.decide(O(desks=4), "told").value is True


def test_facts_that_may_have_been_lost() -> None:
    """They, or what names those that they belong to: whether either is known is unknown then."""
    clerk = each(Clerk, office_id=office)
    clerks = value_is(BOOLEAN, count(clerk).is_known())
    led = value_is(BOOLEAN, some(clerk, the(Office, clerk.office_id).open.is_known()))
    for told, whole, lost, expected in (
        (clerks, [], frozenset({(Clerk, "id")}), None),
        (clerks, [], frozenset({(Office, "id")}), False),
        (led, [Clerk], frozenset({(Clerk, "office_id")}), None),
        (led, [Clerk], frozenset({(Clerk, "files")}), False),
    ):
        facts = container([O(), Clerk(id="C", office_id="O")], complete=whole)
        policy = directive(told).policy(as_of=DAY, lost=lost)
        assert policy.decide(facts.all(Office)[0], "told", facts).value is expected
