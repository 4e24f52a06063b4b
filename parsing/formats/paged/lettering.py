"""Glyphs → text: lines by their base, spaces only where Latin words need them, soft breaks undone."""

from __future__ import annotations

import itertools
import re
import unicodedata
from collections.abc import Iterable
from itertools import pairwise
from operator import itemgetter

from parsing.formats.characters import likeness
from parsing.formats.paged.page import Glyph

LINE = 0.45  # of the height of the letters: glyphs whose bases differ by less stand on one line
ROOM = 3.0  # letters that would still have fitted: a line that leaves so much room ended on purpose
PROSE = 12  # letters; narrower cells break lines wherever they like
POINT = re.compile(r"[(（]?\d{1,2}[)）.、．](?!\d)|[①-⑳]|(?:目标|指标)\d|[≥≤]")  # begins a line of a list
GAP = 1.5  # letters of white that part two texts on one line
MEETING = re.compile("[A-Za-z][0-9A-Za-z]|[0-9][A-Za-z]")  # where there may be a space
LEFT, BASE = itemgetter(Glyph._fields.index("left")), itemgetter(Glyph._fields.index("base"))


def clean(text: str) -> str:
    """Characters as they are typed, for those that fonts name by a look-alike; "" for what is none."""
    return "".join(
        c for c in likeness.plain(text) if unicodedata.category(c) not in ("Cc", "Cs", "Co", "Cn", "Cf")
    )


def lines(glyphs: Iterable[Glyph]) -> list[list[Glyph]]:
    """Glyphs by line from top to bottom, each from left to right, those drawn twice once."""
    rows: list[list[Glyph]] = []
    base = high = 0.0
    for glyph in sorted(glyphs, key=BASE):
        _, _, top, _, bottom, at, *_ = glyph
        size = bottom - top
        if rows and at - base <= LINE * max(high, size):
            rows[-1].append(glyph)
            high = max(high, size)
        else:
            rows.append([glyph])
            base, high = at, size
    return [_once(sorted(line, key=LEFT)) for line in rows]


def _once(line: list[Glyph]) -> list[Glyph]:
    """Without the second copy that programs draw beside the first to make letters look bold."""
    before = float("-inf")
    for _, left, _, right, *_ in line:
        if left - before < 0.5 * (right - left) + 0.05:
            break
        before = left
    else:
        return line
    kept: list[Glyph] = []
    for glyph in line:
        near = 0.5 * (glyph.right - glyph.left) + 0.05
        if not [k for k in kept[-3:] if glyph.text == k.text and glyph.left - k.left < near]:
            kept.append(glyph)
    return kept


def written(line: list[Glyph]) -> str:
    """The text of one line."""
    plain = "".join([glyph.text for glyph in line])
    if not MEETING.search(plain):
        return plain
    size = height(line)
    text = line[0].text
    for left, right in pairwise(line):
        apart = right.spaced or right.left - left.right > size
        text += " " + right.text if apart and _latin(left.text[-1], right.text[0]) else right.text
    return text


def height(glyphs: Iterable[Glyph]) -> float:
    """How high the letters stand, which is as wide as a Chinese one is."""
    return max((glyph.bottom - glyph.top for glyph in glyphs), default=0.0)


def text(glyphs: Iterable[Glyph], left: float, right: float) -> str:
    """The text of a cell that reaches from x to x. Lines that the page broke are made one; a line that
    ended well before the edge keeps its break."""
    broken = lines(glyphs)
    result = ""
    for above, line in pairwise([[], *broken]):
        if above:
            size = height(above)
            starts = max(above[0].left - left, 0.0)
            room = right - min(starts, size) - above[-1].right
            prose = right - left > PROSE * size and starts < ROOM * size < room
            if prose or (room > size and POINT.match(written(line))):
                result += "\n"
            elif _latin(above[-1].text[-1], line[0].text[0]):
                result += " "
        result += written(line)
    return result.strip()


def is_full(glyphs: Iterable[Glyph], left: float, right: float) -> bool:
    """Whether the last line in a cell that reaches from x to x left no room, as one that goes on does."""
    last = lines(glyphs)[-1]
    return right - left - (last[-1].right - last[0].left) < ROOM * height(last)


def pieces(line: list[Glyph]) -> list[list[Glyph]]:
    """A line outside tables, parted where wide white stands."""
    size = height(line)
    parts = [[line[0]]]
    for left, right in pairwise(line):
        if right.left - left.right > GAP * size:
            parts.append([])
        parts[-1].append(right)
    return parts


def typeset(text: str) -> str:
    """Recognised text with the marks that Chinese text has: in a picture both widths look the same."""
    if not re.search("[\u4e00-\u9fff]", text):
        return text
    text = text.translate(str.maketrans("();?!", "（）；？！"))
    text = re.sub(r"(?<=[\u4e00-\u9fff）]),|,(?=[\u4e00-\u9fff])", "，", text)
    text = re.sub(r"(?<=[\u4e00-\u9fff）]):|:(?=[\u4e00-\u9fff])", "：", text)
    quotes = itertools.cycle("“”")
    return re.sub('["“”]', lambda _: next(quotes), text)


def _latin(left: str, right: str) -> bool:
    return all(c.isascii() and c.isalnum() for c in (left, right)) and not (
        left.isdigit() and right.isdigit()
    )
