"""One table of the Guangdong form laid out on a sheet: merged cells, widths, heights, borders."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import NamedTuple

from openpyxl.styles import Alignment
from openpyxl.worksheet.worksheet import Worksheet

from dashboard.exports.sheet import BODY, BOLD, BOX, CENTRE, LEFT, SHADE, TITLE, height, paper, put

NAME = "项目绩效目标表"
WIDTHS = (23, 14, 22, 34, 18, 18, 9)  # half characters; the last is 权重, where a form has it
HEADER = ("绩效指标", "一级指标", "二级指标", "三级指标", "实施周期指标值", "当年度指标值", "权重")
PERCENT = re.compile(r"(\d{1,6})(?:\.(\d{1,9}))?%")


class PrintedLine(NamedTuple):
    """A row of the indicator grid."""

    level1: str
    level2: str
    name: str = ""
    period: str | None = None
    annual: str | None = None
    weight: Decimal | None = None


class PrintedForm(NamedTuple):
    """What stands in one table. ``head``: (label, value); ``goals``: (label, text)."""

    head: list[tuple[str, str | Decimal | None]]
    start: str | None
    end: str | None
    money: list[tuple[str, Decimal | None]]
    extras: list[tuple[str, str]]
    goals: list[tuple[str, str | None]]
    lines: list[PrintedLine]


def draw(sheet: Worksheet, form: PrintedForm) -> int:
    """Lay the form out; the number of its first indicator row comes back."""
    last = 7 if any(line.weight is not None for line in form.lines) else 6
    for column, width in enumerate(WIDTHS[:last], 1):
        sheet.column_dimensions["ABCDEFG"[column - 1]].width = width
    put(sheet["A1"], NAME)
    sheet["A1"].font, sheet["A1"].alignment = TITLE, Alignment(horizontal="center", vertical="center")
    sheet.merge_cells(start_row=1, end_row=1, start_column=1, end_column=last)
    sheet.row_dimensions[1].height, sheet.row_dimensions[2].height = 36, 8
    row = 3

    def wide(text: str | Decimal | None, number_format: str | None = None, left: bool = False) -> None:
        """The row's value, across B to the last column."""
        put(sheet.cell(row, 2), text, number_format)
        sheet.cell(row, 2).alignment = LEFT if left else CENTRE
        sheet.merge_cells(start_row=row, end_row=row, start_column=2, end_column=last)
        label = str(sheet.cell(row, 1).value or "")
        sheet.row_dimensions[row].height = max(
            height(label, WIDTHS[0]), height(str(text or ""), sum(WIDTHS[1:last]))
        )

    for label, value in form.head:
        put(sheet.cell(row, 1), label)
        wide(value)
        row += 1
    for column, cell in enumerate(
        ("实施周期", "起始年度", _year(form.start), "到期年度", _year(form.end)), 1
    ):
        put(sheet.cell(row, column), cell)
    sheet.merge_cells(start_row=row, end_row=row, start_column=5, end_column=last)
    sheet.row_dimensions[row].height = height("", 1)
    shaded = [(row, 2), (row, 4)]
    row += 1
    for label, amount in form.money:
        put(sheet.cell(row, 1), label)
        wide(amount, _money_format(amount))
        row += 1
    for label, value in form.extras:
        put(sheet.cell(row, 1), label)
        wide(value)
        row += 1
    top = row
    put(sheet.cell(row, 1), "总体绩效目标")
    for label, goal in form.goals:
        wide(label)
        shaded.append((row, 2))
        row += 1
        wide(goal, left=True)
        sheet.row_dimensions[row].height = max(52, sheet.row_dimensions[row].height)
        row += 1
    sheet.merge_cells(start_row=top, end_row=row - 1, start_column=1, end_column=1)
    _indicators(sheet, row, form.lines, last)
    shaded += [(row, column) for column in range(2, last + 1)]
    _dress(sheet, shaded, last)
    return row + 1


def _indicators(sheet: Worksheet, header: int, lines: list[PrintedLine], last: int) -> None:
    for column, text in enumerate(HEADER[:last], 1):
        put(sheet.cell(header, column), text)
    sheet.row_dimensions[header].height = height("", 1)
    for row, line in enumerate(lines, header + 1):
        put(sheet.cell(row, 4), line.name or None, "@")
        put(sheet.cell(row, 5), *_value(line.period))
        put(sheet.cell(row, 6), *_value(line.annual))
        if last == 7:
            put(sheet.cell(row, 7), line.weight)
        texts = zip((line.name, line.period, line.annual), WIDTHS[3:6], strict=True)
        sheet.row_dimensions[row].height = max(height(text or "", width) for text, width in texts)
    keys1 = [line.level1 for line in lines]
    keys2 = [(line.level1, line.level2) for line in lines]
    for start, end in _runs(keys1):
        _tall(sheet, header + 1 + start, header + 1 + end, 2, lines[start].level1)
    for start, end in _runs(keys2):
        _tall(sheet, header + 1 + start, header + 1 + end, 3, lines[start].level2)
    _tall(sheet, header, header + len(lines), 1, HEADER[0])


def _tall(sheet: Worksheet, top: int, bottom: int, column: int, text: str) -> None:
    put(sheet.cell(top, column), text)
    if bottom > top:
        sheet.merge_cells(start_row=top, end_row=bottom, start_column=column, end_column=column)


def _runs(keys: Sequence[object]) -> Iterator[tuple[int, int]]:
    """First and last index of each run of equal keys."""
    start = 0
    for index in range(1, len(keys) + 1):
        if index == len(keys) or keys[index] != keys[start]:
            yield start, index - 1
            start = index


def _dress(sheet: Worksheet, shaded: list[tuple[int, int]], last: int) -> None:
    for cells in sheet.iter_rows(min_row=3, max_col=last):
        for cell in cells:
            cell.border = BOX
            label = cell.column == 1 or (cell.row, cell.column) in shaded
            cell.font = BOLD if label else BODY
            if label:
                cell.fill = SHADE
            if not cell.alignment.wrap_text:
                cell.alignment = CENTRE
    sheet.sheet_view.showGridLines = False
    paper(sheet)


def _value(text: str | None) -> tuple[str | Decimal | None, str]:
    """A plain percent as the number Excel would make of it when typed; all else as text."""
    if text and (match := PERCENT.fullmatch(text)):
        places = len(match[2] or "")
        return Decimal(text[:-1]).scaleb(-2), f"0.{'0' * places}%" if places else "0%"
    return text or None, "@"


def _money_format(amount: Decimal | None) -> str:
    """As many decimals as the amount has; room for 分 in a blank cell, as what is shown is what is read."""
    if amount is None:
        return "#,##0.00"
    places = max(0, -int(amount.normalize().as_tuple().exponent))
    return f"#,##0.{'0' * max(places, 2)}" if places else "#,##0"


def _year(text: str | None) -> str | int | None:
    return int(text) if text and re.fullmatch(r"[12]\d{3}", text) else text
