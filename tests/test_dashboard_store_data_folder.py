"""Opening a data folder: what is left of a store is never taken for a first start."""

import shutil
import sqlite3
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing

import pytest
import sqlalchemy as sa
import streamlit as st
from conftest import make_project
from page_runs import app_at

from dashboard.store import StoreDamaged, StoreNewer, open_store
from dashboard.store.derived_schema import mark
from dashboard.store.hold import alone
from dashboard.store.schema import FORMAT
from parsing import Reading


@pytest.fixture
def folder(tmp_path):
    """A folder with a closed store in it."""
    found = tmp_path / "data"
    store = open_store(found)
    for name in ("一", "二", "三"):
        number = store.stage(
            f"{name}.xlsx", name.encode() * 9999, Reading(projects=(make_project(name),)), "甲"
        )
        store.confirm(number, "甲")
    store.close()
    assert {file.name for file in found.iterdir()} == {"jilan.db", "lock.db"}
    return found


def change(folder, statement: str, *values: str) -> None:
    with closing(sqlite3.connect(folder / "jilan.db")) as raw, raw:
        raw.execute(statement, values)


def refused(folder, kind: type[StoreDamaged]) -> str:
    """What is said; the file stays as it was."""
    before = (folder / "jilan.db").read_bytes()
    with pytest.raises(kind) as error:
        open_store(folder)
    assert (folder / "jilan.db").read_bytes() == before
    with alone(folder):  # nothing keeps hold of a folder that was not opened
        return error.value.reason


def test_an_empty_file_is_no_first_start(folder):
    (folder / "jilan.db").write_bytes(b"")
    (folder / "jilan.db-wal").write_bytes(b"what is left of it")
    assert "0 字节" in refused(folder, StoreDamaged)
    assert (folder / "jilan.db-wal").read_bytes() == b"what is left of it"


def test_a_file_that_was_copied_without_its_log_is_no_first_start(tmp_path):
    store = open_store(tmp_path / "running")
    with closing(sqlite3.connect(tmp_path / "running" / "jilan.db")) as raw:
        (tmp_path / "bare").mkdir()
        with closing(sqlite3.connect(tmp_path / "bare" / "jilan.db")) as copy:
            copy.execute("PRAGMA journal_mode=WAL")
            assert raw.execute("PRAGMA journal_mode").fetchone() == ("wal",)
    store.close()
    assert "jilan.db-wal" in refused(tmp_path / "bare", StoreDamaged)


def test_a_file_that_was_cut_off_is_said_with_its_sizes(folder):
    whole = (folder / "jilan.db").read_bytes()
    (folder / "jilan.db").write_bytes(whole[: len(whole) - 4096])
    said = refused(folder, StoreDamaged)
    assert f"{len(whole):,}" in said and f"{len(whole) - 4096:,}" in said


def test_a_log_without_its_file_is_no_first_start(folder):
    (folder / "jilan.db").rename(folder / "jilan.db-wal")
    with pytest.raises(StoreDamaged):
        open_store(folder)
    assert not (folder / "jilan.db").exists()


def test_a_database_of_another_program_is_left_alone(tmp_path):
    change(tmp_path, "CREATE TABLE notes (text)")
    assert "blob" in refused(tmp_path, StoreDamaged)


def test_a_store_that_lost_a_table_of_its_record_is_damaged(folder):
    change(folder, "DROP TABLE version")
    assert "version" in refused(folder, StoreDamaged)


@pytest.mark.parametrize("written", [str(FORMAT + 1), "99999999999999999999", "²", "later"])
def test_a_store_of_a_newer_program_is_refused_before_anything_is_changed(folder, written):
    change(folder, "UPDATE mark SET value = ? WHERE name = 'format'", written)
    change(folder, "UPDATE mark SET value = 'another' WHERE name = 'schema'")
    refused(folder, StoreNewer)


def test_a_store_of_before_formats_were_numbered_gets_its_number(folder):
    change(folder, "DELETE FROM mark WHERE name = 'format'")
    store = open_store(folder)
    assert len(store.uploads()) == 3
    assert store.frame(sa.select(mark.c.value).where(mark.c.name == "format"))["value"].tolist() == [
        str(FORMAT)
    ]
    store.close()


def test_a_first_start_by_many_at_once_makes_one_store(tmp_path):
    with ThreadPoolExecutor(8) as pool:
        stores = [*pool.map(lambda _: open_store(tmp_path), range(8))]
    numbers = [store.stage(f"{n}.xlsx", b"%d" % n, Reading(), "甲") for n, store in enumerate(stores)]
    assert len(set(numbers)) == 8 and all(len(store.uploads()) == 8 for store in stores)
    for store in stores:
        store.close()
    assert {file.name for file in tmp_path.iterdir()} == {"jilan.db", "lock.db"}


def test_the_file_of_a_closed_store_is_whole_without_anything_beside_it(folder, tmp_path):
    (tmp_path / "copy").mkdir()
    shutil.copy(folder / "jilan.db", tmp_path / "copy")
    store = open_store(tmp_path / "copy")
    assert store.uploads()["state"].tolist() == ["counted"] * 3
    store.close()


def test_the_page_says_what_happened_instead_of_showing_the_samples(folder, monkeypatch):
    (folder / "jilan.db").write_bytes(b"")
    monkeypatch.setenv("JILAN_DATA", str(folder))
    st.cache_resource.clear()
    at = app_at("")
    assert not at.exception and "0 字节" in at.error[0].value
    assert (folder / "jilan.db").read_bytes() == b""
    st.cache_resource.clear()


def test_a_file_that_is_taken_away_while_the_program_runs_is_not_made_anew(folder):
    store = open_store(folder)
    store.engine.dispose()
    (folder / "jilan.db").rename(folder / "elsewhere.db")
    with pytest.raises(StoreDamaged):
        store.uploads()
    assert not (folder / "jilan.db").exists()
    (folder / "elsewhere.db").rename(folder / "jilan.db")
    assert len(store.uploads()) == 3
    change(folder, "DROP TABLE trouble")
    with pytest.raises(StoreDamaged):
        store.rebuild()
    store.close()
