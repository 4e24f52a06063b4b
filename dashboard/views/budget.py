"""预算分布: where the money is, by project and by unit, department, type or year."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import streamlit as st

from dashboard import look, state, widgets
from dashboard.analysis import budget, totals
from dashboard.analysis.scope import Scope
from dashboard.figures import budget as bars
from dashboard.filters import filters
from dashboard.look import Unit
from dashboard.pages import go
from dashboard.views.empty import empty

if TYPE_CHECKING:
    import pandas as pd

SHOWN = 15  # bars in a chart; what is left is collected in one
GROUPS = {"类型": "type", "用款单位": "unit", "主管部门": "department", "到期年度": "end", "预算年度": "year"}


def page() -> None:
    with st.container(horizontal=True, key="bar", vertical_alignment="center"):
        here = filters()
        unit = widgets.money_unit()
    whole: Any = state.ask(totals.totals, here).iloc[0]
    if not whole["projects"]:
        return empty(here)
    total = int(whole["budget_fen"])
    top = state.ask(budget.ranked, here, SHOWN)
    known = [int(fen) for fen in top["budget_fen"][top["rest"] == 0] if look.known(fen)]
    first = f"，前三个项目占 {look.share(sum(known[:3]), total)}" if len(known) > 3 else ""
    more = f"{whole['projects']:,} 个项目，合计 {look.yuan(total)} 元。"
    if whole["unpriced"]:
        more += f"其中 {whole['unpriced']} 个没有读到预算，不在合计之内。"
    widgets.headline(f"当年预算 {look.spoken(total)}{first}", more)
    left, right = st.columns(2, border=True)
    with left:
        widgets.panel_title("按项目", f"{unit}　占比　右侧为累计占比；点条形看项目")
        figure = bars.ranked(top, unit, total, cumulative=True)
        if clicked := widgets.chart(figure, "projects", widgets.height(len(top)), "各项目当年预算，从大到小"):
            go("projects", id=clicked[0])
    with right:
        _groups(here, unit, total)


def _groups(here: Scope, unit: Unit, total: int) -> None:
    widgets.panel_title("按类别", f"{unit}　占比　项目数；点条形看其中的项目")
    by = GROUPS[widgets.switch("分组", "group", GROUPS)]
    rows = _types(here) if by == "type" else state.ask(budget.grouped, here, by, SHOWN)
    figure = bars.grouped(rows, unit, total)
    clicked = widgets.chart(figure, f"group-{by}", widgets.height(len(rows)), "各类当年预算，从大到小")
    if clicked and clicked[0]:
        go("projects", **{by: clicked[0]})


def _types(here: Scope) -> pd.DataFrame:
    """The base types, each followed by its sub types where it has several."""
    found = state.ask(budget.types, here).fillna({"sub_type": ""})
    rows: list[dict[str, Any]] = []
    for base, part in found.groupby("base_type", sort=False, dropna=False):
        key = base if isinstance(base, str) else None
        row = {
            "key": key,
            "name": key,
            "projects": part["projects"].sum(),
            "budget_fen": part["budget_fen"].sum(),
        }
        rows.append(row)
        if key and len(part) == 1 and part["sub_type"].iloc[0]:
            row["name"] = f"{key}（{part['sub_type'].iloc[0]}）"
        elif len(part) > 1:
            names = [f"└ {sub or '未细分'}" for sub in part["sub_type"]]
            rows += [
                {"key": key, "name": name, "projects": n, "budget_fen": fen}
                for name, n, fen in zip(names, part["projects"], part["budget_fen"], strict=True)
            ]
    import pandas as pd

    return pd.DataFrame(rows).assign(rest=0)
