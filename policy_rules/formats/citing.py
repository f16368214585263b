"""Attestations and exemptions of a document, held to the directive that they cite."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from attrs import evolve

from ..facts import Attestation, Fault
from ..language import RuleSet
from ..language.attestations import (
    attestation_faults,
    cited_attestations,
    faults_of_attestations,
    faults_of_statements,
)
from ..language.exemptions import cited_exemptions, exemption_faults
from .documents import Document, InputError


def cited(document: Document, rules: RuleSet) -> tuple[Document, list[Fault]]:
    """The document, in which what is cited is named as the directive names it, and all that is
    wrong with what is, each with its place in the document."""
    document = _by_citation(document, rules)
    faults = faults_of_attestations(rules, document.facts)
    return document, _wrong(document, rules, faults)


def wrongly_cited(error: InputError, rules: RuleSet) -> Iterator[Fault]:
    """What else is wrong in a document that cannot be accepted: what it cites.

    Of whom that is said is not looked at, since not all facts could be read.
    """
    for each in error.citing:
        document = _by_citation(each, rules)
        stated = document.facts.all(Attestation)
        faults = attestation_faults(rules.attested, stated, lambda _: False, lambda *_: True)
        yield from _wrong(document, rules, faults)


def _by_citation(document: Document, rules: RuleSet) -> Document:
    if not document.exemptions and not document.facts.all(Attestation):
        return document
    return evolve(
        document,
        facts=cited_attestations(rules.directive, document.facts),
        exemptions=cited_exemptions(rules.directive, document.exemptions),
    )


def _wrong(document: Document, rules: RuleSet, attested: Iterable[Fault]) -> list[Fault]:
    statements = faults_of_statements(document.facts.all(Attestation))
    exempted = exemption_faults(rules, document.exemptions)
    return document.placed([*exempted, *attested, *statements])
