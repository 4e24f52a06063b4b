"""A list on a sheet of an .xlsx: numbers that are numbers, filters, and what is printed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from copy import copy
from typing import Any, NamedTuple

from openpyxl.cell.cell import Cell
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from dashboard import theme
from dashboard.exports import fonts
from dashboard.exports.sheet import BODY, BOLD, BOX, CENTRE, LEFT, SHADE, TITLE, height, paper, put

MONEY, COUNT = "#,##0.00", "0"
LACKS = Font(name=fonts.BODY, size=11, color=theme.GAP[1:])
RIGHT = Alignment(horizontal="right", vertical="center")
NARROW = 100  # half characters: a sheet that is not wider is printed upright
HEAD = 3  # row


class RuledSheet(NamedTuple):
    """``columns``: title, width in half characters, number format; ``sums``: rows under the list, which the
    filter leaves alone."""

    title: str
    columns: Sequence[tuple[str, float, str | None]]
    rows: Iterable[Sequence[Any]]
    sums: Sequence[Sequence[Any]] = ()


def fill(sheet: Worksheet, made: RuledSheet, title: str, above: str, foot: str) -> None:
    """``title`` and the line ``above`` stand over the list, ``foot`` at the foot of each printed page."""
    columns, rows = made.columns, list(made.rows)
    put(sheet.cell(1, 1), title)
    sheet.cell(1, 1).font = TITLE
    sheet.row_dimensions[1].height = 28
    put(sheet.cell(2, 1), above)
    sheet.cell(2, 1).font = BODY
    drawn: dict[tuple[Any, ...], Any] = {}
    _row(sheet, HEAD, columns, [title for title, *_ in columns], drawn, head=True)
    for number, row in enumerate([*rows, *made.sums], HEAD + 1):
        _row(sheet, number, columns, row, drawn, strong=number > HEAD + len(rows))
    for at, (_, width, _) in enumerate(columns, 1):
        sheet.column_dimensions[get_column_letter(at)].width = width
    sheet.freeze_panes = f"B{HEAD + 1}"
    sheet.auto_filter.ref = f"A{HEAD}:{get_column_letter(len(columns))}{HEAD + len(rows)}"
    paper(
        sheet,
        landscape=sum(width for _, width, _ in columns) > NARROW,
        repeat=f"1:{HEAD}",
        foot=foot,
    )


def _row(
    sheet: Worksheet,
    number: int,
    columns: Sequence[tuple[str, float, str | None]],
    values: Sequence[Any],
    drawn: dict[tuple[Any, ...], Any],
    head: bool = False,
    strong: bool = False,
) -> None:
    """``drawn``: how cells of each kind look, found out once: openpyxl compares each look with all others."""
    for at, (value, (_, _, shown)) in enumerate(zip(values, columns, strict=True), 1):
        cell, text = sheet.cell(number, at), isinstance(value, str)
        lacks = text and value.startswith("✕")
        kind = (head, head or strong, lacks, text, shown)
        if kind not in drawn:
            _draw(cell, *kind)
            drawn[kind] = copy(cell._style)
        cell._style = copy(drawn[kind])
        put(cell, value)
    texts = [value if isinstance(value, str) else "" for value in values]  # numbers are never broken
    tall = (height(text, width) for text, (_, width, _) in zip(texts, columns, strict=True))
    sheet.row_dimensions[number].height = max(tall)


def _draw(cell: Cell, head: bool, strong: bool, lacks: bool, text: bool, shown: str | None) -> None:
    cell.border, cell.font = BOX, LACKS if lacks else BOLD if strong else BODY
    cell.alignment = CENTRE if head or shown == COUNT else LEFT if text else RIGHT
    if head:
        cell.fill = SHADE
    if shown and not text:
        cell.number_format = shown
