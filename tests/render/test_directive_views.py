"""What `directive` shows of any directive, also of one that has little to show.

What it shows of this one is in the goldens of the command line.
"""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from typing import Any

import pytest

import policy_rules as pr
from policy_rules.cli.output import table_chunks
from policy_rules.facts import Officer, Station, Task
from policy_rules.language import (
    BOOLEAN,
    DATE,
    INTEGER,
    Clause,
    Directive,
    ExcuseKind,
    Modality,
    Oddity,
    Parameter,
    Recurrence,
    RuleSet,
    always,
    attest,
    count,
    define,
    each,
    exception,
    excuse,
    first_known,
    forbid,
    load,
    needs,
    parameter,
    reading,
    regime,
    require,
    step,
    subject,
    when,
)
from policy_rules.language.rewriting import expressions_of
from policy_rules.language.rules import Excuse, Provision
from policy_rules.render.coverage_tables import coverage_parts
from policy_rules.render.directive_tables import header_lines, oddity_parts, reading_parts
from policy_rules.render.provision_words import cites_words, quoted
from policy_rules.render.wording import Language, Words
from tests.support.places import GOLDEN

station = subject(Station)
task = subject(Task)
officer = each(Officer, station_id=station)
DAY = date(2020, 6, 1)

WHICH = reading(
    "which", "1.1/1", zh="何者？", en="which?", one=("甲", "one"), other=("乙", "other"),
    default="one", why=("因", "because"),
)  # fmt: skip
LEAST = parameter("least", Fraction(1, 2), cite="1.1/1", quote="半", zh="最少", en="least")
BY = parameter("by", date(2019, 12, 31), cite="1.1/2", quote="年底前", zh="期限", en="by when")
OPEN_DAY = parameter("open_day", cite="1.1/3", quote="及时", zh="期限", en="by when", type=DATE)
OFTEN = parameter(
    "often", Recurrence("FREQ=WEEKLY"), cite="1.1/3", quote="每周", zh="周期", en="how often"
)
OPEN = parameter("open_number", cite="1.1/3", quote="若干", zh="数", en="some", type=INTEGER)


def says(cite: str, zh: str, en: str, quote: str = "应当") -> dict[str, Any]:
    """The words of a rule."""
    return {"cite": cite, "zh": zh, "en": en, "quote": quote}


def provisions() -> list[Provision]:
    """A provision of every form."""
    return [
        define(
            station, "size", int,
            [
                when(WHICH.is_("one") & station.pilot).then(
                    first_known(station.officers, count(officer, zh="名册人数", en="roster")),
                    cite="1.1/1", quote="“大”",
                )
            ],
            otherwise=always(count(officer, zh="名册人数", en="roster"),
                             cite="1.1/1", quote="小"),
            zh="规模", en="size",
        ),
        require(station, station.officers >= LEAST * station.beds, due=BY,
                **says("1.1/2a", "人数够", "enough officers")),
        attest(station, modality=Modality.TARGET, **says("1.1/2b", "有制度", "has a system")),
        require(station, station.pilot & (station.rooms >= OPEN),
                modality=Modality.IN_PRINCIPLE,
                **says("1.1/3a", "有房间", "has rooms", "“应”有“房”")),
        require(station, count(officer) >= 1, **says("1.1/3b", "有人", "has officers")),
        forbid(task, task.quota, **says("1.1/4a", "不得", "must not be")),
        forbid(task, task.branch_duty, modality=Modality.IN_PRINCIPLE,
               **says("1.1/4b", "原则上不得", "in principle not")),
        exception("1.1/4a", task.within_statutory_duty, **says("1.1/4", "除外", "except")),
        needs(
            task,
            [
                step("report", task.quota, quote="报", zh="报告", en="a report"),
                step("review", task.quota, quote="审", zh="审核", en="a review"),
            ],
            on=task.starts_on, **says("1.1/5", "须经", "needs"),
        ),
        excuse("1.1/5", ExcuseKind.OUT_OF_SCOPE, zh="不管", en="not for us"),
    ]  # fmt: skip


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
    size = parameter(
        "size", 3, since={DAY: 5}, cite="1/1", quote="三", zh="数", en="size",
        unit=("扇", "doors"),
    )  # fmt: skip
    rule = require(station, station.rooms >= size, **says("1/1", "有门", "has doors"))
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
        require(station, station.pilot, due=OPEN_DAY, **says("1/1", "应", "must"))


def test_a_header_shows_what_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    plain = text(header_lines(made().directive, "en"), monkeypatch)
    assert plain == "试〔2020〕1号\nA made-up opinion\nissued 2020-01-01\n"
    rules = made(
        issuer=("某办", "an office"), addressees=("各单位", "all bodies"),
        printed=date(2020, 1, 2), public=True,
    )  # fmt: skip
    assert text(header_lines(rules.directive, "zh"), monkeypatch) == (
        "试〔2020〕1号\n试行意见\n2020-01-01 成文，2020-01-02 印发，此件主动公开\n"
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
        (["0/1", "2/1", "0/2"], "序言第一、二句，二第一句", "0 sentences 1 and 2, 2 sentence 1"),
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
