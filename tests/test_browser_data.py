"""Backup, check and restore on the page, in a real Chromium."""

from __future__ import annotations

from pathlib import Path
from zipfile import ZipFile

import pytest
from browser import Server, bring, button, visit
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.browser
SHEETS = Path(__file__).parent / "cases/files/perf_sheets.xlsx"


def opened(page: Page, server: Server) -> None:
    visit(page, f"{server.url}/upload")
    page.get_by_text("数据", exact=True).last.click()


def test_a_backup_is_taken_and_put_back_while_the_server_runs(
    server: Server,
    page: Page,
    tmp_path: Path,
) -> None:
    opened(page, server)
    with page.expect_download() as taken:
        page.get_by_role("button", name="下载备份").click()
    file = tmp_path / "backup.zip"
    taken.value.save_as(file)
    assert "jilan.db" in ZipFile(file).namelist()
    page.get_by_role("button", name="检查数据是否完好").click()
    expect(page.locator("[data-testid=stAlertContentSuccess]")).to_be_visible(timeout=60_000)

    visit(page, f"{server.url}/upload")
    bring(page, SHEETS)
    button(page, "计入")
    expect(page.locator(".st-key-done")).to_be_visible()
    opened(page, server)
    restore = page.locator("[data-testid=stForm]", has_text="用备份恢复")
    restore.locator('input[type="file"]').set_input_files(file)
    restore.get_by_text("现在的数据会被备份里的取代").click()
    restore.get_by_role("button", name="恢复").click()
    expect(page.locator("[data-testid=stAlertContentSuccess]")).to_be_visible(timeout=60_000)
    visit(page, server.url)
    expect(page.locator(".headline .sample, .sample").first).to_be_visible()  # the samples are back
    visit(page, f"{server.url}/upload")
    expect(page.get_by_text("perf_sheets.xlsx")).to_have_count(0)
    assert list(server.data.glob("before-restore-*/jilan.db"))
