"""Rows × categories as cells that say a word each.

Cells are bars, because a click on a bar reaches Python and one on a heatmap does not.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

from dashboard import theme
from dashboard.charts.layout import base_layout, label_axis, row_labels

Figure = dict[str, Any]
HEADS = {
    "经济效益": "经济<br>效益",
    "社会效益": "社会<br>效益",
    "生态效益": "生态<br>效益",
    "可持续影响": "可持续<br>影响",
}
NAME = 10  # characters of a line of a name: cells need the room
HALF = 0.46  # of a cell's side, leaving a gap between cells
HATCHED = {"fillmode": "overlay", "size": 9, "solidity": 0.18, "fgcolor": theme.REST}
LINES = {  # how a frame is drawn: told apart without colour
    "solid": {"width": 3, "dash": "solid"},
    "dash": {"width": 2, "dash": "7px,4px"},
    "dot": {"width": 1.5, "dash": "2px,4px"},
}


class MatrixCell(NamedTuple):
    """``frame``: a key of LINES or none; ``pattern``: Plotly's name of a hatching, or none; ``hover``: what
    is said of it when somebody points at it."""

    text: str
    fill: str
    ink: str
    hover: str
    frame: str = ""
    pattern: str = ""


def grid(
    keys: Sequence[str | None],
    names: Sequence[str],
    slots: Sequence[str],
    cells: Sequence[Sequence[MatrixCell]],
    totals: tuple[str, list[str]] | None = None,
    dense: bool = False,
) -> Figure:
    """``cells``: one for each of ``slots`` in a row for each key. ``totals``: the label of a last row without
    a colour, and one text for each slot. ``dense``: one line a name. A cell's customdata is ``[key, slot]``.
    """
    spots = [(i, j, cell) for i, row in enumerate(cells) for j, cell in enumerate(row)]
    bars = {
        "type": "bar",
        "x": [j for _, j, _ in spots],
        "y": [2 * HALF] * len(spots),
        "base": [i - HALF for i, _, _ in spots],
        "width": 2 * HALF + 0.02,
        "text": [cell.text for _, _, cell in spots],
        "textposition": "inside",
        "insidetextanchor": "middle",
        "textangle": 0,
        "constraintext": "none",
        "textfont": {"color": [cell.ink for _, _, cell in spots]},
        "marker": {
            "color": [cell.fill for _, _, cell in spots],
            "pattern": {"shape": [cell.pattern for _, _, cell in spots], **HATCHED},
        },
        "selected": {"marker": {"opacity": 1}},
        "unselected": {"marker": {"opacity": 1}},
        "customdata": [[keys[i], slots[j]] for i, j, _ in spots],
        "hovertext": [cell.hover for _, _, cell in spots],
        "hovertemplate": "%{hovertext}<extra></extra>",
    }
    data: list[Figure] = [bars]
    labels = row_labels(names, dense, NAME)
    if totals is not None:
        data.append(
            {
                "type": "scatter",
                "mode": "text",
                "x": list(range(len(slots))),
                "y": [len(keys)] * len(slots),
                "text": totals[1],
                "hoverinfo": "skip",
            }
        )
        labels.append(totals[0])
    return {
        "data": data,
        "layout": base_layout(
            barmode="overlay",
            shapes=_frames(spots),
            xaxis=label_axis(
                side="top",
                range=[-0.5, len(slots) - 0.5],
                tickvals=list(range(len(slots))),
                ticktext=[HEADS.get(slot, slot) for slot in slots],
            ),
            yaxis=label_axis(
                range=[len(labels) - 0.5, -0.5], tickvals=list(range(len(labels))), ticktext=labels
            ),
        ),
    }


def _frames(spots: Sequence[tuple[int, int, MatrixCell]]) -> list[Figure]:
    """One path for all frames of a kind and colour: a shape each would take seconds."""
    kinds = dict.fromkeys((cell.frame, cell.ink) for _, _, cell in spots if cell.frame)
    return [
        {
            "type": "path",
            "path": "".join(
                f"M{j - HALF},{i - HALF}L{j + HALF},{i - HALF}L{j + HALF},{i + HALF}L{j - HALF},{i + HALF}Z"
                for i, j, cell in spots
                if (cell.frame, cell.ink) == (frame, ink)
            ),
            "line": {"color": ink, **LINES[frame]},
        }
        for frame, ink in kinds
    ]
