"""What a list says of itself on the import page and on the overview, as long as its file counts."""

from __future__ import annotations

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

import parsing
from dashboard.html import upload as upload_html
from dashboard.queries import trouble
from dashboard.store import Store, open_store

HOSTILE = Path(__file__).parent / "cases/hostile"
OFF, RIGHT = "yuan_in_wan_column_total_disagrees.xlsx", "list_sums.xlsx"


@pytest.fixture
def store(own_data: Path) -> Store:
    return open_store(own_data)


def stage(store: Store, file: str) -> int:
    data = (HOSTILE / file).read_bytes()
    return store.stage(file, data, parsing.read(data, name=file), "甲")


def shown(page: str) -> str:
    script = f"from dashboard.views.{page} import page\npage()"
    at = AppTest.from_string(script, default_timeout=60).run()
    assert not at.exception
    return "".join(str(one.proto) for one in at.get("html")) + "".join(one.label for one in at.button)


def card(store: Store, file: str) -> str:
    number = stage(store, file)
    row = next(row for row in store.uploads().to_dict("records") if row["id"] == number)
    return upload_html.card(row, store.outcome(number), parsing.read(HOSTILE / file))


def test_a_sum_that_is_not_what_was_read_stands_on_the_card_with_the_equation(store: Store) -> None:
    said = card(store, OFF)
    assert "10 + 20 + 30 = 60" in said and 'class="agrees"' not in said


def test_a_sum_that_is_what_was_read_is_said_quietly(store: Store) -> None:
    said = card(store, RIGHT)
    assert 'class="agrees"' in said and "不符" not in said and 'class="troubles"' not in said


def test_a_difference_stands_as_long_as_its_file_counts(store: Store) -> None:
    number = stage(store, OFF)
    assert store.rows(trouble.differing()) == []
    action = store.confirm(number, "甲")
    (row,) = store.rows(trouble.differing())
    assert (row["upload_id"], row["file"], row["place"]) == (number, OFF, f"{OFF} › S › A6")
    assert store.rows(trouble.unread()) == []
    store.undo(action, "甲")
    assert store.rows(trouble.differing()) == []
    store.confirm(stage(store, RIGHT), "甲")
    assert store.rows(trouble.differing()) == []


def test_the_overview_and_the_list_of_files_say_it(store: Store) -> None:
    store.confirm(stage(store, RIGHT), "甲")
    assert "合计与表内所写不符" not in shown("overview")
    store.confirm(stage(store, OFF), "甲")
    assert "1 份文件的合计与表内所写不符" in shown("overview")
    assert 'class=\\"differs\\"' in shown("upload") or 'class="differs"' in shown("upload")
