"""Merged areas of a sheet: which cell spans them, and what they hide."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Mapping

from parsing.errors import TooLarge
from parsing.formats import limits
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
    visits = 0
    covered: list[Cell] = []
    for first, left, last, end in areas:
        inside = numbers[bisect_left(numbers, first) : bisect_right(numbers, last)]
        visits += len(inside)
        if visits > limits.CELLS:  # areas of a real sheet do not overlap, so this is never near
            raise TooLarge()
        cell = rows.get(first, {}).get(left)
        for number in inside:
            found = rows[number]
            if left == end:  # as most areas are: no need to look for what is inside
                hidden = [left] if left in found else []
            else:
                hidden = [column for column in found if left <= column <= end]
            for column in hidden:
                under = found.pop(column)
                if under.text and (cell is None or under.text != cell.text):
                    covered.append(under)
        if cell is not None:
            height, width = min(last, bottom) - first + 1, min(end, right) - left + 1
            rows[first][left] = tuple.__new__(Cell, (*cell[:2], height, width, *cell[4:]))
    return covered
