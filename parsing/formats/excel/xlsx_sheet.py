"""One worksheet of a workbook, streamed from its XML into a Grid."""

from __future__ import annotations

from typing import NamedTuple

from parsing.errors import Damaged, TooLarge
from parsing.formats.characters.runs import marked
from parsing.formats.excel import xlsx_rows
from parsing.formats.excel.xlsx_conditions import Conditions
from parsing.formats.excel.xlsx_strings import PIECES, Font, unescape
from parsing.formats.excel.xlsx_styles import Look
from parsing.formats.raw import limits, packed
from parsing.formats.raw.packed import Package
from parsing.formats.worksheet.hidden import Hidden
from parsing.formats.worksheet.merging import DIGITS, Rows, area, merge
from parsing.formats.worksheet.number_formats import Render, general, iso_date
from parsing.formats.worksheet.quota import Quota
from parsing.formats.worksheet.references import Columns
from parsing.grid import Cell, Grid, Place, column_letters

ON = ("1", "true")


class Book(NamedTuple):
    """What the sheets of a workbook share. ``renders``: style number → how it shows numbers; ``looks``:
    style number → what it does to texts; ``unpainting``: conditional formats that hide a text."""

    strings: list[str]
    renders: dict[str, Render]
    looks: dict[str, Look]
    unpainting: frozenset[int] = frozenset()


class ParsedSheet(NamedTuple):
    """A sheet. ``beyond``: the first cell that stands outside what is read ("" if none does); ``covered``:
    the cells that merged ones hide."""

    grid: Grid
    beyond: str
    covered: list[Cell]


def read(
    package: Package, path: str, book: Book, file: str, part: str, quota: Quota, unseen: bool = False
) -> ParsedSheet:
    """``unseen``: the sheet is hidden. Raises Damaged (also where a cell is in another row than it says, two
    are in one place, or text is in none), Unsafe, or TooLarge (more than ``quota`` holds, too many merges,
    too long a text); ValueError or IndexError on numbers that are none and on strings that are not there.
    """
    # The handlers run a million times a second: plain variables, and nothing done twice.
    rows: Rows = {}
    cells: dict[int, Cell] | None = None  # of the row, made when there is one
    merges: list[str] = []
    columns = Columns()
    strings, find_render, looks, new = book.strings, book.renders.get, book.looks, tuple.__new__
    font = Font()
    row = column = count = seen = 0
    most, most_cells, most_text = quota.elements, quota.cells, limits.TEXT
    last_row, last_column = limits.ROWS, limits.COLUMNS
    here: dict[str, str] = {}  # attributes of the cell
    pieces: list[str] = []  # of its text
    opened = formula = within = aside = inline = rich = False
    hidden, conditions = Hidden(unseen), Conditions(book.unpainting)
    beyond = mark = among = ""  # among: rows or merged areas are to be expected

    def start(tag: str, attributes: dict[str, str]) -> None:
        nonlocal row, column, cells, here, opened, formula, within, aside, seen, mark, inline, among, rich
        if tag == "c":
            if opened or pieces:  # a cell in a cell, or text outside of one
                raise Damaged()
            opened, inline = True, False
            if "r" not in attributes:  # then it stands beside the one before
                column = 1 + (columns[here["r"].rstrip(DIGITS)] if "r" in here else column)
            here = attributes
            seen += 1
            if seen > most:
                raise TooLarge()
        elif tag == "v" or tag == "t":
            if not opened or (not inline and (tag == "t" or pieces)):  # out of place, or a second value
                raise Damaged()
            if rich and tag == "v":  # the text itself, under the wrong name
                raise Damaged()
            aside = aside or (inline and tag == "v")
            within = not aside
        elif tag == "is":
            if inline and pieces:  # a second text in one cell: which of them shows, nobody knows
                raise Damaged()
            inline = rich = True
            pieces.clear()  # a value beside the text does not show
        elif tag == "f":
            formula = True
        elif tag == "row":
            row = int(attributes["r"]) if "r" in attributes else row + 1
            cells, mark, here, column = None, str(row), {}, 0
            if attributes.get("hidden") in ON:
                hidden.hide_rows(row)
            seen += 1
            if seen > most:
                raise TooLarge()
        elif tag == "rPh":
            aside = True
        elif tag == "sheetData" or tag == "mergeCells":
            among = tag
        elif tag == "col":
            if attributes.get("hidden") in ON:
                first, last = int(attributes["min"]), int(attributes["max"])
                hidden.hide_columns(first, last - first + 1)
        elif tag == "mergeCell":
            merges.append(attributes.get("ref", ""))
            if len(merges) > limits.MERGES:
                raise TooLarge()
        elif inline:
            font.start(tag, attributes)
        else:
            conditions.start(tag, attributes)

    def text(data: str) -> None:
        if within:
            pieces.append(font.marked(data))
            if len(pieces) > PIECES * 64:  # a rich text has a piece for each change of type
                raise TooLarge()
        elif not opened:
            conditions.text(data)
        elif not (formula or aside or data.isspace()):
            raise Damaged()

    def end(tag: str) -> None:
        nonlocal opened, formula, within, aside, among, rich
        if tag == "c":
            opened = False
            font.clear()
            if pieces or formula:
                find = here.get
                raw = pieces[0] if len(pieces) == 1 else "".join(pieces)
                pieces.clear()
                put(find("r", ""), find("s", "0"), find("t", "n"), formula, raw)
                formula = False
        elif tag == "v" or tag == "t":
            within, aside = False, aside and tag == "t"
        elif tag == "r":
            font.clear()
        elif tag == "rPh":
            aside = False
        elif tag == "is":
            rich = False
        elif tag == among:
            among = ""
        else:
            conditions.end(tag)

    def put(ref: str, style: str, kind: str, formula: bool, raw: str) -> None:
        nonlocal column, count, cells, beyond
        note = ""
        if kind == "s":
            if (number := int(raw)) < 0:  # which Python would count from the end
                raise IndexError
            shown = strings[number]
        elif kind == "n":
            if raw := raw.strip():
                render = find_render(style)
                shown = render(raw).strip() if render else general(raw)
                if not conditions.zeros and float(raw) == 0:
                    shown = marked(shown, "unseen")
            else:
                shown, note = "", "formula" if formula else ""
        else:
            shown = _typed(kind, raw, find_render(style)).strip()
        if not shown and not note:
            return
        if looks and shown and style in looks:
            shown = looks[style](shown, kind)
        if ref:
            column = columns[ref.removesuffix(mark)]  # another row number is none of its letters
        else:
            ref = f"{column_letters(column)}{row}"
        if column > last_column or row > last_row:
            beyond = beyond or ref
            return
        count += 1
        if count > most_cells or len(shown) > most_text:
            raise TooLarge()
        if cells is None:
            cells = rows.setdefault(row, {})
        cells[column] = new(Cell, (shown, new(Place, (file, part, row, column, ref)), 1, 1, note, None))

    def skim(piece: bytes) -> bool:
        nonlocal row, cells, mark, seen
        if opened or within or aside or formula or pieces:
            return False
        if among == "mergeCells" and (areas := xlsx_rows.areas(piece)):
            merges.extend(areas)
            if len(merges) > limits.MERGES:
                raise TooLarge()
            return True
        tokens = xlsx_rows.tokens(piece) if among == "sheetData" else None
        if not tokens:
            return False
        seen += piece.count(b"<row ") + piece.count(b"<c ")
        if seen > most:
            raise TooLarge()
        for _, ref, style, kind, counted, value, inline, number, attributes in tokens:
            if number:
                if not xlsx_rows.is_sound(attributes):
                    raise Damaged()
                row, cells = int(number), None
                mark = str(row)
                if "hidden" in attributes and xlsx_rows.is_hidden(attributes):
                    hidden.hide_rows(row)
            elif (raw := value or inline) or counted:
                raw = xlsx_rows.unescaped(raw) if "&" in raw else raw
                put(ref, style or "0", kind or "n", bool(counted), raw)
        return True

    try:
        chunks = xlsx_rows.pieces(package.chunks(path))
        packed.parse(chunks, start, end, text, skim=skim)
    finally:
        quota.cells -= count
        quota.elements -= seen
    if pieces or count > sum(map(len, rows.values())):
        raise Damaged()
    rows = dict(sorted(rows.items()))
    covered = merge(rows, [area(ref, columns) for ref in merges])
    conditions.apply(rows, columns)
    hidden.mark(rows)
    grid = tuple(
        tuple(map(by_column.__getitem__, sorted(by_column))) for by_column in rows.values() if by_column
    )
    return ParsedSheet(Grid(file, part, grid, spans=bool(merges)), beyond, covered)


def _typed(kind: str, raw: str, render: Render | None) -> str:
    if kind == "b":
        return "TRUE" if raw.strip() in ("1", "true") else "FALSE"
    if kind == "d":
        return iso_date(raw.strip(), render)
    return unescape(raw)  # inlineStr, str (a formula's text), e (an error such as #DIV/0!)
