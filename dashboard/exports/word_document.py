"""What every .docx of ours shares: A4, Chinese fonts, page numbers, tables that print."""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from typing import Any

from docx import Document
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Cm, Pt, RGBColor
from docx.text.paragraph import Paragraph

from dashboard.exports.columns import ABOVE, LEADING, SIDE, Column, height, widths
from dashboard.exports.fonts import BODY, HEAD
from dashboard.snapshot.snapshot import Snapshot
from dashboard.wording.text_width import count_lines
from parsing import printable

GAP = RGBColor(0x9C, 0x1B, 0x14)
TALL, WIDE, MARGIN = Cm(29.7), Cm(21), Cm(2)
ACROSS: float = (WIDE - 2 * MARGIN) / Pt(1)  # of a page's text, in points
DOWN: float = (TALL - 2 * MARGIN) / Pt(1)
SPACING, DENSE, AFTER = 1.5, 1.4, 3.0  # of lines, exact, so that it is the same in every office program
TEXT, SMALL, TITLE, HEADING, NOTE, CELL = 11.0, 10.0, 20.0, 13.0, 9.0, 9.0  # sizes of letters
STYLES = (  # name, font, size, bold, space between lines, above, below, level in the outline
    ("大标题", HEAD, TITLE, True, SPACING, 0, 8, 0),
    ("小标题", HEAD, HEADING, True, SPACING, 6, AFTER, 1),
    ("结论", HEAD, TEXT, True, SPACING, 0, AFTER, None),
    ("段落", BODY, TEXT, False, SPACING, 0, AFTER, None),
    ("细文", BODY, SMALL, False, DENSE, 0, 2, None),
    ("附注", BODY, NOTE, False, SPACING, 2, AFTER, None),
    ("表文", BODY, CELL, False, LEADING, 0, 0, None),
    ("表头", HEAD, CELL, True, LEADING, 0, 0, None),
)
FORM = (1, 4, 1, 2.2)  # shares of the columns of a form
ALIGN = {
    "left": WD_ALIGN_PARAGRAPH.LEFT,
    "centre": WD_ALIGN_PARAGRAPH.CENTER,
    "right": WD_ALIGN_PARAGRAPH.RIGHT,
}


class WordDocument:
    """A document being written; ``bytes`` closes it. Each page's head says whose its numbers are, by which
    standard and of when; its foot carries the mark."""

    def __init__(self, snapshot: Snapshot, title: str) -> None:
        self.document = Document()
        self.styles = dict(self._styles())
        section = self.document.sections[0]
        section.page_width, section.page_height = WIDE, TALL
        section.left_margin = section.right_margin = section.top_margin = section.bottom_margin = MARGIN
        section.footer_distance = Cm(1)
        foot = section.footer.paragraphs[0]
        foot._p.style, foot.alignment = self.styles["附注"], WD_ALIGN_PARAGRAPH.CENTER
        self.caption = snapshot.caption
        head = section.header.paragraphs[0]
        head._p.style, head.alignment = self.styles["附注"], WD_ALIGN_PARAGRAPH.CENTER
        head.add_run(printable(self.caption.line))
        section.header_distance = Cm(0.8)
        said = f"内容校验 {snapshot.mark}　第 "
        for number, text in enumerate((said, "PAGE", " 页，共 ", "NUMPAGES", " 页")):
            if number % 2:
                foot._p.append(
                    parse_xml(f'<w:fldSimple {nsdecls("w")} w:instr="{text}"><w:r/></w:fldSimple>')
                )
            else:
                foot.add_run(printable(text))
        about = self.document.core_properties
        about.title, about.author, about.language = printable(title), "", "zh-CN"

    def title(self, text: str, new_page: bool = False) -> None:
        line = self._line("大标题", broken(text, self.caption.owner))
        line.alignment, line.paragraph_format.page_break_before = WD_ALIGN_PARAGRAPH.CENTER, new_page

    def heading(self, text: str) -> None:
        self._line("小标题", text).paragraph_format.keep_with_next = True

    def conclusion(self, text: str) -> None:
        self._line("结论", text).paragraph_format.first_line_indent = Pt(2 * TEXT)

    def text(self, text: str, small: bool = False, tied: bool = False) -> None:
        """``tied``: on the same page as what follows."""
        line = self._line("细文" if small else "段落", text)
        line.paragraph_format.first_line_indent = Pt(2 * (SMALL if small else TEXT))
        line.paragraph_format.keep_with_next = tied

    def note(self, text: str, tied: bool = False) -> None:
        self._line("附注", text).paragraph_format.keep_with_next = tied

    def blanks(self, *lines: str) -> None:
        """Lines that somebody fills in by hand."""
        for line in lines:
            self._line("段落", line)

    def table(self, columns: Sequence[Column], rows: Sequence[Sequence[str]], sums: int = 0) -> None:
        """Its head is on top of every page, and no row is cut by one; the last ``sums`` rows are bold."""
        across = widths(columns, rows, CELL, ACROSS)
        grid = self._grid(1 + len(rows), across)
        self._row(
            grid[0], across, [column._replace(align="centre") for column in columns], _heads(columns), True
        )
        grid[0].get_or_add_trPr().append(parse_xml(f"<w:tblHeader {nsdecls('w')}/>"))
        for number, (row, texts) in enumerate(zip(grid[1:], rows, strict=True)):
            self._row(row, across, columns, texts, number >= len(rows) - sums)

    def form(self, *rows: Sequence[str]) -> None:
        """A small table of pairs: what something is called, and what it is."""
        columns = [Column("", share=share) for share in FORM[: len(rows[0])]]
        across = widths(columns, rows, CELL, ACROSS)
        for row, texts in zip(self._grid(len(rows), across), rows, strict=True):
            self._row(row, across, columns, texts, False)

    def sign(self, *titles: str) -> None:
        """Empty lines for signatures, kept together."""
        for number, title in enumerate(titles):
            line = self._line("段落", f"{title}：____________________　　日期：______年____月____日")
            line.paragraph_format.space_before = Pt(12)
            line.paragraph_format.keep_with_next = number < len(titles) - 1

    def bytes(self) -> bytes:
        out = io.BytesIO()
        self.document.save(out)
        return out.getvalue()

    def _line(self, style: str, text: str) -> Paragraph:
        line = self.document.add_paragraph(printable(text))
        line._p.style = self.styles[style]
        return line

    def _grid(self, rows: int, across: Sequence[float]) -> Any:
        """The rows of a new table, as elements: python-docx looks for each cell from the first."""
        table = self.document.add_table(rows=rows, cols=len(across))
        table.style, table.alignment, table.autofit = "Table Grid", WD_TABLE_ALIGNMENT.CENTER, False
        table._tbl.tblPr.append(_margins())
        for column, wide in zip(table.columns, across, strict=True):
            column.width = Pt(wide)
        return table._tbl.tr_lst

    def _row(
        self,
        row: Any,
        across: Sequence[float],
        columns: Sequence[Column],
        texts: Sequence[str],
        strong: bool,
    ) -> None:
        row.get_or_add_trPr().append(parse_xml(f"<w:cantSplit {nsdecls('w')}/>"))
        style = self.styles["表头" if strong else "表文"]
        for cell, text, column, wide in zip(row.tc_lst, texts, columns, across, strict=True):
            cell.width = Pt(wide)
            cell.get_or_add_tcPr().append(parse_xml(f'<w:vAlign {nsdecls("w")} w:val="center"/>'))
            line = Paragraph(cell.p_lst[0], self.document._body)
            line._p.style, line.alignment = style, ALIGN[column.align]
            run = line.add_run(printable(text))
            if text.startswith("✕"):
                run.font.color.rgb, run.font.bold = GAP, text != "✕"

    def _styles(self) -> Iterator[tuple[str, str]]:
        """Make them; name and identifier of each: python-docx looks for the identifier of each paragraph."""
        for language in self.document.styles.element.iter(qn("w:lang")):
            language.set(
                qn("w:eastAsia"), "zh-CN"
            )  # or some programs draw signs as Japanese or Taiwanese ones
        for name, font, size, bold, leading, before, after, level in STYLES:
            style = self.document.styles.add_style(name, 1)
            style.font.name, style.font.size, style.font.bold = font, Pt(size), bold
            style.element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), font)
            form = style.paragraph_format
            form.space_before, form.space_after, form.line_spacing = Pt(before), Pt(after), Pt(size * leading)
            if level is not None:
                outline = f'<w:outlineLvl {nsdecls("w")} w:val="{level}"/>'
                style.element.get_or_add_pPr().append(parse_xml(outline))
            yield name, style.style_id


def broken(title: str, owner: str) -> str:
    """A title that takes two lines breaks after whose it is."""
    two = count_lines(title, ACROSS / TITLE) > 1 and title.startswith(owner)
    return f"{owner}\n{title.removeprefix(owner).strip()}" if owner and two else title


def tall(text: str, size: float = TEXT) -> float:
    """Of a paragraph, in points, its first line indented."""
    return count_lines(f"　　{text}", ACROSS / size) * size * SPACING + AFTER


def deep(columns: Sequence[Column], rows: Sequence[Sequence[str]]) -> list[float]:
    """Of the rows of a table, its head first, in points."""
    across = widths(columns, rows, CELL, ACROSS)
    return [height(row, across, CELL) for row in (_heads(columns), *rows)]


def _heads(columns: Sequence[Column]) -> list[str]:
    return [column.head for column in columns]


def _margins() -> Any:
    sides = (("top", ABOVE), ("left", SIDE), ("bottom", ABOVE), ("right", SIDE))
    inner = "".join(f'<w:{side} w:w="{round(20 * points)}" w:type="dxa"/>' for side, points in sides)
    return parse_xml(f"<w:tblCellMar {nsdecls('w')}>{inner}</w:tblCellMar>")
