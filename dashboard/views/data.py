"""数据, on 导入: take a backup, put one back, and ask whether all is well."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory

import streamlit as st

from dashboard.components.markdown import escape_markdown
from dashboard.ingest import upload_limit
from dashboard.session import cache
from dashboard.store import StoreError, backup, restore, verify

LARGER = "更大的备份请在命令行里恢复，见说明"
_DONE = "data-done"  # (whether it went well, sentence), shown once


def data() -> None:
    """The section; of a store in a folder only, others are kept by the engine's own means."""
    with st.expander("数据", expanded=False):
        _told()
        with st.container(horizontal=True, vertical_alignment="center"):
            name = f"绩览备份-{datetime.now():%Y%m%d-%H%M}.zip"
            st.download_button("下载备份", _made, name, "application/zip", key="backup", on_click="ignore")
            if st.button("检查数据是否完好", key="verify"):
                with st.spinner("正在核对数据库、原始记录和各页所用的数据表…"):
                    _verify()
                st.rerun()
        with st.form("restore", border=False, clear_on_submit=True):
            file = st.file_uploader(escape_markdown(f"用备份恢复（{upload_limit.WORDS} 以内；{LARGER}）"))
            sure = st.checkbox("现在的数据会被备份里的取代；原来的另存在数据文件夹里")
            if st.form_submit_button("恢复"):
                if file is None or not sure:
                    st.session_state[_DONE] = False, "请选择备份文件，并勾选确认"
                elif file.size > upload_limit.BYTES:
                    said = f"备份文件超过 {upload_limit.WORDS}，没有恢复；{LARGER}"
                    st.session_state[_DONE] = False, said
                else:
                    _restore(file.getvalue())
                st.rerun()


def _told() -> None:
    if done := st.session_state.pop(_DONE, None):
        well, sentence = done
        (st.success if well else st.error)(escape_markdown(sentence))


def _made() -> bytes:
    with TemporaryDirectory(prefix="jilan-backup-") as folder:
        file = Path(folder) / "jilan.zip"
        backup(cache.folder(), file)
        return file.read_bytes()


def _verify() -> None:
    try:
        troubles = verify(cache.folder())
    except StoreError as error:
        troubles = [str(error)]
    st.session_state[_DONE] = not troubles, "；".join(troubles) or "数据完好，没有发现问题。"


def _restore(content: bytes) -> None:
    with TemporaryDirectory(prefix="jilan-restore-") as folder:
        file = Path(folder) / "jilan.zip"
        file.write_bytes(content)
        st.cache_resource.clear()  # the store is closed, and nothing of what it said is kept
        try:
            kept = restore(cache.folder(), file)
        except StoreError as error:
            st.session_state[_DONE] = False, str(error)
        else:
            where = f"原来的数据另存在“{kept.name}”。" if kept else ""
            st.session_state[_DONE] = True, f"已恢复。{where}"
