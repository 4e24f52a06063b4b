"""What a cell holds that is no text: nobody left it blank."""

from __future__ import annotations

import io

import pytest
from openpyxl import Workbook

import parsing
from parsing.model import Project
from parsing.rules import review

PICTURE = '=_xlfn.DISPIMG("ID_61A4C7AEBBCE4C2AB56FC63352E00CBD",1)'


def book(name: str, target: str) -> bytes:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    for row in (
        ("项目绩效目标表",),
        ("项目名称", name, "用款单位", "某镇"),
        ("2024年预算金额（元）", 5),
        ("一级指标", "二级指标", "三级指标", "指标值"),
        ("产出指标", "数量指标", "印制工作手册数量", target),
        ("产出指标", "质量指标", "验收合格率", "≥90%"),
    ):
        sheet.append(row)
    for cell in (sheet["B2"], sheet["D5"]):
        if cell.value == PICTURE:
            cell.data_type = "s"  # the text that WPS leaves as the result
    data = io.BytesIO()
    book.save(data)
    return data.getvalue()


def rules(project: Project) -> set[str]:
    return {finding.rule for finding in review(project).findings}


@pytest.mark.parametrize(("target", "code"), [(PICTURE, "picture"), ("=B2*2", "formula")])
def test_a_target_that_is_no_text_is_said_and_not_held_against_anybody(target: str, code: str) -> None:
    (project,) = parsing.read(book("甲", target), name="甲.xlsx").projects
    indicator, _ = project.indicators
    assert (indicator.name, indicator.annual) == ("印制工作手册数量", None)
    assert [(repair.code, repair.path, repair.place.cell) for repair in project.repairs] == [
        (code, "indicators[0]", "D5")
    ]
    (blank,) = parsing.read(book("甲", ""), name="甲.xlsx").projects
    assert "C08" in rules(blank) and "C08" not in rules(project)


@pytest.mark.parametrize("name", [PICTURE, "=A9"])
def test_a_name_that_is_no_text_is_no_blank(name: str) -> None:
    (project,) = parsing.read(book(name, "3册"), name="甲.xlsx").projects
    assert project.name == "" and "name" not in project.blanks
    assert [repair.path for repair in project.repairs] == ["name"]


def test_a_picture_is_one_in_every_format() -> None:
    text = f"项目名称\t甲\n一级指标\t二级指标\t三级指标\t指标值\n产出指标\t数量指标\t册数\t{PICTURE}\n"
    (project,) = parsing.read(text.encode(), name="甲.txt").projects
    assert [repair.code for repair in project.repairs] == ["picture"]
