"""The engine `sql`: choosing it, which facts it holds, threads, and what is not in force."""

from __future__ import annotations

import gc
import sys
from concurrent.futures import ThreadPoolExecutor
from datetime import date, datetime
from typing import Any, Final

import pytest
from attrs import evolve

import policy_rules as pr
from policy_rules.engines.sql.engine import SqlEngine
from policy_rules.engines.sql.loading import attached, detach
from policy_rules.engines.sql.sources import columns_of
from policy_rules.facts import Fact, Unit, fact, identity, integer
from policy_rules.language import (
    BOOLEAN,
    DATE,
    RATIONAL,
    TEXT,
    TEXTS,
    choice_of,
    count,
    each,
    set_of,
    subject,
)
from policy_rules.language.expressions import Constant
from policy_rules.language.types import MOMENT
from policy_rules.testing.comparing import compared, said
from policy_rules.testing.made_up import Claim, Clerk, Colour, Office
from tests.support.made_up_rules import (
    DAY,
    LABELS,
    QUOTE,
    SAYS,
    O,
    directive,
    office,
    policies,
    value_is,
)
from tests.support.writing import defining, quoted, says

PUTIAN: Final = pr.load("putian-2019-52")
claim = subject(Claim)
clerks = each(Clerk, office_id=office)
STAFFED: Final = defining(office, "staffed", bool)(**LABELS).by(
    quoted("1/1", **QUOTE).makes(count(clerks) >= 2)
)
BUSY: Final = directive(
    STAFFED,
    says("1/2", **SAYS).forbids(claim, claim.urgent),
    says("1/3", **SAYS).demands(office, STAFFED.of(office)),
    says("1/4", **SAYS).attests(office),
)

# Where it cannot be had


@pytest.mark.parametrize("missing", ["duckdb", "sqlglot"])
def test_where_it_cannot_be_imported_the_choice_is_refused(
    monkeypatch: pytest.MonkeyPatch, missing: str
) -> None:
    """One clear error in both languages that says what to install; the other engines work."""
    for name in [name for name in sys.modules if name.startswith("policy_rules.engines.sql")]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, missing, None)
    with pytest.raises(pr.ChoiceError) as refused:
        PUTIAN.policy(as_of=date(2018, 1, 2), engine="sql")
    ((zh, en),) = refused.value.faults
    assert zh == (
        f"引擎 `sql` 需要 `{missing}`，尚未安装；请安装 `policy-rules[sql]`，或改用 `python`"
    )
    assert en == (
        f"engine `sql` needs `{missing}`, which is not installed; install `policy-rules[sql]`, "
        "or use `python`"
    )
    station = pr.Station(id="S", pilot=False, officers=14)
    policy = PUTIAN.policy(as_of=date(2019, 9, 2), engine="python")
    assert policy.decide(station, "duty_mode").value is pr.DutyMode.TWO_TEAMS_ONE_ROOM


# Which facts it is asked about


def facts_of(*names: str, **more: Any) -> pr.Facts:
    """An office with clerks of the names."""
    listed = [Clerk(id=name, office_id="O") for name in names]
    return pr.Facts(others=[O(), *listed], **more)


def test_a_fact_is_asked_that_is_not_among_the_facts() -> None:
    """In the place of one with its id, or of none; also where there are no facts at all."""
    sql, reference = policies(BUSY)
    around = facts_of("a", "b")
    for asked, facts in (
        (O(open=True), around),
        (Office(id="P"), around),
        (O(), pr.NO_FACTS),
        (Claim(id="A", urgent=True), pr.NO_FACTS),
        (Claim(id="A", urgent=True), around),
    ):
        if isinstance(asked, Office):
            answer = sql.decide(asked, "staffed", facts)
            assert said(answer) == said(reference.decide(asked, "staffed", facts))
        else:
            verdict = sql.check(asked, facts)
            assert verdict.outcome is pr.Outcome.PROHIBITED
            assert said(verdict) == said(reference.check(asked, facts))
    alone = sql.audit(around, lambda _: [O(open=True), Office(id="P")])
    beside = reference.audit(around, lambda _: [O(open=True), Office(id="P")])
    assert [said(each_) for each_ in alone] == [said(each_) for each_ in beside]
    assert sql.decide(O(), "staffed", around).value is True


def test_the_lists_that_are_whole_are_asked_about_again() -> None:
    """One policy, and facts that differ in nothing else."""
    sql, _ = policies(BUSY)
    fact = O()
    for complete, value in (((), None), (("clerks",), False), ((), None), (("offices",), None)):
        assert sql.decide(fact, "staffed", facts_of("a", complete=complete)).value is value


def loaded(policy: pr.Policy) -> list[Any]:
    """What the engine keeps of facts."""
    engine = policy._engine
    assert isinstance(engine, SqlEngine)
    return engine._loaded


def test_only_the_last_facts_are_kept_and_none_that_are_gone() -> None:
    """However many are asked about; those that are asked about again are loaded again."""
    sql, _ = policies(BUSY)
    kept = [facts_of(*(f"c{n}" for n in range(number))) for number in range(6)]
    for _ in range(2):
        for number, facts in enumerate(kept):
            expected = True if number >= 2 else None
            assert sql.decide(facts.all(Office)[0], "staffed", facts).value is expected
    assert [each_.of() for each_ in loaded(sql)] == kept[-4:]
    del kept[3:], facts
    gc.collect()
    sql.decide(kept[2].all(Office)[0], "staffed", kept[2])
    assert [each_.of() for each_ in loaded(sql)] == [kept[2]]


def test_the_tables_of_facts_that_are_gone_take_no_memory() -> None:
    """Nor are those kept whose policy is gone."""
    made = directive(value_is(bool, office.open))
    sql = made.policy(as_of=DAY, engine="sql")
    watching = attached()

    def databases() -> int:
        (found,) = watching.execute("SELECT count(*) FROM duckdb_databases()").fetchall()
        return int(found[0])

    before = databases()
    for number in range(6):
        facts = facts_of(*(f"c{n}" for n in range(number)))
        assert sql.decide(facts.all(Office)[0], "told", facts).value is None
        assert databases() == before + 1
    del made, sql
    gc.collect()
    assert databases() == before
    detach(watching)


def test_threads_ask_one_policy() -> None:
    """Of the same facts and of others, all at once."""
    sql, reference = policies(BUSY)
    many = [facts_of("a", "b"), facts_of("a"), facts_of(complete=[Clerk])]

    def ask(number: int) -> bool:
        facts = many[number % 3]
        fact = facts.all(Office)[0]
        one, other = (policy.decide(fact, "staffed", facts) for policy in (sql, reference))
        return said(one) == said(other) and compared(sql, reference, facts)[1] == []

    with ThreadPoolExecutor(4) as threads:
        assert all(threads.map(ask, range(24)))


# What is in force

VALUES: Final = (
    ("truth", BOOLEAN, True),
    ("number", int, 1),
    ("share", RATIONAL, Constant(1) / Constant(2)),
    ("text", TEXT, "a"),
    ("texts", TEXTS, frozenset({"a"})),
    ("choice", choice_of(Colour), Colour.RED),
    ("choices", set_of(Colour), frozenset({Colour.RED})),
    ("day", DATE, date(2019, 1, 1)),
    ("moment", MOMENT, Constant(datetime(2019, 1, 1))),
)


def test_before_it_was_in_force_nothing_applies() -> None:
    """Decisions have no value, of whatever type; verdicts and findings are not applicable."""
    made = [
        defining(office, name, type_)(**LABELS).by(quoted("1/1", **QUOTE).makes(value))
        for name, type_, value in VALUES
    ]
    of = directive(
        *made,
        says("1/2", **SAYS).forbids(claim, claim.urgent),
        says("1/3", **SAYS).demands(office, office.open),
        says("1/4", **SAYS).attests(office),
        says("1/5", **SAYS).demands(claim, claim.urgent),
    )
    facts = pr.Facts(others=[O(open=True), Claim(id="A", urgent=True)])
    sql, reference = policies(of, date(2019, 7, 15))
    assert compared(sql, reference, facts)[1] == []
    assert [d.value for d in sql.decisions_of(facts)] == [None] * len(VALUES)
    assert {each_.status for each_ in sql.audit(facts)} == {pr.Status.NOT_APPLICABLE}
    (verdict,) = sql.verdicts_of(facts)
    assert verdict.outcome is pr.Outcome.NOT_APPLICABLE
    assert compared(*policies(of), facts)[1] == []


def test_rules_that_hold_for_a_time() -> None:
    """One that is over, and one that is still to come, take no part."""
    over: dict[str, Any] = {"valid_until": date(2019, 8, 31)}
    to_come: dict[str, Any] = {"valid_from": date(2020, 1, 1)}
    number = defining(office, "number", int)(**LABELS).by(
        evolve(quoted("1/1", **QUOTE).makes(1, when=office.open), **over),
        quoted("1/2", **QUOTE).makes(2, when=office.open),
        evolve(quoted("1/3", **QUOTE).makes(3, when=office.large), **to_come),
        otherwise=quoted("1/4", **QUOTE).makes(0),
    )
    of = directive(
        number,
        evolve(says("1/5", **SAYS).demands(office, office.open), **over),
        evolve(says("1/6", **SAYS).attests(office), **to_come),
        says("1/7", **SAYS).demands(office, office.open),
        evolve(says("1/8", **SAYS).forbids(claim, claim.urgent), **over),
    )
    facts = pr.Facts(others=[O(open=True), Office(id="P"), Claim(id="A", urgent=True)])
    sql, reference = policies(of, DAY)
    assert compared(sql, reference, facts)[1] == []
    assert [d.value for d in sql.decisions_of(facts)] == [2, None]
    statuses = [each_.status.value for each_ in sql.audit(facts, lambda f: f.all(Office)[:1])]
    assert statuses == ["not_applicable", "not_applicable", "satisfied"]
    (verdict,) = sql.verdicts_of(facts)
    assert verdict.outcome is pr.Outcome.PERMITTED


def test_an_amended_number_is_read_on_its_day() -> None:
    """A policy of another day reads other years and other values."""
    visits = defining(office, "visited", bool)(**LABELS).by(
        quoted("1/1", **QUOTE).makes(office.visits.in_year(-1) > 2)
    )
    facts = pr.Facts(others=[O(visits={2018: 3, 2019: 1})])
    fact = facts.all(Office)[0]
    for year, value in ((2019, True), (2020, False), (2021, None)):
        sql, _ = policies(directive(visits), date(year, 12, 1))
        assert sql.decide(fact, "visited", facts).value is value


def test_no_duty_no_rows() -> None:
    """A class on which there is no duty has no findings."""
    sql, _ = policies(directive(STAFFED))
    assert list(sql.audit(facts_of("a"))) == []
    assert sql.auditor(Office, [])(O(), pr.NO_FACTS) == []


def test_a_field_beyond_64_bits_has_a_column_that_holds_it() -> None:
    """The type of a column follows the bounds that the field declares."""
    unit = Unit("件", "pieces")

    @fact(collection="vaults", zh="金库", en="vault")
    class Vault(Fact):
        id: str = identity()
        coins: int | None = integer(
            zh="币", en="coins", unit=unit, maximum=10**30, meaning="Coins."
        )
        bars: int | None = integer(
            zh="条", en="bars", unit=unit, maximum=2**63 - 1, meaning="Bars."
        )

    assert columns_of(Vault) == {"id": "text", "coins": "decimal(38,0)", "bars": "bigint"}
