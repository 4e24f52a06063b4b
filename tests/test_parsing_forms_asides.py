"""What stands over, below and beside the indicators: captions, signatures, labels cut by a page."""

from __future__ import annotations

import io
from dataclasses import replace
from pathlib import Path

import openpyxl
import pytest

import parsing
from parsing import forms, vocabulary
from parsing.errors import ReadError
from parsing.formats import text
from parsing.model import Project

CASES = Path(__file__).parent / "cases" / "forms"
HEADER = "一级指标\t二级指标\t三级指标\t指标值"
ROW = "产出指标\t数量指标\t印刷数量\t3册"


def read(*rows: str) -> tuple[Project, ...]:
    """The projects of a page whose cells are parted by tabs; ^ is the cell above."""
    texts = [row.split("\t") for row in rows]
    page = ""
    for at, row in enumerate(texts):
        page += "<tr>"
        for column, said in enumerate(row):
            down = next((n for n, below in enumerate(texts[at + 1 :], 1) if below[column:][:1] != ["^"]), 1)
            page += "" if said == "^" else f"<td rowspan={down}>{said}</td>"
        page += "</tr>"
    return parsing.read(f"<table>{page}</table>".encode(), name="甲.html").projects


@pytest.mark.parametrize(
    "name", ["审核项目数量", "联系群众次数", "负责人培训率", "经办人员合格率", "填表人员数量"]
)
def test_an_indicator_that_begins_like_a_signature_is_one(name: str) -> None:
    (project,) = read("项目名称\t甲", HEADER, ROW, f"^\t^\t{name}\t≥30个", "^\t质量指标\t合格率\t98%")
    assert [one.name for one in project.indicators] == ["印刷数量", name, "合格率"]


@pytest.mark.parametrize(
    "note",
    [
        "填表人：王某\t联系电话：024-12345678",
        "单位负责人（签字）：",
        "注：1.可续表。",
        "审核人：\t填报日期：",
    ],
)
def test_what_stands_below_a_signature_on_the_next_page_is_read(note: str) -> None:
    (project,) = read("项目名称\t甲", HEADER, ROW, note, HEADER, "产出指标\t质量指标\t合格率\t98%")
    assert [(one.slot, one.name) for one in project.indicators] == [("数量", "印刷数量"), ("质量", "合格率")]
    assert not any("王某" in text for text in project.extras)


@pytest.mark.parametrize(
    ("lead", "unit"),
    [("表14", None), ("附件3", None), ("金额单位：元", None), ("编制单位：某局\t金额单位：元", "某局")],
)
def test_what_stands_over_a_table_is_no_indicator_of_the_one_above(lead: str, unit: str | None) -> None:
    first, second = read("项目名称\t甲", HEADER, ROW, lead, "项目名称\t乙", "年度资金总额\t5", HEADER, ROW)
    assert [one.name for one in first.indicators] == ["印刷数量"] and not first.repairs
    assert (second.name, second.unit, second.budget_yuan) == ("乙", unit, 5 if "元" in lead else None)


def test_who_filled_in_a_form_is_said_of_the_one_above_unless_all_say_so_on_top() -> None:
    foot = ("项目名称\t甲", HEADER, ROW, "填报单位：某局")
    assert [one.unit for one in read(*foot, *foot, "项目名称\t乙", HEADER, ROW)] == [None] * 3
    top = ("填报单位：某局", "项目名称\t甲", HEADER, ROW, "填报单位：某站", "项目名称\t乙", HEADER, ROW)
    assert [one.unit for one in read(*top)] == ["某局", "某站"]
    titled = ("项目绩效目标表", *foot, "项目绩效目标表", "项目名称\t乙", HEADER, ROW)
    assert [(one.unit, len(one.indicators)) for one in read(*titled)] == [(None, 1)] * 2


def test_money_of_another_year_is_not_that_of_the_table() -> None:
    rows = ("年度资金总额（元）\t5", "2023年预算（元）\t7")
    assert [one.budget_yuan for one in read("项目名称\t甲", *rows, HEADER, ROW)] == [5]
    rows = ("预算资金（元）\t9", "2024年预算（元）\t7")
    assert [one.budget_yuan for one in read("项目名称\t甲", *rows, HEADER, ROW)] == [7]


def cut_by_a_page(*rows: str, at: int) -> forms.Found:
    """The table whose row ``at``, from the end, goes on with the one before."""
    grid = next(iter(text.grids("甲.txt", "\n".join(("项目绩效目标表", "项目名称\t甲", *rows)).encode())))
    assert not isinstance(grid, parsing.ReadError)
    (found,) = forms.recognise(replace(grid, joins=frozenset({grid.rows[-at][0].place.row})))
    assert isinstance(found, forms.Found)
    return found


@pytest.mark.parametrize("rest", ["体目标\t\t办好。", "体目标", "目标"])
def test_the_rest_of_a_label_that_a_page_break_cut_is_no_part_of_a_goal(rest: str) -> None:
    found = cut_by_a_page("总\t年度目标\t印三册，", rest, HEADER, ROW, at=3)
    assert found.head.text("annual_goal") == ("印三册，办好。" if "办好" in rest else "印三册，")


def test_the_rest_of_the_word_beside_the_indicators_is_no_part_of_a_name() -> None:
    found = cut_by_a_page(f"绩效\t{HEADER}", f"\t{ROW}", "指标\t\t\t（含封面）", at=1)
    assert [line.texts["name"] for line in found.lines] == ["印刷数量（含封面）"]


@pytest.mark.parametrize(
    ("text", "is_one"),
    [("附件3", True), ("表14", True), ("预算11表", True), ("部门预算公开13表", True), ("表彰人数", False)],
)
def test_captions_count_tables(text: str, is_one: bool) -> None:
    assert vocabulary.is_caption(text) is is_one


def test_titles_of_projects_over_those_of_indicators_hold_for_every_page_of_a_list() -> None:
    over, below = "单位名称\t项目名称\t预算金额（元）\t绩效指标\t\t\t", f"^\t^\t^\t{HEADER}"
    first, second = read(
        *(over, below, f"某局\t甲\t5\t{ROW}", "填表人：王某"),
        *(over, below, "\t\t\t产出指标\t质量指标\t合格率\t98%", f"\t乙\t7\t{ROW}"),
    )
    assert [(one.unit, one.name, one.budget_yuan) for one in (first, second)] == [
        ("某局", "甲", 5),
        ("某局", "乙", 7),
    ]
    assert [one.name for one in first.indicators] == ["印刷数量", "合格率"] and len(second.indicators) == 1


def test_rows_below_a_signature_that_nobody_can_place_are_said() -> None:
    (project,) = read("项目名称\t甲", HEADER, ROW, "填表人：王某", "\t\t装订数量\t3册")
    assert [(one.code, one.doubtful) for one in project.repairs] == [("stray", True)]


@pytest.mark.parametrize(
    ("first", "second", "unit"),
    [
        ("填报单位\t某局", "项目单位\t某站", "某站"),
        ("实施单位\t某站", "填报单位\t某局", "某站"),
        ("填报单位\t某局", "项目单位\t", "某局"),
    ],
)
def test_who_does_the_project_is_its_unit_before_who_fills_in_the_form(
    first: str, second: str, unit: str
) -> None:
    (project,) = read("项目名称\t甲", first, second, HEADER, ROW)
    assert project.unit == unit


@pytest.mark.parametrize(
    ("said", "start", "end"),
    [
        ("2022-2023", "2022", "2023"),
        ("2018年—2020年", "2018", "2020"),
        ("2024年1月至12月", "2024-01", "2024-12"),
        ("三年", None, None),
    ],
)
def test_periods_of_years_and_of_months_are_told_and_others_kept_as_printed(
    said: str, start: str | None, end: str | None
) -> None:
    (project,) = read("项目名称\t甲", f"实施期\t{said}", HEADER, ROW)
    assert (project.start, project.end) == (start, end)
    assert project.extras == ({} if start else {"实施期限": said})


def test_a_table_whose_titles_nobody_knows_is_no_part_of_the_goal_above_it() -> None:
    rows = ("项目名称\t甲", "年度目标\t印三册", "层面\t事项\t内容\t要求", "一\t二\t三\t四")
    with pytest.raises(parsing.ReadError):
        read(*rows[:1], *rows[2:])
    (project,) = read("项目绩效目标表", "项目单位\t某局", "年度资金总额（元）\t5", *rows)
    assert project.annual_goal == "印三册"


def test_words_for_a_target_stand_beside_a_sign_that_is_none() -> None:
    header = "一级指标\t二级指标\t三级指标\t运算符号\t指标值\t度量单位"
    (project,) = read("项目名称\t甲", header, "效益指标\t社会效益指标\t出行条件\t定性\t改善\t")
    assert [(one.annual, one.extras) for one in project.indicators] == [("改善", {"运算符号": "定性"})]


TOP = ("2024年项目绩效目标表", "单位：元", f"项目名称\t年度预算\t绩效目标\t{HEADER}")


def test_all_that_stands_over_a_list_again_on_its_next_page_begins_no_other() -> None:
    rows = (f"甲\t5\t办好\t{ROW}", *TOP, "\t\t\t产出指标\t质量指标\t合格率\t98%", f"乙\t7\t办好\t{ROW}")
    first, second = parsing.read("\n".join((*TOP, *rows)).encode(), name="甲.txt").projects
    assert [one.name for one in first.indicators] == ["印刷数量", "合格率"]
    assert (second.name, second.budget_yuan, len(second.indicators)) == ("乙", 7, 1)


def test_indicators_of_a_list_that_stand_under_no_project_are_said() -> None:
    rows = (f"\t\t\t{ROW}", f"乙\t7\t办好\t{ROW}")
    reading = parsing.read("\n".join((*TOP, *rows)).encode(), name="甲.txt")
    assert [len(one.indicators) for one in reading.projects] == [1]
    assert [(one.code, one.place) for one in reading.unread] == [
        ("not-a-table", "甲.txt › 文本 › 第4行第4列")
    ]


def test_sign_number_and_unit_under_one_title_are_one_value() -> None:
    over, below = "一级指标\t二级指标\t三级指标\t指标值\t\t", "^\t^\t^\t符号\t数值\t单位"
    (project,) = read("项目名称\t甲", over, below, "产出指标\t数量指标\t印数\t≥\t3\t册")
    assert [(one.name, one.annual) for one in project.indicators] == [("印数", "≥3册")]


@pytest.mark.parametrize("heading", ["三、绩效指标", "（三）绩效指标", "3、绩效指标"])
def test_the_heading_of_the_indicators_is_no_part_of_the_goal_above_it(heading: str) -> None:
    (project,) = read("项目名称\t甲", "年度目标\t印三册", heading, HEADER, ROW)
    assert project.annual_goal == "印三册"


def test_a_name_in_the_cell_of_its_label_begins_a_table_where_indicators_follow() -> None:
    block = ("项目名称：{0}\t年度预算：{1}万元", "年度目标：办好", HEADER, ROW)
    rows = (row.format(*one) for one in (("甲", 5), ("乙", 7)) for row in block)
    found = parsing.read("\n".join(("项目绩效目标表", *rows)).encode(), name="甲.txt").projects
    assert [(one.name, one.budget_yuan, one.annual_goal, len(one.indicators)) for one in found] == [
        ("甲", 50_000, "办好", 1),
        ("乙", 70_000, "办好", 1),
    ]
    cover = (
        "项目名称：甲",
        "主管部门：某局",
        "实施单位：某站",
        "项目支出绩效目标表",
        "项目名称\t甲",
        HEADER,
        ROW,
    )
    (project,) = parsing.read("\n".join(cover).encode(), name="甲.txt").projects
    assert (project.name, len(project.indicators)) == ("甲", 1)


@pytest.mark.parametrize("note", ["其他需要说明的问题\t无", "财政部门审核意见\t同意", "单位意见：\t同意"])
def test_remarks_below_the_indicators_are_none(note: str) -> None:
    (project,) = read("项目名称\t甲", HEADER, ROW, note)
    assert len(project.indicators) == 1 and not project.repairs


def test_words_below_the_indicators_that_nobody_knows_ask_for_a_look() -> None:
    (project,) = read(
        "项目名称\t甲", HEADER, "产出指标\t数量指标\t印刷数量\t3册", "^\t^\t装订数量\t3册", "附图\t无"
    )
    assert all(repair.doubtful for repair in project.repairs) and project.repairs


def test_what_stands_in_a_list_under_no_title_asks_for_a_look() -> None:
    book = openpyxl.load_workbook(CASES / "henan_pairs.xlsx")
    for row in book.active.iter_rows():
        for cell in row:
            if cell.value == "三级指标" and cell.column == 9:
                cell.value = None
    data = io.BytesIO()
    book.save(data)
    for project in parsing.read(data.getvalue(), name="甲.xlsx").projects:
        strays = [one for one in project.repairs if one.code == "stray"]
        assert {one.place.column for one in strays} == {9, 10}  # their targets are under no category, either


def test_a_list_whose_indicators_have_no_title_at_all_ends_in_a_sentence() -> None:
    book = openpyxl.load_workbook(CASES / "henan_pairs.xlsx")
    for row in book.active.iter_rows():
        for cell in row:
            if cell.value == "产出指标":
                cell.value = "65536"
    data = io.BytesIO()
    book.save(data)
    try:
        reading = parsing.read(data.getvalue(), name="甲.xlsx")
    except ReadError:
        return
    assert reading.unread or any(one.repairs for one in reading.projects)
