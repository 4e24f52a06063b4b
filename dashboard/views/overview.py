"""总览: one screen that says how much, what for, what is missing, and what was not read."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import streamlit as st

from dashboard.charts import budget as bars
from dashboard.charts import counts
from dashboard.charts import coverage as cells
from dashboard.components import widgets
from dashboard.components.filters import filters, standard, whose
from dashboard.components.widgets import Notice, Tile
from dashboard.queries import budget, coverage, projects, review, trouble
from dashboard.queries.scope import Scope
from dashboard.session import cache
from dashboard.session.pages import go
from dashboard.views import samples
from dashboard.views.empty import empty
from dashboard.wording import sentence as said
from dashboard.wording.caption import money_of
from dashboard.wording.formatting import (
    YI,
    Unit,
    format_amount,
    format_money,
    format_share,
    format_wan,
    format_yuan,
    is_known,
)
from dashboard.wording.left_out import repeated_of
from dashboard.wording.partial import beside
from dashboard.wording.terms import CLEAN, DUE, MEANINGS, PROBLEM, RETURNED
from dashboard.wording.text_width import text_width
from parsing import SLOTS
from parsing.partial import MARK

if TYPE_CHECKING:
    import pandas as pd

Row = dict[str, Any]
Rows = list[Row]
SHOWN = 12  # projects in the two charts
DENSE = 8  # rows from which names take one line
TALL = 20.3  # rem; with what stands above it fills 1080 lines
LINE = 84  # em, as the measure reckons (too much), that a line under the headline holds
LESS = 1.5  # rem that a second one takes, a row less


def page() -> None:
    with st.container(horizontal=True, key="bar", vertical_alignment="center"):
        scope = filters()
        by_money = widgets.by_money()
        unit = widgets.money_unit()
    name = standard().name
    whole = cache.whole(scope, name)
    if not whole["projects"]:
        return empty(scope)
    lacks = cache.rows(coverage.lacking, scope, name)
    top = cache.rows(budget.ranked, scope, SHOWN)
    facts = said.facts(whole, lacks, top, standard().title)
    tally = cache.rows(review.tally, scope, name)[0]
    sentence = said.sentence(facts)
    long = text_width(sentence) > LINE
    tall, shown = TALL - LESS * long, SHOWN - long
    if long:
        top = cache.rows(budget.ranked, scope, shown)
    widgets.headline(said.headline(facts, by_money), sentence, whose(scope, whole))
    widgets.tiles([*_tiles(whole, facts, unit), _found(tally, facts.partial)])
    left, right = st.columns([5, 7], border=True)
    with left:
        if by_money:
            _money(top, whole, unit, tall)
        else:
            _problems(scope, name, whole, tally, tall, shown)
    with right:
        _matrix(scope, name, whole, lacks, by_money, tall, shown)
    _notices(scope, whole)


def _money(top: Rows, whole: Row, unit: Unit, tall: float) -> None:
    known = [row["budget_fen"] for row in top if is_known(row["budget_fen"]) and not row["rest"]]
    first = f"前三个项目占预算 {format_share(sum(known[:3]), whole['budget_fen'])}"
    widgets.panel_title(first if len(known) > 3 else "预算分布", f"{money_of(whole)}，{unit}；点条形看项目")
    figure = bars.ranked(_frame(top), unit, int(whole["budget_fen"]), dense=len(top) > DENSE, span=38)
    clicked = widgets.chart(figure, "budget", tall, f"各项目{money_of(whole)}，从大到小")
    if clicked:
        go("projects", id=clicked[0])


def _problems(scope: Scope, name: str, row: Row, tally: Row, tall: float, shown: int) -> None:
    """The projects with most to correct: what is left when money is not counted."""
    rows = cache.rows(projects.listed, scope, "", shown, "counted", name, "number")
    few = len(rows) < row["projects"]
    title = f"{PROBLEM.word}最多的 {len(rows)} 个项目" if few else DUE.said(tally)
    widgets.panel_title(title, f"{PROBLEM.title}，按严重程度；点条形看项目")
    figure = counts.problems(_frame(rows), dense=len(rows) > DENSE, span=38)
    if clicked := widgets.chart(figure, "problems", tall, "各项目的问题，从多到少"):
        go("projects", id=clicked[0])


def _matrix(
    scope: Scope, name: str, whole: Row, lacks: Rows, by_money: bool, tall: float, shown: int
) -> None:
    sort = "money" if by_money else "required"
    rows = cache.ask(coverage.matrix, scope, sort, "", None, shown, name)
    required = whole["required"] > 0
    gaps = [int(one) for one in rows["required" if required else "gaps"]]
    kind = "必填指标" if required else ""
    few = len(rows) < whole["projects"]
    least, most = min(gaps), max(gaps)
    who = f"{'预算最大' if by_money else '空缺最多'}的 {len(rows)} 个项目" if few else ""
    if least == most:
        none = "没有读到空缺" if any(rows["partial"]) else "都没有空缺"
        title = f"{who or '每个项目'}都缺 {most} 类{kind}" if most else f"{who or '每个项目'}{none}"
    else:
        title = f"{who or '各项目'}缺 {least} 至 {most} 类{kind}"
    more = cells.legend(rows)
    widgets.panel_title(title, f"格内为三级指标条数{'；' if more else ''}{more}；点格子看项目")
    money = int(whole["budget_fen"])
    if money and by_money:
        last = (
            "空缺占预算",
            [_lack(row, money) for row in lacks],
        )
    else:
        last = ("空缺项目数", [str(row["projects"] or "—") for row in lacks])
    figure = cells.matrix(rows, SLOTS, last, dense=len(rows) > DENSE)
    if clicked := widgets.chart(figure, "matrix", tall, "各项目九类指标的条数"):
        go("projects", id=clicked[0], slot=clicked[1])


def _lack(row: dict[str, Any], money: int) -> str:
    """The share of the money without the slot; projects of unknown money are said by their number."""
    if row["budget_fen"]:
        return format_share(row["budget_fen"], money)
    return f"{row['projects']} 个" if row["projects"] else "—"


def _frame(rows: Rows) -> pd.DataFrame:
    import pandas as pd  # late: the tiles are on the screen by now

    return pd.DataFrame(rows, dtype=object)


def _tiles(row: Row, facts: said.Facts, unit: Unit) -> list[Tile]:
    fen = facts.budget_fen
    shown, short = _big(fen, unit)
    other = f"{format_yuan(fen)} 元" if shown == "万元" else f"{format_wan(fen)} 万元"
    unread = f"；{facts.unpriced:,} 个未读到" if facts.unpriced else ""
    rest = row["gaps"] - row["required"]
    missing = f"必填空缺 {row['required']:,} 格，其余 {rest:,} 格" if row["gaps"] else "没有空缺"
    complete = f"必填指标不缺的 {row['full']:,} 个"
    if facts.partial:
        complete = f"必填不缺 {row['full']:,} 个，{MARK} {facts.partial:,} 个"
    return [
        Tile("项目", f"{facts.projects:,}", complete),
        Tile(f"{facts.money}（{shown}）", short, other + unread, bool(facts.unpriced)),
        Tile(
            "三级指标",
            f"{int(row['indicators']):,}",
            f"平均每个项目 {row['indicators'] / facts.projects:.1f} 条",
        ),
        Tile(
            "指标类别覆盖（格）",
            f"{row['filled']:,} / {row['cells']:,}",
            missing,
            bool(row["required"]),
        ),
    ]


def _big(fen: int, unit: Unit) -> tuple[str, str]:
    """The unit and the number of a tile: from 1 亿元 on the reader of 万元 is told 亿元."""
    if unit == "万元" and fen >= YI.fen:
        return YI.unit, YI.text(fen)
    return unit, format_money(fen, unit)


def _found(tally: Row, partial: int) -> Tile:
    """How many projects have to be corrected; the way to the review. ``partial``: how many were read in
    part."""
    fen, count = tally["fen_due"], tally["projects_due"]
    money = f"，{format_amount(fen)}" if fen else ""
    note = f"{PROBLEM.said(tally)}{money}" if count else beside(partial) or CLEAN
    if tally["projects_high"]:
        note = f"{RETURNED.said(tally)}{money}"
    return Tile(DUE.title, f"{count:,}", note, bool(count), "review", MEANINGS)


def _way(scope: Scope, row: Row) -> tuple[tuple[str, str], ...]:
    """To the project that was repaired, or to the list of several, those to be checked first."""
    if row["repaired"] > 1:
        return (("look", "doubtful" if row["doubtful"] else "repaired"),)
    return (("id", cache.rows(trouble.repaired, scope, 1)[0]["key"]),)


def _notices(scope: Scope, whole: Row) -> None:
    items = []
    count = cache.rows(trouble.counts)[0]
    if count["unread"]:
        items.append(Notice(f"有 {count['unread']} 处没有读出来", "upload"))
    if differing := {row["upload_id"] for row in cache.rows(trouble.differing)}:
        items.append(Notice(f"{len(differing)} 份文件的合计与表内所写不符，请核对", "upload"))
    if count["others"]:
        items.append(Notice(f"另有 {count['others']} 张别的表，不计入合计", "upload"))
    if whole["repairs"]:
        doubt = f"，其中 {whole['doubtful']} 处请核对" if whole["doubtful"] else ""
        text = f"读表时修复 {whole['repairs']} 处（{whole['repaired']} 个项目）{doubt}"
        items.append(Notice(text, "projects", _way(scope, whole)))
    if whole["in_part"]:
        text = f"{whole['in_part']:,} 个项目{MARK}，请看原因"
        items.append(Notice(text, "projects", (("look", "partial"),)))
    if not items:
        items.append(Notice("所有表格都完整读出，没有修复"))
    if whole["doubled"]:
        text = f"{whole['doubled']:,} 个一级项目不重复计"
        items.append(Notice(text, "projects", (("look", "doubled"),)))
    if others := sum(one.tables for one in repeated_of(whole)):
        check = f"，其中 {whole['conflict']:,} 张请核对" if whole["conflict"] else ""
        items.append(Notice(f"{others:,} 张重复的表不重复计{check}", "upload"))
    with st.container(horizontal=True, key="foot", vertical_alignment="center"):
        widgets.notices([*items, widgets.PROOF])
        if whole["samples"]:
            st.html(f'<span class="sample">其中 {whole["samples"]} 个是示例项目</span>')
            samples.offer()
