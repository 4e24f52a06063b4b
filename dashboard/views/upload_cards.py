"""What came of each file: its card with what can be done about it, and what was just done."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import nullcontext
from html import escape
from typing import Any
from uuid import uuid4

import streamlit as st

from dashboard.components.clickable import clickable
from dashboard.components.filters import standard
from dashboard.components.markdown import escape_markdown
from dashboard.components.retry import retry_while_busy
from dashboard.components.widgets import panel_title
from dashboard.html import resubmission as again
from dashboard.html import upload as upload_html
from dashboard.html.history import ACTIONS
from dashboard.html.project import repairs
from dashboard.ingest import ingest
from dashboard.returns.resubmission import Resubmission, resubmission_of
from dashboard.session import cache
from dashboard.store import StoreError
from dashboard.wording.formatting import is_known
from parsing import ReadError, Reading, Standard
from parsing.partial import MARK

_DONE = "upload-done"  # the actions just taken, offered for undoing
_ERROR = "upload-error"
SHOWN = 30
MANY = 5  # steps that take long enough to say so
TEACHABLE = ("not-a-table", "forms-differ", "ambiguous-form", "blank-form", "budget-missing")
Step = Callable[[int, str], int]


def upload_card(row: Mapping[Any, Any], whole: bool = True) -> None:
    """One upload (a row of ``Store.uploads``) with its buttons; not ``whole``: its projects folded away."""
    kept, number = cache.store(), int(row["id"])
    reading = kept.said(number)
    with st.container(border=True, key=f"file-{number}"):
        with st.container(horizontal=True):
            st.html(upload_html.card(row, kept.outcome(number), reading, whole))
            _buttons(row, _is_teachable(row, reading))
        if row["projects"]:
            _again(number)
        if row["repairs"]:
            with st.expander(escape_markdown(f"看修复了什么（{row['repairs']} 处）")):
                for project, _ in ingest.doubts(kept, number):
                    st.html(f"<h4>{escape(project.name)}</h4>{repairs(project)}")
        if any(unread_item.code in ingest.LOCKED for unread_item in reading.unread):
            _password(number)


def _is_teachable(row: Mapping[Any, Any], reading: Reading) -> bool:
    """Whether a file has a table that was not read, or not surely, and may be by what somebody shows."""
    return bool(row["doubtful"]) or any(unread_item.code in TEACHABLE for unread_item in reading.unread)


def _buttons(row: Mapping[Any, Any], teachable: bool) -> None:
    kept, number = cache.store(), row["id"]
    if teachable and st.button(
        "指认", key=f"teach-{number}", help="告诉程序哪一格是什么，同样的表以后都这样读"
    ):
        from dashboard.session.pages import go

        go("upload", teach=number)
    if not row["projects"]:
        if st.button("知道了，移出列表", key=f"drop-{number}"):
            take_steps(store_step(kept.discard, number))
        return
    same = is_known(row["same_as"])
    label = "仍要计入" if same else "计入"
    if st.button(escape_markdown(label), type="secondary" if same else "primary", key=f"confirm-{number}"):
        take_steps(store_step(kept.confirm, number))
    if st.button("放弃", key=f"discard-{number}"):
        take_steps(store_step(kept.discard, number))


def _again(number: int) -> None:
    """What became of what the file was given back for, each point leading to its cell."""
    said = _corrected(cache.version(), number, standard().name, standard())
    resolutions = [resolution for project in said.projects for resolution in project.resolutions]
    if said.made:
        lines = f"这份文件带有修改清单（{said.made} 退回），清单本身不计入。{again.summary(resolutions)}"
        lines += f"清单中的项目这次没有读到：{'、'.join(said.missing)}。" if said.missing else ""
    else:
        lines = f"与现在计入的表相比，审核意见的变化：{again.summary(resolutions)}"
    if not said.made and not said.projects:
        return
    blocks = (
        again.project(one.name, one.resolutions, f"{one.key}:{one.version_id}:") for one in said.projects
    )
    html = f'<p class="returned-line">{escape(lines)}</p>{"".join(blocks)}'
    if clicked := clickable(html, f"again-{number}"):
        key, version, at = clicked.split(":", 2)
        from dashboard.session.pages import go

        go("projects", id=key, version=version, at=at)


@st.cache_resource(max_entries=64, show_spinner=False)
def _corrected(version: int, number: int, name: str, _standard: Standard) -> Resubmission:
    return resubmission_of(cache.store(), number, _standard)


def _password(number: int) -> None:
    """Ask for what opens the file; it is used once and kept nowhere."""
    with (
        st.form(f"unlock-{number}", border=False),
        st.container(horizontal=True, vertical_alignment="bottom"),
    ):
        given = st.text_input(
            "打开密码", type="password", key=f"password-{number}", width=320, autocomplete="off"
        )
        opened = st.form_submit_button("用密码读取")
    if opened and given:
        try:
            entry = uuid4().hex  # one for all tries of this click
            read = cache.worker_pool().read
            retry_while_busy(lambda: ingest.unlock(cache.store(), read, number, given, cache.WHO, entry))
        except StoreError as error:
            st.session_state[_ERROR] = str(error)
        except ReadError as error:
            st.session_state[_ERROR] = f"{error.reason}。{error.remedy}。"
        forget()
        st.rerun()


def left_behind() -> None:
    """The tables that files were counted without, since they were read in part: each with the reason and the
    way to count it."""
    rows = cache.store().left_behind()
    if not rows:
        return
    with st.container(border=True, key="left-behind"):
        panel_title(f"{MARK}，没有计入的 {len(rows):,} 张表", "看过再计入；读全的表来了，会自动由它计入")
        for row in rows[:SHOWN]:
            with st.container(horizontal=True, vertical_alignment="center"):
                st.html(upload_html.alone(row))
                if st.button("计入这张表", key=f"count-{row['version_id']}"):
                    take_steps(store_step(cache.store().count, row["version_id"]))
        if len(rows) > SHOWN:
            st.html(f'<p class="quiet">另有 {len(rows) - SHOWN} 张，处理好上面的之后显示。</p>')


def store_step(step: Step, number: int) -> Callable[[], int]:
    return lambda: step(int(number), cache.WHO)


def take_steps(*steps: Callable[[], int]) -> None:
    """Do it, offer to undo what was done of it, and show the page anew."""
    done: list[int] = []
    st.session_state[_DONE] = done  # at once: whoever leaves meanwhile may undo what was done by then

    def rest() -> None:
        for step in steps[len(done) :]:
            done.append(step())

    try:
        with st.spinner(f"正在处理 {len(steps)} 项…") if len(steps) > MANY else nullcontext():
            retry_while_busy(rest)
    except StoreError as error:
        st.session_state[_ERROR] = str(error)
    st.rerun()


def forget() -> None:
    """Offer no more to undo what was done before."""
    st.session_state.pop(_DONE, None)


def show_done() -> None:
    """What was just done, with the way back."""
    if said := st.session_state.pop(_ERROR, None):
        st.error(escape_markdown(said))
    actions: list[int] = st.session_state.get(_DONE) or []
    rows = [row for row in cache.store().history().to_dict("records") if row["action"] in actions]
    rows = [row for row in rows if row["stands"]]
    if not rows:
        return
    with st.container(horizontal=True, key="done", vertical_alignment="center"):
        count = cache.store().touched(actions)
        much = f"：{len(rows)} 个文件" + (f"、{count} 个项目" if count else "") if rows[0]["files"] else ""
        st.success(escape_markdown(f"已{ACTIONS[rows[0]['kind']]}{much}。总览和各页已更新。"))
        if st.button("撤销", key="undo-done"):
            take_steps(*(store_step(cache.store().undo, action) for action in reversed(actions)))
        if st.button("看总览 ›", key="to-overview"):
            from dashboard.session.pages import go

            go("")
