"""What is said once over several tables holds for each of them."""

from __future__ import annotations

from io import BytesIO

import pytest
from openpyxl import Workbook

import parsing
from parsing.model import Project

TABLE = """<table><tr><td>项目名称<td>{name}<td>预算金额<td>{money}
<tr><td>绩效目标<td colspan=3>完成{name}全年任务，保障正常运转。
<tr><td>一级指标<td>二级指标<td>三级指标<td>指标值
<tr><td>产出指标<td>数量指标<td>完成数量<td>3个</table>"""


def projects(before: str, between: str) -> tuple[Project, ...]:
    tables = TABLE.format(name="甲", money="12"), TABLE.format(name="乙", money="30")
    page = f"<p>{before}</p>{tables[0]}<p>{between}</p>{tables[1]}"
    return parsing.read(f"<html><body>{page}</body></html>".encode(), "页.html").projects


def test_the_year_and_the_unit_of_a_page_hold_for_all_its_tables() -> None:
    found = projects("某局2025年预算绩效目标公开</p><p>现将项目公开如下，金额单位：万元。", "二、乙")
    assert [(one.name, one.year, one.budget_yuan) for one in found] == [
        ("甲", 2025, 120_000),
        ("乙", 2025, 300_000),
    ]


def test_what_stands_over_one_table_goes_before_what_stands_over_all() -> None:
    found = projects("某局2025年预算绩效目标，单位：万元", "某局2024年预算绩效目标")
    assert [one.year for one in found] == [2025, 2024]


@pytest.mark.parametrize(
    "heading", ["“村奖补”项目绩效目标", "《村奖补》项目绩效目标表", "「村奖补」绩效目标申报表"]
)
def test_a_name_that_only_the_heading_quotes_is_read_and_asked_about(heading: str) -> None:
    rows = (heading, "使用单位\t某县农业农村局\t2026年预算（元）\t480000", "绩效目标\t培育高素质农民四百人。")
    grid = "指标类型\t指标分类\t指标名称\t计划值\n产出指标\t数量指标\t人数\t9人\n产出指标\t质量指标\t率\t9%"
    (found,) = parsing.read("\n".join((*rows, grid)).encode(), "表.txt").projects
    assert found.name == "村奖补"
    assert ("inferred", "name", True) in [(one.code, one.path, one.doubtful) for one in found.repairs]


@pytest.mark.parametrize("printed", ["2025", "2025年", "2025年度"])
def test_a_period_of_one_year_begins_and_ends_in_it(printed: str) -> None:
    text = TABLE.replace("预算金额", "执行期").format(name="甲", money=printed)
    (found,) = parsing.read(f"<html><body>{text}</body></html>".encode(), "页.html").projects
    assert (found.start, found.end) == ("2025", "2025")


def test_the_year_of_a_cover_holds_behind_sheets_that_name_none_and_sentences_name_none() -> None:
    book = Workbook()
    book.active.append(["某局2026年部门预算"])
    book.create_sheet("目录").append(["项目绩效目标表"])
    book.create_sheet("说明").append(["按照《2021年预算绩效管理办法》填写，每个项目一张表。"])
    sheet = book.create_sheet("项目")
    for row in (
        ["项目名称", "老桥加固", "预算金额（万元）", "12"],
        ["绩效目标", "完成老桥加固，保障通行安全。"],
        ["一级指标", "二级指标", "三级指标", "指标值"],
        ["产出指标", "数量指标", "加固老桥", "3座"],
    ):
        sheet.append(row)
    data = BytesIO()
    book.save(data)
    (project,) = parsing.read(data.getvalue(), "1.xlsx").projects
    assert project.year == 2026
