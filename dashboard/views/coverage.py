"""指标缺口: which projects lack which of the nine kinds of indicator, by number and by money."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from dashboard.charts import coverage as cells
from dashboard.charts.coverage import Measure
from dashboard.components import widgets
from dashboard.components.clickable import clickable
from dashboard.components.filters import filters, standard, whose
from dashboard.components.markdown import escape_markdown
from dashboard.html.deciding import turner
from dashboard.queries import coverage, gaps
from dashboard.queries.scope import Scope
from dashboard.session import cache, url_state
from dashboard.session.pages import go
from dashboard.views.empty import empty
from dashboard.wording import missing
from dashboard.wording.caption import Caption
from dashboard.wording.formatting import is_known
from parsing import SLOTS

if TYPE_CHECKING:
    import pandas as pd

MANY = 40  # projects; more of them are counted in groups
EACH = 12  # rows on a page: a screen without scrolling, since a projector has no mouse
FEW = 8  # rows up to which names take two lines
TALL = 21.7  # rem of a page of many rows
SORTS = {"预算从大到小": "money", "必填空缺在前": "required", "按用款单位": "unit", "按名称": "name"}
GROUPS = {"用款单位": "unit", "主管部门": "department", "类型": "type"}
TITLES = {
    "department": "主管部门",
    "unit": "用款单位",
    "name": "项目名称",
    "project_type": "项目类型",
    "year": "预算年度",
    "budget_fen": "当年预算（元）",
    "slot": "空缺的指标类别",
    "asked": "标准要求",
    "place": "位置",
}
OPTIONAL = "没有标为必填的类别空缺，不一定是问题。"
ASKED = {2: "必填", 1: "建议", 0: "按需"}


def page() -> None:
    with st.container(horizontal=True, key="bar", vertical_alignment="center"):
        scope = filters()
        measure: Measure = "金额" if widgets.by_money() else "个数"
        unit = widgets.money_unit()
    name = standard().name
    whole = cache.whole(scope, name)
    if not whole["projects"]:
        return empty(scope)
    projects, total = whole["projects"], whole["budget_fen"]
    lacks = cache.ask(coverage.lacking, scope, name)
    said = missing.headline(whole, measure == "金额")
    widgets.headline(said, missing.line(whole, standard()), whose(scope, whole))
    left, right = st.columns([4, 8], border=True)
    with left:
        columns = ["required_fen", "budget_fen"] if measure == "金额" else ["required", "projects"]
        kind = f"涉及预算（{unit}）、占比" if measure == "金额" else "项目数、占比"
        ranked = lacks.sort_values([*columns, "k"], ascending=[False, False, True])
        widgets.panel_title(_most(ranked.iloc[0]), f"{kind}；实心为必填；点条形筛选")
        figure = cells.lacking(ranked, measure, unit, projects, total)
        if clicked := widgets.chart(figure, "lacking", widgets.height(len(SLOTS)) + 1.5, "缺各类指标的项目"):
            url_state.write("lack", None if clicked[0] == url_state.read("lack") else clicked[0])
            url_state.write("from", None)
            st.rerun()
    with right:
        _projects(scope, projects, measure, whose(scope, whole))


def _most(first: pd.Series) -> str:
    """What most lack, as a title."""
    if not first["projects"]:
        return "九类指标都不缺"
    return f"{'必填' if first['required'] else ''}空缺最多的是{first['slot']}"


def _projects(scope: Scope, projects: int, measure: Measure, above: Caption) -> None:
    slot = url_state.read("lack") if url_state.read("lack") in SLOTS else None
    open_groups = {text: by for text, by in GROUPS.items() if _field(by) not in scope.chosen()}
    number = url_state.number("from") or 1
    title = st.container()
    with st.container(horizontal=True, key="tools", vertical_alignment="center"):
        if projects > MANY and open_groups and not slot:
            by = open_groups[widgets.switch("分组", "group", open_groups)]
            frame = cache.ask(coverage.groups, scope, by, standard().name)
            many, number = len(frame), _within(number, len(frame))
            rows = frame[(number - 1) * EACH : number * EACH]
            shown, figure = len(rows), cells.groups(rows, SLOTS, measure, len(rows) > FEW)
            what = "占本组预算的份额" if measure == "金额" else "项目数"
            more = f"格内为必填而缺、或可填未填的{what}；点格子看这一组"
        else:
            by = ""
            sort = SORTS[widgets.switch("排序", "sort", SORTS)]
            many = _lacking(scope, slot) if slot else projects
            number = _within(number, many)
            skip = (number - 1) * EACH
            rows = cache.ask(coverage.matrix, scope, sort, "", slot, EACH, standard().name, skip)
            shown, figure = len(rows), cells.matrix(rows, SLOTS, dense=len(rows) > FEW)
            kinds = cells.legend(rows)
            more = f"格内为三级指标条数{'；' if kinds else ''}{kinds}；点格子看项目"
        if slot and st.button(escape_markdown(f"只看缺{slot}的　✕"), key="any-slot"):
            url_state.write("lack", None)
            st.rerun()
        _download(scope, slot, above)
    with title:
        what = f"按{next(text for text, one in GROUPS.items() if one == by)}汇总" if by else "逐个项目"
        first = (number - 1) * EACH
        part = f"（共 {many:,} 个，第 {first + 1:,}—{first + shown:,} 个）" if many > EACH else ""
        widgets.panel_title(f"{what}{part}", more)
    turned = clickable(turner(number, -(-many // EACH)), "coverage-pages") if many > EACH else None
    if turned:
        url_state.write("from", turned.partition(":")[2])
        st.rerun()
    tall = TALL if shown > FEW else widgets.height(shown) + 2.5 - 3 * (many > EACH)
    clicked = widgets.chart(figure, f"matrix-{by}", tall, "项目或分组的九类指标")
    if not clicked or not clicked[0]:
        return
    if not by:
        go("projects", id=clicked[0], slot=clicked[1])
    url_state.write(by, clicked[0])
    url_state.write("from", None)
    url_state.write("lack", clicked[1])
    st.rerun()


def _within(page: int, many: int) -> int:
    """The page, or the last one there is."""
    return min(page, max(1, -(-many // EACH)))


def _lacking(scope: Scope, slot: str) -> int:
    """How many projects have a gap there."""
    rows = cache.rows(coverage.lacking, scope, standard().name)
    return next(int(row["projects"]) for row in rows if row["slot"] == slot)


def _field(by: str) -> str:
    return "project_type" if by == "type" else by


def _download(scope: Scope, slot: str | None, above: Caption) -> None:
    used = standard()

    def workbook() -> bytes:
        import pandas as pd

        from dashboard.exports.gaps import workbook

        rows = cache.ask(gaps.gaps, scope, slot, used.name)
        money = pd.Series([int(fen) / 100 if is_known(fen) else None for fen in rows["budget_fen"]])
        asked = rows["asked"].map(ASKED)
        listed = rows.assign(budget_fen=money, asked=asked)[list(TITLES)].rename(columns=TITLES)
        only = f"　只列{slot}" if slot else ""
        return workbook(listed, f"{above.line}{only}　共 {len(rows):,} 格", missing.basis(used) + OPTIONAL)

    name = above.file("指标缺口清单", "xlsx")
    st.download_button("下载缺口清单", workbook, name, key="gaps", on_click="ignore")
