"""Which parts of a query a database has to keep, because it would work them out again and again.

A database that puts the parts of a query into each other writes what a column is computed from
wherever the column is read. Where each step reads the one before several times, that grows by a
factor with every step, until the plan takes longer than anything, and more memory than there is.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from sqlglot import exp

# How many expressions one column may become. The queries of everyday rules stay far below.
_MOST: Final = 1_000


def kept_parts(parts: Sequence[tuple[str, exp.Query]]) -> frozenset[str]:
    """The parts that are to be kept: those of which a column would become too large.

    They are given in the order in which they read each other.
    """
    sizes: dict[str, Mapping[str, int]] = {}
    kept = set()
    for name, query in parts:
        found = _sizes(query, sizes)
        if max(found.values(), default=0) > _MOST:
            kept.add(name)
            found = {}
        sizes[name] = found
    return frozenset(kept)


def kept_texts(parts: Sequence[tuple[str, exp.Query]]) -> frozenset[str]:
    """The parts that are to be kept on DuckDB: those that say what texts mean, if much reads them.

    It plans what is computed of numbers in no time, and what comes of texts for minutes.
    """
    sizes: dict[str, Mapping[str, int]] = {}
    for name, query in parts:
        sizes[name] = _sizes(query, sizes)
    if max((size for found in sizes.values() for size in found.values()), default=0) <= _MOST:
        return frozenset()
    return frozenset(name for name, query in parts if _reads_texts(query))


def _reads_texts(query: exp.Query) -> bool:
    """What a text says is worked out below, since its meaning looks at it several times."""
    from_ = query.args.get("from_") or query.args.get("from")
    return from_ is not None and isinstance(from_.this, exp.Subquery)


def _sizes(query: exp.Query, of: Mapping[str, Mapping[str, int]]) -> dict[str, int]:
    """How large each column becomes that is no plain one; what is gathered is worked out once."""
    if isinstance(query, exp.Union):  # of which every part has the same columns
        return _sizes(query.this, of)
    if not isinstance(query, exp.Select) or query.args.get("group"):
        return {}
    sources = {table.alias_or_name: of.get(table.name, {}) for table in _tables(query)}
    alone = next(iter(sources.values())) if len(sources) == 1 else {}
    found = {}
    for each in query.expressions:
        size = sum(
            sources.get(node.table, alone).get(node.name, 1) if isinstance(node, exp.Column) else 1
            for node in each.walk()
            if not isinstance(node, exp.Identifier)
        )
        if size > _PLAIN:
            found[each.alias_or_name] = size
    return found


# A column under another name.
_PLAIN: Final = 2


def _tables(query: exp.Select) -> list[exp.Table]:
    from_ = query.args.get("from_") or query.args.get("from")
    sources = [from_.this] if from_ is not None else []
    sources += [join.this for join in query.args.get("joins") or []]
    return [each for each in sources if isinstance(each, exp.Table)]
