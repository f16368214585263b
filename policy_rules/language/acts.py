"""Acts are judged by the rules of their own day, where amendments change what is asked of them.

A directive that is amended has been in several states: as issued (0), and as each amendment left
it. An act is judged by the rules of one of them. A rule on acts that is not the same in all is
rewritten here, when the directive is loaded, into one that says what stood in each state; so one
rule judges the acts of all days, and engines know nothing of amendments.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from typing import TypeAlias, cast

from attrs import evolve

from ..facts import Fact, act_day_of
from .amendments import Amendment, Transition
from .citations import Cite
from .days import day_zh
from .directives import Directive
from .expressions import (
    AS_OF,
    FALSE,
    TRUE,
    And,
    Attribute,
    ByDay,
    Comparison,
    Constitutive,
    Deadline,
    Definition,
    Derived,
    Expression,
    FirstKnown,
    Held,
    Node,
    Noted,
    Operator,
    Or,
    Parameter,
    Source,
    Variable,
    all_of,
    any_of,
    lift,
    subject_variable,
)
from .logic import conjunction, disjunction, negation
from .rewriting import expressions_of, with_expressions
from .rules import Requirement, Rule, Steps
from .substitution import rewritten
from .trees import key, walk
from .types import BOOLEAN, DATE, MOMENT, RATIONAL
from .validity import within_validity

DefinitionKey: TypeAlias = tuple[type[Fact], str]
# A condition of the rule that is cited with its exceptions, each as what says how it is in force.
Excepted: TypeAlias = Callable[[Node, Cite, Callable[[Node, Source], Node]], Node]


class ActsByDay:
    """What the states of a directive come to in rules on acts.

    `definitions` are all, as written; `excepted` gives a condition with its exceptions. What cannot
    be told apart by the day of an act is found in `faults`, with the rule.
    """

    def __init__(
        self,
        directive: Directive,
        definitions: Mapping[DefinitionKey, Definition],
        rules: Iterable[Rule],
        excepted: Excepted,
    ) -> None:
        # One that changes no rule leaves no other state, whatever acts it says it is for.
        self._amendments = tuple(each for each in directive.amendments if each.changes)
        self._places = {each.id: place for place, each in enumerate(self._amendments, 1)}
        self._written = definitions
        self._rules = tuple(rules)
        self._excepted = excepted
        self._parameters: dict[tuple[Parameter, int], Parameter] = {}
        self._by_state: dict[DefinitionKey, tuple[Definition, ...]] = {}
        self.inner: dict[DefinitionKey, Definition] = {}
        self.faults: list[tuple[Rule, str, str]] = []

    @property
    def _states(self) -> range:
        return range(len(self._amendments) + 1)

    def reached(self, fact_class: type[Fact]) -> tuple[tuple[str, Node], ...]:
        """When an act of a class comes under the rules of each amendment, by its id."""
        own = subject_variable(fact_class)
        return tuple(
            (each.id, self._reached(own, state)) for state, each in enumerate(self._amendments, 1)
        )

    # What stands in a state

    def _holds(self, source: Source, state: int) -> bool:
        """Whether a rule stands in a state, as far as amendments begin and end it."""
        begun = self._begun(source)
        ended = self._ended(source)
        return (begun or 0) <= state and (ended is None or state < ended)

    def _begun(self, source: Source) -> int | None:
        return None if source.valid_from is None else self._places.get(source.cite.document)

    def _ended(self, source: Source) -> int | None:
        return None if source.ended_by is None else self._places.get(source.ended_by.cite.document)

    def _within(self, state: int) -> Callable[[Node, Source], Node]:
        """How a rule is in force in a state: there or not, and from and until days of its own."""

        def within(condition: Node, source: Source) -> Node:
            if not self._holds(source, state):
                return FALSE
            own = evolve(
                source,
                valid_from=None if self._begun(source) else source.valid_from,
                valid_until=None if self._ended(source) else source.valid_until,
            )
            return within_validity(condition, own)

        return within

    def _condition(self, condition: Node, source: Source, state: int, own: Variable | None) -> Node:
        """The condition of a rule in a state, with its exceptions; false where it is not there."""
        within = self._within(state)
        held = within(self._excepted(condition, source.cite, within), source)
        return FALSE if held is FALSE else self._at(held, state, own)

    def _at(self, node: Node, state: int, own: Variable | None) -> Node:
        """The expression with the values and definitions of a state. `own` is the act itself."""

        def instead(part: Expression) -> Expression | None:
            match part:
                case Parameter():
                    return self._parameter(part, state)
                case Derived():
                    found = self._definition(part, state, own)
                    return part if found is part.definition else Derived(part.of, found)
            return None

        return rewritten(node, instead)

    def _parameter(self, parameter: Parameter, state: int) -> Parameter:
        """A parameter with the values that amendments had set by a state, whatever the date."""
        if not parameter.amended:
            return parameter
        places = [self._places[Cite.parse(each.cite).document] for each in parameter.amended]
        number = sum(place <= state for place in places)
        made = self._parameters.get((parameter, number))
        if made is None:
            own = len(parameter.values) - len(places)
            set_ = tuple((None, value) for _, value in parameter.values[own : own + number])
            made = self._parameters[parameter, number] = evolve(
                parameter,
                values=(*parameter.values[:own], *set_),
                amended=parameter.amended[:number],
                amended_times=number,
            )
        return made

    def _definition(self, node: Derived, state: int, own: Variable | None) -> Definition:
        """What a derived attribute is defined by in a state; that of another act, by its own."""
        of = node.of.fact_class, node.definition.name
        if of not in self._written or (act_day_of(of[0]) is not None and node.of is not own):
            return node.definition
        return self._in_states(of)[state]

    def _in_states(self, of: DefinitionKey) -> tuple[Definition, ...]:
        found = self._by_state.get(of)
        if found is None:
            written = self._written[of]
            made = [self._stated(written, state) for state in self._states]
            found = (written,) * len(made)
            if not all(_same_definition(made[0], each) for each in made[1:]):
                found = self._named(of, made)
            self._by_state[of] = found
        return found

    def _named(self, of: DefinitionKey, made: Sequence[Definition]) -> tuple[Definition, ...]:
        """The definition in each state under a name of its own; equal ones are one."""
        found: list[Definition] = []
        for state, each in enumerate(made):
            if found and _same_definition(made[state - 1], each):
                found.append(found[-1])
                continue
            named = evolve(each, name=f"{each.name}__{state}", inner=True)
            self.inner[of[0], named.name] = named
            found.append(named)
        return tuple(found)

    def _stated(self, definition: Definition, state: int) -> Definition:
        """A definition as it stood in a state."""
        own = definition.subject if act_day_of(definition.subject.fact_class) is not None else None

        def stated(rule: Constitutive) -> Constitutive:
            condition = self._condition(rule.condition, rule, state, own)
            return evolve(
                rule, condition=condition, value=self._at(rule.value, state, own), by_day=True
            )

        rules = [stated(each) for each in definition.rules if self._holds(each, state)]
        last = [each for each in _others(definition) if self._holds(each, state)]
        return evolve(
            definition,
            rules=tuple(rules),
            formerly=(),
            otherwise=stated(last[-1]) if last else None,
        )

    # Told apart by the day

    def rule(self, rule: Rule) -> Rule | None:
        """A rule that judges each act by what stood in the state that the act comes under.

        Nothing where the rule is the same in all states, or not about acts.
        """
        if act_day_of(rule.subject.fact_class) is None or _recurs(rule):
            return None
        own, (first, *others) = rule.subject, expressions_of(rule)
        states = self._states
        guards: list[Node | None] = [self._condition(first, rule, state, own) for state in states]
        # What a rule asks for while it is not there does not matter.
        asked = [
            [self._at(other, state, own) if self._holds(rule, state) else None for state in states]
            for other in others
        ]
        if all(len(_runs(each)) == 1 for each in (guards, *asked)):
            return None
        of_all = isinstance(rule, Requirement) and isinstance(rule.due, Parameter)
        if of_all and len(_runs(asked[-1])) > 1:
            self.faults.append(
                (
                    rule,
                    f"{rule.cite}: an amendment changes by when acts are to meet it; "
                    "replace the rule by another",
                    f"{rule.cite}：修改文件改变了行为的期限；请以另一规则代替",
                )
            )
            return None
        parts = [self._selected(rule, _runs(each)) for each in (guards, *asked)]
        if isinstance(rule, Requirement):
            parts[1] = self._required(rule, asked[0])
        made = with_expressions(rule, tuple(parts))
        return evolve(cast(Rule, made), by_day=True)

    def _required(self, rule: Requirement, asked: Sequence[Node | None]) -> Node:
        """What a duty asks for, so that a finding can say how much: part by part, where it can."""
        each_state = [None if node is None else _conjuncts(node) for node in asked]
        # Values and definitions differ between states, and not how a condition is built.
        (length,) = {len(parts) for parts in each_state if parts is not None}
        return all_of(
            *(
                self._measured(
                    rule, [None if parts is None else parts[place] for parts in each_state]
                )
                for place in range(length)
            )
        )

    def _measured(self, rule: Requirement, asked: Sequence[Node | None]) -> Node:
        own, runs = rule.subject, _runs(asked)
        made = self._by_day(own, runs)
        if not isinstance(made, ByDay):
            return made
        compared = [node for _, node in runs if isinstance(node, Comparison)]
        first = compared[0] if len(compared) == len(runs) else None
        if first is None or any(
            node.op != first.op or not _same(node.left, first.left) for node in compared
        ):
            return made
        # The day by which facts count is put into the rule, not into what an attribute is made of.
        if any(isinstance(part, Deadline) for node in compared for part in walk(node.right)):
            return made
        bounds = [(state, node.right) for (state, _), node in zip(runs, compared, strict=True)]
        measured = Comparison(first.op, first.left, self._selected(rule, bounds))
        return evolve(made, measured=measured)

    def _selected(self, rule: Rule, runs: Sequence[tuple[int, Node]]) -> Node:
        """What the day of an act selects: a condition, or the value of an attribute made for it."""
        own, types = rule.subject, {node.type for _, node in runs}
        if len(runs) == 1 or types == {BOOLEAN}:
            return self._by_day(own, runs)
        name = f"selected__{len(self.inner)}"
        rules = tuple(
            Constitutive(
                cite=rule.cite.of_sentence, quote=rule.quote, condition=within, value=value,
                by_day=True,
            )
            for within, value in self._choices(own, runs)
        )  # fmt: skip
        made = self.inner[own.fact_class, name] = Definition(
            subject=own, name=name, type=RATIONAL if len(types) > 1 else types.pop(),
            zh=rule.zh, en=rule.en, rules=rules, inner=True,
        )  # fmt: skip
        return Derived(own, made)

    def definition(self, definition: Definition) -> Definition | None:
        """A definition that judges each act so; nothing where all states agree on it."""
        of = definition.subject.fact_class, definition.name
        in_states = self._in_states(of)
        if in_states[0] is definition or act_day_of(of[0]) is None:
            return None
        own = definition.subject
        rules: list[Constitutive] = []
        for each in definition.rules:
            conditions = [self._condition(each.condition, each, s, own) for s in self._states]
            rules += self._rules_by_day(own, each, conditions)
        last = definition.otherwise
        if last is not None and not definition.formerly and self._always(own, last):
            return evolve(definition, rules=tuple(rules))
        for each in _others(definition):
            conditions = [
                _in_other_cases(in_states[s]) if self._holds(each, s) else FALSE
                for s in self._states
            ]
            rules += self._rules_by_day(own, each, conditions)
        return evolve(definition, rules=tuple(rules), formerly=(), otherwise=None)

    def _always(self, own: Variable, rule: Constitutive) -> bool:
        """Whether a rule stands in all states with one value."""
        values = _runs([self._at(rule.value, state, own) for state in self._states])
        return len(values) == 1 and all(self._holds(rule, state) for state in self._states)

    def _rules_by_day(
        self, own: Variable, rule: Constitutive, conditions: Sequence[Node]
    ) -> Iterator[Constitutive]:
        """A rule of a definition, and another for each state in which it has another value."""
        runs = _runs([self._at(rule.value, state, own) for state in self._states])
        ends = [*(first for first, _ in runs[1:]), len(conditions)]
        for (first, value), end in zip(runs, ends, strict=True):
            within = [
                condition if first <= state < end else FALSE
                for state, condition in enumerate(conditions)
            ]
            condition = self._by_day(own, _runs(within))
            yield evolve(rule, condition=condition, value=value, by_day=True)

    def _by_day(self, own: Variable, runs: Sequence[tuple[int, Node]]) -> Node:
        """What is asked of an act: that of the states, of which each run is given by its first."""
        if len(runs) == 1:
            return runs[0][1]
        chosen = self._choices(own, runs)
        selected = Or(tuple(And(pair) for pair in chosen))
        # Where it is not known in which of some states, what they all agree on.
        agreed = And(tuple(Or((negation(within), node)) for within, node in chosen))
        words = _said(self._amendments, runs)
        return ByDay(FirstKnown(selected, agreed), "", "", "", "", *words)

    def _choices(self, own: Variable, runs: Sequence[tuple[int, Node]]) -> list[tuple[Node, Node]]:
        """When an act comes under the states of each run, and what stands there."""
        reached = [*(self._reached(own, state) for state, _ in runs), FALSE]
        return [
            (conjunction(reached[place], negation(reached[place + 1])), node)
            for place, (_, node) in enumerate(runs)
        ]

    # Which state an act comes under

    def _reached(self, own: Variable, state: int) -> Node:
        """An act comes under a state, or a later one."""
        if not state:
            return TRUE
        first, *later = self._amendments[state - 1 :]
        needed = [each for each in later if not _implies(each, first)]
        return disjunction(*(self._reaches(own, each) for each in (first, *needed)))

    def _reaches(self, own: Variable, amendment: Amendment) -> Node:
        """An amendment's rules are for an act."""
        since = amendment.in_force
        if amendment.transition is Transition.ALL_ACTS:
            return Comparison("<=", lift(since), AS_OF)
        day = act_day_of(own.fact_class)
        assert day is not None  # otherwise its rules are as of the policy's date
        parts: list[Node] = [
            Comparison("<=", lift(amendment.issued), AS_OF),
            _compared(Attribute(own, day), ">=", since),
        ]
        if amendment.transition is Transition.PENDING_EXCEPTED:
            parts += [negation(_compared(step, "<", since)) for step in self._steps(own, day.name)]
        return conjunction(*parts)

    def _steps(self, own: Variable, day: str) -> list[Attribute]:
        """The dates of an act's own steps, of which the first tells when it began."""
        found = {
            node.spec.name: node
            for rule in self._rules
            if isinstance(rule, Steps) and rule.subject is own
            for step in rule.steps
            for node in walk(step.obtained)
            if isinstance(node, Attribute) and node.of is own and node.type in (DATE, MOMENT)
        }
        return [node for name, node in found.items() if name != day]


def _recurs(rule: Rule) -> bool:
    """Whether a rule asks for what recurs: its periods are judged, as of the policy's date."""
    return any(isinstance(node, Held) for part in expressions_of(rule) for node in walk(part))


def _conjuncts(node: Node) -> tuple[Node, ...]:
    return node.items if isinstance(node, And) else (node,)


def _others(definition: Definition) -> tuple[Constitutive, ...]:
    """The rules for all other cases, each at its time."""
    last = () if definition.otherwise is None else (definition.otherwise,)
    return (*definition.formerly, *last)


def _in_other_cases(definition: Definition) -> Node:
    """None of the rules of a definition applies."""
    conditions = [each.condition for each in definition.rules]
    return ~any_of(*conditions) if conditions else TRUE


def _runs(nodes: Sequence[Node | None]) -> list[tuple[int, Node]]:
    """The parts that differ from the one before, each with the first state in which it stands.

    One that does not matter is as the one after it or, at the end, before it.
    """
    runs: list[tuple[int, Node]] = []
    for state, node in enumerate(nodes):
        if node is not None and not (runs and _same(runs[-1][1], node)):
            runs.append((state if runs else 0, node))
    return runs


def _same(one: Node, other: Node) -> bool:
    """Whether two expressions say the same, with the same sentences."""
    return key(one) == key(other) and _noted(one) == _noted(other)


def _noted(node: Node) -> list[str]:
    return [each.cite for each in walk(node) if isinstance(each, Noted)]


def _same_definition(one: Definition, other: Definition) -> bool:
    of_one, of_other = tuple(one.outcomes()), tuple(other.outcomes())
    return (
        len(one.rules) == len(other.rules)
        and len(of_one) == len(of_other)
        and all(
            first.cite == second.cite
            and _same(first.condition, second.condition)
            and _same(first.value, second.value)
            for first, second in zip(of_one, of_other, strict=True)
        )
    )


def _compared(day: Attribute, op: Operator, since: date) -> Comparison:
    """The day, or the day of a moment, compared with another."""
    at: object = since
    if day.type == MOMENT:
        at = datetime(since.year, since.month, since.day)
    return Comparison(op, day, lift(at))


def _implies(later: Amendment, first: Amendment) -> bool:
    """Whether an act that a later amendment reaches is reached by an earlier one as well."""
    all_acts = Transition.ALL_ACTS
    if all_acts in (later.transition, first.transition):
        return later.transition is first.transition
    reaches_more = first.transition is Transition.ACTS_FROM_ITS_DAY
    return first.issued <= later.issued and (reaches_more or later.transition is first.transition)


def _said(
    amendments: Sequence[Amendment], runs: Sequence[tuple[int, Node]]
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The rules of each run of states in words, in Chinese and in English."""
    first = amendments[runs[1][0] - 1]
    zh = [f"{first.number}修改前的规定（{day_zh(first.in_force)}之前）"]
    en = [f"the rules before {first.number} amended them from {first.in_force}"]
    for state, _ in runs[1:]:
        by = amendments[state - 1]
        zh.append(f"{by.number}修改后的规定（自{day_zh(by.in_force)}起）")
        en.append(f"the rules as amended by {by.number} from {by.in_force}")
    return tuple(zh), tuple(en)
