"""Files on their way in: nobody has to wait, and what could not be kept is told."""

from __future__ import annotations

import time
from pathlib import Path
from threading import Event

import parsing
from dashboard.incoming import LATEST, Files, Incoming
from dashboard.intake import Told
from dashboard.spool import Spool


def ended(coming: Incoming) -> bool:
    for _ in range(500):
        if not coming.busy:
            return True
        time.sleep(0.01)
    return False


def test_files_are_read_one_drop_after_the_other_and_counted_together(tmp_path: Path) -> None:
    go, kept = Event(), []

    def take(files: Files, told: Told) -> None:
        go.wait(5)
        for done, (name, _) in enumerate(files, 1):
            kept.append(name)
            told(done, len(files), name, parsing.Reading())

    coming = Incoming(take, Spool(tmp_path))
    coming.add([("甲", b""), ("乙", b"")])
    coming.add([(str(number), b"") for number in range(20)])
    assert coming.busy and (coming.done, coming.all) == (0, 22)
    go.set()
    assert ended(coming) and (coming.done, coming.all) == (22, 22)
    assert kept == ["甲", "乙", *map(str, range(20))]
    assert [one.file for one in coming.latest] == kept[::-1][:LATEST] and not coming.lost
    coming.add([("丙", b"")])
    assert ended(coming) and coming.all == 1


def test_files_that_could_not_be_kept_are_told_and_the_next_ones_are_read(tmp_path: Path) -> None:
    def take(files: Files, told: Told) -> None:
        for done, (name, _) in enumerate(files, 1):
            if name == "满":
                raise OSError("no space")
            told(done, len(files), name, parsing.Reading())

    coming = Incoming(take, Spool(tmp_path))
    coming.add([("甲", b""), ("满", b""), ("乙", b"")])
    coming.add([("丙", b"")])
    assert ended(coming) and coming.lost == ["满", "乙"]
    assert [one.file for one in coming.latest] == ["丙", "甲"]
    assert not [one for one in tmp_path.rglob("*") if one.is_file() and not one.name.startswith("lock.db")]


def test_what_an_ended_program_did_not_read_is_read_by_the_next(tmp_path: Path) -> None:
    spool, kept = Spool(tmp_path), []
    spool.put("甲", b"1")
    spool._lock.close()

    def take(files: Files, told: Told) -> None:
        for done, file in enumerate(files, 1):
            kept.append(file)
            told(done, len(files), file[0], parsing.Reading())

    assert ended(Incoming(take, Spool(tmp_path))) and kept == [("甲", b"1")]
