"""What the help of several commands says alike, in both languages."""

from __future__ import annotations

from typing import Final

FACTS_ZH: Final = "FACTS 是 JSON 文档、CSV 文件的目录或 Excel 工作簿（.xlsx）。"
FACTS_EN: Final = (
    "FACTS is a JSON document, a directory of CSV files, or an Excel workbook (.xlsx)."
)
TABLES_ZH: Final = f"""{FACTS_ZH[:-1]}；
    也可以是表：Parquet 文件或其目录（stations.parquet 等），DuckDB 文件（.duckdb、.ddb），
    或数据库的地址（postgresql://user@host/db，duckdb:///file）。"""
TABLES_EN: Final = f"""{FACTS_EN[:-1]};
    or tables: a Parquet file or a directory of them (stations.parquet, ...), a DuckDB file
    (.duckdb, .ddb), or the URL of a database (postgresql://user@host/db, duckdb:///file)."""
STATUS: Final = (
    """退出状态：0 没有问题；1 有不得实施、须报批豁免、须先履行程序、不符合、未达目标、
不符合原则性规定、规则冲突或无法判定的（--fail-on 可另行指定）；
2 输入或用法有误，标准输出没有内容。""",
    """Exit status: 0 nothing wrong; 1 something prohibited, needing an exemption, awaiting,
breached, missed, deviating, in conflict or undetermined (--fail-on names others); 2 bad
input or usage, with nothing on standard output.""",
)
LISTED: Final = (
    "退出状态：0；1 用 --tolerate 略过了内容；2 输入或用法有误，标准输出没有内容。",
    """Exit status: 0; 1 something was passed over with --tolerate; 2 bad input or usage, with
nothing on standard output.""",
)
