"""质询卡: three questions, each with its figure, its quotation and its place."""

from __future__ import annotations

from parsing.finding import Finding, Severity
from parsing.rules.questions import MOST, TEMPLATES, questions
from tests.making import project

PROJECT = project(
    {
        "indicators": [
            ["社会效益", "提高服务水平", "有效提高", "有效提高"],
            ["可持续影响", "保证正常运行", "长期保障", "长期保障"],
        ]
    }
)


def finding(rule: str, severity: Severity, path: str = "", quote: str = "") -> Finding:
    place = str(PROJECT.find(path) or PROJECT.place)
    return Finding(
        rule=rule,
        severity=severity,
        title="题",
        message="话",
        advice="议",
        path=path,
        place=place,
        quote=quote,
    )


MANY = [
    finding("F05", "提示"),
    finding("M01", "中", "indicators[0].annual", "有效提高"),
    finding("M01", "中", "indicators[1].annual", "长期保障"),
    finding("C05", "高"),
    finding("M03", "低", "indicators[0].annual", "1批"),
    finding("R04", "低", "indicators[1]", "≥90%"),
]


def test_the_gravest_come_first_and_each_is_about_another_side() -> None:
    assert [one.rule for one in questions(PROJECT, MANY)] == ["C05", "M01", "R04"]


def test_what_was_found_several_times_is_asked_once_with_the_number() -> None:
    asked = next(one for one in questions(PROJECT, MANY) if one.rule == "M01")
    assert asked.figure == "2 处"
    assert asked.quote == "有效提高"
    assert "提高服务水平" in asked.text
    assert asked.place == str(PROJECT.find("indicators[0].annual"))


def test_nobody_is_asked_more_than_three_things_nor_anything_without_a_finding() -> None:
    assert len(questions(PROJECT, MANY)) == MOST
    assert questions(PROJECT, []) == ()


def test_two_findings_of_one_side_are_both_asked_where_there_is_nothing_else() -> None:
    few = [
        finding("M01", "中", "indicators[0].annual", "有效提高"),
        finding("M03", "低", "indicators[1].annual", "1批"),
    ]
    assert [one.rule for one in questions(PROJECT, few)] == ["M01", "M03"]


def test_every_question_can_be_asked_of_a_project_whose_money_is_unknown() -> None:
    poor = PROJECT.model_copy(update={"budget_yuan": None})
    for code in TEMPLATES:
        (asked,) = questions(poor, [finding(code, "中", "indicators[0].annual", "1批")])
        assert asked.text.endswith("？") and "{" not in asked.text and "None" not in asked.text
