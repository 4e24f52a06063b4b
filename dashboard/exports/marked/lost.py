"""What a workbook has that does not survive our writing into it."""

from __future__ import annotations

import io
import re
from zipfile import ZipFile

DRAWN = re.compile(rb"<(?:\w+:)?(?:sp|cxnSp)[ >]")  # shapes, text boxes, connectors; pictures and charts stay
PARTS = (  # where it is in the zip, and what it is called
    (re.compile(r"xl/(ctrlProps|activeX)/"), "窗体控件"),
    (re.compile(r"xl/(slicers|timelines)/"), "切片器"),
    (re.compile(r"xl/media/.*\.(emf|wmf|svg)$"), "矢量图片"),
    (re.compile(r"xl/threadedComments/"), "批注的回复"),
)
DRAWING = re.compile(r"xl/drawings/drawing\d*\.xml$")
LARGE = 8 << 20  # bytes of a drawing that is looked into


def lost(data: bytes) -> list[str]:
    """The names of such things, each once."""
    with ZipFile(io.BytesIO(data)) as package:
        names = package.namelist()
        words = [word for pattern, word in PARTS if any(pattern.match(name) for name in names)]
        for name in filter(DRAWING.match, names):
            with package.open(name) as drawing:
                if DRAWN.search(drawing.read(LARGE)):
                    return ["图形或文本框", *words]
    return words
