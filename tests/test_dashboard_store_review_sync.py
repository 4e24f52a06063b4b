"""Reviews in the store: what is found, under which standard, and that it is never stale."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
from decimal import Decimal
from pathlib import Path

import pytest
import sqlalchemy as sa
import stub_rules
from conftest import make_indicator, make_project, place

from dashboard.queries import review
from dashboard.queries.scope import Scope
from dashboard.store import Store, finding, open_store, project, project_key, reads, requirement, review_sync
from dashboard.store.derived_schema import DERIVED
from parsing import Empty, Reading, Repair

ROOT = Path(__file__).parent.parent
VAGUE = make_indicator("满意程度", "社会效益", "良好")
FINE = make_indicator("办结率", "质量")
OWN = 'title = "自定"\noff = ["P91"]\n[required]\n"数量" = "always"\n'


@pytest.fixture
def store(tmp_path, monkeypatch):
    stub_rules.use(monkeypatch)
    with_store = open_store(tmp_path / "store")
    yield with_store
    with_store.close()


def bring(store: Store, *projects, file: str = "a.xlsx") -> int:
    number = store.stage(file, file.encode(), Reading(projects=projects), "甲")
    return store.confirm(number, "甲")


def found(store: Store, *rules: str) -> list[tuple[str, str, str, str]]:
    store.settle()
    columns = (project.c.name, finding.c.rule, finding.c.standard, finding.c.path)
    chosen = sa.select(*columns).join_from(finding, project, finding.c.key == project.c.key)
    rows = chosen.where(finding.c.rule.in_(rules)) if rules else chosen
    return sorted(tuple(row.values()) for row in store.rows(rows))


def derived(store: Store) -> list:
    store.settle()
    with store.engine.connect() as connection:
        tables = (connection.execute(sa.select(table).order_by(*table.primary_key)) for table in DERIVED)
        return [rows.all() for rows in tables]


def test_what_every_standard_finds_stands_once_and_the_rest_under_its_own(store):
    bring(store, make_project("一", indicators=(VAGUE, FINE)))
    assert found(store, "M91") == [("一", "M91", "", "indicators[0].annual")]
    rows = store.rows(sa.select(finding).where(finding.c.rule == "C91"))
    # the default standard asks nothing of this project that it lacks; the strict one 数量, 时效 …
    under = {
        standard: {row["slot"] for row in rows if row["standard"] == standard} for standard in ("", "strict")
    }
    assert under == {"": set(), "strict": {"数量", "时效", "成本", "满意度"}}
    assert {row["rank"] for row in rows} == {4} and {row["severity"] for row in rows} == {"高"}


def test_a_finding_is_a_row_with_all_it_says(store):
    one = make_project("一", indicators=(FINE, VAGUE))
    bring(store, one)
    store.settle()
    (row,) = store.rows(sa.select(finding).where(finding.c.rule == "M91"))
    assert row["key"] == project_key(one)
    assert (row["quote"], row["slot"], row["place"]) == ("良好", "社会效益", "甲.xlsx › Sheet1 › C9")
    assert (row["rank"], row["dimension"], row["portfolio"], row["aside"]) == (3, "可行性", 0, 0)
    assert store.findings(row["key"], "default")[0].path == "indicators[1].annual"


def test_what_is_asked_is_kept_for_each_standard(store):
    bring(store, make_project("一", indicators=(FINE,), empty=(), project_type="设备购置"))
    store.settle()
    rows = {row.pop("standard"): row for row in store.rows(sa.select(requirement))}
    asked = {name: [row[f"r{k}"] for k in range(1, 10)] for name, row in rows.items()}
    # 产出 is filled, 效益 is not: its four kinds are required; 成本 of a purchase, too, but not 满意度
    assert asked == {"default": [1, 0, 1, 2, 2, 2, 2, 2, 0], "strict": [2, 0, 2, 2, 2, 2, 2, 2, 2]}


def test_settling_twice_does_nothing_the_second_time(store):
    bring(store, make_project("一", indicators=(VAGUE,)))
    assert store.settle() is True
    before, version = derived(store), store.data_version()
    assert store.settle() is False
    assert (derived(store), store.data_version()) == (before, version)


def test_the_data_version_grows_when_reviews_are_done(store):
    bring(store, make_project("一", indicators=(VAGUE,)))
    before = store.data_version()
    store.settle()
    assert store.data_version() > before


def test_portfolio_findings_follow_what_counts(store):
    one, two = (make_project(name, annual_goal="办好") for name in ("一", "二"))
    bring(store, one)
    assert found(store, "P91") == []
    action = bring(store, two, file="b.xlsx")
    both = [(name, "P91", "", "annual_goal") for name in ("一", "二")]
    assert found(store, "P91") == both
    also = json.loads(store.rows(sa.select(finding.c.also).where(finding.c.portfolio == 1))[0]["also"])
    assert [(each["project"], each["path"]) for each in also] in (
        [("二", "annual_goal")],
        [("一", "annual_goal")],
    )
    undone = store.undo(action, "甲")
    assert found(store, "P91") == []
    store.undo(undone, "甲")
    assert found(store, "P91") == both
    bring(store, make_project("一", annual_goal="别的"), file="c.xlsx")
    assert found(store, "P91") == []


def test_only_projects_of_one_year_are_compared_and_only_years_that_changed(store, monkeypatch):
    bring(store, *(make_project(name, annual_goal="办好") for name in ("一", "二")))
    bring(store, make_project("三", annual_goal="办好", year=2025), file="b.xlsx")
    bring(store, make_project("四", annual_goal="办好", year=None), file="c.xlsx")
    assert [name for name, *_ in found(store, "P91")] == ["一", "二"]
    looked = []
    compare = review_sync._compare
    monkeypatch.setattr(
        review_sync, "_compare", lambda c, year, s: looked.append(year) or compare(c, year, s)
    )
    bring(store, make_project("五", annual_goal="办好", year=2025), file="d.xlsx")
    assert [name for name, *_ in found(store, "P91")] == sorted("一二三五")
    assert looked == [2025]


def test_after_a_change_of_the_rules_everything_is_reviewed_again(store, monkeypatch):
    bring(store, make_project("一", indicators=(VAGUE,)))
    assert found(store, "M91")
    monkeypatch.setattr("parsing.rules.RULES", ())
    assert found(store, "M91")  # nobody said that the rules are others
    monkeypatch.setattr("dashboard.store.standards.rules_version", lambda: "another")
    assert found(store) == []


def test_a_standard_put_into_the_folder_counts_at_once(store, tmp_path):
    bring(
        store,
        make_project("一", indicators=(FINE,), annual_goal="办好"),
        make_project("二", annual_goal="办好"),
    )
    assert {row[2] for row in found(store, "P91")} == {""}
    folder = tmp_path / "store" / "standards"
    folder.mkdir()
    (folder / "own.toml").write_text(OWN, "utf-8")
    assert set(store.standards().known) == {"default", "strict", "own"}
    assert {row[2] for row in found(store, "P91")} == {"default", "strict"}
    lacking = sa.select(finding.c.slot).where(finding.c.rule == "C91", finding.c.standard == "own")
    assert [row["slot"] for row in store.rows(lacking)] == ["数量"]  # of 一
    (folder / "own.toml").write_text("nonsense [", "utf-8")
    store.settle()
    assert set(store.standards().known) == {"default", "strict"} and len(store.standards().wrong) == 1


def test_a_store_of_the_previous_version_is_brought_up_to_date(store, tmp_path):
    bring(store, make_project("一", indicators=(VAGUE, FINE)), make_project("二"))
    store.withdraw(project_key(make_project("二")), "甲")
    before = derived(store)
    with store.engine.begin() as connection:  # as version 0.1 left it
        for table in ("finding", "requirement", "outline", "judgement", "mark"):
            connection.exec_driver_sql(f"DROP TABLE {table}")
        for column in (*(f"{of}{k}" for of in "au" for k in range(1, 10)), "edition"):
            connection.exec_driver_sql(f"ALTER TABLE project DROP COLUMN {column}")
    store.close()
    again = open_store(tmp_path / "store")
    assert derived(again) == before
    assert again.history()["kind"].tolist() == ["withdraw", "confirm"]
    again.close()


def test_rebuilding_and_settling_gives_the_same_reviews(store):
    bring(store, *(make_project(name, annual_goal="办好", indicators=(VAGUE,)) for name in "一二"))
    before = derived(store)
    store.rebuild()
    assert derived(store) == before


def test_two_programs_settle_at_once_and_nothing_stands_twice(store, tmp_path):
    other = open_store(tmp_path / "store")
    bring(store, *(make_project(f"项目{n}", annual_goal="办好", indicators=(VAGUE,)) for n in range(150)))
    programs = [threading.Thread(target=one.settle) for one in (store, other)]
    for program in programs:
        program.start()
    for program in programs:
        program.join()
    assert len(found(store, "M91")) == len(found(store, "P91")) == 150
    assert derived(store) == derived(other)
    other.close()


def many(store: Store, count: int) -> None:
    bring(store, *(make_project(f"项目{n}", indicators=(VAGUE,)) for n in range(count)))


def test_reviewing_many_says_how_far_it_is(store):
    said: list[tuple[int, int]] = []
    many(store, 250)
    assert store.settle(lambda *how_far: said.append(how_far))
    assert said == [(100, 250), (200, 250), (250, 250)]
    bring(store, make_project("再一个"), file="b.xlsx")
    assert store.settle(lambda *how_far: said.append(how_far)) and len(said) == 3  # one is done at once


def test_who_leaves_while_many_are_reviewed_loses_no_work(store):
    def leaving(done: int, every: int) -> None:
        raise InterruptedError

    said: list[tuple[int, int]] = []
    many(store, 250)
    with pytest.raises(InterruptedError):
        store.settle(leaving)
    store.settle(lambda *how_far: said.append(how_far))
    assert said == [(100, 150), (150, 150)]
    assert len(found(store, "M91")) == 250


def test_who_waits_for_another_thread_is_told_how_far_that_is(store, monkeypatch):
    monkeypatch.setattr(reads, "LOOK_SECONDS", 0.01)
    waiting = threading.Event()
    said: list[tuple[int, int]] = []

    def heard(*how_far: int) -> None:
        said.append(how_far)
        waiting.set()

    many(store, 250)
    other = threading.Thread(target=store.settle, args=(heard,))

    def first(done: int, every: int) -> None:
        if done == 100:
            other.start()
            assert waiting.wait(10)

    store.settle(first)
    other.join()
    assert said[0] == (100, 250)


def test_what_changes_while_portfolios_are_compared_is_not_lost(store, monkeypatch):
    bring(store, *(make_project(name, annual_goal="办好") for name in "一二"))
    compare = review_sync._compare
    changes = iter((make_project("一", annual_goal="别的"), make_project("三", annual_goal="办好")))

    def busy(connection, year, standards):
        rows = compare(connection, year, standards)
        if one := next(changes, None):
            bring(store, one, file=one.name + one.annual_goal)
        return rows

    monkeypatch.setattr(review_sync, "_compare", busy)
    store.settle()
    keys = store.frame(sa.select(finding.c.key).where(finding.c.portfolio == 1))["key"].tolist()
    assert keys == [project_key(make_project("二"))]  # 一 is another by now
    store.settle()
    assert [name for name, *_ in found(store, "P91")] == sorted("二三")


def test_who_compared_earlier_does_not_overwrite_who_compared_later(store, tmp_path, monkeypatch):
    other = open_store(tmp_path / "store")
    bring(store, make_project("一", annual_goal="办好"))
    compare, changes = review_sync._compare, iter((make_project("二", annual_goal="办好"),))

    def slow(connection, year, standards):
        rows = compare(connection, year, standards)
        if one := next(changes, None):
            bring(other, one, file="b.xlsx")
            other.settle()
        return rows

    monkeypatch.setattr(review_sync, "_compare", slow)
    store.settle()
    assert store.frame(sa.select(finding.c.key).where(finding.c.portfolio == 1)).shape[0] == 2
    assert store.settle() is False
    other.close()


def test_how_a_table_was_read_is_kept_apart(store):
    mended = unsure("shift", "indicators[0]", ("甲",), confidence=0.9)
    bring(store, make_project("一", indicators=(VAGUE,), repairs=(mended,)))
    store.settle()
    wanted = {of: review.FindingFilter(of=of) for of in ("content", "reading", "all")}
    rules = {
        of: set(store.frame(review.rules(Scope(), "default", one))["rule"]) for of, one in wanted.items()
    }
    assert rules == {"content": {"M91", "C91"}, "reading": {"X91"}, "all": {"M91", "C91", "X91"}}


def unsure(code: str, path: str, before: tuple[str, ...], row: int = 20, confidence: float = 0.3) -> Repair:
    where = place(f"A{row}", row, 1)
    return Repair(
        code=code, place=where, before=before, after={}, reason="…", confidence=confidence, path=path
    )


CELL = Empty(level1="满意度指标", level2="服务对象满意度", slot="满意度", place=place("A19", 19, 1))


@pytest.mark.parametrize(
    ("more", "unread"),
    [
        ({"indicators": ()}, list(range(1, 10))),
        ({"repairs": (unsure("one-value", "empty[0]", ()),)}, [9]),
        ({"repairs": (unsure("one-value", "empty[0]", (), confidence=0.9),)}, []),
        ({"repairs": (unsure("shift", "empty[0]", ()),)}, []),
        ({"repairs": (unsure("stray", "", ("", "成本指标", "x", "y")),)}, [4]),
        ({"repairs": (unsure("stray", "", ("", "质量指标", "x", "y")),)}, []),  # it has others
        ({"repairs": (unsure("stray", "", ("x", "y")),)}, [9]),  # below the empty 满意度
        ({"repairs": (unsure("stray", "", ("x", "y"), 12),)}, []),  # below the indicators
    ],
)
def test_a_cell_whose_rows_could_not_be_read_for_certain_is_unread(store, more, unread):
    fields = {"empty": () if more.get("indicators") == () else (CELL,), **more}
    bring(store, make_project("一", budget_yuan=Decimal(1), **fields))
    (row,) = store.rows(sa.select(project))
    assert [k for k in range(1, 10) if row[f"u{k}"]] == unread


def test_a_page_of_a_settled_store_does_not_wait_for_the_rules(tmp_path):
    program = (
        "import sys; from dashboard.session import cache; from dashboard.queries import review, totals\n"
        "from dashboard.queries.scope import Scope\n"
        "cache.begin_run(print); cache.rows(totals.totals, Scope())\n"
        "assert sys.argv[1] == str('parsing.rules' in sys.modules)"
    )
    environment = os.environ | {"JILAN_DATA": str(tmp_path)}
    for rules in ("True", "False"):  # the first start reviews the samples
        done = subprocess.run([sys.executable, "-c", program, rules], env=environment, cwd=ROOT, check=False)
        assert done.returncode == 0
