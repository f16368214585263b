"""What a session asks of each fact, and what has to be asked again after a change."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Final, TypeAlias

from attrs import frozen

from ..engines import Engine
from ..engines.agreements import comparer
from ..facts import Fact
from ..language.expressions import Definition
from ..language.loading import RuleSet
from ..language.reads import Path, Read, Reads
from ..language.rules import AgreementRule, AttestationRule, Prohibition, Requirement, Steps
from ..policy import Answer
from .memory import Memory

# Each set of questions is compiled once. Whoever changes ever other fields together would have
# ever more of them compiled: beyond this, they are put together of single questions.
MOST_SETS: Final = 512

Duty: TypeAlias = Requirement | AttestationRule
About: TypeAlias = Definition | tuple[Prohibition | Steps, ...] | Duty | AgreementRule


@frozen(eq=False)
class Question:
    """One question about the facts of a class: a decision, its verdict, a finding, an agreement.

    `about` is the definition, the rules that the verdict hangs on, the obligation, or the rule that
    two accounts should say the same.
    """

    fact_class: type[Fact]
    about: About


class Questions:
    """The questions of a directive, and which of them each field of each class bears upon.

    A set of questions about one class is a number with a bit for each.
    """

    def __init__(self, rules: RuleSet) -> None:
        self.reads = Reads(rules)
        self._rules = rules
        self._of: dict[type[Fact], tuple[Question, ...]] = {}
        self._bearing: dict[tuple[type[Fact], str], dict[tuple[type[Fact], Path], int]] = {}
        self._again: dict[
            tuple[type[Fact], frozenset[str]], Mapping[tuple[type[Fact], Path], int]
        ] = {}
        subjects = {of for of, _ in rules.definitions}
        subjects |= {rule.subject.fact_class for rule in rules.rules}
        for fact_class in subjects:
            self._add(fact_class)

    def of(self, fact_class: type[Fact]) -> tuple[Question, ...]:
        """The questions about a class: its decisions, verdict, findings and agreements."""
        return self._of.get(fact_class, ())

    def all_of(self, fact_class: type[Fact]) -> int:
        """All the questions about a class, as a set."""
        return (1 << len(self.of(fact_class))) - 1

    def chosen(self, fact_class: type[Fact], which: Callable[[Question], bool]) -> int:
        """Those questions about a class that satisfy a condition, as a set."""
        return sum(1 << bit for bit, each in enumerate(self.of(fact_class)) if which(each))

    def again(
        self, fact_class: type[Fact], fields: frozenset[str]
    ) -> Mapping[tuple[type[Fact], Path], int]:
        """The questions that a change of some fields of a fact bears upon.

        By the class of their subjects, and the path that leads from a subject to the fact.
        """
        found = self._again.get((fact_class, fields))
        if found is None:
            if len(self._again) >= MOST_SETS:
                self._again.clear()
            merged: dict[tuple[type[Fact], Path], int] = {}
            for name in fields:
                for where, asked in self._bearing.get((fact_class, name), {}).items():
                    merged[where] = merged.get(where, 0) | asked
            found = self._again[fact_class, fields] = merged
        return found

    def reads_of(self, question: Question) -> frozenset[Read]:
        """What the answer to a question is read from."""
        match question.about:
            case Definition():
                return self.reads.of_definition(question.about)
            case tuple():
                return frozenset().union(*map(self.reads.of_rule, question.about))
            case _:
                return self.reads.of_rule(question.about)

    def _add(self, fact_class: type[Fact]) -> None:
        rules = self._rules
        about: list[About] = [
            rules.definitions[fact_class, name] for name in rules.named(fact_class)
        ]
        if verdict := rules.verdict_rules_of(fact_class):
            about.append(verdict)
        about += rules.requirements_of(fact_class)
        about += rules.agreements_of(fact_class)
        self._of[fact_class] = tuple(Question(fact_class, each) for each in about)
        for place, question in enumerate(self._of[fact_class]):
            for read in self.reads_of(question):
                bearing = self._bearing.setdefault((read.fact_class, read.field), {})
                where = (fact_class, read.path)
                bearing[where] = bearing.get(where, 0) | 1 << place


_Asked: TypeAlias = Callable[[Fact, Memory], list[Answer]]


class Asking:
    """A policy's engine, asked some of the questions about a fact at a time."""

    def __init__(self, engine: Engine, questions: Questions) -> None:
        self._engine = engine
        self._questions = questions
        self._asked: dict[tuple[type[Fact], int], tuple[tuple[Question, ...], _Asked]] = {}

    def answers(self, fact: Fact, asked: int, memory: Memory) -> Iterable[tuple[Question, Answer]]:
        """The answers to a set of questions about a fact."""
        kept = self.prepare(type(fact), asked)
        return zip(kept[0], kept[1](fact, memory), strict=True)

    def prepare(self, fact_class: type[Fact], asked: int) -> tuple[tuple[Question, ...], _Asked]:
        """What asks a set of questions about a class."""
        kept = self._asked.get((fact_class, asked))
        if kept is not None:
            return kept
        if len(self._asked) >= MOST_SETS and asked.bit_count() > 1:
            return self._one_by_one(fact_class, asked)
        return self._asked.setdefault((fact_class, asked), self._prepared(fact_class, asked))

    def _one_by_one(
        self, fact_class: type[Fact], asked: int
    ) -> tuple[tuple[Question, ...], _Asked]:
        singly = [
            self.prepare(fact_class, 1 << place)
            for place in range(asked.bit_length())
            if asked >> place & 1
        ]
        questions = tuple(question for (question,), _ in singly)
        return questions, lambda fact, memory: [
            each for _, ask in singly for each in ask(fact, memory)
        ]

    def _prepared(self, fact_class: type[Fact], asked: int) -> tuple[tuple[Question, ...], _Asked]:
        every = self._questions.of(fact_class)
        questions = tuple(each for place, each in enumerate(every) if asked >> place & 1)
        singly: list[Callable[[Fact, Memory], Answer]] = []
        duties: list[Duty] = []
        agreements: list[AgreementRule] = []
        for question in questions:
            match question.about:
                case Definition():
                    singly.append(self._engine.decider(fact_class, question.about.name))
                case tuple():
                    singly.append(self._engine.checker(fact_class))
                case AgreementRule():
                    agreements.append(question.about)
                case _:
                    duties.append(question.about)
        several: list[Callable[[Fact, Memory], Sequence[Answer]]] = []
        if duties:
            several.append(self._engine.auditor(fact_class, duties))
        if agreements:
            several.append(comparer(self._engine, fact_class, agreements))

        def ask(fact: Fact, memory: Memory) -> list[Answer]:
            found = [one(fact, memory) for one in singly]
            for some in several:
                found += some(fact, memory)
            return found

        return questions, ask
