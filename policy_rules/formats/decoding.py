"""From rows as a document gives them to facts: names and labels, values, faults with places."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from typing import NamedTuple

from attrs import evolve

from ..facts import Fact, FactError, Fault, FieldSpec, Kind, fields_of
from ..facts.checks import Unfit, fault_of, nearest
from ..facts.faults import FaultCode, found, quoted
from ..facts.linking import Row
from ..facts.vocabulary import words_of


class RepeatedKeys(dict[str, object]):
    """An object in which keys were given more than once; `repeated` names them."""

    def __init__(self, pairs: Iterable[tuple[str, object]], repeated: Sequence[str]) -> None:
        super().__init__(pairs)
        self.repeated = repeated


class Listing(NamedTuple):
    """The rows of one collection as they were given.

    `places` says where each row stands; `value` turns what a row gives for a field into what
    the constructor takes, raises `Unfit`, or leaves it as it is for the constructor to refuse;
    `converted` are the kinds of field that need it. `own_words` are the keys of rows with the
    fields that they mean, where these are not the fields' own names and labels.
    """

    cls: type[Fact]
    rows: Sequence[object]
    places: Callable[[int], str]
    value: Callable[[FieldSpec, object], object]
    converted: frozenset[Kind]
    own_words: Mapping[str, FieldSpec] | None = None

    @property
    def words(self) -> Mapping[str, FieldSpec]:
        """The fields that the keys of rows mean."""
        return field_words(self.cls) if self.own_words is None else self.own_words


def decoded(listing: Listing, faults: list[Fault]) -> list[Fact]:
    """Make facts of the rows of a listing; what cannot be made is added to `faults`."""
    cls, words = listing.cls, listing.words
    facts = []
    for position, row in enumerate(listing.rows):
        if not isinstance(row, Mapping):
            faults.append(not_an_object(listing.places(position), row))
            continue
        values: dict[str, object] = {}
        trouble = isinstance(row, RepeatedKeys)
        for word, value in row.items():
            spec = words.get(word) if isinstance(word, str) else None
            if spec is None or spec.name in values:
                trouble = True
            elif value is not None and spec.kind in listing.converted:
                try:
                    values[spec.name] = listing.value(spec, value)
                except Unfit:
                    trouble = True
                    values[spec.name] = None
            else:
                values[spec.name] = value
        try:
            fact = cls(**values)
        except FactError as error:
            faults += row_faults(listing, position, row, error.faults)
            continue
        if trouble:
            faults += row_faults(listing, position, row, ())
        facts.append(fact)
    return facts


def row_faults(
    listing: Listing, position: int, row: Mapping[object, object], of_fact: Iterable[Fault]
) -> Iterator[Fault]:
    """Give all faults of a row: of its keys, of its values as written, and those of the fact."""
    place, words = listing.places(position), listing.words
    if isinstance(row, RepeatedKeys):
        yield from (repeated(place, word, word) for word in row.repeated)
    written: dict[str, str] = {}
    unfit: set[str] = set()
    for word, value in row.items():
        spec = words.get(word) if isinstance(word, str) else None
        if spec is None:
            yield unknown_word(place, word, words, "字段", "field")
        elif spec.name in written:
            yield repeated(place, str(word), written[spec.name])
        else:
            written[spec.name] = str(word)
            try:
                if value is not None and spec.kind in listing.converted:
                    listing.value(spec, value)
            except Unfit as error:
                unfit.add(spec.name)
                yield evolve(fault_of(error, spec, place), field=str(word))
    for fault in of_fact:
        if fault.field not in unfit:
            yield evolve(fault, place=place, field=written.get(fault.field, fault.field))


def linked_rows(listing: Listing) -> Iterator[Row]:
    """Give the rows of a listing, faulty ones too, for the checks of ids and references."""
    words = listing.words
    for position, row in enumerate(listing.rows):
        if isinstance(row, Mapping):
            values: dict[str, object] = {}
            written: dict[str, str] = {}
            for word, value in row.items():
                spec = words.get(word) if isinstance(word, str) else None
                if spec is None:
                    continue
                written[spec.name] = str(word)
                if spec.kind in (Kind.ID, Kind.REFERENCE):
                    values[spec.name] = value
                    if value is not None and spec.kind in listing.converted:
                        with suppress(Unfit):  # `row_faults` tells of it
                            values[spec.name] = listing.value(spec, value)
            yield Row(listing.places(position), values, written)


def field_words(cls: type[Fact]) -> Mapping[str, FieldSpec]:
    """Map the names and labels of a class's fields to their descriptions."""
    words = _FIELD_WORDS.get(cls)
    if words is None:
        specs = fields_of(cls).values()
        words = {word: spec for spec in specs for word in (spec.en, spec.zh, spec.name)}
        _FIELD_WORDS[cls] = words
    return words


_FIELD_WORDS: dict[type[Fact], Mapping[str, FieldSpec]] = {}


def collection_words(classes: Iterable[type[Fact]]) -> dict[str, type[Fact]]:
    """Map the names and labels of collections to their classes."""
    return {word: cls for cls in classes for word in reversed(words_of(cls))}


def unknown_word(place: str, word: object, words: Iterable[str], zh: str, en: str) -> Fault:
    """Give the fault of a key, heading or file name that means nothing here."""
    near = nearest(word, words) if isinstance(word, str) else []
    if near:
        do_zh, do_en = f"是否为 `{near[0]}`？请改正", f"did you mean `{near[0]}`? correct it"
    else:
        do_zh, do_en = "请改正或删去", "correct it or remove it"
    return Fault(
        place=place,
        code=_UNKNOWN.get(en, FaultCode.UNKNOWN_COLLECTION),
        found=found(word),
        zh=f"没有名为{{found}} 的{zh}；{do_zh}",
        en=f"expected a known {en}, found {{found}}; {do_en}",
    )


_UNKNOWN = {
    "field": FaultCode.UNKNOWN_HEADING,
    "heading": FaultCode.UNKNOWN_HEADING,
    "part": FaultCode.UNKNOWN_HEADING,
    "setting": FaultCode.UNKNOWN_SETTING,
    "setting or collection": FaultCode.UNKNOWN_SETTING,
    "option": FaultCode.UNKNOWN_SETTING,
    "preset": FaultCode.UNKNOWN_SETTING,
    "code table": FaultCode.UNKNOWN_SETTING,
}


def repeated(place: str, word: str, first: str) -> Fault:
    """Give the fault of something that is given twice, perhaps under another name."""
    also_zh, also_en = ("", "") if word == first else (f"（已作 `{first}`）", f" (as `{first}`)")
    return Fault(
        place=place,
        code=FaultCode.REPEATED_NAME,
        zh=f"{quoted(word)} 给出了两次{also_zh}；请只保留一处",
        en=f"expected {quoted(word)} once, found it given twice{also_en}; keep one of them",
    )


def not_an_object(place: str, row: object) -> Fault:
    """Give the fault of a row that is no object."""
    return Fault(
        place=place,
        code=FaultCode.WRONG_SHAPE,
        found=found(row),
        zh="应为一个对象，实为{found}；请改正",
        en="expected an object, found {found}; correct it",
    )
