"""How much room text takes on a slide, reckoned without a browser: a little more than it will.

Widths as in ``wording.text_width``; heights in u, of which a slide has 192 × 108.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple, TypeVar

from dashboard.wording.text_width import count_lines

T = TypeVar("T")

WIDTH, HEIGHT = 178.0, 108.0  # between the margins of a slide; of the whole slide
MARGINS = 16.8  # above and below, the foot, the gaps between head, body and foot
TITLES = (5.4, 4.4, 3.8)  # sizes of a title: the largest that takes two lines
BELOW = 3.0
MARK = 28.0  # kept free at the right of a project's title, for its state
LEADING = 1.25


def height(text: str, size: float, across: float, leading: float = LEADING) -> float:
    """In u, of ``text`` in letters of ``size`` between margins ``across`` apart."""
    return count_lines(text, across / size) * size * leading


def title_size(title: str, kept: float = 0) -> float:
    """The largest size at which a title takes two lines beside what is ``kept`` free."""
    return next((size for size in TITLES if count_lines(title, (WIDTH - kept) / size) <= 2), TITLES[-1])


class SlideRoom(NamedTuple):
    """The height left for the body of a slide: of an only one, and where the title says which of many."""

    only: float
    each: float


def room(title: str, below: str = "", kept: float = 0, taken: float = 0) -> SlideRoom:
    """Beside what is ``kept`` of a title's width and ``taken`` of the body's height."""
    heads = (height(one, title_size(one, kept), WIDTH - kept) for one in (title, f"{title}（10/10）"))
    under = 0.6 + height(below, BELOW, WIDTH, 1.35) if below else 0
    return SlideRoom(*(HEIGHT - MARGINS - head - under - taken for head in heads))


def fit(
    items: Sequence[T], high: Callable[[T, float], float], sizes: Sequence[float], room: SlideRoom
) -> tuple[float, list[Sequence[T]]]:
    """The largest of ``sizes`` at which all items stand on one slide; else the smallest, and the items in as
    few runs as possible, of like height. ``high``: what an item takes at a size, the gap to the next
    included."""
    for size in sizes:
        if sum(high(item, size) for item in items) <= room.only:
            return size, [items]
    size = sizes[-1]
    heights = [high(item, size) for item in items]
    count = len(list(_runs(heights, room.each)))
    even = sum(heights) / count
    caps = (min(room.each, even * (1 + step / 20)) for step in range(200))
    cap = next(cap for cap in caps if cap >= room.each or len(list(_runs(heights, cap))) <= count)
    return size, [items[first:last] for first, last in _runs(heights, cap)]


def _runs(heights: Sequence[float], most: float) -> Iterator[tuple[int, int]]:
    first, used = 0, 0.0
    for at, one in enumerate(heights):
        if at > first and used + one > most:
            yield first, at
            first, used = at, 0.0
        used += one
    yield first, len(heights)
