"""Decisions about repairs: what changes, what stays, and the way back."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import parsing
from parsing import decide_repair
from parsing.command_line.contract import contract

ROOT = Path(__file__).parent.parent
SAMPLE = parsing.read(ROOT / "data/samples/dongkeng-2024.txt")
JOINED = parsing.read(ROOT / "tests/cases/files/perf_docx.pdf")
CELLS = parsing.read(ROOT / "tests/cases/forms/several_in_a_cell.xlsx")
LISTED = """项目名称\t甲
一级指标\t二级指标\t三级指标
产出指标\t数量指标\t"1.开展活动≥12场
2.印刷手册≥3000册"
\t质量指标\t合格率≥98%
\t社会效益指标\t知晓率≥80%
"""  # no column of targets: a cell is taken apart, and each target from its name; 社会效益 is no 产出
TARGETS = parsing.read(LISTED.encode(), "甲.txt")
EVERY = (*SAMPLE.projects, *JOINED.projects, *CELLS.projects, *TARGETS.projects)
REPAIRED = [project for project in EVERY if project.repairs]
DECISIONS = st.sampled_from(["", "accepted", "undone"])


@given(st.sampled_from(REPAIRED), st.lists(st.tuples(st.integers(0, 5), DECISIONS), max_size=8))
def test_whatever_was_decided_taking_it_back_gives_exactly_the_original(project, steps):
    changed = project
    for number, decision in steps:
        changed = decide_repair(changed, number % len(project.repairs), decision)
    last = {number % len(project.repairs): decision for number, decision in steps}
    direct = project
    for number, decision in sorted(last.items()):
        direct = decide_repair(direct, number, decision)
    assert changed == direct  # only the last decision about each repair counts
    for number in range(len(project.repairs)):
        changed = decide_repair(changed, number, "")
    assert changed.model_dump_json() == project.model_dump_json()


ROWS = [one for one in REPAIRED if not any(each.code == "unfolded" for each in one.repairs)]


@pytest.mark.parametrize("project", ROWS, ids=lambda one: one.name[:4])
def test_an_undone_row_reads_as_its_columns_say_and_nothing_else_changes(project):
    for number, repair in enumerate(project.repairs):
        undone = decide_repair(project, number, "undone")
        for kind in ("indicators", "empty"):
            for at, (old, new) in enumerate(zip(getattr(project, kind), getattr(undone, kind), strict=False)):
                assert (old == new) == (repair.path != f"{kind}[{at}]")
        assert parsing.Project.model_validate_json(undone.model_dump_json()) == undone


def test_a_shifted_row_undone_stands_in_its_columns_with_its_places():
    project = SAMPLE.projects[0]
    row = decide_repair(project, 0, "undone").indicators[7]
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
    undone = decide_repair(project, 0, "undone")
    tail, row = project.repairs[0].before[3], undone.indicators[10]
    assert row.name + tail == project.indicators[10].name
    assert len(undone.indicators) == len(project.indicators) + 1 and undone.indicators[-1].name == tail
    assert undone.indicators[-1].slot == row.slot and undone.indicators[-1].place == project.repairs[0].place
    assert other.repairs[0].code == "join"


def test_a_cell_taken_apart_is_one_indicator_again_as_it_stood_and_the_others_keep_their_words():
    (project,) = CELLS.projects
    first, second = (n for n, one in enumerate(project.repairs) if one.code == "unfolded")
    whole = decide_repair(project, first, "undone")
    gone = len(project.indicators) - len(whole.indicators)
    row, cells = whole.indicators[0], {spot[:2]: spot[4] for spot in project.excerpt}
    for field in ("name", "annual"):
        assert getattr(row, field) == cells[row.places[field][2:4]] and "\n" in getattr(row, field)
    assert (row.slot, row.level2) == (project.indicators[0].slot, project.indicators[0].level2)
    assert whole.indicators[1:] == project.indicators[gone + 1 :]
    moved = whole.repairs[second].path
    assert whole.find(moved) == project.find(project.repairs[second].path)
    both = decide_repair(whole, second, "undone")
    assert len(both.indicators) < len(whole.indicators)
    assert decide_repair(both, first, "").indicators == decide_repair(project, second, "undone").indicators
    assert decide_repair(both, first, "accepted").repairs[first].decision == "accepted"
    again = parsing.Project.model_validate_json(both.model_dump_json())
    assert decide_repair(decide_repair(again, first, ""), second, "") == project


def test_what_was_made_of_a_part_is_void_while_its_cell_is_whole():
    (project,) = TARGETS.projects
    codes = [one.code for one in project.repairs]
    assert codes == ["unfolded", "inline", "inline", "inline", "parent", "inline"]
    undone = project
    for number in range(len(codes)):
        undone = decide_repair(undone, number, "undone")
    said = [(one.level1, one.slot, one.name, one.annual) for one in undone.indicators]
    assert said == [
        ("产出指标", "数量", "1.开展活动≥12场\n2.印刷手册≥3000册", None),
        ("产出指标", "质量", "合格率≥98%", None),
        ("产出指标", "社会效益", "知晓率≥80%", None),
    ]


def test_a_decision_clears_the_doubt():
    project = SAMPLE.projects[0]
    doubted = project.model_copy(
        update={"repairs": (project.repairs[0].model_copy(update={"confidence": 0.5}),)}
    )
    said = [decide_repair(doubted, 0, decision).repairs[0] for decision in ("", "accepted", "undone")]
    assert [one.doubtful for one in said] == [True, False, False]
    assert [one.holds for one in said] == [True, True, False]


def test_the_contract_tells_of_a_decision_only_where_there_is_one():
    project = SAMPLE.projects[0]
    for decision, told in (("", None), ("accepted", "accepted"), ("undone", "undone")):
        reading = parsing.Reading(projects=(decide_repair(project, 0, decision),))
        (repair,) = contract(reading)["projects"][0]["repairs"]
        assert repair.get("decision") == told and not {"stands", "places", "understood"} & repair.keys()


def test_what_cannot_be_undone_is_refused():
    project = SAMPLE.projects[0]
    bare = project.model_copy(update={"repairs": (project.repairs[0].model_copy(update={"stands": {}}),)})
    with pytest.raises(ValueError):
        decide_repair(bare, 0, "undone")
    with pytest.raises(IndexError):
        decide_repair(bare, 1, "accepted")
    assert decide_repair(bare, 0, "accepted").repairs[0].decision == "accepted"
