"""Tables in the form in which rules read them: what makes them in a database."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ..engines.sql.dialects import Dialect
from ..engines.sql.reading import classes_of, years_of
from ..engines.sql.sources import bit_of, codes_text, columns_of
from ..facts import Fact, FieldSpec, Kind, fields_of
from ..policy import Policy
from .views import SET_DAY, dialect_named


def tables_to_sql(policies: Sequence[Policy], dialect: str) -> str:
    """A script that makes an empty table of every class that the rules of policies read.

    The views of `to_sql` without a mapping read such tables. The columns are those that the rules
    read as of the policies' dates: of numbers by year, those of the years that then count. For
    several policies there is the table by which their views know the date (`to_sql_of_days`).
    Raises ChoiceError for a dialect that there is not.
    """
    chosen = dialect_named(dialect)
    years: dict[type[Fact], set[int]] = {}
    for policy in policies:
        of_policy = years_of(policy.regime)
        for cls in classes_of(policy.regime):
            years.setdefault(cls, set()).update(of_policy.get(cls, ()))
    made = [_table(cls, sorted(read), chosen) for cls, read in years.items()]
    if len(policies) > 1:
        day = chosen.column_type("date")
        made.append(f"-- 基准日期 date\nCREATE TABLE {SET_DAY} (as_of {day} NOT NULL);")
    return "\n\n".join(made) + "\n"


def _table(cls: type[Fact], years: Sequence[int], dialect: Dialect) -> str:
    columns = list(_columns(cls, years, dialect))
    lines = [
        f"  {written}{',' if place < len(columns) else ''}  -- {meaning}"
        for place, (written, meaning) in enumerate(columns, 1)
    ]
    whole = [*lines, f"){dialect.table_options};"]
    return "\n".join([f"-- {cls.zh} {cls.en}", f"CREATE TABLE {cls.collection} (", *whole])


def _columns(cls: type[Fact], years: Sequence[int], dialect: Dialect) -> Iterator[tuple[str, str]]:
    fields = fields_of(cls)
    for name, type_ in columns_of(cls, years).items():
        spec = fields.get(name)
        is_key = spec is not None and spec.kind in (Kind.ID, Kind.REFERENCE)
        written = dialect.id_type if is_key else dialect.column_type(type_)
        unknown = " NOT NULL" if name == "id" else ""
        of = spec or next(each for each in fields.values() if name.startswith(f"{each.name}_"))
        meaning = f"{of.zh} {of.en}{_form(spec)}"
        yield f"{dialect.sql(dialect.stored(name))} {written}{unknown}", meaning


def _form(spec: FieldSpec | None) -> str:
    """How a field is written that is not simply its value."""
    if spec is None or spec.choices is None:
        return f": {codes_text(['3503', '3504'])}" if spec and spec.kind is Kind.CODES else ""
    if spec.kind is Kind.CHOICE:
        return f": {', '.join(str(each.value) for each in spec.choices)}"
    return f": {' + '.join(f'{bit_of(each)} {each.value}' for each in spec.choices)}"
