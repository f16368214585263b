"""What the events of a calendar say, in Chinese or English."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Final

from ..facts import Fact
from ..language import Modality
from ..policy import Language, Policy
from ..render.naming import name_of
from ..render.needed import needs_words
from ..render.wording import cite_shown, cite_words, pick, value_words
from .due import Due, DueKind, DueStatus

_LISTED: Final = 10


class EventWords:
    """Summaries, descriptions and categories of events."""

    def __init__(self, policy: Policy, lang: Language) -> None:
        self._rules = policy.rules
        self._as_of = policy.as_of
        self._lang = lang
        self._headings = {
            clause.heading: pick(lang, clause.zh, clause.en)
            for clause in self._rules.directive.clauses
        }

    def summary(self, due: Due) -> str:
        """Who has to do what, by which rule; of a deadline, also whether that is done."""
        name = self.name(due.fact)
        cite = cite_shown(due.cite, self._lang)
        words = self._pick(f"{name}：{due.zh}（{cite}）", f"{name}: {due.en} ({cite})")
        if due.modality is not Modality.MUST:
            words = self._pick(f"【{due.modality.zh}】{words}", f"[{due.modality.en}] {words}")
        if due.kind is DueKind.DEADLINE and not due.status.standing.open:
            words += self._pick(f"【{due.status.zh}】", f" [{due.status.en}]")
        return words

    def name(self, fact: Fact) -> str:
        """What a fact is called, without what a calendar could not hold."""
        name = name_of(fact) or f"{self._pick(fact.zh, fact.en)} {fact.id}"
        return "".join(char if char.isprintable() else " " for char in name)

    def categories(self, due: Due) -> list[str]:
        """The topic, whether it recurs, and how strongly it binds."""
        found = [self._headings[due.cite.heading], self._pick(due.kind.zh, due.kind.en)]
        if due.modality is not Modality.MUST:
            found.append(self._pick(due.modality.zh, due.modality.en))
        return found

    def description(self, dues: Sequence[Due]) -> str:
        """The sentence and its operative words; how often; how it stands."""
        due = dues[0]
        by = self._pick("依据：", "By ") + f"{self._rules.directive.number} "
        lines = [by + cite_words(due.cite, self._lang) + self._pick("：", ": ") + f"“{due.quote}”"]
        if due.modality is not Modality.MUST:
            words = self._pick(due.modality.zh, due.modality.en)
            lines.append(self._pick(f"性质：{words}", f"Binds: {words}"))
        if due.every is not None:
            often = value_words(due.every, self._lang)
            if due.every.on_days:
                zh, en = "当天进行", "on the day itself"
            else:
                zh, en = "最迟在当天（本期最后一天）完成", "by this day, the last of its period"
            lines.append(self._pick(f"周期：{often}，{zh}", f"How often: {often}, {en}"))
        lines += self._standing(dues)
        return "\n".join(lines)

    def without_period(self, dues: Iterable[Due]) -> str:
        """What recurs without a set period, and the parameter that sets it."""
        found = {}
        for due in dues:
            if due.period is None:
                names = [need for need in due.needs if need.startswith("parameters.")]
                needed = needs_words(names, due.fact, self._lang, self._rules)
                cite = cite_shown(due.cite, self._lang)
                what = self._pick(f"{due.zh}（{cite}）", f"{due.en} ({cite})")
                found[due.cite] = what + self._pick("：", ": ") + needed
        if not found:
            return ""
        title = self._pick("未定周期，未列入日历：", "Without a set period, and so not in here:")
        return "\n".join([title, *found.values()])

    def _standing(self, dues: Sequence[Due]) -> list[str]:
        """How it stood on the policy's date."""
        first = dues[0]
        counts = Counter(due.status for due in dues)
        if first.kind is DueKind.RECURRENCE:
            del counts[DueStatus.OPEN]
        words = [
            self._pick(status.zh, status.en) + ("" if first.kind is DueKind.DEADLINE else f" {n}")
            for status in DueStatus
            if (n := counts[status])
        ]
        lines = []
        if words:
            listed = self._pick("，", ", ").join(words)
            lines.append(
                self._pick(f"截至{self._as_of}：{listed}", f"As of {self._as_of}: {listed}")
            )
        undone = [
            self._pick(due.period.zh, str(due.period))
            for due in dues
            if due.period is not None and due.status.standing.unmet
        ]
        if first.kind is DueKind.RECURRENCE and undone:
            listed = self._pick("、", ", ").join(undone[-_LISTED:])
            if len(undone) > _LISTED:
                listed += self._pick(f"（最近 {_LISTED} 期）", f" (the last {_LISTED})")
            lines.append(self._pick(f"缺：{listed}", f"Lacking: {listed}"))
        if first.met_on is not None:
            lines.append(self._pick(f"完成日期：{first.met_on}", f"Met on: {first.met_on}"))
        if first.exemption is not None:
            id_ = first.exemption.id
            lines.append(self._pick(f"豁免批准：{id_}", f"Exemption: {id_}"))
        if first.retroactive:
            words_ = "期限早于文件成文日期", "The deadline is before the directive's own date"
            lines.append(self._pick(*words_))
        needs = sorted({need for due in dues for need in due.needs})
        if needs:
            listed = needs_words(needs, first.fact, self._lang, self._rules)
            lines.append(self._pick(f"需要补充：{listed}", f"Needed: {listed}"))
        return lines

    def _pick(self, zh: str, en: str) -> str:
        return pick(self._lang, zh, en)
