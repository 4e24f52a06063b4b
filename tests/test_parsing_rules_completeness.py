"""What is missing and how sure the reading is, in the sample tables and in forms of other provinces."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

import parsing
from parsing.rules import review

ROOT = Path(__file__).parents[1]
SAMPLE = ROOT / "data/samples/dongkeng-2024.txt"
FORMS = ROOT / "tests/cases/forms"


def said(path: Path) -> list[tuple[int, str, str]]:
    """Number of the project, rule, path of each hit of these families."""
    return [
        (number, one.rule, one.path)
        for number, project in enumerate(parsing.read(path).projects, 1)
        for one in review(project).findings
        if one.rule[0] in "CWX"
    ]


def test_the_sample_lacks_satisfaction_and_cost():
    hits = said(SAMPLE)
    assert [hit for hit in hits if hit[1] == "C05"] == [(n, "C05", "empty[2]") for n in range(1, 7)]
    assert [(n, path) for n, code, path in hits if code == "C06"] == [
        (1, "indicators[7]"),
        (2, "indicators[4]"),
        (3, "indicators[6]"),
        (4, "indicators[8]"),
        (5, "indicators[4]"),
    ]
    assert Counter(code for _, code, _ in hits) == {"C05": 6, "C06": 5, "X01": 8}


def test_weights_are_not_checked_where_the_form_has_none():
    for project in parsing.read(SAMPLE).projects:
        assert {"W01", "W02", "W03"} <= {one.rule for one in review(project).unchecked}


@pytest.mark.parametrize(
    ("file", "hits"),
    [
        ("01_shanghai_putuo_2026_chaiwei.xlsx", []),
        ("03_dongguan_jiaotong_2019_pifubiao.xlsx", [(1, "C06", "indicators[3]")]),
        ("central_2011.xlsx", [(1, "C06", "")]),
        ("central_2015.xlsx", []),
        ("core_2021.xlsx", []),
        ("hunan.xlsx", [(1, "C07", "")]),
        ("sign_number_unit.xlsx", []),
        (
            "undeclared.xlsx",
            [(1, "C04", ""), (1, "C06", ""), (1, "C07", ""), (1, "X02", "indicators[1]")],
        ),
    ],
)
def test_other_forms_are_not_blamed_for_what_they_do_not_print(file: str, hits: list[tuple[int, str, str]]):
    assert said(FORMS / file) == hits


def test_what_was_left_empty_in_a_file_is_found_at_its_label():
    text = SAMPLE.read_text("utf-8").replace("用款单位\t东莞市东坑镇政务服务中心", "用款单位\t", 1)
    first, second, *_ = parsing.read(text.encode(), "缺.txt").projects
    (hit,) = (one for one in review(first).findings if one.rule == "C01")
    assert (hit.path, hit.severity, hit.place.rpartition(" ")[2]) == ("unit", "高", "第9行第1列")
    assert "C01" not in {one.rule for one in review(second).findings}
