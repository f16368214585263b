"""What a file is by its content, where its name promises something else."""

from __future__ import annotations

import io
import zipfile
from typing import Final, NamedTuple

from ..facts import Fault
from ..facts.faults import FaultCode

_OLE: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED: Final = "EncryptedPackage".encode("utf-16-le")
_MARKUP: Final = (b"<html", b"<!doctype html", b"<table", b"<meta")
_LOOKED_AT: Final = 2000


class FileKind(NamedTuple):
    """What a file is, and what to do about it."""

    zh: str
    en: str
    do_zh: str
    do_en: str

    def instead_of_workbook(self, place: str) -> Fault:
        """The fault of such a file in the place of a workbook."""
        return Fault(
            place=place,
            code=FaultCode.UNREADABLE_FILE,
            zh=f"应为 Excel 工作簿（.xlsx），实为{self.zh}；{self.do_zh}",
            en=f"expected an Excel workbook (.xlsx), found {self.en}; {self.do_en}",
        )

    def instead_of_text(self, place: str) -> Fault:
        """The fault of such a file in the place of a text."""
        return Fault(
            place=place,
            code=FaultCode.UNREADABLE_FILE,
            zh=f"应为 UTF-8 或 GB18030 编码的文本，实为{self.zh}；{self.do_zh}",
            en=f"expected text in UTF-8 or GB18030, found {self.en}; {self.do_en}",
        )


_SAVE: Final = (
    "请用 Excel 或 WPS 打开后另存为 .xlsx",
    "open it with Excel or WPS and save it as .xlsx",
)
EMPTY: Final = FileKind("空文件", "an empty file", "请重新导出", "export it again")
PROTECTED: Final = FileKind(
    "有密码保护的文件",
    "a file that is protected by a password",
    "请用密码打开，取消密码后保存",
    "open it with its password, take the password off and save it",
)
OLD_WORKBOOK: Final = FileKind(
    "旧格式的文件（.xls、.et 或 .doc）", "a file of the old form (.xls, .et or .doc)", *_SAVE
)
WORKBOOK: Final = FileKind(
    "Excel 工作簿",
    "an Excel workbook",
    "请把文件名的结尾改为 .xlsx，再给出它",
    "let its name end in .xlsx and give it as such",
)
BINARY_WORKBOOK: Final = FileKind("二进制工作簿（.xlsb）", "a binary workbook (.xlsb)", *_SAVE)
OPEN_DOCUMENT: Final = FileKind("OpenDocument 文件（.ods）", "an OpenDocument file (.ods)", *_SAVE)
WORD: Final = FileKind(
    "Word 文档", "a Word document", "请把表格放入 Excel", "put its table into Excel"
)
OTHER_ZIP: Final = FileKind(
    "其他压缩文件", "a zip file of something else", "请给出工作簿", "give the workbook itself"
)
PDF: Final = FileKind(
    "PDF 文件", "a PDF file", "请向提供者索取原表", "ask for the table that it was made from"
)
WEB_PAGE: Final = FileKind("网页（HTML）", "a web page (HTML)", *_SAVE)
TEXT: Final = FileKind(
    "文本文件",
    "a text file",
    "如为 CSV，请把文件名的结尾改为 .csv，放入一个目录并给出该目录",
    "if it is CSV, let its name end in .csv, put it into a directory and give that",
)
XML_TABLE: Final = FileKind("XML 文件", "an XML file", *_SAVE)


def kind_of(content: bytes) -> FileKind | None:
    """Say what a file is that is neither text nor, under this name, expected; None if unclear."""
    if not content.strip():
        return EMPTY
    if content.startswith(_OLE):
        return PROTECTED if _ENCRYPTED in content else OLD_WORKBOOK
    if content.startswith(b"PK"):
        return _zipped(content)
    if content.startswith(b"%PDF"):
        return PDF
    head = content[:_LOOKED_AT].lstrip(b"\xef\xbb\xbf \r\n\t").lower()
    if head.startswith(_MARKUP):
        return WEB_PAGE
    if head.startswith(b"<?xml"):
        return XML_TABLE
    return None


def _zipped(content: bytes) -> FileKind | None:
    try:
        names = set(zipfile.ZipFile(io.BytesIO(content)).namelist())
    except Exception:  # a damaged one makes zipfile fail in any way
        return None
    for name, kind in (
        ("xl/workbook.xml", WORKBOOK),
        ("xl/workbook.bin", BINARY_WORKBOOK),
        ("word/document.xml", WORD),
        ("content.xml", OPEN_DOCUMENT),
    ):
        if name in names:
            return kind
    return OTHER_ZIP
