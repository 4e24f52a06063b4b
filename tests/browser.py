"""A server of our own and a real Chromium for it: what the journeys stand on."""

from __future__ import annotations

import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from urllib.error import URLError
from urllib.parse import urlsplit
from urllib.request import urlopen

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Request, WebSocket, expect, sync_playwright

# Words of other programs and file kinds that stand in Chinese sentences; Streamlit's own are none of them.
OURS = {"excel", "wps", "word", "xlsx", "txt", "dongkeng", "perf", "sheets", "pdf", "ofd"}
ROOT = Path(__file__).parent.parent
NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "msedge", "chrome")
PLACES = (
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge",
    "C:/Program Files/Google/Chrome/Application/chrome.exe",
    "C:/Program Files (x86)/Microsoft/Edge/Application/msedge.exe",
)
# A browser that itself calls nowhere, so that every request seen is the page's, and finds no other machine.
QUIET = (
    "--host-resolver-rules=MAP * ~NOTFOUND"
    ", EXCLUDE 127.0.0.1, EXCLUDE [::1], EXCLUDE localhost, EXCLUDE *.localhost",
    *("--no-sandbox", "--disable-quic", "--no-first-run", "--disable-background-networking"),
    *("--disable-component-update", "--disable-sync", "--disable-gpu", "--process-per-site"),
)


def chromium() -> str | None:
    found = next((path for name in NAMES if (path := shutil.which(name))), None)
    return found or next((path for path in PLACES if Path(path).exists()), None)


def guarded(log: Path) -> dict[str, str]:
    """The environment of a Python that may reach nothing outside this machine and writes into ``log`` where
    it wanted to; what it starts inherits both."""
    path = os.pathsep.join(filter(None, [str(ROOT / "tests/guard"), os.environ.get("PYTHONPATH")]))
    return {**os.environ, "PYTHONPATH": path, "JILAN_GUARD": str(log)}


class Server:
    """``python -m dashboard`` on a free port with its own store and further ``options``, under ``path``. When
    it stops, neither it nor a worker may have tried to reach another machine (``outside``)."""

    def __init__(self, data: Path, *options: str, path: str = "") -> None:
        self.data = data
        self.options = options
        self.path = path
        self.log = data.parent / f"{data.name}-outside.txt"
        self.printed = data.parent / f"{data.name}-printed.txt"
        self.start()

    def start(self) -> None:
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}{self.path}"
        command = [sys.executable, "-m", "dashboard", "--no-browser", "--port", str(self.port)]
        environment = guarded(self.log) | {"PYTHONIOENCODING": "utf-8"}
        with self.printed.open("wb") as output:
            self.process = subprocess.Popen(
                [*command, "--data", str(self.data), *self.options],
                cwd=ROOT,
                env=environment,
                stdout=output,
                start_new_session=True,
            )
        for _ in range(300):
            try:
                urlopen(f"{self.url}/_stcore/health", timeout=1)
                return
            except (URLError, OSError):
                assert self.process.poll() is None, "the server ended"
                time.sleep(0.1)
        raise AssertionError("the server did not start")

    def stop(self, how: int = signal.SIGTERM) -> None:
        self.process.send_signal(how)
        self.process.wait(20)
        assert self.outside == []

    @property
    def output(self) -> str:
        """What it printed since it was last started."""
        return self.printed.read_text("utf-8")

    def kill(self) -> None:
        """End it and all of its processes at once, without a chance to put anything in order."""
        with suppress(ProcessLookupError):
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait(20)
        assert self.outside == []

    @property
    def outside(self) -> list[str]:
        """What the server and its workers asked for outside this machine, as ``event:host``."""
        return self.log.read_text("utf-8").split()


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def browser() -> Iterator[Browser]:
    """A Chromium whose pages may ask this machine only: at the end nothing else may have been asked."""
    path = chromium()
    if path is None:
        if os.environ.get("JILAN_BROWSER") == "required":
            pytest.fail("no Chromium found, and here none may be missing")
        pytest.skip("no Chromium found on this machine")
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=path, args=list(QUIET))
        strangers: set[str] = set()
        started.on("context", lambda context: watch(context, strangers))
        yield started
        started.close()
    assert strangers == set()


def watch(context: BrowserContext, strangers: set[str]) -> None:
    """Collect the addresses outside this machine that any page of a context asks for."""

    def note(asked: Request | WebSocket) -> None:
        address = urlsplit(asked.url)
        host = address.hostname or ""
        near = host in ("127.0.0.1", "::1") or f".{host}".endswith(".localhost")
        if address.scheme in ("http", "https", "ws", "wss") and not near:
            strangers.add(asked.url)

    context.on("request", note)
    context.on("page", lambda page: page.on("websocket", note))


def settle(page: Page) -> None:
    """Wait until the script has run and nothing is being drawn any more."""
    page.wait_for_selector('[data-test-script-state="notRunning"]', state="attached", timeout=30_000)
    page.wait_for_timeout(250)
    page.wait_for_selector('[data-test-script-state="notRunning"]', state="attached", timeout=30_000)


def bring(page: Page, *files: Path | dict[str, object]) -> None:
    """Drop files on 导入 and wait until the first card is there."""
    page.locator('.st-key-upload-area input[type="file"]').set_input_files(list(files))  # type: ignore[arg-type]
    page.wait_for_selector(".file, .same", timeout=60_000)
    settle(page)


def button(page: Page, name: str | re.Pattern[str]) -> None:
    """Click the first button of this name and wait until that is done."""
    page.get_by_role("button", name=name).first.click()
    settle(page)


def until(page: Page, expression: str) -> None:
    """Wait until an expression holds in the page, whose policy forbids Playwright's own way of asking."""
    for _ in range(200):
        if page.evaluate(expression):
            return
        page.wait_for_timeout(100)
    raise AssertionError(expression)


def take_back(page: Page, place: int = 0) -> None:
    """Undo the newest line of the log that can be undone, or one further down, and wait until it is."""
    lines = page.locator('[class*="st-key-undo-"]', has_text="撤销")
    key = re.search(r"st-key-undo-\d+", lines.nth(place).get_attribute("class") or "")
    assert key
    line = page.locator(f".{key[0]}", has_text="撤销")
    line.get_by_role("button").click()
    expect(line).to_have_count(0, timeout=30_000)
    settle(page)


def visit(page: Page, url: str) -> None:
    page.goto(url, wait_until="load")
    page.wait_for_selector(".headline, .nothing, .deck", timeout=30_000)
    settle(page)


def words(page: Page) -> set[str]:
    """English words that a reader, or a reader's screen reader, would meet."""
    said = page.evaluate(
        """() => [...document.querySelectorAll("body, body *")].flatMap((one) => {
          const style = getComputedStyle(one);
          if (["SCRIPT", "STYLE", "NOSCRIPT"].includes(one.tagName) || style.display === "none") return [];
          const own = [...one.childNodes].filter((n) => n.nodeType === 3).map((n) => n.nodeValue);
          if (one.closest('[data-testid="stIconMaterial"], .material-icons')) return [];
          const said = ["aria-label", "title", "placeholder", "alt"];
          return [...own, ...said.map((name) => one.getAttribute(name) ?? "")];
        })"""
    )
    found = {word.lower() for text in said for word in re.findall(r"[A-Za-z]{2,}", text)}
    return found - OURS
