"""What a file of cases may say: its keys, and the faults of one that would test nothing."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final

from ..facts import Facts, Fault
from ..facts.checks import nearest
from ..facts.faults import FaultCode, found, quoted, unlike
from ..formats.decoding import unknown_word
from ..language import Directive
from ..language.citations import Cite

# What builds the policy: of one case, or of the whole file.
SETTINGS: Final = ("as_of", "readings", "parameters", "exemptions")
# What every case has: three texts and a facts document.
REQUIRED: Final = ("name", "sentence", "why", "facts")
# What is asked of a subject, and what can be expected of the answer.
ASKED: Final = {"decision": "name", "verdict": None, "finding": "cite", "agreement": "cite"}
ANSWERED: Final[Mapping[str, tuple[str, ...]]] = {
    "decision": ("value", "cites", "conflict", "needs", "amended_by"),
    "verdict": ("outcome", "reasons", "strengths", "missing_steps", "needs", "amended_by"),
    "finding": (
        "status",
        "actual",
        "required",
        "shortfall",
        "due",
        "met_on",
        "retroactive",
        "periods",
        "exemption",
        "responsible",
        "needs",
        "zh",
        "en",
        "amended_by",
    ),
    "agreement": (
        "status",
        "first",
        "second",
        "responsible",
        "needs",
        "zh",
        "en",
        "amended_by",
    ),
}
_OF_A_CASE: Final = (*REQUIRED, *SETTINGS, "stray", *ASKED)


def file_faults(file: str, content: Mapping[str, Any]) -> Iterator[Fault]:
    """What is wrong with a file of cases, whatever the directive is."""
    for key in content.keys() - {"case", *SETTINGS}:
        yield _unknown(file, key, ("case", *SETTINGS))
    cases = content.get("case", [])
    if not _are_tables(cases):
        yield _no_tables(file, "case", cases)
        return
    if not cases:
        yield _missing(file, "case", "`[[case]]`")
    for case in cases:
        yield from _case_faults(place_of(file, str(case.get("name", ""))), case, content)


def place_of(file: str, name: str) -> str:
    """Where a case stands."""
    return f"{file}: case {quoted(name)}"


def _case_faults(place: str, case: Mapping[str, Any], common: Mapping[str, Any]) -> Iterator[Fault]:
    for key in case.keys() - set(_OF_A_CASE):
        yield _unknown(place, key, _OF_A_CASE)
    for key in (*REQUIRED, "as_of"):
        if key not in case and (key != "as_of" or key not in common):
            yield _missing(place, key, f"`{key}`")
    for key in REQUIRED[:3]:
        if not isinstance(case.get(key, ""), str):
            yield unlike(place, case[key], "文字", "a text", field=key)
    facts = case.get("facts", {})
    if not isinstance(facts, Mapping):
        yield unlike(place, facts, "一个表", "a table", field="facts")
    elif "exemptions" in facts:
        yield Fault(
            place=place,
            field="facts.exemptions",
            code=FaultCode.UNKNOWN_SETTING,
            zh="豁免应与 `facts` 并列，实为写在其中；请改作 `exemptions = […]`",
            en="expected exemptions beside `facts`, found them in it; give them as "
            "`exemptions = […]` of the case",
        )
    expects = False
    for kind in ASKED:
        tables = case.get(kind, [])
        if not _are_tables(tables):
            yield _no_tables(place, kind, tables)
            expects = True
            continue
        for i, expected in enumerate(tables):
            expects = True
            yield from _expectation_faults(f"{place}: {kind}[{i}]", kind, expected)
    if not expects:
        kinds = [f"`[[case.{kind}]]`" for kind in ASKED]
        yield Fault(
            place=place,
            code=FaultCode.MISSING_VALUE,
            zh=f"应有预期的答案，实际没有；请写明{'、'.join(kinds)}之一",
            en=f"expected what is to be answered, found nothing; give one of {', '.join(kinds)}",
        )


def _expectation_faults(place: str, kind: str, expected: Mapping[str, Any]) -> Iterator[Fault]:
    asked = [key for key in ("subject", ASKED[kind]) if key]
    answered = ANSWERED[kind]
    for key in expected.keys() - {*asked, *answered}:
        yield _unknown(place, key, (*asked, *answered))
    for key in asked:
        if not isinstance(expected.get(key), str):
            yield unlike(place, expected.get(key), "文字", "a text", field=key)
    if not expected.keys() - set(asked):
        listed = [f"`{key}`" for key in answered]
        yield Fault(
            place=place,
            code=FaultCode.MISSING_VALUE,
            zh=f"应有预期的答案，实际没有；请写明{'、'.join(listed)}之一",
            en=f"expected what is to be answered, found nothing; give one of {', '.join(listed)}",
        )


def case_faults(
    place: str, sentence: str, content: Mapping[str, Any], directive: Directive, facts: Facts
) -> Iterator[Fault]:
    """What a case names that is not there: a sentence of the directive, or a fact of its own."""
    known = directive.sentences
    if _sentence(sentence) not in known:
        yield _not_there(place, "sentence", sentence, known, "句", "sentence")
    keys = [fact.key for fact in facts]
    for kind in ASKED:
        for i, expected in enumerate(content.get(kind, ())):
            if expected["subject"] not in keys:
                at = f"{place}: {kind}[{i}]"
                yield _not_there(at, "subject", expected["subject"], keys, "事实", "fact")


def _sentence(cited: str) -> str:
    """The sentence of a citation, which may be of one of its rules (`2.1/1b`)."""
    try:
        return str(Cite.parse(cited).of_sentence)
    except ValueError:
        return cited


def _not_there(
    place: str, field: str, named: object, known: Iterable[str], zh: str, en: str
) -> Fault:
    known = list(known)
    near = nearest(str(named), known)
    few = "、".join(f"`{each}`" for each in known[:5]) or "—"
    of_cite = field == "sentence"
    return Fault(
        place=place,
        field=field,
        code=FaultCode.UNKNOWN_CITATION if of_cite else FaultCode.UNKNOWN_SUBJECT,
        found=found(named),
        zh=f"应为{'本文件的' if of_cite else '本例给出的'}{zh}，实为{{found}}；"
        + (f"是否为 `{near[0]}`？请改正" if near else f"有：{few}"),
        en=f"expected a {en} of the {'directive' if of_cite else 'case'}, found {{found}}; "
        + (f"did you mean `{near[0]}`? correct it" if near else f"there are: {few}"),
    )


def _unknown(place: str, key: str, known: Iterable[str]) -> Fault:
    return unknown_word(place, key, known, "键", "key")


def _missing(place: str, key: str, what: str) -> Fault:
    return Fault(
        place=place,
        field=key,
        code=FaultCode.MISSING_VALUE,
        zh=f"应有 {what}，实际没有；请补上",
        en=f"expected {what}, found none; give it",
    )


def _are_tables(value: object) -> bool:
    return isinstance(value, list) and all(isinstance(each, Mapping) for each in value)


def _no_tables(place: str, key: str, value: object) -> Fault:
    header = "[[case]]" if key == "case" else f"[[case.{key}]]"
    zh, en = f"一组表 `{header}`", f"tables, each headed `{header}`"
    return unlike(place, value, zh, en, field=key)
