"""Labels in a row over their values: 主管部门 | 实施单位 | 年度预算 over 某局 | 某所 | 30; money over its sum
and its sources, over their amounts; and 资金来源 | 金额（万元） over 合计 | 30 and its sources."""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import chain

from parsing import amounts, values, vocabulary
from parsing.forms.form import Form
from parsing.forms.parting import is_beside, is_label
from parsing.grid import Cell, Row
from parsing.vocabulary import composition

MONEY = ("budget", "total")
ODD = 4  # values, of more than which one may look like a label
_YEAR = re.compile(r"20\d\d年?度?")
_NO_LABELS = ("money", "source")  # amounts may stand below these in ways of their own (see head)


def beside(rows: Iterable[Row], form: Form) -> Iterator[Row]:
    """The rows, those of labels over values as one in which every label stands beside its value."""
    left = deque(rows)
    while left:
        row = left.popleft()
        if len(row) < 2 or not left or len(left[0]) < 2:  # it is none of two
            yield row[is_beside(row, form) :]
            continue
        tall = tuple(cell for cell in row if cell.height > 1)
        labels = tuple(cell for cell in row if cell.height == 1)
        if _are_stacked(labels, left[0], form):
            row = tall + tuple(chain.from_iterable(zip(labels, left.popleft(), strict=True)))
        elif len(left) > 1 and (pairs := _parted(labels, left[0], left[1], form)):
            unit = next(filter(None, (vocabulary.core(cell.text)[1] for cell in tall)), None)
            row = (*tall, *(_with_unit(cell, unit) if cell in labels else cell for cell in pairs))
            left.popleft()
            left.popleft()
        elif whole := _summed(labels, left[0], form):
            left[0] = whole
        yield row[is_beside(row, form) :]


def _are_stacked(above: Row, row: Row, form: Form) -> bool:
    if len(above) != len(row) or len(row) < 2:
        return False
    columns = zip(above, row, strict=True)
    if any(label.place.column != value.place.column for label, value in columns):
        return False
    spare = len(above) > 2  # one of several labels may be of words that nobody knows
    money = _are_amounts(row) and any(
        (label := form.label(cell.text)) and label.field in MONEY for cell in above
    )
    for cell in reversed(above):  # where nearly every row has a value
        if not _is_label(cell, form):
            if not (spare or money) or not is_label(_YEAR.sub("", cell.text)):
                return False
            spare = False
    most = len(row) - (len(row) > ODD)
    return sum(_is_value(cell, form) for cell in row) >= most


def _are_amounts(row: Row) -> bool:
    return len(row) > 1 and all(amounts.read(cell.text, "元").yuan is not None for cell in row)


def _parted(above: Row, parts: Row, amounts_row: Row, form: Form) -> list[Cell]:
    """Money with its sum and its sources below, each over its amount: the labels and amounts in turn, else
    none."""
    starts = [cell.place.column for cell in parts]
    if not above or len(parts) <= len(above) or [cell.place.column for cell in amounts_row] != starts:
        return []
    fields = [form.label(cell.text) for cell in above]
    if any(label is None or label.field not in MONEY for label in fields):
        return []
    if not _are_amounts(amounts_row):
        return []
    pairs: list[Cell] = []
    for label in above:
        end = label.place.column + label.width
        under = [k for k, column in enumerate(starts) if label.place.column <= column < end]
        whole = next((k for k in under if vocabulary.is_subtotal(parts[k].text)), None)
        if whole is None or not all(k == whole or _is_source(parts[k], form) for k in under):
            return []
        pairs += [label, amounts_row[whole]]
        pairs += [cell for k in under if k != whole for cell in (parts[k], amounts_row[k])]
    return pairs if len(pairs) == 2 * len(parts) else []


def _summed(above: Row, row: Row, form: Form) -> Row:
    """The sum below the title of the column of amounts, called what it is: 合计 below 资金来源 is 资金总额,
    in the unit of that title; else ()."""
    if len(above) < 2:
        return ()
    label, title = form.label(above[0].text), above[1]
    titled = (
        label is not None and label.field == "money" and composition.is_amount(vocabulary.words(title.text))
    )
    same = row[0].place.column == above[0].place.column and row[1].place.column == title.place.column
    if not (titled and same and vocabulary.is_subtotal(row[0].text)):
        return ()
    if amounts.read(row[1].text, "元").yuan is None:
        return ()
    whole = row[0]._replace(text="资金总额")
    return (_with_unit(whole, vocabulary.core(title.text)[1]), *row[1:])


def _is_source(cell: Cell, form: Form) -> bool:
    label = form.label(cell.text)
    return label is not None and label.field == "source"


def _with_unit(label: Cell, unit: str | None) -> Cell:
    if not unit or vocabulary.core(label.text)[1]:
        return label
    return label._replace(text=f"{label.text}（{unit}）")


def _is_label(cell: Cell, form: Form) -> bool:
    """Whether a text names something: known, or by its words."""
    if label := form.label(cell.text):
        return label.field not in _NO_LABELS
    return is_unknown_label(cell.text)


@lru_cache(1 << 12)
def is_unknown_label(text: str) -> bool:
    """Whether a text that nobody knows is a label by its words."""
    words = vocabulary.words(text)
    return is_label(words) and composition.is_leaning(words) and not composition.is_body(text)


def _is_value(cell: Cell, form: Form) -> bool:
    """Whether a text is what a label asks for: a body, an amount, a time, or words that name nothing."""
    if composition.is_body(cell.text) or amounts.read(cell.text, "元").yuan is not None:
        return True
    if form.label(cell.text) or vocabulary.is_block(cell.text) or vocabulary.is_subtotal(cell.text):
        return False
    return values.understand(cell.text).kind != "words" or not composition.is_titled(cell.text)
