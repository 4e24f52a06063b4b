"""What people do, in a real Chromium: look, drill down, bring in files, undo, restart, share an address."""

from __future__ import annotations

import re
import signal
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from browser import Server, bring, button, settle, take_back, visit, words
from playwright.sync_api import Browser, Page, expect

from dashboard.ingest import upload_limit
from dashboard.ingest.refusal import refusal
from dashboard.ingest.spool import Spool

pytestmark = pytest.mark.browser
HERE = Path(__file__).parent
SHEETS = HERE / "cases/files/perf_sheets.xlsx"
PAGES = ("", "budget", "coverage", "review", "projects", "present", "upload", "accuracy")
WIDE = {"width": 1920, "height": 1080}


def test_the_overview_shows_the_figures_without_scrolling(shared: Server, page: Page) -> None:
    visit(page, shared.url)
    text = page.locator(".stMain").inner_text()
    for figure in ("396.63", "3,966,300", "56", "36 / 54", "46.9%", "90.2%"):
        assert figure in text, figure
    for value in ("186.00", "92.00", "79.74", "23.29", "12.00", "3.60"):
        expect(page.locator(".js-plotly-plot", has_text=value).first).to_be_visible()
    assert (page.get_by_text("✕ 必填", exact=True).count(), page.get_by_text("✕ 缺").count()) == (6, 12)
    inner = "document.querySelector('.stMain').scrollHeight - document.querySelector('.stMain').clientHeight"
    assert page.evaluate(inner) <= 0
    assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0


def test_a_bar_and_a_cell_lead_to_the_project_and_back_works(shared: Server, page: Page) -> None:
    visit(page, shared.url)
    box = page.locator(".st-key-box-budget .barlayer .point path").last.bounding_box()
    assert box
    page.mouse.move(box["x"] + 4, box["y"] + 4)
    page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    page.wait_for_url(re.compile(r"/projects\?.*id="))
    expect(page.locator(".original")).to_be_visible()
    page.go_back()
    page.wait_for_url(lambda url: "id=" not in url)
    settle(page)
    cell = page.locator(".st-key-box-matrix .barlayer .point path").last.bounding_box()
    assert cell
    page.mouse.move(cell["x"] + 4, cell["y"] + 4)
    page.mouse.click(cell["x"] + cell["width"] / 2, cell["y"] + cell["height"] / 2)
    page.wait_for_url(re.compile(r"/projects\?.*id=.*slot="))
    expect(page.locator(".original")).to_be_visible()
    slot = parse_qs(urlsplit(page.url).query)["slot"][0]
    row = page.locator("table.form .lit").first
    expect(row).to_contain_text(slot)
    expect(row).to_be_in_viewport()


def test_a_value_lights_the_cell_it_came_from_and_the_address_can_be_shared(
    shared: Server, page: Page, chromium: Browser
) -> None:
    visit(page, f"{shared.url}/projects")
    page.locator(".list tbody tr", has_text="一网统管").click()
    page.wait_for_url(re.compile("id="))
    page.locator("table.form td", has_text="系统设计使用年限").first.click()
    expect(page.locator(".original .lit")).to_have_attribute("data-cell", "112-1")
    page.wait_for_url(re.compile("at="))
    page.locator("table.form td", has_text="≥10年").last.click()
    expect(page.locator(".original .lit")).to_have_attribute("data-cell", "112-4")
    settle(page)
    other = chromium.new_context(viewport=WIDE).new_page()
    visit(other, page.url)
    expect(other.locator(".original .lit")).to_have_attribute("data-cell", "112-4")
    assert other.locator(".headline h1").inner_text() == page.locator(".headline h1").inner_text()


def test_a_good_a_bad_and_a_duplicate_file_then_undo_then_restart(
    server: Server, page: Page, tmp_path: Path
) -> None:
    visit(page, f"{server.url}/upload")
    bad = {"name": "坏表.xlsx", "mimeType": "application/octet-stream", "buffer": b"PK\x03\x04rubbish"}
    good = {
        "name": "新表.txt",
        "mimeType": "text/plain",
        "buffer": (
            "项目绩效目标表\n项目名称\t道路修缮\n用款单位\t城建办\n2024年预算金额（元）\t1000000\n"
            "绩效指标\t一级指标\t二级指标\t三级指标\t实施周期指标值\t当年度指标值\n"
            "\t产出指标\t数量指标\t修缮里程\t3公里\t3公里\n"
        ).encode(),
    }
    bring(page, good, bad)
    expect(page.locator(".file", has_text="新表.txt")).to_contain_text("道路修缮")
    expect(page.locator(".file.bad")).to_contain_text("坏表.xlsx")
    visit(page, server.url)
    assert "396.63" in page.locator(".tiles").inner_text()  # shown is not counted
    visit(page, f"{server.url}/upload")
    button(page, "计入")
    visit(page, server.url)
    assert "100.00" in page.locator(".tiles").inner_text()
    visit(page, f"{server.url}/upload")
    bring(page, good)
    expect(page.locator(".file .same")).to_be_visible()
    button(page, "放弃")
    server.stop()
    server.start()
    visit(page, server.url)
    assert "100.00" in page.locator(".tiles").inner_text()
    visit(page, f"{server.url}/upload")
    page.get_by_text("导入记录").click()
    take_back(page, 1)
    visit(page, server.url)
    expect(page.locator(".nothing")).to_be_visible()  # the samples made way for good


def test_nothing_is_lost_when_page_and_program_are_ended_while_files_are_read(
    server: Server, page: Page
) -> None:
    road = (
        "项目绩效目标表\n项目名称\t道路修缮{0}\n用款单位\t城建办\n2024年预算金额（元）\t{0}0000\n"
        "绩效指标\t一级指标\t二级指标\t三级指标\t实施周期指标值\t当年度指标值\n"
        "\t产出指标\t数量指标\t修缮里程\t3公里\t3公里\n"
    )
    files = [
        {"name": f"{n:03}.txt", "mimeType": "text/plain", "buffer": road.format(n).encode()}
        for n in range(1, 101)
    ]
    visit(page, f"{server.url}/upload")
    page.locator('.st-key-upload-area input[type="file"]').set_input_files(files)  # type: ignore[arg-type]
    page.wait_for_selector(".arrived li", timeout=60_000)
    page.goto(f"{server.url}/budget")
    server.stop(signal.SIGKILL)
    server.start()
    page.goto(f"{server.url}/upload")
    page.wait_for_selector(".st-key-confirm-all", timeout=60_000)
    settle(page)
    button(page, re.compile("全部计入"))
    page.wait_for_selector(".st-key-done", timeout=60_000)
    server.stop()
    server.start()
    visit(page, server.url)
    assert "5,050.00" in page.locator(".tiles").inner_text()  # 1 to 100 万元, and no sample
    visit(page, f"{server.url}/upload")
    page.get_by_text("导入记录").click()
    take_back(page)
    page.wait_for_selector(".st-key-confirm-all", timeout=60_000)
    visit(page, server.url)
    expect(page.locator(".nothing")).to_be_visible()
    button(page, "显示示例数据")
    assert "396.63" in page.locator(".tiles").inner_text()


def test_sixty_good_files_and_poison_end_as_sixty_and_a_line_and_what_was_not_stored_stays(
    server: Server, page: Page
) -> None:
    server.stop()
    name = "**粗** $1$ :red[红].txt"
    spool = Spool(server.data / "incoming")
    why = refusal(name, OverflowError())
    spool.reject(spool.put(name, b"1"), why)
    (server.data / "incoming/@eaDir").mkdir()
    server.start()
    road = "项目绩效目标表\n项目名称\t道路{0}\n用款单位\t城建办\n2024年预算金额（元）\t{0}0000\n"
    road += "绩效指标\t一级指标\t二级指标\t三级指标\t实施周期指标值\t当年度指标值\n"
    road += "\t产出指标\t数量指标\t修缮里程\t3公里\t3公里\n"
    files = [
        {"name": f"{n:03}.txt", "mimeType": "text/plain", "buffer": road.format(n).encode()}
        for n in range(1, 61)
    ]
    huge = (HERE / "cases/hostile/huge_money.xlsx").read_bytes()
    broken = {"name": "_坏_*表*.xlsx", "mimeType": "text/plain", "buffer": b"PK\x03\x04rubbish"}
    files[:0] = [{"name": "大.xlsx", "mimeType": "text/plain", "buffer": huge}]
    files[30:30] = [broken]
    visit(page, f"{server.url}/upload")
    page.locator('.st-key-upload-area input[type="file"]').set_input_files(files)  # type: ignore[arg-type]
    page.wait_for_selector(".st-key-confirm-all", timeout=90_000)
    settle(page)
    for _ in range(2):  # the second time after a new start
        expect(page.locator(".file.bad", has_text=broken["name"])).to_be_visible()
        kept = page.locator('[class*="st-key-unstored-"]')
        expect(kept).to_contain_text(name)
        expect(kept.locator("strong, em, a, .katex")).to_have_count(0)
        expect(page.locator(".st-key-strangers")).to_contain_text("incoming/@eaDir")
        expect(page.locator(".st-key-confirm-all")).to_contain_text("61")
        server.stop(signal.SIGKILL)
        server.start()
        visit(page, f"{server.url}/upload")
    button(page, "不要了，移出列表")
    expect(page.locator('[class*="st-key-unstored-"]')).to_have_count(0)
    page.locator(".st-key-strangers-seen button").click()
    expect(page.locator(".st-key-strangers")).to_have_count(0)
    assert (server.data / "incoming/@eaDir").exists()


def test_a_new_table_of_a_known_project_says_that_it_supersedes(server: Server, page: Page) -> None:
    visit(page, f"{server.url}/upload")
    bring(page, SHEETS)
    card = page.locator(".file", has_text="perf_sheets.xlsx")
    expect(card).to_contain_text("6 个项目")
    assert card.get_by_text("与现有的表相同", exact=True).count() == 6  # a line for each project
    button(page, "计入")
    visit(page, server.url)
    assert "396.63" in page.locator(".tiles").inner_text()


def test_ten_files_of_ten_formats_end_with_right_sums_and_each_fate_in_its_line(
    server: Server, page: Page, tmp_path: Path
) -> None:
    whole = tmp_path / "整体.txt"
    whole.write_text("2024年部门整体支出绩效目标表\n部门名称\t城建办\n年度目标\t做好工作\n", "utf-8")
    judged = tmp_path / "自评.csv"
    judged.write_text("项目支出绩效自评表,,\n项目名称,道路修缮,\n实际完成值,得分,\n", "gb18030")
    cases = HERE / "cases"
    good = [cases / "forms/01_shanghai_putuo_2026_chaiwei.docx"]
    names = ("perf.doc", "perf_sheets.xls", "perf_stacked.pdf", "perf.ofd", "perf_docx.html")
    good += [cases / "files" / name for name in names]
    rest = [whole, judged, cases / "hostile/lol.ods", cases / "hostile/locked.xlsx"]
    assert all(file.exists() for file in good + rest)
    visit(page, f"{server.url}/upload")
    bring(page, *good, *rest)
    page.wait_for_selector(".file >> nth=9", timeout=120_000)
    for file in good:
        count = "1 个项目" if "shanghai" in file.name else "6 个项目"
        expect(page.locator(".file", has_text=file.name)).to_contain_text(count)
    expect(page.locator(".file", has_text="整体.txt")).to_contain_text("部门整体支出绩效目标表")
    expect(page.locator(".file", has_text="自评.csv")).to_contain_text("项目支出绩效自评表")
    expect(page.locator(".file.bad", has_text="lol.ods")).to_be_visible()
    expect(page.locator(".file.bad", has_text="locked.xlsx")).to_contain_text("密码")
    page.get_by_label("打开密码").fill("123456")
    button(page, "用密码读取")
    expect(page.locator(".file", has_text="locked.xlsx")).to_contain_text("6 个项目", timeout=30_000)
    button(page, re.compile("全部计入"))
    visit(page, server.url)
    tiles = page.locator(".tiles").inner_text()
    assert "746.43" in tiles and "7,464,300" in tiles  # six projects once, and the one of Shanghai


def test_pasted_text_is_read_like_a_file(server: Server, page: Page) -> None:
    visit(page, f"{server.url}/upload")
    text = (HERE.parent / "data/samples/dongkeng-2024.txt").read_text("utf-8")
    page.locator("textarea").fill(text)
    button(page, "读取粘贴的表格")
    page.wait_for_selector(".file", timeout=30_000)
    expect(page.locator(".file").first).to_contain_text("6 个项目")


def test_a_file_dropped_on_any_page_arrives(shared: Server, page: Page) -> None:
    visit(page, shared.url)
    drop = """(text) => {
      const data = new DataTransfer();
      data.items.add(new File([text], "拖来的.txt", { type: "text/plain" }));
      const where = document.querySelector(".tiles");
      for (const kind of ["dragover", "drop"])
        where.dispatchEvent(new DragEvent(kind, { dataTransfer: data, bubbles: true, cancelable: true }));
    }"""
    page.evaluate(drop, (HERE.parent / "data/samples/dongkeng-2024.txt").read_text("utf-8"))
    page.wait_for_url(re.compile("/upload"), timeout=30_000)
    page.wait_for_selector(".file", timeout=60_000)
    expect(page.locator(".file", has_text="拖来的.txt")).to_contain_text("6 个项目")


def test_a_folder_dropped_on_any_page_arrives_and_what_is_too_large_is_said(
    server: Server, page: Page, tmp_path: Path
) -> None:
    text = (HERE.parent / "data/samples/dongkeng-2024.txt").read_text("utf-8")
    folder = tmp_path / "夹"
    (folder / "子").mkdir(parents=True)
    for number, file in enumerate((folder / "甲.txt", folder / "子/乙.txt")):
        file.write_text(text.replace("2024年预算", f"202{number}年预算"), "utf-8")
    (folder / "~$甲.xlsx").write_bytes(b"\x05admin")
    with (folder / "大.xlsx").open("wb") as large:
        large.truncate(65 << 20)
    visit(page, server.url)
    drag = page.context.new_cdp_session(page)
    data = {"items": [], "files": [str(folder)], "dragOperationsMask": 1}
    for kind in ("dragEnter", "dragOver", "drop"):
        drag.send("Input.dispatchDragEvent", {"type": kind, "x": 900, "y": 500, "data": data})
    page.wait_for_url(re.compile("/upload"), timeout=30_000)
    page.wait_for_selector(".file >> nth=1", timeout=60_000)
    expect(page.locator("#drop-veil")).to_contain_text("大.xlsx")
    settle(page)
    names = page.locator(".file h3").all_inner_texts()
    assert sorted(names) == ["乙.txt", "甲.txt"]
    page.locator(".headline").click()
    expect(page.locator("#drop-veil")).to_have_count(0)


def test_a_file_as_large_as_the_page_allows_arrives_and_one_byte_more_is_said(
    shared: Server, page: Page, tmp_path: Path
) -> None:
    visit(page, f"{shared.url}/upload")
    expect(page.get_by_text(f"每个文件不超过 {upload_limit.WORDS}").first).to_be_attached()
    choose = page.locator('[class*="st-key-upload-files"] input[type="file"]')
    for size, name in ((upload_limit.BYTES, "刚好.xlsx"), (upload_limit.BYTES + 1, "多一.xlsx")):
        with (tmp_path / name).open("wb") as file:
            file.truncate(size)
        choose.set_input_files(tmp_path / name)
        place = (
            page.locator(".file", has_text=name) if size <= upload_limit.BYTES else page.locator("#drop-veil")
        )
        expect(place).to_contain_text(name, timeout=90_000)
    expect(page.locator("#drop-veil")).to_contain_text(f"超过 {upload_limit.WORDS}")
    page.locator(".headline").click()
    unheld = page.locator(".st-key-unheld")
    expect(unheld).to_contain_text("多一.xlsx", timeout=60_000)
    expect(unheld).not_to_contain_text("刚好.xlsx")


def test_two_tabs_see_the_same_portfolio(server: Server, page: Page, chromium: Browser) -> None:
    other = chromium.new_context(viewport=WIDE).new_page()
    visit(other, server.url)
    visit(page, f"{server.url}/upload")
    page.locator("textarea").fill(
        "项目名称\t甲\n用款单位\t乙\n项目类型\t丙\n2024年预算金额（元）\t10000\n"
        "绩效指标\t一级指标\t二级指标\t三级指标\t实施周期指标值\t当年度指标值\n\t产出指标\t数量指标\t丁\t1个\t1个\n"
    )
    button(page, "读取粘贴的表格")
    button(page, "计入")
    visit(other, server.url)
    assert "1.00" in other.locator(".tiles").inner_text()
    assert "396.63" not in other.locator(".tiles").inner_text()


def test_the_samples_leave_with_one_click_and_the_empty_page_says_what_to_do(
    server: Server, page: Page
) -> None:
    visit(page, server.url)
    button(page, "移出示例数据")
    page.wait_for_selector(".nothing")
    assert "导入" in page.locator(".stMain").inner_text()
    button(page, "显示示例数据")
    assert "396.63" in page.locator(".tiles").inner_text()


def test_a_value_of_a_pdf_is_lit_on_its_page_and_a_repair_is_decided_and_taken_back(
    server: Server, page: Page
) -> None:
    visit(page, f"{server.url}/upload")
    bring(page, HERE / "cases/files/perf_docx.pdf")
    button(page, "计入")
    page.wait_for_selector(".st-key-done")
    visit(page, f"{server.url}/projects?look=repaired")
    page.locator(".list tbody tr", has_text="综合窗口").click()
    page.locator("table.form td", has_text="驻场服务时间").click()
    lit, sheet = page.locator(".paper .lit").bounding_box(), page.locator(".paper img").bounding_box()
    assert lit and sheet and page.locator(".paper img").get_attribute("alt") == "第2页"
    assert 0.48 < (lit["x"] - sheet["x"]) / sheet["width"] < 0.5  # where the third column is printed
    assert page.locator(".paper img").evaluate("one => one.naturalWidth") > 800
    page.get_by_role("button", name="第3页").click()
    expect(page.locator(".paper img")).to_have_attribute("alt", "第3页")
    page.get_by_role("button", name="表格").click()
    expect(page.locator(".original td.lit")).to_contain_text("驻场服务时间")
    page.get_by_role("button", name="撤销修复").click()
    expect(page.locator(".headline")).to_contain_text("12 条三级指标，撤销修复 1 处")
    page.get_by_role("button", name="恢复修复").click()
    expect(page.locator(".headline")).to_contain_text("11 条三级指标，读表时修复 1 处")
    page.get_by_role("button", name="接受").click()
    expect(page.locator(".repairs .accepted")).to_contain_text("已接受")
    settle(page)
    assert words(page) <= {"perf", "docx", "pdf"}
    visit(page, f"{server.url}/upload")
    page.get_by_text("导入记录").click()
    take_back(page)
    visit(page, f"{server.url}/projects?look=repaired")
    page.locator(".list tbody tr", has_text="综合窗口").click()
    expect(page.get_by_role("button", name="接受")).to_be_visible()


def test_a_cell_that_is_lit_is_on_a_small_screen_too(server: Server, page: Page) -> None:
    page.set_viewport_size({"width": 1366, "height": 768})
    visit(page, f"{server.url}/upload")
    bring(page, HERE / "cases/files/perf_docx.pdf")
    button(page, "计入")
    visit(page, f"{server.url}/projects")
    page.locator(".list tbody tr", has_text="一网统管").click()
    page.wait_for_selector(".paper img")
    settle(page)
    for value in page.locator("table.form td[data-lights]").all()[::5]:
        value.click()
        page.wait_for_timeout(700)
        lit = page.locator(".paper .lit").bounding_box()
        assert lit and lit["y"] > 0 and lit["y"] + lit["height"] <= 768, value.inner_text()


def test_no_request_leaves_the_machine_and_no_english_word_is_left(server: Server, page: Page) -> None:
    asked: set[str] = set()
    page.on("request", lambda request: asked.add(request.url))
    page.on("websocket", lambda socket: asked.add(socket.url))
    for name in PAGES:
        visit(page, f"{server.url}/{name}")
        assert words(page) == set(), name
    visit(page, f"{server.url}/upload")
    bring(page, SHEETS)
    assert words(page) == set()
    visit(page, f"{server.url}/projects")
    page.locator(".list tbody tr").first.click()
    page.wait_for_selector(".original")
    assert words(page) == set()
    strangers = {
        u for u in asked if not re.match(rf"(https?|wss?)://127\.0\.0\.1:{server.port}/|data:|blob:", u)
    }
    assert strangers == set() and server.outside == []


def test_no_page_is_wider_than_the_screen(shared: Server, page: Page) -> None:
    for name in PAGES:
        page.set_viewport_size({"width": 1366, "height": 768})
        visit(page, f"{shared.url}/{name}")
        for width, height in ((1366, 768), (1920, 1080), (3840, 2160)):
            page.set_viewport_size({"width": width, "height": height})
            settle(page)
            wide = page.evaluate("document.documentElement.scrollWidth - innerWidth")
            assert wide <= 0, (name, width)
