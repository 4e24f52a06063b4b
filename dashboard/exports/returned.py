"""退回修改单: the department's own workbook with the cells marked, and a sheet of what to change."""

from __future__ import annotations

import io
import json
from collections.abc import Sequence
from typing import Any, Literal, NamedTuple

from openpyxl import Workbook, load_workbook
from openpyxl.comments import Comment
from openpyxl.styles import Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.hyperlink import Hyperlink
from openpyxl.worksheet.worksheet import Worksheet

from dashboard.exports.sheet import BODY, BOLD, BOX, LEFT, SHADE, height, paper, put
from dashboard.store.derive import project_key
from dashboard.store.reviewed import identity
from parsing import Finding, Project

INDEX, MARKER = "修改清单", "jilan-returned"
COLUMNS = ("序号", "项目", "位置", "原文", "问题", "建议", "状态")
WIDTHS = (7, 28, 18, 30, 44, 44, 10)
MARK = PatternFill("solid", fgColor="FFE699")
PIECE = 30_000  # characters; a cell takes 32 767
Status = Literal["已改", "未改", "新增"]
Reviewed = tuple[Project, Sequence[Finding]]


class Point(NamedTuple):
    """A finding as it was sent back. ``key``: of its project, ``ident``: of the finding in any version."""

    key: str
    ident: str
    title: str
    message: str


def points(project: Project, findings: Sequence[Finding]) -> list[Point]:
    key, names = project_key(project), [one.name for one in project.indicators]
    found = (Point(key, identity(one, names), one.title, one.message) for one in findings)
    return list({one.ident: one for one in found}.values())


def compare(
    before: Sequence[Point], project: Project, findings: Sequence[Finding]
) -> list[tuple[Status, Point]]:
    """What became of the points of this project, in their order, then those that are new."""
    key, now = project_key(project), points(project, findings)
    there, old = {one.ident for one in now}, [one for one in before if one.key == key]
    known = {one.ident for one in old}
    became: list[tuple[Status, Point]] = [("未改" if one.ident in there else "已改", one) for one in old]
    return [*became, *(("新增", one) for one in now if one.ident not in known)]


def marked(data: bytes) -> list[Point]:
    """The points that a returned workbook carries; none where it is no such workbook."""
    try:
        book = load_workbook(io.BytesIO(data))
        cells = book[MARKER]["A"] if MARKER in book.sheetnames else ()
        return [Point(*one) for one in json.loads("".join(str(cell.value or "") for cell in cells) or "[]")]
    except Exception:  # any file may be uploaded; one that is not ours carries nothing
        return []


def returned(data: bytes, file: str, projects: Sequence[Reviewed]) -> bytes:
    """The workbook with marks. Other formats give a fresh .xlsx of the cells that were read, and say so."""
    own, macros = file.lower().endswith((".xlsx", ".xlsm")), file.lower().endswith(".xlsm")
    book = load_workbook(io.BytesIO(data), keep_vba=macros) if own else _copy(projects)
    for name in (INDEX, MARKER):
        if name in book.sheetnames:
            del book[name]
    index = book.create_sheet(INDEX)
    line = "请按下表修改标黄的单元格后重新报送。"
    line += "" if own else "原文件不是 Excel 表格，这里是读出的内容。"
    _head(index, line)
    row = 3
    for project, findings in projects:
        for one in findings:
            _line(book, index, row, project, one)
            row += 1
    said = [point for project, findings in projects for point in points(project, findings)]
    _remember(book, said)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _copy(projects: Sequence[Reviewed]) -> Workbook:
    book = Workbook()
    book.remove(book.active)
    for project, _ in projects:
        part = _sheet_name(project.place.part)
        sheet = book[part] if part in book.sheetnames else book.create_sheet(part)
        for row, column, tall, wide, text in project.excerpt:
            put(sheet.cell(row, column), text)
            if tall > 1 or wide > 1:
                sheet.merge_cells(None, row, column, row + tall - 1, column + wide - 1)
    return book


def _sheet_name(part: str) -> str:
    return "".join("_" if sign in r"[]:*?/\'" else sign for sign in part)[:31] or "原表"


def _head(index: Worksheet, line: str) -> None:
    put(index["A1"], line)
    index["A1"].font = BOLD
    for column, (title, width) in enumerate(zip(COLUMNS, WIDTHS, strict=True), 1):
        cell = index.cell(2, column)
        put(cell, title)
        cell.font, cell.fill, cell.border = BOLD, SHADE, BOX
        index.column_dimensions[get_column_letter(column)].width = width
    index.freeze_panes = "A3"
    paper(index, landscape=True, repeat="1:2")


def _line(book: Workbook, index: Worksheet, row: int, project: Project, one: Finding) -> None:
    place = project.find(one.path) or project.place
    part = place.part if place.part in book.sheetnames else _sheet_name(place.part)
    where = ""
    if part in book.sheetnames:
        where = _mark(book[part], place.row, place.column, f"问题：{one.message}\n建议：{one.advice}")
    texts = (row - 2, project.name, f"{part} {where}", one.quote, one.message, one.advice, "")
    for column, text in enumerate(texts, 1):
        cell = index.cell(row, column)
        put(cell, text)
        cell.font, cell.alignment, cell.border = BODY, LEFT, BOX
    if where:
        quoted = part.replace("'", "''")
        index.cell(row, 3).hyperlink = Hyperlink(f"C{row}", location=f"'{quoted}'!{where}")
        index.cell(row, 3).font = Font(name="宋体", size=11, color="0563C1", underline="single")
    tall = (height(str(text), width) for text, width in zip(texts, WIDTHS, strict=True))
    index.row_dimensions[row].height = max(tall)


def _mark(sheet: Worksheet, row: int, column: int, words: str) -> str:
    """Mark the cell, or the first of the merged cells that it is one of; its name comes back."""
    for area in sheet.merged_cells.ranges:
        if area.min_row <= row <= area.max_row and area.min_col <= column <= area.max_col:
            row, column = area.min_row, area.min_col
            break
    cell: Any = sheet.cell(row, column)
    cell.fill = MARK
    said = f"{cell.comment.text}\n\n{words}" if cell.comment else words
    cell.comment = Comment(said, "绩览", width=360, height=160)
    return str(cell.coordinate)


def _remember(book: Workbook, said: Sequence[Point]) -> None:
    text = json.dumps(said, ensure_ascii=False)
    sheet = book.create_sheet(MARKER)
    sheet.sheet_state = "veryHidden"
    for row, at in enumerate(range(0, len(text), PIECE), 1):
        put(sheet.cell(row, 1), text[at : at + PIECE])
