"""Sensitivity: which answers would be different if the text were read in another way.

A question that the text leaves open matters to somebody only where some answer of theirs hangs on
it. So each other option of each reading is tried, and the answers that rest on that reading are
asked again; nothing else can change.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from attrs import evolve, frozen

from ..answers import ANSWERS_FORMAT, Agreement, Decision, Finding, QuestionError, Verdict
from ..facts import Fact, Facts
from ..language import Cite, Reading, RuleSet
from ..language.expressions import Definition
from ..language.rules import AgreementRule, AttestationRule, Prohibition, Requirement, Rule, Steps
from ..policy import Answer, Policy, Through

if TYPE_CHECKING:  # an engine is imported when it is needed
    from ..engines.agreements import Comparer
    from ..engines.protocol import Auditor, Checker, Decider, Engine


class Change(NamedTuple):
    """An answer that is different under another option of a reading."""

    reading: str
    option: str
    before: Answer
    after: Answer

    @property
    def turned(self) -> bool:
        """Whether it comes to something else, not only by other numbers, sentences or needs."""
        return _comes_to(self.before) != _comes_to(self.after)

    def as_json(self) -> dict[str, Any]:
        """The change as JSON has it."""
        return {
            "reading": self.reading,
            "option": self.option,
            "kind": _KINDS[type(self.before)],
            "before": self.before.as_json(),
            "after": self.after.as_json(),
        }


def _comes_to(answer: Answer) -> object:
    match answer:
        case Decision():
            return answer.value, answer.conflict is None
        case Verdict():
            return answer.outcome
        case Finding() | Agreement():
            return answer.status


def _differ(one: Answer, other: Answer) -> bool:
    """Whether two answers to one question say something else.

    Of a finding, what is worked out of it, such as its line, need not be compared.
    """
    if isinstance(one, Finding) and isinstance(other, Finding) and not one.judged_by_its_day:
        return _said(one) != _said(other)
    return one != other


def _said(finding: Finding) -> tuple[object, ...]:
    return (
        finding.status, finding.actual, finding.required, finding.due, finding.met_on,
        finding.periods, finding.needs, finding.exemption and finding.exemption.id,
        finding.responsible,
    )  # fmt: skip


_KINDS: Final[Mapping[type, str]] = {
    Decision: "decision", Verdict: "verdict", Finding: "finding", Agreement: "agreement",
}  # fmt: skip


# So many facts of a class, among so many, are asked about sooner than the questions are compiled.
_FEW: Final = 12
_FEW_IN_ALL: Final = 5_000


@frozen
class Effect:
    """What one reading comes to for the facts that were asked about.

    `taken` is the option of the policy, `answers` the number of answers that rest on the reading,
    `changes` how many of them are different under each other option, and `turned` how many of
    these come to something else.
    """

    reading: Reading
    taken: str
    answers: int
    changes: Mapping[str, int]
    turned: Mapping[str, int]

    @property
    def matters(self) -> bool:
        """Whether any answer is different under any other option."""
        return any(self.changes.values())

    def as_json(self) -> dict[str, Any]:
        """The effect as JSON has it."""
        return {
            "reading": self.reading.name,
            "cite": self.reading.cite,
            "zh": self.reading.zh,
            "en": self.reading.en,
            "taken": self.taken,
            "answers": self.answers,
            "changes": dict(self.changes),
            "turned": dict(self.turned),
        }


class Sensitivity:
    """The answers that change under another reading: iterable, and summarised by reading."""

    def __init__(
        self, policy: Policy, facts: Facts, effects: tuple[Effect, ...], changes: tuple[Change, ...]
    ) -> None:
        self.policy = policy
        self.facts = facts
        self.changes = changes
        self._effects = effects

    def __iter__(self) -> Iterator[Change]:
        return iter(self.changes)

    def __len__(self) -> int:
        return len(self.changes)

    def summary(self) -> tuple[Effect, ...]:
        """What each reading comes to, in the order of the text, those that change nothing too."""
        return self._effects

    def of(self, reading: str, option: str) -> tuple[Change, ...]:
        """The changes under one option of one reading."""
        return tuple(each for each in self.changes if each[:2] == (reading, option))

    def as_json(self) -> dict[str, Any]:
        """The whole as JSON has it."""
        return {
            "format": ANSWERS_FORMAT,
            "directive": self.policy.rules.directive.id,
            "as_of": self.policy.as_of.isoformat(),
            "readings": self.policy.readings,
            "summary": [each.as_json() for each in self.summary()],
            "changes": [each.as_json() for each in self.changes],
        }


def sensitivity(policy: Policy, facts: Facts, through: Through = iter) -> Sensitivity:
    """Which decisions, verdicts and findings change under which other option of which reading.

    Each reading is changed alone, from the options that the policy takes. `through` gives the
    facts one after the other, for those who show how far the work is.
    """
    if not isinstance(policy, Policy):
        raise QuestionError(f"`policy` is a `Policy`, found {policy!r}")
    if not isinstance(facts, Facts):
        raise QuestionError(f"`facts` is a `Facts`, found {facts!r}")
    order = list(policy.rules.directive.sentences)
    readings = sorted(
        policy.rules.readings.values(),
        key=lambda each: order.index(str(Cite.parse(each.cite).of_sentence)),
    )
    comparisons = [_Comparison(policy, reading) for reading in readings]
    taken = _Questions(policy.rules, set(policy.rules.definitions.values()), policy.answering)
    # Most readings bear on few classes.
    asking = {cls: [each for each in comparisons if each.asks(cls)] for cls in facts.classes()}
    for fact in through(facts):
        if asked := asking[type(fact)]:
            before = {_question(each): each for each in taken.answers(fact, facts)}
            for comparison in asked:
                comparison.ask(fact, facts, before)
    return Sensitivity(
        policy,
        facts,
        tuple(each.effect() for each in comparisons),
        tuple(change for each in comparisons for change in each.changes()),
    )


def _question(answer: Answer) -> str | Cite:
    """What tells the questions about one fact apart."""
    match answer:
        case Decision():
            return answer.name
        case Verdict():
            return ""
        case Finding() | Agreement():
            return answer.rule.cite


class _Comparison:
    """The answers that rest on one reading, under each option that is not taken."""

    def __init__(self, policy: Policy, reading: Reading) -> None:
        from ..engines import ENGINES, CompiledRegimes

        resting = policy.rules.resting_on(reading)
        rules = policy.rules.only(_asked(policy.rules, resting))
        definitions = {each for each in resting if isinstance(each, Definition)}
        self._reading = reading
        self._taken = policy.readings[reading.name]
        self._after = {}
        for option in reading.options:
            if option.name != self._taken:
                readings = MappingProxyType({**policy.readings, reading.name: option.name})
                regime = evolve(policy.regime, rules=rules, readings=readings)
                given = regime, policy.exemption_index, CompiledRegimes()
                self._after[option.name] = _Questions(
                    rules,
                    definitions,
                    ENGINES[policy.engine](*given),
                    ENGINES["interpreter"](*given) if policy.engine == "python" else None,
                )
        self._answers = 0
        self._changes: dict[str, list[Change]] = {option: [] for option in self._after}

    def asks(self, fact_class: type[Fact]) -> bool:
        """Whether any answer about facts of a class rests on the reading."""
        return next(iter(self._after.values())).about(fact_class)

    def ask(self, fact: Fact, facts: Facts, before: Mapping[str | Cite, Answer]) -> None:
        """Ask about one fact, and keep what differs from the answers `before`, by question."""
        for option, questions in self._after.items():
            answers = list(questions.answers(fact, facts))
            pairs = [(before[_question(each)], each) for each in answers]
            self._changes[option] += (
                Change(self._reading.name, option, one, other)
                for one, other in pairs
                if _differ(one, other)
            )
        self._answers += len(answers)

    def effect(self) -> Effect:
        """What the reading comes to."""
        changes = {option: len(listed) for option, listed in self._changes.items()}
        turned = {
            option: sum(each.turned for each in listed) for option, listed in self._changes.items()
        }
        return Effect(self._reading, self._taken, self._answers, changes, turned)

    def changes(self) -> Iterator[Change]:
        """The changes by option: decisions, then verdicts, findings, agreements."""
        kinds = list(_KINDS)
        for changes in self._changes.values():
            yield from sorted(changes, key=lambda each: kinds.index(type(each.before)))


class _Questions:
    """The questions about some rules and definitions, put to an engine.

    Those about few facts are `interpreted` where that is given: compiling would take longer.
    """

    def __init__(
        self,
        rules: RuleSet,
        definitions: set[Definition],
        engine: Engine,
        interpreted: Engine | None = None,
    ) -> None:
        self._rules = rules
        self._definitions = definitions
        self._engine = engine
        self._interpreted = interpreted
        self._by_class: dict[type[Fact], _OfClass] = {}

    def about(self, fact_class: type[Fact]) -> bool:
        """Whether there is anything to ask about facts of a class."""
        defined = any(each.subject.fact_class is fact_class for each in self._definitions)
        return defined or bool(self._rules.of_class(fact_class))

    def answers(self, fact: Fact, facts: Facts) -> Iterator[Answer]:
        """The answers about one fact."""
        of = self._by_class.get(type(fact))
        if of is None:
            few = len(facts.all(type(fact))) <= _FEW and len(facts) <= _FEW_IN_ALL
            engine = self._interpreted if few and self._interpreted else self._engine
            of = self._by_class.setdefault(type(fact), self._of_class(type(fact), engine))
        for decide in of.deciders:
            yield decide(fact, facts)
        if of.checker is not None:
            yield of.checker(fact, facts)
        if of.auditor is not None:
            yield from of.auditor(fact, facts)
        yield from of.comparer(fact, facts)

    def _of_class(self, fact_class: type[Fact], engine: Engine) -> _OfClass:
        from ..engines.agreements import comparer

        rules = self._rules
        names = [
            name
            for name in rules.named(fact_class)
            if rules.definitions[fact_class, name] in self._definitions
        ]
        checked = rules.verdict_rules_of(fact_class)
        audited = rules.requirements_of(fact_class)
        return _OfClass(
            tuple(engine.decider(fact_class, name) for name in names),
            engine.checker(fact_class) if checked else None,
            engine.auditor(fact_class, audited) if audited else None,
            comparer(engine, fact_class, rules.agreements_of(fact_class)),
        )


@frozen
class _OfClass:
    """What is asked about facts of one class."""

    deciders: tuple[Decider, ...]
    checker: Checker | None
    auditor: Auditor | None
    comparer: Comparer


def _asked(rules: RuleSet, resting: tuple[Rule | Definition, ...]) -> set[Rule]:
    """The rules to ask: those that rest on the reading, and whatever a verdict takes in besides."""
    found: set[Rule] = set()
    for each in resting:
        match each:
            case Requirement() | AttestationRule() | AgreementRule():
                found.add(each)
            case Prohibition() | Steps():
                found.update(rules.verdict_rules_of(each.subject.fact_class))
            case Definition():
                pass
    return found
