"""What a meeting decides: kept, shown, undone, and never lost between two people."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from threading import Thread

import pytest

from dashboard.ingest.samples import bring
from dashboard.queries.scope import Scope
from dashboard.snapshot.snapshot import take_snapshot
from dashboard.store import Condition, Store, StoreConflict, StoreMissing, open_store
from parsing import DEFAULT

DAY = date(2026, 11, 23)


@pytest.fixture
def store(tmp_path: Path) -> Store:
    kept = open_store(tmp_path)
    bring(kept, "测试")
    return kept


def keys(store: Store) -> list[str]:
    return [row["key"] for row in take_snapshot(store, Scope(), DEFAULT, DAY).money]


def test_a_verdict_survives_a_restart_with_its_conditions(store: Store, tmp_path: Path) -> None:
    key = keys(store)[0]
    store.resolve(key, "有条件通过", [Condition("补充满意度指标", "abc"), Condition(" ")], "张主任")
    store.close()
    held = open_store(tmp_path).verdicts()[key]
    assert (held.verdict, held.who, held.stands) == ("有条件通过", "张主任", True)
    assert held.conditions == (Condition("补充满意度指标", "abc"),)


def test_undoing_brings_back_what_was_decided_before(store: Store) -> None:
    key = keys(store)[0]
    first = store.resolve(key, "退回", [], "张主任")
    second = store.resolve(key, "通过", [], "李主任", first)
    undone = store.undo(second, "李主任")
    assert store.verdicts()[key].action == first
    store.undo(undone, "李主任")
    assert store.verdicts()[key].verdict == "通过"
    assert [one.verdict for one in store.verdict_history(key)] == ["通过", "退回"]


@pytest.mark.parametrize(
    ("said", "conditions", "who"),
    [("好", [], "张"), ("有条件通过", [Condition("")], "张"), ("通过", [], " ")],
)
def test_what_cannot_be_said_is_refused(
    store: Store, said: str, conditions: list[Condition], who: str
) -> None:
    key = keys(store)[0]
    with pytest.raises(ValueError, match=r"."):
        store.resolve(key, said, conditions, who)
    assert store.verdicts() == {}


def test_a_project_that_does_not_count_cannot_be_decided(store: Store) -> None:
    with pytest.raises(StoreMissing):
        store.resolve("0" * 12, "通过", [], "张主任")


def test_of_two_people_deciding_at_once_one_is_told_and_nothing_is_lost(store: Store, tmp_path: Path) -> None:
    key, told = keys(store)[0], []

    def decide(who: str) -> None:
        try:
            open_store(tmp_path).resolve(key, "通过", [], who)
        except StoreConflict as error:
            told.append(str(error))

    people = [Thread(target=decide, args=(f"人{n}",)) for n in range(4)]
    for one in people:
        one.start()
    for one in people:
        one.join()
    assert len(told) == 3
    assert len(store.verdict_history(key)) == 1


def test_the_money_at_risk_falls_as_projects_pass(store: Store) -> None:
    first, second = keys(store)[:2]
    before = take_snapshot(store, Scope(), DEFAULT, DAY)
    assert before.at_risk == before.facts.budget_fen
    store.resolve(first, "通过", [], "张主任")
    store.resolve(second, "退回", [], "张主任")
    after = take_snapshot(store, Scope(), DEFAULT, DAY)
    assert before.at_risk - after.at_risk == 186_000_000
    assert after.cases[1].verdict is not None
    assert after.mark != before.mark


def test_a_verdict_is_in_the_history(store: Store) -> None:
    action = store.resolve(keys(store)[0], "退回", [], "张主任")
    row = store.history().iloc[0]
    assert (row["action"], row["kind"], row["message"]) == (action, "verdict", "退回")


def test_a_store_made_before_there_were_verdicts_takes_them(store: Store, tmp_path: Path) -> None:
    key = keys(store)[0]
    with store.engine.begin() as connection:
        connection.exec_driver_sql("DROP TABLE verdict")
    store.close()
    again = open_store(tmp_path)
    again.resolve(key, "通过", [], "张主任")
    assert again.verdicts()[key].verdict == "通过"
