"""A question of AuthZEN as the directive knows it: an act among facts.

An action is a kind of request that the directive speaks of, by the name of its class (`task`,
`criminal_case`), and its properties are the fields of that request. The resource is what the
request refers to, of a kind that there are facts of (`station`), and its properties are that fact's
fields; so is a subject of such a kind (`officer`). A subject of another kind names who asks, and
decides nothing. The context takes what other requests have: `facts`, `as_of`, `readings`,
`parameters`.

Properties that mean nothing here are passed over, as AuthZEN asks. What is meant by one that is
misspelt is then unknown, which permits nothing that the right one forbids; so properties stand in
the place of all that was known of a fact, rather than beside it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Any, Final

from attrs import evolve, frozen

from ..answers import Verdict
from ..facts import Exemption, Fact, FactError, Facts, Fault
from ..facts.faults import FaultCode, quoted
from ..facts.linking import exempts_nothing, references_of
from ..formats.choices import unknown_name
from ..formats.decoding import Listing, decoded, field_words, repeated
from ..formats.json_values import CONVERTED, json_value
from ..policy import LoadedDirective
from .asking import Request, Service, repeated_keys, wrong
from .described import requests_of
from .problems import ProblemError

# The entities of a question, and what tells each apart.
ENTITIES: Final = {"subject": ("type", "id"), "action": ("name",), "resource": ("type", "id")}
_OF_CONTEXT: Final = ("facts", "as_of", "readings", "parameters")
Parts = Mapping[str, Mapping[str, Any]]


@frozen
class Terms:
    """The names of what a directive speaks of: its kinds of requests, and of facts."""

    actions: Mapping[str, type[Fact]]
    kinds: Mapping[str, type[Fact]]


@frozen
class Question:
    """An act and the facts among which it is judged; `ignored` are properties passed over."""

    act: Fact
    facts: Facts
    ignored: tuple[str, ...]


@lru_cache
def terms_of(directive: LoadedDirective) -> Terms:
    """The names by which questions speak of what a directive does."""
    return Terms(
        {_name(each): each for each in requests_of(directive.rules)},
        {_name(each): each for each in directive.rules.directive.classes},
    )


def parts_of(content: Mapping[str, Any], sought: str | None = None) -> dict[str, dict[str, Any]]:
    """The entities of a question, of which the one that is `sought` is not told apart.

    Raises ProblemError where it lacks what every such question has.
    """
    faults: list[Fault] = []
    parts = {
        name: _entity(content, name, keys[:1] if name == sought else keys, faults)
        for name, keys in ENTITIES.items()
        if not name == sought == "action"
    }
    context = content.get("context")
    if not isinstance(context, Mapping | None):
        faults.append(wrong("context", context, "对象", "an object"))
    faults += repeated_keys("context", context)
    if faults:
        raise ProblemError("malformed", faults)
    return parts


def setting_of(service: Service, context: Mapping[str, Any] | None) -> Request:
    """The policy of a context, and the facts that are known with those that it sends.

    Raises ProblemError with all that is wrong with it.
    """
    said = {key: context[key] for key in _OF_CONTEXT if key in context} if context else {}
    try:
        return service.ask(said, among=service.known)
    except ProblemError as problem:
        faults = [evolve(each, place=f"context: {each.place}") for each in problem.faults]
        raise ProblemError(problem.kind, faults) from problem


def question(service: Service, setting: Request, parts: Parts) -> Question:
    """The act that is asked about. Raises ProblemError where the directive knows no such one."""
    terms = terms_of(service.directive)
    name = parts["action"]["name"]
    cls = terms.actions.get(name)
    if cls is None:
        fault = unknown_name("action: name", "行为", "action", name, terms.actions)
        raise ProblemError("invalid", [fault])
    faults: list[Fault] = []
    ignored: list[str] = []
    row = {"id": "asked"} | _properties(cls, "action", parts, faults, ignored)
    added: list[Fact] = []
    filled_in: dict[str, str] = {}
    for entity in ("subject", "resource"):
        part = parts[entity]
        of = terms.kinds.get(part["type"])
        names = [] if of is None else list(_references(cls, of))
        if part["id"] not in [row.get(each) for each in names]:
            unsaid = [each for each in names if each not in row]
            row |= dict.fromkeys(unsaid, part["id"])
            filled_in |= dict.fromkeys(unsaid, entity)
            # Passed over, a resource would be permitted whatever it is.
            if entity == "resource" and not unsaid:
                faults.append(_no_resource(cls, part, names, terms))
        if of is not None and part.get("properties"):
            known = _properties(of, entity, parts, faults, ignored) | {"id": part["id"]}
            added += _made(of, entity, known, faults)
    acts = _made(cls, "action", row, faults)
    if faults:
        raise ProblemError("invalid", faults)
    try:
        facts = setting.facts.including([*added, *acts])
    except FactError as error:
        (act,) = acts
        raise ProblemError("invalid", _placed(error.faults, act, filled_in)) from error
    if vain := [each for each in setting.policy.exemptions if _exempts_nothing(each, facts)]:
        place = "context: facts: exemptions"
        faults = [exempts_nothing(place, "subject", each.subject or "") for each in vain]
        raise ProblemError("invalid", faults)
    return Question(acts[0], facts, tuple(ignored))


def answered(service: Service, setting: Request, asked: Question, caller_id: str | None) -> Verdict:
    """The verdict on an act, which is on record where there is one."""
    verdict = setting.policy.check(asked.act, asked.facts)
    service.record(evolve(setting, facts=asked.facts), [verdict], caller_id)
    return verdict


def _entity(
    content: Mapping[str, Any], name: str, needed: Iterable[str], faults: list[Fault]
) -> dict[str, Any]:
    given = content.get(name)
    if not isinstance(given, Mapping):
        faults.append(wrong(name, given, "对象", "an object"))
        return {}
    for key in needed:
        if not isinstance(given.get(key), str) or not given[key]:
            faults.append(wrong(f"{name}: {key}", given.get(key), "文字", "a text"))
    properties = given.get("properties")
    if not isinstance(properties, Mapping | None):
        faults.append(wrong(f"{name}: properties", properties, "对象", "an object"))
    faults += repeated_keys(name, given)
    faults += repeated_keys(f"{name}: properties", properties)
    return {**given}


def _properties(
    cls: type[Fact], entity: str, parts: Parts, faults: list[Fault], ignored: list[str]
) -> dict[str, Any]:
    """The fields of a fact that an entity's properties give."""
    words = field_words(cls)
    row: dict[str, Any] = {}
    for word, value in (parts[entity].get("properties") or {}).items():
        spec = words.get(word)
        if spec is None:
            ignored.append(f"{entity}.{word}")
        elif spec.name in row:
            faults.append(repeated(f"{entity}: properties", word, spec.name))
        elif value is not None:
            row[spec.name] = value
    return row


def _made(cls: type[Fact], entity: str, row: dict[str, Any], faults: list[Fault]) -> list[Fact]:
    place = f"{entity}: properties"
    return decoded(Listing(cls, [row], lambda _: place, json_value, CONVERTED), faults)


def _placed(faults: Iterable[Fault], act: Fact, filled_in: Mapping[str, str]) -> list[Fault]:
    """Faults of the facts of a question, at the places that gave them."""
    return [
        each
        if each.place != act.key
        else evolve(each, place=f"{filled_in[each.field]}: id", field="")
        if each.field in filled_in
        else evolve(each, place="action: properties")
        for each in faults
    ]


def _exempts_nothing(exemption: Exemption, facts: Facts) -> bool:
    """Whether an exemption is for a fact that is not in its list, which holds any or is whole."""
    collection, _, id_ = (exemption.subject or "").partition("/")
    listed = facts.collections.get(collection, ())
    return (bool(listed) or facts.is_complete(collection)) and (
        not listed or facts.get(type(listed[0]), id_) is None
    )


def _no_resource(
    cls: type[Fact], part: Mapping[str, Any], names: Iterable[str], terms: Terms
) -> Fault:
    if names:
        said = ", ".join(names)
        zh = f"行为的 {said} 指的是别的对象，而非{quoted(part['id'])}；请改为一致"
        en = f"the action's {said} names another than {quoted(part['id'])}; make them agree"
        return Fault(place="resource: id", code=FaultCode.WRONG_SHAPE, zh=zh, en=en)
    known = [name for name, of in terms.kinds.items() if any(_references(cls, of))]
    return unknown_name("resource: type", "此类资源", "such kind of resource", part["type"], known)


def _references(cls: type[Fact], of: type[Fact]) -> Iterable[str]:
    return (name for name, target in references_of(cls).items() if target == of.collection)


def _name(cls: type[Fact]) -> str:
    return re.sub(r"(?<=[a-z])(?=[A-Z])", "_", cls.__name__).lower()
