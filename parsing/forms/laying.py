"""Lines of indicators that lost their columns → rows, each text below the title that it suits, at least cost.

Where lines end and where rows do, and which blanks part two cells, is decided together.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from itertools import accumulate, pairwise
from typing import NamedTuple

from parsing import vocabulary
from parsing.forms.align import LOOSE, VALUES, is_nature, misfit
from parsing.forms.fragments import SHORT, Fragment, is_level
from parsing.forms.pieces import NEVER, OVER_LINE, OVER_WHOLE, Scrap, parting, pieces_of
from parsing.values import is_part, understand

LINES = 12  # of a text, that one row may take
PIECES = 24  # of a row, that are weighed; a longer one is laid as it stands
A_ROW = 0.3  # so that a row is not parted without reason
ODD = 9.0  # what a row costs that is laid as it stands, for others to judge
SURE = 0.3  # the lead over the next best way to part a row that leaves no doubt
KEPT = 4  # ways that are followed at a time
WORSE = 3.0  # what a row may cost more than the best, before longer ones are no longer tried
SMALL = {"level1": 1, "level2": 1, "block": 1, "sign": 2, "measure": 2, "weight": 2}  # most pieces of a cell
# What it costs to join lines each of which is a row; what is a number or a sign with words; to lay something
# where anything may stand
_OVER_ROW, _TYPED, _LOOSE = 3.0, 2.0, 0.1
WHOLE = 0.8  # of the lines are a cell, or a row, each: then none is broken over narrow columns
LONGEST_UNIT = 3  # letters of most units
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
_OFF_NUMBER = 1.0  # to part a number from its unit, where units have no column
_TWICE = 2.5  # to join a text with the same one: two columns say the same
OFTEN, _STRAYED = 3, 2.0  # rows in which a text has its column, and what it costs to lay it elsewhere
_BARE = 0.6  # what a row costs that is a category alone
_VALUED = ("sign", "annual", "period", "measure")


Homes = Mapping[str, frozenset[int]]  # text → the columns in which it stands nearly always


class Laid(NamedTuple):
    """A row: (column, text) in order; ``guessed``: the column of the name, where its end is not sure, or of a
    value that may be one of two. ``is_odd``: it suits no columns, and is laid as it stands."""

    cells: list[tuple[int, Fragment]]
    guessed: int = 0
    is_odd: bool = False


class _Way(NamedTuple):
    cost: float
    cells: tuple[tuple[int, Fragment], ...]
    said: tuple[str, str]  # the value with its sign and unit, and all else: ways that agree are one


def rows_of(lines: Sequence[Sequence[Fragment]], titles: Sequence[str]) -> Iterator[Laid]:
    """The rows of these lines. A column is numbered as its title, from 2 on; what stands beside the grid is
    in column 1, and level 1 where no title says it."""
    rows = [*_rows(lines, titles, {})]
    homes = _homes(lines, rows)
    return _rows(lines, titles, homes) if homes else iter(rows)


def _homes(lines: Sequence[Sequence[Fragment]], rows: Sequence[Laid]) -> Homes:
    """The columns of each text that several rows say, once or more each, where it has strayed into others."""
    said = Counter(text for line in lines for one in line for text in one.text.split(" "))
    stands: dict[str, Counter[int]] = {}
    for row in rows:
        for column, fragment in row.cells:
            stands.setdefault(fragment.text, Counter())[column] += 1
    homes: dict[str, frozenset[int]] = {}
    for text, columns in stands.items():
        often = round(said[text] / len(rows))  # in a row
        most = max(columns.values())
        home = {column for column, count in columns.items() if 2 * count > most}
        if most >= OFTEN and often <= len(home) < len(columns):
            homes[text] = frozenset(home)
    return homes


def _rows(lines: Sequence[Sequence[Fragment]], titles: Sequence[str], homes: Homes) -> Iterator[Laid]:
    roles = {k: _role(title) for k, title in enumerate(titles, 2)}
    roles = {1: "block" if "level1" in roles.values() else "level1", **roles}
    levels = sum(role in ("level1", "level2") for role in roles.values())
    said = [line for line in lines if not (len(line) == 1 and is_level(line[0].text))]
    by_row, by_cell = (
        sum(map(kind, some)) > WHOLE * len(some) for kind, some in ((_is_row, said), (_is_cell, lines))
    )
    whole = by_row or by_cell
    early = [0.0, *(0.0 if whole else parting(line[-1]) for line in lines)]  # a row begins there
    best: list[tuple[float, int, Laid]] = [(0.0, 0, Laid([]))]
    for end in range(1, len(lines) + 1):
        ways: list[tuple[float, int, Laid]] = []
        least = ODD
        for start in range(end - 1, max(-1, end - 1 - LINES), -1):
            fragments = [fragment for line in lines[start:end] for fragment in line]
            pieces = [*pieces_of(fragments, OVER_WHOLE if whole else OVER_LINE)]
            crowded = sum(is_level(fragment.text) for fragment in fragments) > levels or len(pieces) > PIECES
            if ways and crowded:
                break
            odd = ODD, Laid([*enumerate(fragments, 2)], is_odd=True)
            cost, row = odd if crowded else _row(pieces, roles, homes) or odd
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


def _row(pieces: list[Scrap], roles: dict[int, str], homes: Homes) -> tuple[float, Laid] | None:
    """What the row costs, and the row; None where it suits no columns."""
    texts = [piece.fragment.text for piece in pieces]
    ways = _ways(
        pieces, roles, homes, bare=all(is_level(text) or vocabulary.is_block(text) for text in texts)
    )
    if not ways or ways[0].cost > ODD:
        return None
    lead = ways[1].cost - ways[0].cost if len(ways) > 1 else ODD
    cells = [*ways[0].cells]
    values = [column for column, _ in cells if roles[column] in VALUES]
    one_of_two = values if len(values) == 1 and {*VALUES} <= {*roles.values()} else []
    unsure = [column for column, _ in cells if roles[column] == "name"] if lead < SURE else []
    return ways[0].cost, Laid(cells, next(iter(one_of_two or unsure), 0))


def _ways(pieces: list[Scrap], roles: dict[int, str], homes: Homes, bare: bool) -> list[_Way]:
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
    joined = "measure" not in roles.values()  # units stand behind their numbers
    ways: list[list[_Way]] = [[_Way(0.0, (), ("", ""))], *([] for _ in range(count))]  # by pieces laid
    for column, role in roles.items():
        lacks = 0.0 if bare else _MISSING.get(role, 0.2)
        after = [[way._replace(cost=way.cost + lacks) for way in some] for some in ways]
        for a in range(count):
            for b in range(a + 1, min(count, a + SMALL.get(role, count)) + 1) if ways[a] else ():
                joint = joints[b] - joints[a + 1]
                if joint > NEVER - 1:  # sums of such figures are not exact
                    break
                text = texts[a, b]
                cost = _suits(text, role) + _STRAYED * (column not in homes.get(text, (column,)))
                cost += _TYPED if role == "weight" and understand(text).sign else 0.0
                cost += joint + pieces[a].cut * (a > 0) + _OFF_NUMBER * (pieces[a].is_unit and joined)
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
        long = sum(map(str.isalpha, text)) > LONGEST_UNIT
        return min(cost, 0.2 if is_part("measure", text) and not long else _UNIT * (1 + long))
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
