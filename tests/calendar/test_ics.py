"""The iCalendar file: what RFC 5545 asks for, and that it says what falls due."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta, timezone
from typing import Any

import pytest
from attrs import evolve
from dateutil.rrule import rrulestr
from icalendar import Calendar

import policy_rules as pr
from policy_rules.calendar import Due, DueKind, due_between, to_ics
from policy_rules.language import Recurrence
from policy_rules.police import Station
from policy_rules.policy import Language
from tests.support.duties import ANALYSIS, STUDY, day, events, policy
from tests.support.places import ROOT

NAME = "黄石、笏石；“老街”派出所, the one\\that\nis\x1bold"
FACTS = pr.Facts(
    bureaus=[pr.Bureau(id="B1", name="荔城分局")],
    stations=[
        Station(id="S1", name=NAME, bureau_id="B1", pilot=True, beds=0, relaxation_room=False),
        Station(id="S2", bureau_id="B1", pilot=False, smart_area_completed_on=day("2020-03-01")),
    ],
    events=[*events(ANALYSIS, "08-09", "10-10"), *events(STUDY, "08-06")],
    complete=["events", "workstations"],
)


def dues(as_of: str = "11-15", **of: Any) -> tuple[Due, ...]:
    """Everything that falls due in a year and a half."""
    return due_between(policy(as_of, **of), FACTS, day("06-01"), day("2020-12-31"))


def written(
    listed: Iterable[Due] | None = None, as_of: str = "11-15", lang: Language = "zh", **of: Any
) -> bytes:
    """The file of it."""
    return to_ics(policy(as_of, **of), dues(as_of, **of) if listed is None else listed, lang)


def read(content: bytes) -> Any:
    """The calendar of a file."""
    return Calendar.from_ical(content)


def parsed(content: bytes) -> Any:
    """The events of a file."""
    return read(content).events


def days_of(event: Any) -> list[date]:
    """The days of an event, by its rule if it has one."""
    first = event["DTSTART"].dt
    assert type(first) is date
    if "RRULE" not in event:
        return [first]
    rule = event["RRULE"].to_ical().decode()
    return [each.date() for each in rrulestr(rule, dtstart=datetime(*first.timetuple()[:3]))]


def of_rule(listed: Sequence[Any], cite: str) -> list[Any]:
    """The events by one rule."""
    return [each for each in listed if f"（{cite}）" in each["SUMMARY"]]


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_lines_end_and_are_folded_as_they_must(lang: Language) -> None:
    content = written(lang=lang)
    assert content.endswith(b"END:VCALENDAR\r\n")
    assert content.replace(b"\r\n", b"").translate(None, b"\r\n") == content.replace(b"\r\n", b"")
    lines = content.split(b"\r\n")
    assert max(map(len, lines)) <= 75
    assert any(line.startswith(b" ") for line in lines)
    for line in lines:
        # A character is not divided, and nothing is in it that a text may not hold.
        assert line.decode("utf-8").isprintable()


def test_what_every_calendar_and_event_must_have() -> None:
    content = written()
    calendar = read(content)
    assert (calendar["VERSION"], calendar["PRODID"]) == ("2.0", "-//policy_rules//duties//ZH")
    assert calendar["NAME"] == calendar["X-WR-CALNAME"] == "试〔2019〕1号"
    # To publish is to have an organiser, which nobody here is.
    assert "METHOD" not in calendar
    assert calendar.walk("VTIMEZONE") == []
    listed = parsed(content)
    assert len({each["UID"] for each in listed}) == len(listed)
    for each in listed:
        assert each["DTSTAMP"].dt == datetime(2019, 11, 15, tzinfo=timezone.utc)
        assert each["DTSTART"].params == {"VALUE": "DATE"}
        assert each["DTEND"].dt - each["DTSTART"].dt == timedelta(days=1)
        assert each["TRANSP"] == "TRANSPARENT"
    assert b"TZID" not in content
    assert read(content).to_ical() == content


def test_the_events_are_what_falls_due() -> None:
    expected = sorted((due.day, due.zh) for due in dues() if due.day is not None)
    listed = parsed(written())
    words = {due.zh for due in dues()}
    found = sorted(
        (each, next(word for word in words if f"：{word}（" in event["SUMMARY"]))
        for event in listed
        for each in days_of(event)
    )
    assert found == expected
    kinds = {(due.subject, due.cite): due.kind for due in dues() if due.period}
    assert len(listed) == len(kinds)
    recurring = sum(kind is DueKind.RECURRENCE for kind in kinds.values())
    assert sum("RRULE" in each for each in listed) == recurring


@pytest.mark.parametrize(
    ("rule", "expected"),
    [
        ("FREQ=DAILY", "FREQ=DAILY;UNTIL=20201231"),
        ("FREQ=DAILY;INTERVAL=10", "FREQ=DAILY;UNTIL=20201230;INTERVAL=10"),
        ("FREQ=WEEKLY", "FREQ=WEEKLY;UNTIL=20201227"),
        ("FREQ=WEEKLY;INTERVAL=2", "FREQ=WEEKLY;UNTIL=20201220;INTERVAL=2"),
        ("FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,SU", "FREQ=WEEKLY;UNTIL=20201227;INTERVAL=2;BYDAY=MO,SU"),
        ("FREQ=WEEKLY;BYDAY=TU,TH", "FREQ=WEEKLY;UNTIL=20201231;BYDAY=TU,TH"),
        ("FREQ=MONTHLY", "FREQ=MONTHLY;UNTIL=20201231;BYMONTHDAY=-1"),
        ("FREQ=MONTHLY;INTERVAL=3", "FREQ=MONTHLY;UNTIL=20201231;INTERVAL=3;BYMONTHDAY=-1"),
        ("FREQ=MONTHLY;INTERVAL=5", "FREQ=MONTHLY;UNTIL=20201031;INTERVAL=5;BYMONTHDAY=-1"),
        ("FREQ=MONTHLY;BYMONTHDAY=31", "FREQ=MONTHLY;UNTIL=20201231;BYMONTHDAY=31"),
        ("FREQ=MONTHLY;BYDAY=-1FR", "FREQ=MONTHLY;UNTIL=20201225;BYDAY=-1FR"),
        ("FREQ=MONTHLY;BYDAY=5MO", "FREQ=MONTHLY;UNTIL=20201130;BYDAY=5MO"),
        ("FREQ=YEARLY;BYMONTH=6;BYDAY=MO", "FREQ=YEARLY;UNTIL=20200629;BYDAY=MO;BYMONTH=6"),
        ("FREQ=YEARLY", None),
    ],
)  # fmt: skip
def test_the_rule_gives_exactly_the_days(rule: str, expected: str | None) -> None:
    set_ = {"drill_period": Recurrence(rule)}
    listed = [due for due in dues(parameters=set_) if str(due.cite) == "1.2/3"]
    wanted = [due.day for due in listed if due.subject == "stations/S1"]
    event, other = of_rule(parsed(written(listed, parameters=set_)), "1.2/3")
    assert days_of(event) == days_of(other) == wanted
    assert (event["RRULE"].to_ical().decode() if "RRULE" in event else None) == expected


def test_days_that_no_rule_gives_are_events_of_their_own() -> None:
    listed = [due for due in dues() if (str(due.cite), due.subject) == ("1.2/1a", "stations/S1")]
    some = [*listed[:3], *listed[5:7]]
    found = parsed(written(some))
    assert [each["DTSTART"].dt for each in found] == [due.day for due in some]
    assert not any("RRULE" in each for each in found)
    assert len({each["UID"] for each in found}) == 5


def test_the_same_event_has_the_same_id_in_every_file() -> None:
    def ids(content: bytes) -> dict[str, str]:
        return {each["UID"]: each["SUMMARY"].partition("【")[0] for each in parsed(content)}

    assert written() == written()
    zh = ids(written())
    assert zh.keys() == ids(written(lang="en")).keys()
    # Another day, other days to list, a deadline that is moved, a period that is changed.
    changed = {"end_of_year": day("2020-03-31"), "analysis_period": Recurrence("FREQ=WEEKLY")}
    later = due_between(policy("12-01", parameters=changed), FACTS, day("12-01"), day("2021-12-01"))
    others = ids(to_ics(policy("12-01"), later, "zh"))
    assert others.items() <= zh.items()
    assert {words.rpartition("（")[2] for words in others.values()} >= {"1.1/1）", "1.2/1b）"}
    # Known ids: what calendars have taken in must be found again by later releases.
    (event,) = of_rule(parsed(written()), "1.2/2")
    assert event["UID"] == "77cc6dc4-9285-5819-b883-7431179ef0ca"


def test_two_recurrences_of_one_rule_have_ids_of_their_own() -> None:
    listed = [due for due in dues() if due.cite.sentence == 1 and due.kind is DueKind.RECURRENCE]
    of_s1 = [evolve(due, rule=listed[0].rule) for due in listed if due.subject == "stations/S1"]
    found = parsed(written(of_s1))
    assert len({each["UID"] for each in found}) == 2


@pytest.mark.parametrize(
    ("as_of", "cite", "expected"),
    [
        ("12-31", "1.1/1", "派出所 S2：建成警务工作站（1.1/1）"),
        ("2020-01-01", "1.1/1", "派出所 S2：建成警务工作站（1.1/1）【逾期未完成】"),
        ("2020-01-01", "1.1/2", "【力争】派出所 S2：建成智慧执法区（1.1/2）【未达目标】"),
        ("2020-03-01", "1.1/2", "【力争】派出所 S2：建成智慧执法区（1.1/2）【逾期完成】"),
        ("11-15", "1.1/3", "【原则上】派出所 S2：设减压室（1.1/3）"),
    ],
)
def test_summaries(as_of: str, cite: str, expected: str) -> None:
    of_s2 = [due for due in dues(as_of) if due.subject == "stations/S2"]
    (event,) = of_rule(parsed(written(of_s2, as_of)), cite)
    assert event["SUMMARY"] == expected


def test_descriptions() -> None:
    listed = parsed(written())
    found = {
        cite: of_rule(listed, cite)[0]["DESCRIPTION"].split("\n")
        for cite in ("1.1/1", "1.1/2", "1.1/4", "1.2/1a", "1.2/1b", "1.2/2")
    }
    assert found == {
        "1.1/1": [
            "依据：试〔2019〕1号 一（一）第一句：“建成1个警务工作站”",
            "截至2019-11-15：待完成",
        ],
        "1.1/2": [
            "依据：试〔2019〕1号 一（一）第二句：“力争建成智慧执法区”",
            "性质：力争",
            "截至2019-11-15：无法判定",
            "需要补充：智慧执法区建成日期",
        ],
        "1.1/4": [
            "依据：试〔2019〕1号 一（一）第四句：“备有床位”",
            "截至2019-11-15：逾期未完成",
            "期限早于文件成文日期",
        ],
        "1.2/1a": [
            "依据：试〔2019〕1号 一（二）第一句a：“每周二、四学习”",
            "周期：每周二、周四，当天进行",
            "截至2019-11-15：已完成 1，逾期未完成 35",
            "缺：2019-10-15、2019-10-17、2019-10-22、2019-10-24、2019-10-29、2019-10-31、"
            "2019-11-05、2019-11-07、2019-11-12、2019-11-14（最近 10 期）",
        ],
        "1.2/1b": [
            "依据：试〔2019〕1号 一（二）第一句b：“每月分析”",
            "周期：每月，最迟在当天（本期最后一天）完成",
            "截至2019-11-15：已完成 2，逾期未完成 1",
            "缺：2019年9月",
        ],
        "1.2/2": [
            "依据：试〔2019〕1号 一（二）第二句：“力争每季度排查”",
            "性质：力争",
            "周期：每季度，最迟在当天（本期最后一天）完成",
        ],
    }


def test_descriptions_in_english_and_of_what_is_late_or_exempt() -> None:
    of = {"exemptions": [pr.Exemption(id="E1", cite="1.1/3", subject="stations/S1")]}
    listed = [due for due in dues("2020-03-01", **of) if due.kind is DueKind.DEADLINE]
    found = {
        each["SUMMARY"].partition(":")[0]: each["DESCRIPTION"].split("\n")[2:]
        for each in parsed(written(listed, "2020-03-01", "en", **of))
    }
    assert found["[target] police station S2"] == [
        "As of 2020-03-01: met late",
        "Met on: 2020-03-01",
    ]
    exempt = next(lines for name, lines in found.items() if name.startswith("[in principle] 黄石"))
    assert exempt == ["As of 2020-03-01: exempt", "Exemption: E1"]


def test_a_name_may_hold_anything() -> None:
    (event,) = of_rule(
        parsed(written([due for due in dues() if str(due.cite) == "1.1/4"])), "1.1/4"
    )
    assert event["SUMMARY"] == (
        "黄石、笏石；“老街”派出所, the one\\that is old：试点所备有床位（1.1/4）【逾期未完成】"
    )


def test_categories() -> None:
    listed = parsed(written())
    found = {
        cite: of_rule(listed, cite)[0]["CATEGORIES"].to_ical().decode()
        for cite in ("1.1/1", "1.1/2", "1.2/1a", "1.2/4")
    }
    assert found == {
        "1.1/1": "建设,期限",
        "1.1/2": "建设,期限,力争",
        "1.2/1a": "活动,定期",
        "1.2/4": "活动,定期,原则上",
    }


def test_reminders() -> None:
    def reminder(cite: str, as_of: str) -> tuple[timedelta, str] | None:
        of_s1 = [due for due in dues(as_of) if due.fact.id in ("S1", "B1")]
        (event,) = of_rule(parsed(written(of_s1, as_of)), cite)
        for alarm in event.walk("VALARM"):
            assert alarm["ACTION"] == "DISPLAY"
            return alarm["TRIGGER"].dt, alarm["DESCRIPTION"]
        return None

    nine = timedelta(hours=9)
    before = reminder("1.1/1", "11-15")
    assert before is not None
    # Thirty days before, at nine in the morning.
    assert before[0] == nine - timedelta(days=30)
    assert before[1].endswith("建成警务工作站（1.1/1）")
    assert reminder("1.1/1", "2020-01-01") is None
    assert reminder("1.1/4", "11-15") is None
    month, quarter = reminder("1.2/1b", "11-15"), reminder("1.2/2", "11-15")
    assert month is not None
    assert quarter is not None
    assert month[0] == quarter[0] == nine - timedelta(days=7)
    # A week is too short for a reminder before its end, and so is a day.
    assert reminder("1.2/4", "11-15") is None
    assert reminder("1.2/1a", "11-15") is None


def test_what_has_no_period_is_in_the_description_of_the_calendar() -> None:
    calendar = read(written())
    words = "未定周期，未列入日历：\n定期演练（1.2/3）：参数“演练周期（文件未定）”（drill_period）"
    assert calendar["DESCRIPTION"] == words
    assert calendar["X-WR-CALDESC"] == words.replace("\n", "\\n")
    set_ = {"drill_period": Recurrence.parse("monthly")}
    assert "DESCRIPTION" not in read(written(parameters=set_))
    english = read(written(lang="en"))
    assert english["DESCRIPTION"] == (
        "Without a set period, and so not in here:\n"
        "there are regular drills (1.2/3): parameter “how often there are drills (open)” "
        "(drill_period)"
    )


def test_a_calendar_of_someone_has_the_name_of_that_one() -> None:
    content = to_ics(policy(), [], "zh", FACTS.all(pr.Bureau)[0])
    calendar = read(content)
    assert calendar["NAME"] == "荔城分局 试〔2019〕1号"
    assert calendar.events == []


def test_another_language_is_refused() -> None:
    lang: Any = "fr"
    with pytest.raises(pr.QuestionError, match="`lang` is `zh` or `en`, found 'fr'"):
        to_ics(policy(), [], lang)


def test_the_library_is_loaded_when_it_is_asked_for() -> None:
    code = (
        "import sys, datetime, policy_rules as pr\n"
        "from policy_rules.calendar import due_between, to_ics\n"
        "policy = pr.load('putian-2019-52').policy(as_of=datetime.date(2019, 9, 1))\n"
        "dues = due_between(policy, pr.NO_FACTS, policy.as_of, policy.as_of)\n"
        "print([name for name in ('icalendar', 'rich') if name in sys.modules])\n"
        "to_ics(policy, dues)\n"
        "print([name for name in ('icalendar', 'rich') if name in sys.modules])\n"
    )
    ran = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        text=True,
        env=os.environ | {"PYTHONPATH": str(ROOT)},
        check=True,
    )
    assert ran.stdout == "[]\n['icalendar']\n"
