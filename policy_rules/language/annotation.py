"""What stands under each sentence of a directive, and what each of its provisions rests on."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import TypeAlias

from attrs import frozen

from ..arguments import public
from ..facts import Fact, FieldSpec, fields_of
from .changes import NewValue, Repeal
from .citations import Cite
from .expressions import (
    Aggregate,
    Attribute,
    Constitutive,
    Definition,
    Derived,
    Parameter,
    Reading,
    ReadingIs,
    Variable,
)
from .loading import RuleSet
from .rewriting import expressions_of
from .rules import AttestationRule, Excuse, Provision
from .trees import walk

# What an amendment sets or repeals stands under its sentence too.
Listed: TypeAlias = Provision | NewValue | Repeal


@frozen(eq=False)
class Entry:
    """What one provision puts under a sentence; of a definition, one of its `rules`."""

    provision: Listed
    rule: Constitutive | None = None

    @property
    def cite(self) -> Cite:
        """Where it stands."""
        source = self.rule or self.provision
        assert not isinstance(source, Definition)  # of a definition, it is one of the rules
        return source.cite

    @property
    def quote(self) -> str:
        """The operative words; an excuse has none."""
        source = self.rule or self.provision
        return "" if isinstance(source, Definition | Excuse) else source.quote


@public
def entries(rules: RuleSet) -> Mapping[str, tuple[Entry, ...]]:
    """Each sentence with what stands under it, in the order in which it was written."""
    found: dict[str, list[Entry]] = {cite: [] for cite in rules.directive.sentences}
    for clause in rules.directive.clauses:
        for provision in clause.provisions:
            for entry in _entries(provision):
                found[str(entry.cite.of_sentence)].append(entry)
    for amendment in rules.directive.amendments:
        for change in amendment.changes:
            if isinstance(change, NewValue | Repeal):
                found[str(change.cite.of_sentence)].append(Entry(change))
    return {cite: tuple(listed) for cite, listed in found.items()}


def _entries(provision: Provision) -> Iterable[Entry]:
    if isinstance(provision, Definition):
        return [Entry(provision, rule) for rule in provision.outcomes()]
    return [Entry(provision)]


@frozen(eq=False)
class Basis:
    """What a provision rests on: facts, attributes that others define, parameters and readings.

    `fields` and `derived` are by class of fact; a class of which only the number counts has none.
    `readings` are also those on which the derived attributes rest. An `attested` provision is
    judged by a document that says so, and by nothing that could be computed.
    """

    fields: Mapping[type[Fact], tuple[FieldSpec, ...]]
    derived: Mapping[type[Fact], tuple[Definition, ...]]
    parameters: tuple[Parameter, ...]
    readings: tuple[Reading, ...]
    attested: bool = False

    @property
    def classes(self) -> tuple[type[Fact], ...]:
        """The classes of facts that are read."""
        return tuple(dict.fromkeys((*self.fields, *self.derived)))


def basis(rules: RuleSet, entry: Entry) -> Basis:
    """What a provision, or one rule of a definition, rests on."""
    fields: dict[type[Fact], dict[str, FieldSpec]] = {}
    derived: dict[type[Fact], dict[str, Definition]] = {}
    parameters: dict[str, Parameter] = {}
    readings: dict[str, Reading] = {}
    for node in _nodes(entry):
        if isinstance(node, Attribute | Derived):
            for of, name in _references(node.of):
                fields.setdefault(of, {})[name] = fields_of(of)[name]
        match node:
            case Attribute():
                fields.setdefault(node.of.fact_class, {})[node.spec.name] = node.spec
            case Derived():
                definition = rules.definition(node)
                derived.setdefault(node.of.fact_class, {})[definition.name] = definition
                readings |= {each.name: each for each in rules.readings_of(definition)}
            case Aggregate():
                fields.setdefault(node.member.fact_class, {})
            case Parameter():
                parameters[node.name] = node
            case ReadingIs():
                readings[node.reading.name] = node.reading
            case _:
                pass
    return Basis(
        {of: tuple(each.values()) for of, each in fields.items()},
        {of: tuple(each.values()) for of, each in derived.items()},
        tuple(parameters.values()),
        tuple(readings[name] for name in sorted(readings)),
        isinstance(entry.provision, AttestationRule),
    )


def readers(rules: RuleSet) -> Mapping[tuple[type[Fact], str], tuple[Cite, ...]]:
    """The fields that rules read, each with the citations of those that do, in their order."""
    found: dict[tuple[type[Fact], str], dict[Cite, None]] = {}
    for listed in entries(rules).values():
        for entry in listed:
            for of, fields in basis(rules, entry).fields.items():
                for spec in fields:
                    found.setdefault((of, spec.name), {})[entry.cite] = None
    return {field: tuple(cites) for field, cites in found.items()}


def _nodes(entry: Entry) -> Iterator[object]:
    provision, rule = entry.provision, entry.rule
    if isinstance(provision, Excuse | NewValue | Repeal):
        return
    parts = expressions_of(provision) if rule is None else (rule.condition, rule.value)
    for part in parts:
        yield from walk(part)


def _references(variable: Variable) -> Iterator[tuple[type[Fact], str]]:
    """The references that lead to a fact, and the classes whose fields they are."""
    if variable.via is not None and variable.of is not None:
        yield from _references(variable.of)
        yield variable.of.fact_class, variable.via
