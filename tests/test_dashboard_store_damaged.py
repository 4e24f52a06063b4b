"""A store whose file is damaged: every question and every page says so."""

from pathlib import Path

import pytest
import streamlit as st
from conftest import make_project
from page_runs import app_at

from dashboard.session import cache
from dashboard.session.pages import PAGES
from dashboard.store import Store, StoreDamaged, open_store
from parsing import Reading

pytestmark = pytest.mark.usefixtures("own_store")

FAR = 12 * 4096  # the first pages tell what tables there are: damage behind them shows only when asked for


def spoil(store: Store, folder: Path, start: int = FAR) -> None:
    """Write nonsense over the file of a store, from this byte on."""
    store.engine.dispose()
    file = folder / "jilan.db"
    data = file.read_bytes()
    assert len(data) > 2 * start
    file.write_bytes(data[:start] + b"\x5a" * (len(data) - start))


def test_a_file_that_is_no_database_is_damaged(tmp_path):
    (tmp_path / "jilan.db").write_bytes(b"not a database at all" * 100)
    with pytest.raises(StoreDamaged):
        open_store(tmp_path)


def test_damage_that_shows_only_when_something_is_asked_is_damage_too(tmp_path):
    store = open_store(tmp_path)
    projects = tuple(make_project(f"项目{n}") for n in range(40))
    number = store.stage("a.xlsx", b"a", Reading(projects=projects), "甲")
    store.confirm(number, "甲")
    spoil(store, tmp_path)
    for ask in (
        lambda: store.project("000000000000", 1),
        store.uploads,
        lambda: store.bytes_of(number),
        lambda: store.confirm(number, "甲"),
        lambda: store.stage("b.xlsx", b"b", Reading(), "甲"),
        store.settle,
    ):
        with pytest.raises(StoreDamaged):
            ask()


@pytest.mark.parametrize("entry", PAGES, ids=[entry.view for entry in PAGES])
@pytest.mark.parametrize("opened", [True, False], ids=["found while it runs", "found when it starts"])
def test_every_page_says_that_the_database_is_damaged(tmp_path, entry, opened):
    store = cache.store()
    store.settle()
    spoil(store, tmp_path, FAR if opened else 0)
    if not opened:
        st.cache_resource.clear()
    at = app_at(entry.url)
    assert not at.exception
    said = " ".join(element.value for element in at.error)
    assert "数据库已损坏" in said and "restore" in said and "没有受影响" not in said
