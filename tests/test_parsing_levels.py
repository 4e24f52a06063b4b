"""Of 一级项目 and 二级项目 only one level is summed."""

from __future__ import annotations

from decimal import Decimal
from itertools import permutations

import pytest
from conftest import make_project

from parsing.levels import budget_gap, doubled, groups, level
from parsing.rules import review, review_all

UNIT = {"department": "教育局", "unit": "第一中学"}
PROGRAMME = make_project("校园建设", level="一级项目", **UNIT)
ITEM = make_project("操场翻修", level="二级项目", **UNIT)


@pytest.mark.parametrize(
    ("text", "which"),
    [
        *[(one, 1) for one in ("一级项目", "一级", " 一 级项目", "1级项目", "１级项目", "第一级")],
        *[(one, 2) for one in ("二级项目", "二级", "2级项目", "二级预算项目", "二级\n项目")],
        *[
            (one, None)
            for one in (None, "", "三级项目", "市级", "一级项目 二级项目", "一二级项目", "重点", "11级")
        ],
    ],
)
def test_a_level_is_what_the_form_prints_and_nothing_is_guessed(text: str | None, which: int | None):
    assert level(text) == which


def test_a_programme_is_left_out_where_items_of_its_unit_and_year_are_there():
    assert doubled([PROGRAMME, ITEM]) == [0]
    assert doubled([ITEM, make_project("桌椅", level="二级项目", **UNIT), PROGRAMME]) == [2]
    assert doubled([PROGRAMME, make_project("食堂", level="一级项目", **UNIT), ITEM]) == [0, 1]


def test_a_group_holds_the_programmes_of_a_unit_and_the_items_that_they_consist_of():
    whole = make_project("教育", level="一级项目", department="教育局", unit=None)
    assert groups([PROGRAMME, ITEM, whole]) == [([0], [1]), ([2], [1])]
    assert groups([PROGRAMME, PROGRAMME, ITEM, ITEM]) == [([0, 1], [2, 3])]


@pytest.mark.parametrize(
    ("whole", "parts", "gap"),
    [
        ([100], [60, 40], 0),
        ([100], [99], 0),  # within 1 %
        ([1000], [989], 11),
        ([100, 100], [150], 50),
        ([100], [60, 70], -30),
        ([Decimal("0.5")], [Decimal("0.2")], Decimal("0.3")),
        ([None], [60], 0),
        ([100], [60, None], 0),
    ],
)
def test_how_far_items_are_from_their_programme_is_told_where_both_are_known(whole, parts, gap):
    assert budget_gap(whole, parts) == gap


@pytest.mark.parametrize("alone", [PROGRAMME, ITEM])
def test_of_one_level_alone_everything_counts(alone):
    assert doubled([alone, alone]) == []
    assert doubled([]) == []


@pytest.mark.parametrize(
    "other",
    [
        {"level": None},
        {"level": "三级项目"},
        {"year": 2025},
        {"year": None},
        {"unit": "第二中学"},
        {"unit": None, "department": None},
        {"unit": None},  # of the department: not for certain of this school
    ],
)
def test_what_is_not_for_certain_the_same_money_counts(other: dict[str, object]):
    assert doubled([PROGRAMME, ITEM.model_copy(update=other)]) == []


@pytest.mark.parametrize("other", [{"year": None}, {"level": None}, {"unit": None, "department": None}])
def test_a_programme_that_does_not_say_enough_counts(other: dict[str, object]):
    assert doubled([PROGRAMME.model_copy(update=other), ITEM.model_copy(update={"year": None}), ITEM]) == []


@pytest.mark.parametrize("own", [None, "教育局", "[015] 教育局"])
def test_a_programme_of_a_department_consists_of_the_items_of_its_units(own: str | None):
    programme = PROGRAMME.model_copy(update={"unit": own})
    assert doubled([programme, ITEM]) == [0]
    assert doubled([programme, ITEM.model_copy(update={"department": "卫健局"})]) == []


@pytest.mark.parametrize("printed", ["[015001]第一中学", "(433001) 第一中学", "015001-第一中学", "第一 中学"])
def test_codes_and_spaces_do_not_make_another_unit(printed: str):
    assert doubled([PROGRAMME, ITEM.model_copy(update={"unit": printed})]) == [0]
    assert doubled([PROGRAMME.model_copy(update={"unit": printed}), ITEM]) == [0]


def test_the_order_does_not_matter():
    many = [PROGRAMME, ITEM, ITEM.model_copy(update={"unit": "第二中学"}), make_project(level=None)]
    found = {
        tuple(one.name for n, one in enumerate(order) if n in doubled(order)) for order in permutations(many)
    }
    assert found == {("校园建设",)}


def test_a_programme_is_not_compared_with_what_it_consists_of():
    alone, *parts = review_all([PROGRAMME, ITEM, ITEM.model_copy(update={"name": "操场翻修二期"})])
    assert alone == review(PROGRAMME) and all(len(one.findings) > len(review(ITEM).findings) for one in parts)
    others = review_all([PROGRAMME, ITEM.model_copy(update={"level": None})])
    assert [one.rule for one in others[0].findings if one.rule.startswith("P")]
