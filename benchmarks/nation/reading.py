"""The rows of the nation's tables as facts, for the engines that work on those."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache, partial
from operator import itemgetter
from typing import Any, TypeVar

from duckdb import DuckDBPyConnection

from policy_rules.engines.sql.sources import (
    CODE_CLOSES,
    CODE_OPENS,
    CODES_MARK,
    bit_of,
    given_column,
    year_column,
)
from policy_rules.facts import Fact, FieldSpec, Kind, Labelled, fields_of

from .making import YEARS

_F = TypeVar("_F", bound=Fact)
_Read = Callable[[Sequence[Any]], Any]


def facts_in(
    connection: DuckDBPyConnection, fact_class: type[_F], where: str = "true"
) -> Iterator[_F]:
    """The facts of a class, or those for which a condition in SQL holds."""
    found = connection.execute(f"FROM {fact_class.collection} WHERE {where}")
    places = {column[0]: place for place, column in enumerate(found.description or ())}
    fields = [(name, _reader(spec, places)) for name, spec in fields_of(fact_class).items()]
    while rows := found.fetchmany(10_000):
        for row in rows:
            yield fact_class(**{name: read(row) for name, read in fields})


def _reader(spec: FieldSpec, places: Mapping[str, int]) -> _Read:
    """What reads the value of a field in a row."""
    if spec.kind is Kind.BY_YEAR:
        return _reader_by_year(spec, places)
    place, decode = places[spec.name], _decoder(spec)
    if decode is None:
        return itemgetter(place)
    decoded = cache(decode)

    def read(row: Sequence[Any]) -> Any:
        value = row[place]
        return None if value is None else decoded(value)

    return read


def _reader_by_year(spec: FieldSpec, places: Mapping[str, int]) -> _Read:
    given = places[given_column(spec.name)]
    years = [(year, places[year_column(spec.name, year)]) for year in YEARS]

    def read(row: Sequence[Any]) -> Any:
        if not row[given]:
            return None
        return {year: row[place] for year, place in years if row[place] is not None}

    return read


def _decoder(spec: FieldSpec) -> Callable[[Any], Any] | None:
    """What makes a field's value of a column's, where they are not the same."""
    if spec.kind is Kind.CODES:
        return codes_of
    if spec.kind is Kind.CHOICE:
        assert spec.choices is not None
        return spec.choices.parse
    if spec.kind is Kind.CHOICES:
        assert spec.choices is not None
        return partial(members_of, spec.choices)
    if spec.may_be_empty:
        return lambda text: "" if text == "-" else text
    return None


def members_of(choices: type[Labelled], mask: int) -> frozenset[Labelled]:
    """The set that a whole number stands for."""
    return frozenset(each for each in choices if mask & bit_of(each))


def codes_of(text: str) -> frozenset[str]:
    """The set that a text stands for."""
    inside = text.removeprefix(CODES_MARK)
    return frozenset(part.removeprefix(CODE_OPENS) for part in inside.split(CODE_CLOSES) if part)
