"""The ruling lines in a picture."""

from __future__ import annotations

from typing import Any, NamedTuple

from parsing.formats.paged.page import RuledLine
from parsing.formats.paged.ruled_lines import joined

BREAK = 90  # parts of the long side: lines with gaps smaller than one are whole
LENGTH = 20  # parts: lines longer than one are no strokes of letters
LOST = 0.05  # of the lines: more pieces that fit nowhere than this, and the picture is bad
MISS = 8.0  # pixels by which a line may miss the one it ends at


class Lines(NamedTuple):
    """Ruling lines in pixels; ``clear``: whether they are whole and end where others run, as on a good scan.
    Where they are not, a line may have been lost that parts two rows."""

    across: list[RuledLine]
    down: list[RuledLine]
    clear: bool


def lines(image: Any) -> Lines:
    import cv2
    import numpy as np

    gray = cv2.cvtColor(image, cv2.COLOR_BGR2GRAY)
    ink = cv2.adaptiveThreshold(gray, 255, cv2.ADAPTIVE_THRESH_MEAN_C, cv2.THRESH_BINARY_INV, 25, 12)
    long = max(gray.shape)
    seen: tuple[list[RuledLine], list[RuledLine]] = [], []
    for kernel, down_ in (((1, long // 50), False), ((long // 70, 1), True)):
        mask = cv2.morphologyEx(ink, cv2.MORPH_OPEN, np.ones(kernel, np.uint8))
        stats = cv2.connectedComponentsWithStats(cv2.dilate(mask, np.ones((3, 3), np.uint8)))[2]
        for x, y, wide, high, _ in stats[1:].tolist():
            if down_ and high > 3 * wide:
                seen[1].append(RuledLine(x + wide / 2, y, y + high))
            elif not down_ and wide > 3 * high:
                seen[0].append(RuledLine(y + high / 2, x, x + wide))
    across, down = joined(seen[0], long / BREAK), joined(seen[1], long / BREAK)
    whole = [r for r in across if _ends(r, down)]
    upright = [r for r in down if r.end - r.start > long / LENGTH or _ends(r, across)]
    lost = len(across) - len(whole) + sum(map(len, seen)) - len(across) - len(down)
    return Lines(across, upright, lost <= LOST * len(across))


def _ends(rule: RuledLine, others: list[RuledLine]) -> bool:
    """Whether it runs from one line to another: the strokes of letters do not."""
    return all(
        any(abs(o.at - end) <= MISS and o.start - MISS <= rule.at <= o.end + MISS for o in others)
        for end in (rule.start, rule.end)
    )
