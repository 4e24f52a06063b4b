import io

import openpyxl
import pytest

from dashboard.exports import findings

ROW = {
    "rule": "M01",
    "severity": "中",
    "title": "用词语代替了数值",
    "message": "指标值是“良好”",
    "equation": "",
    "quote": "良好",
    "advice": "建议改为数值",
    "place": "甲.txt › 第5行",
    "unit": "政务中心",
    "name": "综合经费",
    "year": 2024,
    "budget_fen": 12_000_050,
    "indicator": "协同办公",
    "slot": "社会效益",
}


def written(*rows, line="按通用标准"):
    return openpyxl.load_workbook(io.BytesIO(findings.workbook(rows, line))).active


def test_each_finding_is_a_line_with_blanks_for_who_and_when():
    sheet = written(ROW)
    assert sheet["A1"].value == "按通用标准"
    assert tuple(cell.value for cell in sheet[2]) == findings.COLUMNS
    line = {title.value: cell for title, cell in zip(sheet[2], sheet[3], strict=True)}
    assert (line["项目"].value, line["年度"].value, line["当年预算（元）"].value) == (
        "综合经费",
        2024,
        120000.5,
    )
    assert (line["指标"].value, line["原文"].value, line["严重程度"].value) == ("协同办公", "良好", "中")
    assert "财预〔2015〕88号" in line["依据"].value
    assert line["责任人"].value is None and line["整改期限"].value is None
    assert line["年度"].number_format == "General" and line["当年预算（元）"].data_type == "n"


def test_a_finding_about_no_indicator_names_its_category_and_unknown_money_is_blank():
    sheet = written(ROW | {"indicator": None, "slot": "满意度", "budget_fen": None, "quote": ""})
    assert [sheet.cell(3, column).value for column in (4, 5, 6)] == [None, "满意度", None]


@pytest.mark.parametrize("sign", "=+-@")
def test_no_text_becomes_a_formula(sign):
    evil = f"{sign}HYPERLINK(1)"
    texts = dict.fromkeys(("quote", "advice", "place", "unit", "name", "indicator", "title"), evil)
    sheet = written(ROW | texts, line=evil)
    cells = [cell for line in sheet.iter_rows() for cell in line if str(cell.value).startswith(sign)]
    assert len(cells) == 8
    assert {(cell.data_type, cell.quotePrefix) for cell in cells} == {("s", True)}


def test_the_head_is_frozen_filtered_and_printed_on_every_page():
    sheet = written(ROW, ROW)
    assert (sheet.freeze_panes, sheet.auto_filter.ref, sheet.print_title_rows) == ("A3", "A2:M4", "$1:$2")
    assert sheet.page_setup.orientation == "landscape"


def test_a_list_without_findings_still_opens():
    assert tuple(cell.value for cell in written()[2]) == findings.COLUMNS
