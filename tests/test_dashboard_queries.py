"""The questions, each against the same sum done by hand over thousands of generated projects."""

from collections import Counter, defaultdict
from dataclasses import replace
from decimal import Decimal
from functools import cache

import pytest
from conftest import make_indicator, make_project
from portfolio import generate

from dashboard.queries import budget, coverage, gaps, projects, totals, trouble
from dashboard.queries.scope import Scope, from_query
from dashboard.store import open_store, project_key
from dashboard.store.derive import split_type
from parsing import SLOTS, Project, Reading, Unread, fen

SCOPES = [
    Scope(),
    Scope(year=2024),
    Scope(department="教育局", project_type="信息化类"),
    Scope(year=2023, unit="民政局第2中心"),
    Scope(year=1999),
]


@cache
def portfolio() -> list[Project]:
    return generate(4_000, seed=3)


@pytest.fixture(scope="module")
def ask(tmp_path_factory):
    store = open_store(tmp_path_factory.mktemp("store"))
    store.confirm(store.stage("全市.xlsx", b"all", Reading(projects=tuple(portfolio())), "甲"), "甲")
    yield store.frame
    store.close()


def inside(scope: Scope) -> list:
    return [
        one
        for one in portfolio()
        if scope.year in (None, one.year)
        and scope.department in (None, one.department)
        and scope.unit in (None, one.unit)
        and scope.project_type in (None, split_type(one.project_type)[0])
    ]


def slots(one) -> set[str]:
    return {indicator.slot for indicator in one.indicators}


def money(some) -> int:
    return sum(fen(one.budget_yuan) or 0 for one in some)


@pytest.mark.parametrize("scope", SCOPES)
def test_the_totals_are_the_sums(ask, scope):
    some = inside(scope)
    row = ask(totals.totals(scope)).iloc[0]
    assert row["projects"] == len(some)
    assert row["budget_fen"] == money(some)
    assert row["unpriced"] == sum(one.budget_yuan is None for one in some)
    assert row["indicators"] == sum(len(one.indicators) for one in some)
    assert row["filled"] == sum(len(slots(one)) for one in some)
    assert row["cells"] == 9 * len(some)
    assert row["complete"] == sum(len(slots(one)) == 9 for one in some)


@pytest.mark.parametrize("scope", SCOPES)
def test_what_is_lacking_is_counted_by_number_and_by_money(ask, scope):
    rows = ask(coverage.lacking(scope))
    without = {slot: [one for one in inside(scope) if slot not in slots(one)] for slot in SLOTS}
    assert rows["slot"].tolist() == list(SLOTS)
    assert rows["projects"].tolist() == [len(without[slot]) for slot in SLOTS]
    assert rows["budget_fen"].tolist() == [money(without[slot]) for slot in SLOTS]


@pytest.mark.parametrize("by", ["unit", "department", "type", "year", "end"])
def test_groups_add_up_to_the_whole(ask, by):
    values = {
        "unit": lambda one: one.unit,
        "department": lambda one: one.department,
        "type": lambda one: split_type(one.project_type)[0],
        "year": lambda one: str(one.year),
        "end": lambda one: one.end,
    }
    some = defaultdict(list)
    for one in inside(Scope(year=2024)):
        some[values[by](one)].append(one)
    expected = sorted(
        ((name, len(part), money(part)) for name, part in some.items()), key=lambda row: (-row[2], row[0])
    )
    rows = ask(budget.grouped(Scope(year=2024), by))
    assert list(rows[["name", "projects", "budget_fen"]].itertuples(index=False, name=None)) == expected
    assert rows["rest"].sum() == 0
    matrix = ask(coverage.groups(Scope(year=2024), by))
    assert matrix["name"].tolist() == [name for name, *_ in expected]
    assert matrix["lack9"].sum() == sum("满意度" not in slots(one) for one in inside(Scope(year=2024)))
    assert matrix["fen9"].sum() == ask(coverage.lacking(Scope(year=2024)))["budget_fen"][8]


def test_the_top_and_the_rest_are_the_whole(ask):
    rows = ask(budget.ranked(Scope(year=2023), 12))
    some = sorted(inside(Scope(year=2023)), key=lambda one: -(one.budget_yuan or 0))
    assert len(rows) == 13
    assert rows["name"][0] == some[0].name and rows["key"][0] == project_key(some[0])
    assert rows["budget_fen"][:12].tolist() == [fen(one.budget_yuan) for one in some[:12]]
    assert rows["rest"].tolist() == [0] * 12 + [1]
    assert rows["projects"][12] == len(some) - 12
    assert rows["unpriced"].sum() == sum(one.budget_yuan is None for one in some)
    assert rows["budget_fen"].sum() == money(some)


def test_without_a_limit_there_is_no_rest_and_unknown_budgets_come_last(ask):
    scope = Scope(year=2023)
    rows = ask(budget.ranked(scope))
    some = inside(scope)
    assert len(rows) == len(some) and rows["rest"].sum() == 0
    unknown = sum(one.budget_yuan is None for one in some)
    assert unknown
    assert rows["budget_fen"].isna().tolist() == [False] * (len(some) - unknown) + [True] * unknown


def test_types_are_listed_inside_their_base(ask):
    rows = ask(budget.types(Scope()))
    assert rows["budget_fen"].sum() == money(portfolio())
    counted = Counter(split_type(one.project_type) for one in portfolio())
    found = zip(rows["base_type"], rows["sub_type"], rows["projects"], strict=True)
    assert {(base, sub if isinstance(sub, str) else None): n for base, sub, n in found} == counted
    bases = rows["base_type"].tolist()
    assert [bases.index(base) for base in bases] == sorted(bases.index(base) for base in bases)
    assert rows["base_fen"].is_monotonic_decreasing


def test_the_matrix_is_sorted_searched_and_limited(ask):
    scope = Scope(year=2025)
    rows = ask(coverage.matrix(scope, "gaps", slot="满意度", limit=50))
    assert len(rows) == 50 and rows["s9"].sum() == 0 and rows["filled"].is_monotonic_increasing
    name = inside(scope)[0].name
    rows = ask(coverage.matrix(scope, words=name))
    one = inside(scope)[0]
    row = rows[rows["key"] == project_key(one)].iloc[0]
    counts = Counter(indicator.slot for indicator in one.indicators)
    assert [row[f"s{k}"] for k in range(1, 10)] == [counts[slot] for slot in SLOTS]
    assert len(ask(coverage.matrix(scope, "nonsense", slot="nonsense", limit=3))) == 3


def test_gaps_are_one_row_for_each_empty_cell(ask):
    scope = Scope(department="文广局")
    rows = ask(gaps.gaps(scope))
    expected = {(project_key(one), slot) for one in inside(scope) for slot in SLOTS if slot not in slots(one)}
    assert set(zip(rows["key"], rows["slot"], strict=True)) == expected and len(rows) == len(expected)
    only = ask(gaps.gaps(scope, "成本"))
    assert set(only["slot"]) == {"成本"}
    assert set(only["key"]) == {key for key, slot in expected if slot == "成本"}


def test_search_needs_every_word_in_a_name_a_unit_or_an_indicator(ask):
    some = inside(Scope(year=2024))
    rows = ask(projects.listed(Scope(year=2024), "交通局 培训数量", limit=10_000))
    expected = {
        project_key(one)
        for one in some
        if "交通局" in one.unit and any("培训数量" in indicator.name for indicator in one.indicators)
    }
    assert expected and set(rows["key"]) == expected
    assert len(ask(projects.listed(Scope(), "项目", limit=7))) == 7
    assert ask(projects.listed(Scope(), "100%_")).empty


def test_options_stay_open_for_their_own_filter(ask):
    scope = Scope(year=2023, department="教育局")
    years = ask(totals.options(scope, "year"))
    assert years["value"].tolist() == [2025, 2024, 2023, 2022]
    assert years["projects"].sum() == len(inside(Scope(department="教育局")))
    departments = ask(totals.options(scope, "department"))
    assert departments["projects"].sum() == len(inside(Scope(year=2023)))
    assert departments["budget_fen"].is_monotonic_decreasing


@pytest.mark.parametrize("year", ["", "abc", "²", "20240", "-1", "1e3", "２０２４"])
def test_a_year_that_makes_no_sense_is_as_if_it_were_not_there(year):
    assert from_query({"year": year, "unit": ""}) == Scope()


@pytest.mark.parametrize("scope", SCOPES)
def test_a_scope_survives_the_address(scope):
    assert from_query(scope.query() | {"other": "x"}) == scope
    assert scope.without("year") == replace(scope, year=None)


def test_what_a_reader_types_is_text_and_nothing_else(ask):
    nasty = "'; DROP TABLE project; --"
    assert ask(projects.listed(Scope(), nasty)).empty
    assert ask(totals.totals(from_query({"unit": nasty})))["projects"][0] == 0


def test_brackets_are_found_however_they_are_typed(tmp_path):
    store = open_store(tmp_path)
    one = make_project("网统管（一期）", budget_yuan=Decimal(1), indicators=(make_indicator("覆盖率(%)"),))
    store.confirm(store.stage("a", b"a", Reading(projects=(one,)), "甲"), "甲")
    for words in ("管(一期", "管（一期）", "率（%"):
        assert len(store.frame(projects.listed(Scope(), words))) == 1


def test_trouble_is_counted_and_listed_and_an_empty_store_has_none(tmp_path):
    store = open_store(tmp_path)
    assert store.frame(trouble.counts()).iloc[0].tolist() == [0, 0, 0]
    assert store.frame(totals.totals(Scope())).iloc[0]["budget_fen"] == 0
    assert store.frame(budget.ranked(Scope(), 5)).empty
    assert store.frame(trouble.repaired(Scope())).empty
    lost = tuple(Unread(code="damaged", place=f"a › {k}", reason="坏", remedy="修") for k in range(2))
    store.confirm(store.stage("a", b"a", Reading(unread=lost), "甲"), "甲")
    assert store.frame(trouble.counts()).iloc[0].tolist() == [2, 0, 1]
    assert store.frame(trouble.unread())["place"].tolist() == ["a › 0", "a › 1"]


@pytest.mark.parametrize("scope", SCOPES)
def test_the_sizes_hold_every_project_once(ask, scope):
    rows = ask(budget.sizes(scope))
    least = [
        next((step for step in budget.SIZES if (fen(one.budget_yuan) or 0) >= step), None)
        if one.budget_yuan is not None
        else None
        for one in inside(scope)
    ]
    found = {(None if row["least"] != row["least"] else row["least"]): row for row in rows.to_dict("records")}
    assert {step: row["projects"] for step, row in found.items()} == Counter(least)
    assert rows["budget_fen"].sum() == money(inside(scope))


def test_groups_are_ranked_by_number_when_asked(ask):
    rows = ask(budget.grouped(Scope(), "unit", 5, "projects"))
    counted = sorted(Counter(one.unit for one in portfolio()).values(), reverse=True)
    assert rows["projects"].tolist() == [*counted[:5], sum(counted[5:])]
