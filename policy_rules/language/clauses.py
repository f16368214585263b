"""How a clause is written: its sentences, their operative words, and what these come to.

A clause is opened, its sentences are named, and whatever is written under one of them is
registered with the clause at once, in the order in which it is written::

    clause = Clause("5.1", "派出所勤务模式", "Duty modes of stations")
    s1, s2, s3, s4 = clause.sentences(4)

    s3.a("划分若干个警务区")("按片划责的派出所划有警务区", "a station by zone has zones").demands(
        station, station.zones >= 1, applies=mode.is_(DutyMode.ZONED)
    )

First stands the sentence with the words of the text, then in Chinese and English what they say,
then what they come to.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

from attrs import evolve

from .citations import Cite, paragraph
from .expected import expect, expect_labels, expect_text
from .expressions import (
    TRUE,
    Definition,
    Expression,
    Subject,
    variable_of,
)
from .places import Written
from .rules import (
    Excuse,
    ExcuseKind,
    Modality,
    Provision,
)
from .statements import (
    NO_UNIT,
    Asking,
    Defining,
    Labels,
    Quotation,
    Redefining,
    UnitOrLabels,
    cite_of,
)
from .types import (
    RuleTypeError,
    Type,
    type_of_annotation,
)


class Clause:
    """One heading of a directive: its provisions, in the order of the sentences.

    Authors open it with its number and its title in Chinese and English, and write under its
    sentences; programs that make rules give the `provisions`. Where it `applies`, its duties,
    agreements, prohibitions and steps do. A heading of an amendment names the `document`, by its
    id. Where the text counts paragraphs and their items, `label` is what it calls the heading, in
    Chinese and English: by `label=("第五条", "cl 5")`, `s2.a` is cited as 第五条第二款第一项 and
    cl 5(2)(a). Where a directive puts several documents together, `instrument` is the one in which
    the heading stands, and `authority` by what power it was made.
    """

    __slots__ = (
        "_provisions", "applies", "authority", "document", "en", "heading", "instrument", "label",
        "written", "zh",
    )  # fmt: skip

    def __init__(
        self,
        heading: str,
        zh: str = "",
        en: str = "",
        provisions: Iterable[Provision] = (),
        *,
        applies: Expression = TRUE,
        document: str = "",
        label: Labels = NO_UNIT,
        instrument: Labels = NO_UNIT,
        authority: Labels = NO_UNIT,
        written: Written | None = None,
    ) -> None:
        self.heading = expect_text(heading, "the number of a heading", "标题编号")
        self.zh, self.en = expect_labels((zh, en))
        self._provisions = list(provisions)
        self.applies = applies
        self.document = document
        self.label = expect_labels(label)
        self.instrument = expect_labels(instrument)
        self.authority = expect_labels(authority)
        self.written = Written() if written is None else written
        self.written.open(self._provisions, document, applies)

    @property
    def provisions(self) -> tuple[Provision, ...]:
        """What stands under the heading, in the order in which it was written."""
        return tuple(self._provisions)

    def with_provisions(self, provisions: Iterable[Provision]) -> Clause:
        """The heading with other provisions than its author wrote."""
        written = self.written.without_sentences()
        made = Clause(self.heading, self.zh, self.en, provisions, written=written)
        made.instrument, made.authority = self.instrument, self.authority
        return made

    def said(self, pair: Callable[[str, str], Labels]) -> Clause:
        """The heading with what `pair` makes of each of its labels."""
        made = self.with_provisions(self.provisions)
        made.zh, made.en = pair(self.zh, self.en)
        made.instrument, made.authority = pair(*self.instrument), pair(*self.authority)
        return made

    def sentences(self, number: int, *labels: Labels) -> tuple[Sentence, ...]:
        """All the sentences under the heading, by their number.

        Where the text is cited in another way than by the label of the heading, `labels` say so of
        each, in Chinese and in English:
        `clause.sentences(2, ("第五条第一款", "cl 5(1)"), ("第五条第二款", "cl 5(2)"))`.
        """
        if not isinstance(number, int) or number < 1:
            raise RuleTypeError(
                f"{self.heading}: expected the number of its sentences, found {number!r}",
                f"{self.heading}：应为句数，实为 {number!r}",
            )
        for label in labels:
            expect_labels(label)
        if labels and len(labels) != number:
            raise RuleTypeError(
                f"{self.heading}: has {number} sentences, found {len(labels)} labels of them",
                f"{self.heading}：有 {number} 句，而标示有 {len(labels)} 个",
            )
        cite_of(f"{self.heading}/1")  # refuses what is no number of a heading
        self.written.sentences = number
        found = []
        counted = [paragraph(self.label, place) for place in range(1, number + 1)]
        for place, label in enumerate(labels or counted, 1):
            cite = Cite(self.heading, place, document=self.document, label=label)
            found.append(Sentence(self, self.written.label(cite)))
        return tuple(found)

    def defines(
        self,
        of: Subject,
        name: str,
        type: Type | type,
        *,
        unit: UnitOrLabels = NO_UNIT,
        places: int | None = None,
    ) -> Defining:
        """Begin a constitutive rule ("counts as"): a derived attribute of a fact.

        What it is called follows, and the rules that give it a value:
        `clause.defines(station, "duty_mode", DutyMode)("勤务模式", "duty mode").by(…)`.
        A number that need not be whole can have so many decimal `places`, such as an amount of
        money (`Decimal, places=2`); each of its rules is then seen to give no more.
        """
        declared = type_of_annotation(type)
        begun = Defining(self.written, variable_of(of), name, declared, unit, places)
        self.written.begin(begun)
        return begun

    def redefines(self, of: Definition, in_place_of: str | Cited | None = None) -> Redefining:
        """Begin other rules of a definition, in an amendment: in place of some, or besides all."""
        begun = Redefining(self.written, of, in_place_of)
        self.written.begin(begun)
        return begun


class Cited:
    """A citation under which rules are written: a sentence, or the letter of one of its rules."""

    __slots__ = ("_clause", "_modality", "_old", "cite")

    def __init__(
        self,
        clause: Clause,
        cite: Cite,
        modality: Modality | None = None,
        old: Cite | None = None,
    ) -> None:
        self._clause = clause
        self._modality = modality
        self._old = old
        self.cite = cite

    def __call__(self, quote: str) -> Quotation:
        """Quote the operative words of the sentence; what they come to follows."""
        begun = Quotation(self._clause.written, self.cite, quote, self._modality, self._old)
        self._clause.written.begin(begun)
        return begun

    def labelled(self, zh: str = "", en: str = "") -> Cited:
        """The same, with how the text itself is cited: 第五条第二款第一项, cl 5(2)(a)."""
        cite = self._clause.written.label(evolve(self.cite, label=expect_labels((zh, en))))
        return Cited(self._clause, cite, self._modality, self._old)

    @property
    def in_principle(self) -> Cited:
        """The same, where the words bind in principle (原则上)."""
        return self.binding(Modality.IN_PRINCIPLE)

    @property
    def target(self) -> Cited:
        """The same, where the words set a target (力争)."""
        return self.binding(Modality.TARGET)

    def binding(self, modality: Modality) -> Cited:
        """The same, where the words bind so strongly."""
        expect(
            modality, Modality, "how strongly it binds, such as `Modality.TARGET`",
            "约束力度，如 `Modality.TARGET`",
        )  # fmt: skip
        return Cited(self._clause, self.cite, modality, self._old)

    def in_place_of(self, old: str | Cited) -> Cited:
        """The same in an amendment, where the rule takes the place of the one that is cited.

        The citation of a sentence, without a letter, reaches all its rules.
        """
        return Cited(self._clause, self.cite, self._modality, cite_of(old))


class _Letter:
    """The letter of one of the rules of a sentence."""

    def __init__(self, letter: str) -> None:
        self._letter = letter

    def __get__(self, sentence: Sentence, owner: type[Sentence]) -> Cited:
        cite = Cite(
            sentence.cite.heading,
            sentence.cite.sentence,
            self._letter,
            document=sentence.cite.document,
            label=_lettered(sentence, self._letter),
        )
        return Cited(sentence._clause, sentence._clause.written.label(cite))


def _lettered(sentence: Sentence, letter: str) -> Labels:
    """The label of a rule by that of its sentence."""
    counted = sentence._clause.label
    if sentence.cite.label == paragraph(counted, sentence.cite.sentence):
        return paragraph(counted, sentence.cite.sentence, letter)
    zh, en = sentence.cite.label
    return zh and f"{zh}{letter}", en and f"{en} {letter}"


class Sentence(Cited):
    """A sentence of a text. Where it carries several rules, `s1.a` is the first of them."""

    __slots__ = ()

    a, b, c, d, e, f, g, h, i, j, k, l, m = map(_Letter, "abcdefghijklm")  # noqa: E741 - letters
    n, o, p, q, r, s, t, u, v, w, x, y, z = map(_Letter, "nopqrstuvwxyz")

    def qualitative(self, zh: str = "", en: str = "") -> Excuse:
        """Excuse the sentence, or what is left of it: it gives no measure, as said here."""
        return self._excuse(ExcuseKind.QUALITATIVE, zh, en)

    def out_of_scope(self, zh: str = "", en: str = "") -> Excuse:
        """Excuse the sentence, or what is left of it: it watches persons, as said here."""
        return self._excuse(ExcuseKind.OUT_OF_SCOPE, zh, en)

    def background(self, zh: str = "", en: str = "") -> Excuse:
        """Excuse the sentence, or what is left of it: it is background, as said here."""
        return self._excuse(ExcuseKind.BACKGROUND, zh, en)

    def _excuse(self, kind: ExcuseKind, zh: str, en: str) -> Excuse:
        self._clause.written.begin(self)
        expect_labels((zh, en))
        made = Excuse(cite=self.cite, kind=kind, zh=zh, en=en)
        self._clause.written.put(self, made)
        return made

    def reading(self, name: str, *, default: str) -> Asking:
        """Begin a question of interpretation; its words, its options and their reason follow:
        `s1.reading("counts", default="one")("问题", "the question").options(one=…, two=…, why=…)`.
        """
        begun = Asking(self._clause.written, self.cite, name, default)
        self._clause.written.begin(begun)
        return begun
