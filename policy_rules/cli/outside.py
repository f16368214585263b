"""How many stations in tables do not lie in the place for which a directive was made.

A directive names its place where it compares the division codes of something with its own. The id
of a station begins with such a code where it is an organisation code of twelve digits, as GA/T 380
has them; of other ids nothing is known.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from sqlglot import exp

from ..engines.sql.dialects import sql_and, sql_not
from ..language.expressions import AllStartWith, Attribute, Parameter
from ..language.rewriting import expressions_of
from ..language.trees import walk
from ..police import Station
from ..policy import Policy
from ..tables.texts import matches

if TYPE_CHECKING:
    from ..tables.on_tables import OnTables
    from .databases import Database

_ORGANISATION: Final = "[0-9]{12}"
_DIVISION: Final = "[0-9]{6}"
_PREFIX: Final = re.compile("[0-9]{2,6}")


def outside(policy: Policy, tables: OnTables, database: Database) -> tuple[int, list[str]]:
    """The number of stations outside, and how the codes of the directive's place begin."""
    prefixes = place_codes(policy)
    source = tables.queries.sources.get(Station)
    if source is None or not prefixes:
        return 0, prefixes
    id_ = source.columns["id"]
    dialect = tables.queries.dialect
    inside = matches(id_, f"({'|'.join(prefixes)})[0-9]*", dialect)
    query = (
        exp.select(exp.Count(this=exp.Star()))
        .from_(source.relation.copy())
        .where(sql_and(matches(id_, _ORGANISATION, dialect), sql_not(inside)))
    )
    ((number,),) = database.stream(dialect.sql(query))
    return int(number), prefixes


def place_codes(policy: Policy) -> list[str]:
    """How division codes begin that a directive takes for those of its own place."""
    rules = policy.rules
    found: dict[str, None] = {}
    for rule in (*rules.definitions.values(), *rules.rules):
        for node in (each for part in expressions_of(rule) for each in walk(part)):
            match node:
                case AllStartWith(item=Attribute() as item, prefix=Parameter() as prefix):
                    value = policy.regime.value(prefix)
                    if item.spec.pattern == _DIVISION and isinstance(value, str):
                        found[value] = None
    return [value for value in found if _PREFIX.fullmatch(value)]
