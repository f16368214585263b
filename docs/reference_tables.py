"""The tables of the reference, in Markdown: made from the labels that the library itself reads."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from typing import Any, Final

import click

import policy_rules as pr
from policy_rules.answers import Outcome, Status, plain
from policy_rules.cli.group import commands
from policy_rules.facts import Exemption, Fact, FieldSpec, Kind, Labelled, fields_of
from policy_rules.facts.specs import EARLIEST, LATEST, MOST
from policy_rules.language import Cite, Modality, Parameter
from policy_rules.language.expressions import Constant, Definition, FirstKnown, Node
from policy_rules.language.rules import (
    AttestationRule,
    Excuse,
    Prohibition,
    Provision,
    Requirement,
    RuleException,
    Stated,
    Steps,
)
from policy_rules.language.sentences import coverage
from policy_rules.police import POLICE
from policy_rules.render.fact_tables import KIND_WORDS
from policy_rules.render.wording import Words

RULES: Final = pr.load("putian-2019-52").rules


def _table(headings: Iterable[str], rows: Iterable[Iterable[str]]) -> Iterator[str]:
    titles = list(headings)
    yield f"| {' | '.join(titles)} |"
    yield "|" + "---|" * len(titles)
    for row in rows:
        yield f"| {' | '.join(cell.replace('|', chr(92) + '|') for cell in row)} |"
    yield ""


def _sort(spec: FieldSpec) -> str:
    """What sort of value a field holds, with a link where there is a list of them."""
    match spec.kind:
        case Kind.REFERENCE:
            return f"id of one of `{spec.target}`"
        case Kind.CODES:
            return f"set of codes (`{spec.pattern}`)"
        case Kind.CHOICE | Kind.CHOICES if spec.choices is not None:
            name = spec.choices.__name__
            of = "" if spec.kind is Kind.CHOICE else "set of "
            return f"{of}[{name}](#{_anchor(name)})"
        case kind:
            unit = f", in {spec.unit.en}" if spec.unit else ""
            return KIND_WORDS[kind][1] + unit + _bounds(spec)


def _bounds(spec: FieldSpec) -> str:
    """The bounds of a number, where they are not the usual ones."""
    if spec.places is not None:
        return f" to {spec.places} places, {spec.minimum} to {spec.maximum:,}"
    if spec.kind not in (Kind.INTEGER, Kind.BY_YEAR) or (spec.minimum, spec.maximum) == (0, MOST):
        return ""
    return f", {spec.minimum} to {spec.maximum:,}"


def _anchor(name: str) -> str:
    return f"choice-{name.lower()}"


def facts() -> str:
    """Every fact class with its fields, and every closed list of values."""
    lines = [
        f"Whole numbers are 0 to {MOST:,} and dates {EARLIEST} to {LATEST}, both included, where a "
        "field does not say otherwise.",
        "",
    ]
    classes: tuple[type[Fact], ...] = (*POLICE.classes, Exemption)
    for cls in classes:
        lines += [f"## {cls.__name__}: {cls.zh} / {cls.en}", ""]
        lines += [f"`{cls.collection}`: {_first_line(cls)}", ""]
        rows = (
            (f"`{spec.name}`", spec.zh, spec.en, _sort(spec), spec.meaning)
            for spec in fields_of(cls).values()
        )
        lines += _table(("field", "中文", "English", "value", "meaning"), rows)
    lines += ["## Closed lists of values", ""]
    for choices in _choices():
        lines += [f"({_anchor(choices.__name__)})=", f"### {choices.__name__}", ""]
        lines += [_first_line(choices), ""]
        members = ((f"`{each.value}`", each.zh, each.en) for each in choices)
        lines += _table(("value", "中文", "English"), members)
    return "\n".join(lines)


def _choices() -> list[type[Labelled]]:
    """The closed lists that fields and derived attributes take their values from."""
    fields = [spec.choices for cls in POLICE.classes for spec in fields_of(cls).values()]
    derived = [each.type.choices for each in RULES.definitions.values()]
    found = {each.__name__: each for each in (*fields, *derived) if each is not None}
    return [found[name] for name in sorted(found)]


def _first_line(cls: type[Fact] | type[Labelled]) -> str:
    return (cls.__doc__ or "").partition("\n")[0]


def _value(value: Any) -> str:
    shown = plain(value)
    return ", ".join(shown) if isinstance(shown, list) else str(shown)


def parameters() -> str:
    """Every parameter, with the sentence that sets it."""
    return "\n".join(
        _table(
            ("parameter", "value", "sentence", "words", "中文", "English"),
            (
                (
                    f"`{each.name}`", _values(each), each.cite, each.quote, each.zh,
                    each.en + (f" ({each.unit_en})" if each.unit_en else ""),
                )
                for each in RULES.parameters.values()
            ),
        )
    )  # fmt: skip


def _values(parameter: Parameter) -> str:
    if not parameter.values:
        return "none: the text leaves it open"
    return "; ".join(
        _value(value) + (f" from {since}" if since else "") for since, value in parameter.values
    )


def readings() -> str:
    """Every reading, with its options, the default and why."""
    lines: list[str] = []
    for each in RULES.readings.values():
        lines += [f"### `{each.name}` ({each.cite})", "", f"{each.zh} / {each.en}", ""]
        rows = (
            (
                f"`{option.name}`" + (" (default)" if option.name == each.default else ""),
                option.zh,
                option.en,
            )
            for option in each.options
        )
        lines += _table(("option", "中文", "English"), rows)
        lines += [f"Why this default: {each.why_zh} / {each.why_en}.", ""]
        resting = RULES.resting_on(each)
        decided = [f"`{of.name}`" for of in resting if isinstance(of, Definition)]
        ruled = [str(of.cite) for of in resting if not isinstance(of, Definition)]
        resting_on_it = ", ".join([*decided, *ruled]) or "no answer, only who is responsible"
        lines += [f"On it rest: {resting_on_it}.", ""]
    return "\n".join(lines)


def oddities() -> str:
    """Where the text does not fit, and how the rules treat it, in both languages."""
    return "\n".join(
        _table(
            ("", "sentences", "what is odd", "how the rules treat it"),
            (
                (
                    str(place), ", ".join(each.cites) or "all",
                    f"{each.zh} / {each.en}", f"{each.treatment_zh} / {each.treatment_en}",
                )
                for place, each in enumerate(RULES.directive.oddities, 1)
            ),
        )
    )  # fmt: skip


def rulings() -> str:
    """What the text leaves open and is settled without another option, in both languages."""
    return "\n".join(
        _table(
            ("sentences", "question", "taken", "not", "why"),
            (
                (
                    ", ".join(each.cites) or "all",
                    *(
                        f"{getattr(each, f'{of}zh')} / {getattr(each, f'{of}en')}"
                        for of in ("", "taken_", "instead_", "why_")
                    ),
                )
                for each in RULES.rulings
            ),
        )
    )


def decisions() -> str:
    """Every derived attribute."""
    return "\n".join(
        _table(
            ("of", "name", "中文", "English", "value", "rests on"),
            (
                (
                    each.subject.fact_class.en, f"`{each.name}`", each.zh, each.en,
                    str(each.type) + (f", in {each.unit_en}" if each.unit_en else ""),
                    ", ".join(dict.fromkeys(str(rule.cite) for rule in each.outcomes())),
                )
                for each in RULES.definitions.values()
            ),
        )
    )  # fmt: skip


def directive() -> str:
    """The directive annotated, clause by clause; of the text only the words that rules quote."""
    provisions: dict[str, list[str]] = {cite: [] for cite in RULES.directive.sentences}
    for clause in RULES.directive.clauses:
        for provision in clause.provisions:
            for sentence, lines in _annotated(provision):
                provisions[str(sentence.of_sentence)] += lines
    headings = {clause.heading: clause for clause in RULES.directive.clauses}
    written: list[str] = []
    bare: list[str] = []
    for heading, cites in _by_heading(provisions).items():
        if heading not in headings:
            bare += cites
            continue
        clause = headings[heading]
        written += [f"## {heading} {clause.zh} / {clause.en}", ""]
        for cite in cites:
            lines = provisions[cite] or ["Bare: no rule yet, and no excuse."]
            written += [f"### {cite}", "", *lines, ""]
    if bare:
        written += ["## Sentences that are still bare", ""]
        written += ["These stand under headings without a module: " + ", ".join(bare) + ".", ""]
    return "\n".join(written)


def _by_heading(provisions: Mapping[str, object]) -> dict[str, list[str]]:
    grouped: dict[str, list[str]] = {}
    for cite in provisions:
        grouped.setdefault(cite.partition("/")[0], []).append(cite)
    return grouped


def _annotated(provision: Provision) -> Iterator[tuple[Cite, list[str]]]:
    """What a provision puts under its sentences: each sentence's citation, and lines."""
    match provision:
        case Definition():
            for rule in provision.outcomes():
                zh, en = _given(rule.value)
                labels = (f"{provision.zh}：{zh}", f"{provision.en}: {en}")
                head = _head(f"`{provision.name}`", "counts as", rule.quote, *labels)
                word = "otherwise" if rule is provision.otherwise else "when"
                yield rule.cite, [*head, *_condition(word, rule.condition)]
        case Requirement():
            form = provision.modality.en
            if provision.due is not None:
                form += f", due {_values(provision.due)}"
            yield (
                provision.cite,
                [
                    *_stated(provision, form),
                    *_condition("applies", provision.applies),
                    *_condition("must", provision.must),
                ],
            )
        case AttestationRule():
            yield provision.cite, _stated(provision, f"{provision.modality.en}, by attestation")
        case Prohibition():
            strict = provision.modality is Modality.MUST_NOT
            lines = _stated(provision, "must not" if strict else "in principle not")
            yield provision.cite, [*lines, *_condition("forbidden when", provision.condition)]
        case Steps():
            lines = _stated(provision, "needs steps")
            lines += _condition("applies", provision.applies)
            for step in provision.steps:
                lines.append(f"  - step `{step.name}` {_quoted(step.quote)}: {step.zh} / {step.en}")
                lines += [f"  {line}" for line in _condition("obtained when", step.obtained)]
            yield provision.cite, lines
        case RuleException():
            lines = _stated(provision, f"exception to {provision.to}")
            yield provision.cite, [*lines, *_condition("when", provision.condition)]
        case Excuse():
            reason = f"{provision.zh} / {provision.en}"
            yield provision.cite, [f"- excuse, {provision.kind.en}: {reason}"]


def _stated(rule: Stated, form: str) -> list[str]:
    return _head(str(rule.cite), form, rule.quote, rule.zh, rule.en)


def _head(named: str, form: str, quote: str, zh: str, en: str) -> list[str]:
    return [f"- **{named}**, {form}: {_quoted(quote)}", f"  - {zh} / {en}"]


def _quoted(words: str) -> str:
    return f"“{words.translate(_INNER)}”"


_INNER: Final = str.maketrans("“”", "‘’")


def _condition(word: str, node: Node) -> list[str]:
    """A condition in words, unless there is none."""
    if isinstance(node, Constant) and node.value is True:
        return [f"  - {word}: in all other cases"] if word == "otherwise" else []
    return [f"  - {word}: {' / '.join(words.condition(node) for words in _WORDS)}"]


def _given(node: Node) -> tuple[str, str]:
    """What a rule of a definition gives, in both languages."""
    if isinstance(node, FirstKnown):
        first, second = _given(node.first), _given(node.second)
        return f"{first[0]}，未知时为{second[0]}", f"{first[1]}, or where unknown {second[1]}"
    zh, en = (words.term(node) for words in _WORDS)
    return zh, en


def _known(node: Node) -> Any:
    """What stands in the words for an expression without facts: a parameter's value."""
    return node.at(RULES.directive.issued) if isinstance(node, Parameter) else "as_of"


_WORDS: Final = tuple(Words(lang, _known, RULES.directive.issued.year) for lang in ("zh", "en"))


def summary() -> str:
    """How many sentences have rules, excuses, or neither yet."""
    rows = coverage(RULES)
    ruled = sum(bool(row.rules) for row in rows)
    excused = sum(bool(row.excuses and not row.rules) for row in rows)
    bare = sum(row.bare for row in rows)
    issued: date = RULES.directive.issued
    return (
        f"{RULES.directive.number}, issued {issued}, has {len(rows)} sentences: {ruled} carry "
        f"rules, {excused} are excused, {bare} are still bare."
    )


def glossary() -> str:
    """Every term in both languages, and what it names; several uses of one pair in one row."""
    used: dict[tuple[str, str], list[str]] = {}
    for zh, en, what in _terms():
        uses = used.setdefault((zh, en), [])
        if what not in uses:
            uses.append(what)
    rows = sorted(((zh, en, "; ".join(uses)) for (zh, en), uses in used.items()), key=_in_english)
    return "\n".join(_table(("中文", "English", "names"), rows))


def _in_english(row: tuple[str, str, str]) -> tuple[str, str]:
    return row[1].lower(), row[0]


def _terms() -> Iterator[tuple[str, str, str]]:
    classes: tuple[type[Fact], ...] = (*POLICE.classes, Exemption)
    for cls in classes:
        yield cls.zh, cls.en, f"facts in `{cls.collection}`"
        for spec in fields_of(cls).values():
            yield spec.zh, spec.en, f"field of {cls.en}"
    for choices in (*_choices(), Modality, Outcome, Status):
        for each in choices:
            yield each.zh, each.en, f"value of `{choices.__name__}`"
    for definition in RULES.definitions.values():
        kind = f"decided of {definition.subject.fact_class.en}"
        yield definition.zh, definition.en, kind
    for clause in RULES.directive.clauses:
        yield clause.zh, clause.en, f"heading {clause.heading}"


def command_line() -> str:
    """The help of every command."""
    lines: list[str] = []
    parent = click.Context(commands, info_name="policy-rules", terminal_width=90)
    for name, command in commands.commands.items():
        context = click.Context(command, parent=parent, info_name=name, terminal_width=90)
        lines += [f"## {name}", "", "```text", command.get_help(context), "```", ""]
    return "\n".join(lines)


TABLES: Final[Mapping[str, Callable[[], str]]] = {
    "facts": facts,
    "parameters": parameters,
    "readings": readings,
    "oddities": oddities,
    "rulings": rulings,
    "decisions": decisions,
    "directive": directive,
    "glossary": glossary,
    "summary": summary,
    "commands": command_line,
}
