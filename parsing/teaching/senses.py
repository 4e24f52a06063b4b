"""What somebody can say of a cell of a table: a field of ours, the titles of the indicators, or none."""

from __future__ import annotations

from typing import NamedTuple

HEADER = "header"  # the row of the titles of the indicators
COLUMN = "column."  # before a role: the title of one of its columns
# What a cell can be said to be, as people call it
WORDS = {
    "name": "项目名称",
    "unit": "单位",
    "department": "部门",
    "budget": "当年预算",
    "total": "总额",
    "period": "周期",
    "start": "开始时间",
    "end": "结束时间",
    "year": "年度",
    "annual_goal": "年度目标",
    "period_goal": "周期目标",
    HEADER: "指标表的标题行",
    "column.level1": "一级指标列",
    "column.level2": "二级指标列",
    "column.name": "三级指标列",
    "column.annual": "指标值列",
    "column.period": "周期指标值列",
    "column.sign": "符号列",
    "column.measure": "计量单位列",
    "column.weight": "分值列",
    "column.ignored": "不是指标的列",
    "other": "不是以上栏目",
}


class CellSense(NamedTuple):
    """What somebody says of a cell, by its row and column in the sheet: a key of WORDS."""

    row: int
    column: int
    sense: str
