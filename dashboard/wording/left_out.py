"""What is in no sum, said in the same words wherever a sum stands (see ``parsing.counting``)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from dashboard.queries.left_out import PROGRAMME, REPEATED
from dashboard.store import LeftOut
from dashboard.wording.formatting import format_amount
from parsing.counting import many


def describe_files(rows: Iterable[Mapping[str, Any]]) -> dict[int, str]:
    """Upload → what is left out of it, as ``describe``, from the rows of ``queries.left_out.by_file``."""
    groups: dict[int, list[LeftOut]] = {}
    for row in rows:
        left_out = LeftOut(row["reason"], row["tables"], row["budget_fen"])
        groups.setdefault(row["upload_id"], []).append(left_out)
    return {upload_id: describe(group) for upload_id, group in groups.items()}


def repeated_of(row: Mapping[str, Any]) -> tuple[LeftOut, ...]:
    """Of REPEATED, from a row of ``totals.totals``."""
    return tuple(LeftOut(reason, row[reason], row[f"{reason}_fen"]) for reason in REPEATED if row.get(reason))


def describe_totals(row: Mapping[str, Any]) -> str:
    """All that a row of ``totals.totals`` or ``projects.counted`` says is left out, "" where nothing is."""
    figures = (row[field] for field in ("doubled", "doubled_fen", "short_fen", "over_fen"))
    return "；".join(filter(None, (describe_programmes(*figures), describe(repeated_of(row)))))


def describe_programmes(projects: int, fen: int | None, short: int = 0, over: int = 0) -> str:
    """So many 一级项目, and their money, are in no sum, and why; and by how much what stands for them in the
    sums is ``short`` of it or ``over``. Nothing of none."""
    gaps = "".join(
        f"，二级项目合计{word} {format_amount(gap)}" for gap, word in ((short, "少"), (over, "多")) if gap
    )
    return describe([LeftOut(PROGRAMME, projects, fen)]) + gaps if projects else ""


def describe(left_out: Iterable[LeftOut]) -> str:
    """In one sentence without its stop, "" for none."""
    return "；".join(many(group.reason, group.tables, _money(group.budget_fen)) for group in left_out)


def _money(fen: int | None) -> str:
    return "金额未读到" if fen is None else format_amount(fen)
