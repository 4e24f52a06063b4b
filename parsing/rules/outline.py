"""A project as the portfolio rules look at it: small, so that 100,000 of them fit in memory."""

from __future__ import annotations

from decimal import Decimal
from typing import NamedTuple

from parsing.model import Project, Slot


class Line(NamedTuple):
    """An indicator: ``said`` is its annual value as printed, the period's where that is empty."""

    number: int
    slot: Slot | None
    name: str
    said: str
    place: str


class Outline(NamedTuple):
    """Money in 元. ``goals``: path → text of the goals that are filled."""

    name: str
    unit: str
    project_type: str
    year: int | None
    budget_yuan: Decimal | None
    place: str
    goals: dict[str, str]
    lines: tuple[Line, ...]


def outline(project: Project) -> Outline:
    goals = {path: text for path in ("period_goal", "annual_goal") if (text := getattr(project, path))}
    return Outline(
        name=project.name,
        unit=project.unit or "",
        project_type=project.project_type or "",
        year=project.year,
        budget_yuan=project.budget_yuan,
        place=str(project.place),
        goals=goals,
        lines=tuple(
            Line(number, one.slot, one.name, (one.annual or one.period or "").strip(), str(one.place))
            for number, one in enumerate(project.indicators)
        ),
    )
