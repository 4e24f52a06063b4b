# ruff: noqa: E501 (XML and lists of cases stand on one line)
from __future__ import annotations

import io
import json
import re
import subprocess
import sys
import zipfile
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from mutations import broken_copies
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from test_parsing_formats_packed import make_zip

from parsing.errors import Covered, Damaged, EmptyFile, ReadError, TooLarge, Unlisted, Unsafe
from parsing.formats import grids
from parsing.formats.characters.runs import marked
from parsing.formats.raw import limits
from parsing.formats.worksheet.number_formats import BUILTIN, general, renderer, worded
from parsing.grid import Cell, Grid, Place

CASES = Path(__file__).parent / "cases"
HOSTILE = sorted((CASES / "hostile").glob("*.xlsx"))
GOLD = json.loads((CASES / "files" / "gold.json").read_text("utf-8"))
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
DOCUMENT = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def read(data: bytes) -> list[Grid]:
    found = list(grids("甲.xlsx", data))
    assert all(isinstance(grid, Grid) for grid in found)
    return found  # type: ignore[return-value]


def saved(book: openpyxl.Workbook) -> bytes:
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def book_of(cells: dict[str, Any], merges: tuple[str, ...] = ()) -> openpyxl.Workbook:
    book = openpyxl.Workbook()
    for ref, value in cells.items():
        book.active[ref] = value
    for ref in merges:
        book.active.merge_cells(ref)
    return book


def by_hand(
    rows: str, *, after: str = "", strings: str = "", styles: str = "", main: str = MAIN, **parts: str
) -> bytes:
    """A workbook of one sheet with just the XML that a test is about."""
    members = {
        "_rels/.rels": f'<Relationships><Relationship Id="a" Type="{DOCUMENT}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/_rels/workbook.xml.rels": f'<Relationships><Relationship Id="r1" Type="{DOCUMENT}/worksheet" Target="/xl/worksheets/sheet1.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook xmlns="{main}" xmlns:r="{DOCUMENT}"><sheets><sheet name="表" sheetId="1" r:id="r1"/></sheets></workbook>',
        "xl/worksheets/sheet1.xml": f'<worksheet xmlns="{main}"><sheetData>{rows}</sheetData>{after}</worksheet>',
    }
    if strings:
        members["xl/sharedStrings.xml"] = f'<sst xmlns="{main}">{strings}</sst>'
    if styles:
        members["xl/styles.xml"] = f'<styleSheet xmlns="{main}">{styles}</styleSheet>'
    return make_zip(members | parts)


def flat(data: bytes) -> dict[str, str]:
    return {cell.place.cell: cell.text for grid in read(data) for cell in grid}


def area(cell: Cell, top: int) -> list[int]:
    row, column = cell.place.row - top, cell.place.column - 1
    return [row, column, row + cell.height - 1, column + cell.width - 1]


def same_as_gold(grid: Grid, table: dict[str, Any], top: int) -> None:
    """Rows ``top``… of the grid (counted from 1) are the rows and merges of the gold table."""
    cells = [cell for cell in grid if top <= cell.place.row < top + len(table["rows"])]
    gold = {(r, c): text for r, row in enumerate(table["rows"]) for c, text in enumerate(row) if text}
    assert {(cell.place.row - top, cell.place.column - 1): cell.text for cell in cells} == gold
    assert sorted(area(cell, top) for cell in cells if (cell.height, cell.width) != (1, 1)) == sorted(
        merge for merge in table["merges"] if table["rows"][merge[0]][merge[1]]
    )


def test_a_sheet_a_table_is_the_gold_cell_by_cell():
    found = read((CASES / "files" / "perf_sheets.xlsx").read_bytes())
    assert len(found) == 6 and all(grid.spans for grid in found)
    for grid, table in zip(found, GOLD, strict=True):
        same_as_gold(grid, table, top=3)


def test_six_tables_in_one_sheet_are_the_gold_cell_by_cell():
    (grid,) = read((CASES / "files" / "perf_stacked.xlsx").read_bytes())
    starts = [cell.place.row for cell in grid if cell.text == "项目名称"]
    for top, table in zip(starts, GOLD, strict=True):
        same_as_gold(grid, table, top)


def test_places_and_merges_are_those_openpyxl_sees():
    data = (CASES / "files" / "perf_sheets.xlsx").read_bytes()
    for grid, sheet in zip(read(data), openpyxl.load_workbook(io.BytesIO(data)), strict=True):
        assert grid.part == sheet.title
        cells = {cell.coordinate: cell for row in sheet for cell in row if cell.value is not None}
        assert {cell.place.cell for cell in grid} == set(cells)
        for cell in grid:
            there = cells[cell.place.cell]
            shown = f"{there.value:.0%}" if there.number_format == "0%" else str(there.value)
            assert (cell.text, cell.place.row, cell.place.column) == (shown, there.row, there.column)


def test_a_cell_carries_its_file_sheet_and_address():
    book = book_of({"B5": " 一\n二\u3000"}, ("B5:C6",))
    book.active["C7"] = "尾"
    (grid,) = read(saved(book))
    assert grid.rows[0] == (Cell("一\n二", Place("甲.xlsx", "Sheet", 5, 2, "B5"), 2, 2),)


def test_a_sheet_without_merges_says_so():
    (grid,) = read(saved(book_of({"A1": "甲"})))
    assert not grid.spans


def test_a_merge_is_clipped_to_the_used_box_and_hides_what_it_covers():
    rows = (
        '<row r="1"><c r="A1"><v>1</v></c><c r="B1"><v>2</v></c></row><row r="3"><c r="C3"><v>3</v></c></row>'
    )
    grid, hidden = grids(
        "甲.xlsx", by_hand(rows, after='<mergeCells><mergeCell ref="A1:XFD2"/></mergeCells>')
    )
    assert [(cell.text, cell.height, cell.width) for cell in grid] == [("1", 2, 3), ("3", 1, 1)]
    assert isinstance(hidden, Covered) and hidden.place == "甲.xlsx › 表 › B1" and "“2”" in hidden.reason


def test_a_copy_of_the_text_under_its_own_merged_cell_hides_nothing():
    rows = '<row r="1"><c r="A1"><v>1</v></c></row><row r="2"><c r="A2"><v>1</v></c></row>'
    (grid,) = read(by_hand(rows, after='<mergeCells><mergeCell ref="A1:A2"/></mergeCells>'))
    assert [(cell.text, cell.height) for cell in grid] == [("1", 2)]


def test_a_sheet_that_the_workbook_does_not_list_is_said():
    part = f'<worksheet xmlns="{MAIN}"><sheetData><row><c><v>9</v></c></row></sheetData></worksheet>'
    grid, found = grids(
        "甲.xlsx", by_hand("<row><c><v>1</v></c></row>", **{"xl/worksheets/sheet9.xml": part})
    )
    assert [cell.text for cell in grid] == ["1"]
    assert isinstance(found, Unlisted) and found.place == "甲.xlsx › sheet9.xml"


@pytest.mark.parametrize(
    "rows",
    [
        '<row r="1"><c r="A1"><v>1</v></c></row><row r="4"><c r="B14"><v>2</v></c></row>',
        '<row r="1"><c r="A1"><v>1</v></c><c r="A1"><v>2</v></c></row>',
        '<row r="1"><c r="A1" t="inlineStr"><is>字</is></c></row>',
        '<row r="1"><c r="A1"><v>1</v></c></row><is><t>字</t></is>',
        '<row r="1"><c r="A1" t="inlineStr"><t>字</t><is><t>字</t></is></c></row>',
    ],
    ids=["another row", "one place", "text in no text", "text behind the cells", "text beside the text"],
)
def test_what_a_sheet_says_against_itself_is_damage(rows):
    (found,) = grids("甲.xlsx", by_hand(rows))
    assert isinstance(found, Damaged) and found.place == "甲.xlsx › 表"


NUMBERS = [
    ("0%", 1, "100%"), ("0.0%", 0.955, "95.5%"), ("0.00%", 0.955, "95.50%"), ("0%", 0.955, "96%"), ("0%", -0.05, "-5%"),
    ("General", 2024, "2024"), ("General", 0.1 + 0.2, "0.3"), ("General", 1e-05, "0.00001"), ("General", 123456789012345, "123456789012345"),
    ("0", 2024.5, "2025"), ("0.00", 0.005, "0.01"), ("0.00", -1.005, "-1.01"), ("#,##0", 3966300, "3,966,300"), ("#,##0", 0, "0"),
    ("#,##0.00", 1234.5, "1,234.50"), ("#,##0.##", 920000, "920,000."), ("#.##", 0.5, ".5"), ("000", 7, "007"), ("000-0000", 1234567, "123-4567"),
    ("0,", 1234567, "1235"), ("0.00,,", 12345678, "12.35"), ('0!.0,"万"', 3966300, "396.6万"), ('0"批"', 1, "1批"), ("0\\元", 5, "5元"),
    ('"≥"0%', 0.9, "≥90%"), ("0.00_);(0.00)", -3, "(3.00)"), ("0.00_);[Red](0.00)", 3, "3.00"), ('0;-0;"无"', 0, "无"), ("0;-0;;@", 0, ""),
    ('[>=10000]0!.0,"万";0"元"', 23000, "2.3万"), ('[>=10000]0!.0,"万";0"元"', 500, "500元"), ("[$￥-804]#,##0.00", 12, "￥12.00"),
    ('_ * #,##0.00_ ;_ * -#,##0.00_ ;_ * "-"??_ ;_ @_ ', 1234.5, "1,234.50"), ('_ * #,##0.00_ ;_ * -#,##0.00_ ;_ * "-"??_ ;_ @_ ', 0, "-"),
    ("0.00E+00", 12345, "1.23E+04"), ("@", 100, "100"), ('General"元"', 12.5, "12.5元"), ("# ?/?", 0.5, "0.5"), ("0", 1e22, "1E+22"),
    ("yyyy-mm-dd", 44561, "2021-12-31"), ('yyyy"年"m"月"d"日"', 44561, "2021年12月31日"), ("yyyy/m/d;@", 44561, "2021/12/31"),
    ('[$-804]yyyy"年"m"月";@', 44561, "2021年12月"), ("[$-F800]dddd\\,\\ mmmm\\ dd\\,\\ yyyy", 44561, "2021年12月31日"), ("d-mmm-yy", 44561, "31-Dec-21"),
    ("yyyy-mm-dd hh:mm", 44561.75, "2021-12-31 18:00"), ("h:mm AM/PM", 0.75, "6:00 PM"), ('上午/下午h"时"mm"分"', 0.25, "上午6时00分"),
    ("[h]:mm", 1.5, "36:00"), ("mm:ss.0", 0.0001, "00:08.6"), ("aaaa", 44561, "星期五"), ("yyyy-mm-dd", 1, "1900-01-01"), ("yyyy-mm-dd", 61, "1900-03-01"),
    ("yyyy-mm-dd", -1, "-1"), ("yyyy", 3000000, "3000000"),
]  # fmt: skip


@pytest.mark.parametrize(("code", "value", "shown"), NUMBERS)
def test_a_number_is_shown_as_excel_shows_it(code, value, shown):
    book = book_of({"A1": value, "B1": "满"})
    book.active["A1"].number_format = code
    assert flat(saved(book)).get("A1", "") == shown


@pytest.mark.parametrize(
    ("raw", "shown"),
    [("100", "100"), ("100.0", "100"), ("1E3", "1000"), ("-0", "0"), ("007", "7"), ("1.5e-12", "1.5E-12"), ("x", "x"), ("1e999", "1e999")],
)  # fmt: skip
def test_a_number_without_a_format_keeps_its_digits(raw, shown):
    assert general(raw) == shown


def test_days_from_1904_are_later():
    render = renderer("yyyy-mm-dd", date1904=True)
    assert render is not None and render("43099") == "2021-12-31"
    book = book_of({"A1": datetime(2021, 12, 31)})
    book.epoch = openpyxl.utils.datetime.CALENDAR_MAC_1904
    assert flat(saved(book))["A1"].startswith("2021-12-31")


def test_builtin_dates_look_chinese():
    shown = {number: renderer(BUILTIN[number]) for number in (14, 31, 57)}
    assert [render("44561") for render in shown.values() if render] == [
        "2021/12/31",
        "2021年12月31日",
        "2021年12月",
    ]


@settings(max_examples=100, deadline=None)
@given(st.text(alphabet='0#?.,%;"\\[]<>=-+eEymdhs元@_*!/ aAGnrl$'), st.floats())
def test_any_format_and_number_give_some_text(code, value):
    render = renderer(code)
    assert render is None or isinstance(render(repr(value)), str)


def test_truth_errors_and_texts_are_shown():
    rows = """<row><c t="b"><v>1</v></c><c t="b"><v>0</v></c><c t="e"><v>#DIV/0!</v></c><c t="str"><f>A1</f><v>字</v></c>
      <c t="inlineStr"><is><r><t>甲</t></r><r><t xml:space="preserve"> 乙</t></r><rPh sb="0" eb="1"><t>音</t></rPh></is></c>
      <c t="d"><v>2021-12-31T00:00:00</v></c><c t="d" s="1"><v>2021-12-31</v></c></row>"""
    styles = '<cellXfs><xf numFmtId="0"/><xf numFmtId="31"/></cellXfs>'
    assert flat(by_hand(rows, styles=styles)) == {
        "A1": "TRUE", "B1": "FALSE", "C1": "#DIV/0!", "D1": "字", "E1": "甲 乙", "F1": "2021-12-31", "G1": "2021年12月31日",
    }  # fmt: skip


def test_shared_strings_join_runs_skip_phonetics_and_unescape():
    strings = "<si><r><t>甲</t></r><r><t>乙</t></r><rPh><t>音</t></rPh></si><si><t>一_x000D_\n二</t></si><si><t/></si>"
    rows = '<row><c t="s"><v>0</v></c><c t="s"><v>1</v></c><c t="s"><v>2</v></c></row>'
    assert flat(by_hand(rows, strings=strings)) == {"A1": "甲乙", "B1": "一\n二"}


def test_rich_text_of_openpyxl_is_joined():
    book = book_of({"A1": CellRichText("甲", TextBlock(InlineFont(b=True), "乙"))})
    assert flat(saved(book)) == {"A1": "甲乙"}


def test_cells_without_address_follow_each_other():
    rows = '<row><c><v>1</v></c><c/><c><v>2</v></c></row><row r="5"><c r="C5"/><c><v>3</v></c></row><row><c><v>4</v></c></row>'
    assert flat(by_hand(rows)) == {"A1": "1", "C1": "2", "D5": "3", "A6": "4"}


def test_rows_and_cells_come_sorted_whatever_the_file_says():
    rows = (
        '<row r="2"><c r="B2"><v>4</v></c><c r="A2"><v>3</v></c></row><row r="1"><c r="A1"><v>1</v></c></row>'
    )
    assert list(flat(by_hand(rows))) == ["A1", "A2", "B2"]


def test_prefixed_and_strict_workbooks_are_read():
    strict = "http://purl.oclc.org/ooxml/spreadsheetml/main"
    assert flat(by_hand('<row><c r="A1"><v>7</v></c></row>', main=strict)) == {"A1": "7"}
    sheet = f'<x:worksheet xmlns:x="{MAIN}"><x:sheetData><x:row><x:c r="A1"><x:v>7</x:v></x:c></x:row></x:sheetData></x:worksheet>'
    assert flat(by_hand("", **{"xl/worksheets/sheet1.xml": sheet})) == {"A1": "7"}


def test_a_format_of_dxfs_changes_no_style():
    styles = """<numFmts><numFmt numFmtId="164" formatCode="0.0%"/></numFmts><cellStyleXfs><xf numFmtId="9"/></cellStyleXfs>
      <cellXfs><xf numFmtId="164"/></cellXfs><dxfs><dxf><numFmt numFmtId="164" formatCode="0"/></dxf></dxfs>"""
    assert flat(by_hand('<row><c s="0"><v>0.5</v></c></row>', styles=styles)) == {"A1": "50.0%"}


def test_a_formula_never_calculated_is_noted():
    (grid,) = read((CASES / "hostile" / "formula_nocache.xlsx").read_bytes())
    assert {cell.text for cell in grid if cell.note == "formula"} == {""}
    assert not any(
        cell.note
        for sheet in read((CASES / "hostile" / "formula_cached.xlsx").read_bytes())
        for cell in sheet
    )


def test_blank_texts_are_no_cells_and_blank_books_are_empty():
    assert flat(saved(book_of({"A1": "\u3000 ", "B1": "甲"}))) == {"B1": "甲"}
    with pytest.raises(EmptyFile):
        read(saved(openpyxl.Workbook()))


def test_hidden_and_very_hidden_sheets_are_read_and_say_so():
    book = openpyxl.Workbook()
    for title, state in (("显", "visible"), ("藏", "hidden"), ("深藏", "veryHidden")):
        sheet = book.create_sheet(title)
        sheet["A1"], sheet.sheet_state = "甲", state
    book.create_chartsheet("图")
    found = [(grid.part, [cell.note for cell in grid]) for grid in read(saved(book))]
    assert found == [("显", [""]), ("藏", ["hidden"]), ("深藏", ["hidden"])]


def test_a_bad_sheet_is_reported_in_its_turn_and_the_others_come():
    found = list(grids("甲.xlsx", (CASES / "hostile" / "lol.xlsx").read_bytes()))
    assert isinstance(found[0], Unsafe) and found[0].place == "甲.xlsx › 1.综合工作经费（常）"
    assert [type(sheet) for sheet in found[1:]] == [Grid] * 5


def test_a_sheet_that_is_not_there_is_damage_of_that_sheet():
    for rows in (
        '<row><c t="s"><v>3</v></c></row>',
        '<row r="x"/>',
        '<row><c r="5"><v>1</v></c></row>',
        "<row",
    ):
        (found,) = grids("甲.xlsx", by_hand(rows))
        assert isinstance(found, ReadError) and (found.code, found.place) == ("damaged", "甲.xlsx › 表")


def test_a_cell_far_away_is_reported_and_the_tables_are_read():
    found = list(grids("甲.xlsx", (CASES / "hostile" / "far_cell.xlsx").read_bytes()))
    troubles = [sheet for sheet in found if isinstance(sheet, ReadError)]
    assert [(sheet.code, sheet.place) for sheet in troubles] == [
        ("too-large", "甲.xlsx › 1.综合工作经费（常） › XFD1048576")
    ]
    for grid, table in zip([sheet for sheet in found if isinstance(sheet, Grid)], GOLD, strict=True):
        same_as_gold(grid, table, top=3)


@pytest.mark.parametrize("name", ["dim_lie", "dim_small", "merge_huge"])
def test_a_lie_about_size_changes_nothing(name):
    for grid, table in zip(read((CASES / "hostile" / f"{name}.xlsx").read_bytes()), GOLD, strict=True):
        same_as_gold(grid, table, top=3)


@pytest.mark.parametrize(("name", "most"), [("CELLS", 3), ("ELEMENTS", 3), ("TEXT", 0), ("MERGES", 0)])
def test_more_than_the_limit_is_refused(name, most, monkeypatch):
    monkeypatch.setattr(limits, name, most)
    data = by_hand(
        "<row><c><v>1</v></c><c><v>2</v></c></row>" * 2,
        after='<mergeCells><mergeCell ref="A1:B1"/></mergeCells>',
    )
    (found,) = grids("甲.xlsx", data)
    assert isinstance(found, TooLarge)


def test_areas_that_overlap_a_thousandfold_are_refused(monkeypatch):
    monkeypatch.setattr(limits, "CELLS", 1000)
    merges = '<mergeCell ref="A1:B500"/>' * 30
    (found,) = grids(
        "甲.xlsx", by_hand("<row><c><v>1</v></c></row>" * 500, after=f"<mergeCells>{merges}</mergeCells>")
    )
    assert isinstance(found, TooLarge)


APART = """
import os, resource, signal, sys
from pathlib import Path
from parsing.errors import ReadError
from parsing.formats import grids
for path in sys.argv[1:]:
    if not (child := os.fork()):
        resource.setrlimit(resource.RLIMIT_AS, (500 << 20, 500 << 20))
        signal.alarm(8)  # seconds, then it ends
        try: print(path, sum(1 for _ in grids("a", Path(path).read_bytes())), flush=True)
        except ReadError as error: print(path, error.code, flush=True)
        os._exit(0)
    os.waitpid(child, 0)
"""


@pytest.fixture(scope="module")
def apart() -> dict[str, str]:
    """What became of each hostile book, read in a process of its own with little memory and time."""
    command = [sys.executable, "-c", APART, *map(str, HOSTILE)]
    done = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True, cwd=CASES.parents[1])
    return dict(line.rsplit(" ", 1) for line in done.stdout.splitlines())


@pytest.mark.parametrize("path", HOSTILE, ids=lambda path: path.stem)
def test_a_hostile_book_needs_little_memory_and_time(apart, path):
    expected = {"zipbomb": "too-large", "cellbomb": "too-large", "locked": "locked", "far_cell": "7"}
    with suppress(zipfile.BadZipFile), zipfile.ZipFile(path) as book:  # a locked one is none
        sheets = re.findall(rb"<(?:\w+:)?sheet\s", book.read("xl/workbook.xml"))
        expected.setdefault(path.stem, str(len(sheets)))
    assert apart.get(str(path)) == expected[path.stem]


def test_a_broken_copy_of_a_book_gives_grids_or_a_read_error():
    whole = (CASES / "files" / "perf_sheets.xlsx").read_bytes()
    for data in broken_copies(whole):
        try:
            assert list(grids("甲", data))
        except ReadError as error:
            assert error.place == "甲"


@settings(max_examples=100, deadline=None)
@given(st.text(alphabet='<>/="rcvtsifmge 10A:BZ&#;-_x', max_size=60))
def test_any_sheet_xml_gives_a_grid_or_a_read_error(xml):
    try:
        assert list(grids("甲", by_hand("<row><c><v>1</v></c></row>" + xml)))
    except ReadError as error:
        assert error.place.startswith("甲")


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("<c ", "<c><c "),  # a cell in a cell
        ("</row>", "<is><t>字</t></is></row>"),  # text outside of one
    ],
)
def test_cells_that_are_not_where_they_belong_are_damage_and_never_lost(old, new):
    data = (CASES / "files" / "perf_sheets.xlsx").read_bytes()
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as given, zipfile.ZipFile(out, "w") as made:
        for name in given.namelist():
            text = given.read(name)
            if name.endswith("sheet1.xml"):
                text = text.replace(old.encode(), new.encode(), 1)
                text = text.replace(b"</c>", b"</c></c>", 1) if old == "<c " else text
            made.writestr(name, text)
    found = list(grids("甲.xlsx", out.getvalue()))
    assert [getattr(one, "code", "") for one in found] == ["damaged", *[""] * 5]


def strict(data: bytes) -> bytes:
    """The same workbook or document in the namespaces of ISO 29500 strict."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    purl = b"http://purl.oclc.org/ooxml/"
    for name, part in parts.items():
        for kind in (b"spreadsheetml", b"wordprocessingml"):
            part = part.replace(
                b"http://schemas.openxmlformats.org/%b/2006/main" % kind, purl + kind + b"/main"
            )
        office = b"http://schemas.openxmlformats.org/officeDocument/2006/relationships"
        parts[name] = part.replace(office, purl + b"officeDocument/relationships")
    return make_zip(parts)


def test_strict_workbooks_read_like_the_others():
    data = (CASES / "files" / "perf_sheets.xlsx").read_bytes()
    assert strict(data) != data
    assert read(strict(data)) == read(data)


def test_the_reading_of_a_text_is_no_part_of_it():
    phonetic = '<si><r><t>东</t></r><r><t>京</t></r><rPh sb="0" eb="2"><t>トウキョウ</t></rPh><phoneticPr fontId="1"/></si>'
    data = by_hand('<row><c t="s"><v>0</v></c></row>', strings=phonetic)
    assert flat(data) == {"A1": "东京"}


@pytest.mark.parametrize("number", [b"-1", b"-2", b"99"])
def test_a_string_that_is_not_there_is_damage_and_never_another_one(number: bytes) -> None:
    with zipfile.ZipFile(CASES / "hostile/total_rows_other_words.xlsx") as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    sheet = "xl/worksheets/sheet1.xml"
    assert b't="s"><v>20</v>' in members[sheet]
    members[sheet] = members[sheet].replace(b"<v>20</v>", b"<v>" + number + b"</v>")
    (found,) = grids("甲.xlsx", make_zip(members))
    assert isinstance(found, Damaged)


@pytest.mark.parametrize("string", [b"<si><si><t>A</t></si></si>", b"<si>A</si>", b"<si><t>A</t></si>B"])
def test_shared_strings_in_one_another_or_without_their_text_are_damage(string: bytes) -> None:
    with zipfile.ZipFile(CASES / "hostile/total_rows_other_words.xlsx") as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    shared = "xl/sharedStrings.xml"
    members[shared] = re.sub(b"<si>.*?</si>", string, members[shared], count=1)
    with pytest.raises(Damaged):
        list(grids("甲.xlsx", make_zip(members)))


def test_a_cell_of_two_texts_is_damage_and_not_one_of_them() -> None:
    text = "<is><t>{}</t></is>".format
    cell = f'<row r="1"><c r="A1" t="inlineStr">{text("甲")}{text("乙")}</c></row>'
    (found,) = grids("甲.xlsx", by_hand(cell))
    assert isinstance(found, Damaged)
    value = f'<row r="1"><c r="A1" t="inlineStr"><v>3</v>{text("乙")}</c></row>'  # it does not show
    assert flat(by_hand(value)) == {"A1": "乙"}


@pytest.mark.parametrize("kind", ["", ' t="str"', ' t="s"'])
def test_a_cell_of_two_values_is_damage_and_not_the_two_of_them_as_one(kind: str) -> None:
    cell = f'<row r="1"><c r="A1"{kind}><v>0</v><v>0</v></c></row>'
    (found,) = grids("甲.xlsx", by_hand(cell))
    assert isinstance(found, Damaged)


def test_a_text_under_the_name_of_a_value_is_damage_and_not_an_empty_cell() -> None:
    (found,) = grids("甲.xlsx", by_hand('<row r="1"><c r="A1" t="inlineStr"><is><v>甲</v></is></c></row>'))
    assert isinstance(found, Damaged)


def test_cells_within_a_value_instead_of_a_row_are_damage() -> None:
    cell = '<c r="{}" t="inlineStr"><is><t>{}</t></is></c>'.format
    rows = f'<row r="1">{cell("A1", "甲")}</row><v r="2">{cell("A2", "乙")}</v><row r="3">{cell("A3", "丙")}</row>'
    (found,) = grids("甲.xlsx", by_hand(rows))
    assert isinstance(found, Damaged)


@pytest.mark.parametrize(
    ("code", "text"),
    [
        ('General"人";;;@"人"', "18人"),
        ('"≥"@', "≥18"),
        (";;;", marked("18", "unseen")),
        ("@", None),
        ("0.00", None),
        ("0;-0;", None),
    ],
)
def test_a_format_shows_texts_as_its_section_for_them_says(code: str, text: str | None) -> None:
    words = worded(code)
    assert (words("18") if words else None) == text


@pytest.mark.parametrize(
    ("code", "number", "text"),
    [
        ("# ?/?", "0.75", "3/4"),
        ("# ?/?", "1.5", "1 1/2"),
        ("?/?", "1.5", "3/2"),
        ("# ?/8", "0.5", "4/8"),
        ("# ??/??", "2", "2"),
        ("# ?/?", "-0.25", "-1/4"),
        ("# ?/?", "0.999", "1" + marked("0.999", "stored")),
    ],
)
def test_a_fraction_is_shown_as_one(code: str, number: str, text: str) -> None:
    render = renderer(code)
    assert render and render(number) == text
