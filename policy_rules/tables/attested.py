"""Attestations and exemptions in tables that hit nothing: no such sentence, or no such fact."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from functools import partial

from sqlglot import exp

from ..engines.sql.dialects import (
    SQL_NULL,
    SQL_TRUE,
    Dialect,
    case,
    equal,
    is_given,
    is_null,
    is_one_of,
    literal,
    number,
    sql_and,
    sql_not,
)
from ..engines.sql.sources import Source
from ..facts import Attestation, Exemption, Fact, Fault
from ..facts.faults import FaultCode
from ..facts.linking import exempts_nothing
from ..language.attestations import STATED_OF, unknown_citation, unknown_subject, unstated
from .mapped import MappedSource
from .texts import identities, matches
from .wrong_rows import DataCheck, Run, Wrong, check_of, leading_nowhere, rows_where, sql_of

Sources = Mapping[type[Fact], MappedSource]


def attestation_checks(
    attested: Mapping[str, type[Fact]],
    sources: Sources,
    dialect: Dialect,
    complete: Collection[type[Fact]],
) -> Iterator[DataCheck]:
    """What to ask of the tables of attestations; `attested` are the citations that they can have,
    with the classes of what they speak of."""
    source = sources.get(Attestation)
    for part in () if source is None else source.parts:
        if "holds" in part.columns:
            yield from (_unstated(part, name, dialect) for name in STATED_OF)
        columns = [name for name in ("id", "cite", "subject_id") if name in part.columns]
        if "cite" in columns:
            given = exp.select(*(exp.alias_(part.columns[name].copy(), name) for name in columns))
            given = given.from_(part.relation.copy())
            yield _citations(part, given, attested, dialect)
            for cls in dict.fromkeys(attested.values()) if "subject_id" in columns else ():
                cites = [each for each, of in attested.items() if of is cls]
                of = (given, cites, sources.get(cls), cls in complete, dialect)
                rows = partial(_elsewhere, *of)
                yield _subjects(part, cls, rows, dialect)


def _unstated(part: MappedSource, name: str, dialect: Dialect) -> DataCheck:
    """Statements that do not say what they are about; what they say of it may be unreadable."""
    value = part.columns.get(name, SQL_NULL)
    nothing = is_null(value)
    if name in part.converted:
        says = case([(part.converted[name].says, number(1))], number(0))
        nothing = sql_and(nothing, equal(says, number(0)))
    columns = [exp.alias_(part.columns["id"].copy(), "id"), exp.alias_(value.copy(), "about")]
    given = exp.select(*columns).from_(part.relation.copy())
    given = given.where(sql_and(nothing, is_given(part.columns["holds"])))
    rows = partial(rows_where, given, SQL_TRUE, "id", "about", dialect)

    def told(_: str | None) -> Fault:
        return unstated(part.name, name, part.written.get(name, name))

    wrong = Wrong(Attestation, name, FaultCode.MISSING_VALUE, rows, told)
    return check_of(f"{part.name}: {name} of statements", wrong, dialect)


def _citations(
    part: MappedSource, given: exp.Query, attested: Mapping[str, type[Fact]], dialect: Dialect
) -> DataCheck:
    cite = exp.column("cite")
    unknown = sql_and(is_given(cite), sql_not(is_one_of(cite, map(literal, attested))))

    def told(value: str | None) -> Fault:
        return unknown_citation(part.name, value or "", attested, part.written.get("cite", "cite"))

    rows = partial(rows_where, given, unknown, "id", "cite", dialect)
    return check_of(
        f"{part.name}: cite",
        Wrong(Attestation, "cite", FaultCode.UNKNOWN_CITATION, rows, told),
        dialect,
    )


def _subjects(
    part: MappedSource, cls: type[Fact], rows: Callable[[], exp.Query], dialect: Dialect
) -> DataCheck:
    def told(value: str | None) -> Fault:
        return unknown_subject(
            part.name, value or "", cls, part.written.get("subject_id", "subject_id")
        )

    wrong = Wrong(Attestation, "subject_id", FaultCode.UNKNOWN_SUBJECT, rows, told)
    return check_of(f"{part.name}: subject_id of {cls.collection}", wrong, dialect)


def _elsewhere(
    given: exp.Query, cites: Iterable[str], target: Source | None, whole: bool, dialect: Dialect
) -> exp.Query:
    """The attestations of some citations whose subject is not in the table that has to have it."""
    subject = exp.column("subject_id")
    condition = sql_and(is_one_of(exp.column("cite"), map(literal, cites)), is_given(subject))
    columns = [exp.column("id"), exp.alias_(subject, "leads_to")]
    referring = exp.select(*columns).from_(given.subquery("given")).where(condition)
    no_id = sql_not(matches(exp.column("leads_to"), identities(dialect), dialect))
    return leading_nowhere(referring, target, whole, dialect, no_id)


def faults_of_exemptions(
    exemptions: Iterable[Exemption],
    place: str,
    sources: Sources,
    run: Run,
    dialect: Dialect,
    complete: Collection[type[Fact]] = (),
) -> Iterator[Fault]:
    """Find exemptions for facts that are not in the tables, where these hold anything."""
    subjects: dict[str, set[str]] = {}
    for each in exemptions:
        collection, _, id_ = each.subject.partition("/")
        subjects.setdefault(collection, set()).add(id_)
    for cls, source in sources.items():
        wanted = sorted(subjects.get(cls.collection, ()))
        if not wanted:
            continue
        ids = exp.select(source.columns["id"].copy()).from_(source.relation.copy())
        listed = is_one_of(source.columns["id"], map(literal, wanted))
        there = {row[0] for row in run(sql_of(ids.where(listed), dialect))}
        if there or cls in complete or [*run(sql_of(ids.limit(1), dialect))]:
            yield from (
                exempts_nothing(place, "subject", f"{cls.collection}/{id_}")
                for id_ in wanted
                if id_ not in there
            )
