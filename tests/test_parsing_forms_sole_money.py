"""The one sum of money of a form, and whose year it is."""

from __future__ import annotations

from decimal import Decimal

import pytest

import parsing
from parsing.model import Project

GRID = "一级指标\t二级指标\t三级指标\t指标值\n产出指标\t数量指标\t册数\t3册\n"


def read(*head: str, title: str = "项目支出绩效目标表\n（2024年度）") -> Project:
    lines = "\n".join(["项目名称\t甲\t实施单位\t某镇", *head])
    return parsing.read(f"{title}\n{lines}\n{GRID}".encode(), name="甲.txt").projects[0]


@pytest.mark.parametrize("label", ["资金总额", "项目资金总额", "项目金额"])
def test_the_only_sum_of_a_form_of_one_year_is_that_years_with_its_sources(label: str) -> None:
    project = read(f"{label}（万元）\t80", "其中：财政拨款\t80", "年度目标\t印三册")
    assert (project.budget_yuan, project.total_yuan) == (Decimal(800000), None)
    assert project.sources == {"财政拨款": Decimal(800000)} and not project.total_sources
    assert project.places["budget_yuan"].row == 4


@pytest.mark.parametrize("period", ["2024年1月-2024年12月", "1年"])
def test_a_period_within_one_year_says_so_where_no_title_does(period: str) -> None:
    project = read("资金总额（元）\t80", f"实施期限\t{period}", title="项目支出绩效目标表")
    assert project.budget_yuan == 80


@pytest.mark.parametrize(
    "head",
    [
        ("项目总投资（万元）\t80",),
        ("资金总额（万元）\t80", "实施期限\t2023年-2025年"),
        ("资金总额（万元）\t80", "实施期限\t三年"),
        ("资金总额（万元）\t80", "长期目标\t印书", "年度目标\t印三册"),
        ("实施期资金总额（万元）\t80",),
    ],
)
def test_a_sum_of_more_than_a_year_is_no_years(head: tuple[str, ...]) -> None:
    project = read(*head)
    assert (project.budget_yuan, project.total_yuan) == (None, Decimal(800000))


def test_a_sum_of_a_form_that_names_no_year_is_no_years() -> None:
    assert read("资金总额（元）\t80", title="项目支出绩效目标表").budget_yuan is None


def test_a_total_beside_money_of_the_year_stays_a_total() -> None:
    project = read("资金总额（万元）\t80\t年度资金总额（万元）\t30")
    assert (project.budget_yuan, project.total_yuan) == (Decimal(300000), Decimal(800000))


def test_the_money_of_a_list_of_one_year_is_that_years_and_so_is_what_the_list_says_of_it() -> None:
    rows = (
        "2024年项目支出绩效目标表公开",
        "单位名称\t项目名称\t资金总额（万元）\t一级指标\t二级指标\t三级指标\t指标值",
        "某校\t伙食\t30\t产出指标\t数量指标\t人数\t9人",
        "某校\t校车\t12\t产出指标\t数量指标\t车\t1辆",
        "合计\t\t42",
    )
    text = "\n".join(rows)
    reading = parsing.read(text.encode(), name="甲.txt")
    assert [project.budget_yuan for project in reading.projects] == [300000, 120000]
    assert [(total.field, total.agrees) for total in reading.totals] == [("budget_yuan", True)]
