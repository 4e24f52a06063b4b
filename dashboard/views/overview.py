"""总览: one screen that says how much, what for, what is missing, and what was not read."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import streamlit as st

from dashboard import look, state, widgets
from dashboard.analysis import budget, coverage, totals, trouble
from dashboard.analysis.scope import Scope
from dashboard.analysis.sentence import Facts, Lack, headline, sentence
from dashboard.figures import budget as bars
from dashboard.figures import coverage as cells
from dashboard.filters import filters
from dashboard.look import Unit
from dashboard.pages import go
from dashboard.views.empty import empty
from dashboard.widgets import Notice, Tile
from parsing import SLOTS

if TYPE_CHECKING:
    import pandas as pd

Row = dict[str, Any]
Rows = list[Row]
SHOWN = 12  # projects in the two charts
DENSE = 8  # rows from which names take one line
TALL = 21.2  # rem; with what stands above it fills 1080 lines


def page() -> None:
    with st.container(horizontal=True, key="bar", vertical_alignment="center"):
        here = filters()
        unit = widgets.money_unit()
    whole = state.rows(totals.totals, here)[0]
    if not whole["projects"]:
        return empty(here)
    lacks = state.rows(coverage.lacking, here)
    top = state.rows(budget.ranked, here, SHOWN)
    facts = _facts(whole, lacks, top)
    widgets.headline(headline(facts), sentence(facts))
    widgets.tiles(_tiles(whole, facts, unit))
    left, right = st.columns([5, 7], border=True)
    with left:
        _money(top, whole, unit)
    with right:
        _matrix(here, whole, lacks)
    _notices(here, whole)


def _money(top: Rows, whole: Row, unit: Unit) -> None:
    known = [row["budget_fen"] for row in top if look.known(row["budget_fen"]) and not row["rest"]]
    first = f"前三个项目占预算 {look.share(sum(known[:3]), whole['budget_fen'])}"
    widgets.panel_title(first if len(known) > 3 else "预算分布", f"当年预算，{unit}；点条形看项目")
    figure = bars.ranked(_frame(top), unit, int(whole["budget_fen"]), dense=len(top) > DENSE, span=38)
    clicked = widgets.chart(figure, "budget", TALL, "各项目当年预算，从大到小")
    if clicked:
        go("projects", id=clicked[0])


def _matrix(here: Scope, whole: Row, lacks: Rows) -> None:
    rows = state.ask(coverage.matrix, here, "money", "", None, SHOWN)
    empty = [len(SLOTS) - int(filled) for filled in rows["filled"]]
    title = (
        f"每个项目都缺 {empty[0]} 类" if len(set(empty)) == 1 else f"各项目缺 {min(empty)} 至 {max(empty)} 类"
    )
    if len(rows) < whole["projects"]:
        title = f"预算最大的 {len(rows)} 个项目{title.removeprefix('每个项目').removeprefix('各项目')}"
    widgets.panel_title(title, "格内为三级指标条数；点格子看项目")
    money = int(whole["budget_fen"])
    if money:
        last = (
            "空缺占预算",
            [_lack(row, money) for row in lacks],
        )
    else:
        last = ("空缺项目数", [str(row["projects"] or "—") for row in lacks])
    figure = cells.matrix(rows, SLOTS, last, dense=len(rows) > DENSE)
    if clicked := widgets.chart(figure, "matrix", TALL, "各项目九类指标的条数"):
        go("projects", id=clicked[0])


def _lack(row: dict[str, Any], money: int) -> str:
    """The share of the money without the slot; projects of unknown money are said by their number."""
    if row["budget_fen"]:
        return look.share(row["budget_fen"], money)
    return f"{row['projects']} 个" if row["projects"] else "—"


def _facts(whole: Row, lacks: Rows, top: Rows) -> Facts:
    years = {whole["first_year"], whole["last_year"]}
    named = [row for row in top if not row["rest"] and row["budget_fen"] is not None]
    return Facts(
        projects=whole["projects"],
        budget_fen=whole["budget_fen"],
        unpriced=whole["unpriced"],
        year=whole["first_year"] if len(years) == 1 else None,
        largest=[(row["name"], row["budget_fen"]) for row in named],
        lacks=[Lack(row["slot"], row["projects"], row["budget_fen"]) for row in lacks],
    )


def _frame(rows: Rows) -> pd.DataFrame:
    import pandas as pd  # late: the tiles are on the screen by now

    return pd.DataFrame(rows, dtype=object)


def _tiles(whole: Row, facts: Facts, unit: Unit) -> list[Tile]:
    fen = facts.budget_fen
    other = f"{look.yuan(fen)} 元" if unit == "万元" else f"{look.wan(fen)} 万元"
    unread = f"；{facts.unpriced} 个项目未读到" if facts.unpriced else ""
    when = f"{facts.year} 年" if facts.year else "当年"
    nobody = sum(lack.projects == facts.projects for lack in facts.lacks)
    empty = int(whole["cells"]) - int(whole["filled"])
    missing = f"{nobody} 类没有一个项目填写" if nobody else f"空缺 {empty:,} 格"
    return [
        Tile("项目", f"{facts.projects:,}", f"九类指标齐全的 {int(whole['complete'])} 个"),
        Tile(f"{when}预算（{unit}）", look.money(fen, unit), other + unread, bool(facts.unpriced)),
        Tile(
            "三级指标",
            f"{int(whole['indicators']):,}",
            f"平均每个项目 {whole['indicators'] / facts.projects:.1f} 条",
        ),
        Tile("指标类别覆盖（格）", f"{whole['filled']:,} / {whole['cells']:,}", missing, bool(empty)),
    ]


def _way(here: Scope, whole: Row) -> tuple[tuple[str, str], ...]:
    """To the project that was repaired, or to the list of several, those to be checked first."""
    if whole["repaired"] > 1:
        return (("look", "doubtful" if whole["doubtful"] else "repaired"),)
    return (("id", state.rows(trouble.repaired, here, 1)[0]["key"]),)


def _notices(here: Scope, whole: Row) -> None:
    items = []
    count = state.rows(trouble.counts)[0]
    if count["unread"]:
        items.append(Notice(f"有 {count['unread']} 处没有读出来", "upload"))
    if count["others"]:
        items.append(Notice(f"另有 {count['others']} 张别的表，不计入合计", "upload"))
    if whole["repairs"]:
        doubt = f"，其中 {whole['doubtful']} 处请核对" if whole["doubtful"] else ""
        text = f"读表时修复 {whole['repairs']} 处（{whole['repaired']} 个项目）{doubt}"
        items.append(Notice(text, "projects", _way(here, whole)))
    if not items:
        items.append(Notice("所有表格都完整读出，没有修复"))
    with st.container(horizontal=True, key="foot", vertical_alignment="center"):
        widgets.notices(items)
        if whole["samples"]:
            st.html(f'<span class="sample">其中 {whole["samples"]} 个是示例项目</span>')
            if st.button("移除示例", key="no-samples"):
                state.store().withdraw_samples(state.WHO)
                st.rerun()
