"""What is needed to settle answers, in words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TypeAlias

from attrs import frozen

from ..answers import Finding
from ..facts import Fact, Kind, fields_of, known_with
from ..language import Cite, RuleSet
from .english import affirmed
from .wording import Language, pick, predicate

_Classes: TypeAlias = Mapping[str, type[Fact]]


@frozen(kw_only=True)
class Needed:
    """One thing that is not known: a field of some facts, a list that is not whole, a parameter.

    `keys` are those of the facts, or of the first of the `number` there are; `cites` the rules that
    want it, and `findings` says how many findings do.
    """

    collection: str
    name: str
    keys: tuple[str, ...]
    number: int
    cites: tuple[Cite, ...]
    findings: int


def gathered(findings: Iterable[Finding]) -> list[Needed]:
    """What findings need, each thing once; what most of them need comes first, then by name."""
    keys: dict[tuple[str, str], dict[str, None]] = {}
    cites: dict[tuple[str, str], dict[Cite, None]] = {}
    numbers: dict[tuple[str, str], int] = {}
    for finding in findings:
        wanted = set()
        for need in finding.needs:
            collection, name, key = parted(need)
            of = collection, name
            if of not in keys:
                keys[of], cites[of], numbers[of] = {}, {}, 0
            if key:
                keys[of][key] = None
            wanted.add(of)
        for of in wanted:
            cites[of][finding.cite] = None
            numbers[of] += 1
    needed = [
        Needed(
            collection=of[0],
            name=of[1],
            keys=tuple(keys[of]),
            number=len(keys[of]),
            cites=tuple(sorted(cites[of])),
            findings=numbers[of],
        )
        for of in keys
    ]
    return sorted(needed, key=lambda each: (-each.findings, each.collection, each.name))


def needs_words(needs: Sequence[str], fact: Fact, lang: Language, rules: RuleSet) -> str:
    """What is needed to settle an answer about a fact, gathered by field."""
    keys: dict[tuple[str, str], list[str]] = {}
    for need in needs:
        collection, name, key = parted(need)
        keys.setdefault(("" if key == fact.key else collection, name), []).append(key)
    words = (_needed(*of, keys[of], fact, lang, rules) for of in sorted(keys))
    return pick(lang, "；", "; ").join(words)


def _classes(rules: RuleSet) -> _Classes:
    return {cls.collection: cls for cls in known_with(rules.directive.classes)}


def field_words(collection: str, name: str, lang: Language, rules: RuleSet) -> str:
    """One thing that is needed, whosever it is."""
    if collection == "parameters":
        name, _, year = name.partition(".")
        parameter = rules.parameters[name]
        zh, en = (f"（{year}年）", f" ({year})") if year else ("", "")
        return pick(lang, parameter.zh + zh, parameter.en + en)
    classes = _classes(rules)
    if collection == "complete":
        label = classes[name].zh if name in classes else name
        return pick(
            lang, f"完整的{label}名单（complete：{name}）", f"all {name} (complete: {name})"
        )
    return _field(classes.get(collection), name, lang)


def parted(need: str) -> tuple[str, str, str]:
    """A need as the collection, the field and its year, and the key of the fact ("": of none)."""
    if "/" not in need:
        collection, _, name = need.partition(".")
        return collection, name, ""
    key, _, name = need.rpartition(".")
    if name.isdecimal():
        key, _, by_year = key.rpartition(".")
        name = f"{by_year}.{name}"
    return key.partition("/")[0], name, key


def _needed(
    collection: str,
    name: str,
    keys: Sequence[str],
    fact: Fact,
    lang: Language,
    rules: RuleSet,
) -> str:
    if collection in ("parameters", "complete"):
        words = field_words(collection, name, lang, rules)
        if collection == "complete":
            return words
        # By its name too, which `--set` takes.
        set_by = name.partition(".")[0]
        return pick(lang, f"参数“{words}”（{set_by}）", f"parameter “{words}” ({set_by})")
    cls = _classes(rules).get(collection) if collection else type(fact)
    field = _field(cls, name, lang)
    if not collection:
        return field
    of = "" if field.startswith("是否") else "的"
    if cls is not None and len(keys) == 1:
        id_ = keys[0].partition("/")[2]
        return pick(lang, f"{cls.zh} {id_} {of}{field}", f"{field} of {cls.en} {id_}")
    if cls is not None:
        return pick(
            lang,
            f"{cls.zh}{of}{field}（{len(keys)}{cls.counter}）",
            f"{field} of {len(keys)} {collection}",
        )
    return pick(
        lang, f"{len(keys)} 项{collection}{of}{field}", f"{field} of {len(keys)} {collection}"
    )


def _field(cls: type[Fact] | None, name: str, lang: Language) -> str:
    """A field by its label; one that is not known by its name in documents."""
    field, _, year = name.partition(".")
    spec = fields_of(cls).get(field) if cls else None
    if spec is None:
        return name
    if spec.kind is Kind.BOOLEAN:
        zh, en = predicate(spec.zh, spec.no_zh), affirmed(spec.en, spec.no_en)
        return pick(lang, f"是否{zh}", f"whether {en}")
    if not year:
        return pick(lang, spec.zh, spec.en)
    return pick(lang, f"{year}年{spec.zh.removeprefix('年')}", f"{spec.en} in {year}")
