"""From the forms of rule to conditions, and from the truth of conditions to answers.

Every engine settles the same conditions, each true, false or unknown (None), in its own way; what
their truth comes to is said here once.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from datetime import date
from fractions import Fraction
from math import ceil, floor

from attrs import evolve, frozen

from ..answers import (
    DecisionPart,
    FindingPart,
    Outcome,
    Reason,
    Status,
    VerdictPart,
    strength_of,
)
from ..facts import NONE, Fact, is_none
from ..language.citations import Cite
from ..language.days import day_zh
from ..language.expressions import (
    AS_OF,
    DEADLINE,
    FALSE,
    TRUE,
    And,
    ByDay,
    Comparison,
    Constant,
    Count,
    Definition,
    Exempted,
    Node,
    Or,
    ReadingIs,
    absence,
    all_of,
    any_of,
)
from ..language.none_values import guarded
from ..language.regimes import Regime
from ..language.rules import (
    AttestationRule,
    Judged,
    Modality,
    Prohibition,
    Requirement,
    Step,
    Steps,
)
from ..language.trees import walk
from ..language.types import INTEGER, NUMERIC
from ..language.units import unit_beside
from .counting import counted, recurring
from .kleene import Truth, kleene_and, kleene_not, kleene_or
from .resting import Rests


def readings_of(regime: Regime, rules: Iterable[Judged | Definition]) -> Rests:
    """What gives the readings that answers from these rules rest on, with the option taken."""
    return Rests(regime, tuple(rules))


def decision_part(
    regime: Regime, definition: Definition, value: object, fired: Sequence[int]
) -> DecisionPart:
    """The shared part of a decision: `fired` are the places of the rules that give the value."""
    outcomes = tuple(definition.outcomes())
    cites = sorted({outcomes[place].cite for place in fired})
    given = NONE if is_none(value) else value
    return DecisionPart(definition, given, tuple(cites), readings_of(regime, [definition]))


@frozen(eq=False)
class Asked:
    """A condition of the cited rule; one `within` another counts only where that may hold."""

    cite: Cite
    node: Node
    within: Node | None = None


@frozen(eq=False)
class ProhibitionConditions:
    """When a prohibition holds, and when an exemption sets it aside."""

    rule: Prohibition
    holds: Node
    exempted: Node

    @property
    def strict(self) -> bool:
        """Whether no exemption can be from it."""
        return self.rule.modality is not Modality.IN_PRINCIPLE


@frozen(eq=False)
class StepsConditions:
    """When steps are needed, which are obtained, and whether the act's date has come."""

    rule: Steps
    applies: Node
    begun: Node
    obtained: tuple[Node, ...]

    @property
    def missing(self) -> Node:
        """At least one step that is needed is not obtained."""
        return all_of(self.applies, any_of(*(~node for node in self.obtained)))


@frozen(eq=False)
class VerdictConditions:
    """All the conditions of a verdict on one class of requests, in the order of the text."""

    regime: Regime
    prohibitions: tuple[ProhibitionConditions, ...]
    groups: tuple[StepsConditions, ...]
    in_time: Node
    readings: Rests

    @property
    def asked(self) -> tuple[Asked, ...]:
        """The conditions whose truth `part` takes, in its order."""
        found: list[Asked] = []
        for each in self.prohibitions:
            found += (Asked(each.rule.cite, each.holds), Asked(each.rule.cite, each.exempted))
        for group in self.groups:
            cite, applies = group.rule.cite, group.applies
            found.append(Asked(cite, applies))
            found += (Asked(cite, node, applies) for node in (group.begun, *group.obtained))
        if self.in_time is not TRUE:
            found.append(Asked(found[0].cite, self.in_time))
        return tuple(found)

    @property
    def nodes(self) -> tuple[Node, ...]:
        """The same, without what they are of."""
        return tuple(each.node for each in self.asked)

    @property
    def prohibited(self) -> Node:
        """Something is prohibited strictly; a step still missing on the act's day is."""
        return any_of(
            *(each.holds for each in self.prohibitions if each.strict),
            *(all_of(group.missing, group.begun) for group in self.groups),
        )

    @property
    def deviating(self) -> Node:
        """Something is prohibited in principle, and no exemption displaces it."""
        return any_of(*(each.holds for each in self.prohibitions if not each.strict))

    @property
    def waiting(self) -> Node:
        """Some step is missing."""
        return any_of(*(group.missing for group in self.groups))

    @property
    def deciding(self) -> tuple[Node, ...]:
        """The conditions whose needs are those of a verdict that is undetermined.

        Each layer can still decide unless one above it certainly does: what waits for steps counts
        only where nothing is certainly prohibited in principle.
        """
        if all(each.strict for each in self.prohibitions):
            layers = [self.prohibited, self.waiting]
        else:
            layers = [self.prohibited, self.deviating, any_of(self.deviating, self.waiting)]
        if self.in_time is TRUE:
            return tuple(layers)
        # What certainly decides hides what is below also where it is open whether all is left out.
        return (self.in_time, layers[0], *(any_of(layers[0], each) for each in layers[1:]))

    def part(self, truths: Sequence[Truth]) -> VerdictPart:
        """What the conditions come to."""
        if self.in_time is not TRUE and not truths[-1]:
            left_out = Outcome.UNDETERMINED if truths[-1] is None else Outcome.NOT_APPLICABLE
            return VerdictPart(left_out, (), (), (), self.readings)
        reasons: list[Reason] = []
        exempted: list[Prohibition] = []
        missing: list[Step] = []
        prohibited: list[Truth] = []
        deviating: list[Truth] = []
        waiting: list[Truth] = []
        place = 0
        for each in self.prohibitions:
            holds, displaced = truths[place], truths[place + 1]
            place += 2
            (prohibited if each.strict else deviating).append(holds)
            if holds:
                reasons.append(_reason(each.rule))
            if displaced:
                exempted.append(each.rule)
        for group in self.groups:
            applies, begun = truths[place], truths[place + 1]
            obtained = truths[place + 2 : place + 2 + len(group.obtained)]
            place += 2 + len(group.obtained)
            lacking = kleene_and(applies, kleene_or(kleene_not(each) for each in obtained))
            waiting.append(lacking)
            prohibited.append(kleene_and(lacking, begun))
            if kleene_and(lacking, begun):
                reasons.append(_reason(group.rule))
            if applies:
                missing += [
                    s for s, got in zip(group.rule.steps, obtained, strict=True) if got is False
                ]
        outcome = _outcome(
            (kleene_or(prohibited), Outcome.PROHIBITED),
            (kleene_or(deviating), Outcome.EXEMPTION_NEEDED),
            (kleene_or(waiting), Outcome.AWAITING),
        )
        reasons.sort(key=lambda reason: reason.cite)
        return VerdictPart(outcome, tuple(reasons), tuple(missing), tuple(exempted), self.readings)

    def not_in_force(self) -> VerdictPart:
        """The part of every verdict before the directive is in force."""
        return VerdictPart(Outcome.NOT_APPLICABLE, (), (), (), self.readings)

    def in_conflict(self, part: VerdictPart) -> VerdictPart:
        """The part of a verdict that hangs on rules in conflict."""
        return evolve(part, outcome=Outcome.CONFLICT)


def _reason(rule: Prohibition | Steps) -> Reason:
    return Reason(rule.cite, strength_of(rule), rule.zh, rule.en)


def _outcome(*layers: tuple[Truth, Outcome]) -> Outcome:
    """The outcome of the first layer that does not certainly let the request through."""
    for truth, outcome in layers:
        if truth is not False:
            return outcome if truth else Outcome.UNDETERMINED
    return Outcome.PERMITTED


def verdict_conditions(regime: Regime, fact_class: type[Fact]) -> VerdictConditions:
    """The conditions of a verdict on requests of a class, the same ones each time."""
    key = "verdict", fact_class
    found: VerdictConditions | None = regime.known.get(key)
    return found or regime.known.setdefault(key, _verdict_conditions(regime, fact_class))


def _verdict_conditions(regime: Regime, fact_class: type[Fact]) -> VerdictConditions:
    valid = [rule for rule in regime.rules.verdict_rules_of(fact_class) if regime.holds(rule)]
    return VerdictConditions(
        regime,
        tuple(_prohibition(rule) for rule in valid if isinstance(rule, Prohibition)),
        tuple(_steps(rule) for rule in valid if isinstance(rule, Steps)),
        regime.rules.in_time(fact_class) if valid else TRUE,
        readings_of(regime, valid),
    )


def _prohibition(rule: Prohibition) -> ProhibitionConditions:
    if rule.modality is not Modality.IN_PRINCIPLE:
        return ProhibitionConditions(rule, rule.holds, FALSE)
    exemption: Node = exemption_from(rule, rule.on)
    return ProhibitionConditions(
        rule, all_of(rule.holds, ~exemption), all_of(rule.holds, exemption)
    )


def exemption_from(rule: Prohibition | Requirement, on: Node) -> Node:
    """An exemption from the rule, or its sentence, is valid for the subject on a date."""
    return Exempted(rule.subject, str(rule.cite), on)


def _steps(rule: Steps) -> StepsConditions:
    begun = guarded(Comparison("<=", rule.on, AS_OF))
    return StepsConditions(rule, rule.applies, begun, tuple(s.obtained for s in rule.steps))


def met_or_not(applies: Truth, must: Truth) -> Status:
    """How a fact stands to a duty, before the strength of its words and its date."""
    if applies is False:
        return Status.NOT_APPLICABLE
    if applies is None or must is None:
        return Status.UNDETERMINED
    return Status.SATISFIED if must else Status.BREACHED


def unmet(modality: Modality, overdue: bool, exempted: bool) -> Status:
    """What a duty that is not met comes to, by the strength of its words."""
    if modality is Modality.TARGET:
        return Status.MISSED if overdue else Status.PENDING
    if modality is not Modality.IN_PRINCIPLE:
        return Status.BREACHED
    return Status.EXEMPT if exempted else Status.DEVIATES


@frozen(eq=False)
class Measure:
    """The comparison that a finding reports: what there is against what is required."""

    actual: Node
    required: Node
    rounding: str

    def rounded(self, value: int | Fraction | None) -> int | None:
        """The least (or, for an upper bound, the greatest) whole number that satisfies."""
        if value is None:
            return None
        match self.rounding:
            case ">=":
                return ceil(value)
            case ">":
                return floor(value) + 1
            case "<=":
                return floor(value)
            case "<":
                return ceil(value) - 1
            case _:
                return int(value) if value == int(value) else None


def measures(must: Node) -> tuple[tuple[Node, Measure], ...]:
    """The comparisons of whole numbers among what a requirement demands, in their order.

    The finding reports the first that is certainly not met, else the first that is open, else the
    first of all.
    """
    parts = must.items if isinstance(must, And) else (must,)
    said = [(part, _compared(part)) for part in parts]
    return tuple(
        (part, Measure(each.left, each.right, each.op))
        for part, each in said
        if isinstance(each, Comparison) and each.left.type == INTEGER and each.right.type in NUMERIC
        if absence(each.left) is None and absence(each.right) is None
    )


def _compared(part: Node) -> Node:
    """What a part of a duty compares: by amendments, or unless a reading asks no more (the last of
    several ways to meet it)."""
    match part:
        case ByDay():
            return part.measured
        case Or(items=[ReadingIs(), *_, Comparison() as compared]):
            return compared
        case _:
            return part


@frozen(eq=False)
class FindingConditions:
    """The conditions of a finding, on the date by which facts count."""

    regime: Regime
    rule: Requirement
    applies: Node
    must: Node
    due: date | None
    exempted: Node
    overdue: Node
    readings: Rests
    measures: tuple[tuple[Node, Measure], ...]

    @property
    def due_of_fact(self) -> Node | None:
        """The date by which it is due, where each fact has its own; `overdue`: it has passed."""
        return self.rule.due_of_fact

    @property
    def unmet_or_open(self) -> tuple[Node, ...]:
        """What more an undetermined finding needs: where it is not met, whether it is overdue."""
        return () if self.due_of_fact is None else (any_of(self.must, self.overdue),)

    @property
    def asked(self) -> tuple[Asked, ...]:
        """The conditions on which a finding depends."""
        cite = self.rule.cite
        dated = () if self.due_of_fact is None else (self.overdue,)
        inner = (self.must, self.exempted, *dated, *(part for part, _ in self.measures))
        return (Asked(cite, self.applies), *(Asked(cite, node, self.applies) for node in inner))

    @property
    def detailed(self) -> bool:
        """Whether an unmet duty may have been met late, or has periods to name."""
        counted = any(part is DEADLINE for part in walk(self.rule.must))
        return counted or bool(recurring(self.must))

    def status(self, applies: Truth, must: Truth, exempted: bool, overdue: Truth = None) -> Status:
        """What the conditions come to; `overdue` matters where each fact has its own due date."""
        status = met_or_not(applies, must)
        if status is not Status.BREACHED:
            return status
        if self.rule.due is None or (self.due_of_fact is None and self.due is None):
            return unmet(self.rule.modality, False, exempted)
        if self.due is not None:
            overdue = self.due < self.regime.as_of
        if overdue is None:
            return Status.UNDETERMINED
        return unmet(self.rule.modality, True, exempted) if overdue else Status.PENDING

    def part(self, status: Status, due: date | None = None) -> FindingPart:
        """The shared part of a finding; `due` is the fact's own date, where each has one."""
        return finding_part(self.regime, self.rule, status, self.due or due, self.readings)


def finding_part(
    regime: Regime,
    rule: Requirement | AttestationRule,
    status: Status,
    due: date | None,
    readings: Rests,
) -> FindingPart:
    """The shared part of a finding: its status, and the line that says it."""
    if status is Status.NOT_APPLICABLE:
        due = None  # what does not apply is due on no day
    retroactive = due is not None and due < regime.rules.directive.issued
    zh, en = f"{rule.zh}：{status.zh}", f"{rule.en}: {status.en}"
    if due is not None:
        zh += f"，期限{day_zh(due)}" + ("（早于文件成文日期）" if retroactive else "")
        en += f", due {due}" + (" (before the directive was issued)" if retroactive else "")
    measured = measures(rule.must) if isinstance(rule, Requirement) else ()
    bound = measured[0][1].rounding if measured else ""
    # Which of several measures is reported is told by the fact; they may not share a unit.
    units = {unit_beside(measure.actual, measure.required)[0] for _, measure in measured}
    unit = units.pop() if len(units) == 1 else ""
    unwanted = _unwanted(rule.must) if isinstance(rule, Requirement) else ("", "")
    recurs = isinstance(rule, Requirement) and bool(recurring(rule.must))
    if recurs:
        unit = "次"
    of_whole = rule.cite in regime.rules.of_wholes
    return FindingPart(
        rule, status, due, retroactive, zh, en, bound, unit, unwanted, recurs, of_whole, readings
    )


def _unwanted(must: Node) -> tuple[str, str]:
    """What there is to be none of, where that is all that is required."""
    match must:
        case Comparison(op="<=", left=Count() as count, right=Constant(value=0)):
            return count.zh, count.en
        case _:
            return "", ""


def duties(
    regime: Regime,
    fact_class: type[Fact],
    rules: Collection[Requirement | AttestationRule] | None = None,
) -> tuple[Requirement | AttestationRule, ...]:
    """The rules of a class that give findings, in the order of the text; or some, among which may
    be the duties of agreements and lists."""
    all_rules = regime.rules.requirements_of(fact_class)
    if rules is None:
        return all_rules
    of_agreements = (each.duty for each in regime.rules.agreements_of(fact_class))
    of_lists = regime.rules.duties_of_lists(fact_class)
    return tuple(rule for rule in (*all_rules, *of_agreements, *of_lists) if rule in rules)


def finding_conditions(regime: Regime, rule: Requirement) -> FindingConditions:
    """The conditions of a finding under one requirement, the same ones each time."""
    key = "finding", rule
    found: FindingConditions | None = regime.known.get(key)
    return found or regime.known.setdefault(key, _finding_conditions(regime, rule))


def _finding_conditions(regime: Regime, rule: Requirement) -> FindingConditions:
    due, applies, must = counted(regime, rule)
    # What is not yet due needs no exemption.
    displaced = rule.modality is Modality.IN_PRINCIPLE and (due is None or due < regime.as_of)
    exempted = exemption_from(rule, AS_OF) if displaced else FALSE
    of_fact = rule.due_of_fact
    overdue = FALSE if of_fact is None else Comparison("<", of_fact, AS_OF)
    return FindingConditions(
        regime, rule, applies, must, due, exempted, overdue,
        readings_of(regime, [rule]), measures(must),
    )  # fmt: skip
