# ruff: noqa: E501 (XML stands on one line)
from __future__ import annotations

import random
from pathlib import Path

import pytest
from test_parsing_formats_xlsx import GOLD, same_as_gold

from parsing.errors import Covered, Damaged, ReadError, TooLarge, Unsafe
from parsing.formats import grids
from parsing.formats.excel import spreadsheetml
from parsing.formats.raw import limits
from parsing.grid import Cell, Grid, Place

FILES = Path(__file__).parent / "cases" / "files"
NAME = "urn:schemas-microsoft-com:office:spreadsheet"


def book(
    table: str, styles: str = "", *, prefix: str = "", encoding: str = "UTF-8", after: str = ""
) -> bytes:
    p = f"{prefix}:" if prefix else ""
    names = f'xmlns:ss="{NAME}" xmlns:html="h"' + (f' xmlns="{NAME}"' if not prefix else "")
    inside = f'<{p}Styles>{styles}</{p}Styles><{p}Worksheet ss:Name="表"><{p}Table>{table}</{p}Table>{after}</{p}Worksheet>'
    head = f'<?xml version="1.0" encoding="{encoding}"?>\n<?mso-application progid="Excel.Sheet"?>\n'
    return f"{head}<{p}Workbook {names}>{inside}</{p}Workbook>".encode(encoding)


def read(data: bytes) -> list[Grid]:
    assert spreadsheetml.sniff(data)
    found = list(grids("甲.xls", data))
    assert all(isinstance(grid, Grid) for grid in found)
    return found  # type: ignore[return-value]


def cell(value: str, kind: str = "String", form: str = "") -> str:
    return f'<Cell {form}><Data ss:Type="{kind}">{value}</Data></Cell>'


def cells(table: str) -> list[tuple[str, str, int, int]]:
    return [(c.text, c.place.cell, c.height, c.width) for grid in read(book(table)) for c in grid]


def test_an_export_is_the_gold_cell_by_cell():
    found = read((FILES / "export_spreadsheetml.xls").read_bytes())
    assert len(found) == 6 and all(grid.spans for grid in found)
    for grid, table in zip(found, GOLD, strict=True):
        same_as_gold(grid, table, top=1)


def test_cells_are_counted_on_from_an_index_and_over_what_is_merged():
    merged, fourth = cell("甲", form='ss:MergeAcross="1" ss:MergeDown="1"'), cell("丁", form='ss:Index="4"')
    rows = f'<Row ss:Index="3">{merged}{cell("乙")}<Cell/>{cell("丙")}</Row><Row>{fourth}</Row>'
    assert cells(rows) == [("甲", "A3", 2, 2), ("乙", "C3", 1, 1), ("丙", "E3", 1, 1), ("丁", "D4", 1, 1)]


def test_a_cell_carries_its_file_sheet_and_address():
    (grid,) = read(book(f"<Row>{cell(' 甲&#10;乙 ')}</Row>"))
    assert list(grid) == [Cell("甲\n乙", Place("甲.xls", "表", 1, 1, "A1"))] and not grid.spans


@pytest.mark.parametrize(
    ("format", "kind", "value", "text"),
    [
        ("0%", "Number", "1", "100%"), ("Percent", "Number", "0.955", "95.50%"), ("General", "Number", "2024", "2024"), ("Fixed", "Number", "5", "5.00"),
        ("Standard", "Number", "3966300", "3,966,300.00"), ("#,##0", "Number", "36000", "36,000"), ("@", "String", "≥90%", "≥90%"), ("0", "String", "36", "36"),
        ("Short Date", "DateTime", "2024-12-31T00:00:00.000", "2024/12/31"), ("yyyy&quot;年&quot;m&quot;月&quot;", "DateTime", "2024-12-31T00:00:00.000", "2024年12月"),
        ("General", "Boolean", "1", "TRUE"), ("General", "Error", "#DIV/0!", "#DIV/0!"), ("General", "Number", "0.30000000000000004", "0.3"),
    ],
)  # fmt: skip
def test_a_value_is_what_excel_shows(format, kind, value, text):
    styles = f'<Style ss:ID="a"><NumberFormat ss:Format="{format}"/></Style><Style ss:ID="b" ss:Parent="a"/>'
    for style in ("a", "b"):
        styled = cell(value, kind, f'ss:StyleID="{style}"')
        (grid,) = read(book(f"<Row>{styled}</Row>", styles))
        assert [c.text for c in grid] == [text]


def test_a_cell_without_style_takes_that_of_its_row():
    styles = '<Style ss:ID="a"><NumberFormat ss:Format="0%"/></Style>'
    (grid,) = read(book(f'<Row ss:StyleID="a">{cell("1", "Number")}</Row>', styles))
    assert [c.text for c in grid] == ["100%"]


def test_rich_text_counts_and_remarks_do_not():
    rich = '<Cell><ss:Data ss:Type="String"><html:B>甲</html:B><html:Font>乙</html:Font></ss:Data><Comment><ss:Data>批注</ss:Data></Comment></Cell>'
    assert [text for text, *_ in cells(f"<Row>{rich}</Row>")] == ["甲乙"]


def test_a_formula_never_calculated_is_noted():
    (grid,) = read(book('<Row><Cell ss:Formula="=1+1"/></Row>'))
    assert [(c.text, c.note) for c in grid] == [("", "formula")]


@pytest.mark.parametrize("encoding", ["UTF-8", "GB2312", "gb18030", "UTF-16"])
def test_every_encoding_is_read(encoding):
    (grid,) = read(book(f"<Row>{cell('项目名称')}</Row>", encoding=encoding))
    assert [c.text for c in grid] == ["项目名称"]


def test_a_prefix_reads_the_same():
    data = book(
        '<ss:Row><ss:Cell ss:MergeAcross="1"><ss:Data ss:Type="String">甲</ss:Data></ss:Cell><ss:Cell><ss:Data ss:Type="Number">1</ss:Data></ss:Cell></ss:Row>',
        prefix="ss",
    )
    assert [(c.text, c.place.cell) for grid in read(data) for c in grid] == [("甲", "A1"), ("1", "C1")]


def test_hidden_and_very_hidden_sheets_are_read_and_say_so():
    after = "<WorksheetOptions xmlns='x'><Visible>{}</Visible></WorksheetOptions>"
    for said in ("SheetHidden", "SheetVeryHidden"):
        (grid,) = read(book(f"<Row>{cell('甲')}</Row>", after=after.format(said)))
        assert [cell.note for cell in grid] == ["hidden"]


def test_what_is_far_away_is_said_and_the_rest_is_read():
    far = cell("乙", form='ss:Index="300"')
    grid, beyond = grids("甲", book(f"<Row>{cell('甲')}{far}</Row>"))
    assert [c.text for c in grid] == ["甲"]
    assert isinstance(beyond, TooLarge) and beyond.place == "甲 › 表 › KN1"


def test_too_long_a_text_is_said():
    (found,) = grids("甲", book(f"<Row>{cell('字' * (limits.TEXT + 1))}</Row>"))
    assert isinstance(found, TooLarge) and found.place == "甲 › 表 › A1"


def test_what_a_merged_cell_hides_is_said():
    merged = cell("甲", form='ss:MergeDown="1"')
    grid, hidden = grids("甲", book(f"<Row>{merged}</Row><Row>{cell('乙')}</Row>"))
    assert [c.text for c in grid] == ["甲"] and isinstance(hidden, Covered) and hidden.place == "甲 › 表 › A2"


@pytest.mark.parametrize(
    ("rows", "where"),
    [
        ("<Row>" + cell("甲") + cell("乙") + cell("丙", form='ss:Index="2"') + "</Row>", "B1"),
        (f"<Row ss:Index='3'>{cell('甲')}</Row><Row ss:Index='3'>{cell('乙')}</Row>", "A3"),
        ("<Row>" + cell("甲", form='ss:Index="一"') + "</Row>", "A1"),
        ("<Row>" + cell("甲", form='ss:MergeAcross="nan"') + "</Row>", "A1"),
        (f"<Row>{cell('甲')}<Row>{cell('乙')}</Row></Row>", "A1"),
        (f"<Row>{cell('甲')}<Cell><Row>乙</Row></Cell></Row>", "B1"),
        (f"<Row>{cell('甲')}<Cell>乙</Cell></Row>", "B1"),
    ],
    ids=["one place", "one row", "no number", "no width", "row in row", "row in cell", "no data"],
)
def test_cells_that_are_not_in_rows_and_columns_are_said(rows, where):
    grid, doubt = grids("甲", book(rows))
    assert {"甲", "乙"} & {c.text for c in grid}
    assert isinstance(doubt, Damaged) and doubt.place == f"甲 › 表 › {where}"


def test_a_second_value_in_one_cell_is_said():
    two = '<Cell><Data ss:Type="Number">3</Data><Data ss:Type="Number">4</Data></Cell>'
    *_, doubt = spreadsheetml.grids("甲", book(f"<Row>{two}</Row>"))
    assert isinstance(doubt, Damaged) and doubt.place == "甲 › 表 › A1"


def test_cells_in_no_sheet_are_said():
    sheet = book(f"<Row>{cell('甲')}</Row>").decode()
    data = sheet.replace("</Workbook>", f"<Other><Table><Row>{cell('乙')}</Row></Table></Other></Workbook>")
    grid, lost = grids("甲", data.encode())
    assert [c.text for c in grid] == ["甲"] and isinstance(lost, Damaged) and lost.place == "甲"


def test_entities_are_refused():
    data = book("").replace(b"<?mso-app", b'<!DOCTYPE a [<!ENTITY e "x">]><?mso-app')
    with pytest.raises(Unsafe):
        list(grids("甲", data))


def test_a_broken_copy_gives_grids_or_a_read_error():
    whole = (FILES / "export_spreadsheetml.xls").read_bytes()
    dice = random.Random(1)
    for _ in range(150):
        data = bytearray(whole)
        for _ in range(dice.randint(1, 10)):
            data[dice.randrange(len(data))] = dice.choice(b"<>\"'=9 &\0\xff")
        if dice.random() < 0.2:
            del data[dice.randrange(len(data)) :]
        try:
            assert list(grids("甲", bytes(data)))
        except ReadError as error:
            assert error.place.startswith("甲")
