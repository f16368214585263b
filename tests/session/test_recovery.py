"""A session is taken up from its journal exactly as it was, and nothing is half written."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from attrs import evolve
from hypothesis import given, settings

import policy_rules as pr
from policy_rules.facts import Fact, fields_of
from policy_rules.formats.json_values import json_row
from policy_rules.journal import Journal, JournalReader
from policy_rules.policy import EngineName
from policy_rules.session import recovery
from policy_rules.testing.choosing import Chooser, Seeded
from policy_rules.testing.comparing import all_said, answers_of
from policy_rules.testing.random_facts import container
from policy_rules.testing.strategies import chosen
from tests.session.test_walks import COUNTING, Branch, House, Worker
from tests.support.session_walks import Walk

AS_OF = date(2019, 9, 1)
PUTIAN = pr.load("putian-2019-52")


def begun(path: Path, *facts: Fact, engine: EngineName = "python") -> pr.Session:
    """A session over what is counted, in a journal: begun, or taken up."""
    policy = COUNTING.policy(as_of=AS_OF, engine=engine)
    return pr.Session(policy, container(facts), journal=path)


def state(session: pr.Session) -> dict[str, object]:
    """All that a session is, but for the order of its facts."""
    order = session._intake.order
    facts = session.facts
    return {
        "as_of": session.policy.as_of,
        "facts": {fact.key: fact for fact in facts},
        "complete": facts.complete,
        "answers": all_said(session.answers),
        "waiting": dict(session.waiting),
        "refused": {id: str(error) for id, error in session.refused.items()},
        "seen": order.seen,
        "since": {key: fields for key, fields in order.since.items() if fields},
    }


def copied(path: Path, to: Path) -> Path:
    """The journal as a kill would leave it."""
    return Path(shutil.copytree(path, to))


# At random


_CLASSES: tuple[type[Fact], ...] = (House, Branch, Worker)


def some_fact(choose: Chooser) -> Fact:
    """One of a few ids, so that it is often there already, or waited for."""
    id_ = str(choose.number(1, 4))
    named: dict[str, Any] = {"branch_id": f"{choose.number(1, 4)}"} if choose.chance(70) else {}
    match choose.pick(_CLASSES):
        case found if found is Worker:
            return Worker(id=id_, senior=choose.pick([True, False, None]),
                          files=choose.pick([None, 0, 3]), **named)  # fmt: skip
        case found if found is Branch:
            head, parent = choose.pick([None, "1", "2"]), choose.pick([None, "", "1", "2"])
            return Branch(id=id_, head_id=head, parent_id=parent, desks=choose.pick([None, 4]),
                          house_id=choose.pick([None, "1"]))  # fmt: skip
        case _:
            return House(id=id_, least=choose.pick([None, 1, 2]))


def some_changes(choose: Chooser) -> dict[str, Any]:
    """What an event says, as JSON."""
    said_: dict[str, Any] = {}
    for _ in range(choose.number(1, 2)):
        fact = some_fact(choose)
        row = json_row(fact)
        match choose.number(1, 10):
            case 1 | 2 | 3 | 4:
                said_.setdefault("add", {}).setdefault(fact.collection, []).append(row)
            case 5 | 6 | 7 | 8:
                fields = {name: row.get(name) for name in fields_of(type(fact)) if name != "id"}
                kept = {name: value for name, value in fields.items() if choose.chance(60)}
                said_.setdefault("update", {})[fact.key] = kept
            case 9:
                said_.setdefault("remove", []).append(fact.key)
            case _:
                said_.setdefault("complete", []).append(fact.collection)
    return said_


class Course:
    """What befalls a session in a journal."""

    def __init__(self, session: pr.Session) -> None:
        self.session = session
        self.number = 0
        self.outcomes: set[str] = set()

    def step(self, choose: Chooser) -> None:
        """An event, a transaction, another date, or a snapshot; some are refused."""
        day = AS_OF + timedelta(days=choose.number(-30, 400))
        try:
            match choose.number(1, 12):
                case 1:
                    self.session.advance(day)
                case 2:
                    self.session.snapshot()
                case 3 | 4 | 5:
                    with self.session.transaction() as changing:
                        self.change(choose, changing)
                case _:
                    self.number += 1
                    id_ = self.number if choose.chance(85) else choose.number(1, self.number)
                    event = {"id": f"{id_}", **some_changes(choose)}
                    if choose.chance(60):
                        event["at"] = day.isoformat()
                    if choose.chance(10):
                        event["as_of"] = day.isoformat()
                    for applied in self.session.apply([event]):
                        self.outcomes |= {applied.outcome.value}
                        self.outcomes |= {"woken"} if applied.woken else set()
        except pr.FactError:
            pass

    def change(self, choose: Chooser, changing: Any) -> None:
        """Some changes, one of which may be wrong."""
        for _ in range(choose.number(1, 3)):
            fact = some_fact(choose)
            if fact.key not in {each.key for each in self.session.facts}:
                changing.add(fact)
            elif choose.chance(30):
                changing.remove(fact)
            else:
                fields = [name for name in fields_of(type(fact)) if choose.chance(60)]
                changing.update(fact, **{name: getattr(fact, name) for name in fields})


def run(choose: Chooser) -> pr.Session:
    """A course; every now and then the journal is taken up as a kill would have left it."""
    with TemporaryDirectory() as folder:
        path = Path(folder, "a.journal")
        facts = House(id="1"), Branch(id="1"), Worker(id="1")
        course = Course(begun(path, *facts, engine="interpreter"))
        try:
            for turn in range(choose.number(3, 25)):
                course.step(choose)
                if choose.chance(10):
                    copy = copied(path, Path(folder, f"{turn}.journal"))
                    with begun(copy, engine="interpreter") as left:
                        assert state(left) == state(course.session)
                if choose.chance(8):
                    before = state(course.session)
                    course.session.close()
                    course.session = begun(path, engine="interpreter")
                    assert state(course.session) == before
            with begun(copied(path, Path(folder, "last.journal")), engine="interpreter") as left:
                assert state(left) == state(course.session)
        finally:
            course.session.close()  # also where an example is given up in the middle
        return left


@settings(max_examples=20)
@given(chosen(run))
def test_what_is_taken_up_is_what_there_was(left: pr.Session) -> None:
    """Facts, date, answers, what waits, what was refused and what was seen, at any moment."""
    assert all_said(left.answers) == all_said(answers_of(left.policy, left.facts))


def test_the_random_courses_come_to_everything() -> None:
    """Events wait, are refused when they wake, are overtaken, repeated; else nothing is shown."""
    seen: set[str] = set()
    for seed in range(25):
        course = Course(pr.Session(COUNTING.policy(as_of=AS_OF, engine="interpreter")))
        choose = Seeded(seed)
        for _ in range(25):
            course.step(choose)
        seen |= course.outcomes
        seen |= {"refused"} if course.session.refused else set()
    assert seen == {"applied", "repeated", "waiting", "overtaken", "woken", "refused"}


def walked(choose: Chooser) -> Walk:
    """A walk in a journal, which is taken up at its end."""
    with TemporaryDirectory() as folder:
        path = Path(folder, "a.journal")
        walk = Walk(choose, journal=path)
        try:
            for _ in range(choose.number(1, 12)):
                walk.step(choose)
            with pr.Session(walk.policy(), journal=copied(path, Path(folder, "b.journal"))) as left:
                assert state(left) == state(walk.session)
            before = state(walk.session)
        finally:
            walk.session.close()  # also where an example is given up in the middle
        with pr.Session(walk.policy(), journal=path) as again:
            assert state(again) == before
        return walk


@settings(max_examples=10)
@given(chosen(walked))
def test_any_facts_can_be_taken_up(walk: Walk) -> None:
    """Facts with fields of every kind, as random walks make them."""
    walk.compare()


# By hand


def test_a_session_is_taken_up_with_its_date(tmp_path: Path) -> None:
    """The policy that is given says the rest: the date is that of the journal."""
    path = tmp_path / "a.journal"
    station = pr.Station(id="S", pilot=False, officers=12)
    with pr.Session(PUTIAN.policy(as_of=AS_OF), pr.Facts(stations=[station]), journal=path) as one:
        one.update("stations/S", officers=11)
        one.advance(date(2020, 1, 1))
    with pr.Session(PUTIAN.policy(as_of=AS_OF), journal=path) as again:
        assert again.policy.as_of == date(2020, 1, 1)
        assert again.decide("stations/S", "duty_mode").value is pr.DutyMode.ZONED
        again.update("stations/S", officers=12)
    parameters = {"two_team_strength": 13}
    other = PUTIAN.policy(as_of=AS_OF, parameters=parameters)
    with pr.Session(other, journal=path) as again:
        assert again.decide("stations/S", "strength").value == 12
        assert again.decide("stations/S", "duty_mode").value is pr.DutyMode.ZONED


def test_a_snapshot_bounds_what_is_gone_through_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One is written when as much has come as there is; the entries before are not read again."""
    monkeypatch.setattr(recovery, "_LEAST_ENTRIES", 5)
    path = tmp_path / "a.journal"
    session = begun(path, Branch(id="B", desks=0))
    for desks in (1, 2, 3, 4, 5, 6, 7):
        session.update("branches/B", desks=desks)
    with JournalReader(path) as reader:
        snapshot = reader.latest_snapshot()
        assert snapshot is not None
        assert snapshot.number == 6  # that it began, and five changes
    left = begun(copied(path, tmp_path / "b.journal"))
    assert state(left) == state(session)
    for desks in (1, 2, 3):  # two had come already, so that the third is the fifth
        left.update("branches/B", desks=desks)
    with JournalReader(tmp_path / "b.journal") as reader:
        snapshot = reader.latest_snapshot()
        assert snapshot is not None
        assert snapshot.number == 11
    left.close()
    session.close()
    begun(path).close()


def test_a_snapshot_of_much_is_written_in_parts(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Rows, events seen and times: none is lost between the parts."""
    monkeypatch.setattr(recovery, "_ROWS", 2)
    monkeypatch.setattr(recovery, "_IDS", 2)
    path = tmp_path / "a.journal"
    session = begun(path, *(Branch(id=f"{place}") for place in range(5)))
    session.apply(
        {"id": f"{place}", "at": "2019-09-01", "update": {f"branches/{place}": {"desks": place}}}
        for place in range(5)
    )
    session.apply([{"id": "w", "update": {"workers/1": {"files": 1}}}])
    before = state(session)
    session.close()
    with begun(path) as again:
        assert state(again) == before
        assert dict(again.waiting) == {"w": ("workers/1",)}


def test_without_a_journal_there_is_nothing_to_write_or_close() -> None:
    """A snapshot and a close do nothing, any number of times."""
    with pr.Session(COUNTING.policy(as_of=AS_OF)) as session:
        session.snapshot()
        session.close()
        session.add(Branch(id="B"))
    assert len(session.facts) == 1


@pytest.mark.parametrize(
    "change",
    [
        lambda s: s.add(Branch(id="C")),
        lambda s: s.update("branches/B", desks=5),
        lambda s: s.remove("branches/B"),
        lambda s: s.complete("branches"),
        lambda s: s.advance(date(2020, 1, 1)),
        lambda s: s.apply([{"id": "1", "at": "2019-09-01", "add": {"branches": [{"id": "C"}]}}]),
        lambda s: s.apply([{"id": "1", "as_of": "2020-01-01"}]),
        lambda s: s.apply([{"id": "1", "update": {"branches/C": {"desks": 1}}}]),
    ],
)
def test_what_cannot_be_written_has_not_happened(
    change: Callable[[pr.Session], object], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Memory is as it was, nobody is told; and when it can be written again, it is as ever."""
    path = tmp_path / "a.journal"
    session = begun(path, Branch(id="B", desks=4))
    session.update("branches/B", desks=3)
    heard: list[object] = []
    session.subscribe(heard.append)
    before = state(session)

    def full(*_: object) -> None:
        raise pr.JournalError(("磁盘已满", "the disk is full"))

    with monkeypatch.context() as patch:
        patch.setattr(Journal, "append", full)
        with pytest.raises(pr.JournalError, match="the disk is full"):
            change(session)
    assert (state(session), heard) == (before, [])
    change(session)
    after = state(session)
    assert after != before
    session.close()
    with begun(path) as again:
        assert state(again) == after


def test_a_session_cannot_be_closed_within_a_transaction(tmp_path: Path) -> None:
    """Its end would not be written."""
    session = begun(tmp_path / "a.journal")
    with session.transaction() as changing:
        changing.add(Branch(id="B"))
        with pytest.raises(RuntimeError, match="a transaction is open"):
            session.close()
    session.close()
    with begun(tmp_path / "a.journal") as again:
        assert len(again.facts) == 1


# What is refused


def test_facts_are_not_given_to_a_session_that_has_its_own(tmp_path: Path) -> None:
    """A journal that holds a session says which facts there are."""
    path = tmp_path / "a.journal"
    begun(path).close()
    with pytest.raises(pr.FactError) as refused:
        begun(path, Branch(id="B"), Branch(id="C"))
    assert str(refused.value) == (
        "session: expected no facts, since the journal holds a session with its own, found 2; "
        "give none, or another journal"
    )
    begun(path).close()  # it was given up


def test_a_journal_of_another_directive(tmp_path: Path) -> None:
    """What it holds could mean something else."""
    path = tmp_path / "a.journal"
    begun(path).close()
    with pytest.raises(pr.JournalError) as refused:
        pr.Session(PUTIAN.policy(as_of=AS_OF), journal=path)
    assert str(refused.value) == (
        f"`{path}`: expected a session of `putian-2019-52`, found a session of `counting`; "
        "give another path"
    )
    begun(path).close()


def test_a_journal_of_something_else(tmp_path: Path) -> None:
    """An append-only record of another kind is left as it is."""
    path = tmp_path / "a.journal"
    with Journal(path) as journal:
        journal.append("decisions", "{}")
    with pytest.raises(pr.JournalError) as refused:
        begun(path)
    assert str(refused.value) == (
        f"`{path}`: expected a session of `counting`, found a record of something else; "
        "give another path"
    )
    with Journal(path) as journal:
        assert [entry.kind for entry in journal.entries()] == ["decisions"]


@pytest.mark.parametrize("newer", ["session", "snapshot"])
def test_a_session_of_a_newer_format(tmp_path: Path, newer: str) -> None:
    """Written by a later version, from its beginning or after it was taken up."""
    path = tmp_path / "a.journal"
    said = ', "format": 2' if newer == "session" else ""
    with Journal(path) as journal:
        journal.append("session", f'{{"directive": "counting"{said}}}')
        journal.snapshot(['{"format": 2, "as_of": "2019-10-01", "complete": []}'])
    with pytest.raises(pr.JournalError) as refused:
        begun(path)
    assert str(refused.value) == (
        f"`{path}`: the format of its session is 2, and this version reads 1; "
        "use a later policy_rules"
    )


def test_a_session_from_before_formats_were_said(tmp_path: Path) -> None:
    path = tmp_path / "a.journal"
    with Journal(path) as journal:
        journal.append("session", '{"directive": "counting"}')
        journal.snapshot(
            ['{"as_of": "2019-10-01", "complete": []}', '{"waiting": [], "refused": {}}']
        )
    session = begun(path)
    assert session.policy.as_of == date(2019, 10, 1)
    session.close()


def test_a_session_that_another_one_has_open(tmp_path: Path) -> None:
    """One writer at a time."""
    path = tmp_path / "a.journal"
    with begun(path), pytest.raises(pr.JournalError) as refused:
        begun(path)
    assert str(refused.value) == (
        f"`{path}`: it is open for writing already; close it there, or read it with `JournalReader`"
    )
    begun(path).close()


def test_a_session_that_was_killed_before_its_first_facts_were_written(tmp_path: Path) -> None:
    """It has not begun: nobody was told that it had."""
    path = tmp_path / "a.journal"
    with Journal(path) as journal:
        journal.append("session", '{"directive": "counting"}')
    begun(path, Branch(id="B")).close()
    with begun(path) as again:
        assert [fact.key for fact in again.facts] == ["branches/B"]


def test_a_directive_without_a_class_that_the_journal_holds(tmp_path: Path) -> None:
    """It has the same name, and knows nothing of what was written."""
    path = tmp_path / "a.journal"
    begun(path, Branch(id="B")).close()
    other = pr.load(evolve(PUTIAN.rules.directive, id="counting"))
    with pytest.raises(pr.JournalError) as refused:
        pr.Session(other.policy(as_of=AS_OF), journal=path)
    assert str(refused.value) == (
        f"`{path}`: holds `branches`, of which the directive knows nothing; "
        "open it with the directive that it was written with"
    )


def test_a_directive_whose_fields_have_changed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What a field can no longer have is told with its row, not taken."""
    path = tmp_path / "a.journal"
    begun(path, Branch(id="B", desks=3)).close()
    with monkeypatch.context() as patch:
        patch.setattr(recovery, "json_row", lambda fact: {**json_row(fact), "desks": 99})
        with begun(path):
            pass
    with pytest.raises(pr.FactError) as refused:
        begun(path)
    assert str(refused.value).startswith(
        f"{path}: row 0, desks: expected a whole number from 0 to 9"
    )


def test_a_closed_session_refuses_changes(tmp_path: Path) -> None:
    """They would be acknowledged, and lost; what it knows can still be asked."""
    session = pr.Session(PUTIAN.policy(as_of=AS_OF), journal=tmp_path / "journal")
    session.add(pr.Station(id="S1", pilot=False, officers=12))
    session.close()
    changes: list[Callable[[], object]] = [
        lambda: session.update("stations/S1", officers=11),
        lambda: session.advance(date(2020, 1, 1)),
        lambda: session.apply({"id": "1", "remove": ["stations/S1"]}),
    ]
    for change in changes:
        with pytest.raises(RuntimeError, match="is closed"):
            change()
    assert str(session.decide("stations/S1", "duty_mode").value) == "two_teams_one_room"
    with pr.Session(PUTIAN.policy(as_of=AS_OF), journal=tmp_path / "journal") as again:
        assert again.facts == session.facts
