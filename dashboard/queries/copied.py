"""How much of what counts is copied: rates, each with the rows behind it."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

import sqlalchemy as sa

from dashboard.queries.scope import Scope
from dashboard.store import Select, outline, project
from parsing import copying, unpacked

MOST = 5_000  # projects, those with the most money
LISTED = 2_000  # rows of a rate in the list that is taken away
_INDICATOR = re.compile(r"indicators\[(\d+)\]")


class CopiedGoals(NamedTuple):
    """A rate: ``rows`` are key, name and path of what is copied, ``of`` is how many could be."""

    title: str
    meaning: str
    rows: tuple[tuple[str, str, str], ...]
    of: int
    projects: int
    budget_fen: int


def outlines(scope: Scope) -> Select:
    """key, name, budget_fen and outline (``text``) of the projects with the most money."""
    both = outline.join(project, project.c.key == outline.c.key)
    columns = (outline.c.key, project.c.name, project.c.budget_fen, outline.c.text)
    order = (sa.func.coalesce(project.c.budget_fen, -1).desc(), outline.c.key)
    return scope.where(sa.select(*columns).select_from(both)).order_by(*order).limit(MOST)


def rates(rows: Sequence[Mapping[str, Any]]) -> list[CopiedGoals]:
    """``rows``: those of ``outlines``. The money of a project counts once in each rate."""
    found = []
    for rate in copying([unpacked(row["text"]) for row in rows]):
        touched = sorted({number for number, _ in rate.rows})
        found.append(
            CopiedGoals(
                rate.title,
                rate.meaning,
                tuple((rows[number]["key"], rows[number]["name"], path) for number, path in rate.rows),
                rate.of,
                len(touched),
                sum(int(rows[number]["budget_fen"] or 0) for number in touched),
            )
        )
    return found


def listed(rows: Sequence[Mapping[str, Any]], found: Sequence[CopiedGoals]) -> list[dict[str, Any]]:
    """What is copied, rate by rate, the first ``LISTED`` of each: title, unit, name, year, budget_fen,
    indicator (None: it is a goal), quote and place. ``found``: the rates of ``rows``."""
    outlines = {row["key"]: (row["budget_fen"], unpacked(row["text"])) for row in rows}
    lines = []
    for one in found:
        for key, name, path in one.rows[:LISTED]:
            fen, said = outlines[key]
            number = _INDICATOR.match(path)
            line = said.lines[int(number[1])] if number else None
            lines.append(
                {
                    "title": one.title,
                    "unit": said.unit,
                    "name": name,
                    "year": said.year,
                    "budget_fen": fen,
                    "indicator": line.name if line else None,
                    "quote": line.said if line else said.goals[path],
                    "place": line.place if line else said.place,
                }
            )
    return lines
