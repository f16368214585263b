"""Directives in one language: where readers ask for the other, its words are those there are."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final, TypeVar, cast

from attrs import evolve

from .changes import Repeal
from .directives import Directive, Ruling
from .expressions import Definition, Expression, Parameter, Reading, ReadingIs, Source
from .lists import ListOfFacts, TextList
from .rewriting import rewritten_directive, with_outcomes
from .rules import Excuse, Provision, Steps

_T = TypeVar("_T")
_S = TypeVar("_S", bound=Source)
LANGUAGES: Final = ("zh", "en")
_PAIRS: Final = (("zh", "en"), ("unit_zh", "unit_en"), ("why_zh", "why_en"),
                 ("treatment_zh", "treatment_en"), ("taken_zh", "taken_en"),
                 ("instead_zh", "instead_en"))  # fmt: skip


def in_both(directive: Directive) -> Directive:
    """The directive with each label that it lacks in one language as it is in the other.

    One that is written in both languages is the same: what it lacks is a fault.
    """
    if set(directive.languages) == set(LANGUAGES):
        return directive
    provisions: dict[Provision, Provision | None] = {
        each: _provision(each) for clause in directive.clauses for each in clause.provisions
    }
    named: dict[object, Any] = {}

    def said(of: _T) -> _T:
        return cast(_T, named.setdefault(of, _said(of)))

    def reading(of: Reading) -> Reading:
        if of not in named:
            options = tuple(map(_said, of.options))
            named[of] = evolve(_said(of), options=options)
        return cast(Reading, named[of])

    def instead(node: Expression) -> Expression | None:
        match node:
            case Parameter():
                return said(node)
            case ReadingIs():
                return evolve(node, reading=reading(node.reading))
        return None

    made = rewritten_directive(directive, provisions, instead)
    return evolve(
        _said(made),
        clauses=[each.said(_pair) for each in made.clauses],
        lists=[_list(each) for each in made.lists],
        oddities=[_said(each) for each in directive.oddities],
        amendments=[
            evolve(
                _said(each),
                changes=[_said(c) if isinstance(c, Repeal) else c for c in each.changes],
            )
            for each in directive.amendments
        ],
        unnamed=directive.unnamed
        and evolve(directive.unnamed, reading=reading(directive.unnamed.reading)),
        earlier=directive.earlier
        and evolve(directive.earlier, reading=reading(directive.earlier.reading)),
        issuer=_pair(*directive.issuer),
        authority=_pair(*directive.authority),
        addressees=_pair(*directive.addressees),
        copied_to=_pair(*directive.copied_to),
    )


def rulings_in_both(directive: Directive, rulings: Sequence[Ruling]) -> tuple[Ruling, ...]:
    """The rulings of a directive, each said in both languages as `in_both` says the rest."""
    written_in_both = set(directive.languages) == set(LANGUAGES)
    return tuple(each if written_in_both else _said(each) for each in rulings)


def _provision(provision: Provision) -> Provision:
    made = _said(provision)
    match made:
        case Definition():
            outcomes = tuple(map(_ended, made.outcomes()))
            return evolve(with_outcomes(made, outcomes), no_zh=made.no_zh or f"not {made.en}")
        case Excuse():
            return made
        case Steps():
            return _ended(evolve(made, steps=tuple(map(_said, made.steps))))
        case _:
            return _ended(made)


def _list(listed: TextList) -> TextList:
    made = _said(listed)
    return evolve(made, duty=_said(made.duty)) if isinstance(made, ListOfFacts) else made


def _ended(source: _S) -> _S:
    return source if source.ended_by is None else evolve(source, ended_by=_said(source.ended_by))


def _said(of: _T) -> _T:
    """The same with each label that it lacks as it is in the other language."""
    changed = {}
    for zh, en in _PAIRS:
        if hasattr(of, zh):
            changed[zh], changed[en] = _pair(getattr(of, zh), getattr(of, en))
    return cast(_T, evolve(cast(Any, of), **changed))


def _pair(zh: str, en: str) -> tuple[str, str]:
    return (zh if zh.strip() else en, en if en.strip() else zh)
