"""The XML of an OpenDocument file, streamed into sheets, or into paragraphs and tables."""

from __future__ import annotations

import re
from collections.abc import Iterator

from parsing.errors import Covered, ReadError, TooLarge
from parsing.formats.characters.runs import is_marked
from parsing.formats.flow import Flow, FlowBox
from parsing.formats.odf.odf_looks import Styles, value
from parsing.formats.odf.odf_table import OdfCell, OdfTable
from parsing.formats.raw import limits
from parsing.formats.worksheet.quota import Quota
from parsing.formats.worksheet.sheet import REPEATS, Sheet
from parsing.grid import Grid

TAGS = 10_000_000
TEXT = 1 << 20  # characters of a paragraph or cell
ASIDE = "文本框"
LOOSE = "格子里有文字不在段落中，办公软件不显示，没有读取"
ORPHAN = "这里有被合并单元格盖住的格，但没有找到盖住它的格，可能缺了一格的内容"
BETWEEN = "表里有文字不在格子里，办公软件不显示，没有读取"
UNSEEN = ("collapse", "filter")  # rows and columns that somebody hid
COUNT = re.compile(r"(?=\d{1,9}\Z)0*[1-9]\d*", re.ASCII)
SPACE = re.compile(r"[ \t\r\n]{2,}|[\t\r\n]")
# What is not shown in the text: remarks, deleted text, how a character is pronounced, shapes and caches.
SKIP = frozenset((
    "annotation", "annotation-end", "tracked-changes", "note", "ruby-text", "forms", "shapes", "dde-link",
    "desc", "automatic-styles", "styles", "master-styles", "font-face-decls", "meta", "settings", "scripts",
))  # fmt: skip

Attributes = dict[str, str]


class OdfBody:
    """Handlers for the XML. Raises TooLarge."""

    def __init__(self, file: str) -> None:
        self._file = file
        self._flow, self._aside = Flow(file), Flow(file, ASIDE)
        self._quota = Quota(limits.CELLS, limits.ELEMENTS)
        self._found: list[Grid | ReadError] = []
        self._is_book = False
        self._seen = self._skipping = self._length = 0
        self._stack: list[OdfTable] = []
        self._pieces: list[str] = []
        self._within = False  # a paragraph
        self._style = ""  # that is being defined
        self._unseen: set[str] = set()  # styles of hidden sheets
        self._looks = Styles()
        self._frames: list[bool] = []
        self._outside: list[tuple[Flow, list[OdfTable], list[str]]] = []  # what a text box interrupts

    def results(self) -> Iterator[Grid | ReadError]:
        yield from self._found
        yield from self._flow.finish()
        yield from self._aside.finish()

    def start(self, tag: str, attributes: Attributes) -> None:
        self._seen += 1
        if self._seen > TAGS:
            raise TooLarge()
        if self._skipping or tag in SKIP or (self._is_book and tag == "frame"):
            self._skipping += 1
            self._look(tag, attributes)
        elif tag == "p" or tag == "h":
            self._within = True
            self._looks.open_paragraph(attributes)
        elif tag == "table-cell" or tag == "covered-table-cell":
            if self._stack:
                times = self._count(attributes, "table:number-columns-repeated")
                self._stack[-1].part = OdfCell(times, attributes)
        elif tag == "table-row":
            if self._stack:
                here = self._stack[-1]
                here.column, here.repeated = 1, self._count(attributes, "table:number-rows-repeated")
                if here.sheet and attributes.get("table:visibility") in UNSEEN:
                    here.sheet.hidden.hide_rows(here.row, here.repeated)
                if here.table is not None:
                    here.table.rows.append([])
        elif tag == "table-column":
            if self._stack and (sheet := self._stack[-1].sheet):
                times = self._count(attributes, "table:number-columns-repeated")
                if attributes.get("table:visibility") in UNSEEN:
                    sheet.hidden.hide_columns(self._stack[-1].columns + 1, times)
                self._stack[-1].columns += times
        elif tag == "span":
            self._looks.open_span(attributes)
        elif tag == "s":
            self._write(" " * min(self._count(attributes, "text:c"), 1_000))
        elif tag == "tab":
            self._write("\t")
        elif tag == "line-break":
            self._write("\n")
        elif tag == "table":
            self._open_table(attributes)
        elif tag == "spreadsheet":
            self._is_book = True
        elif tag == "table-source" and self._stack:
            self._stack[-1].cache = True
        elif tag == "frame":
            self._frames.append(self._within)
            self._within = False
        elif tag == "text-box":
            self._outside.append((self._flow, self._stack, self._pieces))
            self._flow, self._stack, self._pieces = self._aside, [], []

    def _look(self, tag: str, attributes: Attributes) -> None:
        """Of the styles, which say how things look, only that of a hidden sheet matters."""
        if tag == "style":
            self._style = attributes.get("style:name", "")
            self._looks.parent(self._style, attributes)
        elif tag == "text-properties":
            self._looks.take(self._style, attributes)
        elif tag == "table-properties" and attributes.get("table:display") == "false":
            self._unseen.add(self._style)

    def text(self, data: str) -> None:
        if not self._skipping:
            self._write(SPACE.sub(" ", data))
            outside = not self._within and not self._frames
            if outside and self._stack and self._stack[-1].part and data.strip():
                self._loose(LOOSE)

    def end(self, tag: str) -> None:
        if self._skipping:
            self._skipping -= 1
        elif tag == "span":
            self._looks.close_span()
        elif tag == "p" or tag == "h":
            self._close_paragraph()
        elif tag == "table-cell" or tag == "covered-table-cell":
            if self._stack and self._stack[-1].part:
                self._close_cell(self._stack[-1], self._stack[-1].part, tag == "table-cell")
        elif tag == "table-row":
            if self._stack:
                self._close_row(self._stack[-1])
        elif tag == "table":
            self._close_table()
        elif tag == "frame" and self._frames:
            self._within = self._frames.pop()
        elif tag == "text-box" and self._outside:
            self._flow.cut()
            self._flow, self._stack, self._pieces = self._outside.pop()

    def _write(self, data: str) -> None:
        if self._within:
            self._pieces.append(self._looks.seen(data))
            self._length += len(data)
            if self._length > TEXT:
                raise TooLarge()

    def _close_paragraph(self) -> None:
        text = "".join(self._pieces)
        self._pieces.clear()
        self._within = False
        part = self._stack[-1].part if self._stack else None
        if part is not None:
            part.lines.append(text)
        elif text:
            self._flow.paragraph(text)
            self._length = 0
            self._loose(BETWEEN)

    def _open_table(self, attributes: Attributes) -> None:
        if not self._is_book:
            self._stack.append(OdfTable(None, self._flow.open(self._stack[-1].column if self._stack else 1)))
        elif self._stack:
            self._skipping = 1  # no program makes a sheet in a sheet
        else:
            sheet = Sheet(self._file, attributes.get("table:name", ""), self._quota)
            sheet.hidden.sheet = attributes.get("table:style-name", "") in self._unseen
            self._stack.append(OdfTable(sheet, None))

    def _close_table(self) -> None:
        if self._stack:
            here = self._stack.pop()
            if here.sheet is None:
                self._flow.close()
            elif not here.cache:
                self._found += here.sheet.results()

    def _close_row(self, here: OdfTable) -> None:
        if here.table is not None and here.table.rows:
            copies = min(here.repeated - 1, REPEATS if here.table.rows[-1] else 100)
            here.table.rows += [list(here.table.rows[-1]) for _ in range(copies)]
        here.row += here.repeated

    def _close_cell(self, here: OdfTable, part: OdfCell, is_seen: bool) -> None:
        here.part, self._length = None, 0
        text, note = "\n".join(part.lines).strip(), ""
        if text and not is_seen and here.table is not None:
            self._flow.say(Covered())
            text = ""
        if is_seen and not text and part.attributes:
            text, note = value(part.attributes)
        if text and not is_marked(text):
            text = self._looks.cell(text, part.attributes)
        width = self._count(part.attributes, "table:number-columns-spanned")
        height = self._count(part.attributes, "table:number-rows-spanned")
        if is_seen:
            here.cover(width, height)
        elif not here.is_covered:
            self._loose(ORPHAN)
        if text or note:
            last = max(here.column + 1, min(here.column + part.times, limits.COLUMNS + 2))
            for column in range(here.column, last):
                if here.sheet is not None:
                    here.sheet.put(here.row, column, text, height, width, note, here.repeated)
                elif here.table is not None and here.table.rows:
                    here.table.rows[-1].append(FlowBox(column, text, width, height))
        here.column += part.times

    def _count(self, attributes: Attributes, name: str) -> int:
        text = attributes.get(name, "1")
        if not COUNT.fullmatch(text):
            self._doubt()
            return 1
        return int(text)

    def _loose(self, reason: str) -> None:
        """A text in a table that no program shows."""
        if self._is_book:
            self._doubt()
        elif self._stack:
            self._flow.say(Covered(reason=reason))

    def _doubt(self) -> None:
        """What is said of rows and cells makes no sense."""
        if self._stack and (sheet := self._stack[-1].sheet):
            sheet.doubt(self._stack[-1].row, self._stack[-1].column)
