"""项目: a searchable list; with ``?id=`` one project (see ``project``)."""

from __future__ import annotations

from typing import Any

import streamlit as st

from dashboard.components import widgets
from dashboard.components.clickable import clickable
from dashboard.components.filters import filters, standard, whose
from dashboard.html import listing
from dashboard.queries import projects
from dashboard.session import cache, url_state
from dashboard.session.pages import go
from dashboard.views import project
from dashboard.wording.caption import Caption
from dashboard.wording.left_out import describe, describe_programmes, repeated_of
from parsing.partial import MARK

MOST = 200
LOOKS = {"全部": "all", "只看有修复的": "repaired", "只看待核对的": "doubtful"}
TWICE = {"只看不重复计的": "doubled"}
PARTIAL = {f"只看{MARK}的": "partial"}
Row = dict[str, Any]


def page() -> None:
    if key := url_state.read("id"):
        project.page(key)
    else:
        _list()


def _list() -> None:
    with st.container(horizontal=True, key="bar", vertical_alignment="center"):
        scope = filters()
        by_money = widgets.by_money()
        unit = widgets.money_unit()
    place = st.container()
    name = standard().name
    whole = cache.whole(scope, name)
    with st.container(horizontal=True, vertical_alignment="center"):
        words = st.text_input(
            "搜索",
            url_state.read("q") or "",
            placeholder="按项目、单位或指标名称搜索",
            key="search",
            label_visibility="collapsed",
            width=640,
        )
        only = ""
        looks = LOOKS | (TWICE if whole["doubled"] else {}) | (PARTIAL if whole["in_part"] else {})
        if whole["repairs"] or len(looks) > len(LOOKS) or url_state.read("look"):
            only = looks[widgets.switch("看哪些项目", "look", looks)]
    words = words.strip()[:60]
    url_state.write("q", words or None)
    sort = "money" if by_money else "number"
    rows = cache.rows(projects.listed, scope, words, MOST, only, name, sort)
    with place:
        counts = cache.rows(projects.counted, scope, words, only, name)[0]
        counts = counts if words or only else whole | counts
        _conclusion(words, only, counts, by_money, whose(scope, whole))
    if not rows:
        widgets.nothing("没有找到项目", "换一个词再搜，或放宽上面的筛选条件。", "upload", "导入绩效目标表")
        return
    html = listing.projects(rows, whole["budget_fen"], unit, by_money)
    if key := clickable(html, "list"):
        go("projects", id=key)
    if len(rows) == MOST:
        st.html(f'<p class="quiet">只列出前 {MOST} 个，请用搜索或筛选缩小范围。</p>')


def _conclusion(words: str, only: str, counts: Row, by_money: bool, above: Caption) -> None:
    count = f"{counts['projects']:,} 个项目"
    about = f"与“{words}”有关" if words else ""
    about += {"repaired": "，都有修复", "doubtful": "，都有修复待核对", "partial": f"，都{MARK}"}.get(
        only, ""
    )
    lacks = f"{counts['lacking']:,}" if counts["lacking"] else "没有一"
    gaps = f"，{lacks} 个缺必填指标" if counts["projects"] else ""
    said = f"{count}{about}{gaps}"
    fields = ("doubled", "doubled_fen", "short_fen", "over_fen")
    if left := describe_programmes(*(counts[field] for field in fields)):
        said = f"{said}；{left}" if counts["projects"] else left
    order = "当年预算从大到小" if by_money else "问题从多到少"
    line = f"按“{standard().title}”核对；按{order}排列；点一行看这个项目的表和原件。"
    others = f"另有 {more}。" if (more := describe(repeated_of(counts))) else ""
    widgets.headline(said, f"{line}{others}", above)
