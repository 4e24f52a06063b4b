"""Money has a range and whole 分: what is beyond is told with its text, and is in no sum."""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path

import pytest
from conftest import make_project
from hypothesis import given
from hypothesis import strategies as st

import parsing
from dashboard.store import open_store
from parsing import values
from parsing.command_line.output import FORMATS
from parsing.model import Project, Reading

HOSTILE = Path(__file__).parent / "cases/hostile"
MOST = 10**13
TABLE = """项目绩效目标表
项目名称\t甲
预算单位\t某局
2025年预算金额（{unit}）\t{budget}
其中：财政拨款\t{source}
项目资金总额（{unit}）\t{total}
一级指标\t二级指标\t三级指标\t当年度指标值\t权重
产出指标\t数量指标\t册数\t≥3册\t{weight}
"""
LONG = "9" * 20_000


def read(budget="5", source="5", total="5", unit="元", weight="10") -> Reading:
    said = TABLE.format(budget=budget, source=source, total=total, unit=unit, weight=weight)
    return parsing.read(said.encode(), name="甲.txt")


def test_the_most_that_money_can_be_is_read_and_a_fen_more_is_not() -> None:
    assert values.yuan("10000000000000", "元") == values.yuan("1000000000", "万元") == MOST
    assert values.yuan("100000亿元", None) == MOST
    for text, unit in (
        ("10000000000000.01", "元"),
        ("1000000001", "万元"),
        ("100001亿元", None),
        ("-0.01", "元"),
    ):
        assert values.yuan(text, unit) is None


@pytest.mark.parametrize("text", ["10000000000001", "99999999999999999999", "-5", "－5"])
def test_money_beyond_is_asked_for_with_its_text_and_is_none(text: str) -> None:
    reading = read(budget=text)
    (project,), (unread,) = reading.projects, reading.unread
    assert project.budget_yuan is None and project.total_yuan == 5
    assert unread.code == "budget-missing" and text in unread.reason and "第4行" in unread.place


@pytest.mark.parametrize(("text", "said"), [("99999999999999999999", "99999999999999999999"), ("-5", "-5")])
def test_a_total_or_a_source_beyond_is_told_too(text: str, said: str) -> None:
    (total,) = read(total=text).unread
    (source,) = read(source=text).unread
    assert total.code == source.code == "amount-beyond"
    assert said in total.reason and said in source.reason
    assert ("第6行" in total.place, "第5行" in source.place) == (True, True)
    (project,) = read(source=text).projects
    assert not project.sources and project.extras["财政拨款"] == text


@pytest.mark.parametrize(
    "text", ["NaN", "Infinity", "1E+999999", "1e400", LONG, f"0.{LONG}", f"{LONG}%", "٣٤"]
)
def test_what_is_no_number_in_a_cell_of_numbers_stays_text(text: str) -> None:
    reading = read(budget=text, source=text, total=text, weight=text)
    (project,) = reading.projects
    assert project.budget_yuan in (None, 34) and project.indicators[0].weight in (None, 34)
    assert all(len(one.reason) < 200 for one in reading.unread)
    for write in FORMATS.values():
        assert write([reading], parsing.DEFAULT)
    json.loads(FORMATS["json"]([reading], parsing.DEFAULT))


@pytest.mark.parametrize("file", ["huge_money", "overflow_a", "overflow_b", "sum_overflow"])
def test_the_files_whose_money_no_database_holds_are_kept_without_it(file: str, tmp_path: Path) -> None:
    data = (HOSTILE / f"{file}.xlsx").read_bytes()
    reading = parsing.read(data, f"{file}.xlsx")
    beyond = [one for one in reading.unread if one.code == "budget-missing"]
    assert len(beyond) == sum(one.budget_yuan is None for one in reading.projects) > 0
    assert all("99999999999999999999" in one.reason or "90000000000000000" in one.reason for one in beyond)
    store = open_store(tmp_path)
    number = store.stage(f"{file}.xlsx", data, reading, "甲")
    store.confirm(number, "甲")
    known = [values.fen(one.budget_yuan) for one in reading.projects if one.budget_yuan is not None]
    assert store.uploads()["budget_fen"].dropna().tolist() == ([sum(known)] if known else [])


def test_no_project_holds_such_money_whoever_makes_it() -> None:
    far = Decimal(10) ** 17
    made = make_project(
        budget_yuan=far,
        total_yuan=Decimal(-1),
        sources={"财政": far, "自筹": Decimal(5)},
        total_sources={"x": far},
    )
    assert (made.budget_yuan, made.total_yuan, made.sources, made.total_sources) == (
        None,
        None,
        {"自筹": 5},
        {},
    )
    kept = json.loads(make_project().model_dump_json()) | {"budget_yuan": str(far)}  # by an older program
    assert Project.model_validate_json(json.dumps(kept)).budget_yuan is None


@given(st.decimals(0, MOST, allow_nan=False, places=6))
def test_the_sum_of_yuan_is_the_sum_of_fen(amount: Decimal) -> None:
    made = make_project(budget_yuan=amount).budget_yuan
    assert made is not None and values.fen(made) == made * 100
    assert abs(made - amount) <= Decimal("0.005")


@pytest.mark.parametrize(
    ("text", "fen"), [("12345.675", 1_234_568), ("12345.678", 1_234_568), ("0.005", 1), ("0.004", 0)]
)
def test_half_a_fen_is_rounded_up_once_and_everywhere_the_same(text: str, fen: int) -> None:
    (project,) = read(budget=text).projects
    assert project.budget_yuan == Decimal(fen) / 100
    assert values.fen(project.budget_yuan) == values.fen(Decimal(text)) == fen


@given(st.text(max_size=40), st.sampled_from(["元", "万元", None]))
def test_any_text_is_money_within_the_range_or_none(text: str, unit: str | None) -> None:
    found = values.yuan(text, unit)
    assert found is None or 0 <= found <= MOST
