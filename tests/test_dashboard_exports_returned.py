import io
from pathlib import Path

import openpyxl
import pytest

from dashboard.exports import returned
from dashboard.store.derive import digest
from parsing import Finding, read, review

HERE = Path(__file__).parent
FILES = (
    HERE / "cases/files/perf_sheets.xlsx",
    HERE / "cases/forms/01_shanghai_putuo_2026_chaiwei.xlsx",
    HERE / "cases/files/perf.docx",
    HERE.parent / "data/samples/dongkeng-2024.txt",
)


def made(path):
    data = path.read_bytes()
    reading = read(data, path.name)
    found = [(one, review(one).findings) for one in reading.projects]
    return reading, found, returned.returned(data, path.name, found)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_a_marked_file_carries_its_points_and_links_each_to_its_cell(path):
    _, found, data = made(path)
    book = openpyxl.load_workbook(io.BytesIO(data))
    index = book[returned.INDEX]
    assert index.max_row - 2 == sum(len(findings) for _, findings in found) > 0
    for row in range(3, index.max_row + 1):
        part, cell = index.cell(row, 3).hyperlink.location.rsplit("!", 1)
        assert book[part.strip("'")][cell].comment.text
    assert returned.marked(data) == [point for one in found for point in returned.points(*one)]
    assert book[returned.MARKER].sheet_state == "veryHidden"


@pytest.mark.parametrize("path", FILES[:2], ids=lambda path: path.name)
def test_a_marked_workbook_reads_as_before_and_nothing_is_changed(path):
    reading, _, data = made(path)
    again = read(data, path.name)
    assert [digest(one) for one in again.projects] == [digest(one) for one in reading.projects]
    assert (again.unread, again.others) == (reading.unread, reading.others)
    for one in again.projects:
        became = returned.compare(returned.marked(data), one, review(one).findings)
        assert {status for status, _ in became} <= {"未改"}


def test_a_corrected_cell_is_changed_and_a_spoilt_one_is_new():
    _, found, data = made(FILES[0])
    project, findings = next(
        (p, f) for p, f in found if any(one.rule == "M01" and one.path.startswith("ind") for one in f)
    )
    wrong = next(one for one in findings if one.rule == "M01")
    names = [one.name for one in project.indicators]
    other = next(one for one in project.indicators if one.annual and one.annual.startswith("≥"))
    book = openpyxl.load_workbook(io.BytesIO(data))
    for path, text in ((wrong.path, "满意率≥90%"), (f"indicators[{names.index(other.name)}].annual", "良好")):
        place = project.find(path)
        book[place.part].cell(place.row, place.column).value = text
    out = io.BytesIO()
    book.save(out)
    now = next(one for one in read(out.getvalue(), FILES[0].name).projects if one.name == project.name)
    became = returned.compare(returned.marked(out.getvalue()), now, review(now).findings)
    status = {point.ident: word for word, point in became}
    assert status[returned.identity(wrong, names)] == "已改"
    assert {"已改", "未改", "新增"} == set(status.values())


def test_a_file_of_somebody_else_carries_no_points():
    assert returned.marked(FILES[0].read_bytes()) == returned.marked(b"no workbook") == []


@pytest.mark.parametrize("sign", "=+-@")
def test_no_text_of_a_finding_becomes_a_formula(sign):
    _, found, _ = made(FILES[0])
    evil = f"{sign}HYPERLINK(1)"
    one = Finding(
        rule="M01", severity="中", title="题", message=evil, advice=evil, path="name", place="", quote=evil
    )
    data = returned.returned(FILES[0].read_bytes(), FILES[0].name, [(found[0][0], [one])])
    index = openpyxl.load_workbook(io.BytesIO(data))[returned.INDEX]
    assert {(index.cell(3, c).data_type, index.cell(3, c).quotePrefix) for c in (4, 5, 6)} == {("s", True)}
