"""At any moment a session's conclusions are those of a fresh audit: random walks, and what is hard.

`benchmarks/walk_sessions.py` walks a hundred thousand steps.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

import policy_rules as pr
from policy_rules.answers import Decision
from policy_rules.facts import Fact, Unit
from policy_rules.facts.fields import boolean, fact, identity, integer, reference
from policy_rules.language import (
    TRUE,
    Clause,
    Directive,
    Modality,
    Recurrence,
    count,
    each,
    every,
    first_known,
    greatest,
    load,
    none,
    subject,
    the,
    total,
)
from policy_rules.language.expressions import (
    Definition,
    Expression,
    Held,
    Periods,
    Subject,
    as_node,
    variable_of,
)
from policy_rules.policy import Answer, EngineName, LoadedDirective
from policy_rules.testing.choosing import Chooser, Seeded
from policy_rules.testing.comparing import answers_of, concluded, said
from policy_rules.testing.random_facts import container
from policy_rules.testing.strategies import chosen
from tests.support.found import LABELS, SAYS, directive
from tests.support.session_walks import Walk
from tests.support.writing import at, defining, says

AS_OF = date(2019, 9, 1)
_PIECES = Unit("件", "pieces")

# What is counted in every way: members, everybody, what a reference leads to, counts of counts


@fact(collection="houses", zh="总部", en="house")
class House(Fact):
    """All of it."""

    id: str = identity()
    least: int | None = integer(zh="下限", en="least", unit=_PIECES, maximum=9, meaning="Least.")


@fact(collection="branches", zh="分部", en="branch")
class Branch(Fact):
    """A part of a house, and perhaps of another branch."""

    id: str = identity()
    house_id: str | None = reference("houses", zh="所属总部", en="house", meaning="The house.")
    parent_id: str | None = reference(
        "branches", zh="上级", en="parent", may_be_empty=True, meaning="Of which branch, if any."
    )
    head_id: str | None = reference("workers", zh="负责人", en="head", meaning="Who heads it.")
    desks: int | None = integer(zh="桌数", en="desks", unit=_PIECES, maximum=9, meaning="Desks.")


@fact(collection="workers", zh="员工", en="worker")
class Worker(Fact):
    """Who works at a branch."""

    id: str = identity()
    branch_id: str | None = reference("branches", zh="所属", en="branch", meaning="The branch.")
    senior: bool | None = boolean(zh="资深", en="senior", meaning="Whether of long standing.")
    files: int | None = integer(zh="卷数", en="files", unit=_PIECES, maximum=9, meaning="Files.")


house, branch, worker = subject(House), subject(Branch), subject(Worker)
member, head = each(Worker, branch_id=branch), the(Worker, branch.head_id)
anyone, other = each(Worker), each(Branch)
part, of_house = each(Branch, parent_id=branch), each(Branch, house_id=house)
home = the(Branch, worker.branch_id)
home_of_head = the(Branch, head.branch_id)


def number(of: Subject, name: str, value: Expression, sentence: int) -> Definition:
    """A whole number that is decided."""
    rules = [at(f"1/{sentence}")("字").makes(value)]
    return defining(of, name, int)(**LABELS).by(*rules)


listed = number(branch, "listed", count(member), 1)
staff = number(branch, "staff", first_known(branch.desks, count(member)), 2)
files = number(branch, "files", total(member, member.files, member.senior), 3)
busier = number(branch, "busier", count(member, member.files >= head.files), 4)
larger = number(branch, "larger", count(other, other.desks > branch.desks), 5)
behind = number(branch, "behind", count(member, count(anyone, anyone.files > member.files) >= 2), 6)
abroad = number(
    branch, "abroad", count(anyone, anyone.senior & (anyone.branch_id.is_(head.branch_id))), 7
)
crowded = number(branch, "crowded", count(part, listed.of(part) >= 2), 8)
below = number(branch, "below", total(part, staff.of(part)), 9)
seniors = number(house, "seniors", count(anyone, anyone.senior), 10)
all_files = number(house, "all_files", total(of_house, files.of(of_house)), 11)
hard = number(
    house, "hard",
    count(of_house, (crowded.of(of_house) >= 1) | (busier.of(of_house) >= house.least)), 12,
)  # fmt: skip
ahead = defining(worker, "ahead", bool)(**LABELS).by(
    at("1/13")("字").makes(True, when=worker.files + worker.files > files.of(home)),
    otherwise=at("1/13")("字").makes(False),
)
rivals = number(worker, "rivals", count(anyone, anyone.files >= home.desks), 18)
everyone = number(house, "everyone", count(anyone), 19)
busy_home = number(worker, "busy_home", busier.of(home), 20)
twins = number(branch, "twins", count(each(Branch, desks=branch.desks)), 21)
like_it = each(Worker, branch_id=branch, files=branch.desks)
matching = number(branch, "matching", total(like_it, like_it.files), 22)
busiest = number(branch, "busiest", greatest(member, member.files, otherwise=branch.desks), 23)
rivals_of_head = number(
    worker, "rivals_of_head",
    greatest(peers := each(Worker, branch_id=worker.branch_id), peers.files, otherwise=0), 24,
)  # fmt: skip
DUTIES = (
    says("1/14", **SAYS).demands(branch, listed.of(home_of_head) >= 2),
    says("1/15", **SAYS, modality=Modality.IN_PRINCIPLE).demands(
        branch, count(member, ahead.of(member)) <= 1, applies=branch.desks > 0
    ),
    says("1/16", **SAYS).demands(house, every(of_house, listed.of(of_house) >= 1)),
    says("1/17", **SAYS).demands(house, none(of_house, files.of(of_house) > house.least)),
)
COUNTING = LoadedDirective(
    load(
        Directive(
            id="counting", number="试", zh="试", en="counting", issued=date(2019, 7, 16),
            clauses=[
                Clause(
                    heading="1", zh="一", en="one",
                    provisions=[listed, staff, files, busier, larger, behind, abroad, crowded,
                                below, seniors, all_files, hard, ahead, rivals, everyone,
                                busy_home, twins, matching, busiest, rivals_of_head, *DUTIES],
                )
            ],
            sentences={f"1/{place}": "" for place in range(1, 25)},
            fact_classes=[House, Branch, Worker],
        )
    )
)  # fmt: skip
_CLASSES = (House, Branch, Worker)


class Following:
    """A session over what is counted, held against a fresh policy after each change."""

    def __init__(self, *facts: Fact, complete: Iterable[type[Fact]] = _CLASSES) -> None:
        self.policy = COUNTING.policy(as_of=AS_OF)
        self.session = pr.Session(self.policy, container(facts, complete))
        self.view = {_key(answer): concluded(answer) for answer in self.session.answers}
        self.session.subscribe(self._told)

    def of(self, subject: str, name: str) -> object:
        """A decision: the session's, and the one kept from what it told; both as a fresh one."""
        facts = self.session.facts
        fresh = list(answers_of(self.policy, facts))
        kept = {_key(each): said(each) for each in self.session.answers}
        assert kept == {_key(each): said(each) for each in fresh}
        assert self.view == {_key(each): concluded(each) for each in fresh}
        return self.session.decide(subject, name).value

    def _told(self, changes: tuple[pr.Change, ...]) -> None:
        """Take over what changed."""
        for change in changes:
            self.view.pop(_key(change.answer), None)
            if change.after is not None:
                self.view[_key(change.after)] = concluded(change.after)


def _key(answer: Answer) -> tuple[str, str]:
    name = getattr(answer, "name", None) or str(getattr(answer, "cite", ""))
    return answer.subject, name


# By hand: what is hard to keep


def test_a_count_held_against_what_a_reference_leads_to() -> None:
    """The head comes after the members, has more files, has fewer, and is another one."""
    told = Following(
        Branch(id="B"),
        Worker(id="1", branch_id="B", files=1),
        Worker(id="2", branch_id="B", files=2),
        Worker(id="3", branch_id="B", files=3),
    )
    assert told.of("branches/B", "busier") is None
    told.session.add(Worker(id="H", branch_id="B", files=2))
    told.session.update("branches/B", head_id="H")
    assert told.of("branches/B", "busier") == 3  # 2, 3 and the head
    told.session.update("workers/H", files=3)
    assert told.of("branches/B", "busier") == 2
    told.session.update("workers/H", files=0)
    assert told.of("branches/B", "busier") == 4
    told.session.update("branches/B", head_id="3")
    assert told.of("branches/B", "busier") == 1
    with told.session.transaction() as changing:  # the head and a member in one
        changing.update("workers/3", files=2)
        changing.update("workers/2", files=9)
    assert told.of("branches/B", "busier") == 2
    told.session.update("workers/3", files=None)
    assert told.of("branches/B", "busier") is None


def test_who_is_named_and_comes_later() -> None:
    """A list that is not whole may name who is not there; then he comes, and is one of them."""
    session = pr.Session(COUNTING.policy(as_of=AS_OF), container([Branch(id="B", head_id="H")]))
    assert session.decide("branches/B", "busier").needs == ("complete.workers",)
    session.add(Worker(id="H", branch_id="B", files=4))
    assert session.decide("branches/B", "busier").needs == ("complete.workers",)
    session.complete(Worker)
    assert session.decide("branches/B", "busier").value == 1


def test_two_of_a_branch_that_is_not_there() -> None:
    """What both name ties them together, though nothing is known of it but its id."""
    told = Following(
        House(id="A"), Worker(id="1", branch_id="B", files=3, senior=True), complete=[Worker]
    )
    assert told.of("workers/1", "ahead") is True
    assert told.of("workers/1", "busy_home") is None  # nobody knows who heads it
    told.session.add(Worker(id="2", branch_id="B", files=9, senior=True))
    assert told.of("workers/1", "ahead") is False
    told.session.update("workers/2", files=1)
    assert told.of("workers/1", "ahead") is True
    told.session.add(Branch(id="B"))
    assert told.of("workers/1", "ahead") is True
    told.session.update("workers/2", files=9)
    assert told.of("workers/1", "ahead") is False


def test_what_a_subject_names_comes_and_goes() -> None:
    """What everyone is held against is unknown, is there, and is gone again."""
    told = Following(
        Worker(id="1", branch_id="B", files=3), Worker(id="2", branch_id="B", files=5),
        complete=[Worker],
    )  # fmt: skip
    assert told.of("workers/1", "rivals") is None
    told.session.add(Branch(id="B", desks=5))
    assert (told.of("workers/1", "rivals"), told.of("workers/2", "rivals")) == (1, 1)
    told.session.remove("branches/B")
    assert told.of("workers/1", "rivals") is None
    told.session.add(Branch(id="B", desks=3))
    assert told.of("workers/1", "rivals") == 2


def test_the_first_change_of_a_session_that_was_not_asked_anything() -> None:
    """What is counted for the first time because of a change is as before it, and then follows."""
    facts = Branch(id="B"), Branch(id="C"), Worker(id="1", branch_id="B")
    session = pr.Session(COUNTING.policy(as_of=AS_OF), container(facts, _CLASSES))
    listed = [
        (change.subject, change.before.value, change.after.value)
        for change in session.update("workers/1", branch_id="C")
        if isinstance(change.before, Decision)
        if isinstance(change.after, Decision)
        if change.name == "listed"
    ]
    assert sorted(listed) == [("branches/B", 1, 0), ("branches/C", 0, 1)]
    session.advance(date(2019, 9, 2))
    session.update("workers/1", branch_id="B")
    assert session.decide("branches/B", "listed").value == 1


def test_a_total_follows_what_is_summed_and_of_whom() -> None:
    """The number, the condition, the coming and the going of a member."""
    told = Following(
        House(id="A"), Branch(id="B", house_id="A"), Branch(id="C", house_id="A"),
        Worker(id="1", branch_id="B", senior=True, files=4),
        Worker(id="2", branch_id="B", senior=False, files=5),
    )  # fmt: skip
    assert (told.of("branches/B", "files"), told.of("houses/A", "all_files")) == (4, 4)
    told.session.update("workers/2", senior=True)
    assert (told.of("branches/B", "files"), told.of("houses/A", "all_files")) == (9, 9)
    told.session.update("workers/2", branch_id="C", files=1)
    assert (told.of("branches/B", "files"), told.of("branches/C", "files")) == (4, 1)
    assert told.of("houses/A", "all_files") == 5
    told.session.update("branches/C", house_id=None)
    assert told.of("houses/A", "all_files") is None
    told.session.update("branches/C", house_id="A")
    told.session.remove("workers/1")
    assert (told.of("branches/B", "files"), told.of("houses/A", "all_files")) == (0, 1)


def test_a_count_over_everybody() -> None:
    """It has no link: every subject's count takes each one in, and the subject itself too."""
    told = Following(House(id="A"), Branch(id="B", desks=2), Branch(id="C", desks=3))
    assert (told.of("branches/B", "larger"), told.of("branches/C", "larger")) == (1, 0)
    told.session.add(Branch(id="D", desks=4))
    assert (told.of("branches/B", "larger"), told.of("branches/C", "larger")) == (2, 1)
    assert told.of("branches/D", "larger") == 0
    told.session.update("branches/B", desks=3)
    assert (told.of("branches/B", "larger"), told.of("branches/C", "larger")) == (1, 1)
    told.session.remove("branches/D")
    assert (told.of("branches/B", "larger"), told.of("branches/C", "larger")) == (0, 0)
    told.session.add(Worker(id="1", senior=True), Worker(id="2", senior=False))
    assert (told.of("houses/A", "seniors"), told.of("houses/A", "everyone")) == (1, 2)
    told.session.update("workers/2", senior=True)
    assert told.of("houses/A", "seniors") == 2
    told.session.update("workers/1", senior=None)
    assert told.of("houses/A", "seniors") is None
    told.session.remove("workers/1")
    assert (told.of("houses/A", "seniors"), told.of("houses/A", "everyone")) == (1, 1)


def test_what_equal_fields_join() -> None:
    """Either side changes, becomes unknown, comes and goes; both in one transaction."""
    told = Following(Branch(id="B", desks=2), Branch(id="C", desks=2), Branch(id="D", desks=3))
    assert [told.of(f"branches/{each}", "twins") for each in "BCD"] == [2, 2, 1]
    told.session.update("branches/C", desks=3)
    assert [told.of(f"branches/{each}", "twins") for each in "BCD"] == [1, 2, 2]
    told.session.update("branches/C", desks=None)
    assert [told.of(f"branches/{each}", "twins") for each in "BCD"] == [None, None, None]
    told.session.add(Branch(id="E", desks=2))
    with told.session.transaction() as changing:
        changing.update("branches/B", desks=3)
        changing.update("branches/C", desks=2)
    assert [told.of(f"branches/{each}", "twins") for each in "BCDE"] == [2, 2, 2, 2]
    told.session.remove("branches/D")
    assert [told.of(f"branches/{each}", "twins") for each in "BCE"] == [1, 2, 2]
    told.session.add(Worker(id="1", branch_id="B", files=3), Worker(id="2", branch_id="B", files=2))
    assert told.of("branches/B", "matching") == 3
    told.session.update("branches/B", desks=2)
    assert told.of("branches/B", "matching") == 2
    told.session.update("workers/1", files=2)
    assert told.of("branches/B", "matching") == 4


def test_the_greatest_follows_its_members_and_what_it_is_without_any() -> None:
    told = Following(Branch(id="B", desks=5), Worker(id="1", branch_id="B", files=3))
    told.session.add(Worker(id="2", branch_id="B", files=4))
    assert told.of("branches/B", "busiest") == 4
    assert told.of("workers/1", "rivals_of_head") == 4
    told.session.remove("workers/2")
    assert told.of("branches/B", "busiest") == 3
    told.session.update("workers/1", branch_id=None)
    assert told.of("branches/B", "busiest") is None
    assert told.of("workers/1", "rivals_of_head") is None
    told.session.remove("workers/1")
    assert told.of("branches/B", "busiest") == 5
    told.session.update("branches/B", desks=6)
    assert told.of("branches/B", "busiest") == 6


def test_a_member_whose_link_is_unknown_leaves_every_count_open() -> None:
    """It may be anyone's; once it is known whose it is, the others are certain again."""
    told = Following(Branch(id="B"), Branch(id="C"), Worker(id="1", branch_id="B"))
    told.session.add(Worker(id="2"))
    assert told.of("branches/B", "listed") is None
    assert told.of("branches/C", "listed") is None
    told.session.update("workers/1", branch_id="C")  # while the other is still unknown
    told.session.update("workers/2", branch_id="C")
    assert (told.of("branches/B", "listed"), told.of("branches/C", "listed")) == (0, 2)
    told.session.update("workers/1", branch_id=None)
    told.session.remove("workers/1")
    assert (told.of("branches/B", "listed"), told.of("branches/C", "listed")) == (0, 1)


def test_counts_of_counts_and_sums_of_counts() -> None:
    """A worker that moves changes what two branches count, and what is above them counts."""
    told = Following(
        House(id="A", least=9), Branch(id="T", house_id="A", parent_id=""),
        *(Branch(id=f"P{place}", house_id="A", parent_id="T", head_id="1") for place in range(3)),
        *(Worker(id=f"{place}", branch_id=f"P{place % 3}", files=1) for place in range(6)),
    )  # fmt: skip
    assert (told.of("branches/T", "crowded"), told.of("branches/T", "below")) == (3, 6)
    told.session.update("workers/0", branch_id="P1")
    assert (told.of("branches/T", "crowded"), told.of("branches/T", "below")) == (2, 6)
    told.session.remove("workers/3")
    assert (told.of("branches/T", "crowded"), told.of("branches/T", "below")) == (2, 5)
    told.session.update("branches/P0", desks=7)  # given, it is not counted
    assert (told.of("branches/T", "crowded"), told.of("branches/T", "below")) == (2, 12)
    told.session.add(*(Worker(id=id_, branch_id="P0", files=1) for id_ in "78"))
    assert (told.of("branches/T", "crowded"), told.of("branches/T", "below")) == (3, 12)
    told.session.update("branches/P0", desks=None)
    assert (told.of("branches/T", "crowded"), told.of("branches/T", "below")) == (3, 7)
    assert told.of("houses/A", "hard") == 1
    told.session.update("branches/P1", parent_id="P0")
    assert (told.of("branches/T", "crowded"), told.of("branches/P0", "crowded")) == (2, 1)
    assert told.of("houses/A", "hard") == 2


def test_a_count_of_those_behind_others() -> None:
    """Inside is a count over everybody that each member is held against."""
    told = Following(
        Branch(id="B"),
        *(Worker(id=f"{files}", branch_id="B", files=files) for files in (1, 2, 3)),
    )
    assert told.of("branches/B", "behind") == 1
    told.session.update("workers/1", files=4)
    assert told.of("branches/B", "behind") == 1
    told.session.add(Worker(id="9", branch_id="B", files=9))
    assert told.of("branches/B", "behind") == 2
    told.session.update("workers/9", files=None)
    assert told.of("branches/B", "behind") is None
    told.session.remove("workers/9", "workers/1")
    assert told.of("branches/B", "behind") == 0


def test_links_that_move_together_with_what_they_lead_to() -> None:
    """In one transaction: who comes, where he goes, who heads it, and what is gone."""
    told = Following(
        Branch(id="B", head_id="1"), Branch(id="C", head_id="2"),
        Worker(id="1", branch_id="B", senior=True, files=1),
        Worker(id="2", branch_id="C", senior=True, files=2),
    )  # fmt: skip
    assert (told.of("branches/B", "abroad"), told.of("branches/C", "abroad")) == (1, 1)
    with told.session.transaction() as changing:
        changing.update("workers/1", branch_id="C")
        changing.update("branches/C", head_id="1")
        changing.update("branches/B", head_id="2")
        changing.update("workers/2", branch_id="B", senior=False)
    assert (told.of("branches/B", "abroad"), told.of("branches/C", "abroad")) == (0, 1)
    with told.session.transaction() as changing:
        changing.remove("branches/B", "workers/2")
        changing.add(Branch(id="D", head_id="3", parent_id="C"))
        changing.add(Worker(id="3", branch_id="D", files=1), Worker(id="4", branch_id="D", files=1))
        changing.update("branches/C", head_id="3")
    assert (told.of("branches/D", "busier"), told.of("branches/C", "busier")) == (2, 1)
    assert told.of("branches/C", "crowded") == 1
    with told.session.transaction() as changing:  # gone and there again, with the same id
        changing.remove("branches/D")
        changing.add(Branch(id="D", head_id="4", parent_id=""))
        changing.update("workers/4", files=2)
    assert (told.of("branches/D", "busier"), told.of("branches/C", "crowded")) == (1, 0)


def test_periods_that_end_as_the_date_goes_on() -> None:
    """How many there are, in how many something happened, and a number, hang on the date alone."""
    station = subject(pr.Station)
    event = each(pr.Event, station_id=station)
    monthly = says("1/1", quote="字", **LABELS).sets("monthly", Recurrence("FREQ=MONTHLY"))
    happened = Held(variable_of(event), TRUE, as_node(event.on), monthly)
    changing = says("1/1", quote="字", **LABELS).sets("changing", 1, since={date(2019, 9, 15): 4})
    of = directive(
        number(station, "happened", happened, 1), number(station, "periods", Periods(monthly), 2),
        number(station, "changed", as_node(changing), 3),
        number(station, "same", as_node(station.officers), 4),
    )  # fmt: skip
    events = [pr.Event(id=f"{month}", station_id="S", on=date(2019, month, 5)) for month in (8, 9)]
    facts = pr.Facts(stations=[pr.Station(id="S")], events=events, complete=[pr.Event])
    session = pr.Session(of.policy(as_of=AS_OF), facts)
    # the directive is of 16 July, so that the first whole month is August
    assert [session.decide("stations/S", name).value for name in ("happened", "periods")] == [1, 1]
    changed = {change.name: change.after for change in session.advance(date(2019, 10, 1))}
    assert {name: getattr(after, "value", None) for name, after in changed.items()} == {
        "happened": 2, "periods": 2, "changed": 4,
    }  # fmt: skip


# At random

_DRAWS = settings(
    max_examples=12,
    stateful_step_count=12,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)


class Machine(RuleBasedStateMachine):
    """A session over a directive; after each rule its conclusions are a fresh audit's."""

    directive: LoadedDirective | None = None
    engine: EngineName = "python"

    @initialize(data=st.data())
    def begin(self, data: st.DataObject) -> None:
        """Begin with some facts."""
        self.walk = data.draw(chosen(self._walk))

    def _walk(self, choose: Chooser) -> Walk:
        return Walk(choose, self.directive, self.engine)

    @rule(data=st.data())
    def change(self, data: st.DataObject) -> None:
        """Add, update or remove one fact."""
        self._take(data, lambda choose: self.walk.transaction(choose, 1))

    @rule(data=st.data(), number=st.integers(2, 5))
    def change_some(self, data: st.DataObject, number: int) -> None:
        """Add, update and remove some together."""
        self._take(data, lambda choose: self.walk.transaction(choose, number))

    @rule(data=st.data())
    def declare(self, data: st.DataObject) -> None:
        """Say that a list is whole."""
        self._take(data, self.walk.declare)

    @rule(data=st.data())
    def advance(self, data: st.DataObject) -> None:
        """Go to another date."""
        self._take(data, self.walk.advance)

    def _take(self, data: st.DataObject, step: Callable[[Chooser], None]) -> None:
        data.draw(chosen(step))

    @invariant()
    @precondition(lambda self: hasattr(self, "walk"))
    def is_a_fresh_audit(self) -> None:
        """What was told, and what is answered, is what a policy says of the same facts."""
        self.walk.compare()


class CountingMachine(Machine):
    """Over what is counted in every way."""

    directive = COUNTING


class InterpretedMachine(Machine):
    """On the engine that keeps no counts."""

    engine = "interpreter"


class PutianMachine(Machine):
    """Over the directive of Putian."""

    directive = pr.load("putian-2019-52")


TestAnyDirective = Machine.TestCase
TestAnyDirective.settings = _DRAWS
TestCounting = CountingMachine.TestCase
TestCounting.settings = _DRAWS
TestInterpreted = InterpretedMachine.TestCase
TestInterpreted.settings = settings(_DRAWS, max_examples=8)
TestPutian = PutianMachine.TestCase
TestPutian.settings = settings(_DRAWS, max_examples=4, stateful_step_count=6)


@pytest.mark.parametrize("seed", range(12))
def test_long_walks_over_what_is_counted(seed: int) -> None:
    """Long ones, which come where short ones do not."""
    choose = Seeded(seed)
    walk = Walk(choose, COUNTING)
    for _ in range(40):
        walk.step(choose)
