"""What a directive holds, as JSON has it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from ..answers import plain
from ..language import Clause, Parameter, Reading, RuleSet
from ..language.expressions import Constant
from ..language.rules import (
    AttestationRule,
    Constitutive,
    Definition,
    Excuse,
    Prohibition,
    Provision,
    Requirement,
    RuleException,
    Steps,
)
from ..language.sentences import CoverageRow, TextReport
from ..render.wording import Language, value_words


def heading(rules: RuleSet) -> dict[str, Any]:
    """The directive's number, title and date."""
    directive = rules.directive
    return {
        "directive": directive.id,
        "number": directive.number,
        "zh": directive.zh,
        "en": directive.en,
        "issued": directive.issued.isoformat(),
    }


def clauses(rules: RuleSet) -> list[dict[str, Any]]:
    """The clauses, with each sentence's rules, in the order of the text."""
    return [_clause(rules, clause) for clause in rules.directive.clauses]


def _clause(rules: RuleSet, clause: Clause) -> dict[str, Any]:
    order = list(rules.directive.sentences)
    rows = [row for provision in clause.provisions for row in _rows(provision)]
    by_sentence: dict[str, list[dict[str, Any]]] = {}
    for sentence, row in sorted(rows, key=lambda each: order.index(each[0])):
        by_sentence.setdefault(sentence, []).append(row)
    return {
        "heading": clause.heading,
        "zh": clause.zh,
        "en": clause.en,
        "sentences": [{"cite": cite, "rules": listed} for cite, listed in by_sentence.items()],
    }


def _rows(provision: Provision) -> Iterable[tuple[str, dict[str, Any]]]:
    if isinstance(provision, Definition):
        for each in provision.outcomes():
            yield (
                str(each.cite.of_sentence),
                {
                    "cite": str(each.cite),
                    "form": "define",
                    "modality": None,
                    "name": provision.name,
                    "quote": each.quote,
                    "zh": provision.zh,
                    "en": provision.en,
                    "value_zh": _value(each, "zh"),
                    "value_en": _value(each, "en"),
                },
            )
        return
    yield (
        str(provision.cite.of_sentence),
        {
            "cite": str(provision.cite),
            "form": _form(provision),
            "modality": _modality(provision),
            "name": None,
            "quote": "" if isinstance(provision, Excuse) else provision.quote,
            "zh": provision.zh,
            "en": provision.en,
            "value_zh": None,
            "value_en": None,
        },
    )


def _value(rule: Constitutive, lang: Language) -> str | None:
    """The value that a rule of a definition gives, where it is the same for all facts."""
    value = rule.value
    return value_words(value.value, lang) if isinstance(value, Constant) else None


def _form(provision: Provision) -> str:
    match provision:
        case Requirement():
            return "require"
        case AttestationRule():
            return "attest"
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


def _modality(provision: Provision) -> str | None:
    if isinstance(provision, Requirement | AttestationRule | Prohibition):
        return str(provision.modality)
    return None


def coverage_json(row: CoverageRow) -> dict[str, Any]:
    """What becomes of one sentence."""
    kinds = [kind for kind, _, _ in row.excuses]
    excuse = {
        "kind": kinds[0],
        "zh": "；".join(zh for _, zh, _ in row.excuses),
        "en": "; ".join(en for _, _, en in row.excuses),
    } if kinds else None  # fmt: skip
    return {"cite": row.cite, "rules": list(row.rules), "excuse": excuse}


def reading_json(reading: Reading) -> dict[str, Any]:
    """One reading with its options."""
    return {
        "name": reading.name,
        "cite": reading.cite,
        "zh": reading.zh,
        "en": reading.en,
        "options": [{"name": o.name, "zh": o.zh, "en": o.en} for o in reading.options],
        "default": reading.default,
        "why_zh": reading.why_zh,
        "why_en": reading.why_en,
    }


def parameter_json(parameter: Parameter, value: Any) -> dict[str, Any]:
    """One parameter with its value."""
    return {
        "name": parameter.name,
        "cite": parameter.cite,
        "type": str(parameter.type),
        "value": plain(value),
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
    }
