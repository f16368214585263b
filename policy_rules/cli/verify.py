"""`verify`: what is proved of the rules of a directive, for all facts."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from ..facts import FactError
from .bilingual import BilingualCommand
from .inputs import loaded_directive
from .options import PROVING, Options
from .output import ascii_only, json_chunks, output_fault, table_chunks, write
from .progress import Watch
from .solver import no_solver

if TYPE_CHECKING:
    from ..analysis.verification import Verification
    from ..policy import LoadedDirective


@click.command(
    cls=BilingualCommand,
    short=("证明规则完备、无冲突、各有其用。", "Prove that rules are complete and consistent."),
    zh="""对所有可能的事实证明：各项认定完备、无冲突，每条规则都可适用、不多余、可满足、
    可违反，各项要求可同时满足，例外有用。被推翻的附反例：一份数据文档，JSON 中有，
    其他命令可读。

    \b
    示例：
      policy-rules verify
      policy-rules verify --directive mymodule:DIRECTIVE --format json

    退出状态：0 没有被推翻的（未决的另列，不算已证明）；1 有被推翻的；
    2 输入或用法有误，标准输出没有内容。
    """,
    en="""Prove for all facts there can be: that every decision has exactly one value; that every
    rule can apply, matters, can be met and broken; that requirements can be met together, and
    exceptions matter. What is refuted comes with facts that show it: in JSON, a document that
    other commands read.

    \b
    Examples:
      policy-rules verify
      policy-rules verify --directive mymodule:DIRECTIVE --format json

    Exit status: 0 nothing is refuted (what is open is listed, and is not proved); 1 something is
    refuted; 2 bad input or usage, with nothing on standard output.
    """,
)
@PROVING
def verify(options: Options) -> int:
    """Show what is proved of the rules."""
    unwritable = output_fault(options.output, options.format, options.forms)
    faults = [unwritable] if unwritable else []
    loaded = loaded_directive(options.directive, faults)
    if loaded is None or faults:
        raise FactError(faults)
    found = _verified(options, loaded)
    from ..analysis.verification import Result

    if options.format == "table":
        from ..render.verification_tables import verification_parts

        parts = verification_parts(
            found.summary(), found.checked, found.left_open, found.world, options.lang
        )
        write(table_chunks(parts, options.output), options.output)
    else:
        told = found.as_json()
        results = {"results": told.pop("results")}
        write(json_chunks(told, results, ascii_only=ascii_only(options.output)), options.output)
    return 1 if found.of(Result.REFUTED) else 0


def _verified(options: Options, loaded: LoadedDirective) -> Verification:
    try:
        from ..analysis.verification import verify as prove
    except ImportError as error:
        raise FactError([no_solver("verify")]) from error
    with Watch(options.lang) as watch:
        return prove(loaded, lambda each: watch.over(each, len(each), "证明", "proving"))
