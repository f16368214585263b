"""Queries and conditions that users write in a mapping: they only read, and are left as written."""

from __future__ import annotations

from typing import Final

import sqlglot
from attrs import frozen
from sqlglot import Token, TokenType, exp
from sqlglot.errors import SqlglotError

from ..engines.sql.databases import DIALECTS
from ..engines.sql.dialects import Dialect

_BEGINS: Final = (TokenType.SELECT, TokenType.WITH, TokenType.L_PAREN)
# What a query may hold and does more than read.
_DOES_MORE: Final = (exp.DML, exp.DDL, exp.Drop, exp.Copy, exp.Command, exp.Into, exp.Lock)
_PLACE: Final = "place"


class QueryRefusedError(Exception):
    """A text that is no query, or none that only reads: what was expected of it."""

    def __init__(self, zh: str, en: str) -> None:
        super().__init__()
        self.zh = zh
        self.en = en


@frozen
class UserQuery:
    """A query as it was written, without what surrounds it.

    `tables` are the names of the tables that it reads. `takes_all` says that it takes all the
    columns of one, with `*`.
    """

    sql: str
    tables: tuple[str, ...]
    takes_all: bool

    @property
    def relation(self) -> exp.Expression:
        """The rows that it gives, to select from."""
        # A comment may end the text, and then what follows has to be on a line of its own.
        return exp.Subquery(
            this=exp.Var(this=f"{self.sql}\n"),
            alias=exp.TableAlias(this=exp.to_identifier(_PLACE)),
        )


def user_query(text: str, dialect: Dialect) -> UserQuery:
    """A query, after seeing that it is one and only reads. Raises QueryRefusedError."""
    tokens = _tokens(text, dialect)
    if tokens and tokens[-1].token_type is TokenType.SEMICOLON:
        del tokens[-1]
    if not tokens or tokens[0].token_type not in _BEGINS:
        raise _not_one()
    sql = text[tokens[0].start : tokens[-1].end + 1]
    query = _parsed(sql, dialect)
    return UserQuery(sql, _tables_of(query), query.is_star)


def tables_read(text: str) -> tuple[str, ...]:
    """The names of the tables that a query reads, as far as it can be read."""
    try:
        return user_query(text, DIALECTS["duckdb"]).tables
    except QueryRefusedError:
        return ()


def filtered(table: str, condition: str, dialect: Dialect) -> UserQuery:
    """The rows of a table of which a condition holds. Raises QueryRefusedError.

    The name of the table is as SQL has it.
    """
    tokens = _tokens(condition, dialect)
    if not tokens or any(each.token_type is TokenType.SEMICOLON for each in tokens):
        raise _no_condition()
    bare = condition[tokens[0].start : tokens[-1].end + 1]
    sql = f"SELECT * FROM {table} WHERE ({bare}\n)"
    query = _parsed(sql, dialect)
    where = query.args.get("where")
    if not isinstance(query, exp.Select) or where is None or not isinstance(where.this, exp.Paren):
        raise _no_condition()  # its parentheses close more than they open
    return UserQuery(sql, _tables_of(query), True)


def _tokens(text: str, dialect: Dialect) -> list[Token]:
    try:
        return list(sqlglot.tokenize(text, read=dialect.reader))
    except SqlglotError as error:
        raise _unreadable(error) from error


def _parsed(sql: str, dialect: Dialect) -> exp.Query:
    try:
        statements = sqlglot.parse(sql, read=dialect.reader)
    except (SqlglotError, RecursionError) as error:
        raise _unreadable(error) from error
    query = statements[0] if len(statements) == 1 else None
    if not isinstance(query, exp.Query) or query.find(*_DOES_MORE):
        raise _not_one()
    return query


def _tables_of(query: exp.Query) -> tuple[str, ...]:
    own = {each.alias.lower() for each in query.find_all(exp.CTE)}
    names = [".".join(part.name for part in table.parts) for table in query.find_all(exp.Table)]
    return tuple(dict.fromkeys(name for name in names if name.lower() not in own))


def _not_one() -> QueryRefusedError:
    return QueryRefusedError(
        "一条只读的查询，即一条 SELECT（或 WITH … SELECT），不含其他语句",
        "one query that only reads: a SELECT (or WITH … SELECT), and no other statement",
    )


def _no_condition() -> QueryRefusedError:
    return QueryRefusedError("一个 SQL 条件", "a condition of SQL")


def _unreadable(error: Exception) -> QueryRefusedError:
    lines = [" ".join(line.split()) for line in str(error).splitlines() if line.strip()]
    reason = lines[0] if lines else type(error).__name__
    reason = "".join(each for each in reason if each.isprintable())
    return QueryRefusedError(f"SQL（{reason}）", f"SQL ({reason})")
