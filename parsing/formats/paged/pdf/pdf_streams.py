"""Whether the packed streams of a PDF are whole: pdfium shows what it can of a broken one, silently."""

from __future__ import annotations

import re
import zlib

BEGIN = re.compile(rb"stream(?<!endstream)\r?\n")  # found quickly, as it begins with plain letters
DEFLATED = re.compile(rb"/Filter\s*(?:\[\s*)?/(?:FlateDecode|Fl)\b")
HEAD = 1_000  # bytes before a stream in which its description stands
CHUNK = 1 << 16
MOST = 256 << 20  # bytes, unpacked; what lies beyond is not looked at


def whole(data: bytes) -> bool:
    passed = starts = 0
    for begin in BEGIN.finditer(data):
        starts += 1
        head = data[max(begin.start() - HEAD, 0) : begin.start()]
        if not DEFLATED.search(head[head.rfind(b" obj") + 1 :]):
            continue
        unpacker, at = zlib.decompressobj(), begin.end()
        try:
            while not unpacker.eof and passed < MOST:
                chunk = unpacker.unconsumed_tail or data[at : (at := at + CHUNK)]
                if not chunk:
                    return False
                passed += len(unpacker.decompress(chunk, 16 * CHUNK))
        except zlib.error:
            return False
    return starts == data.count(b"endstream")
