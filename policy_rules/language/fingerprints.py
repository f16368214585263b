"""The fingerprint of a directive: the same as long as the rules say the same, letter for letter.

What decides, and what is said of it, enters it: the rules as they are once exceptions and
amendments are worked in, their parameters and readings, the dates between which they are in force,
and the fingerprints of the sentences. It does not depend on the process or the release of Python.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from fractions import Fraction
from hashlib import sha256
from typing import Any

from attrs import fields, has

from ..facts import Fact, FieldSpec, Labelled
from .caching import once_for_each
from .citations import Cite
from .expressions import Derived, Parameter, ReadingIs, Variable
from .loading import RuleSet
from .rules import Prohibition, Steps


@once_for_each
def fingerprint_of(rules: RuleSet) -> str:
    """The SHA-256 of a directive's rules, in 64 hexadecimal digits."""
    directive = rules.directive
    said = {
        "id": directive.id,
        "in_force": [directive.in_force_from, directive.in_force_until],
        "sentences": directive.sentences,
        "definitions": list(rules.definitions.values()),
        "rules": rules.rules,
        "parameters": list(rules.parameters.values()),
        "readings": list(rules.readings.values()),
        "unnamed": directive.unnamed,
        "reached": {cls.collection: nodes for cls, nodes in rules.reached.items()},
        "in_time": [rules.in_time(cls) for cls in dict.fromkeys(_classes_of_acts(rules))],
    }
    digest = sha256()
    for name, part in said.items():
        digest.update(json.dumps([name, _Writing().plain(part)]).encode())
    return digest.hexdigest()


def _classes_of_acts(rules: RuleSet) -> list[type[Fact]]:
    acts = (each for each in rules.rules if isinstance(each, Prohibition | Steps))
    return [each.subject.fact_class for each in acts]


class _Writing:
    """One walk over rules: variables are told apart by the order in which they are met."""

    def __init__(self) -> None:
        self._variables: dict[Variable, int] = {}
        self._written: set[str] = set()

    def plain(self, value: Any) -> Any:
        """A part of a rule as JSON."""
        match value:
            case None | bool() | int() | str():
                return value
            case Labelled():
                return [type(value).__name__, value.value]
            case FieldSpec():
                return ["field", value.name]
            case Variable():
                return self._variable(value)
            case Derived():  # its definition is written once, among the definitions
                return ["Derived", self.plain(value.of), value.definition.name]
            case ReadingIs():
                return ["ReadingIs", value.reading.name, value.option]
            case Parameter() if f"parameter {value.name}" in self._written:
                return ["Parameter", value.name, value.amended_times]
            case Cite() | date() | Fraction() | Decimal():
                return [type(value).__name__, str(value)]
            case frozenset() | set():
                return sorted((self.plain(each) for each in value), key=json.dumps)
            case tuple() | list():
                return [self.plain(each) for each in value]
            case Mapping():
                return [[self.plain(key), self.plain(each)] for key, each in value.items()]
            case type():
                return getattr(value, "collection", value.__name__)
            case _ if has(type(value)):
                made = {
                    each.name: self.plain(getattr(value, each.name))
                    for each in fields(type(value))
                    if each.init
                }
                if isinstance(value, Parameter):
                    self._written.add(f"parameter {value.name}")
                return [type(value).__name__, made]
            case _:
                return [type(value).__name__, str(value)]

    def _variable(self, value: Variable) -> Any:
        number = self._variables.get(value)
        if number is not None:
            return ["variable", number]
        self._variables[value] = len(self._variables)
        return [
            "variable",
            self._variables[value],
            value.fact_class.collection,
            value.link,
            value.via,
            self.plain(value.of),
        ]
