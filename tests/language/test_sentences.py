"""Comparing an official text with the directive that was modelled, without holding a copy of it.

The texts are made up.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

import pytest

from policy_rules.language import (
    Clause,
    Directive,
    RuleSet,
    load,
    subject,
)
from policy_rules.language.sentences import (
    check_text,
    cited_sentences,
    coverage,
    fingerprint,
    fingerprints,
    fold,
    quotations,
)
from policy_rules.police import Station, Task
from tests.support.writing import at, defining, says

station = subject(Station)
task = subject(Task)

TEXT = """# 关于门的意见

- `1/1` 全市应当重视门的“管理”。
- `1.1/1` 每个派出所应有门3扇以上，
    其中铁门不少于1扇。
- `1.1/2` 除特殊情况外，门原则上向外开。
1.1/3 任务须经报告和审核。
"""
PLAIN = "\n".join(
    [
        "关于门的意见",
        "全市应当重视门的「管理」。每个派出所应有门３扇以上，",
        "除特殊 情况外，门原则上向外开。任务须经报告",
        "和审核。",
    ]
)
SENTENCES = {
    "1/1": fingerprint("全市应当重视门的“管理”。"),
    "1.1/1": fingerprint("每个派出所应有门3扇以上，"),
    "1.1/2": fingerprint("除特殊情况外，门原则上向外开。"),
    "1.1/3": fingerprint("任务须经报告和审核。"),
}


def rules(sentences: Mapping[str, str] = SENTENCES, **quoted: str) -> RuleSet:
    """A made-up directive on doors; `quoted` gives other operative words."""
    words = {
        "least": "3扇以上", "size": "门3扇", "outward": "原则上向外开", "special": "除特殊情况外",
        "steps": "须经", "report": "报告", **quoted,
    }  # fmt: skip
    least = at("1.1/1")(words["least"])("最少门数", "least doors").sets("least", 3)
    return load(
        Directive(
            id="doors",
            number="门〔2020〕1号",
            zh="门",
            en="doors",
            issued=date(2020, 1, 1),
            sentences=sentences,
            clauses=[
                Clause(
                    heading="1",
                    zh="一",
                    en="one",
                    provisions=[
                        at("1/1").qualitative("没有标准", "has no measure"),
                    ],
                ),
                Clause(
                    heading="1.1",
                    zh="一",
                    en="one",
                    provisions=[
                        defining(station, "size", int)("门数", "doors").by(
                            at("1.1/1")(words["size"]).makes(station.rooms)
                        ),
                        says("1.1/1", quote=words["least"]).demands(
                            station, station.rooms >= least
                        ),
                        says("1.1/2", quote=words["outward"]).demands(station, station.pilot),
                        says("1.1/2", quote=words["special"]).excepts("1.1/2", station.notable),
                        says("1.1/3", quote=words["steps"]).needs(
                            task,
                            says("1.1/3", quote=words["report"]).step("report", task.quota),
                            on=task.starts_on,
                        ),
                        at("1.1/3").background("背景", "background"),
                    ],
                ),
            ],
        )
    )


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("１２人（含）", "12人(含)"),
        ("一 二\n三\u3000四\u00a0五", "一二三四五"),
        ("“甲”「乙」『丙』＂丁＂", '"甲""乙""丙""丁"'),
        ("‘甲’", "'甲'"),
        ("ＡＢＣ，；：", "ABC,;:"),
    ],
)
def test_what_differs_between_copies_is_folded(one: str, other: str) -> None:
    assert fold(one) == fold(other)
    assert fingerprint(one) == fingerprint(other)


def test_a_fingerprint_is_a_length_and_a_hash() -> None:
    assert fingerprint("") == "0:e3b0c44298fc1c14"
    length, _, digest = fingerprint("每个 派出所").partition(":")
    assert (length, len(digest)) == ("5", 16)
    assert fingerprint("每个派出所") != fingerprint("每个派出厅")


def test_sentences_by_their_citations() -> None:
    assert cited_sentences(TEXT) == {
        "1/1": "全市应当重视门的“管理”。",
        "1.1/1": "每个派出所应有门3扇以上，",
        "1.1/2": "除特殊情况外，门原则上向外开。",
        "1.1/3": "任务须经报告和审核。",
    }
    assert fingerprints(TEXT) == SENTENCES
    assert fingerprints(PLAIN) == {}


@pytest.mark.parametrize("text", [TEXT, PLAIN], ids=["cited", "plain"])
def test_a_text_that_agrees(text: str) -> None:
    report = check_text(rules(), text)
    assert report.agrees
    assert (report.sentences, report.quotations) == (4, 7)
    assert (report.changed, report.absent, report.added) == ((), (), ())


def test_every_quotation_has_its_citation() -> None:
    assert [(str(cite), quote) for cite, quote in quotations(rules())] == [
        ("1.1/1", "门3扇"),
        ("1.1/1", "3扇以上"),
        ("1.1/2", "原则上向外开"),
        ("1.1/3", "须经"),
        ("1.1/3", "报告"),
        ("1.1/2", "除特殊情况外"),
        ("1.1/1", "3扇以上"),
    ]


@pytest.mark.parametrize("text", [TEXT, PLAIN], ids=["cited", "plain"])
def test_a_sentence_whose_words_changed(text: str) -> None:
    report = check_text(rules(), text.replace("向外开", "向内开"))
    assert not report.agrees
    assert report.changed == ("1.1/2",)
    assert report.absent == (("1.1/2", "原则上向外开"),)
    assert report.added == ()


def test_a_change_that_leaves_the_operative_words() -> None:
    report = check_text(rules(), TEXT.replace("每个派出所", "各派出所"))
    assert (report.changed, report.absent) == (("1.1/1",), ())


@pytest.mark.parametrize("text", [TEXT, PLAIN], ids=["cited", "plain"])
def test_a_quotation_that_does_not_stand_there(text: str) -> None:
    report = check_text(rules(report="报 批", least="5扇以上"), text)
    assert report.changed == ()
    assert report.absent == (
        ("1.1/1", "5扇以上"), ("1.1/3", "报 批"), ("1.1/1", "5扇以上"),
    )  # fmt: skip


def test_a_quotation_that_stands_in_another_sentence() -> None:
    assert check_text(rules(size="向外开"), TEXT).absent == (("1.1/1", "向外开"),)


def test_a_sentence_that_is_gone() -> None:
    gone = "\n".join(line for line in TEXT.splitlines() if "1.1/3" not in line)
    report = check_text(rules(), gone)
    assert report.changed == ("1.1/3",)
    assert report.absent == (("1.1/3", "须经"), ("1.1/3", "报告"))
    assert not report.agrees


def test_a_sentence_that_was_added() -> None:
    report = check_text(rules(), TEXT + "- `1.1/4` 门应当有锁。\n")
    assert (report.changed, report.absent, report.added) == ((), (), ("1.1/4",))
    assert not report.agrees


@pytest.mark.parametrize("first", [True, False], ids=["before it", "after it"])
def test_a_second_line_that_contradicts_the_sentence(first: bool) -> None:
    other = "- `1.1/2` 派出所的门原则上向内开。\n"
    report = check_text(rules(), other + TEXT if first else TEXT + other)
    assert report.contradicting == ("1.1/2",)
    assert not report.agrees


def test_a_second_line_that_says_the_same() -> None:
    """Apart from what copies of one text differ by."""
    again = "\n".join(line.replace("，", ",") for line in TEXT.splitlines())
    report = check_text(rules(), f"{TEXT}\n{again}")
    assert (report.contradicting, report.agrees) == ((), True)


def test_a_plain_text_with_more_in_it_agrees() -> None:
    """Where nothing is cited, what stands around the sentences is not compared."""
    assert check_text(rules(), "前言。" + PLAIN + "附件：门应当有锁。").agrees


def test_two_sentences_of_the_same_words() -> None:
    twice = {**SENTENCES, "1.1/4": SENTENCES["1.1/3"]}
    assert check_text(rules(twice), PLAIN).agrees


def test_an_empty_text() -> None:
    report = check_text(rules(), "")
    assert report.changed == tuple(SENTENCES)
    assert len(report.absent) == report.quotations


def test_what_becomes_of_each_sentence() -> None:
    rows = {row.cite: row for row in coverage(rules({**SENTENCES, "1.1/4": "0:0"}))}
    found: dict[str, Any] = {cite: (row.rules, row.excuses, row.bare) for cite, row in rows.items()}
    assert found == {
        "1/1": ((), (("qualitative", "没有标准", "has no measure"),), False),
        "1.1/1": (("1.1/1", "size"), (), False),
        "1.1/2": (("1.1/2",), (), False),
        "1.1/3": (("1.1/3",), (("background", "背景", "background"),), False),
        "1.1/4": ((), (), True),
    }
