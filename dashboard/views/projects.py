"""项目: a searchable list; with ``?id=`` one project beside its original table, ``?at=`` the value lit."""

from __future__ import annotations

from html import escape

import pandas as pd
import streamlit as st

from dashboard import address, look, state, widgets
from dashboard.analysis import projects, totals
from dashboard.clickable import clickable
from dashboard.filters import filters
from dashboard.markup import listing
from dashboard.markup import project as markup
from dashboard.markup.original import cell_id, original
from dashboard.pages import go
from dashboard.store import StoreMissing
from parsing import SLOTS, Project

MOST = 200


def page() -> None:
    if key := address.read("id"):
        _one(key)
    else:
        _list()


def _list() -> None:
    with st.container(horizontal=True, key="bar", vertical_alignment="center"):
        here = filters()
    place = st.container()
    words = st.text_input(
        "搜索",
        address.read("q") or "",
        placeholder="按项目、单位或指标名称搜索",
        key="search",
        label_visibility="collapsed",
        width=640,
    )
    words = words.strip()[:60]
    address.write("q", words or None)
    found = state.ask(projects.listed, here, words, MOST + 1)
    whole = state.ask(totals.totals, here).iloc[0]
    shown = found.head(MOST)
    with place:
        _conclusion(words, found)
    if found.empty:
        widgets.nothing("没有找到项目", "换一个词再搜，或放宽上面的筛选条件。", "upload", "导入绩效目标表")
        return
    rows = shown.to_dict("records")
    if key := clickable(listing.projects(rows, int(whole["budget_fen"] or 0)), "list"):
        go("projects", id=key)
    if len(found) > MOST:
        st.html(f'<p class="quiet">只列出前 {MOST} 个，请用搜索或筛选缩小范围。</p>')


def _conclusion(words: str, found: pd.DataFrame) -> None:
    count = f"{MOST} 个以上项目" if len(found) > MOST else f"{len(found)} 个项目"
    about = f"与“{words}”有关" if words else ""
    lacking = int(
        (found["indicators"].gt(0) & found[[f"s{k}" for k in range(1, 10)]].eq(0).any(axis=1)).sum()
    )
    gaps = "" if found.empty or len(found) > MOST else f"，{lacking or '没有一'} 个有类别空缺"
    widgets.headline(f"{count}{about}{gaps}", "按当年预算从大到小排列；点一行看这个项目的表和原件。")


def _one(key: str) -> None:
    version = address.read("version")
    try:
        project = state.store().project(key, int(version) if version and version.isdigit() else None)
    except StoreMissing as error:
        widgets.nothing(str(error), "它可能已被移出或撤销；导入记录里可以恢复。", "projects", "看全部项目")
        return
    at = address.read("at") or ""
    place = project.find(at)
    _title(project, key, version)
    source = f"{project.place.file} › {project.place.part}"
    repaired = {repair.place.row for repair in project.repairs}
    body = (
        '<div class="drill"><div>'
        f"{markup.facts(project)}{markup.goals(project)}<h2>指标表</h2>{markup.indicators(project)}"
        f"<h2 style='margin-top:1rem'>修复（{len(project.repairs)} 处）</h2>{markup.repairs(project)}</div>"
        f'<div class="side"><h2>原表　<span class="quiet">{escape(source)}</span></h2>'
        f"{original(project, repaired)}</div></div>"
    )
    clicked = clickable(body, f"drill-{key}-{version}", cell_id((place.row, place.column)) if place else "")
    if clicked and clicked != at:
        address.write("at", clicked)


def _title(project: Project, key: str, version: str | None) -> None:
    filled = {slot for indicator in project.indicators for slot in indicator.slots}
    lacking = [slot for slot in SLOTS if slot not in filled]
    money = look.spoken(markup.fen(project))
    gaps = f"缺{'、'.join(lacking)} {len(lacking)} 类指标" if lacking else "九类指标都已填写"
    doubtful = sum(repair.doubtful for repair in project.repairs)
    mended = f"，读表时修复 {len(project.repairs)} 处" if project.repairs else ""
    below = f"{len(project.indicators)} 条三级指标{mended}" + (
        f"，其中 {doubtful} 处请核对" if doubtful else ""
    )
    left, right = st.columns([8, 1], vertical_alignment="center")
    with left:
        widgets.headline(f"{project.name}：{money}，{gaps}", below)
    with right:
        if st.button("‹ 全部项目", key="back"):
            go("projects")
    versions = state.store().versions(key)
    if len(versions) > 1:
        _versions(versions, key, version)


def _versions(versions: object, key: str, version: str | None) -> None:
    rows = versions.to_dict("records")  # type: ignore[attr-defined]
    if clicked := clickable(listing.versions(rows, version), f"versions-{key}"):
        go("projects", id=key, version=clicked)
