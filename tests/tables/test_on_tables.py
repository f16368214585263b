"""A policy on the tables of DuckDB: answers as relations, faults, and what is refused."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Mapping
from contextlib import closing
from datetime import date
from typing import Any, Final

import duckdb
import pytest
from reading_rooms import DIRECTIVE, ReadingRoom, RoomLoan

import policy_rules as pr
from policy_rules.answers import QuestionError
from policy_rules.engines.sql.databases import DIALECTS
from policy_rules.engines.sql.loading import load
from policy_rules.facts import Fact, fields_of
from policy_rules.formats.mapping import Mapping as TableMapping
from policy_rules.formats.mapping_files import parse_mapping
from policy_rules.language import (
    Clause,
    Directive,
    Modality,
    Recurrence,
    count,
    each,
    held,
    some,
    subject,
    the,
    total,
)
from policy_rules.language import (
    load as load_directive,
)
from policy_rules.language.sentences import fingerprints
from policy_rules.police import POLICE
from policy_rules.policy import LoadedDirective, Policy
from policy_rules.tables.on_tables import OnTables, on, system_of
from policy_rules.tables.queries import years_read
from policy_rules.tables.schema import schema_of_duckdb
from policy_rules.tables.views import to_sql
from policy_rules.testing.made_up import CLASSES, Claim, Clerk, Colour, Office
from policy_rules.testing.random_facts import container
from tests.support.comparing_rows import rows_compared
from tests.support.made_up_rules import DAY, LABELS, QUOTE, SAYS, O, directive, office
from tests.support.writing import defining, quoted, says

READING_ROOMS: Final = LoadedDirective(load_directive(DIRECTIVE))
ROOMS: Final = READING_ROOMS.policy(as_of=date(2020, 6, 1))


@pytest.fixture
def connection() -> duckdb.DuckDBPyConnection:
    """A database with two rooms and two loans."""
    made = duckdb.connect()
    made.execute("CREATE TABLE reading_rooms (id TEXT, volumes BIGINT, weekly_hours BIGINT, "
                 "children_area BOOLEAN)")  # fmt: skip
    made.execute("INSERT INTO reading_rooms VALUES ('R', 3000, 39, TRUE), ('S', NULL, 20, NULL)")
    made.execute("CREATE TABLE loans_of_rooms (id TEXT, room_id TEXT, purpose TEXT, "
                 "agreed_on DATE, held_on DATE)")  # fmt: skip
    made.execute("INSERT INTO loans_of_rooms VALUES "
                 "('A', 'R', 'public', '2020-05-01', '2020-06-15'), "
                 "('B', 'T', 'commercial', NULL, '2020-06-15')")  # fmt: skip
    return made


# Answers


def test_answers_are_relations_of_the_database(connection: duckdb.DuckDBPyConnection) -> None:
    """They run when they are used, on what the tables hold then, and can be worked on."""
    tables = on(ROOMS, connection)
    decisions = tables.decisions(ReadingRoom, "room_class")
    assert isinstance(decisions, duckdb.DuckDBPyRelation)
    assert decisions.columns == ["id", "value", "cites", "conflict", "needs"]
    connection.execute("INSERT INTO reading_rooms VALUES ('T', 2999, 20, FALSE)")
    assert decisions.order("id").fetchall() == [
        ("R", "first", "1.1/1", "", ""),
        ("S", None, "", "", "reading_rooms/S.volumes"),
        ("T", "second", "1.1/1", "", ""),
    ]
    second = tables.decisions(ReadingRoom, "room_class").filter("value = 'second'")
    assert second.project("id").fetchall() == [("T",)]


def test_verdicts(connection: duckdb.DuckDBPyConnection) -> None:
    """The outcome, and all that holds."""
    verdicts = on(ROOMS, connection).verdicts(RoomLoan)
    assert verdicts.columns == [
        "id", "outcome", "reasons", "missing_steps", "exemptions", "needs",
    ]  # fmt: skip
    assert verdicts.order("id").fetchall() == [
        ("A", "permitted", "", "", "", ""),
        ("B", "exemption_needed", "1.2/1", "", "", ""),
    ]


def test_findings_of_one_class_of_one_sentence_and_of_all(
    connection: duckdb.DuckDBPyConnection,
) -> None:
    """What is measured, and what is open."""
    tables = on(ROOMS, connection)
    columns = ["id", "cite", "status", "actual", "required", "shortfall", "due", "exemption",
               "needs"]  # fmt: skip
    hours = tables.findings(ReadingRoom, "1.1/2a")
    assert hours.columns == columns
    assert hours.order("id").fetchall() == [
        ("R", "1.1/2a", "breached", 39, 40, 1, None, "", ""),
        ("S", "1.1/2a", "undetermined", 20, 40, 20, None, "",
         "reading_rooms/S.volumes"),
    ]  # fmt: skip
    assert {row[1] for row in tables.findings(ReadingRoom, "1.1/2").fetchall()} == {
        "1.1/2a",
        "1.1/2b",
    }
    assert len(tables.findings(ReadingRoom).fetchall()) == 6
    everything = tables.findings()
    assert everything.columns == ["collection", *columns]
    assert {row[0] for row in everything.fetchall()} == {"reading_rooms"}


def test_faults_are_found_where_the_data_are(connection: duckdb.DuckDBPyConnection) -> None:
    """Each in one line: the table, the field, how many, and one of them."""
    tables = on(ROOMS, connection)
    before = [str(fault) for fault in tables.faults()]
    assert len(before) == 1
    assert "loans_of_rooms" in before[0]
    connection.execute("UPDATE loans_of_rooms SET room_id = 'R'")
    assert tables.faults() == []
    connection.execute("INSERT INTO reading_rooms VALUES ('R', 1, 1, TRUE), (NULL, 1, 1, TRUE)")
    assert len(tables.faults()) == 2


# What is refused


def test_a_column_that_is_always_null_is_unknown(connection: duckdb.DuckDBPyConnection) -> None:
    """As a query has it that knows nothing of a field."""
    columns = ", ".join(f"NULL AS {name}" for name in fields_of(pr.Station) if name != "id")
    mapping = parse_mapping({"stations": {"query": f"SELECT 'S1' AS id, {columns}"}})
    policy = pr.load("putian-2019-52").policy(as_of=date(2020, 1, 1))
    tables = pr.on(policy, connection, mapping=mapping)
    assert tables.faults() == []
    assert tables.decisions(pr.Station, "duty_mode").fetchall() == [
        ("S1", None, "", "", "stations/S1.officers stations/S1.pilot")
    ]


def test_what_cannot_be_asked_is_refused(connection: duckdb.DuckDBPyConnection) -> None:
    """With what can."""
    tables = on(ROOMS, connection)
    with pytest.raises(QuestionError, match="no decision `colour` on reading_rooms; there are"):
        tables.decisions(ReadingRoom, "colour")
    with pytest.raises(QuestionError, match="no decision `findings` on reading_rooms"):
        tables.decisions(ReadingRoom, "findings")
    with pytest.raises(QuestionError, match="no verdicts on reading_rooms; there are"):
        tables.verdicts(ReadingRoom)
    with pytest.raises(QuestionError, match="no findings on loans_of_rooms; there are verdicts"):
        tables.findings(RoomLoan)
    with pytest.raises(QuestionError, match=r"no finding under `9\.9/9` on reading_rooms"):
        tables.findings(ReadingRoom, "9.9/9")
    with pytest.raises(QuestionError, match="there is no table of stations; map one to it"):
        tables.findings(pr.Station)


def test_a_database_without_any_table_is_refused() -> None:
    """One line in both languages, with the names that are looked for."""
    with pytest.raises(pr.FactError) as refused:
        on(ROOMS, duckdb.connect())
    (fault,) = refused.value.faults
    assert "`reading_rooms`" in str(fault)


def test_without_a_table_of_duties_there_are_no_findings() -> None:
    """All findings are those on the classes that there are."""
    made = duckdb.connect()
    made.execute("CREATE TABLE loans_of_rooms (id TEXT, purpose TEXT)")
    tables = on(ROOMS, made)
    with pytest.raises(QuestionError, match="there is no table of which any duty speaks; map one"):
        tables.findings()
    made.execute("INSERT INTO loans_of_rooms VALUES ('A', 'public')")
    assert tables.verdicts(RoomLoan).fetchall() == [
        ("A", "undetermined", "", "", "", "loans_of_rooms/A.agreed_on loans_of_rooms/A.held_on")
    ]


def test_another_kind_of_connection_is_refused() -> None:
    """One line in both languages that says what was found."""
    with pytest.raises(pr.ChoiceError) as refused:
        system_of("duckdb:///")
    ((zh, en),) = refused.value.faults
    assert zh == "`connection` 应为 DuckDB、Spark、SQLAlchemy 或 DB-API 的连接，实为 `builtins.str`"
    assert en == (
        "`connection` is one of DuckDB, Spark, SQLAlchemy or the DB-API, found `builtins.str`"
    )


def test_a_system_on_which_no_rules_run_is_named() -> None:
    """Not a raw `no such function: current_schema`."""
    policy = pr.load("putian-2019-52").policy(as_of=date(2022, 4, 1))
    with (
        closing(sqlite3.connect(":memory:")) as connection,
        pytest.raises(
            pr.ChoiceError, match="rules are not run on SQLite; read its tables with DuckDB"
        ),
    ):
        pr.on(policy, connection)
    of_pymysql = type("Connection", (), {"__module__": "pymysql.connections", "cursor": None})
    with pytest.raises(pr.ChoiceError, match="rules are not run on MySQL"):
        pr.on(policy, of_pymysql())
    dialect = type("Dialect", (), {"name": "oracle"})()
    engine = type("Engine", (), {"__module__": "sqlalchemy.engine.base", "dialect": dialect})
    with pytest.raises(pr.ChoiceError, match="rules are not run on Oracle"):
        pr.on(policy, engine())


class Answering:
    """A connection, and its cursor, to a database that answers every query alike."""

    def __init__(self, answer: object) -> None:
        self.rows = [[(answer,)]]

    def cursor(self) -> Answering:
        return self

    def execute(self, sql: str) -> None:
        assert sql == "SELECT '' IS NULL OR 3 / 2 <> 1"

    def fetchmany(self, most: int) -> list[tuple[object]]:
        return self.rows.pop() if self.rows else []


def test_a_database_in_another_mode_than_that_of_postgres_is_refused() -> None:
    """openGauss and KingbaseES take PostgreSQL's drivers, and by default mean otherwise."""
    assert system_of(Answering(answer=False)).dialect is DIALECTS["postgres"]
    with pytest.raises(pr.ChoiceError) as refused:
        system_of(Answering(answer=True))
    ((zh, en),) = refused.value.faults
    assert en == (
        "expected a database in the mode of PostgreSQL, found one in which the empty text is "
        "`NULL`, or `3 / 2` is not 1; create one in that mode (openGauss and KingbaseES have it) "
        "for the data"
    )
    assert zh.startswith("应为 PostgreSQL 模式的数据库，实际空文字是 `NULL`，或 `3 / 2` 不是 1")


def test_a_relation_of_duckdb_is_taken_for_duckdb(connection: duckdb.DuckDBPyConnection) -> None:
    """By the module of its type."""
    assert system_of(connection).dialect is DIALECTS["duckdb"]


# Views


def test_views_can_be_installed_and_asked(connection: duckdb.DuckDBPyConnection) -> None:
    """All of them, or some; the head says on what they rest."""
    connection.execute("ALTER TABLE reading_rooms ADD COLUMN ebooks BIGINT")
    script = to_sql(ROOMS, complete=[ReadingRoom])
    assert script.startswith(
        "-- 示例〔2020〕1号 村阅览室开放和借用规定（示例）\n-- as of 2020-06-01\n"
    )
    assert "-- reading stock_counts = printed\n" in script
    assert "-- whole lists: reading_rooms\n" in script
    connection.execute(script)
    assert connection.sql("SELECT outcome FROM loans_of_rooms_verdicts ORDER BY id").fetchall() == [
        ("permitted",),
        ("exemption_needed",),
    ]
    only = to_sql(ROOMS, only=["reading_rooms_stock"])
    assert only.count("CREATE OR REPLACE VIEW") == 1
    assert "stock: 藏书量" in only
    exempting = READING_ROOMS.policy(
        as_of=date(2020, 6, 1),
        exemptions=[pr.Exemption(id="X", cite="1.2/1", subject="loans_of_rooms/B")],
        parameters={"first_class_hours": 39},
    )
    script = to_sql(exempting)
    assert "-- parameter first_class_hours = 39\n" in script
    assert "-- exemptions: X\n" in script
    connection.execute(script)
    verdicts = connection.sql("SELECT outcome, exemptions FROM loans_of_rooms_verdicts ORDER BY id")
    assert verdicts.fetchall() == [("permitted", ""), ("undetermined", "1.2/1=X")]


def test_a_view_that_there_is_not_is_refused() -> None:
    """Each in both languages, with those that there are."""
    with pytest.raises(pr.ChoiceError) as refused:
        to_sql(ROOMS, only=["reading_rooms_stock", "rooms", "loans"])
    first, second = refused.value.faults
    assert first[0].startswith("没有视图 `rooms`；现有 `reading_rooms_stock`")
    assert second[1].startswith("no view `loans`; there are `reading_rooms_stock`")


def test_views_over_the_tables_that_there_are(connection: duckdb.DuckDBPyConnection) -> None:
    """Through a mapping, with the schema of the database; whole is what the mapping says."""
    connection.execute("CREATE TABLE YLS (BH TEXT, CS INTEGER)")
    connection.execute("DROP TABLE reading_rooms")
    connection.execute("INSERT INTO YLS VALUES ('R', 4000)")
    mapping = parse_mapping(
        {
            "complete": ["reading_rooms"],
            "reading_rooms": {"table": "YLS", "columns": {"id": "BH", "volumes": "CS"}},
        },
        source="county",
        extra_classes=[ReadingRoom, RoomLoan],
    )
    assert isinstance(mapping, TableMapping)
    schema = schema_of_duckdb(connection)
    script = to_sql(ROOMS, mapping=mapping, schema=schema)
    assert "-- whole lists: reading_rooms\n" in script
    connection.execute(script)
    decided = connection.sql("SELECT id, value FROM reading_rooms_room_class").fetchall()
    assert decided == [("R", "first")]
    assert on(ROOMS, connection, mapping=mapping).decisions(ReadingRoom, "stock").fetchall() == [
        ("R", 4000, "1.1/1", "", "")
    ]


# What no column or table says is unknown

claim, clerk = subject(Claim), subject(Clerk)
clerks, claims = each(Clerk, office_id=office), each(Claim, office_id=office)
its_office = the(Office, claim.office_id)
MONTHLY: Final = says("1/1", **SAYS).sets("monthly", Recurrence("FREQ=MONTHLY"))
URGENT: Final = held(claims, claims.urgent, on=claims.on, every=MONTHLY).called(**LABELS)
STAFFED: Final = defining(office, "staffed", bool)(**LABELS).by(
    quoted("1/1", **QUOTE).makes(some(clerks, clerks.senior) & office.open)
)
COLOURED: Final = defining(office, "coloured", int)(**LABELS).by(
    quoted("1/1", **QUOTE).makes(office.desks + 1, when=office.colour.is_(Colour.RED)),
    quoted("1/2", **QUOTE).makes(2, when=office.large),
    otherwise=quoted("1/3", **QUOTE).makes(office.floors),
)
KINDS: Final = defining(office, "kind", int)(**LABELS).by(
    quoted("1/1", **QUOTE).makes(1, when=office.colour.is_(Colour.RED)),
    quoted("1/2", **QUOTE).makes(2, when=office.large),
    otherwise=quoted("1/3", **QUOTE).makes(3),
)
RULES: Final = directive(
    STAFFED,
    COLOURED,
    KINDS,
    defining(office, "sums", bool)(**LABELS).by(
        quoted("1/4", **QUOTE).makes(
            (total(clerks, clerks.files) >= 3) & (count(clerks, clerks.files > office.desks) >= 1)
        )
    ),
    defining(office, "much", bool)(**LABELS).by(
        quoted("1/5", **QUOTE).makes(
            (office.visits.in_year(-1) > 2)
            | office.visits.is_known()
            | office.places.has("3501")
            | office.colours.has(Colour.RED)
            | office.places.all_start_with("35")
            | office.places.within({"3501"})
            | office.colour.is_in({Colour.RED, Colour.BLUE})
            | (office.founded.plus_years(1) > office.founded)
            | (office.founded.year() > 2000)
            | (office.checked_at.plus_minutes(5) > office.checked_at)
            | (office.open.is_(office.large))
            | (office.founded.full_years_until(date(2019, 10, 1)) > 3)
        )
    ),
    says("1/6", **SAYS, modality=Modality.IN_PRINCIPLE).forbids(
        claim, its_office.open & claim.urgent, on=claim.on
    ),
    says("1/7", **SAYS).forbids(claim, STAFFED.of(its_office)),
    says("1/8a", **SAYS).forbids(claim, KINDS.of(its_office) > 1),
    says("1/8b", **SAYS).needs(
        claim, says("1/8b", **SAYS).step("asked", claim.colours.has(Colour.RED)), on=claim.on
    ),
    says("1/8c", **SAYS).demands(office, URGENT),
    says("1/9a", **SAYS).demands(office, COLOURED.of(office) * 2 <= office.floors),
    says("1/9b", **SAYS).attests(office),
    says("1/9c", **SAYS).attests(office, applies=office.open),
)
EXEMPT: Final = pr.Exemption(id="X", cite="1/6", subject="claims/A", valid_from=date(2019, 1, 1))
FULL: Final[tuple[Fact, ...]] = (
    O(open=True, large=True, desks=3, floors=2, founded=date(2015, 1, 1), colour=Colour.RED,
      colours={Colour.RED}, places={"3501"}, visits={2018: 3}, motto="x"),
    Office(id="P", open=False, colour=Colour.BLUE, desks=1),
    Office(id="Q"),
    Clerk(id="a", office_id="O", senior=True, files=4),
    Clerk(id="b", office_id="P", senior=False, files=1),
    Clerk(id="c", files=1),
    Claim(id="A", office_id="O", clerk_id="a", urgent=True, on=date(2019, 8, 2)),
    Claim(id="B", office_id="P", urgent=True, on=date(2019, 9, 2), colours={Colour.RED}),
    Claim(id="C", clerk_id="b", urgent=False),
    pr.Attestation(id="1", subject_id="O", cite="1/9b", holds=True, on=date(2019, 8, 1)),
    pr.Attestation(id="2", subject_id="O", cite="1/9c", holds=False, on=date(2019, 8, 1)),
    pr.Attestation(id="3", cite="1/9c", holds=True),
)  # fmt: skip
LISTED: Final[tuple[type[Fact], ...]] = (*CLASSES, pr.Attestation)


def without(fact: Fact, gone: Mapping[type[Fact], Iterable[str]]) -> Fact:
    """The fact without what is known of some of its fields."""
    known = {name: getattr(fact, name) for name in fields_of(type(fact))}
    return type(fact)(**known | dict.fromkeys(gone.get(type(fact), ())))


def on_tables(
    policy: Policy, facts: pr.Facts, gone: Mapping[type[Fact], Iterable[str]], absent: Any
) -> OnTables:
    """The policy on tables that lack some columns, where some tables are lacking altogether."""
    connection = duckdb.connect()
    years = years_read(policy)
    for cls in LISTED:
        if cls in absent:
            continue
        load(connection, cls.collection, cls, facts.all(cls), years)
        columns = connection.table(cls.collection).columns
        for name in gone.get(cls, ()):
            for column in columns:
                if column == name or column.startswith(f"{name}_"):
                    connection.execute(f'ALTER TABLE "{cls.collection}" DROP COLUMN "{column}"')
    whole = [cls for cls in LISTED if facts.is_complete(cls)]
    return on(policy, connection, complete=whole)


EACH_COLUMN: Final = [
    (cls, name) for cls in LISTED for name in fields_of(cls) if name not in ("id", "office_id")
]


@pytest.mark.parametrize("complete", [False, True], ids=["partial", "whole"])
@pytest.mark.parametrize(
    "gone",
    [
        {},
        {Office: ["open"], Clerk: ["senior"], Claim: ["urgent"]},
        {Office: ["visits", "colour", "places"], Claim: ["on", "colours"]},
        {Office: ["large", "desks", "founded"], Clerk: ["files"], Claim: ["clerk_id"]},
        {Office: ["floors", "colours", "checked_at"], Clerk: ["office_id"], pr.Attestation: ["on"]},
        {Claim: ["office_id"], pr.Attestation: ["holds"]},
        {Claim: ["office_id", "on"], pr.Attestation: ["subject_id"]},
        {Office: ["open", "colour", "large"], pr.Attestation: ["cite"]},
        {cls: [name for of, name in EACH_COLUMN if of is cls] for cls in LISTED},
    ],
    ids=str,
)
def test_a_column_that_is_not_there_is_unknown(
    gone: Mapping[type[Fact], Iterable[str]], complete: bool
) -> None:
    """Of every fact of the class, as the reference has it of facts without the field."""
    built: dict[str, Any] = {"as_of": DAY, "exemptions": [EXEMPT]}
    policy = RULES.policy(**built)
    reference = RULES.policy(engine="interpreter", **built)
    listed = [without(fact, gone) for fact in FULL]
    facts = container(listed, LISTED if complete else ())
    number, different = rows_compared(on_tables(policy, facts, gone, ()), reference, facts)
    assert different == []
    assert number == 3 * 5 + 3 + 3 * 4  # decisions, verdicts, findings


@pytest.mark.parametrize(
    ("absent", "complete"),
    [
        (Clerk, False),
        (Clerk, True),
        (Claim, False),
        (Claim, True),
        (Office, False),
        (pr.Attestation, False),
        (pr.Attestation, True),
    ],
)
def test_a_table_that_is_not_there_has_no_facts(absent: type[Fact], complete: bool) -> None:
    """Whether its list is said to be whole or not."""
    policy = RULES.policy(as_of=DAY)
    reference = RULES.policy(as_of=DAY, engine="interpreter")
    listed = [without(fact, {Claim: ["clerk_id"]}) for fact in FULL if type(fact) is not absent]
    facts = container(listed, [absent] if complete else [])
    tables = on_tables(policy, facts, {}, [absent])
    assert rows_compared(tables, reference, facts)[1] == []


@pytest.mark.parametrize(
    ("fact_class", "cite"),
    [(pr.City, "1.4/1a"), (pr.Station, "2.1/2a"), (pr.Station, "2.1/2d"), (pr.Event, "6.4/1c")],
)
def test_what_is_needed_is_said_once(fact_class: type[Fact], cite: str) -> None:
    """FOUND: needs of tables repeated words, where nothing is known but the ids."""
    database = duckdb.connect()
    policy = pr.load("putian-2019-52").policy(as_of=date(2022, 4, 1))
    for cls in POLICE.classes:
        database.execute(f"CREATE TABLE {cls.collection} AS SELECT unnest(['A', 'B']) AS id")
    asked = on(policy, database).findings(fact_class).filter(f"cite = '{cite}'")
    for (needs,) in asked.project("needs").fetchall():
        words = needs.split()
        assert words
        assert words == sorted(set(words))


def test_very_many_rules_are_asked_in_little_memory(
    connection: duckdb.DuckDBPyConnection,
) -> None:
    """Of 300 rules, a row carried what all of them come to, and was read for each: 1.5 GB."""
    number, rooms = 300, 200
    clause = Clause("1", "座位", "Seats")
    room = subject(ReadingRoom)
    for least, sentence in enumerate(clause.sentences(number)):
        sentence("座位")(f"{least}", f"{least}").demands(room, room.volumes >= least)
    text = "".join(f"1/{place} 座位\n" for place in range(1, number + 1))
    directive = Directive(
        id="very-many", number="1", zh="座位", en="Seats", issued=date(2020, 1, 1),
        clauses=[clause], sentences=fingerprints(text), fact_classes=[ReadingRoom],
    )  # fmt: skip
    policy = pr.load(directive).policy(as_of=date(2022, 4, 1))
    connection.execute("SET memory_limit = '1500MB'")
    connection.execute(
        "CREATE OR REPLACE TABLE reading_rooms AS "
        f"SELECT 'R' || i AS id, i AS volumes FROM (SELECT UNNEST(RANGE({rooms})) AS i)"
    )
    findings = on(policy, connection).findings(ReadingRoom)
    counted = dict(findings.aggregate("status, COUNT(*)", "status").fetchall())
    # Room i has i volumes, and meets the rules of 0 to i of them: 1 + 2 + … + 200.
    assert counted == {"satisfied": 20_100, "breached": number * rooms - 20_100}
    cites = findings.aggregate("COUNT(DISTINCT cite)").fetchall()
    assert cites == [(number,)]


def test_ids_are_compared_letter_by_letter_whatever_a_column_does() -> None:
    """Where a column passed over case, an officer of s1 counted for S1, and `Case` was a role."""
    connection = duckdb.connect()
    connection.execute(
        "CREATE TABLE stations (id TEXT COLLATE NOCASE);"
        "INSERT INTO stations VALUES ('S1'), ('s1');"
        "CREATE TABLE officers (id TEXT, station_id TEXT COLLATE NOCASE, role TEXT COLLATE NOCASE);"
        "INSERT INTO officers VALUES ('P1', 's1', 'case'), ('P2', 's1', 'Case'), ('P3', 'S1', NULL)"
    )
    policy = pr.load("putian-2019-52").policy(as_of=date(2020, 6, 30))
    tables = pr.on(policy, connection, complete=[pr.Station, pr.Officer])
    strengths = tables.decisions(pr.Station, "strength").project("id, value").order("id COLLATE C")
    assert strengths.fetchall() == [("S1", 1), ("s1", 2)]
    (fault,) = tables.faults()
    assert fault.text("en").startswith("officers.role (P2): expected one of")
    connection.execute("SET default_collation = 'nocase'")
    with pytest.raises(pr.ChoiceError, match="expected no `default_collation` of DuckDB"):
        pr.on(policy, connection)
