"""The samples are shown by a first start, leave when the first real file counts, and come back on a click."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import pytest
import sqlalchemy as sa
from conftest import make_project

from dashboard.ingest.samples import bring
from dashboard.store import Store, open_store, project
from parsing import Reading, Unread

WHO = "测试"


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    kept = open_store(tmp_path)
    bring(kept, WHO)
    yield kept
    kept.close()


def count(store: Store, name: str = "道路修缮", **fields: object) -> int:
    """Count a real file of one project; its action."""
    found = Reading(projects=(make_project(name, **fields),))
    return store.confirm(store.stage(f"{name}.xlsx", name.encode(), found, WHO), WHO)


def sums(store: Store) -> tuple[int, int, int]:
    """Projects, samples among them, and their money in 分."""
    money = sa.func.coalesce(sa.func.sum(project.c.budget_fen), 0)
    marks = sa.func.coalesce(sa.func.sum(project.c.sample), 0)
    (row,) = store.rows(sa.select(sa.func.count().label("n"), marks.label("s"), money.label("fen")))
    return row["n"], row["s"], row["fen"]


def test_the_samples_leave_every_sum_when_the_first_real_file_counts_and_the_log_says_so(
    store: Store,
) -> None:
    assert sums(store) == (6, 6, 396_630_000)
    count(store, budget_yuan=Decimal(100))
    assert sums(store) == (1, 0, 10_000)
    assert list(store.history()["kind"][:3]) == ["confirm", "withdraw", "confirm"]
    assert list(store.uploads()["state"]) == ["counted", "withdrawn"]


def test_a_file_without_projects_leaves_the_samples_where_they_are(store: Store) -> None:
    nothing = Reading(
        unread=(Unread(place="坏.xlsx", code="broken", reason="文件已损坏", remedy="重新导出"),)
    )
    store.confirm(store.stage("坏.xlsx", b"?", nothing, WHO), WHO)
    store.stage("待确认.xlsx", b"!", Reading(projects=(make_project("甲"),)), WHO)
    assert sums(store)[:2] == (6, 6)


def test_undoing_the_count_leaves_nothing_and_a_click_brings_the_samples_back(store: Store) -> None:
    action = count(store)
    store.undo(action, WHO)
    assert sums(store) == (0, 0, 0)
    bring(store, WHO)
    assert sums(store) == (6, 6, 396_630_000)
    assert len(store.uploads()) == 2  # they are not stored again
    store.withdraw_samples(WHO)
    assert sums(store) == (0, 0, 0)


def test_samples_asked_for_stand_beside_real_data_until_more_of_it_counts(store: Store) -> None:
    action = count(store)
    bring(store, WHO)
    assert sums(store)[:2] == (7, 6)
    count(store, "桥梁")
    assert sums(store)[:2] == (2, 0)
    bring(store, WHO)
    store.undo(action, WHO)  # the samples of the first count are no hindrance
    assert sums(store)[:2] == (7, 6)
    store.undo(store.history()["action"].iloc[0], WHO)
    assert sums(store)[:2] == (2, 0)  # what is redone is counted, too


def test_a_real_table_of_a_sample_project_stays_when_the_samples_come_back(store: Store) -> None:
    (sample,) = store.rows(sa.select(project).where(project.c.name == "综合经费"))
    same = {field: sample[field] for field in ("unit", "year")}
    count(store, "综合经费", budget_yuan=Decimal(1), **same)
    bring(store, WHO)
    assert sums(store) == (6, 5, 396_630_000 - 12_000_000 + 100)


def test_a_store_that_never_saw_the_samples_shows_them_on_a_click(tmp_path: Path) -> None:
    kept = open_store(tmp_path / "other")
    count(kept)
    bring(kept, WHO)
    assert sums(kept)[:2] == (7, 6)
    kept.close()


def test_samples_whose_first_count_was_undone_are_counted_again(store: Store) -> None:
    store.undo(store.history()["action"].iloc[0], WHO)
    assert sums(store)[:2] == (0, 0)
    bring(store, WHO)
    assert sums(store)[:2] == (6, 6) and list(store.uploads()["state"]) == ["counted"]
