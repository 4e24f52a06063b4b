"""The slides as data: what each says, where it splits, and that figures are those of the snapshot."""

from __future__ import annotations

import json
import re
from collections import Counter
from datetime import date
from pathlib import Path

import pytest
from conftest import make_project
from portfolio import wordy

from dashboard.exports import deck
from dashboard.ingest.samples import bring
from dashboard.queries.scope import Scope
from dashboard.slides import correct, slides
from dashboard.slides.measure import WIDTH, SlideRoom, fit, title_size
from dashboard.snapshot.snapshot import Snapshot, take_snapshot
from dashboard.store import open_store
from dashboard.wording.formatting import format_wan
from dashboard.wording.text_width import count_lines, text_width
from parsing import DEFAULT, Project, Reading

DAY = date(2026, 11, 23)
OF = re.compile(r"（(\d+)/(\d+)）$")


def told_of(folder: Path, *projects: Project) -> Snapshot:
    store = open_store(folder)
    if projects:
        store.confirm(store.stage("批.xlsx", b"x", Reading(projects=projects), "测试"), "测试")
    else:
        bring(store, "测试")
    return take_snapshot(store, Scope(), DEFAULT, DAY)


@pytest.fixture(scope="module")
def samples(tmp_path_factory: pytest.TempPathFactory) -> Snapshot:
    return told_of(tmp_path_factory.mktemp("samples"))


@pytest.fixture(scope="module")
def many(tmp_path_factory: pytest.TempPathFactory) -> Snapshot:
    return told_of(tmp_path_factory.mktemp("many"), *wordy(60))


def test_the_samples_take_a_cover_and_twelve_slides_each_with_a_conclusion(samples: Snapshot) -> None:
    made = slides(samples)
    kinds = Counter(one.kind for one in made)
    assert kinds == {"project": 6} | dict.fromkeys(
        ("cover", "opening", "money", "missing", "matrix", "correct", "method"), 1
    )
    assert len({one.title for one in made}) == 13 and made[0].kind == "cover"
    assert "396.63 万元" in made[1].title and "90.2%" in made[2].title and "100.0%" in made[3].title
    assert [one.key for one in made if one.key] == [case.key for case in samples.cases]


@pytest.mark.parametrize(
    ("money", "said"),
    [
        ((100,), "预算 100.00 万元"),
        ((300, 100), "项目0占预算 75.0%"),
        ((300, 50, 40, 10), "项目0占预算 75.0%，前三个项目合计占 97.5%"),
        ((30, 30, 20, 20), "前三个项目占预算 80.0%"),
        ((None, None), "没有读到当年预算"),
    ],
)
def test_the_slide_of_the_money_says_who_has_most(
    tmp_path: Path, money: tuple[int | None, ...], said: str
) -> None:
    fens = (fen and fen * 10_000 for fen in money)
    projects = (make_project(f"项目{n}", budget_yuan=yuan) for n, yuan in enumerate(fens))
    (one,) = [one for one in slides(told_of(tmp_path, *projects)) if one.kind == "money"]
    assert one.title.endswith(said)


def test_what_is_required_is_told_from_what_is_only_empty(many: Snapshot) -> None:
    (one,) = [one for one in slides(many) if one.kind == "missing"]
    runs = re.findall(r'<p class="label">(.*?)</p><div class="run">(.*?)</div>', one.body)
    assert [slot for slot, _ in runs] == [row["slot"] for row in many.lacks]
    assert any(0 < row["required"] < row["projects"] for row in many.lacks)
    for row, (_, run) in zip(many.lacks, runs, strict=True):
        parts = dict(re.findall(r'class="bar (\w+)" style="--part:([\d.]+)"', run))
        must, free = row["required"], row["projects"] - row["required"]
        for kind, count in (("gap", must), ("free", free)):
            assert float(parts.get(kind, 0)) == pytest.approx(count / many.facts.projects, abs=1e-4)
        assert (f">必填 {must:,}<" in run) == bool(must)


def test_a_rule_says_how_many_of_its_findings_are_as_grave_as_it_looks(samples: Snapshot) -> None:
    for row in samples.rules:
        counts = Counter(
            one.severity for case in samples.cases for one in case.problems if one.rule == row["rule"]
        )
        assert row["high"] == counts["高"] and row["findings"] == counts["高"] + counts["中"]
        some = 0 < counts["高"] < row["findings"]
        assert correct.named(row) == row["title"] + (f"（其中高 {counts['高']} 条）" if some else "")
    assert any(0 < row["high"] < row["findings"] for row in samples.rules)


def test_every_slide_has_something_for_the_speaker_to_say(samples: Snapshot) -> None:
    assert all(one.notes for one in slides(samples))


def test_what_does_not_fit_goes_on_and_says_so(many: Snapshot) -> None:
    made = slides(many)
    matrix = [one for one in made if one.kind == "matrix"]
    assert [OF.search(one.title).groups() for one in matrix] == [  # type: ignore[union-attr]
        (str(number), str(len(matrix))) for number in range(1, len(matrix) + 1)
    ]
    assert sum(one.body.count('class="label"') for one in matrix) == 60
    assert {one.key for one in made if one.key} == {case.key for case in many.cases}


def test_every_figure_of_a_project_leads_to_a_cell_of_its_own_table(samples: Snapshot) -> None:
    places = {case.key: case.project.place.file for case in samples.cases}
    for one in slides(samples):
        for found in re.findall(r'data-source="([^"]*)"', one.body):
            for key, cell, place in json.loads(found.replace("&quot;", '"')):
                assert key in places and re.fullmatch(r"\d+-\d+", cell) and place.startswith(places[key])
                assert not one.key or one.key == key


def test_money_leads_to_the_budgets_that_it_is_the_sum_of(samples: Snapshot) -> None:
    amounts = {case.key: case.matrix["budget_fen"] for case in samples.cases}
    seen = 0
    for one in slides(samples):
        if one.kind in ("money", "missing", "correct"):
            for source, text in re.findall(r'data-source="([^"]*)">([\d,]+\.\d\d)<', one.body):
                keys = [key for key, *_ in json.loads(source.replace("&quot;", '"'))]
                assert format_wan(sum(amounts[key] for key in keys)) == text
                seen += 1
    assert seen == 6 + 3 + len(correct.first(samples))


def test_markup_in_a_name_stays_text(tmp_path: Path) -> None:
    told = told_of(tmp_path, make_project("<img src=x onerror=alert(1)>\"'&"))
    assert b"<img" not in deck.page(told)


def test_a_scope_without_projects_makes_slides_too(samples: Snapshot, tmp_path: Path) -> None:
    store = open_store(tmp_path)
    made = slides(take_snapshot(store, Scope(), DEFAULT, DAY))
    assert not [one for one in made if one.kind in ("project", "matrix", "money")]
    assert made[-1].kind == "method"


def test_the_file_has_a_policy_that_lets_nothing_in(samples: Snapshot) -> None:
    page = deck.page(samples).decode()
    assert (
        "default-src 'none'" in page and "url(" not in page and "http:" not in page and "https:" not in page
    )
    assert samples.mark in page and "2026-11-23" in page and samples.standard.title in page


def test_text_is_reckoned_a_little_wider_than_it_is() -> None:
    assert 10 <= text_width("预算绩效目标审核材料") <= 10.5
    assert 2 <= text_width("1234") <= 3
    assert count_lines("一二三四五六七八九十", 12) == 1
    assert count_lines("一二三四五六七八九十", 9) == 2
    assert count_lines("甲\n乙", 40) == 2
    assert count_lines("预算审核", 4.2) == 1  # what fits stands on one line, however narrow it is
    assert count_lines("12345678901234567890", 5) >= 3  # a number longer than its line
    assert count_lines("预算 1,234,567.89 万元", 9) == 3  # or 2, if numbers were broken


def test_long_titles_are_set_smaller() -> None:
    assert title_size("短") > title_size("长" * 70) > title_size("长" * 90)
    assert count_lines("长" * 80, WIDTH / title_size("长" * 80)) == 2


def test_items_are_spread_over_as_few_slides_as_hold_them_evenly() -> None:
    room = SlideRoom(only=10, each=9)
    assert fit([1] * 10, lambda item, size: item, (1,), room) == (1, [[1] * 10])
    assert fit([2] * 5, lambda item, size: item * size, (3, 2, 1), room) == (1, [[2] * 5])
    size, groups = fit([1] * 20, lambda item, size: item * size, (2, 1), room)
    assert (size, [len(group) for group in groups]) == (1, [7, 7, 6])
    assert fit([50, 1], lambda item, size: item, (1,), room)[1] == [[50], [1]]
    assert fit([], lambda item, size: 1, (2, 1), room) == (2, [[]])
