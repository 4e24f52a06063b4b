"""What a review comes to, said from its numbers: the conclusion as a headline."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from dashboard.wording.formatting import format_amount, format_share
from dashboard.wording.partial import beside
from dashboard.wording.terms import ADVICE, CLEAN, DUE, PROBLEM, RETURNED


def headline(
    tally: Mapping[str, Any], projects: int, budget_fen: int, by_money: bool = True, partial: int = 0
) -> str:
    """``tally``: the row of ``review.tally``; ``projects`` and ``budget_fen``: the whole that was reviewed,
    ``partial`` of them from tables that were read in part, which are never called clean.
    How many projects have to be corrected, with their money or, where projects are counted, how many
    problems they have, and how many of them would be sent back; where nothing was found that is not called
    passed."""
    if tally["projects_due"]:
        every = "全部 " if 1 < projects == tally["projects_due"] else ""
        money = _money(tally["fen_due"], projects, budget_fen) if by_money and tally["fen_due"] else ""
        back = f"，其中 {RETURNED.said(tally)}" if tally["projects_high"] else ""
        return f"{every}{DUE.said(tally)}{money or f'，{PROBLEM.said(tally)}'}{back}"
    if tally["advice"]:
        others = f"，{beside(partial)}" if partial else ""
        return f"{CLEAN}，有{ADVICE.said(tally)}可以参考{others}"
    if partial:
        return f"{projects - partial:,} 个项目，{CLEAN}；{beside(partial)}"
    return f"{projects:,} 个项目，{CLEAN}"


def _money(fen: int, projects: int, budget_fen: int) -> str:
    if fen == budget_fen and projects > 1:
        return f"，涉及全部 {format_amount(fen)}"
    share = f"，占 {format_share(fen, budget_fen)}" if fen != budget_fen else ""
    return f"，涉及 {format_amount(fen)}{share}"
