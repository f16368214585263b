"""What to find out first where an answer is undetermined, in words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any, Protocol

from ..answers import Outcome
from ..facts import Fact, FieldSpec, Kind
from ..language import RuleSet
from .how_to_tables import field_value
from .needed import needs_words
from .wording import Language, pick, value_words


class Settlement(Protocol):
    """What an answer may come to by one thing alone."""

    @property
    def outcome(self) -> Any: ...
    @property
    def spec(self) -> FieldSpec | None: ...
    @property
    def values(self) -> tuple[Any, ...]: ...


class Need(Protocol):
    """What is found out at once."""

    @property
    def needs(self) -> tuple[str, ...]: ...
    @property
    def alone(self) -> Sequence[Settlement]: ...


class Inquiry(Protocol):
    """What to find out about an undetermined answer."""

    @property
    def first(self) -> Sequence[Need]: ...
    @property
    def enough(self) -> Sequence[tuple[str, ...]]: ...
    @property
    def more(self) -> bool: ...
    @property
    def why(self) -> tuple[str, str]: ...


def inquiry_lines(inquiry: Inquiry, fact: Fact, lang: Language, rules: RuleSet) -> Iterator[str]:
    """What to find out about an answer on a fact, and what is enough; of a settled one nothing."""
    if not inquiry.first:
        return

    def words(needs: Iterable[str]) -> str:
        return needs_words(tuple(needs), fact, lang, rules)

    if inquiry.why[0]:
        yield pick(
            lang,
            f"  未能求出先查明什么：{inquiry.why[0]}",
            f"  what to find out first is not known: {inquiry.why[1]}",
        )
        return
    settling = [each for each in inquiry.first if each.alone]
    if settling:
        yield pick(
            lang, "  先查明（单独即可能判定）：", "  find out first (it may settle it alone):"
        )
        for each in settling:
            ways = pick(lang, "；", "; ").join(_settled(way, fact, lang) for way in each.alone)
            yield f"    {words(each.needs)}{pick(lang, '：', ': ')}{ways}"
    every = {need for each in inquiry.first for need in each.needs}
    if not inquiry.enough:
        yield pick(
            lang,
            "  查明后可能还需其他事实，没有一组必定足够",
            "  nothing is sure to be enough: what is found may ask for more",
        )
    elif set(inquiry.enough[0]) == every:
        if len(every) == 1:
            return
        yield pick(
            lang, "  须全部查明，才必定能判定", "  only all of it is enough whatever is found"
        )
    else:
        yield pick(lang, "  查明即足够（无论结果如何）：", "  enough, whatever is found:")
        for listed in inquiry.enough:
            yield f"    {words(listed)}"
        if inquiry.more:
            yield pick(lang, "    还有其他组合", "    there are others")


def _settled(way: Settlement, fact: Fact, lang: Language) -> str:
    """What the answer may come to, and with which value."""
    if way.outcome is None:
        outcome = pick(lang, "可得出数值", "some value")
    elif isinstance(way.outcome, Outcome):
        outcome = pick(lang, way.outcome.zh_of(type(fact)), way.outcome.en)
    else:
        outcome = value_words(way.outcome, lang)
    spec = way.spec
    if spec is None:
        return pick(lang, f"可能{outcome}", f"perhaps {outcome}")
    listed = [field_value(value, spec, lang) for value in way.values]
    words = pick(lang, "、", " or ").join(listed)
    if spec.kind not in (Kind.BOOLEAN, Kind.CHOICE):
        return pick(lang, f"例如为{words}，{outcome}", f"with {words}, for one, {outcome}")
    if len(listed) == len(list(spec.choices or (True, False))) + spec.may_be_none:
        return pick(lang, f"无论为何，{outcome}", f"{outcome} in any case")
    return pick(lang, f"如为{words}，{outcome}", f"with {words}, {outcome}")
