"""Lines of indicators that lost their columns → rows, each text below the title that it suits, at least cost.

Where lines end and where rows do, and which blanks part two cells, is decided together.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import accumulate, pairwise
from typing import NamedTuple

from parsing.forms import vocabulary
from parsing.forms.align import LOOSE, VALUES, is_nature, misfit
from parsing.forms.fragments import SHORT, Fragment, is_level
from parsing.values import is_part, understand

LINES = 12  # of a text, that one row may take
PIECES = 24  # of a row, that are weighed; a longer one is laid as it stands
A_ROW = 0.3  # so that a row is not parted without reason
ODD = 9.0  # what a row costs that is laid as it stands, for others to judge
SURE = 0.3  # the lead over the next best way to part a row that leaves no doubt
KEPT = 4  # ways that are followed at a time
WORSE = 3.0  # what a row may cost more than the best, before longer ones are no longer tried
SMALL = {"level1": 1, "level2": 1, "block": 1, "sign": 2, "measure": 2, "weight": 2}  # most pieces of a cell
# What it costs to join over the end of a line, of one that is whole, of a cell, or a category with anything,
# or lines each of which is a row; to join what is a number or a sign with words; to part at a blank; to lay
# something where anything may stand
_OVER_LINE, _OVER_WHOLE, _OVER_CELL, _NEVER, _OVER_ROW = 0.15, 1.2, 3.0, 9.0, 3.0
_TYPED, _AT_BLANK, _LOOSE = 2.0, 0.1, 0.1
WHOLE = 0.8  # of the lines are a cell, or a row, each: then none is broken over narrow columns
_WORDS, _UNIT = 0.8, 1.0  # a target in words; a unit, or a category, that nobody knows
_MISSING = {
    "name": 4.0,
    "annual": 4.0,
    "period": 1.5,
    "level1": 0.0,
    "level2": 0.0,
    "block": 0.0,
    "extra": 0.3,
    "weight": 1.6,
    "measure": 0.5,
}
# To join over the end of a line that is shorter than the next, though a column breaks texts anywhere; to part
# behind a line that goes on: it is stretched over its column, or ends with a comma
_OVER_SHORT, _GOES_ON = 1.0, 1.0
_TWICE = 2.5  # to join a text with the same one: two columns say the same
_COMMAS = ("，", "、", ",")
_BARE = 0.6  # what a row costs that is a category alone
_VALUED = ("sign", "annual", "period", "measure")


class Laid(NamedTuple):
    """A row: (column, text) in order; ``guessed``: the column of the name, where its end is not sure, or of a
    value that may be one of two. ``is_odd``: it suits no columns, and is laid as it stands."""

    cells: list[tuple[int, Fragment]]
    guessed: int = 0
    is_odd: bool = False


class _Token(NamedTuple):
    """``joint``: what it costs to join it with the one before; ``gap``: what stands between them then;
    ``cut``: what it costs to part them."""

    fragment: Fragment
    joint: float
    gap: str
    cut: float

    @property
    def is_number(self) -> bool:
        return understand(self.fragment.text).kind in ("number", "rate")


class _Way(NamedTuple):
    cost: float
    cells: tuple[tuple[int, Fragment], ...]
    said: tuple[str, str]  # the value with its sign and unit, and all else: ways that agree are one


def rows_of(lines: Sequence[Sequence[Fragment]], titles: Sequence[str]) -> Iterator[Laid]:
    """The rows of these lines. A column is numbered as its title, from 2 on; what stands beside the grid is
    in column 1, and level 1 where no title says it."""
    roles = {k: _role(title) for k, title in enumerate(titles, 2)}
    roles = {1: "block" if "level1" in roles.values() else "level1", **roles}
    levels = sum(role in ("level1", "level2") for role in roles.values())
    by_row, by_cell = (sum(map(kind, lines)) > WHOLE * len(lines) for kind in (_is_row, _is_cell))
    whole = by_row or by_cell
    early = [0.0, *(0.0 if whole else _GOES_ON * _goes_on(line[-1]) for line in lines)]  # a row begins there
    best: list[tuple[float, int, Laid]] = [(0.0, 0, Laid([]))]
    for end in range(1, len(lines) + 1):
        ways: list[tuple[float, int, Laid]] = []
        least = ODD
        for start in range(end - 1, max(-1, end - 1 - LINES), -1):
            fragments = [fragment for line in lines[start:end] for fragment in line]
            pieces = [*_pieces(fragments, _OVER_WHOLE if whole else _OVER_LINE)]
            crowded = sum(is_level(fragment.text) for fragment in fragments) > levels or len(pieces) > PIECES
            if ways and crowded:
                break
            odd = ODD, Laid([*enumerate(fragments, 2)], is_odd=True)
            cost, row = odd if crowded else _row(pieces, roles) or odd
            more = sum(map(_is_row, lines[start:end])) - 1 if whole else 0  # lines that are rows of their own
            cost += max(more, 0) * _OVER_ROW
            least = min(least, cost)
            ways.append((best[start][0] + early[start] + A_ROW + cost, start, row))
            if len(pieces) > len(roles) and cost > least + WORSE:
                break  # with more lines it only gets worse
        best.append(min(ways, key=lambda way: way[0]))
    rows, at = [], len(lines)
    while at:
        rows.append(best[at][2])
        at = best[at][1]
    yield from reversed(rows)


def _is_cell(line: Sequence[Fragment]) -> bool:
    return len(line) == 1 and " " not in line[0].text


def _is_row(line: Sequence[Fragment]) -> bool:
    """Whether a line has a name and a target at least, beside its categories."""
    return sum(len(one.text.split(" ")) for one in line if not is_level(one.text)) > 1


def _role(title: str) -> str:
    return vocabulary.role(title) or ("block" if vocabulary.is_block(title) else "extra")


def _row(pieces: list[_Token], roles: dict[int, str]) -> tuple[float, Laid] | None:
    """What the row costs, and the row; None where it suits no columns."""
    texts = [piece.fragment.text for piece in pieces]
    ways = _ways(pieces, roles, bare=all(is_level(text) or vocabulary.is_block(text) for text in texts))
    if not ways or ways[0].cost > ODD:
        return None
    lead = ways[1].cost - ways[0].cost if len(ways) > 1 else ODD
    cells = [*ways[0].cells]
    values = [column for column, _ in cells if roles[column] in VALUES]
    one_of_two = values if len(values) == 1 and {*VALUES} <= {*roles.values()} else []
    unsure = [column for column, _ in cells if roles[column] == "name"] if lead < SURE else []
    return ways[0].cost, Laid(cells, next(iter(one_of_two or unsure), 0))


def _pieces(fragments: Sequence[Fragment], over: float) -> Iterator[_Token]:
    """The fragments, parted at their blanks. ``over``: what it costs to join over the end of a line."""
    for before, fragment in zip([None, *fragments], fragments, strict=False):
        joint, cut = over, 0.0
        if is_level(fragment.text) or (before and is_level(before.text)):
            joint = _NEVER
        elif before and before.line == fragment.line:
            joint = _OVER_CELL if fragment.starts else over
        elif before and over == _OVER_LINE:
            joint += _OVER_SHORT * (not before.is_full and _is_shorter(before.text, fragment.text))
            cut = _GOES_ON * _goes_on(before)
        yield from _at_blanks(fragment, joint, cut)


def _goes_on(fragment: Fragment) -> bool:
    return fragment.is_full or fragment.text.endswith(_COMMAS)


def _is_shorter(text: str, below: str) -> bool:
    """Whether a line had room for another character of the next one; a word of letters is not broken."""
    return not below[0].isascii() and _width(text) < _width(below)


def _width(text: str) -> int:
    return sum(1 if letter.isascii() else 2 for letter in text if letter != " ")


def _at_blanks(fragment: Fragment, joint: float, cut: float) -> Iterator[_Token]:
    texts = [fragment.text] if is_level(fragment.text) else fragment.text.split(" ")
    for k, text in enumerate(texts):
        piece = fragment._replace(text=text)
        yield _Token(piece, 0.0, " ", _AT_BLANK) if k else _Token(piece, joint, "", cut)


def _ways(pieces: list[_Token], roles: dict[int, str], bare: bool) -> list[_Way]:
    """The best ways to lay the pieces in order into the columns, each that says something else."""
    count = len(pieces)
    joints = [*accumulate((piece.joint for piece in pieces), initial=0.0)]
    numbers = [*accumulate((piece.is_number for piece in pieces), initial=0)]
    same = (one.fragment.text == two.fragment.text for one, two in pairwise(pieces))
    twins = [0, *accumulate(same, initial=0)]
    natures = [*accumulate((is_nature(piece.fragment.text) for piece in pieces), initial=0)]
    texts: dict[tuple[int, int], str] = {}
    for a, piece in enumerate(pieces):
        texts[a, a + 1] = text = piece.fragment.text
        for b in range(a + 1, count):
            texts[a, b + 1] = text = text + pieces[b].gap + pieces[b].fragment.text
    ways: list[list[_Way]] = [[_Way(0.0, (), ("", ""))], *([] for _ in range(count))]  # by pieces laid
    for column, role in roles.items():
        lacks = 0.0 if bare else _MISSING.get(role, 0.2)
        after = [[way._replace(cost=way.cost + lacks) for way in some] for some in ways]
        for a in range(count):
            for b in range(a + 1, min(count, a + SMALL.get(role, count)) + 1) if ways[a] else ():
                joint = joints[b] - joints[a + 1]
                if joint > _NEVER - 1:  # sums of such figures are not exact
                    break
                text = texts[a, b]
                cost = _suits(text, role)
                cost += _TYPED if role == "weight" and understand(text).sign else 0.0
                cost += joint + pieces[a].cut * (a > 0)
                if b > a + 1:
                    typed = numbers[b] - numbers[a]
                    typed += -min(typed, 1) if role in VALUES else natures[b] - natures[a]
                    cost += _TYPED * typed
                    cost += _TWICE * (twins[b] - twins[a + 1])
                cell = column, pieces[a].fragment._replace(text=text)
                after[b] += [_with(way, cost, cell, role) for way in ways[a]]
        ways = [[*_told_apart(some)] for some in after]
    cost = _BARE if bare else 0.0
    return [way._replace(cost=way.cost + cost) for way in ways[count]]


def _suits(text: str, role: str) -> float:
    """How badly a text suits a column; as ``misfit`` says, but for what only a lost column makes likely."""
    if is_level(text) and role not in ("level1", "level2"):
        return ODD
    if role == "name" and vocabulary.slot(text):  # 群众满意度 is a category, too, where nothing else is
        return 0.0
    if role in ("level1", "level2"):
        known = vocabulary.level1(text) or vocabulary.slot(text)
        unknown = _UNIT + (role == "level1")  # it is rather a level 2
        return misfit(text, role, 1, "") if known else unknown if is_level(text) else ODD
    cost = misfit(text, role, 1, "")
    if role in VALUES and cost < 3:
        return _TYPED if is_nature(text) else min(cost, _WORDS)
    if role == "measure" and len(text) <= SHORT:
        return min(cost, 0.2 if is_part("measure", text) else _UNIT)
    return cost + _LOOSE * (role in LOOSE)


def _with(way: _Way, cost: float, cell: tuple[int, Fragment], role: str) -> _Way:
    value, rest = way.said
    text = cell[1].text
    said = (value + text.replace(" ", ""), rest) if role in _VALUED else (value, f"{rest}\n{text}")
    return _Way(way.cost + cost, (*way.cells, cell), said)


def _told_apart(ways: list[_Way]) -> Iterator[_Way]:
    seen: set[tuple[str, str]] = set()
    for way in sorted(ways, key=lambda way: way.cost):
        if way.said not in seen:
            seen.add(way.said)
            yield way
        if len(seen) == KEPT:
            return
