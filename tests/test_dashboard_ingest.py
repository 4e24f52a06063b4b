from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from conftest import make_project

import parsing
from dashboard.ingest import ingest
from dashboard.queries import totals
from dashboard.queries.scope import Scope
from dashboard.store import Store, StoreBusy, open_store
from dashboard.store.errors import StoreFull
from parsing.errors import Locked, ReaderDied

SAMPLE = Path(__file__).parent.parent / "data/samples/dongkeng-2024.txt"


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return open_store(tmp_path)


def read(name: str, data: bytes) -> parsing.Reading:
    if name.startswith("死"):
        raise ReaderDied(name)
    return parsing.read(data, name)


def take(store: Store, read: ingest.Read, name: str, data: bytes, entry: str | None = None) -> int:
    return ingest.ingest_file(store, name, data, ingest.attempt(read, name, data), "甲", entry)[0]


def test_what_comes_in_is_kept_and_not_counted_before_somebody_says_so(store: Store) -> None:
    number = take(store, read, "甲.txt", SAMPLE.read_bytes())
    assert store.uploads()["projects"].iloc[0] == 6
    assert store.frame(totals.totals(Scope()))["projects"].iloc[0] == 0
    store.confirm(number, "甲")
    assert store.frame(totals.totals(Scope()))["budget_fen"].iloc[0] == 396_630_000


def test_a_bad_file_stays_visible_and_stops_no_other(store: Store) -> None:
    files = [("死.xlsx", b"1"), ("空.txt", b""), ("甲.txt", SAMPLE.read_bytes())]
    ids = [take(store, read, *file) for file in files]
    uploads = store.uploads().set_index("id")
    assert list(uploads.loc[ids, "state"]) == ["counted", "counted", "staged"]
    assert list(uploads.loc[ids, "unread"]) == [1, 1, 0]
    assert store.said(ids[0]).unread[0].code == "reader-died"


def test_a_locked_file_is_read_once_its_password_is_known(store: Store) -> None:
    def locked(name: str, data: bytes, password: str | None = None) -> parsing.Reading:
        if password != "123456":
            raise Locked(name)
        return parsing.read(SAMPLE)

    number = take(store, locked, "锁.xlsx", b"1")
    with pytest.raises(Locked):
        ingest.unlock(store, locked, number, "000", "甲")
    assert list(store.uploads()["state"]) == ["counted"]
    opened = ingest.unlock(store, locked, number, "123456", "甲")
    uploads = store.uploads().set_index("id")
    assert (uploads.loc[opened, "state"], uploads.loc[opened, "projects"]) == ("staged", 6)
    assert uploads.loc[number, "state"] == "discarded"


def test_repaired_projects_are_offered_with_their_repairs(store: Store) -> None:
    number = take(store, read, "甲.txt", SAMPLE.read_bytes())
    found = ingest.doubts(store, number)
    assert len(found) == 6 and sum(count for _, count in found) == 8
    assert found[0][0].name.startswith("“一网统管”")


def test_files_of_an_archive_with_two_passwords_are_opened_one_after_the_other(store: Store) -> None:
    locks = {"甲.txt": "111", "乙.txt": "222"}

    def one(name: str, year: str) -> parsing.Reading:
        text = SAMPLE.read_text("utf-8").replace("2024年预算", f"{year}年预算")
        return parsing.read(text.encode(), f"包.zip › {name}")

    def archive(name: str, data: bytes, password: str | None = None) -> parsing.Reading:
        found = [one("丙.txt", "2022")]
        for number, (member, key) in enumerate(locks.items()):
            trouble = parsing.Unread.of(Locked(f"包.zip › {member}"))
            found.append(
                one(member, f"202{3 + number}") if password == key else parsing.Reading(unread=(trouble,))
            )
        return parsing.Reading(
            projects=tuple(project for each in found for project in each.projects),
            unread=tuple(unread for each in found for unread in each.unread),
        )

    number = take(store, archive, "包.zip", b"1")
    for wrong in ("000", "333"):
        with pytest.raises(parsing.ReadError):
            ingest.unlock(store, archive, number, wrong, "甲")
    assert list(store.uploads()["state"]) == ["staged"]  # nothing was changed
    left = []
    for password in ("222", "111"):
        number = ingest.unlock(store, archive, number, password, "甲")
        row = store.uploads().set_index("id").loc[number]
        left.append((int(row["projects"]), int(row["unread"])))
    assert left == [(12, 1), (18, 0)]
    assert {row.place.split(" › ")[1] for row in store.outcome(number)} == {"甲.txt", "乙.txt", "丙.txt"}


def test_whatever_a_reader_raises_is_the_reason_of_that_file(store: Store) -> None:
    def broken(name: str, data: bytes) -> parsing.Reading:
        raise ZeroDivisionError

    number = take(store, broken, "甲.xlsx", b"1")
    (why,) = store.said(number).unread
    assert (why.code, why.place) == ("not-stored", "甲.xlsx") and "ZeroDivisionError" in why.reason
    assert store.uploads()["state"].iloc[0] == "counted"  # it stands as not read


def test_what_the_store_does_not_take_is_kept_as_a_refusal(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = store.stage

    def stage(file: str, data: bytes, found: parsing.Reading, who: str, **more: Any) -> int:
        if found.projects:
            raise OverflowError("int too large")
        return whole(file, data, found, who, **more)

    monkeypatch.setattr(store, "stage", stage)
    reading = parsing.Reading(projects=(make_project(),))
    number, kept = ingest.ingest_file(store, "甲.xlsx", b"1", reading, "甲")
    assert not kept.projects and kept.unread[0].code == "not-stored" and "大" in kept.unread[0].reason
    row = store.uploads().iloc[0]
    assert (row["id"], row["file"], row["projects"], row["unread"]) == (number, "甲.xlsx", 0, 1)
    assert store.bytes_of(number) == b"1"


def test_trouble_of_the_store_itself_is_not_held_against_the_file(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object, **__: object) -> int:
        raise StoreFull

    monkeypatch.setattr(store, "stage", full)
    with pytest.raises(StoreFull):
        ingest.ingest_file(store, "甲.xlsx", b"1", parsing.Reading(), "甲")


def test_a_file_that_was_stored_before_its_program_ended_is_not_stored_twice(store: Store) -> None:
    first = take(store, read, "甲.txt", SAMPLE.read_bytes(), "e1")
    store.discard(first, "甲")  # by somebody else, meanwhile
    assert take(store, read, "甲.txt", SAMPLE.read_bytes(), "e1") == first
    bad = take(store, read, "空.txt", b"", "e2")
    assert take(store, read, "空.txt", b"", "e2") == bad
    assert list(store.uploads()["state"]) == ["counted", "discarded"]
    assert take(store, read, "甲.txt", SAMPLE.read_bytes(), "e3") != first


def test_unlocking_that_was_interrupted_by_a_busy_store_is_done_once(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    def locked(name: str, data: bytes, password: str | None = None) -> parsing.Reading:
        if password != "1":
            raise Locked(name)
        return parsing.read(SAMPLE)

    number = take(store, locked, "锁.xlsx", b"1")
    whole, busy = store.discard, [StoreBusy()]

    def discard(upload_id: int, who: str) -> int:
        if busy:
            raise busy.pop()
        return whole(upload_id, who)

    monkeypatch.setattr(store, "discard", discard)
    with pytest.raises(StoreBusy):
        ingest.unlock(store, locked, number, "1", "甲", "e1")
    assert {*store.uploads()["state"]} == {"staged", "undone"}  # both are there
    opened = ingest.unlock(store, locked, number, "1", "甲", "e1")
    states = store.uploads().set_index("id")["state"]
    assert states.to_dict() == {number: "discarded", opened: "staged"}
