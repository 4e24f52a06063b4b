"""A workbook with its cells marked, a sheet of what to change, and the manifest on a hidden sheet."""

from __future__ import annotations

import io
from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from openpyxl import Workbook, load_workbook
from openpyxl.comments import Comment
from openpyxl.styles import Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.hyperlink import Hyperlink
from openpyxl.worksheet.worksheet import Worksheet

from dashboard.exports import fonts
from dashboard.exports.marked.changes import COLUMNS, Change, ChangeList, texts
from dashboard.exports.sheet import BODY, BOLD, BOX, CENTRE, LEFT, SHADE, TITLE, height, paper, put
from parsing import readable, return_manifest

INDEX, WHO, OURS = "修改清单", "绩览", "【绩览】"
WIDTHS = (6, 22, 28, 7, 24, 38, 38, 9)
CENTRED = (1, 4, 8)  # columns
COLOUR = "FFE699"
MARK = PatternFill("solid", fgColor=COLOUR)
LINK = Font(name=fonts.BODY, size=11, color="0563C1", underline="single")
PIECE = 30_000  # characters; a cell takes 32 767
FIRST = 4  # row of the list


def opened(data: bytes, macros: bool) -> Workbook:
    """The department's own workbook, without the marks of an earlier return."""
    book = load_workbook(io.BytesIO(data), keep_vba=macros, rich_text=True)
    for sheet in book.worksheets:
        if sheet.title in (INDEX, return_manifest.PART):
            del book[sheet.title]
            continue
        for cell in [cell for cell in sheet._cells.values() if cell.comment]:
            _unmark(cell)
    return book


def written(book: Workbook, changes: ChangeList, remark: str) -> bytes:
    index = book.create_sheet(INDEX, 0)
    book.active = index
    for sheet in book.worksheets:  # of several that are selected, Excel would change all at once
        sheet.sheet_view.tabSelected = sheet is index
    _head(index, changes, remark)
    words: dict[Any, list[str]] = defaultdict(list)
    for number, change in enumerate(changes.changes, 1):
        cell = _cell(book, change)
        part = cell.parent.title if cell is not None else ""
        where = f"{cell.coordinate}　{part}" if cell is not None else change.place
        _line(index, FIRST + number - 1, texts(number, change, where), cell)
        if cell is not None:
            words[cell].append(change.words)
    for cell, word in words.items():
        _mark(cell, "\n\n".join(word))
    _remember(book, changes.manifest)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _head(index: Worksheet, changes: ChangeList, remark: str) -> None:
    last = get_column_letter(len(COLUMNS))
    for row, text, font in ((1, return_manifest.TITLE, TITLE), (2, "\n".join(changes.over(remark)), BODY)):
        index.merge_cells(f"A{row}:{last}{row}")
        cell = index.cell(row, 1)
        put(cell, text)
        cell.font, cell.alignment = font, LEFT
        index.row_dimensions[row].height = 30 if row == 1 else height(text, sum(WIDTHS))
    for column, (title, width) in enumerate(zip(COLUMNS, WIDTHS, strict=True), 1):
        cell = index.cell(FIRST - 1, column)
        put(cell, title)
        cell.font, cell.fill, cell.border, cell.alignment = BOLD, SHADE, BOX, CENTRE
        index.column_dimensions[get_column_letter(column)].width = width
    index.freeze_panes = f"A{FIRST}"
    index.sheet_properties.tabColor = COLOUR
    paper(index, landscape=True, repeat=f"{FIRST - 1}:{FIRST - 1}", foot=changes.foot)


def _line(index: Worksheet, row: int, line: Sequence[str], target: Any) -> None:
    for column, text in enumerate(line, 1):
        cell = index.cell(row, column)
        put(cell, int(text) if column == 1 else text)
        cell.font, cell.border = BODY, BOX
        cell.alignment = CENTRE if column in CENTRED else LEFT
    if target is not None:
        quoted = target.parent.title.replace("'", "''")
        index.cell(row, 3).hyperlink = Hyperlink(f"C{row}", location=f"'{quoted}'!{target.coordinate}")
        index.cell(row, 3).font = LINK
    index.row_dimensions[row].height = max(map(height, line, WIDTHS))


def _cell(book: Workbook, change: Change) -> Any:
    """The cell that a finding is about, or the first of the merged cells that it is one of."""
    part = change.part if change.part in book.sheetnames else sheet_name(change.part)
    if part not in book.sheetnames:
        return None
    sheet, row, column = book[part], change.row, change.column
    for area in sheet.merged_cells.ranges:
        if area.min_row <= row <= area.max_row and area.min_col <= column <= area.max_col:
            row, column = area.min_row, area.min_col
            break
    return sheet.cell(row, column)


def sheet_name(part: str) -> str:
    """A name that Excel takes."""
    return "".join("_" if sign in r"[]:*?/\'" else sign for sign in readable(part))[:31] or "原表"


def _mark(cell: Any, words: str) -> None:
    own = f"{cell.comment.text}\n\n" if cell.comment else ""
    cell.fill = MARK
    cell.comment = Comment(f"{own}{OURS}\n{words}", WHO, width=360, height=min(600, 60 + len(words)))


def _unmark(cell: Any) -> None:
    own, ours, _ = cell.comment.text.partition(OURS)
    if ours:
        cell.comment = Comment(own.strip(), cell.comment.author) if own.strip() else None
        if cell.fill.fgColor.rgb in (f"00{COLOUR}", f"FF{COLOUR}"):
            cell.fill = PatternFill()


def _remember(book: Workbook, said: str) -> None:
    sheet = book.create_sheet(return_manifest.PART)
    sheet.sheet_state = "veryHidden"
    for row, at in enumerate(range(0, len(said), PIECE), 1):
        put(sheet.cell(row, 1), said[at : at + PIECE])
