"""One project and the standard in a real Chromium: questions, what is required, not applicable, undone; and
money or number on every page."""

from __future__ import annotations

import re

import pytest
from browser import Server, button, settle, visit, words
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.browser
BARE = (
    "项目名称\t档案整理\n用款单位\t档案室\n2024年预算金额（元）\t10000\n"
    "绩效指标\t一级指标\t二级指标\t三级指标\t实施周期指标值\t当年度指标值\n"
    "\t产出指标\t数量指标\t整理卷数\t100卷\t100卷\n\t效益指标\t社会效益指标\t查档人次\t50人次\t50人次\n"
)


def drill(page: Page, server: Server, name: str) -> None:
    visit(page, f"{server.url}/projects")
    page.locator(".list tbody tr", has_text=name).click()
    page.wait_for_selector(".original")
    settle(page)


def required(page: Page, server: Server) -> int:
    """The required gaps that the overview counts."""
    visit(page, server.url)
    found = re.search(r"必填空缺 (\d+) 格", page.locator(".tiles").inner_text())
    return int(found[1]) if found else 0


def judge(page: Page, label: str, reason: str, who: str) -> None:
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("理由").fill(reason)
    dialog.get_by_label("姓名").fill(who)
    dialog.get_by_role("button", name=label, exact=True).click()
    settle(page)


def test_a_question_leads_to_its_cell(shared: Server, page: Page) -> None:
    drill(page, shared, "综合窗口服务外包")
    cards = page.locator(".question")
    expect(cards).to_have_count(3)
    card = cards.filter(has_text="2年 ＞ 1年")
    expect(card).to_contain_text("第70行第6列")
    card.click()
    expect(page.locator(".original .lit")).to_have_attribute("data-cell", "70-6")
    expect(page.locator(".original .lit")).to_have_text("2年")
    expect(page.locator(".original .lit")).to_be_in_viewport()
    page.wait_for_url(re.compile("at=indicators"))
    assert words(page) <= {"dongkeng"}


def test_a_remark_leads_to_its_reason_and_to_its_cell(shared: Server, page: Page) -> None:
    drill(page, shared, "综合窗口服务外包")
    page.locator("table.form .remark", has_text="同一项目内指标重复").click()
    expect(page.locator(".original .lit")).to_contain_text("采购服务质量达标率")
    point = page.locator(".point", has_text="同一项目内指标重复")
    expect(point).to_be_in_viewport()
    for said in ("建议", "依据", "另见"):
        expect(point).to_contain_text(said)
    first = page.locator(".original .lit").get_attribute("data-cell")
    point.get_by_role("link").click()
    expect(page.locator(".original .lit")).not_to_have_attribute("data-cell", str(first))
    point.get_by_role("button", name=re.compile("规则 R06")).click()
    page.wait_for_url(re.compile(r"/review\?.*rule=R06"))


def test_a_category_declared_not_applicable_is_no_gap_until_that_is_taken_back(
    shared: Server,
    page: Page,
) -> None:
    before = required(page, shared)
    assert before == 6
    drill(page, shared, "综合经费")
    gap = page.locator("td.gap", has_text="必填")
    expect(gap).to_have_attribute("data-state", "required")
    gap.get_by_role("button", name="声明不适用").click()
    judge(page, "声明不适用", "   ", "李四")
    expect(page.get_by_role("dialog")).to_contain_text("请写明理由")
    judge(page, "声明不适用", "内部事务，没有服务对象", "")
    expect(page.get_by_role("dialog")).to_contain_text("请写明是谁")
    judge(page, "声明不适用", "内部事务，没有服务对象", "李四")
    put = page.locator('td.gap[data-state="inapplicable"]')
    expect(put).to_contain_text("内部事务，没有服务对象（李四）")
    expect(page.locator(".headline")).to_contain_text("必填指标不缺")
    assert required(page, shared) == before - 1
    assert page.get_by_text("不适用", exact=True).count() == 1
    visit(page, f"{shared.url}/coverage?by=n")
    expect(page.locator(".headline")).to_contain_text("必填空缺 5 格")
    expect(page.locator(".headline")).to_contain_text("不适用 1 格")
    visit(page, f"{shared.url}/upload")  # the log tells it
    page.get_by_text("导入记录").click()
    expect(page.locator(".stMain")).to_contain_text("声明不适用　综合经费　满意度　内部事务")
    drill(page, shared, "综合经费")
    put.get_by_role("button", name="撤销").click()
    expect(gap).to_have_attribute("data-state", "required")
    assert required(page, shared) == before


def test_a_finding_set_aside_in_its_project_leaves_the_counts(shared: Server, page: Page) -> None:
    drill(page, shared, "服装")
    title = page.locator(".headline h1")
    expect(title).to_contain_text("应当修改，问题 4 条")
    point = page.locator(".point", has_text="没有满意度指标")
    point.get_by_role("button", name="搁置").click()
    judge(page, "搁置", "已在上级项目中设置", "王五")
    expect(title).to_contain_text("应当修改，问题 3 条")
    put = page.locator(".point.put")
    expect(put).to_contain_text("已在上级项目中设置（王五")
    put.get_by_role("button", name="撤销").click()
    expect(title).to_contain_text("应当修改，问题 4 条")


def test_another_standard_counts_otherwise_on_every_page(server: Server, page: Page) -> None:
    visit(page, f"{server.url}/upload")
    page.locator("textarea").fill(BARE)
    button(page, "读取粘贴的表格")
    button(page, "计入")
    button(page, "显示示例数据")  # they made way for it
    asked = {
        "overview": ("", ".tiles"),
        "coverage": ("coverage?by=n", ".headline h1"),
        "review": ("review", ".headline h1"),
        "projects": ("projects", ".list"),
    }
    for name, (address, where) in asked.items():
        visit(page, f"{server.url}/{address}")
        before = page.locator(where).inner_text()
        page.locator(".st-key-filter-standard").click()
        page.get_by_role("option", name="从严标准").click()
        page.wait_for_url(re.compile("standard=strict"))
        settle(page)
        assert page.locator(where).inner_text() != before, name
        assert "从严标准" in page.locator(".st-key-filter-standard input").input_value(), name
    assert required(page, server) == 6
    visit(page, f"{server.url}/?standard=strict")
    assert "必填空缺 10 格" in page.locator(".tiles").inner_text()


@pytest.mark.parametrize("name", ["", "budget", "coverage", "projects", "review"])
def test_every_page_counts_money_or_number(shared: Server, page: Page, name: str) -> None:
    visit(page, f"{shared.url}/{name}")
    page.wait_for_timeout(1200)
    money = page.locator(".stMain").inner_text()
    page.get_by_text("个数", exact=True).click()
    page.wait_for_url(re.compile("by=n"))
    settle(page)
    page.wait_for_timeout(1200)
    number = page.locator(".stMain").inner_text()
    assert page.locator(".stException, .stAlert").count() == 0
    assert number != money
    page.get_by_text("金额", exact=True).click()
    settle(page)
    page.wait_for_timeout(1200)
    assert page.locator(".stMain").inner_text() == money
