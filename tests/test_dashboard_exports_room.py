"""What is taken away from the meeting, read back: figures, decisions, date, standard and mark."""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from conftest import make_indicator, make_project
from docx import Document
from openpyxl import load_workbook
from pptx import Presentation

from dashboard import look
from dashboard.analysis.scope import Scope
from dashboard.dossier import Dossier, dossier
from dashboard.exports.brief import brief
from dashboard.exports.minutes import minutes
from dashboard.exports.opinion import DIMENSIONS, opinion
from dashboard.exports.pptx import BARS, pptx
from dashboard.exports.workbook import workbook
from dashboard.samples import bring
from dashboard.store import Condition, Store, open_store
from parsing import DEFAULT, Project, Reading

DAY = date(2026, 11, 23)
PAPERS = (brief, opinion, minutes)
CONDITIONS = ("补充满意度指标", "说明 3 万元差额；附合同")


def told(store: Store) -> Dossier:
    return dossier(store, Scope(), DEFAULT, DAY)


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Dossier:
    store = open_store(Path(tmp_path_factory.mktemp("store")))
    bring(store, "测试")
    first, second, third = [row["key"] for row in told(store).money][:3]
    store.resolve(first, "通过", [], "张主任")
    store.resolve(second, "有条件通过", [Condition(one) for one in CONDITIONS], "李主任")
    store.resolve(third, "退回", [], "王主任")
    return told(store)


def odd(folder: Path, *projects: Project) -> Dossier:
    store = open_store(folder)
    if projects:
        store.confirm(store.stage("测试.xlsx", b"x", Reading(projects=projects), "测试"), "测试")
    return told(store)


def foot(said: Dossier) -> tuple[str, ...]:
    return DAY.isoformat(), said.standard.title, said.mark


def slides(data: bytes) -> list[Any]:
    return list(Presentation(io.BytesIO(data)).slides)


def words(slide: Any) -> str:
    return "\n".join(shape.text_frame.text for shape in slide.shapes if shape.has_text_frame)


def charts(data: bytes) -> list[tuple[list[str], list[float]]]:
    found = [shape.chart.plots[0] for slide in slides(data) for shape in slide.shapes if shape.has_chart]
    return [(list(plot.categories), list(plot.series[0].values)) for plot in found]


def tables(data: bytes) -> list[list[list[str]]]:
    found = Document(io.BytesIO(data)).tables
    return [[[cell.text for cell in row.cells] for row in table.rows] for table in found]


def test_the_charts_of_the_slides_are_native_and_hold_the_figures(whole: Dossier) -> None:
    data = pptx(whole)
    kinds = {shape.shape_type for slide in slides(data) for shape in slide.shapes}
    assert not {kind for kind in kinds if "PICTURE" in str(kind)}
    money, number, fen = charts(data)
    ranked = [row for row in whole.money if row["budget_fen"] is not None][:BARS]
    assert money == ([row["name"] for row in ranked], [row["budget_fen"] / 1_000_000 for row in ranked])
    slots = [row["slot"] for row in whole.lacks]
    assert number == (slots, [row["projects"] for row in whole.lacks])
    assert fen == (slots, [(row["budget_fen"] or 0) / 1_000_000 for row in whole.lacks])


def test_the_tables_of_the_slides_hold_the_matrix(whole: Dossier) -> None:
    found = [shape.table for slide in slides(pptx(whole)) for shape in slide.shapes if shape.has_table]
    rows = [[cell.text for cell in row.cells] for table in found for row in table.rows]
    for case in whole.cases:
        (row,) = [row for row in rows if row[0] == case.project.name]
        for k, text in enumerate(row[1:], 1):
            assert text == str(case.matrix[f"s{k}"]) if case.matrix[f"s{k}"] else not text.isdigit()


def test_every_slide_has_date_standard_and_mark(whole: Dossier) -> None:
    for slide in slides(pptx(whole)):
        assert all(one in words(slide) for one in foot(whole))


@pytest.mark.parametrize("make", PAPERS)
def test_every_page_of_a_paper_has_date_standard_and_mark(
    whole: Dossier, make: Callable[[Dossier], bytes]
) -> None:
    (section,) = Document(io.BytesIO(make(whole))).sections
    assert all(one in section.footer.paragraphs[0].text for one in foot(whole))


def test_the_brief_has_every_projects_budget(whole: Dossier) -> None:
    table, rules = tables(brief(whole))
    assert [row[:2] for row in table[1:-3]] == [
        [case.project.name, look.wan(case.matrix["budget_fen"])] for case in whole.cases
    ]
    total, gaps, shares = table[-3:]
    assert total[1] == look.wan(whole.facts.budget_fen)
    assert gaps[3:] == [str(row["projects"]) for row in whole.lacks]
    money = [100 * row["budget_fen"] / whole.facts.budget_fen for row in whole.lacks]
    assert [float(text) for text in shares[3:]] == pytest.approx(money, abs=0.05)
    found = [row for row in whole.rules if row["rank"] > 1][: len(rules) - 1]
    assert [row[2:5] for row in rules[1:]] == [
        [f"{row['findings']:,}", f"{row['projects']:,}", look.wan(row["budget_fen"])] for row in found
    ]


def test_the_minutes_have_each_decision_and_condition_exactly(whole: Dossier) -> None:
    decided, waiting = tables(minutes(whole))
    listed = "\n".join(f"{n}. {one}" for n, one in enumerate(CONDITIONS, 1))
    told = [("通过", "—", "张主任"), ("有条件通过", listed, "李主任"), ("退回", "—", "王主任")]
    assert [tuple(row[1:6]) for row in decided[1:-1]] == [
        (row["name"], look.wan(row["budget_fen"]), *one)
        for row, one in zip(whole.money[:3], told, strict=True)
    ]
    assert decided[-1][2] == look.wan(sum(row["budget_fen"] for row in whole.money[:3]))
    assert [row[1:] for row in waiting[1:-1]] == [
        [row["name"], look.wan(row["budget_fen"])] for row in whole.money[3:]
    ]
    assert waiting[-1][2] == look.wan(sum(row["budget_fen"] for row in whole.money[3:]))
    said = "\n".join(line.text for line in Document(io.BytesIO(minutes(whole))).paragraphs)
    assert look.spoken(whole.at_risk) in said


def test_every_project_has_an_opinion_by_four_dimensions(whole: Dossier) -> None:
    paper = Document(io.BytesIO(opinion(whole)))
    said = [line.text for line in paper.paragraphs]
    for dimension in DIMENSIONS:
        assert sum(text.endswith(f"、{dimension}") for text in said) == len(whole.cases)
    heads = tables(opinion(whole))
    assert [(head[0][1], head[0][3]) for head in heads] == [
        (case.project.name, look.spoken(case.matrix["budget_fen"])) for case in whole.cases
    ]
    breaks = [line.paragraph_format.page_break_before for line in paper.paragraphs]
    assert sum(map(bool, breaks)) == len(whole.cases) - 1
    for one in CONDITIONS:
        assert any(text.endswith(f"：{one}") for text in said)


def test_the_workbook_has_numbers_that_are_numbers(whole: Dossier) -> None:
    book = load_workbook(io.BytesIO(workbook(whole)))
    rows = list(book["项目"].iter_rows(min_row=4, values_only=True))
    assert [(row[0], row[3]) for row in rows] == [
        (case.project.name, case.matrix["budget_fen"] / 1_000_000) for case in whole.cases
    ]
    assert sum(row[4] is not None for row in book["指标"].iter_rows(min_row=4, values_only=True)) == sum(
        len(case.project.indicators) for case in whole.cases
    )
    gaps = [row for row in book["覆盖"].iter_rows(min_row=4, values_only=True) if row[1] == "空缺"]
    assert [(row[0], row[2]) for row in gaps] == [(row["slot"], row["projects"]) for row in whole.lacks]
    assert book["问题"].max_row == 3 + len(whole.findings)
    for sheet in book:
        assert sheet.freeze_panes == "B4" and sheet.auto_filter.ref and sheet.print_title_rows
        assert all(one in sheet["A2"].value for one in foot(whole))


def test_a_text_like_a_formula_stays_a_text(tmp_path: Path) -> None:
    evil = '=HYPERLINK("http://x","y")'
    said = odd(tmp_path, make_project(evil, indicators=(make_indicator("+1", "数量", "@SUM(A1)"),)))
    book = load_workbook(io.BytesIO(workbook(said)))
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    assert [cell for cell in cells if cell.value == evil]
    assert not [cell for cell in cells if cell.data_type == "f"]


@pytest.mark.parametrize("make", [*PAPERS, pptx, workbook])
def test_an_empty_portfolio_can_be_taken_away(tmp_path: Path, make: Callable[[Dossier], bytes]) -> None:
    assert make(odd(tmp_path))[:2] == b"PK"


@pytest.mark.parametrize("make", [*PAPERS, pptx, workbook])
def test_no_money_and_control_signs_break_nothing(tmp_path: Path, make: Callable[[Dossier], bytes]) -> None:
    strange = make_indicator("办结\x00率\x0b", "质量", "≥95%\x1f")
    bare = make_project("甲\x01乙", budget_yuan=None, unit=None, indicators=(strange,))
    rich = make_project("丙<&>丁", budget_yuan=Decimal("0.01"), indicators=())
    data = make(odd(tmp_path, bare, rich))
    assert data[:2] == b"PK"
    opened = {pptx: Presentation, workbook: load_workbook}.get(make, Document)(io.BytesIO(data))
    assert opened is not None


def test_the_half_page_is_in_the_brief_word_for_word(whole: Dossier) -> None:
    from dashboard.speech import speech

    said = [line.text for line in Document(io.BytesIO(brief(whole))).paragraphs]
    for line in speech(whole):
        assert line.text in said and re.search(r"\d", line.text)
