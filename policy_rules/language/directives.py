"""Directives: clauses in the order of a text, and what stands around its sentences."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from datetime import date
from typing import Final, NamedTuple, TypeAlias
from unicodedata import normalize

from attrs import Factory, field, frozen

from ..facts import Exemption, Fact, Fault, Kind, Labelled, Vocabulary, loaded_classes, unsaid_of
from ..facts.vocabulary import SETTINGS, SHEETS_OF_SETTINGS, words_of
from .amendments import Amendment
from .citations import Cite
from .clauses import Clause
from .expected import (
    expect,
    expect_day,
    expect_fact_class,
    expect_labels,
    expect_list,
    expect_mapping,
    expect_text,
)
from .expressions import Attribute, Node, Reading
from .lists import ListOfFacts, ListOfNames, ListOfValues, TextList
from .places import fault_at
from .types import RuleTypeError

Bilingual: TypeAlias = tuple[str, str]
_UNSAID: Final = ("", "")
# Fields of which there can be one more.
_MORE: Final = (Kind.INTEGER, Kind.BOOLEAN)


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
class Ruling:
    """What a text leaves open, and its author has settled without another option to choose.

    The question, what is `taken`, what could be held `instead`, and `why` not. `cites` are the
    sentences or rules that it bears on; none where it is of the document as a whole. Where another
    answer can be chosen, it is a reading instead.
    """

    zh: str
    en: str
    cites: Sequence[str] = ()
    taken_zh: str
    taken_en: str
    instead_zh: str
    instead_en: str
    why_zh: str
    why_en: str


@frozen(eq=False, repr=False, kw_only=True)
class Unnamed:
    """Who answers for a rule whose sentence names nobody, as a reading of the text.

    `bodies` has, by the name of each option, the body for each class of subjects; of a class that
    it does not have, it is left open.
    """

    reading: Reading
    bodies: Mapping[str, Mapping[type[Fact], Labelled]]

    def __attrs_post_init__(self) -> None:
        expect(self.reading, Reading, "a reading, `s1.reading(…)…`", "口径，即 `s1.reading(…)…`")
        options = {each.name for each in self.reading.options}
        for name, bodies in expect_mapping(self.bodies, "bodies").items():
            if name not in options:
                raise RuleTypeError(
                    f"reading `{self.reading.name}` has no option `{name}`",
                    f"口径 `{self.reading.name}` 没有选项 `{name}`",
                )
            for fact_class, body in expect_mapping(bodies, name).items():
                expect_fact_class(fact_class)
                expect(body, Labelled, "a body for each class", "各类对象的责任单位")


@frozen(eq=False, repr=False, kw_only=True)
class Earlier:
    """What came before a directive was in force is left out, under an option of a reading.

    Then no rule applies to acts of an earlier day, and no duty to calendar years that had ended.
    """

    reading: Reading
    left_out: str

    def __attrs_post_init__(self) -> None:
        expect(self.reading, Reading, "a reading, `s1.reading(…)…`", "口径，即 `s1.reading(…)…`")
        self.reading.is_(self.left_out)  # which refuses what is no option


_TEXT_LISTS: Final = (ListOfFacts, ListOfNames, ListOfValues)


@frozen
class Monotone:
    """More of a field never makes what a sentence requires worse: a greater number, or a yes.

    `cite` is the citation of the requirement, `more` the field of its subject. It is proved by
    `policy-rules verify`; no answer rests on it.
    """

    cite: str
    more: Node

    def __attrs_post_init__(self) -> None:
        expect_text(self.cite, "the citation of a requirement", "要求的编号")
        if not isinstance(self.more, Attribute) or self.more.spec.kind not in _MORE:
            raise RuleTypeError(
                f"expected a field with a number, or yes or no, as `more`, found {self.more!r}",
                f"`more` 应为数值或是否的字段，实为 {self.more!r}",
            )

    @property
    def read(self) -> Attribute:
        """The field as rules read it."""
        assert isinstance(self.more, Attribute)
        return self.more


_LISTS: Final = {
    "clauses": Clause,
    "oddities": Oddity,
    "monotone": Monotone,
    "amendments": Amendment,
}


@frozen(eq=False, repr=False, kw_only=True)
class Directive:
    """A directive as its author writes it: plain data, not yet checked.

    `sentences` gives each sentence's citation and a fingerprint of its words, in the order of the
    text, so that a given official text can be compared without holding a copy of it.
    `fact_classes` are those that the directive adds to its `vocabulary`; without one, to all that
    are loaded. `bodies` are the classes of those whom reports compare, the largest first: facts
    belong to those that they refer to. `region_of` says of the id of a body of the largest class
    in which region it lies, such as a province, where reports on many add them up.

    What stands around the sentences is given in Chinese and English: who issued it (`issuer`),
    with what force (`authority`), to whom (`addressees`, `copied_to`). `issued` is the date that
    it bears, `printed` the one on which it was printed; `public` says whether it is marked so.

    It is in force from one day to another, both included: from that of its issue, and without end,
    unless its author gives `in_force_from` and `in_force_until`.

    It is written in `languages`: in Chinese (`zh`), English (`en`) or both, as by default. In a
    language in which it is not written, readers are told what is said in the other.

    `version` is that of the rules, as their author counts it; `needs_version` that of this library
    from which on it has the words that they are written in.

    `oddities` are what does not fit in the text, `rulings` what its author has settled that the
    text leaves open; many of them are given by a function, which is called, and what it gives
    checked, when they are first read (`RuleSet.rulings`). `unnamed` says who answers for rules
    whose sentences name nobody.
    `earlier` says whether what came before it was in force is left out.

    `lists` are those of which the text speaks and that others keep: an audit says how much of each
    the data have.

    `monotone` says of which fields more never makes what is required worse, for `verify` to prove.

    `amendments` are the documents that have amended it, whose sentences and rules stand among its
    own; `amended` makes such a directive.
    """

    id: str
    number: str
    zh: str = ""
    en: str = ""
    languages: Sequence[str] = ("zh", "en")
    issued: date
    in_force_from: date = field(default=Factory(lambda self: self.issued, takes_self=True))
    in_force_until: date | None = None
    clauses: Sequence[Clause]
    sentences: Mapping[str, str]
    vocabulary: Vocabulary | None = None
    fact_classes: Sequence[type[Fact]] = ()
    bodies: Sequence[type[Fact]] = ()
    region_of: Callable[[str], Labelled | None] | None = None
    issuer: Bilingual = _UNSAID
    authority: Bilingual = _UNSAID
    addressees: Bilingual = _UNSAID
    copied_to: Bilingual = _UNSAID
    printed: date | None = None
    public: bool | None = None
    oddities: Sequence[Oddity] = ()
    rulings: Sequence[Ruling] | Callable[[], Sequence[Ruling]] = ()
    unnamed: Unnamed | None = None
    earlier: Earlier | None = None
    lists: Sequence[TextList] = ()
    monotone: Sequence[Monotone] = ()
    amendments: Sequence[Amendment] = ()
    version: str = ""
    needs_version: str = ""

    def __attrs_post_init__(self) -> None:
        for name in ("id", "number", "zh", "en", "version", "needs_version"):
            expect_text(getattr(self, name), f"`{name}`", f"`{name}`")
        if not self.id or any(character in " /:" for character in self.id):
            raise RuleTypeError(
                f"expected an id such as `city-2024-5`, found {self.id!r}",
                f"文件的编号应如 `city-2024-5`，实为 {self.id!r}",
            )
        for name in ("issuer", "authority", "addressees", "copied_to"):
            expect_labels(getattr(self, name))
        for name in ("issued", "in_force_from", "in_force_until", "printed"):
            day = getattr(self, name)
            if day is not None or name not in ("in_force_until", "printed"):
                expect_day(day, name)
        languages = self.languages if isinstance(self.languages, Collection) else ()
        if not {*languages} or {*languages} - {"zh", "en"}:
            raise RuleTypeError(
                f"expected `languages` as `zh`, `en` or both, found {self.languages!r}",
                f"`languages` 应为 `zh`、`en` 或两者，实为 {self.languages!r}",
            )
        if self.public is not None:
            expect(self.public, bool, "`public`, yes or no", "`public`，即是或否")
        for cite in expect_mapping(self.sentences, "sentences"):
            expect_text(cite, "each sentence by its citation", "各句的编号")
            expect_text(self.sentences[cite], f"the fingerprint of {cite}", f"{cite} 的指纹")
        if self.region_of is not None and not callable(self.region_of):
            raise RuleTypeError(
                f"`region_of` is a function of an id, found {self.region_of!r}",
                f"`region_of` 应为由编号求所在地的函数，实为 {self.region_of!r}",
            )
        if self.unnamed is not None:
            expect(self.unnamed, Unnamed, "who answers, `Unnamed(…)`", "责任单位，即 `Unnamed(…)`")
        if self.earlier is not None:
            expect(self.earlier, Earlier, "what is left out, `Earlier(…)`", "即 `Earlier(…)`")
        if self.vocabulary is not None:
            expect(self.vocabulary, Vocabulary, "a vocabulary", "词汇（`Vocabulary`）")
        for name, kind in _LISTS.items():
            expect_list(getattr(self, name), kind, name)
        if not callable(self.rulings):
            expect_list(self.rulings, Ruling, "rulings")
        for each in expect_list(self.lists, object, "lists"):
            if not isinstance(each, _TEXT_LISTS):
                raise RuleTypeError(
                    f"`lists` holds lists of the text, `s1(…)(…).lists(…)`, found {each!r}",
                    f"`lists` 应为文件所列名单，即 `s1(…)(…).lists(…)`，实为 {each!r}",
                )
        for name in ("fact_classes", "bodies"):
            for each in expect_list(getattr(self, name), type, name):
                expect_fact_class(each)
        for clause in self.clauses:
            clause.written.closed = True

    def in_force(self, day: date) -> bool:
        """Whether it is in force on a day."""
        return self.in_force_from <= day and (
            self.in_force_until is None or day <= self.in_force_until
        )

    @property
    def classes(self) -> tuple[type[Fact], ...]:
        """The classes of facts that there can be."""
        shared = loaded_classes() if self.vocabulary is None else self.vocabulary.classes
        return tuple(dict.fromkeys((*shared, *self.fact_classes)))

    @property
    def _labelled(self) -> Mapping[str, Cite]:
        amending = (clause for each in self.amendments for clause in each.clauses)
        return {
            cite: each
            for clause in (*self.clauses, *amending)
            for cite, each in clause.written.labelled.items()
        }

    def cited(self, text: str) -> Cite:
        """The citation that is written so, with its label; raises ValueError as `Cite.parse`."""
        return self._labelled.get(text) or Cite.parse(text)

    def citation(self, text: str) -> str:
        """The citation that is meant by a label; any other text as it is.

        So is a label that is of several sentences.
        """
        meant = {
            cite
            for cite, each in self._labelled.items()
            if _plain(text) in map(_plain, filter(None, each.label))
        }
        return meant.pop() if len(meant) == 1 else text

    @property
    def labels(self) -> Mapping[str, Bilingual]:
        """How sentences and rules are cited in the text itself, where that is said."""
        return {cite: each.label for cite, each in self._labelled.items()}

    @property
    def numbers(self) -> Mapping[str, str]:
        """The number of each document that has amended it, by its id."""
        return {each.id: each.number for each in self.amendments}


def _plain(label: str) -> str:
    """A label without spaces, whatever its case and width."""
    return "".join(normalize("NFKC", label).casefold().split())


def faults_around(directive: Directive) -> Iterator[Fault]:
    """What is wrong with what stands around the sentences, and with the oddities."""
    for name in directive.languages:
        if not getattr(directive, name).strip():
            yield fault_at(None, f"the title: has no `{name}`", f"标题：没有 `{name}`")
    for name in ("issuer", "authority", "addressees", "copied_to"):
        zh, en = getattr(directive, name)
        if len({*directive.languages}) > 1 and bool(zh.strip()) != bool(en.strip()):
            missing_en, missing_zh = ("English", "英文") if zh.strip() else ("Chinese", "中文")
            yield fault_at(None, f"`{name}`: has no {missing_en}", f"`{name}`：没有{missing_zh}")
    # Those of an amendment are looked at where it is made.
    for sentence in () if directive.amendments else directive.sentences:
        try:
            Cite.parse(sentence)
        except ValueError as error:
            yield fault_at(None, str(error), f"`{sentence}` 不是引用编号；应如 `5.1/2`")
    if directive.printed is not None and directive.printed < directive.issued:
        yield fault_at(
            None,
            f"`printed`: {directive.printed} is before the directive was issued",
            f"`printed`：{directive.printed} 早于成文日期",
        )
    if directive.in_force_until is not None and directive.in_force_until < directive.in_force_from:
        yield fault_at(
            None,
            f"`in_force_until`: {directive.in_force_until} is before it is in force, "
            f"on {directive.in_force_from}",
            f"`in_force_until`：{directive.in_force_until} 早于施行日期 {directive.in_force_from}",
        )
    yield from _classes(directive)
    yield from _labels_of_classes(directive)
    yield from _version(directive)
    for place, oddity in enumerate(directive.oddities, 1):
        yield from _noted(directive, _ODDITIES, place, oddity)
    if not callable(directive.rulings):
        yield from faults_of_rulings(directive, directive.rulings)


def faults_of_rulings(directive: Directive, rulings: Sequence[Ruling]) -> Iterator[Fault]:
    """What is wrong with the rulings of a directive."""
    for place, ruling in enumerate(rulings, 1):
        yield from _noted(directive, _RULINGS, place, ruling)


def _noted(
    directive: Directive, kind: _Kind, place: int, noted: Oddity | Ruling
) -> Iterator[Fault]:
    """What an oddity or a ruling does not say, and what it cites that is not there."""
    en, zh = f"{kind.en} {place}", f"第 {place} 处{kind.zh}"
    labels = [f"{of}{lang}" for of in kind.labels for lang in directive.languages]
    missing = [f"`{name}`" for name in labels if not getattr(noted, name).strip()]
    if missing:
        yield fault_at(
            None, f"{en}: has no {' and no '.join(missing)}", f"{zh}：没有 {'、'.join(missing)}"
        )
    for cite in noted.cites:
        try:
            sentence = str(Cite.parse(cite).of_sentence)
        except ValueError as error:
            yield fault_at(
                None, f"{en}: {error}", f"{zh}：`{cite}` 不是引用编号；应如 `5.1/2` 或 `2.1/1b`"
            )
            continue
        if sentence not in directive.sentences:
            yield fault_at(
                None,
                f"{cite}: {en} cites a sentence that the directive has not",
                f"{cite}：{zh}引用的句子，文件中没有",
            )


class _Kind(NamedTuple):
    """What is noted of a text: how it is called, and the labels that it has."""

    en: str
    zh: str
    labels: tuple[str, ...]


_ODDITIES: Final = _Kind("oddity", "疑点", ("", "treatment_"))
_RULINGS: Final = _Kind("ruling", "认定意见", ("", "taken_", "instead_", "why_"))


def _classes(directive: Directive) -> Iterator[Fault]:
    """Own classes of facts whose lists are called as those of others, or as a setting is."""
    taken: dict[str, type[Fact]] = {}
    classes: tuple[type[Fact], ...] = (Exemption, *directive.classes)
    for cls in classes:
        for word in words_of(cls):
            other = taken.setdefault(word, cls)
            if other is not cls:
                named = word == cls.collection
                what_en, what_zh = ("collection", "列表名") if named else ("label", "名称")
                yield fault_at(
                    None,
                    f"`{cls.__name__}`: its {what_en} `{word}` is that of "
                    f"`{other.__name__}` ({other.en}); give it another name, and what it adds to "
                    "such a fact as a class of its own that refers to it",
                    f"`{cls.__name__}`：{what_zh} `{word}` 已用于 `{other.__name__}`"
                    f"（{other.zh}）；请另取{what_zh}，对该类的补充请写成引用它的单独一类",
                )
            elif word in SETTINGS or word in SHEETS_OF_SETTINGS:
                yield fault_at(
                    None,
                    f"`{cls.__name__}`: `{word}` is a setting of documents; call its list "
                    "otherwise",
                    f"`{cls.__name__}`：`{word}` 是数据文件的设置项；请另取名称",
                )


def _labels_of_classes(directive: Directive) -> Iterator[Fault]:
    """What its own classes of facts do not say in a language in which it is written."""
    for cls in directive.fact_classes:
        for name, lang in unsaid_of(cls).items():
            if lang in directive.languages:
                of = f"`{cls.__name__}.{name}`" if name else f"`{cls.__name__}`"
                yield fault_at(None, f"{of}: has no `{lang}`", f"{of}：没有 `{lang}`")


def _version(directive: Directive) -> Iterator[Fault]:
    """A version of this library that is needed and is not the one that is there."""
    if not directive.needs_version:
        return
    from importlib.metadata import version  # slow to import, and seldom needed

    needed, there = _numbers(directive.needs_version), version("policy-rules")
    if needed is None:
        yield fault_at(
            None,
            f"`needs_version`: expected a version such as `0.2`, found `{directive.needs_version}`",
            f"`needs_version`：应为版本号，如 `0.2`，实为 `{directive.needs_version}`",
        )
    elif needed > (_numbers(there) or ()):
        yield fault_at(
            None,
            f"needs policy-rules {directive.needs_version} or later, found {there}; upgrade it",
            f"需要 policy-rules {directive.needs_version} 以上版本，现为 {there}；请升级",
        )


def _numbers(version: str) -> tuple[int, ...] | None:
    """The numbers of a version, without what follows them."""
    match = re.match(r"(\d+(?:\.\d+)*)", version)
    if match is None:
        return None
    found = [int(number) for number in match[1].split(".")]
    while found and not found[-1]:  # 1 and 1.0 are the same
        found.pop()
    return tuple(found)
