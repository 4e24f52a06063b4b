from __future__ import annotations

import struct
import sys
import zlib
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from test_parsing_formats_packed import make_zip
from test_parsing_reading import GOLD, fields, lines

import parsing
from parsing.errors import ReadError
from parsing.formats import grids, is_slow
from parsing.formats.paged import picture
from parsing.formats.paged.lettering import typeset
from parsing.formats.paged.picture.recognising import libraries
from parsing.runtime.reader_pool import ReaderPool
from parsing.vocabulary import plain
from tests.golds import LABELS

FILES = Path(__file__).parent / "cases/files"


def chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def png(wide: int, high: int, rows: int) -> bytes:
    """A white picture, of which only some rows may be there."""
    head = chunk(b"IHDR", struct.pack(">IIBBBBB", wide, high, 8, 2, 0, 0, 0))
    body = zlib.compress((b"\0" + b"\xff" * 3 * wide) * rows)
    return picture.MAGICS[0] + head + chunk(b"IDAT", body) + chunk(b"IEND", b"")


def test_a_missing_library_is_named_with_the_command_that_brings_it(monkeypatch: pytest.MonkeyPatch) -> None:
    libraries.cache_clear()
    monkeypatch.setitem(sys.modules, "rapidocr", None)
    for name in ("scan_01.png", "scanned.pdf"):
        with pytest.raises(ReadError) as caught:
            list(grids(name, (FILES / name).read_bytes()))
        assert caught.value.code == "unsupported" and "jilan[ocr]" in caught.value.remedy
        assert caught.value.place.startswith(name)


def test_only_what_must_be_recognised_is_given_time() -> None:
    slow = {
        f.name for f in FILES.iterdir() if f.suffix in (".png", ".pdf", ".xlsx") and is_slow(f.read_bytes())
    }
    assert slow == {"scan_01.png", "scan_02.png", "scanned.pdf"}
    assert is_slow(make_zip({"甲.pdf": (FILES / "scanned.pdf").read_bytes()}))
    assert not is_slow(make_zip({"甲.pdf": (FILES / "perf_docx.pdf").read_bytes()}))


def test_a_text_that_begins_like_a_bitmap_is_a_text() -> None:
    assert not picture.sniff("BMW 租赁费用".encode())
    assert picture.sniff(b"BM" + (40).to_bytes(4, "little") + bytes(34))


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("综合工作经费(常）", "综合工作经费（常）"),
        ('"一网统管"试点,项目:甲', "“一网统管”试点，项目：甲"),
        ("1,200.5", "1,200.5"),
        ("≥90%", "≥90%"),
    ],
)
def test_marks_are_those_of_chinese_text(text: str, shown: str) -> None:
    assert typeset(text) == shown


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (png(400, 300, 300), "empty"),
        (png(30_000, 30_000, 9), "damaged"),
        (picture.MAGICS[0] + b"junk", "damaged"),
        (b"II*\0" + bytes(100), "damaged"),
    ],
    ids=["blank", "enormous", "cut off", "nothing"],
)
def test_trouble_is_said(data: bytes, code: str) -> None:
    pytest.importorskip("rapidocr")
    with pytest.raises(ReadError) as caught:
        list(grids("甲.png", data))
    assert caught.value.code == code and caught.value.place == "甲.png"


def score(reading: parsing.Reading, tables: list[dict[str, Any]]) -> tuple[int, int]:
    """How many fields and indicators are right. A wrong one that is not marked doubtful is an error."""
    right = [0, 0]
    for table in tables:
        project = next(p for p in reading.projects if plain(p.name) == plain(table["fields"]["项目名称"]))
        doubts = {repair.path.split(".")[0] for repair in project.repairs if repair.doubtful}
        for label, value in fields(project).items():
            same = value == plain(table["fields"][label])
            assert same or LABELS[label] in doubts, (label, value)
            right[0] += same
        gold = Counter(tuple(map(plain, line)) for line in table["indicators"] if line[2])
        for at, indicator in enumerate(project.indicators):
            line = (indicator.level1, indicator.level2, indicator.name, indicator.period, indicator.annual)
            same = gold[tuple(plain(text or "") for text in line)] > 0
            assert same or f"indicators[{at}]" in doubts, line
            gold[tuple(plain(text or "") for text in line)] -= same
            right[1] += same
    return right[0], right[1]


def test_a_scanned_pdf_is_read_and_stitched_over_its_pages() -> None:
    pytest.importorskip("rapidocr")
    reading = parsing.read(FILES / "scanned.pdf")  # four tables, and the head of the fifth
    assert score(reading, GOLD[:4]) == (40, 40)
    assert len(reading.projects) == 5 and "budget-missing" in [unread.code for unread in reading.unread]
    assert lines(reading.projects[2]) == sorted(tuple(map(plain, line)) for line in GOLD[2]["indicators"])
    place = reading.projects[0].places["budget_yuan"]
    assert (place.part, place.cell) == ("第1页", "第7行第2列")
    assert any(box[:3] == (place.row, place.column, 1) for box in reading.projects[0].boxes)


def test_six_tables_in_pictures_are_read_and_what_is_wrong_is_doubtful() -> None:
    cv2 = pytest.importorskip("cv2")
    pytest.importorskip("rapidocr")
    pdfium = pytest.importorskip("pypdfium2")
    book = pdfium.PdfDocument(FILES / "perf_docx.pdf")
    pages = [page.render(scale=150 / 72).to_numpy().copy() for page in book]
    tiff = bytes(cv2.imencodemulti(".tiff", pages)[1])
    fields_right, indicators_right = score(parsing.read(tiff, "甲.tiff"), GOLD)
    assert fields_right >= 58 and indicators_right >= 55


def test_a_picture_lying_on_its_side_is_turned_and_its_boxes_are_where_it_shows_them() -> None:
    cv2 = pytest.importorskip("cv2")
    pytest.importorskip("rapidocr")
    image = cv2.rotate(cv2.imread(str(FILES / "scan_02.png")), cv2.ROTATE_90_CLOCKWISE)
    reading = parsing.read(bytes(cv2.imencode(".png", image)[1]), "甲.png")
    project = next(p for p in reading.projects if p.name == GOLD[2]["fields"]["项目名称"])
    place = project.places["name"]
    box = next(box for box in project.boxes if box[:2] == (place.row, place.column))
    left, top, right, bottom = box[3:]
    assert bottom - top > 5 * (right - left)  # the cell of the name is a long one, upright now


def test_a_reader_gives_a_picture_the_time_it_takes() -> None:
    pytest.importorskip("rapidocr")
    readers = ReaderPool(1, wall_seconds=2.0)
    try:
        reading = readers.read("scan_02.png", (FILES / "scan_02.png").read_bytes())
    finally:
        readers.close()
    assert GOLD[2]["fields"]["项目名称"] in [project.name for project in reading.projects]
