"""Texts in SQL: looked at as cells are, matched, and taken apart, as each database writes it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from sqlglot import exp

from ..engines.sql.dialects import Dialect, case, number
from ..facts.specs import UNSEEN
from ..formats.forms import APOSTROPHE, BLANKS, FOLDED, QUOTED
from .schema import Column

# Databases in whose regular expressions `$` also stands before the end of a last line.
_ENDS_EARLY: Final = frozenset({"spark", "doris"})
# Databases that name the groups of a regular expression by `$` in what replaces it.
_DOLLARS: Final = frozenset({"spark", "mysql"})
# What has nothing to fold, to cut off or to unwrap.
_PLAIN: Final = "[0-9A-Za-z_<>=-]*"
_HALVES: Final = (0xD800, 0xDFFF)


def literal(text: str) -> exp.Expression:
    """A text, as a value."""
    return exp.Literal.string(text)


def call(name: str, *words: exp.Expression) -> exp.Expression:
    """A function that sqlglot does not know."""
    return exp.Anonymous(this=name, expressions=list(words))


def joined(first: exp.Expression, *rest: exp.Expression | str) -> exp.Expression:
    """Texts one after the other."""
    for each in rest:
        first = exp.DPipe(this=first, expression=literal(each) if isinstance(each, str) else each)
    return first


def raw_of(column: Column) -> exp.Expression:
    """What a column holds, as it stands."""
    return exp.column(exp.to_identifier(column.name, quoted=True))


def matches(text: exp.Expression, pattern: str, dialect: Dialect) -> exp.Expression:
    """The text is as a regular expression says, from end to end."""
    return exp.RegexpLike(this=text.copy(), expression=literal(_whole(pattern, dialect)))


def _whole(pattern: str, dialect: Dialect) -> str:
    return f"^({pattern}){_end(dialect)}"


def _end(dialect: Dialect) -> str:
    return r"\z" if dialect.name in _ENDS_EARLY else "$"


def part_of(text: exp.Expression, pattern: str, dialect: Dialect) -> exp.Expression:
    """The one group of a regular expression of a text from end to end; NULL or empty for others."""
    whole = literal(f"^{pattern}{_end(dialect)}")
    match dialect.name:
        case "postgres":
            return call("SUBSTRING", text.copy(), whole)
        case "oracle":
            more = [number(1), number(1), exp.null(), number(1)]
            return call("REGEXP_SUBSTR", text.copy(), whole, *more)
        case "mysql":
            return call("REGEXP_REPLACE", text.copy(), whole, literal("$1"))
        case _:
            return call("REGEXP_EXTRACT", text.copy(), whole, number(1))


def replaced_by(text: exp.Expression, pattern: str, by: str, dialect: Dialect) -> exp.Expression:
    r"""A text with something else wherever a regular expression fits; `\1` is its first group."""
    if dialect.name in _DOLLARS:
        by = by.replace("\\", "$")
    words = [text, literal(pattern), literal(by)]
    if dialect.name in ("duckdb", "postgres"):
        words.append(literal("g"))
    return call("REGEXP_REPLACE", *words)


def folded(text: exp.Expression, verbatim: bool, dialect: Dialect) -> exp.Expression:
    """A text as it is looked at, see `formats.forms.folded`."""
    said: exp.Expression
    if verbatim:
        said = exp.Trim(this=text.copy(), expression=literal(BLANKS))
    else:
        said = exp.Trim(this=call("TRANSLATE", text.copy(), *map(literal, FOLDED)))
    opens, closes = QUOTED
    wrapped = f"^({opens}(.*){closes}|{APOSTROPHE}(.*)){_end(dialect)}"
    unwrapped = replaced_by(said, wrapped, r"\2\3", dialect)
    return case([(matches(text, _PLAIN, dialect), text.copy())], unwrapped)


def characters(ranges: Iterable[tuple[int, int]], dialect: Dialect) -> str:
    """Ranges of characters, as they are written within the brackets of a regular expression."""
    # Halves of characters are in no text of a database, and in PostgreSQL the character 0 is not.
    whole = [each for each in ranges if each != _HALVES]
    if dialect.name == "postgres":
        return "".join(f"\\U{max(first, 1):08X}-\\U{last:08X}" for first, last in whole)
    if dialect.name in ("duckdb", "spark", "doris"):
        return "".join(f"\\x{{{first:X}}}-\\x{{{last:X}}}" for first, last in whole)
    return "".join(f"{chr(max(first, 1))}-{chr(last)}" for first, last in whole)


def identities(dialect: Dialect) -> str:
    """What an id is like, as a regular expression."""
    return f"[^{characters(UNSEEN, dialect)}/]{{1,64}}"
