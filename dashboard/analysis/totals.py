"""How much there is: the numbers of the tiles, and what the filters can be set to."""

from __future__ import annotations

import sqlalchemy as sa

from dashboard.analysis.scope import FIELDS, YEARS, Scope
from dashboard.store import Select, project
from parsing import SLOTS

COUNTS = [project.c[f"s{k}"] for k in range(1, len(SLOTS) + 1)]  # indicators in each slot


def many(condition: sa.ColumnElement[bool]) -> sa.ColumnElement[int]:
    """How many rows meet the condition."""
    return sa.func.coalesce(sa.func.sum(sa.case((condition, 1), else_=0)), 0)


def total(amount: sa.ColumnElement[int]) -> sa.ColumnElement[int]:
    """The sum, unknown amounts left out; 0 of nothing."""
    return sa.func.coalesce(sa.func.sum(amount), 0)


def totals(scope: Scope) -> Select:
    """One row: projects, budget_fen, unpriced (projects whose budget was not read), indicators, filled and
    cells (of the coverage matrix), complete (projects with all nine slots), repairs, doubtful, repaired
    (projects with repairs), samples, first_year, last_year."""
    return scope.where(
        sa.select(
            sa.func.count().label("projects"),
            total(project.c.budget_fen).label("budget_fen"),
            many(project.c.budget_fen.is_(None)).label("unpriced"),
            total(project.c.indicators).label("indicators"),
            sum((many(count > 0) for count in COUNTS[1:]), many(COUNTS[0] > 0)).label("filled"),
            (sa.func.count() * len(COUNTS)).label("cells"),
            many(sa.and_(*(count > 0 for count in COUNTS))).label("complete"),
            total(project.c.repairs).label("repairs"),
            total(project.c.doubtful).label("doubtful"),
            many(project.c.repairs > 0).label("repaired"),
            total(project.c.sample).label("samples"),
            sa.func.min(project.c.year).label("first_year"),
            sa.func.max(project.c.year).label("last_year"),
        ).select_from(project)
    )


def options(scope: Scope, field: str) -> Select:
    """What a filter (a field of Scope) can be set to while the others stay: value, projects, budget_fen;
    years from the newest, others from the most money."""
    column = FIELDS[field][1]
    money = total(project.c.budget_fen)
    select = sa.select(
        column.label("value"), sa.func.count().label("projects"), money.label("budget_fen")
    ).where(column.is_not(None))
    order = (column.desc(),) if field in YEARS else (money.desc(), column)
    return scope.without(field).where(select).group_by(column).order_by(*order)
