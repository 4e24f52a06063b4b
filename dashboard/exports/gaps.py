"""A list to take away and work through, such as the list of gaps, as .xlsx."""

from __future__ import annotations

from io import BytesIO
from numbers import Integral, Number

import pandas as pd
from openpyxl import Workbook
from openpyxl.styles import Alignment
from openpyxl.utils import get_column_letter

from dashboard.exports.sheet import BODY, BOLD, BOX, CENTRE, LEFT, SHADE, breadth, height, paper, put

WIDEST = 44  # half characters of a column; longer texts wrap
HEADER = 2


def workbook(rows: pd.DataFrame, line: str, more: str = "") -> bytes:
    """One sheet: ``line`` (whose the list is, by which standard and when it was made) on top and at the foot
    of each printed page, with ``more`` after it on top; then the rows under their Chinese column names, with
    filter and frozen header. Numbers stay numbers; the index is left out."""
    book = Workbook()
    sheet = book.active
    sheet.title = "清单"
    put(sheet["A1"], "　".join(filter(None, (line, more))))
    sheet["A1"].font, sheet["A1"].alignment = BODY, Alignment(vertical="center")
    sheet.row_dimensions[1].height = height("", 1)
    widths = []
    for column, title in enumerate(map(str, rows.columns), 1):
        values = [_plain(value) for value in rows.iloc[:, column - 1]]
        widest = max(
            (breadth(line) for value in [title, *values] for line in str(value).split("\n")), default=0
        )
        widths.append(min(WIDEST, widest + 6))
        sheet.column_dimensions[get_column_letter(column)].width = widths[-1]
        for row, value in enumerate([title, *values], HEADER):
            cell = sheet.cell(row, column)
            put(cell, value, _format(title, value) if row > HEADER else None)
            cell.font, cell.border = (BOLD if row == HEADER else BODY), BOX
            cell.alignment = CENTRE if row == HEADER or not isinstance(value, str | Number) else LEFT
            if isinstance(value, Number):
                cell.alignment = Alignment(horizontal="right", vertical="center")
            if row == HEADER:
                cell.fill = SHADE
    lines: list[tuple[object, ...]] = [tuple(rows.columns), *rows.itertuples(index=False)]
    for row, texts in enumerate(lines, HEADER):
        sizes = [height(str(text), width) for text, width in zip(texts, widths, strict=True)]
        sheet.row_dimensions[row].height = max(sizes, default=24)
    last = get_column_letter(max(1, len(rows.columns)))
    sheet.auto_filter.ref = f"A{HEADER}:{last}{HEADER + len(rows)}"
    sheet.freeze_panes = f"A{HEADER + 1}"
    sheet.sheet_view.showGridLines = False
    paper(sheet, landscape=True, repeat=f"1:{HEADER}", foot=line)
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def _plain(value: object) -> object:
    """numpy and pandas scalars as Python's own; unknown as None."""
    if value is None or value is pd.NA or value is pd.NaT or value != value:
        return None
    return value.item() if hasattr(value, "item") else value


def _format(title: str, value: object) -> str | None:
    """Money and shares by their column's name; years keep their four digits together."""
    if not isinstance(value, Number) or isinstance(value, bool):
        return None
    if title.endswith(("占比", "率", "（%）")) and not isinstance(value, Integral):
        return "0.0%"
    if "元" in title:
        return "#,##0" if value == int(value) and "万元" not in title else "#,##0.00"  # type: ignore[call-overload]
    return None
