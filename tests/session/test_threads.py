"""One writer and many readers: nobody sees a transaction by halves, and all are told in order."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from threading import Barrier, Event, Thread

import policy_rules as pr
from policy_rules.answers import Decision

PUTIAN = pr.load("putian-2019-52")
AS_OF = date(2019, 9, 1)
WRITES = 200
PAIR = ("stations/L", "stations/R")


def paired() -> pr.Session:
    """Two stations with equal numbers, each with two community officers of every five."""
    session = pr.Session(PUTIAN.policy(as_of=AS_OF))
    session.add(*(pr.Station(id=id_, officers=5, community_officers=2) for id_ in "LR"))
    return session


def write(session: pr.Session, fives: int) -> None:
    """Make both numbers of both stations other ones, together."""
    with session.transaction() as changing:
        for key in PAIR:
            changing.update(key, officers=5 * fives, community_officers=2 * fives)


def by_decisions(session: pr.Session) -> int:
    """The strength of one station, and then of the other: the second is never an earlier one."""
    first = session.decide("stations/L", "strength").value
    second = session.decide("stations/R", "strength").value
    assert first <= second
    return int(second)


def by_findings(session: pr.Session) -> int:
    """社区（驻村）民警占所在派出所警力的40%以上: met exactly, whichever numbers these are."""
    (share,) = (each for each in session.findings("stations/L") if str(each.cite) == "2.1/1b")
    assert share.status is pr.Status.SATISFIED
    assert share.actual == share.required
    return int(share.required or 0)


def by_answers(session: pr.Session) -> int:
    """All conclusions at once: the two stations are the same in them."""
    strengths = {
        answer.value
        for answer in session.answers
        if isinstance(answer, Decision)
        if answer.name == "strength"
    }
    (strength,) = strengths
    return int(strength)


def by_facts(session: pr.Session) -> int:
    """The facts at once: the two stations are the same in them."""
    facts = session.facts
    ((officers, community),) = {
        (each.officers, each.community_officers) for each in facts.all(pr.Station)
    }
    assert officers is not None
    assert community is not None
    assert 2 * officers == 5 * community
    return officers


def test_readers_never_see_a_transaction_by_halves() -> None:
    """Each reader sees the numbers together, and never goes back to earlier ones."""
    session = paired()
    readers: tuple[Callable[[pr.Session], int], ...] = (
        by_decisions, by_findings, by_answers, by_facts, by_facts, by_decisions,
    )  # fmt: skip
    begin, ended = Barrier(len(readers) + 1), Event()
    told: list[int] = []

    def hear(changes: tuple[pr.Change, ...]) -> None:
        (left, right) = (change.after for change in changes)
        assert isinstance(left, Decision)
        assert isinstance(right, Decision)
        assert left.value == right.value
        told.append(left.value)

    session.subscribe(hear, only="strength")

    def reading(read: Callable[[pr.Session], int], seen: set[int]) -> None:
        begin.wait()
        last = 0
        while not ended.is_set():
            now = read(session)
            assert now >= last
            last = now
            seen.add(now)

    written = 1
    seen: list[set[int]] = [set() for _ in readers]
    with ThreadPoolExecutor(len(readers)) as pool:
        running = [pool.submit(reading, *each) for each in zip(readers, seen, strict=True)]
        begin.wait()
        try:
            # Until each reader saw a change, or one of them has failed.
            while written < WRITES or (
                any(len(each) < 2 for each in seen) and not any(each.done() for each in running)
            ):
                written += 1
                write(session, written)
        finally:
            ended.set()
        for each in running:
            each.result()
    assert told == [5 * fives for fives in range(2, written + 1)]


def test_a_transaction_waits_for_the_end_of_another() -> None:
    """A second writer is not refused: it waits, and both are told in the order they applied."""
    session = paired()
    told: list[object] = []
    session.subscribe(lambda changes: told.append(changes[0].after), only="strength")
    other = Thread(target=write, args=(session, 3))
    with session.transaction() as changing:
        other.start()
        other.join(0.05)
        assert other.is_alive()
        for key in PAIR:
            changing.update(key, officers=10, community_officers=4)
    other.join()
    assert [each.value for each in told if isinstance(each, Decision)] == [10, 15]
    assert by_answers(session) == 15


def test_what_a_subscriber_sees_is_what_it_was_told() -> None:
    """While it is told, nobody else changes the session."""
    session = paired()
    differing: list[object] = []

    def hear(changes: tuple[pr.Change, ...]) -> None:
        for change in changes:
            if session.decide(change.subject, change.name) != change.after:
                differing.append(change)

    session.subscribe(hear, only="strength")
    with ThreadPoolExecutor(3) as pool:
        list(pool.map(lambda fives: write(session, fives), range(2, 40)))
    assert differing == []
