"""The summary of an audit of very many facts: counted, sorted and cut off by a database."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any, Final

from attrs import frozen

from ..answers import GAPS, Agreement, Consistency, Finding, Status
from ..engines.columns import AGREEMENT, DECISION, FINDING, VERDICT
from ..facts import Facts
from ..language import Cite
from ..language.rules import AttestationRule
from ..render.needed import Needed, parted
from ..report import Alike, Summary, mattering
from .answer_rows import typed_columns
from .answered_rows import Counts, decoder, no_rows_sql, rows_sql
from .databases import literal, local_rows, pattern_of, write_parquet
from .locations import PARQUET
from .progress import Watch
from .table_inputs import AskedOfTables

# Of what is alike so many are named.
_NAMED: Final = 3
_UNMET: Final = tuple(status for status in Status if status.standing.unmet)
# As `policy.order_of_gaps` has it, of findings alike. It orders a table and decides nothing.
_GRAVITY: Final = " ".join(f"WHEN '{each}' THEN {place}" for place, each in enumerate(GAPS))
_WORST_FIRST: Final = (
    f"CASE status {_GRAVITY} END, "
    "COALESCE(shortfall::DOUBLE / CASE WHEN required <> 0 THEN required ELSE 1 END, 1) DESC, "
    "COALESCE(shortfall, 0) DESC, COALESCE(due, DATE '9999-12-31'), collection, MIN(id)"
)
# What is needed of a fact: its collection and the field, with the year of that.
_OF_A_FACT: Final = r"^([^/.]+)/.*\.([^.0-9][^.]*(\.[0-9]+)?)$"


def summary_of_tables(ask: AskedOfTables, most: int, watch: Watch) -> tuple[Summary, Counts]:
    """Sum up the answers, with the first particulars of each kind, at `most` so many.

    Each question is asked once. When what falls short was met after all, no column says: it stands
    among the rest.
    """
    counts = Counts(ask.asked.policy)
    findings = _kept(ask, FINDING, watch, "核查", "auditing")
    agreements = _kept(ask, AGREEMENT, watch, "比对数据", "comparing accounts")
    counts.count(findings.rows, findings.relation, FINDING)
    counts.count(agreements.rows, agreements.relation, AGREEMENT)
    others = [*ask.of_columns(DECISION), *ask.of_columns(VERDICT)]
    counts.add(ask, watch.over(others, len(others), "认定和审核", "deciding and checking"))
    watch.stage("汇总", "summing up")
    gaps, denied = findings.gaps(most), findings.denied(most)
    needed, needed_number = findings.needed(most)
    differing = agreements.differing(most)
    named = [each.keys for each in (*gaps, *denied, *differing)] + [each.keys for each in needed]
    facts = ask.tables.facts.some(key for keys in named for key in keys[:_NAMED])
    summary = Summary(
        policy=counts.policy,
        facts=facts,
        lists=mattering(ask.tables.lists(), ask.tables.read_from),
        rows=tuple(counts.summary()),
        outcomes=counts.outcomes,
        agreements=counts.agreements,
        decisions=counts.decisions.total(),
        unsettled=counts.unsettled,
        gaps=tuple(findings.alike(each, facts) for each in gaps),
        denied=tuple(findings.alike(each, facts) for each in denied),
        needed=tuple(needed),
        needed_number=needed_number,
        doubtful=tuple(agreements.agreement(each, facts) for each in differing),
    )
    return summary, counts


@frozen
class _Row:
    """A row of answers of one collection, with the ids of the first of the `number` alike."""

    collection: str
    said: tuple[Any, ...]
    ids: Sequence[str]
    number: int

    @property
    def keys(self) -> list[str]:
        return [f"{self.collection}/{id_}" for id_ in self.ids]


@frozen
class _Kept:
    """Answers of one kind that were written to a file, to be looked at more than once."""

    ask: AskedOfTables
    kind: Sequence[str]
    relation: str

    def rows(self, sql: str) -> Iterator[Sequence[Any]]:
        return local_rows(self.ask.database, sql)

    def gaps(self, most: int) -> list[_Row]:
        """The worst of the measured findings that fall short, those alike together."""
        said = "cite, status, actual, required, shortfall, due"
        where = f"status IN ({_listed(GAPS)}) AND NOT {self._attested}"
        order = f"{_WORST_FIRST}, {self._in_text}"
        return self._grouped(f"MIN(id), {said}, '', ''", said, where, order, most)

    def denied(self, most: int) -> list[_Row]:
        """What is attested not to be there, by rule, in the order of the text."""
        said = "MIN(id), cite, ARG_MIN(status, id), NULL, NULL, NULL, ARG_MIN(due, id), '', ''"
        where = f"status IN ({_listed(_UNMET)}) AND {self._attested}"
        return self._grouped(said, "cite", where, self._in_text, most)

    def _grouped(self, said: str, by: str, where: str, order: str, most: int) -> list[_Row]:
        query = (
            f"SELECT collection, LIST(id ORDER BY id)[1:{_NAMED}], COUNT(*), {said} "
            f"FROM {self.relation} WHERE {where} GROUP BY collection, {by} "
            f"ORDER BY {order} LIMIT {most}"
        )
        return [_Row(of, tuple(said), ids, n) for of, ids, n, *said in self.rows(query)]

    def needed(self, most: int) -> tuple[list[Needed], int]:
        """What most measured findings need, and how many things are needed in all."""
        name = f"REGEXP_REPLACE(need, {literal(_OF_A_FACT)}, '\\1.\\2')"
        query = (
            f"SELECT name, COUNT(DISTINCT (id, cite)), LIST(DISTINCT cite), "
            f"LIST_SORT(LIST(DISTINCT need))[1:{_NAMED}], COUNT(DISTINCT need), COUNT(*) OVER () "
            f"FROM (SELECT id, cite, need, {name} AS name FROM "
            "(SELECT id, cite, UNNEST(STRING_SPLIT(needs, ' ')) AS need "
            f"FROM {self.relation} WHERE needs <> '' AND NOT {self._attested})) "
            f"GROUP BY name ORDER BY COUNT(DISTINCT (id, cite)) DESC, name LIMIT {most}"
        )
        found = []
        rows = list(self.rows(query))
        for _, findings, cites, first, number, _ in rows:
            collection, name, key = parted(first[0])
            found.append(
                Needed(
                    collection=collection,
                    name=name,
                    keys=tuple(parted(each)[2] for each in first) if key else (),
                    number=number if key else 0,
                    cites=tuple(sorted(map(Cite.parse, cites))),
                    findings=findings,
                )
            )
        return found, rows[0][-1] if rows else 0

    def differing(self, most: int) -> list[_Row]:
        """The first of the accounts that do not say the same."""
        said = ", ".join(self.kind)
        query = (
            f"SELECT collection, {said} FROM {self.relation} "
            f"WHERE status = {literal(str(Consistency.INCONSISTENT))} "
            f"ORDER BY collection, id, cite LIMIT {most}"
        )
        return [_Row(of, tuple(said), said[:1], 1) for of, *said in self.rows(query)]

    def alike(self, row: _Row, facts: Facts) -> Alike:
        """Findings alike, as the summary of documents has them."""
        finding = self._answer(row, facts)
        assert isinstance(finding, Finding)
        named = tuple(facts.named(type(finding.fact), id_) for id_ in row.ids)
        return Alike(finding, named, row.number)

    def agreement(self, row: _Row, facts: Facts) -> Agreement:
        """Two accounts that differ."""
        answer = self._answer(row, facts)
        assert isinstance(answer, Agreement)
        return answer

    def _answer(self, row: _Row, facts: Facts) -> Any:
        question = next(
            each
            for each in self.ask.of_columns(self.kind)
            if each.fact_class.collection == row.collection
        )
        return decoder(self.ask.asked.policy, question, facts)(row.said)

    @property
    def _in_text(self) -> str:
        """The place of the rule in the text."""
        rules = self.ask.asked.policy.rules.rules
        places = (f"WHEN '{each.cite}' THEN {place}" for place, each in enumerate(rules))
        return f"CASE cite {' '.join(places)} END"

    @property
    def _attested(self) -> str:
        rules = self.ask.asked.policy.rules.rules
        cites = [each.cite for each in rules if isinstance(each, AttestationRule)]
        return f"cite IN ({_listed(cites)})" if cites else "FALSE"


def _kept(ask: AskedOfTables, kind: Sequence[str], watch: Watch, zh: str, en: str) -> _Kept:
    """Write the answers of one kind to a file that passes."""
    questions, types = ask.of_columns(kind), typed_columns(ask.asked.policy, kind)
    file = str(ask.database.scratch / f"{en}{PARQUET}")

    def queries() -> Iterator[str]:
        yield no_rows_sql(types)
        for question in watch.over(questions, len(questions), zh, en):
            yield rows_sql(ask, question)

    write_parquet(ask.database, {file: (queries(), types)})
    return _Kept(ask, kind, f"read_parquet({pattern_of(file)})")


def _listed(texts: Iterable[object]) -> str:
    return ", ".join(literal(str(text)) for text in texts)
