"""What attestations can be about: sentences that rest on one, and facts that these speak of."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from typing import Final

from ..facts import Attestation, Fact, Facts, Fault, fields_of, known_fields, loaded_classes
from ..facts.checks import nearest, settled
from ..facts.faults import FaultCode, found
from .directives import Directive
from .loading import RuleSet


def attestation_faults(
    attested: Mapping[str, type[Fact]],
    attestations: Iterable[Attestation],
    is_listed: Callable[[type[Fact]], bool],
    is_there: Callable[[type[Fact], str], bool],
) -> Iterator[Fault]:
    """Find attestations that hit nothing: of no such sentence, or of a fact that is not there.

    `attested` are the citations of what rests on an attestation, with the classes of the subjects.
    `is_listed` says whether the list of a class holds anything, or is whole: else a subject could
    be there all the same. `is_there` says whether it holds an id.
    """
    for each in attestations:
        if each.cite is None:
            continue
        cls = attested.get(each.cite)
        if cls is None:
            yield unknown_citation(each.key, each.cite, attested)
        elif (id_ := each.subject_id) is not None and not (
            is_there(cls, id_) if is_listed(cls) else _can_be_an_id(cls, id_)
        ):
            yield unknown_subject(each.key, id_, cls)


def cited_attestations(directive: Directive, facts: Facts) -> Facts:
    """The facts; attestations that cite a rule as the text itself is cited, by its citation."""
    if not facts.all(Attestation) or not directive.labels:
        return facts
    lists: dict[str, list[Fact]] = {}
    others: list[Fact] = []
    listed = loaded_classes()
    for each in facts:
        fact = each
        if isinstance(each, Attestation) and each.cite is not None:
            fact = Attestation(**known_fields(each) | {"cite": directive.citation(each.cite)})
        (lists.setdefault(fact.collection, []) if type(fact) in listed else others).append(fact)
    return Facts(**lists, others=others, complete=facts.complete)


def faults_of_attestations(rules: RuleSet, facts: Facts) -> list[Fault]:
    """Find the attestations among facts that hit nothing."""
    return list(
        attestation_faults(
            rules.attested,
            facts.all(Attestation),
            lambda cls: bool(facts.all(cls)) or facts.is_complete(cls),
            lambda cls, id_: facts.get(cls, id_) is not None,
        )
    )


def faults_of_statements(attestations: Iterable[Attestation]) -> Iterator[Fault]:
    """Find attestations that say that something holds, or not, and not what, or of what.

    In a file or a table that is a cell left out, or a column called otherwise.
    """
    for each in attestations:
        if each.holds is not None:
            yield from (
                unstated(each.key, name) for name in STATED_OF if getattr(each, name) is None
            )


# What an attestation is about.
STATED_OF: Final = ("cite", "subject_id")


def unstated(place: str, name: str, field: str | None = None) -> Fault:
    """Give the fault of an attestation that does not say what it is about."""
    of_cite = name == "cite"
    zh = "条款" if of_cite else "对象的编号"
    en = (
        "the citation of what is attested" if of_cite else "the id of what the attestation is about"
    )
    return Fault(
        place=place,
        field=field or name,
        code=FaultCode.MISSING_VALUE,
        found=found(None),
        zh=f"应为{zh}，实为{{found}}；请填写",
        en=f"expected {en}, found {{found}}; give it",
    )


def unknown_citation(place: str, cite: str, known: Collection[str], field: str = "cite") -> Fault:
    """Give the fault of a citation under which nothing rests on an attestation."""
    alike = cite.strip().lower()
    near = [alike] if alike in known else nearest(cite, known)
    do_zh = f"是否为 `{near[0]}`？请改正" if near else "请改正"
    do_en = f"did you mean `{near[0]}`? correct it" if near else "correct it"
    return Fault(
        place=place,
        field=field,
        code=FaultCode.UNKNOWN_CITATION,
        found=found(cite),
        zh=f"没有须依据佐证材料判定的条款{{found}}；{do_zh}",
        en=f"expected the citation of what rests on an attestation, found {{found}}; {do_en}",
    )


def unknown_subject(place: str, subject: str, cls: type[Fact], field: str = "subject_id") -> Fault:
    """Give the fault of an attestation about a fact that is not there."""
    return Fault(
        place=place,
        field=field,
        code=FaultCode.UNKNOWN_SUBJECT,
        found=found(subject),
        zh=f"`{cls.collection}`（{cls.zh}）中没有编号{{found}}；请只填编号，或补上该条",
        en=f"expected the id of one of the given `{cls.collection}`, found {{found}}; "
        "give the id alone, or add what it is about",
    )


def _can_be_an_id(cls: type[Fact], id_: str) -> bool:
    unfit: list[Fault] = []
    settled(fields_of(cls)["id"], id_, "", unfit)
    return not unfit
