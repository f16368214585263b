"""Attestations and exemptions of a document, held to the directive that they cite."""

from __future__ import annotations

from attrs import evolve

from ..facts import Attestation, Fault
from ..language import RuleSet
from ..language.attestations import (
    cited_attestations,
    faults_of_attestations,
    faults_of_statements,
)
from ..language.exemptions import cited_exemptions, exemption_faults
from .documents import Document


def cited(document: Document, rules: RuleSet) -> tuple[Document, list[Fault]]:
    """The document, in which what is cited is named as the directive names it, and all that is
    wrong with what is, each with its place in the document."""
    if not document.exemptions and not document.facts.all(Attestation):
        return document, []
    directive = rules.directive
    document = evolve(
        document,
        facts=cited_attestations(directive, document.facts),
        exemptions=cited_exemptions(directive, document.exemptions),
    )
    faults = exemption_faults(rules, document.exemptions)
    faults += faults_of_attestations(rules, document.facts)
    faults += faults_of_statements(document.facts.all(Attestation))
    return document, document.placed(faults)
