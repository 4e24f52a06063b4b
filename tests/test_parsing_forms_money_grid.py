"""Money in a grid of times and sources: which of it is the year's, and what is no such grid."""

from __future__ import annotations

from typing import Any

import pytest

import parsing
from parsing.model import Project

HEAD = "项目支出绩效目标表\n（2025年度）\t单位：万元\n项目名称\t老桥加固\n主管部门\t某县交通局\n"
GRID = "年度目标\t加固老桥3座\n一级指标\t二级指标\t三级指标\t指标值\n产出指标\t数量指标\t加固老桥\t3座\n"


def read(*rows: str) -> Project:
    text = HEAD + "".join(f"{row}\n" for row in rows) + GRID
    return parsing.read(text.encode(), "1.txt").projects[0]


def doubted(project: Project) -> set[str]:
    return {repair.path for repair in project.repairs if repair.doubtful}


CASES: dict[str, tuple[tuple[str, ...], Any, Any]] = {
    "years in columns, sources in rows": (
        ("资金来源\t合计\t2024年\t2025年", "合计\t90\t30\t60", "省级资金\t90\t30\t60"),
        600_000,
        900_000,
    ),
    "years in rows, sources in columns": (
        ("年度\t合计\t省级资金\t其他资金", "2024-2026年\t90\t50\t40", "其中：2025年\t60\t35\t25"),
        600_000,
        900_000,
    ),
    "years alone": (("总额\t2024年\t2025年\t2026年及以后", "90\t20\t60\t10"), 600_000, 900_000),
    "what was spent is nobody's budget": (
        ("资金来源\t项目总额\t2024年已安排\t2025年预算", "合计\t90\t30\t60"),
        600_000,
        900_000,
    ),
    "parts of words that nobody knows, which add up": (
        ("年度\t合计\t街道筹集\t彩票公益金", "2025年\t60\t35\t25", "2026年\t30\t20\t10"),
        600_000,
        None,
    ),
}


@pytest.mark.parametrize(("rows", "budget", "total"), CASES.values(), ids=CASES)
def test_a_grid_gives_the_money_of_the_year_and_of_all_years(rows: tuple[str, ...], budget: Any, total: Any):
    project = read(*rows)
    assert (project.budget_yuan, project.total_yuan) == (budget, total)
    assert not doubted(project) & {"budget_yuan", "total_yuan", "budget", "total"}


def test_the_sources_of_the_year_are_those_of_its_row() -> None:
    project = read("年度\t合计\t省级资金\t其他资金", "2025年\t60\t35\t25", "2026年\t30\t20\t10")
    assert project.sources == {"省级资金": 350_000, "其他资金": 250_000}


def test_parts_that_nobody_knows_and_that_do_not_add_up_are_no_grid_of_money() -> None:
    project = read("年度\t合计\t覆盖村庄\t受益户", "2025年\t60\t35\t99")
    assert project.sources == {} and project.budget_yuan is None


def test_sources_without_a_whole_are_added_up_and_asked_about() -> None:
    project = read("市级财政资金（万元）\t40", "企业自筹（万元）\t—", "县级资金（万元）\t20")
    assert project.budget_yuan == 600_000 and "budget_yuan" in doubted(project)


def test_an_amount_beside_another_has_its_unit_only_as_a_part_of_it() -> None:
    part = read("资金总额（万元）\t860\t其中：2025年预算\t295")
    assert (part.total_yuan, part.budget_yuan) == (8_600_000, 2_950_000)
    other = read("总投资（元）\t86000000\t年度预算\t2950")
    assert (other.total_yuan, other.budget_yuan) == (
        86_000_000,
        29_500_000,
    )  # as the line over the table says
