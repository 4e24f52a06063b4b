"""Where the money is. Amounts in 分; a project whose budget was not read counts, but adds nothing."""

from __future__ import annotations

import sqlalchemy as sa

from dashboard.analysis.scope import Scope
from dashboard.analysis.totals import many, total
from dashboard.store import Select, project

GROUPS = {
    "unit": project.c.unit,
    "department": project.c.department,
    "type": project.c.base_type,
    "year": project.c.year,
    "end": project.c.end_year,
}
ALL = 1_000_000


def ranked(scope: Scope, limit: int = ALL) -> Select:
    """The projects from the most money down: key, name, projects (1), budget_fen, unpriced, rest (0); beyond
    ``limit`` one row for all others, with neither key nor name and rest 1. Unknown budgets come last."""
    money = project.c.budget_fen
    unknown = sa.case((money.is_(None), 1), else_=0)
    columns = (
        project.c.key,
        project.c.name,
        sa.literal(1).label("projects"),
        money,
        unknown.label("unpriced"),
    )
    return _top(scope.where(sa.select(*columns)), limit)


def grouped(scope: Scope, by: str, limit: int = ALL) -> Select:
    """The groups (``by``: a key of GROUPS) from the most money down: key and name (the value as text, neither
    where projects name none), projects, budget_fen, unpriced, rest; beyond ``limit`` one row as in
    ``ranked``."""
    column = GROUPS[by]
    text = sa.cast(column, sa.String)
    money = total(project.c.budget_fen).label("budget_fen")
    unpriced = many(project.c.budget_fen.is_(None)).label("unpriced")
    columns = (text.label("key"), text.label("name"), sa.func.count().label("projects"), money, unpriced)
    return _top(scope.where(sa.select(*columns)).group_by(column), limit)


def types(scope: Scope) -> Select:
    """base_type, sub_type, projects, budget_fen, base_fen (of the whole base type); the base types from the
    most money down, and so inside each."""
    kinds = (project.c.base_type, project.c.sub_type)
    money = total(project.c.budget_fen).label("budget_fen")
    parts = scope.where(sa.select(*kinds, sa.func.count().label("projects"), money)).group_by(*kinds).cte()
    whole = sa.select(parts.c.base_type, sa.func.sum(parts.c.budget_fen).label("fen"))
    bases = whole.group_by(parts.c.base_type).cte()
    same = sa.func.coalesce(parts.c.base_type, "") == sa.func.coalesce(bases.c.base_type, "")
    return (
        sa.select(parts, bases.c.fen.label("base_fen"))
        .join_from(parts, bases, same)
        .order_by(
            bases.c.fen.desc(),
            parts.c.base_type,
            parts.c.budget_fen.desc(),
            parts.c.sub_type,
            parts.c.projects,
        )
    )


def _top(rows: Select, limit: int) -> Select:
    """The first rows by money, and the sum of what is left."""
    whole = rows.cte()
    order = (sa.func.coalesce(whole.c.budget_fen, -1).desc(), whole.c.key)
    top = sa.select(whole).order_by(*order).limit(limit).cte()
    figures = ("projects", "budget_fen", "unpriced")
    first = sa.select(*(sa.func.sum(top.c[name]).label(name) for name in figures)).subquery()
    every = sa.select(*(sa.func.sum(whole.c[name]).label(name) for name in figures)).subquery()
    left = [every.c[name] - sa.func.coalesce(first.c[name], 0) for name in figures]
    nothing = sa.cast(sa.null(), sa.String)
    sums = every.join(first, sa.true())
    rest = sa.select(nothing, nothing, *left, sa.literal(1)).select_from(sums).where(left[0] > 0)
    both = sa.union_all(sa.select(top, sa.literal(0).label("rest")), rest).subquery()
    return sa.select(both).order_by(both.c.rest, sa.func.coalesce(both.c.budget_fen, -1).desc(), both.c.key)
