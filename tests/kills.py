"""The whole server killed at a random instant: ``python -m tests.kills [--rounds 20] [--seed 1]``.

Each round kills every process of the server (SIGKILL) while files come in, while they are counted, while a
file is given back or while a backup is made; then the server starts again on the same folder. What must hold:
a file of which the page said that it arrived is there, whole, once; an upload is counted with all of its
projects or waits; a backup is whole or is not there; ``verify`` finds nothing; no temporary file is left in
the folder. Prints a line a round; exit code 1 when one failed.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

import sqlalchemy as sa
from playwright.sync_api import Page

from dashboard.store import open_store, project
from tests.browser import ROOT, Server, browser, visit

DROPPED = 24  # files a round
TABLE = (
    "项目绩效目标表\n项目名称\t{name}\n用款单位\t城建办\n2024年预算金额（元）\t10000\n"
    "年度目标\t完成{name}。\n绩效指标\t一级指标\t二级指标\t三级指标\t实施周期指标值\t当年度指标值\n"
    "\t产出指标\t数量指标\t修缮里程\t3公里\t3公里\n"
)
Broken = list[str]  # what did not hold, a sentence each


class Rounds:
    """One data folder, its server and a page of a real browser."""

    def __init__(self, folder: Path, page: Page, seed: int) -> None:
        self.folder, self.page, self.dice = folder, page, Random(seed)
        self.server = Server(folder / "store")
        self.number = 0

    def run(self) -> tuple[str, Broken]:
        """One round: what was under way, and what did not hold afterwards."""
        work: tuple[Callable[[], Broken], ...] = (self.upload, self.count, self.give_back, self.backup)
        self.number += 1
        doing = work[self.number % len(work)]
        broken = doing()
        return doing.__name__, [*broken, *self._verified()]

    def upload(self) -> Broken:
        """The page has said that all files arrived; the kill comes while they are read and staged."""
        names = self._drop()
        self._arrived()
        self._kill(self.dice.uniform(0, 2.5))
        self._start()
        self._idle()
        rows = self._uploads(names)
        return [f"{name}: {rows[name]} times in the store" for name in names if rows[name] != 1]

    def count(self) -> Broken:
        names = self._drop()
        self._arrived()
        self._idle()
        visit(self.page, f"{self.server.url}/upload")
        self._click(".st-key-confirm-all button")
        self._kill(self.dice.uniform(0, 1.2))
        self._start()
        with closing(open_store(self.server.data)) as store:
            states = {row["file"]: row["state"] for row in store.uploads().to_dict("records")}
            projects = {row["name"] for row in store.rows(_names())}
        broken = [
            f"{name}: {states.get(name)}" for name in names if states.get(name) not in ("staged", "counted")
        ]
        return broken + [
            f"{name}: {states[name]}, {name[:-4] in projects=}"
            for name in names
            if (states.get(name) == "counted") != (name[:-4] in projects)
        ]

    def give_back(self) -> Broken:
        visit(self.page, f"{self.server.url}/meeting")
        self._click('[class*="st-key-back-file-"] button')
        self._kill(self.dice.uniform(0, 1.0))
        self._start()
        visit(self.page, f"{self.server.url}/meeting")
        with self.page.expect_download(timeout=60_000) as taken:
            self._click('[class*="st-key-back-file-"] button')
        return [] if Path(taken.value.path()).stat().st_size > 1000 else ["nothing was given back"]

    def backup(self) -> Broken:
        file = self.folder / f"backup-{self.number}.zip"
        command = [sys.executable, "-m", "dashboard", "backup", str(file), "--data", str(self.server.data)]
        process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        time.sleep(self.dice.uniform(0.3, 2.5))
        process.kill()
        process.wait()
        self._kill(0)
        left = [path.name for path in self.folder.iterdir() if file.name in path.name and path != file]
        broken: Broken = []
        if file.exists():
            other = self.folder / f"restored-{self.number}"
            for command in ("restore", str(file)), ("verify",):
                done = _dashboard(*command, "--data", str(other))
                broken += (
                    [f"{command[0]} of the backup: {done.stdout}{done.stderr}"] if done.returncode else []
                )
        self._start()
        again = _dashboard("backup", str(file), "--force", "--data", str(self.server.data))
        broken += [f"backup after the kill: {again.stderr}"] if again.returncode else []
        return broken + [f"left behind: {name}" for name in left if (self.folder / name).exists()]

    def _drop(self) -> list[str]:
        names = [f"路段{self.number}-{at}.txt" for at in range(DROPPED)]
        visit(self.page, f"{self.server.url}/upload")
        files = [
            {"name": name, "mimeType": "text/plain", "buffer": TABLE.format(name=name[:-4]).encode()}
            for name in names
        ]
        self.page.locator('.st-key-upload-area input[type="file"]').set_input_files(files)  # type: ignore[arg-type]
        return names

    def _arrived(self) -> None:
        """Until the page names one of the files of this round, which came in together."""
        name = f"路段{self.number}-"
        self.page.wait_for_selector(f".arrived:has-text('{name}'), .file:has-text('{name}')", timeout=60_000)

    def _click(self, selector: str) -> None:
        self.page.locator(selector).first.click()

    def _kill(self, after: float) -> None:
        time.sleep(after)
        self.server.kill()

    def _start(self) -> None:
        self.server.start()

    def _idle(self) -> None:
        """Until what was left is read and stored, or 60 s."""
        spool = self.server.data / "incoming"
        for _ in range(600):
            if not [path for path in spool.rglob("*") if path.is_file() and path.name[0].isdigit()]:
                return
            time.sleep(0.1)

    def _uploads(self, names: list[str]) -> Counter[str]:
        with closing(open_store(self.server.data)) as store:
            files = store.uploads()["file"].tolist()
        return Counter(name for name in files if name in names)

    def _verified(self) -> Broken:
        done = _dashboard("verify", "--data", str(self.server.data))
        broken = [f"verify: {done.stdout}{done.stderr}"] if done.returncode else []
        odd = [
            path.name
            for path in self.server.data.iterdir()
            if path.name.endswith((".part", ".tmp", "-journal"))
        ]
        return broken + [f"left behind: {name}" for name in odd]


def _names() -> sa.Select[tuple[str]]:
    return sa.select(project.c.name)


def _dashboard(*arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "dashboard", *arguments]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=300)


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.kills", description=__doc__)
    parser.add_argument("--rounds", type=int, default=20)
    parser.add_argument("--seed", type=int, default=1)
    chosen = parser.parse_args()
    failed = 0
    with TemporaryDirectory(ignore_cleanup_errors=True) as folder, browser() as chromium:
        page = chromium.new_context(locale="zh-CN", accept_downloads=True).new_page()
        rounds = Rounds(Path(folder), page, chosen.seed)
        try:
            for number in range(1, chosen.rounds + 1):
                start = time.monotonic()
                doing, broken = rounds.run()
                took = time.monotonic() - start
                print(f"{number:>3}  {doing:<10}{took:5.0f} s  {'; '.join(broken) or 'holds'}", flush=True)
                failed += bool(broken)
        finally:
            rounds.server.kill()
    print(f"{chosen.rounds} rounds, seed {chosen.seed}: {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    raise SystemExit(main())
