"""What styles of an OpenDocument file do to text, as striking it through, and the number of a cell."""

from __future__ import annotations

import re
from typing import Literal

from parsing.formats.characters.runs import Code, marked, with_stored
from parsing.formats.worksheet.number_formats import general

Attributes = dict[str, str]
DEPTH = 1_000  # spans inside each other


class Styles:
    """Styles by their names, as they come."""

    def __init__(self) -> None:
        self._codes: dict[str, Code] = {}
        self._parents: dict[str, str] = {}
        self._spans: list[Code | Literal[""]] = []  # open in the paragraph

    def parent(self, style: str, attributes: Attributes) -> None:
        self._parents[style] = attributes.get("style:parent-style-name", "")

    def take(self, style: str, attributes: Attributes) -> None:
        """The properties of the text in a style."""
        if code := _look_of(attributes):
            self._codes[style] = code

    def open_paragraph(self, attributes: Attributes) -> None:
        self._spans = [self.find(attributes, "text")]

    def open_span(self, attributes: Attributes) -> None:
        above = self._spans[-1] if self._spans else ""
        self._spans.append(self.find(attributes, "text") or above)
        del self._spans[:-DEPTH]

    def close_span(self) -> None:
        del self._spans[-1:]

    def seen(self, text: str) -> str:
        """A piece of the text that is open."""
        code = self._spans[-1] if self._spans else ""
        return marked(text, code) if code else text

    def cell(self, text: str, attributes: Attributes) -> str:
        """The whole text of a cell by its style and its number."""
        code = self.find(attributes, "table")
        return marked(text, code) if code == "struck" else _numbered(text, attributes)

    def find(self, attributes: Attributes, prefix: str) -> Code | Literal[""]:
        """What the style of an element, or one that it comes from, does to text."""
        style = attributes.get(f"{prefix}:style-name", "") if self._codes else ""
        for _ in range(len(self._codes)):
            if not style or style in self._codes:
                break
            style = self._parents.get(style, "")
        return self._codes.get(style, "")


def _look_of(attributes: Attributes) -> Code | Literal[""]:
    """What the properties of a text do to it."""
    if any(attributes.get(f"style:text-line-through-{name}", "none") != "none" for name in ("style", "type")):
        return "struck"
    if attributes.get("text:display") == "none":
        return "unseen"
    return "raised" if re.match("super|[1-9]", attributes.get("style:text-position", "")) else ""


def _numbered(text: str, attributes: Attributes) -> str:
    """What a cell shows, with the number that it holds."""
    value = attributes.get("office:value", "")
    return with_stored(text, value) if value and value != text else text


def value(attributes: Attributes) -> tuple[str, str]:
    """What a cell without text would show, and a note when that is a formula never calculated."""
    plain = {key.rpartition(":")[2]: value for key, value in attributes.items()}
    kind, number = plain.get("value-type", ""), plain.get("value", "")
    if kind == "percentage" and number:
        shown = f"{general(str(float(number) * 100))}%"
    elif kind in ("float", "currency"):
        shown = general(number)
    else:
        shown = plain.get(f"{kind}-value", "").removesuffix("T00:00:00")
    return shown, "formula" if "formula" in plain and not shown else ""
