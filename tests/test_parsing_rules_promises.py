"""Promise and measure: which indicators measure what a goal promises."""

from __future__ import annotations

from pathlib import Path

import parsing
from parsing.rules import review
from tests.making import project

SAMPLE = Path(__file__).parents[1] / "data" / "samples" / "dongkeng-2024.txt"


def test_every_promise_of_the_sample_has_its_indicator() -> None:
    read = parsing.read(SAMPLE).projects
    linked = {
        (number, one.text, path)
        for number, each in enumerate(read)
        for one in review(each).promises
        if one.path == "annual_goal"
        for path in one.measured or ("",)
    }
    assert linked == {
        (0, "1批", "indicators[0].annual"),
        (0, "1批", "indicators[1].annual"),
        (1, "1批", "indicators[0].annual"),
        (2, "2年", "indicators[0].annual"),
        (3, "1家", "indicators[2].annual"),
        (3, "1套", "indicators[1].annual"),
        (5, "18名", "indicators[0].annual"),
    }


def test_two_promises_with_the_same_number_are_told_apart_by_their_words() -> None:
    said = review(parsing.read(SAMPLE).projects[0]).promises[:2]
    assert [one.measured for one in said] == [("indicators[0].period",), ("indicators[1].period",)]


def test_a_promise_stands_where_the_goal_prints_it() -> None:
    for each in parsing.read(SAMPLE).projects:
        for one in review(each).promises:
            goal = getattr(each, one.path)
            assert goal[one.start :].startswith(one.text)


def test_a_number_of_the_whole_period_is_measured_in_its_column() -> None:
    made = project(
        {
            "period_goal": "三年培训3000人。",
            "annual_goal": "培训1000人。",
            "indicators": [["数量", "培训人数", "≥3000人", "≥1000人"]],
        }
    )
    assert [one.measured for one in review(made).promises] == [
        ("indicators[0].period",),
        ("indicators[0].annual",),
    ]


def test_outputs_that_no_goal_speaks_of_are_listed() -> None:
    read = parsing.read(SAMPLE).projects
    assert [review(each).unpromised for each in read] == [
        (),
        (),
        (),
        ("indicators[0].annual",),
        (),
        ("indicators[1].annual",),
    ]
