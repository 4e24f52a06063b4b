"""Rows of a list that add others up: known by words and by arithmetic, and compared with what was read."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

import parsing

HOSTILE = Path(__file__).parent / "cases/hostile"
TITLES = [
    "序号",
    "项目名称",
    "项目单位",
    "预算金额（万元）",
    "年度目标",
    "一级指标",
    "二级指标",
    "三级指标",
    "指标值",
]
Rows = list[list[str]]


def project(name: str, amount: str, unit: str = "某局") -> list[str]:
    return ["1", name, unit, amount, "办好", "产出指标", "数量指标", f"{name}的里程", "≥3公里"]


def row(name: str = "", amount: str = "", *, first: str = "", unit: str = "", goal: str = "") -> list[str]:
    return [first, name, unit, amount, goal]


def read(rows: Rows, *above: str, titles: list[str] = TITLES) -> parsing.Reading:
    lines = ["2024年项目绩效目标表", *above, "\t".join(titles), *("\t".join(one) for one in rows)]
    return parsing.read("\n".join(lines).encode(), name="甲.txt")


def names(reading: parsing.Reading) -> list[str]:
    return [one.name for one in reading.projects]


def told(reading: parsing.Reading) -> list[tuple[str, Decimal | None, Decimal | None, bool]]:
    return [(one.label, one.printed_yuan, one.read_yuan, one.agrees) for one in reading.totals]


def wan(*amounts: int) -> list[Decimal]:
    return [Decimal(amount * 10_000) for amount in amounts]


A, B, C, D = (
    project(name, amount) for name, amount in zip("甲乙丙丁", ("10", "20", "30", "45"), strict=True)
)


def test_sums_of_other_words_are_no_projects() -> None:
    reading = parsing.read(HOSTILE / "total_rows_other_words.xlsx")
    assert names(reading) == ["甲", "乙"]
    assert sum(one.budget_yuan or 0 for one in reading.projects) == 300_000
    assert told(reading) == [("一、基本支出", *wan(30, 30), True), ("共计", *wan(30, 30), True)]


WORDS = [
    *(
        "合计",
        "总计",
        "共计",
        "小计",
        "汇总",
        "总和",
        "累计",
        "合 计",
        "合计：",
        "本页小计",
        "项目支出合计",
        "金额合计",
    ),
    *(
        "承前页",
        "过次页",
        "转下页",
        "合计（3个项目）",
        "合计3个",
        "本单位小计",
        "某局小计",
        "本年项目经费共计",
    ),
]


@pytest.mark.parametrize("words", WORDS)
@pytest.mark.parametrize("column", [0, 1, 2, 4])
def test_a_row_with_such_words_is_a_sum_in_whatever_column_they_stand(words: str, column: int) -> None:
    last = ["", "", "", "60"] if column < 4 else ["", "", "", "60", words]
    last[column] = words
    reading = read([A, B, C, last])
    assert names(reading) == ["甲", "乙", "丙"]
    assert told(reading) == [(words, *wan(60, 60), True)]
    assert not any(one.repairs for one in reading.projects)


@pytest.mark.parametrize(
    "name",
    [
        "项目管理费汇总系统建设",
        "工资总额核算",
        "累计折旧清查",
        "合计划拨资金",
        "小计量器具检定",
        "总计划编制",
        "汇总分析",
    ],
)
def test_a_project_whose_name_merely_has_such_words_stays_one(name: str) -> None:
    reading = read([A, project(name, "20"), C, row(first="合计", amount="60")])
    assert names(reading) == ["甲", name, "丙"]
    assert told(reading) == [("合计", *wan(60, 60), True)]


def test_a_project_with_goals_and_indicators_stays_one_even_if_its_name_ends_so() -> None:
    reading = read([A, project("某镇工程审计总计", "20")])
    assert names(reading) == ["甲", "某镇工程审计总计"]


@pytest.mark.parametrize("word", ["共计", "合计"])
def test_such_a_word_beside_the_name_of_a_project_with_indicators_takes_nothing_away_and_is_asked(
    word: str,
) -> None:
    reading = read([A, project("乙", "20", unit=word), C])
    assert names(reading) == ["甲", "乙", "丙"]
    assert [[repair.code for repair in one.repairs] for one in reading.projects] == [[], ["sum-word"], []]


@pytest.mark.parametrize("heading", ["一、基本支出", "（一）基本支出", "基本支出"])
def test_a_heading_with_the_money_of_the_rows_below_is_a_sum(heading: str) -> None:
    reading = read(
        [row(heading, "30"), A, B, row("二、项目支出" if "一" in heading else "项目支出", "75"), C, D]
    )
    assert names(reading) == ["甲", "乙", "丙", "丁"]
    assert [one[1:] for one in told(reading)] == [(*wan(30, 30), True), (*wan(75, 75), True)]
    assert not any(one.repairs for one in reading.projects)


def test_sums_within_sums_above_and_below_their_parts() -> None:
    above = [row("全县", "105"), row("甲部门", "30"), A, B, row("乙部门", "75"), C, D]
    below = [
        A,
        B,
        row(first="小计", amount="30"),
        C,
        D,
        row(first="小计", amount="75"),
        row(first="总计", amount="105"),
    ]
    both = [row(first="总计", amount="105"), row("甲部门", "30"), A, B, row("乙部门", "75"), C, D]
    for rows, sums in ((above, (105, 30, 75)), (below, (30, 75, 105)), (both, (105, 30, 75))):
        reading = read(rows)
        assert names(reading) == ["甲", "乙", "丙", "丁"]
        assert [(one.printed_yuan, one.read_yuan) for one in reading.totals] == [(x, x) for x in wan(*sums)]


def test_sums_of_pages_and_what_is_carried_over_are_compared_with_their_rows() -> None:
    rows = [
        *[A, B, row(first="本页小计", amount="30"), row(first="过次页", amount="30")],
        *[
            row(first="承前页", amount="30"),
            C,
            D,
            row(first="本页小计", amount="75"),
            row(first="累计", amount="105"),
        ],
    ]
    reading = read(rows)
    assert names(reading) == ["甲", "乙", "丙", "丁"]
    assert [one.printed_yuan for one in reading.totals] == wan(30, 30, 30, 75, 105)
    assert all(one.agrees for one in reading.totals)


def test_words_make_a_sum_where_the_arithmetic_disagrees_and_the_difference_is_said() -> None:
    reading = read([A, B, C, row(first="共计", amount="65")])
    assert names(reading) == ["甲", "乙", "丙"]
    (total,) = reading.totals
    assert (total.printed_yuan, total.read_yuan, total.difference_yuan) == tuple(wan(65, 60, -5))
    assert not total.agrees and total.remedy and total.place.row == 6


def test_arithmetic_that_may_agree_by_chance_is_asked_for_and_neither_dropped_nor_silent() -> None:
    for rows in ([row("丙", "20"), A, project("乙", "10")], [row("丙", "10"), A]):
        reading = read(rows)
        (doubt,) = [one for one in reading.projects if one.name == "丙"]
        assert doubt.budget_yuan in wan(20, 10)
        assert [(one.code, one.path, one.doubtful) for one in doubt.repairs] == [
            ("perhaps-a-sum", "budget_yuan", True)
        ]
        assert reading.totals == ()


def test_a_row_of_money_that_agrees_with_nothing_is_a_project() -> None:
    reading = read([A, B, row("丙", "31")])
    assert names(reading) == ["甲", "乙", "丙"] and not any(one.repairs for one in reading.projects)


@pytest.mark.parametrize(("total", "kept"), [("20", ["甲", "乙"]), ("40", ["丙", "甲", "乙"])])
def test_the_lists_own_total_decides_what_is_doubtful(total: str, kept: list[str]) -> None:
    rows = [row("丙", "20"), A, project("乙", "10"), row(first="合计", amount=total)]
    reading = read(rows)
    assert names(reading) == kept
    assert not any(one.repairs for one in reading.projects)
    assert told(reading)[-1][-1]


def test_a_list_of_names_and_money_alone_is_summed_only_where_chance_is_out_of_the_question() -> None:
    bare = [
        row(name, amount) for name, amount in (("甲", "12.5"), ("乙", "20"), ("丙", "31"), ("全部", "63.5"))
    ]
    assert names(read([A, *bare[1:]])) == ["甲", "乙", "丙", "全部"]
    assert names(read(bare)) == ["甲", "乙", "丙"]


def test_the_amount_that_is_ten_thousand_times_too_large_is_named_with_the_equation() -> None:
    reading = parsing.read(HOSTILE / "yuan_in_wan_column_total_disagrees.xlsx")
    (total,) = reading.totals
    assert (total.printed_yuan, total.read_yuan, total.agrees) == (*wan(60, 300_030), False)
    assert "10 + 20 + 30 = 60（万元）" in total.message
    assert [[one.code for one in each.repairs] for each in reading.projects] == [[], [], ["slip"]]
    (slip,) = reading.projects[2].repairs
    assert (slip.path, slip.doubtful, slip.before) == ("budget_yuan", True, ("300000",))
    assert "10 + 20 + 30 = 60（万元）" in slip.reason


def test_two_amounts_that_could_both_be_wrong_are_not_named() -> None:
    reading = read([A, project("乙", "300000"), project("丙", "300000"), row(first="合计", amount="300040")])
    assert not any(one.repairs for one in reading.projects)
    assert not reading.totals[0].agrees and "若" not in reading.totals[0].message


def test_money_that_was_not_read_makes_a_difference() -> None:
    reading = read([A, project("乙", "20、30"), row(first="合计", amount="60")])
    (total,) = reading.totals
    assert (total.read_yuan, total.unknown, total.agrees) == (*wan(10), 1, False)


@pytest.mark.parametrize(
    ("line", "agrees"),
    [
        ("本表共2个项目", True),
        ("本表共3个项目", False),
        ("共2个项目，金额合计30万元", True),
        ("共2个项目，金额合计31万元", False),
        ("项目数\t2", True),
        ("项目个数：5个", False),
    ],
)
@pytest.mark.parametrize("over", [True, False])
def test_the_number_of_projects_that_a_list_tells_is_compared(line: str, agrees: bool, over: bool) -> None:
    reading = read([A, B], line) if over else read([A, B, [line]])
    assert names(reading) == ["甲", "乙"]
    (total,) = reading.totals
    assert (total.read_count, total.agrees) == (2, agrees)


def test_a_sum_that_tells_another_number_of_projects_does_not_agree() -> None:
    reading = read([A, B, ["合计", "3个项目", "", "30"]])
    assert [(one.printed_count, one.read_count, one.agrees) for one in reading.totals] == [(3, 2, False)]
    assert told(read([A, B, ["合计", "2个项目", "", "30"]]))[0][-1]


def test_amounts_that_are_rounded_may_add_up_to_a_little_more() -> None:
    rows = [project("甲", "10.33"), project("乙", "20.33"), project("丙", "30.33")]
    assert told(read([*rows, row(first="合计", amount="61.00")]))[0][-1]
    assert not told(read([*rows, row(first="合计", amount="61.20")]))[0][-1]
    whole = [project("甲", "100"), project("乙", "200")]
    assert not told(
        read([*whole, row(first="合计", amount="301")], titles=[*TITLES[:3], "预算金额（元）", *TITLES[4:]])
    )[0][-1]


def test_both_columns_of_money_are_compared() -> None:
    titles = [*TITLES[:3], "项目总额（万元）", *TITLES[3:]]
    rows = [[*one[:3], amount, *one[3:]] for one, amount in ((A, "50"), (B, "60"))]
    reading = read([*rows, ["合计", "", "", "110", "31"]], titles=titles)
    assert [(one.field, one.agrees) for one in reading.totals] == [
        ("budget_yuan", False),
        ("total_yuan", True),
    ]


def test_a_row_with_the_year_alone_is_that_of_the_rows_below() -> None:
    reading = read([row("2023年度"), A, row("2024年度"), B])
    assert [(one.name, one.year, one.unit) for one in reading.projects] == [
        ("甲", 2023, "某局"),
        ("乙", 2024, "某局"),
    ]


def test_totals_survive_as_json() -> None:
    reading = parsing.read(HOSTILE / "yuan_in_wan_column_total_disagrees.xlsx")
    assert parsing.Reading.model_validate_json(reading.model_dump_json()) == reading
