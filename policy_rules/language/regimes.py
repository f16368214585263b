"""A regime: a rule set on a date, with the chosen readings and parameters."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, MutableMapping
from datetime import date
from fractions import Fraction
from types import MappingProxyType
from typing import Any, cast
from weakref import WeakKeyDictionary

from attrs import field, frozen

from ..facts import Labelled
from .exact import literal, number_text
from .expressions import AmendedValue, Node, Parameter, ReadingIs, Source, at_least
from .loading import RuleSet
from .rules import Rule
from .types import NUMERIC, RATIONAL, RuleTypeError, check_value


class ChoiceError(ValueError):
    """A policy is asked for with a reading, parameter or exemption that cannot be.

    `faults` are all that is wrong, each in Chinese and in English.
    """

    def __init__(self, *faults: tuple[str, str]) -> None:
        self.faults = faults
        super().__init__(*faults)

    def __str__(self) -> str:
        return "; ".join(en for _, en in self.faults)


@frozen(eq=False)
class Regime:
    """Everything but the facts and the exemptions: what an engine compiles once.

    `known` keeps what is worked out of it, by what it is and of which rule.
    """

    rules: RuleSet
    as_of: date
    readings: Mapping[str, str]
    parameters: Mapping[str, Any] = field(factory=dict)
    known: dict[object, Any] = field(factory=dict, init=False, repr=False)

    def __reduce__(self) -> tuple[object, ...]:
        # Read-only mappings cannot be pickled; `regime` makes them again.
        return regime, (self.rules, self.as_of, dict(self.readings), dict(self.parameters))

    def of_nodes(self, what: str) -> MutableMapping[Node, Any]:
        """What is worked out of nodes by it, as long as anyone still has them."""
        found: MutableMapping[Node, Any] | None = self.known.get(what)
        return self.known.setdefault(what, WeakKeyDictionary()) if found is None else found

    @property
    def in_force(self) -> bool:
        """Whether the directive was in force on the date."""
        return self.rules.directive.in_force(self.as_of)

    def value(self, parameter: Parameter) -> Any:
        """The value of a parameter here, or None where there is none."""
        if parameter.name in self.parameters:
            return self.parameters[parameter.name]
        return parameter.at(self.as_of)

    def since(self, parameter: Parameter) -> date | None:
        """From when that value has held; None: from the beginning, or it was set for the policy."""
        return None if parameter.name in self.parameters else parameter.since(self.as_of)

    def amended_by(self, parameter: Parameter) -> AmendedValue | None:
        """The sentence of an amendment that set that value, if one did."""
        if parameter.amended_times is not None and parameter.name not in self.parameters:
            return next(reversed(parameter.amended), None)
        since = self.since(parameter)
        return next((each for each in parameter.amended if each.since == since), None)

    def chooses(self, node: ReadingIs) -> bool:
        """Whether the reading's option is the one taken."""
        return self.readings[node.reading.name] == node.option

    def responsible(self, rule: Rule) -> Labelled | None:
        """The body that answers for a rule: the one that its sentence names, or as read."""
        unnamed = self.rules.directive.unnamed
        if rule.responsible is not None or unnamed is None:
            return rule.responsible
        by_class = unnamed.bodies.get(self.readings[unnamed.reading.name], {})
        return by_class.get(rule.subject.fact_class)

    def holds(self, source: Source) -> bool:
        """Whether a rule is valid on the date."""
        return source.in_force(self.as_of)

    def last_day(self, source: Source, until: date) -> date:
        """The last day on which a rule is in force, but `until` at the latest."""
        ends = (until, source.valid_until, self.rules.directive.in_force_until)
        return min(day for day in ends if day is not None)

    @property
    def identity(self) -> tuple[object, ...]:
        """Equal for regimes of one rule set that give the same answers."""
        return (
            self.as_of,
            tuple(sorted(self.readings.items())),
            # Not by how values are printed: equal sets can print their members in two orders. The
            # type tells 1 from true and from a share of 1.
            frozenset((name, type(value), value) for name, value in self.parameters.items()),
        )


def regime(
    rules: RuleSet,
    as_of: date,
    readings: Mapping[str, str] | None = None,
    parameters: Mapping[str, object] | None = None,
) -> Regime:
    """The regime on a date: the defaults, with the readings and parameters that are given.

    Raises ChoiceError for a reading, option or parameter that the directive does not have, or a
    value of the wrong type; all faults at once.
    """
    faults: list[tuple[str, str]] = [
        (
            f"`{name}` 应为名称到取值的映射，实为 {given!r}",
            f"`{name}` is a mapping, found {given!r}",
        )
        for name, given in (("readings", readings), ("parameters", parameters))
        if given is not None and not isinstance(given, Mapping)
    ]
    if faults:
        raise ChoiceError(*faults)
    chosen = {name: each.default for name, each in rules.readings.items()}
    for name, option in (readings or {}).items():
        if name not in chosen:
            there = _listed(chosen)
            faults.append(
                (f"没有口径 `{name}`；现有 {there}", f"no reading `{name}`; there are {there}")
            )
        elif option not in [each.name for each in rules.readings[name].options]:
            options = _listed(each.name for each in rules.readings[name].options)
            faults.append(
                (
                    f"口径 `{name}` 没有 `{option}`；可选 {options}",
                    f"reading `{name}` has no option `{option}`; it has {options}",
                )
            )
        else:
            chosen[name] = option
    values: dict[str, object] = {}
    for name, value in (parameters or {}).items():
        if name not in rules.parameters:
            there = _listed(rules.parameters)
            faults.append(
                (f"没有参数 `{name}`；现有 {there}", f"no parameter `{name}`; there are {there}")
            )
            continue
        value = literal(value)
        declared = rules.parameters[name]
        least = None
        if declared.type in NUMERIC:
            least = next((bound for bound in (1, 0) if at_least(declared, bound)), None)
        try:
            check_value(name, declared.type, value)
        except RuleTypeError as error:
            faults.append((error.zh, str(error)))
            continue
        if least is not None and declared.type in NUMERIC and value < least:  # type: ignore[operator]
            said = number_text(value)  # type: ignore[arg-type]  # it has the parameter's type
            faults.append(
                (
                    f"参数 `{name}` 应不小于 {least}，实为 {said}",
                    f"parameter `{name}` is {least} or more, found {said}",
                )
            )
            continue
        if value == "":
            faults.append((f"参数 `{name}` 不能为空", f"parameter `{name}` may not be empty"))
            continue
        # One that is whole is a number of this type all the same.
        whole = declared.type == RATIONAL
        values[name] = Fraction(cast(Fraction, value)) if whole else value
    if faults:
        raise ChoiceError(*faults)
    # Policies of one regime are shared, so nobody may change what it was built with.
    return Regime(rules, as_of, MappingProxyType(chosen), MappingProxyType(values))


def _listed(names: Iterable[str]) -> str:
    return ", ".join(f"`{name}`" for name in names) or "none"
