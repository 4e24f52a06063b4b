"""One page of a PDF → its ruling lines and characters, turned and cropped as it is shown."""

from __future__ import annotations

import ctypes
import struct
from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import repeat
from typing import Any

import pypdfium2 as pdfium
import pypdfium2.raw as c

from parsing.errors import TooLarge
from parsing.formats.paged.lettering import clean
from parsing.formats.paged.page import Glyph, Matrix, Page, Point
from parsing.formats.paged.pdf import pdf_calls
from parsing.formats.paged.pdf.pdf_objects import PageObject, inner, objects
from parsing.formats.paged.pdf.unpainted import unpaint
from parsing.formats.paged.striking import strike

SEGMENTS = 200_000  # of the paths of a page
CHARACTERS = 100_000
QUARTER, LEAN = 1.5707963, 0.12  # radians: a scan lies less askew than that
SAMPLE = 60  # characters asked for the way they run


def filled(book: pdfium.PdfDocument, index: int) -> pdfium.PdfPage:
    """The page, with what was filled into its form fields or typed upon it as text of its own."""
    page = book[index]
    if not c.FPDFPage_GetAnnotCount(page.raw):
        return page
    c.FPDFPage_Flatten(page.raw, c.FLAT_NORMALDISPLAY)
    page.close()
    return book[index]


def read(source: pdfium.PdfPage, number: int, part: str) -> Page:
    """The page with its rules and glyphs. Raises TooLarge."""
    width, height = source.get_size()
    text = source.get_textpage()
    try:
        turned = source.get_rotation() // 90
        turn = _turn(text.raw, turned)
        page = Page(number, part, width, height, _back(turn, width, height))
        view = _view(source.get_bbox(), (turned + turn) % 4)
        size = (height, width) if turn % 2 else (width, height)
        page.glyphs = list(_glyphs(text.raw, view, size))
    finally:
        text.close()
    items = objects(source.raw, view)
    _paths(items, size, page)
    strike(page)
    unpaint(items, page)
    return page


def is_picture(source: pdfium.PdfPage) -> bool:
    """Whether the page is a picture, with no text of its own or an invisible one laid over it."""
    images = area = 0.0
    width, height = source.get_size()
    for item in source.get_objects(filter=[c.FPDF_PAGEOBJ_IMAGE], max_depth=3):
        left, bottom, right, top = item.get_bounds()
        images += 1
        area = max(area, (right - left) * (top - bottom))
    if not images:
        return False
    return bool(area > 0.5 * width * height or c.FPDFPage_CountObjects(source.raw) == images)


def _back(turn: int, width: float, height: float) -> tuple[float, ...] | None:
    """From the page turned by quarters clockwise to the page as shown."""
    return (
        None,
        (0, 1, 0, -1, 0, height, 0, 0, 1),
        (-1, 0, width, 0, -1, height, 0, 0, 1),
        (0, -1, width, 1, 0, 0, 0, 0, 1),
    )[turn]


def _view(bbox: tuple[float, float, float, float], turns: int) -> Matrix:
    """From the page's own coordinates to points from the top left, after quarter turns clockwise."""
    left, bottom, right, top = bbox
    return (
        (1, 0, 0, -1, -left, top),
        (0, 1, 1, 0, -bottom, -left),
        (-1, 0, 0, 1, right, -bottom),
        (0, -1, -1, 0, top, right),
    )[turns]


def _turn(text: Any, rotation: int) -> int:
    """Quarters clockwise by which the page as shown must be turned for its text to run to the right."""
    count = c.FPDFText_CountChars(text)
    ways = [0, 0, 0, 0]
    for i in range(0, count, max(count // SAMPLE, 1)):
        if pdf_calls.char_unicode(text, i) > 32:
            quarters = c.FPDFText_GetCharAngle(text, i) / QUARTER
            ways[(-round(quarters) - rotation) % 4] += 1
    most = max(range(4), key=lambda way: ways[way])
    return most if ways[most] > sum(ways) / 2 else 0


def _glyphs(text: Any, view: Matrix, size: tuple[float, float]) -> Iterator[Glyph]:
    bounds = (ctypes.c_double * 6)()  # left, right, bottom, top of a character and its origin
    box, origin = [tuple(ctypes.byref(bounds, 8 * k) for k in part) for part in (range(4), (4, 5))]
    places, new, char_angle = struct.Struct("6d").unpack, tuple.__new__, c.FPDFText_GetCharAngle
    ma, mb, mc, md, me, mf = view
    width, height = size
    count = c.FPDFText_CountChars(text)
    if count > CHARACTERS:
        raise TooLarge(reason="这一页的文字太多，没有读取")
    sample = [char_angle(text, i) for i in range(0, count, max(count // SAMPLE, 1))]
    straight = 2 * sum(map(_is_aslant, sample)) < len(sample)
    spaced, high = False, 0
    for i, code in enumerate(map(pdf_calls.char_unicode, repeat(text), range(count))):
        if code <= 32 and code != 2:
            spaced = True
            continue
        if 0xD800 <= code < 0xE000:
            if code < 0xDC00:
                high = code
                continue
            if high:
                code = 0x10000 + ((high - 0xD800) << 10) + code - 0xDC00
        high = 0
        letter = _letter(code)
        if not letter or (straight and _is_aslant(char_angle(text, i))):
            continue  # what lies aslant over a page is its watermark
        pdf_calls.char_box(text, i, *box)
        pdf_calls.char_origin(text, i, *origin)
        left, right, bottom, top, x, y = places(bounds)
        x0, x1 = ma * left + mc * bottom + me, ma * right + mc * top + me
        y0, y1 = mb * left + md * bottom + mf, mb * right + md * top + mf
        if x0 > x1:
            x0, x1 = x1, x0
        if y0 > y1:
            y0, y1 = y1, y0
        if 0 <= x0 + x1 <= 2 * width and 0 <= y0 + y1 <= 2 * height:
            yield new(Glyph, (letter, x0, y0, x1, y1, mb * x + md * y + mf, spaced, 1.0))
        spaced = False


def _is_aslant(angle: float) -> bool:
    return LEAN < angle % QUARTER < QUARTER - LEAN


@lru_cache(1 << 14)
def _letter(code: int) -> str:
    """What a character is read as; "" for what is none."""
    return "-" if code in (0x02, 0xFFFE) else clean(chr(code))  # a hyphen at the end of a line


def _paths(items: Iterable[PageObject], size: tuple[float, float], page: Page) -> None:
    """Rules of all painted paths."""
    x, y, fill, stroke = ctypes.c_float(), ctypes.c_float(), ctypes.c_int(), ctypes.c_int()
    px, py, pf, ps = (ctypes.byref(v) for v in (x, y, fill, stroke))
    width, height = size
    segments = 0

    def _shapes(item: Any, number: int, to: Matrix) -> Iterator[list[Point]]:
        ma, mb, mc, md, me, mf = to
        points: list[Point] = []
        for k in range(number):
            segment = pdf_calls.path_segment(item, k)
            pdf_calls.segment_point(segment, px, py)
            here = ma * x.value + mc * y.value + me, mb * x.value + md * y.value + mf
            if pdf_calls.segment_type(segment) != c.FPDF_SEGMENT_LINETO:
                if len(points) > 1:
                    yield points
                points = []
            points.append(here)
            if pdf_calls.segment_closes(segment) and len(points) > 1:
                points.append(points[0])
        if len(points) > 1:
            yield points

    for item in items:
        if item.kind != c.FPDF_PAGEOBJ_PATH:
            continue
        pdf_calls.path_mode(item.handle, pf, ps)
        if not (fill.value or stroke.value):
            continue
        number = pdf_calls.path_count(item.handle)
        segments += number
        if segments > SEGMENTS:
            raise TooLarge(reason="这一页的线条太多，像是图纸，没有读取")
        shapes = list(_shapes(item.handle, number, inner(item)))
        # a shape inside a shape is a border filled between its two edges
        filled = not stroke.value and len(shapes) == 1
        for shape in shapes:
            xs, ys = [p[0] for p in shape], [p[1] for p in shape]
            if max(xs) >= 0 and min(xs) <= width and max(ys) >= 0 and min(ys) <= height:
                page.draw(shape, filled)
