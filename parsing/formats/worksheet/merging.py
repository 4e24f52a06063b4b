"""Merged areas of a sheet: which cell spans them, and what they hide."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Mapping

from parsing.errors import TooLarge
from parsing.formats.raw import limits
from parsing.grid import Cell

DIGITS = "0123456789"
Rows = dict[int, dict[int, Cell]]


def area(ref: str, columns: Mapping[str, int]) -> tuple[int, int, int, int]:
    """First row, first column, last row, last column of ``B3:F3``."""
    first, _, last = ref.partition(":")
    last = last or first
    left, right = first.rstrip(DIGITS), last.rstrip(DIGITS)
    return int(first[len(left) :]), columns[left], int(last[len(right) :]), columns[right]


def merge(rows: Rows, areas: list[tuple[int, int, int, int]]) -> list[Cell]:
    """Give the cell at the top left of each area its span, within the used box; drop what it hides.

    Returns what was hidden and says something else than the cell over it.
    """
    numbers = list(rows)
    bottom = numbers[-1] if numbers else 0
    right = max(map(max, filter(None, rows.values())), default=0)
    visits, new = 0, tuple.__new__
    covered: list[Cell] = []
    for first, left, last, end in areas:
        inside = numbers[bisect_left(numbers, first) : bisect_right(numbers, last)]
        visits += len(inside)
        if visits > limits.CELLS:  # areas of a real sheet do not overlap, so this is never near
            raise TooLarge()
        cell = rows[first].get(left) if first in rows else None
        text = cell[0] if cell else None
        for number in inside:
            cells = rows[number]
            if left == end:  # as most areas are: no need to look for what is inside
                under = cells.pop(left, None)
                if under and under[0] and under[0] != text:
                    covered.append(under)
                continue
            for column in [column for column in cells if left <= column <= end]:
                under = cells.pop(column)
                if under[0] and under[0] != text:
                    covered.append(under)
        if cell:
            height, width = min(last, bottom) - first + 1, min(end, right) - left + 1
            rows[first][left] = new(Cell, (cell[0], cell[1], height, width, cell[4], cell[5]))
    return covered
