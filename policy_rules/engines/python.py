"""The engine `python`, the default: rules compiled to Python source, once for each regime."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from fractions import Fraction
from threading import RLock
from typing import Any, Generic, TypeAlias, TypeVar

from attrs import evolve

from ..answers import (
    Conflict,
    Decision,
    DecisionPart,
    Finding,
    FindingPart,
    Outcome,
    Status,
    Verdict,
    VerdictPart,
)
from ..facts import NO_FACTS, Fact, Facts
from ..language.expressions import Constant, Definition
from ..language.regimes import Regime
from ..language.rules import AttestationRule, Requirement
from .asking import asker_by, refused, shared
from .attested import attested
from .calendar import BY_CALENDAR, ELAPSED, MOVED, unknown_year, weekday
from .conditions import (
    FindingConditions,
    VerdictConditions,
    decision_part,
    duties,
    finding_conditions,
    finding_part,
    readings_of,
    verdict_conditions,
)
from .evaluator import Scope, all_start_with, named_in, some_start_with
from .exemptions import Exemptions
from .fulfilment import lacking, met_on
from .generation import Module, contribution_name, free_variables
from .incremental import Keep, KeptAggregate
from .interpreter import exemptions_held
from .kleene import Truth
from .memo import remembering
from .needs import Need, told_apart
from .protocol import Asker, Auditor, Checker, Decider, Duties
from .questions import (
    MOST_LISTED,
    asker_name,
    auditor_name,
    checker_name,
    decider_name,
    verdict_asker_name,
)
from .recurring import Tally
from .rounding import rounded
from .settling import Settled, settle

_V = TypeVar("_V")
_LookUp: TypeAlias = Callable[[Fact, Facts, Truth, Iterable[Need]], Finding]
_Detailed: TypeAlias = Callable[
    [Fact, Facts, FindingPart, int | None, int | None, tuple[Tally, ...]], Finding
]
_AddNeeds: TypeAlias = Callable[[Fact, Facts, set[Need]], None]
_Dated: TypeAlias = Callable[
    [Fact, Facts, FindingPart, int | None, int | None, date | None, _AddNeeds, tuple[Tally, ...],
     int],
    Finding,
]  # fmt: skip
_MOST_PARTS = 20_000


class Table(dict[int, _V], Generic[_V]):
    """What the bits of a condition mean: worked out when first met, then looked up."""

    def __init__(self, make: Callable[[int], _V]) -> None:
        super().__init__()
        self._make = make

    def __missing__(self, bits: int) -> _V:
        if len(self) >= _MOST_PARTS:  # so that a service that runs for years stays the same size
            self.clear()
        return self.setdefault(bits, self._make(bits))


def by_bits(conditions: int) -> list[None]:
    """A place for what each value of the bits means, filled when it is first met; none if many."""
    return [None] * 4**conditions if conditions <= MOST_LISTED else []


def truths(bits: int, number: int) -> list[Truth]:
    """The truth of each condition: two bits for each, certainly true and unknown."""
    kinds: tuple[Truth, ...] = (False, True, None)
    return [kinds[bits >> (2 * place) & 3] for place in range(number)]


class CompiledRegimes:
    """The generated code of one directive, by regime; kept, and safe to share between threads."""

    def __init__(self) -> None:
        self._modules: dict[object, Module] = {}
        self._lock = RLock()

    def module(self, regime: Regime, exemptions: Exemptions) -> tuple[Module, RLock]:
        """The code of a regime, and the lock under which it is added to."""
        identity = (regime.identity, bool(exemptions))
        with self._lock:
            module = self._modules.get(identity)
            if module is None:
                if len(self._modules) >= _MOST_REGIMES:
                    self._modules.clear()
                module = self._modules[identity] = Module(regime, bool(exemptions))
        return module, self._lock


_MOST_REGIMES = 64


class PythonEngine:
    """Rules compiled to straight Python code.

    With `keep`, the caller supplies the counts and sums (incremental maintenance).
    """

    def __init__(
        self,
        regime: Regime,
        exemptions: Exemptions,
        compiled: CompiledRegimes,
        keep: Keep | None = None,
    ) -> None:
        self.regime = regime
        self._keep = keep
        self._kept: set[str] = set()
        self.exemptions = exemptions
        self._module, self._lock = compiled.module(regime, exemptions)
        self._namespace: dict[str, Any] = {
            "Decision": Decision,
            "Facts": Facts,
            "Finding": Finding,
            "Fraction": Fraction,
            "NO_FACTS": NO_FACTS,
            "Verdict": Verdict,
            "all_start_with": all_start_with,
            "named_in": named_in,
            "conflict": _conflict,
            "displaces": exemptions.displaces,
            "finding": self._open_finding,
            "rounded": rounded,
            "settled": _settled,
            "shared": shared,
            "some_start_with": some_start_with,
            "new": object.__new__,
            "refused": refused,
            "remembering": remembering,
            "undecided": _undecided,
            "verdict": self._verdict,
            "unknown_year": unknown_year,
            "weekday": weekday,
            **{each.__name__: each for each in BY_CALENDAR.values()},
            **{f"plus_{unit}": moved for unit, moved in MOVED.items()},
            **{f"full_{unit}": elapsed for unit, elapsed in ELAPSED.items()},
        }
        self._written = 0

    def decider(self, fact_class: type[Fact], name: str) -> Decider:
        """What gives the value of a derived attribute of a fact."""
        definition = self.regime.rules.definitions[fact_class, name]
        if not self.regime.in_force:
            part = decision_part(self.regime, definition, None, ())
            return lambda fact, facts: Decision(fact, facts, part)
        made: Decider = self._made(lambda: decider_name(self._module, definition), {})
        return made

    def checker(self, fact_class: type[Fact]) -> Checker:
        """What gives the verdict on a request."""
        conditions = verdict_conditions(self.regime, fact_class)
        if not self.regime.in_force:
            part = conditions.not_in_force()
            return lambda fact, facts: Verdict(fact, facts, part)
        made: Checker = self._made(
            lambda: checker_name(self._module, fact_class, conditions), _verdict_parts(conditions)
        )
        return made

    def asker(self, fact_class: type[Fact], name: str | None) -> Asker:
        """What gives the part that decisions of one kind share; without a name, verdicts."""
        if not self.regime.in_force:
            return asker_by(self, fact_class, name)
        if name is None:
            conditions = verdict_conditions(self.regime, fact_class)
            made: Asker = self._made(
                lambda: verdict_asker_name(self._module, fact_class, conditions),
                _verdict_parts(conditions),
            )
            return made
        definition = self.regime.rules.definitions[fact_class, name]
        found: Asker = self._made(lambda: asker_name(self._module, definition), {})
        return found

    def auditor(self, fact_class: type[Fact], rules: Duties | None = None) -> Auditor:
        """What gives the findings on a fact, in the order of the text; all, or under some rules."""
        asked = duties(self.regime, fact_class, rules)
        nothing = readings_of(self.regime, [])
        computed: list[FindingConditions | AttestationRule | None] = []
        parts: list[Any] = []
        looked_up: list[_LookUp | None] = []
        detailed: list[_Detailed | None] = []
        dated: list[_Dated | None] = []
        for rule in asked:
            look_up = details = with_its_date = None
            conditions: FindingConditions | AttestationRule | None = None
            if not self.regime.in_force or not self.regime.holds(rule):
                parts.append(finding_part(self.regime, rule, Status.NOT_APPLICABLE, None, nothing))
            elif isinstance(rule, AttestationRule):
                conditions, look_up = rule, self._look_up(rule)
                parts.append(None)
            else:
                conditions = finding_conditions(self.regime, rule)
                details = self._details(conditions) if conditions.detailed else None
                if conditions.due_of_fact is not None:
                    with_its_date = self._dated(conditions, details)
                parts.append(_finding_parts(conditions))
            computed.append(conditions)
            looked_up.append(look_up)
            detailed.append(details)
            dated.append(with_its_date)
        made: Auditor = self._made(
            lambda: auditor_name(self._module, fact_class, asked, computed),
            {"parts": parts, "looked_up": looked_up, "detailed": detailed, "dated": dated},
        )
        return made

    def _look_up(self, rule: AttestationRule) -> _LookUp:
        regime, readings = self.regime, readings_of(self.regime, [rule])
        by_status = {
            status: finding_part(regime, rule, status, None, readings) for status in Status
        }

        def look_up(fact: Fact, facts: Facts, applies: Truth, out: Iterable[Need]) -> Finding:
            status = attested(rule, applies, fact, facts, regime.as_of)
            needed, conflict = told_apart(out)
            if conflict is not None:
                status = Status.CONFLICT
            return Finding(fact, facts, by_status[status], needs=needed)

        return look_up

    def _details(self, conditions: FindingConditions) -> _Detailed:
        def details(
            fact: Fact,
            facts: Facts,
            part: FindingPart,
            actual: int | None,
            required: int | None,
            tallies: tuple[Tally, ...],
        ) -> Finding:
            bound = {conditions.rule.subject: fact}
            scope = Scope(self.regime, facts, self.exemptions, bound)
            return Finding(
                fact, facts, part, actual, required,
                met_on=met_on(conditions, part.status, scope),
                periods=lacking(part.status, tallies),
            )  # fmt: skip

        return details

    def _dated(self, conditions: FindingConditions, details: _Detailed | None) -> _Dated:
        """What tells a finding with the date by which it is due for the fact."""

        def dated(
            fact: Fact,
            facts: Facts,
            part: FindingPart,
            actual: int | None,
            required: int | None,
            due: date | None,
            add_needs: _AddNeeds,
            tallies: tuple[Tally, ...],
            bits: int,
        ) -> Finding:
            of_fact = conditions.part(part.status, due)
            if details is None or part.status in (Status.EXEMPT, Status.UNDETERMINED):
                return self._open_finding(fact, facts, of_fact, actual, required, add_needs, bits)
            return details(fact, facts, of_fact, actual, required, tallies)

        return dated

    def _made(self, name: Callable[[], str], own: Mapping[str, Any]) -> Any:
        """A generated function, with tables of its own beside what all functions share."""
        with self._lock:
            function = name()
            self._run_new()
            found = self._namespace[function]
            # A copy of the function whose globals are its own: tables differ between functions.
            given = {**self._namespace, **own}
            return type(found)(found.__code__, given, function, found.__defaults__)

    def _run_new(self) -> None:
        """Compile what the module has gained, with the constants that it refers to."""
        module = self._module
        if self._keep is not None:  # who keeps counts is told of all of them at once
            while module.waiting:
                module.write(next(iter(module.waiting)))
        for name in module.waiting:
            if name not in self._namespace:
                self._namespace[name] = self._when_called(name)
        for name, value in module.constants.values.items():
            if name in self._namespace:
                continue
            self._namespace[name] = value
            if isinstance(value, Definition):
                self._add_definition(name, value)
        for code in module.compiled[self._written :]:
            exec(code, self._namespace)
        self._written = len(module.compiled)
        if self._keep is not None:
            self._replace_counts(self._keep)

    def _when_called(self, name: str) -> _AddNeeds:
        """What stands for a function that is written when it is first called."""
        written: _AddNeeds | None = None

        def add_needs(fact: Fact, facts: Facts, out: set[Need]) -> None:
            nonlocal written
            if written is None:
                with self._lock:
                    self._module.write(name)
                    self._run_new()
                written = self._namespace[name]
            written(fact, facts, out)

        return add_needs

    def _replace_counts(self, keep: Keep) -> None:
        """Put what the caller supplies in the place of each new function that counts."""
        module = self._module
        new = [name for name in module.aggregates if name not in self._kept]
        for name in new:
            self._kept.add(name)
            node, free = module.aggregates[name], free_variables(module.aggregates[name])
            if len(free) > 1:
                continue  # it is counted inside another one, for each of its members
            contribution = contribution_name(module, node)
            self._run_new()
            self._namespace[name] = keep(
                KeptAggregate(
                    node,
                    free[0] if free else None,
                    self._namespace[name],
                    self._namespace[contribution],
                )
            )

    def _add_definition(self, name: str, definition: Definition) -> None:
        rules = self._module.rules(definition)
        values = {r.place: r.value.value for r in rules if isinstance(r.value, Constant)}
        settled = Table(lambda bits: _settled(definition, bits, values))

        def part(of: Settled) -> DecisionPart:
            return decision_part(self.regime, definition, of.value, of.fired)

        self._namespace[f"{name}_settled"] = settled
        self._namespace[f"{name}_parts"] = Table(lambda bits: part(settled[bits]))
        self._namespace[f"{name}_by_bits"] = by_bits(len(definition.rules))
        self._namespace[f"{name}_part"] = part

    def _verdict(
        self,
        fact: Fact,
        facts: Facts,
        part: VerdictPart,
        add_needs: Callable[[Fact, Facts, set[Need]], None],
    ) -> Verdict:
        if part.exempted:
            bound = {part.exempted[0].subject: fact}
            scope = Scope(self.regime, facts, self.exemptions, bound)
            part = part.displaced_by(exemptions_held(part, scope))
        if part.outcome is not Outcome.UNDETERMINED:
            return Verdict(fact, facts, part)
        out: set[Need] = set()
        add_needs(fact, facts, out)
        needs, conflict = told_apart(out)
        if conflict is not None:
            part = verdict_conditions(self.regime, type(fact)).in_conflict(part)
        return Verdict(fact, facts, evolve(part, needs=needs))

    def _open_finding(
        self,
        fact: Fact,
        facts: Facts,
        part: FindingPart,
        actual: int | None,
        required: int | None,
        add_needs: Callable[[Fact, Facts, set[Need]], None],
        bits: int,
    ) -> Finding:
        if part.status is Status.EXEMPT:
            cite = str(part.rule.cite)
            exemption = self.exemptions.named(fact.key, cite, self.regime.as_of)
            return Finding(fact, facts, part, actual, required, (), exemption)
        if part.status is not Status.UNDETERMINED:
            return Finding(fact, facts, part, actual, required)
        out: set[Need] = set()
        add_needs(fact, facts, out)
        needs, conflict = told_apart(out)
        if conflict is not None and isinstance(part.rule, Requirement):
            part = finding_conditions(self.regime, part.rule).part(Status.CONFLICT, part.due)
        return Finding(fact, facts, part, actual, required, needs)


def _verdict_parts(conditions: VerdictConditions) -> dict[str, object]:
    number = len(conditions.nodes)
    parts = Table(lambda bits: conditions.part(truths(bits, number)))
    return {"parts": parts, "by_bits": by_bits(number)}


def _finding_parts(conditions: FindingConditions) -> Table[FindingPart]:
    def make(bits: int) -> FindingPart:
        applies, must, exempted, overdue = truths(bits, 4)
        return conditions.part(conditions.status(applies, must, bool(exempted), overdue))

    return Table(make)


def _undecided(fact: Fact, facts: Facts, part: DecisionPart, out: set[Need]) -> Decision:
    needs, conflict = told_apart(out)
    return Decision(fact, facts, evolve(part, needs=needs, conflict=conflict))


def _settled(definition: Definition, bits: int, values: Mapping[int, Any]) -> Settled:
    number = len(definition.rules)
    listed = [values.get(place) for place in range(number + (definition.otherwise is not None))]
    return settle(truths(bits, number), listed)


def _conflict(fact: Fact, definition: Definition, settled: Settled) -> Conflict:
    outcomes: Sequence[Any] = tuple(definition.outcomes())
    cites = tuple(sorted({outcomes[place].cite for place in settled.conflicting}))
    return Conflict(fact.key, definition.written_name, cites)
