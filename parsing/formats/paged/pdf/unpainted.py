"""Letters of a PDF that nobody sees: in the colour of the paper with nothing darker painted below them,
wholly transparent, or set to be invisible."""

from __future__ import annotations

import ctypes
from collections import defaultdict
from collections.abc import Iterator

import pypdfium2.raw as c

from parsing.formats.characters.runs import is_marked, marked
from parsing.formats.paged.page import Page
from parsing.formats.paged.pdf.pdf_objects import PageObject

PAPER = 250  # of 255, in each colour
NO_SHADES = (c.FPDF_PAGEOBJ_TEXT, c.FPDF_PAGEOBJ_FORM)
BAND, HIGHEST = 16.0, 64  # points, and bands that a text may take
MOST = 2_000_000  # comparisons of a page
UNSET = frozenset((c.FPDF_TEXTRENDERMODE_INVISIBLE, c.FPDF_TEXTRENDERMODE_CLIP))
Box = tuple[float, float, float, float]


def unpaint(items: list[PageObject], page: Page) -> None:
    """Mark the letters of a page that are not seen among all of its objects."""
    texts = [k for k, item in enumerate(items) if item.kind == c.FPDF_PAGEOBJ_TEXT]
    unseen = {k: _is_unset(items[k]) for k in texts if _is_unset(items[k]) or _is_paper(items[k])}
    if not unseen:
        return
    shades = [*_shades(items)] if not all(unseen.values()) else []
    if len(shades) * len(unseen) > MOST:
        return  # a drawing
    hidden, seen = _Boxes(), _Boxes()
    for k in texts:
        if box := _box(items[k]):
            is_hidden = k in unseen and (unseen[k] or not _is_backed(shades, k, box))
            (hidden if is_hidden else seen).add(box)
    for k, glyph in enumerate(page.glyphs):
        x, y = (glyph.left + glyph.right) / 2, (glyph.top + glyph.bottom) / 2
        if hidden.hold(x, y) and not seen.hold(x, y) and not is_marked(glyph.text):
            page.glyphs[k] = glyph._replace(text=marked(glyph.text, "unseen"))


def _is_unset(item: PageObject) -> bool:
    return c.FPDFTextObj_GetTextRenderMode(item.handle) in UNSET


def _is_paper(item: PageObject) -> bool:
    """Whether an object is filled with the colour of paper, or with none."""
    colours = [ctypes.c_uint() for _ in range(4)]
    if not c.FPDFPageObj_GetFillColor(item.handle, *map(ctypes.byref, colours)):
        return False
    *colour, opacity = (part.value for part in colours)
    return opacity == 0 or min(colour) >= PAPER


def _shades(items: list[PageObject]) -> Iterator[tuple[int, Box, bool]]:
    """What may lie below a text: its place in the order of painting, its box, and whether letters in the
    colour of paper are seen on it."""
    for k, item in enumerate(items):
        painted = item.kind != c.FPDF_PAGEOBJ_PATH or _is_filled(item)
        if item.kind not in NO_SHADES and painted and (box := _box(item)):
            yield k, box, item.kind != c.FPDF_PAGEOBJ_PATH or not _is_paper(item)


def _is_backed(shades: list[tuple[int, Box, bool]], at: int, box: Box) -> bool:
    """Whether what lies uppermost below the middle of a text shows it."""
    x, y = (box[0] + box[2]) / 2, (box[1] + box[3]) / 2
    below = (shows for k, shade, shows in reversed(shades) if k < at and _holds(shade, x, y))
    return next(below, False)


def _is_filled(item: PageObject) -> bool:
    fill, stroke = ctypes.c_int(), ctypes.c_int()
    c.FPDFPath_GetDrawMode(item.handle, ctypes.byref(fill), ctypes.byref(stroke))
    return fill.value != 0


def _box(item: PageObject) -> Box | None:
    """Left, top, right and bottom of an object, as its glyphs have them."""
    left, bottom, right, top = (ctypes.c_float() for _ in range(4))
    edges = map(ctypes.byref, (left, bottom, right, top))
    if not c.FPDFPageObj_GetBounds(item.handle, *edges):
        return None
    a, b, d, e, f, g = item.outer
    corners = [(x.value, y.value) for x in (left, right) for y in (bottom, top)]
    xs = [a * x + d * y + f for x, y in corners]
    ys = [b * x + e * y + g for x, y in corners]
    return min(xs), min(ys), max(xs), max(ys)


class _Boxes:
    """Boxes that are asked what they hold, in bands across the page."""

    def __init__(self) -> None:
        self._bands: dict[int, list[Box]] = defaultdict(list)
        self._work = 0

    def add(self, box: Box) -> None:
        first, last = int(box[1] // BAND), int(box[3] // BAND)
        for band in range(first, min(last, first + HIGHEST) + 1):
            self._bands[band].append(box)

    def hold(self, x: float, y: float) -> bool:
        boxes = self._bands.get(int(y // BAND), ())
        self._work += len(boxes)
        return self._work <= MOST and any(_holds(box, x, y) for box in boxes)


def _holds(box: Box, x: float, y: float) -> bool:
    return box[0] <= x <= box[2] and box[1] <= y <= box[3]
