"""The commands `mapping init` and `mapping check`, with their help in both languages."""

from __future__ import annotations

import click

from .bilingual import BilingualGroup
from .inputs import Options
from .options import DIRECTIVE, FORMAT, LANG, OUTPUT, SPOKEN, with_options


@click.group(
    cls=BilingualGroup,
    no_args_is_help=False,
    short=(
        "写出表的初步映射，或查看映射读取什么。",
        "Write a first mapping of tables, or see what one reads.",
    ),
    zh="""为现有的表写出初步映射，或查看一个映射从表中读取什么。

    TABLES 是 Parquet 文件或其目录、DuckDB 文件，或数据库的地址。
    """,
    en="""Write a first mapping of the tables that there are, or see what one reads from them.

    TABLES are a Parquet file or a directory of them, a DuckDB file, or the URL of a database.
    """,
)
@SPOKEN
def mapping() -> None:
    pass


@mapping.command(
    short=(
        "按名称、标签和注释写出的初步映射。",
        "A first mapping, from names, labels and comments.",
    ),
    zh="""为 TABLES 写出初步映射：一个 TOML 文件，其中各列按名称、标签和注释与字段对应，
    没有找到的写在注释里。请逐行核对。

    \b
    示例：
      policy-rules mapping init postgresql://audit@db.example/ga --output ga.toml

    退出状态：0；2 输入或用法有误，标准输出没有内容。
    """,
    en="""Write a first mapping of TABLES: a TOML file in which columns are matched to fields by
    name, label and comment, and what was not found stands in comments. Go through every line.

    \b
    Example:
      policy-rules mapping init postgresql://audit@db.example/ga --output ga.toml

    Exit status: 0; 2 bad input or usage, with nothing on standard output.
    """,
)
@click.argument("tables", metavar="TABLES")
@with_options(LANG, DIRECTIVE, OUTPUT)
def init(options: Options, tables: str) -> int:
    from . import mapping as mappings

    return mappings.init(options, tables)


@mapping.command(
    "check",
    short=("每类事实读自何处，有什么错误。", "What each class is read from, and what is wrong."),
    zh="""列出 MAPPING 从 TABLES 中读取什么：每类事实读自哪个表或查询，哪些列没有用到，
    哪些字段未知，数据中有什么错误。

    \b
    示例：
      policy-rules mapping check ga.toml postgresql://audit@db.example/ga

    退出状态：0 数据没有错误；1 有错误；2 映射与表不符，或用法有误，标准输出没有内容。
    """,
    en="""Show what MAPPING reads from TABLES: from which table or query each class, which
    columns give nothing, which fields are unknown, and what is wrong in the data.

    \b
    Example:
      policy-rules mapping check ga.toml postgresql://audit@db.example/ga

    Exit status: 0 nothing wrong in the data; 1 something is; 2 the mapping does not fit the tables,
    or bad usage, with nothing on standard output.
    """,
)
@click.argument("mapping_file", metavar="MAPPING")
@click.argument("tables", metavar="TABLES")
@with_options(LANG, FORMAT, DIRECTIVE, OUTPUT)
def check_mapping(options: Options, mapping_file: str, tables: str) -> int:
    from . import mapping as mappings

    return mappings.check(options, mapping_file, tables)
