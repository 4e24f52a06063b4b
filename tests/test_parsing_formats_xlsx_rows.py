# ruff: noqa: E501 (XML stands on one line)
from __future__ import annotations

from pathlib import Path

import pytest
from test_parsing_formats_xlsx import by_hand, flat, read

from parsing.errors import ReadError
from parsing.formats import grids
from parsing.formats.excel import xlsx_rows
from parsing.grid import Grid

FILES = Path(__file__).parent / "cases" / "files"
ROW = '<row r="2" spans="1:3"><c r="A2" s="1"/><c r="B2" t="s"><v>0</v></c></row>'
PLAIN = (
    ROW,
    f'{ROW}\n  <row r="3" ht="18"/><row r="4"></row>',
    '<row r="5" ht="18" customHeight="1"><c r="A5"><v>1.5E-3</v></c><c r="C5" s="2"><f>A5*2</f><v>3</v></c></row>',
    '<row r="6"><c r="A6" t="str"><f t="shared" ref="A6:A9" si="0">甲!B1&amp;"x"</f><v>乙&amp;</v></c></row>',
    '<row r="7"><c r="A7" t="inlineStr"><is><t xml:space="preserve"> &#39033;目\n&lt;&#8805;&gt;_x000D_</t></is></c></row>',
    '<row r="8"><c r="A8" s="1" t="n" /><c r="B8"><f>B1</f><v /></c><c r="C8"><f>B1</f><v></v></c></row>',
)
ODD = (
    f"<!-- {ROW} -->",
    ROW.replace("</row>", ""),
    ROW.replace("</row>", "</row></row>"),
    ROW.replace('s="1"/>', 's="1">'),
    ROW.replace("<v>0</v>", "<v>&#48;</v>"),
    ROW.replace("<v>0</v>", "<v>0]]></v>"),
    ROW.replace("<v>0</v>", "<is><t>&#55555;</t></is>"),
    ROW.replace("<v>0</v>", "<is><t>&#1;</t></is>"),
    ROW.replace("<v>0</v>", "<is><r><t>x</t></r></is>"),
    ROW.replace("<v>0</v>", "<is><t>x</v>"),
    ROW.replace("<v>0</v>", "<is><t>x\ry</t></is>"),
    ROW.replace("<v>0</v>", "<v>0</v><is><t>x</t></is>"),
    ROW.replace('t="s"', 't="s" s="1"'),
    ROW.replace("</row>", "x</row>"),
    f"x{ROW}",
    f"{ROW}<x/>",
    '<row r="2"/><c r="B2"><v>1</v></c>',
)


def outcome(data: bytes) -> list[object]:
    return [one if isinstance(one, Grid) else one.code for one in grids("甲.xlsx", data)]


def by_handlers(data: bytes, monkeypatch: pytest.MonkeyPatch) -> list[object]:
    with monkeypatch.context() as patch:
        patch.setattr(xlsx_rows, "tokens", lambda _: None)
        patch.setattr(xlsx_rows, "strings", lambda _: None)
        return outcome(data)


def same_by_handlers(data: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    try:
        expected: object = by_handlers(data, monkeypatch)
    except ReadError as error:
        with pytest.raises(type(error)):
            outcome(data)
    else:
        assert outcome(data) == expected


@pytest.mark.parametrize("xml", PLAIN)
def test_rows_that_the_usual_programs_write_are_taken_whole(xml):
    found = xlsx_rows.tokens(xml.encode())
    assert found and "".join(token[0] for token in found) == xml


@pytest.mark.parametrize("xml", ODD)
def test_a_piece_with_anything_else_is_left_to_expat(xml):
    assert xlsx_rows.tokens(xml.encode()) is None


@pytest.mark.parametrize("xml", [b"<row r='2'>", b'<row r="2" x="\xff">', ROW.encode("utf-16")])
def test_a_piece_in_other_quotes_or_letters_is_left_to_expat(xml):
    assert xlsx_rows.tokens(xml) is None


TWICE = (ROW.replace('r="2"', 'r="2" r="3"'), ROW.replace('spans="1:3"', 'ht="1" ht="1"'))


@pytest.mark.parametrize("xml", [*PLAIN, *ODD, *TWICE])
def test_a_sheet_reads_the_same_with_and_without_the_pattern(xml, monkeypatch):
    data = by_hand(xml, strings="<si><t>甲</t></si>")
    same_by_handlers(data, monkeypatch)


@pytest.mark.parametrize("name", ["perf_sheets.xlsx", "perf_stacked.xlsx"])
def test_a_workbook_reads_the_same_with_and_without_the_pattern(name, monkeypatch):
    data = (FILES / name).read_bytes()
    assert outcome(data) == by_handlers(data, monkeypatch)


@pytest.mark.parametrize("chunk", [1, 7, 64, 300])
def test_rows_are_read_the_same_wherever_the_file_is_cut(chunk, monkeypatch):
    rows = "".join(PLAIN[1:]) + '<row r="9"><c r="A9" t="inlineStr"><is><t>&#x5c3e;</t></is></c></row>'
    data = by_hand(rows, strings="<si><t>甲</t></si>")
    whole = flat(data)
    monkeypatch.setattr("parsing.formats.raw.packed.CHUNK", chunk)
    assert flat(data) == whole and len(whole) == 8


def test_merged_areas_are_taken_where_there_is_nothing_else():
    assert xlsx_rows.areas(b'<mergeCell ref="A1:B2"/><mergeCell ref="C3:C9" />') == ["A1:B2", "C3:C9"]
    assert xlsx_rows.areas(b'<mergeCell ref="A1:B2"/> <mergeCell ref="C3"/>') is None
    assert xlsx_rows.areas(b'<mergeCell ref="A1:B2" x="1"/>') is None


@pytest.mark.parametrize(
    "hidden", [f"<!--{ROW}-->", f"<?x {ROW}?>", f"<![CDATA[{ROW}]]>", f"<![CDATA[ ]]>{ROW}"]
)
def test_rows_in_a_comment_are_no_rows(hidden, monkeypatch):
    row = '<row r="1"><c r="A1"><v>7</v></c></row>'
    data = by_hand(row + hidden, strings="<si><t>甲</t></si>")
    assert read(data) == by_handlers(data, monkeypatch)
    assert ("B2" in flat(data)) == hidden.endswith(ROW)


CELLS = (
    '<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="s"><v>1</v></c><c r="C1" t="s"><v>2</v></c></row>'
)
USUAL = (
    "<si><t>甲</t></si><si><t>乙</t></si><si><t>丙</t></si>",
    '<si><t xml:space="preserve"> 目标\n&lt;90&gt;_x000D_ </t></si><si><t></t></si><si><t>&#30446;&amp;amp;</t></si>',
)
UNUSUAL = (
    "<si><t>甲</t></si><si><r><t>乙</t></r><r><t>丁</t></r></si><si><t>丙</t></si>",
    '<si><t>甲</t><rPh sb="0" eb="1"><t>ㄐㄧㄚ</t></rPh></si><si><t>乙</t></si><si><t>丙</t></si>',
    "<si><t>甲</t></si><!-- <si><t>丁</t></si> --><si><t>乙</t></si><si><t>丙</t></si>",
    "<si><t>甲</t></si><![CDATA[<si><t>丁</t></si>]]><si><t>乙</t></si><si><t>丙</t></si>",
    "<si><t><![CDATA[<si><t>丁</t></si>]]></t></si><si><t>乙</t></si><si><t>丙</t></si>",
    "<si><t>甲</t></si><si/><si><t/></si><si><t>丙</t></si>",
    "<si><t>甲\r\n乙</t></si><si><t>\U00020000</t></si><si><t>丙</t></si>",
    "<si><t>甲</si></t><si><t>乙</t></si><si><t>丙</t></si>",
    "<si><t>甲&nbsp;</t></si><si><t>乙</t></si><si><t>丙</t></si>",
    "<si><si><t>甲</t></si></si><si><t>乙</t></si><si><t>丙</t></si>",
)


@pytest.mark.parametrize("xml", USUAL)
def test_strings_that_the_usual_programs_write_are_taken_whole(xml):
    assert len(xlsx_rows.strings(xml.encode()) or ()) == 3


@pytest.mark.parametrize("xml", UNUSUAL)
def test_a_piece_with_any_other_string_is_left_to_expat(xml):
    assert xlsx_rows.strings(xml.encode()) is None


@pytest.mark.parametrize("chunk", [5, 40, 1 << 18])
@pytest.mark.parametrize("xml", [*USUAL, *UNUSUAL])
def test_strings_read_the_same_with_and_without_the_pattern(xml, chunk, monkeypatch):
    data = by_hand(CELLS, strings=xml)
    monkeypatch.setattr("parsing.formats.raw.packed.CHUNK", chunk)
    same_by_handlers(data, monkeypatch)
