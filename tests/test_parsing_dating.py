"""The year of a table that names none is taken from another table of its project, said, and undone."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from conftest import make_project, place
from doubles import A, Sheet, book
from halves_read import REASONS, WHOLE

import parsing
from parsing import Project
from parsing.command_line.output import FORMATS
from parsing.counting import key
from parsing.dating import CODE, dated
from parsing.rules.standard import DEFAULT

HOSTILE = Path(__file__).parent / "cases/hostile"
UNDATED = A._replace(year=None)


def at(file: str, part: str = "Sheet1") -> dict:
    return {"places": {"name": place(file=file)._replace(part=part)}}


def project(file: str, part: str = "Sheet1", **more) -> Project:
    return make_project("甲", **at(file, part), **more)


def years(*projects: Project, beside: tuple[Project, ...] = ()) -> list[int | None]:
    return [one.year for one in dated(projects, beside)]


@pytest.mark.parametrize("turn", [1, -1])
def test_it_is_taken_from_another_file_whatever_the_order(turn: int):
    assert years(*(project("1.xlsx", year=None), project("2.xlsx"))[::turn]) == [2024, 2024]
    assert years(project("1.xlsx", year=None), beside=(project("2.xlsx"),)) == [2024]


def test_another_sheet_of_the_same_file_tells_too():
    assert years(project("1.xlsx", "表1", year=None), project("1.xlsx", "表2")) == [2024, 2024]


def test_no_year_of_one_row_of_a_list_is_taken_for_another():
    rows = project("1.xlsx", year=None), project("1.xlsx")
    assert years(*rows) == [None, 2024]
    assert years(*rows, project("2.xlsx")) == [None, 2024, 2024]  # the list tells them apart
    assert [one.year for one in dated(parsing.read(HOSTILE / "year_column.xlsx").projects)] == [
        2023,
        2024,
        2024,
    ]


def test_it_stays_unknown_where_the_others_disagree_or_are_of_another_project():
    none = project("1.xlsx", year=None)
    assert years(none, project("2.xlsx"), project("3.xlsx", year=2025)) == [None, 2024, 2025]
    assert years(none, project("2.xlsx", unit="另一单位")) == [None, 2024]
    assert years(none, make_project("乙", **at("2.xlsx"))) == [None, 2024]
    assert years(none, project("2.xlsx", year=None)) == [None, None]
    nobody = project("1.xlsx", year=None, unit=None)
    assert years(nobody, project("2.xlsx", unit=None)) == [None, 2024]


def test_it_is_a_repair_that_says_from_where_asks_for_a_look_and_can_be_undone():
    source = project("2.xlsx")
    (one, _) = dated((project("1.xlsx", year=None), source))
    (repair,) = one.repairs
    assert (repair.code, repair.doubtful) == (CODE, True) and str(source.place) in repair.reason
    undone = parsing.decide_repair(one, 0, "undone")
    assert undone.year is None and years(undone, source) == [None, 2024]
    assert (
        parsing.decide_repair(undone, 0, "").year == parsing.decide_repair(undone, 0, "accepted").year == 2024
    )


def test_other_repairs_are_decided_beside_it():
    (one,) = dated(
        parsing.read(REASONS["stray"].replace("2024年预算", "年度预算").encode(), "1.txt").projects,
        (parsing.read(WHOLE.encode(), "2.txt").projects),
    )
    codes = [repair.code for repair in one.repairs]
    assert one.year == 2024 and one.partial == ("stray",)
    both = parsing.decide_repair(
        parsing.decide_repair(one, codes.index(CODE), "undone"), codes.index("stray"), "accepted"
    )
    assert (both.year, both.partial) == (None, ())


def cut() -> dict[str, bytes]:
    return {"1.txt": WHOLE.encode(), "2.txt": REASONS["cut"].replace("2024", "").encode()}


@pytest.mark.parametrize("turn", [1, -1])
def test_the_command_line_and_frames_count_the_whole_table_and_no_undated_part_of_it(
    turn: int, tmp_path: Path
):
    files = dict([*cut().items()][::turn])
    readings = [parsing.read(data, name) for name, data in files.items()]
    (part,) = readings[1 if turn == 1 else 0].projects
    assert (part.year, part.partial) == (None, ("cut",))
    projects = json.loads(FORMATS["json"](readings, DEFAULT))["projects"]
    assert {one["year"] for one in projects} == {2024}
    assert [one.get("reason") for one in projects][::turn] == [None, "partial"]
    assert "共 1 个项目" in FORMATS["table"](readings, DEFAULT).decode()
    for name, data in files.items():
        (tmp_path / name).write_bytes(data)
    loaded = parsing.load(tmp_path)
    assert set(loaded["year"]) == {2024} and set(loaded["reason"].dropna()) == {"partial"}
    frames = parsing.tabulate(readings)
    assert CODE in set(frames["repairs"]["code"]) and frames["projects"]["counts"].sum() == 1


def test_two_sheets_are_one_project():
    (later, first) = dated(parsing.read(book(A._replace(wan=30), UNDATED), "a.xlsx").projects)
    assert key(later) == key(first)
    apart = dated(parsing.read(book(Sheet("乙"), UNDATED), "a.xlsx").projects)
    assert apart[1].year is None
