"""How answers are shown: as tables under a caption or as JSON."""

from __future__ import annotations

import json
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from ..answers import Agreement, Decision, Finding, Verdict
from ..engines.columns import AGREEMENT
from ..engines.lists import ListCoverage
from ..facts import Fact, Facts
from ..facts.faults import grouped
from ..policy import Answer, answers_document
from ..render.force import nothing_applies
from ..render.wording import Language, parameter_words, pick
from .answer_rows import ROW_FORMS, Row, rows_of, tell_written, written_columns
from .faults_shown import notes_on, tolerated_words
from .forms import FORMS
from .inputs import Asked
from .locations import agreements_file
from .options import Options
from .output import ascii_only, json_chunks, table_chunks, write
from .progress import Watch
from .summary_shown import Parts

if TYPE_CHECKING:
    from rich.console import RenderableType


def over_facts(watch: Watch, zh: str, en: str) -> Callable[[Facts], Iterable[Fact]]:
    """How a policy goes over facts where `watch` says how far it is; the words say with what."""
    return lambda facts: watch.over(facts, len(facts), zh, en)


def show(
    options: Options,
    ask: Asked,
    parts: Callable[[], Parts],
    decisions: Sequence[Decision] = (),
    verdicts: Sequence[Verdict] = (),
    findings: Sequence[Finding] = (),
    agreements: Sequence[Agreement] = (),
    *,
    lists: Iterable[ListCoverage] | None = None,
    item: Callable[[Any], dict[str, Any]] = lambda answer: answer.as_json(),
    rows: Mapping[Sequence[str], Sequence[Answer]] | None = None,
) -> None:
    """Write the answers: as `parts` below a caption, as JSON, in which `item` gives each, or rows.

    `lists` stand in the head of JSON; among the parts, `parts` has them. `rows` are those that are
    written as rows, by the columns of their kind.
    """
    if options.format == "table":
        write(table_chunks([*caption(options, ask), *parts()], options.output), options.output)
        return
    print(ask.as_of_words(options.lang), file=sys.stderr)
    if FORMS[options.format].rows:
        _write_rows(options, ask, rows or {})
        return
    head = json_head(ask, lists)
    answers: dict[str, Iterator[dict[str, Any]]] = {
        "decisions": map(item, decisions),
        "verdicts": map(item, verdicts),
        "findings": map(item, findings),
        "agreements": map(item, agreements),
    }
    write(
        json_chunks(head, answers, ascii_only=ascii_only(options.output)),
        options.output,
    )


def _write_rows(
    options: Options, ask: Asked, rows: Mapping[Sequence[str], Sequence[Answer]]
) -> None:
    """Write answers to a file of each kind, and say how many there are."""
    assert options.output is not None
    files: dict[str, tuple[Mapping[str, str], Iterable[Row]]] = {}
    for kind, answers in rows.items():
        file = agreements_file(options.output) if kind is AGREEMENT else options.output
        columns = written_columns(ask.policy, kind)
        files[file] = columns, rows_of(answers, columns)
    ROW_FORMS[options.format](files, json.dumps(json_head(ask), ensure_ascii=False))
    if tolerated := ask.document.tolerated:
        print(tolerated_words(tolerated, options.lang), file=sys.stderr)
    for file, answers in zip(files, rows.values(), strict=True):
        tell_written(file, len(answers), options.lang)


def json_head(ask: Asked, lists: Iterable[ListCoverage] | None = None) -> dict[str, Any]:
    """What a document of answers says before them; `lists`, where it is asked how much there is."""
    said = answers_document(ask.policy, lists=lists)
    head = {key: value for key, value in said.items() if key == "lists" or value != []}
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
    for place, note in enumerate(notes_on(ask.document.tolerated, lang)):
        parts.append(line(f"  {note}" if place else note, "yellow"))
    for name, option in policy.readings.items():
        reading = policy.rules.readings[name]
        if option != reading.default:
            meaning = next(each for each in reading.options if each.name == option)
            label = pick(lang, "口径", "reading")
            parts.append(line(f"{label} {name} = {option}: {pick(lang, meaning.zh, meaning.en)}"))
    for name, value in policy.regime.parameters.items():
        parameter = policy.rules.parameters[name]
        words = parameter_words(parameter, value, lang)
        parts.append(line(f"{pick(lang, '参数', 'parameter')} {name} = {words}"))
    if not policy.regime.in_force:
        parts.append(line(pick(lang, *nothing_applies(directive, policy.as_of)), "yellow"))
    return parts


def decision_parts(decisions: Sequence[Decision], lang: Language) -> Parts:
    """What is decided of each fact."""
    from ..render.tables import decisions_table

    nothing = "数据中没有可认定的对象", "the data have no fact of which anything is decided"
    return or_nothing(decisions, nothing, lang, decisions_table)


def verdict_parts(verdicts: Sequence[Verdict], lang: Language, *, at_least: bool) -> Parts:
    """What each request comes to, under how many come to what.

    `at_least`: rows were lost, so that there may be more of each.
    """
    from ..render.tables import tally, verdicts_table

    nothing = "数据中没有审核事项", "the data have no requests"
    table = or_nothing(verdicts, nothing, lang, verdicts_table)
    outcomes = Counter(each.outcome for each in verdicts)
    return [tally(outcomes, lang, at_least=at_least), *table]


def or_nothing(
    answers: Sequence[Any],
    nothing: tuple[str, str],
    lang: Language,
    table: Callable[[Sequence[Any], Language], RenderableType],
) -> Parts:
    """A table of the answers or, where there are none, `nothing` in words."""
    return ["", table(answers, lang)] if answers else ["", pick(lang, *nothing)]
