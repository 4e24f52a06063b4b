"""Ruling lines and glyphs of a page → tables with their merged cells, and the text outside them."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from math import prod
from typing import NamedTuple

from parsing.errors import TooLarge
from parsing.formats.paged import lettering
from parsing.formats.paged.page import Glyph, Page, RuledLine
from parsing.formats.paged.ruled_lines import TOUCH, joined, levels, networks
from parsing.grid import Box

LINES = 2_000  # ruling lines of a page in one direction; a drawing has more
FIELDS = 20_000  # smallest rectangles of a table on one page
HUNG = 60.0  # points below a table, at most, for the text of a cell that a page cut
OPEN = 8.0  # lines that stick out further than this reach for a border that was left out

Field = tuple[int, int]  # row and column of a smallest rectangle between lines, from 0
Fields = dict[Field, list[Glyph]]  # those with text


class Area(NamedTuple):
    """A cell with its text, counted from 0 in its table; ``sure`` the chance that it was read rightly;
    ``full``: it ends its table, and its last line left no room, so that it may go on over the page."""

    row: int
    column: int
    height: int
    width: int
    text: str
    box: Box
    sure: float
    full: bool = False


@dataclass(slots=True)
class LatticeTable:
    """``xs``: where its columns begin, and the last one ends, in points; ``areas`` in reading order."""

    xs: list[float]
    top: float
    bottom: float
    height: int
    areas: list[Area]
    ruled: bool = True


@dataclass(slots=True)
class Note:
    """A line of text outside tables, in its parts."""

    top: float
    areas: list[Area]


class _Net(NamedTuple):
    xs: list[float]
    ys: list[float]
    across: list[RuledLine]
    down: list[RuledLine]


def blocks(page: Page) -> list[LatticeTable | Note]:
    """What stands on the page from top to bottom. Raises TooLarge for a drawing."""
    across, down = joined(page.across), joined(page.down)
    if max(len(across), len(down)) > LINES:
        raise TooLarge(reason="这一页的线条太多，像是图纸，没有读取")
    nets = sorted(_nets(across, down), key=lambda net: (net.xs[-1] - net.xs[0]) * (net.ys[-1] - net.ys[0]))
    inside, loose = _sorted_in(nets, page.glyphs)
    for net, fields in zip(nets, inside, strict=True):
        loose = _hung(net, fields, loose)
    parts: list[LatticeTable | Note] = [
        _table(page, *pair) for pair in zip(nets, inside, strict=True) if pair[1]
    ]
    parts += _notes(page, loose)
    return sorted(parts, key=lambda block: block.top)


def _sorted_in(nets: list[_Net], glyphs: list[Glyph]) -> tuple[list[Fields], list[Glyph]]:
    """Glyphs by the field they stand in, for each net, and those outside. The smallest net takes a glyph
    first, as tables stand in frames. Most glyphs stand in the field of the one before: it is tried first.
    """
    inside: list[Fields] = [{} for _ in nets]
    free = [not any(_overlap(net, small) for small in nets[:k]) for k, net in enumerate(nets)]
    loose: list[Glyph] = []
    here = loose
    x0 = x1 = y0 = y1 = 0.0  # the field of the glyph before, where no smaller net can stand in it
    for glyph in glyphs:
        _, left, top, right, bottom, *_ = glyph
        x, y = (left + right) / 2, (top + bottom) / 2
        if not (x0 <= x < x1 and y0 <= y < y1):
            here, x1 = loose, x0
            for k, (xs, ys, _, _) in enumerate(nets):
                if xs[0] - 1 <= x <= xs[-1] + 1 and ys[0] - 1 <= y <= ys[-1] + 1:
                    row, column = _at(ys, y), _at(xs, x)
                    here = inside[k].setdefault((row, column), [])
                    if free[k]:
                        x0, x1, y0, y1 = xs[column], xs[column + 1], ys[row], ys[row + 1]
                    break
        here.append(glyph)
    return inside, loose


def _hung(net: _Net, inside: Fields, loose: list[Glyph]) -> list[Glyph]:
    """Give the glyphs right below a table to its last cells that are empty and have no line below them: of a
    cell that goes on over the page, Calc prints the text around its middle, be that below the table. The rest
    comes back."""
    last, bottom = len(net.ys) - 2, net.ys[-1]
    if not any(bottom < (glyph.top + glyph.bottom) / 2 < bottom + HUNG for glyph in loose):
        return loose
    walls = _walls(net.across, net.ys, net.xs)
    cells = _cells(walls, _walls(net.down, net.xs, net.ys))
    open_at = [
        column
        for column, closed in enumerate(walls[-1])
        if not closed and inside.keys().isdisjoint(cells[last][column])
    ]
    rest: list[Glyph] = []
    for glyph in loose:
        x, y = (glyph.left + glyph.right) / 2, (glyph.top + glyph.bottom) / 2
        column = _at(net.xs, x) if net.xs[0] <= x <= net.xs[-1] else -1
        if bottom < y < bottom + HUNG and column in open_at:
            inside.setdefault((last, column), []).append(glyph)
        else:
            rest.append(glyph)
    return rest


def _overlap(one: _Net, other: _Net) -> bool:
    """With the point around a net in which glyphs still belong to it."""
    return (
        one.xs[0] <= other.xs[-1] + 1
        and other.xs[0] - 1 <= one.xs[-1]
        and one.ys[0] <= other.ys[-1] + 1
        and other.ys[0] - 1 <= one.ys[-1]
    )


def _nets(across: list[RuledLine], down: list[RuledLine]) -> Iterator[_Net]:
    for hs, vs in networks(across, down):
        if not hs or not vs:
            continue
        xs, ys = levels(rule.at for rule in vs), levels(rule.at for rule in hs)
        _reach(xs, hs)
        _reach(ys, vs)
        if len(ys) < 2:
            continue
        fields = (len(xs) - 1) * (len(ys) - 1)
        if fields > FIELDS:
            raise TooLarge(reason="这一页的线条太多，像是图纸，没有读取")
        if fields > 1:  # one field alone is a frame around something
            yield _Net(xs, ys, hs, vs)


def _reach(places: list[float], rules: list[RuledLine]) -> None:
    """Where lines stick out past the outermost crossing, the border there was left out: at a page break,
    or because the table is open at its sides."""
    starts, ends = sorted(rule.start for rule in rules), sorted((rule.end for rule in rules), reverse=True)
    if len(starts) > 1 and places[0] - starts[1] > OPEN:
        places.insert(0, starts[1])
    if len(ends) > 1 and ends[1] - places[-1] > OPEN:
        places.append(ends[1])


def _at(places: list[float], value: float) -> int:
    return bisect_right(places, value, 1, len(places) - 1) - 1


def _walls(rules: list[RuledLine], places: list[float], along: list[float]) -> list[list[bool]]:
    """[k][i]: whether a line at ``places[k]`` parts what lies between ``along[i]`` and ``along[i + 1]``."""
    spans = [end - start for start, end in pairwise(along)]
    covered = [[0.0] * len(spans) for _ in places]
    for at, start, end in rules:
        k = bisect_left(places, at)
        if k == len(places) or (k and at - places[k - 1] <= places[k] - at):
            k -= 1
        start, end = max(start, along[0]), min(end, along[-1])
        if abs(places[k] - at) > TOUCH or start >= end:
            continue
        row, first, last = covered[k], _at(along, start), _at(along, end)
        for i in range(first, last + 1):
            row[i] += spans[i]
        row[first] -= start - along[first]
        row[last] -= along[last + 1] - end
    return [[part >= span / 2 for part, span in zip(row, spans, strict=True)] for row in covered]


def _cells(flat: list[list[bool]], upright: list[list[bool]]) -> list[list[list[Field]]]:
    """[row][column]: all fields that no wall parts from this one, in one list that they share."""
    shared: list[list[list[Field]]] = []
    for row in range(len(flat) - 1):
        line: list[list[Field]] = []
        shared.append(line)
        for column in range(len(upright) - 1):
            cell = shared[row - 1][column] if row and not flat[row][column] else []
            if column and not upright[column][row] and (left := line[-1]) is not cell:
                small, cell = sorted((cell, left), key=len)
                for r, c in small:
                    shared[r][c] = cell
                cell += small
            cell.append((row, column))
            line.append(cell)
    return shared


def _table(page: Page, net: _Net, inside: Fields) -> LatticeTable:
    cells = _cells(_walls(net.across, net.ys, net.xs), _walls(net.down, net.xs, net.ys))
    held: dict[Field, list[Glyph]] = {}
    for (row, column), glyphs in inside.items():
        held.setdefault(cells[row][column][0], []).extend(glyphs)
    areas = []
    for (row, column), glyphs in held.items():
        tops, lefts = zip(*cells[row][column], strict=True)
        top, left, bottom, right = min(tops), min(lefts), max(tops) + 1, max(lefts) + 1
        x0, y0, x1, y1 = net.xs[left], net.ys[top], net.xs[right], net.ys[bottom]
        if text := lettering.text(glyphs, x0, x1):
            box, sure = page.box(x0, y0, x1, y1), _sure(page, glyphs)
            full = bottom == len(cells) and lettering.is_full(glyphs, x0, x1)
            areas.append(Area(top, left, bottom - top, right - left, text, box, sure, full))
    areas.sort(key=lambda area: (area.row, area.column))
    return LatticeTable(net.xs, net.ys[0], net.ys[-1], len(cells), areas)


def _notes(page: Page, glyphs: list[Glyph]) -> Iterator[Note]:
    for line in lettering.lines(glyphs):
        areas = []
        for column, part in enumerate(lettering.pieces(line)):
            edges = [(g.left, g.top, g.right, g.bottom) for g in part]
            left, top, right, bottom = zip(*edges, strict=True)
            box = page.box(min(left), min(top), max(right), max(bottom))
            areas.append(Area(0, column, 1, 1, lettering.written(part).strip(), box, _sure(page, part)))
        areas = [area for area in areas if area.text]
        if areas:
            yield Note(min(glyph.top for glyph in line), areas)


def _sure(page: Page, glyphs: list[Glyph]) -> float:
    return prod(glyph.sure for glyph in glyphs) if page.recognised else 1.0
