"""What a tag of a web page does to the text in it: hides it, strikes it through, raises it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Literal

from parsing.formats.characters.runs import Code, is_marked, marked, with_stored
from parsing.formats.raw.markup import Tag

UNSEEN = re.compile(
    r"""display\s*:\s*none|visibility\s*:\s*(?:hidden|collapse)|(?<!\S)hidden(?=[\s=/]|\Z)"""
    r"""|(?<![\w-])(?:font-size|opacity)\s*:\s*0(?:\.0*)?(?:[a-z%]{1,3})?\s*(?=[;"'!]|\Z)"""
    r"""|(?<![\w-])(?:left|top|right|text-indent)\s*:\s*-\d{3,}"""
    r"""|(?<![\w-])(?:width|height)\s*:\s*0(?:px)?\s*;[^"']{0,200}?overflow\s*:\s*hidden""",
    re.IGNORECASE | re.DOTALL,
)
INLINE = frozenset((
    "s", "strike", "del", "sup", "span", "font", "b", "i", "u", "em", "strong", "a", "label", "small", "big",
))  # fmt: skip
STYLED = INLINE | {"td", "th", "tr"}
CLASS = re.compile(r"(?:\A|,)\s*[a-z]*\.([\w-]+)\s*(?=,|\Z)", re.IGNORECASE)  # no other tag around it
BRACE = re.compile("([{}])")
STRUCK = frozenset(("s", "strike", "del"))
LINE_THROUGH = re.compile(r"text-decoration(?:-line)?\s*:[^;\"']*line-through", re.IGNORECASE)
RAISED = re.compile(r"vertical-align\s*:\s*super|mso-text-raise\s*:\s*[1-9]", re.IGNORECASE)
# How Excel, LibreOffice and online sheets note the number of a cell
STORED = re.compile(
    r"""(?:x:num|sdval)\s*=\s*["']?(-?[\d.]+(?:e[-+]?\d+)?)|data-sheets-value=.*?3(?:"|&quot;):(-?[\d.]+)\}""",
    re.IGNORECASE,
)


class StyleSheet:
    """What the style sheets of a page do to the tags of a class, where that is more than how they look.
    ``sheets``: their texts."""

    def __init__(self, page: str) -> None:
        self.sheets = [*_sheets(page)]
        self._classes = {
            name: body.replace('"', "'")
            for sheet in self.sheets
            for names, body in _rules(sheet)
            if any(pattern.search(body) for pattern in (UNSEEN, LINE_THROUGH, RAISED))
            for name in CLASS.findall(names)
        }

    def styled(self, tag: Tag) -> Tag:
        """The tag with the style of its class written into it."""
        if not self._classes or tag.name not in STYLED:
            return tag
        bodies = [self._classes[name] for name in tag.attribute("class").split() if name in self._classes]
        return tag._replace(inside=f'{tag.inside} style="{";".join(bodies)}"') if bodies else tag


def _sheets(page: str) -> Iterator[str]:
    """The text of each; one that is not closed goes to the end of the page, as in a browser."""
    lower, end = page.lower(), 0
    while (start := lower.find("<style", end)) >= 0:
        close = lower.find("</style", start)
        end = close if close >= 0 else len(lower)
        yield page[start:end].partition(">")[2]


def _rules(sheet: str) -> Iterator[tuple[str, str]]:
    """The selectors and the body of each rule; those for print and the like are left out."""
    text, names, aside = "", "", 0
    for piece in BRACE.split(sheet):
        if piece == "{":
            names = text.rpartition("*/")[2].rpartition(";")[2]
            aside += bool(aside) or names.lstrip().startswith("@")
        elif piece == "}" and aside:
            aside -= 1
        elif piece == "}":
            yield names, text
        text = piece


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
