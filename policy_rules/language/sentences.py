"""Sentences of an official text: fingerprints, and checking quotations against the text.

The text itself is not held. A sentence is known by its length and a hash, after folding what
differs between copies of one text: width, white space and the shape of quotation marks.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Iterator, Mapping

from attrs import frozen

from ..arguments import public
from .changes import NewValue, Repeal
from .citations import Cite
from .expressions import Definition
from .loading import RuleSet
from .rewriting import rules_of
from .rules import Steps

_CITED_LINE = re.compile(r"^\s*[-*]?\s*`?(\d+(?:\.\d+)*/\d+)`?\s+(.+)$")
_QUOTES = str.maketrans(dict.fromkeys("“”„‟〝〞＂「」『』", '"') | {"‘": "'", "’": "'"})


def fold(text: str) -> str:
    """The text without what differs between copies: width, white space, quotation marks."""
    return "".join(unicodedata.normalize("NFKC", text.translate(_QUOTES)).split())


@public
def fingerprint(sentence: str) -> str:
    """The length of the folded sentence and the beginning of its hash."""
    folded = fold(sentence)
    return f"{len(folded)}:{_hash(folded)}"


def _hash(folded: str) -> str:
    return hashlib.sha256(folded.encode()).hexdigest()[:16]


def cited_sentences(text: str) -> dict[str, str]:
    """The sentences of a text whose lines begin with a citation: "`5.1/2` …"."""
    return dict(_cited_lines(text))


def _cited_lines(text: str) -> Iterator[tuple[str, str]]:
    for line in text.splitlines():
        if match := _CITED_LINE.match(line):
            yield match[1], match[2]


def _contradicting(text: str) -> Iterator[str]:
    """The citations for which a text has several lines that differ."""
    found: dict[str, set[str]] = {}
    for cite, sentence in _cited_lines(text):
        found.setdefault(cite, set()).add(fold(sentence))
    return (cite for cite, several in found.items() if len(several) > 1)


@frozen
class TextReport:
    """How a given text differs from the one that was modelled.

    `changed` are the sentences whose words differ or are not found; `absent` the quotations (cite
    and words) that do not stand in their sentence; `added` cited sentences of the text that the
    directive does not have; `contradicting` those for which the text has lines that differ.
    """

    sentences: int
    quotations: int
    changed: tuple[str, ...]
    absent: tuple[tuple[str, str], ...]
    added: tuple[str, ...]
    contradicting: tuple[str, ...]

    @property
    def agrees(self) -> bool:
        """Whether there is no difference."""
        return not (self.changed or self.absent or self.added or self.contradicting)


@public
def check_text(rules: RuleSet, text: str, document: str = "") -> TextReport:
    """Compare a text, plain or with its citations, with the directive that was modelled.

    `document` is the id of an amendment whose text it is; each has its own sentences, and is
    quoted from its own text only.
    """
    of = f"{document}:" if document else ""
    sentences = {
        cite: expected
        for cite, expected in rules.directive.sentences.items()
        if Cite.parse(cite).document == document
    }
    cited = {f"{of}{cite}": sentence for cite, sentence in cited_sentences(text).items()}
    found = {cite: fold(sentence) for cite, sentence in cited.items()}
    if not cited:
        found = _located(fold(text), sentences)
    changed = [
        cite
        for cite, expected in sentences.items()
        if cite not in found or fingerprint(found[cite]) != expected
    ]
    everywhere = "".join(found.values()) if cited else fold(text)
    quoted = [(cite, quote) for cite, quote in quotations(rules) if cite.document == document]
    absent = [
        (str(cite), quote)
        for cite, quote in quoted
        if fold(quote) not in found.get(str(cite.of_sentence), everywhere)
    ]
    added = [cite for cite in cited if cite not in sentences]
    return TextReport(
        sentences=len(sentences),
        quotations=len(quoted),
        changed=tuple(changed),
        absent=tuple(absent),
        added=tuple(added),
        contradicting=tuple(f"{of}{cite}" for cite in _contradicting(text)),
    )


def _located(text: str, sentences: Mapping[str, str]) -> dict[str, str]:
    """Find each sentence in a text that has no citations, by trying every place."""
    wanted: dict[int, dict[str, list[str]]] = {}
    for cite, expected in sentences.items():
        number, _, digest = expected.partition(":")
        wanted.setdefault(int(number), {}).setdefault(digest, []).append(cite)
    found = {}
    for length, digests in wanted.items():
        for start in range(len(text) - length + 1):
            window = text[start : start + length]
            for cite in digests.get(_hash(window), ()):
                found[cite] = window
    return found


@public
def quotations(rules: RuleSet) -> Iterator[tuple[Cite, str]]:
    """Every quotation of a directive, with the citation of the sentence it is from."""
    for provision in rules_of(rules.directive):
        if isinstance(provision, Definition):
            for each in provision.outcomes():
                yield each.cite, each.quote
    for rule in (*rules.rules, *rules.exceptions):
        yield rule.cite, rule.quote
        if isinstance(rule, Steps):
            for step in rule.steps:
                yield rule.cite, step.quote
    for parameter in rules.parameters.values():
        yield Cite.parse(parameter.cite), parameter.quote
    for amendment in rules.directive.amendments:
        for change in amendment.changes:
            if isinstance(change, NewValue | Repeal):
                yield change.cite, change.quote


@public
def fingerprints(text: str) -> dict[str, str]:
    """The `sentences` of a new directive, from its text with citations."""
    return {cite: fingerprint(sentence) for cite, sentence in cited_sentences(text).items()}


@frozen
class CoverageRow:
    """What becomes of one sentence: the rules that cite it, and what excuses (the rest of) it.

    Of a sentence of an amendment, also the parameters that it sets and the rules that it repeals.
    """

    cite: str
    rules: tuple[str, ...]
    excuses: tuple[tuple[str, str, str], ...]

    @property
    def bare(self) -> bool:
        """Neither a rule nor an excuse: still to be modelled."""
        return not self.rules and not self.excuses


@public
def coverage(rules: RuleSet) -> tuple[CoverageRow, ...]:
    """What becomes of each sentence, in the order of the text."""
    cited: dict[str, set[str]] = {cite: set() for cite in rules.directive.sentences}
    for definition in rules.definitions.values():
        if definition.inner:
            continue
        for each in definition.outcomes():
            cited[str(each.cite.of_sentence)].add(definition.name)
    for rule in (*rules.rules, *rules.exceptions):
        cited[str(rule.cite.of_sentence)].add(str(rule.cite))
    for amendment in rules.directive.amendments:
        for change in amendment.changes:
            if isinstance(change, NewValue | Repeal):
                changed = change.parameter if isinstance(change, NewValue) else str(change.old)
                cited[str(change.cite.of_sentence)].add(changed)
    excuses: dict[str, list[tuple[str, str, str]]] = {}
    for excuse in rules.excuses:
        row = (str(excuse.kind), excuse.zh, excuse.en)
        excuses.setdefault(str(excuse.cite.of_sentence), []).append(row)
    return tuple(
        CoverageRow(cite, tuple(sorted(names)), tuple(excuses.get(cite, ())))
        for cite, names in cited.items()
    )
