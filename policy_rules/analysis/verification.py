"""Verification: what is claimed of the rules is proved, refuted by facts, or left open.

Every claim is asked of a solver for all facts within the bounds of their fields, on the first day
of every interval in which no parameter and no rule changes, with the readings taken by default and
with each other option alone. Facts that the solver finds are put to the engines before they are
shown. Told besides is where Kleene logic leaves open what every completion of the facts settles.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from functools import cached_property
from typing import Any, Final

from attrs import evolve, frozen

from ..answers import ANSWERS_FORMAT, ConflictError
from ..arguments import public
from ..engines.evaluator import Scope, evaluate
from ..engines.exemptions import Exemptions
from ..engines.folded import FoldedRegime
from ..facts import Fact, Facts, FieldSpec, Labelled
from ..formats.documents import to_json
from ..language import Cite
from ..language.expressions import (
    Definition,
    Node,
)
from ..language.fingerprints import fingerprint_of
from ..language.regimes import Regime
from ..language.rules import AttestationRule, Requirement
from ..policy import LoadedDirective, Policy
from ..render.wording import Language, pick, value_words
from .claims import Claim, Property, claims_of, met_in_one_world
from .hazards import LeftOpen, left_open
from .one_world import OneWorld, one_world
from .proving.asking import (
    Asked,
    Hears,
    Never,
    Possible,
    Questions,
    Unsettled,
    WitnessError,
    parameters_left_open,
    read_in,
    same_question,
)
from .proving.every_value import GREAT, Always, Except, whatever_is_set
from .proving.more import More, MoreQuestions, with_more

_DAY: Final = timedelta(days=1)
_LATER: Final = timedelta(days=731)
# The engines to which every example is put.
_ENGINES: Final = ("interpreter", "python")
_LANGUAGES: Final[tuple[Language, ...]] = ("zh", "en")


class Result(Labelled):
    """What came of a claim."""

    PROVED = ("proved", "已证明", "proved")
    REFUTED = ("refuted", "已推翻", "refuted")
    OPEN = ("open", "未决", "open")


_COUNTED: Final = (*(each.value for each in Result), "seconds")


@frozen(eq=False)
class When:
    """The day, and the option of a reading where it is not that by default."""

    day: date
    reading: tuple[str, str] | None = None


@frozen(eq=False, kw_only=True)
class Checked:
    """A claim about one rule, or several, and what came of it.

    `facts` are an example, of what was to be shown or of what must not be: a document that other
    commands read, whose `subject` it is about, `when` the rules stand as said there. `why` says in
    Chinese and in English why it is open, or what refutes it.
    """

    claim: Claim
    result: Result
    when: When | None = None
    subject: Fact | None = None
    facts: Facts | None = None
    why: tuple[str, str] = ("", "")
    seconds: float = 0.0

    @property
    def cites(self) -> tuple[Cite, ...]:
        """The rules of which it was claimed."""
        return self.claim.cites

    @property
    def name(self) -> str:
        """The definition or step that is meant, if it is one of several of the sentence."""
        return self.claim.name

    @property
    def day(self) -> date | None:
        """The day for which the example was found."""
        return None if self.when is None else self.when.day

    @property
    def reading(self) -> tuple[str, str] | None:
        """The reading and its option under which it was, where that is not the one by default."""
        return None if self.when is None else self.when.reading

    @property
    def claimed(self) -> Property:
        """What was claimed."""
        return self.claim.of

    def as_json(self) -> dict[str, Any]:
        """The result as JSON has it."""
        day, facts = self.day, self.facts
        return {
            "property": self.claimed.value,
            "cites": list(map(str, self.cites)),
            "name": self.name,
            "result": self.result.value,
            "as_of": None if day is None else day.isoformat(),
            "readings": {} if self.reading is None else dict([self.reading]),
            "subject": None if self.subject is None else self.subject.key,
            "facts": None if facts is None else to_json(facts, (), day),
            "zh": self.why[0],
            "en": self.why[1],
            "seconds": round(self.seconds, 3),
        }


class Verification:
    """What came of all that was claimed of a directive: iterable, in the order of the text.

    `left_open` are the answers that Kleene logic leaves open though they are the same however the
    facts are completed; nothing is wrong with a rule of which there are such facts. `world` are
    facts in which all requirements are met.
    """

    def __init__(
        self,
        directive: LoadedDirective,
        checked: Iterable[Checked],
        left_open: Iterable[LeftOpen],
        world: OneWorld,
    ) -> None:
        self.directive = directive
        self.checked = tuple(checked)
        self.left_open = tuple(left_open)
        self.world = world

    def __iter__(self) -> Iterator[Checked]:
        return iter(self.checked)

    def __len__(self) -> int:
        return len(self.checked)

    def of(self, result: Result) -> tuple[Checked, ...]:
        """The claims of which that came."""
        return tuple(each for each in self.checked if each.result is result)

    @property
    def holds(self) -> bool:
        """Whether all is proved."""
        return all(each.result is Result.PROVED for each in self.checked)

    def summary(self) -> dict[Property, Mapping[Result, int]]:
        """How many claims of each property came to what."""
        found: dict[Property, dict[Result, int]] = {
            each: dict.fromkeys(Result, 0) for each in Property
        }
        for each in self.checked:
            found[each.claimed][each.result] += 1
        return {each: counts for each, counts in found.items() if any(counts.values())}

    def as_json(self) -> dict[str, Any]:
        """The whole as JSON has it."""
        return {
            "format": ANSWERS_FORMAT,
            "directive": self.directive.id,
            "fingerprint": fingerprint_of(self.directive.rules),
            "summary": {
                each.value: {result.value: number for result, number in counts.items()}
                for each, counts in self.summary().items()
            },
            "left_open": [each.as_json() for each in self.left_open],
            "world": self.world.as_json(),
            "results": [each.as_json() for each in self.checked],
        }

    def record(self) -> dict[str, Any]:
        """What is kept of it beside the rules: how many claims came to what, of each property and
        of the sentences of each heading, in how many seconds; and what is not proved."""
        headings = [clause.heading for clause in self.directive.rules.directive.clauses]
        by_property, by_heading = (
            {name: dict[str, float](dict.fromkeys(_COUNTED, 0)) for name in names}
            for names in ([each.value for each in Property], headings)
        )
        for each in self.checked:
            of_document = by_heading.setdefault(
                each.cites[0].heading, dict.fromkeys(_COUNTED, 0)
            )  # an amendment has headings of its own
            for counts in (by_property[each.claimed.value], of_document):
                counts[each.result.value] += 1
                counts["seconds"] = round(counts["seconds"] + each.seconds, 2)
        told = ("property", "cites", "name", "result", "unknown", "zh", "en")
        return {
            "directive": self.directive.id,
            "fingerprint": fingerprint_of(self.directive.rules),
            "properties": _asked(by_property),
            "headings": _asked(by_heading),
            "not_proved": [
                {key: value for key, value in each.as_json().items() if key in told}
                for each in self.checked
                if each.result is not Result.PROVED
            ],
            "left_open": [
                {key: value for key, value in each.as_json().items() if key in told}
                for each in self.left_open
            ],
            "world": self.world.record(),
        }


def _asked(tables: Mapping[str, Mapping[str, float]]) -> dict[str, Mapping[str, float]]:
    results = [each.value for each in Result]
    return {name: row for name, row in tables.items() if any(row[each] for each in results)}


@public
def verify(
    directive: LoadedDirective,
    through: Callable[[tuple[When, ...]], Iterable[When]] = iter,
    hears: Hears | None = None,
) -> Verification:
    """Prove what is claimed of the rules of a directive, or show by facts that it is not so.

    Needs `policy-rules[analysis]`. `through` gives the times one after the other, for those who
    show how far the work is; `hears` is told every question as SMT-LIB, and what the solver found,
    for another one to answer (`SecondOpinion`). Raises WitnessError where an engine does not answer
    for an example as the solver did.
    """
    work, when = _Work(directive, hears), times(directive)
    opened = tuple(left_open(directive, when[0].day))
    for each in through(when):
        work.ask(each)
    world = one_world(directive, when[0].day)
    return Verification(directive, (*work.results(), *_in(world)), opened, world)


def _in(world: OneWorld) -> Iterator[Checked]:
    """What came of it that each requirement is met in one world with all others."""
    asked = [*world.met, *world.against]
    seconds = world.seconds / max(1, len(asked))
    for rule, facts in world.met.items():
        yield Checked(
            claim=met_in_one_world(rule), result=Result.PROVED, when=When(world.day),
            subject=facts[0], seconds=seconds,
        )  # fmt: skip
    for rule, cites in world.against.items():
        listed = ", ".join(map(str, cites))
        yield Checked(
            claim=met_in_one_world(rule), result=Result.OPEN, seconds=seconds,
            why=(f"没有找到 {listed} 都符合的事实", f"no facts were found that meet {listed}"),
        )  # fmt: skip


@public
def times(directive: LoadedDirective) -> tuple[When, ...]:
    """The days and readings for which all is proved: every interval between changes begins on one
    of the days, but for the last, which is two years after the last change, when all that recurs is
    judged."""
    rules = directive.rules
    days = {rules.directive.in_force_from}
    sources = [each for d in rules.definitions.values() for each in d.outcomes()]
    for source in (*sources, *rules.rules):
        if source.valid_from is not None:
            days.add(source.valid_from)
        if source.valid_until is not None and source.valid_until < date.max:
            days.add(source.valid_until + _DAY)
    for parameter in rules.parameters.values():
        for since, value in parameter.values:
            if since is not None:
                days.add(since)
            if isinstance(value, date):  # a day by which something is due
                days.add(value + _DAY)
    ordered = sorted(day for day in days if rules.directive.in_force(day))
    last = ordered[-1] + _LATER
    if rules.directive.in_force(last):
        ordered.append(last)
    options = [
        (reading.name, option.name)
        for reading in rules.readings.values()
        for option in reading.options
        if option.name != reading.default
    ]
    return tuple(When(day, option) for option in (None, *options) for day in reversed(ordered))


class _Work:
    """Everything that has been asked, by claim."""

    def __init__(self, directive: LoadedDirective, hears: Hears | None) -> None:
        self._directive = directive
        self._hears = hears
        self._asked: dict[object, Asked] = {}
        self._whatever: dict[object, Always | Except | Never | Unsettled] = {}
        self._by_claim: dict[tuple[object, ...], _OfClaim] = {}

    def ask(self, when: When) -> None:
        """Ask everything at one time."""
        readings = {} if when.reading is None else dict([when.reading])
        policy = self._directive.policy(as_of=when.day, readings=readings, engine="interpreter")
        regime = policy.regime
        at = _Time(self._directive, when, regime, self._hears)
        for claim in claims_of(regime):
            found = self._by_claim.setdefault(claim.identity, _OfClaim(claim))
            if claim.kind == "somewhere" and (found.shown or found.always):
                continue  # once is enough
            if when.reading is None or _rests_on(regime, claim, when.reading[0]):
                self._ask(at, claim, found)

    def _ask(self, at: _Time, claim: Claim, found: _OfClaim) -> None:
        answer = (
            self._answer(at, claim, claim.condition)
            if claim.more is None
            else self._with_more(at, claim, claim.more)
        )
        found.seconds += answer.seconds
        match claim.kind:
            case "never":
                if isinstance(answer, Possible):
                    found.refute(at.when, at.confirmed(claim, answer))
                elif isinstance(answer, Unsettled):
                    found.open = found.open or answer
            case "somewhere":
                if isinstance(answer, Possible):
                    found.shown = at.when, at.confirmed(claim, answer)
                elif isinstance(answer, Always):
                    found.shown_always(answer)
                elif isinstance(answer, Unsettled):
                    found.open = found.open or answer
                else:
                    found.never = at.when
            case "wherever":
                if isinstance(answer, Possible):
                    found.shown = found.shown or (at.when, at.confirmed(claim, answer))
                elif isinstance(answer, Always):
                    found.shown_always(answer)
                elif isinstance(answer, Unsettled):
                    found.open = found.open or answer
                else:
                    guard = self._answer(at, claim, claim.guard)
                    found.seconds += guard.seconds
                    if isinstance(guard, Possible):
                        found.refute(at.when, guard)
                    elif isinstance(guard, Unsettled):
                        found.open = found.open or guard

    def _answer(self, at: _Time, claim: Claim, condition: Node) -> Asked | Always:
        folded = at.folded.fold(condition)
        asked = claim.subject, same_question(folded, at.folded)
        found = self._asked.get(asked)
        if found is None:
            found = at.questions.can_hold(folded, claim.subject)
            self._asked[asked] = evolve(found, seconds=0.0)
        # What the text leaves open is not told by what is left of a condition.
        if isinstance(found, Never) and (names := parameters_left_open(condition, at.regime)):
            return self._whatever_is_set(at, claim, folded, names)
        return found

    def _with_more(self, at: _Time, claim: Claim, spec: FieldSpec) -> Asked:
        """Whether it can be well with a field, and not with one more of it."""
        before, after = at.folded.fold(claim.condition), at.folded.fold(claim.guard)
        asked = claim.subject, spec.name, *(same_question(e, at.folded) for e in (before, after))
        found = self._asked.get(asked)
        if found is None:
            questions = MoreQuestions(at.folded, hears=self._hears)
            found = questions.can_hold(More(before, after, spec), claim.subject)
            self._asked[asked] = evolve(found, seconds=0.0)
        names = [*parameters_left_open(claim.condition, at.regime)]
        return _left_open(names, found.seconds) if isinstance(found, Never) and names else found

    def _whatever_is_set(
        self, at: _Time, claim: Claim, folded: Node, names: Sequence[str]
    ) -> Asked | Always:
        """What comes of a condition for every value of what the text leaves open."""
        key = claim.subject, *names, same_question(folded, at.folded)
        found = self._whatever.get(key)
        if found is None:
            found = whatever_is_set(at.questions, folded, claim.subject, names)
            self._whatever[key] = evolve(found, seconds=0.0)
        if claim.kind == "never":
            return found if isinstance(found, Never) else _left_open(names, found.seconds)
        if not isinstance(found, Except):
            return found
        zh, en = (
            pick(lang, "、", ", ").join(
                f"`{name}` {pick(lang, '为', 'is')} {value_words(value, lang)}"
                for name, value in found.values.items()
            )
            for lang in _LANGUAGES
        )
        open_ = _left_open(names, found.seconds)
        return evolve(open_, zh=f"{open_.zh}；{zh} 时不能", en=f"{open_.en}; not where {en}")

    def results(self) -> Iterator[Checked]:
        """What came of every claim."""
        return (each.checked() for each in self._by_claim.values())


def _left_open(names: Iterable[str], seconds: float) -> Unsettled:
    listed = ", ".join(f"`{name}`" for name in names)
    return Unsettled(f"文件未规定 {listed}", f"the text leaves open {listed}", seconds)


class _OfClaim:
    """What has been found of a claim, at whatever time."""

    def __init__(self, claim: Claim) -> None:
        self.claim = claim
        self.shown: tuple[When, Possible] | None = None
        self.refuted: tuple[When, Possible] | None = None
        self.open: Unsettled | None = None
        self.never: When | None = None
        self.always: Always | None = None
        self.seconds = 0.0

    def refute(self, when: When, example: Possible) -> None:
        """It does not hold at a time; the earliest is shown, by default before other readings."""
        earlier = self.refuted is None or when.day < self.refuted[0].day
        if earlier and (self.refuted is None or when.reading == self.refuted[0].reading):
            self.refuted = when, example

    def shown_always(self, found: Always) -> None:
        """It is so for every value of what the text leaves open, at each time up to some number."""
        if self.always is None or _most(found) < _most(self.always):
            self.always = found

    def checked(self) -> Checked:
        """What came of it."""
        if self.refuted is not None:
            when, example = self.refuted
            return self._made(Result.REFUTED, when, example, self._with_one_more(example))
        if self.claim.kind == "somewhere" and self.shown is not None:
            return self._made(Result.PROVED, *self.shown)
        if self.open is not None:
            return self._made(Result.OPEN, why=(self.open.zh, self.open.en))
        if self.always is not None:
            names = ", ".join(f"`{name}`" for name in self.always.names)
            most = self.always.most
            why = (
                f"无论 {names} 取何值" + ("" if most is None else f"，至 {most:,} 为止"),
                f"whatever {names} is" + ("" if most is None else f", up to {most:,}"),
            )
            return self._made(Result.PROVED, why=why)
        if self.claim.kind == "somewhere":
            why = "任何时间、任何事实下都不会如此", "it is never so, of any facts, at any time"
            return self._made(Result.REFUTED, self.never, why=why)
        return self._made(Result.PROVED, *(self.shown or (None, None)))

    def _with_one_more(self, example: Possible) -> tuple[str, str]:
        """What is worse with one more than an example has."""
        spec = self.claim.more
        if spec is None:
            return "", ""
        value = getattr(example.subject, spec.name)
        zh, en = (value_words(value, lang) for lang in _LANGUAGES)
        return (
            f"{spec.zh}为{zh}时还符合，再多就不符合",
            f"it is met with {spec.en} {en}, and not with more",
        )

    def _made(
        self,
        result: Result,
        when: When | None = None,
        example: Possible | None = None,
        why: tuple[str, str] = ("", ""),
    ) -> Checked:
        return Checked(
            claim=self.claim, result=result, when=when, why=why, seconds=self.seconds,
            subject=None if example is None else example.subject,
            facts=None if example is None else example.facts,
        )  # fmt: skip


def _most(found: Always) -> int:
    return GREAT if found.most is None else found.most


class _Time:
    """The rules at one time, for the solver and for the engines."""

    def __init__(
        self, directive: LoadedDirective, when: When, regime: Regime, hears: Hears | None
    ) -> None:
        self._directive = directive
        self.when = when
        self.regime = regime
        self.folded = FoldedRegime(regime, with_exemptions=False)
        self.questions = Questions(self.folded, hears=hears)

    @cached_property
    def _policies(self) -> tuple[Policy, ...]:
        readings = {} if self.when.reading is None else dict([self.when.reading])
        return tuple(
            self._directive.policy(as_of=self.when.day, readings=readings, engine=engine)
            for engine in _ENGINES
        )

    def confirmed(self, claim: Claim, found: Possible) -> Possible:
        """The example, after the engines have answered for it as the solver did."""
        scope = Scope(self.regime, found.facts, Exemptions(), {claim.subject: found.subject})
        if evaluate(claim.condition, scope) is not True:
            raise WitnessError(claim.identity, found.subject, found.facts)
        for policy in self._policies:
            answer = _answer_of(policy, claim, found)
            if answer is not None and not claim.shows(answer):
                raise WitnessError(claim.identity, policy.engine, answer)
            if claim.more is not None:
                then = Possible(*with_more(found.subject, found.facts, claim.more))
                if claim.shows(_answer_of(policy, claim, then)):
                    raise WitnessError(claim.identity, policy.engine, then)
        return found


def _answer_of(policy: Policy, claim: Claim, found: Possible) -> Any:
    """The answer about an example that shows what was claimed, if any does."""
    match claim.about:
        case Definition():
            try:
                return policy.decide(found.subject, claim.about.name, found.facts)
            except ConflictError as error:
                return error
        case Requirement() | AttestationRule():
            (answer,) = policy.auditor(type(found.subject), [claim.about])(
                found.subject, found.facts
            )
            return answer
        case None if claim.of is Property.TOGETHER:
            return None
        case _:
            return policy.check(found.subject, found.facts)


def _rests_on(regime: Regime, claim: Claim, reading: str) -> bool:
    """Whether a claim comes to something else, perhaps, under another option of a reading."""
    return any(reading in read_in(asked, regime) for asked in (claim.condition, claim.guard))
