"""A made-up nation: the tables of all its facts, in the form in which the SQL engine reads them."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from datetime import date, timedelta
from pathlib import Path
from typing import Final

from duckdb import DuckDBPyConnection

from policy_rules.engines.sql.sources import (
    codes_text,
    columns_of,
    given_column,
    mask_of,
    year_column,
)
from policy_rules.facts import Fact, FieldSpec, Kind, Labelled, fields_of
from policy_rules.police import POLICE, City, Officer

from .drawing import Draws
from .recipes import NUMBERS, RECIPES, Recipe, strengths

AS_OF: Final = date(2020, 6, 30)
YEARS: Final = tuple(range(AS_OF.year - 3, AS_OF.year + 1))
COMPLETE: Final = tuple(fact_class.collection for fact_class in POLICE.classes)
_FIRST_DAY: Final = date(2015, 1, 1)
_LAST_DAY: Final = date(2021, 12, 31)
_PLAIN_RANGE: Final = 30
# In so many of a hundred a yes or no is yes, a choice a favoured one, a set of choices all of them.
_LIKELY: Final = 90.0
_FAVOURED: Final = 85.0
_WHOLE: Final = 80.0


def make_nation(
    connection: DuckDBPyConnection,
    *,
    scale: float = 1.0,
    seed: int = 1,
    unknown: float = 3.0,
    unlinked: float = 0.1,
    numbers: Mapping[type[Fact], int] = NUMBERS,
    of: Collection[type[Fact]] = POLICE.classes,
) -> None:
    """Create a table for each class of facts, or for some, named by its collection.

    At scale 1 there are 54,000 stations, or as many as `numbers` says. Of a hundred values of each
    field so many are `unknown`, of a hundred references so many (`unlinked`). The same seed gives
    the same rows.
    """
    sizes = {cls.collection: max(1, round(n * scale)) for cls, n in numbers.items()}
    sizes[City.collection] = 1
    for fact_class in POLICE.classes:
        draw = Draws(fact_class.collection, seed, AS_OF, YEARS, sizes)
        if fact_class is Officer:
            sizes[draw.collection] = _total(connection, strengths(draw))
        if fact_class not in of:
            continue
        recipe = RECIPES[fact_class](draw) if fact_class in RECIPES else Recipe()
        columns = _columns(fact_class, draw, recipe, unknown, unlinked)
        types = columns_of(fact_class, YEARS)
        selected = ", ".join(
            f'CAST({columns[name]} AS {type_}) AS "{name}"' for name, type_ in types.items()
        )
        connection.execute(
            f"CREATE TABLE {draw.collection} AS SELECT {selected}"
            f" FROM ({recipe.rows or draw.rows()})"
        )


def write_parquet(connection: DuckDBPyConnection, directory: Path) -> None:
    """Write each table into a file of its name in a directory."""
    for fact_class in POLICE.classes:
        name = fact_class.collection
        connection.execute(f"COPY {name} TO '{directory / name}.parquet' (FORMAT parquet)")


def _total(connection: DuckDBPyConnection, rows: str) -> int:
    (total,) = connection.execute(f"SELECT sum(strength)::BIGINT FROM ({rows})").fetchall()[0]
    return int(total)


def _columns(
    fact_class: type[Fact], draw: Draws, recipe: Recipe, unknown: float, unlinked: float
) -> Mapping[str, str]:
    found = {}
    for name, spec in fields_of(fact_class).items():
        if spec.required:
            found[name] = recipe.columns.get(name) or _value(draw, spec, name, recipe)
            continue
        share = unlinked if spec.kind is Kind.REFERENCE else unknown
        if name in recipe.well_known:
            share /= 3
        if spec.kind is Kind.BY_YEAR:
            given = f"NOT {draw.chance(f'{name} unknown', share)}"
            found[given_column(name)] = given
            columns = [year_column(name, year) for year in draw.years]
        else:
            given, columns = "true", [name]
        for column in columns:
            value = recipe.columns.get(column) or _value(draw, spec, column, recipe)
            lost = draw.chance(f"{column} unknown", share)
            found[column] = f"CASE WHEN {given} AND NOT {lost} THEN {value} END"
    return found


def _value(draw: Draws, spec: FieldSpec, column: str, recipe: Recipe) -> str:
    """A value that hangs together with no other."""
    match spec.kind:
        case Kind.ID:
            return draw.id_in(draw.collection, "i")
        case Kind.REFERENCE:
            assert spec.target is not None
            return draw.reference(column, spec.target)
        case Kind.BOOLEAN:
            return draw.chance(column, recipe.likely.get(spec.name, _LIKELY))
        case Kind.INTEGER | Kind.BY_YEAR:
            assert isinstance(spec.minimum, int)
            low = spec.minimum
            return draw.number(column, *recipe.ranges.get(spec.name, (low, low + _PLAIN_RANGE)))
        case Kind.DECIMAL:  # hundredths of what a whole number would be
            low = int(spec.minimum)  # type: ignore[arg-type]  # a decimal's
            return f"{draw.number(column, 100 * low, 100 * (low + _PLAIN_RANGE))} * 0.01"
        case Kind.DATE:
            return draw.day(column, _FIRST_DAY, _LAST_DAY)
        case Kind.MOMENT:
            seconds = (_LAST_DAY - _FIRST_DAY) // timedelta(seconds=1)
            return f"TIMESTAMP '{_FIRST_DAY}' + to_seconds({draw.below(column, seconds)})"
        case Kind.CHOICE:
            assert spec.choices is not None
            return _choice(draw, column, spec.choices, recipe.favoured.get(spec.name, ()))
        case Kind.CHOICES:
            assert spec.choices is not None
            whole, some = mask_of(spec.choices), draw.below(f"{column} of", 1 << len(spec.choices))
            return f"CASE WHEN {draw.chance(column, _WHOLE)} THEN {whole} ELSE {some} END"
        case Kind.CODES:
            return f"'{codes_text(())}'"  # which codes there can be, only a recipe knows
        case Kind.TEXT:
            return f"'{spec.zh}' || i"


def _choice(
    draw: Draws, column: str, choices: Iterable[Labelled], favoured: Iterable[Labelled]
) -> str:
    anything = draw.one_of(column, choices)
    if not favoured:
        return anything
    usual = draw.one_of(f"{column} favoured", favoured)
    return f"CASE WHEN {draw.chance(f'{column} usual', _FAVOURED)} THEN {usual} ELSE {anything} END"
