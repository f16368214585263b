"""The documents' examples: commands are run, excerpts stand where they are said to.

Python with prompts (`>>>`) is collected by pytest itself, through `--doctest-glob=*.md`.
"""

from __future__ import annotations

import ast
import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from doctest import ELLIPSIS, OutputChecker
from pathlib import Path

import pytest

import policy_rules as pr
from policy_rules.facts.faults import FaultCode
from policy_rules.language import Cite
from tests.support.places import ROOT

DOCUMENTS = sorted(
    [*ROOT.glob("README*.md"), *(ROOT / "docs").glob("*.md"), *(ROOT / "docs").glob("*/*.md")]
)
_FENCE = re.compile(r"^```(\w+)\n(.*?)^```$", re.DOTALL | re.MULTILINE)
_END = "<<end of a command>>"


def blocks(document: Path, language: str) -> Iterator[str]:
    """The fenced blocks of a document that are in a language."""
    for match in _FENCE.finditer(document.read_text("utf-8")):
        if match[1] == language:
            yield match[2]


def transcript(block: str) -> list[tuple[str, str]]:
    """The commands of a console block, each with the output that is shown."""
    commands: list[tuple[str, str]] = []
    for line in block.splitlines(keepends=True):
        if line.startswith("$ "):
            commands.append((line[2:].rstrip(), ""))
        else:
            command, output = commands[-1]
            commands[-1] = (command, output + line)
    return commands


def outputs(commands: list[str]) -> list[str]:
    """What commands print, one after the other in one shell, in a terminal of 100 columns."""
    script = "".join(f"{each}\nstatus=$?; echo '{_END}'; (exit $status)\n" for each in commands)
    name = 'policy-rules() { "$PYTHON" -m policy_rules.cli "$@"; }\n'
    environment = {
        **os.environ,
        "PYTHON": sys.executable,
        "PYTHONPATH": str(ROOT),
        "COLUMNS": "100",
        "LC_ALL": "C.UTF-8",
        "NO_COLOR": "1",
    }
    done = subprocess.run(
        ["bash", "-c", name + script],
        cwd=ROOT, env=environment, encoding="utf-8",
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
    )  # fmt: skip
    return [
        "".join(f"{line.rstrip()}\n" for line in each.splitlines())
        for each in done.stdout.split(f"{_END}\n")[: len(commands)]
    ]


# Those that pages in both languages show alike are run once.
CONSOLES = {
    block: f"{document.relative_to(ROOT)}-{place}"
    for document in DOCUMENTS
    for place, block in enumerate(blocks(document, "console"))
}


@pytest.mark.parametrize("block", CONSOLES, ids=CONSOLES.values())
def test_commands_print_what_the_documents_show(block: str) -> None:
    """`...` on a line of its own stands for lines that are left out."""
    shown = transcript(block)
    for (command, expected), found in zip(shown, outputs([c for c, _ in shown]), strict=True):
        assert OutputChecker().check_output(expected, found, ELLIPSIS), f"{command}\n{found}"


@pytest.mark.parametrize(("name", "lang"), [("README.md", "en"), ("README.zh.md", "zh")])
def test_the_readme_shows_what_make_run_prints(name: str, lang: str) -> None:
    """`make run` is this audit in the language of the locale, and then what to try next."""
    (found,) = outputs([f"policy-rules audit examples/putian/facts.json --lang {lang}"])
    (shown,) = (each for each in blocks(ROOT / name, "text") if each.startswith("$ make run"))
    audit = shown.partition("\n")[2].partition("Try next:")[0].rstrip() + "\n"
    assert OutputChecker().check_output(audit, found, ELLIPSIS), found


# What the docs say of a sentence

_CITE = r"(?<![\w:/.])[0-6](?:\.\d)?/\d+[a-z]?(?![\w/])"
_RULED = re.compile(
    rf"^(?:\||[-*]|\d+\.) *`?(?:all|{_CITE})(?:`?(?:,| and| to)? *`?{_CITE})*`?(?:\||:| )"
)
# Those about directives of their own.
_OF_OTHERS = ("writing", "tour", "pack", "tutorial")


def prose(document: Path) -> list[str]:
    """The lines of a document outside its fenced blocks."""
    return re.sub(
        r"^ *```.*?^ *```$", "", document.read_text("utf-8"), flags=re.DOTALL | re.MULTILINE
    ).split("\n")


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda each: str(each.relative_to(ROOT)))
def test_no_document_rules_on_a_sentence(document: Path) -> None:
    """What is ruled beyond the text is data, which answers show: a reading, a ruling, an oddity.

    Lists of them are generated from it (`docs/reference`).
    """
    assert [line for line in prose(document) if _RULED.match(line)] == []


@pytest.mark.parametrize(
    "line",
    [
        "| all | 年底 includes its last day |",
        "| 4.1/2, 4.1/3 | moved is adequate |",
        "- `5.1/3`: any number of clerks",
        "* 4.2/3 to 4.2/5 built is open",
        "1. 2.1/1a is judged for each bureau",
    ],
)
def test_such_a_line_would_be_found(line: str) -> None:
    assert _RULED.match(line)


def test_what_the_documents_say_of_sentences_is_data() -> None:
    """A sentence on which a document says something has a reading, a ruling or an oddity."""
    rules = pr.load("putian-2019-52").rules
    settled = {str(each.cite) for each in rules.readings.values()}
    citing = [each.cites for each in rules.directive.oddities]
    citing += [each.cites for each in rules.rulings]
    settled |= {str(Cite.parse(cite).of_sentence) for cites in citing for cite in cites}
    for document in DOCUMENTS:
        if document.name.partition(".")[0] not in _OF_OTHERS:
            cites = map(Cite.parse, re.findall(_CITE, "\n".join(prose(document))))
            cited = {str(cite.of_sentence) for cite in cites} & set(rules.directive.sentences)
            assert cited <= settled, document


SOURCES = [*(ROOT / "policy_rules").rglob("*.py"), *(ROOT / "examples").glob("*.py")]
EXCERPTS = [
    pytest.param(block, id=f"{document.relative_to(ROOT)}-{place}")
    for document in DOCUMENTS
    for place, block in enumerate(blocks(document, "python"))
]


@pytest.mark.parametrize("excerpt", EXCERPTS)
def test_python_without_prompts_is_an_excerpt(excerpt: str) -> None:
    ast.parse(excerpt)
    assert any(excerpt in source.read_text("utf-8") for source in SOURCES), excerpt


@pytest.mark.parametrize("block", list(blocks(ROOT / "docs" / "writing.md", "toml")))
def test_the_case_shown_is_the_case_that_is_run(block: str) -> None:
    assert (ROOT / "examples" / "reading_rooms.toml").read_text("utf-8") == block


@pytest.mark.parametrize("name", ["tutorial.md", "tutorial.zh.md"])
def test_the_tutorials_show_the_text_of_the_example(name: str) -> None:
    example = (ROOT / "examples" / "reading_rooms.py").read_text("utf-8")
    (text,) = re.findall(r'^TEXT = """\n(.*?)"""$', example, re.DOTALL | re.MULTILINE)
    assert text in blocks(ROOT / "docs" / name, "text")


def test_every_kind_of_fault_is_documented() -> None:
    text = (ROOT / "docs" / "reference" / "command-line.md").read_text("utf-8")
    (table,) = re.findall(r"^\| code \|.*?\n\n", text, re.DOTALL | re.MULTILINE)
    assert re.findall(r"^\| `(\w+)`", table, re.MULTILINE) == [code.value for code in FaultCode]


def test_the_example_of_another_system_answers() -> None:
    done = subprocess.run(
        [sys.executable, "examples/embed.py"],
        cwd=ROOT, env={**os.environ, "PYTHONPATH": str(ROOT), "PYTHONUTF8": "1"},
        capture_output=True, encoding="utf-8", check=True,
    )  # fmt: skip
    answer = json.loads(done.stdout)
    assert answer["modes"][0]["mode"] == "两队一室"
    prohibited, undetermined = answer["cases"]
    assert [reason[:5] for reason in prohibited["reasons"]] == ["3.1/2"]
    assert undetermined["ask"] == ["cases/A2.complex"]
    assert not any(case["permitted"] for case in answer["cases"])
    assert len(answer["gaps"]) == 1
