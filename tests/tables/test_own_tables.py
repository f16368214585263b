"""Tables in the form in which rules read them, as they are printed and made."""

from __future__ import annotations

from datetime import date
from typing import Final

import duckdb
import pytest
from reading_rooms import DIRECTIVE

import policy_rules as pr
from policy_rules.engines.sql.reading import classes_of, years_of
from policy_rules.engines.sql.sources import columns_of
from policy_rules.language import load
from policy_rules.policy import LoadedDirective
from policy_rules.tables.own_tables import tables_to_sql
from policy_rules.tables.views import to_sql

ROOMS: Final = LoadedDirective(load(DIRECTIVE)).policy(as_of=date(2020, 6, 1))
PUTIAN: Final = pr.load("putian-2019-52").policy(as_of=date(2020, 6, 30))


def lines(dialect: str, of: pr.Policy = PUTIAN) -> list[str]:
    return tables_to_sql([of], dialect).splitlines()


def test_the_tables_of_a_directive_are_what_its_views_read() -> None:
    """On DuckDB: with the columns and types that rules read, and every view over them."""
    with duckdb.connect() as connection:
        connection.execute(tables_to_sql([PUTIAN], "duckdb"))
        years = years_of(PUTIAN.regime)
        for cls in classes_of(PUTIAN.regime):
            made = connection.execute(f"DESCRIBE {cls.collection}").fetchall()
            wanted = columns_of(cls, years.get(cls, ()))
            # In DuckDB a text is a VARCHAR of any length.
            types = [wanted[row[0]].upper().replace("TEXT", "VARCHAR") for row in made]
            assert [row[0] for row in made] == list(wanted)
            assert [row[1] for row in made] == types
        connection.execute(to_sql(PUTIAN, "duckdb", only=["stations_duty_mode"]))
        connection.execute("INSERT INTO stations (id, pilot, officers) VALUES ('S1', FALSE, 14)")
        rows = connection.execute("SELECT id, value FROM stations_duty_mode").fetchall()
        assert rows == [("S1", "two_teams_one_room")]


@pytest.mark.parametrize(
    ("dialect", "of_row"),
    [
        ("mariadb", ") CHARACTER SET utf8mb4 COLLATE utf8mb4_nopad_bin;"),
        ("mysql", ") CHARACTER SET utf8mb4 COLLATE utf8mb4_0900_bin;"),
        ("oceanbase", ") CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;"),
        ("doris", "DUPLICATE KEY (id) DISTRIBUTED BY HASH (id) BUCKETS 1;"),
        ("postgres", ");"),
    ],
)
def test_texts_are_compared_by_their_characters(dialect: str, of_row: str) -> None:
    """Whatever the database itself is set to."""
    assert of_row in lines(dialect)


def test_each_database_has_types_of_its_own() -> None:
    """Of an id, a text, yes or no, a day, a moment, a set; each with its meaning."""
    assert "  id VARCHAR(64) NOT NULL,  -- 编号 id" in lines("postgres")
    assert "  id VARCHAR2(64 CHAR) NOT NULL,  -- 编号 id" in lines("oracle")
    assert "  id STRING NOT NULL,  -- 编号 id" in lines("spark")
    pilot = [
        line for of in ("mariadb", "oracle", "tsql") for line in lines(of) if " pilot " in line
    ]
    assert [line.split()[1] for line in pilot] == ["BOOLEAN,", "NUMBER(1),", "SMALLINT,"]
    received = [line for of in ("mariadb", "oracle") for line in lines(of) if "received_at" in line]
    assert [line.split()[1] for line in received] == ["DATETIME(6),", "TIMESTAMP,"]
    (means,) = [line for line in lines("postgres") if line.startswith("  means ")]
    assert means.endswith(
        "1 image + 2 forensic + 4 technical + 8 undercover + 16 financial + 32 other"
    )
    assert means.split()[1] == "BIGINT,"
    (places,) = [line for line in lines("postgres") if line.startswith("  place_codes ")]
    assert places.endswith(": =<3503><3504>")
    (setting,) = [line for line in lines("postgres") if line.startswith("  setting ")]
    assert setting.endswith(": urban, township, rural")


def test_a_dialect_that_there_is_not_is_refused() -> None:
    with pytest.raises(pr.ChoiceError, match="no SQL dialect `db2`"):
        tables_to_sql([ROOMS], "db2")
