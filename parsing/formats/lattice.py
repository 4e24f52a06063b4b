"""Ruling lines and glyphs of a page → tables with their merged cells, and the text outside them."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

from parsing.errors import TooLarge
from parsing.formats import lettering
from parsing.formats.page import Glyph, Page, Rule
from parsing.formats.rules import TOUCH, joined, levels, networks
from parsing.grid import Box

LINES = 2_000  # ruling lines of a page in one direction; a drawing has more
FIELDS = 20_000  # smallest rectangles of a table on one page
OPEN = 8.0  # lines that stick out further than this reach for a border that was left out


class Area(NamedTuple):
    """A cell with its text, counted from 0 in its table; ``sure`` the chance that it was read rightly."""

    row: int
    column: int
    height: int
    width: int
    text: str
    box: Box
    sure: float


@dataclass(slots=True)
class Table:
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
    across: list[Rule]
    down: list[Rule]


def blocks(page: Page) -> list[Table | Note]:
    """What stands on the page from top to bottom. Raises TooLarge for a drawing."""
    across, down = joined(page.across), joined(page.down)
    if max(len(across), len(down)) > LINES:
        raise TooLarge(reason="这一页的线条太多，像是图纸，没有读取")
    nets = sorted(_nets(across, down), key=lambda net: (net.xs[-1] - net.xs[0]) * (net.ys[-1] - net.ys[0]))
    inside: list[list[tuple[int, int, Glyph]]] = [[] for _ in nets]
    loose: list[Glyph] = []
    for glyph in page.glyphs:
        x, y = (glyph.left + glyph.right) / 2, (glyph.top + glyph.bottom) / 2
        for net, glyphs in zip(nets, inside, strict=True):  # the smallest first: tables stand in frames
            if net.xs[0] - 1 <= x <= net.xs[-1] + 1 and net.ys[0] - 1 <= y <= net.ys[-1] + 1:
                glyphs.append((_at(net.ys, y), _at(net.xs, x), glyph))
                break
        else:
            loose.append(glyph)
    found: list[Table | Note] = [_table(page, *pair) for pair in zip(nets, inside, strict=True) if pair[1]]
    found += _notes(page, loose)
    return sorted(found, key=lambda block: block.top)


def _nets(across: list[Rule], down: list[Rule]) -> Iterator[_Net]:
    for hs, vs in networks(across, down):
        if len(hs) < 2 or not vs:
            continue
        xs, ys = levels(rule.at for rule in vs), levels(rule.at for rule in hs)
        _reach(xs, hs)
        _reach(ys, vs)
        fields = (len(xs) - 1) * (len(ys) - 1)
        if fields > FIELDS:
            raise TooLarge(reason="这一页的线条太多，像是图纸，没有读取")
        if fields > 1:  # one field alone is a frame around something
            yield _Net(xs, ys, hs, vs)


def _reach(places: list[float], rules: list[Rule]) -> None:
    """Where lines stick out past the outermost crossing, the border there was left out: at a page break,
    or because the table is open at its sides."""
    starts, ends = sorted(rule.start for rule in rules), sorted((rule.end for rule in rules), reverse=True)
    if len(starts) > 1 and places[0] - starts[1] > OPEN:
        places.insert(0, starts[1])
    if len(ends) > 1 and ends[1] - places[-1] > OPEN:
        places.append(ends[1])


def _at(places: list[float], value: float) -> int:
    return bisect_right(places, value, 1, len(places) - 1) - 1


def _walls(rules: list[Rule], places: list[float], along: list[float]) -> list[list[bool]]:
    """[k][i]: whether a line at ``places[k]`` parts what lies between ``along[i]`` and ``along[i + 1]``."""
    covered = [[0.0] * (len(along) - 1) for _ in places]
    for rule in rules:
        k = min(range(len(places)), key=lambda k: abs(places[k] - rule.at))
        if abs(places[k] - rule.at) > TOUCH:
            continue
        for i in range(_at(along, rule.start), _at(along, rule.end) + 1):
            covered[k][i] += max(min(along[i + 1], rule.end) - max(along[i], rule.start), 0.0)
    spans = [end - start for start, end in pairwise(along)]
    return [[part >= span / 2 for part, span in zip(row, spans, strict=True)] for row in covered]


def _table(page: Page, net: _Net, inside: list[tuple[int, int, Glyph]]) -> Table:
    rows, columns = len(net.ys) - 1, len(net.xs) - 1
    flat, upright = _walls(net.across, net.ys, net.xs), _walls(net.down, net.xs, net.ys)
    owner = [[-1] * columns for _ in range(rows)]
    members: list[list[tuple[int, int]]] = []
    for row in range(rows):
        for column in range(columns):
            if owner[row][column] >= 0:
                continue
            area, todo = len(members), [(row, column)]
            owner[row][column] = area
            members.append([])
            while todo:
                r, c = todo.pop()
                members[area].append((r, c))
                for nr, nc, wall in (
                    (r + 1, c, r + 1 >= rows or flat[r + 1][c]),
                    (r - 1, c, r == 0 or flat[r][c]),
                    (r, c + 1, c + 1 >= columns or upright[c + 1][r]),
                    (r, c - 1, c == 0 or upright[c][r]),
                ):
                    if not wall and owner[nr][nc] < 0:
                        owner[nr][nc] = area
                        todo.append((nr, nc))
    held: dict[int, list[Glyph]] = {}
    for row, column, glyph in inside:
        held.setdefault(owner[row][column], []).append(glyph)
    areas = []
    for area in sorted(held):
        tops, lefts = [r for r, _ in members[area]], [c for _, c in members[area]]
        top, left, bottom, right = min(tops), min(lefts), max(tops) + 1, max(lefts) + 1
        x0, y0, x1, y1 = net.xs[left], net.ys[top], net.xs[right], net.ys[bottom]
        if text := lettering.text(held[area], x0, x1):
            box, sure = page.box(x0, y0, x1, y1), _sure(held[area])
            areas.append(Area(top, left, bottom - top, right - left, text, box, sure))
    areas.sort(key=lambda area: (area.row, area.column))
    return Table(net.xs, net.ys[0], net.ys[-1], rows, areas)


def _notes(page: Page, glyphs: list[Glyph]) -> Iterator[Note]:
    for line in lettering.lines(glyphs):
        areas = []
        for column, part in enumerate(lettering.pieces(line)):
            edges = [(g.left, g.top, g.right, g.bottom) for g in part]
            left, top, right, bottom = zip(*edges, strict=True)
            box = page.box(min(left), min(top), max(right), max(bottom))
            areas.append(Area(0, column, 1, 1, lettering.written(part).strip(), box, _sure(part)))
        areas = [area for area in areas if area.text]
        if areas:
            yield Note(min(glyph.top for glyph in line), areas)


def _sure(glyphs: list[Glyph]) -> float:
    chance = 1.0
    for glyph in glyphs:
        chance *= glyph.sure
    return chance
