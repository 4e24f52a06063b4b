"""Texts that lost their table: real ones, and tables of many forms in the shapes that copying gives them."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

import parsing
from parsing.errors import LostColumns, ReadError, TooLarge
from parsing.formats import grids
from parsing.forms.fragments import Fragment, is_level, mended, split
from parsing.forms.laying import rows_of
from parsing.grid import Cell, Grid, Place
from parsing.model import DOUBT, Reading
from tests.golds import FIELDS, golds
from tests.judging import bare, same

CASES = Path(__file__).parent / "cases"
PASTED = CASES / "pasted"
GOLDS = golds("pasted")
FORMS = sorted((CASES / "forms").glob("*.xlsx"))
Rows = list[list[str]]
# What stands one above the other in a cell of this one is glued by the shapes below.
GLUED = "several_in_a_cell.xlsx"


@pytest.mark.parametrize("gold", GOLDS, ids=lambda gold: gold.name.removesuffix("_pasted.txt.gold.json"))
def test_a_published_text_without_its_table_is_read_whole_and_said_to_be_laid_out(gold: Path) -> None:
    true = json.loads(gold.read_text("utf-8"))
    reading = parsing.read(gold.parent / true["file"])
    if true["kind"] == "other":
        assert not reading.projects and len(reading.others) == 1
        return
    assert len(reading.projects) == len(true["projects"])
    for project, own in zip(reading.projects, true["projects"], strict=True):
        wrong = [field for field in FIELDS if field in own and not same(getattr(project, field), own[field])]
        assert not wrong, wrong
        assert [
            (*indicator.slots[:1], bare(indicator.name), bare(indicator.annual or indicator.period))
            for indicator in project.indicators
        ] == [
            (one["slot"], bare(one["name"]), bare(one.get("annual") or one.get("period")))
            for one in own["indicators"]
        ]
        assert {"laid", "shift"} & {repair.code for repair in project.repairs}


def test_a_text_with_its_labels_first_and_its_values_behind_them_is_refused() -> None:
    (glued,) = PASTED.glob("*_glued.txt")
    with pytest.raises(ReadError):
        parsing.read(glued)


def bars(rows: Rows) -> str:
    return "\n".join(" | ".join(row) + " |||" if row else "" for row in rows)


def lines(rows: Rows) -> str:
    return "\n".join("\n".join(row) if row else "\n" for row in rows)


def blanks(rows: Rows) -> str:
    return "\n".join(" ".join(row) for row in rows)


def cells(path: Path) -> Rows:
    """The texts of a workbook, each merged cell once, as a web page is copied."""
    found: Rows = []
    for grid in grids(path.name, path.read_bytes(), None):
        assert isinstance(grid, Grid)
        found += [["".join(cell.text.split()) for cell in row] for row in grid.rows]
        found.append([])
    return found


def said(reading: Reading) -> dict[str, list[tuple[str, ...]]]:
    return {
        project.name: [
            (bare(i.level2), bare(i.name), bare(i.period), bare(i.annual)) for i in project.indicators
        ]
        for project in reading.projects
    }


WHOLE = [  # form, the shapes in which nothing of it is lost
    ("01_shanghai_putuo_2026_chaiwei", (bars, lines, blanks)),
    ("03_dongguan_jiaotong_2019_pifubiao", (bars,)),
    ("central_2011", (bars, lines, blanks)),
    ("central_2015", (bars, blanks)),
    ("central_year_mixed_money", (bars, lines, blanks)),
    ("core_2021", (bars, lines, blanks)),
    ("hebei", (bars, lines, blanks)),
    ("hunan", (bars, lines, blanks)),
    ("narrow_columns", (bars, lines, blanks)),
    ("sign_number_unit", (bars, lines, blanks)),
    ("sign_number_unit_2023", (bars, lines, blanks)),
    ("signed_pages", (bars, lines, blanks)),
    ("stacked_captions", (bars, lines, blanks)),
]


def named(value: Any) -> str:
    return value if isinstance(value, str) else value.name if isinstance(value, Path) else value.__name__


COPIES = [(name, shape) for name, shapes in WHOLE for shape in shapes]


@pytest.mark.parametrize(("name", "shape"), COPIES, ids=named)
def test_a_table_copied_as_text_says_what_its_workbook_says(name: str, shape: Callable[[Rows], str]) -> None:
    path = CASES / "forms" / f"{name}.xlsx"
    reading = parsing.read(shape(cells(path)).encode(), name="paste.txt")
    whole = parsing.read(path)
    assert said(reading) == said(whole)
    assert [p.budget_yuan for p in reading.projects] == [p.budget_yuan for p in whole.projects]


def trials() -> Iterator[tuple[Path, Callable[[Rows], str]]]:
    for path in FORMS:
        for shape in (bars, lines, blanks):
            if path.name != GLUED:
                yield path, shape


@pytest.mark.parametrize(("path", "shape"), [*trials()], ids=named)
def test_a_table_copied_as_text_is_right_or_refused_or_asked_about(
    path: Path, shape: Callable[[Rows], str]
) -> None:
    try:
        reading = parsing.read(shape(cells(path)).encode(), name="paste.txt")
    except ReadError as error:
        assert error.reason and error.remedy
        return
    true = said(parsing.read(path))
    for project in reading.projects:
        doubtful = reading.unread or any(repair.confidence < DOUBT for repair in project.repairs)
        assert doubtful or said(reading)[project.name] == true.get(project.name)


LISTS = ("hunan_list", "list_two_rows", "side_by_side", "hubei_2024", "two_row_header")


@pytest.mark.parametrize("name", LISTS)
def test_a_list_or_a_header_of_two_rows_without_its_columns_is_refused_with_the_way_out(name: str) -> None:
    with pytest.raises(LostColumns):
        parsing.read(bars(cells(CASES / "forms" / f"{name}.xlsx")).encode(), name="paste.txt")


@pytest.mark.parametrize("shape", [bars, blanks])
def test_a_list_whose_titles_stand_in_one_line_is_refused_with_the_way_out(
    shape: Callable[[Rows], str],
) -> None:
    rows = [
        ["项目绩效目标表"],
        ["项目名称", "项目单位", "预算数", "年度绩效目标", "一级指标", "二级指标", "三级指标", "指标值"],
        ["业务装备", "776001-检察院", "1,030,700.00", "保障办案", "产出指标", "数量指标", "车辆", "≥2辆"],
        ["质量指标", "合格率", "≥98%"],
    ]
    with pytest.raises(LostColumns):
        parsing.read(shape(rows).encode(), name="paste.txt")


def test_a_text_of_too_many_lines_is_refused_as_too_long() -> None:
    head = "项目支出绩效目标表\n项目名称 甲\n实施单位 乙\n一级指标 二级指标 三级指标 指标值\n"
    with pytest.raises(TooLarge) as caught:
        parsing.read((head + "质量指标 合格率 ≥98%\n" * 2_001).encode(), name="paste.txt")
    assert caught.value.place == "paste.txt › 文本 › 第4行"


def laid(titles: str, *lines: str) -> list[list[tuple[int, str]]]:
    fragments = [
        [Fragment(text, number, True) for text in line.split("|")] for number, line in enumerate(lines)
    ]
    return [[(column, one.text) for column, one in row.cells] for row in rows_of(fragments, titles.split())]


TITLES = "一级指标 二级指标 三级指标 指标值 分值"


def test_a_row_that_narrow_lines_broke_is_one_row() -> None:
    rows = laid(TITLES, "产出指标", "数量指标|观测", "时间", "≥5000 小时 20", "质量指标|合格率 100% 10")
    assert rows == [
        [(2, "产出指标"), (3, "数量指标"), (4, "观测时间"), (5, "≥5000 小时"), (6, "20")],
        [(3, "质量指标"), (4, "合格率"), (5, "100%"), (6, "10")],
    ]


def test_a_category_without_an_indicator_stays_empty() -> None:
    rows = laid(TITLES, "成本指标", "产出指标|数量指标|册数|3册|10")
    assert rows == [[(3, "成本指标")], [(2, "产出指标"), (3, "数量指标"), (4, "册数"), (5, "3册"), (6, "10")]]


def test_a_border_that_may_be_elsewhere_is_named() -> None:
    fragments = [[Fragment("质量指标", 1, True), Fragment("群众 生活 水平 明显 改善", 1, False)]]
    (row,) = rows_of(fragments, ["二级指标", "三级指标", "指标值"])
    assert row.guessed == 3


NARROW = ["一级指标", "二级指标", "三级指标", "指标值", "权重"]


def narrow(*lines: str) -> list[list[str]]:
    """The texts of the rows that lines of narrow columns make."""
    fragments = [
        split((Cell(text, Place("", "", number, 1, "")),), is_level) for number, text in enumerate(lines)
    ]
    return [[fragment.text for _, fragment in row.cells] for row in rows_of(fragments, NARROW)]


def test_a_cell_ends_with_a_line_that_is_shorter_than_the_next() -> None:
    assert narrow(
        "效益指标 社会效益指标 带动学科发展", "与国内有天文系", "的十几所高校建", "立合作", "30"
    ) == [["效益指标", "社会效益指标", "带动学科发展", "与国内有天文系的十几所高校建立合作", "30"]]


def test_a_cell_goes_on_behind_a_line_that_is_stretched_over_its_column() -> None:
    last = "满意度指标 服务对象满意度指标 用户满意度 ≥92% 10"
    assert narrow(
        "效益指标 社会效益指标", "促 进 青 年 科 研", "人员发展", "激发青年科", "技人才创新", "30", last
    ) == [
        ["效益指标", "社会效益指标", "促进青年科研人员发展", "激发青年科技人才创新", "30"],
        last.split(" "),
    ]


def test_neither_a_cell_nor_a_row_ends_with_a_comma() -> None:
    assert narrow(
        *("效益指标 社会效益指标", "发挥公共平台作用", "定期发布观测数据，", "定期征集", "观测申请", "30"),
        *("满意度指标", "用户满意度", "≥92%", "10"),
    ) == [
        ["效益指标", "社会效益指标", "发挥公共平台作用", "定期发布观测数据，定期征集观测申请", "30"],
        ["满意度指标", "用户满意度", "≥92%", "10"],
    ]


def test_a_category_broken_over_lines_is_one_word() -> None:
    for first, second in (("服务对象满意", "度指标"), ("服务对象满意度指", "标"), ("服务对象满意度", "指标")):
        text = f"{first}\n{second}\n顾客满意度 ≥92% 10"
        lines = [(Cell(line, Place("", "", k, 1, "")),) for k, line in enumerate(text.split("\n"))]
        assert [fragment.text for fragment in mended(lines, 0, is_level)[0]] == ["服务对象满意度指标"]
    apart = [(Cell(line, Place("", "", k, 1, "")),) for k, line in enumerate(("数量指标", "质量指标"))]
    assert [fragment.text for fragment in mended(apart, 0, is_level)[0]] == ["数量指标"]


COPIED = """项目绩效目标表
项目名称 综合工作经费
用款单位 某镇政务服务中心
绩效指标 一级指标 二级指标 三级指标 实施周期指
标值
当年度指标
值
产出指标 数量指标 购置办公用品 1 批 2 批
质量指标 办公用品验收合格率
（%）
≥95% ≥90%
效益指标 社会效益指标 政务部门纵横联动和协
同办公
良好 良好
"""


def test_titles_of_two_columns_that_are_each_broken_over_lines_are_two() -> None:
    (project,) = parsing.read(COPIED.encode(), name="甲.txt").projects
    assert [(one.name, one.period, one.annual) for one in project.indicators] == [
        ("购置办公用品", "1 批", "2 批"),
        ("办公用品验收合格率（%）", "≥95%", "≥90%"),
        ("政务部门纵横联动和协同办公", "良好", "良好"),
    ]


@pytest.mark.parametrize(
    "late",
    [
        "（2024年度）",
        "2024年预算金额（元）\n920000",
        "项目资金\n（万元）",
        "年度目标\n办好实事。",
        "总体目标：办好实事。",
    ],
)
def test_a_text_with_its_head_among_its_indicators_is_refused(late: str) -> None:
    """As programs give it that write what stands in one line before what is broken over several."""
    parsing.read(COPIED.encode(), name="甲.txt")
    with pytest.raises(LostColumns):
        parsing.read(f"{COPIED}{late}\n产出指标 时效指标 完成时间 3月 3月\n".encode(), name="甲.txt")
