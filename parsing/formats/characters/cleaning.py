"""The last step of every format: what a cell says. Runs that do not count are set aside (see ``runs``),
characters that only look like others are those (``likeness``), and no text is left that no document can hold
(``printable``).
"""

from __future__ import annotations

import re
from dataclasses import replace

from parsing.errors import ReadError
from parsing.formats.characters import runs
from parsing.formats.characters.likeness import INVISIBLE, LOOKALIKE, plain, unmarked
from parsing.grid import Cell, Cleaned, Grid, Row, Run
from parsing.printable import ODD, escaped, is_printable, printable, readable

# What may have to be read otherwise than it stands; all marks of runs are odd
_SUSPECT = re.compile(f"[{INVISIBLE}{LOOKALIKE}&<]|DISPIMG")
# How WPS writes one that stands in a cell
_PICTURE = re.compile(r"=?\s*(?:_xlfn\.)?DISPIMG\(.*\)", re.DOTALL)


def cleaned(grid: Grid) -> Grid:
    """The very grid where all its text counts as it stands, as in nearly every one, whose rows are looked at
    whole. Else one that remembers in ``cleaned`` what was taken from its cells; those of which nothing is
    left are not in it.
    """
    part = readable(grid.part)
    if part == grid.part and not any(_is_odd("".join([cell.text for cell in row])) for row in grid.rows):
        return grid
    rows: list[Row] = []
    noted: dict[int, tuple[Cleaned, ...]] = {}
    for row in grid.rows:
        pairs = [_cell(cell, part) for cell in row]
        if held := tuple(note for _, note in pairs if note):
            noted[row[0].place.row] = held
        if kept := tuple(
            cell for (cell, _), old in zip(pairs, row, strict=True) if cell.text or cell.note or not old.text
        ):
            rows.append(kept)
    return replace(grid, part=part, rows=tuple(rows), cleaned=noted)


def cleaned_error(error: ReadError) -> ReadError:
    """The same trouble, its place and words printable: they may quote a sheet or a cell."""
    if is_printable(error.place + error.reason + error.remedy):
        return error
    return type(error)(readable(error.place), printable(error.reason), printable(error.remedy))


def _is_odd(text: str) -> bool:
    return ODD.search(text) is not None or _SUSPECT.search(text) is not None


def _cell(cell: Cell, part: str) -> tuple[Cell, Cleaned | None]:
    """The cell as it is read, and what was taken from it."""
    if part != cell.place.part:
        cell = cell._replace(place=cell.place._replace(part=part))
    if not _is_odd(cell.text):
        return cell, None
    if _PICTURE.fullmatch(cell.text):
        return cell._replace(text="", note=f"{cell.note} picture".lstrip()), None
    pieces = [Run(cell.text, "")]
    if runs.is_marked(cell.text):
        pieces = runs.counted(runs.split(cell.text))
        if stored := [run.text for run in pieces if run.code == "stored"]:
            cell = cell._replace(note=f"{cell.note} stored:{stored[0]}".lstrip())
    shown = [run for run in pieces if run.code != "stored"]
    before = runs.says(shown)
    text = unmarked(plain(printable(before))).strip()
    fresh = cell._replace(text=text)
    aside = [Run(plain(printable(run.text)), run.code) for run in shown]
    if any(run.code and run.text.strip() for run in aside):
        whole = "".join(run.text for run in aside).strip()
        return fresh, Cleaned(cell.place, whole, text, cell.height, cell.width, tuple(aside))
    if is_printable(before.replace("\r", "\n")):
        return fresh, None
    return fresh, Cleaned(cell.place, escaped(before), text)
