"""Each format beside the library that people use for it, in one run and turn by turn; milliseconds a file.

The workbook of 2,000 tables is measured by ``workbook``; here it is the fixtures, six tables each.
``parsing.read`` is all we do, from bytes to projects; ``grids`` is what the others can do, too: bytes to
cells with their text and spans, lines outside tables included, which the others are not asked for.
"""

from __future__ import annotations

import gc
import io
import statistics
from collections.abc import Callable, Iterator, Sequence

import docx
import openpyxl
import pdfplumber

import parsing
from parsing.formats import grids
from tests.benchmarks.measure import Figure, seconds
from tests.browser import ROOT

FILES = ROOT / "tests/cases/files"
SMALL = 20  # ms for six tables
PAGE = 15  # ms


def figures(quick: bool) -> Iterator[Figure]:
    times = 1 if quick else 9
    for name in ("perf_sheets.xls", "perf_sheets.ods", "perf.doc"):
        yield Figure(f"{name}, six tables", alone(name, times), "ms", most=None if quick else SMALL)
    for name in (
        "perf_sheets.xlsx",
        "perf_docx.html",
        "export_spreadsheetml.xls",
        "paste_gbk.txt",
        "perf.ofd",
    ):
        yield Figure(f"{name}, six tables", alone(name, times), "ms")
    for name, other, least in (
        ("perf_sheets.xlsx", sheets, None),
        ("perf.docx", tables, 10),
        ("perf.docx", spans, None),
        ("perf_sheets.pdf", pages, 5),
        ("perf_docx.pdf", pages, 5),
        ("perf_stacked.pdf", pages, 5),
    ):
        data = (FILES / name).read_bytes()
        whole, cells, theirs = race(data, name, other, times)
        if name.endswith(".pdf"):
            with pdfplumber.open(io.BytesIO(data)) as book:
                count = len(book.pages)
            yield Figure(f"{name}, a page", whole / count, "ms", most=None if quick else PAGE)
        else:
            yield Figure(f"{name}, six tables", whole, "ms")
        least = None if quick else least
        yield Figure(f"{other.__doc__} / parsing.read, {name}", theirs / whole, "×", least=least)
        yield Figure(f"{other.__doc__} / grids, {name}", theirs / cells, "×", least=least)


def alone(name: str, times: int) -> float:
    """Median of ``parsing.read`` in milliseconds."""
    data = (FILES / name).read_bytes()
    return 1000 * medians([lambda: parsing.read(data, name)], times)[0]


def race(data: bytes, name: str, other: Callable[[bytes], object], times: int) -> list[float]:
    """Medians in milliseconds of ``parsing.read``, of ``grids`` and of the other, each warm, in turn."""
    runs = (lambda: parsing.read(data, name), lambda: list(grids(name, data)), lambda: other(data))
    return [1000 * median for median in medians(runs, times)]


def medians(runs: Sequence[Callable[[], object]], times: int) -> list[float]:
    """Seconds of each, the runs taking turns; the first turn only warms."""
    found: list[list[float]] = [[] for _ in runs]
    for turn in range(times + 1):
        for run, seen in zip(runs, found, strict=True):
            gc.collect()
            took = seconds(run)
            if turn:
                seen.append(took)
    return [statistics.median(seen) for seen in found]


def sheets(data: bytes) -> object:
    """openpyxl, cells alone"""
    return [list(sheet.values) for sheet in openpyxl.load_workbook(io.BytesIO(data))]


def tables(data: bytes) -> object:
    """python-docx, row.cells"""  # each cell as often as it covers columns and rows; no spans
    return [
        [cell.text for cell in row.cells]
        for table in docx.Document(io.BytesIO(data)).tables
        for row in table.rows
    ]


def pages(data: bytes) -> object:
    """pdfplumber, extract_tables"""
    with pdfplumber.open(io.BytesIO(data)) as book:
        return [page.extract_tables() for page in book.pages]


def spans(data: bytes) -> object:
    """python-docx, cells with spans"""
    found = []
    for table in docx.Document(io.BytesIO(data)).tables:
        areas: dict[object, list[object]] = {}  # element → first row and column, last row and column, text
        for at, row in enumerate(table.rows):
            for column, cell in enumerate(row.cells):
                if cell._tc in areas:
                    areas[cell._tc][2:4] = at, column
                else:
                    areas[cell._tc] = [at, column, at, column, cell.text]
        found.append(list(areas.values()))
    return found
