"""AuthZEN 1.0 (OpenID): may this subject do this to that resource, as the directive judges acts.

An action is a kind of request that the directive speaks of, by the name of its class (`task`,
`criminal_case`), and its properties are the fields of that request. The resource is what the
request refers to, of a kind that there are facts of (`station`), and its properties are that fact's
fields; so is a subject of such a kind (`officer`). A subject of another kind names who asks, and
decides nothing. The context takes what other requests have: `facts`, `as_of`, `readings`,
`parameters`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any, Final

from attrs import evolve

from ..answers import Outcome
from ..facts import Fact, Fault, Kind, fields_of
from ..facts.faults import FaultCode, shown
from ..formats import to_json
from ..formats.choices import unknown_name
from .asking import Request, Service
from .described import requests_of
from .problems import ProblemError

Question = Callable[[Service, bytes, str | None], Mapping[str, Any]]

METADATA: Final = "/.well-known/authzen-configuration"
_OF_CONTEXT: Final = ("as_of", "readings", "parameters")
# Under the semantics of several evaluations, the decision after which no more are answered.
_ENDS: Final = {
    "execute_all": None, "deny_on_first_deny": False, "permit_on_first_permit": True,
}  # fmt: skip
# The entities of a question, and whether they are told apart by an id.
_ENTITIES: Final = {"subject": True, "action": False, "resource": True}


def evaluation(service: Service, body: bytes, caller_id: str | None) -> dict[str, Any]:
    """One question: `decision`, and in `context` the outcome, reasons, missing steps and needs."""
    return _decided(service, service.content(body), caller_id)


def evaluations(service: Service, body: bytes, caller_id: str | None) -> dict[str, Any]:
    """Several questions, of which each takes what it does not say from the request around them."""
    content = service.content(body)
    several = content.get("evaluations")
    if several is None or several == []:
        return _decided(service, content, caller_id)
    faults: list[Fault] = []
    if not isinstance(several, list):
        faults.append(_wrong("evaluations", several, "列表", "a list"))
        several = []
    options = content.get("options") or {}
    meant = options.get("evaluations_semantic", "execute_all") if isinstance(options, dict) else ""
    if meant not in _ENDS:
        place = "options: evaluations_semantic"
        faults.append(unknown_name(place, "方式", "semantics", str(meant), _ENDS))
    if faults:
        raise ProblemError("malformed", faults)
    shared = {key: content[key] for key in (*_ENTITIES, "context") if key in content}
    found = []
    for each in several:
        try:
            if not isinstance(each, Mapping):
                raise ProblemError("malformed", [_wrong("", each, "对象", "an object")])
            found.append(_decided(service, {**shared, **each}, caller_id))
        except ProblemError as problem:
            found.append(_not_permitted(problem))
        if found[-1]["decision"] is _ENDS[meant]:
            break
    return {"evaluations": found}


def subjects(service: Service, body: bytes, _: str | None) -> dict[str, Any]:
    """The known facts of the subject's kind that may do it."""
    return _search(service, body, "subject")


def resources(service: Service, body: bytes, _: str | None) -> dict[str, Any]:
    """The known facts of the resource's kind to which it may be done."""
    return _search(service, body, "resource")


def actions(service: Service, body: bytes, _: str | None) -> dict[str, Any]:
    """The actions that are permitted, without properties of their own."""
    content = {**service.content(body)}
    content.pop("action", None)
    names = [{"name": _name(each)} for each in requests_of(service.rules)]
    permitted = [each for each in names if _permits(service, {**content, "action": each})]
    return {"results": permitted}


ADDRESSES: Final[Mapping[str, Question]] = {
    "/access/v1/evaluation": evaluation,
    "/access/v1/evaluations": evaluations,
    "/access/v1/search/subject": subjects,
    "/access/v1/search/resource": resources,
    "/access/v1/search/action": actions,
}


def metadata(base: str) -> dict[str, Any]:
    """Where each kind of question is asked."""
    names = {
        "/access/v1/evaluation": "access_evaluation_endpoint",
        "/access/v1/evaluations": "access_evaluations_endpoint",
        "/access/v1/search/subject": "search_subject_endpoint",
        "/access/v1/search/resource": "search_resource_endpoint",
        "/access/v1/search/action": "search_action_endpoint",
    }
    return {
        "policy_decision_point": base,
        **{name: f"{base}{path}" for path, name in names.items()},
    }


def _search(service: Service, body: bytes, entity: str) -> dict[str, Any]:
    content = service.content(body)
    faults: list[Fault] = []
    kinds = _kinds(service)
    asked = _entity(content, entity, faults, with_id=False)
    if faults:
        raise ProblemError("malformed", faults)
    kind = asked["type"]
    if kind not in kinds:
        return {"results": []}
    found = [{"type": kind, "id": fact.id} for fact in service.known.all(kinds[kind])]
    return {
        "results": [each for each in found if _permits(service, {**content, entity: asked | each})]
    }


def _permits(service: Service, content: Mapping[str, Any]) -> bool:
    """Whether it is permitted; what is sought among many is not put on record."""
    decided: bool = _decided(evolve(service, log=None), content, None)["decision"]
    return decided


def _decided(service: Service, content: Mapping[str, Any], caller_id: str | None) -> dict[str, Any]:
    parts = _parts(content)
    try:
        asked, fact = _asked(service, parts, content.get("context") or {})
    except ProblemError as problem:
        return _not_permitted(problem)
    verdict = asked.policy.check(fact, asked.facts)
    service.record(asked, [verdict], caller_id)
    said = verdict.as_json()
    context = {key: said[key] for key in ("outcome", "reasons", "missing_steps", "needs")}
    return {"decision": verdict.outcome is Outcome.PERMITTED, "context": context}


def _not_permitted(problem: ProblemError) -> dict[str, Any]:
    """The answer to a question that cannot be asked of the directive: it permits nothing."""
    return {"decision": False, "context": {"error": problem.as_json("en")}}


def _parts(content: Mapping[str, Any]) -> dict[str, dict[str, Any]]:
    """The entities of a question. Raises ProblemError where it lacks what every question has."""
    faults: list[Fault] = []
    parts = {
        name: _entity(content, name, faults, with_id=with_id) for name, with_id in _ENTITIES.items()
    }
    if not isinstance(content.get("context", {}), Mapping):
        faults.append(_wrong("context", content["context"], "对象", "an object"))
    if faults:
        raise ProblemError("malformed", faults)
    return parts


def _asked(
    service: Service, parts: Mapping[str, dict[str, Any]], context: Mapping[str, Any]
) -> tuple[Request, Fact]:
    """A question as the directive knows it: the policy and the facts, and the act among them."""
    kinds = {_name(each): each for each in requests_of(service.rules)}
    action = parts["action"]["name"]
    if action not in kinds:
        raise ProblemError(
            "invalid", [unknown_name("action: name", "行为", "action", action, kinds)]
        )
    cls = kinds[action]
    request: dict[str, Any] = {"id": "asked", **(parts["action"].get("properties") or {})}
    facts = _known(service, context.get("facts"))
    for entity in ("subject", "resource"):
        part, of = parts[entity], _kinds(service).get(parts[entity]["type"])
        names = [] if of is None else list(_references(cls, of))
        # Passed over, a resource would be permitted whatever it is.
        if entity == "resource" and not names:
            raise ProblemError("invalid", [_no_resource(cls, part["type"], service)])
        for name in names:
            request.setdefault(name, part["id"])
        if of is not None and (properties := part.get("properties")):
            facts.setdefault(of.collection, []).append({"id": part["id"], **properties})
    facts.setdefault(cls.collection, []).append(request)
    asked = {key: context[key] for key in _OF_CONTEXT if key in context}
    read = service.ask(asked | {"facts": _latest(facts)})
    return read, read.facts.named(cls, str(request["id"]))


def _no_resource(cls: type[Fact], kind: str, service: Service) -> Fault:
    known = [name for name, of in _kinds(service).items() if any(_references(cls, of))]
    return unknown_name("resource: type", "此类资源", "such kind of resource", kind, known)


def _known(service: Service, sent: Any) -> dict[str, Any]:
    """The facts that the service has and those of a request, as a document."""
    document = to_json(service.known)
    if not isinstance(sent, Mapping | None):
        raise ProblemError("invalid", [_wrong("context: facts", sent, "对象", "an object")])
    for key, rows in (sent or {}).items():
        held = document.get(key, [])
        if isinstance(rows, list) and isinstance(held, list):
            document[key] = held + rows
        else:
            document[key] = rows
    return document


def _latest(document: dict[str, Any]) -> dict[str, Any]:
    """A document in which, of rows with one id, the last stands: what is sent, not what was."""
    for key, rows in document.items():
        if isinstance(rows, list) and all(isinstance(row, Mapping) for row in rows):
            by_id = {str(row.get("id", place)): row for place, row in enumerate(rows)}
            document[key] = list(by_id.values())
    return document


def _references(cls: type[Fact], of: type[Fact]) -> Iterator[str]:
    for spec in fields_of(cls).values():
        if spec.kind is Kind.REFERENCE and spec.target == of.collection:
            yield spec.name


def _kinds(service: Service) -> dict[str, type[Fact]]:
    return {_name(each): each for each in service.rules.directive.classes}


def _name(cls: type[Fact]) -> str:
    return re.sub(r"(?<=[a-z])(?=[A-Z])", "_", cls.__name__).lower()


def _entity(
    content: Mapping[str, Any], name: str, faults: list[Fault], *, with_id: bool
) -> dict[str, Any]:
    given = content.get(name)
    if not isinstance(given, Mapping):
        faults.append(_wrong(name, given, "对象", "an object"))
        return {}
    needed = (("type", "id") if with_id else ("type",)) if name != "action" else ("name",)
    for key in needed:
        if not isinstance(given.get(key), str) or not given[key]:
            faults.append(_wrong(f"{name}: {key}", given.get(key), "文字", "a text"))
    properties = given.get("properties")
    if properties is not None and not isinstance(properties, Mapping):
        faults.append(_wrong(f"{name}: properties", properties, "对象", "an object"))
    return {**given}


def _wrong(place: str, found: Any, zh: str, en: str) -> Fault:
    found_zh, found_en = shown(found)
    return Fault(
        place=place,
        code=FaultCode.WRONG_SHAPE,
        zh=f"应为{zh}，实为{found_zh}",
        en=f"expected {en}, found {found_en}",
    )
