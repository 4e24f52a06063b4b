"""The list of what is copied, for the departments to compare, as .xlsx."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

import pandas as pd

from dashboard.exports import gaps
from dashboard.wording.formatting import is_known

COLUMNS = ("雷同的一类", "单位", "项目", "年度", "当年预算（元）", "指标", "原文", "位置")


def workbook(rows: Sequence[Mapping[str, Any]], line: str) -> bytes:
    """``rows`` as of ``queries.copied.listed``; ``line``: standard, date and scope, on top."""
    return gaps.workbook(
        pd.DataFrame([_line(row) for row in rows], columns=list(COLUMNS), dtype=object), line
    )


def _line(row: Mapping[str, Any]) -> tuple[object, ...]:
    fen = row["budget_fen"]
    return (
        row["title"],
        row["unit"] or None,
        row["name"],
        row["year"],
        Decimal(int(fen)) / 100 if is_known(fen) else None,
        row["indicator"],
        row["quote"],
        row["place"],
    )
