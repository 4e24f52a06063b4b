"""Many projects side by side: what the samples say, and that nobody compares all with all."""

from __future__ import annotations

from pathlib import Path

import pytest

import parsing
from parsing.rules import compare, goals, overlap, shared
from parsing.rules.outline import Outline, OutlineLine, outline
from parsing.rules.shared import FEW, clusters, listed, neighbours, strange
from parsing.rules.similar import body, measured, particular, siblings, title

ROOT = Path(__file__).parent.parent
MANY = 2_000


def samples() -> list[Outline]:
    reading = parsing.read(ROOT / "data/samples/dongkeng-2024.txt")
    return [outline(project) for project in reading.projects]


def alike(count: int) -> list[Outline]:
    """Projects of one unit that have everything in common but one clause of the goal and their money."""
    names = ("购置办公用品", "办公用品验收合格率", "保证政务服务工作正常运行", "预算执行率")
    slots = ("数量", "质量", "可持续影响", "成本")
    return [
        Outline(
            name=f"{('综合经费', '大厅改造工程')[n % 2]}{n}",
            unit="甲中心",
            project_type="",
            year=2024,
            budget_yuan=None,
            place="甲.xlsx › 表1 › B1",
            goals={"annual_goal": f"保障全镇各项政务服务工作按时有序高效地完成，本项目是其中第{n}个。"},
            lines=tuple(
                OutlineLine(at, slot, name, said, "甲.xlsx › 表1 › C1")
                for at, (slot, name, said) in enumerate(
                    zip(slots, names, ("1批", f"≥{n % 90}.5%", "长期", "≥90%"), strict=True)
                )
            ),
        )
        for n in range(count)
    ]


def test_the_samples_have_the_hits_of_the_catalogue():
    hits = [(one.rule, number + 1, one.path) for number, one in compare(samples())]
    executed = ("7", "4", "6", "8", "4", "4")
    assert hits == [
        ("R07", 1, "indicators[9]"),
        ("R07", 2, "indicators[6]"),
        ("R07", 5, "indicators[6]"),
        ("P01", 1, ""),
        ("P01", 2, ""),
        ("P04", 1, "indicators[2].annual"),
        ("P04", 2, "indicators[1].annual"),
        *(("P05", n, f"indicators[{at}].annual") for n, at in enumerate(executed, 1)),
    ]


def test_a_hit_names_the_other_project_and_what_both_have():
    (_, first), (_, second) = (each for each in compare(samples()) if each[1].rule == "P01")
    assert {one.project for one in first.also} == {"综合经费"}
    assert [one.path for one in first.also] == ["", "indicators[0]", "indicators[1]", "indicators[3]"]
    assert {one.project for one in second.also} == {"综合工作经费（常）"}


def test_a_chain_of_projects_names_those_that_are_alike_themselves():
    rows = {
        "大厅服务": ("叫号机", "取号机"),
        "政务保障": ("叫号机", "取号机", "打印机", "复印机"),
        "档案更新": ("打印机", "复印机"),
    }
    one = samples()[0]._replace(goals={})
    chain = [
        one._replace(
            name=name,
            lines=tuple(OutlineLine(n, "数量", f"购置{thing}", "1台", "") for n, thing in enumerate(things)),
        )
        for name, things in rows.items()
    ]
    last = compare(chain)[-1][1]
    assert last.rule == "P01" and {each.project for each in last.also} == {"政务保障"}
    assert "等2个项目" in last.message and "“购置打印机”“购置复印机”" in last.message


def test_a_group_of_thousands_is_counted_and_a_few_are_named():
    found = compare(alike(MANY))
    by_rule: dict[str, list[parsing.Finding]] = {}
    for _, one in found:
        by_rule.setdefault(one.rule, []).append(one)
    for code in ("P01", "P05", "R07"):
        assert len(by_rule[code]) == MANY
        assert all(len({each.project for each in one.also}) <= FEW for one in by_rule[code])
    assert all(f"{MANY}个项目" in one.message for code in ("P05", "R07") for one in by_rule[code])
    assert all(f"{MANY - 1}个项目" in one.message for one in by_rule["P01"])


def test_comparisons_grow_with_the_projects_and_not_with_their_square(monkeypatch):
    made = 0

    def counted(items, reach):
        nonlocal made
        for pair in shared.neighbours(items, reach):
            made += 1
            yield pair

    for module in (overlap, goals):
        monkeypatch.setattr(module, "neighbours", counted)
    counts = []
    for size in (MANY // 2, MANY):
        made = 0
        compare(alike(size))
        counts.append(made)
    assert MANY < counts[1] <= 2.1 * counts[0]


def test_unknown_units_and_years_are_compared_with_nothing():
    assert compare([one._replace(unit="") for one in samples()]) != []  # the year still counts for P05
    assert compare([one._replace(year=None) for one in samples()]) == []


def test_the_same_portfolio_gives_the_same_findings():
    many = alike(300)
    assert compare(many) == compare(list(many))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("部门预算执行率", "预算执行率（%）"),
        ("购买办公用品的数量", "购置办公用品"),
        ("采购服务 质量达标率", "购买服务质量达标率(％)"),
        ("软件开发数量（套）", "软件开发"),
    ],
)
def test_indicators_that_measure_the_same_are_known_as_one(one, other):
    assert measured(one) == measured(other)


@pytest.mark.parametrize(
    ("one", "other"), [("服务年限", "驻场服务时间"), ("验收合格率（一期）", "验收合格率（二期）")]
)
def test_indicators_that_measure_other_things_are_kept_apart(one, other):
    assert measured(one) != measured(other)


def test_only_an_indicator_that_names_its_thing_is_particular():
    assert particular(measured("办公用品验收合格率（%）"))
    for name in ("验收合格率", "资金支付及时率", "部门预算执行率", "服务对象满意度", "项目完成及时率"):
        assert not particular(measured(name))


def test_names_of_a_series_are_siblings_and_filler_makes_none():
    assert siblings("人民路改造工程", "解放路改造工程")
    assert siblings("教师培训", "校长培训")
    assert not siblings("综合工作经费（常）", "综合经费")
    assert not siblings("教师培训", "窗口设备购置")
    assert title("2024年设备购置项目") == title("设备购置经费") != title("设备购置二期")


def test_a_unit_is_known_with_and_without_its_code():
    for coded in ("[015001]某局", "（433001）某局", "219001-某局", " 某局"):
        assert body(coded) == "某局"


def test_who_is_out_of_place_in_a_company():
    assert strange(["a", "a"]) == [False, False]
    assert strange(["a", "b", "a"]) == [True, True, True]
    assert strange(["a", "a", "a", "a", "b"]) == [False, False, False, False, True]
    assert strange(["a", "", "a", "a", "b"]) == [True] * 5
    assert strange(["a", "", ""]) == [False] * 3
    assert strange(["", ""]) == [False, False]


def test_groups_are_joined_and_neighbours_stay_near():
    assert clusters([(5, 4), (1, 2), (4, 1), (8, 7)]) == [[1, 2, 4, 5], [7, 8]]
    assert list(neighbours("abcd", 2)) == [*zip("aab", "bcc", strict=True), ("b", "d"), ("c", "d")]
    assert listed(["甲", "乙"], 2) == "“甲”、“乙”"
    assert listed(["甲", "乙", "丙"], 9).endswith("等9个项目")
