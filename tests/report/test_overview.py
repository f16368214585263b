"""What is said of very many facts: expected values are added up by hand from the counts below."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from typing import Final

import pytest

import policy_rules as pr
from policy_rules.answers import Consistency, Outcome, Status
from policy_rules.language.rules import AttestationRule, Requirement
from policy_rules.police import Province, province_of
from policy_rules.report import Colour, Overview, Share, overview, overview_document, to_html

POLICY: Final = pr.load("putian-2019-52").policy(as_of=date(2020, 12, 31))
RULES: Final = {str(each.cite): each for each in POLICY.rules.rules}
A, B, C = "350302000000", "350303000000", "110101000000"


def duty(cite: str) -> Requirement | AttestationRule:
    rule = RULES[cite]
    assert isinstance(rule, Requirement | AttestationRule)
    return rule


BEDS, STUDY = duty("4.1/5a"), duty("1.1/2a")


@pytest.fixture(scope="module")
def made() -> Overview:
    return overview(
        POLICY,
        [pr.Bureau(id=A, name="甲分局"), pr.Bureau(id=B, name="乙分局"), pr.Bureau(id=C)],
        [
            (A, BEDS, Status.SATISFIED, 9),
            (A, BEDS, Status.BREACHED, 1),
            (A, BEDS, Status.NOT_APPLICABLE, 7),
            (B, BEDS, Status.SATISFIED, 1),
            (B, BEDS, Status.BREACHED, 3),
            (B, BEDS, Status.UNDETERMINED, 2),
            (C, BEDS, Status.UNDETERMINED, 5),
            (None, BEDS, Status.SATISFIED, 100),
        ],
        numbers={pr.Bureau: 3, pr.Station: 28},
        outcomes={Outcome.PROHIBITED: 2},
        agreements={Consistency.INCONSISTENT: 4},
    )


def test_shares_are_added_up(made: Overview) -> None:
    """What belongs to no body counts in all, and in no region."""
    assert made.share == Share(met=110, unmet=4, open=7)
    (spread,) = made.spreads
    assert spread.share == made.share
    assert spread.regions == {"35": Share(met=10, unmet=4, open=2), "11": Share(open=5)}


def test_bodies_are_ranked_and_those_of_whom_little_is_known_are_not(made: Overview) -> None:
    assert [(each.body and each.body.id, each.place, each.colour) for each in made.bodies] == [
        (A, 1, Colour.GREEN),
        (B, 2, Colour.RED),
        (C, None, Colour.GREY),
    ]
    assert [each.share.value for each in made.bodies] == [Fraction(9, 10), Fraction(1, 4), None]
    assert [each.foremost for each in made.bodies] == [BEDS, BEDS, None]


def test_regions_count_their_bodies_by_colour(made: Overview) -> None:
    fujian, beijing = made.regions
    assert (fujian.region, beijing.region) == (Province.FUJIAN, Province.BEIJING)
    assert (fujian.place, beijing.place) == (1, None)
    assert fujian.colours == {Colour.GREEN: 1, Colour.RED: 1}
    assert beijing.colours == {Colour.GREY: 1}


def test_what_rests_on_attestations_stands_apart() -> None:
    assert isinstance(STUDY, AttestationRule)
    made = overview(
        POLICY, [pr.Bureau(id=A)], [(A, STUDY, Status.SATISFIED, 3)],
        numbers={}, outcomes={}, agreements={},
    )  # fmt: skip
    assert (made.share, made.attested) == (Share(), Share(met=3))
    assert made.spreads == ()


def test_it_is_written_in_both_languages(made: Overview) -> None:
    page = to_html(overview_document(made, "zh", details={f"bureaus/{B}": "each/b.html"}))
    assert "核查3个公安局，28个派出所。" in page
    assert "应予落实的事项共121项：符合110项，不符合4项，因数据不全无法判定7项。" in page
    assert "公安局中，乙分局符合率最低（25%，可判定率66.7%，不符合3项）" in page
    assert '<a href="each/b.html">乙分局</a>' in page
    assert "不得实施2项。" in page
    assert "数据存疑4项。" in page
    english = to_html(overview_document(made, "en"))
    assert "3 bureaus, 28 stations were inspected" in english
    assert "Of the bureaus, 乙分局 has the lowest share met (25%" in english
    assert "not met); most of them under " in english
    assert "most of it under " not in english.partition("<table")[0]


@pytest.mark.parametrize(
    ("id_", "province"),
    [
        ("350302000000", Province.FUJIAN),
        ("3503025400AX", Province.FUJIAN),
        ("990302000000", None),
        ("35030200000", None),
        ("B1", None),
        ("３５０３０２００００００", None),
    ],
)
def test_the_province_of_an_organisation_code(id_: str, province: Province | None) -> None:
    assert province_of(id_) is province
