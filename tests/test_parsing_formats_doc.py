"""Word 97–2003: tables and text, against the converter msdoc2docx and against .docx."""

from __future__ import annotations

import io
import json
import struct
import zipfile
from pathlib import Path
from xml.etree import ElementTree

import olefile
import pytest
from doc2docx import convert
from hypothesis import given, settings
from hypothesis import strategies as st
from mutations import broken_copies
from office_writer import IN_TABLE, Line, cell, container, document, row_end

from parsing.errors import Damaged, EmptyFile, ReadError, TooLarge
from parsing.formats import grids
from parsing.formats.raw import limits
from parsing.formats.word.doc_sprms import paragraph, sprms
from parsing.grid import Grid

FILES = Path(__file__).parent / "cases/files"
DOC = (FILES / "perf.doc").read_bytes()
GOLD = json.loads((FILES / "gold.json").read_text("utf-8"))
HALVES = [0, 1000, 3000]
VERTICAL_FIRST, VERTICAL_NEXT = 3 << 5, 1 << 5


def read(data: bytes) -> list[Grid]:
    found = list(grids("甲.doc", data))
    assert all(isinstance(grid, Grid) for grid in found)
    return found  # type: ignore[return-value]


def made(*lines: Line, **options) -> list[Grid]:
    return read(container(document([*lines, Line("\r")], **options)))


def shown(grid: Grid) -> list[list[tuple[str, int, int, int]]]:
    return [[(cell.text, cell.place.column, cell.height, cell.width) for cell in row] for row in grid.rows]


def texts(found: list[Grid]) -> list[str]:
    return [cell.text for grid in found for cell in grid]


def test_six_tables_are_the_gold_cell_by_cell():
    everything = [cell for grid in read(DOC) for cell in grid]
    tops = [cell.place.row for cell in everything if cell.text == "项目名称"]
    for top, table in zip(tops, GOLD, strict=True):
        cells = [cell for cell in everything if top <= cell.place.row < top + len(table["rows"])]
        gold = {(r, c): text for r, row in enumerate(table["rows"]) for c, text in enumerate(row) if text}
        assert {(cell.place.row - top, cell.place.column - 1): cell.text for cell in cells} == gold
        areas = [
            [r, c, r + cell.height - 1, c + cell.width - 1]
            for cell in cells
            for r, c in [(cell.place.row - top, cell.place.column - 1)]
            if (cell.height, cell.width) != (1, 1)
        ]
        assert sorted(areas) == sorted(m for m in table["merges"] if table["rows"][m[0]][m[1]])


def test_a_document_and_its_docx_are_the_same_grids():
    assert read(DOC) == list(grids("甲.doc", (FILES / "perf.docx").read_bytes()))


def test_the_texts_are_those_of_the_converter(tmp_path):
    (tmp_path / "a.doc").write_bytes(DOC)
    convert(tmp_path / "a.doc", tmp_path / "a.docx")
    root = ElementTree.fromstring(zipfile.ZipFile(tmp_path / "a.docx").read("word/document.xml"))
    w = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
    there = ["".join(t.text or "" for t in p.iter(f"{w}t")).strip() for p in root.iter(f"{w}p")]
    assert "\n".join(texts(read(DOC))).split("\n") == list(filter(None, there))


def test_paragraphs_and_tables_come_in_their_order_with_places():
    table = [*cell("甲"), *cell("乙", "二"), row_end(HALVES), *cell(""), *cell("丁"), row_end(HALVES)]
    found = made(Line("标题\r"), *table, Line("说明\r"), *table)
    places = [
        (cell.text, cell.place.part, cell.place.row, cell.place.cell) for grid in found for cell in grid
    ]
    assert places == [
        ("标题", "正文", 1, "第1段"),
        ("甲", "正文", 2, "表1第1行第1列"),
        ("乙\n二", "正文", 2, "表1第1行第2列"),
        ("丁", "正文", 3, "表1第2行第2列"),
        ("说明", "正文", 4, "第2段"),
        ("甲", "正文", 5, "表2第1行第1列"),
        ("乙\n二", "正文", 5, "表2第1行第2列"),
        ("丁", "正文", 6, "表2第2行第2列"),
    ]
    assert all(grid.spans for grid in found)


def test_cells_reach_down_and_across_as_the_rows_say():
    down = {0: VERTICAL_FIRST}, {0: VERTICAL_NEXT}
    (grid,) = made(
        *(*cell("甲"), *cell("乙"), row_end(HALVES, down[0])),
        *(*cell(""), *cell("丙"), row_end(HALVES, down[1])),
        *(*cell("丁"), row_end([0, 3000])),
    )
    assert shown(grid) == [[("甲", 1, 2, 1), ("乙", 2, 1, 1)], [("丙", 2, 1, 1)], [("丁", 1, 1, 2)]]


def test_a_later_word_may_say_the_same_in_another_place():
    operand = struct.pack("<HBBB", 0xD62B, 2, 0, 3), struct.pack("<HBBB", 0xD62B, 2, 0, 1)
    (grid,) = made(
        *(*cell("甲"), *cell("乙"), row_end(HALVES, more=operand[0])),
        *(*cell(""), *cell("丙"), row_end(HALVES, more=operand[1])),
    )
    assert shown(grid)[0][0] == ("甲", 1, 2, 1)


@pytest.mark.parametrize("marks", [(1, 2), (2, 1), (3, 1)])
def test_cells_merged_across_are_one(marks):
    edges, flags = [0, 1000, 2000, 3000], dict(enumerate(marks))
    (grid,) = made(*cell("甲"), *cell(""), *cell("乙"), row_end(edges, flags))
    assert shown(grid) == [[("甲", 1, 1, 2), ("乙", 3, 1, 1)]]


def test_a_row_may_begin_further_right_and_edges_need_not_meet():
    (grid,) = made(
        *(*cell("甲"), *cell("乙"), row_end([-108, 1000, 3000])),
        *(*cell("丙"), row_end([1020, 2990])),
    )
    assert shown(grid) == [[("甲", 1, 1, 1), ("乙", 2, 1, 1)], [("丙", 2, 1, 1)]]


def test_a_table_inside_a_cell_is_one_of_its_own():
    inner = [*cell("子", depth=2), *cell("丑", depth=2), row_end([0, 500, 900], depth=2)]
    found = made(*cell("甲"), *inner, *cell("后"), row_end(HALVES))
    places = {cell.text: cell.place.cell for grid in found for cell in grid}
    assert places == {
        "甲": "表1第1行第1列",
        "后": "表1第1行第2列",
        "子": "表2第1行第1列",
        "丑": "表2第1行第2列",
    }


def test_fields_show_their_result_only():
    field = "见\x13 REF a \x13 NESTED \x14x\x15 \\h \x14第\x13 PAGE \x143\x15页\x15。"
    assert texts(made(Line(field + "\r"), Line("\x13 never closed\r"), Line("后文\r"))) == [
        "见第3页。",
        "后文",
    ]


def test_signs_that_are_no_letters():
    assert texts(made(Line("一\x0b二\x1e三\x1f四\x01\x08\t五\r"))) == ["一\n二-三四\t五"]


def test_deleted_and_hidden_text_is_gone_and_symbols_are_shown():
    symbol = struct.pack("<HHH", 0x6A09, 1, 0xF0B3)
    found = made(
        *(Line("保留"), Line("删", signs=b"\x00\x08\x01"), Line("藏", signs=b"\x3c\x08\x01")),
        *(Line("(", signs=symbol), Line("90%\r")),
        fonts=("宋体", "Symbol"),
    )
    assert texts(found) == ["保留≥90%"]


@pytest.mark.parametrize("narrow", [True, False])
@pytest.mark.parametrize("cut", [0, 3])
def test_pieces_are_put_in_order(narrow, cut):
    found = made(Line("one\r"), *cell("two"), *cell("three"), row_end(HALVES), narrow=narrow, cut=cut)
    assert texts(found) == ["one", "two", "three"]


def test_letters_of_four_bytes_stay_whole():
    assert texts(made(Line("𠮷林\r"))) == ["𠮷林"]


def test_text_boxes_come_after_the_document():
    found = read(container(document([Line("正文在先\r")], [*cell("甲"), *cell("乙"), row_end(HALVES)])))
    assert [(grid.part, texts([grid])) for grid in found] == [
        ("正文", ["正文在先"]),
        ("文本框", ["甲", "乙"]),
    ]


def test_a_row_that_never_ends_is_kept():
    grid, misfit = grids("甲.doc", container(document([*cell("甲"), *cell("乙"), Line("\r")])))
    assert texts([grid]) == ["甲", "乙"]
    assert isinstance(misfit, Damaged) and misfit.place == "甲.doc › 正文 › 表1第1行"


@pytest.mark.parametrize("edges", [[0, 1000], [0, 1000, 3000, 4000], [0, 3000, 1000]])
def test_a_row_that_does_not_fit_its_definition_is_said_once_a_table(edges):
    rows = [*cell("甲"), *cell("乙"), row_end(edges)] * 2
    grid, misfit = grids("甲.doc", container(document([*rows, Line("\r")])))
    assert texts([grid]) == ["甲", "乙"] * 2
    assert isinstance(misfit, Damaged) and misfit.place == "甲.doc › 正文 › 表1第1行"


def test_a_long_format_stands_in_the_data_stream():
    far = b"\0\0\0\0" + struct.pack("<H", len(IN_TABLE)) + IN_TABLE
    assert paragraph(struct.pack("<HI", 0x6646, 4), far).in_table
    assert not paragraph(struct.pack("<HI", 0x6646, 4), b"").in_table


def test_tab_stops_of_any_number_are_passed_over():
    stops = b"\x15\xc6\xff\x01" + bytes(4) + b"\x02" + bytes(6)
    assert [code for code, _ in sprms(stops + IN_TABLE)] == [0xC615, 0x2416]


def test_an_empty_document_is_said_to_be_empty():
    with pytest.raises(EmptyFile):
        made(Line(" \r"))


@pytest.mark.parametrize(("name", "most"), [("CELLS", 3), ("TEXT", 1), ("ROWS", 1)])
def test_more_than_the_limit_is_refused(name, most, monkeypatch):
    monkeypatch.setattr(limits, name, most)
    with pytest.raises(TooLarge):
        read(DOC)


def test_a_document_that_promises_more_than_it_has_is_damaged():
    whole = document([Line("甲\r")])
    for at, number in ((0x4C, 5000), (0x9A + 8 * 33 + 4, 0)):
        word = bytearray(whole["WordDocument"])
        struct.pack_into("<I", word, at, number)
        with pytest.raises(Damaged):
            read(container(whole | {"WordDocument": bytes(word)}))
    with pytest.raises(Damaged):
        read(container({"WordDocument": whole["WordDocument"]}))


def test_a_broken_copy_gives_grids_or_a_read_error():
    for data in broken_copies(DOC):
        try:
            assert list(grids("甲", data))
        except ReadError as error:
            assert error.place.startswith("甲")


def test_a_broken_letter_costs_no_other():
    word = bytearray(olefile.OleFileIO(io.BytesIO(DOC)).openstream("WordDocument").read())
    at = word.index("项目等级".encode("utf-16-le"))
    word[at : at + 2] = b"\x00\xd8"
    streams = {
        "WordDocument": bytes(word),
        "1Table": olefile.OleFileIO(io.BytesIO(DOC)).openstream("1Table").read(),
    }
    assert len(texts(read(container(streams)))) == len(texts(read(DOC)))


@settings(max_examples=100, deadline=None)
@given(
    st.lists(
        st.tuples(st.text("甲\r\x07\x0c\x13\x14\x15a", max_size=5), st.binary(max_size=40)),
        min_size=1,
        max_size=8,
    )
)
def test_any_text_and_format_give_a_grid_or_a_read_error(lines):
    data = container(document([*(Line(text, sprms) for text, sprms in lines), Line("\r尾\r")]))
    try:
        found = list(grids("甲.doc", data))
        assert "尾" in "".join(texts([one for one in found if isinstance(one, Grid)]))
    except ReadError as error:
        assert error.place.startswith("甲")


def test_text_that_is_read_from_the_wrong_byte_on_is_said() -> None:
    data = bytearray((FILES / "perf.doc").read_bytes())
    at = data.index("采购服务验收合格率".encode("utf-16-le"))
    del data[at - 1]
    data[at + 500 : at + 500] = b"\0"
    troubles = [one for one in grids("甲.doc", bytes(data)) if isinstance(one, ReadError)]
    assert troubles[0].code == "damaged" and "表4" in troubles[0].place
