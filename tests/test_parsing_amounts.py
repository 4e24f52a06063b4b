"""What a cell of money says: one amount, one with its parts, or several that nobody adds up."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import parsing
from parsing import amounts

HOSTILE = Path(__file__).parent / "cases/hostile"
GRID = "一级指标\t二级指标\t三级指标\t指标值\n产出指标\t数量指标\t修路里程\t≥3公里"
SEVERAL = [
    "500000\n420000",
    "500000 420000",
    "500,000.00\n420,000.00",
    "500000\n\n420000\n300000",
    "50万、42万",
    "50万元42万元",
    "500000/420000",
    "500000,420000",
    "500000；420000",
    "50-60万",
    "120 300",
    "50万（42万）",
    "财政拨款300万元、自筹200万元",
    "50万元（2023年20万元，2024年30万元）",
]


@pytest.mark.parametrize("text", SEVERAL)
def test_several_amounts_in_one_cell_are_none(text: str) -> None:
    assert amounts.read(text, "元") == amounts.read(text, "万元") == (None, None, "", True)


@pytest.mark.parametrize(
    ("text", "yuan"),
    [
        ("854万（道路400万元，绿化454万元）", 8_540_000),
        ("854万854万（道路400万元，绿化454万元）", 8_540_000),
        ("50万元，其中：财政拨款30万元", 500_000),
        ("50万元\n其中：财政拨款30万元", 500_000),
        ("500000（其中财政拨款420000）", 500_000),
        ("920000（500000+420000）", 920_000),
        ("920000（道路500000，绿化420000）", 920_000),
        ("36000（18人×2000元/人）", 36_000),
        ("50万元（2024年）", 500_000),
        ("50万元（暂定）", 500_000),
        ("500000\n500000", 500_000),
        ("50（万元）", 500_000),
    ],
)
def test_an_amount_with_its_parts_is_one(text: str, yuan: int) -> None:
    found = amounts.read(text, "元")
    assert (found.yuan, found.several) == (yuan, False)


@pytest.mark.parametrize(
    ("text", "yuan"),
    [
        ("1,030,\n700.00", 1_030_700),
        ("3,309,84\n0.00", 3_309_840),
        ("1 030 700.00", 1_030_700),
        ("36000.00\n元", 36_000),
        ("￥ 36,000 元整", 36_000),
    ],
)
def test_a_number_that_a_narrow_column_broke_goes_on(text: str, yuan: int) -> None:
    assert amounts.read(text, "元").yuan == yuan


@pytest.mark.parametrize("text", ["详见附件", "-5", "3个", "92=50+42", "", "#REF!", "36000意"])
def test_what_is_no_amount_is_none(text: str) -> None:
    assert amounts.read(text, "元")[::3] == (None, False)


@given(
    st.lists(st.integers(1, 10**9), min_size=2, max_size=4, unique=True),
    st.sampled_from(["\n", " ", "\n\n", "、", "/", ";", " / "]),
    st.sampled_from(["元", "万元"]),
)
def test_digits_of_different_amounts_are_never_joined(numbers: list[int], between: str, unit: str) -> None:
    found = amounts.read(between.join(map(str, numbers)), unit)
    assert found == (None, None, "", True)


def project(*rows: str, title: str = "2024年项目绩效目标表") -> parsing.Project:
    lines = [title, "项目名称\t甲", *rows, GRID]
    (found,) = parsing.read("\n".join(lines).encode(), name="甲.txt").projects
    return found


def test_the_cell_with_two_amounts_is_quoted_and_asked_for() -> None:
    reading = parsing.read(HOSTILE / "two_amounts_one_cell.xlsx")
    (found,) = reading.projects
    assert found.budget_yuan is None
    ((code, place, before, path, doubtful),) = [
        (one.code, one.place.cell, one.before, one.path, one.doubtful) for one in found.repairs
    ]
    assert (code, place, before, path, doubtful) == (
        "several",
        "B8",
        ("500000\n420000",),
        "budget_yuan",
        True,
    )
    assert [(one.code, one.place.rpartition(" ")[2]) for one in reading.unread] == [("budget-missing", "B8")]
    assert "500000 420000" in reading.unread[0].reason


def test_the_parts_of_an_amount_are_kept_as_printed() -> None:
    said = "854万（道路400万元，绿化454万元）"
    found = project(f"2024年预算（万元）\t{said}")
    assert (found.budget_yuan, found.repairs, list(found.extras.values())) == (8_540_000, (), [said])


def test_a_source_with_two_amounts_is_in_no_sum_and_asked_for() -> None:
    found = project("2024年预算（万元）\t92\t财政拨款\t50、42")
    assert (found.budget_yuan, found.sources, found.extras) == (920_000, {}, {"财政拨款": "50、42"})
    assert [one.code for one in found.repairs] == ["several"]


def test_a_unit_that_label_and_heading_contradict_is_asked_for() -> None:
    found = project("单位：元", "2024年预算（万元）\t3600")
    assert found.budget_yuan is None
    assert [(one.code, one.path, one.doubtful) for one in found.repairs] == [
        ("two-units", "budget_yuan", True)
    ]
    for printed, yuan in (("36", 360_000), ("36000", 36_000)):  # only one of the units makes sense
        found = project("单位：元", f"2024年预算（万元）\t{printed}")
        assert found.budget_yuan == yuan
        assert [(one.code, one.doubtful) for one in found.repairs] == [("likely-unit", True)]
    assert project("单位：元", "2024年预算（万元）\t36万元").budget_yuan == 360_000
    assert project("单位：万元", "2024年预算（万元）\t36").repairs == ()


@pytest.mark.parametrize(
    ("label", "said", "yuan", "doubtful"),
    [
        ("元", "50万元", 500_000, False),  # 50 元 would make no sense
        ("万元", "36000元", 36_000, False),  # nor would 3.6 亿元
        ("万元", "5000元", 5_000, True),  # 5,000 万元 might be meant
        ("元", "9000万元", 90_000_000, True),
    ],
)
def test_a_unit_in_the_value_wins_and_is_said_where_it_is_another(
    label: str, said: str, yuan: int, doubtful: bool
) -> None:
    found = project(f"2024年预算（{label}）\t{said}")
    assert found.budget_yuan == yuan
    assert [(one.code, one.doubtful) for one in found.repairs] == [("own-unit", doubtful)]


@pytest.mark.parametrize("said", ["36万元", "36", "36 万", "0.0036亿元"])
def test_the_same_unit_in_the_value_is_nothing_to_say(said: str) -> None:
    found = project(f"2024年预算（万元）\t{said}")
    assert (found.budget_yuan, found.repairs) == (360_000, ())


@pytest.mark.parametrize("said", ["一般公共预算安排77300万元", "2024年拟安排市级资金77300万元，用于新建高校"])
def test_the_only_amount_of_a_sentence_is_read_and_asked_about(said: str) -> None:
    found = project(f"2024年预算（元）\t{said}")
    assert found.budget_yuan == 773_000_000
    assert [(one.code, one.path, one.doubtful) for one in found.repairs] == [("worded", "budget_yuan", True)]
    assert said in found.extras.values()


@pytest.mark.parametrize(
    "said",
    [
        *("按每人200元补助", "补助标准200元", "上年安排50万元", "缺口50万元", "不超过50万元"),
        *("安排50万元，争取上级20万元", "安排50", "2024年安排50", "共3人，安排50万元"),
        *("负12万元", "节约资金12万元", "欠付12万元", "审减12万元", "超过12万元部分", "第二年12万元"),
        *("次年安排12万元", "12万元以内", "场地租金12万元"),
    ],
)
def test_a_price_or_one_of_several_amounts_in_a_sentence_is_not_the_money(said: str) -> None:
    assert project(f"2024年预算（元）\t{said}").budget_yuan is None


@pytest.mark.parametrize(
    ("said", "total", "years"),
    [
        ("总投资1,260万元，分三年实施，其中2025年申请财政资金420万元。", 1260, {2025: 420}),
        ("总经费580万元，2025年度下达210万元", 580, {2025: 210}),
        ("2025年安排86万元，其中中央60万元、市级26万元（2024年安排79万元）", None, {2025: 86}),
        ("总投资3000万元，2024年安排1000万元，2025年安排1200万元", 3000, {2024: 1000, 2025: 1200}),
        ("总预算100万元，当年安排40万元，结转30万元", 100, {0: 40}),
        ("总投资500万元，其中中央资金300万元，省级资金200万元", 500, {}),
    ],
)
def test_a_sentence_may_tell_the_whole_and_the_money_of_its_years(
    said: str, total: int | None, years: dict[int, int]
) -> None:
    money = amounts.in_sentence(said)
    assert money is not None
    assert money.total == (total and total * 10_000)
    assert money.years == {year: amount * 10_000 for year, amount in years.items()}


@pytest.mark.parametrize("said", ["2025年购置2台，每台5万元，共10万元", "2025年安排5万元，2025年安排6万元"])
def test_two_amounts_of_the_same_and_prices_tell_no_money_of_a_year(said: str) -> None:
    assert amounts.in_sentence(said) is None


@pytest.mark.parametrize("label", ["2025年预算", "经费说明", "资金安排说明"])
def test_the_money_of_the_year_is_found_in_a_sentence_whatever_its_label(label: str) -> None:
    found = project(f"{label}\t总经费580万元，2025年度下达210万元", title="项目绩效目标表")
    assert found.budget_yuan == 2_100_000
    assert ("worded", "budget_yuan", True) in [(one.code, one.path, one.doubtful) for one in found.repairs]


@pytest.mark.parametrize(
    ("line", "unit"),
    [
        ("具体如下（单位：元）。", "元"),
        ("现将项目公开如下，金额单位：万元。", "万元"),
        ("单位：元/人", None),
        ("单位：某局", None),
    ],
)
def test_the_unit_of_money_is_found_anywhere_in_a_line(line: str, unit: str | None) -> None:
    assert amounts.unit_told(line) == unit


@pytest.mark.parametrize(
    ("text", "yuan"),
    [
        ("叁万陆仟元整", "36000"),
        ("陆拾捌万元整（680000元）", "680000"),
        (
            "人民币陆佰贰拾万元整（¥6,200,000.00），其中：财政补助3,000,000.00元，自筹3,200,000.00元。",
            "6200000",
        ),
        ("伍佰元零伍分", "500.05"),
        ("壹亿贰仟万元整", "120000000"),
    ],
)
def test_an_amount_in_capital_numerals_is_read(text: str, yuan: str) -> None:
    assert amounts.read(text, None).yuan == Decimal(yuan)


@pytest.mark.parametrize("text", ["陆拾捌万元整（690000元）", "万元", "伍角"])
def test_capital_numerals_that_figures_contradict_or_that_say_no_amount_are_none(text: str) -> None:
    assert amounts.read(text, None).yuan is None
