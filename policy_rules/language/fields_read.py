"""Which fields of which classes rules read: what has to be asked of those who have the facts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from ..facts import Attestation, Exemption, Fact, fields_of
from .expressions import Attribute, Definition, Variable
from .loading import RuleSet
from .rules import AttestationRule, Rule
from .trees import variables, walk


def fields_read(
    rules: RuleSet, provisions: Iterable[Rule | Definition]
) -> Mapping[type[Fact], frozenset[str]]:
    """The fields that rules and definitions read, and what these rest on; ids are always read.

    An attestation is read where a rule rests on one, and an exemption where one can be given.
    """
    found: dict[type[Fact], set[str]] = {}
    in_principle = rules.in_principle()
    for provision in provisions:
        found.setdefault(provision.subject.fact_class, {"id"})
        if isinstance(provision, AttestationRule):
            found[Attestation] = {*fields_of(Attestation)}
        if not isinstance(provision, Definition) and provision.cite in in_principle:
            found[Exemption] = {*fields_of(Exemption)}
        for part in rules.parts(provision):
            for node in walk(part):
                for variable in variables(node):
                    _on_the_way(variable, found)
                if isinstance(node, Attribute):
                    found[node.of.fact_class].add(node.spec.name)
    return {cls: frozenset(names) for cls, names in found.items()}


def _on_the_way(variable: Variable, found: dict[type[Fact], set[str]]) -> None:
    """Add the references over which a variable is reached from the subject."""
    here: Variable | None = variable
    while here is not None:
        of = found.setdefault(here.fact_class, {"id"})
        if here.link is not None:
            of.add(here.link)
        if here.via is not None and here.of is not None:
            found.setdefault(here.of.fact_class, {"id"}).add(here.via)
        here = here.of
