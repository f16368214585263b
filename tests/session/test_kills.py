"""What is left of a session that is killed at any moment: of `killed_session.py`."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import timedelta
from pathlib import Path
from random import Random

import pytest

import policy_rules as pr
from policy_rules.testing.comparing import all_said, answers_of
from policy_rules.testing.made_up import Clerk, Office
from tests.support import killed_session
from tests.support.killed_session import AS_OF, EACH_TURN, KEYS, taken_up
from tests.support.killing_processes import killed, times_to_kill, turns


def test_a_session_that_is_killed_loses_nothing_that_it_acknowledged(tmp_path: Path) -> None:
    """One journal, many kills: what was acknowledged is there, whole, and it goes on."""
    path = tmp_path / "a.journal"
    random = Random(6)
    done: Counter[str] = Counter()
    more = 0
    least = 3 * times_to_kill(20)
    for turn in turns(20, lambda: done.total() > least):
        lines = killed(Path(killed_session.__file__), (str(path), str(turn)), random, longest=0.25)
        done.update(line.split()[0] for line in lines)
        with taken_up(path) as session:
            assert_whole(session, lines)
            if lines:
                last = max(int(line.split()[1]) for line in lines)
                more += number_of(session) > last
            go_on(session, turn)
    assert done.total() > least, "hardly anything was acknowledged"
    if times_to_kill(20) >= 100:
        assert set(done) == {"pair", "event", "waits", "came", "date"}
        assert more, "no kill came between writing and acknowledging"


def number_of(session: pr.Session) -> int:
    """The number that both offices have."""
    left, right = (session.facts.get(Office, id_) for id_ in "LR")
    assert left is not None
    assert right is not None
    assert left.motto == right.motto, "a transaction or an event was half applied"
    assert left.motto is not None
    return int(left.motto)


def assert_whole(session: pr.Session, lines: Iterable[str]) -> None:
    """All that was acknowledged is there, nothing is by halves, and the answers follow from it."""
    number = number_of(session)
    clerks = {clerk.id: clerk for clerk in session.facts.all(Clerk)}
    for what, at in (line.split() for line in lines):
        n = int(at)
        match what:
            case "pair":
                assert number >= n
            case "event":
                assert number >= n
                (again,) = session.apply([{"id": f"E{n}", "update": {KEYS[0]: {"motto": "x"}}}])
                assert again.outcome.value == "repeated"
            case "waits":
                assert f"W{n}" in session.waiting or f"C{n}" in clerks
            case "came":
                assert clerks[f"C{n}"].files == 5, "the event that waited was lost"
                assert f"W{n}" not in session.waiting
            case "date":
                assert session.policy.as_of >= AS_OF + timedelta(days=n % EACH_TURN)
            case _:
                raise AssertionError(what)
    for id_ in clerks:
        assert f"W{id_[1:]}" not in session.waiting
    assert all_said(session.answers) == all_said(answers_of(session.policy, session.facts))


def go_on(session: pr.Session, turn: int) -> None:
    """It can be changed as ever; and the clerks go, so that the facts stay few."""
    session.remove(*(clerk.key for clerk in session.facts.all(Clerk)))
    with session.transaction() as changing:
        for key in KEYS:
            changing.update(key, motto=str((turn + 1) * EACH_TURN - 1))
    assert session.decide(KEYS[0], "clerks").value == 0


@pytest.mark.parametrize("line", ["pair 2", "event 2", "came 1", "waits 1", "date 1"])
def test_what_is_lost_is_seen(line: str, tmp_path: Path) -> None:
    """The checks above can fail: none of this has happened to the session."""
    with taken_up(tmp_path / "a.journal") as session:
        assert_whole(session, [])
        with pytest.raises((AssertionError, KeyError)):
            assert_whole(session, [line])


def test_what_is_half_applied_is_seen(tmp_path: Path) -> None:
    """One of the two that have to say the same is changed alone."""
    with taken_up(tmp_path / "a.journal") as session:
        session.update(KEYS[0], motto="1")
        with pytest.raises(AssertionError, match="half applied"):
            assert_whole(session, [])
