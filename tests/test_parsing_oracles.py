"""Every cell of every fixture as another library sees it; cases/oracles.yml lists each difference, why."""

from __future__ import annotations

import io
from collections import Counter
from collections.abc import Iterator
from difflib import SequenceMatcher
from itertools import zip_longest
from pathlib import Path

import openpyxl
import pytest
import xlrd
import yaml
from test_parsing_formats_docx import oracle as tables_of_python_docx
from test_parsing_formats_docx import ours as tables_of_ours

from parsing.formats import grids
from parsing.formats.characters.likeness import plain, unmarked
from parsing.grid import Cell, Grid

CASES = Path(__file__).parent / "cases"
LISTED = yaml.safe_load((CASES / "oracles.yml").read_text("utf-8"))
SHOWN = {"0%": "{:.0%}", "0.00": "{:.2f}", "#,##0.00": "{:,.2f}"}  # the number formats of the fixtures
Seen = Counter[tuple[str, ...]]
Texts = tuple[str, int, int]


def cells(path: Path) -> list[Cell]:
    return [cell for grid in grids(path.name, path.read_bytes()) if isinstance(grid, Grid) for cell in grid]


def fixtures(*suffixes: str) -> list[Path]:
    found = [path for folder in ("files", "forms", "hostile") for path in sorted((CASES / folder).iterdir())]
    return [path for path in found if path.suffix in suffixes and path.name not in LISTED["left out"]]


def differences(path: Path, ours: Seen, theirs: Seen) -> None:
    """Nothing differs but what is listed, and all that is listed does."""
    listed = LISTED["differences"].get(path.name, [])
    assert all(one["reason"] for one in listed)
    said = [
        Counter({tuple(map(str, cell)): one.get("times", 1) for one in listed for cell in one.get(side, [])})
        for side in ("ours", "theirs")
    ]
    assert [ours - theirs, theirs - ours] == said


@pytest.mark.parametrize("path", fixtures(".xlsx"), ids=lambda path: path.name)
def test_the_cells_of_a_workbook_are_those_openpyxl_sees(path: Path) -> None:
    theirs: Seen = Counter()
    for sheet in openpyxl.load_workbook(path).worksheets:
        for row in sheet.iter_rows(max_row=1000, max_col=min(sheet.max_column, 1000)):
            for cell in row:
                if cell.value is not None and str(cell.value).strip():
                    form = SHOWN.get(cell.number_format, "{}") if cell.data_type == "n" else "{}"
                    text = unmarked(plain(form.format(cell.value)))  # as typed, which no library does
                    theirs[sheet.title, cell.coordinate, text.strip()] += 1
    differences(path, Counter((c.place.part, c.place.cell, c.text) for c in cells(path)), theirs)


@pytest.mark.parametrize("path", fixtures(".docx"), ids=lambda path: path.name)
def test_the_cells_of_a_text_are_those_python_docx_sees(path: Path) -> None:
    data = path.read_bytes()
    rows, theirs = tables_of_ours(data), tables_of_python_docx(data)
    flat = [
        Counter(
            (str(row), str(column), str(width), text) for row, line in lines for text, column, width in line
        )
        for lines in (enumerate(rows, 1), numbered(rows, theirs))
    ]
    differences(path, *flat)


def numbered(rows: list[list[Texts]], theirs: list[list[Texts]]) -> Iterator[tuple[int, list[Texts]]]:
    """Their rows by the numbers of ours: one that they lose does not move those below; one that they alone
    have stands in row 0."""
    matcher = SequenceMatcher(None, list(map(tuple, rows)), list(map(tuple, theirs)), autojunk=False)
    for _, first, last, at, end in matcher.get_opcodes():
        for number, line in zip_longest(range(first + 1, last + 1), theirs[at:end], fillvalue=0):
            if line:
                yield number, line  # type: ignore[misc]


@pytest.mark.parametrize(
    "path", [p for p in fixtures(".xls", ".et") if p.read_bytes()[:1] == b"\xd0"], ids=lambda path: path.name
)
def test_the_cells_of_an_old_workbook_are_those_xlrd_sees(path: Path) -> None:
    book = xlrd.open_workbook(path, formatting_info=True)
    theirs: Seen = Counter()
    for sheet in book.sheets():
        for row, column in ((r, c) for r in range(sheet.nrows) for c in range(sheet.ncols)):
            cell = sheet.cell(row, column)
            style = book.format_map[book.xf_list[cell.xf_index].format_key].format_str
            text = (
                SHOWN.get(style, "{:.15g}").format(cell.value) if cell.ctype == 2 else str(cell.value).strip()
            )
            if text:
                theirs[sheet.name, xlrd.cellname(row, column), text] += 1
    differences(path, Counter((c.place.part, c.place.cell, c.text) for c in cells(path)), theirs)


@pytest.mark.parametrize("path", fixtures(".pdf"), ids=lambda path: path.name)
def test_the_cells_of_pages_are_those_pdfplumber_sees(path: Path) -> None:
    pdfplumber = pytest.importorskip("pdfplumber")
    with pdfplumber.open(io.BytesIO(path.read_bytes())) as book:
        tables = [table for page in book.pages for table in page.extract_tables()]
    theirs = Counter((text.replace("\n", ""),) for table in tables for row in table for text in row if text)
    differences(path, Counter((cell.text.replace("\n", ""),) for cell in cells(path)), theirs)
