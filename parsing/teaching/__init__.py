"""指认: what somebody says of a few cells of a table, learned as a form for all tables of that layout."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from parsing import vocabulary
from parsing.errors import FormError
from parsing.forms import FORMS, Form, inferred, taught
from parsing.forms.cutting import cut
from parsing.forms.tables import is_indicator
from parsing.forms.titles import titled
from parsing.grid import Cell, Grid, Row
from parsing.model import Frozen, Reading
from parsing.printable import readable
from parsing.reading import read
from parsing.teaching.senses import COLUMN, HEADER, CellSense
from parsing.teaching.sheets import grids
from parsing.teaching.taught_layout import reads, spot, whole
from parsing.values import understand

LABEL = 24  # characters: a longer text is a value


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
    answers: Sequence[CellSense],
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
    grid: Grid, answers: Sequence[CellSense], made: str = "", before: Sequence[Form] = ()
) -> tuple[Form, list[str]]:
    """The form, and for each answer the words that it was learned by. What the forms ``before`` say of the
    same layout still holds, but for what the answers say. Raises FormError where the table is not read by
    the form, or by one of the answers not."""
    means = {word: field for form in before for word, field in form.means.items()}
    heads = {word: role for form in before for word, role in form.heads.items()}
    draft = Form("taught", "", (), source=made, means=means, heads=heads, taught=True)
    if not any(answer.sense == HEADER for answer in answers):
        draft = _with_lent_titles(draft, grid)
    labels: dict[CellSense, str] = {}
    for answer in sorted(answers, key=_turn):
        row, at = spot(grid, answer)
        if answer.sense == HEADER:
            draft, labels[answer] = _with_titles(draft, grid, row), row[0].text
        elif answer.sense.startswith(COLUMN):
            title = _title(draft, grid, row[at])
            draft = replace(draft, heads={**draft.heads, title: answer.sense.removeprefix(COLUMN)})
            labels[answer] = title
        else:
            draft, labels[answer] = _with_label(draft, grid, row, at, answer)
    form = whole(draft, grid, answers[0])
    unread = next((answer for answer in answers if not reads(form, grid, answer)), None)
    if unread:
        raise _unread(spot(grid, unread))
    return form, [labels[answer] for answer in answers]


def _unread(where: tuple[Row, int]) -> FormError:
    row, at = where
    return FormError(
        str(row[at].place),
        "按这一格没有读出来：它旁边没有可以认作栏目名的文字，与别的几格矛盾，或者还不知道指标表从哪里开始",
        "请点栏目名或它右边的内容；指标表的标题没有认出来的，先指出标题行",
    )


def _turn(answer: CellSense) -> int:
    """Titles are learned first, as they tell the columns, then the name: without one there is no table."""
    kind = answer.sense.partition(".")[0]
    return next((k for k, first in enumerate((HEADER, "column", "name")) if kind == first), 3)


def _with_titles(draft: Form, grid: Grid, row: Row) -> Form:
    """The form with the columns of a header: those whose titles nobody knows as their bodies look."""
    rows = [*grid.rows]
    at = rows.index(row)
    header, depth = titled(rows, at, draft)
    titles = inferred.titles(header, rows[at + depth :], draft)
    heads = {vocabulary.words(title): role for title, role in titles.items() if vocabulary.words(title)}
    return replace(draft, heads={**heads, **draft.heads})


def _with_lent_titles(draft: Form, grid: Grid) -> Form:
    """The form with the columns of the row over the first indicators, where nobody knows any titles."""
    if any(table.headers for table in cut(grid, (draft, *FORMS))):
        return draft
    at = next((k for k, row in enumerate(grid.rows) if k and len(row) > 2 and is_indicator(row)), 0)
    tried = _with_titles(draft, grid, grid.rows[at - 1]) if at else draft
    return tried if {"level2", "name", "annual"} <= {*tried.heads.values()} else draft


def _title(draft: Form, grid: Grid, cell: Cell) -> str:
    """The title of a column, whole where it stands in two rows. Raises FormError where it is in no header."""
    for table in cut(grid, (draft, *FORMS)):
        for at in table.headers:
            header, depth = titled(table.rows, at, draft)
            if any(cell in row for row in table.rows[at : at + depth]):
                over = [one for one in header if one.place.column <= cell.place.column]
                return vocabulary.words(over[-1].text)
    raise FormError(str(cell.place), "这一格不在指标表的标题行里", "请点标题行里的一格，或先指出标题行")


def _with_label(draft: Form, grid: Grid, row: Row, at: int, answer: CellSense) -> tuple[Form, str]:
    """The form with the label of the field that the answer names: in the cell itself before a colon, all of
    it, or the one beside it, whichever makes the table read so."""
    text = row[at].text
    inline, colon, _ = text.replace("：", ":").partition(":")
    own, beside = [text], [row[at - 1].text] if at else []
    valued = len(text) > LABEL or understand(text).kind in ("number", "rate", "date")
    order = (*beside, *own) if valued or at % 2 else (*own, *beside)
    for label in (inline, *order) if colon and inline else order:
        words = vocabulary.words(label)
        form = replace(draft, means={**draft.means, words: answer.sense})
        if words and len(words) <= LABEL and reads(whole(form, grid, answer), grid, answer):
            return form, label
    raise _unread((row, at))
