"""Random walks of a session: after each step its conclusions are those of a fresh audit."""

from __future__ import annotations

import os
from datetime import timedelta
from typing import Any

from policy_rules.facts import Fact, FactError, fields_of
from policy_rules.language import load
from policy_rules.language.attestations import faults_of_attestations
from policy_rules.policy import Answer, EngineName, LoadedDirective, Policy
from policy_rules.session import Change, Session, Staging
from policy_rules.testing.choosing import Chooser
from policy_rules.testing.comparing import answers_of, concluded, said
from policy_rules.testing.named_values import classes_read
from policy_rules.testing.random_directives import VOCABULARIES, random_directive
from policy_rules.testing.random_facts import (
    Setting,
    container,
    fitting,
    random_exemptions,
    random_fact,
    random_facts,
    random_setting,
    references,
    values_of,
)

_Key = tuple[str, str, str]
_MOST_DAYS = 400


class Walk:
    """A session over a directive, a plain model of its facts, and a view kept by its changes.

    The view begins with the session's answers and is changed by what the session tells; `compare`
    raises AssertionError when it is not what a policy says of the same facts.
    """

    def __init__(
        self,
        choose: Chooser,
        directive: LoadedDirective | None = None,
        engine: EngineName = "python",
        journal: str | os.PathLike[str] | None = None,
    ) -> None:
        if directive is None:
            written = random_directive(choose, choose.pick(VOCABULARIES), depth=2)
            directive = LoadedDirective(load(written))
        self.directive = directive
        rules = directive.rules
        self.setting = random_setting(choose, rules)
        facts = random_facts(choose, rules, self.setting.as_of, most=4)
        self.exemptions = random_exemptions(choose, rules, facts, self.setting.as_of)
        self.engine = engine
        self.session = Session(self.policy(), facts, journal)
        self.facts = {fact.key: fact for fact in facts}
        self.complete = set(facts.complete)
        self.classes = classes_read(rules)
        self.view = {_key(answer): concluded(answer) for answer in self.session.answers}
        self.session.subscribe(self._told)
        self._new = 0
        self._removed: dict[str, None] = {}

    def policy(self) -> Policy:
        """The policy that the session has, built anew."""
        setting: Setting = self.setting
        return self.directive.policy(
            as_of=setting.as_of, readings=setting.readings, parameters=setting.parameters,
            exemptions=self.exemptions, engine=self.engine,
        )  # fmt: skip

    def step(self, choose: Chooser) -> None:
        """Change something at random, and compare."""
        what = choose.number(1, 100)
        if what <= 4:
            self.advance(choose)
        elif what <= 6:
            self.declare(choose)
        else:
            self.transaction(choose, 1 if choose.chance(70) else choose.number(2, 5))
        self.compare()

    def compare(self) -> None:
        """Compare the view, and the session's own answers, with those of a fresh policy."""
        classes = [cls for cls in self.classes if cls.collection in self.complete]
        facts = container(self.facts.values(), classes)
        assert self.session.facts.complete == facts.complete
        answers = list(answers_of(self.policy(), facts))
        concluded_now = {_key(answer): concluded(answer) for answer in answers}
        said_now = {_key(answer): said(answer) for answer in answers}
        kept = {_key(answer): said(answer) for answer in self.session.answers}
        for fresh, found, whose in (
            (concluded_now, self.view, "changes"),
            (said_now, kept, "answers"),
        ):
            differences = [key for key in {**fresh, **found} if fresh.get(key) != found.get(key)]
            assert not differences, (
                f"by its {whose}: {differences[0]}: expected {fresh.get(differences[0])}, "
                f"found {found.get(differences[0])}"
            )

    def advance(self, choose: Chooser) -> None:
        """Go to another date, also an earlier one."""
        days = choose.number(-_MOST_DAYS // 4, _MOST_DAYS)
        setting = self.setting
        to = setting.as_of + timedelta(days=days)
        self.setting = Setting(as_of=to, readings=setting.readings, parameters=setting.parameters)
        self.session.advance(to)

    def declare(self, choose: Chooser) -> None:
        """Say that a list is whole."""
        cls = choose.pick(self.classes)
        self._changed(lambda staging: staging.complete(cls), dict(self.facts), {cls.collection})

    def transaction(self, choose: Chooser, number: int) -> None:
        """Add, update and remove so many facts together."""
        facts = dict(self.facts)
        planned: list[tuple[str, Any]] = []
        for _ in range(number):
            planned.append(self._planned(choose, facts))

        def make(staging: Staging) -> None:
            for verb, given in planned:
                if verb == "add":
                    staging.add(given)
                elif verb == "remove":
                    staging.remove(given)
                else:
                    staging.update(given[0], **given[1])

        self._changed(make, facts, set())

    def _planned(self, choose: Chooser, facts: dict[str, Fact]) -> tuple[str, Any]:
        """One change, made to the facts of the model; a new fact where there is none to change."""
        rules, as_of = self.directive.rules, self.setting.as_of
        if not facts or choose.chance(25):
            cls = choose.pick(self.classes)
            gone = [id_ for id_ in self._removed if f"{cls.collection}/{id_}" not in facts]
            self._new += 1
            id_ = choose.pick(gone) if gone and choose.chance(30) else f"new{self._new}"
            fact = random_fact(
                choose, cls, id_, values_of(rules, cls, as_of),
                unknown=choose.pick([0, 20, 60]), references=self._ids(cls, facts),
            )  # fmt: skip
            if choose.chance(80):
                fact = fitting(choose, rules, fact, self._there(facts))
            facts[fact.key] = fact
            return "add", fact
        old = facts[choose.pick(sorted(facts))]
        if choose.chance(20):
            del facts[old.key]
            self._removed[old.id] = None
            return "remove", old.key
        cls = type(old)
        other = random_fact(
            choose, cls, old.id, values_of(rules, cls, as_of),
            unknown=20, references=self._ids(cls, facts),
        )  # fmt: skip
        fields = [name for name in fields_of(cls) if name != "id" and choose.chance(30)]
        changes = {name: getattr(other, name) for name in fields}
        values = {name: getattr(old, name) for name in fields_of(cls)}
        facts[old.key] = cls(**{**values, **changes})
        return "update", (old.key, changes)

    def _ids(self, cls: type[Fact], facts: dict[str, Fact]) -> dict[str, list[str]]:
        return references(cls, self._there(facts))

    def _there(self, facts: dict[str, Fact]) -> dict[type[Fact], list[str]]:
        ids: dict[type[Fact], list[str]] = {each: [] for each in self.classes}
        for fact in facts.values():
            ids.setdefault(type(fact), []).append(fact.id)
        return ids

    def _changed(self, make: Any, facts: dict[str, Fact], complete: set[str]) -> None:
        """Make changes in one transaction: refused exactly where such facts are refused."""
        complete = self.complete | complete
        classes = [cls for cls in self.classes if cls.collection in complete]
        try:
            given = container(facts.values(), classes)
        except FactError:
            fit = False
        else:
            fit = not faults_of_attestations(self.directive.rules, given)
        refused: FactError | None = None
        try:
            with self.session.transaction() as staging:
                make(staging)
        except FactError as error:
            refused = error
        assert fit is (refused is None), f"fit facts: {fit}; the session says: {refused}"
        if fit:
            self.facts, self.complete = facts, complete

    def _told(self, changes: tuple[Change, ...]) -> None:
        for change in changes:
            key = _key(change.answer)
            before = None if change.before is None else concluded(change.before)
            assert before == self.view.get(key), f"{key}: told of a change of what it was not"
            if change.after is None:
                del self.view[key]
            else:
                self.view[key] = concluded(change.after)


def _key(answer: Answer) -> _Key:
    kind = type(answer).__name__
    return answer.subject, kind, str(getattr(answer, "name", getattr(answer, "cite", "")))
