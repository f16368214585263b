"""How the summary of an audit is shown: counts by rule, then the worst, and what is needed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Final, TypeAlias

from ..answers import Status
from ..language.expressions import Definition
from ..policy import Policy, SummaryRow
from ..render.wording import Language, cite_shown, pick
from .output import width

if TYPE_CHECKING:
    from rich.console import RenderableType

    from ..report import Summary

Parts: TypeAlias = "list[RenderableType]"
_THROUGHOUT: Final = ("全部无法判定", "undetermined throughout")
_UNATTESTED: Final = ("未提供佐证材料", "nothing attested")
_NOWHERE: Final = ("对现有对象均不适用", "applies to nothing here")
_BY_SHARE: Final = "，按相差数占标准的比例排序", ", by the share that is lacking"


def summary_parts(summary: Summary, lang: Language, *, at_least: bool) -> Parts:
    """What a terminal shows of an audit.

    `at_least`: rows were lost, so that there may be more of what is counted.
    """
    parts = _lists(summary, lang)
    parts += _counts(summary, lang, at_least)
    return parts + _particulars(summary, lang, at_least)


def _lists(summary: Summary, lang: Language) -> Parts:
    """How much the data have of the lists of the text."""
    from ..render.audit_tables import lists_table
    from ..render.tables import titled

    if not summary.lists:
        return []
    title = pick(lang, "文件所列名单（不计入核查结果）", "Lists that the text speaks of (apart)")
    return [titled(title, lists_table(summary.lists, lang))]


def _counts(summary: Summary, lang: Language, at_least: bool) -> Parts:
    """The findings by rule, the verdicts by outcome, and which of the decisions are unsettled."""
    from ..render.tables import tally, titled

    parts: Parts = []
    for of_attestations, zh, en in (
        (False, "逐条汇总（据数据判定）", "By rule: measured"),
        (True, "逐条汇总（依据佐证材料）", "By rule: attested"),
    ):
        if some := [row for row in summary.rows if row.attested is of_attestations]:
            parts += _by_rule(summary.policy, some, pick(lang, zh, en), lang, at_least)
    if not summary.rows and not summary.outcomes and not summary.agreements:
        parts += ["", pick(lang, "数据中没有可核查的对象", "the data have no fact to audit")]
    if summary.outcomes:
        title = pick(lang, "事前审核事项（check）", "Requests (check)")
        parts.append(titled(title, tally(summary.outcomes, lang, at_least=at_least)))
    if summary.agreements:
        title = pick(lang, "数据是否一致（不计入核查结果）", "Whether the data agree (apart)")
        parts.append(titled(title, tally(summary.agreements, lang, at_least=at_least)))
    return parts + _decisions(summary.unsettled, summary.decisions, lang, at_least)


def _by_rule(
    policy: Policy, rows: Sequence[SummaryRow], title: str, lang: Language, at_least: bool
) -> Parts:
    """The findings by rule; rules that settle nothing are named below the table."""
    from ..render.audit_tables import summary_table
    from ..render.tables import line, tally, titled

    total: Counter[Status] = Counter()
    for row in rows:
        total.update(row.counts)
    settled = [row for row in rows if not all(s.standing.says_nothing for s in row.counts)]
    open_ = [row for row in rows if row not in settled and Status.UNDETERMINED in row.counts]
    nowhere = [row for row in rows if row not in settled and row not in open_]
    parts: Parts = [titled(title, tally(total, lang, at_least=at_least))]
    if settled:
        titles = {clause.heading: clause for clause in policy.rules.directive.clauses}
        parts += ["", summary_table(settled, titles, lang, width(), at_least=at_least)]
    if settled and len(settled) < len(rows):
        parts.append("")
    undetermined = _UNATTESTED if rows[0].attested else _THROUGHOUT
    for folded, words in ((open_, undetermined), (nowhere, _NOWHERE)):
        if folded:
            # Before the directive was in force that is every rule, and their names say nothing.
            shown = folded if policy.regime.in_force else []
            parts.append(line(_folded(len(folded), shown, pick(lang, *words), lang)))
    return parts


def _folded(number: int, shown: Sequence[SummaryRow], words: str, lang: Language) -> str:
    cites = " ".join(cite_shown(row.cite, lang) for row in shown)
    return pick(lang, f"{words}（{number} 条）", f"{words} ({number})") + (
        pick(lang, f"：{cites}", f": {cites}") if cites else ""
    )


def _decisions(
    unsettled: Mapping[Definition, int], decisions: int, lang: Language, at_least: bool
) -> Parts:
    """Which decisions are not settled, and how many."""
    from ..render.tables import counted, line, titled

    if not unsettled:
        return []
    labels: Counter[str] = Counter()
    for definition, times in unsettled.items():
        labels[pick(lang, definition.zh, definition.en)] += times
    number = labels.total()
    names = pick(
        lang,
        "、".join(f"“{name}” {n} 项" for name, n in labels.most_common()),
        ", ".join(f"“{name}” {n}" for name, n in labels.most_common()),
    )
    all_ = counted(decisions, lang, at_least=at_least)
    zh = f"认定 {all_} 项，其中 {number} 项无法判定或有冲突，按事项分：{names}"
    en = f"{number} of {all_} are undetermined or in conflict: {names}"
    title = pick(lang, "认定事项（decide）", "Decisions (decide)")
    return [titled(title, line(pick(lang, zh, en), "magenta"))]


def _particulars(summary: Summary, lang: Language, at_least: bool) -> Parts:
    """The first of the gaps, of what is denied, of what is needed and of doubtful data."""
    from ..render.audit_tables import denials_table, doubtful_table, gaps_table, needed_table
    from ..render.tables import titled

    facts, rules = summary.facts, summary.policy.rules
    parts: Parts = []
    if summary.gaps:
        number, shown = summary.gaps_number, sum(each.number for each in summary.gaps)
        zh, en = "差距较大的问题", "Worst gaps"
        title = shown_of(zh, en, number, shown, lang, at_least=at_least, by=_BY_SHARE)
        parts.append(titled(title, gaps_table(summary.gaps, facts, lang)))
    if summary.denied:
        zh, en = "经佐证材料确认未落实的事项", "Rules attested not to be met"
        title = shown_of(zh, en, summary.denied_number, len(summary.denied), lang)
        parts.append(titled(title, denials_table(summary.denied, facts, lang)))
    if summary.needed:
        number = summary.undetermined_number
        zh, en = f"{number} 项无法判定，需要补充", f"Needed to settle {number} findings"
        title = shown_of(zh, en, summary.needed_number, len(summary.needed), lang)
        parts.append(titled(title, needed_table(summary.needed, facts, rules, lang)))
    if summary.doubtful:
        number, shown = summary.doubtful_number, len(summary.doubtful)
        title = shown_of("数据存疑", "Doubtful data", number, shown, lang, at_least=at_least)
        parts.append(titled(title, doubtful_table(summary.doubtful, facts, lang)))
    return parts


def shown_of(
    zh: str,
    en: str,
    number: int,
    shown: int,
    lang: Language,
    *,
    at_least: bool = False,
    by: tuple[str, str] = ("", ""),
) -> str:
    """A title that says how many there are, and how many of them are shown; in what order: `by`."""
    from ..render.tables import counted

    by_zh, by_en = by
    there = counted(number, lang, at_least=at_least)
    if shown < number:
        all_ = there if at_least else f"共 {there}"
        return pick(
            lang, f"{zh}（{all_} 项，列前 {shown} 项{by_zh}）", f"{en} ({shown} of {there}{by_en})"
        )
    if at_least:
        return pick(lang, f"{zh}（{there} 项）", f"{en} ({there})")
    return pick(lang, f"{zh}（共 {there} 项）", f"{en} (all {there})")
