"""项目: a searchable list; with ``?id=`` one project beside its original, ``?at=`` the value lit.

The original is the page as it is seen, where the file has pages, or the grid (``?side=grid``); ``?page=``
turns to a page. What people decide about repairs makes a new version.
"""

from __future__ import annotations

from html import escape
from typing import Any

import pandas as pd
import streamlit as st

from dashboard import address, look, originals, state, widgets
from dashboard.analysis import projects, totals
from dashboard.clickable import clickable
from dashboard.filters import filters, standard
from dashboard.markup import listing, paper
from dashboard.markup import project as markup
from dashboard.markup.original import cell_id, original
from dashboard.pages import go
from dashboard.store import StoreError, StoreMissing
from parsing import SLOTS, Project, ReadError

MOST = 200
LOOKS = {"全部": "all", "只看有修复的": "repaired", "只看待核对的": "doubtful"}
Row = dict[Any, Any]


def page() -> None:
    if key := address.read("id"):
        _one(key)
    else:
        _list()


def _list() -> None:
    with st.container(horizontal=True, key="bar", vertical_alignment="center"):
        here = filters()
        by_money = widgets.by_money()
        unit = widgets.money_unit()
    place = st.container()
    name = standard().name
    whole = state.rows(totals.totals, here, name)[0]
    with st.container(horizontal=True, vertical_alignment="center"):
        words = st.text_input(
            "搜索",
            address.read("q") or "",
            placeholder="按项目、单位或指标名称搜索",
            key="search",
            label_visibility="collapsed",
            width=640,
        )
        only = ""
        if whole["repairs"] or address.read("look"):
            only = LOOKS[widgets.switch("看哪些项目", "look", LOOKS)]
    words = words.strip()[:60]
    address.write("q", words or None)
    sort = "money" if by_money else "number"
    found = state.ask(projects.listed, here, words, MOST + 1, only, name, sort)
    shown = found.head(MOST)
    with place:
        _conclusion(words, only, found, by_money)
    if found.empty:
        widgets.nothing("没有找到项目", "换一个词再搜，或放宽上面的筛选条件。", "upload", "导入绩效目标表")
        return
    rows = shown.to_dict("records")
    html = listing.projects(rows, whole["budget_fen"], unit, by_money)
    if key := clickable(html, "list"):
        go("projects", id=key)
    if len(found) > MOST:
        st.html(f'<p class="quiet">只列出前 {MOST} 个，请用搜索或筛选缩小范围。</p>')


def _conclusion(words: str, only: str, found: pd.DataFrame, by_money: bool) -> None:
    count = f"{MOST} 个以上项目" if len(found) > MOST else f"{len(found)} 个项目"
    about = f"与“{words}”有关" if words else ""
    about += {"repaired": "，都有修复", "doubtful": "，都有修复待核对"}.get(only, "")
    lacking = sum(any(listing.gaps(row)[2]) for row in found.to_dict("records"))
    gaps = "" if found.empty or len(found) > MOST else f"，{lacking or '没有一'} 个缺必填指标"
    order = "当年预算从大到小" if by_money else "应当修改的问题从多到少"
    line = f"按“{standard().title}”核对；按{order}排列；点一行看这个项目的表和原件。"
    widgets.headline(f"{count}{about}{gaps}", line)


def _one(key: str) -> None:
    version = address.read("version")
    try:
        project = state.store().project(key, int(version) if version and version.isdigit() else None)
    except StoreMissing as error:
        widgets.nothing(str(error), "它可能已被移出或撤销；导入记录里可以恢复。", "projects", "看全部项目")
        return
    versions = state.store().versions(key).to_dict("records")
    shown = next(
        (r for r in versions if (str(r["version_id"]) == version if version else r["current"])), None
    )
    at = address.read("at") or ""
    place = project.find(at)
    _title(project)
    if len(versions) > 1 and (clicked := clickable(listing.versions(versions, version), f"versions-{key}")):
        go("projects", id=key, version=clicked)
    page, side = _side(project, shown, (place or project.place)[2:4])
    mended = sum(repair.holds for repair in project.repairs)
    open_ = shown is not None and bool(shown["current"])
    body = (
        '<div class="drill"><div>'
        f"{markup.facts(project)}{markup.goals(project)}<h2>指标表</h2>{markup.indicators(project)}"
        f"<h2 style='margin-top:1rem'>修复（{mended} 处）</h2>{markup.repairs(project, open_)}</div>"
        f"{side}</div>"
    )
    clicked = clickable(body, f"drill-{key}-{version}", cell_id((place.row, place.column)) if place else "")
    if not clicked:
        return
    kind, _, value = clicked.partition(":")
    if kind == "repair" and open_ and shown:
        _decide(project, int(shown["version_id"]), value)
    elif kind in ("page", "side"):
        address.write(kind, None if value == "page" else value)
        st.rerun()
    elif clicked != at:
        address.write("at", clicked)
        address.write("page", None)
        where = project.find(clicked)
        if page and where and paper.page_of(project, where[2:4]) not in (page, None):
            st.rerun()


def _side(project: Project, shown: Row | None, spot: tuple[int, int]) -> tuple[int | None, str]:
    """The page that is shown, or None, and the original as HTML: that page, else the grid."""
    repaired = {repair.place.row for repair in project.repairs if repair.holds}
    numbers, page, trouble, turner = paper.pages(project), None, "", ""
    body = original(project, repaired)
    if numbers and shown:
        asked = address.read("page") or ""
        page = paper.page_of(project, spot) or numbers[0]
        page = int(asked) if asked in map(str, numbers) else page
        try:
            if address.read("side") == "grid":
                page = None
            else:
                picture = originals.drawn(int(shown["upload_id"]), project.place.file, page)
                body = paper.paper(project, page, picture, repaired)
            turner = paper.turner(numbers, page)
        except ReadError as error:
            page, trouble = None, f'<p class="quiet">{escape(error.reason)}，下面是读出的表格。</p>'
    source = escape(f"{project.place.file} › {project.place.part}")
    title = f'<h2>{"原件" if page else "原表"}　<span class="quiet">{source}</span></h2>'
    return page, f'<div class="side">{title}{turner}{trouble}{body}</div>'


def _decide(project: Project, version_id: int, value: str) -> None:
    """``value``: NUMBER:DECISION, of a repair."""
    number, _, decision = value.partition(":")
    if not number.isdigit() or decision not in ("", "accepted", "undone"):
        return
    try:
        done = state.store().decide(version_id, int(number), decision, state.WHO)  # type: ignore[arg-type]
    except StoreError as error:
        st.toast(str(error))
        return
    if done:
        address.write("version", None)
        address.write("page", None)
        address.write("at", project.repairs[int(number)].path or None)
        st.rerun()


def _title(project: Project) -> None:
    filled = {slot for indicator in project.indicators for slot in indicator.slots}
    lacking = [slot for slot in SLOTS if slot not in filled]
    money = look.spoken(markup.fen(project))
    gaps = f"缺{'、'.join(lacking)} {len(lacking)} 类指标" if lacking else "九类指标都已填写"
    mended = sum(repair.holds for repair in project.repairs)
    undone = len(project.repairs) - mended
    doubtful = sum(repair.doubtful for repair in project.repairs)
    below = f"{len(project.indicators)} 条三级指标" + (f"，读表时修复 {mended} 处" if mended else "")
    below += f"，其中 {doubtful} 处请核对" if doubtful else ""
    below += f"，撤销修复 {undone} 处" if undone else ""
    left, right = st.columns([8, 1], vertical_alignment="center")
    with left:
        widgets.headline(f"{project.name}：{money}，{gaps}", below)
    with right:
        if st.button("‹ 全部项目", key="back"):
            go("projects")
