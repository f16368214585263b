"""Rules written under a sentence of no clause in particular: what the tests put together."""

from __future__ import annotations

from policy_rules.language import Cite, Clause, Modality, Sentence, Type
from policy_rules.language.expressions import Subject
from policy_rules.language.statements import Defining, Quotation, Statement


def at(cite: str) -> Sentence:
    """A sentence, or the letter of a rule of it."""
    parsed = Cite.parse(cite)
    return Sentence(Clause(parsed.heading, "章", "clause", document=parsed.document), parsed)


def quoted(cite: str, quote: str = "应当") -> Quotation:
    """Its operative words."""
    return at(cite)(quote)


def says(
    cite: str,
    quote: str = "应当",
    zh: str = "应当",
    en: str = "must",
    modality: Modality | None = None,
) -> Statement:
    """Its operative words and what they say, and how strongly they bind."""
    of = at(cite)
    return (of if modality is None else of.binding(modality))(quote)(zh, en)


def defining(
    of: Subject, name: str, type: Type | type, unit: tuple[str, str] = ("", "")
) -> Defining:
    """A definition that is still to be named."""
    return Clause("1", "章", "clause").defines(of, name, type, unit=unit)
