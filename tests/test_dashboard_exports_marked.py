import io
import zipfile
from datetime import date
from pathlib import Path

import openpyxl
import pytest
from docx import Document
from docx.oxml.ns import qn

from dashboard.exports.marked.changes import COLUMNS
from dashboard.exports.marked.index import change_list
from dashboard.exports.marked.lost import lost
from dashboard.exports.marked.mark_workbook import COLOUR, FIRST, INDEX
from dashboard.exports.marked.marking import Marked, mark
from dashboard.returns.change_requests import change_requests, manifest_of
from dashboard.store.derive import digest
from parsing import DEFAULT, Finding, Reading, read, return_manifest, review

HERE = Path(__file__).parent
DAY = date(2026, 11, 24)
SHEETS = HERE / "cases/files/perf_sheets.xlsx"
WORD = HERE / "cases/files/perf.docx"
SAMPLE = HERE.parent / "data/samples/dongkeng-2024.txt"
FILES = (
    SHEETS,
    HERE / "cases/files/perf_stacked.xlsx",
    HERE / "cases/forms/01_shanghai_putuo_2026_chaiwei.xlsx",
    WORD,
    HERE / "cases/files/perf_quirks.docx",
    HERE / "cases/forms/01_shanghai_putuo_2026_chaiwei.docx",
    SAMPLE,
    HERE / "cases/files/perf_sheets.xls",
    HERE / "cases/files/perf.doc",
)
ALSO_SAVED = ("libreoffice.xlsx", "libreoffice.docx")


def found_in(reading: Reading):
    return [(one, review(one).findings) for one in reading.projects]


def marked(data: bytes, name: str, found, before=None) -> Marked:
    """As the process apart does it: ``test_dashboard_exports_marked_jobs``."""
    return mark(data, name, change_list(found, DEFAULT, DAY, before))


def give_back(data: bytes, name: str, found, before=None) -> bytes:
    return marked(data, name, found, before).data


def made(path: Path):
    data = path.read_bytes()
    reading = read(data, path.name)
    found = found_in(reading)
    return reading, found, give_back(data, path.name, found)


def said(found):
    return tuple(point for one in found for point in change_requests(*one))


def sheet(data: bytes):
    return openpyxl.load_workbook(io.BytesIO(data))[INDEX]


def notes(data: bytes) -> str:
    return str(sheet(data)["A2"].value)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_a_marked_file_reads_as_before_and_carries_its_points(path):
    reading, found, given = made(path)
    again = read(given, path.name)
    assert [digest(one) for one in again.projects] == [digest(one) for one in reading.projects]
    assert (again.unread, again.others) == (reading.unread, reading.others)
    back = manifest_of(again)
    assert back and back.requests == said(found) and back.requests
    assert (back.made, back.standard) == (DAY.isoformat(), DEFAULT.name)
    ending = marked(path.read_bytes(), path.name, found).ending
    assert ending == (path.suffix if path.suffix == ".docx" else ".xlsx")


@pytest.mark.parametrize("path", [one for one in FILES if one.suffix != ".docx"], ids=lambda path: path.name)
def test_each_line_of_the_sheet_leads_to_a_marked_cell(path):
    _, found, given = made(path)
    book = openpyxl.load_workbook(io.BytesIO(given))
    index = book[INDEX]
    assert book.active is index and book[return_manifest.PART].sheet_state == "veryHidden"
    assert index.max_row - FIRST + 1 == len(said(found))
    assert [cell.value for cell in index[FIRST - 1]] == list(COLUMNS)
    for row in range(FIRST, index.max_row + 1):
        part, cell = index.cell(row, 3).hyperlink.location.rsplit("!", 1)
        target = book[part.strip("'")][cell]
        assert index.cell(row, 6).value in target.comment.text
        assert target.fill.fgColor.rgb.endswith(COLOUR)
    assert index.page_setup.orientation == "landscape" and index.print_title_rows


@pytest.mark.parametrize("path", [one for one in FILES if one.suffix == ".docx"], ids=lambda path: path.name)
def test_each_line_of_the_page_leads_to_a_marked_and_commented_cell(path):
    _, found, given = made(path)
    document = Document(io.BytesIO(given))
    body = document.element.body
    marks = {one.get(qn("w:name")): one for one in body.iter(qn("w:bookmarkStart"))}
    links = [one.get(qn("w:anchor")) for one in body.iter(qn("w:hyperlink"))]
    assert len(links) == len(document.tables[-1].rows) - 1 == len(said(found))
    comments = " ".join(one.text for one in document.comments)
    for row, link in zip(document.tables[-1].rows[1:], links, strict=True):
        cell = next(marks[link].iterancestors(qn("w:tc")))
        assert [one.get(qn("w:fill")) for one in cell.iter(qn("w:shd"))] == [COLOUR]
        assert row.cells[5].text in comments
        assert next(cell.iter(qn("w:commentReference")), None) is not None


@pytest.mark.parametrize("path", [SHEETS, WORD, SAMPLE], ids=lambda path: path.name)
def test_each_page_of_the_list_has_date_standard_and_mark_at_its_foot(path):
    _, found, given = made(path)
    fewer = give_back(path.read_bytes(), path.name, [(one, findings[:1]) for one, findings in found])

    def foot(data: bytes) -> str:
        if path is WORD:
            return Document(io.BytesIO(data)).sections[-1].footer.paragraphs[0].text
        return sheet(data).oddFooter.center.text

    assert DAY.isoformat() in foot(given) and DEFAULT.title in foot(given)
    assert foot(given) == foot(made(path)[2]) != foot(fewer)


def test_what_a_file_is_decides_and_not_what_it_is_called():
    for path, name, end in (
        (SHEETS, "甲.docx", ".xlsx"),
        (SHEETS, "甲.xls", ".xlsx"),
        (WORD, "甲.xlsx", ".docx"),
        (HERE / "cases/files/perf_sheets.xls", "甲.xlsx", ".xlsx"),
        (SAMPLE, "甲.docx", ".xlsx"),
    ):
        data = path.read_bytes()
        reading = read(data, name)
        given = marked(data, name, found_in(reading))
        again = read(given.data, name)
        assert given.ending == end, name
        assert [digest(one) for one in again.projects] == [digest(one) for one in reading.projects]


def test_macros_stay():
    own = io.BytesIO()
    with zipfile.ZipFile(SHEETS) as source, zipfile.ZipFile(own, "w") as target:
        for one in source.namelist():
            text = source.read(one)
            if one == "[Content_Types].xml":
                plain, macro = b"spreadsheetml.sheet.main", b"ms-excel.sheet.macroEnabled.main"
                assert b"openxmlformats-officedocument." + plain in text
                text = text.replace(b"openxmlformats-officedocument." + plain, macro)
            target.writestr(one, text)
        target.writestr("xl/vbaProject.bin", b"macros")
    assert marked(own.getvalue(), "甲.xlsx", found_in(read(SHEETS))).ending == ".xlsm"
    given = give_back(own.getvalue(), "甲.xlsm", found_in(read(SHEETS)))
    with zipfile.ZipFile(io.BytesIO(given)) as package:
        assert package.read("xl/vbaProject.bin") == b"macros"
    assert len(read(given, "甲.xlsm").projects) == 6


@pytest.mark.parametrize(
    ("data", "word"),
    [
        ((HERE / "cases/hostile/locked.xlsx").read_bytes(), "密码"),
        ((HERE / "cases/hostile/xxe.xlsx").read_bytes(), "读出的内容"),
        ((HERE / "cases/hostile/quad.docx").read_bytes(), "只有清单"),
        ((HERE / "cases/hostile/zipbomb.xlsx").read_bytes(), "读出的内容"),
        (SHEETS.read_bytes()[:9000], "读出的内容"),
        (b"", "读出的内容"),
    ],
)
def test_what_cannot_be_written_into_gives_a_new_workbook_that_says_why(data, word):
    found = found_in(read(SHEETS))
    end, why, given = marked(data, "甲.xlsx", found)
    assert why
    lines = (one.text for one in Document(io.BytesIO(given)).paragraphs) if end == ".docx" else ()
    assert word in (notes(given) if end == ".xlsx" else "".join(lines))
    if end == ".xlsx":
        assert manifest_of(read(given, "甲.xlsx")).requests == said(found)


def test_what_a_workbook_would_lose_is_said_only_where_it_has_such():
    own = io.BytesIO(SHEETS.read_bytes())
    with zipfile.ZipFile(own, "a") as package:
        package.writestr("xl/ctrlProps/ctrlProp1.xml", "<a/>")
        package.writestr("xl/drawings/drawing1.xml", "<xdr:wsDr><xdr:sp macro=''/></xdr:wsDr>")
    assert len(lost(own.getvalue())) == 2 and not lost(SHEETS.read_bytes())
    found = found_in(read(SHEETS))
    plain, other = (give_back(one, "甲.xlsx", found) for one in (SHEETS.read_bytes(), own.getvalue()))
    assert len(notes(other).split("\n")) == len(notes(plain).split("\n")) + 1


@pytest.mark.parametrize("path", [SHEETS, WORD], ids=lambda path: path.name)
def test_a_file_given_back_twice_has_the_marks_of_the_last_time_alone(path):
    _, found, given = made(path)
    again = read(given, path.name)
    fewer = [(one, findings[:2]) for one, findings in found_in(again)]
    before = manifest_of(again)
    twice = give_back(given, path.name, fewer, before._replace(requests=before.requests[:1]))
    assert manifest_of(read(twice, path.name)).requests == said(fewer)
    once = give_back(path.read_bytes(), path.name, [(one, fs[:2]) for one, fs in found])
    if path is SHEETS:
        assert marks(twice) == marks(once)
        states = [sheet(twice).cell(row, 8).value for row in range(FIRST, sheet(twice).max_row + 1)]
    else:
        first, second = (Document(io.BytesIO(one)) for one in (once, twice))
        assert len(list(second.comments)) == len(list(first.comments))
        for tag in ("w:shd", "w:bookmarkStart", "w:commentReference", "w:sectPr", "w:tbl"):
            many = [len(list(one.element.body.iter(qn(tag)))) for one in (first, second)]
            assert many[0] == many[1], tag
        states = [row.cells[7].text for row in second.tables[-1].rows[1:]]
    assert sorted(set(states)) == ["新增", "未改"] and states.count("未改") == 1


def marks(data: bytes):
    book = openpyxl.load_workbook(io.BytesIO(data))
    return {
        (one.title, cell.coordinate, cell.comment.text)
        for one in book
        for row in one.iter_rows()
        for cell in row
        if cell.comment
    }


@pytest.mark.parametrize("name", ALSO_SAVED)
def test_points_survive_another_program(name):
    """Files given back and then saved by LibreOffice, which makes its own of what it does not know."""
    again = read(HERE / "cases/returned" / name)
    assert len(again.projects) == 6 and not again.unread and not again.others
    assert {one.project for one in manifest_of(again).requests} == {one.name for one in again.projects}


def test_a_file_of_somebody_else_carries_nothing():
    assert manifest_of(read(SHEETS)) is None
    assert manifest_of(Reading(slips=("nonsense", "[1]", "[" * 10_000, "{}"))) is None


@pytest.mark.parametrize("sign", "=+-@")
def test_no_text_of_a_finding_becomes_a_formula(sign):
    evil = f"{sign}HYPERLINK(1)"
    one = Finding(
        rule="M01", severity="中", title="题", message=evil, advice=evil, path="name", place="", quote=evil
    )
    project = read(SHEETS).projects[0]
    index = sheet(give_back(SHEETS.read_bytes(), SHEETS.name, [(project, [one])]))
    assert {(index.cell(FIRST, c).data_type, index.cell(FIRST, c).quotePrefix) for c in (5, 6, 7)} == {
        ("s", True)
    }
