"""The OpenAPI 3.1 document, made of the schemas of the documents that are read and written."""

from __future__ import annotations

from collections.abc import Mapping
from importlib.metadata import version
from typing import Any, Final

from ..formats.answers_schema import answers_schema
from ..formats.facts_schema import Schema, facts_schema
from ..formats.schema_parts import DATE_OR_NULL
from ..language import RuleSet
from ..render.wording import Language, pick
from .asking import Service
from .authzen import METADATA
from .authzen_schemas import QUESTIONS, answer_schema, question_example, question_schema
from .described import requests_of
from .problems import KINDS, MEDIA_TYPE

_SCHEMAS: Final = "#/components/schemas/"
_TEXT: Final[Schema] = {"type": "string"}
# What each address answers, in Chinese and English, and what a request names beside its facts.
_ASKED: Final = {
    "/v1/decide": ("认定", "Decisions on all facts", ("name",)),
    "/v1/check": ("事前审核", "Verdicts on all requests", ()),
    "/v1/audit": ("核查", "Everything that the directive says of the facts", ()),
    "/v1/explain": ("说明", "Why the answers about one fact are so", ("subject", "name", "cite")),
}
HOW_TO: Final = "/v1/how-to"
_ADVICE: Final[Schema] = {
    "type": "object",
    "required": ["subject", "goal", "result", "ways", "obstacles"],
    "properties": {
        "subject": _TEXT, "goal": _TEXT,
        "result": {"enum": ["reached", "possible", "impossible", "open"]},
        "ways": {"type": "array", "items": {"type": "object", "required": ["cost", "changes"]}},
        "obstacles": {"type": "array", "items": {"type": "object"}},
        "more": {"type": "boolean"}, "bounded": {"type": "boolean"},
    },
}  # fmt: skip
# What is told to whoever asks, and what it is in Chinese and English.
_TOLD: Final = {
    "/health": ("health", "是否在运行", "Whether it runs", "application/json"),
    "/ready": ("ready", "是否接受请求", "Whether it takes requests", "application/json"),
    "/metrics": ("metrics", "Prometheus 指标", "Measures for Prometheus", "text/plain"),
    "/v1/directive": ("directive", "可以问的内容", "What can be asked", "application/json"),
    METADATA: ("authzen", "AuthZEN 地址", "The addresses of AuthZEN", "application/json"),
}
# Answered for whoever asks: they say nothing of the facts or the rules.
OPEN: Final = frozenset({"/health", "/ready"})
_NAMED: Final = {
    "name": ("只要此名称的认定事项", "only the decision of this name"),
    "subject": ("哪个事实，写作 列表/编号", "the fact, as collection/ID"),
    "cite": ("只要依据此条款的", "only what rests on this citation"),
}


def openapi_document(service: Service, lang: Language, *, guarded: bool) -> dict[str, Any]:
    """What can be asked over HTTP; descriptions in one language. `guarded`: with a token."""
    rules = service.rules
    schemas: dict[str, Schema] = {"Problem": _problem(lang)}
    _add("Facts", facts_schema(rules.directive.classes, lang), schemas)
    _add("Answers", answers_schema(rules, lang), schemas)
    schemas["Explained"] = _explained(schemas["Answers"])
    paths: dict[str, Any] = {}
    for path, (zh, en, names) in _ASKED.items():
        name = path.rpartition("/")[2]
        schemas[f"{name.title()}Request"] = _request(rules, names, lang)
        answers = "Explained" if "subject" in names else "Answers"
        posted = _post(name, f"{name.title()}Request", answers, lang, _example(rules, names))
        paths[path] = {"post": {"summary": pick(lang, zh, en), **posted}}
    schemas["HowToRequest"] = _how_to_request(rules, lang)
    schemas["Advice"] = _ADVICE
    sought = _example(rules, ("subject",)) | {"goal": "permitted"}
    paths[HOW_TO] = {
        "post": {
            "summary": pick(lang, "怎样达到目标", "How to reach an aim"),
            **_post("how-to", "HowToRequest", "Advice", lang, sought),
        }
    }
    for path, (zh, en, _) in QUESTIONS.items():
        name = path.removeprefix("/access/v1/").replace("/", "-")
        question, answer = (f"{name.title().replace('-', '')}{end}" for end in ("Question", ""))
        schemas[question] = question_schema(service, path, lang)
        schemas[answer] = answer_schema(path)
        posted = _post(name, question, answer, lang, question_example(service, path))
        paths[path] = {"post": {"summary": f"AuthZEN: {pick(lang, zh, en)}", **posted}}
    for path, (name, zh, en, media_type) in _TOLD.items():
        schema = _TEXT if media_type == "text/plain" else {"type": "object"}
        content = {"description": pick(lang, zh, en), "content": {media_type: {"schema": schema}}}
        responses = {"200": content, **_refusals(lang)}
        told = {"operationId": name, "summary": pick(lang, zh, en), "responses": responses}
        # They are answered for whoever asks.
        paths[path] = {"get": told | ({"security": []} if path in OPEN else {})}
    token = {"type": "http", "scheme": "bearer"}
    return {
        "openapi": "3.1.0",
        "info": {
            "title": f"policy_rules: {pick(lang, rules.directive.zh, rules.directive.en)}",
            "version": version("policy-rules"),
        },
        "paths": paths,
        **({"security": [{"token": []}]} if guarded else {}),
        "components": {
            "schemas": schemas,
            **({"securitySchemes": {"token": token}} if guarded else {}),
        },
    }


def _post(
    name: str, request: str, answer: str, lang: Language, example: Mapping[str, Any] | None
) -> dict[str, Any]:
    body: dict[str, Any] = {"schema": _ref(request)}
    return {
        "operationId": name,
        "requestBody": {
            "required": True,
            "content": {"application/json": body | ({"example": example} if example else {})},
        },
        "responses": {
            "200": _content(answer, pick(lang, "回答", "The answers")), **_refusals(lang),
        },
    }  # fmt: skip


def _refusals(lang: Language) -> dict[str, Any]:
    refused = _content("Problem", pick(lang, "请求被拒绝", "The request is refused"), MEDIA_TYPE)
    return {"4XX": refused, "5XX": refused}


def _request(rules: RuleSet, names: tuple[str, ...], lang: Language) -> Schema:
    options = {
        name: {"enum": [each.name for each in reading.options]}
        for name, reading in rules.readings.items()
    }
    decisions = [each.name for each in rules.definitions.values() if not each.inner]
    named: dict[str, Schema] = {
        name: {"enum": [*decisions, None]} if name == "name" else _named(name) for name in names
    }
    for name, schema in named.items():
        schema["description"] = pick(lang, *_NAMED[name])
    return {
        "type": "object",
        "properties": {
            "facts": _ref("Facts"),
            "as_of": DATE_OR_NULL,
            "readings": {"type": "object", "properties": options, "additionalProperties": False},
            "parameters": {
                "type": "object",
                "properties": {name: {} for name in rules.parameters},
                "additionalProperties": False,
            },
            **named,
        },
        "required": ["subject"] if "subject" in names else [],
        "additionalProperties": False,
    }


def _how_to_request(rules: RuleSet, lang: Language) -> Schema:
    """A request for advice: what others have, an aim, and what may change at what cost."""
    request = _request(rules, ("subject",), lang)
    texts = {"type": ["array", "null"], "items": _TEXT}
    about = {
        "goal": (_TEXT, "permitted、satisfied、条款，或 认定事项=值",
                 "permitted, satisfied, a citation, or a decision=value"),
        "may_change": (texts, "可改变的字段和可增加事实的列表", "fields and lists that may change"),
        "costs": ({"type": ["object", "null"]}, "改变的代价", "what changes cost"),
        "keep": (texts, "须保持的认定事项和条款", "decisions and citations that stay"),
    }  # fmt: skip
    request["properties"] |= {
        name: {**schema, "description": pick(lang, zh, en)}
        for name, (schema, zh, en) in about.items()
    }
    return request | {"required": ["subject", "goal"]}


def _named(name: str) -> Schema:
    return {"type": "string"} if name == "subject" else {"type": ["string", "null"]}


def _example(rules: RuleSet, names: tuple[str, ...]) -> dict[str, Any]:
    """A request that is answered: the first kind of request to act."""
    cls = requests_of(rules)[0]
    row = {"id": "1"}
    example: dict[str, Any] = {
        "as_of": rules.directive.issued.isoformat(),
        "facts": {cls.collection: [row]},
    }
    return example | ({"subject": f"{cls.collection}/1"} if "subject" in names else {})


def _problem(lang: Language) -> Schema:
    error = {
        "type": "object",
        "properties": {
            "pointer": _TEXT | {"description": "RFC 6901"},
            "code": _TEXT, "zh": _TEXT, "en": _TEXT,
        },
        "required": ["pointer", "code", "zh", "en"],
    }  # fmt: skip
    return {
        "description": pick(lang, "有误之处（RFC 9457）", "What is wrong (RFC 9457)"),
        "type": "object",
        "properties": {
            "type": {"enum": [f"urn:policy-rules:problem:{kind}" for kind in KINDS]},
            "title": _TEXT,
            "status": {"type": "integer"},
            "detail": _TEXT,
            "errors": {"type": "array", "items": error},
        },
        "required": ["type", "title", "status"],
    }


def _explained(answers: Schema) -> Schema:
    """Answers, each with its explanation; what they are is said where they are by themselves."""
    said = {"type": "object", "required": ["explanation"], "properties": {
        "explanation": {"type": "object", "properties": {"zh": _TEXT, "en": _TEXT}},
    }}  # fmt: skip
    listed = ("decisions", "verdicts", "findings", "agreements")
    return {
        "type": "object",
        "properties": {
            key: {"type": "array", "items": said} if key in listed else of
            for key, of in answers["properties"].items()
        },
        "required": answers["required"],
    }


def _add(name: str, schema: Schema, schemas: dict[str, Schema]) -> None:
    """Take a schema among those of the document: what it defines stands beside it."""
    parts = schema.pop("$defs")
    schema.pop("$schema")
    places = {f"#/$defs/{part}": f"{_SCHEMAS}{part}" for part in parts}
    places["#/properties/"] = f"{_SCHEMAS}{name}/properties/"
    schemas[name] = _placed(schema, places)
    for part, of in parts.items():
        schemas[part] = _placed(of, places)


def _placed(schema: Any, places: dict[str, str]) -> Any:
    match schema:
        case {"$ref": str(at), **others}:
            for old, new in places.items():
                if at == old or at.startswith((f"{old}/", old if old[-1] == "/" else f"{old}/")):
                    return {"$ref": new + at[len(old) :], **others}
            return schema
        case dict():
            return {key: _placed(each, places) for key, each in schema.items()}
        case list():
            return [_placed(each, places) for each in schema]
        case _:
            return schema


def _ref(name: str) -> Schema:
    return {"$ref": f"{_SCHEMAS}{name}"}


def _content(name: str, description: str, media_type: str = "application/json") -> dict[str, Any]:
    return {"description": description, "content": {media_type: {"schema": _ref(name)}}}
