"""Reading → the JSON of the command line, which other programs rely on: extend, do not rename."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from parsing.model import Empty, Indicator, Project, Reading, Repair

_PROJECT = (
    *("name", "form", "department", "unit", "project_type", "level", "start", "end", "year"),
    *("budget_yuan", "total_yuan", "period_goal", "annual_goal"),
)


def contract(reading: Reading) -> dict[str, list[dict[str, Any]]]:
    """``projects``, ``others`` and ``unread`` as plain JSON values; money in 元 as a number."""
    return {
        "projects": [_project(project) for project in reading.projects],
        "others": [_item(other) for other in reading.others],
        "unread": [_item(unread) for unread in reading.unread],
    }


def _project(project: Project) -> dict[str, Any]:
    return {
        **{field: _number(getattr(project, field)) for field in _PROJECT},
        **{
            name: {label: _number(amount) for label, amount in amounts.items()}
            for name in ("sources", "total_sources")
            if (amounts := getattr(project, name))
        },
        "place": str(project.place),
        "indicators": [_slotted(indicator, "places", "also") for indicator in project.indicators],
        "empty": [_slotted(empty, "also") for empty in project.empty],
        "repairs": [_repair(repair) for repair in project.repairs],
        "findings": [],
        "extras": project.extras,
    }


def _repair(repair: Repair) -> dict[str, Any]:
    """``decision`` only where somebody made one."""
    without = ("stands", "places", "understood", *(() if repair.decision else ("decision",)))
    return {**_item(repair, *without), "doubtful": repair.doubtful}


def _slotted(item: Indicator | Empty, *without: str) -> dict[str, Any]:
    """``slots`` only where a word merges several, ``extras`` only where a column has no field."""
    more = {"slots": list(item.slots)} if item.also else {}
    return {key: value for key, value in _item(item, *without).items() if key != "extras" or value} | more


def _item(item: Any, *without: str) -> dict[str, Any]:
    fields: Mapping[str, Any] = item.model_dump(exclude=set(without))
    return {**{key: _number(value) for key, value in fields.items()}, "place": str(item.place)}


def _number(value: Any) -> Any:
    if not isinstance(value, Decimal):
        return list(value) if isinstance(value, tuple) else value
    return int(value) if value == value.to_integral_value() else float(value)
