"""What every .docx of ours shares: A4, Chinese fonts, page numbers, tables that print."""

from __future__ import annotations

import io
import re
from collections.abc import Sequence
from typing import Any

from docx import Document
from docx.enum.section import WD_ORIENT
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor

from dashboard.dossier import Dossier

BODY, HEAD = "宋体", "黑体"
GAP = RGBColor(0x9C, 0x1B, 0x14)
_ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f]")


class Paper:
    """A document being written; ``bytes`` closes it. Each page's foot carries date, standard and mark."""

    def __init__(self, dossier: Dossier, title: str, landscape: bool = False) -> None:
        self.document = Document()
        self._styles()
        section = self.document.sections[0]
        wide, tall = Cm(21), Cm(29.7)
        section.page_width, section.page_height = (tall, wide) if landscape else (wide, tall)
        section.orientation = WD_ORIENT.LANDSCAPE if landscape else WD_ORIENT.PORTRAIT
        section.left_margin = section.right_margin = Cm(2.3)
        section.top_margin = section.bottom_margin = Cm(2.2)
        self.width = section.page_width - section.left_margin - section.right_margin
        foot = section.footer.paragraphs[0]
        foot.alignment = WD_ALIGN_PARAGRAPH.CENTER
        said = f"{dossier.made.isoformat()}　{dossier.standard.title}　内容校验 {dossier.mark}　第 "
        self._run(foot, said, 9)
        _number(foot, "PAGE")
        self._run(foot, " 页", 9)
        heading = self.document.add_paragraph()
        heading.alignment = WD_ALIGN_PARAGRAPH.CENTER
        self._run(heading, title, 18, HEAD, bold=True)
        self.document.core_properties.title = clean(title)
        self.document.core_properties.author = ""
        self.document.core_properties.language = "zh-CN"

    def heading(self, text: str) -> None:
        line = self.document.add_paragraph()
        line.paragraph_format.space_before, line.paragraph_format.keep_with_next = Pt(8), True
        self._run(line, text, 13, HEAD, bold=True)

    def text(self, text: str, indent: bool = True, colour: RGBColor | None = None, size: float = 11) -> None:
        line = self.document.add_paragraph()
        line.paragraph_format.first_line_indent = Pt(2 * size) if indent else None
        self._run(line, text, size, colour=colour)

    def table(self, heads: Sequence[str], rows: Sequence[Sequence[Any]], shares: Sequence[float]) -> None:
        """Cells are texts; ``shares``: of the width, for each column. Its head is on top of every page."""
        table = self.document.add_table(rows=0, cols=len(heads))
        table.style, table.alignment, table.autofit = "Table Grid", WD_TABLE_ALIGNMENT.CENTER, False
        widths = [int(self.width * share / sum(shares)) for share in shares]
        for column, width in zip(table.columns, widths, strict=True):
            column.width = width
        for number, row in enumerate([heads, *rows]):
            cells = table.add_row().cells
            for cell, text, width in zip(cells, row, widths, strict=True):
                cell.width = width
                line = cell.paragraphs[0]
                line.paragraph_format.space_after = Pt(0)
                lacks = str(text).startswith("✕")
                font = HEAD if not number else BODY
                self._run(line, str(text), 9.5, font, bold=not number, colour=GAP if lacks else None)
                if not number or _figures(str(text)):
                    line.alignment = WD_ALIGN_PARAGRAPH.CENTER
        head = table.rows[0]._tr.get_or_add_trPr()
        head.append(OxmlElement("w:tblHeader"))
        for row in table.rows:
            row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))

    def sign(self, *titles: str) -> None:
        """Empty lines for signatures."""
        self.document.add_paragraph()
        for title in titles:
            line = self.document.add_paragraph()
            line.paragraph_format.space_before = Pt(10)
            self._run(line, f"{title}：____________________　　日期：______年____月____日", 11)

    def bytes(self) -> bytes:
        out = io.BytesIO()
        self.document.save(out)
        return out.getvalue()

    def _styles(self) -> None:
        normal = self.document.styles["Normal"]
        normal.font.name, normal.font.size = BODY, Pt(11)
        normal.element.rPr.rFonts.set(qn("w:eastAsia"), BODY)
        normal.paragraph_format.space_after, normal.paragraph_format.line_spacing = Pt(3), 1.25

    def _run(
        self,
        line: Any,
        text: str,
        size: float,
        font: str = BODY,
        bold: bool = False,
        colour: RGBColor | None = None,
    ) -> None:
        run = line.add_run(clean(text))
        run.font.size, run.font.bold, run.font.name = Pt(size), bold, font
        run._element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), font)
        if colour is not None:
            run.font.color.rgb = colour


def clean(text: str) -> str:
    """Text without signs that XML cannot hold."""
    return _ILLEGAL.sub("", text)


def _figures(text: str) -> bool:
    return re.fullmatch(r"[\d,.%—✕？ ]*(必填|缺|不适用)?|高|中|低|提示", text) is not None


def _number(line: Any, field: str) -> None:
    """A field that the office program fills in."""
    for kind, text in (("begin", ""), ("", field), ("end", "")):
        run = line.add_run()
        run.font.size = Pt(9)
        if kind:
            mark = OxmlElement("w:fldChar")
            mark.set(qn("w:fldCharType"), kind)
        else:
            mark = OxmlElement("w:instrText")
            mark.text = text
        run._element.append(mark)
