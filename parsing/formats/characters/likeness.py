"""Characters as they are typed, for those that only look like them or do not show at all."""

from __future__ import annotations

import re
import unicodedata
from html import unescape

# Radicals that fonts, and text copied out of them, name instead of the characters they look like.
_RADICALS = str.maketrans(
    "⺁⺌⺎⺕⺠⺢⺩⺪⻁⻄⻅⻆⻉⻋⻑⻓⻔⻘⻚⻛⻜⻝⻢⻣⻤⻥⻦⻨⻩⻬⻮⻰⻳",
    "厂小兀彐民水王疋虎西见角贝车長长门青页风飞食马骨鬼鱼鸟麦黄齐齿龙龟",
)
# What the font Symbol draws in place of letters that no other font has: its signs, and digits as they are.
_SYMBOLS = {0xF000 + code: chr(code) for code in b" !%()+,./0123456789:;<=>?[]"} | {
    0xF0A3: "≤",
    0xF0B3: "≥",
    0xF0B9: "≠",
    0xF0BB: "≈",
    0xF0B1: "±",
    0xF0B4: "×",
    0xF0B8: "÷",
    0xF0B0: "°",
    0xF0B7: "•",
}
_DRAWN = _RADICALS | _SYMBOLS
_LIKE = re.compile("[\u2f00-\u2fdf\uf900-\ufaff]")
# Soft hyphens, joiners, marks of direction and of a variant, marks of the order of bytes
INVISIBLE = "\u00ad\u034f\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff"
LOOKALIKE = "\u2e80-\u2fdf\uf900-\ufaff\uf020-\uf0bb"
_INVISIBLE = re.compile(f"[{INVISIBLE}]")
# Markup that a program forgot to turn into what it stands for
_ENTITY = re.compile(
    r"&(?:nbsp|ensp|emsp|ge|le|gt|lt|times|plusmn|divide|middot|permil|deg|hellip|[lr]dquo|[mn]dash|"
    r"#\d{2,5}|#x[0-9a-fA-F]{2,4});"
)
_TAG = re.compile(r"</?(?:p|br|div|span|font|o:p)(?:\s[^<>]*)?/?>", re.IGNORECASE)
_BREAKS = re.compile(r"(?:</(?:p|div)>|<br\s*/?>)\s*", re.IGNORECASE)


def plain(text: str) -> str:
    """The text in characters that people type and see."""
    text = _INVISIBLE.sub("", text).translate(_DRAWN)
    return _LIKE.sub(lambda like: unicodedata.normalize("NFKC", like[0]), text)


def unmarked(text: str) -> str:
    """The text without the markup that stands in it as text: ``&ge;90%<br>`` is ≥90%."""
    if "&" in text:
        text = _ENTITY.sub(lambda entity: unescape(entity[0]), text).replace("\xa0", " ")
    return _TAG.sub("", _BREAKS.sub("\n", text)) if "<" in text else text
