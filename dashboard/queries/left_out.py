"""What is in no sum, asked (see ``parsing.counting``; ``wording.left_out`` says it)."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa

from dashboard.queries.scope import Scope
from dashboard.store import LEFT, added, candidate
from parsing.counting import REASONS, Reason

PROGRAMME: Reason = "programme"
REPEATED = tuple(reason for reason in REASONS if reason != PROGRAMME)


def repeated(scope: Scope) -> list[sa.Label[Any]]:
    """Columns: of each reason of REPEATED how many tables were confirmed and do not count, and, as
    reason_fen, their money (none where none of it was read)."""
    columns: list[sa.Label[Any]] = []
    for reason in REPEATED:
        which = [LEFT, candidate.c.reason == reason, *scope.conditions(candidate)]
        money = added(candidate.c.budget_fen)
        for figure, name in ((sa.func.count(), reason), (money, f"{reason}_fen")):
            query = sa.select(figure).select_from(candidate).where(*which)
            columns.append(query.correlate(None).scalar_subquery().label(name))
    return columns


def by_file() -> sa.Select[Any]:
    """Of each upload with tables that do not count: upload_id, reason, tables, budget_fen."""
    columns = (candidate.c.upload_id, candidate.c.reason)
    figures = (sa.func.count().label("tables"), added(candidate.c.budget_fen).label("budget_fen"))
    return sa.select(*columns, *figures).where(LEFT).group_by(*columns).order_by(*columns)
