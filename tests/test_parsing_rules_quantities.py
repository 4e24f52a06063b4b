"""Quantities in prose: what counts, what does not, and where it stands."""

from __future__ import annotations

from decimal import Decimal

import pytest

from parsing.rules.quantities import number, quantities


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("为18名工作人员配备工作服", [(18, "人")]),
        ("购置办公用品1批及租赁窗口设备1批", [(1, "批"), (1, "批")]),
        ("服务时长2年", [(2, "年")]),
        ("采购1家第三方机主要定制1套软件开发", [(1, "家"), (1, "套")]),
        ("结算532万元,完成3个项目", [(5320000, "元"), (3, "个")]),
        ("建成高标准农田3万亩", [(30000, "亩")]),
        ("满意度达百分之九十五以上", [(95, "%")]),
        ("合格率９８％", [(98, "%")]),
        ("举办三场培训，走访一百二十户", [(3, "场"), (120, "户")]),
        ("培训1,200人次", [(1200, "人次")]),
        ("培训20余场", [(20, "场")]),
        ("补助5000元/场", [(5000, "元")]),
    ],
)
def test_a_quantity_is_a_number_with_its_unit(text: str, expected: list[tuple[int, str]]) -> None:
    assert [(one.number, one.unit) for one in quantities(text)] == expected


@pytest.mark.parametrize(
    "text",
    [
        "24小时自助厅出入口改造",
        "2024年度计划，2025年完成",
        "财预〔2021〕101号",
        "“一网统管”试点，委托第三方机构，提供一个优质服务环境",
        "两个维护，三支一扶，二期工程，第2批，12345热线",
        "12月31日前完成，65岁以上老人，5G基站，1站式服务，15分钟便民圈",
        "千家万户，一次性补助，三级医院",
    ],
)
def test_what_only_looks_like_a_quantity_is_none(text: str) -> None:
    assert quantities(text) == ()


@pytest.mark.parametrize(
    "text", ["本年度，培训1,200人次、走访３００户。", "满意度达百分之九十五以上，办两场"]
)
def test_a_quantity_stands_where_its_text_is(text: str) -> None:
    found = quantities(text)
    assert len(found) == 2
    assert all(text[one.start : one.end].translate({0xFF13: "3", 0xFF10: "0"}) == one.text for one in found)


def test_the_words_around_end_with_the_clause_or_the_next_quantity() -> None:
    first, second = quantities("为开展工作，购置办公用品1批及租赁窗口设备1批，营造环境")
    assert (first.before, first.after) == ("购置办公用品", "及租赁窗口设备")
    assert (second.before, second.after) == ("及租赁窗口设备", "")


def test_what_a_number_is_for_and_its_sign_are_kept() -> None:
    (often,) = quantities("每季度开展1次检查")
    (least,) = quantities("培训不少于30人")
    (price,) = quantities("补助2000元/名")
    assert (often.each, least.sign, price.per) == ("季度", "≥", "人")


@pytest.mark.parametrize(
    ("text", "value"),
    [("十", 10), ("十二", 12), ("二十", 20), ("三百零五", 305), ("两千", 2000), ("1,200.5", "1200.5")],
)
def test_numbers_are_read_in_digits_and_in_chinese(text: str, value: int | str) -> None:
    assert number(text) == Decimal(value)
