"""The findings of an audit as tables for a terminal: in sum, the worst, and what is needed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby
from typing import Final, Protocol

from rich.text import Text

from ..answers import Agreement, Finding, Status
from ..engines.lists import ListCoverage
from ..facts import Fact, Facts
from ..language import Cite, RuleSet
from ..language.days import day_zh
from .list_words import coverage_words
from .naming import called, name_of, owners
from .needed import Needed, field_words
from .prose import Column, Grid, Prose, natural_width
from .tables import (
    outcome_text,
    printable,
    subject_text,
    table_of,
    tally,
)
from .wording import Language, cite_shown, cites_shown, heading_words, pick

_NARROWEST_STATEMENT: Final = 26
# A subject that is told by its number says less than by its name, and many names say nothing.
_NAMED: Final = 3
_CITED: Final = 3
_PERIODS: Final = 4


class Counted(Protocol):
    """How many findings under one rule have each status."""

    @property
    def cite(self) -> Cite: ...
    @property
    def zh(self) -> str: ...
    @property
    def en(self) -> str: ...
    @property
    def counts(self) -> Mapping[Status, int]: ...


class Together(Protocol):
    """Findings of which the same is said: the first, the first facts, and how many there are."""

    @property
    def finding(self) -> Finding: ...
    @property
    def facts(self) -> Sequence[Fact]: ...
    @property
    def number(self) -> int: ...


class Titled(Protocol):
    """A heading of the text."""

    @property
    def zh(self) -> str: ...
    @property
    def en(self) -> str: ...


def summary_table(
    rows: Sequence[Counted],
    titles: Mapping[str, Titled],
    lang: Language,
    width: int,
    *,
    at_least: bool = False,
) -> Grid:
    """Findings counted by rule and status, under the headings of the text.

    There is a column for each status, where there is room. What does not apply is left out.
    `at_least`: rows were lost, so that there may be more of each.
    """
    statuses = [
        status
        for status in Status
        if status is not Status.NOT_APPLICABLE and any(row.counts.get(status) for row in rows)
    ]
    more = pick(lang, "至少\n", "at least\n") if at_least else ""
    headings = [
        ("" if status.standing.open else more) + pick(lang, status.zh, status.en)
        for status in statuses
    ]
    room = width - 10 - sum(natural_width(heading) + 3 for heading in headings)
    wide = room >= _NARROWEST_STATEMENT
    results = [Column(heading, number=True) for heading in headings]
    columns = (
        Column(pick(lang, "条款", "cite"), fixed=True),
        Column(pick(lang, "要求", "requirement")),
        *(results if wide else [Column(pick(lang, "结果", "result"))]),
    )

    def cells(row: Counted) -> list[Text]:
        numbers: dict[Status, int] = {each: row.counts.get(each, 0) for each in statuses}
        if not wide:
            return [tally(numbers, lang, at_least=at_least)]
        return [Text(str(numbers[each] or ""), style=each.standing.colour) for each in statuses]

    def lines() -> Iterator[Sequence[str | Text]]:
        empty = [""] * (len(columns) - 2)
        for clause, grouped in groupby(rows, lambda row: row.cite.clause):
            if clause in titles:
                yield _heading(clause, lang), _title(titles[clause], lang), *empty
            for row in grouped:
                yield cite_shown(row.cite, lang), pick(lang, row.zh, row.en), *cells(row)

    return table_of(columns, lines())


def _heading(clause: str, lang: Language) -> Text:
    own = clause.rpartition(":")[2]  # the title of an amendment's names the document
    return Prose(heading_words(own, lang), style="bold")


def _title(title: Titled, lang: Language) -> Text:
    return Prose(pick(lang, title.zh, title.en), style="bold")


def lists_table(coverages: Iterable[ListCoverage], lang: Language) -> Grid:
    """How much the data have of each list that the text speaks of."""
    columns = (
        Column(pick(lang, "名单", "list")),
        Column(pick(lang, "条款", "cite"), fixed=True),
        Column(pick(lang, "掌握情况", "known so far")),
    )
    rows = (
        (
            pick(lang, each.zh, each.en),
            cite_shown(each.cite, lang),
            Prose(printable(coverage_words(each, lang)), style=each.extent.standing.colour),
        )
        for each in coverages
    )
    return table_of(columns, rows)


def gaps_table(alike: Iterable[Together], facts: Facts, lang: Language) -> Grid:
    """The numbers compared, when it was due, and what is lacking; findings alike share a row."""
    columns = (
        Column(pick(lang, "对象", "subject")),
        Column(pick(lang, "条款", "cite"), fixed=True),
        Column(pick(lang, "要求", "requirement")),
        Column(pick(lang, "结果", "status"), fixed=True),
        Column(pick(lang, "实有", "actual"), number=True),
        Column(pick(lang, "应有", "required"), number=True),
        Column(pick(lang, "相差", "gap"), number=True),
    )
    rows = (
        (
            _subjects(each, facts, lang),
            cite_shown(each.finding.cite, lang),
            _asked_for(each.finding, lang),
            outcome_text(each.finding.status, lang),
            _number(each.finding.actual),
            _number(each.finding.required),
            _number(each.finding.shortfall),
        )
        for each in alike
    )
    return table_of(columns, rows)


def doubtful_table(agreements: Iterable[Agreement], facts: Facts, lang: Language) -> Grid:
    """Accounts that do not say the same, and what each says."""
    columns = (
        Column(pick(lang, "对象", "subject")),
        Column(pick(lang, "条款", "cite"), fixed=True),
        Column(pick(lang, "应一致的数据", "what should agree")),
        Column(pick(lang, "一处", "first"), number=True),
        Column(pick(lang, "另一处", "second"), number=True),
    )
    rows = (
        (
            subject_text(each.fact, lang, facts),
            str(each.cite),
            pick(lang, each.rule.zh, each.rule.en),
            _number(each.first),
            _number(each.second),
        )
        for each in agreements
    )
    return table_of(columns, rows)


def denials_table(denied: Iterable[Together], facts: Facts, lang: Language) -> Grid:
    """What is attested not to be there, by rule, with those of whom it is so."""
    columns = (
        Column(pick(lang, "条款", "cite"), fixed=True),
        Column(pick(lang, "要求", "requirement")),
        Column(pick(lang, "结果", "status"), fixed=True),
        Column(pick(lang, "对象", "of")),
    )
    rows = (
        (
            cite_shown(each.finding.cite, lang),
            pick(lang, each.finding.rule.zh, each.finding.rule.en),
            outcome_text(each.finding.status, lang),
            _names(each.facts, each.number, facts, lang),
        )
        for each in denied
    )
    return table_of(columns, rows)


def needed_table(needed: Iterable[Needed], facts: Facts, rules: RuleSet, lang: Language) -> Grid:
    """What is not known, whose it is, and how many findings under which rules want it."""
    columns = (
        Column(pick(lang, "需要补充", "needed")),
        Column(pick(lang, "对象", "of")),
        Column(pick(lang, "条款", "cites")),
        Column(pick(lang, "涉及项数", "findings"), number=True),
    )
    rows = (
        (
            field_words(each.collection, each.name, lang, rules),
            _whose(each, facts, lang),
            cites_shown(each.cites[:_CITED], lang) + ("…" if len(each.cites) > _CITED else ""),
            str(each.findings),
        )
        for each in needed
    )
    return table_of(columns, rows)


def _whose(needed: Needed, facts: Facts, lang: Language) -> str:
    if needed.collection == "parameters":
        name = needed.name.partition(".")[0]
        return pick(lang, f"参数 {name}", f"parameter {name}")
    found = []
    for key in needed.keys:
        collection, _, id_ = key.partition("/")
        known = facts.collections.get(collection)
        if known:
            found.append(facts.named(type(known[0]), id_))
    return _names(found, needed.number, facts, lang)


def _asked_for(finding: Finding, lang: Language) -> Text:
    """What is asked for, and below it what its dates and periods say."""
    notes = []
    if finding.due is not None:
        words = pick(lang, f"期限{day_zh(finding.due)}", f"due {finding.due}")
        if finding.retroactive:
            words += pick(lang, "（早于成文日期）", ", before the directive was issued")
        if finding.met_on is not None:
            on = finding.met_on
            done = "完成" if finding.required is None else "补齐"
            words += pick(lang, f"，{day_zh(on)}{done}", f", made good on {on}")
        notes.append(words)
    if finding.periods:
        first = [pick(lang, each.zh, str(each)) for each in finding.periods[:_PERIODS]]
        number = len(finding.periods)
        notes.append(pick(lang, "缺 ", "lacking ") + _joined(first, number, lang, "期"))
    words = pick(lang, finding.rule.zh, finding.rule.en)
    return Prose.assemble(printable(words), *((f"\n{note}", "dim") for note in notes))


def _subjects(alike: Together, facts: Facts, lang: Language) -> Text:
    if alike.number > 1:
        return Prose(printable(_names(alike.facts, alike.number, facts, lang)))
    return subject_text(alike.facts[0], lang, facts)


def _names(found: Sequence[Fact], number: int, facts: Facts, lang: Language) -> str:
    """The first of some facts by name; many without names by their number and whose they are.

    Of `number` facts, `found` are all or the first.
    """
    if not found:
        return ""
    if number <= _NAMED or name_of(found[0]):
        first = [name_of(each) or f"{called(each, facts, lang)} {each.id}" for each in found]
        return _joined(first[:_NAMED], number, lang)
    of = owners(found, facts)
    whose = _joined(of[:_NAMED], len(of), lang)
    if whose and len(found) < number:  # there may be more than these
        whose = pick(lang, f"{whose}等", f"{whose} and others")
    zh = f"{whose}{'的' if whose else ''}{found[0].zh}（{number} {found[0].counter}）"
    en = f"{number} {found[0].collection}{' of ' if whose else ''}{whose}"
    return pick(lang, zh, en)


def _joined(first: Sequence[str], number: int, lang: Language, counter: str = "个") -> str:
    """The first of so many items, in Chinese with their measure word."""
    words = pick(lang, "、", ", ").join(first)
    if number > len(first):
        more = number - len(first)
        words += pick(lang, f" 等 {number} {counter}", f" and {more} more")
    return words


def _number(number: int | None) -> str:
    return "" if number is None else str(number)
