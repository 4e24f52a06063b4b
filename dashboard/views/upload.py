"""导入: drop files, see at once what was read, what was repaired, what is wrong; then count them."""

from __future__ import annotations

from html import escape
from typing import Any

import pandas as pd
import streamlit as st

from dashboard import drop, intake, look, state, widgets
from dashboard.markup import upload as markup
from dashboard.store import StoreError

_ROUND = "upload-round"
_DONE = "upload-done"  # the action just taken, offered for undoing
PASTED = "粘贴的表格.txt"
SHOWN = 30


def page() -> None:
    kept = state.store()
    files = [(file.name, file.getvalue()) for file in drop.take()]
    uploads = kept.uploads()
    place = st.container()
    left, right = st.columns([4, 7], gap="large")
    with left, st.container(key="upload-area"):
        files += _inputs()
    if files:
        with place:
            _read(files)
        st.rerun()
    staged = uploads[uploads["state"] == "staged"]
    fresh = staged[staged["same_as"].isna()]
    with place:
        _headline(staged)
        _done()
    with right:
        if len(fresh) > 1 and st.button(
            f"全部计入（{len(fresh)} 个文件）", type="primary", key="confirm-all"
        ):
            _act(*(lambda number=number: kept.confirm(number, state.WHO) for number in fresh["id"]))
        failed = uploads[(uploads["state"] == "counted") & (uploads["projects"] == 0)]
        again = staged[staged["same_as"].notna()]
        for row in (
            *pd.concat([fresh, again]).to_dict("records")[:SHOWN],
            *failed.to_dict("records")[:SHOWN],
        ):
            _file(row)
        if len(staged) > SHOWN:
            st.html(
                f'<p class="quiet">另有 {len(staged) - SHOWN} 个文件待确认，确认或放弃上面的之后显示。</p>'
            )
        _history()


def _headline(staged: pd.DataFrame) -> None:
    fresh = staged[staged["same_as"].isna()]
    if staged.empty:
        widgets.headline(
            "把项目绩效目标表拖到这里", "先看清读出了什么、修复了什么，再计入；确认之前不进任何合计。"
        )
    elif fresh.empty:
        widgets.headline("这些文件以前都导入过", "内容完全相同，没有重复计入；可以放弃它们。")
    else:
        known = fresh["budget_fen"].dropna()
        money = "预算没有读到" if known.empty else f"{look.wan(int(known.sum()))} 万元"
        again = f"另有 {len(staged) - len(fresh)} 个文件以前导入过。" if len(fresh) < len(staged) else ""
        widgets.headline(
            f"{len(fresh)} 个文件待确认：读出 {fresh['projects'].sum()} 个项目，{money}",
            f"确认之前不进任何合计。请看下面读出的内容，再点“计入”。{again}",
        )


def _inputs() -> list[tuple[str, bytes]]:
    turn = st.session_state.get(_ROUND, 0)
    found = st.file_uploader(
        "选择文件，或拖到页面任何地方", accept_multiple_files=True, key=f"upload-files-{turn}"
    )
    with st.form(f"paste-{turn}", border=False):
        text = st.text_area(
            "也可以直接粘贴表格", height=180, placeholder="在 Word、Excel 或网页里选中表格，复制，粘贴到这里"
        )
        pasted = st.form_submit_button("读取粘贴的表格")
    st.download_button(
        "下载空白模板（.xlsx）",
        data=_template,
        file_name="项目绩效目标表模板.xlsx",
        key="template",
        on_click="ignore",
    )
    files = [(file.name, file.getvalue()) for file in found or []]
    return [*files, (PASTED, text.encode())] if pasted and text.strip() else files


def _template() -> bytes:
    from dashboard.exports.form import template

    return template()


def _read(files: list[tuple[str, bytes]]) -> None:
    bar = st.progress(0.0, f"正在读取 {len(files)} 个文件…")

    def told(done: int, total: int, name: str) -> None:
        bar.progress(done / total, f"已读 {done}/{total}：{name}")

    intake.take_in(state.store(), state.readers().read, files, state.WHO, told)
    st.session_state[_ROUND] = st.session_state.get(_ROUND, 0) + 1  # an empty uploader for the next files
    st.session_state.pop(_DONE, None)


def _file(row: dict[str, Any]) -> None:
    kept, number = state.store(), row["id"]
    reading = intake.said(kept, number)
    with st.container(border=True, key=f"file-{number}"):
        st.html(markup.card(row, kept.outcome(number), reading))
        if row["repairs"]:
            with st.expander(f"看修复了什么（{row['repairs']} 处）"):
                for project, _ in intake.doubts(kept, number):
                    st.html(f"<h4>{escape(project.name)}</h4>{_repairs(project)}")
        with st.container(horizontal=True):
            if not row["projects"]:
                if st.button("知道了，移出列表", key=f"drop-{number}"):
                    _act(lambda: kept.undo(row["action"], state.WHO), lambda: kept.discard(number, state.WHO))
                return
            same = look.known(row["same_as"])
            label = "仍要计入" if same else "计入"
            if st.button(label, type="secondary" if same else "primary", key=f"confirm-{number}"):
                _act(lambda: kept.confirm(number, state.WHO))
            if st.button("放弃", key=f"discard-{number}"):
                _act(lambda: kept.discard(number, state.WHO))


def _repairs(project: Any) -> str:
    from dashboard.markup.project import repairs

    return repairs(project)


def _act(*steps: Any) -> None:
    """Do it, offer to undo it, and show the page anew."""
    done = []
    try:
        done = [step() for step in steps]
    except StoreError as error:
        st.session_state["upload-error"] = str(error)
    st.session_state[_DONE] = done
    st.rerun()


def _done() -> None:
    """What was just done, with the way back."""
    if said := st.session_state.pop("upload-error", None):
        st.error(said)
    actions: list[int] = st.session_state.get(_DONE) or []
    history = state.store().history().set_index("action")
    rows = [
        history.loc[action] for action in actions if action in history.index and history.loc[action, "stands"]
    ]
    if not rows:
        return
    count = sum(row["projects"] for row in rows)
    word = {"confirm": "已计入", "discard": "已放弃", "undo": "已撤销", "withdraw": "已移出"}[
        rows[-1]["kind"]
    ]
    with st.container(horizontal=True, key="done", vertical_alignment="center"):
        st.success(f"{word}：{len(rows)} 个文件、{count} 个项目。总览和各页已更新。")
        if st.button("撤销", key="undo-done"):
            _act(*(lambda a=a: state.store().undo(a, state.WHO) for a in reversed(actions)))
        if st.button("看总览 ›", key="to-overview"):
            from dashboard.pages import go

            go("")


def _history() -> None:
    history = state.store().history()
    if history.empty:
        return
    with st.expander("导入记录", expanded=False):
        for row in history.head(SHOWN).to_dict("records"):
            words = (
                f"{markup.moment(row['made'])}　{markup.ACTIONS[row['kind']]}　{'、'.join(row['files'][:3])}"
            )
            words += f" 等 {len(row['files'])} 个文件" if len(row["files"]) > 3 else ""
            words += f"　{row['projects']} 个项目" + ("" if row["stands"] else "（已撤销）")
            with st.container(horizontal=True, vertical_alignment="center"):
                st.text(words)
                if row["stands"] and row["kind"] != "rebuild":
                    label = "恢复" if row["kind"] == "undo" else "撤销"
                    if st.button(label, key=f"undo-{row['action']}"):
                        _act(lambda action=row["action"]: state.store().undo(action, state.WHO))
