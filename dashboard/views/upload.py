"""导入: drop files, see at once what was read, what was repaired, what is wrong; then count them."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from dashboard import drop, intake, look, receipts, state, widgets
from dashboard.analysis.sentence import left_out
from dashboard.markup import upload as markup

_ROUND = "upload-round"
PASTED = "粘贴的表格.txt"
FEW = 2  # files whose projects are shown at once; of more, a line each says what would become of them


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
    failed = uploads[(uploads["state"] == "counted") & (uploads["projects"] == 0)]
    with place:
        _headline(staged, len(failed))
        receipts.done()
    with right:
        if len(fresh) > 1 and st.button(
            f"全部计入（{len(fresh)} 个文件）", type="primary", key="confirm-all"
        ):
            in_order = sorted(fresh["id"])  # so that the newest table of a project counts
            receipts.act(*(lambda number=number: kept.confirm(number, state.WHO) for number in in_order))
        again = staged[staged["same_as"].notna()]
        waiting = pd.concat([fresh, again]).to_dict("records")[: receipts.SHOWN]
        # what went wrong first: it would be missed below many that went well
        for row in (*failed.to_dict("records")[: receipts.SHOWN], *waiting):
            receipts.receipt(row, len(waiting) <= FEW)
        if (rest := len(staged) - receipts.SHOWN) > 0:
            st.html(f'<p class="quiet">另有 {rest} 个文件待确认，确认或放弃上面的之后显示。</p>')
        counted = uploads[(uploads["state"] == "counted") & (uploads["projects"] > 0)]
        if not counted.empty:
            widgets.panel_title(f"已计入 {len(counted)} 个文件")
            st.html(markup.counted(counted.head(receipts.SHOWN).to_dict("records")))
        receipts.history()


def _headline(staged: pd.DataFrame, failed: int) -> None:
    fresh = staged[staged["same_as"].isna()]
    trouble = f"另有 {failed} 个文件没有读出项目，原因见下。" if failed else ""
    if staged.empty:
        widgets.headline(
            "把项目绩效目标表拖到这里",
            f"先看清读出了什么、修复了什么，再计入；确认之前不进任何合计。{trouble}",
        )
    elif fresh.empty:
        one = f"这 {len(staged)} 个文件以前导入过" if len(staged) > 1 else "这个文件以前导入过"
        widgets.headline(one, f"内容完全相同，没有重复计入；可以放弃它们。{trouble}")
    else:
        said = state.store().together(fresh["id"])
        money = "预算没有读到" if said.budget_fen is None else look.spoken(said.budget_fen)
        often = "几个文件里都有的项目只算一次，以最后导入的为准。" if said.repeated else ""
        twice = f"{left_out(said.doubled, said.doubled_fen)}。" if said.doubled else ""
        again = f"另有 {len(staged) - len(fresh)} 个文件以前导入过。" if len(fresh) < len(staged) else ""
        widgets.headline(
            f"{len(fresh)} 个文件待确认：读出 {said.projects:,} 个项目，{money}",
            f"确认之前不进任何合计。请看下面读出的内容，再点“计入”。{twice}{often}{again}{trouble}",
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
    receipts.forget()
