"""What amendments did to an answer's rules: values that they set, rules that begin or ended."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any, Final

from ..answers import Proof
from ..facts import Fact
from ..language.days import day_zh
from ..language.expressions import Node, Parameter, Source
from ..language.regimes import Regime
from ..language.rewriting import expressions_of
from ..language.trees import walk
from ..language.validity import DAY
from .wording import Language, Words, pick

_LANGUAGES: Final[tuple[Language, Language]] = ("zh", "en")


def values_set(nodes: Iterable[Node], regime: Regime) -> Iterator[Proof]:
    """The parameters in expressions whose value in force an amendment set, with its sentence."""
    parameters = {
        part.name: part for node in nodes for part in walk(node) if isinstance(part, Parameter)
    }
    for each in parameters.values():
        by = regime.amended_by(each)
        if by is None:
            continue
        known = regime.rules.parameters[each.name]
        now, before = each.at(regime.as_of), known.at(by.since - DAY)
        zh, en = (
            (value_said(each, now, lang), value_said(each, before, lang)) for lang in _LANGUAGES
        )  # fmt: skip
        yield Proof(
            f"{each.zh}：自{day_zh(by.since)}起为{zh[0]}，"
            f"原{'' if before is None else '为'}{zh[1]}",
            f"{each.en}: {en[0]} from {by.since}, {en[1]} before",
            cite=regime.rules.directive.cited(by.cite),
            quote=by.quote,
        )


def value_said(parameter: Parameter, value: Any, lang: Language) -> str:
    """A value of a parameter in words."""
    if value is None:
        return pick(lang, "未设定", "not set")
    return Words(lang, lambda _: value, 0).term(parameter)


def not_valid(rule: Source, regime: Regime) -> tuple[Proof, ...]:
    """Why a rule does not hold on the policy's date, if that is so."""
    day = regime.as_of
    if rule.by_day:
        return ()
    if rule.valid_from is not None and day < rule.valid_from:
        return (
            Proof(
                f"自{day_zh(rule.valid_from)}起适用，{day_zh(day)}尚不适用",
                f"holds from {rule.valid_from}, so not yet on {day}",
            ),
        )
    if rule.valid_until is None or day <= rule.valid_until:
        return ()
    return (_ended(rule),)


def _ended(rule: Source) -> Proof:
    ending, last = rule.ended_by, rule.valid_until
    zh, en = f"适用至{day_zh(last) if last else '…'}止", f"held until {last}"
    if ending is None:
        return Proof(zh, en)
    if ending.replaced:
        zh, en = f"{zh}，由另一规定取代", f"{en}, then replaced"
    else:
        zh, en = f"{zh}：{ending.zh}", f"{en}: {ending.en}"
    return Proof(zh, en, cite=ending.cite, quote=ending.quote)


def repealed(
    regime: Regime, fact_class: type[Fact], absent: Callable[[Node], bool]
) -> Iterator[Proof]:
    """What is no longer asked of requests of a class, since an amendment repealed it.

    `absent` says of the condition of a rule whether it is none of those of the day of the act.
    """
    for rule in regime.rules.verdict_rules_of(fact_class):
        if rule.ended_by is not None and not rule.ended_by.replaced:
            gone = rule.by_day and absent(expressions_of(rule)[0])
            for part in (_ended(rule),) if gone else not_valid(rule, regime):
                yield Proof(
                    f"{rule.zh}：不再适用", f"{rule.en}: no longer holds",
                    cite=rule.cite, quote=rule.quote, parts=(part,),
                )  # fmt: skip
