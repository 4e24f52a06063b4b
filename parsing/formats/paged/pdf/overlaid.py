"""Letters of a page that lie upon others, as where somebody covered a figure and wrote another over it.

Which of the two a person sees, the file says only by what it draws between them; so they are both read, and
it is said that the page has such.
"""

from __future__ import annotations

from collections.abc import Iterable

from parsing.formats.paged.page import Glyph

NEAR = 0.35  # of a letter's width and height, that the middles of two may be apart
BUCKET = 12.0  # points
MOST = 64  # letters of a bucket that are looked at


def is_overlaid(glyphs: Iterable[Glyph]) -> bool:
    """Whether letters or digits stand where other ones do."""
    buckets: dict[tuple[int, int], list[Glyph]] = {}
    for glyph in glyphs:
        if not glyph.text.isalnum():
            continue
        column, row = int(glyph.left // BUCKET), int(glyph.top // BUCKET)
        near = (
            other
            for x in (column - 1, column, column + 1)
            for y in (row - 1, row, row + 1)
            for other in buckets.get((x, y), ())
        )
        if any(other.text != glyph.text and _is_upon(glyph, other) for other in near):
            return True
        bucket = buckets.setdefault((column, row), [])
        if len(bucket) < MOST:
            bucket.append(glyph)
    return False


def _is_upon(one: Glyph, other: Glyph) -> bool:
    wide = min(one.right - one.left, other.right - other.left)
    high = min(one.bottom - one.top, other.bottom - other.top)
    across = abs(one.left + one.right - other.left - other.right) / 2
    down = abs(one.top + one.bottom - other.top - other.bottom) / 2
    return across < NEAR * wide and down < NEAR * high
