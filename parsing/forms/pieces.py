"""What of the lines of a text may be a cell: its pieces, with what it costs to join and to part them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from parsing.forms.fragments import Fragment, is_level
from parsing.values import MEASURES, understand

# What it costs to join over the end of a line, of one that is whole, of a cell, or a category with anything;
# to part at a blank
OVER_LINE, OVER_WHOLE, NEVER = 0.15, 1.2, 9.0
_OVER_CELL, _AT_BLANK = 3.0, 0.1
# To join over the end of a line that is shorter than the next, though a column breaks texts anywhere; to part
# behind a line that goes on: it is stretched over its column, or ends with a comma
_OVER_SHORT, _GOES_ON = 1.0, 1.0
_COMMAS = ("，", "、", ",")


class Scrap(NamedTuple):
    """``joint``: what it costs to join it with the one before; ``gap``: what stands between them then;
    ``cut``: what it costs to part them; ``is_unit``: it is the unit of a number before it."""

    fragment: Fragment
    joint: float
    gap: str
    cut: float
    is_unit: bool = False

    @property
    def is_number(self) -> bool:
        return understand(self.fragment.text).kind in ("number", "rate")


def pieces_of(fragments: Sequence[Fragment], over: float) -> Iterator[Scrap]:
    """The fragments, parted at their blanks. ``over``: what it costs to join over the end of a line."""
    for before, fragment in zip([None, *fragments], fragments, strict=False):
        joint, cut = over, 0.0
        if is_level(fragment.text) or (before and is_level(before.text)):
            joint = NEVER
        elif before and before.line == fragment.line:
            joint = _OVER_CELL if fragment.starts else over
        elif before and over == OVER_LINE:
            joint += _OVER_SHORT * (not before.is_full and _is_shorter(before.text, fragment.text))
            cut = parting(before)
        yield from _at_blanks(fragment, joint, cut)


def parting(before: Fragment) -> float:
    """What it costs to begin a cell behind the end of a line."""
    return _GOES_ON * (before.is_full or before.text.endswith(_COMMAS))


def _is_shorter(text: str, below: str) -> bool:
    """Whether a line had room for another character of the next one; a word of letters is not broken."""
    return not below[0].isascii() and _width(text) < _width(below)


def _width(text: str) -> int:
    return sum(1 if letter.isascii() else 2 for letter in text if letter != " ")


def _at_blanks(fragment: Fragment, joint: float, cut: float) -> Iterator[Scrap]:
    texts = [fragment.text] if is_level(fragment.text) else fragment.text.split(" ")
    for k, text in enumerate(texts):
        piece = fragment._replace(text=text)
        is_unit = k > 0 and texts[k - 1][-1:].isdigit() and _is_unit(text)
        yield Scrap(piece, 0.0, " ", _AT_BLANK, is_unit) if k else Scrap(piece, joint, "", cut)


def _is_unit(text: str) -> bool:
    """Whether a text begins with a unit of numbers: 辆, 万平方米, 元/人·年."""
    unit = understand(f"1{text.partition('/')[0]}").unit
    return unit in MEASURES or (unit[:1] in ("万", "亿") and unit[1:] in MEASURES)
