"""What the fonts of an Excel 97–2003 workbook do to text: strike it through, raise it, hide it."""

from __future__ import annotations

from itertools import pairwise
from typing import Any, Literal

from parsing.formats.characters.runs import Code, marked

RAISED = 1  # an escapement, as xlrd numbers them
WHITE = 9  # the number of a colour
PAPER = (9, 64, 65)  # those in which the paper is seen


class Fonts:
    """``is_odd``: whether any font of the workbook does such a thing. ``book``: xlrd's Book."""

    def __init__(self, book: Any) -> None:
        self._book = book
        self._fonts: list[Code | Literal[""]] = [_code(font) for font in book.font_list]
        self._white = {at for at, font in enumerate(book.font_list) if font.colour_index == WHITE}
        self.is_odd = bool(any(self._fonts) or self._white)

    def seen(self, text: str, value: str, sheet: Any, row: int, column: int) -> str:
        """``text``, as the cell shows its ``value``, with its runs marked."""
        style = self._book.xf_list[sheet.cell_xf_index(row, column)]
        own = self._font(style.font_index)
        if own == "struck":
            return marked(text, own)
        if style.font_index in self._white and _is_paper(style.background):
            return marked(text, "unseen")
        changes = sheet.rich_text_runlist_map.get((row, column), ())
        if not changes or not any(self._font(font) for _, font in changes):
            return text
        bounds = [(0, style.font_index), *changes, (len(value), 0)]
        pieces = ((value[first:end], self._font(font)) for (first, font), (end, _) in pairwise(bounds))
        return "".join(marked(piece, code) if code else piece for piece, code in pieces).strip()

    def _font(self, number: int) -> Code | Literal[""]:
        return self._fonts[number] if number < len(self._fonts) else ""


def _code(font: Any) -> Code | Literal[""]:
    if font.struck_out:
        return "struck"
    return "raised" if font.escapement == RAISED else ""


def _is_paper(background: Any) -> bool:
    return background.fill_pattern == 0 or background.pattern_colour_index in PAPER
