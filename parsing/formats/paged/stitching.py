"""The tables of many pages → Grids: what a page break cut is put together again.

A table goes on while its columns do. Rows are counted through the file, so that a row number names one
row; the words of a place count as a reader does, the ruled rows of that page: 第2页 › 第3行第2列.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field

from parsing.errors import ReadError, TooLarge, Unsupported
from parsing.formats.paged import columns
from parsing.formats.paged.lattice import Area, LatticeTable, Note, blocks
from parsing.formats.paged.lettering import typeset
from parsing.formats.paged.page import Page
from parsing.formats.paged.ruled_lines import levels
from parsing.formats.raw import limits
from parsing.grid import Cell, Grid, Place

UNRULED = "这一页的表格没有画框线，只能按文字的间隔分列，可能有误"
UNPARTED = "这一页的表格没有画框线，分不清各栏，没有按表格读取"
RULE = "给表格加上框线后另存，再重新导入"
SAME = 4.0  # points; columns that begin no further apart are one
FURNITURE = re.compile(r"[\W_]*(第?\W*\d+\W*页?\W*(共?\W*\d+\W*页?)?|续表\W*\d*)[\W_]*")
Texts = tuple[str, ...]


@dataclass(slots=True)
class _Run:
    """Tables with the same columns, and the lines of text between them."""

    items: list[tuple[Page, LatticeTable | Note]] = field(default_factory=list)
    xs: list[float] = field(default_factory=list)
    last: tuple[Page, LatticeTable] | None = None
    joins: set[int] = field(default_factory=set)  # of items: tables whose first row goes on
    gaps: set[int] = field(default_factory=set)  # of items: those before which a page was not read


def stitch(name: str, pages: Iterable[Page | ReadError]) -> Iterator[Grid | ReadError]:
    """A Grid for each run of tables that share their columns, text above them included. Trouble with a
    page is yielded in its turn."""
    counter = _Counter(name)
    run = _Run()
    waiting: list[tuple[Page, LatticeTable | Note]] = []
    for page in pages:
        if isinstance(page, ReadError):
            run.gaps.add(len(run.items))
            yield page
            continue
        try:
            page_blocks = blocks(page)
        except TooLarge as error:
            run.gaps.add(len(run.items))
            yield error.at(f"{name} › {page.part}")
            continue
        if not any(isinstance(block, LatticeTable) for block in page_blocks):
            guess = columns.guess([block for block in page_blocks if isinstance(block, Note)])
            if guess is None:
                run.gaps.add(len(run.items))
                yield Unsupported(f"{name} › {page.part}", UNPARTED, f"请{RULE}")
            page_blocks = page_blocks if guess is None else guess
        for block in page_blocks:
            if isinstance(block, LatticeTable) and not block.ruled:
                yield Unsupported(f"{name} › {page.part}", UNRULED, f"请核对各栏；或{RULE}")
            if isinstance(block, Note):
                waiting.append((page, block))
                continue
            if run.last and not _goes_on(run, page, block, waiting):
                yield counter.grid(run)
                run = _Run()
            _take(run, page, block, waiting)
            waiting = []
    if run.items:
        yield counter.grid(run)
    if waiting:
        yield counter.grid(_Run(waiting))


def _goes_on(
    run: _Run, page: Page, table: LatticeTable, between: list[tuple[Page, LatticeTable | Note]]
) -> bool:
    assert run.last is not None
    before, above = run.last
    turns = page is not before
    if len(table.xs) == len(above.xs) and _within(table.xs, above.xs):
        return True
    if turns and (_within(table.xs, run.xs) or _within(run.xs, table.xs)):
        return True
    if any(not _idle(note, run) for _, note in between):
        return False
    if not turns:
        return abs(table.xs[0] - above.xs[0]) <= SAME and abs(table.xs[-1] - above.xs[-1]) <= SAME
    shared = min(table.xs[-1], run.xs[-1]) - max(table.xs[0], run.xs[0])
    return shared >= 0.6 * max(table.xs[-1] - table.xs[0], run.xs[-1] - run.xs[0])


def _within(some: list[float], all_: list[float]) -> bool:
    return all(min(abs(x - other) for other in all_) <= SAME for x in some)


def _idle(note: LatticeTable | Note, run: _Run) -> bool:
    """Whether a line of text is none of the document's words: a page number, or the copy of a merged
    cell's text that programs draw once on each page which the cell touches."""
    text = "".join(area.text for area in note.areas)
    if FURNITURE.fullmatch(text):
        return True
    return any(
        text in area.text for _, item in run.items if isinstance(item, LatticeTable) for area in item.areas
    )


def _take(
    run: _Run, page: Page, table: LatticeTable, waiting: list[tuple[Page, LatticeTable | Note]]
) -> None:
    turns = run.last is not None and page is not run.last[0]
    run.items += [pair for pair in waiting if not (turns and _idle(pair[1], run))]
    if turns and run.last and not any(isinstance(item, Note) for _, item in waiting if not _idle(item, run)):
        run.joins.add(len(run.items))
    run.items.append((page, table))
    run.xs = levels([*run.xs, *table.xs], SAME)
    run.last = page, table


class _Counter:
    """Numbers rows through the file, and through each page."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.row = self.cells = 0
        self.full: set[int] = set()  # columns in which the last row may go on
        self.ruled: Counter[int] = Counter()
        self.noted: Counter[int] = Counter()

    def grid(self, run: _Run) -> Grid:
        rows: list[tuple[Cell, ...]] = []
        joins: set[int] = set()
        gaps: set[int] = set()
        for at, (page, item) in enumerate(run.items):
            if at and at in run.gaps:
                gaps.add(self.row)
            if isinstance(item, Note):
                self.noted[page.number] += 1
                rows.append(tuple(self._cell(page, area, area.column + 1, 1, True) for area in item.areas))
                self.row += 1
                continue
            full, made = self.full, self._rows(page, item, run.xs)
            if at in run.joins and (join := _join(rows, made, full)):
                joins.add(join)
            rows += made
            self.row += item.height
            self.ruled[page.number] += item.height
        if len(run.items) in run.gaps:
            gaps.add(self.row)
        first, last = run.items[0][0], run.items[-1][0]
        part = first.part if first is last else f"{first.part}至{last.part}"
        ruled = all(item.ruled for _, item in run.items if isinstance(item, LatticeTable))
        return Grid(self.name, part, tuple(rows), spans=ruled, joins=frozenset(joins), gaps=frozenset(gaps))

    def _rows(self, page: Page, table: LatticeTable, xs: list[float]) -> list[tuple[Cell, ...]]:
        starts = [max(bisect_right(xs, x + SAME) - 1, 0) for x in table.xs]
        rows: dict[int, list[Cell]] = {}
        self.full = set()
        for area in table.areas:
            column, end = starts[area.column], starts[area.column + area.width]
            if area.full:
                self.full.add(column + 1)
            cell = self._cell(page, area, column + 1, end - column, False)
            rows.setdefault(area.row, []).append(cell)
        return [tuple(rows[row]) for row in sorted(rows)]

    def _cell(self, page: Page, area: Area, column: int, width: int, outside: bool) -> Cell:
        if outside:
            where = f"表外第{self.noted[page.number]}行" + (f"第{column}段" if column > 1 else "")
        else:
            where = f"第{self.ruled[page.number] + area.row + 1}行第{column}列"
        place = Place(self.name, page.part, self.row + area.row + 1, column, where)
        self.cells += 1
        if len(area.text) > limits.TEXT or column > limits.COLUMNS or self.cells > limits.CELLS:
            raise TooLarge(str(place))
        note, text = "outside" if outside else "", area.text
        if page.recognised:
            note, text = f"{note} ocr:{area.sure:.2f}".lstrip(), typeset(text)
        return Cell(text, place, area.height, width, note, area.box)


def _join(above: list[tuple[Cell, ...]], below: list[tuple[Cell, ...]], full: AbstractSet[int]) -> int | None:
    """The number of the first row below the break, column titles printed again left out, where it may be
    the rest of the row above: it fills some of the same columns, and not all. A text alone may go on after
    a line that ended on purpose; of several, each goes on from one that is ``full``."""
    printed = {tuple(cell.text for cell in row) for row in above if len(row) > 2}
    row = next((row for row in below if tuple(cell.text for cell in row) not in printed), None)
    if not above or not row:
        return None
    last, columns = {cell.place.column for cell in above[-1]}, {cell.place.column for cell in row}
    goes_on = columns < last and (len(columns) == 1 or columns <= full)
    return row[0].place.row if goes_on else None
