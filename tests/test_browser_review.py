"""The page of findings in a real Chromium: a finding's way to its cell, setting one aside, and back."""

from __future__ import annotations

import re
from pathlib import Path

import openpyxl
import pytest
from browser import ROOT, Server, button, settle, visit, words
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.browser


def due(page: Page) -> int:
    found = re.search(r"问题 (\d+) 条", page.locator(".headline .more").inner_text())
    assert found
    return int(found[1])


def test_a_finding_leads_to_its_cell_and_a_rule_to_its_page(shared: Server, page: Page) -> None:
    visit(page, f"{shared.url}/review")
    inner = "document.querySelector('.stMain').scrollHeight - document.querySelector('.stMain').clientHeight"
    assert page.evaluate(inner) <= 0
    page.locator(".rules li", has_text="用词语代替了数值").click()
    page.wait_for_url(re.compile("rule=M01"))
    expect(page.locator("article.rule")).to_contain_text("依据")
    expect(page.locator(".findings tr")).to_have_count(13)
    page.locator(".findings tr", has_text="协同办公").locator("td").nth(2).click()
    page.wait_for_url(re.compile(r"/projects\?.*id=.*at="))
    expect(page.locator(".original .lit")).to_contain_text("良好")


def test_a_finding_is_set_aside_with_reason_and_name_leaves_the_counts_and_comes_back(
    shared: Server,
    page: Page,
) -> None:
    visit(page, f"{shared.url}/review?severity=middle")
    before = due(page)
    page.locator(".findings tr").first.get_by_role("button", name="搁置").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_role("button", name="搁置", exact=True).click()
    expect(dialog).to_contain_text("请写明理由")
    assert words(page) == set()
    dialog.get_by_label("理由").fill("主管部门已书面说明")
    dialog.get_by_label("姓名").fill("张三")
    dialog.get_by_role("button", name="搁置", exact=True).click()
    expect(dialog).to_have_count(0)
    settle(page)
    assert due(page) == before - 1
    expect(page.locator(".headline")).to_contain_text("已搁置 1 条")
    page.get_by_text("已搁置", exact=True).click()
    expect(page.locator(".findings .aside")).to_contain_text("主管部门已书面说明")
    expect(page.locator(".findings .aside")).to_contain_text("张三")
    page.get_by_role("button", name="撤销").click()
    expect(page.locator(".headline")).not_to_contain_text("已搁置")
    assert due(page) == before


def test_money_and_number_the_quadrant_and_the_list_to_take_away(
    shared: Server,
    page: Page,
    tmp_path: Path,
) -> None:
    visit(page, f"{shared.url}/review")
    first = page.locator(".rules .end").first
    assert "%" in first.inner_text()
    page.get_by_text("个数", exact=True).click()
    expect(first).to_contain_text("条")
    with page.expect_download() as download:
        page.get_by_role("button", name="下载审核清单").click()
    download.value.save_as(tmp_path / "清单.xlsx")
    sheet = openpyxl.load_workbook(tmp_path / "清单.xlsx").active
    assert "通用标准" in sheet["A1"].value and sheet.max_row == 2 + 74
    page.get_by_text("象限", exact=True).click()
    settle(page)
    page.wait_for_timeout(800)
    mark = page.locator(".st-key-box-quadrant .scatterlayer .point").first.bounding_box()
    assert mark
    x, y = mark["x"] + mark["width"] / 2, mark["y"] + mark["height"] / 2
    page.mouse.move(x - 3, y)
    page.mouse.click(x, y)
    page.wait_for_url(re.compile(r"/projects\?.*id="))


def test_the_standard_goes_along_from_page_to_page(shared: Server, page: Page) -> None:
    own = shared.data / "standards"
    own.mkdir(parents=True, exist_ok=True)
    text = (ROOT / "parsing/standards/default.toml").read_text("utf-8")
    (own / "town.toml").write_text('off = ["M01"]\n' + text.replace("通用标准", "本镇标准"), "utf-8")
    visit(page, f"{shared.url}/review")
    before = due(page)
    page.locator(".st-key-filter-standard").click()
    page.get_by_role("option", name="本镇标准").click()
    page.wait_for_url(re.compile("standard=town"))
    settle(page)
    assert due(page) == before - 13
    for name in ("指标缺口", "总览", "项目"):
        page.get_by_role("link", name=name, exact=True).click()
        settle(page)
        expect(page.get_by_role("combobox", name="审核标准")).to_have_value("本镇标准")


def test_the_rule_book_leads_to_each_rule(shared: Server, page: Page) -> None:
    visit(page, f"{shared.url}/review")
    page.get_by_role("button", name=re.compile("规则手册")).click()
    page.locator(".book tr", has_text="M07").click()
    page.wait_for_url(re.compile("rule=M07"))
    expect(page.locator("article.rule")).to_contain_text("M07")
    button(page, re.compile("只看 M07"))
    expect(page.locator(".findings tr").first).to_be_visible()


def test_what_is_copied_is_taken_away_and_leads_to_its_row(
    shared: Server,
    page: Page,
    tmp_path: Path,
) -> None:
    visit(page, f"{shared.url}/review")
    page.get_by_text("雷同", exact=True).click()
    page.wait_for_url(re.compile("view=copied"))
    settle(page)
    assert words(page) == set()
    with page.expect_download() as download:
        page.get_by_role("button", name="下载雷同清单").click()
    download.value.save_as(tmp_path / "雷同.xlsx")
    sheet = openpyxl.load_workbook(tmp_path / "雷同.xlsx").active
    rates = page.locator(".pane.wide details summary")
    said = sum(int(re.search(r"：([\d,]+) /", one)[1].replace(",", "")) for one in rates.all_inner_texts())  # type: ignore[index]
    assert "通用标准" in sheet["A1"].value and sheet.max_row == 2 + said
    rates.nth(1).click()
    page.locator(".pane.wide details[open] tr").first.click()
    page.wait_for_url(re.compile(r"/projects\?.*id=.*at=annual_goal"))
    expect(page.locator(".original .lit")).to_contain_text("一网统管")
