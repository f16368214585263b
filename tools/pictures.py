"""Make the pictures of the documentation of the example, as people see it.

    python tools/pictures.py

Needs Chromium, LibreOffice and `pdftoppm` (poppler-utils), and the extras `excel` and `word`.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

ROOT: Final = Path(__file__).parents[1]
PICTURES: Final = ROOT / "docs" / "pictures"
FACTS: Final = str(ROOT / "examples" / "putian" / "facts.json")
# As wide as a laptop shows a page, and as high as the first parts of it take.
_PAGE: Final = "1280,1150"
_DOTS: Final = "70"
# Of a wide sheet, the first columns and rows, at a size at which they can be read.
_CORNER: Final = ("-r", "190", "-x", "130", "-y", "175", "-W", "1900", "-H", "480")


def _run(*command: str) -> None:
    done = subprocess.run(command, check=False, capture_output=True, text=True)
    # Status 1 says that the example falls short of the directive, which it is there to show.
    if done.returncode > 1:
        sys.exit(f"{command[0]}: {done.stderr}")


def _audited(output: Path) -> Path:
    _run(sys.executable, "-m", "policy_rules.cli", "audit", FACTS, "--lang", "zh", "--output",
         str(output))  # fmt: skip
    return output


def _of_page(page: Path, picture: Path) -> None:
    """A picture of a page, as a browser shows it."""
    _run(
        "chromium", "--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars",
        "--no-first-run", "--disable-background-networking", f"--window-size={_PAGE}",
        f"--screenshot={picture}", page.as_uri(),
    )  # fmt: skip


def _of_document(document: Path, picture: Path, *shown: str) -> None:
    """A picture of the first page of a document of an office, as it is printed, or of a part."""
    folder = str(document.parent)
    _run("soffice", "--headless", "--convert-to", "pdf", "--outdir", folder, str(document))
    pdf, name = str(document.with_suffix(".pdf")), str(picture.with_suffix(""))
    _run("pdftoppm", "-png", "-singlefile", *shown, pdf, name)


def main() -> None:
    """Make all of them."""
    PICTURES.mkdir(exist_ok=True)
    with TemporaryDirectory() as name:
        folder = Path(name)
        _of_page(_audited(folder / "report.html"), PICTURES / "report.png")
        _of_document(_audited(folder / "word.docx"), PICTURES / "word.png", "-r", _DOTS)
        _of_document(_audited(folder / "ledger.xlsx"), PICTURES / "ledger.png", *_CORNER)


if __name__ == "__main__":
    main()
