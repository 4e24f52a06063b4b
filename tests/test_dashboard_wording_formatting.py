import pandas as pd
import pytest

from dashboard.wording.formatting import (
    WAN,
    YI,
    choose_scale,
    clip,
    format_amount,
    format_money,
    format_share,
    format_wan,
    format_yuan,
    is_known,
    shorten,
)


@pytest.mark.parametrize(
    ("fen", "said"),
    [
        (396_630_000, "396.63"),
        (0, "0.00"),
        (1, "0.00"),
        (499_999, "0.50"),
        (5_000, "0.01"),
        (4_999, "0.00"),
        (123_456_789_012_345, "123,456,789.01"),
        (-3_600_000, "-3.60"),
        (9_007_199_254_740_993_000_000, "9,007,199,254,740,993.00"),
    ],
)
def test_wan_has_two_decimals_rounded_half_up_without_a_float(fen, said):
    assert format_wan(fen) == said


@pytest.mark.parametrize("nothing", [None, float("nan"), pd.NA])
def test_money_that_was_not_read_is_never_zero(nothing):
    assert format_wan(nothing) == format_yuan(nothing) == format_amount(nothing) == "未读到"
    assert not is_known(nothing)


def test_yuan_is_exact_and_shows_fen_only_where_there_are_some():
    assert [format_yuan(fen) for fen in (396_630_000, 1, 100_050, -250)] == [
        "3,966,300",
        "0.01",
        "1,000.50",
        "-2.50",
    ]


def test_money_follows_the_chosen_unit():
    assert (format_money(79_740_000, "万元"), format_money(79_740_000, "元")) == ("79.74", "797,400")


@pytest.mark.parametrize(
    ("fens", "unit"),
    [
        ([396_630_000, None, 3_600_000], "万元"),
        ([1_000_000_000_000, 100_000_000], "亿元"),
        ([1_000_000_000_000, 99_999_999], "万元"),  # the small one would be lost
        ([1_000_000_000_000, 0, None], "亿元"),
        ([999_999_999_999], "万元"),
        ([], "万元"),
    ],
)
def test_amounts_side_by_side_have_one_unit_that_suits_all(fens, unit):
    assert choose_scale(*fens).unit == unit


def test_a_scale_writes_what_it_counts():
    assert (YI.text(1_336_530_000_000), WAN.text(None)) == ("133.65", "未读到")
    assert (YI.number(1_336_500_000_000), WAN.number(None)) == (133.65, 0)


def test_a_sentence_speaks_of_yi_from_ten_thousand_wan_on():
    assert (format_amount(999_999_000_000), format_amount(9_999_000_000)) == ("100.00 亿元", "9,999.00 万元")


@pytest.mark.parametrize(
    ("part", "whole", "said"),
    [
        (186_000_000, 396_630_000, "46.9%"),
        (1, 3, "33.3%"),
        (6, 6, "100.0%"),
        (0, 6, "0.0%"),
        (1, 1_000_000, "<0.1%"),
        (999_999, 1_000_000, ">99.9%"),
        (1, 0, "—"),
        (None, 5, "—"),
    ],
)
def test_a_share_is_neither_rounded_to_nothing_nor_to_everything(part, whole, said):
    assert format_share(part, whole) == said


NAMES = [f"关于2024年全市基层公共服务综合平台升级改造{tail}" for tail in ("一期", "二期", "780")]


@pytest.mark.parametrize(
    "names",
    [
        NAMES,
        [f"二〇二四年度城乡居民基本医疗保险{town}镇财政补助资金" for town in "甲乙丙"],
        [f"{town}镇二〇二四年度城乡居民基本医疗保险财政补助" for town in "甲乙丙"],
    ],
)
def test_names_that_differ_look_different_when_they_are_shortened(names):
    for limit in (12, 20, 22):
        shown = shorten(names, limit)
        assert len(set(shown)) == len(names) and max(map(len, shown)) <= limit


def test_the_same_name_twice_is_shortened_alike_and_a_short_one_stays():
    assert shorten(["综合经费", NAMES[0], NAMES[0], "综合经费"], 12) == [
        "综合经费",
        *[clip(NAMES[0], 12)] * 2,
        "综合经费",
    ]
