"""What a worksheet shows only under conditions."""

from __future__ import annotations

import io

import openpyxl
import pytest
from openpyxl.formatting.rule import CellIsRule, FormulaRule
from openpyxl.styles import Font, PatternFill
from openpyxl.styles.differential import DifferentialStyle
from openpyxl.styles.numbers import NumberFormat

from parsing.errors import ReadError
from parsing.formats import grids
from parsing.grid import Grid

WHITE = Font(color="FFFFFFFF")
VALUES = (0, 5, 12, "甲")


def read(book: openpyxl.Workbook) -> Grid:
    file = io.BytesIO()
    book.save(file)
    (grid,) = grids("甲.xlsx", file.getvalue())
    assert isinstance(grid, Grid)
    return grid


def book(rule=None, where: str = "A1:A4") -> openpyxl.Workbook:
    made = openpyxl.Workbook()
    for value in VALUES:
        made.worksheets[0].append([value, "旁"])
    if rule:
        made.worksheets[0].conditional_formatting.add(where, rule)
    return made


def shown(grid: Grid) -> list[str]:
    cells = {cell.place.row: cell.text for cell in grid if cell.place.column == 1}
    return [cells.get(row, "") for row in range(1, len(VALUES) + 1)]


@pytest.mark.parametrize(
    ("operator", "formula", "left"),
    [
        ("equal", ["0"], ["", "5", "12", "甲"]),
        ("notEqual", ["5"], ["", "5", "", ""]),
        ("lessThan", ["10"], ["", "", "12", "甲"]),
        ("lessThanOrEqual", ["5"], ["", "", "12", "甲"]),
        ("greaterThan", ["5"], ["0", "5", "", ""]),
        ("greaterThanOrEqual", ["5"], ["0", "", "", ""]),
        ("between", ["1", "10"], ["0", "", "12", "甲"]),
        ("notBetween", ["1", "10"], ["", "5", "", ""]),
    ],
)
def test_a_cell_that_a_condition_paints_white_says_nothing(
    operator: str, formula: list[str], left: list[str]
) -> None:
    grid = read(book(CellIsRule(operator=operator, formula=formula, font=WHITE)))
    assert shown(grid) == left
    hidden = {run.text for cells in grid.cleaned.values() for cell in cells for run in cell.runs if run.code}
    assert hidden == {str(value) for value, text in zip(VALUES, left, strict=True) if not text}


def test_a_format_that_shows_nothing_hides_as_white_does() -> None:
    rule = CellIsRule(operator="equal", formula=["0"])
    rule.dxf = DifferentialStyle(numFmt=NumberFormat(numFmtId=170, formatCode=";;;"))
    assert shown(read(book(rule))) == ["", "5", "12", "甲"]


def test_white_on_a_dark_fill_and_any_other_colour_are_seen() -> None:
    dark = PatternFill(bgColor="FF003366")
    for style in ({"font": WHITE, "fill": dark}, {"font": Font(color="FFFF0000")}):
        grid = read(book(CellIsRule(operator="equal", formula=["0"], **style)))
        assert shown(grid) == ["0", "5", "12", "甲"] and not any(cell.note for cell in grid)


def test_a_condition_that_is_a_formula_leaves_its_cells_to_be_looked_at() -> None:
    grid = read(book(FormulaRule(formula=["$B1=1"], font=WHITE), where="A2:A3 Z9"))
    assert shown(grid) == ["0", "5", "12", "甲"]
    assert [cell.place.cell for cell in grid if cell.note == "hidden"] == ["A2", "A3"]


def test_zeros_that_a_sheet_does_not_show_are_none() -> None:
    made = book()
    made.worksheets[0]["A3"] = "0"
    made.worksheets[0].sheet_view.showZeros = False
    assert shown(read(made)) == ["", "5", "0", "甲"]


def test_a_sheet_of_very_many_conditions_is_refused_at_once() -> None:
    made = openpyxl.Workbook()
    for _ in range(1_000):
        made.worksheets[0].append(["甲"] * 20)
    for number in range(600):
        rule = CellIsRule(operator="equal", formula=[str(number)], font=WHITE)
        made.worksheets[0].conditional_formatting.add("A1:Z99999", rule)
    file = io.BytesIO()
    made.save(file)
    (trouble,) = grids("甲.xlsx", file.getvalue())
    assert isinstance(trouble, ReadError) and trouble.code == "too-large"
