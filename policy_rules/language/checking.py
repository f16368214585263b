"""The checks of a directive as a whole: citations, labels, names and scope.

Each fault is said in Chinese and English, with the line of the author's code where that is known.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from functools import cached_property
from itertools import chain
from typing import TypeGuard

from attrs import evolve

from ..facts import Fact, Fault, fields_of
from .caching import once_for_each
from .citations import Cite
from .directives import Directive
from .expressions import (
    Aggregate,
    Constitutive,
    Deadline,
    Definition,
    Node,
    Parameter,
    Reading,
    ReadingIs,
    Variable,
)
from .lists import ListOfFacts, ListOfNames, parameter_of
from .none_values import none_where_a_value_is
from .permissions import heads
from .places import Place, fault_at
from .rewriting import derived_of, expressions_of, nodes_of
from .rules import (
    AgreementRule,
    AttestationRule,
    Excuse,
    Prohibition,
    Requirement,
    Rule,
    RuleException,
    Stated,
    Steps,
)
from .trees import children, variables


class Parts:
    """The parts of a directive, by their forms."""

    def __init__(self, directive: Directive) -> None:
        self.directive = directive
        self.order = {cite: place for place, cite in enumerate(directive.sentences)}
        provisions = [each for clause in directive.clauses for each in clause.provisions]
        self.definitions = [p for p in provisions if isinstance(p, Definition)]
        self.exceptions = [p for p in provisions if isinstance(p, RuleException)]
        self.excuses = [p for p in provisions if isinstance(p, Excuse)]
        self.rules: list[Rule] = [
            p
            for p in provisions
            if isinstance(p, Requirement | AttestationRule | AgreementRule | Prohibition | Steps)
        ]
        self.lists = directive.lists

    def everything(self) -> Iterator[Definition | Rule | RuleException]:
        """What carries expressions or obliges."""
        yield from self.definitions
        yield from self.rules
        yield from self.exceptions
        yield from (each.duty for each in self.lists if isinstance(each, ListOfFacts))

    @property
    def nodes(self) -> Iterator[Node]:
        """Every node of every expression, and the parameters of lists."""
        of_lists = (found for each in self.lists if (found := parameter_of(each)) is not None)
        return chain(chain.from_iterable(map(nodes_of, self.everything())), of_lists)

    @cached_property
    def parameters(self) -> dict[str, Parameter]:
        """The parameters that are used, by name."""
        found = {node.name: node for node in self.nodes if isinstance(node, Parameter)}
        return {name: found[name] for name in sorted(found)}

    @cached_property
    def readings(self) -> dict[str, Reading]:
        """The readings that are asked for, by name."""
        found = {each.name: each for each in self.asked}
        return {name: found[name] for name in sorted(found)}

    @cached_property
    def heads(self) -> Mapping[Cite, tuple[Constitutive, ...]]:
        """For the citation of each condition of a permission, what is permitted, now and before."""
        return heads(self.definitions)

    @cached_property
    def excepted(self) -> frozenset[Cite]:
        """The citations of the rules from which there are exceptions, if of what is permitted."""
        to = {each.to for each in self.exceptions}
        of_heads = {c for c, heads in self.heads.items() if any(each.cite in to for each in heads)}
        return frozenset(to | of_heads)

    @cached_property
    def asked(self) -> set[Reading]:
        """The readings that rules ask for, and the one by which it is said who answers for them."""
        found = {node.reading for node in self.nodes if _asks(node)}
        if self.directive.unnamed is not None:
            found.add(self.directive.unnamed.reading)
        if self.directive.earlier is not None:
            found.add(self.directive.earlier.reading)
        return found

    @cached_property
    def cited_rules(self) -> frozenset[Cite]:
        """The citations of rules, those of definitions among them."""
        constitutive = (rule for of in self.definitions for rule in of.outcomes())
        return frozenset(rule.cite for rule in (*self.rules, *constitutive))

    @cached_property
    def all_other_cases(self) -> frozenset[Cite]:
        """The citations under which there is only what holds in all other cases, and no condition
        of a permission, from which something could be excepted."""
        conditional = {rule.cite for of in self.definitions for rule in (*of.rules, *of.formerly)}
        permitted = {head.cite for heads in self.heads.values() for head in heads}
        others = {of.otherwise.cite for of in self.definitions if of.otherwise is not None}
        return frozenset(others - conditional - permitted - {rule.cite for rule in self.rules})

    def exceptions_from(self, of: Cite | RuleException) -> list[RuleException]:
        """The exceptions from the rule of a citation, or from another exception."""
        if isinstance(of, RuleException):
            return [e for e in self._by_citation.get(of.cite, ()) if self._is_from_exception(e)]
        # What is excepted from a permission need meet none of its conditions.
        listed = list(self._by_citation.get(of, ()))
        for head in self.heads.get(of, ()):
            if head.cite != of:
                listed += self._by_citation.get(head.cite, ())
        return [each for each in listed if not self._is_from_exception(each)]

    def limited(self, of: Cite, exception: RuleException) -> RuleException:
        """An exception from what is permitted, for as long as that is said; others as they are."""
        for head in self.heads.get(of, ()):
            until, own = head.valid_until, exception.valid_until
            sooner = until is not None and (own is None or until < own)
            if head.cite == exception.to != of and sooner:
                return evolve(exception, valid_until=until, ended_by=head.ended_by)
        return exception

    @cached_property
    def _by_citation(self) -> dict[Cite, list[RuleException]]:
        found: dict[Cite, list[RuleException]] = defaultdict(list)
        for each in self.exceptions:
            found[each.to].append(each)
        return found

    def _is_from_exception(self, exception: RuleException) -> bool:
        return exception.of_exception or exception.to not in self.cited_rules

    def excepted_by(self, exception: RuleException) -> list[RuleException]:
        """The exceptions that an exception is from; none where it is from a rule."""
        if not self._is_from_exception(exception):
            return []
        return [each for each in self.exceptions if each.cite == exception.to]

    def exceptions_to(self, definition: Definition) -> list[RuleException]:
        """The exceptions from the rules of a definition, and those from these."""
        cites = dict.fromkeys(rule.cite for rule in definition.outcomes())
        found = [each for cite in cites for each in self.exceptions_from(cite)]
        for each in found:  # it grows while it is gone through
            found += [inner for inner in self.exceptions_from(each) if inner not in found]
        return found

    @cached_property
    def places(self) -> dict[object, Place]:
        """Where what authors wrote stands in their code."""
        clauses = (
            *self.directive.clauses,
            *(clause for each in self.directive.amendments for clause in each.clauses),
        )
        return {what: at for clause in clauses for what, at in clause.written.places.items()}

    def fault(self, of: object, en: str, zh: str) -> Fault:
        """What is wrong with something that an author wrote."""
        return fault_at(self.places.get(of), en, zh)


def _asks(node: Node) -> TypeGuard[ReadingIs]:
    return isinstance(node, ReadingIs)


def faults_of(parts: Parts) -> Iterator[Fault]:
    """Everything that is wrong with citations, labels, names and scope."""
    yield from _citations(parts)
    yield from _labels(parts)
    yield from _names(parts)
    yield from _scope(parts)


def _citations(parts: Parts) -> Iterator[Fault]:
    yield from _unknown_sentences(parts)
    for clause in parts.directive.clauses:
        for provision in clause.provisions:
            if not isinstance(provision, Definition) and provision.cite.clause != clause.heading:
                yield parts.fault(
                    provision,
                    f"{provision.cite}: stands under heading {clause.heading}; "
                    "move it to the clause of its own heading",
                    f"{provision.cite}：写在 {clause.heading} 之下；请移到所属标题的条款",
                )
    yield from _letters(parts)
    for each in parts.exceptions:
        if each.to not in parts.cited_rules and not parts.excepted_by(each):
            yield parts.fault(
                each,
                f"{each.cite}: is an exception to {each.to}, which is no rule and no exception",
                f"{each.cite}：是 {each.to} 的例外，而没有该规则或例外",
            )
        elif each.to in parts.all_other_cases and not each.of_exception:
            yield parts.fault(
                each,
                f"{each.cite}: is an exception to {each.to}, which holds in all other cases, "
                "so it changes nothing; write what holds instead as a rule of the definition",
                f"{each.cite}：是 {each.to} 的例外，而该规则适用于其余一切情形，例外不起作用；"
                "请将另行适用的写成该定义的规则",
            )
    yield from circles_of_exceptions(parts)


def circles_of_exceptions(parts: Parts) -> Iterator[Fault]:
    """Exceptions that are from each other."""
    seen: set[RuleException] = set()

    def circle(path: tuple[RuleException, ...]) -> tuple[RuleException, ...]:
        for each in parts.excepted_by(path[-1]):
            if each in path:
                return (*path[path.index(each) :], each)
            if each not in seen and (found := circle((*path, each))):
                return found
        seen.add(path[-1])
        return ()

    for each in parts.exceptions:
        if each not in seen and (found := circle((each,))):
            seen.update(found)
            cites = " → ".join(str(one.cite) for one in found)
            yield parts.fault(
                each,
                f"exceptions that are from each other: {cites}",
                f"互为例外：{cites}",
            )


def _unknown_sentences(parts: Parts) -> Iterator[Fault]:
    cited: list[tuple[object, Cite, str, str]] = [
        (each, each.cite, "excuse", "说明") for each in parts.excuses
    ]
    for definition in parts.definitions:
        name = f"`{definition.name}`"
        cited.extend((rule, rule.cite, name, f" {name} ") for rule in definition.outcomes())
    cited.extend((r, r.cite, "rule", "规则") for r in (*parts.rules, *parts.exceptions))
    cited.extend((each, each.cite, "list", "名单") for each in parts.lists)
    used: list[Parameter | Reading] = [*parts.parameters.values(), *parts.readings.values()]
    for named in used:
        name = f"`{named.name}`"
        cited.append((named, Cite.parse(named.cite), name, f" {name} "))
    for what, cite, en, zh in cited:
        if str(cite.of_sentence) not in parts.order:
            yield parts.fault(
                what,
                f"{cite}: {en} cites a sentence that the directive has not",
                f"{cite}：{zh}引用的句子，文件中没有".replace("： ", "："),
            )


def _letters(parts: Parts) -> Iterator[Fault]:
    by_cite: dict[Cite, list[Rule]] = defaultdict(list)
    by_sentence: dict[Cite, list[Rule]] = defaultdict(list)
    for rule in parts.rules:
        by_cite[rule.cite].append(rule)
        by_sentence[rule.cite.of_sentence].append(rule)
    for cite, rules in by_cite.items():
        if len(rules) > 1:
            yield parts.fault(
                rules[-1],
                f"{cite}: is the citation of {len(rules)} rules; letter them a, b, …",
                f"{cite}：有 {len(rules)} 条规则同用此编号；请以 a、b……区别",
            )
    for cite, rules in by_sentence.items():
        used = {rule.cite.letter for rule in rules}
        alone = [rule for rule in rules if not isinstance(rule, AgreementRule)]
        if used != {""} and {rule.cite.letter for rule in alone} == {""}:
            used.remove(
                ""
            )  # agreements are lettered beside a rule that has the sentence's citation
        if used not in ({""}, {chr(ord("a") + n) for n in range(len(used))}):
            yield parts.fault(
                rules[-1],
                f"{cite}: the letters of its rules are "
                f"{', '.join(sorted(letter or 'none' for letter in used))}; "
                "expected a, b, … without a gap",
                f"{cite}：规则的字母为 {'、'.join(sorted(letter or '无' for letter in used))}；"
                "应为连续的 a、b……",
            )


def _labels(parts: Parts) -> Iterator[Fault]:
    languages = parts.directive.languages
    labelled: list[tuple[object, str, tuple[str, ...]]] = []
    for definition in parts.definitions:
        labelled.append((definition, name_of(definition), ("zh", "en")))
        labelled.extend((r, str(r.cite), ("quote",)) for r in definition.outcomes())
    for stated in (*parts.rules, *parts.exceptions):
        labelled.append((stated, str(stated.cite), ("zh", "en", "quote")))
        if isinstance(stated, Steps):
            labelled.extend(
                (s, f"{stated.cite}: step `{s.name}`", ("zh", "en", "quote")) for s in stated.steps
            )
    labelled.extend((each, str(each.cite), ("zh", "en")) for each in parts.excuses)
    labelled.extend((each, f"{each.cite}: list", ("zh", "en", "quote")) for each in parts.lists)
    labelled.extend(
        (p, f"parameter `{p.name}`", ("zh", "en", "quote")) for p in parts.parameters.values()
    )
    for reading in parts.readings.values():
        where = f"reading `{reading.name}`"
        labelled.append((reading, where, ("zh", "en", "why_zh", "why_en")))
        labelled.extend((each, f"{where}: `{each.name}`", ("zh", "en")) for each in reading.options)
    for what, where, names in labelled:
        names = tuple(name for name in names if name == "quote" or name[-2:] in languages)
        missing = [f"`{name}`" for name in names if not getattr(what, name).strip()]
        if missing:
            yield parts.fault(
                what,
                f"{where}: has no {' and no '.join(missing)}",
                f"{where}：没有 {'、'.join(missing)}",
            )


def _names(parts: Parts) -> Iterator[Fault]:
    by_key: dict[tuple[type[Fact], str], list[Definition]] = defaultdict(list)
    for definition in parts.definitions:
        by_key[definition.subject.fact_class, definition.name].append(definition)
    for (fact_class, name), several in by_key.items():
        if len(several) > 1:
            yield parts.fault(
                several[-1],
                f"`{name}` of {fact_class.en}: is defined {len(several)} times",
                f"{fact_class.zh}的 `{name}`：有 {len(several)} 个定义",
            )
    for definition in parts.definitions:
        fact_class = definition.subject.fact_class
        if definition.name in fields_of(fact_class):
            yield parts.fault(
                definition,
                f"`{definition.name}` of {fact_class.en}: is the name of a field; give it another",
                f"{fact_class.zh}的 `{definition.name}`：与字段同名；请另取名称",
            )
        if next(definition.outcomes(), None) is None:
            yield parts.fault(
                definition,
                f"`{definition.name}` of {definition.subject}: has no rule",
                f"{definition.subject.fact_class.zh}的 `{definition.name}`：没有规则",
            )
    yield from _same_names(parts)
    for rule in parts.rules:
        if isinstance(rule, Steps):
            for name, times in Counter(s.name for s in rule.steps).items():
                if times > 1:
                    yield parts.fault(
                        rule,
                        f"{rule.cite}: has {times} steps named `{name}`",
                        f"{rule.cite}：有 {times} 个程序同名 `{name}`",
                    )


def _same_names(parts: Parts) -> Iterator[Fault]:
    parameters: set[Parameter | Reading] = {n for n in parts.nodes if isinstance(n, Parameter)}
    readings: set[Parameter | Reading] = {*parts.asked}
    for kind_en, kind_zh, named in (
        ("parameter", "参数", parameters),
        ("reading", "口径", readings),
    ):
        for name, times in Counter(each.name for each in named).items():
            if times > 1:
                same = {each for each in named if each.name == name}
                yield parts.fault(
                    next((each for each in reversed(parts.places) if each in same), None),
                    f"{kind_en} `{name}`: {times} different ones have this name",
                    f"{kind_zh} `{name}`：有 {times} 个不同的同名{kind_zh}",
                )


def _scope(parts: Parts) -> Iterator[Fault]:
    """A rule speaks only of its subject and of what its aggregates range over."""
    defined = {id(d) for d in parts.definitions}
    for provision in parts.everything():
        name = name_of(provision)
        told = _wrong_alone(provision)
        if isinstance(provision, RuleException):
            told = (*_beyond(provision, _subject_of_exception(parts, provision)), *told)
        for en, zh in told:
            yield parts.fault(provision, f"{name}: {en}", f"{name}：{zh}")
        for node in derived_of(provision):
            if id(node.definition) not in defined:
                yield parts.fault(
                    provision,
                    f"{name}: uses `{node}`, which no clause of the directive defines",
                    f"{name}：用到 `{node}`，而文件没有定义",
                )

    for each in parts.lists:
        if isinstance(each, ListOfNames) and id(each.definition) not in defined:
            yield parts.fault(
                each,
                f"{each.cite}: list of `{each.definition.name}`, which no clause of the directive "
                "defines",
                f"{each.cite}：名单用到 `{each.definition.name}`，而文件没有定义",
            )


@once_for_each
def _wrong_alone(provision: Definition | Rule | RuleException) -> tuple[tuple[str, str], ...]:
    """What is wrong with a provision in any directive."""
    # Of what an exception speaks, the rule says that it is from.
    found: list[tuple[str, str]] = []
    if not isinstance(provision, RuleException):
        found += _beyond(provision, provision.subject)
    found += none_where_a_value_is(provision)
    due = isinstance(provision, Requirement) and provision.due is not None
    if not due and any(isinstance(node, Deadline) for node in nodes_of(provision)):
        found.append(("counts by a deadline, but nothing is due", "按期限计算，而规则没有期限"))
    return tuple(found)


def _subject_of_exception(parts: Parts, exception: RuleException) -> Variable | None:
    """The subject of the rule that an exception is from, by way of others if need be."""
    subjects = {rule.cite: rule.subject for rule in parts.rules}
    for definition in parts.definitions:
        for rule in definition.outcomes():
            subjects.setdefault(rule.cite, definition.subject)
    waiting = [exception]
    for each in waiting:  # it grows while it is gone through
        outer = parts.excepted_by(each)
        if not outer and each.to in subjects:
            return subjects[each.to]
        waiting += [one for one in outer if one not in waiting]
    return None


def _beyond(
    provision: Definition | Rule | RuleException, subject: Variable | None
) -> Iterator[tuple[str, str]]:
    """What is out of scope; nothing of an exception from nothing, of which that is said already."""
    scope = frozenset([subject] if subject is not None else [])
    for part in expressions_of(provision) if scope else ():
        yield from _out_of_scope(part, scope)


def _out_of_scope(node: Node, scope: frozenset[Variable]) -> Iterator[tuple[str, str]]:
    if isinstance(node, Aggregate):
        if node.member.of is not None and node.member.of not in scope:
            yield (
                f"`{node}` ranges over facts related to one that is not in scope",
                f"`{node}` 所计的是与规则无关者的关联事实",
            )
        for part in node.asked_once:
            yield from _out_of_scope(part, scope)
        for part in node.of_member:
            yield from _out_of_scope(part, scope | {node.member})
        return
    if any(variable.root not in scope for variable in variables(node)):
        yield (
            f"`{node}` speaks of a fact that is neither the rule's subject nor in an aggregate",
            f"`{node}` 所指既不是规则的对象，也不在计数或合计之内",
        )
    for child in children(node):
        yield from _out_of_scope(child, scope)


def name_of(provision: Stated | Definition) -> str:
    """How messages name a provision."""
    if isinstance(provision, Definition):
        return f"`{provision.name}` of {provision.subject} ({first_cite(provision)})"
    return str(provision.cite)


def first_cite(definition: Definition) -> str:
    """Where the first rule of a definition stands."""
    first = next(definition.outcomes(), None)
    return "no rule" if first is None else str(first.cite)
