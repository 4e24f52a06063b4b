"""指认 in a real browser: three tables of a layout that nobody knows, one of them shown by hand."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
import unknown_layout as layout
from browser import Server, bring, settle, visit
from playwright.sync_api import Locator, Page, expect

ROOT = Path(__file__).parent.parent
pytestmark = pytest.mark.browser
TABLES = {
    "电梯.xlsx": layout.workbook(layout.LIFTS, layout.LIFT_ROWS),
    "河道.xlsx": layout.workbook(layout.RIVERS, layout.RIVER_ROWS),
    "课堂.xlsx": layout.workbook(layout.CLASSES, layout.CLASS_ROWS),
}


def drop(page: Page, server: Server, files: dict[str, bytes]) -> None:
    visit(page, f"{server.url}/upload")
    bring(page, *({"name": name, "mimeType": "", "buffer": data} for name, data in files.items()))
    expect(page.locator(".file")).to_have_count(len(files), timeout=60_000)
    settle(page)


def sense(page: Page, word: str) -> Locator:
    return page.locator('[data-testid="stButtonGroup"]').get_by_text(word, exact=True)


def teach(page: Page, file: str) -> int:
    """Show name and unit of a table and keep that; returns the number of clicks."""
    card = page.locator('[class*="st-key-file-"]', has_text=file)
    clicks = (
        card.get_by_role("button", name="指认"),
        page.locator(".teach td", has_text="老旧小区加装电梯"),
        sense(page, "项目名称"),
        page.locator(".teach td", has_text="城建办"),
        sense(page, "单位"),
    )
    for number, what in enumerate(clicks):
        what.click()
        settle(page)
        if number == 2:  # at once, beside it
            expect(page.locator(".headline h1")).to_contain_text("1 个项目，3 条指标，预算 38.50 万元")
    expect(page.locator(".read")).to_contain_text("城建办")
    page.keyboard.press("Enter")
    page.wait_for_selector(".st-key-confirm-all", timeout=60_000)
    settle(page)
    return len(clicks)


def test_a_layout_is_shown_once_and_known_for_good(server: Server, page: Page, tmp_path: Path) -> None:
    drop(page, server, TABLES)
    expect(page.locator(".file.bad")).to_have_count(3)
    assert teach(page, "电梯.xlsx") <= 6
    expect(page.locator(".headline h1")).to_contain_text(
        "3 个文件待确认：读出 3 个项目，当年预算 164.50 万元"
    )
    # taken back, they wait unread; done again, they are read
    page.locator(".st-key-undo-forms").get_by_role("button").click()
    expect(page.locator(".file.bad")).to_have_count(3, timeout=30_000)
    settle(page)
    assert teach(page, "电梯.xlsx") <= 6
    # it is listed, goes out as a file, and is gone when it is removed
    page.get_by_text("表样（1 份指认过的）").click()
    with page.expect_download() as download:
        page.get_by_role("button", name="导出").click()
    form = download.value.path().read_text("utf-8")
    assert '"事由" = "name"' in form and '"牵头方" = "unit"' in form
    page.get_by_role("button", name="移除", exact=True).click()
    expect(page.locator(".file.bad")).to_have_count(3, timeout=30_000)
    settle(page)
    # another office brings it in, and a new program still knows it
    if not page.get_by_text("导入别的单位给的表样").is_visible():
        page.get_by_text("表样", exact=True).click()
    page.locator('[class*="st-key-forms-"] input[type="file"]').set_input_files(
        [{"name": "表样.toml", "mimeType": "", "buffer": form.encode()}]  # type: ignore[list-item]
    )
    page.wait_for_selector(".st-key-confirm-all", timeout=60_000)
    server.stop()
    server.start()
    park = layout.workbook(("口袋公园", "园林所", "75"), layout.RIVER_ROWS)
    visit(page, f"{server.url}/upload")
    bring(page, {"name": "新来.xlsx", "mimeType": "", "buffer": park})
    expect(page.locator(".headline h1")).to_contain_text("4 个文件待确认：读出 4 个项目", timeout=60_000)
    # and so does the command line
    (tmp_path / "又一张.xlsx").write_bytes(TABLES["河道.xlsx"])
    command = [sys.executable, "-m", "parsing", str(tmp_path / "又一张.xlsx"), "--format", "json"]
    environment = os.environ | {"JILAN_DATA": str(server.data)}
    done = subprocess.run(
        [*command, "--cache", str(tmp_path / "cache")],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        check=True,
    )
    (project,) = json.loads(done.stdout)["projects"]
    assert (project["name"], project["unit"], project["budget_yuan"]) == ("河道清淤", "水务站", 1_200_000)


@pytest.mark.parametrize("size", [(1024, 768), (1920, 1080)])
def test_what_can_be_said_of_a_cell_is_all_seen(server: Server, page: Page, size: tuple[int, int]) -> None:
    page.set_viewport_size({"width": size[0], "height": size[1]})
    drop(page, server, {"电梯.xlsx": TABLES["电梯.xlsx"]})
    page.get_by_role("button", name="指认").click()
    page.locator(".teach td", has_text="老旧小区加装电梯").click()
    settle(page)
    for word in ("项目名称", "周期目标", "指标表的标题行", "指标值列", "不是以上栏目"):
        box = sense(page, word).bounding_box()
        assert box and box["x"] + box["width"] <= size[0] and box["y"] + box["height"] <= size[1], word
    assert page.evaluate("document.documentElement.scrollWidth") <= size[0]
