"""What a department does with a file that came back: it changes cells and sends it again."""

from __future__ import annotations

import io
from collections.abc import Mapping

import openpyxl
from docx import Document
from docx.table import _Cell

from dashboard.exports.marked.places import cells
from parsing import Project


def row_of(project: Project, number: int) -> int:
    """The row of the category without an indicator."""
    return project.empty[number].place.row


def sheet_with(data: bytes, part: str, texts: Mapping[tuple[int, int], str]) -> bytes:
    """The workbook with texts at (row, column)."""
    book = openpyxl.load_workbook(io.BytesIO(data))
    for (row, column), text in texts.items():
        book[part].cell(row, column).value = text
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def document_with(data: bytes, texts: Mapping[str, str]) -> bytes:
    """The document with texts in cells such as 表1第3行第2列; what else stands there, comments too, stays."""
    document = Document(io.BytesIO(data))
    known = cells(document.element.body)
    for name, text in texts.items():
        line = _Cell(known[name], document).paragraphs[0]  # type: ignore[arg-type]
        for run in [one for one in line.runs if one.text]:
            run.text = ""
        line.add_run(text)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()
