"""Money of which only the parts are printed is their sum, and said to be; nothing is summed on a guess."""

from __future__ import annotations

from decimal import Decimal

import pytest

import parsing
from parsing.model import DOUBT, Project

GRID = "一级指标\t二级指标\t三级指标\t指标值\n产出指标\t数量指标\t印刷数量\t3册\n"


def project(*rows: str, title: str = "年度资金总额\t金额（万元）") -> Project:
    head = ["项目支出绩效目标表", "项目名称\t校舍清理", "实施单位\t某镇", title, *rows]
    (found,) = parsing.read(("\n".join(head) + f"\n{GRID}").encode(), name="甲.txt").projects
    return found


NESTED = (
    "（一）财政拨款小计\t6.30",
    "1、一般公共预算\t6.00",
    "2、政府性基金\t0.30",
    "（二）自有资金小计\t1.50",
    "1、事业收入\t1.50",
)


def test_the_money_is_the_sum_of_its_numbered_parts() -> None:
    found = project(*NESTED)
    assert found.budget_yuan == Decimal("78000.00")
    (repair,) = [one for one in found.repairs if one.path == "budget_yuan"]
    assert (repair.code, repair.before, repair.confidence >= DOUBT) == ("summed", ("金额（万元）",), True)
    assert "6.30 + 1.50" in repair.reason
    assert found.places["budget_yuan"].row == 4


def test_a_part_that_is_not_the_sum_of_its_own_is_asked_about() -> None:
    found = project(*NESTED[:2], "2、政府性基金\t0.70", *NESTED[3:])
    assert found.budget_yuan == Decimal("78000.00")
    assert [(one.code, one.doubtful) for one in found.repairs] == [("summed", True)]


@pytest.mark.parametrize("level", ["{}、", "（{}）", "{}."])
def test_parts_of_one_level_are_added_up(level: str) -> None:
    numbers = "一二三" if level != "{}." else "123"
    rows = [
        f"{level.format(number)}某项资金\t{amount}" for number, amount in zip(numbers, "124", strict=True)
    ]
    assert project(*rows).budget_yuan == 70_000


@pytest.mark.parametrize(
    "rows",
    [
        ("财政拨款\t6.30", "自有资金\t1.50"),  # not numbered: one may be a part of the other
        ("（一）财政拨款小计\t待定", "（二）自有资金小计\t1.50"),
        ("1、一般公共预算\t6.00", "（一）财政拨款小计\t6.30"),
        (),
    ],
)
def test_nothing_is_added_up_where_the_parts_are_not_sure(rows: tuple[str, ...]) -> None:
    found = project(*rows)
    assert found.budget_yuan is None
    assert "summed" not in [one.code for one in found.repairs]


def test_without_a_unit_nothing_is_added_up() -> None:
    assert project(*NESTED, title="年度资金总额\t金额").budget_yuan is None


def test_an_amount_that_is_printed_is_the_money_whatever_stands_below() -> None:
    found = project(*NESTED, title="年度资金总额（万元）\t9")
    assert found.budget_yuan == 90_000 and "summed" not in [one.code for one in found.repairs]
