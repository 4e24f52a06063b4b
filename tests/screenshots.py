"""Pictures of every page with the six samples: ``python -m tests.screenshots FOLDER [--size 1920x1080 …]``.

Starts a server of its own with an empty store; ``--url`` takes the pages of a running one instead;
``--readme`` makes only what the READMEs show. A paper is drawn by LibreOffice, where there is one.
"""

from __future__ import annotations

import argparse
import shutil
import subprocess
import tempfile
from contextlib import ExitStack
from pathlib import Path

import pypdfium2
from PIL import Image
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
    "accuracy": "accuracy",
}
SIZES = ("1920x1080", "1366x768")
README, WHOLE = ("overview", "project", "slide", "brief"), SIZES[:1]
SLIDE = 4  # that stands for all
PAPER = 900  # px across
COLOURS = 256
DRAWN = 1500  # ms until charts are drawn, after the script has ended


def shown(page: Page, url: str, file: Path, address: str = "") -> None:
    visit(page, f"{url}/{address}")
    page.wait_for_timeout(DRAWN)
    page.screenshot(path=file)


def project(page: Page, url: str, file: Path) -> None:
    """The project of a repaired row, with that row lit in its original."""
    visit(page, f"{url}/projects")
    page.locator(".list tbody tr").first.click()
    page.wait_for_selector(".original")
    page.locator("table.form td", has_text="系统设计使用年限").click()
    page.wait_for_timeout(DRAWN)
    page.screenshot(path=file)


def slide(page: Page, url: str, file: Path) -> None:
    """As it stands on a projector."""
    visit(page, f"{url}/present?slide={SLIDE}")
    page.keyboard.press("f")
    page.wait_for_function("document.fullscreenElement")
    page.wait_for_timeout(DRAWN)
    page.screenshot(path=file)
    page.keyboard.press("Escape")


def brief(page: Page, url: str, file: Path) -> None:
    """The first page of what is taken away; none without LibreOffice."""
    office = shutil.which("soffice")
    if office is None:
        print(f"{file.name}: 没有 LibreOffice，这张没有画")
        return
    visit(page, f"{url}/meeting")
    with page.expect_download() as taken, tempfile.TemporaryDirectory() as name:
        page.get_by_role("button", name="简报.docx").click()
        paper = Path(name) / "brief.docx"
        taken.value.save_as(paper)
        own = f"-env:UserInstallation={(Path(name) / 'office').as_uri()}"
        command = [office, own, "--headless", "--convert-to", "pdf", "--outdir", name, str(paper)]
        subprocess.run(command, check=True, capture_output=True)
        with pypdfium2.PdfDocument(paper.with_suffix(".pdf")) as document:
            first = document[0]
            first.render(scale=PAPER / first.get_width()).to_pil().save(file)


OTHERS = {"project": project, "slide": slide, "brief": brief}


def pictures(page: Page, url: str, folder: Path, width: int, names: tuple[str, ...]) -> None:
    for name in names:
        file = folder / (f"{name}.png" if name == "brief" else f"{name}-{width}.png")
        if name in PAGES:
            shown(page, url, file, PAGES[name])
        else:
            OTHERS[name](page, url, file)
        if file.exists():
            small(file)


def small(file: Path) -> None:
    """In few colours, a third of the bytes: nobody sees the difference."""
    with Image.open(file) as image:
        few = image.convert("RGB").quantize(COLOURS, dither=Image.Dither.NONE)
    few.save(file, optimize=True)


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.screenshots")
    parser.add_argument("folder", type=Path)
    parser.add_argument("--url", help="a running server that shows the samples")
    parser.add_argument("--size", nargs="*", default=SIZES)
    parser.add_argument("--readme", action="store_true", help="only what the READMEs show")
    chosen = parser.parse_args()
    chosen.folder.mkdir(parents=True, exist_ok=True)
    names, sizes = (README, WHOLE) if chosen.readme else ((*PAGES, *OTHERS), chosen.size)
    with ExitStack() as stack:
        url = chosen.url
        if not url:
            server = Server(Path(stack.enter_context(tempfile.TemporaryDirectory())) / "store")
            stack.callback(server.stop)
            url = server.url
        chromium = stack.enter_context(browser())
        for size in sizes:
            width, height = map(int, size.split("x"))
            page = chromium.new_page(viewport={"width": width, "height": height}, locale="zh-CN")
            pictures(page, url, chosen.folder, width, names)


if __name__ == "__main__":
    main()
