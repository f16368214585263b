"""Where facts are: a relation for each class of facts, and how its columns give their fields.

What is compiled reads each field in one form, whatever a database keeps it in: identities,
references, texts and choices as text (a choice by its English name), numbers as whole numbers,
days and moments as such, a set of choices as the sum of the bits of its members, a set of codes
as one text, and a number by year as one column for each year.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final

from attrs import frozen
from sqlglot import exp

from ...facts import Fact, FieldSpec, Kind, Labelled, fields_of
from ...facts.specs import MOST_DIGITS
from .dialects import Dialect
from .ranges import OF_BIGINT

# A set of codes as text: the mark, then each code in brackets. So the empty set is not the empty
# text, which some databases cannot tell from NULL.
CODES_MARK: Final = "="
CODE_OPENS: Final = "<"
CODE_CLOSES: Final = ">"


@frozen
class Source:
    """Where the facts of a class are: a table or subquery, and an expression for each column.

    `columns` maps the names that `columns_of` gives to expressions over the relation, of the types
    that it gives. What is not there is unknown.
    """

    relation: exp.Expression
    columns: Mapping[str, exp.Expression]


Sources = Mapping[type[Fact], Source]

_GIVEN: Final = "_given"
_TYPES: Final = {
    Kind.ID: "text",
    Kind.REFERENCE: "text",
    Kind.TEXT: "text",
    Kind.BOOLEAN: "boolean",
    Kind.INTEGER: "bigint",
    Kind.DATE: "date",
    Kind.MOMENT: "timestamp",
    Kind.CHOICE: "text",
    Kind.CHOICES: "bigint",
    Kind.CODES: "text",
}


def columns_of(fact_class: type[Fact], years: Iterable[int] = ()) -> dict[str, str]:
    """The columns of a class by name, with their SQL types.

    A field that holds a number by year has a boolean column, whether it is known at all, and one
    for the number of each of the years.
    """
    found: dict[str, str] = {}
    for name, spec in fields_of(fact_class).items():
        if spec.kind is Kind.BY_YEAR:
            found[given_column(name)] = "boolean"
            found.update({year_column(name, year): "bigint" for year in years})
        else:
            found[name] = _type_of(spec)
    return found


def type_of_column(fact_class: type[Fact], name: str) -> str:
    """The SQL type of a column of a class."""
    spec = fields_of(fact_class).get(name)
    if spec is not None:
        return _type_of(spec)
    return "boolean" if name.endswith(_GIVEN) else "bigint"


def _type_of(spec: FieldSpec) -> str:
    """The SQL type of a field that is one column; numbers beyond 64 bits have more room."""
    bounds = [each for each in (spec.minimum, spec.greatest) if isinstance(each, int)]
    wide = spec.kind is Kind.INTEGER and max(map(abs, bounds), default=0) > OF_BIGINT
    if spec.places is not None:
        return f"decimal({MOST_DIGITS},{spec.places})"
    return "decimal(38,0)" if wide else _TYPES[spec.kind]


def given_column(name: str) -> str:
    """The column that says whether a number by year is known at all."""
    return f"{name}{_GIVEN}"


def year_column(name: str, year: int) -> str:
    """The column that holds the number of a year."""
    return f"{name}_{year}"


def bit_of(member: Labelled) -> int:
    """The bit of a member in a set of choices."""
    return 1 << tuple(type(member)).index(member)


def mask_of(members: Iterable[Labelled]) -> int:
    """A set of choices as a whole number."""
    return sum(map(bit_of, set(members)))


def codes_text(codes: Iterable[str]) -> str:
    """A set of codes as one text."""
    return CODES_MARK + "".join(f"{CODE_OPENS}{code}{CODE_CLOSES}" for code in sorted(set(codes)))


def table_source(
    fact_class: type[Fact], dialect: Dialect, name: str | None = None, years: Iterable[int] = ()
) -> Source:
    """A table that has the columns in the forms in which they are read, under their own names."""
    columns = columns_of(fact_class, years)
    return Source(
        exp.Table(this=exp.to_identifier(name or fact_class.collection)),
        {column: exp.Column(this=dialect.stored(column)) for column in columns},
    )
