"""Pages drawn as pictures: sizes that fit the boxes, and refusals."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest
from PIL import Image

import parsing
from parsing.errors import Damaged, ReaderDied, TooLarge, Unsupported
from parsing.runtime.reader_pool import ReaderPool

FILES = Path(__file__).parent / "cases/files"
SHEETS = (FILES / "perf_sheets.pdf").read_bytes()


def ink(shown: parsing.Picture, left: float, top: float, right: float, bottom: float) -> float:
    """The darkest spot of a box given in points, 0 black to 255 white."""
    image = Image.open(io.BytesIO(shown.image)).convert("L")
    point = image.width / shown.width
    box = [round(value * point) for value in (left, top, right, bottom)]
    return image.crop(box).getextrema()[0]


def test_every_cell_with_text_has_its_ink_in_its_box():
    project = parsing.read(SHEETS, "甲.pdf").projects[0]
    texts = {(row, column): text for row, column, _, _, text in project.excerpt}
    drawn = {page: parsing.picture(SHEETS, page) for page in {box[2] for box in project.boxes}}
    inside = [
        ink(drawn[page], left + 2, top + 2, right - 2, bottom - 2) < 128
        for row, column, page, left, top, right, bottom in project.boxes
        if texts[row, column].strip()
    ]
    assert len(inside) > 50 and all(inside)


def test_a_picture_is_shown_842_points_long():
    out = io.BytesIO()
    Image.new("RGB", (300, 600), "white").save(out, "PNG")
    shown = parsing.picture(out.getvalue(), 1)
    assert (round(shown.width), round(shown.height)) == (421, 842)


def test_a_photo_is_turned_as_its_camera_says():
    out, turned = io.BytesIO(), Image.Exif()
    turned[0x0112] = 6
    Image.new("RGB", (600, 300), "white").save(out, "JPEG", exif=turned)
    shown = parsing.picture(out.getvalue(), 1)
    assert shown.height > shown.width


def test_a_file_in_an_archive_is_found_by_its_name():
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("a/甲.pdf", SHEETS)
    assert parsing.picture(out.getvalue(), 2, "包.zip › a/甲.pdf") == parsing.picture(SHEETS, 2)
    with pytest.raises(Damaged):
        parsing.picture(out.getvalue(), 1, "包.zip › 乙.pdf")


@pytest.mark.parametrize(
    ("data", "page", "kind"),
    [
        (SHEETS, 99, Damaged),
        (SHEETS[:300], 1, Damaged),
        ((FILES / "perf.ofd").read_bytes(), 1, Unsupported),
        (b"plain", 1, Unsupported),
        (b"\x89PNG\r\n\x1a\nrubbish", 1, Damaged),
    ],
)
def test_what_cannot_be_drawn_is_a_clear_error(data, page, kind):
    with pytest.raises(kind) as caught:
        parsing.picture(data, page, "甲")
    assert caught.value.place == "甲" and caught.value.remedy


def test_a_picture_too_large_is_refused_before_it_is_opened(monkeypatch):
    monkeypatch.setattr("parsing.pictures.PIXELS", 100)
    out = io.BytesIO()
    Image.new("L", (20, 20)).save(out, "PNG")
    with pytest.raises(TooLarge):
        parsing.picture(out.getvalue(), 1)


def test_a_page_crosses_the_pipe_and_its_errors_too():
    readers = ReaderPool(1)
    try:
        assert readers.picture("甲.pdf", SHEETS, 2) == parsing.picture(SHEETS, 2)
        with pytest.raises(Unsupported):
            readers.picture("甲.txt", b"plain", 1)
        assert len(readers.read("甲.pdf", SHEETS).projects) == 6
    finally:
        readers.close()


def test_a_page_that_takes_too_long_ends_its_process_only():
    readers = ReaderPool(1, wall_seconds=0.0)
    try:
        with pytest.raises(ReaderDied):
            readers.picture("甲.pdf", SHEETS, 1)
        readers.wall_seconds = 15.0
        assert readers.picture("甲.pdf", SHEETS, 1).image
    finally:
        readers.close()
