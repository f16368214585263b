"""The report as a page: one file, readable by itself, and nothing in the data can break it."""

from __future__ import annotations

import re
from datetime import date
from fractions import Fraction
from html.parser import HTMLParser

import pytest

import policy_rules as pr
from policy_rules.formats import read
from policy_rules.render.wording import Language
from policy_rules.report import document, inspected, to_html
from policy_rules.report.phrases import percent
from tests.support.places import ROOT

VOID = {"meta", "rect", "input"}


class Page(HTMLParser):
    """The elements, ids, links and texts of a page; an element that is not closed is an error."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.ids: list[str] = []
        self.links: list[str] = []
        self.outside: list[str] = []
        self.words: list[str] = []
        self.rows: list[list[str]] = []
        self._open: list[str] = []
        self.feed(text)
        self.close()
        assert not self._open

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        self.ids += [value for name, value in attrs if name == "id" and value]
        if tag == "a":
            self.links.append(given.get("href") or "")
        self.outside += [str(value) for name, value in attrs if name in ("src", "action")]
        if tag == "link":
            self.outside.append(str(given))
        if tag == "tr":
            self.rows.append([])
        if tag in ("td", "th"):
            self.rows[-1].append("")
        if tag not in VOID:
            self._open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag not in VOID:
            assert self._open.pop() == tag

    def handle_data(self, data: str) -> None:
        if self._open and self._open[-1] not in ("script", "style"):
            self.words.append(data)
            if "td" in self._open or "th" in self._open:
                self.rows[-1][-1] += data


def page(facts: pr.Facts, lang: Language, as_of: date) -> Page:
    audit = pr.load("putian-2019-52").policy(as_of=as_of).audit(facts)
    return Page(to_html(document(inspected(audit, readings=False), lang)))


@pytest.fixture(scope="module", params=["zh", "en"])
def example(request: pytest.FixtureRequest) -> tuple[str, Page]:
    found = pr.load("putian-2019-52")
    given = read(ROOT / "examples" / "putian" / "facts.json")
    policy = found.policy(as_of=date(2020, 12, 31), exemptions=given.exemptions)
    made = inspected(policy.audit(given.facts), readings=request.param == "zh")
    text = to_html(document(made, request.param, explained=20))
    return text, Page(text)


def test_it_is_one_file_that_asks_nothing_of_others(example: tuple[str, Page]) -> None:
    text, shown = example
    assert shown.outside == []
    assert not re.search(r"https?://|@import|url\(", text)
    assert len(text.encode()) < 1_000_000


def test_links_lead_to_what_is_there(example: tuple[str, Page]) -> None:
    _, shown = example
    assert shown.links
    assert {link.removeprefix("#") for link in shown.links} <= set(shown.ids)
    assert len(set(shown.ids)) == len(shown.ids)


def test_every_problem_is_told_with_the_official_words(example: tuple[str, Page]) -> None:
    _, shown = example
    said = "".join(shown.words)
    assert "“农村所一人一间房”" in said
    # What is quoted within the words has inner marks.
    assert "“坚决纠正派出所‘虚假增警’”" in said
    assert "莆政办〔2019〕52号" in said


def test_rows_are_as_wide_as_their_table(example: tuple[str, Page]) -> None:
    _, shown = example
    widths = {len(row) for row in shown.rows}
    assert widths
    assert 0 not in widths


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_nothing_in_a_name_is_taken_for_markup(lang: Language) -> None:
    name = """<script>alert("1")</script>&amp;'\"&lt;"""
    station = pr.Station(
        id="S", name=name, bureau_id="B", setting=pr.Setting.URBAN, officers=9, beds=1
    )
    facts = pr.Facts(bureaus=[pr.Bureau(id="B", name=name)], stations=[station])
    shown = page(facts, lang, date(2021, 12, 31))
    assert any(name in words for words in shown.words)


def test_facts_of_nobody_give_a_report_that_says_so() -> None:
    shown = page(pr.Facts(), "zh", date(2021, 12, 31))
    assert any("共0项" in words for words in shown.words)


@pytest.mark.parametrize(
    ("met", "asked", "zh"),
    [
        (1, 3, "33.3%"), (2, 3, "66.7%"), (1, 2, "50%"), (0, 7, "0%"), (7, 7, "100%"),
        # Almost all is not all, and almost none is not none.
        (9999, 10_000, "99.9%"), (1, 10_000, "0.1%"), (1, 8, "12.5%"), (1, 16, "6.3%"),
    ],
)  # fmt: skip
def test_shares_in_per_cent(met: int, asked: int, zh: str) -> None:
    assert percent(Fraction(met, asked), "zh") == zh
    assert percent(None, "zh") == "—"
