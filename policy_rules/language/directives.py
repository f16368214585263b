"""Clauses and directives: rules in the order of a text, and what stands around its sentences."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Final, TypeAlias

from attrs import frozen

from ..facts import Fact
from .amendments import Amendment
from .citations import Cite
from .rules import Provision

Bilingual: TypeAlias = tuple[str, str]
_UNSAID: Final = ("", "")


@frozen(eq=False, repr=False, kw_only=True)
class Clause:
    """One heading of a directive: its provisions, in the order of the sentences."""

    heading: str
    zh: str
    en: str
    provisions: Sequence[Provision]


@frozen(eq=False, repr=False, kw_only=True)
class Oddity:
    """Something in a text that does not fit, in our words, and how the rules treat it.

    `cites` are the sentences in which it stands; none where it is of the document as a whole.
    """

    zh: str
    en: str
    cites: Sequence[str]
    treatment_zh: str
    treatment_en: str


@frozen(eq=False, repr=False, kw_only=True)
class Directive:
    """A directive as its author writes it: plain data, not yet checked.

    `sentences` gives each sentence's citation and a fingerprint of its words, in the order of the
    text, so that a given official text can be compared without holding a copy of it.
    `fact_classes` are those that the directive adds to the common vocabulary.

    What stands around the sentences is given in Chinese and English: who issued it (`issuer`),
    with what force (`authority`), to whom (`addressees`, `copied_to`). `issued` is the date that
    it bears, `printed` the one on which it was printed; `public` says whether it is marked so.

    `amendments` are the documents that have amended it, whose sentences and rules stand among its
    own; `amended` makes such a directive.
    """

    id: str
    number: str
    zh: str
    en: str
    issued: date
    clauses: Sequence[Clause]
    sentences: Mapping[str, str]
    fact_classes: Sequence[type[Fact]] = ()
    issuer: Bilingual = _UNSAID
    authority: Bilingual = _UNSAID
    addressees: Bilingual = _UNSAID
    copied_to: Bilingual = _UNSAID
    printed: date | None = None
    public: bool | None = None
    oddities: Sequence[Oddity] = ()
    amendments: Sequence[Amendment] = ()

    @property
    def numbers(self) -> Mapping[str, str]:
        """The number of each document that has amended it, by its id."""
        return {each.id: each.number for each in self.amendments}


def faults_around(directive: Directive) -> Iterator[str]:
    """What is wrong with what stands around the sentences, and with the oddities."""
    for name in ("issuer", "authority", "addressees", "copied_to"):
        zh, en = getattr(directive, name)
        if bool(zh.strip()) != bool(en.strip()):
            yield f"`{name}`: has no {'English' if zh.strip() else 'Chinese'}"
    if directive.printed is not None and directive.printed < directive.issued:
        yield f"`printed`: {directive.printed} is before the directive was issued"
    for place, oddity in enumerate(directive.oddities, 1):
        labels = ("zh", "en", "treatment_zh", "treatment_en")
        missing = [f"`{name}`" for name in labels if not getattr(oddity, name).strip()]
        if missing:
            yield f"oddity {place}: has no {' and no '.join(missing)}"
        for cite in oddity.cites:
            try:
                sentence = str(Cite.parse(cite).of_sentence)
            except ValueError as error:
                yield f"oddity {place}: {error}"
                continue
            if sentence not in directive.sentences:
                yield f"{cite}: oddity {place} cites a sentence that the directive has not"
