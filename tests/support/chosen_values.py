"""Definitions of several rules, prohibitions and readings of the made-up vocabulary, in short."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from policy_rules.language import Reading
from policy_rules.language.expressions import Definition, Expression
from policy_rules.language.rules import Prohibition, Steps
from tests.support.made_up_rules import LABELS, QUOTE, SAYS, office
from tests.support.writing import at, defining, quoted, says


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


def forbidden(condition: Expression, of: Any, cite: str = "1/8") -> Prohibition:
    """An act that is prohibited where a condition holds."""
    return says(cite, **SAYS).forbids(of, condition)


def stepped(applies: Expression, obtained: Expression, of: Any, on: Expression) -> Steps:
    """An act that needs one step first."""
    asked = says("1/7", **SAYS)
    return asked.needs(of, says("1/7", **SAYS).step("first", obtained), on=on, applies=applies)


def open_to_reading(name: str, *options: str) -> Reading:
    """A reading with these options, the first of them taken by default."""
    asked = at("1/1").reading(name, default=options[0])("问", "question")
    return asked.options(why=("因", "why"), **{each: (each, each) for each in options})
