"""A policy as SQL of each database: what is printed is that database's own SQL."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, datetime
from typing import Final

import pytest
import sqlglot
from reading_rooms import DIRECTIVE
from sqlglot import exp
from sqlglot.errors import ErrorLevel

import policy_rules as pr
from policy_rules.engines.sql import dialects
from policy_rules.engines.sql.databases import DIALECTS
from policy_rules.engines.sql.days import day_of_week, elapsed, moved
from policy_rules.engines.sql.dialects import Dialect, Feature, cast, number
from policy_rules.language import TEXTS, Clause, Directive, count, each, load
from policy_rules.policy import LoadedDirective, Policy
from policy_rules.tables.schema import Column, Family, Schema, Table
from policy_rules.tables.views import dialect_named, queries_of, to_sql
from policy_rules.testing.made_up import CLASSES, Clerk, Office
from tests.support.made_up_rules import DAY, directive, office, value_is
from tests.support.places import GOLDEN, ROOT
from tests.support.writing import says

ROOMS: Final = LoadedDirective(load(DIRECTIVE)).policy(as_of=date(2020, 6, 1))
PUTIAN: Final = pr.load("putian-2019-52").policy(as_of=date(2020, 6, 30))
# Databases with a mode that is another's.
LIKE: Final = {
    "mariadb": "mysql", "kingbase": "postgres", "opengauss": "postgres",
    "dameng": "oracle", "oceanbase": "mysql",
}  # fmt: skip
SHOWN: Final = ("reading_rooms_room_class", "loans_of_rooms_verdicts")
EACH_DIALECT: Final = list(DIALECTS.values())
# What has a mode of another writes conditions as that one does.
WITHOUT_BOOLEANS: Final = [
    each for each in EACH_DIALECT if not each.booleans and each.name not in LIKE
]
_PREDICATES: Final = (
    exp.EQ, exp.NEQ, exp.GT, exp.GTE, exp.LT, exp.LTE, exp.Is, exp.In, exp.Not, exp.And, exp.Or,
)  # fmt: skip


@pytest.mark.parametrize("name", list(DIALECTS))
def test_the_views_of_a_small_directive(name: str) -> None:
    """As they were read and kept. Delete a golden file to write it anew."""
    printed = to_sql(ROOMS, name, only=SHOWN)
    golden = GOLDEN / "sql" / f"reading_rooms.{name}.sql"
    if not golden.exists():
        golden.write_text(printed, "utf-8")
        pytest.fail(f"{golden.name} was not there; read what was written before you keep it")
    assert printed == golden.read_text("utf-8")


def queries(policy: Policy, dialect: Dialect) -> Iterator[str]:
    """Everything that a policy can be asked, as SQL."""
    asked = queries_of(policy, dialect, None, None, [pr.Station])
    for question in asked.questions.values():
        yield asked.sql(question)


@pytest.mark.parametrize("dialect", EACH_DIALECT, ids=lambda each: each.name)
def test_what_is_printed_is_read_back(dialect: Dialect) -> None:
    """By a reader of the same SQL, which then prints the same."""
    for printed in queries(ROOMS, dialect):
        (read,) = sqlglot.parse(printed, read=dialect.reader, error_level=ErrorLevel.RAISE)
        assert read is not None
        assert read.sql(dialect=dialect.reader) == printed


def test_to_print_for_one_database_changes_nothing_for_another() -> None:
    """Parts of queries are shared, and printing must not write into them."""
    before = list(queries(ROOMS, DIALECTS["duckdb"]))
    for dialect in EACH_DIALECT:
        list(queries(ROOMS, dialect))
    assert list(queries(ROOMS, DIALECTS["duckdb"])) == before
    typed = dialects.SQL_NULL.copy()
    printed = [DIALECTS[name].sql(cast(typed, "bigint")) for name in ("duckdb", "mysql", "duckdb")]
    assert printed == [
        "CAST(NULL AS BIGINT)",
        "CAST(NULL AS SIGNED)",
        "CAST(NULL AS BIGINT)",
    ]


def is_predicate(place: exp.Expr) -> bool:
    """Whether a part of a query stands where a condition does."""
    part, parent = place, place.parent
    while isinstance(parent, exp.Paren):
        part, parent = parent, parent.parent
    if isinstance(parent, exp.If | exp.Join):
        return part.arg_key == ("this" if isinstance(parent, exp.If) else "on")
    return isinstance(parent, exp.And | exp.Or | exp.Not | exp.Where)


def misplaced(tree: exp.Expr) -> Iterator[str]:
    """Conditions that stand as values, and values that stand as conditions."""
    for part in tree.walk():
        if isinstance(part, exp.Boolean) or (
            not isinstance(part, exp.Paren | exp.Identifier)
            and isinstance(part, _PREDICATES) is not is_predicate(part)
        ):
            assert part.parent is not None
            yield part.parent.sql()


@pytest.mark.long
@pytest.mark.parametrize("dialect", WITHOUT_BOOLEANS, ids=lambda each: each.name)
def test_where_there_are_no_booleans_conditions_are_not_values(dialect: Dialect) -> None:
    """No TRUE and FALSE, no column that is a condition, no NULL in the place of one."""
    asked = queries_of(PUTIAN, dialect, None, None, [pr.Station])
    for question in asked.questions.values():
        tree = sqlglot.parse_one(asked.sql(question), read=dialect.reader)
        assert list(misplaced(tree)) == [], question.name
        types = {each.this for each in tree.find_all(exp.DataType)}
        assert exp.DType.BOOLEAN not in types


def test_oracle_takes_short_names_and_knows_no_empty_text() -> None:
    """At most thirty letters, columns of tables in upper case; `-` is the empty text."""
    asked = queries_of(PUTIAN, DIALECTS["oracle"], None, None, ())
    read = set()
    for question in asked.questions.values():
        query = asked.query(question)
        names = {each.name for each in query.find_all(exp.Identifier)}
        assert max(map(len, names)) <= 30
        assert not any(each.is_string and each.this == "" for each in query.find_all(exp.Literal)
                       if not isinstance(each.parent, exp.DPipe))  # fmt: skip
        read |= {each.name for each in query.find_all(exp.Identifier) if each.args["quoted"]}
    assert {"ON", "on"} <= read  # the column of a table, and the same within a query
    printed = to_sql(PUTIAN, "oracle", only=["transfers_verdicts"])
    assert "CREATE VIEW transfers_verdicts AS" in printed
    assert "ELSE '-'" in printed
    assert " DUAL" not in printed.upper()


def test_a_set_of_codes_is_given_as_words_and_an_empty_one_is_told_from_none() -> None:
    """`=<3503><3504>` becomes `3503 3504`, and `=` the text that stands for the empty one."""
    of = directive(value_is(TEXTS, office.places)).policy(as_of=DAY)
    (query,) = [sql for sql in queries(of, DIALECTS["oracle"]) if "places" in sql]
    words = "SUBSTR(REPLACE(REPLACE(REPLACE(places, '><', ' '), '<', ''), '>', ''), 2)"
    assert f"WHEN NOT places IS NULL THEN COALESCE({words}, '-') END AS value" in query


def test_names_are_cut_and_kept_apart() -> None:
    """To as many letters as a database takes."""
    oracle = DIALECTS["oracle"]
    long = "x" * 40
    assert oracle.name_of(long, ()) == "x" * 30
    assert oracle.name_of(long, ["x" * 30]) == "x" * 28 + "_2"
    assert oracle.name_of("1.1/2a", ()) == "1_1_2a"


def said_by(dialect: Dialect) -> dict[str, str]:
    """How a database says what they do not all say alike."""
    day = exp.column("d")

    def column(name: str) -> exp.Expression:
        return exp.column(name)

    text = exp.Literal.string
    return {
        name: dialect.sql(value)
        for name, value in {
            "year": moved(dialect, day.copy(), 1, "years", near=True),
            "minute": moved(dialect, column("m"), -5, "minutes", near=True),
            "bits": dialect.bits(column("a"), number(4)),
            "part": dialect.whole_part(column("a"), number(3)),
            "gathered": dialect.gathered(column("t")),
            "place": dialect.place_in(column("t"), text("<")),
            "without": dialect.without(text("<"), column("t")),
            "type": cast(dialects.SQL_NULL.copy(), dialect.type("boolean")),
            "flag": dialect.flag(exp.GT(this=column("a"), expression=number(1))),
            "true": dialect.boolean(True),
            "rows": dialect.constants(["a"], [[number(1)], [number(2)]]),
            "nothing": dialect.listed([(dialects.SQL_FALSE, text("a"))]),
            "one": dialect.listed([(dialects.is_null(column("a")), text("x"))]),
            "two": dialect.listed([(dialects.is_null(column(of)), text(of)) for of in "ab"]),
        }.items()
    }  # fmt: skip


def test_what_databases_do_not_say_alike() -> None:
    """Each in the words of its manual."""
    said = {name: said_by(dialect) for name, dialect in DIALECTS.items() if name not in LIKE}
    assert {name: each["year"] for name, each in said.items()} == {
        "duckdb": "CAST(d + INTERVAL '1' YEAR AS DATE)",
        "postgres": "CAST(d + INTERVAL '1 YEAR' AS DATE)",
        "spark": "ADD_MONTHS(d, 12)",
        # ADD_MONTHS of a 28 February that is the last of its month gives the last of the other
        "oracle": "CASE WHEN EXTRACT(DAY FROM d) < EXTRACT(DAY FROM ADD_MONTHS(d, 12))"
        " THEN ADD_MONTHS(d, 12) - (EXTRACT(DAY FROM ADD_MONTHS(d, 12)) - EXTRACT(DAY FROM d))"
        " ELSE ADD_MONTHS(d, 12) END",
        "mysql": "CAST(DATE_ADD(d, INTERVAL 1 YEAR) AS DATE)",
        "tsql": "CAST(DATEADD(YEAR, 1, d) AS DATE)",
        "doris": "CAST(DATE_ADD(d, INTERVAL 1 YEAR) AS DATE)",
    }
    assert {name: each["minute"] for name, each in said.items()} == {
        "duckdb": "(m + INTERVAL '-5' MINUTE)",
        "postgres": "(m + INTERVAL '-5 MINUTE')",
        "spark": "(m + INTERVAL '-5' MINUTE)",
        "oracle": "(m + NUMTODSINTERVAL((-5), 'MINUTE'))",
        "mysql": "DATE_ADD(m, INTERVAL (-5) MINUTE)",
        "tsql": "DATEADD(MINUTE, (-5), m)",
        "doris": "DATE_ADD(m, INTERVAL (-5) MINUTE)",
    }
    assert {name: each["gathered"] for name, each in said.items()} == {
        "duckdb": "LISTAGG(t, ' ' ORDER BY t)",
        "postgres": "STRING_AGG(t, ' ' ORDER BY t)",
        "spark": "NULLIF(ARRAY_JOIN(SORT_ARRAY(COLLECT_LIST(t)), ' '), '')",
        # what is too long for a text is cut, and it is said how much
        "oracle": "LISTAGG(t, ' ' ON OVERFLOW TRUNCATE '...' WITH COUNT) WITHIN GROUP (ORDER BY t)",
        # what would be cut without a word is an error whose text names the setting
        "mysql": "CASE WHEN COUNT(t) = 0 OR CHAR_LENGTH(GROUP_CONCAT(t ORDER BY t SEPARATOR ' '))"
        " = (SUM(CHAR_LENGTH(t)) + COUNT(t) - 1) THEN GROUP_CONCAT(t ORDER BY t SEPARATOR ' ')"
        " ELSE 9223372036854775807 + CHAR_LENGTH('group_concat_max_len is too low') * COUNT(t) END",
        "tsql": "STRING_AGG(t, ' ') WITHIN GROUP (ORDER BY t)",
        "doris": "GROUP_CONCAT(t, ' ' ORDER BY t)",
    }
    assert {name: each["part"] for name, each in said.items()} == {
        "duckdb": "a // 3", "postgres": "a / 3", "spark": "a DIV 3", "oracle": "a / 3",
        "mysql": "a DIV 3", "tsql": "a / 3", "doris": "a DIV 3",
    }  # fmt: skip
    others, oracle, tsql = said["duckdb"], said["oracle"], said["tsql"]
    assert (others["bits"], oracle["bits"]) == ("(a & 4)", "BITAND(a, 4)")
    assert (others["place"], oracle["place"]) == ("STRPOS(t, '<')", "INSTR(t, '<')")
    assert (others["without"], oracle["without"]) == ("REPLACE(t, '<', '')", "REPLACE(t, '<')")
    assert (others["flag"], others["true"]) == ("a > 1", "TRUE")
    assert oracle["flag"] == "CASE WHEN a > 1 THEN 1 WHEN NOT (a > 1) THEN 0 END"
    assert (oracle["true"], tsql["true"]) == ("1", "1")
    assert (oracle["type"], tsql["type"]) == ("CAST(NULL AS NUMBER(1))", "CAST(NULL AS SMALLINT)")
    assert oracle["rows"] == "SELECT 1 AS a FROM dual UNION ALL SELECT 2 AS a FROM dual"
    assert others["rows"] == "SELECT 1 AS a UNION ALL SELECT 2 AS a"
    assert (others["nothing"], oracle["nothing"]) == ("''", "'-'")
    # CONCAT_WS of SQL Server takes three arguments or more; in Oracle the empty text is NULL
    assert tsql["one"] == "CASE WHEN a IS NULL THEN 'x' ELSE '' END"
    assert oracle["one"] == "SUBSTR('' || CASE WHEN a IS NULL THEN ' ' || 'x' END, 2)"
    assert tsql["two"] == (
        "CONCAT_WS(' ', CASE WHEN a IS NULL THEN 'a' END, CASE WHEN b IS NULL THEN 'b' END)"
    )


def test_the_page_on_databases_says_of_each_what_was_run() -> None:
    """In both languages: a row of the table each, and whether mapped tables are read."""
    for page, no in (("databases.md", "no"), ("databases.zh.md", "不可以")):
        text = (ROOT / "docs" / "reference" / page).read_text("utf-8")
        rows = [line.split("|")[1:-1] for line in text.splitlines() if line.startswith("| `")]
        mapped = {row[0].strip(" `"): row[-1].strip() != no for row in rows}
        assert mapped == {
            name: Feature.MAPPED_TABLES not in dialect.unsupported
            for name, dialect in DIALECTS.items()
        }


def counting(number: int, dialect: str) -> str:
    """So many rules that count the same members, of which some are of no office that is known."""
    clerk = each(Clerk, office_id=office)
    rules = [
        says(f"1/{place + 1}").demands(
            office, count(clerk, where=clerk.files >= place % 9) >= office.desks + place % 3
        )
        for place in range(number)
    ]
    clause = Clause(heading="1", zh="章", en="clause", provisions=rules)
    written = Directive(
        id="made-up", number="1", zh="例", en="made up", issued=DAY, clauses=[clause],
        sentences={f"1/{place + 1}": "" for place in range(number)}, fact_classes=CLASSES,
    )  # fmt: skip
    return to_sql(LoadedDirective(load(written)).policy(as_of=DAY), dialect)


def test_the_text_grows_with_the_number_of_rules_and_no_faster() -> None:
    ten, twenty, forty = (len(counting(number, "postgres")) for number in (10, 20, 40))
    assert forty - twenty < 2.2 * (twenty - ten)


def test_members_are_gathered_once_for_all_rules() -> None:
    """Once to count them, and once for what they need; each of the rules had a pass of its own."""
    assert counting(10, "duckdb").count("GROUP BY") == 2


def test_members_without_a_link_are_looked_for_once() -> None:
    """PostgreSQL looked for them among all members anew for each row."""
    clerk = each(Clerk, office_id=office)
    rule = says("1/1").demands(office, count(clerk, where=clerk.files >= office.floors) >= 2)
    printed = queries_of(
        directive(rule).policy(as_of=DAY), DIALECTS["postgres"], None, None, CLASSES
    )
    text = printed.sql(printed.findings(Office))
    assert text.count("WHERE office_id IS NULL") == 1
    assert "unlinked_clerks_1 AS MATERIALIZED (SELECT * FROM clerks_1 WHERE" in text


def test_all_rows_of_a_fact_are_of_lists() -> None:
    """DuckDB would plan each query of a union by itself, and read all columns for it."""
    assert counting(10, "duckdb").count("UNION ALL") == 0
    assert counting(10, "duckdb").count("UNNEST") == counting(20, "duckdb").count("UNNEST") > 0
    assert counting(10, "postgres").count("UNION ALL") == 9


def test_what_few_databases_are_asked_for() -> None:
    """Texts with an offset, lists, what ends a text, quotients; each in the words of its manual."""
    text, listed, part = (exp.column(name) for name in ("t", "l", "p"))
    postgres, spark, oracle = (DIALECTS[name] for name in ("postgres", "spark", "oracle"))
    assert (postgres.divided("a", "b"), DIALECTS["duckdb"].divided("a", "b")) == (
        "DIV(a, b)",
        "(a // b)",
    )
    assert spark.sql(spark.ends_with(text, part)) == "ENDSWITH(t, p)"
    assert spark.sql(spark.length_of_list(listed)) == "SIZE(l)"
    assert postgres.sql(postgres.length_of_list(listed)) == "CARDINALITY(l)"
    assert postgres.sql(postgres.joined_list(listed, ";", "?")) == "ARRAY_TO_STRING(l, ';', '?')"
    assert spark.sql(spark.joined_list(listed, ";", "?")) == "ARRAY_JOIN(l, ';', '?')"
    offset = spark.at_offset(text, part, "Asia/Shanghai")
    assert spark.sql(offset) == ("CONVERT_TIMEZONE(p, 'Asia/Shanghai', CAST(t AS TIMESTAMP_NTZ))")
    assert oracle.sql(oracle.read_time(text, "timestamptz")) == (
        "TO_TIMESTAMP_TZ(t, 'YYYY-MM-DD HH24:MI:SSTZH:TZM')"
    )
    assert oracle.sql(oracle.as_text(text)) == "TO_CHAR(t)"


@pytest.mark.parametrize("dialect", EACH_DIALECT, ids=lambda each: each.name)
def test_what_conversions_of_texts_ask_of_each(dialect: Dialect) -> None:
    """All of it is written with what is asked about in it."""
    text, mark = exp.column("t"), exp.Literal.string(";")
    asked = [
        dialect.group_of(text, "^(a)$"), dialect.regex_replaced(text, "a", r"\1"),
        dialect.joined_list(text, ";", "?"), dialect.length_of_list(text),
        dialect.sorted_words(text, mark, mark.copy()), dialect.as_text(text),
        dialect.at_offset(text, exp.column("o"), "UTC"),
        *(dialect.read_time(text, of) for of in ("date", "timestamp", "timestamptz")),
    ]  # fmt: skip
    assert all("t" in dialect.sql(each) for each in asked)
    assert dialect.character_range(65, 67) in ("A-C", r"\x{41}-\x{43}", r"\U00000041-\U00000043")
    assert dialect.divided("a", "b") in ("DIV(a, b)", "(a // b)")


def test_databases_that_are_like_another_say_what_it_says() -> None:
    """Save for what their classes say; the statements before their views try which mode it is."""
    for name, other in LIKE.items():
        own, same = said_by(DIALECTS[name]), said_by(DIALECTS[other])
        otherwise = {each for each in own if own[each] != same[each]}
        assert otherwise == ({"gathered"} if name == "dameng" else set()), name
    dameng = said_by(DIALECTS["dameng"])
    assert dameng["gathered"] == "LISTAGG(t, ' ') WITHIN GROUP (ORDER BY t)"
    words = exp.column("w")
    assert DIALECTS["oceanbase"].distinct_words(words) is words
    assert DIALECTS["mariadb"].sql(DIALECTS["mariadb"].distinct_words(words)) == (
        "(SELECT GROUP_CONCAT(DISTINCT words.word COLLATE utf8mb4_bin "
        "ORDER BY words.word COLLATE utf8mb4_bin SEPARATOR ' ') FROM "
        """JSON_TABLE(CONCAT('[', REPLACE(JSON_QUOTE(w), ' ', '","'), ']'), '$[*]' """
        "COLUMNS(word VARCHAR(255) PATH '$')) AS words)"
    )


@pytest.mark.parametrize(
    ("name", "tried"),
    [
        ("kingbase", "IF '' IS NULL OR 3 / 2 <> 1 OR DATE '2020-03-01' - DATE '2020-02-28' <> 2"),
        ("opengauss", "IF '' IS NULL OR 3 / 2 <> 1 OR DATE '2020-03-01' - DATE '2020-02-28' <> 2"),
        ("dameng", "IF '' IS NOT NULL"),
        ("oceanbase", "SELECT CASE WHEN '' IS NULL THEN 1 / 0 ELSE 1 END AS the_mode_of_mysql;"),
    ],
)
def test_scripts_fail_in_a_mode_that_they_are_not_for(name: str, tried: str) -> None:
    """What is tried stands before the first view."""
    head, view, _ = to_sql(ROOMS, name, only=["reading_rooms_stock"]).partition("CREATE ")
    assert (tried in head, view) == (True, "CREATE ")


@pytest.mark.long
def test_mariadb_is_asked_for_each_duty_by_itself() -> None:
    """It takes no more than 63 parts in one query, and computes one anew wherever it is read."""
    asked = queries_of(PUTIAN, DIALECTS["mariadb"], None, None, [])
    whole = asked.query(asked.questions["stations_findings"])
    numbers = [len(each.expressions) for each in whole.find_all(exp.With)]
    assert len(numbers) == len(PUTIAN.rules.requirements_of(pr.Station))
    assert max(numbers) <= 63


def test_tables_that_cannot_be_converted_are_refused() -> None:
    """In both languages, with what to do."""
    schema = Schema((Table(("reading_rooms",), (Column("id", "text", Family.TEXT),)),))
    for name in ("mysql", "mariadb", "oceanbase", "tsql"):
        with pytest.raises(pr.FactError) as refused:
            to_sql(ROOMS, name, schema=schema)
        (fault,) = refused.value.faults
        assert fault.en == (
            f"expected tables in the rules' own form for `{name}`, found some to convert; "
            "it lacks the functions that convert texts, so make views in that form"
        )
        assert fault.zh.startswith(f"`{name}` 应读规则形式的表")


@pytest.mark.parametrize(("name", "apart"), [("duckdb", True), ("postgres", False)])
def test_ids_are_compared_letter_by_letter(name: str, apart: bool) -> None:
    """As DuckDB is told, whose columns may pass over case; others compare so anyway."""
    schema = Schema((Table(("reading_rooms",), (Column("id", "text", Family.TEXT),)),))
    assert ("COLLATE" in to_sql(ROOMS, name, schema=schema)) is apart


def test_conditions_where_there_are_no_booleans() -> None:
    """What is certainly so, what may be, and what is unknown, of a column and of a comparison."""
    oracle = DIALECTS["oracle"]
    column = oracle.truth(exp.column("c"))

    def sql(condition: exp.Expression) -> str:
        return oracle.sql(condition)

    assert sql(column) == "c = 1"
    assert sql(oracle.unknown(column)) == "c IS NULL"
    assert sql(oracle.unknown(dialects.sql_not(column))) == "c IS NULL"
    assert sql(oracle.may(column)).endswith("END, 1) = 1")
    assert sql(oracle.surely(column)).endswith("END, 0) = 1")
    assert sql(dialects.sql_and(dialects.SQL_NULL.copy(), column)) == "1 = NULL AND c = 1"
    assert sql(exp.Select(expressions=[number(1)]).where(dialects.SQL_FALSE.copy())) == (
        "SELECT 1 WHERE 1 = 0"
    )
    assert (
        sql(dialects.sql_and(exp.Paren(this=dialects.SQL_TRUE.copy()), column))
        == "(1 = 1) AND c = 1"
    )
    given = dialects.is_given(exp.column("c"))
    assert oracle.may(given) is given
    assert dialects.is_one_of(column, []) is dialects.SQL_FALSE
    assert oracle.sql(oracle.moment(datetime(2019, 1, 2, 3, 4))) == (
        "TO_TIMESTAMP('2019-01-02 03:04:00', 'YYYY-MM-DD HH24:MI:SS')"
    )
    assert dialects.sql_not(dialects.SQL_NULL) is dialects.SQL_NULL
    assert oracle.may(dialects.SQL_NULL) is dialects.SQL_TRUE
    assert oracle.surely(dialects.SQL_NULL) is dialects.SQL_FALSE


def test_a_dialect_that_there_is_not_is_refused() -> None:
    """In both languages, with those that there are."""
    with pytest.raises(pr.ChoiceError) as refused:
        dialect_named("db2")
    ((zh, en),) = refused.value.faults
    assert zh.startswith("没有 SQL 方言 `db2`；现有 `duckdb`、`postgres`")
    assert en.startswith("no SQL dialect `db2`; there are `duckdb`, `postgres`")


def test_how_databases_compute_with_days_and_texts() -> None:
    """By a number of each row; DuckDB, PostgreSQL and Spark are run, the others printed."""
    d, n, a, b = (exp.column(name) for name in "dnab")

    def printed(write: Callable[[Dialect], exp.Expression]) -> dict[str, str]:
        return {
            name: dialect.sql(write(dialect))
            for name, dialect in DIALECTS.items()
            if name in ("oracle", "mysql", "tsql", "doris")
        }

    far = printed(lambda dialect: moved(dialect, d, n, "months", near=True))
    assert far["tsql"] == (
        "CASE WHEN n > (120000 - (12 * DATEPART(YEAR, d) + DATEPART(MONTH, d)))"
        " THEN CAST('9999-12-31' AS DATE)"
        " WHEN n < (13 - (12 * DATEPART(YEAR, d) + DATEPART(MONTH, d)))"
        " THEN CAST('0001-01-01' AS DATE) ELSE CAST(DATEADD(MONTH, n, d) AS DATE) END"
    )
    near = printed(lambda dialect: moved(dialect, d, 2, "months", near=True))
    assert near == {
        "oracle": "CASE WHEN EXTRACT(DAY FROM d) < EXTRACT(DAY FROM ADD_MONTHS(d, 2))"
        " THEN ADD_MONTHS(d, 2) - (EXTRACT(DAY FROM ADD_MONTHS(d, 2)) - EXTRACT(DAY FROM d))"
        " ELSE ADD_MONTHS(d, 2) END",
        "mysql": "CAST(DATE_ADD(d, INTERVAL 2 MONTH) AS DATE)",
        "tsql": "CAST(DATEADD(MONTH, 2, d) AS DATE)",
        "doris": "CAST(DATE_ADD(d, INTERVAL 2 MONTH) AS DATE)",
    }
    assert printed(lambda dialect: moved(dialect, d, -2, "days", near=True)) == {
        "oracle": "(d + (-2))",
        "mysql": "CAST(DATE_ADD(d, INTERVAL (-2) DAY) AS DATE)",
        "tsql": "CAST(DATEADD(DAY, (-2), d) AS DATE)",
        "doris": "CAST(DATE_ADD(d, INTERVAL (-2) DAY) AS DATE)",
    }
    assert printed(lambda dialect: elapsed(dialect, a, b, "days")) == {
        "oracle": "(b - a)", "mysql": "DATEDIFF(b, a)", "tsql": "DATEDIFF(DAY, a, b)",
        "doris": "DATEDIFF(b, a)",
    }  # fmt: skip
    assert printed(lambda dialect: elapsed(dialect, a, b, "minutes")) == {
        "oracle": "(EXTRACT(DAY FROM (b - a)) * 1440 + EXTRACT(HOUR FROM (b - a)) * 60"
        " + EXTRACT(MINUTE FROM (b - a)))",
        "mysql": "TIMESTAMPDIFF(MINUTE, a, b)",
        "tsql": "(DATEDIFF_BIG(MICROSECOND, a, b) / 60000000)",
        "doris": "TIMESTAMPDIFF(MINUTE, a, b)",
    }
    assert printed(lambda dialect: day_of_week(dialect, d)) == {
        "oracle": "d - TRUNC(d, 'IW')",
        "mysql": "DATEDIFF(d, CAST('0001-01-01' AS DATE)) % 7",
        "tsql": "DATEDIFF(DAY, CAST('0001-01-01' AS DATE), d) % 7",
        "doris": "DATEDIFF(d, CAST('0001-01-01' AS DATE)) % 7",
    }
    assert printed(lambda dialect: dialect.starts_with(a, b)) == {
        "oracle": "INSTR(a, b) = 1", "mysql": "LOCATE(b, a) = 1", "tsql": "CHARINDEX(b, a) = 1",
        "doris": "LOCATE(b, a) = 1",
    }  # fmt: skip
    assert printed(lambda dialect: dialect.ends_with(a, b)) == {
        "oracle": "SUBSTR(a, -LENGTH(b)) = b",
        "mysql": "RIGHT(a, CHAR_LENGTH(b)) = b",
        "tsql": "RIGHT(a, LEN(b)) = b",
        "doris": "RIGHT(a, CHAR_LENGTH(b)) = b",
    }


def test_how_postgres_and_spark_move_days_and_moments() -> None:
    """By a number of each row: as they are run in `tests/external`."""
    d, n = exp.column("d"), exp.column("n")

    def printed(name: str, unit: str) -> str:
        dialect = DIALECTS[name]
        whole = moved(dialect, d, n, unit, near=False)
        return dialect.sql(whole.args["default"])

    day, rest = "CAST(n AS BIGINT)", "(CAST(n AS BIGINT) % 1440)"
    assert [printed("postgres", unit) for unit in ("years", "months", "days", "minutes")] == [
        "CAST(d + MAKE_INTERVAL(CAST(n AS INT)) AS DATE)",
        "CAST(d + MAKE_INTERVAL(0, CAST(n AS INT)) AS DATE)",
        "(d + CAST(n AS INT))",
        f"(d + MAKE_INTERVAL(0, 0, 0, CAST(({day} - {rest}) / 1440 AS INT), 0,"
        f" CAST({rest} AS INT)))",
    ]
    assert [printed("spark", unit) for unit in ("years", "months", "days", "minutes")] == [
        "ADD_MONTHS(d, 12 * CAST(n AS INT))",
        "ADD_MONTHS(d, CAST(n AS INT))",
        "DATE_ADD(d, CAST(n AS INT))",
        f"(d + MAKE_DT_INTERVAL(CAST(({day} - {rest}) DIV 1440 AS INT), 0, CAST({rest} AS INT)))",
    ]
