"""Reading → the JSON of the command line, which other programs rely on: extend, do not rename."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from parsing.counting import Exclusion, doubled
from parsing.finding import Finding, Review
from parsing.model import Empty, Indicator, Project, Reading, Repair

_PROJECT = (
    *("name", "form", "department", "unit", "project_type", "level", "start", "end", "year"),
    *("budget_yuan", "total_yuan", "period_goal", "annual_goal"),
)


def contract(
    reading: Reading,
    reviews: Sequence[Review] | None = None,
    counting: Sequence[Mapping[str, Any]] | None = None,
) -> dict[str, list[dict[str, Any]]]:
    """``projects``, ``others``, ``unread`` and ``totals`` as plain JSON values; money in 元 as a number.
    ``reviews``: one for each project, in order; by default nothing was reviewed. ``counting``: what
    ``uncounted`` says of each; by default all belong in a sum."""
    said = [Review()] * len(reading.projects) if reviews is None else reviews
    left = [{}] * len(reading.projects) if counting is None else counting
    return {
        "projects": [
            {**_project(project), **more, **_review(review)}
            for project, review, more in zip(reading.projects, said, left, strict=True)
        ],
        "others": [_item(other) for other in reading.others],
        "unread": [_item(unread) for unread in reading.unread],
        "totals": [
            {**_item(total), "difference_yuan": _number(total.difference_yuan)} for total in reading.totals
        ],
    }


def uncounted(projects: Sequence[Project], left: Mapping[int, Exclusion]) -> list[dict[str, Any]]:
    """Of each project that belongs in no sum (``left``: see ``parsing.counting``) ``counts``, ``reason`` and,
    where another table of it counts, its place as ``instead``; ``doubled`` of a 一级项目."""
    found: list[dict[str, Any]] = []
    for number in range(len(projects)):
        one = left.get(number)
        said: dict[str, Any] = {} if one is None else {"counts": False, "reason": one.reason}
        if one and one.instead is not None:
            said["instead"] = str(projects[one.instead].place)
        found.append(said | ({"doubled": True} if doubled(number, left) else {}))
    return found


def _project(project: Project) -> dict[str, Any]:
    return {
        **{field: _number(getattr(project, field)) for field in _PROJECT},
        **{
            name: {label: _number(amount) for label, amount in amounts.items()}
            for name in ("sources", "total_sources")
            if (amounts := getattr(project, name))
        },
        "place": str(project.place),
        **({"partial": list(project.partial)} if project.partial else {}),
        "indicators": [_slotted(indicator, "places", "also") for indicator in project.indicators],
        "empty": [_slotted(empty, "also") for empty in project.empty],
        "repairs": [_repair(repair) for repair in project.repairs],
        "extras": project.extras,
    }


def _review(review: Review) -> dict[str, Any]:
    """What the rules say, with the name of the standard; ``unchecked`` is neither passed nor failed."""
    return {
        "standard": review.standard,
        "findings": [_finding(finding) for finding in review.findings],
        **{
            name: [one.model_dump(mode="json") for one in getattr(review, name)]
            for name in ("unchecked", "equations", "promises")
        },
        "unpromised": list(review.unpromised),
    }


def _finding(finding: Finding) -> dict[str, Any]:
    """``quote``, ``slot``, ``equation`` and ``also`` only where there is one."""
    said = finding.model_dump(mode="json")
    more = ("quote", "slot", "equation", "also")
    return {key: value for key, value in said.items() if value or key not in more}


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
