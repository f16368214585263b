"""The report as a Word document: read again by the library that others read such files with."""

from __future__ import annotations

from datetime import date
from importlib import util
from io import BytesIO
from typing import Any

import docx
import pytest

import policy_rules as pr
from policy_rules.render.wording import Language
from policy_rules.report import document, inspected, to_docx

NAME = "甲<b>&\x01\u202e所"


def written(lang: Language) -> Any:
    station = pr.Station(
        id="S", name=NAME, bureau_id="B", setting=pr.Setting.URBAN, officers=9, beds=1
    )
    facts = pr.Facts(bureaus=[pr.Bureau(id="B", name="甲分局")], stations=[station])
    audit = pr.load("putian-2019-52").policy(as_of=date(2021, 12, 31)).audit(facts)
    made = document(inspected(audit, readings=False), lang, explained=0)
    return docx.Document(BytesIO(to_docx(made)))


def test_it_is_laid_out_as_official_documents_are() -> None:
    """GB/T 9704: A4, 37 mm above and 28 mm on the left, 一、（一）1., 黑体 and 仿宋."""
    made = written("zh")
    section = made.sections[0]
    assert (round(section.page_width.mm), round(section.page_height.mm)) == (210, 297)
    assert (round(section.top_margin.mm), round(section.left_margin.mm)) == (37, 28)
    heads = {
        level: [p.text for p in made.paragraphs if p.style.name == f"Heading {level}"]
        for level in (1, 2, 3)
    }
    assert heads[1][:3] == ["一、总体情况", "二、排名", "三、重点指标"]
    assert heads[2][:2] == ["（一）公安局", "（二）派出所"]
    # Of each part anew.
    assert heads[2][2].startswith("（一）据数据判定")
    assert heads[3][0].startswith("1. ")
    fonts = made.styles["Heading 1"].element.rPr.rFonts
    assert [value for name, value in fonts.attrib.items() if name.endswith("}eastAsia")] == ["黑体"]


def test_headings_in_english_are_numbered_in_figures() -> None:
    heads = [p.text for p in written("en").paragraphs if p.style.name == "Heading 2"]
    assert heads[:2] == ["2.1 Bureaus", "2.2 Stations"]


def test_what_a_file_cannot_hold_is_left_out_of_names() -> None:
    cells = [cell.text for table in written("zh").tables for cell in table._cells]
    assert any("甲<b>&" in cell for cell in cells)
    assert not any("\x01" in cell or "\u202e" in cell for cell in cells)


def test_without_python_docx_it_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("policy_rules.report.docx.find_spec", lambda name: None)
    assert util.find_spec("docx") is not None
    with pytest.raises(pr.FactError, match=r"install `policy-rules\[word\]`"):
        written("zh")
