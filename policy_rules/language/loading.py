"""Loading: a directive is checked as a whole, and its exceptions are compiled away.

A directive with a fault never loads half: all its faults are reported at once, each with the
citation at which it stands.
"""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence
from itertools import chain
from typing import TypeAlias

from attrs import evolve, field, frozen

from ..facts import Fact, Fault
from ..facts.faults import Language
from .acts import ActsByDay
from .amendments import Transition
from .before_force import act_in_time, years_in_time
from .caching import made_once
from .checking import Parts, circles_of_exceptions, faults_of, first_cite
from .citations import Cite
from .depths import too_deep
from .directives import Directive, Ruling, faults_around, faults_of_rulings
from .expected import expect_list
from .expressions import (
    TRUE,
    Constitutive,
    Definition,
    Derived,
    Node,
    Noted,
    Parameter,
    Reading,
    ReadingIs,
    all_of,
)
from .in_one_language import in_both, rulings_in_both
from .lists import ListOfFacts, TextList
from .logic import conjunction
from .none_values import guarded, without_none
from .places import fault_at
from .references import reference_to, referred_to
from .rewriting import derived_of, expressions_of, sources_of
from .rules import (
    AgreementRule,
    AttestationRule,
    Excuse,
    Modality,
    Prohibition,
    Requirement,
    Rule,
    RuleException,
    Steps,
)
from .trees import walk
from .unused import forgotten_in_directive
from .validity import begun, gaps, in_other_cases, may_conflict, meets, uncovered, within_validity
from .wholes import duties_on_wholes

DefinitionKey = tuple[type[Fact], str]


class DirectiveError(ValueError):
    """A directive that cannot be loaded; `faults` are all the reasons, one line each.

    Each says what is wrong in Chinese and English, with the file and line of the author's code.
    """

    def __init__(self, directive: str, faults: Iterable[Fault]) -> None:
        self.directive = directive
        self.faults = tuple(faults)
        super().__init__(directive, self.faults)

    def __str__(self) -> str:
        return self.text("en")

    def text(self, lang: Language = "en") -> str:
        """All the reasons in Chinese (`zh`) or English (`en`), a line for each."""
        lines = "".join(f"\n  {fault.text(lang)}" for fault in self.faults)
        if lang == "zh":
            return f"文件 `{self.directive}` 无法载入：{lines}"
        return f"directive `{self.directive}` cannot be loaded:{lines}"


# A function, and what it is called with.
Reached: TypeAlias = dict[type[Fact], tuple[tuple[str, Node], ...]]
Made: TypeAlias = "tuple[Callable[..., RuleSet], tuple[object, ...]]"


@frozen(eq=False, repr=False, kw_only=True)
class RuleSet:
    """A directive that has passed every check, ready for engines.

    `definitions` are in an order in which each comes after those that it uses. `written` is the
    directive as it was written in one language, if it was. `reached` says, of classes of acts that
    are judged by their own day, when one comes under the rules of each amendment. `made_by` is
    what made these rules of those that were loaded, and of what, where something did. `lists` are
    those of the text that others keep. `of_wholes` are duties on a part that should be the whole.
    """

    directive: Directive
    definitions: Mapping[DefinitionKey, Definition]
    rules: tuple[Rule, ...]
    excuses: tuple[Excuse, ...]
    exceptions: tuple[RuleException, ...]
    parameters: Mapping[str, Parameter]
    readings: Mapping[str, Reading]
    may_conflict: frozenset[DefinitionKey]
    of_wholes: frozenset[Cite] = frozenset()
    lists: tuple[TextList, ...] = ()
    written: Directive | None = None
    reached: Mapping[type[Fact], tuple[tuple[str, Node], ...]] = field(factory=dict)
    made_by: Made | None = None
    _in_time: dict[type[Fact], Node] = field(factory=dict, repr=False)
    _by_class: dict[type[Fact], tuple[Rule, ...]] = field(factory=dict, repr=False)
    _attested: dict[str, type[Fact]] = field(factory=dict, repr=False)
    _rulings: dict[str, tuple[Ruling, ...]] = field(factory=dict, repr=False)
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

    def agreements_of(self, fact_class: type[Fact]) -> tuple[AgreementRule, ...]:
        """The rules of a class under which two accounts should say the same."""
        return tuple(r for r in self.of_class(fact_class) if isinstance(r, AgreementRule))

    def duties_of_lists(self, fact_class: type[Fact]) -> tuple[Requirement, ...]:
        """That a fact of a class is on a list, of each list, as engines judge it."""
        of_facts = (each.duty for each in self.lists if isinstance(each, ListOfFacts))
        return tuple(each for each in of_facts if each.subject.fact_class is fact_class)

    def verdict_rules_of(self, fact_class: type[Fact]) -> tuple[Prohibition | Steps, ...]:
        """The rules of a class that give verdicts."""
        return tuple(r for r in self.of_class(fact_class) if isinstance(r, Prohibition | Steps))

    def definition(self, node: Derived) -> Definition:
        """The definition that a derived attribute refers to, with exceptions compiled away."""
        return self.definitions[node.of.fact_class, node.definition.name]

    def named(self, fact_class: type[Fact]) -> tuple[str, ...]:
        """The names of what is defined of a class of facts."""
        return tuple(
            name
            for (of, name), definition in self.definitions.items()
            if of is fact_class and not definition.inner
        )

    def in_principle(self) -> Mapping[Cite, type[Fact]]:
        """The in-principle rules, which an exemption can be from, with the class of each."""
        return {
            rule.cite: rule.subject.fact_class
            for rule in self.rules
            if isinstance(rule, Requirement | Prohibition)
            and rule.modality is Modality.IN_PRINCIPLE
        }

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

    @property
    def amended(self) -> bool:
        """Whether an amendment sets the value of any parameter."""
        return any(each.amended for each in self.parameters.values())

    def parts(self, rule: Rule | Definition) -> Iterator[Node]:
        """Every expression of a rule or definition, and those of the definitions it rests on."""
        yield from chain.from_iterable(map(expressions_of, resting_on(rule, self.definitions)))
        if isinstance(rule, Prohibition | Steps):
            yield self.in_time(rule.subject.fact_class)

    def in_time(self, fact_class: type[Fact]) -> Node:
        """That an act is not left out since it was before the directive was in force."""
        found = self._in_time.get(fact_class)
        if found is None:
            found = self._in_time[fact_class] = act_in_time(self.directive, fact_class)
        return found

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

    @property
    def rulings(self) -> tuple[Ruling, ...]:
        """What its author has settled that the text leaves open, in the order given.

        Raises DirectiveError with every fault of rulings that are first read here.
        """
        found = self._rulings.get("")
        if found is None:
            given = self.directive.rulings
            if callable(given):
                given = expect_list(given(), Ruling, "rulings")
                if faults := tuple(faults_of_rulings(self.directive, given)):
                    raise DirectiveError(self.directive.id, faults)
            found = self._rulings[""] = rulings_in_both(self.directive, given)
        return found

    def rulings_on(self, cite: Cite) -> tuple[Ruling, ...]:
        """What its author has settled that bears on a rule, or on its sentence as a whole."""
        found = self._rulings.get(str(cite))
        if found is None:
            named = {str(cite), str(cite.of_sentence)}
            found = tuple(r for r in self.rulings if not named.isdisjoint(r.cites))
            self._rulings[str(cite)] = found
        return found

    def resting_on(self, reading: Reading) -> tuple[Rule | Definition, ...]:
        """The definitions and rules whose answers can rest on a reading."""
        asked = (each for each in self.definitions.values() if not each.inner)
        everything = (*asked, *self.rules)
        return tuple(each for each in everything if reading in self.readings_of(each))

    def only(self, rules: Container[Rule]) -> RuleSet:
        """The same directive with these rules alone, for those who ask nothing else of it."""
        kept = tuple(rule for rule in self.rules if rule in rules)
        return evolve(self, rules=kept, by_class={})

    def rule(self, cite: Cite) -> Rule:
        """The rule of a citation."""
        return next(rule for rule in self.rules if rule.cite == cite)

    def __reduce__(self) -> tuple[object, ...]:
        """Pickled by reference: it is loaded again by the name of its directive."""
        made: Made = self.made_by or (_loaded_again, reference_to(self.written or self.directive))
        again, given = made
        if len(again(*given).rules) != len(self.rules):
            from pickle import PicklingError

            raise PicklingError(f"a part of directive `{self.directive.id}` cannot be pickled")
        return again, given


def resting_on(
    rule: Rule | Definition, definitions: Mapping[DefinitionKey, Definition]
) -> Iterator[Rule | Definition]:
    """A rule or definition, and the definitions that it rests on."""
    seen: set[DefinitionKey] = set()
    waiting = [rule]
    while waiting:
        each = waiting.pop()
        yield each
        for node in derived_of(each):
            key = (node.of.fact_class, node.definition.name)
            if key not in seen:
                seen.add(key)
                waiting.append(definitions[key])


@made_once
def load(directive: Directive) -> RuleSet:
    """Check a directive and compile its exceptions away; the result is kept.

    Raises DirectiveError with every fault found.
    """
    rules = _Loading(directive).result()
    said = in_both(directive)
    return rules if said is directive else evolve(_Loading(said).result(), written=directive)


def _loaded_again(module: str, name: str) -> RuleSet:
    return load(referred_to(module, name))


class _Loading:
    def __init__(self, directive: Directive) -> None:
        self.directive = directive
        self.parts = Parts(directive)
        # What goes in a circle is a fault, and cannot be compiled away.
        circular = any(circles_of_exceptions(self.parts))
        self.excepting = frozenset[Cite]() if circular else self.parts.excepted
        self.faults: list[Fault] = []

    def result(self) -> RuleSet:
        parts = self.parts
        if faults := [parts.fault(*found) for found in too_deep(parts.everything())]:
            raise DirectiveError(self.directive.id, faults)
        self.faults += faults_around(self.directive)
        self.faults += faults_of(parts)
        self.faults += forgotten_in_directive(self.directive, parts.nodes)
        definitions = self.strata()
        written = {key: without_none(each) for key, each in definitions.items()}
        compiled = {key: self.without_exceptions(each) for key, each in written.items()}
        self.check_coverage(definitions, compiled)
        compiled = {
            key: in_other_cases(each, self.directive.in_force_from)
            for key, each in compiled.items()
        }
        judged = [without_none(rule) for rule in parts.rules]
        rules = [self.rule_without_exceptions(rule) for rule in judged]
        self.check_monotone(rules)
        reached: Reached = {}
        if not self.faults and self.by_day_of_acts:
            compiled, rules, reached = self.told_apart_by_day(written, compiled, judged, rules)
        if self.faults:
            raise DirectiveError(self.directive.id, self.faults)
        if self.directive.earlier is not None:
            rules = [self.in_time(rule, compiled) for rule in rules]
        return RuleSet(
            directive=self.directive,
            definitions=compiled,
            rules=tuple(sorted(rules, key=lambda r: self.place(r.cite))),
            excuses=tuple(parts.excuses),
            exceptions=tuple(parts.exceptions),
            parameters=parts.parameters,
            readings=parts.readings,
            of_wholes=duties_on_wholes(rules),
            lists=tuple(map(_judged, parts.lists)),
            reached=reached,
            may_conflict=frozenset(
                key
                for key, each in compiled.items()
                if may_conflict(each, by_its_day=key[0] in reached)
            ),
        )

    def in_time(self, rule: Rule, definitions: Mapping[DefinitionKey, Definition]) -> Rule:
        """A duty that does not apply to what is left out, since it was before the directive."""
        if isinstance(rule, Prohibition | Steps):
            return rule  # with all others on such an act, when they come to a verdict
        in_time = conjunction(
            act_in_time(self.directive, rule.subject.fact_class),
            years_in_time(self.directive, resting_on(rule, definitions)),
        )
        return rule if in_time is TRUE else evolve(rule, applies=conjunction(in_time, rule.applies))

    def place(self, cite: Cite) -> tuple[int, str]:
        order = self.parts.order
        return order.get(str(cite.of_sentence), len(order)), cite.letter

    def strata(self) -> dict[DefinitionKey, Definition]:
        """The definitions, each after those it uses; a cycle is a fault."""
        done: dict[DefinitionKey, Definition] = {}
        by_key = {(d.subject.fact_class, d.name): d for d in self.parts.definitions}
        path: list[DefinitionKey] = []

        def visit(key: DefinitionKey) -> None:
            if key in done or key not in by_key:
                return
            if key in path:
                loop = [by_key[each] for each in path[path.index(key) :]]
                cites = [f"{d.name} ({first_cite(d)})" for d in (*loop, loop[0])]
                self.faults.append(
                    self.parts.fault(
                        loop[0],
                        f"definitions that need each other: {' → '.join(cites)}",
                        f"互相依赖的定义：{' → '.join(cites)}",
                    )
                )
                return
            path.append(key)
            definition = by_key[key]
            asking: list[Definition | RuleException] = [definition]
            asking += self.parts.exceptions_to(definition)
            for node in chain.from_iterable(map(derived_of, asking)):
                visit((node.of.fact_class, node.definition.name))
            path.pop()
            done[key] = by_key[key]

        for key in by_key:
            visit(key)
        return done

    def check_monotone(self, rules: Iterable[Rule]) -> None:
        """What is said never to be worse with more of a field is a requirement on its fact."""
        subjects = {str(each.cite): each.subject for each in rules if isinstance(each, Requirement)}
        for said in self.directive.monotone:
            if subjects.get(said.cite) is not said.read.of:
                self.faults.append(
                    fault_at(
                        None,
                        f"`monotone`: expected a requirement on the fact of `{said.more}`, found "
                        f"`{said.cite}`; name its citation and a field of its subject",
                        f"`monotone`：应为对 `{said.more}` 所属事实的要求，实为 `{said.cite}`；"
                        "请写该要求的编号和其对象的字段",
                    )
                )

    @property
    def by_day_of_acts(self) -> bool:
        """Whether an amendment holds for acts from a day of theirs on."""
        of = {each.transition for each in self.directive.amendments if each.changes}
        return bool(of - {Transition.ALL_ACTS})

    def told_apart_by_day(
        self,
        written: Mapping[DefinitionKey, Definition],
        compiled: Mapping[DefinitionKey, Definition],
        judged: Sequence[Rule],
        rules: Iterable[Rule],
    ) -> tuple[dict[DefinitionKey, Definition], list[Rule], Reached]:
        """The same, where rules on acts are not the same in all states told apart by their day."""
        acts = ActsByDay(self.directive, written, judged, self.excepted)
        definitions: dict[DefinitionKey, Definition] = {}
        for of, definition in compiled.items():
            own = acts.definition(written[of])
            # What it is made of stands before it, and is found when it is.
            definitions.update(acts.inner)
            definitions[of] = definition if own is None else own
        by_day = [acts.rule(rule) for rule in judged]
        told = [
            rule if each is None else _begun(each) for rule, each in zip(rules, by_day, strict=True)
        ]
        definitions.update(acts.inner)
        self.faults += [self.parts.fault(*found) for found in acts.faults]
        asked = (*told, *(own for own in definitions.values() if not own.inner))
        classes = {each.subject.fact_class for each in asked if _by_day(each)}
        return definitions, told, {each: acts.reached(each) for each in classes}

    def excepted(
        self,
        condition: Node,
        cite: Cite,
        within: Callable[[Node, RuleException], Node] = within_validity,
    ) -> Node:
        if cite not in self.excepting:
            return condition

        def limited(excepting: Node, exception: RuleException) -> Node:
            return within(excepting, self.parts.limited(cite, exception))

        return self._without(condition, self.parts.exceptions_from(cite), limited)

    def _without(
        self,
        condition: Node,
        exceptions: Sequence[RuleException],
        within: Callable[[Node, RuleException], Node],
    ) -> Node:
        """A condition, but for what is excepted; of that, but for what is excepted from it."""
        if not exceptions:
            return condition
        parts = [condition]
        for each in exceptions:
            inner = self._without(guarded(each.condition), self.parts.exceptions_from(each), within)
            excepting = within(inner, each)
            parts.append(~Noted(excepting, str(each.cite), each.quote, each.zh, each.en))
        return all_of(*parts)

    def without_exceptions(self, definition: Definition) -> Definition:
        def compiled(rule: Constitutive) -> Constitutive:
            return evolve(rule, condition=self.excepted(rule.condition, rule.cite))

        if not any(rule.cite in self.excepting for rule in definition.rules):
            return definition
        rules = tuple(compiled(rule) for rule in definition.rules)
        return evolve(definition, rules=rules)

    def rule_without_exceptions(self, rule: Rule) -> Rule:
        if rule.cite not in self.excepting and rule.valid_from is None:
            return rule
        match rule:
            case Requirement():
                applies = self.excepted(rule.applies, rule.cite)
                return _begun(evolve(rule, applies=applies))
            case Steps() | AttestationRule() | AgreementRule():
                return evolve(rule, applies=self.excepted(rule.applies, rule.cite))
            case Prohibition():  # pragma: no branch - the match is exhaustive
                return evolve(rule, condition=self.excepted(rule.condition, rule.cite))

    def check_coverage(
        self,
        definitions: Mapping[DefinitionKey, Definition],
        compiled: Mapping[DefinitionKey, Definition],
    ) -> None:
        """Definitions cover everything while they are in force, and what uses them is no longer."""
        since = self.directive.in_force_from
        for key, definition in compiled.items():
            exceptions = self.parts.exceptions_to(definition)
            self.faults += [
                self.parts.fault(definitions[key], en, zh)
                for en, zh in uncovered(definition, since, exceptions)
            ]
        without = {
            key: stretches
            for key, each in compiled.items()
            if (stretches := tuple(gaps(each, since)))
        }
        for provision in self.parts.everything() if without else ():
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
                                self.parts.fault(
                                    source,
                                    f"{source.cite}: uses `{node}`, which no rule defines {span}",
                                    f"{source.cite}：用到 `{node}`，而{span.zh}没有规则定义它",
                                )
                            )


def _judged(listed: TextList) -> TextList:
    return (
        evolve(listed, duty=without_none(listed.duty))
        if isinstance(listed, ListOfFacts)
        else listed
    )


def _by_day(each: Rule | Definition) -> bool:
    """Whether the day of an act says which rules it is judged by."""
    sources = each.outcomes() if isinstance(each, Definition) else (each,)
    return any(source.by_day for source in sources)


def _begun(rule: Rule) -> Rule:
    """The rule, asking for what recurs from the day on which it began."""
    if not isinstance(rule, Requirement):
        return rule
    return evolve(rule, must=begun(rule.must, rule.valid_from))
