"""Slides: from a key to the picture it asks for, in the saved file and in the dashboard.

Taken in the page: from the time stamp of the key to the frame after the one that shows the slide.
"""

from __future__ import annotations

import statistics
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

from playwright.sync_api import Browser, Page

from dashboard.exports import deck
from dashboard.queries.scope import Scope
from dashboard.snapshot.snapshot import take_snapshot
from dashboard.store import Store, open_store
from parsing import DEFAULT, Reading
from tests.benchmarks.measure import Figure, median, seconds
from tests.browser import Server, browser, settle
from tests.portfolio import wordy

SIZES = ((1920, 1080), (3840, 2160))
KEYS = 60
MANY = 60
WATCH = """
window.took = [];
addEventListener("keydown", (event) => {
  requestAnimationFrame(() => requestAnimationFrame(() => took.push(performance.now() - event.timeStamp)));
}, true);
"""


def figures(quick: bool) -> Iterator[Figure]:
    with TemporaryDirectory() as name, browser() as found:
        folder = Path(name)
        store = open_store(folder / "store")
        reading = Reading(projects=tuple(wordy(MANY)))
        store.confirm(store.stage("批.xlsx", b"x", reading, "bench"), "bench")
        times = 1 if quick else 5
        yield Figure(
            f"deck of {MANY} projects made", median(lambda: seconds(lambda: _made(store)), times), "s", most=3
        )
        (folder / "deck.html").write_bytes(_made(store))
        store.close()
        for width, height in SIZES[:1] if quick else SIZES:
            took = _keys(_page(found, width, height), (folder / "deck.html").as_uri(), quick)
            yield from _two(f"file, {width} × {height}", took)
        server = Server(folder / "store")
        try:
            took = _keys(_page(found, *SIZES[0]), f"{server.url}/present", quick)
        finally:
            server.stop()
        yield from _two("dashboard, {} × {}".format(*SIZES[0]), took)


def _made(store: Store) -> bytes:
    return deck.page(take_snapshot(store, Scope(), DEFAULT, date(2026, 11, 23)))


def _page(found: Browser, width: int, height: int) -> Page:
    return found.new_page(viewport={"width": width, "height": height})


def _keys(page: Page, url: str, quick: bool) -> list[float]:
    page.add_init_script(WATCH)
    page.goto(url)
    page.wait_for_selector(".deck .slide.on", timeout=60_000)
    if url.startswith("http"):
        settle(page)
    for _ in range(5 if quick else KEYS):
        page.keyboard.press("ArrowRight")
        page.wait_for_timeout(30)
    page.wait_for_timeout(200)
    took: list[float] = page.evaluate("took")
    page.close()
    return took


def _two(where: str, took: list[float]) -> Iterator[Figure]:
    yield Figure(f"key to picture, {where}", statistics.median(took), "ms", most=100)
    yield Figure("  the slowest", max(took), "ms")
