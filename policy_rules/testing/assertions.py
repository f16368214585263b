"""Assertions for those who embed the rules: all engines agree, and an upgrade answers as before."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, Final

from ..facts import Facts
from ..policy import EngineName, Policy, load
from .comparing import compared

_KINDS: Final = {
    "decisions": "name",
    "verdicts": None,
    "findings": "cite",
    "agreements": "cite",
}
# What an answer says beside what it concludes: it may be said better without another conclusion.
_WORDS: Final = {"zh", "en", "name", "bodies", "heading", "quote"}
_MOST_SHOWN: Final = 10


def assert_engines_agree(
    policy: Policy, facts: Facts, engines: Iterable[EngineName] = ("python", "interpreter")
) -> None:
    """Every answer of the policy on the facts is the same on each of the engines.

    Raises AssertionError with the first differences, ChoiceError for an engine that is not
    installed (`sql` needs `policy-rules[sql]`, `durable` needs `policy-rules[durable]`).
    """
    found = []
    regime = policy.regime
    for engine in engines:
        other = load(policy.rules.directive).policy(
            as_of=policy.as_of,
            readings=policy.readings,
            parameters=regime.parameters,
            exemptions=policy.exemptions,
            engine=engine,
        )
        found += compared(policy, other, facts)[1]
    _nothing(found, "the engines give different answers")


def assert_policy_unchanged(policy: Policy, facts: Facts, kept: Path | Mapping[str, Any]) -> None:
    """The policy concludes on the facts what was concluded before: for upgrades of this library or
    of a directive.

    `kept` are the answers of before, as a file that `policy-rules audit FACTS --output kept.json`
    wrote, or as what it holds. What is said in words may differ. Raises AssertionError with each
    conclusion that is new, gone or different, ValueError where `kept` is of another directive or
    another date.
    """
    before = json.loads(kept.read_text("utf-8")) if isinstance(kept, Path) else kept
    after = json.loads(json.dumps(policy.audit(facts).as_json()))
    for key in ("directive", "as_of"):
        if before[key] != after[key]:
            raise ValueError(f"{key}: kept of {before[key]}, asked of {after[key]}")
    _nothing(list(_changes(before, after)), "the policy answers otherwise than before")


def _changes(before: Mapping[str, Any], after: Mapping[str, Any]) -> Iterator[str]:
    for kind, name in _KINDS.items():
        old, new = (_by_subject(each.get(kind, ()), name) for each in (before, after))
        for about in {**old, **new}:
            if about not in new:
                yield f"{kind}: {' '.join(about)} is gone"
            elif about not in old:
                yield f"{kind}: {' '.join(about)} is new"
            else:
                one, other = _concluded(old[about]), _concluded(new[about])
                turned = [
                    f"{key} {one.get(key)} -> {other.get(key)}"
                    for key in {**one, **other}
                    if one.get(key) != other.get(key)
                ]
                if turned:
                    yield f"{kind}: {' '.join(about)}: {', '.join(turned)}"


def _by_subject(
    answers: Iterable[Mapping[str, Any]], name: str | None
) -> dict[tuple[str, ...], Mapping[str, Any]]:
    return {(each["subject"], each[name]) if name else (each["subject"],): each for each in answers}


def _concluded(said: Any) -> Any:
    """An answer, or a part of one, without its words."""
    if isinstance(said, Mapping):
        return {key: _concluded(value) for key, value in said.items() if key not in _WORDS}
    return [_concluded(each) for each in said] if isinstance(said, list) else said


def _nothing(differences: list[str], what: str) -> None:
    if differences:
        shown = differences[:_MOST_SHOWN]
        more = len(differences) - len(shown)
        rest = [f"... and {more} more"] if more else []
        raise AssertionError("\n  ".join([f"{what}:", *shown, *rest]))
