"""The same tables in every format that we read give the same projects."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

import pytest
from test_parsing_formats_odf import content
from test_parsing_formats_packed import make_zip
from test_parsing_formats_xls import stream
from test_parsing_reading import GOLD

import parsing
from parsing.formats import FORMATS, office
from parsing.model import Project

CASES = Path(__file__).parent / "cases"
PLACED = {"places", "blanks", "excerpt", "boxes", "repairs", "place"}  # what differs from file to file
TITLE = "项目绩效目标表"
PASSWORD = "123456"


def fixture(name: str) -> Callable[[], bytes]:
    return (CASES / name).read_bytes


def cells(table: dict[str, Any]) -> Iterator[list[tuple[str, int, int, bool]]]:
    """Rows of (text, height, width, whether another cell covers it)."""
    spans = {
        (top, left): (bottom - top + 1, right - left + 1) for top, left, bottom, right in table["merges"]
    }
    covered = {
        (row, column)
        for top, left, bottom, right in table["merges"]
        for row in range(top, bottom + 1)
        for column in range(left, right + 1)
        if (row, column) != (top, left)
    }
    for r, row in enumerate(table["rows"]):
        yield [(text, *spans.get((r, c), (1, 1)), (r, c) in covered) for c, text in enumerate(row)]


def odt() -> bytes:
    inside = ""
    for table in GOLD:
        rows = ""
        for row in cells(table):
            rows += "<table:table-row>"
            for text, height, width, covered in row:
                spans = f'table:number-rows-spanned="{height}" table:number-columns-spanned="{width}"'
                rows += (
                    "<table:covered-table-cell/>"
                    if covered
                    else (f"<table:table-cell {spans}><text:p>{escape(text)}</text:p></table:table-cell>")
                )
            rows += "</table:table-row>"
        inside += f"<text:p>{TITLE}</text:p><table:table>{rows}</table:table>"
    return make_zip({"content.xml": content(inside, "text")})


def mht() -> bytes:
    head = b"MIME-Version: 1.0\r\nContent-Type: text/html; charset=utf-8\r\nContent-Transfer-Encoding: 8bit"
    return head + b"\r\n\r\n" + fixture("files/perf_docx.html")()


def rtf() -> bytes:
    def shown(text: str) -> str:
        return "".join(
            one if one.isascii() else f"\\u{ord(one) - 65536 * (ord(one) > 32767)}?" for one in text
        )

    out = "{\\rtf1\\ansi\\uc1\n"
    for table in GOLD:
        out += f"{shown(TITLE)}\\par\n"
        under = dict.fromkeys(range(6), 0)
        for row in cells(table):
            borders, texts, column = "", "", 0
            while column < 6:
                text, height, width, covered = row[column]
                if covered and under[column]:
                    merged, width = "\\clvmrg", 1
                    under[column] -= 1
                else:
                    merged = "\\clvmgf" if height > 1 else ""
                    under[column] = height - 1
                column += width
                borders += f"{merged}\\cellx{1500 * column}"
                texts += f"\\pard\\intbl {shown(text)}\\cell\n"
            out += f"\\trowd{borders}\n{texts}\\row\n"
        out += "\\pard\\par\n"
    return (out + "}").encode("ascii")


EVERY: tuple[tuple[str, Callable[[], bytes]], ...] = (
    ("表.xlsx", fixture("files/perf_stacked.xlsx")),
    ("表.xlsm", fixture("files/perf_sheets.xlsx")),
    ("表.xls", fixture("files/perf_sheets.xls")),
    ("表.et", fixture("files/perf_sheets.et")),
    ("表.ods", fixture("files/perf_sheets.ods")),
    ("报表.xls", fixture("files/export_spreadsheetml.xls")),
    ("网页.xls", fixture("files/perf_docx.html")),
    ("误名.xls", fixture("files/perf_sheets.xlsx")),
    ("表.docx", fixture("files/perf.docx")),
    ("表.doc", fixture("files/perf.doc")),
    ("表.wps", fixture("files/perf.doc")),
    ("表.odt", odt),
    ("表.html", fixture("files/perf_docx.html")),
    ("表.mht", mht),
    ("表.pdf", fixture("files/perf_docx.pdf")),
    ("表.ofd", fixture("files/perf.ofd")),
    ("表.csv", fixture("files/gbk.csv")),
    ("表.txt", fixture("files/paste_utf16.txt")),
    ("包.zip", lambda: make_zip({"甲/表.docx": fixture("files/perf.docx")()})),
    ("锁.xlsx", fixture("hostile/locked.xlsx")),
    ("流.xls", stream),
    ("表.rtf", rtf),
)


def said(project: Project) -> dict[str, Any]:
    """All that a project says, but not where."""
    return {
        **project.model_dump(exclude=PLACED | {"indicators", "empty"}),
        "indicators": [one.model_dump(exclude={"places"}) for one in project.indicators],
        "empty": [one.model_dump(exclude={"place"}) for one in project.empty],
    }


@pytest.fixture(scope="module")
def expected() -> list[dict[str, Any]]:
    return [said(project) for project in parsing.read(CASES / "files/perf_sheets.xlsx").projects]


@pytest.mark.parametrize(("name", "make"), EVERY)
def test_a_table_in_every_format_gives_the_same_project(
    name: str, make: Callable[[], bytes], expected: list[dict[str, Any]]
) -> None:
    if name.endswith(".rtf") and not any(map(shutil.which, office.PROGRAMS)):
        pytest.skip("needs LibreOffice")
    reading = parsing.read(make(), name=name, password=PASSWORD if name.startswith("锁") else None)
    assert not reading.unread
    assert [said(project) for project in reading.projects] == expected


def test_every_reader_is_among_them() -> None:
    """But the one for pictures, whose tests stand by themselves."""
    made = [make() for _, make in EVERY]
    used = {next((reader for reader in FORMATS if reader.sniff(data)), None) for data in made}
    assert [reader.__name__ for reader in FORMATS if reader not in used] == ["parsing.formats.picture"]
