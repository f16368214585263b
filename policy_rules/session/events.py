"""Dated changes as a stream gives them: one JSON object each, checked before it is applied."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any, Final

from attrs import field, frozen

from ..facts import Fact, FactError, Fault, FieldSpec, Kind, fields_of
from ..facts.checks import Unfit, fault_of, settled
from ..facts.faults import FaultCode, escaped, quoted, unlike
from ..facts.specs import EARLIEST, ID_PATTERN, LATEST
from ..formats.decoding import (
    Listing,
    RepeatedKeys,
    collection_words,
    decoded,
    field_words,
    repeated,
    unknown_word,
)
from ..formats.json_values import CONVERTED, json_row, json_value, loaded, written

_WORDS: Final[Mapping[str, str]] = {
    word: name
    for name, words in {
        "id": ("事件编号", "event id"),
        "at": ("时间", "time"),
        "add": ("新增",),
        "update": ("修改",),
        "remove": ("删除",),
        "complete": ("完整列表",),
        "as_of": ("基准日期", "as of"),
    }.items()
    for word in (name, *words)
}
_ID: Final = FieldSpec(
    name="id", kind=Kind.ID, zh="事件编号", en="event id",
    pattern=ID_PATTERN, meaning="The identity of the event: a second one is not applied.",
)  # fmt: skip
_AT: Final = FieldSpec(
    name="at", kind=Kind.MOMENT, zh="时间", en="time",
    minimum=datetime(EARLIEST.year, 1, 1), maximum=datetime(LATEST.year, 12, 31, 23, 59, 59),
    meaning="When what the event says came to be so.",
)  # fmt: skip
_AS_OF: Final = FieldSpec(
    name="as_of", kind=Kind.DATE, zh="基准日期", en="as of", minimum=EARLIEST, maximum=LATEST,
    meaning="The date that the session advances to.",
)  # fmt: skip


@frozen(kw_only=True)
class ChangeEvent:
    """One dated change: what comes, changes and goes, together.

    `at` is when it came to be so: of two changes of one field, the later one holds, in whichever
    order they arrive. `update` gives fields by the key of their fact; None makes one unknown.
    """

    id: str | None = None
    at: datetime | None = None
    add: tuple[Fact, ...] = ()
    update: Mapping[str, Mapping[str, Any]] = field(factory=dict)
    remove: tuple[str, ...] = ()
    complete: tuple[str, ...] = ()
    as_of: date | None = None

    def as_json(self) -> dict[str, Any]:
        """The event as `parsed` takes it."""
        added: dict[str, list[object]] = {}
        for fact in self.add:
            added.setdefault(fact.collection, []).append(json_row(fact))
        made = {
            "id": self.id,
            "at": None if self.at is None else self.at.isoformat(),
            "add": added,
            "update": {
                key: {name: written(value) for name, value in fields.items()}
                for key, fields in self.update.items()
            },
            "remove": list(self.remove),
            "complete": list(self.complete),
            "as_of": None if self.as_of is None else self.as_of.isoformat(),
        }
        return {name: value for name, value in made.items() if value}


def parsed(given: object, place: str, classes: Mapping[str, type[Fact]]) -> ChangeEvent:
    """An event from its JSON text, or from what that gives when loaded; one that is made, checked.

    `classes` are those of the facts, by their collections; labels in Chinese and English are taken
    for the names of collections, fields and values. Raises FactError with all that is wrong.
    """
    faults: list[Fault] = []
    if isinstance(given, bytes):
        given = given.decode(errors="surrogateescape")
    if isinstance(given, ChangeEvent):
        given = given.as_json()
    found = loaded(given, place, faults) if isinstance(given, str) else given
    if faults:
        raise FactError(faults)
    if not isinstance(found, Mapping):
        such = '{"id": "1", "update": {"COLLECTION/ID": {"FIELD": 12}}}'
        do = f"请给出如 {such} 的事件", f"give an event such as {such}"
        raise FactError([unlike(place, found, "一个对象", "an object", do=do)])
    event = _Parsing(place, classes, faults).event(found)
    if faults:
        raise FactError(faults)
    return event


class _Parsing:
    def __init__(self, place: str, classes: Mapping[str, type[Fact]], faults: list[Fault]) -> None:
        self.place = place
        self.classes = classes
        self.words = collection_words(classes.values())
        self.faults = faults

    def event(self, found: Mapping[object, object]) -> ChangeEvent:
        if isinstance(found, RepeatedKeys):
            self.faults += [repeated(self.place, key, key) for key in found.repeated]
        given: dict[str, object] = {}
        for word, value in found.items():
            name = _WORDS.get(word) if isinstance(word, str) else None
            if name is None:
                self.faults.append(unknown_word(self.place, word, _WORDS, "事件字段", "part"))
            elif name in given:
                self.faults.append(repeated(self.place, str(word), name))
            else:
                given[name] = value
        added = self._objects("add", given.get("add"))
        updated = self._objects("update", given.get("update"))
        return ChangeEvent(
            id=self._value(_ID, given.get("id")),
            at=self._value(_AT, _moment(given.get("at"))),
            add=tuple(fact for word, rows in added.items() for fact in self._added(word, rows)),
            update=self._updates(updated),
            remove=tuple(self._key(key) for key in self._texts("remove", given.get("remove"))),
            complete=tuple(self._names(given.get("complete"))),
            as_of=self._value(_AS_OF, given.get("as_of")),
        )

    def _value(self, spec: FieldSpec, value: object) -> Any:
        return settled(spec, json_value(spec, value), self.place, self.faults)

    def _objects(self, name: str, value: object) -> Mapping[object, object]:
        if value is None or isinstance(value, Mapping):
            if isinstance(value, RepeatedKeys):
                self.faults += [repeated(f"{self.place}: {name}", k, k) for k in value.repeated]
            return value or {}
        self._expected(name, "一个对象", "an object", value)
        return {}

    def _texts(self, name: str, value: object) -> list[str]:
        listed = [] if value is None else value
        if isinstance(listed, (list, tuple)) and all(isinstance(each, str) for each in listed):
            return list(listed)
        self._expected(name, "文字的列表", "a list of texts", value)
        return []

    def _expected(self, name: str, zh: str, en: str, value: object) -> None:
        self.faults.append(unlike(f"{self.place}: {name}", value, zh, en))

    def _added(self, word: object, rows: object) -> list[Fact]:
        cls = self.words.get(word) if isinstance(word, str) else None
        place = f"{self.place}: add"
        if cls is None:
            self.faults.append(unknown_word(place, word, self.words, "列表", "collection"))
            return []
        if not isinstance(rows, (list, tuple)):
            self._expected(f"add.{word}", "一个列表", "a list", rows)
            return []
        listing = Listing(cls, rows, lambda i: f"{place}.{word}[{i}]", json_value, CONVERTED)
        return decoded(listing, self.faults)

    def _updates(self, updated: Mapping[object, object]) -> dict[str, dict[str, Any]]:
        found: dict[str, dict[str, Any]] = {}
        for word, row in updated.items():
            key = self._key(str(word))
            if key in found:
                self.faults.append(repeated(f"{self.place}: update", str(word), key))
            found[key] = self._updated(key, row)
        return found

    def _updated(self, key: str, row: object) -> dict[str, Any]:
        cls = self.classes.get(key.partition("/")[0])
        part = f"update {escaped(key)}"
        place = f"{self.place}: {part}"
        if not isinstance(row, Mapping):
            self._expected(part, "一个对象", "an object", row)
            return {}
        if cls is None:
            return {}
        if isinstance(row, RepeatedKeys):
            self.faults += [repeated(place, word, word) for word in row.repeated]
        words, values = field_words(cls), dict[str, Any]()
        for word, value in row.items():
            spec = words.get(word) if isinstance(word, str) else None
            if spec is None:
                self.faults.append(unknown_word(place, word, words, "字段", "field"))
            elif spec.name in values:
                self.faults.append(repeated(place, str(word), spec.name))
            else:
                values[spec.name] = self._field(spec, value, place)
        return values

    def _field(self, spec: FieldSpec, value: object, place: str) -> object:
        try:
            taken = json_value(spec, value)
        except Unfit as unfit:
            self.faults.append(fault_of(unfit, spec, place))
            return None
        return settled(spec, taken, place, self.faults)

    def _key(self, key: str) -> str:
        """A key as the session has it: its collection may be given by a label."""
        word, slash, id = key.partition("/")
        cls = self.words.get(word)
        if cls is None or not slash or not id:
            one = next(iter(self.words.values())).collection
            self.faults.append(
                Fault(
                    place=self.place,
                    code=FaultCode.UNREADABLE_VALUE,
                    zh=f"应为如 `{one}/ID` 的键，实为 {quoted(key)}；请改正",
                    en=f"expected a key such as `{one}/ID`, found {quoted(key)}; correct it",
                )
            )
            return key
        # Nothing can ever come that has an id which no fact can have.
        settled(fields_of(cls)["id"], id, f"{self.place}: {quoted(key)}", self.faults)
        return f"{cls.collection}/{id}"

    def _names(self, value: object) -> Iterable[str]:
        for word in self._texts("complete", value):
            cls = self.words.get(word)
            if cls is None:
                place = f"{self.place}: complete"
                self.faults.append(unknown_word(place, word, self.words, "列表", "collection"))
            else:
                yield cls.collection


def _moment(value: object) -> object:
    """A day stands for its beginning."""
    if isinstance(value, str) and len(value) == len("2019-07-16"):
        return f"{value}T00:00:00"
    if isinstance(value, date) and not isinstance(value, datetime):
        return datetime(value.year, value.month, value.day)
    return value


def as_text(event: ChangeEvent) -> str:
    """An event as one line of JSON."""
    return json.dumps(event.as_json(), ensure_ascii=False, separators=(",", ":"))
