"""A label that nobody knows costs no field without a word: it is read and asked about, or said."""

from __future__ import annotations

import pytest

import parsing
from parsing.model import Project

GRID = "一级指标\t二级指标\t三级指标\t指标值\n产出指标\t数量指标\t印刷数量\t3册\n"
HEAD = {
    "name": "项目名称\t校舍清理",
    "department": "主管部门\t东河县教育局",
    "unit": "实施单位\t东河镇中心小学",
    "budget_yuan": "年度预算金额（元）\t5,000",
    "annual_goal": "年度目标\t完成校舍清理，保障师生安全，经费按进度支出。",
}


def project(head: dict[str, str], before: str = "", after: str = "") -> Project:
    rows = ["项目支出绩效目标表", *filter(None, [before]), *head.values(), *filter(None, [after])]
    (found,) = parsing.read(("\n".join(rows) + f"\n{GRID}").encode(), name="甲.txt").projects
    return found


def asked(found: Project) -> list[tuple[str, str]]:
    return [(repair.code, repair.path) for repair in found.repairs if repair.doubtful]


@pytest.mark.parametrize(
    ("field", "label", "read"),
    [
        ("budget_yuan", "钱数（元）", 5000),
        ("budget_yuan", "款项合共（元）", 5000),
        ("annual_goal", "想达到的效果", "完成校舍清理，保障师生安全，经费按进度支出。"),
        ("unit", "经办站所单位", "东河镇中心小学"),
        ("department", "挂钩股室", "东河县教育局"),
    ],
)
def test_a_label_that_leans_to_the_field_of_its_value_is_read_and_asked_about(
    field: str, label: str, read: object
) -> None:
    found = project(HEAD | {field: f"{label}\t{HEAD[field].partition(chr(9))[2]}"})
    assert getattr(found, field) == read
    assert asked(found) == [("inferred", field)]
    assert label not in found.extras and found.places[field]


@pytest.mark.parametrize("field", ["budget_yuan", "annual_goal"])
@pytest.mark.parametrize("label", ["事由", "那件事"])
def test_any_other_label_is_said_with_its_value_and_no_value_is_taken(field: str, label: str) -> None:
    value = HEAD[field].partition("\t")[2]
    found = project(HEAD | {field: f"{label}\t{value}"})
    assert getattr(found, field) is None
    assert asked(found) == [("unlabelled", field)]
    (repair,) = found.repairs
    assert f"{label}：{value[:20]}" in repair.reason


@pytest.mark.parametrize("field", ["name", "unit", "department"])
@pytest.mark.parametrize("label", ["事由", "那件事"])
def test_a_name_or_a_body_whose_label_nobody_knows_is_read_where_no_other_may_be_it(
    field: str, label: str
) -> None:
    value = HEAD[field].partition("\t")[2]
    found = project(HEAD | {field: f"{label}\t{value}"})
    assert getattr(found, field) == value and label not in found.extras
    assert asked(found) == [("inferred", field)]
    assert [repair.confidence for repair in found.repairs] == [0.3]


def test_where_two_may_be_the_unit_none_is_taken() -> None:
    found = project(HEAD | {"unit": "事由\t东河镇中心小学\t那件事\t东河县水利站"})
    assert found.unit is None and asked(found) == [("unlabelled", "unit")]


def test_a_name_whose_label_nobody_knows_stands_above_all_other_labels() -> None:
    late = {name: HEAD[name] for name in ("department", "unit", "budget_yuan")} | {"name": "事由\t校舍清理"}
    found = project(late)
    assert found.name == "" and ("unnamed", "name") in asked(found)


@pytest.mark.parametrize("label", ["那件事", "干活的时间"])
def test_a_span_of_dates_under_an_unknown_label_is_the_period_of_the_project(label: str) -> None:
    found = project(HEAD, after=f"{label}\t2024.01-2025.12")
    assert (found.start, found.end, asked(found)) == ("2024-01", "2025-12", [("inferred", "start")])


def test_where_two_may_be_the_money_none_is_taken() -> None:
    found = project(HEAD | {"budget_yuan": "钱数（元）\t5,000\t款项合共（元）\t4,000"})
    assert found.budget_yuan is None
    assert asked(found) == [("unlabelled", "budget_yuan")]


def test_money_without_a_unit_is_said_and_not_taken() -> None:
    found = project(HEAD | {"budget_yuan": "钱数\t5,000"})
    assert found.budget_yuan is None
    assert asked(found) == [("unlabelled", "budget_yuan")]


@pytest.mark.parametrize(
    "row",
    [
        "项目概况\t学校有校舍三栋，年久失修，拟予清理。",
        "立项依据\t《某县教育工作要点》，县政府会议纪要。",
        "联系人\t张三\t电话\t13800000000",
        "监督单位\t东河县审计局",
        "受益人数\t500",
        "审批文号\t457",
    ],
)
def test_what_is_surely_something_else_is_taken_for_no_field(row: str) -> None:
    whole = project(HEAD, after=row)
    assert not whole.repairs
    bare = project({"name": HEAD["name"]}, after=row)
    assert not bare.repairs


def test_what_stands_above_the_title_is_no_label_of_the_table() -> None:
    head = {name: row for name, row in HEAD.items() if name != "unit"}
    text = "某机构：东河镇中心小学\n项目支出绩效目标表\n" + "\n".join(head.values()) + f"\n{GRID}"
    (found,) = parsing.read(text.encode(), name="甲.txt").projects
    assert not found.repairs and found.unit is None


def test_an_unknown_label_below_a_goal_is_no_part_of_the_goal() -> None:
    found = project(HEAD, after="那件事\t1234")
    assert found.annual_goal == HEAD["annual_goal"].partition("\t")[2]
    assert found.extras == {"那件事": "1234"}


def test_the_next_point_of_a_goal_below_it_is_a_part_of_it() -> None:
    found = project(HEAD, after="\t完成第二栋校舍清理")
    assert (found.annual_goal or "").endswith("完成第二栋校舍清理")


def test_the_name_of_a_body_is_known_with_its_code_before_it() -> None:
    for said in ("[015]东河县教育局", "023-东河县民政局", "(433001)东河县供水站", "东河县委组织部"):
        found = project(HEAD | {"department": f"那件事\t{said}"})
        assert asked(found) == [("inferred", "department")] and found.unit == "东河镇中心小学"
        assert found.department == said


def test_a_label_that_got_into_the_text_of_goals_is_asked_about() -> None:
    goals = "总体目标\t三年内修缮校舍12栋，改善办学条件。\n\t那件事\n\t本年修缮校舍3栋，改善办学条件。"
    found = project(HEAD | {"annual_goal": goals})
    assert "swallowed" in [code for code, _ in asked(found)]


def test_a_goal_with_an_unknown_label_beside_another_goal_is_said() -> None:
    found = project(HEAD, before="那件事\t三年内修缮校舍12栋，改善办学条件。")
    assert found.annual_goal == HEAD["annual_goal"].partition("\t")[2] and not asked(found)
    found = project(HEAD, after="那件事\t三年内修缮校舍12栋，改善办学条件。")
    assert asked(found) == [("unlabelled", "period_goal")]


def test_one_end_of_the_period_with_an_unknown_label_is_said() -> None:
    found = project(HEAD, after="起始年度\t2024\t那件事\t2026年")
    assert (found.start, found.end, asked(found)) == ("2024", None, [("unlabelled", "end")])


def test_a_label_with_a_blank_beside_it_does_not_take_the_next_label_without_a_word() -> None:
    found = project(HEAD | {"department": "主管部门\t\t牵头方\t城建办"})
    assert asked(found) == [("beside", "department")]
    value = project(
        HEAD | {"department": "主管部门\t\t东河县教育局\t\t电话\t3822"}
    )  # its own, a cell further on
    assert value.department == "东河县教育局" and asked(value) == []


@pytest.mark.parametrize(
    ("above", "line", "yuan"),
    [
        ("", "年度预算金额（万元）\t5,000\t元", 5_000),  # the unit beside the amount is that of the amount
        ("单位：万元", "年度预算金额\t5,000\t元", 5_000),
        ("单位：万元", "年度预算金额\t5,000\t万元", 50_000_000),
        ("", "年度预算金额（元）\t5,000\t元", 5_000),
    ],
)
def test_a_unit_in_the_cell_beside_an_amount_is_as_good_as_in_its_own(
    above: str, line: str, yuan: int
) -> None:
    found = project(HEAD | {"budget_yuan": line}, before=above)
    glued = project(HEAD | {"budget_yuan": "".join(line.rsplit("\t", 1))}, before=above)
    assert found.budget_yuan == glued.budget_yuan == yuan
    assert [one.code for one in found.repairs] == [one.code for one in glued.repairs]


def test_an_unknown_label_of_money_may_name_its_year() -> None:
    found = project(HEAD | {"budget_yuan": "2023年钱数（元）\t5,000"})
    assert (found.budget_yuan, found.year) == (5_000, 2023) and asked(found) == [("inferred", "budget_yuan")]


@pytest.mark.parametrize("label", ["下年度钱款（元）", "罚款金（元）", "结余钱款（元）", "工资金（元）"])
def test_an_unknown_label_of_other_money_is_not_the_budget(label: str) -> None:
    assert project(HEAD | {"budget_yuan": f"{label}\t5,000"}).budget_yuan is None


LOOSE = {
    "one text a line": lambda rows: "\n".join("\n".join(row) for row in rows),
    "bars": lambda rows: "\n".join(" | ".join(row) + " |||" for row in rows),
    "blanks": lambda rows: "\n".join(" ".join(row) for row in rows),
}
TITLES = ["一级指标", "二级指标", "三级指标", "指标值"]
INDICATORS = [TITLES, ["产出指标", "数量指标", "印刷数量", "3册"], ["清理数量", "明显改善"]]


@pytest.mark.parametrize("shape", LOOSE)
@pytest.mark.parametrize("field", ["name", "unit", "department"])
@pytest.mark.parametrize("other", [["审批文号", "457"], []])
def test_a_label_that_nobody_knows_takes_nothing_from_its_neighbours_in_a_text_without_its_table(
    shape: str, field: str, other: list[str]
) -> None:
    rows = [[*row.split("\t")] for row in HEAD.values()]
    at = [*HEAD].index(field)
    rows[at][0] = "那件事"
    after = [*rows[:-1], other, rows[-1]]
    text = LOOSE[shape]([["项目支出绩效目标表"], *filter(None, after), *INDICATORS])
    (found,) = parsing.read(text.encode(), name="甲.txt").projects
    for name, row in HEAD.items():
        value = row.partition("\t")[2]
        assert str(getattr(found, name)) == value.replace(",", ""), name
    assert ("inferred", field) in asked(found)
    assert found.extras.get("审批文号") == ("457" if other else None)
    assert [indicator.name for indicator in found.indicators] == ["印刷数量", "清理数量"]


@pytest.mark.parametrize("shape", LOOSE)
@pytest.mark.parametrize("field", ["name", "department", "unit"])
def test_an_unknown_label_behind_a_value_is_no_part_of_it(shape: str, field: str) -> None:
    rows = [[*row.split("\t")] for row in HEAD.values()]
    at = [*HEAD].index(field) + 1
    text = LOOSE[shape]([["项目支出绩效目标表"], *rows[:at], ["审批文号", "457"], *rows[at:], *INDICATORS])
    (found,) = parsing.read(text.encode(), name="甲.txt").projects
    assert getattr(found, field) == HEAD[field].partition("\t")[2]
    assert found.extras == {"审批文号": "457"}


def test_a_value_that_goes_on_in_the_next_line_is_whole() -> None:
    rows = [*HEAD.values()]
    text = "\n".join(rows).replace("\t", "\n").replace("校舍清理\n", "校舍\n清理\n", 1)
    body = "\n".join("\n".join(row) for row in INDICATORS)
    (found,) = parsing.read(f"项目支出绩效目标表\n{text}\n{body}".encode(), name="甲.txt").projects
    assert found.name == "校舍清理"


@pytest.mark.parametrize("shape", [" ", "\n"])
def test_lines_that_are_rows_each_are_not_joined(shape: str) -> None:
    rows = "\n".join(row.replace("\t", shape) for row in HEAD.values())
    body = [
        ("产出指标 数量指标 ", "培训覆盖", "明显改善"),
        ("", "购置完成", "明显改善"),
        ("质量指标 ", "清理成效", "持续提高"),
    ]
    lines = "\n".join(f"{levels}{name} {target}" for levels, name, target in body)
    text = f"项目支出绩效目标表\n{rows}\n{' '.join(TITLES)}\n{lines}"
    (found,) = parsing.read(text.encode(), name="甲.txt").projects
    assert [(one.level2, one.name, one.annual) for one in found.indicators] == [
        ("数量指标", "培训覆盖", "明显改善"),
        ("数量指标", "购置完成", "明显改善"),
        ("质量指标", "清理成效", "持续提高"),
    ]


def test_the_goal_beside_what_is_left_of_its_label_is_read_and_asked_about() -> None:
    goal = HEAD["annual_goal"].partition("\t")[2]
    found = project(HEAD | {"annual_goal": f"年度\t{goal}"})
    assert found.annual_goal == goal and found.year is None and not found.extras
    assert asked(found) == [("inferred", "annual_goal")]
    dated = project(HEAD | {"unit": "年度\t2024"})
    assert (dated.year, dated.annual_goal, asked(dated)) == (2024, goal, [])
