"""The manifest that a file carries when it was given back: what to change, as a list and for programs.

Users see the list under ``TITLE``, on a sheet or page of its own. What programs need stands apart: on a very
hidden sheet called ``PART``, or in a custom XML part of a Word document whose root has that name.
"""

from __future__ import annotations

from dataclasses import replace

from parsing.grid import Grid

PART = "jilan-returned"
TITLE = "修改清单（绩览退回）"


def text(grid: Grid) -> str:
    """What the part for programs says, in one piece."""
    return "".join(cell.text for cell in grid)


def without(grid: Grid) -> Grid:
    """The grid down to the list of what to change, which quotes tables and is none."""
    end = next((at for at, row in enumerate(grid.rows) if row[0].text == TITLE), None)
    return grid if end is None else replace(grid, rows=grid.rows[:end])
