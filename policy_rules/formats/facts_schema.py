"""The JSON Schema of facts documents, of the same declarations that the reader reads by."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Any, Final

from ..facts import Exemption, Fact, FieldSpec, Kind, fields_of
from ..facts.nothing import WORD
from ..facts.specs import EARLIEST, LATEST, MOST_DIGITS
from ..facts.vocabulary import SETTINGS
from ..render.wording import Language, pick
from .decoding import collection_words, field_words
from .documents import AS_OF, FORMAT

Schema = dict[str, Any]
DIALECT: Final = "https://json-schema.org/draft/2020-12/schema"

_NULL: Final = {"type": "null"}
# The end of a text in every dialect; a `$` also stands before the end of a last line.
_END: Final = r"(?![\s\S])"
_CENTURIES: Final = "|".join(
    str(each) for each in range(EARLIEST.year // 100, LATEST.year // 100 + 1)
)
_YEAR: Final = f"(?:{_CENTURIES})[0-9]{{2}}"
_DAY: Final = f"{_YEAR}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12][0-9]|3[01])"
_TIME: Final = "(?:[01][0-9]|2[0-3]):[0-5][0-9](?::[0-5][0-9])?"


def facts_schema(classes: Sequence[type[Fact]], lang: Language) -> Schema:
    """What a JSON document may hold whose facts are of these classes; words in one language."""
    listed: tuple[type[Fact], ...] = (*classes, Exemption)
    words = collection_words(listed)
    # Under a label of such a class that is not the name of its list stands the one fact itself.
    alone = {word: cls for word, cls in words.items() if cls.single and word != cls.collection}
    known = {
        "format": {"enum": [FORMAT, str(FORMAT)]},
        AS_OF.name: _field(AS_OF, lang),
        "complete": _complete(classes, lang),
        **{cls.collection: _listed(cls, lang) for cls in listed},
    }
    labels = SETTINGS | {word: cls.collection for word, cls in words.items() if word not in alone}
    return {
        "$schema": DIALECT,
        "title": pick(lang, "数据文档", "A document of facts"),
        "type": "object",
        "properties": known,
        "patternProperties": {
            **_aliases(known, labels),
            **{_exactly([word]): {"anyOf": [_of_class(cls), _NULL]} for word, cls in alone.items()},
        },
        "additionalProperties": False,
        "$defs": {cls.__name__: _fact(cls, lang) for cls in listed},
    }


def as_date(described: Schema) -> Schema:
    """The schema of a date, with its title and description."""
    return described | {"type": "string", "format": "date", "pattern": f"^{_DAY}{_END}"}


def _complete(classes: Sequence[type[Fact]], lang: Language) -> Schema:
    names = [cls.collection for cls in classes]
    return {
        "description": pick(
            lang,
            "完整的列表：除所列的以外没有别的。不在此列的，可能还有",
            "The lists that are whole, so that there are no others than those they hold. Of any "
            "other list there may be more",
        ),
        "type": "array",
        "items": {"enum": _in_order(collection_words(classes), names)},
    }


def _of_class(cls: type[Fact]) -> Schema:
    return {"$ref": f"#/$defs/{cls.__name__}"}


def _listed(cls: type[Fact], lang: Language) -> Schema:
    return {
        "title": pick(lang, cls.zh, cls.en),
        "type": ["array", "null"],
        "items": _of_class(cls),
    }


def _fact(cls: type[Fact], lang: Language) -> Schema:
    specs = fields_of(cls)
    words = {word: spec.name for word, spec in field_words(cls).items()}
    required = [name for name, spec in specs.items() if spec.required]
    return {
        "title": pick(lang, cls.zh, cls.en),
        "type": "object",
        "properties": {name: _field(spec, lang) for name, spec in specs.items()},
        "patternProperties": _aliases(specs, words, f"#/$defs/{cls.__name__}/properties/"),
        "additionalProperties": False,
        "allOf": [
            {"anyOf": [{"required": [word]} for word in _in_order(_words_of(name, words), [name])]}
            for name in required
        ],
    }


def _words_of(name: str, words: Mapping[str, str]) -> list[str]:
    return [word for word, meant in words.items() if meant == name]


def _in_order(words: Iterable[str], first: Sequence[str]) -> list[str]:
    """Words with those that are names first."""
    return [*first, *(word for word in words if word not in first)]


def _aliases(known: Iterable[str], words: Mapping[str, str], at: str = "#/properties/") -> Schema:
    """The labels that are read as names, apart: what makes classes of a schema has the names."""
    found = {}
    for name in known:
        if others := sorted(word for word in _words_of(name, words) if word != name):
            found[_exactly(others)] = {"$ref": f"{at}{name}"}
    return found


def _exactly(words: Iterable[str]) -> str:
    return f"^(?:{'|'.join(map(_literal, words))}){_END}"


def _literal(text: str) -> str:
    """A text in a pattern, of which any dialect takes the same."""
    return re.sub(r"[\\^$.|?*+()\[\]{}/]", r"\\\g<0>", text)


def _field(spec: FieldSpec, lang: Language) -> Schema:
    unit = "" if spec.unit is None else pick(lang, f"（{spec.unit.zh}）", f" ({spec.unit.en})")
    described = {
        "title": pick(lang, spec.zh, spec.en) + unit,
        "description": pick(lang, spec.meaning_zh or spec.meaning, spec.meaning or spec.meaning_zh),
    }
    value = _KINDS[spec.kind](spec)
    more = []
    if spec.may_be_none and not spec.may_be_empty:
        more.append({"const": WORD, "title": pick(lang, "没有", "there is none")})
    if not spec.required:
        more.append(_NULL | {"title": pick(lang, "不详", "not known")})
    return described | ({"anyOf": [value, *more]} if more else value)


def _identity(spec: FieldSpec) -> Schema:
    empty = "?" if spec.may_be_empty else ""
    return {"type": "string", "pattern": f"^(?:{_portable(spec)}){empty}{_END}"}


def _text(spec: FieldSpec) -> Schema:
    return {"type": "string", "pattern": rf"^{_END}|\S" if spec.may_be_empty else r"\S"}


def _boolean(_: FieldSpec) -> Schema:
    return {"type": "boolean"}


def _integer(spec: FieldSpec) -> Schema:
    return {"type": "integer", "minimum": spec.minimum, "maximum": spec.maximum}


def _decimal(spec: FieldSpec) -> Schema:
    """A number, or a text of one, which no program rounds."""
    places = spec.places or 0
    digits = f"[0-9]{{1,{places}}}0{{0,{MOST_DIGITS - places}}}" if places else "0{1,18}"
    bounds = {
        name: int(bound) if bound == int(bound) else float(bound)
        for name, bound in (("minimum", spec.minimum), ("maximum", spec.maximum))
        if isinstance(bound, Decimal)
    }
    text = rf"^-?[0-9]{{1,{MOST_DIGITS}}}(?:\.{digits})?{_END}"
    return {"anyOf": [{"type": "string", "pattern": text}, {"type": "number", **bounds}]}


def _date(_: FieldSpec) -> Schema:
    return as_date({})


def _moment(_: FieldSpec) -> Schema:
    return {"type": "string", "pattern": f"^{_DAY}T{_TIME}{_END}"}


def _choice(spec: FieldSpec) -> Schema:
    assert spec.choices is not None
    names = [member.value for member in spec.choices]
    spelt = [each for each in spec.choices.spellings() if type(each) is str]
    return {"type": "string", "enum": _in_order(spelt, names)}


def _choices(spec: FieldSpec) -> Schema:
    return {"type": "array", "items": _choice(spec)}


def _codes(spec: FieldSpec) -> Schema:
    code = {"type": "string", "pattern": f"^(?:{_portable(spec)}){_END}"}
    return {"type": "array", "items": code}


def _by_year(spec: FieldSpec) -> Schema:
    return {
        "type": "object",
        "patternProperties": {f"^{_YEAR}{_END}": _integer(spec)},
        "additionalProperties": False,
    }


_KINDS: Final[Mapping[Kind, Callable[[FieldSpec], Schema]]] = {
    Kind.ID: _identity,
    Kind.REFERENCE: _identity,
    Kind.TEXT: _text,
    Kind.BOOLEAN: _boolean,
    Kind.INTEGER: _integer,
    Kind.DECIMAL: _decimal,
    Kind.DATE: _date,
    Kind.MOMENT: _moment,
    Kind.CHOICE: _choice,
    Kind.CHOICES: _choices,
    Kind.CODES: _codes,
    Kind.BY_YEAR: _by_year,
}


def _portable(spec: FieldSpec) -> str:
    """The pattern of a field, without characters that no file can hold or no one can see.

    Halves of characters stand in no text in UTF-8, and some dialects take no pattern that has them.
    """
    assert spec.pattern is not None
    return "".join(
        each if " " < each < "\x7f" or each > "\uffff" else f"\\u{ord(each):04x}"
        for each in spec.pattern.replace("\ud800-\udfff", "")
    )
