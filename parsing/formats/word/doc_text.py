"""The text of a Word 97–2003 file (.doc, WPS .wps): its pieces put in order, paragraph by paragraph.

[MS-DOC] 2.4.1 (retrieving text), 2.5 (the FIB).
"""

from __future__ import annotations

import re
import struct
from bisect import bisect_right
from collections.abc import Iterator
from itertools import pairwise
from typing import Any, NamedTuple

from parsing.errors import Damaged, TooLarge
from parsing.formats.characters.runs import Code, marked
from parsing.formats.word.doc_sprms import LOOKS, SYMBOL, Pages, Paragraph, altered, paragraph

STREAM = 100 << 20  # bytes
FIB_SIZES, FIB_PARTS = 0x4C, 0x9A  # where lengths of the stories, and the parts of the table, are told
CHARACTERS, PARAGRAPHS, FONTS, PIECES = 12, 13, 15, 33
BOXES = 6  # the story of text boxes, after body, notes, headers and comments
NARROW = 0x40000000  # a piece with one byte a character, at half the place given
# What has none of these shows all it says
CHANGES = (SYMBOL.to_bytes(2, "little"), *(code.to_bytes(2, "little") + b"\1" for code in LOOKS))
# A run that is otherwise than plain text is written in characters this far away until its paragraph is whole:
# marks and places count by characters.
AWAY: dict[Code, int] = {"unseen": 0xD0000, "deleted": 0xE0000, "raised": 0xF0000, "struck": 0x100000}
CELL = "\x07"
FIELDS = 50  # inside each other
MARK = re.compile("[\r\x07\x0c]")
FIELD = re.compile("([\x13-\x15])")
HALF = re.compile("[\ud800-\udfff]")
RUN = re.compile("|".join(f"[{chr(far)}-{chr(far + 0xFFFF)}]+" for far in AWAY.values()))
CONTROL = re.compile("[\0-\x08\x0e-\x1f]")
BREAKS = str.maketrans({"\x0b": "\n", "\x0c": "\n", "\x1e": "-"})


class Piece(NamedTuple):
    """``size`` characters, one (``width`` 1) or two bytes each, from byte ``start`` of the main stream."""

    size: int
    start: int
    width: int


class Word:
    """A document to walk through once. ``ole`` is an open olefile.OleFileIO.

    Raises Damaged or TooLarge; struct.error and IndexError where the file contradicts itself.
    """

    def __init__(self, ole: Any) -> None:
        self._word: bytes = _stream(ole, "WordDocument")
        flags = struct.unpack_from("<H", self._word, 0x0A)[0]
        self._table = _stream(ole, "1Table" if flags & 0x200 else "0Table")
        self._far = _stream(ole, "Data") if ole.exists("Data") else b""
        self._paragraphs = Pages(self._word, self._part(PARAGRAPHS), 13)
        self._known: dict[bytes, Paragraph] = {}
        self._changes = self._altered()
        sizes = struct.unpack_from(f"<{BOXES + 1}I", self._word, FIB_SIZES)
        if sum(sizes) > len(self._word):
            raise Damaged()
        self.body = range(sizes[0])
        self.boxes = range(sum(sizes[:BOXES]), sum(sizes))

    def paragraphs(self, story: range) -> Iterator[tuple[str, str, Paragraph]]:
        """Text as shown, the mark that ends it (``\\r``; ``\\x07``: a cell, ``\\x0c``: a page), format."""
        shown: list[str] = []
        hidden: list[bool] = []  # a field is its code, which nobody sees, then its result
        for piece in self._pieces(story):
            text = self._decoded(piece)
            begin = 0
            for mark in MARK.finditer(text):
                _show(text[begin : mark.start()], shown, hidden)
                begin = mark.end()
                form = self._format(piece.start + mark.start() * piece.width)
                yield _whole("".join(shown)), mark[0], form
                shown.clear()
                if any(hidden):  # no code goes on over a paragraph: this one was never closed
                    hidden.clear()
            _show(text[begin:], shown, hidden)
        if shown:
            yield _whole("".join(shown)), "\r", Paragraph()

    def _part(self, number: int) -> bytes:
        start, size = struct.unpack_from("<II", self._word, FIB_PARTS + 8 * number)
        return self._table[start : start + size]

    def _pieces(self, story: range) -> Iterator[Piece]:
        parts, at = self._part(PIECES), 0
        while parts[at] == 1:  # formatting of pieces
            at += 3 + struct.unpack_from("<H", parts, at + 1)[0]
        size = struct.unpack_from("<I", parts, at + 1)[0]
        count = min(size, len(parts) - at - 5) // 12
        bounds = struct.unpack_from(f"<{count + 1}I", parts, at + 5)
        left = len(story)
        for number, (first, end) in enumerate(pairwise(bounds)):
            begin, end = max(first, story.start), min(end, story.stop)
            if begin >= end:
                continue
            left -= end - begin
            if left < 0:
                raise Damaged()
            start = struct.unpack_from("<I", parts, at + 5 + 4 * (count + 1) + 8 * number + 2)[0]
            width = 1 if start & NARROW else 2
            start = (start & (NARROW - 1)) // (3 - width) + (begin - first) * width
            yield Piece(end - begin, start, width)
        if left:
            raise Damaged()

    def _decoded(self, piece: Piece) -> str:
        end = piece.start + piece.size * piece.width
        data = self._word[piece.start : end]
        text = data.decode("cp1252" if piece.width == 1 else "utf-16-le", "replace")
        if len(text) != piece.size:  # the file ends before it, or letters of four bytes
            if len(data) < piece.size * piece.width:
                raise Damaged()
            text = "".join(map(chr, struct.unpack(f"<{piece.size}H", data)))
        if self._changes:
            text = self._changed(text, piece)
        return text

    def _altered(self) -> list[tuple[int, int, str, Code | None]]:
        if not any(code in self._word for code in CHANGES):
            return []
        runs: list[tuple[int, int, str, Code | None]] = []
        past = 0
        pages = Pages(self._word, self._part(CHARACTERS), 1)
        for first, end, sign, code in sorted(altered(pages, self._fonts()), key=lambda run: run[:2]):
            if end > past:  # runs do not overlap, unless the file is made to hurt
                runs.append((max(first, past), end, sign, code))
                past = end
        return runs

    def _fonts(self) -> list[str]:
        data, at, names = self._part(FONTS), 4, []
        while at < len(data):
            end = at + 1 + data[at]
            names.append(data[at + 40 : end].decode("utf-16-le", "replace").partition("\0")[0])
            at = end
        return names

    def _changed(self, text: str, piece: Piece) -> str:
        """Characters that are not what they say; marks stay, and so does the length."""
        letters = list(text)
        for number in range(max(bisect_right(self._changes, (piece.start,)) - 1, 0), len(self._changes)):
            first, last, sign, code = self._changes[number]
            begin, end = (max(at - piece.start, 0) // piece.width for at in (first, last))
            if begin >= piece.size:
                break
            for at in range(begin, min(end, piece.size)):
                if code and letters[at] >= " ":
                    letters[at] = chr(ord(letters[at]) + AWAY[code])
                elif not code and not MARK.match(letters[at]):
                    letters[at] = sign
        return "".join(letters)

    def _format(self, position: int) -> Paragraph:
        data = self._paragraphs.find(position)
        if data not in self._known:
            self._known[data] = paragraph(data, self._far)
        return self._known[data]


def _show(text: str, shown: list[str], hidden: list[bool]) -> None:
    """Add what a reader sees of ``text``; ``hidden`` is the state of the fields it stands in."""
    for part in FIELD.split(text):
        if part == "\x13":
            hidden.append(True)
            del hidden[FIELDS:]
        elif part == "\x14" and hidden:
            hidden[-1] = False
        elif part == "\x15" and hidden:
            hidden.pop()
        elif part and not any(hidden):
            shown.append(CONTROL.sub("", part.translate(BREAKS)))


def _whole(text: str) -> str:
    """The text of a paragraph with its runs marked."""
    whole, at = "", 0
    for run in RUN.finditer(text):
        code = next(code for code, far in AWAY.items() if far <= ord(run[0][0]) <= far + 0xFFFF)
        near = "".join(chr(ord(letter) - AWAY[code]) for letter in run[0])
        whole += _joined(text[at : run.start()]) + marked(_joined(near), code)
        at = run.end()
    return whole + _joined(text[at:])


def _joined(text: str) -> str:
    """Letters of four bytes, which came as two halves, made one."""
    if HALF.search(text):
        return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    return text


def _stream(ole: Any, name: str) -> bytes:
    if not ole.exists(name):
        raise Damaged()
    if ole.get_size(name) > STREAM:
        raise TooLarge()
    data: bytes = ole.openstream(name).read()
    return data
