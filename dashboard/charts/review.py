"""Money × problems: which projects to look at first."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import sqrt
from typing import Any

from dashboard import theme
from dashboard.charts.layout import base_layout, label_axis, plain_text
from dashboard.wording.formatting import UNKNOWN, Unit, format_money, is_known, shorten

Figure = dict[str, Any]
Row = Mapping[str, Any]
Box = tuple[float, float, float, float]
WIDE, TALL = 1120.0, 520.0  # px of the plot, as drawn for text of 22 px
LABELLED = 14  # projects that may get a name
NAME = 20  # characters of it
FEW = 60  # projects; more of them are drawn smaller
STEPS = (1, 2, 5)


def quadrant(rows: Sequence[Row], severities: Mapping[int, str], unit: Unit) -> Figure:
    """A mark for each project: problems to the right, year money upward (by its root, so that small ones stay
    apart); its shape is that of its most severe finding. ``rows`` as of ``queries.review.quadrant``;
    ``severities``: rank → word. Lines at the averages part the quadrants. A mark's customdata is its key."""
    money = [max(0, int(row["budget_fen"])) if is_known(row["budget_fen"]) else 0 for row in rows]
    counts = [int(row["problems"]) for row in rows]
    right, top = max(counts, default=0) + 0.8, sqrt(max(money, default=0) or 100) * 1.1
    left, low = min(counts, default=0) - 0.8, -0.05 * top
    spots = [
        ((n - left) / (right - left) * WIDE, (sqrt(fen) - low) / (top - low) * TALL)
        for n, fen in zip(counts, money, strict=True)
    ]
    marks = [
        theme.SEVERITIES.get(severities.get(row["rank"], ""), ("", "x-thin-open", theme.QUIET))
        for row in rows
    ]
    names = [plain_text(row["name"]) for row in rows]
    shown = shorten(names, NAME)
    places = labels(shown, spots, money)
    told = [
        f"{name}<br><b>{_money(row, unit)}</b>　问题 {n} 条（高 {row['high']}、中 {row['middle']}）"
        for name, row, n in zip(names, rows, counts, strict=True)
    ]
    opacity = 0.85 if len(rows) <= FEW else 0.6
    dots = {
        "type": "scatter",
        "mode": "markers+text",
        "x": counts,
        "y": [sqrt(fen) for fen in money],
        "text": [f" {name} " if place else "" for name, place in zip(shown, places, strict=True)],
        "textposition": [place or "middle right" for place in places],
        "textfont": {"color": theme.INK},
        "cliponaxis": False,
        "marker": {
            "symbol": [symbol for _, symbol, _ in marks],
            "color": [color for _, _, color in marks],
            "size": 17 if len(rows) <= FEW else 11,
            "opacity": opacity,
            "line": {"width": 2, "color": [color for _, _, color in marks]},
        },
        "selected": {"marker": {"opacity": opacity}},
        "unselected": {"marker": {"opacity": opacity}},
        "customdata": [[row["key"]] for row in rows],
        "hovertext": told,
        "hovertemplate": "%{hovertext}<extra></extra>",
    }
    values = _ticks(max(money, default=0))
    across = sum(counts) / len(counts) if counts else 0
    up = sqrt(sum(money) / len(money)) if money else 0
    return {
        "data": [dots],
        "layout": base_layout(
            hovermode="closest",
            shapes=[
                _line(x0=across, x1=across, y0=0, y1=1, yref="paper"),
                _line(y0=up, y1=up, x0=0, x1=1, xref="paper"),
            ],
            annotations=[
                _corner("钱多、问题多：先改", 1, 1),
                _corner("钱多、问题少", 0, 1),
                _corner("钱少、问题多", 1, 0),
            ],
            xaxis=label_axis(range=[left, right], nticks=10, tickformat="d"),
            yaxis=label_axis(
                range=[low, top],
                tickvals=[sqrt(fen) for fen in values],
                ticktext=[_short(fen, unit) for fen in values],
            ),
        ),
    }


def _money(row: Row, unit: Unit) -> str:
    if not is_known(row["budget_fen"]):
        return f"当年预算{UNKNOWN}"
    return f"{format_money(int(row['budget_fen']), unit)} {unit}"


def _ticks(most: int) -> list[int]:
    """Round amounts in 分 from nothing up to ``most``, apart enough on an axis of roots."""
    found, power = [0], 1
    rounds = []
    while power <= most:
        rounds += [step * power for step in STEPS if step * power <= most]
        power *= 10
    last = sqrt(most) * 1.05
    for fen in reversed(rounds):
        if last - sqrt(fen) > 0.09 * sqrt(most) and sqrt(fen) > 0.09 * sqrt(most):
            found.append(fen)
            last = sqrt(fen)
    return sorted(found)


def _short(fen: int, unit: Unit) -> str:
    text = format_money(fen, unit)
    return text.rstrip("0").rstrip(".") if "." in text else text


def _line(**more: Any) -> Figure:
    return {
        "type": "line",
        "line": {"color": theme.LINE, "width": 2, "dash": "6px,4px"},
        "layer": "below",
        **more,
    }


def _corner(text: str, x: int, y: int) -> Figure:
    return {
        "text": text,
        "x": x,
        "y": y,
        "xref": "paper",
        "yref": "paper",
        "xanchor": "right" if x else "left",
        "yanchor": "top" if y else "bottom",
        "showarrow": False,
        "font": {"color": theme.QUIET},
        "bgcolor": "rgba(255,255,255,0.85)",
    }


def labels(names: Sequence[str], spots: Sequence[tuple[float, float]], money: Sequence[int]) -> list[str]:
    """Where the names of the biggest stand beside their marks, "" where there is no room: no name covers
    another, nor a mark."""
    found = [""] * len(names)
    biggest = sorted(range(len(names)), key=lambda n: -money[n])[:LABELLED]
    taken: list[Box] = [(x - 13, y - 13, x + 13, y + 13) for x, y in spots]
    taken += [(WIDE - 230, TALL - 32, WIDE, TALL), (0, TALL - 32, 160, TALL), (WIDE - 160, 0, WIDE, 32)]
    for n in biggest:
        for place, box in boxes(names[n], spots[n]).items():
            inside = box[0] >= 0 and box[2] <= WIDE and box[1] >= 0 and box[3] <= TALL
            if inside and not any(meet(box, other) for other in taken):
                found[n] = place
                taken.append(box)
                break
    return found


def boxes(name: str, spot: tuple[float, float]) -> dict[str, Box]:
    """Where a name may stand beside its mark, the best first."""
    (x, y), width = spot, 22.5 * len(name)
    return {
        "middle right": (x + 14, y - 15, x + 14 + width, y + 15),
        "middle left": (x - 14 - width, y - 15, x - 14, y + 15),
        "top center": (x - width / 2, y + 14, x + width / 2, y + 44),
        "bottom center": (x - width / 2, y - 44, x + width / 2, y - 14),
    }


def meet(box: Box, other: Box) -> bool:
    """Whether one covers a part of the other."""
    return box[0] < other[2] and other[0] < box[2] and box[1] < other[3] and other[1] < box[3]
