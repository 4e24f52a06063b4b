"""Rows shifted at random, as copying out of Word, PDF or a web page shifts them."""

from __future__ import annotations

import json
import random
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

import parsing
from parsing.formats import grids
from parsing.grid import Grid
from parsing.model import DOUBT, Project
from parsing.vocabulary import plain

FORMS = Path(__file__).parent / "cases/forms"
ONE_VALUE = (
    *("core_2021", "01_shanghai_putuo_2026_chaiwei", "hunan", "hebei", "sign_number_unit", "narrow_columns"),
    *("central_year_mixed_money", "undeclared", "central_2015", "03_dongguan_jiaotong_2019_pifubiao"),
)
GOLD = json.loads((Path(__file__).parent / "cases/files/gold.json").read_text("utf-8"))
WAYS = ("whole", "one", "compact", "ragged")
Row = list[str]


def shifted(row: Row, way: str, rnd: random.Random) -> Row:
    """The row with its merged blanks lost: moved left whole, by one, closed up, or raggedly."""
    first = next((k for k, text in enumerate(row) if text), 0)
    if way == "whole":
        return row[first:] + [""] * first
    if way == "one" or (way == "ragged" and first < 3):
        return [*row[1:], ""] if not row[0] else row
    if way == "compact":
        texts = [text for text in row if text]
        return texts + [""] * (6 - len(texts))
    by = rnd.choice([1, 2, 3])
    values = rnd.randint(1, min(by, 2))
    out = [""] * 6
    out[3 - by], out[4 - values], out[5 - values] = row[3], row[4], row[5]
    return out


def text_of(tables: list[list[Row]]) -> bytes:
    return "\n\n".join("\n".join("\t".join(row) for row in rows) for rows in tables).encode()


def lines_of(project: Project) -> set[tuple[str, ...]]:
    named = {(i.level1, i.level2, i.name, i.period or "", i.annual or "") for i in project.indicators}
    return named | {(e.level1, e.level2, "", "", "") for e in project.empty}


@settings(max_examples=60, deadline=None)
@given(st.sampled_from(WAYS), st.sampled_from([0.1, 0.3, 0.5]), st.randoms(use_true_random=False))
def test_every_shifted_row_with_both_values_is_put_back(way: str, share: float, rnd: random.Random) -> None:
    tables, moved = [], 0
    for table in GOLD:
        rows = []
        for number, row in enumerate(table["rows"]):
            changed = shifted(row, way, rnd) if number > table["header_row"] and rnd.random() < share else row
            moved += changed != row
            rows.append(changed)
        tables.append(rows)
    reading = parsing.read(text_of(tables), name="shifted.txt")
    assert len(reading.projects) == 6 and not reading.unread
    for project, table in zip(reading.projects, GOLD, strict=True):
        wanted = {tuple(map(plain, line)) for line in table["indicators"]}
        assert {tuple(map(plain, line)) for line in lines_of(project)} == wanted
    assert sum(len(project.repairs) for project in reading.projects) == moved


@settings(max_examples=60, deadline=None)
@given(st.sampled_from(WAYS), st.sampled_from([4, 5]), st.randoms(use_true_random=False))
def test_a_shifted_row_with_one_value_is_flagged_and_never_silently_placed(
    way: str, missing: int, rnd: random.Random
) -> None:
    tables, lost = [], set()
    for number, table in enumerate(GOLD):
        rows = []
        for k, row in enumerate(table["rows"]):
            if k > table["header_row"] and row[3] and rnd.random() < 0.3:
                short = [*row[:missing], "", *row[missing + 1 :]]
                changed = shifted(short, way, rnd)
                if changed != short:
                    lost.add((number, plain(row[3])))
                row = changed
            rows.append(row)
        tables.append(rows)
    reading = parsing.read(text_of(tables), name="shifted.txt")
    flagged = {
        (number, plain(repair.after["三级指标"]))
        for number, project in enumerate(reading.projects)
        for repair in project.repairs
        if repair.confidence < DOUBT
    }
    assert lost <= flagged
    for number, project in enumerate(reading.projects):
        for indicator in project.indicators:
            if (number, plain(indicator.name)) in lost:
                same = [i for i in project.indicators if i.name == indicator.name]
                assert len(same) > 1 or (indicator.period is None and indicator.annual is None)


def test_a_cost_row_with_no_neighbour_to_ask_is_marked_doubtful() -> None:
    rows = [list(row) for row in GOLD[0]["rows"]]
    row = next(k for k, cells in enumerate(rows) if "成本指标" in cells)
    rows[row] = shifted(rows[row], "one", random.Random(1))
    (project,) = parsing.read(text_of([rows]), name="one.txt").projects
    (repair,) = project.repairs
    assert repair.doubtful and project.indicators[7].level1 == "产出指标"


def test_a_cost_row_is_sure_where_the_other_tables_of_the_file_agree() -> None:
    tables = [[list(row) for row in table["rows"]] for table in GOLD]
    row = next(k for k, cells in enumerate(tables[0]) if "成本指标" in cells)
    tables[0][row] = shifted(tables[0][row], "one", random.Random(1))
    repairs = parsing.read(text_of(tables), name="six.txt").projects[0].repairs
    assert [repair.doubtful for repair in repairs] == [False]


def test_cost_is_a_level_one_where_the_row_says_so() -> None:
    rows = [list(row) for row in GOLD[0]["rows"]]
    row = next(k for k, cells in enumerate(rows) if "成本指标" in cells)
    rows[row] = ["", "成本指标", "经济成本指标", "购置总成本", "≤92万元", "≤92万元"]
    (project,) = parsing.read(text_of([rows]), name="one.txt").projects
    cost = project.indicators[7]
    assert (cost.level1, cost.level2, cost.slot, project.repairs) == ("成本指标", "经济成本指标", "成本", ())


def copied(name: str) -> list[Row]:
    """The rows of a workbook as they are pasted: blanks where merged cells were."""
    file = FORMS / f"{name}.xlsx"
    grid = next(iter(grids(file.name, file.read_bytes())))
    assert isinstance(grid, Grid)
    width = max(cell.place.column for cell in grid)
    rows = [[""] * width for _ in grid.rows]
    for row, cells in zip(rows, grid.rows, strict=True):
        for cell in cells:
            row[cell.place.column - 1] = cell.text.replace("\n", "")
    return rows


@settings(max_examples=80, deadline=None)
@given(st.sampled_from(ONE_VALUE), st.booleans(), st.randoms(use_true_random=False))
def test_a_shifted_row_of_any_form_is_put_back_or_asks_for_a_look(
    name: str, closed: bool, rnd: random.Random
) -> None:
    rows = copied(name)
    straight = parsing.read(text_of([rows]), name="甲.txt").projects
    moved, inside = [], False
    for row in rows:
        inside = any("三级指标" in text for text in row) or (inside and "项目名称" not in row)
        texts, first = [text for text in row if text], next(k for k, text in enumerate(row) if text)
        left = (texts if closed else row[first:]) if inside and rnd.random() < 0.3 else row
        moved.append(left + [""] * (len(row) - len(left)))
    shifted_too = parsing.read(text_of([moved]), name="甲.txt").projects
    assert len(shifted_too) == len(straight)
    for one, other in zip(straight, shifted_too, strict=True):
        assert lines_of(one) == lines_of(other) or any(repair.doubtful for repair in other.repairs)


def test_the_row_of_an_indicator_opens_no_table_whatever_stands_in_it() -> None:
    rows = ("产出指标\t数量指标\t数\t3", "效益指标\t项目名称\t效果\t良好")
    table = ("项目名称\t甲", "一级指标\t二级指标\t三级指标\t指标值", *rows)
    reading = parsing.read("\n".join(table).encode(), "表.txt")
    assert [one.name for project in reading.projects for one in project.indicators] == ["数", "效果"]


def test_a_target_that_stands_as_the_name_while_another_lacks_is_asked_about() -> None:
    page = "<table><tr><td>项目名称<td colspan=4>甲<tr>" + "".join(
        f"<td>{text}" for text in ("一级指标", "二级指标", "三级指标", "实施周期指标值", "当年度指标值")
    )
    row = "<tr><td>效益指标<td>社会效益指标<td>有效提升<td>有效提升</table>"
    (project,) = parsing.read((page + row).encode(), "页.html").projects
    assert [(one.code, one.doubtful) for one in project.repairs] == [("doubled", True)]
