"""Excel workbooks (.xlsx, .xlsm and what WPS saves under these names), texts as Excel shows them.

Hidden sheets, rows and columns are read like the others, and said to be hidden (see ``hidden``); so are
"very hidden" sheets, which no user can see or unhide: most hold the machinery of templates, where nothing
is found, but some a table. Charts and empty sheets are passed over.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from parsing.errors import Damaged, EmptyFile, ReadError, TooLarge, Unlisted
from parsing.formats.excel import xlsx_boxes, xlsx_sheet, xlsx_strings, xlsx_styles
from parsing.formats.excel.xlsx_sheet import Book
from parsing.formats.raw import limits, packed
from parsing.formats.raw.packed import Package
from parsing.formats.worksheet import covered
from parsing.formats.worksheet.quota import Quota
from parsing.grid import Grid

NO_TABLES = ("chartsheet", "dialogsheet", "xlMacrosheet", "xlIntlMacrosheet")  # other tabs
UNSEEN = ("hidden", "veryHidden")
WORKBOOK = re.compile(r"(.*/)?workbook\d*\.xml")


def sniff(data: bytes) -> bool:
    return any(WORKBOOK.fullmatch(name) for name in packed.names(data))


def grids(name: str, data: bytes) -> Iterator[Grid | ReadError]:
    """A Grid for each sheet that holds something, in the order of the tabs.

    A sheet that cannot be read, or not wholly, gives a ReadError at ``file › sheet``. Raises
    Damaged, EmptyFile, Locked, TooLarge or Unsafe when it is about the whole workbook.
    """
    package = Package(data)
    main = next((path for kind, path in package.relations("").values() if kind == "officeDocument"), "")
    main = main if main in package else "/xl/workbook.xml"
    sheets, unlisted, date1904 = _sheets(package, main)
    parts = dict(package.relations(main).values())
    strings = xlsx_strings.read(package, parts.get("sharedStrings", "/xl/sharedStrings.xml"))
    renders, looks, unpainting = xlsx_styles.read(package, parts.get("styles", "/xl/styles.xml"), date1904)
    book = Book(strings, renders, looks, unpainting)
    quota = Quota(limits.CELLS, limits.ELEMENTS)
    nothing = True
    for part, path, unseen in sheets:
        place = f"{name} › {part}"
        try:
            sheet = xlsx_sheet.read(package, path, book, name, part, quota, unseen)
        except ReadError as error:
            yield error.at(place)
            nothing = False
            continue
        except (ValueError, IndexError):  # numbers that are none, strings that are not there
            yield Damaged(place)
            nothing = False
            continue
        if sheet.grid.rows:
            yield sheet.grid
            nothing = False
        yield from covered.covered_texts(sheet.covered)
        yield from xlsx_boxes.unread_boxes(package, path, sheet.grid)
        if sheet.beyond:
            reason = f"第{limits.COLUMNS}列以右或第{limits.ROWS}行以下还有内容，没有读取；其余部分已读取"
            yield TooLarge(f"{place} › {sheet.beyond}", reason, "请删去那里的多余内容，或把它移到表格旁边")
            nothing = False
    for path in unlisted:
        yield Unlisted(f"{name} › {path.rpartition('/')[2]}")
        nothing = False
    if nothing:
        raise EmptyFile(name)


def _sheets(package: Package, main: str) -> tuple[list[tuple[str, str, bool]], list[str], bool]:
    """(sheet name, path of its part, whether it is hidden) in tab order, paths of sheets that are no tab,
    and whether days count from 1904."""
    relations = package.relations(main)
    sheets: list[tuple[str, str, bool]] = []
    tabs: set[str] = set()
    date1904 = False

    def start(tag: str, attributes: dict[str, str]) -> None:
        nonlocal date1904
        if tag == "workbookPr":
            date1904 = attributes.get("date1904") in ("1", "true")
        elif tag == "sheet":
            relation = next((value for key, value in attributes.items() if key.endswith(":id")), "")
            kind, path = relations.get(relation, ("worksheet", ""))
            tabs.add(path.lower())
            if kind not in NO_TABLES:
                sheets.append((attributes.get("name", ""), path, attributes.get("state") in UNSEEN))

    package.walk(main, start)
    parts = dict.fromkeys(map(str.lower, (*package.beside(main, "worksheets"), *_worksheets(relations))))
    return sheets, [path for path in parts if path not in tabs and path in package], date1904


def _worksheets(relations: dict[str, tuple[str, str]]) -> Iterator[str]:
    return (path for kind, path in relations.values() if kind == "worksheet")
