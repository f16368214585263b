"""What `directive` shows of any directive, also of one that has little to show.

What it shows of this one is in the goldens of the command line.
"""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from io import StringIO
from typing import Any

import pytest
from rich.console import Console

import policy_rules as pr
from policy_rules.cli.output import table_chunks
from policy_rules.facts import Kind
from policy_rules.language import (
    BOOLEAN,
    Clause,
    Directive,
    Modality,
    Oddity,
    Parameter,
    Recurrence,
    RuleSet,
    count,
    each,
    first_known,
    load,
    regime,
    subject,
)
from policy_rules.language.rewriting import expressions_of
from policy_rules.language.rules import Excuse, Provision
from policy_rules.police import Officer, Station, Task
from policy_rules.render.coverage_tables import coverage_parts
from policy_rules.render.directive_tables import header_lines, oddity_parts, reading_parts
from policy_rules.render.fact_tables import KIND_WORDS, fact_tables
from policy_rules.render.provision_words import cites_words, quoted
from policy_rules.render.wording import Language, Words
from tests.support.parcels import PARCELS
from tests.support.places import GOLDEN
from tests.support.writing import at, defining, says

station = subject(Station)
task = subject(Task)
officer = each(Officer, station_id=station)
DAY = date(2020, 6, 1)

WHICH = (
    at("1.1/1")
    .reading("which", default="one")("何者？", "which?")
    .options(one=("甲", "one"), other=("乙", "other"), why=("因", "because"))
)
LEAST = at("1.1/1")("半")("最少", "least").sets("least", Fraction(1, 2))
BY = at("1.1/2")("年底前")("期限", "by when").sets("by", date(2019, 12, 31))
OPEN_DAY = at("1.1/3")("及时")("期限", "by when").leaves_open("open_day", date)
OFTEN = at("1.1/3")("每周")("周期", "how often").sets("often", Recurrence("FREQ=WEEKLY"))
OPEN = at("1.1/3")("若干")("数", "some").leaves_open("open_number", int)


def provisions() -> list[Provision]:
    """A provision of every form."""
    return [
        defining(station, "size", int)("规模", "size").by(
            at("1.1/1")("“大”").makes(
                first_known(station.officers, count(officer).called("名册人数", "roster")),
                when=WHICH.is_("one") & station.pilot,
            ),
            otherwise=at("1.1/1")("小").makes(count(officer).called("名册人数", "roster")),
        ),
        says("1.1/2a", zh="人数够", en="enough officers").demands(
            station, station.officers >= LEAST * station.beds, due=BY
        ),
        says("1.1/2b", zh="有制度", en="has a system", modality=Modality.TARGET).attests(station),
        says("1.1/3a", "“应”有“房”", "有房间", "has rooms", modality=Modality.IN_PRINCIPLE).demands(
            station, station.pilot & (station.rooms >= OPEN)
        ),
        says("1.1/3b", zh="有人", en="has officers").demands(station, count(officer) >= 1),
        says("1.1/4a", zh="不得", en="must not be").forbids(task, task.quota),
        says(
            "1.1/4b", zh="原则上不得", en="in principle not", modality=Modality.IN_PRINCIPLE
        ).forbids(task, task.branch_duty),
        says("1.1/4", zh="除外", en="except").excepts("1.1/4a", task.within_statutory_duty),
        says("1.1/5", zh="须经", en="needs").needs(
            task,
            at("1/1")("报")("报告", "a report").step("report", task.quota),
            at("1/1")("审")("审核", "a review").step("review", task.quota),
            on=task.starts_on,
        ),
        at("1.1/5").out_of_scope("不管", "not for us"),
    ]


def made(**around: Any) -> RuleSet:
    """A made-up directive with a sentence that nobody has modelled."""
    sentences = [f"1.1/{number}" for number in range(1, 6)]
    return load(
        Directive(
            id="made-up", number="试〔2020〕1号", zh="试行意见", en="A made-up opinion",
            issued=date(2020, 1, 1),
            sentences=dict.fromkeys(["0/1", *sentences, "2/1"], ""),
            clauses=[Clause(heading="1.1", zh="规模", en="Size", provisions=provisions())],
            **around,
        )
    )  # fmt: skip


def text(parts: Any, monkeypatch: pytest.MonkeyPatch) -> str:
    """What the parts of a view come to, in a wide terminal."""
    monkeypatch.setenv("COLUMNS", "120")
    return "".join(table_chunks(parts, "a file"))


ODDITIES = [
    Oddity(zh="甲", en="one", cites=["1.1/1"], treatment_zh="照旧", treatment_en="as it is"),
    Oddity(
        zh="乙", en="two", cites=["1.1/1", "1.1/3a"], treatment_zh="照旧", treatment_en="as it is"
    ),
]


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_each_sentence_with_what_becomes_of_it(
    lang: Language, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Word for word. To keep a change, delete the golden, run the test, and read what it wrote."""
    rules = made(oddities=ODDITIES)
    shown = text(coverage_parts(regime(rules, DAY), "2020-06-01", lang), monkeypatch)
    golden = GOLDEN / "coverage" / f"every_form.{lang}.txt"
    if not golden.exists():
        golden.write_text(shown, "utf-8")
        pytest.fail(f"{golden.name} was not there; read what was written before you keep it")
    assert shown == golden.read_text("utf-8")


def test_values_are_those_of_the_day(monkeypatch: pytest.MonkeyPatch) -> None:
    size = at("1/1")("三")("数", "size").sets("size", 3, unit=("扇", "doors"), since={DAY: 5})
    rule = says("1/1", zh="有门", en="has doors").demands(station, station.rooms >= size)
    rules = load(
        Directive(
            id="doors", number="门", zh="门", en="doors", issued=date(2020, 1, 1),
            sentences={"1/1": ""},
            clauses=[Clause(heading="1", zh="门", en="Doors", provisions=[rule])],
        )
    )  # fmt: skip
    shown = [
        text(coverage_parts(regime(rules, day), "", "en"), monkeypatch)
        for day in (date(2020, 5, 31), DAY)
    ]
    assert "size = 3 doors" in shown[0]
    assert "size = 5 doors" in shown[1]


def test_a_deadline_that_is_not_set() -> None:
    """Such a directive is refused, so every due date that is shown has a day."""
    with pytest.raises(Exception, match="what is due is a parameter with a date"):
        says("1/1", zh="应", en="must").demands(station, station.pilot, due=OPEN_DAY)


def test_a_header_shows_what_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    plain = text(header_lines(made().directive, "en"), monkeypatch)
    assert plain == "试〔2020〕1号\nA made-up opinion\nissued 2020-01-01\n"
    rules = made(
        issuer=("某办", "an office"), addressees=("各单位", "all bodies"),
        printed=date(2020, 1, 2), public=True,
    )  # fmt: skip
    assert text(header_lines(rules.directive, "zh"), monkeypatch) == (
        "试〔2020〕1号\n试行意见\n2020年1月1日成文，2020年1月2日印发，此件主动公开\n"
        "印发机关：某办\n主送：各单位\n"
    )


def test_a_register_of_readings(monkeypatch: pytest.MonkeyPatch) -> None:
    shown = text(reading_parts(made(), "zh"), monkeypatch)
    assert shown.startswith(
        "\n一（一）第一句  which\n何者？\n"
        "  one        甲（默认）\n"
        "  other      乙\n"
        "  理由       因\n"
        "  相关认定   规模（size）\n"
    )
    assert "--reading" in shown


def test_nothing_to_list(monkeypatch: pytest.MonkeyPatch) -> None:
    rules = load(
        Directive(
            id="empty", number="空", zh="空", en="empty", issued=DAY, sentences={}, clauses=[]
        )
    )
    assert text(reading_parts(rules, "en"), monkeypatch) == "there are no readings\n"
    assert text(oddity_parts((), "zh"), monkeypatch) == "没有列出疑点\n"
    shown = text(coverage_parts(regime(rules, DAY), "as of", "en"), monkeypatch)
    assert "0 sentences: 0 carry rules" in shown


@pytest.mark.parametrize(
    ("cites", "zh", "en"),
    [
        (["5.1/2"], "五（一）第二句", "5.1 sentence 2"),
        (["3.1/1", "3.1/2"], "三（一）第一、二句", "3.1 sentences 1 and 2"),
        (
            ["0/1", "2/1", "0/2"],
            "序言第一、二句，第二部分第一句",
            "0 sentences 1 and 2, 2 sentence 1",
        ),
        ([], "", ""),
    ],
)
def test_sentences_of_one_heading_are_named_together(cites: list[str], zh: str, en: str) -> None:
    assert cites_words(cites, "zh") == zh
    assert cites_words(cites, "en") == en


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("应有门", "“应有门”"),
        ("“三队一室”", "“三队一室”"),
        ("实行“三队一室”", "“实行‘三队一室’”"),
        ("“甲”和“乙”", "“‘甲’和‘乙’”"),
    ],
)
def test_quotation_marks_inside_others_are_single(words: str, expected: str) -> None:
    assert quoted(words) == expected


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_every_condition_can_be_put_into_words(lang: Language) -> None:
    """As it was written, before a policy puts dates and values in."""
    rules = pr.load("putian-2019-52").rules
    words = Words(lang, lambda node: node.at(DAY) if isinstance(node, Parameter) else DAY, 2020)
    for clause in rules.directive.clauses:
        for provision in clause.provisions:
            if not isinstance(provision, Excuse):
                for part in expressions_of(provision):
                    assert words.condition(part) if part.type == BOOLEAN else words.term(part)


def test_the_classes_of_facts_with_who_reads_them() -> None:
    rules = pr.load("putian-2019-52").rules
    console = Console(width=200, file=StringIO())
    for lang in ("zh", "en"):
        console.print(*fact_tables(rules, lang))
    shown = console.file.getvalue()  # type: ignore[attr-defined]
    assert "bureaus  公安局" in shown
    lines = [" ".join(line.split()) for line in shown.splitlines()]
    assert "level level one of: county, municipal 2.1/1a" in lines
    assert "bureau_id 所属公安局 编号 (bureaus)" in [line.rsplit(" 1.3", 1)[0] for line in lines]
    assert any(line.startswith("grades annual grade whole number by year 1–5") for line in lines)


def test_every_kind_of_field_has_its_words() -> None:
    assert set(KIND_WORDS) == set(Kind)


def test_a_decimal_says_its_places() -> None:
    console = Console(file=StringIO(), width=200)
    console.print(*fact_tables(pr.load(PARCELS).rules, "en"))
    assert isinstance(console.file, StringIO)
    assert "number to 2 places (yuan)" in console.file.getvalue()
