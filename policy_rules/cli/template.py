"""`template`: a workbook for those who have the facts, which reads back when it is filled in."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Final

import click

from ..analysis.about import fact_of
from ..facts import Exemption, Fact, FactError, Facts, Fault, FieldSpec, Kind, fields_of
from ..facts.faults import FaultCode, quoted
from ..formats import read
from ..formats.choices import unknown_name
from ..formats.decoding import collection_words
from ..language import RuleSet
from ..language.expressions import Definition
from ..language.fields_read import fields_read
from ..language.rules import Rule
from ..policy import Policy
from ..render.naming import name_of
from ..render.wording import Language, cite_shown, pick
from .bilingual import BilingualCommand, option
from .choices import unknown_decision
from .inputs import Asked, asked
from .options import FILLING_IN, Options, one_of
from .output import workbook_fault, write_bytes
from .progress import Watch

if TYPE_CHECKING:
    from ..formats.template import Known, Template

_OUT: Final = "OUT"
# What a file cannot be called everywhere.
_NOT_IN_FILES: Final = re.compile(r'[<>:"/\\|?*\x00-\x1f]|^[.~]|[. ]$')
_LONGEST_NAME: Final = 80
_Provisions = Sequence[Rule | Definition]
_Columns = Mapping[type[Fact], Sequence[FieldSpec]]


@click.command(
    cls=BilingualCommand,
    short=(
        "供各单位填报的 Excel 工作簿。",
        "An Excel workbook for those who have the facts to fill in.",
    ),
    zh="""写出供填报的工作簿：每类一张表，有填写说明、示例和下拉列表，只问所选规则要用的内容；
    填好后可直接用 audit 等命令读取。用 --for 填入已有的数据，判定还缺的单元格标为黄色。

    OUT 是 .xlsx 文件；用 --each 时是目录。

    \b
    示例：
      policy-rules template workstations.xlsx --cite 4.2
      policy-rules template missing.xlsx --for facts.json --of bureaus/350302000000
      policy-rules template bureaus --for facts.json --each bureaus

    退出状态：0；1 用 --tolerate 略过了错误；2 输入或用法有误，没有写入任何内容。
    """,
    en="""Write a workbook to be filled in: a sheet for each list, with notes, an example and lists
    to choose from, that asks for what the chosen rules read alone; filled in, audit and the other
    commands read it. --for fills in what is known, and colours what is still needed.

    OUT is a file in .xlsx; with --each, a directory.

    \b
    Examples:
      policy-rules template workstations.xlsx --cite 4.2
      policy-rules template missing.xlsx --for facts.json --of bureaus/350302000000
      policy-rules template bureaus --for facts.json --each bureaus

    Exit status: 0; 1 where --tolerate passed something over; 2 bad input or usage, with nothing
    written.
    """,
)
@click.argument("out", metavar=_OUT)
@option(
    "--cite",
    "cites",
    metavar="C",
    multiple=True,
    zh="只问此条款要用的内容，如 4.2、2.1/1b；可重复使用。",
    en="Only what this citation reads, such as 4.2 or 2.1/1b; can be repeated.",
)
@option(
    "--name",
    "names",
    metavar="N",
    multiple=True,
    zh="只问此认定事项要用的内容，如 duty_mode；可重复使用。",
    en="Only what this decision reads, such as duty_mode; can be repeated.",
)
@option(
    "--for",
    "facts",
    metavar="FACTS",
    zh="填入这些数据中已有的：JSON 文件、CSV 目录或 Excel 工作簿。",
    en="Fill in what is known by these facts: a JSON file, a directory of CSV files or a workbook.",
)
@option(
    "--of",
    "body",
    metavar="KEY",
    zh="与 --for 同用：只填属于此对象的，如 bureaus/350302000000 及其派出所、民警。",
    en="With --for: only what belongs to this fact, such as bureaus/350302000000 with its stations "
    "and officers.",
)
@option(
    "--each",
    metavar="LIST",
    zh="与 --for 同用：此列表中每个对象一个文件，如 bureaus。",
    en="With --for: a file for each fact of this list, such as bureaus.",
)
@FILLING_IN
def template(
    options: Options,
    out: str,
    cites: tuple[str, ...],
    names: tuple[str, ...],
    facts: str | None,
    body: str | None,
    each: str | None,
) -> int:
    """Write the workbook, or one for each body. Raises FactError with all that is wrong."""
    one_of(("--of", body), ("--each", each))
    early = [*_usage(out, facts, body, each)]
    if early:
        raise FactError(early)

    def check(rules: RuleSet) -> Iterator[Fault]:
        for cite in cites:
            if not any(_cited(rules, provision, cite) for provision in _all(rules)):
                yield _unknown_cite(rules, cite)
        for name in names:
            yield from unknown_decision(rules, name)

    with Watch(options.lang) as watch:
        ask = asked(options, facts, watch, check)
        rules = ask.policy.rules
        given = ask.document.facts
        chosen = [
            provision
            for provision in _all(rules)
            if not (cites or names)
            or any(_cited(rules, provision, cite) for cite in cites)
            or (isinstance(provision, Definition) and provision.name in names)
        ]
        bodies = _bodies(given, body, each)
        everything = not (cites or names)
        of = _template(rules, chosen, given if everything else Facts(), options.lang)
        watch.stage("判定", "judging")
        needed = {} if facts is None else _needed(ask.policy, given, chosen, options.lang)
        files: dict[str, bytes] = {}
        for one in bodies:
            file = out if each is None or one is None else str(Path(out, _file_name(one, files)))
            known = _known(ask, one, needed)
            files[file] = _written(of, known, rules, Path(file).name)
        if each is not None:
            _directory(out)
    for file, content in files.items():
        write_bytes([content], file, option=_OUT)
        print(pick(options.lang, f"已写入 {file}", f"written to {file}"))
    return ask.least_status


def _usage(out: str, facts: str | None, body: str | None, each: str | None) -> Iterator[Fault]:
    for name, value in (("--of", body), ("--each", each)):
        if value is not None and facts is None:
            zh, en = "只与 --for 合用；请加上", "it goes with --for; add it"
            yield Fault(place=name, code=FaultCode.WRONG_USAGE, zh=zh, en=en)
    if each is None and (fault := workbook_fault(_OUT, out, facts)):
        yield fault
    if each is not None and Path(out).exists() and not Path(out).is_dir():
        yield Fault(
            place=f"{_OUT} {out}",
            code=FaultCode.WRONG_USAGE,
            zh="用 --each 时应为目录，实为文件；请改正",
            en="expected a directory to go with --each, found a file; correct it",
        )
    try:
        import openpyxl  # noqa: F401 - the rest of it is only needed where it is there
    except ImportError:
        yield Fault(
            place=_OUT,
            code=FaultCode.UNREADABLE_FILE,
            zh="写 Excel 工作簿需要 openpyxl，实际没有；请安装 `policy-rules[excel]`",
            en="expected openpyxl for writing an Excel workbook, found it missing; "
            "install `policy-rules[excel]`",
        )


def _all(rules: RuleSet) -> list[Rule | Definition]:
    return [*(each for each in rules.definitions.values() if not each.inner), *rules.rules]


def _cited(rules: RuleSet, provision: Rule | Definition, text: str) -> bool:
    """Whether a citation, of a heading, a sentence or a rule, is that of a provision."""
    meant = rules.directive.citation(text)
    sources = provision.outcomes() if isinstance(provision, Definition) else (provision,)
    return any(
        meant in (str(cite), str(cite.of_sentence), cite.clause)
        or cite.clause.startswith(f"{meant}.")
        for cite in (source.cite for source in sources)
    )


def _unknown_cite(rules: RuleSet, cite: str) -> Fault:
    headings = dict.fromkeys(rule.cite.clause for rule in rules.rules)
    return unknown_name("--cite", "有规则的条款", "heading or citation with rules", cite, headings)


def _bodies(facts: Facts, body: str | None, each: str | None) -> list[Fact | None]:
    """Whose workbooks to write; None stands for one of everything."""
    if body is not None:
        return [fact_of(facts, body, "--of")]
    if each is None:
        return [None]
    there = facts.classes()
    classes = collection_words(there)
    if each not in classes:
        names = [cls.collection for cls in there]
        raise FactError([unknown_name("--each", "列表", "list", each, names)])
    return [*facts.all(classes[each])]


def _template(rules: RuleSet, chosen: _Provisions, facts: Facts, lang: Language) -> Template:
    from ..formats.template import Template

    directive = rules.directive
    title = pick(lang, f"{directive.zh}：数据填报表", f"Data to be filled in: {directive.en}")
    classes: tuple[type[Fact], ...] = (*directive.classes, Exemption)
    return Template(
        title=title,
        columns=_columns(rules, chosen, facts, classes),
        classes={cls.collection: cls for cls in classes},
        lang=lang,
    )


def _columns(
    rules: RuleSet, chosen: _Provisions, facts: Facts, classes: Iterable[type[Fact]]
) -> _Columns:
    """What rules read, with what people know facts by, and what is known of facts already."""
    read = fields_read(rules, chosen)
    wanted = {cls: set(read.get(cls, ())) for cls in classes}
    for fact in facts:
        wanted[type(fact)] |= {n for n in fields_of(type(fact)) if getattr(fact, n) is not None}
    found: dict[type[Fact], list[FieldSpec]] = {}
    for cls, names in wanted.items():
        if names:
            specs = fields_of(cls)
            names |= {"name"} & specs.keys()
            references = [name for name, spec in specs.items() if spec.kind is Kind.REFERENCE]
            if names.isdisjoint(references):
                names |= {*references[:1]}  # it is to be seen whose they are
            found[cls] = [spec for name, spec in specs.items() if name in names]
    return found


def _needed(
    policy: Policy, facts: Facts, chosen: _Provisions, lang: Language
) -> dict[str, list[str]]:
    """What is needed to settle the answers of some rules, each with what it is needed for."""
    provisions = {*chosen}
    acts = {cls.collection: cls for cls in facts.classes()}
    found: dict[str, dict[str, None]] = {}

    def want(needs: Iterable[str], use: str) -> None:
        for need in needs:
            found.setdefault(need, {})[use] = None

    for finding in policy.audit(facts):
        if finding.rule in provisions:
            want(finding.needs, cite_shown(finding.cite, lang))
    for agreement in policy.agreements_of(facts):
        if agreement.rule in provisions:
            want(agreement.needs, cite_shown(agreement.cite, lang))
    for decision in policy.decisions_of(facts):
        if decision.definition in provisions:
            want(decision.needs, pick(lang, decision.definition.zh, decision.definition.en))
    for verdict in policy.verdicts_of(facts):
        cls = acts[verdict.subject.partition("/")[0]]
        if not provisions.isdisjoint(policy.rules.verdict_rules_of(cls)):
            want(
                verdict.needs,
                pick(lang, f"{cls.zh}能否{cls.deed}", f"whether the {cls.en} is permitted"),
            )
    return {need: [*uses] for need, uses in found.items()}


def _known(ask: Asked, body: Fact | None, needed: Mapping[str, Sequence[str]]) -> Known:
    from ..formats.belonging import part_of
    from ..formats.template import Known

    document = ask.document
    as_of = ask.policy.as_of if document.source else None
    if body is None:
        return Known(
            facts=[*document.facts],
            exemptions=document.exemptions,
            as_of=as_of,
            whole=document.facts.complete,
            needed=needed,
        )
    part = part_of(body, document.facts, document.exemptions)
    return Known(
        facts=part.own,
        others=part.named,
        exemptions=part.exemptions,
        as_of=as_of,
        whole=part.whole,
        needed=needed,
    )


def _written(of: Template, known: Known, rules: RuleSet, name: str) -> bytes:
    """The workbook as a file, which was read once. Raises FactError for what would not be read."""
    stream = BytesIO()
    of.workbook(known).save(stream)
    with TemporaryDirectory() as folder:
        file = Path(folder, name)
        file.write_bytes(stream.getvalue())
        read(file, rules.directive.classes)
    return stream.getvalue()


def _file_name(body: Fact, taken: Iterable[str]) -> str:
    """What the workbook of a body is called: by its id and name, but once."""
    plain = _NOT_IN_FILES.sub("_", f"{body.id} {name_of(body)}".strip())[:_LONGEST_NAME]
    names = {Path(each).stem.lower() for each in taken}
    number, found = 1, plain
    while found.lower() in names:
        number += 1
        found = f"{plain} ({number})"
    return f"{found}.xlsx"


def _directory(out: str) -> None:
    try:
        Path(out).mkdir(parents=True, exist_ok=True)
    except OSError as error:
        reason = error.strerror or str(error)
        raise FactError(
            [
                Fault(
                    place=f"{_OUT} {quoted(out)}",
                    code=FaultCode.WRONG_USAGE,
                    zh=f"无法写入（{reason}）；请检查路径和权限",
                    en=f"it cannot be written ({reason}); check the path and its permissions",
                )
            ]
        ) from error
