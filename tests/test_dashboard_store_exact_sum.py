"""Amounts of any store: no sum overflows, and what no project can have is unknown."""

from decimal import Decimal

import pytest
import sqlalchemy as sa
from conftest import make_project
from page_runs import app_at
from sqlalchemy.dialects import postgresql

from dashboard.queries import budget, totals
from dashboard.queries.scope import Scope
from dashboard.session import cache
from dashboard.session.pages import PAGES
from dashboard.store import Store, added, open_store, project
from dashboard.store.derive import pack
from dashboard.store.exact_sum import LIMIT
from dashboard.store.schema import version
from parsing import Reading

pytestmark = pytest.mark.usefixtures("own_store")

MOST = Decimal(10) ** 13  # 元
MANY, FEW = 9_300, 20  # as many are more than 2⁶³ 分, as few are not


def bring(store: Store, *projects, file: str = "a.xlsx") -> int:
    number = store.stage(file, file.encode(), Reading(projects=projects), "甲")
    store.confirm(number, "甲")
    return number


def priced(name: str, yuan: Decimal | None, **more):
    return make_project(name, budget_yuan=yuan, **more)


@pytest.mark.parametrize("yuan", [10**30, 10**17, MOST + 1, -1])
def test_an_amount_that_no_project_can_have_is_unknown_wherever_it_comes_from(tmp_path, yuan):
    store = open_store(tmp_path / "own")
    number = bring(store, priced("一", Decimal(yuan)), priced("二", Decimal(5)))
    whole = store.rows(totals.totals(Scope()))[0]
    assert (whole["projects"], whole["budget_fen"], whole["unpriced"]) == (2, 500, 1)
    assert store.outcome(number)[0].budget_fen is None
    assert store.uploads()["budget_fen"].tolist() == [500]
    store.close()


def test_an_amount_kept_before_there_was_a_range_is_unknown_once_the_store_is_opened(tmp_path):
    store = open_store(tmp_path / "own")
    number = bring(store, priced("一", Decimal(7)), priced("二", Decimal(5)))
    key = store.outcome(number)[0].key
    huge = pack(priced("一", Decimal(10) ** 16, total_yuan=Decimal(10) ** 16))
    with store.engine.begin() as connection:  # as an older program left it
        change = sa.update(version).where(version.c.key == key)
        connection.execute(change.values(payload=huge, budget_fen=10**18))
        connection.execute(sa.update(project).where(project.c.key == key).values(budget_fen=10**18))
        connection.exec_driver_sql("UPDATE upload SET budget_fen = 1000000000000000500")
        connection.exec_driver_sql("UPDATE mark SET value = 'before' WHERE name = 'schema'")
    store.close()
    store = open_store(tmp_path / "own")
    whole = store.rows(totals.totals(Scope()))[0]
    assert (whole["budget_fen"], whole["unpriced"]) == (500, 1)
    assert store.project(key).budget_yuan is store.project(key).total_yuan is None
    assert store.versions(key)["budget_fen"].isna().all()
    assert store.outcome(number)[0].budget_fen is None
    assert store.uploads()["budget_fen"].isna().all()
    store.close()


@pytest.fixture(scope="module")
def crowded(tmp_path_factory):
    """The folder of a store in which all money together is more than 64 bits hold, and each is allowed."""
    folder = tmp_path_factory.mktemp("crowded")
    store = open_store(folder)
    types = ("信息化类（平台）", "补助类")
    for part, count in enumerate((MANY, FEW)):
        some = (
            priced(f"项目{part}-{n}", MOST, unit=f"单位{part}", project_type=types[n % 2], indicators=())
            for n in range(count)
        )
        bring(store, *some, file=f"{part}.xlsx")
    store.settle()
    store.close()
    return folder


def test_the_sum_of_any_portfolio_is_a_whole_number(crowded):
    store = open_store(crowded)
    whole = store.rows(totals.totals(Scope()))[0]
    assert (whole["projects"], whole["budget_fen"]) == (MANY + FEW, (MANY + FEW) * LIMIT)
    groups = store.frame(budget.grouped(Scope(), "unit"))
    assert [*groups["budget_fen"]] == [MANY * LIMIT, FEW * LIMIT]
    assert all(type(one) is int for one in groups["budget_fen"])
    rest = store.rows(budget.ranked(Scope(), 3))
    assert [row["budget_fen"] for row in rest][:3] == [LIMIT] * 3
    assert rest[3]["rest"] == 1 and rest[3]["projects"] == MANY + FEW - 3
    store.close()


@pytest.mark.parametrize("entry", PAGES, ids=[entry.view for entry in PAGES])
def test_every_page_shows_a_portfolio_whose_money_64_bits_do_not_hold(crowded, monkeypatch, entry):
    monkeypatch.setenv("JILAN_DATA", str(crowded))
    at = app_at(entry.url)
    assert not at.exception and not at.error
    cache.store().close()


def test_a_file_whose_money_64_bits_do_not_hold_is_kept_with_all_its_projects(crowded):
    store = open_store(crowded)
    kept = store.uploads()
    assert kept["projects"].tolist() == [FEW, MANY]
    assert kept["budget_fen"].isna().tolist() == [False, True]
    store.close()


def test_sums_are_exact_to_the_last_fen_below_that(tmp_path):
    store = open_store(tmp_path / "own")
    bring(
        store, priced("一", MOST), priced("二", Decimal("0.01")), priced("三", None), priced("四", Decimal(0))
    )
    assert store.rows(sa.select(added(project.c.budget_fen).label("fen"))) == [{"fen": LIMIT + 1}]
    none = sa.select(added(project.c.budget_fen).label("fen")).where(project.c.name == "三")
    assert store.rows(none) == [{"fen": None}]
    store.close()


def test_every_engine_sums_parts_that_cannot_overflow():
    said = str(sa.select(added(project.c.budget_fen)).compile(dialect=postgresql.dialect()))
    assert "sum(project.budget_fen)" not in said and said.count("sum(") == 2
