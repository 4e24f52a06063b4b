"""What became of what tables say, as bars of one length: right, said, refused, silent."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from dashboard import theme
from dashboard.charts.layout import axis_end, base_layout, count_digits, label_axis, plain_text, row_labels
from dashboard.wording.formatting import format_share
from parsing.accuracy import OUTCOMES, AccuracyPart

Figure = dict[str, Any]
SPAN = 58  # digits beside each other where the bars are, and of these at their ends: two columns
COLUMNS = {"读对": 1, "读错没说": 10}  # where each begins, behind the bars
ENDS = 19
HEAD = 0.85  # rows above the first
LEAST = 1.2  # per cent of the bar that is drawn of what there is at all, so that nobody overlooks it
MARKERS: dict[str, Figure] = {  # told apart without colour; the strongest is what nobody would notice
    "right": {"color": theme.CELLS[0]},
    "said": {
        "color": theme.DOUBT,
        "pattern": {"shape": "/", "fgcolor": "#6B4600", "fillmode": "overlay", "size": 8, "solidity": 0.25},
    },
    "refused": {
        "color": "#FFFFFF",
        "pattern": {"shape": "x", "fgcolor": theme.QUIET, "fillmode": "overlay", "size": 8, "solidity": 0.2},
    },
    "silent": {"color": theme.GAP},
}


def bars(groups: Mapping[str, AccuracyPart], beside: Iterable[str] = ()) -> Figure:
    """A bar for each group, in the order given, 100 long; a bar's customdata is what is counted in words.
    ``beside``: the names of bars in charts above or below, which begin at the same place."""
    names, shares = list(groups), [_drawn(part) for part in groups.values()]
    base = [0.0] * len(names)
    data: list[Figure] = []
    for outcome in OUTCOMES:
        lengths = [row[outcome] for row in shares]
        data.append(
            {
                "type": "bar",
                "orientation": "h",
                "x": lengths,
                "y": list(range(len(names))),
                "base": base,
                "width": 0.62,
                "marker": MARKERS[outcome],
                "selected": {"marker": {"opacity": 1}},
                "unselected": {"marker": {"opacity": 1}},
                "customdata": [[told(name, part)] for name, part in groups.items()],
                "hovertemplate": "%{customdata[0]}<extra></extra>",
            }
        )
        base = [start + length for start, length in zip(base, lengths, strict=True)]
    end = axis_end(100, ["0" * (ENDS - 1)], SPAN)
    heads = [f'<span style="color:{theme.QUIET}">{word}</span>' for word in COLUMNS]
    rows = [heads, *map(_ends, groups.values())]
    spots = [-HEAD, *range(len(names))]
    for texts, start in zip(zip(*rows, strict=True), COLUMNS.values(), strict=True):
        data.append(_column([*texts], spots, 100 + start * end / SPAN))
    wide = max(map(count_digits, (*names, *beside)), default=0)
    labels = {"tickvals": list(range(len(names))), "ticktext": row_labels(names, dense=True)}
    figure = base_layout(
        barmode="overlay",
        xaxis=label_axis(visible=False, range=[0, end]),
        yaxis=label_axis(range=[len(names) - 0.5, -0.5 - HEAD], **labels, automargin=False),
    )
    return {
        "data": data,
        "layout": figure | {"margin": figure["margin"] | {"l": theme.SIZE * wide // 2 + 12}},
    }


def _column(texts: list[str], spots: Sequence[float], start: float) -> Figure:
    return {
        "type": "scatter",
        "mode": "text",
        "x": [start] * len(texts),
        "y": [*spots],
        "text": texts,
        "textposition": "middle right",
        "textfont": {"color": theme.INK},
        "cliponaxis": False,
        "hoverinfo": "skip",
    }


def told(name: str, part: AccuracyPart) -> str:
    """What is counted, in words."""
    fields, rows, both = part.fields, part.indicators, part.both
    lines = [
        f"{plain_text(name)}：{part.tables:,} 张表",
        f"字段读对 {fields.right:,} / {fields.facts:,}，指标读对 {rows.right:,} / {rows.facts:,}",
        "，".join(f"{word} {getattr(both, key):,}" for key, word in OUTCOMES.items() if key != "right"),
    ]
    return "<br>".join(lines)


def _drawn(part: AccuracyPart) -> dict[str, float]:
    """Outcome → its length, 100 in all; a sliver is as long as can be seen."""
    both = part.both
    found = {
        outcome: max(LEAST, 100 * count / both.facts) if (count := getattr(both, outcome)) else 0.0
        for outcome in OUTCOMES
        if outcome != "right"
    }
    return {"right": max(0.0, 100 - sum(found.values())), **found}


def _ends(part: AccuracyPart) -> list[str]:
    both = part.both
    silent = format_share(both.silent, both.facts)
    alarm = f'<span style="color:{theme.GAP}"><b>{silent}</b></span>' if both.silent else "0"
    return [f"<b>{format_share(both.right, both.facts)}</b>", alarm]
