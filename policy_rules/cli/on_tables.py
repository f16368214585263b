"""What decide, check and audit do on tables: ask the database, show or write what it answers."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from itertools import chain
from typing import TYPE_CHECKING, Any, Final

from attrs import frozen

from ..engines.columns import AGREEMENT, DECISION, FINDING, NOT_IN_COLUMNS, VERDICT
from ..engines.lists import ListCoverage
from ..facts import Facts, Fault
from ..policy import Answer
from .answer_rows import has_agreements, tell_written, write_csv, written_columns
from .answered_rows import (
    Counts,
    Rows,
    by_its_day,
    decoder,
    definition_of,
    no_rows_sql,
    written_sql,
)
from .answers_shown import caption, decision_parts, json_head, over_facts, verdict_parts
from .choices import unknown_decision
from .databases import local_rows, pattern_of, quoted_name, write_parquet
from .forms import FORMS
from .locations import PARQUET, agreements_file, agreements_table
from .options import Options
from .output import ascii_only, json_chunks, table_chunks, write
from .progress import Watch
from .runs import only_run, rows_of_run, told_of_run
from .summary_shown import Parts, summary_parts
from .table_inputs import AskedOfTables, asked_of_tables

if TYPE_CHECKING:
    from ..report import Summary
    from ..tables.queries import Question

_MOST_REFUSED: Final = 10
# So many facts are shown and summed up as those of a document are, with all that is said of these.
_MOST_FETCHED: Final = 20_000


def decide(options: Options, facts: str, name: str | None) -> int:
    """Show the decisions on all facts, or those of one name: of many facts by value; or write."""
    with asked_of_tables(options, facts, lambda rules: unknown_decision(rules, name)) as ask:
        questions = [
            each for each in ask.of_columns(DECISION) if name in (None, definition_of(each).name)
        ]
        if _is_written(options):
            return _status(options, ask, _written(options, ask, (DECISION, questions)))
        if options.format == "json":
            return _json(options, ask, decisions=questions)
        with Watch(options.lang) as watch:
            if (found := _fetched(ask, watch)) is not None:
                shown = over_facts(watch, "认定", "deciding")
                given = ask.for_documents.decisions_of(found, shown)
                decisions = [each for each in given if name in (None, each.name)]
                _show(options, ask, decision_parts(decisions, options.lang))
                return max(ask.asked.least_status, options.failing.status(decisions))
            from .tables_shown import decided_parts

            through = watch.over(questions, len(questions), "认定", "deciding")
            counts = Counts.of(ask, through)
            parts = decided_parts(ask, questions, counts, options.lang)
        _show(options, ask, parts)
        return _status(options, ask, counts)


def check(options: Options, facts: str) -> int:
    """Show the verdicts on all requests: of many by outcome, and the first against; or write."""
    with asked_of_tables(options, facts) as ask:
        questions = ask.of_columns(VERDICT)
        if _is_written(options):
            return _status(options, ask, _written(options, ask, (VERDICT, questions)))
        if options.format == "json":
            return _json(options, ask, verdicts=questions)
        at_least = bool(ask.asked.partial)
        with Watch(options.lang) as watch:
            if (found := _fetched(ask, watch)) is not None:
                shown = over_facts(watch, "审核", "checking")
                verdicts = list(ask.for_documents.verdicts_of(found, shown))
                _show(options, ask, verdict_parts(verdicts, options.lang, at_least=at_least))
                return max(ask.asked.least_status, options.failing.status(verdicts=verdicts))
            from .tables_shown import outcome_parts, refused_parts

            through = watch.over(questions, len(questions), "审核", "checking")
            counts = Counts.of(ask, through)
            parts = outcome_parts(counts.outcomes, options.lang, at_least=at_least)
            for question in questions:
                parts += refused_parts(ask, question, counts, _MOST_REFUSED, options.lang)
        _show(options, ask, parts)
        return _status(options, ask, counts)


def audit(
    options: Options, facts: str, worst: int, details: str | None, wrong: Sequence[Fault]
) -> int:
    """Show the findings on all facts in sum, then the worst gaps; or write all of them.

    `wrong` is what is wrong with options of its own.
    """
    with asked_of_tables(options, facts, lambda _: wrong, with_agreements=True) as ask:
        if FORMS[options.format].report:
            from .reporting import report_on_tables  # only where it is asked for

            return report_on_tables(options, ask, details)
        findings = ask.of_columns(FINDING)
        decisions, verdicts = ask.of_columns(DECISION), ask.of_columns(VERDICT)
        agreements = ask.of_columns(AGREEMENT)
        if _is_written(options):
            kinds: list[tuple[Sequence[str], Sequence[Question]]] = [(FINDING, findings)]
            if has_agreements(ask.asked.policy.rules):
                kinds.append((AGREEMENT, agreements))
            counts = _written(options, ask, *kinds)
            with Watch(options.lang) as watch:
                others = [*decisions, *verdicts]
                counts.add(ask, watch.over(others, len(others), "认定和审核", "deciding, checking"))
            return _status(options, ask, counts)
        if options.format == "json":
            with Watch(options.lang) as watch:
                watch.stage("核对名单", "looking at the lists")
                lists = ask.tables.lists()
            return _json(options, ask, decisions, verdicts, findings, agreements, lists=lists)
        with Watch(options.lang) as watch:
            summary, status = _summary(options, ask, worst, watch)
        at_least = bool(ask.asked.partial)
        _show(options, ask, summary_parts(summary, options.lang, at_least=at_least))
        return max(ask.asked.least_status, status)


def _summary(options: Options, ask: AskedOfTables, worst: int, watch: Watch) -> tuple[Summary, int]:
    """The summary of an audit, and the exit status that its answers make.

    Of a few facts it is the one that a document of them gives; of very many, the database's.
    """
    from ..report import summary_of  # only where it is asked for
    from .tables_summary import summary_of_tables

    if (facts := _fetched(ask, watch)) is None:
        summary, counts = summary_of_tables(ask, worst, watch)
        return summary, counts.status(options.failing)
    policy = ask.for_documents
    report = policy.audit(facts, over_facts(watch, "核查", "auditing"))
    decisions = list(policy.decisions_of(facts, over_facts(watch, "认定", "deciding")))
    verdicts, agreements = list(report.verdicts), list(report.agreements)
    status = options.failing.status(decisions, verdicts, report.findings, agreements)
    return summary_of(report, decisions, verdicts, agreements, worst), status


def _fetched(ask: AskedOfTables, watch: Watch) -> Facts | None:
    """The facts of the tables, where these are so few that all is said of them; else None."""
    watch.stage("点数", "counting")
    if sum(ask.tables.facts.numbers().values()) > _MOST_FETCHED:
        return None
    watch.stage("读取", "reading")
    return ask.tables.facts.everything()


def _status(options: Options, ask: AskedOfTables, counts: Counts) -> int:
    return max(ask.asked.least_status, counts.status(options.failing))


def _is_written(options: Options) -> bool:
    """Whether the answers are written as rows, and not shown."""
    return options.into is not None or FORMS[options.format].rows


def _show(options: Options, ask: AskedOfTables, parts: Parts) -> None:
    from ..render.tables import line

    read_from = [line(each, "dim") for each in ask.read_from(options.lang)]
    shown = [*caption(options, ask.asked), *read_from, *parts]
    write(table_chunks(shown, options.output), options.output)


# As rows


@frozen
class _Part:
    """Answers of one kind, and the table or the file that they are written to.

    `parquet` is that file, or the one from which CSV is written.
    """

    where: str
    parquet: str
    relation: str
    kind: Sequence[str]
    types: dict[str, str]
    questions: Sequence[Question]

    def queries(self, ask: AskedOfTables, watch: Watch) -> Iterator[str]:
        """What gives the rows, one query after the other."""
        yield no_rows_sql(self.types)
        for question in watch.over(self.questions, len(self.questions), "写出", "writing"):
            yield written_sql(ask, question)

    def statements(self, queries: Iterator[str], run: str | None) -> Iterator[str]:
        """What makes a table of them, or puts those of a run into the table that there is."""
        if run is not None:
            yield from rows_of_run(self.relation, run, self.types, queries)
            return
        yield f"CREATE TABLE {self.relation} AS {next(queries)}"
        for query in queries:
            yield f"INSERT INTO {self.relation} {query}"


def _written(
    options: Options, ask: AskedOfTables, *kinds: tuple[Sequence[str], Sequence[Question]]
) -> Counts:
    """Write the rows to files or new tables, say how many there are, and count them."""
    parts = []
    for number, (kind, questions) in enumerate(kinds):
        where, relation = _place(options, kind)
        parquet = where
        if options.format == "csv":
            parquet = str(ask.database.scratch / f"rows-{number}{PARQUET}")
        types = written_columns(ask.asked.policy, kind)
        relation = relation or f"read_parquet({pattern_of(parquet)})"
        parts.append(_Part(where, parquet, relation, kind, types, questions))
    counts = Counts(ask.asked.policy)
    with Watch(options.lang) as watch:
        if options.into:
            run = options.run
            made = [each.statements(each.queries(ask, watch), run) for each in parts]
            if run is not None:
                made.append(told_of_run(options.into, run, ask.asked))
            ask.database.create(chain.from_iterable(made))
            rows: Rows = ask.rows
        else:
            files = {each.parquet: (each.queries(ask, watch), each.types) for each in parts}
            head = json.dumps(json_head(ask.asked), ensure_ascii=False)
            write_parquet(ask.database, files, head)
            rows = partial(local_rows, ask.database)
        if options.format == "csv":
            all_of = {each.where: rows(f"SELECT * FROM {each.relation}") for each in parts}
            write_csv({each.where: (each.types, all_of[each.where]) for each in parts})
        for each in parts:
            relation = each.relation
            if options.run is not None:
                relation = only_run(relation, options.run)
            counts.count(rows, relation, each.kind)
    ask.tell(options.lang)
    for each in parts:
        tell_written(each.where, counts.number(each.kind), options.lang)
    return counts


def _place(options: Options, kind: Sequence[str]) -> tuple[str, str]:
    """The file that answers of a kind are written to, or the table, and what SQL calls that."""
    if options.into is not None:
        name = agreements_table(options.into) if kind is AGREEMENT else options.into
        return name, quoted_name(name)
    assert options.output is not None
    return (agreements_file(options.output) if kind is AGREEMENT else options.output), ""


# As JSON


def _json(
    options: Options,
    ask: AskedOfTables,
    decisions: Sequence[Question] = (),
    verdicts: Sequence[Question] = (),
    findings: Sequence[Question] = (),
    agreements: Sequence[Question] = (),
    lists: Sequence[ListCoverage] | None = None,
) -> int:
    """Write the answers as a document, one after the other as the database gives them."""
    ask.tell(options.lang)
    status = ask.asked.least_status

    def seen(
        answers: Iterable[tuple[Answer, dict[str, Any]]], kind: str
    ) -> Iterator[dict[str, Any]]:
        nonlocal status
        for answer, said in answers:
            of_kind: dict[str, Any] = {kind: [answer]}
            status = status or options.failing.status(**of_kind)
            left_out = NOT_IN_COLUMNS if kind in ("findings", "agreements") else ()
            yield {key: value for key, value in said.items() if key not in left_out}

    def through(questions: Sequence[Question]) -> Iterable[Question]:
        return watch.over(questions, len(questions), "回答", "answering")

    told = {
        "decisions": seen(_answers(ask, through, decisions), "decisions"),
        "verdicts": seen(_answers(ask, through, verdicts), "verdicts"),
        "findings": seen(_answers(ask, through, findings), "findings"),
        "agreements": seen(_answers(ask, through, agreements), "agreements"),
    }
    watch = Watch(options.lang)
    head = json_head(ask.asked, lists)
    chunks = json_chunks(head, told, ascii_only=ascii_only(options.output))
    if options.output is None and sys.stdout.isatty():
        # A bar would stand in the middle of the answers.
        write(chunks, options.output)
    else:
        with watch:
            write(chunks, options.output)
    return status


def _answers(
    ask: AskedOfTables,
    through: Callable[[Sequence[Question]], Iterable[Question]],
    questions: Sequence[Question],
) -> Iterator[tuple[Answer, dict[str, Any]]]:
    """The answers, and what each says as JSON has it."""
    for question in through(questions):
        decode = decoder(ask.asked.policy, question)
        if question.fact_class not in ask.asked.policy.rules.reached:
            for row in ask.rows(ask.sql(question)):
                answer = decode(row)
                yield answer, answer.as_json()
            continue
        for *row, by in ask.rows(by_its_day(ask, question, ask.sql(question))):
            answer = decode(row)
            # Of the fact there is the id only, which does not say what day it has.
            yield answer, answer.as_json() | {"amended_by": None if by is None else by.split()}
