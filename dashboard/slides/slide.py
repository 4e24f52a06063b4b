"""One slide, and the pieces that slides are made of."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from typing import NamedTuple, TypeVar

from dashboard.markup.original import cell_id
from parsing import Project

T = TypeVar("T")


class Slide(NamedTuple):
    """``title`` is the conclusion, ``below`` how to read the rest, both plain text; ``body`` HTML; ``notes``
    what the speaker may say; ``key``: the project it is about, or empty."""

    kind: str
    title: str
    below: str
    body: str
    notes: str = ""
    key: str = ""


def parts(items: Sequence[T], size: int) -> list[Sequence[T]]:
    """The items in as few runs of at most ``size`` as possible, of like length."""
    count = max(1, -(-len(items) // size))
    step = -(-len(items) // count) if items else 1
    return [items[at : at + step] for at in range(0, len(items), step)] or [items]


def of_many(title: str, number: int, count: int) -> str:
    """A title that says which of several slides it is on."""
    return title if count == 1 else f"{title}（{number}/{count}）"


def source(key: str, project: Project, path: str) -> str:
    """Attributes of a figure that leads to the cell it came from; none where that is not known."""
    place = project.find(path) or (None if path else project.place)
    if place is None:
        return ""
    cell = cell_id((place.row, place.column))
    return f' tabindex="0" data-source="{escape(key)} {cell}" data-place="{escape(str(place))}"'
