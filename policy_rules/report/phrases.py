"""The small phrases of a report: shares, dates, names, numbers with their units."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from fractions import Fraction
from typing import Final

from ..answers import Finding
from ..facts import Fact, Facts, Place
from ..language import Cite
from ..language.days import day_zh
from ..language.exact import number_words
from ..language.rules import Modality
from ..policy import Duty, Policy
from ..render.naming import called, name_of
from ..render.wording import Language, cite_shown, cite_words, pick
from .shares import Share

_NAMED: Final = 3
_BOUNDS: Final = {
    ">=": ("不少于", "at least "),
    ">": ("多于", "more than "),
    "<=": ("不多于", "at most "),
    "<": ("少于", "less than "),
    "==": ("", ""),
}


def cited(cite: Cite, policy: Policy, lang: Language) -> str:
    """A citation as readers of the text say it in Chinese; in short in English."""
    numbers = policy.rules.directive.numbers
    return cite_words(cite, "zh", numbers) if lang == "zh" else cite_shown(cite, lang)


def percent(part: Fraction | None, lang: Language) -> str:
    """A part of a whole in per cent, to one decimal place; never 100% or 0% where it is not."""
    if part is None:
        return pick(lang, "—", "—")
    tenths = (part * 1000 + Fraction(1, 2)).__floor__()
    if part < 1:
        tenths = min(tenths, 999)
    if part > 0:
        tenths = max(tenths, 1)
    whole, rest = divmod(tenths, 10)
    return f"{whole}.{rest}%" if rest else f"{whole}%"


def out_of(share: Share) -> str:
    """How many are met of those that are settled."""
    return f"{share.met:,}/{share.judged:,}"


def day_words(day: date, lang: Language) -> str:
    """A date as people write it."""
    return pick(lang, day_zh(day), day.isoformat())


def name(fact: Fact | None, facts: Facts, lang: Language) -> str:
    """What a fact is called, with its id where it has no name; nothing for none."""
    if fact is None:
        return ""
    known = name_of(fact)
    return known or f"{called(fact, facts, lang)} {fact.id}"


def names(found: Sequence[Fact], facts: Facts, lang: Language, most: int = _NAMED) -> str:
    """The first of some facts by name, and how many there are."""
    words = pick(lang, "、", ", ").join(name(each, facts, lang) for each in found[:most])
    if len(found) > most:
        counter = found[0].counter
        words += pick(lang, f"等{len(found)}{counter}", f" and {len(found) - most} more")
    return words


def place_words(place: Place, fact: Fact, facts: Facts, lang: Language) -> list[str]:
    """The bodies that a fact belongs to by name; of a body itself, only those above it."""
    return [name(each, facts, lang) if each is not fact else "" for each in place]


def answering(finding: Finding, facts: Facts, lang: Language) -> str:
    """The body that answers for a finding: by name, where it is one that the fact belongs to."""
    body, directive = finding.responsible, finding.regime.rules.directive
    if body is None:
        return ""
    if directive.unnamed is not None:
        kinds = directive.unnamed.bodies[directive.unnamed.reading.default]
        for each in finding.bodies:
            if each is not None and kinds.get(type(each)) == body:
                return name(each, facts, lang)
    return pick(lang, body.zh, body.en)


def strength(rule: Duty, lang: Language) -> str:
    """How strongly a rule binds."""
    modality: Modality = rule.modality
    return pick(lang, modality.zh, modality.en)


def asked(finding: Finding, lang: Language) -> str:
    """What is required, with its unit."""
    if finding.required is None:
        return ""
    if finding.required == 0 and finding.bound == "<=":
        return pick(lang, f"0{finding.unit}", "none")
    zh, en = _BOUNDS.get(finding.bound, ("", ""))
    number = number_words(finding.required)
    return pick(lang, f"{zh}{number}{finding.unit}", f"{en}{number}")


def there(finding: Finding, lang: Language) -> str:
    """What there is, with its unit."""
    if finding.actual is None:
        return ""
    number = number_words(finding.actual)
    return pick(lang, f"{number}{finding.unit}", number)


def lacking(finding: Finding, lang: Language) -> str:
    """By how much it falls short, or exceeds what is allowed."""
    if not finding.shortfall:
        return ""
    over = (finding.actual or 0) > (finding.required or 0)
    zh, en = ("超", "over") if over else ("差", "short")
    number = number_words(finding.shortfall)
    return pick(lang, f"{zh}{number}{finding.unit}", f"{number} {en}")


def joined(parts: Iterable[str], lang: Language) -> str:
    """Parts of a sentence, joined by its commas; empty ones are left out."""
    return pick(lang, "，", ", ").join(part for part in parts if part)
