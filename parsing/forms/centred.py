"""A run of lines whose columns can be told → its rows, each text in the one whose middle its cell shares.

The rows are those of the texts that are cells of their own for sure: numbers, categories, labels.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from parsing import values, vocabulary
from parsing.forms.partition import partition
from parsing.grid import Cell, Row

SLACK = 3  # characters that the lines of a title may stand apart, seen from above
MOST = 60  # texts in a column of a run of several rows; with more it is left as it stands
EMPTY = 1.0  # lines that a cell may stand away from the middle of its row, rather than a row have none
NEVER = 99.0
NEAR = 2  # lines from one of a cell to the next, at most: another cell's may stand between
_BRACKETS = re.compile("[（(].*[)）]")
_STOPS = ("。", "；", ";", "：", ":")  # a line of prose that ends so is a line of its own


@dataclass(slots=True)
class _Stack:
    """The texts of a run that stand one above the other, from ``left`` to ``right``."""

    left: int
    right: int
    cells: list[Cell] = field(default_factory=list)

    @property
    def anchors(self) -> list[Cell]:
        """Those that are cells of their own."""
        return [cell for cell in self.cells if stands_alone(cell.text)]

    @property
    def is_downwards(self) -> bool:
        """Whether it is a word written downwards."""
        return all(len(cell.text) == 1 and not cell.text.isascii() for cell in self.cells)


def rows(run: Sequence[Row], titled: bool) -> Iterator[list[Cell]]:
    """The rows of a run, each text in the one whose middle its cell shares; of titles (``titled``) one."""
    if all(len(row) == 1 for row in run):
        yield from ([*row] for row in run)
        return
    columns = _columns(run, SLACK if titled else 0)
    columns = [one for one in columns if not one.is_downwards or vocabulary.label(joined(one.cells))]
    middles = _middles(columns)
    if len(middles) < 2 or titled:
        yield [_whole(column.cells) for column in columns]
        return
    parts = [_parted(column, middles) for column in columns]
    for k in range(len(middles)):
        yield [_whole(part[k]) for part in parts if part[k]]


def _middles(columns: Sequence[_Stack]) -> list[float]:
    """The middles of the rows: of the cells in the columns that have most cells of their own; where two of
    these do not agree, or two cells of another are nearest to one of them, of the lines in which such cells
    stand, those together of which no column has two."""
    held = [[cell.place.row for cell in column.anchors] for column in columns]
    count = max(map(len, held), default=0)
    full = [lines for lines in held if len(lines) == count]
    middles = [sum(lines) / len(lines) for lines in zip(*full, strict=True)]
    agree = len({line for lines in full for line in lines}) == len({*(p for f in full for p in enumerate(f))})
    if agree and all(_are_distinct(lines, middles) for lines in held):
        return middles
    groups: list[list[int]] = []
    for line in sorted({line for lines in held for line in lines}):
        if not groups or any(line in lines and not {*lines}.isdisjoint(groups[-1]) for lines in held):
            groups.append([])
        groups[-1].append(line)
    return [sum(group) / len(group) for group in groups]


def _are_distinct(lines: Sequence[int], middles: Sequence[float]) -> bool:
    """Whether no two lines are nearest to one middle."""
    nearest = [min(middles, key=lambda middle: abs(middle - line)) for line in lines]
    return len({*nearest}) == len(nearest)


@lru_cache(1 << 12)
def stands_alone(text: str) -> bool:
    """Whether a text is a cell of one line for sure."""
    known = vocabulary.level1(text) or vocabulary.slot(text) or vocabulary.label(text)
    return bool(known) or values.is_bare(text)


def _columns(run: Sequence[Row], slack: int = 0) -> list[_Stack]:
    """The columns of a run, from the left."""
    columns: list[_Stack] = []
    for cell in (cell for row in run for cell in row):
        left, right = cell.place.column, cell.place.column + cell.width
        met = [one for one in columns if left < one.right + slack and one.left < right + slack]
        column = _Stack(left, right)
        for one in met:
            columns.remove(one)
            column.left, column.right = min(column.left, one.left), max(column.right, one.right)
            column.cells += one.cells
        column.cells.append(cell)
        columns.append(column)
    for column in columns:
        column.cells = _bracketed(sorted(column.cells, key=lambda cell: cell.place.row))
    return sorted(columns, key=lambda column: column.left)


def _bracketed(cells: Sequence[Cell]) -> list[Cell]:
    """The cells, one with a line in brackets right below it: 项目资金 over （万元）."""
    found: list[Cell] = []
    for cell in cells:
        if found and _BRACKETS.fullmatch(cell.text) and cell.place.row <= found[-1].place.row + NEAR:
            found[-1] = found[-1]._replace(text=found[-1].text + cell.text)
        else:
            found.append(cell)
    return found


def _parted(column: _Stack, middles: Sequence[float]) -> list[list[Cell]]:
    """The texts of a column for each row: in order, each cell's middle as near that of its row as can be; the
    earlier row where two are as near."""
    cells = column.cells
    if column.is_downwards or len(cells) > MOST:
        return [cells, *([] for _ in middles[1:])]
    _, parts = partition(
        len(cells), len(middles), lambda k, start, end: _misfit(cells[start:end], middles[k])
    )
    return [cells[start:end] for start, end in parts]


def _misfit(group: Sequence[Cell], middle: float) -> float:
    if not group:
        return EMPTY
    own = sum(stands_alone(cell.text) for cell in group)
    return abs(_middle(group) - middle) + NEVER * max(own - 1, 0)


def _middle(cells: Sequence[Cell]) -> float:
    return sum(cell.place.row for cell in cells) / len(cells)


def _whole(cells: Sequence[Cell]) -> Cell:
    return cells[0]._replace(text=joined(cells))


def joined(cells: Sequence[Cell]) -> str:
    """The text of a cell: the lines of prose stay lines, a word that was broken is whole."""
    text = cells[0].text
    for cell in cells[1:]:
        text += ("\n" if text.endswith(_STOPS) or cell.text[0].isdigit() else "") + cell.text
    return text
