from __future__ import annotations

import io
from decimal import Decimal
from typing import Any

import openpyxl
import pandas as pd
import pytest

from dashboard.exports import gaps

ROWS = pd.DataFrame(
    {
        "项目名称": ["综合经费", "=HYPERLINK(1)"],
        "缺少类别": ["满意度", None],
        "年度": [2024, 2025],
        "预算金额（元）": [Decimal("920000"), Decimal("0.50")],
        "预算金额（万元）": [92.0, float("nan")],
        "占比": [0.469, 0.531],
    },
    index=[7, 9],
)


def written(rows: pd.DataFrame = ROWS, line: str = "按财预〔2021〕101号核对") -> Any:
    return openpyxl.load_workbook(io.BytesIO(gaps.workbook(rows, line))).active


def test_the_rows_stand_under_their_names_below_the_standard():
    sheet = written()
    assert sheet["A1"].value == "按财预〔2021〕101号核对"
    assert [cell.value for cell in sheet[2]] == list(ROWS.columns)
    assert [cell.value for cell in sheet[3]] == ["综合经费", "满意度", 2024, 920000, 92, 0.469]


def test_numbers_are_numbers_shown_by_their_column():
    sheet = written()
    assert [cell.data_type for cell in sheet[3]] == ["s", "s", "n", "n", "n", "n"]
    assert [cell.number_format for cell in sheet[3]][2:] == ["General", "#,##0", "#,##0.00", "0.0%"]
    assert sheet["D4"].number_format == "#,##0.00"


def test_what_is_unknown_is_blank():
    sheet = written()
    assert sheet["B4"].value is None and sheet["E4"].value is None


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@A1"])
def test_no_text_becomes_a_formula(text):
    sheet = written(pd.DataFrame({text: [text]}), text)
    assert all(
        (sheet[ref].value, sheet[ref].data_type, sheet[ref].quotePrefix) == (text, "s", True)
        for ref in ("A1", "A2", "A3")
    )


def test_the_header_is_frozen_filtered_and_printed_on_every_page():
    sheet = written()
    assert (sheet.freeze_panes, sheet.auto_filter.ref, sheet.print_title_rows) == ("A3", "A2:F4", "$1:$2")
    assert (sheet.page_setup.orientation, sheet.sheet_properties.pageSetUpPr.fitToPage) == ("landscape", True)


def test_a_list_without_rows_still_opens():
    assert [cell.value for cell in written(ROWS.iloc[:0])[2]] == list(ROWS.columns)
    assert written(pd.DataFrame())["A1"].value
