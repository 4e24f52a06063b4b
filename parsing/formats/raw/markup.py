"""Markup that is no zip member: which encoding it is in, and HTML cut into tags and text.

The tags of web pages are cut by a reader of our own: the one of the standard library takes quadratic time
on pages made to hurt, and several times as long on the others.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import suppress
from html import unescape
from typing import NamedTuple

BOMS = ((b"\xef\xbb\xbf", "utf-8"), (b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be"))
HEAD = 8_192  # bytes in which a file says what it is
ASCII = bytes(range(128))
BROKEN = 20  # bytes beyond ASCII to one that is broken
CHARSET = re.compile(rb"""(?:charset|encoding)\s*=\s*["']?\s*([\w-]+)""", re.IGNORECASE)
ENCODINGS = {
    **dict.fromkeys(("gb2312", "gbk", "gb18030", "x-gbk", "cp936", "gb_2312-80"), "gb18030"),
    **dict.fromkeys(("big5", "big5-hkscs"), "big5hkscs"),
}
# As a browser cuts them: a quote counts only behind =, any other is a letter of a name.
TAG = re.compile(r"""<(/?)([a-zA-Z][^\s/>]*)([^>=]*+(?:=\s*+(?:"[^"]*+"|'[^']*+')?[^>=]*+)*+)>""")
SHORT_TAG = re.compile(r"<(/?)([a-zA-Z][^\s/>]*)([^>]*+)>")
BEGUN = re.compile("<(?=[!?]|/?[a-zA-Z])")
ATTRIBUTE = re.compile(r"""(?<![^\s/"'])([^\s=/"']++)\s*+=\s*+(?:"([^"]*)"|'([^']*)'|([^\s"']+))""")
RAW = frozenset(("script", "style", "title", "xml", "noframes"))


class Tag(NamedTuple):
    """``name`` in lower case; ``inside``: its attributes as they stand."""

    name: str
    closes: bool
    inside: str

    def attribute(self, name: str) -> str:
        """Its text, or "" where there is none."""
        for key, *values in ATTRIBUTE.findall(self.inside) if name in self.inside.lower() else ():
            if key.lower() == name:
                return unescape("".join(values))
        return ""


def head(data: bytes) -> str:
    """The beginning of a file in lower case, whatever its encoding, for looking at its tags."""
    start = data[:HEAD].replace(b"\0", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n")
    return start.decode("latin-1").lower()


def decode(data: bytes, declared: str = "") -> str:
    """The text; ``declared``: the encoding that was named elsewhere, with a mail or an archive.

    A mark of the encoding wins, then what was said or what the file says of itself, if it decodes so;
    then UTF-8, if nearly all of it does, and GB18030. Broken characters are shown as �.
    """
    for bom, encoding in BOMS:
        if data.startswith(bom):
            return data.decode(encoding, "replace").lstrip("\ufeff")
    start = data[:HEAD]
    if start.count(0) * BROKEN > len(start):  # else a stray one
        little = start[1::2].count(0) >= start[::2].count(0)
        return data.decode("utf-16-le" if little else "utf-16-be", "replace")
    named = CHARSET.search(start)
    for name in (declared, named[1].decode() if named else ""):
        if name.lower() in ENCODINGS:
            with suppress(UnicodeDecodeError):
                return data.decode(ENCODINGS[name.lower()])
    text = data.decode("utf-8", "replace")
    foreign = len(data.translate(None, ASCII))
    return text if text.count("�") * BROKEN <= foreign else data.decode("gb18030", "replace")


def cut(text: str) -> Iterator[Tag | str]:
    """Tags and the text between them, entities resolved; comments, scripts and styles left out."""
    at, pattern = 0, TAG
    while begun := BEGUN.search(text, at):
        if begun.start() > at:
            yield unescape(text[at : begun.start()])
        at = begun.start()
        if text.startswith("<!--", at):
            at = _after(text, "-->", at + 4)
            continue
        if text.startswith(("<!", "<?"), at):
            at = _after(text, ">", at)
            continue
        match = pattern.match(text, at)
        if match is None:
            pattern = SHORT_TAG  # quotes that never close: from here on they mean nothing
            match = pattern.match(text, at)
        if match is None:  # no tag ends any more
            break
        name = match[2].lower()
        yield Tag(name, bool(match[1]), match[3])
        at = match.end()
        if name in RAW and not match[1] and not match[3].endswith("/"):
            close = re.compile(f"</{re.escape(match[2])}", re.IGNORECASE).search(text, at)
            at = close.start() if close else len(text)
    if at < len(text):
        yield unescape(text[at:])


def _after(text: str, mark: str, at: int) -> int:
    end = text.find(mark, at)
    return end + len(mark) if end >= 0 else len(text)
