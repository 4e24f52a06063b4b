"""Cells that are in a workbook, but not on the screen: in rows, columns or sheets that somebody hid.

They are read like the others, as people hide rows and forget them; each says so in its note, and the
project that it belongs to asks for a look.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from parsing.formats.raw import limits
from parsing.formats.worksheet.merging import Rows
from parsing.grid import Cell

NOTE = "hidden"


@dataclass(slots=True)
class Hidden:
    """Numbers of the hidden rows and columns of a sheet; ``sheet``: all of it is."""

    sheet: bool = False
    rows: set[int] = field(default_factory=set)
    columns: set[int] = field(default_factory=set)

    def hide_rows(self, first: int, times: int = 1) -> None:
        self.rows.update(range(first, min(first + times, limits.ROWS + 1)))

    def hide_columns(self, first: int, times: int = 1) -> None:
        self.columns.update(range(first, min(first + times, limits.COLUMNS + 1)))

    def mark(self, rows: Rows) -> None:
        """Note it on cells of which nothing shows; merged ones have their spans by now."""
        if not (self.sheet or self.rows or self.columns):
            return
        for cells in rows.values():
            for column, cell in cells.items():
                if self._has(cell):
                    cells[column] = cell._replace(note=f"{cell.note} {NOTE}".lstrip())

    def _has(self, cell: Cell) -> bool:
        row, column = cell.place.row, cell.place.column
        return (
            self.sheet
            or self.rows.issuperset(range(row, row + cell.height))
            or self.columns.issuperset(range(column, column + cell.width))
        )
