"""Whether a text has lost its table, so that it has to be laid out anew (see stream)."""

from __future__ import annotations

from parsing import vocabulary
from parsing.forms.tables import Table, is_measured
from parsing.grid import Grid


def is_loose(grid: Grid, found: list[Table]) -> bool:
    """Whether a text has lost its table: it has no columns below a name, or none of its rows leaves a blank
    where the category of the row above holds on."""
    if grid.columns:
        return False
    kept = [table for table in found if table.named and table.headers]
    downwards = sum(len(row[0].text) == 1 and row[0].text.isalpha() for row in grid.rows)  # 绩 | 效 | 指 | 标
    return not kept or downwards > 2 or any(_has_no_blanks(one) or has_titles_below(one) for one in kept)


def has_titles_below(table: Table) -> bool:
    """Whether titles stand below some that name the columns, nobody knows which: 前年 | 上年 | 当年."""
    header, *below = table.rows[table.headers[0] : table.headers[0] + 2]
    return any(
        1 < len(row) < len(header) and all(vocabulary.role(cell.text) for cell in row) for row in below
    )


def _has_no_blanks(table: Table) -> bool:
    """Whether the rows below the titles begin at one column all, though some have no word of level 1."""
    body = [row for row in table.rows[table.headers[0] + 1 :] if len(row) > 1 and is_measured(row)]
    starts = {row[0].place.column for row in body}
    return len(starts) == 1 and any(vocabulary.level1(row[0].text) is None for row in body)
