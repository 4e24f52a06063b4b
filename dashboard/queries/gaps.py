"""The list of gaps that is taken away."""

from __future__ import annotations

import sqlalchemy as sa

from dashboard.queries.scope import Scope
from dashboard.queries.states import DEFAULT, GAP, under
from dashboard.store import Select, project, requirement
from parsing import SLOTS


def gaps(scope: Scope, slot: str | None = None, standard: str = DEFAULT) -> Select:
    """The list to take away, a row for each gap (not applicable and unread cells are none): key, department,
    unit, name, project_type, year, budget_fen, k, slot, asked (2 the standard requires it, 1 advises it,
    else 0), file, place (of the project's table)."""
    columns = [project.c[name] for name in ("key", "department", "unit", "name", "project_type", "year")]
    where = (project.c.file, project.c.place)
    rows = [
        scope.where(
            under(
                sa.select(
                    *columns,
                    project.c.budget_fen,
                    sa.literal(k).label("k"),
                    sa.literal(one).label("slot"),
                    sa.func.coalesce(requirement.c[f"r{k}"], 0).label("asked"),
                    *where,
                ),
                standard,
            )
        ).where(gap)
        for k, (one, gap) in enumerate(zip(SLOTS, GAP, strict=True), 1)
        if slot == one or slot not in SLOTS
    ]
    both = sa.union_all(*rows).subquery()
    return sa.select(both).order_by(both.c.department, both.c.unit, both.c.name, both.c.key, both.c.k)
