"""A page of the file as a picture, with the box of every cell over it."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Collection, Sequence

from dashboard.html.original import Spot, cell_id
from parsing import Picture, Project


def pages(project: Project) -> list[int]:
    """The pages that the project's table stands on, from 1; none for a file without pages."""
    return sorted({page for _, _, page, *_ in project.boxes})


def page_of(project: Project, spot: Spot) -> int | None:
    """The page that a cell is seen on."""
    return next((page for row, column, page, *_ in project.boxes if (row, column) == spot), None)


def paper(project: Project, page: int, picture: Picture, repaired: Collection[int] = ()) -> str:
    """The page with a box for each cell, ``data-cell`` as in the grid; rows in ``repaired`` are marked."""
    across, down = 100 / picture.width, 100 / picture.height
    boxes = "".join(
        f'<i data-cell="{cell_id((row, column))}"{" class=repaired" if row in repaired else ""} style="'
        f"left:{left * across:.2f}%;top:{top * down:.2f}%;"
        f'width:{(right - left) * across:.2f}%;height:{(bottom - top) * down:.2f}%"></i>'
        for row, column, where, left, top, right, bottom in project.boxes
        if where == page
    )
    source = f"data:image/webp;base64,{b64encode(picture.image).decode()}"
    return (
        '<div class="original paper" tabindex="0" role="region" aria-label="原件">'
        f'<div class="sheet" style="aspect-ratio:{picture.width:.1f}/{picture.height:.1f}">'
        f'<img src="{source}" alt="第{page}页">{boxes}</div></div>'
    )


def turner(numbers: Sequence[int], page: int | None) -> str:
    """The switch between page and grid (``page`` None: the grid is shown), and the pages to turn to."""
    sides = _choice("side:page", "原件", page is not None) + _choice("side:grid", "表格", page is None)
    turns = [_choice(f"page:{number}", f"第{number}页", number == page) for number in numbers]
    more = f"<span>{''.join(turns)}</span>" if page is not None and len(turns) > 1 else ""
    return f'<nav class="turn"><span>{sides}</span>{more}</nav>'


def _choice(value: str, text: str, chosen: bool) -> str:
    return f'<a role="button" aria-pressed="{str(chosen).lower()}" data-value="{value}">{text}</a>'
