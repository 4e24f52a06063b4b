"""The same tables in every format that we read give the same projects."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from test_parsing_formats_packed import make_zip
from test_parsing_formats_xls import stream

import parsing
from parsing.formats import FORMATS
from parsing.formats.word import office
from parsing.model import Project

CASES = Path(__file__).parent / "cases"
PLACED = {
    "places",
    "blanks",
    "excerpt",
    "aside",
    "boxes",
    "repairs",
    "place",
}  # what differs from file to file
PASSWORD = "123456"


def fixture(name: str) -> Callable[[], bytes]:
    return (CASES / name).read_bytes


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
    ("表.odt", fixture("files/perf.odt")),
    ("表.html", fixture("files/perf_docx.html")),
    ("表.mht", fixture("files/perf.mht")),
    ("表.pdf", fixture("files/perf_docx.pdf")),
    ("表.ofd", fixture("files/perf.ofd")),
    ("表.csv", fixture("files/gbk.csv")),
    ("表.txt", fixture("files/paste_utf16.txt")),
    ("包.zip", lambda: make_zip({"甲/表.docx": fixture("files/perf.docx")()})),
    ("锁.xlsx", fixture("hostile/locked.xlsx")),
    ("流.xls", stream),
    ("表.rtf", fixture("files/perf.rtf")),
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
    assert [reader.__name__ for reader in FORMATS if reader not in used] == ["parsing.formats.paged.picture"]
