"""What a directive holds, as JSON has it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ..answers import plain
from ..facts import Exemption, Fact, FieldSpec, fields_of
from ..language import Cite, Clause, Oddity, Parameter, Reading, Regime, RuleSet, Ruling
from ..language.annotation import Basis, Entry, Listed, basis, entries, readers
from ..language.changes import NewValue, Repeal
from ..language.expressions import Constant, Constitutive, Definition, Source
from ..language.rules import (
    AgreementRule,
    AttestationRule,
    Excuse,
    Prohibition,
    Requirement,
    RuleException,
    Stated,
    Steps,
)
from ..language.sentences import CoverageRow, TextReport
from ..render.wording import Language, value_words


def heading(rules: RuleSet) -> dict[str, Any]:
    """The directive's number, title and dates, from whom it is and to whom."""
    directive = rules.directive
    around = {
        f"{name}_{lang}": words
        for name in ("issuer", "authority", "addressees", "copied_to")
        for lang, words in zip(("zh", "en"), getattr(directive, name), strict=True)
    }
    return {
        "directive": directive.id,
        "number": directive.number,
        "zh": directive.zh,
        "en": directive.en,
        "issued": directive.issued.isoformat(),
        "version": directive.version,
        "in_force_from": directive.in_force_from.isoformat(),
        "in_force_until": plain(directive.in_force_until),
        "printed": plain(directive.printed),
        "public": directive.public,
        **around,
        "amendments": [
            {
                "id": each.id,
                "number": each.number,
                "zh": each.zh,
                "en": each.en,
                "issued": each.issued.isoformat(),
                "in_force": each.in_force.isoformat(),
            }
            for each in directive.amendments
        ],
    }


def clauses(rules: RuleSet) -> list[dict[str, Any]]:
    """The clauses, with each sentence's rules, in the order of the text."""
    found: dict[str, dict[str, Any]] = {
        clause.heading: {
            "heading": clause.heading, "zh": clause.zh, "en": clause.en,
            **_origin(clause), "sentences": [],
        }
        for clause in rules.directive.clauses
    }  # fmt: skip
    for sentence, listed in entries(rules).items():
        clause = found.get(sentence.partition("/")[0])
        if clause is not None and listed:
            rows = [_row(rules, entry) for entry in listed]
            label = _label(rules.directive.cited(sentence))
            clause["sentences"].append({"cite": sentence, **label, "rules": rows})
    return list(found.values())


def _origin(clause: Clause) -> dict[str, str]:
    """The document in which a heading stands and its authority, where these are said."""
    return {
        f"{name}_{lang}": words
        for name in ("instrument", "authority")
        for lang, words in zip(("zh", "en"), getattr(clause, name), strict=True)
        if any(getattr(clause, name))
    }


def _row(rules: RuleSet, entry: Entry) -> dict[str, Any]:
    provision, rule = entry.provision, entry.rule
    source = rule or provision
    rests_on = basis(rules, entry)
    return {
        "cite": str(entry.cite),
        **_label(entry.cite),
        "form": _form(provision),
        "modality": _modality(provision),
        "responsible": _responsible(provision),
        "name": provision.name if isinstance(provision, Definition) else None,
        "quote": entry.quote,
        "zh": provision.zh,
        "en": provision.en,
        "value_zh": None if rule is None else _value(rule, "zh"),
        "value_en": None if rule is None else _value(rule, "en"),
        "valid_from": plain(getattr(source, "valid_from", None)),
        "valid_until": plain(getattr(source, "valid_until", None)),
        "ended_by": _ended_by(source),
        "ends": str(provision.old) if isinstance(provision, Repeal) else None,
        "attested": rests_on.attested,
        "reads": _reads(rests_on),
        "parameters": [provision.parameter]
        if isinstance(provision, NewValue)
        else [each.name for each in rests_on.parameters],
        "readings": [each.name for each in rests_on.readings],
    }


def _label(cite: Cite) -> dict[str, str]:
    """How the text itself is cited, where that is said."""
    zh, en = cite.label
    return {"label_zh": zh, "label_en": en} if zh or en else {}


def _reads(rests_on: Basis) -> list[str]:
    """The fields and derived attributes that are read, and the lists that are counted."""
    found = []
    for of in rests_on.classes:
        names = [each.name for each in rests_on.fields.get(of, ())]
        names += [each.name for each in rests_on.derived.get(of, ())]
        found += [f"{of.collection}.{name}" for name in names] or [of.collection]
    return found


def _value(rule: Constitutive, lang: Language) -> str | None:
    """The value that a rule of a definition gives, where it is the same for all facts."""
    value = rule.value
    return value_words(value.value, lang) if isinstance(value, Constant) else None


def _ended_by(source: object) -> str | None:
    """The sentence of an amendment by which a rule ended."""
    ending = source.ended_by if isinstance(source, Source) else None
    return None if ending is None else str(ending.cite)


def _form(provision: Listed) -> str:
    match provision:
        case Requirement():
            return "require"
        case AttestationRule():
            return "attest"
        case AgreementRule():
            return "agree"
        case Prohibition():
            return "forbid"
        case Steps():
            return "needs"
        case RuleException():
            return "exception"
        case Excuse():
            return "excuse"
        case Definition():
            return "define"
        case NewValue():
            return "change"
        case Repeal():
            return "repeal"


def _modality(provision: Listed) -> str | None:
    if isinstance(provision, Requirement | AttestationRule | Prohibition):
        return str(provision.modality)
    return None


def _responsible(provision: Listed) -> str | None:
    """The body that the sentence names."""
    body = provision.responsible if isinstance(provision, Stated) else None
    return None if body is None else str(body)


def coverage_json(row: CoverageRow) -> dict[str, Any]:
    """What becomes of one sentence."""
    kinds = [kind for kind, _, _ in row.excuses]
    excuse = {
        "kind": kinds[0],
        "zh": "；".join(zh for _, zh, _ in row.excuses),
        "en": "; ".join(en for _, _, en in row.excuses),
    } if kinds else None  # fmt: skip
    return {"cite": row.cite, "rules": list(row.rules), "excuse": excuse}


def reading_json(rules: RuleSet, reading: Reading) -> dict[str, Any]:
    """One reading with its options, and the rules and decisions that rest on it."""
    resting = rules.resting_on(reading)
    return {
        "name": reading.name,
        "cite": reading.cite,
        "zh": reading.zh,
        "en": reading.en,
        "options": [{"name": o.name, "zh": o.zh, "en": o.en} for o in reading.options],
        "default": reading.default,
        "why_zh": reading.why_zh,
        "why_en": reading.why_en,
        "rules": [str(each.cite) for each in resting if not isinstance(each, Definition)],
        "decisions": [each.name for each in resting if isinstance(each, Definition)],
    }


def fact_classes(rules: RuleSet) -> Iterator[dict[str, Any]]:
    """The classes of facts that there can be, each field with what it takes and who reads it."""
    read = readers(rules)
    classes: tuple[type[Fact], ...] = (*rules.directive.classes, Exemption)
    for of in classes:
        yield {
            "collection": of.collection,
            "class": of.__name__,
            "zh": of.zh,
            "en": of.en,
            "fields": [
                _field(spec) | {"read_by": list(map(str, read.get((of, spec.name), ())))}
                for spec in fields_of(of).values()
            ],
        }


def _field(spec: FieldSpec) -> dict[str, Any]:
    members = [{"value": str(e), "zh": e.zh, "en": e.en} for e in spec.choices or ()]
    return {
        "name": spec.name,
        "zh": spec.zh,
        "en": spec.en,
        "kind": spec.kind.value,
        "required": spec.required,
        "may_be_none": spec.may_be_none,
        "unit_zh": spec.unit.zh if spec.unit else "",
        "unit_en": spec.unit.en if spec.unit else "",
        "minimum": plain(spec.minimum),
        "maximum": plain(spec.maximum),
        "choices": members,
        "target": spec.target,
        "meaning": spec.meaning,
        "meaning_zh": spec.meaning_zh,
    }


def oddity_json(oddity: Oddity) -> dict[str, Any]:
    """One oddity of the text, and how the rules treat it."""
    return {
        "cites": list(oddity.cites),
        "zh": oddity.zh,
        "en": oddity.en,
        "treatment_zh": oddity.treatment_zh,
        "treatment_en": oddity.treatment_en,
    }


def ruling_json(ruling: Ruling) -> dict[str, Any]:
    """One question that the text leaves open and its author has settled."""
    return {
        "cites": list(ruling.cites),
        "zh": ruling.zh,
        "en": ruling.en,
        "taken_zh": ruling.taken_zh,
        "taken_en": ruling.taken_en,
        "instead_zh": ruling.instead_zh,
        "instead_en": ruling.instead_en,
        "why_zh": ruling.why_zh,
        "why_en": ruling.why_en,
    }


def parameter_json(parameter: Parameter, chosen: Regime) -> dict[str, Any]:
    """One parameter with its value, and the sentence of an amendment that set it, if one did."""
    by = chosen.amended_by(parameter)
    return {
        "name": parameter.name,
        "cite": parameter.cite,
        "type": str(parameter.type),
        "value": plain(chosen.value(parameter), parameter.type),
        "amended_by": None if by is None else str(by.cite),
        "unit_zh": parameter.unit_zh,
        "unit_en": parameter.unit_en,
        "zh": parameter.zh,
        "en": parameter.en,
    }


def text_json(report: TextReport) -> dict[str, Any]:
    """How an official text differs from the one that was modelled."""
    return {
        "agrees": report.agrees,
        "checked_sentences": report.sentences,
        "checked_quotations": report.quotations,
        "changed": list(report.changed),
        "absent": [{"cite": cite, "quote": quote} for cite, quote in report.absent],
        "added": list(report.added),
        "contradicting": list(report.contradicting),
    }
