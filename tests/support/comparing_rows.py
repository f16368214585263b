"""Whether the rows of a database say what an engine says of the same facts."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any, Final

from policy_rules.answers import Decision, Finding
from policy_rules.engines.columns import AGREEMENT, DECISION, FINDING, VERDICT
from policy_rules.engines.sql.decoding import Agreements, Decisions, Findings, Verdicts
from policy_rules.facts import Fact, Facts
from policy_rules.language.expressions import Definition
from policy_rules.language.rules import AgreementRule, AttestationRule, Requirement
from policy_rules.policy import Answer, Policy
from policy_rules.tables.on_tables import OnTables
from policy_rules.tables.queries import Question

Rows = Iterable[Sequence[Any]]

# What no column says, and what is put together from it.
NOT_IN_ROWS: Final = ("met_on", "periods", "zh", "en")


def rows_compared(
    tables: OnTables,
    reference: Policy,
    facts: Facts,
    questions: Iterable[Question] | None = None,
) -> tuple[int, list[str]]:
    """How many answers were compared, and each difference as a line.

    `facts` are those that the tables hold. All questions are asked, or some.
    """
    asked = tables.queries.questions.values() if questions is None else questions
    return answers_compared(asked, reference, facts, tables.rows)


def answers_compared(
    questions: Iterable[Question],
    reference: Policy,
    facts: Facts,
    rows_of: Callable[[Question], Rows],
) -> tuple[int, list[str]]:
    """The same of questions to which something else than `OnTables` gives the rows."""
    number = 0
    found: list[str] = []
    answers_to = answering(reference, facts)
    for question in questions:
        rows = rows_of(question)
        decode = decoder(reference, question)
        by_id = {fact.id: fact for fact in facts.all(question.fact_class)}
        expected = {_identity(answer): said(answer) for answer in answers_to(question)}
        number += len(expected)
        for row in rows:
            answer = decode(by_id[row[0]], facts, row)
            wanted = expected.pop(_identity(answer), None)
            if wanted != said(answer):
                found.append(f"{question.name}: {said(answer)}; {reference.engine}: {wanted}")
        found += [f"{question.name}: no row for {key}" for key in expected]
    return number, found


def answering(policy: Policy, facts: Facts) -> Callable[[Question], list[Answer]]:
    """What gives a policy's answers to a question, of each of the facts.

    Each fact is decided and audited once, however many questions are asked about its class.
    """

    decisions: dict[type[Fact], list[Decision]] = {}
    findings: dict[type[Fact], list[Finding]] = {}

    def answers(question: Question) -> list[Answer]:
        of = question.fact_class
        if question.columns is DECISION:
            names = {each.name for each in question.stated if isinstance(each, Definition)}
            if of not in decisions:
                decisions[of] = list(policy.decisions_of(facts, lambda _: facts.all(of)))
            return [answer for answer in decisions[of] if answer.name in names]
        if question.columns is VERDICT:
            return list(policy.verdicts_of(facts, lambda _: facts.all(of)))
        if question.columns is AGREEMENT:
            return list(policy.agreements_of(facts, lambda _: facts.all(of)))
        cites = {each.cite for each in duties_of(question)}
        if of not in findings:
            findings[of] = list(policy.audit(facts, lambda _: facts.all(of)))
        return [finding for finding in findings[of] if finding.cite in cites]

    return answers


def decoder(policy: Policy, question: Question) -> Callable[[Fact, Facts, Sequence[Any]], Answer]:
    """What makes an answer of a row."""
    regime = policy.regime
    if question.columns is DECISION:
        (definition,) = question.stated
        assert isinstance(definition, Definition)
        return Decisions(regime, definition).answer
    if question.columns is VERDICT:
        return Verdicts(regime, policy.exemption_index, question.fact_class).answer
    if question.columns is AGREEMENT:
        rules = [each for each in question.stated if isinstance(each, AgreementRule)]
        return Agreements(regime, policy.exemption_index, rules).answer
    assert question.columns is FINDING
    return Findings(regime, policy.exemption_index, duties_of(question), {}).answer


def duties_of(question: Question) -> tuple[Requirement | AttestationRule, ...]:
    """The duties that a question about findings is about."""
    return tuple(
        each for each in question.stated if isinstance(each, Requirement | AttestationRule)
    )


def said(answer: Answer) -> dict[str, Any]:
    """What an answer says in columns."""
    return {key: value for key, value in answer.as_json().items() if key not in NOT_IN_ROWS}


def _identity(answer: Answer) -> tuple[str, str]:
    return answer.subject, str(getattr(answer, "cite", ""))
