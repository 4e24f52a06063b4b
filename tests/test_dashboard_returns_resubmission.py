"""Given back, corrected by a script, brought in again: what became of each point."""

from __future__ import annotations

import io
from collections import Counter
from datetime import date
from pathlib import Path

import openpyxl
import pytest
from correcting import document_with, row_of, sheet_with

from dashboard.exports.marked.give_back import MarkedFiles, mark_upload
from dashboard.exports.marked.marking import mark
from dashboard.ingest import ingest
from dashboard.returns.change_requests import open_findings
from dashboard.returns.resubmission import Resubmission, resubmission_of
from dashboard.store import Store, open_store, project_key
from parsing import DEFAULT, Project, read

HERE = Path(__file__).parent
SHEETS, WORD = HERE / "cases/files/perf_sheets.xlsx", HERE / "cases/files/perf.docx"
NAME = "综合窗口服务外包"


def reading(name: str, data: bytes):
    return read(data, name)


def bring(store: Store, name: str, data: bytes) -> int:
    number, _ = ingest.ingest_file(store, name, data, ingest.attempt(reading, name, data), "甲")
    return number


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return open_store(tmp_path)


def sent(store: Store, path: Path) -> tuple[Project, bytes, list[str]]:
    """A file that counts, given back: one of its projects, the file, and the keys of all its projects."""
    number = bring(store, path.name, path.read_bytes())
    store.confirm(number, "甲")
    keys = [one.key for one in store.outcome(number)]
    projects = [store.project(key) for key in keys]
    project = next(one for one in projects if one.name == NAME)
    return project, back(store, number, keys).data, keys


def back(store: Store, number: int, keys: list[str]) -> MarkedFiles:
    return mark_upload(store, mark, number, keys, DEFAULT, date(2026, 11, 24))


def vague(project: Project) -> list[int]:
    return [
        at
        for at, one in enumerate(project.indicators)
        if one.annual and not any(map(str.isdigit, one.annual))
    ]


def edits(project: Project) -> dict[tuple[int, int], str]:
    """The satisfaction indicator filled in, a vague value mended, another replaced by one as vague, a good
    one spoilt."""
    first, second = vague(project)[:2]
    good = next(at for at, one in enumerate(project.indicators) if one.annual == "≥90%")
    row = row_of(project, next(n for n, one in enumerate(project.empty) if one.slot == "满意度"))
    at = {field: project.indicators[0].places[field].column for field in ("name", "period", "annual")}
    rows = {number: project.indicators[number].places["annual"].row for number in (first, second, good)}
    return {
        (row, at["name"]): "办事群众满意度",
        (row, at["period"]): "≥90%",
        (row, at["annual"]): "≥92%",
        (rows[first], at["annual"]): "≥85%",
        (rows[second], at["annual"]): "显著改善",
        (rows[good], at["annual"]): "较好",
    }


def check(answer: Resubmission, project: Project, asked: int) -> None:
    assert answer.made == "2026-11-24" and not answer.missing and len(answer.projects) == 6
    first, second = (project.indicators[at].name for at in vague(project)[:2])
    one = next(one for one in answer.projects if one.name == NAME)
    rows = [(each.status, each.request.rule, each.request.about, each.now) for each in one.resolutions]
    assert ("已改", "M01", first, "≥85%") in rows
    assert ("未改", "M01", second, "显著改善") in rows
    assert [row[3] for row in rows if row[:2] == ("已改", "C05")] == ["办事群众满意度　≥92%"]
    assert [row[0] for row in rows if row[1] == "M01" and row[0] == "新增"] == ["新增"]
    assert sum(row[0] != "新增" for row in rows) == asked
    for other in answer.projects:
        if other is not one:
            assert {each.status for each in other.resolutions} == {"未改"}


def test_a_workbook_corrected_and_brought_in_again(store: Store) -> None:
    project, back, _ = sent(store, SHEETS)
    again = bring(store, "随便.xlsx", sheet_with(back, project.place.part, edits(project)))
    check(resubmission_of(store, again, DEFAULT), project, len(open_findings(store, project, DEFAULT)))
    assert not store.said(again).unread and not store.said(again).others


def test_a_document_corrected_and_brought_in_again(store: Store) -> None:
    project, back, _ = sent(store, WORD)
    names = {(cell.row, cell.column): cell.cell for one in project.indicators for cell in one.places.values()}
    lack = next(one for one in project.empty if one.slot == "满意度").place
    table, row = lack.cell.split("行")[0], lack.row  # 表3第24
    columns = {
        place.column: place.cell.split("行")[1] for one in project.indicators for place in one.places.values()
    }
    texts = {
        names.get((line, column)) or f"{table}行{columns[column]}": text
        for (line, column), text in edits(project).items()
    }
    assert row and len(texts) == 6
    again = bring(store, "随便.docx", document_with(back, texts))
    check(resubmission_of(store, again, DEFAULT), project, len(open_findings(store, project, DEFAULT)))
    assert not store.said(again).unread and not store.said(again).others


def test_a_table_that_comes_again_without_a_slip_is_compared_with_the_one_that_counts(store: Store) -> None:
    project, _, _ = sent(store, SHEETS)
    again = bring(store, "新.xlsx", sheet_with(SHEETS.read_bytes(), project.place.part, edits(project)))
    answer = resubmission_of(store, again, DEFAULT)
    assert (answer.made, [one.name for one in answer.projects]) == ("", [NAME])
    assert set(Counter(one.status for one in answer.projects[0].resolutions)) == {"已改", "未改", "新增"}


def test_a_first_table_and_an_unchanged_one_have_nothing_to_compare(store: Store) -> None:
    first = bring(store, SHEETS.name, SHEETS.read_bytes())
    assert resubmission_of(store, first, DEFAULT) == Resubmission("", [], [])
    store.confirm(first, "甲")
    assert resubmission_of(store, bring(store, "乙.xlsx", SHEETS.read_bytes()), DEFAULT).projects == []


def test_what_people_answered_is_neither_asked_nor_said_to_be_mended(store: Store) -> None:
    project, back, _ = sent(store, SHEETS)
    key = project_key(project)
    store.settle()
    before = open_findings(store, project, DEFAULT)
    store.declare(key, "满意度", "没有服务对象", "李四")
    after = open_findings(store, project, DEFAULT)
    assert {one.rule for one in before} - {one.rule for one in after} == {"C05"}
    answer = resubmission_of(store, bring(store, "丙.xlsx", back), DEFAULT)
    rows = next(one.resolutions for one in answer.projects if one.name == NAME)
    assert {one.status for one in rows} == {"未改"} and "C05" not in {one.request.rule for one in rows}


def test_a_corrected_name_keeps_its_points_and_a_project_left_out_is_named(store: Store) -> None:
    project, back, _ = sent(store, SHEETS)
    place = project.places["name"]
    renamed = sheet_with(back, place.part, {(place.row, place.column): "政务窗口服务外包"})
    answer = resubmission_of(store, bring(store, "丁.xlsx", renamed), DEFAULT)
    assert not answer.missing and "政务窗口服务外包" in {one.name for one in answer.projects}
    book = openpyxl.load_workbook(io.BytesIO(back))
    del book[place.part]
    out = io.BytesIO()
    book.save(out)
    assert resubmission_of(store, bring(store, "戊.xlsx", out.getvalue()), DEFAULT).missing == [NAME]


def test_files_are_given_back_by_their_own_names(store: Store) -> None:
    number = bring(store, "包.zip", (HERE / "cases/files/batch_gbk_names.zip").read_bytes())
    store.confirm(number, "甲")
    keys = sorted({one.key for one in store.outcome(number)})
    given = back(store, number, keys[:1])
    assert given.name.endswith("（退回修改单）.xlsx")
    again = bring(store, "再.xlsx", given.data)
    assert store.project(keys[0]).name in {
        one.name for one in resubmission_of(store, again, DEFAULT).projects
    }
