"""What every .xlsx of ours shares: cells that stay what they are, and paper that fits."""

from __future__ import annotations

import math
import unicodedata
from typing import Any

from openpyxl.cell.cell import Cell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.worksheet.worksheet import Worksheet

from dashboard.exports import fonts
from parsing import printable

BODY = Font(name=fonts.BODY, size=11)
BOLD = Font(name=fonts.BODY, size=11, bold=True)
TITLE = Font(name=fonts.HEAD, size=18)
SHADE = PatternFill("solid", fgColor="EEF2F6")
_SIDE = Side(style="thin", color="8A96A3")
BOX = Border(left=_SIDE, right=_SIDE, top=_SIDE, bottom=_SIDE)
CENTRE = Alignment(horizontal="center", vertical="center", wrap_text=True)
LEFT = Alignment(horizontal="left", vertical="center", wrap_text=True, indent=1)
LINE = 16  # points
FOOT = 120  # characters: Excel takes 255 at the foot of a page, all signs included


def put(cell: Cell, value: Any, number_format: str | None = None) -> None:
    """Write a value; a text stays a text whatever it begins with (``=``, ``+``, ``-``, ``@``), also when
    the user edits the cell; None and NaN leave it blank."""
    if isinstance(value, str):
        cell.value = printable(value)
        cell.data_type = "s"
        cell.quotePrefix = value.startswith(("=", "+", "-", "@"))
    elif value is not None and value == value:
        cell.value = value
    if number_format:
        cell.number_format = number_format


def breadth(text: str) -> int:
    """Width in half characters: a Chinese one takes two."""
    return sum(2 if unicodedata.east_asian_width(sign) in "WF" else 1 for sign in text)


def height(text: str, width: float) -> float:
    """Row height in points that shows all of ``text``, wrapped in ``width`` half characters. Excel does
    not find it by itself for merged cells."""
    lines = sum(max(1, math.ceil(breadth(line) / max(width - 3, 1))) for line in text.split("\n"))
    return min(409, LINE * lines + 8)


def paper(sheet: Worksheet, landscape: bool = False, repeat: str | None = None, foot: str = "") -> None:
    """A4, one page wide, centred, page numbers below; ``repeat``: rows printed on top of every page;
    ``foot``: what stands before the page number."""
    sheet.page_setup.paperSize = 9
    sheet.page_setup.orientation = "landscape" if landscape else "portrait"
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.print_options.horizontalCentered = True
    sheet.page_margins.left = sheet.page_margins.right = 0.5
    sheet.page_margins.top = sheet.page_margins.bottom = 0.6
    sheet.page_margins.header = sheet.page_margins.footer = 0.25
    before = f"{printable(foot)[:FOOT].replace('&', '&&')}　" if foot else ""
    sheet.oddFooter.center.text = f"{before}第 &P 页，共 &N 页"
    sheet.print_title_rows = repeat
