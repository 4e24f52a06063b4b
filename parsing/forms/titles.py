"""Headers of several rows as one: titles over titles (指标值 over 实施周期 and 当年度), a row of numbers."""

from __future__ import annotations

import re
from functools import lru_cache

from parsing import values, vocabulary
from parsing.forms.form import UNDECLARED, Form
from parsing.forms.parting import GOALS, is_label
from parsing.grid import Cell, Row

_LEVEL = re.compile("指标|目标|效益|影响")  # in words of a level that nobody knows
MOST_ROWS = 3  # of titles over titles: 产出指标 over 数量指标 over 指标名称 and 指标值
MOST = 0.8  # of the titles below others that are known: then one that is not hides none of them
LONGEST = 16  # a title below another is short; prose is no title


def titled(rows: list[Row], at: int, form: Form) -> tuple[Row, int]:
    """The header that begins at row ``at``, each column with its whole title, and how many rows it takes."""
    header, depth = _with_tall(_spanned(rows[at]), rows[at - 1] if at else ()), 1
    for below in rows[at + 1 : at + MOST_ROWS]:
        if not (_is_listed(header) or not _is_level(below[0].text)):
            break  # surely the first indicator
        both = _joined(header, _spanned(_fresh(below, rows[at + depth - 1])), form)
        if not both:
            break
        header, depth = both, depth + 1
    if at + depth < len(rows) and _numbers(rows[at + depth]):
        depth += 1
    return header, depth


def _with_tall(header: Row, above: Row) -> Row:
    """The header with the titles of the row above it that reach down into it."""
    row = header[0].place.row
    held = {column for cell in header for column in range(cell.place.column, cell.place.column + cell.width)}
    tall = [
        cell
        for cell in above
        if cell.height > 1 and cell.place.row + cell.height > row and cell.place.column not in held
    ]
    if not tall or not all(map(is_title, tall)):
        return header
    return tuple(sorted([*header, *tall], key=lambda cell: cell.place.column))


def _joined(header: Row, below: Row, form: Form) -> Row | None:
    """The two rows as one, None where the one below is no part of the header: its texts are titles, and
    they divide a column of the header or say what it holds."""
    listed = _is_listed(header)
    plain = len(below) <= len(header) and all(map(is_title, below))
    if not (listed or plain):  # nearly all
        return None
    under: dict[int, list[Cell]] = {}
    for cell in below:
        over = max((k for k, one in enumerate(header) if one.place.column <= cell.place.column), default=None)
        if over is None or header[over].height > 1:
            return None
        under.setdefault(over, []).append(cell)
    pairs = [(header[over], cell) for over, cells in under.items() for cell in cells]
    halved = {header[over] for over, cells in under.items() if _is_halved(cells, form)}
    parted = sum(over in halved or _parts(over, cell, form) for over, cell in pairs)
    wide = listed and parted >= MOST * len(pairs) and any(is_category(over.text) for over, _ in pairs)
    if not (wide or plain):
        return None
    told = {
        cell: _category(over, cell, form, over in halved) if wide else _title(over, cell, form)
        for over, cell in pairs
    }
    known = wide or any(form.role(text) or form.label(text) for text in told.values())
    known = known or all(header[over].width > 1 and form.role(header[over].text) for over in under)
    if not known or not any(len(cells) > 1 for cells in under.values()):
        return None
    return tuple(
        cell._replace(text=told.get(cell, cell.text))
        for over, one in enumerate(header)
        for cell in under.get(over, [one])
    )


def beneath(above: Row, row: Row) -> Row:
    """The titles of a list as one row, where those of its indicators stand under 绩效指标 in a row of their
    own, below the one that names the projects; else ()."""
    if not any(vocabulary.is_name(one.text) for one in above):
        return ()
    above, row = _spanned(above), _fresh(row, above)
    under: dict[int, list[Cell]] = {}
    for cell in row:
        over = max((k for k, one in enumerate(above) if one.place.column <= cell.place.column), default=None)
        if over is None or above[over].height > 1 or vocabulary.is_name(above[over].text):
            return ()
        under.setdefault(over, []).append(cell)
    if not any(vocabulary.is_block(above[k].text) for k in under):
        return ()
    return tuple(
        cell
        if cell is one or vocabulary.is_block(one.text)
        else cell._replace(text=_title(one, cell, UNDECLARED))
        for k, one in enumerate(above)
        for cell in under.get(k, [one])
    )


def is_aside(row: Row, header: Row, several: bool) -> bool:
    """Whether a row below the titles is one of the head: a label and its text. ``several``: of a table with
    several blocks, between which any label may stand; else it is a goal, or a label that nobody knows beside
    a text as wide as all that is said of an indicator."""
    first = row[0]
    paired = len(row) == 2 and first.place.column <= header[0].place.column
    if not (several or paired):
        return False  # nearly all
    label = vocabulary.label(first.text)
    if several and label:
        return True
    if not paired or _is_level(first.text) or vocabulary.is_note(first.text):
        return False
    left, right = row[1].place.column, row[1].place.column + row[1].width
    wide = left <= header[-2].place.column and right > header[-1].place.column and row[1].width > 1
    return label.field in GOALS if label else wide and is_label(first.text) and not _LEVEL.search(first.text)


def is_copy(cell: Cell, above: Row) -> bool:
    """Whether the text is that of the cell over it: some programs fill merged ranges with copies."""
    return any(one.text == cell.text and one.place.column == cell.place.column for one in above)


def once(row: Row) -> list[Cell]:
    """The row without the copies that some programs write into every cell of a merged range."""
    beside = {cell.place.column + cell.width: cell.text for cell in row}
    return [cell for cell in row if beside.get(cell.place.column) != cell.text]


def _fresh(row: Row, above: Row) -> Row:
    """The row without such copies."""
    if {cell.text for cell in row}.isdisjoint([cell.text for cell in above]):
        return row
    return tuple(cell for cell in row if not is_copy(cell, above))


def _spanned(row: Row) -> Row:
    """The row, with one wide cell for copies side by side, and no title broken over lines."""
    if any("\n" in cell.text for cell in row):
        row = tuple(cell._replace(text="".join(cell.text.split("\n"))) for cell in row)
    if len({cell.text for cell in row}) == len(row):
        return row
    cells: list[Cell] = []
    for cell in row:
        last = cells[-1] if cells else None
        if last and last.text == cell.text and last.place.column + last.width == cell.place.column:
            cells[-1] = last._replace(width=last.width + cell.width)
        else:
            cells.append(cell)
    return tuple(cells)


def is_category(text: str) -> bool:
    """Whether a title is a category of indicators: a word of level 1 or 2, or both with a break between."""
    return bool(vocabulary.level1(text) or vocabulary.slots(text.rpartition("\n")[2]))


def _is_listed(header: Row) -> bool:
    """Whether columns are categories, as in lists."""
    return _listed(tuple([cell.text for cell in header]))


@lru_cache(1 << 8)  # tables of a file print the same header
def _listed(titles: tuple[str, ...]) -> bool:
    return sum(map(is_category, titles)) > 1


def _is_level(text: str) -> bool:
    return bool(vocabulary.level1(text) or vocabulary.slot(text))


def _parts(over: Cell, cell: Cell, form: Form) -> bool:
    """Whether a title below parts a category (into others, or into names and targets) or another column; a
    category below a wide title is one whatever that is called."""
    if not is_category(over.text):
        return is_title(cell) or (over.width > 1 and is_category(cell.text))
    return is_category(cell.text) or form.role(cell.text) in ("name", "annual")


def _is_halved(cells: list[Cell], form: Form) -> bool:
    """Whether titles say that the one over them is parted into names and targets, as a category is; that of
    the targets alone says so."""
    return len(cells) == 2 and [form.role(cell.text) for cell in cells] in (
        ["name", "annual"],
        [None, "annual"],
    )


def _category(over: Cell, cell: Cell, form: Form, halved: bool) -> str:
    """The title of a column of a list of categories: that of the names is the category alone. One that nobody
    knows is known by being ``halved`` as the others are."""
    if not (is_category(over.text) or halved):
        return cell.text if over.width > 1 and is_category(cell.text) else _title(over, cell, form)
    names = form.role(cell.text) == "name" or (halved and not form.role(cell.text))
    return over.text if names else f"{over.text}\n{cell.text}"


def is_title(cell: Cell) -> bool:
    """Whether a text may be the title of a column that nobody knows: short, no category and no target."""
    text = cell.text
    if len(text) > LONGEST or _is_level(text):
        return False
    return values.understand(text).kind in ("words", "date")


def _title(over: Cell, cell: Cell, form: Form) -> str:
    """The title of a column below another: by itself, or together with the one over it."""
    alone, after, before = cell.text, cell.text + over.text, over.text + cell.text
    if role := next((text for text in (alone, after) if form.role(text)), ""):
        return role
    own, both = form.label(alone), form.label(before)
    if not own or (both and both.field != own.field):
        return before
    unit = vocabulary.core(over.text)[1]  # 财政拨款 below 项目资金（万元）
    return f"{alone}（{unit}）" if unit and not vocabulary.core(alone)[1] else alone


def _numbers(row: Row) -> bool:
    """Whether a row only counts the columns."""
    return (
        len(row) > 2
        and row[0].text == "1"
        and [cell.text for cell in row] == [str(k) for k in range(1, len(row) + 1)]
    )


@lru_cache(1 << 12)
def is_figure(text: str) -> bool:
    """Whether a text is a target: a row that ends with one names no columns."""
    return values.understand(text).kind in ("number", "rate") and not vocabulary.role(text)
