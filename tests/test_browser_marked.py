"""A file given back, corrected and dropped again, in a real Chromium."""

from __future__ import annotations

import io
import re
from pathlib import Path

import openpyxl
import pytest
from browser import Server, bring, button, settle, visit
from correcting import sheet_with
from playwright.sync_api import Page, expect

from parsing import read

pytestmark = pytest.mark.browser
SHEETS = Path(__file__).parent / "cases/files/perf_sheets.xlsx"
NAME = "综合窗口服务外包"


def test_a_file_given_back_is_known_when_it_comes_again_and_each_point_leads_to_its_cell(
    server: Server,
    page: Page,
) -> None:
    visit(page, f"{server.url}/upload")
    bring(page, SHEETS)
    button(page, "计入")
    visit(page, f"{server.url}/projects")
    page.locator(".list tbody tr", has_text=NAME).click()
    page.wait_for_selector(".original")
    settle(page)
    with page.expect_download() as taken:
        page.get_by_role("button", name="整份文件退回（6 个项目）").click()
    assert taken.value.suggested_filename == "perf_sheets（退回修改单）.xlsx"
    data = Path(taken.value.path()).read_bytes()
    assert openpyxl.load_workbook(io.BytesIO(data)).sheetnames[0] == "修改清单"

    project = next(one for one in read(SHEETS).projects if one.name == NAME)
    lack = next(one for one in project.empty if one.slot == "满意度").place
    columns = {field: place.column for field, place in project.indicators[0].places.items()}
    first, second, *_ = (one for one in project.indicators if one.annual in ("有效提高", "短期推动"))
    texts = {
        (lack.row, columns["name"]): "办事群众满意度",
        (lack.row, columns["period"]): "≥90%",
        (lack.row, columns["annual"]): "≥92%",
        (first.places["annual"].row, columns["annual"]): "≥85%",
        (second.places["annual"].row, columns["annual"]): "显著改善",
    }
    again = sheet_with(data, project.place.part, texts)
    visit(page, f"{server.url}/upload")
    sheet = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    bring(page, {"name": "改好的表.xlsx", "mimeType": sheet, "buffer": again})
    expect(page.locator(".file .troubles")).to_have_count(0)
    expect(page.locator(".returned-line")).to_contain_text("修改清单")
    block = page.locator(".became", has_text=NAME)
    expect(page.locator(".became")).to_have_count(6)
    expect(block.locator("li.mended", has_text=first.name)).to_contain_text("≥85%")
    expect(block.locator("li.same", has_text=second.name)).to_contain_text("显著改善")
    counts = block.locator("summary b").all_inner_texts()
    marks = [block.locator(f"li.{kind}").count() for kind in ("mended", "same", "new")]
    assert [int(re.sub(r"\D", "", one)) for one in counts] == marks and marks[0] >= 2
    block.locator("li.same", has_text=second.name).click()
    page.wait_for_url(re.compile(r"/projects\?.*at=indicators"))
    expect(page.locator(".original .lit")).to_have_text("显著改善")
    assert page.locator(".stException").count() == 0
