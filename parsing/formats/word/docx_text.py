"""The text of a Word paragraph: what of it is shown, and the signs that are no characters in the file."""

from __future__ import annotations

import re
from typing import Literal

from parsing.errors import TooLarge
from parsing.formats.characters.runs import Code, marked

ENTRIES = 100  # of the list of a form
LENGTH = 1 << 20  # characters of a paragraph or cell
# Signs that people pick from a symbol font instead of typing them.
SYMBOLS = {
    "symbol": {0xA3: "≤", 0xB3: "≥", 0xB1: "±", 0xB4: "×", 0xB8: "÷", 0xB9: "≠", 0xBB: "≈", 0xB0: "°"},
    "wingdings": {0xA8: "□", 0x6F: "□", 0xFE: "☑", 0xFC: "√", 0xFB: "×", 0xFD: "☒"},
    "wingdings 2": {0xA3: "□", 0x2A: "□", 0x52: "☑", 0x50: "√", 0x53: "☒", 0x54: "☒"},
}


class Text:
    """Collects what a reader of the document sees; told of runs, fields and content controls as they
    open and close. Raises TooLarge."""

    def __init__(self) -> None:
        self.pieces: list[str] = []
        self.within = False  # a text element that is shown
        self.in_run = False
        self.stray = False  # text was seen in no run, or in none of its texts, which shows nowhere
        self._hidden = False
        self._look: Code | Literal[""] = ""  # of the run
        self.length = 0  # of this cell, or of this paragraph outside, so far
        self._muted = 0  # open field codes and prompts
        self._fields: list[bool] = []  # whether each open field is still in its code
        self._entries: list[str] | None = None  # of the list or box of a form that is being read
        self._chosen = self._result = 0  # which of them; how many pieces stood before the result of the field
        self._controls: list[bool] = []  # whether each open content control shows a prompt

    def write(self, data: str) -> None:
        self.pieces.append(marked(data, self._look) if self._look else data)
        self.length += len(data)
        if self.length > LENGTH:
            raise TooLarge()

    def take(self) -> str:
        """What was collected, once."""
        if not self.pieces and not self._fields:
            return ""
        while self._fields and self._fields[-1]:  # a code that never ends must not swallow what follows
            self._muted -= self._fields.pop()
        text = "".join(self.pieces)
        self.pieces.clear()
        return text

    def open_run(self) -> None:
        self.in_run, self._hidden, self._look = True, False, ""

    def close_run(self) -> None:
        self.in_run = self._hidden = False
        self._look = ""

    def hide(self, on: bool) -> None:
        self._hidden = on and self.in_run

    def look(self, code: Code, on: bool) -> None:
        """What the font of the run does to its text; a line through it says more than its height."""
        if on and self.in_run and self._look != "struck":
            self._look = code

    def open_text(self) -> None:
        self.stray = self.stray or not self.in_run
        self.within = self.in_run and not self._hidden and not self._muted

    def open_plain(self) -> None:
        """A paragraph of one run of one text element."""
        self.within = not self._muted

    def close_text(self) -> None:
        self.within = False

    def sign(self, text: str) -> None:
        """A character that is an element; outside a run it is none (a tab stop)."""
        if self.in_run and not self._hidden and not self._muted:
            self.write(text)

    def symbol(self, font: str, code: str) -> None:
        if re.fullmatch("[0-9A-Fa-f]{2,4}", code):
            number = int(code, 16)
            self.sign(SYMBOLS.get(font.lower(), {}).get(number & 0xFF) or chr(number))

    def field(self, kind: str) -> None:
        """``begin``: a code follows; ``separate``: its result; ``end``."""
        if kind == "begin":
            self._fields.append(True)
            self._muted += 1
        elif self._fields and kind in ("separate", "end"):
            if self._fields[-1]:
                self._muted -= 1
                self._fields[-1], self._result = False, len(self.pieces)
            if kind == "end":
                self._fields.pop()
                self._choose()

    def choice(self, *entries: str) -> None:
        """The list of a form begins, or a box with what it shows."""
        self._entries, self._chosen = [*entries], 0

    def entry(self, text: str) -> None:
        if self._entries is not None and len(self._entries) < ENTRIES:
            self._entries.append(text)

    def chosen(self, number: int) -> None:
        self._chosen = number if self._entries is not None else 0

    def _choose(self) -> None:
        """Show what is chosen in a form, where no program wrote it there as the result of the field."""
        entries, self._entries = self._entries, None
        if entries and len(self.pieces) <= self._result:
            self.sign(entries[self._chosen] if self._chosen < len(entries) else entries[0])

    def open_control(self) -> None:
        self._controls.append(False)

    def prompt(self, on: bool) -> None:
        """The content control that is open shows what should be filled in, not what somebody did."""
        if on and self._controls and not self._controls[-1]:
            self._controls[-1] = True
            self._muted += 1

    def close_control(self) -> None:
        if self._controls:
            self._muted -= self._controls.pop()
