"""What a review comes to, said from its numbers: the conclusion as a headline, and one line under it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from dashboard import look


def headline(tally: Mapping[str, Any], projects: int, budget_fen: int, by_money: bool = True) -> str:
    """``tally``: the row of ``review.tally``; ``projects`` and ``budget_fen``: the whole that was reviewed.
    What is touched is said in money, or in projects where these are counted. The faults that send a table
    back come first; where nothing was found that is not called passed."""
    high, middle, advice = tally["high"], tally["middle"], tally["low"] + tally["hint"]
    if high or middle:
        what = f"{high:,} 处会被退回" if high else ""
        what += "，" if high and middle else ""
        what += f"{middle:,} 处应当修改" if middle else ""
        touched = tally["projects_due"]
        if by_money and tally["fen_due"]:
            return what + _money(tally["fen_due"], projects, budget_fen)
        return f"{what}，涉及{'全部' if 1 < projects == touched else ''} {touched:,} 个项目"
    if advice:
        return f"没有查出须修改的问题，有 {advice:,} 处建议可以参考"
    return f"{projects:,} 个项目，已检查的规则没有发现问题"


def _money(fen: int, projects: int, budget_fen: int) -> str:
    if fen == budget_fen and projects > 1:
        return f"，涉及全部 {look.spoken(fen)}"
    share = f"，占 {look.share(fen, budget_fen)}" if fen != budget_fen else ""
    return f"，涉及 {look.spoken(fen)}{share}"
