"""指标缺口: which projects lack which of the nine kinds of indicator, by number and by money."""

from __future__ import annotations

from typing import Any

import streamlit as st

from dashboard import address, look, state, widgets
from dashboard.analysis import coverage, gaps, totals
from dashboard.analysis.scope import Scope
from dashboard.figures import coverage as cells
from dashboard.figures.coverage import Measure
from dashboard.filters import filters
from dashboard.pages import go
from dashboard.views.empty import empty
from parsing import SLOTS

MANY = 40  # projects a matrix can show; beyond, they are counted in groups
SORTS = {"预算从大到小": "money", "缺得最多在前": "gaps", "按用款单位": "unit", "按名称": "name"}
GROUPS = {"用款单位": "unit", "主管部门": "department", "类型": "type"}
TITLES = {
    "department": "主管部门",
    "unit": "用款单位",
    "name": "项目名称",
    "project_type": "项目类型",
    "year": "预算年度",
    "budget_fen": "当年预算（元）",
    "slot": "空缺的指标类别",
    "place": "位置",
}
STANDARD = f"口径：{'、'.join(SLOTS)}九类各至少一条三级指标；按需设置的类别空缺，不一定是问题。"


def page() -> None:
    with st.container(horizontal=True, key="bar", vertical_alignment="center"):
        here = filters()
        measure: Measure = (
            "金额" if widgets.switch("按什么计", "by", {"个数": "n", "金额": "fen"}) == "金额" else "个数"
        )
        unit = widgets.money_unit()
    whole: Any = state.ask(totals.totals, here).iloc[0]
    if not whole["projects"]:
        return empty(here)
    projects, total = int(whole["projects"]), int(whole["budget_fen"])
    lacks = state.ask(coverage.lacking, here)
    gaps = int(whole["cells"]) - int(whole["filled"])
    partial = projects - int(whole["complete"])
    widgets.headline(
        f"{partial:,} 个项目缺指标，共 {gaps:,} 格空缺" if partial else f"{projects:,} 个项目九类指标齐全",
        STANDARD,
    )
    left, right = st.columns([4, 8], border=True)
    with left:
        column = "budget_fen" if measure == "金额" else "projects"
        kind = f"这些项目的预算（{unit}）及占比" if measure == "金额" else "没有这类的项目数及占比"
        widgets.panel_title(f"各类空缺（{measure}）", f"{kind}；点条形筛选")
        ranked = lacks.sort_values([column, "k"], ascending=[False, True])
        figure = cells.lacking(ranked, measure, unit, projects, total)
        if clicked := widgets.chart(figure, "lacking", widgets.height(len(SLOTS)) + 2.5, "缺各类指标的项目"):
            address.write("lack", None if clicked[0] == address.read("lack") else clicked[0])
            st.rerun()
    with right:
        _projects(here, projects, measure)


def _projects(here: Scope, projects: int, measure: Measure) -> None:
    slot = address.read("lack") if address.read("lack") in SLOTS else None
    open_groups = {text: by for text, by in GROUPS.items() if _field(by) not in here.chosen()}
    title = st.container()
    with st.container(horizontal=True, key="tools", vertical_alignment="center"):
        if projects > MANY and open_groups and not slot:
            by = open_groups[widgets.switch("分组", "group", open_groups)]
            rows = state.ask(coverage.groups, here, by).head(MANY)
            shown, figure = len(rows), cells.groups(rows, SLOTS, measure)
            what = "这些项目占本组预算的份额" if measure == "金额" else "缺这一类的项目数/全部项目数"
            more = f"格内为{what}；点格子看这一组"
        else:
            by = ""
            sort = SORTS[widgets.switch("排序", "sort", SORTS)]
            rows = state.ask(coverage.matrix, here, sort, "", slot, MANY)
            shown, figure = len(rows), cells.matrix(rows, SLOTS)
            more = "格内为三级指标条数；点格子看项目"
        if slot and st.button(f"只看缺{slot}的　✕", key="any-slot"):
            address.write("lack", None)
            st.rerun()
        _download(here, slot)
    with title:
        all_of_them = "" if by or shown < MANY else f"（前 {MANY} 个）"
        widgets.panel_title("按组汇总" if by else f"逐个项目{all_of_them}", more)
    clicked = widgets.chart(figure, f"matrix-{by}", widgets.height(shown) + 2.5, "项目或分组的九类指标")
    if not clicked or not clicked[0]:
        return
    if not by:
        go("projects", id=clicked[0])
    address.write(by, clicked[0])
    address.write("lack", clicked[1])
    st.rerun()


def _field(by: str) -> str:
    return "project_type" if by == "type" else by


def _download(here: Scope, slot: str | None) -> None:
    def workbook() -> bytes:
        import pandas as pd

        from dashboard.exports.gaps import workbook

        rows = state.ask(gaps.gaps, here, slot)
        money = pd.Series([int(fen) / 100 if look.known(fen) else None for fen in rows["budget_fen"]])
        return workbook(rows.assign(budget_fen=money)[list(TITLES)].rename(columns=TITLES), STANDARD)

    st.download_button("下载缺口清单", workbook, "指标缺口清单.xlsx", key="gaps", on_click="ignore")
