"""A policy on the tables of a database: mapped, checked, asked where they are."""

from importlib.util import find_spec

if find_spec("sqlglot") is None:
    raise ModuleNotFoundError(
        "policies on tables need `sqlglot`, which is not installed; install `policy-rules[sql]`"
        "（在数据表上运行需要 `sqlglot`，尚未安装；请安装 `policy-rules[sql]`）",
        name="sqlglot",
    )
