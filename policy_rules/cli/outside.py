"""How many facts in tables do not lie in the place for which a directive was made.

A directive names its place where it compares codes of places with its own: division codes, say.
Where a vocabulary has a convention by which ids begin with such a code (organisation codes), the
ids that follow it say where their facts lie; of other ids nothing is known.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

from sqlglot import exp

from ..engines.sql.dialects import sql_and, sql_not
from ..facts import Fact, Preset, loaded_presets
from ..language.expressions import AllStartWith, Attribute, Parameter
from ..language.rewriting import expressions_of
from ..language.trees import walk
from ..policy import Policy
from ..tables.texts import matches

if TYPE_CHECKING:
    from ..tables.on_tables import OnTables
    from .databases import Database

# The first digits of a code, which stand in a regular expression.
_PREFIX: Final = re.compile("[0-9]{2,6}")


def outside(
    policy: Policy, tables: OnTables, database: Database
) -> Iterator[tuple[type[Fact], int, list[str]]]:
    """Classes with facts outside, how many, and how the codes of the directive's place begin."""
    known = loaded_presets()
    dialect = tables.queries.dialect
    for convention in known.values():
        if convention.pattern is None or convention.begins_with is None:
            continue
        prefixes = place_codes(policy, known[convention.begins_with])
        for cls, source in tables.queries.sources.items():
            if not prefixes or cls.collection not in convention.ids_of:
                continue
            id_ = source.columns["id"]
            inside = matches(id_, f"({'|'.join(prefixes)}).*", dialect)
            query = (
                exp.select(exp.Count(this=exp.Star()))
                .from_(source.relation.copy())
                .where(sql_and(matches(id_, convention.pattern, dialect), sql_not(inside)))
            )
            ((number,),) = database.stream(dialect.sql(query))
            if number:
                yield cls, int(number), prefixes


def place_codes(policy: Policy, codes: Preset) -> list[str]:
    """How codes of a convention begin that a directive takes for those of its own place."""
    rules = policy.rules
    found: dict[str, None] = {}
    for rule in (*rules.definitions.values(), *rules.rules):
        for node in (each for part in expressions_of(rule) for each in walk(part)):
            match node:
                case AllStartWith(item=Attribute() as item, prefix=Parameter() as prefix):
                    value = policy.regime.value(prefix)
                    if codes.concerns(item.of.fact_class, item.spec) and isinstance(value, str):
                        found[value] = None
    return [value for value in found if _PREFIX.fullmatch(value)]
