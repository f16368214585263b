"""What decide, check, audit and explain do once the options are read: ask, show, give a status."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from ..answers import Decision, Finding, Status, Verdict
from ..facts import Fact, Facts, Fault
from ..facts.faults import grouped
from ..language import RuleSet
from ..policy import Answer, Policy, answers_document
from ..render.wording import Language, pick, value_words
from .audit_parts import Parts, attested, audit_parts
from .choices import unknown_name
from .explain import answers_about, subject_of
from .faults_shown import tolerated_words
from .inputs import Asked, Options, asked
from .output import ascii_only, json_chunks, table_chunks, write
from .progress import Watch

if TYPE_CHECKING:
    from rich.console import RenderableType


def decide(options: Options, path: str, name: str | None) -> int:
    """Show the decisions on all facts, or those of one name."""
    with Watch(options.lang) as watch:
        ask = asked(options, path, watch, lambda rules: unknown_decision(rules, name))
        through = _through(watch, "认定", "deciding")
        given = ask.policy.decisions_of(ask.document.facts, through)
        decisions = [each for each in given if name in (None, each.name)]

    def parts() -> Parts:
        from ..render.tables import decisions_table

        nothing = "数据中没有可认定的对象", "the document has no fact of which anything is decided"
        return _or_nothing(decisions, nothing, options.lang, decisions_table)

    _show(options, ask, parts, decisions=decisions)
    return max(ask.least_status, exit_status(decisions=decisions))


def check(options: Options, path: str) -> int:
    """Show the verdicts on all requests."""
    with Watch(options.lang) as watch:
        ask = asked(options, path, watch)
        through = _through(watch, "审查", "checking")
        verdicts = list(ask.policy.verdicts_of(ask.document.facts, through))

    def parts() -> Parts:
        from ..render.tables import tally, verdicts_table

        nothing = "数据中没有申请事项", "the document has no requests"
        table = _or_nothing(verdicts, nothing, options.lang, verdicts_table)
        outcomes = Counter(each.outcome for each in verdicts)
        return [tally(outcomes, options.lang, at_least=bool(ask.partial)), *table]

    _show(options, ask, parts, verdicts=verdicts)
    return max(ask.least_status, exit_status(verdicts=verdicts))


def audit(options: Options, path: str, worst: int) -> int:
    """Show the findings on all facts: a summary for each rule, then the worst gaps."""
    with Watch(options.lang) as watch:
        ask = asked(options, path, watch)
        facts = ask.document.facts
        report = ask.policy.audit(facts, _through(watch, "核查", "auditing"))
        through = _through(watch, "认定和审查", "deciding and checking")
        decisions = list(ask.policy.decisions_of(facts, through))
        verdicts = list(ask.policy.verdicts_of(facts))
    _show(
        options,
        ask,
        lambda: audit_parts(
            report, decisions, verdicts, worst, options.lang, at_least=bool(ask.partial)
        ),
        decisions=decisions,
        verdicts=verdicts,
        findings=report.findings,
    )
    return max(ask.least_status, exit_status(decisions, verdicts, report.findings))


def unknown_decision(rules: RuleSet, name: str | None) -> list[Fault]:
    """The fault of the name of a decision that there is not."""
    names = list(dict.fromkeys(each.name for each in rules.definitions.values()))
    if name is None or name in names:
        return []
    return [unknown_name("--name", "认定事项", "decision", name, names)]


def explain(options: Options, path: str, subject: str, name: str | None, cite: str | None) -> int:
    """Show why the answers about one fact are what they are."""
    with Watch(options.lang) as watch:
        ask = asked(options, path, watch)
        facts = ask.document.facts
        chosen = answers_about(ask.policy, subject_of(facts, subject), facts, name, cite)
    decisions, verdicts, findings = chosen

    def parts() -> Parts:
        from ..render.tables import paragraph

        texts: Parts = []
        answers: list[Answer] = [*decisions, *verdicts, *findings]
        for answer in answers:
            texts += ["", *map(paragraph, _explanation(ask.policy, answer, options.lang))]
        return texts or [
            "",
            pick(options.lang, "文件对此没有规定", "the directive says nothing of it"),
        ]

    def item(answer: Answer) -> dict[str, Any]:
        text = "\n".join(_explanation(ask.policy, answer, options.lang))
        return answer.as_json() | {"explanation": text}

    _show(options, ask, parts, decisions, verdicts, findings, item)
    return max(ask.least_status, exit_status(decisions, verdicts, findings))


def _explanation(policy: Policy, answer: Answer, lang: Language) -> list[str]:
    return policy.explain(answer, lang).splitlines()


def exit_status(
    decisions: Iterable[Decision] = (),
    verdicts: Iterable[Verdict] = (),
    findings: Iterable[Finding] = (),
) -> int:
    """1 where something is wrong or undetermined, else 0."""
    return int(
        any(each.needs or each.conflict for each in decisions)
        or any(each.outcome.standing.wrong for each in verdicts)
        or any(each.status.standing.wrong and not _unattested(each) for each in findings)
    )


def _unattested(finding: Finding) -> bool:
    return attested(finding) and finding.status is Status.UNDETERMINED


def _through(watch: Watch, zh: str, en: str) -> Callable[[Facts], Iterable[Fact]]:
    return lambda facts: watch.over(facts, len(facts), zh, en)


def _show(
    options: Options,
    ask: Asked,
    parts: Callable[[], Parts],
    decisions: Sequence[Decision] = (),
    verdicts: Sequence[Verdict] = (),
    findings: Sequence[Finding] = (),
    item: Callable[[Any], dict[str, Any]] = lambda answer: answer.as_json(),
) -> None:
    if options.format == "table":
        write(table_chunks([*caption(options, ask), *parts()], options.output), options.output)
        return
    print(ask.as_of_words(options.lang), file=sys.stderr)
    head = json_head(ask)
    lists: dict[str, Iterator[dict[str, Any]]] = {
        "decisions": map(item, decisions),
        "verdicts": map(item, verdicts),
        "findings": map(item, findings),
    }
    write(
        json_chunks(head, lists, ascii_only=ascii_only(options.output)),
        options.output,
    )


def json_head(ask: Asked) -> dict[str, Any]:
    """What a document of answers says before them."""
    head = {key: value for key, value in answers_document(ask.policy).items() if value != []}
    if tolerated := ask.document.tolerated:
        told = [fault.as_json() for fault in grouped(tolerated.faults)]
        head["tolerated"] = {"values": tolerated.values, "rows": tolerated.rows, "faults": told}
    return head


def caption(options: Options, ask: Asked) -> Parts:
    """What the answers rest on: the directive, the date, and all that is not as by default."""
    from ..render.tables import line

    lang, policy = options.lang, ask.policy
    directive = policy.rules.directive
    parts: Parts = [
        line(f"{directive.number} {pick(lang, directive.zh, directive.en)}", "bold"),
        line(ask.as_of_words(lang), "dim"),
    ]
    if tolerated := ask.document.tolerated:
        parts.append(line(tolerated_words(tolerated, lang), "yellow"))
        parts += [line(f"  {fault.text(lang)}", "yellow") for fault in grouped(tolerated.faults)]
    for name, option in policy.readings.items():
        reading = policy.rules.readings[name]
        if option != reading.default:
            meaning = next(each for each in reading.options if each.name == option)
            label = pick(lang, "口径", "reading")
            parts.append(line(f"{label} {name} = {option}: {pick(lang, meaning.zh, meaning.en)}"))
    for name, value in policy.regime.parameters.items():
        parameter = policy.rules.parameters[name]
        unit = parameter.unit_zh, parameter.unit_en
        words = str(value) if isinstance(value, Fraction) else value_words(value, lang, unit)
        parts.append(line(f"{pick(lang, '参数', 'parameter')} {name} = {words}"))
    if not policy.regime.in_force:
        zh = f"{directive.issued} 成文之前，一律不适用"
        en = f"before {directive.issued}, when it was issued: nothing applies"
        parts.append(line(pick(lang, zh, en), "yellow"))
    return parts


def _or_nothing(
    answers: Sequence[Any],
    nothing: tuple[str, str],
    lang: Language,
    table: Callable[[Sequence[Any], Language], RenderableType],
) -> Parts:
    return ["", table(answers, lang)] if answers else ["", pick(lang, *nothing)]
