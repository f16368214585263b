"""What has been proved of rules, as tables for a terminal."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence, Sized
from datetime import date
from typing import Final, Protocol, TypeVar

from rich.console import RenderableType
from rich.text import Text

from ..facts import Fact, Labelled
from ..language import Cite
from .prose import Column, Grid, Prose
from .tables import line, subject_text, table_of, titled
from .wording import Language, cite_shown, pick

_P = TypeVar("_P", bound=Labelled)
_R = TypeVar("_R", bound=Labelled)
_COLOURS: Final[Mapping[str, str]] = {"refuted": "bold red", "open": "magenta"}
# So many citations of a claim about many rules are shown.
_CITED: Final = 3
# What is asked of a sentence, where that is no definition or step with a name of its own.
_ASKED: Final[Mapping[str, tuple[str, str]]] = {
    "applies": ("是否适用", "whether it applies"),
    "must": ("是否做到", "whether it is met"),
    "holds": ("是否禁止", "whether it prohibits"),
}


class Checked(Protocol):
    """A claim about some rules, and what came of it."""

    @property
    def cites(self) -> tuple[Cite, ...]: ...
    @property
    def name(self) -> str: ...
    @property
    def claimed(self) -> Labelled: ...
    @property
    def result(self) -> Labelled: ...
    @property
    def subject(self) -> Fact | None: ...
    @property
    def day(self) -> date | None: ...
    @property
    def reading(self) -> tuple[str, str] | None: ...
    @property
    def why(self) -> tuple[str, str]: ...


class Open(Protocol):
    """An answer that is undetermined of some facts, and the same however they are completed."""

    @property
    def cites(self) -> tuple[Cite, ...]: ...
    @property
    def name(self) -> str: ...
    @property
    def unknown(self) -> tuple[str, ...]: ...
    @property
    def settles(self) -> tuple[str, str]: ...


class World(Protocol):
    """Facts in which all requirements are met."""

    @property
    def day(self) -> date: ...
    @property
    def facts(self) -> Sized | None: ...


def verification_parts(
    summary: Mapping[_P, Mapping[_R, int]],
    checked: Sequence[Checked],
    left_open: Sequence[Open],
    world: World,
    lang: Language,
) -> list[RenderableType]:
    """How many claims of each property came to what, all that is not proved, what logic of three
    values leaves open, and of how many facts the world is in which requirements are met."""
    parts: list[RenderableType] = [_summary(summary, lang)]
    for result in _results(summary):
        listed = [each for each in checked if each.result is result]
        if listed and result.value != "proved":
            title = pick(lang, f"{result.zh}（{len(listed)}）", f"{result.en} ({len(listed)})")
            parts.append(titled(title, _listed(listed, lang)))
    if left_open:
        number = len(left_open)
        title = pick(
            lang,
            f"无法判定而任何补充都得出同一结果的（{number}）",
            f"undetermined, though however the facts are completed it comes to the same ({number})",
        )
        parts.append(titled(title, _open(left_open, lang)))
    parts += ["", line(_of_world(world, lang)), line(_assumed(lang))]
    return parts


def _results(summary: Mapping[_P, Mapping[_R, int]]) -> list[_R]:
    return list(dict.fromkeys(result for counts in summary.values() for result in counts))


def _summary(summary: Mapping[_P, Mapping[_R, int]], lang: Language) -> Grid:
    results = _results(summary)
    columns = (
        Column(pick(lang, "性质", "property")),
        *(Column(pick(lang, each.zh, each.en), number=True) for each in results),
    )
    rows = (
        (pick(lang, of.zh, of.en), *(str(counts[result]) for result in results))
        for of, counts in summary.items()
    )
    return table_of(columns, rows)


def _listed(checked: Iterable[Checked], lang: Language) -> Grid:
    columns = (
        Column(pick(lang, "条款", "cites")),
        Column(pick(lang, "性质", "property")),
        Column(pick(lang, "何时", "when")),
        Column(pick(lang, "对象", "subject")),
        Column(pick(lang, "原因", "why")),
    )
    return table_of(columns, (_row(each, lang) for each in checked))


def _open(left_open: Iterable[Open], lang: Language) -> Grid:
    columns = (
        Column(pick(lang, "条款", "cites")),
        Column(pick(lang, "问的是", "asked")),
        Column(pick(lang, "未知的", "unknown")),
        Column(pick(lang, "据此即可判定", "settled by")),
    )
    return table_of(
        columns,
        (
            (
                " ".join(cite_shown(cite, lang) for cite in each.cites[:_CITED]),
                pick(lang, *_ASKED.get(each.name, (each.name, each.name))),
                "，".join(each.unknown) if lang == "zh" else ", ".join(each.unknown),
                pick(lang, *each.settles)
                or pick(lang, "已知的数值和取值范围", "the known values, and bounds"),
            )
            for each in left_open
        ),
    )


def _row(checked: Checked, lang: Language) -> tuple[str | Text, ...]:
    when = [] if checked.day is None else [checked.day.isoformat()]
    when += [] if checked.reading is None else ["=".join(checked.reading)]
    subject = checked.subject
    return (
        _cites(checked, lang),
        Prose(
            pick(lang, checked.claimed.zh, checked.claimed.en),
            style=_COLOURS[checked.result.value],
        ),
        " ".join(when),
        "" if subject is None else subject_text(subject, lang),
        pick(lang, *checked.why),
    )


def _cites(checked: Checked, lang: Language) -> str:
    shown = [cite_shown(cite, lang) for cite in checked.cites[:_CITED]]
    more = len(checked.cites) - len(shown)
    if more:
        shown.append(pick(lang, f"等 {len(checked.cites)} 条", f"and {more} more"))
    return " ".join([*shown, checked.name]).rstrip()


def _of_world(world: World, lang: Language) -> str:
    if world.facts is None:
        return pick(lang, "没有找到全部要求同时符合的境况。", "No one world was found.")
    number, day = len(world.facts), world.day
    return pick(
        lang,
        f"全部要求同处一境的，是{day}的{number}项事实（JSON 中的 `world`）。",
        f"The one world is {number} facts as of {day} (`world` in JSON).",
    )


def _assumed(lang: Language) -> str:
    return pick(
        lang,
        "证明对字段取值范围内的任何事实成立：在规则和参数各次变动后的第一天，默认口径及每个其他选项；"
        "关联列表完整，规则问及是否已知的字段以外均为已知。未决的不算已证明。",
        "What is proved holds of all facts within the bounds of their fields: on the first day "
        "after each change of a rule or parameter, by default and under each other option of a "
        "reading; lists are whole, and all is known but fields of which rules ask whether they "
        "are. What is open is not proved.",
    )
