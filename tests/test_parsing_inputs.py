"""What somebody names to be read: whatever it is, it is a line of its own and stops nothing."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
from pathlib import Path

import pytest

import parsing
from parsing import inputs
from parsing.errors import ReadError, TooLarge
from parsing.model import Reading
from parsing.runtime import batch
from tests.printed import sentences

ROOT = Path(__file__).parent.parent
HOSTILE = ROOT / "tests/cases/hostile"
SAMPLE = ROOT / "data/samples/dongkeng-2024.txt"
POSIX = pytest.mark.skipif(sys.platform == "win32", reason="Windows has none of these")
GBK = os.fsdecode("绩效目标表.txt".encode("gbk"))


def run(*arguments: object, **more) -> subprocess.CompletedProcess[bytes]:
    command = [sys.executable, "-m", "parsing", "--fresh", *map(str, arguments)]
    options = {"stdin": subprocess.DEVNULL, "stdout": subprocess.PIPE, "stderr": subprocess.PIPE, **more}
    return subprocess.run(command, cwd=ROOT, check=False, timeout=120, **options)


def unread(done: subprocess.CompletedProcess[bytes]) -> dict[str, str]:
    """File → code."""
    assert done.returncode == 1 and b"Traceback" not in done.stderr, done.stderr
    said = json.loads(done.stdout)
    assert len(said["projects"]) == 6  # those of the good file beside
    return {one["place"]: one["code"] for one in said["unread"]}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A good file among whatever else a folder may hold."""
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "good.txt").write_bytes(SAMPLE.read_bytes())
    return folder


@POSIX
def test_what_is_no_file_is_said_one_by_one_and_the_rest_is_read(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    os.mkfifo(folder / "pipe")
    (folder / "broken.xlsx").symlink_to("nowhere.xlsx")
    (folder / "loop").symlink_to("loop")
    (folder / "up").symlink_to("..")
    with (folder / "huge.xlsx").open("wb") as sparse:
        sparse.truncate(1 << 40)
    monkeypatch.chdir(folder)  # the path of a socket is short
    with socket.socket(socket.AF_UNIX) as listening:
        listening.bind("socket")
        done = run(folder, "/dev/zero", "/dev/null", folder / "none.txt", "--format", "json")
    assert unread(done) == {
        **dict.fromkeys(("pipe", "socket", "up", "zero", "null"), "unsupported"),
        **dict.fromkeys(("broken.xlsx", "loop", "none.txt"), "damaged"),
        "huge.xlsx": "too-large",
    }


@POSIX
def test_a_folder_without_permission_is_said(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (folder / "shut").mkdir()
    real = Path.iterdir

    def shut(path: Path):
        if path.name == "shut":
            raise PermissionError(13, "Permission denied")
        return real(path)

    monkeypatch.setattr(Path, "iterdir", shut)  # the rights of a folder do not bind the superuser
    readings = [reading for _, reading in batch.read_all([folder])]
    assert [len(one.projects) for one in readings] == [6, 0]
    assert readings[1].unread[0].place == "shut" and "没有权限" in readings[1].unread[0].reason


@POSIX
def test_a_name_in_gbk_is_shown_readable_in_every_output(folder: Path, tmp_path: Path) -> None:
    try:
        (folder / GBK).write_bytes(
            SAMPLE.read_bytes().replace("综合工作经费".encode(), "另外的经费".encode())
        )
    except OSError:
        pytest.skip("this file system takes only UTF-8")
    for kind in ("table", "json", "csv", "xlsx", "parquet"):
        out = tmp_path / f"out.{kind}"
        done = run(folder, "--format", kind, "-o", out)
        assert (done.returncode, done.stderr) == (0, b""), kind
        assert out.stat().st_size
    places = [one["place"] for one in json.loads((tmp_path / "out.json").read_bytes())["projects"]]
    assert sum(one.startswith("绩效目标表.txt › ") for one in places) == 6


def test_the_files_that_ended_in_a_traceback_are_printed_in_every_format(tmp_path: Path) -> None:
    for kind in ("table", "json", "csv", "xlsx", "parquet"):
        done = run(HOSTILE / "surrogate_escape.xlsx", SAMPLE, "--format", kind, "-o", tmp_path / "out")
        assert (done.returncode, done.stderr) == (0, b""), kind


def test_the_size_is_looked_at_before_the_file_is_opened(tmp_path: Path) -> None:
    path = tmp_path / "huge.xlsx"
    with path.open("wb") as sparse:
        sparse.truncate(inputs.MOST + 1)
    with pytest.raises(TooLarge) as caught:
        parsing.read(path)
    assert f"{inputs.MOST >> 20} 兆" in caught.value.reason and "拆" in caught.value.remedy


def test_a_file_that_grows_meanwhile_is_not_read_without_end(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "log.txt"
    path.write_bytes(b"x" * 100)
    monkeypatch.setattr(inputs, "MOST", 99)
    monkeypatch.setattr(Path, "stat", lambda self, **_: os.stat_result((0o100644, *[0] * 9)))
    with pytest.raises(TooLarge):
        inputs.content(path, "log.txt")


@pytest.mark.parametrize("fault", [MemoryError, RecursionError, KeyError, AssertionError, UnicodeError])
@pytest.mark.parametrize("count", [2, 20])
def test_whatever_one_file_raises_is_its_own_line(
    folder: Path, monkeypatch: pytest.MonkeyPatch, fault: type[BaseException], count: int
) -> None:
    for number in range(count):
        (folder / f"{number:02}.txt").write_bytes(b"1")

    def odd(*arguments) -> Reading:
        if "good.txt" in arguments:
            return parsing.read(SAMPLE)
        raise fault()

    monkeypatch.setattr(batch, "read", odd)
    monkeypatch.setattr("parsing.runtime.reader_pool.ReaderPool.read", lambda _, name, data: odd(name, data))
    readings = [reading for _, reading in batch.read_all([folder])]
    assert [len(one.projects) for one in readings] == [0] * count + [6]
    assert all(one.unread for one in readings[:-1])


@pytest.mark.parametrize(
    "data", [b"", b"\x00", bytes(range(256)) * 40, b"\xff\xfe\x00", "甲".encode("utf-16")[:-1]]
)
def test_anything_on_standard_input_is_a_line(data: bytes) -> None:
    done = run("-", SAMPLE, "--format", "json", stdin=None, input=data)
    assert next(iter(unread(done))).startswith(inputs.STDIN)


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="only Linux has it")
@pytest.mark.parametrize("kind", ["table", "xlsx"])
def test_a_full_disk_under_the_output_is_a_sentence(kind: str) -> None:
    with Path("/dev/full").open("wb") as full:
        done = run(SAMPLE, "--format", kind, stdout=full)
    assert done.returncode == 1 and b"Traceback" not in done.stderr
    assert len(done.stderr.decode().splitlines()) == 1


@POSIX
def test_a_reader_that_has_enough_is_no_trouble() -> None:
    command = (
        f'"{sys.executable}" -m parsing {8 * f"{SAMPLE} "} --format json | head -c 1; exit ${{PIPESTATUS[0]}}'
    )
    done = subprocess.run(["bash", "-c", command], cwd=ROOT, capture_output=True, timeout=60, check=False)
    assert (done.returncode, done.stdout, done.stderr) == (1, b"{", b"")


@POSIX
@pytest.mark.parametrize("unbuffered", ["", "1"])
def test_all_of_a_long_output_goes_through_a_pipe(unbuffered: str) -> None:
    command = f'"{sys.executable}" -m parsing {8 * f"{SAMPLE} "} --format json | (sleep 1; cat)'
    env = {**os.environ, "PYTHONUNBUFFERED": unbuffered}
    done = subprocess.run(["bash", "-c", command], cwd=ROOT, capture_output=True, timeout=60, env=env)
    assert len(json.loads(done.stdout)["projects"]) == 48


@POSIX
@pytest.mark.parametrize("shut", [">&-", "2>&-", "<&-"])
def test_streams_that_are_shut_are_no_trouble(shut: str) -> None:
    command = f'"{sys.executable}" -m parsing "{SAMPLE}" {shut}'
    done = subprocess.run(["bash", "-c", command], cwd=ROOT, capture_output=True, timeout=60, check=False)
    assert done.returncode == (1 if shut == ">&-" else 0) and b"Traceback" not in done.stderr


def test_what_nobody_thought_of_is_a_sentence_too(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    from parsing import __main__ as line

    def broken(*_: object) -> bytes:
        raise ZeroDivisionError

    monkeypatch.setitem(line.FORMATS, "json", broken)
    assert line.main([str(SAMPLE), "--format", "json", "--cache", str(tmp_path)]) == 1
    said = capsys.readouterr().err
    assert "ZeroDivisionError" in said and len(sentences(said)) == 1


def test_a_path_that_no_system_takes_is_no_file() -> None:
    with pytest.raises(ReadError) as caught:
        parsing.read("a\0b.xlsx")
    assert caught.value.code == "damaged"
