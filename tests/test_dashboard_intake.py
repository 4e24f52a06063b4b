from __future__ import annotations

from pathlib import Path

import pytest

import parsing
from dashboard import intake
from dashboard.analysis import totals
from dashboard.analysis.scope import Scope
from dashboard.store import Store, open_store
from parsing.errors import Locked, ReaderDied

SAMPLE = Path(__file__).parent.parent / "data/samples/dongkeng-2024.txt"


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return open_store(tmp_path)


def read(name: str, data: bytes) -> parsing.Reading:
    if name.startswith("死"):
        raise ReaderDied(name)
    return parsing.read(data, name)


def test_what_comes_in_is_kept_and_not_counted_before_somebody_says_so(store: Store) -> None:
    told: list[tuple[int, int, str, int]] = []
    files = [("甲.txt", SAMPLE.read_bytes())]

    def tell(done: int, every: int, name: str, said: parsing.Reading) -> None:
        told.append((done, every, name, len(said.projects)))

    (number,) = intake.take_in(store, read, files, "甲", tell)
    assert told == [(1, 1, "甲.txt", 6)]
    assert store.frame(totals.totals(Scope()))["projects"].iloc[0] == 0
    store.confirm(number, "甲")
    assert store.frame(totals.totals(Scope()))["budget_fen"].iloc[0] == 396_630_000


def test_a_bad_file_stays_visible_and_stops_no_other(store: Store) -> None:
    files = [("死.xlsx", b"1"), ("空.txt", b""), ("甲.txt", SAMPLE.read_bytes())]
    ids = intake.take_in(store, read, files, "甲", lambda *_: None)
    uploads = store.uploads().set_index("id")
    assert list(uploads.loc[ids, "state"]) == ["counted", "counted", "staged"]
    assert list(uploads.loc[ids, "unread"]) == [1, 1, 0]
    assert intake.said(store, ids[0]).unread[0].code == "reader-died"


def test_the_order_of_files_is_kept(store: Store) -> None:
    def locked(name: str, data: bytes) -> parsing.Reading:
        raise Locked(name)

    names = [f"{number}.xlsx" for number in range(20)]
    ids = intake.take_in(store, locked, [(name, name.encode()) for name in names], "甲", lambda *_: None)
    assert list(store.uploads().set_index("id").loc[ids, "file"]) == names


def test_a_locked_file_is_read_once_its_password_is_known(store: Store) -> None:
    def locked(name: str, data: bytes, password: str | None = None) -> parsing.Reading:
        if password != "123456":
            raise Locked(name)
        return parsing.read(SAMPLE)

    (number,) = intake.take_in(store, locked, [("锁.xlsx", b"1")], "甲", lambda *_: None)
    with pytest.raises(Locked):
        intake.unlock(store, locked, number, "000", "甲")
    assert list(store.uploads()["state"]) == ["counted"]
    opened = intake.unlock(store, locked, number, "123456", "甲")
    uploads = store.uploads().set_index("id")
    assert (uploads.loc[opened, "state"], uploads.loc[opened, "projects"]) == ("staged", 6)
    assert uploads.loc[number, "state"] == "discarded"


def test_repaired_projects_are_offered_with_their_repairs(store: Store) -> None:
    (number,) = intake.take_in(store, read, [("甲.txt", SAMPLE.read_bytes())], "甲", lambda *_: None)
    found = intake.doubts(store, number)
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

    (number,) = intake.take_in(store, archive, [("包.zip", b"1")], "甲", lambda *_: None)
    for wrong in ("000", "333"):
        with pytest.raises(parsing.ReadError):
            intake.unlock(store, archive, number, wrong, "甲")
    assert list(store.uploads()["state"]) == ["staged"]  # nothing was changed
    left = []
    for password in ("222", "111"):
        number = intake.unlock(store, archive, number, password, "甲")
        row = store.uploads().set_index("id").loc[number]
        left.append((int(row["projects"]), int(row["unread"])))
    assert left == [(12, 1), (18, 0)]
    assert {row.place.split(" › ")[1] for row in store.outcome(number)} == {"甲.txt", "乙.txt", "丙.txt"}
