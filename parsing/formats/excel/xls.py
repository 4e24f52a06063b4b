"""Excel 97–2003 workbooks and older (.xls, WPS .et), texts as Excel shows them; on xlrd.

Sheets are chosen and cells shown as in ``xlsx``; formulas show their last value, the only thing the
format keeps of them for us.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Any

from parsing.errors import Damaged, EmptyFile, ReadError, TooLarge, Unlisted
from parsing.formats.excel import biff_records
from parsing.formats.excel.xls_looks import Fonts
from parsing.formats.raw import limits
from parsing.formats.worksheet import covered
from parsing.formats.worksheet.hidden import Hidden
from parsing.formats.worksheet.merging import Rows, merge
from parsing.formats.worksheet.number_formats import BUILTIN, Render, general, renderer, worded
from parsing.grid import Cell, Grid, Place, column_letters

STREAM = 64 << 20  # bytes; a million cells are a third of it
BARE = tuple(kind.to_bytes(2, "little") for kind in biff_records.BOF)
SWALLOWED = "这张表的数据有损坏，有些单元格没有读到，其余部分已读取"
CHINESE = "gb18030"
Renders = tuple[Render | None, Render | None]  # of numbers, of texts
TEXT, NUMBER, DATE, BOOLEAN, ERROR = 1, 2, 3, 4, 5  # kinds of cells, as xlrd numbers them
ERRORS = {0: "#NULL!", 7: "#DIV/0!", 15: "#VALUE!", 23: "#REF!", 29: "#NAME?", 36: "#NUM!", 42: "#N/A"}


def sniff(data: bytes) -> bool:
    """A stream without its container, as report programs write it; with one it comes by ``compound``."""
    return data.startswith(BARE) and data[2:4] in (b"\x04\0", b"\x06\0", b"\x08\0", b"\x10\0")


def grids(name: str, data: bytes) -> Iterator[Grid | ReadError]:
    """A Grid for each sheet of the BIFF stream ``data`` that holds something, in the order of the tabs.

    A sheet that cannot be read gives a ReadError at ``file › sheet``. Raises Damaged, EmptyFile or
    TooLarge when it is about the whole workbook.
    """
    if len(data) > STREAM:
        raise TooLarge()
    book = _open(biff_records.wanted(data))
    renders = _renders(book)
    swallowed = biff_records.swallowed(data)
    room, nothing = limits.CELLS, True
    for index, part in enumerate(book.sheet_names()):
        place = f"{name} › {part}"
        try:
            sheet = book.sheet_by_index(index)
            unseen = Hidden(sheet=bool(sheet.visibility))  # very hidden ones, too
            biff_records.hide(data, book._sh_abs_posn[index], unseen)
            grid, hidden = _grid(sheet, renders, name, part, unseen)
            room -= sum(map(len, grid.rows))
            if room < 0:  # sheets may share their cells in a file made to hurt
                raise TooLarge()
        except ReadError as error:
            yield error.at(place)
            nothing = False
            continue
        except Exception:  # xlrd ends in a dozen kinds of these on a broken sheet
            yield Damaged(place)
            nothing = False
            continue
        finally:
            if book.on_demand:
                book.unload_sheet(index)
        if grid.rows:
            yield grid
            nothing = False
        yield from covered.covered_texts(hidden)
        if any(_holds(book, index, at) for at in swallowed):
            yield Damaged(place, SWALLOWED)
            nothing = False
    for number, _ in enumerate(_unlisted(book, data), 1):
        yield Unlisted(f"{name} › 第{number}张未列入目录的工作表")
        nothing = False
    if nothing:
        raise EmptyFile(name)


def _open(stream: bytes) -> Any:
    """xlrd's Book. Raises whatever xlrd does."""
    import xlrd

    def book(encoding: str | None = None) -> Any:
        return xlrd.open_workbook(
            file_contents=stream,
            logfile=io.StringIO(),
            formatting_info=True,
            on_demand=True,
            ragged_rows=True,
            encoding_override=encoding,
        )

    try:
        workbook = book()
    except LookupError:  # a codepage that nobody has
        return book(CHINESE)
    # Texts of one byte a letter, and no word of how: the programs that write so are at home here
    return book(CHINESE) if workbook.biff_version < 80 and workbook.codepage is None else workbook


def _unlisted(book: Any, stream: bytes) -> list[int]:
    """Where sheets begin that the list of sheets does not name."""
    if book.biff_version < 50:  # before there was such a list
        return []
    return [at for at in biff_records.sheets(stream) if at not in book._sh_abs_posn]


def _holds(book: Any, index: int, at: int) -> bool:
    """Whether the byte ``at`` belongs to the sheet."""
    starts = book._sh_abs_posn
    return bool(starts[index] < at and not any(starts[index] < start <= at for start in starts))


def _renders(book: Any) -> list[Renders]:
    """How each cell format, by its number, shows numbers and texts."""
    codes = dict(BUILTIN) if book.biff_version >= 50 else {}
    codes |= {entry.format_key: entry.format_str for entry in book.format_list}
    made = {
        key: (renderer(code := codes.get(key, "General"), book.datemode == 1), worded(code))
        for key in _keys(book)
    }
    return [made[key] for key in _keys(book)]


def _keys(book: Any) -> list[int]:
    return [style.format_key for style in book.xf_list]


def _grid(
    sheet: Any, renders: list[Renders], file: str, part: str, unseen: Hidden
) -> tuple[Grid, list[Cell]]:
    """The sheet, and the cells that merged ones hide."""
    rows: Rows = {}
    names = [column_letters(column) for column in range(1, sheet.ncols + 1)]
    looks = Fonts(sheet.book)
    for index in range(sheet.nrows):
        cells: dict[int, Cell] = {}
        values, row = sheet.row_values(index), index + 1
        for at, kind in enumerate(sheet.row_types(index)):
            text = _shown(kind, values[at], sheet, index, at, renders).strip() if kind else ""
            if text and looks.is_odd:
                text = looks.seen(text, str(values[at]), sheet, index, at)
            if len(text) > limits.TEXT:
                raise TooLarge()
            if text:
                cells[at + 1] = Cell(text, Place(file, part, row, at + 1, f"{names[at]}{row}"))
        if cells:
            rows[row] = cells
    areas = [(top + 1, left + 1, bottom, right) for top, bottom, left, right in sheet.merged_cells]
    hidden = merge(rows, areas)
    unseen.mark(rows)
    grid = tuple(tuple(cells[column] for column in sorted(cells)) for cells in rows.values() if cells)
    return Grid(file, part, grid, spans=bool(sheet.merged_cells)), hidden


def _shown(kind: int, value: Any, sheet: Any, row: int, column: int, renders: list[Renders]) -> str:
    style = sheet.cell_xf_index(row, column) if kind in (TEXT, NUMBER, DATE) else 0
    render, words = renders[style] if style < len(renders) else (None, None)
    if kind == TEXT:
        text = str(value).replace("\r\n", "\n").replace("\r", "\n")
        return words(text) if words else text
    if kind in (NUMBER, DATE):
        raw = repr(value).removesuffix(".0")
        return render(raw) if render else general(raw)
    if kind == BOOLEAN:
        return "TRUE" if value else "FALSE"
    return ERRORS.get(value, "#N/A") if kind == ERROR else ""
