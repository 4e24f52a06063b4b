"""Text whose columns blanks align: its cells are whole again, or it is refused; never half of it is read."""

from __future__ import annotations

import pytest

import parsing
from parsing.errors import LostColumns
from parsing.formats import grids
from parsing.forms.aligned import gathered
from parsing.grid import Grid

HEAD = """
                    项目绩效目标表
                     （2024年度）

    项目名称            校舍清理

                                    实施       东河镇
   主管部门            东河县教育局
                                    单位      中心小学

                 年度资金总额：                     12.00

                  其中：财政拨款                    12.00
    项目资金
    （万元）
                    其他资金                       0.00

年
度    1.清理校舍三栋；
总    2.保障师生安全。
体
目
标
                                                      分值
      一级指标     二级指标            三级指标      指标值
                                                      （90）
"""
ROWS = """
绩     成本指标    经济成本指标         项目成本         ≤12 万元        20
效
指
标     产出指标     数量指标          清理校舍          3栋           30

                                激发学生
                       促进学生
      效益指标   社会效益指标             学习热情，          20
                       健康成长
                                创造活力

              服务对象满意
      满意度指标            师生满意度      ≥90%           10
              度指标
"""


def grid(text: str) -> Grid:
    (found,) = grids("甲.txt", text.encode())
    assert isinstance(found, Grid) and found.aligned
    return found


def test_a_cell_of_several_lines_is_whole_whatever_stands_between_them() -> None:
    (project,) = parsing.read((HEAD + ROWS).encode(), name="甲.txt").projects
    assert (project.name, project.department, project.unit) == ("校舍清理", "东河县教育局", "东河镇中心小学")
    assert (project.budget_yuan, project.year) == (120_000, 2024)
    assert project.annual_goal == "1.清理校舍三栋；\n2.保障师生安全。"
    assert [(one.level2, one.name, one.annual) for one in project.indicators] == [
        ("经济成本指标", "项目成本", "≤12 万元"),
        ("数量指标", "清理校舍", "3栋"),
        ("社会效益指标", "促进学生健康成长", "激发学生学习热情，创造活力"),
        ("服务对象满意度指标", "师生满意度", "≥90%"),
    ]
    assert [one.doubtful for one in project.repairs if one.code == "laid"] == [True]


def test_a_value_stands_where_its_first_line_does() -> None:
    (project,) = parsing.read((HEAD + ROWS).encode(), name="甲.txt").projects
    line = (HEAD + ROWS).split("\n").index("   主管部门            东河县教育局") + 1
    assert project.places["department"].cell == f"第{line}行"


def test_rows_without_a_blank_line_between_are_told_by_the_texts_that_stand_alone() -> None:
    rows = "\n".join(line for line in ROWS.split("\n") if line.strip())
    (project,) = parsing.read(f"{HEAD}\n{rows}\n".encode(), name="甲.txt").projects
    assert [one.name for one in project.indicators] == [
        "项目成本",
        "清理校舍",
        "促进学生健康成长",
        "师生满意度",
    ]
    assert project.indicators[2].annual == "激发学生学习热情，创造活力"


@pytest.mark.parametrize(
    "row",
    [
        "                       甲项                      3栋           5\n            数量指标\n"
        "                       乙项                      4栋           5",  # a category over two rows
        "               数量指标          甲项",
        "                       甲项         3栋           5",
    ],
)
def test_rows_that_are_not_surely_told_apart_are_refused(row: str) -> None:
    with pytest.raises(LostColumns):
        parsing.read(f"{HEAD}{ROWS}\n{row}\n".encode(), name="甲.txt")


def test_a_word_written_downwards_beside_the_indicators_is_in_no_row() -> None:
    texts = [cell.text for row in gathered(grid(HEAD + ROWS)).rows for cell in row]
    assert "年度总体目标" in texts
    assert not {"绩", "效", "指", "标", "绩效指标"} & {*texts}


def test_text_that_is_only_parted_by_blanks_is_not_aligned() -> None:
    (found,) = grids("甲.txt", "项目名称  甲\n一级指标  二级指标  三级指标  指标值\n".encode())
    assert isinstance(found, Grid) and not found.aligned


TABLE = """
                    项目支出绩效目标表（2024年度）
项目名称      食品抽检
主管部门      鹤山市市场监督管理局                实施单位          鹤山市检验所
年度预算（元）   1,026,000.00
年度目标      全年完成食品抽检 1280 批次以上。
一级指标      二级指标           三级指标       指标值           分值
"""


def indicators(body: str) -> list[tuple[str, str, str | None]]:
    (project,) = parsing.read(f"{TABLE}{body}\n".encode(), name="甲.txt").projects
    return [(one.level2, one.name, one.annual) for one in project.indicators]


def test_a_category_may_stand_between_the_lines_of_its_rows() -> None:
    body = """
                         抽检批次       ≥3批次        10
          数量指标
产出指标                     快检批次       ≥9批次        10
          质量指标           合格率        100%         10
"""
    assert indicators(body) == [
        ("数量指标", "抽检批次", "≥3批次"),
        ("数量指标", "快检批次", "≥9批次"),
        ("质量指标", "合格率", "100%"),
    ]


def test_the_lines_of_a_cell_may_begin_where_those_beside_it_do() -> None:
    body = """
产出指标      数量指标           食品安全抽检    ≥3批次        10
                         批次
          质量指标           不合格食品核查 =100%         10
                         处置率
效益指标      社会效益指          知识知晓率       ≥85%         10
          标
"""
    assert indicators(body) == [
        ("数量指标", "食品安全抽检批次", "≥3批次"),
        ("质量指标", "不合格食品核查处置率", "=100%"),
        ("社会效益指标", "知识知晓率", "≥85%"),
    ]


def test_a_category_that_stands_beside_none_of_its_rows_is_refused() -> None:
    body = """
                         抽检批次       ≥3批次        10
                         快检批次       ≥9批次        10
                         巡检批次       ≥9批次        10
产出指标      数量指标           合格率        100%         10
"""
    with pytest.raises(LostColumns):
        indicators(body)
