"""Which Chinese pages of the documentation are behind the English ones that they translate.

Each Chinese page ends in a comment with the id that git gives the English page as it was when the
two were in step. Where that page has changed since, so has its id.

    python tools/translations.py                            names the pages that are behind
    python tools/translations.py docs/howto/lists.zh.md     notes that these are in step again

The status is 1 where a page is behind, or has no comment.
"""

from __future__ import annotations

import re
import sys
from hashlib import sha1
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).resolve().parent.parent
_ENDING: Final = ".zh.md"
_NOTE: Final = re.compile(r"\n<!-- in step with (\S+) of git id ([0-9a-f]+) -->\n\Z")
_DIGITS: Final = 16


def translations(root: Path = ROOT) -> list[Path]:
    """All pages in Chinese."""
    folders = (root / name for name in ("docs", "examples"))
    below = (page for folder in folders for page in folder.rglob(f"*{_ENDING}"))
    return sorted([*root.glob(f"*{_ENDING}"), *below])


def original(page: Path) -> Path:
    """The English page of a Chinese one."""
    return page.with_name(page.name.removesuffix(_ENDING) + ".md")


def git_id(page: Path) -> str:
    """The id that git gives to what a file holds, shortened."""
    content = page.read_bytes()
    named = sha1(b"blob %d\0%b" % (len(content), content), usedforsecurity=False)
    return named.hexdigest()[:_DIGITS]


def fault(page: Path, root: Path = ROOT) -> str | None:
    """What is to be done about a Chinese page, or nothing where it is in step."""
    found = _NOTE.search(page.read_text("utf-8"))
    english = original(page).relative_to(root)
    chinese = page.relative_to(root)
    then = f"`python tools/translations.py {chinese}`"
    if found is None:
        return (
            f"{chinese}: it does not say with what of {english} it is in step; see to it, then run "
            f"{then}"
        )
    if found[2] == git_id(original(page)):
        return None
    return (
        f"{english} has changed since {chinese} was in step with it: look at "
        f"`git diff {found[2]} {english}`, change the Chinese page likewise, then run {then}"
    )


def note(page: Path) -> None:
    """Write into a Chinese page that it is in step with the English one as this is now."""
    english = original(page)
    text = _NOTE.sub("", page.read_text("utf-8")).rstrip("\n")
    said = f"<!-- in step with {english.name} of git id {git_id(english)} -->"
    page.write_text(f"{text}\n\n{said}\n", "utf-8")


def main(pages: list[str]) -> int:
    """Note the pages, or tell which are behind."""
    for page in pages:
        if not page.endswith(_ENDING) or not original(Path(page)).exists():
            print(
                f"{page}: expected a Chinese page (*{_ENDING}) of an English one", file=sys.stderr
            )
            return 2
        note(Path(page))
    faults = [] if pages else [each for each in map(fault, translations()) if each]
    print("\n".join(faults or ["in step"]))
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
