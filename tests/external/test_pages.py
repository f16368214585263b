"""Reports as people open them: the page in a real Chromium, the document in a real LibreOffice."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest

from policy_rules.cli import main
from tests.support.places import EXAMPLES

pytestmark = pytest.mark.external
FACTS = str(EXAMPLES / "putian" / "facts.json")
# Asked in the page: how far it is wider than the window, and what it counts.
PROBE = """
<script>window.addEventListener("load", function () {
  var box = document.querySelector("input.filter"), table = box.nextElementSibling
    .querySelector("tbody"), rows = table.rows.length;
  function shown() { return Array.prototype.filter.call(table.rows, function (row) {
    return row.style.display !== "none" }).length }
  box.value = "no such station"; box.dispatchEvent(new Event("input"));
  var none = shown(); box.value = ""; box.dispatchEvent(new Event("input"));
  parent.postMessage(JSON.stringify({ over: document.documentElement.scrollWidth - innerWidth,
    wide: innerWidth, rows: rows, none: none, all: shown() }), "*") })</script>
"""
# A window is never narrower than 500 pixels; what stands in a frame is as wide as that.
FRAME = """<!DOCTYPE html><title>-</title><script>addEventListener("message", function (event) {{
document.title = event.data }})</script><iframe width="{}" height="900" src="{}"
style="border:0"></iframe>"""


@pytest.fixture(scope="module")
def reports(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("reports")
    for lang in ("zh", "en"):
        for ending in ("html", "docx"):
            output = folder / f"report_{lang}.{ending}"
            assert main(["audit", FACTS, "--lang", lang, "--output", str(output)]) == 1
    return folder


def chromium(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    program = shutil.which("chromium") or shutil.which("google-chrome")
    assert program is not None, "chromium is missing: run tools/external_systems.sh"
    return subprocess.run(
        [
            program, "--headless", "--no-sandbox", "--disable-gpu", "--no-first-run",
            "--disable-background-networking", "--enable-logging=stderr",
            "--host-resolver-rules=MAP * ~NOTFOUND", f"--user-data-dir={folder / 'profile'}",
            *arguments,
        ],
        capture_output=True, text=True, timeout=300, check=True,
        env={**os.environ, "HOME": str(folder)},
    )  # fmt: skip


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("width", [1280, 390])
def test_a_page_fits_its_window_and_can_be_filtered(reports: Path, lang: str, width: int) -> None:
    """Without a message on the console, and without a network."""
    page = (reports / f"report_{lang}.html").read_text("utf-8")
    probed, frame = reports / f"probed_{lang}.html", reports / "frame.html"
    probed.write_text(page.replace("</body>", f"{PROBE}</body>"), "utf-8")
    frame.write_text(FRAME.format(width, probed.as_uri()), "utf-8")
    done = chromium(
        reports, "--window-size=1400,1000", "--virtual-time-budget=5000", "--dump-dom",
        frame.as_uri(),
    )  # fmt: skip
    assert "CONSOLE" not in done.stderr
    found = re.search(r"<title>(\{.*?\})</title>", done.stdout)
    assert found is not None
    told = json.loads(found[1])
    assert told["wide"] == width
    assert told["over"] <= 0
    assert told["rows"] == told["all"] > 8
    assert told["none"] == 0


def test_a_page_is_printed_on_a4(reports: Path) -> None:
    printed = reports / "report.pdf"
    page = (reports / "report_zh.html").as_uri()
    chromium(reports, "--no-pdf-header-footer", f"--print-to-pdf={printed}", page)
    sizes = set(re.findall(rb"/MediaBox \[0 0 ([\d.]+) ([\d.]+)\]", printed.read_bytes()))
    # 210 by 297 mm in points.
    assert {(round(float(wide)), round(float(high))) for wide, high in sizes} == {(595, 842)}


def test_a_document_opens_in_libreoffice(reports: Path) -> None:
    program = shutil.which("soffice")
    assert program is not None, "LibreOffice is missing: run tools/external_systems.sh"
    subprocess.run(
        [
            program, f"-env:UserInstallation={(reports / 'office').as_uri()}", "--headless",
            "--convert-to", "txt:Text (encoded):UTF8", "--outdir", str(reports),
            str(reports / "report_zh.docx"),
        ],
        capture_output=True, timeout=300, check=True,
    )  # fmt: skip
    text = (reports / "report_zh.txt").read_text("utf-8-sig")
    assert "一、总体情况" in text
    assert "莆田市公安局涵江分局" in text
