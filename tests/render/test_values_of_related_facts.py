"""Related facts in words: what they come to, what is known of that, and what they share."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

import pytest

from policy_rules.facts import Fact
from policy_rules.language import average, count, each, earliest, greatest, latest, least
from policy_rules.language.expressions import Expression
from policy_rules.policy import Language
from policy_rules.testing.made_up import Clerk, Colour
from policy_rules.testing.random_facts import container
from tests.support.made_up_rules import DAY, O, directive, office, value_is

clerks = each(Clerk, office_id=office)
FIVE = Clerk(id="a", office_id="O", files=5, since=date(2018, 5, 1))
MAYBE = Clerk(id="m", files=7, since=date(2018, 7, 1))


def explained(asked: Expression, lang: Language, *facts: Fact, whole: Iterable[type[Fact]]) -> str:
    policy = directive(value_is(bool, asked)).policy(as_of=DAY)
    answer = policy.decide(O(), "told", container([O(), *facts], whole))
    lines = policy.explain(answer, lang).splitlines()
    return "\n".join(line.strip() for line in lines[1:])


most = greatest(clerks, clerks.files, otherwise=2)
mean = average(clerks, clerks.files, otherwise=0)
last = latest(clerks, clerks.since, otherwise=office.founded)


@pytest.mark.parametrize(
    ("asked", "facts", "whole", "lines"),
    [
        (most >= 5, [FIVE], True, [
            "the greatest files of clerk records is at least 5 pieces",
            "✓ greatest files of clerk records: 5 pieces",
            "✓ counted: clerk (clerks/a), files 5 pieces",
        ]),
        (most >= 6, [FIVE], False, ["？ greatest files of clerk records: at least 5"]),
        (most >= 6, [], True, ["✓ where none counts: 2"]),
        (least(clerks, clerks.files, otherwise=2) <= 5, [FIVE], False, [
            "the least files of clerk records is at most 5 pieces",
            "？ least files of clerk records: at most 5",
        ]),
        (last >= date(2018, 5, 1), [FIVE], False, [
            "the latest since of clerk records is not before 2018-05-01",
            "？ latest since of clerk records: not before 2018-05-01",
        ]),
        (last >= date(2018, 5, 1), [MAYBE], True, [
            "？ latest since of clerk records: unknown",
            "？ may count: clerk (clerks/m), since 2018-07-01",
            "？ where none counts: founded (unknown)",
        ]),
        (earliest(clerks, clerks.since, otherwise=DAY) <= DAY, [FIVE], False, [
            "？ earliest since of clerk records: not after 2018-05-01",
        ]),
        (mean >= 5, [FIVE], True, [
            "the average files of clerk records is at least 5 pieces",
        ]),
        (mean.called("平均", "average load") > 5, [FIVE], True, [
            "the average load is more than 5 pieces",
        ]),
    ],
)  # fmt: skip
def test_in_english(asked: Expression, facts: list[Fact], whole: bool, lines: list[str]) -> None:
    text = explained(asked, "en", *facts, whole=[Clerk] if whole else [])
    assert [line for line in lines if line not in text] == []


@pytest.mark.parametrize(
    ("asked", "facts", "whole", "lines"),
    [
        (most >= 5, [FIVE], True, ["各办事员最大的卷数不少于5件", "✓ 各办事员最大的卷数：5件"]),
        (most >= 6, [FIVE], False, ["？ 各办事员最大的卷数：至少5件"]),
        (most >= 6, [], True, ["✓ 无一计入时取2"]),
        (least(clerks, clerks.files, otherwise=2) <= 5, [FIVE], False, [
            "各办事员最小的卷数不多于5件", "？ 各办事员最小的卷数：至多5件",
        ]),
        (last >= date(2018, 5, 1), [FIVE], False, [
            "各办事员最晚的到任日期不早于2018年5月1日",
            "？ 各办事员最晚的到任日期：不早于2018年5月1日",
        ]),
        (last >= date(2018, 5, 1), [MAYBE], True, ["？ 无一计入时取成立日期（未知）"]),
        (earliest(clerks, clerks.since, otherwise=DAY) <= DAY, [FIVE], False, [
            "？ 各办事员最早的到任日期：不晚于2018年5月1日",
        ]),
        (mean >= 5, [FIVE], True, [
            "各办事员卷数的平均数不少于5件",
        ]),
    ],
)  # fmt: skip
def test_in_chinese(asked: Expression, facts: list[Fact], whole: bool, lines: list[str]) -> None:
    text = explained(asked, "zh", *facts, whole=[Clerk] if whole else [])
    assert [line for line in lines if line not in text] == []


alike = each(Clerk, colour=office.colour)
as_founded = each(Clerk, since=office.founded)


def test_what_facts_share() -> None:
    facts = [Clerk(id="a", colour=Colour.RED, since=DAY)]
    both = (count(alike) >= 2) | (count(as_founded) >= 2)
    en, zh = (explained(both, lang, *facts, whole=[Clerk]) for lang in ("en", "zh"))
    assert "where colour is that of the office" in en
    assert "where since is the founded of the office" in en
    assert "与该办事处颜色相同" in zh
    assert "到任日期与该办事处的成立日期相同" in zh
