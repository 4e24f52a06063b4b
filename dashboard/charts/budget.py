"""Ranked bars of money: the value and its share stand at the end of each bar."""

from __future__ import annotations

from itertools import accumulate
from typing import TYPE_CHECKING, Any

from dashboard import theme
from dashboard.charts.layout import axis_end, base_layout, label_axis, plain_text, row_labels
from dashboard.wording.formatting import UNKNOWN, Unit, format_money, format_share, format_yuan, is_known

if TYPE_CHECKING:
    import pandas as pd

Figure = dict[str, Any]
TOP = 3
SPAN = 50
CUMULATIVE = 8  # digits for the column of cumulative shares


def ranked(
    rows: pd.DataFrame,
    unit: Unit,
    total_fen: int,
    *,
    cumulative: bool = False,
    dense: bool = False,
    span: int = SPAN,
) -> Figure:
    """Projects from the largest down, in the order given.

    ``rows``: ``key``, ``name``, ``projects``, ``budget_fen`` (分, unknown where it was not read), ``rest`` (1
    for the row that stands for all others: it is hatched and has no key). ``total_fen`` is what shares are
    of. A bar's customdata is ``[key, name, exact 元]``. ``dense``: one line a name. ``span``: how
    many digits fit side by side where the bars are, so that there is room for the words at their ends.
    """
    return _bars(rows, unit, total_fen, cumulative, dense, span, strong=TOP, counted=False)


def grouped(rows: pd.DataFrame, unit: Unit, total_fen: int, *, dense: bool = False) -> Figure:
    """Bars by unit, type or year: as :func:`ranked`, how many projects being told beside the share."""
    return _bars(rows, unit, total_fen, False, dense, SPAN, strong=len(rows), counted=True)


def _name(name: Any, rest: int, projects: int, counted: bool) -> str:
    if isinstance(name, str) and name:
        return plain_text(name)
    if not rest:
        return "未填写"
    return "其余各组" if counted else f"其余 {projects:,} 个项目"


def _bars(
    rows: pd.DataFrame,
    unit: Unit,
    total_fen: int,
    cumulative: bool,
    dense: bool,
    span: int,
    strong: int,
    counted: bool,
) -> Figure:
    keys = [key if isinstance(key, str) else None for key in rows["key"]]
    names = [_name(*row, counted) for row in zip(rows["name"], rows["rest"], rows["projects"], strict=True)]
    blank = rows["unpriced"] == rows["projects"] if "unpriced" in rows else [False] * len(rows)
    money = [
        int(fen) if is_known(fen) and not unread else None
        for fen, unread in zip(rows["budget_fen"], blank, strict=True)
    ]
    counts = [f"　{n} 个" if counted else "" for n in rows["projects"]]
    ends = [
        (UNKNOWN if fen is None else f"<b>{format_money(fen, unit)}</b>　{format_share(fen, total_fen)}")
        + count
        for fen, count in zip(money, counts, strict=True)
    ]
    parts = rows["part"] if "part" in rows else [0] * len(rows)  # of the bar above
    colors = [
        theme.REST if rest else theme.STRONG if rank < strong and not part else theme.MUTED
        for rank, (rest, part) in enumerate(zip(rows["rest"], parts, strict=True))
    ]
    longest = max([fen or 0 for fen, rest in zip(money, rows["rest"], strict=True) if not rest], default=0)
    drawn = [
        0 if rest and fen and fen > longest else fen or 0
        for fen, rest in zip(money, rows["rest"], strict=True)
    ]
    end = axis_end(longest, ends, span, CUMULATIVE if cumulative else 0)
    bars = {
        "type": "bar",
        "orientation": "h",
        "x": drawn,
        "y": list(range(len(rows))),
        "text": ends,
        "textposition": "outside",
        "textangle": 0,
        "constraintext": "none",
        "cliponaxis": False,
        "textfont": {"color": theme.INK},
        "marker": {
            "color": colors,
            "pattern": {"shape": ["/" if rest else "" for rest in rows["rest"]], "fgcolor": theme.QUIET},
        },
        "selected": {"marker": {"opacity": 1}},
        "unselected": {"marker": {"opacity": 1}},
        "customdata": [[k, n, format_yuan(m)] for k, n, m in zip(keys, names, money, strict=True)],
        "hovertemplate": "%{customdata[1]}<br><b>%{customdata[2]} 元</b><extra></extra>",
    }
    data = [bars]
    if cumulative:
        sums = accumulate(fen or 0 for fen in money)
        data.append(
            {
                "type": "scatter",
                "mode": "text",
                "x": [end] * len(rows),
                "y": bars["y"],
                "text": [format_share(so_far, total_fen) for so_far in sums],
                "textposition": "middle left",
                "textfont": {"color": theme.QUIET},
                "cliponaxis": False,
                "hoverinfo": "skip",
            }
        )
    labels = {"tickvals": bars["y"], "ticktext": row_labels(names, dense)}
    return {
        "data": data,
        "layout": base_layout(
            bargap=0.34,
            xaxis=label_axis(visible=False, range=[0, end]),
            yaxis=label_axis(range=[len(rows) - 0.5, -0.5], **labels),
        ),
    }
