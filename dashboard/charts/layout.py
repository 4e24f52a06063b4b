"""What all charts have in common: their layout, their axes, and labels that fit."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from dashboard.theme import FONT, INK, SIZE
from dashboard.wording.formatting import clip, shorten

DENSE = 12  # characters of a name where rows stand close
_WHOLE = re.compile(
    r"[A-Za-z0-9.,%][A-Za-z0-9.,%]|[（(【“].|.[）)】”，。、]"
)  # two signs that stay on one line


def wrap_label(text: str, width: int) -> str:
    """Text for a chart label in two lines of like length, where one of ``width`` characters is too short:
    clipped to them, broken with ``<br>``, before an opening bracket where there is one near, never within a
    number or a Latin word."""
    text = plain_text(clip(text, 2 * width))
    if len(text) <= width:
        return text
    middle = -(-len(text) // 2)
    spots = [at for at in range(len(text) - width, width + 1) if not _WHOLE.match(text, at - 1)]
    brackets = [at for at in spots if text[at] in "（(【"]
    at = min(brackets or spots, key=lambda spot: abs(spot - middle), default=middle)
    return f"{text[:at]}<br>{text[at:]}"


def plain_text(text: str) -> str:
    """Text that a chart takes for no markup."""
    return text.translate({ord("<"): "＜", ord(">"): "＞"})


def row_labels(names: Sequence[str], dense: bool, width: int = 11) -> list[str]:
    """Labels of rows in a chart: of two lines of ``width`` characters, or of one where rows stand close."""
    if dense:
        return [plain_text(name) for name in shorten(names, DENSE)]
    return [wrap_label(name, width) for name in shorten(names, 2 * width)]


def axis_end(longest: int, ends: list[str], span: int, more: int = 0) -> float:
    """Where the axis of bars must end so that the texts at their ends fit: the plot is ``span`` digits
    wide, and ``more`` of them are needed for something else."""
    widest = max(map(count_digits, ends), default=0)
    return (longest or 1) / (1 - min(0.8, (widest + 1 + more) / span))


def count_digits(end: str) -> int:
    """How many digits are as wide as a text of a chart, or as the wider of its lines."""
    lines = (re.sub("<[^>]+>", "", line) for line in end.split("<br>"))
    return max(sum(1 if sign.isascii() else 2 for sign in line) for line in lines)


def base_layout(**more: Any) -> dict[str, Any]:
    """A chart's layout: no fixed pixels but the text size, margins as wide as the labels need."""
    return {
        "autosize": True,
        "margin": {"l": 0, "r": 0, "t": 0, "b": 0, "pad": 0},
        "font": {"family": FONT, "size": SIZE, "color": INK},
        "paper_bgcolor": "rgba(0,0,0,0)",
        "plot_bgcolor": "rgba(0,0,0,0)",
        "showlegend": False,
        "dragmode": False,
        "clickmode": "event+select",
        "hoverlabel": {"font": {"family": FONT, "size": SIZE}, "align": "left", "bgcolor": "#FFFFFF"},
        **more,
    }


def label_axis(**more: Any) -> dict[str, Any]:
    """An axis that only carries labels."""
    return {
        "automargin": True,
        "tickangle": 0,
        "ticks": "",
        "showgrid": False,
        "zeroline": False,
        "fixedrange": True,
        "ticklabelstandoff": 8,
        "ticklabeloverflow": "allow",  # Plotly leaves out one that would reach over the edge
        **more,
    }
