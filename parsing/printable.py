"""Text that every document can hold. XML, and so Word, Excel and PowerPoint files, has no control characters
but tab and line feed, no halves of surrogate pairs and no noncharacters; databases differ in what they take.

All text comes in by ``printable``: cells where a grid leaves its format, names of files and sheets, and what
people type.
"""

from __future__ import annotations

import re

_PLANES = "".join(f"{chr(plane << 16)}-{chr((plane << 16) + 0xFFFD)}" for plane in range(1, 17))
ODD = re.compile(f"[^\t\n -~\xa0-\ud7ff\ue000-\ufdcf\ufdf0-\ufffd{_PLANES}]")
_PAIR = re.compile("[\ud800-\udbff][\udc00-\udfff]")
_BYTE = re.compile("[\udc80-\udcff]")
_CHINESE = re.compile("[\u2e80-\ud7ff]")
_LINES = re.compile("[\t\n]+")


def is_printable(text: str) -> bool:
    return ODD.search(text) is None


def printable(text: str) -> str:
    """The text without what documents cannot hold: line ends of any kind are line feeds, two halves of a
    character that stand side by side the character, everything else is gone."""
    if ODD.search(text) is None:
        return text
    return ODD.sub("", _PAIR.sub(_joined, text.replace("\r\n", "\n").replace("\r", "\n")))


def escaped(text: str) -> str:
    """The text for people who want to see what was wrong with it: ``A\\uFFFEB``, ``A\\x07B``."""
    return ODD.sub(lambda odd: _escape(ord(odd[0])), text)


def quoted(text: str, most: int) -> str:
    """A text of a file as a sentence repeats it: in one line, of ``most`` characters."""
    words = " ".join(text.split())
    return words if len(words) <= most else f"{words[:most]}……"


def readable(name: str) -> str:
    """The name of a file, with its folders, or of a sheet, in one line. Bytes of a name that are no UTF-8,
    which Python hands on as halves of surrogate pairs, are the GBK that Chinese programs write, or stand as
    ``\\xB8``."""
    if _BYTE.search(name):
        name = "/".join(map(_decoded, name.split("/")))
    return _LINES.sub(" ", printable(name))


def _decoded(name: str) -> str:
    if not _CHINESE.search(name):  # else it is UTF-8 but for some bytes
        try:
            return name.encode("utf-8", "surrogateescape").decode("gb18030")
        except UnicodeError:
            pass
    return _BYTE.sub(lambda odd: f"\\x{ord(odd[0]) - 0xDC00:02X}", name)


def _joined(pair: re.Match[str]) -> str:
    return pair[0].encode("utf-16-le", "surrogatepass").decode("utf-16-le")


def _escape(code: int) -> str:
    return f"\\x{code:02X}" if code < 0x100 else f"\\u{code:04X}" if code < 0x10000 else f"\\U{code:08X}"
