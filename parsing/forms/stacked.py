"""Labels in a row over their values: 主管部门 | 实施单位 | 年度预算 over 某局 | 某所 | 30."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import chain

from parsing import amounts, values
from parsing.forms import composition, vocabulary
from parsing.forms.form import Form
from parsing.forms.parting import is_label
from parsing.grid import Cell, Row

_MONEY = ("money", "source")  # amounts may stand below these in ways of their own (see head)


def beside(rows: Iterable[Row], form: Form) -> Iterator[Row]:
    """The rows, each two of labels over values as one in which every label stands beside its value."""
    above: Row | None = None
    for row in rows:
        if above is not None and _are_stacked(above, row, form):
            yield tuple(chain.from_iterable(zip(above, row, strict=True)))
            above = None
            continue
        if above is not None:
            yield above
        above = row
    if above is not None:
        yield above


def _are_stacked(above: Row, row: Row, form: Form) -> bool:
    if len(above) != len(row) or len(row) < 2:
        return False
    columns = zip(above, row, strict=True)
    if any(label.place.column != value.place.column for label, value in columns):
        return False
    labels = [_is_label(cell, form) for cell in above]
    told = sum(labels) >= max(2, len(labels) - 1)  # one of several may be of words that nobody knows
    unknown = (cell for cell, known in zip(above, labels, strict=True) if not known)
    return (
        told and all(is_label(cell.text) for cell in unknown) and all(_is_value(cell, form) for cell in row)
    )


def _is_label(cell: Cell, form: Form) -> bool:
    """Whether a text names something: known, or by its words."""
    if label := form.label(cell.text):
        return label.field not in _MONEY
    return names(cell.text)


def names(text: str) -> bool:
    """Whether a text that nobody knows is a label by its words."""
    words = vocabulary.words(text)
    return is_label(words) and composition.names(words) and not composition.is_body(text)


def _is_value(cell: Cell, form: Form) -> bool:
    """Whether a text is what a label asks for: a body, an amount, a time, or words that name nothing."""
    if composition.is_body(cell.text) or amounts.read(cell.text, "元").yuan is not None:
        return True
    if form.label(cell.text) or vocabulary.is_block(cell.text):
        return False
    return values.understand(cell.text).kind != "words" or not composition.names(cell.text)
