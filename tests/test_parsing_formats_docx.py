# ruff: noqa: E501 (XML stands on one line)
from __future__ import annotations

import io
import random
from contextlib import suppress
from pathlib import Path

import docx
import pytest
from docx.exceptions import InvalidSpanError
from docx.oxml.ns import qn
from hypothesis import given, settings
from hypothesis import strategies as st
from mutations import broken_copies
from test_parsing_formats_packed import make_zip
from test_parsing_formats_xlsx import GOLD, same_as_gold, strict

import parsing
from parsing.errors import Covered, Damaged, EmptyFile, Locked, ReadError, TooLarge, Unsafe
from parsing.formats import grids
from parsing.formats.raw import limits
from parsing.formats.word import docx as reader
from parsing.grid import Cell, Grid, Place, Run

CASES = Path(__file__).parent / "cases"
W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
STRICT = "http://purl.oclc.org/ooxml/wordprocessingml/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def document(
    body: str, *, namespace: str = W, main: str = "word/document.xml", **members: str | bytes
) -> bytes:
    """A .docx of just the XML that a test is about."""
    xml = f'<w:document xmlns:w="{namespace}" xmlns:r="{OFFICE}" xmlns:m="m" xmlns:mc="mc" xmlns:v="v"><w:body>{body}</w:body></w:document>'
    rels = f'<Relationships><Relationship Id="a" Type="{OFFICE}/officeDocument" Target="{main}"/></Relationships>'
    return make_zip({"_rels/.rels": rels, main: xml, **members})


def p(text: str, more: str = "") -> str:
    return f"<w:p>{more}<w:r><w:t>{text}</w:t></w:r></w:p>"


def tc(content: str, form: str = "") -> str:
    return f"<w:tc><w:tcPr>{form}</w:tcPr>{content if content.startswith('<') else p(content)}</w:tc>"


def tr(*cells: str, form: str = "") -> str:
    return f"<w:tr><w:trPr>{form}</w:trPr>{''.join(cells)}</w:tr>"


def tbl(*rows: str, widths: tuple[int, ...] = ()) -> str:
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    return f"<w:tbl><w:tblPr/><w:tblGrid>{grid}</w:tblGrid>{''.join(rows)}</w:tbl>"


def read(data: bytes) -> list[Grid]:
    found = list(grids("甲.docx", data))
    assert all(isinstance(grid, Grid) for grid in found)
    return found  # type: ignore[return-value]


def cells(body: str) -> list[tuple[str, int, int, int, int]]:
    """(text, row, column, height, width) of the first Grid."""
    return [(c.text, c.place.row, c.place.column, c.height, c.width) for c in read(document(body))[0]]


def texts(body: str) -> list[str]:
    return [cell.text for grid in read(document(body)) for cell in grid]


def test_a_document_is_the_gold_cell_by_cell():
    (grid,) = read((CASES / "files" / "perf.docx").read_bytes())
    starts = [cell.place.row for cell in grid if cell.text == "项目名称"]
    assert len(starts) == 6 and grid.spans
    for top, table in zip(starts, GOLD, strict=True):
        same_as_gold(grid, table, top)


def oracle(data: bytes) -> list[list[tuple[str, int, int]]]:
    """Rows of all tables as python-docx sees them: (text, column, width), merged cells once."""
    rows = []
    for table in docx.Document(io.BytesIO(data)).tables:
        seen = set()
        for row in table.rows:
            found = []
            for at, cell in enumerate(row.cells, 1):
                if cell._tc not in seen:
                    seen.add(cell._tc)
                    if cell.text.strip():
                        found.append((cell.text.strip(), at, cell._tc.grid_span))
            rows.append(found)
    return [row for row in rows if row]


def ours(data: bytes) -> list[list[tuple[str, int, int]]]:
    rows = [row for grid in read(data) for row in grid.rows if "outside" not in row[0].note]
    return [[(cell.text, cell.place.column, cell.width) for cell in row] for row in rows]


def test_cells_are_those_python_docx_sees():
    data = (CASES / "files" / "perf.docx").read_bytes()
    assert ours(data) == oracle(data)


def test_a_cell_in_no_row_is_said():
    cell = "<w:tc><w:p><w:r><w:t>甲</w:t></w:r></w:p></w:tc>"
    row = f"<w:tr>{cell}</w:tr>"
    for lost in (cell, f"<w:tcW>{cell}</w:tcW>"):
        grid, said = grids("甲.docx", document(f"<w:tbl>{row}{lost}{row}</w:tbl>"))
        assert [cell.text for cell in grid] == ["甲", "甲"]
        assert isinstance(said, Damaged) and said.place == "甲.docx › 正文 › 表1第1行"


def test_a_row_in_a_cell_of_another_is_said():
    cell = "<w:tc><w:p><w:r><w:t>{}</w:t></w:r>{}</w:p></w:tc>".format
    row = f"<w:tr>{cell('甲', '')}{cell('乙', '<w:tr>' + cell('丙', '') + '</w:tr>')}</w:tr>"
    _, said = grids("甲.docx", document(f"<w:tbl>{row}</w:tbl>"))
    assert isinstance(said, Damaged) and said.place == "甲.docx › 正文 › 表1第1行"


def test_what_python_docx_does_not_see_of_the_quirks_is_read():
    """It loses a cell and a row inside w:sdt, and an insertion: python-docx#757, #1136."""
    data = (CASES / "files" / "perf_quirks.docx").read_bytes()
    plain = (CASES / "files" / "perf.docx").read_bytes()
    changed = [(a, b) for a, b in zip(ours(data), ours(plain), strict=True) if a != b]
    assert [[text for text, _, _ in row] for row, _ in changed] == [["项目名称", "综合工作经费（常）〔补〕"]]
    assert len(oracle(data)) < len(ours(data))


def test_a_random_table_is_what_python_docx_made():
    dice = random.Random(2)
    for _ in range(20):
        made = docx.Document()
        height, width = dice.randint(2, 7), dice.randint(2, 7)
        table = made.add_table(height, width)
        for row in range(height):
            for column in range(width):
                table.cell(row, column).text = f"{row}-{column}"
        for _ in range(4):
            top, left = dice.randrange(height), dice.randrange(width)
            bottom, right = (
                min(height - 1, top + dice.randint(0, 2)),
                min(width - 1, left + dice.randint(0, 2)),
            )
            with suppress(InvalidSpanError):
                table.cell(top, left).merge(table.cell(bottom, right))
        out = io.BytesIO()
        made.save(out)
        spans = {}
        for r, row in enumerate(table.rows):
            for c, cell in enumerate(row.cells):
                box = spans.setdefault(cell._tc, [cell.text.strip(), r, c, r, c])
                box[3], box[4] = max(box[3], r), max(box[4], c)
        right = max(box[2] for box in spans.values())
        expected = sorted(
            (t, a + 1, b + 1, c - a + 1, min(d, right) - b + 1) for t, a, b, c, d in spans.values()
        )
        (grid,) = read(out.getvalue())
        found = [(c.text, c.place.row, c.place.column, c.height, c.width) for c in grid]
        assert sorted(found) == expected


def test_a_cell_knows_its_place_and_a_paragraph_stands_outside():
    (grid,) = read(
        document(
            p(" 标题 ")
            + p("")
            + tbl(tr(tc("甲"), tc("乙")))
            + p("尾")
            + tbl(tr(tc("")), tr(tc(""), tc("丙")))
        )
    )
    assert list(grid) == [
        Cell("标题", Place("甲.docx", "正文", 1, 1, "第1段"), note="outside"),
        Cell("甲", Place("甲.docx", "正文", 2, 1, "表1第1行第1列")),
        Cell("乙", Place("甲.docx", "正文", 2, 2, "表1第1行第2列")),
        Cell("尾", Place("甲.docx", "正文", 3, 1, "第2段"), note="outside"),
        Cell("丙", Place("甲.docx", "正文", 5, 2, "表2第2行第2列")),
    ]


def test_cells_merge_across_and_down():
    restart, goes_on = '<w:vMerge w:val="restart"/>', "<w:vMerge/>"
    body = tbl(
        tr(tc("甲", '<w:gridSpan w:val="2"/>' + restart), tc("乙")),
        tr(tc("被盖住", '<w:gridSpan w:val="2"/>' + goes_on), tc("丙")),
        tr(tc("丁"), tc("戊"), tc("己", goes_on)),
    )
    grid, hidden = grids("甲.docx", document(body))
    assert isinstance(hidden, Covered) and hidden.place == "甲.docx › 正文 › 表1第2行"
    assert [(c.text, c.place.row, c.place.column, c.height, c.width) for c in grid] == [
        ("甲", 1, 1, 2, 2),
        ("乙", 1, 3, 1, 1),
        ("丙", 2, 3, 1, 1),
        ("丁", 3, 1, 1, 1),
        ("戊", 3, 2, 1, 1),
        ("己", 3, 3, 1, 1),
    ]


def test_text_in_no_run_is_said():
    cell = tc("甲").replace("<w:p>", "<w:t>失</w:t><w:p>", 1)
    grid, lost = grids("甲.docx", document(tbl(tr(cell))))
    assert [c.text for c in grid] == ["甲"] and isinstance(lost, ReadError)
    assert (lost.code, lost.place) == ("damaged", "甲.docx")


@pytest.mark.parametrize("bare", ["<w:r>综合经费</w:r>", "<w:r><w:rPr/>综合经费</w:r>", "综合经费"])
def test_text_that_no_text_element_holds_is_said(bare: str):
    body = tbl(tr(tc(p("项目名称")), tc(f"<w:p>{bare}</w:p>")))
    troubles = [found for found in grids("甲.docx", document(body)) if not isinstance(found, Grid)]
    assert [type(trouble) for trouble in troubles] == [Damaged]


def test_cells_merge_across_in_the_old_way():
    body = tbl(
        tr(tc("甲", '<w:hMerge w:val="restart"/>'), tc("", "<w:hMerge/>"), tc("乙")),
        tr(tc("1"), tc("2"), tc("3")),
    )
    assert cells(body)[:2] == [("甲", 1, 1, 1, 2), ("乙", 1, 3, 1, 1)]


def test_a_row_may_begin_late_and_end_early():
    body = tbl(
        tr(tc("甲"), tc("乙"), tc("丙")),
        tr(tc("丁"), form='<w:gridBefore w:val="1"/><w:gridAfter w:val="1"/>'),
    )
    assert cells(body)[-1] == ("丁", 2, 2, 1, 1)


def test_content_controls_are_looked_through_wherever_they_stand():
    def control(inside: str) -> str:
        return f"<w:sdt><w:sdtPr/><w:sdtContent>{inside}</w:sdtContent></w:sdt>"

    body = control(
        tbl(
            control(tr(tc("甲"), control(tc("乙")))),
            tr(tc(control(p("丙"))), tc("<w:p>" + control("<w:r><w:t>丁</w:t></w:r>") + "</w:p>")),
        )
    )
    assert cells(body) == [("甲", 1, 1, 1, 1), ("乙", 1, 2, 1, 1), ("丙", 2, 1, 1, 1), ("丁", 2, 2, 1, 1)]


def test_the_prompt_of_an_empty_control_is_no_text_and_shifts_no_cell():
    prompt = f"<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent>{tc('单击此处输入')}</w:sdtContent></w:sdt>"
    assert cells(tbl(tr(tc("甲"), prompt, tc("乙")))) == [("甲", 1, 1, 1, 1), ("乙", 1, 3, 1, 1)]


def run(text: str, form: str = "", tag: str = "t") -> str:
    return f"<w:r><w:rPr>{form}</w:rPr><w:{tag}>{text}</w:{tag}></w:r>"


@pytest.mark.parametrize(
    ("runs", "text"),
    [
        (
            run("甲") + "<w:del>" + run("乙", tag="delText") + "</w:del><w:ins>" + run("丙") + "</w:ins>",
            "甲丙",
        ),
        (
            "<w:moveFrom>"
            + run("甲")
            + "</w:moveFrom>"
            + run("乙")
            + "<w:moveTo>"
            + run("甲")
            + "</w:moveTo>",
            "乙甲",
        ),
        ("<w:del><w:ins>" + run("甲") + "</w:ins></w:del>" + run("乙"), "乙"),
        (
            "<w:r><w:t>甲</w:t><w:tab/><w:t>乙</w:t><w:br/><w:t>丙</w:t><w:cr/><w:t>丁</w:t></w:r>",
            "甲\t乙\n丙\n丁",
        ),
        ('<w:r><w:t>甲</w:t><w:br w:type="page"/><w:t>乙</w:t></w:r>', "甲乙"),
        ("<w:r><w:t>甲</w:t><w:softHyphen/><w:t>乙</w:t><w:noBreakHyphen/><w:t>丙</w:t></w:r>", "甲乙-丙"),
        ('<w:r><w:sym w:font="Symbol" w:char="F0B3"/><w:t>90%</w:t></w:r>', "≥90%"),
        ('<w:r><w:sym w:font="Wingdings" w:char="F0FE"/><w:t>是</w:t></w:r>', "☑是"),
        (run("甲", "<w:vanish/>") + run("乙", '<w:vanish w:val="0"/>') + run("丙"), "乙丙"),
        ("<w:pPr><w:tabs><w:tab/></w:tabs><w:rPr><w:vanish/></w:rPr></w:pPr>" + run("甲"), "甲"),
        (
            "<w:r><w:ruby><w:rt><w:r><w:t>yī</w:t></w:r></w:rt><w:rubyBase><w:r><w:t>一</w:t></w:r></w:rubyBase></w:ruby></w:r>",
            "一",
        ),
        ("<m:oMath><m:r><m:t>≥3</m:t></m:r></m:oMath>" + run("套"), "≥3套"),
        ('<w:hyperlink r:id="x">' + run("甲") + "</w:hyperlink>", "甲"),
        ('<w:fldSimple w:instr="DATE">' + run("2024年") + "</w:fldSimple>", "2024年"),
        (run("甲", "<w:rPrChange><w:rPr><w:vanish/></w:rPr></w:rPrChange>"), "甲"),
        (run("甲 ") + run("  乙"), "甲   乙"),
        (run("a&amp;b &lt;1&gt;"), "a&b <1>"),
    ],
)
def test_text_is_what_word_shows(runs, text):
    assert texts(tbl(tr(tc(f"<w:p>{runs}</w:p>")))) == [text]


def field(kind: str) -> str:
    return f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>'


def test_a_field_shows_its_result_and_not_its_code():
    nested = (
        field("begin")
        + run("IF ", tag="instrText")
        + field("begin")
        + run("x", tag="instrText")
        + field("separate")
        + run("藏")
        + field("end")
    )
    nested += field("separate") + run("果") + field("end") + run("后")
    assert texts(f"<w:p>{nested}</w:p>") == ["果后"]


@pytest.mark.parametrize(
    ("form", "result", "text"),
    [
        (
            '<w:ddList><w:result w:val="1"/><w:listEntry w:val="甲"/><w:listEntry w:val="乙"/></w:ddList>',
            "",
            "乙",
        ),
        ('<w:ddList><w:listEntry w:val="甲"/><w:listEntry w:val="乙"/></w:ddList>', "", "甲"),
        ('<w:ddList><w:result w:val="1"/><w:listEntry w:val="甲"/></w:ddList>', "丙", "丙"),
        ('<w:checkBox><w:default w:val="0"/><w:checked/></w:checkBox>', "", "☑"),
        ('<w:checkBox><w:default w:val="1"/><w:checked w:val="0"/></w:checkBox>', "", "□"),
        ('<w:textInput><w:default w:val="1"/></w:textInput>', "", ""),
    ],
)
def test_what_is_chosen_in_a_form_shows_where_no_result_stands(form, result, text):
    begin = f'<w:r><w:fldChar w:fldCharType="begin"><w:ffData>{form}</w:ffData></w:fldChar></w:r>'
    field_text = run(result) if result else ""
    body = begin + run("FORM", tag="instrText") + field("separate") + field_text + field("end") + run("后")
    assert texts(f"<w:p>{body}</w:p>") == [f"{text}后"]


def test_a_style_hides_text_or_strikes_it_out():
    styles = "".join(
        f'<w:style w:type="{kind}" w:styleId="{name}"><w:rPr><w:{look}/></w:rPr></w:style>'
        for kind, name, look in (
            ("character", "a", "vanish"),
            ("character", "b", "strike"),
            ("paragraph", "c", "b"),
        )
    )
    rels = f'<Relationships><Relationship Id="s" Type="{OFFICE}/styles" Target="styles.xml"/></Relationships>'
    runs = run("36000") + run("（原45000）", '<w:rStyle w:val="a"/>') + run("元", '<w:rStyle w:val="c"/>')
    runs += run("旧", '<w:rStyle w:val="b"/>')
    members = {
        "word/styles.xml": f'<w:styles xmlns:w="{W}">{styles}</w:styles>',
        "word/_rels/document.xml.rels": rels,
    }
    (grid,) = read(document(tbl(tr(tc(f"<w:p>{runs}</w:p>"))), **members))
    assert [cell.text for cell in grid] == ["36000元"]
    assert [run for cells in grid.cleaned.values() for cell in cells for run in cell.runs if run.code] == [
        Run("旧", "struck")
    ]


def test_a_field_that_never_ends_swallows_nothing():
    assert texts(f"<w:p>{run('甲')}{field('begin')}</w:p>" + p("乙")) == ["甲", "乙"]


def test_a_deleted_row_is_gone_and_a_deleted_paragraph_end_joins():
    body = tbl(
        tr(tc("甲")),
        tr(tc("乙"), form="<w:del/>"),
        tr(tc(p("丙", "<w:pPr><w:rPr><w:del/></w:rPr></w:pPr>") + p("丁") + p("戊"))),
    )
    assert texts(body) == ["甲", "丙丁\n戊"]


def test_the_format_before_a_change_is_not_the_format():
    changed = '<w:gridSpan w:val="2"/><w:tcPrChange><w:tcPr><w:gridSpan w:val="5"/><w:vMerge/></w:tcPr></w:tcPrChange>'
    assert cells(tbl(tr(tc("甲", changed), tc("乙")), tr(tc("1"), tc("2"), tc("3"))))[1] == ("乙", 1, 3, 1, 1)


def test_a_table_inside_a_form_is_a_grid_of_its_own():
    inner = tbl(tr(tc("设备"), tc("3台")))
    outer = tbl(tr(tc("目标"), tc(p("采购如下") + inner + p("完"))), tr(tc("尾")))
    form, list_ = read(document(outer))
    assert [c.text for c in form] == ["目标", "采购如下\n完", "尾"]
    assert [(c.text, c.place.cell) for c in list_] == [("设备", "表2第1行第1列"), ("3台", "表2第1行第2列")]
    assert list_.rows[0][0].place.row > form.rows[-1][0].place.row


def test_a_table_inside_a_cell_of_the_layout_stands_in_the_text():
    outer = tbl(tr(tc(p("标题") + tbl(tr(tc("甲"), tc("乙"))) + tbl(tr(tc("丙"))))))
    assert [(text, row) for text, row, *_ in cells(outer)] == [("标题", 1), ("甲", 2), ("乙", 2), ("丙", 3)]


BOX = "<w:pict><v:textbox><w:txbxContent>{}</w:txbxContent></v:textbox></w:pict>"


def test_a_text_box_is_read_once_and_apart():
    inside = p("框里") + tbl(tr(tc("甲"), tc("乙")))
    shape = f"<w:r><mc:AlternateContent><mc:Choice>{BOX.format(inside)}</mc:Choice><mc:Fallback>{BOX.format(inside)}</mc:Fallback></mc:AlternateContent><w:t>后</w:t></w:r>"
    text, box = read(document(tbl(tr(tc(f"<w:p>{run('前')}{shape}</w:p>"), tc("右")))))
    assert [c.text for c in text] == ["前后", "右"]
    assert [(c.text, c.place.part) for c in box] == [("框里", "文本框"), ("甲", "文本框"), ("乙", "文本框")]


def test_a_form_cut_in_two_tables_keeps_its_columns():
    """Word drops columns from a table that none of its rows needs."""
    top = tbl(
        tr(*map(tc, "甲乙丙")), tr(tc("丁"), tc("戊", '<w:gridSpan w:val="2"/>')), widths=(1000, 2000, 3000)
    )
    rest = tbl(tr(tc("己"), tc("庚")), widths=(3010, 2995))
    assert cells(top + p("- 2 -") + rest)[-2:] == [("己", 3, 1, 1, 2), ("庚", 3, 3, 1, 1)]


def test_the_halves_of_a_form_are_one_project():
    data = (CASES / "files" / "perf.docx").read_bytes()
    made = docx.Document(io.BytesIO(data))
    for table in list(made.tables):
        rows = table._tbl.findall(qn("w:tr"))
        half = docx.oxml.parse_xml(f'<w:tbl xmlns:w="{W}"/>')
        half.append(table._tbl.tblPr.__copy__())
        half.append(table._tbl.tblGrid.__copy__())
        for row in rows[12:]:
            half.append(row)
        gap = docx.oxml.parse_xml(f'<w:p xmlns:w="{W}"/>')
        table._tbl.addnext(half)
        table._tbl.addnext(gap)
    out = io.BytesIO()
    made.save(out)
    halves, whole = parsing.read(out.getvalue(), "甲.docx"), parsing.read(data, "甲.docx")
    assert [(q.name, len(q.indicators), len(q.empty), q.repairs) for q in halves.projects] == [
        (q.name, len(q.indicators), len(q.empty), ()) for q in whole.projects
    ]


def test_strict_documents_and_macros_are_read():
    body = tbl(tr(tc("甲", '<w:gridSpan w:val="2"/>'), tc("乙")))
    assert (
        read(document(body, namespace=STRICT))
        == read(document(body, main="word/document2.xml"))
        == read(document(body))
    )


def test_another_prefix_reads_the_same():
    data = document(tbl(tr(tc("甲", '<w:gridSpan w:val="2"/>'), tc("乙")), tr(tc("1"), tc("2"), tc("3"))))
    xml = reader.Package(data).read("word/document.xml").replace(b"w:", b"ns0:")
    assert read(make_zip({"word/document.xml": xml})) == read(data)


def test_looks_taken_out_before_parsing_change_nothing():
    looks = '<w:rPr><w:rFonts w:ascii="宋"/><w:b/></w:rPr>'
    body = tbl(
        tr(
            tc(
                f"<w:p><w:pPr><w:jc w:val='center'/>{looks}</w:pPr><w:r>{looks}<w:t>甲</w:t></w:r><w:r><w:rPr><w:b/><w:vanish/></w:rPr><w:t>藏</w:t></w:r></w:p>"
            )
        )
    )
    xml = reader.Package(document(body)).read("word/document.xml")
    thin = reader.shortened(xml)
    assert b"rFonts" not in thin and b"jc" not in thin and b"vanish" in thin
    assert texts(body) == ["甲"]


def test_a_web_page_put_inside_is_read():
    page = "<html><table><tr><td>甲<td>乙</table></html>"
    rels = (
        f'<Relationships><Relationship Id="c" Type="{OFFICE}/aFChunk" Target="/word/a.htm"/></Relationships>'
    )
    data = document('<w:altChunk r:id="c"/>', **{"word/_rels/document.xml.rels": rels, "word/a.htm": page})
    assert [[c.text for c in grid] for grid in read(data)] == [["甲", "乙"]]


@pytest.mark.parametrize(
    ("body", "error"),
    [
        ("", EmptyFile),
        (p(" "), EmptyFile),
        (tbl(tr(tc("字" * (limits.TEXT + 1)))), TooLarge),
        ("<w:tbl><w:tr><w:tc>" * 30 + "</w:tc></w:tr></w:tbl>" * 30, TooLarge),
        ("<w:r>" + "<w:txbxContent>" * 40 + "</w:txbxContent>" * 40 + "</w:r>", TooLarge),
        (tbl("<w:tr>" + "<w:tc/>" * 2_000 + "</w:tr>"), TooLarge),
    ],
)
def test_what_is_empty_or_too_large_is_said(body, error):
    with pytest.raises(error):
        read(document(body))


def test_columns_beyond_the_limit_are_said_and_the_rest_is_read():
    grid, beyond = grids("甲.docx", document(tbl(tr(tc("甲", '<w:gridSpan w:val="300"/>'), tc("乙")))))
    assert isinstance(grid, Grid) and [cell.text for cell in grid] == ["甲"]
    assert isinstance(beyond, TooLarge) and beyond.place == "甲.docx › 正文 › 表1第1行第301列"


PLAIN = [
    "<w:p><w:r><w:t>甲 &lt;乙&gt;</w:t></w:r></w:p>",
    '<w:p w:rsidR="0"><w:r w:rsidRPr="1"><w:t xml:space="preserve"> 甲</w:t></w:r><w:r><w:t>乙 </w:t></w:r></w:p>',
    "<w:p><w:r><w:t/></w:r><w:r><w:t>甲</w:t></w:r></w:p>",
    "<w:p/><w:p><w:r><w:t>甲</w:t></w:r></w:p><w:p><w:r/><w:r><w:t>乙</w:t></w:r></w:p>",
    "<w:p><w:r><w:t>甲</w:t></w:r><w:r><w:rPr><w:vanish/></w:rPr><w:t>藏</w:t></w:r><w:r><w:t>乙</w:t></w:r></w:p>",
    "<w:p><w:r><w:rPr><w:vanish/></w:rPr><w:t>藏</w:t></w:r><w:r><w:t>乙</w:t></w:r></w:p>",
    "<w:p><w:pPr><w:rPr><w:del/></w:rPr></w:pPr><w:r><w:t>甲</w:t></w:r></w:p><w:p><w:r><w:t>乙</w:t></w:r></w:p>",
    '<w:p><w:r><w:fldChar w:fldCharType="begin"/></w:r></w:p><w:p><w:r><w:t>PAGE</w:t></w:r></w:p>',
    "<w:p><w:del><w:r><w:t>甲</w:t></w:r></w:del><w:ins><w:r><w:t>乙</w:t></w:r></w:ins></w:p>",
]


@pytest.mark.parametrize("body", PLAIN)
def test_paragraphs_made_short_before_parsing_read_as_those_that_are_not(body):
    body = tbl(tr(tc(body), tc("丙")))
    long = body.replace("</w:r>", "</w:r >").replace("</w:p>", "</w:p >")
    assert b"plain" in reader.shortened(body.encode()) and b"plain" not in reader.shortened(long.encode())
    assert list(grids("甲", document(body))) == list(grids("甲", document(long)))


@pytest.mark.parametrize("name", ["lol.docx", "quad.docx", "xxe.docx"])
def test_entities_are_refused(name):
    with pytest.raises(Unsafe) as caught:
        list(grids(name, (CASES / "hostile" / name).read_bytes()))
    assert caught.value.place == name


def test_a_locked_member_is_said():
    data = bytearray(document(p("甲")))
    at = data.index(b"PK\x01\x02")
    data[at + 8] |= 1
    with pytest.raises(Locked):
        list(grids("甲", bytes(data)))


def test_a_broken_copy_of_a_document_gives_grids_or_a_read_error():
    whole = (CASES / "files" / "perf_quirks.docx").read_bytes()
    for data in broken_copies(whole):
        try:
            assert list(grids("甲", data))
        except ReadError as error:
            assert error.place == "甲"


TAGS = ("tbl", "tr", "tc", "p", "r", "t", "del", "sdt", "txbxContent", "trPr", "pPr", "tcPr", "rt")
PIECES = st.sampled_from(
    [
        *(f"<w:{tag}>" for tag in TAGS),
        *(
            "字",
            '<w:gridSpan w:val="2"/>',
            "<w:vMerge/>",
            "<w:hMerge/>",
            "<w:showingPlcHdr/>",
            "<w:vanish/>",
            "</>",
        ),
        *(
            '<w:fldChar w:fldCharType="begin"/>',
            '<w:fldChar w:fldCharType="end"/>',
            '<w:gridBefore w:val="3"/>',
        ),
    ]
)


@settings(max_examples=150, deadline=None)
@given(st.lists(PIECES, max_size=40))
def test_any_nesting_of_tags_gives_grids_or_a_read_error(pieces):
    open_, xml = [], ""
    for piece in pieces:
        if piece == "</>":
            piece = f"</{open_.pop()}>" if open_ else ""
        elif piece.startswith("<") and not piece.endswith("/>"):
            open_.append(piece[1:-1])
        xml += piece
    xml += "".join(f"</{tag}>" for tag in reversed(open_))
    with suppress(EmptyFile):
        assert list(reader.grids("甲", document(xml + tbl(tr(tc("甲"))))))


def test_strict_documents_read_like_the_others():
    data = (CASES / "files" / "perf.docx").read_bytes()
    assert strict(data) != data
    assert list(grids("甲.docx", strict(data))) == list(grids("甲.docx", data))
