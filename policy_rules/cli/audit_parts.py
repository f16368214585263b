"""What an audit shows: findings in sum, then the worst of them, and what is needed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Final, TypeAlias

from ..answers import Agreement, Consistency, Decision, Finding, Outcome, Status, Verdict
from ..engines.lists import ListCoverage
from ..facts import Fact, Facts
from ..language.expressions import Definition
from ..language.rules import AttestationRule
from ..policy import Policy, Report, SummaryRow
from ..render.needed import gathered
from ..render.wording import Language, cite_shown, pick
from .output import width

if TYPE_CHECKING:
    from rich.console import RenderableType

Parts: TypeAlias = "list[RenderableType]"
_THROUGHOUT: Final = ("全部无法判定", "undetermined throughout")
_UNATTESTED: Final = ("未提供佐证材料", "nothing attested")
_NOWHERE: Final = ("对现有对象均不适用", "applies to nothing here")


def attested(finding: Finding) -> bool:
    """Whether a finding rests on an attestation."""
    return isinstance(finding.rule, AttestationRule)


def audit_parts(
    report: Report,
    decisions: Sequence[Decision],
    verdicts: Sequence[Verdict],
    agreements: Sequence[Agreement],
    worst: int,
    lang: Language,
    *,
    at_least: bool,
) -> Parts:
    """The whole of what an audit shows; `worst` is the most rows of a list of particulars.

    `at_least`: rows were lost, so that there may be more of what is counted.
    """
    facts = report.facts
    classes = report.policy.rules.directive.classes
    present = [cls for cls in classes if facts.all(cls) or facts.is_complete(cls)]
    unsettled = Counter(each.definition for each in decisions if each.needs or each.conflict)
    parts = list_parts(report.lists, present, lang)
    parts += summary_parts(
        report.policy,
        report.summary(),
        Counter(each.outcome for each in verdicts),
        Counter(each.status for each in agreements),
        unsettled,
        len(decisions),
        lang,
        at_least=at_least,
    )
    if worst:
        parts += _particulars(report, worst, lang, at_least)
        parts += _doubtful(agreements, report.facts, worst, lang, at_least)
    return parts


def list_parts(
    coverages: Iterable[ListCoverage], present: Collection[type[Fact]], lang: Language
) -> Parts:
    """How much the data have of the lists of the text that matter to classes that are `present`."""
    from ..render.audit_tables import lists_table
    from ..render.tables import titled

    shown = [each for each in coverages if not {*present}.isdisjoint(each.classes)]
    if not shown:
        return []
    title = pick(lang, "文件所列名单（不计入核查结果）", "Lists that the text speaks of (apart)")
    return [titled(title, lists_table(shown, lang))]


def summary_parts(
    policy: Policy,
    rows: Sequence[SummaryRow],
    outcomes: Mapping[Outcome, int],
    agreements: Mapping[Consistency, int],
    unsettled: Counter[Definition],
    decisions: int,
    lang: Language,
    *,
    at_least: bool = False,
) -> Parts:
    """The findings by rule, the verdicts by outcome, and which of the decisions are unsettled."""
    from ..render.tables import tally, titled

    parts: Parts = []
    for of_attestations, zh, en in (
        (False, "逐条汇总（据数据判定）", "By rule: measured"),
        (True, "逐条汇总（依据佐证材料）", "By rule: attested"),
    ):
        if some := [row for row in rows if row.attested is of_attestations]:
            parts += _summary(policy, some, pick(lang, zh, en), lang, at_least)
    if not rows and not outcomes and not agreements:
        parts += ["", pick(lang, "数据中没有可核查的对象", "the document has no fact to audit")]
    if outcomes:
        title = pick(lang, "事前审核事项（check）", "Requests (check)")
        parts.append(titled(title, tally(outcomes, lang, at_least=at_least)))
    if agreements:
        title = pick(lang, "数据是否一致（不计入核查结果）", "Whether the data agree (apart)")
        parts.append(titled(title, tally(agreements, lang, at_least=at_least)))
    return parts + _decisions(unsettled, decisions, lang, at_least)


def _summary(
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
    unsettled: Counter[Definition], decisions: int, lang: Language, at_least: bool
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


def _particulars(report: Report, worst: int, lang: Language, at_least: bool) -> Parts:
    """The gravest gaps, what is attested not to be there, and what is needed to settle the rest."""
    from ..render.audit_tables import denials_table, gaps_table, needed_table
    from ..render.tables import titled

    facts = report.facts
    parts: Parts = []
    if gaps := report.worst(len(report)):
        shown = _alike(gaps)[:worst]
        number = sum(map(len, shown))
        title = gaps_title(len(gaps), number, lang, at_least=at_least)
        parts.append(titled(title, gaps_table(shown, facts, lang)))
    denied = _denied(report)
    if cites := list(dict.fromkeys(each.cite for each in denied)):
        table = denials_table((f for f in denied if f.cite in cites[:worst]), facts, lang)
        zh, en = "经佐证材料确认未落实的事项", "Rules attested not to be met"
        parts.append(titled(shown_of(zh, en, len(cites), worst, lang), table))
    unsettled = [each for each in report.findings if each.needs and not attested(each)]
    if needed := gathered(unsettled):
        table = needed_table(needed[:worst], facts, report.policy.rules, lang)
        number = len(unsettled)
        zh, en = f"{number} 项无法判定，需要补充", f"Needed to settle {number} findings"
        parts.append(titled(shown_of(zh, en, len(needed), worst, lang), table))
    return parts


def _doubtful(
    agreements: Sequence[Agreement], facts: Facts, worst: int, lang: Language, at_least: bool
) -> Parts:
    """The first of the accounts that do not say the same."""
    from ..render.audit_tables import doubtful_table
    from ..render.tables import titled

    found = [each for each in agreements if each.status is Consistency.INCONSISTENT]
    if not found:
        return []
    shown = found[:worst]
    title = shown_of("数据存疑", "Doubtful data", len(found), len(shown), lang, at_least=at_least)
    return [titled(title, doubtful_table(shown, facts, lang))]


def _alike(gaps: Sequence[Finding]) -> list[list[Finding]]:
    """Gaps by what is said of them, so that only the subjects differ; the worst first."""
    alike: dict[object, list[Finding]] = {}
    for gap in gaps:
        said = gap.cite, gap.status, gap.actual, gap.required, gap.met_on, gap.periods
        alike.setdefault(said, []).append(gap)
    return list(alike.values())


def _denied(report: Report) -> list[Finding]:
    """What is attested not to be there, in the order of the text."""
    order = {rule.cite: place for place, rule in enumerate(report.policy.rules.rules)}
    denied = [each for each in report.findings if attested(each) and each.status.standing.unmet]
    return sorted(denied, key=lambda each: order[each.cite])


def gaps_title(number: int, shown: int, lang: Language, *, at_least: bool) -> str:
    """The title of the worst gaps, and by what they are the worst."""
    by = "，按相差数占标准的比例排序", ", by the share that is lacking"
    return shown_of("差距较大的问题", "Worst gaps", number, shown, lang, at_least=at_least, by=by)


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
