"""Clauses and directives: rules in the order of a text."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from attrs import frozen

from ..facts import Fact
from .rules import Provision


@frozen(eq=False, repr=False, kw_only=True)
class Clause:
    """One heading of a directive: its provisions, in the order of the sentences."""

    heading: str
    zh: str
    en: str
    provisions: Sequence[Provision]


@frozen(eq=False, repr=False, kw_only=True)
class Directive:
    """A directive as its author writes it: plain data, not yet checked.

    `sentences` gives each sentence's citation and a fingerprint of its words, in the order of the
    text, so that a given official text can be compared without holding a copy of it.
    `fact_classes` are those that the directive adds to the common vocabulary.
    """

    id: str
    number: str
    zh: str
    en: str
    issued: date
    clauses: Sequence[Clause]
    sentences: Mapping[str, str]
    fact_classes: Sequence[type[Fact]] = ()
