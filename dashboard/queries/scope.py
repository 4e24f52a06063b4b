"""Which projects a question is about: what the reader chose in the filters; the words for it are in
``caption``."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

import sqlalchemy as sa

from dashboard.queries.parameters import number
from dashboard.store import Select, project

# field → its name in the address and its column
FIELDS = {
    "year": ("year", project.c.year),
    "department": ("department", project.c.department),
    "unit": ("unit", project.c.unit),
    "project_type": ("type", project.c.base_type),
    "end": ("end", project.c.end_year),
    "sub_type": ("sub", project.c.sub_type),
}
UNNAMED = "未填写"  # stands for the projects that leave a field blank

YEARS = ("year", "end")


@dataclass(frozen=True)
class Scope:
    """None stands for all, UNNAMED for those that say nothing there. ``project_type`` is the base type,
    without what is in brackets, which is ``sub_type``; ``end`` the year in which projects end."""

    year: int | str | None = None
    department: str | None = None
    unit: str | None = None
    project_type: str | None = None
    end: int | str | None = None
    sub_type: str | None = None

    def where(self, select: Select) -> Select:
        """The select, which has ``project`` among its tables, kept to what counts in this scope: what would
        be summed twice (see ``parsing.levels``) is left out."""
        return self.listed(select).where(project.c.doubled == 0)

    def listed(self, select: Select) -> Select:
        """The same with what is left out of sums: for lists that people look things up in."""
        return select.where(*self.conditions())

    def conditions(self, table: sa.Table = project) -> list[sa.ColumnElement[bool]]:
        """On ``table``, which has the columns of ``project`` that filters ask for."""
        chosen = ((table.c[column.name], getattr(self, field)) for field, (_, column) in FIELDS.items())
        return [
            column.is_(None) if value == UNNAMED else column == value
            for column, value in chosen
            if value is not None
        ]

    def chosen(self) -> set[str]:
        """The fields that are not open."""
        return {field for field in FIELDS if getattr(self, field) is not None}

    def without(self, field: str) -> Scope:
        """The same with one filter open."""
        return replace(self, **{field: None})

    def query(self) -> dict[str, str]:
        """The address's part: only what is chosen."""
        named = ((name, getattr(self, field)) for field, (name, _) in FIELDS.items())
        return {name: str(value) for name, value in named if value is not None}


def from_query(query: Mapping[str, str]) -> Scope:
    """The scope an address names; what makes no sense is as if it were not there."""
    found: dict[str, Any] = {}
    for field, (name, _) in FIELDS.items():
        text = query.get(name, "")
        found[field] = _year(text) if field in YEARS else text or None
    return Scope(**found)


def _year(text: str) -> int | str | None:
    if text == UNNAMED:
        return text
    year = number(text)
    return year if year and len(text) == 4 else None
