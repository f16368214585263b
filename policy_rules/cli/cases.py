"""`cases`: whether cases show that each part of each condition decides, and which are owed."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import click

from ..facts import FactError, Fault
from ..facts.faults import FaultCode
from .bilingual import BilingualCommand
from .choices import parameters_of
from .inputs import loaded_directive
from .options import OWING, Options
from .output import ascii_only, json_chunks, output_fault, table_chunks, write
from .progress import Watch
from .solver import no_solver

if TYPE_CHECKING:
    from ..policy import LoadedDirective
    from ..testing.condition_coverage import Coverage
    from ..testing.condition_search import Sought


@click.command(
    cls=BilingualCommand,
    short=("用例是否证明了每个条件的作用。", "Whether cases show that each condition matters."),
    zh="""读取 CASES（一个用例文件，或一个目录中的全部 *.toml），看它们是否证明了每条规则中每个
    条件的每个部分都起作用：各有一个用例，其中它成立并决定结果，和一个用例，其中它不成立并决定
    结果（屏蔽式 MC/DC）。不够的，由求解器找出所需的数据，或证明不可能有。

    --format toml 写出所缺的用例：数据齐全，期望的回答留待人从文本推出。文件未定的参数，
    用 --set 设定后再求解。

    \b
    示例：
      policy-rules cases tests/cases --set transfer_minutes=5
      policy-rules cases cases.toml --directive mymodule:DIRECTIVE --output owed.toml

    退出状态：0 用例已够；1 还缺用例，或有未决的；2 输入或用法有误，标准输出没有内容。
    """,
    en="""Read CASES (a case file, or all *.toml of a directory), and say whether they show of each
    part of each condition of each rule that it decides: in one case it holds and decides the
    outcome, in another it does not hold and decides it (masking MC/DC). For what they do not show,
    a solver finds facts, or proves that there are none.

    --format toml writes the cases that are owed: with their facts, and with what is expected left
    for somebody to derive from the text. Set what the text leaves open with --set.

    \b
    Examples:
      policy-rules cases tests/cases --set transfer_minutes=5
      policy-rules cases cases.toml --directive mymodule:DIRECTIVE --output owed.toml

    Exit status: 0 the cases are enough; 1 some are owed, or something is open; 2 bad input or
    usage, with nothing on standard output.
    """,
)
@click.argument("cases", metavar="CASES")
@OWING
def cases(options: Options, cases: str) -> int:
    """Show what cases show of the rules, and which are owed."""
    unwritable = output_fault(options.output, options.format, options.forms, cases)
    faults = [unwritable] if unwritable else []
    loaded = loaded_directive(options.directive, faults)
    if not Path(cases).exists():
        zh = f"应为用例文件或目录，`{cases}` 不存在；请更正路径"
        en = f"expected a case file or a directory, found no `{cases}`; correct the path"
        faults.append(Fault(place=cases, code=FaultCode.UNREADABLE_FILE, zh=zh, en=en))
    given = {} if loaded is None else parameters_of(loaded.rules, options.parameters, faults)
    if loaded is None or faults:
        raise FactError(faults)
    coverage, found = _searched(options, loaded, Path(cases), given)
    owed = [each for each in found if each.owed]
    match options.format:
        case "toml":
            from ..testing.condition_search import case_owed

            write([f"{case_owed(each)}\n" for each in owed], options.output)
        case "json":
            told = {
                "directive": loaded.id,
                "obligations": len(coverage.met),
                "met": len(coverage.met) - len(found),
            }
            listed = {"missing": [each.as_json() for each in found]}
            write(json_chunks(told, listed, ascii_only=ascii_only(options.output)), options.output)
        case _:
            from ..render.case_tables import owed_parts

            parts = owed_parts(len(coverage.met), found, options.lang)
            write(table_chunks(parts, options.output), options.output)
    return int(any(each.owed or each.open for each in found))


def _searched(
    options: Options, loaded: LoadedDirective, path: Path, parameters: Mapping[str, object]
) -> tuple[Coverage, list[Sought]]:
    try:
        from ..testing.condition_search import searched
    except ImportError as error:
        raise FactError([no_solver("cases")]) from error
    from ..testing.cases import read_cases
    from ..testing.condition_coverage import Coverage

    coverage = Coverage(loaded, read_cases(path))
    with Watch(options.lang) as watch:
        over = searched(
            loaded,
            coverage.missing,
            parameters,
            lambda each: watch.over(each, len(each), "求解", "solving"),
        )
        return coverage, list(over)
