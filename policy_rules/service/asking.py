"""From a request to its answer, without HTTP: what is asked, by which choices, of which facts."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from functools import partial
from itertools import chain
from threading import Lock
from time import monotonic
from typing import Any, Final, TypeVar

from attrs import field, frozen

from ..analysis.about import answers_about, fact_of
from ..decision_log import DecisionLog
from ..facts import NO_FACTS, Facts, Fault
from ..facts.faults import FactError, FaultCode, unlike
from ..formats import Document, InputError, parse
from ..formats.choices import day_of, expected, parameter_value, unknown_name
from ..formats.citing import cited, wrongly_cited
from ..formats.decoding import RepeatedKeys, repeated
from ..formats.json_values import loaded as json_loaded
from ..journal import JournalError
from ..language import ChoiceError, RuleSet, WorkCalendar, WorkCalendarError
from ..language.types import CALENDAR
from ..policy import Answer, LoadedDirective, Policy, answers_document
from .problems import ProblemError

_T = TypeVar("_T")
# The half of a character, which two make.
_SURROGATE: Final = re.compile(rb"\\u[dD][89a-fA-F]")
_SOLVING: Final = Lock()
# What stands in a request beside the facts.
_FACTS: Final = "facts"


@frozen(kw_only=True)
class Limits:
    """How much is taken on: bytes of a request, facts and evaluations in it, seconds of work."""

    bytes: int = 10_000_000
    facts: int = 100_000
    evaluations: int = 1_000
    seconds: float = 30.0


@frozen
class Request:
    """What is asked: the facts, the policy that the request chooses, and what else it names.

    `until` is when the answer is given up, by the clock of `time.monotonic`.
    """

    policy: Policy
    facts: Facts
    named: Mapping[str, str]
    until: float

    def in_time(self, each: Iterable[_T]) -> Iterator[_T]:
        """Go through some of the work. Raises ProblemError once the time is over."""
        for one in each:
            if monotonic() > self.until:
                raise ProblemError("out-of-time")
            yield one


@frozen(kw_only=True)
class Service:
    """A directive that can be asked over a wire.

    `as_of`, `readings` and `parameters` hold where a request does not say otherwise; without a date
    anywhere, today's is taken, which every answer names. `known` are facts that requests speak of
    without sending them: AuthZEN's questions do. With a `log`, every answer is on record
    before it is given.
    """

    directive: LoadedDirective
    as_of: date | None = None
    readings: Mapping[str, str] = field(factory=dict)
    parameters: Mapping[str, object] = field(factory=dict)
    known: Facts = NO_FACTS
    log: DecisionLog | None = None
    limits: Limits = field(factory=Limits)

    @property
    def rules(self) -> RuleSet:
        """The rules of the directive."""
        return self.directive.rules

    def read(self, body: bytes, names: tuple[str, ...] = ()) -> Request:
        """Take a request in JSON, which may say `names` as well.

        Raises ProblemError with all that is wrong.
        """
        return self.ask(self.content(body), names)

    def ask(
        self,
        content: Mapping[str, Any],
        names: tuple[str, ...] = (),
        among: Facts | None = None,
    ) -> Request:
        """The same of a request that has been read; its facts stand among those of `among`."""
        faults: list[Fault] = []
        known = (_FACTS, "as_of", "readings", "parameters", *names)
        faults += [
            unknown_name(key, "此项", "such key", key, known) for key in content if key not in known
        ]
        named = {
            name: _text(content[name], name, faults)
            for name in names
            if content.get(name) is not None
        }
        document = self._document(content.get(_FACTS, {}), among, faults)
        chosen = self.choices(content, faults)
        if faults or document is None:
            raise ProblemError("invalid", faults)
        until = monotonic() + self.limits.seconds
        return Request(self.policy(document, chosen), document.facts, named, until)

    def content(self, body: bytes) -> Mapping[str, Any]:
        """The object that a body holds. Raises ProblemError where it is no JSON object."""
        faults: list[Fault] = []
        try:
            text = body.decode("utf-8")
        except UnicodeDecodeError:
            zh, en = "应为 UTF-8 编码的 JSON", "expected JSON in UTF-8"
            raise ProblemError("unreadable", [_fault("", zh, en)]) from None
        content = json_loaded(text, "", faults)
        if not faults and not isinstance(content, Mapping):
            faults.append(wrong("", content, "一个对象", "an object"))
        faults += repeated_keys("", content)
        if _SURROGATE.search(body) and not _is_of_whole_characters(content):
            zh, en = (
                "应为完整的字符，实有半个（\\ud800 之类）",
                "expected whole characters, found halves",
            )
            faults.append(_fault("", zh, en))
        if faults:
            raise ProblemError("unreadable", faults)
        assert isinstance(content, Mapping)
        return content

    def choices(self, content: Mapping[str, Any], faults: list[Fault]) -> Choices:
        """The date, the readings and the parameters that a request chooses."""
        day = content.get("as_of")
        as_of = None if day is None else day_of(_text(day, "as_of", faults), "as_of", faults)
        return Choices(
            as_of or self.as_of,
            {**self.readings, **self._readings(content.get("readings"), faults)},
            {**self.parameters, **self._parameters(content.get("parameters"), faults)},
        )

    def policy(self, document: Document, chosen: Choices) -> Policy:
        """The policy for a document. Raises ProblemError for choices that cannot be."""
        as_of = chosen.as_of or document.as_of or date.today()
        try:
            return self.directive.policy(
                as_of=as_of,
                readings=chosen.readings,
                parameters=chosen.parameters,
                exemptions=document.exemptions,
            )
        except ChoiceError as error:
            said = [_fault("parameters", zh, en) for zh, en in error.faults]
            raise ProblemError("invalid", said) from error

    def _document(self, content: Any, among: Facts | None, faults: list[Fault]) -> Document | None:
        held = NO_FACTS if among is None else among
        if content == {}:
            return Document(source=_FACTS, as_of=None, facts=held, exemptions=())
        try:
            document = parse(content, _FACTS, self.rules.directive.classes, among=among)
        except InputError as error:
            faults += [*error.faults, *wrongly_cited(error, self.rules)]
            return None
        if (found := len(document.facts) - len(held)) > (most := self.limits.facts):
            zh = f"应至多有 {most} 个事实，实有 {found} 个；请分批"
            en = f"expected at most {most} facts, found {found}; send them in parts"
            raise ProblemError("too-large", [_fault(_FACTS, zh, en)])
        document, vain = cited(document, self.rules)
        faults += vain
        return document

    def _readings(self, given: Any, faults: list[Fault]) -> dict[str, str]:
        chosen = {}
        for name, option in _object(given, "readings", faults).items():
            reading = self.rules.readings.get(name)
            place = f"readings: {name}"
            if reading is None:
                faults.append(unknown_name(place, "口径", "reading", name, self.rules.readings))
                continue
            options = [each.name for each in reading.options]
            if option in options:
                chosen[name] = option
            else:
                faults.append(unknown_name(place, "选项", "option", str(option), options))
        return chosen

    def _parameters(self, given: Any, faults: list[Fault]) -> dict[str, object]:
        chosen: dict[str, object] = {}
        for name, value in _object(given, "parameters", faults).items():
            parameter = self.rules.parameters.get(name)
            place = f"parameters: {name}"
            if parameter is None:
                faults.append(unknown_name(place, "参数", "parameter", name, self.rules.parameters))
                continue
            if parameter.type == CALENDAR:
                try:
                    chosen[name] = WorkCalendar.parse(value)
                except WorkCalendarError as error:
                    faults.append(_fault(place, error.zh, str(error)))
                continue
            found = parameter_value(parameter, _written(value))
            if found is None:
                faults.append(wrong(place, value, *expected(parameter.type)))
            else:
                chosen[name] = found
        return chosen

    def decide(self, body: bytes, caller_id: str | None = None) -> dict[str, Any]:
        """The decisions on all facts of a request, or those of the `name` that it gives."""
        asked = self.read(body, ("name",))
        name = asked.named.get("name")
        names = {each.name for each in self.rules.definitions.values() if not each.inner}
        if name is not None and name not in names:
            fault = unknown_name("name", "认定事项", "decision", name, sorted(names))
            raise ProblemError("invalid", [fault])
        found = asked.policy.decisions_of(asked.facts, asked.in_time)
        decisions = [each for each in found if name in (None, each.name)]
        self.record(asked, decisions, caller_id)
        return answers_document(asked.policy, decisions=decisions)

    def check(self, body: bytes, caller_id: str | None = None) -> dict[str, Any]:
        """The verdicts on all requests to act."""
        asked = self.read(body)
        verdicts = list(asked.policy.verdicts_of(asked.facts, asked.in_time))
        self.record(asked, verdicts, caller_id)
        return answers_document(asked.policy, verdicts=verdicts)

    def audit(self, body: bytes, caller_id: str | None = None) -> dict[str, Any]:
        """Everything that the directive says of the facts."""
        asked = self.read(body)
        report = asked.policy.audit(asked.facts, asked.in_time)
        if self.log is not None:
            every = report.decisions, report.verdicts, report.findings, report.agreements
            self.record(asked, chain.from_iterable(every), caller_id)
        return report.as_json()

    def record(self, asked: Request, answers: Iterable[Answer], caller_id: str | None) -> None:
        """Put answers on record, where there is one. Raises ProblemError where that cannot be."""
        if self.log is None:
            return
        try:
            self.log.add(asked.policy, answers, facts=asked.facts, correlation_id=caller_id)
        except JournalError as error:
            said = [_fault("", zh, en) for zh, en in error.faults]
            raise ProblemError("not-recorded", said) from error

    def explain(self, body: bytes, caller_id: str | None = None) -> dict[str, Any]:
        """Why the answers about one fact, the `subject`, are what they are, in both languages.

        All of them, or those of the decision `name` or of the citation `cite`.
        """
        asked = self.read(body, ("subject", "name", "cite"))
        subject = asked.named.get("subject")
        if subject is None:
            zh, en = "须写明对象，写作 列表/编号", "name the fact, as collection/ID"
            raise ProblemError("invalid", [_fault("subject", zh, en, FaultCode.MISSING_VALUE)])
        name, cite = asked.named.get("name"), asked.named.get("cite")
        try:
            fact = fact_of(asked.facts, subject, "subject")
            decisions, verdicts, findings, agreements = answers_about(
                asked.policy, fact, asked.facts, name, cite, ("name", "cite")
            )
        except FactError as error:
            raise ProblemError("invalid", error.faults) from error
        said = answers_document(
            asked.policy,
            decisions=decisions, verdicts=verdicts, findings=findings, agreements=agreements,
        )  # fmt: skip
        answers: list[Answer] = [*decisions, *verdicts, *findings, *agreements]
        self.record(asked, answers, caller_id)
        listed = (*said["decisions"], *said["verdicts"], *said["findings"], *said["agreements"])
        for item, answer in zip(listed, answers, strict=True):
            item["explanation"] = {
                lang: asked.policy.explain(answer, lang) for lang in ("zh", "en")
            }
        return said

    def how_to(self, body: bytes, caller_id: str | None = None) -> dict[str, Any]:
        """The least change by which the fact `subject` reaches the `goal`.

        It is advice and no answer, and is not put on record.
        """
        content, faults = {**self.content(body)}, list[Fault]()
        may_change = _texts(content.pop("may_change", None), "may_change", faults)
        keep = _texts(content.pop("keep", None), "keep", faults)
        costs = _object(content.pop("costs", None), "costs", faults)
        faults += repeated_keys("costs", costs)
        for name in ("subject", "goal"):
            if content.get(name) is None:
                zh, en = "此项必填", "it is needed"
                faults.append(_fault(name, zh, en, FaultCode.MISSING_VALUE))
        try:
            asked = self.ask(content, ("subject", "goal"))
        except ProblemError as problem:
            raise ProblemError(problem.kind, [*problem.faults, *faults]) from problem
        if faults:
            raise ProblemError("invalid", faults)
        try:
            from ..analysis.how_to import how_to
        except ImportError as error:
            raise ProblemError("not-installed", [_NO_SOLVER]) from error
        # The solver is one for all threads of the process.
        if not _SOLVING.acquire(timeout=max(asked.until - monotonic(), 0)):
            raise ProblemError("out-of-time")
        try:
            fact = fact_of(asked.facts, asked.named["subject"], "subject")
            found = how_to(
                asked.policy, fact, asked.named["goal"], asked.facts,
                may_change=may_change or None,
                costs={name: _written(value) for name, value in costs.items()},
                keep=keep, seconds=asked.until - monotonic(),
            )  # fmt: skip
        except FactError as error:
            raise ProblemError("invalid", error.faults) from error
        except ChoiceError as error:
            raise ProblemError(
                "invalid", [_fault("goal", *said) for said in error.faults]
            ) from error
        finally:
            _SOLVING.release()
        if monotonic() > asked.until:
            raise ProblemError("out-of-time")
        head = answers_document(asked.policy)
        return {key: value for key, value in head.items() if value != []} | found.as_json()


@frozen
class Choices:
    """A date, if one is given, readings and parameters."""

    as_of: date | None
    readings: Mapping[str, str]
    parameters: Mapping[str, object]


def _is_of_whole_characters(content: object) -> bool:
    try:
        json.dumps(content, ensure_ascii=False, default=str).encode("utf-8")
    except UnicodeEncodeError:
        return False
    return True


def repeated_keys(place: str, content: Any) -> list[Fault]:
    """Keys that an object gives twice: of two values, another program may have read the other."""
    keys = content.repeated if isinstance(content, RepeatedKeys) else ()
    return [repeated(place, key, key) for key in keys]


def _text(value: Any, place: str, faults: list[Fault]) -> str:
    if isinstance(value, str):
        return value
    faults.append(wrong(place, value, "文字", "a text"))
    return ""


def _texts(value: Any, place: str, faults: list[Fault]) -> list[str]:
    if value is None:
        return []
    if isinstance(value, list):
        return [_text(each, f"{place}[{at}]", faults) for at, each in enumerate(value)]
    faults.append(wrong(place, value, "列表", "a list"))
    return []


def _object(value: Any, place: str, faults: list[Fault]) -> Mapping[str, Any]:
    if value is None:
        return {}
    if isinstance(value, Mapping):
        return value
    faults.append(wrong(place, value, "一个对象", "an object"))
    return {}


def _written(value: Any) -> str:
    """A parameter's value as the command line has it, which JSON may give as itself."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, list):
        return ",".join(map(str, value))
    return str(value)


# The fault of a value that is not what it should be.
wrong: Final = partial(unlike, do=None)


def _fault(place: str, zh: str, en: str, code: FaultCode = FaultCode.WRONG_SHAPE) -> Fault:
    return Fault(place=place, code=code, zh=zh, en=en)


_NO_SOLVER: Final = _fault(
    "",
    "求解需要 `z3-solver`，服务没有安装；请安装 `policy-rules[analysis]`",
    "it needs `z3-solver`, which the service does not have; install `policy-rules[analysis]`",
)
