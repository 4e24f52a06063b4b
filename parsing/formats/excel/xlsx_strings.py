"""Texts of a workbook: those that its sheets share, and what is written into any of them."""

from __future__ import annotations

import re
from typing import Literal

from parsing.errors import Damaged, TooLarge
from parsing.formats.characters import runs
from parsing.formats.excel import xlsx_rows
from parsing.formats.raw import limits, packed
from parsing.formats.raw.packed import Package

PIECES = 64  # of up to 8 KB each: enough for any text Excel can hold
OFF = ("0", "false", "off")


class Font:
    """What the font of the open run of a text does to it."""

    def __init__(self) -> None:
        self.code: Literal["", "struck", "raised"] = ""

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        if tag == "strike" and attributes.get("val") not in OFF:
            self.code = "struck"
        elif tag == "vertAlign" and attributes.get("val") == "superscript":
            self.code = self.code or "raised"

    def clear(self) -> None:
        self.code = ""

    def marked(self, text: str) -> str:
        return runs.marked(text, self.code) if self.code else text


def read(package: Package, path: str) -> list[str]:
    """The shared strings, stripped; phonetic readings of a string are no part of it. Raises Damaged where one
    stands in another or text in none: cells that count them would get those of others."""
    strings: list[str] = []
    pieces: list[str] = []
    font = Font()
    within = open_ = phonetic = among = False  # among: whole strings are to be expected

    def start(tag: str, attributes: dict[str, str]) -> None:
        nonlocal within, open_, phonetic, among
        among = tag == "sst"
        if tag == "si":
            if within:
                raise Damaged()
            within = True
        elif tag == "t":
            open_ = not phonetic
        elif tag == "rPh":
            phonetic = True
        else:
            font.start(tag, attributes)

    def text(data: str) -> None:
        if not open_:
            if not phonetic and data.strip():
                raise Damaged()
        else:
            pieces.append(font.marked(data))
            if len(pieces) > PIECES * 64:  # a rich text has a run, and so a piece, for each change of type
                raise TooLarge()

    def end(tag: str) -> None:
        nonlocal within, open_, phonetic, among
        if tag == "t":
            open_ = False
        elif tag == "rPh":
            phonetic = False
        elif tag == "r":
            font.clear()
        elif tag == "si":
            strings.append(unescape("".join(pieces)).strip())
            pieces.clear()
            within, among = False, True
            if len(strings) > limits.CELLS:
                raise TooLarge()

    def skim(piece: bytes) -> bool:
        shared = xlsx_rows.strings(piece) if among else None
        for string in shared or ():
            strings.append(unescape(xlsx_rows.unescaped(string) if "&" in string else string).strip())
        if len(strings) > limits.CELLS:
            raise TooLarge()
        return shared is not None

    if path in package:
        chunks = xlsx_rows.pieces(package.chunks(path), b"<si>", b"</si>")
        packed.parse(chunks, start, end, text, skim=skim)
    return strings


def unescape(text: str) -> str:
    """Line ends as one character; Excel writes characters that XML forbids as ``_x000D_``."""
    if "_x" in text:
        text = re.sub(r"_x([0-9A-Fa-f]{4})_", lambda match: chr(int(match[1], 16)), text)
    return text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text
