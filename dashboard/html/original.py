"""The table as it stands in its file, so that any value can be held against the cell it came from."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from html import escape

from parsing import Project
from parsing.grid import column_letters

Spot = tuple[int, int]  # row, column


def cell_id(spot: Spot) -> str:
    return f"{spot[0]}-{spot[1]}"


def original(project: Project, repaired: Collection[int] = ()) -> str:
    """The grid with its merged cells, row numbers and column letters; rows in ``repaired`` are marked.

    Every cell, blank ones too, carries ``data-cell="row-column"`` as the file counts them.
    """
    cells = {(row, column): (height, width, text) for row, column, height, width, text in project.excerpt}
    pieces = {(row, column): runs for row, column, _, _, runs in project.aside}
    for row, column, height, width, _ in project.aside:
        cells.setdefault((row, column), (height, width, ""))
    if not cells:
        return '<p class="quiet">这个项目没有留存原表。</p>'

    def shown(spot: Spot, text: str) -> tuple[str, str]:
        return f'data-cell="{cell_id(spot)}"', _body(pieces.get(spot), text)

    return sheet(cells, project.place.cell[:1].isascii(), shown, repaired)


def sheet(
    cells: Mapping[Spot, tuple[int, int, str]],
    lettered: bool,
    shown: Callable[[Spot, str], tuple[str, str]],
    repaired: Collection[int] = (),
) -> str:
    """A grid: ``cells`` gives height, width and text of those that are not blank; ``shown`` the attributes
    and the HTML of any; ``lettered``: whether its columns are called A, B, C."""
    first, last = min(row for row, _ in cells), max(row for row, _ in cells)
    columns = max(column + width - 1 for (_, column), (_, width, _) in cells.items())
    covered = {
        (row + down, column + right)
        for (row, column), (height, width, _) in cells.items()
        for down in range(min(height, last - row + 1))
        for right in range(width)
        if down or right
    }
    widths = "".join(f'<col style="width:{share:.1f}%">' for share in _widths(cells, columns))
    names = [column_letters(column) if lettered else str(column) for column in range(1, columns + 1)]
    head = "".join(f'<th scope="col">{name}</th>' for name in names)
    rows, filled = [], {row for row, _ in cells}
    for row in range(first, last + 1):
        body = ""
        for column in range(1, columns + 1):
            if (row, column) in covered:
                continue
            height, width, text = cells.get((row, column), (1, 1, ""))
            spans = (f' rowspan="{min(height, last - row + 1)}"' if height > 1 else "") + (
                f' colspan="{width}"' if width > 1 else ""
            )
            attributes, html = shown((row, column), text)
            body += f"<td {attributes}{spans}>{html}</td>"
        if row in filled:
            mark = ' class="repaired"' if row in repaired else ""
            rows.append(f'<tr{mark}><th scope="row">{row}</th>{body}</tr>')
    return (
        '<div class="original" tabindex="0" role="region" aria-label="原表">'
        f'<table><colgroup><col class="number">{widths}</colgroup><thead><tr><th></th>{head}</tr></thead>'
        f"<tbody>{''.join(rows)}</tbody></table></div>"
    )


def _body(runs: Iterable[tuple[str, str]] | None, text: str) -> str:
    """What stands in a cell: ``runs``, where some of it does not count and is shown struck, else the text."""
    if not runs:
        return escape(text)
    return "".join(f"<s>{escape(piece)}</s>" if code else escape(piece) for piece, code in runs)


def _widths(cells: Mapping[Spot, tuple[int, int, str]], columns: int) -> list[float]:
    """Each column's share of the width: as wide as most of its texts, within bounds, so that one long
    goal does not squeeze the indicators."""
    lengths: list[list[int]] = [[4] for _ in range(columns)]
    for (_, column), (_, width, text) in cells.items():
        if width == 1:
            lengths[column - 1].append(max(map(len, text.split("\n"))))
    usual = [min(12, max(5, sorted(one)[len(one) * 4 // 5])) for one in lengths]
    return [95 * one / sum(usual) for one in usual]
