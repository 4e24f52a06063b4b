"""Pictures of every page: ``python -m tests.screenshots FOLDER [--url URL] [--size 1920x1080 …]``."""

from __future__ import annotations

import argparse
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

PAGES = ("", "budget", "coverage", "projects", "upload")
SIZES = ("1920x1080", "1366x768")


def settle(page: Page) -> None:
    """Wait until the script has run and nothing is left to draw."""
    page.wait_for_selector('[data-test-script-state="notRunning"]', state="attached", timeout=30_000)
    page.wait_for_timeout(1200)


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("folder", type=Path)
    parser.add_argument("--url", default="http://127.0.0.1:8501")
    parser.add_argument("--size", nargs="*", default=SIZES)
    parser.add_argument("--page", nargs="*", default=PAGES)
    parser.add_argument("--chromium", default="/usr/bin/chromium")
    chosen = parser.parse_args()
    chosen.folder.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=chosen.chromium, args=["--no-sandbox"])
        for size in chosen.size:
            width, height = map(int, size.split("x"))
            page = browser.new_page(viewport={"width": width, "height": height})
            page.on(
                "console",
                lambda message: print(message.type, message.text) if message.type == "error" else None,
            )
            for name in chosen.page:
                page.goto(f"{chosen.url}/{name}")
                settle(page)
                file = chosen.folder / f"{name.partition('?')[0] or 'overview'}-{size}.png"
                page.screenshot(path=file)
                scroll = page.evaluate(
                    "(e => e ? e.scrollHeight - e.clientHeight : 0)(document.querySelector('.stMain'))"
                )
                print(f"{file.name}: {scroll} px below the fold")
        browser.close()


if __name__ == "__main__":
    main()
