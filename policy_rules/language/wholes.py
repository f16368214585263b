"""Duties on a part of something that should be the whole of it."""

from __future__ import annotations

from collections.abc import Iterable

from .citations import Cite
from .expressions import Comparison
from .rules import AgreementRule, Requirement, Rule
from .trees import key


def duties_on_wholes(rules: Iterable[Rule]) -> frozenset[Cite]:
    """The duties that ask for all of something, of which another rule says that it is a part."""
    duties: dict[object, list[Cite]] = {}
    parts = set()
    for rule in rules:
        match rule:
            case Requirement(must=Comparison(op=">=") as must):
                duties.setdefault((key(must.left), key(must.right)), []).append(rule.cite)
            case AgreementRule(duty=Requirement(must=Comparison(op="<=") as must)):
                parts.add((key(must.left), key(must.right)))
    return frozenset(cite for part in parts for cite in duties.get(part, ()))
