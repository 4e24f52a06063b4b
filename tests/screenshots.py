"""Pictures of every page with the six samples: ``python -m tests.screenshots FOLDER [--size 1920x1080 …]``.

Starts a server of its own with an empty store; ``--url`` takes the pages of a running one instead.
"""

from __future__ import annotations

import argparse
import tempfile
from contextlib import ExitStack
from pathlib import Path

from playwright.sync_api import Page

from tests.browser import Server, browser, visit

PAGES = {
    "overview": "",
    "budget": "budget",
    "coverage": "coverage",
    "review": "review",
    "projects": "projects",
    "present": "present",
    "meeting": "meeting",
    "upload": "upload",
}
SIZES = ("1920x1080", "1366x768")


def pictures(page: Page, url: str, folder: Path, width: int) -> None:
    for name, address in PAGES.items():
        visit(page, f"{url}/{address}")
        page.wait_for_timeout(1500)  # charts are drawn after the script has ended
        page.screenshot(path=folder / f"{name}-{width}.png")
    visit(page, f"{url}/projects")
    page.locator(".list tbody tr").first.click()
    page.wait_for_selector(".original")
    page.locator("table.form td", has_text="系统设计使用年限").click()
    page.wait_for_timeout(1500)
    page.screenshot(path=folder / f"project-{width}.png")


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.screenshots")
    parser.add_argument("folder", type=Path)
    parser.add_argument("--url", help="a running server that shows the samples")
    parser.add_argument("--size", nargs="*", default=SIZES)
    chosen = parser.parse_args()
    chosen.folder.mkdir(parents=True, exist_ok=True)
    with ExitStack() as stack:
        url = chosen.url
        if not url:
            server = Server(Path(stack.enter_context(tempfile.TemporaryDirectory())) / "store")
            stack.callback(server.stop)
            url = server.url
        chromium = stack.enter_context(browser())
        for size in chosen.size:
            width, height = map(int, size.split("x"))
            page = chromium.new_page(viewport={"width": width, "height": height}, locale="zh-CN")
            pictures(page, url, chosen.folder, width)


if __name__ == "__main__":
    main()
