"""Text as it was copied out of a page or a mail: cells of paragraphs, words down the side, quoted lines."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

import parsing
from parsing.formats.text.pasted import restored

PAGE = """某县2024年项目绩效目标公开

项目支出绩效目标表


（2024年度）
项目名称\t

停车场充电

基础设施建设


主管部门\t某县发改局\t实施单位\t某县城投公司


项目资金

（万元）

\t年度资金总额：\t105.7
年度目标\t在县城6个停车场新建充电桩24个，方便群众出行。


绩

效

指

标

\t一级指标\t二级指标\t三级指标\t指标值


产出

指标

\t数量指标\t

新建充电桩

\t24个


铺设电缆

\t≥1,800米
质量指标\t

充电桩可用率

\t≥97%
"""
SIDE = """项目支出绩效目标表
（2025年度）
项目名称\t防火物资储备
主管部门\t某县林业局\t实施单位\t某县防火办
项目资金
（万元）\t年度资金总额\t86.4
年度
总体
目标\t加强防火物资储备，全年不发生重大火灾。
绩
效
指
标\t一级指标\t二级指标\t三级指标\t指标值
产出指标\t数量指标\t采购水泵\t5台
开设隔离带\t≥15公里
质量指标\t验收合格率\t100%
"""


def test_cells_of_paragraphs_are_joined_and_keep_their_lines() -> None:
    (project,) = parsing.read(PAGE.encode(), name="甲.txt").projects
    assert project.name.split() == ["停车场充电", "基础设施建设"]
    assert (project.unit, project.budget_yuan) == ("某县城投公司", 1_057_000)
    assert [(one.level2, one.name, one.annual) for one in project.indicators] == [
        ("数量指标", "新建充电桩", "24个"),
        ("数量指标", "铺设电缆", "≥1,800米"),
        ("质量指标", "充电桩可用率", "≥97%"),
    ]
    assert project.places["unit"].cell == f"第{PAGE[: PAGE.index('主管部门')].count(chr(10)) + 1}行第4列"


def test_a_word_down_the_side_of_a_copied_table_is_one_cell() -> None:
    (project,) = parsing.read(SIDE.encode(), name="甲.txt").projects
    assert (project.budget_yuan, project.annual_goal) == (864_000, "加强防火物资储备，全年不发生重大火灾。")
    assert [(one.level2, one.name) for one in project.indicators] == [
        ("数量指标", "采购水泵"),
        ("数量指标", "开设隔离带"),
        ("质量指标", "验收合格率"),
    ]


def test_the_marks_of_a_quoted_mail_are_no_part_of_it_and_what_stands_below_is_asked_about() -> None:
    lines = SIDE.replace("绩\n效\n指\n标", "绩效指标").replace("年度\n总体\n目标", "年度目标").split("\n")
    mail = "\n".join(["见下。", *(f"> {line}" for line in lines), "> 祝好"])
    (project,) = parsing.read(mail.encode(), name="甲.txt").projects
    assert (project.name, len(project.repairs) > 0) == ("防火物资储备", True)
    extra = [k for k, one in enumerate(project.indicators) if one.name == "祝好"]
    asked = {repair.path for repair in project.repairs if repair.doubtful}
    assert {f"indicators[{k}]" for k in extra} <= asked


@given(st.text(alphabet='甲\n\t >"', max_size=60))
def test_no_line_moves(text: str) -> None:
    assert restored(text).count("\n") == text.count("\n")
