"""What is taken away, as an office program shows it: every page of every paper, drawn by LibreOffice."""

from __future__ import annotations

import re
import shutil
import subprocess
from datetime import date
from importlib import import_module
from pathlib import Path

import pypdfium2
import pytest
from portfolio import wordy
from pptx import Presentation

from dashboard.ingest.samples import bring
from dashboard.queries.scope import Scope
from dashboard.snapshot.snapshot import Snapshot, take_snapshot
from dashboard.store import Condition, open_store
from dashboard.views.meeting import FILES
from parsing import DEFAULT, Reading

OFFICE = shutil.which("soffice")
pytestmark = pytest.mark.skipif(not OFFICE, reason="no LibreOffice found on this machine")
DAY = date(2026, 11, 23)
MANY = 16
PAPERS = [one for one in FILES if one[1] != "html"]


@pytest.fixture(scope="module", params=("samples", "many"))
def drawn(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> tuple[Snapshot, Path]:
    """The snapshot, and the folder of its papers and of their pages as PDF."""
    folder = tmp_path_factory.mktemp(request.param)
    store = open_store(folder / "store")
    if request.param == "samples":
        bring(store, "测试")
    else:
        reading = Reading(projects=tuple(wordy(MANY)))
        store.confirm(store.stage("批.xlsx", b"x", reading, "测试"), "测试")
    keys = [row["key"] for row in take_snapshot(store, Scope(), DEFAULT, DAY).money]
    store.resolve(keys[0], "有条件通过", [Condition("补充满意度指标"), Condition("附合同")], "李主任")
    store.resolve(keys[1], "退回", [], "王主任")
    told = take_snapshot(store, Scope(), DEFAULT, DAY)
    files = []
    for _, ending, module, maker in PAPERS:
        files.append(folder / f"{module}.{ending}")
        files[-1].write_bytes(getattr(import_module(f"dashboard.exports.{module}"), maker)(told))
    own = f"-env:UserInstallation={(folder / 'office').as_uri()}"  # beside one that somebody has open
    command = [str(OFFICE), own, "--headless", "--convert-to", "pdf", "--outdir", str(folder)]
    subprocess.run([*command, *map(str, files)], check=True, capture_output=True, timeout=300)
    return told, folder


def pages(folder: Path, module: str) -> list[str]:
    """The letters of each page."""
    paper = pypdfium2.PdfDocument(folder / f"{module}.pdf")
    return [letters(page.get_textpage().get_text_range()) for page in paper]


def letters(text: str) -> str:
    """Without spaces and signs: a PDF breaks lines as it likes, and turns quotation marks round."""
    return re.sub(r"\W", "", text)


@pytest.mark.parametrize("module", [one[2] for one in PAPERS])
def test_every_page_has_the_date_the_standard_and_the_mark(drawn: tuple[Snapshot, Path], module: str) -> None:
    told, folder = drawn
    texts = pages(folder, module)
    assert texts
    for text in texts:
        assert all(letters(one) in text for one in (DAY.isoformat(), told.standard.title, told.mark)), text


def test_a_slide_is_a_page_and_its_title_is_on_it(drawn: tuple[Snapshot, Path]) -> None:
    _, folder = drawn
    texts = pages(folder, "pptx")
    titles = [slide.shapes.title.text for slide in Presentation(str(folder / "pptx.pptx")).slides]
    assert len(texts) == len(titles)
    for title, text in zip(titles, texts, strict=True):
        assert letters(title) in text


def test_the_brief_takes_two_pages_at_most_and_each_opinion_one(drawn: tuple[Snapshot, Path]) -> None:
    told, folder = drawn
    assert len(pages(folder, "brief")) <= 2
    opinions = pages(folder, "opinion")
    assert len(opinions) == len(told.cases)
    for case, text in zip(told.cases, opinions, strict=True):
        assert letters(case.project.name) in text and "审核人" in text


def test_the_minutes_end_with_lines_to_sign_on_the_page_of_what_was_decided(
    drawn: tuple[Snapshot, Path],
) -> None:
    last = pages(drawn[1], "minutes")[-1]
    assert "主持人签字" in last and "合计" in last
