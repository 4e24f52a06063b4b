from __future__ import annotations

import errno
import os
from html import escape
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
import streamlit as st
from streamlit.testing.v1 import AppTest

from dashboard.components import widgets
from dashboard.ingest import queue
from dashboard.session import cache
from dashboard.store import StoreBusy, open_store, project
from dashboard.store.errors import StoreFull
from dashboard.views import upload

ROOT = Path(__file__).parent.parent
SCRIPT = "from dashboard.views.upload import page\npage()"
SAMPLE = ROOT / "data/samples/dongkeng-2024.txt"
ROAD = (
    "项目绩效目标表\n项目名称\t道路修缮\n用款单位\t城建办\n2024年预算金额（元）\t1000000\n"
    "绩效指标\t一级指标\t二级指标\t三级指标\t实施周期指标值\t当年度指标值\n"
    "\t产出指标\t数量指标\t修缮里程\t3公里\t3公里\n"
)


@pytest.fixture
def page(own_store: None) -> AppTest:
    return AppTest.from_string(SCRIPT, default_timeout=30).run()


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
    assert "读出 1 个项目，2024 年预算 120.00 万元" in headline  # not 2 and 220.00
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


def test_two_decisions_about_one_file_are_two_lines_of_the_log_however_soon_they_follow(
    page: AppTest, tmp_path: Path
) -> None:
    paste(page, SAMPLE.read_text("utf-8"))
    press(page, "confirm-")
    kept = open_store(tmp_path)
    key = kept.frame(sa.select(project.c.key).where(project.c.repairs > 0))["key"][0]
    for decision in ("undone", "accepted"):
        kept.decide(int(kept.versions(key)["version_id"][0]), 0, decision, "甲")
    again = AppTest.from_string(SCRIPT, default_timeout=30).run()
    assert sum("核对修复" in line.value for line in again.text) == 2
    next(button for button in again.button if (button.key or "").startswith("undo-")).click().run()
    assert kept.project(key).repairs[0].decision == "undone" and not again.exception


def test_copies_and_files_without_projects_are_put_away_at_once(page: AppTest, tmp_path: Path) -> None:
    for text in (ROAD, ROAD, ROAD, "明天上午九点开会\n请准时参加", "后天上午九点开会\n请准时参加"):
        paste(page, text)
    press(page, "discard-again")
    press(page, "drop-all")
    states = list(open_store(tmp_path).uploads()["state"])
    assert sorted(states) == ["counted", *["discarded"] * 4, "staged"] and not page.exception
    press(page, "undo-done")
    assert list(open_store(tmp_path).uploads()["state"]).count("discarded") == 2


def html(page: AppTest) -> str:
    return "".join(one.proto.body for one in page.get("html"))


def full(*_: object, **__: object) -> int:
    raise StoreFull


NAME = "**粗** $1$ <b>.txt"


def test_a_file_that_could_not_be_stored_is_a_line_until_somebody_dismisses_it(
    page: AppTest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cache.store(), "stage", full)
    monkeypatch.setattr(upload, "PASTED", NAME)
    for _ in range(2):
        paste(page, ROAD)
    assert not page.exception and not page.error and "磁盘已满" in html(page)
    assert escape(NAME) in html(page)  # as it was typed
    st.cache_resource.clear()  # a new server, where there is room again
    monkeypatch.undo()
    monkeypatch.setenv("JILAN_DATA", str(tmp_path))
    page = AppTest.from_string(SCRIPT, default_timeout=30).run()
    assert html(page).count(escape(NAME)) == 2 and "有 2 个文件没有存下来" in html(page)
    first, second = cache.ingest_queue().spool.rejects.all()
    press(page, f"again-{first}")
    assert html(page).count("没有存下来</h3>") == 1
    assert open_store(tmp_path).uploads()["file"].iloc[0] == NAME
    press(page, f"dismiss-{second}")
    assert "没有存下来" not in html(page) and not page.exception
    assert [path.name for path in (tmp_path / "incoming/kept").iterdir()] == []


def test_many_files_that_could_not_be_stored_are_tried_again_or_dismissed_at_once(
    page: AppTest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = cache.store().stage
    monkeypatch.setattr(cache.store(), "stage", full)
    for name in ("道路", "桥梁", "隧道"):
        paste(page, ROAD.replace("道路修缮", name))
    press(page, "again-all")
    assert html(page).count("没有存下来</h3>") == 3
    monkeypatch.setattr(cache.store(), "stage", whole)
    press(page, "again-all")
    assert "没有存下来" not in html(page) and len(open_store(tmp_path).uploads()) == 4
    monkeypatch.setattr(cache.store(), "stage", full)
    for name in ("道路", "桥梁"):
        paste(page, ROAD.replace("道路修缮", name))
    press(page, "dismiss-all")
    assert "没有存下来" not in html(page) and not page.exception


def test_a_full_disk_is_told_with_the_name_of_the_file_until_it_was_seen(
    page: AppTest, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fsync(handle: int) -> None:
        raise OSError(errno.ENOSPC, "no")

    monkeypatch.setattr(os, "fsync", fsync)
    paste(page, ROAD)
    assert upload.PASTED in html(page) and "磁盘已满" in html(page) and not page.exception
    page.run()
    assert "磁盘已满" in html(page)
    press(page, "unheld-seen")
    assert "磁盘已满" not in html(page)


def test_what_else_lies_where_files_wait_is_told_once(page: AppTest, tmp_path: Path) -> None:
    st.cache_resource.clear()
    (tmp_path / "incoming/@eaDir").mkdir(parents=True)
    (tmp_path / "incoming/<b>预算.xlsx").write_bytes(b"1")
    page.run()
    assert "incoming/@eaDir" in html(page) and escape("<b>预算.xlsx") in html(page)
    press(page, "strangers-seen")
    assert "@eaDir" not in html(page) and not page.exception
    st.cache_resource.clear()
    page.run()
    assert "@eaDir" not in html(page) and (tmp_path / "incoming/@eaDir").exists()


def test_a_busy_store_is_told_while_files_wait_and_they_are_stored_afterwards(
    page: AppTest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    headlines: list[str] = []
    whole, busy = cache.store().stage, [StoreBusy()] * 3
    monkeypatch.setattr(queue, "PAUSES", (0.3,))
    monkeypatch.setattr(widgets, "headline", lambda text, *more: headlines.append(text))

    def stage(*given: Any, **more: Any) -> int:
        if busy:
            raise busy.pop()
        return whole(*given, **more)

    monkeypatch.setattr(cache.store(), "stage", stage)
    paste(page, ROAD)
    assert any("数据库正忙，稍后自动重试" in text for text in headlines) and not page.exception
    assert len(open_store(tmp_path).uploads()) == 2
    press(page, "confirm-")
    assert counted(tmp_path) == [upload.PASTED]
