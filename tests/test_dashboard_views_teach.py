from __future__ import annotations

from pathlib import Path

import pytest
import unknown_layout as layout
from streamlit.testing.v1 import AppTest

from dashboard.ingest.ingest import attempt, ingest_file
from dashboard.session import cache
from dashboard.store import open_store
from dashboard.views import teach
from parsing.teaching import Lesson, form_files
from parsing.teaching import teach as taught
from parsing.teaching.senses import CellSense

SCRIPT = "from dashboard.views.upload import page\npage()"
LIFTS = layout.workbook(layout.LIFTS, layout.LIFT_ROWS)
RIVERS = layout.workbook(layout.RIVERS, layout.RIVER_ROWS)


@pytest.fixture
def page(own_data: Path) -> AppTest:
    read = cache.worker_pool().read
    with_store = open_store(own_data)
    for name, data in (("电梯.xlsx", LIFTS), ("河道.xlsx", RIVERS)):
        ingest_file(with_store, name, data, attempt(read, name, data), "甲")
    with_store.close()
    return AppTest.from_string(SCRIPT, default_timeout=60)


def keys(page: AppTest) -> list[str]:
    return [button.key or "" for button in page.button]


def html(page: AppTest) -> str:
    return "".join(one.proto.body for one in page.get("html"))


def lesson(sense: str = "unit") -> Lesson:
    answers = [CellSense(2, 2, "name"), CellSense(2, 5, sense)]
    return taught(LIFTS, "电梯.xlsx", ("电梯.xlsx", "清单"), answers)


def test_a_table_that_was_not_read_can_be_shown(page: AppTest) -> None:
    page.run()
    assert [key for key in keys(page) if key.startswith("teach-")] == ["teach-2", "teach-1"]
    page.query_params["teach"] = "1"
    page.run()
    assert not page.exception and next(b for b in page.button if b.key == "keep").disabled
    assert "电梯.xlsx" in html(page)


def test_what_was_shown_is_said_with_what_is_read_by_it(page: AppTest) -> None:
    page.query_params["teach"] = "1"
    page.session_state["teach-drafts"] = {1: teach._Draft(answers={(2, 2): "name", (2, 5): "unit"})}
    page.run()
    assert not page.exception and "1 个项目，3 条指标，预算 38.50 万元" in html(page)
    assert "<dd>城建办</dd>" in html(page)
    next(b for b in page.button if b.key == "forget-1").click().run()
    assert "<dd>城建办</dd>" not in html(page) and not page.exception


def test_an_answer_that_cannot_be_learned_is_an_error_and_the_page_goes_on(page: AppTest) -> None:
    page.query_params["teach"] = "1"
    page.session_state["teach-drafts"] = {1: teach._Draft(answers={(1, 1): "unit"})}
    page.run()
    assert not page.exception and len(page.error) == 1
    assert next(b for b in page.button if b.key == "keep").disabled


def test_an_upload_that_is_gone_is_told(page: AppTest) -> None:
    page.query_params["teach"] = "9"
    page.run()
    assert not page.exception and 'class="nothing"' in html(page)


def test_a_form_of_another_office_is_brought_in_listed_removed_and_all_of_it_undone(
    page: AppTest, tmp_path: Path
) -> None:
    page.session_state["bring"] = lesson().text
    script = (
        "import streamlit as st\nfrom dashboard.views import taught_forms\n"
        "if text := st.session_state.pop('bring', None):\n"
        "    taught_forms.apply('表样已导入', [text])\n" + SCRIPT
    )
    again = AppTest.from_string(script, default_timeout=60)
    again.session_state["bring"] = lesson().text
    again.run()
    assert not again.exception and "confirm-all" in keys(again)
    (name,) = [file.name for file in form_files.form_files(tmp_path / "forms")]
    assert f"remove-form-{name}" in keys(again)
    next(b for b in again.button if b.key == f"remove-form-{name}").click().run()
    assert "confirm-all" not in keys(again) and not [*(tmp_path / "forms").glob("*.toml")]
    next(b for b in again.button if b.key == "undo-forms").click().run()
    assert "confirm-all" in keys(again) and [*(tmp_path / "forms").glob("*.toml")] and not again.exception


def test_two_forms_that_differ_are_told_on_the_card_and_may_be_shown_again(
    page: AppTest, tmp_path: Path
) -> None:
    for number, sense in enumerate(("unit", "department")):
        text = lesson(sense).text.replace('code = "taught-', f'code = "taught-{number}')
        form_files.change(tmp_path / "forms", [text])
    store = open_store(tmp_path)
    ingest_file(store, "课堂.xlsx", RIVERS, attempt(cache.worker_pool().read, "课堂.xlsx", RIVERS), "甲")
    store.close()
    page.run()
    assert "teach-3" in keys(page) and "两份指认的表样" in html(page)
    page.query_params["teach"] = "1"
    page.session_state["teach-drafts"] = {1: teach._Draft(answers={(2, 2): "name", (2, 5): "unit"})}
    page.run()
    assert len(page.warning) == 1 and not page.exception


def test_a_broken_form_is_listed_with_its_reason_and_its_removal_is_taken_back(
    page: AppTest, tmp_path: Path
) -> None:
    (tmp_path / "forms").mkdir()
    content = "事由".encode("gbk")
    (tmp_path / "forms/坏.toml").write_bytes(content)
    page.run()
    assert "坏.toml：" in html(page) and not page.exception
    next(b for b in page.button if b.key == "remove-form-坏.toml").click().run()
    assert not [*(tmp_path / "forms").iterdir()]
    next(b for b in page.button if b.key == "undo-forms").click().run()
    assert (tmp_path / "forms/坏.toml").read_bytes() == content and not page.exception


def test_a_file_that_is_no_form_is_not_brought_in(page: AppTest, tmp_path: Path) -> None:
    script = (
        "from dashboard.views import taught_forms\nfrom parsing.teaching import form_files\n"
        "taught_forms._bring([form_files.read('甲.toml', '事由'.encode('gbk'))])\ntaught_forms.done()"
    )
    again = AppTest.from_string(script, default_timeout=60).run()
    assert len(again.error) == 1 and "甲.toml" in again.error[0].value and not (tmp_path / "forms").exists()


def test_what_was_shown_is_not_forgotten_when_it_cannot_be_kept(
    page: AppTest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "forms").write_text("no folder")
    draft = teach._Draft(answers={(2, 2): "name"})
    page.query_params["teach"] = "1"
    page.session_state["teach-drafts"] = {1: draft}
    page.run()
    monkeypatch.setattr(teach, "go", lambda *_, **__: None)
    next(b for b in page.button if b.key == "keep").click().run()
    assert page.session_state["teach-drafts"] == {1: draft} and "forms-failed" in page.session_state
