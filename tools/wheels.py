"""Install the built wheel as on a machine for which few packages have binary wheels.

Usage: python tools/wheels.py

The core, the command line and the extra `excel` must never need a compiler, on any processor. So
each release of Python is asked for wheels alone, for LoongArch, which the package index hardly has
binaries for: only wheels that run anywhere are found there. What was found is then installed, and
asked by this interpreter, which can run all of it. Without a package index this is skipped.
"""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from email import message_from_bytes
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final
from zipfile import ZipFile

ROOT: Final = Path(__file__).resolve().parent.parent
RELEASES: Final = ("3.10", "3.11", "3.12", "3.13", "3.14")
PLATFORM: Final = "manylinux_2_36_loongarch64"
EXTRA: Final = "excel"
PIP: Final = (sys.executable, "-m", "pip", "--disable-pip-version-check", "--quiet")
_OF_EXTRA: Final = re.compile(r"extra *== *[\"']([^\"']+)[\"']")

# The command, with nothing but what was installed to import from.
_COMMAND: Final = """
import sys
sys.path[:0] = [sys.argv.pop(1)]
from policy_rules.cli import main
sys.exit(main(sys.argv[1:]))
"""
# A workbook for it.
_BOOK: Final = """
import sys
sys.path[:0] = [sys.argv.pop(1)]
import openpyxl
book = openpyxl.Workbook()
book.active.title = "stations"
for row in (["id", "pilot", "officers"], ["S1", "false", 14]):
    book.active.append(row)
book.save("facts.xlsx")
"""
_PACK: Final = "city-2024-5"
_LANGUAGES: Final = ("both", "zh", "en")
# A package of another subject, with a vocabulary of its own.
_EXAMPLE: Final = "millbrook-market"


def main() -> None:
    """Build, find the wheels for each release, install, ask."""
    with TemporaryDirectory() as name:
        scratch = Path(name)
        probe = [*PIP, "download", "--no-deps", "--only-binary=:all:", "--dest", name, "attrs"]
        if subprocess.run(probe, capture_output=True).returncode:
            print("skipped: no package index is within reach")
            return
        wheel = build(scratch)
        with ThreadPoolExecutor() as pool:
            for said in pool.map(partial(find, wheel), RELEASES):
                print(said, flush=True)
        target = scratch / "installed"
        wanted = f"{wheel}[{EXTRA}]"
        run("not installed", *PIP, "install", *elsewhere(), "--target", target, wanted)
        # Isolated, so that nothing else is imported.
        isolated = (sys.executable, "-I", "-S", "-c")
        run("the workbook is not written", *isolated, _BOOK, target, cwd=scratch)
        asked = ["audit", "facts.xlsx", "--as-of", "2019-09-01", "--format", "json"]
        # 1: what one station lacks.
        command = (*isolated, _COMMAND, target)
        run("what was installed does not answer", *command, *asked, status=1, cwd=scratch)
        print("installed from these wheels alone, and asked about a workbook")
        for language in _LANGUAGES:
            named = f"{_PACK}-{language}"
            begun = ("new", named, "--language", language)
            run("no package is begun", *command, *begun, cwd=scratch)
            pack = scratch / named
            run("its wheel is not built", *PIP, "wheel", "--no-deps", "--wheel-dir", pack, pack)
            (built,) = pack.glob("*.whl")
            run("it is not installed", *PIP, "install", "--no-deps", "--target", target, built)
            asked = ["audit", str(pack / "facts.json"), "--directive", named]
            run("the new package does not answer", *command, *asked, status=1, cwd=scratch)
        print("new packages were begun in each language, installed as wheels and asked by name")
        example = scratch / _EXAMPLE
        shutil.copytree(ROOT / "examples" / _EXAMPLE, example)
        run("its wheel is not built", *PIP, "wheel", "--no-deps", "--wheel-dir", example, example)
        (built,) = example.glob("*.whl")
        run("it is not installed", *PIP, "install", "--no-deps", "--target", target, built)
        days = f"working_days={example / 'working_days.json'}"
        asked = ["audit", str(example / "facts.json"), "--directive", _EXAMPLE, "--set", days]
        run("the example does not answer", *command, *asked, status=1, cwd=scratch)
        print("so was the example of another subject, with a vocabulary of its own")


def build(scratch: Path) -> Path:
    """The wheel, built from a copy: what a build leaves among the sources comes into the next."""
    source = scratch / "source"
    source.mkdir()
    for name in ("pyproject.toml", "setup.cfg", "README.md", "LICENSE"):
        shutil.copy(ROOT / name, source)
    shutil.copytree(ROOT / "policy_rules", source / "policy_rules")
    built = scratch / "built"
    run("the wheel is not built", *PIP, "wheel", "--no-deps", "--wheel-dir", built, source)
    (wheel,) = built.glob("*.whl")
    return wheel


def find(wheel: Path, release: str) -> str:
    """Find the wheels for a release of Python, and say which they are."""
    with TemporaryDirectory() as found:
        asked = (*elsewhere("--python-version", release), "--dest", found)
        missing = f"Python {release}: a package has no wheel that runs anywhere"
        run(missing, *PIP, "download", *asked, wheel, *requirements(wheel))
        names = sorted(path.name.partition("-")[0] for path in Path(found).glob("*.whl"))
    return f"Python {release}: {' '.join(names)}"


def elsewhere(*more: str) -> tuple[str, ...]:
    """The options of pip for that platform."""
    return ("--only-binary=:all:", "--platform", PLATFORM, *more)


def requirements(wheel: Path) -> list[str]:
    """What the wheel requires for any release, since pip takes the markers to be about its own."""
    with ZipFile(wheel) as archive:
        (name,) = (each for each in archive.namelist() if each.endswith(".dist-info/METADATA"))
        listed = message_from_bytes(archive.read(name)).get_all("Requires-Dist") or []
    found = []
    for each in listed:
        requirement, _, marker = each.partition(";")
        if (extra := _OF_EXTRA.search(marker)) is None or extra[1] == EXTRA:
            found.append(requirement.strip())
    return found


def run(failing: str, *command: str | Path, status: int = 0, cwd: Path = ROOT) -> None:
    """Run a command; end with what it means where its status is another."""
    ran = subprocess.run(list(map(str, command)), cwd=cwd, capture_output=True, text=True)
    if ran.returncode != status:
        sys.exit(f"{ran.stdout}{ran.stderr}{failing}, see above (status {ran.returncode})")


if __name__ == "__main__":
    main()
