"""The nine cells of a project in the coverage matrix, as they stand in a table of a .pptx."""

from __future__ import annotations

from dashboard import theme
from dashboard.exports.pptx_page import Cell, Face
from dashboard.snapshot.snapshot import Row
from parsing import SLOTS


def states(row: Row) -> list[Cell]:
    """``row``: of ``coverage.matrix``."""
    return [_state(row, k) for k in range(1, len(SLOTS) + 1)]


def _state(row: Row, k: int) -> Cell:
    if count := row[f"s{k}"]:
        at = min(count, len(theme.CELLS)) - 1
        return str(count), Face(3.0, "centre", theme.ON_CELLS[at], theme.CELLS[at], True)
    if row[f"a{k}"]:
        return "不适用", Face(2.4, "centre", theme.QUIET)
    if row[f"u{k}"]:
        return "？", Face(3.0, "centre")
    if row[f"r{k}"] == 2:
        return "✕ 必填", Face(2.5, "centre", theme.GAP, theme.TINT, True)
    return "✕ 缺", Face(2.5, "centre", theme.GAP)
