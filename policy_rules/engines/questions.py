"""Generated Python for the three kinds of question: decisions, verdicts and findings."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from ..facts import Fact
from ..language.expressions import (
    FALSE,
    TRUE,
    Definition,
    Held,
    Node,
    Variable,
    subject_variable,
)
from ..language.rails import fraction, known
from ..language.rules import AttestationRule, Requirement
from .conditions import FindingConditions, Measure, VerdictConditions
from .fulfilment import of_subject
from .generation import Body, Module, gathered_call, needs_name, settled_source

# With two bits for each of so many conditions, a list of the parts has 1,024 places.
MOST_LISTED: Final = 5


def decider_name(module: Module, definition: Definition) -> str:
    """The function that answers a decision."""

    def write(name: str) -> str:
        body = Body(module)
        subject = body.fact(definition.subject)
        _decided(body, definition)
        with body.block("if part.value is not None:"):
            _return_answer(body, "Decision", subject)
        body.line(f"return {_undecided(body, definition)}")
        return body.function(name, subject, "facts")

    return module.function("decide", definition, write)


def asker_name(module: Module, definition: Definition) -> str:
    """The function that gives what decisions of one kind share, without the decision."""

    def write(name: str) -> str:
        body = Body(module)
        _checked(body, definition.subject)
        _decided(body, definition)
        with body.block("if part.value is not None:"):
            body.line("return part")
        body.line(f"return shared({_undecided(body, definition)})")
        return body.function(name, body.fact(definition.subject), "facts=NO_FACTS")

    return module.function("ask", definition, write)


def _decided(body: Body, definition: Definition) -> None:
    """Find the part of the decision."""
    constant = body.module.constants.name(definition, "definition")
    result = settled_source(body, definition)
    if result.constant_values:
        _part_by_bits(body, f"{constant}_parts", f"{constant}_by_bits", len(definition.rules))
    else:
        body.line(f"part = {constant}_part({result.settled})")


def _part_by_bits(body: Body, parts: str, by_bits: str, conditions: int) -> None:
    """Look the part up: in a list where it is short, which takes a quarter of the time."""
    if conditions > MOST_LISTED:
        body.line(f"part = {parts}[k]")
        return
    body.line(f"part = {by_bits}[k]")
    body.line(f"if part is None: part = {by_bits}[k] = {parts}[k]")


def _undecided(body: Body, definition: Definition) -> str:
    """Gather what is needed; the call that gives the decision then."""
    subject = body.fact(definition.subject)
    body.line("out = set()")
    body.line(f"{needs_name(body.module, definition)}({subject}, facts, out)")
    return f"undecided({subject}, facts, part, out)"


def _checked(body: Body, subject: Variable) -> None:
    """Refuse facts of another class: whoever asks here is not led through a table of classes."""
    fact_class = body.module.constants.name(subject.fact_class, "fact_class")
    fact = body.fact(subject)
    with body.block(f"if {fact}.__class__ is not {fact_class} or facts.__class__ is not Facts:"):
        body.line(f"refused({fact}, {fact_class}, facts)")


def checker_name(module: Module, fact_class: type[Fact], conditions: VerdictConditions) -> str:
    """The function that answers a verdict."""

    def write(name: str) -> str:
        body = Body(module)
        subject = body.fact(subject_variable(fact_class))
        settled = _looked_up(body, conditions)
        with body.block(f"if {settled}:"):
            _return_answer(body, "Verdict", subject)
        arguments = f"{subject}, facts, part"
        body.line(f"return verdict({arguments}, {_verdict_needs(module, fact_class, conditions)})")
        return body.function(name, subject, "facts")

    return module.function("check", fact_class, write)


def verdict_asker_name(
    module: Module, fact_class: type[Fact], conditions: VerdictConditions
) -> str:
    """The function that gives what verdicts of one kind share, without the verdict."""

    def write(name: str) -> str:
        body = Body(module)
        variable = subject_variable(fact_class)
        _checked(body, variable)
        settled = _looked_up(body, conditions)
        with body.block(f"if {settled}:"):
            body.line("return part")
        subject = body.fact(variable)
        needs = _verdict_needs(module, fact_class, conditions)
        body.line(f"return verdict({subject}, facts, part, {needs})._part")
        return body.function(name, subject, "facts=NO_FACTS")

    return module.function("ask", fact_class, write)


def _looked_up(body: Body, conditions: VerdictConditions) -> str:
    """Find the part of the verdict; the condition on which it is the whole answer."""
    body.line("k = 0")
    nodes = [body.module.fold(node) for node in conditions.nodes]
    place = 2 * len(conditions.prohibitions)
    groups = {}
    for group in conditions.groups:
        groups[place] = range(place + 1, place + 2 + len(group.obtained))
        place = groups[place].stop
    within = {place for inner in groups.values() for place in inner}
    body.bits((place, node) for place, node in enumerate(nodes) if place not in within)
    for applies, inner in groups.items():
        if nodes[applies] is not FALSE:
            with body.block(f"if k & {3 << (2 * applies)}:"):
                body.bits((place, nodes[place]) for place in inner)
    _part_by_bits(body, "parts", "by_bits", len(nodes))
    unknown = sum(2 << (2 * each) for each in range(len(nodes)))
    exempted = sum(1 << (4 * each + 2) for each in range(len(conditions.prohibitions)))
    return f"not k & {unknown | exempted}"


def _return_answer(body: Body, kind: str, subject: str) -> None:
    """What the constructor of the answer does, without the calls that take half of the time."""
    body.line(f"answer = new({kind})")
    body.line(f"answer._fact = {subject}")
    body.line("answer._facts = facts")
    body.line("answer._part = part")
    body.line("return answer")


def _verdict_needs(module: Module, fact_class: type[Fact], conditions: VerdictConditions) -> str:
    def write(name: str) -> str:
        body = Body(module)
        for node in conditions.deciding:
            body.needs(module.fold(node))
        body.line("return")
        return body.function(name, body.fact(subject_variable(fact_class)), "facts", "out")

    return module.later("verdict_needs", fact_class, write)


def auditor_name(
    module: Module,
    fact_class: type[Fact],
    rules: tuple[Requirement | AttestationRule, ...],
    findings: Sequence[FindingConditions | AttestationRule | None],
) -> str:
    """The function that gives the findings on a fact under the rules.

    `findings` are those that are computed, and those that rest on an attestation, which the engine
    looks up; None stands for a rule that is not in force.
    """

    def write(name: str) -> str:
        body = Body(module)
        subject = body.fact(subject_variable(fact_class))
        body.line("found = []")
        for place, conditions in enumerate(findings):
            if conditions is None:
                body.line(f"found.append(Finding({subject}, facts, parts[{place}]))")
            elif isinstance(conditions, AttestationRule):
                _attested(body, place, conditions, subject)
            else:
                _finding(body, place, conditions, subject)
        body.line("return found")
        return body.function(name, subject, "facts")

    return module.function("audit", (fact_class, rules), write)


def _attested(body: Body, place: int, rule: AttestationRule, subject: str) -> None:
    applies = body.module.fold(rule.applies)
    if applies is TRUE:
        body.line(f"found.append(looked_up[{place}]({subject}, facts, True, ()))")
        return
    body.line("k = 0")
    body.line("out = set()")
    body.truth(applies, "k = 1", "k = 2")
    with body.block("if k == 2:"):
        body.needs(applies)
    truth = "(False, True, None)[k]"
    body.line(f"found.append(looked_up[{place}]({subject}, facts, {truth}, out))")


def _finding(body: Body, place: int, conditions: FindingConditions, subject: str) -> None:
    module = body.module
    applies = module.fold(conditions.applies)
    must = module.fold(conditions.must)
    body.line("k = 0")
    body.truth(applies, "k = 1", "k = 2")
    if applies is FALSE:
        body.line(f"found.append(Finding({subject}, facts, parts[{place}][0]))")
        return
    body.read(must, cheap_only=True)
    with body.block("if k:"):
        body.truth(must, "k |= 4", "k |= 8")
        body.truth(module.fold(conditions.exempted), "k |= 16", "pass")
        body.line("actual = required = None")
        _measured(body, conditions.measures)
        needs = _finding_needs(module, conditions, applies, must)
        arguments = f"{subject}, facts, parts[{place}][k], actual, required"
        if conditions.due_of_fact is not None:
            body.truth(module.fold(conditions.overdue), "k |= 64", "k |= 128")
            day = body.value(module.fold(conditions.due_of_fact))
            told = f"{arguments}, {day}, {needs}, ({_tallies(body, conditions)}), k"
            body.line(f"found.append(dated[{place}]({told}))")
        else:
            _told(body, place, conditions, arguments, needs)
    with body.block("else:"):
        body.line(f"found.append(Finding({subject}, facts, parts[{place}][0]))")


def _told(
    body: Body, place: int, conditions: FindingConditions, arguments: str, needs: str
) -> None:
    """The finding that comes of the bits, with all that it says."""
    with body.block("if k & 26:"):
        body.line(f"found.append(finding({arguments}, {needs}, k))")
    if conditions.detailed:
        with body.block("elif not k & 4:"):
            tallies = _tallies(body, conditions)
            body.line(f"found.append(detailed[{place}]({arguments}, ({tallies})))")
    with body.block("else:"):
        body.line(f"found.append(Finding({arguments}))")


def _tallies(body: Body, conditions: FindingConditions) -> str:
    """What recurs, also where folding has left nothing of it: it is named all the same."""
    held = (body.module.fold(each) for each in of_subject(conditions.must))
    calls = (gathered_call(body, each) for each in held if isinstance(each, Held))
    return "".join(f"{call}, " for call in calls if call)


def _measured(body: Body, measures: Sequence[tuple[Node, Measure]]) -> None:
    """Read what there is and what is required, of the comparison that the finding reports."""
    if len(measures) <= 1:
        for _, measure in measures:
            _read_measure(body, measure)
        return
    body.line("grade = 3")  # 0: certainly not met; 1: open; 2: met
    for part, measure in measures:
        body.line("t = 0")
        body.truth(body.module.fold(part), "t = 2", "t = 1")
        with body.block("if t < grade:"):
            body.line("grade = t")
            _read_measure(body, measure)


def _read_measure(body: Body, measure: Measure) -> None:
    actual, required = body.module.fold(measure.actual), body.module.fold(measure.required)
    body.line(f"actual = {body.value(actual)}")
    guard = known(required)
    if guard is FALSE:
        body.line("required = None")
        return
    body.read(required)
    rounded = _rounded(body, required, measure.rounding)
    if guard is not TRUE:
        rounded = f"({rounded}) if {body.source(guard)} else None"
    body.line(f"required = {rounded}")


def _rounded(body: Body, required: Node, op: str) -> str:
    over, under = fraction(required)
    number, divisor = body.source(over), body.source(under)
    whole = divisor == "1"
    match op:
        case ">=":
            return number if whole else f"-(-{number} // {divisor})"
        case ">":
            return f"{number} + 1" if whole else f"{number} // {divisor} + 1"
        case "<=":
            return number if whole else f"{number} // {divisor}"
        case "<":
            return f"{number} - 1" if whole else f"-(-{number} // {divisor}) - 1"
        case _:
            if whole:
                return number
            return f"{number} // {divisor} if {number} % {divisor} == 0 else None"


def _finding_needs(module: Module, conditions: FindingConditions, applies: Node, must: Node) -> str:
    def write(name: str) -> str:
        body = Body(module)
        body.needs(applies)
        body.needs(must)
        for more in conditions.unmet_or_open:
            body.needs(module.fold(more))
        body.line("return")
        fact = body.fact(conditions.rule.subject)
        return body.function(name, fact, "facts", "out")

    return module.later("finding_needs", conditions.rule, write)
