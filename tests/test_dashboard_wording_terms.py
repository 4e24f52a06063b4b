"""会被退回, 应当修改, 问题 and 建议 with the numbers beside them, collected from every page, slide, paper and
export of one mixed portfolio: the same word has the same number and the same unit everywhere."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from datetime import date
from html import unescape

import pytest
import streamlit as st
from docx import Document
from openpyxl import load_workbook
from page_runs import charts, run, text
from portfolio import generate
from pptx import Presentation

from dashboard.exports.brief import brief
from dashboard.exports.deck import page as deck
from dashboard.exports.minutes import minutes
from dashboard.exports.opinion import opinion
from dashboard.exports.pptx import pptx
from dashboard.exports.workbook import workbook
from dashboard.ingest.samples import bring
from dashboard.queries import review
from dashboard.queries.scope import Scope
from dashboard.session import cache
from dashboard.slides import slides
from dashboard.snapshot.snapshot import Snapshot, take_snapshot
from dashboard.snapshot.speech import speech
from dashboard.store import PROBLEM_RANK
from dashboard.wording.terms import ADVICE, DUE, PROBLEM, RETURNED, TERMS
from parsing import Reading, standards

WORDS = "|".join(one.word for one in TERMS)
UNIT = "个项目|个|处|条|项|格|张"
NUMBER = r"(?P<number>\d[\d,]*)"
BESIDE = (  # where a number stands beside a word: before it, after it, or under it as a title
    re.compile(rf"{NUMBER} ?(?P<unit>{UNIT}) ?(?P<word>{WORDS})"),
    re.compile(rf"(?P<word>{WORDS})\s*{NUMBER}\s*(?P<unit>{UNIT})"),
    re.compile(rf"(?P<word>{WORDS})（(?P<unit>{UNIT})）[ ›]*{NUMBER}"),
    re.compile(rf"(?P<word>{WORDS})的[^，。；]{{0,6}}?{NUMBER} (?P<unit>{UNIT})"),
)
PAGES = {
    "overview": {DUE, RETURNED},
    "budget": set(),
    "coverage": set(),
    "review": set(TERMS),
    "projects": set(),
    "meeting": {DUE, RETURNED, PROBLEM},
}
Said = tuple[str, str, str]  # word, number, unit


@pytest.fixture(scope="module", params=("default", "strict"))
def told(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Snapshot]:
    """Projects of several years beside the samples, a finding set aside and a decision taken."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("JILAN_DATA", str(tmp_path_factory.mktemp("store")))
        st.cache_resource.clear()
        store = cache.store()
        real = Reading(projects=tuple(generate(14, seed=3)))
        store.confirm(store.stage("批.xlsx", b"x", real, "测试"), "测试")
        bring(store, "测试")
        store.settle()
        row = store.rows(review.ranked(Scope(), request.param))[0]
        store.set_aside(row["key"], row["ident"], "已说明", "测试")
        store.resolve(row["key"], "通过", [], "测试")
        found = take_snapshot(store, Scope(), standards()[request.param], date(2026, 11, 23))
        assert found.tally["advice"] and 0 < found.tally["projects_high"] < found.tally["projects_due"]
        yield found
    st.cache_resource.clear()


def collected(words: str) -> set[Said]:
    found = (match for pattern in BESIDE for match in pattern.finditer(words))
    return {(one["word"], one["number"], one["unit"]) for one in found}


def right(told: Snapshot) -> set[Said]:
    return {(one.word, f"{told.tally[one.field]:,}", one.unit) for one in TERMS}


def plain(html: str) -> str:
    return unescape(re.sub(r"<style>.*?</style>|<[^>]+>", " ", html, flags=re.S))


def words_of(told: Snapshot) -> dict[str, str]:
    """The words of all that is taken away and is about the whole portfolio."""
    show = Presentation(io.BytesIO(pptx(told)))
    names = {case.project.name for case in told.cases}
    of_all = [one for one in show.slides if one.shapes.title.text.partition("：")[0] not in names]
    shapes = [shape for slide in of_all for shape in slide.shapes]
    grids = [[[cell.text for cell in row.cells] for row in one.table.rows] for one in shapes if one.has_table]
    cells = [text for rows in grids for column in zip(*rows, strict=True) for text in column]
    papers = {maker.__name__: Document(io.BytesIO(maker(told))) for maker in (brief, opinion, minutes)}
    book = load_workbook(io.BytesIO(workbook(told)))
    return {
        "slides": "\n".join(
            f"{one.title}\n{one.below}\n{plain(one.body)}\n{one.notes}" for one in slides(told) if not one.key
        ),
        "pptx": "\n".join([*(one.text_frame.text for one in shapes if one.has_text_frame), *cells]),
        "speech": "\n".join(one.text for one in speech(told)),
        "xlsx": "\n".join(
            str(cell) for sheet in book for row in sheet.iter_rows(values_only=True) for cell in row if cell
        ),
        **{
            name: "\n".join(
                [
                    *(one.text for one in paper.paragraphs),
                    *(
                        "".join(cell.itertext())
                        for table in paper.tables
                        for row in table._tbl.tr_lst
                        for cell in row.tc_lst
                    ),
                ]
            )
            for name, paper in papers.items()
        },
    }


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("by", ("fen", "n"))
def test_a_word_has_one_number_and_one_unit_on_every_page(told: Snapshot, page: str, by: str) -> None:
    found = collected(text(run(page, by=by, standard=told.standard.name)))
    assert found <= right(told), found - right(told)
    assert {one.word for one in PAGES[page]} <= {word for word, *_ in found}


def test_a_word_has_one_number_and_one_unit_in_all_that_is_taken_away(told: Snapshot) -> None:
    least = {
        "slides": TERMS,
        "pptx": TERMS,
        "speech": (DUE, RETURNED, PROBLEM),
        "xlsx": (DUE,),
        "brief": TERMS,
    }
    for name, words in words_of(told).items():
        found = collected(words)
        assert found <= right(told), (name, found - right(told))
        assert {one.word for one in least.get(name, ())} <= {word for word, *_ in found}, name


def test_the_slide_of_a_project_says_what_becomes_of_it_and_all_together_come_to_the_whole(
    told: Snapshot,
) -> None:
    titles = {one.key: one.title for one in slides(told) if one.key}
    problems = {key: re.search(r"问题 (\d+) 条", title) for key, title in titles.items()}
    assert sum(int(one[1]) for one in problems.values() if one) == told.tally["problems"]
    assert sum("会被退回" in title for title in titles.values()) == told.tally["projects_high"]
    assert sum(bool(one) for one in problems.values()) == told.tally["projects_due"]


def test_the_lists_of_projects_and_of_rules_come_to_the_whole(told: Snapshot) -> None:
    assert sum(row["findings"] for row in told.rules) == told.tally["problems"]
    assert sum(row["problems"] for row in told.quadrant) == told.tally["problems"]
    assert sum(row["advice"] for row in told.quadrant) == told.tally["advice"]
    (figure,) = charts(run("review", view="quadrant", standard=told.standard.name))
    assert sum(map(int, re.findall(r"问题 (\d+) 条", figure))) == told.tally["problems"]
    listed = text(run("projects", standard=told.standard.name))
    assert listed.count("会被退回") == told.tally["projects_high"]
    assert listed.count("会被退回") + listed.count("应当修改") == told.tally["projects_due"]


def test_the_words_are_defined_where_they_stand(told: Snapshot) -> None:
    (method,) = [one for one in slides(told) if one.kind == "method"]
    for words in (method.notes, text(run("review", rule="all")), words_of(told)["brief"]):
        assert all(one.meaning in words for one in TERMS)
    assert ADVICE.meaning in plain(deck(told).decode())


def test_the_same_room_counts_what_the_words_say(told: Snapshot) -> None:
    store = cache.store()
    rows = store.rows(review.ranked(Scope(), told.standard.name, limit=100_000))
    problems = [row for row in rows if row["rank"] >= PROBLEM_RANK]
    assert told.tally["problems"] == len(problems)
    assert told.tally["advice"] == len(rows) - len(problems)
    assert told.tally["projects_due"] == len({row["key"] for row in problems})
    assert told.tally["projects_high"] == len({row["key"] for row in rows if row["severity"] == "高"})


@pytest.mark.parametrize(
    "words",
    ("3 处会被退回", "应当修改 6 处", "应当修改的问题 32 处", "问题 32 处", "5 处问题", "应当修改（处）  32"),
)
def test_other_units_would_be_noticed(told: Snapshot, words: str) -> None:
    assert not collected(words) <= right(told)
