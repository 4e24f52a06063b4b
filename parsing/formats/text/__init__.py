"""Text, pasted or saved: cells parted by tabs, commas, semicolons, bars, or two and more spaces."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain

from parsing.errors import Damaged, EmptyFile, ReadError, TooLarge, Unsupported
from parsing.formats.raw import limits
from parsing.formats.raw.unsupported import stranger
from parsing.formats.text import pasted
from parsing.grid import Cell, Grid, Place, Row

CUT = "文件末尾不完整，最后一个字被截断，后面可能还有内容"
PART = "文本"
BLANK_LINES = re.compile(r"\n\s*\n")
BOMS = ((b"\xef\xbb\xbf", "utf-8"), (b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be"))
FEW = 20  # as many letters for each that is broken: then the rest is worth reading
CONTROLS = [chr(k) for k in (*range(9), *range(0x0E, 0x20), 0x7F, 0xFFFE, 0xFFFF)]
BINARY = re.compile(f"[{''.join(CONTROLS)}]")
BAR = "|"
INDENT = 4  # blanks before a line that is not at the edge of its page
GAP = re.compile("[ \xa0]{2,}")
GAPS = re.compile("[ \xa0]{2,}|\t")  # a stray tab parts cells in a text aligned with spaces, too
# A cell in quotes fills all the room between two delimiters: “"甲"项目” is no such cell and keeps
# its quotes, where the csv module would drop them.
QUOTED = '"(?P<quoted>(?:[^"]++|"")*+)"'
# The line below the first row of a table in Markdown, a cell of it; and the marks of headings and bold text
DASHES = "(?::?-{2,}:?|:-:?|-:)"
RULE = re.compile(rf"^[ \t]*\|?(?:[ \t]*{DASHES}[ \t]*\|)+(?:[ \t]*{DASHES})?[ \t]*$", re.MULTILINE)
COLUMNS = 3  # cells, of more than which each line of a table that kept its columns has
RULED = re.compile(rf"\s*{DASHES}\s*")
DRESS = re.compile(r"^\s*(?:#{1,6}|>)\s+|\*\*")
BREAK = re.compile(r"\s*<br\s*/?>\s*", re.IGNORECASE)
ASIDE = re.compile(rf"(?:\A|(?<=[\t,;\n])){QUOTED}(?=[\t,;\n]|\Z)")


def sniff(data: bytes) -> bool:
    return stranger(data) is None and _whole(data)[0] is not None


def grids(name: str, data: bytes) -> Iterator[Grid | ReadError]:
    """One Grid without spans. A place's row is the line in the file, its column the cell in that line.

    Raises EmptyFile, TooLarge, Unsupported (not text).
    """
    text, lost = _whole(data)
    if text is None:
        raise Unsupported(name)
    if not text.strip():
        raise EmptyFile(name)
    whole = text.replace("\r\n", "\n").replace("\r", "\n")
    text = pasted.restored(whole)
    is_restored = text != whole
    rows = []
    count = 0
    delimiter = _delimiter(text)
    aligned = delimiter is None and _is_aligned(text)
    markdown = delimiter == BAR and RULE.search(text) is not None
    for line, texts in _records(text, delimiter):
        if markdown:
            texts = [BREAK.sub("\n", DRESS.sub("", cell)) for cell in texts if not RULED.fullmatch(cell)]
        if is_restored:  # paragraphs of a page
            texts = [BLANK_LINES.sub("\n", cell) for cell in texts]
        row = tuple(_cells(name, line, texts))
        if not row:
            continue
        rows.append(row)
        count += len(row)
        if len(rows) > limits.ROWS or count > limits.CELLS:
            raise TooLarge(name)
    end = rows[-1][0].place.row
    columns = delimiter not in (None, BAR) or markdown or (delimiter == BAR and _is_filled(text))
    lines = tuple(_placed(rows, text) if aligned else rows)
    gaps = frozenset([end] if lost == CUT else [])
    yield Grid(name, PART, lines, columns=columns, aligned=aligned, gaps=gaps)
    if lost:
        yield Damaged(name, lost, "请重新保存或下载完整的文件")


def _cells(name: str, line: int, texts: list[str]) -> Iterator[Cell]:
    for column, text in enumerate(map(str.strip, texts), 1):
        if text:
            place = Place(name, PART, line, column, f"第{line}行第{column}列")
            if len(text) > limits.TEXT or column > limits.COLUMNS:
                raise TooLarge(str(place))
            yield Cell(text, place)


def _is_filled(text: str) -> bool:
    """Whether bars part all lines into as many cells, none of them blank: merged cells are in each place."""
    lines = [line.split(BAR) for line in text.split("\n") if line.strip()]
    return len({*map(len, lines)}) == 1 and len(lines[0]) > COLUMNS and all(map(str.strip, chain(*lines)))


def _is_aligned(text: str) -> bool:
    """Whether blanks align the columns of a text: many lines begin with some, as many have more between."""
    lines = [line for line in text.split("\n") if line.strip()]
    indented = sum(line[:INDENT].isspace() for line in lines)
    parted = sum(GAP.search(line.strip()) is not None for line in lines)
    return indented > 2 and indented * 5 > len(lines) and (parted + indented) * 4 > 3 * len(lines)


def _placed(rows: Sequence[Row], text: str) -> Iterator[Row]:
    """The rows of an aligned text, each cell where its text begins in its line."""
    lines = text.split("\n")
    for row in rows:
        cells, end = [], 0
        for cell in row:
            begin = lines[cell.place.row - 1].index(cell.text, end)
            end = begin + len(cell.text)
            cells.append(cell._replace(place=cell.place._replace(column=begin + 1), width=len(cell.text)))
        yield tuple(cells)


def _whole(data: bytes) -> tuple[str | None, str]:
    """The text, and what is lost of it: its end, as of a file cut short, or letters here and there."""
    if data.count(0) * 5 > len(data) * 3:  # in UTF-16 half of them may be zero
        return None, ""
    # a short text in UTF-8 that is broken somewhere may be one in GB18030, too, but it says nothing then
    encodings = ("utf-8",) if _loose(data, "utf-8")[1] else ("utf-8", "gb18030")
    for lost in range(4):
        if (text := _decode(data[: len(data) - lost], encodings)) is not None:
            return text, CUT if lost else ""
    for encoding in ("utf-8-sig", "gb18030"):
        text, broken = _loose(data, encoding)
        if broken and not _is_binary(text):
            return text, f"文件里有 {broken} 处字符已损坏，显示为“�”，其余部分已读取，请核对"
    return None, ""


def _loose(data: bytes, encoding: str) -> tuple[str, int]:
    """The text with the broken letters as �, and how many those are; 0 where they are not few."""
    text = data.decode(encoding, "replace")
    broken = text.count("\ufffd")
    letters = len(text) - len(text.encode("ascii", "ignore"))
    return text, broken if broken * FEW <= letters else 0


def _decode(data: bytes, encodings: Iterable[str]) -> str | None:
    """The text, or None for bytes that are none. Strict at each step, surest sign first."""
    for bom, encoding in BOMS:
        if data.startswith(bom):
            return _strict(data[len(bom) :], encoding)
    if b"\0" in data:  # UTF-16 without a BOM: tabs, line ends and digits have their zero byte; or a stray one
        little = data[1::2].count(0) >= data[::2].count(0)
        encodings = ("utf-8", "utf-16-le" if little else "utf-16-be")
    texts = (_strict(data, encoding) for encoding in encodings)
    return next((text for text in texts if text is not None), None)


def _strict(data: bytes, encoding: str) -> str | None:
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError:
        return None
    return None if _is_binary(text) else text


def _is_binary(text: str) -> bool:
    """Whether so many of its letters are none that it is no text; a few are cleaned away later."""
    return BINARY.search(text) is not None and FEW * sum(map(text.count, CONTROLS)) > len(text)


def _records(text: str, delimiter: str | None) -> Iterator[tuple[int, list[str]]]:
    """(number of the first line, cells) of each record; a quoted cell may run over several lines."""
    if delimiter is None:
        for line, record in enumerate(text.split("\n"), 1):
            yield line, GAPS.split(record)
        return
    field = re.compile(rf"{QUOTED}(?=[{delimiter}\n]|\Z)|[^{delimiter}\n]*+")
    line, here, cells, first = 1, 0, list[str](), 1
    while True:
        match = field.match(text, here)
        assert match is not None  # the second branch matches the empty text
        quoted = match["quoted"]
        cells.append(match[0] if quoted is None else quoted.replace('""', '"'))
        line += match[0].count("\n")
        here = match.end()
        if text[here : here + 1] != delimiter:
            yield first, cells
            line += 1
            cells, first = [], line
        if here == len(text):
            return
        here += 1


def _delimiter(text: str) -> str | None:
    """The one that parts more lines; tabs when in doubt, as commas stand in prose and tabs do not."""
    lines = ASIDE.sub("", text).split("\n")
    tabs, commas, halves, bars = (sum(mark in line for line in lines) for mark in f"\t,;{BAR}")
    gaps = sum(GAP.search(line) is not None for line in lines)
    if bars > 1 and bars >= max(tabs, commas, halves, gaps):  # as web pages and Markdown draw a table
        return BAR
    if tabs and tabs >= commas and 2 * tabs >= gaps:  # gaps stand in prose and titles, too
        return "\t"
    mark, marked = (";", halves) if halves > commas else (",", commas)
    filled = sum(
        map(bool, map(str.strip, lines))
    )  # a program that writes such marks writes them in all lines
    return mark if marked and marked >= gaps and 2 * marked >= filled else None
