"""预算分布: where the money is, by project and by unit, department, type or year."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Any

import streamlit as st

from dashboard.charts import budget as bars
from dashboard.charts import counts
from dashboard.components import widgets
from dashboard.components.filters import filters, standard, whose
from dashboard.queries import budget
from dashboard.queries.scope import UNNAMED, Scope
from dashboard.session import cache
from dashboard.session.pages import go
from dashboard.views.empty import empty
from dashboard.wording.caption import mixed, money_of
from dashboard.wording.formatting import Unit, format_amount, format_share, format_yuan, is_known
from dashboard.wording.left_out import describe_totals

if TYPE_CHECKING:
    import pandas as pd

SHOWN = 11  # bars in a chart; what is left is collected in one
BIG = 100_000_000  # 分: from here on a project is counted among the large
GROUPS = {"类型": "type", "用款单位": "unit", "主管部门": "department", "到期年度": "end", "预算年度": "year"}


def page() -> None:
    with st.container(horizontal=True, key="bar", vertical_alignment="center"):
        scope = filters()
        by_money = widgets.by_money()
        unit = widgets.money_unit()
    whole = cache.whole(scope, standard().name)
    if not whole["projects"]:
        return empty(scope)
    total = int(whole["budget_fen"])
    more = f"{whole['projects']:,} 个项目，合计 {format_yuan(total)} 元。"
    if mixed(whole):
        more += "合计里有几个年度的预算，宜分年度看。"
    if whole["unpriced"]:
        more += f"其中 {whole['unpriced']} 个没有读到预算，不在合计之内。"
    if left := describe_totals(whole):
        more += f"另有 {left}。"
    right = _money(scope, unit, whole, more) if by_money else _numbers(scope, unit, whole, more)
    with right:
        _groups(scope, unit, total, int(whole["projects"]), by_money)


def _money(scope: Scope, unit: Unit, whole: Any, more: str) -> Any:
    total, called = int(whole["budget_fen"]), money_of(whole)
    top = cache.ask(budget.ranked, scope, SHOWN)
    known = [int(fen) for fen in top["budget_fen"][top["rest"] == 0] if is_known(fen)]
    first = f"，前三个项目占 {format_share(sum(known[:3]), total)}" if len(known) > 3 else ""
    widgets.headline(f"{called} {format_amount(total)}{first}", more, whose(scope, whole))
    left, right = st.columns(2, border=True)
    with left:
        largest = f"最大的项目占 {format_share(known[0], total)}" if len(known) > 1 else "按项目"
        widgets.panel_title(largest, f"{unit}　占比　右侧为累计占比；点条形看项目")
        figure = bars.ranked(top, unit, total, cumulative=True)
        if clicked := widgets.chart(
            figure, "projects", widgets.height(len(top)), f"各项目{called}，从大到小"
        ):
            go("projects", id=clicked[0])
    return right


def _numbers(scope: Scope, unit: Unit, whole: Any, more: str) -> Any:
    """How many projects are how large: what is left of the budget when money is not counted."""
    rows = cache.ask(budget.sizes, scope)
    projects = int(whole["projects"])
    big = rows[rows["least"] >= BIG]
    first = f"{BIG // 1_000_000} 万元以上的 {int(big['projects'].sum()):,} 个"
    share = format_share(sum(map(int, big["budget_fen"])), int(whole["budget_fen"]))
    widgets.headline(f"{projects:,} 个项目，{first}，占预算 {share}", more, whose(scope, whole))
    left, right = st.columns(2, border=True)
    with left:
        widgets.panel_title("按规模", f"项目数　占比　{unit}")
        rows = rows.assign(key=None, rest=0, name=_steps(rows["least"]))
        figure = counts.projects(rows, unit, projects)
        widgets.chart(figure, "sizes", widgets.height(len(rows)), "各档预算的项目数，从大到小")
    return right


def _steps(leasts: pd.Series) -> list[str]:
    """What the steps of size are called, in 万元."""
    above = {step: higher for higher, step in pairwise((0, *budget.SIZES))}
    wan = {step: step // 1_000_000 for step in above}
    names = {step: f"{wan[step]}—{higher // 1_000_000} 万元" for step, higher in above.items()}
    names[0] = f"不到 {budget.SIZES[-2] // 1_000_000} 万元"
    names[budget.SIZES[0]] = f"{wan[budget.SIZES[0]]} 万元以上"
    return [names[int(one)] if is_known(one) else "没有读到预算" for one in leasts]


def _groups(scope: Scope, unit: Unit, total: int, projects: int, by_money: bool) -> None:
    said = f"{unit}　占比　项目数" if by_money else f"项目数　占比　{unit}"
    title = st.container()
    by = GROUPS[widgets.switch("分组", "group", GROUPS)]
    first = "budget_fen" if by_money else "projects"
    rows = _types(scope, first) if by == "type" else cache.ask(budget.grouped, scope, by, SHOWN, first)
    with title:
        most = rows.iloc[0]
        part = format_share(int(most[first]), total if by_money else projects)
        name = most["name"] if isinstance(most["name"], str) else UNNAMED
        widgets.panel_title(f"{name}最多，占 {part}", f"{said}；点条形看其中的项目")
    figure = bars.grouped(rows, unit, total) if by_money else counts.projects(rows, unit, projects)
    clicked = widgets.chart(figure, f"group-{by}", widgets.height(len(rows)), "各类预算，从大到小")
    if not clicked or not clicked[0]:
        return
    if by == "type":
        row = rows[rows["key"] == clicked[0]].iloc[0]
        return go("projects", type=row["base"], sub=row["sub"])
    go("projects", **{by: clicked[0]})


def _types(scope: Scope, first: str) -> pd.DataFrame:
    """The base types, the most of ``first`` first, each followed by its sub types where it has several."""
    found = cache.ask(budget.types, scope).fillna({"base_type": UNNAMED, "sub_type": UNNAMED})
    if first == "projects":
        whole = found.groupby("base_type", dropna=False)["projects"].transform("sum")
        order = ["whole", "base_fen", "projects", "budget_fen"]
        found = found.assign(whole=whole).sort_values(order, ascending=False, kind="stable")
    rows: list[dict[str, Any]] = []
    for base, part in found.groupby("base_type", sort=False):
        row = {
            "key": base,
            "name": base,
            "base": base,
            "sub": None,
            "projects": part["projects"].sum(),
            "budget_fen": sum(map(int, part["budget_fen"])),
        }
        rows.append(row)
        if len(part) == 1 and part["sub_type"].iloc[0] != UNNAMED:
            row["name"] = f"{base}（{part['sub_type'].iloc[0]}）"
        elif len(part) > 1:
            rows += [
                {
                    "key": f"{base}（{sub}）",
                    "name": f"└ {'未细分' if sub == UNNAMED else sub}",
                    "base": base,
                    "sub": sub,
                    "projects": n,
                    "budget_fen": fen,
                    "part": 1,
                }
                for sub, n, fen in zip(part["sub_type"], part["projects"], part["budget_fen"], strict=True)
            ]
    import pandas as pd

    return pd.DataFrame(rows).assign(rest=0).fillna({"part": 0}) if rows else pd.DataFrame()
