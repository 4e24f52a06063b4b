from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from parsing.values import ticked, understand, when, yuan

CASES = yaml.safe_load((Path(__file__).parent / "cases/values.yml").read_text("utf-8"))
SIGNS = {"≥": "≥", "不低于": "≥", "≤": "≤", "不超过": "≤", "＞": ">", "<": "<", "＝": "=", "": ""}


@pytest.mark.parametrize("text", CASES)
def test_a_value_met_in_a_real_table_is_understood(text: str) -> None:
    said = {k: str(v) for k, v in understand(text)._asdict().items() if v not in ("", None)}
    assert said == {k: str(v) for k, v in CASES[text].items()}


@given(
    st.sampled_from(sorted(SIGNS)),
    st.decimals(0, 10**6, places=2),
    st.sampled_from(["%", "‰", "批", "人", "公里", "个月", "标箱"]),
)
def test_sign_number_and_unit_survive_any_combination(sign: str, number: Decimal, unit: str) -> None:
    value = understand(f"{sign}{number}{unit}")
    assert (value.sign, value.number, value.unit) == (SIGNS[sign], number, unit)
    assert value.kind == ("rate" if unit in "%‰" else "number")


@given(st.text(max_size=60))
def test_no_text_makes_the_grammar_fail(text: str) -> None:
    assert understand(text).kind
    when(text)
    yuan(text, "元")


@given(st.decimals(0, 10**9, places=2), st.sampled_from(["元", "万元"]))
def test_money_is_exact_yuan_whatever_the_unit(amount: Decimal, unit: str) -> None:
    scale = {"元": 1, "万元": 10000}[unit]
    assert yuan(str(amount), unit) == yuan(f"{amount:,}{unit}", None) == amount * scale


@pytest.mark.parametrize(("text", "unit"), [("920000", None), ("", "元"), ("若干", "元"), ("-5", "元")])
def test_money_without_a_unit_or_a_number_is_unknown(text: str, unit: str | None) -> None:
    assert yuan(text, unit) is None


def test_a_unit_in_the_value_overrules_the_label() -> None:
    assert yuan("250万", "元") == 2_500_000


@pytest.mark.parametrize(
    ("text", "period"),
    [
        ("2022", ("2022", None)),
        ("2022年3月", ("2022-03", None)),
        ("2024-1-1至2026-12-31", ("2024-01-01", "2026-12-31")),
        ("44,561", ("2021-12-31", None)),
        ("长期", (None, None)),
    ],
)
def test_a_period_is_read_as_iso_dates(text: str, period: tuple[str | None, str | None]) -> None:
    assert when(text) == period


@pytest.mark.parametrize(
    ("text", "item"),
    [
        ("☑经常性项目   □一次性项目", "经常性项目"),
        ("部门项目 ☑  公共项目 □", "部门项目"),
        ("□政策性  ☑一次性  ☑经常性", "一次性、经常性"),
        ("□政策性  □一次性", "□政策性  □一次性"),
        ("特定目标类", "特定目标类"),
        ("是√", "是√"),
    ],
)
def test_of_boxes_the_ticked_ones_are_the_value(text: str, item: str) -> None:
    assert ticked(text) == item
