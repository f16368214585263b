"""A working memory: facts that come, change and go, and conclusions that stay true of them."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import date
from threading import RLock
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, TypeAlias

from attrs import evolve

from ..answers import Agreement, Decision, Finding, QuestionError, Verdict
from ..arguments import public
from ..facts import NO_FACTS, Fact, FactError, Facts, Fault
from ..facts.faults import FaultCode, unlike
from ..language.attestations import faults_of_attestations
from ..language.expressions import Definition
from ..language.rules import AgreementRule
from ..policy import Answer, Language, Policy
from .changes import Change, name_of, same, unknown_words
from .conclusions import Conclusions
from .events import ChangeEvent, parsed
from .intake import Intake
from .questions import Duty
from .stream import Applied, Order
from .subscribers import Callback, Subscribers
from .transaction import Staging

if TYPE_CHECKING:  # a journal is imported when a session is given one
    from .recovery import Recorder


GivenEvent: TypeAlias = ChangeEvent | Mapping[str, object] | str | bytes


class EventError(FactError):
    """An event of several cannot be applied: `applied` are those before it, which were."""

    def __init__(self, faults: Iterable[Fault], applied: tuple[Applied, ...]) -> None:
        super().__init__(faults)
        self.applied = applied


class Session:
    """A policy over facts that change, with its conclusions kept true of them.

    Every change gives the conclusions that it changed. Only what depends on a change is asked
    again, and counts and sums are kept up to date, so that the cost of a change is that of the
    conclusions it bears upon, however many facts there are. Safe to share between threads: calls
    wait for each other.

    With a `journal` (the path of a folder, which is made) every change is on the disk before the
    call that makes it returns, and the same path takes the session up again, exactly: its facts,
    its date, the events it has had. A session that is taken up is given no facts. Raises
    JournalError for a folder that is not a session's of the same directive, that another one has
    open, or in which something of what was acknowledged is missing or damaged.
    """

    @public
    def __init__(
        self,
        policy: Policy,
        facts: Facts = NO_FACTS,
        journal: str | os.PathLike[str] | None = None,
    ) -> None:
        if not isinstance(policy, Policy):
            raise QuestionError(f"a session is of a policy, found {policy!r}")
        if not isinstance(facts, Facts):
            raise QuestionError(f"`facts` is a `Facts`, found {facts!r}")
        if faults := faults_of_attestations(policy.rules, facts):
            raise FactError(faults)
        self._lock = RLock()
        self._subscribers = Subscribers()
        self._recorder: Recorder | None = None
        self._closed = False
        self._classes = {cls.collection: cls for cls in policy.rules.directive.classes}
        self._intake = Intake(Conclusions(policy, facts), Order(), self._classes)
        if journal is not None:
            self._record_in(journal, policy, facts)

    @property
    def _conclusions(self) -> Conclusions:
        return self._intake.conclusions

    @property
    def policy(self) -> Policy:
        """The policy as of the session's date."""
        return self._conclusions.policy

    @property
    def facts(self) -> Facts:
        """The facts as they are now; what is given does not change when the session does."""
        with self._lock:
            return self._conclusions.memory.frozen(self._classes.values())

    # Changing the facts

    def add(self, *facts: Fact) -> tuple[Change, ...]:
        """Add facts. Raises FactError for one that is there, or that refers to one that is not."""
        with self.transaction() as changing:
            changing.add(*facts)
        return changing.changes

    def update(self, subject: Fact | str, **changes: object) -> tuple[Change, ...]:
        """Change fields of a fact, named by itself or its key (`stations/350304540000`).

        None makes a field unknown. Raises FactError for a fact that is not there, a field that it
        does not have, or a value that the field cannot have.
        """
        with self.transaction() as changing:
            changing.update(subject, **changes)
        return changing.changes

    def remove(self, *subjects: Fact | str) -> tuple[Change, ...]:
        """Remove facts. Raises FactError for one that is not there, or that others refer to."""
        with self.transaction() as changing:
            changing.remove(*subjects)
        return changing.changes

    @public
    def complete(self, *collections: str | type[Fact]) -> tuple[Change, ...]:
        """Say that the lists of collections are whole from now on.

        That may bear upon anything, so everything is asked again. Raises FactError for a name that
        is no collection's.
        """
        with self.transaction() as changing:
            changing.complete(*collections)
        return changing.changes

    @contextmanager
    def transaction(self) -> Iterator[Staging]:
        """Several changes that apply together, when the block ends, or not at all.

        Within the block the facts and the answers are those before it. Raises FactError at its end
        for references that then lead nowhere.
        """
        with self._lock:
            self._refuse_closed()
            with self._intake.staged() as staging:
                yield staging
                staged = staging.checked()
            staging.changes = self._intake.direct(staged)
            self._after(staging.changes)

    def advance(self, to: date) -> tuple[Change, ...]:
        """Take the policy as of another date; gives what changed, also the duties that fell due.

        Readings, parameters and exemptions stay. What hangs on the date is asked of all facts.
        """
        with self._lock:
            self._refuse_closed()
            self._intake.refuse_within()
            changes = self._intake.advanced(to)
            self._after(changes)
            return changes

    def apply(
        self,
        events: GivenEvent | Iterable[GivenEvent],
        source: str = "events",
    ) -> tuple[Applied, ...]:
        """Apply dated changes, as JSON has them (see `ChangeEvent`); gives what became of each.

        An event whose id was seen before is not applied again. Of two changes of one field that
        have a time (`at`), the later one holds, in whichever order they arrive. An event about a
        fact that is not there yet, or that refers to one, waits until that has come. All events are
        checked before any is applied: FactError has the faults of all. Raises EventError for one
        that cannot be applied to the facts as they are; those before it are.
        """
        if isinstance(events, (str, bytes, Mapping, ChangeEvent)):
            events = [events]  # one event, not its characters or keys
        elif not isinstance(events, Iterable):
            do = "请给出事件，或其列表", "give an event, or a list of them"
            raise FactError([unlike(source, events, "事件的列表", "a list of events", do=do)])
        with self._lock:
            self._refuse_closed()
            self._intake.refuse_within()
            faults: list[Fault] = []
            checked = []
            for number, given in enumerate(events, 1):
                place = f"{source} {number}"
                try:
                    checked.append((place, self._event(given, place)))
                except FactError as error:
                    faults += error.faults
            if faults:
                raise FactError(faults)
            applied: list[Applied] = []
            for place, event in checked:
                try:
                    applied.append(self._intake.received(event))
                except FactError as error:
                    of_event = (evolve(f, place=f"{place}: {f.place}") for f in error.faults)
                    raise EventError(of_event, tuple(applied)) from None
                self._after(applied[-1].changes)
            return tuple(applied)

    @property
    def waiting(self) -> Mapping[str, tuple[str, ...]]:
        """The events that wait, by their ids, with the keys of what they wait for."""
        with self._lock:
            order = self._intake.order
            return MappingProxyType({id: order.waits_for(id) for id in order.waiting})

    @property
    def refused(self) -> Mapping[str, FactError]:
        """The events that had waited and could then not be applied, by their ids, with why.

        They are forgotten but for that: corrected, one may be given again.
        """
        with self._lock:
            refused = self._intake.order.refused
            return MappingProxyType({id: FactError(faults) for id, faults in refused.items()})

    # Asking

    @property
    def answers(self) -> tuple[Answer, ...]:
        """All conclusions: the decisions, verdicts, findings and agreements on every fact."""
        with self._lock:
            return tuple(a for fact in self._conclusions.memory for a in self._conclusions.of(fact))

    def decide(self, subject: Fact | str, name: str) -> Decision:
        """The value of a derived attribute of a fact.

        Raises FactError for a fact that is not there, QuestionError where nothing of that name is
        defined of it, and ConflictError where two rules give it different values.
        """
        for answer in self._asked(
            subject, lambda about: isinstance(about, Definition) and about.name == name
        ):
            assert isinstance(answer, Decision)
            if answer.conflict is not None:
                raise answer.conflict.error()
            return answer
        return self.policy.decide(self._held(subject), name)  # which says what there is

    def check(self, subject: Fact | str) -> Verdict:
        """The verdict on a request.

        Raises FactError for one that is not there, QuestionError for what is no request.
        """
        for answer in self._asked(subject, lambda about: isinstance(about, tuple)):
            assert isinstance(answer, Verdict)
            return answer
        return self.policy.check(self._held(subject))  # which says what requests are

    def findings(self, subject: Fact | str) -> tuple[Finding, ...]:
        """The findings on a fact, in the order of the text; raises FactError as `decide`."""
        found = self._asked(subject, lambda about: isinstance(about, Duty))
        return tuple(answer for answer in found if isinstance(answer, Finding))

    def agreements(self, subject: Fact | str) -> tuple[Agreement, ...]:
        """Whether accounts of a fact agree, in the order of the text; raises as `decide`."""
        found = self._asked(subject, lambda about: isinstance(about, AgreementRule))
        return tuple(answer for answer in found if isinstance(answer, Agreement))

    def explain(self, answer: Answer, lang: Language = "en") -> str:
        """Why an answer is what it is. Raises QuestionError for one that is no longer true."""
        if not isinstance(answer, Decision | Verdict | Finding | Agreement):
            raise QuestionError(f"what is explained is an answer, found {answer!r}")
        with self._lock:
            memory = self._conclusions.memory
            fact = memory.get(type(answer.fact), answer.fact.id)
            for current in () if fact is None else self._conclusions.of(fact):
                alike = type(current) is type(answer) and name_of(current) == name_of(answer)
                if alike and same(current, answer):
                    return self.policy.explain(current, lang)
        raise QuestionError(
            f"the answer about {answer.subject} is not what the session concludes now; "
            "explain the present one"
        )

    # Being told, and ending

    def subscribe(
        self, callback: Callback, only: str | Iterable[str] | None = None
    ) -> Callable[[], None]:
        """Have a function called with the changes of each transaction, once it has applied.

        `only` narrows it to changes that concern one of these: the key of a fact (`tasks/T1`), a
        collection (`stations`), the name of a decision (`duty_mode`), a rule, sentence or heading
        (`2.1/1b`, `2.1/1`, `2.1`). Gives the function that ends it. The function may change the
        session: what that changes is told after. An error of it reaches whoever made the change,
        which has applied, once all others were told. Raises FactError for an `only` that is
        nothing of the directive.
        """
        words: tuple[str, ...] | None = None
        if only is not None:
            alone = isinstance(only, str) or not isinstance(only, Iterable)
            given: list[Any] = [only] if alone else list(only)
            for word in given:
                if not isinstance(word, str):
                    raise QuestionError(f"`only` holds keys, names and citations, found {word!r}")
            words = tuple(given)
        if faults := list(unknown_words(words or (), self.policy.rules, "only")):
            raise FactError(faults)
        with self._lock:
            return self._subscribers.add(callback, words)

    def snapshot(self) -> None:
        """Write the session as it is into its journal, so that taking it up takes less time.

        It is also done by itself: when a session is closed, and when as many changes have come
        since the last time as there are facts, and at least fifty thousand.
        """
        with self._lock:
            if self._recorder is not None:
                memory = self._conclusions.memory
                order = self._intake.order
                self._recorder.snapshot(self.policy.as_of, memory, memory.complete, order)

    def close(self) -> None:
        """Write a snapshot and give the journal up; nothing can be changed then.

        Without a journal nothing is to be done.
        """
        with self._lock:
            if self._recorder is not None:
                self._intake.refuse_within()
                self.snapshot()
                self._recorder.close()
                self._recorder = None
                self._closed = True

    def __enter__(self) -> Session:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def __repr__(self) -> str:
        return f"<session of {self.policy}: {len(self._conclusions.memory)} facts>"

    # How it is done

    def _refuse_closed(self) -> None:
        if self._closed:
            raise RuntimeError("the session is closed: open it again to change its facts")

    def _event(self, given: GivenEvent, place: str) -> ChangeEvent:
        event = parsed(given, place, self._classes)
        if event.id is None:
            raise FactError(
                [
                    Fault(
                        place=place,
                        field="id",
                        code=FaultCode.MISSING_VALUE,
                        zh="缺少事件编号；请填写，同一编号只生效一次",
                        en="expected the id of the event, found nothing; give one: "
                        "an event of the same id is not applied twice",
                    )
                ]
            )
        return event

    def _after(self, changes: tuple[Change, ...]) -> None:
        """What follows when a change has applied."""
        if self._recorder is not None and self._recorder.is_due(len(self._conclusions.memory)):
            self.snapshot()
        self._subscribers.tell(changes)

    def _record_in(self, journal: str | os.PathLike[str], policy: Policy, facts: Facts) -> None:
        from .recovery import Recorder

        recorder = Recorder(journal, policy.rules.directive.id, self._classes)
        try:
            if not recorder.begun:
                recorder.begin(policy.as_of, facts, facts.complete)
            else:
                self._take_up(recorder, policy, facts)
        except BaseException:
            recorder.close()
            raise
        self._recorder = recorder
        self._intake.record = recorder.record

    def _take_up(self, recorder: Recorder, policy: Policy, facts: Facts) -> None:
        if len(facts):
            raise FactError(
                [
                    Fault(
                        place="session",
                        code=FaultCode.WRONG_USAGE,
                        zh="日志中已有会话及其事实；请不给出事实，或改用其他日志",
                        en="expected no facts, since the journal holds a session with its own, "
                        f"found {len(facts)}; give none, or another journal",
                    )
                ]
            )
        state = recorder.state()
        intake = Intake(Conclusions(policy, state.facts), state.order, self._classes)
        intake.asked = False
        if state.as_of != policy.as_of:
            intake.advanced(state.as_of)
        for event in recorder.later():
            intake.again(event)
        intake.asked = True
        self._intake = intake

    def _asked(self, subject: Fact | str, which: Callable[[Any], bool]) -> list[Answer]:
        with self._lock:
            fact = self._held(subject)
            questions = self._conclusions.questions
            asked = questions.chosen(type(fact), lambda question: which(question.about))
            return self._conclusions.of(fact, asked)

    def _held(self, subject: Fact | str) -> Fact:
        staging = self._intake.staging()
        return staging.there(*staging.named(subject))
