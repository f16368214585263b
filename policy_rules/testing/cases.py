"""Cases: facts and the answers that a text demands of them, written by hand next to the sentence.

A case file is TOML. Each `[[case]]` has a `name`, the `sentence` it tests, `why` (the derivation),
`facts` (a facts document), and what is expected: `decision`, `verdict` and `finding` tables. Only
the keys that are given are compared; the string "none" stands for no value. A verdict's `reasons`
are citations, its `strengths` how strongly each binds. `as_of`, `readings`, `parameters` and
`exemptions` build the policy; `as_of` may stand once for the whole file. An attestation that hits
nothing is refused, except those whose ids are in `stray`: of these the case says that they count
for nothing.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping
from datetime import date
from fractions import Fraction
from pathlib import Path
from typing import Any

from attrs import evolve, frozen

from ..answers import Agreement, ConflictError, Finding
from ..engines.protocol import Auditor
from ..facts import Attestation, Fact, FactError, Facts, Fault
from ..facts.faults import FaultCode
from ..formats.documents import Document, parse
from ..language import Cite, Parameter, Recurrence, Regime, WorkCalendar, regime
from ..language.attestations import cited_attestations, faults_of_attestations
from ..policy import Duty, EngineName, LoadedDirective, Policy
from .case_keys import case_faults, file_faults, place_of

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib


@frozen
class Case:
    """One case of a file."""

    file: str
    name: str
    sentence: str
    why: str
    content: Mapping[str, Any]

    def __str__(self) -> str:
        return f"{Path(self.file).stem}: {self.name}"


def read_cases(path: Path) -> Iterator[Case]:
    """The cases of a file, or of every file of a directory.

    Raises FactError with everything that would test nothing: a key that means nothing here, or a
    case without what every case has.
    """
    cases: list[Case] = []
    faults: list[Fault] = []
    for file in sorted(path.glob("*.toml")) if path.is_dir() else [path]:
        try:
            content = tomllib.loads(file.read_text("utf-8"))
        except ValueError as error:
            faults.append(_no_toml(str(file), error))
            continue
        wrong = list(file_faults(str(file), content))
        faults += wrong
        if not wrong:
            common = {key: value for key, value in content.items() if key != "case"}
            cases += (
                Case(str(file), case["name"], case["sentence"], case["why"], {**common, **case})
                for case in content["case"]
            )
    if faults:
        raise FactError(faults)
    return iter(cases)


def _no_toml(file: str, error: ValueError) -> Fault:
    return Fault(
        place=file,
        code=FaultCode.UNREADABLE_FILE,
        zh=f"应为 TOML，读取失败（{error}）；请改正",
        en=f"expected TOML, found what cannot be read ({error}); correct it",
    )


def differences(case: Case, directive: LoadedDirective, engine: EngineName = "python") -> list[str]:
    """Where the answers differ from what the case expects; empty where they do not."""
    return Runner(directive, engine).differences(case)


class Asked:
    """A policy, and what asks it under one rule each, which an engine has to write first."""

    def __init__(self, policy: Policy) -> None:
        self.policy = policy
        self._auditors: dict[tuple[type[Fact], Cite], Auditor] = {}

    def finding(self, fact: Fact, cite: str, facts: Facts) -> Finding | None:
        """What is found of a fact under the rule of a citation; None where none is there."""
        rules = self.policy.rules.requirements_of(type(fact))
        return self._found([each for each in rules if str(each.cite) == cite], fact, facts)

    def agreement(self, fact: Fact, cite: str, facts: Facts) -> Agreement | None:
        """Whether two accounts of a fact agree under the rule of a citation."""
        for rule in self.policy.rules.agreements_of(type(fact)):
            if str(rule.cite) == cite and (found := self._found([rule.duty], fact, facts)):
                return Agreement(rule, found)
        return None

    def _found(self, under: list[Duty], fact: Fact, facts: Facts) -> Finding | None:
        if not under:
            return None
        asked = type(fact), under[0].cite
        if asked not in self._auditors:
            self._auditors[asked] = self.policy.auditor(asked[0], under)
        return next(iter(self._auditors[asked](fact, facts)), None)


class Runner:
    """Runs cases on an engine. Those of the same date, readings, parameters and exemptions share a
    policy, so that the engine writes what it asks them once: best run one after the other.
    """

    def __init__(self, directive: LoadedDirective, engine: EngineName = "python") -> None:
        self._directive = directive
        self._engine: EngineName = engine
        self._asked: dict[object, Asked] = {}

    def differences(self, case: Case) -> list[str]:
        """Where the answers differ from what the case expects; empty where they do not."""
        document = document_of(case, self._directive)
        setting = regime_of(case, self._directive).identity, document.exemptions
        asked = self._asked.get(setting)
        if asked is None:
            asked = self._asked[setting] = Asked(
                self._directive.policy(
                    as_of=case.content["as_of"],
                    readings=case.content.get("readings"),
                    parameters=parameters_of(case, self._directive),
                    exemptions=document.exemptions,
                    engine=self._engine,
                )
            )
        return list(compared(case.content, asked, document.facts))


def regime_of(case: Case, directive: LoadedDirective) -> Regime:
    """The rules of a directive with the date, readings and parameters of a case."""
    return regime(
        directive.rules,
        case.content["as_of"],
        case.content.get("readings"),
        parameters_of(case, directive),
    )


def document_of(case: Case, directive: LoadedDirective) -> Document:
    """The facts and exemptions of a case.

    Raises FactError for facts that cannot be read, a sentence or subject that is not there, and for
    attestations that hit nothing without being in `stray`, or the reverse.
    """
    content = {**case.content["facts"], "exemptions": case.content.get("exemptions", [])}
    classes = tuple(directive.rules.directive.classes)
    document = parse(_plain(content), source=case.name, extra_classes=classes)
    facts = cited_attestations(directive.rules.directive, document.facts)
    meant = {f"{Attestation.collection}/{id_}" for id_ in case.content.get("stray", ())}
    found = faults_of_attestations(directive.rules, facts)
    place = place_of(case.file, case.name)
    faults = [
        *case_faults(place, case.sentence, case.content, directive.rules.directive, facts),
        *(evolve(each, place=f"{case}: {each.place}") for each in found if each.place not in meant),
        *(_not_stray(case, key) for key in sorted(meant - {each.place for each in found})),
    ]
    if faults:
        raise FactError(faults)
    return evolve(document, facts=facts)


def _not_stray(case: Case, key: str) -> Fault:
    return Fault(
        place=f"{case}: stray",
        code=FaultCode.WRONG_SETTING,
        zh=f"{key} 应为落空的证明，实际并未落空，或没有此项；请从 `stray` 中去掉，或改正事实",
        en=f"expected {key} to hit nothing, found that it does hit, or is not there; leave it out "
        "of `stray`, or correct the facts",
    )


def parameters_of(case: Case, directive: LoadedDirective) -> dict[str, Any]:
    """The parameters that a case sets; a fraction is written `2/5`, a recurrence `FREQ=…`, a set
    as a list, a calendar of working days as a table of years:
    `{ 2021 = { off = ["2021-10-01/2021-10-07"] } }`.
    """
    given: Mapping[str, Any] = case.content.get("parameters", {})
    declared = directive.rules.parameters
    return {name: _value(value, declared.get(name)) for name, value in given.items()}


def _value(value: Any, declared: Parameter | None) -> Any:
    if isinstance(value, list):
        choices = None if declared is None else declared.type.choices
        return frozenset(value if choices is None else map(choices.parse, value))
    if isinstance(value, str) and value.startswith("FREQ="):
        return Recurrence(value)
    if isinstance(value, Mapping):
        return WorkCalendar.parse(_plain(value))
    return Fraction(value) if isinstance(value, str) and "/" in value else value


def _plain(value: Any) -> Any:
    match value:
        case dict():
            return {key: _plain(item) for key, item in value.items()}
        case list():
            return [_plain(item) for item in value]
        case date():
            return value.isoformat()
        case _:
            return value


def compared(content: Mapping[str, Any], asked: Asked, facts: Facts) -> Iterator[str]:
    """Where the answers differ from what is expected, one line each."""
    policy = asked.policy
    by_key = {fact.key: fact for fact in facts}
    for expected in content.get("decision", ()):
        fact = by_key[expected["subject"]]
        label = f"{expected['subject']} {expected['name']}"
        try:
            answer = policy.decide(fact, expected["name"], facts).as_json()
        except ConflictError as error:
            answer = {"conflict": [str(cite) for cite in error.cites]}
        yield from _unlike(label, expected, answer, ("subject", "name"))
    for expected in content.get("verdict", ()):
        verdict = policy.check(by_key[expected["subject"]], facts).as_json()
        verdict["strengths"] = [reason["strength"] for reason in verdict["reasons"]]
        verdict["reasons"] = [reason["cite"] for reason in verdict["reasons"]]
        yield from _unlike(expected["subject"], expected, verdict, ("subject",))
    for kind, ask in (("finding", asked.finding), ("agreement", asked.agreement)):
        for expected in content.get(kind, ()):
            found = ask(by_key[expected["subject"]], expected["cite"], facts)
            label = f"{expected['subject']} {expected['cite']}"
            given = found.as_json() if found else {}
            yield from _unlike(label, expected, given, ("subject", "cite"))


def _unlike(
    label: str, expected: Mapping[str, Any], answer: Mapping[str, Any], skip: tuple[str, ...]
) -> Iterator[str]:
    for key, value in expected.items():
        if key in skip:
            continue
        wanted = None if value == "none" else _plain(value)
        found = answer.get(key, "no such answer")
        if found != wanted or isinstance(found, bool) is not isinstance(wanted, bool):
            yield f"{label}: `{key}` is {found!r}, expected {wanted!r}"
