from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
import unknown_layout as layout

import parsing
from dashboard.ingest.ingest import attempt, ingest_file
from dashboard.ingest.rereading import Reread, read_again, take_back, waiting
from dashboard.store import Store, open_store
from parsing import Reading
from parsing.errors import FormError, Locked
from parsing.teaching import form_files, teach
from parsing.teaching.form_files import FormChanges, change, change_back
from parsing.teaching.senses import CellSense

LIFTS = layout.workbook(layout.LIFTS, layout.LIFT_ROWS)
RIVERS = layout.workbook(layout.RIVERS, layout.RIVER_ROWS)
FORM = teach(LIFTS, "电梯.xlsx", ("电梯.xlsx", "清单"), [CellSense(2, 2, "name")]).text
SAMPLE = Path(__file__).parent.parent / "data/samples/dongkeng-2024.txt"


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with closing(open_store(tmp_path / "store")) as opened:
        yield opened


def reader(folder: Path):
    return lambda name, data: parsing.read(data, name=name, taught=form_files.texts(folder))


def bring(store: Store, folder: Path) -> None:
    files = (
        ("电梯.xlsx", LIFTS),
        ("河道.xlsx", RIVERS),
        ("示例.txt", SAMPLE.read_bytes()),
        ("坏.xlsx", b"1"),
    )
    for name, data in files:
        ingest_file(store, name, data, attempt(reader(folder), name, data), "甲")


def again(store: Store, folder: Path, changed: FormChanges) -> list[Reread]:
    rows = enumerate(waiting(store))
    made = [read_again(store, reader(folder), row, changed.codes, "甲", str(n)) for n, row in rows]
    return [one for one in made if one]


def states(store: Store) -> list[tuple[str, str, int]]:
    rows = store.uploads().sort_values("id").to_dict("records")
    return [(row["file"], row["state"], row["projects"]) for row in rows]


def test_a_new_form_reads_what_waits_of_its_layout_and_nothing_else(store: Store, tmp_path: Path) -> None:
    folder = tmp_path / "forms"
    bring(store, folder)
    before = states(store)
    assert before[:2] == [("电梯.xlsx", "counted", 0), ("河道.xlsx", "counted", 0)]
    changed = change(folder, [FORM])
    made = again(store, folder, changed)
    assert states(store) == [
        ("电梯.xlsx", "discarded", 0),
        ("河道.xlsx", "discarded", 0),
        *before[2:],
        ("电梯.xlsx", "staged", 1),
        ("河道.xlsx", "staged", 1),
    ]
    store.confirm(made[1].upload_id, "甲")
    change_back(folder, changed)
    for one in reversed(made):
        take_back(store, one, "甲")
    assert (
        states(store)
        == [
            ("电梯.xlsx", "counted", 0),  # it waits unread, as before
            ("河道.xlsx", "discarded", 0),
            *before[2:],
            ("电梯.xlsx", "discarded", 1),
            ("河道.xlsx", "counted", 1),  # what was counted meanwhile stays
        ]
    )
    assert form_files.texts(folder) == ()


def test_a_form_that_goes_is_no_longer_read_by(store: Store, tmp_path: Path) -> None:
    folder = tmp_path / "forms"
    changed = change(folder, [FORM])
    bring(store, folder)
    assert states(store)[:2] == [("电梯.xlsx", "staged", 1), ("河道.xlsx", "staged", 1)]
    gone = change(folder, [], codes=changed.codes)
    assert [file.text for file in gone.gone] == [FORM] and not gone.put
    again(store, folder, gone)
    assert [state for _, state, count in states(store) if count == 1] == ["discarded", "discarded"]
    change_back(folder, gone)
    assert form_files.texts(folder) == (FORM,)


def test_the_same_entry_does_not_read_a_file_in_twice(store: Store, tmp_path: Path) -> None:
    folder = tmp_path / "forms"
    bring(store, folder)
    changed = change(folder, [FORM])
    row = waiting(store)[0]
    first = read_again(store, reader(folder), row, changed.codes, "甲", "one")
    assert first == read_again(store, reader(folder), row, changed.codes, "甲", "one")
    assert len(states(store)) == 5


def test_a_text_that_is_no_form_changes_nothing(tmp_path: Path) -> None:
    put = change(tmp_path, [FORM])
    with pytest.raises(FormError):
        change(tmp_path, [FORM, "不是"], put.codes)
    assert form_files.texts(tmp_path) == (FORM,)


def test_what_was_opened_with_a_password_is_not_given_up_for_what_is_shut(
    store: Store, tmp_path: Path
) -> None:
    form = change(tmp_path / "forms", [FORM])
    number, _ = ingest_file(
        store, "电梯.xlsx", LIFTS, attempt(reader(tmp_path / "forms"), "电梯.xlsx", LIFTS), "甲"
    )

    def shut(name: str, data: bytes) -> Reading:
        raise Locked(name)

    (row,) = waiting(store)
    assert read_again(store, shut, row, form.codes, "甲", "one") is None
    assert [(row["id"], row["state"]) for row in store.uploads().to_dict("records")] == [(number, "staged")]


def test_what_waits_is_what_nobody_decided_about(store: Store, tmp_path: Path) -> None:
    bring(store, tmp_path)
    assert [row["file"] for row in waiting(store)] == ["电梯.xlsx", "河道.xlsx", "示例.txt", "坏.xlsx"]
    store.confirm(3, "甲")
    store.discard(1, "甲")
    assert [row["file"] for row in waiting(store)] == ["河道.xlsx", "坏.xlsx"]
