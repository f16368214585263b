"""Texts in SQL: looked at as cells are, matched, and taken apart, as each database writes it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from sqlglot import exp

from ..engines.sql.dialects import Dialect, call, case, is_null, literal, sql_or
from ..facts.checks import BLANKS
from ..facts.specs import UNSEEN
from ..formats.forms import APOSTROPHE, FOLDED, QUOTED
from .schema import Column

_PLAIN: Final = "[0-9A-Za-z_<>=-]*"
_HALVES: Final = (0xD800, 0xDFFF)


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
    return exp.RegexpLike(
        this=text.copy(), expression=literal(f"^({pattern}){dialect.end_of_text}")
    )


def part_of(text: exp.Expression, pattern: str, dialect: Dialect) -> exp.Expression:
    """The one group of a regular expression of a text from end to end; NULL or empty for others."""
    return dialect.group_of(text, f"^{pattern}{dialect.end_of_text}")


def or_null(value: exp.Expression, usual: exp.Expression) -> exp.Expression:
    """What is usual, NULL with it: a branch that all rows take is not put together row by row."""
    return sql_or(is_null(value.copy()), usual)


def folded(
    text: exp.Expression, verbatim: bool, dialect: Dialect, plain: exp.Expression | None = None
) -> exp.Expression:
    """A text as it is looked at, see `formats.forms.folded`.

    What is `plain` has nothing to fold, to cut off or to unwrap.
    """
    if plain is None:
        plain = matches(text, _PLAIN, dialect)
    said: exp.Expression
    if verbatim:
        said = exp.Trim(this=text.copy(), expression=literal(BLANKS))
    else:
        said = exp.Trim(this=call("TRANSLATE", text.copy(), *map(literal, FOLDED)))
    opens, closes = QUOTED
    wrapped = f"^({opens}(.*){closes}|{APOSTROPHE}(.*)){dialect.end_of_text}"
    unwrapped = dialect.regex_replaced(said, wrapped, r"\2\3")
    return case([(or_null(text, plain), text.copy())], unwrapped)


def characters(ranges: Iterable[tuple[int, int]], dialect: Dialect) -> str:
    """Ranges of characters, as they are written within the brackets of a regular expression."""
    # Halves of characters are in no text of a database, and in PostgreSQL the character 0 is not.
    whole = [each for each in ranges if each != _HALVES]
    return "".join(dialect.character_range(first, last) for first, last in whole)


def identities(dialect: Dialect) -> str:
    """What an id is like, as a regular expression."""
    return f"[^{characters(UNSEEN, dialect)}/]{{1,64}}"
