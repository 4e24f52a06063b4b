"""Cells that a copy broke over lines, in a text that kept its columns."""

from __future__ import annotations

import parsing

GRID = "一级指标\t二级指标\t三级指标\t指标值\n产出\n指标\t数量指标\t培训儿童\t≥12人\n"
HEAD = "康复救助项目绩效目标表\n（2025年度）\n项目名称\t康复救助\n"


def read(text: str) -> parsing.Project:
    return parsing.read(f"{HEAD}{text}{GRID}".encode(), "1.txt").projects[0]


def test_a_label_that_was_broken_is_whole_again() -> None:
    project = read("主管部门\n及代码\t361-某县残联\t实施单位\t某县康复站\n年度资金总额（万元）\t9\n")
    assert (project.department, project.unit, project.budget_yuan) == ("361-某县残联", "某县康复站", 90_000)
    assert project.indicators[0].level1.replace("\n", "") == "产出指标"


def test_what_may_be_the_rest_of_a_value_goes_to_it_and_is_asked_about() -> None:
    project = read("实施单位\t某县残疾人康复\n服务指导站\n年度资金总额（万元）\t9\n")
    assert (project.unit or "").split() == ["某县残疾人康复", "服务指导站"]
    assert "unit" in {repair.path for repair in project.repairs if repair.doubtful}


def test_a_line_that_begins_the_next_label_is_no_rest_of_a_value() -> None:
    project = read("实施单位\t某县康复站\n预算规模及\n资金用途\t服装\n年度资金总额（万元）\t9\n")
    assert project.unit == "某县康复站"
