"""The tables of the reference, in Markdown: made from the labels that the library itself reads.

Each is made in the language of its page. On a Chinese page what the rules say is in Chinese alone,
on an English one in both languages, for whoever reads the text beside it.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any, Final

import click
from measured_words import in_chinese

import policy_rules as pr
from policy_rules.analysis.claims import Property
from policy_rules.analysis.interactions import interactions
from policy_rules.analysis.verification import Result
from policy_rules.answers import Consistency, Outcome, Status, plain
from policy_rules.cli.group import commands
from policy_rules.directives import putian_2019_52
from policy_rules.facts import Exemption, Fact, FieldSpec, Kind, Labelled, fields_of
from policy_rules.facts.specs import EARLIEST, LATEST, MOST
from policy_rules.language import Cite, Modality, Parameter
from policy_rules.language.expressions import Constant, Definition, FirstKnown, Node
from policy_rules.language.rules import (
    AgreementRule,
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
from policy_rules.render.provision_words import form_words
from policy_rules.render.wording import Language, Words, pick

RULES: Final = pr.load("putian-2019-52").rules


def _table(headings: Iterable[str], rows: Iterable[Iterable[str]]) -> Iterator[str]:
    titles = list(headings)
    yield f"| {' | '.join(titles)} |"
    yield "|" + "---|" * len(titles)
    for row in rows:
        yield f"| {' | '.join(cell.replace('|', chr(92) + '|') for cell in row)} |"
    yield ""


def _sort(spec: FieldSpec, lang: Language) -> str:
    """What sort of value a field holds, with a link where there is a list of them."""
    match spec.kind:
        case Kind.REFERENCE:
            return pick(lang, f"`{spec.target}` 之一的编号", f"id of one of `{spec.target}`")
        case Kind.CODES:
            return pick(lang, "代码的集合", "set of codes") + f" (`{spec.pattern}`)"
        case Kind.CHOICE | Kind.CHOICES if spec.choices is not None:
            name = spec.choices.__name__
            of = "" if spec.kind is Kind.CHOICE else pick(lang, "集合：", "set of ")
            return f"{of}[{name}](#{_anchor(name, lang)})"
        case kind:
            unit = pick(lang, f"（{spec.unit.zh}）", f", in {spec.unit.en}") if spec.unit else ""
            return pick(lang, *KIND_WORDS[kind]) + unit + _bounds(spec, lang)


def _bounds(spec: FieldSpec, lang: Language) -> str:
    """The bounds of a number, where they are not the usual ones."""
    least, most = spec.minimum, spec.maximum
    if spec.places is not None:
        zh = f"，至多{spec.places}位小数，{least} 至 {most}"
        return pick(lang, zh, f" to {spec.places} places, {least} to {most:,}")
    if spec.kind not in (Kind.INTEGER, Kind.BY_YEAR) or (least, most) == (0, MOST):
        return ""
    return pick(lang, f"，{least} 至 {most}", f", {least} to {most:,}")


def _anchor(name: str, lang: Language) -> str:
    """The label of a list of values; those of pages in two languages are told apart."""
    return f"choice-{name.lower()}" + pick(lang, "-zh", "")


def facts(lang: Language) -> str:
    """Every fact class with its fields, and every closed list of values."""
    lines = [
        pick(
            lang,
            f"字段没有另外说明的，整数为 0 至 {MOST}，日期为 {EARLIEST} 至 {LATEST}，均含首尾。",
            f"Whole numbers are 0 to {MOST:,} and dates {EARLIEST} to {LATEST}, both included, "
            "where a field does not say otherwise.",
        ),
        "",
    ]
    classes: tuple[type[Fact], ...] = (*POLICE.classes, Exemption)
    for cls in classes:
        lines += [f"## {cls.__name__}: {_both(cls.zh, cls.en, lang)}", ""]
        lines += [f"`{cls.collection}`" + pick(lang, "", f": {_first_line(cls)}"), ""]
        rows = (
            (
                f"`{spec.name}`",
                spec.zh,
                spec.en,
                _sort(spec, lang),
                pick(lang, spec.meaning_zh, spec.meaning),
            )
            for spec in fields_of(cls).values()
        )
        value, meaning = pick(lang, "取值 说明", "value meaning").split()
        lines += _table((pick(lang, "字段", "field"), "中文", "English", value, meaning), rows)
    lines += [pick(lang, "## 各种选项", "## Closed lists of values"), ""]
    for choices in _choices():
        lines += [f"({_anchor(choices.__name__, lang)})=", f"### {choices.__name__}", ""]
        if lang == "en":
            lines += [_first_line(choices), ""]
        members = ((f"`{each.value}`", each.zh, each.en) for each in choices)
        lines += _table((pick(lang, "值", "value"), "中文", "English"), members)
    return "\n".join(lines)


def _both(zh: str, en: str, lang: Language) -> str:
    """What is said in both languages on an English page, and in Chinese alone on a Chinese one."""
    return pick(lang, zh, f"{zh} / {en}")


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


def parameters(lang: Language) -> str:
    """Every parameter, with the sentence that sets it."""
    headings = pick(lang, "参数 值 句 用语", "parameter value sentence words").split()
    return "\n".join(
        _table(
            (*headings, "中文", "English"),
            (
                (
                    f"`{each.name}`", _values(each, lang), each.cite, each.quote, each.zh,
                    each.en + (f" ({each.unit_en})" if each.unit_en else ""),
                )
                for each in RULES.parameters.values()
            ),
        )
    )  # fmt: skip


def _values(parameter: Parameter, lang: Language) -> str:
    if not parameter.values:
        return pick(lang, "无：文件未定", "none: the text leaves it open")
    return "; ".join(
        _value(value) + (pick(lang, f"（自 {since}）", f" from {since}") if since else "")
        for since, value in parameter.values
    )


def readings(lang: Language) -> str:
    """Every reading, with its options, the default and why."""
    lines: list[str] = []
    default = pick(lang, "（默认）", " (default)")
    nothing = pick(lang, "没有回答，只有由谁负责", "no answer, only who is responsible")
    for each in RULES.readings.values():
        lines += [f"### `{each.name}` ({each.cite})", "", _both(each.zh, each.en, lang), ""]
        rows = (
            (
                f"`{option.name}`" + (default if option.name == each.default else ""),
                option.zh,
                option.en,
            )
            for option in each.options
        )
        lines += _table((pick(lang, "选项", "option"), "中文", "English"), rows)
        why = _both(each.why_zh, each.why_en, lang)
        lines += [pick(lang, f"默认的理由：{why}。", f"Why this default: {why}."), ""]
        resting = RULES.resting_on(each)
        decided = [f"`{of.name}`" for of in resting if isinstance(of, Definition)]
        ruled = [str(of.cite) for of in resting if not isinstance(of, Definition)]
        resting_on_it = pick(lang, "、", ", ").join([*decided, *ruled]) or nothing
        lines += [pick(lang, f"取决于它的：{resting_on_it}。", f"On it rest: {resting_on_it}."), ""]
    return "\n".join(lines)


def _sentences(cites: Iterable[str], lang: Language) -> str:
    return pick(lang, "、", ", ").join(cites) or pick(lang, "全文", "all")


def oddities(lang: Language) -> str:
    """Where the text does not fit, and how the rules treat it."""
    return "\n".join(
        _table(
            pick(lang, "|句|疑点|处理", "|sentences|what is odd|how the rules treat it").split("|"),
            (
                (
                    str(place), _sentences(each.cites, lang), _both(each.zh, each.en, lang),
                    _both(each.treatment_zh, each.treatment_en, lang),
                )
                for place, each in enumerate(RULES.directive.oddities, 1)
            ),
        )
    )  # fmt: skip


def rulings(lang: Language) -> str:
    """What the text leaves open and is settled without another option."""
    return "\n".join(
        _table(
            pick(lang, "句 问题 认定 不采 理由", "sentences question taken not why").split(),
            (
                (
                    _sentences(each.cites, lang),
                    *(
                        _both(getattr(each, f"{of}zh"), getattr(each, f"{of}en"), lang)
                        for of in ("", "taken_", "instead_", "why_")
                    ),
                )
                for each in RULES.rulings
            ),
        )
    )


def decisions(lang: Language) -> str:
    """Every derived attribute."""
    of, name, value, basis = pick(lang, "对象|名称|值|依据", "of|name|value|rests on").split("|")
    return "\n".join(
        _table(
            (of, name, "中文", "English", value, basis),
            (
                (
                    pick(lang, each.subject.fact_class.zh, each.subject.fact_class.en),
                    f"`{each.name}`", each.zh, each.en, _decided(each, lang),
                    ", ".join(dict.fromkeys(str(rule.cite) for rule in each.outcomes())),
                )
                for each in RULES.definitions.values()
            ),
        )
    )  # fmt: skip


def _decided(definition: Definition, lang: Language) -> str:
    """The type of what is decided, with its unit."""
    if not definition.unit_en:
        return str(definition.type)
    unit = pick(lang, f"（{definition.unit_zh}）", f", in {definition.unit_en}")
    return f"{definition.type}{unit}"


def interacting(lang: Language) -> str:
    """Every two sentences that bear on one another."""
    headings = pick(lang, "句|句|共同读取|认定", "sentence|sentence|both read|decisions").split("|")
    return "\n".join(
        _table(
            headings,
            (
                (
                    str(each.first),
                    str(each.second),
                    ", ".join(f"`{name}`" for name in (*each.fields, *each.parameters)),
                    ", ".join(f"`{name}`" for name in each.decisions),
                )
                for each in interactions(RULES)
            ),
        )
    )


def directive(lang: Language) -> str:
    """The directive annotated, clause by clause; of the text only the words that rules quote."""
    provisions: dict[str, list[str]] = {cite: [] for cite in RULES.directive.sentences}
    for clause in RULES.directive.clauses:
        for provision in clause.provisions:
            for sentence, lines in _annotated(provision, lang):
                provisions[str(sentence.of_sentence)] += lines
    headings = {clause.heading: clause for clause in RULES.directive.clauses}
    written: list[str] = []
    bare: list[str] = []
    for heading, cites in _by_heading(provisions).items():
        if heading not in headings:
            bare += cites
            continue
        clause = headings[heading]
        written += [f"## {heading} {_both(clause.zh, clause.en, lang)}", ""]
        for cite in cites:
            missing = pick(
                lang, "尚未写：没有规则，也没有原因。", "Bare: no rule yet, and no excuse."
            )
            lines = provisions[cite] or [missing]
            written += [f"### {cite}", "", *lines, ""]
    if bare:
        written += [pick(lang, "## 尚未写的句子", "## Sentences that are still bare"), ""]
        under = pick(lang, "所在标题还没有模块：", "These stand under headings without a module: ")
        written += [f"{under}{pick(lang, '、', ', ').join(bare)}{pick(lang, '。', '.')}", ""]
    return "\n".join(written)


def _by_heading(provisions: Mapping[str, object]) -> dict[str, list[str]]:
    grouped: dict[str, list[str]] = {}
    for cite in provisions:
        grouped.setdefault(cite.partition("/")[0], []).append(cite)
    return grouped


def _annotated(provision: Provision, lang: Language) -> Iterator[tuple[Cite, list[str]]]:
    """What a provision puts under its sentences: each sentence's citation, and lines."""
    match provision:
        case Definition():
            for rule in provision.outcomes():
                zh, en = _given(rule.value)
                labels = (f"{provision.zh}：{zh}", f"{provision.en}: {en}")
                form = pick(lang, "认定", "counts as")
                head = _head(f"`{provision.name}`", form, rule.quote, labels, lang)
                word = _OTHERWISE if rule is provision.otherwise else _WHEN
                yield rule.cite, [*head, *_condition(word, rule.condition, lang)]
        case Requirement():
            form = pick(lang, provision.modality.zh, provision.modality.en)
            if provision.due is not None:
                form += pick(lang, "，期限 ", ", due ") + _values(provision.due, lang)
            yield (
                provision.cite,
                [
                    *_stated(provision, form, lang),
                    *_condition(_APPLIES, provision.applies, lang),
                    *_condition(_MUST, provision.must, lang),
                ],
            )
        case AttestationRule():
            by = f"{provision.modality.en}, by attestation"
            form = pick(lang, form_words(provision, lang), by)
            yield provision.cite, _stated(provision, form, lang)
        case AgreementRule():
            lines = _stated(provision, form_words(provision, lang), lang)
            yield provision.cite, [*lines, *_condition(_APPLIES, provision.applies, lang)]
        case Prohibition():
            strict = provision.modality is Modality.MUST_NOT
            form = (
                pick(lang, "不得", "must not")
                if strict
                else pick(lang, "原则上不得", "in principle not")
            )
            lines = _stated(provision, form, lang)
            yield provision.cite, [*lines, *_condition(_FORBIDDEN, provision.condition, lang)]
        case Steps():
            lines = _stated(provision, form_words(provision, lang), lang)
            lines += _condition(_APPLIES, provision.applies, lang)
            for step in provision.steps:
                said = _both(step.zh, step.en, lang)
                word = pick(lang, "程序", "step")
                lines.append(f"  - {word} `{step.name}` {_quoted(step.quote)}: {said}")
                lines += [f"  {line}" for line in _condition(_OBTAINED, step.obtained, lang)]
            yield provision.cite, lines
        case RuleException():
            form = pick(lang, f"{provision.to} 的例外", f"exception to {provision.to}")
            lines = _stated(provision, form, lang)
            yield provision.cite, [*lines, *_condition(_WHEN, provision.condition, lang)]
        case Excuse():
            reason = _both(provision.zh, provision.en, lang)
            zh = f"- 不计算（{provision.kind.zh}）：{reason}"
            yield provision.cite, [pick(lang, zh, f"- excuse, {provision.kind.en}: {reason}")]


# What stands before a condition, in both languages.
_WHEN: Final = "条件", "when"
_OTHERWISE: Final = "其余情形", "otherwise"
_APPLIES: Final = "适用", "applies"
_MUST: Final = "应当", "must"
_FORBIDDEN: Final = "禁止的情形", "forbidden when"
_OBTAINED: Final = "算已履行", "obtained when"


def _stated(rule: Stated, form: str, lang: Language) -> list[str]:
    return _head(str(rule.cite), form, rule.quote, (rule.zh, rule.en), lang)


def _head(named: str, form: str, quote: str, labels: tuple[str, str], lang: Language) -> list[str]:
    colon = pick(lang, "：", ": ")
    head = f"- **{named}**{pick(lang, '，', ', ')}{form}{colon}{_quoted(quote)}"
    return [head, f"  - {_both(*labels, lang)}"]


def _quoted(words: str) -> str:
    return f"“{words.translate(_INNER)}”"


_INNER: Final = str.maketrans("“”", "‘’")


def _condition(word: tuple[str, str], node: Node, lang: Language) -> list[str]:
    """A condition in words, unless there is none."""
    if isinstance(node, Constant) and node.value is True:
        all_others = pick(lang, "  - 其余情形", "  - otherwise: in all other cases")
        return [all_others] if word is _OTHERWISE else []
    said = _both(*(words.condition(node) for words in _WORDS), lang)
    return [f"  - {pick(lang, *word)}{pick(lang, '：', ': ')}{said}"]


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


def summary(lang: Language) -> str:
    """How many sentences have rules, excuses, or neither yet."""
    rows = coverage(RULES)
    ruled = sum(bool(row.rules) for row in rows)
    excused = sum(bool(row.excuses and not row.rules) for row in rows)
    bare = sum(row.bare for row in rows)
    issued: date = RULES.directive.issued
    number = RULES.directive.number
    return pick(
        lang,
        f"{number}，{issued} 成文，共 {len(rows)} 句：{ruled} 句有规则，{excused} 句注明不计算的"
        f"原因，{bare} 句尚未写。",
        f"{number}, issued {issued}, has {len(rows)} sentences: {ruled} carry rules, {excused} are "
        f"excused, {bare} are still bare.",
    )


def glossary(lang: Language) -> str:
    """Every term in both languages, and what it names; several uses of one pair in one row."""
    used: dict[tuple[str, str], list[str]] = {}
    for zh, en, what in _terms(lang):
        uses = used.setdefault((zh, en), [])
        if what not in uses:
            uses.append(what)
    between = pick(lang, "；", "; ")
    rows = sorted(
        ((zh, en, between.join(uses)) for (zh, en), uses in used.items()), key=_in_english
    )
    return "\n".join(_table(("中文", "English", pick(lang, "是什么", "names")), rows))


def _in_english(row: tuple[str, str, str]) -> tuple[str, str]:
    return row[1].lower(), row[0]


def _terms(lang: Language) -> Iterator[tuple[str, str, str]]:
    classes: tuple[type[Fact], ...] = (*POLICE.classes, Exemption)
    for cls in classes:
        what = pick(lang, f"`{cls.collection}` 中的事实", f"facts in `{cls.collection}`")
        yield cls.zh, cls.en, what
        for spec in fields_of(cls).values():
            yield spec.zh, spec.en, pick(lang, f"{cls.zh}的字段", f"field of {cls.en}")
    for choices in (*_choices(), Modality, Outcome, Status, Consistency):
        for each in choices:
            name = choices.__name__
            yield each.zh, each.en, pick(lang, f"`{name}` 的值", f"value of `{name}`")
    for definition in RULES.definitions.values():
        of = definition.subject.fact_class
        yield definition.zh, definition.en, pick(lang, f"{of.zh}的认定", f"decided of {of.en}")
    for clause in RULES.directive.clauses:
        heading = clause.heading
        yield clause.zh, clause.en, pick(lang, f"标题 {heading}", f"heading {heading}")
    yield from ((zh, en, pick(lang, "文档用语", "word of these pages")) for zh, en in _PAGES)


# What these pages call things, where no label of the library does.
_PAGES: Final = (
    ("不完整的列表", "partial list"),
    ("事务", "transaction"),
    ("事实", "fact"),
    ("事实类", "class of facts"),
    ("会话", "session"),
    ("例外", "exception"),
    ("修改文件", "amendment"),
    ("克林逻辑", "Kleene logic"),
    ("参数", "parameter"),
    ("口径", "reading"),
    ("句", "sentence"),
    ("基准日期", "the policy's date (`as_of`)"),
    ("完整的列表", "whole list"),
    ("容错读取", "reading in spite of faults (`--tolerate`)"),
    ("审核", "check"),
    ("审核结论", "verdict"),
    ("引擎", "engine"),
    ("扩展", "extra (of a package)"),
    ("指纹", "fingerprint"),
    ("推理过程", "proof"),
    ("政策", "policy"),
    ("文件", "directive"),
    ("无法判定", "undetermined"),
    ("日志", "journal"),
    ("映射", "mapping"),
    ("条款", "clause"),
    ("条款号", "citation"),
    ("核查", "audit"),
    ("核查结果", "finding"),
    ("用例", "case"),
    ("疑点", "oddity"),
    ("程序", "step"),
    ("行为", "act"),
    ("认定", "decision"),
    ("认定意见", "ruling"),
    ("词汇", "vocabulary"),
    ("轨", "rail"),
    ("错误", "fault"),
    ("需要补充", "needed (`needs`)"),
    ("预设", "preset"),
    ("一致性核对", "agreement"),
)


def command_line(lang: Language) -> str:
    """The help of every command."""
    lines: list[str] = []
    asked: dict[str, Any] = {"terminal_width": 90, "obj": lang}
    parent = click.Context(commands, info_name="policy-rules", **asked)
    for name, command in commands.commands.items():
        context = click.Context(command, parent=parent, info_name=name, **asked)
        lines += [f"## {name}", "", "```text", command.get_help(context), "```", ""]
    return "\n".join(lines)


def verified(by: str) -> Callable[[Language], str]:
    """What came of the claims about the rules when they were last proved, by property or by
    heading."""

    def page(lang: Language) -> str:
        kept = json.loads(_VERIFIED.read_text("utf-8"))
        first = pick(
            lang, *{"properties": ("性质", "property"), "headings": ("章节", "heading")}[by]
        )
        titles = [
            first,
            *(pick(lang, each.zh, each.en) for each in Result),
            pick(lang, "秒", "seconds"),
        ]
        rows = [
            (
                pick(lang, *_named(key)),
                *(str(counts[each.value]) for each in Result),
                f"{counts['seconds']:.1f}",
            )
            for key, counts in kept[by].items()
        ]
        words = pick(lang, "规则的指纹：", "Fingerprint of the rules: ")
        return "\n".join([*_table(titles, rows), f"{words}`{kept['fingerprint'][:16]}`", ""])

    return page


def _named(key: str) -> tuple[str, str]:
    """A property, or a heading with its title."""
    for each in Property:
        if each.value == key:
            return each.zh, each.en
    (clause,) = (each for each in RULES.directive.clauses if each.heading == key)
    return f"{key} {clause.zh}", f"{key} {clause.en}"


def not_proved(lang: Language) -> str:
    """What is not proved of the rules, and why."""
    kept = json.loads(_VERIFIED.read_text("utf-8"))["not_proved"]
    titles = pick(lang, "条款", "cites"), pick(lang, "性质", "property"), pick(lang, "原因", "why")
    rows = (
        (" ".join(each["cites"]), pick(lang, of.zh, of.en), each[lang])
        for each in kept
        for of in [Property(each["property"])]
    )
    return "\n".join(_table(titles, rows))


def left_open(lang: Language) -> str:
    """What logic of three values leaves open, though every completion of the facts agrees."""
    kept = json.loads(_VERIFIED.read_text("utf-8"))["left_open"]
    titles = (
        pick(lang, "条款", "cites"),
        pick(lang, "问的是", "asked"),
        pick(lang, "未知的", "unknown"),
        pick(lang, "据此即可判定", "settled by"),
    )
    rows = (
        (
            " ".join(each["cites"]),
            f"`{each['name']}`",
            " ".join(f"`{name}`" for name in each["unknown"]),
            each[lang] or pick(lang, "已知的数值和取值范围", "the known values, and bounds"),
        )
        for each in kept
    )
    return "\n".join(_table(titles, rows))


def one_world(lang: Language) -> str:
    """The facts of the world in which requirements are met, and what is set for it."""
    kept = json.loads(_VERIFIED.read_text("utf-8"))["world"]
    titles = pick(lang, "列表", "list"), pick(lang, "事实数", "facts")
    rows = ((f"`{name}`", str(number)) for name, number in kept["facts"].items())
    set_ = " ".join(
        f"`{name}={value if isinstance(value, str | int) else json.dumps(value)}`"
        for name, value in kept["parameters"].items()
    )
    words = pick(
        lang,
        f"基准日期 {kept['as_of']}；文件未定而在此取值的参数：{set_}",
        f"As of {kept['as_of']}. Of what the text leaves open, these are set: {set_}",
    )
    return "\n".join([*_table(titles, rows), words, ""])


def measured(name: str) -> Callable[[Language], str]:
    """What a benchmark wrote when it was last run."""

    def page(lang: Language) -> str:
        written = (_WRITTEN / f"{name}.md").read_text("utf-8")
        return in_chinese(written) if lang == "zh" else written

    return page


_WRITTEN: Final = Path(__file__).parent / "_generated"
_VERIFIED: Final = Path(putian_2019_52.__file__).parent / "verification.json"

TABLES: Final[Mapping[str, Callable[[Language], str]]] = {
    "facts": facts,
    "parameters": parameters,
    "readings": readings,
    "oddities": oddities,
    "rulings": rulings,
    "decisions": decisions,
    "interactions": interacting,
    "directive": directive,
    "glossary": glossary,
    "summary": summary,
    "commands": command_line,
    "verified": verified("properties"),
    "verified-headings": verified("headings"),
    "not-proved": not_proved,
    "left-open": left_open,
    "one-world": one_world,
    "benchmarks": measured("benchmarks"),
    "sessions": measured("sessions"),
    "reports": measured("reports"),
    "scale": measured("scale"),
}
