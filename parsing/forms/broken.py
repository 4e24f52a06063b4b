"""Cells of a text with columns that were broken over lines, as Word copies cells of several paragraphs:

主管部门 / 及代码 | 某局 | 实施单位 | 某县康复 / 服务站. A word that forms print is whole again; what may be
the rest of a value goes to it, and is asked about.
"""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache

from parsing import vocabulary
from parsing.forms.fragments import is_printed
from parsing.forms.stream import GUESSED, LONGEST, ONE_LINE
from parsing.forms.tables import is_counted
from parsing.grid import Grid, Row
from parsing.values import MEASURES, understand

SHORT = 4  # characters of the rest of a word


def mended(grid: Grid) -> Grid:
    """The grid of a text with its broken cells whole, each where it begins; any other grid as it is."""
    if grid.spans or grid.aligned or not grid.columns:
        return grid
    rows: list[Row] = []
    end = 0  # the line where the last row ends
    for k, row in enumerate(grid.rows):
        line, below = row[0].place.row, grid.rows[k + 1] if k + 1 < len(grid.rows) else ()
        last = rows[-1] if rows and end + 1 == line else ()
        if last and (whole := _whole_word(last, row)):
            rows[-1] = whole
        elif last and len(below) > 1 and _is_rest(last, row, below):
            cell = last[-1]
            rows[-1] = (*last[:-1], cell._replace(text=f"{cell.text}\n{row[0].text}", note=GUESSED))
        else:
            rows.append(row)
        end = line + row[-1].text.count("\n")
    return replace(grid, rows=tuple(rows))


def _whole_word(above: Row, row: Row) -> Row:
    """The two as one row, where the last text of one and the first of the other are a word that forms print,
    which neither line has by itself; else ()."""
    start, rest = above[-1], row[0]
    if (
        rest.place.column > 1
        or len(rest.text) > SHORT
        or _is_printed(rest.text)
        or not _is_printed(start.text + rest.text)
    ):
        return ()
    moved = start.place.column - 1
    behind = (cell._replace(place=cell.place._replace(column=cell.place.column + moved)) for cell in row[1:])
    return (*above[:-1], start._replace(text=f"{start.text}\n{rest.text}"), *behind)


def _is_rest(above: Row, row: Row, below: Row) -> bool:
    """Whether a text alone in its line may be the rest of the one that ends the row above: of a name behind
    its label, or of the unit of a target; not what a word ``below`` begins with."""
    text, last = row[0].text, above[-1].text
    alone = len(row) == 1 and row[0].place.column == 1 and len(above) > 1
    if (
        not alone
        or len(text) > LONGEST
        or any(map(_is_printed, (last, text + below[0].text)))
        or _is_own(text)
    ):
        return False
    label = vocabulary.label(above[-2].text)
    unit = understand(last + text).unit.removeprefix("个")
    return (label is not None and label.field in ONE_LINE) or (is_counted(last) and unit in MEASURES)


@lru_cache(1 << 12)
def _is_printed(text: str) -> bool:
    return is_printed(text) or vocabulary.is_subtotal(text)


@lru_cache(1 << 12)
def _is_own(text: str) -> bool:
    """Whether a line says something of its own."""
    told = (
        vocabulary.title(text)
        or vocabulary.year(text)
        or vocabulary.is_lead(text)
        or vocabulary.is_note(text)
    )
    return bool(told) or _is_printed(text) or ":" in text or "：" in text
