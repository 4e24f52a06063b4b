"""A table as it was cut from a grid, what its rows look like, and tables side by side."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from itertools import takewhile

from parsing import values, vocabulary
from parsing.forms.preface import Preface, preface
from parsing.forms.titles import is_aside
from parsing.grid import Cell, Grid, Row


@dataclass(slots=True)
class Table:
    """The rows of one table. ``kind`` is ``project`` or the name of another kind; ``headers`` are the
    indices of the rows that name columns; ``above`` are lines over the table that are no table; ``preface``:
    what the headings over the tables before it say."""

    grid: Grid
    title: Cell | None
    kind: str
    rows: list[Row] = field(default_factory=list)
    headers: list[int] = field(default_factory=list)
    above: list[Row] = field(default_factory=list)
    preface: Preface = field(default_factory=Preface)
    named: bool = False  # the label of the project's name was seen
    inline: bool = False  # … with the name in the same cell: no table, unless a header follows
    listed: bool = False  # of one project of a list
    beside: int = 0  # the column where it was seen again: another table may begin there

    @property
    def header(self) -> int | None:
        return self.headers[0] if self.headers else None

    @property
    def top(self) -> list[Row]:
        """The rows that are no indicators: lines above, the head, and what of it stands between two blocks
        or below the last."""
        if not self.headers:
            return [*self.above, *self.rows]
        first, several = self.headers[0], len(self.headers) > 1
        below = self.rows[first + (not several) :]
        asides = (row for row in below if is_aside(row, self.rows[first], several))
        return [*self.above, *self.rows[:first], *asides]

    @property
    def first(self) -> Cell:
        return self.title or self.rows[0][0]

    def beneath(self, before: Preface) -> Preface:
        """What the headings over the table, and those below its indicators, say of the tables after it, added
        to what those ``before`` it say."""
        below = self.rows[self.headers[-1] + 1 :] if self.headers else self.rows
        lines = [] if self.title else takewhile(lambda row: len(row) == 1, self.rows[: self.header])
        return before.over(preface([*self.above, *lines])).over(preface(below))

    def heading(self) -> Preface:
        """What its title and the lines right below it say, also of tables after it that have no title."""
        title = [(self.title,)] if self.title else []
        return preface([*title, *self.rows[: self.header]])


def unheaded(table: Table) -> Cell | None:
    """Where a row above those that name columns, or in a table without any, looks like an indicator: a level
    word and a target."""
    rows = table.rows[: table.header]
    if table.header is not None:  # no indicator begins with a label, as nearly all rows up there do
        rows = [row for row in rows if len(row) > 2 and not vocabulary.label(row[0].text)]
        return next((row[0] for row in rows if is_indicator(row)), None)
    return next((row[0] for row in rows if is_indicator(row) or _is_worded(row)), None)


def is_unread(table: Table) -> bool:
    """Whether a table without project and header has something like a target in a row of three cells."""
    return any(len(row) > 2 and is_measured(row) for row in table.rows)


def _is_worded(row: Row) -> bool:
    """Whether a row is a category with a name and a target in words: 社会效益指标 | 居民生活 | 有效改善."""
    slots = [cell for cell in row if vocabulary.slot(cell.text)]
    rest = [cell for cell in row if cell not in slots and not vocabulary.level1(cell.text)]
    return bool(slots) and len(rest) > 1 and not any(vocabulary.label(cell.text) for cell in rest)


def is_indicator(row: Row) -> bool:
    """Whether a row that nobody expects is surely one: a level word and a target."""
    words = any(vocabulary.level1(cell.text) or vocabulary.slot(cell.text) for cell in row)
    return words and is_measured(row)


def is_counted(text: str) -> bool:
    """Whether a text looks like a target: a number, a share or a date."""
    return values.understand(text).kind in ("number", "rate", "date")


def is_signed(text: str) -> bool:
    """Whether a text is surely a target and no name: a number behind a sign, or a share."""
    value = values.understand(text)
    return value.kind in ("number", "rate") and (bool(value.sign) or text.strip().endswith(("%", "％")))


def is_measured(row: Row) -> bool:
    """Whether a cell of the row looks like a target."""
    return any(is_counted(cell.text) for cell in row)


def abreast(grid: Grid, tables: list[Table]) -> tuple[Grid, ...]:
    """The two halves of a sheet on which tables stand side by side, else ()."""
    at = next((table.beside for table in tables if table.beside), 0)
    crossing = (
        c.place.column < at < c.place.column + c.width for row in grid.rows if len(row) > 1 for c in row
    )
    if not at or any(crossing):
        return ()

    over = next(k for k, row in enumerate(grid.rows) if len(row) > 1)  # lines over both

    def half(left: bool) -> Iterator[Row]:
        yield from grid.rows[:over]
        rows = (tuple(cell for cell in row if (cell.place.column < at) is left) for row in grid.rows[over:])
        yield from filter(None, rows)

    return tuple(replace(grid, rows=tuple(half(left))) for left in (True, False))
