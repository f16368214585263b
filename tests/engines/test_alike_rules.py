"""Rules that are alike, which DuckDB is asked about as one: with the answers of each by itself."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any, Final

import duckdb
import pytest
from sqlglot import exp

import policy_rules as pr
from policy_rules.engines.sql.alike import put_together
from policy_rules.engines.sql.databases import DIALECTS
from policy_rules.engines.sql.dialects import case, equal, is_null, number
from policy_rules.engines.sql.relations import Grouped, Query, Relation, Rows, Selection
from policy_rules.language import Clause, Directive, count, each, load, subject
from policy_rules.policy import LoadedDirective
from policy_rules.tables.views import to_sql
from policy_rules.testing.made_up import CLASSES, Clerk, Office
from tests.support.made_up_rules import DAY, policies

NUMBER: Final = 9


def many(number: int) -> LoadedDirective:
    """So many duties of each form: by a constant, by a field, of members, and by a day."""
    office = subject(Office)
    clerk = each(Clerk, office_id=office)
    clause = Clause("1", "章", "clause")
    sentences = clause.sentences(4 * number)
    fields = office.desks, office.floors
    for place in range(number):
        one, two, three, four = sentences[place::number]
        labels = f"事{place}", f"thing {place}"
        before = date(2010 + place, 1, 1)
        one("字")(*labels).demands(office, office.founded >= before, applies=office.open)
        two.in_principle("字")(*labels).demands(office, fields[place % 2] >= place % 9 + 1)
        files = count(clerk, where=clerk.files >= place % 9)
        three("字")(*labels).demands(office, files >= office.desks)
        four.target("字")(*labels).demands(
            office, office.large, applies=office.desks >= place % 9, due=office.founded
        )
    written = Directive(
        id="many", number="1", zh="例", en="made up", issued=date(2019, 7, 16), clauses=[clause],
        sentences={f"1/{place + 1}": "" for place in range(4 * number)}, fact_classes=CLASSES,
    )  # fmt: skip
    return LoadedDirective(load(written))


OFFICES: Final[list[dict[str, Any]]] = [
    {},
    {"open": True, "desks": 2, "floors": 3, "founded": date(2012, 5, 1), "large": False},
    {"open": False, "desks": 9, "founded": date(2030, 1, 1), "large": False},
    {"open": True, "desks": 0, "floors": 9, "large": True},
    {"desks": 1, "founded": date(2014, 1, 1)},
]


def test_many_rules_are_answered_as_by_the_interpreter() -> None:
    """Known and unknown fields, members and links, exemptions, days of each fact."""
    offices = [Office(id=f"O{place}", **known) for place, known in enumerate(OFFICES)]
    clerks = [
        Clerk(id=f"C{place}", office_id=(None, "O1", "O3", "O4")[place % 4], files=files)
        for place, files in enumerate([8, 5, None, 1, 1, 2, 9, None])
    ]
    facts = pr.Facts(offices=offices, clerks=clerks, complete=[Clerk])
    exempted = pr.Exemption(
        id="E", cite=f"1/{NUMBER + 3}", subject="offices/O1", authority="局", document="文",
        reason="因", valid_from=date(2019, 1, 1), valid_until=date(2021, 1, 1),
    )  # fmt: skip
    by_sql, by_interpreter = policies(many(NUMBER), exemptions=[exempted])
    found = [each.as_json() for each in by_sql.audit(facts)]
    assert found == [each.as_json() for each in by_interpreter.audit(facts)]
    statuses = {each["status"] for each in found}
    assert statuses >= {
        "satisfied", "breached", "deviates", "exempt", "missed", "pending", "not_applicable",
        "undetermined",
    }  # fmt: skip


def test_what_is_said_of_rules_grows_with_what_they_differ_in() -> None:
    """What they need and come to is written once; their constants and columns are listed."""
    few, more = (to_sql(many(number).policy(as_of=DAY), "duckdb") for number in (10, 20))
    for each_ in ("'breached'", "CONCAT_WS", "@.founded", "UNNEST"):
        assert few.count(each_) == more.count(each_) > 0
    postgres = [to_sql(many(number).policy(as_of=DAY), "postgres") for number in (10, 20)]
    assert postgres[1].count("@.founded") == 2 * postgres[0].count("@.founded")


# What selections of a relation come to, one by one and put together.

_TABLES: Final = """
    CREATE TABLE rooms AS SELECT * FROM (VALUES
        ('A', 1, 5, true, DATE '2020-01-01', 'x'), ('B', NULL, 2, NULL, NULL, NULL)
    ) made(id, a, b, open, day, word);
    CREATE TABLE chairs AS SELECT * FROM (VALUES ('A', 3), ('A', NULL), ('B', 4)) made(room, legs);
"""


class Rooms:
    """A relation of rooms, with columns of every origin."""

    def __init__(self) -> None:
        self.query = Query(DIALECTS["duckdb"])
        self.relation = self._of("rooms", "id")
        kinds = {"a": "bigint", "b": "bigint", "open": "boolean", "day": "date", "word": ""}
        for name, kind in kinds.items():
            self.relation.put(name, exp.column(name), kind=kind)
        self.chairs = self._of("chairs", "room")
        self.chairs.put("legs", exp.column("legs"), kind="bigint")

    def _of(self, name: str, key: str) -> Relation:
        relation = Relation(self.query, name, Rows(exp.to_table(name)), 0, (key,))
        relation.put(key, exp.column(key), kind="text")
        return relation

    def gathered(self, place: int, what: exp.Expression) -> exp.Expression:
        """Something of the chairs of each room."""
        grouped = Grouped(self.query, f"chairs_{place}", self.chairs, 0, ("room",))
        name = grouped.output("gathered", what)
        join = self.query.join("chairs", grouped, 1, {"room": exp.column("id")})
        return self.relation.add("gathered", self.query.column(name, join.alias), join)

    def key_gathered(self, place: int) -> exp.Expression:
        """The key by which the chairs of each room are gathered."""
        grouped = Grouped(self.query, f"chairs_{place}", self.chairs, 0, ("room",))
        join = self.query.join("chairs", grouped, 1, {"room": exp.column("id")})
        return self.relation.add("key", self.query.column("room", join.alias), join)

    def beside(self, place: int) -> exp.Expression:
        """A column of the room of the same id."""
        join = self.query.join(f"others_{place}", self.relation, 0, {"id": exp.column("id")})
        return self.relation.add("other", self.query.column("b", join.alias), join)


def constant_or_column(rooms: Rooms, place: int) -> exp.Expression:
    return exp.GT(this=exp.column("a"), expression=number(place) if place % 2 else exp.column("b"))


def computed_alike(rooms: Rooms, place: int) -> exp.Expression:
    low = rooms.relation.add("low", exp.GTE(this=exp.column("ab"[place % 2]), expression=number(2)))
    return case([(low, exp.Literal.string(f"{place}")), (is_null(low), exp.Literal.string("?"))])


def computed_otherwise(rooms: Rooms, place: int) -> exp.Expression:
    """By columns of one kind that are computed in several ways."""
    ways = [
        exp.Not(this=exp.column("open")),
        exp.Anonymous(
            this="STARTS_WITH", expressions=[exp.column("word"), exp.Literal.string("x")]
        ),
        exp.In(this=exp.column("a"), expressions=[number(1), number(2)]),
        exp.In(this=exp.column("a"), expressions=[number(3)]),
    ]
    made = exp.And(this=exp.true(), expression=ways[place % 4])
    return is_null(rooms.relation.add("way", made))


def of_functions(rooms: Rooms, place: int) -> exp.Expression:
    return exp.Anonymous(this=("UPPER", "LOWER")[place % 2], expressions=[exp.column("word")])


def alike_in_part(rooms: Rooms, place: int) -> exp.Expression:
    low = rooms.relation.add("low", exp.GTE(this=exp.column("a"), expression=number(place)))
    return exp.And(this=low, expression=is_null(of_functions(rooms, place)))


def of_lists(rooms: Rooms, place: int) -> exp.Expression:
    branches = [(exp.column("open"), exp.Literal.string(f"{place}"))] * (1 + place % 2)
    return equal(rooms.relation.add("listed", case(branches)), exp.Literal.string("1"))


def read_by_several(rooms: Rooms, place: int) -> exp.Expression:
    if place % 4 == 0:
        rooms.relation.add("shared", exp.GT(this=exp.column("a"), expression=number(place)))
    shared = [name for name in rooms.relation.columns if name.startswith("shared")]
    return is_null(exp.column(shared[-1]))


def of_unknown_kinds(rooms: Rooms, place: int) -> exp.Expression:
    largest = exp.Max(this=exp.Add(this=exp.column("legs"), expression=number(place)))
    return is_null(rooms.gathered(place, largest))


def of_known_kinds(rooms: Rooms, place: int) -> exp.Expression:
    counted = exp.Count(this=case([(equal(exp.column("legs"), number(place)), number(1))]))
    listed = exp.GroupConcat(this=exp.cast(exp.column("legs"), "text"))
    found = rooms.gathered(place, counted if place % 2 else listed)
    return is_null(exp.Coalesce(this=found, expressions=[exp.Null()]))


def of_a_key(rooms: Rooms, place: int) -> exp.Expression:
    return is_null(rooms.key_gathered(place))


def of_another_fact(rooms: Rooms, place: int) -> exp.Expression:
    return exp.GT(this=rooms.beside(place), expression=exp.Paren(this=exp.Neg(this=number(place))))


def of_days(rooms: Rooms, place: int) -> exp.Expression:
    day = exp.cast(exp.Literal.string(f"2020-01-0{place % 9 + 1}"), "date")
    return exp.LTE(this=exp.column("day"), expression=day)


@pytest.mark.parametrize(
    "say",
    [
        constant_or_column, computed_alike, computed_otherwise, of_functions, of_lists,
        alike_in_part, read_by_several, of_days, of_unknown_kinds, of_known_kinds, of_a_key,
        of_another_fact,
    ],
)  # fmt: skip
def test_what_is_put_together_comes_to_the_same(
    say: Callable[[Rooms, int], exp.Expression],
) -> None:
    connection = duckdb.connect()
    connection.execute(_TABLES)
    rooms = Rooms()
    steps = ([("id", exp.column("id")), ("told", exp.column("told"))],)
    selections = [
        Selection(rooms.relation, [[("id", exp.column("id")), ("told", say(rooms, place))]], steps)
        for place in range(20)
    ]
    made = put_together(selections)
    assert len(made) < len(selections)
    one, other = (
        sorted(
            connection.execute(rooms.query.dialect.sql(rooms.query.written(each))).fetchall(),
            key=str,
        )
        for each in (selections, made)
    )
    assert one == other
    assert len(one) == 40
