"""Columns whose titles nobody knows are told by what stands below them, and asked about; where that is not
clear, nothing is taken."""

from __future__ import annotations

import io
from itertools import combinations

import pytest
from openpyxl import Workbook

import parsing
from parsing.model import Reading

TITLES = ("一级指标", "二级指标", "三级指标", "指标值")
UNKNOWN = {"一级指标": "大类", "二级指标": "门类", "三级指标": "考核点", "指标值": "达到程度"}
ROWS = (
    ("产出指标", "数量指标", "修缮校舍栋数", "≥3栋"),
    ("", "质量指标", "验收合格率", "100%"),
    ("", "时效指标", "完成时间", "2024年9月底前"),
    ("效益指标", "社会效益指标", "师生安全", "明显改善"),
    ("满意度指标", "服务对象满意度指标", "师生满意度", "≥95%"),
)
HEAD = (
    "项目支出绩效目标表\n（2024年度）\n项目名称\t校舍修缮\n实施单位\t某镇\n"
    "年度预算金额（元）\t5,000\n年度目标\t修缮校舍。\n"
)


def reading(titles: tuple[str, ...], rows: tuple[tuple[str, ...], ...] = ROWS) -> Reading:
    table = "\n".join("\t".join(row) for row in (titles, *rows))
    return parsing.read(f"{HEAD}{table}\n".encode(), name="甲.txt")


def renamed(which: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(UNKNOWN[title] if title in which else title for title in TITLES)


@pytest.mark.parametrize("which", [some for count in (1, 2, 3, 4) for some in combinations(TITLES, count)])
def test_columns_with_unknown_titles_are_read_by_their_body_and_asked_about(which: tuple[str, ...]) -> None:
    (known,), (project,) = reading(TITLES).projects, reading(renamed(which)).projects
    assert [(i.level1, i.slot, i.name, i.annual) for i in project.indicators] == [
        (i.level1, i.slot, i.name, i.annual) for i in known.indicators
    ]
    assert project.annual_goal == "修缮校舍。"
    assert [repair.code for repair in project.repairs if repair.doubtful] == ["column"] * len(which)
    assert not known.repairs


def test_two_columns_that_suit_equally_well_are_taken_for_neither() -> None:
    titles = ("一级指标", "二级指标", "三级指标", "甲方案", "乙方案")
    (project,) = reading(titles, tuple((*row, row[3]) for row in ROWS)).projects
    assert all(indicator.annual is None for indicator in project.indicators)
    assert "valueless" in project.missed


def test_a_column_of_remarks_is_no_column_of_targets() -> None:
    titles = ("一级指标", "二级指标", "三级指标", "备注")
    (project,) = reading(titles, tuple((*row[:3], "按学校台账") for row in ROWS)).projects
    assert all(indicator.annual is None for indicator in project.indicators)
    assert "valueless" in project.missed


def test_a_title_over_categories_and_their_numbers_gives_each_column_its_own() -> None:
    sheet = (book := Workbook()).active
    assert sheet is not None
    head = [line.split("\t") for line in HEAD.splitlines()]
    rows = [
        ["绩效目标", "评价指标", None, "绩效内容", "绩效标准", "全年绩效目标"],
        ["投入", "成本目标", "目标1", "发放补贴", "每人200元", "按实际情况发放"],
        [None, None, "目标2", "组织培训", "100%", "100%"],
        ["产出", "数量目标", "目标1", "补贴人数", "符合条件的", "≥432人"],
    ]
    for row in [*head, *rows]:
        sheet.append(row)
    at = len(head) + 1
    for cells in (f"B{at}:C{at}", f"A{at + 1}:A{at + 2}", f"B{at + 1}:B{at + 2}"):
        sheet.merge_cells(cells)
    book.save(data := io.BytesIO())
    (project,) = parsing.read(data.getvalue(), name="甲.xlsx").projects
    assert [(i.level1, i.slot, i.name, i.annual) for i in project.indicators] == [
        ("投入", "成本", "发放补贴", "按实际情况发放"),
        ("投入", "成本", "组织培训", "100%"),
        ("产出", "数量", "补贴人数", "≥432人"),
    ]
    assert {repair.code for repair in project.repairs} == {"column"}


def test_names_of_which_few_end_with_a_target_do_not_stand_for_a_column_of_targets() -> None:
    rows = tuple((*row[:2], row[2] + row[3] * (k < 2)) for k, row in enumerate(ROWS))
    (project,) = reading(TITLES[:3], rows).projects
    assert "valueless" in project.missed


def test_a_text_that_lost_its_table_is_laid_out_with_one_title_unknown() -> None:
    lines = [HEAD.replace("\t", " | "), " | ".join(renamed(("二级指标",)))]
    lines += [" | ".join(filter(None, row)) for row in ROWS]
    (project,) = parsing.read("\n".join(lines).encode(), name="甲.txt").projects
    assert [i.slot for i in project.indicators] == ["数量", "质量", "时效", "社会效益", "满意度"]
    assert [i.annual for i in project.indicators] == [row[3] for row in ROWS]
    assert "column" in [repair.code for repair in project.repairs if repair.doubtful]
