"""What a list says of itself, sums and numbers of projects, beside what was read of it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from parsing import amounts, vocabulary
from parsing.forms.doubt import Doubt
from parsing.forms.sums import Compared, plain, written
from parsing.grid import Cell, Row

_COUNT = re.compile(
    r"(?:(?:共|合计|总计|共计|小计)(?:有|计|安排|涉及)?:?|项目(?:个|总)?数(?:量)?[:为]?)(?P<count>\d{1,6})个?(?:项目)?"
)
_ALONE = re.compile(r"共?(?P<count>\d{1,6})个(?:项目)?")
_MONEY = re.compile(r"(?:合计|总计|共计|总额|金额|资金|预算)[:为]?(?P<money>[\d,.]+(?:亿元|万元|元))")
_SPOKEN = re.compile(
    r"(?:本表|全表|本页|合计|总计|以上|全部)?(?:共|合计|总计|共计)(?:有|计|安排)?\d{1,6}个?项目"
)
_NUMBERED = re.compile(r"项目(?:个|总)?数(?:量)?(?::?\d{1,6}个?)?")
LONGEST = 60  # a longer text is no line about the list


@dataclass(frozen=True, slots=True)
class Stated:
    """``label`` and ``cell`` as printed; ``field`` of the money (budget or total); ``printed`` and ``read``
    money in 元, None where it says none; ``count`` and ``counted``: numbers of projects, likewise;
    ``unknown``: projects whose money was not read; ``note``: what would make the two agree."""

    cell: Cell
    label: str
    field: str
    printed: Decimal | None
    read: Decimal | None
    count: int | None
    counted: int | None
    unknown: int = 0
    agrees: bool = True
    note: str = ""


def speaks(text: str) -> bool:
    """Whether a text only tells how many projects there are: 本表共5个项目，金额合计60万元."""
    words = vocabulary.plain(text)
    return len(text) <= LONGEST and bool(_SPOKEN.match(words) or _NUMBERED.fullmatch(words))


def count(texts: Sequence[str]) -> int | None:
    """The number of projects that a row tells: 共3个项目, or 3 beside 项目数."""
    for text, after in zip(texts, [*texts[1:], ""], strict=True):
        words = vocabulary.plain(text)
        if found := _COUNT.search(words) or _ALONE.fullmatch(words):
            return int(found["count"])
        if _NUMBERED.fullmatch(words) and re.fullmatch(r"\d{1,6}个?", vocabulary.plain(after)):
            return int(vocabulary.plain(after).rstrip("个"))
    return None


def spoken(rows: Sequence[Row], known: Sequence[Decimal | None], field: str) -> Iterator[Stated]:
    """What lines over or under a list tell of all its projects, whose money is ``known``."""
    for row in rows:
        texts = [cell.text for cell in row]
        at = next((k for k, text in enumerate(texts) if speaks(text)), None)
        if at is None or (number := count(texts[at:])) is None:
            continue
        found = _MONEY.search(vocabulary.plain(texts[at]))
        money = amounts.read(found["money"], None).yuan if found else None
        read = sum(filter(None, known), Decimal()) if money is not None else None
        yield Stated(
            row[at],
            texts[at],
            field,
            money,
            read,
            number,
            len(known),
            known.count(None),
            number == len(known) and money == read,
        )


def stated(one: Compared, row: Row, cell: Cell, own: str, unit: str, names: Sequence[str]) -> Stated:
    """A row of sums; ``own``: the field of its money, ``unit`` as of its column; ``names`` of all items."""
    number = count([each.text for each in row])
    note = f"若“{names[one.slip[0]]}”的金额单位写错，则 {equation(one, unit)}，与表内一致" if one.slip else ""
    return Stated(
        cell,
        cell.text,
        own,
        one.printed,
        one.read,
        number,
        len(one.parts) if number is not None else None,
        len(one.parts) - len(one.amounts),
        one.agrees and number in (None, len(one.parts)),
        note,
    )


def equation(one: Compared, unit: str) -> str:
    """The sum that would be, were the slip mended: 10 + 20 + 30 = 60（万元）."""
    assert one.slip
    scale = amounts.SCALE.get(unit, 1)
    at, factor = one.slip
    terms = {n: amount * (factor if n == at else 1) / scale for n, amount in one.amounts.items()}
    return f"{written([*terms.values()], [*terms].index(at))}（{unit}）"


def slip(one: Compared, cell: Cell, own: str, unit: str, label: str) -> Doubt:
    """That a project's amount is 10,000 times what the list's own sum allows."""
    assert one.slip
    meant = "元" if one.slip[1] < 1 else "万元"
    total = plain(one.printed / amounts.SCALE.get(unit, 1))
    detail = f"若按{meant}算，{equation(one, unit)}，正好等于表内“{label}”的 {total}"
    return Doubt("slip", cell, own, detail)
