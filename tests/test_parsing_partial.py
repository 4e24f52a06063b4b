"""A table of which only a part was read says so, and nothing that it seems to lack is held against anyone."""

from __future__ import annotations

import io
import json
from pathlib import Path

import openpyxl
import pytest
from conftest import make_project
from halves_read import REASONS, ROWS, TITLES, WHOLE, table

import parsing
from parsing.command_line.output import FORMATS
from parsing.counting import Candidate, left_out
from parsing.grid import Grid
from parsing.model import Project
from parsing.partial import GRID, MARK, OPEN, WORDS, said
from parsing.rules.standard import DEFAULT, standard

CASES = Path(__file__).parent / "cases/forms"
ABSENCE = {"A01", "A05", "C03", "C04", "C05", "C06", "C07", "R01", "W01", "W02"}  # rules of what is not there


def read(text: str, name: str = "甲.txt") -> Project:
    return parsing.read(text.encode(), name).projects[0]


def review(project: Project) -> parsing.Review:
    return parsing.review(project, standard("strict"))


@pytest.mark.parametrize("reason", WORDS)
def test_every_kind_is_known(reason: str):
    assert read(REASONS[reason]).partial == (reason,)
    assert WORDS[reason] in said(read(REASONS[reason]).partial)  # type: ignore[index]


@pytest.mark.parametrize("title", ("三级指标三级指标", "具体绩效指标内容"))
def test_what_stands_under_a_title_that_nobody_knows_is_read_or_said(title: str):
    book = openpyxl.load_workbook(CASES / "central_2015.xlsx")
    book.active["D11"] = title
    out = io.BytesIO()
    book.save(out)
    project = parsing.read(out.getvalue(), "甲.xlsx").projects[0]
    named = {indicator.name for indicator in project.indicators}
    assert "人均培训成本" in named or project.partial == ("stray",)


def test_a_remark_beside_a_category_does_not_fill_it():
    body = TITLES.replace("当年度指标值", "当年度指标值\t备注") + ROWS + "\t时效指标\t\t\t\t无\n"
    project = read(table(body=body))
    assert (project.partial, [empty.slot for empty in project.empty]) == ((), ["时效"])


def test_what_was_read_whole_is_not_partial_and_neither_is_what_nobody_filled():
    assert read(WHOLE).partial == ()
    assert read(table(body=f"{TITLES}产出指标\t数量指标\n\t质量指标\n满意度指标\t满意度指标\n")).partial == ()
    assert read(table(money="")).partial == ()  # nobody filled it in, which is said of them


@pytest.mark.parametrize("reason", sorted(OPEN))
def test_no_category_of_a_table_that_goes_on_is_a_gap(reason: str):
    project = read(REASONS[reason])
    filled = {slot for one in project.indicators for slot in one.slots}
    assert set(parsing.unread(project)) == set(parsing.SLOTS) - filled
    found = review(project)
    assert {one.rule for one in found.findings} & ABSENCE == set()
    assert {"C04", "C05", "C06"} <= {one.rule for one in found.unchecked}


@pytest.mark.parametrize("reason", sorted(GRID))
def test_rules_of_what_is_not_there_are_not_checked(reason: str):
    found = review(read(REASONS[reason]))
    assert {one.rule for one in found.findings} & {"A01", "A05", "R01", "W01", "W02"} == set()
    assert {"A05", "R01"} <= {one.rule for one in found.unchecked}


def test_money_that_was_not_read_says_nothing_of_the_indicators():
    project = read(REASONS["no-money"])
    assert parsing.unread(project) == frozenset()
    assert "C05" not in {one.rule for one in review(project).unchecked}


def test_the_same_rows_read_whole_are_held_against_who_filled_them_in():
    found = {one.rule for one in review(read(table())).findings}
    assert {"C04", "C05", "C06", "R01"} <= found


def test_a_decision_about_a_row_ends_the_doubt():
    project = read(REASONS["stray"])
    number = next(n for n, one in enumerate(project.repairs) if one.code == "stray")
    assert parsing.decide_repair(project, number, "accepted").partial == ()


def test_it_survives_being_kept():
    project = read(REASONS["unheaded"])
    assert Project.model_validate_json(project.model_dump_json()).partial == ("unheaded",)
    assert "partial" not in project.model_dump()  # made of what is there, kept nowhere twice


@pytest.mark.parametrize("reason", WORDS)
def test_every_output_marks_it(reason: str):
    reading = parsing.read(REASONS[reason].encode(), "甲.txt")
    text = FORMATS["table"]([reading], DEFAULT).decode()
    assert text.count(MARK) == 2 and WORDS[reason] in text  # type: ignore[index]
    (project,) = json.loads(FORMATS["json"]([reading], DEFAULT))["projects"]
    assert project["partial"] == [reason]
    assert set(parsing.tabulate(reading)["projects"]["partial"]) == {reason}
    assert WORDS[reason] in FORMATS["csv"]([reading], DEFAULT).decode("utf-8-sig")  # type: ignore[index]


def test_nothing_is_marked_that_was_read_whole(tmp_path: Path):
    (tmp_path / "甲.txt").write_text(WHOLE, "utf-8")
    reading = parsing.read(tmp_path / "甲.txt")
    assert MARK not in FORMATS["table"]([reading], DEFAULT).decode()
    assert "partial" not in json.loads(FORMATS["json"]([reading], DEFAULT))["projects"][0]
    assert parsing.load(tmp_path)["partial"].isna().all()


@pytest.mark.parametrize("reason", WORDS)
@pytest.mark.parametrize("first", [True, False])
def test_a_table_that_was_read_whole_counts_beside_it_whatever_the_order(reason: str, first: bool):
    tables = [read(WHOLE, "甲.txt"), read(REASONS[reason], "乙.txt")][:: 1 if first else -1]
    left = left_out([*map(Candidate.of, tables)])
    assert {(tables[n].place.file, one.reason) for n, one in left.items()} == {("乙.txt", "partial")}


def test_of_two_that_were_read_in_part_the_later_counts():
    tables = [read(REASONS[one], f"{one}.txt") for one in ("no-indicators", "cut")]
    assert {number: one.reason for number, one in left_out([*map(Candidate.of, tables)]).items()} == {
        0: "replaced"
    }


def test_a_text_that_breaks_off_in_a_letter_is_cut_in_its_last_table_alone():
    data = (WHOLE.replace("设备购置", "全的") + table("断的")).encode() + "满".encode()[:2]
    whole, last = parsing.read(data, "甲.txt").projects
    assert (whole.partial, last.partial) == ((), ("cut",))


def test_a_page_that_breaks_off_is_cut():
    rows = [line.split("\t") for line in WHOLE.splitlines()]
    page = "<html><body><table>" + "".join(
        f"<tr>{''.join(f'<td>{one}</td>' for one in row)}</tr>" for row in rows
    )
    (project,) = parsing.read(page.encode(), "甲.html").projects
    assert project.partial == ("cut",)
    assert parsing.read(f"{page}</table></body></html>".encode(), "甲.html").projects[0].partial == ()


def test_a_page_that_was_not_read_cuts_the_table_before_it(monkeypatch: pytest.MonkeyPatch):
    from parsing import formats

    texts = (table("一"), table("二"), WHOLE.replace("设备购置", "三"))
    data = "\n".join(texts).encode()
    (grid,) = (one for one in formats.grids("甲.txt", data, None) if isinstance(one, Grid))
    second = sum(text.count("\n") + 1 for text in texts[:2])

    def grids(name: str, data: bytes, password: str | None):
        yield Grid(grid.file, grid.part, grid.rows, gaps=frozenset([second - 1]))

    monkeypatch.setattr(formats, "grids", grids)
    assert [one.partial for one in parsing.read(data, "甲.txt").projects] == [(), ("cut",), ()]


def test_a_hand_made_project_is_whole():
    assert make_project().partial == ()
    assert make_project(indicators=()).partial == ("no-indicators",)
