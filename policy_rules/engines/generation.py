"""Generated Python: straight code over the rails, for one regime.

Each condition has a two-valued fast path for when all that it reads is known; it sets one bit of
`k` where it certainly holds, and another where it is unknown. What the bits mean is looked up in
tables that the engine makes.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from types import CodeType
from typing import TypeAlias

from attrs import frozen

from ..language.caching import once_for_each
from ..language.exhaustive import assert_never
from ..language.expressions import (
    FALSE,
    ONE,
    TRUE,
    Additive,
    AdditiveNode,
    Aggregate,
    AggregateNode,
    AggregateOrElse,
    And,
    AsOf,
    Attribute,
    ByCalendar,
    ByChoice,
    Comparison,
    Constant,
    Deadline,
    Definition,
    Derived,
    Exempted,
    FirstKnown,
    Held,
    InYear,
    IsKnown,
    Node,
    Not,
    Noted,
    Operation,
    Or,
    Parameter,
    Periods,
    ReadingIs,
    RecurrenceLess,
    Variable,
    WorkingDays,
    WorkingDaysLater,
    as_node,
)
from ..language.joins import joined_by
from ..language.logic import conjunction, disjunction, negation
from ..language.rails import PartOf, known, rails
from ..language.ranges import Bound
from ..language.regimes import Regime
from ..language.substitution import with_variable
from ..language.trees import children, key, variables, walk
from ..language.types import BOOLEAN, RATIONAL
from .branching import asked_first, calls_last, given, splits
from .calendar import BY_CALENDAR
from .folded import FoldedRegime
from .gathering import gathering
from .printing import Constants, source
from .recurring import judged

Input: TypeAlias = (
    Attribute | Derived | InYear | AggregateNode | Exempted | WorkingDaysLater | WorkingDays
)


def inputs(node: Node | Bound | PartOf) -> Iterator[Input | Bound]:
    """What an expression reads of the facts, without looking inside aggregates."""
    waiting: list[Node | Bound | PartOf] = [node]
    while waiting:
        each = waiting.pop()
        if isinstance(each, _INPUTS):
            yield each
        elif isinstance(each, PartOf):
            waiting.append(each.item)
        else:
            waiting.extend(reversed(children(each)))


_INPUTS = (Attribute, Derived, InYear, Aggregate, Exempted, Bound, ByCalendar)
# A condition of so many parts, all of these kinds, is written where it is asked.
_SHORT = 10
_WRITTEN_OUT = (And, Or, Not, Comparison, Attribute, Constant)


class Module(FoldedRegime):
    """The generated source of one regime, gathered function by function as it is needed."""

    def __init__(self, regime: Regime, with_exemptions: bool) -> None:
        super().__init__(regime, with_exemptions)
        self.constants = Constants()
        self.functions: list[str] = []
        self.compiled: list[CodeType] = []
        self.waiting: dict[str, Callable[[str], str]] = {}
        self.aggregates: dict[str, AdditiveNode] = {}
        self._names: dict[object, str] = {}

    def _replaced(self, node: Derived | Exempted) -> Node:
        made = super()._replaced(node)
        return self._as_condition(made) if isinstance(made, Derived) else made

    def _as_condition(self, node: Derived) -> Node:
        """A derived yes or no as the condition that it stands for, where that is short: a call
        takes longer. It is known where, in Kleene, the condition is."""
        if node.type != BOOLEAN or node.of.via is not None:
            return node
        definition = self.regime.rules.definition(node)
        *rules, last = self.rules(definition)
        value, otherwise = (TRUE, FALSE) if last.value is FALSE else (FALSE, TRUE)
        if last.place < len(definition.rules) or last.value is not otherwise:
            return node
        if not all(each.value is value for each in rules):
            return node
        condition = disjunction(*(each.condition for each in rules))
        parts = list(walk(condition))
        if len(parts) > _SHORT or not all(isinstance(each, _WRITTEN_OUT) for each in parts):
            return node
        made = with_variable(condition, definition.subject, node.of)
        return made if value is TRUE else Not(made)

    def variable(self, variable: Variable) -> str:
        """The name that a variable has in every function."""
        return self._names.setdefault(variable, f"f{len(self._names)}")

    def function(self, what: str, about: object, write: Callable[[str], str]) -> str:
        """The name of a function, which is written when it is first asked for."""
        identity = (what, about)
        name = self._names.get(identity)
        if name is None:
            name = self._names[identity] = f"{what}_{len(self._names)}"
            self._add(write(name))
        return name

    def later(self, what: str, about: object, write: Callable[[str], str]) -> str:
        """The name of a function that few answers need: it is written when it is first called."""
        identity = (what, about)
        name = self._names.get(identity)
        if name is None:
            name = self._names[identity] = f"{what}_{len(self._names)}"
            self.waiting[name] = write
        return name

    def write(self, name: str) -> None:
        """Write a function that waits to be called, unless it has been written."""
        write = self.waiting.pop(name, None)
        if write is not None:
            self._add(write(name))

    def _add(self, text: str) -> None:
        self.functions.append(text)
        file = f"<rules of {self.regime.rules.directive.id}>"
        self.compiled.append(compile(text, file, "exec"))


class Body:
    """One function being written: its lines, and the inputs it has already read."""

    def __init__(self, module: Module) -> None:
        self.module = module
        self._lines: list[str] = []
        self._depth = 1
        self._read: dict[object, str] = {}
        self._used = 0

    def function(self, name: str, *arguments: str) -> str:
        """The source of the whole function."""
        lines = self._lines or ["    pass"]
        return "\n".join([f"def {name}({', '.join(arguments)}):", *lines])

    def line(self, text: str) -> None:
        """Add one line."""
        self._lines.append("    " * self._depth + text)

    @contextmanager
    def block(self, header: str) -> Iterator[None]:
        """Indent under a header; what is read inside is forgotten at its end."""
        self.line(header)
        self._depth += 1
        read, length = dict(self._read), len(self._lines)
        yield
        if len(self._lines) == length:
            self.line("pass")
        self._read = read
        self._depth -= 1

    def fact(self, variable: Variable) -> str:
        """The name of the fact that a variable stands for; a reference is followed first."""
        if variable.via is None or variable.of is None:
            return self.module.variable(variable)
        name = self._read.get(variable)
        if name is None:
            source = self.fact(variable.of)
            named = f"{source}.{variable.via}"
            unknown = f"{named} is None"
            if variable.of.via is not None:
                unknown = f"{source} is None or {unknown}"
            fact_class = self.module.constants.name(variable.fact_class, "fact_class")
            name = self._read[variable] = self._fresh()
            self.line(f"{name} = None if {unknown} else facts.named({fact_class}, {named})")
        return name

    def of(self, variable: Variable, expression: str, unknown: str = "None") -> str:
        """Something of the fact that a variable stands for, where a reference leads to one."""
        if variable.via is None:
            return expression
        return f"{unknown} if {self.fact(variable)} is None else {expression}"

    def _fresh(self) -> str:
        self._used += 1
        return f"v{self._used}"

    def local(self, node: Node | Bound) -> str:
        """The variable that holds an input; it has been read before."""
        return self._read[_identity(node)]

    def source(self, node: Node) -> str:
        """An expression as source, its inputs read and taken to be known."""
        self.read(node)
        return source(node, self.local, self.module.constants)

    def value(self, node: Node) -> str:
        """The value of an expression as source, or None where it is unknown."""
        self.read(node)
        if isinstance(node, Input) and not isinstance(node, Aggregate):
            return self.local(node)
        guard = known(node)
        if node.type == BOOLEAN:  # a junction can be known while its parts are not
            node = rails(node).true
        if guard is TRUE:
            return self.source(node)
        return (
            "None" if guard is FALSE else f"({self.source(node)} if {self.source(guard)} else None)"
        )

    def read(self, node: Node, *, cheap_only: bool = False) -> None:
        """Read the inputs of an expression into variables."""
        for each in inputs(node):
            if _identity(each) in self._read or (cheap_only and isinstance(each, Aggregate)):
                continue
            if isinstance(each, Bound):
                self.read_range(each.item)
                continue
            if isinstance(each, Exempted):
                self._read_exempted(each)
                continue
            if isinstance(each, ByCalendar):
                self._read_by_calendar(each)
                continue
            if isinstance(each, Aggregate):
                low, high = self.read_range(each)
                name = self._read[key(each)] = self._fresh()
                exact = f"Fraction({low})" if each.type == RATIONAL else low
                unless = f"{low} is not None and " if each.type == RATIONAL else ""
                self.line(f"{name} = {exact} if {unless}{low} == {high} else None")
                continue
            variable = each.item.of if isinstance(each, InYear) else each.of
            fact = self.fact(variable)
            name = self._read[key(each)] = self._fresh()
            match each:
                case Attribute():
                    self._read_field(name, each, variable, fact)
                case InYear():
                    year = self.module.regime.as_of.year + each.offset
                    self.line(f"{name} = {self.of(variable, f'{fact}.{each.item.spec.name}')}")
                    self.line(f"if {name} is not None: {name} = {name}.get({year})")
                case Derived():
                    self._read_derived(each, name)
                case _:
                    assert_never(each)

    def read_range(self, node: Node) -> tuple[str, str]:
        """Read the least and the greatest that a value can be."""
        identities = ("low", key(node)), ("high", key(node))
        if identities[0] in self._read:
            return self._read[identities[0]], self._read[identities[1]]
        low, high = self._fresh(), self._fresh()
        match node:
            case Aggregate():
                self.line(f"{low}, {high} = {bounds_call(self, node)}")
            case Derived():
                definition = self.module.regime.rules.definition(node)
                name = range_name(self.module, definition)
                call = f"{name}({self.fact(node.of)}, facts)"
                self.line(f"{low}, {high} = {self.of(node.of, call, '(None, None)')}")
            case FirstKnown():
                self.line(f"{low} = {high} = {self.value(node.first)}")
                with self.block(f"if {low} is None:"):
                    inner = self.read_range(node.second)
                    self.line(f"{low}, {high} = {inner[0]}, {inner[1]}")
            case ByChoice() if known(node.of) is FALSE:
                # A choice that rests on a parameter without a value cannot be written at all.
                self.line(f"{low} = {high} = None")
            case ByChoice():
                self.line(f"{low} = {high} = None")
                with self.block(f"if {self.source(known(node.of))}:"):
                    for place, (choices, value) in enumerate(node.entries):
                        among = self.source(node.is_among(choices))
                        with self.block(f"{'elif' if place else 'if'} {among}:"):
                            inner = self.read_range(value)
                            self.line(f"{low}, {high} = {inner[0]}, {inner[1]}")
            case _:
                self.line(f"{low} = {high} = {self.value(node)}")
        self._read[identities[0]], self._read[identities[1]] = low, high
        return low, high

    def interval(self, node: Node) -> str:
        """The least and the greatest that a value can be, as source."""
        low, high = self.read_range(node)
        return f"({low}, {high})"

    def _read_field(self, name: str, node: Attribute, of: Variable, fact: str) -> None:
        self.line(f"{name} = {self.of(of, f'{fact}.{node.spec.name}')}")
        if node.spec.places is not None:
            self.line(f"if {name} is not None: {name} = Fraction({name})")

    def _read_derived(self, node: Derived, name: str) -> None:
        definition = self.module.regime.rules.definition(node)
        fact = self.fact(node.of)
        call = f"{value_name(self.module, definition)}({fact}, facts)"
        rules = self.module.rules(definition)
        value = rules[0].value if rules else None
        always = len(rules) == 1 and rules[0].condition is TRUE
        first = value.first if always and isinstance(value, FirstKnown) else None
        if isinstance(first, Attribute) and first.of is definition.subject:
            # A number that is given, as it usually is, needs no call.
            self._read_field(name, first, node.of, fact)
            self.line(f"if {name} is None: {name} = {self.of(node.of, call)}")
        else:
            self.line(f"{name} = {self.of(node.of, call)}")

    def _read_exempted(self, node: Exempted) -> None:
        on = self.value(node.on)
        name = self._read[key(node)] = self._fresh()
        self.line(f"{name} = displaces({self.fact(node.of)}.key, {node.cite!r}, {on})")

    def _read_by_calendar(self, node: ByCalendar) -> None:
        call, known = self._by_calendar(node)
        name = self._read[key(as_node(node))] = self._fresh()
        self.line(f"{name} = {call} if {known} else None")

    def _by_calendar(self, node: ByCalendar) -> tuple[str, str]:
        """The call that works something out by a calendar, and whether its parts are known."""
        function = BY_CALENDAR[type(node)]
        parts = []
        for part in children(as_node(node)):
            value = self.value(part)
            parts.append(self._fresh())
            self.line(f"{parts[-1]} = {value}")
        known = " and ".join(f"{part} is not None" for part in parts)
        return f"{function.__name__}({', '.join(parts)})", known

    def truth(self, node: Node, if_true: str, if_unknown: str) -> None:
        """Do one thing where a condition certainly holds, another where it is unknown."""
        self.truths([(node, if_true, if_unknown)])

    def truths(self, conditions: Iterable[tuple[Node, str, str]]) -> None:
        """The same for several conditions; those that can share one two-valued fast path.

        It is taken where all that they read is known, so that this is asked once.
        """
        shared = []
        for node, if_true, if_unknown in conditions:
            if node is TRUE:
                self.line(if_true)
            elif node is not FALSE:
                self.read(node)
                if all(isinstance(each, _PLAIN) for each in _outside_aggregates(node)):
                    shared.append((node, if_true, if_unknown))
                else:
                    self._railed(node, if_true, if_unknown)
        if not shared:
            return
        read = dict.fromkeys(self.local(each) for node, _, _ in shared for each in inputs(node))
        with self.block("if " + " and ".join(f"{name} is not None" for name in read) + ":"):
            self._branches([(calls_last(node), if_true) for node, if_true, _ in shared])
        with self.block("else:"):
            for node, if_true, if_unknown in shared:
                self._railed(node, if_true, if_unknown)

    def _branches(self, waiting: Sequence[tuple[Node, str]]) -> None:
        """Do what is to be done where conditions hold; what several ask first is asked once."""
        while waiting:
            (node, if_true), *waiting = waiting
            if node is TRUE:
                self.line(if_true)
            if node is TRUE or node is FALSE:
                continue
            atom = asked_first(node)
            alike = [each for each in waiting if splits(atom, each[0])]
            if not alike or not splits(atom, node) or self._depth >= _DEEPEST:
                with self.block(f"if {self.source(node)}:"):
                    self.line(if_true)
                continue
            waiting = [each for each in waiting if each not in alike]
            for header, truth in (f"if {self.source(atom)}:", True), ("else:", False):
                inner = [(given(atom, truth, of), do) for of, do in ((node, if_true), *alike)]
                if truth or any(of is not FALSE for of, _ in inner):
                    with self.block(header):
                        self._branches(inner)

    def bits(self, conditions: Iterable[tuple[int, Node]]) -> None:
        """Set the two bits of each condition in `k`, by its place.

        They are added, since each is set at most once and Python adds faster than it joins bits.
        """
        self.truths(
            (node, f"k += {1 << (2 * place)}", f"k += {2 << (2 * place)}")
            for place, node in conditions
        )

    def _railed(self, node: Node, if_true: str, if_unknown: str) -> None:
        both = rails(node)
        true, false = both.true, both.false
        self.read(true)
        self.read(false)
        word = "if"
        if true is not FALSE:
            with self.block(f"if {self.source(true)}:"):
                self.line(if_true)
            word = "elif"
        if false is FALSE:
            if word == "if":
                self.line(if_unknown)
                return
            with self.block("else:"):
                self.line(if_unknown)
        else:
            with self.block(f"{word} not {self.source(false)}:"):
                self.line(if_unknown)

    def needs(self, node: Node) -> None:
        """Add to `out` what an expression needs, where it is unknown."""
        if self._depth >= _DEEPEST and children(node):
            self.line(part_needs_call(self, node))
            return
        match node:
            case Constant() | IsKnown():
                return
            case Parameter():
                self.line(f'out.add("parameters.{node.name}")')
            case Attribute():
                self.read(node)
                with self.block(f"if {self.local(node)} is None:"), self.reference(node.of):
                    self.line(f'out.add({self.fact(node.of)}.key + ".{node.spec.name}")')
            case InYear():
                self.read(node)
                variable = node.item.of
                year = self.module.regime.as_of.year + node.offset
                field = f"{self.fact(variable)}.{node.item.spec.name}"
                with self.block(f"if {self.local(node)} is None:"), self.reference(variable):
                    self.line(f'name = {self.fact(variable)}.key + ".{node.item.spec.name}"')
                    self.line(f'out.add(name if {field} is None else name + ".{year}")')
            case Derived():
                self.read(node)
                definition = self.module.regime.rules.definition(node)
                call = f"{needs_name(self.module, definition)}({self.fact(node.of)}, facts, out)"
                with self.block(f"if {self.local(node)} is None:"), self.reference(node.of):
                    self.line(call)
            case Aggregate():
                self.read(node)
                with self.block(f"if {self.local(node)} is None:"):
                    self.line(aggregate_needs_call(self, node))
                    if isinstance(node, AggregateOrElse):
                        with self.block(f"if {gathered_call(self, node)}.asked():"):
                            self.needs(node.otherwise)
                    else:
                        for part in node.asked_once:
                            self.needs(part)
            case ByCalendar():
                self.read(node)
                self._needs_of_parts(f"{self.local(node)} is None", children(node))
                if isinstance(node.calendar, Constant):
                    self._needs_of_calendar(node)
            case Exempted():
                self.read(node)
                self._needs_of_parts(f"{self.local(node)} is None", children(node))
            case FirstKnown():
                self._needs_where_unknown(node, (node.first,))
            case ByChoice():
                self._needs_looked_up(node)
            case RecurrenceLess():
                self.needs(node.every)
            case And() | Or() | Not() | Comparison() | Operation() | Periods():
                self._needs_where_unknown(node, children(node))
            case Noted() | ReadingIs() | AsOf() | Deadline():  # pragma: no cover - folded away
                raise AssertionError(node)
            case _:
                assert_never(node)

    def _needs_looked_up(self, node: ByChoice) -> None:
        """The choice, and the values that may stand for it."""
        settled = known(node)
        if settled is TRUE:
            return
        chosen = known(node.of)
        with self.block("if True:" if settled is FALSE else f"if not {self.source(settled)}:"):
            self.needs(node.of)
            for choices, value in node.entries:
                if known(value) is TRUE:
                    continue
                apart = conjunction(chosen, negation(node.is_among(choices)))
                with self.block(f"if not {self.source(apart)}:"):
                    self.needs(value)

    def _needs_of_calendar(self, node: ByCalendar) -> None:
        """The year that the calendar does not know, where all else is known."""
        call, known = self._by_calendar(node)
        asked = self.module.constants.name(node, "asked")
        with self.block(f"if {known} and {call} is None:"):
            arguments = call.partition("(")[2]
            year = f"unknown_year({asked}, {arguments}"
            self.line(f'out.add("parameters.{node.named}." + str({year}))')

    @contextmanager
    def reference(self, variable: Variable) -> Iterator[None]:
        """Where a reference leads nowhere, it is what is needed; else what is inside."""
        if variable.via is None or variable.of is None:
            yield
            return
        with self.block(f"if {self.fact(variable)} is None:"), self.reference(variable.of):
            self.line(f'out.add({self.fact(variable.of)}.key + ".{variable.via}")')
        with self.block("else:"):
            yield

    def _needs_where_unknown(self, node: Node, parts: Iterable[Node]) -> None:
        settled = known(node)
        if settled is not TRUE:
            unknown = "True" if settled is FALSE else f"not {self.source(settled)}"
            self._needs_of_parts(unknown, parts)

    def _needs_of_parts(self, unknown: str, parts: Iterable[Node]) -> None:
        with self.block(f"if {unknown}:"):
            for part in parts:
                self.needs(part)


def _identity(node: Node | Bound) -> object:
    return (node.side, key(node.item)) if isinstance(node, Bound) else key(node)


_PLAIN = (And, Or, Not, Attribute, Derived, InYear, Constant)


def _outside_aggregates(node: Node) -> Iterator[Node]:
    """The logical nodes of a condition, and what shows that it has no two-valued fast path."""
    if isinstance(node, Aggregate | FirstKnown | IsKnown | Exempted | Parameter):
        yield node
    elif not isinstance(node, Input):
        for child in children(node):
            yield from _outside_aggregates(child)


def _begun(body: Body, definition: Definition, name: str) -> Callable[[str], None]:
    """Begin a function of a definition and its fact; what returns a value from it.

    Where many ways lead to it, it is gone through once for each fact of a question.
    """
    if definition not in body.module.entangled:
        return lambda value: body.line(f"return {value}")
    body.line("facts = remembering(facts)")
    body.line(f"asked = {name!r}, id({body.fact(definition.subject)})")
    body.line("if asked in facts.known: return facts.known[asked]")

    def give(value: str) -> None:
        body.line(f"facts.known[asked] = {value}")
        body.line("return facts.known[asked]")

    return give


def value_name(module: Module, definition: Definition) -> str:
    """The function that gives a definition's value, or None."""

    def write(name: str) -> str:
        body = Body(module)
        give = _begun(body, definition, name)
        result = settled_source(body, definition)
        give(result.value)
        return body.function(name, body.fact(definition.subject), "facts")

    return module.function("value", definition, write)


def range_name(module: Module, definition: Definition) -> str:
    """The function that gives the least and the greatest that a defined number can be."""

    def write(name: str) -> str:
        body = Body(module)
        give = _begun(body, definition, name)
        rules = module.rules(definition)
        subject = body.fact(definition.subject)
        if len(rules) == 1 and rules[0].condition is TRUE:
            low, high = body.read_range(rules[0].value)
            give(f"{low}, {high}")
            return body.function(name, subject, "facts")
        body.line("k = 0")
        body.bits((rule.place, rule.condition) for rule in rules)
        for rule in rules:
            otherwise = rule.place == len(definition.rules)
            with body.block(f"if k == {0 if otherwise else 1 << (2 * rule.place)}:"):
                low, high = body.read_range(rule.value)
                give(f"{low}, {high}")
        body.line(f"exact = {value_name(module, definition)}({subject}, facts)")
        give("exact, exact")
        return body.function(name, subject, "facts")

    return module.function("range", definition, write)


@frozen(eq=False)
class SettledSource:
    """Where generated code finds what a definition came to."""

    value: str
    settled: str
    constant_values: bool = False


def settled_source(body: Body, definition: Definition) -> SettledSource:
    """Write what settles a definition: the bits of its conditions, then its value."""
    module = body.module
    rules = module.rules(definition)
    if len(rules) == 1 and rules[0].condition is TRUE:
        value = body.value(rules[0].value)
        body.line(f"value = {value}")
        table = module.constants.name(definition, "definition")
        return SettledSource(
            "value", f"settled({table}, {1 << (2 * rules[0].place)}, {{{rules[0].place}: value}})"
        )
    body.line("k = 0")
    number = len(definition.rules)
    body.bits((rule.place, rule.condition) for rule in rules if rule.place < number)
    name = module.constants.name(definition, "definition")
    if all(isinstance(rule.value, Constant) for rule in rules):
        return SettledSource(f"{name}_settled[k].value", f"{name}_settled[k]", True)
    values = ", ".join(f"{rule.place}: {body.value(rule.value)}" for rule in rules)
    body.line(f"settled_now = settled({name}, k, {{{values}}})")
    return SettledSource("settled_now.value", "settled_now")


def needs_name(module: Module, definition: Definition) -> str:
    """The function that adds what an unknown derived attribute needs."""

    def write(name: str) -> str:
        body = Body(module)
        if definition in module.entangled:
            body.line("facts = remembering(facts)")
            body.line(f"asked = {name!r}, id({body.fact(definition.subject)}), id(out)")
            body.line("if asked in facts.known: return")
            body.line("facts.known[asked] = None")
        result = settled_source(body, definition)
        body.line(f"result = {result.settled}")
        constant = module.constants.name(definition, "definition")
        subject = body.fact(definition.subject)
        with body.block("if result.conflicting:"):
            body.line(f"out.add(conflict({subject}, {constant}, result))")
            body.line("return")
        rules = module.rules(definition)
        for rule in rules:
            with body.block(f"if {rule.place} in result.open_rules:"):
                if rule.place < len(definition.rules):
                    body.needs(rule.condition)
                else:
                    for other in rules[:-1]:
                        body.needs(other.condition)
                body.needs(rule.value)
        return body.function(name, subject, "facts", "out")

    return module.later("needs", definition, write)


# Python takes a hundred levels of indentation; a loop and a few conditions come on top.
_DEEPEST = 50


def part_needs_call(body: Body, node: Node) -> str:
    """The call that adds what an unknown part of an expression needs, where it is deep inside."""
    arguments = [*(body.fact(variable) for variable in free_variables(node)), "facts", "out"]

    def write(name: str) -> str:
        inner = Body(body.module)
        inner.needs(node)
        return inner.function(name, *arguments)

    name = body.module.function("part_needs", key(node), write)
    return f"{name}({', '.join(arguments)})"


@once_for_each
def free_variables(node: Node) -> tuple[Variable, ...]:
    """The variables that an aggregate takes from around it."""
    used: dict[Variable, None] = {}
    bound = set()
    for each in walk(node):
        if isinstance(each, Aggregate):
            bound.add(each.member)
            if each.member.of is not None:
                used[each.member.of] = None
        else:
            used |= dict.fromkeys(variable.root for variable in variables(each))
    return tuple(variable for variable in used if variable not in bound)


def bounds_call(body: Body, node: AggregateNode) -> str:
    """The call that gives an aggregate's bounds. Counts and sums are written out."""
    free = free_variables(node)
    arguments = [*(body.fact(variable) for variable in free), "facts"]
    if not isinstance(node, Additive):
        gathered = gathered_call(body, node)
        fact_class = body.module.constants.name(node.member.fact_class, "fact_class")
        return f"{gathered}.bounds(facts.is_complete({fact_class}))" if gathered else "0, None"

    def write(name: str) -> str:
        inner = Body(body.module)
        inner.line("low = 0")
        fact_class = body.module.constants.name(node.member.fact_class, "fact_class")
        inner.line(f"whole = facts.is_complete({fact_class})")
        for header, linked in _loops(inner, node):
            with inner.block(header):
                _add_member(inner, node, linked)
        inner.line("return low, (low if whole else None)")
        return inner.function(name, *arguments)

    name = body.module.function("bounds", key(node), write)
    body.module.aggregates[name] = node
    return f"{name}({', '.join(arguments)})"


def contribution_name(module: Module, node: AdditiveNode) -> str:
    """The function that gives what one member adds to an aggregate, and whether it adds no more."""

    def write(name: str) -> str:
        inner = Body(module)
        facts = [inner.fact(variable) for variable in (*free_variables(node), node.member)]
        inner.line("low = 0")
        inner.line("whole = True")
        _add_member(inner, node, linked=True)
        inner.line("return low, whole")
        return inner.function(name, *facts, "facts")

    return module.function("contribution", key(node), write)


def _add_member(body: Body, node: AdditiveNode, linked: bool) -> None:
    value = None
    if node.gathered is not ONE:
        value = body._fresh()
        body.line(f"{value} = {body.value(node.gathered)}")
    body.truth(node.where, _add(value) if linked else _OPEN, _OPEN)


def gathered_call(body: Body, node: AggregateNode) -> str:
    """The call that gives what an aggregate gathers; empty where the text leaves open what."""
    made = gathering(node, body.module.regime)
    if made is None:
        return ""
    arguments = [*(body.fact(variable) for variable in free_variables(node)), "facts"]

    def write(name: str) -> str:
        inner = Body(body.module)
        read, given = inner.value, ""
        if isinstance(node, AggregateOrElse):
            read, given = inner.interval, inner.interval(node.otherwise)
        inner.line(f"gathered = {body.module.constants.name(made, 'gathering')}({given})")
        for header, linked in _loops(inner, node):
            with inner.block(header):
                value = read(node.gathered)
                may = f"gathered.possible({value})"
                inner.truth(node.where, f"gathered.certain({value})" if linked else may, may)
        inner.line("return gathered")
        return inner.function(name, *arguments)

    return f"{body.module.function('gathered', key(node), write)}({', '.join(arguments)})"


_OPEN = "whole = False"


def _add(value: str | None) -> str:
    if value is None:
        return "low += 1"
    return f"low += {value} or 0; whole = whole and {value} is not None"


def _loops(body: Body, node: AggregateNode) -> Iterator[tuple[str, bool]]:
    member = node.member
    fact_class = body.module.constants.name(member.fact_class, "fact_class")
    name = body.fact(member)
    if member.link is None or member.of is None:
        join = joined_by(node)
        if join is None:
            yield f"for {name} in facts.all({fact_class}):", True
            return
        of = body.value(join.other)
        all_ = f"facts.all({fact_class})"
        same = f"facts.related({fact_class}, {join.field!r}, {of})"
        yield f"for {name} in {all_} if {of} is None else {same}:", True
        unknown = f"facts.unlinked({fact_class}, {join.field!r})"
        yield f"for {name} in () if {of} is None else {unknown}:", True
        return
    of = body.fact(member.of)
    yield f"for {name} in facts.related({fact_class}, {member.link!r}, {of}.id):", True
    yield f"for {name} in facts.unlinked({fact_class}, {member.link!r}):", False


def aggregate_needs_call(body: Body, node: AggregateNode) -> str:
    """The call that adds what an unknown aggregate needs."""
    free = free_variables(node)
    arguments = [*(body.fact(variable) for variable in free), "facts", "out"]

    def write(name: str) -> str:
        inner = Body(body.module)
        member = node.member
        fact_class = body.module.constants.name(member.fact_class, "fact_class")
        with inner.block(f"if not facts.is_complete({fact_class}):"):
            inner.line(f'out.add("complete.{member.fact_class.collection}")')
        gathered = gathered_call(inner, node) if isinstance(node, Held) else ""
        if gathered:
            inner.line(f"gathered = {gathered}")
            found = judged(body.module.regime, node) if isinstance(node, Held) else None
            if found is not None and found.open:
                inner.line('out.update("parameters." + each for each in gathered.days_off())')
        for header, linked in _loops(inner, node):
            with inner.block(header):
                excluded = rails(node.where).false
                if excluded is not FALSE:
                    inner.line(f"if {inner.source(excluded)}: continue")
                if gathered:  # else each member matters
                    inner.line(f"if not gathered.matters({inner.value(node.gathered)}): continue")
                if not linked:
                    inner.line(f'out.add({inner.fact(member)}.key + ".{member.link}")')
                for part in node.of_member:
                    inner.needs(part)
        return inner.function(name, *arguments)

    name = body.module.function("aggregate_needs", key(node), write)
    return f"{name}({', '.join(arguments)})"
