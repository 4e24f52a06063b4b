"""A text that stands in two cells is read whole where that is sure enough, and asked about in any case."""

from __future__ import annotations

import io

import pytest
from openpyxl import Workbook

import parsing
from parsing.model import Project

HEAD = (
    ("项目绩效目标表",),
    ("项目名称", "校舍修缮"),
    ("用款单位", "东河镇"),
    ("2024年预算金额（元）", "36000"),
)
TITLES = ("一级指标", "二级指标", "三级指标", "指标值")
ROWS = (
    ("产出指标", "数量指标", "修缮校舍栋数", "≥3栋"),
    ("效益指标", "可持续影响指标", "提高办学水平方面的", "明显提高"),
)


def project(
    head: tuple[tuple[str, ...], ...] = HEAD, rows: tuple[tuple[str | None, ...], ...] = ROWS
) -> Project:
    sheet = (book := Workbook()).active
    assert sheet is not None
    for row in (*head, TITLES, *rows):
        sheet.append(row)
    sheet.merge_cells("A1:D1")
    book.save(data := io.BytesIO())
    (found,) = parsing.read(data.getvalue(), name="甲.xlsx").projects
    return found


@pytest.mark.parametrize(("at", "field"), [(1, "name"), (2, "unit")])
def test_a_text_alone_behind_a_value_may_be_the_rest_of_it(at: int, field: str) -> None:
    head = tuple((*row, "中心小学") if k == at else row for k, row in enumerate(HEAD))
    found = project(head)
    assert getattr(found, field) == HEAD[at][1]
    assert [(r.code, r.path, r.doubtful) for r in found.repairs] == [("beside", field, True)]
    assert "中心小学" in found.repairs[0].reason and found.extras == {"中心小学": ""}


def test_a_label_with_a_value_behind_a_value_is_no_rest_of_it() -> None:
    head = (*HEAD[:2], (*HEAD[2], "那件事", "另一件"), HEAD[3])
    found = project(head)
    assert not found.repairs and found.extras == {"那件事": "另一件"}


def test_the_unit_of_an_amount_may_stand_in_the_next_cell() -> None:
    found = project((*HEAD[:3], ("2024年预算金额", "3.6", "万元")))
    assert found.budget_yuan == 36000 and not found.repairs


def test_a_name_that_goes_on_in_the_next_row_is_one_indicator_and_asked_about() -> None:
    found = project(rows=(*ROWS, (None, None, "可持续性", None)))
    assert [i.name for i in found.indicators] == ["修缮校舍栋数", "提高办学水平方面的可持续性"]
    assert found.indicators[-1].annual == "明显提高"
    assert [(r.code, r.path, r.doubtful) for r in found.repairs] == [("join", "indicators[1]", True)]


@pytest.mark.parametrize("name", ["师生满意程度", "提高办学水平"])
def test_a_name_below_one_that_ends_is_an_indicator_of_its_own(name: str) -> None:
    rows = (ROWS[0], (*ROWS[1][:2], name, "明显提高"), (None, None, "可持续性", None))
    found = project(rows=rows)
    assert [i.name for i in found.indicators] == ["修缮校舍栋数", name, "可持续性"]
    assert not found.repairs
