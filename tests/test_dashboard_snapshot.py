"""The snapshot: one answer for everything that is shown in the room and taken away."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from dashboard.ingest.samples import bring
from dashboard.queries.scope import Scope
from dashboard.snapshot.snapshot import Snapshot, take_snapshot
from dashboard.store import Store, open_store
from parsing import DEFAULT, standard

DAY = date(2026, 11, 23)


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Store:
    kept = open_store(Path(tmp_path_factory.mktemp("store")))
    bring(kept, "测试")
    return kept


@pytest.fixture(scope="module")
def whole(store: Store) -> Snapshot:
    return take_snapshot(store, Scope(), DEFAULT, DAY)


def test_the_samples_come_whole_and_by_money(whole: Snapshot) -> None:
    assert [case.matrix["budget_fen"] for case in whole.cases] == sorted(
        (case.matrix["budget_fen"] for case in whole.cases), reverse=True
    )
    assert (len(whole.cases), whole.beyond) == (6, 0)
    assert whole.facts.budget_fen == 396_630_000 == sum(row["budget_fen"] for row in whole.money)
    assert whole.tally["findings"] == len(whole.findings) == sum(len(case.findings) for case in whole.cases)


def test_nothing_about_reading_is_laid_at_a_projects_door(whole: Snapshot) -> None:
    assert not [one for case in whole.cases for one in case.findings if one.rule.startswith("X")]


def test_questions_lead_to_a_cell_of_their_project(whole: Snapshot) -> None:
    asked = [(case.project, one) for case in whole.cases for one in case.questions]
    assert asked
    for project, one in asked:
        assert one.place == str(project.find(one.path) or project.place)


def test_the_mark_is_of_the_content_and_not_of_the_day(store: Store, whole: Snapshot) -> None:
    assert take_snapshot(store, Scope(), DEFAULT, date(2027, 1, 1)).mark == whole.mark
    assert take_snapshot(store, Scope(), standard("strict"), DAY).mark != whole.mark
    assert take_snapshot(store, Scope(project_type="其他运转类"), DEFAULT, DAY).mark != whole.mark
