"""Files of Office 97 made by hand, for the tests: containers, documents, and locked ones."""

from __future__ import annotations

import hashlib
import io
import struct
from collections.abc import Sequence
from typing import NamedTuple

SECTOR = 512
FREE, END, FAT = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD
SALT, VERIFIER = bytes(range(16)), bytes(range(16, 32))
LOCK = 52  # bytes that describe the lock


def container(streams: dict[str, bytes]) -> bytes:
    """A compound file; short streams are filled up with zeros, so that there is only one kind of them."""
    padded = {name: data.ljust(4096, b"\0") for name, data in streams.items()}
    chains: list[int] = []  # the FAT
    body, entries = b"", []
    directory = -(-(len(padded) + 1) * 128 // SECTOR)

    def chain(data: bytes) -> int:
        nonlocal body
        first, count = len(chains), -(-len(data) // SECTOR)
        chains.extend([*range(first + 1, first + count), END])
        body += data.ljust(count * SECTOR, b"\0")
        return first

    chain(bytes(directory * SECTOR))
    for number, (name, data) in enumerate(padded.items(), 1):
        last = number == len(padded)
        entries.append(_entry(name, 2, FREE if last else number + 1, FREE, chain(data), len(data)))
    entries.insert(0, _entry("Root Entry", 5, FREE, 1 if padded else FREE, END, 0))
    blank = _entry("", 0, FREE, FREE, 0, 0)
    listed = b"".join(entries + [blank] * (directory * 4 - len(entries)))
    body = listed + body[len(listed) :]
    tables = 1
    while tables * 128 < len(chains) + tables:
        tables += 1
    places = range(len(chains), len(chains) + tables)
    chains += [FAT] * tables
    chains += [FREE] * (tables * 128 - len(chains))
    head = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16) + struct.pack("<HHHHH6x", 0x3E, 3, 0xFFFE, 9, 6)
    head += struct.pack("<IIIIIIIII", 0, tables, 0, 0, 4096, END, 0, END, 0)
    head += struct.pack(f"<{tables}I", *places).ljust(436, b"\xff")
    return head + body + struct.pack(f"<{len(chains)}I", *chains)


def _entry(name: str, kind: int, right: int, child: int, start: int, size: int) -> bytes:
    raw = (name + "\0").encode("utf-16-le")
    head = raw.ljust(64, b"\0") + struct.pack("<HBBIII", len(raw) if name else 0, kind, 1, FREE, right, child)
    return head + bytes(36) + struct.pack("<IQ", start, size)


class Line(NamedTuple):
    """A paragraph with the mark that ends it; ``sprms`` of the paragraph, ``signs`` of its characters."""

    text: str
    sprms: bytes = b""
    signs: bytes = b""


IN_TABLE = b"\x16\x24\x01"
ROW_END = b"\x17\x24\x01"


def cell(*lines: str, depth: int = 1) -> list[Line]:
    """A cell, at ``depth`` 2 of a table inside a cell."""
    end = "\x07" if depth == 1 else "\r"
    format = IN_TABLE + struct.pack("<HI", 0x6649, depth)
    last = format + (b"\x4b\x24\x01" if depth > 1 else b"")
    return [*(Line(line + "\r", format) for line in lines[:-1]), Line(lines[-1] + end, last)]


def row_end(
    edges: Sequence[int], flags: dict[int, int] | None = None, depth: int = 1, more: bytes = b""
) -> Line:
    """The mark that ends a row whose cells begin and end at ``edges``; ``flags`` of its cells."""
    count = len(edges) - 1
    cells = b"".join(struct.pack("<H18x", (flags or {}).get(at, 0)) for at in range(count))
    row = struct.pack(f"<B{count + 1}h", count, *edges) + cells
    format = (
        IN_TABLE + struct.pack("<HI", 0x6649, depth) + struct.pack("<HH", 0xD608, len(row) + 1) + row + more
    )
    return Line("\x07", format + ROW_END) if depth == 1 else Line("\r", format + b"\x4c\x24\x01")


def document(
    lines: Sequence[Line],
    boxes: Sequence[Line] = (),
    *,
    narrow: bool = False,
    cut: int = 0,
    fonts: Sequence[str] = (),
) -> dict[str, bytes]:
    """Streams of a Word 97 document. ``narrow``: one byte a character; ``cut``: the characters up to there
    stand behind the others in the file, as after a fast save; ``boxes``: the story of its text boxes."""
    everything = [*lines, *boxes]
    text = "".join(line.text for line in everything)
    width = 1 if narrow else 2
    raw = text.encode("cp1252" if narrow else "utf-16-le")
    first = 1024
    stored = raw[cut * width :] + raw[: cut * width]
    moved = [first + len(raw) - cut * width, first] if cut else [first]
    bounds = [0, cut, len(raw) // width] if cut else [0, len(raw) // width]
    places = [(at * 2 | 0x40000000) if narrow else at for at in moved]
    word = bytearray(bytes(first) + stored)
    word += bytes(-len(word) % SECTOR)
    runs: list[tuple[int, int, Line]] = []
    at = 0
    for line in everything:
        size = len(line.text.encode("cp1252" if narrow else "utf-16-le"))
        where = at - cut * width if at >= cut * width else at + len(raw) - cut * width
        runs.append((first + where, first + where + size, line))
        at += size
    runs.sort(key=lambda run: run[0])
    table = bytearray(LOCK)
    parts: dict[int, tuple[int, int]] = {}

    def part(number: int, data: bytes) -> None:
        parts[number] = len(table), len(data)
        table.extend(data)

    part(
        12,
        _pages(
            word, [(a, b, bytes([len(run.signs)]) + run.signs if run.signs else b"") for a, b, run in runs], 1
        ),
    )
    part(13, _pages(word, [(a, b, _paragraph(run.sprms)) for a, b, run in runs], 13))
    names = b"".join(
        bytes([39 + 2 * len(name) + 2]) + bytes(39) + (name + "\0").encode("utf-16-le") for name in fonts
    )
    part(15, struct.pack("<HH", len(fonts), 0) + names)
    plc = struct.pack(f"<{len(bounds)}I", *bounds) + b"".join(
        struct.pack("<HIH", 0, place, 0) for place in places
    )
    part(33, b"\x02" + struct.pack("<I", len(plc)) + plc)
    struct.pack_into("<HH", word, 0, 0xA5EC, 0xC1)
    struct.pack_into("<H", word, 10, 0x200)
    body = sum(len(line.text.encode("utf-16-le")) // 2 for line in lines)
    struct.pack_into("<I", word, 0x4C, body)
    struct.pack_into("<I", word, 0x4C + 24, len(raw) // width - body)
    for number, (start, size) in parts.items():
        struct.pack_into("<II", word, 0x9A + 8 * number, start, size)
    return {"WordDocument": bytes(word), "1Table": bytes(table)}


def _paragraph(sprms: bytes) -> bytes:
    data = b"\0\0" + sprms
    data += b"\0" * (len(data) % 2)
    return b"\0" + bytes([len(data) // 2]) + data


def _pages(word: bytearray, runs: list[tuple[int, int, bytes]], width: int) -> bytes:
    """Pages of formatting put at the end of ``word``, a run each; the table that finds them."""
    starts, numbers = [], []
    for first, end, data in runs:
        page = bytearray(SECTOR)
        offset = (SECTOR - 2 - len(data)) // 2
        struct.pack_into("<II", page, 0, first, end)
        page[8] = offset if data else 0
        page[offset * 2 : offset * 2 + len(data)] = data
        page[SECTOR - 1] = 1
        starts.append(first)
        numbers.append(len(word) // SECTOR)
        word += page
    return struct.pack(f"<{len(starts) + 1}I", *starts, runs[-1][1]) + struct.pack(
        f"<{len(numbers)}I", *numbers
    )


def _rc4(data: bytes, password: str, block: int) -> bytes:
    from msoffcrypto.method.rc4 import DocumentRC4

    out: bytes = DocumentRC4.decrypt(
        password, SALT, io.BytesIO(data), blocksize=block
    ).read()  # its own inverse
    return out


def _lock(password: str) -> bytes:
    check = _rc4(VERIFIER + hashlib.md5(VERIFIER).digest(), password, 512)
    return struct.pack("<HH", 1, 1) + SALT + check


def locked_document(streams: dict[str, bytes], password: str) -> bytes:
    word, table = bytearray(streams["WordDocument"]), streams["1Table"]
    struct.pack_into("<H", word, 10, 0x300)
    struct.pack_into("<I", word, 14, LOCK)
    hidden = bytes(word[:68]) + _rc4(bytes(word), password, 512)[68:]
    return container({"WordDocument": hidden, "1Table": _lock(password) + _rc4(table, password, 512)[LOCK:]})


def locked_workbook(stream: bytes, password: str) -> bytes:
    """A BIFF8 stream locked with RC4."""
    lock = struct.pack("<HHH", 0x2F, LOCK + 2, 1) + _lock(password)
    first = 4 + int.from_bytes(stream[2:4], "little")
    stream = stream[:first] + lock + stream[first:]
    clear, hidden, at = bytearray(stream), bytearray(stream), 0
    shown = []
    while at + 4 <= len(stream):
        kind, size = struct.unpack_from("<HH", stream, at)
        if kind == 0x85:
            place = struct.unpack_from("<I", stream, at + 4)[0] + len(lock)
            struct.pack_into("<I", clear, at + 4, place)
        plain = size if kind in (0x809, 0x2F, 0xE1) else 4 if kind == 0x85 else 0
        shown.append((at, at + 4 + plain))
        at += 4 + size
    hidden[:] = _rc4(bytes(clear), password, 1024)
    for first, end in shown:
        hidden[first:end] = clear[first:end]
    return container({"Workbook": bytes(hidden)})
