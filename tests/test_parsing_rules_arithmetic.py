"""The sums of a project, written out: which close, which are off, which lack a figure."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

import parsing
from parsing.finding import Equation
from parsing.model import SLOTS
from parsing.rules import review
from tests.making import project

ROOT = Path(__file__).parents[1]
PRICE = ["成本", "制服费用标准", "2000元/人", "2000元/人"]


def sums(**case: Any) -> list[Equation]:
    return list(review(project(case)).equations)


def test_the_sample_closes_where_it_closes_and_is_off_where_a_year_is_two() -> None:
    read = parsing.read(ROOT / "data" / "samples" / "dongkeng-2024.txt").projects
    said = [[(one.text, one.state) for one in review(each).equations] for each in read]
    assert said[5] == [
        ("18人 × 2,000元/人 = 36,000元，等于当年预算", "closes"),
        ("72套 ÷ 18人 = 4套/人", "closes"),
    ]
    assert [state for _, state in said[2]] == ["off", "off"]
    assert [len(one) for one in said] == [0, 0, 2, 0, 0, 2]


def test_every_figure_of_a_sum_leads_to_its_cell() -> None:
    (one,) = sums(budget_yuan=36000, indicators=[["数量", "定制服装人数", "18人", "18人"], PRICE])
    assert one.paths == ("indicators[1].annual", "indicators[0].annual", "budget_yuan")


def test_the_money_of_the_year_and_the_total_are_each_solved_with_their_own_column() -> None:
    read = parsing.read(ROOT / "tests" / "cases" / "forms" / "central_2015.xlsx").projects[0]
    texts = {one.text: one.state for one in review(read).equations}
    assert texts["1,000人 × 1,200元/人 = 1,200,000元，等于当年预算"] == "closes"
    assert texts["3,000人 × 1,200元/人 = 3,600,000元，等于项目总额"] == "closes"
    assert set(texts.values()) == {"closes"}


def test_amounts_in_a_goal_that_make_up_the_budget_are_added() -> None:
    path = ROOT / "tests" / "cases" / "forms" / "03_dongguan_jiaotong_2019_pifubiao.xlsx"
    texts = [one.text for one in review(parsing.read(path).projects[0]).equations]
    assert "532万元 + 387万元 = 9,190,000元，等于当年预算" in texts


def test_a_missing_quantity_is_left_open_and_worked_back_from_the_budget() -> None:
    (one,) = sums(budget_yuan=36000, indicators=[["数量", "定制服装数量", "72套", "72套"], PRICE])
    assert (one.state, one.text) == ("open", "？人 × 2,000元/人 = ？元")
    assert "18人" in one.note


def test_months_are_not_invented() -> None:
    wage = ["成本", "聘用人员工资标准", "3000元/人·月", "3000元/人·月"]
    people = ["数量", "聘用人数", "10人", "10人"]
    (one,) = sums(budget_yuan=300000, indicators=[people, wage])
    assert one.state == "open"
    assert one.text == "10人 × ？月 × 3,000元/人·月 = ？元"
    assert "10月" in one.note
    case = {"budget_yuan": 300000, "indicators": [people, wage]}
    assert "A01" not in {found.rule for found in review(project(case)).findings}


def test_a_whole_year_of_months_that_closes_is_said_to_be_assumed() -> None:
    wage = ["成本", "聘用人员工资标准", "3000元/人·月", "3000元/人·月"]
    (one,) = sums(budget_yuan=360000, indicators=[["数量", "聘用人数", "10人", "10人"], wage])
    assert (one.state, one.text) == ("closes", "10人 × 12个月 × 3,000元/人·月 = 360,000元，等于当年预算")
    assert "12个月" in one.note


def test_pupils_are_the_quantity_of_what_is_paid_for_each_of_them() -> None:
    rows = [["数量", "小学受益学生人数", "", "≥34100人"], ["成本", "小学生均公用经费标准", "", "720元/生·年"]]
    (one,) = sums(budget_yuan=24552000, indicators=rows)
    assert (one.state, one.paths[:2]) == ("closes", ("indicators[1].annual", "indicators[0].annual"))


def test_a_price_goes_with_the_quantity_whose_name_begins_like_it() -> None:
    rows = [
        ["数量", "食品监督抽检批次", "", "2600批次"],
        ["数量", "药品抽检批次", "", "120批次"],
        ["成本", "食品抽检单价", "", "750元/批次"],
    ]
    (one,) = sums(budget_yuan=1950000, indicators=rows)
    assert (one.state, one.paths[1]) == ("closes", "indicators[0].annual")


def test_a_price_is_no_cap_and_is_not_added_to_what_it_comes_to() -> None:
    rows = [["数量", "改造小区个数", "", "18个"], ["成本", "单个小区改造成本", "", "85万元"]]
    (one,) = sums(budget_yuan=15300000, indicators=rows)
    assert (one.state, one.text) == ("closes", "18个 × 850,000元/个 = 15,300,000元，等于当年预算")


def test_amounts_of_cost_indicators_that_make_up_the_budget_are_added_up() -> None:
    rows = [["成本", "路灯电费", "", "≤900万元"], ["成本", "路灯维护费用", "", "≤330万元"]]
    *_, one = sums(budget_yuan=12300000, indicators=rows)
    assert (one.state, one.paths) == (
        "closes",
        ("indicators[0].annual", "indicators[1].annual", "budget_yuan"),
    )


def test_a_quantity_of_the_goal_is_used_where_no_indicator_has_one() -> None:
    (one,) = sums(budget_yuan=36000, annual_goal="为18名工作人员定制制服。", indicators=[PRICE])
    assert (one.state, one.paths) == ("closes", ("indicators[0].annual", "annual_goal", "budget_yuan"))


def test_quantities_that_cannot_be_told_apart_leave_a_sum_open() -> None:
    rows = [["数量", "甲类定制服装人数", "20人", "20人"], ["数量", "乙类定制服装人数", "30人", "30人"], PRICE]
    assert [one.state for one in sums(budget_yuan=36000, indicators=rows)] == ["open"]
    assert [one.state for one in sums(budget_yuan=60000, indicators=rows)] == ["closes"]


def test_units_are_joined_only_where_they_fit() -> None:
    (one,) = sums(budget_yuan=36000, indicators=[["数量", "定制服装人次", "18人次", "18人次"], PRICE])
    assert one.state == "open"


def test_ten_thousands_are_multiplied_out() -> None:
    rows = [
        ["数量", "服务人次", "2万人次", "2万人次"],
        ["成本", "每人次服务成本", "0.001万元/人次", "0.001万元/人次"],
    ]
    assert [one.text for one in sums(budget_yuan=200000, indicators=rows)] == [
        "20,000人次 × 10元/人次 = 200,000元，等于当年预算"
    ]


def test_unrelated_quantities_are_not_divided() -> None:
    rows = [["数量", "购置电脑数量", "72台", "72台"], ["数量", "培训人数", "18人", "18人"]]
    assert sums(indicators=rows) == []


ODD = st.sampled_from(
    [
        "",
        "0",
        "0人",
        "18人",
        "2000元/人",
        "0元/人",
        "≤1.5万元/处",
        "1" * 40 + "人",
        "9" * 40 + "元",
        "1e9",
        "2年",
        "3元/人·月",
        "2024年12月底前",
        "1-3人",
        "±3%以内",
        "**人",
        "百分之百",
        "十万人次",
        "一二三名",
        "50万",
    ]
)


@given(
    st.lists(
        st.tuples(
            st.sampled_from(SLOTS), st.sampled_from(["定制服装人数", "制服费用标准", "人均成本"]), ODD, ODD
        ),
        max_size=6,
    ),
    st.lists(ODD, max_size=4).map("，培训".join),
    st.sampled_from([None, 0, 1, 36000, 10**40]),
    st.dictionaries(
        st.sampled_from(["财政拨款", "中央补助", "其他资金"]), st.sampled_from([0, 1, 36000, 10**40])
    ),
)
def test_no_figures_are_too_odd_for_the_rules(rows: Any, goal: str, money: int | None, sources: Any) -> None:
    case = {
        "indicators": rows,
        "annual_goal": goal,
        "budget_yuan": money,
        "total_yuan": money,
        "sources": sources,
    }
    said = review(project(case))
    assert all(one.text and one.paths for one in said.equations)
