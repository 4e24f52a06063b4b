import re

import pytest

from dashboard.html import review, rulebook
from dashboard.store import RANK_SEVERITIES
from parsing import BOOK, DEFAULT, Measured

EVIL = '<img src=x onerror="alert(1)">'
FOUND = {
    "rule": "M01",
    "severity": "中",
    "title": "用词语代替了数值",
    "message": "指标值是“良好”",
    "quote": "良好",
    "advice": "建议改为数值",
    "place": "甲.txt › 第5行",
    "path": "indicators[3].annual",
    "equation": "",
    "key": "k1",
    "ident": "abc",
    "unit": "政务中心",
    "name": "综合经费",
    "budget_fen": 12_000_000,
    "aside": 0,
    "reason": None,
    "who": None,
    "action": None,
}
RULE = {"rule": "M01", "rank": 3, "findings": 13, "projects": 6, "budget_fen": 300}


def test_a_row_leads_to_its_value_and_can_be_set_aside():
    html = review.findings([FOUND], "万元")
    assert re.findall(r'data-value="([^"]+)"', html) == ["go:k1:indicators[3].annual", "aside:k1:abc"]
    assert "<mark>良好</mark>" in html and "12.00 万元" in html


def test_a_row_that_is_set_aside_says_why_who_and_when_and_can_be_taken_back():
    aside = FOUND | {"aside": 1, "reason": "已说明", "who": "张三", "action": 7}
    html = review.findings([aside], "万元", {7: "2026-11-23T10:00:00+00:00"})
    assert re.findall(r'data-value="([^"]+)"', html)[1] == "undo:7"
    assert "已说明" in html and "张三" in html and "11" in html


def test_the_unit_is_told_where_there_are_several():
    assert "政务中心" not in review.findings([FOUND], "元")
    assert "政务中心" in review.findings([FOUND, FOUND | {"unit": "别的"}], "元")


@pytest.mark.parametrize(
    ("message", "quote", "marked"), [("说“甲”", "甲", 1), ("没有引文", "", 0), ("不含原文", "乙", 1)]
)
def test_the_words_it_is_about_are_marked_once(message, quote, marked):
    assert review.quoted(message, quote).count("<mark>") == marked


def test_no_text_becomes_markup():
    texts = ("title", "message", "quote", "advice", "place", "path", "unit", "name", "reason", "who", "key")
    evil = FOUND | dict.fromkeys(texts, EVIL) | {"aside": 1, "action": 1}
    assert "<img" not in review.findings([evil, FOUND], "元")
    assert "<img" not in review.rules([RULE | {"rule": EVIL}], RANK_SEVERITIES, False, "元", 1, None)


@pytest.mark.parametrize(("by_money", "width"), [(True, "33.3%"), (False, "100.0%")])
def test_rules_are_bars_of_findings_or_of_money(by_money, width):
    rows = [RULE | {"budget_fen": 100}, RULE | {"rule": "M03", "findings": 1}]
    html = review.rules(rows, RANK_SEVERITIES, by_money, "元", 300, "M03")
    assert re.findall(r"width:([\d.]+%)", html)[0] == width
    assert re.findall(r'aria-pressed="true" data-value="([^"]+)"', html) == ["rule:M03"]


def test_a_severity_is_told_by_word_and_shape():
    said = [re.sub("<[^>]+>", "", review.badge(one)) for one in RANK_SEVERITIES.values()]
    assert len({one[0] for one in said}) == len(said) == 4
    assert all(one.endswith(word) for one, word in zip(said, RANK_SEVERITIES.values(), strict=True))


def test_the_book_has_every_rule_and_says_what_is_off_and_unchecked():
    code = next(iter(BOOK))
    standard = DEFAULT.model_copy(update={"off": (code,)})
    html = rulebook.book({code: Measured(4, 3, 1)}, {"M01": 13}, {"M01": {"没有读到": 2}}, standard)
    assert re.findall(r'data-value="rule:(\w+)"', html).count(code) == 1
    assert set(re.findall(r'data-value="rule:(\w+)"', html)) == set(BOOK)
    assert all(text in html for text in ("不采用", "13 条", "2 个项目", "75%"))


@pytest.mark.parametrize("rule", BOOK.values(), ids=BOOK)
def test_a_rules_page_says_its_ground_examples_and_figures(rule):
    html = rulebook.page(rule, Measured(4, 3, 1), DEFAULT, {"没有读到预算": 2})
    text = re.sub("<[^>]+>", "", html)
    assert all(part in text for part in (rule.code, "75%", "2 个项目", rule.ground.document))


def test_what_was_not_checked_is_never_called_passed():
    html = rulebook.checked(40, 6, 0, DEFAULT, {"A01": {"没有读到预算": 2}})
    assert "没有读到预算" in html and "A01" in html and "不算通过" in html
    assert "不算通过" not in rulebook.checked(40, 6, 0, DEFAULT, {})
