"""What PDF, OFD and pictures have in common: ruling lines and glyphs on a page, in points."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import NamedTuple

from parsing.grid import Box

THIN = 3.5  # a filled shape no thicker than this is a line
LEVEL = 1.5  # how far a line may lean, in points
Point = tuple[float, float]
Matrix = tuple[float, float, float, float, float, float]


class Glyph(NamedTuple):
    """A character, or a piece of text that was recognised in one; ``base`` is the line it stands on,
    ``spaced`` whether a space stands before it, ``sure`` the chance that it is read rightly."""

    text: str
    left: float
    top: float
    right: float
    bottom: float
    base: float
    spaced: bool = False
    sure: float = 1.0


class RuledLine(NamedTuple):
    """A ruling line: at this y from x to x, or at this x from y to y."""

    at: float
    start: float
    end: float


@dataclass(slots=True)
class Page:
    """``width`` and ``height`` are those of the page as shown. Rules and glyphs may lie otherwise, so that
    the text runs from left to right: ``shown`` (a 3 × 3 matrix, row by row) leads from them to the page.
    """

    number: int
    part: str
    width: float
    height: float
    shown: tuple[float, ...] | None = None
    recognised: bool = False  # its text comes from OCR
    across: list[RuledLine] = field(default_factory=list)
    down: list[RuledLine] = field(default_factory=list)
    glyphs: list[Glyph] = field(default_factory=list)

    def draw(self, points: Sequence[Point], filled: bool = False) -> None:
        """Take the ruling lines of a polyline; ``filled``: a shape without outline, which is a line when
        it is thin and a shade behind the text when it is not."""
        xs, ys = [x for x, _ in points], [y for _, y in points]
        left, right, top, bottom = min(xs), max(xs), min(ys), max(ys)
        wide, high = right - left, bottom - top
        if len(points) > 2 and min(wide, high) <= THIN:
            if wide >= high * 0.9:
                self.across.append(RuledLine((top + bottom) / 2, left, right))
            if high >= wide * 0.9:
                self.down.append(RuledLine((left + right) / 2, top, bottom))
        elif not filled:
            for (x0, y0), (x1, y1) in pairwise(points):
                if abs(y0 - y1) <= LEVEL and abs(x0 - x1) > abs(y0 - y1):
                    self.across.append(RuledLine((y0 + y1) / 2, min(x0, x1), max(x0, x1)))
                elif abs(x0 - x1) <= LEVEL and abs(y0 - y1) > abs(x0 - x1):
                    self.down.append(RuledLine((x0 + x1) / 2, min(y0, y1), max(y0, y1)))

    def box(self, left: float, top: float, right: float, bottom: float) -> Box:
        """The place on the page as shown."""
        if self.shown:
            a, b, c, d, e, f, g, h, i = self.shown
            corners = [(x, y, g * x + h * y + i or 1.0) for x in (left, right) for y in (top, bottom)]
            xs = [(a * x + b * y + c) / w for x, y, w in corners]
            ys = [(d * x + e * y + f) / w for x, y, w in corners]
            left, top, right, bottom = min(xs), min(ys), max(xs), max(ys)
        return Box(self.number, round(left, 1), round(top, 1), round(right, 1), round(bottom, 1))
