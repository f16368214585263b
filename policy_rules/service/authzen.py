"""AuthZEN 1.0 (OpenID): may this subject do this to that resource, as the directive judges acts."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from time import monotonic
from typing import Any, Final

from ..answers import Outcome
from ..facts import Fault
from ..facts.faults import FaultCode
from ..formats.choices import unknown_name
from .asking import Request, Service, repeated_keys, wrong
from .problems import ProblemError
from .questions import (
    ENTITIES,
    answered,
    parts_of,
    question,
    setting_of,
)
from .searches import actions, resources, subjects

Asked = Callable[[Service, bytes, str | None], Mapping[str, Any]]

METADATA: Final = "/.well-known/authzen-configuration"
# Under the semantics of several evaluations, the decision after which no more are answered.
SEMANTICS: Final = {
    "execute_all": None, "deny_on_first_deny": False, "permit_on_first_permit": True,
}  # fmt: skip


def evaluation(service: Service, body: bytes, caller_id: str | None) -> dict[str, Any]:
    """One question: `decision`, and in `context` the outcome, reasons, missing steps and needs."""
    content = service.content(body)
    return _decided(service, content, parts_of(content), caller_id, {})


def evaluations(service: Service, body: bytes, caller_id: str | None) -> dict[str, Any]:
    """Several questions, of which each takes what it does not say from the request around them."""
    content = service.content(body)
    several = content.get("evaluations")
    if several is None or several == []:
        return _decided(service, content, parts_of(content), caller_id, {})
    ends = SEMANTICS[_semantics(service, content, several)]
    shared = {key: content[key] for key in (*ENTITIES, "context") if key in content}
    settings: dict[int, Request] = {}
    found = []
    until = monotonic() + service.limits.seconds
    for each in several:
        if monotonic() > until:
            raise ProblemError("out-of-time")
        try:
            if not isinstance(each, Mapping):
                raise ProblemError("malformed", [wrong("", each, "对象", "an object")])
            if twice := repeated_keys("", each):
                raise ProblemError("malformed", twice)
            whole = _with_defaults(each, shared)
            found.append(_decided(service, whole, parts_of(whole), caller_id, settings))
        except ProblemError as problem:
            found.append(_not_permitted(problem))
        if found[-1]["decision"] is ends:
            break
    return {"evaluations": found}


ADDRESSES: Final[Mapping[str, Asked]] = {
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


def _semantics(service: Service, content: Mapping[str, Any], several: Any) -> str:
    """The semantics of several evaluations. Raises ProblemError where they cannot be answered."""
    faults: list[Fault] = []
    if not isinstance(several, list):
        faults.append(wrong("evaluations", several, "列表", "a list"))
    elif len(several) > (most := service.limits.evaluations):
        zh = f"应至多有 {most} 项，实有 {len(several)} 项；请分批"
        en = f"expected at most {most}, found {len(several)}; send them in parts"
        fault = Fault(place="evaluations", code=FaultCode.WRONG_SHAPE, zh=zh, en=en)
        raise ProblemError("too-large", [fault])
    options = content.get("options")
    if not isinstance(options, Mapping | None):
        faults.append(wrong("options", options, "对象", "an object"))
    faults += repeated_keys("options", options)
    meant = (options or {}).get("evaluations_semantic") if not faults else None
    if meant is not None and meant not in list(SEMANTICS):
        place = "options: evaluations_semantic"
        faults.append(unknown_name(place, "方式", "semantics", str(meant), SEMANTICS))
    if faults:
        raise ProblemError("malformed", faults)
    return meant or "execute_all"


def _with_defaults(each: Mapping[str, Any], shared: Mapping[str, Any]) -> dict[str, Any]:
    """An evaluation with what it does not say: of an entity of its own, only what it is called.

    The properties of another resource are not those of this one.
    """
    whole = {**shared, **each}
    for name, keys in ENTITIES.items():
        own, default = each.get(name), shared.get(name)
        if isinstance(own, Mapping) and isinstance(default, Mapping):
            lacking = {key: default[key] for key in keys if key in default and key not in own}
            if lacking:
                whole[name] = {**own, **lacking}
    return whole


def _decided(
    service: Service,
    content: Mapping[str, Any],
    parts: Mapping[str, dict[str, Any]],
    caller_id: str | None,
    settings: dict[int, Request],
) -> dict[str, Any]:
    """The answer to one question; the setting of a context that several share is made once."""
    context = content.get("context")
    try:
        setting = settings.get(id(context)) or setting_of(service, context)
        settings[id(context)] = setting
        asked = question(service, setting, parts)
    except ProblemError as problem:
        return _not_permitted(problem)
    verdict = answered(service, setting, asked, caller_id)
    said = verdict.as_json()
    why = {key: said[key] for key in ("outcome", "reasons", "missing_steps", "needs")}
    if asked.ignored:
        why["ignored"] = list(asked.ignored)
    return {"decision": verdict.outcome is Outcome.PERMITTED, "context": why}


def _not_permitted(problem: ProblemError) -> dict[str, Any]:
    """The answer to a question that cannot be asked of the directive: it permits nothing."""
    return {"decision": False, "context": {"error": problem.as_json("en")}}
