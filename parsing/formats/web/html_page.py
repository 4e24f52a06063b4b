"""The body of a web page: its tags and texts one by one, as a browser lays them out."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Literal

from parsing.errors import Damaged, TooLarge
from parsing.formats.characters.runs import Code, marked
from parsing.formats.flow import Flow, FlowBox, FlowTable
from parsing.formats.raw import limits
from parsing.formats.raw.markup import Tag
from parsing.formats.web.html_looks import INLINE, cell_text, is_hidden, look
from parsing.formats.worksheet.hidden import NOTE

BREAK, BLOCK = "\x0b", "\x0e"  # <br>, and where a paragraph begins or ends; no page holds these
MARKS = re.compile("[\x0b\x0e]")
SPACE = re.compile(r"[ \t\r\n\f]+")
HAN = "[\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef“”]"
JOINT = re.compile(f"(?<={HAN})[ \t]*[\r\n][ \t\r\n]*(?={HAN})")  # such a line end is no space
LINES = frozenset((
    "p", "div", "li", "ul", "ol", "dl", "dt", "dd", "h1", "h2", "h3", "h4", "h5", "h6", "center", "hr",
    "form", "section", "article", "header", "footer", "blockquote", "address", "body", "caption", "pre",
))  # fmt: skip
GROUPS = frozenset(("thead", "tbody", "tfoot"))
LONE = "这里有单元格不在任何表格里，表格可能缺了文字、各栏错位，请核对"
BUTTONS = frozenset(("hidden", "button", "submit", "reset", "image", "file", "password", "checkbox", "radio"))


@dataclass(slots=True)
class _OpenTag:
    """A table and where we are in it. ``around``: the pieces of text it stands among; ``taken``: column →
    the row from which on it is free; ``spanning``: cells that reach down, with their row; ``hidden``: the
    table, or the row, is not shown."""

    table: FlowTable
    around: list[str]
    column: int = 1
    in_row: bool = False
    hidden: bool = False
    row_hidden: bool = False
    cell: FlowBox | None = None
    tag: Tag | None = None  # of the cell
    taken: dict[int, int] = field(default_factory=dict)
    spanning: list[tuple[int, FlowBox]] = field(default_factory=list)


class HtmlPage:
    """Takes tags and text one by one, as careless about what is not closed as a browser."""

    def __init__(self, flow: Flow) -> None:
        self._flow = flow
        self._pieces: list[str] = []  # of the cell, or of the text outside
        self._stack: list[_OpenTag] = []
        self._here: _OpenTag | None = None
        self._cells = 0
        self._looks: list[tuple[str, Code | Literal[""]]] = []  # open tags in a text, with what they do
        self._muted = self._kept = False  # in a list of choices; line ends count

    @property
    def is_open(self) -> bool:
        """Whether a table has not ended yet."""
        return self._here is not None

    def text(self, piece: str) -> None:
        if not self._muted:
            piece = MARKS.sub("", piece)
            if self._kept:
                piece = piece.strip("\r\n").replace("\r\n", "\n").replace("\n", BREAK)
            self._pieces.append(
                marked(piece, self._looks[-1][1]) if self._looks and self._looks[-1][1] else piece
            )

    def open(self, tag: Tag) -> None:
        name, here = tag.name, self._here
        if name in INLINE:
            above = self._looks[-1][1] if self._looks else ""
            self._looks.append((name, above or look(tag)))
            del self._looks[: -limits.COLUMNS]
        if name == "br":
            self._pieces.append(BREAK)
        elif name in LINES:
            self._pieces.append(BLOCK)
        elif name == "table":
            self._open_table(tag)
        elif name in ("textarea", "pre"):
            self._kept = True
        elif name == "input" and tag.attribute("type").lower() not in BUTTONS:
            self.text(tag.attribute("value"))
        elif name in ("select", "rt", "rp", "template"):
            self._muted = True
        elif name == "option":
            self._muted = "selected" not in tag.inside.lower()
        elif here is None:
            if name in ("td", "th"):
                self._flow.say(Damaged(reason=LONE))
        elif name in ("td", "th"):
            self._open_cell(here, tag)
        elif name == "tr":
            self._open_row(here)
            here.row_hidden = is_hidden(tag)
        elif name in GROUPS:
            self._close_group(here)

    def close(self, name: str) -> None:
        here = self._here
        if name in INLINE and any(name == opened for opened, _ in self._looks):
            while self._looks.pop()[0] != name:
                pass
        if name in LINES:
            self._pieces.append(BLOCK)
        if name in ("textarea", "pre"):
            self._kept = False
        elif name in ("select", "rt", "rp", "template"):
            self._muted = False
        elif here is None:
            return
        elif name in ("td", "th"):
            self._close_cell(here)
        elif name == "tr":
            self._close_cell(here)
            here.in_row = False
        elif name == "table":
            self._close_table(here)
        elif name in GROUPS:
            self._close_group(here)

    def end(self) -> None:
        while self._here:
            self._close_table(self._here)
        self._paragraphs()

    def _paragraphs(self) -> None:
        for line in _laid_out(self._pieces).split("\n"):
            self._flow.paragraph(line)
        self._pieces.clear()

    def _open_table(self, tag: Tag) -> None:
        if self._here is None:
            self._paragraphs()
        unseen = is_hidden(tag) or bool(self._here and self._here.cell and self._here.cell.note)
        table = self._flow.open(self._here.column if self._here else 1)
        self._here = _OpenTag(table, self._pieces, hidden=unseen)
        self._stack.append(self._here)

    def _close_table(self, here: _OpenTag) -> None:
        self._close_cell(here)
        if len(self._stack) == 1:
            self._paragraphs()  # what stood in the table outside its cells: a caption
        self._flow.close()
        self._stack.pop()
        self._here = self._stack[-1] if self._stack else None

    def _open_row(self, here: _OpenTag) -> None:
        self._close_cell(here)
        here.table.rows.append([])
        here.column, here.in_row, here.row_hidden = 1, True, False
        if len(here.table.rows) > limits.ROWS:
            raise TooLarge()

    def _open_cell(self, here: _OpenTag, tag: Tag) -> None:
        self._close_cell(here)
        if not here.in_row:
            self._open_row(here)
        row = len(here.table.rows) - 1
        while here.taken.get(here.column, 0) > row:
            here.column += 1
        width = min(_count(tag.attribute("colspan")) or 1, limits.COLUMNS)
        down = _count(tag.attribute("rowspan")) if "rowspan" in tag.inside.lower() else 1
        here.cell = FlowBox(here.column, "", width, min(down or limits.ROWS, limits.ROWS))  # 0: to the end
        if here.hidden or here.row_hidden or is_hidden(tag):
            here.cell.note = NOTE
        if here.cell.height > 1 and here.column <= limits.COLUMNS:
            here.taken.update(dict.fromkeys(range(here.column, here.column + width), row + here.cell.height))
            here.spanning.append((row, here.cell))
        here.tag, self._pieces = tag, []
        self._cells += 1
        if self._cells > 2 * limits.CELLS:
            raise TooLarge()

    def _close_cell(self, here: _OpenTag) -> None:
        cell = here.cell
        if cell is not None:
            self._looks.clear()
            cell.text = cell_text(_laid_out(self._pieces), here.tag)
            if cell.text:
                here.table.rows[-1].append(cell)
            here.column = cell.column + cell.width
            here.cell, self._pieces = None, here.around

    def _close_group(self, here: _OpenTag) -> None:
        """No cell reaches out of its group of rows."""
        self._close_cell(here)
        here.in_row = False
        for row, cell in here.spanning:
            cell.height = min(cell.height, len(here.table.rows) - row)
        here.spanning.clear()
        here.taken.clear()


def _laid_out(pieces: list[str]) -> str:
    """Space as a browser shows it: runs of it are one, and only tags begin a line."""
    text = SPACE.sub(" ", JOINT.sub("", "".join(pieces)))
    blocks = [block.strip(" ") for block in text.split(BLOCK)]
    lines = (line.strip() for block in blocks if block for line in block.removesuffix(BREAK).split(BREAK))
    return "\n".join(lines).replace("\xa0", " ").strip()


def _count(text: str) -> int:
    match = re.match(r"\s*(\d{1,6})", text)
    return int(match[1]) if match else 1
