"""`diff`: where two policies answer differently, proved for all facts."""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

import click

from ..facts import Fact, FactError, Fault
from ..formats.choices import day_of
from ..language import ChoiceError
from ..policy import LoadedDirective, Policy
from .answers_shown import caption, json_head
from .bilingual import BilingualCommand, option
from .inputs import asked, choice_faults, loaded_directive
from .options import COMPARING, Options
from .output import ascii_only, json_chunks, table_chunks, write
from .progress import Watch
from .solver import no_solver

if TYPE_CHECKING:
    from ..analysis.differences import Differences


@click.command(
    cls=BilingualCommand,
    short=("改动参数、口径、日期或文件，回答何处改变。", "Where another setting changes answers."),
    zh="""比较两种政策：原来的按默认口径和参数；现在的按 --reading、--set 所改的，或另一日期、
    另一文件。列出认定、计量要求和审核结论的每一处改变：界限、原为、现为、依据哪一句，各附一个
    示例；或证明对任何事实都没有改变。加 --facts，列出所给数据中改变的有哪些。
    需要 policy-rules[analysis]。

    \b
    示例：
      policy-rules diff --as-of 2022-04-01 --set two_team_strength=13
      policy-rules diff --as-of 2019-09-01 --to 2022-04-01 --facts facts.json

    退出状态：0 已证明没有改变；1 有改变或未决；2 输入或用法有误，标准输出没有内容。
    """,
    en="""Compare two policies: the first with readings and parameters as by default, the second
    with what --reading and --set say, of another day, or of another directive. Every region where a
    decision, a measured requirement or a verdict changes is listed, with its boundary, from what to
    what, by which sentence, and an example; or it is proved that of no facts anything changes. With
    --facts, it says which of the given facts change. Needs policy-rules[analysis].

    \b
    Examples:
      policy-rules diff --as-of 2022-04-01 --set two_team_strength=13
      policy-rules diff --as-of 2019-09-01 --to 2022-04-01 --facts facts.json

    Exit status: 0 it is proved that nothing changes; 1 something does, or is open; 2 bad input or
    usage, with nothing on standard output.
    """,
)
@option(
    "--to",
    metavar="YYYY-MM-DD",
    zh="现在的基准日期。  [默认：同 --as-of]",
    en="The date of the second policy.  [default: that of the first]",
)
@option(
    "--with",
    "other",
    metavar="NAME",
    zh="现在所依据的文件，如修改以后的，写作 module:NAME。  [默认：同 --directive]",
    en="The directive of the second policy, such as an amended one: module:NAME.  [default: that "
    "of the first]",
)
@option(
    "--facts",
    metavar="FACTS",
    zh="数据：列出其中改变的有哪些。",
    en="Facts, of which it says which change.",
)
@COMPARING
def diff(options: Options, to: str | None, other: str | None, facts: str | None) -> int:
    """Show where two policies answer differently."""
    with Watch(options.lang) as watch:
        faults: list[Fault] = []
        day = None if to is None else day_of(to, "--to", faults)
        second = None if other is None else loaded_directive(other, faults)
        if faults:
            raise FactError(faults)
        ask = asked(options, facts, watch)
        watch.stage("证明", "proving")
        first = LoadedDirective(ask.policy.rules).policy(as_of=ask.policy.as_of)
        rules = LoadedDirective(ask.policy.rules) if second is None else second
        try:
            changed = rules.policy(
                as_of=day or ask.policy.as_of, readings=ask.policy.readings,
                parameters=ask.policy.regime.parameters,
            )  # fmt: skip
        except ChoiceError as error:
            raise FactError(choice_faults(error, "--with")) from error
        found = _compared(first, changed)
        affected: Mapping[int, Sequence[Fact]] | None = None
        if facts is not None:
            affected = {
                place: found.affected(each, ask.document.facts)
                for place, each in enumerate(found.regions)
            }
    if options.format == "table":
        from ..render.difference_tables import difference_parts

        parts = difference_parts(
            found.regions, found.open, found.asked, affected, options.lang, changed.as_of.year
        )
        write(table_chunks([*caption(options, ask), *parts], options.output), options.output)
    else:
        print(ask.as_of_words(options.lang), file=sys.stderr)
        told = found.as_json()
        for place, region in enumerate(told["regions"]):
            keys = None if affected is None else [each.key for each in affected[place]]
            region["affected"] = keys
        lists = {name: told.pop(name) for name in ("regions", "open")}
        head = json_head(ask) | told | {"to": changed.as_of.isoformat()}
        write(json_chunks(head, lists, ascii_only=ascii_only(options.output)), options.output)
    return max(ask.least_status, int(not found.equal))


def _compared(first: Policy, second: Policy) -> Differences:
    try:
        from ..analysis.differences import differences
    except ImportError as error:
        raise FactError([no_solver("diff")]) from error
    return differences(first, second)
