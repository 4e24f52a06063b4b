"""Standards of one's own in the data folder: a broken one is told where one chooses, and breaks nothing."""

import os
import shutil
from contextlib import closing
from pathlib import Path

import pytest
from conftest import make_project
from page_runs import opened
from streamlit.testing.v1 import AppTest

from dashboard.session.pages import PAGES
from dashboard.store import backup, open_store, restore, verify
from parsing import Reading

DEEP = Path(__file__).parent / "cases/hostile/deep_standard.toml"
OWN = 'title = "某市标准"\n[required]\n"产出" = "always"\n'


@pytest.fixture(autouse=True)
def standards(own_store, tmp_path):
    """The folder of standards of a store with the samples."""
    folder = tmp_path / "standards"
    folder.mkdir()
    return folder


def warned(at: AppTest) -> str:
    return " ".join(one.value for one in at.warning)


def choices(at: AppTest) -> list[str]:
    return next(one for one in at.selectbox if one.label == "审核标准").options


def broken(folder: Path) -> None:
    """One of each kind."""
    shutil.copy(DEEP, folder / "deep.toml")
    (folder / "brackets.toml").write_text("a = " + "[" * 8000)
    (folder / "gbk.toml").write_bytes('title = "标准"'.encode("gbk"))
    (folder / "empty.toml").write_bytes(b"")
    (folder / "twin.toml").write_text('title = "通用标准"', "utf-8")
    (folder / "folder.toml").mkdir()
    os.mkfifo(folder / "pipe.toml")
    (folder / "gone.toml").symlink_to("nowhere")
    (folder / os.fsdecode(b"\xff.toml")).write_text(OWN, "utf-8")


@pytest.mark.parametrize("entry", PAGES, ids=[entry.view for entry in PAGES])
def test_broken_standards_break_no_page_and_stand_among_the_choices(standards, entry):
    broken(standards)
    (standards / "own.toml").write_text(OWN, "utf-8")
    at = opened(entry.url)
    assert not warned(at)
    offered = choices(at)
    assert "某市标准" in offered
    for name in ("deep", "brackets", "gbk", "empty", "twin", "folder", "pipe", "gone"):
        assert any(one.startswith(f"{name}.toml") for one in offered), name


@pytest.mark.parametrize("name", ["deep", "gbk", "twin", "pipe"])
def test_who_chooses_a_broken_standard_is_told_which_file_and_by_which_it_goes(standards, name):
    broken(standards)
    said = warned(opened(standard=name))
    assert f"{name}.toml" in said and "通用标准" in said and "请" in said


def test_a_chosen_standard_that_breaks_gives_way_with_a_sentence(standards):
    (standards / "own.toml").write_text(OWN, "utf-8")
    at = opened(standard="own")
    assert not warned(at)
    (standards / "own.toml").write_text("title = [")
    at.run()
    assert not at.exception and "own.toml" in warned(at)
    (standards / "own.toml").unlink()
    at.run()
    assert not at.exception and "own" in warned(at)
    (standards / "own.toml").write_text(OWN, "utf-8")
    at.run()
    assert not warned(at)


def test_a_broken_file_in_the_place_of_our_default_is_told_on_every_page(standards):
    (standards / "default.toml").write_text("nonsense")
    assert "default.toml" in warned(opened())


def test_a_broken_standard_is_in_the_way_of_no_backup_and_no_check(standards, tmp_path):
    broken(standards)
    (standards / "own.toml").write_text(OWN, "utf-8")
    with closing(open_store(tmp_path)) as store:
        store.confirm(store.stage("a.xlsx", b"a", Reading(projects=(make_project(),)), "甲"), "甲")
    assert verify(tmp_path) == []
    backup(tmp_path, tmp_path / "all.zip")
    restore(tmp_path / "again", tmp_path / "all.zip")
    with closing(open_store(tmp_path / "again")) as store:
        assert "own" in store.standards().known and "gbk" in store.standards().wrong
