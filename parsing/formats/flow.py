"""Documents that flow (Word, OpenDocument text, web pages) → Grids: paragraphs and tables in their order.

The document is one Grid, as a title stands above its table and page breaks cut a form into several tables;
paragraphs are rows of one cell, noted ``outside``. A table inside a cell of a form is a Grid of its own;
inside a cell that only serves the layout, it is part of the text that flows.

Every place has the part 正文 and a row counted through the document; its ``cell`` says where the user
finds it: ``表2第3行第4列`` (row and column inside that table, inner tables counted too) or ``第5段``.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from parsing.errors import ReadError, TooLarge
from parsing.formats.raw import limits
from parsing.grid import Cell, Grid, Place

PART = "正文"
DEPTH = 20  # tables inside each other
SLACK = 57  # 1/20 pt, a millimetre: columns that are this near are one column
# What programs and printers put where a page ends, and nothing that anybody wrote.
FURNITURE = re.compile(
    r"[（(]?(接?续[上前]?表|接[上前][表页]|续)[)）]?"
    r"|[-—－–]? ?第? ?\d{1,4} ?页? ?[-—－–]?|第 ?\d+ ?页.{0,3}共 ?\d+ ?页"
)


@dataclass(slots=True)
class FlowBox:
    """A cell that is being read; ``column`` counts from 1; ``note``: as of a Cell."""

    column: int
    text: str
    width: int = 1
    height: int = 1
    note: str = ""


@dataclass(slots=True)
class FlowTable:
    """A table that is being read.

    ``rows`` hold what has text, sorted by column; ``inner``: index of a row → columns of its cells that
    hold tables, with these; ``edges``: where its columns begin and end, in 1/20 pt, if that is known.
    """

    number: int
    rows: list[list[FlowBox]] = field(default_factory=list)
    inner: dict[int, list[tuple[int, FlowTable]]] = field(default_factory=dict)
    edges: list[int] = field(default_factory=list)


class Flow:
    """Takes paragraphs and tables one by one. Raises TooLarge."""

    def __init__(self, file: str, part: str = PART) -> None:
        self._file, self._part = file, part
        self._grids: list[Grid] = []
        self._apart: list[FlowTable] = []
        self._rows: list[tuple[Cell, ...]] = []  # of the Grid that is being made
        self._edges: list[int] | None = None  # of its last table
        self._row = self._paragraphs = self._tables = self._cells = 0
        self._open: list[FlowTable] = []
        self._beyond = ""
        self._early = False  # the file ended before it should
        self._said: dict[tuple[str, int], ReadError] = {}  # trouble by its code and its table

    def paragraph(self, text: str) -> None:
        """A paragraph outside every table."""
        text = text.strip()
        if not text or (self._edges is not None and len(text) < 20 and FURNITURE.fullmatch(text)):
            return
        self._row += 1
        self._paragraphs += 1
        place = Place(self._file, self._part, self._row, 1, f"第{self._paragraphs}段")
        if len(text) > limits.TEXT:
            raise _too_long(place)
        self._add((Cell(text, place, note="outside"),))

    def open(self, column: int = 1) -> FlowTable:
        """A table begins; where one is open already, in its last row at ``column``."""
        self._tables += 1
        table = FlowTable(self._tables)
        if self._open:
            outer = self._open[-1]
            if not outer.rows:
                outer.rows.append([])
            outer.inner.setdefault(len(outer.rows) - 1, []).append((column, table))
        self._open.append(table)
        if len(self._open) > DEPTH:
            raise TooLarge()
        return table

    def close(self) -> None:
        """The table opened last is complete."""
        table = self._open.pop()
        if not self._open:
            columns = _columns(table.edges, self._edges or [])
            self._lay(table, columns)
            if not columns:
                self._edges = table.edges

    def say(self, trouble: ReadError) -> None:
        """Trouble with the row of the table that is open, or after the last paragraph; of each kind once a
        table."""
        table = self._open[-1] if self._open else FlowTable(0)
        outside = f"第{self._paragraphs}段之后" if self._paragraphs else "开头"
        where = f"表{table.number}第{len(table.rows)}行" if self._open else outside
        place = f"{self._file} › {self._part} › {where}"
        self._said.setdefault((trouble.code, table.number), trouble.at(place))

    def end_early(self) -> None:
        """The file breaks off in the table that is open."""
        self._early = True

    def cut(self) -> None:
        """What follows begins a new Grid."""
        if self._rows:
            gaps = frozenset([self._row] if self._early else [])
            self._grids.append(Grid(self._file, self._part, tuple(self._rows), spans=True, gaps=gaps))
        self._rows, self._edges = [], None
        apart, self._apart = self._apart, []
        for table in apart:
            self._lay(table)
            self.cut()

    def finish(self) -> Iterator[Grid | ReadError]:
        """All Grids, and what was not read; nothing where there was no text."""
        while self._open:
            self.close()
        self.cut()
        yield from self._grids
        yield from self._said.values()
        if self._beyond:
            reason = f"第{limits.COLUMNS}列以右还有内容，没有读取；其余部分已读取"
            place = f"{self._file} › {self._part} › {self._beyond}"
            yield TooLarge(place, reason, "请删去那里的多余内容，或把它移到表格下面")

    def _lay(self, table: FlowTable, columns: Mapping[int, int] = MappingProxyType({})) -> None:
        """``columns``: where the table's columns and edges stand, when not as counted."""
        right = max([box.column for row in table.rows for box in row], default=0)
        reach = 0  # the row down to which cells above reach
        new = tuple.__new__  # as Place(…) and Cell(…) do, without another call
        for index, row in enumerate(table.rows):
            self._row += 1
            cells = []
            start, below = f"表{table.number}第{index + 1}行第", len(table.rows) - index
            for box in row:
                column, width, height = box.column, box.width, box.height
                where = f"{start}{column}列"
                if width != 1:
                    width = max(1, min(width, right + 1 - column))
                if columns:
                    end = columns.get(column + width, column + width)
                    column = columns.get(column, column)
                    width = max(1, end - column)
                if height > 1:
                    height = min(height, below)
                    reach = max(reach, index + height - 1)
                if column > limits.COLUMNS:
                    self._beyond = self._beyond or where
                    continue
                place = new(Place, (self._file, self._part, self._row, column, where))
                if len(box.text) > limits.TEXT:
                    raise _too_long(place)
                cells.append(new(Cell, (box.text, place, height, width, box.note, None)))
            self._add(tuple(cells))
            table.rows[index] = []
            if index not in table.inner:
                continue
            inner = table.inner[index]
            layout = reach <= index and {box.column for box in row} <= {column for column, _ in inner}
            for _, other in inner:
                if layout:
                    self._lay(other)
                else:
                    self._apart.append(other)

    def _add(self, row: tuple[Cell, ...]) -> None:
        self._cells += len(row)
        if self._cells > limits.CELLS or self._row > limits.ROWS:
            raise TooLarge()
        if row:
            self._rows.append(row)


def _too_long(place: Place) -> TooLarge:
    return TooLarge(str(place), f"一个单元格或段落里的文字超过{limits.TEXT}个字")


def _columns(edges: list[int], above: list[int]) -> dict[int, int]:
    """Column → column of the table above, where all edges stand under edges of that table: Word drops
    from a table the columns that only its other half needs."""
    if len(edges) < 2 or len(edges) >= len(above):
        return {}
    numbers = []
    for edge in edges:
        at = bisect_left(above, edge - SLACK)
        if at == len(above) or above[at] > edge + SLACK:
            return {}
        numbers.append(at + 1)
    return dict(enumerate(numbers, 1)) if len(set(numbers)) == len(numbers) else {}
