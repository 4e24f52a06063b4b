"""The frame around every page: style, navigation, drop target, and the sentence instead of a traceback."""

from __future__ import annotations

import logging

import streamlit as st

from dashboard import address, drop, look, state
from dashboard.pages import PAGES, go, page
from dashboard.store import StoreError

logger = logging.getLogger("dashboard")


def frame() -> None:
    """Draw the frame and run the page that the address names."""
    st.set_page_config(page_title="绩览", layout="wide")
    for sheet in look.STYLES:
        st.html(sheet)
    try:
        _wait()
    except StoreError as error:
        st.error(f"{error}。")
        return
    current = st.navigation([page(entry) for entry in PAGES], position="top")
    address.enter(current.url_path)
    if drop.target() and current.url_path != "upload":
        go("upload")
    try:
        current.run()
        state.freeze()
    except StoreError as error:  # the database is damaged, say: nobody is told that the data are whole
        logger.exception("数据库出错：%s", current.title)
        st.error(f"{error}。")
    except Exception:
        logger.exception("页面出错：%s", current.title)
        st.error(
            "这一页暂时显示不出来，数据没有受影响。请刷新页面；仍不行时，请把程序窗口里的提示发给维护人员。"
        )


def _wait() -> None:
    """Have what counts reviewed, after many came in or the rules changed, and say how far that is."""
    place = st.empty()

    def told(done: int, every: int) -> None:
        place.progress(done / every, f"正在审核：{done:,} / {every:,} 个项目，请稍候…")

    state.begin(told)
    place.empty()


frame()
