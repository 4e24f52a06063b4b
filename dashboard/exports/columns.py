"""How wide the columns and how high the rows of a printed table are, reckoned before it is written."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal, NamedTuple

from dashboard.wording.text_width import count_lines, text_width

SIDE = 3.0  # points that a cell keeps free at its left, and at its right
ABOVE = 2.0  # and above and below its text
LEADING = 1.35  # of a table's lines


class Column(NamedTuple):
    """``share``: of the width that the others leave; 0: as wide as its longest line. ``wide``: fixed, in
    points. Figures stand at the right."""

    head: str
    share: float = 0
    align: Literal["left", "centre", "right"] = "left"
    wide: float = 0


def figures(head: str) -> Column:
    """A column of numbers."""
    return Column(head, align="right")


def widths(
    columns: Sequence[Column], rows: Sequence[Sequence[str]], size: float, across: float
) -> list[float]:
    """Of the columns of a table ``across`` wide, its letters of ``size``; all in points."""
    least = [
        one.wide or max(text_width(line) for text in texts for line in text.split("\n")) * size + 2 * SIDE + 1
        for one, texts in zip(columns, zip(*[[one.head for one in columns], *rows], strict=True), strict=True)
    ]
    left = across - sum(wide for one, wide in zip(columns, least, strict=True) if not one.share)
    shares = sum(column.share for column in columns) or 1
    return [
        left * one.share / shares if one.share else wide for one, wide in zip(columns, least, strict=True)
    ]


def height(row: Sequence[str], across: Sequence[float], size: float) -> float:
    """Of a row, in points."""
    most = max(
        sum(
            count_lines(line, (wide - 2 * SIDE) / size + 1)  # no line is kept short
            for line in text.split("\n")
        )
        for text, wide in zip(row, across, strict=True)
    )
    return most * size * LEADING + 2 * ABOVE + 1
