"""The clerk's workbook in a real office program, LibreOffice, which opens it and saves it again."""

from __future__ import annotations

import shutil
import subprocess
from datetime import date
from pathlib import Path

import pytest
from openpyxl import load_workbook

from policy_rules import load
from policy_rules.cli import main
from policy_rules.facts import fields_of
from policy_rules.formats import read
from policy_rules.formats.template import Known, Template
from policy_rules.police import Station
from tests.support.places import ROOT

pytestmark = pytest.mark.external

PUTIAN = ROOT / "examples" / "putian" / "facts.json"
# What an office program could take for something else.
NAMES = [
    "=1+1",
    "+86 594",
    "-5",
    "@SUM(A1)",
    "0012",
    "1-2",
    "3/4",
    "1E5",
    "'quoted",
    "TRUE",
    "是",
    "无",
]


def saved_again(folder: Path, *files: Path) -> list[Path]:
    """Workbooks as LibreOffice saves them.

    The test fails, saying what to install, where there is none.
    """
    program = shutil.which("soffice")
    if program is None:
        pytest.fail("this test needs `soffice`: install libreoffice-calc, as Debian names it")
    out = folder / "saved"
    subprocess.run(
        [
            program, "--headless", "--norestore", f"-env:UserInstallation=file://{folder}/profile",
            "--convert-to", "xlsx", "--outdir", str(out), *map(str, files),
        ],
        check=True, capture_output=True, timeout=180,
    )  # fmt: skip
    return [out / file.name for file in files]


def test_it_reads_back_as_an_office_program_saves_it(tmp_path: Path) -> None:
    known, texts = tmp_path / "known.xlsx", tmp_path / "texts.xlsx"
    assert main(["template", str(known), "--for", str(PUTIAN), "--lang", "zh"]) == 0
    stations = [
        Station(id=f"{number:04}", name=name, relocated_on=date(1900, 1, 1 + number))
        for number, name in enumerate(NAMES)
    ]
    Template(
        title="填报表",
        columns={Station: [*fields_of(Station).values()]},
        classes={"stations": Station},
        lang="zh",
    ).workbook(Known(facts=stations)).save(texts)
    again, texts_again = saved_again(tmp_path, known, texts)
    given, found = read(PUTIAN), read(again)
    assert found.facts == given.facts
    assert found.exemptions == given.exemptions
    assert found.as_of == given.as_of
    assert read(texts_again).facts.all(Station) == tuple(stations)
    # The answers are the same, and what keeps the headings is still there.
    policy = load("putian-2019-52").policy(as_of=date(2022, 4, 1), exemptions=found.exemptions)
    assert [*policy.audit(found.facts)] == [*policy.audit(given.facts)]
    for file in (again, texts_again):
        sheet = load_workbook(file)["派出所"]
        assert sheet.protection.sheet
        assert sheet["C3"].protection.locked
        assert not sheet["C4"].protection.locked
        assert len(sheet.data_validations.dataValidation) > 10
