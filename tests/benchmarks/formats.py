"""Each format beside the library that people use for it, in one run and turn by turn; milliseconds a file.

The workbook of 2,000 tables is measured by ``workbook``; here it is the fixtures, six tables each.
"""

from __future__ import annotations

import gc
import io
import statistics
from collections.abc import Callable, Iterator

import docx
import openpyxl
import pdfplumber

import parsing
from tests.benchmarks.measure import Figure, seconds
from tests.browser import ROOT

FILES = ROOT / "tests/cases/files"
SMALL = 20  # ms for six tables
PAGE = 15  # ms


def figures(quick: bool) -> Iterator[Figure]:
    times = 1 if quick else 9
    for name in ("perf_sheets.xls", "perf_sheets.ods", "perf.doc"):
        ours, _ = race((FILES / name).read_bytes(), name, None, times)
        yield Figure(f"{name}, six tables", ours, "ms", most=None if quick else SMALL)
    for name in (
        "perf_sheets.xlsx",
        "perf_docx.html",
        "export_spreadsheetml.xls",
        "paste_gbk.txt",
        "perf.ofd",
    ):
        ours, _ = race((FILES / name).read_bytes(), name, None, times)
        yield Figure(f"{name}, six tables", ours, "ms")
    for name, other, least in (
        ("perf_sheets.xlsx", sheets, None),
        ("perf.docx", tables, 10),
        ("perf_sheets.pdf", pages, 5),
        ("perf_docx.pdf", pages, 5),
        ("perf_stacked.pdf", pages, 5),
    ):
        data = (FILES / name).read_bytes()
        ours, theirs = race(data, name, other, times)
        if name.endswith(".pdf"):
            with pdfplumber.open(io.BytesIO(data)) as book:
                count = len(book.pages)
            yield Figure(f"{name}, a page", ours / count, "ms", most=None if quick else PAGE)
        else:
            yield Figure(f"{name}, six tables", ours, "ms")
        label = f"{other.__doc__} / parsing.read, {name}"
        yield Figure(label, theirs / ours, "×", least=None if quick else least)


def race(data: bytes, name: str, other: Callable[[bytes], object] | None, times: int) -> tuple[float, float]:
    """Medians of ours and the other's in milliseconds, each warm, one after the other."""
    parsing.read(data, name)
    ours, theirs = [], [0.0]
    for _ in range(times):
        gc.collect()
        ours.append(seconds(lambda: parsing.read(data, name)))
        if other:
            theirs.append(seconds(lambda: other(data)))
    return statistics.median(ours) * 1000, statistics.median(theirs[1:] or theirs) * 1000


def sheets(data: bytes) -> object:
    """openpyxl, cells alone"""
    return [list(sheet.values) for sheet in openpyxl.load_workbook(io.BytesIO(data))]


def tables(data: bytes) -> object:
    """python-docx, cells alone"""
    return [
        [cell.text for cell in row.cells]
        for table in docx.Document(io.BytesIO(data)).tables
        for row in table.rows
    ]


def pages(data: bytes) -> object:
    """pdfplumber, cells alone"""
    with pdfplumber.open(io.BytesIO(data)) as book:
        return [page.extract_tables() for page in book.pages]
