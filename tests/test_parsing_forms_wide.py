from __future__ import annotations

import io
from pathlib import Path

import openpyxl
import pytest

import parsing
from parsing.forms.blocks import Block
from parsing.forms.line import Line
from parsing.forms.wide import doubts, lines
from parsing.grid import Cell, Place, Row
from parsing.model import Project

CASES = Path(__file__).parent / "cases/forms"


def row(number: int, *texts: str) -> Row:
    every = enumerate(texts, 1)
    return tuple(Cell(text, Place("", "", number, column, "")) for column, text in every if text)


def test_a_row_of_categories_with_a_text_under_no_title_comes_as_it_is() -> None:
    header = row(1, "数量指标", "质量指标")
    block = Block(
        [row(2, "修路3公里", "合格"), row(3, "架桥1座", "合格", "散落的字")],
        {1: "slot:数量指标", 2: "slot:质量指标"},
        header,
    )
    every = [*lines(block)]
    assert [one.texts["name"] for one in every if isinstance(one, Line)] == ["修路3公里", "合格"]
    assert [one for one in every if not isinstance(one, Line)] == [block.rows[1]]


def changed(spot: str, text: str, case: str = "henan_pairs.xlsx") -> list[Project]:
    """The projects of a list of categories, one of its titles written otherwise."""
    book = openpyxl.load_workbook(CASES / case)
    assert book.worksheets[0][spot].value
    book.worksheets[0][spot] = text
    out = io.BytesIO()
    book.save(out)
    return list(parsing.read(out.getvalue(), "甲.xlsx").projects)


def figures(project: Project) -> list[tuple[str, str, str, str | None]]:
    return [(one.level1, one.level2, one.name, one.annual) for one in project.indicators]


WHOLE = [figures(project) for project in parsing.read(CASES / "henan_pairs.xlsx").projects]


def test_two_columns_of_one_category_are_both_read() -> None:
    twice = [
        [("效益指标" if level1 == "满意度指标" else level1, *rest) for level1, *rest in every]
        for every in WHOLE
    ]
    assert list(map(figures, changed("M4", "效益指标"))) == twice


def test_a_category_whose_title_of_names_nobody_knows_is_parted_by_that_of_its_targets() -> None:
    assert list(map(figures, changed("I5", "设备"))) == WHOLE


def test_a_category_that_nobody_knows_keeps_its_names_and_targets() -> None:
    kept = [
        [
            ("", "特色甲乙", *rest) if level1 == "产出指标" else (level1, level2, *rest)
            for level1, level2, *rest in every
        ]
        for every in WHOLE
    ]
    found = changed("I4", "特色甲乙")
    assert list(map(figures, found)) == kept
    assert [[one.code for one in project.repairs if one.doubtful] for project in found] == [["column"]] * 2


def test_a_category_below_a_wide_title_that_nobody_knows_is_a_category() -> None:
    before, *_ = parsing.read(CASES / "wide_list.xlsx").projects
    project, *_ = changed("F3", "0", "wide_list.xlsx")
    assert figures(project) == figures(before)
    assert [empty.slot for empty in project.empty] == [empty.slot for empty in before.empty]


def test_a_category_over_several_columns_has_the_texts_of_each_and_asks() -> None:
    header = row(1, "数量指标", "效益指标")
    header = (header[0], header[1]._replace(width=3))
    roles = {1: "slot:数量指标", 2: "slot:效益指标", 3: "slot:效益指标", 4: "slot:效益指标"}
    block = Block([row(2, "修路3公里", "受益人口", "", "长效管护")], roles, header)
    every = [one for one in lines(block) if isinstance(one, Line)]
    assert [(one.texts["level1"], one.texts["name"], one.places["name"].column) for one in every] == [
        ("产出指标", "修路3公里", 1),
        ("效益指标", "受益人口", 2),
        ("效益指标", "长效管护", 4),
    ]
    assert [doubt.cell.text for doubt in doubts(block)] == ["效益指标"]


@pytest.mark.parametrize("title", ["产出\n指标", "产出指标\n（30分）", "特色\n甲乙", "产出指标" * 12])
def test_a_title_of_a_category_has_its_targets_however_it_is_broken_or_long(title: str) -> None:
    for project, whole in zip(changed("I4", title), WHOLE, strict=True):
        assert [one[2:] for one in figures(project)] == [one[2:] for one in whole]


def test_a_row_of_pairs_without_a_text_of_any_category_comes_as_it_is() -> None:
    header = row(1, "效益指标", "效益指标\n指标值", "备注")
    roles = {1: "slot:效益指标", 2: "target:效益指标", 3: "extra:备注"}
    block = Block([row(2, "受益人口", "≥90人", "甲"), row(3, "", "", "散落的字")], roles, header)
    assert [one for one in lines(block) if not isinstance(one, Line)] == [block.rows[1]]
