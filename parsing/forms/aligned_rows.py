"""The indicators of a text whose columns blanks align → its rows, each whole, with its own category.

Rows are those of the targets; the lines of a name stand around its target, or begin where that does; so do
the categories around their rows, or at the first of them. Which it is, the lines say themselves: where
neither fits, nothing is read.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from math import inf

from parsing import vocabulary
from parsing.forms.align import VALUES
from parsing.forms.aligned_columns import TitledColumn, columns_of
from parsing.forms.centred import joined
from parsing.forms.fragments import LEVELS
from parsing.forms.partition import Part, partition
from parsing.forms.tables import is_counted
from parsing.grid import Cell, Row

FITS = 0.5  # lines that the cells of a column may stand away from their rows, a cell
WORST = 0.75  # … and one of them
NEAR = 2  # lines from one of a cell to the next

Span = tuple[int, int]  # the first line and the last


def rows_of(lines: Sequence[Row], titles: Sequence[Cell]) -> list[list[Cell]] | None:
    """A row for each indicator: its categories, its name, and what stands in the columns behind; None where
    that is not sure."""
    columns = columns_of(lines, titles)
    fits = _fits(columns, {row[0].place.row for row in lines})
    return min(fits, key=lambda fit: fit[0], default=(0.0, None))[1]


def _fits(columns: Sequence[TitledColumn], lines: set[int]) -> Iterator[tuple[float, list[list[Cell]]]]:
    """The rows as the texts in columns may be read, with how far these stand from where they should."""
    by_role = {column.role: column for column in columns}
    target = next((by_role[role] for role in reversed(VALUES) if role in by_role), None)
    if not target or not {"name", "level2"} <= by_role.keys():
        return
    named = {cell.place.row for cell in by_role["name"].cells}
    anchors = [_wrapped(target.cells, named, lines)]
    if "weight" in by_role:
        anchors.append([[cell] for cell in by_role["weight"].cells])
    for each in filter(None, anchors):
        yield from filter(None, (_rows(columns, each, middle) for middle in (_first, _middle)))


def _wrapped(cells: Sequence[Cell], named: set[int], lines: set[int]) -> list[list[Cell]]:
    """The targets, each with the lines that go on with it: no name begins there, and they are none.
    ``lines``: those that are not blank."""
    found: list[list[Cell]] = []
    for cell in cells:
        last, line = found[-1][-1].place.row if found else 0, cell.place.row
        goes_on = line - last <= NEAR and lines.issuperset(range(last, line)) and line not in named
        if goes_on and not is_counted(cell.text):
            found[-1].append(cell)
        else:
            found.append([cell])
    return found


Middle = Callable[[Span], float]


def _first(span: Span) -> float:
    return float(span[0])


def _middle(span: Span) -> float:
    return (span[0] + span[1]) / 2


def _rows(
    columns: Sequence[TitledColumn], anchors: Sequence[Sequence[Cell]], middle: Middle
) -> tuple[float, list[list[Cell]]] | None:
    """How far the cells of all columns stand from where ``middle`` says that they do, and the rows; None
    where that is too far. ``anchors``: a cell of each row."""
    spans, total = [_span(cells) for cells in anchors], 0.0
    parts: list[list[list[Cell]]] = []
    for column in columns:
        if column.role in ("block", *LEVELS):
            continue
        whole = column.role == "name" or column.role in VALUES
        fit = _parted(column.cells, spans, middle, whole)
        if fit is None:
            return None
        total += fit[0]
        parts.append(fit[1])
    extents = [_span([cell for part in parts for cell in part[k]]) for k in range(len(anchors))]
    words = {column.role: _words(column.cells) for column in columns if column.role in LEVELS}
    level1, level2 = words.get("level1", []), words["level2"]
    if level1 is None or level2 is None:
        return None
    groups = _cut(
        len(extents), len(level2), lambda k, start, end: _distance(level2[k], extents[start:end], middle)
    )
    if groups is None:
        return None
    hulls = [(extents[start][0], max(last for _, last in extents[start:end])) for start, end in groups[1]]
    tops = _over(level1, level2, hulls, middle)
    if tops is None:
        return None
    found: list[list[Cell]] = []
    for at, (start, end) in enumerate(groups[1]):
        for k in range(start, end):
            own = [tops[1][at]] if at in tops[1] and k == start else []
            found.append([*own, _whole(level2[at]), *(_whole(part[k]) for part in parts if part[k])])
    return total + groups[0] + tops[0], found


def _span(cells: Sequence[Cell]) -> Span:
    lines = [cell.place.row for cell in cells]
    return min(lines), max(lines)


def _whole(cells: Sequence[Cell]) -> Cell:
    return cells[0]._replace(text=joined(cells))


def _parted(
    cells: Sequence[Cell], spans: Sequence[Span], middle: Middle, whole: bool
) -> tuple[float, list[list[Cell]]] | None:
    """The texts of a column for each row, in order, each group as near its row as can be, and how near.
    ``whole``: each row has one. None where they do not stand as they should, between the rows around."""

    def cost(k: int, start: int, end: int) -> float:
        if start == end:
            return inf if whole else 0.0
        first, last = _span(cells[start:end])
        after_last = not k or spans[k - 1][1] < first
        before_next = k + 1 == len(spans) or last < spans[k + 1][0]
        return _distance(cells[start:end], spans[k : k + 1], middle) if after_last and before_next else inf

    cuts = _cut(len(cells), len(spans), cost)
    return cuts and (cuts[0], [[*cells[start:end]] for start, end in cuts[1]])


def _distance(cells: Sequence[Cell], spans: Sequence[Span], middle: Middle) -> float:
    """How far a cell stands from the rows that it holds for."""
    if not spans:
        return inf
    return abs(middle(_span(cells)) - middle((spans[0][0], max(last for _, last in spans))))


def _cut(count: int, parts: int, cost: Callable[[int, int, int], float]) -> tuple[float, list[Part]] | None:
    """``count`` things in order as so many ``parts`` at least cost, and that; None where it is too high."""
    fit = partition(count, parts, lambda k, start, end: _bounded(cost(k, start, end)))
    return fit if fit[0] <= FITS * parts else None


def _words(cells: Sequence[Cell]) -> list[list[Cell]] | None:
    """The categories of a column, each with its lines; None where one is no category."""
    found: list[list[Cell]] = []
    for cell in cells:
        near = found and cell.place.row - found[-1][-1].place.row <= NEAR
        if near and (not _is_level(found[-1]) or _is_level([*found[-1], cell])):
            found[-1].append(cell)
        else:
            found.append([cell])
    return found if all(map(_is_level, found)) else None


def _text(cells: Sequence[Cell]) -> str:
    return "".join(cell.text for cell in cells)


def _is_level(cells: Sequence[Cell]) -> bool:
    text = _text(cells)
    return bool(vocabulary.level1(text) or vocabulary.slot(text))


def _bounded(cost: float) -> float:
    return cost if cost <= WORST else inf


def _over(
    words: Sequence[Sequence[Cell]], below: Sequence[Sequence[Cell]], spans: Sequence[Span], middle: Middle
) -> tuple[float, dict[int, Cell]] | None:
    """Index of a category → the word of level 1 that begins with it, and how far these stand from them."""

    def cost(k: int, start: int, end: int) -> float:
        level1 = vocabulary.level1(_text(words[k]))
        slots = (vocabulary.slot(_text(cells)) for cells in below[start:end])
        if any(slot and level1 not in vocabulary.PARENTS[slot] for slot in slots):
            return inf
        return _distance(words[k], spans[start:end], middle)

    if not words:
        return 0.0, {}
    cuts = _cut(len(spans), len(words), cost)
    return cuts and (cuts[0], {start: _whole(word) for (start, _), word in zip(cuts[1], words, strict=True)})
