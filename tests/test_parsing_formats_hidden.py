"""What somebody hid in a workbook is read and said to be hidden, whatever the format."""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import Any

import openpyxl
import pytest
import xlwt
from test_parsing_formats_odf import content
from test_parsing_formats_packed import make_zip
from test_parsing_formats_spreadsheetml import book

import parsing
from parsing.formats import grids
from parsing.grid import Grid

ROWS = [["a1", "b1", "c1"], ["a2", "b2", "c2"], ["a3", "b3", "c3"]]
TABLE = [
    ["项目绩效目标表"],
    ["项目名称", "甲"],
    ["2024年预算金额（元）", "1"],
    ["一级指标", "二级指标", "三级指标", "指标值"],
    ["产出指标", "数量指标", "印数", "3册"],
    ["", "质量指标", "差错率", "0%"],
]
Make = Callable[[list[list[str]], Any, Any, bool], bytes]


def xlsx(rows: list[list[str]], row: Any, column: Any, sheet: bool) -> bytes:
    made = openpyxl.Workbook()
    made.create_sheet("显").append(["x"])
    made.active.title = "表"
    for cells in rows:
        made.active.append(cells)
    if row:
        made.active.row_dimensions[row].hidden = True
    if column:
        made.active.column_dimensions["ABC"[column - 1]].hidden = True
    made.active.sheet_state = "hidden" if sheet else "visible"
    made.active = 1
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def odd_xlsx(rows: list[list[str]], row: Any, column: Any, sheet: bool) -> bytes:
    """Rows that are written as no usual program does, so that expat reads them."""
    made = openpyxl.load_workbook(io.BytesIO(xlsx(rows, row, column, sheet)))
    out = io.BytesIO()
    made.save(out)
    parts = {
        name: data.replace(b"<row r=", b"<row  r=") if name.endswith("sheet1.xml") else data
        for name, data in unzipped(out.getvalue()).items()
    }
    return make_zip(parts)


def unzipped(data: bytes) -> dict[str, bytes]:
    from zipfile import ZipFile

    with ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def xls(rows: list[list[str]], row: Any, column: Any, sheet: bool) -> bytes:
    made = xlwt.Workbook()
    page = made.add_sheet("表")
    made.add_sheet("显").write(0, 0, "x")
    for r, cells in enumerate(rows):
        for c, text in enumerate(cells):
            page.write(r, c, text)
    if row:
        page.row(row - 1).hidden = True
    if column:
        page.col(column - 1).hidden = True
    page.visibility = int(sheet)
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def ods(rows: list[list[str]], row: Any, column: Any, sheet: bool) -> bytes:
    columns = "".join(
        f"<table:table-column{' table:visibility=' + chr(34) + 'collapse' + chr(34) if n == column else ''}/>"
        for n in (1, 2, 3)
    )
    lines = ""
    for n, cells in enumerate(rows, 1):
        unseen = ' table:visibility="filter"' if n == row else ""
        texts = "".join(f"<table:table-cell><text:p>{text}</text:p></table:table-cell>" for text in cells)
        lines += f"<table:table-row{unseen}>{texts}</table:table-row>"
    display = str(not sheet).lower()
    style = f'<style:style style:name="ta"><style:table-properties table:display="{display}"/></style:style>'
    body = f'<table:table table:name="表" table:style-name="ta">{columns}{lines}</table:table>'
    whole = content(body, "spreadsheet")
    at = whole.index("<office:body>")
    return make_zip(
        {"content.xml": f"{whole[:at]}<office:automatic-styles>{style}</office:automatic-styles>{whole[at:]}"}
    )


def xml(rows: list[list[str]], row: Any, column: Any, sheet: bool) -> bytes:
    columns = f'<Column ss:Index="{column}" ss:Hidden="1"/>' if column else ""
    lines = ""
    for n, cells in enumerate(rows, 1):
        texts = "".join(f'<Cell><Data ss:Type="String">{text}</Data></Cell>' for text in cells)
        lines += f"<Row{' ss:Hidden=' + chr(34) + '1' + chr(34) if n == row else ''}>{texts}</Row>"
    options = "<WorksheetOptions><Visible>SheetHidden</Visible></WorksheetOptions>" if sheet else ""
    return book(columns + lines, after=options)


MAKERS = pytest.mark.parametrize("make", [xlsx, odd_xlsx, xls, ods, xml])


def unseen(data: bytes) -> set[str]:
    found = [grid for grid in grids("甲", data) if isinstance(grid, Grid) and grid.part == "表"]
    assert [cell.text for grid in found for cell in grid] == [text for row in ROWS for text in row]
    return {cell.text for grid in found for cell in grid if cell.note == "hidden"}


@pytest.mark.parametrize(
    "row", ['<tr style="display:none">', "<tr height=0 style='mso-x:1;DISPLAY: none'>", "<tr hidden>"]
)
def test_rows_that_a_page_does_not_show_say_so(row: str) -> None:
    page = f"<table><tr><td>甲</td></tr>{row}<td>乙</td></tr><tr><td class='hidden'>丙</td></tr></table>"
    (grid,) = grids("甲.html", page.encode())
    assert isinstance(grid, Grid)
    assert [(cell.text, cell.note) for cell in grid] == [("甲", ""), ("乙", "hidden"), ("丙", "")]


def test_tables_and_cells_that_a_page_does_not_show_say_so() -> None:
    inner = "<table><tr><td>丙</td><td>丁</td></tr></table>"
    page = f"<table><tr><td>甲</td><td style='display:none'>乙{inner}</td></tr></table>"
    page += "<table hidden><tr><td>戊</table>"
    found = [cell for grid in grids("甲.html", page.encode()) if isinstance(grid, Grid) for cell in grid]
    assert [cell.text for cell in found if cell.note == "hidden"] == ["乙", "戊", "丙", "丁"]


def test_a_project_of_a_page_with_hidden_rows_asks_for_a_look() -> None:
    rows = "".join(
        f"<tr{' style=display:none' * (n == 5)}><td>{'</td><td>'.join(cells)}</td></tr>"
        for n, cells in enumerate(TABLE)
    )
    (project,) = parsing.read(f"<table>{rows}</table>".encode(), name="甲.html").projects
    assert [(one.code, one.doubtful) for one in project.repairs] == [("hidden", True)]


@MAKERS
def test_cells_of_hidden_rows_columns_and_sheets_say_so_and_no_others(make: Make) -> None:
    assert unseen(make(ROWS, None, None, False)) == set()
    assert unseen(make(ROWS, 2, None, False)) == {"a2", "b2", "c2"}
    assert unseen(make(ROWS, None, 3, False)) == {"c1", "c2", "c3"}
    assert unseen(make(ROWS, 1, 1, False)) == {"a1", "b1", "c1", "a2", "a3"}
    assert len(unseen(make(ROWS, None, None, True))) == 9


@MAKERS
def test_a_project_with_something_hidden_asks_once_for_a_look(make: Make) -> None:
    def repairs(row: int | None, sheet: bool) -> list[tuple[str, bool, int]]:
        (project,) = parsing.read(make(TABLE, row, None, sheet), name="甲").projects
        assert [one.name for one in project.indicators] == ["印数", "差错率"]
        return [(one.code, one.doubtful, one.place.row) for one in project.repairs]

    assert repairs(None, False) == []
    assert repairs(6, False) == [("hidden", True, 6)]
    assert repairs(None, True) == [("hidden", True, 1)]


def test_a_merged_cell_of_which_something_shows_is_not_hidden() -> None:
    made = openpyxl.Workbook()
    made.active.title = "表"
    for cells in (["a1", "b1"], [None, "b2"], ["a3", "b3"]):
        made.active.append(cells)
    made.active.merge_cells("A1:A2")
    made.active.row_dimensions[1].hidden = True
    out = io.BytesIO()
    made.save(out)
    (grid,) = grids("甲", out.getvalue())
    assert isinstance(grid, Grid)
    assert [cell.text for cell in grid if cell.note] == ["b1"]
