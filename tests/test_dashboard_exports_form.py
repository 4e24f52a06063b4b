from __future__ import annotations

import io
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from conftest import make_indicator, make_project

import parsing
from dashboard.exports import form

SAMPLE = Path(__file__).parents[1] / "data" / "samples" / "dongkeng-2024.txt"
# where it stood in the one file and the other
NOT_SAID = {"places", "place", "blanks", "repairs", "excerpt", "form"}


def said(value: Any) -> Any:
    """What a project says, without where."""
    if isinstance(value, dict):
        return {key: said(inner) for key, inner in value.items() if key not in NOT_SAID}
    return [said(inner) for inner in value] if isinstance(value, list | tuple) else value


def read_back(*projects: parsing.Project) -> list[parsing.Project]:
    reading = parsing.read(form.workbook(projects), "出.xlsx")
    return list(reading.projects)


def sheets(data: bytes) -> list[Any]:
    return openpyxl.load_workbook(io.BytesIO(data)).worksheets


def test_the_samples_read_back_the_same_and_without_repairs():
    before = parsing.read(SAMPLE).projects
    after = read_back(*before)
    assert [said(project.model_dump()) for project in after] == [
        said(project.model_dump()) for project in before
    ]
    assert not any(project.repairs for project in after)


def test_a_sheet_a_project_is_named_as_excel_allows():
    names = [
        sheet.title
        for sheet in sheets(form.workbook([make_project("甲/乙:[丙]*?\\"), make_project("长" * 40)]))
    ]
    assert names == ["1.甲乙丙", "2." + "长" * 29]


@pytest.mark.parametrize(
    "text", ["100%", "95.5%", "0%", "99.90%", "≥95%", "100件", "2000元/人", "1-2", "2024", "100.0 %"]
)
def test_a_value_reads_back_as_it_was(text):
    (project,) = read_back(make_project(indicators=(make_indicator(annual=text),)))
    assert (project.indicators[0].period, project.indicators[0].annual) == (text, text)


def test_a_plain_percent_is_a_number_and_all_else_a_text():
    indicators = (make_indicator(annual="95.5%"), make_indicator("受理数", annual="=1+1"))
    (sheet,) = sheets(form.workbook([make_project(indicators=indicators)]))
    values = [
        cell for row in sheet.iter_rows(min_col=6, max_col=6) for cell in row if cell.value is not None
    ][-2:]
    assert (values[0].value, values[0].number_format, values[0].data_type) == (0.955, "0.0%", "n")
    assert (values[1].value, values[1].data_type) == ("=1+1", "s")


@pytest.mark.parametrize("text", ["=HYPERLINK(1)", "+1", "-1", "@SUM(1)", "=1+1"])
def test_a_text_that_looks_like_a_formula_stays_text(text):
    indicator = make_indicator(text, annual=text)
    data = form.workbook([make_project(text, period_goal=text, indicators=(indicator,))])
    (sheet,) = sheets(data)
    cells = [cell for row in sheet.iter_rows() for cell in row if cell.value == text]
    assert len(cells) == 5 and all(cell.data_type == "s" and cell.quotePrefix for cell in cells)
    assert not any(cell.note for grid in parsing.formats.grids("出.xlsx", data) for cell in grid)


@pytest.mark.parametrize("amount", ["920000", "0", "123456.78", "0.5", "12345678901.01", None])
def test_money_is_a_number_and_reads_back_to_the_fen(amount):
    budget = Decimal(amount) if amount else None
    (project,) = read_back(make_project(budget_yuan=budget, total_yuan=budget))
    assert (project.budget_yuan, project.total_yuan) == (budget, budget)


def test_what_is_unknown_stays_unknown():
    bare = make_project(department=None, unit=None, project_type=None, start=None, end=None, year=None)
    (project,) = read_back(bare)
    assert said(project.model_dump()) == said(bare.model_dump())


def test_weights_get_a_column_of_their_own():
    (project,) = read_back(
        make_project(indicators=(make_indicator(weight=Decimal("12.5")), make_indicator("乙")))
    )
    assert [indicator.weight for indicator in project.indicators] == [Decimal("12.5"), None]


def test_characters_that_xml_forbids_do_not_stop_the_export():
    (project,) = read_back(make_project("甲\x0b乙"))
    assert project.name == "甲乙"


def test_no_projects_make_a_book_that_opens():
    assert len(sheets(form.workbook([]))) == 1


def test_the_blank_form_has_the_year_and_the_nine_categories():
    (sheet,) = sheets(form.template(2031))
    texts = {cell.value for row in sheet.iter_rows() for cell in row if cell.value}
    assert {"2031年预算金额（元）", "2031年度目标", "服务对象满意度指标"} <= texts
    assert sheet.protection.sheet is False and sheet.page_setup.fitToWidth in (None, 1)


def test_the_blank_form_filled_by_hand_is_read_without_repairs():
    (sheet,) = sheets(form.template(2031))
    for cell, value in {
        "B3": "新项目",
        "B7": "某单位",
        "C8": 2031,
        "E8": 2032,
        "B9": 1234.5,
        "B11": "总",
        "B13": "年",
    }.items():
        sheet[cell] = value
    first = next(cell.row for row in sheet.iter_rows(max_col=2) for cell in row if cell.value == "产出指标")
    for row, name in ((first, "数量一"), (first + 1, "数量二"), (first + 3, "质量一")):
        sheet.cell(row, 4).value, sheet.cell(row, 5).value, sheet.cell(row, 6).value = name, "≥90%", "≥95%"
    out = io.BytesIO()
    sheet.parent.save(out)
    (project,) = parsing.read(out.getvalue(), "填.xlsx").projects
    assert (project.name, project.year, project.budget_yuan) == ("新项目", 2031, Decimal("1234.5"))
    assert [(i.slot, i.name, i.period, i.annual) for i in project.indicators] == [
        ("数量", "数量一", "≥90%", "≥95%"),
        ("数量", "数量二", "≥90%", "≥95%"),
        ("质量", "质量一", "≥90%", "≥95%"),
    ]
    assert {empty.slot for empty in project.empty} == set(parsing.SLOTS[2:])
    assert not project.repairs
