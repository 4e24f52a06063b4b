"""The nine cells of a project in the coverage matrix, as they stand in a table of a .pptx."""

from __future__ import annotations

from dashboard import look
from dashboard.dossier import Row
from dashboard.exports.show import Cell, Face
from parsing import SLOTS


def states(row: Row) -> list[Cell]:
    """``row``: of ``coverage.matrix``."""
    return [_state(row, k) for k in range(1, len(SLOTS) + 1)]


def _state(row: Row, k: int) -> Cell:
    if count := row[f"s{k}"]:
        at = min(count, len(look.CELLS)) - 1
        return str(count), Face(3.0, "centre", look.ON_CELLS[at], look.CELLS[at], True)
    if row[f"a{k}"]:
        return "不适用", Face(2.4, "centre", look.QUIET)
    if row[f"u{k}"]:
        return "？", Face(3.0, "centre")
    if row[f"r{k}"] == 2:
        return "✕ 必填", Face(2.5, "centre", look.GAP, look.TINT, True)
    return "✕ 缺", Face(2.5, "centre", look.GAP)
