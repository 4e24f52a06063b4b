"""A new workbook of the cells that were read, where the file itself cannot be written into."""

from __future__ import annotations

from collections.abc import Sequence

from openpyxl import Workbook
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from dashboard.exports.marked.changes import ChangedTable
from dashboard.exports.marked.mark_workbook import sheet_name
from dashboard.exports.sheet import BODY, BOX, LEFT, height, paper, put

WIDTH = 22  # half characters of a column


def copied(tables: Sequence[ChangedTable]) -> Workbook:
    """Each cell where it stands in the original, as text."""
    book = Workbook()
    book.remove(book.active)
    for table in tables:
        part = sheet_name(table.part)
        if part not in book.sheetnames:
            paper(book.create_sheet(part), landscape=True)
        _copy(book[part], table)
    return book


def _copy(sheet: Worksheet, table: ChangedTable) -> None:
    last = max((column + wide for _, column, _, wide, _ in table.cells), default=1)
    for column in range(1, last):
        sheet.column_dimensions[get_column_letter(column)].width = WIDTH
    for row in sorted({row for row, *_ in table.cells}):
        for column in range(1, last):
            sheet.cell(row, column).border = BOX
    for row, column, tall, wide, text in table.cells:
        cell = sheet.cell(row, column)
        put(cell, text)
        cell.font, cell.alignment = BODY, LEFT
        if tall > 1 or wide > 1:
            sheet.merge_cells(None, row, column, row + tall - 1, column + wide - 1)
        if tall == 1:
            known = sheet.row_dimensions[row].height or 0
            sheet.row_dimensions[row].height = max(known, height(text, WIDTH * wide))
