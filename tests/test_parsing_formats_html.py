# ruff: noqa: E501 (markup stands on one line)
from __future__ import annotations

import html as escaping
import random
from email.mime.multipart import MIMEMultipart
from email.mime.text import MIMEText
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from test_parsing_formats_xlsx import GOLD, same_as_gold

import parsing
from parsing.errors import Damaged, EmptyFile, ReadError, TooLarge
from parsing.formats import grids
from parsing.formats.raw import limits, markup
from parsing.formats.web import html, mht
from parsing.grid import Cell, Grid, Place, Run

FILES = Path(__file__).parent / "cases" / "files"


def read(page: str | bytes) -> list[Grid]:
    data = page.encode() if isinstance(page, str) else page
    assert html.sniff(data)
    found = list(grids("甲.xls", data))
    assert all(isinstance(grid, Grid) for grid in found)
    return found  # type: ignore[return-value]


def cells(page: str) -> list[tuple[str, int, int, int, int]]:
    """(text, row, column, height, width) of the first Grid."""
    return [(c.text, c.place.row, c.place.column, c.height, c.width) for c in read(page)[0]]


def texts(page: str | bytes) -> list[str]:
    return [cell.text for grid in read(page) for cell in grid]


def page_of(table: dict[str, Any]) -> str:
    """A gold table as a report system writes it."""
    spans = {
        (top, left): (bottom - top + 1, right - left + 1) for top, left, bottom, right in table["merges"]
    }
    covered = {
        (row, column)
        for (top, left), (height, width) in spans.items()
        for row in range(top, top + height)
        for column in range(left, left + width)
    } - set(spans)
    rows = ""
    for r, row in enumerate(table["rows"]):
        rows += "<tr>"
        for c, text in enumerate(row):
            if (r, c) not in covered:
                height, width = spans.get((r, c), (1, 1))
                text = escaping.escape(text).replace("\n", "<br/>")
                rows += (
                    f"<td rowspan={height} colspan='{width}' style=\"mso-number-format:'\\@'\">{text}</td>"
                )
    return f"<p align=center>项目绩效目标表</p><table border=1>{rows}</table>"


def test_a_page_saved_by_an_office_program_is_the_gold_cell_by_cell():
    (grid,) = read((FILES / "perf_docx.html").read_bytes())
    starts = [cell.place.row for cell in grid if cell.text == "项目名称"]
    assert grid.spans
    for top, table in zip(starts, GOLD, strict=True):
        same_as_gold(grid, table, top)


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030", "utf-16", "utf-8-sig"])
def test_an_export_named_xls_is_the_gold_in_every_encoding(encoding):
    page = f"<html><meta charset=gb2312><body>{''.join(map(page_of, GOLD))}</body></html>".encode(encoding)
    reading = parsing.read(page, "导出.xls")
    assert [p.name for p in reading.projects] == [table["fields"]["项目名称"] for table in GOLD]
    assert sum(len(p.indicators) for p in reading.projects) == 56
    assert not any(p.repairs for p in reading.projects)
    (grid,) = read(page)
    for top, table in zip([c.place.row for c in grid if c.text == "项目名称"], GOLD, strict=True):
        same_as_gold(grid, table, top)


def test_a_cell_knows_its_place():
    (grid,) = read("<body>标题<table><tr><td><td>甲</table>")
    assert list(grid) == [
        Cell("标题", Place("甲.xls", "正文", 1, 1, "第1段"), note="outside"),
        Cell("甲", Place("甲.xls", "正文", 2, 2, "表1第1行第2列")),
    ]


@pytest.mark.parametrize(
    ("rows", "found"),
    [
        (
            "<tr><td rowspan=2>甲<td>乙<tr><td>丙",
            [("甲", 1, 1, 2, 1), ("乙", 1, 2, 1, 1), ("丙", 2, 2, 1, 1)],
        ),
        (
            "<tr><td colspan=2>甲<td>乙<tr><td>1<td>2<td>3",
            [("甲", 1, 1, 1, 2), ("乙", 1, 3, 1, 1), ("1", 2, 1, 1, 1), ("2", 2, 2, 1, 1), ("3", 2, 3, 1, 1)],
        ),
        (
            "<tr><td rowspan=99>甲<td colspan=99>乙<tr><td>丙",
            [("甲", 1, 1, 2, 1), ("乙", 1, 2, 1, 1), ("丙", 2, 2, 1, 1)],
        ),
        ("<thead><tr><td rowspan=9>甲<tbody><tr><td>乙", [("甲", 1, 1, 1, 1), ("乙", 2, 1, 1, 1)]),
        (
            "<tbody><tr><td rowspan=0>甲<td>乙<tr><td>丙</tbody><tr><td>丁",
            [("甲", 1, 1, 2, 1), ("乙", 1, 2, 1, 1), ("丙", 2, 2, 1, 1), ("丁", 3, 1, 1, 1)],
        ),
        ("<tr><td rowspan='x' colspan='-1'>甲<td>乙", [("甲", 1, 1, 1, 1), ("乙", 1, 2, 1, 1)]),
        ("<td>甲<td>乙", [("甲", 1, 1, 1, 1), ("乙", 1, 2, 1, 1)]),
        ("<tr></tr><tr><th>甲</th></tr>", [("甲", 2, 1, 1, 1)]),
    ],
)
def test_spans_are_laid_out_as_a_browser_does(rows, found):
    assert cells(f"<table>{rows}</table>") == found


@pytest.mark.parametrize(
    ("inside", "text"),
    [
        ("一<br>二<BR/>三", "一\n二\n三"),
        ("<p>一</p>\n  <p>二</p>", "一\n二"),
        ("<p>一<br></p><p>&nbsp;</p><div>二</div>", "一\n\n二"),
        (" 甲 \n\t 乙 ", "甲乙"),
        ("a\n  b", "a b"),
        ("&ge;90&#37;&nbsp;&amp;&lt;b&gt;&#x4e2d;", "≥90% &<b>中"),
        ("<span>项目</span><b>名称</b>", "项目名称"),
        ("甲<!-- 藏 <td> -->乙<script>x<td></script><style>td{}</style>", "甲乙"),
        ("<o:p>甲</o:p><![if !supportMisalignedColumns]>乙<![endif]>", "甲乙"),
        ("<a title=\"1>2\" href='x'>甲</a>", "甲"),
        ("<input type=text value='甲&quot;'><input type=hidden value=藏>", '甲"'),
        ("<textarea>一\n二</textarea>", "一\n二"),
        ("<select><option>一<option selected>二<option>三</select>后", "二后"),
        ("<ul><li>一<li>二</ul>", "一\n二"),
        ("1 < 2 & 3 <= 4", "1 < 2 & 3 <= 4"),
        ("<ruby>一<rt>yī</rt></ruby>", "一"),
    ],
)
def test_text_is_what_a_browser_shows(inside, text):
    assert texts(f"<table><tr><td>{inside}</td></tr></table>") == [text]


@pytest.mark.parametrize(
    "style",
    [
        "font-size:0",
        "font-size: 0px;color:red",
        "opacity:0;position:absolute",
        "position:absolute;left:-9999px",
        "text-indent:-999em",
        "display:inline-block;width:0;overflow:hidden",
    ],
)
def test_text_that_a_style_makes_nothing_of_is_unseen(style):
    rules = (
        f"@charset 'x';/* as of old */td{{color:red}}.old, .x {{{style}}}@media print{{.new{{display:none}}}}"
    )
    sheet = f"<style>{rules}.new{{color:red}}</style>"
    for tag in (f'<i style="{style}">9</i>', '<i class="b old">9</i>'):
        (grid,) = read(f"{sheet}<table><tr><td>3{tag}6<b class=new>0</b></table>")
        assert [cell.text for cell in grid] == ["360"]
        assert [
            run for cells in grid.cleaned.values() for cell in cells for run in cell.runs if run.code
        ] == [Run("9", "unseen")]


@pytest.mark.parametrize(
    "style", ["font-size:0.8em", "opacity:0.9", "left:-3px", "width:0;", "font-size:10pt"]
)
def test_text_that_shows_is_kept_whatever_its_style(style):
    assert texts(f'<table><tr><td>3<i style="{style}">9</i></table>') == ["39"]


def test_a_table_inside_a_form_is_a_grid_of_its_own_and_one_in_the_layout_stands_in_the_text():
    inner = "<table><tr><td>设备<td>3台</table>"
    form, apart = read(f"<table><tr><td>目标<td>采购{inner}完<tr><td>尾</table>")
    assert [c.text for c in form] == ["目标", "采购完", "尾"] and [c.text for c in apart] == ["设备", "3台"]
    assert [text for text, *_ in cells(f"<table><tr><td>标题{inner}</td></tr></table>")] == [
        "标题",
        "设备",
        "3台",
    ]


def test_a_caption_stands_above_its_table():
    assert [(text, row) for text, row, *_ in cells("<table><caption>标题</caption><tr><td>甲</table>")] == [
        ("标题", 1),
        ("甲", 2),
    ]


def test_a_table_that_is_not_closed_is_read():
    assert texts("<html><body><table><tr><td>甲<td>乙<tr><td>丙") == ["甲", "乙", "丙"]


@pytest.mark.parametrize(
    "data",
    [
        "<html><meta charset=utf-8><table><td>项目名称".encode("gb18030"),  # it lies
        "<html><meta http-equiv=Content-Type content='text/html; charset=gb2312'><table><td>项目名称".encode(
            "gbk"
        ),
        "<table><td>项目名称".encode("gbk"),
        b"\xef\xbb\xbf" + "<meta charset=gbk><table><td>项目名称".encode(),
        "<?xml version='1.0' encoding='GBK'?><html><table><td>项目名称".encode("gbk"),
        "<html><meta charset=big5><table><td>項目名稱".encode("big5"),
        "<!-- 报表 -->\r\n<table><td>项目名称".encode(),
        "<table><td>项目名称".encode("utf-16-le"),
    ],
)
def test_every_encoding_is_read(data):
    assert texts(data)[-1] in ("项目名称", "項目名稱")


def test_a_broken_character_breaks_no_other():
    page = f"<table><td>{'项目' * 50}</table>".encode().replace("目".encode(), b"\xff", 1)
    assert texts(page) == ["项�" + "项目" * 49]


def test_bytes_that_fit_no_encoding_are_seen():
    assert texts(b"<table><td>\xff\xff\xff") == ["���"]


@pytest.mark.parametrize(
    "page", ["<html></html>", "<table><tr><td> &nbsp; </td></tr></table>", "<html><script>甲</script>"]
)
def test_a_page_without_a_word_is_empty(page):
    with pytest.raises(EmptyFile):
        read(page)


def test_a_text_that_begins_like_a_page_in_words_is_none():
    assert not html.sniff("<项目绩效目标表>\n项目名称\t甲".encode())


HURTING = [  # each takes hours where a reader is quadratic
    ("<!--" * 200_000, "empty"),
    ("<script>" * 100_000, "empty"),
    ("<" * 500_000, "too-large"),
    ("<a " * 300_000, "too-large"),
    ("<a " + "\"<a '>'\"" * 100_000 + '"', "too-large"),
    ("<tr><td rowspan=9999 colspan=9999>x" * 20_000, "too-large"),
    ("&" * 300_000 + "&#" * 100_000, "too-large"),
    (f"<td {'a' * 1_000_000} colspan>", "empty"),
    (f"<td {'a ' * 500_000} rowspan>", "empty"),
    (f"<td {'a=' * 500_000} rowspan>", "empty"),
    ("<br>" * 200_000, "empty"),
    ("中 \n" * 100_000 + " " * 300_000 + "x", "too-large"),
]


@pytest.mark.parametrize(("page", "code"), HURTING, ids=lambda value: value[:8])
def test_a_page_made_to_hurt_is_refused(page, code):
    codes = set()
    try:
        codes = {
            grid.code
            for grid in grids("甲", f"<table><tr><td>{page}".encode())
            if isinstance(grid, ReadError)
        }
    except ReadError as error:
        codes = {error.code}
    assert codes == {code}


def test_tables_too_deep_and_texts_too_long_are_refused():
    for page in ("<table><td>" * 30 + "甲", f"<table><td>{'字' * (limits.TEXT + 1)}"):
        with pytest.raises(TooLarge):
            read(page)


@settings(max_examples=200, deadline=None)
@given(
    st.lists(
        st.sampled_from(
            [
                "<table>",
                "</table>",
                "<tr>",
                "<td>",
                "</td>",
                "<td rowspan=3>",
                "<td colspan=2>",
                "<tbody>",
                "</tr>",
                "甲",
                "<p>",
                "<br>",
                "<",
                '"',
                "<!--",
                "-->",
                "<select>",
                "&#",
            ]
        ),
        max_size=40,
    )
)
def test_any_soup_gives_every_word_or_an_empty_file(soup):
    page = "".join(soup)
    try:
        given = [one for one in grids("甲", b"<html>" + page.encode()) if isinstance(one, Grid)]
        found = "".join(c.text for grid in given for c in grid)
    except ReadError as error:
        assert error.code in ("empty", "too-large")
        return
    if not set(soup) & {"<", '"', "<!--", "<select>", "&#"}:
        assert found.count("甲") == soup.count("甲")


def archive(*pages: str, encoding: str = "utf-8") -> bytes:
    message = MIMEMultipart("related")
    for page in pages:
        message.attach(MIMEText(page, "html", encoding))
    message["MIME-Version"] = "1.0"
    return (
        b"From: <Saved by Microsoft Internet Explorer 5>\r\nSubject: =?gb2312?B?vKjQpw==?=\r\n"
        + message.as_bytes()
    )


@pytest.mark.parametrize("encoding", ["utf-8", "gb2312"])
def test_the_pages_of_a_web_archive_are_read(encoding):
    data = archive(page_of(GOLD[0]), page_of(GOLD[1]), encoding=encoding)
    assert mht.sniff(data)
    found = list(grids("甲.mht", data))
    for grid, table in zip(found, GOLD[:2], strict=True):
        top = next(cell.place.row for cell in grid if cell.text == "项目名称")
        same_as_gold(grid, table, top)
    assert found[0].rows[-1][0].place.row < found[1].rows[0][0].place.row


def test_quoted_printable_is_read():
    head = 'MIME-Version: 1.0\nContent-Type: text/html;\n\tcharset="gb2312"\nContent-Transfer-Encoding: quoted-printable\n\n'
    body = "<table><td>" + "".join(f"={byte:02X}" for byte in "项目名称".encode("gbk")) + "=\n</table>"
    assert [c.text for grid in grids("甲", (head + body).encode()) for c in grid] == ["项目名称"]


def test_an_archive_without_a_page_is_damaged():
    with pytest.raises(ReadError) as caught:
        list(grids("甲", b"MIME-Version: 1.0\nContent-Type: image/png\n\nxx"))
    assert caught.value.code == "damaged"


def test_a_broken_copy_of_an_archive_gives_grids_or_a_read_error():
    whole, dice = archive(page_of(GOLD[0])), random.Random(4)
    for _ in range(60):
        data = bytearray(whole)
        for _ in range(dice.randint(1, 30)):
            data[dice.randrange(len(data))] = dice.randrange(256)
        del data[dice.randrange(len(data)) :]
        try:
            assert list(grids("甲", bytes(data)))
        except ReadError as error:
            assert error.place == "甲"


def test_tags_are_cut_as_they_stand():
    found = list(markup.cut("a<TD x:num='1 > 0' Nowrap>b</td >c"))
    assert [piece if isinstance(piece, str) else (piece.name, piece.closes) for piece in found] == [
        "a",
        ("td", False),
        "b",
        ("td", True),
        "c",
    ]
    assert isinstance(found[1], markup.Tag) and found[1].attribute("x:num") == "1 > 0"


def test_a_cell_outside_every_table_is_said():
    grid, lone = grids("甲.html", "<p>甲</p><td>乙</td><table><tr><td>丙</td></tr></table>".encode())
    assert [cell.text for cell in grid][-2:] == ["乙", "丙"]
    assert isinstance(lone, ReadError)
    assert (lone.code, lone.place) == ("damaged", "甲.html › 正文 › 开头")


def test_a_quote_that_swallows_cells_is_said():
    row = '<tr><td>甲</td><td a=">乙</td></tr><tr><td a=">丙</td></tr>'
    grid, lost = grids("甲.html", f"<table>{row}</table>".encode())
    assert [cell.text for cell in grid] == ["甲", "丙"]
    assert isinstance(lost, ReadError) and (lost.code, lost.place) == ("damaged", "甲.html › 正文 › 表1第1行")


@pytest.mark.parametrize("tag", ['</b x; 1in">', '<b x; 1in">', "</b it's>", "<b it's>"])
def test_a_quote_that_no_attribute_has_swallows_nothing(tag: str):
    assert texts(f"<table><tr><td>甲</td></tr></table>{tag}<table><tr><td>乙</td></tr></table>") == [
        "甲",
        "乙",
    ]
    assert texts(f'<table><tr><td title = "a>b">甲{tag}</td></tr></table><p title="c">') == ["甲"]


def test_a_closing_tag_that_swallows_cells_is_said():
    row = '<tr><td>甲</td a="><td>乙</td></tr><tr><td>丙</td a="></tr>'
    _, lost = grids("甲.html", f"<table>{row}</table>".encode())
    assert isinstance(lost, ReadError) and lost.code == "damaged"


@pytest.mark.parametrize("end", ["\r\n", "\n"])
def test_what_windows_copied_is_read_as_the_page_it_holds(end: str) -> None:
    page = "<html><body><!--StartFragment--><table><tr><td>项目名称</td></tr></table><!--EndFragment--></body></html>"
    said = ("Version:0.9", "StartHTML:0000000165", "EndHTML:-1", "StartFragment:3", "EndFragment:9")
    said = (*said, "SourceURL:file:///C:/某/1.xlsx")
    assert texts(end.join((*said, page)) + end) == ["项目名称"]


def test_a_style_sheet_that_does_not_end_before_a_table_is_said() -> None:
    page = "<html><head><style>p { color: red }<table><tr><td>甲</td></tr></table></head>"
    more = "<style></style><table><tr><td>项目名称<td>乙</table></html>"
    assert [type(one) for one in grids("页.html", (page + more).encode()) if not isinstance(one, Grid)] == [
        Damaged
    ]
