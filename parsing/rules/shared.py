"""What a rule of many projects finds, and the blocks in which it looks."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from typing import NamedTuple, TypeVar

from parsing.finding import Severity
from parsing.model import Slot
from parsing.rules.outline import Outline

FEW = 3  # others that a finding names; the rest it counts
Key = TypeVar("Key", bound=Hashable)
Item = TypeVar("Item")


class Shared(NamedTuple):
    """What a portfolio rule found at ``path`` of one project. ``also``: number of another project in the
    sequence and the path there."""

    path: str
    message: str
    quote: str = ""
    severity: Severity | None = None
    advice: str = ""
    slot: Slot | None = None
    also: tuple[tuple[int, str], ...] = ()


PortfolioCheck = Callable[[Sequence[Outline]], Iterator[tuple[int, Shared]]]


def blocks(pairs: Iterable[tuple[Key, Item]]) -> dict[Key, list[Item]]:
    """Key → the items that have it, for keys that more than one has; all in the order given."""
    found: dict[Key, list[Item]] = {}
    for key, item in pairs:
        found.setdefault(key, []).append(item)
    return {key: items for key, items in found.items() if len(items) > 1}


def neighbours(items: Sequence[Item], reach: int) -> Iterator[tuple[Item, Item]]:
    """Each item with the ``reach`` after it: all pairs of a small block, some of each item in a large one."""
    for at, one in enumerate(items):
        for other in items[at + 1 : at + 1 + reach]:
            yield one, other


def clusters(pairs: Iterable[tuple[int, int]]) -> list[list[int]]:
    """The groups that pairs of numbers join, each ascending, in the order of their first."""
    root: dict[int, int] = {}

    def top(one: int) -> int:
        while root.setdefault(one, one) != one:
            root[one] = one = root[root[one]]
        return one

    for one, other in pairs:
        low, high = sorted((top(one), top(other)))
        root[high] = low
    found: dict[int, list[int]] = {}
    for one in sorted(root):
        found.setdefault(top(one), []).append(one)
    return list(found.values())


def strange(labels: Sequence[str]) -> list[bool]:
    """Of each label, whether it is out of place in the company of the others. Nobody is where all are the
    same; where more than three in four are, only those that are not; else everybody. "" is unknown: it is
    never out of place where the others are not."""
    (main, count), *others = Counter(filter(None, labels)).most_common() or [("", 0)]
    if not others:
        return [False] * len(labels)
    mixed = 4 * count <= 3 * len(labels)
    return [mixed or label not in ("", main) for label in labels]


def listed(names: Sequence[str], count: int) -> str:
    """“甲”、“乙”等5个项目: a few by name, all by number."""
    said = "、".join(f"“{name}”" for name in names[:FEW])
    return f"{said}等{count}个项目" if count > len(names[:FEW]) else said
