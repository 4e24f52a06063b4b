"""What a review says of one project, as HTML: at its cells, as questions, as a list, as sums."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import making
import pytest
from conftest import make_indicator, make_project

import parsing
from dashboard.html import findings, questions, sums
from dashboard.html import project as project_html
from dashboard.html.indicators import indicators, path_of, unprinted_id
from dashboard.html.notes import Notes
from parsing import DEFAULT, Equation, Finding, Mention, Promise, Unchecked

SAMPLE = Path(__file__).parent.parent / "data/samples/dongkeng-2024.txt"
EVIL = '<img src=x onerror="alert(1)">'


@pytest.fixture(scope="module")
def sample() -> parsing.Project:
    return parsing.read(SAMPLE).projects[2]  # 综合窗口服务外包


def row(seq: int = 0, **more: Any) -> dict[str, Any]:
    fields = {
        "seq": seq,
        "rule": "M01",
        "severity": "中",
        "rank": 3,
        "dimension": "可行性",
        "title": "用词语代替了数值",
        "path": "indicators[7].annual",
        "message": "写的是“有效提高”",
        "quote": "有效提高",
        "advice": "建议写明数值",
        "equation": "",
        "also": "[]",
        "aside": 0,
        "reason": None,
        "who": None,
        "action": None,
    }
    return fields | more


def test_a_finding_stands_at_its_cell_by_shape_and_beside_its_row_by_word(sample: parsing.Project) -> None:
    html = indicators(sample, Notes([row()]))
    place = sample.find("indicators[7].annual")
    assert place
    cell = f'data-lights="{place.row}-{place.column}"'
    assert re.search(
        f'<td data-value="indicators\\[7\\].annual" {cell}>有效提高<i class="shape"[^>]*>▲</i>', html
    )
    assert f'{cell} data-jump="finding-0"' in html and html.count("用词语代替了数值</p>") == 1
    assert "▲</i>中" in html


def test_a_hint_is_a_shape_and_no_remark(sample: parsing.Project) -> None:
    html = indicators(sample, Notes([row(severity="提示", rank=1)]))
    assert html.count('class="shape"') == 1 and 'class="remark' not in html


def test_a_finding_set_aside_is_told_as_such(sample: parsing.Project) -> None:
    put = row(aside=1, reason="已有说明", who="张三", action=7)
    notes = Notes([put], open=True)
    assert "已搁置" in indicators(sample, notes) and 'class="shape"' not in indicators(sample, notes)
    html = findings.findings(sample, notes, {7: "2026-11-23T10:00:00+00:00"})
    assert "已有说明" in html and "张三，11-23" in html and 'data-value="undo:7"' in html
    assert "aside:" not in html and notes.problems == 0


def test_what_is_alike_is_one_badge(sample: parsing.Project) -> None:
    html = project_html.goals(sample, Notes([row(n, path="period_goal") for n in range(2)]))
    assert html.count('class="remark"') == 1 and "×2" in html


def test_head_fields_carry_their_findings_and_the_rest_is_about_the_whole(sample: parsing.Project) -> None:
    notes = Notes([row(0, path="end"), row(1, path="", title="总的来说"), row(2, path="year", rank=1)])
    html = project_html.facts(sample, notes)
    head, whole = html.split('<div class="whole">')
    assert head.count('class="remark"') == 1 and whole.count('class="remark"') == 2
    assert "总的来说" in whole
    assert 'class="whole"' not in project_html.facts(sample)


def test_the_states_of_an_empty_category_differ_by_word_and_mark(sample: parsing.Project) -> None:
    said = {"action": 3, "reason": "内部事务", "who": "李四"}
    (slot,) = sample.empty[2].slots
    cases = {
        "required": (Notes(asked={slot: "required"}, open=True), "✕ 必填", f"declare:{slot}"),
        "advised": (Notes(asked={slot: "advised"}, open=True), "✕ 建议填写", f"declare:{slot}"),
        "free": (Notes(open=True), "✕ 空缺", f"declare:{slot}"),
        "unread": (Notes(unread={slot}, open=True), "？读不出", f"declare:{slot}"),
        "inapplicable": (Notes(declared={slot: said}, open=True), "内部事务（李四）", "undo:3"),
    }
    for state, (notes, words, way) in cases.items():
        html = indicators(sample, notes)
        cell = re.findall(r'<td class="gap" data-state="(\w+)".*?</td>', html)
        assert cell[2] == state
        assert words in html and f'data-value="{way}"' in html
    assert "declare:" not in indicators(sample)  # a version of old


def test_a_category_that_the_form_does_not_print_can_be_told_too() -> None:
    html = indicators(make_project(), Notes(asked={"满意度": "required"}, open=True))
    assert "表上没有印" in html and "declare:满意度" in html


def test_a_merged_category_says_each_of_its_own() -> None:
    one = making.project({"empty": ["社会效益"]})
    merged = one.empty[0].model_copy(update={"also": ("生态效益",)})
    html = indicators(one.model_copy(update={"empty": (merged,)}), Notes(asked={"社会效益": "required"}))
    assert "社会效益　<b>✕ 必填" in html and "生态效益　<b>✕ 空缺" in html


def test_the_list_tells_what_why_and_what_to_do(sample: parsing.Project) -> None:
    also = [
        Mention(path="indicators[3]", text="甲", place="x"),
        Mention(path="", text="", place="y", project="乙"),
    ]
    said = json.dumps([one.model_dump() for one in also])
    rows = [
        row(0, also=said, equation="2年 ＞ 1年"),
        row(1),
        row(2, rule="C05", severity="高", rank=4, title="缺"),
    ]
    html = findings.findings(sample, Notes(rows, open=True), {})
    assert html.index("■") < html.index("▲")
    for part in (
        "<mark>有效提高</mark>",
        "2年 ＞ 1年",
        "建议写明数值",
        "依据",
        "find:乙",
        "rule:M01",
        "2 条",
    ):
        assert part in html, part
    assert re.findall(r'data-value="aside:(\d)"', html) == ["2", "0", "1"]
    assert 'data-value="indicators[3]"' in html


def test_no_finding_is_said_and_not_called_passed(sample: parsing.Project) -> None:
    assert "已检查" in findings.findings(sample, Notes(), {})


def test_what_repairs_say_is_not_said_twice(sample: parsing.Project) -> None:
    (repair,) = sample.repairs
    read = {"rule": "X01", "dimension": "读取质量", "severity": "提示", "rank": 1}
    notes = Notes([row(0, message=f"{repair.reason}。", **read), row(1, message="另一处", **read)])
    html = findings.reading(sample, notes, {})
    assert html.count("<li") == 1 and "另一处" in html and notes.content == []


def test_what_was_not_checked_is_told_by_its_reason() -> None:
    html = findings.unchecked([Unchecked(rule=one, reason="表上没有权重") for one in ("W01", "W03")])
    assert html.count("<li") == 1 and "W01" in html and "W03" in html
    assert "<li" not in findings.unchecked([])


def test_a_question_has_its_figure_its_words_and_its_cell(sample: parsing.Project) -> None:
    found = parsing.review(sample).findings
    html = questions.cards(sample, parsing.questions(sample, found))
    assert html.count("<article") == 3
    for one in parsing.questions(sample, found):
        place = sample.find(one.path)
        assert place
        assert f'data-value="{one.path}" data-lights="{place.row}-{place.column}"' in html
        assert one.figure in html and one.quote[:12] in html and place.cell in html
    assert questions.cards(sample, ()) == ""


def test_a_sum_says_whether_it_closes_and_leads_to_its_figures(sample: parsing.Project) -> None:
    states = {"closes": "✓", "off": "✗", "open": "？"}
    many = [
        Equation(text="1 = 1", state=state, paths=("indicators[0].annual", "budget_yuan")) for state in states
    ]
    html = sums.equations(sample, many)
    assert [mark in html for mark in states.values()] == [True] * 3
    assert html.count('role="link" data-value="budget_yuan"') == 3 and "797,400 元" in html
    assert "<li" not in sums.equations(sample, [])


def test_a_promise_is_quoted_with_what_measures_it_or_that_nothing_does(sample: parsing.Project) -> None:
    goal = sample.annual_goal or ""
    start = goal.index("2年")
    kept = Promise(path="annual_goal", text="2年", start=start, measured=("indicators[0].annual",))
    html = sums.promises(
        sample, [kept, Promise(path="annual_goal", text="3家", start=0)], ["indicators[1].annual"]
    )
    assert "<mark>2年</mark>" in html and 'data-value="indicators[0].annual"' in html
    assert html.count("没有指标衡量") == 1 and 'data-value="indicators[1].annual"' in html
    both = [kept, kept.model_copy(update={"path": "period_goal"})]
    assert sums.promises(sample, both, []).count("<tr>") == 2  # the head, and one line for both goals


def test_the_title_names_the_required_gaps_and_what_to_correct(sample: parsing.Project) -> None:
    notes = Notes([row(), row(1, rank=2)], {"满意度": "required"})
    title, more = project_html.title(sample, notes, DEFAULT)
    assert "79.74 万元，缺必填的满意度指标，应当修改，问题 1 条" in title
    assert DEFAULT.title in more and "经济效益、生态效益可填未填" in more
    declared = Notes(declared={"满意度": {"action": 1, "reason": "甲", "who": "乙"}})
    assert "必填指标不缺" in project_html.title(sample, declared, DEFAULT)[0]
    assert "满意度不适用" in project_html.title(sample, declared, DEFAULT)[1]


def test_no_text_becomes_markup() -> None:
    bad = make_project(
        EVIL, annual_goal=EVIL, period_goal=EVIL, indicators=(make_indicator(EVIL, annual=EVIL),)
    )
    mention = Mention(path="indicators[0]", text=EVIL, place="x", project=EVIL).model_dump()
    said = row(path="indicators[0]", title=EVIL, message=EVIL, quote=EVIL, advice=EVIL, equation=EVIL)
    put = row(1, path="annual_goal", aside=1, reason=EVIL, who=EVIL, action=1)
    declared = {"满意度": {"action": 1, "reason": EVIL, "who": EVIL}}
    notes = Notes([said | {"also": json.dumps([mention])}, put], declared=declared, open=True)
    asked = parsing.questions(bad, [Finding(place="x", **{name: said[name] for name in FIELDS})])
    pages = [
        indicators(bad, notes),
        project_html.facts(bad, notes),
        project_html.goals(bad, notes),
        findings.findings(bad, notes, {}),
        findings.unchecked([Unchecked(rule="W01", reason=EVIL)]),
        questions.cards(bad, asked),
        sums.equations(bad, [Equation(text=EVIL, state="off", paths=("indicators[0].annual",), note=EVIL)]),
        sums.promises(bad, [Promise(path="annual_goal", text=EVIL, start=0)], ["indicators[0].annual"]),
    ]
    assert asked and all("<img" not in page for page in pages)


FIELDS = ("rule", "severity", "title", "message", "advice", "path", "quote", "equation")


def test_what_was_taken_apart_in_one_cell_is_listed_and_leads_to_that_cell() -> None:
    (one,) = parsing.read(SAMPLE.parent.parent.parent / "tests/cases/forms/several_in_a_cell.xlsx").projects
    number = next(n for n, repair in enumerate(one.repairs) if repair.code == "unfolded")
    place = one.repairs[number].places["三级指标"]
    parts = [item.name for item in one.indicators if item.place == place]
    html = project_html.repairs(one, open=True)
    assert len(parts) > 1 and all(html.count(f"<td>{name}</td>") == 1 for name in parts)
    assert f'data-lights="{place.row}-{place.column}"' in html
    undone = project_html.repairs(parsing.decide_repair(one, number, "undone"), open=True)
    assert not any(f"<td>{name}</td>" in undone for name in parts[1:])


def test_a_category_leads_to_its_indicators_to_its_empty_row_or_to_where_it_is_said_to_be_missing() -> None:
    rows = [["数量", "设备数量", "3台", "3台"], ["数量", "椅子数量", "9把", "9把"]]
    project = making.project({"indicators": rows, "empty": ["社会效益"]})
    assert path_of(project, "数量") == "indicators[0].level2"
    assert path_of(project, "社会效益") == "empty[0]"
    assert path_of(project, "满意度") == ""
    html = indicators(project, Notes(asked={"满意度": "required"}, open=True))
    assert f'data-lights="{unprinted_id("满意度")}"' in html
