"""Files on their way in: nobody has to wait, each is on its own, and what could not be stored is told."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from threading import Event

import pytest

import parsing
from dashboard.ingest import ingest, queue
from dashboard.ingest.queue import AHEAD, LATEST, IngestQueue
from dashboard.ingest.refusal import refusal
from dashboard.ingest.spool import Spool
from dashboard.store import Store, StoreBusy, StoreError, open_store
from dashboard.store.errors import StoreFull
from parsing import Reading

ROOT = Path(__file__).parent.parent
SAMPLE = (ROOT / "data/samples/dongkeng-2024.txt").read_bytes()
POISON = b"poison"
Keep = Callable[[str, bytes, Reading, str], Reading]


def until(true: Callable[[], object], seconds: float = 10) -> bool:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if true():
            return True
        time.sleep(0.01)
    return False


def ended(coming: IngestQueue) -> bool:
    return until(lambda: not coming.busy)


def nothing(file: str, data: bytes) -> Reading:
    return Reading()


def keeping(kept: list[str]) -> Keep:
    def keep(file: str, data: bytes, reading: Reading, entry: str) -> Reading:
        kept.append(file)
        return reading

    return keep


def end(coming: IngestQueue) -> None:
    """As when its program is killed: nothing is cleared up."""
    coming.close()
    lock = coming.spool._lock
    assert lock
    lock.close()


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    found = open_store(tmp_path / "store")
    yield found
    found.close()


def into(
    store: Store, spool: Spool, read: queue.Read = lambda file, data: parsing.read(data, file)
) -> IngestQueue:
    """As the app does it."""
    return IngestQueue(
        lambda file, data: ingest.attempt(read, file, data),
        lambda file, data, reading, entry: ingest.ingest_file(store, file, data, reading, "甲", entry)[1],
        spool,
    )


def test_files_are_read_one_drop_after_the_other_and_counted_together(tmp_path: Path) -> None:
    go, kept = Event(), list[str]()

    def read(file: str, data: bytes) -> Reading:
        go.wait(5)
        return Reading()

    coming = IngestQueue(read, keeping(kept), Spool(tmp_path))
    coming.add([("甲", b""), ("乙", b"")])
    coming.add([(str(number), b"") for number in range(20)])
    assert coming.busy and (coming.done, coming.all) == (0, 22)
    go.set()
    assert ended(coming) and (coming.done, coming.all) == (22, 22)
    assert kept == ["甲", "乙", *map(str, range(20))]
    assert [one.file for one in coming.latest] == kept[::-1][:LATEST]
    coming.add([("丙", b"")])
    assert ended(coming) and coming.all == 1
    assert not coming.spool.rejects.all() and not coming.unheld


@pytest.mark.parametrize("at", [0, 30, 60])
@pytest.mark.parametrize("where", ["read", "stage", "stage again"])
def test_sixty_good_files_and_a_poison_end_as_sixty_and_a_line(
    tmp_path: Path, store: Store, monkeypatch: pytest.MonkeyPatch, at: int, where: str
) -> None:
    whole = store.stage

    def stage(file: str, data: bytes, found: Reading, *more: object, **most: object) -> int:
        if data == POISON and (where == "stage again" or (where == "stage" and not found.unread)):
            raise OverflowError("int too large to convert to SQLite INTEGER")
        return whole(file, data, found, *more, **most)  # type: ignore[arg-type]

    good = parsing.read(SAMPLE, "甲.txt")

    def read(file: str, data: bytes) -> Reading:
        if data == POISON and where == "read":
            raise OverflowError("int too large")
        return Reading() if data == POISON else good

    monkeypatch.setattr(store, "stage", stage)
    files = [(f"{number}.txt", f"{number}".encode()) for number in range(60)]
    files.insert(at, ("毒.xlsx", POISON))
    coming = into(store, Spool(tmp_path / "incoming"), read)
    coming.add(files)
    assert until(lambda: not coming.busy, 60)
    uploads = store.uploads()[::-1]
    good = uploads[uploads["projects"] > 0]
    assert list(good["file"]) == [f"{number}.txt" for number in range(60)] and not coming.unheld
    lines = list(coming.spool.rejects.all().values())
    if where == "stage again":
        assert len(uploads) == 60
    else:
        (bad,) = uploads[uploads["projects"] == 0]["id"]
        assert not lines
        lines = list(store.said(bad).unread)
    assert lines == [refusal("毒.xlsx", OverflowError())]
    assert "大" in lines[0].reason


def test_the_real_poison_costs_no_other_file(tmp_path: Path, store: Store) -> None:
    huge = (ROOT / "tests/cases/hostile/huge_money.xlsx").read_bytes()
    coming = into(store, Spool(tmp_path / "incoming"))
    coming.add([("大.xlsx", huge), ("甲.txt", SAMPLE)])
    assert until(lambda: not coming.busy, 30)
    assert sorted(store.uploads()["file"]) == ["大.xlsx", "甲.txt"] and not coming.spool.rejects.all()


def test_a_busy_store_is_asked_again_until_it_takes_the_files(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(queue, "PAUSES", (0.01, 0.02))
    busy, tries, kept = Event(), list[str](), list[str]()
    busy.set()

    def keep(file: str, data: bytes, reading: Reading, entry: str) -> Reading:
        tries.append(entry)
        if busy.is_set():
            raise StoreBusy
        return keeping(kept)(file, data, reading, entry)

    coming = IngestQueue(nothing, keep, Spool(tmp_path))
    coming.add([("甲", b"1"), ("乙", b"2")])
    assert until(lambda: len(tries) > 20) and coming.busy and coming.waits
    assert {*tries} == {tries[0]} and not kept  # the same entry, again and again
    busy.clear()
    assert ended(coming) and kept == ["甲", "乙"] and not coming.waits


def test_a_program_that_ends_while_the_store_is_busy_leaves_the_files_to_the_next(tmp_path: Path) -> None:
    def keep(file: str, data: bytes, reading: Reading, entry: str) -> Reading:
        raise StoreBusy

    coming = IngestQueue(nothing, keep, Spool(tmp_path))
    coming.add([(str(number), b"") for number in range(6)])
    assert until(lambda: coming.waits)
    end(coming)
    kept: list[str] = []
    assert ended(IngestQueue(nothing, keeping(kept), Spool(tmp_path))) and kept == [*"012345"]


@pytest.mark.parametrize("error", [StoreFull(), StoreError("坏"), OSError(5, "io"), KeyError("x")])
def test_what_cannot_be_stored_stays_with_its_reason_and_can_be_tried_again(
    tmp_path: Path, error: Exception
) -> None:
    kept: list[str] = []
    trouble = [error]

    def keep(file: str, data: bytes, reading: Reading, entry: str) -> Reading:
        if file == "满" and trouble:
            raise trouble[0]
        return keeping(kept)(file, data, reading, entry)

    coming = IngestQueue(nothing, keep, Spool(tmp_path))
    coming.add([("甲", b""), ("满", b"1"), ("乙", b""), ("丙", b"")])
    assert ended(coming) and kept == ["甲", "乙", "丙"]
    assert [one.file for one in coming.latest] == ["丙", "乙", "满", "甲"]
    end(coming)
    after = IngestQueue(nothing, keep, Spool(tmp_path))
    rejects = after.spool.rejects
    assert list(rejects.all().values()) == [refusal("满", error)] and not after.busy
    trouble.clear()
    after.again(rejects.all())
    assert ended(after) and kept[3:] == ["满"] and not rejects.all()


def test_a_file_that_is_torn_while_it_waits_is_a_line(tmp_path: Path) -> None:
    go, kept = Event(), list[str]()

    def read(file: str, data: bytes) -> Reading:
        go.wait(5)
        return Reading()

    coming = IngestQueue(read, keeping(kept), Spool(tmp_path))
    coming.add([(str(number), b"123") for number in range(10)])
    entry = coming._queue[-1]
    entry.path.write_bytes(entry.path.read_bytes()[:-1] + b"4")
    gone = coming._queue[-2].path
    gone.unlink()
    go.set()
    assert ended(coming) and kept == [*"01234567"]
    assert [(why.place, why.code) for why in coming.spool.rejects.all().values()] == [("9", "torn")]
    assert [why.place for why in coming.unheld] == ["8"]  # somebody deleted it


def test_few_of_many_large_files_are_in_memory(tmp_path: Path) -> None:
    held, most, kept = [0], [0], list[str]()

    class Counted(Spool):
        def content(self, entry: object) -> bytes:
            held[0] += 1
            most[0] = max(most[0], held[0])
            return super().content(entry)  # type: ignore[arg-type]

    def keep(file: str, data: bytes, reading: Reading, entry: str) -> Reading:
        time.sleep(0.002)
        held[0] -= 1
        return keeping(kept)(file, data, reading, entry)

    coming = IngestQueue(nothing, keep, Counted(tmp_path))
    coming.add((str(number), b"1" * 1000) for number in range(100))
    assert ended(coming) and len(kept) == 100
    assert most[0] <= AHEAD + 1


def test_with_a_file_that_may_have_ended_a_program_no_other_is_read(tmp_path: Path) -> None:
    spool = Spool(tmp_path)
    for name in "甲乙丙丁":
        spool.put(name, b"")
    assert spool._lock
    spool._lock.close()
    second = Spool(tmp_path)
    entries = second.left()
    second.mark(entries[1], reads=1)
    assert second._lock
    second._lock.close()
    reading, together, kept = set[str](), list[set[str]](), list[str]()

    def read(file: str, data: bytes) -> Reading:
        reading.add(file)
        time.sleep(0.05)
        together.append({*reading})
        reading.discard(file)
        return Reading()

    assert ended(IngestQueue(read, keeping(kept), Spool(tmp_path))) and kept == [*"甲乙丙丁"]
    assert [one for one in together if "乙" in one] == [{"乙"}]


def test_what_a_program_left_that_ended_later_is_taken_without_a_new_start(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(queue, "LOOK_SECONDS", 0.1)
    other = Spool(tmp_path)
    other.put("甲", b"1")
    kept: list[str] = []
    coming = IngestQueue(nothing, keeping(kept), Spool(tmp_path))
    time.sleep(0.3)
    assert not kept
    assert other._lock
    other._lock.close()
    assert until(lambda: kept) and not coming.unheld


KILLER = """
import os
import sys
import time
from pathlib import Path

sys.path.insert(0, {root!r})
from parsing import Reading
from dashboard.ingest.queue import IngestQueue
from dashboard.ingest.ingest import ingest_file
from dashboard.ingest.spool import Spool
from dashboard.store import open_store

folder = Path({folder!r})
store = open_store(folder / "store")
stage = store.stage


def dies(file, *more, **most):
    if file == "毒":
        os._exit(9)
    if file == "刚存" and not (folder / "once").exists():
        (folder / "once").touch()
        stage(file, *more, **most)
        os._exit(9)
    return stage(file, *more, **most)


store.stage = dies
coming = IngestQueue(
    lambda file, data: Reading(),
    lambda file, data, reading, entry: ingest_file(store, file, data, reading, "甲", entry)[1],
    Spool(folder / "incoming"),
)
coming.add([(name, name.encode()) for name in sys.argv[1:]])
while coming.busy:
    time.sleep(0.01)
print(*sorted(why.place for why in coming.spool.rejects.all().values()), flush=True)
os._exit(0)
"""


def test_a_poison_that_kills_the_program_ends_as_a_line_and_all_others_are_stored_once(
    tmp_path: Path, store: Store
) -> None:
    program = KILLER.format(root=str(ROOT), folder=str(tmp_path))
    names = ["甲", "刚存", "乙", "毒", "丙", "丁", "戊", "己"]

    def run(*given: str) -> subprocess.CompletedProcess[str]:
        env = os.environ | {"PYTHONIOENCODING": "utf-8"}
        command = [sys.executable, "-c", program, *given]
        return subprocess.run(command, capture_output=True, text=True, encoding="utf-8", env=env, timeout=60)

    codes = [run(*names).returncode]
    while codes[-1] == 9 and len(codes) < 9:
        last = run()
        codes.append(last.returncode)
    assert codes == [9, 9, 9, 0], last.stderr
    assert last.stdout.split() == ["毒"]
    files = [*store.uploads()["file"]]
    assert sorted(files) == sorted({*names} - {"毒"})
    assert run().stdout.split() == ["毒"]  # until somebody dismisses it
