"""What leaders see of a large portfolio with long names and great sums, in a real Chromium."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from decimal import Decimal

import pytest
from browser import Server, browser, visit
from playwright.sync_api import Page
from portfolio import wordy

from dashboard.store import open_store
from parsing import Reading

pytestmark = pytest.mark.browser
SCREENS = ((1920, 1080), (1366, 768), (1280, 720))


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    folder = tmp_path_factory.mktemp("portfolio") / "store"
    blank = dict.fromkeys(("unit", "department", "project_type", "end", "budget_yuan", "year"))
    projects = [
        one.model_copy(update=dict.fromkeys([*blank][number % 12 : number % 12 + 1]))
        for number, one in enumerate(wordy(90))
    ]
    projects[0] = projects[0].model_copy(update={"budget_yuan": Decimal(23_456_789_012)})
    with closing(open_store(folder)) as store:
        store.confirm(store.stage("汇总.xlsx", b"x", Reading(projects=tuple(projects)), "甲"), "甲")
    found = Server(folder)
    yield found
    found.stop()


@pytest.fixture(params=SCREENS, ids=lambda size: f"{size[0]}x{size[1]}")
def page(request: pytest.FixtureRequest, server: Server) -> Iterator[Page]:
    with browser() as found:
        width, height = request.param
        yield found.new_context(viewport={"width": width, "height": height}, locale="zh-CN").new_page()


def test_no_filter_covers_the_way_to_another_page(server: Server, page: Page) -> None:
    for query in ("", "?end=2027"):
        visit(page, server.url + query)
        ways = page.locator('[data-testid="stTopNavLink"]')
        right = max(box["x"] + box["width"] for one in ways.all() if (box := one.bounding_box()))
        bar = page.locator(".st-key-bar").bounding_box()
        below = max(box["y"] + box["height"] for one in ways.all() if (box := one.bounding_box()))
        assert ways.count() == 8 and bar and (bar["x"] >= right or bar["y"] >= below)


def test_no_number_of_a_tile_is_cut(server: Server, page: Page) -> None:
    for query in ("", "?money=yuan", "?by=n"):
        visit(page, server.url + query)
        cut = "all => all.filter(one => one.scrollWidth > one.clientWidth).map(one => one.innerText)"
        assert page.locator(".tile .value, .tile .note").evaluate_all(cut) == []
