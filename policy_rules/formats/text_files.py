"""Reading files as text: UTF-8 with or without a mark, or the Chinese GB18030."""

from __future__ import annotations

from pathlib import Path

from ..facts import Fault
from ..facts.faults import FaultCode


def text_of(path: Path, place: str, faults: list[Fault]) -> str | None:
    """Give the text of a file, or add to `faults` and give None."""
    try:
        content = path.read_bytes()
    except OSError as error:
        faults.append(unreadable(place, error))
        return None
    # GB18030 accepts much that is not meant as such, so it is only the second to be tried.
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    faults.append(
        Fault(
            place=place,
            code=FaultCode.UNREADABLE_FILE,
            zh="应为 UTF-8 或 GB18030 编码的文本，实为其他内容；请另存为 UTF-8",
            en="expected text in UTF-8 or GB18030, found something else; save it as UTF-8",
        )
    )
    return None


def unreadable(place: str, error: OSError) -> Fault:
    """Give the fault of a file or directory that the system does not let us read."""
    reason = error.strerror or "unknown"
    return Fault(
        place=place,
        code=FaultCode.UNREADABLE_FILE,
        zh=f"无法读取（{reason}）；请检查路径和权限",
        en=f"expected something that can be read, found an error ({reason}); "
        "check the path and its permissions",
    )
