"""What an author has written and forgotten: begun and not finished, used by nothing, left out.

It is looked for where clauses stand as they were written under their sentences. A program that
makes clauses, or changes them, can leave sentences for later.
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence, Set

from ..facts import Fault
from .amendments import Amendment
from .changes import NewProvision, NewRules, NewValue, Repeal
from .citations import Cite
from .clauses import Clause
from .directives import Directive
from .expressions import Constitutive, Definition, Node, Parameter, Reading, ReadingIs
from .lists import Listing
from .places import Place, fault_at
from .rewriting import expressions_of
from .rules import Excuse, Provision, Proviso, Step, Steps
from .statements import Asking, Defining, Quotation, Redefining
from .trees import walk


def forgotten_in_directive(directive: Directive, nodes: Iterable[Node]) -> Iterator[Fault]:
    """What is written in the clauses of a directive and is no part of it; `nodes` are of its rules.

    It is looked for before a directive is amended, not again in what the amendment makes of it.
    """
    if not directive.amendments and _by_author(directive.clauses):
        used = {*_named(nodes), *directive.lists}
        if directive.unnamed is not None:
            used.add(directive.unnamed.reading)
        if directive.earlier is not None:
            used.add(directive.earlier.reading)
        cited: set[Cite] = set()
        for clause in directive.clauses:
            for provision in clause.provisions:
                used.update(_parts_of(provision))
                cited.update(_cites_of(provision))
        yield from _unused(directive.clauses, used)
        yield from _left_over(directive.clauses, directive.sentences, cited)
        yield from _left_out(directive.clauses)


def forgotten_in_amendment(amendment: Amendment) -> Iterator[Fault]:
    """What is written in the clauses of an amendment and changes nothing."""
    if _by_author(amendment.clauses):
        used: set[object] = set()
        cited: set[Cite] = set()
        for change in amendment.changes:
            parts: Iterable[Node] = ()
            match change:
                case NewProvision(provision=provision):
                    used.update(_parts_of(provision))
                    cited.update(_cites_of(provision))
                    parts = () if isinstance(provision, Excuse) else expressions_of(provision)
                case NewRules():
                    used.update(change.outcomes())
                    cited.update(rule.cite.of_sentence for rule in change.outcomes())
                    parts = [p for rule in change.outcomes() for p in (rule.condition, rule.value)]
                case NewValue() | Repeal():  # pragma: no branch - the match is exhaustive
                    cited.add(change.cite.of_sentence)
            used.update(_named(node for part in parts for node in walk(part)))
        yield from _unused(amendment.clauses, used)
        sentences = [f"{amendment.id}:{cite}" for cite in amendment.sentences]
        yield from _left_over(amendment.clauses, sentences, cited)


def _by_author(clauses: Sequence[Clause]) -> bool:
    return any(clause.written.sentences for clause in clauses) and all(
        clause.written.sentences is not None or not clause.provisions for clause in clauses
    )


def _named(nodes: Iterable[Node]) -> Iterator[object]:
    """The parameters and readings in expressions."""
    for node in nodes:
        if isinstance(node, Parameter):
            yield node
        elif isinstance(node, ReadingIs):
            yield node.reading


def _parts_of(provision: Provision) -> Iterable[object]:
    """What is written apart and stands in a provision: the rules of a definition, and steps."""
    if isinstance(provision, Definition):
        return provision.outcomes()
    return provision.steps if isinstance(provision, Steps) else ()


def _cites_of(provision: Provision) -> Iterator[Cite]:
    if isinstance(provision, Definition):
        for rule in provision.outcomes():
            yield rule.cite.of_sentence
    else:
        yield provision.cite.of_sentence


def _unused(clauses: Iterable[Clause], used: Set[object]) -> Iterator[Fault]:
    """What is begun and not finished, or finished and used by nothing."""
    for clause in clauses:
        for what, place in clause.written.places.items():
            if what in used:
                continue
            match what:
                case Quotation():
                    yield fault_at(
                        place,
                        f"{what.cite}: nothing comes of “{what.quote}”; say what it "
                        "`demands`, `forbids`, `sets`…",
                        f"{what.cite}：引文“{what.quote}”之后没有内容；"
                        "请写明 `demands`、`forbids`、`sets` 等",
                    )
                case Defining() | Redefining():
                    yield fault_at(
                        place,
                        f"`{what.name}`: has no rules; give them in `.by(…)`",
                        f"`{what.name}`：没有规则；请写入 `.by(…)`",
                    )
                case Asking():
                    yield fault_at(
                        place,
                        f"{what.cite}: reading `{what.name}` has no options; give `.options(…)`",
                        f"{what.cite}：口径 `{what.name}` 没有选项；请写明 `.options(…)`",
                    )
                case Proviso():
                    yield fault_at(
                        place,
                        f"{what.cite}: “{what.quote}” is a condition of no permission; "
                        "put it into `.permits_only(…)`",
                        f"{what.cite}：“{what.quote}”不是任何许可的条件；请写入 `.permits_only(…)`",
                    )
                case Constitutive():
                    yield fault_at(
                        place,
                        f"{what.cite}: “{what.quote}” makes a value in no definition; "
                        "put it into `.by(…)`",
                        f"{what.cite}：“{what.quote}”所定的值不在任何定义中；请写入 `.by(…)`",
                    )
                case Step():
                    yield fault_at(
                        place,
                        f"step `{what.name}`: is in no rule; put it into `.needs(…)`",
                        f"程序 `{what.name}`：不在任何规则中；请写入 `.needs(…)`",
                    )
                case Parameter():
                    yield fault_at(
                        place,
                        f"{what.cite}: no rule uses parameter `{what.name}`",
                        f"{what.cite}：没有规则使用参数 `{what.name}`",
                    )
                case Listing():
                    yield fault_at(
                        place,
                        f"{what.cite}: the list “{what.quote}” is in no directive; put it into "
                        "its `lists`",
                        f"{what.cite}：名单“{what.quote}”不属于任何文件；请列入其 `lists`",
                    )
                case Reading():
                    yield fault_at(
                        place,
                        f"{what.cite}: no rule asks for reading `{what.name}`",
                        f"{what.cite}：没有规则用到口径 `{what.name}`",
                    )
                case _:
                    pass  # a provision stands in its clause as soon as it is written


def _left_over(
    clauses: Iterable[Clause], sentences: Iterable[str], cited: Iterable[Cite]
) -> Iterator[Fault]:
    """Sentences of which nothing is said, and clauses that name others than there are."""
    numbers: dict[str, int] = {}
    for sentence in sentences:
        heading = sentence.partition("/")[0]
        numbers[heading] = numbers.get(heading, 0) + 1
    opened: dict[str, Place] = {}
    for clause in clauses:
        heading = f"{clause.document}:{clause.heading}" if clause.document else clause.heading
        place, named = clause.written.opened, clause.written.sentences or 0
        there = numbers.get(heading, 0)
        if heading in opened:
            yield fault_at(
                place,
                f"{heading}: is opened a second time; it is open at {opened[heading]}",
                f"{heading}：重复建立；已建立于 {opened[heading]}",
            )
        elif named != there:
            yield fault_at(
                place,
                f"{heading}: is written with {named} sentences; the text has {there}",
                f"{heading}：写作 {named} 句；原文为 {there} 句",
            )
        opened[heading] = place
    said = set(map(str, cited))
    for sentence in sentences:
        if sentence not in said:
            where: Place | str = opened.get(sentence.partition("/")[0], "")
            yield fault_at(
                where,
                f"{sentence}: has neither a rule nor an excuse; say what it comes to, or that it "
                "is `qualitative`, `background` or `out_of_scope`",
                f"{sentence}：既无规则也未说明不计算的理由；请写明内容，或写明属 "
                "`qualitative`、`background` 或 `out_of_scope`",
            )


def _left_out(clauses: Iterable[Clause]) -> Iterator[Fault]:
    """Clauses in the modules of a directive that are in no directive."""
    modules = {clause.written.opened.module for clause in clauses}
    packages = Counter(name.rpartition(".")[0] for name in modules)
    for name, module in list(sys.modules.items()):
        if name not in modules and packages[name.rpartition(".")[0]] < 2:
            continue
        there = [each for each in list(vars(module).values()) if isinstance(each, Clause)]
        # A module that was loaded again has opened its clauses anew.
        anew = {
            clause.heading
            for clause in clauses
            if clause.written.opened.module == name and clause not in there
        }
        for what in there:
            if what.written.sentences and not what.written.closed and what.heading not in anew:
                yield fault_at(
                    what.written.opened,
                    f"{what.heading}: its clause is in no directive; list it in `clauses`",
                    f"{what.heading}：该条款不属于任何文件；请列入 `clauses`",
                )
