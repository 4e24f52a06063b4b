"""The year of a project: of its row, of the head, and never that of another."""

from __future__ import annotations

import io
from pathlib import Path

import openpyxl
import pytest

import parsing

HOSTILE = Path(__file__).parent / "cases/hostile"
TITLES = [
    "序号",
    "项目名称",
    "项目单位",
    "预算金额（万元）",
    "年度目标",
    "一级指标",
    "二级指标",
    "三级指标",
    "指标值",
]
ROWS = [
    ["1", "甲", "某局", "10", "修路", "产出指标", "数量指标", "修路里程", "≥3公里"],
    ["2", "乙", "某局", "20", "架桥", "产出指标", "数量指标", "架桥座数", "≥1座"],
]
GRID = "一级指标\t二级指标\t三级指标\t指标值\n产出指标\t数量指标\t修路里程\t≥3公里"


def text(*rows: list[str]) -> tuple[parsing.Project, ...]:
    lines = ["2024年项目绩效目标表", *("\t".join(row) for row in rows)]
    return parsing.read("\n".join(lines).encode(), name="甲.txt").projects


def with_column(at: int, title: str, first: str, second: str) -> tuple[parsing.Project, ...]:
    rows = zip((TITLES, *ROWS), (title, first, second), strict=True)
    return text(*([*row[:at], one, *row[at:]] for row, one in rows))


@pytest.mark.parametrize("file", ["year_column.xlsx", "year_column2.xlsx"])
def test_each_row_of_a_list_has_its_own_year(file: str) -> None:
    projects = parsing.read(HOSTILE / file).projects
    assert [(one.name, one.year, one.budget_yuan) for one in projects] == [
        ("甲", 2023, 100_000),
        ("甲", 2024, 200_000),
        ("乙", 2024, 300_000),
    ]
    assert [(i.name, i.annual) for one in projects for i in one.indicators] == [
        (f"指标{k}", "≥1个") for k in (1, 2, 3)
    ]
    assert not any(one.repairs for one in projects)


@pytest.mark.parametrize("title", ["年度", "年份", "项目年度", "预算年度", "所属年度", "年 度"])
@pytest.mark.parametrize("at", [0, 1, 2, 5, 9])
def test_a_column_of_years_may_stand_anywhere_among_those_of_the_projects(title: str, at: int) -> None:
    projects = with_column(at, title, "2023", "2025")
    assert [(one.name, one.year) for one in projects] == [("甲", 2023), ("乙", 2025)]
    assert [(i.name, i.annual) for one in projects for i in one.indicators] == [
        ("修路里程", "≥3公里"),
        ("架桥座数", "≥1座"),
    ]
    assert not any(one.repairs or any(i.extras for i in one.indicators) for one in projects)


@pytest.mark.parametrize(
    "said",
    [
        "2023",
        "2023年",
        "2023年度",
        "（2023年度）",
        "二〇二三年",
        "二○二三年度",
        "2023-01-01",
        "2023/5/1",
        "2,023",
        "44927",
    ],
)
def test_a_year_is_understood_however_it_is_written(said: str) -> None:
    first, second = with_column(1, "年度", said, "2025")
    assert (first.year, second.year, first.repairs) == (2023, 2025, ())
    (alone,) = text(["项目名称", "甲"], ["预算年度", said], [GRID])
    assert (alone.year, alone.repairs) == (2023, ())


@pytest.mark.parametrize("said", ["2023-2024", "2023年、2024年", "上年"])
def test_a_cell_with_no_year_or_several_is_asked_for(said: str) -> None:
    first, second = with_column(1, "年度", said, "2025")
    assert (first.year, second.year) == (None, 2025)
    assert [(one.code, one.path, one.before, one.doubtful) for one in first.repairs] == [
        ("year", "year", (said,), True)
    ]
    assert first.extras == {"年度": said} and not second.repairs


def test_a_year_of_a_row_that_is_not_that_of_the_money_is_asked_for() -> None:
    rows = [
        [*TITLES[:3], "2024年预算金额（万元）", *TITLES[4:]],
        *ROWS,
    ]
    years = ("年度", "2023", "2024")
    first, second = text(*([one, *row] for one, row in zip(years, rows, strict=True)))
    assert (first.year, second.year) == (2023, 2024)
    assert [one.code for one in first.repairs] == ["two-years"] and not second.repairs


def test_a_year_that_is_merged_down_holds_for_its_rows_and_no_other() -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.append(["项目绩效目标表"])
    sheet.append(["年度", *TITLES])
    rows = [*ROWS, ["3", "丙", *ROWS[0][2:]], ["4", "丁", *ROWS[0][2:]]]
    for year, row in zip(["2023", None, None, "2025"], rows, strict=True):
        sheet.append([year, *row])
    sheet.merge_cells("A3:A4")
    data = io.BytesIO()
    book.save(data)
    projects = parsing.read(data.getvalue(), name="甲.xlsx").projects
    assert [one.year for one in projects] == [2023, 2023, None, 2025]


def test_two_years_of_one_project_are_two_projects_even_with_the_same_money() -> None:
    same = [[*ROWS[0][:8], "≥3公里"], ["", *ROWS[0][1:8], "≥5公里"]]
    projects = text(["年度", *TITLES], ["2023", *same[0]], ["2024", *same[1]])
    assert [(one.name, one.year, len(one.indicators)) for one in projects] == [
        ("甲", 2023, 1),
        ("甲", 2024, 1),
    ]


@pytest.mark.parametrize("at", range(10))
@pytest.mark.parametrize("body", [("7", "8"), ("≥1个", "≥2个"), ("某批", "某批"), ("2023", "2024"), ("", "")])
@pytest.mark.parametrize("title", ["2023年", "本年度", "批次", "文号", "指标值", "当年"])
def test_no_column_that_nobody_knows_moves_a_name_or_a_value(
    at: int, body: tuple[str, str], title: str
) -> None:
    projects = with_column(at, title, *body)
    assert [(one.name, one.budget_yuan) for one in projects] == [("甲", 100_000), ("乙", 200_000)]
    found = [(i.name, i.annual) for one in projects for i in one.indicators]
    told = all(one.repairs and any(each.doubtful for each in one.repairs) for one in projects)
    assert told or found == [("修路里程", "≥3公里"), ("架桥座数", "≥1座")]


def test_a_row_of_years_in_the_head_is_the_year_of_none() -> None:
    (project,) = text(
        ["项目名称", "甲"], ["年度", "2022", "2023", "2024"], ["年度金额（万元）", "1", "2", "3"], [GRID]
    )
    assert project.year == 2024  # of the title


def test_a_label_in_chinese_numerals_names_the_year_of_the_money() -> None:
    (project,) = text(["项目名称", "甲"], ["二〇二五年预算金额（元）", "36000"], [GRID])
    assert (project.year, project.budget_yuan) == (2025, 36_000)


ROAD = (
    "项目绩效目标表\n项目名称\t道路修缮\n{}\n用款单位\t城建办\n2024年预算金额（元）\t1000000\n"
    "绩效指标\t一级指标\t二级指标\t三级指标\t实施周期指标值\t当年度指标值\n"
    "\t产出指标\t数量指标\t修缮里程\t3公里\t3公里\n"
)


@pytest.mark.parametrize(
    ("line", "read", "rest"),
    [
        ("年度\t长期", (2024, None, None), {"年度": "长期"}),  # beside money of a year
        ("起始年度\t2023\t到期年度\t场地数量", (2024, "2023", None), {"结束时间": "场地数量"}),
        (
            "起止时间\t2023.1-2024.12\t到期年度\t场地数量",
            (2024, "2023-01", "2024-12"),
            {"结束时间": "场地数量"},
        ),
    ],
)
def test_what_stands_for_a_time_and_is_none_stands_among_the_rest(
    line: str, read: tuple[int | None, str | None, str | None], rest: dict[str, str]
) -> None:
    (project,) = parsing.read(ROAD.format(line).encode(), name="道路.txt").projects
    assert (project.year, project.start, project.end) == read and project.extras == rest
