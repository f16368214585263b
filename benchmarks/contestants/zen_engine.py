"""zen-engine: compiled expressions, its fastest use, and decision tables by key."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date
from typing import Any, Final

from zen import ZenEngine, compile_expression

from ..inputs import AS_OF, Input, Inputs
from . import STEPS, Answer, Contestant, verdict

_TODAY: Final = AS_OF.toordinal()

# Each sentence as an expression, shared by both uses.
_DUTY_MODES: Final = {
    "three_teams_one_room": "pilot",
    "two_teams_one_room": "not pilot and officers >= 12",
    "zoned": "not pilot and officers < 12",
}
_CITES: Final = dict(zip(_DUTY_MODES, ("5.1/1", "5.1/2", "5.1/3"), strict=True))
_CASE: Final = {
    "3.1/1": "role == 'lead' and not (causation_clear and simple and all(means, # == 'image'))",
    "3.1/2": "role == 'lead' and (complex or category != 'ordinary'"
    " or some(place_codes, not startsWith(#, '3503')))",
}
_NEEDS: Final = "(branch_duty or quota and issuer == 'police_branch')"
_LACKING: Final = (
    f"(reported_on > {_TODAY} or not ('necessity' in report_sections))",
    f"(reported_on > {_TODAY} or not ('feasibility' in report_sections))",
    f"(reported_on > {_TODAY} or not ('operability' in report_sections))",
    "not ('personnel' in guarantees)",
    "not ('funds' in guarantees)",
    "not ('equipment' in guarantees)",
    "(reviewed_by != 'public_order' or review_level != issuer_level"
    f" or reviewed_on < reported_on or reviewed_on > {_TODAY})",
    "(approved_by != 'municipal_committee' or approved_on < reviewed_on"
    f" or approved_on > {_TODAY} or approved_on > starts_on)",
)
_MISSING: Final = dict(zip(STEPS, _LACKING, strict=True))
_NOT_A_DUTY: Final = "assignee == 'officer' and not within_statutory_duty"


def contestants(inputs: Inputs) -> list[Contestant]:
    """Each question with compiled expressions and by key."""
    engine = ZenEngine({"loader": {"type": "static", "content": _tables()}})
    given = {"duty_mode": inputs.duty_mode, "case": inputs.case, "task": inputs.task}
    found = []
    for question, expression, read in (
        ("duty_mode", _duty_mode_expression(), lambda value: (value, (_CITES[value],))),
        ("case", _listed(_CASE.items()), lambda found: verdict(_named(found))),
        ("task", _task_expression(), _read_task),
    ):
        compiled = compile_expression(expression)
        contexts = [_context(each) for each in given[question]]
        texts = [json.dumps(context).encode() for context in contexts]
        name = "zen-engine, compiled expression"
        ask: Any = compiled.evaluate
        found.append(Contestant(f"{name}, dict", question, ask, contexts, read))
        found.append(Contestant(f"{name}, JSON text", question, ask, texts, read))

        def ask(context: Any, key: str = question) -> Any:
            return engine.evaluate(key, context)

        found.append(
            Contestant(
                "zen-engine, decision table by key", question, ask, contexts, _reader(question)
            )
        )
    return found


def _context(given: Input) -> dict[str, Any]:
    return {
        name: value.toordinal() if isinstance(value, date) else value
        for name, value in given.document.items()
        if name != "id"
    }


def _duty_mode_expression() -> str:
    return "pilot ? 'three_teams_one_room' : officers >= 12 ? 'two_teams_one_room' : 'zoned'"


def _task_expression() -> str:
    steps = ", ".join(f"{lacking} ? '{name}' : null" for name, lacking in _MISSING.items())
    reason = f"{_NOT_A_DUTY} ? '3.4/1' : null"
    return f"{_NEEDS} ? [{reason}, starts_on <= {_TODAY}, {steps}] : [{reason}, false]"


def _listed(named: Any) -> str:
    return "[" + ", ".join(f"{condition} ? '{name}' : null" for name, condition in named) + "]"


def _named(found: list[str | None]) -> list[str]:
    return [name for name in found if name]


def _read_task(found: list[Any]) -> Answer:
    not_a_duty, begun, *steps = found
    missing = _named(steps)
    late = ["3.3/3"] if missing and begun else []
    return verdict(late + _named([not_a_duty]), missing)


def _reader(question: str) -> Any:
    if question == "duty_mode":
        return lambda a: (a["result"]["value"], (_CITES[a["result"]["value"]],))
    if question == "case":
        return lambda a: verdict([row["name"] for row in a["result"]])

    def read(answer: Any) -> Answer:
        named = [row["name"] for row in answer["result"]]
        missing = [name for name in named if name in STEPS]
        late = ["3.3/3"] if missing and "begun" in named else []
        return verdict(late + [name for name in named if name == "3.4/1"], missing)

    return read


def _tables() -> dict[str, Any]:
    steps = {name: f"{_NEEDS} and {lacking}" for name, lacking in _MISSING.items()}
    task = {"3.4/1": _NOT_A_DUTY, "begun": f"{_NEEDS} and starts_on <= {_TODAY}", **steps}
    return {
        "duty_mode": _table("first", "value", _DUTY_MODES),
        "case": _table("collect", "name", _CASE),
        "task": _table("collect", "name", task),
    }


def _table(hit_policy: str, output: str, rows: Mapping[str, str]) -> dict[str, Any]:
    """A decision table with one column of conditions: an input without a field takes any."""
    table = {
        "hitPolicy": hit_policy,
        "inputs": [{"id": "condition", "name": "condition"}],
        "outputs": [{"id": "answer", "name": "answer", "field": output}],
        "rules": [
            {"_id": name, "condition": condition, "answer": f"'{name}'"}
            for name, condition in rows.items()
        ],
    }
    nodes: tuple[tuple[str, str, dict[str, Any]], ...] = (
        ("in", "inputNode", {}),
        ("table", "decisionTableNode", table),
        ("out", "outputNode", {}),
    )
    return {
        "contentType": "application/vnd.gorules.decision",
        "nodes": [
            {"id": id_, "name": id_, "type": kind, "content": content}
            for id_, kind, content in nodes
        ],
        "edges": [
            {"id": f"{one}-{other}", "type": "edge", "sourceId": one, "targetId": other}
            for one, other in (("in", "table"), ("table", "out"))
        ],
    }
