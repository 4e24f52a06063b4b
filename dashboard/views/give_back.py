"""退回修改单: buttons that give files back to the departments, marked, and what became of the last click."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from html import escape
from time import monotonic
from typing import NamedTuple
from uuid import uuid4

import streamlit as st

from dashboard.components.auto_download import start_download
from dashboard.components.filters import standard
from dashboard.components.markdown import escape_markdown
from dashboard.exports.marked.jobs import MarkingJob, MarkingOrder
from dashboard.queries.files import files, together
from dashboard.queries.scope import Scope
from dashboard.session import cache

MOST = 200  # files to choose from
HELP = "原文件标出要改的单元格，附修改清单；改好后重新导入，系统会逐条核对"
FEW = 5  # files whose trouble is told one by one
LONG = 3  # seconds after which the page says how far it is
TICK = 0.4  # seconds
STAY = "可以先看别的页面，生成会继续；回到这一页即可下载。"
_CLICKS = "given-back"  # the last click at each place


class Click(NamedTuple):
    """``token``: its own, so that each click saves a file."""

    job: MarkingJob
    token: str


def project(upload_id: int, key: str) -> None:
    """For one project; and for all that came in the same file, where there are more. ``outcome`` of ``key``
    shows the rest."""
    keys = [row["key"] for row in cache.rows(together, upload_id)]
    _button("退回修改单", upload_id, [key], f"back-{key}", key)
    if len(keys) > 1:
        _button(f"整份文件退回（{len(keys)} 个项目）", upload_id, keys, f"back-all-{upload_id}", key)


def choose(scope: Scope) -> None:
    """For any file of the scope."""
    rows = {row["upload_id"]: row for row in cache.rows(files, scope, MOST)}
    with st.container(horizontal=True, key="give-back", vertical_alignment="center"):
        chosen = st.selectbox(
            "退回修改单：选择要退回的文件",
            list(rows),
            format_func=lambda one: f"{rows[one]['file']}（{rows[one]['projects']} 个项目）",
            key="back-file",
            label_visibility="collapsed",
        )
        if chosen is not None:
            keys = [row["key"] for row in cache.rows(together, chosen)]
            _button("退回这份文件（修改单）", chosen, keys, f"back-file-{chosen}", "any")
    outcome("any")


def _button(label: str, upload_id: int, keys: Sequence[str], key: str, place: str) -> None:
    if st.button(escape_markdown(label), key=key, help=HELP):
        version = cache.store().data_version()
        order = MarkingOrder(upload_id, tuple(keys), standard(), date.today(), version)
        clicks = st.session_state.setdefault(_CLICKS, {})
        clicks[place] = Click(cache.marking_queue().ask(order), uuid4().hex)


def outcome(place: str) -> None:
    """What became of the last click at this place; nothing where there was none."""
    click: Click | None = st.session_state.get(_CLICKS, {}).get(place)
    if click is None:
        return
    with st.container(key="given-back"):
        if click.job.finished:
            _made(click, place)
        else:
            st.fragment(_watch, run_every=TICK)(click.job)


def _watch(job: MarkingJob) -> None:
    """How far it is; looks again and again, and keeps the reader from nothing."""
    if job.finished:
        st.rerun()
    elif monotonic() - job.begun < LONG:
        st.html('<p class="quiet">正在生成退回修改单…</p>')
    else:
        far = f"{job.done:,} / {job.all:,} 步" if job.all else "前面还有别的文件"
        st.progress(job.done / max(job.all, 1), escape_markdown(f"正在生成退回修改单：{far}。{STAY}"))


def _made(click: Click, place: str) -> None:
    job = click.job
    if job.returned is None:
        st.error(escape_markdown(f"{job.trouble}。"))
        return
    name, data, unmarked = job.returned
    for file, why in unmarked[:FEW]:
        st.warning(escape_markdown(f"{file}：{why}；已另附修改清单。"))
    if (rest := len(unmarked) - FEW) > 0:
        st.html(f'<p class="quiet">另有 {rest} 份文件同样没有直接标注，原因写在各自的清单上。</p>')
    key = f"take-{place}"
    with st.container(horizontal=True, vertical_alignment="center"):
        st.html(f'<p class="quiet">已生成 {escape(name)}；没有自动保存时，请点</p>')
        st.download_button("下载修改单", data, name, key=key, on_click="ignore")
        start_download(key, click.token)
