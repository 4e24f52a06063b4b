"""The slides in a real Chromium: nothing cut, nothing too small, no key lost, the same without any server."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pypdfium2
import pytest
from browser import Server, settle
from playwright.sync_api import Browser, Page, expect
from portfolio import wordy

from dashboard.exports import deck
from dashboard.ingest.samples import bring
from dashboard.queries.scope import Scope
from dashboard.slides import slides
from dashboard.snapshot.snapshot import Snapshot, take_snapshot
from dashboard.store import Store, open_store
from parsing import DEFAULT, Reading

pytestmark = pytest.mark.browser
SIZES = ((1024, 768), (1366, 768), (1920, 1080), (3840, 2160))
BOXES = (Path(__file__).parent / "boxes.js").read_text("utf-8")
MANY = 60
# To the left, to the right, and against both ends.
PRESSES = [*["ArrowRight"] * 25, *["ArrowLeft"] * 5, *["PageDown"] * 15, *["PageUp"] * 10, *["Space"] * 5]


def made(store: Store, file: Path) -> tuple[Snapshot, Path]:
    told = take_snapshot(store, Scope(), DEFAULT, date(2026, 11, 23))
    file.write_bytes(deck.page(told))
    return told, file


@pytest.fixture(scope="module")
def samples(tmp_path_factory: pytest.TempPathFactory) -> tuple[Snapshot, Path]:
    folder = tmp_path_factory.mktemp("samples")
    store = open_store(folder / "store")
    bring(store, "测试")
    return made(store, folder / "演示.html")


@pytest.fixture(scope="module")
def many(tmp_path_factory: pytest.TempPathFactory) -> tuple[Snapshot, Path]:
    folder = tmp_path_factory.mktemp("many")
    store = open_store(folder / "store")
    reading = Reading(projects=tuple(wordy(MANY)))
    store.confirm(store.stage("批.xlsx", b"x", reading, "测试"), "测试")
    return made(store, folder / "演示.html")


@pytest.fixture(scope="module")
def crowded(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """With so many projects that every filter has something to choose."""
    folder = tmp_path_factory.mktemp("crowded") / "store"
    store = open_store(folder)
    store.confirm(store.stage("批.xlsx", b"x", Reading(projects=tuple(wordy(MANY))), "测试"), "测试")
    store.close()
    found = Server(folder)
    yield found
    found.stop()


def present(page: Page, server: Server, address: str = "") -> None:
    page.goto(f"{server.url}/present{address}")
    page.wait_for_selector(".deck .slide.on", timeout=30_000)
    settle(page)


def at(page: Page) -> int:
    return int(page.locator(".deck").get_attribute("data-at") or 0)


@pytest.mark.parametrize("which", ("samples", "many"))
def test_no_text_is_cut_covered_small_or_pale_at_any_size(
    page: Page, which: str, request: pytest.FixtureRequest
) -> None:
    told, file = request.getfixturevalue(which)
    for width, height in SIZES:
        page.set_viewport_size({"width": width, "height": height})
        page.goto(file.as_uri())
        for theme in ("light", "dark") if width == 1920 else ("light",):
            found = page.locator(".deck").evaluate(BOXES)
            assert found["texts"] > 20 * len(told.cases)
            assert found["faults"] == [], (width, theme)
            page.keyboard.press("l")


@pytest.mark.parametrize(
    ("rule", "fault"),
    (
        (".slide h1 { font-size: calc(16 * var(--u)) !important }", "outside"),
        (".bars .label { white-space: nowrap; overflow: hidden }", "cut"),
        (".run > * { margin-left: calc(-9 * var(--u)) }", "over"),
        (".foot { font-size: calc(2.1 * var(--u)) !important }", "of 2.10u"),
        (".below { color: #7C8894 !important }", "contrast"),
    ),
)
def test_the_measure_sees_what_is_wrong(
    page: Page, samples: tuple[Snapshot, Path], rule: str, fault: str
) -> None:
    page.goto(samples[1].as_uri())
    page.add_style_tag(content=rule)
    assert any(fault in one for one in page.locator(".deck").evaluate(BOXES)["faults"])


def test_sixty_fast_presses_are_all_counted(page: Page, many: tuple[Snapshot, Path]) -> None:
    page.goto(many[1].as_uri())
    assert len(PRESSES) == 60
    for key in PRESSES:
        page.keyboard.press(key)
    assert at(page) == 1 + 25 - 5 + 15 - 10 + 5
    expect(page.locator(".slide.on .foot")).to_contain_text(f"31 / {len(slides(many[0]))}")


def test_keys_lead_everywhere(page: Page, samples: tuple[Snapshot, Path]) -> None:
    count = len(slides(samples[0]))
    page.goto(samples[1].as_uri())
    for keys, where in (
        (("End",), count),
        (("ArrowRight",), count),
        (("Home",), 1),
        (("ArrowLeft",), 1),
        (("7", "Enter"), 7),
        (("1", "0", "Enter"), 10),
        (("9", "9", "9", "Enter"), count),
        (("3", "Escape", "Enter"), count),
        (("Shift+Space",), count - 1),
    ):
        for key in keys:
            page.keyboard.press(key)
        assert at(page) == where, keys
    page.keyboard.press("b")
    expect(page.locator(".deck")).to_have_class(re.compile("black"))
    page.keyboard.press("PageDown")  # a clicker that wakes the screen does not turn the page
    expect(page.locator(".deck")).not_to_have_class(re.compile("black"))
    assert at(page) == count - 1


def test_all_slides_at_once_lead_to_one(page: Page, samples: tuple[Snapshot, Path]) -> None:
    page.goto(samples[1].as_uri())
    page.keyboard.press("g")
    expect(page.locator(".slide >> visible=true")).to_have_count(len(slides(samples[0])))
    page.locator(".slide").nth(3).click()
    assert at(page) == 4
    expect(page.locator(".slide >> visible=true")).to_have_count(1)


def test_full_screen_and_escape(page: Page, samples: tuple[Snapshot, Path]) -> None:
    page.goto(samples[1].as_uri())
    page.keyboard.press("f")
    page.wait_for_function("document.fullscreenElement")
    page.locator(".slide.on .foot").click()
    assert at(page) == 2
    page.keyboard.press("Escape")
    page.wait_for_function("!document.fullscreenElement")
    assert at(page) == 2


def test_every_figure_leads_to_its_cell_and_back_to_the_same_slide(
    page: Page, samples: tuple[Snapshot, Path]
) -> None:
    told, file = samples
    page.goto(file.as_uri())
    sources = page.locator("[data-source]").evaluate_all("all => all.map((one) => one.dataset.source)")
    cells = {tuple(cell[:2]) for source in sources for cell in json.loads(source)}
    held = page.locator("template[data-table]").evaluate_all(
        "all => all.flatMap((one) => [...one.content.querySelectorAll('[data-cell]')]"
        ".map((cell) => [one.dataset.table, cell.dataset.cell]))"
    )
    assert len(cells) > 100 and cells <= {tuple(one) for one in held}
    first = next(n for n, one in enumerate(slides(told), 1) if one.kind == "project")
    page.keyboard.press(str(first))
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "186.00"
    page.keyboard.press("Tab")
    page.keyboard.press("c")
    expect(page.locator(".deck-source .lit")).to_be_visible()
    assert page.locator(".deck-source .lit").inner_text().strip()
    page.keyboard.press("Escape")
    expect(page.locator(".deck-source")).to_be_hidden()
    assert (at(page), page.evaluate("document.activeElement.textContent")) == (first, "3")


def test_a_sum_leads_through_all_its_cells(page: Page, samples: tuple[Snapshot, Path]) -> None:
    page.goto(f"{samples[1].as_uri()}#2")
    page.locator(".tile [data-source]", has_text="396.63").click()
    seen = []
    for _ in range(6):
        seen.append(page.locator(".deck-source .lit").inner_text())
        page.keyboard.press("PageDown")  # after the last one a clicker is back on the slide
    amounts = [str(int(case.project.budget_yuan or 0)) for case in samples[0].cases]
    assert [re.sub(r"[,，元]", "", one).strip() for one in seen] == amounts
    expect(page.locator(".deck-source")).to_be_hidden()
    assert at(page) == 2


def test_notes_follow_in_a_second_window(page: Page, samples: tuple[Snapshot, Path]) -> None:
    page.goto(samples[1].as_uri())
    with page.expect_popup() as opened:
        page.keyboard.press("n")
    notes = opened.value
    page.keyboard.press("ArrowRight")
    told = slides(samples[0])[1]
    expect(notes.locator("#title")).to_have_text(told.title)
    expect(notes.locator("#notes")).to_have_text(told.notes)
    notes.keyboard.press("ArrowRight")
    assert at(page) == 3


@pytest.mark.parametrize("which", ("samples", "many"))
def test_the_file_asks_nothing_of_the_network_and_prints_page_by_page(
    chromium: Browser, which: str, request: pytest.FixtureRequest
) -> None:
    told, file = request.getfixturevalue(which)
    context = chromium.new_context(offline=True)
    page, asked = context.new_page(), []
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda message: asked.append(message.text))
    page.goto(file.as_uri())
    page.keyboard.press("3")
    page.keyboard.press("Enter")
    assert asked == [file.as_uri()]
    page.reload()
    assert at(page) == 3
    titles = [one.title for one in slides(told)]
    assert page.locator(".slide h1").all_text_contents() == titles
    paper = pypdfium2.PdfDocument(page.pdf(prefer_css_page_size=True))
    texts = [re.sub(r"\s", "", sheet.get_textpage().get_text_range()) for sheet in paper]
    context.close()
    assert len(texts) == len(titles)
    for title, text in zip(titles, texts, strict=True):
        assert re.sub(r"\s", "", title) in text


def test_the_page_turns_slides_without_the_server_and_comes_back_to_the_same(
    page: Page, shared: Server
) -> None:
    sent: list[object] = []
    page.on("websocket", lambda socket: socket.on("framesent", lambda frame: sent.append(frame)))
    present(page, shared)
    assert sent
    sent.clear()
    for key in [*["PageDown"] * 30, *["PageUp"] * 4, *["ArrowLeft"] * 26, *["ArrowRight"] * 4]:
        page.keyboard.press(key)
    page.wait_for_url(re.compile(r"[?&]slide=5\b"))
    assert (at(page), sent) == (5, [])
    page.reload()
    page.wait_for_selector(".deck .slide.on", timeout=30_000)
    settle(page)
    assert at(page) == 5
    for which in ("light", "dark"):
        assert page.locator(".deck").evaluate(BOXES)["faults"] == [], which
        page.keyboard.press("l")


def test_the_page_goes_full_screen_and_the_same_deck_is_taken_home(page: Page, shared: Server) -> None:
    present(page, shared)
    page.get_by_role("button", name="全屏").click()
    page.wait_for_function("document.fullscreenElement")
    box = page.locator(".slide.on").bounding_box()
    assert box and (box["width"], box["height"]) == (1920, 1080)
    page.keyboard.press("Escape")
    page.wait_for_function("!document.fullscreenElement")
    with page.expect_download() as download:
        page.get_by_role("button", name="下载演示文稿").click()
    titles = page.locator(".deck h1").all_text_contents()
    page.goto(Path(download.value.path()).rename(Path(download.value.path()).with_suffix(".html")).as_uri())
    assert page.locator(".deck h1").all_text_contents() == titles


def test_an_odd_slide_in_the_address_is_as_if_it_were_not_there(page: Page, shared: Server) -> None:
    for odd in ("1.5", "1e3", "²", "３", "-2", "2&slide=3", "9" * 400):
        present(page, shared, f"?slide={odd}")
        assert at(page) == 1, odd


def test_keys_in_a_field_are_left_to_it_and_filters_keep_the_slide(page: Page, shared: Server) -> None:
    present(page, shared, "?slide=3")
    field = page.locator(".st-key-filter-type input").first
    field.click()
    page.keyboard.type("基建 5")
    page.keyboard.press("Escape")
    assert (at(page), page.evaluate("!!document.fullscreenElement")) == (3, False)
    page.get_by_role("combobox", name=re.compile("标准")).click()
    page.get_by_role("option").nth(1).click()
    settle(page)
    assert "standard=" in page.url and "slide=3" in page.url
    assert at(page) == 3
    page.keyboard.press("ArrowRight")
    assert at(page) == 4  # and not two steps on, by a listener that was left behind


def test_navigation_filters_and_slides_leave_each_other_room(page: Page, crowded: Server) -> None:
    present(page, crowded)
    for width, height in (*SIZES, (1280, 720)):
        page.set_viewport_size({"width": width, "height": height})
        settle(page)
        boxes = [
            box
            for one in (
                *page.get_by_test_id("stTopNavLink").all(),
                *page.locator(".st-key-filters .stSelectbox, .st-key-take button, .deck").all(),
            )
            if (box := one.bounding_box())
        ]
        assert len(boxes) == 8 + 5 + 1 + 1
        for n, one in enumerate(boxes):
            assert one["x"] >= 0 and one["x"] + one["width"] <= width
            for other in boxes[:n]:
                across = min(one["x"] + one["width"], other["x"] + other["width"]) - max(one["x"], other["x"])
                down = min(one["y"] + one["height"], other["y"] + other["height"]) - max(one["y"], other["y"])
                assert across <= 1 or down <= 1, (width, one, other)


def test_the_slides_are_of_what_the_filters_leave(page: Page, crowded: Server) -> None:
    present(page, crowded)
    every = page.locator(".deck .slide").count()
    page.get_by_role("combobox", name=re.compile("类型")).click()
    page.get_by_role("option", name="补助类").click()
    settle(page)
    page.wait_for_function(f"document.querySelectorAll('.deck .slide').length < {every}")
    kinds = page.locator(".deck .slide.of-project .below").all_text_contents()
    assert kinds and all("补助类" in one for one in kinds)
