"""Random amendments: changes of every kind to any directive, so that the result loads."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any, Final

from attrs import evolve

from policy_rules.language import Amendment, Directive, RuleSet, Transition
from policy_rules.language.changes import Change, NewProvision, NewRules, NewValue, Repeal
from policy_rules.language.citations import Cite
from policy_rules.language.expressions import (
    FALSE,
    TRUE,
    Constitutive,
    Definition,
    Parameter,
    Source,
    absence,
)
from policy_rules.language.permissions import provisos_of
from policy_rules.language.rewriting import rules_of
from policy_rules.language.rules import Prohibition, Proviso, Requirement, Rule, RuleException
from policy_rules.testing.choosing import Chooser
from policy_rules.testing.random_facts import random_parameter

_DAY: Final = timedelta(days=1)
_ANEW: Final[dict[str, Any]] = {"valid_from": None, "valid_until": None, "ended_by": None}


def random_amendment(
    choose: Chooser, rules: RuleSet, in_force: date, name: str = "amending"
) -> Amendment:
    """A document that changes some of a directive's parameters and rules from a day on."""
    return _Author(choose, rules, in_force, name).amendment()


class _Author:
    def __init__(self, choose: Chooser, rules: RuleSet, in_force: date, name: str) -> None:
        self.choose = choose
        self.rules = rules
        self.in_force = in_force
        self.name = name
        self.sentences = 0
        # An exception would be from these too, and their rules would no longer cover everything.
        self.defining = {
            rule.cite for each in rules.definitions.values() for rule in each.outcomes()
        }

        # What a permission asks for ends with it, or by its own.
        self.conditions = {
            rule.cite for each in rules.definitions.values() for rule in provisos_of(each)
        }
        # By when acts are to meet a duty is not told apart by their day.
        self.due = {
            each.due.name
            for each in rules.rules
            if isinstance(each, Requirement) and isinstance(each.due, Parameter)
        }

    def amendment(self) -> Amendment:
        changes = [*self.values(), *self.of_provisions(self.rules.directive)]
        return Amendment(
            id=self.name, number="2", zh="修改", en="amends", issued=self.in_force,
            sentences={f"1/{place}": "" for place in range(1, self.sentences + 1)},
            transition=self.choose.pick([*Transition]), changes=changes,
        )  # fmt: skip

    def cite(self) -> Cite:
        self.sentences += 1
        return Cite("1", self.sentences, document=self.name)

    def values(self) -> Iterator[Change]:
        for name, parameter in self.rules.parameters.items():
            changed_later = any(since and since >= self.in_force for since, _ in parameter.values)
            if changed_later or name in self.due or not self.choose.chance(30):
                continue
            value = random_parameter(self.choose, self.rules, name)
            if value is not None:
                yield NewValue(cite=self.cite(), quote="字", parameter=name, value=value)

    def of_provisions(self, directive: Directive) -> Iterator[Change]:
        every = list(rules_of(directive))
        cites = {each.cite for each in every if not isinstance(each, Definition)}
        changed: set[Cite] = set()
        for provision in every:
            if isinstance(provision, Definition):
                yield from self.of_definition(provision)
                continue
            # Several can have one citation, and one without a letter reaches those that have some.
            reached = {each for each in cites if provision.cite in (each, each.of_sentence)}
            if (
                provision.cite not in self.conditions
                and not reached & changed
                and self.holds(provision)
                and self.choose.chance(40)
            ):
                changed |= reached
                yield self.choose.pick([self.replaced, self.repealed, self.excepted])(provision)

    def holds(self, source: Source) -> bool:
        return source.in_force(self.in_force - _DAY) and source.in_force(self.in_force)

    def replaced(self, rule: Rule | RuleException) -> Change:
        """The same rule in another place, or its opposite where it is a prohibition."""
        new = evolve(rule, cite=self.cite(), **_ANEW)
        if isinstance(new, Prohibition) and self.choose.chance(50):
            new = evolve(new, condition=~new.condition)
        return NewProvision(provision=new, old=rule.cite)

    def repealed(self, rule: Rule | RuleException) -> Change:
        alone = isinstance(rule, RuleException)
        return self.repeal(rule.cite, exceptions_only=alone)

    def repeal(self, old: Cite, **of: Any) -> Change:
        return Repeal(cite=self.cite(), quote="字", zh="废止", en="repealed", old=old, **of)

    def excepted(self, rule: Rule | RuleException) -> Change:
        if isinstance(rule, RuleException) or rule.cite in self.defining:
            return self.repealed(rule)
        condition = self.choose.pick([TRUE, FALSE])
        new = RuleException(
            cite=self.cite(), quote="字", zh="例外", en="an exception", to=rule.cite,
            condition=condition,
        )  # fmt: skip
        return NewProvision(provision=new)

    def of_definition(self, definition: Definition) -> Iterator[Change]:
        """Rules with the values of others; where there is an `otherwise`, rules can also go."""
        values = [each.value for each in definition.outcomes() if absence(each.value) is None]
        last = definition.otherwise

        def moved(rule: Constitutive) -> Constitutive:
            if isinstance(rule, Proviso):
                return evolve(rule, cite=self.cite(), **_ANEW)
            return Constitutive(
                cite=self.cite(), quote="字", condition=rule.condition,
                value=self.choose.pick(values),
            )  # fmt: skip

        for old in dict.fromkeys(each.cite for each in definition.outcomes()):
            reached = [each for each in definition.outcomes() if each.cite == old]
            if not all(map(self.holds, reached)) or not self.choose.chance(25):
                continue
            if last is not None and last not in reached and self.choose.chance(50):
                yield self.repeal(old, of=definition)
            else:
                rules = tuple(moved(each) for each in reached if each is not last)
                otherwise = moved(last) if last is not None and last in reached else None
                yield NewRules(of=definition, rules=rules, otherwise=otherwise, old=old)
