from __future__ import annotations

from pathlib import Path

import pytest
import sqlalchemy as sa
import streamlit as st
from streamlit.testing.v1 import AppTest

from dashboard.store import open_store, project

ROOT = Path(__file__).parent.parent
SAMPLE = ROOT / "data/samples/dongkeng-2024.txt"
ROAD = (
    "项目绩效目标表\n项目名称\t道路修缮\n用款单位\t城建办\n2024年预算金额（元）\t1000000\n"
    "绩效指标\t一级指标\t二级指标\t三级指标\t实施周期指标值\t当年度指标值\n"
    "\t产出指标\t数量指标\t修缮里程\t3公里\t3公里\n"
)


@pytest.fixture
def page(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> AppTest:
    monkeypatch.setenv("JILAN_DATA", str(tmp_path))
    st.cache_resource.clear()
    script = "from dashboard.views.upload import page\npage()"
    return AppTest.from_string(script, default_timeout=30).run()


def paste(page: AppTest, text: str) -> AppTest:
    page.text_area[0].set_value(text)
    return next(b for b in page.button if "粘贴" in b.label).click().run()


def press(page: AppTest, key: str) -> AppTest:
    return next(b for b in page.button if (b.key or "").startswith(key)).click().run()


def counted(tmp_path: Path) -> list[str]:
    uploads = open_store(tmp_path).uploads()
    return list(uploads[uploads["state"] == "counted"]["file"])


def test_pasted_text_is_shown_then_counted_then_undone(page: AppTest, tmp_path: Path) -> None:
    paste(page, ROAD)
    assert not page.exception and counted(tmp_path) == ["dongkeng-2024.txt"]
    press(page, "confirm-")
    assert counted(tmp_path) == ["粘贴的表格.txt"] and page.success  # the samples made way
    press(page, "undo-done")
    assert counted(tmp_path) == [] and not page.exception
    press(page, "samples")
    assert counted(tmp_path) == ["dongkeng-2024.txt"]
    press(page, "no-samples")
    assert counted(tmp_path) == [] and not page.exception


def test_text_that_is_no_table_stays_visible_until_it_is_put_away(page: AppTest, tmp_path: Path) -> None:
    paste(page, "明天上午九点开会\n请准时参加")
    assert len(counted(tmp_path)) == 2
    press(page, "drop-")
    assert counted(tmp_path) == ["dongkeng-2024.txt"] and not page.exception


def test_a_discarded_file_is_counted_nowhere_and_can_be_brought_back(page: AppTest, tmp_path: Path) -> None:
    paste(page, ROAD)
    press(page, "discard-")
    assert counted(tmp_path) == ["dongkeng-2024.txt"]
    press(page, "undo-done")
    assert open_store(tmp_path).uploads()["state"].iloc[0] == "staged" and not page.exception


def test_what_is_staged_survives_a_new_session(page: AppTest, tmp_path: Path) -> None:
    paste(page, ROAD)
    again = AppTest.from_string("from dashboard.views.upload import page\npage()", default_timeout=30).run()
    assert any((b.key or "").startswith("confirm-") for b in again.button)


def test_the_log_tells_judgements_and_their_undoing(page: AppTest, tmp_path: Path) -> None:
    kept = open_store(tmp_path)
    key = kept.rows(sa.select(project.c.key).where(project.c.name == "综合经费"))[0]["key"]
    action = kept.declare(key, "满意度", "内部事务", "李四")
    kept.undo(action, "李四")
    page.run()
    assert not page.exception
    said = [element.value for element in page.text]
    assert any("声明不适用　综合经费　满意度　内部事务（李四）（已撤销）" in line for line in said)
    assert any("撤销声明不适用　综合经费" in line for line in said)


def test_all_files_confirmed_at_once_leave_the_newest_table_of_a_project(
    page: AppTest, tmp_path: Path
) -> None:
    paste(page, ROAD)
    paste(page, ROAD.replace("1000000", "1200000"))
    headline = next(one.proto.body for one in page.get("html") if 'class="headline"' in one.proto.body)
    assert "读出 1 个项目，120.00 万元" in headline  # not 2 and 220.00
    press(page, "confirm-all")
    kept = open_store(tmp_path)
    rows = kept.rows(sa.select(project.c.budget_fen).where(project.c.name == "道路修缮"))
    assert rows == [{"budget_fen": 120_000_000}] and not page.exception


def test_files_that_went_wrong_stand_before_those_that_went_well(page: AppTest) -> None:
    paste(page, "明天上午九点开会\n请准时参加")
    paste(page, ROAD)
    cards = [one.proto.body for one in page.get("html") if 'class="file ' in one.proto.body]
    assert ["没有读出" in card for card in cards] == [True, False]
    assert "计入后：新增 1 个" in cards[1]


def test_what_was_done_to_many_files_at_once_is_one_line_of_the_log_and_undone_at_once(
    page: AppTest, tmp_path: Path
) -> None:
    for name in ("道路", "桥梁", "隧道"):
        paste(page, ROAD.replace("道路修缮", name))
    press(page, "confirm-all")
    assert len(counted(tmp_path)) == 3
    again = AppTest.from_string("from dashboard.views.upload import page\npage()", default_timeout=30).run()
    undo = [button for button in again.button if (button.key or "").startswith("undo-")]
    assert len(undo) == 3  # the three files in one line, and the samples that came and went
    undo[0].click().run()
    assert counted(tmp_path) == [] and not again.exception
    # undone is not lost: the files wait again, and can be counted or put away
    assert any(button.key == "confirm-all" for button in again.button)
    press(again, "confirm-all")
    assert len(counted(tmp_path)) == 3


def test_copies_and_files_without_projects_are_put_away_at_once(page: AppTest, tmp_path: Path) -> None:
    for text in (ROAD, ROAD, ROAD, "明天上午九点开会\n请准时参加", "后天上午九点开会\n请准时参加"):
        paste(page, text)
    press(page, "discard-again")
    press(page, "drop-all")
    states = list(open_store(tmp_path).uploads()["state"])
    assert sorted(states) == ["counted", *["discarded"] * 4, "staged"] and not page.exception
    press(page, "undo-done")
    assert list(open_store(tmp_path).uploads()["state"]).count("discarded") == 2
