"""A comparison of two answers written down, in Chinese or English."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any, Final

from ..answers import Consistency, Outcome, Status
from ..facts import known_with
from ..language import Cite, RuleSet
from ..language.expressions import Definition
from ..render.wording import Language, cite_shown, pick, value_words
from .comparing import Cause, Comparison, Turn, Turned, What, Why
from .document import Block, Cell, Column, Document, Heading, Paragraph, Row, Table

_TITLES: Final = {
    "findings": ("核查", "Findings"),
    "verdicts": ("事前审核", "Requests"),
    "agreements": ("数据是否一致", "Whether the data agree"),
    "decisions": ("认定", "Decisions"),
}

# So much of a fingerprint tells two apart.
_LETTERS: Final = 12


def comparison_document(comparison: Comparison, lang: Language) -> Document:
    """The comparison as a document."""

    def say(zh: str, en: str) -> str:
        return pick(lang, zh, en)

    blocks: list[Block] = [
        Heading(1, say("总体情况", "Overview"), "overview"),
        Paragraph(_overview(comparison, lang)),
        Paragraph(_reasons(comparison, lang)),
    ]
    for kind, (zh, en) in _TITLES.items():
        found = [each for each in comparison.turned if each.kind == kind]
        if found:
            blocks += [Heading(1, say(zh, en), kind), _table(found, comparison.rules, lang)]
    return Document(
        lang=say("zh-CN", "en"),
        title=say("两次结果对比", "Two answers compared"),
        under_title=(),
        blocks=tuple(blocks),
    )


def _overview(comparison: Comparison, lang: Language) -> str:
    counts = Counter(each.turn for each in comparison.turned)
    if not counts:
        return pick(lang, "没有变化。", "Nothing has changed.")
    said = [
        pick(lang, f"{turn.zh} {counts[turn]} 项", f"{counts[turn]} {turn.en}")
        for turn in Turn
        if counts[turn]
    ]
    return pick(lang, "，".join(said) + "。", ", ".join(said) + ".")


def _reasons(comparison: Comparison, lang: Language) -> str:
    if not comparison.causes:
        return pick(
            lang,
            "两次的文件、规则、基准日期、口径和设定相同：变化只来自数据。",
            "Rules, date, readings and settings are the same: only the facts differ.",
        )
    said = pick(lang, "；", "; ").join(
        _reason(each, comparison.rules, lang) for each in comparison.causes
    )
    return pick(
        lang, f"除数据外，两次还有不同：{said}。", f"Besides the facts, these differ: {said}."
    )


def _reason(cause: Cause, rules: RuleSet | None, lang: Language) -> str:
    unset = pick(lang, "未设", "none")
    before, after = (
        unset if each is None else _taken(cause.why, each, rules, lang)
        for each in (cause.before, cause.after)
    )
    return f"{_named(cause.why, rules, lang)} {before} → {after}"


def _named(why: Why, rules: RuleSet | None, lang: Language) -> str:
    """What answers rest on, a reading or a setting in the directive's own words."""
    what = pick(lang, why.what.zh, why.what.en)
    if not why.name:
        return what
    of = None
    if rules is not None:
        known = rules.readings if why.what is What.READINGS else rules.parameters
        of = known.get(why.name)
    if of is None:
        return pick(lang, f"{what} {why.name}", f"{what} {why.name}")
    return pick(lang, f"{what}“{of.zh}”（{why.name}）", f"{what} “{of.en}” ({why.name})")


def _taken(why: Why, value: Any, rules: RuleSet | None, lang: Language) -> str:
    """An option of a reading in words, a fingerprint by how it begins; else as it was written."""
    if why.what is What.READINGS and rules is not None and why.name in rules.readings:
        for each in rules.readings[why.name].options:
            if each.name == value:
                return pick(lang, f"“{each.zh}”", f"“{each.en}”")
    return str(value)[:_LETTERS] if why.what is What.RULES else str(value)


def _table(found: list[Turned], rules: RuleSet | None, lang: Language) -> Table:
    columns = (
        Column(pick(lang, "变化", "change")),
        Column(pick(lang, "对象", "subject")),
        Column(pick(lang, "条款或事项", "sentence or decision"), wide=True),
        Column(pick(lang, "原来", "before"), wide=True),
        Column(pick(lang, "现在", "now"), wide=True),
        Column(pick(lang, "原因", "why"), wide=True),
    )
    return Table(
        columns,
        tuple(
            Row(
                (
                    Cell(pick(lang, each.turn.zh, each.turn.en)),
                    Cell(_whom(each, rules, lang)),
                    Cell(_by(each, rules, lang)),
                    Cell(_said(each, each.before, rules, lang)),
                    Cell(_said(each, each.after, rules, lang)),
                    Cell(_why(each, lang)),
                )
            )
            for each in found
        ),
    )


def _why(turned: Turned, lang: Language) -> str:
    """The reason, or all that can be; readings and settings by name, as they stand above."""
    words = [each.name or pick(lang, each.what.zh, each.what.en) for each in turned.why]
    return pick(lang, "或", " or ").join(words)


def _by(turned: Turned, rules: RuleSet | None, lang: Language) -> str:
    """The citation of the rule, or the decision, with what it says where that is known."""
    if rules is None or not turned.by:
        return turned.by
    if turned.kind == "decisions":
        definition = _definition(turned, rules)
        return turned.by if definition is None else pick(lang, definition.zh, definition.en)
    cite = cite_shown(Cite.parse(turned.by), lang)
    for rule in rules.rules:
        if str(rule.cite) == turned.by:
            return f"{cite} {pick(lang, rule.zh, rule.en)}"
    return cite


def _whom(turned: Turned, rules: RuleSet | None, lang: Language) -> str:
    """A subject by its name, or else its class, and its id."""
    said = turned.after or turned.before or {}
    collection, _, id_ = turned.subject.partition("/")
    name = said.get("name") if turned.kind in ("findings", "agreements") else None
    if not name and rules is not None:
        classes = {cls.collection: cls for cls in known_with(rules.directive.classes)}
        if collection in classes:
            name = pick(lang, classes[collection].zh, classes[collection].en)
    return f"{name} {id_}" if name else turned.subject


def _definition(turned: Turned, rules: RuleSet) -> Definition | None:
    """What is decided, in the directive of both."""
    collection = turned.subject.partition("/")[0]
    return next(
        (
            definition
            for (cls, name), definition in rules.definitions.items()
            if cls.collection == collection and name == turned.by
        ),
        None,
    )


def _said(
    turned: Turned, answer: Mapping[str, Any] | None, rules: RuleSet | None, lang: Language
) -> str:
    """What an answer says, in few words."""
    if answer is None:
        return ""
    if turned.kind == "decisions":
        return _value(answer["value"], None if rules is None else _definition(turned, rules), lang)
    return "".join(_words(turned.kind, answer, lang))


def _value(value: Any, definition: Definition | None, lang: Language) -> str:
    """A decided value as people write it, choices by their labels."""
    match value:
        case None:
            return pick(lang, "未定", "undetermined")
        case list():
            return pick(lang, "、", ", ").join(_value(each, definition, lang) for each in value)
        case bool() | "true" | "false":
            return value_words(value in (True, "true"), lang)
    choices = None if definition is None else definition.type.choices
    if choices is not None and value in choices.spellings():
        return value_words(choices.spellings()[value], lang)
    return str(value)


def _words(kind: str, answer: Mapping[str, Any], lang: Language) -> Iterator[str]:
    if kind == "verdicts":
        outcome = Outcome.parse(answer["outcome"])
        yield pick(lang, outcome.zh, outcome.en)
        return
    labelled = (Status if kind == "findings" else Consistency).parse(answer["status"])
    yield pick(lang, labelled.zh, labelled.en)
    numbers = [
        answer.get("actual", answer.get("first")),
        answer.get("required", answer.get("second")),
    ]
    if None not in numbers:
        yield pick(lang, f"（{numbers[0]} / {numbers[1]}）", f" ({numbers[0]} / {numbers[1]})")
    if answer.get("met_on"):
        yield pick(lang, f"，{answer['met_on']} 完成", f", met on {answer['met_on']}")
