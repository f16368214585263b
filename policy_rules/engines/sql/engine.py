"""The engine `sql`: the rules as queries over the facts, which are put into DuckDB."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from threading import RLock
from typing import Any, Final
from weakref import finalize, ref

import duckdb
from attrs import define, field, frozen

from ...answers import Finding, Status
from ...facts import Fact, Facts
from ...language.regimes import Regime
from ...language.rules import AttestationRule, Requirement
from ..asking import asker_by
from ..conditions import FindingConditions, duties, finding_conditions
from ..evaluator import Scope
from ..exemptions import Exemptions
from ..fulfilment import lacking, met_on, tallies
from ..protocol import Asker, Auditor, Checker, Decider, Duties
from .databases import DIALECTS
from .decoding import Decisions, Details, Findings, Verdicts
from .loading import attached, detach, load
from .lowering import Lowering
from .questions import Questions
from .reading import classes_of, years_of
from .relations import Selection
from .sources import Source, table_source

_MOST_LOADED: Final = 4
_ASKED: Final = "asked"

Ask = Callable[[Questions], Sequence[Selection]]
Rows = dict[str, list[Sequence[Any]]]


@define(eq=False)
class Loaded:
    """Facts in a database, and the rows that have been asked for."""

    connection: duckdb.DuckDBPyConnection
    of: ref[Facts]
    rows: dict[object, Rows] = field(factory=dict)
    tables: set[type[Fact]] = field(factory=set)


@frozen(eq=False)
class Prepared:
    """What is asked of a class of facts; equal to itself only."""

    fact_class: type[Fact]
    ask: Ask


@frozen(eq=False)
class Written:
    """A query, the classes whose tables it reads, and the lists that it takes to be whole.

    `asked` are the lists of which that made a difference.
    """

    sql: str
    classes: frozenset[type[Fact]]
    asked: frozenset[str]
    complete: frozenset[str]


class SqlEngine:
    """Rules as SQL. All facts of a class are answered at once, when the first is asked about."""

    def __init__(self, regime: Regime, exemptions: Exemptions) -> None:
        self.regime = regime
        self.exemptions = exemptions
        self._dialect = DIALECTS["duckdb"]
        self._years = years_of(regime)
        self._classes = classes_of(regime)
        self._loaded: list[Loaded] = []
        self._queries: dict[tuple[Prepared, bool], list[Written]] = {}
        self._lock = RLock()

    def decider(self, fact_class: type[Fact], name: str) -> Decider:
        """What gives the value of a derived attribute of a fact."""
        definition = self.regime.rules.definitions[fact_class, name]
        decode = Decisions(self.regime, definition)
        question = Prepared(fact_class, lambda questions: [questions.decision(definition)])
        return lambda fact, facts: decode.answer(fact, facts, self._rows(question, fact, facts)[0])

    def checker(self, fact_class: type[Fact]) -> Checker:
        """What gives the verdict on a request."""
        decode = Verdicts(self.regime, self.exemptions, fact_class)
        question = Prepared(fact_class, lambda questions: [questions.verdict()])
        return lambda fact, facts: decode.answer(fact, facts, self._rows(question, fact, facts)[0])

    def asker(self, fact_class: type[Fact], name: str | None) -> Asker:
        """What gives the part that decisions of one kind share; without a name, verdicts."""
        return asker_by(self, fact_class, name)

    def auditor(self, fact_class: type[Fact], rules: Duties | None = None) -> Auditor:
        """What gives the findings on a fact, in the order of the text; all, or under some rules."""
        asked = duties(self.regime, fact_class, rules)
        if not asked:
            return lambda fact, facts: []
        details = {str(rule.cite): found for rule in asked if (found := self._details(rule))}
        decode = Findings(self.regime, self.exemptions, asked, details)
        question = Prepared(fact_class, lambda questions: questions.findings(asked))
        order = {str(rule.cite): place for place, rule in enumerate(asked)}

        def findings(fact: Fact, facts: Facts) -> list[Finding]:
            rows = sorted(self._rows(question, fact, facts), key=lambda row: order[row[1]])
            return [decode.answer(fact, facts, row) for row in rows]

        return findings

    def _details(self, rule: Requirement | AttestationRule) -> Details | None:
        """When a duty was met late, and which periods lack what recurs: not said in SQL."""
        if not self.regime.in_force or not self.regime.holds(rule):
            return None
        if isinstance(rule, AttestationRule):
            return None
        conditions: FindingConditions = finding_conditions(self.regime, rule)
        if not conditions.detailed:
            return None

        def details(fact: Fact, facts: Facts, status: Status) -> dict[str, Any]:
            bound = {conditions.rule.subject: fact}
            scope = Scope(self.regime, facts, self.exemptions, bound)
            return {
                "met_on": met_on(conditions, status, scope),
                "periods": lacking(status, tallies(conditions, scope)),
            }

        return details

    def _rows(self, question: Prepared, fact: Fact, facts: Facts) -> list[Sequence[Any]]:
        with self._lock:
            loaded = self._loaded_of(facts)
            if facts.get(type(fact), fact.id) is not fact:
                return self._run(loaded, question, facts, alone=fact)[fact.id]
            rows = loaded.rows.get(question)
            if rows is None:
                rows = loaded.rows[question] = self._run(loaded, question, facts)
            return rows[fact.id]

    def _loaded_of(self, facts: Facts) -> Loaded:
        self._loaded = [each for each in self._loaded if each.of() is not None]
        for each in self._loaded:
            if each.of() is facts:
                return each
        connection = attached()
        made = Loaded(connection, ref(facts))
        finalize(made, detach, connection).atexit = False
        self._loaded = [*self._loaded, made][-_MOST_LOADED:]
        return made

    def _run(
        self, loaded: Loaded, question: Prepared, facts: Facts, alone: Fact | None = None
    ) -> Rows:
        query = self._query(question, facts, alone is not None)
        for fact_class in query.classes - loaded.tables:
            listed = facts.all(fact_class)
            years = self._years.get(fact_class, ())
            load(loaded.connection, fact_class.collection, fact_class, listed, years)
            loaded.tables.add(fact_class)
        if alone is not None:
            years = self._years.get(question.fact_class, ())
            load(loaded.connection, _ASKED, question.fact_class, [alone], years)
        found: Rows = {}
        for row in loaded.connection.execute(query.sql).fetchall():
            found.setdefault(row[0], []).append(row)
        return found

    def _query(self, question: Prepared, facts: Facts, alone: bool) -> Written:
        for written in self._queries.get((question, alone), ()):
            if facts.complete & written.asked == written.complete:
                return written
        sources = {each: self._source(each) for each in self._classes}
        subjects: dict[type[Fact], Source] = {}
        if alone:
            subjects[question.fact_class] = self._source(question.fact_class, _ASKED)
        lowering = Lowering(
            self.regime, self.exemptions, self._dialect, sources,
            complete=facts.complete, subjects=subjects,
        )  # fmt: skip
        selections = question.ask(Questions(lowering, question.fact_class))
        asked = frozenset(lowering.asked_whether_complete)
        made = Written(
            self._dialect.sql(lowering.query.written(selections)),
            frozenset(lowering.places.read_classes()),
            asked,
            facts.complete & asked,
        )
        self._queries.setdefault((question, alone), []).append(made)
        return made

    def _source(self, fact_class: type[Fact], name: str | None = None) -> Source:
        years = self._years.get(fact_class, ())
        return table_source(fact_class, self._dialect, name, years)
