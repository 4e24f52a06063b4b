"""A server of our own and a real Chromium for it: what the journeys stand on."""

from __future__ import annotations

import os
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
from urllib.request import urlopen

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

ROOT = Path(__file__).parent.parent
NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "msedge", "chrome")
PLACES = (
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge",
    "C:/Program Files/Google/Chrome/Application/chrome.exe",
    "C:/Program Files (x86)/Microsoft/Edge/Application/msedge.exe",
)
# A browser that itself calls nowhere, so that every request seen is the page's.
QUIET = (
    *("--no-sandbox", "--disable-quic", "--no-first-run", "--disable-background-networking"),
    *("--disable-component-update", "--disable-sync", "--disable-gpu"),
)


def chromium() -> str | None:
    found = next((path for name in NAMES if (path := shutil.which(name))), None)
    return found or next((path for path in PLACES if Path(path).exists()), None)


class Server:
    """``python -m dashboard`` on a free port with its own store; ``outside``: hosts it tried to reach."""

    def __init__(self, data: Path) -> None:
        self.data = data
        self.log = data.parent / f"{data.name}-outside.txt"
        self.start()

    def start(self) -> None:
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]
        self.url = f"http://127.0.0.1:{self.port}"
        guard = os.pathsep.join(filter(None, [str(ROOT / "tests/guard"), os.environ.get("PYTHONPATH")]))
        env = {**os.environ, "PYTHONPATH": guard, "JILAN_GUARD": str(self.log)}
        command = [sys.executable, "-m", "dashboard", "--no-browser", "--port", str(self.port)]
        self.process = subprocess.Popen(
            [*command, "--data", str(self.data)],
            cwd=ROOT,
            env=env,
            stdout=subprocess.DEVNULL,
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

    def kill(self) -> None:
        """End it and all of its processes at once, without a chance to put anything in order."""
        with suppress(ProcessLookupError):
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait(20)

    @property
    def outside(self) -> list[str]:
        return self.log.read_text("utf-8").split() if self.log.exists() else []


@contextmanager
def browser() -> Iterator[Browser]:
    path = chromium()
    if path is None:
        if os.environ.get("JILAN_BROWSER") == "required":
            pytest.fail("no Chromium found, and here none may be missing")
        pytest.skip("no Chromium found on this machine")
    with sync_playwright() as playwright:
        found = playwright.chromium.launch(executable_path=path, args=list(QUIET))
        yield found
        found.close()


def settle(page: Page) -> None:
    """Wait until the script has run and nothing is being drawn any more."""
    page.wait_for_selector('[data-test-script-state="notRunning"]', state="attached", timeout=30_000)
    page.wait_for_timeout(250)
    page.wait_for_selector('[data-test-script-state="notRunning"]', state="attached", timeout=30_000)


def visit(page: Page, url: str) -> None:
    page.goto(url, wait_until="load")
    page.wait_for_selector(".headline, .nothing, .deck", timeout=30_000)
    settle(page)
