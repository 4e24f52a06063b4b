"""Tables of a Word document: rows and cells as they come, joined into merged cells."""

from __future__ import annotations

from dataclasses import dataclass, field

from parsing.errors import Covered, Damaged, TooLarge
from parsing.formats.flow import Flow, FlowBox, FlowTable
from parsing.formats.raw import limits

PARTS = 4 * limits.COLUMNS  # cells of a row, those that go on from others counted too


@dataclass(slots=True)
class Part:
    """A cell of a row: ``down`` and ``across`` are "" or ``restart`` (others may go on from it) or
    ``continue`` (it goes on from the one above, or to its left)."""

    column: int
    width: int = 1
    down: str = ""
    across: str = ""
    lines: list[str] = field(default_factory=list)

    @property
    def text(self) -> str:
        return "\n".join(self.lines).strip()


@dataclass(slots=True)
class _OpenDocxTable:
    """A table and where we are in it. ``part``: its open cell, kept while a table inside that is read;
    ``above``: column → the cell that may go on below."""

    table: FlowTable
    parts: list[Part] = field(default_factory=list)
    part: Part | None = None
    within: bool = False  # a row
    deleted: bool = False
    above: dict[int, FlowBox] = field(default_factory=dict)


class Tables:
    """Takes what stands in a document one by one and hands it on to a Flow. Raises TooLarge."""

    def __init__(self, flow: Flow) -> None:
        self.flow = flow
        self._stack: list[_OpenDocxTable] = []
        self._here: _OpenDocxTable | None = None
        self.part: Part | None = None  # the open cell

    def paragraph(self, text: str) -> None:
        if self.part is not None:
            self.part.lines.append(text)
        elif text:
            self.flow.paragraph(text)

    def open_table(self) -> None:
        part = self.part
        if self._here:
            self._here.part = part
        self._here, self.part = _OpenDocxTable(self.flow.open(part.column if part else 1)), None
        self._stack.append(self._here)

    def close_table(self) -> None:
        if self._stack:
            self.flow.close()
            self._stack.pop()
            self._here = self._stack[-1] if self._stack else None
            self.part = self._here.part if self._here else None

    def close(self) -> None:
        """No table is open any more."""
        while self._stack:
            self.close_table()

    def edge(self, size: int) -> None:
        """The next column is ``size`` 1/20 pt wide."""
        if self._here and len(self._here.table.edges) <= limits.COLUMNS:
            edges = self._here.table.edges
            if not edges:
                edges.append(0)
            edges.append(edges[-1] + size)

    def indent(self, size: int) -> None:
        """The table begins ``size`` 1/20 pt to the right of the text."""
        if self._here and not self._here.table.edges:
            self._here.table.edges.append(size)

    def open_row(self) -> None:
        if self._here:
            if self._here.within:
                self.flow.say(Damaged(reason="有一行套在另一行里，外面的那一行没有读全"))
            self._here.parts, self.part, self._here.deleted = [], None, False
            self._here.within = True
            self._here.table.rows.append([])
            if len(self._here.table.rows) > limits.ROWS:
                raise TooLarge()

    def before(self, columns: int) -> None:
        """The row begins after so many columns."""
        if self._here and not self._here.parts:
            self._here.parts.append(Part(1, columns))

    def delete_row(self) -> None:
        if self._here:
            self._here.deleted = True

    def open_cell(self) -> None:
        here = self._here
        if here:
            parts = here.parts
            if len(parts) > PARTS:
                raise TooLarge()
            if not here.within:
                self.flow.say(Damaged(reason="有单元格不在表格的任何一行里，没有读取"))
            self.part = Part(parts[-1].column + parts[-1].width if parts else 1, 1, "", "", [])
            parts.append(self.part)

    def close_cell(self) -> None:
        self.part = None

    def close_row(self) -> None:
        """The parts of the row become cells, or make those above and to the left larger."""
        here = self._here
        if here is None or not here.table.rows:
            return
        here.within = False
        if here.deleted:
            here.table.rows.pop()
            return
        above, here.above = here.above, {}
        last: FlowBox | None = None
        for part in here.parts:
            if part.across == "continue" and last is not None:
                last.width += part.width
                self._cover(part, last)
                continue
            box = above.get(part.column) if part.down == "continue" else None
            if box is None:
                box = FlowBox(part.column, part.text, part.width)
                if box.text:
                    here.table.rows[-1].append(box)
            else:
                box.height += 1
                self._cover(part, box)
            if part.down:
                here.above[part.column] = box
            last = box
        here.parts = []

    def _cover(self, part: Part, box: FlowBox) -> None:
        """The part belongs to a merged cell, which shows the text of its first part alone."""
        if part.lines and part.text not in ("", box.text):
            self.flow.say(Covered())
