"""Answers as rows of a database: the query that gives them, their number, each one decoded."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final

from attrs import field, frozen

from ..answers import Consistency, Outcome, Status
from ..engines.columns import AGREEMENT, DECISION, VERDICT
from ..engines.sql.decoding import Agreements, Decisions, Findings, Verdicts
from ..facts import NO_FACTS, NONE, Facts
from ..language.exact import MOST_PLACES
from ..language.expressions import Definition, gives_none
from ..language.rules import AgreementRule, AttestationRule, Requirement
from ..language.types import RATIONAL
from ..policy import Answer, Duty, Policy, SummaryRow
from .answer_rows import OF_BODIES
from .databases import literal
from .failing import Failing
from .table_inputs import AskedOfTables

if TYPE_CHECKING:
    from ..tables.queries import Question

_CONFLICT: Final = "conflict <> ''"
_OPEN: Final = f"needs <> '' OR {_CONFLICT}"
_DUTIES: Final = (Requirement, AttestationRule)

Rows = Callable[[str], Iterable[Sequence[Any]]]


@frozen
class Counts:
    """How many answers there are of what kind."""

    policy: Policy

    decisions: Counter[Definition] = field(factory=Counter)
    unsettled: Counter[Definition] = field(factory=Counter)
    conflicts: Counter[Definition] = field(factory=Counter)
    verdicts: Counter[tuple[str, Outcome]] = field(factory=Counter)
    findings: Counter[tuple[Duty, Status]] = field(factory=Counter)
    agreements: Counter[Consistency] = field(factory=Counter)

    @classmethod
    def of(cls, ask: AskedOfTables, questions: Iterable[Question]) -> Counts:
        """The answers to some questions, counted in the database."""
        counts = cls(ask.asked.policy)
        counts.add(ask, questions)
        return counts

    def add(self, ask: AskedOfTables, questions: Iterable[Question]) -> None:
        """Count the answers to more questions."""
        for question in questions:
            self.count(ask.rows, f"({rows_sql(ask, question)})", question.columns)

    def number(self, columns: Sequence[str]) -> int:
        """How many answers of one kind have been counted."""
        if columns is DECISION:
            return self.decisions.total()
        if columns is VERDICT:
            return self.verdicts.total()
        return (self.agreements if columns is AGREEMENT else self.findings).total()

    def count(self, rows: Rows, relation: str, columns: Sequence[str]) -> None:
        """Count what a relation holds; `columns` says of which kind of answer."""
        if columns is DECISION:
            some = (f"SUM(CASE WHEN {each} THEN 1 ELSE 0 END)" for each in (_OPEN, _CONFLICT))
            query = _grouped(relation, "collection, name", *some)
            for collection, name, number, open_, conflicts in rows(query):
                definition = self._definitions[collection, name]
                self.decisions[definition] += int(number)
                if open_:
                    self.unsettled[definition] += int(open_)
                if conflicts:
                    self.conflicts[definition] += int(conflicts)
        elif columns is VERDICT:
            for collection, outcome, number in rows(_grouped(relation, "collection, outcome")):
                self.verdicts[collection, Outcome.parse(outcome)] += int(number)
        elif columns is AGREEMENT:
            for status, number in rows(_grouped(relation, "status")):
                self.agreements[Consistency.parse(status)] += int(number)
        else:
            for cite, status, number in rows(_grouped(relation, "cite, status")):
                self.findings[self._duties[cite], Status.parse(status)] += int(number)

    @property
    def _definitions(self) -> Mapping[tuple[str, str], Definition]:
        definitions = self.policy.rules.definitions
        return {(cls.collection, name): each for (cls, name), each in definitions.items()}

    @property
    def _duties(self) -> Mapping[str, Duty]:
        rules = self.policy.rules.rules
        return {str(each.cite): each for each in rules if isinstance(each, _DUTIES)}

    @property
    def outcomes(self) -> Counter[Outcome]:
        """The verdicts of all classes together."""
        found: Counter[Outcome] = Counter()
        for (_, outcome), number in self.verdicts.items():
            found[outcome] += number
        return found

    def summary(self) -> list[SummaryRow]:
        """The findings by rule and status, in the order of the text."""
        order = {rule.cite: place for place, rule in enumerate(self.policy.rules.rules)}
        by_rule: dict[Duty, dict[Status, int]] = {}
        for (rule, status), number in self.findings.items():
            by_rule.setdefault(rule, {})[status] = number
        return [
            SummaryRow(rule.cite, rule.zh, rule.en, isinstance(rule, AttestationRule), of)
            for rule, of in sorted(by_rule.items(), key=lambda each: order[each[0].cite])
        ]

    def status(self, failing: Failing) -> int:
        """1 where some answer makes the exit status so, else 0."""
        undetermined = self.unsettled.total() > self.conflicts.total()
        return int(
            (undetermined and failing.includes(Outcome.UNDETERMINED))
            or (bool(self.conflicts) and failing.includes(Outcome.CONFLICT))
            or any(failing.includes(outcome) for _, outcome in self.verdicts)
            or any(map(failing.includes, self.agreements))
            or any(
                failing.finding(status, attested=isinstance(rule, AttestationRule))
                for rule, status in self.findings
            )
        )


def _grouped(relation: str, names: str, *more: str) -> str:
    counted = ", ".join(("COUNT(*)", *more))
    return f"SELECT {names}, {counted} FROM {relation} AS answers GROUP BY {names}"


def duties_of(question: Question) -> tuple[Duty, ...]:
    """The duties that a question about findings is about."""
    return tuple(each for each in question.stated if isinstance(each, _DUTIES))


def definition_of(question: Question) -> Definition:
    """The definition that a question about decisions is about."""
    (definition,) = question.stated
    assert isinstance(definition, Definition)
    return definition


def rows_sql(ask: AskedOfTables, question: Question) -> str:
    """The query that answers a question in the columns in which all of its kind are written."""
    sql = ask.sql(question)
    if question.columns is DECISION:
        return _decision_rows(ask, question, sql)
    columns = ", ".join(question.columns)
    collection = literal(question.fact_class.collection)
    return f"SELECT {collection} AS collection, {columns} FROM ({sql}) AS answers"


def _decision_rows(ask: AskedOfTables, question: Question, sql: str) -> str:
    """The decisions of one name; values of all types are given as texts."""
    definition = definition_of(question)
    collection = literal(question.fact_class.collection)
    value = value_text(ask, definition)
    return (
        f"SELECT {collection} AS collection, id, {literal(definition.name)} AS name, "
        f"{value} AS value, cites, conflict, needs FROM ({sql}) AS answers"
    )


def no_rows_sql(columns: Mapping[str, str]) -> str:
    """A query that gives no row, but the columns with their types: what is written has them where
    there is no table to ask about."""
    typed = ", ".join(f"CAST(NULL AS {type_}) AS {name}" for name, type_ in columns.items())
    return f"SELECT {typed} WHERE 1 = 0"


def written_sql(ask: AskedOfTables, question: Question) -> str:
    """The same rows as they are written, with what follows from the choices.

    Findings and agreements have the body that is responsible; answers of an amended directive the
    amendments by whose rules an act is judged.
    """
    sql = rows_sql(ask, question)
    reached = ask.asked.policy.rules.reached
    if question.columns in OF_BODIES:
        responsible = _responsible(ask.asked.policy, question)
        sql = f"SELECT answers.*, {responsible} AS responsible FROM ({sql}) AS answers"
    if question.fact_class in reached:
        return by_its_day(ask, question, sql)
    if reached:
        sql = f"SELECT answers.*, CAST(NULL AS TEXT) AS amended_by FROM ({sql}) AS answers"
    return sql


def by_its_day(ask: AskedOfTables, question: Question, sql: str) -> str:
    """Answers on acts, with the amendments by whose rules each is judged as the last column."""
    acts = ask.tables.queries.amended_by(question.fact_class)
    return (
        f"SELECT answers.*, acts.amended_by FROM ({sql}) AS answers "
        f"LEFT JOIN ({acts}) AS acts ON acts.id = answers.id"
    )


def _responsible(policy: Policy, question: Question) -> str:
    """Who answers for each rule, by its citation; an empty text where nobody is named."""
    bodies = {
        str(each.cite): policy.regime.responsible(each)
        for each in question.stated
        if isinstance(each, (*_DUTIES, AgreementRule))
    }
    said = [
        f"WHEN {literal(cite)} THEN {literal(str(body))}"
        for cite, body in bodies.items()
        if body is not None
    ]
    return f"CASE cite {' '.join(said)} ELSE '' END" if said else "''"


def value_text(ask: AskedOfTables, definition: Definition) -> str:
    """The value of a decision as a text, in SQL; that of a rational number as JSON has it."""
    text = _known_text(ask, definition)
    if not gives_none(definition):
        return text
    none = f"CASE WHEN cites <> '' THEN {literal(NONE.value)} END"
    return f"CASE WHEN value IS NULL THEN {none} ELSE {text} END"


def _known_text(ask: AskedOfTables, definition: Definition) -> str:
    if definition.type != RATIONAL:
        return "CAST(value AS TEXT)"
    if definition.places is not None:
        return "RTRIM(RTRIM(CAST(value AS TEXT), '0'), '.')"

    divided = ask.tables.queries.dialect.divided
    shared = "GCD(value, denominator)"
    over, under = divided("ABS(value)", shared), divided("denominator", shared)
    whole, rest = f"CAST({divided(over, under)} AS TEXT)", f"({over} % {under})"
    most = f"CAST('{10**MOST_PLACES}' AS {ask.tables.queries.dialect.wide})"
    digits = f"LPAD(CAST({rest} * {divided(most, under)} AS TEXT), {MOST_PLACES}, '0')"
    return (
        "CASE WHEN value < 0 THEN '-' ELSE '' END || "
        f"CASE WHEN {under} = 1 THEN {whole} "
        f"WHEN {most} % {under} = 0 THEN {whole} || '.' || RTRIM({digits}, '0') "
        f"ELSE CAST({over} AS TEXT) || '/' || CAST({under} AS TEXT) END"
    )


def decoder(
    policy: Policy, question: Question, facts: Facts = NO_FACTS
) -> Callable[[Sequence[Any]], Answer]:
    """What makes an answer of a row, about a fact among `facts`; else it has its id only."""
    decode: Callable[..., Answer]
    if question.columns is DECISION:
        decode = Decisions(policy.regime, definition_of(question)).answer
    elif question.columns is VERDICT:
        decode = Verdicts(policy.regime, policy.exemption_index, question.fact_class).answer
    elif question.columns is AGREEMENT:
        rules = [each for each in question.stated if isinstance(each, AgreementRule)]
        decode = Agreements(policy.regime, policy.exemption_index, rules).answer
    else:
        duties = duties_of(question)
        decode = Findings(policy.regime, policy.exemption_index, duties, {}).answer
    cls = question.fact_class
    return lambda row: decode(facts.named(cls, row[0]), facts, row)
