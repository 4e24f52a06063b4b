"""Files wait on disk until they are stored: an end of the program loses none, a second program takes none,
and nothing else that lies there is taken for one or stands in the way of one."""

from __future__ import annotations

import errno
import os
import random
import time
from pathlib import Path
from typing import Any

import pytest

from dashboard.ingest import envelope
from dashboard.ingest.envelope import Torn
from dashboard.ingest.folder_lock import LOCK
from dashboard.ingest.refusal import NotReceived
from dashboard.ingest.spool import KEEPS, READS, Spool
from parsing import Unread

GARBAGE = Path(__file__).parent / "cases/hostile/spool_garbage.bin"


def end(spool: Spool) -> None:
    """As the system does when a program ends."""
    assert spool._lock
    spool._lock.close()


def left(spool: Spool) -> list[tuple[str, bytes]]:
    return [(entry.name, spool.content(entry)) for entry in spool.left()]


def reasons(spool: Spool) -> list[tuple[str, str]]:
    return [(why.place, why.code) for why in spool.rejects.all().values()]


def test_what_a_program_that_ended_left_is_taken_once_and_in_order(tmp_path: Path) -> None:
    spool = Spool(tmp_path)
    entries = [spool.put(f"{n}.txt", b"\0" * n) for n in range(12)]
    assert left(Spool(tmp_path)) == []  # the first still runs
    for entry in entries[:2]:
        spool.drop(entry)
    end(spool)
    after = Spool(tmp_path)
    assert left(after) == [(f"{n}.txt", b"\0" * n) for n in range(2, 12)]
    assert left(after) == [] and left(Spool(tmp_path)) == []
    assert not spool._own.exists()


def test_what_several_programs_left_is_taken_in_the_order_in_which_it_came(tmp_path: Path) -> None:
    programs = [Spool(tmp_path) for _ in range(3)]
    for number in range(9):
        programs[number % 3].put(str(number), b"")
    for program in programs:
        end(program)
    assert [entry.name for entry in Spool(tmp_path).left()] == list("012345678")


def test_a_file_is_on_the_disk_before_its_keeping_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    synced, whole = [], os.fsync

    def fsync(handle: int) -> None:
        synced.append(os.fstat(handle).st_size)
        whole(handle)

    monkeypatch.setattr(os, "fsync", fsync)
    entry = Spool(tmp_path).put("甲.txt", b"1" * 5000)
    assert synced[0] == entry.path.stat().st_size > 5000  # all of it
    if os.name != "nt":
        assert len(synced) == 2  # and the folder that names it


@pytest.mark.parametrize("code", [errno.ENOSPC, errno.EACCES, errno.EIO])
def test_a_file_that_the_disk_does_not_take_is_refused_by_name_and_leaves_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, code: int
) -> None:
    def fsync(handle: int) -> None:
        raise OSError(code, "no")

    spool = Spool(tmp_path)
    monkeypatch.setattr(os, "fsync", fsync)
    with pytest.raises(NotReceived) as caught:
        spool.put("甲.txt", b"1")
    assert caught.value.place == "甲.txt" and ("磁盘已满" in caught.value.reason) == (code == errno.ENOSPC)
    monkeypatch.undo()
    end(spool)
    after = Spool(tmp_path)
    assert left(after) == [] and reasons(after) == []


def test_a_folder_that_is_a_file_is_no_end(tmp_path: Path) -> None:
    (tmp_path / "incoming").write_bytes(b"1")
    spool = Spool(tmp_path / "incoming")
    assert spool.left() == [] and [*spool.strangers.all()] == ["incoming"]
    with pytest.raises(NotReceived):
        spool.put("甲.txt", b"1")
    (tmp_path / "incoming").unlink()
    assert spool.put("甲.txt", b"1")  # without a new start


def test_what_ended_programs_while_it_was_stored_is_put_aside_with_its_bytes(tmp_path: Path) -> None:
    spool = Spool(tmp_path)
    spool.put("毒.txt", b"1")
    spool.put("好.txt", b"2")
    for _ in range(KEEPS + 1):
        end(spool)
        spool = Spool(tmp_path)
        first, second = spool.left()
        assert (first.name, second.suspect) == ("毒.txt", False)
        spool.mark(first, keeps=1)
    end(spool)
    after = Spool(tmp_path)
    assert left(after) == [("好.txt", b"2")]
    assert reasons(after) == [("毒.txt", "ended-program")]
    (ident,) = after.rejects.all()
    assert reasons(Spool(tmp_path)) == [("毒.txt", "ended-program")]  # told by every program, until
    again = after.again(ident)
    assert again and after.content(again) == b"1" and not again.suspect and reasons(after) == []


def test_a_program_that_is_ended_while_it_reads_says_little_about_the_file(tmp_path: Path) -> None:
    spool = Spool(tmp_path)
    spool.put("甲.txt", b"1")
    for _ in range(READS + 1):
        end(spool)
        spool = Spool(tmp_path)
        (entry,) = spool.left()
        spool.mark(entry, reads=1)
    end(spool)
    after = Spool(tmp_path)
    assert left(after) == [] and reasons(after) == [("甲.txt", "ended-program")]


def test_a_busy_store_is_no_suspicion(tmp_path: Path) -> None:
    spool = Spool(tmp_path)
    entry = spool.put("甲.txt", b"1")
    spool.mark(entry, keeps=1)
    spool.mark(entry)
    end(spool)
    (entry,) = Spool(tmp_path).left()
    assert not entry.suspect


@pytest.mark.parametrize(
    "spoil",
    [
        lambda data: b"",
        lambda data: data[: len(data) // 2],
        lambda data: data[:3],
        lambda data: data[:-1],
        lambda data: bytes(len(data)),
        lambda data: data[:-100] + bytes(100),
        lambda data: data + b"1",
        lambda data: GARBAGE.read_bytes(),
        lambda data: "甲.txt\0内容".encode(),  # as an older program wrote it
        lambda data: b"JILAN1 " + b"[" * 60_000,
        lambda data: b'JILAN1 0 {"name": "x", "size": "y"}\n',
    ],
)
def test_a_torn_file_is_never_read_and_blocks_nothing(tmp_path: Path, spoil: Any) -> None:
    spool = Spool(tmp_path)
    torn = spool.put("坏.txt", random.Random(7).randbytes(3000))
    spool.put("好.txt", b"2")
    torn.path.write_bytes(spoil(torn.path.read_bytes()))
    end(spool)
    after = Spool(tmp_path)
    whole = []
    for entry in after.left():  # what has its length is known when its turn comes
        try:
            whole.append((entry.name, after.content(entry)))
        except Torn as error:
            assert error.place == "坏.txt"
    assert whole == [("好.txt", b"2")]


def test_a_file_that_was_not_received_to_its_end_is_told(tmp_path: Path) -> None:
    spool = Spool(tmp_path)
    entry = spool.put("坏.txt", b"1")
    entry.path.rename(entry.path.with_name(entry.path.name + envelope.PART))
    end(spool)
    after = Spool(tmp_path)
    assert left(after) == [] and reasons(after) == [("坏.txt", "torn")]


def test_strange_things_are_left_alone_and_told_once(tmp_path: Path) -> None:
    spool = Spool(tmp_path / "incoming")
    spool.put("好.txt", b"2")
    end(spool)
    things = ("@eaDir/SYNO.jpg", ".DS_Store", "Thumbs.db", "000000", "x/000000", "预算.xlsx")
    inside = [spool._own / name for name in ("@eaDir/1.jpg", ".DS_Store", "000000", "zz.again")]
    everything = [*(tmp_path / "incoming" / name for name in things), *inside]
    for path in everything:
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(b"\0" * 10)
    with_broken_name = os.fsencode(tmp_path / "incoming") + b"/\xd6\xd0.txt"
    if os.name == "posix":
        Path(os.fsdecode(with_broken_name)).write_bytes(b"1")
    after = Spool(tmp_path / "incoming")
    assert left(after) == [("好.txt", b"2")] and all(path.exists() for path in everything)
    found = after.strangers.all()
    assert {"incoming/@eaDir", "incoming/.DS_Store", "incoming/x", "incoming/预算.xlsx"} <= {*found}
    assert f"incoming/{spool._own.name}/000000" in found and not reasons(after)
    assert all(name.encode() for name in found)  # fit to be shown
    after.strangers.dismiss()
    end(after)
    again = Spool(tmp_path / "incoming")
    assert len(again.left()) == 1 and again.strangers.all() == {}
    (tmp_path / "incoming/新.xlsx").write_bytes(b"1")
    assert again.left() == [] and [*again.strangers.all()] == ["incoming/新.xlsx"]


@pytest.mark.skipif(os.name != "posix", reason="pipes with names")
def test_pipes_links_and_folders_with_names_like_ours_are_never_opened(tmp_path: Path) -> None:
    spool = Spool(tmp_path)
    entry = spool.put("好.txt", b"2")
    end(spool)
    stem = entry.path.name[:-35]
    os.mkfifo(spool._own / f"{stem}{1:032x}.00")
    (spool._own / f"{stem}{2:032x}.00").symlink_to("/dev/zero")
    (spool._own / f"{stem}{3:032x}.00").mkdir()
    (tmp_path / f"{4:032x}").symlink_to("/nowhere")
    (tmp_path / f"{5:032x}").mkdir()
    (tmp_path / f"{5:032x}" / LOCK).mkdir()
    began = time.monotonic()
    after = Spool(tmp_path)
    assert left(after) == [("好.txt", b"2")] and time.monotonic() - began < 5


@pytest.mark.parametrize("where", ["", "own"])
def test_a_lock_that_is_none_locks_nothing(tmp_path: Path, where: str) -> None:
    spool = Spool(tmp_path)
    spool.put("好.txt", b"2")
    end(spool)
    folder = spool._own if where else tmp_path
    (folder / LOCK).write_bytes(bytes(5000))
    assert left(Spool(tmp_path)) == [("好.txt", b"2")]


def test_unreadable_things_are_told_and_block_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    spool = Spool(tmp_path)
    shut = spool.put("锁.txt", b"1")
    spool.put("好.txt", b"2")
    end(spool)
    closed = tmp_path / f"{0:032x}"
    closed.mkdir()
    whole, every = Path.open, Path.iterdir

    def denied(path: Path, *given: Any, **more: Any) -> Any:
        if path.name == shut.path.name:
            raise PermissionError(errno.EACCES, "no")
        return whole(path, *given, **more)

    def listed(path: Path) -> Any:
        if path == closed:
            raise PermissionError(errno.EACCES, "no")
        return every(path)

    monkeypatch.setattr(Path, "open", denied)
    monkeypatch.setattr(Path, "iterdir", listed)
    after = Spool(tmp_path)
    assert left(after) == [("好.txt", b"2")] and len(after.strangers.all()) == 2
    monkeypatch.undo()
    assert left(after) == [("锁.txt", b"1")]  # once it can be read


def test_names_of_any_signs_come_back(tmp_path: Path) -> None:
    spool = Spool(tmp_path)
    names = ["a/../b.txt", "甲\n乙\0.txt", "长" * 3000, "**粗**", ""]
    for name in names:
        spool.put(name, b"1")
    spool.put("坏\udce4.txt", b"1")
    end(spool)
    assert [entry.name for entry in Spool(tmp_path).left()] == [*names, "坏?.txt"]


def test_what_is_rejected_is_told_until_somebody_dismisses_it(tmp_path: Path) -> None:
    spool = Spool(tmp_path)
    entry = spool.put("甲.txt", b"1")
    why = Unread(code="x", place="甲.txt", reason="因", remedy="法")
    spool.reject(entry, why)
    end(spool)
    after = Spool(tmp_path)
    assert left(after) == [] and after.rejects.all() == {entry.ident: why}
    assert envelope.content(after.rejects.path(entry.ident)) == b"1"
    (tmp_path / f"kept/{entry.ident}.json").write_bytes(b"\0")  # the reason is lost, the file is not
    (tmp_path / "kept/.DS_Store").write_bytes(b"1")
    assert reasons(after) == [("甲.txt", "not-stored")]
    after.rejects.dismiss(entry.ident)
    assert reasons(after) == [] and {path.name for path in (tmp_path / "kept").iterdir()} == {".DS_Store"}
