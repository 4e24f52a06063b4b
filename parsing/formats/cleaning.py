"""The last step of every format: no text leaves it that no document can hold (see ``printable``)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from parsing.errors import ReadError
from parsing.grid import Cell, Cleaned, Grid, Row
from parsing.printable import escaped, is_printable, printable, readable


def cleaned(grid: Grid) -> Grid:
    """The very grid where all its text is printable, as in nearly every one, whose rows are looked at whole.
    Else one that remembers in ``cleaned`` what its cells held; those of which nothing is left are not in it.
    """
    part = readable(grid.part)
    if part == grid.part and all(is_printable("".join([cell.text for cell in row])) for row in grid.rows):
        return grid
    rows: list[Row] = []
    noted: dict[int, tuple[Cleaned, ...]] = {}
    for row in grid.rows:
        fresh = tuple(_cell(cell, part) for cell in row)
        if held := tuple(_held(row, fresh)):
            noted[fresh[0].place.row] = held
        if kept := tuple(cell for cell, old in zip(fresh, row, strict=True) if cell.text or not old.text):
            rows.append(kept)
    return replace(grid, part=part, rows=tuple(rows), cleaned=noted)


def told(error: ReadError) -> ReadError:
    """The same trouble, its place and words printable: they may quote a sheet or a cell."""
    if is_printable(error.place + error.reason + error.remedy):
        return error
    return type(error)(readable(error.place), printable(error.reason), printable(error.remedy))


def _cell(cell: Cell, part: str) -> Cell:
    text = cell.text if is_printable(cell.text) else printable(cell.text).strip()
    return cell._replace(text=text, place=cell.place._replace(part=part))


def _held(row: Row, fresh: Row) -> Iterator[Cleaned]:
    for old, new in zip(row, fresh, strict=True):
        if "\r" in old.text:  # a line end of another kind is nothing odd
            old = old._replace(text=old.text.replace("\r\n", "\n").replace("\r", "\n"))
        if old.text.strip() != new.text:
            yield Cleaned(new.place, escaped(old.text), new.text)
