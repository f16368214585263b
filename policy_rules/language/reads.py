"""What rules read of the facts, by the paths that lead there from their subject.

A rule about a subject reads fields of facts that are some steps away from it: its members, all
facts of a class, the fact that a reference names.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import TypeAlias

from attrs import frozen

from ..facts import Attestation, Fact
from .expressions import (
    Aggregate,
    AggregateNode,
    Attribute,
    Definition,
    Derived,
    Node,
    Variable,
)
from .joins import joined_by
from .loading import RuleSet
from .rewriting import expressions_of
from .rules import AttestationRule, Prohibition, Rule, Steps
from .trees import children


@frozen
class Members:
    """From a fact to those whose `link` names it."""

    of: type[Fact]
    to: type[Fact]
    link: str


@frozen
class Everyone:
    """From a fact to all facts of a class."""

    of: type[Fact]
    to: type[Fact]


@frozen
class Sharing:
    """From a fact to those of a class whose `link` equals its `field`, or may."""

    of: type[Fact]
    to: type[Fact]
    field: str
    link: str


@frozen
class Named:
    """From a fact to the one that its field `via` names."""

    of: type[Fact]
    to: type[Fact]
    via: str


Path: TypeAlias = tuple[Members | Everyone | Sharing | Named, ...]


@frozen
class Read:
    """A field of a fact at the end of a path from a subject; `id` stands for that it is there."""

    path: Path
    fact_class: type[Fact]
    field: str


class Reads:
    """What expressions read of the facts."""

    def __init__(self, rules: RuleSet) -> None:
        self._rules = rules
        self._of_definitions: dict[Definition, frozenset[Read]] = {}

    def of_rule(self, rule: Rule) -> frozenset[Read]:
        """What a rule reads, by the paths from its subject."""
        nodes = expressions_of(rule)
        if isinstance(rule, Prohibition | Steps):
            nodes += (self._rules.in_time(rule.subject.fact_class),)
        found = self.of_nodes(nodes, {rule.subject: ()})
        if isinstance(rule, AttestationRule):
            path = (Members(rule.subject.fact_class, Attestation, "subject_id"),)
            found |= {
                Read(path, Attestation, field)
                for field in ("id", "subject_id", "cite", "holds", "on")
            }
        return found

    def of_definition(self, definition: Definition) -> frozenset[Read]:
        """What a definition reads, by the paths from its subject."""
        found = self._of_definitions.get(definition)
        if found is None:
            found = self.of_nodes(expressions_of(definition), {definition.subject: ()})
            self._of_definitions[definition] = found
        return found

    def of_nodes(self, nodes: Iterable[Node], places: Mapping[Variable, Path]) -> frozenset[Read]:
        """What expressions read by way of the variables that have a place."""
        return frozenset(read for node in nodes for read in self._of(node, places))

    def _of(self, node: Node, places: Mapping[Variable, Path]) -> Iterator[Read]:
        match node:
            case Attribute():
                yield from self._at(node.of, places, [Read((), node.of.fact_class, node.spec.name)])
            case Derived():
                definition = self._rules.definition(node)
                yield from self._at(node.of, places, self.of_definition(definition))
            case _ if isinstance(node, Aggregate):
                yield from self._of_aggregate(node, places)
            case _:
                for child in children(node):
                    yield from self._of(child, places)

    def _at(
        self, variable: Variable, places: Mapping[Variable, Path], reads: Iterable[Read]
    ) -> Iterator[Read]:
        """The reads, from where a variable stands; a reference to it is read as well."""
        path = places.get(variable.root)
        if path is None:
            return
        chain = [variable]
        while chain[-1] is not variable.root and chain[-1].of is not None:
            chain.append(chain[-1].of)
        for each in reversed(chain):
            if each.via is not None and each.of is not None:
                yield Read(path, each.of.fact_class, each.via)
                path = (*path, Named(each.of.fact_class, each.fact_class, each.via))
        for read in reads:
            yield Read((*path, *read.path), read.fact_class, read.field)

    def _of_aggregate(self, node: AggregateNode, places: Mapping[Variable, Path]) -> Iterator[Read]:
        member, inside = node.member, dict(places)
        join = joined_by(node)
        if join is not None and join.other.of in places:
            of = join.other.of
            step = Sharing(of.fact_class, member.fact_class, join.other.spec.name, join.field)
            inside[member] = (*places[of], step)
            yield Read(inside[member], member.fact_class, "id")
        elif member.link is None or member.of is None:
            owner = next(iter(places))
            inside[member] = (*places[owner], Everyone(owner.fact_class, member.fact_class))
            yield Read(inside[member], member.fact_class, "id")
        elif member.of in places:
            linked = Members(member.of.fact_class, member.fact_class, member.link)
            inside[member] = (*places[member.of], linked)
            for field in ("id", member.link):
                yield Read(inside[member], member.fact_class, field)
        for child in children(node):
            yield from self._of(child, inside)
