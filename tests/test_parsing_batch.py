from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

import parsing
from parsing.inputs import files
from parsing.runtime import batch, cache
from parsing.runtime.cache import ReadingCache
from parsing.runtime.reader_pool import ReaderPool

ROOT = Path(__file__).parent.parent
SAMPLE = (ROOT / "data/samples/dongkeng-2024.txt").read_text("utf-8")
MANY = 3 * batch.FEW
ODD = (sys.executable, str(Path(__file__).with_name("odd_reader.py")))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Files whose order by name is not that of their size, and so not that in which they end."""
    folder = tmp_path / "in"
    folder.mkdir()
    for number in range(MANY):
        text = SAMPLE.replace("综合工作经费", f"综合工作经费{number}") * (1 + 7 * (number % 3 == 0))
        (folder / f"{number:02}.txt").write_text(text, "utf-8")
    return folder


def known(folder: Path, cache: ReadingCache, cores: int | None = 2) -> list[bool]:
    return [one.known for one in batch.read_many([folder], cache, cores)]


def test_many_files_come_in_their_order_and_as_one_by_one(folder: Path) -> None:
    found = list(batch.read_many([folder], cores=2))
    assert [one.path.name for one in found] == [f"{number:02}.txt" for number in range(MANY)]
    assert [one.reading for one in found] == [parsing.read(path, name) for path, name in files([folder])]


def test_what_was_read_is_not_read_again(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = list(batch.read_many([folder], ReadingCache(tmp_path / "kept"), 2))
    monkeypatch.setattr(ReaderPool, "read", None)  # nobody may ask
    again = list(batch.read_many([folder], ReadingCache(tmp_path / "kept"), 2))
    assert not any(one.known for one in first) and all(one.known for one in again)
    assert [one.reading for one in again] == [one.reading for one in first]


def test_a_file_that_changed_or_was_renamed_is_read_anew(folder: Path, tmp_path: Path) -> None:
    cache = ReadingCache(tmp_path / "kept")
    known(folder, cache)
    (folder / "03.txt").write_text(SAMPLE, "utf-8")
    (folder / "05.txt").rename(folder / "99.txt")  # every place names its file
    assert [at for at, one in enumerate(known(folder, cache)) if not one] == [3, MANY - 1]


def test_another_parser_reads_everything_anew(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    known(folder, ReadingCache(tmp_path / "kept"))
    monkeypatch.setattr(cache, "PARSER", "another")
    assert not any(known(folder, ReadingCache(tmp_path / "kept")))


def test_what_is_kept_is_not_used_when_all_shall_be_fresh(folder: Path, tmp_path: Path) -> None:
    known(folder, ReadingCache(tmp_path / "kept"))
    assert not any(known(folder, ReadingCache(tmp_path / "kept", fresh=True)))
    assert all(known(folder, ReadingCache(tmp_path / "kept")))


@pytest.mark.parametrize("damage", ["file", "row"])
def test_a_damaged_cache_is_no_trouble(folder: Path, tmp_path: Path, damage: str) -> None:
    cache = ReadingCache(tmp_path / "kept")
    known(folder, cache)
    if damage == "row":
        cache._base.execute("UPDATE reading SET said = x'00'")
    cache.close()
    if damage == "file":
        for file in (tmp_path / "kept").iterdir():
            file.write_bytes(b"rubbish" * 1000)
    assert not any(known(folder, ReadingCache(tmp_path / "kept")))
    assert all(known(folder, ReadingCache(tmp_path / "kept")))


def test_a_cache_that_cannot_be_written_is_no_trouble(folder: Path) -> None:
    assert not any(known(folder, ReadingCache(folder / "00.txt")))


def test_a_bad_file_is_kept_as_bad_and_one_that_may_read_another_day_is_not(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in/a.txt").write_bytes(b"")
    (tmp_path / "in/b.rar").write_bytes(b"Rar!\x1a\x07\x01\0" * 9)
    cache = ReadingCache(tmp_path / "kept")
    codes = [one.reading.unread[0].code for one in batch.read_many([tmp_path / "in"], cache)]
    assert codes == ["empty", "unsupported"]
    assert known(tmp_path / "in", cache) == [True, False]


def test_a_file_that_kills_its_process_is_said_and_the_others_come(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (folder / "07.txt").rename(folder / "abort")
    monkeypatch.setattr(batch, "ReaderPool", lambda size, taught: ReaderPool(size, ODD, taught=taught))
    cache = ReadingCache(tmp_path / "kept")
    found = list(batch.read_many([folder], cache, 2))
    assert [one.path.name for one in found if one.reading.unread] == ["abort"]
    assert found[-1].reading.unread[0].code == "reader-died"
    assert sum(len(one.reading.projects) for one in found) == MANY - 1
    assert [one.path.name for one in batch.read_many([folder], cache, 2) if not one.known] == ["abort"]


def test_what_was_read_before_a_break_is_kept(folder: Path, tmp_path: Path) -> None:
    cache = ReadingCache(tmp_path / "kept")
    reading = batch.read_many([folder], cache, 2)
    for _ in range(10):
        next(reading)
    reading.close()
    assert sum(known(folder, cache)) >= 10


def test_the_command_line_takes_up_where_it_was(folder: Path, tmp_path: Path) -> None:
    command = [
        sys.executable,
        "-m",
        "parsing",
        str(folder),
        "--format",
        "csv",
        "--cache",
        str(tmp_path / "kept"),
    ]
    first = subprocess.run(command, capture_output=True, cwd=ROOT, check=True)
    assert len(list((tmp_path / "kept").glob("*.sqlite"))) == 1
    again = subprocess.run(command, capture_output=True, cwd=ROOT, check=True)
    fresh = subprocess.run([*command, "--fresh"], capture_output=True, cwd=ROOT, check=True)
    assert first.stdout == again.stdout == fresh.stdout and first.stdout.count(b"\n") > MANY
