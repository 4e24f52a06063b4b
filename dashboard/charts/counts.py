"""Ranked bars of numbers of projects, and of problems in each."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from dashboard import theme
from dashboard.charts.layout import axis_end, base_layout, label_axis, plain_text, row_labels
from dashboard.wording.formatting import UNKNOWN, Unit, format_money, format_share

if TYPE_CHECKING:
    import pandas as pd

Figure = dict[str, Any]
SPAN = 50  # digits beside each other where the bars are
LEVELS = {"high": "高", "middle": "中"}
MARKERS: dict[str, Figure] = {  # told apart without colour
    "高": {"color": theme.GAP},
    "中": {
        "color": theme.TINT,
        "pattern": {"shape": "/", "fgcolor": theme.GAP, "fillmode": "overlay", "size": 8, "solidity": 0.2},
        "line": {"color": theme.GAP, "width": 2},
    },
}


def projects(rows: pd.DataFrame, unit: Unit, total: int) -> Figure:
    """How many projects: ``rows`` has key, name, projects, budget_fen, rest (1 for the row of all others) in
    the order given; ``total``: of how many. A bar's customdata is ``[key, name]``."""
    names = [_name(*one) for one in zip(rows["name"], rows["rest"], strict=True)]
    values = [int(value) for value in rows["projects"]]
    texts = [
        f"<b>{value:,} 个</b>　{format_share(value, total)}　{format_money(fen, unit) if fen else UNKNOWN}"
        for value, fen in zip(values, map(int, rows["budget_fen"]), strict=True)
    ]
    parts = rows["part"] if "part" in rows else [0] * len(rows)  # of the bar above
    colors = [
        theme.REST if rest else theme.MUTED if part else theme.STRONG
        for rest, part in zip(rows["rest"], parts, strict=True)
    ]
    pattern = {"shape": ["/" if row else "" for row in rows["rest"]], "fgcolor": theme.QUIET}
    keys = [key if isinstance(key, str) else None for key in rows["key"]]
    bars = _bars(values, texts, [[key, name] for key, name in zip(keys, names, strict=True)])
    bars["marker"] = {"color": colors, "pattern": pattern}
    return _figure([bars], names, False, axis_end(max(values, default=0), texts, SPAN))


def problems(rows: pd.DataFrame, dense: bool = False, span: int = SPAN) -> Figure:
    """The problems of each project, by severity: ``rows`` has key, name, high, middle in the
    order given. A bar's customdata is ``[key, name]``."""
    figures = {level: [int(value) for value in rows[level]] for level in LEVELS}
    sums = [sum(parts) for parts in zip(*figures.values(), strict=True)]
    texts = [
        f" <b>{total} 条</b>" + "".join(f"　{word} {figures[level][n]}" for level, word in LEVELS.items())
        for n, total in enumerate(sums)
    ]
    data, base = [], [0] * len(rows)
    for level, word in LEVELS.items():
        bars = _bars(figures[level], [""] * len(rows), rows[["key", "name"]].to_numpy().tolist())
        bars |= {"base": base, "marker": MARKERS[word]}
        base = [one + more for one, more in zip(base, figures[level], strict=True)]
        data.append(bars)
    ends = {"type": "scatter", "mode": "text", "x": sums, "y": list(range(len(rows))), "text": texts}
    data.append({**ends, "textposition": "middle right", "cliponaxis": False, "hoverinfo": "skip"})
    room = axis_end(max(sums, default=0), texts, span)
    return _figure(data, [plain_text(name) for name in rows["name"]], dense, room)


def _name(name: Any, rest: int) -> str:
    return plain_text(name) if isinstance(name, str) and name else "其余各组" if rest else "未填写"


def _bars(values: list[int], texts: list[str], about: list[list[Any]]) -> Figure:
    return {
        "type": "bar",
        "orientation": "h",
        "x": values,
        "y": list(range(len(values))),
        "width": 0.66,
        "text": texts,
        "textposition": "outside",
        "textangle": 0,
        "constraintext": "none",
        "cliponaxis": False,
        "textfont": {"color": theme.INK},
        "selected": {"marker": {"opacity": 1}},
        "unselected": {"marker": {"opacity": 1}},
        "customdata": about,
        "hovertemplate": "%{customdata[1]}<extra></extra>",
    }


def _figure(data: list[Figure], names: list[str], dense: bool, end: float) -> Figure:
    labels = {"tickvals": list(range(len(names))), "ticktext": row_labels(names, dense)}
    return {
        "data": data,
        "layout": base_layout(
            barmode="overlay",
            xaxis=label_axis(visible=False, range=[0, end]),
            yaxis=label_axis(range=[len(names) - 0.5, -0.5], **labels),
        ),
    }
