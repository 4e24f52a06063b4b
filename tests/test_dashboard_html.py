from __future__ import annotations

import re
from pathlib import Path

import pytest
from conftest import make_indicator, make_project

import parsing
from dashboard.html import indicators as grid
from dashboard.html import listing, paper, project, upload
from dashboard.html.original import original
from dashboard.store import Store, open_store

ROOT = Path(__file__).parent.parent
SAMPLE = ROOT / "data/samples/dongkeng-2024.txt"
EVIL = '<img src=x onerror="alert(1)">'


@pytest.fixture(scope="module")
def sample() -> parsing.Reading:
    return parsing.read(SAMPLE)


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return open_store(tmp_path)


def test_the_original_shows_every_cell_at_its_row_and_column(sample: parsing.Reading) -> None:
    html = original(sample.projects[3], {107, 112, 113})
    assert '<td data-cell="112-1">系统设计使用年限</td>' in html
    assert '<td data-cell="112-3"></td>' in html  # a blank cell has its place too
    assert html.count('class="repaired"') == 3
    assert html.count("<tr") - 1 == len({row for row, *_ in sample.projects[3].excerpt})


def test_the_original_of_a_workbook_keeps_its_merged_cells_and_letters() -> None:
    html = original(parsing.read(ROOT / "data/samples/dongkeng-2024.xlsx").projects[0])
    assert 'colspan="5"' in html and 'rowspan="' in html and ">F</th>" in html
    cells = sum(
        int(dict(re.findall(r'(\w+span)="(\d+)"', tag)).get("colspan", 1))
        * int(dict(re.findall(r'(\w+span)="(\d+)"', tag)).get("rowspan", 1))
        for tag in re.findall(r"<td[^>]*>", html)
    )
    assert cells == 6 * html.count('scope="row"')  # the spans tile the grid exactly


def test_every_indicator_cell_points_at_the_cell_it_came_from(sample: parsing.Reading) -> None:
    for one in sample.projects:
        html = grid.indicators(one)
        for number, indicator in enumerate(one.indicators):
            for field in ("name", "period", "annual"):
                place = indicator.places[field]
                path = f"indicators[{number}].{field}"
                assert f'data-value="{path}" data-lights="{place.row}-{place.column}"' in html
                assert one.find(path) == place
        assert html.count('class="gap"') == len(one.empty) == 3


def test_a_level_that_repeats_is_printed_once(sample: parsing.Reading) -> None:
    html = grid.indicators(sample.projects[0])
    assert html.count(">产出指标<") == 1 and 'rowspan="8"' in html


def test_repairs_show_before_after_and_why(sample: parsing.Reading) -> None:
    html = project.repairs(sample.projects[3])
    assert html.count("<li") == 3 and html.count("原样") == 3 and "系统设计使用年限" in html
    assert "没有修复" in project.repairs(make_project())


def test_no_text_of_a_file_becomes_markup(store: Store) -> None:
    evil = make_project(EVIL, unit=EVIL, annual_goal=EVIL, indicators=(make_indicator(EVIL, annual=EVIL),))
    evil = evil.model_copy(update={"excerpt": ((2, 2, 1, 1, EVIL),)})
    number = store.stage(EVIL, b"x", parsing.Reading(projects=(evil,)), "甲")
    rows = store.uploads().to_dict("records")
    pages = [
        original(evil),
        project.facts(evil),
        project.goals(evil),
        grid.indicators(evil),
        upload.card(rows[0], store.outcome(number), parsing.Reading()),
        upload.counted(rows),
    ]
    store.confirm(number, "甲")
    from dashboard.queries import projects
    from dashboard.queries.scope import Scope

    pages.append(listing.projects(store.frame(projects.listed(Scope())).to_dict("records"), 100))
    assert all("<img" not in page for page in pages)


def test_a_card_says_what_was_not_read_and_what_to_do(store: Store) -> None:
    unread = parsing.Unread(code="locked", place="甲.xlsx", reason="有密码", remedy="取消密码")
    reading = parsing.Reading(unread=(unread,))
    number = store.stage("甲.xlsx", b"x", reading, "甲")
    (row,) = store.uploads().to_dict("records")
    html = upload.card(row, store.outcome(number), reading)
    assert "有密码" in html and "取消密码" in html and 'class="file bad"' in html


def test_a_card_says_what_each_project_would_replace(store: Store) -> None:
    old, new = make_project(budget_yuan=100), make_project(budget_yuan=200)
    store.confirm(store.stage("旧.xlsx", b"1", parsing.Reading(projects=(old,)), "甲"), "甲")
    number = store.stage("新.xlsx", b"2", parsing.Reading(projects=(new,)), "甲")
    row = store.uploads().to_dict("records")[0]
    html = upload.card(row, store.outcome(number), parsing.Reading())
    assert "取代" in html and "旧.xlsx" in html
    again = store.stage("再.xlsx", b"3", parsing.Reading(projects=(old,)), "甲")
    html = upload.card(store.uploads().to_dict("records")[0], store.outcome(again), parsing.Reading())
    assert "与现有的表相同" in html


def test_the_same_file_twice_is_said(store: Store) -> None:
    for _ in range(2):
        number = store.stage("甲.xlsx", b"1", parsing.Reading(projects=(make_project(),)), "甲")
    row = store.uploads().to_dict("records")[0]
    assert 'class="same"' in upload.card(row, store.outcome(number), parsing.Reading())


def test_a_repair_offers_what_can_be_decided_about_it(sample: parsing.Reading) -> None:
    one = sample.projects[0]
    assert "repair:" not in project.repairs(one)
    ways = {
        decision: re.findall(r'data-value="repair:0:(\w*)"', project.repairs(changed, open=True))
        for decision in ("", "accepted", "undone")
        for changed in [parsing.decide_repair(one, 0, decision)]
    }
    assert ways == {"": ["accepted", "undone"], "accepted": [""], "undone": [""]}
    undone = parsing.decide_repair(one, 0, "undone")
    assert 'class="undone"' in project.repairs(undone) and 'class="repaired"' not in grid.indicators(undone)


def test_a_repair_that_cannot_be_undone_can_be_accepted(sample: parsing.Reading) -> None:
    bare = sample.projects[0].repairs[0].model_copy(update={"stands": {}})
    html = project.repairs(make_project(repairs=(bare,)), open=True)
    assert re.findall(r"repair:0:(\w*)", html) == ["accepted"]


def test_a_page_has_the_box_of_every_cell_on_it() -> None:
    boxes = ((1, 1, 1, 10.0, 20.0, 60.0, 40.0), (2, 1, 2, 0.0, 0.0, 100.0, 200.0))
    one = make_project(boxes=boxes)
    html = paper.paper(one, 1, parsing.Picture(width=100, height=200, image=b"webp"), {1})
    assert html.count("data-cell") == 1 and "class=repaired" in html
    assert 'data-cell="1-1"' in html and "left:10.00%;top:10.00%;width:50.00%;height:10.00%" in html
    assert "data:image/webp;base64,d2VicA==" in html
    assert paper.pages(one) == [1, 2] and paper.page_of(one, (2, 1)) == 2
    assert re.findall(r'aria-pressed="true" data-value="([^"]+)"', paper.turner([1, 2], 2)) == [
        "side:page",
        "page:2",
    ]
    assert "page:1" not in paper.turner([1, 2], None)


def test_older_decisions_are_left_out_of_the_versions() -> None:
    common = {
        "file": "甲.txt",
        "made": "2026-11-23T10:00:00+00:00",
        "who": "乙",
        "budget_fen": 1,
        "indicators": 1,
    }
    rows = [
        {"version_id": 5, "current": 1, "decided": 1, **common},
        {"version_id": 4, "current": 0, "decided": 1, **common},
        {"version_id": 3, "current": 0, "decided": 0, **common},
    ]
    assert re.findall(r'data-value="(\d)"', listing.versions(rows, None)) == ["5", "3"]
    assert re.findall(r'data-value="(\d)"', listing.versions(rows, 4)) == ["5", "4", "3"]
