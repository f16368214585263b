"""What schemas of what is written are made of: objects, choices, texts, with what they mean."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final, TypeAlias

from ..answers import Standings
from ..facts import Labelled
from ..language import RuleSet
from ..render.wording import Language, pick
from .facts_schema import Schema, as_date

# What a key holds, and what that means in Chinese and English.
Keys: TypeAlias = "Mapping[str, tuple[Schema, str, str]]"

TEXT: Final[Schema] = {"type": "string"}
NUMBER: Final[Schema] = {"type": ["integer", "null"]}
COUNT: Final[Schema] = {"type": "integer", "minimum": 0}
TEXT_OR_NULL: Final[Schema] = {"type": ["string", "null"]}
TEXTS: Final[Schema] = {"type": "array", "items": TEXT}
DATE_OR_NULL: Final[Schema] = {"anyOf": [as_date({}), {"type": "null"}]}
WORDS: Final[Keys] = {
    "zh": (TEXT, "中文表述", "in Chinese"),
    "en": (TEXT, "英文表述", "in English"),
}
NEEDS: Final = (TEXTS, "需要补充什么才能判定", "the facts that settle it, where it is open")
CITE: Final = (TEXT, "条款号", "the citation of the rule")


def object_of(keys: Keys, lang: Language, optional: Iterable[str] = ()) -> Schema:
    """The schema of an object that has these keys and no others."""
    left = frozenset(optional)
    return {
        "type": "object",
        "properties": {
            key: {"description": pick(lang, zh, en)} | of for key, (of, zh, en) in keys.items()
        },
        "required": [key for key in keys if key not in left],
        "additionalProperties": False,
    }


def one_of(of: type[Labelled]) -> Schema:
    """The schema of one of the values of a choice."""
    return {"enum": [each.value for each in of]}


def status_of(of: type[Standings]) -> tuple[Schema, str, str]:
    """The same, with what each value means."""
    zh = "，".join(f"{each.value}：{each.zh}" for each in of)
    en = ", ".join(f"{each.value}: {each.en}" for each in of)
    return one_of(of), zh, en


def subject_of(rules: RuleSet) -> Schema:
    """The schema of the key of a fact."""
    collections = "|".join(cls.collection for cls in rules.directive.classes)
    return {"type": "string", "pattern": f"^(?:{collections})/"}


def list_of(name: str) -> Schema:
    """The schema of a list of what is defined under a name."""
    return {"type": "array", "items": {"$ref": f"#/$defs/{name}"}}
