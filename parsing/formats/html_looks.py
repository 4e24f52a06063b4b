"""What a tag of a web page does to the text in it: hides it, strikes it through, raises it."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Literal

from parsing.formats.markup import Tag
from parsing.formats.runs import Code, is_marked, marked, with_stored

UNSEEN = re.compile(
    r"""display\s*:\s*none|visibility\s*:\s*(?:hidden|collapse)|(?<!\S)hidden(?=[\s=/]|\Z)""", re.IGNORECASE
)
INLINE = frozenset((
    "s", "strike", "del", "sup", "span", "font", "b", "i", "u", "em", "strong", "a", "label", "small", "big",
))  # fmt: skip
STRUCK = frozenset(("s", "strike", "del"))
LINE_THROUGH = re.compile(r"text-decoration(?:-line)?\s*:[^;\"']*line-through", re.IGNORECASE)
RAISED = re.compile(r"vertical-align\s*:\s*super|mso-text-raise\s*:\s*[1-9]", re.IGNORECASE)
# How Excel, LibreOffice and online sheets note the number of a cell
STORED = re.compile(
    r"""(?:x:num|sdval)\s*=\s*["']?(-?[\d.]+(?:e[-+]?\d+)?)|data-sheets-value=.*?3(?:"|&quot;):(-?[\d.]+)\}""",
    re.IGNORECASE,
)


@lru_cache(1 << 10)
def look(tag: Tag) -> Code | Literal[""]:
    """What a tag within a text does to it."""
    if tag.name in STRUCK or LINE_THROUGH.search(tag.inside):
        return "struck"
    if is_hidden(tag):
        return "unseen"
    return "raised" if tag.name == "sup" or RAISED.search(tag.inside) else ""


def cell_text(text: str, tag: Tag | None) -> str:
    """The text of a cell, which its own tag may strike through, and which may show a number rounded."""
    if not text or tag is None or not tag.inside:
        return text
    if LINE_THROUGH.search(tag.inside):
        return marked(text, "struck")
    stored = STORED.search(tag.inside)
    return with_stored(text, stored[1] or stored[2]) if stored and not is_marked(text) else text


@lru_cache(1 << 10)  # the cells of a page look alike
def is_hidden(tag: Tag) -> bool:
    """Whether a browser would not show what stands in it."""
    return UNSEEN.search(tag.inside) is not None
