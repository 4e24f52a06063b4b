"""Pictures of pages (PNG, JPEG, BMP, TIFF), read by OCR where the extra is installed."""

from __future__ import annotations

import os
from collections.abc import Iterator
from itertools import count
from typing import Any

from parsing.errors import Damaged, EmptyFile, ReadError, TooLarge
from parsing.formats.paged import stitching
from parsing.formats.paged.page import Page
from parsing.formats.paged.picture import recognising
from parsing.grid import Grid

PAGES = 30
PIXELS = 60_000_000
MAGICS = (b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff", b"II*\0", b"MM\0*")
UNOPENED = f"图片打不开：已损坏、不完整，或超过{PIXELS // 10_000}万像素"
REMEDY = "请用看图软件打开并另存为 .png，再重新导入"


def sniff(data: bytes) -> bool:
    # two letters alone may well begin a text: a bitmap also tells its own length
    bitmap = (
        data.startswith(b"BM")
        and int.from_bytes(data[2:6], "little") in (len(data), 0)
        and b"\0" in data[:32]
    )
    return data.startswith(MAGICS) or bitmap


def grids(name: str, data: bytes) -> Iterator[Grid | ReadError]:
    """A Grid for each run of tables; each cell's ``note`` says how sure its text is.

    Raises Damaged, EmptyFile (nothing was recognised), TooLarge, Unsupported (the extra is missing).
    """
    results = list(stitching.stitch(name, _pages(name, data)))
    if not results:
        raise EmptyFile(name, "图片里没有认出文字", "请确认图片清楚、方向端正，或向填报单位要电子版")
    yield from results


def _pages(name: str, data: bytes) -> Iterator[Page | ReadError]:
    for number, image in enumerate(_images(data), 1):
        if number > PAGES:
            yield TooLarge(name, f"图片超过{PAGES}页，后面的没有读取", "请拆成几个文件后导入")
            return
        yield recognising.page(image, number, f"第{number}页")


def _images(data: bytes) -> Iterator[Any]:
    """The pages, one at a time: a TIFF may have many."""
    os.environ.setdefault("OPENCV_IO_MAX_IMAGE_PIXELS", str(PIXELS))  # read when it is first imported
    recognising.libraries()
    import cv2
    import numpy as np

    packed = np.frombuffer(data, np.uint8)
    for at in count():
        try:
            done, images = cv2.imdecodemulti(packed, cv2.IMREAD_COLOR, range=(at, at + 1))
        except cv2.error:
            done, images = False, ()
        if not done or not images:
            if not at:
                raise Damaged(reason=UNOPENED, remedy=REMEDY)
            return
        yield images[0]
