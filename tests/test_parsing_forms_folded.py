"""Headers of two rows, cells with several indicators, and names that end with their target."""

from __future__ import annotations

import pytest

import parsing
from parsing.model import Project

HEADER = "一级指标\t二级指标\t三级指标\t指标值"


def read(*rows: str) -> Project:
    lines = ("<table>", *(_html(row) for row in ("项目名称\t甲项目", *rows)), "</table>")
    (project,) = parsing.read("".join(lines).encode(), name="甲.html").projects
    return project


def _html(row: str) -> str:
    return "<tr>" + "".join(f"<td>{text.replace('|', '<br>')}</td>" for text in row.split("\t")) + "</tr>"


@pytest.mark.parametrize(
    ("above", "below", "targets"),
    [
        (f"{HEADER}\t", "\t\t\t实施周期\t当年度", ("9册", "3册")),
        (f"{HEADER}\t", "\t\t\t当年度\t中期", ("3册", "9册")),
        ("绩效指标\t\t\t指标值\t", f"{HEADER.rpartition(chr(9))[0]}\t实施期\t年度", ("9册", "3册")),
    ],
)
def test_titles_over_titles_are_one_header(above: str, below: str, targets: tuple[str, str]) -> None:
    left, right = targets
    first = f"产出指标\t数量指标\t印刷数量\t{left}\t{right}"
    project = read(above, below, first, f"\t\t装订数量\t{left}\t{right}")
    assert [(one.slot, one.name, one.period, one.annual) for one in project.indicators] == [
        ("数量", "印刷数量", "9册", "3册"),
        ("数量", "装订数量", "9册", "3册"),
    ]
    assert not project.repairs and not project.extras


def test_both_rows_of_a_header_again_on_the_next_page_are_no_indicators() -> None:
    rows = (f"{HEADER}\t", "\t\t\t实施周期\t当年度")
    project = read(*rows, "产出指标\t数量指标\t印刷数量\t9册\t3册", *rows, "\t质量指标\t合格率\t98%\t98%")
    assert [one.name for one in project.indicators] == ["印刷数量", "合格率"]
    assert not project.repairs


def test_what_was_reached_before_is_kept_beside_the_target_and_is_none() -> None:
    (one,) = read(
        f"{HEADER}\t\t", "\t\t\t前年\t上年\t预计当年实现", "产出指标\t数量指标\t场次\t8场\t9场\t10场"
    ).indicators
    assert (one.annual, one.extras) == ("10场", {"前年": "8场", "上年": "9场"})


def test_a_row_that_only_counts_the_columns_is_no_indicator() -> None:
    project = read(HEADER, "1\t2\t3\t4", "产出指标\t数量指标\t印刷数量\t3册")
    assert [one.annual for one in project.indicators] == ["3册"]
    assert not project.repairs


def test_a_column_called_by_the_word_of_the_block_holds_the_names() -> None:
    (one,) = read("一级指标\t二级指标\t绩效指标\t指标值", "产出指标\t数量指标\t印刷数量\t3册").indicators
    assert (one.name, one.annual) == ("印刷数量", "3册")


def test_a_second_column_of_contents_without_values_is_no_right_half() -> None:
    (one,) = read(f"{HEADER}\t指标内容", "产出指标\t数量指标\t印刷数量\t3册\t反映印刷").indicators
    assert (one.name, one.annual, one.extras) == ("印刷数量", "3册", {"指标内容": "反映印刷"})


@pytest.mark.parametrize(
    ("cells", "found"),
    [
        ("1.期数|2.人次\t≥12期|≥1500人次", [("1.期数", "≥12期"), ("2.人次", "≥1500人次")]),
        ("1.期数|2.人次\t1.≥12期|2.≥1500人次", [("1.期数", "1.≥12期"), ("2.人次", "2.≥1500人次")]),
        ("指标1：期数|指标2：满意|程度\t12期|良好", [("指标1：期数", "12期"), ("指标2：满意程度", "良好")]),
        ("①期数|②人次\t", [("①期数", None), ("②人次", None)]),
        ("期数|人次\t12期|1500人次", [("期数", "12期"), ("人次", "1500人次")]),
        ("1月底前|2月底前\t甲|乙", [("1月底前\n2月底前", "甲\n乙")]),
        ("1个平台|2个中心\t", [("1个平台\n2个中心", None)]),
        ("1.2024年期数|2.2025年期数\t8期|9期", [("1.2024年期数", "8期"), ("2.2025年期数", "9期")]),
        ("1.期数|2.人次\t1.5万期|2.5万人次", [("1.期数", "1.5万期"), ("2.人次", "2.5万人次")]),
        ("持续推动工作的|稳定运转\t长期|推动", [("持续推动工作的\n稳定运转", "长期\n推动")]),
        ("持续推动工作的|稳定运转\t≥90%", [("持续推动工作的\n稳定运转", "≥90%")]),
    ],
)
def test_indicators_listed_in_one_cell_are_told_apart_and_a_broken_line_is_none(
    cells: str, found: list[tuple[str, str | None]]
) -> None:
    project = read(HEADER, f"产出指标\t数量指标\t{cells}", "\t质量指标\t合格率\t98%")
    assert [(one.name, one.annual) for one in project.indicators[:-1]] == found
    told = [(repair.code, repair.path, repair.doubtful) for repair in project.repairs]
    assert told == ([("unfolded", "indicators[0]", False)] if len(found) > 1 else [])
    assert {str(one.place) for one in project.indicators[:-1]} == {str(project.indicators[0].place)}


def test_a_list_beside_another_number_of_values_is_kept_whole_and_asks_for_a_look() -> None:
    project = read(HEADER, "产出指标\t数量指标\t1.期数|2.人次|3.场次\t≥12期|≥1500人次")
    assert len(project.indicators) == 1
    assert [(repair.code, repair.path, repair.doubtful) for repair in project.repairs] == [
        ("folded", "indicators[0]", True)
    ]


def test_a_weight_given_once_for_several_indicators_is_counted_once() -> None:
    project = read(f"{HEADER}\t分值", "产出指标\t数量指标\t1.期数|2.人次\t12期|15人\t20")
    assert [one.weight for one in project.indicators] == [20, None]


def test_where_no_column_holds_values_the_target_is_taken_from_the_name_and_can_be_given_back() -> None:
    project = read(HEADER.rpartition("\t")[0], "产出指标\t数量指标\t开展活动≥12场", "\t\t机制健全")
    first, second = project.indicators
    assert (first.name, first.annual, second.name, second.annual) == ("开展活动", "≥12场", "机制健全", None)
    assert [(repair.code, repair.path) for repair in project.repairs] == [("inline", "indicators[0]")]
    undone = parsing.decide_repair(project, 0, "undone").indicators[0]
    assert (undone.name, undone.annual) == ("开展活动≥12场", None)


WIDE = ("序号\t项目名称\t预算数（元）\t产出指标\t\t满意度指标\t备注", "\t\t\t数量指标\t质量指标\t满意度\t")


def test_a_list_with_a_column_for_each_category_has_an_indicator_in_each_cell() -> None:
    html = "<table>" + "".join(
        map(
            _html,
            (*WIDE, "1\t甲\t5\t册数≥3册；场次≥2场\t\t读者满意度≥90%\t续建", "2\t乙\t7\t册数≥1册\t合格\t\t"),
        )
    )
    first, second = parsing.read(f"{html}</table>".encode(), name="甲.html").projects
    assert (first.name, first.budget_yuan, second.name, second.budget_yuan) == ("甲", 5, "乙", 7)
    assert [(one.level1, one.level2, one.slot, one.name, one.annual) for one in first.indicators] == [
        ("产出指标", "数量指标", "数量", "册数", "≥3册"),
        ("产出指标", "数量指标", "数量", "场次", "≥2场"),
        ("满意度指标", "满意度", "满意度", "读者满意度", "≥90%"),
    ]
    assert [(one.slot, one.place.row) for one in first.empty] == [("质量", 2)]
    assert [(one.slot, one.annual) for one in second.indicators] == [("数量", "≥1册"), ("质量", None)]


@pytest.mark.parametrize(("down", "blanks"), [(' rowspan="2"', []), ("", ["period_goal"])])
def test_a_goal_down_the_side_of_the_goals_is_their_heading_and_no_goal_left_blank(
    down: str, blanks: list[str]
) -> None:
    left = "" if down else "<td></td>"
    side = f"<tr><td{down}>总体目标</td><td>年度目标</td></tr><tr>{left}<td>办好。</td></tr>"
    rows = [_html(row) for row in ("项目名称\t甲", HEADER, "产出指标\t数量指标\t册数\t3册")]
    page = "".join(("<table>", rows[0], side, *rows[1:], "</table>"))
    (project,) = parsing.read(page.encode(), name="甲.html").projects
    assert (project.annual_goal, sorted(project.blanks)) == ("办好。", blanks)
