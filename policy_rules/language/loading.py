"""Loading: a directive is checked as a whole, and its exceptions are compiled away.

A directive with a fault never loads half: all its faults are reported at once, each with the
citation at which it stands.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Container, Iterable, Iterator, Mapping
from functools import cached_property

from attrs import evolve, field, frozen

from ..facts import Fact
from .citations import Cite
from .directives import Directive, faults_around
from .expressions import (
    Aggregate,
    Constitutive,
    Deadline,
    Definition,
    Derived,
    Node,
    Noted,
    Parameter,
    Reading,
    ReadingIs,
    Variable,
    all_of,
    children,
    variables,
    walk,
)
from .rewriting import expressions_of, sources_of
from .rules import (
    AttestationRule,
    Excuse,
    Modality,
    Prohibition,
    Requirement,
    Rule,
    RuleException,
    Stated,
    Steps,
)
from .validity import begun, gaps, in_other_cases, may_conflict, meets, uncovered, within_validity

DefinitionKey = tuple[type[Fact], str]


class DirectiveError(ValueError):
    """A directive that cannot be loaded; `faults` are all the reasons, one line each."""

    def __init__(self, directive: str, faults: Iterable[str]) -> None:
        self.faults = tuple(faults)
        lines = "\n".join(f"  {fault}" for fault in self.faults)
        super().__init__(f"directive `{directive}` cannot be loaded:\n{lines}")


@frozen(eq=False, repr=False, kw_only=True)
class RuleSet:
    """A directive that has passed every check, ready for engines.

    `definitions` are in an order in which each comes after those that it uses.
    """

    directive: Directive
    definitions: Mapping[DefinitionKey, Definition]
    rules: tuple[Rule, ...]
    excuses: tuple[Excuse, ...]
    exceptions: tuple[RuleException, ...]
    parameters: Mapping[str, Parameter]
    readings: Mapping[str, Reading]
    may_conflict: frozenset[DefinitionKey]
    _by_class: dict[type[Fact], tuple[Rule, ...]] = field(factory=dict, repr=False)
    _attested: dict[str, type[Fact]] = field(factory=dict, repr=False)
    _readings_by_rule: dict[Rule | Definition, tuple[Reading, ...]] = field(
        factory=dict, repr=False
    )

    def of_class(self, fact_class: type[Fact]) -> tuple[Rule, ...]:
        """The rules whose subject is of this class, in the order of the text."""
        found = self._by_class.get(fact_class)
        if found is None:
            found = tuple(r for r in self.rules if r.subject.fact_class is fact_class)
            self._by_class[fact_class] = found
        return found

    def requirements_of(self, fact_class: type[Fact]) -> tuple[Requirement | AttestationRule, ...]:
        """The rules of a class that give findings."""
        return tuple(
            r for r in self.of_class(fact_class) if isinstance(r, Requirement | AttestationRule)
        )

    def verdict_rules_of(self, fact_class: type[Fact]) -> tuple[Prohibition | Steps, ...]:
        """The rules of a class that give verdicts."""
        return tuple(r for r in self.of_class(fact_class) if isinstance(r, Prohibition | Steps))

    def definition(self, node: Derived) -> Definition:
        """The definition that a derived attribute refers to, with exceptions compiled away."""
        return self.definitions[node.of.fact_class, node.definition.name]

    def named(self, fact_class: type[Fact]) -> tuple[str, ...]:
        """The names of what is defined of a class of facts."""
        return tuple(name for of, name in self.definitions if of is fact_class)

    def in_principle(self) -> frozenset[Cite]:
        """The in-principle rules: those that an exemption can be from."""
        return frozenset(
            rule.cite
            for rule in self.rules
            if isinstance(rule, Requirement | Prohibition)
            and rule.modality is Modality.IN_PRINCIPLE
        )

    @property
    def attested(self) -> Mapping[str, type[Fact]]:
        """The citations of what rests on an attestation, each with the class of its subject."""
        found = self._attested
        if not found:
            # At once, since other threads may look into it meanwhile.
            found.update(
                {
                    str(rule.cite): rule.subject.fact_class
                    for rule in self.rules
                    if isinstance(rule, AttestationRule)
                }
            )
        return found

    def parts(self, rule: Rule | Definition) -> Iterator[Node]:
        """Every expression of a rule or definition, and those of the definitions it rests on."""
        seen: set[DefinitionKey] = set()
        waiting = list(expressions_of(rule))
        while waiting:
            part = waiting.pop()
            yield part
            for node in walk(part):
                if isinstance(node, Derived):
                    key = (node.of.fact_class, node.definition.name)
                    if key not in seen:
                        seen.add(key)
                        waiting.extend(expressions_of(self.definitions[key]))

    def readings_of(self, rule: Rule | Definition) -> tuple[Reading, ...]:
        """The readings that an answer from this rule can rest on."""
        kept = self._readings_by_rule.get(rule)
        if kept is not None:
            return kept
        found = {
            node.reading.name: node.reading
            for part in self.parts(rule)
            for node in walk(part)
            if isinstance(node, ReadingIs)
        }
        readings = tuple(found[name] for name in sorted(found))
        return self._readings_by_rule.setdefault(rule, readings)

    def resting_on(self, reading: Reading) -> tuple[Rule | Definition, ...]:
        """The definitions and rules whose answers can rest on a reading."""
        everything = (*self.definitions.values(), *self.rules)
        return tuple(each for each in everything if reading in self.readings_of(each))

    def only(self, rules: Container[Rule]) -> RuleSet:
        """The same directive with these rules alone, for those who ask nothing else of it."""
        kept = tuple(rule for rule in self.rules if rule in rules)
        return evolve(self, rules=kept, by_class={})


def load(directive: Directive) -> RuleSet:
    """Check a directive and compile its exceptions away.

    Raises DirectiveError with every fault found.
    """
    return _Loading(directive).result()


class _Loading:
    def __init__(self, directive: Directive) -> None:
        self.directive = directive
        self.faults: list[str] = []
        self.order = {cite: place for place, cite in enumerate(directive.sentences)}
        provisions = [each for clause in directive.clauses for each in clause.provisions]
        self.definitions = [p for p in provisions if isinstance(p, Definition)]
        self.exceptions = [p for p in provisions if isinstance(p, RuleException)]
        self.excuses = [p for p in provisions if isinstance(p, Excuse)]
        self.rules: list[Rule] = [
            p
            for p in provisions
            if isinstance(p, Requirement | AttestationRule | Prohibition | Steps)
        ]

    def result(self) -> RuleSet:
        self.faults += faults_around(self.directive)
        self.check_citations()
        self.check_labels()
        self.check_names()
        self.check_scope()
        definitions = self.strata()
        compiled = {key: self.without_exceptions(each) for key, each in definitions.items()}
        self.check_coverage(compiled)
        compiled = {
            key: in_other_cases(each, self.directive.issued) for key, each in compiled.items()
        }
        rules = [self.rule_without_exceptions(rule) for rule in self.rules]
        if self.faults:
            raise DirectiveError(self.directive.id, self.faults)
        return RuleSet(
            directive=self.directive,
            definitions=compiled,
            rules=tuple(sorted(rules, key=lambda r: self.place(r.cite))),
            excuses=tuple(self.excuses),
            exceptions=tuple(self.exceptions),
            parameters=self.collected(Parameter),
            readings={r.name: r for r in self.used_readings()},
            may_conflict=frozenset(key for key, each in compiled.items() if may_conflict(each)),
        )

    def place(self, cite: Cite) -> tuple[int, str]:
        return self.order.get(str(cite.of_sentence), len(self.order)), cite.letter

    def everything(self) -> Iterator[Definition | Rule | RuleException]:
        yield from self.definitions
        yield from self.rules
        yield from self.exceptions

    @cached_property
    def nodes(self) -> tuple[Node, ...]:
        return tuple(
            node
            for provision in self.everything()
            for part in expressions_of(provision)
            for node in walk(part)
        )

    def collected(self, kind: type[Parameter]) -> dict[str, Parameter]:
        found = {node.name: node for node in self.nodes if isinstance(node, kind)}
        return {name: found[name] for name in sorted(found)}

    def used_readings(self) -> list[Reading]:
        found = {node.reading for node in self.nodes if isinstance(node, ReadingIs)}
        return sorted(found, key=lambda r: r.name)

    def check_citations(self) -> None:
        cited: list[tuple[Cite, str]] = [(each.cite, "excuse") for each in self.excuses]
        for definition in self.definitions:
            cited.extend((r.cite, f"`{definition.name}`") for r in definition.outcomes())
        cited.extend((rule.cite, "rule") for rule in (*self.rules, *self.exceptions))
        cited.extend(
            (Cite.parse(p.cite), f"`{p.name}`") for p in self.collected(Parameter).values()
        )
        cited.extend((Cite.parse(r.cite), f"`{r.name}`") for r in self.used_readings())
        for cite, what in cited:
            if str(cite.of_sentence) not in self.order:
                self.faults.append(f"{cite}: {what} cites a sentence that the directive has not")
        for clause in self.directive.clauses:
            for provision in clause.provisions:
                if isinstance(provision, Definition):
                    continue
                if provision.cite.clause != clause.heading:
                    self.faults.append(
                        f"{provision.cite}: stands under heading {clause.heading}; "
                        "move it to the clause of its own heading"
                    )
        counts = Counter(rule.cite for rule in self.rules)
        for cite, times in counts.items():
            if times > 1:
                self.faults.append(f"{cite}: is the citation of {times} rules; letter them a, b, …")
        letters = defaultdict(set)
        for rule in self.rules:
            letters[rule.cite.of_sentence].add(rule.cite.letter)
        for cite, used in letters.items():
            expected = {""} if used == {""} else {chr(ord("a") + n) for n in range(len(used))}
            if used != expected:
                found = ", ".join(sorted(letter or "none" for letter in used))
                self.faults.append(
                    f"{cite}: the letters of its rules are {found}; expected a, b, … without a gap"
                )
        known = {rule.cite for rule in self.rules} | {
            rule.cite for definition in self.definitions for rule in definition.outcomes()
        }
        for each in self.exceptions:
            if each.to not in known:
                self.faults.append(f"{each.cite}: is an exception to {each.to}, which is no rule")

    def check_labels(self) -> None:
        labelled: list[tuple[str, object, tuple[str, ...]]] = []
        for definition in self.definitions:
            labelled.append((_name(definition), definition, ("zh", "en")))
            labelled.extend((str(r.cite), r, ("quote",)) for r in definition.outcomes())
        for stated in (*self.rules, *self.exceptions):
            labelled.append((str(stated.cite), stated, ("zh", "en", "quote")))
            if isinstance(stated, Steps):
                labelled.extend(
                    (f"{stated.cite}: step `{s.name}`", s, ("zh", "en", "quote"))
                    for s in stated.steps
                )
        labelled.extend((str(each.cite), each, ("zh", "en")) for each in self.excuses)
        labelled.extend(
            (f"parameter `{p.name}`", p, ("zh", "en", "quote"))
            for p in self.collected(Parameter).values()
        )
        for where, owner, names in labelled:
            missing = [f"`{name}`" for name in names if not getattr(owner, name).strip()]
            if missing:
                self.faults.append(f"{where}: has no {' and no '.join(missing)}")

    def check_names(self) -> None:
        by_key = Counter((d.subject.fact_class, d.name) for d in self.definitions)
        for (fact_class, name), times in by_key.items():
            if times > 1:
                self.faults.append(f"`{name}` of {fact_class.en}: is defined {times} times")
        for definition in self.definitions:
            if next(definition.outcomes(), None) is None:
                self.faults.append(f"`{definition.name}` of {definition.subject}: has no rule")
        for kind, named in (
            ("parameter", {n for n in self.nodes if isinstance(n, Parameter)}),
            ("reading", {n.reading for n in self.nodes if isinstance(n, ReadingIs)}),
        ):
            for name, times in Counter(each.name for each in named).items():
                if times > 1:
                    self.faults.append(f"{kind} `{name}`: {times} different ones have this name")
        for rule in self.rules:
            if isinstance(rule, Steps):
                for name, times in Counter(s.name for s in rule.steps).items():
                    if times > 1:
                        self.faults.append(f"{rule.cite}: has {times} steps named `{name}`")

    def check_scope(self) -> None:
        """A rule speaks only of its subject and of what its aggregates range over."""
        defined = {id(d) for d in self.definitions}
        for provision in self.everything():
            subject = (
                self.subject_of_exception(provision)
                if isinstance(provision, RuleException)
                else provision.subject
            )
            for part in expressions_of(provision):
                scope = frozenset([subject] if subject else [])
                for fault in _out_of_scope(part, scope):
                    self.faults.append(f"{_name(provision)}: {fault}")
                due = isinstance(provision, Requirement) and provision.due is not None
                for node in walk(part):
                    if isinstance(node, Deadline) and not due:
                        self.faults.append(
                            f"{_name(provision)}: counts by a deadline, but nothing is due"
                        )
                    if isinstance(node, Derived) and id(node.definition) not in defined:
                        self.faults.append(
                            f"{_name(provision)}: uses `{node}`, which no clause of the directive "
                            "defines"
                        )

    def subject_of_exception(self, exception: RuleException) -> Variable | None:
        for rule in self.rules:
            if rule.cite == exception.to:
                return rule.subject
        for definition in self.definitions:
            if any(rule.cite == exception.to for rule in definition.outcomes()):
                return definition.subject
        return None

    def strata(self) -> dict[DefinitionKey, Definition]:
        """The definitions, each after those it uses; a cycle is a fault."""
        done: dict[DefinitionKey, Definition] = {}
        by_key = {(d.subject.fact_class, d.name): d for d in self.definitions}
        path: list[DefinitionKey] = []

        def visit(key: DefinitionKey) -> None:
            if key in done or key not in by_key:
                return
            if key in path:
                loop = [by_key[each] for each in path[path.index(key) :]]
                cites = [f"{d.name} ({_first_cite(d)})" for d in (*loop, loop[0])]
                self.faults.append(f"definitions that need each other: {' → '.join(cites)}")
                return
            path.append(key)
            excepted = [e.condition for e in self.exceptions_to(by_key[key])]
            for part in (*expressions_of(by_key[key]), *excepted):
                for node in walk(part):
                    if isinstance(node, Derived):
                        visit((node.of.fact_class, node.definition.name))
            path.pop()
            done[key] = by_key[key]

        for key in by_key:
            visit(key)
        return done

    def exceptions_to(self, definition: Definition) -> list[RuleException]:
        cites = {rule.cite for rule in definition.outcomes()}
        return [e for e in self.exceptions if e.to in cites]

    def excepted(self, condition: Node, cite: Cite) -> Node:
        parts = [condition]
        for each in self.exceptions:
            if each.to == cite:
                excepting = within_validity(each.condition, each)
                note = Noted(excepting, str(each.cite), each.quote, each.zh, each.en)
                parts.append(~note)
        return all_of(*parts)

    def without_exceptions(self, definition: Definition) -> Definition:
        def compiled(rule: Constitutive) -> Constitutive:
            return evolve(rule, condition=self.excepted(rule.condition, rule.cite))

        rules = tuple(compiled(rule) for rule in definition.rules)
        return evolve(definition, rules=rules)

    def rule_without_exceptions(self, rule: Rule) -> Rule:
        match rule:
            case Requirement():
                must = begun(rule.must, rule.valid_from)
                return evolve(rule, applies=self.excepted(rule.applies, rule.cite), must=must)
            case Steps() | AttestationRule():
                return evolve(rule, applies=self.excepted(rule.applies, rule.cite))
            case Prohibition():  # pragma: no branch - the match is exhaustive
                return evolve(rule, condition=self.excepted(rule.condition, rule.cite))

    def check_coverage(self, compiled: Mapping[DefinitionKey, Definition]) -> None:
        """Definitions cover everything while they are in force, and what uses them is no longer."""
        since = self.directive.issued
        for definition in compiled.values():
            self.faults += uncovered(definition, since, self.exceptions_to(definition))
        without = {
            key: stretches
            for key, each in compiled.items()
            if (stretches := tuple(gaps(each, since)))
        }
        for provision in self.everything() if without else ():
            for source, parts in sources_of(provision):
                used = {
                    (node.of.fact_class, node.definition.name): node
                    for part in parts
                    for node in walk(part)
                    if isinstance(node, Derived)
                }
                for key, node in used.items():
                    for span in without.get(key, ()):
                        if meets(source, span):
                            self.faults.append(
                                f"{source.cite}: uses `{node}`, which no rule defines {span}"
                            )


def _name(provision: Stated | Definition) -> str:
    if isinstance(provision, Definition):
        return f"`{provision.name}` of {provision.subject} ({_first_cite(provision)})"
    return str(provision.cite)


def _first_cite(definition: Definition) -> str:
    first = next(definition.outcomes(), None)
    return "no rule" if first is None else str(first.cite)


def _out_of_scope(node: Node, scope: frozenset[Variable]) -> Iterator[str]:
    if isinstance(node, Aggregate):
        if node.member.of is not None and node.member.of not in scope:
            yield f"`{node}` ranges over facts related to one that is not in scope"
        for part in node.of_all:
            yield from _out_of_scope(part, scope)
        for part in node.of_member:
            yield from _out_of_scope(part, scope | {node.member})
        return
    if any(variable.root not in scope for variable in variables(node)):
        yield f"`{node}` speaks of a fact that is neither the rule's subject nor in an aggregate"
    for child in children(node):
        yield from _out_of_scope(child, scope)
