"""Tables of one layout in one sheet that nobody declared: a text that stands first over each of their headers
is a label, and a new table begins there."""

from __future__ import annotations

from parsing import vocabulary
from parsing.forms.parting import is_label
from parsing.forms.tables import Table, is_indicator
from parsing.grid import Grid, Row

FEWEST = 2  # tables


def repeated(grid: Grid, tables: list[Table]) -> str | None:
    """The words of the label with which each table of a sheet begins, where none of them has a name and
    some stand together in what was taken for one."""
    whole = [table for table in tables if len(table.headers) >= FEWEST]
    if not grid.columns or len(whole) != 1 or any(table.named for table in tables):
        return None
    (table,) = whole
    titles = [[cell.text for cell in table.rows[at]] for at in table.headers]
    if any(texts != titles[0] for texts in titles):
        return None
    heads = [[vocabulary.words(row[0].text) for row in over(table, at)] for at in table.headers]
    common = set(heads[0]).intersection(*heads[1:])
    return next((words for words in heads[0] if words in common), None)


def over(table: Table, at: int) -> list[Row]:
    """The rows over a header that begin with a label, down from the last indicator or header before."""
    found: list[Row] = []
    edge = min((table.rows[k][0].place.column for k in table.headers), default=1)
    before = [table.rows[k] for k in table.headers if k < at]
    for row in reversed(table.rows[:at]):
        if is_indicator(row) or row in before:
            break
        first = row[0].text
        inside = row[0].place.column > edge or vocabulary.level1(first) or vocabulary.is_note(first)
        if len(row) > 1 and is_label(first) and not inside:
            found.insert(0, row)
    return found
