"""What ``-o`` writes: never over a file that is read, whole or not at all."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from parsing.__main__ import main
from parsing.command_line import target
from tests.printed import sentences

SAMPLE = (Path(__file__).parent.parent / "data/samples/dongkeng-2024.txt").read_bytes()
POSIX = pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such links")


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "in"
    (folder / "deep").mkdir(parents=True)
    (folder / "a.txt").write_bytes(SAMPLE)
    (folder / "deep/b.txt").write_bytes(SAMPLE)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    return folder


def refused(*arguments: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """It says why, and nothing was read."""
    monkeypatch.setattr("parsing.__main__.read_many", None)
    assert main(arguments) == 2
    said = capsys.readouterr()
    assert said.out == "" and len(sentences(said.err)) == 1


@pytest.mark.parametrize(
    ("source", "out"),
    [
        ("in/a.txt", "in/a.txt"),
        ("in/a.txt", "./in/../in//a.txt"),
        ("in", "in/a.txt"),
        ("in", "in/deep/b.txt"),
        pytest.param("in/a.txt", "soft.txt", marks=POSIX),
        pytest.param("in", "soft.txt", marks=POSIX),
        pytest.param("in/a.txt", "hard.txt", marks=POSIX),
        pytest.param("soft.txt", "in/a.txt", marks=POSIX),
        pytest.param("linked", "in/deep/b.txt", marks=POSIX),
        pytest.param("in", "linked/a.txt", marks=POSIX),
    ],
)
def test_a_file_that_is_read_is_not_written(folder: Path, monkeypatch, capsys, source: str, out: str) -> None:
    if sys.platform != "win32":
        Path("soft.txt").symlink_to("in/a.txt")
        Path("hard.txt").hardlink_to("in/a.txt")
        Path("linked").symlink_to("in")
    refused(source, "-o", out, monkeypatch=monkeypatch, capsys=capsys)
    assert all(path.read_bytes() == SAMPLE for path in (folder / "a.txt", folder / "deep/b.txt"))


def test_the_standard_in_use_is_not_written_either(folder: Path, monkeypatch, capsys) -> None:
    Path("own.toml").write_text('title = "自定"\n', "utf-8")
    refused("in", "--standard", "own.toml", "-o", "own.toml", monkeypatch=monkeypatch, capsys=capsys)


@pytest.mark.parametrize("out", ["nowhere/out.json", "in", "in/deep", "", "in/a.txt/out.json"])
def test_a_folder_or_no_folder_is_refused_before_anything_is_read(
    folder: Path, monkeypatch, capsys, out: str
) -> None:
    refused("in", "-o", out, monkeypatch=monkeypatch, capsys=capsys)


@POSIX
def test_where_nothing_can_be_written_is_refused_before_anything_is_read(
    folder: Path, monkeypatch, capsys
) -> None:
    Path("loop").symlink_to("loop")
    refused("in", "-o", "loop", monkeypatch=monkeypatch, capsys=capsys)
    if Path("/proc").is_dir():
        refused("in", "-o", "/proc/out.json", monkeypatch=monkeypatch, capsys=capsys)
    if os.geteuid():
        folder.chmod(0o500)
        refused("in", "-o", "in/out.json", monkeypatch=monkeypatch, capsys=capsys)
        folder.chmod(0o700)
        Path("old.json").touch(0o400)
        refused("in", "-o", "old.json", monkeypatch=monkeypatch, capsys=capsys)


@POSIX
def test_the_new_file_takes_the_place_of_the_old_with_its_rights_and_behind_its_link(folder: Path) -> None:
    Path("real.json").write_text("old", "utf-8")
    Path("real.json").chmod(0o640)
    Path("out.json").symlink_to("real.json")
    assert main(["in", "--format", "json", "-o", "out.json"]) == 0
    assert Path("out.json").is_symlink() and Path("real.json").read_bytes().startswith(b"{")
    assert Path("real.json").stat().st_mode & 0o777 == 0o640
    assert sorted(path.name for path in Path().iterdir()) == ["cache", "in", "out.json", "real.json"]


def test_a_result_beside_the_files_is_no_file_to_read(folder: Path) -> None:
    assert main(["in", "--format", "json", "-o", "in/out.json"]) == 0
    assert Path("in/out.json").read_bytes().startswith(b"{")


@pytest.mark.parametrize("fault", [OSError(28, "No space left on device"), KeyboardInterrupt()])
def test_a_failure_while_writing_leaves_the_old_file_and_nothing_else(
    folder: Path, monkeypatch, capsys, fault: BaseException
) -> None:
    Path("out.json").write_text("old", "utf-8")

    def full(_: int) -> None:
        raise fault

    monkeypatch.setattr(target.os, "fsync", full)
    assert main(["in", "--format", "json", "-o", "out.json"]) == (1 if isinstance(fault, OSError) else 130)
    assert Path("out.json").read_text("utf-8") == "old"
    assert sorted(path.name for path in Path().iterdir()) == ["cache", "in", "out.json"]
    assert len(sentences(capsys.readouterr().err)) == 1


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="only Linux has it")
def test_a_device_is_written_as_it_is(folder: Path, capsys) -> None:
    assert main(["in", "-o", "/dev/null"]) == 0 and Path("/dev/null").is_char_device()
    assert main(["in", "-o", "/dev/full"]) == 1
    assert len(sentences(capsys.readouterr().err)) == 1
