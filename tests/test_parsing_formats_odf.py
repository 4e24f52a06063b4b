# ruff: noqa: E501 (XML stands on one line)
from __future__ import annotations

import random
from pathlib import Path

import pytest
from mutations import broken_copies
from test_parsing_formats_packed import make_zip
from test_parsing_formats_xlsx import GOLD, same_as_gold

from parsing.errors import Covered, Damaged, EmptyFile, Locked, ReadError, TooLarge, Unsafe
from parsing.formats import grids, odf
from parsing.formats.raw import limits
from parsing.grid import Cell, Grid, Place

CASES = Path(__file__).parent / "cases"
NAMES = "".join(
    f' xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
    for name in ("office", "table", "text", "draw")
)


def content(inside: str, kind: str = "spreadsheet", root: str = "document-content") -> str:
    return f"<office:{root}{NAMES}><office:body><office:{kind}>{inside}</office:{kind}></office:body></office:{root}>"


def sheet(*rows: str, name: str = "表") -> str:
    return f'<table:table table:name="{name}">{"".join(rows)}</table:table>'


def tr(*cells: str, times: int = 1) -> str:
    return f'<table:table-row table:number-rows-repeated="{times}">{"".join(cells)}</table:table-row>'


def td(text: str, form: str = "") -> str:
    return f"<table:table-cell {form}>{text if text.startswith('<') or not text else f'<text:p>{text}</text:p>'}</table:table-cell>"


COVERED = "<table:covered-table-cell/>"
SPANNED = 'table:number-columns-spanned="2" table:number-rows-spanned="2"'


def read(inside: str, kind: str = "spreadsheet") -> list[Grid]:
    found = list(grids("甲.ods", make_zip({"content.xml": content(inside, kind)})))
    assert all(isinstance(grid, Grid) for grid in found)
    return found  # type: ignore[return-value]


def cells(*rows: str) -> list[tuple[str, str, int, int]]:
    return [(c.text, c.place.cell, c.height, c.width) for grid in read(sheet(*rows)) for c in grid]


def test_a_workbook_is_the_gold_cell_by_cell():
    found = list(grids("甲", (CASES / "files" / "perf_sheets.ods").read_bytes()))
    assert len(found) == 6
    for grid, table in zip(found, GOLD, strict=True):
        same_as_gold(grid, table, top=3)


def test_a_workbook_is_cell_by_cell_the_one_it_was_saved_from():
    ods, xlsx = (
        list(grids("甲", (CASES / "files" / f"perf_sheets.{kind}").read_bytes())) for kind in ("ods", "xlsx")
    )
    assert ods == xlsx


def test_a_cell_knows_its_sheet_and_address_and_what_it_covers_is_gone():
    rows = (
        tr(times=3),
        tr(
            td(""),
            td("甲", 'table:number-columns-spanned="2" table:number-rows-spanned="2"'),
            "<table:covered-table-cell><text:p>藏</text:p></table:covered-table-cell>",
            td("乙"),
        ),
        tr(td(""), COVERED, COVERED, td("丙")),
    )
    grid, hidden = grids("甲.ods", make_zip({"content.xml": content(sheet(*rows))}))
    assert isinstance(hidden, Covered) and hidden.place == "甲.ods › 表 › C4"
    assert grid.rows[0][0] == Cell("甲", Place("甲.ods", "表", 4, 2, "B4"), 2, 2)
    assert [c.place.cell for c in grid] == ["B4", "D4", "D5"] and grid.spans


@pytest.mark.parametrize(
    ("row", "where"),
    [
        (tr(td("甲"), td("乙", 'table:number-columns-repeated="一"')), "B1"),
        (tr(td("甲"), td("乙", 'table:number-columns-spanned="0"')), "B1"),
        (tr(td("甲"), "<text:p>乙</text:p>"), "B1"),
    ],
    ids=["no number", "no width", "in no cell"],
)
def test_cells_that_are_not_in_rows_and_columns_are_said(row, where):
    found = list(grids("甲.ods", make_zip({"content.xml": content(sheet(row))})))
    assert "甲" in [c.text for one in found if isinstance(one, Grid) for c in one]
    assert [one.place for one in found if isinstance(one, Damaged)] == [f"甲.ods › 表 › {where}"]


def test_what_a_merged_cell_of_a_text_hides_is_said():
    covered = "<table:covered-table-cell><text:p>藏</text:p></table:covered-table-cell>"
    table = sheet(tr(td("甲", 'table:number-columns-spanned="2"'), covered))
    grid, hidden = grids("甲.odt", make_zip({"content.xml": content(table, "text")}))
    assert isinstance(grid, Grid) and [c.text for c in grid] == ["甲"]
    assert isinstance(hidden, Covered) and hidden.place == "甲.odt › 正文 › 表1第1行"


def test_what_is_repeated_and_empty_takes_no_room_and_what_says_something_is_there():
    found = cells(
        tr(td("甲", 'table:number-columns-repeated="3"'), times=2),
        tr(td("", 'table:number-columns-repeated="1000"'), times=900_000),
    )
    assert [cell for _, cell, _, _ in found] == ["A1", "B1", "C1", "A2", "B2", "C2"]


@pytest.mark.parametrize(
    ("inside", "text"),
    [
        ("<text:p>一</text:p><text:p>二<text:line-break/>三</text:p>", "一\n二\n三"),
        ('<text:p>甲<text:s text:c="3"/>乙<text:tab/>丙</text:p>', "甲   乙\t丙"),
        ("<text:p>甲\n   <text:span>乙</text:span></text:p>", "甲 乙"),
        ("<office:annotation><text:p>批注</text:p></office:annotation><text:p>甲</text:p>", "甲"),
        ("<text:p>甲<text:note><text:p>脚注</text:p></text:note></text:p>", "甲"),
        (
            "<text:p>甲<text:ruby><text:ruby-base>乙</text:ruby-base><text:ruby-text>yǐ</text:ruby-text></text:ruby></text:p>",
            "甲乙",
        ),
        (
            "<text:p>甲</text:p><draw:frame><draw:text-box><text:p>图形</text:p></draw:text-box></draw:frame>",
            "甲",
        ),
    ],
)
def test_text_is_what_is_shown(inside, text):
    assert [found[0] for found in cells(tr(td(inside)))] == [text]


@pytest.mark.parametrize(
    ("form", "text"),
    [
        ('office:value-type="percentage" office:value="0.955"', "95.5%"),
        ('office:value-type="float" office:value="36000"', "36000"),
        ('office:value-type="date" office:date-value="2024-12-31"', "2024-12-31"),
        ('office:value-type="string" office:string-value="甲"', "甲"),
        ('office:value-type="boolean" office:boolean-value="true"', "true"),
    ],
)
def test_a_value_stands_in_where_no_text_was_saved(form, text):
    assert [found[0] for found in cells(tr(td("", form)))] == [text]


def test_a_formula_never_calculated_is_noted():
    (grid,) = read(sheet(tr(td("", 'table:formula="of:=1+1"'))))
    assert [(c.text, c.note) for c in grid] == [("", "formula")]


def test_a_sheet_that_is_too_large_is_said_and_the_others_are_read():
    found = list(grids("甲", (CASES / "hostile" / "repeat_bomb.ods").read_bytes()))
    assert isinstance(found[0], TooLarge) and found[0].place.startswith("甲 › 1.综合工作经费（常） › A1")
    assert [len(grid.rows) for grid in found[1:]] == [23, 27, 28, 23, 25]


def test_rows_beyond_the_limit_are_said():
    (beyond,) = grids("甲", make_zip({"content.xml": content(sheet(tr(times=1_000_000), tr(td("甲"))))}))
    assert isinstance(beyond, TooLarge) and beyond.place == "甲 › 表 › A1000001"


def test_columns_beyond_the_limit_are_said_and_the_rest_is_read():
    rows = tr(td("甲"), td("", f'table:number-columns-repeated="{limits.COLUMNS}"'), td("乙"))
    grid, beyond = grids("甲", make_zip({"content.xml": content(sheet(rows))}))
    assert [c.text for c in grid] == ["甲"]
    assert isinstance(beyond, TooLarge) and beyond.place == "甲 › 表 › IX1"


def test_a_cache_of_another_file_and_an_empty_sheet_are_no_sheets():
    cache = f'<table:table table:name="外"><table:table-source/>{tr(td("旧"))}</table:table>'
    assert [grid.part for grid in read(sheet(name="空") + cache + sheet(tr(td("甲"))))] == ["表"]


def test_a_text_flows_with_its_tables():
    inner = sheet(tr(td("丙")))
    deleted = "<text:tracked-changes><text:p>删去</text:p></text:tracked-changes>"
    table = sheet(
        tr(td("甲", 'table:number-columns-spanned="2"'), COVERED),
        tr(td("乙"), td(f"<text:p>表</text:p>{inner}")),
    )
    form, apart = read(
        f"{deleted}<text:h>标题</text:h><text:section>{table}</text:section><text:p>尾</text:p>", "text"
    )
    assert [(c.text, c.place.cell, c.width) for c in form] == [
        *(("标题", "第1段", 1), ("甲", "表1第1行第1列", 2)),
        *(("乙", "表1第2行第1列", 1), ("表", "表1第2行第2列", 1), ("尾", "第2段", 1)),
    ]
    assert [c.text for c in apart] == ["丙"]


def test_a_text_box_comes_apart_and_once():
    box = f"<draw:frame><draw:text-box><text:p>框</text:p>{sheet(tr(td('乙')))}</draw:text-box><svg:title>图</svg:title></draw:frame>"
    text, aside = read(f"<text:p>前{box}后</text:p>", "text")
    assert [c.text for c in text] == ["前后"] and [c.text for c in aside] == ["框", "乙"]


def test_a_file_in_one_xml_reads_the_same():
    inside = sheet(tr(td("甲", 'table:number-columns-spanned="2"'), COVERED, td("乙")))
    data = f'<?xml version="1.0" encoding="UTF-8"?>\n{content(inside, root="document")}'.encode()
    assert odf.sniff(data) and list(grids("甲.ods", data)) == read(inside)


def test_a_document_with_a_password_is_locked():
    manifest = "<m:manifest xmlns:m='m'><m:file-entry><m:encryption-data/></m:file-entry></m:manifest>"
    data = make_zip({"content.xml": b"\x93\x01rubbish", "META-INF/manifest.xml": manifest})
    with pytest.raises(Locked):
        list(grids("甲", data))


def test_entities_are_refused():
    with pytest.raises(Unsafe):
        list(grids("甲", (CASES / "hostile" / "lol.ods").read_bytes()))


@pytest.mark.parametrize("inside", ["", sheet(tr(td(""))), sheet(tr(times=100))])
def test_a_workbook_without_a_word_is_empty(inside):
    with pytest.raises(EmptyFile):
        read(inside)


def test_too_long_a_text_is_refused():
    (found,) = grids("甲", make_zip({"content.xml": content(sheet(tr(td("字" * (limits.TEXT + 1)))))}))
    assert isinstance(found, TooLarge) and found.place == "甲 › 表 › A1"


def test_a_broken_copy_of_a_workbook_gives_grids_or_a_read_error():
    whole = (CASES / "files" / "perf_sheets.ods").read_bytes()
    for data in broken_copies(whole):
        try:
            assert list(grids("甲", data))
        except ReadError as error:
            assert error.place == "甲"


def test_broken_xml_gives_grids_or_a_read_error():
    whole = content(sheet(tr(td("甲", 'table:number-columns-spanned="2"'), COVERED), tr(td("乙"), times=3)))
    dice = random.Random(3)
    for _ in range(300):
        at, size = dice.randrange(len(whole)), dice.randint(1, 30)
        cut = (
            whole[:at]
            + dice.choice(["", "9", "<table:table>", "</table:table-row>", "-1", "&"])
            + whole[at + size :]
        )
        try:
            assert list(grids("甲", make_zip({"content.xml": cut})))
        except ReadError as error:
            assert error.place == "甲"


def test_text_behind_a_cell_that_stands_in_a_cell_is_said() -> None:
    cell = "<table:table-cell>" + td("乙") + "<text:p>丙</text:p></table:table-cell>"
    inside = content(f"<table:table><table:table-row>{cell}</table:table-row></table:table>", "text")
    found = [*grids("甲.odt", make_zip({"content.xml": inside}))]
    assert [one.code for one in found if isinstance(one, Covered)] == ["covered"]


def test_text_of_a_cell_that_is_in_no_paragraph_is_said() -> None:
    table = "<table:table><table:table-row><table:table-cell>甲</table:table-cell>" + td("乙") + td("丙")
    inside = content(f"{table}</table:table-row></table:table>", "text")
    found = grids("甲.odt", make_zip({"content.xml": inside}))
    assert [one.code for one in found if isinstance(one, Covered)] == ["covered"]


def test_a_covered_cell_that_no_cell_covers_is_said() -> None:
    rows = (tr(td("项目名称"), COVERED, td("某单位")), tr(td("甲", SPANNED), COVERED), tr(COVERED, COVERED))
    whole = list(grids("甲.ods", make_zip({"content.xml": content(sheet(*rows[1:]))})))
    cut = list(grids("甲.ods", make_zip({"content.xml": content(sheet(*rows))})))
    assert all(isinstance(grid, Grid) for grid in whole)
    assert [type(trouble) for trouble in cut if not isinstance(trouble, Grid)] == [Damaged]
    paper = list(grids("甲.odt", make_zip({"content.xml": content(sheet(*rows), "text")})))
    assert [type(trouble) for trouble in paper if not isinstance(trouble, Grid)] == [Covered]
