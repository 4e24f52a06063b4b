"""Who lacks which kind of indicator: the matrix, its aggregate, and the bars of what is lacking."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any, Literal

from dashboard import theme
from dashboard.charts.grid import MatrixCell, grid
from dashboard.charts.layout import axis_end, base_layout, count_digits, label_axis, plain_text
from dashboard.wording.formatting import WAN, YI, Unit, format_amount, format_money, format_share, format_wan

if TYPE_CHECKING:
    import pandas as pd

Figure = dict[str, Any]
Measure = Literal["个数", "金额"]
MEASURES: tuple[Measure, ...] = ("个数", "金额")
GAPS = {  # what the standard says of a gap → its cell and what is said of it
    2: (MatrixCell("<b>✕ 必填</b>", theme.TINT, theme.GAP, "没有指标，标准要求填写", "solid")),
    1: (MatrixCell("✕ 建议", "#FFFFFF", theme.GAP, "没有指标，标准建议填写", "dash")),
    0: (MatrixCell("✕ 缺", "#FFFFFF", theme.GAP, "没有指标，标准没有要求", "dot")),
}
INAPPLICABLE = MatrixCell("不适用", "#FFFFFF", theme.INK, "不适用，已说明理由", "", "/")
UNREAD = MatrixCell("？读不出", theme.DOUBT, theme.INK, "读不出，不能当作空缺", "dash", "x")
LINE = 23  # digits that a line of what is lacking may have
SPAN = 30  # digits beside each other in the narrow chart of what is lacking


def matrix(
    rows: pd.DataFrame,
    slots: tuple[str, ...],
    totals: tuple[str, list[str]] | None = None,
    dense: bool = False,
) -> Figure:
    """Project × category: the number of indicators, or which kind of gap, or that it is none.

    ``rows``: those of ``queries.coverage.matrix``, of which ``a1``…, ``u1``…, ``r1``… may be missing.
    ``totals`` and ``dense`` as of :func:`grid`. A cell's customdata is ``[key, slot]``.
    """
    cells = [
        [_cell(row, k, f"{plain_text(row['name'])}<br>{slot}") for k, slot in enumerate(slots, 1)]
        for row in rows.to_dict("records")
    ]
    return grid(list(rows["key"]), list(rows["name"]), slots, cells, totals, dense)


def _cell(row: Mapping[Any, Any], k: int, about: str) -> MatrixCell:
    count = int(row[f"s{k}"])
    if count:
        shade = min(count, 3) - 1
        return MatrixCell(
            f"<b>{count}</b>", theme.CELLS[shade], theme.ON_CELLS[shade], f"{about}：{count} 条指标"
        )
    found = GAPS[int(row.get(f"r{k}", 0))]
    found = INAPPLICABLE if row.get(f"a{k}") else UNREAD if row.get(f"u{k}") else found
    return found._replace(hover=f"{about}：{found.hover}")


def legend(rows: pd.DataFrame) -> str:
    """The kinds of cells without a number that occur, in words."""
    said = {
        "✕ 必填：标准要求": [f"r{k}" for k in range(1, 10)],
        "不适用：有理由": [f"a{k}" for k in range(1, 10)],
        "？读不出：不算空缺": [f"u{k}" for k in range(1, 10)],
    }
    values = {text: 2 if "必填" in text else 1 for text in said}
    return "；".join(text for text, names in said.items() if rows[names].eq(values[text]).any(axis=None))


def groups(
    rows: pd.DataFrame, slots: tuple[str, ...], measure: Measure = "个数", dense: bool = False
) -> Figure:
    """Group × category: how many of the group's projects lack it, or how much of its money; tinted by that.
    Where the standard requires it, the cell says those.

    ``rows``: those of ``queries.coverage.groups``, of which ``required1``… may be missing. A cell's
    customdata is ``[key, slot]``.
    """
    keys = [key if isinstance(key, str) else None for key in rows["key"]]
    names = [name if isinstance(name, str) else "未填写" for name in rows["name"]]
    cells = [
        [_group(row, k, f"{plain_text(name)}<br>{slot}", measure) for k, slot in enumerate(slots, 1)]
        for row, name in zip(rows.to_dict("records"), names, strict=True)
    ]
    return grid(keys, names, slots, cells, None, dense)


def _group(row: Mapping[Any, Any], k: int, about: str, measure: Measure) -> MatrixCell:
    size, money = int(row["projects"]), int(row["budget_fen"])
    lack, required = int(row[f"lack{k}"]), int(row.get(f"required{k}", 0))
    fen = int(row["fen" + str(k)])
    if not lack:
        return MatrixCell("✓ 齐", theme.CELLS[0], theme.INK, f"{about}：{size} 个项目都没有空缺")
    hover = f"{about}：{size} 个项目中 {lack} 个没有，涉及 {format_amount(fen)}"
    shown, shown_fen, word = lack, fen, "缺"
    if required:
        shown, shown_fen, word = required, int(row[f"required_fen{k}"]), "必填"
        hover += f"<br>其中标准要求的 {required} 个，涉及 {format_amount(shown_fen)}"
    by_money = measure == "金额" and money > 0
    part = shown_fen / money if by_money else shown / size
    narrow = size < (10 if required else 100)  # of many, the hover says
    count = f"<b>{shown}</b>/{size}" if narrow else f"<b>{shown:,}</b>"
    if shown < size:
        said = f"{word} <b>{_percent(part)}</b>" if by_money else f"{word} {count}"
        return MatrixCell(said, _tint(part), theme.GAP, hover)
    said = f"<b>{'✕ 必填' if required else '全缺'}</b>" if by_money else f"{word} {count}"
    return MatrixCell(said, _tint(part), theme.GAP, hover, "solid" if required else "dot")


def _percent(part: float) -> str:
    """A share in a narrow cell: never 0% of something, nor 100% of less than all."""
    return "100%" if part == 1 else f"{min(max(round(100 * part), 1), 99)}%" if part else "0%"


def lacking(rows: pd.DataFrame, measure: Measure, unit: Unit, projects: int, total_fen: int) -> Figure:
    """Bars of what is lacking, the part that the standard requires solid, the rest hatched. ``rows``: those
    of ``queries.coverage.lacking``, of which ``required``… may be missing.

    ``projects`` and ``total_fen`` are the whole. A bar's customdata is ``[slot]``.
    """
    by_money = measure == "金额"
    names = ("budget_fen", "required_fen") if by_money else ("projects", "required")
    values = [int(value) for value in rows[names[0]]]
    required = [int(value) for value in rows[names[1]]] if names[1] in rows else [0] * len(values)
    whole = total_fen if by_money else projects
    shown = _scaled(unit, values)
    said = [shown(value) if by_money else f"{value:,} 个" for value in values]
    texts = [
        f"<b>{text}</b>　{format_share(value, whole)}{_asked(part, value, shown if by_money else None)}"
        if value
        else "✓ 不缺"
        for text, value, part in zip(said, values, required, strict=True)
    ]
    if max(map(count_digits, texts), default=0) > LINE:
        texts = [text.replace("　必填", "<br>必填") for text in texts]
    spots = list(range(len(rows)))
    common = {
        "type": "bar",
        "orientation": "h",
        "y": spots,
        "cliponaxis": False,
        "width": 0.66,
        "selected": {"marker": {"opacity": 1}},
        "unselected": {"marker": {"opacity": 1}},
        "customdata": [[slot] for slot in rows["slot"]],
        "hovertext": texts,
        "hovertemplate": "缺%{customdata[0]}指标：%{hovertext}<extra></extra>",
    }
    ends = {
        "textposition": "outside",
        "textangle": 0,
        "constraintext": "none",
        "textfont": {"color": theme.INK},
    }
    hatched = {
        "color": theme.TINT,
        "line": {"color": theme.GAP, "width": [2 if one else 0 for one in values]},
    }
    hatched |= {
        "pattern": {"shape": "/", "fgcolor": theme.GAP, "fillmode": "overlay", "size": 8, "solidity": 0.2}
    }
    labels = {"tickvals": spots, "ticktext": list(rows["slot"])}
    return {
        "data": [
            {**common, "x": values, "text": texts, **ends, "marker": hatched},
            {**common, "x": required, "marker": {"color": theme.GAP}},
        ],
        "layout": base_layout(
            barmode="overlay",
            xaxis=label_axis(visible=False, range=[0, axis_end(max(values, default=0), texts, SPAN)]),
            yaxis=label_axis(range=[len(rows) - 0.5, -0.5], **labels),
        ),
    }


def _scaled(unit: Unit, values: list[int]) -> Callable[[int], str]:
    """How to write amounts in a narrow chart: 亿元, said beside each, where 万元 would take too much room."""
    if unit == "元" or max(values, default=0) < 10 * YI.fen:
        return lambda fen: format_money(fen, unit)

    def shown(fen: int) -> str:
        if fen >= YI.fen:
            return f"{YI.text(fen)} 亿"
        wan = WAN.fen
        return f"{(fen + wan // 2) // wan:,} 万" if fen >= 1000 * wan else f"{format_wan(fen)} 万"

    return shown


def _asked(part: int, value: int, shown: Callable[[int], str] | None) -> str:
    if not part:
        return ""
    return "　必填" if part == value else f"　必填 {shown(part) if shown else f'{part:,} 个'}"


def _tint(part: float) -> str:
    """White to the palest red that still carries dark red text at 7:1."""
    rest = 250 - round(28 * part)
    return f"rgb(253,{rest},{rest})"
