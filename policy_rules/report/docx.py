"""A report as a Word document, laid out as official documents are (GB/T 9704).

Its fonts are named as the standard has them, and by what stands in for them where they are missing.
"""

from __future__ import annotations

from collections.abc import Sequence
from html import escape  # xml.sax's own brings the whole of urllib and http
from importlib.util import find_spec
from io import BytesIO
from typing import TYPE_CHECKING, Any, Final

from ..arguments import public
from ..facts import FactError, Fault
from ..facts.faults import FaultCode
from ..language.citations import numeral
from ..language.exhaustive import assert_never
from .colours import Colour
from .document import Block, Cell, Column, Document, Heading, Paragraph, Row, Table

if TYPE_CHECKING:
    from docx.document import Document as WordDocument

# Of the standard: 小标宋 for the title, 黑体 and 楷体 for headings, 仿宋 for the text.
_TITLE: Final = "方正小标宋简体"
_HEADING: Final = "黑体"
_SECOND: Final = "楷体_GB2312"
_BODY: Final = "仿宋_GB2312"
_LATIN: Final = "Times New Roman"
_INSTEAD: Final = {
    _TITLE: "宋体;SimSun;Source Han Serif SC;Noto Serif CJK SC",
    _HEADING: "SimHei;Source Han Sans SC;Noto Sans CJK SC",
    _SECOND: "楷体;KaiTi;Kaiti SC",
    _BODY: "仿宋;FangSong;STFangsong",
}
# 二号, 三号, 五号, and 小五 for wide tables, in points.
_TITLE_SIZE: Final = 22.0
_BODY_SIZE: Final = 16.0
_TABLE_SIZE: Final = 10.5
_SMALL: Final = 9.0
# From so many columns on a table has the small type.
_MANY: Final = 7
_LINE: Final = 28.0
_INK: Final = {
    Colour.GREEN: "1A7F4B",
    Colour.YELLOW: "A86500",
    Colour.RED: "B3261E",
    Colour.GREY: "6B7280",
}
_PAPER: Final = {
    Colour.GREEN: "E3F4EA",
    Colour.YELLOW: "FDF0D7",
    Colour.RED: "FBE4E2",
    Colour.GREY: "ECEEF1",
}
_NAMESPACE: Final = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_FONT_TABLE: Final = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    f'<w:fonts xmlns:w="{_NAMESPACE}">{{}}</w:fonts>'
)
# The text is 156 mm wide, in twentieths of a point; columns share it by what they hold.
_ACROSS: Final = 8844
_WIDTHS: Final = {(False, True): 3, (False, False): 4, (True, False): 9, (True, True): 9}
_KEPT: Final = 5


@public
def to_docx(document: Document) -> bytes:
    """The document as a `.docx`. Explanations are left out: they are in the page.

    Raises FactError without the extra `policy-rules[word]`.
    """
    if find_spec("docx") is None:
        missing = Fault(
            place="",
            code=FaultCode.WRONG_USAGE,
            zh="写 Word 文件需要 python-docx，实际没有；请安装 `policy-rules[word]`",
            en="expected python-docx to write a Word document, found none; install "
            "`policy-rules[word]`",
        )
        raise FactError([missing])
    return _Writer(document).written()


class _Writer:
    def __init__(self, document: Document) -> None:
        import docx
        from docx.shared import Mm, Pt

        self._of = document
        self._chinese = document.lang.startswith("zh")
        self._word: WordDocument = docx.Document()
        self._pt = Pt
        # How many headings there are of each level, since the last one above.
        self._numbers = [0, 0, 0]
        section = self._word.sections[0]
        section.page_width, section.page_height = Mm(210), Mm(297)
        section.top_margin, section.bottom_margin = Mm(37), Mm(35)
        section.left_margin, section.right_margin = Mm(28), Mm(26)
        section.footer_distance = Mm(25)

    def written(self) -> bytes:
        self._styles()
        self._fonts()
        self._page_number()
        core = self._word.core_properties
        core.title, core.language = self._of.title, self._of.lang
        core.author = core.comments = ""
        title = self._word.add_paragraph(style="Title")
        title.add_run(self._of.title)
        for line in self._of.under_title:
            self._word.add_paragraph(line, style="Subtitle")
        for block in self._of.blocks:
            self._block(block)
        stream = BytesIO()
        self._word.save(stream)
        return stream.getvalue()

    def _block(self, block: Block) -> None:
        match block:
            case Heading():
                self._heading(block)
            case Paragraph():
                self._word.add_paragraph(block.text, style="Caption" if block.note else "Normal")
            case Table():
                self._table(block)
            case _:
                assert_never(block)

    def _heading(self, heading: Heading) -> None:
        level = min(heading.level, 3)
        self._numbers[level - 1] += 1
        self._numbers[level:] = [0] * (3 - level)
        number = self._numbers[level - 1]
        zh = (f"{numeral(number)}、", f"（{numeral(number)}）", f"{number}. ")[level - 1]
        en = ".".join(map(str, self._numbers[:level])) + " "
        self._word.add_paragraph(
            (zh if self._chinese else en) + heading.text, style=f"Heading {level}"
        )

    def _table(self, table: Table) -> None:
        """A table, put together as text: cell by cell the library takes seconds for a city."""
        from docx.oxml import parse_xml

        if table.rows:
            body = self._word.element.body
            body.insert(len(body) - 1, parse_xml(_table_xml(table)))
            self._word.add_paragraph(style="Caption")

    # Styles

    def _styles(self) -> None:
        from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING

        styles = self._word.styles
        for name, font, size, indented in (
            ("Normal", _BODY, _BODY_SIZE, True),
            ("Title", _TITLE, _TITLE_SIZE, False),
            ("Subtitle", _SECOND, _BODY_SIZE, False),
            ("Heading 1", _HEADING, _BODY_SIZE, True),
            ("Heading 2", _SECOND, _BODY_SIZE, True),
            ("Heading 3", _BODY, _BODY_SIZE, True),
            ("Caption", _BODY, _TABLE_SIZE, False),
            ("No Spacing", _BODY, _TABLE_SIZE, False),
        ):
            style: Any = styles[name]
            style.font.name, style.font.size = _LATIN, self._pt(size)
            style.font.bold, style.font.italic = name == "Heading 3", False
            style.font.color.rgb = None
            fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
            for attribute in list(fonts.attrib):
                if "Theme" in attribute or "theme" in attribute:
                    del fonts.attrib[attribute]
            fonts.set(_w("eastAsia"), font)
            form = style.paragraph_format
            form.space_before = form.space_after = self._pt(0)
            if name in ("Title", "Subtitle"):
                form.alignment = WD_ALIGN_PARAGRAPH.CENTER
                form.space_after = self._pt(_LINE / 2)
                _without_border(style.element)
            if name not in ("No Spacing", "Caption"):
                form.line_spacing_rule = WD_LINE_SPACING.AT_LEAST
                form.line_spacing = self._pt(_LINE)
            if indented and self._chinese:
                form.first_line_indent = self._pt(2 * size)
            form.keep_with_next = name.startswith("Heading")

    def _fonts(self) -> None:
        """Say what stands in for each font where it is not installed."""
        entries = "".join(
            f'<w:font w:name="{escape(name)}"><w:altName w:val="{escape(instead)}"/></w:font>'
            for name, instead in _INSTEAD.items()
        )
        for part in self._word.part.package.iter_parts():
            if str(part.partname).endswith("/fontTable.xml"):
                part._blob = _FONT_TABLE.format(entries).encode("utf-8")

    def _page_number(self) -> None:
        """— 1 —, as the standard has it, in the middle of the foot."""
        from docx.enum.text import WD_ALIGN_PARAGRAPH
        from docx.oxml import OxmlElement

        paragraph = self._word.sections[0].footer.paragraphs[0]
        paragraph.style = "No Spacing"
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
        paragraph.add_run("— ").font.size = self._pt(14)
        run = paragraph.add_run()
        run.font.size = self._pt(14)
        for kind, text in (("begin", ""), ("", "PAGE"), ("end", "")):
            if kind:
                made = OxmlElement("w:fldChar")
                made.set(_w("fldCharType"), kind)
            else:
                made = OxmlElement("w:instrText")
                made.text = text
            run._r.append(made)
        paragraph.add_run(" —").font.size = self._pt(14)


def _w(name: str) -> str:
    from docx.oxml.ns import qn

    return str(qn(f"w:{name}"))


def _table_xml(table: Table) -> str:
    size = round(2 * (_SMALL if len(table.columns) >= _MANY else _TABLE_SIZE))
    widths = [_KEPT if each.kept else _WIDTHS[each.wide, each.number] for each in table.columns]
    whole = sum(widths)
    grid = "".join(f'<w:gridCol w:w="{width * _ACROSS // whole}"/>' for width in widths)
    head = "".join(
        _cell_xml(Cell(column.title), column, size, bold=True) for column in table.columns
    )
    rows = "".join(_row_xml(row, table.columns, size) for row in table.rows)
    return (
        f'<w:tbl xmlns:w="{_NAMESPACE}"><w:tblPr><w:tblStyle w:val="TableGrid"/>'
        f'<w:tblW w:w="{_ACROSS}" w:type="dxa"/></w:tblPr><w:tblGrid>{grid}</w:tblGrid>'
        f"<w:tr><w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>{head}</w:tr>{rows}</w:tbl>"
    )


def _row_xml(row: Row, columns: Sequence[Column], size: int) -> str:
    if row.title:
        cells = _cell_xml(row.cells[0], Column(""), size, bold=True, across=len(columns))
    else:
        pairs = zip(row.cells, columns, strict=True)
        cells = "".join(_cell_xml(cell, column, size) for cell, column in pairs)
    return f"<w:tr><w:trPr><w:cantSplit/></w:trPr>{cells}</w:tr>"


def _cell_xml(cell: Cell, column: Column, size: int, *, bold: bool = False, across: int = 1) -> str:
    span = f'<w:gridSpan w:val="{across}"/>' if across > 1 else ""
    shade = colour = ""
    if cell.colour is not None:
        shade = f'<w:shd w:val="clear" w:color="auto" w:fill="{_PAPER[cell.colour]}"/>'
        colour = f'<w:color w:val="{_INK[cell.colour]}"/>'
    aligned = '<w:jc w:val="right"/>' if column.number else ""
    strong = "<w:b/>" if bold else ""
    text = escape("".join(each if each.isprintable() else " " for each in cell.text))
    return (
        f'<w:tc><w:tcPr>{span}{shade}</w:tcPr><w:p><w:pPr><w:pStyle w:val="NoSpacing"/>{aligned}'
        f'</w:pPr><w:r><w:rPr>{strong}{colour}<w:sz w:val="{size}"/></w:rPr>'
        f'<w:t xml:space="preserve">{text}</w:t></w:r></w:p></w:tc>'
    )


def _without_border(element: Any) -> None:
    """Word's own title has a line below, which the standard does not know."""
    properties = element.find(_w("pPr"))
    border = None if properties is None else properties.find(_w("pBdr"))
    if border is not None:
        properties.remove(border)
