"""Which rows of a list add others up, told by their words and by their arithmetic, and whether what they say
is what was read."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import accumulate
from typing import Literal

Kind = Literal["project", "bare", "group", "grand", "carried"]
FEW = 2  # parts up to here may agree with a sum by chance
SLIP = Decimal(10_000)  # 元 written for 万元, or the other way round
REACH = 40  # rows of sums away that a group may begin or end
_SHOWN = 6  # terms that a sum is written out with


@dataclass(slots=True)
class Item:
    """A row with its project, or one that adds up: ``bare``, a name and money and nothing else, until it is
    judged; ``group``: adds up its neighbours; ``grand``: all; ``carried``: all above it. ``amounts``: field →
    元 where known; ``marked``: its name is numbered as headings are (一、); ``doubtful``: may be either."""

    name: str
    kind: Kind
    amounts: dict[str, Decimal] = field(default_factory=dict)
    marked: bool = False
    doubtful: bool = False

    @property
    def adds_up(self) -> bool:
        return self.kind in ("group", "grand", "carried")


@dataclass(frozen=True, slots=True)
class Compared:
    """What a row of sums says, and what was read of the items ``parts``; ``amounts``: those of them that are
    known; ``slip``: the one that makes the difference by being 10,000 times too large or too small, with the
    factor that would make it agree."""

    at: int
    printed: Decimal
    read: Decimal
    parts: tuple[int, ...]
    amounts: dict[int, Decimal]
    agrees: bool
    slip: tuple[int, Decimal] | None = None


def judge(items: Sequence[Item], name: str, step: Decimal) -> None:
    """Find the bare items that add up others. One that may well be a project whose amount agrees by chance
    stays a project and is doubtful, unless the list's own total decides. ``name``: the field of the money;
    ``step``: as of ``compare``."""
    for order in (range(len(items) - 1, -1, -1), range(len(items))):  # groups within groups, above and below
        for at in order:
            if items[at].kind == "bare" and (sure := _adds_up(items, at, name, step)) is not None:
                items[at].doubtful = not sure
                if sure:
                    items[at].kind = "group"
    doubted = [item for item in items if item.doubtful]
    grand = next((i.amounts[name] for i in items if i.kind == "grand" and name in i.amounts), None)
    if doubted and grand is not None:
        kept = sum(
            (i.amounts.get(name, Decimal()) for i in items if not (i.adds_up or i.doubtful)), Decimal()
        )
        own = sum((item.amounts[name] for item in doubted), Decimal())
        if grand in (kept, kept + own) and own:
            for item in doubted:
                item.doubtful, item.kind = False, "group" if grand == kept else "bare"


def _adds_up(items: Sequence[Item], at: int, name: str, step: Decimal) -> bool | None:
    """Whether the items next to one make up its amount: True surely, False perhaps, None they do not."""
    amount = items[at].amounts.get(name)
    best: bool | None = None
    for way in (1, -1) if amount else ():
        parts: list[Item] = []
        total, place = Decimal(), at + way
        while 0 <= place < len(items) and amount is not None:
            item = items[place]
            place += way
            if item.adds_up:
                continue
            if name not in item.amounts or total > amount:
                break
            parts.append(item)
            total += item.amounts[name]
            if _same(amount, total, len(parts), step):
                ends = not 0 <= place < len(items) or items[place].kind != "project"
                sure = _sure(items[at], parts, ends, name)
                best = sure if best is None else best or sure
                break
    return best


def _sure(item: Item, parts: Sequence[Item], ends: bool, name: str) -> bool | None:
    """How sure an agreement is, by the number of its parts, and whether only they have more than money;
    ``ends``: no further project stands beside them."""
    full = all(part.kind == "project" for part in parts)
    many = len(parts) > FEW or len({part.amounts[name] for part in parts}) > 1
    if item.marked and full and ends:
        return True
    if len(parts) == 1:
        return False if ends and (full or item.marked) else None
    return ends and many and (full or len(parts) > FEW)


def compare(items: Sequence[Item], name: str, step: Decimal) -> Iterator[Compared]:
    """Each row of sums against the items that it most likely adds up. ``step``: what the last digit printed
    is worth where amounts are rounded, else 0."""
    leaves = [n for n, item in enumerate(items) if not item.adds_up]
    known = [items[n].amounts.get(name) for n in leaves]
    sums = [Decimal(), *accumulate(amount or Decimal() for amount in known)]
    blank = [0, *accumulate(amount is None for amount in known)]
    edges = [n for n, item in enumerate(items) if item.adds_up]
    grand = sum(item.kind == "grand" for item in items)
    for place, at in enumerate(edges):
        if name not in items[at].amounts:
            continue
        printed, found = items[at].amounts[name], []
        for start, end in _scopes(items[at].kind, grand, leaves, edges, place):
            read = sums[end] - sums[start]
            agrees = blank[end] == blank[start] and _same(printed, read, end - start, step)
            found.append((not agrees, abs(read - printed), end - start, start))
        if found:
            differs, _, count, start = min(found)
            yield _compared(items, at, name, leaves[start : start + count], not differs)


def _scopes(
    kind: Kind, grand: int, leaves: Sequence[int], edges: Sequence[int], place: int
) -> list[tuple[int, int]]:
    """What a row of sums may add up, as runs of ``leaves``: all, all above it, or its neighbours as far as
    another such row; ``grand``: how many say that they add up all; ``place``: among the ``edges``."""
    here = bisect_left(leaves, edges[place])
    if kind == "carried":
        runs = [(0, here)]
    elif kind == "grand" and grand == 1:
        runs = [(0, len(leaves))]
    else:
        above, below = edges[max(place - REACH, 0) : place], edges[place + 1 : place + 1 + REACH]
        runs = [(0, here), *((bisect_left(leaves, edge), here) for edge in above)]
        runs += [(here, len(leaves)), *((here, bisect_left(leaves, edge)) for edge in below)]
        runs += [(0, len(leaves))] * (kind == "grand")
    return [(start, end) for start, end in runs if start < end]


def _compared(items: Sequence[Item], at: int, name: str, parts: Sequence[int], agrees: bool) -> Compared:
    printed = items[at].amounts[name]
    known = {n: items[n].amounts[name] for n in parts if name in items[n].amounts}
    read = sum(known.values(), Decimal())
    slips = [
        (n, factor)
        for n, amount in known.items()
        for factor in (1 / SLIP, SLIP)
        if amount and not agrees and read - amount + amount * factor == printed
    ]
    return Compared(at, printed, read, tuple(parts), known, agrees, slips[0] if len(slips) == 1 else None)


def _same(amount: Decimal, total: Decimal, count: int, step: Decimal) -> bool:
    return abs(total - amount) * 2 <= step * (count + 1)


def written(numbers: Sequence[Decimal], special: int) -> str:
    """A sum written out; of many terms only the ``special`` one and what the others come to."""
    if len(numbers) > _SHOWN:
        rest = sum(numbers, Decimal()) - numbers[special]
        terms = [f"其余{len(numbers) - 1}项 {plain(rest)}", plain(numbers[special])]
    else:
        terms = [plain(number) for number in numbers]
    return f"{' + '.join(terms)} = {plain(sum(numbers, Decimal()))}"


def plain(number: Decimal) -> str:
    """1234.50 → 1,234.5."""
    return f"{number:,.4f}".rstrip("0").rstrip(".")
