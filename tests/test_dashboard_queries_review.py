"""The questions about findings and states, each against the same sum done by hand."""

from __future__ import annotations

import re
from collections import Counter

import pytest
import sqlalchemy as sa
import stub_rules
from portfolio import generate

from dashboard.queries import coverage, findings, gaps, review, totals
from dashboard.queries.review import OPEN, FindingFilter
from dashboard.queries.scope import Scope
from dashboard.store import finding, open_store, project_key
from parsing import SLOTS, Reading, asked, fen, standards

PORTFOLIO = generate(400, seed=5)
BY_KEY = {project_key(one): one for one in PORTFOLIO}
SCOPES = [Scope(), Scope(year=2024), Scope(department="教育局", project_type="信息化类"), Scope(year=1999)]
FIRST = PORTFOLIO[0]


@pytest.fixture(scope="module")
def store(tmp_path_factory):
    with pytest.MonkeyPatch.context() as patch:
        stub_rules.use(patch)
        kept = open_store(tmp_path_factory.mktemp("store"))
        kept.confirm(kept.stage("全市.xlsx", b"all", Reading(projects=tuple(PORTFOLIO)), "甲"), "甲")
        kept.settle()
        row = kept.rows(sa.select(finding).where(finding.c.rule == "M91").order_by(finding.c.key))[0]
        kept.set_aside(row["key"], row["ident"], "说明", "乙")
        empty = next(slot for slot in SLOTS if slot not in filled(FIRST))
        kept.declare(project_key(FIRST), empty, "不需要", "乙")
        kept.settle()
        yield kept
        kept.close()


def filled(one) -> set[str]:
    return {indicator.slot for indicator in one.indicators}


def money(keys) -> int:
    return sum(fen(BY_KEY[key].budget_yuan) or 0 for key in keys)


def inside(scope: Scope) -> set[str]:
    return {
        key
        for key, one in BY_KEY.items()
        if scope.year in (None, one.year)
        and scope.department in (None, one.department)
        and (scope.project_type is None or one.project_type.startswith(scope.project_type + "（"))
    }


def hits(store, scope: Scope, standard: str, sought: FindingFilter) -> list[dict]:
    """By hand: every finding, sifted in Python."""
    rows = store.rows(sa.select(finding))
    return [
        row
        for row in rows
        if row["key"] in inside(scope)
        and row["standard"] in ("", standard)
        and (sought.state == "all" or row["aside"] == (sought.state == "aside"))
        and all(
            getattr(sought, field) in (None, row[field])
            for field in ("rule", "severity", "slot", "key", "dimension")
        )
    ]


SOUGHT = [
    OPEN,
    FindingFilter(severity="高"),
    FindingFilter(rule="M91", state="all"),
    FindingFilter(slot="社会效益"),
    FindingFilter(state="aside"),
]


@pytest.mark.parametrize("scope", SCOPES)
@pytest.mark.parametrize("standard", ["default", "strict"])
@pytest.mark.parametrize("sought", SOUGHT)
def test_findings_are_counted_with_projects_and_each_projects_money_once(store, scope, standard, sought):
    some = hits(store, scope, standard, sought)
    row = store.rows(review.tally(scope, standard, sought))[0]
    keys = {one["key"] for one in some}
    high = {one["key"] for one in some if one["rank"] == 4}
    due = {one["key"] for one in some if one["rank"] >= 3}
    ranks = Counter(one["rank"] for one in some)
    assert row == {
        "findings": len(some),
        "projects": len(keys),
        "budget_fen": money(keys),
        **{label: ranks[rank] for label, rank in (("high", 4), ("middle", 3), ("low", 2), ("hint", 1))},
        "problems": ranks[4] + ranks[3],
        "advice": ranks[2] + ranks[1],
        "projects_high": len(high),
        "fen_high": money(high),
        "projects_due": len(due),
        "fen_due": money(due),
    }
    by_rank = {one["rank"]: one for one in store.rows(review.severities(scope, standard, sought))}
    assert list(by_rank) == [4, 3, 2, 1] and by_rank[4]["severity"] == "高"
    assert {rank: one["findings"] for rank, one in by_rank.items()} == {rank: ranks[rank] for rank in by_rank}
    assert (by_rank[4]["projects"], by_rank[4]["budget_fen"]) == (len(high), money(high))
    by_rule = {one["rule"]: one for one in store.rows(review.rules(scope, standard, sought))}
    for rule in {one["rule"] for one in some} | set(by_rule):
        of_rule = [one for one in some if one["rule"] == rule]
        keys = {one["key"] for one in of_rule}
        said = by_rule[rule]
        assert (said["findings"], said["projects"], said["budget_fen"]) == (
            len(of_rule),
            len(keys),
            money(keys),
        )
        assert said["rank"] == max(one["rank"] for one in of_rule)
    units = store.rows(review.units(scope, standard, sought))
    assert sum(one["findings"] for one in units) == len(some)
    assert sum(one["budget_fen"] for one in units) == row["budget_fen"]


def test_the_list_is_ranked_by_money_and_severity_and_can_be_read_in_parts(store):
    whole = store.rows(review.ranked(Scope(), "strict", limit=100_000))
    assert len(whole) == len(hits(store, Scope(), "strict", OPEN))
    weights = [(row["budget_fen"] or 0) * 3 ** (row["rank"] - 1) for row in whole]
    assert weights == sorted(weights, reverse=True)
    parts = [store.rows(review.ranked(Scope(), "strict", limit=100, offset=at)) for at in (0, 100, 200)]
    assert [row for part in parts for row in part] == whole[:300]
    first = BY_KEY[whole[0]["key"]]
    assert (whole[0]["name"], whole[0]["unit"], whole[0]["year"]) == (first.name, first.unit, first.year)


def test_the_list_can_be_ranked_by_severity_first(store):
    rows = store.rows(review.ranked(Scope(), limit=100_000, sort="severity"))
    sizes = [(row["rank"], row["budget_fen"] or 0) for row in rows]
    assert len({rank for rank, _ in sizes}) > 1 and sizes == sorted(sizes, reverse=True)


@pytest.mark.parametrize("sort", ["money", "severity"])
def test_the_list_to_take_away_is_the_same_with_the_indicator_named(store, sort):
    rows = store.rows(findings.findings(Scope(year=2024), "strict", limit=500, sort=sort))
    same = store.rows(review.ranked(Scope(year=2024), "strict", limit=500, sort=sort))
    assert [{name: row[name] for name in same[0]} for row in rows] == same
    named = 0
    for row in rows:
        number = re.match(r"indicators\[(\d+)\]", row["path"])
        expected = BY_KEY[row["key"]].indicators[int(number[1])].name if number else None
        assert row["indicator"] == expected
        named += number is not None
    assert named


def test_the_quadrant_has_every_project_also_those_without_findings(store):
    rows = store.rows(review.quadrant(Scope(year=2024), "default", FindingFilter(rule="M91")))
    assert {row["key"] for row in rows} == inside(Scope(year=2024))
    count = Counter(row["key"] for row in hits(store, Scope(), "default", FindingFilter(rule="M91")))
    assert {row["key"]: row["findings"] for row in rows} == {row["key"]: count[row["key"]] for row in rows}
    assert {row["rank"] for row in rows} == {0, 3}
    assert all(
        (row["problems"], row["advice"]) == (row["high"] + row["middle"], row["low"] + row["hint"])
        for row in rows
    )


def test_of_one_project_everything_is_told(store):
    aside = store.rows(review.ranked(Scope(), "strict", FindingFilter(rule="M91", state="aside")))[0]
    rows = store.rows(review.of_project(aside["key"], "strict"))
    assert len(rows) == len(hits(store, Scope(), "strict", FindingFilter(key=aside["key"], state="all")))
    assert [row["aside"] for row in rows] == sorted(row["aside"] for row in rows)
    assert rows[-1]["who"] == "乙"


@pytest.mark.parametrize("scope", SCOPES)
@pytest.mark.parametrize("standard", ["default", "strict"])
def test_of_each_cell_exactly_one_state_is_counted_and_required_gaps_by_the_standard(store, scope, standard):
    rows = store.rows(coverage.lacking(scope, standard))
    some = inside(scope)
    lacks = {key: asked(BY_KEY[key], standards()[standard]) for key in some}
    declared = {(one["key"], one["slot"]) for one in store.judgements().to_dict("records") if one["slot"]}
    required = []
    for row in rows:
        assert row["filled"] + row["projects"] + row["inapplicable"] + row["unread"] == len(some)
        fens = (row[name] for name in ("filled_fen", "budget_fen", "inapplicable_fen", "unread_fen"))
        assert sum(fens) == money(some)
        slot = row["slot"]
        empty = [key for key in some if slot not in filled(BY_KEY[key]) and (key, slot) not in declared]
        assert (row["projects"], row["budget_fen"]) == (len(empty), money(empty))
        for kind in ("required", "advised"):
            keys = [key for key in empty if lacks[key].get(slot) == kind]
            assert (row[kind], row[f"{kind}_fen"]) == (len(keys), money(keys))
            required += [(key, slot) for key in keys if kind == "required"]
    total = store.rows(totals.totals(scope, standard))[0]
    assert total["required"] == len(required) and total["lacking"] == len({key for key, _ in required})
    assert total["lacking_fen"] == money({key for key, _ in required})
    assert total["filled"] + total["gaps"] + total["inapplicable"] + total["unread"] == total["cells"]
    taken = store.rows(gaps.gaps(scope, None, standard))
    assert {(row["key"], row["slot"]) for row in taken if row["asked"] == 2} == set(required)
    assert len(taken) == total["gaps"]
    grouped = store.rows(coverage.groups(scope, "unit", standard))
    for k, row in enumerate(rows, 1):
        assert sum(one[f"required{k}"] for one in grouped) == row["required"]
        assert sum(one[f"required_fen{k}"] for one in grouped) == row["required_fen"]


def test_the_matrix_can_be_sorted_by_what_is_required(store):
    rows = store.rows(coverage.matrix(Scope(), "required", limit=1000, standard="strict"))
    assert [row["required"] for row in rows] == sorted((row["required"] for row in rows), reverse=True)
    for row in rows:
        marks = [row[f"r{k}"] for k in range(1, 10)]
        assert row["required"] == marks.count(2)
        assert all(row[f"s{k}"] == 0 and not row[f"a{k}"] for k in range(1, 10) if row[f"r{k}"])


def test_a_standard_nobody_knows_requires_nothing(store):
    assert store.rows(totals.totals(Scope(), "nonsense'"))[0]["required"] == 0
    assert (
        store.rows(review.tally(Scope(), "nonsense'", FindingFilter(severity="nonsense")))[0]["findings"] == 0
    )
