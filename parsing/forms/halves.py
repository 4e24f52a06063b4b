"""Lines of several blocks as one list: what the long-term block and the year's block say of the same
indicator is joined."""

from __future__ import annotations

from collections import defaultdict

from parsing import vocabulary
from parsing.forms.line import Line


def settled(lines: list[Line]) -> list[Line]:
    """The lines without categories that only seemed empty because their indicators follow below."""
    kept: list[Line] = []
    for line in lines:
        if kept and kept[-1].is_empty and not line.own_level and not line.is_empty:
            line.repairs[:0] = kept.pop().repairs
        kept.append(line)
    return kept


def join(period: list[Line], annual: list[Line]) -> list[Line]:
    """Each indicator once, in the order of its places. Lines are the same indicator where category and
    name agree; a category is empty only where both blocks leave it empty."""
    waiting: dict[tuple[str, str], list[Line]] = defaultdict(list)
    for line in annual:
        if not line.is_empty:
            waiting[_key(line)].append(line)
    alone: list[Line] = []
    for line in period:
        if line.is_empty or not waiting[_key(line)]:
            alone.append(line)
        else:
            _merge(waiting[_key(line)].pop(0), line)
    filled = {_category(line) for line in (*annual, *alone) if not line.is_empty}
    left = {_category(line) for line in annual if line.is_empty}
    both = [line for line in annual if not (line.is_empty and _category(line) in filled)]
    both += [line for line in alone if not (line.is_empty and _category(line) in filled | left)]
    return sorted(both, key=lambda line: line.places["row"].row)


def _merge(line: Line, other: Line) -> None:
    for role in ("period", "weight"):
        if role in other.texts and role not in line.texts:
            line.texts[role], line.places[role] = other.texts[role], other.places[role]
    line.places["row"] = min(line.places["row"], other.places["row"], key=lambda place: place.row)
    line.extras = other.extras | line.extras
    line.repairs[:0] = other.repairs


def _category(line: Line) -> str:
    level2 = line.texts["level2"]
    return vocabulary.slot(level2) or vocabulary.plain(level2 or line.texts["level1"])


def _key(line: Line) -> tuple[str, str]:
    return _category(line), vocabulary.plain(line.texts.get("name", ""))
