"""From starting a process to figures on the screen, beside a bare Streamlit page."""

from __future__ import annotations

import socket
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.error import URLError
from urllib.request import urlopen

from playwright.sync_api import Browser

from tests.benchmarks.measure import Figure
from tests.browser import ROOT, browser

HELLO = 'import streamlit as st\n\nst.title("Hello")\nst.metric("Projects", 6)\n'
WIDE = {"width": 1920, "height": 1080}
PATIENCE = 60


def figures(quick: bool) -> Iterator[Figure]:
    times = 1 if quick else 5
    with TemporaryDirectory() as folder, browser() as found:
        hello = Path(folder) / "hello.py"
        hello.write_text(HELLO)
        ours: list[float] = []
        bare: list[float] = []
        for number in range(times):
            store = Path(folder) / f"store{number}"  # new each time: the samples are read in as well
            command = ["-m", "dashboard", "--no-browser", "--data", str(store), "--port"]
            ours.append(start_to_visible(found, command, ".tiles"))
            command = ["-m", "streamlit", "run", str(hello), "--server.port"]  # the settings of our root
            bare.append(start_to_visible(found, command, '[data-testid="stMetric"]'))
    yield Figure("first start to tiles, samples read in", statistics.median(ours), "s")
    yield Figure("bare Streamlit hello to its metric", statistics.median(bare), "s")
    yield Figure(
        "ours / hello (median of pairs)",
        statistics.median(one / other for one, other in zip(ours, bare, strict=True)),
        "×",
        most=1.5,
    )


def start_to_visible(found: Browser, command: list[str], selector: str) -> float:
    """Seconds from the process's start until the element is visible in a browser that knows nothing yet.
    ``command`` goes to Python and ends where the port goes."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    context = found.new_context(viewport=WIDE)
    page = context.new_page()
    start = time.perf_counter()
    process = subprocess.Popen([sys.executable, *command, str(port)], cwd=ROOT, stdout=subprocess.DEVNULL)
    try:
        wait_until_listening(process, port, start)
        page.goto(f"http://127.0.0.1:{port}", wait_until="commit")
        page.wait_for_selector(selector, timeout=PATIENCE * 1000)
        return time.perf_counter() - start
    finally:
        process.terminate()
        process.wait(20)
        context.close()


def wait_until_listening(process: subprocess.Popen[bytes], port: int, start: float) -> None:
    while True:
        try:
            urlopen(f"http://127.0.0.1:{port}/_stcore/health", timeout=1)
            return
        except (URLError, OSError):
            if process.poll() is not None or time.perf_counter() - start > PATIENCE:
                raise RuntimeError("the server did not start") from None
            time.sleep(0.02)
