"""Workbooks of Excel 97 and older: what they show, against xlrd's plain values and against .xlsx."""

from __future__ import annotations

import io
import struct
from pathlib import Path
from typing import Any

import olefile
import pytest
import xlrd
import xlwt
from hypothesis import given, settings
from hypothesis import strategies as st
from mutations import broken_copies
from office_writer import container

from parsing.errors import Covered, Damaged, EmptyFile, ReadError, TooLarge, Unlisted
from parsing.formats import grids
from parsing.formats.excel import biff_records
from parsing.formats.raw import limits
from parsing.grid import Cell, Grid, Place

FILES = Path(__file__).parent / "cases/files"
XLS = (FILES / "perf_sheets.xls").read_bytes()


def read(data: bytes) -> list[Grid]:
    found = list(grids("甲.xls", data))
    assert all(isinstance(grid, Grid) for grid in found)
    return found  # type: ignore[return-value]


def stream(data: bytes = XLS) -> bytes:
    out: bytes = olefile.OleFileIO(io.BytesIO(data)).openstream("Workbook").read()
    return out


def book_of(*rows: list[Any], code: str = "", **options: Any) -> bytes:
    """A workbook of one sheet; ``code``: the number format of its cells."""
    book = xlwt.Workbook(**options)
    sheet = book.add_sheet("表")
    style = xlwt.easyxf(num_format_str=code) if code else xlwt.easyxf()
    for r, row in enumerate(rows):
        for c, value in enumerate(row):
            if value is not None:
                sheet.write(r, c, value, style)
    return saved(book)


def saved(book: xlwt.Workbook) -> bytes:
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def flat(data: bytes) -> dict[str, str]:
    return {cell.place.cell: cell.text for grid in read(data) for cell in grid}


@pytest.mark.parametrize("name", ["perf_sheets.xls", "perf_sheets.et"])
def test_every_cell_and_merge_is_that_of_the_xlsx(name):
    data = (FILES / "perf_sheets.xlsx").read_bytes()
    assert read((FILES / name).read_bytes()) == list(grids("甲.xls", data))


def test_cells_are_those_of_plain_xlrd_but_for_formats():
    # xlrd gives a typed 100% as the number 1.0, and years as numbers: 18 cells and 12
    book, others = xlrd.open_workbook(file_contents=XLS), []
    for grid, sheet in zip(read(XLS), book.sheets(), strict=True):
        there = {(r, c): sheet.cell_value(r, c) for r in range(sheet.nrows) for c in range(sheet.ncols)}
        here = {(cell.place.row - 1, cell.place.column - 1): cell.text for cell in grid}
        assert {at for at, value in there.items() if str(value).strip()} == set(here)
        others += [(there[at], text) for at, text in here.items() if there[at] != text]
    assert [text for value, text in others if text != f"{value:.0f}"] == ["100%"] * 18
    assert {value for value, text in others if text == "100%"} == {1.0}


@pytest.mark.parametrize(
    ("code", "value", "shown"),
    [
        ("0%", 0.9, "90%"), ("#,##0.00", 1234.5, "1,234.50"), ("yyyy-mm-dd", 44561, "2021-12-31"),
        ('yyyy"年"m"月"', 44561, "2021年12月"), ("General", 0.1 + 0.2, "0.3"), ("", 3966300, "3966300"),
        ("", True, "TRUE"), ("", False, "FALSE"), ("", " 一\r\n二 ", "一\n二"), ('0"批"', 1, "1批"),
    ],
)  # fmt: skip
def test_a_cell_is_shown_as_excel_shows_it(code, value, shown):
    assert flat(book_of([value], code=code)) == {"A1": shown}


def test_days_from_1904_are_later():
    book = xlwt.Workbook()
    book.dates_1904 = True
    book.add_sheet("表").write(0, 0, 43099, xlwt.easyxf(num_format_str="yyyy-mm-dd"))
    assert flat(saved(book)) == {"A1": "2021-12-31"}


def test_formats_that_every_excel_knows_look_chinese():
    assert flat(book_of([44561], code="M/D/YY")) == {"A1": "2021/12/31"}  # number 14


def test_an_error_is_shown():
    data = bytearray(book_of([True]))
    at = data.index(struct.pack("<HH", 0x205, 8))
    data[at + 10 : at + 12] = b"\x07\x01"
    assert flat(bytes(data)) == {"A1": "#DIV/0!"}


def test_a_cell_carries_its_file_sheet_and_address():
    book = xlwt.Workbook()
    sheet = book.add_sheet("一、总表")
    sheet.write_merge(4, 5, 1, 2, "字")
    sheet.write(6, 2, "尾")
    (grid,) = read(saved(book))
    assert grid.rows[0] == (Cell("字", Place("甲.xls", "一、总表", 5, 2, "B5"), 2, 2),)
    assert grid.spans and not read(book_of(["甲"]))[0].spans


def test_hidden_and_very_hidden_sheets_are_read_and_say_so():
    book = xlwt.Workbook()
    for name, visibility in (("显", 0), ("藏", 1), ("深藏", 2)):
        sheet = book.add_sheet(name)
        sheet.write(0, 0, "甲")
        sheet.visibility = visibility
    found = [(grid.part, [cell.note for cell in grid]) for grid in read(saved(book))]
    assert found == [("显", [""]), ("藏", ["hidden"]), ("深藏", ["hidden"])]


def test_an_empty_book_is_said_to_be_empty():
    with pytest.raises(EmptyFile):
        read(book_of([" "]))


def record(kind: int, data: bytes) -> bytes:
    return struct.pack("<HH", kind, len(data)) + data


def old(version: int, *cells: bytes, codepage: int | None = None) -> bytes:
    page = record(0x42, struct.pack("<H", codepage)) if codepage else b""
    sheet = record(0x809, struct.pack("<HHHH", version, 0x10, 0, 0)) + b"".join(cells) + record(0x0A, b"")
    if version < 0x500:
        return sheet
    name = "表".encode("gbk")
    head = record(0x809, struct.pack("<HHHH", version, 5, 0, 1996)) + page
    xf = record(0xE0, bytes(16))
    place = len(head) + len(xf) + 4 + 8 + len(name) - 1 + 4
    place = len(head) + len(xf) + (4 + 7 + len(name)) + 4
    return (
        head
        + xf
        + record(0x85, struct.pack("<IBBB", place, 0, 0, len(name)) + name)
        + record(0x0A, b"")
        + sheet
    )


def label(text: str) -> bytes:
    raw = text.encode("gbk")
    return record(0x204, struct.pack("<HHHH", 0, 0, 0, len(raw)) + raw)


@pytest.mark.parametrize("codepage", [936, None, 9999])
def test_texts_of_excel_95_are_chinese_whether_the_file_says_so_or_not(codepage):
    data = old(0x500, label("预算"), codepage=codepage)
    for found in (read(data), read(container({"Book": data}))):
        (grid,) = found
        assert [(cell.text, cell.place.part, cell.place.cell) for cell in grid] == [("预算", "表", "A1")]


def test_a_bare_stream_of_a_report_program_is_a_workbook():
    assert flat(old(0, label("预算"))) == {"A1": "预算"}


def test_records_that_show_no_text_are_made_unknown_in_place():
    head = record(0x809, b"\0" * 16)
    for kind in (0x18, 0x1AE, 0xEC, 0xBE, 0x201, 0x8C, 0x5C):
        made = biff_records.wanted(head + record(kind, b"\1\2"))
        assert made == head + struct.pack("<HH", 0xFFF, 2) + b"\1\2"


def test_rows_upon_rows_of_blanks_cost_nothing():
    blanks = b"".join(
        record(0xBE, struct.pack("<HH", row, 0) + bytes(512) + b"\xff\0") for row in range(5000)
    )
    data = stream(book_of(["甲"]))
    end = data.rindex(record(0x0A, b""))
    assert flat(container({"Workbook": data[:end] + blanks + data[end:]})) == {"A1": "甲"}


@pytest.mark.parametrize(("name", "most"), [("CELLS", 30), ("MERGES", 2)])
def test_more_than_the_limit_is_refused(name, most, monkeypatch):
    monkeypatch.setattr(limits, name, most)
    with pytest.raises(TooLarge):
        read(XLS)


def test_a_long_text_is_too_large_for_its_sheet(monkeypatch):
    monkeypatch.setattr(limits, "TEXT", 3)
    (found,) = grids("甲.xls", book_of(["一二三四"]))
    assert isinstance(found, TooLarge) and found.place == "甲.xls › 表"


def test_sheets_that_share_their_cells_are_not_read_without_end(monkeypatch):
    data = bytearray(stream())
    sheets = [
        at
        for at in range(len(data) - 4)
        if data[at : at + 2] == b"\x85\0" and data[at + 8 : at + 10] == b"\0\0"
    ]
    for at in sheets:
        data[at + 4 : at + 8] = data[sheets[3] + 4 : sheets[3] + 8]
    monkeypatch.setattr(limits, "CELLS", 450)
    found = list(grids("甲.xls", container({"Workbook": bytes(data)})))
    kinds = [type(one) for one in found]
    assert kinds.count(TooLarge) >= 1 and kinds.count(Unlisted) == 5 and len(found) == 6 + 5


def test_a_bad_sheet_is_reported_in_its_turn_and_the_others_come():
    data = bytearray(stream())
    second = [at for at in range(len(data) - 8) if data[at : at + 4] == b"\x09\x08\x10\0"][2]
    data[second : second + 4] = b"\xff\x0f\x10\0"
    found = list(grids("甲.xls", container({"Workbook": bytes(data)})))
    assert [type(one) for one in found] == [Grid, Damaged] + [Grid] * 4
    assert str(found[1].place).startswith("甲.xls › 2.")  # type: ignore[union-attr]


def test_what_a_merged_cell_hides_is_said():
    book = xlwt.Workbook()
    sheet = book.add_sheet("表", cell_overwrite_ok=True)
    sheet.write_merge(0, 2, 0, 0, "甲")
    sheet.write(1, 0, "乙")
    grid, hidden = grids("甲.xls", saved(book))
    assert [(cell.text, cell.height) for cell in grid] == [("甲", 2)]
    assert isinstance(hidden, Covered) and hidden.place == "甲.xls › 表 › A2"


def test_a_sheet_that_the_book_does_not_list_is_said():
    data = bytearray(stream())
    listed = next(at for at in range(len(data)) if data[at : at + 2] == b"\x85\0")
    data[listed : listed + 2] = biff_records.UNKNOWN
    found = list(grids("甲.xls", container({"Workbook": bytes(data)})))
    assert [type(one) for one in found] == [Grid] * 5 + [Unlisted]


def test_a_record_that_swallows_cells_is_damage_of_its_sheet():
    data = bytearray(stream())
    third = list(biff_records.sheets(bytes(data)))[2]
    blanks = data.index(b"\xbe\0", third)
    data[blanks + 2] += 56
    found = list(grids("甲.xls", container({"Workbook": bytes(data)})))
    troubles = [one for one in found if isinstance(one, ReadError)]
    assert len(found) == 7 and [type(one) for one in troubles] == [Damaged]
    assert troubles[0].place.startswith("甲.xls › 3.")


@pytest.mark.parametrize("data", [b"", b"\x09\x08\x10\0", stream()[:2000], b"\0" * 5000])
def test_half_a_stream_is_damage(data):
    with pytest.raises(Damaged):
        read(container({"Workbook": data}))


def test_a_broken_copy_gives_grids_or_a_read_error():
    for data in broken_copies(XLS):
        try:
            assert list(grids("甲", data))
        except ReadError as error:
            assert error.place.startswith("甲")


@settings(max_examples=100, deadline=None)
@given(st.lists(st.tuples(st.sampled_from(sorted(biff_records.WANTED)), st.binary(max_size=30)), max_size=8))
def test_any_records_give_a_grid_or_a_read_error(records):
    whole = stream(book_of(["甲"]))
    end = whole.rindex(record(0x0A, b""))
    for at in (end, 20):
        data = whole[:at] + b"".join(record(*one) for one in records) + whole[at:]
        try:
            assert list(grids("甲", container({"Workbook": data})))
        except ReadError as error:
            assert error.place.startswith("甲")
