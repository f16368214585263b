"""Reading files as text: UTF-8, the Chinese GB18030, or UTF-16, each with or without a mark."""

from __future__ import annotations

import os
from codecs import BOM_UTF8, BOM_UTF16_BE, BOM_UTF16_LE
from pathlib import Path

from ..facts import Fault
from ..facts.faults import FaultCode
from .file_kinds import kind_of

_BAD_BYTES = 4
_PLAIN = "\r\n\t,;{"
_CUT_OFF = frozenset(("unexpected end of data", "truncated data", "incomplete multibyte sequence"))


def location_of(path: object, faults: list[Fault]) -> Path | None:
    """The place that a path names; nothing, and a fault, where it is no path or an empty one."""
    if isinstance(path, str | os.PathLike) and str(path):
        return Path(path)
    faults.append(
        Fault(
            place="path",
            code=FaultCode.UNREADABLE_FILE,
            zh=f"应为文件或目录的路径，实为 {path!r}；请改正",
            en=f"expected the path of a file or directory, found {path!r}; correct it",
        )
    )
    return None


def text_of(path: Path, place: str, faults: list[Fault]) -> str | None:
    """Give the text of a file, or add to `faults` and give None."""
    try:
        content = path.read_bytes()
    except OSError as error:
        faults.append(unreadable(place, error))
        return None
    if content.strip() and (kind := kind_of(content)) is not None:
        faults.append(kind.instead_of_text(place))
        return None
    try:
        return decoded_text(content)
    except UnicodeDecodeError as error:
        faults.append(_undecodable(place, content, error))
    return None


def decoded_text(content: bytes) -> str:
    """Give the text that bytes hold. Raises `UnicodeDecodeError` where they hold none."""
    if content.startswith((BOM_UTF16_LE, BOM_UTF16_BE)):
        return content.decode("utf-16")
    if b"\0" in content and (text := _unmarked_utf16(content)) is not None:
        return text
    plain = content.removeprefix(BOM_UTF8)
    try:
        return plain.decode("utf-8")
    except UnicodeDecodeError as error:
        # GB18030 accepts much that is not meant as such, so it is only the second to be tried, and
        # not where most of what is not ASCII is whole in UTF-8: a few bytes of that are damaged.
        if _mostly_utf8(plain):
            raise
        try:
            return plain.decode("gb18030")
        except UnicodeDecodeError as other:
            raise (other if other.start > error.start else error) from None


def _mostly_utf8(content: bytes) -> bool:
    text = content.decode("utf-8", errors="replace")
    whole = sum(each > "\u07ff" and each != "\ufffd" for each in text)
    return whole > text.count("\ufffd")


def _unmarked_utf16(content: bytes) -> str | None:
    """The text, where the order of bytes shows in the ends of lines and other plain characters."""
    for encoding in ("utf-16-le", "utf-16-be"):
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" in text:
            continue
        # Most of them are characters, not halves of others, as in a text with a few NULs.
        wide = sum(text.count(each) for each in _PLAIN)
        if wide * 3 > sum(content.count(each.encode()) for each in _PLAIN):
            return text
    return None


def _undecodable(place: str, content: bytes, error: UnicodeDecodeError) -> Fault:
    # The decoders were given the bytes behind the mark, where there is one.
    shift = len(BOM_UTF8) if content.startswith(BOM_UTF8) else 0
    at = error.start + shift
    if content.startswith((BOM_UTF16_LE, BOM_UTF16_BE)):
        order = "utf-16-be" if content.startswith(BOM_UTF16_BE) else "utf-16-le"
        line = content[:at].decode(order, errors="ignore").count("\n") + 1
    else:
        line = content[:at].count(b"\n") + 1
    found = content[at : at + _BAD_BYTES].hex(" ").upper()
    if error.reason in _CUT_OFF:
        return Fault(
            place=place,
            code=FaultCode.UNREADABLE_FILE,
            zh=f"第 {line} 行末尾的字符不完整（字节 {found}），文件可能被截断；请重新导出",
            en=f"expected whole characters, found the last one, in line {line}, cut off "
            f"(bytes {found}); export the file again",
        )
    return Fault(
        place=place,
        code=FaultCode.UNREADABLE_FILE,
        zh=f"应为 UTF-8 或 GB18030 编码的文本，第 {line} 行有其他内容（字节 {found}）；"
        "请改正该行，或重新导出为 UTF-8",
        en=f"expected text in UTF-8 or GB18030, found something else in line {line} "
        f"(bytes {found}); correct the line, or export the file again as UTF-8",
    )


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
