"""A .pptx being made: slides with a title, native tables and charts, notes. Lengths are in u, as in
``dashboard.slides.measure``: a slide is 192 × 108 of them, a u is 5 points."""

from __future__ import annotations

import io
from collections.abc import Sequence
from copy import deepcopy
from functools import cache
from typing import Any, NamedTuple

from pptx import Presentation
from pptx.dml.color import RGBColor
from pptx.enum.text import MSO_ANCHOR
from pptx.oxml import parse_xml
from pptx.oxml.ns import nsdecls, qn
from pptx.util import Emu, Pt

from dashboard import theme
from dashboard.slides import deck
from dashboard.slides.measure import BELOW, WIDTH, height, title_size
from dashboard.snapshot.snapshot import Snapshot
from parsing import printable

FONT = "微软雅黑"
U = Emu(63_500)
LEFT, TOP, GAP, FOOT = 7.0, 4.5, 2.6, 102.2
SIDE, NARROW, ABOVE = 1.2, 0.3, 0.5  # kept free in a cell
LEADING = 1.25
ALIGN = {"left": "l", "centre": "ctr", "right": "r"}
PLAIN = "{2D5ABB26-0587-4C30-8999-92F81FD0307C}"  # a table's style without colours and lines


class Face(NamedTuple):
    """How a text looks; ``size`` in u, ``fill`` "" for none; ``under``: the size, in u, of the lines after
    the first, which are quiet, where it is not the same."""

    size: float
    align: str = "left"
    colour: str = theme.INK
    fill: str = ""
    bold: bool = False
    under: float = 0


Cell = tuple[str, Face]


class PptxDeck:
    """``body`` is where the body of the slide made last begins, ``left`` the height that it may take."""

    def __init__(self, snapshot: Snapshot) -> None:
        self.snapshot, self.deck = snapshot, Presentation()
        self.deck.slide_width, self.deck.slide_height = U * 192, U * 108
        self.deck.core_properties.title, self.deck.core_properties.author = printable(snapshot.title), ""
        self.slide: Any = None
        self.body = self.left = 0.0

    def page(
        self, title: str, below: str = "", notes: str = "", mark: Cell | None = None, kept: float = 0
    ) -> None:
        """A new slide; ``mark`` stands at the right of its title, in what is ``kept`` free there."""
        self.slide = self.deck.slides.add_slide(self.deck.slide_layouts[5])  # a title and nothing else
        size = title_size(title, kept)
        high = height(title, size, WIDTH - kept)
        shape = self.slide.shapes.title
        shape.left, shape.top, shape.width, shape.height = box(LEFT, TOP, WIDTH - kept, high)
        shape.text_frame.vertical_anchor = MSO_ANCHOR.BOTTOM
        _write(shape.text_frame, title, Face(size, bold=True))
        if mark:
            self.text(mark[0], mark[1], LEFT + WIDTH - kept, TOP + high - 5, kept)
        self.body = TOP + high + GAP
        if below:
            under = height(below, BELOW, WIDTH, 1.35)
            self.text(below, Face(BELOW, colour=theme.QUIET), LEFT, TOP + high + 0.6, WIDTH)
            self.body += under + 0.6
        self.left = FOOT - GAP - self.body
        foot = f"{deck.foot(self.snapshot)}　第 "
        line = self.text(foot, Face(2.2, colour=theme.QUIET), LEFT, FOOT, WIDTH).paragraphs[0]
        line._p.append(_number(line.runs[0]._r.rPr))
        line._p.append(_after(line.runs[0]._r, " 页"))
        self.slide.notes_slide.notes_text_frame.text = printable(notes or title)

    def text(self, text: str, face: Face, left: float, top: float, wide: float) -> Any:
        high = height(text, face.size, wide)
        frame = self.slide.shapes.add_textbox(*box(left, top, wide, high)).text_frame
        _write(frame, text, face)
        return frame

    def table(
        self, rows: Sequence[Sequence[Cell]], across: Sequence[float], high: Sequence[float], top: float
    ) -> None:
        """``across``: widths of the columns; ``high``: heights of the rows."""
        frame = self.slide.shapes.add_table(len(rows), len(across), *box(LEFT, top, sum(across), sum(high)))
        table = frame.table
        table._tbl.tblPr.find(qn("a:tableStyleId")).text = PLAIN
        table.horz_banding = False
        for column, wide in zip(table.columns, across, strict=True):
            column.width = _u(wide)
        for line, texts, tall in zip(table.rows, rows, high, strict=True):
            line.height = _u(tall)
            for cell, (text, face) in zip(line.cells, texts, strict=True):
                _fill(cell, text, face)

    def bytes(self) -> bytes:
        out = io.BytesIO()
        self.deck.save(out)
        return out.getvalue()


def _fill(cell: Any, text: str, face: Face) -> None:
    cell.margin_left = cell.margin_right = _u(NARROW if face.align == "centre" else SIDE)
    cell.margin_top = cell.margin_bottom = _u(ABOVE)
    cell.vertical_anchor = MSO_ANCHOR.MIDDLE
    _write(cell.text_frame, text, face)
    if face.fill:
        cell.fill.solid()
        cell.fill.fore_color.rgb = rgb(face.fill)
    colour = f'<a:solidFill><a:srgbClr val="{theme.LINE[1:]}"/></a:solidFill>'
    line = parse_xml(f'<a:lnB {nsdecls("a")} w="9525">{colour}</a:lnB>')
    cell._tc.get_or_add_tcPr().insert(0, line)


def _write(frame: Any, text: str, face: Face) -> None:
    frame.word_wrap = True
    frame.margin_left = frame.margin_right = frame.margin_top = frame.margin_bottom = 0
    body, lines = frame._txBody, printable(text).split("\n")
    for old in body.findall(qn("a:p")):
        body.remove(old)
    for number, line in enumerate(lines):
        if number and face.under:
            face = face._replace(size=face.under, colour=theme.QUIET)
        paragraph = deepcopy(_paragraph(face))
        paragraph[-1][-1].text = line
        body.append(paragraph)


@cache
def _paragraph(face: Face) -> Any:
    """A paragraph of one run to be copied: python-pptx would look for each of its parts from the first."""
    letters = f'<a:latin typeface="{FONT}"/><a:ea typeface="{FONT}"/>'
    return parse_xml(
        f'<a:p {nsdecls("a")}><a:pPr algn="{ALIGN[face.align]}">'
        f'<a:lnSpc><a:spcPts val="{round(face.size * 500 * LEADING)}"/></a:lnSpc></a:pPr>'
        f'<a:r><a:rPr lang="zh-CN" sz="{round(face.size * 500)}" b="{face.bold:d}">'
        f'<a:solidFill><a:srgbClr val="{face.colour[1:]}"/></a:solidFill>{letters}</a:rPr><a:t/></a:r></a:p>'
    )


def letters(font: Any, face: Face) -> None:
    font.size, font.bold, font.name = Pt(face.size * 5), face.bold, FONT
    font.color.rgb = rgb(face.colour)
    font._element.append(parse_xml(f'<a:ea {nsdecls("a")} typeface="{FONT}"/>'))
    font._element.set("lang", "zh-CN")


def _number(looks: Any) -> Any:
    """The slide's number as a field, so that it stays right when slides are moved."""
    field = parse_xml(
        f'<a:fld {nsdecls("a")} id="{{B6F15528-21DE-4FAA-801E-634DDDAF4B2B}}" type="slidenum">'
        "<a:t>‹#›</a:t></a:fld>"
    )
    field.insert(0, deepcopy(looks))
    return field


def _after(run: Any, text: str) -> Any:
    other = deepcopy(run)
    other.t.text = text
    return other


def rgb(text: str) -> RGBColor:
    return RGBColor.from_string(text[1:])


def _u(length: float) -> Emu:
    return Emu(round(U * length))


def box(*lengths: float) -> tuple[Emu, ...]:
    return tuple(map(_u, lengths))
