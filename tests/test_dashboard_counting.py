"""The same project twice has the same sum on every page, before it is counted and after, as on the command
line and in frames (see ``test_parsing_counting``)."""

from __future__ import annotations

import re
from collections import Counter
from contextlib import closing
from datetime import date
from decimal import Decimal
from io import BytesIO
from pathlib import Path

import openpyxl
import pytest
import sqlalchemy as sa
import stub_rules
from conftest import make_indicator, make_project
from doubles import CASES, HOSTILE, Case
from page_runs import charts, run, text

import parsing
from dashboard.exports.workbook import workbook
from dashboard.ingest.samples import bring as bring_samples
from dashboard.queries import files, totals
from dashboard.queries.left_out import REPEATED
from dashboard.queries.scope import Scope
from dashboard.session import cache
from dashboard.slides.deck import fragment
from dashboard.snapshot.snapshot import take_snapshot
from dashboard.snapshot.speech import speech
from dashboard.store import Store, finding, open_store, project, project_key
from dashboard.store.left_out import summed
from dashboard.wording.left_out import describe_totals, repeated_of
from parsing import DEFAULT, Project, Reading, decide_repair
from parsing.counting import WORDS
from parsing.model import Repair

pytestmark = pytest.mark.usefixtures("own_store")

WAN = 1_000_000  # 分
EVERYWHERE = Scope()


@pytest.fixture
def store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    stub_rules.use(monkeypatch)
    with closing(open_store(tmp_path / "store")) as found:
        yield found


def stage(store: Store, case: Case) -> list[int]:
    return [store.stage(name, data, parsing.read(data, name), "甲") for name, data in case.files.items()]


def whole(store: Store, scope: Scope = EVERYWHERE) -> dict:
    store.settle()
    return store.rows(totals.totals(scope))[0]


def reasons(row: dict) -> tuple[str, ...]:
    counts = Counter({one.reason: one.tables for one in repeated_of(row)}) + Counter(programme=row["doubled"])
    return tuple(sorted(counts.elements()))


@pytest.mark.parametrize("case", CASES.values(), ids=CASES)
def test_the_store_sums_each_project_once_and_knows_why_of_the_others(store: Store, case: Case):
    uploads = stage(store, case)
    waiting = store.together(uploads)
    assert (waiting.projects, waiting.budget_fen) == (case.projects, case.wan * WAN)
    said = Counter({one.reason: one.tables for one in waiting.left}) + Counter(programme=waiting.doubled)
    assert tuple(sorted(said.elements())) == case.reasons
    for number in uploads:
        store.confirm(number, "甲")
    found = whole(store)
    assert (found["projects"], found["budget_fen"]) == (case.projects, case.wan * WAN)
    assert reasons(found) == case.reasons
    tables = [one for number in uploads for one in store.outcome(number)]
    assert tuple(sorted(one.reason for one in tables if one.reason)) == case.reasons
    counted = {row["upload_id"]: row["budget_fen"] or 0 for row in store.rows(files.counting())}
    assert sum(counted.values()) == case.wan * WAN
    store.rebuild()
    assert whole(store) == found  # the same when all is made anew


UNLIKE = {
    case.reasons: name for name, case in CASES.items()
}.values()  # one of each: the sums are asked above


@pytest.mark.parametrize("case", [CASES[name] for name in UNLIKE], ids=UNLIKE)
def test_the_overview_says_the_sum_and_what_is_not_in_it(own_store: None, case: Case):
    kept = cache.store()
    for number in stage(kept, case):
        kept.confirm(number, "甲")
    at = run("overview")
    said = text(at)
    assert f"{case.projects} 个项目" in said and f"{case.wan:.2f} 万元" in said
    assert (describe_totals(whole(kept)) in said) if case.reasons else "不重复计" not in said
    assert ("张重复的表" in " ".join(one.label for one in at.button)) is bool(
        set(case.reasons) - {"programme"}
    )


SENT = "same_project_twice.xlsx"
SAID = "1 张表（10.00 万元）与同一文件里同一项目的另一张表内容不同"


@pytest.fixture
def sent(own_store: None) -> Store:
    """The file of which the command line said 60 and the pages 50."""
    kept, data = cache.store(), (HOSTILE / SENT).read_bytes()
    kept.confirm(kept.stage(SENT, data, parsing.read(data, SENT), "甲"), "甲")
    kept.settle()
    return kept


@pytest.mark.parametrize("by", ["fen", "n"])
@pytest.mark.parametrize("view", ["overview", "budget", "review", "projects", "upload"])
def test_every_page_with_a_sum_says_what_is_not_in_it(sent: Store, view: str, by: str):
    said = text(run(view, by=by))
    assert SAID in said and "60.00" not in said


@pytest.mark.parametrize("view", ["coverage", "meeting", "present"])
def test_no_page_counts_it(sent: Store, view: str):
    at = run(view)
    said = text(at) + "".join(charts(at))
    assert "60.00" not in said and "3 个项目" not in said


def test_a_file_with_two_tables_of_a_project_shows_both_amounts_and_asks(own_store: None):
    kept, data = cache.store(), (HOSTILE / SENT).read_bytes()
    kept.stage(SENT, data, parsing.read(data, SENT), "甲")
    said = text(run("upload"))
    assert "读出 2 个项目，2024 年预算 50.00 万元" in said and SAID in said
    assert re.search(r"甲项目.{1,20}2 张内容不同的表.{1,9}10.00 万元.{1,60}30.00 万元", said)
    assert WORDS["conflict"] in said


def test_what_goes_into_the_room_and_home_from_it_says_it_too(sent: Store):
    told = take_snapshot(sent, EVERYWHERE, DEFAULT, date(2026, 11, 25))
    assert (told.facts.projects, told.facts.budget_fen) == (2, 50 * WAN)
    assert SAID in re.sub(r"<[^>]+>", "", fragment(told))
    assert SAID in "".join(line.text for line in speech(told))
    sheet = openpyxl.load_workbook(BytesIO(workbook(told)))["项目"]
    assert SAID in " ".join(str(cell) for row in sheet.iter_rows(values_only=True) for cell in row)


A, LATER = make_project("一"), make_project("一", budget_yuan=Decimal(50_000))
HIDDEN = make_project("一", budget_yuan=Decimal(70_000), hidden=True)


def bring(store: Store, *projects: Project, file: str = "a.xlsx", sample: bool = False) -> int:
    data = f"{file} {projects}".encode()
    return store.confirm(store.stage(file, data, Reading(projects=projects), "甲", sample), "甲")


def test_a_hidden_table_counts_once_the_visible_one_is_gone_and_not_before(store: Store):
    first = bring(store, A)
    hidden = bring(store, HIDDEN, file="b.xlsx")
    assert (whole(store)["budget_fen"], reasons(whole(store))) == (92_000_000, ("hidden",))
    assert store.uploads().iloc[0]["state"] == "superseded"
    store.undo(hidden, "甲")
    assert reasons(whole(store)) == ()
    store.undo(first, "甲")
    bring(store, HIDDEN, file="b.xlsx")
    assert (whole(store)["budget_fen"], reasons(whole(store))) == (7_000_000, ())
    bring(store, A, file="c.xlsx")
    assert (whole(store)["budget_fen"], reasons(whole(store))) == (92_000_000, ("hidden",))


def test_undoing_and_withdrawing_leave_nothing_to_say(store: Store):
    bring(store, A)
    later = bring(store, LATER, file="b.xlsx")
    assert reasons(whole(store)) == ("replaced",)
    store.undo(later, "甲")
    assert reasons(whole(store)) == ()
    bring(store, LATER, file="c.xlsx")
    store.withdraw(project_key(A), "甲")
    assert (whole(store)["projects"], reasons(whole(store))) == (0, ())


def test_filters_hold_for_what_is_left_out(store: Store):
    other = {"unit": "另一单位", "year": 2025, "department": "某局"}
    bring(store, A, make_project("二", **other))
    bring(store, LATER, make_project("二", budget_yuan=Decimal(1), **other), file="b.xlsx")
    for scope, count in (
        (EVERYWHERE, 2),
        (Scope(year=2025), 1),
        (Scope(unit="另一单位"), 1),
        (Scope(department="某局", year=2024), 0),
        (Scope(project_type="其他类", sub_type="综合工作", end=2026), 2),
    ):
        assert whole(store, scope)["replaced"] == count, scope


def test_a_file_that_is_read_again_by_a_newer_parser_is_no_other_table(store: Store):
    bring(store, A)
    store.rebuild(lambda file, data: Reading(projects=(LATER,)))
    assert (whole(store)["budget_fen"], reasons(whole(store))) == (5_000_000, ())


def test_samples_that_made_way_are_not_spoken_of(store: Store):
    bring_samples(store, "甲")
    before = whole(store)
    keys = [row["key"] for row in store.rows(sa.select(project.c.key))]
    bring(store, *(store.project(key) for key in keys))
    after = whole(store)
    assert (after["projects"], after["samples"], reasons(after)) == (before["projects"], 0, ())


def test_deciding_about_a_repair_makes_no_other_table(store: Store):
    mended = Repair(
        code="stray",
        place=A.place,
        before=("良好",),
        after={},
        reason="这一行没有看懂",
        confidence=0.0,
        path="",
    )
    for unit in ("政务服务中心", None):
        said = A.model_copy(update={"repairs": (mended,), "unit": unit})
        bring(store, said, file=f"{unit}.xlsx")
        key = project_key(said)
        version = int(store.versions(key)["version_id"].iloc[0])
        assert store.decide(version, 0, "accepted", "乙")
        assert (
            store.project(key) == decide_repair(said, 0, "accepted")
            and project_key(store.project(key)) == key
        )
        bring(store, said, file=f"{unit} 副本.xlsx")
    assert whole(store)["projects"] == 2 and reasons(whole(store)) == ("identical", "identical")


def test_no_table_without_a_unit_swallows_another(store: Store):
    own = [make_project("办公经费", unit=None, year=None, budget_yuan=Decimal(n)) for n in (10, 20)]
    for number, one in enumerate(own):
        bring(store, one, file=f"{number}.xlsx")
    found = whole(store)
    assert (found["projects"], found["budget_fen"], reasons(found)) == (2, 3000, ())


def test_keys_of_before_become_those_of_now_and_decisions_go_with_them(store: Store, tmp_path: Path):
    coded = make_project("一", unit="[015001]政务服务中心", indicators=(make_indicator(slot="质量"),))
    bring(store, coded)
    key = project_key(coded)
    store.declare(key, "数量", "不需要", "甲")
    store.resolve(key, "通过", [], "甲")
    with store.engine.begin() as connection:
        for table in ("version", "oplog", "judgement", "verdict"):
            connection.execute(
                sa.text(f"UPDATE {table} SET key = 'of-before' WHERE key = :key"), {"key": key}
            )
        connection.execute(sa.text("UPDATE mark SET value = 'older' WHERE name = 'schema'"))
    with closing(open_store(tmp_path / "store")) as later:
        assert later.verdicts().keys() == {key} and len(later.judgements(key)) == 1
        bring(later, A, file="b.xlsx")
        assert (whole(later)["projects"], reasons(whole(later))) == (1, ("replaced",))


def test_money_and_number_are_told_by_reason():
    assert summed([]) == ()
    assert [tuple(one) for one in summed([("hidden", None), ("replaced", 5), ("hidden", 7)])] == [
        ("replaced", 1, 5),
        ("hidden", 2, 7),
    ]
    assert set(REPEATED) == {one for case in CASES.values() for one in case.reasons} - {"programme"}


def test_two_of_one_name_that_nobody_owns_both_count_till_somebody_answers(tmp_path: Path):
    with closing(open_store(tmp_path / "store")) as kept:
        case = CASES["no unit, in two files"]
        for number in stage(kept, case):
            kept.confirm(number, "甲")
        assert (whole(kept)["projects"], whole(kept)["budget_fen"]) == (2, 40 * WAN)
        keys = [row["key"] for row in kept.rows(sa.select(project.c.key))]
        asked = {key: [one for one in kept.findings(key, "default") if one.rule == "X09"] for key in keys}
        assert [len(many) for many in asked.values()] == [1, 1]
        ident = kept.rows(sa.select(finding.c.ident).where(finding.c.rule == "X09"))[0]["ident"]
        kept.set_aside(keys[0], ident, "两个单位各有一项", "甲")
        kept.withdraw(keys[1], "甲")  # the other answer
        kept.settle()
        assert kept.rows(sa.select(finding.c.key).where(finding.c.rule == "X09")) == []


def test_the_review_asks_about_them(own_store: None):
    kept = cache.store()
    for number in stage(kept, CASES["no unit, in two files"]):
        kept.confirm(number, "甲")
    kept.settle()
    at = run("review", rule="X09")
    assert "现在都计入合计" in text(at)
