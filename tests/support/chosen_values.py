"""Definitions of several rules in the made-up vocabulary, in one line."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from policy_rules.language.expressions import Definition, Expression
from tests.support.made_up_rules import LABELS, QUOTE, office
from tests.support.writing import defining, quoted


def chosen(
    name: str,
    type_: Any,
    rules: Sequence[tuple[Expression, object]],
    otherwise: object,
    of: Any = office,
) -> Definition:
    """A definition whose rules, from 1/1 on, give a value where their condition holds."""
    return defining(of, name, type_)(**LABELS).by(
        *(
            quoted(f"1/{place}", **QUOTE).makes(value, when=condition)
            for place, (condition, value) in enumerate(rules, 1)
        ),
        otherwise=quoted("1/9", **QUOTE).makes(otherwise),
    )
