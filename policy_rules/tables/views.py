"""A policy as SQL to read and to install: a view for each question, with what it rests on."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import Final

from sqlglot import exp

from ..arguments import public
from ..engines.sql.databases import DIALECTS
from ..engines.sql.dialects import Dialect, united
from ..engines.sql.reading import classes_of, years_of
from ..engines.sql.sources import table_source
from ..facts import Fact
from ..formats import Mapping
from ..language import ChoiceError
from ..language.expressions import Definition
from ..language.rules import Stated
from ..policy import Policy
from .mapped import sources as mapped_sources
from .queries import Queries, Question, whole_lists, years_read
from .schema import Schema

# The table of the date that is set, and the view of those that can be.
SET_DAY: Final = "policy_rules_as_of"
DAYS: Final = "policy_rules_days"
_SET_DAY: Final = exp.select(exp.Max(this=exp.column("as_of"))).from_(SET_DAY)


def dialect_named(name: str) -> Dialect:
    """How a database writes SQL. Raises ChoiceError for one that there is not."""
    found = DIALECTS.get(name)
    if found is None:
        known = "、".join(f"`{each}`" for each in DIALECTS)
        listed = ", ".join(f"`{each}`" for each in DIALECTS)
        raise ChoiceError(
            (
                f"没有 SQL 方言 `{name}`；现有 {known}",
                f"no SQL dialect `{name}`; there are {listed}",
            )
        )
    return found


@public
def to_sql(
    policy: Policy,
    dialect: str = "duckdb",
    *,
    mapping: Mapping | None = None,
    schema: Schema | None = None,
    complete: Collection[type[Fact] | str] = (),
    only: Iterable[str] | None = None,
) -> str:
    """A script of views, one for each decision, verdict and list of findings or agreements.

    `dialect` is one of those of `docs/reference/databases.md`, such as `postgres`. The views read
    tables named by the collections, with columns in the form that the rules read; or, with
    the `schema` of a database, the tables that there are, through a `mapping`. `complete` are the
    classes whose tables are whole, beside those that the mapping names; `only` the names of the
    views that are wanted. A decision that is a number of the type `RATIONAL` has two columns, the
    whole number `value` over the whole number `denominator`; where its definition has decimal
    `places`, it is one DECIMAL. Raises ChoiceError for a dialect or a
    view that there is not, FactError for a mapping that does not fit, NotLoweredError for what no
    SQL can say.
    """
    chosen = dialect_named(dialect)
    queries = queries_of(policy, chosen, mapping, schema, complete)
    wanted = _wanted(queries, only)
    parts = [*_opening([queries]), *(_view(queries, each, each.name) for each in wanted)]
    return "\n\n".join(parts) + "\n"


def to_sql_of_days(
    policies: Sequence[Policy],
    dialect: str,
    *,
    complete: Collection[type[Fact] | str] = (),
    only: Iterable[str] | None = None,
) -> str:
    """A script of views whose date is set in the database: one of those of several policies.

    The table `policy_rules_as_of` has one row with one column, `as_of`, the date that the views
    answer for; the view `policy_rules_days` has the dates that they can answer for. As of another
    they have no rows. The tables are those that `tables_to_sql` makes for the same policies. Raises
    as `to_sql` does.
    """
    chosen = dialect_named(dialect)
    asked = [queries_of(policy, chosen, None, None, complete) for policy in policies]
    days = [chosen.day(each.policy.as_of) for each in asked]
    listed = chosen.constants(["as_of"], [[day] for day in days])
    parts = [*_opening(asked), _made(chosen, DAYS, listed)]
    taken = {DAYS, SET_DAY}
    for question in _wanted(asked[0], only):
        blocks: list[exp.Query] = []
        for queries, day in zip(asked, days, strict=True):
            name = chosen.name_of(f"on_{queries.policy.as_of:%Y%m%d}_{question.name}", taken)
            taken.add(name)
            parts.append(_view(queries, queries.questions[question.name], name))
            is_set = exp.EQ(this=_SET_DAY.subquery(), expression=day.copy())
            blocks.append(exp.select("*").from_(name).where(is_set))
        parts.append(_made(chosen, chosen.name_of(question.name, taken), united(blocks)))
    return "\n\n".join(parts) + "\n"


def _wanted(queries: Queries, only: Iterable[str] | None) -> list[Question]:
    wanted = [only] if isinstance(only, str) else only
    names = list(queries.questions if wanted is None else wanted)
    unknown = [name for name in names if name not in queries.questions]
    if unknown:
        known = ", ".join(f"`{name}`" for name in queries.questions)
        raise ChoiceError(
            *((f"没有视图 `{name}`；现有 {known}", f"no view `{name}`; there are {known}")
              for name in unknown)
        )  # fmt: skip
    return [queries.questions[name] for name in names]


def _opening(asked: Sequence[Queries]) -> Iterator[str]:
    """What stands before the views: on what they rest, and what tries the database's mode."""
    yield "\n--\n".join(_comment(_head(queries)) for queries in asked)
    if asked[0].dialect.guard is not None:
        yield asked[0].dialect.guard


def _made(dialect: Dialect, name: str, query: exp.Query) -> str:
    return f"{dialect.create_view} {name} AS\n{dialect.sql(query, pretty=True)};"


def queries_of(
    policy: Policy,
    dialect: Dialect,
    mapping: Mapping | None,
    schema: Schema | None,
    complete: Collection[type[Fact] | str],
) -> Queries:
    """The queries of a policy over the tables of a schema, or over those that rules read as is."""
    whole = whole_lists(policy, mapping, complete)
    classes = classes_of(policy.regime)
    if schema is None:
        years = years_of(policy.regime)
        found = {each: table_source(each, dialect, None, years.get(each, ())) for each in classes}
        return Queries(policy, dialect, found, whole)
    listed = mapped_sources(mapping, schema, classes, years_read(policy), dialect)
    return Queries(policy, dialect, listed, whole)


def _head(queries: Queries) -> Iterator[str]:
    policy = queries.policy
    directive = policy.rules.directive
    yield f"{directive.number} {directive.zh}"
    yield f"as of {policy.as_of}"
    for name, option in policy.readings.items():
        yield f"reading {name} = {option}"
    for name, value in policy.regime.parameters.items():
        yield f"parameter {name} = {value}"
    if queries.complete:
        yield f"whole lists: {', '.join(sorted(queries.complete))}"
    if policy.exemptions:
        yield f"exemptions: {', '.join(each.id for each in policy.exemptions)}"


def _view(queries: Queries, question: Question, wanted: str) -> str:
    dialect = queries.dialect
    said = [_said(each) for each in question.stated]
    made = _made(dialect, dialect.name_of(wanted, ()), queries.query(question))
    return f"{_comment(line for each in said for line in each)}\n{made}"


def _said(rule: Definition | Stated) -> tuple[str, ...]:
    """The citation, words and statement of a rule."""
    if isinstance(rule, Definition):
        quotes = dict.fromkeys(f"{each.cite} “{each.quote}”" for each in rule.outcomes())
        return (f"{rule.name}: {rule.zh}", *(f"  {quote}" for quote in quotes))
    return (f"{rule.cite} “{rule.quote}”: {rule.zh}",)


def _comment(lines: Iterable[str]) -> str:
    return "\n".join(f"-- {' '.join(line.split())}" for line in lines)
