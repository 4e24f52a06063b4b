"""The titles of a list: several rows of them, and one over several amounts."""

from __future__ import annotations

import parsing

WIDE = (
    "<tr><td rowspan=2>单位名称（项目名称）</td><td colspan=2>项目金额（万元）</td>"
    "<td colspan=2>产出指标</td><td colspan=2>满意度指标</td></tr>"
    "<tr><td>资金总额</td><td>财政性资金</td><td>三级指标</td><td>指标值</td><td>三级指标</td><td>{last}</td></tr>"
    "<tr><td>医疗设备购置</td><td>500</td><td>400</td><td>设备数量</td><td>≥12台</td>"
    "<td>患者满意度</td><td>≥90%</td></tr>"
)


def read(rows: str) -> parsing.Reading:
    page = f"<p>2023年项目支出绩效目标表</p><table>{rows}</table>"
    return parsing.read(page.encode(), name="甲.html")


def test_a_title_that_nobody_knows_hides_none_of_those_beside_it() -> None:
    (project,) = read(WIDE.format(last="restart")).projects
    assert project.budget_yuan == 5_000_000
    assert [(one.name, one.annual) for one in project.indicators] == [
        ("设备数量", "≥12台"),
        ("患者满意度", None),
    ]
    assert "≥90%" in project.indicators[1].extras.values()


def test_a_title_over_several_amounts_is_the_first_of_them_and_asked_about() -> None:
    rows = (
        "<tr><td>项目名称</td><td colspan=2>预算金额（元）</td>"
        "<td>一级指标</td><td>二级指标</td><td>三级指标</td><td>指标值</td></tr>"
        "<tr><td>购书</td><td>500</td><td>400</td>"
        "<td>产出指标</td><td>数量指标</td><td>册数</td><td>9册</td></tr>"
    )
    (project,) = read(rows).projects
    assert project.budget_yuan == 500
    assert [(repair.code, repair.path, repair.doubtful) for repair in project.repairs] == [
        ("spread", "budget_yuan", True)
    ]


def test_a_row_of_a_list_with_an_amount_of_its_own_and_no_name_asks() -> None:
    lines = [
        "2024年项目绩效目标表",
        "序号\t项目名称\t项目单位\t预算金额（万元）\t年度目标\t一级指标\t二级指标\t三级指标\t指标值",
        "\t一、基本支出\t\t30\t\t\t\t\t",
        "1\t\t某局\t10\t目标\t产出指标\t数量指标\t修路里程\t≥1公里",
        "2\t乙\t某局\t20\t目标\t产出指标\t数量指标\t架桥座数\t≥1座",
    ]
    first, second = parsing.read("\n".join(lines).encode(), name="甲.txt").projects
    assert [one.code for one in first.repairs if one.doubtful] == ["spread"]
    assert (second.name, second.budget_yuan) == ("乙", 200_000) and not second.repairs


def test_two_columns_of_names_are_asked_about() -> None:
    lines = [
        "2024年项目绩效目标表",
        "项目名称\t项目名称\t预算金额（万元）\t年度目标\t一级指标\t二级指标\t三级指标\t指标值",
        "某区图书馆\t图书购置\t10\t目标\t产出指标\t数量指标\t册数\t≥1万册",
    ]
    (project,) = parsing.read("\n".join(lines).encode(), name="甲.txt").projects
    assert [(one.code, one.path) for one in project.repairs if one.doubtful] == [("spread", "name")]


def test_of_two_columns_of_names_the_one_of_numbers_is_none_and_is_asked_about() -> None:
    lines = [
        "2024年项目绩效目标表",
        "项目名称\t项目名称\t项目单位\t预算金额（万元）\t年度目标\t一级指标\t二级指标\t三级指标\t指标值",
        "1\t甲\t某局\t10\t目标\t产出指标\t数量指标\t修路里程\t≥1公里",
        "2\t乙\t某局\t20\t目标\t产出指标\t数量指标\t架桥座数\t≥1座",
    ]
    projects = parsing.read("\n".join(lines).encode(), name="甲.txt").projects
    assert [one.name for one in projects] == ["甲", "乙"]
    assert {(one.code, one.path) for each in projects for one in each.repairs if one.doubtful} == {
        ("spread", "name")
    }


def test_a_name_over_a_list_and_one_in_it_are_asked_about() -> None:
    text = (
        "项目支出绩效目标表\n项目名称\t老桥加固\n实施单位\t某县公路站\n预算金额（元）\t60000\n"
        "一级指标\t二级指标\t三级指标\t指标值\t项目名称\n产出指标\t数量指标\t加固老桥\t3座\t若干\n"
    )
    (project,) = parsing.read(text.encode(), "1.txt").projects
    assert any(repair.path == "name" and repair.doubtful for repair in project.repairs)
