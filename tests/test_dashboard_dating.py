"""A table that names no year has that of another table of its project, in the store as on the command line:
said, undone, and with the same sum in whatever order they come."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from itertools import permutations
from pathlib import Path

import pytest
import sqlalchemy as sa
from doubles import A, book
from halves_read import REASONS, WHOLE
from page_runs import run, text
from test_dashboard_counting import WAN, reasons, whole

import parsing
from dashboard.session import cache
from dashboard.store import Store, StoreConflict, open_store, project
from parsing.counting import Candidate, left_out
from parsing.dating import CODE, dated

pytestmark = pytest.mark.usefixtures("own_store")

UNDATED, MORE = A._replace(year=None), A._replace(wan=30)
FILES = {
    "undated.xlsx": book(UNDATED),
    "dated.xlsx": book(MORE),
    "whole.txt": WHOLE.encode(),
    "cut.txt": REASONS["cut"].replace("2024", "").encode(),
}


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with closing(open_store(tmp_path / "store")) as found:
        yield found


def stage(store: Store, name: str) -> int:
    return store.stage(name, FILES[name], parsing.read(FILES[name], name), "甲")


def command_line(names: tuple[str, ...]) -> tuple[int, int, tuple[str, ...]]:
    projects = dated([one for name in names for one in parsing.read(FILES[name], name).projects])
    left = left_out([*map(Candidate.of, projects)])
    counted = [one for number, one in enumerate(projects) if number not in left]
    money = sum(int(one.budget_yuan or 0) for one in counted) * 100
    return len(counted), money, tuple(sorted(one.reason for one in left.values()))


def stored(store: Store) -> tuple[int, int, tuple[str, ...]]:
    row = whole(store)
    return row["projects"], row["budget_fen"], reasons(row)


ORDERS = [*permutations(["undated.xlsx", "dated.xlsx"]), *permutations(["whole.txt", "cut.txt"])]


@pytest.mark.parametrize("names", ORDERS)
@pytest.mark.parametrize("at_once", [True, False])
def test_the_store_sums_as_the_command_line_whatever_the_order(
    store: Store, names: tuple[str, ...], at_once: bool
):
    if at_once:
        uploads = [stage(store, name) for name in names]
        for number in uploads:
            store.confirm(number, "甲")
    else:
        for name in names:
            store.confirm(stage(store, name), "甲")
    assert stored(store) == command_line(names)
    assert store.rows(sa.select(project.c.year)) == [{"year": 2024}]
    before = whole(store)
    store.rebuild()
    assert whole(store) == before


def test_what_counted_without_a_year_is_given_it_by_an_action_of_its_own_that_can_be_undone(store: Store):
    store.confirm(stage(store, "undated.xlsx"), "甲")
    confirm = store.confirm(stage(store, "dated.xlsx"), "甲")
    log = store.history()
    assert list(log["kind"])[:2] == ["date", "confirm"] and "undated.xlsx" in log["files"].iloc[0]
    assert stored(store)[:2] == (1, 30 * WAN)
    with pytest.raises(StoreConflict):
        store.undo(confirm, "甲")  # else the first would be gone
    store.undo(int(log["action"].iloc[0]), "甲")
    assert stored(store) == (2, 40 * WAN, ())
    assert not set(store.uploads()["state"]) & {"staged", "undone"}
    store.undo(confirm, "甲")
    assert stored(store) == (1, 10 * WAN, ())


def test_a_file_says_before_it_is_counted_from_where_the_year_is(store: Store):
    store.confirm(stage(store, "dated.xlsx"), "甲")
    number = stage(store, "undated.xlsx")
    (one,) = store.outcome(number)
    assert (one.year, one.known is not None, one.doubtful) == (2024, True, 1)
    (repair,) = store.project(one.key, one.version_id).repairs
    assert repair.code == CODE and "dated.xlsx" in repair.reason


def test_undoing_the_repair_makes_two_projects_again_and_no_later_file_dates_it(store: Store):
    store.confirm(stage(store, "dated.xlsx"), "甲")
    store.confirm(stage(store, "undated.xlsx"), "甲")
    assert stored(store) == (1, 10 * WAN, ("replaced",))
    (row,) = store.rows(sa.select(project.c.key, project.c.version_id))
    action = store.decide(row["version_id"], 0, "undone", "乙")
    assert stored(store)[:2] == (2, 40 * WAN)
    later = book(A._replace(wan=50))
    store.confirm(store.stage("更.xlsx", later, parsing.read(later, "更.xlsx"), "甲"), "甲")
    assert stored(store) == (2, 60 * WAN, ("replaced",))
    store.undo(int(store.history()["action"].iloc[0]), "甲")
    store.undo(action, "乙")
    assert stored(store) == (1, 10 * WAN, ("replaced",))


def test_no_year_of_one_row_of_a_list_is_taken_for_another_when_it_comes_again(store: Store):
    first, second = (parsing.read(book(one), "a.xlsx").projects[0] for one in (UNDATED, MORE))
    below = second.places["name"]._replace(row=20, cell="第20行第2列")
    projects = first, second.model_copy(update={"places": second.places | {"name": below}})
    for file in ("a.xlsx", "b.xlsx"):
        store.confirm(store.stage(file, file.encode(), parsing.Reading(projects=projects), "甲"), "甲")
    assert stored(store) == (2, 40 * WAN, ("identical", "identical"))
    store.confirm(stage(store, "dated.xlsx"), "甲")
    assert stored(store)[:2] == (2, 40 * WAN)


def test_where_others_disagree_the_year_stays_unknown(store: Store):
    for year in (2024, 2025):
        data = book(A._replace(year=year))
        store.confirm(store.stage(f"{year}.xlsx", data, parsing.read(data, f"{year}.xlsx"), "甲"), "甲")
    store.confirm(stage(store, "undated.xlsx"), "甲")
    assert {row["year"] for row in store.rows(sa.select(project.c.year))} == {2024, 2025, None}


def test_what_was_left_behind_without_a_year_is_not_counted_beside_its_whole_table(store: Store):
    store.confirm(stage(store, "cut.txt"), "甲", whole=True)
    (row,) = store.left_behind()
    store.confirm(stage(store, "whole.txt"), "甲")
    assert store.left_behind() == [] and whole(store)["projects"] == 1
    with pytest.raises(StoreConflict):
        store.count(row["version_id"], "甲")


def test_the_page_of_a_project_says_from_where_its_year_is_and_lets_it_be_undone(own_store: None):
    kept = cache.store()
    for name in ("dated.xlsx", "undated.xlsx"):
        kept.confirm(stage(kept, name), "甲")
    (row,) = kept.rows(sa.select(project.c.key))
    said = text(run("projects", id=row["key"]))
    assert "dated.xlsx" in said and "撤销修复" in said


def test_the_log_says_that_a_year_was_added(own_store: None):
    kept = cache.store()
    for name in ("undated.xlsx", "dated.xlsx"):
        kept.confirm(stage(kept, name), "甲")
    assert any("补上年度" in one.value and "undated.xlsx" in one.value for one in run("upload").text)
