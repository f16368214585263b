"""policy_rules on its engines: from ready facts, bound, from documents, and with answers read."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final, TypeAlias

from policy_rules import ChoiceError, CriminalCase, Decision, Station, Task, Verdict, load

from ..inputs import AS_BY_HAND, AS_OF, Inputs
from . import Answer, Contestant

DIRECTIVE: Final = "putian-2019-52"

Decide: TypeAlias = Callable[..., Decision]
Check: TypeAlias = Callable[..., Verdict]


def contestants(inputs: Inputs) -> list[Contestant]:
    """The engine `python` in four uses, then the others; `durable` only where it can be had."""
    directive = load(DIRECTIVE)
    found = []
    documents = {
        "duty_mode": (Station, inputs.duty_mode),
        "case": (CriminalCase, inputs.case),
        "task": (Task, inputs.task),
    }
    for engine in ("python", "durable", "interpreter"):
        try:
            policy = directive.policy(as_of=AS_OF, engine=engine, **AS_BY_HAND)
        except ChoiceError:
            continue
        decide, check = policy.decide, policy.check

        def duty_mode(station: Any, decide: Decide = decide) -> Decision:
            return decide(station, "duty_mode")

        def duty_mode_read(station: Any, decide: Decide = decide) -> tuple[Any, ...]:
            decision = decide(station, "duty_mode")
            return decision.value, decision.cites

        def duty_mode_of_document(document: Any, decide: Decide = decide) -> Decision:
            return decide(Station(**document), "duty_mode")

        def read(request: Any, check: Check = check) -> tuple[Any, ...]:
            verdict = check(request)
            return verdict.outcome, verdict.reasons, verdict.missing_steps

        def case_of_document(document: Any, check: Check = check) -> Verdict:
            return check(CriminalCase(**document))

        def task_of_document(document: Any, check: Check = check) -> Verdict:
            return check(Task(**document))

        asked: dict[str, Callable[[Any], Any]] = {
            "duty_mode": duty_mode,
            "case": check,
            "task": check,
        }
        asked_and_read: dict[str, Callable[[Any], Any]] = {
            "duty_mode": duty_mode_read,
            "case": read,
            "task": read,
        }
        of_document: dict[str, Callable[[Any], Any]] = {
            "duty_mode": duty_mode_of_document,
            "case": case_of_document,
            "task": task_of_document,
        }
        bound: dict[str, Callable[[Any], Any]] = {
            "duty_mode": policy.asker(Station, "duty_mode"),
            "case": policy.asker(CriminalCase),
            "task": policy.asker(Task),
        }
        for question, (fact_class, given) in documents.items():
            plain = [each.document for each in given]
            facts = [fact_class(**document) for document in plain]
            name = f"policy_rules, `{engine}`"
            ask, answer = asked[question], _answer(question)
            found.append(Contestant(f"{name}, ready fact", question, ask, facts, answer))
            if engine == "python":
                # What it gives has the attributes of an answer that are read here.
                found.append(
                    Contestant(f"{name}, bound question", question, bound[question], facts, answer)
                )
                ask, answer = asked_and_read[question], _read_answer(question)
                found.append(Contestant(f"{name}, answer read", question, ask, facts, answer))
                ask, answer = of_document[question], _answer(question)
                found.append(Contestant(f"{name}, from a dict", question, ask, plain, answer))
    return found


def _answer(question: str) -> Any:
    if question == "duty_mode":
        return lambda decision: _decision((decision.value, decision.cites))
    return lambda verdict: _verdict((verdict.outcome, verdict.reasons, verdict.missing_steps))


def _read_answer(question: str) -> Any:
    return _decision if question == "duty_mode" else _verdict


def _decision(answer: tuple[Any, ...]) -> Answer:
    value, cites = answer
    return str(value), tuple(map(str, cites))


def _verdict(answer: tuple[Any, ...]) -> Answer:
    outcome, reasons, missing = answer
    return str(outcome), tuple(str(reason.cite) for reason in reasons), missing
