"""A click on a filter until the page shows the new numbers and has finished drawing, in a real Chromium."""

from __future__ import annotations

import statistics
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

from playwright.sync_api import Browser, Page

from tests.benchmarks.measure import Figure, fill
from tests.browser import Server, browser, visit

AIM = 0.5
FLAT = 1.5  # a click on many projects may take so much longer than on a tenth of them
# From the click: until the numbers are others, and until the page, quiet since, last changed.
WATCH = """() => {
  const main = document.querySelector(".stMain");
  const told = () => main.querySelector(".headline, .nothing")?.innerText;
  const idle = () => document.querySelector('[data-test-script-state="notRunning"]');
  const before = told();
  window.timed = new Promise((resolve) => {
    addEventListener("click", (event) => {
      let changed = 0, last = performance.now();
      const seen = new MutationObserver(() => { last = performance.now(); });
      seen.observe(main, { subtree: true, childList: true, characterData: true, attributes: true });
      const look = () => {
        const now = performance.now();
        if (!changed && told() && told() !== before) changed = now;
        if (now - event.timeStamp > 30000) return resolve(null);
        if (!changed || !idle() || now - last < 300) return requestAnimationFrame(look);
        seen.disconnect();
        resolve([(changed - event.timeStamp) / 1000, (last - event.timeStamp) / 1000]);
      };
      look();
    }, { capture: true, once: true });
  });
}"""


def figures(quick: bool) -> Iterator[Figure]:
    times = 1 if quick else 5
    settled: dict[int, float] = {}
    sizes = (6, 100) if quick else (6, 1_000, 10_000)
    with TemporaryDirectory() as folder, browser() as found:
        for size in sizes:
            store = Path(folder) / str(size)
            fill(store, size, settled=True)
            server = Server(store)
            try:
                answered, settled[size] = clicks(found, server.url, times)
                aim = None if quick else AIM
                yield Figure(f"overview, {size:,} projects: numbers changed", answered, "s")
                yield Figure(f"overview, {size:,} projects: page settled", settled[size], "s", most=aim)
                for name in ("budget", "coverage") if size == sizes[-1] else ():
                    answered, whole = clicks(found, f"{server.url}/{name}", times)
                    yield Figure(f"{name}, {size:,} projects: numbers changed", answered, "s")
                    yield Figure(f"{name}, {size:,} projects: page settled", whole, "s", most=aim)
            finally:
                server.stop()
    few, *_, some, many = sizes[0], *sizes
    yield Figure(
        f"overview, {many:,} / {some:,} projects",
        settled[many] / settled[some],
        "×",
        most=None if quick else FLAT,
    )
    yield Figure(f"overview, {many:,} / {few:,} projects", settled[many] / settled[few], "×")


def clicks(found: Browser, url: str, times: int) -> tuple[float, float]:
    """Seconds until the numbers change and until the page is settled, medians, after a first click."""
    context = found.new_context(viewport={"width": 1920, "height": 1080}, locale="zh-CN")
    page = context.new_page()
    visit(page, url)
    page.set_default_timeout(30_000)
    try:
        timed = [choose(page, number) for number in range(times + 1)][1:]
    finally:
        context.close()
    return statistics.median(one for one, _ in timed), statistics.median(one for _, one in timed)


def choose(page: Page, number: int) -> tuple[float, float]:
    """Set the filter of departments to the next of its options (the first stands for all)."""
    page.locator(".st-key-filter-department input").click()
    options = page.get_by_role("option")
    options.first.wait_for()
    page.wait_for_timeout(300)  # the menu has opened, and nothing moves any more
    option = options.nth(number % (options.count() - 1) + 1)
    page.evaluate(WATCH)
    option.click()
    timed = page.evaluate("window.timed")
    assert timed, "the page did not change"
    return timed[0], timed[1]
