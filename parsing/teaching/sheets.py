"""The tables of a file as they stand, before anybody says what they are."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress

from parsing import formats, return_manifest
from parsing.errors import ReadError
from parsing.formats.containers import archive
from parsing.grid import Grid
from parsing.model import Frozen
from parsing.printable import readable

ROWS = 400  # of a sheet that is shown


class Replica(Frozen):
    """A sheet as it stands: row, column, height, width, text and address (see ``grid.Place.cell``) of each
    cell, of the first ROWS rows; ``more`` rows are not given."""

    file: str
    part: str
    cells: tuple[tuple[int, int, int, int, str, str], ...]
    more: int


def sheets(data: bytes, name: str, password: str | None = None) -> Iterator[Replica]:
    """All sheets of a file, or of the files in it. Raises ReadError where nothing can be opened."""
    for grid in grids(data, readable(name), password):
        cells = [cell for row in grid.rows[:ROWS] for cell in row]
        yield Replica(
            file=grid.file,
            part=grid.part,
            cells=tuple(
                (*cell.place[2:4], cell.height, cell.width, cell.text, cell.place.cell) for cell in cells
            ),
            more=max(len(grid.rows) - ROWS, 0),
        )


def grids(data: bytes, name: str, password: str | None) -> Iterator[Grid]:
    """The grids of a file, or of the files in it that can be opened, without what we wrote into it. Raises
    ReadError where the file itself cannot be."""
    if not archive.is_archive(data):
        yield from _own(data, name, password)
        return
    for member, inside in archive.members(name, data, password):
        if isinstance(inside, bytes):
            with suppress(ReadError):
                yield from _own(inside, member, password)


def _own(data: bytes, name: str, password: str | None) -> Iterator[Grid]:
    for grid in formats.grids(name, data, password):
        if isinstance(grid, Grid) and grid.part != return_manifest.PART:
            yield return_manifest.without(grid)
