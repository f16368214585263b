"""What a number was counted from, for proofs: which facts, and what tells them apart."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import date
from typing import Any, Final, TypeAlias

from ..answers import Proof
from ..engines.evaluator import Scope, counting, evaluate, tallied
from ..engines.kleene import Truth
from ..facts import Fact
from ..language.expressions import (
    ONE,
    Aggregate,
    AggregateNode,
    AggregateOrElse,
    Attribute,
    Comparison,
    Constant,
    Derived,
    Held,
    InYear,
    Node,
    Parameter,
    Variable,
)
from ..language.trees import children, key
from ..language.types import BOOLEAN, DATE, MOMENT
from .wording import Words

WordsIn: TypeAlias = Callable[[Scope], tuple[Words, Words]]
# A roster can be long; who wants it all has the list itself.
_LISTED: Final = 10
_COUNTED: Final = {True: ("计入", "counted"), None: ("可能计入", "may count")}


def name_of(fact: Fact, lang: str) -> str:
    """A fact's name, if it has one, and its key."""
    name = getattr(fact, "name", None)
    if lang == "zh":
        return f"{name or fact.zh}（{fact.key}）"
    return f"{name or fact.en} ({fact.key})"


def counted(node: AggregateNode, scope: Scope, words: WordsIn) -> Iterator[Proof]:
    """The facts behind a number: those that count, then those that may.

    Of what recurs, the periods for which no event is listed.
    """
    if isinstance(node, Held):
        yield from _lacking(node, scope)
        return
    found: dict[Truth, list[Scope]] = {True: [], None: []}
    for inner, counts in counting(node, scope):
        found[counts].append(inner)
    known = scope.regime.of_nodes("telling")
    told = known[node] if node in known else known.setdefault(node, _telling(node))
    for counts, scopes in found.items():
        if scopes:
            yield from _listed(node, counts, scopes, told, words)
    if isinstance(node, AggregateOrElse) and not found[True]:
        yield _of_none(node.otherwise, scope, words)


def _of_none(otherwise: Node, scope: Scope, words: WordsIn) -> Proof:
    """What a value is where no member counts, as none certainly does."""
    in_zh, in_en = words(scope)
    zh, en = in_zh.term(otherwise), in_en.term(otherwise)
    if not isinstance(otherwise, Constant | Parameter):
        zh, en = f"{zh}（{in_zh.value(otherwise)}）", f"{en} ({in_en.value(otherwise)})"
    known = evaluate(otherwise, scope) is not None
    return Proof(f"无一计入时取{zh}", f"where none counts: {en}", True if known else None)


def _lacking(node: Held, scope: Scope) -> Iterator[Proof]:
    tally = tallied(node, scope)
    periods = () if tally is None else tally.lacking()
    if periods:
        whole = scope.facts.is_complete(node.member.fact_class)
        zh, _ = _joined([period.zh for period in periods], len(periods), "期")
        _, en = _joined([str(period) for period in periods], len(periods), "")
        yield Proof(f"没有记录：{zh}", f"none on the list in: {en}", False if whole else None)


def _listed(
    node: AggregateNode,
    counts: Truth,
    scopes: Sequence[Scope],
    told: Sequence[Node],
    words: WordsIn,
) -> Iterator[Proof]:
    """The first members by date, then by id, whatever the order in which they were given."""
    dates = [each for each in told if each.type in (DATE, MOMENT)]

    def place(inner: Scope) -> tuple[Any, ...]:
        days = [evaluate(each, inner) for each in dates]
        return *((day is None, day or date.max) for day in days), inner.bound[node.member].id

    shown = sorted(scopes, key=place)[:_LISTED]
    zh, en = _COUNTED[counts]
    if not told:
        cls = node.member.fact_class
        facts = [inner.bound[node.member] for inner in shown]
        listed = [getattr(fact, "name", None) or fact.id for fact in facts]
        names = _joined(listed, len(scopes), cls.counter)
        yield Proof(f"{zh}：{cls.zh} {names[0]}", f"{en}: {cls.collection} {names[1]}", counts)
        return
    for inner in shown:
        fact = inner.bound[node.member]
        in_zh, in_en = words(inner)
        values_zh = "，".join(f"{in_zh.term(each)}{in_zh.value(each)}" for each in told)
        values_en = ", ".join(f"{in_en.term(each)} {in_en.value(each)}" for each in told)
        yield Proof(
            f"{zh}：{name_of(fact, 'zh')}，{values_zh}",
            f"{en}: {name_of(fact, 'en')}, {values_en}",
            counts,
        )
    if len(scopes) > _LISTED:
        more = len(scopes) - _LISTED
        counter = node.member.fact_class.counter
        yield Proof(f"{zh}：另有{more}{counter}", f"{en}: {more} more", counts)


def _joined(items: Sequence[str], number: int, counter: str) -> tuple[str, str]:
    """The first of so many items, in Chinese (with a measure word) and in English."""
    first = items[:_LISTED]
    zh, en = "、".join(first), ", ".join(first)
    if number > _LISTED:
        zh, en = f"{zh}等{number}{counter}", f"{en} and {number - _LISTED} more"
    return zh, en


def _telling(node: AggregateNode) -> tuple[Node, ...]:
    """What the condition reads of a member, but for what is the same of all that count."""
    found = {key(each): each for each in _read(node.where, node.member)}
    if node.gathered is not ONE:
        found.setdefault(key(node.gathered), node.gathered)
    return tuple(found.values())


def _read(node: Node, member: Variable) -> Iterator[Node]:
    match node:
        case Comparison(op="==", left=Attribute() | Derived()) | Held():
            return
        case Attribute() | Derived():
            if node.of.root is member and node.type != BOOLEAN:
                yield node
        case InYear():
            if node.item.of.root is member:
                yield node
        case Aggregate():
            if node.zh:
                yield node
        case _:
            for child in children(node):
                yield from _read(child, member)
