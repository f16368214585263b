"""What to change so that an aim is reached, as tables for a terminal."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from typing import Any, Final, Protocol

from rich.console import RenderableType
from rich.text import Text

from ..facts import Fact, Facts, FieldSpec, Kind, Labelled
from ..facts.fields import fields_of, known_fields
from ..language import Cite
from ..language.exact import number_text
from .prose import Column, Grid, Prose
from .tables import line, printable, subject_text, table_of
from .wording import Language, cite_shown, cites_shown, pick, value_words

_COLOURS: Final = {"reached": "green", "possible": "green", "impossible": "bold red"}


class Change(Protocol):
    """A field of a fact that changes, or facts that are added."""

    @property
    def fact(self) -> Fact: ...
    @property
    def spec(self) -> FieldSpec | None: ...
    @property
    def year(self) -> int | None: ...
    @property
    def before(self) -> Any: ...
    @property
    def after(self) -> Any: ...
    @property
    def number(self) -> int: ...
    @property
    def alike(self) -> int: ...
    @property
    def cites(self) -> tuple[Cite, ...]: ...


class Way(Protocol):
    """One way to reach an aim."""

    @property
    def changes(self) -> Sequence[Change]: ...
    @property
    def cost(self) -> Fraction: ...


class Part(Protocol):
    """What one sentence asks for."""

    @property
    def cite(self) -> Cite | None: ...
    @property
    def zh(self) -> str: ...
    @property
    def en(self) -> str: ...


class Obstacle(Protocol):
    """Why an aim cannot be reached."""

    @property
    def parts(self) -> Sequence[Part]: ...
    @property
    def held(self) -> Sequence[tuple[Fact, FieldSpec, int | None]]: ...
    @property
    def passed(self) -> bool: ...
    @property
    def open(self) -> tuple[str, ...]: ...


class Goal(Protocol):
    """An aim."""

    @property
    def zh(self) -> str: ...
    @property
    def en(self) -> str: ...


class Advice(Protocol):
    """What came of an aim."""

    @property
    def subject(self) -> Fact: ...
    @property
    def goal(self) -> Goal: ...
    @property
    def result(self) -> Labelled: ...
    @property
    def ways(self) -> Sequence[Way]: ...
    @property
    def more(self) -> bool: ...
    @property
    def bounded(self) -> bool: ...
    @property
    def obstacles(self) -> Sequence[Obstacle]: ...
    @property
    def why(self) -> tuple[str, str]: ...


def how_to_parts(advice: Advice, facts: Facts, lang: Language) -> list[RenderableType]:
    """The aim, what came of it, the ways and what stands in the way."""
    subject = subject_text(advice.subject, lang, facts)
    aim = printable(pick(lang, advice.goal.zh, advice.goal.en))
    result = advice.result
    said = Prose(pick(lang, result.zh, result.en), style=_COLOURS.get(result.value, "magenta"))
    parts: list[RenderableType] = [
        "",
        Prose.assemble(pick(lang, "目标：", "goal: "), subject, pick(lang, "　", ", "), aim),
        Prose.assemble(pick(lang, "结果：", "result: "), said),
    ]
    if advice.why[0]:
        parts.append(line(pick(lang, *advice.why)))
    for obstacle in advice.obstacles:
        parts += [line(each) for each in _obstacle(obstacle, advice.subject, facts, lang)]
    if advice.ways:
        parts += ["", line(_cost(advice, lang)), _ways(advice.ways, facts, lang)]
    if advice.more:
        parts.append(line(pick(lang, "代价相同的还有其他办法。", "There are more at that cost.")))
    parts += ["", line(_computed(advice, lang), "dim")]
    return parts


def _obstacle(obstacle: Obstacle, subject: Fact, facts: Facts, lang: Language) -> Iterator[str]:
    for part in obstacle.parts:
        cite = "" if part.cite is None else f"{cite_shown(part.cite, lang)} "
        yield f"  {cite}{pick(lang, part.zh, part.en)}"
    if obstacle.held:
        held = pick(lang, "；", "; ").join(
            _named(fact, spec, year, subject, lang)
            + pick(lang, "：", ": ")
            + field_value(_of_year(getattr(fact, spec.name), year), spec, lang)
            for fact, spec, year in obstacle.held
        )
        yield pick(lang, f"    不能改变的：{held}", f"    what may not change: {held}")
    if obstacle.open:
        names = pick(lang, "、", ", ").join(obstacle.open)
        yield pick(lang, f"    文件未规定：{names}", f"    left open by the text: {names}")
    if obstacle.passed:
        yield pick(
            lang, "    所需的日子已经过去。", "    The day by which it had to be done has passed."
        )


def _named(fact: Fact, spec: FieldSpec, year: int | None, subject: Fact, lang: Language) -> str:
    label = pick(lang, spec.zh, spec.en)
    if year is not None:
        label = pick(lang, f"{year}年{spec.zh}", f"{spec.en} in {year}")
    if fact.key == subject.key:
        return label
    return pick(lang, f"{fact.zh} {fact.id} 的{label}", f"{label} of {fact.en} {fact.id}")


def _of_year(value: Any, year: int | None) -> Any:
    return value if year is None or value is None else value.get(year)


def field_value(value: Any, spec: FieldSpec, lang: Language) -> str:
    """The value of a field as people write it."""
    unit = ("", "") if spec.unit is None else (spec.unit.zh, spec.unit.en)
    if spec.kind is Kind.DECIMAL and value is not None:
        value = Fraction(value)
    return value_words(value, lang, unit, spec.places or 0)


def _cost(advice: Advice, lang: Language) -> str:
    number, cost = len(advice.ways), number_text(advice.ways[0].cost)
    rest = bool(advice.obstacles)
    if lang == "zh":
        ways = "一个办法" if number == 1 else f" {number} 个办法，任取其一"
        return f"{'其余各项' if rest else ''}代价最小的{ways}（代价 {cost}）："
    ways = "the way" if number == 1 else f"{number} ways, any of which serves,"
    aim = " to meet the rest" if rest else ""
    return f"{ways} at the least cost ({cost}){aim}:"


def _ways(ways: Sequence[Way], facts: Facts, lang: Language) -> Grid:
    columns = (
        Column(pick(lang, "办法", "way"), number=True),
        Column(pick(lang, "对象", "subject")),
        Column(pick(lang, "改什么", "what")),
        Column(pick(lang, "现为", "from")),
        Column(pick(lang, "改为", "to")),
        Column(pick(lang, "依据", "by"), fixed=True),
    )
    rows: list[tuple[str | Text, ...]] = []
    for place, way in enumerate(ways, 1):
        last = ""
        for at, change in enumerate(way.changes):
            first = str(place) if at == 0 else ""
            of = "" if change.spec is not None and change.fact.key == last else change.fact.key
            last = change.fact.key
            rows.append((first, *_row(change, facts, lang, repeated=not of)))
    return table_of(columns, rows)


def _row(change: Change, facts: Facts, lang: Language, *, repeated: bool) -> tuple[str | Text, ...]:
    fact, spec, cites = change.fact, change.spec, cites_shown(change.cites, lang)
    if spec is None:
        number = change.number
        added = pick(lang, f"增加{fact.zh}", f"add: {fact.en}")
        many = pick(lang, f"{number}{fact.counter}", str(number))
        told = _fields(fact, lang)
        return added, many, "", told, cites
    subject = "" if repeated else subject_text(fact, lang, facts)
    if change.alike and subject:
        alike = change.alike
        others = pick(lang, f"（或另 {alike} 个相同的之一）", f" (or one of {alike} alike)")
        subject = Prose.assemble(subject, others)
    label = pick(lang, spec.zh, spec.en)
    if change.year is not None:
        label = pick(lang, f"{change.year}年{spec.zh}", f"{spec.en} in {change.year}")
    values = (field_value(value, spec, lang) for value in (change.before, change.after))
    return (subject, label, *values, cites)


def _fields(fact: Fact, lang: Language) -> str:
    """What is asked of an added fact."""
    specs = fields_of(type(fact))
    return pick(lang, "；", "; ").join(
        f"{pick(lang, specs[name].zh, specs[name].en)}{pick(lang, '：', ': ')}"
        f"{field_value(value, specs[name], lang)}"
        for name, value in known_fields(fact).items()
        if name != "id"
    )


def _computed(advice: Advice, lang: Language) -> str:
    """What is proved of it."""
    if not (advice.ways or advice.obstacles):
        return pick(lang, "由规则计算得出。", "Computed from the rules.")
    if advice.bounded and not advice.ways:
        return pick(
            lang,
            "由规则计算得出，供参考；可增加的事实只试了几种，未证明怎样增加都达不到。",
            "Computed from the rules, to be weighed; only a few kinds of facts to be added were "
            "tried, so it is not proved that no others would do.",
        )
    if not advice.ways:
        return pick(
            lang,
            "由规则计算得出，供参考；已证明在可改变的范围内无法达到。",
            "Computed from the rules, to be weighed; it is proved that nothing that may change "
            "reaches it.",
        )
    if advice.bounded:
        return pick(
            lang,
            "由规则计算得出，供参考；增加的事实只试了几种，未证明没有更省的办法。",
            "Computed from the rules, to be weighed; only a few kinds of facts to be added were "
            "tried, so it is not proved that nothing costs less.",
        )
    return pick(
        lang,
        "由规则计算得出，供参考；已证明在可改变的范围内没有代价更小的办法。",
        "Computed from the rules, to be weighed; it is proved that, of what may change, nothing "
        "costs less.",
    )
