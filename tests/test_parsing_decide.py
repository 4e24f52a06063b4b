"""Decisions about repairs: what changes, what stays, and the way back."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import parsing
from parsing import decide
from parsing.contract import contract

ROOT = Path(__file__).parent.parent
SAMPLE = parsing.read(ROOT / "data/samples/dongkeng-2024.txt")
JOINED = parsing.read(ROOT / "tests/cases/files/perf_docx.pdf")
REPAIRED = [project for project in (*SAMPLE.projects, *JOINED.projects) if project.repairs]
DECISIONS = st.sampled_from(["", "accepted", "undone"])


@given(st.sampled_from(REPAIRED), st.lists(st.tuples(st.integers(0, 2), DECISIONS), max_size=8))
def test_whatever_was_decided_taking_it_back_gives_exactly_the_original(project, steps):
    changed = project
    for number, decision in steps:
        changed = decide(changed, number % len(project.repairs), decision)
    last = {number % len(project.repairs): decision for number, decision in steps}
    direct = project
    for number, decision in sorted(last.items()):
        direct = decide(direct, number, decision)
    assert changed == direct  # only the last decision about each repair counts
    for number in range(len(project.repairs)):
        changed = decide(changed, number, "")
    assert changed.model_dump_json() == project.model_dump_json()


@pytest.mark.parametrize("project", REPAIRED, ids=lambda one: one.name[:4])
def test_an_undone_row_reads_as_its_columns_say_and_nothing_else_changes(project):
    for number, repair in enumerate(project.repairs):
        undone = decide(project, number, "undone")
        for kind in ("indicators", "empty"):
            for at, (old, new) in enumerate(zip(getattr(project, kind), getattr(undone, kind), strict=False)):
                assert (old == new) == (repair.path != f"{kind}[{at}]")
        assert parsing.Project.model_validate_json(undone.model_dump_json()) == undone


def test_a_shifted_row_undone_stands_in_its_columns_with_its_places():
    project = SAMPLE.projects[0]
    row = decide(project, 0, "undone").indicators[7]
    assert (row.level1, row.level2, row.name) == ("成本指标", "部门预算执行率", "≥90%")
    assert (row.period, row.annual, row.slot) == ("≥90%", None, None)
    assert {field: (place.row, place.column) for field, place in row.places.items()} == {
        "level1": (24, 2),
        "level2": (24, 3),
        "name": (24, 4),
        "period": (24, 5),
    }


def test_a_join_undone_is_two_rows():
    (project, other) = (project for project in JOINED.projects if project.repairs)
    undone = decide(project, 0, "undone")
    tail, row = project.repairs[0].before[3], undone.indicators[10]
    assert row.name + tail == project.indicators[10].name
    assert len(undone.indicators) == len(project.indicators) + 1 and undone.indicators[-1].name == tail
    assert undone.indicators[-1].slot == row.slot and undone.indicators[-1].place == project.repairs[0].place
    assert other.repairs[0].code == "join"


def test_a_decision_clears_the_doubt():
    project = SAMPLE.projects[0]
    doubted = project.model_copy(
        update={"repairs": (project.repairs[0].model_copy(update={"confidence": 0.5}),)}
    )
    said = [decide(doubted, 0, decision).repairs[0] for decision in ("", "accepted", "undone")]
    assert [one.doubtful for one in said] == [True, False, False]
    assert [one.holds for one in said] == [True, True, False]


def test_the_contract_tells_of_a_decision_only_where_there_is_one():
    project = SAMPLE.projects[0]
    for decision, told in (("", None), ("accepted", "accepted"), ("undone", "undone")):
        reading = parsing.Reading(projects=(decide(project, 0, decision),))
        (repair,) = contract(reading)["projects"][0]["repairs"]
        assert repair.get("decision") == told and not {"stands", "places", "understood"} & repair.keys()


def test_what_cannot_be_undone_is_refused():
    project = SAMPLE.projects[0]
    bare = project.model_copy(update={"repairs": (project.repairs[0].model_copy(update={"stands": {}}),)})
    with pytest.raises(ValueError):
        decide(bare, 0, "undone")
    with pytest.raises(IndexError):
        decide(bare, 1, "accepted")
    assert decide(bare, 0, "accepted").repairs[0].decision == "accepted"
