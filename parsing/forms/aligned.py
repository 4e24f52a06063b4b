"""Text whose columns blanks align, as PDF programs write it: texts between and beside each other → cells.

What stands in one column of a row overlaps, seen from above; a cell of several lines is centred beside its
neighbours. So lines are cut into runs whose columns can be told, and a run into rows around the texts that
are cells of their own for sure: numbers, categories, labels.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from itertools import combinations_with_replacement, pairwise, takewhile

from parsing import values
from parsing.errors import LostColumns
from parsing.forms import vocabulary
from parsing.forms.fragments import names_column
from parsing.grid import Cell, Grid, Row

LEVELS = 2  # columns of categories
TITLES = 3  # of columns in a line, at least: the header of indicators
LONGEST_TITLE = 6  # characters of a title that is over or below the others
SLACK = 3  # characters that the lines of a title may stand apart, seen from above
NEVER = 99.0
EMPTY = 1.0  # lines that a cell may stand away from the middle of its row, rather than a row have none
MOST = 12  # texts in a column of a run of several rows; with more it is left as it stands
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
        return [cell for cell in self.cells if _stands_alone(cell.text)]

    @property
    def is_downwards(self) -> bool:
        """Whether it is a word written downwards."""
        return all(len(cell.text) == 1 and not cell.text.isascii() for cell in self.cells)


def gathered(grid: Grid) -> Grid:
    """The grid with a row for each row of its tables, its cells whole and numbered from the left. Raises
    LostColumns where rows of indicators cannot be told apart for sure."""
    rows: list[list[Cell]] = []
    titles: list[Cell] = []  # of the columns, while the indicators below them last
    for run in (run for block in _blocks(grid.rows) for run in _runs(block)):
        made = [row for row in _rows(run) if row]
        if any(map(_is_header, run)):
            titles = made[0]
        elif titles and any(_ends(row) for row in run):
            titles = []
        elif titles and not all(_is_whole(row, titles) for row in made):
            raise LostColumns(f"{grid.file} › {grid.part} › 第{run[0][0].place.row}行")
        rows += made
    return replace(grid, rows=tuple(map(_numbered, rows)))


def _ends(row: Row) -> bool:
    """Whether a line begins what stands below the indicators."""
    text = row[0].text
    return _is_heading(text) or vocabulary.is_note(text) or vocabulary.is_name(text) or _is_page_number(row)


def _is_page_number(row: Row) -> bool:
    return len(row) == 1 and row[0].text.isdigit()


def _is_whole(row: Sequence[Cell], titles: Sequence[Cell]) -> bool:
    """Whether a row has its own category and a text below each title, but for level 1, which may stand beside
    another row that it is centred upon."""
    levels = [*takewhile(_is_level, row[:LEVELS])]
    own = bool(levels) and vocabulary.slot(levels[-1].text) is not None
    return own and len(row) - len(levels) == len(titles) - LEVELS


def _blocks(rows: Sequence[Row]) -> Iterator[list[Row]]:
    """The lines between two that are blank."""
    block: list[Row] = []
    for row in rows:
        if block and row[0].place.row > block[-1][0].place.row + 1:
            yield block
            block = []
        block.append(row)
    yield block


def _runs(block: Sequence[Row]) -> Iterator[list[Row]]:
    """The lines of a block whose columns can be told together. The titles of the columns are a run of their
    own, with what stands over and below them; a heading is one, too."""
    headers = [k for k, row in enumerate(block) if _is_header(row)]
    kinds = ["heading" if len(row) == 1 and _is_heading(row[0].text) else "" for row in block]
    for k in headers:
        around = [n for n in (k - 1, k + 1) if 0 <= n < len(block) and _is_title(block[n], block[k])]
        for n in (k, *around):
            kinds[n] = "header"
    run: list[Row] = []
    for k, row in enumerate(block):
        if run and (
            kinds[k] != kinds[k - 1] or kinds[k] == "heading" or (not kinds[k] and _clashes(run, row))
        ):
            yield run
            run = []
        run.append(row)
    yield run


def _is_header(row: Row) -> bool:
    return sum(names_column(cell.text) for cell in row) >= TITLES


def _is_title(row: Row, header: Row) -> bool:
    """Whether a line beside the titles of columns says more of them."""
    left = header[0].place.column
    return all(
        len(cell.text) <= LONGEST_TITLE and cell.place.column >= left and not _stands_alone(cell.text)
        for cell in row
    )


@lru_cache(1 << 12)
def _is_heading(text: str) -> bool:
    return bool(vocabulary.title(text) or vocabulary.year(text)) or vocabulary.is_caption(text)


@lru_cache(1 << 12)
def _stands_alone(text: str) -> bool:
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


def _clashes(run: Sequence[Row], row: Row) -> bool:
    """Whether a line cannot stand in the columns of those above it: two of its texts would be in one column,
    or two columns below one of its texts."""
    before, after = _columns(run), _columns([*run, row])
    doubled = any(sum(cell.place.row == row[0].place.row for cell in column.cells) > 1 for column in after)
    return doubled or len(after) < len(before)


def _rows(run: Sequence[Row]) -> Iterator[list[Cell]]:
    """The rows of a run, each text in the one whose middle its cell shares."""
    if all(len(row) == 1 for row in run):
        yield from ([*row] for row in run)
        return
    columns = _columns(run, SLACK if any(map(_is_header, run)) else 0)
    columns = [one for one in columns if not one.is_downwards or vocabulary.label(_joined(one.cells))]
    count = max((len(column.anchors) for column in columns), default=0)
    if count < 2 or any(map(_is_header, run)):
        yield [_whole(column.cells) for column in columns]
        return
    anchors = [column.anchors for column in columns if len(column.anchors) == count]
    middles = [_middle([column[k] for column in anchors]) for k in range(count)]
    parts = [_parted(column, middles) for column in columns]
    for k in range(count):
        yield [_whole(part[k]) for part in parts if part[k]]


def _parted(column: _Stack, middles: Sequence[float]) -> list[list[Cell]]:
    """The texts of a column for each row: in order, each cell's middle as near that of its row as can be; the
    earlier row where two are as near."""
    cells, count = column.cells, len(middles)
    if column.is_downwards or len(cells) > MOST:
        return [cells, *([] for _ in middles[1:])]
    best: tuple[float, tuple[int, ...]] | None = None
    for cuts in combinations_with_replacement(range(len(cells), -1, -1), count - 1):
        ends = (*reversed(cuts), len(cells))
        groups = [cells[a:b] for a, b in pairwise((0, *ends))]
        pairs = zip(groups, middles, strict=True)
        cost = sum(_misfit(group, middle) for group, middle in pairs)
        if best is None or cost < best[0] - 1e-9:
            best = cost, ends
    assert best is not None
    return [cells[a:b] for a, b in pairwise((0, *best[1]))]


def _misfit(group: Sequence[Cell], middle: float) -> float:
    if not group:
        return EMPTY
    own = sum(_stands_alone(cell.text) for cell in group)
    return abs(_middle(group) - middle) + NEVER * max(own - 1, 0)


def _middle(cells: Sequence[Cell]) -> float:
    return sum(cell.place.row for cell in cells) / len(cells)


def _whole(cells: Sequence[Cell]) -> Cell:
    return cells[0]._replace(text=_joined(cells))


def _joined(cells: Sequence[Cell]) -> str:
    """The text of a cell: the lines of prose stay lines, a word that was broken is whole."""
    text = cells[0].text
    for cell in cells[1:]:
        text += ("\n" if text.endswith(_STOPS) or cell.text[0].isdigit() else "") + cell.text
    return text


def _numbered(row: Sequence[Cell]) -> Row:
    """The cells in the columns 1, 2, …"""
    return tuple(cell._replace(place=cell.place._replace(column=k), width=1) for k, cell in enumerate(row, 1))


def _is_level(cell: Cell) -> bool:
    return bool(vocabulary.level1(cell.text) or vocabulary.slot(cell.text))
