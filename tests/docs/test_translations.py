"""The documentation in Chinese: each page has its twin, of the same parts and in step with it."""

from __future__ import annotations

import importlib
import importlib.util
import re
from collections import Counter
from collections.abc import Iterator
from doctest import DocTestParser
from pathlib import Path
from types import ModuleType
from typing import Final

import pytest

import policy_rules as pr
from tests.support.places import ROOT

DOCS: Final = ROOT / "docs"
# Pages that are in English alone, and why.
ENGLISH_ONLY: Final = {
    "docs/decisions/*.md": "records for those who change the library, as its code is in English",
    "docs/_generated/*.md": "written by the benchmarks; `docs/measured_words.py` has the Chinese",
    "examples/millbrook-market/*.md": "a package that is written in English alone",
}
# Pages that are put together otherwise in Chinese, and why.
OF_OTHER_PARTS: Final = {
    "docs/reference/api.md": "it is made of docstrings, which are in English",
    "docs/index.md": "it leads to the pages of its language",
}
# Words in code type that a page says in Chinese.
SAID_IN_CHINESE: Final = {
    "docs/readings.md": {"ruled: …"},
    "docs/reference/parameters.md": {"ruled: …"},
    "docs/semantics.md": {"reading: …", "ruled: …"},
    "docs/writing.md": {"2.50 yuan", "3.00 yuan", "at least 3 yuan", "cl 5(2)(a)"},
}
_FENCED: Final = re.compile(r"^( *)```([^\n`]*)\n(.*?)^ *```$", re.DOTALL | re.MULTILINE)
_CHINESE: Final = re.compile(r"[\u4e00-\u9fff]")


def named(page: Path) -> str:
    """A page as it is named here."""
    return page.relative_to(ROOT).as_posix()


PAGES: Final = [
    page
    for page in sorted(
        [ROOT / "README.md", *DOCS.rglob("*.md"), *(ROOT / "examples").rglob("README.md")]
    )
    if not page.name.endswith(".zh.md")
    and "_build" not in page.parts
    and not any(page.match(pattern) for pattern in ENGLISH_ONLY)
]
every_page = pytest.mark.parametrize("page", PAGES, ids=named)
every_page_of_the_same_parts = pytest.mark.parametrize(
    "page", [page for page in PAGES if named(page) not in OF_OTHER_PARTS], ids=named
)


def twin(page: Path) -> Path:
    """The page in Chinese."""
    return page.with_suffix(".zh.md")


@pytest.fixture(scope="module")
def translations() -> ModuleType:
    """The tool, which is no part of any package."""
    spec = importlib.util.spec_from_file_location("translations", ROOT / "tools/translations.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


# Twins


@every_page
def test_every_page_is_there_in_chinese(page: Path) -> None:
    assert twin(page).exists(), (
        f"write {named(twin(page))}, which says in Chinese what {named(page)} says, or give the "
        "reason in `ENGLISH_ONLY`"
    )
    title = twin(page).read_text("utf-8").partition("\n")[0]
    assert _CHINESE.search(title) or page.name == "README.md"


def test_every_chinese_page_has_an_english_one(translations: ModuleType) -> None:
    assert [translations.original(each) for each in translations.translations()] == PAGES


def test_every_exception_is_one() -> None:
    for pattern in ENGLISH_ONLY:
        assert list(ROOT.glob(pattern))
        assert list(ROOT.glob(pattern.replace(".md", ".zh.md"))) == []
    assert {*OF_OTHER_PARTS, *SAID_IN_CHINESE} <= {named(page) for page in PAGES}


@every_page
def test_every_chinese_page_is_in_step(page: Path, translations: ModuleType) -> None:
    """What of the English page it says is noted in it."""
    assert translations.fault(twin(page)) is None


def test_what_is_behind_is_told(tmp_path: Path, translations: ModuleType) -> None:
    english, chinese = tmp_path / "docs" / "x.md", tmp_path / "docs" / "x.zh.md"
    english.parent.mkdir()
    english.write_text("# A page\n", "utf-8")
    chinese.write_text("# 一页\n", "utf-8")
    assert translations.translations(tmp_path) == [chinese]
    assert translations.fault(chinese, tmp_path) == (
        "docs/x.zh.md: it does not say with what of docs/x.md it is in step; see to it, then run "
        "`python tools/translations.py docs/x.zh.md`"
    )
    translations.note(chinese)
    translations.note(chinese)
    # `printf '# A page\n' | git hash-object --stdin`
    was = "3f45f109050c8198"
    assert chinese.read_text("utf-8") == f"# 一页\n\n<!-- in step with x.md of git id {was} -->\n"
    assert translations.fault(chinese, tmp_path) is None
    english.write_text("# Another page\n", "utf-8")
    assert translations.fault(chinese, tmp_path) == (
        "docs/x.md has changed since docs/x.zh.md was in step with it: look at "
        f"`git diff {was} docs/x.md`, change the Chinese page likewise, then run "
        "`python tools/translations.py docs/x.zh.md`"
    )


# The same parts


def parts(page: Path) -> Iterator[tuple[str, int]]:
    """Headings with their level, tables with their rows, lists with their items, and blocks."""
    fenced: list[str] = []

    def marked(match: re.Match[str]) -> str:
        fenced.append(match[2])
        return "\0"

    last = before = ""
    count = 0
    for line in [*_FENCED.sub(marked, page.read_text("utf-8")).split("\n"), ""]:
        kind = next((name for name, pattern in _LINES if re.match(pattern, line)), "")
        if kind == "item" and before and last != "item":
            kind = ""  # a line of a paragraph that begins with a number
        before = line
        # A list goes on over the lines of its items, and the paragraphs and blocks inside it.
        if kind != last and last and not (last == "item" and line[:1] in (" ", "\0")):
            yield last, count
            last, count = "", 0
        if kind:
            last, count = kind, count + 1
        if line.startswith("#"):
            yield "heading", line.index(" ")
        if line.strip() == "\0":
            yield fenced.pop(0), 0


_LINES: Final = [("row", r"\|"), ("item", r"(?:- |\d+\. )")]


@every_page_of_the_same_parts
def test_a_page_has_the_same_parts_in_both_languages(page: Path) -> None:
    assert list(parts(twin(page))) == list(parts(page))


def blocks(page: Path) -> list[tuple[str, str]]:
    """The fenced blocks of a page, each with its language."""
    return [(match[2], match[3]) for match in _FENCED.finditer(page.read_text("utf-8"))]


def asked(language: str, block: str) -> str:
    """What a block has but for what is shown of it in one language or the other."""
    if language == "pycon":
        block = "".join(each.source for each in DocTestParser().get_examples(block))
        for pattern, instead in _IN_EITHER:
            block = re.sub(pattern, instead, block)
    elif language == "console" or block.startswith("$ "):
        commands = re.findall(r"^\$ .*", block, re.MULTILINE)
        block = "\n".join(re.sub(r" --lang (?:zh|en)\b", "", each) for each in commands)
    elif language.startswith("{toctree}"):
        block = re.sub(r"\.zh$", "", block, flags=re.MULTILINE)
    return block


_IN_EITHER: Final = [
    (r'(?:, )?lang="(?:zh|en)"', ""),
    (r'\.text\("(?:zh|en)"\)', ""),
    (r'"(?:zh|en)"', '"lang"'),
    (r"(?<=\.)(?:zh|en)\b", "lang"),
    (r"(?<=\.)(\w+)_(?:zh|en)\b", r"\1_lang"),
]


@every_page_of_the_same_parts
def test_examples_ask_the_same_in_both_languages(page: Path) -> None:
    english, chinese = (
        [(language, asked(language, block)) for language, block in blocks(each)]
        for each in (page, twin(page))
    )
    assert chinese == english


def prose(page: Path) -> str:
    """A page without its fenced blocks, in one line."""
    return " ".join(_FENCED.sub("", page.read_text("utf-8")).split())


def links(page: Path, other: Path) -> Counter[str]:
    """Where a page leads, but for the headings there, and but for itself in the other language."""
    found = re.findall(r"\]\(([^)]+)\)", prose(page))
    return Counter(each for each in found if each != other.name and not each.startswith("#"))


@every_page_of_the_same_parts
def test_a_chinese_page_leads_to_chinese_ones(page: Path) -> None:
    expected: Counter[str] = Counter()
    for link, times in links(page, twin(page)).items():
        path = link.partition("#")[0]
        chinese = path.removesuffix(".md") + ".zh.md"
        there = path.endswith(".md") and (page.parent / chinese).exists()
        expected[chinese if there else path] += times
    found = (each.partition("#")[0] for each in links(twin(page), page).elements())
    assert Counter(found) == expected


def in_code(page: Path) -> set[str]:
    """What stands in code type."""
    return set(re.findall(r"`([^`]+)`", prose(page)))


@every_page_of_the_same_parts
def test_what_the_english_page_names_the_chinese_one_names(page: Path) -> None:
    """Options, fields, functions: what the reader types is the same."""
    left_out = in_code(page) - in_code(twin(page))
    assert left_out == SAID_IN_CHINESE.get(named(page), set())


@every_page
def test_what_is_bold_in_a_chinese_page_is_bold(page: Path) -> None:
    """Markdown does not end it between a stop and a letter: `**甲**。乙`, not `**甲。**乙`."""
    text = _FENCED.sub("", twin(page).read_text("utf-8"))
    bold = re.findall(r"\*\*(.+?)\*\*(.?)", text)
    stops = "。，、：；！？”）"
    found = [words for words, after in bold if words[-1] in stops and after not in f" {stops}"]
    assert found == []


# What the Chinese pages have of their own


def test_both_indexes_lead_to_the_same_pages() -> None:
    english, chinese = (
        [
            line
            for language, block in blocks(page)
            for line in asked(language, block).splitlines()
            if language == "{toctree}" and not line.startswith(":")
        ]
        for page in (DOCS / "index.md", DOCS / "index.zh.md")
    )
    assert {*english} - {*chinese} == {"index", "decisions/index"}
    assert {*chinese} <= {*english}


def test_every_public_name_is_listed_in_chinese() -> None:
    documented = (DOCS / "reference" / "api.md").read_text("utf-8")
    names = {
        *pr.__all__,
        *re.findall(r"^\.\. auto(?:function|class):: (?:.*\.)?(\w+)$", documented, re.M),
    }
    for members in re.findall(r"^   :members: (.+)$", documented, re.M):
        names |= {*members.split(", ")}
    assert names - in_code(DOCS / "reference" / "api.zh.md") == set()


@pytest.mark.parametrize("page", sorted(DOCS.glob("_generated/*.md")), ids=named)
def test_what_the_benchmarks_write_is_in_chinese(
    page: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What is left in English are names: of engines, and of what is decided."""
    monkeypatch.syspath_prepend(str(DOCS))
    english = page.read_text("utf-8")
    written: str = importlib.import_module("measured_words").in_chinese(english)
    for line in written.splitlines():
        cells = line.split("|") if line.startswith("|") else [line]
        said = (re.sub(r"`[^`]*`|\w+_\w+", "", cell) for cell in cells)
        left = [cell for cell in said if re.search(r"[A-Za-z]{3}", cell)]
        assert [cell for cell in left if not _CHINESE.search(cell)] == [], (
            f"say in docs/measured_words.py what this is in Chinese: {line}"
        )
    figures = re.compile(r"\d[\d,.]*\d|\d")
    assert Counter(figures.findall(written)) == Counter(figures.findall(english))


def test_what_is_searched_for_in_chinese_is_found_by_each_two_characters(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.syspath_prepend(str(DOCS))
    found: list[str] = importlib.import_module("search_words").words(
        "勤务模式（duty_mode）：12人，or"
    )
    assert found == ["勤务", "务模", "模式", "duty_mode", "12", "人", "or"]
