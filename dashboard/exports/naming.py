"""What a file that people take away is called: a name that every system and office program takes."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection

from parsing import readable

MOST = 200  # bytes of UTF-8: most systems take 255, and browsers and synchronised folders add to a name
PART = 80  # bytes of a folder's name
_RESERVED = re.compile(r'[<>:"/\\|?*]')
_UNSEEN = re.compile("[\u200e\u200f\u202a-\u202e\u2066-\u2069]")  # turn text round, and hide how a name ends
_DEVICE = re.compile(r"(con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³]|conin\$|conout\$) *(\.|$)", re.IGNORECASE)
_CUT = "…"


def file_name(stem: str, ending: str, most: int = MOST) -> str:
    """A name of at most ``most`` bytes that ends with ``ending``, which is our own. A stem that is too long
    loses its middle: names differ at their beginning or at their end."""
    text = _RESERVED.sub("_", _UNSEEN.sub("", readable(unicodedata.normalize("NFC", stem)))).strip(" .")
    text = f"_{text}" if _DEVICE.match(text) else text or "未命名"
    return f"{_clipped(text, most - len(ending.encode()))}{ending}".rstrip(" .")


def folder_name(text: str) -> str:
    """One folder of a path inside an archive, never the one above."""
    return file_name(text, "", PART)


def unlike(name: str, ending: str, taken: Collection[str]) -> str:
    """``name``, which ends with ``ending``, or with a number where one of ``taken`` is the same to a system
    that knows no capitals."""
    known = {_same(one) for one in taken}
    stem, number, found = name.removesuffix(ending), 1, name
    while _same(found) in known:
        number += 1
        found = f"{stem}（{number}）{ending}"
    return found


def _same(name: str) -> str:
    return unicodedata.normalize("NFKC", name).casefold()


def _clipped(text: str, most: int) -> str:
    data = text.encode()
    if len(data) <= most:
        return text
    room = most - len(_CUT.encode())
    first = data[: room * 3 // 5].decode("utf-8", "ignore").rstrip(" .")
    last = data[len(data) - room * 2 // 5 :].decode("utf-8", "ignore").strip(" .")
    return f"{first}{_CUT}{last}"
