"""How texts, dates and the time between them are said, in both languages."""

from __future__ import annotations

from datetime import date

import pytest

from policy_rules.language import AS_OF, Weekday, WorkCalendar, subject
from policy_rules.language.expressions import Expression, Parameter, as_node
from policy_rules.police import CriminalCase, Incident, Station
from policy_rules.render.wording import Words
from tests.support.writing import says

DAY = date(2020, 9, 1)
station = subject(Station)
case = subject(CriminalCase)
incident = subject(Incident)
TERM = says("1/1", quote="3日", zh="办理期限", en="time limit").sets("term", 3, unit=("天", "days"))
WORKING_DAYS = says("1/1", quote="工作日", zh="工作日", en="working days").sets(
    "working_days", WorkCalendar({2020}, [])
)


@pytest.mark.parametrize(
    ("condition", "zh", "en"),
    [
        (
            station.name.starts_with("莆田市"), "名称以“莆田市”开头", "name begins with “莆田市”",
        ),
        (
            ~station.name.ends_with("派出所"),
            "名称不以“派出所”结尾", "name does not end with “派出所”",
        ),
        (
            station.name.is_named_in({"黄石派出所", "新度派出所"}, after={"局", "支队"}),
            "名称（名称前可有以“局”、“支队”结尾的上级名称）属于新度派出所、黄石派出所",
            "name (also after what ends with “局”, “支队”) is one of 新度派出所, 黄石派出所",
        ),
        (
            ~station.name.is_named_in({"黄石派出所"}, after={"局"}),
            "名称（名称前可有以“局”结尾的上级名称）不属于黄石派出所",
            "name (also after what ends with “局”) is none of 黄石派出所",
        ),
        (
            case.place_codes.some_start_with("3503"),
            "涉案地行政区划代码中有以3503开头的",
            "at least one of the place codes begins with 3503",
        ),
        (
            ~case.place_codes.some_start_with("3503"),
            "涉案地行政区划代码中没有以3503开头的",
            "none of the place codes begin with 3503",
        ),
        (
            station.relocated_on.plus_months(6) <= AS_OF,
            "搬迁日期至基准日期（2020年9月1日）已满6个月",
            "6 months have passed from relocation date to the policy's date (2020-09-01)",
        ),
        (
            station.relocated_on.plus_years(1) > AS_OF,
            "搬迁日期至基准日期（2020年9月1日）未满1年",
            "1 year has not passed from relocation date to the policy's date (2020-09-01)",
        ),
        (
            ~(station.relocated_on.plus_years(2) > AS_OF),
            "搬迁日期至基准日期（2020年9月1日）已满2年",
            "2 years have passed from relocation date to the policy's date (2020-09-01)",
        ),
        (
            station.relocated_on.plus_years(2) < AS_OF,
            "搬迁日期至基准日期（2020年9月1日）已超过2年",
            "more than 2 years have passed from relocation date to the policy's date (2020-09-01)",
        ),
        (
            station.relocated_on.plus_years(2) >= AS_OF,
            "搬迁日期至基准日期（2020年9月1日）未超过2年",
            "no more than 2 years have passed from relocation date to the policy's date"
            " (2020-09-01)",
        ),
        (
            station.relocated_on.plus_days(1) < AS_OF,
            "搬迁日期次日早于基准日期（2020年9月1日）",
            "the day after relocation date is before the policy's date (2020-09-01)",
        ),
        (
            station.relocated_on.plus_days(-1) < AS_OF,
            "搬迁日期前一日早于基准日期（2020年9月1日）",
            "the day before relocation date is before the policy's date (2020-09-01)",
        ),
        (
            station.relocated_on.plus_days(-30) <= AS_OF,
            "搬迁日期加-30天不晚于基准日期（2020年9月1日）",
            "relocation date plus -30 days is not after the policy's date (2020-09-01)",
        ),
        (
            station.relocated_on.plus_days(TERM) <= AS_OF,
            "搬迁日期至基准日期（2020年9月1日）已满3天",
            "3 days have passed from relocation date to the policy's date (2020-09-01)",
        ),
        (
            station.relocated_on.plus_days(station.villages) <= AS_OF,
            "搬迁日期加村（格）数（天）不晚于基准日期（2020年9月1日）",
            "relocation date plus villages (days) is not after the policy's date (2020-09-01)",
        ),
        (
            station.relocated_on.days_until(AS_OF) > 30,
            "搬迁日期至基准日期（2020年9月1日）的天数多于30天",
            "the number of days from relocation date to the policy's date (2020-09-01)"
            " is more than 30 days",
        ),
        (
            incident.received_at.minutes_until(incident.transferred_at) <= 5,
            "接警时间至流转时间的分钟数不多于5分钟",
            "the number of minutes from time received to time passed on is at most 5 minutes",
        ),
        (
            station.relocated_on.plus_working_days(3, WORKING_DAYS) < AS_OF,
            "搬迁日期加3个工作日早于基准日期（2020年9月1日）",
            "relocation date plus 3 working days is before the policy's date (2020-09-01)",
        ),
        (
            station.relocated_on.working_days_until(AS_OF, WORKING_DAYS) <= 5,
            "搬迁日期至基准日期（2020年9月1日）的工作日数不多于5个工作日",
            "the number of working days from relocation date to the policy's date (2020-09-01)"
            " is at most 5 working days",
        ),
        (
            station.relocated_on.weekday().is_(Weekday.SATURDAY),
            "搬迁日期的星期为周六", "day of the week of relocation date is Saturday",
        ),
        (
            station.relocated_on.weekday().is_in({Weekday.SUNDAY, Weekday.SATURDAY}),
            "搬迁日期的星期属于周六、周日",
            "day of the week of relocation date is one of Saturday, Sunday",
        ),
    ],
)  # fmt: skip
def test_conditions(condition: Expression, zh: str, en: str) -> None:
    for lang, said in (("zh", zh), ("en", en)):
        words = Words(
            lang,  # type: ignore[arg-type]  # one of the two
            lambda node: node.at(DAY) if isinstance(node, Parameter) else DAY,
            2020,
        )
        assert words.condition(as_node(condition)) == said
