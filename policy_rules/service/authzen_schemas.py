"""The schemas of AuthZEN's questions and answers, for the OpenAPI document.

Unknown keys are passed over, so that none is forbidden.
"""

from __future__ import annotations

from typing import Any, Final

from ..facts.linking import references_of
from ..formats.facts_schema import Schema
from ..render.wording import Language, pick
from .asking import Service
from .authzen import SEMANTICS
from .questions import ENTITIES, terms_of

_TEXT: Final[Schema] = {"type": "string"}
_NAME: Final[Schema] = {"type": "string", "minLength": 1}
_OBJECT: Final[Schema] = {"type": ["object", "null"]}
_TEXT_OR_NULL: Final[Schema] = {"type": ["string", "null"]}
# What each address answers, in Chinese and English, and the entity that it seeks.
QUESTIONS: Final[dict[str, tuple[str, str, str | None]]] = {
    "/access/v1/evaluation": ("一次评估", "One evaluation", None),
    "/access/v1/evaluations": ("多次评估", "Several evaluations", None),
    "/access/v1/search/subject": ("查找主体", "Who may do it", "subject"),
    "/access/v1/search/resource": ("查找资源", "To what it may be done", "resource"),
    "/access/v1/search/action": ("查找行为", "What may be done", "action"),
}


def question_schema(service: Service, path: str, lang: Language) -> Schema:
    """What a question at an address holds."""
    sought = QUESTIONS[path][2]
    entities = {
        name: _entity(keys[:1] if name == sought else keys)
        for name, keys in ENTITIES.items()
        if not name == sought == "action"
    }
    about = pick(
        lang, "as_of、readings、parameters 和 facts，如其他请求",
        "as_of, readings, parameters and facts, as other requests have them",
    )  # fmt: skip
    properties: Schema = {**entities, "context": _OBJECT | {"description": about}}
    if sought is not None:
        limit = {"type": ["integer", "null"], "minimum": 0}
        properties["page"] = _OBJECT | {"properties": {"limit": limit, "token": _TEXT_OR_NULL}}
    one: Schema = {"type": "object", "properties": properties, "required": list(entities)}
    if not path.endswith("evaluations"):
        return one
    options = _OBJECT | {"properties": {"evaluations_semantic": {"enum": [*SEMANTICS, None]}}}
    several = {"type": "array", "minItems": 1, "maxItems": service.limits.evaluations}
    alone = {"evaluations": {"type": ["array", "null"], "maxItems": 0}}
    # Several, to which what stands around them is what they leave unsaid; or none.
    return {
        "anyOf": [
            {
                "type": "object", "required": ["evaluations"],
                "properties": {"evaluations": several, "options": options},
            },
            one | {"properties": properties | alone},
        ]
    }  # fmt: skip


def answer_schema(path: str) -> Schema:
    """What comes back from an address."""
    sought = QUESTIONS[path][2]
    if sought is None:
        one = {
            "type": "object", "required": ["decision", "context"],
            "properties": {"decision": {"type": "boolean"}, "context": {"type": "object"}},
        }  # fmt: skip
        several = {
            "type": "object", "required": ["evaluations"],
            "properties": {"evaluations": {"type": "array", "items": one}},
        }  # fmt: skip
        return {"anyOf": [one, several]} if path.endswith("evaluations") else one
    keys = ENTITIES[sought]
    found = {"type": "object", "required": [*keys], "properties": dict.fromkeys(keys, _NAME)}
    page = {
        "type": "object", "required": ["next_token"],
        "properties": {"next_token": _TEXT, "count": {"type": "integer", "minimum": 0}},
    }  # fmt: skip
    return {
        "type": "object", "required": ["results"],
        "properties": {
            "page": page, "context": {"type": "object"},
            "results": {"type": "array", "items": found},
        },
    }  # fmt: skip


def question_example(service: Service, path: str) -> dict[str, Any] | None:
    """A question that is answered, of the first kind of act that refers to something; if any."""
    terms = terms_of(service.directive)
    asked = (
        {
            "subject": {"type": "caller", "id": "1"},
            "action": {"name": name},
            "resource": {"type": kind, "id": "1"},
            "context": {"as_of": service.rules.directive.issued.isoformat()},
        }
        for name, cls in terms.actions.items()
        for kind, of in terms.kinds.items()
        if of.collection in references_of(cls).values()
    )
    example = next(asked, None)
    sought = QUESTIONS[path][2]
    if example is not None and sought is not None:
        example[sought] = {key: each for key, each in example[sought].items() if key == "type"}
    return example


def _entity(keys: tuple[str, ...]) -> Schema:
    properties = {**dict.fromkeys(keys, _NAME), "properties": _OBJECT}
    return {"type": "object", "properties": properties, "required": [*keys]}
