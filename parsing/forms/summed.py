"""Money that a head gives only in its parts.

年度资金总额 | 金额（万元）, and below it （一）财政拨款小计 | 6.30 and （二）自有资金小计 | 0.00.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import NamedTuple

from parsing import amounts, vocabulary
from parsing.forms.doubt import Doubt, Pair
from parsing.forms.heading import Head
from parsing.forms.parting import printed
from parsing.forms.stacked import MONEY
from parsing.forms.tables import Table
from parsing.grid import Cell
from parsing.vocabulary import Label

SURE, UNSURE = 0.8, 0.5  # of a sum whose own parts agree, and of any other
_TITLE = re.compile("(?:金|数|总)额")
_MARKS = (  # how a part is numbered, in the order of the levels
    re.compile(r"[一二三四五六七八九十]+[、.．]"),
    re.compile(r"[（(][一二三四五六七八九十]+[）)]"),
    re.compile(r"\d+[、.．]"),
    re.compile(r"[（(]\d+[）)]"),
)


class MoneyPart(NamedTuple):
    """``level``: of its numbering, None without one; ``text`` as it stands in its cell."""

    level: int | None
    yuan: Decimal
    text: str


def settle(head: Head, table: Table) -> None:
    """Add up the parts below the title of a column that stands where an amount should, or the sources of
    which no whole is printed."""
    _whole(head)
    for field in ("budget", "total"):
        label, cells = head.cells.get(field, (None, []))
        title = cells[0] if cells else None
        if not label or not title:
            continue
        words, unit, _ = vocabulary.core(title.text)
        parts = [*_parts(title, unit or label.unit or head.unit, table)] if _TITLE.fullmatch(words) else []
        top, agree = _top(parts)
        if top:
            add(head, label, title, [(part.text, part.yuan) for part in top], SURE if agree else UNSURE)


def add(head: Head, label: Label, cell: Cell, parts: Sequence[tuple[str, Decimal]], sure: float) -> None:
    """File the sum of parts, each its text and its 元, under a label, at a cell, and ask about it."""
    total = sum((yuan for _, yuan in parts), Decimal())
    detail = " + ".join(text for text, _ in parts)
    head.cells[label.field] = label._replace(unit="元"), [cell._replace(text=str(total))]
    head.doubts.append(Doubt("summed", cell, label.field, detail, f"{total:,.2f} 元", sure))


def _whole(head: Head) -> None:
    """Add up the sources of a head that prints no whole."""
    pairs = head.parts if head.labels.keys().isdisjoint(MONEY) else []
    known: list[tuple[Pair, Decimal]] = []
    for pair in pairs:
        yuan = amounts.read(pair.value.text, vocabulary.core(pair.label.text)[1] or head.unit).yuan
        if yuan is not None:
            known.append((pair, yuan))
        elif not amounts.is_nothing(pair.value.text):
            return
    if not known:
        return
    parts = [(f"{printed(pair.label.text)} {pair.value.text}", yuan) for pair, yuan in known]
    first = known[0][0]
    add(head, Label("total"), first.value, parts, UNSURE)
    head.labels["total"] = first.label.place
    head.sources += [("total", printed(p.label.text), p.value._replace(text=str(y))) for p, y in known]
    for pair, _ in known:
        head.extras.pop(printed(pair.label.text), None)


def _parts(title: Cell, unit: str | None, table: Table) -> Iterator[MoneyPart]:
    """The amounts in the rows right below the title, each with a label before it; none where one is no amount
    of a known unit."""
    rows = [row for row in table.top if row[0].place.row > title.place.row]
    parts: list[MoneyPart] = []
    for row in rows:
        k = next((k for k, cell in enumerate(row) if cell.place.column == title.place.column), 0)
        if not k:
            break
        yuan = amounts.read(row[k].text, unit).yuan
        if yuan is None:
            return
        name = row[k - 1].text.strip()
        level = next((n for n, mark in enumerate(_MARKS) if mark.match(name)), None)
        parts.append(MoneyPart(level, yuan, row[k].text.strip()))
    yield from parts


def _top(parts: Sequence[MoneyPart]) -> tuple[list[MoneyPart], bool]:
    """The parts of the whole, and whether each that has parts of its own is their sum. None where not all are
    numbered: who knows which of them add up others."""
    levels = [part.level for part in parts if part.level is not None]
    if not levels or len(levels) < len(parts):
        return [], False
    top = [k for k, level in enumerate(levels) if level == min(levels)]
    if top[0]:
        return [], False
    agree = True
    for k, end in zip(top, [*top[1:], len(parts)], strict=True):
        below = min(levels[k + 1 : end], default=0)
        own = [part.yuan for part in parts[k + 1 : end] if part.level == below]
        agree = agree and (not own or sum(own) == parts[k].yuan)
    return [parts[k] for k in top], agree
