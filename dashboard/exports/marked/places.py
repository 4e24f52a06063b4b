"""The cells of a Word document by what the places of a reading call them: 表2第3行第4列."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from docx.oxml.ns import qn

from parsing import printable

ASIDE = (qn("w:txbxContent"), qn("w:del"), qn("w:moveFrom"), "{*}Fallback")


def cells(body: Any) -> dict[str, Any]:
    """Name of a cell → its element. Tables are counted as they begin, inner ones too; text boxes, and what is
    deleted, are not."""
    found = {}
    for number, table in enumerate(_tables(body), 1):
        for row, line in enumerate(_rows(table), 1):
            for column, cell in _cells(line):
                found[f"表{number}第{row}行第{column}列"] = cell
    return found


def text(cell: Any) -> str:
    """All of a cell's text, without white space."""
    return "".join(printable("".join(one.text or "" for one in cell.iter(qn("w:t")))).split())


def _tables(body: Any) -> Iterator[Any]:
    return (one for one in body.iter(qn("w:tbl")) if not any(True for _ in one.iterancestors(*ASIDE)))


def _rows(table: Any) -> Iterator[Any]:
    for row in table.iter(qn("w:tr")):
        looks = row.find(qn("w:trPr"))
        deleted = looks is not None and looks.find(qn("w:del")) is not None
        if next(row.iterancestors(qn("w:tbl"))) is table and not deleted:
            yield row


def _cells(row: Any) -> Iterator[tuple[int, Any]]:
    looks = row.find(qn("w:trPr"))
    before = looks.find(qn("w:gridBefore")) if looks is not None else None
    column = 1 + (int(before.get(qn("w:val"))) if before is not None else 0)
    for cell in row.iter(qn("w:tc")):
        if next(cell.iterancestors(qn("w:tr"))) is not row:
            continue
        yield column, cell
        span = cell.find(f"{qn('w:tcPr')}/{qn('w:gridSpan')}")
        column += int(span.get(qn("w:val"))) if span is not None else 1
