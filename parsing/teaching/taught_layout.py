"""The layout of a table that somebody shows: what tells it from others, and whether what was said is read."""

from __future__ import annotations

import hashlib
from dataclasses import replace

from parsing import forms, vocabulary
from parsing.errors import FormError
from parsing.forms import FORMS, Form, Table, taught
from parsing.forms.cutting import cut
from parsing.forms.head import head
from parsing.forms.header import base, roles, signature
from parsing.forms.match import matched
from parsing.forms.titles import titled
from parsing.grid import Grid, Row
from parsing.teaching.senses import COLUMN, HEADER, CellSense


def spot(grid: Grid, answer: CellSense) -> tuple[Row, int]:
    """The row and the index in it of a cell that somebody pointed at. Raises FormError where it is blank."""
    for row in grid.rows:
        for at, cell in enumerate(row):
            if cell.place[2:4] == (answer.row, answer.column):
                return row, at
    raise FormError(reason="指的这一格是空的", remedy="请点有文字的一格")


def reads(form: Form, grid: Grid, answer: CellSense) -> bool:
    """Whether a table is read by the form, and by the answer as it was given."""
    if answer.sense == HEADER or answer.sense.startswith(COLUMN):
        return any(_names(form, table, answer) for table in _of(form, grid))
    row, at = spot(grid, answer)
    if answer.sense == "other":
        return _is_other(form, grid, row, at)
    for found in forms.recognise(grid, (form,)):
        if not isinstance(found, forms.Found) or found.form is not form:
            continue
        _, cells = found.head.cells.get(answer.sense, (None, []))
        if row[at].place in [cell.place for cell in cells]:
            return True
        label = form.label(row[at].text)
        if not label or label.field != answer.sense:
            continue
        if any(cell in row[at + 1 : at + 2] for cell in cells):
            return True
        if found.table.listed and any(cell.place.column == row[at].place.column for cell in cells):
            return True
    return False


def _is_other(form: Form, grid: Grid, row: Row, at: int) -> bool:
    """Whether a cell in the head of a table, or over a column of a list, is a label that is none of our
    fields, or stands beside one."""
    tables = _of(form, grid)
    rows = [
        *(row for table in tables for row in table.top),
        *(table.rows[at] for table in tables for at in table.headers),
    ]
    labels = [form.label(cell.text) for cell in row[max(at - 1, 0) : at + 1]]
    return row in rows and any(label is not None and label.field == "other" for label in labels)


def _of(form: Form, grid: Grid) -> list[Table]:
    """The tables that are of this form."""
    every = (form, *FORMS)
    tables = (table for table in cut(grid, every) if table.headers and table.kind == vocabulary.PROJECT_TABLE)
    return [table for table in tables if matched(table, every)[0] is form]


def _names(form: Form, table: Table, answer: CellSense) -> bool:
    """Whether a row names the columns of a table, or a column has a role."""
    if answer.sense == HEADER:
        return any(table.rows[at][0].place.row == answer.row for at in table.headers)
    for at in table.headers:
        known = roles(titled(table.rows, at, form)[0], form)
        if base(known.get(answer.column, "")) == answer.sense.removeprefix(COLUMN):
            return True
    return False


def whole(draft: Form, grid: Grid, answer: CellSense) -> Form:
    """The form with what tells the layout: the columns and labels of the table that the answer is about."""
    tables = [table for table in cut(grid, (draft, *FORMS)) if table.headers]
    about = (
        table for table in tables if answer.row in [row[0].place.row for row in (*table.above, *table.rows)]
    )
    table = next(about, tables[0] if tables else None)
    if table is None or table.header is None:
        return draft
    header, _ = titled(table.rows, table.header, draft)
    columns = signature(header, draft)
    top = head(table.top, draft, grid.joins, grid.spans)
    listed = {role.removeprefix("project.") for role in columns if role.startswith("project.")}
    alone = next((row[0].text for row in grid.rows[:3] if len(row) == 1), grid.part)
    title = " ".join((table.title.text if table.title else alone).split())[:60] or grid.part
    layout = replace(
        draft,
        title=title,
        columns=columns,
        labels=frozenset((top.cells.keys() & top.labels.keys()) | listed),
        stacked=len(table.headers) > 1,
    )
    printed = "\n".join((taught.text(replace(layout, source="")), *(cell.text for cell in header)))
    return replace(layout, code=f"taught-{hashlib.sha256(printed.encode()).hexdigest()[:8]}")
