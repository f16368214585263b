"""Texts in SQL: looked at as cells are, matched, and taken apart, as each database writes it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from sqlglot import exp

from ..engines.sql.dialects import Dialect, call, case, literal
from ..facts.specs import UNSEEN
from ..formats.forms import APOSTROPHE, BLANKS, FOLDED, QUOTED
from .schema import Column

# What has nothing to fold, to cut off or to unwrap.
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


def folded(text: exp.Expression, verbatim: bool, dialect: Dialect) -> exp.Expression:
    """A text as it is looked at, see `formats.forms.folded`."""
    said: exp.Expression
    if verbatim:
        said = exp.Trim(this=text.copy(), expression=literal(BLANKS))
    else:
        said = exp.Trim(this=call("TRANSLATE", text.copy(), *map(literal, FOLDED)))
    opens, closes = QUOTED
    wrapped = f"^({opens}(.*){closes}|{APOSTROPHE}(.*)){dialect.end_of_text}"
    unwrapped = dialect.regex_replaced(said, wrapped, r"\2\3")
    return case([(matches(text, _PLAIN, dialect), text.copy())], unwrapped)


def characters(ranges: Iterable[tuple[int, int]], dialect: Dialect) -> str:
    """Ranges of characters, as they are written within the brackets of a regular expression."""
    # Halves of characters are in no text of a database, and in PostgreSQL the character 0 is not.
    whole = [each for each in ranges if each != _HALVES]
    return "".join(dialect.character_range(first, last) for first, last in whole)


def identities(dialect: Dialect) -> str:
    """What an id is like, as a regular expression."""
    return f"[^{characters(UNSEEN, dialect)}/]{{1,64}}"
