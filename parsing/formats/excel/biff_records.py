"""The records of a BIFF stream (.xls, .et), and only those that our reader of workbooks wants."""

from __future__ import annotations

import re
import struct
from collections.abc import Iterator

from parsing.errors import TooLarge
from parsing.formats.raw import limits
from parsing.formats.worksheet.hidden import Hidden

# xlrd walks over names, links, drawings and much else that shows no text, and trips there most often
# (asserts, endless loops, rows upon rows of blanks). So it is given what follows, and nothing else.
BOF = (0x0809, 0x0409, 0x0209, 0x0009)
FILEPASS = 0x002F
BOOK = (0x000A, 0x0022, 0x002F, 0x003C, 0x0042, 0x0056, 0x0085, 0x008E, 0x008F, 0x00FC)  # EOF … SST
STYLES = (0x001E, 0x041E, 0x0031, 0x0231, 0x0043, 0x0243, 0x0443, 0x00E0)  # FORMAT, FONT, XF
FORMULA = (0x0006, 0x0206, 0x0406)
RESULT = (0x0007, 0x0207, 0x0021, 0x0221, 0x0036, 0x0236, 0x0037, 0x04BC)  # STRING, ARRAY, TABLE, SHRFMLA
VALUES = (
    *(0x0002, 0x0003, 0x0203, 0x0004, 0x0204, 0x0005, 0x0205),  # INTEGER, NUMBER, LABEL, BOOLERR
    *(0x00BD, 0x00D6, 0x00FD, 0x027E),  # MULRK, RSTRING, LABELSST, RK
)
SHEET = (0x0000, 0x0200, 0x0044, 0x00E5)  # DIMENSION, IXFE, MERGEDCELLS
WANTED = frozenset((*BOF, *BOOK, *STYLES, *FORMULA, *RESULT, *VALUES, *SHEET))
CELLS = frozenset((*FORMULA, *VALUES))
ROW, COLUMNS, END = 0x0208, 0x007D, 0x000A
MULRK, MERGES = 0x00BD, 0x00E5
KINDS = ((0x0000, 0x04FF), (0x0800, 0x08FF), (0x1000, 0x10FF))  # of records, among them all that there are
UNKNOWN = b"\xff\x0f"  # a type of record that nobody knows
SHEET_START = re.compile(rb"\x09\x08(?:\x10|\x08)\0\0[\x05\x06]\x10\0")  # BOF of Excel 5 and later
CELL_START = re.compile(rb"(?:\xfd\0|\x7e\x02)\x0a\0|\x03\x02\x0e\0")  # LABELSST, RK, NUMBER
HEAD = struct.Struct("<HH")


def wanted(stream: bytes) -> bytes:
    """The stream with every record that shows no text made one of an unknown type, places unchanged.

    Raises TooLarge when it holds more cells or merged areas than we read.
    """
    out = bytearray(stream)
    at, cells, merges, end = 0, 0, 0, len(stream) - 4
    read = HEAD.unpack_from
    while at <= end:
        kind, size = read(stream, at)
        if kind not in WANTED:
            out[at : at + 2] = UNKNOWN
        elif kind in CELLS:
            cells += size // 6 if kind == MULRK else 1
        elif kind == MERGES:
            merges += size // 8
        at += 4 + size
    if cells > limits.CELLS or merges > limits.MERGES:
        raise TooLarge()
    return bytes(out)


def sheets(stream: bytes) -> Iterator[int]:
    """Where worksheets begin."""
    return (match.start() for match in SHEET_START.finditer(stream))


def swallowed(stream: bytes) -> list[int]:
    """Where cells begin inside of another record, whose length is wrong, and where records stand whose kind
    there is not: what these hold is not read."""
    first, end = next(sheets(stream), len(stream)), len(stream) - 4
    offsets = [match.start() for match in CELL_START.finditer(stream, first)]
    begins, strange, at = set[int](), list[int](), 0
    while at <= end:
        kind, size = HEAD.unpack_from(stream, at)
        begins.add(at)
        if at > first and size and not any(low <= kind <= high for low, high in KINDS):
            strange.append(at)
        at += 4 + size
    return [at for at in offsets if at not in begins] + strange


def hide(stream: bytes, start: int, hidden: Hidden) -> None:
    """Take the hidden rows and columns of the sheet that begins at ``start``."""
    at, end = start, len(stream) - 4
    while at <= end:
        kind, size = HEAD.unpack_from(stream, at)
        if kind == END:
            return
        if kind == ROW and size >= 14 and stream[at + 16] & 0x20:
            hidden.hide_rows(1 + int.from_bytes(stream[at + 4 : at + 6], "little"))
        elif kind == COLUMNS and size >= 10 and stream[at + 12] & 0x01:
            first, last = struct.unpack_from("<HH", stream, at + 4)
            hidden.hide_columns(1 + first, last - first + 1)
        at += 4 + size


def locked(stream: bytes) -> bool:
    """Whether a password is needed: then a FILEPASS stands among the first records."""
    at = 0
    for _ in range(8):
        if at + 4 > len(stream):
            break
        kind, size = HEAD.unpack_from(stream, at)
        if kind == FILEPASS:
            return True
        at += 4 + size
    return False
