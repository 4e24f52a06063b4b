"""Formatting in Word 97–2003 files: which paragraph is in a table, and where the cells of a row stand.

[MS-DOC] 2.6 (Sprm), 2.9.180 (PapxFkp), 2.9.33 (ChpxFkp), 2.9.327 (TDefTableOperand).
"""

from __future__ import annotations

import struct
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field

from parsing.formats.characters.runs import Code
from parsing.formats.word.docx_text import SYMBOLS

PAGE = 512
IN_TABLE, ROW_END, INNER_CELL, INNER_ROW, DEPTH = 0x2416, 0x2417, 0x244B, 0x244C, 0x6649
ROW, ROW_95, VERTICAL, TABS = 0xD608, 0xD606, 0xD62B, 0xC615
FAR = (0x6645, 0x6646, 0x646B)  # too long for a page: they stand in the Data stream
SYMBOL = 0x6A09
# Once or twice through the letters; the first that a run has is what it is
LOOKS: dict[int, Code] = {
    0x0800: "deleted",
    0x083C: "unseen",
    0x0837: "struck",
    0x2A53: "struck",
    0x2A48: "raised",
}
SIZES = (1, 1, 2, 4, 2, 2, 0, 3)  # bytes of an operand, by the top three bits; 0: it says itself
CONTINUES, FIRST = 1, 3  # of a run of merged cells


@dataclass(slots=True)
class Paragraph:
    """``edges``: where the cells of the row begin and end, in 1/20 pt, on the paragraph that ends a row;
    ``across`` and ``down``: how each merges with its neighbours (0: not)."""

    in_table: bool = False
    row_end: bool = False
    inner_cell: bool = False
    inner_row: bool = False
    depth: int = 0
    edges: tuple[int, ...] = ()
    across: list[int] = field(default_factory=list)
    down: list[int] = field(default_factory=list)


class Pages:
    """The pages of formatting of one kind: ``table`` tells which page holds which part of the text.

    ``width``: bytes that a page has for each run beside its position (13: paragraphs, 1: characters).
    """

    def __init__(self, word: bytes, table: bytes, width: int) -> None:
        count = max((len(table) - 4) // 8, 0)
        self.starts = struct.unpack_from(f"<{count + 1}I", table) if count else ()
        self._numbers = struct.unpack_from(f"<{count}I", table, 4 * (count + 1)) if count else ()
        self._word, self._width = word, width
        self._pages: dict[int, tuple[tuple[int, ...], tuple[int, ...], bytes]] = {}

    def find(self, position: int) -> bytes:
        """The sprms of the run that holds the byte at ``position``; b"" where there are none."""
        at = bisect_right(self.starts, position) - 1
        if not 0 <= at < len(self._numbers):
            return b""
        starts, offsets, page = self._page(self._numbers[at] & 0x3FFFFF)
        run = bisect_right(starts, position) - 1
        return self._sprms(page, offsets[run]) if 0 <= run < len(offsets) else b""

    def runs(self) -> Iterator[tuple[int, int, bytes]]:
        """Every run: first byte, byte after the last, sprms."""
        for number in dict.fromkeys(self._numbers):
            starts, offsets, page = self._page(number & 0x3FFFFF)
            for at, offset in enumerate(offsets):
                yield starts[at], starts[at + 1], self._sprms(page, offset)

    def _page(self, number: int) -> tuple[tuple[int, ...], tuple[int, ...], bytes]:
        if number not in self._pages:
            page = self._word[number * PAGE : (number + 1) * PAGE]
            count = page[PAGE - 1]
            starts = struct.unpack_from(f"<{count + 1}I", page)
            first = 4 * (count + 1)
            self._pages[number] = starts, tuple(page[first : first + count * self._width : self._width]), page
        return self._pages[number]

    def _sprms(self, page: bytes, offset: int) -> bytes:
        at = offset * 2
        if not at:
            return b""
        size = page[at]
        if self._width == 1:
            return page[at + 1 : at + 1 + size]
        first, last = (at + 1, at + 2 * size) if size else (at + 2, at + 2 + 2 * page[at + 1])
        return page[first + 2 : last]  # past the number of the style


def sprms(data: bytes) -> Iterator[tuple[int, bytes]]:
    """The properties that a list of sprms changes, each with its operand."""
    at = 0
    while at + 2 < len(data):
        code = data[at] | data[at + 1] << 8
        at += 2
        size = SIZES[code >> 13]
        if code in (ROW, ROW_95):
            size = 1 + int.from_bytes(data[at : at + 2], "little")
        elif code == TABS and data[at] == 255:
            gone = data[at + 1]
            size = 3 + 4 * gone + 3 * data[at + 2 + 4 * gone]
        elif not size:
            size = 1 + data[at]
        yield code, data[at : at + size]
        at += size


def paragraph(data: bytes, far: bytes) -> Paragraph:
    """What ``data`` (sprms) says of tables; ``far`` is the Data stream. Raises struct.error, IndexError."""
    properties = Paragraph()
    merged: list[tuple[int, int]] = []
    _read(data, far, properties, merged)
    for cell, state in merged:
        if cell < len(properties.down):
            properties.down[cell] = state
    return properties


def _read(data: bytes, far: bytes, properties: Paragraph, merged: list[tuple[int, int]]) -> None:
    for code, operand in sprms(data):
        if code == IN_TABLE:
            properties.in_table = bool(operand[0])
        elif code == ROW_END:
            properties.row_end = bool(operand[0])
        elif code == INNER_CELL:
            properties.inner_cell = bool(operand[0])
        elif code == INNER_ROW:
            properties.inner_row = bool(operand[0])
        elif code == DEPTH:
            properties.depth = int.from_bytes(operand, "little")
        elif code == VERTICAL and len(operand) >= 3:
            merged.append((operand[1], operand[2]))
        elif code == ROW:
            _read_row(operand, properties)
        elif code in FAR and far:
            start = int.from_bytes(operand, "little")
            size = int.from_bytes(far[start : start + 2], "little")
            _read(far[start + 2 : start + 2 + size], b"", properties, merged)


def _read_row(operand: bytes, properties: Paragraph) -> None:
    count = operand[2]
    properties.edges = struct.unpack_from(f"<{count + 1}h", operand, 3)
    at = 3 + 2 * (count + 1)
    # cells at the end may be left out: then nothing is special about them
    flags = [int.from_bytes(operand[at + 20 * cell : at + 20 * cell + 2], "little") for cell in range(count)]
    properties.across = [flag & 3 for flag in flags]
    properties.down = [flag >> 5 & 3 for flag in flags]


def altered(pages: Pages, fonts: list[str]) -> Iterator[tuple[int, int, str, Code | None]]:
    """Runs that are not what their characters say: first byte, byte after the last, the sign of a symbol font
    that they show instead, or the code of a run (see ``runs``)."""
    for first, end, data in pages.runs():
        codes: set[Code] = set()
        for code, operand in sprms(data):
            if code in LOOKS and operand[0] == 1:
                codes.add(LOOKS[code])
            elif code == SYMBOL:
                font, number = struct.unpack("<HH", operand)
                signs = SYMBOLS.get(fonts[font].lower() if font < len(fonts) else "", {})
                yield first, end, signs.get(number & 0xFF) or chr(number), None
        if codes:
            yield first, end, "", next(code for code in LOOKS.values() if code in codes)
