"""Audits written as inspection reports: as a whole, and of each body by itself."""

from __future__ import annotations

import os
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Final
from urllib.parse import quote

from ..engines.columns import AGREEMENT, DECISION, FINDING, VERDICT
from ..facts import Fact, FactError, Fault
from ..facts.faults import FaultCode
from ..policy import Report
from ..render.wording import cites_shown, pick
from .answered_rows import Counts, rows_sql
from .answers_shown import over_facts
from .faults_shown import notes_on
from .forms import FORMS
from .inputs import Asked
from .options import Options
from .output import write_bytes
from .progress import Watch
from .table_inputs import AskedOfTables

if TYPE_CHECKING:
    from ..report import Counted
    from ..tables.queries import Question

# Of so many facts a report has every problem; of more it has numbers, and bodies by themselves.
_MOST_IN_ONE: Final = 100_000
# What gives the audit of the facts that belong to a body, and what is to be said of it.
_AuditOf = Callable[[Fact], "tuple[Report, Sequence[str]]"]


def write_report(
    options: Options, ask: Asked, report: Report, details: str | None, watch: Watch
) -> None:
    """Write the report on an audit; in the directory `details` one on each of the bodies."""
    from ..report import REPORT_FORMS, inspected  # only where it is asked for

    form, classes = REPORT_FORMS[options.format], report.policy.rules.directive.bodies
    bodies = [*report.facts.all(classes[0])] if classes else []
    links = _write_details(options, details, bodies, lambda _: (report, ()), watch)
    watch.stage("撰写", "writing")
    made = inspected(report, readings=options.format != "xlsx")
    notes = notes_on(ask.document.tolerated, options.lang)
    content = form.inspection(made, options.lang, notes, links)
    write_bytes([content], options.output)


def report_on_tables(options: Options, ask: AskedOfTables, details: str | None) -> int:
    """Write the report on tables, and give the exit status.

    Of a few facts it is the report that a document of them gives; of very many, numbers.
    """
    ask.tell(options.lang)
    fetching = ask.tables.facts
    with Watch(options.lang) as watch:
        watch.stage("点数", "counting")
        numbers = fetching.numbers()
        if sum(numbers.values()) > _MOST_IN_ONE:
            return _overview(options, ask, numbers, details, watch)
        watch.stage("读取", "reading")
        policy, facts = ask.for_documents, fetching.everything()
        report = policy.audit(facts, over_facts(watch, "核查", "auditing"))
        write_report(options, ask.asked, report, details, watch)
        status = options.failing.status(
            policy.decisions_of(facts), report.verdicts, report.findings, report.agreements
        )
    return max(ask.asked.least_status, status)


def _overview(
    options: Options,
    ask: AskedOfTables,
    numbers: Mapping[type[Fact], int],
    details: str | None,
    watch: Watch,
) -> int:
    from ..report import REPORT_FORMS, overview

    policy, fetching = ask.asked.policy, ask.tables.facts
    form, classes = REPORT_FORMS[options.format], policy.rules.directive.bodies
    if not classes or (form.overview is None and details is None):
        raise FactError([_too_many(options, sum(numbers.values()), bodies=bool(classes))])
    bodies = fetching.all(classes[0])
    reporter = ask.for_documents

    counted = list(_counted(ask, classes[0], watch))

    def audit_of(body: Fact) -> tuple[Report, list[str]]:
        facts = fetching.around(body)
        belonging = facts.belonging(classes)
        report = reporter.audit(
            facts, lambda all_: (each for each in all_ if body in belonging.of(each))
        )
        return _as_counted(report, [each for each in counted if each[0] == body.id], options)

    links = _write_details(options, details, bodies, audit_of, watch)
    counts = Counts(policy)
    for _, rule, status, number in counted:
        counts.findings[rule, status] += number
    others = [each for kind in (VERDICT, AGREEMENT, DECISION) for each in ask.of_columns(kind)]
    counts.add(ask, watch.over(others, len(others), "认定和审核", "deciding and checking"))
    if form.overview is not None:
        watch.stage("撰写", "writing")
        of = overview(
            policy,
            bodies,
            counted,
            numbers=numbers,
            outcomes=counts.outcomes,
            agreements=counts.agreements,
            lists=ask.tables.lists(),
        )
        notes = notes_on(ask.asked.document.tolerated, options.lang)
        write_bytes([form.overview(of, options.lang, notes, links)], options.output)
    return max(ask.asked.least_status, counts.status(options.failing))


def _counted(ask: AskedOfTables, body: type[Fact], watch: Watch) -> Iterator[Counted]:
    """How many findings of each status there are under each rule, by the body they belong to."""
    from ..answers import Status
    from .answered_rows import duties_of

    placing = ask.tables.placing(body)

    def grouped(question: Question) -> str:
        places = placing.places(question.fact_class)
        return (
            f"SELECT places.place, found.cite, found.status, COUNT(*) "
            f"FROM ({rows_sql(ask, question)}) AS found "
            f"LEFT JOIN ({places}) AS places ON places.id = found.id "
            "GROUP BY places.place, found.cite, found.status"
        )

    questions = ask.of_columns(FINDING)
    for question in watch.over(questions, len(questions), "核查", "auditing"):
        duties = {str(each.cite): each for each in duties_of(question)}
        sums: Counter[tuple[str | None, str, str]] = Counter()
        for place, cite, status, number in ask.rows(grouped(question)):
            sums[place, cite, status] += int(number)
        for (place, cite, status), number in sums.items():
            yield place, duties[cite], Status.parse(status), number


def _as_counted(
    report: Report, counted: Iterable[Counted], options: Options
) -> tuple[Report, list[str]]:
    """The audit of one body without what the facts elsewhere leave open, and what is said of it.

    A reference that is unknown may lead anywhere, and not all of those elsewhere stand around a
    body: by itself it could seem settled under a rule under which, among all facts, it is not.
    """
    expected = Counter({(rule, status): number for _, rule, status, number in counted})
    found = Counter((each.rule, each.status) for each in report)
    unlike = {rule for rule, _ in (expected - found) | (found - expected)}
    if not unlike:
        return report, []
    kept = [each for each in report.findings if each.rule not in unlike]
    cited = cites_shown(sorted(each.cite for each in unlike), options.lang)
    said = pick(
        options.lang,
        f"别处有引用未填写，下列条款须合并全部数据才能判定，本报告不列：{cited}",
        "References that are unknown elsewhere leave open, among all facts, what is asked by "
        f"{cited}: this report leaves it out",
    )
    return Report(report.policy, report.facts, kept), [said]


def _write_details(
    options: Options, details: str | None, bodies: Sequence[Fact], audit_of: _AuditOf, watch: Watch
) -> dict[str, str]:
    """Write a report on each of the bodies; give how the main report links to them, by key."""
    from ..report import REPORT_FORMS, inspected

    if details is None or options.output is None:
        return {}
    directory = Path(details)
    try:
        directory.mkdir(exist_ok=True)
    except OSError as error:
        raise FactError([_unmade(details, error.strerror or str(error))]) from error
    way = Path(os.path.relpath(directory, Path(options.output).parent)).as_posix()
    form, links = REPORT_FORMS[options.format], {}
    for body in watch.over(bodies, len(bodies), "逐个撰写", "writing each"):
        name = f"{body.id}{FORMS[options.format].endings[0]}"
        links[body.key] = quote(f"{way}/{name}")
        report, notes = audit_of(body)
        one = inspected(report, within=body)
        content = form.inspection(one, options.lang, notes, {})
        write_bytes([content], str(directory / name), option="--details")
    zh = f"已写入 {details}：{len(links)} 个文件"
    en = f"written to {details}: {len(links)} files"
    print(pick(options.lang, zh, en), file=sys.stderr)
    return links


def _too_many(options: Options, number: int, *, bodies: bool) -> Fault:
    zh, en = f"有 {number} 条事实，", f"there are {number} facts, "
    if bodies:
        zh += "一份台账容纳不下；请加 --details 目录，为每个单位各写一份"
        en += "too many for one ledger; add --details DIRECTORY for one of each body"
    else:
        zh += "一份报告容纳不下，文件又未说明按什么单位分写（`bodies`）；请分开核查"
        en += "too many for one report, and the directive names no `bodies` to divide it by; "
        en += "audit them in parts"
    return Fault(place=f"--format {options.format}", code=FaultCode.WRONG_USAGE, zh=zh, en=en)


def _unmade(details: str, reason: str) -> Fault:
    return Fault(
        place=f"--details {details}",
        code=FaultCode.WRONG_USAGE,
        zh=f"无法建立目录（{reason}）；请检查路径和权限",
        en=f"the directory cannot be made ({reason}); check the path and its permissions",
    )
