"""The shapes in which generated tables travel: a workbook, and text pasted in four ways."""

from __future__ import annotations

import io
from collections.abc import Callable

from openpyxl import Workbook

from tests.generated import Grid, Specimen


def as_workbook(true: Specimen) -> bytes:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    for number, row in enumerate(true.grid, 1):
        for column, text in enumerate(row, 1):
            if text:
                sheet.cell(number, column, text)
    for row, column, down, across in true.merged:
        sheet.merge_cells(None, row + 1, column + 1, row + down, column + across)
    data = io.BytesIO()
    book.save(data)
    return data.getvalue()


def as_tabs(true: Specimen) -> bytes:
    return "\n".join("\t".join(row) for row in true.grid).encode()


def as_bars(true: Specimen) -> bytes:
    return "\n".join(" | ".join(row) + " |||" for row in _rows(true)).encode()


def as_blanks(true: Specimen) -> bytes:
    return "\n".join(" ".join(row) for row in _rows(true)).encode()


def as_lines(true: Specimen) -> bytes:
    return "\n".join("\n".join(row) for row in _rows(true)).encode()


def _rows(true: Specimen) -> Grid:
    return [[text for text in row if text] for row in true.grid]


SHAPES: dict[str, tuple[str, Callable[[Specimen], bytes]]] = {
    "xlsx": ("生成.xlsx", as_workbook),
    "tabs": ("生成.txt", as_tabs),
    "bars": ("生成.txt", as_bars),
    "blanks": ("生成.txt", as_blanks),
    "lines": ("生成.txt", as_lines),
}
