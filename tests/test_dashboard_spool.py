"""Files wait on disk until they are kept: an end of the program loses none, a second program takes none."""

from __future__ import annotations

from pathlib import Path

from dashboard.spool import Spool


def left(spool: Spool) -> list[tuple[str, bytes | None]]:
    return [(name, data) for _, name, data in spool.left()]


def test_what_a_program_that_ended_left_is_taken_once_and_in_order(tmp_path: Path) -> None:
    spool = Spool(tmp_path)
    paths = [spool.put(f"{n}.txt", b"\0" * n) for n in range(12)]
    assert left(Spool(tmp_path)) == []  # the first still runs
    spool.drop(paths[:2])
    spool._lock.close()  # as the system does when a program ends
    after = Spool(tmp_path)
    assert left(after) == [(f"{n}.txt", b"\0" * n) for n in range(2, 12)]
    assert left(after) == [] and left(Spool(tmp_path)) == []


def test_what_was_left_twice_is_told_and_not_read_again(tmp_path: Path) -> None:
    first = Spool(tmp_path)
    first.put("甲.txt", b"1")
    first._lock.close()
    second = Spool(tmp_path)
    assert left(second) == [("甲.txt", b"1")]
    second._lock.close()
    assert left(Spool(tmp_path)) == [("甲.txt", None)]
