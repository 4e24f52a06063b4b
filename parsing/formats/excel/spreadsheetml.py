"""Excel 2003 XML (SpreadsheetML), which report systems export under the name .xls."""

from __future__ import annotations

import re
from collections.abc import Iterator

from parsing.errors import Damaged, EmptyFile, ReadError, TooLarge
from parsing.formats.excel.xlsx_strings import unescape
from parsing.formats.raw import limits, markup, packed
from parsing.formats.worksheet.number_formats import Render, general, iso_date, renderer
from parsing.formats.worksheet.quota import Quota
from parsing.formats.worksheet.sheet import Sheet
from parsing.grid import Grid

SIZE = 50 << 20  # bytes
CHUNK = 1 << 16
TEXT = 1 << 20
WORKBOOK = re.compile(r"<(\w+:)?workbook\b[^>]*urn:schemas-microsoft-com:office:spreadsheet", re.DOTALL)
# Formats that have a name instead of a code.
NAMED = {
    "General Number": "General",
    "General Date": "yyyy/m/d h:mm",
    "Long Date": 'yyyy"年"m"月"d"日"',
    "Medium Date": "d-mmm-yy",
    "Short Date": "yyyy/m/d",
    "Long Time": "h:mm:ss",
    "Medium Time": "h:mm AM/PM",
    "Short Time": "h:mm",
    "Currency": "￥#,##0.00",
    "Euro Currency": "€#,##0.00",
    "Fixed": "0.00",
    "Standard": "#,##0.00",
    "Percent": "0.00%",
    "Scientific": "0.00E+00",
}

# Where the elements that make the table may stand; what shows stands in Data.
HOMES = {"Row": ("Table",), "Cell": ("Row",), "Data": ("Cell", "Comment")}

Attributes = dict[str, str]


def sniff(data: bytes) -> bool:
    return WORKBOOK.search(markup.head(data)) is not None


def grids(name: str, data: bytes) -> Iterator[Grid | ReadError]:
    """A Grid for each sheet that holds something, in the order of the tabs.

    A sheet that cannot be read gives a ReadError at ``file › sheet``. Raises Damaged, EmptyFile, TooLarge
    or Unsafe when it is about the whole workbook.
    """
    if len(data) > SIZE:
        raise TooLarge()
    text = markup.decode(data)
    book = _Book(name)
    chunks = (text[at : at + CHUNK].encode() for at in range(0, len(text), CHUNK))
    packed.parse(chunks, book.start, book.end, book.text, encoding="utf-8")
    if not book.results:
        raise EmptyFile()
    yield from book.results
    if book.lost:
        yield Damaged(name, "有单元格不在任何工作表里，没有读取")


class _Book:
    """Handlers for the XML of the workbook. Raises TooLarge."""

    def __init__(self, file: str) -> None:
        self.results: list[Grid | ReadError] = []
        self.lost = False  # a cell with text in no sheet
        self._path: list[str] = []  # the open elements
        self._file = file
        self._quota = Quota(limits.CELLS, limits.ELEMENTS)
        self._formats: dict[str, str] = {}  # style → code of its format
        self._renders: dict[str, Render | None] = {}
        self._style = ""  # that is being defined
        self._sheet: Sheet | None = None
        self._row = self._column = self._columns = self._length = self._comments = 0
        self._row_style = self._kind = ""
        self._cell: Attributes = {}
        self._pieces: list[str] = []
        self._within = False

    def start(self, tag: str, attributes: Attributes) -> None:
        tag = tag.rpartition(":")[2]
        local = {key.rpartition(":")[2]: value for key, value in attributes.items()}
        if tag in HOMES and self._path[-1:] and self._path[-1] not in HOMES[tag]:
            self._doubt()
        self._path.append(tag)
        if tag == "Cell":
            self._column = self._next(local, self._column)
            self._cell, self._kind = local, ""
            self._empty()
        elif tag == "Data":
            if not self._comments:
                if self._pieces:  # a second value in one cell
                    self._doubt()
                self._within, self._kind = True, local.get("Type", "String")
        elif tag == "Row":
            self._row = self._next(local, self._row)
            self._column, self._row_style = 0, local.get("StyleID", "")
            if self._sheet and local.get("Hidden") == "1":
                self._sheet.hidden.hide_rows(self._row, 1 + self._number(local, "Span", 0))
            self._quota.elements -= 1
        elif tag in ("Comment", "PhoneticText"):
            self._comments += 1
        elif tag == "Column":
            first = self._next(local, self._columns)
            self._columns = first + self._number(local, "Span", 0)
            if self._sheet and local.get("Hidden") == "1":
                self._sheet.hidden.hide_columns(first, self._columns - first + 1)
        elif tag == "Worksheet":
            self._sheet = Sheet(self._file, local.get("Name", ""), self._quota)
            self._row, self._columns = 0, 0
        elif tag == "Visible":
            self._within = True
            self._empty()
        elif tag == "Style":
            self._style = local.get("ID", "")
            self._formats[self._style] = self._formats.get(local.get("Parent", ""), "General")
        elif tag == "NumberFormat" and self._style:
            code = local.get("Format", "General")
            self._formats[self._style] = NAMED.get(code, code)

    def text(self, data: str) -> None:
        if self._within:
            self._pieces.append(data)
            self._length += len(data)
            if self._length > TEXT:
                raise TooLarge()
        elif "Table" in self._path and "Data" not in self._path and not data.isspace():
            self._doubt()

    def end(self, tag: str) -> None:
        tag = tag.rpartition(":")[2]
        self._path.pop()
        if tag == "Cell":
            self._put()
        elif tag == "Data":
            self._within = False
        elif tag in ("Comment", "PhoneticText"):
            self._comments -= 1
        elif tag == "Visible":
            self._within = False
            if self._sheet:
                self._sheet.hidden.sheet = "".join(self._pieces) in ("SheetHidden", "SheetVeryHidden")
        elif tag == "Worksheet":
            if self._sheet:
                self.results += self._sheet.results()
            self._sheet = None
        elif tag == "Style":
            self._style = ""

    def _empty(self) -> None:
        self._pieces, self._length = [], 0
        self._quota.elements -= 1
        if self._quota.elements < 0:
            raise TooLarge()

    def _doubt(self) -> None:
        if self._sheet:
            self._sheet.doubt(self._row, self._column)

    def _next(self, attributes: Attributes, last: int) -> int:
        """The number of a row or cell after the ``last`` one; it may not go back."""
        number = self._number(attributes, "Index", last + 1)
        if number <= last:
            self._doubt()
        return number

    def _number(self, attributes: Attributes, name: str, otherwise: int) -> int:
        text = attributes.get(name, "")
        if text.isascii() and text.isdecimal() and len(text) < 8:
            return int(text)
        if name in attributes:
            self._doubt()
        return otherwise

    def _put(self) -> None:
        across, down = (self._number(self._cell, name, 0) for name in ("MergeAcross", "MergeDown"))
        text = self._shown("".join(self._pieces)).strip()
        if self._sheet:
            note = "" if text or "Formula" not in self._cell else "formula"
            self._sheet.put(self._row, self._column, text, down + 1, across + 1, note)
        self.lost = self.lost or bool(text and not self._sheet)
        self._column += across

    def _shown(self, raw: str) -> str:
        style = self._cell.get("StyleID") or self._row_style or "Default"
        if style not in self._renders:
            self._renders[style] = renderer(self._formats.get(style, "General"))
        render = self._renders[style]
        if self._kind == "Number":
            return (render or general)(raw.strip())
        if self._kind == "DateTime":
            return iso_date(raw.strip(), render)
        if self._kind == "Boolean":
            return "TRUE" if raw.strip() == "1" else "FALSE"
        return unescape(raw)
