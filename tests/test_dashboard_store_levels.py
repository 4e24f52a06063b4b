"""Of 一级项目 and 二级项目 of one unit and year only one level is in the sums, whatever comes in when."""

from __future__ import annotations

from contextlib import closing
from decimal import Decimal
from pathlib import Path

import pytest
import sqlalchemy as sa
import stub_rules
from conftest import make_project

from dashboard.queries import (
    budget,
    copied,
    coverage,
    files,
    findings,
    gaps,
    projects,
    review,
    totals,
    trouble,
)
from dashboard.queries.scope import Scope
from dashboard.store import Store, finding, open_store, project, project_key
from dashboard.store.levels import StagedTotals
from parsing import Reading

WAN = 1_000_000  # 分


def table(name: str, level: str | None, wan: int | None = 100, unit: str = "第一中学", **more: object):
    money = None if wan is None else Decimal(wan * 10_000)
    fields = {"department": "教育局", "unit": unit, "budget_yuan": money, **more}
    return make_project(name, level=level, annual_goal=f"年内完成{name}。", **fields)


SCHOOL = table("校园建设", "一级项目", 300)
YARD, DESKS = table("操场翻修", "二级项目", 120), table("桌椅购置", "二级项目", 80)


@pytest.fixture
def store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    stub_rules.use(monkeypatch)
    with closing(open_store(tmp_path / "store")) as found:
        yield found


def stage(store: Store, *tables, file: str = "a.xlsx") -> int:
    return store.stage(file, file.encode(), Reading(projects=tables), "甲")


def bring(store: Store, *tables, file: str = "a.xlsx") -> int:
    return store.confirm(stage(store, *tables, file=file), "甲")


def figures(store: Store, scope: Scope = Scope()) -> tuple[int, int, int, int | None]:  # noqa: B008  frozen
    """Projects and money in 万元 that count, and those left out."""
    store.settle()
    (row,) = store.rows(totals.totals(scope))
    fens = (row["budget_fen"], row["doubled_fen"])
    wan = [None if fen is None else fen // WAN for fen in fens]
    return row["projects"], wan[0], row["doubled"], wan[1]


def test_a_programme_is_in_no_sum_beside_its_items(store: Store):
    bring(store, SCHOOL, YARD, DESKS, table("体检", None, 7), table("食堂", "一级项目", 9, "第二中学"))
    assert figures(store) == (4, 216, 1, 300)
    assert figures(store, Scope(unit="第一中学")) == (3, 207, 1, 300)
    assert figures(store, Scope(unit="第二中学")) == (1, 9, 0, None)
    assert figures(store, Scope(year=2025)) == (0, 0, 0, None)


def test_it_counts_until_items_come_and_again_when_they_go(store: Store):
    bring(store, SCHOOL)
    assert figures(store) == (1, 300, 0, None)
    later = bring(store, YARD, file="b.xlsx")
    assert figures(store) == (1, 120, 1, 300)
    store.undo(later, "甲")
    assert figures(store) == (1, 300, 0, None)
    bring(store, YARD, file="c.xlsx")
    store.withdraw(project_key(YARD), "甲")
    assert figures(store) == (1, 300, 0, None)


def test_a_newer_table_that_prints_another_level_is_heard(store: Store):
    bring(store, SCHOOL, YARD)
    bring(store, YARD.model_copy(update={"level": None}), file="b.xlsx")
    assert figures(store) == (2, 420, 0, None)
    bring(store, YARD, file="c.xlsx")
    assert figures(store) == (1, 120, 1, 300)


def test_what_is_left_out_is_the_same_when_all_is_made_anew(store: Store):
    bring(
        store, SCHOOL, YARD, table("体检", "一级项目", 5, year=2025), table("体测", "二级项目", 5, year=2025)
    )
    before = figures(store)
    store.rebuild()
    assert figures(store) == before == (2, 125, 2, 305)


def distance(store: Store) -> tuple[int, int]:
    store.settle()
    (row,) = store.rows(totals.totals(Scope()))
    return row["short_fen"] // WAN, row["over_fen"] // WAN


def test_how_far_items_are_from_their_programme_follows_what_counts(store: Store):
    bring(store, SCHOOL, YARD)
    assert distance(store) == (180, 0)
    bring(store, DESKS, table("食堂", "二级项目", 100), file="b.xlsx")
    assert distance(store) == (0, 0)
    more = bring(store, table("体育馆", "二级项目", 50), file="c.xlsx")
    assert distance(store) == (0, 50)
    assert (store.rows(projects.counted(Scope()))[0]["over_fen"] // WAN) == 50
    store.undo(more, "乙")
    assert distance(store) == (0, 0)


def test_two_programmes_of_a_unit_are_compared_with_its_items_once(store: Store):
    bring(store, SCHOOL, table("食堂", "一级项目", 100), YARD, DESKS)
    assert distance(store) == (200, 0)


def test_what_files_count_adds_up_to_the_sums(store: Store):
    bring(store, SCHOOL)
    bring(store, YARD, DESKS, file="b.xlsx")
    store.settle()
    first, second = (
        (row["projects"], row["budget_fen"], row["doubled"], row["doubled_fen"])
        for row in sorted(store.rows(files.counting()), key=lambda row: row["upload_id"])
    )
    assert first == (0, None, 1, 300 * WAN) and second == (2, 200 * WAN, 0, None)


def test_money_that_was_not_read_is_not_made_up(store: Store):
    bring(store, table("校园建设", "一级项目", None), YARD)
    assert figures(store) == (1, 120, 1, None)


def test_every_answer_leaves_it_out_but_the_lists(store: Store):
    lone = SCHOOL.model_copy(update={"indicators": (), "start": "2023", "end": "2031"})
    bring(store, lone, YARD, DESKS)
    store.settle()
    key, everywhere = project_key(lone), Scope()

    def ask(select) -> list[dict]:
        return store.rows(select)

    sums = {
        "ranked": sum(row["budget_fen"] for row in ask(budget.ranked(everywhere))),
        "sizes": sum(row["budget_fen"] for row in ask(budget.sizes(everywhere))),
        "types": sum(row["budget_fen"] for row in ask(budget.types(everywhere))),
        "units": sum(row["budget_fen"] for row in ask(totals.options(everywhere, "unit"))),
        **{by: sum(row["budget_fen"] for row in ask(budget.grouped(everywhere, by))) for by in budget.GROUPS},
        "groups": sum(row["budget_fen"] for row in ask(coverage.groups(everywhere, "unit"))),
        "quadrant": sum(row["budget_fen"] for row in ask(review.quadrant(everywhere))),
        "copied": sum(row["budget_fen"] for row in ask(copied.outlines(everywhere))),
    }
    assert set(sums.values()) == {200 * WAN}
    assert all(
        row["projects"] <= 2 and row["budget_fen"] <= 200 * WAN for row in ask(coverage.lacking(everywhere))
    )
    for rows in (
        coverage.matrix,
        gaps.gaps,
        review.ranked,
        findings.findings,
        trouble.repaired,
        review.quadrant,
    ):
        assert key not in {row["key"] for row in ask(rows(everywhere))}
    for scope in (everywhere, Scope(department="教育局")):
        tally = ask(review.tally(scope))[0]
        assert tally["findings"] == len(ask(review.ranked(scope))) and tally["projects"] <= 2
        assert sum(row["findings"] for row in ask(review.severities(scope))) == tally["findings"]
        assert sum(row["findings"] for row in ask(review.units(scope))) == tally["findings"]
        assert sum(row["findings"] for row in ask(review.rules(scope))) == tally["findings"]
    listed = ask(projects.listed(everywhere))
    assert {row["key"]: row["doubled"] for row in listed} == {
        key: 1,
        project_key(YARD): 0,
        project_key(DESKS): 0,
    }
    assert [row["key"] for row in ask(projects.listed(everywhere, look="doubled"))] == [key]
    assert len(ask(projects.listed(everywhere, look="counted"))) == 2
    assert ask(projects.doubled(key)) and not ask(projects.doubled(project_key(YARD)))
    assert ask(review.of_project(key))  # what was found of it is on its own page
    assert [row["projects"] for row in ask(files.files(everywhere, 9))] == [3]


def test_files_that_wait_say_what_would_be_left_out(store: Store):
    both = stage(store, SCHOOL, YARD)
    assert store.together([both]) == StagedTotals(1, 120 * WAN, 1, 300 * WAN, False, years=(2024,))
    assert [(one.name, one.doubled) for one in store.outcome(both)] == [
        ("校园建设", True),
        ("操场翻修", False),
    ]
    uploads = store.uploads().set_index("id")
    assert uploads.loc[both, "budget_fen"] == 120 * WAN and uploads.loc[both, "projects"] == 2
    store.confirm(both, "甲")
    store.settle()
    assert [one.doubled for one in store.outcome(both)] == [True, False]


def test_files_that_wait_are_seen_beside_each_other_and_beside_what_counts(store: Store):
    above, below = stage(store, SCHOOL), stage(store, YARD, file="b.xlsx")
    assert store.together([above]) == StagedTotals(1, 300 * WAN, 0, None, False, years=(2024,))
    assert store.together([above, below]) == StagedTotals(1, 120 * WAN, 1, 300 * WAN, False, years=(2024,))
    store.confirm(above, "甲")
    store.settle()
    assert store.together([below]) == StagedTotals(
        1, 120 * WAN, 1, 300 * WAN, False, years=(2024,)
    )  # of what counts by now
    store.confirm(below, "甲")
    store.settle()
    third = stage(store, DESKS, YARD, file="c.xlsx")
    assert store.together([third]) == StagedTotals(
        2, 200 * WAN, 0, None, False, years=(2024,)
    )  # nothing new is left out
    again = stage(store, YARD, file="d.xlsx")
    assert store.together([third, again]).repeated


def test_a_store_from_before_is_brought_up_to_date(store: Store, tmp_path: Path):
    bring(store, SCHOOL, YARD)
    before = figures(store)
    with store.engine.begin() as connection:
        connection.execute(sa.text("DROP INDEX ix_project_doubled"))
        connection.execute(sa.text("ALTER TABLE project DROP COLUMN doubled"))
        connection.execute(sa.text("UPDATE mark SET value = 'older' WHERE name = 'schema'"))
    with closing(open_store(tmp_path / "store")) as later:
        assert figures(later) == before == (1, 120, 1, 300)


def test_what_is_left_out_is_looked_up_without_reading_every_project(store: Store):
    bring(store, SCHOOL, YARD)
    store.settle()
    text = totals.totals(Scope()).compile(store.engine, compile_kwargs={"literal_binds": True})
    with store.engine.connect() as connection:
        plan = [row.detail for row in connection.execute(sa.text(f"EXPLAIN QUERY PLAN {text}"))]
    assert sum("ix_project_doubled" in line for line in plan) == 4
    assert store.rows(sa.select(project.c.doubled).order_by(project.c.doubled)) == [
        {"doubled": 0},
        {"doubled": 1},
    ]


def test_a_programme_is_not_compared_with_what_it_consists_of(store: Store):
    same = {"annual_goal": "年内完成校园改造。"}
    bring(store, *(one.model_copy(update=same) for one in (SCHOOL, YARD)))
    store.settle()
    assert "P91" not in {row["rule"] for row in store.rows(sa.select(finding.c.rule))}
    bring(store, DESKS.model_copy(update=same), file="b.xlsx")
    store.settle()
    about = sa.select(finding.c.key).where(finding.c.rule == "P91")
    assert {row["key"] for row in store.rows(about)} == {project_key(YARD), project_key(DESKS)}
