"""The frame around every page: style, navigation, drop target, and the sentence instead of a traceback."""

from __future__ import annotations

import logging

import streamlit as st

from dashboard import address, drop, look, state
from dashboard.filters import fallback
from dashboard.pages import PAGES, go, page
from dashboard.patience import patiently
from dashboard.store import StoreBusy, StoreError
from dashboard.verbatim import verbatim

OPENS = "空闲后这一页自动打开。"
BEHIND = "这里的审核意见还不是最新的，数据库空闲后自动更新。"
logger = logging.getLogger("dashboard")


def frame() -> None:
    """Draw the frame and run the page that the address names."""
    st.set_page_config(page_title="绩览", layout="wide")
    for sheet in look.STYLES:
        st.html(sheet)
    try:
        patiently(state.store, OPENS)
        fresh = _wait()
    except StoreError as error:
        st.error(verbatim(f"{error}。"))
        return
    current = st.navigation([page(entry) for entry in PAGES], position="top")
    address.enter(current.url_path)
    if drop.target() and current.url_path != "upload":
        go("upload")
    try:
        if instead := fallback():
            st.warning(verbatim(instead))
        current.run()
        state.freeze()
        if not fresh:
            patiently(state.store().settle, BEHIND)
            st.rerun()
    except StoreBusy:  # it cannot even be read
        patiently(state.store().is_new, OPENS)
        st.rerun()
    except StoreError as error:  # the database is damaged, say: nobody is told that the data are whole
        logger.exception("数据库出错：%s", current.title)
        st.error(verbatim(f"{error}。"))
    except Exception:
        logger.exception("页面出错：%s", current.title)
        st.error(
            "这一页暂时显示不出来，数据没有受影响。请刷新页面；仍不行时，请把程序窗口里的提示发给维护人员。"
        )


def _wait() -> bool:
    """Have what counts reviewed, after many came in or the rules changed, and say how far that is; False
    where that has to wait itself."""
    place = st.empty()

    def told(done: int, every: int) -> None:
        place.progress(done / every, f"正在审核：{done:,} / {every:,} 个项目，请稍候…")

    fresh = state.begin(told)
    place.empty()
    return fresh


frame()
