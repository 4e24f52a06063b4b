"""What leaders and clerks are told of 一级项目 that are in no sum, page by page."""

from __future__ import annotations

import re
from contextlib import closing
from datetime import date
from decimal import Decimal
from io import BytesIO
from pathlib import Path

import openpyxl
import pytest
from conftest import make_project
from page_runs import charts, run, text
from streamlit.testing.v1 import AppTest

from dashboard.exports.brief import brief
from dashboard.exports.workbook import workbook
from dashboard.queries.scope import Scope
from dashboard.session import cache
from dashboard.slides.deck import fragment
from dashboard.snapshot.snapshot import take_snapshot
from dashboard.snapshot.speech import speech
from dashboard.store import open_store, project_key
from parsing import DEFAULT, Project, Reading

pytestmark = pytest.mark.usefixtures("own_store")

SAID = re.compile(r"1 个一级项目（333.00 万元）[^。]*不重复计")


def table(name: str, level: str, wan: int) -> Project:
    fields = {"level": level, "budget_yuan": Decimal(wan * 10_000)}
    return make_project(name, unit="第一中学", department="教育局", **fields)


SCHOOL, YARD, DESKS = (
    table("校园建设", "一级项目", 333),
    table("操场翻修", "二级项目", 111),
    table("桌椅购置", "二级项目", 79),
)


@pytest.fixture(autouse=True)
def brought(own_store: None, tmp_path: Path) -> None:
    with closing(open_store(tmp_path)) as kept:
        kept.confirm(kept.stage("学校.xlsx", b"x", Reading(projects=(SCHOOL, YARD, DESKS)), "测试"), "测试")
        kept.settle()  # as the frame does before it shows a page


def seen(at: AppTest) -> str:
    """The words of the page and of its charts."""
    return text(at) + "".join(charts(at))


@pytest.mark.parametrize("by", ["fen", "n"])
@pytest.mark.parametrize("view", ["overview", "budget", "review"])
def test_the_pages_of_sums_say_what_they_leave_out(view: str, by: str):
    at = run(view, by=by)
    assert SAID.search(text(at)) and "523" not in text(at)
    assert "校园建设" not in seen(at)


@pytest.mark.parametrize("view", ["coverage", "meeting"])
def test_no_page_lists_it_among_what_counts(view: str):
    at = run(view)
    assert "校园建设" not in seen(at) and "操场翻修" in seen(at)


def test_the_overview_leads_to_what_is_left_out(monkeypatch: pytest.MonkeyPatch):
    gone = []
    monkeypatch.setattr("dashboard.session.pages.go", lambda url, **query: gone.append((url, query)))
    at = run("overview")
    next(one for one in at.button if "1 个一级项目" in one.label).click().run()
    assert gone == [("projects", {"look": "doubled"})]


def test_the_list_shows_it_marked_and_without_a_share():
    said = text(run("projects"))
    assert said.index("校园建设") < said.index("一级，不重复计") < said.index("操场翻修")
    assert SAID.search(said) and "2 个项目" in said
    shares = re.findall(r"\d+\.\d%", said)
    assert [float(one[:-1]) for one in shares] == [58.4, 41.6]
    only = text(run("projects", look="doubled"))
    assert "操场翻修" not in only and "校园建设" in only and SAID.search(only)


def test_its_own_page_says_so_and_the_pages_of_its_items_do_not():
    assert "不重复计" in text(run("projects", id=project_key(SCHOOL)))
    assert "不重复计" not in text(run("projects", id=project_key(YARD)))


def test_what_waits_is_told_before_it_is_counted():
    cache.store().stage(
        "学校二.xlsx",
        b"y",
        Reading(projects=(table("食堂建设", "一级项目", 333), table("灶具", "二级项目", 44))),
        "测试",
    )
    at = run("upload")
    said = text(at)
    assert SAID.search(said) and "读出 1 个项目，2024 年预算 44.00 万元" in said
    assert re.search(r"食堂建设\s+一级，不重复计", said) and not re.search(r"灶具\s+一级", said)
    assert (
        len(re.findall(r"1 个一级项目（333.00 万元）由二级项目计入，不重复计", said)) >= 3
    )  # each says the same


def test_what_goes_into_the_room_and_home_from_it_leaves_it_out():
    told = take_snapshot(cache.store(), Scope(), DEFAULT, date(2026, 11, 25))
    assert (told.facts.projects, told.facts.budget_fen) == (2, 19_000_000_0)
    assert {case.project.name for case in told.cases} == {"操场翻修", "桌椅购置"}
    slides = fragment(told)
    assert SAID.search(re.sub(r"<[^>]+>", "", slides)) and "校园建设" not in slides
    assert SAID.search("".join(line.text for line in speech(told))) and brief(told)
    sheet = openpyxl.load_workbook(BytesIO(workbook(told)))["项目"]
    cells = [str(cell) for row in sheet.iter_rows(values_only=True) for cell in row if cell is not None]
    assert SAID.search(" ".join(cells)) and "校园建设" not in cells and "190" in cells
