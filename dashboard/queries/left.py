"""What is in no sum: asked, and said in the same words wherever a sum stands (see ``parsing.counting``)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import sqlalchemy as sa

from dashboard import theme
from dashboard.queries.scope import Scope
from dashboard.store import LEFT, LeftOut, added, candidate
from parsing.counting import REASONS, Reason, many

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
            chosen = sa.select(figure).select_from(candidate).where(*which)
            columns.append(chosen.correlate(None).scalar_subquery().label(name))
    return columns


def by_file() -> sa.Select[Any]:
    """Of each upload with tables that do not count: upload_id, reason, tables, budget_fen."""
    columns = (candidate.c.upload_id, candidate.c.reason)
    figures = (sa.func.count().label("tables"), added(candidate.c.budget_fen).label("budget_fen"))
    return sa.select(*columns, *figures).where(LEFT).group_by(*columns).order_by(*columns)


def of_files(rows: Iterable[Mapping[str, Any]]) -> dict[int, str]:
    """Upload → what is left out of it, as ``told``, from the rows of ``by_file``."""
    found: dict[int, list[LeftOut]] = {}
    for row in rows:
        found.setdefault(row["upload_id"], []).append(
            LeftOut(row["reason"], row["tables"], row["budget_fen"])
        )
    return {number: told(left) for number, left in found.items()}


def of(row: Mapping[str, Any]) -> tuple[LeftOut, ...]:
    """Of REPEATED, from a row of ``totals.totals``."""
    found = (LeftOut(one, row[one], row[f"{one}_fen"]) for one in REPEATED if row.get(one))
    return tuple(found)


def left_of(row: Mapping[str, Any]) -> str:
    """All that a row of ``totals.totals`` or ``projects.counted`` says is left out, "" where nothing is."""
    figures = (row[field] for field in ("doubled", "doubled_fen", "short_fen", "over_fen"))
    return "；".join(filter(None, (left_out(*figures), told(of(row)))))


def left_out(projects: int, fen: int | None, short: int = 0, over: int = 0) -> str:
    """So many 一级项目, and their money, are in no sum, and why; and by how much what stands for them in the
    sums is ``short`` of it or ``over``. Nothing of none."""
    gaps = "".join(
        f"，二级项目合计{word} {theme.spoken(gap)}" for gap, word in ((short, "少"), (over, "多")) if gap
    )
    return told([LeftOut(PROGRAMME, projects, fen)]) + gaps if projects else ""


def told(left: Iterable[LeftOut]) -> str:
    """In one sentence without its stop, "" for none."""
    return "；".join(
        many(one.reason, one.tables, "金额未读到" if one.budget_fen is None else theme.spoken(one.budget_fen))
        for one in left
    )
