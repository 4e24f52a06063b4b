"""Another program holds the database: it is waited for, the page says so, and nothing is lost."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Timer

import pytest
import sqlalchemy as sa
from page_runs import app_at
from streamlit.testing.v1 import AppTest

from dashboard.components import retry
from dashboard.session import cache
from dashboard.session.pages import PAGES, PageEntry
from dashboard.store import Store, StoreBusy, engine, open_store, project
from dashboard.store import review_sync as settling
from parsing import Reading


@contextmanager
def held(folder: Path) -> Iterator[sqlite3.Connection]:
    """Another program that keeps the write lock until it says COMMIT."""
    other = sqlite3.connect(folder / "jilan.db", isolation_level=None, check_same_thread=False)
    other.execute("BEGIN EXCLUSIVE")
    try:
        yield other
    finally:
        other.close()


@pytest.fixture
def store(own_store: None, monkeypatch: pytest.MonkeyPatch) -> Store:
    """That of the app, impatient, with the samples, their reviews up to date."""
    for module, name in ((engine, "BUSY_SECONDS"), (settling, "PATIENCE")):
        monkeypatch.setattr(module, name, 0.2)
    monkeypatch.setattr(retry, "PAUSES", (1,))
    found = cache.store()
    found.settle()
    return found


def test_a_store_that_is_held_says_so_and_does_it_when_asked_again(store: Store, tmp_path: Path) -> None:
    with held(tmp_path) as other:
        before = len(store.uploads())
        began = time.monotonic()
        with pytest.raises(StoreBusy):
            store.stage("甲.txt", b"1", Reading(), "甲")
        assert 0.2 <= time.monotonic() - began < 2
        assert len(store.uploads()) == before
        other.execute("COMMIT")
        store.stage("甲.txt", b"1", Reading(), "甲")
    assert len(store.uploads()) == before + 1


def test_a_store_that_is_held_is_opened_and_read(store: Store, tmp_path: Path) -> None:
    with held(tmp_path):
        again = open_store(tmp_path)
        assert len(again.uploads()) == 1 and not again.is_new()
        again.close()


def test_trouble_of_another_kind_is_not_taken_for_a_busy_store(store: Store) -> None:
    with pytest.raises(Exception, match="syntax error") as caught:  # noqa: SIM117
        with store.engine.connect() as connection:
            connection.exec_driver_sql("SELECT FROM WHERE")
    assert not isinstance(caught.value, StoreBusy)


@pytest.mark.parametrize("entry", PAGES, ids=lambda entry: entry.view)
def test_every_page_is_shown_while_the_store_is_held(store: Store, tmp_path: Path, entry: PageEntry) -> None:
    script = f"from dashboard.views import {entry.view} as view\nview.page()"
    with held(tmp_path):
        page = AppTest.from_string(script, default_timeout=30).run()
    assert not page.exception and not page.error


def test_a_page_with_reviews_that_are_behind_is_shown_and_brought_up_to_date_afterwards(
    store: Store, tmp_path: Path
) -> None:
    store.undo(1, "甲")  # nothing counts any more, and nobody has settled that
    with held(tmp_path) as other:
        Timer(3, other.execute, ["COMMIT"]).start()
        page = app_at()
    assert not page.exception and not page.error and not page.warning
    assert store.settle() is False  # that was done


def test_a_click_waits_for_the_store_and_is_done_once(store: Store, tmp_path: Path) -> None:
    tries = []
    key = store.rows(sa.select(project.c.key))[0]["key"]

    def count() -> int:
        tries.append(1)
        return store.declare(key, "满意度", "内部事务", "甲")

    page = AppTest.from_string("import streamlit as st\nst.session_state.act()", default_timeout=30)
    page.session_state["act"] = lambda: retry.retry_while_busy(count)
    with held(tmp_path) as other:
        Timer(2, other.execute, ["COMMIT"]).start()
        page.run()
    assert not page.exception and len(tries) > 1 and len(store.judgements()) == 1
