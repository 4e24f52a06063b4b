"""What stands at a path of a project, in words."""

from __future__ import annotations

from parsing.model import Indicator, Project

FIELDS = {
    "name": "项目名称",
    "department": "主管部门",
    "unit": "用款单位",
    "project_type": "项目类型",
    "level": "项目等级",
    "start": "起始时间",
    "end": "到期时间",
    "year": "预算年度",
    "budget_yuan": "当年预算",
    "total_yuan": "项目总额",
    "period_goal": "实施周期目标",
    "annual_goal": "年度目标",
}


def text_at(project: Project, path: str) -> str:
    """The text at a path as printed: a field, an indicator's name, or a field of an indicator."""
    item, field = project.item(path)
    if item is None:
        sources, _, label = path.partition(".")
        return str((getattr(project, sources, {})[label] if label else getattr(project, path, None)) or "")
    return str(getattr(item, field or "name", None) or item.level2)


def named(project: Project, path: str) -> str:
    """What a path is called: the field, the indicator by its name, the category by its printed words."""
    item, _ = project.item(path)
    if item is None:
        return path.partition(".")[2] or FIELDS.get(path, project.name)  # a source by its label
    return (item.name if isinstance(item, Indicator) else "") or item.level2 or item.level1
