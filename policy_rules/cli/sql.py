"""`sql`: the rules as views of a database, which any program asks as tables."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from typing import Final

import click

from ..facts import FactError, Fault
from ..facts.faults import FaultCode
from ..formats.choices import day_of
from ..language import ChoiceError
from ..policy import Policy
from .bilingual import BilingualCommand, option
from .inputs import Chosen, chosen, dated, policy_of
from .options import SCRIPTING, Options, one_of
from .output import write
from .table_inputs import whole_lists

# They are written, not run; but a policy has an engine.
_ENGINE: Final = "interpreter"


@click.command(
    cls=BilingualCommand,
    short=("把规则写成数据库的视图。", "Write the rules as views of a database."),
    zh="""把规则写成一种数据库的 SQL 脚本：每项认定、每类请求的结论、每类事实的审核结果
    各一个视图，任何程序都可以像查表一样查询，例如 Java 用 JDBC。视图读取规则形式的表；
    用 --tables 在前面写出建表语句。用 --day 写出几天的视图，由表 policy_rules_as_of 中的
    一行决定回答哪一天。

    \b
    示例：
      policy-rules sql --dialect postgres --as-of 2020-06-30 --output views.sql
      policy-rules sql --dialect mariadb --tables --only stations_duty_mode
      policy-rules sql --dialect oracle --day 2020-06-30 --day 2020-12-31

    退出状态：0；2 输入或用法有误，标准输出没有内容。
    """,
    en="""Write the rules as a script of SQL for a database: a view for each decision, for the
    verdicts on each kind of request and the findings on each class of facts, which any program
    asks as a table; Java, say, through JDBC. The views read tables in the form of the rules, made
    first with --tables. They can be for several days (--day); one row of the table
    policy_rules_as_of then says for which they answer.

    \b
    Examples:
      policy-rules sql --dialect postgres --as-of 2020-06-30 --output views.sql
      policy-rules sql --dialect mariadb --tables --only stations_duty_mode
      policy-rules sql --dialect oracle --day 2020-06-30 --day 2020-12-31

    Exit status: 0; 2 bad input or usage, with nothing on standard output.
    """,
)
@option(
    "--dialect",
    metavar="NAME",
    required=True,
    zh="哪种数据库，如 postgres、mariadb、oracle、kingbase、dameng；写错时会列出全部。",
    en="For which database, such as postgres, mariadb, oracle, kingbase, dameng; a wrong name is "
    "answered with all.",
)
@option(
    "--tables", is_flag=True,
    zh="先写出规则形式的空表，每一列注明含义。",
    en="First make empty tables in the form of the rules, with the meaning of each column.",
)  # fmt: skip
@option(
    "--only", metavar="VIEW", multiple=True,
    zh="只写此视图，如 stations_findings；可重复使用。",
    en="This view only, such as stations_findings; can be repeated.",
)  # fmt: skip
@option(
    "--day", "days", metavar="YYYY-MM-DD", multiple=True,
    zh="视图可以回答的一天；可重复使用。",
    en="A day for which the views can answer; can be repeated.",
)  # fmt: skip
@SCRIPTING
def sql(
    options: Options, dialect: str, tables: bool, only: tuple[str, ...], days: tuple[str, ...]
) -> int:
    """Write the script."""
    one_of(("--as-of", options.as_of), ("--day", days[0] if days else None))
    picked = chosen(options, None, lambda _: ())
    faults = picked.faults
    listed = sorted({day for each in days if (day := day_of(each, "--day", faults)) is not None})
    classes = picked.loaded.rules.directive.classes if picked.loaded else ()
    whole = whole_lists(options.whole, classes, faults)
    if picked.loaded is None or faults:
        raise FactError(faults)
    from ..engines.sql.lowering import NotLoweredError
    from ..tables.own_tables import tables_to_sql
    from ..tables.views import to_sql, to_sql_of_days

    policies = [_policy(picked, day) for day in listed or [dated(picked.as_of, None)[0]]]
    wanted = only or None

    def views() -> str:
        if len(policies) > 1:
            return to_sql_of_days(policies, dialect, complete=whole, only=wanted)
        return to_sql(policies[0], dialect, complete=whole, only=wanted)

    parts: list[Callable[[], str]] = [views]
    if tables:
        parts.insert(0, lambda: tables_to_sql(policies, dialect))
    try:
        written = "\n".join(part() for part in parts)
    except ChoiceError as error:
        raise FactError(list(_unknown(error, dialect))) from error
    except NotLoweredError as error:
        zh, en = f"SQL 不能表达这条规则：{error}", f"no SQL says this rule: {error}"
        place = f"--directive {options.directive}"
        fault = Fault(place=place, code=FaultCode.WRONG_USAGE, zh=zh, en=en)
        raise FactError([fault]) from error
    write([written], options.output)
    return 0


def _policy(picked: Chosen, day: date) -> Policy:
    assert picked.loaded is not None
    return policy_of(picked.loaded, picked, day, (), _ENGINE, "")


def _unknown(error: ChoiceError, dialect: str) -> Iterator[Fault]:
    from ..engines.sql.databases import DIALECTS

    place = "--only" if dialect in DIALECTS else f"--dialect {dialect}"
    for zh, en in error.faults:
        yield Fault(place=place, code=FaultCode.WRONG_USAGE, zh=zh, en=en)
