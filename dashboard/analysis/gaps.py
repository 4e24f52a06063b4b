"""The list of gaps that is taken away."""

from __future__ import annotations

import sqlalchemy as sa

from dashboard.analysis.coverage import OF_SLOT
from dashboard.analysis.scope import Scope
from dashboard.store import Select, project


def gaps(scope: Scope, slot: str | None = None) -> Select:
    """The list to take away, a row for each empty cell: key, department, unit, name, project_type, year,
    budget_fen, k, slot, file, place (of the project's table)."""
    columns = [project.c[name] for name in ("key", "department", "unit", "name", "project_type", "year")]
    where = (project.c.file, project.c.place)
    rows = [
        scope.where(
            sa.select(
                *columns,
                project.c.budget_fen,
                sa.literal(k).label("k"),
                sa.literal(one).label("slot"),
                *where,
            )
        ).where(count == 0)
        for k, (one, count) in enumerate(OF_SLOT.items(), 1)
        if slot == one or slot not in OF_SLOT
    ]
    both = sa.union_all(*rows).subquery()
    return sa.select(both).order_by(both.c.department, both.c.unit, both.c.name, both.c.key, both.c.k)
