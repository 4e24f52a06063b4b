"""Many people for a long time: ``python -m tests.soak [--minutes 30] [--sessions 10] [--projects 300]``.

Each session is a tab of a real browser that goes on clicking: pages, filters, a project, its file given back,
a file dropped and counted or put away. Prints the memory of all processes of the server every minute, and at
the end what has to hold: memory within 10 % of that after five minutes, no temporary file and no socket left,
no page that showed an error, nothing asked of another machine. Exit code 1 where one does not.
"""

from __future__ import annotations

import argparse
import os
import statistics
import time
from collections.abc import Iterator
from contextlib import closing, suppress
from itertools import count
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

from playwright.sync_api import Error as PlaywrightError
from playwright.sync_api import Page

from dashboard.store import open_store
from tests.benchmarks.measure import fill
from tests.browser import Server, browser, visit
from tests.kills import TABLE

PAGES = ("", "budget", "coverage", "review", "projects", "present", "upload", "accuracy")
SETTLED_MINUTES = 5  # caches are full by then
GROWTH = 1.10
KEPT_SECONDS = 130  # Streamlit keeps the session of a closed tab for two minutes
SOCKETS = 2  # of a session that is kept
BUSY = 60_000  # ms: ten tabs on few cores wait for each other


class Session:
    """One tab and what its person does next."""

    def __init__(self, page: Page, url: str, seed: int, numbers: Iterator[int]) -> None:
        self.page, self.url, self.dice, self.numbers = page, url, Random(seed), numbers
        self.done = self.failed = 0
        page.set_default_timeout(BUSY)

    def step(self) -> None:
        action = self.dice.choice((self.look, self.look, self.filter, self.project, self.drop))
        try:
            action()
            shown = self.page.locator(".stException, [data-testid=stAlertContentError]").all_inner_texts()
            if shown:
                print(f"error on {self.page.url}: {shown[0][:200]}", flush=True)
                self.failed += 1
            self.done += 1
        except PlaywrightError as error:
            print(f"{action.__name__} at {self.page.url}: {str(error).splitlines()[0]}", flush=True)
            self.failed += 1

    def look(self) -> None:
        visit(self.page, f"{self.url}/{self.dice.choice(PAGES)}")

    def filter(self) -> None:
        year = self.dice.choice((2022, 2023, 2024, 2025))
        visit(self.page, f"{self.url}/{self.dice.choice(PAGES[:4])}?year={year}")

    def project(self) -> None:
        """Open a project of the list; its file is given back every other time."""
        visit(self.page, f"{self.url}/projects")
        rows = self.page.locator(".list tbody tr")
        rows.nth(self.dice.randrange(rows.count())).click()
        self.page.wait_for_selector(".original")
        if self.dice.random() < 0.5:
            with self.page.expect_download() as taken:
                self.page.locator('[class*="st-key-back-"] button').first.click()
            taken.value.delete()

    def drop(self) -> None:
        """A file of one project, counted and undone or put away."""
        name = f"路段{next(self.numbers)}"
        visit(self.page, f"{self.url}/upload")
        file = {"name": f"{name}.txt", "mimeType": "text/plain", "buffer": TABLE.format(name=name).encode()}
        self.page.locator('.st-key-upload-area input[type="file"]').set_input_files([file])  # type: ignore[list-item]
        card = self.page.locator(".file", has_text=name)
        card.wait_for()
        box = self.page.locator('[class*="st-key-file-"]', has=card).last
        button = self.dice.choice(("confirm", "discard"))
        box.locator(f'[class*="st-key-{button}-"] button').first.click()
        card.wait_for(state="detached")


def processes(root: int) -> list[int]:
    """The process ids of a process and all below it."""
    parents: dict[int, list[int]] = {}
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                parent = int((entry / "stat").read_text().rpartition(")")[2].split()[1])
            except OSError:
                continue
            parents.setdefault(parent, []).append(int(entry.name))
    below = [root]
    for pid in below:
        below += parents.get(pid, [])
    return below


def memory(root: int) -> float:
    """MB that the processes hold for themselves, shared pages divided among those that share them."""
    total = 0
    for pid in processes(root):
        try:
            text = Path(f"/proc/{pid}/smaps_rollup").read_text()
        except OSError:
            continue
        total += int(text.split("Pss:")[1].split()[0])
    return total / 1024


def sockets(pid: int) -> int:
    """How many a process holds; a file that is closed meanwhile is none."""
    held = 0
    for link in Path(f"/proc/{pid}/fd").iterdir():
        with suppress(OSError):
            held += str(link.readlink()).startswith("socket:")
    return held


def soak(folder: Path, minutes: float, sessions: int, projects: int) -> list[str]:
    """What does not hold at the end, a sentence each."""
    data, temporary = folder / "store", folder / "tmp"
    temporary.mkdir()
    fill(data, projects, settled=True)
    os.environ["TMPDIR"] = str(temporary)
    server = Server(data)
    del os.environ["TMPDIR"]
    idle, numbers, samples = sockets(server.process.pid), count(1), []
    with browser() as chromium:
        people = [
            Session(chromium.new_context(locale="zh-CN").new_page(), server.url, seed, numbers)
            for seed in range(sessions)
        ]
        start = time.monotonic()
        while (at := (time.monotonic() - start) / 60) < minutes:
            for person in people:
                person.step()
            samples.append(((time.monotonic() - start) / 60, memory(server.process.pid)))
            if int(at) != int(samples[-1][0]):
                done = sum(person.done for person in people)
                print(f"{at:5.1f} min  {samples[-1][1]:6.0f} MB  {done:,} steps", flush=True)
        for person in people:
            person.page.context.close()
        time.sleep(KEPT_SECONDS)
        for _ in range(2):  # whoever comes next makes the server look which sessions are past
            page = chromium.new_context().new_page()
            visit(page, server.url)
            page.context.close()
        time.sleep(10)
    broken = [f"{failed} steps failed"] if (failed := sum(person.failed for person in people)) else []
    first = [size for at, size in samples if SETTLED_MINUTES <= at < SETTLED_MINUTES + 2]
    last = [size for at, size in samples if at >= minutes - 2]
    if first and last:
        early, late = statistics.median(first), statistics.median(last)
        print(f"memory {early:.0f} MB after {SETTLED_MINUTES} minutes, {late:.0f} MB at the end")
        broken += [f"memory grew {late / early:.2f} times"] if late > GROWTH * early else []
    left = [path.name for path in temporary.rglob("*") if path.is_file()]
    broken += [f"temporary files left: {left[:5]}"] if left else []
    if (now := sockets(server.process.pid)) > idle + 2 * SOCKETS:
        broken.append(f"{now} sockets, {idle} at the start")
    broken += [f"asked another machine: {server.outside[:5]}"] if server.outside else []
    server.stop()
    with closing(open_store(data)) as store:
        print(f"{len(store.uploads()):,} uploads in the store")
    return broken


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.soak", description=__doc__)
    parser.add_argument("--minutes", type=float, default=30)
    parser.add_argument("--sessions", type=int, default=10)
    parser.add_argument("--projects", type=int, default=300)
    chosen = parser.parse_args()
    with TemporaryDirectory() as folder:
        broken = soak(Path(folder), chosen.minutes, chosen.sessions, chosen.projects)
    print("; ".join(broken) or "holds")
    return 1 if broken else 0


if __name__ == "__main__":
    raise SystemExit(main())
