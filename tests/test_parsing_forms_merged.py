"""Forms whose merged cells were lost, or filled with copies of their text, read as they did with them."""

from __future__ import annotations

import io
from pathlib import Path

import openpyxl
import pytest

import parsing

FORMS = Path(__file__).parent / "cases/forms"
BOOKS = (
    *("core_2021", "henan_pairs", "hunan_list", "list_two_rows", "sign_number_unit_2023"),
    *("side_by_side", "signed_pages", "stacked_captions"),
)


def unmerged(path: Path, filled: bool) -> bytes:
    book = openpyxl.load_workbook(path)
    for sheet in book:
        for area in list(sheet.merged_cells.ranges):
            sheet.unmerge_cells(str(area))
            for row, column in area.cells if filled else ():
                sheet.cell(row, column).value = sheet.cell(area.min_row, area.min_col).value
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def told(reading: parsing.Reading) -> list[object]:
    fields = ("name", "department", "unit", "start", "end", "budget_yuan", "total_yuan", "sources")
    goals = ("period_goal", "annual_goal")
    return [
        (
            [getattr(one, field) for field in (*fields, *goals)],
            [(i.level1, i.level2, i.name, i.period, i.annual, i.weight) for i in one.indicators],
        )
        for one in reading.projects
    ]


@pytest.mark.parametrize("filled", [False, True])
@pytest.mark.parametrize("book", BOOKS)
def test_a_form_reads_the_same_without_its_merged_cells(book: str, filled: bool) -> None:
    path = FORMS / f"{book}.xlsx"
    assert told(parsing.read(unmerged(path, filled), name="甲.xlsx")) == told(parsing.read(path))
