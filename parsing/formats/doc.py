"""Word 97–2003 documents (.doc) and what WPS saves as .wps: one Grid with the tables and what stands between.

A row of a table is a row of the Grid; a paragraph outside is a row with one cell. Tables inside a cell
are lines of that cell.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from typing import Any, NamedTuple

from parsing.errors import EmptyFile, ReadError, TooLarge
from parsing.formats import limits
from parsing.formats.doc_sprms import CONTINUES, Paragraph
from parsing.formats.doc_text import Word
from parsing.grid import Cell, Grid, Place

PART = "正文"
SLACK = 57  # 1/20 pt, a millimetre: rows drawn by hand end there or thereabouts


class Row(NamedTuple):
    texts: tuple[str, ...]
    form: Paragraph


def grids(name: str, ole: Any) -> Iterator[Grid | ReadError]:
    """One Grid. ``ole`` is an open olefile.OleFileIO that holds a Word 97–2003 document, not locked.

    Raises Damaged, EmptyFile or TooLarge; struct.error and IndexError where the file contradicts itself.
    """
    rows: list[tuple[Cell, ...]] = []
    number = tables = 0
    for block in _blocks(Word(ole)):
        if isinstance(block, str):
            number += 1
            rows.append((Cell(block, Place(name, PART, number, 1, f"第{number}行")),))
        else:
            tables += 1
            rows += _table(block, name, number, f"表{tables}")
            number += len(block)
        if number > limits.ROWS:
            raise TooLarge()
    if not rows:
        raise EmptyFile(name)
    yield Grid(name, PART, tuple(rows), spans=True)


def _blocks(word: Word) -> Iterator[str | list[Row]]:
    """Paragraphs that say something and tables, in order."""
    table: list[Row] = []
    cells: list[str] = []
    lines: list[str] = []
    for count, (text, mark, form) in enumerate(word.paragraphs()):
        if count > limits.CELLS:
            raise TooLarge()
        if form.in_table or mark == "\x07":
            if form.row_end and mark == "\x07":
                table.append(Row((*cells, *_joined(lines)), form))
                cells, lines = [], []
                continue
            if not form.inner_row:
                lines.append(text)
            if mark == "\x07":
                cells += _joined(lines) or [""]
                lines = []
            continue
        if cells or lines:  # a row that never ended
            table.append(Row((*cells, *_joined(lines)), Paragraph()))
            cells, lines = [], []
        if table:
            yield table
            table = []
        if text := text.strip():
            yield text
    if cells or lines:
        table.append(Row((*cells, *_joined(lines)), Paragraph()))
    if table:
        yield table


def _joined(lines: list[str]) -> list[str]:
    return ["\n".join(lines).strip()] if lines else []


def _table(table: list[Row], file: str, above: int, label: str) -> Iterator[tuple[Cell, ...]]:
    """The rows that hold something; ``above``: how many rows of the Grid stand before them."""
    lines = _lines(table)
    if len(lines) > limits.COLUMNS:
        raise TooLarge()
    grid: list[dict[int, Cell]] = []
    open_: dict[int, tuple[int, int]] = {}  # column → row and column of the cell that reaches down here
    for number, row in enumerate(table):
        cells: dict[int, Cell] = {}
        grid.append(cells)
        down: dict[int, tuple[int, int]] = {}
        for text, column, width, state in _row(row, lines):
            top = open_.get(column)
            if state == CONTINUES and top:
                cell = grid[top[0]][top[1]]
                grid[top[0]][top[1]] = cell._replace(height=number - top[0] + 1)
                down[column] = top
                continue
            if len(text) > limits.TEXT:
                raise TooLarge()
            place = Place(file, PART, above + number + 1, column, f"{label}第{number + 1}行第{column}列")
            cells[column] = Cell(text, place, 1, width)
            if state:
                down[column] = number, column
        open_ = down
    for cells in grid:
        if found := tuple(cell for cell in cells.values() if cell.text):
            yield found


def _lines(table: list[Row]) -> list[int]:
    """Where cells of the table begin or end, from left to right, each standing for those next to it."""
    lines: list[int] = []
    for edge in sorted({edge for row in table for edge in row.form.edges}):
        if not lines or edge - lines[-1] > SLACK:
            lines.append(edge)
    return lines


def _row(row: Row, lines: list[int]) -> Iterator[tuple[str, int, int, int]]:
    """Text, column (from 1), width and vertical state of each cell, those merged across made one."""
    texts, form = row
    found: list[list[Any]] = []
    end = run = 0
    for at, text in enumerate(texts):
        if at + 1 >= len(form.edges):  # a cell that the row says nothing of
            found.append([text, end + 1, 1, 0])
            end += 1
            continue
        first = max(_column(form.edges[at], lines), end)
        end = max(_column(form.edges[at + 1], lines), first + 1)
        across = form.across[at]
        if across and run and across != run:  # the first of a run bears another mark than the rest
            found[-1][2] = end + 1 - found[-1][1]
            continue
        run = across if not run or not across else run
        found.append([text, first + 1, end - first, form.down[at]])
    for text, column, width, state in found:
        yield text, column, width, state


def _column(edge: int, lines: list[int]) -> int:
    at = bisect_left(lines, edge)
    return at if at < len(lines) and lines[at] == edge else at - 1
