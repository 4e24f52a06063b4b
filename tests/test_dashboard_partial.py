"""A table of which only a part was read is never counted complete nor without fault; every page, slide and
paper says so of it, with the reason."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import closing
from datetime import date
from io import BytesIO
from pathlib import Path

import openpyxl
import pytest
from docx import Document
from halves_read import REASONS, WHOLE
from page_runs import run, text
from pptx import Presentation
from streamlit.testing.v1 import AppTest

import parsing
from dashboard.exports.brief import brief
from dashboard.exports.opinion import opinion
from dashboard.exports.pptx import pptx
from dashboard.exports.workbook import workbook
from dashboard.queries import coverage, projects, totals
from dashboard.queries.scope import Scope
from dashboard.returns.resubmission import resubmission_of
from dashboard.session import cache
from dashboard.slides.deck import fragment
from dashboard.snapshot.snapshot import Snapshot, take_snapshot
from dashboard.snapshot.speech import speech
from dashboard.store import Store, StoreConflict, open_store
from dashboard.wording import missing, terms, verdict
from parsing import DEFAULT, SLOTS, Reading
from parsing.partial import MARK, OPEN, WORDS

pytestmark = pytest.mark.usefixtures("own_store")

EVERYWHERE = Scope()
UNPRICED = REASONS["no-money"].replace("设备购置", "钱没读出")  # all nine categories are filled
CUT = REASONS["cut"].replace("设备购置", "表没读完")


def bring(store: Store, *texts: str) -> None:
    for number, table in enumerate(texts, 1):
        data = table.encode()
        store.confirm(store.stage(f"{number}.txt", data, parsing.read(data, f"{number}.txt"), "甲"), "甲")
    store.settle()


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with closing(open_store(tmp_path / "store")) as found:
        yield found


def whole(store: Store) -> dict:
    return store.rows(totals.totals(EVERYWHERE))[0]


@pytest.mark.parametrize("reason", WORDS)
def test_it_is_in_no_count_of_complete_projects(store: Store, reason: str):
    bring(store, WHOLE, REASONS[reason].replace("设备购置", "另一项"))
    row = whole(store)
    assert (row["projects"], row["complete"], row["full"], row["in_part"]) == (2, 1, 1, 1)


@pytest.mark.parametrize("reason", sorted(OPEN))
def test_what_was_not_read_is_no_gap_in_any_cell_or_sum(store: Store, reason: str):
    bring(store, REASONS[reason])
    (row,) = store.rows(coverage.matrix(EVERYWHERE))
    cells = range(1, len(SLOTS) + 1)
    assert row["partial"] == reason and row["gaps"] == row["required"] == 0
    assert all(row[f"s{k}"] or row[f"u{k}"] for k in cells)
    lacks = store.rows(coverage.lacking(EVERYWHERE))
    assert sum(one["projects"] + one["budget_fen"] + one["required_fen"] for one in lacks) == 0
    assert whole(store)["lacking_fen"] == 0


def test_the_list_finds_them(store: Store):
    bring(store, WHOLE, CUT)
    rows = store.rows(projects.listed(EVERYWHERE, look="partial"))
    assert [(row["name"], row["partial"]) for row in rows] == [("表没读完", "cut")]


def test_no_conclusion_says_that_nothing_is_wrong_with_it(store: Store):
    bring(store, UNPRICED)
    row = whole(store)
    assert "1 个项目九类指标齐全" not in missing.headline(row, False)
    assert f"1 个项目{MARK}" in missing.headline(row, False)
    none = {"projects_due": 0, "advice": 0}
    assert not verdict.headline(none, 1, 0, partial=1).startswith("1 个项目")
    assert f"1 个项目{MARK}" in verdict.headline(none, 1, 0, partial=1)
    assert terms.of_project(0, 0, partial=True) != terms.CLEAN


@pytest.fixture
def told(store: Store) -> Snapshot:
    bring(store, WHOLE, UNPRICED, CUT)
    return take_snapshot(store, EVERYWHERE, DEFAULT, date(2026, 11, 25))


def test_the_slides_say_how_many_and_of_each_why(told: Snapshot):
    slides = [re.sub(r"<[^>]+>", "", page) for page in fragment(told).split("<section")]
    state_of, own = slides[2], [page for page in slides if "of-project" in page]
    assert f"2 个项目{MARK}" in state_of
    for name, reason in (("钱没读出", "no-money"), ("表没读完", "cut")):
        (page,) = [page for page in own if f"{name}：" in page]
        assert WORDS[reason] in page and terms.CLEAN not in page  # type: ignore[index]
    native = Presentation(BytesIO(pptx(told)))
    said = [
        " ".join(shape.text_frame.text for shape in page.shapes if shape.has_text_frame)
        for page in native.slides
    ]
    assert f"2 个项目{MARK}" in " ".join(said)
    assert any("表没读完：" in one and WORDS["cut"] in one for one in said)


def test_what_is_taken_home_says_it_too(told: Snapshot):
    assert any(f"2 个项目{MARK}" in line.text for line in speech(told))
    paper = "\n".join(one.text for one in Document(BytesIO(brief(told))).paragraphs)
    assert f"2 个项目{MARK}" in paper
    each = "\n".join(one.text for one in Document(BytesIO(opinion(told))).paragraphs)
    assert WORDS["cut"] in each and WORDS["no-money"] in each
    sheet = openpyxl.load_workbook(BytesIO(workbook(told)))["项目"]
    rows = [list(row) for row in sheet.iter_rows(values_only=True)]
    (head,) = [row for row in rows if "没有读全的原因" in row]
    said = {row[0]: row[head.index("没有读全的原因")] for row in rows}
    assert (said["表没读完"], said["钱没读出"], said["设备购置"] or "") == (
        WORDS["cut"],
        WORDS["no-money"],
        "",
    )


@pytest.fixture
def shown(own_store: None) -> Store:
    kept = cache.store()
    bring(kept, WHOLE, UNPRICED, CUT)
    return kept


@pytest.mark.parametrize("view", ["overview", "coverage", "review"])
def test_pages_of_sums_say_how_many(shown: Store, view: str):
    assert f"2 个项目{MARK}" in text(run(view))


@pytest.mark.parametrize("view", ["projects", "meeting"])
def test_lists_mark_them_with_the_reason(shown: Store, view: str):
    said = text(run(view))
    assert said.count(WORDS["cut"]) == said.count(WORDS["no-money"]) == 1


def test_the_page_of_a_project_marks_it(shown: Store):
    (row,) = shown.rows(projects.listed(EVERYWHERE, "表没读完"))
    said = text(run("projects", id=row["key"]))
    assert f"{MARK}：{WORDS['cut']}" in said and terms.CLEAN not in said and "必填指标不缺" not in said


def test_the_card_of_a_file_marks_its_tables(own_store: None):
    data = CUT.encode()
    cache.store().stage("1.txt", data, parsing.read(data, "1.txt"), "甲")
    assert f"{MARK}：{WORDS['cut']}" in text(run("upload"))


def both(store: Store) -> list[int]:
    """A file with a whole table and one that was cut, and a file with nothing but a cut one."""
    mixed = parsing.read(WHOLE.encode(), "1.txt").projects + parsing.read(CUT.encode(), "1.txt").projects
    lone = parsing.read(UNPRICED.encode(), "2.txt")
    return [
        store.stage("1.txt", b"1", Reading(projects=mixed), "甲"),
        store.stage("2.txt", b"2", lone, "甲"),
    ]


def test_a_file_may_be_counted_without_what_was_read_in_part_of_it(store: Store):
    mixed, lone = both(store)
    said = store.together([mixed, lone])
    assert (sorted(said.partial), said.unread) == (["cut", "no-money"], {lone})
    assert store.left_behind() == []
    store.confirm(mixed, "甲", whole=True)
    assert (whole(store)["projects"], whole(store)["in_part"]) == (1, 0)
    (row,) = store.left_behind()
    assert (row["name"], row["partial"], row["file"]) == ("表没读完", "cut", "1.txt")
    action = store.count(row["version_id"], "甲")
    assert (whole(store)["projects"], whole(store)["in_part"], store.left_behind()) == (2, 1, [])
    store.undo(action, "甲")
    assert whole(store)["projects"] == 1


def test_a_later_whole_table_ends_the_waiting_and_the_counting_of_it(store: Store):
    mixed, _ = both(store)
    store.confirm(mixed, "甲", whole=True)
    (row,) = store.left_behind()
    bring(store, WHOLE.replace("设备购置", "表没读完"))
    assert store.left_behind() == [] and (whole(store)["projects"], whole(store)["in_part"]) == (2, 0)
    with pytest.raises(StoreConflict):
        store.count(row["version_id"], "甲")
    store.undo(store.history()["action"].iloc[0], "甲")
    store.count(row["version_id"], "甲")
    bring(store, WHOLE.replace("设备购置", "表没读完") + "\n")
    assert (whole(store)["projects"], whole(store)["in_part"]) == (2, 0)


def test_what_waits_is_counted_alone_only_while_its_file_counts(store: Store):
    mixed, _ = both(store)
    action = store.confirm(mixed, "甲", whole=True)
    (row,) = store.left_behind()
    store.undo(action, "甲")
    assert store.left_behind() == []
    with pytest.raises(StoreConflict):
        store.count(row["version_id"], "甲")


def test_counting_all_files_leaves_them_out_says_so_and_each_can_be_counted(own_store: None):
    kept = cache.store()
    mixed, lone = both(kept)
    other = parsing.read(WHOLE.replace("设备购置", "第三项").encode(), "3.txt")
    kept.stage("3.txt", b"3", other, "甲")
    at = run("upload")
    said = text(at)
    assert f"其中 2 个项目{MARK}" in said and WORDS["cut"] in said and "全部计入（2 个文件）" in labels(at)
    next(one for one in at.button if one.key == "confirm-all").click().run()
    assert not at.exception
    found = kept.uploads().set_index("id")["state"]
    assert (found[mixed], found[lone], whole(kept)["in_part"]) == ("counted", "staged", 0)
    assert f"{MARK}，没有计入的 1 张表" in text(at)
    next(one for one in at.button if (one.key or "").startswith("count-")).click().run()
    assert whole(kept)["in_part"] == 1 and not at.exception
    next(one for one in at.button if one.key == f"confirm-{lone}").click().run()
    assert whole(kept)["in_part"] == 2 and not at.exception


def labels(at: AppTest) -> list[str]:
    return [one.label for one in at.button]


def test_what_was_not_read_again_is_not_called_mended(store: Store):
    bring(store, WHOLE.replace("≥98%", "良好"))
    again = REASONS["no-indicators"].encode()
    number = store.stage("再.txt", again, parsing.read(again, "再.txt"), "甲")
    assert store.outcome(number)[0].known and resubmission_of(store, number, DEFAULT).projects == []
