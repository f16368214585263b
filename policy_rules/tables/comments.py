"""What a database says of its tables and columns in words, where somebody has commented on them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from .schema import Connection, runs

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

# The parts of the name of a table, with that of a column after them or "" for the table itself.
Comments = Mapping[tuple[tuple[str, ...], str], str]


def comments_of_duckdb(connection: DuckDBPyConnection) -> Comments:
    """The comments of every database that a DuckDB connection has attached."""
    rows = connection.execute(
        "SELECT database_name, schema_name, table_name, '', comment FROM duckdb_tables() "
        "UNION ALL SELECT database_name, schema_name, view_name, '', comment FROM duckdb_views() "
        "UNION ALL SELECT database_name, schema_name, table_name, column_name, comment "
        "FROM duckdb_columns()"
    ).fetchall()
    return {(tuple(parts), name): text for *parts, name, text in rows if text}


def comments_of_dbapi(connection: Connection) -> Comments:
    """The comments that a DB-API connection to PostgreSQL can read; none from what is not."""
    cursor = connection.cursor()
    if not runs(cursor, "SELECT 1 FROM pg_catalog.pg_description LIMIT 0"):
        return {}
    cursor.execute(
        "SELECT n.nspname, c.relname, COALESCE(a.attname, ''), d.description "
        "FROM pg_catalog.pg_description AS d "
        "JOIN pg_catalog.pg_class AS c ON c.oid = d.objoid "
        "JOIN pg_catalog.pg_namespace AS n ON n.oid = c.relnamespace "
        "LEFT JOIN pg_catalog.pg_attribute AS a "
        "ON a.attrelid = c.oid AND a.attnum = d.objsubid AND d.objsubid > 0 "
        "WHERE d.classoid = 'pg_catalog.pg_class'::regclass"
    )
    return {((schema, table), name): text for schema, table, name, text in cursor.fetchall()}
