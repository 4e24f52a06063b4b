"""What is taken away from the meeting, read back: figures, decisions, date, standard and mark."""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
from conftest import make_indicator, make_project
from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from openpyxl import load_workbook
from portfolio import generate, wordy
from pptx import Presentation

from dashboard.exports.brief import FOUND, PROJECTS, brief
from dashboard.exports.minutes import minutes
from dashboard.exports.opinion import DIMENSIONS, opinion
from dashboard.exports.pptx import FEW, pptx
from dashboard.exports.word_document import DOWN, deep, tall
from dashboard.exports.workbook import workbook
from dashboard.ingest.samples import bring
from dashboard.queries.scope import Scope
from dashboard.snapshot.snapshot import CASES, Snapshot, take_snapshot
from dashboard.store import Condition, Store, open_store
from dashboard.wording.formatting import YI, format_amount, format_wan
from dashboard.wording.terms import DUE, TERMS
from parsing import DEFAULT, Project, Reading

DAY = date(2026, 11, 23)
PAPERS = (brief, opinion, minutes)
MANY = 16  # projects with long names
WIDE, TALL, SLACK = 12_192_000, 6_858_000, 6_350  # EMU
CONDITIONS = ("补充满意度指标", "说明 3 万元差额；附合同")


def told(store: Store) -> Snapshot:
    return take_snapshot(store, Scope(), DEFAULT, DAY)


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Snapshot:
    store = open_store(Path(tmp_path_factory.mktemp("store")))
    bring(store, "测试")
    first, second, third = [row["key"] for row in told(store).money][:3]
    store.resolve(first, "通过", [], "张主任")
    store.resolve(second, "有条件通过", [Condition(one) for one in CONDITIONS], "李主任")
    store.resolve(third, "退回", [], "王主任")
    return told(store)


@pytest.fixture(scope="module")
def shown(whole: Snapshot) -> bytes:
    return pptx(whole)


@pytest.fixture(scope="module")
def book(whole: Snapshot) -> Any:
    return load_workbook(io.BytesIO(workbook(whole)))


@pytest.fixture(scope="module")
def long(tmp_path_factory: pytest.TempPathFactory) -> Snapshot:
    """Many projects with long names, some decided."""
    store = open_store(Path(tmp_path_factory.mktemp("long")))
    reading = Reading(projects=tuple(wordy(MANY)))
    store.confirm(store.stage("批.xlsx", b"x", reading, "测试"), "测试")
    for row in told(store).money[:4]:
        store.resolve(row["key"], "退回", [], "王主任")
    return told(store)


def odd(folder: Path, *projects: Project) -> Snapshot:
    store = open_store(folder)
    if projects:
        store.confirm(store.stage("测试.xlsx", b"x", Reading(projects=projects), "测试"), "测试")
    return told(store)


def foot(said: Snapshot) -> tuple[str, ...]:
    return DAY.isoformat(), said.standard.title, said.mark


def slides(data: bytes) -> list[Any]:
    return list(Presentation(io.BytesIO(data)).slides)


def words(slide: Any) -> str:
    return "\n".join(shape.text_frame.text for shape in slide.shapes if shape.has_text_frame)


def grid(slide: Any) -> list[list[str]]:
    found = [shape.table for shape in slide.shapes if shape.has_table]
    return [[cell.text for cell in row.cells] for table in found for row in table.rows]


def cells(slide: Any) -> list[str]:
    return [text for row in grid(slide) for text in row]


def charts(data: bytes) -> list[tuple[list[str], *tuple[list[float], ...]]]:
    """Of each chart its categories, and the numbers of its series."""
    found = [shape.chart.plots[0] for slide in slides(data) for shape in slide.shapes if shape.has_chart]
    return [(list(plot.categories), *(list(one.values) for one in plot.series)) for plot in found]


def tables(data: bytes) -> list[list[list[str]]]:
    found = Document(io.BytesIO(data)).tables
    return [[[cell.text for cell in row.cells] for row in table.rows] for table in found]


def test_the_charts_of_the_slides_are_native_and_hold_the_figures(whole: Snapshot, shown: bytes) -> None:
    kinds = {shape.shape_type for slide in slides(shown) for shape in slide.shapes}
    assert not {kind for kind in kinds if "PICTURE" in str(kind)}
    money, number, fen = charts(shown)
    assert money == (
        [row["name"] for row in whole.money],
        [row["budget_fen"] / 1_000_000 for row in whole.money],
    )
    slots = [row["slot"] for row in whole.lacks]
    assert number == (slots, *([row[field] for row in whole.lacks] for field in ("projects", "required")))
    fens = ([row[field] / 1_000_000 for row in whole.lacks] for field in ("budget_fen", "required_fen"))
    assert fen == (slots, *fens)
    parts = ZipFile(io.BytesIO(shown)).namelist()
    assert sum(re.fullmatch(r"ppt/charts/chart\d+\.xml", name) is not None for name in parts) == 3
    assert not [name for name in parts if name.startswith("ppt/media/")]


def test_beyond_the_largest_one_bar_stands_for_all_others(long: Snapshot) -> None:
    names, values = charts(pptx(long))[0]
    assert len(values) == FEW + 1 and str(MANY - FEW) in names[-1]
    assert sum(values) == pytest.approx(long.facts.budget_fen / YI.fen)  # tens of 亿元


def test_the_slides_tell_the_totals(whole: Snapshot, shown: bytes) -> None:
    first = cells(slides(shown)[1])
    assert format_wan(whole.facts.budget_fen) in first and str(whole.facts.projects) in first
    assert str(whole.whole["required"]) in first
    for one in TERMS:
        assert f"{whole.tally[one.field]:,} {one.unit}" in first
    assert format_amount(whole.at_risk) in words(slides(shown)[1])


def test_the_tables_of_the_slides_hold_the_matrix(whole: Snapshot, shown: bytes) -> None:
    rows = [row for slide in slides(shown) for row in grid(slide)]
    for case in whole.cases:
        (row,) = [row for row in rows if row[0] == case.project.name]
        for k, text in enumerate(row[1:], 1):
            assert text == str(case.matrix[f"s{k}"]) if case.matrix[f"s{k}"] else not text.isdigit()


def test_each_project_has_a_slide_with_its_budget_questions_and_decision(
    whole: Snapshot, shown: bytes
) -> None:
    for case in whole.cases:
        (slide,) = [
            one for one in slides(shown) if one.shapes.title.text.startswith(f"{case.project.name}：")
        ]
        told, notes = cells(slide), slide.notes_slide.notes_text_frame.text
        assert format_wan(case.matrix["budget_fen"]) in told
        for one in case.questions:
            assert any(text.startswith(one.text) for text in told) and one.text in notes
        if case.verdict:
            assert any(line.endswith(f" {case.verdict.verdict}") for line in words(slide).split("\n"))
            for each in case.verdict.conditions:
                assert any(line.endswith(f"：{each.text}") for line in notes.split("\n"))


def test_every_slide_has_date_standard_mark_number_and_notes(whole: Snapshot, shown: bytes) -> None:
    for slide in slides(shown):
        assert all(one in words(slide) for one in foot(whole))
        assert 'type="slidenum"' in slide.shapes._spTree.xml
        assert slide.notes_slide.notes_text_frame.text.strip()


def test_nothing_on_a_slide_reaches_into_something_else(long: Snapshot) -> None:
    for slide in slides(pptx(long)):
        boxes = [(one.top, one.top + one.height, one.left, one.left + one.width) for one in slide.shapes]
        for n, (top, bottom, left, right) in enumerate(boxes):
            assert top >= 0 and left >= 0 and bottom <= TALL and right <= WIDE
            for above, below, before, behind in boxes[:n]:
                over = top < below - SLACK and above < bottom - SLACK
                assert not (over and left < behind - SLACK and before < right - SLACK), (
                    slide.shapes.title.text
                )


@pytest.mark.parametrize("make", PAPERS)
def test_every_page_of_a_paper_has_date_standard_and_mark(
    whole: Snapshot, make: Callable[[Snapshot], bytes]
) -> None:
    (section,) = Document(io.BytesIO(make(whole))).sections
    said = section.header.paragraphs[0].text + section.footer.paragraphs[0].text
    assert all(one in said for one in (*foot(whole), whole.caption.whose, whole.caption.when))


def test_the_brief_has_every_projects_budget(whole: Snapshot) -> None:
    table, rules = tables(brief(whole))
    assert [row[:2] for row in table[1:-3]] == [
        [case.project.name, format_wan(case.matrix["budget_fen"])] for case in whole.cases
    ]
    total, gaps, shares = table[-3:]
    assert total[1] == format_wan(whole.facts.budget_fen)
    assert gaps[3:] == [str(row["projects"]) for row in whole.lacks]
    money = [100 * row["budget_fen"] / whole.facts.budget_fen for row in whole.lacks]
    assert [float(text) for text in shares[3:]] == pytest.approx(money, abs=0.05)
    found = [row for row in whole.rules if row["rank"] > 1][: len(rules) - 1]
    assert [row[2:5] for row in rules[1:]] == [
        [f"{row['findings']:,}", f"{row['projects']:,}", format_wan(row["budget_fen"])] for row in found
    ]


def test_the_minutes_have_each_decision_and_condition_exactly(whole: Snapshot) -> None:
    decided, waiting = tables(minutes(whole))
    listed = "\n".join(f"{n}. {one}" for n, one in enumerate(CONDITIONS, 1))
    told = [("通过", "—", "张主任"), ("有条件通过", listed, "李主任"), ("退回", "—", "王主任")]
    assert [tuple(row[1:6]) for row in decided[1:-1]] == [
        (row["name"], format_wan(row["budget_fen"]), *one)
        for row, one in zip(whole.money[:3], told, strict=True)
    ]
    assert decided[-1][2] == format_wan(sum(row["budget_fen"] for row in whole.money[:3]))
    assert [row[1:] for row in waiting[1:-1]] == [
        [row["name"], format_wan(row["budget_fen"])] for row in whole.money[3:]
    ]
    assert waiting[-1][2] == format_wan(sum(row["budget_fen"] for row in whole.money[3:]))
    said = "\n".join(line.text for line in Document(io.BytesIO(minutes(whole))).paragraphs)
    assert format_amount(whole.at_risk) in said


def test_the_brief_of_many_is_reckoned_to_two_pages_and_sums_the_rest(long: Snapshot) -> None:
    table, rules = tables(brief(long))
    rows, rest = table[1:-4], table[-4]
    assert [row[0] for row in rows] == [row["name"] for row in long.money[: len(rows)]]
    assert str(MANY - len(rows)) in rest[0]
    left = sum(row["budget_fen"] or 0 for row in long.money[len(rows) :])
    assert rest[1] == format_wan(left) and table[-3][1] == format_wan(long.facts.budget_fen)
    said = [line.text for line in Document(io.BytesIO(brief(long))).paragraphs]
    high = sum(deep(PROJECTS, table[1:])) + sum(deep(FOUND, rules[1:])) + sum(map(tall, said))
    assert high < 2 * DOWN


@pytest.mark.parametrize("make", PAPERS)
def test_heads_are_repeated_and_rows_are_not_cut(whole: Snapshot, make: Callable[[Snapshot], bytes]) -> None:
    for table in Document(io.BytesIO(make(whole))).tables:
        assert all("w:cantSplit" in row._tr.xml for row in table.rows)
        assert make is opinion or "w:tblHeader" in table.rows[0]._tr.xml


@pytest.mark.parametrize("make", PAPERS)
def test_papers_are_a4_and_name_chinese_fonts(whole: Snapshot, make: Callable[[Snapshot], bytes]) -> None:
    paper = Document(io.BytesIO(make(whole)))
    assert (round(paper.sections[0].page_width.cm, 1), round(paper.sections[0].page_height.cm, 1)) == (
        21,
        29.7,
    )
    (language,) = paper.styles.element.iter(qn("w:lang"))
    assert language.get(qn("w:eastAsia")) == "zh-CN"
    for line in [*paper.paragraphs, *(one for t in paper.tables for c in t._cells for one in c.paragraphs)]:
        assert 'w:eastAsia="' in line.style.element.xml


def test_figures_stand_at_the_right(whole: Snapshot) -> None:
    for table in Document(io.BytesIO(brief(whole))).tables:
        for cell in table._cells:
            if re.fullmatch(r"[\d,]+\.\d\d", cell.text):
                assert cell.paragraphs[0].alignment == WD_ALIGN_PARAGRAPH.RIGHT


def test_every_project_has_an_opinion_by_four_dimensions(whole: Snapshot) -> None:
    paper = Document(io.BytesIO(opinion(whole)))
    said = [line.text for line in paper.paragraphs]
    for dimension in DIMENSIONS:
        assert sum(text.endswith(f"、{dimension}") for text in said) == len(whole.cases)
    heads = tables(opinion(whole))
    assert [(head[0][1], head[0][3]) for head in heads] == [
        (case.project.name, format_amount(case.matrix["budget_fen"])) for case in whole.cases
    ]
    breaks = [line.paragraph_format.page_break_before for line in paper.paragraphs]
    assert sum(map(bool, breaks)) == len(whole.cases) - 1
    for one in CONDITIONS:
        assert any(text.endswith(f"：{one}") for text in said)


def test_the_workbook_has_numbers_that_are_numbers(whole: Snapshot, book: Any) -> None:
    rows = list(book["项目"].iter_rows(min_row=4, values_only=True))
    assert [(row[0], row[3]) for row in rows[:-1]] == [
        (case.project.name, case.matrix["budget_fen"] / 1_000_000) for case in whole.cases
    ]
    assert rows[-1][3] == whole.facts.budget_fen / 1_000_000
    fields = ("problems", "high", "middle", "advice", "low", "hint")
    counts = tuple(whole.tally[field] for field in fields)
    assert rows[-1][14:20] == counts == tuple(sum(row[at] for row in rows[:-1]) for at in range(14, 20))
    assert rows[-1][13] == DUE.said(whole.tally)
    assert sum(row[4] is not None for row in book["指标"].iter_rows(min_row=4, values_only=True)) == sum(
        len(case.project.indicators) for case in whole.cases
    )
    gaps = [row for row in book["覆盖"].iter_rows(min_row=4, values_only=True) if row[1] == "空缺"]
    assert [(row[0], row[2], row[4]) for row in gaps] == [
        (row["slot"], row["projects"], row["budget_fen"] / 1_000_000) for row in whole.lacks
    ]
    assert book["审核意见"].max_row == 3 + len(whole.findings)


def test_the_workbook_lists_every_project_also_those_without_slides(tmp_path: Path) -> None:
    many = CASES + 20
    said = odd(tmp_path, *generate(many))
    assert len(said.cases) == CASES
    book = load_workbook(io.BytesIO(workbook(said)))
    rows = list(book["项目"].iter_rows(min_row=4, values_only=True))
    assert [row[0] for row in rows[:-1]] == [row["name"] for row in said.money]
    assert sum(row[3] or 0 for row in rows[:-1]) == pytest.approx(rows[-1][3])
    assert "另有" not in book["项目"]["A2"].value and f"另有 {many - CASES} 个" in book["指标"]["A2"].value


def test_the_workbook_has_the_decisions_word_for_word(whole: Snapshot, book: Any) -> None:
    rows = list(book["项目"].iter_rows(min_row=4, values_only=True))
    listed = "\n".join(f"{n}. {one}" for n, one in enumerate(CONDITIONS, 1))
    assert [row[20:23] for row in rows[:3]] == [
        ("通过", None, "张主任"),
        ("有条件通过", listed, "李主任"),
        ("退回", None, "王主任"),
    ]
    assert all(row[20:23] == (None, None, None) for row in rows[3:])


def test_every_sheet_is_set_up_to_be_filtered_and_printed(whole: Snapshot, book: Any) -> None:
    for sheet in book:
        assert sheet.freeze_panes == "B4" and sheet.auto_filter.ref.startswith("A3:")
        assert sheet.print_title_rows == "$1:$3" and sheet.page_setup.paperSize == 9
        assert sheet.sheet_properties.pageSetUpPr.fitToPage and sheet.page_setup.fitToHeight == 0
        assert all(one in sheet["A2"].value for one in foot(whole))
        assert all(sheet.row_dimensions[row].height for row in range(3, sheet.max_row + 1))


def test_a_text_like_a_formula_stays_a_text(tmp_path: Path) -> None:
    evil = '=HYPERLINK("http://x","y")'
    said = odd(tmp_path, make_project(evil, indicators=(make_indicator("+1", "数量", "@SUM(A1)"),)))
    book = load_workbook(io.BytesIO(workbook(said)))
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    assert [cell for cell in cells if cell.value == evil]
    assert not [cell for cell in cells if cell.data_type == "f"]


@pytest.mark.parametrize("make", [*PAPERS, pptx, workbook])
def test_an_empty_portfolio_can_be_taken_away(tmp_path: Path, make: Callable[[Snapshot], bytes]) -> None:
    assert make(odd(tmp_path))[:2] == b"PK"


@pytest.mark.parametrize("make", [*PAPERS, pptx, workbook])
def test_no_money_and_control_signs_break_nothing(tmp_path: Path, make: Callable[[Snapshot], bytes]) -> None:
    strange = make_indicator("办结\x00率\x0b", "质量", "≥95%\x1f")
    bare = make_project("甲\x01乙", budget_yuan=None, unit=None, indicators=(strange,))
    rich = make_project("丙<&>丁", budget_yuan=Decimal("0.01"), indicators=())
    data = make(odd(tmp_path, bare, rich))
    assert data[:2] == b"PK"
    opened = {pptx: Presentation, workbook: load_workbook}.get(make, Document)(io.BytesIO(data))
    assert opened is not None


def test_the_half_page_is_in_the_brief_word_for_word(whole: Snapshot) -> None:
    from dashboard.snapshot.speech import speech

    said = [line.text for line in Document(io.BytesIO(brief(whole))).paragraphs]
    for line in speech(whole):
        assert line.text in said and re.search(r"\d", line.text)
