"""Pages as pictures, to be shown beside what was read in them."""

from __future__ import annotations

import io
from typing import Any

from pydantic import ConfigDict

from parsing.errors import Damaged, ReadError, TooLarge, Unsupported
from parsing.formats.containers import archive, locks
from parsing.formats.paged import pdf
from parsing.formats.paged import picture as photo
from parsing.model import Frozen

DPI = 110
LONGEST = 2000  # pixels of the long side, however large the page
PIXELS = 60_000_000  # of a picture that came in
LONG = 842.0  # points: the long side that a picture is shown with
QUALITY = 82
REMEDY = "请看旁边的表格，或用原来的程序打开文件"


class Picture(Frozen):
    """A page as WebP; ``width`` and ``height`` in points, as the boxes of a project count them."""

    model_config = ConfigDict(ser_json_bytes="base64", val_json_bytes="base64")

    width: float
    height: float
    image: bytes


def picture(data: bytes, page: int, name: str = "", password: str | None = None) -> Picture:
    """Page ``page`` (from 1) of a PDF or a picture; ``name`` is the file of a place (``包.zip › 甲.pdf``).

    Raises Unsupported (a file without pages, or of a kind that is not drawn), Damaged (no such page),
    TooLarge, Locked, WrongPassword.
    """
    try:
        data = locks.unlocked(archive.member(data, name, password), password)
        if pdf.sniff(data):
            return _pdf(data, page)
        if photo.sniff(data):
            return _photo(data, page)
    except ReadError as error:
        raise (error if error.place else error.at(name)) from None
    except MemoryError:
        raise
    except Exception as error:
        raise Damaged(name, "这一页画不出来", REMEDY) from error
    raise Unsupported(name, "这种文件没有页面图", REMEDY)


def _pdf(data: bytes, number: int) -> Picture:
    with pdf.PDFIUM:
        book = pdf.open_book(data)
        try:
            page = book[number - 1]
            width, height = page.get_size()
            bitmap = page.render(scale=min(DPI / 72, LONGEST / max(width, height)))
            return _packed(bitmap.to_pil(), width, height)
        finally:
            book.close()


def _photo(data: bytes, number: int) -> Picture:
    from PIL import Image, ImageOps

    with Image.open(io.BytesIO(data), formats=("PNG", "JPEG", "BMP", "TIFF")) as image:
        image.seek(number - 1)
        if image.width * image.height > PIXELS:
            raise TooLarge(reason="图片太大，没有画出来", remedy=REMEDY)
        size = round(LONG / 72 * DPI)
        image.draft("RGB", (size, size))  # a JPEG is read no larger than it is shown
        shown = ImageOps.exif_transpose(image).convert("RGB")
    shown.thumbnail((size, size))
    point = LONG / max(shown.size)
    return _packed(shown, shown.width * point, shown.height * point)


def _packed(image: Any, width: float, height: float) -> Picture:
    out = io.BytesIO()
    image.save(out, "WEBP", quality=QUALITY, method=2)
    return Picture(width=width, height=height, image=out.getvalue())
