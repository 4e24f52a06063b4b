"""How much is copied: rates with the rows behind them, on the page of findings."""

from __future__ import annotations

import pytest
from streamlit.testing.v1 import AppTest

from dashboard.html import copied as copied_html
from dashboard.queries import copied
from dashboard.queries.scope import Scope
from dashboard.session import cache

pytestmark = pytest.mark.usefixtures("own_store")

PAGE = "from dashboard.views import copied\nfrom dashboard.queries.scope import Scope\n"


def rates() -> list[copied.CopiedGoals]:
    cache.store().settle()
    return copied.rates(cache.store().rows(copied.outlines(Scope())))


def test_the_samples_repeat_every_value_and_one_goal() -> None:
    values, goals, indicators, _ = rates()
    assert (len(values.rows), values.of, values.projects, values.budget_fen) == (56, 56, 6, 396_630_000)
    assert (len(goals.rows), goals.of, goals.budget_fen) == (1, 6, 186_000_000)
    assert "“一网统管”" in goals.rows[0][1] and goals.rows[0][2] == "annual_goal"
    assert len(indicators.rows) < indicators.of == 56


def test_a_scope_without_projects_has_nothing_to_compare() -> None:
    scope = Scope(unit="没有这个单位")
    found = copied.rates(cache.store().rows(copied.outlines(scope)))
    assert [one.of for one in found] == [0, 0, 0, 0]
    assert "go:" not in copied_html.rates(found, "万元", True)


def test_rates_are_said_in_money_or_in_projects_and_lead_to_their_rows() -> None:
    found = rates()
    money, number = (copied_html.rates(found, "万元", by_money) for by_money in (True, False))
    assert "56 / 56（100.0%），涉及 396.63 万元" in money and "涉及 6 个项目" in number
    assert money.count("go:") == sum(one.projects for one in found)
    assert f'data-value="go:{found[1].rows[0][0]}:annual_goal"' in money


def test_the_list_has_each_row_with_what_stands_there_and_where() -> None:
    found = rates()
    rows = copied.listed(cache.store().rows(copied.outlines(Scope())), found)
    assert len(rows) == sum(len(one.rows) for one in found)
    goal = next(row for row in rows if row["title"] == found[1].title)
    assert goal["indicator"] is None and len(goal["quote"]) > 15 and "›" in goal["place"]
    assert all(row["indicator"] and row["quote"] and row["place"] for row in rows if row is not goal)
    assert len({row["place"] for row in rows if row["title"] == found[0].title}) == 56


def test_the_list_is_cut_in_each_rate_alone(monkeypatch) -> None:
    monkeypatch.setattr(copied, "LISTED", 3)
    found = rates()
    rows = copied.listed(cache.store().rows(copied.outlines(Scope())), found)
    assert len(rows) == sum(min(3, len(one.rows)) for one in found)


def test_the_view_shows_them() -> None:
    page = AppTest.from_string(f"{PAGE}copied.show(Scope(), '万元', True, 6)").run(timeout=30)
    assert not page.exception
