"""Text whose columns blanks align, as PDF programs write it: texts between and beside each other → cells.

What stands in one column of a row overlaps, seen from above: so lines are cut into runs whose columns can be
told, and those into rows (see ``centred``).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import lru_cache
from itertools import chain, takewhile

from parsing import vocabulary
from parsing.errors import LostColumns
from parsing.forms import aligned_rows, centred
from parsing.forms.fragments import names_column
from parsing.forms.parting import GOALS
from parsing.forms.tables import is_measured
from parsing.grid import Cell, Grid, Row

_PROSE = re.compile("[，。；,;]")
LEVELS = 2  # columns of categories
TITLES = 3  # of columns in a line, at least: the header of indicators
LONGEST_TITLE = 6  # characters of a title that is over or below the others
Span = tuple[int, int]


def gathered(grid: Grid) -> Grid:
    """The grid with a row for each row of its tables, its cells whole and numbered from the left. Raises
    LostColumns where rows of indicators cannot be told apart for sure."""
    rows: list[list[Cell]] = []
    titles: list[Cell] = []  # of the columns, while the indicators below them last
    body: list[list[Row]] = []  # the lines of these
    goals: Row = ()  # the labels in the line above
    for run in (run for block in _blocks([*map(_with_labels_apart, grid.rows)]) for run in _runs(block)):
        titled = any(map(_is_header, run))
        if titles and not titled:
            end = next((k for k, row in enumerate(run) if _ends(row)), None)
            body.append(run[:end])
            if end is None:
                continue
            run = run[end:]
        if titles:
            rows += _indicators(grid, body, titles)
        titles, body = [], []
        made = _under(goals, run) or [row for row in centred.rows(run, titled) if row]
        titles = made[0] if titled else []
        goals = run[0] if _kind(run[0]) == "goals" else ()
        rows += made
    if titles:
        rows += _indicators(grid, body, titles)
    return replace(grid, rows=tuple(map(_numbered, rows)))


def _under(goals: Row, run: Sequence[Row]) -> list[list[Cell]]:
    """The texts below the labels of goals side by side, each of the lines that are nearest to its label; none
    where a label is among them."""
    cells = [cell for row in run for cell in row]
    if not goals or any(vocabulary.label(cell.text) for cell in cells):
        return []
    texts: dict[int, list[Cell]] = {}
    for cell in cells:
        texts.setdefault(min(range(len(goals)), key=lambda k: _apart(goals[k], cell)), []).append(cell)
    return (
        [[own[0]._replace(text=centred.joined(own)) for _, own in sorted(texts.items())]]
        if len(texts) == len(goals)
        else []
    )


def _apart(cell: Cell, other: Cell) -> int:
    """Twice the characters between the middles of two texts."""
    return abs(2 * cell.place.column + cell.width - 2 * other.place.column - other.width)


def _with_labels_apart(row: Row) -> Row:
    """The row with a label that but one blank parts from the text before it in a cell of its own."""
    cells: list[Cell] = []
    for cell in row:
        before, _, last = cell.text.rpartition(" ")
        if before and vocabulary.label(last) and not vocabulary.label(before):
            place = cell.place._replace(column=cell.place.column + len(before) + 1)
            cells.append(cell._replace(text=before.rstrip(), width=len(before.rstrip())))
            cells.append(cell._replace(text=last, place=place, width=len(last)))
        else:
            cells.append(cell)
    return tuple(cells)


def _ends(row: Row) -> bool:
    """Whether a line begins what stands below the indicators."""
    text = row[0].text
    return _is_heading(text) or vocabulary.is_note(text) or vocabulary.is_name(text)


def _indicators(grid: Grid, body: Sequence[Sequence[Row]], titles: Sequence[Cell]) -> list[list[Cell]]:
    """The rows of indicators below titles. Raises LostColumns."""
    runs = [[row for row in run if not _is_page_number(row)] for run in body]
    lines = [row for run in runs for row in run]
    made = [row for run in filter(None, runs) for row in centred.rows(run, False) if row]
    if all(_is_whole(row, titles) for row in made):
        return made
    rows = aligned_rows.rows_of(lines, titles)
    if rows is None:
        raise LostColumns(f"{grid.file} › {grid.part} › 第{lines[0][0].place.row}行")
    return rows


def _is_whole(row: Sequence[Cell], titles: Sequence[Cell]) -> bool:
    """Whether a row has its own category and a text below each title, but for level 1, which may stand beside
    another row that it is centred upon."""
    levels = [*takewhile(_is_level, row[:LEVELS])]
    own = bool(levels) and vocabulary.slot(levels[-1].text) is not None
    return own and len(row) - len(levels) == len(titles) - LEVELS


def _is_page_number(row: Row) -> bool:
    return len(row) == 1 and row[0].text.isdigit()


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
    own, with what stands over and below them; a heading is one, too, and the labels of goals over these."""
    headers = [k for k, row in enumerate(block) if _is_header(row)]
    kinds = [_kind(row) for row in block]
    for k in headers:
        around = [n for n in (k - 1, k + 1) if 0 <= n < len(block) and _is_title(block[n], block[k])]
        for n in (k, *around):
            kinds[n] = "header"
    run, spans = list[Row](), list[Span]()
    for k, row in enumerate(block):
        if run and (
            kinds[k] != kinds[k - 1] or kinds[k] == "heading" or (not kinds[k] and _clashes(spans, row))
        ):
            yield run
            run, spans = [], []
        run.append(row)
        spans = _with(spans, row)
    yield run


def _kind(row: Row) -> str:
    if len(row) == 1:
        return "heading" if _is_heading(row[0].text) or vocabulary.is_lead(row[0].text) else ""
    fields = [label.field if (label := vocabulary.label(cell.text)) else "" for cell in row]
    return "goals" if all(field in GOALS for field in fields) else ""


def _is_header(row: Row) -> bool:
    return sum(names_column(cell.text) for cell in row) >= TITLES


def _is_title(row: Row, header: Row) -> bool:
    """Whether a line beside the titles of columns says more of them."""
    left = header[0].place.column
    if is_measured(row) or any(_PROSE.search(cell.text) for cell in row):
        return False
    return all(
        len(cell.text) <= LONGEST_TITLE and cell.place.column >= left and not centred.stands_alone(cell.text)
        for cell in row
    )


@lru_cache(1 << 12)
def _is_heading(text: str) -> bool:
    return bool(vocabulary.title(text) or vocabulary.year(text)) or vocabulary.is_caption(text)


def _met(spans: Sequence[Span], cell: Cell) -> list[int]:
    """The columns, by their spans, that a text stands in."""
    left, right = cell.place.column, cell.place.column + cell.width
    return [k for k, (first, last) in enumerate(spans) if left < last and first < right]


def _clashes(spans: Sequence[Span], row: Row) -> bool:
    """Whether a line cannot stand in the columns of those above it: two of its texts would be in one column,
    or one of them in two."""
    met = [_met(spans, cell) for cell in row]
    columns = [*chain.from_iterable(met)]
    return any(len(one) > 1 for one in met) or len(set(columns)) < len(columns)


def _with(spans: list[Span], row: Row) -> list[Span]:
    """The columns with a line in them."""
    for cell in row:
        left, right = cell.place.column, cell.place.column + cell.width
        met = _met(spans, cell)
        left, right = min([left, *(spans[k][0] for k in met)]), max([right, *(spans[k][1] for k in met)])
        spans = [*(span for k, span in enumerate(spans) if k not in met), (left, right)]
    return spans


def _numbered(row: Sequence[Cell]) -> Row:
    """The cells in the columns 1, 2, …"""
    return tuple(cell._replace(place=cell.place._replace(column=k), width=1) for k, cell in enumerate(row, 1))


def _is_level(cell: Cell) -> bool:
    return bool(vocabulary.level1(cell.text) or vocabulary.slot(cell.text))
