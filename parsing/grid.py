"""What every file becomes first: a sparse grid of cells, each knowing its place."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple


class Place(NamedTuple):
    """Where a value was read, fixed when its cell is made.

    ``row`` and ``column`` count from 1 inside ``part`` (a sheet, page or text); ``cell`` is what
    the user calls that spot in his own program: ``B5`` in a workbook, ``第24行第2列`` in a text.
    """

    file: str
    part: str
    row: int
    column: int
    cell: str

    def __str__(self) -> str:
        return f"{self.file} › {self.part} › {self.cell}"


class Box(NamedTuple):
    """Where a cell is seen: ``page`` from 1, the rest in points from the top left of the page as shown."""

    page: int
    left: float
    top: float
    right: float
    bottom: float


class Cell(NamedTuple):
    """A cell that stands in the file: its text as the office program shows it, and its span.

    ``note`` is empty or codes, parted by spaces, for what is odd about it: ``formula`` (a formula never
    calculated, its text is empty), ``picture`` (it holds one, its text is empty), ``hidden`` (in a row,
    column or sheet that is not shown), ``outside`` (text of a page outside its ruled tables),
    ``ocr:0.93`` (recognised in a picture; the chance that it is right), ``cut:0.5`` (cut from a text
    without borders), ``laid:0.9`` (the first title of a table laid out of such a text), ``stored:79.74``
    (the text shows a number rounded; the same with the number that the file holds).
    ``box`` is known for files that are pages.
    """

    text: str
    place: Place
    height: int = 1
    width: int = 1
    note: str = ""
    box: Box | None = None


Row = tuple[Cell, ...]


class Run(NamedTuple):
    """A piece of a cell's text. ``code``: why it does not count, "" where it does (see ``formats.runs``)."""

    text: str
    code: str


class Cleaned(NamedTuple):
    """A cell that is read otherwise than it stands in its file: ``before``, with characters that no document
    can hold as escapes (``\\uFFFE``, see ``parsing.printable``), and ``after``, "" where nothing is left.
    ``runs``: its text in pieces, where some of them were set aside; else such characters were taken out."""

    place: Place
    before: str
    after: str
    height: int = 1
    width: int = 1
    runs: tuple[Run, ...] = ()


@dataclass(frozen=True, slots=True)
class Grid:
    """All cells of one sheet, text or page run, in reading order.

    ``rows`` holds only rows that have a non-empty cell, each sorted by column; a merged cell stands
    once, at its top left. ``spans`` says whether the file kept its merged cells: where it did,
    a blank below a label is a fact, where it did not, an inference. ``columns``: whether it kept its columns;
    the lines of a text that only blanks or bars part did not. ``aligned``: blanks align them, and the column
    of a place is where its text begins in its line, its width how many characters it has. ``joins`` holds
    row numbers that continue the row before them across a page break, ``gaps`` those after which something
    that the file has there was not read. ``cleaned``: row number → its cells that are
    read otherwise than they stand.
    """

    file: str
    part: str
    rows: tuple[Row, ...]
    spans: bool = False
    columns: bool = True
    aligned: bool = False
    joins: frozenset[int] = frozenset()
    gaps: frozenset[int] = frozenset()
    cleaned: Mapping[int, tuple[Cleaned, ...]] = field(default_factory=dict)

    def __iter__(self) -> Iterator[Cell]:
        for row in self.rows:
            yield from row


def column_letters(column: int) -> str:
    """The name of a column, counted from 1, as spreadsheets write it: A … Z, AA."""
    name = ""
    while column:
        column, rest = divmod(column - 1, 26)
        name = chr(65 + rest) + name
    return name
