"""What people say of a review: it holds for the project, is in the log, and comes back by undo."""

from __future__ import annotations

import threading

import pytest
import sqlalchemy as sa
import stub_rules
from conftest import make_indicator, make_project

from dashboard.queries import coverage, gaps, review, totals
from dashboard.queries.review import FindingFilter
from dashboard.queries.scope import Scope
from dashboard.store import Store, StoreConflict, StoreMissing, finding, open_store, project, project_key
from parsing import SLOTS, Reading

VAGUE = make_indicator("满意程度", "社会效益", "良好")
TEXTS = ("质量", "数量", "时效")
ONE = make_project(
    "一", indicators=(VAGUE, *(make_indicator(slot, slot) for slot in TEXTS)), annual_goal="办好"
)
KEY = project_key(ONE)


@pytest.fixture
def store(tmp_path, monkeypatch):
    stub_rules.use(monkeypatch)
    with_store = open_store(tmp_path / "store")
    bring(with_store, ONE)
    yield with_store
    with_store.close()


def bring(store: Store, *projects, file: str = "a.xlsx") -> int:
    number = store.stage(file, file.encode(), Reading(projects=projects), "甲")
    return store.confirm(number, "甲")


def ident(store: Store, rule: str) -> str:
    store.settle()
    return store.rows(sa.select(finding.c.ident).where(finding.c.rule == rule, finding.c.key == KEY))[0][
        "ident"
    ]


def count(store: Store, state: str = "open", standard: str = "strict") -> dict[str, int]:
    store.settle()
    rows = store.rows(review.rules(Scope(), standard, FindingFilter(state=state)))
    return {row["rule"]: row["findings"] for row in rows}


def test_a_finding_set_aside_is_no_longer_open_but_still_there(store):
    assert count(store) == {"C91": 2, "M91": 1}
    action = store.set_aside(KEY, ident(store, "M91"), " 已有说明 ", " 乙 ")
    assert (count(store), count(store, "aside")) == ({"C91": 2}, {"M91": 1})
    (row,) = store.rows(review.ranked(Scope(), "strict", FindingFilter(state="aside")))
    assert (row["reason"], row["who"], row["action"]) == ("已有说明", "乙", action)
    assert store.rows(review.tally(Scope(), "strict"))[0]["findings"] == 2
    assert len(store.findings(KEY, "strict")) == 2
    assert len(store.frame(review.of_project(KEY, "strict"))) == 3


def test_it_survives_a_new_table_of_the_project_where_the_row_stands_elsewhere(store):
    store.set_aside(KEY, ident(store, "M91"), "已有说明", "乙")
    moved = ONE.model_copy(update={"indicators": (*ONE.indicators[1:], VAGUE)})
    action = bring(store, moved, file="b.xlsx")
    assert count(store, "aside") == {"M91": 1}
    (row,) = store.rows(review.ranked(Scope(), "strict", FindingFilter(state="aside")))
    assert row["path"] == "indicators[3].annual"
    store.undo(action, "甲")
    store.withdraw(KEY, "甲")
    bring(store, ONE, file="c.xlsx")
    store.rebuild()
    assert count(store, "aside") == {"M91": 1}


def test_another_value_is_another_finding(store):
    store.set_aside(KEY, ident(store, "M91"), "已有说明", "乙")
    other = make_indicator("环境改善", "社会效益", "良好")
    bring(store, ONE.model_copy(update={"indicators": (other, *ONE.indicators[1:])}), file="b.xlsx")
    assert count(store)["M91"] == 1


def test_undo_opens_it_again_and_undoing_the_undo_answers_it_again(store):
    action = store.set_aside(KEY, ident(store, "M91"), "已有说明", "乙")
    undone = store.undo(action, "丙")
    assert count(store)["M91"] == 1 and store.judgements().empty
    with pytest.raises(StoreConflict):
        store.undo(action, "丙")
    again = store.undo(undone, "丙")
    assert count(store, "aside") == {"M91": 1}
    store.undo(again, "丙")
    assert count(store)["M91"] == 1


def test_history_tells_what_was_judged_by_whom_and_why(store):
    action = store.set_aside(KEY, ident(store, "M91"), "已有说明", "乙")
    store.undo(action, "丙")
    store.declare(KEY, "满意度", "不面向公众", "丁")
    rows = store.history().to_dict("records")
    assert [row["kind"] for row in rows] == ["declare", "undo", "aside", "confirm"]
    declared, undone, aside, confirmed = rows
    assert (aside["who"], aside["reason"], aside["rule"], aside["name"]) == ("乙", "已有说明", "M91", "一")
    assert (aside["projects"], aside["stands"], aside["undone_by"]) == (1, False, undone["action"])
    assert (declared["slot"], declared["key"], declared["projects"]) == ("满意度", KEY, 1)
    assert (confirmed["projects"], confirmed["files"]) == (1, ["a.xlsx"])
    assert store.judgements(KEY)["slot"].tolist() == ["满意度"] and store.judgements("x").empty


def test_a_category_declared_not_applicable_is_no_gap_and_its_findings_are_answered(store):
    def lacking(what: str) -> int:
        return int(store.frame(coverage.lacking(Scope(), "strict"))[what][8])

    def figures() -> tuple[int, ...]:
        row = store.rows(totals.totals(Scope(), "strict"))[0]
        return tuple(row[name] for name in ("gaps", "inapplicable", "required", "lacking", "filled", "cells"))

    store.settle()
    assert (lacking("projects"), lacking("required")) == (1, 1)
    assert count(store)["C91"] == 2  # 成本, 满意度
    before = figures()
    assert before == (5, 0, 2, 1, 4, 9)
    action = store.declare(KEY, "满意度", "不面向公众", "丁")
    assert (lacking("projects"), lacking("required"), lacking("inapplicable")) == (0, 0, 1)
    assert lacking("inapplicable_fen") == 92_000_000
    assert figures() == (4, 1, 1, 1, 4, 9)
    assert (count(store)["C91"], count(store, "aside")) == (1, {"C91": 1})
    row = store.rows(coverage.matrix(Scope(), standard="strict"))[0]
    assert (row["a9"], row["r9"], row["u9"], row["gaps"], row["required"]) == (1, 0, 0, 4, 1)
    assert "满意度" not in store.frame(gaps.gaps(Scope()))["slot"].tolist()
    assert store.frame(coverage.matrix(Scope(), slot="满意度")).empty
    store.declare(KEY, "成本", "没有成本", "丁")
    assert figures() == (3, 2, 0, 0, 4, 9)
    store.undo(action, "丁")
    assert figures() == (4, 1, 1, 1, 4, 9)


def test_a_category_filled_later_is_filled_whatever_was_declared(store):
    store.declare(KEY, "满意度", "不面向公众", "丁")
    more = (*ONE.indicators, make_indicator("满意度", "满意度"))
    action = bring(store, ONE.model_copy(update={"indicators": more}), file="b.xlsx")
    row = store.rows(sa.select(project))[0]
    assert (row["s9"], row["a9"]) == (1, 0)
    store.undo(action, "甲")
    assert store.rows(sa.select(project))[0]["a9"] == 1


def test_findings_of_a_portfolio_can_be_set_aside_too(store):
    action = bring(store, make_project("二", annual_goal="办好"), file="b.xlsx")
    store.set_aside(KEY, ident(store, "P91"), "同一批项目", "乙")
    assert (count(store)["P91"], count(store, "aside")) == (1, {"P91": 1})
    bring(store, make_project("三", annual_goal="办好"), file="c.xlsx")
    assert (count(store)["P91"], count(store, "aside")) == (2, {"P91": 1})
    assert action


@pytest.mark.parametrize(("reason", "who"), [("", "乙"), ("  ", "乙"), ("说明", ""), ("说明", " \u3000")])
def test_reason_and_name_are_asked_for(store, reason, who):
    version = store.data_version()
    with pytest.raises(ValueError):
        store.declare(KEY, "满意度", reason, who)
    with pytest.raises(ValueError):
        store.set_aside(KEY, "x", reason, who)
    assert store.data_version() == version


def test_what_is_not_there_or_was_answered_before_is_refused(store):
    with pytest.raises(StoreMissing):
        store.set_aside(KEY, "nonsense", "说明", "乙")
    with pytest.raises(StoreMissing):
        store.declare("nonsense", "满意度", "说明", "乙")
    with pytest.raises(ValueError):
        store.declare(KEY, "别的", "说明", "乙")
    with pytest.raises(StoreConflict):
        store.declare(KEY, "质量", "说明", "乙")  # it has one
    store.declare(KEY, "满意度", "说明", "乙")
    store.set_aside(KEY, ident(store, "M91"), "说明", "乙")
    for again in (
        lambda: store.declare(KEY, "满意度", "说明", "丙"),
        lambda: store.set_aside(KEY, ident(store, "M91"), "说明", "丙"),
    ):
        with pytest.raises(StoreConflict):
            again()
    assert len(store.judgements()) == 2


def test_of_two_people_who_judge_at_once_one_is_told(store, tmp_path):
    other, told = open_store(tmp_path / "store"), []

    def judge(one: Store, who: str) -> None:
        try:
            one.declare(KEY, "满意度", "说明", who)
        except StoreConflict as error:
            told.append(str(error))

    people = [threading.Thread(target=judge, args=pair) for pair in ((store, "乙"), (other, "丙"))]
    for person in people:
        person.start()
    for person in people:
        person.join()
    assert len(told) == 1 and len(store.judgements()) == 1
    other.close()


def test_the_confirm_before_a_judgement_can_still_be_undone(store):
    store.declare(KEY, "满意度", "说明", "乙")
    confirm = store.history()["action"].iloc[-1]
    undone = store.undo(confirm, "甲")
    assert store.frame(sa.select(project)).empty
    store.undo(undone, "甲")
    assert store.rows(sa.select(project))[0][f"a{SLOTS.index('满意度') + 1}"] == 1
