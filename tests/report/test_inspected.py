"""What is gathered of an audit: expected values are counted by hand from the facts below.

Two bureaus. Of the first, both stations are known to the last bed; of the second, one is and one
is not. Only what 4.1/5 asks (beds of urban stations, rooms of others) is looked at.
"""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest

import policy_rules as pr
from policy_rules.answers import Status
from policy_rules.facts import Belonging
from policy_rules.language.rules import Requirement
from policy_rules.police import EventKind
from policy_rules.report import (
    Colours,
    Inspection,
    Ranked,
    Share,
    document,
    inspected,
    share_of,
)
from policy_rules.report.document import Heading, Table

URBAN, RURAL = pr.Setting.URBAN, pr.Setting.RURAL
FACTS = pr.Facts(
    bureaus=[pr.Bureau(id="B1", name="甲分局"), pr.Bureau(id="B2", name="乙分局")],
    stations=[
        pr.Station(id="S1", name="一所", bureau_id="B1", setting=URBAN, officers=10, beds=10),
        pr.Station(id="S2", name="二所", bureau_id="B1", setting=RURAL, officers=8, rooms=5),
        pr.Station(id="S3", name="三所", bureau_id="B2", setting=URBAN, officers=9, beds=9),
        pr.Station(id="S4", name="四所", bureau_id="B2", setting=URBAN, officers=9),
    ],
    officers=[pr.Officer(id="O1", station_id="S2")],
    transfers=[pr.Transfer(id="T1", officer_id="O1")],
)
AS_OF = date(2020, 12, 31)


@pytest.fixture(scope="module")
def inspection() -> Inspection:
    return inspected(pr.load("putian-2019-52").policy(as_of=AS_OF).audit(FACTS))


def of(inspection: Inspection, key: str) -> Ranked:
    return next(each for level in inspection.ranking for each in level if each.body.key == key)


def test_facts_belong_to_what_they_refer_to() -> None:
    belonging = Belonging((pr.Bureau, pr.Station), FACTS)

    def keys(fact: pr.Fact) -> list[str | None]:
        return [None if each is None else each.key for each in belonging.of(fact)]

    assert keys(FACTS.named(pr.Bureau, "B1")) == ["bureaus/B1", None]
    assert keys(FACTS.named(pr.Station, "S2")) == ["bureaus/B1", "stations/S2"]
    assert keys(FACTS.named(pr.Officer, "O1")) == ["bureaus/B1", "stations/S2"]
    # The transfer names no station; its officer does.
    assert keys(FACTS.named(pr.Transfer, "T1")) == ["bureaus/B1", "stations/S2"]
    assert keys(pr.City(id="C")) == [None, None]


def test_the_same_body_is_the_same_object() -> None:
    around = pr.Facts(
        stations=[pr.Station(id="S", bureau_id="B"), pr.Station(id="R", bureau_id="B")]
    )
    belonging = Belonging((pr.Bureau, pr.Station), around)
    one, other = (belonging.of(station)[0] for station in around.all(pr.Station))
    assert one is other is not None


def test_the_shares_of_one_rule(inspection: Inspection) -> None:
    shares = {str(each.rule.cite): each.shares for each in inspection.indicators}
    # One of two beds of the second bureau is not known; the first has one urban station.
    assert shares["4.1/5a"] == {"bureaus/B1": Share(1, 0, 0), "bureaus/B2": Share(1, 0, 1)}
    assert shares["4.1/5b"]["bureaus/B1"] == Share(0, 1, 0)
    assert shares["4.1/5b"]["bureaus/B2"] == Share()


def test_a_problem_has_its_bodies_and_its_numbers(inspection: Inspection) -> None:
    (problem,) = (each for each in inspection.problems if str(each.rule.cite) == "4.1/5b")
    (gap,) = problem.open
    assert gap.finding.subject == "stations/S2"
    assert (gap.finding.actual, gap.finding.required, gap.finding.shortfall) == (5, 8, 3)
    assert [body.key for body in gap.place if body] == ["bureaus/B1", "stations/S2"]
    assert gap.overdue is None
    assert not problem.late


def test_what_belongs_to_a_body_counts_for_it(inspection: Inspection) -> None:
    """The second bureau: itself, both stations, and nothing of the first."""
    second = of(inspection, "bureaus/B2")
    assert second.within is None
    own = [
        each
        for each in inspection.policy.audit(FACTS)
        if each.subject in ("bureaus/B2", "stations/S3", "stations/S4")
        and isinstance(each.rule, Requirement)
    ]
    assert second.share == share_of(own)
    stations = [each for each in inspection.ranking[1] if each.within is second.body]
    assert {each.body.key for each in stations} == {"stations/S3", "stations/S4"}


def test_ranks_by_the_share_that_is_met_and_equal_ones_share_a_rank() -> None:
    audit = pr.load("putian-2019-52").policy(as_of=AS_OF).audit(FACTS)
    everyone = inspected(audit, colours=Colours(known=Fraction(0)), readings=False)
    for level in everyone.ranking:
        values = [each.share.value for each in level if each.share.value is not None]
        assert values == sorted(values, reverse=True)
        # Of S4 nothing is settled, so that it has no share, and no rank.
        unsettled = [None] * (len(level) - len(values))
        ranks = [values.index(value) + 1 for value in values]
        assert [each.place for each in level] == [*ranks, *unsettled]
    assert everyone.ranking[1][-1].body.key == "stations/S4"


def test_the_total_is_that_of_the_findings(inspection: Inspection) -> None:
    counted = inspection.statuses
    assert inspection.share.met == counted[Status.SATISFIED] + counted[Status.EXEMPT]
    assert inspection.share.open == counted[Status.UNDETERMINED] + counted[Status.CONFLICT]


def test_nobody_ranks_by_leaving_cells_empty(inspection: Inspection) -> None:
    """Of these facts almost nothing is known, so that nobody has a rank, whatever the share."""
    for level in inspection.ranking:
        for each in level:
            assert each.share.known is not None
            assert each.share.known < inspection.colours.known
            assert each.place is None


def test_what_is_missing_is_said_to_whom(inspection: Inspection) -> None:
    beds = [
        each for each in inspection.missing if (each.collection, each.name) == ("stations", "beds")
    ]
    assert [(each.body and each.body.key, each.keys) for each in beds] == [
        ("bureaus/B2", ("stations/S4",))
    ]
    assert "4.1/5a" in [str(cite) for cite in beds[0].cites]


def test_what_falls_due_is_in_one_horizon_only() -> None:
    policy = pr.load("putian-2019-52").policy(as_of=date(2021, 11, 15))
    facts = pr.Facts(
        stations=[pr.Station(id="S1", name="一所", workstations=0)], complete=["workstations"]
    )
    made = inspected(policy.audit(facts), horizons=(30, 90), readings=False)
    # 4.2/5: every station has a workstation by 2021-12-31, which is 46 days off.
    in_30, in_90 = ([str(due.cite) for due in made.soon[days]] for days in (30, 90))
    assert "4.2/5" not in in_30
    assert "4.2/5" in in_90
    assert made.readings is None


def test_what_falls_due_again_and_again_is_told_once() -> None:
    """Weeks end on Sundays, 3, 10, 17, 24 April and 1 May, and April on its 30th."""
    stations = [pr.Station(id=f"S{number}", name=f"{number}所") for number in range(11)]
    policy = pr.load("putian-2019-52").policy(as_of=date(2022, 4, 1))
    facts = pr.Facts(stations=stations, complete=[pr.Station, pr.Event])
    weekly, monthly = "派出所每周通报辖区发案情况和防控建议", "每月开展队伍思想状况分析研判"
    assert [_due(facts, policy, each)[0] for each in (weekly, monthly)] == [
        ["2022-04-03至2022-05-01，共5次", "五（二）第三句a", weekly, "待完成", "全部11个派出所"],
        ["2022-04-30", "一（二）第二句a", monthly, "待完成", "全部11个派出所"],
    ]
    # One station has done it in the first week, which is then due from the others alone.
    held = pr.Event(id="E", station_id="S0", kind=EventKind.INCIDENT_NOTICE, on=date(2022, 4, 1))
    others = pr.Facts(stations=stations, events=[held], complete=[pr.Station, pr.Event])
    assert [[row[0], *row[3:]] for row in _due(others, policy, weekly)] == [
        ["2022-04-03", "待完成", "、".join(f"{n}所" for n in (1, 10, *range(2, 10)))],
        ["2022-04-10至2022-05-01，共4次", "待完成", "全部11个派出所"],
    ]


def _due(facts: pr.Facts, policy: pr.Policy, what: str) -> list[list[str]]:
    """The rows of what falls due within thirty days, of one requirement."""
    blocks = document(inspected(policy.audit(facts), readings=False), "zh").blocks
    headings = {each.text[:6]: n for n, each in enumerate(blocks) if isinstance(each, Heading)}
    table = blocks[headings["30日内到期"] + 1]
    assert isinstance(table, Table)
    rows = [[cell.text for cell in row.cells] for row in table.rows]
    return [row for row in rows if row[2] == what]


def test_days_overdue_and_what_was_met_late() -> None:
    """4.2/5 is due on 2021-12-31; S1 has no workstation, S2 opened its first one 31 days later."""
    policy = pr.load("putian-2019-52").policy(as_of=date(2022, 4, 1))
    facts = pr.Facts(
        stations=[pr.Station(id="S1"), pr.Station(id="S2")],
        workstations=[
            pr.Workstation(
                id="W",
                station_id="S2",
                opened_on=date(2022, 1, 31),
                functions=frozenset(pr.WorkstationFunction),
            )
        ],
        complete=["workstations"],
    )
    made = inspected(policy.audit(facts), readings=False)
    (problem,) = (each for each in made.problems if str(each.rule.cite) == "4.2/5")
    assert [(gap.finding.subject, gap.overdue) for gap in problem.open] == [("stations/S1", 91)]
    assert [(gap.finding.subject, gap.overdue) for gap in problem.late] == [("stations/S2", 31)]
