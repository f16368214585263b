"""A chain of events: what one kind of question asks of a fact, settled step by step.

The definitions that the conditions read come first, each after those that it reads itself. Each
condition is one event; the rule that fires says whether it holds, and posts the next.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, Final

from attrs import frozen

from ...answers import EngineError
from ...facts import Fact, Facts
from ...language.citations import Cite
from ...language.expressions import Definition, Derived, Node, subject_variable
from ...language.trees import walk
from ...language.types import BOOLEAN
from ..conditions import Asked
from ..exemptions import Exemptions
from ..folded import FoldedRegime
from ..interpreter import Batch
from ..kleene import Truth
from .cutting import Cutting, TooWideError
from .encoding import Read
from .lowering import Alternative, Field, Lowered, lowered
from .rule_sets import SHELF, RuleSet
from .scope import ChainScope, Found, Pending, Slots, computed, part

# To build a rule set takes longer than in proportion to its rules.
_MOST_RULES: Final = 200
_CONCLUSIONS: Final[dict[str, Truth]] = {"t": True, "f": False, "u": None}


@frozen(eq=False)
class Condition:
    """A condition to be settled: the slot of its truth, and the rule that it is of.

    It is passed over where the truth in the slot `within` is false.
    """

    slot: int
    cite: Cite
    within: int | None
    lowered: Lowered


@frozen(eq=False)
class Step:
    """A condition as an event of one rule set."""

    slot: int
    cite: Cite
    within: int | None
    template: str
    fields: tuple[tuple[int, Read], ...]

    def event(self, scope: ChainScope) -> str:
        """The event, with the fields that the condition reads; each is read once in a chain."""
        known, values = scope.fields, []
        for place, read in self.fields:
            value = known[place]
            if value is None:
                value = known[place] = read(scope)
            values.append(value)
        return self.template % tuple(values)


@frozen(eq=False)
class Section:
    """The steps of one rule set."""

    rule_set: RuleSet
    steps: tuple[Step, ...]

    def run(self, scope: ChainScope) -> None:
        """Find the truth of each step. Raises EngineError for what is raised while it is sought."""
        slots, following = scope.slots, iter(self.steps)
        step = self.steps[0]

        def post() -> str | None:
            nonlocal step
            for step in following:
                if step.within is None or slots[step.within] is not False:
                    return step.event(scope)
            return None

        def react(fired: str) -> str | None:
            slots[step.slot] = _CONCLUSIONS[fired[0]]
            return post()

        try:
            first = post()
            if first is not None:
                self.rule_set.run(first, react)
        except Exception as error:
            raise EngineError("durable", step.cite, error) from error


class Chain:
    """The steps of a batch, and where their truths are found."""

    def __init__(self, batch: Batch, regime: FoldedRegime) -> None:
        self._regime = regime.regime
        self._subject = subject_variable(batch.fact_class)
        steps = _Steps(batch, regime)
        self._slots = Slots(tuple(steps.initial), steps.conditions, steps.definitions, steps.values)
        fields: dict[Field, int] = {}
        self._sections = tuple(_sections(steps.settled, fields))
        self._fields = len(fields)

    def run(self, fact: Fact, facts: Facts, exemptions: Exemptions) -> ChainScope:
        """The scope of a fact, with the truths of the batch found."""
        scope = ChainScope(
            self._regime, facts, exemptions, {self._subject: fact}, fact, self._slots,
            list(self._slots.initial), [None] * self._fields,
        )  # fmt: skip
        if self._sections:
            with SHELF.in_use():
                for section in self._sections:
                    section.run(scope)
        return scope


class _Steps:
    """The conditions of a batch put into order."""

    def __init__(self, batch: Batch, regime: FoldedRegime) -> None:
        self.initial: list[Found] = []
        self.settled: list[Condition] = []
        self.conditions: dict[Node, int] = {}
        self.definitions: dict[Definition, Sequence[int]] = {}
        self.values: dict[Definition, Mapping[int, int]] = {}
        self._regime = regime
        self._subject = subject_variable(batch.fact_class)
        for definition in batch.definitions:
            self._define(definition)
        within = _within(batch.conditions)
        for asked in batch.conditions:
            if asked.node not in self.conditions:
                outer = within[asked.node]
                slot = None if outer is None else self.conditions[outer]
                folded = regime.fold(asked.node)
                self.conditions[asked.node] = self._condition(asked.cite, folded, slot)

    def _define(self, definition: Definition) -> None:
        if definition in self.definitions:
            return
        folded = self._regime.rules(definition)
        places = {rule.place: rule.condition for rule in folded}
        conditions = [
            self._condition(rule.cite, places[place]) if place in places else self._slot(False)
            for place, rule in enumerate(definition.rules)
        ]
        values = {}
        cites = [rule.cite for rule in definition.outcomes()]
        for rule in folded:
            if rule.value.type == BOOLEAN:
                values[rule.place] = self._condition(cites[rule.place], rule.value)
            else:
                self._read(rule.value)
        self.definitions[definition], self.values[definition] = conditions, values

    def _read(self, node: Node) -> None:
        """Have the definitions of the subject found that an expression reads."""
        for each in walk(node):
            if isinstance(each, Derived) and each.of is self._subject:
                self._define(self._regime.regime.rules.definition(each))

    def _condition(self, cite: Cite, node: Node, within: int | None = None) -> int:
        """The slot in which the truth of a condition is found."""
        if within is not None and self.initial[within] is False:
            return self._slot(None)
        self._read(node)

        def cut_off(node: Node) -> Node:
            return part(self._subject, self._settled(cite, node, within))

        def compute(node: Node) -> Node:
            return computed(self._subject, node)

        length = len(self.settled)
        try:
            return self._settled(cite, Cutting(cut_off, compute).cut(node), within)
        except TooWideError:
            del self.settled[length:]
            return self._settled(cite, compute(node), within)

    def _settled(self, cite: Cite, node: Node, within: int | None) -> int:
        found = lowered(node)
        if found.settled is not None:
            return self._slot(found.settled)
        if not found.open:
            return self._slot(None)
        slot = self._slot(Pending.PENDING)
        self.settled.append(Condition(slot, cite, within, found))
        return slot

    def _slot(self, truth: Found) -> int:
        self.initial.append(truth)
        return len(self.initial) - 1


def _within(conditions: Iterable[Asked]) -> dict[Node, Node | None]:
    """Within what each condition is asked: none, where it is asked within more than one."""
    found: dict[Node, Node | None] = {}
    for asked in conditions:
        same = found.setdefault(asked.node, asked.within) is asked.within
        if not same:
            found[asked.node] = None
    return found


def _sections(conditions: Sequence[Condition], fields: dict[Field, int]) -> Iterator[Section]:
    gathered: list[Condition] = []
    rules = 0
    for condition in conditions:
        if gathered and rules + condition.lowered.rules > _MOST_RULES:
            yield _section(gathered, fields)
            gathered, rules = [], 0
        gathered.append(condition)
        rules += condition.lowered.rules
    if gathered:
        yield _section(gathered, fields)


def _section(conditions: Sequence[Condition], fields: dict[Field, int]) -> Section:
    written: dict[str, Any] = {}
    steps = []
    for number, condition in enumerate(conditions):
        own = condition.lowered
        names: dict[Field, str] = {}
        for kind, alternatives in (("t", own.true), ("f", own.false)):
            for place, alternative in enumerate(alternatives):
                tests = _tests(alternative, names)
                written[f"{kind}{number}_{place}"] = _rule(number, tests)
        # Of the rules that match an event the one of the first priority fires, and it alone.
        written[f"u{number}"] = {"pri": 1, **_rule(number, [])}
        values = "".join(f',"{name}":%d' for name in names.values())
        template = f'{{"id":"e{number}","s{number}":1{values}}}'
        read = tuple((fields.setdefault(each, len(fields)), each.read) for each in names)
        steps.append(Step(condition.slot, condition.cite, condition.within, template, read))
    text = json.dumps(written, separators=(",", ":"))[1:-1]
    return Section(SHELF.rule_set(text, len(written)), tuple(steps))


def _tests(alternative: Alternative, names: dict[Field, str]) -> list[dict[str, Any]]:
    return [test.written(names.setdefault(test.of, f"f{len(names)}")) for test in alternative]


def _rule(number: int, tests: list[dict[str, Any]]) -> dict[str, Any]:
    of_step: dict[str, Any] = {f"s{number}": 1}
    return {"all": [{"m": {"$and": [of_step, *tests]} if tests else of_step}]}
