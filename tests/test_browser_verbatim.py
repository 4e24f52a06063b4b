"""Text with Markdown in it, as a real Chromium shows it in every place that reads Markdown."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

import pytest
from browser import Server, bring, button, settle, visit
from playwright.sync_api import Browser, Page
from verbatim_page import TEXTS

from dashboard.components.markdown import JOINER

pytestmark = pytest.mark.browser
HERE = Path(__file__).parent
SETTINGS = ("--server.headless=true", "--browser.gatherUsageStats=false", "--browser.serverAddress=127.0.0.1")
PLACES = 14  # of a text in ``verbatim_page``, its tab and what comes and goes not counted
# Every piece of rendered Markdown: its text, and the names of elements that plain text has none of.
SHOWN = """root => [...root.querySelectorAll('[data-testid="stMarkdownContainer"]')].map(one => [
    one.textContent,
    [...one.querySelectorAll('*')].map(e => e.localName).filter(name => !['p', 'div'].includes(name)),
])"""


@pytest.fixture(scope="module")
def shown(chromium: Browser) -> Iterator[Page]:
    """``verbatim_page``, served by Streamlit alone."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [sys.executable, "-m", "streamlit", "run", str(HERE / "verbatim_page.py"), *SETTINGS]
    env = {**os.environ, "PYTHONPATH": str(HERE.parent)}
    process = subprocess.Popen(
        [*command, f"--server.port={port}"], cwd=HERE.parent, env=env, stdout=subprocess.DEVNULL
    )
    try:
        for _ in range(300):
            try:
                urlopen(f"http://127.0.0.1:{port}/_stcore/health", timeout=1)
                break
            except (URLError, OSError):
                time.sleep(0.1)
        page = chromium.new_page()
        page.goto(f"http://127.0.0.1:{port}")
        page.wait_for_selector('.stTabs [role="tab"]', timeout=30_000)
        page.wait_for_timeout(1000)
        yield page
    finally:
        process.kill()
        process.wait()


def test_every_text_shows_as_typed_and_makes_no_element(shown: Page) -> None:
    tabs = shown.locator('.stTabs [role="tab"]')
    assert tabs.count() == len(TEXTS)
    for at, text in enumerate(TEXTS):
        typed = " ".join(text.split())
        tabs.nth(at).click()
        (tab,) = tabs.nth(at).evaluate(SHOWN)
        box = shown.locator(f".st-key-text-{at}")
        box.locator(".stButton").first.wait_for()
        for _ in range(50):
            found = [one for one in box.evaluate(SHOWN) if one[0] not in ("一", "里", "说一声")]
            if len(found) >= PLACES:
                break
            shown.wait_for_timeout(100)
        assert len(found) >= PLACES, text
        for words, elements in (tab, *found):
            assert (" ".join(words.replace(JOINER, "").split()), elements) == (typed, []), text


def test_tooltips_and_toasts_show_as_typed(shown: Page) -> None:
    tabs = shown.locator('.stTabs [role="tab"]')
    for at, text in enumerate(TEXTS):
        tabs.nth(at).click()
        shown.locator(f".st-key-button-{at} button").first.hover()
        shows(shown, "stTooltipContent", text)
        shown.locator(f".st-key-say-{at} button").click()
        shows(shown, "stToast", text)


def shows(at: Page, kind: str, text: str) -> None:
    typed, seen = " ".join(text.split()), set()
    for _ in range(50):
        for element in at.get_by_test_id(kind).all():
            for words, elements in element.evaluate(SHOWN):
                assert not elements, words
                seen.add(" ".join(words.replace(JOINER, "").split()))
        if typed in seen:
            return
        at.wait_for_timeout(100)
    raise AssertionError((kind, typed, seen))


def test_the_condition_of_a_decision_shows_as_typed(
    server: Server,
    page: Page,
) -> None:
    visit(page, f"{server.url}/upload")
    bring(page, HERE / "cases/hostile/label_markdown.xlsx")
    button(page, "计入")
    visit(page, f"{server.url}/meeting?q=标签")
    page.locator('.deciding [data-value^="decide:"]').first.click()
    dialog = page.get_by_role("dialog")
    for text in ("$E=mc^2$", ":red[红]良好"):
        dialog.locator('[data-testid="stMultiSelect"] input').click()
        page.get_by_role("option").filter(has_text=text).click()
        settle(page)
    labels = [one for one in dialog.evaluate(SHOWN) if one[0].startswith("M01")]
    assert [elements for _, elements in labels] == [[], []]
    words = "".join(words.replace(JOINER, "") for words, _ in labels)
    assert "“$E=mc^2$ [点](http://evil.example)”" in words and "“:red[红]良好”" in words
