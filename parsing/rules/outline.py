"""A project as the portfolio rules look at it: small, so that 100,000 of them fit in memory."""

from __future__ import annotations

import json
from decimal import Decimal
from sys import intern
from typing import NamedTuple

from parsing.model import Project, Slot
from parsing.values import yuan


class OutlineLine(NamedTuple):
    """An indicator: ``said`` is its annual value as printed, the period's where that is empty; ``copied``:
    whether both are filled with the same text (None: not both are filled)."""

    number: int
    slot: Slot | None
    name: str
    said: str
    place: str
    copied: bool | None = None


class Outline(NamedTuple):
    """Money in 元. ``goals``: path → text of the goals that are filled; ``lasting``: whether the project
    runs beyond one year (None: unknown); ``wan``: whether its money is in 万元 by the column alone, and no
    sum of a list tells already that it is not."""

    name: str
    unit: str
    project_type: str
    year: int | None
    budget_yuan: Decimal | None
    place: str
    goals: dict[str, str]
    lines: tuple[OutlineLine, ...]
    lasting: bool | None = None
    wan: bool = False


def outline(project: Project) -> Outline:
    goals = {path: text for path in ("period_goal", "annual_goal") if (text := getattr(project, path))}
    start, end = project.start, project.end
    return Outline(
        name=project.name,
        unit=intern(project.unit or ""),
        project_type=intern(project.project_type or ""),
        year=project.year,
        budget_yuan=project.budget_yuan,
        place=str(project.place),
        goals=goals,
        lines=tuple(
            OutlineLine(
                number,
                one.slot,
                intern(one.name),
                intern((one.annual or one.period or "").strip()),
                str(one.place),
                one.annual.strip() == one.period.strip() if one.annual and one.period else None,
            )
            for number, one in enumerate(project.indicators)
        ),
        lasting=start[:4] != end[:4] if start and end else None,
        wan=_in_wan(project),
    )


def _in_wan(project: Project) -> bool:
    place = project.places.get("budget_yuan")
    if place is None or project.budget_yuan is None or any(one.code == "slip" for one in project.repairs):
        return False
    text = next((said for row, column, *_, said in project.excerpt if (row, column) == place[2:4]), "")
    return yuan(text, None) is None and yuan(text, "万元") == project.budget_yuan


def packed(one: Outline) -> str:
    """As JSON, for a store."""
    return json.dumps(one, ensure_ascii=False, default=str)


def unpacked(text: str) -> Outline:
    """What ``packed`` was given. Raises ValueError, TypeError for an outline of another version."""
    found = Outline(*json.loads(text))
    return found._replace(
        unit=intern(found.unit),
        project_type=intern(found.project_type),
        budget_yuan=None if found.budget_yuan is None else Decimal(found.budget_yuan),
        lines=tuple(
            line._replace(name=intern(line.name), said=intern(line.said))
            for line in (OutlineLine(*one) for one in found.lines)
        ),
    )
