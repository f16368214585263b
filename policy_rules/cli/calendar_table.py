"""What falls due, as tables for a terminal."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from itertools import groupby
from typing import Final

from rich.console import RenderableType
from rich.text import Text

from ..calendar import Due
from ..facts import Fact
from ..language import Modality, RuleSet
from ..render.naming import name_of
from ..render.needed import needs_words
from ..render.prose import Column, Prose
from ..render.tables import counted, line, printable, table_of, titled
from ..render.wording import Language, cite_shown, pick

# Fewer subjects are named even where they are all that there are.
_SEVERAL: Final = 4
_MOST_NEEDS: Final = 3


def due_tables(
    dues: Sequence[Due],
    subject: Fact | None,
    lang: Language,
    rules: RuleSet,
    *,
    partial: Collection[type[Fact]],
) -> list[RenderableType]:
    """What falls due by date, then what recurs without a set period.

    Subjects of which the same holds share a row; where all is of one `subject`, none is named.
    `partial` are the classes of which rows were lost: all that are counted are then not all that
    there are.
    """
    dated = [due for due in dues if due.period is not None]
    unset = [due for due in dues if due.period is None]
    names = _Names(dues, subject, lang, rules, partial)
    parts: list[RenderableType] = []
    if dated:
        parts += ["", table_of(_columns(lang), _rows(dated, names, lang))]
    else:
        parts += ["", line(pick(lang, "期间没有到期事项", "nothing falls due"))]
    if unset:
        title = pick(
            lang, "未定周期（文件未明确，用 --set 设定）", "No period set (give one with --set)"
        )
        parts.append(titled(title, table_of(_columns(lang), _rows(unset, names, lang))))
    return parts


def _columns(lang: Language) -> tuple[Column, ...]:
    return (
        Column(pick(lang, "到期", "due"), fixed=True),
        Column(pick(lang, "条款", "cite"), fixed=True),
        Column(pick(lang, "要求", "requirement")),
        Column(pick(lang, "状态", "status"), fixed=True),
        Column(pick(lang, "对象", "subject")),
        Column(pick(lang, "需要补充", "needed")),
    )


def _rows(dues: Iterable[Due], names: _Names, lang: Language) -> Iterator[Sequence[str | Text]]:
    for _, same in groupby(dues, lambda due: (due.period, due.cite, str(due.every))):
        alike: dict[tuple[object, ...], list[Due]] = {}
        for due in same:
            alike.setdefault((due.status, due.met_on, due.retroactive), []).append(due)
        head: tuple[str | Text, ...] = ()
        for listed in alike.values():
            due = listed[0]
            cite = cite_shown(due.cite, lang)
            head = ("", "", "") if head else (_period(due, lang), cite, _what(due, lang))
            yield *head, _status(due, lang), names.of(listed), names.needed(listed)


def _period(due: Due, lang: Language) -> Text:
    """The day, or above it the first day of the period that ends with it."""
    period = due.period
    if period is None or period.first == period.last:
        return Prose("" if period is None else str(period))
    return Prose(f"{period.first}{pick(lang, ' 至', ' –')}\n{period.last}")


def _what(due: Due, lang: Language) -> str:
    words = pick(lang, due.zh, due.en)
    if due.modality is Modality.MUST:
        return words
    return pick(lang, f"【{due.modality.zh}】{words}", f"[{due.modality.en}] {words}")


def _status(due: Due, lang: Language) -> Text:
    lines = [pick(lang, due.status.zh, due.status.en)]
    if due.met_on is not None:
        lines.append(str(due.met_on))
    if due.retroactive:
        lines.append(pick(lang, "早于成文日期", "backdated"))
    return Prose("\n".join(lines), style=due.status.standing.colour)


class _Names:
    """The subjects of rows, by their names."""

    def __init__(
        self,
        dues: Iterable[Due],
        subject: Fact | None,
        lang: Language,
        rules: RuleSet,
        partial: Collection[type[Fact]],
    ) -> None:
        self._lang = lang
        self._partial = partial
        self._rules = rules
        self._all: dict[str, set[str]] = {}
        for due in dues:
            self._all.setdefault(str(due.cite), set()).add(due.subject)
        keys: set[str] = set().union(*self._all.values())
        # Who the calendar is of is not said again in each row.
        self._said = subject is not None and keys <= {subject.key}

    def of(self, dues: Sequence[Due]) -> str:
        """The subjects of a row; all that a rule has, by their number."""
        if self._said:
            return ""
        facts = [due.fact for due in dues]
        number, first = len(facts), facts[0]
        if number >= _SEVERAL and number == len(self._all[str(dues[0].cite)]):
            if type(first) in self._partial:
                there = counted(number, self._lang, at_least=True)
                return pick(self._lang, f"{there} 个{first.zh}", f"{there} {first.collection}")
            zh, en = f"全部 {number} 个{first.zh}", f"all {number} {first.collection}"
            return pick(self._lang, zh, en)
        return pick(self._lang, "、", ", ").join(printable(self._name(fact)) for fact in facts)

    def needed(self, dues: Sequence[Due]) -> str:
        """What is needed to settle a row."""
        words = list(
            dict.fromkeys(
                needs_words(due.needs, due.fact, self._lang, self._rules)
                for due in dues
                if due.needs
            )
        )
        more = pick(self._lang, " 等", " and more") if len(words) > _MOST_NEEDS else ""
        return pick(self._lang, "；", "; ").join(words[:_MOST_NEEDS]) + more

    def _name(self, fact: Fact) -> str:
        return name_of(fact) or f"{pick(self._lang, fact.zh, fact.en)} {fact.id}"
