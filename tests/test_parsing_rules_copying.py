"""How much is copied: each rate with the rows behind it."""

from __future__ import annotations

from pathlib import Path

import parsing
from parsing.rules.copying import copying
from parsing.rules.outline import outline
from tests.making import project

SAMPLES = Path(__file__).parent.parent / "data/samples/dongkeng-2024.txt"
LONG = "完成政务大厅窗口设备的更新。"


def of(*cases):
    return copying([outline(project(case)) for case in cases])


def test_the_samples_repeat_every_value_and_one_goal():
    rates = copying([outline(one) for one in parsing.read(SAMPLES).projects])
    assert [(len(rate.rows), rate.of) for rate in rates] == [(56, 56), (1, 6), (9, 56), (7, 56)]
    assert rates.goals.rows == ((3, "annual_goal"),)
    assert rates.values.share == 1
    shared = [path for number, path in rates.indicators.rows if number == 4]
    assert shared == ["indicators[4]", "indicators[6]"]


def test_a_project_of_one_year_may_repeat_itself():
    once = {"indicators": [["数量", "叫号机", "3台", "3台"]], "period_goal": LONG, "annual_goal": LONG}
    rates = of({**once, "start": "2024-01", "end": "2024-12"})
    assert (rates.values.of, rates.goals.of) == (0, 0)
    assert rates.values.share is None
    assert (of(once).values.rows, of(once).goals.rows) == (
        ((0, "indicators[0].annual"),),
        ((0, "annual_goal"),),
    )
    unknown = of({**once, "start": None, "end": None})
    assert (len(unknown.values.rows), unknown.values.of) == (1, 1)


def test_a_value_that_stands_once_is_not_copied():
    rates = of({"indicators": [["数量", "叫号机", "", "3台"], ["数量", "取号机", "9台", "3台"]]})
    assert (rates.values.rows, rates.values.of) == ((), 1)


def test_indicators_of_like_projects_are_no_copies():
    row = {"indicators": [["质量", "路面平整度合格率", "≥95%", "≥95%"]]}
    names = ("人民路改造工程", "解放路改造工程", "东兴路改造工程")
    assert of(*({**row, "name": name} for name in names)).indicators.rows == ()
    unlike = of(*({**row, "name": name} for name in ("人民路改造工程", "教师培训", "窗口设备购置")))
    assert unlike.indicators.rows == tuple((n, "indicators[0]") for n in range(3))


def test_words_are_set_phrases_when_another_project_of_the_year_says_them():
    good = {"indicators": [["社会效益", "服务水平", "有效提高", "有效提高"]]}
    assert of(good, {**good, "year": 2023}).phrases.rows == ()
    twice = {"indicators": [*good["indicators"], ["社会效益", "工作效率", "有效提高", "有效提高"]]}
    assert of(twice).phrases.rows == ()
    assert [number for number, _ in of(twice, good).phrases.rows] == [0, 0, 1]
    assert of(twice, good).phrases.of == 3


def test_nothing_gives_no_rates():
    assert [rate.share for rate in of()] == [None] * 4
