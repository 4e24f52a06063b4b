"""Guangdong, 2022 and later: one money row whose label carries year and unit, two value columns."""

from parsing.forms.form import Form

FORM = Form(
    code="guangdong-2022",
    title="项目绩效目标表",
    columns=("level1", "level2", "name", "period", "annual"),
    labels=frozenset(
        {"name", "project_type", "level", "department", "unit", "start", "end", "budget"}
        | {"period_goal", "annual_goal"}
    ),
    source="东莞市东坑镇政务服务中心 2024 年项目绩效目标表（六张）",
)
