"""Which projects came in one file, and which files there are."""

from __future__ import annotations

import sqlalchemy as sa

from dashboard.queries.scope import Scope
from dashboard.queries.totals import fens, total
from dashboard.store import DOUBLED, Select, added, project


def together(upload_id: int) -> Select:
    """key, name of the projects of an upload that count, in the order in which they came."""
    query = sa.select(project.c.key, project.c.name).where(project.c.upload_id == upload_id)
    return query.order_by(project.c.version_id)


def counting() -> Select:
    """Of each upload whose projects count: upload_id, projects, indicators, budget_fen (none where it was
    not read), repairs of those in the sums; and of the others doubled, doubled_fen."""
    once = project.c.doubled == 0
    return sa.select(
        project.c.upload_id,
        total(sa.case((once, 1))).label("projects"),
        total(sa.case((once, project.c.indicators))).label("indicators"),
        added(sa.case((once, project.c.budget_fen))).label("budget_fen"),
        total(sa.case((once, project.c.repairs))).label("repairs"),
        total(project.c.doubled).label("doubled"),
        added(sa.case((DOUBLED, project.c.budget_fen))).label("doubled_fen"),
    ).group_by(project.c.upload_id)


def files(scope: Scope, limit: int) -> Select:
    """upload_id, file, projects of the files whose projects count, or would but for their own parts, those
    with most money first."""
    count, fen = sa.func.count().label("projects"), fens(project.c.budget_fen)
    chosen = scope.listed(sa.select(project.c.upload_id, project.c.file, count))
    grouped = chosen.group_by(project.c.upload_id, project.c.file)
    return grouped.order_by(fen.desc(), project.c.upload_id).limit(limit)
