"""A store in one file and back: whole or not at all, and what is wrong with one is named."""

from __future__ import annotations

import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path
from zipfile import ZipFile

import pytest
from conftest import make_project

from dashboard.__main__ import ROOT, main
from dashboard.ingest.samples import bring
from dashboard.store import BackupError, Store, StoreDamaged, StoreError, backup, open_store, restore, verify
from dashboard.store.hold import Hold
from parsing import Reading


def filled(folder: Path, *names: str) -> Store:
    store = open_store(folder)
    for name in names:
        reading = Reading(projects=(make_project(name),))
        store.confirm(store.stage(f"{name}.xlsx", name.encode(), reading, "甲"), "甲")
    return store


def names(folder: Path) -> list[str]:
    with closing(open_store(folder)) as store:
        return sorted(row["file"] for row in store.uploads().to_dict("records"))


def change(folder: Path, statement: str, *values: object) -> None:
    with closing(sqlite3.connect(folder / "jilan.db")) as raw:
        raw.execute(statement, values)
        raw.commit()


def code(*arguments: object) -> int | str | None:
    """The exit code of a command, in this process."""
    try:
        return main([*map(str, arguments)])
    except SystemExit as ended:
        return ended.code


def command(*arguments: object) -> subprocess.CompletedProcess[str]:
    given = [sys.executable, "-m", "dashboard", *map(str, arguments)]
    return subprocess.run(given, cwd=ROOT, capture_output=True, text=True, timeout=120)


def test_a_backup_of_a_store_in_use_restores_to_what_it_was_then(tmp_path: Path) -> None:
    with closing(filled(tmp_path / "data", "一", "二")) as store:
        for own in ("standards", "forms"):
            (tmp_path / "data" / own).mkdir()
            (tmp_path / "data" / own / "own.toml").write_text("x = 1", "utf-8")
        backup(tmp_path / "data", tmp_path / "b.zip")
        reading = Reading(projects=(make_project("三"),))
        store.confirm(store.stage("三.xlsx", b"3", reading, "甲"), "甲")
    assert {path.name for path in tmp_path.iterdir()} == {"data", "b.zip"}  # nothing beside it is left
    assert restore(tmp_path / "new", tmp_path / "b.zip") is None
    assert names(tmp_path / "new") == ["一.xlsx", "二.xlsx"]
    for own in ("standards", "forms"):
        assert (tmp_path / "new" / own / "own.toml").read_text("utf-8") == "x = 1"
    assert verify(tmp_path / "new") == []


def test_what_a_restore_replaces_is_kept_and_can_be_restored_itself(tmp_path: Path) -> None:
    filled(tmp_path / "data", "一").close()
    backup(tmp_path / "data", tmp_path / "b.zip")
    filled(tmp_path / "data", "二").close()
    kept = restore(tmp_path / "data", tmp_path / "b.zip")
    assert kept and names(tmp_path / "data") == ["一.xlsx"]
    restore(tmp_path / "data", kept / "jilan.db")  # a bare database will do
    assert names(tmp_path / "data") == ["一.xlsx", "二.xlsx"]


def test_a_damaged_store_is_replaced_and_kept_as_it_is(tmp_path: Path) -> None:
    filled(tmp_path / "data", "一").close()
    backup(tmp_path / "data", tmp_path / "b.zip")
    (tmp_path / "data/jilan.db").write_bytes(b"rubbish")
    kept = restore(tmp_path / "data", tmp_path / "b.zip")
    assert kept and (kept / "jilan.db").read_bytes() == b"rubbish"
    assert names(tmp_path / "data") == ["一.xlsx"]


def test_an_existing_file_is_replaced_only_when_that_is_asked_for(tmp_path: Path) -> None:
    filled(tmp_path / "data", "一").close()
    (tmp_path / "b.zip").write_bytes(b"old")
    with pytest.raises(BackupError):
        backup(tmp_path / "data", tmp_path / "b.zip")
    assert (tmp_path / "b.zip").read_bytes() == b"old"
    backup(tmp_path / "data", tmp_path / "b.zip", force=True)
    assert ZipFile(tmp_path / "b.zip").namelist() == ["jilan.db"]


def test_a_store_that_a_program_uses_is_not_replaced(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("dashboard.store.backups.WAIT", 0.1)
    filled(tmp_path / "data", "一").close()
    backup(tmp_path / "data", tmp_path / "b.zip")
    with Hold(tmp_path / "data"), pytest.raises(StoreError):
        restore(tmp_path / "data", tmp_path / "b.zip")
    assert names(tmp_path / "data") == ["一.xlsx"]
    assert not list((tmp_path / "data").glob(".restore*")) and not list((tmp_path / "data").glob("before*"))


@pytest.mark.parametrize("kind", ["torn", "foreign", "up", "no-database", "empty", "cut"])
def test_what_is_no_backup_changes_nothing(tmp_path: Path, kind: str) -> None:
    filled(tmp_path / "data", "一").close()
    file = tmp_path / "b.zip"
    backup(tmp_path / "data", file)
    whole = file.read_bytes()
    if kind == "torn":
        file.write_bytes(whole[: len(whole) // 2])
    elif kind == "empty":
        file.write_bytes(b"")
    elif kind == "cut":
        database = (tmp_path / "data/jilan.db").read_bytes()
        file.write_bytes(database[: len(database) // 2])
    else:
        name = {"foreign": "甲.xlsx", "up": "../jilan.db", "no-database": "standards/a.toml"}[kind]
        with ZipFile(file, "w") as package:
            package.writestr(name, b"1")
    with pytest.raises((BackupError, StoreDamaged)):
        restore(tmp_path / "data", file)
    assert names(tmp_path / "data") == ["一.xlsx"]
    assert {path.name for path in tmp_path.iterdir()} == {"data", "b.zip"}


def test_a_backup_from_a_damaged_store_leaves_the_older_one(tmp_path: Path) -> None:
    filled(tmp_path / "data", "一").close()
    backup(tmp_path / "data", tmp_path / "b.zip")
    before = (tmp_path / "b.zip").read_bytes()
    database = (tmp_path / "data/jilan.db").read_bytes()
    (tmp_path / "data/jilan.db").write_bytes(database[:4096] + b"\xff" * 40960 + database[45056:])
    with pytest.raises(StoreDamaged):
        backup(tmp_path / "data", tmp_path / "b.zip", force=True)
    assert (tmp_path / "b.zip").read_bytes() == before


@pytest.mark.parametrize(
    ("statement", "values"),
    [
        ("UPDATE blob SET data = ? WHERE rowid = (SELECT min(rowid) FROM blob)", (b"other",)),
        ("UPDATE version SET payload = ? WHERE id = (SELECT min(id) FROM version)", (b"other",)),
        ("UPDATE upload SET reading = ? WHERE id = (SELECT min(id) FROM upload)", ("{",)),
        ("UPDATE project SET budget_fen = 1", ()),
        ("DELETE FROM indicator WHERE rowid = (SELECT min(rowid) FROM indicator)", ()),
        ("UPDATE finding SET message = 'x' WHERE rowid = (SELECT min(rowid) FROM finding)", ()),
        ("DELETE FROM upload WHERE id = (SELECT min(id) FROM upload)", ()),
    ],
)
def test_whatever_was_changed_behind_our_back_is_named(
    tmp_path: Path, statement: str, values: tuple[object, ...]
) -> None:
    with closing(open_store(tmp_path)) as store:
        bring(store, "甲")
        store.settle()
    assert verify(tmp_path) == []
    change(tmp_path, statement, *values)
    before = (tmp_path / "jilan.db").read_bytes()
    assert verify(tmp_path)
    assert (tmp_path / "jilan.db").read_bytes() == before


def test_a_store_that_is_not_reviewed_yet_is_well(tmp_path: Path) -> None:
    filled(tmp_path, "一", "二").close()
    assert verify(tmp_path) == []


def test_the_commands_say_by_their_exit_code_what_became_of_it(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    data, file = tmp_path / "data", tmp_path / "b.zip"
    filled(data, "一").close()
    assert code("backup", file, "--data", data) == 0
    assert code("backup", file, "--data", data) == 1
    assert command("verify", "--data", data).returncode == 0
    shutil.copy(data / "jilan.db", tmp_path / "whole.db")
    change(data, "DELETE FROM project")
    wrong = command("verify", "--data", data)
    assert wrong.returncode == 1 and "project" in wrong.stdout and "Traceback" not in wrong.stderr
    assert code("restore", file, "--data", data) == 0
    assert code("verify", "--data", data) == 0
    for odd in (["backup"], ["verify", "x"], ["restore"]):
        assert code(*odd) == 2
    for nothing in (["backup", tmp_path / "c.zip"], ["verify"]):
        assert code(*nothing, "--data", tmp_path / "none") == 1
    assert command("backup").returncode == 2
    assert "Traceback" not in capsys.readouterr().err
