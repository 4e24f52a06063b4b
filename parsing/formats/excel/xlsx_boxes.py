"""Text boxes over the cells of a worksheet: what they say is in no cell, and may hide what one says."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field

from parsing.errors import Covered, ReadError
from parsing.formats.raw.packed import Package
from parsing.grid import Grid, column_letters
from parsing.printable import quoted

REMEDY = "请在 WPS 或 Excel 中把文本框里的字写进单元格，再重新导入"

MOST = 1_000  # boxes of a sheet
SIDES = {
    ("from", "row"): "top",
    ("from", "col"): "left",
    ("to", "row"): "bottom",
    ("to", "col"): "right",
}
SHOWN = 20  # characters of the text
ANCHORS = ("twoCellAnchor", "oneCellAnchor")


@dataclass(slots=True)
class TextBox:
    """``text`` as it stands; the rows and columns, from 1, over which the box lies."""

    text: str = ""
    top: int = 0
    left: int = 0
    bottom: int = 0
    right: int = 0


@dataclass(slots=True)
class _Drawing:
    boxes: list[TextBox] = field(default_factory=list)
    edge: str = ""  # from or to
    number: str = ""  # row or col
    within: bool = False

    def start(self, tag: str, _: dict[str, str]) -> None:
        if tag in ANCHORS and len(self.boxes) < MOST:
            self.boxes.append(TextBox())
        elif tag in ("from", "to"):
            self.edge = tag
        elif tag in ("row", "col"):
            self.number = tag
        elif tag == "t":
            self.within = True

    def text(self, data: str) -> None:
        if not self.boxes:
            return
        box = self.boxes[-1]
        if self.within:
            box.text += data
        elif self.edge and self.number and data.strip().isdecimal():
            setattr(box, SIDES[self.edge, self.number], int(data) + 1)

    def end(self, tag: str) -> None:
        if tag == self.edge:
            self.edge = ""
        elif tag == self.number:
            self.number = ""
        elif tag == "t":
            self.within = False


def unread_boxes(package: Package, path: str, grid: Grid) -> Iterator[Covered]:
    """The trouble at the first box that lies within the cells of a sheet; nothing where there is none."""
    cells = list(grid)
    if not cells:
        return
    rows = {cell.place.row for cell in cells}
    bottom, right = max(rows), max(cell.place.column + cell.width - 1 for cell in cells)
    inside = [
        box
        for box in _boxes(package, path)
        if min(rows) <= max(box.bottom, box.top) and box.top <= bottom and box.left <= right
    ]
    if inside:
        box = min(inside, key=lambda box: (box.top, box.left))
        place = f"{grid.file} › {grid.part} › {column_letters(box.left)}{box.top}"
        yield Covered(
            place, f"表上有{len(inside)}个文本框（如“{quoted(box.text, SHOWN)}”），没有读取", REMEDY
        )


def _boxes(package: Package, sheet: str) -> list[TextBox]:
    """The boxes of a sheet that hold a text; none where its drawing is broken."""
    boxes: list[TextBox] = []
    for kind, path in package.relations(sheet).values():
        if kind == "drawing" and path in package:
            drawing = _Drawing()
            with suppress(ReadError):
                package.walk(path, drawing.start, drawing.end, drawing.text)
            boxes += [box for box in drawing.boxes if box.text.strip() and box.top]
    return boxes
