"""What is missing: which projects have no indicator of a slot, by number and by money (分)."""

from __future__ import annotations

import sqlalchemy as sa

from dashboard.analysis.budget import GROUPS
from dashboard.analysis.projects import about
from dashboard.analysis.scope import Scope
from dashboard.analysis.totals import COUNTS, many, total
from dashboard.store import Select, project
from parsing import SLOTS

OF_SLOT: dict[str, sa.ColumnElement[int]] = dict(zip(SLOTS, COUNTS, strict=True))
FILLED = sum((sa.case((count > 0, 1), else_=0) for count in COUNTS[1:]), sa.case((COUNTS[0] > 0, 1), else_=0))
MONEY = sa.func.coalesce(project.c.budget_fen, -1).desc()
SORTS = {
    "money": (MONEY,),
    "gaps": (FILLED, MONEY),
    "name": (project.c.name,),
    "unit": (project.c.unit, MONEY),
}


def lacking(scope: Scope) -> Select:
    """Nine rows in the order of SLOTS: k (1…9), slot, projects and budget_fen that lack it."""
    one = scope.where(sa.select(*_lacks()).select_from(project)).cte()
    rows = [
        sa.select(
            sa.literal(k).label("k"),
            sa.literal(slot).label("slot"),
            one.c[f"lack{k}"].label("projects"),
            one.c[f"fen{k}"].label("budget_fen"),
        )
        for k, slot in enumerate(SLOTS, 1)
    ]
    both = sa.union_all(*rows).subquery()
    return sa.select(both).order_by(both.c.k)


def matrix(
    scope: Scope, sort: str = "money", words: str = "", slot: str | None = None, limit: int = 200
) -> Select:
    """key, name, unit, year, budget_fen, filled (0…9), s1…s9 of the projects that ``words`` find and, with
    ``slot``, that lack it; ``sort``: a key of SORTS. What an address misspells is as if it were not there."""
    columns = (project.c.key, project.c.name, project.c.unit, project.c.year, project.c.budget_fen)
    select = scope.where(sa.select(*columns, FILLED.label("filled"), *COUNTS)).where(*about(words))
    if slot and slot in OF_SLOT:
        select = select.where(OF_SLOT[slot] == 0)
    return select.order_by(*SORTS.get(sort, SORTS["money"]), project.c.key).limit(limit)


def groups(scope: Scope, by: str) -> Select:
    """A row for each group (``by``: a key of budget.GROUPS): key and name (the value as text), projects,
    budget_fen, lack1…lack9 (projects without the slot), fen1…fen9 (their money); most money first."""
    column = GROUPS[by]
    text, money = sa.cast(column, sa.String), total(project.c.budget_fen)
    select = sa.select(
        text.label("key"),
        text.label("name"),
        sa.func.count().label("projects"),
        money.label("budget_fen"),
        *_lacks(),
    )
    return scope.where(select).group_by(column).order_by(money.desc(), column)


def _lacks() -> list[sa.ColumnElement[int]]:
    lacks = [many(count == 0).label(f"lack{k}") for k, count in enumerate(COUNTS, 1)]
    money = [
        total(sa.case((count == 0, project.c.budget_fen), else_=0)).label(f"fen{k}")
        for k, count in enumerate(COUNTS, 1)
    ]
    return [*lacks, *money]
