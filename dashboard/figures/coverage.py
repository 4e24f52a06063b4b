"""Who lacks which kind of indicator: the matrix, its aggregate, and the bars of what is lacking.

Cells are bars, because a click on a bar reaches Python and one on a heatmap does not.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal

from dashboard import look
from dashboard.look import Unit

if TYPE_CHECKING:
    import pandas as pd

Figure = dict[str, Any]
Measure = Literal["个数", "金额"]
MEASURES: tuple[Measure, ...] = ("个数", "金额")
HEADS = {
    "经济效益": "经济<br>效益",
    "社会效益": "社会<br>效益",
    "生态效益": "生态<br>效益",
    "可持续影响": "可持续<br>影响",
}
HALF = 0.46  # of a cell's side, leaving a gap between cells
GAP = "✕ 缺"
SPAN = 30  # digits beside each other in the narrow chart of what is lacking


def matrix(
    rows: pd.DataFrame,
    slots: tuple[str, ...],
    totals: tuple[str, list[str]] | None = None,
    dense: bool = False,
) -> Figure:
    """Project × category with the number of indicators in the cell; an empty one says so in a dashed frame.

    ``rows``: ``key``, ``name``, ``s1`` … ``s9`` (indicators in each of ``slots``). ``totals``: the
    label of a last row without a colour, and one text for each slot. ``dense``: one line a name.
    A cell's customdata is ``[key, slot]``.
    """
    counts = [
        [int(value) for value in row] for row in rows[[f"s{k}" for k in range(1, len(slots) + 1)]].values
    ]
    keys, names = list(rows["key"]), list(rows["name"])
    texts = [[f"<b>{n}</b>" if n else GAP for n in row] for row in counts]
    fills = [[look.CELLS[min(n, 3) - 1] if n else "#FFFFFF" for n in row] for row in counts]
    inks = [[look.ON_CELLS[min(n, 3) - 1] if n else look.GAP for n in row] for row in counts]
    hovers = [
        [
            f"{look.plain(name)}<br>{slot}：{f'{n} 条指标' if n else '没有指标'}"
            for slot, n in zip(slots, row, strict=True)
        ]
        for name, row in zip(names, counts, strict=True)
    ]
    gaps = [(i, j) for i, row in enumerate(counts) for j, n in enumerate(row) if not n]
    return _grid(keys, names, slots, texts, fills, inks, hovers, gaps, totals, dense)


def groups(
    rows: pd.DataFrame, slots: tuple[str, ...], measure: Measure = "个数", dense: bool = False
) -> Figure:
    """Group × category: how many of the group's projects lack it, or how much of its money; tinted by that.

    ``rows``: ``key``, ``name``, ``projects`` and ``budget_fen`` (of the whole group), ``lack1`` … ``lack9``
    and ``fen1`` … ``fen9`` (of those that lack the slot). A cell's customdata is ``[key, slot]``.
    """
    keys = [key if isinstance(key, str) else None for key in rows["key"]]
    names = [name if isinstance(name, str) else "未填写" for name in rows["name"]]
    spots = range(1, len(slots) + 1)
    lacks = rows[[f"lack{k}" for k in spots]].to_numpy(int).tolist()
    fens = rows[[f"fen{k}" for k in spots]].to_numpy(int).tolist()
    texts, fills, inks, hovers, gaps = [], [], [], [], []
    for i, (size, money) in enumerate(zip(rows["projects"], rows["budget_fen"], strict=True)):
        size, money = int(size), int(money)
        pairs = list(zip(lacks[i], fens[i], strict=True))
        by_money = measure == "金额" and money > 0
        said = [f"<b>{look.share(fen, money)}</b>" if by_money else f"<b>{n}</b>/{size}" for n, fen in pairs]
        texts.append([f"缺 {one}" if n else "✓ 齐" for one, (n, _) in zip(said, pairs, strict=True)])
        parts = [fen / money if by_money else n / size for n, fen in pairs]
        fills.append([_tint(part) if n else look.CELLS[0] for part, (n, _) in zip(parts, pairs, strict=True)])
        inks.append([look.GAP if n else look.INK for n, _ in pairs])
        hovers.append(
            [
                f"{look.plain(names[i])}<br>{slot}：{size} 个项目中 {n} 个没有，涉及 {look.spoken(fen)}"
                for slot, (n, fen) in zip(slots, pairs, strict=True)
            ]
        )
        gaps += [(i, j) for j, (n, _) in enumerate(pairs) if n == size]
    return _grid(keys, names, slots, texts, fills, inks, hovers, gaps, None, dense)


def lacking(rows: pd.DataFrame, measure: Measure, unit: Unit, projects: int, total_fen: int) -> Figure:
    """Bars of what is lacking: ``rows`` has ``slot``, ``projects`` and ``budget_fen`` that lack it.

    ``projects`` and ``total_fen`` are the whole. A bar's customdata is ``[slot]``.
    """
    by_money = measure == "金额"
    values = [int(value) for value in rows["budget_fen" if by_money else "projects"]]
    whole = total_fen if by_money else projects
    said = [f"{look.money(value, unit)}" if by_money else f"{value} 个" for value in values]
    texts = [f"<b>{text}</b>　{look.share(value, whole)}" for text, value in zip(said, values, strict=True)]
    bars = {
        "type": "bar",
        "orientation": "h",
        "x": values,
        "y": list(range(len(rows))),
        "text": texts,
        "textposition": "outside",
        "textangle": 0,
        "constraintext": "none",
        "cliponaxis": False,
        "marker": {"color": look.GAP},
        "selected": {"marker": {"opacity": 1}},
        "unselected": {"marker": {"opacity": 1}},
        "customdata": [[slot] for slot in rows["slot"]],
        "hovertemplate": "缺%{customdata[0]}指标：%{text}<extra></extra>",
    }
    labels = {"tickvals": bars["y"], "ticktext": list(rows["slot"])}
    return {
        "data": [bars],
        "layout": look.layout(
            bargap=0.34,
            xaxis=look.axis(visible=False, range=[0, look.room(max(values, default=0), texts, SPAN)]),
            yaxis=look.axis(range=[len(rows) - 0.5, -0.5], **labels),
        ),
    }


def _grid(
    keys: list[str] | list[str | None],
    names: list[str],
    slots: tuple[str, ...],
    texts: list[list[str]],
    fills: list[list[str]],
    inks: list[list[str]],
    hovers: list[list[str]],
    gaps: list[tuple[int, int]],
    totals: tuple[str, list[str]] | None,
    dense: bool,
) -> Figure:
    spots = [(i, j) for i in range(len(keys)) for j in range(len(slots))]
    cells = {
        "type": "bar",
        "x": [j for _, j in spots],
        "y": [2 * HALF] * len(spots),
        "base": [i - HALF for i, _ in spots],
        "width": 2 * HALF + 0.02,
        "text": [texts[i][j] for i, j in spots],
        "textposition": "inside",
        "insidetextanchor": "middle",
        "textangle": 0,
        "constraintext": "none",
        "textfont": {"color": [inks[i][j] for i, j in spots]},
        "marker": {"color": [fills[i][j] for i, j in spots]},
        "selected": {"marker": {"opacity": 1}},
        "unselected": {"marker": {"opacity": 1}},
        "customdata": [[keys[i], slots[j]] for i, j in spots],
        "hovertext": [hovers[i][j] for i, j in spots],
        "hovertemplate": "%{hovertext}<extra></extra>",
    }
    data: list[Figure] = [cells]
    labels = [look.label(name, dense) for name in names]
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
    frame = "".join(
        f"M{j - HALF},{i - HALF}L{j + HALF},{i - HALF}L{j + HALF},{i + HALF}L{j - HALF},{i + HALF}Z"
        for i, j in gaps
    )
    dashed = {"type": "path", "path": frame, "line": {"color": look.GAP, "width": 2, "dash": "6px,4px"}}
    return {
        "data": data,
        "layout": look.layout(
            barmode="overlay",
            shapes=[dashed] if gaps else [],
            xaxis=look.axis(
                side="top",
                range=[-0.5, len(slots) - 0.5],
                tickvals=list(range(len(slots))),
                ticktext=[HEADS.get(slot, slot) for slot in slots],
            ),
            yaxis=look.axis(
                range=[len(labels) - 0.5, -0.5], tickvals=list(range(len(labels))), ticktext=labels
            ),
        ),
    }


def _tint(part: float) -> str:
    """White to the palest red that still carries dark red text at 7:1."""
    rest = 250 - round(28 * part)
    return f"rgb(253,{rest},{rest})"
