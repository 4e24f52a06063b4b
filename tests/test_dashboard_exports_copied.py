"""The list of what is copied, opened again."""

from __future__ import annotations

import io
from typing import Any

import openpyxl
import pytest

from dashboard.exports import copied

ROW: dict[str, Any] = {
    "title": "套话指标值",
    "unit": "政务中心",
    "name": "综合经费",
    "year": 2024,
    "budget_fen": 12_000_050,
    "indicator": "协同办公",
    "quote": "良好",
    "place": "甲.txt › 第5行",
}


def written(*rows: dict[str, Any], line: str = "按通用标准") -> Any:
    return openpyxl.load_workbook(io.BytesIO(copied.workbook(rows, line))).active


def test_each_row_says_whose_it_is_what_stands_there_and_where() -> None:
    sheet = written(ROW)
    assert sheet["A1"].value == "按通用标准"
    assert tuple(cell.value for cell in sheet[2]) == copied.COLUMNS
    line = dict(zip(copied.COLUMNS, (cell.value for cell in sheet[3]), strict=True))
    assert (line["项目"], line["年度"], line["当年预算（元）"]) == ("综合经费", 2024, 120000.5)
    assert (line["指标"], line["原文"], line["位置"]) == ("协同办公", "良好", "甲.txt › 第5行")


def test_what_is_unknown_is_blank() -> None:
    sheet = written(ROW | {"indicator": None, "unit": "", "year": None, "budget_fen": None})
    assert [sheet.cell(3, column).value for column in (2, 4, 5, 6)] == [None] * 4


@pytest.mark.parametrize("sign", "=+-@")
def test_no_text_becomes_a_formula(sign: str) -> None:
    evil = f"{sign}HYPERLINK(1)"
    sheet = written(
        ROW | dict.fromkeys(("title", "unit", "name", "indicator", "quote", "place"), evil), line=evil
    )
    cells = [cell for line in sheet.iter_rows() for cell in line if str(cell.value).startswith(sign)]
    assert len(cells) == 7
    assert {(cell.data_type, cell.quotePrefix) for cell in cells} == {("s", True)}


def test_a_list_of_nothing_still_opens() -> None:
    assert tuple(cell.value for cell in written()[2]) == copied.COLUMNS
