"""A table of an OpenDocument file that is being read, and the cell in it that is open."""

from __future__ import annotations

from dataclasses import dataclass, field

from parsing.formats.flow import FlowTable
from parsing.formats.raw import limits
from parsing.formats.worksheet.sheet import Sheet


@dataclass(slots=True)
class OdfCell:
    """A cell that is open. ``times``: how many cells beside each other it is."""

    times: int
    attributes: dict[str, str]
    lines: list[str] = field(default_factory=list)


@dataclass(slots=True)
class OdfTable:
    """A table and where we are in it; ``sheet`` or ``table`` takes its cells; ``covered``: column → the last
    row that a cell over it covers."""

    sheet: Sheet | None
    table: FlowTable | None
    row: int = 1
    column: int = 1
    columns: int = 0  # that were declared
    repeated: int = 1
    part: OdfCell | None = None
    cache: bool = False  # of another file
    covered: dict[int, int] = field(default_factory=dict)

    def cover(self, width: int, height: int) -> None:
        """Take in what the cell here covers."""
        if width > 1 or height > 1:
            last = self.row + max(height, self.repeated) - 1
            end = min(self.column + width, limits.COLUMNS + 2)
            self.covered |= dict.fromkeys(range(self.column, end), last)

    @property
    def is_covered(self) -> bool:
        """Whether a cell before covers this one."""
        return self.covered.get(self.column, 0) >= self.row
