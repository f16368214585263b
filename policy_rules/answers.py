"""What comes back from a policy: decisions, verdicts and findings, each with what it rests on.

Answers are immutable. What they have in common is shared between them, so that asking a million
questions does not make a million copies of the same citations.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from fractions import Fraction
from typing import TYPE_CHECKING, Any, Final, Protocol

from attrs import evolve, field, fields, frozen

from .facts import DEED, NONE, Exemption, Fact, Facts, Labelled, Place
from .language.citations import Cite
from .language.days import day_zh
from .language.exact import number_text, number_words
from .language.expressions import Definition
from .language.recurrences import Period, Recurrence
from .language.regimes import Regime
from .language.rules import (
    AgreementRule,
    AttestationRule,
    Modality,
    Prohibition,
    Requirement,
    Stated,
    Step,
    Steps,
    judged,
)
from .language.types import RATIONAL, Type
from .language.work_calendars import WorkCalendar

if TYPE_CHECKING:
    from typing_extensions import Self

# The format of documents of answers. It changes when who reads them has to know: where a key is
# gone or means something else, not where there are more keys or values.
ANSWERS_FORMAT: Final = 1


@frozen(kw_only=True)
class Standing:
    """What is said of an outcome or a status, wherever it is read.

    `truth`: whether all is well; None: that is open. `colour`: the style in which a terminal shows
    it. `wrong`: with it, the exit status is 1. `unmet`: what is asked for has not been done.
    `gravity`: its place among the gaps of an audit, the gravest 0; None: it is no gap.
    `says_nothing`: it concludes nothing of the fact. `open`: more facts may settle it.
    """

    truth: bool | None
    colour: str
    wrong: bool = False
    unmet: bool = False
    gravity: int | None = None
    says_nothing: bool = False
    open: bool = False


class Standings(Labelled):
    """Outcomes and statuses: each member has its `standing` after its labels."""

    standing: Standing

    def __new__(cls, value: str, zh: str, en: str, standing: Standing) -> Self:
        member = object.__new__(cls)
        member._value_ = value
        member.zh, member.en, member.standing = zh, en, standing
        return member


class Outcome(Standings):
    """What a request to act comes to. Its Chinese label is that of requests of any class."""

    PERMITTED = ("permitted", "可以实施", "permitted", Standing(truth=True, colour="green"))
    AWAITING = (
        "awaiting", "须先履行程序", "awaiting steps",
        Standing(truth=False, colour="yellow", wrong=True),
    )  # fmt: skip
    EXEMPTION_NEEDED = (
        "exemption_needed", "须报批豁免", "exemption needed",
        Standing(truth=False, colour="bold yellow", wrong=True),
    )  # fmt: skip
    PROHIBITED = (
        "prohibited", "不得实施", "prohibited",
        Standing(truth=False, colour="bold red", wrong=True),
    )  # fmt: skip
    UNDETERMINED = (
        "undetermined", "无法判定", "undetermined",
        Standing(truth=None, colour="magenta", wrong=True, open=True),
    )  # fmt: skip
    CONFLICT = (
        "conflict", "规则冲突", "conflict",
        Standing(truth=None, colour="bold red", wrong=True),
    )  # fmt: skip
    NOT_APPLICABLE = (
        "not_applicable", "不适用", "not applicable", Standing(truth=True, colour="dim"),
    )  # fmt: skip

    def zh_of(self, requests: type[Fact]) -> str:
        """Its Chinese label of requests of one class: an appointment is 可以任命 or 不得任命."""
        return self.zh.replace(DEED, requests.deed)


class Status(Standings):
    """How a fact stands to an obligation."""

    SATISFIED = ("satisfied", "符合", "satisfied", Standing(truth=True, colour="green"))
    BREACHED = (
        "breached", "不符合", "breached",
        Standing(truth=False, colour="bold red", wrong=True, unmet=True, gravity=1),
    )  # fmt: skip
    DEVIATES = (
        "deviates", "不符合原则性规定", "deviates",
        Standing(truth=False, colour="yellow", wrong=True, unmet=True, gravity=2),
    )  # fmt: skip
    MISSED = (
        "missed", "未达目标", "missed",
        Standing(truth=False, colour="bold yellow", wrong=True, unmet=True, gravity=3),
    )  # fmt: skip
    PENDING = ("pending", "待完成", "pending", Standing(truth=False, colour="cyan", unmet=True))
    EXEMPT = ("exempt", "已豁免", "exempt", Standing(truth=True, colour="blue"))
    NOT_APPLICABLE = (
        "not_applicable", "不适用", "not applicable",
        Standing(truth=True, colour="dim", says_nothing=True),
    )  # fmt: skip
    UNDETERMINED = (
        "undetermined", "无法判定", "undetermined",
        Standing(truth=None, colour="magenta", wrong=True, says_nothing=True, open=True),
    )  # fmt: skip
    CONFLICT = (
        "conflict", "规则冲突", "conflict",
        Standing(truth=None, colour="bold red", wrong=True, gravity=0),
    )  # fmt: skip


class Consistency(Standings):
    """How two accounts of one thing stand to each other. None of it is a breach."""

    CONSISTENT = ("consistent", "一致", "consistent", Standing(truth=True, colour="green"))
    INCONSISTENT = (
        "inconsistent", "数据存疑", "inconsistent", Standing(truth=False, colour="yellow"),
    )  # fmt: skip
    NOT_APPLICABLE = (
        "not_applicable", "不适用", "not applicable",
        Standing(truth=True, colour="dim", says_nothing=True),
    )  # fmt: skip
    UNDETERMINED = (
        "undetermined", "无法判定", "undetermined",
        Standing(truth=None, colour="magenta", says_nothing=True, open=True),
    )  # fmt: skip
    CONFLICT = ("conflict", "规则冲突", "conflict", Standing(truth=None, colour="bold red"))


# What the duty that two accounts be the same comes to, as it is said of an agreement.
CONSISTENCY: Final = {
    Status.SATISFIED: Consistency.CONSISTENT,
    Status.BREACHED: Consistency.INCONSISTENT,
    Status.NOT_APPLICABLE: Consistency.NOT_APPLICABLE,
    Status.UNDETERMINED: Consistency.UNDETERMINED,
    Status.CONFLICT: Consistency.CONFLICT,
}
_GRAVITY: Final = {
    status: status.standing.gravity for status in Status if status.standing.gravity is not None
}
# The statuses that are gaps, the gravest first.
GAPS: Final = tuple(sorted(_GRAVITY, key=_GRAVITY.__getitem__))


class QuestionError(LookupError):
    """A policy is asked for what it cannot answer: no such decision, or the wrong kind of fact."""

    def __str__(self) -> str:
        return str(self.args[0])


class ConflictError(ValueError):
    """Two rules that both apply give an attribute different values.

    `cites` are their citations, `subject` the fact's key, `name` the attribute.
    """

    def __init__(self, subject: str, name: str, cites: tuple[Cite, ...]) -> None:
        self.subject, self.name, self.cites = subject, name, cites
        named = " and ".join(str(cite) for cite in cites)
        super().__init__(f"{subject}: {named} both apply and give `{name}` different values")


class EngineError(RuntimeError):
    """An engine met an error while it sought whether a condition of the rule at `cite` holds.

    It is raised from that error; no trace of it stays for the next question.
    """

    def __init__(self, engine: str, cite: Cite, error: Exception) -> None:
        self.engine, self.cite = engine, cite
        met = f"{type(error).__name__}: {error}".removesuffix(": ")
        super().__init__(f"engine `{engine}` could not settle a condition of {cite}: {met}")


@frozen
class Conflict:
    """An attribute of a fact that two rules give different values."""

    subject: str
    name: str
    cites: tuple[Cite, ...]

    def error(self) -> ConflictError:
        """The exception that says so."""
        return ConflictError(self.subject, self.name, self.cites)


def plain(value: Any, type_: Type | None = None) -> Any:
    """A value as JSON has it: choices and dates as strings, sets as lists in a fixed order.

    A number of the type `RATIONAL` is a text also where it happens to be whole, so that who reads
    it finds one form.
    """
    if value is NONE:
        return NONE.value
    if type_ == RATIONAL and value is not None:
        return number_text(value)
    match value:
        case WorkCalendar():
            return value.as_json()
        case Labelled() | date() | Period() | Recurrence():
            return str(value)
        case frozenset() if any(isinstance(member, Labelled) for member in value):
            return [str(member) for member in type(next(iter(value))) if member in value]
        case frozenset():
            return sorted(value)
        case Fraction():
            return number_text(value)
        case _:
            return value


class Readings(Protocol):
    """What gives the readings that an answer rests on, of answers of one kind."""

    @property
    def regime(self) -> Regime:
        """The rules, the date, and what was chosen, by which the answers were given."""

    def __call__(
        self, fact: Fact, facts: Facts, known: dict[object, Any], *, late: bool = False
    ) -> dict[str, str]:
        """The readings of the answer about a fact; `late`: it says when a duty was met late.

        `known` keeps what is worked out of the facts on the way.
        """

    def amended_by(self, fact: Fact, facts: Facts) -> tuple[str, ...] | None:
        """The amendments by whose rules an act is judged; None where that is not known."""


class _Answer:
    """What all answers share; compared by what they say, not by how they were made.

    An answer is made millions of times, so it holds the fact and little else: what answers of one
    kind share is a part, made once.
    """

    __slots__ = ("_fact", "_facts")

    _fact: Fact
    _facts: Facts

    @property
    def fact(self) -> Fact:
        """The fact that the answer is about."""
        return self._fact

    @property
    def surroundings(self) -> Facts:
        """The facts around it that the answer was given with."""
        return self._facts

    @property
    def regime(self) -> Regime:
        """The rules, the date, the readings and the parameters by which it was given."""
        return self._readings.regime

    @property
    def _readings(self) -> Readings:
        raise NotImplementedError  # pragma: no cover - every answer has its own

    @property
    def _late(self) -> bool:
        return False

    @property
    def readings(self) -> dict[str, str]:
        """The readings of the text that the answer rests on."""
        return self.resting({})

    def resting(self, known: dict[object, Any]) -> dict[str, str]:
        """The same, for those who ask many answers about the same facts.

        `known` keeps what is worked out of the facts on the way.
        """
        return self._readings(self._fact, self._facts, known, late=self._late)

    @property
    def judged_by_its_day(self) -> bool:
        """Whether it is about an act, of which amendments change the rules for a day of its own."""
        return type(self._fact) in self.regime.rules.reached

    @property
    def amended_by(self) -> tuple[str, ...] | None:
        """The ids of the amendments by whose rules an act is judged, in their order.

        None where its day, and so by which, is not known; or where it is judged, as what is no act
        is, as of the policy's date.
        """
        return self._readings.amended_by(self._fact, self._facts)

    def _by_its_day(self, said: dict[str, Any]) -> dict[str, Any]:
        """What an answer says; of an act that is judged by its own day, by whose rules as well."""
        if self.judged_by_its_day:
            by = self.amended_by
            said["amended_by"] = None if by is None else list(by)
        return said

    @property
    def subject(self) -> str:
        """The key of that fact, such as `stations/350304540000`."""
        return self._fact.key

    @property
    def bodies(self) -> Place:
        """The body of each class that reports compare to which that fact belongs, if any.

        In the order of the directive's `bodies`, the largest first.
        """
        return self._facts.belonging(self.regime.rules.directive.bodies).of(self._fact)

    def _placed(self, rule: Stated) -> dict[str, Any]:
        """Whom an answer under a rule is about and to whom it belongs, and what the text says."""
        classes = self.regime.rules.directive.bodies
        return {
            "name": getattr(self._fact, "name", None),
            "bodies": {
                cls.collection: None
                if body is None
                else {"id": body.id, "name": getattr(body, "name", None)}
                for cls, body in zip(classes, self.bodies, strict=True)
            },
            "heading": rule.cite.clause,
            "quote": rule.quote,
        }

    def as_json(self) -> dict[str, Any]:
        """The answer as JSON has it, with all its keys."""
        raise NotImplementedError  # pragma: no cover - every answer has its own

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, type(self)):
            return NotImplemented
        return self.as_json() == other.as_json()

    def __hash__(self) -> int:
        return hash((type(self), self._fact))

    def __repr__(self) -> str:
        shown = ", ".join(f"{key}={value!r}" for key, value in self.as_json().items())
        return f"{type(self).__name__}({shown})"


@frozen(eq=False, repr=False)
class DecisionPart:
    """What decisions of one kind share: the attribute, its value and the citations.

    `needs` and `conflict` are of one fact: the part of an undetermined decision is its own.
    """

    definition: Definition
    value: Any
    cites: tuple[Cite, ...]
    readings: Readings
    needs: tuple[str, ...] = ()
    conflict: Conflict | None = None

    def __reduce__(self) -> tuple[object, ...]:
        of = self.definition.subject.fact_class, self.definition.name
        return _decision_part, (
            self.readings, of, self.value, self.cites, self.needs, self.conflict
        )  # fmt: skip


def _decision_part(readings: Readings, of: tuple[type[Fact], str], *others: Any) -> DecisionPart:
    value, cites, needs, conflict = others
    definition = readings.regime.rules.definitions[of]
    return DecisionPart(definition, value, cites, readings, needs, conflict)


class Decision(_Answer):
    """The value that the directive gives a derived attribute of a fact."""

    __slots__ = ("_part",)

    def __init__(self, fact: Fact, facts: Facts, part: DecisionPart) -> None:
        self._fact = fact
        self._facts = facts
        self._part = part

    @property
    def name(self) -> str:
        """The name of the attribute."""
        return self._part.definition.name

    @property
    def value(self) -> Any:
        """The value; `NONE` where the rules say that there is none.

        None where it is undetermined, or the directive is not in force.
        """
        return self._part.value

    @property
    def cites(self) -> tuple[Cite, ...]:
        """The sentences that give the value."""
        return self._part.cites

    @property
    def needs(self) -> tuple[str, ...]:
        """The facts that settle it, where it is undetermined."""
        return self._part.needs

    @property
    def conflict(self) -> Conflict | None:
        """The rules that contradict each other, where some do."""
        return self._part.conflict

    @property
    def _readings(self) -> Readings:
        return self._part.readings

    @property
    def definition(self) -> Definition:
        """The definition that was asked."""
        return self._part.definition

    def as_json(self) -> dict[str, Any]:
        """The answer as JSON has it, with all its keys."""
        said = {
            "subject": self.subject,
            "name": self.name,
            "value": plain(self.value, self.definition.type),
            "cites": [str(cite) for cite in self.cites],
            "conflict": [str(cite) for cite in self.conflict.cites] if self.conflict else [],
            "needs": list(self.needs),
        }
        return self._by_its_day(said)


@frozen
class Reason:
    """Why a request is not permitted, or what an exemption set aside.

    `strength` is `must_not` or `in_principle`; `exemption` is the id of the exemption, or None.
    """

    cite: Cite
    strength: str
    zh: str
    en: str
    exemption: str | None = None

    def as_json(self) -> dict[str, Any]:
        """The reason as JSON has it."""
        return {
            "cite": str(self.cite),
            "strength": self.strength,
            "exemption": self.exemption,
            "zh": self.zh,
            "en": self.en,
        }


@frozen(eq=False, repr=False)
class VerdictPart:
    """What verdicts of one kind share. `exempted` are the rules that an exemption displaced.

    `needs` are of one request, and so are the exemptions among the reasons: the part of a verdict
    that has either is its own.
    """

    outcome: Outcome
    reasons: tuple[Reason, ...]
    missing: tuple[Step, ...]
    exempted: tuple[Prohibition, ...]
    readings: Readings
    needs: tuple[str, ...] = ()
    permitted: bool = field(init=False)
    missing_steps: tuple[str, ...] = field(init=False)

    def __attrs_post_init__(self) -> None:
        object.__setattr__(self, "permitted", self.outcome is Outcome.PERMITTED)
        object.__setattr__(self, "missing_steps", tuple(step.name for step in self.missing))

    def __reduce__(self) -> tuple[object, ...]:
        steps = _steps_of(self.readings)
        missing = [steps.index(step) for step in self.missing]
        exempted = [rule.cite for rule in self.exempted]
        return _verdict_part, (
            self.readings, self.outcome, self.reasons, missing, exempted, self.needs
        )  # fmt: skip

    def displaced_by(self, exemptions: Iterable[Exemption]) -> VerdictPart:
        """The part with the exemptions that displaced its rules among the reasons."""
        displaced = [
            Reason(rule.cite, strength_of(rule), rule.zh, rule.en, exemption.id)
            for rule, exemption in zip(self.exempted, exemptions, strict=True)
        ]
        reasons = sorted((*self.reasons, *displaced), key=lambda reason: reason.cite)
        return evolve(self, reasons=tuple(reasons))


def _steps_of(readings: Readings) -> list[Step]:
    rules = readings.regime.rules.rules
    return [step for rule in rules if isinstance(rule, Steps) for step in rule.steps]


def _verdict_part(
    readings: Readings,
    outcome: Outcome,
    reasons: tuple[Reason, ...],
    missing: list[int],
    exempted: list[Cite],
    needs: tuple[str, ...],
) -> VerdictPart:
    steps = _steps_of(readings)
    rules = [readings.regime.rules.rule(cite) for cite in exempted]
    displaced = tuple(rule for rule in rules if isinstance(rule, Prohibition))
    return VerdictPart(
        outcome, reasons, tuple(steps[place] for place in missing), displaced, readings, needs
    )


class Verdict(_Answer):
    """Whether a request to act is permitted, and if not, why and what is missing."""

    __slots__ = ("_part",)

    def __init__(self, fact: Fact, facts: Facts, part: VerdictPart) -> None:
        self._fact = fact
        self._facts = facts
        self._part = part

    @property
    def outcome(self) -> Outcome:
        """What the request comes to."""
        return self._part.outcome

    @property
    def zh(self) -> str:
        """The outcome in Chinese, by what is done with such requests."""
        return self.outcome.zh_of(type(self.fact))

    @property
    def en(self) -> str:
        """The outcome in English."""
        return self.outcome.en

    @property
    def permitted(self) -> bool:
        """Whether the outcome is `permitted`; false also where it is not yet known."""
        return self._part.permitted

    @property
    def reasons(self) -> tuple[Reason, ...]:
        """Every certain reason against, and every exemption that set one aside."""
        return self._part.reasons

    @property
    def missing_steps(self) -> tuple[str, ...]:
        """The names of the steps that are certainly still to be obtained, in order."""
        return self._part.missing_steps

    @property
    def needs(self) -> tuple[str, ...]:
        """The facts that settle it, where it is undetermined."""
        return self._part.needs

    @property
    def steps(self) -> tuple[Step, ...]:
        """The steps that are certainly still to be obtained, with their labels."""
        return self._part.missing

    @property
    def _readings(self) -> Readings:
        return self._part.readings

    def as_json(self) -> dict[str, Any]:
        """The answer as JSON has it, with all its keys."""
        said = {
            "subject": self.subject,
            "outcome": str(self.outcome),
            "reasons": [reason.as_json() for reason in self.reasons],
            "missing_steps": list(self.missing_steps),
            "needs": list(self.needs),
        }
        return self._by_its_day(said)


@frozen(eq=False, repr=False)
class FindingPart:
    """What findings of one kind share: the rule, the status and what follows from both.

    `bound` is the comparison of what there is with what is required, or empty; `unit` the Chinese
    unit of both. Where there is to be none of something, `unwanted` has its labels in Chinese and
    English. `recurs`: what is measured is how many periods have had what they should. `of_whole`:
    what there is is a part of what is required, and should be all of it.
    """

    rule: Requirement | AttestationRule
    status: Status
    due: date | None
    retroactive: bool
    zh: str
    en: str
    bound: str
    unit: str
    unwanted: tuple[str, str]
    recurs: bool
    of_whole: bool
    readings: Readings

    def __reduce__(self) -> tuple[object, ...]:
        others = {each.name: getattr(self, each.name) for each in fields(FindingPart)}
        del others["rule"]
        return _finding_part, (self.rule.cite, others)


def _finding_part(cite: Cite, others: dict[str, Any]) -> FindingPart:
    rule = judged(others["readings"].regime.rules.rule(cite))
    assert isinstance(rule, Requirement | AttestationRule)
    return FindingPart(rule=rule, **others)


# The ends of a range.
_ENDS: Final = (">=", ">", "<=", "<")
_LISTED: Final = 5


class Finding(_Answer):
    """How a fact stands to one obligation.

    `actual` and `required` are what was measured, if anything; `exemption` is what displaced it.
    `met_on` is the day on which a duty was met late; `periods` are those that lack what recurs.
    """

    __slots__ = ("_part", "actual", "exemption", "met_on", "needs", "periods", "required")

    def __init__(
        self,
        fact: Fact,
        facts: Facts,
        part: FindingPart,
        actual: int | None = None,
        required: int | None = None,
        needs: tuple[str, ...] = (),
        exemption: Exemption | None = None,
        met_on: date | None = None,
        periods: tuple[Period, ...] = (),
    ) -> None:
        self._fact = fact
        self._facts = facts
        self._part = part
        self.actual = actual
        self.required = required
        self.exemption = exemption
        self.needs = needs
        self.met_on = met_on
        self.periods = periods

    @property
    def cite(self) -> Cite:
        """The citation of the rule."""
        return self._part.rule.cite

    @property
    def rule(self) -> Requirement | AttestationRule:
        """The obligation."""
        return self._part.rule

    @property
    def status(self) -> Status:
        """How the fact stands to it."""
        return self._part.status

    @property
    def responsible(self) -> Labelled | None:
        """The body that answers for it, after the sentence or, where none is named, as read."""
        return self.regime.responsible(self.rule)

    @property
    def due(self) -> date | None:
        """The date by which it was or is to be met."""
        return self._part.due

    @property
    def retroactive(self) -> bool:
        """Whether that date lies before the directive's own."""
        return self._part.retroactive

    @property
    def shortfall(self) -> int | None:
        """By how much it is missed (for an upper bound, exceeded); 0 where it is met."""
        if self.status is Status.SATISFIED:
            return None if self.required is None else 0
        if self.actual is None or self.required is None or self.status is Status.NOT_APPLICABLE:
            return None
        return abs(self.required - self.actual)

    @property
    def bound(self) -> str:
        """How what there is is compared with what is required, such as `>=`; "" where it is not.

        Of a range, by the end that is missed.
        """
        if not self.shortfall or self._part.bound not in _ENDS:
            return self._part.bound
        return "<=" if self._upper else ">="

    @property
    def unit(self) -> str:
        """The Chinese unit of what is measured; "" where it has none."""
        return self._part.unit

    @property
    def _late(self) -> bool:
        return self.met_on is not None

    @property
    def _readings(self) -> Readings:
        return self._part.readings

    @property
    def measured_zh(self) -> str:
        """What there is and what is required, in Chinese; "" where nothing was measured."""
        part, unit = self._part, self._part.unit
        if part.unwanted[0]:
            return f"{part.unwanted[0]}{number_words(self.actual)}{unit}" if self.actual else ""
        if part.recurs:
            return self._numbers("已开展{}", "应开展{}", "缺{}", "，", unit, required_first=True)
        if part.of_whole:
            return self._numbers("达标{}", "共{}", "{}不达标", "，", unit, required_first=True)
        least, off = ("至多", "超出") if self._upper else ("应有", "差")
        if part.bound == "==":
            least, off = "应为", "相差"
        return self._numbers("实有{}", f"{least}{{}}", f"{off}{{}}", "，", unit)

    @property
    def measured_en(self) -> str:
        """What there is and what is required, in English; "" where nothing was measured."""
        part = self._part
        if part.unwanted[1]:
            return f"{part.unwanted[1]}: {number_words(self.actual)}" if self.actual else ""
        if part.of_whole:
            return self._numbers("{} as required", "{} in all", "{} not", ", ", required_first=True)
        required, off = ("at most {}", "over") if self._upper else ("required {}", "short")
        if part.bound == "==":
            required = "required exactly {}"
        if part.bound == "<=" and self.required == 0 and (self.actual or 0) >= 0:
            required, off = "none allowed", ""
        return self._numbers("actual {}", required, off and f"{off} by {{}}", ", ")

    @property
    def zh(self) -> str:
        """One line in Chinese."""
        numbers = self.measured_zh
        if self.met_on:
            early = "，早于文件成文日期" if self.retroactive else ""
            by = f"{day_zh(self.due) if self.due else ''}{early}"
            there = f"至期限（{by}）{numbers}" if numbers else f"期限{by}"
            done = f"{day_zh(self.met_on)}{'补齐' if numbers else '完成'}"
            return f"{self.rule.zh}：{self.status.zh}，逾期完成：{there}；{done}"
        return self._part.zh + (f"（{numbers}{self._lacking}）" if numbers else "")

    @property
    def en(self) -> str:
        """One line in English."""
        numbers = self.measured_en
        late = f", made good on {self.met_on}" if self.met_on else ""
        first = ", ".join(map(str, self.periods[:_LISTED]))
        more = " and others" if len(self.periods) > _LISTED else ""
        listed = f"; missing {first}{more}" if first else ""
        return self._part.en + late + (f" ({numbers}{listed})" if numbers else "")

    @property
    def _upper(self) -> bool:
        if self.shortfall and self.actual is not None and self.required is not None:
            return self.actual > self.required
        return self._part.bound in ("<=", "<")

    @property
    def _lacking(self) -> str:
        """The first of the periods that lack something, in Chinese."""
        if not self.periods:
            return ""
        number = len(self.periods)
        first = "、".join(period.zh for period in self.periods[:_LISTED])
        return f"；缺{first}" + (f"等{number}期" if number > _LISTED else "")

    def _numbers(
        self,
        actual: str,
        required: str,
        shortfall: str,
        comma: str,
        unit: str = "",
        *,
        required_first: bool = False,
    ) -> str:
        parts = []
        if self.actual is not None:
            parts.append(actual.format(f"{number_words(self.actual)}{unit}"))
        if self.required is not None:
            parts.append(required.format(f"{number_words(self.required)}{unit}"))
        if required_first:
            parts.reverse()
        if self.shortfall and shortfall:
            parts.append(shortfall.format(f"{number_words(self.shortfall)}{unit}"))
        return comma.join(parts)

    def as_json(self) -> dict[str, Any]:
        """The answer as JSON has it, with all its keys."""
        said = {
            "subject": self.subject,
            "cite": str(self.cite),
            "status": str(self.status),
            "actual": self.actual,
            "required": self.required,
            "shortfall": self.shortfall,
            "due": plain(self.due),
            "met_on": plain(self.met_on),
            "retroactive": self.retroactive,
            "periods": [plain(period) for period in self.periods],
            "exemption": self.exemption.id if self.exemption else None,
            "responsible": plain(self.responsible),
            **self._placed(self.rule),
            "modality": str(self.rule.modality),
            "needs": list(self.needs),
            "zh": self.zh,
            "en": self.en,
        }
        return self._by_its_day(said)


class Agreement(_Answer):
    """Whether two accounts of one thing say the same.

    `first` and `second` are what they say, where both are whole numbers.
    """

    __slots__ = ("_finding", "_rule")

    def __init__(self, rule: AgreementRule, finding: Finding) -> None:
        self._fact = finding.fact
        self._facts = finding.surroundings
        self._rule = rule
        self._finding = finding

    def __reduce__(self) -> tuple[object, ...]:
        return _agreement, (self._finding,)

    @property
    def cite(self) -> Cite:
        """The citation of the rule."""
        return self._rule.cite

    @property
    def rule(self) -> AgreementRule:
        """The rule that says what should be the same."""
        return self._rule

    @property
    def status(self) -> Consistency:
        """How the two stand to each other."""
        return CONSISTENCY[self._finding.status]

    @property
    def first(self) -> int | None:
        """What the first account says."""
        return self._finding.actual

    @property
    def second(self) -> int | None:
        """What the second account says."""
        return self._finding.required

    @property
    def needs(self) -> tuple[str, ...]:
        """The facts that settle it, where it is undetermined."""
        return self._finding.needs

    @property
    def responsible(self) -> Labelled | None:
        """The body that answers for the data, as a finding has it."""
        return self.regime.responsible(self.rule)

    @property
    def _late(self) -> bool:
        return self._finding._late

    @property
    def zh(self) -> str:
        """One line in Chinese."""
        unit = self._finding._part.unit
        both = f"（{self.first}{unit}，{self.second}{unit}）" if self._told else ""
        return f"{self._rule.zh}：{self.status.zh}{both}"

    @property
    def en(self) -> str:
        """One line in English."""
        both = f" ({self.first} and {self.second})" if self._told else ""
        return f"{self._rule.en}: {self.status.en}{both}"

    @property
    def _readings(self) -> Readings:
        return self._finding._readings

    @property
    def _told(self) -> bool:
        """Whether what both say is news."""
        known = self.first is not None and self.second is not None
        return known and self.status is Consistency.INCONSISTENT

    def as_json(self) -> dict[str, Any]:
        """The answer as JSON has it, with all its keys."""
        said = {
            "subject": self.subject,
            "cite": str(self.cite),
            "status": str(self.status),
            "first": self.first,
            "second": self.second,
            "responsible": plain(self.responsible),
            **self._placed(self.rule),
            "needs": list(self.needs),
            "zh": self.zh,
            "en": self.en,
        }
        return self._by_its_day(said)


def _agreement(finding: Finding) -> Agreement:
    rule = finding._part.readings.regime.rules.rule(finding.cite)
    assert isinstance(rule, AgreementRule)
    return Agreement(rule, finding)


def strength_of(rule: Prohibition | Steps) -> str:
    """`in_principle` for a rule that an exemption can displace, else `must_not`."""
    if isinstance(rule, Prohibition) and rule.modality is Modality.IN_PRINCIPLE:
        return str(Modality.IN_PRINCIPLE)
    return str(Modality.MUST_NOT)


@frozen
class Proof:
    """Why something is so: one line in each language, and the proofs of what it rests on.

    `truth` is whether the line holds (None: unknown); a line that states a fact holds. `cite` and
    `quote` name the sentence and its operative words, where the line is a rule.
    """

    zh: str
    en: str
    truth: bool | None = True
    cite: Cite | None = None
    quote: str = ""
    parts: tuple[Proof, ...] = ()

    def as_json(self) -> dict[str, Any]:
        """The proof as JSON has it."""
        return {
            "zh": self.zh,
            "en": self.en,
            "truth": self.truth,
            "cite": None if self.cite is None else str(self.cite),
            "quote": self.quote,
            "parts": [part.as_json() for part in self.parts],
        }
