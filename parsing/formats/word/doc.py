"""Word 97–2003 documents (.doc) and what WPS saves as .wps; laid out as ``flow`` says, like .docx."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

from parsing.errors import Damaged, EmptyFile, ReadError, TooLarge
from parsing.formats.flow import DEPTH, SLACK, Flow
from parsing.formats.raw import limits
from parsing.formats.word.doc_sprms import CONTINUES, Paragraph
from parsing.formats.word.doc_text import CELL, Word
from parsing.formats.word.docx_tables import Tables
from parsing.grid import Grid

ASIDE = "文本框"
MISFIT = "这一行的单元格与表格的定义不符，各栏可能错位，请核对"
# Marks of cells that are read from the wrong byte on, and half letters, of which one is a slip
TORN = re.compile("\u0700|(?:\ufffd[^\ufffd]*+){3}")
GARBLED = "从这里起文字有损坏，有些文字和单元格没有读到，其余部分已读取"


@dataclass(slots=True)
class _Table:
    """``rows``: their cells, each its lines and the tables in it, and the format that ends the row."""

    rows: list[tuple[list[list[str | _Table]], Paragraph]] = field(default_factory=list)
    cells: list[list[str | _Table]] = field(default_factory=list)  # of the row that is being read
    cell: list[str | _Table] = field(default_factory=list)

    def end_cell(self) -> None:
        self.cells.append(self.cell)
        self.cell = []

    def end_row(self, form: Paragraph) -> None:
        if self.cell:
            self.end_cell()
        if self.cells:
            self.rows.append((self.cells, form))
        self.cells = []


def grids(name: str, ole: Any) -> Iterator[Grid | ReadError]:
    """Grids of the body, then of the text boxes. ``ole``: an open olefile.OleFileIO with a Word 97–2003
    document, not locked.

    Raises Damaged, EmptyFile or TooLarge; struct.error and IndexError where the file contradicts itself.
    """
    word = Word(ole)
    results = [*_laid(word, word.body, Flow(name)), *_laid(word, word.boxes, Flow(name, ASIDE))]
    if not results:
        raise EmptyFile(name)
    yield from results


def _laid(word: Word, story: range, flow: Flow) -> Iterator[Grid | ReadError]:
    tables = Tables(flow)
    for block in _blocks(word, story):
        if isinstance(block, str):
            flow.paragraph(block)
        else:
            _lay(tables, block)
    for result in flow.finish():
        yield result
        torn = (cell for cell in result if TORN.search(cell.text)) if isinstance(result, Grid) else iter(())
        if cell := next(torn, None):
            yield Damaged(str(cell.place), GARBLED)


def _blocks(word: Word, story: range) -> Iterator[str | _Table]:
    """Paragraphs outside every table, and tables, in order."""
    stack: list[_Table] = []  # the open tables, each in the open cell of the one before
    for count, (text, mark, form) in enumerate(word.paragraphs(story)):
        if count > limits.CELLS:
            raise TooLarge()
        within = form.in_table or mark == CELL
        depth = min(max(form.depth, 1), DEPTH) if within else 0
        while len(stack) > depth:
            yield from _closed(stack)
        while len(stack) < depth:
            stack.append(_Table())
        if not stack:
            yield text
        elif form.row_end if mark == CELL else form.inner_row:
            stack[-1].end_row(form)
        else:
            stack[-1].cell.append(text)
            if mark == CELL or form.inner_cell:
                stack[-1].end_cell()
    while stack:
        yield from _closed(stack)


def _closed(stack: list[_Table]) -> Iterator[_Table]:
    """Take the last table off and put it where it stands; one that stands in no other comes out."""
    table = stack.pop()
    table.end_row(Paragraph())
    if stack:
        stack[-1].cell.append(table)
    else:
        yield table


def _lay(tables: Tables, table: _Table) -> None:
    lines = _lines(table)
    tables.open_table()
    tables.indent(lines[0] if lines else 0)
    for left, right in pairwise(lines):
        tables.edge(right - left)
    for cells, form in table.rows:
        tables.open_row()
        if len(form.edges) != len(cells) + 1 or list(form.edges) != sorted(form.edges):
            tables.flow.say(Damaged(reason=MISFIT))
        end = run = 0
        for at, content in enumerate(cells):
            known = at + 1 < len(form.edges)
            first = max(_column(form.edges[at], lines), end) if known else end
            if first and not at:
                tables.before(first)
            end = max(_column(form.edges[at + 1], lines), first + 1) if known else first + 1
            across, down = (form.across[at], form.down[at]) if known else (0, 0)
            tables.open_cell()
            if part := tables.part:
                part.width = end - first
                part.down = ("continue" if down == CONTINUES else "restart") if down else ""
                # the first of cells merged across bears another mark than the rest
                part.across = "continue" if across and run and across != run else ""
            run = run if run and across else across
            for item in content:
                if isinstance(item, str):
                    tables.paragraph(item)
                else:
                    _lay(tables, item)
            tables.close_cell()
        tables.close_row()
    tables.close_table()


def _lines(table: _Table) -> list[int]:
    """Where cells of the table begin or end, from left to right, each standing for those next to it."""
    lines: list[int] = []
    for edge in sorted({edge for _, form in table.rows for edge in form.edges}):
        if not lines or edge - lines[-1] > SLACK:
            lines.append(edge)
    return lines


def _column(edge: int, lines: list[int]) -> int:
    at = bisect_left(lines, edge)
    return at if at < len(lines) and lines[at] == edge else at - 1
