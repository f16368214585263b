"""What two policies answer differently, as tables for a terminal."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Protocol

from rich.console import RenderableType
from rich.text import Text

from ..answers import Standings
from ..facts import Fact
from ..language import Cite
from ..language.expressions import NEGATED, Comparison, Constant, Node, Not, Variable
from ..language.trees import key
from ..language.types import INTEGER
from .prose import Column, Grid, Prose
from .tables import line, outcome_text, printable, subject_text, table_of, titled
from .wording import Language, Words, cites_shown, pick, value_words

# So many given facts of a region are named.
_NAMED = 5


class Question(Protocol):
    """What is asked of a class of facts."""

    @property
    def subject(self) -> Variable: ...
    @property
    def name(self) -> str: ...
    @property
    def kind(self) -> str: ...
    @property
    def zh(self) -> str: ...
    @property
    def en(self) -> str: ...


class Answered(Protocol):
    """Something that a question can come to."""

    @property
    def comes_to(self) -> Any: ...
    @property
    def cites(self) -> tuple[Cite, ...]: ...


class Region(Protocol):
    """Facts of which one question comes to something else."""

    @property
    def question(self) -> Question: ...
    @property
    def before(self) -> Answered: ...
    @property
    def after(self) -> Answered: ...
    @property
    def literals(self) -> Sequence[tuple[int, Node]]: ...
    @property
    def subject(self) -> Fact: ...


class Open(Protocol):
    """A change of which it is not known whether there is any."""

    @property
    def question(self) -> Question: ...
    @property
    def before(self) -> Any: ...
    @property
    def after(self) -> Any: ...
    @property
    def zh(self) -> str: ...
    @property
    def en(self) -> str: ...


def difference_parts(
    regions: Sequence[Region],
    open_: Sequence[Open],
    asked: int,
    affected: Mapping[int, Sequence[Fact]] | None,
    lang: Language,
    year: int,
) -> list[RenderableType]:
    """Every region, with the given facts that are `affected` by its place, where there are any."""
    parts: list[RenderableType] = [""]
    if not regions and not open_:
        said = pick(
            lang,
            f"已证明两者对任何事实的回答都相同（比较了 {asked} 个问题）。",
            f"It is proved that both answer alike of any facts ({asked} questions compared).",
        )
        return [*parts, Prose(said, style="green")]
    if regions:
        number = len(regions)
        title = pick(lang, f"回答改变之处（{number}）", f"where answers change ({number})")
        parts.append(titled(title, _regions(regions, affected, lang, year)))
    if open_:
        title = pick(lang, f"未决（{len(open_)}）", f"open ({len(open_)})")
        parts.append(titled(title, _open(open_, lang)))
    told = pick(
        lang,
        f"比较了 {asked} 个问题。已证明除所列以外，回答没有改变：就关联列表完整、"
        "规则问及是否已知的字段以外均为已知的任何事实。",
        f"{asked} questions compared. It is proved that no answer changes but where it says so, of "
        "any facts: in lists that are whole, all of them known but what rules ask whether it is.",
    )
    return [*parts, "", line(told, "dim")]


def _regions(
    regions: Sequence[Region],
    affected: Mapping[int, Sequence[Fact]] | None,
    lang: Language,
    year: int,
) -> Grid:
    columns = (
        Column(pick(lang, "问题", "question")),
        Column(pick(lang, "何处", "where")),
        Column(pick(lang, "原为", "from")),
        Column(pick(lang, "现为", "to")),
        Column(pick(lang, "依据", "by")),
        Column(pick(lang, "所给数据中", "of the data")),
    )
    rows: list[tuple[str | Text, ...]] = []
    for place, each in enumerate(regions):
        facts = None if affected is None else affected.get(place, ())
        rows.append(
            (
                _question(each.question, lang),
                pick(lang, "；", "; ").join(
                    where_words(each.literals, each.question.subject, lang, year)
                ),
                _value(each.before.comes_to, lang),
                _value(each.after.comes_to, lang),
                _by(each, lang),
                "" if facts is None else _affected(facts, lang),
            )
        )
    return table_of(columns, rows)


def _question(question: Question, lang: Language) -> str:
    label = pick(lang, question.zh, question.en)
    if question.kind == "finding":
        return f"{question.name} {label}"
    of = question.subject.fact_class
    return pick(lang, f"{of.zh}：{label}", f"{of.en}: {label}")


def where_words(
    literals: Sequence[tuple[int, Node]], subject: Variable, lang: Language, year: int
) -> list[str]:
    """The conditions of a region in words; without any, that its example shows it."""
    words = Words(lang, lambda node: node.value if isinstance(node, Constant) else None, year)
    if not literals:
        of = subject.fact_class
        return [pick(lang, f"有的{of.zh}（见示例）", f"some {of.en} (see the example)")]
    said = {-1: "", 0: pick(lang, "原：", "before: "), 1: pick(lang, "现：", "after: ")}
    return [
        said[side] + words.condition(node)
        for side in said
        for node in _together(node for of, node in literals if of == side)
    ]


def _together(literals: Iterator[Node]) -> list[Node]:
    """The conditions, those on one number as what it lies between."""
    others: list[Node] = []
    spans: dict[object, tuple[Node, list[int], list[int]]] = {}
    for node in literals:
        item = node.item if isinstance(node, Not) else node
        if (
            not isinstance(item, Comparison)
            or item.left.type != INTEGER
            or not isinstance(item.right, Constant)
            or item.right.type != INTEGER
            or "!=" in (item.op, NEGATED[item.op])
        ):
            others.append(node)
            continue
        op = NEGATED[item.op] if isinstance(node, Not) else item.op
        value = int(item.right.value)
        _, low, high = spans.setdefault(key(item.left), (item.left, [], []))
        low += {">=": [value], ">": [value + 1], "==": [value]}.get(op, [])
        high += {"<=": [value], "<": [value - 1], "==": [value]}.get(op, [])
    for left, low, high in spans.values():
        if low and high and max(low) == min(high):
            others.append(Comparison("==", left, Constant(max(low))))
            continue
        if low:
            others.append(Comparison(">=", left, Constant(max(low))))
        if high:
            others.append(Comparison("<=", left, Constant(min(high))))
    return others


def _value(value: Any, lang: Language) -> str | Text:
    if isinstance(value, Standings):
        return outcome_text(value, lang)
    if value is None:
        return pick(lang, "不作认定", "no decision")
    if value == "":
        return pick(lang, "另一值", "another value")
    return printable(value_words(value, lang))


def _by(region: Region, lang: Language) -> str:
    before, after = cites_shown(region.before.cites, lang), cites_shown(region.after.cites, lang)
    return before if before == after else f"{before or '–'} → {after or '–'}"


def _affected(facts: Sequence[Fact], lang: Language) -> Text:
    said: Text = Prose(str(len(facts)))
    for fact in facts[:_NAMED]:
        said = Prose.assemble(said, "\n", subject_text(fact, lang))
    if len(facts) > _NAMED:
        said = Prose.assemble(said, "\n…")
    return said


def _open(open_: Sequence[Open], lang: Language) -> Grid:
    columns = (
        Column(pick(lang, "问题", "question")),
        Column(pick(lang, "原为", "from")),
        Column(pick(lang, "现为", "to")),
        Column(pick(lang, "原因", "why")),
    )
    return table_of(
        columns,
        (
            (
                _question(each.question, lang),
                _value(each.before, lang),
                _value(each.after, lang),
                pick(lang, each.zh, each.en),
            )
            for each in open_
        ),
    )
