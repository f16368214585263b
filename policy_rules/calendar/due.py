"""What falls due: a deadline, or one period of what recurs, for one subject."""

from __future__ import annotations

from datetime import date
from typing import Any

from attrs import field, frozen

from ..answers import Standing, Standings, plain
from ..facts import Exemption, Fact, Labelled
from ..language import Cite, Modality, Period, Recurrence
from ..language.rules import Requirement


class DueKind(Labelled):
    """Whether something is due once, or again and again."""

    DEADLINE = ("deadline", "期限", "deadline")
    RECURRENCE = ("recurrence", "定期", "recurrence")


class DueStatus(Standings):
    """How what falls due stands on the policy's date."""

    OPEN = ("open", "待完成", "open", Standing(truth=None, colour="cyan", open=True))
    MET = ("met", "已完成", "met", Standing(truth=True, colour="green"))
    LATE = ("late", "逾期完成", "met late", Standing(truth=False, colour="yellow"))
    OVERDUE = (
        "overdue", "逾期未完成", "overdue", Standing(truth=False, colour="bold red", unmet=True),
    )  # fmt: skip
    MISSED = (
        "missed", "未达目标", "missed", Standing(truth=False, colour="bold yellow", unmet=True),
    )  # fmt: skip
    EXEMPT = ("exempt", "已豁免", "exempt", Standing(truth=True, colour="blue"))
    UNDETERMINED = (
        "undetermined", "无法判定", "undetermined",
        Standing(truth=None, colour="magenta", open=True),
    )  # fmt: skip
    CONFLICT = ("conflict", "规则冲突", "conflict", Standing(truth=None, colour="bold red"))


@frozen(kw_only=True)
class Due:
    """What one rule asks of one subject by one day.

    It falls due on the last day of its `period`; the period of a deadline is that one day. Where
    the text leaves open how often something recurs, and no one has set it, there is no `period`.
    `met_on` is the day on which a deadline was met late.
    """

    fact: Fact = field(repr=lambda fact: fact.key)
    rule: Requirement = field(repr=lambda rule: str(rule.cite))
    kind: DueKind
    status: DueStatus
    period: Period | None
    every: Recurrence | None = None
    met_on: date | None = None
    retroactive: bool = False
    exemption: Exemption | None = None
    needs: tuple[str, ...] = ()

    @property
    def subject(self) -> str:
        """The key of the subject, such as `stations/350304540000`."""
        return self.fact.key

    @property
    def cite(self) -> Cite:
        """The citation of the rule."""
        return self.rule.cite

    @property
    def quote(self) -> str:
        """The operative words of the sentence."""
        return self.rule.quote

    @property
    def modality(self) -> Modality:
        """How strongly the sentence binds."""
        return self.rule.modality

    @property
    def zh(self) -> str:
        """What is to be done, in Chinese."""
        return self.rule.zh

    @property
    def en(self) -> str:
        """What is to be done, in English."""
        return self.rule.en

    @property
    def day(self) -> date | None:
        """The day on which it falls due."""
        return None if self.period is None else self.period.last

    def as_json(self) -> dict[str, Any]:
        """What falls due as JSON has it, with all its keys."""
        return {
            "due": plain(self.day),
            "period": plain(self.period),
            "subject": self.subject,
            "cite": str(self.cite),
            "kind": str(self.kind),
            "modality": str(self.modality),
            "status": str(self.status),
            "met_on": plain(self.met_on),
            "retroactive": self.retroactive,
            "every": plain(self.every),
            "exemption": self.exemption.id if self.exemption else None,
            "needs": list(self.needs),
            "quote": self.quote,
            "zh": self.zh,
            "en": self.en,
        }
