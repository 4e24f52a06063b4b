"""What is missing, said from its numbers: the conclusion as a headline, and one line under it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from dashboard.wording.formatting import format_amount, format_share
from dashboard.wording.partial import beside, some
from parsing import Standard

Row = Mapping[str, Any]


def headline(row: Row, by_money: bool) -> str:
    """``whole``: the row of ``totals.totals``. What the standard requires comes first."""
    rest = row["gaps"] - row["required"]
    if row["required"]:
        who = f"{row['lacking']:,} 个项目缺必填指标"
        cells = f"，必填空缺 {row['required']:,} 格"
        if by_money and row["lacking_fen"]:
            who = f"{format_amount(row['lacking_fen'])}的项目缺必填指标"
            cells = f"，占预算 {format_share(row['lacking_fen'], row['budget_fen'])}"
        return f"{who}{cells}" + (f"，另有 {rest:,} 格可填未填" if rest and not by_money else "")
    if rest:
        others = f"，{beside(row['in_part'])}" if row["in_part"] else ""
        return f"{row['full']:,} 个项目的必填指标都已填写{others}；有 {rest:,} 格可填未填"
    if row["unread"]:
        return f"没有空缺，有 {row['unread']:,} 格读不出"
    if row["in_part"]:
        return f"{row['complete']:,} 个项目九类指标齐全，{beside(row['in_part'])}"
    return f"{row['projects']:,} 个项目九类指标齐全"


def line(row: Row, standard: Standard) -> str:
    """By which standard, the cells that are no gaps though they are empty, and what was read in part."""
    said = [
        f"{word} {row[state]:,} 格"
        for state, word in (("inapplicable", "不适用"), ("unread", "读不出"))
        if row[state]
    ]
    more = f"　{'，'.join(said)}，不算空缺。" if said else ""
    partial = f"{some(row['in_part'])}。" if row["in_part"] else ""
    return f"{basis(standard)}{more}{partial}"


def basis(standard: Standard) -> str:
    """The standard in one sentence."""
    return f"按“{standard.title}”核对：{standard.note}。" if standard.note else f"按“{standard.title}”核对。"
