"""The list of findings for the departments to work through, as .xlsx."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

import pandas as pd

from dashboard.exports import gaps
from dashboard.wording.formatting import is_known
from parsing import BOOK
from parsing.rulebook import ground

COLUMNS = (
    *("单位", "项目", "年度", "当年预算（元）", "指标", "原文"),
    *("审核意见", "严重程度", "依据", "建议", "位置"),
    *("责任人", "整改期限"),  # blank: the departments fill them
)


def workbook(rows: Sequence[Mapping[str, Any]], line: str) -> bytes:
    """``rows`` as of ``queries.findings.findings``; ``line``: standard, date and scope, on top."""
    return gaps.workbook(
        pd.DataFrame([_line(row) for row in rows], columns=list(COLUMNS), dtype=object), line
    )


def _line(row: Mapping[str, Any]) -> tuple[object, ...]:
    rule = BOOK.get(row["rule"])
    fen = row["budget_fen"]
    # most messages hold their sum already
    more = f"（{row['equation']}）" if row["equation"] and row["equation"] not in row["message"] else ""
    return (
        row["unit"],
        row["name"],
        row["year"],
        Decimal(int(fen)) / 100 if is_known(fen) else None,
        row["indicator"] or row["slot"],
        row["quote"] or None,
        f"{row['title']}：{row['message']}" + more,
        row["severity"],
        ground(rule.ground) if rule else None,
        row["advice"],
        row["place"],
        None,
        None,
    )
