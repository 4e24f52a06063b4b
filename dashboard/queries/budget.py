"""Where the money is. Amounts in 分; a project whose budget was not read counts, but adds nothing."""

from __future__ import annotations

import sqlalchemy as sa

from dashboard.queries.scope import UNNAMED, Scope
from dashboard.queries.totals import fens, many
from dashboard.store import Select, added, project

GROUPS = {
    "unit": project.c.unit,
    "department": project.c.department,
    "type": project.c.base_type,
    "year": project.c.year,
    "end": project.c.end_year,
}
ALL = 1_000_000
SIZES = tuple(wan * 1_000_000 for wan in (5000, 1000, 500, 100, 50, 10, 0))


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


def grouped(scope: Scope, by: str, limit: int = ALL, first: str = "budget_fen") -> Select:
    """The groups (``by``: a key of GROUPS) from the most of ``first`` (budget_fen or projects) down: key (the
    value as text, UNNAMED where projects name none), name (the same, or none), projects, budget_fen,
    unpriced, rest; beyond ``limit`` one row as in ``ranked``."""
    column = GROUPS[by]
    text = sa.cast(column, sa.String)
    money = fens(project.c.budget_fen).label("budget_fen")
    unpriced = many(project.c.budget_fen.is_(None)).label("unpriced")
    key = sa.func.coalesce(text, UNNAMED).label("key")
    columns = (key, text.label("name"), sa.func.count().label("projects"), money, unpriced)
    return _top(scope.where(sa.select(*columns)).group_by(column), limit, first)


def sizes(scope: Scope) -> Select:
    """The projects by how much money they have, a row for each step of SIZES that has some, the largest
    first: least (分, from which on; none where no budget was read), projects, budget_fen."""
    least = sa.case(*((project.c.budget_fen >= step, step) for step in SIZES))
    columns = (least.label("least"), sa.func.count().label("projects"))
    select = sa.select(*columns, fens(project.c.budget_fen).label("budget_fen"))
    return scope.where(select).group_by(least).order_by(sa.func.coalesce(least, -1).desc())


def types(scope: Scope) -> Select:
    """base_type, sub_type, projects, budget_fen, base_fen (of the whole base type); the base types from the
    most money down, and so inside each."""
    kinds = (project.c.base_type, project.c.sub_type)
    money = fens(project.c.budget_fen).label("budget_fen")
    parts = scope.where(sa.select(*kinds, sa.func.count().label("projects"), money)).group_by(*kinds).cte()
    query = sa.select(parts.c.base_type, added(parts.c.budget_fen).label("fen"))
    bases = query.group_by(parts.c.base_type).cte()
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


def _top(rows: Select, limit: int, first: str = "budget_fen") -> Select:
    """The first rows by a figure, and the sum of what is left."""
    whole = rows.cte()
    order = _falling(whole, first)
    top = sa.select(whole).order_by(*order).limit(limit).cte()
    figures = ("projects", "budget_fen", "unpriced")
    query = sa.select(*(added(top.c[name]).label(name) for name in figures)).subquery()
    every = sa.select(*(added(whole.c[name]).label(name) for name in figures)).subquery()
    left = [every.c[name] - sa.func.coalesce(query.c[name], 0) for name in figures]
    nothing = sa.cast(sa.null(), sa.String)
    sums = every.join(query, sa.true())
    rest = sa.select(nothing, nothing, *left, sa.literal(1)).select_from(sums).where(left[0] > 0)
    both = sa.union_all(sa.select(top, sa.literal(0).label("rest")), rest).subquery()
    return sa.select(both).order_by(both.c.rest, *_falling(both, first))


def _falling(rows: sa.CTE | sa.Subquery, first: str) -> tuple[sa.ColumnElement[int], ...]:
    """From the most of ``first`` down, then by money; what is unknown comes last."""
    money = sa.func.coalesce(rows.c.budget_fen, -1).desc()
    return (sa.func.coalesce(rows.c[first], -1).desc(), money, rows.c.key)
