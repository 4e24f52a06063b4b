"""What stands over, below and beside the indicators: captions, signatures, labels cut by a page."""

from __future__ import annotations

from dataclasses import replace

import pytest

import parsing
from parsing import forms
from parsing.formats import text
from parsing.forms import vocabulary
from parsing.model import Project

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
    [("表14", None), ("附件3", None), ("金额单位：元", None), ("填报单位：某局\t金额单位：元", "某局")],
)
def test_what_stands_over_a_table_is_no_indicator_of_the_one_above(lead: str, unit: str | None) -> None:
    first, second = read("项目名称\t甲", HEADER, ROW, lead, "项目名称\t乙", "年度资金总额\t5", HEADER, ROW)
    assert [one.name for one in first.indicators] == ["印刷数量"] and not first.repairs
    assert (second.name, second.unit, second.budget_yuan) == ("乙", unit, 5 if "元" in lead else None)


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
