"""指认: what somebody says of a few cells of a table, learned as a form for all tables of that layout."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import NamedTuple

from parsing import forms
from parsing.errors import FormError
from parsing.forms import FORMS, Form, Table, inferred, taught, vocabulary
from parsing.forms.cutting import cut
from parsing.forms.head import head
from parsing.forms.header import signature
from parsing.forms.tables import is_indicator
from parsing.forms.titles import titled
from parsing.grid import Cell, Grid, Row
from parsing.model import Frozen, Reading
from parsing.printable import readable
from parsing.reading import read
from parsing.sheets import grids
from parsing.values import understand

LABEL = 24  # characters: a longer text is a value
HEADER = "header"  # the row of the titles of the indicators
COLUMN = "column."  # before a role: the title of one of its columns
# What a cell can be said to be, as people call it
WORDS = {
    "name": "项目名称",
    "unit": "单位",
    "department": "部门",
    "budget": "当年预算",
    "total": "总额",
    "period": "周期",
    "start": "开始时间",
    "end": "结束时间",
    "year": "年度",
    "annual_goal": "年度目标",
    "period_goal": "周期目标",
    HEADER: "指标表的标题行",
    "column.level1": "一级指标列",
    "column.level2": "二级指标列",
    "column.name": "三级指标列",
    "column.annual": "指标值列",
    "column.period": "周期指标值列",
    "column.sign": "符号列",
    "column.measure": "计量单位列",
    "column.weight": "分值列",
    "column.ignored": "不是指标的列",
    "other": "不是以上栏目",
}


class Answer(NamedTuple):
    """What somebody says of a cell, by its row and column in the sheet: a key of WORDS."""

    row: int
    column: int
    sense: str


class Lesson(Frozen):
    """``text``: the form, as TOML; ``labels``: for each answer, the words that it was learned by; ``rivals``:
    codes of known forms that say otherwise of the same layout; ``reading``: of the whole file, with it."""

    text: str
    labels: tuple[str, ...]
    rivals: tuple[str, ...]
    reading: Reading


def teach(
    data: bytes,
    name: str,
    sheet: tuple[str, str],
    answers: Sequence[Answer],
    password: str | None = None,
    known: Sequence[str] = (),
    made: str = "",
) -> Lesson:
    """The form that answers about one ``sheet`` (file and part) of a file make. ``known``: the texts of forms
    there are; ``made``: who and when, for people. Raises FormError where an answer cannot be learned."""
    name = readable(name)
    grid = next((one for one in grids(data, name, password) if (one.file, one.part) == tuple(sheet)), None)
    if grid is None or not answers:
        raise FormError(name, "没有指出任何一格是什么", "请先点一格，再选它是什么")
    printed = taught.printed(map(taught.form, known), grid)
    form, labels = learned(grid, answers, made, printed)
    rivals = [one.code for one in printed if taught.differ(one, form)]
    others = [text for text in known if taught.form(text).code not in (form.code, *rivals)]
    text = taught.text(form)
    return Lesson(
        text=text,
        labels=tuple(labels),
        rivals=tuple(rivals),
        reading=read(data, name, password, (text, *others)),
    )


def learned(
    grid: Grid, answers: Sequence[Answer], made: str = "", before: Sequence[Form] = ()
) -> tuple[Form, list[str]]:
    """The form, and for each answer the words that it was learned by. What the forms ``before`` say of the
    same layout still holds, but for what the answers say. Raises FormError."""
    means = {word: field for form in before for word, field in form.means.items()}
    heads = {word: role for form in before for word, role in form.heads.items()}
    draft = Form("taught", "", (), source=made, means=means, heads=heads, taught=True)
    if not any(one.sense == HEADER for one in answers):
        draft = _with_lent_titles(draft, grid)
    labels: dict[Answer, str] = {}
    for answer in sorted(answers, key=_turn):
        row, at = _at(grid, answer)
        if answer.sense == HEADER:
            draft, labels[answer] = _with_titles(draft, grid, row), row[0].text
        elif answer.sense.startswith(COLUMN):
            title = _title(draft, grid, row, row[at])
            draft = replace(draft, heads={**draft.heads, title: answer.sense.removeprefix(COLUMN)})
            labels[answer] = title
        else:
            draft, labels[answer] = _with_label(draft, grid, row, at, answer)
    return _whole(draft, grid, answers[0]), [labels[answer] for answer in answers]


def _at(grid: Grid, answer: Answer) -> tuple[Row, int]:
    """The row and the index in it of a cell that somebody pointed at."""
    for row in grid.rows:
        for at, cell in enumerate(row):
            if cell.place[2:4] == (answer.row, answer.column):
                return row, at
    raise FormError(reason="指的这一格是空的", remedy="请点有文字的一格")


def _turn(answer: Answer) -> int:
    """Titles are learned first, as they tell the columns, then the name: without one there is no table."""
    kind = answer.sense.partition(".")[0]
    return next((k for k, first in enumerate((HEADER, "column", "name")) if kind == first), 3)


def _with_titles(draft: Form, grid: Grid, row: Row) -> Form:
    """The form with the columns of a header: those whose titles nobody knows as their bodies look."""
    rows = [*grid.rows]
    at = rows.index(row)
    header, depth = titled(rows, at, draft)
    heads = {
        vocabulary.words(title): role
        for title, role in inferred.titles(header, rows[at + depth :], draft).items()
    }
    heads.pop("", None)
    return replace(draft, heads={**heads, **draft.heads})


def _with_lent_titles(draft: Form, grid: Grid) -> Form:
    """The form with the columns of the row over the first indicators, where nobody knows any titles."""
    if any(table.headers for table in cut(grid, (draft, *FORMS))):
        return draft
    at = next((k for k, row in enumerate(grid.rows) if k and len(row) > 2 and is_indicator(row)), 0)
    tried = _with_titles(draft, grid, grid.rows[at - 1]) if at else draft
    return tried if {"level2", "name", "annual"} <= {*tried.heads.values()} else draft


def _title(draft: Form, grid: Grid, row: Row, cell: Cell) -> str:
    """The title of a column, whole where it stands in two rows."""
    rows = [*grid.rows]
    at = rows.index(row)
    for above in (at - 1, at):
        if above >= 0:
            header, depth = titled(rows, above, draft)
            whole = next((one for one in header if one.place == cell.place), None)
            if whole and above + depth > at:
                return vocabulary.words(whole.text)
    return vocabulary.words(cell.text)


def _with_label(draft: Form, grid: Grid, row: Row, at: int, answer: Answer) -> tuple[Form, str]:
    """The form with the label of the field that the answer names: the cell itself, the one beside or the one
    over it, whichever makes the table read so."""
    cell = row[at]
    over = [one for one in _above(grid, cell) if one.text]
    own, beside, above = [cell], row[at - 1 : at] if at else (), over[-1:]
    valued = len(cell.text) > LABEL or understand(cell.text).kind in ("number", "rate", "date")
    order = (*beside, *above, *own) if valued or at % 2 else (*own, *beside, *above)
    for label in order:
        words = vocabulary.words(label.text)
        if not words or len(words) > LABEL:
            continue
        form = replace(draft, means={**draft.means, words: answer.sense})
        if answer.sense == "other" or _reads(form, grid, answer, label is cell):
            return form, label.text
    raise FormError(
        str(cell.place),
        "按这一格没有读出来：它旁边和上方没有可以认作栏目名的文字，或者还不知道指标表从哪里开始",
        "请点栏目名或它右边的内容；指标表的标题没有认出来的，先指出标题行",
    )


def _above(grid: Grid, cell: Cell) -> Iterator[Cell]:
    for row in grid.rows:
        for one in row:
            if one.place.row < cell.place.row and one.place.column == cell.place.column:
                yield one


def _reads(form: Form, grid: Grid, answer: Answer, is_label: bool) -> bool:
    """Whether a table is read with the field in the very cell that was pointed at, or, where that is the
    label, in a cell of its own."""
    whole = _whole(form, grid, answer)
    for found in forms.recognise(grid, (whole,)):
        if isinstance(found, forms.Found) and found.form is whole:
            _, cells = found.head.cells.get(answer.sense, (None, []))
            spots = [one.place[2:4] for one in cells if one.text]
            if (is_label and spots and (answer.row, answer.column) not in spots) or (
                answer.row,
                answer.column,
            ) in spots:
                return True
    return False


def _whole(draft: Form, grid: Grid, answer: Answer) -> Form:
    """The form with what tells the layout: the columns and labels of the table that the answer is about."""
    tables = [*cut(grid, (draft, *FORMS))]
    table = next((one for one in tables if answer.row in _rows(one) and one.headers), None)
    table = table or next((one for one in tables if one.headers), None)
    if table is None or table.header is None:
        return draft
    header, _ = titled(table.rows, table.header, draft)
    columns = signature(header, draft)
    top = head(table.top, draft, grid.joins, grid.spans)
    listed = {role.removeprefix("project.") for role in columns if role.startswith("project.")}
    alone = next((row[0].text for row in grid.rows[:3] if len(row) == 1), grid.part)
    title = " ".join((table.title.text if table.title else alone).split())
    printed = "\n".join((title, *(cell.text for cell in table.rows[table.header])))
    return replace(
        draft,
        code=f"taught-{hashlib.sha256(printed.encode()).hexdigest()[:8]}",
        title=title[:60] or grid.part,
        columns=columns,
        labels=frozenset((top.cells.keys() & top.labels.keys()) | listed),
        stacked=len(table.headers) > 1,
    )


def _rows(table: Table) -> set[int]:
    return {row[0].place.row for row in (*table.above, *table.rows) if row}
