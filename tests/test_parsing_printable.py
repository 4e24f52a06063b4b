"""Text that no document can hold: cleaned where it comes in, by every format, and said."""

from __future__ import annotations

import io
import os
from pathlib import Path
from xml.etree import ElementTree
from zipfile import ZipFile

import openpyxl
import pytest
from docx import Document
from hypothesis import given, settings
from hypothesis import strategies as st

import parsing
from parsing.errors import ReadError
from parsing.printable import escaped, is_printable, printable, readable

HERE = Path(__file__).parent
HOSTILE = HERE / "cases/hostile"
SAMPLE = HERE.parent / "data/samples/dongkeng-2024.txt"
ODD = (
    "\x00\x01\x07\x08\x0b\x0c\x0e\x1f\x7f\x80\x85\x9f\ud800\udfff\ufdd0\ufdef\ufffe\uffff\U0001fffe\U0010ffff"
)
ROWS = [
    ["项目绩效目标表"],
    ["项目名称", "甲{}乙"],
    ["2025年预算金额（元）", "5000"],
    ["一级指标", "二级指标", "三级指标", "当年度指标值"],
    ["产出指标", "数量指标", "册{}数", "≥3册"],
    ["产出指标", "质量指标", "合格率", "≥9{}5%"],
]


def texts(odd: str) -> list[list[str]]:
    return [[cell.format(odd) for cell in row] for row in ROWS]


def as_text(odd: str) -> bytes:
    return "\n".join("\t".join(row) for row in texts(odd)).encode()


def as_html(odd: str) -> bytes:
    rows = "".join(f"<tr>{''.join(f'<td>{cell}</td>' for cell in row)}</tr>" for row in texts(odd))
    return f'<meta charset="utf-8"><table>{rows}</table>'.encode()


def in_excel(sign: str) -> str:
    return sign if is_printable(sign) or ord(sign) > 0xFFFF else f"_x{ord(sign):04X}_"


def as_xlsx(odd: str) -> bytes:
    """With the escapes by which Excel writes what XML forbids."""
    book = openpyxl.Workbook()
    for row in texts("".join(map(in_excel, odd))):
        book.active.append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def as_docx(odd: str) -> bytes:
    """Only what XML holds: not all that is odd is forbidden there."""
    document = Document()
    table = document.add_table(rows=len(ROWS), cols=4)
    for row, cells in zip(table.rows, texts(odd), strict=True):
        for cell, text in zip(row.cells, cells, strict=False):
            cell.text = text
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


@pytest.mark.parametrize("odd", ODD, ids=escaped)
def test_what_no_document_can_hold_is_gone_and_the_rest_stays(odd: str) -> None:
    assert not is_printable(odd) and is_printable(printable(odd))
    assert printable(f"甲{odd}乙") == "甲乙"
    assert escaped(f"甲{odd}乙").startswith("甲\\") and is_printable(escaped(odd))


@pytest.mark.parametrize("text", ["甲\t乙\n丙", "≥95％ 　“”", "é\xa0\xad", "𠮷😀\ue000\ufeff�", "\U0010fffd"])
def test_what_documents_hold_is_the_very_same(text: str) -> None:
    assert printable(text) is text and escaped(text) == text


def test_line_ends_become_one_and_halves_that_belong_together_one_character() -> None:
    assert printable("甲\r\n乙\r丙") == "甲\n乙\n丙"
    assert printable("甲\ud83d\ude00乙\ude00\ud83d") == "甲😀乙"


@given(st.text(st.characters(exclude_categories=()), max_size=40))
def test_any_text_becomes_what_xml_and_utf8_hold_and_stays_so(text: str) -> None:
    clean = printable(text)
    assert printable(clean) == clean
    ElementTree.fromstring(f"<a>{clean.encode().decode().translate({38: ' ', 60: ' '})}</a>")


@pytest.mark.parametrize(
    ("raw", "name"),
    [
        ("绩效目标表.xlsx".encode("gbk"), "绩效目标表.xlsx"),
        ("项目/".encode() + "联通.xlsx".encode("gbk"), "项目/联通.xlsx"),
        (b"\xff\xfe.xlsx", "\\xFF\\xFE.xlsx"),
        ("甲".encode() + b"\xb8.xlsx", "甲\\xB8.xlsx"),
        ("甲\x07\n乙.xlsx".encode(), "甲 乙.xlsx"),
    ],
)
def test_a_file_name_that_is_no_utf8_is_read_as_the_gbk_it_is_or_shown_as_bytes(
    raw: bytes, name: str
) -> None:
    assert readable(raw.decode("utf-8", "surrogateescape")) == name


@pytest.mark.parametrize("odd", ODD, ids=escaped)
@pytest.mark.parametrize("make", [as_text, as_html, as_xlsx, as_docx])
def test_every_format_reads_the_same_and_says_what_was_there(make, odd: str) -> None:
    try:
        data = make(odd)
    except (ValueError, UnicodeEncodeError):  # the format cannot hold it either
        return
    (project,) = parsing.read(data, name="甲").projects
    said = [one for one in project.repairs if one.code == "unprintable"]
    assert is_printable(project.model_dump_json())
    assert ["".join(one.name.split()) for one in project.indicators] == ["册数", "合格率"]
    if said:  # in a web page, some of these are white space
        assert [one.path for one in said] == ["name", "indicators[0].name", "indicators[1].annual"]
        assert said[0].before == (escaped(f"甲{odd}乙"),) and said[0].after == {"读作": project.name}
        assert not any(one.doubtful for one in said)
    else:
        assert make is as_html, repr(odd)


@pytest.mark.parametrize(
    ("file", "before"),
    [
        ("fffe", "\\uFFFE"),
        ("nul", "\\x00"),
        ("nul_escape", "\\x00"),
        ("surrogate_escape", "\\uD800"),
    ],
)
def test_the_files_that_stopped_every_paper_say_what_they_held(file: str, before: str) -> None:
    (project,) = parsing.read(HOSTILE / f"{file}.xlsx").projects
    (said,) = [one for one in project.repairs if one.code == "unprintable"]
    assert before in said.before[0] and said.path == "name"
    assert said.after == {"读作": project.name}
    assert parsing.Reading.model_validate_json(parsing.Reading(projects=(project,)).model_dump_json())


def test_a_cell_of_nothing_else_is_empty_and_said() -> None:
    (project,) = parsing.read(as_text("").replace("≥3册".encode(), b"\x07\x01"), name="甲.txt").projects
    (said,) = project.repairs
    assert (said.code, said.before, said.place.cell) == ("unprintable", ("\\x07\\x01",), "第5行第4列")
    assert [one.annual for one in project.indicators] == [None, "≥95%"]


def test_names_of_sheets_and_of_files_in_archives_are_cleaned_too() -> None:
    book = openpyxl.load_workbook(io.BytesIO(as_xlsx("")))
    book.active.title = "表一"
    out = io.BytesIO()
    book.save(out)
    packed = io.BytesIO()
    with ZipFile(io.BytesIO(out.getvalue())) as old, ZipFile(packed, "w") as new:
        for one in old.infolist():
            new.writestr(one, old.read(one).replace("表一".encode(), "表&#x85;一".encode()))
    (project,) = parsing.read(packed.getvalue(), name="甲\x07.xlsx").projects
    assert (project.place.file, project.place.part) == ("甲.xlsx", "表一")
    zipped = io.BytesIO()
    with ZipFile(zipped, "w") as archive:
        archive.writestr("夹/乙\x07\ufffe.txt", as_text(""))
    (project,) = parsing.read(zipped.getvalue(), name="包.zip").projects
    assert project.place.file == "包.zip › 夹/乙.txt"


def test_what_could_not_be_read_quotes_no_such_text_either() -> None:
    with pytest.raises(ReadError) as caught:
        parsing.read(b"", name="甲\x07\udcff.xlsx")
    assert is_printable(str(caught.value))


def test_a_clean_file_has_no_such_repair_and_keeps_the_very_cells() -> None:
    reading = parsing.read(SAMPLE)
    assert not [one for project in reading.projects for one in project.repairs if one.code == "unprintable"]


@settings(max_examples=60, deadline=None)
@given(st.text(st.characters(exclude_categories=()), max_size=30), st.integers(0, 5), st.integers(0, 3))
def test_any_text_in_any_cell_of_a_workbook_is_read_or_refused_and_can_be_written(
    text: str, row: int, column: int
) -> None:
    book = openpyxl.Workbook()
    for one in texts(""):
        book.active.append(one)
    shown = "".join(map(in_excel, text))
    cell = book.active.cell(row + 1, column + 1, "x")
    cell.value, cell.data_type = shown, "s"
    out = io.BytesIO()
    book.save(out)
    try:
        reading = parsing.read(out.getvalue(), name="甲.xlsx")
    except ReadError as error:
        assert is_printable(str(error))
        return
    assert is_printable(reading.model_dump_json())
    from parsing.command_line.output import FORMATS

    for write in FORMATS.values():
        assert write([reading], parsing.DEFAULT)


def test_the_name_that_the_system_hands_over_is_readable(tmp_path: Path) -> None:
    try:
        path = Path(os.fsdecode(os.fsencode(tmp_path) + "/绩效.txt".encode("gbk")))
        path.write_bytes(as_text(""))
    except OSError:
        pytest.skip("this file system takes only UTF-8")
    (project,) = parsing.read(path).projects
    assert project.place.file == "绩效.txt"
