"""Ranked bars of money: the value and its share stand at the end of each bar."""

from __future__ import annotations

from itertools import accumulate
from typing import Any

import pandas as pd

from dashboard import look
from dashboard.look import Unit

Figure = dict[str, Any]
TOP = 3


def ranked(
    rows: pd.DataFrame, unit: Unit, total_fen: int, *, cumulative: bool = False, width: int = 11
) -> Figure:
    """Bars from the largest down, in the order given.

    ``rows``: ``key`` (str; None for the collected rest, which is drawn hatched), ``name``,
    ``budget_fen`` (分, None where it was not read). ``total_fen`` is what shares are of.
    A bar's customdata is ``[key, name, exact 元]``.
    """
    return _bars(rows, unit, total_fen, cumulative=cumulative, width=width, strong=TOP)


def grouped(rows: pd.DataFrame, unit: Unit, total_fen: int, *, width: int = 11) -> Figure:
    """Bars by unit, type or year: as :func:`ranked`, with ``projects`` (how many) told beside the share."""
    return _bars(rows, unit, total_fen, cumulative=False, width=width, strong=len(rows))


def _bars(
    rows: pd.DataFrame, unit: Unit, total_fen: int, *, cumulative: bool, width: int, strong: int
) -> Figure:
    keys = [key if isinstance(key, str) else None for key in rows["key"]]
    money = [int(fen) if look.known(fen) else None for fen in rows["budget_fen"]]
    counts = [f"　{n} 个" for n in rows["projects"]] if "projects" in rows else [""] * len(rows)
    ends = [
        f"<b>{look.money(fen, unit)}</b>　{look.share(fen, total_fen)}{count}"
        if fen is not None
        else look.UNKNOWN
        for fen, count in zip(money, counts, strict=True)
    ]
    colors = [
        look.REST if key is None else look.STRONG if rank < strong else look.MUTED
        for rank, key in enumerate(keys)
    ]
    longest = max([fen or 0 for fen in money], default=0) or 1
    bars = {
        "type": "bar",
        "orientation": "h",
        "x": [fen or 0 for fen in money],
        "y": list(range(len(rows))),
        "text": ends,
        "textposition": "outside",
        "textangle": 0,
        "constraintext": "none",
        "cliponaxis": False,
        "textfont": {"color": look.INK},
        "marker": {
            "color": colors,
            "pattern": {"shape": ["/" if key is None else "" for key in keys], "fgcolor": look.QUIET},
        },
        "selected": {"marker": {"opacity": 1}},
        "unselected": {"marker": {"opacity": 1}},
        "customdata": [[k, n, look.yuan(m)] for k, n, m in zip(keys, rows["name"], money, strict=True)],
        "hovertemplate": "%{customdata[1]}<br><b>%{customdata[2]} 元</b><extra></extra>",
    }
    data = [bars]
    if cumulative:
        sums = accumulate(fen or 0 for fen in money)
        data.append(
            {
                "type": "scatter",
                "mode": "text",
                "x": [longest * 1.82] * len(rows),
                "y": bars["y"],
                "text": [look.share(so_far, total_fen) for so_far in sums],
                "textposition": "middle left",
                "textfont": {"color": look.QUIET},
                "cliponaxis": False,
                "hoverinfo": "skip",
            }
        )
    labels = {"tickvals": bars["y"], "ticktext": [look.wrap(name, width) for name in rows["name"]]}
    return {
        "data": data,
        "layout": look.layout(
            bargap=0.34,
            xaxis=look.axis(visible=False, range=[0, longest * (1.84 if cumulative else 1.62)]),
            yaxis=look.axis(range=[len(rows) - 0.5, -0.5], **labels),
        ),
    }
