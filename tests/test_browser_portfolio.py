"""What leaders see of a large portfolio with long names and great sums, in a real Chromium."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from decimal import Decimal

import pytest
from browser import Server, settle, until, visit
from playwright.sync_api import Page
from portfolio import wordy

from dashboard.store import open_store
from parsing import Reading

pytestmark = pytest.mark.browser
SCREENS = ((1920, 1080), (1366, 768), (1280, 720), (1024, 768))


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
def page(request: pytest.FixtureRequest, page: Page) -> Page:
    width, height = request.param
    page.set_viewport_size({"width": width, "height": height})
    return page


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
        assert page.locator(".tile p").evaluate_all(cut) == []


def test_a_clicker_turns_the_pages_of_the_matrix(server: Server, page: Page) -> None:
    visit(page, f"{server.url}/coverage")
    size = page.viewport_size
    if size and size["width"] >= 1300:  # below, the filters take a line of their own, and a key moves first
        tall = (
            "document.querySelector('.stMain').scrollHeight - document.querySelector('.stMain').clientHeight"
        )
        assert page.evaluate(tall) <= 0
    for key, number in (("PageDown", "2"), ("PageDown", "3"), ("PageUp", "2")):
        for _ in range(2):
            if f"from={number}" not in page.url:
                page.keyboard.press(key)
                page.wait_for_timeout(700)
        page.wait_for_url(f"**from={number}*")
        settle(page)


def test_a_clicker_moves_a_long_list(server: Server, page: Page) -> None:
    visit(page, f"{server.url}/projects")
    until(page, "document.querySelector('.stMain').scrollHeight > innerHeight + 300")
    page.keyboard.press("PageDown")
    until(page, "document.querySelector('.stMain').scrollTop > 300")


def test_titles_break_between_words_and_take_no_line_more(server: Server, page: Page) -> None:
    visit(page, f"{server.url}/review")
    titles = page.locator("ol.rules p")
    titles.first.wait_for()
    assert any("word-break: keep-all" in (one.get_attribute("style") or "") for one in titles.all())
    high = "all => all.map(one => one.offsetHeight)"
    worded = titles.evaluate_all(high)
    plain = titles.evaluate_all("all => all.map(one => (one.style.wordBreak = '', one.offsetHeight))")
    assert all(one <= other for one, other in zip(worded, plain, strict=True))
