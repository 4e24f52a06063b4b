"""One slide, and the pieces that slides are made of."""

from __future__ import annotations

import json
from collections.abc import Iterable
from html import escape
from typing import NamedTuple

from dashboard.html.original import cell_id
from dashboard.snapshot.snapshot import Case

MOST = 60  # cells behind one figure


class Slide(NamedTuple):
    """``title`` is the conclusion, ``below`` how to read the rest, both plain text; ``body`` HTML; ``notes``
    what the speaker may say; ``key``: the project it is about, or empty; ``mark``: HTML beside the title of
    a project, at most ``measure.MARK`` wide."""

    kind: str
    title: str
    below: str
    body: str
    notes: str = ""
    key: str = ""
    mark: str = ""


def of_many(title: str, number: int, count: int) -> str:
    """A title that says which of several slides it is on."""
    return title if count == 1 else f"{title}（{number}/{count}）"


def source(*figures: tuple[Case, str]) -> str:
    """Attributes of a figure that leads to the cells it came from, each the path of a value in a project;
    none where they are not known."""
    cells = [cell for case, path in figures if (cell := _cell(case, path))][:MOST]
    if not cells:
        return ""
    return f' tabindex="0" role="button" data-source="{escape(json.dumps(cells, ensure_ascii=False))}"'


def _cell(case: Case, path: str) -> tuple[str, str, str] | None:
    place = case.project.find(path) or (None if path else case.project.place)
    return place and (case.key, cell_id((place.row, place.column)), str(place))


def table(kind: str, size: float, rows: int, inner: str, more: str = "") -> str:
    """A grid that takes the height it is given, its letters of ``size``."""
    return f'<div class="grow {kind}" style="--size:{size:g};--n:{rows}{more}">{inner}</div>'


def joined(parts: Iterable[str]) -> str:
    """Some phrases as notes: a sentence, or nothing."""
    text = "；".join(parts)
    return f"{text}。" if text else ""
